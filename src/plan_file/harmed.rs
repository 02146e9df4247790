//! A plan file that was harmed in every way at many places: each gives a sentence or a plan, none
//! ends the program, none is overwritten.

use std::path::Path;
use std::sync::Arc;

use super::disk::simulated::SimulatedDisk;
use super::open::plan_of_bytes;
use super::{Expected, Fault, SaveError, StateFolder, save_over, write};
use crate::model::Plan;

const SAMPLE: &str = include_str!("../../sample_landscapes/article.plan.ron");

/// What is put into the text.
const INSERTED: [&str; 24] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    ",",
    ":",
    "\\",
    "'",
    "r#\"",
    "/*",
    "//",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\n<<<<<<< HEAD\n",
    "\n=======\n",
    "inf",
    "1e400",
    "-",
    "#![enable(unwrap_newtypes)]",
    "Some(",
];

/// What stands for a token instead.
const INSTEAD: [&str; 16] = [
    "",
    "NaN",
    "-1",
    "1.5",
    "99999999999999999999",
    "true",
    "\"\"",
    "\"xyzzy\"",
    "xyzzy",
    "()",
    "{}",
    "[]",
    "None",
    "'x'",
    "0x",
    "\"\\u{110000}\"",
];

/// Bytes that are no text.
const BYTES: [&[u8]; 4] = [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xfe\xff"];

/// Every way at every so many places, each the bytes of a file.
fn harmed() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let places: Vec<usize> =
        (0..SAMPLE.len()).step_by(241).filter(|at| SAMPLE.is_char_boundary(*at)).collect();
    for (number, at) in places.into_iter().enumerate() {
        let (before, after) = SAMPLE.split_at(at);
        let mut add = |what: &str, bytes: Vec<u8>| files.push((format!("{what} at byte {at}"), bytes));
        // Not everything everywhere: each way comes to every part of the file.
        for inserted in INSERTED.iter().skip(number % 3).step_by(3) {
            add(&format!("inserted {inserted:?}"), [before, inserted, after].concat().into_bytes());
        }
        let token = super::token::tokens(after).next().map(|token| (token.start, token.end()));
        for instead in INSTEAD.iter().skip(number % 3).step_by(3) {
            if let Some((start, end)) = token {
                let text = [before, &after[..start], instead, &after[end..]].concat();
                add(&format!("{instead:?} instead of a token"), text.into_bytes());
            }
        }
        let bytes = BYTES[number % BYTES.len()];
        add("bytes", [before.as_bytes(), bytes, after.as_bytes()].concat());
        let line = after.find('\n').map_or(after.len(), |end| end + 1);
        add("line gone", [before, &after[line..]].concat().into_bytes());
        let twice = after[line..].find('\n').map_or(line, |end| line + end + 1);
        add("line twice", [before, &after[..twice], &after[line..]].concat().into_bytes());
        add("rest twice", [before, after, after].concat().into_bytes());
        add("cut off", before.as_bytes().to_vec());
    }
    files
}

#[test]
fn a_harmed_file_gives_a_sentence_with_a_place_and_is_not_overwritten() {
    let (mut refused, mut read) = (0, 0);
    for (what, bytes) in harmed() {
        match plan_of_bytes(&bytes) {
            Ok(plan) => {
                let text = write(&plan);
                assert_eq!(plan_of_bytes(text.as_bytes()).map(|plan| write(&plan)), Ok(text), "{what}");
                read += 1;
            }
            Err(error) => {
                let is_of_the_whole_file = matches!(*error.fault, Fault::Empty | Fault::Utf16);
                assert!(is_of_the_whole_file || error.position.is_some(), "{what}: {error}");
                let sentence = error.to_string();
                assert!(sentence.ends_with(['.', '?']) && sentence.len() < 1_200, "{what}: {sentence}");
                let fault = sentence.split(". ").next().unwrap_or_default();
                assert!(!fault.contains("Error"), "{what}: not in our words: {sentence}");
                assert_kept(&what, &bytes);
                refused += 1;
            }
        }
    }
    println!("{refused} harmed files refused, {read} still plans");
    assert!(refused >= 1_000, "{refused}");
}

/// Asserts that saving another plan leaves the file alone.
fn assert_kept(what: &str, bytes: &[u8]) {
    let disk = SimulatedDisk::with_folders(&["/plans"]);
    disk.put("/plans/shop.plan.ron", bytes);
    let state = StateFolder::on(Arc::new(disk.clone()), "/state");
    let plan = Plan::named("Shop");
    let result = save_over(&plan, Path::new("/plans/shop.plan.ron"), &Expected::any_plan(), Some(&state));
    assert!(matches!(result, Err(SaveError::NotAPlan { .. })), "{what}: {result:?}");
    assert_eq!(disk.bytes("/plans/shop.plan.ron").as_deref(), Some(bytes), "{what}");
}

/// At every byte of the beginning and of the end; between them the same things come again, so
/// that less will do.
#[test]
fn a_plan_cut_off_anywhere_is_refused() {
    let whole = SAMPLE.trim_end().len();
    let cuts = (0..4_000).chain((4_000..whole - 500).step_by(11)).chain(whole - 500..SAMPLE.len());
    let mut number = 0;
    for end in cuts {
        match plan_of_bytes(&SAMPLE.as_bytes()[..end]) {
            Ok(_) => assert!(end >= whole, "cut at byte {end}"),
            Err(error) => assert!(end < whole && (end == 0 || error.position.is_some()), "{end}: {error}"),
        }
        number += 1;
    }
    println!("{number} files cut off");
    assert!(number >= 2_000, "{number}");
}
