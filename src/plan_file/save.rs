//! Saving, so that the file is the old or the new plan whenever somebody looks, whole.
//!
//! The new bytes go into a new file beside the old one, reach the disk, and take its place in
//! one step. The old bytes are kept once, in a backup beside it.

use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::normal::normalised;
use super::open::{bytes_of, plan_of_bytes};
use super::{SaveError, read, write};
use crate::model::Plan;

/// Saves a plan. A link is followed and kept; an unchanged plan leaves the file alone.
///
/// # Errors
/// Where the plan could not be read back, the file holds something that is no readable plan, or
/// the system does not let it be written. The file is then as it was.
pub fn save(plan: &Plan, path: &Path) -> Result<(), SaveError> {
    let text = text_that_reads_back(plan, path)?;
    let target = target_of(path);
    let old = old_bytes(&target)?;
    if old.as_deref() == Some(text.as_bytes()) {
        return Ok(());
    }
    let permissions = fs::metadata(&target).ok().map(|metadata| metadata.permissions());
    if permissions.as_ref().is_some_and(Permissions::readonly) {
        return Err(SaveError::WriteProtected { path: target });
    }
    if let Some(old) = old {
        replace(&backup_of(&target), &old, permissions.clone())
            .map_err(|error| disk("writing the backup of the old file", error, &target))?;
    }
    replace(&target, text.as_bytes(), permissions)
        .map_err(|error| disk("writing the new file", error, &target))
}

/// Writes any file so that it is the old or the new one whenever somebody looks, whole; without a backup.
///
/// # Errors
/// What the system said; the file is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = target_of(path);
    let permissions = fs::metadata(&target).ok().map(|metadata| metadata.permissions());
    replace(&target, bytes, permissions)
}

fn text_that_reads_back(plan: &Plan, path: &Path) -> Result<String, SaveError> {
    let not_read_back = |reason| SaveError::NotReadBack { reason, path: path.to_owned() };
    let text = write(plan);
    let back = read(&text).map_err(|error| not_read_back(error.to_string()))?;
    if back == normalised(plan) {
        return Ok(text);
    }
    Err(not_read_back("something in it has no written form.".to_owned()))
}

/// What a path stands for once links are followed; what it leads to need not exist.
fn target_of(path: &Path) -> PathBuf {
    const MOST_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().map_or_else(|| next.clone(), |folder| folder.join(&next));
    }
    target
}

/// The bytes of the plan that is there now, if any file is.
fn old_bytes(target: &Path) -> Result<Option<Vec<u8>>, SaveError> {
    let bytes = match bytes_of(target) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(disk("reading the old file", error, target)),
    };
    match plan_of_bytes(&bytes) {
        Ok(_) => Ok(Some(bytes)),
        Err(reason) => Err(SaveError::NotAPlan { reason: Box::new(reason), path: target.to_owned() }),
    }
}

fn backup_of(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".bak");
    name.into()
}

/// Puts bytes in the place of a file in one step. On any failure the file is as it was, and the
/// new file beside it is gone.
fn replace(target: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let mut new = new_file().tempfile_in(folder)?;
    new.write_all(bytes)?;
    if let Some(permissions) = permissions {
        new.as_file().set_permissions(permissions)?;
    }
    new.as_file().sync_all()?;
    new.persist(target)?;
    sync_folder(folder)
}

/// A new file with the rights that new files get, which `tempfile` would narrow to its owner.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".plan-").suffix(".new");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Makes the new name of a file reach the disk, where folders can be synced.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn disk(step: &'static str, source: io::Error, path: &Path) -> SaveError {
    SaveError::Disk { step, source, path: path.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::plan_file::open;

    fn names_in(folder: &Path) -> BTreeSet<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_saved_plan_opens_again_and_the_old_one_is_kept_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.plan.ron");
        for name in ["First", "Second", "Third", "Third"] {
            save(&Plan::named(name), &path).unwrap();
            assert_eq!(open(&path), Ok(Plan::named(name)));
        }
        assert_eq!(open(&folder.path().join("shop.plan.ron.bak")), Ok(Plan::named("Second")));
        assert_eq!(names_in(folder.path()), names(&["shop.plan.ron", "shop.plan.ron.bak"]));
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
        assert!(matches!(missing, SaveError::Disk { step: "writing the new file", .. }), "{missing}");
        let taken = folder.path().join("taken.plan.ron");
        fs::create_dir(&taken).unwrap();
        assert!(matches!(save(&plan, &taken), Err(SaveError::Disk { step: "reading the old file", .. })));
        assert_eq!(names_in(folder.path()), names(&["taken.plan.ron"]));
    }

    #[test]
    fn where_the_backup_cannot_be_written_the_old_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.plan.ron");
        save(&Plan::named("Old"), &path).unwrap();
        fs::create_dir_all(folder.path().join("shop.plan.ron.bak/full")).unwrap();
        let error = save(&Plan::named("New"), &path).unwrap_err();
        assert!(
            matches!(error, SaveError::Disk { step: "writing the backup of the old file", .. }),
            "{error}"
        );
        assert_eq!(open(&path), Ok(Plan::named("Old")));
        assert_eq!(names_in(folder.path()), names(&["shop.plan.ron", "shop.plan.ron.bak"]));
    }

    #[cfg(unix)]
    #[test]
    fn rights_are_kept_links_are_followed_and_protection_is_respected() {
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
}
