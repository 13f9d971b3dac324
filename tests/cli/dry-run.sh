#!/usr/bin/env bash
# --dry-run: every command that can be tried answers as if it had done it, says that it did not, and leaves the data file as it was.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/small.sh
sed -i 's/"ledgers": \[/"surveys": [{"id": "dec", "from": "2026-12-01", "to": "2026-12-31", "duties": ["night"]}],\n "recipients": [{"id":"fire","name":"消防","kind":"fire","way":"fax"}],\n "ledgers": [/' "$work/region/region.json"
cp rosters/ishikawa-chuo/policies.csv "$work/region/"
sed -i 's/"providers": \[/&{"id":"tert","name":"救命センター（架空）","kind":"clinic","area":"town","phone":"076-000-0001","tertiary":"yes"},{"id":"dept","name":"架空大学医局","kind":"doctor","area":"town","names_days":1},{"id":"u1","name":"名簿 花子","kind":"doctor","area":"town"},/; s/"members": \[/"links": [{"from":"u1","type":"employed-by","to":"dept"}],\n &{"duty":"night","provider":"dept"},/' "$work/region/region.json"
printf 'id,name,specialities\ninternal,内科系,internal\n' >"$work/region/complaints.csv"
printf 'id,name,phone,from,to\n7119,相談（架空）,#7119,00:00,24:00\n' >"$work/region/lines.csv"
small_init
now=(--at 2026-12-03T09:00)
roster 2026-11-02T09:00 p1 p2 p3 dept
draft 2026-11-03T09:00 p2 p1 p3 dept
t plan 2026-12-20..2026-12-21 --duty night --at 2026-11-04T09:00 >/dev/null
echo "duty,date,band,role,provider,action" >"$work/region/pins.csv"
t import "$work/region" --replace --yes --at 2026-11-04T09:00 >/dev/null 2>&1 # the pins that made the rosters go
t pin --seat night:2026-12-02:eve --provider p2 --at 2026-11-04T09:00 >/dev/null
t wish --survey dec --provider p2 --type cannot --from 2026-12-24 --at 2026-11-05T09:00 >/dev/null
t forbid --seat night:2026-12-24:eve --provider p2 --at 2026-11-05T09:00 >/dev/null
t exception --rule wish.cannot --seat night:2026-12-24:eve --provider p2 --reason x --signed-by y --at 2026-11-05T09:00 >/dev/null
t rows exemptions provider=p3 from=2027-12-01 to=2027-12-05 reason=leave --add --at 2026-11-05T09:00 >/dev/null
t swap ask --seat night:2026-12-03:eve --with night:2026-12-04:eve --at 2026-11-05T09:00 >/dev/null
printf 'date,name\n2026-12-24,臨時の休日\n' >"$work/holidays.csv"
printf 'duty,date,band,came,patients\nnight,2026-12-02,eve,,9\n' >"$work/attend.csv"
cat >"$work/region/holidays.csv" <"$work/holidays.csv"
# one change by hand that can be taken back, and one that can be done again
t unassign --seat night:2026-12-21:eve "${now[@]}" >/dev/null
t assign --seat night:2026-12-21:eve --provider p2 "${now[@]}" >/dev/null
t undo "${now[@]}" >/dev/null
t override note --provider centre --minutes 600 --note 断水 --source 電話 "${now[@]}" >/dev/null
dump() { sqlite3 "$db" .dump | sha256sum; }
before=$(dump)
tried=
# tried COMMAND...: an answer, a trial; the file is as it was; without --dry-run the same command writes.
tried() {
    tried+=" $1"
    t "$@" --dry-run "${now[@]}" --lang en >"$work/out" 2>"$work/err"
    code=$?
    is "$(head -n 1 "$work/out")" "TRIAL: nothing was written. If it were done:" "$1: a trial, and it says so first"
    t "$@" --dry-run "${now[@]}" --json >"$work/j" 2>/dev/null
    is "$(json "$work/j" 'Object.keys(j)[2]+" "+j.dry_run')" "dry_run true" "  in JSON before the answer"
    is "$(dump)" "$before" "  the data file is as it was"
    cp "$db" "$work/real.db"
    "$TOBAN" "$@" --db "$work/real.db" "${now[@]}" --lang en >"$work/real" 2>/dev/null
    is "$?/$(sqlite3 "$work/real.db" .dump | sha256sum | grep -c "${before%% *}")" "$code/0" "  it would have been written, with the same exit code"
    [ "$1" = import ] && sed -i '/^holidays +/d' "$work/out" # the rows that would change
    cmp -s <(tail -n +2 "$work/out") "$work/real"
    ok $? "  and this is what it would have said"
}
tried wish --survey dec --provider p1 --type cannot --from 2026-12-24
tried wish --survey dec --provider p2 --type cannot --from 2026-12-24 --remove
tried pin --seat night:2026-12-24:eve --provider p1
tried pin --seat night:2026-12-02:eve --provider p2 --remove
tried forbid --seat night:2026-12-25:eve --provider p1
tried forbid --seat night:2026-12-24:eve --provider p2 --remove
tried exception --rule wish.cannot --seat night:2026-12-25:eve --provider p2 --reason x --signed-by y
tried exception --rule wish.cannot --seat night:2026-12-24:eve --provider p2 --remove
tried rows exemptions provider=p1 from=2027-12-01 to=2027-12-05 reason=leave --add
tried rows exemptions provider=p3 from=2027-12-01 --remove
tried import "$work/holidays.csv" --entity holidays
tried import "$work/region"
tried attend night:2026-12-02:eve --patients 12
tried attend --file "$work/attend.csv"
tried override note --provider centre --minutes 60 --note 駐車場工事 --source 電話
tried replace --seat night:2026-12-04:eve --with first
tried todo --done override:1 --note 知らせた
tried name night:2026-12-05:eve --person u1
tried assign --seat night:2026-12-20:eve --provider p3 --instead-of "$(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE date='2026-12-20' ORDER BY draft DESC LIMIT 1")"
tried unassign --seat night:2026-12-20:eve
tried exchange --seat night:2026-12-20:eve --with night:2026-12-21:eve
tried undo
tried redo
tried circulate 3 --until 2026-12-10
tried approve 3 --note x
tried swap agree 1 --provider p3
tried purge drafts --before 2026-11-04 --yes
tried withdraw 2026-12 --duty night --reason 休診
tried publish --draft 3 --note x
# What it does not refuse it would not have refused, and the other way round.
t pin --seat night:2026-12-24:eve --provider p2 --dry-run "${now[@]}" --lang en >"$work/out" 2>"$work/err"
is "$?/$(wc -c <"$work/out")" 6/0 "what would be refused is refused"
t import "$work/region" --replace --dry-run --json "${now[@]}" >"$work/j" 2>"$work/err"
is "$? $(json "$work/j" 'j.removed>0')" "0 true" "a trial of --replace shows what would go, without --yes"
like "$(cat "$work/err")" 'wishes: dec/p2/cannot/2026-12-24' "by name"
is "$(dump)" "$before" "and nothing went"
for c in export plan token ledger sent serve backup; do
    "$TOBAN" "$c" --help | grep -q -- --dry-run
    is "$?" 1 "$c cannot be tried, and does not say that it can"
done
missing=
for c in $("$TOBAN" --help --lang en | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p'); do
    "$TOBAN" "$c" --help 2>/dev/null | grep -q -- --dry-run || continue
    grep -qw -- "$c" <<<"$tried" || missing+=" $c"
done
is "$missing" "" "every command that offers it was tried here"
# An older file is not brought up by a trial.
db=$work/old.db
sqlite3 "$db" <"$(find tests/upgrade -name 'release-*.sql' | sort | head -n 1)"
if [ "$(sqlite3 "$db" 'PRAGMA user_version')" != "$(sqlite3 "$work/small.db" 'PRAGMA user_version')" ]; then
    before=$(dump)
    t forbid --seat night:2026-12-24:eve --provider p1 --dry-run "${now[@]}" --lang en >/dev/null 2>"$work/err"
    is "$?/$(dump)" "4/$before" "a data file of an older form stays as it is"
fi
done_testing
