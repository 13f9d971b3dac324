#!/usr/bin/env python3
"""A simulated fiscal year of the sample in which 5 % of the seats of each month change after publication: rotation, clinics, pharmacies and the night centre.

changes-year.py [MONTHS]     12 months from 2026-04 unless told (tests/cli/changes.sh runs a few)

The year's rotation, each half year's clinics, and month by month the centre: plan, publish; then illness, swaps and longer illness by a fixed choice, each mended as an office would (replace and give, swap, re-plan) and published at once. At the end the period that
follows the changes is planned and published for each family: the next month, the next half year, the next fiscal year.
Shown, as TAP: every publication moves those who were asked and nobody else; no hard rule is broken in any month; and whenever the period that follows changes is published, every provider is within one duty of his entitlement in each class, or as
near as any roster of that period could have brought him, everything before it being as published: the flow of tests/long/years.py, reckoned from the region's files alone. Where the flow, which knows availability and rest
only, says that he could be nearer, cbc is asked with every hard rule as well (by_rules). Beside it what the same year without a single change leaves.
"""
import argparse
import calendar
import csv
import datetime
import fractions
import json
import math
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import years

TOBAN = os.path.join(os.environ.get("B", "build"), "toban")
WORK = tempfile.mkdtemp(prefix="toban-changes.")
DB, QUIET, BEFORE = (os.path.join(WORK, f) for f in ("year.db", "quiet.db", "before.db"))
MONTHS = [f"2026-{m:02}" for m in range(4, 13)] + [f"2027-{m:02}" for m in range(1, 5)]
shown, failed = 0, 0


def ok(good, name, more=""):
    global shown, failed
    shown, failed = shown + 1, failed + (not good)
    print(f"{'ok' if good else 'not ok'} {shown} - {name}", flush=True)
    if not good and more:
        print(f"#   {more}")


def toban(*words, db=DB, at, refused=False):
    """The JSON answer; None when it is refused and may be."""
    got = subprocess.run([TOBAN, *words, "--db", db, "--at", at, "--by", "架空の事務局", "--json"], capture_output=True, text=True, check=False)
    if got.returncode in (0, 1) and got.stdout:
        return json.loads(got.stdout)
    if refused and got.returncode in (1, 6):
        return None
    raise SystemExit(f"Bail out! toban {' '.join(words)}: exit {got.returncode}: {got.stderr.strip()}")


def in_force(first, last=None):
    """Seats of a month, or from one month to another."""
    with sqlite3.connect(DB) as c:
        return c.execute("SELECT date, duty, band, role, seat, provider FROM publication_seats AS p WHERE date BETWEEN ? AND ? AND publication ="
                         " (SELECT max(publication) FROM publication_seats AS q WHERE q.duty = p.duty AND q.date = p.date AND q.band = p.band"
                         " AND q.role = p.role AND q.seat = p.seat) AND provider IS NOT NULL ORDER BY date, duty, band, role, seat",
                         (first + "-01", (last or first) + "-31")).fetchall()


class Sample(years.Years):
    """The sample with the wishes and the work elsewhere of the year that follows; nobody comes or goes."""
    later = (2027,)

    def __init__(self):
        super().__init__(argparse.Namespace(dir=WORK, tap=True))
        self.db = DB
        self.extend()
        self.period = {d["id"]: d["period"] for d in self.m.T["duties"]}

    def come_and_go(self):
        pass


def name(row):
    return f"{row[1]}:{row[0]}:{row[2]}:{row[3]}"


class Publications:
    """Watches what each publication moves: {(seat, provider, "enters" or "leaves")} against who was asked."""

    def __init__(self):
        self.before, self.strangers, self.silent, self.count = set(), [], [], 0

    def now(self, month):
        return {(name(r), r[5]) for r in in_force(month)}

    def judge(self, month, asked, what):
        after = self.now(month)
        moved = {(s, p, "leaves") for s, p in self.before - after} | {(s, p, "enters") for s, p in after - self.before}
        self.strangers += [f"{what}: {x}" for x in moved - asked]
        self.silent += [f"{what}: {x}" for x in asked - moved]
        self.count += 1
        self.before = after
        return len({s for s, _, _ in moved})


def agree_and_publish(asked_for, at, by_phone):
    number = str(asked_for["swap"])
    if not by_phone:
        toban("swap", "agree", number, "--provider", asked_for["taker"]["provider"], at=at)
    toban("swap", "approve", number, at=at)
    toban("swap", "publish", number, at=at)


def give(row, at):
    """Ill for one night: the first of those whom `replace` ranks and who breaks nothing."""
    for x in toban("replace", "--seat", name(row), "--provider", row[5], "--published", "--most", "40", at=at)["substitutes"]:
        if x["hard"]:
            return None
        got = toban("swap", "ask", "--seat", name(row), "--provider", row[5], "--to", x["provider"], "--phone", "急病、電話で承諾", at=at, refused=True)
        if got is None:
            continue
        agree_and_publish(got, at, True)
        asked = {(name(row), row[5], "leaves"), (name(row), x["provider"], "enters")}
        if x["reserve"]:
            asked.add((name(row).replace(":primary", ":reserve"), x["provider"], "leaves"))
        return asked
    return None


def exchange(row, rows, at):
    """With the next one of the month with whom it breaks nothing."""
    where = rows.index(row)
    for other in rows[where + 1:] + rows[:where]:
        if other[1] != row[1] or other[5] == row[5] or other[3] != row[3] or other[0] <= at[:10] or other[0] == row[0]:
            continue
        got = toban("swap", "ask", "--seat", name(row), "--provider", row[5], "--with", name(other), "--partner", other[5], "--note", "学会", at=at, refused=True)
        if got is None:
            continue
        agree_and_publish(got, at, False)
        return {(name(row), row[5], "leaves"), (name(row), other[5], "enters"), (name(other), other[5], "leaves"), (name(other), row[5], "enters")}
    return None


def plan_anew(row, month, at):
    """Ill until the month's end: the re-plan with the fewest changes; its list of telephone calls is who is asked."""
    j = toban("plan", month, "--keep", "20", "--without", row[5], at=at)
    if j["status"] != "optimal" or not j["calls"]:
        return None
    toban("publish", "--draft", str(j["draft"]), at=at)
    return {(f"{c['duty']}:{c['date']}:{c['band']}:{c['role']}", c["provider"], c["change"]) for c in j["calls"]}


def change(month, number, watch, period):
    """5 % of the month's seats, one event after another, each on the fourth day before its first night."""
    rows = in_force(month)
    wanted, done, events = -(-len(rows) * 5 // 100), 0, {"ill": 0, "swap": 0, "re-plan": 0}
    watch.before = watch.now(month)
    todo = sorted({(k * 19 + number * 7) % len(rows) for k in range(1, wanted + 1)})
    for k, index in enumerate(todo):
        if done >= wanted:
            break
        slot = rows[index]
        today = [r for r in in_force(month) if r[:5] == slot[:5]]
        day = int(slot[0][8:]) - 4
        at = f"{month}-{day:02}T10:{k:02}" if day > 0 else f"{month}-01T10:{k:02}"
        if not today or slot[0] <= at[:10]:
            continue
        kind = ("ill", "swap", "re-plan")[(k + number) % 3]
        if kind == "re-plan" and period[slot[1]] != "month":
            kind = "swap"
        asked = give(today[0], at) if kind == "ill" else exchange(today[0], in_force(month), at) if kind == "swap" else plan_anew(today[0], month, at)
        if asked is None:
            continue
        events[kind] += 1
        done += watch.judge(month, asked, f"{month} {kind} {name(slot)}")
    return len(rows), done, events


def judge_month(month):
    """Every rule on all seats in force, by the file of a roster as anybody could write it."""
    path = os.path.join(WORK, "roster.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write("date,duty,band,role,seat,provider\n")
        f.writelines(",".join(str(x) for x in r) + "\n" for r in in_force(month))
    return toban("check", month, "--file", path, *[w for d in sorted({r[1] for r in in_force(month)}) for w in ("--duty", d)], at=f"{month}-01T00:00")


def by_rules(y, period, at, duties, role, ledgers, rows, now, lid, who, municipalities):
    """The flow knows availability and rest alone. The same question with every hard rule: the program of the period as it was before it was planned, its prices left aside, no seat
    open, every account of these ledgers (and of the municipalities') no farther than it is or than one duty; cbc then brings this one as near as it can."""
    mine = [d for d in duties if y.period[d] in ("month", "half", "year")]
    paths = {f: os.path.join(WORK, "period." + f) for f in ("lp", "names")}
    for f, path in paths.items():
        toban("export", "model", period, *[w for d in mine for w in ("--duty", d)], "--format", f, "--file", path, db=BEFORE, at=at)
    with open(paths["names"], encoding="utf-8", newline="") as f:
        column = {(r["date"], r["duty"], r["band"], r["role"], r["provider"]): r["column"].replace("[", "(").replace("]", ")") for r in csv.DictReader(f)}
    shares = [(b[0], b[4]) for b in y.m.BOOKS if municipalities and b[1] == "share" and set(b[2]) <= set(duties) and role == "primary"]
    group = {(m["duty"], m["provider"]): m.get("share") for m in y.m.T["members"]}
    limits, goal, entitled = [], None, None
    slots = {k[:4] for k in column}
    for book, cls, share in [(x, c, False) for x, c, _ in ledgers] + [(x, c, True) for x, c in shares]:
        for account in {k[1] for k in now if k[0] == book}:
            def counts(duty, date, provider):
                return (group.get((duty, provider)) if share else provider) == account and cls in y.m.classes_on(duty, datetime.date.fromisoformat(date))
            done = [r for r in rows if counts(r["duty"], r["date"], r["provider"])]
            bound = sum((r["date"], r["duty"], r["band"], role) not in slots for r in done)  # planned on its own (New Year)
            cells = [c for k, c in column.items() if k[3] == role and counts(k[1], k[0], k[4])]
            e, room = len(done) + now[book, account] - bound, max(1, abs(now[book, account]))
            text = "".join(f" + {c}\n" for c in cells)
            if cells:
                limits += [f"{text} >= {math.ceil(e - room)}", f"{text} <= {math.floor(e + room)}"]
            if (book, account) == (lid, who):
                goal, entitled = (text if now[lid, who] < 0 else text.replace("+", "-")), e
    with open(paths["lp"], encoding="ascii") as f:
        text = f.read()
    a, b, c = text.index("\nMinimize\n"), text.index("\nSubject To\n"), text.index("\nBounds\n")
    n_open = len(set(re.findall(r"open\(\d+\)", text[b:c])))
    opened = "".join(f" + 1000 open({k + 1})\n" for k in range(n_open))
    with open(paths["lp"], "w", encoding="ascii") as f:
        f.write(text[:a] + "\nMinimize\n near: " + goal + opened + text[b:c] + "".join(f"\n near{k}:{x}" for k, x in enumerate(limits)) + "\n" + text[c:])
    said = subprocess.run(["cbc", paths["lp"], "sec", "120", "ratio", "0", "allow", "0", "solve"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout
    found = [float(x.split(":")[1]) for x in said.splitlines() if x.startswith("Objective value:")]
    if not found or "Result - Optimal solution found" not in said:
        raise SystemExit(f"Bail out! cbc on {lid} {who}: {said[-1500:]}")
    n, was = abs(round(found[0])), entitled - now[lid, who]
    return min(abs(entitled - k) for k in range(min(n, int(was)), max(n, int(was)) + 1))


class Books:
    """Who is beyond one duty when a period is published, and could have been nearer by any roster of that period."""

    def __init__(self, sample):
        self.sample, self.nearer, self.kept, self.judged, self.beyond, self.possible, self.towns = sample, [], [], {}, {}, fractions.Fraction(0), []

    def carried(self, db, ledgers):
        accounts = toban("ledger", db=db, at="2027-05-01T00:00")["accounts"]
        return {(a["ledger"], a["account"]): fractions.Fraction(a["carried"]) for a in accounts if a["ledger"] in ledgers}

    def judge(self, kind, period, at, first, last):
        y = self.sample
        chains = [(k, v) for k, v in y.chains().items() if any(y.period[d] == kind for d in k[0])]
        books, shares = {lid for _, ledgers in chains for lid, *_ in ledgers}, {b[0] for b in y.m.BOOKS if b[1] == "share"}
        everything, calm = self.carried(DB, books | shares), self.carried(QUIET, books)
        now = {k: v for k, v in everything.items() if k[0] in books}
        far = {k: v for k, v in now.items() if abs(v) > 1}
        y.known = {}
        rows = y.seats(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)) if any(abs(v) > 1 for v in everything.values()) else []
        notes = []
        for (duties, role), ledgers in chains:
            flow = None
            for lid, *_ in ledgers:
                for (_, who), v in sorted(x for x in far.items() if x[0][0] == lid):
                    mine = [r for r in rows if r["duty"] in duties and r["role"] == role]
                    flow = flow or years.Flow(y, duties, role, ledgers, mine, now)
                    best = flow.smallest(lid, who)
                    notes.append(f"{lid} {who} {float(v):+.2f} (could be {float(best):.2f})")
                    if abs(v) - best > fractions.Fraction(1, 100):
                        loose, best = (by_rules(y, period, at, duties, role, ledgers, mine, everything, lid, who, m) for m in (False, True))
                        notes[-1] += f" (with every hard rule {float(loose):.2f}, and municipalities within one duty {float(best):.2f})"
                        (self.nearer if abs(v) - best > fractions.Fraction(1, 100) else self.kept).append(f"{first} {notes[-1]}")
                    self.possible = max(self.possible, best)
            for (lid, who), v in sorted(everything.items()):
                if abs(v) > 1 and role == "primary" and any(b[0] == lid and b[1] == "share" and set(b[2]) <= set(duties) for b in y.m.BOOKS):
                    best = by_rules(y, period, at, duties, role, ledgers, [r for r in rows if r["duty"] in duties and r["role"] == role], everything, lid, who, True)
                    notes.append(f"{lid} {who} {float(v):+.2f} (with every hard rule {float(best):.2f})")
                    self.towns.append(notes[-1])
                    if abs(v) - best > fractions.Fraction(1, 100):
                        self.nearer.append(f"{first} {notes[-1]}")
        self.judged[kind] = self.judged.get(kind, 0) + len(now)
        self.beyond[kind] = self.beyond.get(kind, 0) + len(far)
        print(f"# {kind} from {first} published: {len(far)} of {len(now)} accounts beyond one duty, farthest {float(max(map(abs, now.values()))):.2f};"
              f" without changes {sum(abs(v) > 1 for v in calm.values())}, farthest {float(max(map(abs, calm.values()))):.2f}{': ' if notes else ''}{'; '.join(notes)}", flush=True)


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    sample = Sample()
    toban("init", "--region", sample.region, at="2026-01-20T09:00")
    sample.holidays()
    shutil.copyfile(DB, QUIET)
    watch, account, seats, changed, kinds, broken = Publications(), Books(sample), 0, 0, {}, []

    def publish(period, at, *duties):
        if not duties:
            shutil.copyfile(DB, BEFORE)
        for db in (DB, QUIET):
            j = toban("plan", period, *[w for d in duties for w in ("--duty", d)], db=db, at=at)
            if j["status"] != "optimal" or j["open"]:
                broken.append(f"{period} planned: {j['status']}, {j['open']} open")
            if not duties and period.startswith("FY") and "-" not in period:  # the rotation: its council decides, not who planned it
                subprocess.run([TOBAN, "approve", str(j["draft"]), "--date", at[:10], "--by", "架空の協議会", "--db", db, "--at", at], check=True, capture_output=True)
            toban("publish", at=at, db=db)

    publish("FY2026", "2026-02-10T09:00")
    publish("FY2026-H1", "2026-02-12T09:00")
    for i, month in enumerate(MONTHS[:n + 1]):
        eve = f"{MONTHS[i - 1]}-28T18:00" if i else "2026-03-20T09:00"
        if i == n:
            publish("FY2027", eve)
            account.judge("year", "FY2027", eve, "2027-04-01", "2028-03-31")
        if i == n or month == "2026-10":
            half, first, last = ("FY2026-H2", "2026-10-01", "2027-03-31") if i <= 6 else ("FY2027-H1", "2027-04-01", "2027-09-30")
            publish(half, eve)
            account.judge("half", half, eve, first, last)
        publish(month, eve)
        if month == "2026-12":
            publish("2026-12-29..2027-01-03", eve, *sample.m.NEW_YEAR)
        if i:
            account.judge("month", month, eve, month + "-01", "2027-01-03" if month == "2026-12" else f"{month}-{calendar.monthrange(int(month[:4]), int(month[5:]))[1]}")
        if i == n:
            break
        total, done, events = change(month, i, watch, sample.period)
        seats, changed = seats + total, changed + done
        for k, v in events.items():
            kinds[k] = kinds.get(k, 0) + v
        verdict = judge_month(month)
        if verdict["hard"]:
            broken.append(f"{month}: {[v['text'] for v in verdict['broken_hard_rules']][:2]}")
        print(f"# {month}: {done} of {total} seats changed ({events})", flush=True)
    ok(changed * 20 >= seats, f"{changed} of {seats} seats changed after publication ({100 * changed / seats:.1f} %; {kinds})")
    ok(not watch.strangers, f"in {watch.count} publications nobody who was not asked is moved", "; ".join(watch.strangers[:3]))
    ok(not watch.silent, "and everybody who was asked is", "; ".join(watch.silent[:3]))
    ok(not broken, "no hard rule is broken in any month, and every period is filled and proven", "; ".join(broken[:3]))
    ok(not account.nearer, f"whenever the period after the changes is published, every provider and municipality is within one duty in each class, or as near as any roster of that period could be (accounts {account.judged},"
       f" further than one {account.beyond} and {len(account.towns)} of municipalities, the smallest possible {float(account.possible):.2f} at most; {len(account.kept)} are kept there by rules that the flow does not know or by their"
       f" municipality, {len(account.nearer)} could be nearer)", "; ".join(account.nearer))
    print(f"1..{shown}")
    sys.exit(failed > 0)


try:
    main()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
