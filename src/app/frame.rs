//! One frame: take results, apply what was asked for, derive what follows, draw.

use std::path::{Path, PathBuf};

use egui::{Context, Frame, Panel, Ui, ViewportCommand};

use crate::plan_file::StateFolder;
use crate::scene::{Moving, Role, Zone};

use super::action::{Action, Actions};
use super::apply::escape;
use super::canvas::Sketch;
use super::comparing::Comparing;
use super::derived::{Derived, Deriver, Sight};
use super::document::Document;
use super::jobs::Jobs;
use super::keeping::Keeper;
use super::preferences::{self, Preferences};
use super::repository::Repository;
use super::session::{Dialog, Session};
use super::shown::Shown;
use super::{canvas, commands, dialogs, panels, theme};

/// The window's state: the plan, what is remembered, what belongs to the person, and the work under way.
#[derive(Debug)]
pub struct Window {
    pub(super) document: Document,
    pub(super) session: Session,
    pub(super) preferences: Preferences,
    pub(super) deriver: Deriver,
    /// Cards that are being dragged, or were dropped and are not drawn at their new places yet.
    pub(super) moving: Option<(Moving, Sketch)>,
    pub(super) jobs: Jobs,
    pub(super) keeper: Keeper,
    pub(super) repository: Repository,
    pub(super) actions: Actions,
    /// What waits for an answer about unsaved changes.
    pub(super) waiting: Option<Action>,
    pub(super) goes_on_after_saving: bool,
    /// How many documents the window has shown; tells a save of an earlier one from the present one's.
    pub(super) documents_shown: u64,
    /// The last path that was typed, until it has worked.
    pub(super) typed_path: Option<(super::session::PathPurpose, PathBuf)>,
    pub(super) may_close: bool,
    pub(super) uses_system_dialogs: bool,
    preferences_path: Option<PathBuf>,
    written_preferences: Preferences,
    title: String,
}

impl Window {
    /// A window with an empty plan, or one that is about to open a file.
    #[must_use]
    pub fn new(ctx: &Context, plan: Option<PathBuf>, preferences_path: Option<PathBuf>) -> Self {
        theme::install(ctx);
        let preferences = Preferences::read(preferences_path.as_deref());
        use_theme(ctx, preferences.is_dark);
        let mut window = Self {
            document: Document::new(),
            session: Session::default(),
            written_preferences: preferences.clone(),
            preferences,
            deriver: Deriver::default(),
            moving: None,
            jobs: Jobs::default(),
            keeper: Keeper::default(),
            repository: Repository::default(),
            actions: Vec::new(),
            waiting: None,
            goes_on_after_saving: false,
            documents_shown: 0,
            typed_path: None,
            may_close: false,
            uses_system_dialogs: true,
            preferences_path,
            title: String::new(),
        };
        if let Some(plan) = plan {
            window.jobs.open(ctx, plan);
        }
        window
    }

    /// Keeps earlier versions and a journal in this folder, and offers what was not saved the last time.
    #[must_use]
    pub fn with_state_folder(mut self, ctx: &Context, state: StateFolder) -> Self {
        self.jobs.recover(ctx, state.clone());
        self.keeper.state = Some(state);
        self.begin_journal();
        self
    }

    /// Asks for paths in a dialog of our own, as where the system shows none.
    #[must_use]
    pub fn without_system_dialogs(mut self) -> Self {
        self.uses_system_dialogs = false;
        self
    }

    /// Looks at the plan's file only when [`Self::look_now`] asks for it, not every other second.
    #[must_use]
    pub fn looking_when_asked(mut self) -> Self {
        self.keeper.looks_when_asked = true;
        self
    }

    /// Looks in the next frame whether somebody else changed the plan's file.
    pub fn look_now(&mut self) {
        self.keeper.is_to_look = true;
    }

    /// Whether work is under way off the frame.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.jobs.is_busy() || self.deriver.is_busy() || !self.actions.is_empty()
    }

    /// The plan as it is now.
    #[must_use]
    pub fn plan(&self) -> &crate::model::Plan {
        self.document.plan()
    }

    fn sight(&self) -> Sight {
        let with = self.session.on_canvas.as_ref().map(|on_canvas| &on_canvas.with);
        let Session { stage, difference, view, .. } = self.session;
        let zone = self.session.zone_of(self.document.plan().systems.len());
        // Two plans are compared system by system.
        let zone = if with.is_some() { Zone::Whole } else { zone };
        let compared = with.map(|with| (with.number, with.is_open_before));
        Sight { stage, difference, view, compared, zone }
    }

    /// Everything before drawing. Runs also while the window is hidden.
    pub fn prepare(&mut self, ctx: &Context) {
        self.take_results(ctx);
        self.apply_queued(ctx);
        self.drop_what_is_gone();
        self.keep_journal(ctx);
        self.look_at_file(ctx);
        self.ask_git(ctx);
        self.offer_recovery();
        let last_stage = self.document.plan().waves.len() + 1;
        self.session.stage = self.session.stage.min(last_stage);
        let (plan, revision) = (self.document.plan().clone(), self.document.history.revision());
        let sight = self.sight();
        let with = self.session.on_canvas.as_ref().map(|on_canvas| &on_canvas.with);
        self.deriver.update(ctx, &plan, revision, sight, with);
        self.fit_comparison();
        self.move_cards();
        self.guard_closing(ctx);
        self.update_title(ctx);
        if self.preferences != self.written_preferences {
            self.preferences.write(self.preferences_path.as_deref());
            self.written_preferences = self.preferences.clone();
        }
    }

    /// A window with unsaved changes asks before it closes.
    fn guard_closing(&mut self, ctx: &Context) {
        let wants_to_close = ctx.input(|input| input.viewport().close_requested());
        if wants_to_close && !self.may_close && self.document.history.is_unsaved() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.waiting = Some(Action::Quit);
            self.session.dialog = Some(Dialog::Unsaved);
        } else if wants_to_close {
            // Nobody is there any more to read why not; what could not be kept is found at the next start.
            let _ = self.document.close();
        }
    }

    fn update_title(&mut self, ctx: &Context) {
        let mark = if self.document.history.is_unsaved() { "* " } else { "" };
        let title = format!("{mark}{} - Hybridscape", self.document.title());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// What drawing may read, with what was derived last.
    pub(super) fn shown<'a>(&'a self, derived: &'a Derived) -> Shown<'a> {
        let moving = self.moving.as_ref().map(|(moving, _)| moving);
        Shown {
            document: &self.document,
            plan: self.document.plan(),
            session: &self.session,
            preferences: &self.preferences,
            keeper: &self.keeper,
            repository: &self.repository,
            knowledge: &derived.knowledge,
            compared: derived.compared.as_deref(),
            marks: &derived.marks,
            scene: moving.map_or(&derived.scene, Moving::scene),
            sketch: self.moving.as_ref().map_or(&derived.sketch, |(_, sketch)| sketch),
            is_moving: moving.is_some(),
            fixes: self.deriver.fixes(),
            is_stale: self.deriver.is_stale(),
        }
    }

    /// Draws everything and queues what is asked for.
    pub fn draw(&mut self, ui: &mut Ui) {
        let Some(derived) = self.deriver.latest().cloned() else {
            first_look_ui(ui, self.document.plan().systems.len());
            return;
        };
        let shown = self.shown(&derived);
        let mut actions = Vec::new();
        draw_all(ui, &shown, &mut actions);
        let is_idle = actions.is_empty();
        self.actions.extend(actions);
        self.session.inspector_wants_focus = false;
        if let Some(on_canvas) = &mut self.session.on_canvas {
            on_canvas.wants_keyboard = false;
        }
        if !is_idle {
            ui.ctx().request_repaint();
        }
        self.take_canvas_size(ui);
    }

    /// The canvas tells its size by what is left of the window; the first camera shows everything.
    fn take_canvas_size(&mut self, ui: &Ui) {
        let canvas = canvas::rect_of(ui.ctx());
        self.session.canvas = canvas;
        if self.session.camera.is_none()
            && canvas.is_positive()
            && !self.deriver.is_stale()
            && let Some(derived) = self.deriver.latest()
        {
            self.session.camera = Some(canvas::fitting_all(canvas, &derived.scene));
            ui.ctx().request_repaint();
        }
    }
}

fn draw_all(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    drop_files(ui, shown, actions);
    commands::shortcuts(ui, shown, actions);
    escape_ui(ui, shown, actions);
    let fill = theme::colour(ui, Role::Panel);
    let frame = Frame::new().fill(fill).inner_margin(egui::Margin::symmetric(10, 6));
    Panel::top("top")
        .frame(frame)
        .show_separator_line(true)
        .show(ui, |ui| panels::top_ui(ui, shown, actions));
    Panel::bottom("status").frame(frame.inner_margin(egui::Margin::symmetric(10, 3))).show(ui, |ui| {
        panels::status_ui(ui, shown, actions);
    });
    if let Some(follow_up) = &shown.session.follow_up {
        let frame = frame.fill(theme::colour(ui, Role::AccentSoft));
        Panel::bottom("follow-up").frame(frame).show(ui, |ui| {
            dialogs::follow_up_bar_ui(ui, follow_up, actions);
        });
    }
    if shown.keeper.offers_strays {
        let frame = frame.fill(theme::colour(ui, Role::AccentSoft));
        Panel::bottom("strays").frame(frame).show(ui, |ui| dialogs::strays_bar_ui(ui, shown, actions));
    }
    if shown.preferences.shows_outline {
        let panel = Panel::left("outline").default_size(225.0).size_range(150.0..=420.0).frame(frame);
        panel.show(ui, |ui| panels::outline_ui(ui, shown, actions));
    }
    if shown.preferences.shows_inspector {
        let panel = Panel::right("inspector").default_size(300.0).size_range(240.0..=520.0).frame(frame);
        panel.show(ui, |ui| panels::inspector_ui(ui, shown, actions));
    }
    if shown.preferences.shows_lower {
        let panel =
            Panel::bottom("lower").default_size(226.0).size_range(110.0..=560.0).resizable(true).frame(frame);
        panel.show(ui, |ui| {
            ui.take_available_space();
            panels::lower_ui(ui, shown, actions);
        });
    }
    if shown.session.on_canvas.is_some() {
        let frame = frame.fill(theme::colour(ui, Role::AccentSoft));
        Panel::top("compared").frame(frame).show(ui, |ui| panels::compared_bar_ui(ui, shown, actions));
    }
    let canvas_frame = Frame::new().fill(theme::colour(ui, Role::Canvas));
    egui::CentralPanel::default().frame(canvas_frame).show(ui, |ui| canvas::canvas_ui(ui, shown, actions));
    dialogs::dialog_ui(ui, shown, actions);
}

/// What shows until a large plan is worked out for the first time.
fn first_look_ui(ui: &mut Ui, systems: usize) {
    let frame = Frame::new().fill(theme::colour(ui, Role::Panel));
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.4);
            ui.spinner();
            ui.label(format!("Working out what stands, what is wrong and where it goes: {systems} systems"));
        });
    });
}

/// Escape goes back one level. An open menu and a field of a panel take it for themselves.
fn escape_ui(ui: &Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let session = shown.session;
    let is_for_a_field = ui.ctx().text_edit_focused() && session.dialog.is_none() && session.naming.is_none();
    if !is_for_a_field
        && !egui::Popup::is_any_open(ui.ctx())
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
    {
        actions.extend(escape(session, shown.plan.systems.len()));
    }
}

/// Files dropped on the window are opened; of several the first. Where a plan is open that holds something,
/// Shift compares it with the file, and without Shift a person is asked.
fn drop_files(ui: &Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let dropped = ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
    let Some(path) = dropped else { return };
    actions.push(if shown.plan.systems.is_empty() {
        Action::Open(path)
    } else if ui.input(|input| input.modifiers.shift) {
        Action::Comparing(Comparing::File(path))
    } else {
        Action::SetDialog(Some(Dialog::Dropped(path)))
    });
}

/// Follows the system's theme, or always uses dark or light.
pub(super) fn use_theme(ctx: &Context, is_dark: Option<bool>) {
    ctx.set_theme(match is_dark {
        Some(true) => egui::ThemePreference::Dark,
        Some(false) => egui::ThemePreference::Light,
        None => egui::ThemePreference::System,
    });
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.prepare(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// Where the system has no display or no renderer works; the sentence says what to do.
pub fn run(plan: Option<&Path>) -> Result<(), String> {
    let mut tried = Vec::new();
    for renderer in [eframe::Renderer::Wgpu, eframe::Renderer::Glow] {
        let viewport = egui::ViewportBuilder::default()
            .with_app_id("hybridscape")
            .with_inner_size([1440.0, 900.0])
            .with_min_inner_size([900.0, 560.0]);
        let options = eframe::NativeOptions { renderer, viewport, ..eframe::NativeOptions::default() };
        let plan = plan.map(Path::to_owned);
        let result = eframe::run_native(
            "Hybridscape",
            options,
            Box::new(|creation| {
                let ctx = &creation.egui_ctx;
                let window = Window::new(ctx, plan, Preferences::path());
                Ok(Box::new(match preferences::state_folder() {
                    Some(state) => window.with_state_folder(ctx, state),
                    None => window,
                }))
            }),
        );
        match result {
            Ok(()) => return Ok(()),
            Err(error) => tried.push(format!("{renderer}: {error}")),
        }
    }
    Err(format!(
        "the window cannot be opened ({}); without a display use the subcommands, for example `hybridscape summary PLAN \
         -o summary.html`",
        tried.join("; ")
    ))
}
