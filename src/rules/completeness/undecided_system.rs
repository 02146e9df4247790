//! A system of which nobody has decided what becomes of it.

use crate::decision::{Outcome, Score, is_decided_on};
use crate::model::{Disposition, Question};
use crate::rules::disposition_changes::use_recommendation;
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "undecided-system",
    title: "No decision yet",
    family: Family::Completeness,
    severity: "warning",
    pillar: Pillar::OperationalExcellence,
    when: "A system is undecided. Hubs and the focal system are not asked.",
    why: "What becomes of each system is what the plan is for; until then its flows and data lead nowhere.",
    what_to_do: "Answer the questions for it, or take what the answers so far recommend.",
    not_when: "Never. A decision that is to be made by a date can be recorded; the gate of the review then \
               opens.",
    source: "Should your business choose integration or migration?",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let plan = view.index().plan;
    let recommender = view.facts.recommender();
    for (place, entry) in view.index().systems.iter().enumerate() {
        let system = entry.system;
        if system.disposition == Disposition::Undecided && is_decided_on(plan, entry.id, system) {
            let hint = hint(&recommender.score(place));
            let message = format_args!("Nobody has decided what becomes of {}; {hint}.", system.name);
            report.add(Severity::Warning, [view.system(place)], message);
        }
    }
}

/// How far the answers are.
fn hint(score: &Score) -> String {
    match (score.outcome, score.recommended()) {
        (_, Some(best)) => format!("the answers point to {} ({} points)", best.option, best.points),
        (Outcome::Hybrid, _) => "the answers point to hybrid, integrate for some of its domains and \
                                 migrate for the others"
            .to_owned(),
        (Outcome::AllBlocked, _) => "the answers block every option".to_owned(),
        _ => format!("{} of {} questions are answered", score.answered, Question::ALL.len()),
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::System(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let index = view.index();
    let Some(place) = index.system(id) else { return Vec::new() };
    let title = format!("Ask the questions for {}", index.system_name(place));
    let ask = Fix::open(title, Place::Questions(id.clone()));
    let score = view.facts.recommender().score(place);
    let taken = score.recommended().and_then(|best| use_recommendation(index.plan, id, best));
    taken.into_iter().chain([ask]).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn what_is_undecided_is_found_except_hubs_and_the_focal_system() {
        assert_findings(
            &RULE,
            "focal sf
             sf: undecided
             bus: hub, undecided
             crm: undecided          !! undecided-system warning
             new: undecided, from 1  !! undecided-system warning
             erp: integrate
             old: retire",
        );
    }

    #[test]
    fn it_says_how_far_the_answers_are() {
        let told =
            |facts: &str| messages(&RULE, &format!("focal sf\nsf: capabilities a\ncrm: undecided{facts}"));
        let said = |hint: &str| vec![format!("Nobody has decided what becomes of crm; {hint}.")];
        assert_eq!(told(", users 5"), said("1 of 15 questions are answered"));
        let known = ", functional_fit 4, technical_fit 4, specialised, users 500, capabilities b, assessment.answers.dependants 3";
        assert_eq!(told(known), said("the answers point to integrate (90 points)"));
        let stuck = format!("{known}, interfaces_offered none, assessment.answers.must-stay 4");
        assert_eq!(told(&stuck), said("the answers block every option"));
    }

    #[test]
    fn the_recommendation_can_be_taken_where_there_is_one() {
        let few = "crm: undecided";
        assert_eq!(fix_titles(&RULE, few), ["Ask the questions for crm"]);
        let before = "focal sf
             sf: capabilities a
             crm: undecided, functional_fit 4, technical_fit 4, specialised, users 500, capabilities b, assessment.answers.dependants 3";
        let taken = "Use the recommendation (integrate, 90 points)";
        assert_eq!(fix_titles(&RULE, before), [taken, "Ask the questions for crm"]);
        assert_fix(&RULE, before, taken, &before.replace("undecided", "integrate"));
    }
}
