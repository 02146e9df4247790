//! Actions on answers and on what becomes of a system.

use crate::decision;
use crate::edit::{Edit, change_system};
use crate::model::{Answer, Disposition, Question, SystemId};
use crate::rules::Facts;

use super::super::frame::Window;
use super::super::widgets::readable;

impl Window {
    /// Answers a question about a system or, without one, about the whole plan; `None` takes the answer back.
    /// Typing into one place is one step.
    pub(super) fn answer(&mut self, about: Option<&SystemId>, question: Question, answer: Option<Answer>) {
        let plan = self.document.plan();
        let name = about.map_or("The whole plan", |id| plan.system_name(id));
        let place = about.map_or("plan", SystemId::as_str);
        let edit = match about {
            None => Some(Edit::Answer(question, answer)),
            Some(id) => change_system(plan, id, |system| {
                let answers = &mut system.assessment.answers;
                match answer {
                    Some(answer) => _ = answers.insert(question, answer),
                    None => _ = answers.remove(&question),
                }
            }),
        };
        let label = format!("{name}: {}", readable(question.word()).to_lowercase());
        let merge_key = Some(format!("answer/{place}/{question}"));
        self.commit(label, merge_key, edit.into_iter().collect());
    }

    /// Sets what becomes of a system, with the record of the decision.
    pub(super) fn choose(&mut self, system: &SystemId, chosen: Disposition, reason: &str) {
        let plan = self.document.plan();
        let facts = Facts::new(plan);
        let Some(place) = facts.index.system(system) else { return };
        let recommendation = facts.recommender().recommend(place);
        let edits = decision::choose(plan, system, &recommendation, chosen, reason);
        let name = plan.system_name(system);
        let label = format!("{name} {chosen}, decided");
        let says = format!("{name}: {chosen}, with a record of the decision · Ctrl Z takes it back");
        self.commit(label, None, edits);
        self.say(says);
        self.session.dialog = None;
    }
}
