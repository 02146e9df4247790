//! One cause, one finding: which finding hides which others at the same stage.

use std::collections::BTreeMap;
use std::mem::discriminant;
use std::sync::Arc;

use foldhash::HashMap;

use super::finding::Statement;
use super::run::Run;
use super::{Facts, Rule, Severity, Subject};

/// Findings of `by` hide those of `hidden` for which `same_cause` holds.
struct Hiding {
    by: &'static str,
    hidden: &'static [&'static str],
    /// Of a cause: a subject that each finding that it hides has too.
    shared: fn(&Statement, &Facts<'_>) -> Option<Subject>,
    same_cause: fn(&Statement, &Statement, &Facts<'_>) -> bool,
}

/// What hides what. Rules that are not in a run hide nothing.
const TABLE: &[Hiding] = &[
    Hiding {
        by: "truth-missing",
        hidden: &["conflict-rule-missing"],
        shared: of_domain,
        same_cause: is_same_domain,
    },
    Hiding {
        by: "truth-contested",
        hidden: &["conflict-rule-missing"],
        shared: of_domain,
        same_cause: is_same_domain,
    },
    Hiding {
        by: "truth-leaves",
        hidden: &["conflict-rule-missing", "writer-not-heard", "not-fed-by-truth"],
        shared: of_domain,
        same_cause: is_same_domain,
    },
    Hiding {
        by: "truth-leaves",
        hidden: &["parent-not-supplied"],
        shared: of_domain,
        same_cause: is_child_or_parent,
    },
    Hiding {
        by: "write-against-truth",
        hidden: &["two-way-not-needed"],
        shared: of_flow,
        same_cause: is_same_flow,
    },
    Hiding {
        by: "write-against-truth",
        hidden: &["sync-loop"],
        shared: of_sender,
        same_cause: is_loop_of_its_ends,
    },
    Hiding {
        by: "migration-plan-incomplete",
        hidden: &["cost-after-exit"],
        shared: of_main,
        same_cause: |cause, other, _| cause.subjects.first() == other.subjects.first(),
    },
    Hiding {
        by: "federate-instead",
        hidden: &["rehearsals-too-few"],
        shared: of_main,
        same_cause: |cause, other, _| {
            cause.severity >= Severity::Warning && cause.subjects.first() == other.subjects.first()
        },
    },
    Hiding {
        by: "post-migration-gap",
        hidden: &["not-fed-by-truth"],
        shared: of_domain,
        same_cause: is_end_of_the_gap,
    },
];

/// Whether findings of one rule can hide those of another.
pub(super) fn can_hide(by: &Rule, hidden: &Rule) -> bool {
    TABLE.iter().any(|entry| entry.by == by.id && entry.hidden.contains(&hidden.id))
}

/// What is hidden at one stage, by run and place among what its rule says there.
#[derive(Debug)]
pub(super) struct Hidden {
    /// The cause; empty for a run in which nothing was looked at.
    by: Vec<Vec<Option<Place>>>,
    hides: Vec<BTreeMap<usize, Hides>>,
}

/// Rules and subjects of what is hidden by one finding.
type Hides = Vec<(&'static Rule, Vec<Subject>)>;

/// A run, and a place among what its rule says at the stage.
type Place = (usize, usize);

impl Hidden {
    /// Whether what a rule says at this place is hidden.
    pub fn is_hidden(&self, run: usize, place: usize) -> bool {
        self.by[run].get(place).copied().flatten().is_some()
    }

    /// What is hidden by what a rule says at this place.
    pub fn hides(&self, run: usize, place: usize) -> Hides {
        self.hides[run].get(&place).cloned().unwrap_or_default()
    }
}

/// What is hidden at a stage of what some rules say there, and by what.
pub(super) fn hidden(facts: &Facts<'_>, runs: &[Arc<Run>], at: usize) -> Hidden {
    let mut by = vec![Vec::new(); runs.len()];
    for entry in TABLE {
        let causes = causes(entry, runs, at, facts);
        if causes.is_empty() {
            continue;
        }
        for (run, by) in runs.iter().zip(&mut by).filter(|(run, _)| entry.hidden.contains(&run.rule.id)) {
            hide(entry, &causes, run, at, facts, by);
        }
    }
    let mut hides = vec![BTreeMap::<_, Hides>::new(); runs.len()];
    for (run, by) in runs.iter().zip(&by) {
        for ((_, statement), by) in said(run, at).zip(by) {
            if let Some((cause, place)) = by {
                let hidden = (run.rule, statement.subjects.clone());
                hides[*cause].entry(*place).or_default().push(hidden);
            }
        }
    }
    Hidden { by, hides }
}

/// What may hide, with its place, by a subject that both have.
type Causes<'r> = HashMap<Subject, Vec<(Place, &'r Statement)>>;

fn causes<'r>(entry: &Hiding, runs: &'r [Arc<Run>], at: usize, facts: &Facts<'_>) -> Causes<'r> {
    let mut causes = Causes::default();
    for (number, run) in runs.iter().enumerate().filter(|(_, run)| run.rule.id == entry.by) {
        for (place, statement) in said(run, at) {
            if let Some(subject) = (entry.shared)(statement, facts) {
                causes.entry(subject).or_default().push(((number, place), statement));
            }
        }
    }
    causes
}

/// Notes by what each statement of a run is hidden that nothing hides yet.
fn hide(
    entry: &Hiding,
    causes: &Causes<'_>,
    run: &Run,
    at: usize,
    facts: &Facts<'_>,
    by: &mut Vec<Option<Place>>,
) {
    // Those of one entry share subjects of one kind.
    let kind = causes.keys().next().map(discriminant);
    let is_shared = |subject: &&Subject| kind == Some(discriminant(*subject));
    by.resize(run.by_stage[at].len(), None);
    for ((_, other), cause_of_other) in said(run, at).zip(by).filter(|(_, cause)| cause.is_none()) {
        let shared = other.subjects.iter().filter(is_shared);
        let near = shared.filter_map(|subject| causes.get(subject)).flatten();
        let hides = near.filter(|(_, cause)| (entry.same_cause)(cause, other, facts));
        *cause_of_other = hides.map(|(place, _)| *place).min();
    }
}

/// What a rule says at the stage, by place.
fn said(run: &Run, at: usize) -> impl Iterator<Item = (usize, &Statement)> {
    run.by_stage[at].iter().map(|&statement| &*run.statements[statement]).enumerate()
}

fn of_main(cause: &Statement, _: &Facts<'_>) -> Option<Subject> {
    cause.subjects.first().cloned()
}

fn of_domain(cause: &Statement, _: &Facts<'_>) -> Option<Subject> {
    domains(cause).next().cloned()
}

fn of_flow(cause: &Statement, _: &Facts<'_>) -> Option<Subject> {
    flow(cause).cloned()
}

/// A loop of the two ends of a flow has the one that sends.
fn of_sender(cause: &Statement, facts: &Facts<'_>) -> Option<Subject> {
    let Some(Subject::Flow(id)) = flow(cause) else { return None };
    facts.index.flow(id).map(|place| Subject::System(facts.index.flows[place].flow.from.clone()))
}

fn domains(finding: &Statement) -> impl Iterator<Item = &Subject> {
    finding.subjects.iter().filter(|subject| matches!(subject, Subject::Domain(_)))
}

fn is_same_domain(cause: &Statement, other: &Statement, _: &Facts<'_>) -> bool {
    domains(cause).next().is_some_and(|domain| domains(other).next() == Some(domain))
}

fn is_child_or_parent(cause: &Statement, other: &Statement, _: &Facts<'_>) -> bool {
    domains(cause).next().is_some_and(|domain| domains(other).any(|subject| subject == domain))
}

fn flow(finding: &Statement) -> Option<&Subject> {
    finding.subjects.iter().find(|subject| matches!(subject, Subject::Flow(_)))
}

fn is_same_flow(cause: &Statement, other: &Statement, _: &Facts<'_>) -> bool {
    flow(cause).is_some_and(|cause| flow(other) == Some(cause))
}

/// Whether a loop is of the two systems that the flow joins, whatever the domain.
fn is_loop_of_its_ends(cause: &Statement, other: &Statement, facts: &Facts<'_>) -> bool {
    let Some(Subject::Flow(id)) = flow(cause).filter(|_| other.subjects.len() == 3) else { return false };
    let Some(flow) = facts.index.flow(id).map(|place| facts.index.flows[place].flow) else { return false };
    let mut systems = other.subjects.iter().filter_map(|subject| match subject {
        Subject::System(id) => Some(id),
        _ => None,
    });
    systems.all(|id| *id == flow.from || *id == flow.to)
}

/// Whether a copy of the domain is at either end of the gap.
fn is_end_of_the_gap(cause: &Statement, other: &Statement, _: &Facts<'_>) -> bool {
    other.subjects.iter().all(|subject| cause.touches(subject))
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
    fn a_connection_that_is_lost_hides_the_copy_that_is_not_fed_and_no_writer() {
        let text = "crm: migrate, into sf, at 1
             order = truth crm, truth sf from 1
             mkt <-> crm : order | until 1\n";
        let found = hidden(&format!("{text} mkt.order: reader"));
        assert_eq!(found, ["post-migration-gap hides not-fed-by-truth"]);
        assert_eq!(hidden(&format!("{text} mkt.order: author")), [""; 0]);
        assert_eq!(hidden(&format!("{text} mkt.order: entry")), [""; 0]);
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

    #[test]
    fn only_the_rules_of_the_table_hide_each_other() {
        let can = |by: &str, hidden: &str| {
            super::can_hide(crate::rules::find(by).unwrap(), crate::rules::find(hidden).unwrap())
        };
        assert!(can("truth-missing", "conflict-rule-missing"));
        assert!(!can("truth-missing", "sync-loop"));
        assert!(!can("sync-loop", "conflict-rule-missing"));
        assert!(!can("sync-chain", "hub-fragile"));
    }

    #[test]
    fn a_connection_that_is_lost_hides_nothing_of_other_systems() {
        let text = "crm: migrate, into sf, at 1
             order = truth crm, truth sf from 1
             mkt.order: reader
             acc.order: reader
             crm -> mkt : order | until 1";
        assert_eq!(hidden(text), ["post-migration-gap hides not-fed-by-truth"]);
    }

    #[test]
    fn a_copy_that_writes_to_the_truth_hides_no_loop_over_a_third_system() {
        let loops = |text: &str| {
            let mut found = hidden(text);
            found.retain(|line| line.ends_with("sync-loop"));
            found
        };
        let with = |flows: &str| loops(&format!("order = truth erp\nshop.order: reader\n{flows}"));
        assert_eq!(with("erp <-> shop : order"), ["write-against-truth hides sync-loop"]);
        assert_eq!(with("shop -> erp : order\nerp -> wms : order\nwms -> shop : order"), [""; 0]);
    }

    #[test]
    fn what_is_not_planned_yet_hides_that_nothing_is_saved_by_it() {
        assert_eq!(
            hidden("aim cutover\ncrm: migrate\ntool: retire"),
            ["migration-plan-incomplete hides cost-after-exit"]
        );
    }
}
