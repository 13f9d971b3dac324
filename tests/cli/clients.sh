#!/usr/bin/env bash
# Subscribers of a running server through publish, move, swap, swap back, cancel and revoke: vdirsyncer with khal, python3-icalendar, ical.js and node-ical
# show the right duties after each step; with HEAVY=1 (make interop) Thunderbird and Evolution too. Nothing is rendered for a poll.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8 TZ=UTC
python=/usr/bin/python3
interop=$PWD/tests/interop
small_init
modules=$(bash "$interop/modules.sh" 2>"$work/npm.err") || modules=
who="p1 p2 p3 night"
declare -A token
get() { "$python" -c 'import sys,urllib.request as u; sys.stdout.buffer.write(u.urlopen(sys.argv[1],timeout=10).read())' "http://127.0.0.1:$port$1"; }
metric() { get /metrics | sed -n "s/^$1 //p"; }
# wait_for PATH PATTERN: until the server says so, at most half a minute.
wait_for() {
    for _ in $(seq 150); do
        get "$1" 2>/dev/null | tr -d '\r' | grep -q "$2" && return 0
        sleep 0.2
    done
    return 1
}

# ---- clients: each prints a line "day-and-hour TAB status TAB title" for every event it shows ----

client_icalendar() { "$python" "$interop/feed_state.py" --lines "$work/get/$1.ics"; }
client_icaljs() { node "$interop/feed_state.js" icaljs "$modules" "$work/get/$1.ics"; }
client_nodeical() { node "$interop/feed_state.js" node-ical "$modules" "$work/get/$1.ics"; }
client_khal() {
    XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/k XDG_DATA_HOME=$work/k khal list --once --day-format '' -a "$1" --format '{start-date}T{start-time}{tab}{status}{tab}{title}' 2026-11-01 2027-01-31 2>"$work/khal.err" |
        sed 's/\t *\([A-Z]*\) *\t/\t\1\t/' | grep -v '^No events'
}
client_thunderbird() { "$python" "$interop/thunderbird.py" show "$work/tb" "$1"; }
client_evolution() { cat "$work/evolution/$1"; }

# What a line of days says: live ones, then x, then cancelled ones; or "notice".
state() {
    LC_ALL=C sort | awk -F '\t' '
        $3 ~ /^お知らせ/ {notice = 1; next}
        {split($1, d, /[-T]/); title = $3 ~ /^【取消】/; if (($2 == "CANCELLED") != title) odd = 1}
        $2 == "CANCELLED" {c = c d[3] " "; next}
        $2 == "CONFIRMED" {l = l d[3] " "; next}
        {odd = 1}
        END {print l "x " c (notice ? "notice " : "") (odd ? "ODD " : "")}'
}

subscribe() {
    local w
    mkdir -p "$work/config/khal" "$work/vd" "$work/get" "$work/evolution"
    {
        printf '[locale]\nlocal_timezone = Asia/Tokyo\ndefault_timezone = Asia/Tokyo\ntimeformat = %%H:%%M\ndateformat = %%Y-%%m-%%d\nlongdateformat = %%Y-%%m-%%d\ndatetimeformat = %%Y-%%m-%%d %%H:%%M\nlongdatetimeformat = %%Y-%%m-%%d %%H:%%M\n[calendars]\n'
        for w in $who; do printf '[[%s]]\npath = %s\ntype = calendar\n' "$w" "$work/vd/$w"; done
    } >"$work/config/khal/config"
    {
        printf '[general]\nstatus_path = "%s"\n' "$work/vd/status/"
        for w in $who; do
            mkdir -p "$work/vd/$w"
            printf '[pair %s]\na = "%s_feed"\nb = "%s_local"\ncollections = null\nconflict_resolution = "a wins"\n[storage %s_feed]\ntype = "http"\nurl = "http://127.0.0.1:%s/ics/%s/toban.ics"\n[storage %s_local]\ntype = "filesystem"\npath = "%s"\nfileext = ".ics"\n' \
                "$w" "$w" "$w" "$w" "$port" "${token[$w]}" "$w" "$work/vd/$w"
        done
    } >"$work/vd.conf"
    yes | vdirsyncer -c "$work/vd.conf" discover >"$work/vd.out" 2>&1
}

fetch() {
    local w
    for w in $who; do get "/ics/${token[$w]}/toban.ics" >"$work/get/$w.ics"; done
    vdirsyncer -c "$work/vd.conf" sync >"$work/vd.out" 2>&1 || { cat "$work/vd.out"; return 1; }
    if [ -n "${HEAVY:-}" ]; then
        set --
        for w in $who; do set -- "$@" "$w=http://127.0.0.1:$port/ics/${token[$w]}/toban.ics"; done
        "$python" "$interop/thunderbird.py" sync "$work/tb" "$@" >"$work/tb.out" 2>&1
        mkdir -p "$work/ev/run" && chmod 700 "$work/ev/run"
        HOME=$work/ev XDG_RUNTIME_DIR=$work/ev/run XDG_CONFIG_HOME=$work/ev/c XDG_DATA_HOME=$work/ev/d XDG_CACHE_HOME=$work/ev/k \
            timeout 120 dbus-run-session -- "$python" "$interop/evolution.py" "$work/evolution" "$@" >"$work/ev.out" 2>&1
    fi
}

clients="icalendar khal"
[ -n "$modules" ] && clients="$clients icaljs nodeical"
if [ -n "${HEAVY:-}" ]; then
    command -v thunderbird >/dev/null && clients="$clients thunderbird"
    [ -e /usr/libexec/evolution-source-registry ] && clients="$clients evolution"
fi

# step NAME RENDERED WANTED-OF-p1 -p2 -p3 -night
last=0
step() {
    local name=$1 moved=$2 w c
    shift 2
    rendered=$(metric toban_feed_renders_total)
    is "$((rendered - last))" "$moved" "$name: $moved of the four feeds were rendered, those that tell something else"
    last=$rendered
    fetch
    ok $? "$name: fetched"
    for w in $who; do
        for c in $clients; do is "$("client_$c" "$w" | state)" "$1" "$name: $c shows $w: $1"; done
        is "$(find "$work/vd/$w" -name '*.ics' | wc -l)" "$(grep -c '^BEGIN:VEVENT' "$work/get/$w.ics")" "$name: vdirsyncer keeps as many files of $w as there are events"
        shift
    done
    vdirsyncer -c "$work/vd.conf" sync >"$work/vd.out" 2>&1
    grep -qiE 'copying|deleting' "$work/vd.out"
    is "$?" 1 "$name: a second sync has nothing to do"
    is "$(metric toban_feed_renders_total)" "$rendered" "$name: no fetch rendered anything"
}
published() {
    wait_for /health "\"publication\":$1,"
    ok $? "publication $1 is served"
}

roster 2026-11-02T09:00 p1 p2 p3 p1
issue() { t token issue "$@" --at 2026-11-02T09:10 --json >"$work/t.json" && json "$work/t.json" j.token; }
for w in p1 p2 p3; do token[$w]=$(issue "$w"); done
token[night]=$(issue duty night)
"$TOBAN" serve --port 0 --db "$db" --at 2026-11-20T10:00 --lang en >"$work/serve.out" 2>"$work/serve.err" &
pid=$!
trap 'kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 300); do
    port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$work/serve.out")
    [ -n "$port" ] && break
    sleep 0.1
done
subscribe
step published 4 "02 05 x " "03 x " "04 x " "02 03 04 05 x "
is "$(metric toban_feed_renders_total)" 4 "four feeds were rendered once each"
"$python" - "$port" "${token[@]}" <<'P'
import http.client, sys
c = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=10)
tags = {}
for i in range(2000):
    path = f"/ics/{sys.argv[2 + i % 4]}/toban.ics"
    c.request("GET", path, headers={"If-None-Match": tags[path]} if path in tags and i % 2 else {})
    r = c.getresponse()
    r.read()
    assert r.status == (304 if path in tags and i % 2 else 200), r.status
    tags[path] = r.headers["ETag"]
P
ok $? "two thousand polls are answered"
is "$(metric toban_feed_renders_total)" 4 "and none of them rendered anything"

roster 2026-11-03T09:00 p3 p2 p3 p1
published 2
step moved 3 "05 x 02 " "03 x " "02 04 x " "02 03 04 05 x "
roster 2026-11-04T09:00 p3 p1 p3 p2
published 3
step swapped 3 "03 x 02 05 " "05 x 03 " "02 04 x " "02 03 04 05 x "
roster 2026-11-05T09:00 p3 p2 p3 p1
published 4
step "swapped back" 3 "05 x 02 03 " "03 x 05 " "02 04 x " "02 03 04 05 x "
t withdraw 2026-12-04..2026-12-05 --duty night --reason 停電 --at 2026-11-06T09:00 >/dev/null
published 5
step cancelled 3 "x 02 03 05 " "03 x 05 " "02 x 04 " "02 03 x "
t token revoke p1 --at 2026-11-07T09:00 >/dev/null
wait_for "/ics/${token[p1]}/toban.ics" お知らせ
ok $? "the given-up address has its notice"
step revoked 1 "x notice " "03 x 05 " "02 x 04 " "02 03 x "
is "$(metric toban_feed_renders_total)" 17 "in all seventeen: nothing was rendered for pins, drafts and rows that no calendar tells"
is "$(metric toban_publication)" 5 "five publications were followed"
[ -n "$modules" ] || echo "ok $((++tap_n)) - ical.js and node-ical # SKIP the npm registry cannot be reached"
done_testing
