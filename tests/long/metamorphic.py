#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A region is changed in a way of which it is known what must follow; both are planned, and what must follow is held.

    metamorphic.py FIRST LAST [SAMPLE...]      small random regions (架空) of the seeds FIRST to LAST, then these directories of rosters/

Nothing here knows the best roster: a relation between two answers is held, through the program alone. The relations are those of docs/reference/rules.md,
"A region written in another way"; each function below named `rel_...` is one of them. Prints TAP, a line for each region and relation.
"""
import concurrent.futures
import csv
import datetime
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOBAN = os.path.join(ROOT, os.environ.get("B", "build"), "toban")
SAMPLES = {"blank-day": ("2026-08-01..2026-08-31", "2026-01-20T09:00"), "three-tiers": ("2026-12-06..2026-12-06", "2026-01-20T09:00"),
           "one-association-29": ("FY2026", "2026-01-20T09:00")}
WEEKS_ALONE = ("blank-day",)  # no national holidays, months, years
WORK = tempfile.mkdtemp()
shown, failed = 0, 0


def ok(bad, name):
    """A line of TAP; `bad` lists what speaks against it."""
    global shown, failed
    shown, failed = shown + 1, failed + bool(bad)
    print(f"{'not ok' if bad else 'ok'} {shown} - {name}", flush=True)
    for text in bad[:5]:
        print(f"#   {text}"[:600])


# ---- random regions ---------------------------------------------------------------------------------


def iso(day):
    return day.isoformat()


class Question:
    """A region and what is planned of it."""

    def __init__(self, region, span, duties, at):
        self.region, self.span, self.duties, self.at = region, span, duties, at


TOWNS = ("east", "north", "west")
# Classes of weekdays alone: what a shift by whole weeks keeps.
CLASSES = [{"id": "all"}, {"id": "week", "weekdays": ["mon", "tue", "wed", "thu", "fri"]}, {"id": "sat", "weekdays": ["sat"]},
           {"id": "sun", "weekdays": ["sun"]}, {"id": "off", "any_of": ["sat", "sun"]}, {"id": "mid", "weekdays": ["wed"]},
           {"id": "odd", "all_of": ["all"], "none_of": ["mid", "off"]}]


def frame():
    return {
        "format_version": 1,
        "region": {"id": "drawn", "name": "架空の医療圏", "notice": "見本です。すべて架空です。"},
        "areas": [{"id": "land", "name": "圏域", "level": "region"}]
        + [{"id": t, "name": t, "level": "municipality", "parent": "land"} for t in TOWNS],
        "bodies": [{"id": "assoc", "name": "架空医師会", "kind": "medical-association"}],
        "kinds": [{"id": "doctor", "name": "医師", "person": True}],
        "specialities": [{"id": "internal", "name": "内科"}, {"id": "children", "name": "小児科"}],
        "classes": [dict(c, name=c["id"]) for c in CLASSES],
        **{t: [] for t in ("providers", "links", "duties", "bands", "seats", "members", "exemptions", "external", "rules", "ledgers",
                           "balances", "history", "surveys", "wishes", "pins")},
    }


class Pool:
    """Doctors of their own, one or two duties, and all that is said of them. Every rule names its duties."""

    def __init__(self, rng, region, mark, first, days, many):
        self.rng, self.region, self.mark, self.first, self.days = rng, region, mark, first, days
        self.who = [f"{mark}{k:02d}" for k in rng.sample(range(100), rng.randint(4, many))]
        self.duties = [mark + d for d in ("-night", "-day")[: rng.choice((1, 2))]]
        self.n_rules = 0
        self.people()
        self.seats()
        self.absences()
        self.rules()
        self.books()

    def add(self, table, **row):
        self.region[table].append({k.rstrip("_"): v for k, v in row.items() if v is not None})

    def day(self, before=0, after=0):
        return self.first + datetime.timedelta(self.rng.randint(-before, self.days - 1 + after))

    def people(self):
        for p in self.who:
            skills = self.rng.choice((["internal"], ["internal"], ["internal", "children"]))
            self.add("providers", id=p, name="架空 " + p, kind="doctor", area=self.rng.choice(TOWNS), specialities=skills,
                     labour=self.rng.choice(("none", "none", "A", "B")))
        if self.rng.random() < 0.4:
            a, b = self.rng.sample(self.who, 2)
            self.add("links", from_=a, type="next-to", to=b)

    def seats(self):
        for d in self.duties:
            night = d.endswith("night")
            self.add("duties", id=d, name=d, kind="doctor", specialities=["internal"], tier=1, body="assoc", period="month")
            when = "all" if night else self.rng.choice(("off", "all"))
            self.add("bands", duty=d, id="eve" if night else "noon", name="帯", when=when, from_="19:30" if night else "09:00",
                     to=self.rng.choice(("23:00", "32:30")) if night else "17:00")
            band = self.region["bands"][-1]["id"]
            self.add("seats", duty=d, band=band, role="primary", rank=0, when="all", count=1)
            if self.rng.random() < 0.4:
                self.add("seats", duty=d, band=band, role="primary", rank=10, when=self.rng.choice(("sat", "sun", "mid")), count=2)
            if self.rng.random() < 0.25:
                self.add("seats", duty=d, band=band, role="reserve", rank=0, when="all", count=1)
            out = self.rng.choice(self.who[2:]) if self.rng.random() < 0.5 else None
            for p in self.who:
                if p != out:
                    self.add("members", duty=d, provider=p, weight=self.rng.choice((1, 1, 1, 0.5, 2)))

    def absences(self):
        survey = self.mark + "-s"
        self.add("surveys", id=survey, from_=iso(self.first), to=iso(self.first + datetime.timedelta(self.days - 1)), duties=list(self.duties),
                 days=self.rng.choice((None, "clock")))
        seen, asked = set(), {m["provider"] for m in self.region["members"]}
        for p in self.who:
            if self.rng.random() < 0.35:
                day = self.day(2, 0)
                self.add("exemptions", provider=p, duty=self.rng.choice((None, self.duties[0])), from_=iso(day),
                         to=iso(day + datetime.timedelta(self.rng.randint(0, 4))), reason="leave", accrues=self.rng.choice((True, False)))
            if self.rng.random() < 0.15:
                self.add("external", provider=p, from_=iso(self.day()) + "T18:00", to=None, what="他団体の当番")
                row = self.region["external"][-1]
                row["to"] = row["from"][:11] + "22:00"
            for _ in range(self.rng.randint(0, 3) if p in asked else 0):
                kind = self.rng.choice(("cannot", "cannot", "rather-not", "like", "count"))
                key = (p, kind, None if kind == "count" else self.day())
                if key in seen:
                    continue
                seen.add(key)
                if kind == "count":
                    self.add("wishes", survey=survey, provider=p, type=kind, count=self.rng.randint(1, 4), must=False)
                else:
                    self.add("wishes", survey=survey, provider=p, type=kind, from_=iso(key[2]), must=kind == "cannot" and self.rng.random() < 0.6)
        if self.rng.random() < 0.3:
            night, day = self.duties[0], self.day()
            members = [m["provider"] for m in self.region["members"] if m["duty"] == night]
            self.add("pins", duty=night, date=iso(day), band="eve", role="primary", provider=self.rng.choice(members), action="forbid")
        for k in range(self.rng.randint(0, 3)):  # who served just before
            self.add("history", duty=self.duties[0], date=iso(self.first - datetime.timedelta(k + 1)), band="eve", role="primary", seat=1,
                     provider=self.rng.choice(self.who))

    def rule(self, kind, params, hard=None, duties=None):
        self.n_rules += 1
        soft = self.rng.random() < 0.5 if hard is None else not hard
        self.add("rules", id=f"{self.mark}.r{self.rng.randint(10, 99)}.{self.n_rules}", type=kind, duties=list(duties or self.duties),
                 price=self.rng.choice((40, 150, 300, 777)) if soft else None, params=params, ja="条件", en="rule")

    def rules(self):
        rng, two = self.rng, len(self.duties) == 2
        a, b = rng.sample(self.who, 2)
        self.rule("rest.days", f"days={rng.randint(2, 3)}", hard=rng.random() < 0.7)
        if two:
            self.rule("person.day", "max=1")
        drawn = [("limit.count", f"max={rng.randint(1, 3)} unit=week", None), ("limit.count", "max=1 unit=week class=off", None),
                 ("limit.count", f"max={rng.randint(3, 6)} unit=period", None), ("min.count", "min=1 unit=period", False),
                 ("min.count", "min=1 unit=period class=off", False), ("class.run", "class=sun", None), ("week.class", "class=sat", None),
                 ("pair.apart", f"providers={a},{b} unit=day", None), ("pair.together", f"providers={a},{b}", False),
                 ("rest.hours", f"hours={rng.choice((12, 30, 44))}", None), ("area.spread", "max=1 level=municipality unit=day", None),
                 ("skill.min", "speciality=children min=1 unit=day", None), ("labour.rest", "levels=A,B", False),
                 ("link.exclude", "link=next-to margin=1440", None), ("limit.count", f"max=1 unit=week providers={a}", None)]
        for x in rng.sample(drawn, rng.randint(2, 5)):
            self.rule(*x)
        for wish in ("cannot", "rather-not", "like", "count"):
            if rng.random() < 0.7:
                self.rule("wish", "wish=" + wish, hard=False)

    def books(self):
        for k, (cls, share) in enumerate((("all", 1), ("off", 0.6), ("mid", 0.3))):
            if self.rng.random() > share:
                continue
            ledger = f"{self.mark}.{self.rng.choice('xyz')}{k}"
            self.add("ledgers", id=ledger, name="帳簿", scope="provider", duties=list(self.duties), class_=cls, price=self.rng.randint(1, 5),
                     beyond=self.rng.choice((None, None, 7, 40)), within=None if k == 0 else self.region["ledgers"][self.top]["id"])
            if k == 0:
                self.top = len(self.region["ledgers"]) - 1
            for p in self.who:
                if self.rng.random() < 0.4:
                    self.add("balances", ledger=ledger, account=p, date=iso(self.first - datetime.timedelta(3)),
                             carried=self.rng.choice((0.33, -0.5, 1.005, -1.27, 2.5, 0.125)))


def draw(seed):
    """(the region of one pool, that of another, both in one); the second pool shares nobody and nothing with the first."""
    rng = random.Random(seed)
    first = datetime.date(2026, 5, 1) + datetime.timedelta(rng.randrange(500))
    days = rng.randint(10, 20)
    at = iso(first - datetime.timedelta(40)) + "T09:00"
    span = f"{iso(first)}..{iso(first + datetime.timedelta(days - 1))}"
    one, two, both = frame(), frame(), frame()
    a = Pool(random.Random(rng.random()), one, "m", first, days, 8)
    b = Pool(random.Random(rng.random()), two, rng.choice("bz"), first, days, 6)  # before or after the first in every order
    for table, rows in both.items():
        if isinstance(rows, list) and not rows:
            both[table] = one[table] + two[table]
    return (Question(one, span, a.duties, at), Question(two, span, b.duties, at), Question(both, span, a.duties + b.duties, at))


def sample(name):
    with open(os.path.join(ROOT, "rosters", name, "region.json"), encoding="utf-8") as f:
        region = json.load(f)
    span, at = SAMPLES[name]
    return Question(region, span, [d["id"] for d in region["duties"]], at)


# ---- planning ---------------------------------------------------------------------------------------


def toban(*words, may=(0,)):
    r = subprocess.run([TOBAN, *words, "--lang", "en"], capture_output=True, text=True, check=False)
    if r.returncode not in may:
        raise RuntimeError(f"toban {' '.join(words[:3])}: {r.returncode} {r.stderr.strip()[:400]}")
    return r.stdout


def write_json(region, where):
    with open(where + "/region.json", "w", encoding="utf-8") as f:
        json.dump(region, f, ensure_ascii=False)


def cell(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(value) if isinstance(value, list) else str(value)


def write_csv(region, where):
    """Every list in a CSV file of its own."""
    write_json({k: v for k, v in region.items() if not isinstance(v, list)}, where)
    for table, rows in region.items():
        if not isinstance(rows, list) or not rows:
            continue
        columns = list(dict.fromkeys(k for row in rows for k in row))
        with open(f"{where}/{table}.csv", "w", encoding="utf-8", newline="") as f:
            out = csv.writer(f)
            out.writerow(columns)
            out.writerows([cell(row[c]) if c in row else "" for c in columns] for row in rows)


class Plan:
    """What the program answers: the answer itself, the parts of the objective, who sits where, the counters, the files of the model."""

    def __init__(self, q, write=write_json, duties=None, model=False):
        where = tempfile.mkdtemp(dir=WORK)
        db = where + "/a.db"
        common = ("--db", db, "--at", q.at)
        os.mkdir(where + "/region")
        write(q.region, where + "/region")
        toban("init", "--region", where + "/region", *common)
        which = [w for d in (duties or q.duties) for w in ("--duty", d)]
        self.models = {}
        if model:
            for kind in ("dat", "mps", "lp", "names"):
                toban("export", "model", q.span, *which, "--format", kind, "--file", where + "/model", *common)
                with open(where + "/model", "rb") as f:
                    self.models[kind] = f.read()
        self.json = json.loads(toban("plan", q.span, *which, "--json", *common, may=(0, 1)))
        del self.json["seconds"], self.json["child_peak_kb"]
        parts = json.loads(toban("score", "--json", *common))
        self.rules, self.books, self.open_cost = parts["rule_cost"], parts["ledger_cost"], parts["open_cost"]
        self.open, self.objective, self.cost = self.json["open"], self.json["objective"], parts["rule_cost"] + parts["ledger_cost"]
        with sqlite3.connect(db) as c:
            self.roster = c.execute("SELECT date, duty, band, role, seat, provider FROM draft_seats ORDER BY 1, 2, 3, 4, 5").fetchall()
            head, text = c.execute("SELECT bytes FROM instances").fetchone()[0].split("\n", 1)
        instance, rows = json.loads(head), {}
        for table, size in instance["tables"].items():
            rows[table] = list(csv.DictReader(text.encode()[:size].decode().splitlines()))
            text = text.encode()[size:].decode()
        ledgers, people = ([row["id"] for row in rows.get(t, [])] for t in ("ledgers", "providers"))
        self.scopes = {row["scope"] for row in rows.get("ledgers", [])}
        self.counters = {(ledgers[x[0]], people[x[1]]): tuple(x[2:5]) for x in instance["counters"]} if self.scopes == {"provider"} else None
        self.open_price = instance["open_price"]
        shutil.rmtree(where)
        if self.json["status"] != "optimal" or self.json["bound"] != self.objective:
            raise RuntimeError(f"not proven: {self.json['status']}, {self.json['stopped_by']}")
        if self.open_cost != self.open * self.open_price or self.cost + self.open_cost != self.objective:
            raise RuntimeError("the parts are not the objective")


def differ(what, got, wanted):
    return [] if got == wanted else [f"{what}: {str(got)[:220]}, not {str(wanted)[:220]}"]


def answers_differ(got, wanted, but=()):
    """Member by member, and in the same order."""
    bad = differ("members", list(got), list(wanted))
    return bad + [x for k in wanted if k not in but for x in differ(k, json.dumps(got.get(k)), json.dumps(wanted[k]))]


def rosters_differ(got, wanted):
    g, w = set(got), set(wanted)
    return [f"roster: {len(g - w)} seats differ: {sorted(map(str, g - w))[:2]}, not {sorted(map(str, w - g))[:2]}"] if g != w else []


def priced_apart(low, high):
    """Two plans of the same rosters; an open seat costs more in the second. Fewer open seats, or as many and the same rest."""
    bad = []
    if high.open > low.open:
        bad.append(f"{high.open} open at a higher price of an open seat, {low.open} at a lower one")
    if high.open == low.open:
        bad += differ("rules and ledgers", high.cost, low.cost)
    elif not high.cost > low.cost:
        bad.append("fewer open seats, and the rest costs no more")
    return bad


# ---- other orders, other files ----------------------------------------------------------------------


def shuffled(region, rng, within):
    """Rows and members of objects in another order; `within`: the ids of one value, too."""
    def mix(x):
        if isinstance(x, list):
            return rng.sample([mix(v) for v in x], len(x)) if within or x and isinstance(x[0], dict) else x
        if isinstance(x, dict):
            return dict(rng.sample([(k, mix(v)) for k, v in x.items()], len(x)))
        return x
    return mix(region)


def same_bytes(q, base, rng, write, within=False):
    p = Plan(Question(shuffled(q.region, rng, within), q.span, rng.sample(q.duties, len(q.duties)), q.at), write, model=True)
    bad = answers_differ(p.json, base.json, {"instance"} if within else ()) + rosters_differ(p.roster, base.roster)
    return bad + [f"export model {kind} differs" for kind in base.models if p.models[kind] != base.models[kind]]


def rel_other_order_of_rows(q, base, seed):
    """Other order of rows, columns, members: the same bytes of the answer, of every form of the model, the same roster."""
    return same_bytes(q, base, random.Random(seed), write_json)


def rel_CSV_for_JSON(q, base, seed):
    """The same in a CSV file for each list."""
    return same_bytes(q, base, random.Random(seed), write_csv)


def rel_other_order_within_a_value(q, base, seed):
    """Ids of one value in another order: the same but the digest, since the value is kept as typed."""
    return same_bytes(q, base, random.Random(seed), write_csv, within=True)


# ---- other ids --------------------------------------------------------------------------------------

# Which columns hold ids of what. A table that is not here is refused below: a forgotten one would be a silent hole.
P, D, C, A, L, S = "providers", "duties", "classes", "areas", "ledgers", "specialities"
COLUMNS = {
    "region": {"winter": C, "consulting": C, "half": C},
    "areas": {"id": A, "parent": A}, "bodies": {"id": "bodies"}, "kinds": {"id": "kinds"}, "specialities": {"id": S}, "travel": {"from": A, "to": A},
    "classes": {"id": C, "any_of": C, "all_of": C, "none_of": C}, "periods": {"id": "periods"},
    "providers": {"id": P, "kind": "kinds", "area": A, "specialities": S}, "links": {"from": P, "to": P},
    "duties": {"id": D, "kind": "kinds", "site": P, "specialities": S, "body": "bodies", "area": A, "period": "periods"},
    "bands": {"duty": D, "id": "bands", "when": C}, "seats": {"duty": D, "band": "bands", "when": C}, "members": {"duty": D, "provider": P},
    "exemptions": {"provider": P, "duty": D}, "external": {"provider": P}, "rules": {"id": "rules", "duties": D},
    "ledgers": {"id": L, "duties": D, "class": C, "within": L}, "balances": {"ledger": L, "account": P},
    "history": {"duty": D, "band": "bands", "provider": P}, "surveys": {"id": "surveys", "duties": D},
    "wishes": {"survey": "surveys", "provider": P, "duty": D, "band": "bands"}, "pins": {"duty": D, "band": "bands", "provider": P},
    "complaints": {"id": "complaints", "specialities": S},
}
PARAMS = {"class": C, "providers": P, "speciality": S, "with": D}
ANSWER = {"duties": D, "duty": D, "band": "bands", "provider": P, "providers": P, "rule": "rules"}


def renaming(region, rng, keep):
    """{kind of id: {old: new}}: new ids at random; with `keep` in the order of the old ones, else in the opposite one."""
    names = {}
    for table, columns in COLUMNS.items():
        if "id" in columns:
            old = sorted({row["id"] for row in region.get(table, [])})
            new = set()
            while len(new) < len(old):
                new.add(rng.choice("abkz059") + "".join(rng.choice("amz059._-") for _ in range(rng.randint(2, 9))))
            names[columns["id"]] = dict(zip(old, sorted(new, reverse=not keep)))
    names["periods"].update({w: w for w in ("month", "half", "year")})
    return names


def renamed(region, names):
    out = {}
    for table, rows in region.items():
        if table == "format_version":
            out[table] = rows
            continue
        columns, new = COLUMNS[table], []
        for row in rows if isinstance(rows, list) else [rows]:
            row = dict(row)
            for column, kind in columns.items():
                if column in row:
                    row[column] = [names[kind][x] for x in row[column]] if isinstance(row[column], list) else names[kind][row[column]]
            if "params" in row:
                words = [w.split("=") for w in row["params"].split()]
                row["params"] = " ".join(f"{k}={','.join(names[PARAMS[k]][x] for x in v.split(','))}" if k in PARAMS else f"{k}={v}" for k, v in words)
            new.append(row)
        out[table] = new if isinstance(rows, list) else new[0]
    return out


def answer_renamed(x, names):
    """An answer of the program under the renaming. What is always hard has its own name."""
    if isinstance(x, list):
        return [answer_renamed(v, names) for v in x]
    if not isinstance(x, dict):
        return x
    out = {}
    for k, v in x.items():
        if k == "lacks": # sentences, with the id of a duty in brackets
            out[k] = [re.sub(r"\(([^()]+)\) promises", lambda m: f"({names[ANSWER['duty']].get(m[1], m[1])}) promises", text) for text in v]
        elif k in ANSWER and isinstance(v, list):
            out[k] = [names[ANSWER[k]].get(i, i) if isinstance(i, str) else answer_renamed(i, names) for i in v]
        elif k in ANSWER:
            out[k] = names[ANSWER[k]].get(v, v)
        else:
            out[k] = answer_renamed(v, names)
    return out


def seats_renamed(roster, names):
    return [(t, names[D][d], names["bands"][b], r, s, p and names[P][p]) for t, d, b, r, s, p in roster]


def period_renamed(q, names):
    return names["periods"].get(q.span, q.span)


def rel_same_order_of_ids(q, base, seed):
    """Every id another, in the same order: the same answer and the same roster under the renaming, and the same model, byte for byte."""
    names = renaming(q.region, random.Random(seed), True)
    p = Plan(Question(renamed(q.region, names), period_renamed(q, names), [names[D][d] for d in q.duties], q.at), model=True)
    bad = answers_differ(p.json, answer_renamed(base.json, names), {"instance"})
    bad += [f"export model {kind} differs" for kind in ("dat", "mps", "lp") if p.models[kind] != base.models[kind]]
    return bad + rosters_differ(p.roster, seats_renamed(base.roster, names))


def rel_other_order_of_ids(q, base, seed):
    """Every id another, in the opposite order: the same status, objective, bound, open seats, sizes. Who sits where may differ, at the same cost.
    Where a seat's millionths cannot be shared alike, those first in the order of ids take the rest: an entitlement that lies on half a hundredth may be
    rounded to its other side, and then the problem is another one."""
    names = renaming(q.region, random.Random(seed), False)
    p = Plan(Question(renamed(q.region, names), period_renamed(q, names), [names[D][d] for d in q.duties], q.at))
    bad = []
    if base.counters is not None:
        there = {(names[L][led], names[P][acc]): v for (led, acc), v in base.counters.items()}
        bad += differ("accounts", sorted(p.counters), sorted(there))
        if bad:
            return bad
        slots = len({s[:4] for s in base.roster})
        for k, (carried, accrued, entitled) in there.items():
            c = p.counters[k]
            if c[0] != carried or abs(c[1] - accrued) > slots or abs(c[2] - entitled) > 1:
                bad.append(f"counter {k}: {c}, not {there[k]}")
        if any(p.counters[k][2] != v[2] for k, v in there.items()):
            print(f"#   an entitlement was rounded to the other side: objective {p.objective}, was {base.objective}")
            return bad
    for key in ("status", "objective", "bound", "open", "candidates", "from", "to"):
        bad += differ(key, p.json[key], base.json[key])
    return bad


# ---- other prices -----------------------------------------------------------------------------------


def doubled(region):
    out = json.loads(json.dumps(region))
    for row in out.get("rules", []):
        if "price" in row:
            row["price"] *= 2
    for row in out.get("ledgers", []):
        row["price"] *= 2
        if "beyond" in row:
            row["beyond"] *= 2
    return out


def rel_doubled_prices(q, base, _):
    """All prices doubled: an open seat costs 2P - 1 (P = 1 + what doubles), all else the double. So half of that is P - 1/2: as many open seats
    and the double rest, or more open ones. The first roster, fixed seat by seat, costs the double in each part."""
    region = doubled(q.region)
    p = Plan(Question(region, q.span, q.duties, q.at))
    bad = differ("open price", p.open_price, 2 * base.open_price - 1)
    if p.open < base.open:
        bad.append(f"{p.open} open, were {base.open}")
    if p.open == base.open:
        bad += differ("objective", p.objective, 2 * base.objective - base.open)
    if not 2 * base.objective - p.open <= p.objective <= 2 * base.objective - base.open:
        bad.append(f"objective {p.objective}, was {base.objective}, with {p.open} and {base.open} open")
    pins = {(s["duty"], s["date"], s["band"], s.get("role", "primary"), s["provider"]): s for s in region.get("pins", [])}
    for date, duty, band, role, _, who in base.roster:
        if who:
            pins.setdefault((duty, date, band, role, who), {"duty": duty, "date": date, "band": band, "role": role, "provider": who, "action": "pin"})
    fixed = Plan(Question(dict(region, pins=list(pins.values())), q.span, q.duties, q.at))
    bad += rosters_differ(fixed.roster, base.roster)
    return bad + differ("parts of the first roster", (fixed.rules, fixed.books, fixed.open), (2 * base.rules, 2 * base.books, base.open))


# ---- other days -------------------------------------------------------------------------------------

DATE = re.compile(r"(?<![\d-])20\d\d-\d\d-\d\d(?!\d)")


def moved(x, days):
    """Every date in every text, so many days later."""
    if isinstance(x, str):
        return DATE.sub(lambda m: iso(datetime.date.fromisoformat(m.group()) + datetime.timedelta(days)), x)
    if isinstance(x, list):
        return [moved(v, days) for v in x]
    return {k: moved(v, days) for k, v in x.items()} if isinstance(x, dict) else x


def rel_four_weeks_later(q, base, _):
    """Every date 28 days later, where nothing asks for months, years, holidays, ages: the same answer and the same roster 28 days later, and the same model."""
    p = Plan(Question(moved(q.region, 28), moved(q.span, 28), q.duties, moved(q.at, 28)), model=True)
    bad = answers_differ(p.json, moved(base.json, 28), {"instance"})
    bad += [f"export model {kind} differs" for kind in ("dat", "mps", "lp") if p.models[kind] != base.models[kind]]
    return bad + rosters_differ(p.roster, [(moved(s[0], 28), *s[1:]) for s in base.roster])


# ---- another pool -----------------------------------------------------------------------------------


def rel_pool_of_its_own(one, two, both, base):
    """A pool that shares nothing is added. An open seat costs more by its rules and ledgers, nothing else changes for the first. The plans of the
    first alone, of each in the region of both, and of both together: the costs of the parts are the sum, and so is the objective when prices are
    counted alike."""
    other = Plan(two)
    alone = {d: Plan(both, duties=q.duties) for d, q in (("first", one), ("second", two))}
    joint = Plan(both)
    bad = []
    for name, here, there in (("first", base, alone["first"]), ("second", other, alone["second"])):
        if there.open_price < here.open_price:
            bad.append(f"{name}: an open seat costs less in the larger region")
        bad += [f"{name} in the region of both: {x}" for x in priced_apart(here, there)]
        if there.open_price == here.open_price:
            bad += [f"{name} in the region of both: {x}" for x in rosters_differ(there.roster, here.roster)]
        bad += differ(f"{name}: sizes", [there.json[k] for k in ("candidates", "columns", "rows")], [here.json[k] for k in ("candidates", "columns", "rows")])
    bad += differ("open price of both together", joint.open_price, max(x.open_price for x in alone.values()))
    cost, seats = alone["first"].cost + alone["second"].cost, alone["first"].open + alone["second"].open
    if joint.open > seats:
        bad.append(f"{joint.open} open together, {seats} one by one")
    if joint.open == seats:
        bad += differ("rules and ledgers together", joint.cost, cost)
    elif joint.cost <= cost:
        bad.append("fewer seats open together, and the rest costs no more")
    bad += differ("candidates together", joint.json["candidates"], sum(x.json["candidates"] for x in alone.values()))
    return bad


def rel_idle_pool(one, two, both, base):
    """The same without prices and ledgers in the second: an open seat costs the same, so the first planned alone keeps its roster to the last seat.
    Planned together it keeps its costs; small parts are solved as one program, so among rosters of the same cost it may be another."""
    mute = set(one.duties)
    region = dict(both.region, rules=[r for r in both.region["rules"] if "price" not in r or set(r["duties"]) <= mute],
                  ledgers=[r for r in both.region["ledgers"] if set(r["duties"]) <= mute],
                  balances=[r for r in both.region["balances"] if r["ledger"] in {x["id"] for x in one.region["ledgers"]}])
    alone, joint = (Plan(Question(region, one.span, d, one.at)) for d in (one.duties, both.duties))
    bad = differ("open price", (alone.open_price, joint.open_price), (base.open_price, base.open_price))
    bad += differ("alone", (alone.objective, alone.rules, alone.books, alone.open), (base.objective, base.rules, base.books, base.open))
    bad += rosters_differ(alone.roster, base.roster)
    open_two = sum(1 for s in joint.roster if s[1] in two.duties and s[5] is None)
    bad += differ("together", (joint.objective - open_two * joint.open_price, joint.cost, joint.open - open_two), (base.objective, base.cost, base.open))
    return bad


# ---- all of them ------------------------------------------------------------------------------------

HELD = [rel_other_order_of_rows, rel_CSV_for_JSON, rel_other_order_within_a_value, rel_same_order_of_ids, rel_other_order_of_ids, rel_doubled_prices]


def held(relation, *given):
    try:
        return relation(*given)
    except RuntimeError as e:
        return [str(e)]


def hold(pool, name, relations, *given):
    """Several at once: most of the time goes by in waiting for the disk."""
    for relation, bad in [(r, pool.submit(held, r, *given)) for r in relations]:
        ok(bad.result(), f"{name}: {relation.__name__[4:].replace('_', ' ')}")


def main():
    first, last, names = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for seed in range(first, last + 1):
            one, two, both = draw(seed)
            base = Plan(one, model=True)
            print(f"# seed {seed}: {one.span}, {len(one.duties)} duties, {base.json['candidates']} candidates, {base.open} open, rules {base.rules}, ledgers {base.books}")
            hold(pool, f"seed {seed}", HELD + [rel_four_weeks_later], one, base, seed)
            hold(pool, f"seed {seed}", [rel_pool_of_its_own, rel_idle_pool], one, two, both, base)
        for name in names:
            q = sample(name)
            hold(pool, name, HELD + [rel_four_weeks_later] * (name in WEEKS_ALONE), q, Plan(q, model=True), name)
    shutil.rmtree(WORK)
    print(f"1..{shown}")
    sys.exit(failed > 0)


main()
