# SPDX-License-Identifier: GPL-3.0-or-later
"""What each feed in DIR/ics must hold, worked out from DIR/roster.json, the sample's links and
docs/reference/calendar.md alone.

One line per event: file, UID, start, end (UTC), title. Also checks the files' bytes, which no reader does.
"""
import csv
import datetime
import hashlib
import json
import pathlib
import sys

top = pathlib.Path(sys.argv[1])
roster = json.loads((top / "roster.json").read_text(encoding="utf-8"))
def table(name):
    with open(pathlib.Path(__file__).parent.parent.parent / "rosters/ishikawa-chuo" / name, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


links = [x for x in table("links.csv") if x["type"] == "owns"]
members = table("members.csv")
at_home = {d["id"]: d["at_home"] for d in roster["duties"]}
UTC = datetime.timezone.utc
JST = datetime.timezone(datetime.timedelta(hours=9))


def uid(feed, *words):
    text = "\n".join(("toban-uid-1", feed) + words)
    h = list(hashlib.sha256(text.encode()).hexdigest())
    h[12] = "8"
    h[16] = "89ab"[int(h[16], 16) & 3]
    h = "".join(h[:32])
    return "-".join((h[:8], h[8:12], h[12:16], h[16:20], h[20:]))


def utc(text):
    return datetime.datetime.fromisoformat(text).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def title(s):
    role = "予備" if s["role"] == "reserve" else "待機" if at_home[s["duty"]] else "当番"
    return f"{role} {s['duty_name']}（{s['band_name']}） {s['provider_name']}"


def events(feed, seats, personal):
    for s in seats:
        seat = "0" if personal else str(s["seat"])
        owned = (s["provider"],) if personal and feed != f"provider {s['provider']}" else ()
        for i, (a, z) in enumerate((("start", "end"), ("start2", "end2")), 1):
            if a in s:
                yield uid(feed, s["duty"], s["date"], s["band"], s["role"], seat, str(i), *owned), utc(s[a]), utc(s[z]), title(s)


def notice(feed):
    """It names the duty of his (or his clinic's) pool that is published least far, and up to which day."""
    def short(text):
        d = datetime.date.fromisoformat(text)
        return f"{d.month}月{d.day}日({'月火水木金土日'[d.weekday()]})"
    day = datetime.datetime.fromisoformat(roster["published_at"]).astimezone(JST).date()
    start = datetime.datetime(day.year, day.month, day.day, 9, tzinfo=JST)
    words = "お知らせ 割り当てられた当番はありません"
    who = feed.split(" ", 1)[1]
    his = {who} | {x["to"] for x in links if x["from"] == who}
    ends = {}
    for s in roster["seats"] + roster["open"]:
        ends[s["duty"]] = max(ends.get(s["duty"], ""), s["date"])
    told = sorted((ends[d["id"]], i, d["name"]) for i, d in enumerate(roster["duties"]) if d["id"] in ends and any(m["duty"] == d["id"] and m["provider"] in his for m in members))
    if told:
        words += f"（{told[0][2]} {short(told[0][0])}まで公表{'ほか' if len(told) > 1 else ''}）"
    yield uid(feed, "notice"), utc(start.isoformat()), utc((start + datetime.timedelta(minutes=15)).isoformat()), words


def window(seats, personal):
    """What is past is left out: a provider's own feed begins with the last fiscal year, others with the month two months ago."""
    day = datetime.datetime.fromisoformat(roster["published_at"]).astimezone(JST).date()
    if personal:
        first = datetime.date(day.year - (1 if day.month >= 4 else 2), 4, 1)
    else:
        first = (day - datetime.timedelta(days=62)).replace(day=1)
    return [s for s in seats if s["date"] >= first.isoformat()]


def owns(ident, seat):
    """One calendar for each human: what his clinic has stands in it."""
    return any(x["from"] == ident and x["to"] == seat["provider"] and (x.get("since") or "") <= seat["date"]
               and (not x.get("until") or seat["date"] < x["until"]) for x in links)


def feed_of(name):
    if name == "region.ics":
        return f"region {roster['region']}", roster["seats"], False
    kind, ident = name[0], name[2:-4]
    if kind == "d":
        return f"duty {ident}", [s for s in roster["seats"] if s["duty"] == ident], False
    return f"provider {ident}", [s for s in roster["seats"] if s["provider"] == ident or owns(ident, s)], True


def check_bytes(path):
    data = path.read_bytes()
    assert data.endswith(b"END:VCALENDAR\r\n"), f"{path.name}: end"
    for line in data[:-2].split(b"\r\n"):
        assert 0 < len(line) <= 75, f"{path.name}: {len(line)} octets"
        line.decode("utf-8")
        assert all(c >= 32 and c != 127 for c in line), f"{path.name}: control character"


names = sorted(p.name for p in (top / "ics").glob("*.ics"))
missing = [f"d-{d['id']}.ics" for d in roster["duties"]] + [f"p-{s['provider']}.ics" for s in roster["seats"]] + ["region.ics"]
for name in sorted(set(missing) - set(names)):
    sys.exit(f"{name} is missing")
for name in names:
    check_bytes(top / "ics" / name)
    feed, seats, personal = feed_of(name)
    found = list(events(feed, window(seats, personal), personal)) or list(notice(feed))
    for e in sorted(found):
        print(name, *e, sep="\t")
