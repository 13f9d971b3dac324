"""What the rules come to: terms over seats. The same terms are added up over a finished roster (judge.py) and made rows (program.py)."""
from . import days
from .problem import Seat


class Term:
    """One unit, window, pair or seat of a rule. Lists hold indices of planned seats; bound ones are counted in `const` and the like.

    over    max(0, sum of x * weight + const - limit), in whole `per`
    under   max(0, limit - const - number of x)
    both    1 when x (or const) and y (or const_y) have somebody
    differ  1 when exactly one of x, y has; hard only where the one who is there has a planned seat
    given   when y (or const_y) has somebody: max(0, number of x + const - 1)
    keep    as under, where open seats of `slots` count as well; y: who else may sit there
    follow  1 when x (or const) is there, all of `slots` are taken, and none of y is (const_y: a bound one is)
    """

    def __init__(self, kind, rule, price, x, const=0, limit=0, y=(), const_y=0, weight=None, per=1, slots=(), who=None, first=None):
        self.kind, self.rule, self.price = kind, rule, price
        self.x, self.const, self.limit = list(x), const, limit
        self.y, self.const_y = list(y), const_y
        self.weight = weight or {}
        self.per, self.slots, self.who, self.first = per, slots, who, first

    def __repr__(self):
        return "%s %s %s %s" % (self.rule, self.kind, self.who or "", self.first or "")


def once(rule, price, i, seat):
    return Term("over", rule, price, [i], who=seat.provider, first=seat.slot.date)


class Maker:
    """planned: list of Seats that may be (a program) or, finished, are (a roster) taken."""

    def __init__(self, problem, planned, finished=False):
        self.pb, self.w, self.finished = problem, problem.world, finished
        self.planned = planned
        self.seats = list(planned) + list(problem.bound)
        self.n = len(planned)
        self.terms = []

    def bound(self, i):
        return i >= self.n

    def split(self, ids):
        """Planned indices and the number of bound ones."""
        return [i for i in ids if i < self.n], sum(i >= self.n for i in ids)

    def add(self, *args, **kw):
        self.terms.append(Term(*args, **kw))

    # Always hard

    def built_in(self):
        w = self.w
        rows = w.external()
        for i, s in enumerate(self.planned):
            p, slot = s
            broken = []
            if not w.member(p, slot.duty, slot.date):
                broken.append("member")
            if w.exemptions(p, slot):
                broken.append("exempt")
            if any(x["must"] == "yes" and w.wish_covers(x, slot) for x in w.wishes(p, "cannot")):
                broken.append("wish.cannot")
            if w.against_only(p, slot, "yes"):
                broken.append("wish.only")
            if any(self.meets(s, q, row) for q, row, _ in rows):
                broken.append("external")
            for r in w.t["pins"]:
                if r["action"] == "forbid" and r["provider"] == p and (r["duty"], days.date(r["date"]), r["band"], r["role"]) == tuple(slot):
                    broken.append("forbid")
            for rule in broken:
                self.terms.append(once(rule, None, i, s))
        for r in w.t["pins"]:
            slot = (r["duty"], days.date(r["date"]), r["band"], r["role"])
            if r["action"] == "pin" and slot in self.pb.slots:
                self.add("under", "pin", None, [i for i, s in enumerate(self.planned) if tuple(s.slot) == slot and s.provider == r["provider"]], limit=1, who=r["provider"], first=slot[1])
        same = {}
        for i, s in enumerate(self.seats):
            same.setdefault((s.provider, s.slot.duty, s.slot.date, s.slot.band), []).append(i)
        for (p, _, day, _), ids in same.items():
            x, const = self.split(ids)
            if x:
                self.add("over", "one.seat", None, x, const, 1, who=p, first=day)
        self.counts("wish.count", None, "yes", lambda s: True)

    def meets(self, seat, q, row):
        for a, b in self.w.intervals(seat.slot):
            cut = max(a, row[0]), min(b, row[1])
            if cut[0] < cut[1] and self.w.one_person(seat.provider, q, days.days_of([cut])):
                return True
        return False

    def counts(self, rule, price, must, counted):
        """Wishes "so many": one unit for each row."""
        for wish in self.w.t["wishes"]:
            if wish["type"] == "count" and wish["must"] == must:
                survey = self.w.surveys[wish["survey"]]

                def in_it(slot):
                    return slot.role == "primary" and days.date(survey["from"]) <= slot.date <= days.date(survey["to"]) and self.w.wish_asks(wish, slot) and counted(slot)

                p = wish["provider"]
                x, const = self.split([i for i, s in enumerate(self.seats) if s.provider == p and in_it(s.slot)])
                touched = x or any(in_it(k) and self.w.on_row(p, k.duty, k.date) for k in self.pb.slots)
                if touched:
                    self.add("over", rule, price, x, const, int(wish["count"]), who=p, first=days.date(survey["from"]))

    # Rules

    def all(self):
        self.built_in()
        for rule in self.pb.rules:
            RuleTerms(self, rule).make()
        return self.terms


class RuleTerms:
    def __init__(self, maker, rule):
        self.m, self.rule, self.pb, self.w = maker, rule, maker.pb, maker.w
        self.price = rule.price
        self.by_class = rule.type in ("limit.count", "limit.window", "min.count", "every.years")
        self.seats = maker.seats
        self.counted = [i for i, s in enumerate(self.seats) if self.counts(s)]
        self.slots = [k for k in self.pb.slots if self.counts_slot(k)]
        everybody = set(self.w.providers) | {s.provider for s in self.seats}
        self.everybody = sorted(p for p in everybody if self.counts_provider(p))

    def make(self):
        getattr(self, self.rule.type.replace(".", "_"))()

    def add(self, kind, x, *args, **kw):
        self.m.add(kind, self.rule.id, self.price, x, *args, **kw)

    # Counted, touched

    def counts_slot(self, k):
        r = self.rule
        return (
            (not r.duties or k.duty in r.duties)
            and self.w.in_force(r.row, k.date)
            and r.roles in ("both", k.role)
            and not (self.by_class and r.class_ and not self.w.slot_in(k, r.class_))
            and not (r.type == "class.run" and not self.w.in_class(r.class_, k.date))
        )

    def counts_provider(self, p):
        r = self.rule
        if r.providers is not None and p not in r.providers:
            return False
        if r.type in ("labour.rest", "limit.hours") and ("levels" in r.p or r.type == "labour.rest"):
            default = "linked-B,B,C-1,C-2" + (",A" if r.price is not None else "")
            return self.w.providers[p]["labour"] in r.p.get("levels", default).split(",")
        return True

    def right_age(self, p, day):
        r = self.rule
        if r.type != "limit.window" or not ("from" in r.p or "to" in r.p):
            return True
        born = self.w.providers[p]["born"]
        return bool(born) and r.number("from", 0) <= days.age(days.date(born), day) <= r.number("to", 1000)

    def counts(self, seat):
        return self.counts_slot(seat.slot) and self.counts_provider(seat.provider) and self.right_age(seat.provider, seat.slot.date)

    def of(self, p, holds=lambda s: True):
        """Indices of his counted seats."""
        return [i for i in self.counted if self.seats[i].provider == p and holds(self.seats[i])]

    def touch_days(self, who):
        """Dates of planned counted slots of which one of them is a member, and of planned counted seats of his."""
        out = {k.date for k in self.slots if any(self.w.on_row(p, k.duty, k.date) and self.right_age(p, k.date) for p in who)}
        return out | {self.seats[i].slot.date for i in self.counted if i < self.m.n and self.seats[i].provider in who}

    def over(self, ids, limit, touched, **kw):
        x, const = self.m.split(ids)
        if (x or touched) and (x or self.price is not None):
            self.add("over", x, const, limit, **kw)

    # Units

    def unit_of(self, day, unit):
        if unit == "day":
            return day
        if unit == "week":
            return day.toordinal() - day.weekday()
        if unit == "month":
            return days.month(day)
        if unit == "year":
            return days.fiscal(day)
        return self.pb.first <= day <= self.pb.last

    def wholly_inside(self, unit_key, unit):
        """Is every date of the unit in the planned period?"""
        if unit == "period":
            return True
        size = {"day": 0, "week": 6, "month": 31, "year": 366}[unit]
        near = [self.pb.first + days.dt.timedelta(n) for n in range(-size - 1, (self.pb.last - self.pb.first).days + size + 2)]
        return all(self.pb.first <= d <= self.pb.last for d in near if self.unit_of(d, unit) == unit_key)

    # One seat

    def seat_rule(self, breaks):
        for i in self.counted:
            if i < self.m.n and breaks(self.seats[i]):
                self.m.terms.append(once(self.rule.id, self.price, i, self.seats[i]))

    def pair(self, i, j):
        x, const = self.m.split([i, j])
        if x:
            self.add("over", x, const, 1, who=self.seats[i].provider, first=min(self.seats[i].slot.date, self.seats[j].slot.date))

    # The types, in the order of rules.md

    def rest_days(self):
        n = self.rule.number("days")
        one = days.dt.timedelta(1)
        for p in self.everybody:
            mine = sorted(self.of(p), key=lambda i: (self.seats[i].slot.date, i))
            if self.price is None:
                for a, i in enumerate(mine):
                    # Of a roster: seats that follow each other.
                    for j in mine[a + 1 : a + 2 if self.m.finished else None]:
                        if abs((self.seats[i].slot.date - self.seats[j].slot.date).days) < n:
                            self.pair(i, j)
                continue
            touched = self.touch_days([p])
            for first in days.days(self.pb.first - (n - 1) * one, self.pb.last):
                window = set(days.days(first, first + (n - 1) * one))
                self.over([i for i in mine if self.seats[i].slot.date in window], 1, touched & window, who=p, first=first)

    def near(self, a, b, hours):
        return max(b[0] - a[1], a[0] - b[1]) < hours * 60 or days.overlap(a, b)

    def rest_hours(self):
        hours = self.rule.number("hours")
        for a, i in enumerate(self.counted):
            s = self.seats[i]
            span = self.w.span(s.slot)
            for j in self.counted[a + 1 :]:
                t = self.seats[j]
                if s.slot != t.slot and self.w.one_person(s.provider, t.provider, (s.slot.date, t.slot.date)) and self.near(span, self.w.span(t.slot), hours):
                    self.pair(i, j)
            if i < self.m.n:
                for q, row, permit in self.w.external():
                    its_day = days.day_of(row[1] - 1 if row[0] < span[0] else row[0])
                    if not permit and self.w.one_person(s.provider, q, (s.slot.date, its_day)) and self.near(span, row, hours):
                        self.m.terms.append(once(self.rule.id, self.price, i, s))

    def by_unit(self, unit, limit):
        for p in self.everybody:
            mine, touched = self.of(p), {self.unit_of(d, unit) for d in self.touch_days([p])}
            for u in sorted({self.unit_of(self.seats[i].slot.date, unit) for i in mine} | touched):
                if unit != "period" or u:
                    self.over([i for i in mine if self.unit_of(self.seats[i].slot.date, unit) == u], limit, u in touched, who=p, first=u)

    def limit_count(self):
        self.by_unit(self.rule.unit or "month", self.rule.number("max"))

    def min_count(self):
        unit, least = self.rule.unit or "month", self.rule.number("min")
        for p in self.everybody:
            asked = {self.unit_of(d, unit) for d in self.touch_days([p])}
            for u in sorted(asked):
                if self.wholly_inside(u, unit):
                    x, const = self.m.split(self.of(p, lambda s: self.unit_of(s.slot.date, unit) == u))
                    self.add("under", x, const, least, who=p, first=u)

    def class_run(self):
        r = self.rule
        wide = days.dt.timedelta(401)
        its = [d for d in days.days(self.pb.first - wide, self.pb.last + wide) if self.w.in_class(r.class_, d)]
        pairs = [(a, b) for a, b in zip(its, its[1:]) if (b - a).days <= 400]
        for p in self.everybody:
            touched = self.touch_days([p])
            for two in pairs:
                if touched & set(two):
                    self.over(self.of(p, lambda s: s.slot.date in two), 1, True, who=p, first=two[0])

    def week_class(self):
        for p in self.everybody:
            mine, touched = self.of(p), {self.unit_of(d, "week") for d in self.touch_days([p])}
            for week in sorted(touched):
                ids = [i for i in mine if self.unit_of(self.seats[i].slot.date, "week") == week]
                x, const = self.m.split(ids)
                y, const_y = self.m.split([i for i in ids if self.w.slot_in(self.seats[i].slot, self.rule.class_)])
                self.add("given", x, const, y=y, const_y=const_y, who=p, first=week)

    def person_day(self):
        for day in sorted({k.date for k in self.slots}):
            for person in sorted(set(self.w.persons(day).values())):
                ids = [i for i in self.counted if self.seats[i].slot.date == day and self.seats[i].provider in person]
                self.over(ids, self.rule.number("max", 1), day in self.touch_days(person), who=person[0], first=day)

    def link_exclude(self):
        margin = self.rule.number("margin", 0)
        for i in self.counted:
            s = self.seats[i]
            wide = [(a - margin, b + margin) for a, b in self.w.intervals(s.slot)]
            linked = [b for a, b in self.w.links(self.rule.p["link"], s.slot.date) if a == s.provider]
            for j in self.counted:
                t = self.seats[j]
                if any(days.overlap(a, b) for a in wide for b in self.w.intervals(t.slot)):
                    for _ in range(linked.count(t.provider)):
                        self.pair(i, j)

    def consulting_hours(self):
        margin = self.rule.number("margin", 0)

        def breaks(seat):
            parts = self.w.intervals(seat.slot)
            date = seat.slot.date
            site = self.w.on("duties", self.w.duties[seat.slot.duty], date)["site"]
            to = self.w.provider(site or seat.provider, date)["area"]
            winter = self.w.region["winter"]
            factor = int(self.w.region["winter_percent"]) if winter and self.w.slot_in(seat.slot, winter) else 100
            for day in sorted({*days.days_of(parts), seat.slot.date - days.dt.timedelta(1)}):
                if self.w.holiday(day):
                    continue
                whose = [seat.provider] + [b for a, b in self.w.links("owns", day) if a == seat.provider]
                for r in self.w.t["hours"]:
                    if r["provider"] in whose and days.weekday(day) in r.ids("weekdays"):
                        way = -(-self.w.travel(self.w.provider(r["provider"], date)["area"], to, date) * factor // 100)
                        zero = days.midnight(day)
                        busy = zero + days.clock(r["from"]), zero + days.clock(r["to"]) + way + margin
                        if any(days.overlap(busy, part) for part in parts):
                            return True
            return False

        self.seat_rule(breaks)

    def pair_apart(self):
        unit = self.rule.unit or "day"
        p, q = self.rule.providers
        touched = {self.unit_of(d, unit) for d in self.touch_days([p, q])}
        for u in sorted(touched):
            (x, const), (y, const_y) = (self.m.split(self.of(who, lambda s: self.unit_of(s.slot.date, unit) == u)) for who in (p, q))
            self.add("both", x, const, y=y, const_y=const_y, who=p, first=u)

    def pair_together(self):
        p, q = self.rule.providers
        for day in sorted(self.touch_days([p, q])):
            (x, const), (y, const_y) = (self.m.split(self.of(who, lambda s: s.slot.date == day)) for who in (p, q))
            self.add("differ", x, const, y=y, const_y=const_y, who=p, first=day)

    def area_spread(self):
        level, most = self.rule.p["level"], self.rule.number("max", 1)
        by_slot = self.rule.unit == "slot"
        for key in sorted({k for k in self.slots if self.pb.slots[k] > 1} if by_slot else {k.date for k in self.slots}):
            day = key.date if by_slot else key
            ids = [i for i in self.counted if (self.seats[i].slot if by_slot else self.seats[i].slot.date) == key]
            if by_slot:
                ids = [i for i in ids if i < self.m.n]
            for area in sorted(a for a, r in self.w.areas.items() if r["level"] == level):
                self.over([i for i in ids if self.w.area(self.seats[i].provider, level, day) == area], most, True, who=area, first=key)

    def skill_min(self):
        r = self.rule
        by_slot, level = (r.unit or "slot") == "slot", r.p.get("level")

        def offers(p, day):
            return r.p["speciality"] in self.w.provider(p, day).ids("specialities")

        for key in sorted(self.slots if by_slot else {k.date for k in self.slots}):
            here = [key] if by_slot else [k for k in self.slots if k.date == key]
            day = here[0].date
            pool = {p for p in self.w.providers if offers(p, day) and any(self.w.on_row(p, k.duty, day) for k in here)}
            ids = [i for i in self.counted if self.seats[i].slot == key] if by_slot else [i for i in self.counted if self.seats[i].slot.date == key]
            for area in sorted({self.w.area(p, level, day) for p in pool} - {None}) if level else [None]:
                fits = [i for i in ids if offers(self.seats[i].provider, day) and (area is None or self.w.area(self.seats[i].provider, level, day) == area)]
                x, const = self.m.split(fits)
                all_seats = sum(self.pb.slots[k] for k in here)
                asked = min(r.number("min", 1), all_seats + const)
                if self.price is not None:
                    self.add("under", x, const, asked, who=area, first=key)
                elif asked > const:
                    others = [i for i in ids if i < self.m.n and i not in fits]
                    self.add("keep", x, const, asked, y=others, slots=here, who=area, first=key)

    def follow(self):
        r = self.rule
        with_ = r.p["with"].split(",")
        level = r.p.get("level", "municipality")
        outside = r.p.get("dispensing", "outside") == "outside"
        for i in self.counted:
            s = self.seats[i]
            if s.slot.role != "primary" or (outside and self.w.provider(s.provider, s.slot.date)["dispensing"] != "outside"):
                continue
            area = self.w.area(s.provider, level, s.slot.date)
            slots = [k for k in self.pb.slots if k.duty in with_ and k.role == "primary" and k.date == s.slot.date]
            there = [j for j, t in enumerate(self.seats) if t.slot.duty in with_ and t.slot.role == "primary" and t.slot.date == s.slot.date]
            if area is None or not (slots or any(j >= self.m.n for j in there)) or (i >= self.m.n and not slots):
                continue
            y, const_y = self.m.split([j for j in there if self.w.area(self.seats[j].provider, level, s.slot.date) == area])
            x, const = self.m.split([i])
            self.add("follow", x, const, y=y, const_y=const_y, slots=slots, who=s.provider, first=s.slot.date)

    def every_years(self):
        years = self.rule.number("years")
        by_provider = {}
        for i in self.counted:
            if i >= self.m.n:
                by_provider.setdefault(self.seats[i].provider, set()).add(days.fiscal(self.seats[i].slot.date))
        self.seat_rule(lambda s: any(0 < days.fiscal(s.slot.date) - g < years for g in by_provider.get(s.provider, ())))
        self.by_unit("year", 1)

    def turn_near(self):
        near = self.rule.number("days")

        def breaks(s):
            f = days.fiscal(s.slot.date)
            before = [self.seats[i].slot.date for i in self.of(s.provider) if i >= self.m.n and days.fiscal(self.seats[i].slot.date) == f - 1]
            return bool(before) and not any(abs((d - s.slot.date).days + 364) <= near for d in before)

        self.seat_rule(breaks)

    def labour_rest(self):
        for p in self.everybody:
            mine = self.of(p)
            fixed = [row for _, row, permit in self.w.external(p) if not permit] + [self.w.span(self.seats[i].slot) for i in mine if i >= self.m.n]
            planned = {i: self.w.span(self.seats[i].slot) for i in mine if i < self.m.n}
            level = self.w.providers[p]["labour"]
            alone = {i: self.too_much_work(fixed + [s], [s], level) for i, s in planned.items()}
            for i, broken in alone.items():
                if broken:
                    self.m.terms.append(once(self.rule.id, self.price, i, self.seats[i]))
            free = [i for i in planned if not alone[i]]
            for a, i in enumerate(free):
                for j in free[a + 1 :]:
                    if self.too_much_work(fixed + [planned[i], planned[j]], [planned[i], planned[j]], level):
                        self.pair(i, j)

    def too_much_work(self, work, asked, level):
        rest, span, night_rest, night_span = (60 * self.rule.number(*n) for n in (("rest", 9), ("span", 15), ("night.rest", 18), ("night.span", 28)))
        work = sorted(work)

        def goes_on(k, pause):
            """Stints from the k-th on, over breaks shorter than `pause`, and their end."""
            out, end = [], work[k][1]
            for stint in work[k:]:
                if stint[0] - end >= pause:
                    break
                out.append(stint)
                end = max(end, stint[1])
            return out, end

        reach = None
        for k, stint in enumerate(work):
            if reach is not None and stint[0] - reach < rest:
                reach = max(reach, stint[1])
                continue
            reach = stint[1] if reach is None else max(reach, stint[1])
            start = stint[0]
            stints, end = goes_on(k, rest)
            if end - start <= span:
                continue
            # 2:00 after the begin of one of them, and not after its end.
            over_night = any((b - 120) // days.DAY > (a - 120) // days.DAY for a, b in stints)
            if over_night and level != "C-1" and goes_on(k, night_rest)[1] - start <= night_span:
                continue
            if any(start <= s[0] < start + night_span + night_rest for s in asked):
                return True
        return False

    def limit_hours(self):
        unit, most = self.rule.unit or "year", self.rule.number("max") * 60
        for p in self.everybody:
            mine = self.of(p)
            touched = {self.unit_of(d, unit) for d in self.touch_days([p])}
            for u in sorted(touched):
                if unit == "period" and not u:
                    continue
                ids = [i for i in mine if self.unit_of(self.seats[i].slot.date, unit) == u]
                minutes = {i: sum(b - a for a, b in self.w.intervals(self.seats[i].slot)) for i in ids}
                const = sum(minutes[i] for i in ids if i >= self.m.n)
                const += sum(row[1] - row[0] for _, row, permit in self.w.external(p) if not permit and self.unit_of(days.day_of(row[0]), unit) == u)
                x = [i for i in ids if i < self.m.n]
                self.add("over", x, const, most, weight=minutes, per=60, who=p, first=u)

    def limit_window(self):
        months, most = self.rule.number("months"), self.rule.number("max")
        for p in self.everybody:
            mine, touched = self.of(p), {days.month(d) for d in self.touch_days([p])}
            for first in range(min(touched) - months + 1, max(touched) + 1) if touched else ():
                window = range(first, first + months)
                if touched & set(window):
                    self.over([i for i in mine if days.month(self.seats[i].slot.date) in window], most, True, who=p, first=first)

    def wish(self):
        kind, w = self.rule.p["wish"], self.w
        if kind == "count":
            self.m.counts(self.rule.id, self.price, "no", self.counts_slot)
            return
        test = {
            "cannot": lambda s: any(x["must"] == "no" and w.wish_covers(x, s.slot) for x in w.wishes(s.provider, "cannot")),
            "only": lambda s: w.against_only(s.provider, s.slot, "no"),
            "rather-not": lambda s: any(w.wish_covers(x, s.slot) for x in w.wishes(s.provider, "rather-not")),
            "like": lambda s: any(w.wish_covers(x, s.slot) for x in w.wishes(s.provider, "like")),
        }[kind]
        if kind == "like":
            self.price = -self.price
        self.seat_rule(test)
