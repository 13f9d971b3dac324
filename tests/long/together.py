#!/usr/bin/env python3
"""Many write at once: what is told is stored.

together.py WRITERS ENTRIES [SEED]   a small fictitious region (架空); each of WRITERS processes makes ENTRIES entries of all kinds
into one data file at the same time, while one reads. Every entry that was told is there, few gave up waiting (75), and the
entries replayed alone, in the order of the audit trail, give the same data file. Prints TAP.
"""
import collections, json, os, random, sqlite3, subprocess, sys, tempfile, threading, time

WRITERS, ENTRIES = int(sys.argv[1]), int(sys.argv[2])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1
TOBAN = os.path.abspath(os.environ.get("B", "build") + "/toban")
work = tempfile.mkdtemp()
NOW = "2026-12-20T10:00"
AS = ["p%02d" % i for i in range(1, 25)]


def region():
    os.mkdir(work + "/region")
    json.dump({
        "format_version": 1,
        "region": {"id": "small", "name": "小さな医療圏", "notice": "見本です。人名・電話番号は架空です。"},
        "areas": [{"id": "town", "name": "架空町", "level": "municipality"}],
        "bodies": [{"id": "assoc", "name": "架空町医師会", "kind": "medical-association"}],
        "kinds": [{"id": "doctor", "name": "医師", "person": "yes"}, {"id": "clinic", "name": "診療所"}],
        "specialities": [{"id": "internal", "name": "内科"}],
        "classes": [{"id": "all", "name": "毎日"}],
        "providers": [{"id": p, "name": "架空 " + p, "kind": "doctor", "area": "town"} for p in AS]
        + [{"id": "centre", "name": "架空町急病センター", "kind": "clinic", "area": "town", "phone": "076-000-0000"}],
        "duties": [{"id": "night", "name": "急病センター", "kind": "doctor", "site": "centre", "specialities": ["internal"], "tier": 1,
                    "body": "assoc", "period": "month"}],
        "bands": [{"duty": "night", "id": "eve", "name": "準夜", "when": "all", "from": "19:30", "to": "25:00"}],
        "seats": [{"duty": "night", "band": "eve", "role": "primary", "rank": 0, "when": "all", "count": 1}],
        "members": [{"duty": "night", "provider": p} for p in AS],
        "ledgers": [{"id": "nights", "name": "準夜", "scope": "provider", "duties": ["night"], "class": "all", "price": 1}],
        "surveys": [{"id": "feb", "duties": ["night"], "from": "2027-02-01", "to": "2027-03-31", "deadline": "2027-01-10"}],
    }, open(work + "/region/region.json", "w"), ensure_ascii=False)


def run(db, words, by, at=NOW):
    return subprocess.run([TOBAN, *words, "--db", db, "--at", at, "--by", by, "--lang", "en"], capture_output=True, text=True)


def must(db, words, at):
    r = run(db, words, "office", at)
    if r.returncode:
        sys.exit("set-up: %s: %s" % (words, r.stderr))


def prepare(db):
    must(db, ["init", "--region", work + "/region"], "2026-11-01T09:00")
    must(db, ["plan", "2026-12"], "2026-11-02T09:00")
    must(db, ["publish"], "2026-11-03T09:00")
    must(db, ["plan", "2027-01"], "2026-12-19T09:00")


def entry(rng, w, k):
    """One entry, as words of the command line; each of its own, so that it can be looked for."""
    me, day = AS[w % len(AS)], k % 28 + 1
    far = "2027-%02d-%02d" % (2 + k // 28 % 2, day)
    seat = "night:%s:eve" % far
    january = "night:2027-01-%02d:eve" % (1 + (w * 7 + k) % 31)
    past = "night:2026-12-%02d:eve" % (1 + (w * 5 + k) % 19)
    kind = rng.choice(["wish", "wish", "wish", "pin", "forbid", "exception", "exemption", "import", "assign", "assign", "attend",
                       "adjust", "token", "publish", "swap", "circulate", "unpin"])
    if kind == "wish":
        return kind, ["wish", "--survey", "feb", "--provider", me, "--type", rng.choice(["cannot", "rather-not", "like"]), "--from", far]
    if kind in ("pin", "forbid"):
        return kind, [kind, "--seat", seat, "--provider", me, "--reason", "w%d k%d" % (w, k)]
    if kind == "unpin":
        return kind, ["pin", "--seat", seat, "--provider", me, "--remove"]
    if kind == "exception":
        return kind, ["exception", "--rule", "wish.cannot", "--seat", seat, "--provider", me, "--reason", "電話", "--signed-by", "理事"]
    if kind in ("exemption", "import"):
        path = "%s/%s-%d-%d.csv" % (work, kind, w, k)
        with open(path, "w") as f:
            if kind == "exemption":
                f.write("provider,duty,from,weekdays,to,reason,accrues\n%s,night,2028-%02d-%02d,,2028-12-31,leave,no\n" % (me, 1 + k // 28 % 12, day))
            else:
                f.write("survey,provider,type,from,to,duty,band,count,must,note\nfeb,%s,cannot,%s,,night,,,yes,w%d k%d\n" % (me, far, w, k))
        return kind, ["import", path, "--entity", "exemptions" if kind == "exemption" else "wishes"]
    if kind == "assign":
        return kind, ["assign", "--seat", january, "--provider", me, "--instead-of", "?"]
    if kind == "attend":
        return kind, ["attend", past, "--patients", str(10 + k), "--reason", "w%d k%d" % (w, k)]
    if kind == "adjust":
        return kind, ["ledger", "--adjust", "0.5", "--ledger", "nights", "--account", me, "--reason", "w%d k%d" % (w, k)]
    if kind == "token":
        return kind, ["token", rng.choice(["issue", "revoke"]), me]
    if kind == "publish":
        return kind, ["publish", "--note", "w%d k%d" % (w, k)]
    if kind == "swap":
        return kind, ["swap", "ask", "--seat", "night:2026-12-%02d:eve" % (21 + (w + k) % 11), "--to", me, "--office", "--note", "w%d k%d" % (w, k)]
    return kind, ["circulate", str(2 + k % 40), "--until", "2026-12-28", "--note", "w%d k%d" % (w, k)]


def sitter(db, seat):
    """Who sits in the seat in the latest draft: what a clerk sees on the screen before she types."""
    duty, date, band = seat.split(":")
    with sqlite3.connect("file:%s?mode=ro" % db, uri=True, timeout=20) as c:
        row = c.execute("SELECT provider FROM draft_seats WHERE draft = (SELECT max(draft) FROM draft_seats WHERE duty = ? AND date = ?)"
                        " AND duty = ? AND date = ? AND band = ?", (duty, date, duty, date, band)).fetchone()
    return row[0] if row and row[0] else "p01"


told, codes = [], collections.Counter()
lock = threading.Lock()


def writer(db, w):
    rng = random.Random(SEED * 1000 + w)
    for k in range(ENTRIES):
        kind, words = entry(rng, w, k)
        if kind == "assign":
            words[-1] = sitter(db, words[2])
            if words[-1] == words[4]:
                continue
        by = "w%02dk%03d" % (w, k)
        began = time.monotonic()
        r = run(db, words, by)
        with lock:
            codes[r.returncode] += 1
            if r.returncode == 0:
                told.append((by, kind, words, r.stdout, time.monotonic() - began))
            elif r.returncode not in (1, 2, 3, 6, 75):
                print("# %s %s: %d %s" % (by, words, r.returncode, r.stderr.strip()))


def reader(db, stop, seen):
    while not stop.is_set():
        for words in (["now"], ["duties", "2027-01"], ["wish"], ["verify"]):
            r = run(db, words, "reader")
            seen[r.returncode if r.returncode != 1 else 0] += 1


n = 0


def ok(condition, name):
    global n
    n += 1
    print("%sok %d - %s" % ("" if condition else "not ", n, name), flush=True)
    return condition


def dump(db):
    """Every row of every table, without what tells when a row came and not what it says."""
    rows = set()
    with sqlite3.connect(db) as c:
        for (table,) in c.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall():
            if table in ("tokens",):  # an address is drawn at random
                continue
            for row in c.execute('SELECT * FROM "%s"' % table):
                rows.add((table, row))
    return rows


region()
db = work + "/a.db"
prepare(db)
stop, seen = threading.Event(), collections.Counter()
threads = [threading.Thread(target=writer, args=(db, w)) for w in range(WRITERS)]
look = threading.Thread(target=reader, args=(db, stop, seen))
look.start()
for t in threads:
    t.start()
for t in threads:
    t.join()
stop.set()
look.join()

with sqlite3.connect(db) as c:
    audit = c.execute("SELECT who, what FROM audit WHERE who LIKE 'w%' ORDER BY id").fetchall()
    wishes = set(c.execute('SELECT provider, type, "from" FROM wishes').fetchall())
    exemptions = set(c.execute('SELECT provider, "from" FROM exemptions').fetchall())
    exceptions = set(c.execute("SELECT provider, date FROM exceptions").fetchall())
    pins = {(p, d): a for p, d, a in c.execute("SELECT provider, date, action FROM pins")}
    attended = set(r for (r,) in c.execute("SELECT reason FROM attendance"))
    adjusted = set(r for (r,) in c.execute("SELECT reason FROM ledger_entries WHERE adjusted <> 0"))
    swaps = set(r for (r,) in c.execute("SELECT reason FROM swaps"))
    published = set(r for (r,) in c.execute("SELECT note FROM publications"))
    moves = set(r for (r,) in c.execute("SELECT note FROM draft_moves"))
    seats = {d: p for d, p in c.execute("SELECT date, provider FROM draft_seats WHERE draft = (SELECT max(draft) FROM draft_seats WHERE date LIKE '2027-01%')")}

by_who = {by: (kind, words) for by, kind, words, _, _ in told}
order = list(dict.fromkeys(who for who, _ in audit if who in by_who))  # an import has a line for each row as well
kinds = collections.Counter(kind for _, kind, _, _, _ in told)
total = sum(codes.values())
print("# %d entries: %d told, exits %s; kinds %s; reads %s" % (total, len(told), dict(codes), dict(kinds), dict(seen)))
waited = sorted(s for *_, s in told)
print("# an entry took %.0f ms in the middle, %.0f ms at the 95th of a hundred" % (1000 * waited[len(waited) // 2], 1000 * waited[len(waited) * 95 // 100]))
ok(not set(codes) - {0, 1, 2, 3, 6, 75}, "every entry is told, refused or put off")
ok(codes[75] <= total / 100, "at most one in a hundred gave up waiting: %d of %d" % (codes[75], total))
ok(not set(seen) - {0}, "who reads meanwhile always gets an answer: %s" % dict(seen))
writes = [by for by, kind, words, out, _ in told if kind != "token" and not (kind == "attend" and "already" in out)]
silent = set(writes) - set(order)
ok(not silent, "every entry told stands in the audit trail%s" % (": not " + ", ".join(sorted(silent)[:5]) if silent else ""))
lost = []
for by, kind, w, out, _ in told:
    v = dict(zip(w[1::2], w[2::2])) if kind == "wish" else {}
    if kind == "wish" and (v["--provider"], v["--type"], v["--from"]) not in wishes: lost.append(by)
    if kind == "import" and not any(p == AS[int(by[1:3]) % len(AS)] for p, _, _ in wishes): lost.append(by)
    if kind == "exemption" and not any(p == AS[int(by[1:3]) % len(AS)] for p, _ in exemptions): lost.append(by)
    if kind == "exception" and (w[6], w[4].split(":")[1]) not in exceptions: lost.append(by)
    if kind == "attend" and "already" not in out and w[-1] not in attended: lost.append(by)
    if kind == "adjust" and w[-1] not in adjusted: lost.append(by)
    if kind == "swap" and w[-1] not in swaps: lost.append(by)
    if kind == "publish" and w[-1] not in published: lost.append(by)
    if kind == "circulate" and w[-1] not in moves: lost.append(by)
last_pin, last_seat = {}, {}
for who in order:
    kind, w = by_who[who]
    if kind in ("pin", "forbid", "unpin"): last_pin[(w[4], w[2].split(":")[1])] = kind
    if kind == "assign": last_seat[w[2].split(":")[1]] = w[4]
lost += ["%s %s %s" % (*k, v) for k, v in last_pin.items() if pins.get(k) != (None if v == "unpin" else v)]
ok(not lost, "every entry told is there%s" % (": not " + ", ".join(lost[:8]) if lost else ""))
gone = {d: (p, seats.get(d)) for d, p in last_seat.items() if seats.get(d) != p}
ok(not gone, "the latest draft has every change by hand%s" % (": not %s" % gone if gone else ""))

alone = work + "/b.db"
prepare(alone)
refused = []
for who in order:
    r = run(alone, by_who[who][1], who)
    if r.returncode: refused.append("%s %s: %d %s" % (who, by_who[who][1], r.returncode, r.stderr.strip()))
ok(not refused, "replayed alone in the order of the trail, none is refused%s" % (": " + "; ".join(refused[:3]) if refused else ""))
a, b = dump(db), dump(alone)
diff = sorted(map(str, a ^ b))
ok(not diff, "and the data file is the same, row by row%s" % (": " + " | ".join(diff[:4])[:900] if diff else ""))
ok(run(db, ["verify"], "x").returncode == 0, "digests and references are in order")
print("1..%d" % n)
subprocess.run(["rm", "-rf", work])
