#!/bin/sh
# Builds the targets with the counters that libFuzzer needs, on stable Rust.
set -eu
cd "$(dirname "$0")"
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Clink-dead-code" \
    cargo build --release --target x86_64-unknown-linux-gnu
