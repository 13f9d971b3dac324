#!/usr/bin/env bash
# forms.sh DB DIR AT: every form of the latest publication of DB into DIR, as it is written and answered at AT. Needs $TOBAN.
set -u
db=$1 dir=$2 at=$3
mkdir -p "$dir/a"
t() { "$TOBAN" "$@" --db "$db" --lang ja; }
{
    t export all --out "$dir/all" --routing 2026-12-01..2026-12-31 --at "$at" >/dev/null
    t export sheets 2026-12-11..2026-12-31 --out "$dir/sheets" --at "$at" >/dev/null
    t duties 2026-12 --json --at "$at" >"$dir/a/duties.json"
    for now in 2026-12-13T10:00 2026-12-19T20:00; do
        t now --json --at $now >"$dir/a/now-$now.json"
        t now --page html --at $now >"$dir/a/page-$now.html"
        n=0
        while read -r question; do
            n=$((n + 1))
            # shellcheck disable=SC2086 # the words of the question
            t route $question --at $now --json >"$dir/a/route-$now-$n.json" 2>&1
        done <<'Q'
--area 桜町 --age 70 --complaint internal --guidance
--area きたいち --age 4 --complaint wound --level qsuke:v3:黄
--area 南一 --age 40 --complaint internal --level qsuke:v3:赤 --channel public
--area n2 --age 40 --complaint internal --level qsuke:v3:赤 --modifier dialysis --channel desk
Q
    done
} 2>"$dir/err"
[ -s "$dir/err" ] || rm "$dir/err"
