#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fiscal year of the sample as an office lives through it, with everybody who depends on it looking on after each step.

rehearsed.py [MONTHS]     April 2026 and the months after it, 12 unless told (tests/cli/rehearsed.sh plays a few)

Survey, plans and publications; each month about 5 % of the centre's seats change; two closings, two changes of hours, an illness in the night, imports, a telephone that
changes, New Year, attendance, accounts. After each step:
- a server is asked by subscribers: vdirsyncer with khal, python3-icalendar, and, where npm's registry can be reached, ical.js and node-ical. Each must show exactly the
  seats that are in force for the feed, at the hours that were published, and those taken away as cancelled; what stands there is reckoned here from the seats' table and
  the region's files (tests/oracle), not from any of the program's forms;
- what has begun is byte for byte what it was: events of every watched feed, rows of roster.csv, answers of `duties`;
- the books are right to the millionth: every publication's slots are reckoned again by tests/oracle/books.py with the tables of that moment.
TAP on standard output. People and events are fictitious (架空).
"""
import collections
import csv
import datetime as dt
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from oracle import books, days, region, world  # noqa: E402

TOBAN = str(ROOT / os.environ.get("B", "build") / "toban")
INTEROP = ROOT / "tests" / "interop"
WORK = pathlib.Path(tempfile.mkdtemp(prefix="toban-year."))
DB = WORK / "year.db"
PYTHON = "/usr/bin/python3"
ENV = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONDONTWRITEBYTECODE": "1"}
MONTHS = [f"{y}-{m:02}" for y, m in [(2026, m) for m in range(4, 13)] + [(2027, m) for m in range(1, 4)]]
OFFICE = "架空の事務局"
CANCELLED_DAYS = 30
FEEDS = ["p:h-01", "p:c-int-01", "p:d-int-012", "p:d-ped-03", "d:night-paed", "d:night-internal", "d:clinic-internal"]

shown = failed = 0


def ok(good, name, more=""):
    global shown, failed
    shown, failed = shown + 1, failed + (not good)
    print(f"{'ok' if good else 'not ok'} {shown} - {name}", flush=True)
    if not good and more:
        print("\n".join("#   " + line for line in str(more).splitlines()[:12]), flush=True)


def run(*words, at=None, may=(0,), by=OFFICE):
    words = [TOBAN, *map(str, words), "--db", str(DB), "--by", by, *(["--at", at] if at else [])]
    p = subprocess.run(words, capture_output=True, text=True, env=ENV, check=False)
    if p.returncode not in may:
        raise SystemExit(f"Bail out! {' '.join(words)}: exit {p.returncode}\n{p.stdout[-1500:]}{p.stderr[-1500:]}")
    return p


def ask(*words, at=None, may=(0,)):
    out = run(*words, "--json", at=at, may=may).stdout
    return json.loads(out) if out else None


def rows_of(sql, *values):
    with sqlite3.connect(f"file:{DB}?mode=ro", uri=True) as c:
        return c.execute(sql, values).fetchall()


def minute(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=None)


def hours_of(w, slot):
    """Its intervals as instants."""
    zero = dt.datetime.combine(slot.date, dt.time())
    return [tuple(zero + dt.timedelta(minutes=m - days.midnight(slot.date)) for m in part) for part in w.intervals(slot)]


class Year:
    """What was published, kept here by the tables alone."""

    def __init__(self):
        self.hours = {}      # slot -> [(start, end)], as published
        self.need = {}       # slot -> seats
        self.in_force = {}   # (slot, seat) -> provider
        self.lost = {}       # provider -> slots he had once
        self.entries = {}    # slot -> {(ledger, account): (accrued, done)}
        self.turn = {}       # (slot, provider) -> whose turn it is
        self.came = {}       # (slot, seated) -> who came, None: nobody
        self.opening = {}
        self.last = 0
        self.steps = 0
        self.past = {}       # what was seen of the past: (form, key) -> bytes
        self.tokens = {}

    # ---- the tables -----------------------------------------------------------------------

    def tables(self, at):
        where = WORK / "tables"
        shutil.rmtree(where, ignore_errors=True)
        run("export", "region", where, at=at)
        return world.World(region.read(where))

    def follow(self, at, facts=False):
        """Everything published since the last look, by the tables of this moment."""
        w = self.world = self.tables(at)
        now = minute(at)
        for (n,) in rows_of("SELECT number FROM publications WHERE number > ? ORDER BY number", self.last):
            decided = set()
            for duty, draft, a, z in rows_of("SELECT duty, draft, \"from\", \"to\" FROM rosters WHERE publication = ?", n):
                for d, band, role in rows_of("SELECT DISTINCT date, band, role FROM draft_seats WHERE draft = ? AND duty = ? AND date BETWEEN ? AND ?", draft, duty, a, z):
                    decided.add(world.Slot(duty, days.date(d), band, role))
                for d, band, role, p, of in rows_of("SELECT date, band, role, provider, turn_of FROM turns WHERE draft = ? AND duty = ?", draft, duty):
                    self.turn[world.Slot(duty, days.date(d), band, role), p] = of
            for duty, a, z in rows_of("SELECT duty, \"from\", \"to\" FROM withdrawals WHERE publication = ?", n):
                decided |= {s for s in self.hours if s.duty == duty and a <= s.date.isoformat() <= z}
            for duty, d, band, role, seat, p in rows_of("SELECT duty, date, band, role, seat, provider FROM publication_seats WHERE publication = ?", n):
                slot = world.Slot(duty, days.date(d), band, role)
                before = self.in_force.pop((slot, seat), None)
                if before is not None:
                    self.lost.setdefault(before, set()).add(slot)
                if p is not None:
                    self.in_force[slot, seat] = p
            for slot in decided:
                if slot not in self.hours or self.hours[slot][0][0] > now:
                    self.hours[slot], self.need[slot] = hours_of(w, slot), w.need(slot)
                    self.enter(slot)
            self.last = n
        if facts:
            for slot in self.hours:
                if self.hours[slot][0][0] > now:
                    self.hours[slot] = hours_of(w, slot)

    # ---- the books ------------------------------------------------------------------------

    def enter(self, slot):
        """What the slot comes to, of those who sit there, by the tables of now."""
        w, entry = self.world, collections.Counter()
        seated = [p for (s, _), p in self.in_force.items() if s == slot]
        for ledger in w.t["ledgers"]:
            if not books.counts(w, ledger, slot):
                continue
            done = []
            for p in seated:
                who = self.came.get((slot, p), p)
                turn = self.turn.get((slot, p)) if w.duties[slot.duty]["swaps"] == "neutral" else None
                if who is not None:
                    done.append(turn or who)
            names = [books.account(w, ledger, p, slot, slot.date) for p in done]
            held = sum(books.books_hold(w, ledger, p, slot, n) for p, n in zip(done, names))
            parts = books.accrual(w, ledger, slot, held)
            for who, part in parts.items():
                name = who if ledger["scope"] == "share" else books.account(w, ledger, who, slot, slot.date)
                if name:
                    entry[ledger["id"], name] += part
            if any(parts.values()):
                for name in names:
                    if name:
                        entry[ledger["id"], name] -= books.MILLION
        self.entries[slot] = entry

    def carried(self):
        out = collections.Counter()
        for r in self.world.t["balances"]:
            out[r["ledger"], r["account"]] += books.millionths(r["carried"])
        for entry in self.entries.values():
            out.update(entry)
        return out

    def judge_books(self, at, what):
        told = {(a["ledger"], a["account"]): round(float(a["carried"]) * books.MILLION) for a in ask("ledger", at=at)["accounts"]}
        mine = self.carried()
        bad = [f"{k}: told {told.get(k)}, reckoned {mine.get(k, 0)}" for k in sorted(set(told) | {k for k, v in mine.items() if v}) if told.get(k, 0) != mine.get(k, 0)]
        ok(not bad, f"{what}: {len(told)} accounts are right to the millionth", f"{len(bad)} differ\n" + "\n".join(bad[:8]))

    # ---- the feeds ------------------------------------------------------------------------

    def wanted(self, feed, at):
        """Starts of the events that a subscriber must see, and of those that are cancelled."""
        today, who = minute(at).date(), feed[2:]
        if feed[0] == "p":
            first = dt.date(today.year - (1 if today.month >= 4 else 2), 4, 1)
            his = lambda p, s: p == who or (who, p) in self.world.links("owns", s.date)  # one calendar for each human
            mine = [s for (s, _), p in self.in_force.items() if his(p, s)]
            gone = [s for p, lost in self.lost.items() for s in lost if his(p, s) and (p, s) not in {(q, x) for (x, _), q in self.in_force.items()}]
        else:
            first = (today - dt.timedelta(62)).replace(day=1)
            seated = collections.Counter(s for s, _ in self.in_force if s.duty == who)
            mine, gone = [s for s in self.need if s.duty == who for _ in range(max(self.need[s], seated[s]))], []  # an open seat is 調整中
        gone = [s for s in gone if self.hours[s][-1][1].date() + dt.timedelta(CANCELLED_DAYS) >= today]
        return tuple(sorted(a.strftime("%Y-%m-%dT%H:%M") for s in slots if s.date >= first for a, _ in self.hours[s]) for slots in (mine, gone))

    def look(self, at, what):
        """Every subscriber after a step; what is past stays as it was."""
        self.steps += 1
        server = Server(at)
        try:
            for feed in FEEDS:
                server.get(self.tokens[feed], WORK / "get" / (feed.replace(":", "-") + ".ics"))
            server.sync()
        finally:
            server.stop()
        wrong = []
        for feed in FEEDS:
            live, gone = self.wanted(feed, at)
            for client, lines in clients(feed.replace(":", "-")):
                got = [x for x in lines if not x[2].startswith("お知らせ")]
                seen = tuple(sorted(x[0] for x in got if (x[1] == "CANCELLED") == c) for c in (False, True))
                if seen != (live, gone):
                    more = [sorted((collections.Counter(a) - collections.Counter(b)).elements())[:4] for a, b in zip(seen + (live, gone), (live, gone) + seen)]
                    wrong.append(f"{feed} by {client}: too many {more[0]}, cancelled {more[1]}; missing {more[2]}, cancelled {more[3]}")
        ok(not wrong, f"{what}: {len(FEEDS)} feeds are shown as published by {', '.join(CLIENTS)}", "\n".join(wrong))
        self.judge_past(at, what)
        self.judge_books(at, what)

    # ---- the past -------------------------------------------------------------------------

    def judge_past(self, at, what):
        now, seen, late = minute(at), {}, []
        for feed in FEEDS:
            text = (WORK / "get" / (feed.replace(":", "-") + ".ics")).read_text("utf-8").replace("\r\n ", "")
            for event in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text, re.S):
                start = re.search(r"DTSTART[^:]*:(\d{8}T\d{4})", event)[1]
                if dt.datetime.strptime(start, "%Y%m%dT%H%M") < now and "お知らせ" not in event:
                    seen["event of " + feed, re.search(r"UID:(\S+)", event)[1]] = event
        out = WORK / "csv"
        shutil.rmtree(out, ignore_errors=True)
        run("export", "all", "--out", out, at=at)
        with open(out / "roster.csv", encoding="utf-8-sig", newline="") as f:
            for row in csv.DictReader(f):
                row.pop("edition")  # of the whole file
                if row["date"] < at[:10]:
                    seen["roster.csv", tuple(row[k] for k in ("date", "duty", "band", "role", "seat"))] = json.dumps(row, ensure_ascii=False)
        for key, text in self.past.items():
            if key in seen and seen[key] != text:
                late.append(f"{key}: {text} became {seen[key]}")
            elif key not in seen and key[0] == "roster.csv":
                late.append(f"{key} is gone")
        self.past.update(seen)
        ok(not late, f"{what}: {len(self.past)} events and rows of the past are as they were", f"{len(late)} changed\n" + "\n".join(late[:5]))


class Server:
    """As long as it lives: the feeds at an instant, at the same address each time."""
    port = 0

    def __init__(self, at):
        if not Server.port:
            with socket.socket() as s:
                s.bind(("127.0.0.1", 0))
                Server.port = s.getsockname()[1]
        with open(WORK / "serve.err", "ab") as err:
            self.p = subprocess.Popen([TOBAN, "serve", "--port", str(Server.port), "--db", str(DB), "--at", at, "--lang", "en"], stdout=subprocess.DEVNULL, stderr=err, env=ENV)
        for _ in range(600):
            try:
                self.read("/health")
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("Bail out! the server does not answer: " + (WORK / "serve.err").read_text()[-500:])

    def read(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{Server.port}{path}", timeout=60) as r:
            return r.read()

    def get(self, token, path):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(self.read(f"/ics/{token}/toban.ics"))

    def sync(self):
        p = subprocess.run(["vdirsyncer", "-c", str(WORK / "vd.conf"), "sync"], capture_output=True, text=True, env=ENV, check=False)
        if p.returncode:
            raise SystemExit("Bail out! vdirsyncer: " + p.stdout[-800:] + p.stderr[-800:])

    def stop(self):
        self.p.send_signal(signal.SIGTERM)
        self.p.wait(30)


def subscribe(tokens):
    khal = ["[locale]", "local_timezone = Asia/Tokyo", "default_timezone = Asia/Tokyo", "timeformat = %H:%M", "dateformat = %Y-%m-%d", "longdateformat = %Y-%m-%d",
            "datetimeformat = %Y-%m-%d %H:%M", "longdatetimeformat = %Y-%m-%d %H:%M", "[calendars]"]
    vd = ["[general]", f'status_path = "{WORK}/vd/status/"']
    for feed, token in tokens.items():
        name = feed.replace(":", "-")
        (WORK / "vd" / name).mkdir(parents=True)
        khal += [f"[[{name}]]", f"path = {WORK}/vd/{name}"]
        vd += [f"[pair {name.replace('-', '_')}]", f'a = "{name.replace("-", "_")}_feed"', f'b = "{name.replace("-", "_")}_local"', "collections = null", 'conflict_resolution = "a wins"',
               f"[storage {name.replace('-', '_')}_feed]", 'type = "http"', f'url = "http://127.0.0.1:{Server.port}/ics/{token}/toban.ics"',
               f"[storage {name.replace('-', '_')}_local]", 'type = "filesystem"', f'path = "{WORK}/vd/{name}"', 'fileext = ".ics"']
    (WORK / "config" / "khal").mkdir(parents=True)
    (WORK / "config" / "khal" / "config").write_text("\n".join(khal) + "\n")
    (WORK / "vd.conf").write_text("\n".join(vd) + "\n")
    subprocess.run(["vdirsyncer", "-c", str(WORK / "vd.conf"), "discover"], input="y\n" * 40, capture_output=True, text=True, env=ENV, check=True)


def lines_of(*words, env=None):
    p = subprocess.run([str(x) for x in words], capture_output=True, text=True, env={**ENV, **(env or {})}, check=False)
    return p.stdout.splitlines()


def clients(name):
    ics = WORK / "get" / (name + ".ics")
    if "khal" in CLIENTS:
        xdg = {"XDG_CONFIG_HOME": f"{WORK}/config", "XDG_CACHE_HOME": f"{WORK}/k", "XDG_DATA_HOME": f"{WORK}/k"}
        out = lines_of("khal", "list", "--once", "--day-format", "", "-a", name, "--format", "{start-date}T{start-time}{tab}{status}{tab}{title}", "2025-04-01", "2027-12-31", env=xdg)
        yield "khal", [(a.strip(), b.strip(), c.strip()) for a, b, c in (x.split("\t") for x in out if x.count("\t") == 2)]
    for client, words in (("icalendar", [PYTHON, INTEROP / "feed_state.py", "--lines", ics]), ("ical.js", ["node", INTEROP / "feed_state.js", "icaljs", MODULES, ics]),
                          ("node-ical", ["node", INTEROP / "feed_state.js", "node-ical", MODULES, ics])):
        if client in CLIENTS:
            yield client, [tuple(x.split("\t")) for x in lines_of(*words)]


# ---- what an office does ----------------------------------------------------------------------


class Office:
    def __init__(self, year):
        self.y = year
        self.count = collections.Counter()

    def plan_and_publish(self, at, period, *more, note=""):
        j = ask("plan", period, *more, "--time", "120", at=at, may=(0, 1, 5))
        ok(j["status"] == "optimal" and not j["open"], f"{at[:10]}: {period} {' '.join(more)} is planned: {j['status']}, {j['open']} open")
        self.publish(at, j["draft"], note)
        return j

    def publish(self, at, draft, note=""):
        approve(at, draft)
        run("publish", "--draft", draft, *(["--note", note] if note else []), at=at)
        self.count["publications"] += 1
        self.y.follow(at)

    def seats(self, month, duty, role="primary"):
        return sorted((s, n, p) for (s, n), p in self.y.in_force.items() if s.duty == duty and s.role == role and s.date.isoformat().startswith(month))

    def ill(self, at, slot, who):
        """He cannot: the first whom `replace` ranks and who breaks nothing takes the seat."""
        for x in ask("replace", "--seat", seat(slot), "--provider", who, "--published", "--most", "40", at=at)["substitutes"]:
            if x["hard"]:
                break
            got = ask("swap", "ask", "--seat", seat(slot), "--provider", who, "--to", x["provider"], "--phone", "急病、電話で承諾", at=at, may=(0, 1, 6))
            if got and "swap" in got:
                run("swap", "approve", got["swap"], at=at)
                run("swap", "publish", got["swap"], at=at)
                self.y.follow(at)
                self.count["replaced"] += 1
                return x["provider"]
        return None

    def exchange(self, at, slot, who, others):
        for other, _, p in others:
            if p == who or other.date == slot.date or other.date.isoformat() <= at[:10]:
                continue
            got = ask("swap", "ask", "--seat", seat(slot), "--provider", who, "--with", seat(other), "--partner", p, "--note", "学会", at=at, may=(0, 1, 6))
            if got and "swap" in got:
                run("swap", "agree", got["swap"], "--provider", p, at=at)
                run("swap", "approve", got["swap"], at=at)
                run("swap", "publish", got["swap"], at=at)
                self.y.follow(at)
                self.count["swapped"] += 1
                return True
        return False

    def month_of_changes(self, month):
        """About 5 % of the centre's seats, in turn by illness and by exchange."""
        for duty in ("night-internal", "night-paed"):
            rows = self.seats(month, duty)
            for k in range(max(2, len(rows) // 20)):
                slot, _, who = rows[(k * 19 + 7) % len(rows)]
                day = max(1, slot.date.day - 4)
                at = f"{month}-{day:02}T10:{k:02}"
                if slot.date.isoformat() <= at[:10] or self.y.in_force.get((slot, 1)) != who:
                    continue
                if k % 2 == 0:
                    self.ill(at, slot, who)
                else:
                    self.exchange(at, slot, who, self.seats(month, duty)[::-1])

    def attend(self, month, at):
        """Every seat of two duties has its record; one doctor did not come and another did, one night nobody came."""
        rows = [r for duty in ("night-internal", "night-paed") for r in self.seats(month, duty)]
        pool = sorted({p for _, _, p in self.seats(month, "night-internal")})
        for k, (slot, n, who) in enumerate(r for r in rows if self.y.hours[r[0]][0][0] < minute(at)):
            if (slot, who) in self.y.came:
                continue  # entered on the morning after
            words = ["--patients", 5 + k % 9, "--referred", k % 2, "--light", 4]
            came = who
            if k == 3 and slot.duty == "night-internal":
                came = next(p for p in pool if p != who and not any(s.date == slot.date and q == p for (s, _), q in self.y.in_force.items()))
                words += ["--came", came, "--reason", "急病の代わり"]
            if k == 11:
                came, words = None, ["--came", "nobody", "--reason", "大雪"]
            run("attend", seat(slot), "--seated", who, *words, at=at)
            self.count["attended"] += 1
            if came != who:
                self.y.came[slot, who] = came
                self.y.enter(slot)

    def tell(self, at, entity, rows):
        """An import of a few rows of one table."""
        path = WORK / f"{entity}.csv"
        with open(path, "w", encoding="utf-8", newline="") as f:
            w = csv.DictWriter(f, list(rows[0]))
            w.writeheader()
            w.writerows(rows)
        run("import", path, "--entity", entity, at=at)
        self.count["imports"] += 1

    def facts(self, at):
        run("publish", "--facts", at=at)
        self.count["facts"] += 1
        self.y.follow(at, facts=True)


def seat(slot):
    return f"{slot.duty}:{slot.date}:{slot.band}" + (":reserve" if slot.role == "reserve" else "")


def approve(at, draft):
    """Where the body wants it: the meeting's day and number, by another hand than the planner's."""
    run("approve", draft, "--date", at[:10], "--number", f"第{draft}号", at=at, by="架空の協議会")


def main():
    global CLIENTS, MODULES
    started = time.time()
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    p = subprocess.run(["bash", str(INTEROP / "modules.sh")], capture_output=True, text=True, cwd=ROOT, env=ENV, check=False)
    MODULES = p.stdout.strip() if p.returncode == 0 else ""
    CLIENTS = ["khal", "icalendar"] + (["ical.js", "node-ical"] if MODULES else [])
    year = Year()
    office = Office(year)

    # The survey: what the sample holds, and one more wish by telephone.
    run("init", "--region", ROOT / "rosters" / "ishikawa-chuo", at="2026-01-20T09:00")
    office.plan_and_publish("2026-02-10T10:00", "FY2026", note="令和8年度 病院群輪番")
    office.plan_and_publish("2026-02-12T10:00", "FY2026-H1", note="上期 在宅当番医")
    Server("2026-02-12T11:00").stop()
    for feed in FEEDS:
        kind, ident = ("duty", feed[2:]) if feed[0] == "d" else (None, feed[2:])
        year.tokens[feed] = ask("token", "issue", *([kind] if kind else []), ident, at="2026-02-12T11:00")["token"]
    subscribe(year.tokens)
    year.look("2026-02-12T12:00", "the year's rotation and the first half of the clinics")

    for i, month in enumerate(MONTHS[:n]):
        eve = f"{MONTHS[i - 1]}-28T18:00" if i else "2026-03-18T18:00"
        if month == "2026-10":
            office.plan_and_publish(eve.replace("T18", "T17"), "FY2026-H2", note="下期 在宅当番医")
        office.plan_and_publish(eve, month, note=f"{month} 急病センター")
        if month == "2026-12":
            office.plan_and_publish(eve.replace("T18", "T19"), "年末年始", "--duty", "all", note="年末年始")
        year.look(eve.replace("T18", "T20"), f"{month} is published")
        office.month_of_changes(month)
        year.look(f"{month}-27T12:00", f"{month} with its changes")
        if month in EVENTS:
            EVENTS[month](office, year)
        if i:
            office.attend(MONTHS[i - 1], f"{month}-28T10:00")
            year.look(f"{month}-28T12:00", f"attendance of {MONTHS[i - 1]}")
    ok(office.count["replaced"] and (n < 3 or office.count["swapped"]), f"what was done: {dict(office.count)}")
    print(f"# {year.steps} looks in {(time.time() - started) / 60:.1f} minutes, {sum(len(v) for v in year.hours.values())} intervals, {len(year.past)} things of the past held")
    print(f"1..{shown}")
    sys.exit(failed > 0)


def closing(who, last):
    """A clinic closes for good: its seats after that are mended, one by one, as the list of what waits says."""
    def event(office, year):
        month = next(m for m, e in EVENTS.items() if e is event)
        at = f"{month}-28T09:00"
        office.tell(at, "providers", [{"id": who, "left": last}])
        for (slot, _), p in sorted(year.in_force.items()):
            if p == who and slot.date.isoformat() > last and slot.date.isoformat() > at[:10]:
                taker = office.ill(at, slot, who)
                ok(taker is not None, f"{who} closes: {seat(slot)} is taken by {taker}")
        year.look(f"{month}-28T09:30", f"{who} has closed")
    return event


def new_hours(duty, band, **cells):
    def event(office, year):
        month = next(m for m, e in EVENTS.items() if e is event)
        at = f"{month}-28T09:40"
        office.tell(at, "bands", [{"duty": duty, "id": band, **cells}])
        year.look(f"{month}-28T09:41", f"{duty}: other hours are in the tables, nothing is published")
        office.facts(f"{month}-28T09:45")
        year.look(f"{month}-28T09:50", f"{duty}: the other hours are published")
    return event


def from_a_day(duty, band, first, **cells):
    """Known long before: other hours from a day on. Nothing that is published moves, on that day or before."""
    def event(office, year):
        month = next(m for m, e in EVENTS.items() if e is event)
        office.tell(f"{month}-28T09:40", "amendments", [{"what": "bands", "key": f"{duty}/{band}", "field": f, "from": first, "value": v} for f, v in cells.items()])
        office.facts(f"{month}-28T09:45")
        year.look(f"{month}-28T09:50", f"{duty}: other hours from {first} are published")
    return event


def telephone(who, number):
    def event(office, year):
        month = next(m for m, e in EVENTS.items() if e is event)
        office.tell(f"{month}-28T09:40", "providers", [{"id": who, "phone": number}])
        year.look(f"{month}-28T09:41", f"{who}: another telephone is in the tables")
        office.facts(f"{month}-28T09:45")
        year.look(f"{month}-28T09:50", f"{who}: another telephone is published")
    return event


def night_illness(office, year):
    """At ten in the evening he cannot go on; another comes, and the morning after it is entered."""
    month = "2026-09"
    slot, _, who = next(x for x in office.seats(month, "night-internal") if x[0].date.day == 27)
    at = f"{slot.date}T22:00"
    other = next(p for p in sorted({p for _, _, p in office.seats(month, "night-internal")}) if p != who and not any(s.date == slot.date and q == p for (s, _), q in year.in_force.items()))
    run("override", "substitute", "--provider", who, "--duty", slot.duty, "--to", other, "--until", f"{slot.date + dt.timedelta(1)}T09:00", "--reason", "急病", "--source", "本人の電話", at=at)
    year.look(f"{slot.date}T22:10", f"{who} falls ill in the night")
    run("attend", seat(slot), "--seated", who, "--came", other, "--patients", 9, "--referred", 1, "--light", 7, "--reason", "夜中の急病", at=f"{slot.date + dt.timedelta(1)}T09:30")
    year.came[slot, who] = other
    year.enter(slot)
    year.look(f"{slot.date + dt.timedelta(1)}T10:00", "the morning after")


EVENTS = {"2026-05": telephone("centre", "076-000-0098"), "2026-06": closing("c-int-05", "2026-07-31"), "2026-07": new_hours("clinic-internal", "day", reception="16:00"),
          "2026-09": night_illness, "2026-11": closing("c-ped-02", "2026-12-15"), "2026-12": from_a_day("night-internal", "night", "2027-02-01", **{"from": "19:00"})}

if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
