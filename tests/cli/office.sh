#!/usr/bin/env bash
# The office's pages: the door, what strangers send, a month worked on by hand by two at once, kills, the plan as a job, publication.
# CLERKS=N: so many changes of two clerks, and a hundred kills (make long).
# shellcheck source=tests/tap.sh
. tests/tap.sh
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
python=/usr/bin/python3
db=$work/office.db
at=2026-11-10T10:00
"$TOBAN" init --region rosters/ishikawa-chuo --db "$db" --at 2026-01-20T09:00 >/dev/null
ok $? "a region of true size"
"$TOBAN" plan 2027-01 --db "$db" --at $at >/dev/null
ok $? "with a month planned"
"$TOBAN" office --listen 0.0.0.0 --db "$db" >/dev/null 2>"$work/err"
is "$?" 2 "it listens to nobody outside without a proxy"
"$python" tests/interop/office_client.py "$TOBAN" "$db" $at "${CLERKS:-30}" >"$work/seen" 2>"$work/seen.err"
ok $? "the client came to its end"
while read -r status name; do ok "$status" "$name"; done <"$work/seen"
is "$(cat "$work/seen.err")" "" "and had nothing to complain of"

# The same acts at the pages and at a terminal.
"$TOBAN" init --region rosters/ishikawa-chuo --db "$work/same.db" --at 2026-01-20T09:00 >/dev/null 2>&1
"$TOBAN" plan 2027-01 --db "$work/same.db" --at $at >/dev/null
"$python" tests/interop/office_same.py "$TOBAN" "$work/same.db" $at >"$work/same" 2>"$work/same.err"
ok $? "both ways came to their end"
while read -r status name; do ok "$status" "$name"; done <"$work/same"
is "$(cat "$work/same.err")" "" "and neither complained"
done_testing
