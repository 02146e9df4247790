//! The house keeps its own rules: who uses whom, how large files are, lists that are complete, manuals
//! that are there. `ARCHITECTURE.md` says why.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use hybridscape::cli::Arguments;
use hybridscape::rules;

use crate::samples::package;

const LIMIT: usize = 400;
const MEDIAN: usize = 200;

/// Files that may be longer than the limit, each with its reason.
const LONGER: &[(&str, &str)] = &[];

/// Rooms that may touch the disk and start programs.
const DISK: [&str; 4] = ["plan_file", "git", "cli", "app"];

/// A source file of the package, without its tests.
struct Source {
    /// From the package, with slashes.
    path: String,
    /// The room, empty for `lib.rs` and `main.rs`.
    room: String,
    text: String,
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn relative(path: &Path) -> String {
    path.strip_prefix(package()).unwrap().to_str().unwrap().replace('\\', "/")
}

/// The modules of a file that are compiled for tests only, as paths without an ending.
fn test_modules(path: &Path, text: &str) -> Vec<PathBuf> {
    let folder = if path.file_stem().unwrap() == "mod" {
        path.parent().unwrap().to_owned()
    } else {
        path.with_extension("")
    };
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let pairs = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]");
    let names = pairs.filter_map(|pair| pair[1].strip_prefix("mod ")?.strip_suffix(';'));
    names.map(|name| folder.join(name)).collect()
}

/// Every source file that ships, cut where its tests begin.
fn sources() -> Vec<Source> {
    let files = files_below(&package().join("src"));
    let texts: Vec<_> = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let for_tests: BTreeSet<_> =
        files.iter().zip(&texts).flat_map(|(path, text)| test_modules(path, text)).collect();
    let mut sources = Vec::new();
    for (path, text) in files.iter().zip(texts) {
        if for_tests.contains(&path.with_extension("")) {
            continue;
        }
        let path = relative(path);
        let room = path.split('/').nth(1).filter(|room| !room.contains('.')).unwrap_or_default().to_owned();
        let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let code = own.lines().filter(|line| !line.trim_start().starts_with("//"));
        sources.push(Source { path, room, text: code.collect::<Vec<_>>().join("\n") });
    }
    assert!(sources.len() > 50, "the sources were not found");
    sources
}

/// The rooms that a text names, as `crate::room` or `crate::{room, other::Thing}`.
fn rooms_used(text: &str) -> BTreeSet<String> {
    let word =
        |text: &str| -> String { text.chars().take_while(|l| l.is_ascii_lowercase() || *l == '_').collect() };
    let mut rooms = BTreeSet::new();
    for start in ["crate::", "hybridscape::"] {
        for (at, _) in text.match_indices(start) {
            let rest = &text[at + start.len()..];
            match rest.strip_prefix('{') {
                Some(group) => rooms.extend(first_words(group).into_iter().map(word)),
                None => drop(rooms.insert(word(rest))),
            }
        }
    }
    rooms.remove("");
    rooms
}

/// The starts of the items of a group in braces, of which the opening one is already read.
fn first_words(group: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut items) = (0_usize, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                items.push(group[begin..at].trim());
                begin = at + 1;
                if letter == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    items
}

/// The table of `ARCHITECTURE.md`: a room and the rooms that it may use.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(package().join("ARCHITECTURE.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let cells =
        rows.map(|row| row.trim_matches('|').split('|').collect::<Vec<_>>()).filter(|cells| cells.len() == 3);
    cells.map(|cells| (quoted(cells[0]).remove(0), quoted(cells[2]).into_iter().collect())).collect()
}

#[test]
fn rooms_use_only_the_rooms_that_the_table_names() {
    let allowed = allowed();
    let mut found = BTreeSet::new();
    for source in sources().iter().filter(|source| !source.room.is_empty()) {
        let may =
            allowed.get(&source.room).unwrap_or_else(|| panic!("{} is not in ARCHITECTURE.md", source.room));
        for used in rooms_used(&source.text).into_iter().filter(|used| *used != source.room) {
            assert!(may.contains(&used), "{} uses {used}, which the table does not allow", source.path);
        }
        found.insert(source.room.clone());
    }
    for room in allowed.keys() {
        assert!(found.contains(room), "ARCHITECTURE.md names {room}, which is not there");
    }
}

#[test]
fn a_group_of_imports_is_read_as_single_ones_would_be() {
    let text = "use crate::{generate, model::{Plan, System}, plan_file::open};\nuse crate::rules::Facts;";
    let expected = ["generate", "model", "plan_file", "rules"].map(str::to_owned);
    assert_eq!(rooms_used(text), expected.into());
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut lengths = Vec::new();
    for path in files_below(&package().join("src")).iter().chain(&files_below(&package().join("tests"))) {
        let text = fs::read_to_string(path).unwrap();
        let (name, length) = (relative(path), text.lines().count());
        let is_excused = LONGER.iter().any(|(excused, _)| *excused == name);
        assert!(length <= LIMIT || is_excused, "{name} has {length} lines, {LIMIT} are the limit");
        assert!(text.starts_with("//! "), "{name} does not say what it is for");
        lengths.push(length);
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median < MEDIAN, "half of the files have {median} lines or more");
}

#[test]
fn colours_come_from_the_theme_files() {
    for source in sources().iter().filter(|source| !source.path.ends_with("app/theme.rs")) {
        for raw in ["Color32::from_", "Color32::WHITE", "Color32::BLACK", "Color32::RED", "Color32::GRAY"] {
            assert!(
                !source.text.contains(raw),
                "{} names a colour; give it a role in the themes",
                source.path
            );
        }
    }
}

#[test]
fn only_four_rooms_touch_the_disk() {
    for source in sources().iter().filter(|source| !DISK.contains(&source.room.as_str())) {
        for disk in ["std::fs", "fs::", "File::", "std::net", "std::process::Command"] {
            assert!(!source.text.contains(disk), "{} uses {disk}", source.path);
        }
    }
}

#[test]
fn every_rule_file_is_in_the_list_under_its_own_name() {
    let folder = package().join("src/rules");
    let mut on_disk = BTreeSet::new();
    for path in files_below(&folder) {
        if fs::read_to_string(&path).unwrap().contains("pub static RULE: Rule") {
            let family = path.parent().unwrap().file_name().unwrap().to_str().unwrap().replace('_', "-");
            on_disk.insert((family, path.file_stem().unwrap().to_str().unwrap().replace('_', "-")));
        }
    }
    let listed = rules::ALL.iter().map(|rule| (rule.family.word().to_owned(), rule.id.to_owned()));
    assert_eq!(listed.clone().count(), on_disk.len(), "a rule stands twice in the list or is missing");
    assert_eq!(listed.collect::<BTreeSet<_>>(), on_disk);
}

#[test]
fn every_rule_has_words_and_a_page() {
    for rule in rules::ALL {
        let words =
            [rule.title, rule.severity, rule.when, rule.why, rule.what_to_do, rule.not_when, rule.source];
        assert!(words.iter().all(|words| words.trim().len() > 2), "{} lacks words", rule.id);
        assert!(
            rule.severity.split([' ', ',']).any(|word| word.parse::<rules::Severity>().is_ok()),
            "{}",
            rule.id
        );
        assert!(rule.thresholds.iter().all(|t| !t.unit.is_empty() && !t.reason.is_empty()), "{}", rule.id);
        let page = rules::manual_page(rule);
        assert!(page.contains(rule.id) && page.contains(rule.what_to_do), "{}", rule.id);
    }
}

#[test]
fn every_subcommand_is_a_file_and_every_file_a_subcommand() {
    let files: BTreeSet<_> = files_below(&package().join("src/cli"))
        .iter()
        .filter(|path| path.parent().unwrap().ends_with("cli"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().replace('_', "-"))
        // Folders of plans are read by several commands.
        .filter(|name| name != "mod" && name != "folder")
        .collect();
    let command = Arguments::command();
    let commands: BTreeSet<_> =
        command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    assert_eq!(files, commands);
    let readme = fs::read_to_string(package().join("README.md")).unwrap();
    for command in commands {
        assert!(readme.contains(&format!("`{command}")), "README.md does not name {command}");
    }
}

#[test]
fn the_manual_of_the_rules_is_up_to_date() {
    let written = fs::read_to_string(package().join("docs/rules.md")).unwrap_or_default();
    assert!(
        written == rules::manual(),
        "docs/rules.md is not what the rules say; refresh it with\n\
         cargo run --no-default-features -- rules --format markdown > docs/rules.md"
    );
}

#[test]
fn the_plan_in_the_readme_reads_and_is_canonical() {
    let readme = fs::read_to_string(package().join("README.md")).unwrap();
    let example = readme.split("```ron\n").nth(1).unwrap().split("```").next().unwrap();
    let plan = hybridscape::plan_file::read(example).unwrap();
    assert_eq!(hybridscape::plan_file::write(&plan), example);
}
