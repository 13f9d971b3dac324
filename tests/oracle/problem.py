"""One question of planning: which slots are planned, what is bound, what an open seat costs."""
import collections

from . import books, days
from .world import Slot

Seat = collections.namedtuple("Seat", "provider slot")

ROLES = {"limit.count": "primary", "limit.window": "primary", "min.count": "primary", "limit.hours": "primary", "turn.near": "primary"}
TOUCHES = {"class.run": 2, "every.years": 2, "week.class": 7, "limit.hours": 48}
TOUCHES.update(dict.fromkeys(("rest.hours", "link.exclude", "pair.apart", "follow", "labour.rest"), 10))


class Rule:
    def __init__(self, row):
        self.id = row["id"]
        self.type = row["type"]
        self.price = int(row["price"]) if row["price"] else None
        self.duties = row.ids("duties")
        self.row = row
        self.p = dict(part.split("=", 1) for part in row["params"].split())
        self.roles = self.p.get("roles") or ROLES.get(self.type, "both")
        self.providers = self.p["providers"].split(",") if "providers" in self.p else None
        self.class_ = self.p.get("class")
        self.unit = self.p.get("unit")

    def number(self, name, default=None):
        return int(self.p.get(name, default))

    def touches(self):
        """The largest number of its units that one assignment can touch."""
        if self.type == "rest.days":
            return self.number("days")
        return self.number("months") if self.type == "limit.window" else TOUCHES.get(self.type, 1)


class Problem:
    """first..last of `duties`; `published` are Seats that bind or, when it is planned again, are kept where it can be."""

    def __init__(self, world, first, last, duties, published=(), again=False, keep=None, change_price=0, freeze=None):
        first = max(first, freeze or first)
        self.world, self.first, self.last, self.duties = world, first, last, sorted(duties)
        slots = [s for day in days.days(first, last) for duty in self.duties for s in world.slots(duty, day)]

        def mine(seat):
            """Planned again, whether the calendar still has that slot or not."""
            return again and seat.slot.duty in duties and first <= seat.slot.date <= last

        self.published = [s for s in published if not mine(s)]
        self.kept = [s for s in published if mine(s)]
        past = [Seat(r["provider"], Slot(r["duty"], days.date(r["date"]), r["band"], r["role"])) for r in world.t["history"]]
        self.bound = self.published + [s for s in past if not mine(s)]
        taken = {s.slot for s in self.bound}
        self.slots = {s: world.need(s) for s in slots if s not in taken}
        self.rules = [Rule(r) for r in world.t["rules"]]
        self.counters = books.counters(self)
        self.base_price = 1 + sum(r.price * r.touches() for r in self.rules if r.price is not None) + 2 * self.dearest_duty()
        self.change_price = 2 * self.base_price if keep else change_price
        self.open_price = self.base_price + 20 * self.change_price

    def dearest_duty(self):
        def of(duty):
            total = 0
            for ledger in self.world.t["ledgers"]:
                mine = [c for (l, _), c in self.counters.items() if l == ledger["id"]]
                if mine and duty in ledger.ids("duties"):
                    total += int(ledger["price"]) * (100 * (2 * max(c.steps for c in mine) - 1) + 2 * max(abs(c.e) for c in mine))
                    total += 100 * int(ledger["beyond"])
            return total

        return max(map(of, self.duties), default=0)
