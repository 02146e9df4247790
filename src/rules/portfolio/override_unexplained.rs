//! A decision against what the answers point to, without a reason.

use crate::decision::{OptionScore, Score, is_decided_on};
use crate::landscape::SystemEntry;
use crate::model::Disposition;
use crate::rules::disposition_changes::use_recommendation;
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "override-unexplained",
    title: "Decision against the score",
    family: Family::Portfolio,
    severity: "advice",
    pillar: Pillar::OperationalExcellence,
    when: "A system with at least one answer of its own has a disposition that gets 15 points or more fewer \
           than what the answers recommend, and no reason is recorded. What a hard stop blocks counts 0 \
           points. Where the answers point to hybrid, integrate and migrate are both what they recommend.",
    why: "Who reads the plan later cannot tell a reason from an oversight.",
    what_to_do: "Say why in one line, take what the answers recommend, or look at the answers again.",
    not_when: "Nobody has answered the questions for the system, or too few.",
    source: "Architecture decision records: what was decided against which alternatives, and why.",
    thresholds: &[Threshold {
        name: "points",
        default: 15.0,
        unit: "points of 100",
        reason: "beyond what one doubtful answer moves",
    }],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// Whether a system is one whose decision can be compared with its answers and has no reason.
fn is_compared(view: &View<'_, '_>, entry: &SystemEntry<'_>) -> bool {
    let assessment = &entry.system.assessment;
    !assessment.answers.is_empty()
        && assessment.override_reason.trim().is_empty()
        && entry.system.disposition != Disposition::Undecided
        && is_decided_on(view.index().plan, entry.id, entry.system)
}

/// What the answers put first, against a disposition that differs from it.
fn better(score: &Score, chosen: Disposition) -> Option<&OptionScore> {
    if score.outcome.agrees_with(chosen) { None } else { score.leader() }
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let bar = view.threshold("points");
    let recommender = view.facts.recommender();
    for (place, entry) in view.index().systems.iter().enumerate().filter(|(_, it)| is_compared(view, it)) {
        let score = recommender.score(place);
        let Some(chosen) = score.option(entry.system.disposition) else { continue };
        let Some(best) = better(&score, chosen.option) else { continue };
        if f64::from(best.points) - f64::from(chosen.counted()) < bar {
            continue;
        }
        let blocked = if chosen.blocked.is_empty() { "" } else { ", blocked" };
        let message = format_args!(
            "For {} the answers point to {} ({} points); chosen is {} ({} points{blocked}), and nobody says why.",
            entry.system.name,
            score.outcome.words(),
            best.points,
            chosen.option,
            chosen.points,
        );
        report.add(Severity::Advice, [view.system(place)], message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::System(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let index = view.index();
    let Some(place) = index.system(id) else { return Vec::new() };
    let system = index.systems[place].system;
    let (name, chosen) = (&system.name, system.disposition);
    let score = view.facts.recommender().score(place);
    let reason = format!("Say why {chosen} is right for {name}");
    let mut fixes = vec![Fix::open(reason, Place::Inspector(Subject::System(id.clone())))];
    fixes.extend(score.recommended().and_then(|best| use_recommendation(index.plan, id, best)));
    fixes.push(Fix::open(format!("Review the answers on {name}"), Place::Questions(id.clone())));
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::model::Question;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    /// The answers of a system, from *still valuable* to *growth*.
    fn answers(values: [u8; 15]) -> String {
        let answer = |(question, value): (&Question, u8)| format!("assessment.answers.{question} {value}");
        Question::ALL.iter().zip(values).map(answer).collect::<Vec<_>>().join(", ")
    }

    /// Integrate 83, migrate 33, federate 45 and retire 14 points, the last two blocked.
    fn erp() -> String {
        answers([4, 1, 4, 2, 2, 2, 0, 0, 2, 4, 4, 3, 1, 1, 2])
    }

    /// Hybrid: integrate 54, migrate 65, federate 25 and retire 45 points, the last two blocked.
    fn case_tool() -> String {
        answers([3, 3, 2, 3, 2, 2, 3, 0, 1, 4, 3, 1, 2, 2, 2])
    }

    #[test]
    fn a_decision_against_the_answers_without_a_reason_is_found() {
        let text = format!("erp: migrate, into sf, at 1, approach phased, {}", erp());
        assert_findings(&RULE, &format!("{text} !! override-unexplained advice"));
        assert_eq!(
            messages(&RULE, &text),
            [
                "For erp the answers point to integrate (83 points); chosen is migrate (33 points), and nobody \
              says why."
            ]
        );
    }

    #[test]
    fn a_reason_the_recommendation_itself_and_no_decision_are_silence() {
        for decision in
            ["migrate, into sf, assessment.override_reason merged next year", "integrate", "undecided"]
        {
            assert_findings(&RULE, &format!("erp: {decision}, {}", erp()));
        }
    }

    #[test]
    fn a_questionnaire_that_nobody_answered_does_not_count() {
        let facts = "functional_fit 4, technical_fit 4, specialised, users 500, capabilities x, warehouse";
        let text =
            format!("focal sf\nsf: capabilities y\nplan: answers.simplify 0\nerp: migrate, into sf, {facts}");
        assert_findings(&RULE, &text);
        assert_findings(&RULE, &format!("{text}, assessment.answers.growth 0 !! override-unexplained"));
        assert_findings(&RULE, "erp: migrate, into sf, assessment.answers.still-valuable 4");
    }

    #[test]
    fn fifteen_points_are_a_contradiction_and_what_is_blocked_counts_nothing() {
        // With one domain there is nothing to split.
        let tool = |decision: &str| format!("tool: {decision}, {}", case_tool());
        assert_findings(&RULE, &tool("integrate"));
        let outdated = tool("integrate").replace("outdated 3", "outdated 4");
        assert_eq!(
            messages(&RULE, &outdated),
            [
                "For tool the answers point to migrate (67 points); chosen is integrate (52 points), and nobody \
              says why."
            ]
        );
        assert_eq!(
            messages(&RULE, &tool("retire")),
            [
                "For tool the answers point to migrate (65 points); chosen is retire (45 points, blocked), and \
              nobody says why."
            ]
        );
    }

    #[test]
    fn what_a_hard_stop_blocks_is_never_close() {
        // Migrate 86 and retire 76 points, but it is in use.
        let crm = answers([1, 4, 1, 4, 3, 1, 4, 0, 1, 3, 1, 0, 3, 3, 3]);
        assert_findings(&RULE, &format!("crm: retire, {crm} !! override-unexplained"));
    }

    #[test]
    fn hybrid_is_both_integrate_and_migrate() {
        let of = |decision: &str| {
            messages(&RULE, &format!("tool: {decision}, {}\ntool.case:\ntool.contact:", case_tool()))
        };
        assert_eq!((of("integrate"), of("migrate, into sf")), (vec![], vec![]));
        assert!(of("federate")[0].contains("point to hybrid (65 points)"), "{:?}", of("federate"));
    }

    #[test]
    fn hubs_and_the_focal_system_are_not_decided_on() {
        assert_findings(&RULE, &format!("bus: hub, retire, {}", erp()));
        assert_findings(&RULE, &format!("focal erp\nerp: retire, {}", erp()));
    }

    #[test]
    fn the_recommendation_can_be_taken() {
        let before = format!("sf: crm\nerp: migrate, into sf, at 1, approach phased, exit 1, {}", erp());
        assert_eq!(
            fix_titles(&RULE, &before),
            [
                "Say why migrate is right for erp",
                "Use the recommendation (integrate, 83 points)",
                "Review the answers on erp"
            ]
        );
        let after = before.replace("migrate,", "integrate,").replace(" exit 1,", "");
        assert_fix(&RULE, &before, "Use the recommendation (integrate, 83 points)", &after);
    }
}
