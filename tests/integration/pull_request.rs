//! The check of pull requests in the README does what it says. Skipped where there is no git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hybridscape::model::Plan;
use hybridscape::plan_file;
use tempfile::TempDir;

use crate::samples::package;

/// A repository of plans with the script of the README; a change is committed on a branch of its own.
struct Plans {
    folder: TempDir,
}

impl Plans {
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            println!("skipped: there is no git");
            return None;
        }
        let readme = fs::read_to_string(package().join("README.md")).unwrap();
        let script = readme.split("```sh\n").find(|block| block.starts_with("#!/bin/sh")).unwrap();
        let plans = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(plans.path("check-plans.sh"), script.split("```").next().unwrap()).unwrap();
        plans.git(&["init", "-q", "-b", "main"]);
        plans.write("shop.plan.ron", |plan| "Shop".clone_into(&mut plan.name));
        plans.commit();
        plans.git(&["checkout", "-q", "-b", "change"]);
        Some(plans)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, change: impl FnOnce(&mut Plan)) {
        let mut plan = Plan::named("New");
        change(&mut plan);
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), plan_file::write(&plan)).unwrap();
    }

    fn command(&self, program: &str) -> Command {
        let programs = Path::new(env!("CARGO_BIN_EXE_hybridscape")).parent().unwrap().to_owned();
        let path = std::env::var_os("PATH").unwrap();
        let path =
            std::env::join_paths(std::iter::once(programs).chain(std::env::split_paths(&path))).unwrap();
        let mut command = Command::new(program);
        command.current_dir(self.folder.path()).env("PATH", path).env_remove("GIT_DIR");
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "A").env(format!("GIT_{role}_EMAIL"), "a@example.org");
        }
        command
    }

    fn git(&self, arguments: &[&str]) {
        let output = self.command("git").args(arguments).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
    }

    fn commit(&self) {
        self.git(&["add", "-A", "*.plan.ron"]);
        self.git(&["commit", "-q", "-m", "plans"]);
    }

    /// The script's exit code, what it says, and the difference that it writes.
    fn check(&self) -> (Option<i32>, String, String) {
        let output = self.command("sh").args(["check-plans.sh", "main"]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code(), said, fs::read_to_string(self.path("difference.md")).unwrap())
    }
}

#[test]
fn a_good_change_passes_with_its_difference_and_findings() {
    let Some(plans) = Plans::new() else { return };
    plans.write("shop.plan.ron", |plan| "Web shop".clone_into(&mut plan.name));
    plans.write("Pläne 2026/neu.plan.ron", |plan| "Neu".clone_into(&mut plan.name));
    plans.commit();
    let (code, said, difference) = plans.check();
    assert_eq!(code, Some(0), "{said}");
    assert!(
        difference.contains("`shop.plan.ron`") && difference.contains("renamed, was Shop"),
        "{difference}"
    );
    assert!(difference.contains("`Pläne 2026/neu.plan.ron`") && difference.contains("nothing → Neu"));
    let sarif: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(plans.path("findings.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["runs"].as_array().unwrap().len(), 1, "code hosts take only so many");
    let thresholds = sarif["runs"][0]["properties"]["changedThresholds"].as_object().unwrap();
    let paths: Vec<_> = thresholds.keys().collect();
    assert_eq!(paths, ["Pl%C3%A4ne%202026/neu.plan.ron", "shop.plan.ron"], "as a code host finds them");
}

#[test]
fn errors_and_plans_that_are_not_canonical_fail() {
    let Some(plans) = Plans::new() else { return };
    fs::copy(package().join("sample_landscapes/article.plan.ron"), plans.path("faulty.plan.ron")).unwrap();
    plans.commit();
    let (code, said, _) = plans.check();
    assert_eq!(code, Some(1));
    assert!(said.contains("truth-leaves"), "the log names what is wrong: {said}");
    plans.git(&["reset", "-q", "--hard", "HEAD~1"]);
    fs::write(plans.path("shop.plan.ron"), "(name: \"Shop\", format: 1)").unwrap();
    plans.commit();
    assert_eq!(plans.check().0, Some(1));
}

#[test]
fn a_plan_that_cannot_be_read_fails_and_is_named() {
    let Some(plans) = Plans::new() else { return };
    fs::write(plans.path("shop.plan.ron"), "(format: 1, name: ").unwrap();
    plans.commit();
    let output = plans.command("sh").args(["check-plans.sh", "main"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("shop.plan.ron"), "{output:?}");
}
