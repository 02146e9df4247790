//! Made-up systems: the focal one, hubs, and applications that stay, move or go.

use std::sync::Arc;

use super::a_wave;
use super::random::Random;
use crate::model::{
    Approach, Cleansing, Disposition, Hub, Kind, Lifecycle, Load, LoadId, Migration, Plan, Rollback, Stage,
    System,
};

const APPLICATIONS: [(Kind, &str); 24] = [
    (Kind::Erp, "ERP"),
    (Kind::Crm, "Sales database"),
    (Kind::Service, "Service desk"),
    (Kind::Marketing, "Campaign manager"),
    (Kind::Commerce, "Web shop"),
    (Kind::Accounting, "Ledger"),
    (Kind::Billing, "Billing"),
    (Kind::Oms, "Order desk"),
    (Kind::Pos, "Store tills"),
    (Kind::Pim, "Product catalogue"),
    (Kind::Wms, "Warehouse control"),
    (Kind::Hr, "Personnel"),
    (Kind::Portal, "Partner portal"),
    (Kind::Identity, "Sign-on"),
    (Kind::Mdm, "Master data"),
    (Kind::Warehouse, "Data warehouse"),
    (Kind::DataPlatform, "Data lake"),
    (Kind::Spreadsheet, "Price sheets"),
    (Kind::Custom, "Field service app"),
    (Kind::Custom, "Pricing engine"),
    (Kind::Other, "Document archive"),
    (Kind::Other, "Loyalty programme"),
    (Kind::Other, "Transport planning"),
    (Kind::Other, "Quality records"),
];

const OWNERS: [&str; 6] =
    ["Head of Sales", "Head of Finance", "Head of Operations", "Head of Service", "Head of Marketing", ""];

/// Adds this many systems: the focal one first, then hubs, then the others.
pub(super) fn add(plan: &mut Plan, random: &mut Random, count: usize) {
    let hubs = if count < 6 { 0 } else { 1 + count / 100 };
    for index in 0..count {
        let system = match index {
            0 => focal(),
            _ if index <= hubs => hub(random, index),
            _ => application(plan, random, index - hubs - 1),
        };
        let id = plan.free_system_id(&system.name);
        if index == 0 {
            plan.focal_system = Some(id.clone());
        }
        plan.systems.insert(id, Arc::new(system));
    }
}

fn focal() -> System {
    System {
        kind: Kind::Crm,
        disposition: Disposition::Integrate,
        owner_business: "Head of Sales".to_owned(),
        criticality: Some(4),
        availability: Some(99.9),
        disaster_recovery: Some(true),
        ..System::named("Customer platform")
    }
}

fn numbered(name: &str, number: usize) -> String {
    if number < 2 { name.to_owned() } else { format!("{name} {number}") }
}

fn hub(random: &mut Random, number: usize) -> System {
    let is_bus = random.chance(30);
    let (kind, name) =
        if is_bus { (Kind::EventBus, "Event bus") } else { (Kind::IntegrationPlatform, "Integration hub") };
    let facts = Hub {
        canonical: random.record(50, 30),
        highly_available: random.record(60, 20),
        monitored: random.record(70, 10),
        ..Hub::default()
    };
    System {
        kind,
        disposition: Disposition::Integrate,
        owner_technical: "Integration team".to_owned(),
        criticality: Some(4),
        hub: Some(facts),
        ..System::named(&numbered(name, number))
    }
}

fn application(plan: &Plan, random: &mut Random, index: usize) -> System {
    let (kind, name) = APPLICATIONS[index % APPLICATIONS.len()];
    let mut system = System {
        kind,
        disposition: disposition(random),
        owner_business: random.pick(&OWNERS).copied().unwrap_or_default().to_owned(),
        lifecycle: random
            .weighted(&[
                (6, Some(Lifecycle::Active)),
                (2, None),
                (1, Some(Lifecycle::PhaseOut)),
                (1, Some(Lifecycle::EndOfLife)),
            ])
            .flatten(),
        criticality: level(random),
        functional_fit: level(random),
        technical_fit: level(random),
        specialised: random.record(25, 55),
        customisation: level(random),
        users: random.chance(70).then(|| 10 * (1 + random.below(200)) as u32),
        ..System::named(&numbered(name, 1 + index / APPLICATIONS.len()))
    };
    match system.disposition {
        Disposition::Migrate => {
            system.migration = Some(migration(plan, random));
            system.exit_wave = random.chance(60).then(|| a_wave(plan, random)).flatten();
        }
        Disposition::Retire => system.exit_wave = random.chance(70).then(|| a_wave(plan, random)).flatten(),
        _ if random.chance(6) => {
            system.introduced = a_wave(plan, random).map_or(Stage::Today, Stage::Wave);
        }
        _ if random.chance(10) => drop(system.loads.insert(LoadId::new("first"), load(plan, random))),
        _ => {}
    }
    system
}

/// Some records of a system that stays, moved by themselves.
fn load(plan: &Plan, random: &mut Random) -> Load {
    Load {
        into: plan.focal_system.clone(),
        wave: a_wave(plan, random),
        records: random.chance(70).then(|| 1_000 * (1 + random.below(2_000)) as u64),
        ..Load::default()
    }
}

fn disposition(random: &mut Random) -> Disposition {
    random
        .weighted(&[
            (55, Disposition::Integrate),
            (22, Disposition::Migrate),
            (7, Disposition::Federate),
            (8, Disposition::Retire),
            (8, Disposition::Undecided),
        ])
        .unwrap_or_default()
}

/// A mark from 1 to 4, or nothing.
fn level(random: &mut Random) -> Option<u8> {
    random.weighted(&[(2, None), (1, Some(1)), (2, Some(2)), (3, Some(3)), (2, Some(4))]).flatten()
}

fn migration(plan: &Plan, random: &mut Random) -> Migration {
    let before = random.below(plan.systems.len().max(1));
    let after = plan.systems.keys().nth(before).filter(|_| random.chance(15));
    Migration {
        into: plan.focal_system.clone(),
        wave: if random.chance(92) { a_wave(plan, random) } else { None },
        approach: random.pick(Approach::ALL).copied(),
        cleansing: random.pick(Cleansing::ALL).copied().filter(|_| random.chance(70)),
        rollback: Rollback {
            documented: random.record(60, 15),
            tested: random.record(35, 30),
            window_waves: random.chance(50).then_some(1),
        },
        training: random.record(60, 15),
        communication: random.record(60, 15),
        support: random.record(60, 15),
        trial_runs: random.chance(80).then(|| random.below(4) as u32),
        logic_inventory: random.record(50, 25),
        parallel_until: random.chance(15).then(|| a_wave(plan, random)).flatten(),
        after: after.filter(|id| Some(*id) != plan.focal_system.as_ref()).into_iter().cloned().collect(),
    }
}
