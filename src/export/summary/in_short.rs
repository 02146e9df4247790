//! What the plan says, in one paragraph, all of it derived; then what its author noted.

use crate::model::{Disposition, Plan};
use crate::rules::{ALL, Facts, Findings, Presence, Severity};

use super::phrases::{count, listed, systems_and_hubs, verb};
use super::{Block, Source};

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let plan = source.facts.plan();
    let sentences =
        [subject(plan), dispositions(plan), way(source.facts), verdict(source.facts, source.findings)];
    let mut blocks = vec![Block::Paragraph(sentences.concat())];
    let notes = plan.notes.lines().map(str::trim).filter(|line| !line.is_empty());
    blocks.extend(notes.map(|line| Block::Paragraph(line.to_owned())));
    blocks
}

fn subject(plan: &Plan) -> String {
    let hubs = plan.systems.values().filter(|system| system.is_hub()).count();
    let systems = systems_and_hubs(plan.systems.len() - hubs, hubs);
    let name = &plan.name;
    match &plan.focal_system {
        Some(_) => format!("{name} plans {systems} around {}. ", plan.focal_name()),
        None => format!("{name} plans {systems}; no focal system is chosen. "),
    }
}

fn dispositions(plan: &Plan) -> String {
    let systems: Vec<_> = plan.systems.values().filter(|system| !system.is_hub()).collect();
    if systems.is_empty() {
        return String::new();
    }
    let number = |wanted| systems.iter().filter(|system| system.disposition == wanted).count();
    let decided = systems.len() - number(Disposition::Undecided);
    let parts: Vec<_> = Disposition::ALL
        .iter()
        .filter(|disposition| number(**disposition) > 0)
        .map(|&disposition| said(disposition, number(disposition)))
        .collect();
    let share = decided * 100 / systems.len();
    let decided = match systems.len() - decided {
        0 => "Every system has a disposition".to_owned(),
        _ => format!("{} decided, {share} % of them", verb(decided, "system is", "systems are")),
    };
    format!("{decided}: {}. ", listed(&parts))
}

fn said(disposition: Disposition, number: usize) -> String {
    match disposition {
        Disposition::Integrate => verb(number, "is integrated", "are integrated"),
        Disposition::Migrate => verb(number, "migrates", "migrate"),
        Disposition::Federate => verb(number, "is federated", "are federated"),
        Disposition::Retire => verb(number, "retires", "retire"),
        Disposition::Undecided => verb(number, "is undecided", "are undecided"),
    }
}

fn way(facts: &Facts<'_>) -> String {
    let plan = facts.plan();
    let waves: Vec<_> = plan.waves_in_order().iter().map(|id| plan.waves[*id].name.as_str()).collect();
    let waves = match waves.len() {
        0 => "No wave leads from today to the target".to_owned(),
        number => format!(
            "{} from today to the target, {}",
            verb(number, "wave leads", "waves lead"),
            listed(&waves)
        ),
    };
    let (today, target) = (facts.structure(0), facts.structure(facts.index.timeline.target()));
    format!(
        "{waves}: from {} and {} to {} and {}. ",
        count(today.systems, "system"),
        count(today.flows, "flow"),
        count(target.systems, "system"),
        count(target.flows, "flow")
    )
}

fn verdict(facts: &Facts<'_>, findings: &Findings) -> String {
    let target = facts.index.timeline.target();
    let presence = |wanted| findings.list.iter().filter(|f| findings.presence(f, target) == wanted).count();
    let in_target = match in_target(findings, target).as_slice() {
        [] => format!("The {} rules find nothing wrong in the target", ALL.len()),
        parts => format!("In the target the check finds {}", listed(parts)),
    };
    let on_the_way = match presence(Presence::OnTheWay) {
        0 => String::new(),
        number => format!("; {} on the way there", verb(number, "more holds only", "more hold only")),
    };
    let solved = match presence(Presence::SolvedByThePlan) {
        0 => String::new(),
        number => format!("; the plan solves {} of today", count(number, "finding")),
    };
    format!("{in_target}{on_the_way}{solved}.")
}

/// "2 errors", "1 warning": the findings that hold in the target, without those that are none.
fn in_target(findings: &Findings, target: usize) -> Vec<String> {
    let number = |wanted| findings.at(target).filter(|finding| finding.severity == wanted).count();
    let words = [
        count(number(Severity::Error), "error"),
        count(number(Severity::Warning), "warning"),
        verb(number(Severity::Advice), "piece of advice", "pieces of advice"),
    ];
    words.into_iter().filter(|words| !words.starts_with("0 ")).collect()
}
