#!/usr/bin/env bash
# Comparisons with other solvers, side by side in one run: a table on stdout, all figures in build/bench.json.
#   BENCH_QUICK=1   each thing once, the long ones left out
#   BENCH_ONLY=WORD only the sections whose name has the word in it
set -euo pipefail
cd "$(dirname "$0")/.."
export B=${B:-build} LC_ALL=C.UTF-8
exec python3 tests/bench/bench.py
