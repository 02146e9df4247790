//! What becomes of a system: the questions, what the answers point to, and why.
//!
//! The weights are a proposal fitted to archetypes, not a measured model. Nothing here decides: a person
//! sets the disposition, and [`choose`] records it with its reason. Costs are not part of it.

mod choice;
mod explanation;
mod portfolio_frameworks;
mod proposals;
mod questionnaire;
mod recommendation;
mod score;
mod weights;

pub use choice::choose;
pub use explanation::{Explanation, Flip, Push};
pub use portfolio_frameworks::Quadrant;
pub use proposals::RECORD_KB;
pub use questionnaire::{Asked, Group, QuestionEntry, entry, questionnaire};
pub use recommendation::{Given, Recommendation, Recommender, Source, is_decided_on};
pub use score::{Input, OPTIONS, OptionScore, Outcome, Score, score};
pub use weights::{WEIGHTS_ARE_A_PROPOSAL, Weights};
