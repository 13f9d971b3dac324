#!/usr/bin/env python3
"""Rollback journal or write-ahead log (decision 9): the program as it is, on the sample region, with one and the other.

journal.py [SCALE]   prints a table; SCALE 0.3 for a look, DISK=DIR where the files lie. Wishes and readings are whole commands (a process
each), milliseconds, median / 95th of a hundred / longest. While a server reads nobody can commit (with a rollback journal): how long is measured at its locks.
"""
import collections, json, os, shutil, signal, sqlite3, subprocess, sys, tempfile, threading, time, urllib.request

SCALE = float(sys.argv[1]) if len(sys.argv) > 1 else 1
TOBAN = os.path.abspath(os.environ.get("B", "build") + "/toban")
work = tempfile.mkdtemp(dir=os.environ.get("DISK"))
shim = work + "/journal.so"
subprocess.run([os.environ.get("BENCH_CC", "gcc"), "-std=c17", "-D_GNU_SOURCE", "-O1", "-shared", "-fPIC", "-o", shim, "tests/bench/journal.c", "-ldl"], check=True)
MODES = collections.OrderedDict([
    ("rollback, EXTRA", {"JOURNAL_MODE": "DELETE", "JOURNAL_SYNC": "EXTRA"}),
    ("rollback, FULL", {"JOURNAL_MODE": "DELETE", "JOURNAL_SYNC": "FULL"}),
    ("log, FULL", {"JOURNAL_MODE": "WAL", "JOURNAL_SYNC": "FULL"}),
    ("log, NORMAL", {"JOURNAL_MODE": "WAL", "JOURNAL_SYNC": "NORMAL"}),
])
NOW, ROUNDS = "2026-10-20T10:00", 3


class Desk:
    def __init__(self, mode):
        self.env = {**os.environ, **MODES[mode], "LD_PRELOAD": shim}
        self.db = "%s/%d.db" % (work, len(os.listdir(work)))
        must = lambda *words: self.run(*words).returncode and sys.exit("%s: failed" % (words,))
        must("init", "--region", "rosters/ishikawa-chuo")
        must("plan", "2026-12", "--duty", "night-paed")
        must("publish")
        with sqlite3.connect(self.db) as c:
            self.people = [p for (p,) in c.execute("SELECT provider FROM members WHERE duty = 'night-paed' ORDER BY provider")]
        self.n = 0

    def run(self, *words, by="x"):
        return subprocess.run([TOBAN, *words, "--db", self.db, "--at", NOW, "--by", by], env=self.env, capture_output=True, text=True)

    def timed(self, out, *words):
        began = time.monotonic()
        r = self.run(*words)
        out.append(1000 * (time.monotonic() - began) if r.returncode == 0 else None)
        if r.returncode not in (0, 75):
            sys.exit("%s: %d %s" % (words, r.returncode, r.stderr))

    def wish(self, out, k):
        """One row and its line: what a member sends."""
        month = 1 + k // 28 % 3
        self.timed(out, "wish", "--survey", "night-2027-%02d" % month, "--provider", self.people[k // 84 % len(self.people)], "--type", "cannot",
                   "--from", "2027-%02d-%02d" % (month, 1 + k % 28))

    def wishes(self, n, first=0):
        out = []
        for k in range(first, first + n):
            self.wish(out, k)
        return out

    def at_once(self, people, each):
        outs = [[] for _ in range(people)]
        threads = [threading.Thread(target=lambda w=w: [self.wish(outs[w], 1000 + w * each + k) for k in range(each)]) for w in range(people)]
        for t in threads: t.start()
        for t in threads: t.join()
        return [x for out in outs for x in out]

    def meanwhile(self, what, *words):
        """Readings one after another, while `what` is done."""
        out, done = [], threading.Event()
        def read():
            while not done.is_set():
                self.timed(out, *words)
        t = threading.Thread(target=read)
        t.start()
        result = what()
        done.set()
        t.join()
        return result, out

    def serve(self):
        p = subprocess.Popen([TOBAN, "serve", "--port", "0", "--db", self.db, "--at", NOW, "--lang", "en"], env={**self.env, "HELD_LOG": self.db + "-held"}, stdout=subprocess.PIPE, text=True)
        return p, int(p.stdout.readline().rsplit(":", 1)[1])

    def files(self):
        return sorted((n[len(os.path.basename(self.db)):] or ".db", os.path.getsize(work + "/" + n)) for n in os.listdir(work) if n.startswith(os.path.basename(self.db)))


def figures(v):
    if isinstance(v[0], str): return v[-1]
    good = sorted(x for x in v if x is not None)
    if not good: return "-"
    return "%.0f / %.0f / %.0f%s" % (good[len(good) // 2], good[len(good) * 95 // 100], good[-1], "" if len(good) == len(v) else " (%d put off)" % (len(v) - len(good)))


def measure(mode):
    row, n = {}, max(5, int(20 * SCALE))
    d = Desk(mode)
    nothing = []
    for _ in range(n): d.timed(nothing, "--version")
    row["a process that does nothing"] = nothing
    row["wish, alone"] = d.wishes(n)
    alone = []
    for _ in range(n): d.timed(alone, "duties", "2026-12")
    row["reading, alone"] = alone
    each = max(2, int(4 * SCALE))
    began = time.monotonic()
    wrote, read = d.meanwhile(lambda: d.at_once(20, each), "duties", "2026-12")
    row["wish, 20 at once, one reading"] = wrote
    row["wishes a second, 20 at once"] = [len(wrote) / (time.monotonic() - began)]
    row["reading, 20 writing"] = read
    server, port = d.serve()
    asked, stop = [], threading.Event()
    def ask():
        while not stop.is_set():
            began = time.monotonic()
            urllib.request.urlopen("http://127.0.0.1:%d/v1/roster" % port, timeout=10).read()
            asked.append(1000 * (time.monotonic() - began))
            time.sleep(0.01)
    t = threading.Thread(target=ask)
    t.start()
    wrote, read = d.meanwhile(lambda: d.wishes(n, 400), "duties", "2026-12")
    row["wish, a server and one reading"] = wrote
    row["reading, a server and one writing"] = read
    row["asking the server, one writing"] = asked
    for k in range(max(3, int(6 * SCALE))):  # something to render, each second
        d.wish([], 700 + k)
        time.sleep(1)
    stop.set()
    t.join()
    server.send_signal(signal.SIGTERM)
    server.wait()
    with open(d.db + "-held") as f:
        lines = [line.split() for line in f]
        row["others cannot commit: the server's readings"] = [float(x) for x, _ in lines]
        row["the same, processor time"] = [float(x) for _, x in lines]
    # Somebody has it open, as a server with a connection of its own would; and somebody else copies the file by hand.
    wishes = lambda db: sqlite3.connect("file:%s?mode=ro" % db, uri=True).execute("SELECT count(*) FROM wishes").fetchone()[0]
    kept = sqlite3.connect(d.db)
    kept.execute("SELECT count(*) FROM wishes").fetchone()
    d.wishes(5, 800)
    shutil.copy(d.db, work + "/copy.db")
    row["wishes of 5 that a copy of the first file alone lacks"] = ["%d" % (wishes(d.db) - wishes(work + "/copy.db"))]
    row["files meanwhile"] = [" ".join("%s %d kB" % (name, size // 1024) for name, size in d.files() if name not in (".lock", "-held"))]
    kept.close()
    return row


rows, loads = collections.OrderedDict(), []
for _ in range(ROUNDS):  # in turn, so that what else the machine does falls on each
    for mode in MODES:
        loads.append(os.getloadavg()[0])
        for name, values in measure(mode).items():
            rows.setdefault(name, {}).setdefault(mode, []).extend(values)
print("load of the machine meanwhile %.1f to %.1f, %d processors, SQLite %s" % (min(loads), max(loads), os.cpu_count(), sqlite3.sqlite_version))
print("| | " + " | ".join(MODES) + " |")
print("|---|" + "---|" * len(MODES))
for name, by in rows.items():
    print("| %s | %s |" % (name, " | ".join(figures(by[m]) if m in by else "-" for m in MODES)))
shutil.rmtree(work)
