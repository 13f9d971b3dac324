"""A small region drawn from a seed, over all that planning reads. All names are fictitious (架空)."""
import csv
import datetime as dt
import json
import random

from . import days, region, world

STARTS = ("2026-12-22", "2027-03-22", "2028-02-21", "2027-04-26", "2026-09-14", "2026-11-02", "2026-12-30", "2027-08-09", "2027-01-04")
HOURS = {
    "eve": ("19:30", "23:00"),
    "night": ("22:00", "32:30"),
    "day": ("09:00", "17:00"),
    "early": ("24:30", "翌08:00"),
    "long": ("08:30", "17:15", "22:30", "32:30"),
    "noon": ("12:00", "24:00"),
}
SENTENCE = {"ja": "架空の条件です。", "en": "A fictitious rule."}


class Draw:
    def __init__(self, seed):
        self.seed = seed
        self.r = random.Random(seed)
        self.t = {}
        r = self.r
        self.first = days.date(r.choice(STARTS)) + dt.timedelta(r.randrange(7))
        self.last = self.first + dt.timedelta(r.choice((4, 6, 7, 9, 11, 13, 20)))
        self.at = (self.first - dt.timedelta(10)).isoformat() + "T09:00"
        for part in ("base", "people", "duties", "members", "books", "absences", "wishes", "holidays", "past", "rules", "amendments", "pins", "formulas"):
            getattr(self, part)()

    # Tools

    def chance(self, percent):
        return self.r.randrange(100) < percent

    def some(self, things, low, high):
        things = list(things)
        return self.r.sample(things, min(len(things), self.r.randint(low, high)))

    def day(self, before=0, after=0):
        return self.first + dt.timedelta(self.r.randint(-before, (self.last - self.first).days + after))

    def span(self, before=0, after=0, longest=5):
        a = self.day(before, after)
        return a.isoformat(), (a + dt.timedelta(self.r.randrange(longest))).isoformat()

    def add(self, table, **row):
        self.t.setdefault(table, []).append({k.rstrip("_"): v for k, v in row.items() if v not in ("", None)})

    # Parts

    def base(self):
        self.region = {"id": "r0", "name": "架空医療圏", "notice": "すべて架空です。"}
        self.add("areas", id="r0", name="架空", level="region")
        for m in ("m1", "m2", "m3"):
            self.add("areas", id=m, name=m, level="municipality", parent="r0")
        self.add("areas", id="z1", name="z1", level="zone", parent="m1")
        self.add("areas", id="d1", name="d1", level="district", parent="z1")
        self.add("areas", id="d2", name="d2", level="district", parent="m2")
        for a, b in self.some([(x, y) for x in ("m1", "m2", "m3", "d1", "d2", "z1") for y in ("m1", "m2", "m3", "d2") if x != y], 0, 4):
            if not any({w["from"], w["to"]} == {a, b} for w in self.t.get("travel", ())) or self.chance(50):
                self.add("travel", from_=a, to=b, minutes=self.r.choice((7, 15, 33, 50)))
        if self.chance(50):
            self.region["travel_default"] = self.r.choice((0, 25, 60))
        for k, person in (("doctor", "yes"), ("clinic", "no")):
            self.add("kinds", id=k, name=k, person=person)
        self.add("bodies", id="ma", name="架空医師会", kind="medical-association")
        for s in ("internal", "paed"):
            self.add("specialities", id=s, name=s)
        self.add("classes", id="every", name="毎日")
        self.add("classes", id="sun", name="日", weekdays="sun")
        self.add("classes", id="sat", name="土", weekdays="sat")
        self.add("classes", id="hol", name="祝", holiday="yes")
        self.add("classes", id="end", name="年末年始", from_="12-29", to="01-03")
        self.add("classes", id="off", name="休診日", any_of="sun;hol;end")
        self.add("classes", id="work", name="平日", none_of="off")
        self.add("classes", id="mid", name="週中", weekdays="tue;wed;thu", none_of="hol")
        self.add("classes", id="winter", name="冬", from_="12-01", to="03-15")
        self.add("classes", id="wsun", name="冬の日曜", any_of="sun;sat", all_of="winter")
        self.class_ids = [c["id"] for c in self.t["classes"]]
        if self.chance(60):
            self.region["winter"] = "winter"
            self.region["winter_percent"] = self.r.choice((100, 133, 150, 200))

    def people(self):
        r = self.r
        self.docs = ["d%d" % n for n in range(1, r.randint(3, 7) + 1)]
        self.clinics = [r.choice("ce") + "%d" % n for n in range(1, r.randint(0, 3) + 1)]
        for p in self.docs + self.clinics:
            born = dt.date(r.randint(1945, 1990), 1, 1) + dt.timedelta(r.randrange(365))
            if self.chance(20):
                born = dt.date(1956, 2, 29)
            self.add(
                "providers", id=p, name=p, kind="doctor" if p in self.docs else "clinic", area=r.choice(("m1", "m2", "m3", "d1", "d2", "r0", "m1", "m2")),
                specialities=";".join(self.some(("internal", "paed"), 1, 2)),
                **{r.choice(("joined", "left")): self.day().isoformat() for _ in range(self.chance(12))},
                labour=r.choice(("none", "A", "linked-B", "B", "C-1", "C-2")) if p in self.docs else "",
                born=born.isoformat() if self.chance(70) else "", dispensing=r.choice(("none", "inside", "outside")),
            )  # fmt: skip
        for c in self.clinics:
            for owner in self.some(self.docs, 0, 2):
                since, until = "", ""
                if self.chance(45):
                    since = self.day(5).isoformat() if self.chance(50) else ""
                    until = self.day(0, 5).isoformat() if self.chance(60) else ""
                    if since and until and since >= until:
                        until = ""
                self.add("links", from_=owner, type="owns", to=c, since=since, until=until)
            if self.chance(60):
                self.add("hours", provider=c, weekdays=";".join(self.some(days.WEEKDAYS, 1, 6)), from_="09:00", to=r.choice(("12:00", "18:00")))
        for _ in range(r.randrange(3)):
            a, b = sorted(r.sample(self.docs + self.clinics, 2), reverse=True)
            type_ = r.choice(("next-to", "paired-with", "deputises-for", "employed-by"))
            if not any((x["from"], x["to"], x["type"]) == (a, b, type_) for x in self.t.get("links", ())):
                self.add("links", from_=a, type=type_, to=b, until=self.day().isoformat() if self.chance(60) else "")
        for d in self.some(self.docs, 0, 1):
            self.add("hours", provider=d, weekdays=";".join(self.some(days.WEEKDAYS, 2, 5)), from_="08:30", to="17:15")

    def duties(self):
        r = self.r
        self.duty_ids = ["n1"] + (["n2"] if self.chance(40) else []) + (["k1"] if len(self.clinics) > 1 or self.chance(20) else [])
        for duty in self.duty_ids:
            kind = "clinic" if duty == "k1" else "doctor"
            if kind == "clinic" and not self.clinics:
                self.clinics.append("c9")
                self.add("providers", id="c9", name="c9", kind="clinic", area="m1", specialities="internal")
            self.add(
                "duties", id=duty, name=duty, kind=kind, specialities="internal;paed", tier=1, body="ma", period=r.choice(("month", "half", "year")),
                site=r.choice(self.clinics) if self.clinics and self.chance(40) else "", absence=r.choice(("", "forgiven", "owed")),
            )  # fmt: skip
            for band in self.some(HOURS, 1, 2 if self.last - self.first < dt.timedelta(14) else 1):
                h = HOURS[band] + ("", "")
                when = r.choice(("every", "every", "off", "work", "wsun", "mid") if duty != "k1" else ("off", "off", "sun", "every"))
                self.add("bands", duty=duty, id=band, name=band, when=when, from_=h[0], to=h[1], from2=h[2], to2=h[3])
                self.add("seats", duty=duty, band=band, role="primary", rank=0, when="every", count=r.choice((1, 1, 1, 2)))
                if self.chance(30):
                    self.add("seats", duty=duty, band=band, role="primary", rank=10, when=r.choice(self.class_ids), count=r.choice((0, 2, 2, 3)))
                if self.chance(30):
                    self.add("seats", duty=duty, band=band, role="reserve", rank=0, when=r.choice(("every", "off", "work")), count=1)
        for _ in range(r.choice((0, 0, 1, 2, 3))):
            row = {"date": self.day(2, 2).isoformat(), "class": r.choice(self.class_ids), "duty": r.choice(["", *self.duty_ids])}
            if not any(all(o.get(k, "") == v for k, v in row.items()) for o in self.t.get("overrides", ())):
                self.add("overrides", action=r.choice(("add", "drop")), **row)

    def members(self):
        r = self.r
        for duty in self.duty_ids:
            pool = self.clinics if duty == "k1" else self.docs
            grouped = self.chance(40)
            groups = ["g1", "g2"][: r.randint(1, 2)] if grouped else []
            for g in groups:
                self.add("shares", duty=duty, id=g, name=g, weight=r.choice(("1", "2", "0.7")))
            chosen = self.some(pool, max(1, len(pool) - 2), len(pool))
            for p in chosen:
                since = self.day(3).isoformat() if self.chance(10) else ""
                until = self.day(0, 3).isoformat() if self.chance(10) else ""
                if since and until and since >= until:
                    since = ""
                self.add(
                    "members", duty=duty, provider=p, weight=r.choice(("", "", "0.5", "2", "1.3")), share=r.choice(groups) if groups and self.chance(95) else "",
                    since=since, until=until, help=r.choice(("owed", "given", "given")) if self.chance(16) else "",
                )  # fmt: skip

    def member_of(self):
        m = self.r.choice(self.t["members"])
        return m["duty"], m["provider"]

    def books(self):
        r = self.r
        for n in range(r.choice((0, 1, 1, 2, 3))):
            scope = r.choice(("provider", "provider", "person", "person", "share"))
            id_ = "l%d" % n
            duties = self.some(self.duty_ids, 1, 1 if scope == "share" else len(self.duty_ids))
            self.add(
                "ledgers", id=id_, name=id_, scope=scope, duties=";".join(duties), role=r.choice(("", "primary", "reserve")) if self.chance(40) else "",
                class_=r.choice(("every", "every", "off", "sun", "work")), price=r.choice((0, 1, 2, 10)), catch_up=r.choice(("", "", "1", "0.5")), beyond=r.choice((0, 0, 50, 500)),
            )  # fmt: skip
            rows = [m for m in self.t["members"] if m["duty"] in duties]
            owners = {a for x in self.t.get("links", ()) if x["type"] == "owns" for a in (x["from"], x["to"])}
            accounts = sorted({m.get("share", "") for m in rows} - {""} if scope == "share" else {m["provider"] for m in rows} & (owners if scope == "person" else {m["provider"] for m in rows}))
            for a in self.some(accounts, 0, 3):
                self.add("balances", ledger=id_, account=a, date=(self.first - dt.timedelta(r.choice((-40, 0, 11, 20, 60)))).isoformat(), carried=r.choice(("1", "-1.5", "0.333333", "2.25", "-0.075", "0.125")))

    def absences(self):
        r = self.r
        for _ in range(r.choice((0, 1, 2, 3))):
            duty, p = self.member_of()
            a, b = self.span(2, 0, 5)
            self.add("exemptions", provider=p, duty=duty if self.chance(40) else "", from_=a, to=b, reason=r.choice(("leave", "illness")), accrues=r.choice(("", "yes")))
        for _ in range(r.choice((0, 0, 1, 2))):
            duty, p = self.member_of()
            a = self.day(20).isoformat()
            self.add("exemptions", provider=p, duty=duty if self.chance(40) else "", from_=a, to="2029-03-31", weekdays=";".join(self.some(days.WEEKDAYS, 1, 3)), reason="other", accrues=r.choice(("", "", "yes")))
        unique = {}
        for e in self.t.get("exemptions", ()):
            unique[e["provider"], e.get("duty", ""), e["from"], e.get("weekdays", "")] = e
        self.t["exemptions"] = list(unique.values())
        seen = set()
        for _ in range(r.choice((0, 0, 1, 2, 3))):
            duty, p = self.member_of()
            a = self.day(1)
            start = r.choice((0, 6, 8, 17, 22))
            end = dt.datetime.combine(a, dt.time(start)) + dt.timedelta(hours=r.choice((1, 3, 9, 12, 24)))
            if (p, a, start) not in seen:
                seen.add((p, a, start))
                self.add("external", provider=p, from_="%sT%02d:00" % (a, start), to=end.isoformat()[:16], what="架空の当直", permit=r.choice(("", "yes")))

    def wishes(self):
        r = self.r
        if self.chance(25):
            return
        for s in ("s1", "s2")[: r.randint(1, 2)]:
            a = self.first - dt.timedelta(r.randrange(3))
            b = self.last - dt.timedelta(r.randrange(4))
            duties = self.some(self.duty_ids, 1, 3)
            self.add("surveys", id=s, from_=a.isoformat(), to=b.isoformat(), duties=";".join(duties), days=r.choice(("", "duty", "clock")))
            seen = set()
            for _ in range(r.randint(1, 7)):
                duty, p = self.member_of()
                if duty not in duties:
                    continue
                type_ = r.choice(("cannot", "cannot", "only", "rather-not", "like", "count", "any"))
                row = {"survey": s, "provider": p, "type": type_, "must": r.choice(("yes", "no"))}
                if type_ not in ("count", "any"):
                    x = a + dt.timedelta(r.randint(0, (b - a).days))
                    y = min(b, x + dt.timedelta(r.randrange(12 if type_ == "only" else 4)))
                    row.update(from_=x.isoformat(), to=r.choice((y.isoformat(), y.isoformat(), "")))
                    if type_ in ("cannot", "rather-not") and self.chance(25):
                        row["ends"] = r.choice(("12:00", "07:00", "24:00", "30:00"))
                if self.chance(30) and type_ != "any":
                    row["duty"] = duty
                    if self.chance(50):
                        row["band"] = r.choice([x["id"] for x in self.t["bands"] if x["duty"] == duty])
                if type_ == "count":
                    row["count"] = r.randrange(4)
                key = tuple(row.get(k) for k in ("provider", "type", "from_", "duty", "band"))
                kinds = {(x["provider"], x["type"]) for x in self.t.get("wishes", ()) if x["survey"] == s}
                if key not in seen and not (type_ in ("count", "any") and (p, type_) in kinds):
                    seen.add(key)
                    self.add("wishes", **row)

    def world(self):
        return world.World({"region": [region.Row("region", self.region)], **{n: [region.Row(n, {k: region.text(v) for k, v in x.items()}) for x in rows] for n, rows in self.t.items()}})

    def bands_of(self, duty):
        return [b["id"] for b in self.t["bands"] if b["duty"] == duty]

    def past(self):
        r = self.r
        seen = set()
        for _ in range(r.choice((0, 4, 10, 16))):
            duty, p = self.member_of()
            near, within = self.chance(45), self.chance(10)
            day = self.first - dt.timedelta(r.randint(1, 12) if near else r.choice((r.randint(13, 120), 364 + r.randint(-5, 25), 728 + r.randint(-5, 25))))
            if within:
                day = self.day()
            role = "reserve" if self.chance(15) else "primary"
            key = duty, day, r.choice(self.bands_of(duty)), role
            if key not in seen:
                seen.add(key)
                self.add("history", duty=duty, date=day.isoformat(), band=key[2], role=role, seat=1, provider=p)

    def rules(self):
        r = self.r
        kinds = sorted(n[5:] for n in dir(self) if n.startswith("rule_"))
        chosen = self.some(kinds, 4, 9) + self.some(["rest_days", "rest_hours", "limit_count", "wish", "wish", "week_class"], 0, 3)
        for n, kind in enumerate(chosen):
            params = getattr(self, "rule_" + kind)()
            if params is None:
                continue
            hard = self.chance(40) and kind not in ("wish", "min_count")
            roles = kind not in ("link_exclude", "consulting_hours", "pair_apart", "pair_together", "area_spread", "skill_min", "follow", "wish")
            if roles and self.chance(25):
                params += " roles=" + r.choice(("both", "primary", "reserve"))
            if kind in ("rest_days", "limit_count", "min_count", "class_run", "week_class", "every_years", "turn_near", "limit_hours", "limit_window") and self.chance(20):
                params += " providers=" + ",".join(self.some(self.docs + self.clinics, 1, 4))
            since = self.day().isoformat() if self.chance(10) else ""
            until = (self.last - dt.timedelta(r.randrange(3))).isoformat() if self.chance(10) else ""
            if since and until and since >= until:
                since = ""
            self.add(
                "rules", id="r%d.%s" % (n, kind.replace("_", ".")), type=kind.replace("_", "."), params=params, price="" if hard else r.choice((0, 3, 40, 100, 1000, 7)),
                duties=";".join(self.some(self.duty_ids, 1, 2)) if self.chance(35) else "", since=since, until=until, **SENTENCE,
            )  # fmt: skip

    def class_param(self, always=False):
        return "class=" + self.r.choice(self.class_ids) if always or self.chance(40) else ""

    def rule_rest_days(self):
        return "days=%d" % self.r.choice((2, 2, 3, 4, 7))

    def rule_rest_hours(self):
        return "hours=%d" % self.r.choice((1, 8, 9, 11, 16, 24, 40))

    def rule_limit_count(self):
        return "max=%d unit=%s %s" % (self.r.choice((0, 1, 2, 3)), self.r.choice(("day", "week", "month", "year", "period")), self.class_param())

    def rule_min_count(self):
        return "min=%d unit=%s %s" % (self.r.choice((1, 2, 3)), self.r.choice(("day", "week", "month", "period", "period")), self.class_param())

    def rule_class_run(self):
        return self.class_param(True)

    def rule_week_class(self):
        return self.class_param(True)

    def rule_person_day(self):
        return "max=%d" % self.r.choice((1, 1, 2))

    def rule_link_exclude(self):
        return "link=%s margin=%d" % (self.r.choice([x["type"] for x in self.t.get("links", ())] or ["owns"]), self.r.choice((0, 30, 180, 1440)))

    def rule_consulting_hours(self):
        return "margin=%d" % self.r.choice((0, 30, 120))

    def rule_pair_apart(self):
        return "providers=%s unit=%s" % (",".join(self.r.sample(self.docs, 2)), self.r.choice(("day", "month")))

    def rule_pair_together(self):
        return "providers=%s" % ",".join(self.r.sample(self.docs, 2))

    def rule_area_spread(self):
        return "max=%d level=%s unit=%s" % (self.r.choice((1, 1, 2)), self.r.choice(("municipality", "municipality", "district", "zone")), self.r.choice(("slot", "day")))

    def rule_skill_min(self):
        unit = self.r.choice(("slot", "day"))
        return "speciality=%s min=%d unit=%s%s" % (self.r.choice(("internal", "paed")), self.r.choice((1, 1, 2)), unit, " level=municipality" if unit == "day" and self.chance(50) else "")

    def rule_follow(self):
        return "with=%s level=%s dispensing=%s" % (self.r.choice(self.duty_ids), self.r.choice(("municipality", "district")), self.r.choice(("outside", "any")))

    def rule_every_years(self):
        return "%s years=%d" % (self.class_param(True), self.r.choice((2, 3)))

    def rule_turn_near(self):
        return "days=%d" % self.r.choice((0, 3, 7))

    def rule_labour_rest(self):
        out = "levels=" + ",".join(self.some(("none", "A", "linked-B", "B", "C-1", "C-2"), 1, 4)) if self.chance(50) else ""
        if self.chance(30):
            out += " rest=%d span=%d" % (self.r.choice((8, 11)), self.r.choice((13, 16)))
        return out

    def rule_limit_hours(self):
        unit = self.r.choice(("", "week", "month", "period"))
        return "max=%d" % self.r.choice((4, 10, 24, 40)) + (" unit=" + unit if unit else "")

    def rule_limit_window(self):
        age = self.r.choice(("", "", " from=65", " to=69", " from=60 to=70"))
        return "max=%d months=%d %s%s" % (self.r.choice((0, 1, 2, 3)), self.r.choice((1, 2, 3, 12)), self.class_param(), age)

    def rule_wish(self):
        return "wish=" + self.r.choice(("cannot", "only", "rather-not", "like", "count"))

    def pins(self):
        r = self.r
        for _ in range(r.choice((0, 0, 0, 1, 2))):
            duty, p = self.member_of()
            day = self.day()
            slots = [s for s in self.world().slots(duty, day) if s.role == "primary"]
            if not slots:
                continue
            key = {"duty": duty, "date": day.isoformat(), "band": r.choice(slots).band, "provider": p}
            if not any(all(o[k] == v for k, v in key.items()) for o in self.t.get("pins", ())):
                self.add("pins", action="forbid" if self.chance(75) else "pin", **key)

    def question(self):
        """Half of them plain; else some of it is published before, and of these some are planned again."""
        r = self.r
        q = {"at": self.at, "first": str(self.first), "last": str(self.last), "duties": self.duty_ids}
        if self.chance(50):
            return q
        again = r.choice(("", "", "replan", "keep", "keep", "change"))
        if again:
            q["before"] = [dict(q)]
            q["again"] = again
            q["change_price"] = r.choice((1, 30, 500))
            if again != "replan" and self.chance(40):
                q["freeze"] = str(self.day())
            if self.chance(40):
                q["without"] = self.some(self.docs, 1, 1)
            if self.chance(40):
                q["duties"] = self.some(self.duty_ids, 1, len(self.duty_ids))
        else:
            cut = self.day()
            part = self.some(self.duty_ids, 1, len(self.duty_ids))
            q["before"] = [{"first": str(self.first), "last": str(cut), "duties": part}]
            if self.chance(30):
                q["before"].insert(0, {"first": str(self.last + dt.timedelta(1)), "last": str(self.last + dt.timedelta(r.randint(1, 4))), "duties": self.duty_ids})
        return q

    def holidays(self):
        """Days that are added and taken away; now and then a year told whole, and wrong: what is told holds, not the law."""
        if not self.chance(25):
            return
        told = {self.day(3, 3): "架空の祝日" for _ in range(3)}
        if self.chance(40):
            for year in sorted({self.first.year, self.last.year}):
                law = sorted(days.named_by_law(year).items())[self.r.choice((0, 0, 1)) :]
                told.update((day + dt.timedelta(self.r.choice((0, 0, 1))), name) for day, name in law)
        for day, name in sorted(told.items()):
            self.add("holidays", date=day.isoformat(), name=name)
        for day in {self.day(3, 3) for _ in range(self.r.choice((0, 1)))}:
            self.add("holidays", date=day.isoformat(), kind="drop")

    def amendments(self):
        """What changes on a day, by a chance of its own: the rest of the region is the same with and without."""
        others, self.r = self.r, random.Random("amended %s" % self.seed)
        for _ in range(self.r.choice((0, 0, 1, 2, 3, 5))):
            self.amend()
        self.r = others

    def amend(self):
        r = self.r
        table = r.choice([t for t in ("bands", "bands", "seats", "seats", "providers", "duties", "travel", "members", "shares", "classes") if self.t.get(t)])
        row = r.choice(self.t[table])
        day = self.day(3, 3).isoformat()
        if table == "bands" and self.chance(80):
            hours = r.choice(list(HOURS.values())) + ("", "")
            values = dict(zip(("from", "to", "from2", "to2"), hours))
        elif table == "bands":
            values = {"when": r.choice(("every", "off", "work", "mid"))}
        elif table == "seats":
            values = {"count": r.choice((0, 1, 2, 3))} if self.chance(70) else {"when": r.choice(self.class_ids)}
        elif table == "providers":
            values = r.choice(({"area": r.choice(("m1", "m2", "m3", "d1", "d2"))}, {"specialities": r.choice(("internal", "paed"))}, {"dispensing": r.choice(("none", "inside", "outside"))}))
        elif table == "duties":
            values = {"site": r.choice([*self.clinics, ""])}
        elif table == "travel":
            values = {"minutes": r.choice((0, 7, 90))}
        elif table == "classes":
            if row["id"] not in ("sun", "sat", "mid"):
                return
            values = {"weekdays": ";".join(self.some(days.WEEKDAYS, 1, 3))}
        else:
            values = {"weight": r.choice(("0.5", "1", "3"))}
        key = "/".join(str(row[k]) for k in world.KEYS[table])
        for field, value in values.items():
            if not any((x["what"], x["key"], x["field"], x["from"]) == (table, key, field, day) for x in self.t.get("amendments", ())):
                self.add("amendments", what=table, key=key, field=field, from_=day, value=value)

    def formulas(self):
        r = self.r
        for duty in self.duty_ids:
            groups = [s["id"] for s in self.t.get("shares", ()) if s["duty"] == duty]
            of = "share" if groups and self.chance(60) else "member"
            if not self.chance(30):
                continue
            accounts = groups if of == "share" else [m["provider"] for m in self.t["members"] if m["duty"] == duty]
            for a in accounts:
                for year in self.some((2023, 2025, 2026, 2027), 1, 3) + [2020]:
                    self.add("figures", duty=duty, account=a, part="visits", year=year, value=r.choice(("10", "7", "33.3", "120", "1")))
            split = self.day().isoformat() if self.chance(30) else ""
            equal = r.choice((0, 25, 60, 33.333333))
            for since, until, share in (("", split, equal), (split, "", 100 - equal))[: 2 if split else 1]:
                for part, percent in (("equal", share), ("visits", 100 - share)):
                    if percent:
                        self.add("formulas", duty=duty, of=of, part=part, since=since, until=until, percent="%g" % round(percent, 6) if percent == int(percent) else "%.6f" % percent, before=r.choice((0, 1, 2)))

    def write(self, directory):
        directory.mkdir(parents=True, exist_ok=True)
        inside = ("areas", "travel", "bodies", "kinds", "specialities", "classes")
        whole = {"format_version": 1, "region": self.region}
        for name, rows in self.t.items():
            if name in inside:
                whole[name] = [{k: self.as_json(k, v) for k, v in row.items()} for row in rows]
            elif rows:
                with open(directory / (name + ".csv"), "w", encoding="utf-8", newline="") as file:
                    out = csv.DictWriter(file, list(dict.fromkeys(k for row in rows for k in row)), lineterminator="\n")
                    out.writeheader()
                    out.writerows(rows)
        (directory / "region.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")

    @staticmethod
    def as_json(key, value):
        if value in ("yes", "no"):
            return value == "yes"
        return value.split(";") if key in ("weekdays", "any_of", "all_of", "none_of") else value
