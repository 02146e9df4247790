//! The quadrant of TIME beside our points: a second opinion from two fits, and whether it agrees.

use crate::model::{Disposition, System, vocabulary};

use super::score::{Outcome, Score};

vocabulary! {
    /// A quadrant of TIME: functional against technical fit.
    Quadrant {
        /// Built well, serves little.
        Tolerate = "tolerate",
        /// Built well, serves well.
        Invest = "invest",
        /// Serves well, built badly.
        Migrate = "migrate",
        /// Neither.
        Eliminate = "eliminate",
    }
}

/// From here on a fit of 1 to 4 is a high one: the middle of the scale.
const HIGH: u8 = 3;

impl Quadrant {
    /// The quadrant of a system; `None` where a fit is not known.
    #[must_use]
    pub fn of(system: &System) -> Option<Self> {
        Some(match (system.functional_fit? >= HIGH, system.technical_fit? >= HIGH) {
            (false, true) => Self::Tolerate,
            (true, true) => Self::Invest,
            (true, false) => Self::Migrate,
            (false, false) => Self::Eliminate,
        })
    }

    /// What it means in our words.
    #[must_use]
    pub const fn disposition(self) -> Disposition {
        match self {
            Self::Tolerate | Self::Invest => Disposition::Integrate,
            Self::Migrate => Disposition::Migrate,
            Self::Eliminate => Disposition::Retire,
        }
    }

    /// Where it and the answers disagree, in a sentence. It does not know *federate*, which keeps the
    /// system like *integrate*; *hybrid* agrees with both of its halves.
    #[must_use]
    pub fn disagreement(self, score: &Score) -> Option<String> {
        let own = self.disposition();
        let agrees = match score.outcome {
            Outcome::Option(Disposition::Federate) => own == Disposition::Integrate,
            Outcome::Option(option) => own == option,
            Outcome::Hybrid => own != Disposition::Retire,
            Outcome::NotEnoughAnswers | Outcome::AllBlocked => true,
        };
        let outcome = score.outcome.words();
        (!agrees).then(|| {
            format!("By its two fits TIME says {self}, which is {own} here; the answers point to {outcome}.")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(outcome: Outcome) -> Score {
        Score { options: Vec::new(), answered: 15, outcome, margin: 20 }
    }

    fn quadrant(functional: u8, technical: u8) -> Option<Quadrant> {
        let fits =
            System { functional_fit: Some(functional), technical_fit: Some(technical), ..System::default() };
        Quadrant::of(&fits)
    }

    #[test]
    fn two_fits_make_a_quadrant_and_one_makes_none() {
        let all = [quadrant(2, 3), quadrant(3, 3), quadrant(3, 2), quadrant(2, 2)];
        assert_eq!(all.map(|it| it.unwrap().word()), ["tolerate", "invest", "migrate", "eliminate"]);
        assert_eq!(Quadrant::of(&System { functional_fit: Some(4), ..System::default() }), None);
    }

    #[test]
    fn disagreement_is_said_in_a_sentence_and_agreement_is_not() {
        assert_eq!(
            Quadrant::Eliminate.disagreement(&score(Outcome::Option(Disposition::Integrate))).unwrap(),
            "By its two fits TIME says eliminate, which is retire here; the answers point to integrate."
        );
        for (quadrant, outcome) in [
            (Quadrant::Invest, Outcome::Option(Disposition::Integrate)),
            (Quadrant::Tolerate, Outcome::Option(Disposition::Federate)),
            (Quadrant::Migrate, Outcome::Hybrid),
            (Quadrant::Eliminate, Outcome::NotEnoughAnswers),
        ] {
            assert_eq!(quadrant.disagreement(&score(outcome)), None);
        }
        assert!(Quadrant::Eliminate.disagreement(&score(Outcome::Hybrid)).is_some());
        assert!(Quadrant::Migrate.disagreement(&score(Outcome::Option(Disposition::Federate))).is_some());
    }
}
