//! What the focal platform allows and what a plan uses of it: calls, events, bulk batches, storage, and how
//! old a version of its API is. The only room that knows editions and licences; the figures stand in
//! `assets/limits.ron`. It judges nothing: the rules do.

mod calls;
mod events;
mod storage;
mod table;
mod usage;
mod versions;

pub use calls::{
    Calls, Rates, WithoutFigure, allowed_bulk_batches, allowed_calls, bulk_batches, calls_at, without_figure,
};
pub use events::{Events, Subscription, allowed_cdc_objects, allowed_deliveries, allowed_publishing};
pub use storage::{allowed_storage_gb, brought, free_storage_gb, record_kb};
pub use table::{Figure, figures, known_figure};
pub use usage::{Budget, Usage};
pub use versions::ApiVersions;
