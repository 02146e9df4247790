//! One cause, one finding: which finding hides which others at the same stage.

use super::{Facts, Finding, Rule, Severity, Subject};

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
    Hiding { by: "write-against-truth", hidden: &["two-way-not-needed"], same_cause: is_same_flow },
    Hiding { by: "write-against-truth", hidden: &["sync-loop"], same_cause: is_loop_of_its_ends },
    Hiding {
        by: "migration-plan-incomplete",
        hidden: &["cost-after-exit"],
        same_cause: |cause, other, _| cause.subjects.first() == other.subjects.first(),
    },
    Hiding {
        by: "federate-instead",
        hidden: &["rehearsals-too-few"],
        same_cause: |cause, other, _| {
            cause.severity >= Severity::Warning && cause.subjects.first() == other.subjects.first()
        },
    },
    Hiding {
        by: "post-migration-gap",
        hidden: &["not-fed-by-truth", "writer-not-heard"],
        same_cause: is_end_of_the_gap,
    },
];

/// Whether findings of one rule can hide those of another.
pub(super) fn can_hide(by: &Rule, hidden: &Rule) -> bool {
    TABLE.iter().any(|entry| entry.by == by.id && entry.hidden.contains(&hidden.id))
}

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

fn flow(finding: &Finding) -> Option<&Subject> {
    finding.subjects.iter().find(|subject| matches!(subject, Subject::Flow(_)))
}

fn is_same_flow(cause: &Finding, other: &Finding, _: &Facts<'_>) -> bool {
    flow(cause).is_some_and(|cause| flow(other) == Some(cause))
}

/// Whether a loop is of the two systems that the flow joins, whatever the domain.
fn is_loop_of_its_ends(cause: &Finding, other: &Finding, facts: &Facts<'_>) -> bool {
    let Some(Subject::Flow(id)) = flow(cause) else { return false };
    let Some(flow) = facts.plan().flows.get(id) else { return false };
    let mut systems = other.subjects.iter().filter_map(|subject| match subject {
        Subject::System(id) => Some(id),
        _ => None,
    });
    other.subjects.len() == 3 && systems.all(|id| *id == flow.from || *id == flow.to)
}

fn is_end_of_the_gap(cause: &Finding, other: &Finding, facts: &Facts<'_>) -> bool {
    let ends_here = |system: &&Subject| matches!(system, Subject::System(_)) && cause.touches(system);
    is_same_domain(cause, other, facts) && other.subjects.iter().any(|system| ends_here(&system))
}

#[cfg(test)]
mod tests {
    use crate::rules::sketch::hidden;

    #[test]
    fn who_wins_is_no_question_before_it_is_clear_who_decides() {
        assert_eq!(
            hidden(
                "order =
                 erp.order: author
                 shop.order: author
                 erp <-> shop : order"
            ),
            ["truth-missing hides conflict-rule-missing"]
        );
        assert_eq!(
            hidden("order = truth erp, truth shop\nerp <-> shop : order"),
            ["truth-contested hides conflict-rule-missing"]
        );
    }

    #[test]
    fn a_truth_that_leaves_hides_what_follows_from_it() {
        let text = "crm: migrate, into sf, at 1
             account = truth crm
             sf.account: author
             erp.account: author
             acc.account: reader
             sf <-> erp : account
             sf -> acc : account";
        let mut found = hidden(text);
        found.sort();
        assert_eq!(
            found,
            [
                "truth-leaves hides conflict-rule-missing",
                "truth-leaves hides not-fed-by-truth",
                "truth-leaves hides writer-not-heard",
                "truth-leaves hides writer-not-heard",
            ]
        );
        assert_eq!(hidden(&format!("{text}\nlook at today")), [""; 0]);
    }

    #[test]
    fn a_truth_that_leaves_hides_the_missing_parent_of_child_and_parent() {
        let fate = "crm: migrate, into sf, at 1\n";
        for domains in [
            "account = truth crm\norder = truth erp, parent account",
            "account = truth erp\norder = truth crm, parent account",
        ] {
            assert_eq!(hidden(&format!("{fate}{domains}")), ["truth-leaves hides parent-not-supplied"]);
        }
    }

    #[test]
    fn a_connection_that_is_lost_hides_the_writer_that_is_not_heard() {
        assert_eq!(
            hidden(
                "desk: migrate, into sf, at 1, approach phased
                 enquiry = truth desk, truth sf from 1
                 web.enquiry: entry
                 web -> desk : enquiry | until 1"
            ),
            ["post-migration-gap hides writer-not-heard"]
        );
    }

    #[test]
    fn another_domain_is_another_cause() {
        let text = "crm: migrate, into sf, at 1
             account = truth crm
             order = truth erp
             shop.order: author
             sf.order: reader
             case = truth erp, parent order
             stock = truth wms, parent order";
        assert_eq!(hidden(text), [""; 0]);
    }
}
