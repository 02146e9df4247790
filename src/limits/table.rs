//! The table of figures, and what a plan says instead.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::{Date, Plan, slug};

const TABLE: &str = include_str!("../../assets/limits.ron");

/// What the keys of a plan's thresholds begin with where they change a figure of the table.
const PREFIX: &str = "limits.";

/// One figure of the table.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Its name, from the general to the special: `event-deliveries.enterprise`.
    pub name: String,
    /// How much it is.
    pub value: f64,
    /// What it counts.
    pub unit: String,
    /// Where it comes from.
    pub source: String,
    /// When it was read there.
    pub collected: Date,
}

fn read(text: &str) -> Result<Vec<Figure>, ron::error::SpannedError> {
    ron::from_str(text)
}

/// The bundled text is read by a test, so the empty table is never seen.
fn table() -> &'static BTreeMap<String, Figure> {
    static FIGURES: OnceLock<BTreeMap<String, Figure>> = OnceLock::new();
    FIGURES.get_or_init(|| {
        let figures = read(TABLE).unwrap_or_default().into_iter();
        figures.map(|figure| (figure.name.clone(), figure)).collect()
    })
}

/// The figure of the table that a threshold's key changes; `None` where it changes none.
#[must_use]
pub fn known_figure(key: &str) -> Option<&'static Figure> {
    table().get(key.strip_prefix(PREFIX)?)
}

/// Every figure of the table, by name.
pub fn figures() -> impl Iterator<Item = &'static Figure> {
    table().values()
}

/// A figure as it holds for a plan: the plan's own, else the table's.
pub(super) fn figure(plan: &Plan, name: &str) -> Option<f64> {
    let own = || plan.thresholds.get(&format!("{PREFIX}{name}")).copied();
    let own = if plan.thresholds.is_empty() { None } else { own() };
    own.or_else(|| table().get(name).map(|figure| figure.value))
}

/// A figure that the table has for every plan; zero where it has none, which a test excludes.
pub(super) fn general(plan: &Plan, name: &str) -> f64 {
    figure(plan, name).unwrap_or_default()
}

/// A figure of the plan's edition.
pub(super) fn of_edition(plan: &Plan, name: &str) -> Option<f64> {
    figure(plan, &format!("{name}.{}", edition(plan)?))
}

/// What the plan's add-ons bring of something. Add-ons that the table does not name bring nothing of it.
pub(super) fn of_add_ons(plan: &Plan, name: &str) -> f64 {
    let brings = |(add_on, units): (&String, &u32)| {
        figure(plan, &format!("{name}.{}", slug(add_on))).map(|each| each * f64::from(*units))
    };
    plan.org.add_ons.iter().filter_map(brings).sum()
}

/// The plan's edition as the table spells it: "Enterprise Edition" is `enterprise`.
pub(super) fn edition(plan: &Plan) -> Option<String> {
    let edition = slug(&plan.org.edition);
    let edition = edition.strip_suffix("-edition").unwrap_or(&edition);
    (!edition.is_empty()).then(|| edition.to_owned())
}

/// Whether the table, or the plan itself, knows the plan's edition.
pub(super) fn knows_edition(plan: &Plan) -> bool {
    ["api-calls-flat", "api-calls-base"].iter().any(|name| of_edition(plan, name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_each_figure_says_what_it_is() {
        let figures = read(TABLE).unwrap();
        assert_eq!(figures.len(), table().len(), "a name stands twice");
        for figure in &figures {
            assert!(!figure.unit.is_empty() && !figure.source.is_empty(), "{}", figure.name);
            assert!(figure.value.is_finite() && figure.value >= 0.0, "{}", figure.name);
            assert!(figure.collected.year() >= 2024, "{}", figure.name);
        }
    }

    #[test]
    fn a_plan_changes_a_figure_and_adds_one_for_an_edition_of_its_own() {
        let mut plan = Plan::default();
        assert_eq!(figure(&plan, "composite-records"), Some(200.0));
        plan.thresholds.insert("limits.composite-records".to_owned(), 100.0);
        assert_eq!(figure(&plan, "composite-records"), Some(100.0));
        plan.org.edition = "Other Edition".to_owned();
        assert_eq!(of_edition(&plan, "event-deliveries"), None);
        plan.thresholds.insert("limits.event-deliveries.other".to_owned(), 7.0);
        assert_eq!(of_edition(&plan, "event-deliveries"), Some(7.0));
    }

    #[test]
    fn the_table_has_what_holds_for_every_edition() {
        let names = [
            "composite-records",
            "bulk-calls-per-run",
            "bulk-records-per-batch",
            "bulk-batches",
            "query-page-records",
            "cdc-objects",
            "storage-base-gb",
            "record-kb",
            "api-version-newest",
            "api-version-newest-year",
            "api-version-newest-month",
            "api-version-months-apart",
            "api-version-supported-years",
        ];
        for name in names {
            assert!(general(&Plan::default(), name) > 0.0, "{name}");
        }
    }

    #[test]
    fn a_changed_figure_is_known_by_its_key() {
        let figure = known_figure("limits.record-kb").unwrap();
        assert_eq!((figure.value, figure.unit.as_str()), (2.0, "KB a record"));
        assert!(known_figure("record-kb").is_none());
        assert!(known_figure("limits.nothing").is_none());
    }
}
