//! The open plan: its history and its file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edit::History;
use crate::model::Plan;

/// The open plan.
#[derive(Debug)]
pub struct Document {
    /// The plan with its past and future.
    pub history: History,
    /// Its file; absent until it is saved for the first time.
    pub path: Option<PathBuf>,
}

impl Document {
    /// A new plan without a file.
    #[must_use]
    pub fn new() -> Self {
        Self { history: History::opened(Plan::named("New plan")), path: None }
    }

    /// A plan that was read from a file.
    #[must_use]
    pub fn opened(plan: Plan, path: Option<PathBuf>) -> Self {
        Self { history: History::opened(plan), path }
    }

    /// The plan.
    #[must_use]
    pub const fn plan(&self) -> &Arc<Plan> {
        self.history.plan()
    }

    /// The file's name, or the plan's where it has no file.
    #[must_use]
    pub fn title(&self) -> String {
        let file = self.path.as_deref().and_then(Path::file_name);
        file.map_or_else(|| self.plan().name.clone(), |name| name.to_string_lossy().into_owned())
    }

    /// A name to propose when the plan is saved or exported: `northwind`.
    #[must_use]
    pub fn stem(&self) -> String {
        let file =
            self.path.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let stem = file.as_deref().and_then(|name| name.strip_suffix(".plan.ron")).map(str::to_owned);
        let stem = stem.unwrap_or_else(|| crate::model::slug(&self.plan().name));
        if stem.is_empty() { "plan".to_owned() } else { stem }
    }
}
