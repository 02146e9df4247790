//! What interrupted saves left beside a plan is said once, and goes only when a person says so.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use egui::Key;

use super::desk::Desk;
use super::saving::saved_plan;

/// A file as a save leaves it behind when the power goes, written so many hours ago.
fn left_over(desk: &Desk, name: &str, hours: u64) -> PathBuf {
    let path = desk.path(name);
    fs::write(&path, "(format: 1, na").unwrap();
    let then = SystemTime::now() - Duration::from_hours(hours);
    fs::File::options().write(true).open(&path).unwrap().set_modified(then).unwrap();
    path
}

#[test]
fn left_over_files_are_offered_once_and_removed_when_asked() {
    let (mut desk, plan) = saved_plan();
    let old = [left_over(&desk, ".plan-new-1-1", 30), left_over(&desk, ".plan-new-1-2", 50)];
    let young = left_over(&desk, ".plan-new-2-1", 1);
    desk.open(&plan);
    assert!(desk.sees("2 left-over files beside this plan"));
    assert!(old.iter().all(|path| path.exists()), "nothing goes by itself");
    desk.click("Leave them");
    desk.open(&plan);
    assert!(!desk.sees("left-over files beside this plan"), "it is said once");
    desk.run("Remove left-over");
    assert!(desk.sees(".plan-new-1-1") && desk.sees(".plan-new-1-2"));
    assert!(!desk.sees(".plan-new-2-1"), "somebody may be saving");
    desk.press(Key::Enter);
    assert!(old.iter().all(|path| path.exists()), "Enter leaves them");
    desk.run("Remove left-over");
    desk.click("Remove");
    assert!(desk.sees("2 left-over files were removed"));
    assert!(old.iter().all(|path| !path.exists()) && young.exists() && plan.exists());
    desk.run("Remove left-over");
    assert!(desk.sees("No save left a file behind"));
}

#[test]
fn the_line_about_left_over_files_leads_to_them() {
    let (mut desk, plan) = saved_plan();
    let old = left_over(&desk, ".plan-new-1-1", 30);
    desk.open(&plan);
    desk.click("Show…");
    assert!(desk.sees("Remove 1 left-over file?"));
    assert!(desk.sees("1 day ago, 14 bytes"));
    desk.click("Remove");
    assert!(!old.exists() && !desk.sees("left-over file beside"));
}
