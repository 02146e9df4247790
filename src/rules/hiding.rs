//! One cause, one finding: which finding hides which others at the same stage.

use super::{Facts, Finding, Subject};

/// Findings of `by` hide those of `hidden` for which `same_cause` holds.
struct Hiding {
    by: &'static str,
    hidden: &'static [&'static str],
    same_cause: fn(&Finding, &Finding, &Facts<'_>) -> bool,
}

/// What hides what. Rules that are not in a run hide nothing.
const TABLE: &[Hiding] = &[
    Hiding { by: "truth-missing", hidden: &["conflict-rule-missing"], same_cause: is_same_domain },
    Hiding { by: "truth-contested", hidden: &["conflict-rule-missing"], same_cause: is_same_domain },
    Hiding {
        by: "truth-leaves",
        hidden: &["conflict-rule-missing", "writer-not-heard", "not-fed-by-truth"],
        same_cause: is_same_domain,
    },
    Hiding { by: "truth-leaves", hidden: &["parent-not-supplied"], same_cause: is_child_or_parent },
    Hiding { by: "post-migration-gap", hidden: &["not-fed-by-truth"], same_cause: is_end_of_the_gap },
];

/// Removes what is hidden and notes it under what hides it.
pub(super) fn hide(found: &mut Vec<Finding>, facts: &Facts<'_>) {
    let mut hidden_by: Vec<Option<usize>> = vec![None; found.len()];
    for entry in TABLE {
        let causes: Vec<_> = (0..found.len()).filter(|&i| found[i].rule.id == entry.by).collect();
        if causes.is_empty() {
            continue;
        }
        for (place, other) in
            found.iter().enumerate().filter(|(_, other)| entry.hidden.contains(&other.rule.id))
        {
            let cause = causes.iter().find(|&&cause| (entry.same_cause)(&found[cause], other, facts));
            hidden_by[place] = hidden_by[place].or(cause.copied());
        }
    }
    for (place, cause) in hidden_by.iter().enumerate() {
        if let Some(cause) = *cause {
            let hidden = (found[place].rule, found[place].subjects.clone());
            found[cause].hides.push(hidden);
        }
    }
    let mut is_hidden = hidden_by.iter().map(Option::is_some);
    found.retain(|_| !is_hidden.next().unwrap_or_default());
}

fn domains(finding: &Finding) -> impl Iterator<Item = &Subject> {
    finding.subjects.iter().filter(|subject| matches!(subject, Subject::Domain(_)))
}

fn is_same_domain(cause: &Finding, other: &Finding, _: &Facts<'_>) -> bool {
    domains(cause).next().is_some_and(|domain| domains(other).next() == Some(domain))
}

fn is_child_or_parent(cause: &Finding, other: &Finding, _: &Facts<'_>) -> bool {
    domains(cause).next().is_some_and(|domain| domains(other).any(|subject| subject == domain))
}

fn is_end_of_the_gap(cause: &Finding, other: &Finding, facts: &Facts<'_>) -> bool {
    let ends_here = |system: &&Subject| matches!(system, Subject::System(_)) && cause.touches(system);
    is_same_domain(cause, other, facts) && other.subjects.iter().any(|system| ends_here(&system))
}
