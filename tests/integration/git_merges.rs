//! Plans in real git repositories: merged and rebased with and without the driver, and what `git install`
//! says. Skipped where there is no git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use hybridscape::model::Plan;
use hybridscape::plan_file;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_hybridscape");

const BASE: &str = r#"(
    format: 1,
    name: "Shop",
    systems: {
        "crm": (
            name: "CRM",
        ),
        "erp": (
            name: "ERP",
        ),
    },
)
"#;

/// A repository with one plan, away from the user's own configuration.
struct Repository {
    folder: TempDir,
}

impl Repository {
    /// `None` where there is no git.
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            println!("skipped: there is no git");
            return None;
        }
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(repository.path("work")).unwrap();
        repository.git(&["init", "-q", "-b", "main"]);
        repository.git(&["config", "user.name", "A"]);
        repository.git(&["config", "user.email", "a@example.org"]);
        repository.commit(BASE, "base");
        Some(repository)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn plan_path(&self) -> PathBuf {
        self.path("work/shop.plan.ron")
    }

    fn run(&self, program: &str, arguments: &[&str], folder: &Path) -> Output {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder).env("HOME", self.folder.path());
        command.env("GIT_CONFIG_GLOBAL", self.path("gitconfig")).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("XDG_CONFIG_HOME", self.path("config")).env("GIT_EDITOR", "true");
        command.env("GIT_CEILING_DIRECTORIES", self.folder.path()).env_remove("GIT_DIR");
        command.output().unwrap()
    }

    fn git_may_fail(&self, arguments: &[&str]) -> Output {
        self.run("git", arguments, &self.path("work"))
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = self.git_may_fail(arguments);
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn hybridscape(&self, arguments: &[&str]) -> Output {
        self.run(PROGRAM, arguments, &self.path("work"))
    }

    fn install(&self) {
        let output = self.hybridscape(&["git", "install"]);
        assert!(output.status.success(), "{output:?}");
        self.git(&["add", ".gitattributes"]);
        self.git(&["commit", "-qm", "attributes"]);
    }

    fn commit(&self, text: &str, message: &str) {
        fs::write(self.plan_path(), text).unwrap();
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", message]);
    }

    /// One text on `main`, the other on `other`, both from where `main` is.
    fn diverge(&self, ours: &str, theirs: &str) {
        self.git(&["checkout", "-qb", "other"]);
        self.commit(theirs, "theirs");
        self.git(&["checkout", "-q", "main"]);
        self.commit(ours, "ours");
    }

    fn text(&self) -> String {
        fs::read_to_string(self.plan_path()).unwrap()
    }

    fn plan(&self) -> Plan {
        plan_file::open(&self.plan_path()).unwrap_or_else(|error| panic!("{error}"))
    }
}

/// Two fields side by side: a conflict of lines, none of meaning.
fn neighbours() -> (String, String) {
    let ours = BASE.replace("name: \"ERP\",", "name: \"ERP\",\n            disposition: \"migrate\",");
    let theirs = BASE.replace("name: \"ERP\",", "name: \"ERP\",\n            vendor: \"V\",");
    (ours, theirs)
}

fn opposites() -> (String, String) {
    let with = |word: &str| {
        BASE.replace("name: \"ERP\",", &format!("name: \"ERP\",\n            disposition: \"{word}\","))
    };
    (with("migrate"), with("retire"))
}

#[test]
fn merging_and_rebasing_go_by_meaning_once_the_driver_is_installed() {
    for how in [["merge", "other"], ["rebase", "other"]] {
        let Some(repository) = Repository::new() else { return };
        let (ours, theirs) = neighbours();
        repository.install();
        repository.diverge(&ours, &theirs);
        repository.git(&how);
        let plan = repository.plan();
        let erp = &plan.systems["erp"];
        assert_eq!((erp.disposition.word(), erp.vendor.as_str()), ("migrate", "V"), "{how:?}");
        assert_eq!(repository.git(&["status", "--porcelain"]), "");
    }
}

#[test]
fn without_the_driver_the_markers_can_still_be_merged_by_meaning() {
    let Some(repository) = Repository::new() else { return };
    let (ours, theirs) = neighbours();
    repository.diverge(&ours, &theirs);
    assert_eq!(repository.git_may_fail(&["merge", "other"]).status.code(), Some(1));
    assert!(repository.text().contains("<<<<<<<"));
    let output = repository.hybridscape(&["merge", "--from-markers", "shop.plan.ron", "-o", "shop.plan.ron"]);
    assert!(output.status.success(), "{output:?}");
    let plan = repository.plan();
    assert_eq!(
        (plan.systems["erp"].disposition.word(), plan.systems["erp"].vendor.as_str()),
        ("migrate", "V")
    );
    assert!(fs::read_to_string(repository.path("work/shop.plan.ron.bak")).unwrap().contains("<<<<<<<"));
}

#[test]
fn the_base_of_markers_comes_from_git_so_that_deletions_count() {
    let Some(repository) = Repository::new() else { return };
    let ours = BASE.replace("        \"erp\": (\n            name: \"ERP\",\n        ),\n", "");
    let theirs = BASE.replace("name: \"CRM\"", "name: \"Salesforce\"");
    repository.diverge(&ours, &theirs);
    let is_clean = repository.git_may_fail(&["merge", "other"]).status.success();
    if !is_clean {
        repository.hybridscape(&["merge", "--from-markers", "shop.plan.ron", "-o", "shop.plan.ron"]);
    }
    let plan = repository.plan();
    assert_eq!((plan.systems.len(), plan.systems["crm"].name.as_str()), (1, "Salesforce"));
}

#[test]
fn a_conflict_leaves_the_path_unmerged_and_a_plan_that_opens() {
    let Some(repository) = Repository::new() else { return };
    let (ours, theirs) = opposites();
    repository.install();
    repository.diverge(&ours, &theirs);
    let output = repository.git_may_fail(&["merge", "other"]);
    assert_eq!(output.status.code(), Some(1));
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let sentence = "ERP, disposition: was undecided; our side says migrate, their side says retire. \
                    Place: systems/erp/disposition";
    assert!(said.contains(sentence), "{said}");
    assert!(said.contains("1 conflict to decide: shop.plan.ron"), "{said}");
    assert!(repository.git(&["status", "--porcelain"]).contains("UU shop.plan.ron"));
    assert!(repository.plan().conflicts.contains_key("systems/erp/disposition"));

    let check = repository.hybridscape(&["check", "shop.plan.ron"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&check.stdout).contains(sentence));
    let json = repository.hybridscape(&["check", "shop.plan.ron", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["conflicts"][0]["place"], "systems/erp/disposition");
}

#[test]
fn the_same_file_added_twice_meets_itself() {
    let Some(repository) = Repository::new() else { return };
    repository.install();
    repository.git(&["rm", "-q", "shop.plan.ron"]);
    repository.git(&["commit", "-qm", "no plan"]);
    let (ours, theirs) = neighbours();
    repository.diverge(&ours, &theirs);
    repository.git(&["merge", "other"]);
    assert_eq!(repository.plan().systems["erp"].vendor, "V");
}

#[test]
fn what_cannot_be_read_is_merged_by_line_as_git_does() {
    let Some(repository) = Repository::new() else { return };
    repository.install();
    let ours = BASE.replace("\"Shop\"", "\"Store\"");
    repository.diverge(&ours, &BASE.replace("\"ERP\",\n", "\"ERP\",\n            colour: \"red\",\n"));
    let output = repository.git_may_fail(&["merge", "other"]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("merged by line instead of by meaning") && said.contains("\"colour\""), "{said}");
    assert!(repository.text().contains("Store") && repository.text().contains("colour"));

    let Some(repository) = Repository::new() else { return };
    repository.install();
    let (ours, theirs) = opposites();
    repository.diverge(&ours, &theirs.replace("format: 1", "format: 9"));
    assert_eq!(repository.git_may_fail(&["merge", "other"]).status.code(), Some(1));
    assert!(repository.text().contains("<<<<<<<") && repository.text().contains("retire"));
}

#[test]
fn a_program_that_has_gone_leaves_gits_own_merge() {
    let Some(repository) = Repository::new() else { return };
    repository.install();
    let (ours, theirs) = opposites();
    repository.diverge(&ours, &theirs);
    for key in ["merge.hybridscape.driver", "diff.hybridscape.textconv"] {
        let command = repository.git(&["config", key]).trim_end().replace("/hybridscape'", "/gone'");
        repository.git(&["config", key, &command]);
    }
    assert_eq!(repository.git_may_fail(&["merge", "other"]).status.code(), Some(1));
    assert!(repository.text().contains("<<<<<<< ours"));
    repository.git(&["merge", "--abort"]);
    assert!(repository.git(&["diff", "main", "other"]).contains("+            disposition: \"retire\""));
}

#[test]
fn a_difference_in_git_names_the_element() {
    let Some(repository) = Repository::new() else { return };
    repository.install();
    let long = "name: \"ERP\",\n            vendor: \"V\",\n            product: \"P\",\n            hosting: \"H\",\n            \
                region: \"R\",\n            suite: \"S\",";
    repository.commit(&BASE.replace("name: \"ERP\",", long), "long");
    fs::write(repository.plan_path(), BASE.replace("name: \"ERP\",", &long.replace("\"S\"", "\"T\"")))
        .unwrap();
    let difference = repository.git(&["diff"]);
    assert!(
        difference.lines().any(|line| line.starts_with("@@") && line.ends_with("@@ erp")),
        "{difference}"
    );
    fs::write(repository.plan_path(), BASE.replace("name: \"ERP\",", &format!("{long}\n"))).unwrap();
    assert_eq!(repository.git(&["diff"]).lines().filter(|line| line.starts_with("@@")).count(), 0);
}

#[test]
fn installing_says_what_it_did_and_does_it_once() {
    let Some(repository) = Repository::new() else { return };
    fs::write(repository.path("work/.gitattributes"), "*.png binary").unwrap();
    let said = |arguments: &[&str]| {
        let output = repository.hybridscape(arguments);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let first = said(&["git", "install"]);
    assert!(
        first.contains("made Hybridscape the merge driver") && first.contains("commit that file"),
        "{first}"
    );
    let attributes = fs::read_to_string(repository.path("work/.gitattributes")).unwrap();
    assert_eq!(attributes, "*.png binary\n*.plan.ron text eol=lf merge=hybridscape diff=hybridscape\n");
    let again = said(&["git", "install"]);
    assert!(again.contains("knows Hybridscape already") && again.contains("marked already"), "{again}");
    assert_eq!(fs::read_to_string(repository.path("work/.gitattributes")).unwrap(), attributes);
    said(&["git", "uninstall"]);
    assert_eq!(fs::read_to_string(repository.path("work/.gitattributes")).unwrap(), "*.png binary\n");
    assert!(!repository.git_may_fail(&["config", "merge.hybridscape.driver"]).status.success());
    assert!(said(&["git", "uninstall"]).contains("does not know Hybridscape"));
}

#[test]
fn installing_for_all_repositories_leaves_this_one_alone() {
    let Some(repository) = Repository::new() else { return };
    let output = repository.hybridscape(&["git", "install", "--global"]);
    assert!(output.status.success(), "{output:?}");
    assert!(!repository.path("work/.gitattributes").exists());
    let attributes = repository.path("config/git/attributes");
    assert!(fs::read_to_string(&attributes).unwrap().contains("merge=hybridscape"));
    let (ours, theirs) = neighbours();
    repository.diverge(&ours, &theirs);
    repository.git(&["merge", "other"]);
    assert!(repository.hybridscape(&["git", "uninstall", "--global"]).status.success());
    assert!(!attributes.exists());
}

#[test]
fn where_there_is_no_repository_that_is_a_sentence() {
    let Some(repository) = Repository::new() else { return };
    let outside = repository.path("outside");
    fs::create_dir(&outside).unwrap();
    let output = repository.run(PROGRAM, &["git", "install"], &outside);
    assert_eq!(output.status.code(), Some(2));
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert!(sentence.contains("no git repository") && sentence.trim_end().ends_with("outside"), "{sentence}");
    let no_git = Command::new(PROGRAM).args(["git", "install"]).env("PATH", "").output().unwrap();
    let sentence = String::from_utf8(no_git.stderr).unwrap();
    assert!(sentence.contains("git cannot be started") && sentence.contains("install it"), "{sentence}");
}
