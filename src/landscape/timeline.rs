//! The stages of a plan in order: today, after each wave, the target.

use crate::model::{Plan, Stage, WaveId};

/// The stages in order. A stage is addressed by its place: 0 is today, the last is the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    stages: Vec<Stage>,
}

impl Timeline {
    /// The stages of a plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let waves = plan.waves_in_order().into_iter().cloned().map(Stage::Wave);
        let stages = std::iter::once(Stage::Today).chain(waves).chain([Stage::Target]).collect();
        Self { stages }
    }

    /// All stages in order.
    #[must_use]
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// Number of stages; at least two.
    #[expect(clippy::len_without_is_empty, reason = "a timeline is never empty")]
    #[must_use]
    pub const fn len(&self) -> usize {
        self.stages.len()
    }

    /// The place of the target.
    #[must_use]
    pub const fn target(&self) -> usize {
        self.stages.len() - 1
    }

    /// The stage at a place.
    #[must_use]
    pub fn stage(&self, at: usize) -> &Stage {
        &self.stages[at]
    }

    /// The place of a stage, if the plan has it.
    #[must_use]
    pub fn place(&self, stage: &Stage) -> Option<usize> {
        self.stages.iter().position(|known| known == stage)
    }

    /// The place of a stage; a wave that the plan does not have has no date and counts as the target.
    #[must_use]
    pub fn place_or_target(&self, stage: &Stage) -> usize {
        self.place(stage).unwrap_or_else(|| self.target())
    }

    /// The place in another timeline of the stage that stands at a place here; where the other does not have
    /// it, of the last stage before it that both have.
    #[must_use]
    pub fn place_in(&self, at: usize, other: &Self) -> usize {
        (0..=at).rev().find_map(|at| other.place(&self.stages[at])).unwrap_or_default()
    }

    /// The place of a wave, if the plan has it.
    #[must_use]
    pub fn wave_place(&self, wave: &WaveId) -> Option<usize> {
        self.stages.iter().position(|stage| matches!(stage, Stage::Wave(id) if id == wave))
    }

    /// The place of a wave; one that the plan does not have has no date and counts as the target.
    #[must_use]
    pub fn wave_place_or_target(&self, wave: &WaveId) -> usize {
        self.wave_place(wave).unwrap_or_else(|| self.target())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_that_the_other_plan_does_not_have_is_the_last_one_before_it_that_both_have() {
        let of = |waves: &[&str]| {
            let stages = waves.iter().map(|wave| Stage::Wave(WaveId::new(wave)));
            Timeline { stages: std::iter::once(Stage::Today).chain(stages).chain([Stage::Target]).collect() }
        };
        let (here, there) = (of(&["a", "b", "c"]), of(&["c", "a"]));
        let places: Vec<_> = (0..here.len()).map(|at| here.place_in(at, &there)).collect();
        assert_eq!(places, [0, 2, 2, 1, 3]);
    }
}
