"""A finished roster, counted."""
import collections

from . import books
from .problem import Seat
from .terms import Maker


def excess(t, chosen, slots, filled):
    """Of one term; chosen(i) is how often planned seat i is taken (0 or 1)."""
    x = sum(chosen(i) for i in t.x)
    if t.kind == "over":
        total = t.const + sum(chosen(i) * t.weight.get(i, 1) for i in t.x)
        return max(0, -(-(total - t.limit) // t.per))
    if t.kind == "under":
        return max(0, t.limit - t.const - x)
    if t.kind == "keep":
        return max(0, t.limit - t.const - x - sum(max(0, slots[k] - filled[k]) for k in t.slots))
    y = sum(chosen(i) for i in t.y)
    if t.kind == "both":
        return int(x + t.const > 0 and y + t.const_y > 0)
    if t.kind == "differ":
        return int((x + t.const > 0) != (y + t.const_y > 0))
    if t.kind == "given":
        return max(0, x + t.const - 1) if y + t.const_y else 0
    assert t.kind == "follow"
    return int(x + t.const > 0 and all(filled[k] >= slots[k] for k in t.slots) and y + t.const_y == 0)


def is_breach(t, chosen, x_excess):
    """Hard: not wholly among bound seats."""
    x, y = (sum(chosen(i) for i in ids) for ids in (t.x, t.y))
    if t.kind in ("under", "keep", "follow"):
        return x_excess > 0
    if t.kind == "both":
        return x_excess > 0 and x + y > 0
    if t.kind == "differ":
        return x_excess > 0 and (x > 0 if x + t.const else y > 0)
    return x_excess > 0 and x > 0


class Verdict:
    """hard, soft: Counter of rule ids; hard counts excess, soft what it costs. terms: what is broken."""

    def __init__(self, problem, roster):
        planned = [s for s in roster if s.slot in problem.slots and s.provider in problem.world.providers]
        self.hard, self.soft, self.terms = collections.Counter(), collections.Counter(), []
        for s in roster:
            if s.slot not in problem.slots:
                self.hard["slot.exists"] += 1
            elif s.provider not in problem.world.providers:
                self.hard["member"] += 1
        filled = collections.Counter(s.slot for s in planned)
        for k, n in problem.slots.items():
            self.hard["seat.count"] += max(0, filled[k] - n)
        self.open = {k: n - filled[k] for k, n in problem.slots.items() if filled[k] < n}
        for t in Maker(problem, planned, finished=True).all():
            e = excess(t, lambda i: 1, problem.slots, filled)
            if t.price is None:
                if is_breach(t, lambda i: 1, e):
                    self.hard[t.rule] += e
                    self.terms.append(t)
            elif e:
                self.soft[t.rule] += t.price * e
                self.terms.append(t)
        self.hard = +self.hard
        self.loads = collections.Counter()
        for ledger in problem.world.t["ledgers"]:
            for s in planned:
                if books.counts(problem.world, ledger, s.slot):
                    key = ledger["id"], books.account(problem.world, ledger, s.provider, s.slot, problem.last)
                    self.loads[key] += key in problem.counters
        self.fair = sum(problem.counters[k].cost(n) for k, n in self.loads.items() if n)
        there = set(planned)
        self.changes = sum(Seat(*s) not in there for s in problem.kept)
        self.objective = sum(self.open.values()) * problem.open_price + sum(self.soft.values()) + self.fair + self.changes * problem.change_price
