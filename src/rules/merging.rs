//! From what the rules say at each stage to findings: without what is hidden, those of several stages as one,
//! in the order in which they are shown.

use std::ops::Range;
use std::sync::Arc;

use crate::model::Plan;

use super::hiding::{Hidden, hidden};
use super::run::Run;
use super::threads::side_by_side;
use super::waiver_ended::WAIVER_ENDED;
use super::{Facts, Finding, Rule, Severity, Subject, waiving};

/// What some rules find at all stages.
#[derive(Debug, Default)]
pub(super) struct Merged {
    runs: Vec<Arc<Run>>,
    /// By stage.
    hidden: Vec<Hidden>,
    /// Ordered by the rule's id and subjects.
    list: Vec<Finding>,
    /// By run: the place in the list of each of its findings that is there, by number.
    places: Vec<Vec<Option<usize>>>,
    /// Where in the list is what is found of waivers.
    of_waivers: Range<usize>,
    target: usize,
}

/// Where a finding is seen at the stages looked at so far.
#[derive(Clone, Default)]
struct Seen {
    /// The last stage, and the place of what is said there.
    last: Option<(usize, usize)>,
    worst: Option<Severity>,
    stages: usize,
}

impl Merged {
    /// Merges what was said. `looked_everywhere` are the rules that were run at all their stages.
    pub fn new(facts: &Facts<'_>, mut runs: Vec<Arc<Run>>, looked_everywhere: &[&'static Rule]) -> Self {
        runs.sort_by_key(|run| run.rule.id);
        let target = facts.index.timeline.target();
        let hidden = side_by_side(facts.plan(), facts.stages.len(), |at| hidden(facts, &runs, at));
        let mut merged = Self { runs, hidden, target, ..Self::default() };
        let found =
            side_by_side(facts.plan(), merged.runs.len(), |run| merged.findings(run, facts.stages.len()));
        for (mut found, mut places) in found {
            places.iter_mut().flatten().for_each(|place| *place += merged.list.len());
            merged.list.append(&mut found);
            merged.places.push(places);
        }
        merged.add_waivers(facts.plan(), looked_everywhere);
        merged
    }

    /// Notes the waivers, and puts what is found of them where it belongs by the id of its rule.
    fn add_waivers(&mut self, plan: &Plan, looked_everywhere: &[&'static Rule]) {
        let end = self.list.len();
        waiving::apply(plan, looked_everywhere, &mut self.list, self.target);
        self.list[end..].sort_by(|a, b| a.subjects.cmp(&b.subjects));
        let ended = self.list.len() - end;
        let begin = self.list[..end].partition_point(|finding| finding.rule.id < WAIVER_ENDED.id);
        self.list[begin..].rotate_right(ended);
        self.of_waivers = begin..begin + ended;
        for place in self.places.iter_mut().flatten().flatten().filter(|place| **place >= begin) {
            *place += ended;
        }
    }

    /// The findings of one rule, and by number the place of each: the words of the last stage stand, and the
    /// target's severity or, before the target, the worst.
    fn findings(&self, number: usize, stages: usize) -> (Vec<Finding>, Vec<Option<usize>>) {
        let run = &self.runs[number];
        let mut stages = StageSets::new(stages);
        let mut list = Vec::with_capacity(run.findings);
        let mut places = vec![None; run.findings];
        for (finding, seen) in self.seen(number, &mut stages).into_iter().enumerate() {
            let Some((at, place)) = seen.last else { continue };
            let statement = &run.statements[run.by_stage[at][place]];
            places[finding] = Some(list.len());
            list.push(Finding {
                rule: run.rule,
                severity: seen.worst.filter(|_| at != self.target).unwrap_or(statement.severity),
                statement: Arc::clone(statement),
                stages: stages.set(seen.stages),
                seen_at: at,
                hides: self.hidden[at].hides(number, place),
                waiver: None,
                ended_waiver: None,
            });
        }
        (list, places)
    }

    /// Where each finding of a rule is seen.
    fn seen(&self, number: usize, stages: &mut StageSets) -> Vec<Seen> {
        let run = &self.runs[number];
        let mut all = vec![Seen::default(); run.findings];
        for (at, said) in run.by_stage.iter().enumerate() {
            for (place, &statement) in said.iter().enumerate() {
                if self.hidden[at].is_hidden(number, place) {
                    continue;
                }
                let seen = &mut all[run.finding_of[statement]];
                if seen.last.is_none_or(|(last, _)| last != at) {
                    seen.stages = stages.with(seen.stages, at);
                }
                seen.last = Some((at, place));
                seen.worst = seen.worst.max(Some(run.statements[statement].severity));
            }
        }
        all
    }

    /// What is found at one stage, as seen there; what the whole run knows of a finding is said there too.
    /// Empty where the run did not look. What is found of waivers is of the target.
    pub fn seen_at(&self, at: usize) -> Vec<Finding> {
        let of_waivers = self.of_waivers.clone().filter(|_| at == self.target);
        let mut found: Vec<_> = of_waivers.map(|place| (self.list[place].clone(), place)).collect();
        for (number, run) in self.runs.iter().enumerate() {
            let said = run.by_stage[at].iter().enumerate();
            for (place, &statement) in said.filter(|(place, _)| !self.hidden[at].is_hidden(number, *place)) {
                let Some(whole) = self.places[number][run.finding_of[statement]] else { continue };
                let statement = &run.statements[statement];
                let known = &self.list[whole];
                let finding = Finding {
                    rule: run.rule,
                    severity: statement.severity,
                    statement: Arc::clone(statement),
                    stages: Arc::clone(&known.stages),
                    seen_at: at,
                    hides: self.hidden[at].hides(number, place),
                    waiver: known.waiver.clone(),
                    ended_waiver: None,
                };
                found.push((finding, whole));
            }
        }
        found.sort_by_cached_key(|(finding, whole)| order(finding, false, *whole));
        found.into_iter().map(|(finding, _)| finding).collect()
    }

    /// What a filter leaves of the list, in the order in which findings are shown.
    pub fn shown(&self, filter: impl Fn(&Finding) -> bool) -> Vec<Finding> {
        let left = self.list.iter().enumerate().filter(|(_, finding)| filter(finding));
        let ordered =
            |(place, finding): (usize, &Finding)| (order(finding, finding.is_information(), place), place);
        let mut left: Vec<_> = left.map(ordered).collect();
        left.sort_unstable();
        left.into_iter().map(|(_, place)| self.list[place].clone()).collect()
    }

    /// The findings of a rule of which the first subjects are these.
    pub fn about(&self, rule: &'static Rule, subjects: &[Subject]) -> &[Finding] {
        let of = |finding: &Finding| {
            let first = &finding.subjects[..finding.subjects.len().min(subjects.len())];
            finding.rule.id.cmp(rule.id).then_with(|| first.cmp(subjects))
        };
        let begin = self.list.partition_point(|finding| of(finding).is_lt());
        let found = &self.list[begin..];
        &found[..found.partition_point(|finding| of(finding).is_eq())]
    }
}

/// A number that is smaller for what comes first in the order in which findings are shown: the worst first, of
/// these the one that reaches most, then by rule and subjects. What is late comes last of its severity.
fn order(finding: &Finding, is_late: bool, place: usize) -> u64 {
    const MOST: u32 = (1 << 29) - 1;
    let severity = Severity::Error as u64 - finding.severity as u64;
    let reach = u32::try_from(finding.reach()).unwrap_or(MOST).min(MOST);
    severity << 62 | u64::from(is_late) << 61 | u64::from(MOST - reach) << 32 | place as u64
}

/// Sets of stages that many findings share, each once.
struct StageSets {
    /// The first is empty.
    sets: Vec<Arc<[usize]>>,
    /// By set and stage: the set with that stage at its end.
    with: Vec<Vec<Option<usize>>>,
}

impl StageSets {
    fn new(stages: usize) -> Self {
        Self { sets: vec![Arc::default()], with: vec![vec![None; stages]] }
    }

    /// The set with one later stage more.
    fn with(&mut self, set: usize, at: usize) -> usize {
        if let Some(known) = self.with[set][at] {
            return known;
        }
        let number = self.sets.len();
        self.sets.push(self.sets[set].iter().copied().chain([at]).collect());
        self.with.push(vec![None; self.with[set].len()]);
        self.with[set][at] = Some(number);
        number
    }

    /// The stages of a set, in order.
    fn set(&self, set: usize) -> Arc<[usize]> {
        Arc::clone(&self.sets[set])
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Waiver;
    use crate::rules::sketch::parse;
    use crate::rules::{Facts, Finding, Scope, check};

    #[test]
    fn what_is_found_of_waivers_stands_among_its_like_by_its_name() {
        let mut plan = parse(
            "plan: as_of 2027-01-02
             x = truth a
             a: migrate, at 1
             b: migrate, at 1
             c: migrate, at 1
             d: migrate, at 1
             a -> b : x | sync
             b -> c : x | sync
             c -> d : x | sync",
        )
        .plan;
        let found = |plan: &_| check(&Facts::new(plan), Scope::AllStages).list;
        let is_like = |finding: &Finding| finding.severity.to_string() == "warning" && finding.reach() == 4;
        let ids = |found: &[Finding]| -> Vec<_> {
            found.iter().filter(|finding| is_like(finding)).map(|finding| finding.rule.id).collect()
        };
        let before = found(&plan);
        assert_eq!(ids(&before), ["sync-chain", "wave-overload"]);
        let chain = before.iter().find(|finding| finding.rule.id == "sync-chain").unwrap();
        for number in 0..9 {
            let waiver = Waiver {
                rule: chain.rule.id.to_owned(),
                subjects: chain.subjects.clone(),
                until: "2027-01-01".parse().ok(),
                ..Waiver::default()
            };
            plan.waivers.insert(format!("w{number}").as_str().into(), waiver.into());
        }
        assert_eq!(
            ids(&found(&plan)),
            [&["sync-chain"][..], &["waiver-ended"; 9], &["wave-overload"]].concat()
        );
        let found = check(&Facts::new(&plan), Scope::AllStages);
        let at = |stage| found.at(stage).filter(|finding| finding.rule.id == "waiver-ended").count();
        assert_eq!([at(0), at(1), at(2)], [0, 0, 9], "the waivers are over in the target");
    }

    #[test]
    fn the_worst_comes_first_however_little_it_reaches() {
        let plan = parse(
            "x = class personal, truth a
             y = truth a
             a -> b : x | auth basic
             a -> b : y | sync
             b -> c : y | sync
             c -> d : y | sync",
        )
        .plan;
        let found = check(&Facts::new(&plan), Scope::AllStages).list;
        let places = ["insecure-flow", "sync-chain"].map(|rule| found.iter().position(|f| f.rule.id == rule));
        assert!(places[0].unwrap() < places[1].unwrap(), "{places:?}");
        assert!(found.is_sorted_by_key(|finding| std::cmp::Reverse(finding.severity)));
    }
}
