//! What holds for every merge: plans that were made up, and people who change them at random.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::super::schema;
use super::*;
use crate::edit::delete;
use crate::generate;
use crate::model::{Claim, Disposition, Flow, Position, Stage, System, SystemId, WaveId};

/// One thing that a person does: what, to which element, and how.
type Deed = (u8, usize, u8);

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec((0..18_u8, any::<usize>(), 0..4_u8), 0..12)
}

fn pick<K: Clone + Ord, V>(map: &BTreeMap<K, V>, which: usize) -> Option<K> {
    map.keys().nth(which % map.len().max(1)).cloned()
}

fn after(plan: &Plan, deeds: &[Deed]) -> Plan {
    deeds.iter().fold(plan.clone(), |plan, deed| done(plan, *deed))
}

fn done(mut plan: Plan, (what, which, how): Deed) -> Plan {
    let word = format!("word {how}");
    let (Some(system), Some(flow), Some(domain)) =
        (pick(&plan.systems, which), pick(&plan.flows, which), pick(&plan.domains, which))
    else {
        plan.systems.insert(SystemId::new(&word), System::named(&word).into());
        return plan;
    };
    match what {
        0..=4 => change_system(&mut plan, &system, &domain, what, how),
        5 => {
            let gone = delete(&plan, &[system].into(), &BTreeSet::new(), &BTreeSet::new());
            return crate::edit::apply(&plan, gone.edits).unwrap();
        }
        6 => drop(plan.systems.remove(&system)),
        7..=10 => change_flow(Arc::make_mut(plan.flows.get_mut(&flow).unwrap()), &system, &domain, what, how),
        11 => drop(plan.flows.remove(&flow)),
        12 => {
            let to = pick(&plan.systems, which / 7).unwrap();
            plan.flows.insert(word.as_str().into(), Flow::between(system, to).into());
        }
        13 => {
            let truth = &mut Arc::make_mut(plan.domains.get_mut(&domain).unwrap()).truth;
            let from = if how < 2 { Stage::Today } else { Stage::Wave(WaveId::new("wave-1")) };
            truth.retain(|claim| claim.from != from);
            if how % 2 == 0 {
                truth.push(Claim::whole(system, from));
            }
        }
        14 => drop(plan.thresholds.insert(word, f64::from(how) / 3.0)),
        15 => plan.org.users = (how > 0).then_some(how.into()),
        16 => plan.client = word,
        _ => drop(plan.drawing.positions.insert(system, Position(how.into(), 0))),
    }
    plan
}

fn change_system(plan: &mut Plan, id: &SystemId, domain: &crate::model::DomainId, what: u8, how: u8) {
    let system = Arc::make_mut(plan.systems.get_mut(id).unwrap());
    match what {
        0 => system.name = format!("name {how}"),
        1 => system.disposition = Disposition::ALL[usize::from(how)],
        2 => system.holdings.entry(domain.clone()).or_default().records = Some(how.into()),
        3 => {
            system.migration = (how > 0).then(|| crate::model::Migration {
                trial_runs: Some(how.into()),
                ..system.migration.clone().unwrap_or_default()
            });
        }
        _ => {
            let mut lines: Vec<_> = "1\n2\n3\n4\n5\n6\n7\n8".lines().map(str::to_owned).collect();
            lines[usize::from(how) * 2] += &format!(" by {id}");
            system.notes = lines.join("\n");
        }
    }
}

fn change_flow(flow: &mut Flow, system: &SystemId, domain: &crate::model::DomainId, what: u8, how: u8) {
    match what {
        7 => flow.to = system.clone(),
        8 => flow.via = vec![system.clone(); usize::from(how)],
        9 => match flow.carries.iter().position(|payload| payload.domain == *domain) {
            Some(at) if how == 0 => drop(flow.carries.remove(at)),
            Some(at) => flow.carries[at].writes = how == 1,
            None => flow.carries.push(crate::model::Payload::of(domain.clone())),
        },
        _ => flow.mapping = Some(crate::model::Mapping::ALL[usize::from(how)]),
    }
}

fn member_key(names: &[String], member: &Tree) -> String {
    match schema::members(names) {
        schema::Members::By(fields) => schema::key(member, fields),
        _ => super::super::tree::written(member),
    }
}

/// Every value by its place; members of lists by what tells them apart, lines of texts by themselves.
fn leaves(plan: &Plan) -> BTreeMap<String, String> {
    fn walk(tree: &Tree, names: &mut Vec<String>, leaves: &mut BTreeMap<String, String>) {
        match tree {
            Tree::Fields { fields: entries, .. } | Tree::Map(entries) => {
                leaves.insert(names.join("/"), String::new());
                for (name, value) in entries {
                    names.push(name.clone());
                    walk(value, names, leaves);
                    names.pop();
                }
            }
            Tree::List(members) if schema::members(names) != schema::Members::InOrder => {
                for member in members {
                    // A claim says one thing, its system, and two may say it of the same part.
                    if let ("domains", Some(system)) = (names[0].as_str(), member.get("system")) {
                        let key = member_key(names, member);
                        let system = system.text().unwrap().to_owned();
                        leaves.insert(format!("{}/{key}/system/{system}", names.join("/")), String::new());
                        continue;
                    }
                    let key = member_key(names, member);
                    names.push(key);
                    walk(member, names, leaves);
                    names.pop();
                }
            }
            Tree::Text(text) if text.contains('\n') => {
                let lines = text.lines().map(|line| (format!("{}/{line}", names.join("/")), String::new()));
                leaves.extend(lines);
            }
            other => drop(leaves.insert(names.join("/"), super::super::tree::written(other))),
        }
    }
    let mut found = BTreeMap::new();
    walk(&tree_without_conflicts(plan).unwrap(), &mut Vec::new(), &mut found);
    found
}

fn is_at_or_below(place: &str, conflicts: &BTreeMap<String, Conflict>) -> bool {
    let mut outer = place;
    loop {
        if conflicts.contains_key(outer) {
            return true;
        }
        match outer.rsplit_once('/') {
            Some((before, _)) => outer = before,
            None => return false,
        }
    }
}

/// What a side changed and the merged plan neither has nor asks about. The drawing is another matter.
fn lost(base: &Plan, side: &Plan, merged: &Merged) -> Vec<String> {
    let [base, side, found] = [base, side, &merged.plan].map(leaves);
    let changed = base.keys().chain(side.keys()).filter(|place| base.get(*place) != side.get(*place));
    let is_lost = |place: &&String| {
        let is_kept = found.get(*place) == side.get(*place);
        !is_kept && !place.starts_with("drawing") && !is_at_or_below(place, &merged.conflicts)
    };
    // A field that went from one of several holders of fields leaves the holder where the other side fills it.
    let is_holder = |place: &&String| side.get(*place).or(base.get(*place)).is_some_and(String::is_empty);
    changed.filter(is_lost).filter(|place| !is_holder(place) || side.contains_key(*place)).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_plan_merged_with_itself_is_itself(systems in 0..15_usize, seed in any::<u64>(), deeds in deeds()) {
        let plan = after(&generate::plan(systems, seed), &deeds);
        prop_assert_eq!(merge(&plan, &plan, &plan).unwrap().plan, plan);
    }

    #[test]
    fn what_one_side_or_both_alike_changed_stands(systems in 0..15_usize, seed in any::<u64>(), deeds in deeds()) {
        let base = generate::plan(systems, seed);
        let side = after(&base, &deeds);
        for (ours, theirs) in [(&side, &base), (&base, &side), (&side, &side)] {
            let merged = merge(&base, ours, theirs).unwrap();
            prop_assert_eq!(&merged.plan, &side);
            prop_assert!(merged.conflicts.is_empty());
        }
    }

    #[test]
    fn no_change_is_lost_and_the_order_of_the_sides_means_nothing(
        systems in 1..15_usize, seed in any::<u64>(), one in deeds(), other in deeds(),
    ) {
        let base = generate::plan(systems, seed);
        let (ours, theirs) = (after(&base, &one), after(&base, &other));
        let merged = merge(&base, &ours, &theirs).unwrap();
        prop_assert_eq!(lost(&base, &ours, &merged), Vec::<String>::new());
        prop_assert_eq!(lost(&base, &theirs, &merged), Vec::<String>::new());

        let swapped = merge(&base, &theirs, &ours).unwrap();
        let mirrored = swapped.conflicts.clone().into_iter().map(|(place, conflict)| {
            (place, Conflict { base: conflict.base, ours: conflict.theirs, theirs: conflict.ours })
        });
        prop_assert_eq!(&merged.conflicts, &mirrored.collect());
        let decided = |merged: &Merged| {
            let mut leaves = leaves(&merged.plan);
            leaves.retain(|place, _| !place.starts_with("drawing") && !is_at_or_below(place, &merged.conflicts));
            leaves
        };
        prop_assert_eq!(decided(&merged), decided(&swapped));
    }

    #[test]
    fn a_merged_plan_can_be_written_and_opened(
        systems in 1..12_usize, seed in any::<u64>(), one in deeds(), other in deeds(),
    ) {
        let base = generate::plan(systems, seed);
        let merged = merge(&base, &after(&base, &one), &after(&base, &other)).unwrap().plan;
        let text = crate::plan_file::write(&merged);
        let back = crate::plan_file::read(&text).unwrap();
        prop_assert_eq!(&back.conflicts, &merged.conflicts);
        prop_assert_eq!(crate::plan_file::write(&back), text);
    }
}
