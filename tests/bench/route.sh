#!/usr/bin/env bash
# Figures of the routing table as JSON lines: a period built, proven and written, its file's size, a million random questions on one core, the first answer from start.
#   route.sh DATA-FILE   a data file with the sample's December and New Year published
set -euo pipefail
cd "$(dirname "$0")/../.."
B=${B:-build} db=${1:?data file}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
${CC:-gcc} -std=c17 -D_GNU_SOURCE -O2 -Iinclude -o "$work/route" tests/bench/route.c "$B/libtoban.a" $(pkg-config --libs libutf8proc) -lm
cp "$db" "$work/toban.db"
python3 - "$B/toban" "$work" <<'P'
import json, os, subprocess, sys, time

toban, work = sys.argv[1:]


def run(argv):
    out = open(f"{work}/out", "wb")
    begun = time.monotonic()
    p = subprocess.Popen(argv, stdout=out, stderr=subprocess.DEVNULL)
    _, _, u = os.wait4(p.pid, 0)
    return {"wall": round(time.monotonic() - begun, 3), "cpu": round(u.ru_utime + u.ru_stime, 3), "peak_kb": u.ru_maxrss}


for period in ["2026-12", "2026-12-29..2027-01-03"]:
    got = run([toban, "export", "table", period, "--file", f"{work}/{period}.json", "--db", f"{work}/toban.db", "--json", "--lang", "en"])
    j = json.load(open(f"{work}/out"))
    print(json.dumps({"name": "route.built-proven-written", "period": period, "cells": j["cells"], "bytes": j["bytes"], **got}))
first = [run([toban, "route", "--table", f"{work}/2026-12.json", "--at", "2026-12-20T03:00", "--area", "金沢市", "--age", "4", "--guidance"]) for _ in range(9)]
bare = [run([toban, "--help"]) for _ in range(9)]
least = lambda runs, key: min(r[key] for r in runs)
print(json.dumps({"name": "route.first-answer", "wall": least(first, "wall"), "cpu": least(first, "cpu"), "peak_kb": least(first, "peak_kb"), "peak_kb_of_help": least(bare, "peak_kb")}))
P
"$work/route" "$work/2026-12.json"
