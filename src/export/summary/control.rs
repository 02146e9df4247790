//! Document control: which plan, of when, by whom, and with which thresholds.

use crate::export::fingerprint;
use crate::limits;
use crate::model::{Aim, Plan};
use crate::plan_file;
use crate::rules;

use super::phrases::{NOT_KNOWN, or_not_known};
use super::{Block, Source, fact};

pub(super) fn blocks(source: Source<'_, '_>) -> Vec<Block> {
    let plan = source.facts.plan();
    let as_of = plan.as_of.map_or(NOT_KNOWN.to_owned(), |date| date.to_string());
    let focal = if plan.focal_system.is_some() { plan.focal_name() } else { "none chosen" };
    let version = format!("Hybridscape {}", env!("CARGO_PKG_VERSION"));
    let thresholds: Vec<_> = plan.thresholds.iter().map(|(key, value)| threshold(key, *value)).collect();
    let thresholds = if thresholds.is_empty() { "none".to_owned() } else { thresholds.join("; ") };
    vec![Block::Facts(vec![
        fact("Plan", &plan.name),
        fact("Client", or_not_known(&plan.client)),
        fact("Author", or_not_known(&plan.author)),
        fact("True as of", as_of),
        fact("Works towards", aim(plan.aim)),
        fact("Focal system", focal),
        fact("Made with", version),
        fact("Plan file, SHA-256", plan_fingerprint(plan)),
        fact("Changed thresholds", thresholds),
    ])]
}

/// Of the canonical form, which is what a saved plan file holds.
fn plan_fingerprint(plan: &Plan) -> String {
    fingerprint(&plan_file::write(plan))
}

const fn aim(aim: Aim) -> &'static str {
    match aim {
        Aim::Draft => "a draft: anything goes",
        Aim::Review => "the review that decides on it",
        Aim::Build => "the build",
        Aim::Cutover => "the cutover",
    }
}

fn threshold(key: &str, value: f64) -> String {
    let known = key.split_once('.').and_then(|(rule, name)| {
        rules::find(rule)?.thresholds.iter().find(|threshold| threshold.name == name)
    });
    let known = known.map(|known| (known.unit, known.default));
    match known.or_else(|| limits::known_figure(key).map(|known| (known.unit.as_str(), known.value))) {
        Some((unit, default)) => format!("{key}: {value} {unit} (default {default})"),
        None if key.starts_with("limits.") => format!("{key}: {value} (not in the table of limits)"),
        None => format!("{key}: {value} (no rule knows this threshold)"),
    }
}

#[cfg(test)]
mod tests {
    use super::threshold;

    #[test]
    fn a_changed_figure_is_told_with_what_it_counts_and_its_default() {
        assert_eq!(threshold("api-budget.warning", 50.0), "api-budget.warning: 50 % (default 70)");
        assert_eq!(
            threshold("limits.composite-records", 100.0),
            "limits.composite-records: 100 records a call (default 200)"
        );
        assert_eq!(threshold("limits.golden", 1.0), "limits.golden: 1 (not in the table of limits)");
        assert_eq!(threshold("golden.bar", 1.0), "golden.bar: 1 (no rule knows this threshold)");
    }
}
