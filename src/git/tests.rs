//! Real repositories, made for the test away from anybody's configuration. Skipped where there is no git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use super::ask::output_of;
use super::{Commit, Git, Head, NoGit, State, Then, half_merged};

/// A folder with blanks and umlauts in its name, and in it a file with such a name.
const FOLDER: &str = "Pläne für 2026";
const FILE: &str = "Bänke (größte).plan.ron";

struct Repository {
    folder: TempDir,
}

impl Repository {
    /// One commit with the file; `None` where there is no git.
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            println!("skipped: there is no git");
            return None;
        }
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(repository.path(FOLDER)).unwrap();
        repository.git(&["init", "-q", "-b", "main"]);
        repository.commit("one\ntwo\nthree\nfour\nfive\n", "First");
        Some(repository)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self) -> PathBuf {
        self.path(FOLDER).join(FILE)
    }

    fn git_may_fail(&self, arguments: &[&str]) -> bool {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.folder.path()).env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_DIR").env("GIT_EDITOR", "true");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Zoë Ünal");
            command.env(format!("GIT_{role}_EMAIL"), "zoe@example.org");
            command.env(format!("GIT_{role}_DATE"), "2026-03-04T23:30:00+05:00");
        }
        command.output().unwrap().status.success()
    }

    fn git(&self, arguments: &[&str]) {
        assert!(self.git_may_fail(arguments), "git {arguments:?}");
    }

    fn commit(&self, text: &str, message: &str) {
        fs::write(self.file(), text).unwrap();
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    fn head(&self) -> Head {
        Git::default().standing(&self.file()).unwrap().unwrap().head
    }

    /// Both branches change the same line, and the merge waits.
    fn leave_a_conflict(&self) {
        self.git(&["checkout", "-q", "-b", "other"]);
        self.commit("one\ntwo\ntheirs\nfour\nfive\n", "Theirs");
        self.git(&["checkout", "-q", "main"]);
        self.commit("one\ntwo\nours\nfour\nfive\n", "Ours");
        assert!(!self.git_may_fail(&["merge", "-q", "other"]));
    }
}

fn state(file: &Path) -> State {
    Git::default().standing(file).unwrap().unwrap().state
}

fn subjects(commits: &[Commit]) -> Vec<&str> {
    commits.iter().map(|commit| commit.subject.as_str()).collect()
}

fn text(file: &Path, then: Option<&Then>) -> String {
    String::from_utf8(Git::default().bytes(file, then.unwrap()).unwrap()).unwrap()
}

#[test]
fn a_file_is_the_same_until_it_is_changed() {
    let Some(repository) = Repository::new() else { return };
    let standing = Git::default().standing(&repository.file()).unwrap().unwrap();
    assert_eq!((standing.head, standing.state), (Head::Branch("main".to_owned()), State::Same));
    let last = standing.last.unwrap();
    assert_eq!((&*last.author, &*last.day, &*last.subject), ("Zoë Ünal", "2026-03-04", "First"));
    assert_eq!(last.short().len(), 7);
    fs::write(repository.file(), "other\n").unwrap();
    assert_eq!(state(&repository.file()), State::Changed);
    repository.git(&["add", "-A"]);
    assert_eq!(state(&repository.file()), State::Changed, "what waits to be committed counts");
    assert!(text(&repository.file(), Some(&Then::at_head())).starts_with("one\n"));
}

#[test]
fn a_file_is_not_in_git_then_new_then_committed() {
    let Some(repository) = Repository::new() else { return };
    fs::write(repository.path("a.plan.ron"), "(").unwrap();
    repository.git(&["add", "-A"]);
    let file = repository.path("[ab].plan.ron");
    fs::write(&file, "(").unwrap();
    assert_eq!(state(&file), State::NotInGit, "its name is no pattern");
    repository.git(&["add", "-A"]);
    assert_eq!(state(&file), State::New);
    assert_eq!(Git::default().history(&file).unwrap(), []);
    assert!(Git::default().bytes(&file, &Then::at_head()).is_err());
    repository.git(&["rm", "-q", "--cached", "[[]ab].plan.ron"]);
    fs::write(repository.path(".gitignore"), "*.plan.ron\n").unwrap();
    assert_eq!(state(&file), State::NotInGit, "git passes it over");
}

#[test]
fn a_repository_without_a_commit_has_a_branch_all_the_same() {
    if Command::new("git").arg("--version").output().is_err() {
        return;
    }
    let repository = Repository { folder: tempfile::tempdir().unwrap() };
    repository.git(&["init", "-q", "-b", "trunk"]);
    fs::create_dir(repository.path(FOLDER)).unwrap();
    fs::write(repository.file(), "(").unwrap();
    assert_eq!(state(&repository.file()), State::NotInGit);
    assert_eq!(repository.head(), Head::Branch("trunk".to_owned()));
}

#[test]
fn without_a_branch_the_commit_is_named() {
    let Some(repository) = Repository::new() else { return };
    repository.git(&["checkout", "-q", "--detach"]);
    let last = Git::default().history(&repository.file()).unwrap().remove(0);
    assert_eq!(repository.head(), Head::Detached(last.hash));
}

#[test]
fn a_file_is_followed_through_renames_and_merges() {
    let Some(repository) = Repository::new() else { return };
    let old = format!("{FOLDER}/old name.plan.ron");
    repository.git(&["mv", &format!("{FOLDER}/{FILE}"), &old]);
    repository.git(&["commit", "-q", "-m", "Another name"]);
    fs::write(repository.path("aside"), "").unwrap();
    repository.git(&["add", "-A"]);
    repository.git(&["commit", "-q", "-m", "Something else"]);
    repository.git(&["mv", &old, &format!("{FOLDER}/{FILE}")]);
    repository.commit("one\ntwo\nthree\nfour\n5\n", "The first name, and a change");
    repository.leave_a_conflict();
    repository.commit("one\ntwo\nboth\nfour\nfive\n", "Merged by hand");
    repository.git(&["checkout", "-q", "-b", "aside", "HEAD~1"]);
    repository.git(&["commit", "-q", "--allow-empty", "-m", "Nothing"]);
    repository.git(&["checkout", "-q", "main"]);
    repository.git(&["merge", "-q", "-m", "Merged without a word of it", "aside"]);
    let file = repository.file();
    let commits = Git::default().history(&file).unwrap();
    let mut found = subjects(&commits);
    assert_eq!(found.remove(0), "Merged by hand");
    found[..2].sort_unstable();
    let names = ["Ours", "Theirs", "The first name, and a change", "Another name", "First"];
    assert_eq!(found, names);
    let [.., renamed, first] = commits.as_slice() else { panic!("there are five") };
    assert_eq!(text(&file, renamed.after.as_ref()), text(&file, renamed.before.as_ref()));
    assert!(text(&file, first.after.as_ref()).starts_with("one\n"), "under the name that it had");
    assert_eq!(first.before, None);
    let is_renamed: Vec<_> = commits.iter().map(Commit::has_renamed).collect();
    assert_eq!(is_renamed, [false, false, false, true, true, false]);
    let changed = &commits[3];
    assert!(text(&file, changed.after.as_ref()).contains("5\n"));
    assert!(text(&file, changed.before.as_ref()).contains("five\n"));
    assert!(text(&file, commits[0].before.as_ref()).contains("ours\n"), "a merge goes on from our side");
}

#[test]
fn a_commit_that_deleted_the_file_holds_none() {
    let Some(repository) = Repository::new() else { return };
    repository.git(&["rm", "-q", &format!("{FOLDER}/{FILE}")]);
    repository.git(&["commit", "-q", "-m", "Deleted"]);
    fs::create_dir_all(repository.path(FOLDER)).unwrap();
    repository.commit("again\n", "Again");
    let commits = Git::default().history(&repository.file()).unwrap();
    assert_eq!(subjects(&commits), ["Again", "Deleted", "First"]);
    assert_eq!((&commits[0].before, &commits[1].after), (&None, &None));
    assert!(text(&repository.file(), commits[1].before.as_ref()).starts_with("one\n"));
}

#[test]
fn the_sides_of_a_merge_that_waits_come_from_git_also_where_the_file_was_touched() {
    let Some(repository) = Repository::new() else { return };
    repository.leave_a_conflict();
    let file = repository.file();
    assert_eq!(state(&file), State::InConflict);
    let marked = fs::read_to_string(&file).unwrap().replace("one\n", "touched\n");
    let found = half_merged(&Git::default(), &file, &marked).unwrap();
    let with = |word: &str| format!("one\ntwo\n{word}\nfour\nfive\n");
    assert!(found.is_from_git && found.has_base());
    let sides = found.sides;
    assert_eq!((sides.ours, sides.theirs), (with("ours"), with("theirs")));
    assert_eq!(sides.base, Some(with("three")), "the markers do not show it");
    assert_eq!(half_merged(&Git::default(), &file, "no markers"), None);
    repository.git(&["add", "-A"]);
    let found = half_merged(&Git::default(), &file, &marked).unwrap();
    assert!(!found.is_from_git, "git knows nothing any more: the markers do");
    assert!(found.sides.ours.starts_with("touched\n"));
}

#[test]
fn a_worktree_has_a_branch_of_its_own_and_the_same_commits() {
    let Some(repository) = Repository::new() else { return };
    repository.git(&["worktree", "add", "-q", "-b", "side", "a worktree"]);
    let file = repository.path("a worktree").join(FOLDER).join(FILE);
    let standing = Git::default().standing(&file).unwrap().unwrap();
    assert_eq!((standing.head, standing.state), (Head::Branch("side".to_owned()), State::Same));
    assert_eq!(subjects(&Git::default().history(&file).unwrap()), ["First"]);
}

#[cfg(unix)]
#[test]
fn a_link_into_a_repository_stands_as_what_it_leads_to() {
    let Some(repository) = Repository::new() else { return };
    let outside = tempfile::tempdir().unwrap();
    let link = outside.path().join("plan.plan.ron");
    std::os::unix::fs::symlink(repository.file(), &link).unwrap();
    assert_eq!(state(&link), State::Same);
}

#[test]
fn nothing_is_written_not_even_the_index() {
    let Some(repository) = Repository::new() else { return };
    let index = repository.path(".git/index");
    let before = fs::read(&index).unwrap();
    // The same bytes at another time: git would note that it looked at them.
    fs::write(repository.file(), fs::read(repository.file()).unwrap()).unwrap();
    let later = fs::metadata(&index).unwrap().modified().unwrap() + Duration::from_secs(10);
    fs::File::options().write(true).open(repository.file()).unwrap().set_modified(later).unwrap();
    assert_eq!(state(&repository.file()), State::Same);
    assert_eq!(fs::read(&index).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_program_that_the_repository_names_is_not_started() {
    let Some(repository) = Repository::new() else { return };
    let trace = repository.path("was started");
    repository.git(&["config", "core.fsmonitor", &format!("touch '{}'; true", trace.display())]);
    assert_eq!(state(&repository.file()), State::Same);
    assert!(!trace.exists());
}

#[test]
fn a_file_in_no_repository_has_no_standing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.plan.ron");
    fs::write(&file, "(").unwrap();
    match Git::default().standing(&file) {
        Ok(standing) => assert_eq!(standing, None),
        Err(error) => assert!(matches!(error, NoGit::Missing(_)), "{error}"),
    }
}

#[test]
fn without_git_there_is_a_reason() {
    let error = Git::at("/nowhere/git").standing(Path::new("a.plan.ron")).unwrap_err().to_string();
    assert!(error.starts_with("git cannot be started"), "{error}");
    let marked = "<<<<<<< a\nours\n=======\ntheirs\n>>>>>>> b\n";
    let found = half_merged(&Git::at("/nowhere/git"), Path::new("a.plan.ron"), marked).unwrap();
    assert!(!found.is_from_git && !found.has_base(), "the markers are enough");
}

#[cfg(unix)]
#[test]
fn what_takes_too_long_is_ended() {
    let mut command = Command::new("sleep");
    command.arg("600");
    let error = output_of(command, "wait", Duration::from_millis(20)).unwrap_err().to_string();
    assert_eq!(error, "git took more than 0 seconds to wait, and was ended");
}
