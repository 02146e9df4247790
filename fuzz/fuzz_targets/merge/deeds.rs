//! What people do to a plan, by numbers: any part of it, with ids and texts that may be mistaken for
//! something else.

use std::collections::BTreeMap;
use std::sync::Arc;

use hybridscape::model::{
    Claim, ConflictKind, ConflictRule, DataDomain, Decision, Disposition, Flow, Hub, Id, Load, Mapping, Mark,
    Migration, Payload, Plan, Position, Role, Scope, Stage, System, SystemId, Wave,
};

/// Ids and words that mean something elsewhere in a plan or in the place of a conflict.
const WORDS: [&str; 24] = [
    "", "a/b", "~1", "~", "a:b", "today", "target", "wave-1", "size", "position", "bounds", "order", "via",
    "truth", "carries", "drawing", "holdings", "name", "system", "Two words", "one\ntwo\nthree\nfour",
    "one\ntwo\nTHREE\nfour", "ONE\ntwo\nthree\nfour\nfive", "\"quoted\" \\ \u{202e}",
];

fn word(how: u8) -> &'static str {
    WORDS[usize::from(how) % WORDS.len()]
}

/// One of the ids that are there, or one that need not be.
fn some<T, V>(of: &BTreeMap<Id<T>, V>, which: usize) -> Id<T> {
    if which % 4 == 3 || of.is_empty() {
        return Id::new(WORDS[which / 4 % WORDS.len()]);
    }
    of.keys().nth(which % of.len()).cloned().unwrap_or_else(|| Id::new(""))
}

fn stage(how: u8) -> Stage {
    Stage::from_text(["today", "wave-1", "wave-2", "target"][usize::from(how) % 4])
}

fn maybe<T>(how: u8, value: T) -> Option<T> {
    (how % 4 != 0).then_some(value)
}

/// Does one thing: what, to which element, and how.
pub fn act(plan: &mut Plan, what: u8, which: usize, how: u8, detail: u8) {
    match what % 48 {
        what @ 0..20 => on_system(plan, what, which, how, detail),
        what @ 20..32 => on_flow(plan, what, which, how, detail),
        what @ 32..38 => on_domain(plan, what, which, how, detail),
        what => on_plan(plan, what, which, how, detail),
    }
}

fn on_system(plan: &mut Plan, what: u8, which: usize, how: u8, detail: u8) {
    let id = some(&plan.systems, which);
    let (domain, other) = (some(&plan.domains, detail.into()), some(&plan.systems, detail.into()));
    if what == 0 {
        plan.systems.remove(&id);
        return;
    }
    let system = Arc::make_mut(plan.systems.entry(id).or_insert_with(|| System::named(word(how)).into()));
    match what {
        1 => word(how).clone_into(&mut system.name),
        2 => system.disposition = Disposition::ALL[usize::from(how) % Disposition::ALL.len()],
        3 => word(how).clone_into(&mut system.notes),
        4 => system.introduced = stage(how),
        5 => system.availability = maybe(how, f64::from(detail) / 3.0),
        6 => system.hub = maybe(how, Hub { monitored: maybe(detail, detail > 9), ..Hub::default() }),
        7 => system.migration = maybe(how, Migration::default()),
        8..=10 => {
            let migration = system.migration.get_or_insert_default();
            match what {
                8 => migration.into = maybe(how, other),
                9 => drop(migration.after.insert(other)),
                _ => migration.rollback.tested = maybe(how, how > 9),
            }
        }
        11 => drop(system.holdings.remove(&domain)),
        12 => drop(system.holdings.entry(domain).or_default()),
        13 => system.holdings.entry(domain).or_default().records = maybe(how, how.into()),
        14 => system.holdings.entry(domain).or_default().role = maybe(how, Role::ALL[usize::from(how) % 4]),
        15 => drop(system.capabilities.insert(word(detail).to_owned(), word(how).to_owned())),
        16 => drop(system.marks.insert(word(detail).to_owned(), Mark::ALL[usize::from(how) % 2])),
        17 => drop(system.loads.remove(word(how))),
        18 => {
            let load: &mut Load = system.loads.entry(Id::new(word(how))).or_default();
            load.domains.insert(domain);
        }
        _ => system.area = maybe(how, Id::new(word(detail))),
    }
}

fn on_flow(plan: &mut Plan, what: u8, which: usize, how: u8, detail: u8) {
    let id = some(&plan.flows, which);
    let (one, other) = (some(&plan.systems, how.into()), some(&plan.systems, detail.into()));
    let (domain, flow) = (some(&plan.domains, detail.into()), some(&plan.flows, detail.into()));
    if what == 20 {
        plan.flows.remove(&id);
        return;
    }
    let new = || Arc::new(Flow::between(one.clone(), other.clone()));
    let changed = Arc::make_mut(plan.flows.entry(id).or_insert_with(new));
    match what {
        21 => changed.from = one,
        22 => changed.to = other,
        23 => changed.via.truncate(usize::from(how) % 3),
        24 => changed.via.insert(usize::from(how) % (changed.via.len() + 1), other),
        25 => changed.carries.retain(|payload| payload.domain != domain),
        26 => changed.carries.push(Payload { part: word(how).to_owned(), ..Payload::of(domain) }),
        27 => changed.carries.iter_mut().for_each(|payload| payload.writes = how % 2 == 0),
        28 => changed.since = stage(how),
        29 => changed.until = maybe(how, Id::new(word(detail))),
        30 => drop(changed.replaces.insert(flow)),
        _ => changed.mapping = maybe(how, Mapping::ALL[usize::from(how) % Mapping::ALL.len()]),
    }
}

fn on_domain(plan: &mut Plan, what: u8, which: usize, how: u8, detail: u8) {
    let id = some(&plan.domains, which);
    let system: SystemId = some(&plan.systems, detail.into());
    if what == 32 {
        plan.domains.remove(&id);
        return;
    }
    let domain = Arc::make_mut(plan.domains.entry(id).or_insert_with(|| DataDomain::named(word(how)).into()));
    match what {
        33 => domain.truth.retain(|claim| claim.system != system),
        34 => domain.truth.push(Claim::whole(system, stage(how))),
        35 => {
            let scope = Scope { group: word(how).to_owned(), ..Scope::default() };
            domain.truth.push(Claim { system, from: stage(detail), scope });
        }
        36 => {
            let rule = ConflictRule { order: vec![system], ..ConflictRule::of(ConflictKind::Manual) };
            domain.conflict_rule = maybe(how, rule);
        }
        _ => drop(domain.regions.insert(word(how).to_owned())),
    }
}

fn on_plan(plan: &mut Plan, what: u8, which: usize, how: u8, detail: u8) {
    match what {
        38 => word(how).clone_into(&mut plan.notes),
        39 => drop(plan.thresholds.insert(word(detail).to_owned(), f64::from(how) / 3.0)),
        40 => plan.org.users = maybe(how, how.into()),
        41 => drop(plan.org.licences.insert(word(detail).to_owned(), how.into())),
        42 => drop(plan.drawing.positions.insert(some(&plan.systems, which), Position(how.into(), detail.into()))),
        43 => drop(plan.drawing.pinned.insert(some(&plan.systems, which))),
        44 => drop(plan.waves.remove(&some(&plan.waves, which))),
        45 => {
            let wave: &mut Arc<Wave> = plan.waves.entry(some(&plan.waves, which)).or_default();
            Arc::make_mut(wave).order = how.into();
        }
        46 => {
            let decision: &mut Arc<Decision> = plan.decisions.entry(Id::new(word(detail))).or_default();
            Arc::make_mut(decision).options.push(word(how).to_owned());
        }
        _ => plan.focal_system = maybe(how, some(&plan.systems, which)),
    }
}
