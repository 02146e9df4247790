//! What a plan is: its words, fields and ids. Knows no file, no window and no rule.
//!
//! A field that nobody filled in is *unknown*, never zero and never a guess: figures are
//! `Option`, yes/no records are `Option<bool>`, texts are empty.

mod area;
mod conflict;
mod date;
mod decision;
mod domain;
mod drawing;
mod flow;
mod flow_words;
mod id;
mod mark;
mod migration;
mod plan;
mod question;
mod stage;
mod subject;
mod system;
mod vocabulary;

pub use area::Area;
pub use conflict::Conflict;
pub use date::{Date, NoDate};
pub use decision::{Decision, DecisionStatus, Waiver};
pub use domain::{Claim, ConflictKind, ConflictRule, DataDomain, DomainClass, DomainKind, Scope};
pub use drawing::{Drawing, Position};
pub use flow::{Flow, Payload};
pub use flow_words::{Auth, Direction, Guards, Initiator, Mapping, Mechanism, Pattern, Timing, ValueKind};
pub use id::{Element, Id, free_id, slug};
pub use mark::Mark;
pub use migration::{Approach, Cleansing, Load, Migration, Rollback};
pub use plan::{Aim, Org, Plan, Wave};
pub use question::{Answer, Question};
pub use stage::Stage;
pub use subject::{NoSubject, Subject};
pub use system::{Assessment, Disposition, Holding, Hub, Interfaces, Kind, Lifecycle, Role, System};
pub use vocabulary::UnknownWord;
pub(crate) use vocabulary::vocabulary;

/// The id of a [`System`].
pub type SystemId = Id<System>;
/// The id of a [`Flow`].
pub type FlowId = Id<Flow>;
/// The id of a [`DataDomain`].
pub type DomainId = Id<DataDomain>;
/// The id of a [`Wave`].
pub type WaveId = Id<Wave>;
/// The id of an [`Area`].
pub type AreaId = Id<Area>;
/// The id of a [`Load`], unique within its system.
pub type LoadId = Id<Load>;
/// The id of a [`Decision`].
pub type DecisionId = Id<Decision>;
/// The id of a [`Waiver`].
pub type WaiverId = Id<Waiver>;

/// Whether a field holds what it holds when nobody touched it; such fields are not written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
