//! What the rules find: by severity, then by rule; what the plan solves stands apart.

use crate::model::Plan;
use crate::rules::{ALL, Finding, Presence, Rule, Severity, Subject};

use super::phrases::{capitalised, count, listed, stages};
use super::{Block, Entry, Point, Source, part};

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let target = source.facts.index.timeline.target();
    let is_solved = |finding: &&Finding| finding.presence(target) == Presence::SolvedByThePlan;
    let (solved, open): (Vec<_>, Vec<_>) = source.findings.list.iter().partition(is_solved);
    if open.is_empty() && solved.is_empty() {
        return vec![Block::Paragraph(format!("The {} rules find nothing wrong at any stage.", ALL.len()))];
    }
    let mut blocks = Vec::new();
    for &severity in Severity::ALL.iter().rev() {
        let found: Vec<_> = open.iter().copied().filter(|finding| finding.severity == severity).collect();
        let heading = format!("{}: {}", capitalised(plural(severity)), found.len());
        add(&mut blocks, source, &heading, severity.word(), &found);
    }
    let heading = format!("Solved by the plan: {}", count(solved.len(), "finding"));
    add(&mut blocks, source, &heading, "", &solved);
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
    let anchor = if tone.is_empty() { "findings-solved".to_owned() } else { format!("findings-{tone}") };
    blocks.push(part(heading, anchor));
    let of_rule = |rule: &Rule| -> Vec<Point> {
        let own = found.iter().filter(|finding| finding.rule.id == rule.id);
        own.map(|finding| point(source, finding)).collect()
    };
    let entries = ALL.iter().map(|rule| (rule, of_rule(rule))).filter(|(_, points)| !points.is_empty());
    let entries = entries.map(|(rule, points)| Entry {
        title: rule.title.to_owned(),
        id: rule.id.to_owned(),
        tone,
        points,
        note: if tone.is_empty() { String::new() } else { format!("What to do: {}", rule.what_to_do) },
    });
    blocks.push(Block::Entries(entries.collect()));
}

fn point(source: Source<'_, '_>, finding: &Finding) -> Point {
    let timeline = &source.facts.index.timeline;
    let plan = source.facts.plan();
    let presence = finding.presence(timeline.target()).words();
    let hidden: Vec<_> = finding.hides.iter().map(|(rule, subjects)| hidden(plan, rule, subjects)).collect();
    let hidden =
        if hidden.is_empty() { String::new() } else { format!(" The same cause: {}.", listed(&hidden)) };
    let stages = stages(plan, timeline, &finding.stages);
    let note = format!("{}: {stages}.{hidden}", capitalised(presence));
    Point { text: finding.message.clone(), note }
}

fn hidden(plan: &Plan, rule: &Rule, subjects: &[Subject]) -> String {
    let names: Vec<_> = subjects.iter().map(|subject| subject_name(plan, subject)).collect();
    format!("{} ({})", rule.title, names.join(", "))
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
