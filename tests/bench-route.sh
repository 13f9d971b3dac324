#!/usr/bin/env bash
# Figures of the routing table as JSON lines: the month proven, its file's size, a million random questions on one core, the first answer from start.
#   bench-route.sh [DATA-FILE]   a data file with the sample's December published (default: that of the demonstration)
set -euo pipefail
cd "$(dirname "$0")/.."
B=${B:-build} db=${1:-${B:-build}/demo/toban.db}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ms() { date +%s%3N; }
${CC:-gcc} -std=c17 -D_GNU_SOURCE -O2 -Iinclude -o "$work/route" tests/bench/route.c "$B/libtoban.a" -lm
for period in 2026-12 2026-12-29..2027-01-03; do
    from=$(ms)
    "$B/toban" export table "$period" --file "$work/$period.json" --db "$db" --json --lang en >"$work/out"
    python3 - "$work/out" "$period" $(($(ms) - from)) <<'P'
import json, sys
j = json.load(open(sys.argv[1]))
print(json.dumps({"name": "route.built-proven-written", "period": sys.argv[2], "cells": j["cells"], "bytes": j["bytes"], "seconds": int(sys.argv[3]) / 1000}))
P
done
"$work/route" "$work/2026-12.json"
best=999999 cpu=999999 TIMEFORMAT='%U %S'
for _ in 1 2 3 4 5; do
    from=$(ms)
    { time { "$B/toban" route --table "$work/2026-12.json" --at 2026-12-20T03:00 --area 金沢市 --age 4 --guidance >/dev/null 2>&1 || [ $? -eq 1 ]; }; } 2>"$work/time"
    took=$(($(ms) - from))
    used=$(awk '{printf "%d", ($1 + $2) * 1000}' "$work/time")
    [ "$took" -lt "$best" ] && best=$took
    [ "$used" -lt "$cpu" ] && cpu=$used
done
echo "{\"name\":\"route.first-answer\",\"ms\":$best,\"cpu_ms\":$cpu}"
