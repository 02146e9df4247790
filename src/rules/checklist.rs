//! What is still open on an object before the gate that needs it: *migration plan 2 of 8*, *flow 1 of 7*.
//! Not findings: nobody is reproached for what is not due yet.

use crate::model::{Auth, Cleansing, Disposition, Flow, Mapping, System};

/// One thing to record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What, in a few words.
    pub name: &'static str,
    /// Whether it is recorded, and well.
    pub is_done: bool,
}

/// What there is to record about one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// What the list is called: "migration plan".
    pub name: &'static str,
    /// Its items, in the order in which they are usually settled.
    pub items: Vec<Item>,
}

impl Checklist {
    fn new<const N: usize>(name: &'static str, items: [(&'static str, bool); N]) -> Self {
        Self { name, items: items.into_iter().map(|(name, is_done)| Item { name, is_done }).collect() }
    }

    /// Number of items that are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.items.iter().filter(|item| item.is_done).count()
    }

    /// "migration plan 2 of 8".
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("{} {} of {}", self.name, self.done(), self.items.len())
    }
}

/// The migration plan of a system; `None` where it does not migrate.
#[must_use]
pub fn migration_checklist(system: &System) -> Option<Checklist> {
    if system.disposition != Disposition::Migrate {
        return None;
    }
    let migration = system.migration.clone().unwrap_or_default();
    let is_clean = migration.cleansing.is_some_and(|cleansing| cleansing != Cleansing::None);
    let is_proven = migration.rollback.documented == Some(true) && migration.rollback.tested == Some(true);
    let is_prepared = [migration.training, migration.communication, migration.support] == [Some(true); 3];
    Some(Checklist::new(
        "migration plan",
        [
            ("where it moves", migration.into.is_some()),
            ("wave of the cutover", migration.wave.is_some()),
            ("approach", migration.approach.is_some()),
            ("cleansing", is_clean),
            ("rollback, tested", is_proven),
            ("training, communication, support", is_prepared || system.users == Some(0)),
            ("trial migrations", migration.trial_runs.is_some()),
            ("wave of the exit", system.exit_wave.is_some()),
        ],
    ))
}

/// The design of a flow.
#[must_use]
pub fn flow_checklist(flow: &Flow) -> Checklist {
    let is_known = flow.auth.is_some_and(|auth| !matches!(auth, Auth::None));
    let is_secret = flow.private_network || flow.encrypted == Some(true);
    let is_agreed = matches!(flow.mapping, Some(Mapping::Agreed | Mapping::Done));
    Checklist::new(
        "flow",
        [
            ("what it carries", !flow.carries.is_empty()),
            ("pattern and timing", flow.pattern.is_some() && flow.timing.is_some()),
            ("authentication and encryption", is_known && is_secret),
            ("monitoring", flow.monitored == Some(true)),
            ("retry or dead letter", flow.retry == Some(true) || flow.dead_letter == Some(true)),
            ("mapping", is_agreed),
            ("owner", !flow.owner.is_empty()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Migration, Pattern, Payload, Timing};

    #[test]
    fn a_fresh_flow_and_a_freshly_tagged_system_have_all_before_them() {
        let flow = Flow::between("erp".into(), "shop".into());
        assert_eq!(flow_checklist(&flow).in_words(), "flow 0 of 7");
        let tagged = System { disposition: Disposition::Migrate, ..System::named("CRM") };
        assert_eq!(migration_checklist(&tagged).unwrap().in_words(), "migration plan 0 of 8");
        assert_eq!(migration_checklist(&System::named("ERP")), None);
    }

    #[test]
    fn what_is_recorded_is_done() {
        let migration = Migration { into: Some("sf".into()), trial_runs: Some(1), ..Migration::default() };
        let system = System {
            disposition: Disposition::Migrate,
            migration: Some(migration),
            users: Some(0),
            ..System::named("CRM")
        };
        assert_eq!(migration_checklist(&system).unwrap().done(), 3);
    }

    #[test]
    fn each_record_of_a_flow_is_one_item() {
        let bare = Flow::between("erp".into(), "shop".into());
        let done = |change: &dyn Fn(&mut Flow)| {
            let mut flow = bare.clone();
            change(&mut flow);
            let list = flow_checklist(&flow).items;
            list.iter().filter(|item| item.is_done).map(|item| item.name).collect::<Vec<_>>()
        };
        assert_eq!(done(&|flow| flow.carries.push(Payload::of("order".into()))), ["what it carries"]);
        assert_eq!(done(&|flow| flow.pattern = Some(Pattern::BatchSync)), [""; 0]);
        assert_eq!(done(&|flow| flow.timing = Some(Timing::Batch)), [""; 0]);
        let both = |flow: &mut Flow| {
            (flow.pattern, flow.timing) = (Some(Pattern::BatchSync), Some(Timing::Batch));
        };
        assert_eq!(done(&both), ["pattern and timing"]);
        assert_eq!(done(&|flow| flow.auth = Some(Auth::Oauth)), [""; 0]);
        assert_eq!(done(&|flow| flow.encrypted = Some(true)), [""; 0]);
        for (auth, is_private, encrypted, expected) in [
            (Auth::Oauth, true, None, &["authentication and encryption"][..]),
            (Auth::Oauth, false, Some(true), &["authentication and encryption"]),
            (Auth::Oauth, false, Some(false), &[]),
            (Auth::None, true, Some(true), &[]),
        ] {
            let secure = |flow: &mut Flow| {
                (flow.auth, flow.private_network, flow.encrypted) = (Some(auth), is_private, encrypted);
            };
            assert_eq!(done(&secure), expected);
        }
        assert_eq!(done(&|flow| flow.monitored = Some(true)), ["monitoring"]);
        assert_eq!(done(&|flow| flow.retry = Some(true)), ["retry or dead letter"]);
        assert_eq!(done(&|flow| flow.dead_letter = Some(true)), ["retry or dead letter"]);
        assert_eq!(done(&|flow| flow.mapping = Some(Mapping::Agreed)), ["mapping"]);
        assert_eq!(done(&|flow| "Ada".clone_into(&mut flow.owner)), ["owner"]);
    }

    #[test]
    fn a_plan_is_clean_proven_and_prepared_only_with_all_of_it() {
        let done = |migration: Migration| {
            let system = System {
                disposition: Disposition::Migrate,
                migration: Some(migration),
                users: Some(5),
                ..System::named("CRM")
            };
            let list = migration_checklist(&system).unwrap().items;
            list.iter().filter(|item| item.is_done).map(|item| item.name).collect::<Vec<_>>()
        };
        let cleansing = |cleansing| Migration { cleansing: Some(cleansing), ..Migration::default() };
        assert_eq!(done(cleansing(Cleansing::None)), [""; 0]);
        assert_eq!(done(cleansing(Cleansing::Planned)), ["cleansing"]);
        let rollback = |documented, tested| {
            let mut migration = Migration::default();
            (migration.rollback.documented, migration.rollback.tested) = (Some(documented), Some(tested));
            migration
        };
        assert_eq!(done(rollback(true, false)), [""; 0]);
        assert_eq!(done(rollback(false, true)), [""; 0]);
        assert_eq!(done(rollback(true, true)), ["rollback, tested"]);
        let people = |support| Migration {
            training: Some(true),
            communication: Some(true),
            support,
            ..Migration::default()
        };
        assert_eq!(done(people(None)), [""; 0]);
        assert_eq!(done(people(Some(true))), ["training, communication, support"]);
    }
}
