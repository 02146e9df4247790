#!/bin/sh
# Runs a target for so many seconds: ./run.sh plan 300
set -eu
cd "$(dirname "$0")"
target=$1
mkdir -p "artifacts/$target" "corpus/$target"
exec "target/x86_64-unknown-linux-gnu/release/$target" "corpus/$target" "first/$target" \
    -max_total_time="${2:-60}" -dict=plan.dict -artifact_prefix="artifacts/$target/" \
    -max_len=16384 -rss_limit_mb=512 -timeout=2 -print_final_stats=1
