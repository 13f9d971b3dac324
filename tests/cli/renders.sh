#!/usr/bin/env bash
# A running server renders a calendar only when what it tells has moved: a wish, a change in a draft, a pin render none; a publication those whose duties it moved; the others keep
# their bytes, their tags and their dates.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C.UTF-8
small_init
roster 2026-11-02T09:00 p1 p2 p3 p1
for subject in p1 p2 p3 "duty night" "region small"; do
    # shellcheck disable=SC2086
    t token issue $subject --at 2026-11-02T10:00 --json >"$work/t" && json "$work/t" j.token >>"$work/tokens"
done
mapfile -t tokens <"$work/tokens"
is "${#tokens[@]}" 5 "five addresses"
"$TOBAN" serve --port 0 --at 2026-11-20T09:00 --db "$db" --lang en >"$work/port" 2>"$work/log" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do
    port=$(grep -oE ':[0-9]+' "$work/port" "$work/log" 2>/dev/null | grep -oE '[0-9]+$' | tail -n 1)
    [ -n "$port" ] && break
    sleep 0.1
done
get() { curl -fsS "http://127.0.0.1:$port$1"; }
renders() { get /metrics | sed -n 's/^toban_feed_renders_total //p'; }
tags() { for k in "${tokens[@]}"; do curl -fsSI "http://127.0.0.1:$port/ics/$k/toban.ics" | tr -d '\r' | grep -iE '^(etag|last-modified):' | tr '\n' ' '; echo; done; }
# after SECONDS...: renders since the last look, when the server has had time for two looks.
last=$(renders)
since() {
    sleep 2.5
    local now
    now=$(renders)
    count=$((now - last))
    last=$now
}
is "$last" 5 "the server begins by rendering all of them"
tags >"$work/before"
t import /dev/stdin --entity surveys --at 2026-11-03T09:00 <<<'id,from,to,duties,deadline
jan,2027-01-01,2027-01-31,night,2026-12-10' >/dev/null
t wish --survey jan --provider p1 --type cannot --from 2027-01-05 --at 2026-11-03T09:01 >/dev/null
ok $? "a wish is recorded"
t plan 2027-01-01..2027-01-04 --duty night --at 2026-11-03T09:02 >/dev/null
ok $? "a draft is made"
sits=$(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE date = '2027-01-02'")
other=$([ "$sits" = p1 ] && echo p2 || echo p1)
t assign --seat night:2027-01-02:eve --provider "$other" --instead-of "$sits" --at 2026-11-03T09:03 >/dev/null &&
    t undo --at 2026-11-03T09:04 >/dev/null && t redo --at 2026-11-03T09:04 >/dev/null &&
    t pin --seat night:2027-01-09:eve --provider p1 --at 2026-11-03T09:05 >/dev/null
ok $? "a draft is changed by hand, taken back, done again; a pin is set"
since
is "$count" 0 "a wish, a draft, an edit, an undo and a pin render no calendar"
is "$(tags)" "$(cat "$work/before")" "and nothing is sent anew"
printf 'duty,id,name,when,from,to,reception\nnight,eve,準夜,all,18:00,24:00,23:30\n' | t import /dev/stdin --entity bands --at 2026-11-03T10:00 >/dev/null
printf 'id,name,kind,area\np1,髙橋 一朗,doctor,town\n' | t import /dev/stdin --entity providers --at 2026-11-03T10:00 >/dev/null
ok $? "other hours and another name are imported"
since
is "$count $(tags)" "0 $(cat "$work/before")" "they render no calendar and send none anew: nothing was published"
draft 2026-11-04T09:00 p3 p2 p3 p1 && t publish --draft 3 --at 2026-11-04T09:00 >/dev/null
for _ in $(seq 50); do
    [ "$(get /health | json /dev/stdin j.publication)" = 2 ] && break
    sleep 0.1
done
since
is "$count" 4 "a publication that moves one night renders the two doctors, the duty and the region"
tags >"$work/after"
is "$(diff <(grep -n . "$work/before") <(grep -n . "$work/after") | grep '^>' | cut -d: -f1 | tr -d '> ' | tr '\n' ' ')" "1 3 4 5 " "the calendar of the one whose nights stayed has the same tag and date"
t name night:2026-12-03:eve --person p3 --at 2026-11-20T09:00 >/dev/null 2>&1
is "$?" 6 "a name that nobody may give is refused"
since
is "$count" 0 "and renders nothing"
printf 'id,name,kind,area,phone,address\ncentre,架空町急病センター,clinic,town,076-000-0002,架空町1-1\n' >"$work/x.csv"
t import "$work/x.csv" --entity providers --at 2026-11-20T09:10 >/dev/null
since
is "$count" 0 "a telephone in the tables renders nothing"
t publish --facts --at 2026-11-20T09:11 >/dev/null
since
is "$count" 5 "published, it renders all of them that tell it"
done_testing
