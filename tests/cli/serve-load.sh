#!/usr/bin/env bash
# Eight clients ask the server where to go on days drawn at random, as quickly as it answers (SECONDS_EACH, 20): feeds are served beside them, an address
# that is given up stops answering, and SIGTERM ends the server. What it takes is printed; only what would be felt as a fault is judged.
# shellcheck source=tests/tap.sh
. tests/tap.sh
db=$work/load.db
t() { "$TOBAN" "$@" --db "$db" --lang en --by o; }
t init --region rosters/ishikawa-chuo --at 2026-10-01T09:00 >"$work/log" 2>&1
t plan 2026-12 --duty all --at 2026-10-02T09:00 >"$work/log" 2>&1
council "$db" 2026-10-02T10:00 >"$work/log" 2>&1
t publish --at 2026-10-03T09:00 >"$work/log" 2>&1
ok $? "the sample's December is published"
token() { t token issue "$1" --at 2026-10-04T09:00 --json | node -e 'let s="";process.stdin.on("data",d=>s+=d).on("end",()=>{const j=JSON.parse(s);console.log((j.token||j.url||j.address).replace(/.*\/ics\//,"").replace(/\/.*/,""))})'; }
one=$(token d-int-012) two=$(token d-int-013)
"$TOBAN" serve --port 0 --db "$db" --at 2026-12-01T09:00 --lang en >"$work/out" 2>"$work/err" &
pid=$!
trap 'kill -9 "$pid" 2>/dev/null; rm -rf "$work"' EXIT
port=
for _ in $(seq 100); do
    port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$work/out")
    [ -n "$port" ] && break
    sleep 0.1
done
python3 - "$port" "$one" "$two" "$pid" "${SECONDS_EACH:-20}" "$TOBAN" "$db" >"$work/said" 2>"$work/client.err" <<'P'
import http.client, os, random, signal, subprocess, sys, threading, time, urllib.parse

port, one, two, pid, seconds, toban, db = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5]), sys.argv[6], sys.argv[7]
AREAS = ["森本", "白山市", "野々市市", "かほく市", "津幡町", "内灘町"]


def get(path):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    begun = time.monotonic()
    c.request("GET", path)
    r = c.getresponse()
    body = r.read()
    c.close()
    return r.status, time.monotonic() - begun, body


def feeds(until):
    took = []
    while time.monotonic() < until:
        status, wall, _ = get("/ics/%s/toban.ics" % one)
        assert status == 200, status
        took.append(wall)
        time.sleep(0.01)
    took.sort()
    return took[len(took) // 2] * 1000, took[len(took) * 99 // 100] * 1000, len(took)


answers, bad = {}, []


def ask(seed, stop):
    r = random.Random(seed)
    while not stop.is_set():
        day = 1 if r.randrange(3) == 0 else r.randrange(1, 31)  # today, or a day whose table must be made
        at = "2026-12-%02dT%02d:%02d" % (day, r.randrange(24), r.randrange(60))
        q = {"at": at, "area": r.choice(AREAS), "age": r.randrange(90), "complaint": "internal", "guidance": "1"}
        try:
            status, _, body = get("/v1/route?" + urllib.parse.urlencode(q))
        except OSError as e:
            if not stop.is_set():
                bad.append(repr(e))
            return
        answers[status] = answers.get(status, 0) + 1
        if status not in (200, 503):
            bad.append("%s: %d %s" % (q, status, body.decode()))
        if status == 503:
            time.sleep(0.2)


idle = feeds(time.monotonic() + seconds / 4)
stop = threading.Event()
clients = [threading.Thread(target=ask, args=(n, stop)) for n in range(8)]
for c in clients:
    c.start()
load = feeds(time.monotonic() + seconds / 2)
before = get("/ics/%s/toban.ics" % two)[2]
subprocess.run([toban, "token", "revoke", "d-int-013", "--db", db, "--at", "2026-12-01T09:01", "--by", "o"], stdout=subprocess.DEVNULL, check=True)
begun = time.monotonic()
while get("/ics/%s/toban.ics" % two)[2] == before and time.monotonic() - begun < 30:
    time.sleep(0.02)
gone = time.monotonic() - begun
stop_at = time.monotonic()
stop.set()
os.kill(pid, signal.SIGTERM)
while os.path.exists("/proc/%d" % pid) and open("/proc/%d/stat" % pid).read().split()[2] != "Z" and time.monotonic() - stop_at < 30:
    time.sleep(0.01)
ended = time.monotonic() - stop_at
for c in clients:
    c.join()
print("idle %.1f %.1f %d" % idle)
print("load %.1f %.1f %d" % load)
print("gone %.2f" % gone)
print("ended %.2f" % ended)
print("answers", " ".join("%s:%d" % x for x in sorted(answers.items())))
print("bad", len(bad), *bad[:2])
P
ok $? "the clients came to their end"
[ -s "$work/client.err" ] && sed 's/^/#   /' "$work/client.err" | tail -n 5
sed 's/^/# /' "$work/said"
said() { awk -v k="$1" '$1 == k { print $2 }' "$work/said"; }
is "$(said bad)" 0 "no question was left without an answer"
like "$(sed -n 's/^answers //p' "$work/said")" '200:[0-9]+' "questions are answered"
ok "$(awk -v x="$(said gone)" 'BEGIN { exit !(x < 5) }'; echo $?)" "an address given up shows that it is, under load"
ok "$(awk -v x="$(said ended)" 'BEGIN { exit !(x < 3) }'; echo $?)" "SIGTERM ends it under load"
wait "$pid" 2>/dev/null
is "$?" 0 "in order"
done_testing
