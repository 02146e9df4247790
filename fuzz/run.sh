#!/bin/sh
# Runs a target for so many seconds, or on one input: ./run.sh plan 300, ./run.sh plan FILE
set -eu
cd "$(dirname "$0")"
target=$1
program="${CARGO_TARGET_DIR:-target}/x86_64-unknown-linux-gnu/release/$target"
if [ -e "${2:-}" ]; then
    exec "$program" "$2"
fi
mkdir -p "artifacts/$target" "corpus/$target"
# A person waits two seconds for a sentence; a machine that others work on gets five.
"$program" "corpus/$target" "first/$target" -max_total_time="${2:-60}" -dict=plan.dict \
    -artifact_prefix="artifacts/$target/" -max_len=16384 -rss_limit_mb=512 -timeout=5 -print_final_stats=1 \
    > "artifacts/$target/log" 2>&1 && failed= || failed=yes
grep -E "^stat::|^#.*(INITED|DONE)" "artifacts/$target/log" || true
if [ -n "$failed" ]; then
    input=$(grep -o "artifacts/$target/[a-z]*-[0-9a-f]*" "artifacts/$target/log" | tail -n 1)
    grep -v "^#" "artifacts/$target/log" | tail -n 60
    echo "The target $target failed on fuzz/$input. Again, from the root of the repository:"
    echo "    fuzz/build.sh && fuzz/run.sh $target $input"
    echo "The input, for base64 -d > fuzz/$input:"
    base64 "$input"
    exit 1
fi
