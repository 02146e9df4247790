//! The plan's repository at hand: how the file stands, what has changed, and what was before. Skipped where
//! there is no git.

use std::path::Path;
use std::process::Command;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use hybridscape::model::SystemId;

use super::desk::Desk;
use super::saving::{add_system, in_file, saved_plan, systems};

/// Runs git in the story's folder, away from anybody's configuration; returns whether it did what it was told.
fn git(desk: &Desk, arguments: &[&str]) -> bool {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(desk.folder.path()).env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_DIR");
    for role in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{role}_NAME"), "Ada Lovelace")
            .env(format!("GIT_{role}_EMAIL"), "a@example.org");
        command.env(format!("GIT_{role}_DATE"), "2026-05-31T12:00:00Z");
    }
    command.output().is_ok_and(|output| output.status.success())
}

fn commit(desk: &Desk, message: &str) {
    assert!(git(desk, &["add", "*.plan.ron"]) && git(desk, &["commit", "-q", "-m", message]));
}

/// A saved and committed plan of two systems; `None` where there is no git.
fn committed_plan() -> Option<(Desk, std::path::PathBuf)> {
    let (mut desk, path) = saved_plan();
    if !git(&desk, &["init", "-q", "-b", "main"]) {
        println!("skipped: there is no git");
        return None;
    }
    commit(&desk, "ERP feeds the shop");
    come_back(&mut desk);
    Some((desk, path))
}

/// The person comes back from another window.
fn come_back(desk: &mut Desk) {
    desk.window.event(egui::Event::WindowFocused(true));
    desk.settle();
}

fn save(desk: &mut Desk) {
    desk.press_with(Modifiers::COMMAND, Key::S);
}

#[test]
fn the_status_bar_says_how_the_plan_stands() {
    let Some((mut desk, _)) = committed_plan() else { return };
    assert!(desk.sees("Git: main · same as the last commit"));
    add_system(&mut desk, "CRM");
    assert!(desk.sees("changed since the last commit, not saved"));
    save(&mut desk);
    assert!(desk.sees("Git: main · changed since the last commit"));
    assert!(!desk.sees("not saved"), "all of it is in the file now");
    git(&desk, &["checkout", "-q", "-b", "two-hubs"]);
    commit(&desk, "A CRM");
    assert!(desk.sees("Git: main"), "nobody was told yet");
    come_back(&mut desk);
    assert!(desk.sees("Git: two-hubs · same as the last commit"));
}

#[test]
fn the_plan_is_compared_with_the_last_commit_before_it_is_saved() {
    let Some((mut desk, _)) = committed_plan() else { return };
    add_system(&mut desk, "CRM");
    desk.run("Compare with the last");
    assert!(desk.sees("Compared with the last commit (") && desk.sees(", 2026-05-31)"));
    assert!(desk.sees("New, CRM"), "what is not saved is compared too");
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert!(!desk.sees("New, CRM"), "the difference follows");
}

#[test]
fn an_earlier_plan_is_found_and_brought_back_by_keyboard_alone() {
    let Some((mut desk, _)) = committed_plan() else { return };
    let first = desk.plan().clone();
    for name in ["CRM", "Archive"] {
        add_system(&mut desk, name);
        save(&mut desk);
        commit(&desk, &format!("Add {name}"));
    }
    desk.run("History of this plan");
    assert!(desk.sees("3 commits have touched this plan."));
    assert!(desk.sees("Add Archive, Ada Lovelace, 2026-05-31: 1 system"), "each row says what it changed");
    assert!(
        desk.sees(
            "ERP feeds the shop, Ada Lovelace, 2026-05-31: the first version, with 2 systems and 1 flow"
        )
    );
    assert!(desk.sees("+ Archive (archive)"), "the newest is looked at first");
    desk.press(Key::ArrowDown);
    assert!(desk.sees("+ CRM (crm)"));
    desk.press(Key::End);
    desk.press(Key::Tab);
    desk.press(Key::Tab);
    desk.press(Key::Enter);
    assert!(desk.sees("From this commit to the plan as it is now"));
    assert!(desk.sees("+ CRM (crm)") && desk.sees("+ Archive (archive)"));
    desk.press(Key::ArrowUp);
    assert!(
        !desk.sees("+ CRM (crm)") && desk.sees("+ Archive (archive)"),
        "the arrows choose wherever one is"
    );
    desk.press(Key::ArrowDown);
    desk.press(Key::Enter);
    assert_ne!(*desk.plan(), first, "the first Enter goes on");
    desk.press(Key::Enter);
    assert_eq!(*desk.plan(), first);
    assert!(desk.sees("Bring back the plan of 2026-05-31"));
    assert!(desk.sees("changed since the last commit, not saved"));
    desk.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(systems(desk.plan()), ["archive", "crm", "erp", "web-shop"]);
    assert!(desk.sees("same as the last commit"));
}

#[test]
fn an_earlier_plan_is_saved_beside_under_a_name_that_no_file_has() {
    let Some((mut desk, _)) = committed_plan() else { return };
    let first = desk.plan().clone();
    add_system(&mut desk, "CRM");
    save(&mut desk);
    commit(&desk, "Add CRM");
    for _ in 0..2 {
        desk.run("History of this plan");
        desk.press(Key::ArrowDown);
        desk.click("Save as a file beside");
    }
    let beside = |desk: &Desk| -> Vec<_> {
        let entries = std::fs::read_dir(desk.folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        names.retain(|path| path.to_string_lossy().contains("shop.2026-05-31-"));
        names
    };
    let files = beside(&desk);
    assert_eq!(files.len(), 2, "{files:?}");
    assert!(files.iter().all(|path| in_file(path) == first));
    assert_eq!(systems(desk.plan()), ["crm", "erp", "web-shop"], "the window goes on with its own plan");
}

#[test]
fn a_commit_whose_file_cannot_be_read_says_why() {
    let Some((mut desk, path)) = committed_plan() else { return };
    let good = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, good.replace("systems: {", "systems: [")).unwrap();
    commit(&desk, "Broken");
    std::fs::write(&path, &good).unwrap();
    commit(&desk, "Mended");
    come_back(&mut desk);
    desk.run("History of this plan");
    desk.press(Key::ArrowDown);
    assert!(desk.sees("This commit holds no plan that can be read"));
    let back = desk.window.get_by_label("Bring back as it was then");
    assert!(back.accesskit_node().is_disabled(), "there is nothing to bring back");
    desk.press(Key::ArrowUp);
    assert!(desk.sees("The commit before holds no plan that can be read"));
    let back = desk.window.get_by_label("Bring back as it was then");
    assert!(!back.accesskit_node().is_disabled(), "what it left itself can be read");
}

#[test]
fn without_a_repository_nothing_is_shown_and_the_commands_say_why() {
    let (mut desk, _) = saved_plan();
    come_back(&mut desk);
    assert!(!desk.sees("Git: "));
    desk.click("File");
    for command in ["Compare with the last commit", "History of this plan"] {
        let item = desk.window.get_by_label_contains(command);
        assert!(item.accesskit_node().is_disabled(), "{command}");
        item.hover();
        desk.settle();
        desk.wait();
        assert!(desk.sees("The file is in no git repository"), "{command}");
    }
}

#[test]
fn a_plan_that_was_merged_by_line_is_merged_with_what_git_has_of_it() {
    let Some((mut desk, path)) = committed_plan() else { return };
    let with = |path: &Path, from: &str, to: &str| {
        let text = std::fs::read_to_string(path).unwrap();
        assert!(text.contains(from));
        std::fs::write(path, text.replace(from, to)).unwrap();
    };
    git(&desk, &["checkout", "-q", "-b", "other"]);
    with(&path, "name: \"ERP\",", "name: \"ERP\",\n            vendor: \"V\",");
    commit(&desk, "Vendor");
    git(&desk, &["checkout", "-q", "main"]);
    with(&path, "name: \"ERP\",", "name: \"ERP\",\n            notes: \"N\",");
    commit(&desk, "Notes");
    assert!(!git(&desk, &["merge", "-q", "other"]), "a conflict of lines");
    desk.open(&path);
    assert!(desk.sees("shop.plan.ron is half merged"));
    assert!(desk.sees("Base, ours and theirs are what git merged"));
    assert!(!desk.sees("do not say what both sides started from"), "git knows it, the markers do not");
    desk.press(Key::Enter);
    let erp = &desk.plan().systems[&SystemId::new("erp")];
    assert_eq!((erp.vendor.as_str(), erp.notes.as_str()), ("V", "N"));
    assert!(desk.sees("Git: main · in conflict, not saved"));
    save(&mut desk);
    assert!(desk.sees("now git waits for \"git add\""));
    assert!(desk.sees("Git: main · in conflict"), "until somebody tells git");
    git(&desk, &["add", "shop.plan.ron"]);
    come_back(&mut desk);
    assert!(desk.sees("Git: main · changed since the last commit"));
}
