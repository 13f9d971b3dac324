#!/usr/bin/env bash
# The demonstration: a region of true size from its files to paper, calendars and a routing table, under build/demo/.
set -euo pipefail
cd "$(dirname "$0")/../.."
B=${B:-build}
out=$B/demo
work=$B/demo-work
rm -rf "$out" "$work"
mkdir -p "$work"
db=$work/toban.db
lang=${TOBAN_DEMO_LANG:-ja}

by=見本の事務局
toban() { "$B/toban" "$@" --db "$db" --lang "$lang" --by "$by"; }
step() { printf '\n== %s\n' "$*"; }
# plan_and_publish WHEN NOTE PLAN-ARGUMENTS...
plan_and_publish() {
    local when=$1 note=$2 latest
    shift 2
    step "toban plan $*"
    toban plan "$@" --at "$when"
    toban check --at "$when"
    # The hospitals' council decides on its rotation before it is published, and not by the hand that planned it.
    latest=$(toban circulate | tail -n 1)
    case $latest in
    *rotation-*)
        step "toban approve"
        by=見本の協議会長 toban approve "$(awk '{ print $1 }' <<<"$latest")" --date "${when%T*}" --at "$when"
        ;;
    esac
    toban publish --note "$note" --at "$when"
}

step "toban init --region rosters/ishikawa-chuo"
toban init --region rosters/ishikawa-chuo --at 2026-01-20T09:00
cp "$db" "$work/joint.db"
plan_and_publish 2026-02-10T10:00 "令和8年度 病院群輪番" FY2026
plan_and_publish 2026-02-12T10:00 "令和8年度上期 在宅当番医" FY2026-H1
plan_and_publish 2026-08-10T10:00 "令和8年度下期 在宅当番医" FY2026-H2
plan_and_publish 2026-10-08T10:00 "12月 急病センター" 2026-12
plan_and_publish 2026-10-15T10:00 "年末年始" 年末年始 --duty all

step "all duties of December in one program (nothing published before)"
"$B/toban" plan 2026-12 --duty all --db "$work/joint.db" --lang "$lang" --at 2026-01-21T10:00
"$B/toban" check --db "$work/joint.db" --lang "$lang" --at 2026-01-21T10:00

step "toban export all"
toban export all --out "$out" --routing 2026-12-01..2027-01-03 --at 2026-10-15T11:00
mv "$db" "$out/toban.db"
db=$out/toban.db

step "toban now --at 2026-12-31T20:00"
toban now --at 2026-12-31T20:00
step "a feverish child of 4 in 森本, yellow, on New Year's Eve at 20:10 and at 03:00"
toban route --at 2026-12-31T20:10 --area 森本 --age 4 --complaint paed-internal --level qsuke:v3:黄 || [ $? -eq 1 ]
toban route --at 2027-01-01T03:00 --area 森本 --age 4 --complaint paed-internal --level qsuke:v3:黄 || [ $? -eq 1 ]
step "report"
head -n 40 "$out/report.txt"
echo
echo "Everything is under $out/: $(find "$out" -type f | wc -l) files. Look at roster.html first."
echo "The same in a browser: $B/toban office --db $out/toban.db --at 2026-11-10T10:00"
