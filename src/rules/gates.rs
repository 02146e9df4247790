//! The gates of a plan: review, build, and the cutover of each wave; what each needs, and what is missing.

use std::collections::{BTreeMap, BTreeSet};

use crate::decision::is_decided_on;
use crate::model::{Aim, DecisionStatus, Disposition, Plan, Stage, Subject, System, SystemId, WaveId};

use super::engine::list_of;
use super::hiding::can_hide;
use super::{ALL, Facts, Family, Finding, Rule, Severity};

/// A review decides on the plan: each flow says what it carries, each migration where it goes.
const REVIEW: &[&str] = &["flow-without-domain", "migration-plan-incomplete"];

/// It is built: no error of these rules, and none of the families in [`BUILD_FAMILIES`].
const BUILD: &[&str] = &[
    "sync-loop",
    "migration-order-cycle",
    "load-order-broken",
    "dangling-dependant",
    "insecure-flow",
    "residency-breach",
];
const BUILD_FAMILIES: [Family; 2] = [Family::SourceOfTruth, Family::PostMigration];

/// A wave is switched over: nothing of these on what moves or begins in it.
const CUTOVER: &[&str] = &[
    "cleansing-missing",
    "rollback-unproven",
    "change-management-missing",
    "big-bang-risk",
    "exit-too-early",
    "rehearsals-too-few",
    "unmonitored-flow",
    "error-handling-missing",
];

/// The gate from which on a rule counts what was never recorded. Before it, only what was recorded and is
/// wrong is a finding; the rest is on the checklist.
#[must_use]
pub fn counts_from(rule: &Rule) -> Aim {
    let waits = matches!(rule.family, Family::Migration | Family::Operations) || rule.id == "cost-after-exit";
    match rule.id {
        _ if !waits => Aim::Draft,
        id if REVIEW.contains(&id) => Aim::Review,
        id if BUILD.contains(&id) => Aim::Build,
        _ => Aim::Cutover,
    }
}

/// The gate from which on a rule is stricter: what was never recorded counts, or what it says is worse.
/// Before it and from it on, the gate makes no difference to what the rule says.
pub(super) fn stricter_from(rule: &Rule) -> Aim {
    if rule.id == "post-migration-undesigned" { Aim::Build } else { counts_from(rule) }
}

/// Whether a gate asks for a rule.
fn asks_for(gate: Aim, rule: &Rule) -> bool {
    match gate {
        Aim::Draft => false,
        Aim::Review => REVIEW.contains(&rule.id),
        Aim::Build => BUILD.contains(&rule.id) || BUILD_FAMILIES.contains(&rule.family),
        Aim::Cutover => CUTOVER.contains(&rule.id),
    }
}

/// A gate, and what keeps the plan from passing it.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Which one.
    pub aim: Aim,
    /// For *cutover*: the wave.
    pub wave: Option<WaveId>,
    /// The findings in the way, in the order in which findings are shown.
    pub findings: Vec<Finding>,
    /// The systems that wait for a disposition and have no open decision with an owner and a day.
    pub undecided: Vec<SystemId>,
}

impl Gate {
    /// Whether the plan passes.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.findings.is_empty() && self.undecided.is_empty()
    }

    /// Its name: "ready for cutover of Wave 1".
    #[must_use]
    pub fn name(&self, plan: &Plan) -> String {
        match &self.wave {
            Some(wave) => {
                format!(
                    "ready for {} of {}",
                    self.aim,
                    plan.waves.get(wave).map_or(wave.as_str(), |wave| &wave.name)
                )
            }
            None => format!("ready for {}", self.aim),
        }
    }
}

/// Every gate of a plan after *draft*, in the order in which they come. Waived findings are not in the way.
#[must_use]
pub fn gates(facts: &mut Facts<'_>) -> Vec<Gate> {
    let own = facts.aim;
    let plan = facts.plan();
    let mut gates = Vec::new();
    for aim in [Aim::Review, Aim::Build] {
        let undecided = if aim == Aim::Review { undecided_without_decision(plan) } else { Vec::new() };
        gates.push(Gate { aim, wave: None, findings: in_the_way(facts, aim), undecided });
    }
    let waves = plan.waves_in_order();
    let mut by_wave: BTreeMap<_, _> = waves.iter().map(|wave| (*wave, Vec::new())).collect();
    let takeovers = takeovers(plan);
    for finding in in_the_way(facts, Aim::Cutover) {
        for wave in waves_of(plan, &takeovers, &finding) {
            if let Some(findings) = by_wave.get_mut(wave) {
                findings.push(finding.clone());
            }
        }
    }
    gates.extend(waves.into_iter().map(|wave| Gate {
        aim: Aim::Cutover,
        wave: Some(wave.clone()),
        findings: by_wave.remove(wave).unwrap_or_default(),
        undecided: Vec::new(),
    }));
    facts.aim = own;
    gates
}

fn in_the_way(facts: &mut Facts<'_>, gate: Aim) -> Vec<Finding> {
    facts.aim = gate;
    let asked: Vec<&Rule> = ALL.iter().copied().filter(|rule| asks_for(gate, rule)).collect();
    let hides_one = |rule: &&Rule| asked.iter().any(|other| can_hide(rule, other));
    let hiding = ALL.iter().copied().filter(|rule| !asks_for(gate, rule)).filter(hides_one);
    let rules: Vec<_> = asked.iter().copied().chain(hiding).collect();
    list_of(facts, &rules, |finding| {
        let is_asked_for = asks_for(gate, finding.rule);
        let is_bad_enough = gate != Aim::Build || finding.severity == Severity::Error;
        is_asked_for && is_bad_enough && finding.waiver.is_none() && !finding.is_information()
    })
}

/// The waves in which what a finding is about moves, or with which it begins.
fn waves_of<'p>(plan: &'p Plan, takeovers: &Takeovers<'p>, finding: &Finding) -> BTreeSet<&'p WaveId> {
    match finding.subjects.first() {
        Some(Subject::System(id)) => {
            plan.systems.get(id).and_then(|system| cutover(system)).into_iter().collect()
        }
        Some(Subject::Flow(id)) => plan.flows.get(id).map_or_else(BTreeSet::new, |flow| {
            if let Stage::Wave(since) = &flow.since {
                return BTreeSet::from([since]);
            }
            let ends = [&flow.from, &flow.to];
            ends.into_iter().filter_map(|end| takeovers.get(end)).flatten().copied().collect()
        }),
        _ => BTreeSet::new(),
    }
}

fn cutover(system: &System) -> Option<&WaveId> {
    system.migration.as_ref()?.wave.as_ref()
}

/// The waves in which others move into a system.
type Takeovers<'p> = BTreeMap<&'p SystemId, BTreeSet<&'p WaveId>>;

fn takeovers(plan: &Plan) -> Takeovers<'_> {
    let mut takeovers = Takeovers::new();
    for migration in plan.systems.values().filter_map(|system| system.migration.as_ref()) {
        if let (Some(into), Some(wave)) = (&migration.into, &migration.wave) {
            takeovers.entry(into).or_default().insert(wave);
        }
    }
    takeovers
}

fn undecided_without_decision(plan: &Plan) -> Vec<SystemId> {
    let undecided = plan.systems.iter().filter(|(id, system)| {
        system.disposition == Disposition::Undecided && is_decided_on(plan, id, system)
    });
    let has_decision = |id: &SystemId| {
        plan.decisions.values().any(|decision| {
            matches!(decision.status, DecisionStatus::Open | DecisionStatus::Proposed)
                && !decision.owner.is_empty()
                && decision.due.is_some()
                && decision.subjects.contains(&Subject::System(id.clone()))
        })
    };
    undecided.map(|(id, _)| id).filter(|id| !has_decision(id)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Scope;
    use crate::rules::sketch::parse;

    fn told(text: &str) -> Vec<(String, Vec<String>)> {
        let plan = parse(text).plan;
        let gates = gates(&mut Facts::new(&plan));
        let in_the_way = |gate: &Gate| {
            let rules = gate.findings.iter().map(|finding| finding.rule.id.to_owned());
            rules.chain(gate.undecided.iter().map(ToString::to_string)).collect()
        };
        gates.iter().map(|gate| (gate.name(&plan), in_the_way(gate))).collect()
    }

    #[test]
    fn a_review_needs_an_open_decision_for_what_is_undecided() {
        let text = "crm: undecided\nerp: integrate";
        assert_eq!(told(text)[0], ("ready for review".to_owned(), vec!["crm".to_owned()]));
        let mut plan = parse(text).plan;
        let decision = crate::model::Decision {
            title: "What becomes of the CRM?".to_owned(),
            owner: "Ada".to_owned(),
            due: "2027-03-01".parse().ok(),
            subjects: vec![Subject::System("crm".into())],
            ..Default::default()
        };
        plan.decisions.insert("crm".into(), decision.into());
        assert!(gates(&mut Facts::new(&plan))[0].is_open());
    }

    #[test]
    fn building_needs_a_plan_without_contradictions() {
        let gates = told("order = truth erp, truth shop\nerp -> shop : order");
        assert_eq!(gates[1], ("ready for build".to_owned(), vec!["truth-contested".to_owned()]));
        assert!(gates[0].1.is_empty());
    }

    #[test]
    fn what_is_waived_is_not_in_the_way() {
        let plan = parse("order = truth erp, truth shop\nerp -> shop : order").plan;
        let found = crate::rules::check(&Facts::new(&plan), Scope::AllStages).list;
        let edits = crate::rules::waive(&plan, &found[0], "two plants", "Ada", None);
        let plan = crate::edit::apply(&plan, edits).unwrap();
        assert!(gates(&mut Facts::new(&plan))[1].is_open());
    }

    #[test]
    fn a_decision_counts_that_is_open_with_an_owner_and_a_day() {
        let mut plan = parse("crm: undecided\n bus: hub, undecided").plan;
        let whole = crate::model::Decision {
            owner: "Ada".to_owned(),
            due: "2027-03-01".parse().ok(),
            subjects: vec![Subject::System("crm".into())],
            ..Default::default()
        };
        let mut waiting = |decision: crate::model::Decision| {
            plan.decisions.insert("crm".into(), decision.into());
            gates(&mut Facts::new(&plan))[0].undecided.len()
        };
        assert_eq!(waiting(whole.clone()), 0);
        assert_eq!(waiting(crate::model::Decision { status: DecisionStatus::Accepted, ..whole.clone() }), 1);
        assert_eq!(waiting(crate::model::Decision { owner: String::new(), ..whole.clone() }), 1);
        assert_eq!(waiting(crate::model::Decision { due: None, ..whole.clone() }), 1);
        assert_eq!(waiting(crate::model::Decision { subjects: Vec::new(), ..whole }), 1);
    }

    #[test]
    fn a_wave_is_kept_by_what_moves_in_it_and_by_flows_that_begin_then_or_lead_to_where_it_moves() {
        let gates = told(
            "focal sf
             crm: migrate, into sf, at 1, approach phased, users 5
             desk: migrate, into erp, at 2, approach phased, migration.rollback.documented true
             desk: migration.rollback.tested true
             order = truth sf
             sf -> shop : order | id sf-order
             erp -> shop : stock | id erp-stock
             shop -> lake : sales | id later, since 2
             lake -> mart : sales | id never",
        );
        let rules = |gate: usize| {
            let mut rules = gates[gate].1.clone();
            rules.sort();
            rules.dedup();
            (gates[gate].0.as_str(), rules)
        };
        let (name, first) = rules(2);
        assert_eq!(name, "ready for cutover of Wave 1");
        assert!(first.contains(&"rollback-unproven".to_owned()), "{first:?}");
        assert!(first.contains(&"unmonitored-flow".to_owned()), "{first:?}");
        let count = |gate: usize, rule: &str| gates[gate].1.iter().filter(|found| *found == rule).count();
        assert_eq!([count(2, "rollback-unproven"), count(3, "rollback-unproven")], [1, 0]);
        // To and from sf in wave 1; to and from erp and what begins in wave 2.
        assert_eq!([count(2, "unmonitored-flow"), count(3, "unmonitored-flow")], [1, 2]);
    }

    #[test]
    fn only_what_a_gate_asks_for_waits_for_it() {
        let from = |rule: &str| counts_from(crate::rules::find(rule).unwrap());
        assert_eq!(from("flow-without-domain"), Aim::Draft);
        assert_eq!(from("residency-breach"), Aim::Build);
        assert_eq!(from("migration-plan-incomplete"), Aim::Review);
        assert_eq!(from("cost-after-exit"), Aim::Cutover);
        assert_eq!(from("sync-loop"), Aim::Draft);
    }

    #[test]
    fn a_gate_is_shut_by_findings_and_by_what_is_undecided_alone() {
        let open = |text: &str| {
            let plan = parse(text).plan;
            gates(&mut Facts::new(&plan)).iter().map(Gate::is_open).collect::<Vec<_>>()
        };
        assert_eq!(open("erp: integrate"), [true, true]);
        assert_eq!(open("crm: undecided"), [false, true]);
        assert_eq!(open("order = truth erp, truth shop\nerp -> shop : order"), [true, false]);
    }
}
