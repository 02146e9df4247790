//! Actions on what is seen: selection, camera, stage, panels, dialogs.

use egui::{Pos2, Rect, pos2, vec2};

use crate::model::FlowId;
use crate::rules::{Finding, Subject};
use crate::scene::Zone;

use super::super::action::Action;
use super::super::comparing::Comparing;
use super::super::frame::Window;
use super::super::session::{Camera, Panel, Session, Tool};

impl Window {
    pub(super) fn apply_to_sight(&mut self, ctx: &egui::Context, action: Action) {
        let session = &mut self.session;
        match action {
            Action::Select(subjects) => {
                session.selection = subjects;
                self.document.history.end_merging();
                if let [only @ Subject::System(_)] = self.session.selection.as_slice() {
                    let only = only.clone();
                    self.reveal(&[only]);
                }
            }
            Action::ToggleSelected(subject) => toggle(&mut session.selection, subject),
            Action::ShowFinding(finding) => self.show_finding(finding),
            Action::OpenPlace(place) => self.open_place(place),
            Action::FocusInspector => {
                session.inspector_wants_focus = true;
                self.preferences.shows_inspector = true;
            }
            Action::UseTool(tool) => session.tool = tool,
            Action::SetGesture(gesture) => session.gesture = gesture,
            Action::SetCamera(camera) => self.move_camera(camera),
            Action::SetZone(zone) => self.set_zone(zone),
            Action::OpenGroup => self.open_group(),
            Action::Fit { selection } => self.fit(selection),
            Action::Zoom(factor) => {
                let camera = session.camera.unwrap_or_default();
                let camera = camera.zoomed_at(session.canvas, session.canvas.center(), factor);
                self.move_camera(camera);
            }
            Action::SetStage(stage) => session.stage = stage,
            Action::SetDifference(difference) => {
                session.difference = difference;
                if difference {
                    self.end_comparison();
                }
            }
            Action::SetView(view) => session.view = view,
            Action::ShowTab(tab) => {
                session.tab = tab;
                self.preferences.shows_lower = true;
            }
            Action::TogglePanel(panel) => {
                let shows = match panel {
                    Panel::Outline => &mut self.preferences.shows_outline,
                    Panel::Inspector => &mut self.preferences.shows_inspector,
                    Panel::Lower => &mut self.preferences.shows_lower,
                };
                *shows = !*shows;
            }
            Action::FocusDecisions => {
                let id = super::super::panels::wants_keyboard_id();
                ctx.data_mut(|data| data.insert_temp(id, true));
            }
            Action::SortDecisions(order) => session.decisions_order = order,
            Action::EndGlide => session.glide = None,
            Action::SetFindingsView(view) => session.findings_view = view,
            Action::SetFilter(filter) => session.filter = filter,
            Action::SetDialog(dialog) => {
                session.dialog = dialog;
                if session.dialog.is_none() {
                    self.waiting = None;
                    self.goes_on_after_saving = false;
                }
            }
            Action::SetTheme(is_dark) => {
                self.preferences.is_dark = is_dark;
                super::super::frame::use_theme(ctx, is_dark);
            }
            Action::Say(message) => session.message = message,
            _ => {}
        }
    }

    /// Selects what a finding is about, goes to a stage at which it holds and brings it into view.
    pub(super) fn show_finding(&mut self, finding: Finding) {
        if !finding.holds_at(self.session.stage) {
            self.session.stage = finding.stages.last().copied().unwrap_or_default();
        }
        self.session.selection.clone_from(&finding.subjects);
        self.reveal(&finding.subjects);
        let touched = self.around(finding.subjects.iter().chain(&finding.related));
        self.session.finding = Some(finding);
        self.bring_into_view(touched);
    }

    /// Selects elements and brings them into view, with what can be said of them beside.
    pub(super) fn show_selected(&mut self, subjects: Vec<Subject>) {
        self.preferences.shows_inspector = true;
        self.reveal(&subjects);
        let selected = self.around(&subjects);
        self.session.selection = subjects;
        self.bring_into_view(selected);
    }

    /// The part of the picture that holds some elements.
    fn around<'s>(&self, subjects: impl IntoIterator<Item = &'s Subject>) -> Option<Rect> {
        subjects.into_iter().filter_map(|subject| self.place_in_plan(subject)).reduce(Rect::union)
    }

    /// Moves the camera where a part of the picture is not wholly in sight.
    pub(super) fn bring_into_view(&mut self, all: Option<Rect>) {
        let Some(camera) = self.session.camera else { return };
        let seen = seen(&self.session, camera);
        if let Some(all) = all.filter(|all| !seen.contains_rect(*all)) {
            let fitting = Camera::fitting(self.session.canvas, all);
            self.session.camera = Some(fitting);
        }
    }

    fn fit(&mut self, selection: bool) {
        let subjects: Vec<_> = self.session.selection.clone();
        if selection {
            self.reveal(&subjects);
        }
        let selected = self.around(&subjects);
        let is_drawn = self.session.camera.is_some();
        self.session.camera = match (selection, selected) {
            (true, Some(part)) if is_drawn => Some(Camera::fitting(self.session.canvas, part)),
            _ => None,
        };
    }

    /// Where a system or a flow is in the picture, in plan units.
    pub(super) fn place_in_plan(&self, subject: &Subject) -> Option<Rect> {
        let scene = &self.deriver.latest()?.scene;
        match subject {
            Subject::System(id) => {
                let rect = scene.card(id)?.rect;
                Some(Rect::from_min_size(
                    pos2(rect.x as f32, rect.y as f32),
                    vec2(rect.width as f32, rect.height as f32),
                ))
            }
            Subject::Flow(id) => {
                let lines = scene.flows.iter().filter(|line| line.flows.contains(id));
                let points = lines.flat_map(|line| {
                    line.points.iter().map(|point| Pos2::new(point.x as f32, point.y as f32))
                });
                let line =
                    points.map(|point| Rect::from_center_size(point, vec2(1.0, 1.0))).reduce(Rect::union);
                line.or_else(|| self.ends_in_plan(id))
            }
            _ => None,
        }
    }

    /// Where the cards at the ends of a flow are that is not drawn at the shown stage.
    fn ends_in_plan(&self, id: &FlowId) -> Option<Rect> {
        let flow = self.document.plan().flows.get(id)?;
        let ends = [&flow.from, &flow.to].map(|end| Subject::System(end.clone()));
        ends.iter().filter_map(|end| self.place_in_plan(end)).reduce(Rect::union)
    }
}

fn toggle(selection: &mut Vec<Subject>, subject: Subject) {
    match selection.iter().position(|known| *known == subject) {
        Some(place) => _ = selection.remove(place),
        None => selection.push(subject),
    }
}

fn seen(session: &Session, camera: Camera) -> Rect {
    let corner = |pos| camera.plan_from_screen(session.canvas, pos);
    Rect::from_min_max(corner(session.canvas.min), corner(session.canvas.max))
}

/// Escape goes back one level: dialog, naming, gesture, tool, selection, filter, comparison of plans, the group that
/// is open, the overview where it was asked for.
pub(in crate::app) fn escape(session: &Session, systems: usize) -> Option<Action> {
    if session.dialog.is_some() {
        Some(Action::SetDialog(None))
    } else if session.naming.is_some() {
        Some(Action::SetNaming(None))
    } else if session.gesture.is_some() {
        Some(Action::SetGesture(None))
    } else if session.tool != Tool::Select {
        Some(Action::UseTool(Tool::Select))
    } else if !session.selection.is_empty() {
        Some(Action::Select(Vec::new()))
    } else if !session.filter.is_empty() {
        Some(Action::SetFilter(String::new()))
    } else if session.on_canvas.is_some() {
        Some(Action::Comparing(Comparing::End))
    } else {
        let usual = Session::default().zone_of(systems);
        match session.zone_of(systems) {
            Zone::Group(_) => Some(Action::SetZone(Zone::Overview)),
            Zone::Overview if usual != Zone::Overview => Some(Action::SetZone(usual)),
            Zone::Overview | Zone::Whole => None,
        }
    }
}
