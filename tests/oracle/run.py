"""The program and the third hand, one beside the other. TAP.

    python3 -m oracle.run --toban BIN --work DIR [--seeds A B] [--time S] [DIRECTORY ...]

A directory holds question.json and region/ (cases, or what a failure has kept). Whatever fails stays in DIR."""
import argparse
import collections
import pathlib
import random
import shutil

from . import draw, mutate, program, question, toban
from .judge import Verdict


class Differ(Exception):
    pass


def same(what, mine, its):
    if mine != its:
        raise Differ("%s: the oracle has %s, the program %s" % (what, mine, its))


def told(rows, key):
    out = collections.Counter()
    for row in rows:
        out[row["rule"]] += row[key]
    return {k: v for k, v in out.items() if v}


def compare_check(problem, roster, answer):
    v = Verdict(problem, roster)
    same("hard rules broken", dict(v.hard), told(answer["broken_hard_rules"], "excess"))
    same("cost of soft rules", {k: c for k, c in v.soft.items() if c > 0}, told(answer["broken_rules"], "cost"))
    mine = {(*map(str, k), n) for k, n in v.open.items()}
    same("open seats", mine, {(o["duty"], o["date"], o["band"], o["role"], o["open"]) for o in answer["open_slots"]})
    same("objective", v.objective, answer["objective"])
    return v


class Trial:
    def __init__(self, directory, options):
        self.q, self.o = question.Question(directory), options
        self.data = toban.Toban(options.toban, self.q.region, directory / "data", self.q.at)

    def publish(self):
        """What is published before; False when a plan of it has no roster."""
        for b in self.q.before:
            _, answer = self.data.plan(b["first"], b["last"], b["duties"], "--time", str(self.o.time))
            if answer is None:
                return False
            self.data.run("publish", want=(0,))
        return True

    def plan(self, problem):
        """Objective, bound and status beside the optimum of our program. The draft's seats, None: there is none."""
        q = self.q
        _, answer = self.data.plan(q.first, q.last, q.duties, "--time", str(q.time or self.o.time), *q.options())
        status, best, roster = program.best(problem, q.time or self.o.time)
        if best is not None and best.hard:
            raise Differ("the oracle's program breaks what the oracle counts: %s" % dict(best.hard))
        if status != "limit":
            same("is there a roster", status != "none", answer is not None)
        if answer is None:
            return None
        if best is not None:
            if answer["status"] == "optimal":
                same("optimum", best.objective, answer["objective"])
            if not answer["bound"] <= best.objective <= answer["objective"]:
                raise Differ("optimum %d is not between bound %d and objective %d" % (best.objective, answer["bound"], answer["objective"]))
        self.judged(answer, best)
        seats = [s for s in self.data.draft(q.first, q.last, q.duties) if s.slot in problem.slots]
        same("objective of the draft", Verdict(problem, seats).objective, answer["objective"])
        same("hard rules broken in the draft", {}, dict(Verdict(problem, seats).hard))
        return seats

    def judged(self, answer, best):
        """The stored draft, counted anew, and its bound from the certificate."""
        _, again = self.data.run("check", want=(0, 1))
        same("agreement with what is stored", True, again["agrees"])
        if answer["proof"] == "certificate":
            same("bound of the certificate", answer["objective"], again["bound"])
        if best is not None and again["bound"] is not None and again["bound"] > best.objective:
            raise Differ("the certificate's bound %d is above the optimum %d" % (again["bound"], best.objective))

    def run(self):
        """In a word, what was compared."""
        q = self.q
        if not self.publish():
            return "nothing could be published before"
        published = self.data.duties(*q.wide()) if q.before else []
        problem = q.problem(published)
        if not problem.slots:
            return "no slot"
        seats = self.plan(problem)
        if q.again:
            return "%d seats again" % len(problem.kept)
        # A roster made by hand is the whole of its period: what is published there stands in it.
        seats = (seats or []) + [s for s in published if s.slot.duty in q.duties and q.first <= s.slot.date <= q.last]
        problem = q.problem(published, whole=True)
        r = random.Random(str(q.first) + str(len(problem.slots)))
        for n in range(self.o.rosters + 1):
            roster = mutate.some(r, problem, seats) if n else seats
            compare_check(problem, roster, self.data.check(q.first, q.last, q.duties, roster))
        return "%d slots, %d seats%s" % (len(problem.slots), len(seats), ", some published" if published else "")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--toban", required=True)
    a.add_argument("--work", required=True, type=pathlib.Path)
    a.add_argument("--seeds", nargs=2, type=int)
    a.add_argument("--time", type=int, default=10)
    a.add_argument("--rosters", type=int, default=6)
    a.add_argument("--first", action="store_true", help="stop at the first failure")
    a.add_argument("directories", nargs="*", type=pathlib.Path)
    o = a.parse_args()
    todo = [(str(d.name), d, None) for d in o.directories]
    if o.seeds:
        todo += [("seed %d" % n, o.work / str(n), n) for n in range(o.seeds[0], o.seeds[1] + 1)]
    failed = 0
    for n, (name, directory, seed) in enumerate(todo, 1):
        if seed is None:
            shutil.copytree(directory, o.work / name, dirs_exist_ok=True)
            directory = o.work / name
        else:
            shutil.rmtree(directory, ignore_errors=True)
            question.write(draw.Draw(seed), directory)
        try:
            print("ok %d - oracle, %s: %s" % (n, name, Trial(directory, o).run()), flush=True)
            shutil.rmtree(directory)
        except (Differ, toban.Failed) as e:
            failed += 1
            print("not ok %d - oracle, %s\n#   %s\n#   kept in %s" % (n, name, str(e)[:1500], directory), flush=True)
            if o.first:
                break
    print("1..%d" % len(todo))
    return failed != 0


if __name__ == "__main__":
    raise SystemExit(main())
