#!/usr/bin/env python3
"""Many write at once, and some are killed: what is told is stored.

together.py WRITERS ENTRIES [SEED] [--kills N]   a small fictitious region (架空); each of WRITERS processes makes ENTRIES entries of
all kinds into one data file at the same time, while one reads. Every entry that was told is there, few gave up waiting (75), and the
entries replayed alone, in the order of the audit trail, give the same data file. With --kills two more make entries whose process is
killed (SIGKILL) at a random moment, until N were; the others go on until then. What a killed process wrote is there whole or not at
all, and it is there when it was told. Prints TAP.
"""
import argparse, collections, glob, json, os, random, select, shutil, sqlite3, statistics, subprocess, sys, tempfile, threading, time

args = argparse.ArgumentParser()
args.add_argument("writers", type=int)
args.add_argument("entries", type=int)
args.add_argument("seed", type=int, nargs="?", default=1)
args.add_argument("--kills", type=int, default=0)
args = args.parse_args()
TOBAN = os.path.abspath(os.environ.get("B", "build") + "/toban")
KILLERS = 2
work = tempfile.mkdtemp()
NOW = "2026-12-20T10:00"
AS = ["p%02d" % i for i in range(1, 25)]
GROUP = ["u1", "u2", "u3"]  # doctors whom the department may name


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
        + [{"id": p, "name": "名簿 " + p, "kind": "doctor", "area": "town"} for p in GROUP]
        + [{"id": "dept", "name": "架空大学医局", "kind": "doctor", "area": "town", "names_days": 3},
           {"id": "centre", "name": "架空町急病センター", "kind": "clinic", "area": "town", "phone": "076-000-0000"}],
        "links": [{"from": p, "type": "employed-by", "to": "dept"} for p in GROUP],
        "duties": [{"id": d, "name": n, "kind": "doctor", "site": "centre", "specialities": ["internal"], "tier": 1,
                    "body": "assoc", "period": "month"} for d, n in (("night", "急病センター"), ("paed", "小児"))],
        "bands": [{"duty": d, "id": "eve", "name": "準夜", "when": "all", "from": "19:30", "to": "25:00"} for d in ("night", "paed")],
        "seats": [{"duty": d, "band": "eve", "role": "primary", "rank": 0, "when": "all", "count": 1} for d in ("night", "paed")],
        "members": [{"duty": "night", "provider": p} for p in AS] + [{"duty": "paed", "provider": "dept"}],
        "ledgers": [{"id": "nights", "name": "準夜", "scope": "provider", "duties": ["night"], "class": "all", "price": 1}],
        "complaints": [{"id": "internal", "name": "内科", "specialities": ["internal"]}],
        "policies": [{"id": urgency + "-last", "urgency": urgency, "rank": 90, "take": "text", "role": "last", "name": "119番",
                      "approved_by": "架空の承認", "approved_on": "2026-10-01"} for urgency in ("guidance", "u1", "u2", "u3", "u4", "u5", "unknown")],
        "surveys": [{"id": "feb", "duties": ["night"], "from": "2027-02-01", "to": "2027-03-31", "deadline": "2027-01-10"}],
    }, open(work + "/region/region.json", "w"), ensure_ascii=False)


def command(db, words, by, at=NOW):
    return [TOBAN, *words, "--db", db, "--at", at, "--by", by, "--lang", "en"]


def run(db, words, by, at=NOW):
    return subprocess.run(command(db, words, by, at), capture_output=True, text=True)


def must(db, words, at):
    r = run(db, words, "office", at)
    if r.returncode:
        sys.exit("set-up: %s: %s" % (words, r.stderr))


def prepare(db):
    must(db, ["init", "--region", work + "/region"], "2026-11-01T09:00")
    must(db, ["plan", "2026-12"], "2026-11-02T09:00")
    must(db, ["publish"], "2026-11-03T09:00")
    must(db, ["plan", "2027-01", "--duty", "night"], "2026-12-19T09:00")


# ---- the kinds of entries ---------------------------------------------------------------------------


class Draw:
    """What an entry is drawn from: who writes it, its number, and what she sees on the screen before she types."""

    def __init__(self, rng, db, w, k):
        self.rng, self.db, self.w, self.k = rng, db, w, k
        self.me, self.day = AS[w % len(AS)], k % 28 + 1
        self.far = "2027-%02d-%02d" % (2 + k // 28 % 2, self.day)
        self.seat = "night:%s:eve" % self.far
        self.mark = "w%d k%d" % (w, k)

    def look(self, sql, *values):
        with sqlite3.connect("file:%s?mode=ro" % self.db, uri=True, timeout=20) as c:
            return c.execute(sql, values[0] if values and isinstance(values[0], dict) else values).fetchall()

    def file(self, entity, text):
        path = "%s/%s-%d-%d.csv" % (work, entity, self.w, self.k)
        with open(path, "w") as f:
            f.write(text)
        return ["import", path, "--entity", entity]


def wish(d):
    return ["wish", "--survey", "feb", "--provider", d.me, "--type", d.rng.choice(["cannot", "rather-not", "like"]), "--from", d.far]


def unwish(d):
    """One of her own that stands there now."""
    there = d.look('SELECT type, "from" FROM wishes WHERE provider = ? AND duty IS NULL ORDER BY "from", type', d.me)
    kind, day = d.rng.choice(there) if there else (None, None)
    return there and ["wish", "--remove", "--survey", "feb", "--provider", d.me, "--type", kind, "--from", day]


def imported(d):
    return d.file("wishes", "survey,provider,type,from,to,duty,band,count,must,note\nfeb,%s,cannot,%s,,night,,,yes,%s\n" % (d.me, d.far, d.mark))


def exemption(d):
    return d.file("exemptions", "provider,duty,from,weekdays,to,reason,accrues\n%s,night,2028-%02d-%02d,,2028-12-31,leave,no\n"
                  % (d.me, 1 + d.k // 28 % 12, d.day))


def assign(d):
    seat = "night:2027-01-%02d:eve" % (1 + (d.w * 7 + d.k) % 31)
    duty, date, band = seat.split(":")
    row = d.look("SELECT came FROM draft_edit_seats AS s WHERE draft = (SELECT max(id) FROM drafts) AND duty = :duty AND date = :date"
                 " AND coalesce((SELECT act FROM draft_edits AS u WHERE u.draft = s.draft AND u.of = s.revision ORDER BY u.revision DESC LIMIT 1), 'edit') <> 'undo'"
                 " ORDER BY revision DESC LIMIT 1", {"duty": duty, "date": date}) or \
        d.look("SELECT provider FROM draft_seats WHERE draft = (SELECT max(id) FROM drafts) AND duty = ? AND date = ? AND band = ?", duty, date, band)
    sits = row[0][0] if row and row[0][0] else "p01"
    return None if sits == d.me else ["assign", "--seat", seat, "--provider", d.me, "--instead-of", sits]


def override(d):
    kind = d.rng.choice(["closed", "late", "note"])
    return ["override", kind, "--provider", "centre", "--minutes", str(60 + d.k), "--note", d.mark, "--source", "電話"]


def standing(d):
    return d.look("SELECT id FROM route_overrides AS x WHERE kind <> 'cancelled' AND NOT EXISTS"
                  " (SELECT 1 FROM route_overrides WHERE supersedes = x.id) ORDER BY id")


def correct(d):
    there = standing(d)
    return there and override(d) + ["--supersedes", str(d.rng.choice(there)[0])]


def cancel(d):
    there = standing(d)
    return there and ["override", "cancelled", "--supersedes", str(d.rng.choice(there)[0]), "--source", d.mark]


def unpin(d):
    there = d.look("SELECT date, provider FROM pins WHERE action = 'pin' ORDER BY date, provider")
    if not there:
        return None
    date, provider = d.rng.choice(there)
    return ["pin", "--seat", "night:%s:eve" % date, "--provider", provider, "--remove"]


def name(d):
    day = "2026-12-%02d" % (21 + (d.w + d.k) % 11)
    row = d.look("SELECT person FROM namings WHERE date = ? ORDER BY id DESC LIMIT 1", day)
    there = row[0][0] if row else None
    who = d.rng.choice([p for p in GROUP if p != there])
    if there and d.rng.random() < 0.2:
        words = ["--remove", "--instead-of", there]
    else:
        words = ["--person", who] + (["--instead-of", there] if there else [])
    return ["name", "paed:%s:eve" % day, *words, "--note", d.mark]


# How often, its words (None: there is nothing to enter just now), and how its row is found by what was typed: (sql, of the words).
# A kind that is not looked for here is looked for below, by what stands last, and all of them by the replay.
Kind = collections.namedtuple("Kind", "often words row")
KINDS = {
    "wish": Kind(3, wish, lambda w: ('SELECT 1 FROM wishes WHERE provider = ? AND type = ? AND "from" = ?', (w[4], w[6], w[8]))),
    "import": Kind(1, imported, None),
    "exemption": Kind(1, exemption, None),
    "pin": Kind(1, lambda d: ["pin", "--seat", d.seat, "--provider", d.me, "--reason", d.mark], None),
    "forbid": Kind(1, lambda d: ["forbid", "--seat", d.seat, "--provider", d.me, "--reason", d.mark], None),
    "unpin": Kind(1, unpin, None),
    "exception": Kind(1, lambda d: ["exception", "--rule", "wish.cannot", "--seat", d.seat, "--provider", d.me, "--reason", "電話", "--signed-by", "理事"],
                      lambda w: ("SELECT 1 FROM exceptions WHERE provider = ? AND date = ?", (w[6], w[4].split(":")[1]))),
    "assign": Kind(3, assign, None),
    "undo": Kind(1, lambda d: ["undo"], None),
    "redo": Kind(1, lambda d: ["redo"], None),
    "unwish": Kind(1, unwish, None),
    "attend": Kind(1, lambda d: ["attend", "night:2026-12-%02d:eve" % (1 + (d.w * 5 + d.k) % 19), "--patients", str(10 + d.k), "--reason", d.mark],
                   lambda w: ("SELECT 1 FROM attendance WHERE reason = ?", (w[5],))),
    "adjust": Kind(1, lambda d: ["ledger", "--adjust", "0.5", "--ledger", "nights", "--account", d.me, "--reason", d.mark],
                   lambda w: ("SELECT 1 FROM ledger_entries WHERE adjusted <> 0 AND reason = ?", (w[8],))),
    "token": Kind(1, lambda d: ["token", d.rng.choice(["issue", "revoke"]), d.me], None),
    "publish": Kind(1, lambda d: ["publish", "--note", d.mark], lambda w: ("SELECT 1 FROM publications WHERE note = ?", (w[2],))),
    "swap": Kind(1, lambda d: ["swap", "ask", "--seat", "night:2026-12-%02d:eve" % (21 + (d.w + d.k) % 11), "--to", d.me, "--office", "--note", d.mark],
                 lambda w: ("SELECT 1 FROM swaps WHERE reason = ?", (w[8],))),
    "circulate": Kind(1, lambda d: ["circulate", str(2 + d.k % 8), "--until", "2026-12-28", "--note", d.mark],
                      lambda w: ("SELECT 1 FROM draft_moves WHERE note = ?", (w[5],))),
    "override": Kind(1, override, lambda w: ("SELECT 1 FROM route_overrides WHERE note = ?", (w[7],))),
    "correct": Kind(1, correct, lambda w: ("SELECT 1 FROM route_overrides WHERE note = ? AND supersedes = ?", (w[7], w[11]))),
    "cancel": Kind(1, cancel, lambda w: ("SELECT 1 FROM route_overrides WHERE source = ? AND supersedes = ?", (w[5], w[3]))),
    "name": Kind(2, name, lambda w: ("SELECT 1 FROM namings WHERE note = ?", (w[-1],))),
}
DRAWN = [kind for kind, x in KINDS.items() for _ in range(x.often)]


# ---- writing ------------------------------------------------------------------------------------------

asked, told, codes, killed = {}, {}, collections.Counter(), collections.Counter()
waited = collections.deque([0.05])
lock = threading.Lock()


def draw(rng, db, w, k):
    kind = rng.choice(DRAWN)
    words = KINDS[kind].words(Draw(rng, db, w, k))
    by = "w%02dk%04d" % (w, k)
    if words:
        asked[by] = kind, words
    return by, words


def finished(by, code, out, err, seconds):
    with lock:
        codes[code] += 1
        if code == 0:
            told[by] = out
            waited.append(seconds)
        elif code not in (1, 2, 3, 6, 75):
            print("# %s %s: %d %s" % (by, asked[by], code, err.strip()))


def go_on(k):
    return killed.total() < args.kills if args.kills else k < args.entries


def writer(db, w):
    rng = random.Random(args.seed * 1000 + w)
    k = 0
    while go_on(k):
        by, words = draw(rng, db, w, k)
        k += 1
        if not words:
            continue
        began = time.monotonic()
        r = run(db, words, by)
        finished(by, r.returncode, r.stdout, r.stderr, time.monotonic() - began)


def killer(db, w):
    rng = random.Random(args.seed * 1000 + w)
    k = 0
    while go_on(k):
        by, words = draw(rng, db, w, k)
        k += 1
        if not words:
            continue
        with lock:
            usual = statistics.median(list(waited)[-50:])
        p = subprocess.Popen(command(db, words, by), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        # At a random moment; every third as soon as it has told, which is the moment that matters most and is soon over.
        if rng.random() < 1 / 3:
            select.select([p.stdout, p.stderr], [], [])
        else:
            time.sleep(rng.uniform(0, 1.5 * usual))
        p.kill()
        out, err = p.communicate()
        if p.returncode >= 0:
            finished(by, p.returncode, out, err, usual)
            continue
        with lock:
            killed["told" if out else "untold"] += 1
            if out:
                told[by] = out


def reader(db, stop, seen):
    while not stop.is_set():
        for words in (["now"], ["duties", "2027-01"], ["wish"], ["verify"]):
            r = run(db, words, "reader")
            seen[r.returncode if r.returncode != 1 else 0] += 1


region()
db = work + "/a.db"
prepare(db)
stop, seen = threading.Event(), collections.Counter()
threads = [threading.Thread(target=writer, args=(db, w)) for w in range(args.writers)]
threads += [threading.Thread(target=killer, args=(db, args.writers + i)) for i in range(KILLERS if args.kills else 0)]
look = threading.Thread(target=reader, args=(db, stop, seen))
look.start()
for t in threads:
    t.start()
for t in threads:
    t.join()
stop.set()
look.join()

# ---- judging ------------------------------------------------------------------------------------------

n = 0


def ok(condition, name):
    global n
    n += 1
    print("%sok %d - %s" % ("" if condition else "not ", n, name), flush=True)
    return condition


def some(things):
    return ": " + "; ".join(sorted(map(str, things))[:5])[:900] if things else ""


def dump(db):
    """Every row of every table."""
    rows = set()
    with sqlite3.connect(db) as c:
        for (table,) in c.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall():
            rows.update((table, row) for row in c.execute('SELECT * FROM "%s"' % table))
    return rows


# What a process that was told wrote nothing for: it was so already.
def idle(by):
    kind, words = asked[by]
    return kind == "token" or (kind == "attend" and "already" in told[by])


left = os.path.exists(db + "-journal")
with sqlite3.connect(db) as c:
    sound = [r for (r,) in c.execute("PRAGMA integrity_check")]
    order = list(dict.fromkeys(who for (who,) in c.execute("SELECT who FROM audit WHERE who LIKE 'w%' ORDER BY id")))
    pins = {(p, d): a for p, d, a in c.execute("SELECT provider, date, action FROM pins")}
    wished = {p for (p,) in c.execute("SELECT provider FROM wishes")}
    exempt = {p for (p,) in c.execute("SELECT provider FROM exemptions")}
    by_hand = {by for (by,) in c.execute("SELECT \"by\" FROM draft_edits")}
    begun = {who for who, detail in c.execute("SELECT who, detail FROM audit WHERE what = 'assign'") if detail.isdigit()}
    log = c.execute("SELECT count(*), max(revision) FROM draft_edits GROUP BY draft").fetchall()
    unwished = {}  # the last word on each wish
    for by in order:
        kind, w = asked[by]
        if kind == "wish": unwished[(w[4], w[6], w[8])] = False
        if kind == "unwish": unwished[(w[5], w[7], w[9])] = True
    twice = c.execute("SELECT supersedes FROM route_overrides WHERE supersedes <> 0 GROUP BY supersedes HAVING count(*) > 1").fetchall()
    lost = []
    for by in told:
        kind, w = asked[by]
        if kind == "wish" and unwished[(w[4], w[6], w[8])]:
            continue
        if KINDS[kind].row and not idle(by) and not c.execute(*KINDS[kind].row(w)).fetchone():
            lost.append((by, w))
        if kind in ("assign", "undo", "redo") and by not in by_hand and by not in begun:
            lost.append((by, w))
        if kind in ("import", "exemption") and AS[int(by[1:3]) % len(AS)] not in (wished if kind == "import" else exempt):
            lost.append((by, w))
total = codes.total() + killed.total()
print("# %d entries: %d told, exits %s; kinds %s; reads %s" % (total, len(told), dict(codes), dict(collections.Counter(asked[by][0] for by in told)), dict(seen)))
times = sorted(waited)
print("# an entry took %.0f ms in the middle, %.0f ms at the 95th of a hundred" % (1000 * times[len(times) // 2], 1000 * times[len(times) * 95 // 100]))
untold = set(order) - set(told)
if args.kills:
    print("# %d killed: %d when told, %d when stored and not told yet, %d before; %s left behind" % (
        killed.total(), killed["told"], len(untold), killed["untold"] - len(untold), "a journal was" if left else "no journal was"))
    ok(killed.total() >= args.kills, "%d processes were killed while they worked" % args.kills)
ok(sound == ["ok"], "the file's pages, indices and constraints are in order%s" % ("" if sound == ["ok"] else some(sound)))
ok(not set(codes) - {0, 1, 2, 3, 6, 75}, "every entry is told, refused or put off")
ok(codes[75] <= total / 100, "at most one in a hundred gave up waiting: %d of %d" % (codes[75], total))
ok(not set(seen) - {0}, "who reads meanwhile always gets an answer: %s" % dict(seen))
silent = [by for by in told if not idle(by) and by not in set(order)]
ok(not silent, "every entry told stands in the audit trail%s" % some(silent))
ok(len(untold) <= killed["untold"], "and nothing but those, and what the killed had stored%s" % ("" if args.kills else some(untold)))
last_pin = {}
for who in order:
    kind, w = asked[who]
    if kind in ("pin", "forbid", "unpin"): last_pin[(w[4], w[2].split(":")[1])] = kind
lost += ["%s %s %s" % (*k, v) for k, v in last_pin.items() if pins.get(k) != (None if v == "unpin" else v)]
ok(not lost, "every entry told is there%s" % some(lost))
ok(not twice, "no change of the table is corrected or ended twice%s" % some(twice))
gaps = [x for x in log if x[0] != x[1]]
ok(log and not gaps, "the logs of changes by hand run on without a gap: %s" % log)

alone = work + "/b.db"
prepare(alone)
for key in glob.glob(db + ".key"):  # an address follows from the key, which is not in the data file
    shutil.copy(key, alone + ".key")
refused = []
for who in order:
    r = run(alone, asked[who][1], who)
    if r.returncode: refused.append("%s %s: %d %s" % (who, asked[who][1], r.returncode, r.stderr.strip()))
ok(not refused, "replayed alone in the order of the trail, none is refused%s" % some(refused))
diff = dump(db) ^ dump(alone)
ok(not diff, "and the data file is the same, row by row: nothing half is there%s" % some(diff))
ok(run(db, ["verify"], "x").returncode == 0, "digests and references are in order")
print("1..%d" % n)
subprocess.run(["rm", "-rf", work])
