//! The row of numbers from today to the target: what people compare stages by.

use serde_json::{Map, Value, json};

use crate::landscape::Structure;
use crate::limits::{Budget, Usage};
use crate::rules::{Facts, StageNumbers};

/// Where a measure's figure comes from, and so how it is written.
#[derive(Debug)]
pub enum Figure {
    /// A whole number.
    Count(fn(&Structure) -> usize),
    /// A share of 1, written in percent; absent where there is nothing to have a share of.
    Share(fn(&Structure) -> Option<f64>),
    /// What is used of a limit of the focal system, written with its share of the limit; absent where the
    /// plan has no focal system, and told as unknown where volumes or limits are.
    Budget(fn(&Usage) -> &Budget),
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
        "Pairs of systems connected without a hub, each product of a suite by itself",
        true,
        Count(|s| s.direct_links),
    ),
    measure(
        "direct_systems",
        "Systems with direct links",
        "Systems that have a direct link",
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
    measure(
        "api_calls",
        "API calls a day",
        "Calls that flows make at the focal system, and their share of what its subscription allows; ≥ where \
         volumes are not known",
        true,
        Figure::Budget(|usage| &usage.calls),
    ),
    measure(
        "event_deliveries",
        "Event deliveries a day",
        "Events that leave the focal system, counted for each subscriber outside, and their share of what \
         its subscription allows; ≥ where volumes are not known",
        true,
        Figure::Budget(|usage| &usage.deliveries),
    ),
    measure(
        "bulk_batches",
        "Bulk batches a day",
        "Batches that flows load through the bulk interface of the focal system, and their share of what it \
         allows; ≥ where volumes are not known",
        true,
        Figure::Budget(|usage| &usage.bulk_batches),
    ),
    measure(
        "storage_gb",
        "Storage, GB",
        "Data in the focal system: what is used today and the records that have moved in, and its share of \
         what its subscription allows; ≥ where numbers of records are not known",
        true,
        Figure::Budget(|usage| &usage.storage_gb),
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
    /// The figure at a stage; absent where there is none or not all of it is known.
    #[must_use]
    pub fn value(&self, numbers: &StageNumbers) -> Option<f64> {
        match self.figure {
            Count(count) => Some(count(&numbers.structure) as f64),
            Share(share) => share(&numbers.structure),
            Figure::Budget(budget) => budget(numbers.usage.as_ref()?).total(),
        }
    }

    /// The figure as people read it: `12`, `41 %`, `180044 (43 %)`, `≥ 12`, `–` where there is none.
    #[must_use]
    pub fn text(&self, numbers: &StageNumbers) -> String {
        match (&self.figure, self.value(numbers)) {
            (Figure::Budget(budget), _) => {
                numbers.usage.as_ref().map_or_else(|| "–".to_owned(), |usage| budget_in_words(budget(usage)))
            }
            (_, None) => "–".to_owned(),
            (Count(_), Some(value)) => format!("{value:.0}"),
            (Share(_), Some(value)) => format!("{:.0} %", value * 100.0),
        }
    }
}

fn budget_in_words(budget: &Budget) -> String {
    if budget.known == 0 && budget.unknown > 0 {
        return "unknown".to_owned();
    }
    let at_least = if budget.unknown > 0 { "≥ " } else { "" };
    let decimals = usize::from(budget.used.fract() != 0.0);
    let share = budget.share().map(|share| format!(" ({:.0} %)", share * 100.0)).unwrap_or_default();
    format!("{at_least}{:.decimals$}{share}", budget.used)
}

/// The numbers of every stage, from today to the target.
#[must_use]
pub fn row(facts: &Facts<'_>) -> Vec<StageNumbers> {
    (0..facts.stages.len()).map(|at| facts.numbers(at)).collect()
}

/// The row for machines: an object of numbers for each stage, in order.
#[must_use]
pub fn row_as_json(facts: &Facts<'_>) -> Value {
    let stages = facts.index.timeline.stages().iter().zip(row(facts));
    let objects = stages.map(|(stage, stage_numbers)| {
        let mut numbers = Map::new();
        for measure in MEASURES {
            numbers.insert(measure.key.to_owned(), json_figure(measure, &stage_numbers));
            if let (Figure::Budget(budget), Some(usage)) = (&measure.figure, &stage_numbers.usage) {
                numbers.insert(format!("{}_allowed", measure.key), json!(budget(usage).allowed));
            }
        }
        let structure = &stage_numbers.structure;
        numbers.insert("shape".to_owned(), json!(structure.shape.word()));
        let cut_points = structure.cut_points.iter().map(|&place| facts.index.systems[place].id.as_str());
        numbers.insert("cut_points".to_owned(), cut_points.collect());
        (stage.to_string(), Value::Object(numbers))
    });
    Value::Object(objects.collect())
}

fn json_figure(measure: &Measure, numbers: &StageNumbers) -> Value {
    match (&measure.figure, measure.value(numbers)) {
        (_, None) => Value::Null,
        (Count(count), _) => json!(count(&numbers.structure)),
        // Three decimals, so that the last bits of a division are no difference.
        (Share(_) | Figure::Budget(_), Some(figure)) => json!((figure * 1000.0).round() / 1000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::parse_sketch;

    fn told(key: &str, text: &str) -> String {
        let plan = parse_sketch(text).plan;
        let facts = Facts::new(&plan);
        let measure = MEASURES.iter().find(|measure| measure.key == key).unwrap();
        measure.text(row(&facts).last().unwrap())
    }

    #[test]
    fn what_is_used_of_a_limit_is_told_as_far_as_it_is_known() {
        let flow = "erp -> sf : order | mechanism rest, records_per_day 5000";
        let org = "plan: org.edition Developer";
        assert_eq!(told("api_calls", flow), "–");
        assert_eq!(told("api_calls", &format!("focal sf \n {flow}")), "5000");
        assert_eq!(told("api_calls", &format!("focal sf \n {org} \n {flow}")), "5000 (33 %)");
        let more = format!("focal sf \n {org} \n {flow} \n crm -> sf : case");
        assert_eq!(told("api_calls", &more), "≥ 5000 (33 %)");
        assert_eq!(told("api_calls", &format!("focal sf \n {org} \n crm -> sf : case")), "unknown");
        assert_eq!(told("event_deliveries", &more), "0 (0 %)");
        assert_eq!(told("storage_gb", &more), "unknown");
    }

    #[test]
    fn machines_get_null_for_what_is_not_known_and_the_limit_beside_it() {
        let plan = parse_sketch("focal sf \n plan: org.edition Developer \n crm -> sf : case").plan;
        let row = row_as_json(&Facts::new(&plan));
        assert_eq!(row["target"]["api_calls"], Value::Null);
        assert_eq!(row["target"]["api_calls_allowed"], json!(15_000.0));
        assert_eq!(row["target"]["event_deliveries"], json!(0.0));
    }
}
