"""The routing policy a third time, from docs/reference/routing.md alone: which doors a question is answered with.

    python3 -m oracle.route --toban BIN --work DIR --questions N [--seed S] [--days FIRST LAST] [--vary]

A region (--vary: with whom clinics take, what they say of themselves, what rows keep and the council's order drawn anew) is planned
and published; its routing.json is read as the document says and held against this file's own answers. TAP."""
import argparse
import collections
import datetime as dt
import json
import pathlib
import random
import shutil

from . import days
from .toban import Toban
from .world import World

Door = collections.namedtuple("Door", "kind duty place tier")
Opening = collections.namedtuple("Opening", "start reception end")
Entry = collections.namedtuple("Entry", "what index role policy doubtful")
Question = collections.namedtuple("Question", "at area age complaint urgency ambulance")

URGENCIES = ("guidance", "u1", "u2", "u3", "u4", "u5", "unknown")
STEPS = (10, 20, 30, 45, 60, 90)


def whole(cell, default):
    return int(cell) if cell else default


def yes(row, key):
    return row[key] == "yes"


def banded(minutes):
    for step in STEPS:
        if minutes <= step:
            return step
    return -(-minutes // 30) * 30


class Routing:
    def __init__(self, tables, seats):
        self.w = w = World(tables)
        self.children = collections.defaultdict(list)
        for a in w.areas.values():
            if a["parent"]:
                self.children[a["parent"]].append(a["id"])
        roots = [a for a in w.areas if not w.areas[a]["parent"]]
        self.root = roots[0] if len(roots) == 1 else None
        self.complaints = {c["id"]: set(c.ids("specialities")) for c in w.t["complaints"]}
        self.policies = sorted(w.t["policies"], key=lambda r: (int(r["rank"]), r["id"]))
        self.lines = sorted(w.t["lines"], key=lambda r: r["id"])
        self.standards = sorted(w.t["standards"], key=lambda r: (int(r["rank"]), r["id"]))
        self.ways = {}
        for r in w.t["travel"]:
            self.ways[r["from"], r["to"]] = int(r["minutes"])
        self.far = {}
        self.openings = collections.defaultdict(list)
        for s in seats:
            duty = w.duties[s.slot.duty]
            if s.slot.role != "primary" or yes(duty, "at_home") or not self.asked(duty):
                continue
            door = Door("duty", duty["id"], duty["site"] or s.provider, int(duty["tier"]))
            band = w.bands[s.slot.duty, s.slot.band]
            for n, (start, end) in zip(("", "2"), w.intervals(s.slot)):
                last = days.midnight(s.slot.date) + days.clock(band["reception" + n]) if band["reception" + n] else end
                if Opening(start, last, end) not in self.openings[door]:
                    self.openings[door].append(Opening(start, last, end))
        for v in self.openings.values():
            v.sort()
        self.doors = sorted(self.openings)
        for p in sorted(w.providers):
            row = w.providers[p]
            if yes(row, "tertiary"):
                self.doors.append(Door("tertiary", "", p, 3))
            elif row["certified_until"]:
                self.doors.append(Door("certified", "", p, 2))

    def asked(self, duty):
        return any(wanted & set(duty.ids("specialities")) for wanted in self.complaints.values())

    # Where and when

    def way(self, a, b):
        """Minutes without snow: docs/reference/rules.md, "Travel"."""
        if a == b:
            return 0
        up_a, up_b = self.w.up(a), self.w.up(b)
        for x in up_a:
            for y in up_b:
                for pair in ((x, y), (y, x)):
                    if pair in self.ways:
                        return self.ways[pair]
        for x in up_a:
            if x in up_b and self.w.areas[x]["inside"]:
                return int(self.w.areas[x]["inside"])
        return int(self.w.region["travel_default"])

    def minutes(self, area, door):
        """An area that contains others is as far as the farthest of its leaves."""
        to = self.w.providers[door.place]["area"]
        if (area, to) not in self.far:
            below = self.children[area]
            self.far[area, to] = max(self.minutes(b, door) for b in below) if below else self.way(area, to)
        return self.far[area, to]

    def reachable(self, q, door):
        if door.kind != "duty":
            return True
        m = self.minutes(q.area, door)
        if self.w.region["winter"] and self.w.in_class(self.w.region["winter"], days.day_of(q.at)):
            m = -(-m * int(self.w.region["winter_percent"]) // 100)
        return q.at + banded(m) <= self.opening(door, q.at).reception

    def opening(self, door, at):
        return next((o for o in self.openings[door] if o.start <= at < o.end), None)

    def next_opening(self, door, at):
        return next((o.start for o in self.openings[door] if o.start > at), None)

    def hours_of(self, day):
        """Ordinary consulting hours."""
        r = self.w.region
        if r["half"] and self.w.in_class(r["half"], day):
            return days.midnight(day) + days.clock(r["consulting_from"] or "09:00"), days.midnight(day) + days.clock(r["half_to"] or "12:00")
        if r["consulting"] and self.w.in_class(r["consulting"], day):
            return days.midnight(day) + days.clock(r["consulting_from"] or "09:00"), days.midnight(day) + days.clock(r["consulting_to"] or "18:00")
        return None

    def consulting(self, at):
        h = self.w.memo_of(("hours", days.day_of(at)), lambda: self.hours_of(days.day_of(at)))
        return h is not None and h[0] <= at < h[1]

    def family_next(self, at):
        for n in range(14):
            day = days.day_of(at) + dt.timedelta(n)
            h = self.w.memo_of(("hours", day), lambda day=day: self.hours_of(day))
            if h and h[0] > at:
                return h[0]
        return None

    def open(self, door, at):
        if door.kind == "tertiary":
            return True
        if door.kind == "certified":
            return self.consulting(at) and days.day_of(at) <= days.date(self.w.providers[door.place]["certified_until"])
        o = self.opening(door, at)
        return o is not None and at <= o.reception

    # For whom

    def takes_age(self, door, age):
        age = min(age, 149)
        p = self.w.providers[door.place]
        if door.kind == "tertiary":
            return True
        if not whole(p["age_from"], 0) <= age < whole(p["age_to"], 150):
            return False
        d = self.w.duties.get(door.duty)
        return d is None or whole(d["age_from"], 0) <= age < whole(d["age_to"], 150)

    def sees(self, door, complaint):
        wanted, offered = self.complaints[complaint], set(self.w.providers[door.place].ids("specialities"))
        if door.kind == "tertiary":
            return True
        if door.kind == "certified":
            return not offered or bool(offered & wanted)
        return bool(wanted & set(self.w.duties[door.duty].ids("specialities")))

    def doubtful(self, q, door):
        offered = set(self.w.providers[door.place].ids("specialities"))
        return door.kind == "duty" and q.complaint is not None and bool(offered) and not offered & self.complaints[q.complaint]

    def fits(self, q, door, any_complaint=False):
        return self.fit_memo(q, door, any_complaint, q.urgency in ("u1", "u2", "unknown"))

    def partly(self, q, door):
        """Some value of what is unknown, not every."""
        return self.fit_memo(q, door, False, False) and not self.fit_memo(q, door, False, True)

    def fit_memo(self, q, door, any_complaint, strict):
        key = (q.age if q.age is None else min(q.age, 149), q.complaint, strict, q.ambulance, door, any_complaint)
        return self.w.memo_of(("fits", key), lambda: self.find_fit(q, door, any_complaint, all if strict else any))

    def find_fit(self, q, door, any_complaint, every):
        if not every(self.takes_age(door, a) for a in ([q.age] if q.age is not None else range(150))):
            return False
        if q.ambulance and door.kind == "duty" and door.tier <= 1 and not yes(self.w.duties[door.duty], "ambulance"):
            return False
        if any_complaint:
            return True
        if q.complaint is None and door.tier == 0:
            return False
        # one key at a time: every (some) pair of an age and a complaint
        return every(self.sees(door, c) for c in ([q.complaint] if q.complaint is not None else self.complaints))

    # The list

    def own(self, q, door):
        area = self.w.duties[door.duty]["area"] if door.duty else ""
        return not area or area in self.w.up(q.area)

    def sort_of(self, q, door, take):
        duty = door.kind == "duty"
        backup = duty and yes(self.w.duties[door.duty], "backup")
        return {
            "tertiary": door.tier == 3,
            "certified": door.kind == "certified",
            "rotation": duty and door.tier == 2 and not backup,
            "backup": duty and door.tier == 2 and backup,
            "rotation-any": duty and door.tier == 2,
            "unsure": duty and door.tier == 2,
            "primary": duty and door.tier <= 1 and self.own(q, door),
            "neighbour": duty and door.tier <= 1 and not self.own(q, door),
            "soon": duty and door.tier <= 1,
            "next": duty and door.tier <= 1,
        }[take]

    def nearness(self, q, door):
        return self.doubtful(q, door), self.minutes(q.area, door), self.doors.index(door)

    def put(self, q, row, found, out):
        left = whole(row["keep"], 3)
        for door in found:
            if left and all(e.what != "service" or e.index.place != door.place for e in out):
                out.append(Entry("service", door, row["role"], row["id"], self.doubtful(q, door)))
                left -= 1

    def take_doors(self, q, row, out):
        take = row["take"]
        found = [d for d in self.doors if self.sort_of(q, d, take) and self.open(d, q.at) and (self.partly(q, d) if take == "unsure" else self.fits(q, d, take == "rotation-any"))]
        found = [d for d in found if row["role"] != "main" or self.reachable(q, d)]
        self.put(q, row, sorted(found, key=lambda d: self.nearness(q, d)), out)

    def waiting(self, q):
        for d in self.doors:
            at = self.next_opening(d, q.at) if d.kind == "duty" else None
            if at is not None and self.sort_of(q, d, "next") and self.fits(q, d):
                yield at, d

    def by_opening(self, q, found):
        return [d for at, d in sorted(found, key=lambda x: (self.doubtful(q, x[1]), x[0], not self.own(q, x[1]), self.nearness(q, x[1])[1:]))]

    def take_soon(self, q, row, out):
        found = [(at, d) for at, d in self.waiting(q) if self.opening(d, q.at) is None and at - q.at <= whole(row["within"], 0)]
        self.put(q, row, self.by_opening(q, found), out)

    def take_next(self, q, row, out):
        found = list(self.waiting(q))
        first = min((at for at, d in found), default=None)
        family = self.family_next(q.at) if row["name"] else None
        me = Entry("consulting", -1, row["role"], row["id"], False)
        if family is not None and (first is None or family <= first):
            out.append(me)
        within = whole(row["within"], 0)
        if not within or first is not None and first - q.at <= within:
            self.put(q, row, self.by_opening(q, [x for x in found if x[0] == first]), out)
        if family is not None and first is not None and family > first:
            out.append(me)

    def take_lines(self, q, row, out):
        minute, left = q.at % days.DAY, whole(row["keep"], 3)
        for n, line in enumerate(self.lines):
            a, b = days.clock(line["from"]), days.clock(line["to"])
            ages = range(whole(line["age_from"], 0), whole(line["age_to"], 150))
            if left and (a <= minute < b or a <= minute + days.DAY < b) and (q.age is None or min(q.age, 149) in ages):
                out.append(Entry("line", n, row["role"], row["id"], False))
                left -= 1

    def take_standards(self, q, row, out):
        left, day = whole(row["keep"], 3), days.day_of(q.at)
        for s in self.standards:
            if not left or not self.w.in_force(s, day) or s["area"] and s["area"] not in self.w.up(q.area):
                continue
            low, high = whole(s["age_from"], 0), whole(s["age_to"], 150)
            if (s["complaint"] and s["complaint"] != q.complaint) or not (low <= min(q.age, 149) < high if q.age is not None else low == 0 and high == 150):
                continue
            found = [d for d in self.doors if d.place == s["provider"] and d.tier >= 2 and self.open(d, q.at) and self.fits(q, d)]
            found = [d for d in found if row["role"] != "main" or self.reachable(q, d)]
            if found and all(e.what != "service" or e.index.place != s["provider"] for e in out):
                door = min(found, key=lambda d: (-d.tier, self.nearness(q, d)[1:]))
                out.append(Entry("service", door, row["role"], row["id"], self.doubtful(q, door)))
                left -= 1

    def acts(self, q, row, out):
        if row["urgency"] != q.urgency:
            return False
        if (row["hours"] or "any") != "any" and (row["hours"] == "consulting") != self.consulting(q.at):
            return False
        if row["channel"] in ("119", "others") and (row["channel"] == "119") != q.ambulance:
            return False
        return not (yes(row, "if_none") and any(e.what == "service" and e.role != "later" for e in out))

    def answer(self, q):
        """Entries in order; the index of a service is its door, of a line its place among the lines."""
        out, take_of = [], {}
        for row in self.policies:
            take_of[row["id"]] = take = row["take"]
            if not self.acts(q, row, out):
                continue
            if take in ("text", "centre"):
                out.append(Entry(take, -1, row["role"], row["id"], False))
            else:
                {"line": self.take_lines, "soon": self.take_soon, "next": self.take_next, "standard": self.take_standards}.get(take, self.take_doors)(q, row, out)
        seats = [i for i, e in enumerate(out) if e.what == "service" and e.role in ("main", "backup") and e.index.tier <= 2 and take_of[e.policy] != "standard"]
        moved = sorted((out[i] for i in seats), key=lambda e: e.doubtful)
        for i, e in zip(seats, moved):
            out[i] = e
        return out


class File:
    """routing.json, read as docs/reference/routing.md says ("The table")."""

    def __init__(self, path):
        self.t = t = json.loads(path.read_text("utf-8"))["table"]
        self.zero = days.instant(t["valid_from"][:16])
        self.end = days.instant(t["valid_to"][:16])
        self.bounds = t["intervals"]
        self.width, self.classes = t["columns_width"], max(t["classes"]) + 1
        self.chunks = -(-self.classes // self.width)
        self.columns = []
        for runs in t["states"]:
            self.columns.append([c for n, c in zip(runs[::2], runs[1::2]) for _ in range(n)])
        self.areas = {a["id"]: n for n, a in enumerate(t["areas"])}
        self.complaints = {c["id"]: n for n, c in enumerate(t["complaints"])}

    def entry(self, what, index, role, policy, doubtful):
        if what == "service":
            s = self.t["services"][index]
            index = Door(s["kind"], self.t["duties"][s["duty"]]["id"] if s["kind"] == "duty" else "", self.t["places"][s["place"]]["id"], s["tier"])
        return Entry(what, index, role, self.t["policies"][policy]["id"], bool(doubtful))

    def answer(self, q):
        t, n, w = self.t, len(self.complaints), self.width
        minute = q.at - self.zero
        interval = max(i for i, b in enumerate(self.bounds) if b <= minute)
        age = len(t["ages"]) if q.age is None else max(i for i, a in enumerate(t["ages"]) if a <= q.age)
        key = t["classes"][age * (n + 1) + (n if q.complaint is None else self.complaints[q.complaint])]
        part = t["columns"][self.columns[self.areas[q.area]][interval] * 14 + 2 * URGENCIES.index(q.urgency) + q.ambulance]
        row = t["columns_parts"][part * self.chunks + key // w]
        return [self.entry(*t["entries"][e]) for e in t["lists"][t["columns_rows"][row * w + key % w]]]


def vary(r, directory):
    """Another region of the same people."""
    path = directory / "region.json"
    whole_ = json.loads(path.read_text("utf-8"))
    for d in whole_["duties"]:
        if d["tier"] == 1 and r.random() < 0.3:
            d["ambulance"] = True
        if d["tier"] == 1 and r.random() < 0.2:
            d.pop("area", None)
    from csv import DictReader, DictWriter

    def table(name, change):
        file = directory / (name + ".csv")
        with open(file, encoding="utf-8", newline="") as f:
            rows = list(DictReader(f))
        for row in rows:
            change(row)
        with open(file, "w", encoding="utf-8", newline="") as f:
            out = DictWriter(f, list(rows[0]), lineterminator="\n")
            out.writeheader()
            out.writerows(rows)

    def provider(row):
        if row["kind"] == "clinic" and r.random() < 0.3:
            row["specialities"] = ""
        if row["kind"] == "clinic" and r.random() < 0.2:
            low = r.choice((0, 3, 6, 12))
            row["age_from"], row["age_to"] = str(low), str(r.choice((16, 65, 75, 150)))

    def policy(row):
        if row["keep"]:
            row["keep"] = str(r.randint(1, int(row["keep"])))
        if row["within"] and int(row["within"]):
            row["within"] = str(r.choice((20, 60, 90) if row["take"] == "soon" else (0, 240, 600, 1440, 2880)))

    table("providers", provider)
    table("policies", policy)
    with open(directory / "policies.csv", "a", encoding="utf-8") as f:
        f.write("u1-standard,u1,15,any,119,standard,main,no,,%d,,,,見本（架空の承認）,2026-03-01\n" % r.randint(2, 4))
    sign = {"approved_by": "見本（架空の承認）", "approved_on": "2026-03-01", "source": "架空"}
    hospitals = ["tertiary", "h-01", "h-02", "h-04", "h-06", "h-09"]
    whole_["standards"] = [dict(sign, id="st-%d" % n, rank=n, provider=h, complaint=r.choice(("cardio", "trauma", "neuro"))) for n, h in enumerate(r.sample(hospitals, 4), 1)]
    path.write_text(json.dumps(whole_, ensure_ascii=False), "utf-8")


def questions(r, routing, file, n):
    w = routing.w
    areas, complaints = sorted(w.areas), sorted(routing.complaints)
    edges = sorted({m + d for v in routing.openings.values() for o in v for m in o for d in (-1, 0, 1) if file.zero <= m + d < file.end})
    for _ in range(n):
        at = r.choice(edges) if r.random() < 0.3 else r.randrange(file.zero, file.end)
        age = None if r.random() < 0.15 else r.choice((0, 2, 6, 14, 15, 16, 30, 64, 65, 75, 120, 150))
        complaint = None if r.random() < 0.15 else r.choice(complaints)
        yield Question(at, r.choice(areas), age, complaint, r.choice(URGENCIES), r.random() < 0.3)


def compare(routing, file, asked):
    for n, q in enumerate(asked):
        mine, its = routing.answer(q), file.answer(q)
        if mine != its:
            when = "%s %02d:%02d" % (days.day_of(q.at), q.at % days.DAY // 60, q.at % 60)
            say = lambda v: " > ".join("%s/%s%s" % (e.index.place if e.what == "service" else e.what, e.policy, "?" * e.doubtful) for e in v)
            return n, "%s %s: the document has %s, the table %s" % (when, q, say(mine), say(its))
    return n + 1, None


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--toban", required=True)
    a.add_argument("--work", required=True, type=pathlib.Path)
    a.add_argument("--region", default="rosters/ishikawa-chuo", type=pathlib.Path)
    a.add_argument("--questions", type=int, default=2000)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--days", nargs=2, default=("2026-12-26", "2026-12-31"))
    a.add_argument("--vary", action="store_true")
    o = a.parse_args()
    from . import region

    r = random.Random(o.seed)
    source = o.work / "route-region"
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(o.region, source)
    if o.vary:
        vary(r, source)
    t = Toban(o.toban, source, o.work / "route", "2026-01-21T10:00")
    first, last = map(days.date, o.days)
    wide = (first - dt.timedelta(3), last + dt.timedelta(10))
    t.run("plan", "%s..%s" % wide, "--duty", "all", "--time", "20", want=(0, 1))
    t.run("approve", "1", "--date", "2026-01-21", want=(0, 1, 2, 4), by="協議会")
    t.run("publish", want=(0, 1))
    out = o.work / "routing.json"
    t.run("export", "table", "%s..%s" % (first, last), "--file", str(out), want=(0,))
    tables = region.read(source)
    seats = t.duties(*wide, [d["id"] for d in tables["duties"]])
    routing, file = Routing(tables, seats), File(out)
    n, wrong = compare(routing, file, questions(r, routing, file, o.questions))
    print("%s 1 - routing by the third hand, seed %d%s: %d answers equal" % ("not ok" if wrong else "ok", o.seed, ", region drawn" if o.vary else "", n))
    if wrong:
        print("#   " + wrong[:2000])
    print("1..1")
    return wrong is not None


if __name__ == "__main__":
    raise SystemExit(main())
