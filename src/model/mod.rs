//! What a plan is: its words, fields and ids. Knows no file, no window and no rule.
//!
//! A field that nobody filled in is *unknown*, never zero and never a guess: figures are
//! `Option`, yes/no records are `Option<bool>`, texts are empty.

mod conflict;
mod date;
mod domain;
mod drawing;
mod flow;
mod id;
mod migration;
mod plan;
mod stage;
mod system;
mod vocabulary;

pub use conflict::Conflict;
pub use date::{Date, NoDate};
pub use domain::{Claim, ConflictKind, ConflictRule, DataDomain, DomainClass, DomainKind, Scope};
pub use drawing::{Drawing, Position};
pub use flow::{Auth, Direction, Flow, Guards, Initiator, Mapping, Mechanism, Pattern, Payload, Timing};
pub use id::{Element, Id, free_id, slug};
pub use migration::{Approach, Cleansing, Migration, Rollback};
pub use plan::{Aim, Org, Plan, Wave};
pub use stage::Stage;
pub use system::{Assessment, Disposition, Holding, Hub, Kind, Lifecycle, Role, System};
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

/// Whether a field holds what it holds when nobody touched it; such fields are not written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
