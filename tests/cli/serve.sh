#!/usr/bin/env bash
# The server on loopback: feeds to calendars, answers to programs, nothing to strangers; what was rendered last stays when rendering fails.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
python=/usr/bin/python3
small_init
t serve --port 0 >/dev/null 2>"$work/err"
is "$?" 1 "nothing is served before the first publication"
roster 2026-11-02T09:00 p1 p2 p3
token() { t token "$@" --json >"$work/t.json" && json "$work/t.json" j.token; }
gone=$(token issue p3 --at 2026-09-01T09:00)
t token revoke p3 --at 2026-09-02T09:00 >/dev/null
closed=$(token issue p2 --at 2026-11-02T09:00)
t token revoke p2 --at 2026-11-02T09:30 >/dev/null
one=$(token issue p1 --at 2026-11-02T09:00)
whole=$(token issue region small --at 2026-11-02T09:00)
at=2026-11-02T10:00
t export ics --out "$work/www" --at $at >/dev/null

start() {
    : >"$work/serve.out"
    "$TOBAN" serve --port 0 --db "$db" --at $at --lang en >"$work/serve.out" 2>>"$work/serve.err" &
    pid=$!
    for _ in $(seq 300); do
        port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$work/serve.out")
        [ -n "$port" ] && return
        sleep 0.1
    done
}
get() { "$python" -c 'import sys,urllib.request as u; print(u.urlopen(sys.argv[1],timeout=10).read().decode())' "http://127.0.0.1:$port$1"; }
trap 'kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT
start
like "$(cat "$work/serve.out")" '^serving on http://127.0.0.1:[0-9]+$' "it listens on loopback"
"$python" tests/interop/http_client.py "$port" "$one" "$closed" "$gone" "$work/www/$one/toban.ics" >"$work/http" 2>"$work/http.err"
ok $? "the client came to its end"
while read -r status name; do ok "$status" "$name"; done <"$work/http"
is "$(cat "$work/http.err")" "" "and had nothing to complain of"
[ "$(grep -c ' hostile: ' "$work/http")" -ge 50 ]
ok $? "$(grep -c ' hostile: ' "$work/http") hostile requests"

# wait_for PATH PATTERN: until the server says so, at most half a minute.
wait_for() {
    for _ in $(seq 150); do
        get "$1" 2>/dev/null | tr -d '\r' | grep -q "$2" && return 0
        sleep 0.2
    done
    return 1
}
roster 2026-11-02T09:45 p2 p1 p3
wait_for /v1/now '"publication":2'
ok $? "a new publication is served without a restart"
get "/ics/$one/toban.ics" | grep -q 'STATUS:CANCELLED'
ok $? "the doctor's feed has it"
cp "$work/region/region.json" "$work/region.json"
mv "$db.key" "$work/key"
roster 2026-11-02T09:50 p1 p2 p3
wait_for /health degraded
ok $? "when rendering fails, health says so"
get "/ics/$one/toban.ics" >"$work/kept" 2>/dev/null
grep -q 'STATUS:CANCELLED' "$work/kept"
ok $? "and what was rendered last is served"
mv "$work/key" "$db.key"
wait_for /health '"status":"ok"'
ok $? "it recovers by itself"
is "$(get /v1/now | grep -o '"publication":[0-9]*')" '"publication":3' "and serves what was published meanwhile"
get "/ics/$one/toban.ics" >/dev/null # what was fetched before was of the publication before
kill -TERM "$pid"
wait "$pid"
is "$?" 0 "SIGTERM ends it in order"
t token list --json >"$work/l.json"
is "$(json "$work/l.json" 'j.tokens.filter(t=>t.fetched).map(t=>[t.subject,t.fetched_publication].join()).sort().join(" ")')" "p1,3 p2,1" "who fetched what is written down"
is "$(json "$work/l.json" 'j.tokens.filter(t=>t.feed=="region").map(t=>String(t.fetched)).join()')" null "and who did not"
unfetched() { t unfetched --days 40 --at $at --json >"$work/u.json" && json "$work/u.json" 'j.providers.map(p=>[p.provider,p.changed_publication,p.has_address,p.fetched_publication].join()).join(" ")'; }
is "$(unfetched)" "p2,3,false,0 p3,1,false,0" "to be telephoned: those without an address; who has fetched the last change is not"
roster 2026-11-02T10:30 p1 p3 p1
is "$(unfetched)" "p1,4,true,3 p3,4,false,0" "after a change also who has fetched the one before"
is "$(t unfetched --days 3 --at $at --json >"$work/u.json"; json "$work/u.json" j.providers.length)" 0 "nobody's duty is near"
is "$(t unfetched --days 0 --at 2026-12-03T00:30 --json >"$work/u.json"; json "$work/u.json" 'j.providers.map(p=>p.provider).join()')" "p3" "a change of a later duty is not told before that duty is near"
grep -rqE "$one|$whole" "$work/serve.out" "$work/serve.err"
is "$?" 1 "no address in its output"
is "$(grep -v '^toban: still serving what was there: ' "$work/serve.err")" "" "nor anything else that was asked, nor a complaint of a sanitiser"
"$TOBAN" serve --listen example.com --db "$db" 2>/dev/null >/dev/null
is "$?" 2 "--listen wants a numeric address"
done_testing
