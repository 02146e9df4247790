//! The reader of plan files: whatever the text, a plan or a sentence; a plan is written as it is read.
#![no_main]

use hybridscape::plan_file::{first_comment, hidden_characters, read, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = (first_comment(text), hidden_characters(text));
    match read(text) {
        Ok(plan) => {
            let written = write(&plan);
            let again = read(&written).expect("what was written can be read");
            assert_eq!(write(&again), written);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
