#!/usr/bin/env bash
# What was changed behind the program's back is noticed: by verify, by exports, by restore.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/small.sh
small_init
roster 2026-11-02T09:00 p1 p2 p3
roster 2026-11-03T09:00 p2 p1 p3
t verify >"$work/out" 2>&1
ok $? "an untouched data file matches"
t verify --json >"$work/v.json" 2>/dev/null
is "$(json "$work/v.json" j.intact)" true "and as data"
cp "$db" "$work/good.db"
# tamper SQL: a copy of the good file, changed with its guards taken off and put on again
tamper() {
    cp "$work/good.db" "$db"
    local guards
    guards=$(sqlite3 "$db" "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'")
    { sqlite3 "$db" "SELECT 'DROP TRIGGER \"' || name || '\";' FROM sqlite_schema WHERE type = 'trigger'"; echo "$1;"; echo "$guards"; } |
        sqlite3 "$db" || echo "tamper failed" >&2
}
# noticed NAME PATTERN: by every door
noticed() {
    local before
    before=$(sha256sum <"$db")
    t verify >/dev/null 2>"$work/err"
    is $? 4 "$1: verify"
    like "$(cat "$work/err")" "$2" "$1: it says where"
    t restore "$work/good.db" >/dev/null 2>&1
    ok $? "$1: a good copy can be brought back"
    cp "$db" "$work/tmp.db"
    [ "$before" != "$(sha256sum <"$db")" ]
    ok $? "$1: and is there"
}
seat="date = '2026-12-03' AND publication = (SELECT max(publication) FROM publication_seats WHERE date = '2026-12-03')"
tamper "UPDATE publication_seats SET provider = 'p3' WHERE $seat"
t export all --out "$work/site" --at 2026-11-04T09:00 >/dev/null 2>"$work/err"
is "$? $(ls "$work/site" 2>/dev/null)" "4 " "one seat given to another: nothing is exported under the old digest"
t export ics --out "$work/ics" --at 2026-11-04T09:00 >/dev/null 2>&1
is $? 4 "one seat given to another: nor are feeds"
timeout 20 "$TOBAN" serve --port 0 --db "$db" --at 2026-11-04T09:00 >/dev/null 2>&1
is $? 4 "one seat given to another: the server does not begin with it"
cp "$db" "$work/bad.db"
cp "$work/good.db" "$db"
t restore "$work/bad.db" >/dev/null 2>"$work/err"
is "$? $(sha256sum <"$db")" "4 $(sha256sum <"$work/good.db")" "one seat given to another: such a copy is not brought back, the file is as it was"
like "$(cat "$work/err")" 'publication 2|第2版' "and it says which publication"
cp "$work/bad.db" "$db"
noticed "one seat given to another" 'publication 2'
tamper "DELETE FROM publication_seats WHERE $seat"
noticed "one row taken out" 'publication 2'
tamper "UPDATE publication_seats SET provider = 'p3' WHERE date = '2026-12-03' AND publication = 1"
noticed "the past of a seat" 'publication 1'
tamper "INSERT INTO publication_seats SELECT duty, '2026-12-25', band, role, seat, publication, provider, changed, sequence FROM publication_seats WHERE $seat"
noticed "one row put in" 'publication 2'
tamper "UPDATE publications SET digest = replace(digest, substr(digest, 1, 1), 'x') WHERE number = 1"
noticed "the digest itself" 'publication 1'
tamper "UPDATE instances SET bytes = replace(bytes, 'p1', 'p3') WHERE digest = (SELECT instance_digest FROM drafts WHERE id = 1)"
noticed "an instance" 'instance of draft 1'
tamper "UPDATE rosters SET digest = digest || 'x' WHERE publication = 2"
noticed "a roster's digest" 'publication 2, duty night'
done_testing
