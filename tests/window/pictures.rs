//! A few small pictures of the window, looked at by a person before they were accepted. Software
//! renderers differ between machines, so a few pixels may.

use egui_kittest::SnapshotOptions;

use super::desk::Desk;

fn picture(desk: &mut Desk, name: &str) {
    let options = SnapshotOptions::default().threshold(2.0).max_failed_pixels(400);
    desk.window.snapshot_options(name, &options);
}

#[test]
fn the_article_today_in_light_colours() {
    let mut desk = Desk::with_sample("article", egui::Theme::Light);
    picture(&mut desk, "article_today_light");
}

#[test]
fn the_article_in_the_target_in_dark_colours() {
    let mut desk = Desk::with_sample("article", egui::Theme::Dark);
    desk.click("Stage Target");
    desk.click("Compare with today");
    desk.click("Data ownership");
    picture(&mut desk, "article_target_dark");
}

#[test]
fn an_empty_plan_says_what_to_do_next() {
    let mut desk = Desk::new();
    picture(&mut desk, "empty_light");
}

#[test]
fn the_healthy_article_compared_with_the_other_in_dark_colours() {
    let mut desk = Desk::with_sample("article-healthy", egui::Theme::Dark);
    desk.run("Compare with a plan");
    desk.type_over(&super::desk::sample("article").display().to_string());
    desk.press(egui::Key::Enter);
    desk.click("Stage Target");
    desk.press(egui::Key::F7);
    picture(&mut desk, "article_compared_dark");
}

#[test]
fn the_areas_of_the_manufacturer_in_light_colours() {
    let mut desk = Desk::with_sample("manufacturer", egui::Theme::Light);
    picture(&mut desk, "manufacturer_areas_light");
}

#[test]
fn the_overview_of_the_telecom_operator_in_dark_colours() {
    let mut desk = Desk::with_sample("telecom", egui::Theme::Dark);
    desk.press(egui::Key::O);
    picture(&mut desk, "telecom_overview_dark");
}
