//! The closed set of edits, and the one place that applies them.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use crate::model::{
    Aim, Answer, Area, AreaId, DataDomain, Date, Decision, DecisionId, DomainId, Element, Flow, FlowId, Org,
    Plan, Position, Question, System, SystemId, Waiver, WaiverId, Wave, WaveId,
};

/// What happens to one element.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<T> {
    /// A new element with an id that is not taken.
    Add(T),
    /// The element as it is from now on.
    Set(T),
    /// The element goes. What refers to it stays and shows as a gap.
    Remove,
}

/// One change to a plan.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A system.
    System(SystemId, Box<Change<System>>),
    /// A flow.
    Flow(FlowId, Box<Change<Flow>>),
    /// A data domain.
    Domain(DomainId, Box<Change<DataDomain>>),
    /// A wave.
    Wave(WaveId, Box<Change<Wave>>),
    /// A named region of the drawing.
    Area(AreaId, Box<Change<Area>>),
    /// A decision record.
    Decision(DecisionId, Box<Change<Decision>>),
    /// An accepted finding.
    Waiver(WaiverId, Box<Change<Waiver>>),
    /// Where a card stands; `None` lets it be arranged again.
    Place(SystemId, Option<Position>),
    /// Whether *Arrange* leaves a card where it is.
    Pin(SystemId, bool),
    /// The plan's name.
    Name(String),
    /// For whom it is.
    Client(String),
    /// Who wrote it.
    Author(String),
    /// The day on which it is true.
    AsOf(Option<Date>),
    /// The gate that it works towards.
    Aim(Aim),
    /// The platform that systems move into or connect to.
    FocalSystem(Option<SystemId>),
    /// What readers should know first.
    Notes(String),
    /// A threshold; `None` is the default.
    Threshold(String, Option<f64>),
    /// An answer that holds for every system that has none of its own.
    Answer(Question, Option<Answer>),
    /// The weight of a question for a disposition; `None` is the proposed one.
    Weight(String, Option<f64>),
    /// The first year that is counted.
    BaseYear(Option<u16>),
    /// The focal system's subscription.
    Org(Box<Org>),
    /// Everything: an earlier version, a merge, a decided conflict.
    Plan(Box<Plan>),
}

/// Why a step was not taken. Nothing of it was applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The element is not in the plan.
    #[error("the plan has no {element} {id}; it may have been deleted meanwhile")]
    Absent {
        /// The element's kind.
        element: &'static str,
        /// Its id.
        id: String,
    },
    /// The id is taken.
    #[error("the plan already has a {element} {id}; choose another id")]
    Taken {
        /// The element's kind.
        element: &'static str,
        /// Its id.
        id: String,
    },
    /// The name is empty.
    #[error("a {element} needs a name")]
    NoName {
        /// The element's kind.
        element: &'static str,
    },
    /// A number that cannot be written to a plan file.
    #[error("{field} must be a finite number")]
    NotFinite {
        /// What it is the number of.
        field: String,
    },
}

/// Applies edits in order to a copy of the plan: all of them or none.
pub fn apply(plan: &Plan, edits: impl IntoIterator<Item = Edit>) -> Result<Plan, EditError> {
    let mut plan = plan.clone();
    for edit in edits {
        apply_one(&mut plan, edit)?;
    }
    Ok(plan)
}

fn apply_one(plan: &mut Plan, edit: Edit) -> Result<(), EditError> {
    match edit {
        Edit::System(id, change) => {
            named::<System>(&change, |system| &system.name)?;
            change_element(&mut plan.systems, id, *change)?;
        }
        Edit::Flow(id, change) => change_element(&mut plan.flows, id, sorted(*change))?,
        Edit::Domain(id, change) => {
            named::<DataDomain>(&change, |domain| &domain.name)?;
            change_element(&mut plan.domains, id, *change)?;
        }
        Edit::Wave(id, change) => {
            named::<Wave>(&change, |wave| &wave.name)?;
            change_element(&mut plan.waves, id, *change)?;
        }
        Edit::Area(id, change) => {
            named::<Area>(&change, |area| &area.name)?;
            change_element(&mut plan.areas, id, *change)?;
        }
        Edit::Decision(id, change) => {
            named::<Decision>(&change, |decision| &decision.title)?;
            change_element(&mut plan.decisions, id, *change)?;
        }
        Edit::Waiver(id, change) => change_element(&mut plan.waivers, id, *change)?,
        Edit::Place(id, position) => set_or_remove(&mut plan.drawing.positions, id, position),
        Edit::Pin(id, true) => drop(plan.drawing.pinned.insert(id)),
        Edit::Pin(id, false) => drop(plan.drawing.pinned.remove(&id)),
        Edit::Name(name) => plan.name = name,
        Edit::Client(client) => plan.client = client,
        Edit::Author(author) => plan.author = author,
        Edit::AsOf(date) => plan.as_of = date,
        Edit::Aim(aim) => plan.aim = aim,
        Edit::FocalSystem(id) => plan.focal_system = id,
        Edit::Notes(notes) => plan.notes = notes,
        Edit::Threshold(key, value) => set_number(&mut plan.thresholds, key, value)?,
        Edit::Answer(question, answer) => set_or_remove(&mut plan.answers, question, answer),
        Edit::Weight(key, value) => set_number(&mut plan.weights, key, value)?,
        Edit::BaseYear(year) => plan.base_year = year,
        Edit::Org(org) => plan.org = *org,
        Edit::Plan(whole) => *plan = *whole,
    }
    Ok(())
}

/// Payloads stand in the order in which they are written, so that the same flow is the same bytes.
fn sorted(mut change: Change<Flow>) -> Change<Flow> {
    if let Change::Add(flow) | Change::Set(flow) = &mut change {
        flow.carries.sort();
        flow.carries.dedup();
    }
    change
}

fn named<T: Element>(change: &Change<T>, name: impl Fn(&T) -> &String) -> Result<(), EditError> {
    match change {
        Change::Add(element) | Change::Set(element) if name(element).trim().is_empty() => {
            Err(EditError::NoName { element: T::WORD })
        }
        _ => Ok(()),
    }
}

fn change_element<K: Ord + Display, T: Element>(
    elements: &mut BTreeMap<K, Arc<T>>,
    id: K,
    change: Change<T>,
) -> Result<(), EditError> {
    match (change, elements.contains_key(&id)) {
        (Change::Add(_), true) => return Err(EditError::Taken { element: T::WORD, id: id.to_string() }),
        (Change::Set(_) | Change::Remove, false) => {
            return Err(EditError::Absent { element: T::WORD, id: id.to_string() });
        }
        (Change::Add(element) | Change::Set(element), _) => drop(elements.insert(id, Arc::new(element))),
        (Change::Remove, true) => drop(elements.remove(&id)),
    }
    Ok(())
}

fn set_number(map: &mut BTreeMap<String, f64>, field: String, value: Option<f64>) -> Result<(), EditError> {
    if value.is_some_and(|value| !value.is_finite()) {
        return Err(EditError::NotFinite { field });
    }
    set_or_remove(map, field, value);
    Ok(())
}

fn set_or_remove<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => drop(map.insert(key, value)),
        None => drop(map.remove(&key)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_with_one_impossible_edit_changes_nothing() {
        let plan = Plan::named("Test");
        let edits = [
            Edit::System("erp".into(), Box::new(Change::Add(System::named("ERP")))),
            Edit::System("crm".into(), Box::new(Change::Remove)),
        ];
        let error = apply(&plan, edits).unwrap_err();
        assert_eq!(error.to_string(), "the plan has no system crm; it may have been deleted meanwhile");
        assert!(plan.systems.is_empty());
    }

    #[test]
    fn a_system_without_a_name_and_a_taken_id_are_refused() {
        let add = |name: &str| Edit::System("erp".into(), Box::new(Change::Add(System::named(name))));
        let plan = apply(&Plan::default(), [add("ERP")]).unwrap();
        assert_eq!(apply(&plan, [add("  ")]), Err(EditError::NoName { element: "system" }));
        assert_eq!(apply(&plan, [add("ERP")]), Err(EditError::Taken { element: "system", id: "erp".into() }));
    }
}
