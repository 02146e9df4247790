//! What saving promises, on the disk of this computer.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::*;
use crate::model::{System, SystemId};
use crate::plan_file::{load, open, versions};

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(ToString::to_string).collect()
}

/// A folder for plans and one for what belongs to them.
struct Desk {
    folder: tempfile::TempDir,
    state: StateFolder,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("plans")).unwrap();
        let state = StateFolder::at(folder.path().join("state"));
        Self { folder, state }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("plans").join(name)
    }

    fn save(&self, name: &str, expected: &Expected) -> Result<Saved, SaveError> {
        save_over(&Plan::named(name), &self.path("shop.plan.ron"), expected, Some(&self.state))
    }
}

#[test]
fn a_saved_plan_opens_again_and_earlier_versions_are_kept_elsewhere() {
    let desk = Desk::new();
    let expected = Expected::no_file();
    for name in ["First", "Second", "Third", "Third"] {
        let saved = desk.save(name, &expected).unwrap();
        assert!(saved.remarks.is_empty(), "{:?}", saved.remarks);
        let loaded = load(&desk.path("shop.plan.ron")).unwrap();
        assert_eq!((loaded.plan, loaded.version), (Plan::named(name), saved.version));
    }
    assert_eq!(names_in(&desk.path("")), names(&["shop.plan.ron"]));
    let kept = versions(&desk.state, Some(&desk.path("shop.plan.ron"))).unwrap();
    let plans: Vec<_> = kept.iter().map(|version| version.open().unwrap().name).collect();
    assert_eq!(plans, ["Second", "First"]);
}

#[test]
fn a_kept_version_says_when_it_was_saved_and_not_when_it_was_replaced() {
    let desk = Desk::new();
    let expected = Expected::no_file();
    desk.save("First", &expected).unwrap();
    let path = desk.path("shop.plan.ron");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    RealDisk.set_modified(&path, long_ago).unwrap();
    desk.save("Second", &expected).unwrap();
    assert_eq!(versions(&desk.state, Some(&path)).unwrap()[0].modified, long_ago);
}

#[test]
fn what_somebody_else_wrote_is_not_overwritten_until_it_is_accepted() {
    let desk = Desk::new();
    let path = desk.path("shop.plan.ron");
    let (mine, theirs) = (Expected::no_file(), Expected::any_plan());
    desk.save("First", &mine).unwrap();
    desk.save("Theirs", &theirs).unwrap();
    let error = desk.save("Mine", &mine).unwrap_err();
    let SaveError::ChangedOnDisk { found, .. } = error else { panic!("{error}") };
    assert_eq!(found.plan, Ok(Plan::named("Theirs")));
    assert_eq!(found.bytes, fs::read(&path).unwrap());
    mine.accept(found.version);
    desk.save("Mine", &mine).unwrap();
    assert_eq!(open(&path), Ok(Plan::named("Mine")));
    assert_eq!(
        versions(&desk.state, Some(&path)).unwrap()[0].open(),
        Ok(Plan::named("Theirs")),
        "what was accepted to go is kept all the same"
    );
}

#[test]
fn an_earlier_version_that_somebody_puts_back_is_not_overwritten() {
    let desk = Desk::new();
    let (mine, theirs) = (Expected::no_file(), Expected::any_plan());
    let first = desk.save("First", &mine).unwrap();
    let second = desk.save("Theirs", &theirs).unwrap();
    mine.accept(second.version);
    assert_eq!(desk.save("First", &Expected::any_plan()).unwrap().version, first.version);
    let error = desk.save("Mine", &mine).unwrap_err();
    assert!(matches!(error, SaveError::ChangedOnDisk { .. }), "{error}");
}

#[test]
fn a_new_plan_does_not_take_the_place_of_a_file() {
    let desk = Desk::new();
    desk.save("First", &Expected::no_file()).unwrap();
    let error = desk.save("Second", &Expected::no_file()).unwrap_err();
    assert!(matches!(error, SaveError::AlreadyThere { .. }), "{error}");
}

#[test]
fn a_person_names_the_file_to_be_replaced_once() {
    let desk = Desk::new();
    let path = desk.path("shop.plan.ron");
    fs::write(&path, "(format: 1)").unwrap();
    let expected = Expected::any_plan();
    desk.save("First", &expected).unwrap();
    desk.save("Second", &expected).unwrap();
    fs::write(&path, "(format: 1)").unwrap();
    let error = desk.save("Third", &expected).unwrap_err();
    assert!(matches!(error, SaveError::ChangedOnDisk { .. }), "{error}");
}

#[test]
fn two_saves_of_one_window_are_no_strangers() {
    let desk = Desk::new();
    let expected = Expected::no_file();
    std::thread::scope(|scope| {
        for name in ["A", "B", "C", "D"] {
            let (desk, expected) = (&desk, expected.clone());
            scope.spawn(move || desk.save(name, &expected).unwrap());
        }
    });
    assert_eq!(versions(&desk.state, Some(&desk.path("shop.plan.ron"))).unwrap().len(), 3);
}

#[test]
fn of_windows_that_save_at_the_same_time_none_loses_what_another_saved() {
    const WINDOWS: usize = 4;
    const SAVES: usize = 12;
    let desk = Desk::new();
    let path = desk.path("shop.plan.ron");
    desk.save("Shop", &Expected::no_file()).unwrap();
    let save_one_more = |id: &str| {
        let loaded = load(&path).unwrap();
        let mut plan = loaded.plan;
        plan.systems.insert(SystemId::new(id), Arc::new(System::named(id)));
        match save_over(&plan, &path, &Expected::version(loaded.version), Some(&desk.state)) {
            Ok(_) => true,
            Err(SaveError::ChangedOnDisk { .. }) => false,
            Err(error) => panic!("{error}"),
        }
    };
    std::thread::scope(|scope| {
        for window in 0..WINDOWS {
            let save_one_more = &save_one_more;
            scope.spawn(move || {
                for number in 0..SAVES {
                    while !save_one_more(&format!("system-{window}-{number}")) {}
                }
            });
        }
    });
    assert_eq!(open(&path).unwrap().systems.len(), WINDOWS * SAVES);
}

#[test]
fn a_removed_file_is_written_anew_with_a_remark() {
    let desk = Desk::new();
    let expected = Expected::no_file();
    desk.save("First", &expected).unwrap();
    fs::remove_file(desk.path("shop.plan.ron")).unwrap();
    let saved = desk.save("Second", &expected).unwrap();
    assert!(matches!(saved.remarks[..], [Remark::WasGone]), "{:?}", saved.remarks);
}

#[test]
fn what_cannot_be_read_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.plan.ron");
    for old in ["", "not a plan", "(format: 2, name: \"From the future\")"] {
        fs::write(&path, old).unwrap();
        let sentence = save(&Plan::named("New"), &path).unwrap_err().to_string();
        assert!(sentence.contains("Use Save as"), "{sentence}");
        assert!(sentence.ends_with("shop.plan.ron"), "{sentence}");
        assert_eq!(fs::read_to_string(&path).unwrap(), old);
    }
    assert_eq!(names_in(folder.path()), names(&["shop.plan.ron"]));
}

#[test]
fn a_plan_that_would_not_read_back_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.plan.ron");
    let mut plan = Plan::named("Shop");
    plan.thresholds.insert("sprawl.links".to_owned(), f64::INFINITY);
    let sentence = save(&plan, &path).unwrap_err().to_string();
    assert!(sentence.contains("at thresholds › sprawl.links"), "{sentence}");
    assert!(names_in(folder.path()).is_empty());
}

#[test]
fn a_folder_that_is_not_there_or_in_the_way_is_an_error_without_litter() {
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan::named("Shop");
    let missing = save(&plan, &folder.path().join("none/shop.plan.ron")).unwrap_err();
    assert!(matches!(missing, SaveError::Disk { step: "finding its folder", .. }), "{missing}");
    assert!(missing.to_string().contains("Its folder was moved or removed"), "{missing}");
    let taken = folder.path().join("taken.plan.ron");
    fs::create_dir(&taken).unwrap();
    assert!(matches!(save(&plan, &taken), Err(SaveError::Disk { step: "reading the old file", .. })));
    assert_eq!(names_in(folder.path()), names(&["taken.plan.ron"]));
}

#[test]
fn where_no_version_can_be_kept_the_plan_is_saved_with_a_remark() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.plan.ron");
    save(&Plan::named("Old"), &path).unwrap();
    fs::write(folder.path().join("state"), "a file in the way").unwrap();
    let state = StateFolder::at(folder.path().join("state"));
    let saved = save_over(&Plan::named("New"), &path, &Expected::any_plan(), Some(&state)).unwrap();
    assert!(
        matches!(saved.remarks[..], [Remark::NotLocked(_), Remark::VersionNotKept(_)]),
        "{:?}",
        saved.remarks
    );
    assert_eq!(open(&path), Ok(Plan::named("New")));
}

#[cfg(unix)]
#[test]
fn rights_are_kept_links_are_followed_and_protection_is_respected() {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("shop.plan.ron"), folder.path().join("link.plan.ron"));
    symlink("shop.plan.ron", &link).unwrap();
    save(&Plan::named("First"), &link).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    save(&Plan::named("Second"), &link).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    fs::set_permissions(&path, Permissions::from_mode(0o440)).unwrap();
    assert!(matches!(save(&Plan::named("Third"), &path), Err(SaveError::WriteProtected { .. })));
    assert_eq!(open(&link), Ok(Plan::named("Second")));
}

#[cfg(unix)]
#[test]
fn what_is_kept_about_plans_is_for_this_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.save("First", &Expected::no_file()).unwrap();
    let state = desk.folder.path().join("state");
    assert_eq!(fs::metadata(state).unwrap().permissions().mode() & 0o777, 0o700);
}
