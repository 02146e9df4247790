//! Work on the stages or rules of a plan side by side. What comes out is the same as one after the other.

use rayon::prelude::*;

use crate::model::Plan;

/// Below this many systems waking the threads costs more than they save.
pub(super) const WORTH_IT: usize = 50;

/// What a function gives for each of so many stages or rules, in their order. It may fill a `OnceLock`, but what
/// fills that must not come here: a thread that waits takes up other work, and that may ask for the same cell.
pub(super) fn side_by_side<T: Send>(
    plan: &Plan,
    count: usize,
    of: impl Fn(usize) -> T + Send + Sync,
) -> Vec<T> {
    if plan.systems.len() < WORTH_IT {
        return (0..count).map(of).collect();
    }
    (0..count).into_par_iter().with_max_len(1).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_plans_give_their_stages_in_order() {
        for systems in [10, WORTH_IT] {
            let plan = crate::generate::plan(systems, 1);
            assert_eq!(side_by_side(&plan, 7, |at| at * at), [0, 1, 4, 9, 16, 25, 36]);
        }
    }
}
