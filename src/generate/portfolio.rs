//! Made-up facts of the portfolio: what systems can do, what they cost, how long they last, what people
//! answered about them; and flows of which nobody said what they carry or are worth.

use std::sync::Arc;

use super::random::Random;
use crate::model::{Answer, Disposition, Flow, Plan, Question, System, ValueKind};

const CAPABILITIES: [&str; 16] = [
    "campaigns",
    "cases",
    "contacts",
    "contracts",
    "dispatch",
    "forecasts",
    "invoicing",
    "loyalty",
    "orders",
    "payroll",
    "planning",
    "pricing",
    "purchasing",
    "quotes",
    "reporting",
    "stock",
];

/// Units for which a capability is there; mostly it is there for everybody.
const UNITS: [&str; 2] = ["North", "South"];

/// Adds to what is there; it draws last, so that the rest of a plan stays as it was.
pub(super) fn add(plan: &mut Plan, random: &mut Random) {
    for question in [Question::Simplify, Question::Budget, Question::TimePressure] {
        if let Some(answer) = answer(random).filter(|_| random.chance(80)) {
            plan.answers.insert(question, answer);
        }
    }
    let fields = plan.systems.len() / 20;
    for system in plan.systems.values_mut().filter(|system| !system.is_hub()) {
        add_capabilities(Arc::make_mut(system), fields, random);
        add_to_system(Arc::make_mut(system), random);
    }
    for flow in plan.flows.values_mut() {
        add_to_flow(Arc::make_mut(flow), random);
    }
}

/// Up to two capabilities; a large organisation has each of them in several fields.
fn add_capabilities(system: &mut System, fields: usize, random: &mut Random) {
    for _ in 0..random.below(3) {
        let unit = random.pick(&UNITS).filter(|_| random.chance(40)).copied().unwrap_or_default();
        let name = random.pick(&CAPABILITIES).copied().unwrap_or_default();
        let name = if fields > 0 { format!("{name} {}", 1 + random.below(fields)) } else { name.to_owned() };
        system.capabilities.insert(name, unit.to_owned());
    }
}

fn add_to_system(system: &mut System, random: &mut Random) {
    system.standalone = random.chance(5);
    system.end_of_support = year(random).filter(|_| random.chance(20));
    system.run_cost_year = random.chance(60).then(|| 1_000.0 * (5 + random.below(300)) as f64);
    system.contract_end = year(random).filter(|_| random.chance(40));
    if random.chance(40) {
        let answers = Question::ALL.iter().filter_map(|&question| Some((question, answer(random)?)));
        system.assessment.answers = answers.collect();
    }
    let is_decided = system.disposition != Disposition::Undecided;
    if is_decided && random.chance(20) {
        "Decided by the board.".clone_into(&mut system.assessment.override_reason);
    }
}

fn add_to_flow(flow: &mut Flow, random: &mut Random) {
    flow.value_kind = random.pick(ValueKind::ALL).copied().filter(|_| random.chance(15));
    if random.chance(1) {
        flow.carries.clear();
    }
}

fn year(random: &mut Random) -> Option<crate::model::Date> {
    format!("{}", 2027 + random.below(4)).parse().ok()
}

/// An answer, or none.
fn answer(random: &mut Random) -> Option<Answer> {
    let value = u8::try_from(random.below(7)).ok()?;
    Answer::new(value)
}
