//! Actions on a comparison of plans: begin, walk, take something over, end.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Rect;

use crate::edit::Edit;
use crate::landscape::Timeline;
use crate::model::{FlowId, Plan, Position, SystemId};
use crate::rules::Subject;
use crate::share;

use super::super::comparing::{ComparedPlan, Comparing, OnCanvas, Taken};
use super::super::derived::{Compared, DifferenceLine, Sign};
use super::super::frame::Window;
use super::super::keeping::file_name;
use super::super::session::{Dialog, PathPurpose, Tab};

impl Window {
    pub(super) fn apply_to_comparison(&mut self, ctx: &egui::Context, comparing: Comparing) {
        match comparing {
            Comparing::AskFile => self.ask(ctx, PathPurpose::Compare),
            Comparing::File(path) => self.compare_with_file(ctx, path),
            Comparing::Saved => {
                if let Some(base) = self.document.base.clone() {
                    self.compare_on_canvas(base, format!("{} as it was saved", self.document.title()));
                }
            }
            Comparing::Swap => {
                if let Some(on_canvas) = &mut self.session.on_canvas {
                    on_canvas.with.is_open_before = !on_canvas.with.is_open_before;
                }
            }
            Comparing::End => self.end_comparison(),
            Comparing::Show(key) => self.show_line(&key, true),
            Comparing::ShowSubject(subject) => self.show_difference_of(subject),
            Comparing::Step { forward } => self.step_through_difference(forward),
            Comparing::Take(key) => self.take_line(ctx, &key),
            Comparing::TakeAll => self.take_all(ctx),
        }
    }

    /// Begins a comparison; another one ends.
    pub(super) fn compare_on_canvas(&mut self, plan: Arc<Plan>, name: String) {
        self.keeper.comparisons += 1;
        let open_name = self.document.title();
        let name = if name == open_name { format!("The other {name}") } else { name };
        let number = self.keeper.comparisons;
        let with = ComparedPlan { number, name, open_name, plan, is_open_before: false };
        let session = &mut self.session;
        session.on_canvas =
            Some(OnCanvas { with, chosen: None, marked: None, wants_keyboard: false, is_to_fit: true });
        (session.dialog, session.difference, session.tab) = (None, false, Tab::Compare);
        session.message.clear();
        self.preferences.shows_lower = true;
    }

    pub(super) fn end_comparison(&mut self) {
        if self.session.on_canvas.take().is_some() && self.session.tab == Tab::Compare {
            self.session.tab = Tab::Findings;
        }
    }

    pub(super) fn compare_with_file(&mut self, ctx: &egui::Context, path: PathBuf) {
        self.session.dialog = None;
        self.say(format!("Reading {}…", file_name(&path)));
        self.jobs.read(ctx, path);
    }

    /// Takes what was read of a file.
    pub(super) fn read_to_compare(&mut self, path: &Path, plan: Result<Arc<Plan>, String>) {
        match plan {
            Ok(plan) => {
                self.typed_path = None;
                self.compare_on_canvas(plan, file_name(path));
            }
            Err(sentence) => self.open_dialog(Dialog::Problem(sentence)),
        }
    }

    /// Shows the whole picture once, when it shows both plans for the first time.
    pub(in crate::app) fn fit_comparison(&mut self) {
        let Some(on_canvas) = self.session.on_canvas.as_mut().filter(|on_canvas| on_canvas.is_to_fit) else {
            return;
        };
        let derived = self.deriver.latest();
        let shown = derived.and_then(|derived| derived.compared.as_ref());
        if shown.is_some_and(|shown| shown.with.number == on_canvas.with.number) {
            on_canvas.is_to_fit = false;
            self.session.camera = None;
        }
    }

    fn on_canvas_difference(&self) -> Option<Arc<Compared>> {
        self.deriver.latest()?.compared.clone()
    }

    fn show_difference_of(&mut self, subject: Subject) {
        let Some(compared) = self.on_canvas_difference() else { return };
        let line = compared.lines().find(|line| line.subject.as_ref() == Some(&subject));
        match line.map(|line| line.key.clone()) {
            Some(key) => self.show_line(&key, false),
            None => self.mark(None, Some(subject)),
        }
    }

    fn mark(&mut self, chosen: Option<String>, marked: Option<Subject>) {
        if let Some(on_canvas) = &mut self.session.on_canvas {
            (on_canvas.chosen, on_canvas.marked) = (chosen, marked);
        }
    }

    /// The next line, or the one before; at the ends it goes round.
    fn step_through_difference(&mut self, forward: bool) {
        let Some(compared) = self.on_canvas_difference() else { return };
        let keys: Vec<_> = compared.lines().map(|line| &line.key).collect();
        let Some(last) = keys.len().checked_sub(1) else { return };
        let chosen = self.session.on_canvas.as_ref().and_then(|on_canvas| on_canvas.chosen.as_ref());
        let place = chosen.and_then(|chosen| keys.iter().position(|key| *key == chosen));
        let next = match (place, forward) {
            (None, true) => 0,
            (None, false) => last,
            (Some(place), true) => (place + 1) % keys.len(),
            (Some(place), false) => place.checked_sub(1).unwrap_or(last),
        };
        let key = keys[next].clone();
        (self.session.tab, self.preferences.shows_lower) = (Tab::Compare, true);
        self.show_line(&key, true);
    }

    /// Selects what a line is about, goes to a stage at which one of the plans has it, and brings it into view.
    fn show_line(&mut self, key: &str, takes_keyboard: bool) {
        let Some(compared) = self.on_canvas_difference() else { return };
        let Some(line) = compared.line(key) else { return };
        self.mark(Some(line.key.clone()), line.subject.clone());
        if let Some(on_canvas) = &mut self.session.on_canvas {
            on_canvas.wants_keyboard = takes_keyboard;
        }
        let is_here = match line.sign {
            Sign::Came(_) => !compared.with.is_open_before,
            Sign::Went(_) => compared.with.is_open_before,
            _ => false,
        };
        if let Some(finding) = line.finding.clone().filter(|_| is_here) {
            return self.show_finding(finding);
        }
        if let Some(at) = self.stage_to_show(&compared, line) {
            self.session.stage = at;
        }
        self.session.selection = line.subject.iter().cloned().collect();
        self.drop_what_is_gone();
        let part = line.subject.as_ref().and_then(|subject| self.place_in_plan(subject));
        self.bring_into_view(part.map(|part: Rect| part.expand(40.0)));
    }

    /// Another stage, where the shown one does not have what a line is about.
    fn stage_to_show(&self, compared: &Compared, line: &DifferenceLine) -> Option<usize> {
        let open = self.document.plan();
        let timelines = [&**open, &*compared.with.plan].map(Timeline::new);
        if let Some(stage) = &line.stage {
            return timelines[0].place(stage);
        }
        let known = self.deriver.latest().map(|derived| &derived.knowledge)?;
        let has = |at: usize| {
            let other_at = timelines[0].place_in(at, &timelines[1]);
            let sides = [
                (&**open, &**known, &timelines[0], at),
                (&*compared.with.plan, &*compared.knowledge, &timelines[1], other_at),
            ];
            sides.into_iter().any(|(plan, known, timeline, at)| match &line.subject {
                Some(Subject::System(id)) => known.standing.get(at).is_some_and(|ids| ids.contains(id)),
                Some(Subject::Flow(id)) => flow_is_declared(plan, timeline, id, at),
                _ => true,
            })
        };
        let shown = self.session.stage.min(timelines[0].target());
        if has(shown) { None } else { (0..timelines[0].len()).find(|at| has(*at)) }
    }

    fn take_line(&mut self, ctx: &egui::Context, key: &str) {
        let Some(compared) = self.on_canvas_difference() else { return };
        let Some(line) = compared.line(key).filter(|line| !line.places.is_empty()) else { return };
        // What is looked at afterwards is the next line.
        let keys: Vec<_> = compared.lines().map(|line| &line.key).collect();
        let place = keys.iter().position(|known| *known == key).unwrap_or_default();
        let next = keys.get(place + 1).or_else(|| keys.get(place.checked_sub(1)?));
        let next = next.map(|key| (*key).clone());
        self.mark(next, None);
        if let Some(on_canvas) = &mut self.session.on_canvas {
            on_canvas.wants_keyboard = true;
        }
        let label = format!("Take {} from {}", line.name, compared.with.name);
        let places = line.places.clone();
        self.take(ctx, label, move |ours, theirs| share::take(ours, theirs, &places));
    }

    fn take_all(&mut self, ctx: &egui::Context) {
        let Some(compared) = self.on_canvas_difference() else { return };
        let label = format!("Take everything from {}", compared.with.name);
        self.take(ctx, label, move |ours, theirs| {
            // Which way round the difference was told does not matter: the places are the same.
            let changes = compared.difference.as_ref().map(|it| it.changes.clone()).unwrap_or_default();
            share::take_all(ours, theirs, &changes)
        });
    }

    fn take(
        &mut self,
        ctx: &egui::Context,
        label: String,
        take: impl FnOnce(&Plan, &Plan) -> Result<Plan, share::TakeError> + Send + 'static,
    ) {
        let Some(on_canvas) = &self.session.on_canvas else { return };
        let (ours, theirs) = (Arc::clone(self.document.plan()), Arc::clone(&on_canvas.with.plan));
        let revision = self.document.history.revision();
        self.say(format!("{label}…"));
        self.jobs.take(ctx, move || Taken { revision, label, plan: take(&ours, &theirs) });
    }

    /// Takes the result as a step, unless the plan is another by now.
    pub(super) fn taken(&mut self, taken: Taken) {
        if taken.revision != self.document.history.revision() || self.session.on_canvas.is_none() {
            return self.say("The plan changed meanwhile, and nothing was taken; try it again");
        }
        match taken.plan {
            Ok(mut plan) => {
                self.put_cards_where_they_are_seen(&mut plan);
                let before = Arc::clone(self.document.plan());
                self.commit(taken.label.clone(), None, vec![Edit::Plan(Box::new(plan))]);
                if Arc::ptr_eq(&before, self.document.plan()) {
                    return self.say("Both say the same already; nothing was taken");
                }
                self.reveal_difference(&before);
                self.say(format!("{} · Ctrl Z takes it back", taken.label));
            }
            Err(error) => self.say(format!("Nothing was taken: {error}")),
        }
    }

    /// A system that comes from the other plan with a place of its own stands where its ghost stood, which is
    /// never on another card.
    fn put_cards_where_they_are_seen(&self, plan: &mut Plan) {
        let Some(derived) = self.deriver.latest() else { return };
        let open = self.document.plan();
        let is_new = |id: &SystemId| plan.systems.contains_key(id) && !open.systems.contains_key(id);
        let new: Vec<_> = plan.drawing.positions.keys().filter(|id| is_new(id)).cloned().collect();
        for id in new {
            if let Some(card) = derived.scene.card(&id) {
                plan.drawing.positions.insert(id, Position(card.rect.x, card.rect.y));
            }
        }
    }
}

fn flow_is_declared(plan: &Plan, timeline: &Timeline, id: &FlowId, at: usize) -> bool {
    plan.flows.get(id).is_some_and(|flow| {
        let until = flow.until.as_ref();
        let end = until.map_or(timeline.len(), |wave| timeline.wave_place_or_target(wave));
        (timeline.place_or_target(&flow.since)..end).contains(&at)
    })
}
