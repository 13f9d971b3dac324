#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every statement of `why` for every seat of one week of the sample, held against cbc and a recount from the exported program.

    every-why.py [PERIOD DUTY]      the week planned by itself with all its duties (clinics, pharmacies, night centre, rotation); or its seats in the draft of a longer PERIOD of one DUTY

The planned-again figures: the exported program (every row of it) with the column of the one who sits there fixed to 0 and the other's to 1 is solved by cbc from nothing, for each
other candidate of each seat. A proven difference must be cbc's optimum less the draft's, which cbc confirms too; an interval must hold it; "at least" must not exceed it; "impossible" must have
no solution, or no column, and then `check` finds a hard rule broken by him alone in that seat of an otherwise empty roster. The exchange: what the program's prices say of the draft with the two
exchanged, reckoned here; where that breaks a hard rule, so that it is no solution of the program, `check` of that roster as a file. At last wrong figures are planted, and each must be found.
"""
import collections
import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOBAN = os.path.join(ROOT, os.environ.get("B", "build"), "toban")
SAMPLE = os.path.join(ROOT, "rosters", "ishikawa-chuo")
WEEK = ("2026-12-07", "2026-12-13")
AT = "2026-10-10T09:00"
shown, failed = 0, 0


def ok(bad, name):
    """A line of TAP; `bad` lists what speaks against it."""
    global shown, failed
    shown, failed = shown + 1, failed + bool(bad)
    print(f"{'not ok' if bad else 'ok'} {shown} - {name}", flush=True)
    for text in bad[:5]:
        print(f"#   {text}")


class Program:
    """An exported program (free MPS), and what cbc says of it with some columns fixed."""

    def __init__(self, path):
        self.path, self.solved = path, 0
        self.kind, self.cost, self.cells, self.limit = {}, {}, collections.defaultdict(list), {}
        self.whole, self.top, self.least = {}, {}, {}  # per column: is it an integer; its bounds
        part, integer = "", False
        with open(path, encoding="ascii") as f:
            lines = f.read().split("\n")
        for line in lines:
            w = line.split()
            if line[:1] != " ":
                part = w[0] if w else ""
            elif part == "ROWS":
                self.kind[w[1]] = w[0]
            elif part == "COLUMNS" and w[1] == "'MARKER'":
                integer = w[2] == "'INTORG'"
            elif part == "COLUMNS":
                self.whole[w[0]] = integer
                for row, value in zip(w[1::2], w[2::2]):
                    if self.kind[row] == "N":
                        self.cost[w[0]] = int(value)
                    else:
                        self.cells[row].append((w[0], int(value)))
            elif part == "RHS":
                self.limit.update((row, int(value)) for row, value in zip(w[1::2], w[2::2]))
            elif part == "BOUNDS" and w[0] in ("UP", "FX"):
                self.top[w[2]], self.least[w[2]] = int(w[3]), int(w[3]) if w[0] == "FX" else 0
            else:
                raise SystemExit(f"Bail out! {part}, {line}: not read here")
        self.owners()
        self.split()

    def split(self):
        """Columns that no row joins, not even over others, do not touch each other: the optimum is the sum over such parts, and only the part that is asked about is solved again."""
        above = {c: c for c in self.whole}

        def top(c):
            while above[c] != c:
                above[c] = above[above[c]]
                c = above[c]
            return c

        for cells in self.cells.values():
            for c, _ in cells[1:]:
                above[top(c)] = top(cells[0][0])
        self.part = {c: top(c) for c in self.whole}
        self.rows_of, self.columns_of, by_column = collections.defaultdict(list), collections.defaultdict(list), collections.defaultdict(list)
        for row, cells in self.cells.items():
            self.rows_of[self.part[cells[0][0]]].append(row)
            for c, v in cells:
                by_column[c].append((row, v))
        for c, p in self.part.items():
            self.columns_of[p].append(c)
        self.head, self.found = {}, {}
        for p, columns in self.columns_of.items():
            columns.sort(key=lambda c: not self.whole[c])
            text, integer = ["NAME part FREE", "ROWS", " N cost"] + [f" {self.kind[r]} {r}" for r in self.rows_of[p]] + ["COLUMNS"], False
            for c in columns:
                if self.whole[c] != integer:
                    integer = self.whole[c]
                    text.append(f" M{integer:d} 'MARKER' '{'INTORG' if integer else 'INTEND'}'")
                text += [f" {c} {row} {v}" for row, v in [("cost", self.cost.get(c, 0))] + by_column[c]]
            if integer:
                text.append(" M0 'MARKER' 'INTEND'")
            self.head[p] = "\n".join(text + ["RHS"] + [f" R {r} {self.limit[r]}" for r in self.rows_of[p] if r in self.limit] + ["BOUNDS", ""])

    def cbc(self, path, name):
        """Its optimum; None: there is no solution."""
        self.solved += 1
        text = subprocess.run(["cbc", path, "ratio", "0", "allow", "0", "presolve", "off", "preprocess", "off", "heur", "off", "solve"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout
        if "infeasible" in text and "Objective value:" not in text:
            return None
        found = [float(x.split(":")[1]) for x in text.splitlines() if x.startswith("Objective value:")]
        if len(found) != 1 or "Result - Optimal solution found" not in text or abs(found[0] - round(found[0])) > 1e-3:
            raise SystemExit(f"Bail out! cbc on {name}: {text[-2000:]}")
        return round(found[0])

    def of_part(self, p, fixed):
        path = self.path + ".part"
        with open(path, "w", encoding="ascii") as f:
            f.write(self.head[p] + "".join(f" FX B {c} {fixed[c]}\n" if c in fixed else f" UP B {c} {self.top[c]}\n" if self.least[c] == 0 else f" FX B {c} {self.least[c]}\n" for c in self.columns_of[p]) + "ENDATA\n")
        return self.cbc(path, f"{p}, {fixed}")

    def optimum(self, fixed):
        """With these columns fixed; None: there is no solution."""
        total = 0
        for p in self.columns_of:
            mine = {c: v for c, v in fixed.items() if self.part[c] == p}
            if not mine and p not in self.found:
                self.found[p] = self.of_part(p, mine)
            got = self.of_part(p, mine) if mine else self.found[p]
            if got is None:
                return None
            total += got
        return total

    def owners(self):
        """Which columns a row prices: what its candidates leave or exceed. A step of a load stands in its own row and in that of the load around it."""
        rows = collections.defaultdict(list)  # of columns that are no candidates
        for row, cells in self.cells.items():
            for column, value in cells:
                if not column.startswith("x["):
                    rows[column].append((row, value))
        self.own = collections.defaultdict(list)
        for column, where in rows.items():
            mine = [(row, v) for row, v in where if not column.startswith("step[") or v < 0]
            if len(mine) != 1 or abs(mine[0][1]) != 1:
                raise SystemExit(f"Bail out! {column} stands in {where}: not reckoned here")
            self.own[mine[0][0]].append((self.cost.get(column, 0), self.top[column], column, mine[0][1]))
        self.by_column = collections.defaultdict(list)
        for row, cells in self.cells.items():
            own = {c for _, _, c, _ in self.own.get(row, [])}
            for column, value in cells:
                if column not in own:
                    self.by_column[column].append((row, value))
        self.alone = sum(c * self.least[x] for x, c in self.cost.items() if x not in rows and not x.startswith("x["))
        self.children = {row: {c.split("[")[1].split(",")[0] for c, v in cells if c.startswith("step[") and v > 0} for row, cells in self.cells.items() if row.startswith("load[")}

    def price(self, chosen):
        """Of these candidates; by increasing price each priced row takes what it needs."""
        total, sums = self.alone + sum(self.cost.get(c, 0) for c in chosen), collections.Counter()
        for column in chosen:
            for row, value in self.by_column[column]:
                sums[row] += value
        loads = {}

        def load(row):
            if row not in loads:
                loads[row] = sums[row] + sum(load(f"load[{k}]") for k in self.children[row])
            return loads[row]

        for row, mine in self.own.items():
            got = load(row) if row in self.children else sums[row]
            sign, limit = mine[0][3], self.limit.get(row, 0)
            missing = (limit - got) * sign
            if self.kind[row] != "E":
                missing = max(0, missing)
            if missing < 0 and row.startswith("cover["):
                raise SystemExit(f"Bail out! too many in {row}")
            for cost, top, _, _ in sorted(mine):
                n = min(top, missing)
                total, missing = total + cost * n, missing - n
            if missing:
                raise SystemExit(f"Bail out! {row} cannot take {missing} more")
        return total


class Sample:
    def __init__(self, period, duty):
        self.dir = tempfile.mkdtemp(prefix="toban-why.")
        self.db = os.path.join(self.dir, "a.db")
        self.words = [period, "--duty", duty]
        self.toban("init", "--region", SAMPLE)
        self.plan = self.toban("plan", *self.words)
        with sqlite3.connect(self.db) as c:
            self.rows = c.execute("SELECT date, duty, band, role, seat, provider FROM draft_seats WHERE draft = 1 AND provider IS NOT NULL ORDER BY date, duty, band, role, seat").fetchall()
        files = {f: os.path.join(self.dir, "model." + f) for f in ("mps", "names")}
        for f, path in files.items():
            self.toban("export", "model", *self.words, "--format", f, "--file", path)
        with open(files["names"], encoding="utf-8", newline="") as f:
            self.column = {(r["date"], r["duty"], r["band"], r["role"], r["provider"]): r["column"] for r in csv.DictReader(f)}
        self.program = Program(files["mps"])

    def toban(self, *words, db=None):
        p = subprocess.run([TOBAN, *words, "--db", db or self.db, "--by", "架空の事務局", "--at", AT, "--json"], capture_output=True, text=True, check=False)
        if p.returncode not in (0, 1):
            raise SystemExit(f"Bail out! toban {' '.join(words)}: exit {p.returncode}: {p.stderr.strip()}")
        return json.loads(p.stdout)

    def check(self, rows):
        path = os.path.join(self.dir, "roster.csv")
        with open(path, "w", encoding="utf-8", newline="") as f:
            csv.writer(f).writerows([("date", "duty", "band", "role", "seat", "provider"), *rows])
        return self.toban("check", *self.words, "--file", path)

    def names_hold(self):
        """All seats of the draft pinned in a copy: the columns that are fixed to 1 then are those that have their names."""
        db = os.path.join(self.dir, "pins.db")
        shutil.copyfile(self.db, db)
        for r in self.rows:
            self.toban("pin", "--seat", ":".join(r[1:2] + r[:1] + r[2:4]), "--provider", r[5], db=db)
        path = os.path.join(self.dir, "pins.mps")
        self.toban("export", "model", *self.words, "--format", "mps", "--file", path, db=db)
        fixed = {c for c, v in Program(path).least.items() if v and c.startswith("x[")}
        return fixed == {self.column[r[:4] + r[5:]] for r in self.rows}


def wrong_again(x, truth):
    """What is wrong with what is said of planning again; `truth` is the difference of cbc's optima, None: no roster."""
    how, least, most = x["replanned"], x.get("at_least"), x.get("difference")
    if how == "impossible":
        return truth is not None
    if how == "proven":
        return truth is None or truth < 0 or most != truth or least != truth or x["tie"] != (truth == 0)
    if how == "interval":
        return truth is None or not least <= truth <= most or x["tie"]
    return how != "unknown" or least is None or (truth is not None and truth < least)


def judge(s):
    program, base = s.program, s.plan["objective"]
    sitting = {r[:5]: r[5] for r in s.rows}
    told, bad = collections.Counter(), collections.defaultdict(list)
    kept = []  # (statement, truth, exchange), to plant wrong ones
    now = {s.column[r[:4] + r[5:]] for r in s.rows}
    if program.cbc(program.path, "the whole") != base or program.optimum({}) != base:
        bad["base"].append("cbc finds another optimum for the draft")
    if program.price(now) != base:
        bad["base"].append(f"the program's prices say {program.price(now)} of the draft, not {base}")
    asked = [r for r in s.rows if WEEK[0] <= r[0] <= WEEK[1]]
    for r in asked:
        seat, slot, who = f"{r[1]}:{r[0]}:{r[2]}:{r[3]}", r[:4], r[5]
        out = s.column[slot + (who,)]
        w = s.toban("why", "--seat", seat, "--of", who)
        there = {p for k, p in sitting.items() if k[:4] == slot}
        rivals = {x["provider"] for x in w["rivals"]}
        without = program.optimum({out: 0})
        if w["best"] != base or w["spared"] != ("impossible" if without is None else "proven") or (without is not None and w["spared_cost"] != without - base):
            bad["spared"].append(f"{seat} {who}: {w['spared']} {w.get('spared_cost')}, cbc {without}")
        missing = {k[4] for k in s.column if k[:4] == slot} - there - rivals
        if missing:
            bad["rivals"].append(f"{seat}: nothing is said of {missing}")
        for x in w["rivals"]:
            name = f"{seat} {who} {x['provider']}"
            column = s.column.get(slot + (x["provider"],))
            rows = [q if q != r else r[:5] + (x["provider"],) for q in s.rows
                    if not (r[3] == "primary" and q[:3] + (q[3],) == r[:3] + ("reserve",) and q[5] == x["provider"])]
            optimum = program.optimum({out: 0, column: 1}) if column else None
            truth = None if optimum is None else optimum - base
            if not column:
                told["no column"] += 1
                if not s.check([r[:4] + (1, x["provider"])])["hard"] or not x["reasons"]:
                    bad["column"].append(f"{name}: alone in that seat he breaks nothing, or no reason is given")
            if x["reasons"]:
                by_file = s.check(rows)
                exchange = by_file["objective"] - base
                if not by_file["hard"]:
                    bad["direct"].append(f"{name}: {x['reasons']}, but no hard rule is broken")
            else:
                told["reckoned"] += 1
                exchange = program.price({s.column[q[:4] + q[5:]] for q in rows}) - base
            told[x["replanned"]] += 1
            told["tie"] += bool(x.get("tie"))
            if wrong_again(x, truth):
                bad[x["replanned"]].append(f"{name}: {x['replanned']} {x.get('at_least')} {x.get('difference')}, cbc {truth}")
            if exchange != x["direct"]:
                bad["direct"].append(f"{name}: exchange {x['direct']}, recounted {exchange}")
            for key, whole in (("direct_parts", "direct"), ("difference_parts", "difference")):
                if key in x and sum(p["after"] - p["before"] for p in x[key]) != x[whole]:
                    bad["parts"].append(f"{name}: {key}")
            kept.append((x, truth))
    ok(bad["base"], f"the draft's objective is cbc's optimum and what the program's prices say of it ({base})")
    ok(bad["rivals"], f"every seat asked ({len(asked)}), and something said of every candidate of each ({len(kept)})")
    ok(bad["spared"], "to be spared costs the difference of two optima that cbc finds")
    ok(bad["proven"], f"every proven difference is that of two optima that cbc finds ({told['proven']}, of them {told['tie']} ties)")
    ok(bad["interval"], f"every interval holds the difference that cbc finds ({told['interval']})")
    ok(bad["unknown"], f'every "at least" is no more than the difference that cbc finds ({told["unknown"]})')
    ok(bad["impossible"] + bad["column"], f"who cannot sit there cannot: no solution by cbc, or a rule that he breaks there alone ({told['impossible']}, of them {told['no column']} without a column)")
    ok(bad["direct"], f"every exchange costs what the program's prices say of that roster ({told['reckoned']}), or check where a hard rule is broken ({len(kept) - told['reckoned']})")
    ok(bad["parts"], "and every figure is the sum of its parts")
    ok([] if all(told[k] for k in ("proven", "tie", "interval", "impossible")) else [str(told)], "statements of every kind were among them")
    plant(kept)
    print(f"# cbc solved {program.solved} programs")


def plant(kept):
    """One wrong figure after another in true statements: is each found?"""
    missed, planted = [], 0
    for x, truth in kept:
        for change in ({"difference": x.get("difference", 0) + 1}, {"difference": x.get("difference", 0) - 1}, {"at_least": x.get("at_least", 0) + 1}, {"tie": not x.get("tie")}, {"replanned": "impossible"}):
            key = next(iter(change))
            if x["replanned"] not in ("proven", "impossible") or (x["replanned"] == "impossible" and key == "replanned"):
                continue
            y = {**x, **change} if x["replanned"] == "proven" else {**x, "replanned": "proven", "at_least": 0, "difference": 0, "tie": False, **change}
            planted += 1
            if not wrong_again(y, truth):
                missed.append(f"{y} against {truth}")
        if truth is not None and x["replanned"] in ("interval", "unknown"):
            some = [{"at_least": truth + 1, "difference": truth + 2}] + ([{"at_least": truth - 2, "difference": truth - 1}] if x["replanned"] == "interval" else [])
            for change in some + [{"replanned": "impossible"}]:
                planted += 1
                if not wrong_again({**x, **change}, truth):
                    missed.append(f"{ {**x, **change} } against {truth}")
    ok(missed or ([] if planted else ["none planted"]), f"wrong figures, planted one by one, are found ({planted})")


def main():
    s = Sample(*(sys.argv[1:3] if len(sys.argv) > 2 else ("..".join(WEEK), "all")))
    try:
        ok([] if s.names_hold() else ["the columns pinned are not those named"], "the exported names are those of the columns that pins fix")
        judge(s)
    finally:
        shutil.rmtree(s.dir, ignore_errors=True)
    print(f"1..{shown}")
    sys.exit(failed > 0)


main()
