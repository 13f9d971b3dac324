#!/usr/bin/env bash
# The office in a real browser, on the sample.   office.sh [DIRECTORY for the pictures]
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/tap.sh
. "$here/../tap.sh"
out=$B/office-pages
mkdir -p "$out"
MODULES=$(bash "$here/modules.sh" 2>"$work/npm.err")
rc=$?
if [ "$rc" -eq 75 ]; then
    echo "ok $((++tap_n)) - the office in a browser # SKIP the npm registry cannot be reached"
    done_testing
    exit
fi
ok "$rc" "the pinned browser tools are there"
export MODULES
db=$work/office.db
"$TOBAN" init --region "$here/../../rosters/ishikawa-chuo" --db "$db" --at 2026-01-20T09:00 >/dev/null 2>&1
node "$here/office.js" "$TOBAN" "$db" 2026-11-20T10:00 "$out" >"$work/seen" 2>"$work/seen.err"
ok $? "the browser came to its end"
while read -r status name; do ok "$status" "$name"; done <"$work/seen"
is "$(cat "$work/seen.err")" "" "and had nothing to complain of"
done_testing
