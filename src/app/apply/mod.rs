//! Carries actions out: the one place where the window changes the plan, the session or the preferences.

mod areas;
mod arranging;
mod comparing;
mod conflicts;
mod decisions;
mod elements;
mod files;
mod outside;
mod recovery;
mod repository;
mod saving;
mod sight;
mod stray;
mod zone;

pub(super) use sight::escape;

use crate::edit::Edit;
use crate::rules::{Finding, FixAction, Place, Subject};

use super::action::Action;
use super::derived::fixes_with_previews;
use super::frame::Window;
use super::session::{Dialog, Naming, QuestionForm, Tab};

impl Window {
    /// Carries out what the last frame asked for, in order.
    pub(super) fn apply_queued(&mut self, ctx: &egui::Context) {
        for action in std::mem::take(&mut self.actions) {
            self.apply(ctx, action);
        }
    }

    fn apply(&mut self, ctx: &egui::Context, action: Action) {
        match action {
            Action::Commit { label, merge_key, edits } => self.commit(label, merge_key, edits),
            Action::Undo => self.step_back(),
            Action::Redo => self.step_forward(),
            Action::EndMerging => self.document.history.end_merging(),
            Action::PreviewFixes(finding) => self.preview_fixes(finding),
            Action::ApplyFix(finding, title) => self.apply_fix(&finding, &title),
            Action::AddSystem(at) => self.start_naming_new(at),
            Action::SetNaming(naming) => self.session.naming = naming,
            Action::EnterName => self.enter_name(),
            Action::Connect { from, to, via } => self.connect(from, to, via),
            Action::SetDisposition(disposition) => self.set_disposition(disposition),
            Action::AssignArea(area) => self.assign_area(area.as_ref()),
            Action::AddArea(name) => self.add_area(&name),
            Action::RemoveArea(id) => self.remove_area(&id),
            Action::ApplyFollowUp => self.apply_follow_up(),
            Action::DropFollowUp => self.session.follow_up = None,
            Action::DeleteSelected => self.delete_selected(),
            Action::DuplicateSelected => self.duplicate_selected(),
            Action::Nudge(x, y) => self.nudge(x, y),
            Action::Arrange(arranging) => self.arrange(arranging),
            Action::SetPinned(is_pinned) => self.set_pinned(is_pinned),
            Action::Answer { about, question, answer } => self.answer(about.as_ref(), question, answer),
            Action::Choose { system, chosen, reason } => self.choose(&system, chosen, &reason),
            Action::SetRole(domain, system, role) => self.set_role(&domain, &system, role),
            Action::ClaimTruth(domain, system) => self.claim_truth(domain, system),
            Action::Compare { with, name } => self.compare_on_canvas(with, name),
            Action::Comparing(comparing) => self.apply_to_comparison(ctx, comparing),
            Action::New
            | Action::AskOpen
            | Action::Open(_)
            | Action::UsePath(..)
            | Action::OpenSample(_)
            | Action::Save
            | Action::AskSaveAs
            | Action::SaveTo(_)
            | Action::AskExport(_)
            | Action::ExportTo(..)
            | Action::Discard
            | Action::Keep(_)
            | Action::SaveAndGoOn
            | Action::Quit => self.apply_to_files(ctx, action),
            Action::Git(asking) => self.ask_of_git(ctx, asking),
            other => self.apply_to_sight(ctx, other),
        }
    }

    /// Says something in the status bar.
    pub(super) fn say(&mut self, message: impl Into<String>) {
        self.session.message = message.into();
    }

    /// Takes a step; what cannot be done is said and changes nothing.
    pub(super) fn commit(&mut self, label: String, merge_key: Option<String>, edits: Vec<Edit>) {
        self.session.message.clear();
        self.session.follow_up = None;
        self.session.glide = None;
        if let Err(error) = self.document.history.commit(label, merge_key, edits) {
            self.say(error.to_string());
        }
    }

    fn step_back(&mut self) {
        let (before, glide) = (std::sync::Arc::clone(self.document.plan()), self.glide_from_here());
        if let Some(label) = self.document.history.undo() {
            self.glide_where_moved(&before, glide);
            self.reveal_difference(&before);
            self.say(format!("Undone: {label}"));
        }
    }

    fn step_forward(&mut self) {
        let (before, glide) = (std::sync::Arc::clone(self.document.plan()), self.glide_from_here());
        if let Some(label) = self.document.history.redo() {
            self.glide_where_moved(&before, glide);
            self.reveal_difference(&before);
            self.say(format!("Done again: {label}"));
        }
    }

    /// Selects what a step back or forward changed, where it still is; drops what is gone.
    fn reveal_difference(&mut self, before: &crate::model::Plan) {
        let plan = self.document.plan();
        let systems = plan.systems.iter().filter(|(id, system)| before.systems.get(*id) != Some(system));
        let moved =
            plan.drawing.positions.iter().filter(|(id, at)| before.drawing.positions.get(*id) != Some(at));
        let flows = plan.flows.iter().filter(|(id, flow)| before.flows.get(*id) != Some(flow));
        let domains = plan.domains.iter().filter(|(id, domain)| before.domains.get(*id) != Some(domain));
        let mut changed: Vec<_> = systems.map(|(id, _)| Subject::System(id.clone())).collect();
        changed.extend(moved.map(|(id, _)| Subject::System(id.clone())));
        changed.extend(flows.map(|(id, _)| Subject::Flow(id.clone())));
        changed.extend(domains.map(|(id, _)| Subject::Domain(id.clone())));
        changed.dedup();
        if changed.is_empty() {
            self.drop_what_is_gone();
        } else {
            self.session.selection = changed;
        }
    }

    /// The selection never names what the plan does not have.
    pub(super) fn drop_what_is_gone(&mut self) {
        let plan = std::sync::Arc::clone(self.document.plan());
        self.session.selection.retain(|subject| match subject {
            Subject::System(id) => plan.systems.contains_key(id),
            Subject::Flow(id) => plan.flows.contains_key(id),
            Subject::Domain(id) => plan.domains.contains_key(id),
            Subject::Wave(id) => plan.waves.contains_key(id),
            Subject::Landscape => true,
        });
    }

    fn preview_fixes(&mut self, finding: Finding) {
        let fixes = fixes_with_previews(self.document.plan(), &finding);
        if fixes.is_empty() {
            self.say(format!("No fix is known for: {}", finding.message));
        } else {
            self.session.dialog = Some(Dialog::FixPreview { finding: Box::new(finding), fixes, chosen: 0 });
        }
    }

    /// Tries the fix on the plan as it is now, and takes the step only where it holds its promise.
    fn apply_fix(&mut self, finding: &Finding, title: &str) {
        self.session.dialog = None;
        let fixes = fixes_with_previews(self.document.plan(), finding);
        let Some((fix, _)) = fixes.into_iter().find(|(fix, _)| fix.title == title) else {
            self.say(format!("\"{title}\" does not mend this any more; nothing was changed"));
            return;
        };
        match fix.action {
            FixAction::Edits(edits) => {
                self.commit(fix.title.clone(), None, edits);
                self.say(format!("{} · Ctrl Z takes it back", fix.title));
            }
            FixAction::Open(place) => self.open_place(place),
        }
    }

    pub(super) fn open_place(&mut self, place: Place) {
        match place {
            Place::OwnershipRow(domain) => {
                self.preferences.shows_lower = true;
                self.session.tab = Tab::Ownership;
                self.session.ownership_row = Some(domain.clone());
                self.session.selection = vec![Subject::Domain(domain)];
            }
            Place::Inspector(subject) => self.open_inspector(subject),
            Place::Questions(system) => {
                self.session.selection = vec![Subject::System(system.clone())];
                self.session.dialog = Some(Dialog::Questions(QuestionForm::new(system)));
            }
            Place::Selection { at, subjects } => {
                self.session.stage = at;
                self.show_selected(subjects);
            }
        }
    }

    fn open_inspector(&mut self, subject: Subject) {
        self.preferences.shows_inspector = true;
        self.session.selection = vec![subject];
        self.session.inspector_wants_focus = true;
    }

    fn start_naming_new(&mut self, at: Option<crate::model::Position>) {
        self.make_room_for_new();
        let at = at.unwrap_or_else(|| self.free_position());
        self.session.naming = Some(Naming::New { at, name: String::new() });
    }
}
