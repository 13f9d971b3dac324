"""What is asked of both: a region's directory and question.json beside it.

{"at": instant, "first": date, "last": date, "duties": [ids],
 "before": [{"first": date, "last": date, "duties": [ids]}]   planned and published first, in this order
 "again": "" | "replan" | "keep" | "change"                   the published seats are planned anew
 "freeze": date                                               with again: days before it stay as they are
 "without": [ids]                                             take no seat
 "change_price": whole number                                 of "change"
 "time": seconds}                                             of a case that a limit has to stop
"""
import json

from . import days, problem, region, world


class Question:
    def __init__(self, directory):
        self.dir = directory
        self.region = directory / "region"
        q = json.loads((directory / "question.json").read_text("utf-8"))
        self.at, self.duties, self.again, self.change_price = q["at"], q["duties"], q.get("again", ""), q.get("change_price", 0) if q.get("again") == "change" else 0
        self.first, self.last = days.date(q["first"]), days.date(q["last"])
        self.freeze, self.without = q.get("freeze"), q.get("without", [])
        self.time = q.get("time")
        self.before = q.get("before", [])
        self.world = world.World(region.read(self.region))

    def options(self):
        more = ["--freeze-until", self.freeze] if self.freeze else []
        more += [w for p in self.without for w in ("--without", p)]
        return more + {"": [], "replan": ["--replan"], "keep": ["--keep", "999"], "change": ["--change-price", str(self.change_price)]}[self.again]

    def wide(self):
        return self.first - days.dt.timedelta(60), self.last + days.dt.timedelta(60), set(self.world.duties)

    def problem(self, published, whole=False):
        keep = self.again in ("keep", "change")
        freeze = days.date(self.freeze) if self.freeze else None
        p = problem.Problem(self.world, self.first, self.last, self.duties, published, whole or bool(self.again), self.again == "keep", self.change_price, freeze)
        p.without = [] if whole else self.without
        if not keep:
            p.kept = []
        return p


def write(draw, directory):
    draw.write(directory / "region")
    (directory / "question.json").write_text(json.dumps(draw.question(), ensure_ascii=False, indent=1) + "\n", "utf-8")
