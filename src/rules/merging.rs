//! From what the rules say at each stage to findings: without what is hidden, those of several stages as one,
//! in the order in which they are shown.

use std::sync::Arc;

use super::hiding::{Hidden, hidden};
use super::run::Run;
use super::threads::each_stage;
use super::waiver_ended::WAIVER_ENDED;
use super::{Facts, Finding, Rule, Severity, waiving};

/// What some rules find at all stages, as one list.
pub(super) struct Merged<'r> {
    runs: &'r [Arc<Run>],
    /// By stage.
    hidden: Vec<Hidden>,
    /// Ordered by rule and subjects; at the end what is found of waivers.
    list: Vec<Finding>,
    /// By run and number of the finding: its place in the list.
    places: Vec<Vec<Option<usize>>>,
    /// Where what is found of waivers begins.
    waivers_at: usize,
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

impl<'r> Merged<'r> {
    /// Merges what was said. `looked_everywhere` are the rules that were run at all their stages.
    pub fn new(facts: &Facts<'_>, runs: &'r [Arc<Run>], looked_everywhere: &[&'static Rule]) -> Self {
        let target = facts.index.timeline.target();
        let mut merged = Self {
            runs,
            hidden: each_stage(facts.plan(), facts.stages.len(), |at| hidden(facts, runs, at)),
            list: Vec::new(),
            places: runs.iter().map(|run| vec![None; run.findings]).collect(),
            waivers_at: 0,
            target,
        };
        let mut stages = StageSets::new(facts.stages.len());
        let mut by_id: Vec<_> = (0..runs.len()).collect();
        by_id.sort_by_key(|&run| runs[run].rule.id);
        for run in by_id {
            merged.add_findings(run, &mut stages);
        }
        merged.waivers_at = merged.list.len();
        waiving::apply(facts.plan(), looked_everywhere, &mut merged.list, target);
        merged.list[merged.waivers_at..].sort_by(|a, b| a.subjects.cmp(&b.subjects));
        merged
    }

    /// The findings of one rule: the words of the last stage stand, and the target's severity or, before the
    /// target, the worst.
    fn add_findings(&mut self, number: usize, stages: &mut StageSets) {
        let run = &self.runs[number];
        for (finding, seen) in self.seen(number, stages).into_iter().enumerate() {
            let Some((at, place)) = seen.last else { continue };
            let statement = &run.statements[run.by_stage[at][place]];
            self.places[number][finding] = Some(self.list.len());
            self.list.push(Finding {
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
        let of_waivers = self.list[self.waivers_at..].iter().filter(|_| at == self.target);
        let mut found: Vec<_> = of_waivers.cloned().zip(self.waivers_at..).collect();
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
        self.in_order(found, |_| false)
    }

    /// What a filter leaves of the list.
    pub fn into_list(self, filter: impl Fn(&Finding) -> bool) -> Vec<Finding> {
        let left = self.list.iter().zip(0..).filter(|(finding, _)| filter(finding));
        let left = left.map(|(finding, place)| (finding.clone(), place)).collect();
        self.in_order(left, Finding::is_information)
    }

    /// Findings with their places in the list, in the order in which they are shown: the worst first, of these
    /// the one that reaches most, then by rule and subjects. What `is_late` comes last of its severity.
    fn in_order(&self, found: Vec<(Finding, usize)>, is_late: fn(&Finding) -> bool) -> Vec<Finding> {
        let of_waivers = self.list.len() - self.waivers_at;
        let before_waivers =
            self.list[..self.waivers_at].partition_point(|finding| finding.rule.id < WAIVER_ENDED.id);
        let rank = |place: usize| match place {
            _ if place >= self.waivers_at => before_waivers + place - self.waivers_at,
            _ if place >= before_waivers => place + of_waivers,
            _ => place,
        };
        let mut found = found;
        found.sort_by_cached_key(|(finding, place)| order(finding, is_late(finding), rank(*place)));
        found.into_iter().map(|(finding, _)| finding).collect()
    }
}

/// A number that is smaller for what comes first: by severity, whether it is late, reach and rank, from the
/// highest bits down.
fn order(finding: &Finding, is_late: bool, rank: usize) -> u64 {
    const MOST: u32 = (1 << 29) - 1;
    let severity = Severity::Error as u64 - finding.severity as u64;
    let reach = u32::try_from(finding.reach()).unwrap_or(MOST).min(MOST);
    severity << 62 | u64::from(is_late) << 61 | u64::from(MOST - reach) << 32 | rank as u64
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
