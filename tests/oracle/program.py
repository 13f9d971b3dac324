"""The best roster, by an integer program of our own over the terms, for HiGHS."""
import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from . import books
from .judge import Verdict
from .problem import Seat
from .terms import Maker

INF = numpy.inf


class Rows:
    """Columns, rows and costs as they come."""

    def __init__(self):
        self.cost, self.low, self.high, self.whole = [], [], [], []
        self.cells, self.at_least, self.at_most = [], [], []
        self.constant = 0

    def column(self, cost=0, low=0, high=1, whole=False):
        for into, value in ((self.cost, cost), (self.low, low), (self.high, high), (self.whole, whole)):
            into.append(value)
        return len(self.cost) - 1

    def row(self, terms, low, high):
        n = len(self.at_least)
        self.cells += [(n, j, v) for j, v in terms]
        self.at_least.append(low)
        self.at_most.append(high)

    def solve(self, seconds):
        n, m = len(self.cost), len(self.at_least)
        rows, cols, values = zip(*self.cells) if self.cells else ((), (), ())
        matrix = csr_matrix((values, (rows, cols)), shape=(m, n))
        return milp(
            numpy.array(self.cost, float), integrality=numpy.array(self.whole, int), bounds=Bounds(self.low, self.high),
            constraints=LinearConstraint(matrix, self.at_least, self.at_most) if m else (), options={"time_limit": seconds, "mip_rel_gap": 0},
        )  # fmt: skip


class Program:
    def __init__(self, problem):
        self.pb, self.r = problem, Rows()
        world = problem.world
        self.seats = [Seat(p, k) for k in problem.slots for d, p in sorted(world.members) if d == k.duty and world.on_row(p, d, k.date)]
        for _ in self.seats:
            self.r.column(whole=True)
        self.never(i for i, s in enumerate(self.seats) if s.provider in problem.without)
        self.open = {}
        for k, n in problem.slots.items():
            self.open[k] = self.r.column(problem.open_price, high=n)
            self.r.row([(i, 1) for i, s in enumerate(self.seats) if s.slot == k] + [(self.open[k], 1)], n, n)
        for t in Maker(problem, self.seats).all():
            getattr(self, t.kind + ("_hard" if t.price is None else ""))(t)
        self.ledgers()
        for s in problem.kept:
            self.r.constant += problem.change_price
            if s in self.seats:
                self.r.cost[self.seats.index(s)] -= problem.change_price

    def never(self, ids):
        for i in ids:
            self.r.high[i] = 0

    def any(self, ids, const):
        """A column that is 1 exactly when one of them is taken; None: always."""
        if const:
            return None
        y = self.r.column()
        for i in ids:
            self.r.row([(y, 1), (i, -1)], 0, INF)
        self.r.row([(y, -1)] + [(i, 1) for i in ids], 0, INF)
        return y

    def excess(self, terms, const, price, per=1):
        """A column at least as large as sum + const, and its price. (Of no price it is none: the HiGHS of scipy 1.10 loses optima beside a whole column
        that costs nothing and has no bound.)"""
        if price == 0:
            return
        e = self.r.column(price, high=INF, whole=per > 1)
        self.r.row([(e, per)] + [(j, -v) for j, v in terms], const, INF)

    # Hard

    def over_hard(self, t):
        room = max(0, t.limit - t.const)
        if room == 0:
            self.never(t.x)
        else:
            self.r.row([(i, t.weight.get(i, 1)) for i in t.x], -INF, room)

    def under_hard(self, t):
        self.r.row([(i, 1) for i in t.x], t.limit - t.const, INF)

    def keep_hard(self, t):
        self.r.row([(i, 1) for i in t.y], -INF, sum(self.pb.slots[k] for k in t.slots) - (t.limit - t.const))

    def both_hard(self, t):
        if t.const_y:
            self.never(t.x)
        if t.const:
            self.never(t.y)
        for i in t.x:
            for j in t.y:
                self.r.row([(i, 1), (j, 1)], -INF, 1)

    def differ_hard(self, t):
        for mine, others, const in ((t.x, t.y, t.const_y), (t.y, t.x, t.const)):
            for i in mine:
                if not const:
                    self.r.row([(i, -1)] + [(j, 1) for j in others], 0, INF)

    def given_hard(self, t):
        if t.const_y:
            self.never(t.x)
        elif t.const:
            self.never(t.y)
        for j in t.y:
            for i in t.x:
                if i != j:
                    self.r.row([(i, 1), (j, 1)], -INF, 1)

    def follow_hard(self, t):
        if not t.const_y:
            self.r.row([(i, -1) for i in t.x] + [(self.open[k], 1) for k in t.slots] + [(j, 1) for j in t.y], 0 if t.x else 1, INF)

    # Soft

    def over(self, t):
        if t.price < 0:
            for i in t.x:
                self.r.cost[i] += t.price
        elif t.per == 1 and t.const >= t.limit:
            self.r.constant += t.price * (t.const - t.limit)
            for i in t.x:
                self.r.cost[i] += t.price
        else:
            self.excess([(i, t.weight.get(i, 1)) for i in t.x], t.const - t.limit, t.price, t.per)

    def under(self, t):
        self.excess([(i, -1) for i in t.x], t.limit - t.const, t.price)

    def both(self, t):
        ys = [self.any(t.x, t.const), self.any(t.y, t.const_y)]
        self.excess([(y, 1) for y in ys if y is not None], ys.count(None) - 1, t.price)

    def differ(self, t):
        a, b = self.any(t.x, t.const), self.any(t.y, t.const_y)
        e = self.r.column(t.price)
        for p, q in ((a, b), (b, a)):
            self.r.row([(e, 1)] + [(c, v) for c, v in ((p, -1), (q, 1)) if c is not None], (p is None) - (q is None), INF)

    def given(self, t):
        y, most = self.any(t.y, t.const_y), len(t.x) + t.const
        if y is None:
            self.excess([(i, 1) for i in t.x], t.const - 1, t.price)
        else:
            self.excess([(i, 1) for i in t.x] + [(y, most)], t.const - 1 - most, t.price)

    def follow(self, t):
        if not t.const_y:
            self.excess([(i, 1) for i in t.x] + [(self.open[k], -1) for k in t.slots] + [(j, -1) for j in t.y], t.const, t.price)

    def ledgers(self):
        by_counter = {}
        for ledger in self.pb.world.t["ledgers"]:
            for i, s in enumerate(self.seats):
                if books.counts(self.pb.world, ledger, s.slot):
                    key = ledger["id"], books.account(self.pb.world, ledger, s.provider, s.slot, self.pb.last)
                    if key in self.pb.counters:
                        by_counter.setdefault(key, []).append(i)
        for key, ids in by_counter.items():
            # What a duty costs never falls with their number, so they are taken in their order.
            steps = [self.r.column(self.pb.counters[key].marginal(k)) for k in range(1, len(ids) + 1)]
            self.r.row([(i, 1) for i in ids] + [(d, -1) for d in steps], 0, 0)

    def solve(self, seconds):
        """'optimal', 'none' or 'limit', and the roster."""
        if any(a > b for a, b in zip(self.r.low, self.r.high)):
            return "none", None
        done = self.r.solve(seconds)
        if done.status == 2:
            return "none", None
        if done.status != 0:
            return "limit", None
        return "optimal", [s for s, v in zip(self.seats, done.x) if v > 0.5]


def best(problem, seconds):
    """Status, and of an optimal roster what judge.py says of it."""
    p = Program(problem)
    status, roster = p.solve(seconds)
    return status, Verdict(problem, roster) if roster is not None else None, roster
