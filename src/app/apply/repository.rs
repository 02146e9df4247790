//! What git says of the plan's file: asked off the frame when it may have changed, compared, brought back.
//! Nothing here tells git to do anything.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::Plan;
use crate::plan_file::{Expected, path_of_named_version};

use super::super::frame::Window;
use super::super::git_work;
use super::super::keeping::Save;
use super::super::repository::{Against, Asking, CommitList, Known, Told};
use super::super::session::Dialog;

impl Window {
    /// Asks git how the file stands when another one is shown, when it was written, and when a person comes
    /// back to the window.
    pub(in crate::app) fn ask_git(&mut self, ctx: &egui::Context) {
        let comes_back = ctx.input(|input| {
            let is_focus = |event: &egui::Event| matches!(event, egui::Event::WindowFocused(true));
            input.events.iter().any(is_focus)
        });
        let asked_for = self.repository.asked_for.as_ref().map(|(document, path)| (*document, path));
        let shown = self.document.path.as_ref().map(|path| (self.documents_shown, path));
        let is_other = asked_for != shown;
        let may_have_changed = std::mem::take(&mut self.repository.is_to_ask) || comes_back;
        if !(is_other || may_have_changed) {
            return;
        }
        if is_other {
            self.repository.known = Known::NotYet;
            self.repository.asked_for = shown.map(|(document, path)| (document, path.clone()));
        }
        if let Some((document, path)) = self.repository.asked_for.clone() {
            self.jobs.ask_git(ctx, move || git_work::standing(document, path));
        }
    }

    pub(super) fn ask_of_git(&mut self, ctx: &egui::Context, asking: Asking) {
        let Some(path) = self.document.path.clone() else { return };
        // Whoever asks for commits may just have made one.
        self.repository.is_to_ask |= matches!(asking, Asking::CompareWithLast | Asking::History);
        let document = self.documents_shown;
        match asking {
            Asking::CompareWithLast => {
                let commit = self.repository.standing().and_then(|standing| standing.last.clone());
                self.jobs.ask_git(ctx, move || git_work::last(document, &path, commit.as_ref()));
            }
            Asking::History => self.jobs.ask_git(ctx, move || git_work::commits(document, &path)),
            Asking::Choose(place, against) => self.look_at_commit(ctx, path, place, against),
            Asking::Brief(place) => self.ask_for_brief(ctx, path, place),
            Asking::SaveBeside(plan, words) => self.save_beside(ctx, &path, plan, &words),
        }
    }

    /// Takes what git answered, unless another plan is shown meanwhile.
    pub(super) fn git_told(&mut self, ctx: &egui::Context, told: Told) {
        match told {
            Told::Standing(document, path, known) => {
                if self.repository.asked_for == Some((document, path)) {
                    self.repository.known = known;
                }
            }
            Told::Brief(hash, words) => {
                if let Some(Dialog::History(list)) = &mut self.session.dialog {
                    list.briefs.insert(hash, Some(words));
                }
            }
            Told::Compared(number, words, plan) => self.commit_compared(ctx, number, words, plan),
            Told::Commits(document, commits) if document == self.documents_shown => {
                self.show_history(ctx, commits);
            }
            Told::Last(document, name, plan) if document == self.documents_shown => match plan {
                Ok(plan) => self.compare_on_canvas(plan, name),
                Err(reason) => self.open_dialog(Dialog::Problem(reason)),
            },
            Told::Commits(..) | Told::Last(..) => {}
        }
    }

    fn show_history(&mut self, ctx: &egui::Context, commits: Result<Vec<crate::git::Commit>, String>) {
        match commits {
            Ok(commits) if commits.is_empty() => {
                self.say("No commit has touched this plan yet");
            }
            Ok(commits) => {
                let list = CommitList {
                    commits: commits.into(),
                    chosen: 0,
                    against: Against::default(),
                    is_comparing: false,
                    briefs: std::collections::BTreeMap::default(),
                };
                self.open_dialog(Dialog::History(list));
                self.ask_of_git(ctx, Asking::Choose(0, Against::default()));
            }
            Err(reason) => self.open_dialog(Dialog::Problem(reason)),
        }
    }

    fn look_at_commit(&mut self, ctx: &egui::Context, path: PathBuf, place: usize, against: Against) {
        let Some(Dialog::History(list)) = &mut self.session.dialog else { return };
        let Some(commit) = list.commits.get(place).cloned() else { return };
        (list.chosen, list.against) = (place, against);
        let has_to_wait = std::mem::replace(&mut list.is_comparing, true);
        let number = self.next_comparison();
        if has_to_wait {
            return;
        }
        let now = Arc::clone(self.document.plan());
        self.jobs.ask_git(ctx, move || git_work::compared(number, &path, &commit, against, &now));
    }

    /// Takes a comparison; where another commit was chosen meanwhile, that one comes next.
    fn commit_compared(&mut self, ctx: &egui::Context, number: u64, words: String, plan: Option<Arc<Plan>>) {
        let is_latest = self.session.comparison.as_ref().is_some_and(|wanted| wanted.number == number);
        self.compared(number, words, plan);
        let Some(Dialog::History(list)) = &mut self.session.dialog else { return };
        list.is_comparing = false;
        let (place, against) = (list.chosen, list.against);
        if !is_latest {
            self.ask_of_git(ctx, Asking::Choose(place, against));
        }
    }

    fn ask_for_brief(&mut self, ctx: &egui::Context, path: PathBuf, place: usize) {
        let Some(Dialog::History(list)) = &mut self.session.dialog else { return };
        let Some(commit) = list.commits.get(place).cloned() else { return };
        if list.briefs.contains_key(&commit.hash) {
            return;
        }
        list.briefs.insert(commit.hash.clone(), None);
        self.jobs.ask_git(ctx, move || git_work::brief(&path, &commit));
    }

    /// Saves a plan beside the file of this one, under a name that no file has.
    fn save_beside(&mut self, ctx: &egui::Context, path: &Path, plan: Arc<Plan>, words: &str) {
        self.session.dialog = None;
        let names =
            std::iter::once(words.to_owned()).chain((2_u32..).map(|number| format!("{words} {number}")));
        let mut paths = names.map(|name| path_of_named_version(path, &name));
        let Some(path) = paths.find(|path| !path.exists()) else { return };
        let document = self.documents_shown;
        self.start_save(
            ctx,
            Save { document, plan, path, expected: Expected::no_file(), moves_document: false },
        );
    }
}
