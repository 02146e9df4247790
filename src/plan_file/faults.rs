//! Saving, keeping versions and the journal on a disk that fails at every call in every way.
//!
//! Whatever fails and whenever the power goes: the file is the old or the new plan, whole; what
//! is called saved is on disk; and no step is lost that the journal had taken.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use super::disk::Disk;
use super::disk::simulated::{Fault, SimulatedDisk};
use super::journal::{Log, free_slot};
use super::open::plan_of_bytes;
use super::{Expected, Mark, Recoverable, Replay, SaveError, StateFolder, Version, recoverable};
use super::{save_over, versions, write};
use crate::model::{Plan, System, SystemId};

const FILE: &str = "/plans/shop.plan.ron";
const ERRORS: [ErrorKind; 8] = [
    ErrorKind::StorageFull,
    ErrorKind::PermissionDenied,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::NotFound,
    ErrorKind::TimedOut,
    ErrorKind::QuotaExceeded,
    ErrorKind::StaleNetworkFileHandle,
    ErrorKind::Other,
];

fn state_on(disk: &SimulatedDisk) -> StateFolder {
    StateFolder::on(Arc::new(disk.clone()), "/state")
}

fn plan(systems: usize) -> Arc<Plan> {
    let mut plan = Plan::named("Shop");
    for number in 0..systems {
        let name = format!("system-{number}");
        plan.systems.insert(SystemId::new(&name), Arc::new(System::named(&name)));
    }
    Arc::new(plan)
}

fn bytes_of(plan: &Plan) -> Vec<u8> {
    write(plan).into_bytes()
}

/// A disk after what a test begins with; the calls are counted from here.
fn disk_with(old: Option<&Plan>) -> SimulatedDisk {
    let disk = SimulatedDisk::with_folders(&["/plans"]);
    if let Some(old) = old {
        disk.put(FILE, &bytes_of(old));
    }
    disk
}

/// All ways in which one call may go wrong without the end of the program.
fn errors() -> impl Iterator<Item = Fault> {
    ERRORS.into_iter().flat_map(|kind| [Fault::Error(kind), Fault::ErrorsFromNowOn(kind)])
}

/// Saves the new plan over the old one.
fn save_new(disk: &SimulatedDisk, expected: &Expected, new: &Plan) -> Result<(), SaveError> {
    save_over(new, Path::new(FILE), expected, Some(&state_on(disk))).map(drop)
}

/// What is there and what is expected: at a first save, over what was opened, and as over a plan.
fn save_of_kind(kind: usize, old: &Plan) -> (Option<&Plan>, Expected) {
    match kind {
        0 => (None, Expected::no_file()),
        1 => (Some(old), Expected::version(Version::of(&bytes_of(old)))),
        _ => (Some(old), Expected::any_plan()),
    }
}

/// The calls of one save without a fault.
fn calls_of_save(kind: usize, old: &Plan, new: &Plan) -> usize {
    let (before, expected) = save_of_kind(kind, old);
    let disk = disk_with(before);
    save_new(&disk, &expected, new).unwrap();
    disk.calls()
}

/// Asserts that the file is whole, and says whether it is the new plan.
fn is_new(disk: &SimulatedDisk, old: Option<&Plan>, new: &Plan, what: &str) -> bool {
    let found = disk.bytes(FILE);
    let is_new = found.as_deref() == Some(&bytes_of(new));
    assert!(is_new || found == old.map(bytes_of), "{what}: torn");
    is_new
}

#[test]
fn a_save_that_fails_anywhere_leaves_the_old_file_and_one_that_says_saved_is() {
    let (old, new, mut faults) = (plan(3), plan(4), 0);
    for kind in 0..3 {
        for call in 0..calls_of_save(kind, &old, &new) {
            for fault in errors().chain([Fault::Lie]) {
                let (before, expected) = save_of_kind(kind, &old);
                let disk = disk_with(before);
                disk.fail(call, fault);
                let result = save_new(&disk, &expected, &new);
                let what = format!("save {kind}, call {call}, {fault:?}: {result:?}");
                let is_new = is_new(&disk, before, &new, &what);
                match &result {
                    Ok(()) => assert!(is_new, "{what}"),
                    Err(SaveError::NotConfirmed { .. }) => {}
                    Err(_) => assert!(!is_new, "{what}"),
                }
                let litter = disk.names_from("/plans/.plan-new-").len();
                assert!(litter == 0 || !matches!(fault, Fault::Error(_)), "{what}: left a file behind");
                // The next save, on a disk that works, does not take this one for somebody else's.
                let disk = disk.copy();
                save_new(&disk, &expected, &plan(5)).unwrap_or_else(|error| panic!("{what}, then {error}"));
                faults += 1;
            }
        }
    }
    println!("saving: {faults} faults, 0 torn, 0 wrongly called saved");
    assert!(faults >= 1_000, "{faults}");
}

#[test]
fn the_power_may_go_in_every_moment_of_a_save_and_after_it() {
    let (old, new, mut cuts) = (plan(3), plan(4), 0);
    for kind in 0..3 {
        let calls = calls_of_save(kind, &old, &new);
        for call in 0..=calls {
            let (before, expected) = save_of_kind(kind, &old);
            let disk = disk_with(before);
            disk.fail(call, Fault::End);
            let is_saved = save_new(&disk, &expected, &new).is_ok();
            assert_eq!(is_saved, call >= calls);
            for (way, disk) in disk.after_power_cut().into_iter().enumerate() {
                let what = format!("save {kind}, call {call}, way {way}");
                let is_new = is_new(&disk, before, &new, &what);
                assert!(is_new || !is_saved, "{what}: it was called saved");
                let kept = versions(&state_on(&disk), Some(Path::new(FILE))).unwrap();
                for version in &kept {
                    assert_eq!(version.open().as_ref(), Ok(&*old), "{what}");
                }
                assert!(!is_new || before.is_none() || kept.len() == 1, "{what}: the old version is gone");
                cuts += 1;
            }
        }
    }
    println!("saving: {cuts} power cuts, 0 torn, 0 wrongly called saved");
    assert!(cuts >= 400, "{cuts}");
}

/// What the steps of a session did to a journal.
#[derive(Debug, Default)]
struct Told {
    /// Steps that are in the journal.
    taken: usize,
    /// Steps that were made to last.
    synced: usize,
    /// Steps that were begun; the last may be in the journal or not.
    begun: usize,
    is_saved: bool,
    is_discarded: bool,
}

const STEPS: usize = 6;

/// Takes steps, syncs in the midst, saves after the fourth with one step taken meanwhile.
fn session(disk: &SimulatedDisk, ends_with_discard: bool) -> Told {
    let (state, mut told) = (state_on(disk), Told::default());
    let Ok((file, lock)) = free_slot(&state) else { return told };
    let present =
        Replay { path: None, base: None, base_plan: None, steps: 0, label: String::new(), plan: plan(0) };
    let mut log = Log::new(state.clone(), file, lock, present);
    let expected = Expected::no_file();
    for step in 1..=STEPS {
        told.begun = step;
        if log.record("Add system", &plan(step)).is_ok() {
            told.taken = step;
        }
        if step == 3 && log.sync().is_ok() && told.taken == 3 {
            told.synced = 3;
        }
        if step == 5 {
            let saved = save_over(&plan(4), Path::new(FILE), &expected, Some(&state));
            if let Ok(saved) = saved {
                told.is_saved = true;
                if log.saved(&plan(4), Path::new(FILE), saved.version).is_ok() {
                    (told.taken, told.synced) = (5, 5);
                }
            }
        }
    }
    if ends_with_discard {
        told.is_discarded = log.discard().is_ok();
    }
    told
}

/// How many systems the best of what is left has: in the file, in a journal, or kept as discarded.
fn left(disk: &SimulatedDisk, what: &str) -> usize {
    let state = state_on(disk);
    let Recoverable { plans, unreadable } = recoverable(&state).unwrap();
    assert!(unreadable.is_empty(), "{what}: a journal is torn");
    let in_journals = plans.iter().map(|recovery| recovery.found.plan.systems.len());
    let in_file = disk.bytes(FILE).map(|bytes| plan_of_bytes(&bytes).unwrap().systems.len());
    let kept = versions(&state, Some(Path::new(FILE))).unwrap_or_default();
    let kept = kept.iter().filter(|version| version.mark == Mark::Discarded);
    let kept = kept.map(|version| version.open().unwrap().systems.len());
    let untitled = versions(&state, None).unwrap();
    let untitled = untitled.iter().map(|version| version.open().unwrap().systems.len());
    in_journals.chain(in_file).chain(kept).chain(untitled).max().unwrap_or(0)
}

#[test]
fn no_step_that_the_journal_took_is_lost_whatever_ends_the_program() {
    let (mut ends, mut cuts) = (0, 0);
    for ends_with_discard in [false, true] {
        let disk = disk_with(None);
        session(&disk, ends_with_discard);
        for call in 0..=disk.calls() {
            let disk = disk_with(None);
            disk.fail(call, Fault::End);
            let told = session(&disk, ends_with_discard);
            for (way, disk) in disk.after_power_cut().into_iter().enumerate() {
                let what = format!("call {call}, way {way}, {told:?}");
                // In the first way nothing is lost that the system was given: the program was killed.
                let promised = if way == 0 { told.taken } else { told.synced };
                let left = left(&disk, &what);
                assert!(left >= promised && left <= told.begun, "{what}: {left} of {promised} steps");
                let file = disk.bytes(FILE).map(|bytes| plan_of_bytes(&bytes).unwrap().systems.len());
                assert!(!told.is_saved || file == Some(4), "{what}: called saved and is not");
                if way == 0 { ends += 1 } else { cuts += 1 }
            }
        }
    }
    println!(
        "journal: {ends} ends of the program and {cuts} power cuts, 0 torn, 0 steps lost of those promised"
    );
    assert!(ends + cuts >= 600, "{ends} + {cuts}");
}

#[test]
fn an_error_costs_the_journal_no_step_once_the_disk_works_again() {
    let mut faults = 0;
    let disk = disk_with(None);
    session(&disk, false);
    for call in 0..disk.calls() {
        for fault in ERRORS.map(Fault::Error).into_iter().chain([Fault::Lie]) {
            let disk = disk_with(None);
            disk.fail(call, fault);
            let told = session(&disk, false);
            let what = format!("call {call}, {fault:?}, {told:?}");
            let left = left(&disk.copy(), &what);
            assert!(left >= told.taken, "{what}: {left}");
            // One error is over with the next step, so that only an error in the last one shows,
            // or one that kept the journal from beginning at all.
            assert!(told.taken >= STEPS - 1 || told.begun == 0, "{what}");
            faults += 1;
        }
    }
    println!("journal: {faults} faults, 0 steps lost");
    assert!(faults >= 350, "{faults}");
}

#[test]
fn restoring_what_was_found_may_fail_and_it_is_found_again() {
    let begun = disk_with(None);
    session(&begun, false);
    // The program was killed, and what it left reached the disk since.
    let begun = begun.after_power_cut().remove(0);
    let restore = |disk: &SimulatedDisk| {
        let Ok(found) = recoverable(&state_on(disk)) else { return };
        for recovery in found.plans {
            drop(recovery.restore());
        }
    };
    let clean = begun.copy();
    restore(&clean);
    let mut faults = 0;
    for call in 0..=clean.calls() {
        for fault in errors().chain([Fault::End]) {
            let disk = begun.copy();
            disk.fail(call, fault);
            restore(&disk);
            let disks = if fault == Fault::End { disk.after_power_cut() } else { vec![disk.copy()] };
            for disk in disks {
                assert_eq!(left(&disk, "restore"), STEPS, "call {call}, {fault:?}");
                faults += 1;
            }
        }
    }
    println!("recovery: {faults} faults and power cuts, 0 steps lost");
    assert!(faults >= 300, "{faults}");
}

#[test]
fn a_torn_tail_is_cut_and_the_journal_goes_on_after_it() {
    let disk = disk_with(None);
    session(&disk, false);
    let file = "/state/journals/0001.journal";
    let whole = disk.bytes(file).unwrap();
    for end in 0..=whole.len() {
        let disk = disk_with(Some(&plan(4)));
        disk.create_folders(Path::new("/state/journals")).unwrap();
        disk.put(file, &whole[..end]);
        let found = recoverable(&state_on(&disk)).unwrap();
        let Some(recovery) = found.plans.into_iter().next() else {
            assert_eq!(found.unreadable.len(), 1, "only the first record torn makes a journal unreadable");
            continue;
        };
        let (restored, journal) = recovery.restore();
        let next = plan(restored.systems.len() + 1);
        journal.record("Add system", &next);
        drop(journal);
        let again = recoverable(&state_on(&disk)).unwrap().plans.remove(0);
        assert_eq!(again.found.plan, next, "cut at byte {end}");
    }
}
