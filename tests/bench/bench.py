#!/usr/bin/env python3
"""Measures toban beside glpsol and cbc on the same exported models. See README.md here."""
import glob
import json
import math
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

B = os.environ.get("B", "build")
QUICK = bool(os.environ.get("BENCH_QUICK"))
ONLY = os.environ.get("BENCH_ONLY", "")
RUNS, LONG, LONG_RUNS = (1, 20.0, 1) if QUICK else (5, 20.0, 3)
LIMIT = 20 if QUICK else 60  # seconds that another solver gets
PATIENCE = 1.5 * LIMIT + 15  # until it is killed: reading the file and presolving are not always in its limit
WORK = tempfile.mkdtemp(prefix="toban-bench.")
SAMPLE = "rosters/ishikawa-chuo"
AT = ["--at", "2026-01-21T10:00"]
report = {"runs": RUNS, "limit": LIMIT, "cores": os.cpu_count(), "tables": []}


def run(argv, patience=None):
    """One process: wall and cpu seconds, peak memory in MB, status, stdout; killed after patience seconds (a solver that does not look at its limit)."""
    out = tempfile.TemporaryFile(dir=WORK)
    begun = time.monotonic()
    child = subprocess.Popen(argv, stdout=out, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    guard = threading.Timer(patience, child.kill) if patience else None
    if guard:
        guard.start()
    _, status, use = os.wait4(child.pid, 0)
    if guard:
        guard.cancel()
    wall = time.monotonic() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    out.seek(0)
    return {"wall": wall, "cpu": use.ru_utime + use.ru_stime, "mb": use.ru_maxrss / 1024,
            "status": child.returncode, "out": out.read().decode("utf-8", "replace")}


def several(once, runs=None, long_runs=LONG_RUNS):
    """Results of several runs of once(), fewer when one is long."""
    got = [once()]
    wanted = min(runs or RUNS, long_runs) if got[0]["wall"] > LONG else runs or RUNS
    while len(got) < wanted:
        got.append(once())
    return got


def median(values):
    values = [v for v in values if v is not None]
    return statistics.median(values) if values else None


def sum_up(got, **more):
    return {"runs": len(got), "wall": median(g["wall"] for g in got), "cpu": median(g["cpu"] for g in got),
            "mb": median(g["mb"] for g in got), **more}


# ---- solvers on a file ---------------------------------------------------------------------------

def toban_mip(path, runs=None):
    got = several(lambda: run([f"{B}/toban-mip", "--json", "--time", str(LIMIT), path]), runs)
    try:
        j = json.loads(got[0]["out"])
    except ValueError:
        j = {}
    return sum_up(got, objective=j.get("objective"), proven=j.get("status") == "optimal", proof=j.get("proof"), bound=j.get("bound"))


def cbc(path, runs=None):
    got = several(lambda: run(["cbc", path, "sec", str(LIMIT), "ratio", "0", "allow", "0", "solve", "solution", "/dev/null"], PATIENCE), runs, 1)
    text = got[0]["out"]
    found = re.search(r"^Objective value:\s*(\S+)", text, re.M)
    return sum_up(got, objective=float(found.group(1)) if found else None, proven="Result - Optimal solution found" in text)


def glpsol(path, runs=None):
    how = "--lp" if ".lp" in path else "--freemps"
    sol = os.path.join(WORK, "glpsol.sol")
    got = several(lambda: run(["glpsol", how, path, "--cuts", "--pcost", "--tmlim", str(LIMIT), "-o", sol], PATIENCE), runs)
    text = open(sol, encoding="utf-8").read() if os.path.exists(sol) else ""
    found = re.search(r"^Objective:\s*\S+ = (\S+)", text, re.M)
    status = re.search(r"^Status:\s*(.*)", text, re.M)
    known = bool(status) and "UNDEFINED" not in status.group(1) and "EMPTY" not in status.group(1)
    if os.path.exists(sol):
        os.unlink(sol)
    return sum_up(got, objective=float(found.group(1)) if found and known else None,
                  proven=bool(status) and status.group(1).strip() == "INTEGER OPTIMAL")


OTHERS = {"cbc": cbc, "glpsol": glpsol}

# ---- printing --------------------------------------------------------------------------------------


def text_of(v, digits=2):
    if v is None:
        return "-"
    if isinstance(v, bool):
        return "yes" if v else "no"
    if isinstance(v, float):
        return f"{v:.{digits}f}"
    return str(v)


def table(name, note, columns, rows):
    report["tables"].append({"name": name, "note": note, "rows": rows})
    cells = [[text_of(r.get(c), 3 if c in ("objective", "bound") else 2) for c in columns] for r in rows]
    width = [max(len(c), *(len(x[i]) for x in cells)) for i, c in enumerate(columns)]
    print(f"\n## {name}\n{note}\n")
    print("  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(columns, width))))
    for x in cells:
        print("  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(x, width))))
    sys.stdout.flush()


def against(ours, theirs):
    """Our share of their seconds."""
    return ours / theirs if ours is not None and theirs else None


def same(a, b, proven=True):
    if a is None or b is None or not proven:
        return None
    return abs(a - b) <= 1e-4 * max(1.0, abs(b))


# ---- plans -----------------------------------------------------------------------------------------

PARTS = ["load", "build", "generate", "solve", "check", "store"]


def new_db(region=SAMPLE):
    db = os.path.join(WORK, "start.db")
    if os.path.exists(db):
        os.unlink(db)
    subprocess.run([f"{B}/toban", "init", "--region", region, "--db", db, "--at", "2026-01-20T09:00"], check=True, stdout=subprocess.DEVNULL)
    return db


def plan(start, period, duties, runs=None, seconds=120):
    """Medians of whole runs, database to stored draft, and of their parts."""
    db = os.path.join(WORK, "t.db")

    def once():
        shutil.copyfile(start, db)
        argv = [f"{B}/toban", "plan", period, "--db", db, "--json", "--time", str(seconds), *AT]
        for d in duties:
            argv += ["--duty", d]
        got = run(argv)
        got["json"] = json.loads(got["out"]) if got["out"].startswith("{") else {}
        return got

    got = several(once, runs)
    j = got[0]["json"]
    seconds = [g["json"].get("seconds", {}) for g in got]
    parts = {k: median(s.get(k) for s in seconds) for k in PARTS}
    peak = median(max(g["mb"], g["json"].get("child_peak_kb", 0) / 1024) for g in got)
    row = sum_up(got, objective=j.get("objective"), proven=j.get("status") == "optimal", proof=j.get("proof"), open=j.get("open"),
                 candidates=j.get("candidates"), columns=j.get("columns"), rows=j.get("rows"), steps=j.get("steps"), **parts)
    row["mb"] = peak
    if j.get("objective"):
        row["gap %"] = 100 * j.get("gap", 0) / abs(j["objective"])
    return row


def export(period, name, form="mps"):
    path = os.path.join(WORK, name + "." + form)
    subprocess.run([f"{B}/toban", "export", "model", period, "--format", form, "--file", path, "--db", os.path.join(WORK, "t.db")],
                   check=True, stdout=subprocess.DEVNULL)
    return path


def plan_beside(start, name, period, duties, others, runs=None, other_runs=None):
    ours = plan(start, period, duties, runs)
    mps = export(period, name.replace(" ", "-"))
    rows = [{"work": name, "by": "toban", **ours}]
    for other in others:
        r = OTHERS[other](mps, 1 if other == "glpsol" else other_runs)
        rows.append({"work": name, "by": other, **r, "same optimum": same(r["objective"], ours["objective"], r["proven"]),
                     "solve/theirs": against(ours["solve"], r["wall"]), "whole/theirs": against(ours["cpu"], r["cpu"])})
    os.unlink(mps)
    return rows


WHOLE = ["work", "by", "runs", "wall", "cpu", "mb", "objective", "proven", "same optimum", "solve/theirs", "whole/theirs"]
INSIDE = ["work", "wall", *PARTS, "candidates", "columns", "rows", "proof"]


def sample():
    start = new_db()
    works = [("all duties 2026-12", "2026-12", ["all"], ["cbc"] if QUICK else ["cbc", "glpsol"]),
             ("centre 2026-12", "2026-12", [], ["cbc"]),
             ("clinics half year", "FY2026-H1", [], ["cbc"])]
    rows = []
    for name, period, duties, others in works:
        rows += plan_beside(start, name, period, duties, others)
    table("The sample region", "database to stored draft (toban); the exported model alone (cbc; glpsol once)", WHOLE, rows)
    table("Where the time goes", "seconds inside toban plan, medians", INSIDE, [r for r in rows if r["by"] == "toban"])


def months():
    start = new_db()
    rows = []
    for i in [8, 9] if QUICK else range(12):
        period = f"{2026 + (i + 3) // 12}-{(i + 3) % 12 + 1:02d}"
        rows += plan_beside(start, period, period, ["all"], ["cbc"] if not QUICK and i % 3 == 2 else [], None, 1)
    ours = [r for r in rows if r["by"] == "toban"]
    theirs = [r for r in rows if r["by"] == "cbc"]
    rows.append({"work": "median", "by": "toban", "wall": median(r["wall"] for r in ours), "cpu": median(r["cpu"] for r in ours)})
    rows.append({"work": "worst", "by": "toban", "wall": max(r["wall"] for r in ours), "cpu": max(r["cpu"] for r in ours)})
    if theirs:
        rows.append({"work": "median", "by": "cbc", "solve/theirs": median(r["solve/theirs"] for r in theirs),
                     "whole/theirs": median(r["whole/theirs"] for r in theirs)})
    table("All duties of each month", "one program a month, nothing published before; cbc once for every third", WHOLE, rows)
    table("Where the time goes, months", "seconds inside toban plan, medians", INSIDE, ours)


def published():
    rows = []
    for path in sorted(glob.glob("tests/bench/*/*.lp.gz")):
        name = os.path.basename(path)[:-len(".lp.gz")]
        ours = toban_mip(path)
        rows.append({"work": name, "by": "toban-mip", **ours})
        for other in ["cbc"] if QUICK else ["cbc", "glpsol"]:
            r = OTHERS[other](path, 1 if other == "glpsol" or QUICK else 3)
            rows.append({"work": name, "by": other, **r, "same optimum": same(r["objective"], ours["objective"], r["proven"] and ours["proven"]),
                         "solve/theirs": against(ours["wall"], r["wall"])})
    table("Published instances", "tests/bench/README.md names the sources; glpsol once each", WHOLE[:-1], rows)


def spans():
    start = new_db()
    rows = plan_beside(start, "three months", "2026-10-01..2026-12-31", ["all"], [] if QUICK else ["cbc"], None, 1)
    if not QUICK:
        year = plan(start, "FY2026", ["all"], 3, 58)
        rows.append({"work": "fiscal year, 58 s allowed", "by": "toban", **year})
    table("The region over longer spans", "all duties in one program, database to stored draft (toban); the exported model alone (cbc, once)", WHOLE + ["gap %"], rows)
    table("Where the time goes, spans", "seconds inside toban plan, medians", INSIDE, [r for r in rows if r["by"] == "toban"])


def pools():
    """One pool, one fiscal year, one program."""
    start = new_db()
    rows = []
    for name, duties in [("rotation", []), ("night-paed", ["night-paed"]), ("night-internal", ["night-internal"])][:1 if QUICK else 3]:
        rows += plan_beside(start, f"{name} FY2026", "FY2026", duties, ["cbc"], None, 3)
    table("One pool, one fiscal year", "18 hospitals, the paediatricians' and the internists' nights; database to stored draft (toban), the exported model alone (cbc)", WHOLE, rows)


def whatif():
    """One change in the month: the optimum without somebody, from nothing and from the last basis."""
    start, db, tool = new_db(), os.path.join(WORK, "t.db"), os.path.join(WORK, "whatif")
    libs = subprocess.run(["pkg-config", "--libs", "sqlite3", "libical", "jansson", "libqrencode", "libmicrohttpd", "zlib"], check=True, capture_output=True, text=True).stdout.split()
    subprocess.run([*os.environ.get("CC", "gcc").split(), "-std=c17", "-D_GNU_SOURCE", "-O2", "-Iinclude", "tests/bench/whatif.c", f"{B}/libtoban.a", *libs, "-lglpk", "-lm", "-pthread", "-o", tool], check=True)
    rows = []
    for name, duties in [("all duties 2026-12", ["all"]), ("centre 2026-12", [])]:
        plan(start, "2026-12", duties, 1)
        got = run([tool, db, "2026-12", "8" if QUICK else "40", f"{B}/toban"])
        said = json.loads(got["out"])
        rows.append({"work": name, **said, "same optima": said["different"] == 0, "warm/cold": against(said["warm"], said["cold"])})
    table("What if: one change in the month", "seconds of the solve, medians over seats: somebody kept out of his seat, from nothing (cold) and from the last basis (warm)",
          ["work", "questions", "same optima", "cold", "warm", "warm_worst", "warm/cold"], rows)


def grown(n):
    """The pool of make-pool.py with n doctors, planned for a month."""
    folder = os.path.join(WORK, f"pool-{n}")
    os.makedirs(folder)
    subprocess.run([sys.executable, "tests/bench/make-pool.py", str(n), os.path.join(folder, "region.json")], check=True)
    return new_db(folder)


def growth():
    """Time and memory by size: pools of 50 to 2,000 doctors; build/growth.svg shows them."""
    rows = []
    for n in [50, 100, 200] if QUICK else [50, 100, 200, 500, 1000, 2000]:
        start = grown(n)
        rows += [{**r, "doctors": n} for r in plan_beside(start, f"{n} doctors", "2026-12", [], ["cbc"] if n in (200, 2000) and not QUICK else [], None if n < 1000 else 1 if QUICK else 3, 1)]
    table("Growth with size", "one month of one pool, database to stored draft (toban); the exported model alone (cbc)", WHOLE + ["candidates"], rows)
    with open(os.path.join(B, "growth.svg"), "w", encoding="utf-8") as f:
        f.write(curves([r for r in rows if r["by"] == "toban"]))


def curves(rows):
    """An SVG of seconds and megabytes over doctors, both axes logarithmic."""
    left, top, wide, high = 60, 30, 480, 300
    xs = [r["doctors"] for r in rows]
    lines = [("秒 processor seconds", "cpu", "6 0"), ("MB", "mb", "2 3")]
    low, up = -2, 3  # powers of ten

    def at(x, v):
        across = (math.log10(x) - math.log10(xs[0])) / (math.log10(xs[-1]) - math.log10(xs[0]) or 1)
        return left + wide * across, top + high * (1 - (math.log10(max(v, 10 ** low)) - low) / (up - low))

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + wide + 200} {top + high + 50}" font-family="sans-serif" font-size="13">',
           '<rect width="100%" height="100%" fill="#fff"/>']
    for k in range(low, up + 1):
        y = at(xs[0], 10.0 ** k)[1]
        out.append(f'<path d="M{left} {y:.1f}h{wide}" stroke="#ccc"/><text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0 ** k:g}</text>')
    for x in xs:
        out.append(f'<text x="{at(x, 1)[0]:.1f}" y="{top + high + 18}" text-anchor="middle">{x}</text>')
    out.append(f'<text x="{left + wide / 2}" y="{top + high + 38}" text-anchor="middle">医師の数 doctors in the pool, one month</text>')
    for name, key, dash in lines:
        points = [at(r["doctors"], r[key]) for r in rows]
        out.append(f'<path d="M{" L".join(f"{x:.1f} {y:.1f}" for x, y in points)}" fill="none" stroke="#000" stroke-width="2" stroke-dasharray="{dash}"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
        out.append(f'<text x="{points[-1][0] + 8:.1f}" y="{points[-1][1] + 4:.1f}">{name}</text>')
    return "\n".join(out + ["</svg>", ""])


def information():
    """HiGHS compiled to WebAssembly, from the npm registry: slower than its native build, so for information only."""
    where = os.path.join(B, "bench-highs")
    os.makedirs(where, exist_ok=True)
    if not os.path.isdir(os.path.join(where, "node_modules", "highs")):
        got = subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", where, "highs@1.15.3"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if got.returncode:
            print("\n## HiGHS: the npm registry cannot be reached")
            return
    start = new_db()
    rows = []
    for name, period, duties in [("centre 2026-12", "2026-12", []), ("all duties 2026-12", "2026-12", ["all"]), ("rotation FY2026", "FY2026", [])][:1 if QUICK else 3]:
        ours = plan(start, period, duties)
        lp = export(period, name.replace(" ", "-"), "lp")
        got = run(["node", "--stack-size=4000", "tests/bench/highs.js", os.path.join(where, "node_modules", "highs"), lp, str(LIMIT)], PATIENCE)
        said = json.loads(got["out"]) if got["out"].startswith("{") else {}
        rows += [{"work": name, "by": "toban", **ours},
                 {"work": name, "by": "highs (WebAssembly)", **sum_up([got]), "objective": said.get("objective"), "proven": said.get("status") == "Optimal",
                  "same optimum": same(said.get("objective"), ours["objective"], said.get("status") == "Optimal"),
                  "solve/theirs": against(ours["solve"], got["wall"]), "whole/theirs": against(ours["cpu"], got["cpu"])}]
        os.unlink(lp)
    table("For information: HiGHS as WebAssembly", "the exported model alone, in node", WHOLE, rows)


def many(start, count):
    """A data file for each of so many regions, one month of all duties, two processes at a time."""
    for i in range(count):
        shutil.copyfile(start, os.path.join(WORK, f"many-{i}.db"))
    begun = time.monotonic()
    running, peak, fine = [], 0.0, 0
    for i in range(count + 2):
        if i >= 2:
            _, status, use = os.wait4(running[i - 2].pid, 0)
            running[i - 2].returncode = os.waitstatus_to_exitcode(status)
            fine += running[i - 2].returncode == 0
            peak = max(peak, use.ru_maxrss / 1024)
        if i < count:
            month = ["2026-04", "2026-06", "2026-10", "2026-12"][i % 4]
            running.append(subprocess.Popen([f"{B}/toban", "plan", month, "--duty", "all", "--db", os.path.join(WORK, f"many-{i}.db"), *AT],
                                            stdout=subprocess.DEVNULL))
    return {"work": f"{count} regions, a file each, two at a time", "by": "toban", "runs": 1, "wall": time.monotonic() - begun,
                 "mb": peak, "proven": fine == count}


def regions():
    """Regions that share nobody: four months of the sample stand for four regions in one program; 64 regions are 64 files."""
    start = new_db()
    parts, total = [], 0
    for month in ["2026-04", "2026-06", "2026-10", "2026-12"]:
        total += plan(start, month, ["all"], 1)["objective"]
        parts.append(export(month, "region-" + month))
    joined = os.path.join(WORK, "four.mps")
    subprocess.run([sys.executable, "tests/bench/make-regions.py", joined, *parts], check=True)
    ours = toban_mip(joined)
    rows = [{"work": "four regions, one program", "by": "toban-mip", **ours, "same optimum": same(ours["objective"], total)}]
    if not QUICK:
        r = cbc(joined, 1)
        rows.append({"work": "four regions, one program", "by": "cbc", **r, "same optimum": same(r["objective"], total, r["proven"]),
                     "solve/theirs": against(ours["wall"], r["wall"]), "whole/theirs": against(ours["cpu"], r["cpu"])})
    rows += [many(start, n) for n in ([4] if QUICK else [16, 64])]
    table("Several regions", "four programs of the sample's months joined into one; then a data file for each region, one month", WHOLE, rows)


def drawn():
    """Random regions of every kind, and two rivals: cbc on our rows, HiGHS on a statement that shares nothing with ours."""
    python = next((p for p in ("python3", "/usr/bin/python3") if subprocess.run([p, "-c", "import scipy"], capture_output=True).returncode == 0), None)
    if not python:
        print("\nno Python with scipy is here (sh src/tools/deps.sh test): random regions are not measured")
        return
    some, limit = (5, 20) if QUICK else (50, LIMIT)
    argv = [python, "tests/bench/drawn.py", f"{B}/toban", os.path.join(WORK, "drawn"), "1", str(some), "300", "1500", str(limit)]
    got = [json.loads(x) for x in subprocess.run(argv, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": "tests"}).stdout.splitlines()]
    rows = []
    for by in ("toban", "cbc", "highs"):
        walls = sorted(r[by] for r in got)
        rows.append({"work": f"{some} random regions", "by": by, "wall": median(walls), "worst": walls[-1], f"open at {limit} s": sum(not r[by + " proven"] for r in got),
                     "solve/theirs": None if by == "toban" else median(r["toban"] / r[by] for r in got)})
    report["drawn"] = got
    table("Random regions", f"{min(r['columns'] for r in got)} to {max(r['columns'] for r in got)} columns, each with its publication and history; toban: the whole command with check and certificate; proven optima are equal: "
          f"{all(r['same'] for r in got)}", ["work", "by", "wall", "worst", f"open at {limit} s", "solve/theirs"], rows)


def replan():
    """Each doctor of a published December ill in turn: the re-plan with the fewest changes, and cbc with nothing but their number as its objective."""
    toban = [f"{B}/toban"]
    db, rows = new_db(), []
    at = ["--at", "2026-11-10T09:00"]
    for command in [["plan", "2026-12"], ["publish"]]:
        subprocess.run(toban + command + ["--db", db, *at], check=True, stdout=subprocess.DEVNULL)
    duties = subprocess.run(toban + ["duties", "2026-12", "--json", "--db", db, *at], check=True, capture_output=True, text=True).stdout
    seats = [s["provider"] for s in json.loads(duties)["duties"] if "open" not in s]
    for who in sorted(set(seats))[::4 if QUICK else 1]:
        ill = os.path.join(WORK, "ill.db")
        shutil.copyfile(db, ill)
        got = run(toban + ["plan", "2026-12", "--keep", "1000", "--without", who, "--json", "--db", ill, *at])
        j = json.loads(got["out"])
        model = os.path.join(WORK, "ill.mps")
        subprocess.run(toban + ["export", "model", "2026-12", "--format", "mps", "--file", model, "--db", ill], check=True, stdout=subprocess.DEVNULL)
        fewest = subprocess.run([sys.executable, "tests/fewest.py", model, str(len(seats))], capture_output=True, text=True, check=True).stdout.strip()
        rows.append({"work": who, "his seats": seats.count(who), "changed": j["changes"], "open": j["open"], "proven": j["status"] == "optimal",
                     "cbc: fewest": fewest.split(" ")[-1], "same": f"{j['open']} {j['changes']}" == fewest, "wall": got["wall"]})
    rows.append({"work": f"{len(rows)} doctors", "his seats": sum(r["his seats"] for r in rows), "changed": sum(r["changed"] for r in rows), "open": sum(r["open"] for r in rows),
                 "proven": all(r["proven"] for r in rows), "same": all(r["same"] for r in rows), "wall": median(r["wall"] for r in rows)})
    table("Each December doctor ill in turn", "re-plan with the fewest changes; cbc on the same rows with changes alone as its objective; the last line sums up (wall: median)",
          ["work", "his seats", "changed", "open", "proven", "cbc: fewest", "same", "wall"], rows)


def feeds():
    """The calendars: rendering, and requests beside nginx serving the same file."""
    lines = [json.loads(x) for x in subprocess.run(["bash", "tests/bench/feeds.sh", "1" if QUICK else "5"], check=True, capture_output=True, text=True).stdout.splitlines()]
    render, polls = lines[0], [x for x in lines if x["name"] == "feeds.polls-render"]
    table("Ten thousand events", "one calendar with backup hospitals written, read back and linted; processor seconds, best of five; the aim is 0.2",
          ["events", "bytes", "cpu_seconds"], [render])
    rows = [x for x in lines if x["name"] == "feeds.http" and "status" in x]
    if not rows:
        print("\nwrk or nginx is not here (sh src/tools/deps.sh bench): requests are not measured")
        return
    table("A feed of about 20 kB over loopback", f"wrk, one thread, 32 connections, client and server on the same cores; cpu_us_each: the server's. Rendered meanwhile: {polls[0]['renders_after'] - polls[0]['renders_before']}. "
          "Ten thousand subscribers who ask every five minutes ask 33 times a second", ["server", "connection", "status", "bytes", "per_second", "p50", "p99", "cpu_us_each"], rows)


def journal():
    """Rollback journal or write-ahead log (decision 9): wishes and readings as whole commands."""
    print("\n## The journal of the data file\n", flush=True)
    subprocess.run(["python3", "tests/bench/journal.py", "0.2" if QUICK else "1"], check=True)


def entries():
    """What a clerk waits for: whole commands on the sample, one after the other and from twenty writers at once; the aims are in the note."""
    db = os.path.join(WORK, "entries.db")
    demo = os.path.join(B, "demo", "toban.db")
    if os.path.exists(demo):
        shutil.copy(demo, db)
    else:
        shutil.copy(new_db(), db)
        for command in [["plan", "2026-12", "--duty", "night-internal", "--duty", "night-paed"], ["publish"]]:
            subprocess.run([f"{B}/toban"] + command + ["--db", db, "--at", "2026-10-10T09:00"], check=True, stdout=subprocess.DEVNULL)
    c = lambda *words: [f"{B}/toban", *words, "--db", db, "--at", "2026-12-01T09:00", "--by", "見本"]
    # an older file is brought up to date by whoever writes first
    subprocess.run(c("wish", "--survey", "night-2027-01", "--provider", "d-int-010", "--type", "like", "--from", "2027-01-31"), check=True, stdout=subprocess.DEVNULL)
    subprocess.run(c("plan", "2027-01", "--duty", "night-internal", "--duty", "night-paed"), check=False, stdout=subprocess.DEVNULL)
    with sqlite3.connect(db) as q:
        seats = q.execute("SELECT duty || ':' || date || ':' || band, provider FROM draft_seats WHERE draft = (SELECT max(id) FROM drafts) AND role = 'primary' AND provider IS NOT NULL "
                          "AND duty = 'night-internal' ORDER BY date LIMIT 25").fetchall()
        doctors = [p for (p,) in q.execute("SELECT provider FROM members WHERE duty = 'night-internal' ORDER BY provider LIMIT 40")]
    days = ["2027-01-%02d" % d for d in range(1, 29)]
    wish = lambda who, day: c("wish", "--survey", "night-2027-01", "--provider", who, "--type", "rather-not", "--from", day)

    def timed(argvs):
        walls = []
        cpu = os.times()
        for argv in argvs:
            began = time.monotonic()
            r = subprocess.run(argv, capture_output=True, text=True)
            if r.returncode not in (0, 1):
                sys.exit(f"{argv}: {r.stderr}")
            walls.append(time.monotonic() - began)
        now = os.times()
        return sorted(walls), (now.children_user + now.children_system - cpu.children_user - cpu.children_system) / len(argvs)

    def row(work, walls, cpu, **more):
        return {"work": work, "n": len(walls), "wall": median(walls), "p95": walls[len(walls) * 95 // 100], "cpu": cpu, **more}

    rows = [row("a wish", *timed([wish(doctors[0], d) for d in days]))]
    size = os.path.getsize(db)
    edits = [a for seat, who in seats for a in (c("unassign", "--seat", seat, "--provider", who), c("assign", "--seat", seat, "--provider", who))]
    rows.append(row("an edit", *timed(edits)))
    rows[-1]["bytes each"] = (os.path.getsize(db) - size) / len(edits)
    rows.append(row("an undo", *timed([c("undo")] * 20)))
    walls = []
    lock = threading.Lock()

    def writer(who):
        for day in days[:10]:
            began = time.monotonic()
            code = subprocess.run(wish(who, day), capture_output=True).returncode
            with lock:
                walls.append(time.monotonic() - began)
            if code:
                sys.exit(f"a wish of twenty writers: {code}")

    threads = [threading.Thread(target=writer, args=(who,)) for who in doctors[1:21]]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    rows.append(row("a wish, 20 writers at once", sorted(walls), None))
    out = os.path.join(WORK, "out")
    for name, words in (("export all", []), ("export all with the routing table", ["--routing", "2026-12-01..2027-01-03"])):
        if words and not os.path.exists(demo):
            continue
        export_all = c("export", "all", "--out", out, *words)
        rows.append(row(name + ", everything proven", *timed([export_all + ["--prove"]])))
        rows.append(row(name + ", proofs known", *timed([export_all] * (1 if QUICK else 5))))
    disk = subprocess.run(["findmnt", "-no", "SOURCE,FSTYPE", "-T", WORK], capture_output=True, text=True).stdout.split()
    load = os.getloadavg()[0]
    table("What a clerk waits for", f"whole commands on the sample, on {' '.join(disk)}; load when it began to print: {load:.1f}; the aims: a wish and an edit 0.05 s, an edit 4 kB, a wish of twenty writers 1 s at p95, "
          "export all 1 s when its proofs are known", ["work", "n", "wall", "p95", "cpu", "bytes each"], rows)


def seats_of(db, duties):
    """Filled seats of December in the drafts of a data file, as SEAT and PROVIDER."""
    out = subprocess.run(["sqlite3", "-separator", " ", db,
                          "SELECT DISTINCT duty || ':' || date || ':' || band || iif(role = 'reserve', ':reserve', ''), provider FROM draft_seats "
                          f"WHERE provider IS NOT NULL AND date BETWEEN '2026-12-01' AND '2026-12-31' {duties} ORDER BY 1, 2"], check=True, stdout=subprocess.PIPE)
    rows = [line.split() for line in out.stdout.decode().splitlines()]
    return rows[::8] if QUICK else rows


def asked(db, rows, command):
    """One question for each seat: (seat, provider, run, answer)."""
    for seat, who in rows:
        got = run([f"{B}/toban", *command(seat, who), "--json", "--db", db, "--at", "2026-10-20T09:00"])
        yield seat, who, got, json.loads(got["out"]) if got["out"].startswith("{") else {}


# the hospitals' council approves the drafts of its rotation before they are published
APPROVE = "d=$(%s/toban circulate --db %s | tail -n 1); case $d in *rotation-*) %s/toban approve $(echo $d | cut -d' ' -f1) --date 2026-01-20 --by council --db %s --at 2026-10-10T09:00;; esac"


def approved(db):
    subprocess.run(["sh", "-c", APPROVE % (B, db, B, db)], check=True, stdout=subprocess.DEVNULL)


def replace():
    """Each December doctor, clinic and hospital drops out in turn; everybody of the duty is tried by check beside it (build/tests/t_replace_all)."""
    db = os.path.join(WORK, "replace.db")
    shutil.copyfile(new_db(), db)
    for period in ["FY2026", "FY2026-H2", "2026-12"]:
        for argv in [["plan", period], ["publish"]]:
            if argv == ["publish"]:
                approved(db)
            run([f"{B}/toban", *argv, "--db", db, *AT])
    got = list(asked(db, seats_of(db, ""), lambda seat, who: ["replace", "--seat", seat, "--provider", who, "--published", "--most", "1"]))
    brute = {}
    for line in run([f"{B}/tests/t_replace_all", db, "2026-12-01", "2026-12-31"])["out"].splitlines():
        seat, who, how = line.split()
        brute[seat, who] = how != "0"
    rows = []
    for name, those in [("all duties of December", got), ("the centre's doctors", [g for g in got if g[0].startswith("night-")])]:
        first = [g[3]["substitutes"][0] if g[3].get("substitutes") else {"hard": 1, "reserve": False} for g in those]
        rows.append({"work": name, "seats": len(those), "wall": median(g[2]["wall"] for g in those), "wall max": max(g[2]["wall"] for g in those), "cpu": median(g[2]["cpu"] for g in those),
                     "cpu max": max(g[2]["cpu"] for g in those), "over 0.3 s": sum(g[2]["wall"] > 0.3 for g in those), "somebody can": sum(brute.get((g[0], g[1]), False) for g in those),
                     "first can": sum(f["hard"] == 0 for f in first), "from reserve": sum(f["reserve"] for f in first),
                     "agree": all(brute.get((g[0], g[1])) == (f["hard"] == 0) for g, f in zip(those, first))})
    table("Somebody drops out", "toban replace, one process for each seat; 'somebody can': tried one by one by check alone, nobody else moved",
          ["work", "seats", "wall", "wall max", "cpu", "cpu max", "over 0.3 s", "somebody can", "first can", "from reserve", "agree"], rows)


def why():
    """Why this person: every seat of the centre's month, every other one of the pool."""
    db = os.path.join(WORK, "why.db")
    shutil.copyfile(new_db(), db)
    run([f"{B}/toban", "plan", "2026-12", "--db", db, *AT])
    rows = []
    for name, duties in [("paediatrics", "AND duty = 'night-paed'"), ("internal medicine", "AND duty = 'night-internal'")]:
        got = list(asked(db, seats_of(db, duties), lambda seat, who: ["why", "--seat", seat, "--of", who]))
        rivals = [r for g in got for r in g[3].get("rivals", [])]
        rows.append({"work": name, "seats": len(got), "wall": median(g[2]["wall"] for g in got), "wall max": max(g[2]["wall"] for g in got), "cpu": median(g[2]["cpu"] for g in got),
                     "rivals": len(rivals), "solved": sum(r["solved"] for r in rivals), "exact unsolved": sum(r["replanned"] == "proven" and not r["solved"] for r in rivals),
                     "impossible": sum(r["replanned"] == "impossible" for r in rivals), "intervals": sum(r["replanned"] == "interval" for r in rivals), "at least": sum(r["replanned"] == "unknown" for r in rivals),
                     "nearest proven": all(g[3].get("rivals") and g[3]["rivals"][0]["replanned"] in ("proven", "impossible") for g in got)})
    table("Why this person", "toban why, one process for each seat of December: both figures for everybody else of the pool",
          ["work", "seats", "wall", "wall max", "cpu", "rivals", "solved", "exact unsolved", "impossible", "intervals", "at least", "nearest proven"], rows)


def route():
    """The routing table of the sample's December and New Year."""
    db = os.path.join(B, "demo", "toban.db")
    if not os.path.exists(db):
        db = new_db()
        for command in [["plan", "2026-12-01..2027-01-03", "--duty", "all"], ["publish"]]:
            if command == ["publish"]:
                approved(db)
            subprocess.run([f"{B}/toban"] + command + ["--db", db, "--at", "2026-10-10T09:00"], check=True, stdout=subprocess.DEVNULL)
    lines = [json.loads(x) for x in subprocess.run(["bash", "tests/bench/route.sh", db], check=True, capture_output=True, text=True).stdout.splitlines()]
    table("The routing table", "built, every cell proven by a second implementation, written; the aims: a month within 60 s, 2 MB", ["period", "cells", "bytes", "wall", "cpu", "peak_kb"], lines[:2])
    table("Look-up", "the first answer from start (best of nine; aim 0.05 s), reading the file alone and a million random questions (aim 1 s on one core, 8 MB); the libraries the program is linked with take "
          f"{lines[2]['peak_kb_of_help']} kB of its memory", ["name", "wall", "cpu", "peak_kb", "ms", "seconds", "cpu_seconds"], lines[2:])


def office():
    """The office's pages in a browser, from a press to what is seen."""
    modules = subprocess.run(["bash", "tests/interop/modules.sh"], capture_output=True, text=True, check=False).stdout.strip()
    browser = next((p for p in (os.environ.get("CHROMIUM", ""), "/usr/bin/chromium") if p and os.path.exists(p)), None)
    if not modules or not browser:
        print("\nno chromium or no playwright-core is here (sh src/tools/deps.sh interop): the office is not measured")
        return
    db = os.path.join(WORK, "office.db")
    for f in (db, db + ".office"):
        if os.path.exists(f):
            os.unlink(f)
    at = ["--at", "2026-11-20T10:00"]
    for words in (["init", "--region", "rosters/ishikawa-chuo"], ["plan", "2026-12"]):
        subprocess.run([f"{B}/toban", *words, "--db", db, *at], check=True, capture_output=True)
    subprocess.run([f"{B}/toban", "user", "add", "bench", "--name", "計測", "--db", db], check=True, capture_output=True, text=True, input="himitsu-no-kotoba\n")
    got = json.loads(subprocess.run(["node", "tests/bench/office.js", f"{B}/toban", db, at[1], "5" if QUICK else "20"], check=True, capture_output=True, text=True,
                                    env={**os.environ, "MODULES": modules, "CHROMIUM": browser}).stdout)
    report["office"] = got
    rows = [{"what": what, "ms": round(got[key], 1), "at most": most} for what, key, most in
            (("the month's page", "month_ms", 100), ("a press to the verdict", "verdict_ms", 50), ("the list of a seat", "list_ms", 150),
             ("the list, asked for on focus", "list_fetched_ms", 50))]
    table("The office in a browser", f"medians; the month: {got['month_bytes']} bytes on the wire, {got['month_nodes']} nodes", ["what", "ms", "at most"], rows)


SECTIONS = {"office": office, "feeds": feeds, "journal": journal, "entries": entries, "route": route, "sample": sample, "replan": replan, "whatif": whatif, "spans": spans, "pools": pools, "growth": growth, "regions": regions, "drawn": drawn, "months": months, "published": published, "information": information, "replace": replace, "why": why}


def main():
    begun = time.monotonic()
    try:
        for name, section in SECTIONS.items():
            if ONLY in name:
                section()
        report["seconds"] = time.monotonic() - begun
        os.makedirs(B, exist_ok=True)
        with open(os.path.join(B, "bench.json"), "w", encoding="utf-8") as f:
            json.dump(report, f, indent=1, ensure_ascii=False)
            f.write("\n")
        print(f"\n{report['seconds']:.0f} s in all; every figure is in {B}/bench.json")
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


main()
