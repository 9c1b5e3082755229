#!/bin/sh
# Feeds every parser and the template engine with what libFuzzer makes of the seeds in Fixtures/fuzz, with the address
# sanitizer. Arguments: seconds for each target (default 60), then the targets (default all).
# A crash leaves its input in .build-fuzz/found and ends the run with 1.
set -eu
cd "$(dirname "$0")/.."
SECONDS_EACH=${1:-60}
[ $# -gt 0 ] && shift
TARGETS=${*:-csv packed json ndjson times registers results configuration template xml}
SWIFT=${SWIFT:-swift}
# Optimised, because what counts is how many inputs are tried; checks of bounds and overflow stay.
FLAGS="-Xswiftc -O -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library -Xcc -fsanitize=fuzzer-no-link,address"

# shellcheck disable=SC2086
$SWIFT build --scratch-path .build-fuzz $FLAGS --product Fuzzing
BIN=$($SWIFT build --scratch-path .build-fuzz --show-bin-path)
"${SWIFT}c" -sanitize=fuzzer,address -o .build-fuzz/fuzz "$BIN"/libFuzzing.a \
  $(pkg-config --libs cairo libxml-2.0 zlib libzstd libcmark-gfm sqlite3) -lstdc++
mkdir -p .build-fuzz/found
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
for target in $TARGETS; do
  echo "fuzzing $target for $SECONDS_EACH s"
  mkdir -p ".build-fuzz/corpus/$target"
  ASSAY_FUZZ=$target .build-fuzz/fuzz -max_total_time="$SECONDS_EACH" -timeout=10 -rss_limit_mb=2048 -max_len=8192 \
    -print_final_stats=1 -artifact_prefix=".build-fuzz/found/$target-" ".build-fuzz/corpus/$target" \
    "Fixtures/fuzz/$target" 2>".build-fuzz/$target.log" || { tail -40 ".build-fuzz/$target.log"; exit 1; }
  grep -E "stat::number_of_executed_units|stat::peak_rss_mb" ".build-fuzz/$target.log"
done
