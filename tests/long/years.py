#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans months of the sample region one after the other, as an office would over years, and prints what the books say after each fiscal year.

    years.py [--months N] [--tap] [--dir DIR]      N months from April 2026 (default 36)

The office looks ahead, within the fiscal year: the clinics' first half is planned together with the second, a month of the centre with the three after it; only the half, or
the month, is published, the rest is planned again, knowing more.

Members join and leave, are on leave, fall ill after their roster was published, swap; some are never there on a weekday. People and events are
fictitious (架空). Printed per fiscal year and ledger: how far the accounts are from their entitlement; for every account further than one duty the
smallest deviation that any roster of the year could have had, everybody else being no worse than he is or than one duty, whichever is more: a flow over the seats and who
could take them, reckoned here from the region's files alone, without the program. Then the turns of New Year, Golden Week and Obon: a second turn while
somebody who could have served has had none. The check of each roster is the program's own and counts hard rules.
"""
import argparse
import collections
import datetime as dt
import fractions
import functools
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
D = dt.date
ONE = dt.timedelta(days=1)
MILLION = 1000000
AHEAD = 3  # months of the centre that are planned together with the one to be published


def sample():
    spec = importlib.util.spec_from_file_location("sample", os.path.join(ROOT, "rosters", "make-ishikawa-chuo.py"))
    m = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(m)
    return m


class Years:
    later = (2027, 2028)  # fiscal years beyond the sample's own

    def __init__(self, args):
        self.args = args
        self.toban = os.path.join(ROOT, os.environ.get("B", "build"), "toban")
        self.dir = args.dir or tempfile.mkdtemp(prefix="toban-years-")
        self.db = os.path.join(self.dir, "t.db")
        self.failed = 0
        self.n = 0
        self.plans = collections.Counter()
        self.changes = collections.Counter()
        self.m = sample()

    # ---- telling ------------------------------------------------------------------------------

    def ok(self, good, name):
        """One line of TAP, or of plain text."""
        self.n += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.n} - {name}" if self.args.tap else f"{'ok ' if good else 'MISSED '} {name}", flush=True)

    def say(self, text=""):
        print(f"# {text}" if self.args.tap else text, flush=True)

    # ---- the program --------------------------------------------------------------------------

    def run(self, *words, at=None, may=(0,), by="事務局"):
        words = [self.toban, *words, "--db", self.db, "--by", by] + (["--at", f"{at}T09:00"] if at else [])
        p = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        if p.returncode not in may:
            raise SystemExit(f"{' '.join(words)}: exit {p.returncode}\n{p.stdout[-2000:]}{p.stderr[-2000:]}")
        return p

    def ask(self, *words, at=None, may=(0,)):
        return json.loads(self.run(*words, "--json", at=at, may=may).stdout or "{}")

    def plan(self, period, *duties, at, more=()):
        words = [x for d in duties for x in ("--duty", d)]
        j = self.ask("plan", period, *words, *more, "--time", "120", at=at, may=(0, 1, 5))
        self.plans[j["status"]] += 1
        if j["status"] != "optimal" or j["open"]:
            self.say(f"{period} {' '.join(duties)}: {j['status']}, gap {j['gap']}, open {j['open_slots']}")
        self.plans["open"] += j["open"]
        return j

    def publish(self, at, until=None):
        c = self.ask("check", at=at, may=(0, 1))
        self.plans["hard"] += c["hard"]
        self.plans["agree"] += bool(c["agrees"])
        self.plans["checked"] += 1
        self.run("publish", *(["--until", until.isoformat()] if until else []), at=at)

    # ---- the region of three years ------------------------------------------------------------

    def extend(self):
        """What the sample's own year does not have: the later years' wishes and nights elsewhere, people who come and go."""
        m = self.m
        m.slots_on = functools.cache(m.slots_on)
        m.build()
        for y in self.later:
            m.make_external(y)
        self.come_and_go()
        for y in self.later:
            m.make_wishes(y)
        m.self_check()
        self.region = os.path.join(self.dir, "region")
        shutil.copytree(os.path.join(ROOT, "rosters", "ishikawa-chuo"), self.region)
        self.write()

    def come_and_go(self):
        m = self.m
        for n, (joined, left) in enumerate([("2027-04-01", None), ("2027-10-01", None), ("2028-07-01", None), ("2028-04-01", "2028-12-01")], 116):
            pid = f"d-int-{n}"
            m.doctor(pid, m.person(pid), "doctor", m.place(pid), ["internal"], labour="none")
            for row in (m.PROV[pid], m.T["providers"][-1]):
                row["joined"] = joined
                if left:
                    row["left"] = left
            m.member("night-internal", pid)
            m.member("day-internal", pid)
        pid = "d-ped-36"
        m.doctor(pid, m.person(pid), "paed-attendant", m.place(pid), ["paediatrics"], labour="none")
        m.member("night-paed", pid, share="kanazawa")
        m.member("day-paed", pid)
        for row in (m.PROV[pid], m.T["providers"][-1]):
            row["joined"] = "2027-04-01"
        for pid, left in [("d-int-080", "2027-07-01"), ("d-int-101", "2028-01-01"), ("d-ped-24", "2028-10-01"), ("c-int-44", "2028-04-01"), ("c-eye-10", "2027-10-01"), ("c-khk-20", "2028-04-01")]:
            for row in [m.PROV[pid]] + [r for r in m.T["providers"] if r["id"] == pid]:
                row["left"] = left
        for pid, duty, a, b, reason, accrues in [
                ("d-int-030", None, "2027-04-01", "2027-09-30", "leave", None), ("d-int-067", None, "2027-10-01", "2028-09-30", "leave", None), ("d-int-110", None, "2028-06-01", "2028-08-31", "illness", "yes"),
                ("d-ped-09", None, "2027-06-01", "2027-11-30", "leave", None), ("d-ped-31", None, "2028-04-01", "2028-09-30", "leave", None), ("c-int-08", None, "2027-04-01", "2027-09-30", "illness", None),
                ("c-ped-05", None, "2028-04-01", "2028-09-30", "leave", None), ("c-srg-13", None, "2027-10-01", "2028-03-31", "other", None), ("c-hns-03", None, "2028-10-01", "2029-03-31", "illness", None),
                ("d-int-017", "night-internal", "2028-01-01", "2032-03-31", "age", None), ("h-06", "rotation-surgical", "2027-08-01", "2027-09-30", "other", None)]:
            m.exempt(pid, duty, a, b, reason, accrues)
        for pid, weekdays in [("d-int-059", "tue"), ("d-int-097", "sat;sun"), ("d-ped-30", "sat")]:
            m.exempt(pid, None, "2027-04-01", "2031-03-31", "other", None, weekdays)

    def write(self):
        for name, text in self.m.files().items():
            with open(os.path.join(self.region, name), "w", encoding="utf-8", newline="") as f:
                f.write(text)

    def holidays(self):
        """Those after the list of holidays ends: from the program's calendar."""
        for y in (2028, 2029):
            for d in self.ask("calendar", f"{y}-01-01..{y}-12-31")["days"]:
                if d["holiday"]:
                    self.m.HOLIDAYS[D.fromisoformat(d["date"])] = d["holiday"]
        self.m._memo.clear()
        self.m.slots_on.cache_clear()

    # ---- what happens in a month --------------------------------------------------------------

    def month(self, y, mo, ends):
        fy = y if mo >= 4 else y - 1
        end = min(D(fy + 1, 3, 31), ends)
        at = D(y, mo, 1) - dt.timedelta(days=12)
        if mo == 4:
            j = self.plan(f"FY{fy}", at=at)
            self.run("approve", str(j["draft"]), "--date", at.isoformat(), at=at, by="協議会（架空）")
            self.publish(at)
        if mo in (4, 10):
            half = D(fy, 9, 30) if mo == 4 else D(fy + 1, 3, 31)
            self.plan(f"{y}-{mo:02d}-01..{max(half, end)}", *self.m.CLINICS, *self.m.PHARMACIES, at=at)
            self.publish(at, until=half)
        period = f"{y}-{mo:02d}"
        last = min(end, D(y + (mo + AHEAD) // 12, (mo + AHEAD) % 12 + 1, 1) - ONE)
        # the New Year days are planned and published with December
        self.plan(f"{y}-{mo:02d}-{4 if mo == 1 else 1:02d}..{last}", *self.m.CENTRE_DUTIES, at=at)
        self.publish(at, until=D(y + 1, 1, 3) if mo == 12 else D(y + mo // 12, mo % 12 + 1, 1) - ONE)
        if mo in (5, 11):
            self.fall_ill(y, mo, at)
        self.swap(period, at)

    def fall_ill(self, y, mo, at):
        """Somebody with a published turn in the month's second half cannot: the fewest changes, published."""
        rows = self.ask("duties", f"{y}-{mo:02d}", "--duty", "night-internal")["duties"]
        x = next(r for r in rows if r["role"] == "primary" and r["date"][8:] > "14")
        to = D.fromisoformat(x["date"]) + dt.timedelta(days=25)
        self.m.exempt(x["provider"], None, f"{y}-{mo:02d}-10", to.isoformat(), "illness", "yes")
        self.m.T["exemptions"][-1]["from"] = f"{y}-{mo:02d}-10"
        self.write()
        self.run("import", os.path.join(self.region, "exemptions.csv"), "--entity", "exemptions", at=at)
        self.plan(f"{y}-{mo:02d}", *self.m.NIGHTS, at=at, more=("--keep", "6"))
        self.publish(at)
        self.changes["ill"] += 1

    def swap(self, period, at):
        """Two of the night duty exchange ordinary evenings, where both may by the sample's own reckoning; the program must agree."""
        rows = [r for r in self.ask("duties", period, "--duty", "night-internal")["duties"] if r["role"] == "primary"]
        plain = [r for r in rows if not (self.m.classes_on(None, D.fromisoformat(r["date"])) & {"heavy"}) and D.fromisoformat(r["date"]) >= D.fromisoformat(period + "-05")]
        hand = self.hand()
        for i in range(len(plain) // 2):
            a, b = plain[i], plain[-1 - i]
            if a["provider"] == b["provider"] or not (self.may_instead(hand, b["provider"], a, b) and self.may_instead(hand, a["provider"], b, a)):
                continue
            seat = [f"night-internal:{x['date']}:night" for x in (a, b)]
            asked = self.ask("swap", "ask", "--seat", seat[0], "--with", seat[1], "--phone", "双方承諾（架空）", at=at, may=(0, 6))
            if "swap" not in asked:
                continue
            n = str(asked["swap"])
            self.run("swap", "approve", n, at=at)
            self.run("swap", "publish", n, at=at)
            self.changes["swaps"] += 1
            return

    # ---- who may, by the sample's own reckoning -----------------------------------------------

    def seats(self, a, b):
        out = []
        while a <= b:  # the program answers for a year at most
            end = min(b, a + dt.timedelta(days=364))
            out += [r for r in self.ask("duties", f"{a}..{end}", may=(0, 1))["duties"] if "open" not in r]
            a = end + ONE
        return out

    def hand(self, rows=None):
        """Everything that is published, in the sample's own plain hand."""
        m = self.m
        hand = m.Hand("years")
        bands = {(b["duty"], b["id"]): b for b in m.T["bands"]}
        if rows is None:
            rows = self.seats(D(2026, 4, 1), D(2029, 3, 31))
        for r in rows + [x for x in m.T["history"]]:
            hand.put(r["duty"], D.fromisoformat(r["date"]), bands[r["duty"], r["band"]], r["role"], int(r["seat"]), r["provider"])
        self.bands = bands
        return hand

    def take(self, hand, r):
        p, d, band = r["provider"], D.fromisoformat(r["date"]), self.bands[r["duty"], r["band"]]
        hand.done[p].remove((d, r["duty"], band, r["role"]))
        key = (hand.person(p), d)
        hand.people[key].remove((p, r["duty"], band))
        if not hand.people[key]:
            del hand.people[key]

    def give(self, hand, r, p):
        hand.put(r["duty"], D.fromisoformat(r["date"]), self.bands[r["duty"], r["band"]], r["role"], 1, p)

    def may_instead(self, hand, p, r, without=None):
        """May p sit in r's seat, all hard rules kept, everybody else (but his own seat `without`) as published?"""
        d = D.fromisoformat(r["date"])
        self.take(hand, r)
        if without:
            self.take(hand, without)
        good = hand.may(p, r["duty"], d, self.bands[r["duty"], r["band"]], r["role"], self.m.classes_on(r["duty"], d))
        self.give(hand, r, r["provider"])
        if without:
            self.give(hand, without, without["provider"])
        return good

    def available(self, p, duty, d, band):
        """By what concerns himself alone: member, no leave, no wish, nothing elsewhere, own consulting hours."""
        row = self.m.PROV[p]
        if row.get("joined", "") > d.isoformat() or row.get("left", "9999") <= d.isoformat():
            return False
        key = (p, duty, d, band)
        if key not in self.known:
            self.known[key] = not self.m.forbidden(p, duty, d, band)
        return self.known[key]

    def excused(self, p, duty, d):
        return any(x["provider"] == p and x.get("duty") in (None, duty) and not x.get("weekdays") and x["from"] <= d.isoformat() <= x.get("to", "9999") for x in self.m.T["exemptions"])

    def rest(self, duties, role):
        """Days of which a provider can take one at most, by the hard rules of rest that hold for all of these duties."""
        out = 1
        for rule in self.m.T["rules"]:
            words = dict(w.split("=") for w in rule.get("params", "").split())
            if rule["type"] == "rest.days" and "price" not in rule and set(duties) <= set(rule["duties"]) and words.get("roles", "both") in ("both", role):
                out = max(out, int(words["days"]))
        return out

    # ---- the books ----------------------------------------------------------------------------

    def chains(self):
        """Ledgers of providers that count the same duties and role, the widest first."""
        out = collections.OrderedDict()
        for lid, scope, duties, role, cls, within in self.m.BOOKS:
            if scope == "provider":
                out.setdefault((tuple(duties), role), []).append((lid, cls, within))
        return out

    def year(self, fy, until):
        m = self.m
        self.known = {}
        rows = self.seats(D(fy, 4, 1), D(fy + 1, 3, 31))
        carried = {(a["ledger"], a["account"]): fractions.Fraction(a["carried"]) for a in self.ask("ledger")["accounts"]}
        self.say()
        self.say(f"fiscal year {fy}, published for it until {until}: {len(rows)} seats")
        self.say(f"  {'ledger':24} {'accounts':>8} {'mean':>6} {'largest':>8}  further than one duty")
        sums = collections.Counter()
        for (lid, _), v in carried.items():
            sums[lid] += v
        beyond = missed = worst = judged = 0
        for (duties, role), ledgers in self.chains().items():
            mine = [r for r in rows if r["duty"] in duties and r["role"] == role]
            flow = None
            for lid, cls, _ in ledgers:
                devs = {a: v for (l, a), v in carried.items() if l == lid}
                far = {a: v for a, v in devs.items() if abs(v) > 1}
                notes = []
                for a, v in sorted(far.items(), key=lambda x: (-abs(x[1]), x[0])):
                    flow = flow or Flow(self, duties, role, ledgers, mine, carried)
                    best = flow.smallest(lid, a)
                    beyond += 1
                    if abs(v) - best > fractions.Fraction(1, 100):
                        missed += 1
                    notes.append(f"{a} {float(v):+.2f} (could be {float(best):.2f})")
                mean = sum(abs(v) for v in devs.values()) / max(1, len(devs))
                big = max(devs.values(), key=abs, default=0)
                worst = max(worst, abs(big))
                judged += len(devs)
                self.say(f"  {lid:24} {len(devs):8} {float(mean):6.2f} {float(big):+8.2f}  {'; '.join(notes)}")
        for lid in sorted({lid for lid, *_ in m.BOOKS}):
            if next(b[1] for b in m.BOOKS if b[0] == lid) == "share":
                text = ", ".join(f"{a} {float(v):+.2f}" for (l, a), v in sorted(carried.items()) if l == lid)
                self.say(f"  {lid:24} {text}")
        pools = [lid for lid, scope, *_ in m.BOOKS if scope != "person"]
        shares = [abs(v) for (l, _), v in carried.items() if any(b[0] == l and b[1] == "share" for b in m.BOOKS)]
        if until < D(fy + 1, 3, 31):
            self.ok(worst <= fractions.Fraction(3, 2), f"FY{fy}, of which a part is planned: nobody further than one duty and a half (largest {float(worst):.2f})")
        else:
            self.ok(missed == 0, f"FY{fy}: every provider within one duty in every class, or as near as any roster of the year could be ({judged} accounts, {beyond} further than one, {missed} of them could be nearer)")
        self.ok(all(v <= 1 for v in shares), f"FY{fy}: municipalities within one duty (largest {float(max(shares)):.2f})")
        self.ok(all(sums[lid] == 0 for lid in pools), f"FY{fy}: the books of all {len(pools)} pools add up to zero")
        self.second_turns(fy)

    def second_turns(self, fy):
        """Turns of each big-day class since the beginning, the sample's own past included. Where shares differ (hospitals; who is excused from the nights for his age), a turn is
        held against those whose share that day is no smaller: who bears half as much is due half as often."""
        m = self.m
        upto = D(fy + 1, 3, 31)
        rows = self.seats(D(2026, 4, 1), upto)
        past = [r for r in m.T["history"] if r["date"] < "2026-04-01"]
        hand = self.hand(rows)
        found = blocked = second = 0
        for (duties, role), ledgers in self.chains().items():
            for lid, cls, _ in ledgers:
                if cls not in ("new-year", "golden-week", "obon"):
                    continue
                mine = [r for r in past + rows if r["duty"] in duties and r["role"] == role and cls in m.classes_on(r["duty"], D.fromisoformat(r["date"]))]
                mine.sort(key=lambda r: (r["date"], r["duty"], r["band"], int(r["seat"])))
                turns = collections.Counter(r["provider"] for r in mine)
                had = collections.Counter()
                for r in mine:
                    had[r["provider"]] += 1
                    d = D.fromisoformat(r["date"])
                    if had[r["provider"]] < 2 or d < D(fy, 4, 1):
                        continue
                    second += 1
                    share = {p: sum(m.POOL[u].get(p, 0) for u in duties if u not in m.NEW_YEAR and not self.excused(p, u, d)) for p in m.POOL[r["duty"]]}
                    idle = [p for p in share if not turns[p] and share[p] >= share[r["provider"]] and self.available(p, r["duty"], d, r["band"])]
                    could = [p for p in idle if self.may_instead(hand, p, r)]
                    blocked += bool(idle) and not could
                    if could:
                        found += 1
                        self.say(f"  {lid} {r['date']} {r['duty']}: {r['provider']} has his turn {had[r['provider']]}, {', '.join(could[:5])} none")
        self.ok(found == 0, f"FY{fy}: no second turn in a big-day class while somebody available had none ({second} second turns, {found} too early; for {blocked} the only others without a turn were kept out by a rest or another duty)")

    def go(self):
        start = time.time()
        self.extend()
        self.run("init", "--region", self.region)
        self.holidays()
        y, mo = 2026, 4
        ends = D(y + (mo + self.args.months - 1) // 12, (mo + self.args.months - 1) % 12 + 1, 1) - ONE
        for k in range(self.args.months):
            self.month(y, mo, ends)
            last = (D(y + mo // 12, mo % 12 + 1, 1) - ONE)
            if mo == 3 or k == self.args.months - 1:
                self.year(y if mo >= 4 else y - 1, last)
            y, mo = y + mo // 12, mo % 12 + 1
        self.say()
        p = self.plans
        self.say(f"{p['checked']} rosters published: {p['optimal']} plans proven optimal, {p['feasible']} not; {self.changes['swaps']} swaps, {self.changes['ill']} fallen ill after publication; {time.time() - start:.0f} s")
        self.ok(p["hard"] == 0 and p["agree"] == p["checked"], f"no hard rule broken in any of {p['checked']} rosters, and the check agrees with each")
        self.ok(p["open"] == 0, "no seat left open")
        if self.args.tap:
            print(f"1..{self.n}")
        if not self.args.dir:
            shutil.rmtree(self.dir)
        return 1 if self.failed else 0


class Flow:
    """Seats of a year to people who could take them, counted in nested classes: how near can one account come to its entitlement?

    A circulation: hub -> slot -> (provider, days of one rest) -> (provider, innermost class) -> wider classes -> hub. It starts as what was published. Of the days of one rest a
    provider takes one seat at most (days in a row as many as the hard rest, counted from the first day of each run of the class: less than the rule asks, so the bound holds). Every
    class arc is bounded by the entitlement plus or minus one duty, or what was reached where that is more. Pushing round a cycle that runs backwards or forwards through one account's arc brings it nearer; when there
    is none, it cannot be nearer (the largest flow through an arc is found by augmenting)."""

    def __init__(self, years, duties, role, ledgers, rows, carried):
        m = years.m
        self.ids = {}
        self.out = []
        self.to, self.cap = [], []
        self.arc_of = {}
        self.entitled = {}
        parent = {lid: within for lid, _, within in ledgers}
        wide_first = [lid for lid, *_ in ledgers]
        cls_of = {lid: cls for lid, cls, _ in ledgers}
        depth = {}
        for lid in wide_first:
            depth[lid] = 0 if parent[lid] not in depth else depth[parent[lid]] + 1
        self.hub = self.node("hub")
        slots = collections.OrderedDict()
        for r in rows:
            slots.setdefault((r["date"], r["duty"], r["band"]), []).append(r["provider"])
        load = collections.Counter()
        rest = years.rest(duties, role)
        taken = collections.Counter()
        runs = {}
        people = sorted({p for d in duties for p in m.POOL[d]})
        for (date, duty, band), who in slots.items():
            d = D.fromisoformat(date)
            here = [lid for lid in wide_first if cls_of[lid] in m.classes_on(duty, d)]
            inner = max(here, key=lambda lid: depth[lid])
            s = self.node((date, duty, band))
            last, first = runs.get(inner, (None, None))
            runs[inner] = (d, first if last and (d - last).days <= 1 else d)
            days = (inner, runs[inner][1], (d - runs[inner][1]).days // rest)
            for p in people:
                if p in m.POOL[duty] and (p in who or years.available(p, duty, d, band)):
                    self.arc(s, self.node((p, days)), 0, 1, int(p in who))
                    taken[p, days] += p in who
            for p in who:
                lid = inner
                while lid:
                    load[p, lid] += 1
                    lid = parent[lid]
        self.load = load
        for (p, days), n in taken.items():
            self.arc(self.node((p, days)), self.node((p, days[0])), 0, max(1, n), n)
        for p in people:
            for lid in wide_first:
                n = load[p, lid]
                v = carried.get((lid, p))
                a, b = self.node((p, lid)), self.node((p, parent[lid]) if parent[lid] else "hub")
                if v is None:
                    self.arc(a, b, n, n, n)
                    continue
                e = n + v
                room = max(fractions.Fraction(1), abs(v))
                self.entitled[p, lid] = e
                lo, hi = -((room - e).__floor__()), (e + room).__floor__()
                self.arc_of[p, lid] = self.arc(a, b, max(0, lo), hi, n)

    def node(self, key):
        if key not in self.ids:
            self.ids[key] = len(self.out)
            self.out.append([])
        return self.ids[key]

    def arc(self, a, b, lo, hi, flow):
        """An arc and its reverse; cap is what may still be pushed along each."""
        k = len(self.to)
        self.to += [b, a]
        self.cap += [hi - flow, flow - lo]
        self.out[a].append(k)
        self.out[b].append(k + 1)
        return k

    def cycle(self, k):
        """Pushes one unit along arc k (or its reverse) round a cycle."""
        if self.cap[k] <= 0:
            return False
        start, goal = self.to[k], self.to[k ^ 1]
        seen = {start: None}
        queue = collections.deque([start])
        while queue and goal not in seen:
            x = queue.popleft()
            for j in self.out[x]:
                if self.cap[j] > 0 and self.to[j] not in seen and j != k ^ 1:
                    seen[self.to[j]] = j
                    queue.append(self.to[j])
        if goal not in seen:
            return False
        x = goal
        while x != start:
            j = seen[x]
            self.cap[j] -= 1
            self.cap[j ^ 1] += 1
            x = self.to[j ^ 1]
        self.cap[k] -= 1
        self.cap[k ^ 1] += 1
        return True

    def smallest(self, lid, p):
        """Smallest |entitlement - load| of this account; the flow is put back afterwards."""
        k = self.arc_of[p, lid]
        cap = self.cap[:]
        v = self.entitled[p, lid] - self.load[p, lid]
        while abs(v) > 1 and self.cycle(k if v > 0 else k ^ 1):
            v -= 1 if v > 0 else -1
        self.cap = cap
        return abs(v)


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("--months", type=int, default=36)
    a.add_argument("--tap", action="store_true")
    a.add_argument("--dir")
    return Years(a.parse_args()).go()


if __name__ == "__main__":
    sys.exit(main())
