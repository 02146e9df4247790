//! The stages or rules of a large plan on several threads. What comes out is the same as one after the other.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::{panic, thread};

use crate::model::Plan;

/// Below this many systems starting threads costs more than it saves for what is soon done at a stage.
const WORTH_IT: usize = 500;

/// Below so many systems times rules it does so for rules too: all of them for 150 systems.
const WORTH_IT_FOR_RULES: usize = 9_750;

/// What a function gives for each of so many stages, in their order.
pub(super) fn each_stage<T: Send>(plan: &Plan, stages: usize, of: impl Fn(usize) -> T + Sync) -> Vec<T> {
    each(plan.systems.len() >= WORTH_IT, stages, of)
}

/// What a function gives for each of so many rules, in their order.
pub(super) fn each_rule<T: Send>(plan: &Plan, rules: usize, of: impl Fn(usize) -> T + Sync) -> Vec<T> {
    each(plan.systems.len() * rules >= WORTH_IT_FOR_RULES, rules, of)
}

fn each<T: Send>(is_worth_it: bool, count: usize, of: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(count);
    if !is_worth_it || threads < 2 {
        return (0..count).map(of).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        (at < count).then(|| (at, of(at)))
    };
    let mut all: Vec<_> = thread::scope(|scope| {
        let workers: Vec<_> =
            (0..threads).map(|_| scope.spawn(|| std::iter::from_fn(take).collect::<Vec<_>>())).collect();
        let join = |worker: thread::ScopedJoinHandle<'_, Vec<(usize, T)>>| {
            worker.join().unwrap_or_else(|cause| panic::resume_unwind(cause))
        };
        workers.into_iter().flat_map(join).collect()
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_plans_give_their_stages_in_order() {
        for systems in [10, WORTH_IT] {
            let plan = crate::generate::plan(systems, 1);
            assert_eq!(each_stage(&plan, 7, |at| at * at), [0, 1, 4, 9, 16, 25, 36]);
        }
    }
}
