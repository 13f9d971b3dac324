#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random regions: the program, cbc on the rows that it writes down, and HiGHS on the statement of the third hand (tests/oracle), which
shares nothing with ours and is the fairer rival. One line of JSON for each region.

    PYTHONPATH=tests python3 tests/bench/drawn.py BIN DIR FIRST COUNT LEAST MOST SECONDS     (a Python with scipy)

Takes COUNT regions whose program has LEAST to MOST columns, seeds from FIRST on."""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import time

from oracle import draw, program, question, run, toban


def timed(work):
    begun = time.monotonic()
    got = work()
    return time.monotonic() - begun, got


def cbc(path, seconds):
    line = ["cbc", str(path), "sec", str(seconds), "ratio", "0", "allow", "0", "solve", "solution", "/dev/null"]
    try:
        text = subprocess.run(line, capture_output=True, text=True, check=False, timeout=2 * seconds + 10).stdout
    except subprocess.TimeoutExpired:
        return None, False # it does not always look at its limit
    found = re.search(r"^Objective value:\s*(\S+)", text, re.M)
    none = "infeasible" in text
    return (float(found.group(1)) if found else None), none or "Result - Optimal solution found" in text


def one(seed, o):
    where = o.work / str(seed)
    shutil.rmtree(where, ignore_errors=True)
    question.write(draw.Draw(seed), where)
    options = argparse.Namespace(toban=o.toban, time=o.seconds, rosters=0)
    trial = run.Trial(where, options)
    q = trial.q
    if q.options() or not trial.publish():
        return None # a re-plan's rows are not written down
    problem = q.problem(trial.data.duties(*q.wide()) if q.before else [])
    if not problem.slots:
        return None
    model = where / "model.mps"
    trial.data.run("export", "model", *trial.data.period(q.first, q.last, q.duties), "--format", "mps", "--file", str(model), want=(0, 1))
    if not model.exists():
        return None # nothing to decide
    columns = len(set(re.findall(r"^ +(\S+) +\S+ +\S+", model.read_text().split("COLUMNS", 1)[1].split("RHS", 1)[0], re.M)))
    if not o.least <= columns <= o.most:
        return None
    ours, (_, answer) = timed(lambda: trial.data.plan(q.first, q.last, q.duties, "--time", str(o.seconds)))
    theirs, (value, known) = timed(lambda: cbc(model, o.seconds))
    highs, (status, best, _) = timed(lambda: program.best(problem, o.seconds))
    mine = answer["objective"] if answer and answer["status"] == "optimal" else None
    values = [v for v in (mine, value if known else None, best.objective if best is not None and status != "limit" else None) if v is not None]
    return {"seed": seed, "columns": columns, "toban": ours, "toban proven": answer is None or answer["status"] == "optimal",
            "cbc": theirs, "cbc proven": known, "highs": highs, "highs proven": status != "limit", "same": not values or max(values) - min(values) < 0.5}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("toban")
    a.add_argument("work", type=pathlib.Path)
    for name in ("first", "count", "least", "most", "seconds"):
        a.add_argument(name, type=int)
    o = a.parse_args()
    o.work.mkdir(parents=True, exist_ok=True)
    seed, found = o.first, 0
    while found < o.count:
        try:
            got = one(seed, o)
        except (run.Differ, toban.Failed) as e:
            print("drawn: seed %d: %s" % (seed, e), file=sys.stderr)
            raise SystemExit(1) from e
        shutil.rmtree(o.work / str(seed), ignore_errors=True)
        seed += 1
        if got:
            found += 1
            print(json.dumps(got), flush=True)


main()
