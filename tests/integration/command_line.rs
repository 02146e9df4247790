//! The program as a shell sees it: exit codes, sentences, files.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::samples::sample_path;

fn hybridscape(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hybridscape"));
    command.args(arguments);
    command
}

fn text_of(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The sentence on standard error of a command that could not do its work.
fn refusal(arguments: &[&str]) -> String {
    let output = hybridscape(arguments).assert().code(2).get_output().clone();
    assert!(output.stdout.is_empty(), "{arguments:?} printed something");
    String::from_utf8(output.stderr).unwrap().trim_end().to_owned()
}

#[test]
fn check_exits_with_what_it_found() {
    let (article, healthy) = (sample_path("article"), sample_path("article-healthy"));
    hybridscape(&["check", text_of(&article)]).assert().code(1);
    hybridscape(&["check", text_of(&healthy)]).assert().code(0);
    let sentence = refusal(&["check", "nowhere.plan.ron"]);
    assert!(sentence.ends_with("nowhere.plan.ron"), "{sentence}");
}

#[test]
fn a_stage_that_is_not_there_is_a_sentence_with_those_that_are() {
    let sentence = refusal(&["check", text_of(&sample_path("article")), "--stage", "wave-9"]);
    assert!(
        sentence.contains("\"wave-9\"") && sentence.contains("today, wave-1, wave-2, target"),
        "{sentence}"
    );
}

#[test]
fn check_as_json_can_be_read_by_machines() {
    let output =
        hybridscape(&["check", text_of(&sample_path("article")), "--format", "json"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().is_empty(), report["errors"] == 0);
}

#[test]
fn decide_says_what_the_answers_point_to_and_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.plan.ron");
    let answers =
        "\"still-valuable\": 4, \"outdated\": 1, \"specialised\": 4, \"overlap\": 0, \"must-stay\": 3";
    let plan = format!(
        "(format: 1, name: \"Test\", focal_system: \"sf\", answers: {{\"budget\": 2}}, systems: {{
            \"sf\": (name: \"Salesforce\"),
            \"erp\": (name: \"ERP\", users: 50, assessment: (answers: {{{answers}}})),
        }})"
    );
    fs::write(&path, plan).unwrap();
    let run = |format: &str| {
        let command = hybridscape(&["decide", text_of(&path), "--format", format]).assert().success();
        String::from_utf8(command.get_output().stdout.clone()).unwrap()
    };
    let text = run("text");
    let row: Vec<_> = text.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(row[..4], ["ERP", "undecided", "6", "1"]);
    assert_eq!(row[10..13], ["integrate", "67", "history,"]);
    assert!(text.contains("Missing for the whole plan: simplify, time-pressure."), "{text}");
    assert!(!text.contains("Salesforce"));
    let report: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    let erp = &report["systems"][0];
    assert_eq!(erp["outcome"], "integrate");
    assert_eq!(erp["answers"]["active-use"]["says"], "50 people use it.");
    assert_eq!(erp["towards"][0]["says"], "It still delivers value; keep and connect it.");
    assert_eq!(erp["options"][2]["blocked"][0], "Nobody has said that it mostly holds history.");
}

#[test]
fn explain_tells_a_rule_or_where_they_are_listed() {
    hybridscape(&["explain", "truth-missing"]).assert().success();
    let sentence = refusal(&["explain", "no-such-rule"]);
    assert!(sentence.contains("\"no-such-rule\"") && sentence.contains("hybridscape rules"), "{sentence}");
}

#[test]
fn a_summary_is_written_in_the_format_of_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let article = sample_path("article");
    let (page, text) = (folder.path().join("plan.html"), folder.path().join("plan.md"));
    hybridscape(&["summary", text_of(&article), "-o", text_of(&page)]).assert().success();
    assert!(fs::read_to_string(&page).unwrap().starts_with("<!DOCTYPE html>"));
    hybridscape(&["summary", text_of(&article), "-o", text_of(&text)]).assert().success();
    let written = fs::read_to_string(&text).unwrap();
    for picture in ["plan.today.svg", "plan.target.svg"] {
        assert!(written.contains(&format!("]({picture})")));
        assert!(fs::read_to_string(folder.path().join(picture)).unwrap().starts_with("<svg"));
    }
}

#[test]
fn a_summary_says_what_changed_since_an_earlier_version() {
    let folder = tempfile::tempdir().unwrap();
    let (article, text) = (sample_path("article"), folder.path().join("plan.md"));
    let earlier = folder.path().join("before the workshop.plan.ron");
    let plan = fs::read_to_string(&article).unwrap();
    fs::write(&earlier, plan.replace("name: \"Accounting\"", "name: \"Ledger\"")).unwrap();
    let since = ["summary", text_of(&article), "-o", text_of(&text), "--since", text_of(&earlier)];
    hybridscape(&since).assert().success();
    let written = fs::read_to_string(&text).unwrap();
    assert!(written.contains("What changed"), "{written}");
    assert!(written.contains("Compared with before the workshop.plan.ron."), "{written}");
    assert!(written.contains("| Systems | Accounting | renamed, was Ledger |"), "{written}");
}

#[test]
fn a_diagram_is_drawn_in_the_format_of_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let article = sample_path("article");
    for (name, start) in [("plan.pdf", "%PDF-"), ("plan.PNG", "\u{fffd}PNG")] {
        let path = folder.path().join(name);
        hybridscape(&["diagram", text_of(&article), "-o", text_of(&path)]).assert().success();
        assert!(String::from_utf8_lossy(&fs::read(&path).unwrap()).starts_with(start), "{name}");
    }
    let path = folder.path().join("large.png");
    let sentence = refusal(&["diagram", text_of(&article), "-o", text_of(&path), "--scale", "900"]);
    assert!(sentence.contains("is the largest scale that works") && !path.exists(), "{sentence}");
}

#[test]
fn an_unknown_ending_is_a_sentence_with_the_path_last_and_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let article = sample_path("article");
    for (command, name) in [("summary", "plan.docx"), ("summary", "plan"), ("diagram", "plan.gif")] {
        let path = folder.path().join(name);
        let sentence = refusal(&[command, text_of(&article), "-o", text_of(&path)]);
        assert!(sentence.ends_with(text_of(&path)), "{sentence}");
        assert!(!path.exists());
    }
}

#[test]
fn what_cannot_be_written_is_a_sentence_with_the_path_last() {
    let path = Path::new("no/such/folder/plan.html");
    let sentence = refusal(&["summary", text_of(&sample_path("article")), "-o", text_of(path)]);
    assert!(sentence.ends_with("plan.html"), "{sentence}");
}

#[test]
fn a_diagram_shows_the_stage_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (article, path) = (sample_path("article"), folder.path().join("plan.svg"));
    let draw = |arguments: &[&str]| {
        let arguments = [&["diagram", text_of(&article), "-o", text_of(&path)], arguments].concat();
        hybridscape(&arguments).assert().success();
        fs::read_to_string(&path).unwrap()
    };
    let (today, target) = (draw(&["--stage", "today"]), draw(&[]));
    assert!(today.contains("Legacy CRM") && !target.contains("Legacy CRM"));
    let difference = draw(&["--difference", "--view", "business", "--theme", "dark"]);
    assert!(difference.contains("Legacy CRM") && difference.contains("compared with Today"));
}

#[test]
fn a_diagram_of_two_plans_names_both_and_says_what_is_different() {
    let folder = tempfile::tempdir().unwrap();
    let (article, healthy) = (sample_path("article"), sample_path("article-healthy"));
    let path = folder.path().join("both.svg");
    let arguments = ["diagram", text_of(&healthy), "--compare", text_of(&article), "-o", text_of(&path)];
    hybridscape(&arguments).assert().success();
    let svg = fs::read_to_string(&path).unwrap();
    assert!(svg.contains("Hybrid starter, healthy plan: Target compared with Hybrid starter: Target"));
    assert!(svg.contains("only in Hybrid starter, healthy plan") && svg.contains("in both, different"));
    assert!(svg.contains("disposition: migrate → integrate"), "a card says from what to what");
    let again = [&arguments[..], &["--difference"]].concat();
    hybridscape(&again).assert().failure();
    let sentence =
        refusal(&["diagram", text_of(&healthy), "--compare", "gone.plan.ron", "-o", text_of(&path)]);
    assert!(sentence.ends_with("gone.plan.ron"), "{sentence}");
}

#[test]
fn a_made_up_plan_is_the_same_for_the_same_seed_and_can_be_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made-up.plan.ron");
    hybridscape(&["generate", "--systems", "25", "--seed", "3", "-o", text_of(&path)]).assert().success();
    let printed = hybridscape(&["generate", "--systems", "25", "--seed", "3"]).output().unwrap().stdout;
    assert_eq!(fs::read(&path).unwrap(), printed);
    hybridscape(&["format", text_of(&path), "--check"]).assert().success();
    let sentence = refusal(&["generate", "--systems", "9999999"]);
    assert!(sentence.contains("9999999"), "{sentence}");
}

/// A copy of a sample that a command may write to.
fn copy_of(name: &str, folder: &Path) -> std::path::PathBuf {
    let copy = folder.join("copy.plan.ron");
    fs::copy(sample_path(name), &copy).unwrap();
    copy
}

#[test]
fn fix_mends_what_has_one_way_only_and_a_dry_run_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let copy = copy_of("retail", folder.path());
    let before = fs::read(&copy).unwrap();
    let told = |arguments: &[&str]| {
        let output = hybridscape(arguments).assert().success().get_output().clone();
        String::from_utf8(output.stdout).unwrap()
    };
    let dry = told(&["fix", text_of(&copy), "--dry-run"]);
    assert_eq!(fs::read(&copy).unwrap(), before);
    let done = told(&["fix", text_of(&copy)]);
    assert_eq!(dry.lines().count(), done.lines().count());
    assert!(done.lines().last().unwrap().ends_with("applied and saved"), "{done}");
    assert_ne!(fs::read(&copy).unwrap(), before);
    assert_eq!(told(&["fix", text_of(&copy)]), "nothing can be mended in one way only\n");
    assert!(refusal(&["fix", text_of(&copy), "--rule", "no-such-rule"]).contains("\"no-such-rule\""));
}

/// A made-up plan in a folder of its own.
fn made_up(folder: &Path, systems: &str) -> std::path::PathBuf {
    let path = folder.join("made-up.plan.ron");
    hybridscape(&["generate", "--systems", systems, "-o", text_of(&path)]).assert().success();
    path
}

#[test]
fn arranging_writes_a_position_for_every_system_and_moves_none_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let path = made_up(folder.path(), "25");
    hybridscape(&["arrange", text_of(&path)]).assert().success();
    let plan = hybridscape::plan_file::open(&path).unwrap();
    assert_eq!(plan.drawing.positions.len(), plan.systems.len());
    let arranged = fs::read(&path).unwrap();
    hybridscape(&["arrange", text_of(&path)]).assert().success();
    assert_eq!(fs::read(&path).unwrap(), arranged);
}

#[test]
fn an_arrangement_for_paper_is_less_wide_than_one_for_a_screen() {
    let width_for_height = |page: &str| {
        let plan = crate::samples::sample_path("telecom");
        let arguments = ["arrange", text_of(&plan), "--all", "--page", page, "--report", "--dry-run"];
        let output = hybridscape(&arguments).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        report["width"].as_f64().unwrap() / report["height"].as_f64().unwrap()
    };
    let (screen, paper) = (width_for_height("screen"), width_for_height("a4"));
    assert!(paper < screen, "{paper} is not less than {screen}");
}

#[test]
fn an_arrangement_is_reported_as_json_and_a_dry_run_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = made_up(folder.path(), "25");
    let before = fs::read(&path).unwrap();
    let output = hybridscape(&["arrange", text_of(&path), "--report", "--dry-run"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for figure in ["milliseconds", "crossings", "bends", "length", "width", "height"] {
        assert!(report[figure].is_number(), "{figure} is missing in {report}");
    }
    assert_eq!((&report["overlaps"], &report["flows_through_cards"]), (&0.into(), &0.into()), "{report}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn arranging_all_leaves_pinned_systems_where_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = made_up(folder.path(), "12");
    let mut plan = hybridscape::plan_file::open(&path).unwrap();
    let ids: Vec<_> = plan.systems.keys().cloned().collect();
    for (id, x) in ids.iter().zip(0..) {
        plan.drawing.positions.insert(id.clone(), hybridscape::model::Position(x * 1_000, 0));
    }
    plan.drawing.pinned.insert(ids[3].clone());
    hybridscape::plan_file::save(&plan, &path).unwrap();
    hybridscape(&["arrange", text_of(&path), "--all"]).assert().success();
    let arranged = hybridscape::plan_file::open(&path).unwrap().drawing.positions;
    assert_eq!(arranged[&ids[3]], hybridscape::model::Position(3_000, 0));
    assert!(arranged.values().all(|at| (at.0 - 3_000).abs() < 2_000), "{arranged:?}");
}

#[test]
fn arranging_does_not_lose_comments_unless_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = made_up(folder.path(), "3");
    let text = format!("// by hand\n{}", fs::read_to_string(&path).unwrap());
    fs::write(&path, &text).unwrap();
    let sentence = refusal(&["arrange", text_of(&path)]);
    assert!(sentence.contains("--drop-comments") && sentence.ends_with("made-up.plan.ron"), "{sentence}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    hybridscape(&["arrange", text_of(&path), "--drop-comments"]).assert().success();
}

#[test]
fn diff_exits_with_whether_something_is_different() {
    let (article, healthy) = (sample_path("article"), sample_path("article-healthy"));
    let same =
        hybridscape(&["diff", text_of(&article), text_of(&article)]).assert().code(0).get_output().clone();
    assert_eq!(String::from_utf8_lossy(&same.stdout), "no difference\n");
    for (format, start) in [("text", "Plan\n"), ("markdown", "# What changed"), ("json", "{")] {
        let command = ["diff", text_of(&article), text_of(&healthy), "--format", format];
        let output = hybridscape(&command).assert().code(1).get_output().clone();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.starts_with(start) && text.contains("truth-leaves"), "{text}");
    }
    let sentence = refusal(&["diff", text_of(&article), "nowhere.plan.ron"]);
    assert!(sentence.ends_with("nowhere.plan.ron"), "{sentence}");
}

#[test]
fn merge_writes_a_plan_that_opens_and_exits_with_whether_conflicts_are_left() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, fields: &str| {
        let path = folder.path().join(name);
        fs::write(&path, format!("(format: 1, name: \"Shop\"{fields})")).unwrap();
        path
    };
    let base = file("base.plan.ron", "");
    let ours = file("ours.plan.ron", ", aim: \"build\"");
    let theirs = file("theirs.plan.ron", ", client: \"C\"");
    let out = folder.path().join("merged.plan.ron");
    let merge = |theirs: &Path| {
        hybridscape(&["merge", text_of(&base), text_of(&ours), text_of(theirs), "-o", text_of(&out)])
    };
    merge(&theirs).assert().code(0);
    let plan = hybridscape::plan_file::open(&out).unwrap();
    assert_eq!((plan.aim.word(), plan.client.as_str()), ("build", "C"));
    merge(&file("others.plan.ron", ", aim: \"review\"")).assert().code(1);
    assert!(hybridscape::plan_file::open(&out).unwrap().conflicts.contains_key("aim"));
    hybridscape(&["check", text_of(&out)]).assert().code(1);

    let broken = file("broken.plan.ron", ", colour: 1");
    merge(&broken).assert().code(2);
    let sentence = refusal(&["merge", "--from-markers", text_of(&base), "-o", text_of(&out)]);
    assert!(sentence.contains("no conflict markers") && sentence.ends_with("base.plan.ron"), "{sentence}");
    hybridscape(&["textconv", text_of(&broken)])
        .assert()
        .code(0)
        .stdout(fs::read_to_string(&broken).unwrap());
}

#[test]
fn a_folder_of_plans_is_checked_and_counted_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("group")).unwrap();
    let (article, healthy) = ("group/article.plan.ron", "article-healthy.plan.ron");
    fs::copy(sample_path("article"), folder.path().join(article)).unwrap();
    fs::copy(sample_path("article-healthy"), folder.path().join(healthy)).unwrap();
    let output = hybridscape(&["check", text_of(folder.path())]).assert().code(1).get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("article-healthy.plan.ron       0         0       0"), "{text}");
    assert!(text.lines().last().unwrap().starts_with("2 plans"), "{text}");
    let command = ["numbers", text_of(folder.path()), "--format", "json"];
    let output = hybridscape(&command).assert().code(0).get_output().clone();
    let numbers: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(numbers["plans"][1]["numbers"]["target"]["systems"], 4, "{numbers}");

    fs::write(folder.path().join("broken.plan.ron"), "(format: 1, colour: 1)").unwrap();
    let output = hybridscape(&["check", text_of(folder.path())]).assert().code(2).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("broken.plan.ron"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("2 plans"));
    fs::create_dir(folder.path().join("empty")).unwrap();
    assert!(refusal(&["check", text_of(&folder.path().join("empty"))]).contains("no file in it ends in"));
}

#[test]
fn variants_stand_side_by_side() {
    let (article, healthy) = (sample_path("article"), sample_path("article-healthy"));
    let command = ["compare", text_of(&article), text_of(&healthy)];
    let output = hybridscape(&command).assert().code(1).get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    let row = |name: &str| text.lines().find(|line| line.trim_start().starts_with(name)).unwrap().to_owned();
    assert!(row("Data warehouse").contains("migrate into Salesforce"), "{text}");
    assert!(row("Errors").split_whitespace().eq(["Errors", "17", "0"]), "{text}");
    hybridscape(&["compare", text_of(&article), text_of(&article)]).assert().code(0);
}

#[test]
fn the_fixes_of_a_stage_are_those_of_the_whole_plan() {
    let article = sample_path("article");
    let command = ["check", text_of(&article), "--stage", "target", "--format", "json"];
    let output = hybridscape(&command).assert().code(1).get_output().clone();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let leaves = report["findings"].as_array().unwrap().iter().find(|found| found["rule"] == "truth-leaves");
    assert!(!leaves.unwrap()["fixes"].as_array().unwrap().is_empty(), "{leaves:?}");
}
