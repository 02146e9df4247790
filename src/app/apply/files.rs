//! Actions on files: open, export, close. Nothing unsaved is dropped without a question.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::ViewportCommand;

use crate::export::summary::Since;
use crate::export::{PictureFormat, PictureOptions, picture};
use crate::model::Plan;
use crate::plan_file;
use crate::scene::Theme;

use super::super::action::{Action, Export};
use super::super::comparing::ComparedPlan;
use super::super::document::Document;
use super::super::frame::Window;
use super::super::jobs::{Done, ExportFiles};
use super::super::keeping::{FromMarkers, Keeping, Opened};
use super::super::samples;
use super::super::session::{Dialog, PathPurpose, Session};

impl Window {
    pub(super) fn apply_to_files(&mut self, ctx: &egui::Context, action: Action) {
        let leaves_the_plan = matches!(
            action,
            Action::New
                | Action::AskOpen
                | Action::Open(_)
                | Action::OpenSample(_)
                | Action::Keep(Keeping::Recover(_) | Keeping::OpenMerged(_))
                | Action::Quit
        );
        if leaves_the_plan && self.document.history.is_unsaved() {
            self.waiting = Some(action);
            self.session.dialog = Some(Dialog::Unsaved);
            return;
        }
        self.carry_out(ctx, action);
    }

    /// The same without the question about unsaved changes.
    fn carry_out(&mut self, ctx: &egui::Context, action: Action) {
        match action {
            Action::New => self.show_document(Document::new()),
            Action::AskOpen => self.ask(ctx, PathPurpose::Open),
            Action::Open(path) => self.jobs.open(ctx, path),
            Action::OpenSample(name) => self.open_sample(name),
            Action::Save => match self.document.path.clone() {
                Some(path) => self.save_as(ctx, path, false),
                None => self.ask(ctx, PathPurpose::Save),
            },
            Action::AskSaveAs => self.ask(ctx, PathPurpose::Save),
            Action::SaveTo(path) => self.save_as(ctx, path, true),
            Action::AskExport(export) => self.ask(ctx, PathPurpose::Export(export)),
            Action::ExportTo(export, path) => self.export_to(ctx, export, path),
            Action::UsePath(purpose, path) => self.use_path(ctx, purpose, path, false),
            Action::Keep(keeping) => self.keep(ctx, keeping),
            Action::Discard => self.go_on(ctx),
            Action::SaveAndGoOn => {
                self.session.dialog = None;
                self.goes_on_after_saving = true;
                self.apply_to_files(ctx, Action::Save);
            }
            Action::Quit => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            _ => {}
        }
    }

    /// Does what waited for an answer about unsaved changes.
    fn go_on(&mut self, ctx: &egui::Context) {
        self.session.dialog = None;
        if let Some(action) = self.waiting.take() {
            self.carry_out(ctx, action);
        }
    }

    /// Shows another plan; what the window remembered of the old one is forgotten.
    pub(in crate::app) fn show_document(&mut self, document: Document) {
        let closed = self.document.close();
        self.document = document;
        self.documents_shown += 1;
        let (view, tab) = (self.session.view, self.session.tab);
        self.session = Session { view, tab, canvas: self.session.canvas, ..Session::default() };
        self.deriver = super::super::derived::Deriver::default();
        if let Err(error) = closed {
            self.say(format!(
                "What was not saved is found again at the next start; it could not be put among the earlier \
                 versions ({error})"
            ));
        }
        self.begin_journal();
    }

    fn open_sample(&mut self, name: &str) {
        let Some(sample) = samples::find(name) else { return };
        match plan_file::read(sample.text) {
            Ok(plan) => self.show_document(Document::without_file(plan)),
            Err(error) => self.session.dialog = Some(Dialog::Problem(error.to_string())),
        }
    }

    pub(super) fn ask(&mut self, ctx: &egui::Context, purpose: PathPurpose) {
        let proposed = self.proposed_name(purpose);
        let folder = self.document.path.as_deref().and_then(Path::parent).map(Path::to_owned);
        if self.uses_system_dialogs {
            self.jobs.ask(ctx, purpose, &proposed, folder);
        } else {
            self.ask_for_path(purpose);
        }
    }

    /// Asks for a path in a dialog of our own, where the system shows none.
    fn ask_for_path(&mut self, purpose: PathPurpose) {
        let folder = self.document.path.as_deref().and_then(Path::parent).map(Path::to_owned);
        let folder = folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default();
        let failed = self.typed_path.take().filter(|(before, _)| *before == purpose);
        let path = match purpose {
            _ if failed.is_some() => failed.map(|(_, path)| path.display().to_string()).unwrap_or_default(),
            PathPurpose::Open | PathPurpose::Compare => {
                format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR)
            }
            _ => folder.join(self.proposed_name(purpose)).display().to_string(),
        };
        self.session.dialog = Some(Dialog::Path { purpose, path });
    }

    fn proposed_name(&self, purpose: PathPurpose) -> String {
        let stem = self.document.stem();
        match purpose {
            PathPurpose::Open | PathPurpose::Compare => String::new(),
            PathPurpose::Save => format!("{stem}.{}", plan_file::EXTENSION),
            PathPurpose::Export(Export::Summary) => format!("{stem}.html"),
            PathPurpose::Export(Export::Diagram) => format!("{stem}.svg"),
        }
    }

    /// Uses a path that was typed, or chosen in the system's dialog, which asks before a file is replaced.
    fn use_path(&mut self, ctx: &egui::Context, purpose: PathPurpose, path: PathBuf, may_replace: bool) {
        self.session.dialog = None;
        self.typed_path = Some((purpose, path.clone()));
        match purpose {
            PathPurpose::Open => self.jobs.open(ctx, path),
            PathPurpose::Compare => self.compare_with_file(ctx, path),
            PathPurpose::Save => {
                self.save_as(ctx, with_ending(path, ".ron", plan_file::EXTENSION), may_replace);
            }
            PathPurpose::Export(export @ Export::Summary) => {
                let is_known = path.extension().is_some_and(|ending| ending == "md" || ending == "html");
                let path = if is_known { path } else { with_ending(path, ".html", "html") };
                self.export_to(ctx, export, path);
            }
            PathPurpose::Export(export @ Export::Diagram) => {
                let is_known = PictureFormat::of(&path).is_some();
                self.export_to(ctx, export, if is_known { path } else { with_ending(path, ".svg", "svg") });
            }
        }
    }

    fn export_to(&mut self, ctx: &egui::Context, export: Export, path: PathBuf) {
        self.say("Exporting…");
        let plan = Arc::clone(self.document.plan());
        let scene = self.deriver.latest().map(|derived| crate::scene::Scene::clone(&derived.scene));
        // The signs of a comparison need their explanation; a stage alone is as it is seen.
        let scene = scene.map(|it| if it.compared.is_some() { it.with_legend() } else { it });
        let theme = Theme::light();
        let with = self.session.on_canvas.as_ref().map(|on_canvas| &on_canvas.with);
        // What is compared as the later one is no version that this plan came from.
        let earlier = with.filter(|with| !with.is_open_before).cloned();
        self.jobs.export(ctx, path, move |path| match export {
            Export::Summary => {
                let since = earlier.map(|earlier| since(&earlier, &plan)).transpose()?;
                let remark = since.as_ref().map(|since| format!("with what changed since {}", since.version));
                let files = crate::export::document_files(&plan, since.as_ref(), path);
                let files = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
                Ok(ExportFiles { files, remark })
            }
            Export::Diagram => {
                let scene = scene.ok_or("There is no picture yet. Try again in a moment.")?;
                let format = PictureFormat::of(path).unwrap_or(PictureFormat::Svg);
                let drawn = picture(&scene, theme, format, PictureOptions::default())
                    .map_err(|error| error.to_string())?;
                let remark = drawn.sentence();
                Ok(ExportFiles { files: vec![(path.to_owned(), drawn.bytes)], remark })
            }
        });
    }

    /// Takes the results of jobs that are done.
    pub(in crate::app) fn take_results(&mut self, ctx: &egui::Context) {
        for done in self.jobs.results(ctx) {
            match done {
                Done::Chosen(purpose, path) => self.use_path(ctx, purpose, path, true),
                Done::Cancelled => self.goes_on_after_saving = false,
                Done::NoDialog(purpose) => self.ask_for_path(purpose),
                Done::Opened(path, opened) => self.opened(ctx, path, *opened),
                Done::Saved(save, result) => self.saved(ctx, *save, result),
                Done::Looked(document, outside) => self.noticed(document, outside),
                Done::Recoverable(found) => self.take_recoverable(found),
                Done::Versions(versions) => self.show_versions(versions),
                Done::Compared(number, words, plan) => self.compared(number, words, plan),
                Done::Read(path, plan) => self.read_to_compare(&path, plan),
                Done::Taken(taken) => self.taken(*taken),
                Done::Merged(merged) => self.merged_changed(*merged),
                Done::Git(told) => self.git_told(ctx, *told),
                Done::Strays(folder, found, is_asked_for) => self.found_strays(folder, found, is_asked_for),
                Done::StraysRemoved(removed) => self.removed_strays(removed),
                Done::Exported(path, Ok(remark)) => {
                    let remark = remark.map_or_else(String::new, |remark| format!(" · {remark}"));
                    self.say(format!("Exported to {}{remark}", path.display()));
                }
                Done::Exported(_, Err(sentence)) => {
                    self.session.dialog = Some(Dialog::Problem(sentence));
                }
            }
        }
    }

    fn opened(&mut self, ctx: &egui::Context, path: PathBuf, opened: Opened) {
        match opened {
            Opened::Plan(loaded, look) => {
                self.typed_path = None;
                self.preferences.remember(&path);
                let remarks = remarks_on(&loaded);
                self.show_document(Document::opened(loaded, path, look));
                if !remarks.is_empty() {
                    self.say(remarks);
                }
                self.look_for_strays(ctx, false);
                self.show_conflicts();
            }
            Opened::Sides(sides) => self.session.dialog = Some(Dialog::Markers(Box::new(sides))),
            Opened::Nothing(sentence) => self.session.dialog = Some(Dialog::Problem(sentence)),
        }
    }

    /// Opens what came of merging the sides of a file, which is not saved yet.
    pub(super) fn open_merged(&mut self, sides: FromMarkers) {
        self.typed_path = None;
        self.preferences.remember(&sides.path);
        let plan = Arc::new(sides.merged.plan);
        self.show_document(Document::merged(plan, sides.path, sides.version, sides.look));
        self.say("Merged by meaning; the file is as it was until you save");
        self.show_conflicts();
    }
}

/// What a person should hear about a file before saving over it.
fn remarks_on(loaded: &plan_file::Loaded) -> String {
    let comment = loaded
        .comment
        .map(|position| format!("The comment in {position} is lost when this plan is saved; notes are kept"));
    let hidden = loaded.hidden.first().map(|(position, letter)| {
        format!(
            "A character that nobody sees stands in {position} (U+{:04X}); names may not be what they seem",
            u32::from(*letter)
        )
    });
    comment.into_iter().chain(hidden).collect::<Vec<_>>().join(" · ")
}

/// Adds an ending that a person left out.
fn with_ending(path: PathBuf, known: &str, ending: &str) -> PathBuf {
    if path.to_string_lossy().ends_with(known) {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".");
    name.push(ending);
    name.into()
}

/// What changed from the plan that is compared to the open one.
fn since(earlier: &ComparedPlan, plan: &Plan) -> Result<Since, String> {
    let difference = crate::share::difference(&earlier.plan, plan).map_err(|error| error.to_string())?;
    Ok(Since { version: earlier.name.clone(), difference })
}
