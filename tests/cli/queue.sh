#!/usr/bin/env bash
# Who came first writes first: writers who find the data file busy stand in a queue; nobody stands there once he is gone, and its file goes with the last.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C
small_init
python3 - "$db" "$TOBAN" >"$work/order" 2>"$work/err" <<'P'
import os, signal, sqlite3, subprocess, sys, time
db, toban = sys.argv[1:]
queue = db + ".queue"

def standing():
    """How many places of the queue are taken."""
    if not os.path.exists(queue):
        return 0
    node = os.stat(queue).st_ino
    return sum(1 for line in open("/proc/locks") if line.split()[5:6] and line.split()[5].endswith(":%d" % node) and "->" not in line)

def start(who):
    p = subprocess.Popen([toban, "rows", "contacts", "duty=night", "rank=%d" % who, "name=w%d" % who, "phone=076-000-0000", "--add", "--db", db, "--at", "2026-11-02T09:00", "--by", "w%d" % who],
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return p

def until(n):
    end = time.monotonic() + 7
    while standing() != n and time.monotonic() < end:
        time.sleep(0.005)
    return standing() == n

c = sqlite3.connect(db, isolation_level=None)
c.execute("BEGIN IMMEDIATE")
writers = []
for who in range(1, 7):
    writers.append(start(who))
    if not until(who):
        print("not queued:", who)
killed = writers[2]
killed.send_signal(signal.SIGKILL)
killed.wait()
print("killed one stands nowhere" if until(5) else "a killed one still stands there")
c.execute("ROLLBACK")
codes = [p.wait() for p in writers if p is not killed]
print("codes", *codes)
print("order", *[w for (w,) in c.execute("SELECT who FROM audit WHERE what = 'contacts' ORDER BY id")])
print("queue", os.path.exists(queue))
P
sed 's/^/# /' "$work/err"
is "$(grep -c 'not queued' "$work/order")" 0 "six writers stand in the queue, one after the other"
is "$(sed -n 's/^killed/killed/p' "$work/order")" "killed one stands nowhere" "one that was killed gives up its place"
is "$(sed -n 's/^codes //p' "$work/order")" "0 0 0 0 0" "the others write"
is "$(sed -n 's/^order //p' "$work/order")" "w1 w2 w4 w5 w6" "in the order in which they came"
is "$(sed -n 's/^queue //p' "$work/order")" False "the queue's file is taken away by the last"
done_testing
