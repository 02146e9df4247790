//! Writing what was read gives the same text, whatever people type into a plan.

use std::sync::Arc;

use proptest::prelude::*;

use super::normal::normalised;
use super::{read, write};
use crate::generate;
use crate::model::{DataDomain, DomainId, Flow, FlowId, Payload, Plan, System, SystemId};

/// Texts that have broken files before.
fn nasty_text() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "\"#, name: \"x",
        "r#\"raw\"#",
        "\\",
        "line\nnext\r\nlast\ttab",
        "<<<<<<< HEAD",
        "\n=======\n",
        "/* // */",
        "\u{feff}\u{200b}\u{202e}gnp.exe",
        "\0",
        "format: 2, inf NaN 1e400",
        "顧客 👩‍👩‍👧 é",
        "today",
        "",
    ]);
    prop_oneof![known.prop_map(str::to_owned), any::<String>()]
}

fn plan_of(texts: &[String], number: f64) -> Plan {
    let text = |index: usize| texts[index % texts.len()].as_str();
    let mut plan = Plan { notes: text(1).to_owned(), client: text(2).to_owned(), ..Plan::named(text(0)) };
    plan.thresholds.insert(text(3).to_owned(), number);
    let system = System {
        availability: Some(number),
        notes: text(5).to_owned(),
        capabilities: texts.iter().map(|text| (text.clone(), text.clone())).collect(),
        ..System::named(text(4))
    };
    plan.systems.insert(SystemId::new(text(6)), Arc::new(system));
    plan.domains.insert(DomainId::new(text(7)), Arc::new(DataDomain::named(text(8))));
    let mut flow = Flow::between(SystemId::new(text(6)), SystemId::new(text(9)));
    flow.carries = texts.iter().map(|text| Payload::of(DomainId::new(text))).collect();
    flow.via = texts.iter().map(|text| SystemId::new(text)).collect();
    plan.flows.insert(FlowId::new(text(10)), Arc::new(flow));
    plan
}

proptest! {
    #[test]
    fn any_text_and_number_comes_back(
        texts in prop::collection::vec(nasty_text(), 1..12),
        number in prop::num::f64::NORMAL | prop::num::f64::ZERO,
    ) {
        let text = write(&plan_of(&texts, number));
        let plan = read(&text).unwrap();
        prop_assert_eq!(write(&plan), text);
    }

    #[test]
    fn any_landscape_comes_back(systems in 0_usize..40, seed in any::<u64>()) {
        let plan = generate::plan(systems, seed);
        let text = write(&plan);
        let back = read(&text).unwrap();
        prop_assert_eq!(write(&back), text);
        prop_assert_eq!(back, normalised(&plan));
    }

    #[test]
    fn no_text_makes_reading_panic(text in any::<String>()) {
        let _ = read(&text);
        let _ = read(&format!("(format: 1, {text})"));
    }
}

#[test]
fn a_text_may_look_like_anything() {
    let plan = Plan { notes: "<<<<<<<\n\0\u{feff}".to_owned(), ..Plan::named("Some(\"x\")") };
    assert_eq!(read(&write(&plan)), Ok(plan));
}
