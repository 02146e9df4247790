//! Broken plan files and what is said about each; a person has read every sentence.

use std::fmt::Write as _;

use super::read;

/// A name for what is broken, the text, and the words that must come up: line, column, place and
/// advice.
const BROKEN: &[(&str, &str, &[&str])] = &[
    ("empty", "", &["is empty", "earlier version"]),
    ("blank", " \r\n\n", &["is empty", "earlier version"]),
    ("no plan", "hello", &["\"format\" of the plan is missing", "line 1, column 1", "\"format: 1,\""]),
    ("json", "{\"name\": \"Shop\"}", &["\"format\" of the plan is missing", "\"format: 1,\""]),
    ("no format", "(\n    name: \"Shop\",\n)", &["line 1, column 1", "first line inside the parentheses"]),
    (
        "newer format",
        "(\n    format: 2,\n    new: 1,\n)",
        &["line 2, column 13, at format", "Update Hybridscape"],
    ),
    ("format of far away", "(format: 99999999999999)", &["newer version", "Update Hybridscape"]),
    ("format in words", "(\n    format: \"one\",\n)", &["line 2, column 13, at format", "\"format: 1,\""]),
    (
        "same id twice",
        "(\n    format: 1,\n    systems: {\n        \"erp\": (name: \"ERP\"),\n        \"erp\": (name: \"Other\"),\n    },\n)",
        &["\"erp\"", "line 5, column 9, at systems", "first is in line 4", "rename it"],
    ),
    (
        "same holding twice",
        "(\n    format: 1,\n    systems: {\"erp\": (name: \"ERP\", holdings: {\n        \"order\": (),\n        \"order\": (),\n    })},\n)",
        &["line 5, column 9, at systems › erp › holdings", "first is in line 4"],
    ),
    (
        "same field twice",
        "(\n    format: 1,\n    name: \"Shop\",\n    name: \"Store\",\n)",
        &["field \"name\"", "line 4, column 5", "first is in line 3", "Delete one"],
    ),
    (
        "format twice",
        "(\n    format: 1,\n    format: 1,\n)",
        &["field \"format\"", "line 3, column 5", "first is in line 2"],
    ),
    (
        "unknown field",
        "(\n    format: 1,\n    systems: {\"erp\": (name: \"ERP\", dispositon: \"migrate\")},\n)",
        &["\"dispositon\"", "line 3, column 36, at systems › erp.", "Did you mean \"disposition\"?"],
    ),
    (
        "field of another program",
        "(\n    format: 1,\n    colour: \"red\",\n)",
        &["\"colour\"", "line 3, column 5", "update Hybridscape if a newer version wrote it"],
    ),
    (
        "field that begins like infinity",
        "(\n    format: 1,\n    info: \"red\",\n)",
        &["Unknown field \"info\"", "line 3, column 5"],
    ),
    (
        "unknown word",
        "(\n    format: 1,\n    systems: {\"erp\": (name: \"ERP\", disposition: \"migrte\")},\n)",
        &[
            "\"migrte\"",
            "line 3, column 49, at systems › erp › disposition",
            "Did you mean \"migrate\"?",
            "integrate, migrate, federate, retire, undecided",
        ],
    ),
    (
        "word of nobody",
        "(\n    format: 1,\n    aim: \"fame\",\n)",
        &["\"fame\"", "line 3, column 10, at aim", "Known words: draft, review, build, cutover."],
    ),
    (
        "missing field",
        "(\n    format: 1,\n    flows: {\n        \"a-to-b\": (to: \"b\"),\n    },\n)",
        &["\"from\" is missing", "line 4", "at flows › a-to-b.", "Add the line \"from: …,\""],
    ),
    (
        "no date",
        "(\n    format: 1,\n    as_of: \"soon\",\n)",
        &["\"soon\"", "line 3, column 12, at as_of", "2027-03-31"],
    ),
    (
        "date without quotes",
        "(\n    format: 1,\n    as_of: 2027,\n)",
        &["2027 instead of a text", "line 3, column 12, at as_of", "quotes"],
    ),
    (
        "conflict",
        "(\n    format: 1,\n<<<<<<< HEAD\n    name: \"A\",\n=======\n    name: \"B\",\n>>>>>>> b\n)",
        &["<<<<<<<", "line 3, column 1", "Finish the merge"],
    ),
    (
        "rest of a conflict",
        "(\n    format: 1,\n=======\n)",
        &["=======", "line 3, column 1", "Finish the merge"],
    ),
    (
        "end of a conflict",
        "(\n    format: 1,\n>>>>>>> b\n)",
        &[">>>>>>>", "line 3, column 1", "Finish the merge"],
    ),
    (
        "infinite",
        "(\n    format: 1,\n    thresholds: {\"a.b\": inf},\n)",
        &["\"inf\"", "line 3, column 25, at thresholds › a.b", "Write a number"],
    ),
    (
        "not a number",
        "(\n    format: 1,\n    org: (storage_used_gb: NaN),\n)",
        &["\"NaN\"", "line 3, column 28, at org › storage_used_gb", "delete the line"],
    ),
    (
        "too large for a number",
        "(\n    format: 1,\n    thresholds: {\"a.b\": 1e400},\n)",
        &["\"1e400\"", "line 3, column 25, at thresholds › a.b", "Write a number"],
    ),
    ("nul", "(\n    format: 1,\n    name: \"\0\",\n)", &["NUL", "line 3, column 12", "UTF-8"]),
    (
        "cut off",
        "(\n    format: 1,\n    systems: {\n        \"erp\": (\n            name: \"ERP\",\n",
        &["ends too early", "line 5, column 25, at systems › erp", "earlier version"],
    ),
    (
        "cut off in a text",
        "(\n    format: 1,\n    name: \"Sho",
        &["never ends", "line 3, column 11, at name", "closing quote", "earlier version"],
    ),
    ("open comment", "(\n    format: 1, /* ours\n)", &["comment", "line 2, column 16", "closing */"]),
    (
        "wrong bracket",
        "(\n    format: 1,\n    systems: {\n    ),\n)",
        &["Found ) instead of }", "line 4, column 5, at systems", "opened in line 3"],
    ),
    (
        "one bracket too many",
        "(\n    format: 1,\n)\n)",
        &["A ) closes nothing", "line 4, column 1", "Delete it"],
    ),
    ("more after the end", "(\n    format: 1,\n)\nmore", &["follows", "line 4, column 1", "Delete it"]),
    (
        "no comma",
        "(\n    format: 1,\n    name: \"Shop\"\n    notes: \"N\",\n)",
        &["Found notes instead of a comma", "line 4, column 5", "End what stands before with a comma"],
    ),
    (
        "no colon",
        "(\n    format: 1,\n    systems: {\"erp\" (name: \"ERP\")},\n)",
        &["instead of a colon", "line 3, column 21, at systems", "Write a colon"],
    ),
    (
        "no quotes",
        "(\n    format: 1,\n    name: Shop,\n)",
        &["Found Shop instead of a text", "line 3, column 11, at name"],
    ),
    (
        "list for a map",
        "(\n    format: 1,\n    systems: [\"erp\"],\n)",
        &["instead of entries by id", "line 3, column 14, at systems", "in braces"],
    ),
    (
        "map for fields",
        "(\n    format: 1,\n    systems: {\"erp\": {}},\n)",
        &["instead of fields in parentheses", "line 3, column 22, at systems › erp"],
    ),
    (
        "text for a list",
        "(\n    format: 1,\n    flows: {\"f\": (from: \"a\", to: \"b\", via: \"hub\")},\n)",
        &["\"hub\" instead of a list", "line 3, column 44, at flows › f › via", "square brackets"],
    ),
    (
        "fraction",
        "(\n    format: 1,\n    org: (users: 3.5),\n)",
        &["3.5 instead of a whole number", "line 3, column 18, at org › users", "Round it"],
    ),
    (
        "below zero",
        "(\n    format: 1,\n    org: (users: -3),\n)",
        &["-3 instead of a whole number", "line 3, column 18, at org › users"],
    ),
    (
        "too large for a field",
        "(\n    format: 1,\n    org: (users: 99999999999),\n)",
        &["99999999999 instead of", "line 3, column 18, at org › users", "Correct the number"],
    ),
    (
        "yes for true",
        "(\n    format: 1,\n    systems: {\"erp\": (name: \"ERP\", standalone: \"yes\")},\n)",
        &["\"yes\" instead of true or false", "line 3, column 48, at systems › erp › standalone"],
    ),
    (
        "position of three",
        "(\n    format: 1,\n    drawing: (positions: {\"erp\": (1, 2, 3)}),\n)",
        &["3 instead of two whole numbers", "line 3, column 41, at drawing › positions › erp", "(100, 40)"],
    ),
    (
        "position of one",
        "(\n    format: 1,\n    drawing: (positions: {\"erp\": (1)}),\n)",
        &["instead of two whole numbers", "line 3", "at drawing › positions › erp", "(100, 40)"],
    ),
    (
        "odd backslash",
        "(\n    format: 1,\n    notes: \"C:\\data\",\n)",
        &["line 3, column 12, at notes", "two backslashes"],
    ),
    (
        "wrong claim",
        "(\n    format: 1,\n    domains: {\"d\": (name: \"D\", truth: [(system: \"a\"), (system: 4)])},\n)",
        &["4 instead of a text", "line 3, column 64, at domains › d › truth › entry 2 › system"],
    ),
    ("unknown extension", "#![enable(magic)]\n(format: 1)", &["line 1, column 11", "magic"]),
];

#[test]
fn every_sentence_says_what_where_and_what_to_do() {
    let (mut table, mut missing) = (String::new(), String::new());
    for (name, text, words) in BROKEN {
        let sentence = read(text).unwrap_err().to_string();
        for word in *words {
            if !sentence.contains(word) {
                let _ = writeln!(missing, "{name}: no {word} in: {sentence}");
            }
        }
        let _ = writeln!(table, "{name}:\n    {sentence}");
    }
    assert_eq!(missing, "");
    insta::assert_snapshot!(table);
}

fn sentence(text: &str) -> String {
    read(text).unwrap_err().to_string()
}

#[test]
fn what_is_too_much_is_refused() {
    let deep = format!("(format: 1, notes: {}", "[".repeat(10_000));
    assert!(
        sentence(&deep)
            .starts_with("Brackets stand more than 64 deep in line 1, column 83, at notes › entry 1")
    );
    let long = format!("(format: 1, notes: \"{}\")", "x".repeat(64 * 1024 + 1));
    assert!(
        sentence(&long).starts_with("A text is longer than 64 KB in line 1, column 20, at notes. Shorten")
    );
    let in_conflict = |length: usize| {
        let value = "x".repeat(length);
        let notes = "x".repeat(64 * 1024 + 1);
        format!("(format: 1, conflicts: {{\"name\": (ours: \"{value}\")}}, notes: \"{notes}\")")
    };
    assert!(sentence(&in_conflict(1024 * 1024)).contains("longer than 64 KB in line 1, column"));
    let found = sentence(&in_conflict(1024 * 1024 + 1));
    assert!(found.contains("longer than 1024 KB in line 1") && found.contains("at conflicts › name › ours"));
    let file = format!("(format: 1, notes: \"\"){}", " ".repeat(64 * 1024 * 1024));
    assert!(sentence(&file).starts_with("The file is larger than 64 MB."));
    for (what, most) in [("systems", 50_000), ("flows", 200_000)] {
        let many = (0..=most).map(|number| format!("\"{number}\":(),")).collect::<Vec<_>>().concat();
        let found = sentence(&format!("(format: 1,\n{what}: {{{many}}})"));
        assert!(found.starts_with("The plan has more than"), "{found}");
        assert!(found.contains(&format!("at {what} › {most}. Split the plan")), "{found}");
    }
}

#[test]
fn what_would_take_all_memory_is_refused() {
    let fields = (0..300).map(|number| format!("f{number}: 1,")).collect::<Vec<_>>().concat();
    assert!(sentence(&format!("(format: 1, {fields})")).starts_with("The plan has more than 200 fields"));
    let list = format!("(format: 1, flows: {{\"f\": (via: [{}])}})", "\"a\",".repeat(50_002));
    assert!(sentence(&list).starts_with("The plan has more than 50000 entries in one place in line 1"));
    let carries = format!("\"f\": (carries: [{}]),", "(domain: \"a\"),".repeat(50_000));
    let flows = (0..21).map(|number| carries.replacen('f', &format!("f{number}"), 1)).collect::<Vec<_>>();
    let flows = flows.concat();
    let found = sentence(&format!("(format: 1, flows: {{{flows}}})"));
    assert!(found.starts_with("The plan has more than 1000000 entries in line 1"), "{found}");
}

#[test]
fn what_is_long_is_cut_in_the_sentence() {
    let long = "x".repeat(1_000);
    for text in [
        format!("(format: 1, {long}: 1)"),
        format!("(format: 1, notes: {long})"),
        format!("(format: 1, org: (users: {}))", "9".repeat(1_000)),
        format!("(format: 1, aim: \"{long}\")"),
        format!("(format: 1, as_of: \"{long}\")"),
        format!("(format: 1, systems: {{\"{long}\": (), \"{long}\": ()}})"),
        format!("(format: {})", "9".repeat(1_000)),
        format!("(format: 1, {})", "-".repeat(1_000)),
    ] {
        let sentence = sentence(&text);
        assert!(sentence.len() < 600, "{} bytes: {sentence}", sentence.len());
    }
}

#[test]
fn hostile_comments_and_raw_texts_are_read() {
    let comments = format!("{}{}(format: 1)", "/*".repeat(100_000), "*/".repeat(100_000));
    assert!(read(&comments).is_ok());
    let hashes = "#".repeat(100);
    assert!(read(&format!("(format: 1, notes: r{hashes}\"x\"{hashes})")).is_ok());
}
