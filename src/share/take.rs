//! Taking single things from another plan: a field, an element, or everything that is different. What would
//! leave a reference to nothing is refused with a sentence.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::Changed;
use super::place::{Place, place_text};
use super::references::references;
use super::schema;
use super::tree::{Tree, TreeError};
use super::words::Names;
use crate::model::Plan;

/// Why nothing was taken. The plan is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TakeError {
    /// What is taken refers to what this plan does not have.
    #[error("{who} refers to {what}, which this plan does not have; take {what} first")]
    NotHere {
        /// What refers.
        who: String,
        /// To what.
        what: String,
    },
    /// What would go is still referred to.
    #[error("{who} still refers to {what}, which the other plan does not have; take {who} first")]
    StillUsed {
        /// What refers.
        who: String,
        /// To what.
        what: String,
    },
    /// The values do not fit together.
    #[error("this cannot be taken alone ({0}); take more of it")]
    NoFit(#[from] TreeError),
}

/// Takes what another plan says at some places, as [`Changed::places`] names them. What it does not say there
/// goes. Cards of systems that come or go come or go with them.
pub fn take(ours: &Plan, theirs: &Plan, places: &[String]) -> Result<Plan, TakeError> {
    let (our_tree, their_tree) = (Tree::of(ours)?, Tree::of(theirs)?);
    let mut tree = our_tree.clone();
    for place in places {
        let place = Place::from_text(place);
        let names: Vec<_> = place.names().iter().map(String::as_str).collect();
        take_at(&mut tree, Some(&their_tree), &names);
        if let ["systems", id] = names[..]
            && !(ours.systems.contains_key(id) && theirs.systems.contains_key(id))
        {
            take_card(&mut tree, &their_tree, id);
        }
    }
    refuse_new_gaps((&our_tree, Names::of(ours)), (&their_tree, Names::of(theirs)), &tree)?;
    Ok(tree.plan()?)
}

/// Takes everything that is different but the drawing; cards that both plans have stay where they are.
pub fn take_all(ours: &Plan, theirs: &Plan, changes: &[Changed]) -> Result<Plan, TakeError> {
    let whole = |changed: &Changed, place: &String| {
        let place = Place::from_text(place);
        let depth = if changed.part.is_empty() { 1 } else { 2 };
        place_text(&place.names().iter().take(depth).map(String::as_str).collect::<Vec<_>>())
    };
    let places = changes.iter().flat_map(|changed| changed.places.iter().map(|place| whole(changed, place)));
    let places: BTreeSet<_> = places.collect();
    take(ours, theirs, &places.into_iter().collect::<Vec<_>>())
}

/// Makes a place below our tree what it is in theirs. Fields that held nothing but it go with it where
/// theirs has none.
fn take_at(ours: &mut Tree, theirs: Option<&Tree>, names: &[&str]) {
    let [name, rest @ ..] = names else { return };
    let there = theirs.and_then(|tree| tree.get(name));
    let Some(entries) = ours.entries_mut() else { return };
    if rest.is_empty() {
        match there {
            Some(value) => drop(entries.insert((*name).to_owned(), value.clone())),
            None => drop(entries.remove(*name)),
        }
        return;
    }
    let inner = entries.entry((*name).to_owned()).or_insert_with(|| Tree::Map(BTreeMap::new()));
    take_at(inner, there, rest);
    if there.is_none() && inner.entries().is_some_and(BTreeMap::is_empty) {
        entries.remove(*name);
    }
}

/// The card of a system comes with it where a person placed it, and goes with it.
fn take_card(ours: &mut Tree, theirs: &Tree, id: &str) {
    let is_there = theirs.get("systems").is_some_and(|systems| systems.get(id).is_some());
    take_at(ours, is_there.then_some(theirs), &["drawing", "positions", id]);
    let pinned =
        ours.entries_mut().and_then(|plan| plan.get_mut("drawing")?.entries_mut()?.get_mut("pinned"));
    if let Some(Tree::List(pinned)) = pinned {
        pinned.retain(|card| is_there || card.text() != Some(id));
    }
}

/// A part of the plan and an id that it does not have, and who refers to it.
type Gap = (&'static str, String, String);

/// References to what a plan does not have.
fn gaps(tree: &Tree) -> BTreeSet<Gap> {
    let mut gaps = BTreeSet::new();
    references(tree, &mut Vec::new(), &mut |part, id, names| {
        let is_stage = part == "waves" && matches!(id, "today" | "target");
        let is_there = tree.get(part).is_some_and(|part| part.get(id).is_some());
        if !is_stage && !is_there && !schema::is_drawn(names) {
            gaps.insert((part, id.to_owned(), place_text(names)));
        }
    });
    gaps
}

/// Refuses a plan with references to nothing that neither of the two plans has.
fn refuse_new_gaps(
    (our_tree, our_names): (&Tree, Names<'_>),
    (their_tree, their_names): (&Tree, Names<'_>),
    tree: &Tree,
) -> Result<(), TakeError> {
    let (our_gaps, their_gaps) = (gaps(our_tree), gaps(their_tree));
    let new = gaps(tree).into_iter().find(|gap| !our_gaps.contains(gap) && !their_gaps.contains(gap));
    let Some((part, id, place)) = new else { return Ok(()) };
    let was_here = our_tree.get(part).is_some_and(|part| part.get(&id).is_some());
    let names = if was_here { our_names } else { their_names };
    let (who, what) = (referrer(names, &place), names.element(part, &id));
    Err(if was_here { TakeError::StillUsed { who, what } } else { TakeError::NotHere { who, what } })
}

/// What people call the element in which a place stands.
fn referrer(names: Names<'_>, place: &str) -> String {
    match Place::from_text(place).names() {
        [part, id, ..] => names.element(part, id),
        [field] => format!("The plan's {}", names.field(&[field])),
        [] => "The plan".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan_file::read;
    use crate::share::difference;

    fn plan(inside: &str) -> Plan {
        read(&format!("(format: 1, name: \"Shop\", {inside})")).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Both plans have an ERP; only theirs has a shop that it feeds.
    fn ours_and_theirs() -> [Plan; 2] {
        let ours = plan(r#"systems: {"erp": (name: "ERP", disposition: "retire")}"#);
        let theirs = plan(
            r#"systems: {"erp": (name: "ERP", migration: (wave: "w1", into: "shop")), "shop": (name: "Shop")},
            flows: {"feed": (from: "erp", to: "shop")}, waves: {"w1": (name: "Spring")},
            drawing: (positions: {"shop": (40, 50)})"#,
        );
        [ours, theirs]
    }

    fn place(text: &str) -> Vec<String> {
        vec![text.to_owned()]
    }

    #[test]
    fn a_field_and_an_element_are_taken_alone_and_nothing_else_is() {
        let [ours, theirs] = ours_and_theirs();
        let taken = take(&ours, &theirs, &place("systems/erp/disposition")).unwrap();
        assert_eq!(taken.systems["erp"].disposition, crate::model::Disposition::Undecided);
        assert_eq!(taken.systems.len(), 1);
        let taken = take(&ours, &theirs, &place("systems/shop")).unwrap();
        assert_eq!(taken.systems["shop"], theirs.systems["shop"]);
        assert_eq!(taken.drawing.positions["shop"], theirs.drawing.positions["shop"], "with its card");
        assert_eq!(taken.systems["erp"], ours.systems["erp"]);
        let back = take(&taken, &ours, &place("systems/shop")).unwrap();
        assert_eq!(back, ours, "and it goes with its card");
    }

    #[test]
    fn what_would_refer_to_nothing_is_refused_with_a_sentence() {
        let [ours, theirs] = ours_and_theirs();
        let refused = |ours, theirs, at| take(ours, theirs, &place(at)).unwrap_err().to_string();
        assert_eq!(
            refused(&ours, &theirs, "flows/feed"),
            "ERP → Shop refers to Shop, which this plan does not have; take Shop first"
        );
        assert_eq!(
            refused(&ours, &theirs, "systems/erp/migration/wave"),
            "ERP refers to Spring, which this plan does not have; take Spring first"
        );
        let sentence = refused(&theirs, &ours, "systems/shop");
        assert!(
            sentence
                .ends_with("still refers to Shop, which the other plan does not have; take ERP → Shop first"),
            "{sentence}"
        );
    }

    #[test]
    fn a_reference_to_nothing_that_stood_before_stops_nothing() {
        let [ours, mut theirs] = ours_and_theirs();
        theirs.systems.remove(&crate::model::SystemId::new("shop"));
        let taken = take(&ours, &theirs, &place("flows/feed")).unwrap();
        assert_eq!(taken.flows.len(), 1, "it refers to nothing there as well");
    }

    #[test]
    fn everything_taken_is_the_other_plan_with_our_drawing() {
        let [mut ours, theirs] = ours_and_theirs();
        ours.drawing.positions.insert("erp".into(), crate::model::Position(7, 8));
        let changes = difference(&ours, &theirs).unwrap().changes;
        let taken = take_all(&ours, &theirs, &changes).unwrap();
        let left = difference(&theirs, &taken).unwrap();
        assert_eq!(left.changes, []);
        assert_eq!(taken.drawing.positions["erp"], crate::model::Position(7, 8));
        assert_eq!(take_all(&taken, &theirs, &[]).unwrap(), taken);
    }

    #[test]
    fn single_changes_can_be_taken_one_by_one_until_none_is_left() {
        let ours = crate::generate::plan(6, 3);
        let theirs = crate::generate::plan(8, 4);
        let mut plan = ours.clone();
        for _ in 0..200 {
            let changes = difference(&plan, &theirs).unwrap().changes;
            if changes.is_empty() {
                break;
            }
            let before = plan.clone();
            for changed in &changes {
                if let Ok(taken) = take(&plan, &theirs, &changed.places) {
                    plan = taken;
                }
            }
            assert_ne!(before, plan, "nothing of {} changes can be taken", changes.len());
        }
        assert_eq!(difference(&theirs, &plan).unwrap().changes, []);
    }
}
