//! Runs the rules: every check at its stages, hiding, one finding per cause, in order.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::merging::Merged;
use super::run::Run;
use super::threads::side_by_side;
use super::{ALL, Facts, Finding, LooksAt, Presence, Rule, Severity, Subject};

/// The stages that a run looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    AllStages,
    /// One, by its place. Rules that look at the target only run where that is it.
    Stage(usize),
}

/// What a run found, in the order in which it is shown.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Errors, then warnings, then advice; of each by reach, those that hold today only last. Of a finding that
    /// holds at several stages the words are those of the last.
    pub list: Vec<Finding>,
    whole: Arc<Merged>,
    /// The same for each stage, as seen there; made when first asked for. Empty for stages that the run did not
    /// look at.
    by_stage: Vec<OnceLock<Vec<Finding>>>,
    /// Of what is hidden at the target: the place of what hides it among the target's findings.
    causes_at_target: OnceLock<BTreeMap<Key, usize>>,
}

impl Findings {
    /// Number of findings with a severity; what holds today only and what is accepted is not counted.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|finding| finding.severity == severity && finding.is_open()).count()
    }

    /// The same run with the list of one stage only, as seen there; what is known of the others stays.
    #[must_use]
    pub fn seen_at(self, at: usize) -> Self {
        Self { list: self.list_at(at).to_vec(), ..self }
    }

    /// The findings that hold at a stage, as seen there.
    pub fn at(&self, at: usize) -> impl Iterator<Item = &Finding> {
        self.list_at(at).iter()
    }

    fn list_at(&self, at: usize) -> &[Finding] {
        let found = self.by_stage.get(at).map(|found| found.get_or_init(|| self.whole.seen_at(at)));
        found.map_or(&[], Vec::as_slice)
    }

    /// The finding under which another one is hidden at the target, where it is not there by itself.
    #[must_use]
    pub fn cause_at_target(&self, finding: &Finding, target: usize) -> Option<&Finding> {
        if finding.holds_at(target) {
            return None;
        }
        let found = self.list_at(target);
        found.get(*self.causes_at_target.get_or_init(|| causes(found)).get(&key(finding))?)
    }

    /// When a finding is there. One that is hidden at the target is there too: its cause is, and the
    /// plan has not solved it. One about a group of systems that shrinks or grows is there as long as most
    /// of the group is. Means something only where all stages were looked at.
    #[must_use]
    pub fn presence(&self, finding: &Finding, target: usize) -> Presence {
        let is_at = |at| finding.holds_at(at) || self.has_the_group_at(finding, at);
        match (is_at(0), is_at(target) || self.cause_at_target(finding, target).is_some()) {
            (true, false) => Presence::SolvedByThePlan,
            (false, false) => Presence::OnTheWay,
            (true, true) => Presence::Stays,
            (false, true) => Presence::ComesWithThePlan,
        }
    }

    /// Whether the same rule finds at a stage a group of systems that shares two with this finding's, about
    /// the same first subject.
    fn has_the_group_at(&self, finding: &Finding, at: usize) -> bool {
        let (first, group) = finding.subjects.split_at(finding.subjects.len().min(1));
        self.about(finding.rule, first)
            .iter()
            .filter(|other| other.holds_at(at))
            .any(|other| other.subjects.iter().skip(1).filter(|subject| group.contains(subject)).count() >= 2)
    }

    /// When a finding is there, in words; empty for rules that look at the target only, because they do
    /// not know whether it is there today.
    #[must_use]
    pub fn presence_words(&self, finding: &Finding, target: usize) -> &'static str {
        match finding.rule.looks_at {
            LooksAt::EachStage => self.presence(finding, target).words(),
            LooksAt::Target => "",
        }
    }

    /// The findings of a rule of which the first subjects are these, as all stages together know them.
    pub(super) fn about(&self, rule: &'static Rule, subjects: &[Subject]) -> &[Finding] {
        self.whole.about(rule, subjects)
    }

    /// The finding that is the same as one of an earlier run, as all stages together know it.
    #[must_use]
    pub fn same_as(&self, other: &Finding) -> Option<&Finding> {
        self.about(other.rule, &other.subjects).iter().find(|finding| finding.is_same(other))
    }
}

type Key = (&'static str, Vec<Subject>);

/// Runs every rule on a plan's facts.
#[must_use]
pub fn check(facts: &Facts<'_>, scope: Scope) -> Findings {
    check_rules(facts, scope, ALL)
}

/// Runs some rules.
#[must_use]
pub(super) fn check_rules(facts: &Facts<'_>, scope: Scope, rules: &[&'static Rule]) -> Findings {
    let runs = runs(facts, scope, rules);
    let looked_everywhere = if scope == Scope::AllStages { rules } else { &[] };
    let whole = Merged::new(facts, runs, looked_everywhere);
    let by_stage = facts.stages.iter().map(|_| OnceLock::new()).collect();
    Findings { list: whole.shown(|_| true), whole: whole.into(), by_stage, causes_at_target: OnceLock::new() }
}

/// What some rules find at all stages and is left by a filter, as one list, in the order in which findings
/// are shown.
pub(super) fn list_of(
    facts: &Facts<'_>,
    rules: &[&'static Rule],
    filter: impl Fn(&Finding) -> bool,
) -> Vec<Finding> {
    Merged::new(facts, runs(facts, Scope::AllStages, rules), rules).shown(filter)
}

/// What the rules say at the stages of the scope.
fn runs(facts: &Facts<'_>, scope: Scope, rules: &[&'static Rule]) -> Vec<Arc<Run>> {
    if scope == Scope::AllStages && rules.len() == ALL.len() {
        // Several rules ask for it at once, and would wait for each other.
        side_by_side(facts.plan(), facts.stages.len(), |at| _ = facts.structure(at));
    }
    side_by_side(facts.plan(), rules.len(), |place| match scope {
        Scope::AllStages => facts.run(rules[place]),
        Scope::Stage(at) => Arc::new(Run::new(facts, rules[place], |stage| stage == at)),
    })
}

/// Which finding hides what, by what is hidden.
fn causes(found: &[Finding]) -> BTreeMap<Key, usize> {
    let hidden = |(place, cause): (usize, &Finding)| {
        cause
            .hides
            .iter()
            .map(move |(rule, subjects)| ((rule.id, subjects.clone()), place))
            .collect::<Vec<_>>()
    };
    found.iter().enumerate().flat_map(hidden).collect()
}

fn key(finding: &Finding) -> Key {
    (finding.rule.id, finding.subjects.clone())
}

#[cfg(test)]
mod tests {
    use crate::model::{Aim, Subject};
    use crate::rules::sketch::parse;
    use crate::rules::threads::WORTH_IT;
    use crate::rules::{Facts, Finding, Findings, Presence, Scope, Severity, check};

    fn loops(text: &str) -> Vec<(usize, Presence)> {
        let plan = parse(text).plan;
        let facts = Facts::new(&plan);
        let (found, target) = (check(&facts, Scope::AllStages), facts.index.timeline.target());
        let loops = found.list.iter().filter(|finding| finding.rule.id == "sync-loop");
        loops.map(|finding| (finding.subjects.len() - 1, found.presence(finding, target))).collect()
    }

    #[test]
    fn a_loop_that_loses_a_system_is_not_solved_and_does_not_come_with_the_plan() {
        let shrinks = "x = truth a\na <-> b : x\nb <-> c : x | until 1";
        assert_eq!(loops(shrinks), [(2, Presence::Stays), (3, Presence::Stays)]);
        let other = "x = truth a\na <-> b : x | until 1\nb <-> c : x | since 1";
        assert_eq!(loops(other), [(2, Presence::ComesWithThePlan), (2, Presence::SolvedByThePlan)]);
    }

    fn found(text: &str) -> (Findings, usize) {
        let plan = parse(text).plan;
        let facts = Facts::new(&plan);
        (check(&facts, Scope::AllStages), facts.index.timeline.target())
    }

    fn of<'f>(found: &'f Findings, rule: &str) -> &'f Finding {
        found.list.iter().find(|finding| finding.rule.id == rule).unwrap()
    }

    #[test]
    fn what_is_hidden_at_the_target_stays_and_has_its_cause() {
        let (found, target) = found(
            "crm: migrate, into sf, at 1
             account = truth crm
             sf.account: author
             erp.account: author
             sf <-> erp : account",
        );
        let rule = of(&found, "conflict-rule-missing");
        assert_eq!(*rule.stages, [0, 1]);
        assert!(rule.holds_at(0) && !rule.holds_at(target) && !rule.is_information());
        assert_eq!(found.cause_at_target(rule, target).unwrap().rule.id, "truth-leaves");
        assert_eq!(found.presence(rule, target), Presence::Stays);
        let cause = of(&found, "truth-leaves");
        assert!(found.cause_at_target(cause, target).is_none());
        assert_eq!(found.presence_words(cause, target), "");
        assert_eq!(found.presence_words(rule, target), Presence::Stays.words());
    }

    #[test]
    fn what_holds_today_only_is_information_and_not_counted() {
        let (found, _) = found("x = truth a\n a <-> b : x | until 1");
        let circle = of(&found, "sync-loop");
        assert!(circle.is_information() && !circle.is_open());
        assert_eq!(found.count(Severity::Error), 0);
    }

    #[test]
    fn the_target_says_how_bad_it_is_and_before_it_the_worst_stage() {
        let calls = |first: u32, later: u32| {
            format!(
                "erp: rate_limit 100
                 sf -> erp : x | mechanism callout, records_per_day {first}, until 1
                 sf -> erp : y | mechanism callout, records_per_day {later}, since 1, until 2
                 sf -> erp : z | mechanism callout, records_per_day 10, since 2"
            )
        };
        let (on_the_way, _) = found(&calls(100, 70));
        assert_eq!(of(&on_the_way, "api-budget").severity, Severity::Error);
        let lasting = calls(100, 70).replace(", until 2", "");
        let (lasting, target) = found(&lasting);
        let budget = of(&lasting, "api-budget");
        assert_eq!((budget.severity, budget.holds_at(target)), (Severity::Warning, true));
        let today = lasting.clone().seen_at(0);
        assert_eq!(of(&today, "api-budget").severity, Severity::Error);
        assert_eq!(today.list.len(), lasting.at(0).count());
    }

    #[test]
    fn a_finding_touches_what_it_is_about_and_what_it_names() {
        let (found, _) =
            found("erp: rate_limit 100\n sf -> erp : x | mechanism callout, records_per_day 100, id f");
        let budget = of(&found, "api-budget");
        let subjects =
            [Subject::System("erp".into()), Subject::Flow("f".into()), Subject::System("sf".into())];
        let touched = subjects.map(|subject| budget.touches(&subject));
        assert_eq!(touched, [true, true, false]);
    }

    #[test]
    fn a_loop_of_another_domain_is_another_loop() {
        let text = "x = truth a\ny = truth a\na <-> b : x | until 1\na <-> b : y | since 1";
        assert_eq!(loops(text), [(2, Presence::ComesWithThePlan), (2, Presence::SolvedByThePlan)]);
    }

    /// What is told of findings, as far as it does not depend on other stages.
    fn told<'f>(found: impl Iterator<Item = &'f Finding>) -> Vec<String> {
        let told = |f: &Finding| {
            format!("{} {} {:?} {:?} {}", f.rule.id, f.severity, f.subjects, f.related, f.message)
        };
        found.map(told).collect()
    }

    #[test]
    fn what_a_stage_takes_over_from_one_before_is_what_it_would_say_itself() {
        for seed in 1..=3 {
            let plan = crate::generate::plan(120, seed);
            let facts = Facts::new(&plan);
            let all = check(&facts, Scope::AllStages);
            for at in 0..facts.stages.len() {
                assert_eq!(told(all.at(at)), told(check(&facts, Scope::Stage(at)).at(at)));
            }
        }
    }

    #[test]
    fn side_by_side_or_one_after_the_other_the_same_is_found_in_the_same_order() {
        let plan = crate::generate::plan(WORTH_IT + 10, 1);
        let found_by = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let found = pool.install(|| check(&Facts::new(&plan), Scope::AllStages).list);
            let stages: Vec<_> =
                found.iter().map(|finding| (finding.stages.to_vec(), finding.hides.len())).collect();
            (told(found.iter()), stages)
        };
        assert_eq!(found_by(1), found_by(4));
    }

    #[test]
    fn what_is_said_for_one_gate_is_not_taken_for_what_is_said_for_another() {
        let plan = crate::generate::plan(120, 1);
        let mut shared = Facts::new(&plan);
        for aim in [Aim::Cutover, Aim::Draft, Aim::Build, Aim::Review] {
            shared.aim = aim;
            let mut fresh = Facts::new(&plan);
            fresh.aim = aim;
            let all = |facts: &Facts<'_>| told(check(facts, Scope::AllStages).list.iter());
            assert_eq!(all(&shared), all(&fresh), "{aim}");
        }
    }
}
