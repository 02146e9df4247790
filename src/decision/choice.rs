//! What a person chose for a system, as edits: the disposition, the reason, and a record of the decision.

use crate::edit::{Change, Edit, add_decision, change_system};
use crate::model::{Decision, DecisionStatus, Disposition, Plan, Subject, SystemId, free_id};

use super::{OptionScore, Recommendation, Score};

/// The edits that set what becomes of a system, whatever the answers point to, with the reason in one line.
///
/// An open or proposed decision about this system alone is closed with them; where there is none, a new
/// record is made, and an accepted one before it is superseded. None where the plan has no such system.
#[must_use]
pub fn choose(
    plan: &Plan,
    id: &SystemId,
    recommendation: &Recommendation,
    chosen: Disposition,
    reason: &str,
) -> Vec<Edit> {
    let Some(set) = change_system(plan, id, |system| {
        system.disposition = chosen;
        reason.trim().clone_into(&mut system.assessment.override_reason);
    }) else {
        return Vec::new();
    };
    let mut edits = vec![set];
    let about = [Subject::System(id.clone())];
    let records = plan.decisions.iter().filter(|(_, decision)| decision.subjects == about);
    let is_open = |status| matches!(status, DecisionStatus::Open | DecisionStatus::Proposed);
    let open = records.clone().find(|(_, decision)| is_open(decision.status));
    for (record, decision) in records.filter(|(_, decision)| decision.status == DecisionStatus::Accepted) {
        let superseded = Decision { status: DecisionStatus::Superseded, ..Decision::clone(decision) };
        edits.push(Edit::Decision(record.clone(), Box::new(Change::Set(superseded))));
    }
    let before = open.map_or_else(Decision::default, |(_, decision)| Decision::clone(decision));
    let decision = decided(before, plan.system_name(id), &recommendation.score, chosen, reason);
    edits.push(if let Some((record, _)) = open {
        Edit::Decision(record.clone(), Box::new(Change::Set(decision)))
    } else {
        let record = free_id(&decision.title, |id| plan.decisions.contains_key(id));
        add_decision(record, Decision { subjects: about.into(), ..decision })
    });
    edits
}

fn decided(before: Decision, name: &str, score: &Score, chosen: Disposition, reason: &str) -> Decision {
    let keep_or = |text: String, new: String| if text.trim().is_empty() { new } else { text };
    Decision {
        title: keep_or(before.title, format!("What becomes of {name}")),
        context: keep_or(before.context, context(score)),
        options: score.options.iter().map(option_in_words).collect(),
        chosen: chosen.to_string(),
        reason: reason.trim().to_owned(),
        status: DecisionStatus::Accepted,
        ..before
    }
}

fn context(score: &Score) -> String {
    let outcome = score.outcome.words();
    match score.recommended() {
        Some(best) => {
            format!(
                "The answers point to {outcome} with {} points, a margin of {}.",
                best.points, score.margin
            )
        }
        None => format!("What the answers say: {outcome}."),
    }
}

fn option_in_words(option: &OptionScore) -> String {
    let words = format!("{}: {} points", option.option, option.points);
    if option.blocked.is_empty() { words } else { format!("{words}, blocked. {}", option.blocked.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::Recommender;
    use crate::edit::apply;
    use crate::landscape::Index;
    use crate::model::{Answer, Question, System};

    fn plan() -> Plan {
        let mut erp = System::named("ERP");
        for question in Question::ALL {
            erp.assessment.answers.insert(*question, Answer::new(2).unwrap());
        }
        erp.assessment.answers.insert(Question::StillValuable, Answer::new(4).unwrap());
        erp.assessment.answers.insert(Question::MustStay, Answer::new(4).unwrap());
        let mut plan = Plan::named("Test");
        plan.systems.insert("erp".into(), erp.into());
        plan
    }

    fn chosen(plan: &Plan, reason: &str) -> Plan {
        let recommendation = Recommender::new(&Index::new(plan), None).recommend(0);
        let edits = choose(plan, &"erp".into(), &recommendation, Disposition::Migrate, reason);
        apply(plan, edits).unwrap()
    }

    #[test]
    fn a_choice_sets_the_disposition_and_leaves_a_record_with_the_points() {
        let plan = chosen(&plan(), " The vendor stops. ");
        let erp = &plan.systems["erp"];
        assert_eq!(erp.disposition, Disposition::Migrate);
        assert_eq!(erp.assessment.override_reason, "The vendor stops.");
        let decision = &plan.decisions["what-becomes-of-erp"];
        assert_eq!(decision.status, DecisionStatus::Accepted);
        assert_eq!(decision.subjects, [Subject::System("erp".into())]);
        assert_eq!((decision.chosen.as_str(), decision.reason.as_str()), ("migrate", "The vendor stops."));
        assert_eq!(decision.context, "The answers point to integrate with 60 points, a margin of 60.");
        assert_eq!(decision.options[1], "migrate: 42 points, blocked. It must stay.");
    }

    #[test]
    fn an_open_decision_is_closed_and_an_accepted_one_superseded() {
        let mut plan = plan();
        let open = Decision {
            title: "ERP: stay or go?".to_owned(),
            owner: "Ada".to_owned(),
            subjects: vec![Subject::System("erp".into())],
            ..Decision::default()
        };
        plan.decisions.insert("erp".into(), open.into());
        let once = chosen(&plan, "first");
        assert_eq!(once.decisions.len(), 1);
        let closed = &once.decisions["erp"];
        assert_eq!((closed.title.as_str(), closed.owner.as_str()), ("ERP: stay or go?", "Ada"));
        assert_eq!(closed.status, DecisionStatus::Accepted);
        let twice = chosen(&once, "second");
        assert_eq!(twice.decisions["erp"].status, DecisionStatus::Superseded);
        assert_eq!(twice.decisions["what-becomes-of-erp"].reason, "second");
    }
}
