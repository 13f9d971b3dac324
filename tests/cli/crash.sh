#!/usr/bin/env bash
# A publication, its files and the server, killed at any moment and with a disk that is full or cannot keep: never half a publication, never a lost audit line, never a feed
# other than the last good one or the new one. Moments are system calls, counted by a library loaded before libc (tests/interop/faults.c): every call that changes a file, for
# `publish` and `export ics`; a fixed list of all calls for `serve` (KILLS=N: so many; make interop takes 100, make long 500).
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
case "$B" in *asan*)
    echo "ok 1 - crashes # SKIP the sanitiser wants to be loaded first"
    echo "1..1"
    exit 0
    ;;
esac
python=/usr/bin/python3
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
${CC:-gcc} -std=c17 -D_GNU_SOURCE -O1 -shared -fPIC -o "$work/faults.so" tests/interop/faults.c -ldl
ok $? "the library that counts and strikes"
# struck MODE AT COMMAND...: runs it with that fault.
struck() { LD_PRELOAD=$work/faults.so FAULT_MODE=$1 FAULT_AT=$2 FAULT_LOG=$work/count "$TOBAN" "${@:3}" --db "$db" >"$work/out" 2>"$work/err"; }
dump() { sqlite3 "$1" .dump 2>&1; }
sound() { [ "$(sqlite3 "$db" 'PRAGMA integrity_check; PRAGMA foreign_key_check' 2>&1)" = ok ]; }

small_init
roster 2026-11-02T09:00 p1 p2 p3
token=$(t token issue p1 --at 2026-11-02T09:10 --json >"$work/t.json" && json "$work/t.json" j.token)
t token issue duty night --at 2026-11-02T09:10 >/dev/null
export_ics() { t export ics --out "$1" --at 2026-11-05T09:00 >/dev/null; }
export_ics "$work/old"
draft 2026-11-03T09:00 p2 p3 p1
cp "$db" "$work/base.db"
cp "$db.key" "$work/base.key"
dump "$db" >"$work/before"
struck count 0 publish --at 2026-11-04T09:00
ok $? "published, undisturbed"
publish_calls=$(cat "$work/count")
dump "$db" >"$work/after"
cp "$db" "$work/after.db"
export_ics "$work/new"
cmp -s "$work/before" "$work/after"
is "$?" 1 "which makes a difference"
is "$(grep -c "'publish'" "$work/before")/$(grep -c "'publish'" "$work/after")" 1/2 "and an audit line"

# Whole, for every moment: the dump is that of before or after; a command that said "done" is after, one that failed is before.
publish_with() { # MODE
    local mode=$1 at half=0 lied=0 unsound=0 old=0 new=0 rc
    for at in $(seq "$publish_calls"); do
        cp "$work/base.db" "$db"
        rm -f "$db-journal"
        { struck "$mode" "$at" publish --at 2026-11-04T09:00; } 2>/dev/null
        rc=$?
        dump "$db" >"$work/now"
        sound || unsound=$((unsound + 1))
        if cmp -s "$work/now" "$work/before"; then
            old=$((old + 1))
            { [ "$rc" -eq 0 ] || grep -qE 'could not confirm|確認できませんでした' "$work/err"; } && lied=$((lied + 1))
        elif cmp -s "$work/now" "$work/after"; then
            new=$((new + 1))
            # Where only the last confirmation failed, the message says that it was written.
            [ "$mode" != kill ] && [ "$rc" -ne 0 ] && ! grep -qE 'could not confirm|確認できませんでした' "$work/err" && lied=$((lied + 1))
        else
            half=$((half + 1))
        fi
        [ "$mode" = kill ] || [ "$rc" -eq 0 ] || [ "$rc" -eq 4 ] || lied=$((lied + 1))
    done
    is "$half/$unsound/$lied" 0/0/0 "publish, $mode at each of $publish_calls calls: before $old times, after $new times, never in between"
    [ "$old" -gt 0 ]
    ok $? "publish, $mode: it did strike"
}
publish_with kill
publish_with full
publish_with sync

# Files: the directory is the old or the new one, whole; afterwards one run puts all right.
cp "$work/after.db" "$db"
cp -r "$work/old" "$work/www"
struck count 0 export ics --out "$work/www" --at 2026-11-05T09:00
export_calls=$(cat "$work/count")
diff -r "$work/www" "$work/new" >/dev/null
ok $? "the files, undisturbed"
files_with() { # MODE
    local mode=$1 at mixed=0 lied=0 healed=0 old=0 new=0 rc
    for at in $(seq "$export_calls"); do
        rm -rf "$work/www" "$work/www.new" "$work/www.old"
        cp -r "$work/old" "$work/www"
        { struck "$mode" "$at" export ics --out "$work/www" --at 2026-11-05T09:00; } 2>/dev/null
        rc=$?
        if diff -r "$work/www" "$work/old" >/dev/null 2>&1; then
            old=$((old + 1))
            [ "$rc" -eq 0 ] && lied=$((lied + 1))
        elif diff -r "$work/www" "$work/new" >/dev/null 2>&1; then
            new=$((new + 1))
        else
            mixed=$((mixed + 1))
        fi
        export_ics "$work/www"
        diff -r "$work/www" "$work/new" >/dev/null && healed=$((healed + 1))
    done
    is "$mixed/$lied/$healed" "0/0/$export_calls" "export ics, $mode at each of $export_calls calls: old $old times, new $new times, never mixed; the next run is whole"
    [ "$old" -gt 0 ]
    ok $? "export ics, $mode: it did strike"
}
files_with kill
files_with full
dump "$db" >"$work/now"
cmp -s "$work/now" "$work/after"
ok $? "the data file has not moved"

# The first address makes the key, on which all others depend: whole or not there.
cp "$work/base.db" "$work/no-address.db"
sqlite3 "$work/no-address.db" "DELETE FROM tokens"
first_address() { # MODE
    local mode=$1 at bad=0 old=0
    for at in $(seq "$address_calls"); do
        cp "$work/no-address.db" "$db"
        rm -f "$db-journal" "$db.key"
        { struck "$mode" "$at" token issue p1 --at 2026-11-02T09:10; } 2>/dev/null || old=$((old + 1))
        t token issue p1 --at 2026-11-02T09:10 >/dev/null 2>"$work/err" || bad=$((bad + 1))
    done
    is "$bad" 0 "the first address, $mode at each of $address_calls calls ($old of them failed): the next try gives it"
}
cp "$work/no-address.db" "$db"
rm -f "$db.key"
struck count 0 token issue p1 --at 2026-11-02T09:10
address_calls=$(cat "$work/count")
first_address kill
first_address full
cp "$work/base.key" "$db.key"
chmod 600 "$db.key"

# The server, killed while it serves and renders a publication that is made meanwhile.
cat >"$work/poll.py" <<'P'
import pathlib, socket, sys, time
port, path, good = int(sys.argv[1]), sys.argv[2], [pathlib.Path(p).read_bytes() for p in sys.argv[3:5]]
seen, wrong, whole = 0, 0, 0
while True:
    answer = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as s:
            s.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            while chunk := s.recv(65536):
                answer += chunk
    except ConnectionRefusedError:
        break
    except OSError:
        continue
    head, _, body = answer.partition(b"\r\n\r\n")
    length = [int(x.split(b":")[1]) for x in head.split(b"\r\n") if x.lower().startswith(b"content-length")]
    if not length or len(body) < length[0]:
        continue  # cut off: a client sees that, and keeps what it has
    whole += 1
    time.sleep(0.004)
    if not head.startswith(b"HTTP/1.1 200") or body not in good or good.index(body) < seen:
        wrong += 1
    else:
        seen = good.index(body)
print(whole, wrong, seen)
P
path=/ics/$token/toban.ics
serve() { LD_PRELOAD=$work/faults.so FAULT_SET=all FAULT_MODE=$1 FAULT_AT=$2 FAULT_LOG=$work/count "$TOBAN" serve --port 0 --db "$db" --at 2026-11-05T09:00 --lang en >"$work/serve.out" 2>"$work/serve.err" & pid=$!; }
listening() { # until it does, or has died
    for _ in $(seq 200); do
        port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$work/serve.out")
        [ -n "$port" ] && return 0
        kill -0 "$pid" 2>/dev/null || return 1
        sleep 0.05
    done
    return 1
}
trap 'kill -9 "${pid:-}" 2>/dev/null; rm -rf "$work"' EXIT
kills=${KILLS:-6} seed=20261103 wrong=0 answers=0 lost=0 renewed=0 early=0
for _ in $(seq "$kills"); do
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    at=$((30 + seed / 65536 % 2400))
    cp "$work/base.db" "$db"
    rm -f "$db-journal"
    { serve kill "$at"; } 2>/dev/null
    if listening; then
        "$python" "$work/poll.py" "$port" "$path" "$work/old/$token/toban.ics" "$work/new/$token/toban.ics" >"$work/polled" &
        poller=$!
        t publish --at 2026-11-04T09:00 >/dev/null
        wait "$poller"
        read -r whole bad seen <"$work/polled"
        answers=$((answers + whole)) wrong=$((wrong + bad)) renewed=$((renewed + seen))
    else
        early=$((early + 1))
        t publish --at 2026-11-04T09:00 >/dev/null
    fi
    { wait "$pid"; } 2>/dev/null
    # What was published stands, with its line; who fetched is all that a server writes.
    sqlite3 "$db" "UPDATE tokens SET fetched = NULL, fetched_publication = NULL, fetched_mark = 0" && dump "$db" | cmp -s - "$work/after" && sound || lost=$((lost + 1))
done
is "$wrong" 0 "serve, killed at $kills moments: $answers whole answers, each the last good feed or the new one, none older than the one before"
is "$lost" 0 "no publication and no audit line was lost"
[ "$answers" -gt 0 ] && [ "$renewed" -gt 0 ]
ok $? "some were killed after they had rendered the new one ($renewed), some before ($((kills - renewed - early))), some while starting ($early)"

# A server whose disk is full from the start: it serves, takes up what is published elsewhere, and only cannot write down who fetched.
cp "$work/base.db" "$db"
serve full 1
listening
ok $? "a full disk keeps no server from starting"
get() { "$python" -c 'import sys,urllib.request as u; sys.stdout.buffer.write(u.urlopen(sys.argv[1],timeout=10).read())' "http://127.0.0.1:$port$1"; }
get "$path" | cmp -s - "$work/old/$token/toban.ics"
ok $? "it serves the last good feed"
t publish --at 2026-11-04T09:00 >/dev/null
for _ in $(seq 100); do
    get /health | grep -q '"publication":2' && break
    sleep 0.1
done
get "$path" | cmp -s - "$work/new/$token/toban.ics"
ok $? "and the new one when there is one: rendering needs no disk"
kill -TERM "$pid"
wait "$pid"
is "$?" 0 "it ends in order"
like "$(cat "$work/serve.err")" "small.db: .*UPDATE tokens" "and says what it could not write down"
dump "$db" | cmp -s - "$work/after"
ok $? "nothing else is missing"
done_testing
