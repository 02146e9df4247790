//! What drawing may read: everything, and change nothing.

use crate::model::{Plan, Stage};
use crate::rules::{Finding, Subject};
use crate::scene::{FindingMarks, Scene};

use super::canvas::Sketch;
use super::derived::{Compared, Fixes, Knowledge};
use super::document::Document;
use super::keeping::Keeper;
use super::preferences::Preferences;
use super::repository::Repository;
use super::session::Session;

/// What is shown in a frame.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The open plan and its file.
    pub document: &'a Document,
    /// The plan.
    pub plan: &'a Plan,
    /// What the window remembers.
    pub session: &'a Session,
    /// What belongs to the person.
    pub preferences: &'a Preferences,
    /// What keeps work from being lost.
    pub keeper: &'a Keeper,
    /// What is known of the repository around the file.
    pub repository: &'a Repository,
    /// What is known of the plan.
    pub knowledge: &'a Knowledge,
    /// The difference to the plan that the open one is compared with, as far as it is known.
    pub compared: Option<&'a Compared>,
    /// What findings say about systems and flows at the shown stage.
    pub marks: &'a FindingMarks,
    /// The picture.
    pub scene: &'a Scene,
    /// The picture as the canvas looks it up in every frame.
    pub sketch: &'a Sketch,
    /// Whether the picture is of cards that are dragged, where the hand has them.
    pub is_moving: bool,
    /// The fixes of the findings of the shown stage and of the target.
    pub fixes: &'a Fixes,
    /// Whether something newer is being worked out.
    pub is_stale: bool,
}

impl<'a> Shown<'a> {
    /// The place of the shown stage.
    #[must_use]
    pub fn at(&self) -> usize {
        self.session.stage.min(self.knowledge.stages.len() - 1)
    }

    /// The shown stage.
    #[must_use]
    pub fn stage(&self) -> &'a Stage {
        &self.knowledge.stages[self.at()]
    }

    /// The findings of the shown stage that nobody accepted.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let at = self.at();
        self.knowledge.findings.at(at).filter(|finding| finding.waiver.is_none())
    }

    /// The findings of the shown stage that somebody accepted.
    pub fn accepted(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let at = self.at();
        self.knowledge.findings.at(at).filter(|finding| finding.waiver.is_some())
    }

    /// The one thing that is selected.
    #[must_use]
    pub fn only_selected(&self) -> Option<&'a Subject> {
        match self.session.selection.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// What people call a subject.
    #[must_use]
    pub fn name_of(&self, subject: &Subject) -> String {
        match subject {
            Subject::Landscape => "Landscape".to_owned(),
            Subject::System(id) => self.plan.system_name(id).to_owned(),
            Subject::Domain(id) => self.plan.domain_name(id).to_owned(),
            Subject::Flow(id) => self.plan.flow_name(id),
            Subject::Wave(id) => self.plan.waves.get(id).map_or(id.as_str(), |wave| &wave.name).to_owned(),
        }
    }
}
