//! Conflicts of earlier merges that nobody decided yet: they stay, and what they hold is not lost where
//! another merge finds a conflict at the same place.

use super::Conflicts;
use crate::model::{Conflict, Plan};

/// The conflicts that nobody decided on either side.
pub(super) fn standing(base: &Plan, ours: &Plan, theirs: &Plan) -> Conflicts {
    let places = ours.conflicts.keys().chain(theirs.conflicts.keys());
    let standing = |place: &String| {
        let [base, ours, theirs] = [base, ours, theirs].map(|plan| plan.conflicts.get(place));
        if ours == base {
            return theirs.cloned();
        }
        if theirs == base {
            return ours.cloned();
        }
        let mut kept = ours.max(theirs)?.clone();
        ours.min(theirs).into_iter().for_each(|other| keep_value_of(other, &mut kept));
        Some(kept)
    };
    places.filter_map(|place| Some((place.clone(), standing(place)?))).collect()
}

/// Puts into the new conflicts what stands at their places.
pub(super) fn keep_what_stands(standing: &Conflicts, conflicts: &mut Conflicts) {
    for (place, conflict) in conflicts {
        standing.get(place).into_iter().for_each(|earlier| keep_value_of(earlier, conflict));
    }
}

/// A value that neither side has any more takes the place of what both started from, so that whoever
/// decides sees all three.
fn keep_value_of(earlier: &Conflict, conflict: &mut Conflict) {
    let mut values = [&earlier.theirs, &earlier.ours].into_iter().flatten();
    let known = [conflict.ours.as_ref(), conflict.theirs.as_ref()];
    if let Some(value) = values.find(|value| !known.contains(&Some(value))) {
        conflict.base = Some(value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::super::merge;
    use super::*;
    use crate::plan_file::read;

    fn plan(name: &str, conflict: &str) -> Plan {
        read(&format!("(format: 1, name: \"{name}\", conflicts: {{{conflict}}})")).unwrap()
    }

    const STANDING: &str = r#""name": (base: "\"a\"", ours: "\"b\"", theirs: "\"c\"")"#;

    #[test]
    fn a_value_that_stands_undecided_survives_the_next_conflict_at_its_place() {
        // Both sides begin with b or c undecided; then one types d and the other e.
        let base = plan("b", STANDING);
        let merged = merge(&base, &plan("d", STANDING), &plan("e", STANDING)).unwrap();
        let conflict = &merged.plan.conflicts["name"];
        let values = [&conflict.base, &conflict.ours, &conflict.theirs].map(Option::as_deref);
        assert_eq!(values, [Some("\"c\""), Some("\"d\""), Some("\"e\"")]);
        assert_eq!(merged.conflicts, merged.plan.conflicts);
    }

    #[test]
    fn an_undecided_conflict_stays_until_one_side_decides() {
        let base = plan("b", STANDING);
        let noted = |plan: Plan| Plan { notes: "N".to_owned(), ..plan };
        let kept = merge(&base, &noted(base.clone()), &plan("d", STANDING)).unwrap();
        assert_eq!((kept.plan.conflicts.len(), kept.conflicts.len()), (1, 0));
        let decided = merge(&base, &noted(base.clone()), &plan("d", "")).unwrap();
        assert!(decided.plan.conflicts.is_empty());
    }
}
