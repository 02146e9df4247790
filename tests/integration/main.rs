//! The tests that see the package from outside, in one program.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

mod architecture;
mod command_line;
mod consequences;
mod decision;
mod diff_schema;
mod expected_findings;
mod expected_numbers;
mod exports;
mod fixes;
mod git_merges;
mod golden_findings;
mod killed;
mod machine_formats;
mod merge_corpus;
#[cfg(unix)]
mod pull_request;
mod samples;
#[cfg(target_os = "linux")]
mod system_calls;
mod wave_is_done;
