#!/usr/bin/env bash
# The demonstration runs and writes all that it promises; independent readers of the calendars see what roster.json says.
# shellcheck source=tests/tap.sh
. tests/tap.sh
bash src/tools/demo.sh >"$work/out" 2>"$work/err"
ok $? "make demo's script exits 0"
demo=$B/demo
for f in toban.db roster.json roster.csv roster-cp932.csv roster.html ics/region.ics routing.json routing.csv report.txt; do
    [ -s "$demo/$f" ]
    ok $? "$f is there"
done
is "$(sqlite3 "$demo/toban.db" 'PRAGMA integrity_check')" ok "the database is sound"
iconv -f CP932 -t UTF-8 "$demo/roster-cp932.csv" | cmp -s - <(tail -c +4 "$demo/roster.csv")
ok $? "roster.csv in CP932 says the same"
for f in roster.html report.txt; do like "$(cat "$demo/$f")" 架空 "$f says that the data are fictitious"; done
like "$(json "$demo/roster.json" j.notice)" 架空 "roster.json says so too"
like "$(cat "$demo/report.txt")" '双対' "report.txt tells how it was proven"
is "$(LC_ALL=C grep -l -E '.{77,}' "$demo"/ics/*.ics | wc -l)" 0 "no calendar line is over 75 octets (and CR LF)"
n=0
# Each line alone must be valid: a fold inside a character would show here.
for f in "$demo"/ics/*.ics; do tr '\r' '\n' <"$f" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1 && n=$((n + 1)); done
is "$n" "$(find "$demo/ics" -name '*.ics' | wc -l)" "every calendar is valid UTF-8"
# khal, python3-icalendar and ical.js: their results are ours.
bash tests/interop/readers.sh "$demo" >"$work/readers" 2>&1
while IFS= read -r line; do
    case "$line" in
    ok*) ok 0 "${line#*- }" ;;
    'not ok'*) ok 1 "${line#*- }" ;;
    *) echo "# $line" ;;
    esac
done <"$work/readers"
done_testing
