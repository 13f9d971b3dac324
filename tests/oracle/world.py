"""What a region says of days, slots and people: who is a member, who is kept away by what, who is one person with whom."""
import collections

from . import days
from .region import Row


KEYS = {
    "bands": ("duty", "id"), "seats": ("duty", "band", "role", "rank"), "members": ("duty", "provider"), "shares": ("duty", "id"),
    "providers": ("id",), "duties": ("id",), "classes": ("id",), "travel": ("from", "to"),
}  # fmt: skip


class Slot(collections.namedtuple("Slot", "duty date band role")):
    """Seats of one duty, date, band and role. Equal by these four; what else is known of it is in World."""

    __slots__ = ()


class World:
    def __init__(self, tables):
        self.t = collections.defaultdict(list, tables)
        self.region = self.t["region"][0]
        self.duties = {r["id"]: r for r in self.t["duties"]}
        self.providers = {r["id"]: r for r in self.t["providers"]}
        self.classes = {r["id"]: r for r in self.t["classes"]}
        self.areas = {r["id"]: r for r in self.t["areas"]}
        self.bands = {(r["duty"], r["id"]): r for r in self.t["bands"]}
        self.members = {(r["duty"], r["provider"]): r for r in self.t["members"]}
        self.surveys = {r["id"]: r for r in self.t["surveys"]}
        self.dropped = {days.date(r["date"]) for r in self.t["holidays"] if r["kind"] == "drop"}
        self.told_holidays = {days.date(r["date"]): r["name"] for r in self.t["holidays"] if r["kind"] == "add"}
        self.told_years = {}
        self.memo = {}
        self.changes = collections.defaultdict(list)
        for r in sorted(self.t["amendments"], key=lambda r: r["from"]):
            self.changes[r["what"], r["key"]].append(r)

    def on(self, table, row, day):
        """The row as it is on the day."""
        changes = [c for c in self.changes.get((table, "/".join(row[k] for k in KEYS[table])), ()) if days.date(c["from"]) <= day]
        if not changes:
            return row
        new = Row(table, row)
        for c in changes:
            new.pop(c["field"], None)
            if c["value"]:
                new[c["field"]] = c["value"]
        return new

    # Days

    def holiday(self, day):
        if day in self.dropped or day in self.told_holidays:
            return day not in self.dropped
        if day.year not in self.told_years:
            names = {name for d, name in self.told_holidays.items() if d.year == day.year}
            self.told_years[day.year] = names >= set(days.named_by_law(day.year).values())
        if self.told_years[day.year]:
            return False
        return day in self.memo_of(("law", day.year), lambda: days.law(day.year))

    def memo_of(self, key, make):
        if key not in self.memo:
            self.memo[key] = make()
        return self.memo[key]

    def in_class(self, name, day, duty=""):
        """In the calendar of the duty; without one, in the calendar without duty overrides."""
        return self.memo_of(("class", name, day, duty), lambda: self.find_class(name, day, duty))

    def find_class(self, name, day, duty):
        for who in (duty, "") if duty else ("",):
            for o in self.t["overrides"]:
                if o["class"] == name and o["duty"] == who and days.date(o["date"]) == day:
                    return o["action"] == "add"
        c = self.on("classes", self.classes[name], day)
        told = [days.weekday(day) in c.ids("weekdays")] if c["weekdays"] else []
        if c["holiday"] == "yes":
            told.append(self.holiday(day))
        if c["from"]:
            at = day.strftime("%m-%d")
            a, b = c["from"], c["to"]
            told.append(a <= at <= b if a <= b else at >= a or at <= b)
        told += [self.in_class(n, day, duty) for n in c.ids("any_of")]
        return (
            (any(told) or not told)
            and all(self.in_class(n, day, duty) for n in c.ids("all_of"))
            and not any(self.in_class(n, day, duty) for n in c.ids("none_of"))
        )

    # Slots

    def need(self, slot):
        band = self.bands.get((slot.duty, slot.band))
        if band is None or not self.in_class(self.on("bands", band, slot.date)["when"], slot.date, slot.duty):
            return 0
        seats = [self.on("seats", r, slot.date) for r in self.t["seats"]]
        rows = [r for r in seats if (r["duty"], r["band"], r["role"]) == (slot.duty, slot.band, slot.role) and self.in_class(r["when"], slot.date, slot.duty)]
        return int(max(rows, key=lambda r: int(r["rank"]))["count"]) if rows else 0

    def slots(self, duty, day):
        out = [Slot(d, day, band, role) for (d, band) in self.bands if d == duty for role in ("primary", "reserve")]
        return [s for s in sorted(out) if self.need(s) > 0]

    def intervals(self, slot):
        b = self.on("bands", self.bands[slot.duty, slot.band], slot.date)
        zero = days.midnight(slot.date)
        return [(zero + days.clock(b["from" + n]), zero + days.clock(b["to" + n])) for n in ("", "2") if b["from" + n]]

    def span(self, slot):
        parts = self.intervals(slot)
        return parts[0][0], parts[-1][1]

    def slot_in(self, slot, name):
        return self.in_class(name, slot.date, slot.duty)

    # People

    def in_force(self, row, day, first="since", end="until"):
        return not (row[first] and day < days.date(row[first])) and not (row[end] and day >= days.date(row[end]))

    def member_row(self, provider, duty, day):
        row = self.members.get((duty, provider))
        return row if row is not None and self.in_force(row, day) else None

    def on_row(self, provider, duty, day):
        """Member by his row alone: in force, joined, not left."""
        p = self.providers.get(provider)
        return p is not None and self.member_row(provider, duty, day) is not None and self.in_force(p, day, "joined", "left")

    def member(self, provider, duty, day):
        return self.on_row(provider, duty, day) and self.providers[provider]["kind"] == self.duties[duty]["kind"]

    def links(self, type_, day):
        return [(r["from"], r["to"]) for r in self.t["links"] if r["type"] == type_ and self.in_force(r, day)]

    def persons(self, day):
        """provider -> his person on that day, a sorted tuple of providers."""
        return self.memo_of(("persons", day), lambda: self.find_persons(day))

    def find_persons(self, day):
        group = {p: {p} for p in self.providers}
        for a, b in self.links("owns", day):
            if group[a] is not group[b]:
                group[a] |= group[b]
                for p in group[b]:
                    group[p] = group[a]
        return {p: tuple(sorted(g)) for p, g in group.items()}

    def one_person(self, p, q, on):
        return p == q or any(q in self.persons(day)[p] for day in on)

    def provider(self, id_, day):
        return self.on("providers", self.providers[id_], day)

    def area(self, provider, level, day):
        a = self.areas.get(self.provider(provider, day)["area"])
        while a is not None and a["level"] != level:
            a = self.areas.get(a["parent"])
        return a["id"] if a is not None else None

    def up(self, area):
        out = []
        while area:
            out.append(area)
            area = self.areas[area]["parent"]
        return out

    def find_way(self, day):
        way = {}
        rows = [self.on("travel", r, day) for r in self.t["travel"]]
        for r in rows:
            way.setdefault((r["to"], r["from"]), int(r["minutes"]))
        for r in rows:
            way[r["from"], r["to"]] = int(r["minutes"])
        return way

    def travel(self, a, b, day):
        """Minutes without snow: the pair's own, or of the nearest areas above it that are named."""
        way = self.memo_of(("way", day), lambda: self.find_way(day))
        if a == b and (a, b) not in way:
            return 0
        up_a, up_b = self.up(a), self.up(b)
        for distance in range(len(up_a) + len(up_b)):
            for i in range(distance + 1):
                if i < len(up_a) and distance - i < len(up_b) and (up_a[i], up_b[distance - i]) in way:
                    return way[up_a[i], up_b[distance - i]]
        return int(self.region["travel_default"])

    # What keeps somebody away

    def exemptions(self, provider, slot):
        """Rows that the slot reaches into, by the clock."""
        held = days.days_of(self.intervals(slot))
        out = []
        for r in self.t["exemptions"]:
            if r["provider"] == provider and r["duty"] in ("", slot.duty):
                if any(days.date(r["from"]) <= d <= days.date(r["to"]) and (not r["weekdays"] or days.weekday(d) in r.ids("weekdays")) for d in held):
                    out.append(r)
        return out

    def wish_asks(self, wish, slot):
        """Duty and band alone."""
        duties = [wish["duty"]] if wish["duty"] else self.surveys[wish["survey"]].ids("duties")
        return slot.duty in duties and wish["band"] in ("", slot.band)

    def wish_covers(self, wish, slot):
        first = days.date(wish["from"])
        last = days.date(wish["to"] or wish["from"])
        if not self.wish_asks(wish, slot):
            return False
        by_clock = wish["type"] in ("cannot", "rather-not") and (wish["ends"] or self.surveys[wish["survey"]]["days"] == "clock")
        if not by_clock:
            return first <= slot.date <= last
        time = days.midnight(first), days.midnight(last) + (days.clock(wish["ends"]) if wish["ends"] else days.DAY)
        return any(days.overlap(i, time) for i in self.intervals(slot))

    def wishes(self, provider, type_):
        return [w for w in self.t["wishes"] if w["provider"] == provider and w["type"] == type_]

    def asked(self, survey, slot):
        s = self.surveys[survey]
        return slot.duty in s.ids("duties") and days.date(s["from"]) <= slot.date <= days.date(s["to"])

    def against_only(self, provider, slot, must):
        """In a survey in which he has an "only" wish of that force: none of his "only" wishes of it, must or not, covers the slot."""
        mine = self.wishes(provider, "only")
        for survey in {w["survey"] for w in mine if w["must"] == must}:
            if self.asked(survey, slot) and not any(self.wish_covers(w, slot) for w in mine if w["survey"] == survey):
                return True
        return False

    def external(self, provider=None):
        rows = self.memo_of("external", lambda: [(r["provider"], (days.instant(r["from"]), days.instant(r["to"])), r["permit"] == "yes") for r in self.t["external"]])
        return [r for r in rows if provider in (None, r[0])]
