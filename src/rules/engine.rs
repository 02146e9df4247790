//! Runs the rules: every check at its stages, hiding, one finding per cause, in order.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::rule::RawFinding;
use super::threads::each_stage;
use super::{ALL, Facts, Finding, LooksAt, Presence, Report, Rule, Severity, Subject, View, hiding, waiving};

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
    /// Errors, then warnings, then advice; of each by reach, those that hold today only last. Of a finding that holds at several stages the words
    /// are those of the last.
    pub list: Vec<Finding>,
    /// The same for each stage, as seen there; empty for stages that the run did not look at.
    by_stage: Vec<Vec<Finding>>,
    /// Of what is hidden at the target: the place of what hides it among the target's findings.
    causes_at_target: BTreeMap<Key, usize>,
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
        let list = self.by_stage.get(at).cloned().unwrap_or_default();
        Self { list, ..self }
    }

    /// The findings that hold at a stage, as seen there.
    pub fn at(&self, at: usize) -> impl Iterator<Item = &Finding> {
        self.by_stage.get(at).into_iter().flatten()
    }

    /// The finding under which another one is hidden at the target, where it is not there by itself.
    #[must_use]
    pub fn cause_at_target(&self, finding: &Finding, target: usize) -> Option<&Finding> {
        if finding.holds_at(target) {
            return None;
        }
        let cause = *self.causes_at_target.get(&key(finding))?;
        self.by_stage.last()?.get(cause)
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
        let [first, group @ ..] = finding.subjects.as_slice() else { return false };
        self.at(at).any(|other| {
            let shared = other.subjects.iter().skip(1).filter(|subject| group.contains(subject));
            other.rule.id == finding.rule.id && other.subjects.first() == Some(first) && shared.count() >= 2
        })
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

    /// The finding that is the same as one of an earlier run.
    #[must_use]
    pub fn same_as(&self, other: &Finding) -> Option<&Finding> {
        self.list.iter().find(|finding| finding.is_same(other))
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
    let target = facts.index.timeline.target();
    let by_stage = found_by_stage(facts, scope, rules);
    let same = same_findings(&by_stage);
    let mut list: Vec<_> = same.iter().map(|group| merged(&by_stage, group, target)).collect();
    let looked_everywhere = if scope == Scope::AllStages { rules } else { &[] };
    waiving::apply(facts.plan(), looked_everywhere, &mut list, target);
    let ranks = ranks(&list);
    let by_stage = tell_the_stages(&list, &same, by_stage, &ranks, target);
    let by_stage: Vec<_> = by_stage.into_iter().map(in_order).collect();
    let list = in_order(ranks.into_iter().zip(list).collect());
    let causes_at_target = causes(by_stage.last().map(Vec::as_slice).unwrap_or_default());
    Findings { list, by_stage, causes_at_target }
}

/// What some rules find at all stages and is left by a filter, as one list, in the order in which findings
/// are shown.
pub(super) fn list_of(
    facts: &Facts<'_>,
    rules: &[&'static Rule],
    filter: impl Fn(&Finding) -> bool,
) -> Vec<Finding> {
    let target = facts.index.timeline.target();
    let by_stage = found_by_stage(facts, Scope::AllStages, rules);
    let mut list: Vec<_> =
        same_findings(&by_stage).iter().map(|group| merged(&by_stage, group, target)).collect();
    waiving::apply(facts.plan(), rules, &mut list, target);
    list.retain(filter);
    in_order(ranks(&list).into_iter().zip(list).collect())
}

/// Where one finding stands: stage, and place among what was found there.
type Seen = (usize, usize);

/// The findings of all stages, those with the same rule and subjects together, in the order of their keys;
/// of each the stages in order.
fn same_findings(by_stage: &[Vec<Finding>]) -> Vec<Vec<Seen>> {
    let mut by_rule: BTreeMap<&str, Vec<Seen>> = BTreeMap::new();
    for (at, found) in by_stage.iter().enumerate() {
        let mut place = 0;
        for run in found.chunk_by(|a, b| std::ptr::eq(a.rule, b.rule)) {
            let seen = (place..place + run.len()).map(|place| (at, place));
            by_rule.entry(run[0].rule.id).or_default().extend(seen);
            place += run.len();
        }
    }
    let subjects = |&(at, place): &Seen| by_stage[at][place].subjects.as_slice();
    let groups = by_rule.into_values().flat_map(|mut seen| {
        // Checks go through the plan in the order of its ids, so this merges a few sorted runs.
        seen.sort_by(|a, b| subjects(a).cmp(subjects(b)));
        seen.chunk_by(|a, b| subjects(a) == subjects(b)).map(<[Seen]>::to_vec).collect::<Vec<_>>()
    });
    groups.collect()
}

/// One finding of several stages: the words of the last stage stand, and the target's severity or, before
/// the target, the worst.
fn merged(by_stage: &[Vec<Finding>], group: &[Seen], target: usize) -> Finding {
    let seen = |&(at, place): &Seen| &by_stage[at][place];
    let last = &group[group.len() - 1];
    let worst = group.iter().map(|place| seen(place).severity).max();
    let severity = worst.filter(|_| last.0 != target).unwrap_or(seen(last).severity);
    let mut stages: Vec<_> = group.iter().map(|(at, _)| *at).collect();
    stages.dedup();
    Finding { severity, stages, ..seen(last).clone() }
}

/// For each finding of the list, where it stands when they are ordered by rule and subjects.
fn ranks(list: &[Finding]) -> Vec<usize> {
    let key = |&place: &usize| (list[place].rule.id, list[place].subjects.as_slice());
    let mut places: Vec<_> = (0..list.len()).collect();
    places.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut ranks = vec![0; list.len()];
    for (rank, place) in places.into_iter().enumerate() {
        ranks[place] = rank;
    }
    ranks
}

/// What the whole run knows of a finding is said at each stage too, with its rank: where else it holds and
/// whether it is accepted. Ended waivers, the end of the list, are of the target.
fn tell_the_stages(
    list: &[Finding],
    same: &[Vec<Seen>],
    by_stage: Vec<Vec<Finding>>,
    ranks: &[usize],
    target: usize,
) -> Vec<Vec<(usize, Finding)>> {
    let unranked = |found: Vec<Finding>| found.into_iter().map(|finding| (0, finding)).collect();
    let mut by_stage: Vec<Vec<_>> = by_stage.into_iter().map(unranked).collect();
    for ((whole, group), rank) in list.iter().zip(same).zip(ranks) {
        for &(at, place) in group {
            let (known_rank, finding) = &mut by_stage[at][place];
            *known_rank = *rank;
            finding.stages.clone_from(&whole.stages);
            finding.waiver.clone_from(&whole.waiver);
        }
    }
    let ended = ranks.iter().copied().zip(list.iter().cloned()).skip(same.len());
    by_stage[target].extend(ended);
    by_stage
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

/// Ranked findings in the order in which they are shown.
fn in_order(ranked: Vec<(usize, Finding)>) -> Vec<Finding> {
    let mut ranked = ranked;
    ranked.sort_by_cached_key(|(rank, finding)| {
        (Reverse(finding.severity), finding.is_information(), Reverse(finding.reach()), *rank)
    });
    ranked.into_iter().map(|(_, finding)| finding).collect()
}

/// What the rules find at each stage of the scope, in the order of the rules and without what is hidden.
fn found_by_stage(facts: &Facts<'_>, scope: Scope, rules: &[&'static Rule]) -> Vec<Vec<Finding>> {
    let is_looked_at = |at: usize| scope == Scope::AllStages || scope == Scope::Stage(at);
    let found = |at| if is_looked_at(at) { check_stage(facts, at, rules) } else { Vec::new() };
    each_stage(facts.plan(), facts.stages.len(), found)
}

fn check_stage(facts: &Facts<'_>, at: usize, rules: &[&'static Rule]) -> Vec<Finding> {
    let is_target = at == facts.index.timeline.target();
    let mut found = Vec::new();
    for rule in rules.iter().filter(|rule| is_target || rule.looks_at == LooksAt::EachStage) {
        let mut report = Report::default();
        (rule.check)(&View::new(facts, at, rule), &mut report);
        found.extend(report.raw.into_iter().map(|raw| finding(rule, at, raw)));
    }
    hiding::hide(&mut found, facts);
    found
}

fn finding(rule: &'static Rule, at: usize, raw: RawFinding) -> Finding {
    let RawFinding { severity, subjects, related, message } = raw;
    Finding {
        rule,
        severity,
        subjects,
        related,
        stages: vec![at],
        seen_at: at,
        message,
        hides: Vec::new(),
        waiver: None,
        ended_waiver: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Subject;
    use crate::rules::sketch::parse;
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
        assert_eq!(rule.stages, [0, 1]);
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
        assert_eq!(loops(text), [(2, Presence::SolvedByThePlan), (2, Presence::ComesWithThePlan)]);
    }
}
