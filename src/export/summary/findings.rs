//! What the rules find: by severity, then by rule; what the plan solves stands apart.

use crate::model::{Plan, Waiver};
use crate::rules::{self, ALL, Finding, Group, GroupBy, Presence, Rule, Severity, Subject, grouped};

use super::phrases::{capitalised, count, stages};
use super::{Block, Entry, Point, Source, part};

/// The tones of findings that ask for nothing; also the ends of their anchors.
const SOLVED: &str = "solved";
const ACCEPTED: &str = "accepted";

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let target = source.facts.index.timeline.target();
    let is_solved =
        |finding: &&Finding| source.findings.presence(finding, target) == Presence::SolvedByThePlan;
    let (accepted, found): (Vec<_>, Vec<_>) =
        source.findings.list.iter().partition(|finding| finding.waiver.is_some());
    let (solved, open): (Vec<_>, Vec<_>) = found.into_iter().partition(is_solved);
    if source.findings.list.is_empty() {
        return vec![Block::Paragraph(format!("The {} rules find nothing wrong at any stage.", ALL.len()))];
    }
    let mut blocks = Vec::new();
    for &severity in Severity::ALL.iter().rev() {
        let found: Vec<_> = open.iter().copied().filter(|finding| finding.severity == severity).collect();
        let heading = format!("{}: {}", capitalised(plural(severity)), found.len());
        add(&mut blocks, source, &heading, severity.word(), &found);
    }
    let heading = format!("Accepted: {}", count(accepted.len(), "finding"));
    add(&mut blocks, source, &heading, ACCEPTED, &accepted);
    let heading = format!("Solved by the plan: {}", count(solved.len(), "finding"));
    add(&mut blocks, source, &heading, SOLVED, &solved);
    blocks
}

const fn plural(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "errors",
        Severity::Warning => "warnings",
        Severity::Advice => "advice",
    }
}

fn add(
    blocks: &mut Vec<Block>,
    source: Source<'_, '_>,
    heading: &str,
    tone: &'static str,
    found: &[&Finding],
) {
    if found.is_empty() {
        return;
    }
    blocks.push(part(heading, format!("findings-{tone}")));
    let of_rule = |rule: &Rule| -> Vec<Point> {
        let own: Vec<_> = found.iter().copied().filter(|finding| finding.rule.id == rule.id).collect();
        let groups = grouped(source.facts.plan(), GroupBy::Cause, &own);
        groups.iter().map(|group| of_cause(source, group)).collect()
    };
    let is_open = tone != SOLVED && tone != ACCEPTED;
    let rules = ALL.iter().copied().chain(rules::find("waiver-ended"));
    let entries = rules.map(|rule| (rule, of_rule(rule))).filter(|(_, points)| !points.is_empty());
    let entries = entries.map(|(rule, points)| Entry {
        title: rule.title.to_owned(),
        id: rule.id.to_owned(),
        tone: if is_open { tone } else { "" },
        points,
        note: if is_open { format!("What to do: {}", rule.what_to_do) } else { String::new() },
    });
    blocks.push(Block::Entries(entries.collect()));
}

/// One finding as it is; several with one cause as one line with the flows that they are about.
fn of_cause(source: Source<'_, '_>, group: &Group<'_>) -> Point {
    let plan = source.facts.plan();
    match &group.findings[..] {
        [only] => point(source, only),
        several => {
            let names = several.iter().filter_map(|finding| finding.subjects.first());
            let names: Vec<_> = names.map(|subject| subject_name(plan, subject)).collect();
            Point { text: format!("{}.", group.title), note: format!("{}.", names.join("; ")) }
        }
    }
}

fn point(source: Source<'_, '_>, finding: &Finding) -> Point {
    let (plan, timeline) = (source.facts.plan(), &source.facts.index.timeline);
    let target = timeline.target();
    let cause = source.findings.cause_at_target(finding, target);
    let cause = cause.map_or(String::new(), |cause| format!("; in the target under “{}”", cause.rule.title));
    let stages = stages(plan, timeline, &finding.stages);
    let when = match source.findings.presence_words(finding, target) {
        "" => capitalised(&stages),
        presence => format!("{}: {stages}{cause}", capitalised(presence)),
    };
    let accepted = finding.waiver.as_ref().and_then(|id| plan.waivers.get(id)).map(|waiver| accepted(waiver));
    let accepted = accepted.unwrap_or_default();
    Point { text: finding.message.clone(), note: format!("{accepted}{when}.{}", hidden(plan, finding)) }
}

/// "Accepted by Ada until 2027-12-31: the maker guarantees it. "
fn accepted(waiver: &Waiver) -> String {
    let until = waiver.until.map_or(String::new(), |until| format!(" until {until}"));
    format!("Accepted by {}{until}: {}. ", waiver.person, waiver.reason.trim_end_matches('.'))
}

/// What a finding hides, by rule: " The same cause: A copy with no supply line (Order, CRM)."
fn hidden(plan: &Plan, finding: &Finding) -> String {
    let of_rule = |rule: &Rule| -> Vec<String> {
        let own = finding.hides.iter().filter(|(hidden, _)| hidden.id == rule.id);
        let names = |subjects: &[Subject]| -> Vec<String> {
            subjects.iter().map(|subject| subject_name(plan, subject)).collect()
        };
        own.map(|(_, subjects)| names(subjects).join(" and ")).collect()
    };
    let rules = ALL.iter().map(|rule| (rule, of_rule(rule))).filter(|(_, hidden)| !hidden.is_empty());
    let hidden: Vec<_> =
        rules.map(|(rule, hidden)| format!("{} ({})", rule.title, hidden.join("; "))).collect();
    if hidden.is_empty() { String::new() } else { format!(" The same cause: {}.", hidden.join(", ")) }
}

fn subject_name(plan: &Plan, subject: &Subject) -> String {
    match subject {
        Subject::Landscape => "the landscape".to_owned(),
        Subject::System(id) => plan.system_name(id).to_owned(),
        Subject::Domain(id) => plan.domain_name(id).to_owned(),
        Subject::Flow(id) => plan.flow_name(id),
        Subject::Wave(id) => plan.waves.get(id).map_or(id.as_str(), |wave| &wave.name).to_owned(),
    }
}
