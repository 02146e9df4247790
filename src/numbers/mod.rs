//! The row of numbers from today to the target: what people compare stages by.

use serde_json::{Map, Value, json};

use crate::landscape::Structure;
use crate::rules::Facts;

/// Where a measure's figure comes from, and so how it is written.
#[derive(Debug)]
pub enum Figure {
    /// A whole number.
    Count(fn(&Structure) -> usize),
    /// A share of 1, written in percent; absent where there is nothing to have a share of.
    Share(fn(&Structure) -> Option<f64>),
}

/// One measure of the row.
#[derive(Debug)]
pub struct Measure {
    /// Its name in machine formats.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it counts, for tooltips and documents.
    pub meaning: &'static str,
    /// Whether less of it is better; where not, neither is.
    pub is_better_low: bool,
    /// Where its figure comes from.
    pub figure: Figure,
}

use Figure::{Count, Share};

/// Every measure, in the order in which it is shown.
pub const MEASURES: &[Measure] = &[
    measure("systems", "Systems", "Systems that stand, hubs not counted", false, Count(|s| s.systems)),
    measure("hubs", "Hubs", "Integration platforms and event buses", false, Count(|s| s.hubs)),
    measure("flows", "Flows", "Flows of which both ends and all hubs stand", false, Count(|s| s.flows)),
    measure("links", "Links", "Pairs of systems or hubs that are connected", true, Count(|s| s.links)),
    measure(
        "direct_links",
        "Direct links",
        "Pairs of systems connected without a hub",
        true,
        Count(|s| s.direct_links),
    ),
    measure(
        "direct_systems",
        "Systems with direct links",
        "Systems that have a link without a hub",
        true,
        Count(|s| s.direct_systems),
    ),
    measure(
        "fill",
        "Fill",
        "Direct links as a share of all pairs of the systems that have one",
        true,
        Share(Structure::fill),
    ),
    measure("mappings", "Mappings", "Places where a data format is translated", true, Count(|s| s.mappings)),
    measure(
        "domains_with_several_writers",
        "Domains with several writers",
        "Data domains that more than one system changes",
        true,
        Count(|s| s.domains_with_several_writers),
    ),
    measure(
        "contested_domains",
        "Contested domains",
        "Data domains of which no claim decides or no rule says who wins",
        true,
        Count(|s| s.contested_domains),
    ),
    measure(
        "propagation_cost",
        "Propagation cost",
        "Share of ordered pairs of systems in which a change of one can reach the other, each system itself \
         included; flows via a canonical hub do not pass it on",
        true,
        Share(|s| (s.systems > 1).then_some(s.propagation_cost)),
    ),
    measure(
        "largest_cyclic_group",
        "Largest cyclic group",
        "Systems that all depend on each other, directly or not",
        true,
        Count(|s| s.largest_cyclic_group),
    ),
];

const fn measure(
    key: &'static str,
    label: &'static str,
    meaning: &'static str,
    is_better_low: bool,
    figure: Figure,
) -> Measure {
    Measure { key, label, meaning, is_better_low, figure }
}

impl Measure {
    /// The figure at a stage; absent where there is none.
    #[must_use]
    pub fn value(&self, structure: &Structure) -> Option<f64> {
        match self.figure {
            Count(count) => Some(count(structure) as f64),
            Share(share) => share(structure),
        }
    }

    /// The figure as people read it: `12`, `41 %`, `–` where there is none.
    #[must_use]
    pub fn text(&self, structure: &Structure) -> String {
        match (&self.figure, self.value(structure)) {
            (_, None) => "–".to_owned(),
            (Count(_), Some(value)) => format!("{value:.0}"),
            (Share(_), Some(value)) => format!("{:.0} %", value * 100.0),
        }
    }
}

/// The numbers of every stage, from today to the target.
#[must_use]
pub fn row<'a>(facts: &'a Facts<'_>) -> Vec<&'a Structure> {
    (0..facts.stages.len()).map(|at| facts.structure(at)).collect()
}

/// The row for machines: an object of numbers for each stage, in order.
#[must_use]
pub fn row_as_json(facts: &Facts<'_>) -> Value {
    let stages = facts.index.timeline.stages().iter().zip(row(facts));
    let objects = stages.map(|(stage, structure)| {
        let figures =
            MEASURES.iter().map(|measure| (measure.key.to_owned(), json_figure(measure, structure)));
        let mut numbers: Map<String, Value> = figures.collect();
        numbers.insert("shape".to_owned(), json!(structure.shape.word()));
        let cut_points = structure.cut_points.iter().map(|&place| facts.index.systems[place].id.as_str());
        numbers.insert("cut_points".to_owned(), cut_points.collect());
        (stage.to_string(), Value::Object(numbers))
    });
    Value::Object(objects.collect())
}

fn json_figure(measure: &Measure, structure: &Structure) -> Value {
    match (&measure.figure, measure.value(structure)) {
        (_, None) => Value::Null,
        (Count(count), _) => json!(count(structure)),
        // Shares have three decimals, so that the last bits of a division are no difference.
        (Share(_), Some(share)) => json!((share * 1000.0).round() / 1000.0),
    }
}
