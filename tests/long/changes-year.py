#!/usr/bin/env python3
"""A simulated fiscal year of the sample in which 5 % of the seats of each month change after publication: rotation, clinics, pharmacies and the night centre.

changes-year.py [MONTHS]     12 months from 2026-04 unless told (tests/cli/changes.sh runs a few)

The year's rotation, the half year's clinics, and month by month the centre: plan, publish; then illness, swaps and longer illness by a fixed choice, each mended as an office would (replace and give, swap, re-plan) and published at once.
Shown, as TAP: every publication moves those who were asked and nobody else; no hard rule is broken in any month; and when the centre's following month is published, everybody
is within one duty of his entitlement in each class, as far as any turns of that month could have brought him there or as in the same year without a single change: the sum of
what is beyond one duty stands beside the smallest possible, which cbc finds from the numbers alone. For clinics and hospitals, whose next period is half a year or a year
later and whose persons have ledgers over several duties as well, these figures are told only.
"""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

TOBAN = os.path.join(os.environ.get("B", "build"), "toban")
WORK = tempfile.mkdtemp(prefix="toban-changes.")
DB, QUIET = os.path.join(WORK, "year.db"), os.path.join(WORK, "quiet.db")
SAMPLE = "rosters/ishikawa-chuo"
with open(SAMPLE + "/region.json", encoding="utf-8") as text_of_region:
    REGION = json.load(text_of_region)
PERIOD = {d["id"]: d["period"] for d in REGION["duties"]}
POOLS = {}  # the ledgers of members that count the same duties
for ledger in REGION["ledgers"]:
    if ledger["scope"] == "provider" and ledger.get("role", "primary") == "primary":
        POOLS.setdefault(tuple(ledger["duties"]), []).append((ledger["id"], ledger["class"]))
MONTHS = [f"2026-{m:02}" for m in range(4, 13)] + [f"2027-{m:02}" for m in range(1, 5)]
ONE = 1000000
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


def change(month, number, watch):
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
        if kind == "re-plan" and PERIOD[slot[1]] != "month":
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


def books(db):
    """Carried, in millionths, of every account."""
    return {(a["ledger"], a["account"]): round(float(a["carried"]) * ONE) for a in toban("ledger", db=db, at="2027-05-01T00:00")["accounts"]}


def excess(value):
    return max(0, abs(value) - ONE)


def smallest(kind, first, last, after):
    """The smallest sum of what deviations have beyond one duty that any turns of the period could leave, by cbc over numbers of turns: how many duties of each sort each
    member serves, at the centre at most two a month, every seat served. No rest, no wish, no leave is asked about, so no roster does better; and no code of toban is in it."""
    rows = [r for r in in_force(first, last) if r[3] == "primary"]
    days = {d["date"]: set(d["classes"]) for m in sorted({r[0][:7] for r in rows}) for d in toban("calendar", m, at=f"{first}-01T00:00")["days"]}
    rules, ints, goal = [], [], []
    for pool, (duties, ledgers) in enumerate(sorted(POOLS.items())):
        if not any(PERIOD[d] == kind for d in duties):
            continue
        seats, served, sort_of = {}, {}, {d: tuple(x for x, c in ledgers if c in days[d]) for d in days}
        for r in rows:
            if r[1] in duties:
                seats[sort_of[r[0]]] = seats.get(sort_of[r[0]], 0) + 1
                for x in sort_of[r[0]]:
                    served[x, r[5]] = served.get((x, r[5]), 0) + 1
        sorts, members = sorted(seats), sorted({k[1] for k in after if k[0] in dict(ledgers)})
        for k, sort in enumerate(sorts):
            rules.append(" + ".join(f"n_{pool}_{i}_{k}" for i in range(len(members))) + f" = {seats[sort]}")
        for i, who in enumerate(members):
            mine = [f"n_{pool}_{i}_{k}" for k in range(len(sorts))]
            ints += mine
            if kind == "month":
                rules.append(" + ".join(mine) + " <= 2")
            for x, _ in ledgers:
                if (x, who) not in after:
                    continue
                e, counted = f"e_{len(goal)}", [f"n_{pool}_{i}_{k}" for k, sort in enumerate(sorts) if x in sort]
                none = after[x, who] / ONE + served.get((x, who), 0)  # his balance if he served none of them
                goal.append(e)
                rules.append(f"{e} {''.join(' + ' + v for v in counted)} >= {none - 1:.6f}")
                rules.append(f"{e} {''.join(' - ' + v for v in counted)} >= {-none - 1:.6f}")
    lines = ["Minimize", " obj:"] + [" + " + g for g in goal] + ["Subject To"] + [f" r{k}: {r}" for k, r in enumerate(rules)] + ["General"] + [" " + v for v in ints] + ["End", ""]
    path = os.path.join(WORK, "turns.lp")
    with open(path, "w", encoding="ascii") as f:
        f.write("\n".join(lines))
    text = subprocess.run(["cbc", path, "sec", "60", "ratio", "0", "allow", "0", "solve"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False).stdout
    found = [x.split(":")[1] for x in text.splitlines() if x.startswith("Objective value:")]
    return round(float(found[0]) * ONE) if found and "Result - Optimal solution found" in text else 0


class Books:
    """What is beyond one duty whenever a period is published, beside the smallest possible and a year without changes."""

    def __init__(self):
        self.gaps = []

    def judge(self, kind, first, last):
        mine = {x for duties, ledgers in POOLS.items() if any(PERIOD[d] == kind for d in duties) for x, _ in ledgers}
        now, calm = ({k: v for k, v in books(db).items() if k[0] in mine} for db in (DB, QUIET))
        reached, least, quiet = sum(map(excess, now.values())), smallest(kind, first, last, now), sum(map(excess, calm.values()))
        beyond, far = sum(1 for v in now.values() if abs(v) > ONE), max(map(abs, now.values()))
        if kind == "month":
            self.gaps.append(reached - max(least, quiet))
        print(f"# {kind} {first} published: {beyond} of {len(now)} accounts beyond one duty, farthest {far / ONE:.2f}; beyond it in sum {reached / ONE:.2f},"
              f" smallest possible {least / ONE:.2f}, without changes {quiet / ONE:.2f}", flush=True)


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    toban("init", "--region", SAMPLE, at="2026-01-20T09:00")
    shutil.copyfile(DB, QUIET)
    watch, account, seats, changed, kinds, broken = Publications(), Books(), 0, 0, {}, []

    def publish(period, at):
        for db in (DB, QUIET):
            j = toban("plan", period, db=db, at=at)
            if j["status"] != "optimal" or j["open"]:
                broken.append(f"{period} planned: {j['status']}, {j['open']} open")
            toban("publish", at=at, db=db)

    publish("FY2026", "2026-02-10T09:00")
    publish("FY2026-H1", "2026-02-12T09:00")
    for i, month in enumerate(MONTHS[:n + 1]):
        eve = f"{MONTHS[i - 1]}-28T18:00" if i else "2026-03-20T09:00"
        if month == "2026-10":
            publish("FY2026-H2", eve)
            account.judge("half", "2026-10", "2027-03")
        if month == "2027-04":
            publish("FY2027", eve)
            account.judge("year", "2027-04", "2028-03")
            publish("FY2027-H1", eve)
            account.judge("half", "2027-04", "2027-09")
        publish(month, eve)
        if i:
            account.judge("month", month, month)
        if i == n:
            break
        total, done, events = change(month, i, watch)
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
    worst = max(account.gaps)
    ok(worst <= ONE // 2, f"when the centre's following month is published, all accounts together are at most {max(worst, 0) / ONE:.2f} of a duty farther beyond one duty than any turns could have left them,"
       " or than without changes", str(account.gaps))
    print(f"1..{shown}")
    sys.exit(failed > 0)


try:
    main()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
