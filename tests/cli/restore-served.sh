#!/usr/bin/env bash
# A data file that is served is not taken away from under the server: restore is refused in clear words while it answers, every answer
# meanwhile is whole and of one publication, and what is served after a restore is what was restored.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
python=/usr/bin/python3
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
small_init
roster 2026-11-02T09:00 p1 p2 p3
token=$(t token issue duty night --at 2026-11-02T09:10 --json >"$work/t.json" && json "$work/t.json" j.token)
t backup "$work/first.db" >/dev/null
cp "$db.key" "$work/first.db.key"
roster 2026-11-03T09:00 p2 p3 p1
serve() { # DB
    "$TOBAN" serve --port 0 --db "$1" --at 2026-11-05T09:00 --lang en >"$work/serve.out" 2>"$work/serve.err" &
    pid=$!
    for _ in $(seq 200); do
        port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$work/serve.out")
        [ -n "$port" ] && return 0
        sleep 0.05
    done
    return 1
}
trap 'kill -9 "${pid:-}" 2>/dev/null; rm -rf "$work"' EXIT
stop() {
    kill -TERM "$pid"
    wait "$pid"
}
paths="/v1/publications /v1/roster /v1/now /ics/$token/toban.ics"
get() { "$python" -c 'import sys,urllib.request as u; sys.stdout.buffer.write(u.urlopen(sys.argv[1],timeout=10).read())' "http://127.0.0.1:$port$1"; }
bodies() { # DIR
    mkdir -p "$1"
    local i=0
    for path in $paths; do
        i=$((i + 1))
        get "$path" >"$1/$i"
    done
}
serve "$work/first.db" && bodies "$work/of-first" && stop
serve "$db" && bodies "$work/of-second"
is "$(diff -rq "$work/of-first" "$work/of-second" | wc -l)" 4 "two publications, and each answer differs"

# Four ask as fast as they can; each answer must be the one that was there before.
cat >"$work/load.py" <<'P'
import pathlib, sys, threading, time, urllib.request
base, wanted, until, paths = sys.argv[1], pathlib.Path(sys.argv[2]), time.monotonic() + float(sys.argv[3]), sys.argv[4:]
good = {p: (wanted / str(i + 1)).read_bytes() for i, p in enumerate(paths)}
asked, wrong = [0] * 4, [0] * 4
def ask(me):
    while time.monotonic() < until:
        for p in paths:
            with urllib.request.urlopen(base + p, timeout=10) as r:
                wrong[me] += r.read() != good[p]
            asked[me] += 1
threads = [threading.Thread(target=ask, args=(i,)) for i in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(sum(asked), sum(wrong))
P
sqlite3 "$db" .dump >"$work/before"
# shellcheck disable=SC2086
"$python" "$work/load.py" "http://127.0.0.1:$port" "$work/of-second" 4 $paths >"$work/load.out" &
load=$!
refused=0
for _ in $(seq 10); do
    t restore "$work/first.db" --lang en >/dev/null 2>"$work/err"
    [ "$?" -eq 6 ] && refused=$((refused + 1))
    sleep 0.2
done
is "$refused" 10 "restored while it is served: refused, each time"
like "$(cat "$work/err")" "small.db: toban serve \(process $pid\) is using it; stop that first" "who uses it is named, and what to do"
like "$(t restore "$work/first.db" --lang ja 2>&1)" "toban serve（プロセス $pid）が使っています" "in Japanese as well"
sqlite3 "$db" .dump | cmp -s - "$work/before"
ok $? "the data file is as it was"
[ ! -e "$db.old" ] && [ ! -e "$db.part" ]
ok $? "and nothing lies beside it"
wait "$load"
read -r asked wrong <"$work/load.out"
[ "$asked" -gt 100 ]
ok $? "four asked meanwhile: $asked answers"
is "$wrong" 0 "each of them whole and of the publication that is in the data file"
stop
is "$?" 0 "the server ends in order"
t restore "$work/first.db" >/dev/null
is "$?" 0 "then it is restored"
serve "$db" && bodies "$work/now"
diff -r "$work/now" "$work/of-first" >/dev/null
ok $? "and what is served is the restored publication"
{ kill -9 "$pid" && wait "$pid"; } 2>/dev/null
t restore "$db.old" >/dev/null
is "$?" 0 "a server that was killed holds nothing"
# but for who fetched, which the server wrote down when it ended
diff <(sqlite3 "$db" .dump | grep -v "INTO tokens") <(grep -v "INTO tokens" "$work/before") >/dev/null
ok $? "the way back is the file that was kept"
done_testing
