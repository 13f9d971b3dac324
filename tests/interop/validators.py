# SPDX-License-Identifier: GPL-3.0-or-later
"""Three clients of a running server through changes that no publication makes: one asks by date alone, one by ETag alone, one takes an event only when its SEQUENCE and one only when its
LAST-MODIFIED has grown. Prints "0 name" where each has the new text within a minute, "1 name: why not" else.

  validators.py PORT DB AT TOKENS.json
TOKENS.json: feed -> token. All commands run at AT, one minute.
"""
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

port, db, at = sys.argv[1:4]
failed = []
tokens = json.load(open(sys.argv[4], encoding="utf-8"))
TOBAN = os.environ["TOBAN"]


def ask(feed, **headers):
    rq = urllib.request.Request(f"http://127.0.0.1:{port}/ics/{tokens[feed]}/toban.ics", headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(rq, timeout=20) as a:
            return a.status, a.read(), a.headers
    except urllib.error.HTTPError as a:
        return a.code, a.read(), a.headers


def events(data):
    found = {}
    for e in data.decode().replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]:
        e = e.split("END:VEVENT")[0]
        lines = dict(line.split(":", 1) for line in e.split("\r\n") if ":" in line)
        found[lines["UID"]] = (e, int(lines["SEQUENCE"]), lines["LAST-MODIFIED"])
    return found


class Client:
    """By date, by ETag: each knows what it was told last."""

    def __init__(self, feed):
        self.feed = feed
        _, self.body, h = ask(feed)
        self.date, self.tag = h["Last-Modified"], h["ETag"]
        self.by_date = self.by_tag = self.body
        self.seen = events(self.body)
        self.gone = {}

    def poll(self):
        status, body, h = ask(self.feed, If_Modified_Since=self.date)
        if status == 200:
            self.by_date, self.date = body, h["Last-Modified"]
        status, body, h = ask(self.feed, If_None_Match=self.tag)
        if status == 200:
            self.by_tag, self.tag = body, h["ETag"]
        self.body = ask(self.feed)[1]

    def judge(self):
        """Why one of the four has not what is served; "" when all have."""
        if self.by_date != self.body:
            return "who asks by date has the old text"
        if self.by_tag != self.body:
            return "who asks by ETag has the old text"
        now = events(self.body)
        for uid, (text, sequence, modified) in now.items():
            was = self.seen.get(uid) or self.gone.get(uid)
            if was and was[0] != text and sequence <= was[1]:
                return f"SEQUENCE {was[1]} became {sequence}: {was[0]} / {text}"
            if was and was[0] != text and modified <= was[2]:
                return f"LAST-MODIFIED {was[2]} became {modified}: {was[0]} / {text}"
        self.gone.update({u: e for u, e in self.seen.items() if u not in now})
        self.seen = now
        return ""


def run(*words, when=at):
    a = subprocess.run([TOBAN, *words, "--db", db, "--at", when, "--lang", "en"], capture_output=True, text=True)
    failed.extend([words] if a.returncode else [])
    if a.returncode:
        print(f"# {' '.join(words)}: {a.returncode} {a.stdout} {a.stderr}".replace("\n", " "), flush=True)


def sql(text):
    with sqlite3.connect(db, timeout=20) as d:
        d.execute(text)


def last():
    with sqlite3.connect(db) as d:
        return str(d.execute("SELECT max(id) FROM route_overrides").fetchone()[0])


def override(*words):
    run("override", *words, "--source", "電話")


NIGHT = ("--from", "2026-12-02T19:30", "--until", "2026-12-03T01:00")
DAY = ("--from", "2026-12-06T09:00", "--until", "2026-12-06T17:00")


def wording():
    sql("INSERT INTO calendar_marks (at, what, ref, publication) SELECT '2026-12-01T10:00+09:00', 'wording', 1, max(number) FROM publications")
    run("token", "issue", "p1")  # the next program that writes


# What is done; whose calendars tell of it (what must be in the text then, "!" before: must not).
STEPS = [
    ("a doctor is named for a group's seat", lambda: run("name", "group:2026-12-04:eve", "--person", "u1"), {"dept": "名簿 花子", "u1": "架空医局", "duty group": "名簿 花子"}),
    ("another is named", lambda: run("name", "group:2026-12-04:eve", "--person", "u2", "--instead-of", "u1"), {"dept": "名簿 次郎", "u1": "!架空医局（", "u2": "架空医局"}),
    ("the name is taken back", lambda: run("name", "group:2026-12-04:eve", "--remove"), {"dept": "!次郎", "u2": "!架空医局（"}),
    ("a doctor is replaced for one night", lambda: override("substitute", "--provider", "p1", "--to", "p3", *NIGHT), {"p1": "【取消】", "p3": "代替", "duty night": "当番 急病センター（準夜） 鈴木"}),
    ("the replacement ends early", lambda: override("cancelled", "--supersedes", last(), *NIGHT), {"p1": "!【取消】", "p3": "!代替", "duty night": "!当番 急病センター（準夜） 鈴木"}),
    ("and is entered again", lambda: override("substitute", "--provider", "p1", "--to", "p2", *NIGHT), {"p1": "【取消】", "p2": "代替", "duty night": "当番 急病センター（準夜） 吉田"}),
    ("another takes the substitute's place", lambda: override("substitute", "--provider", "p1", "--to", "p3", *NIGHT, "--supersedes", last()), {"p2": "!代替", "p3": "代替", "duty night": "当番 急病センター（準夜） 鈴木"}),
    ("a clinic is closed", lambda: override("closed", "--provider", "c1", *DAY), {"c1": "休止", "owner": "休止", "duty clinic": "休止"}),
    ("it opens after all", lambda: override("cancelled", "--supersedes", last(), *DAY), {"c1": "!休止", "owner": "!休止", "duty clinic": "!休止"}),
    ("another telephone", lambda: override("phone", "--provider", "c1", "--phone", "076-000-5555", *DAY), {"owner": "076-000-5555", "duty clinic": "076-000-5555"}),
    ("the number is mended", lambda: override("phone", "--provider", "c1", "--phone", "076-000-6666", *DAY, "--supersedes", last()), {"owner": "076-000-6666", "region": "076-000-6666"}),
    ("it begins late", lambda: override("late", "--provider", "c2", "--from", "2026-12-07T09:00", "--until", "2026-12-07T10:00", "--note", "雪のため"), {"c2": "遅延", "duty clinic": "雪のため"}),
    ("a limit", lambda: override("limited", "--provider", "c2", "--from", "2026-12-07T09:00", "--until", "2026-12-07T12:00", "--note", "発熱は電話してから"), {"c2": "発熱は電話してから"}),
    ("one serves besides", lambda: override("extra", "--provider", "c2", "--duty", "clinic", *DAY), {"c2": "（追加）", "duty clinic": "（追加）"}),
    ("and no longer", lambda: override("cancelled", "--supersedes", last(), *DAY), {"c2": "!（追加）", "duty clinic": "!（追加）"}),
    ("a disaster is declared", lambda: override("disaster", "--with", "架空 二郎", "--from", "2026-12-02T12:00", "--until", "2026-12-03T12:00"), {"p1": "災害", "duty night": "災害"}),
    ("two end it", lambda: override("cancelled", "--supersedes", last(), "--with", "架空 二郎", "--from", "2026-12-02T12:00", "--until", "2026-12-03T12:00"), {"duty night": "!災害"}),
    ("another CLASS", lambda: run("rows", "region", "id=v", "calendar_class=private", "--add"), {"p1": "CLASS:PRIVATE", "owner": "CLASS:PRIVATE"}),
    ("and back", lambda: run("rows", "region", "id=v", "calendar_class=public", "--add"), {"p1": "!CLASS:PRIVATE", "owner": "!CLASS:PRIVATE"}),
    ("an alarm", lambda: run("token", "alarm", "p2", "--minutes", "720"), {"p2": "TRIGGER:-PT12H"}),
    ("another alarm", lambda: run("token", "alarm", "p2", "--minutes", "60"), {"p2": "TRIGGER:-PT1H"}),
    ("none any more", lambda: run("token", "alarm", "p2", "--minutes", "0"), {"p2": "!VALARM"}),
    ("another program's words", wording, {"p1": "SEQUENCE", "region": "SEQUENCE", "free": "SEQUENCE"}),
    ("who owned a clinic gave it up", lambda: run("rows", "links", "from=owner", "type=owns", "to=c1", "--remove"), {"owner": "!休日当番"}),
    ("another has it", lambda: run("rows", "links", "from=free", "type=owns", "to=c1", "--add"), {"free": "休日当番"}),
    ("one who has no duty comes into a pool", lambda: run("rows", "members", "duty=night", "provider=new", "--add"), {"new": "急病センター"}),
    ("a name while the clock stands an hour back", lambda: run("name", "group:2026-12-04:eve", "--person", "u2", when="2026-12-01T09:00"), {"dept": "名簿 次郎", "u2": "架空医局"}),
]


def told(body, word):
    text = body.decode().replace("\r\n ", "")
    return word[1:] not in text if word.startswith("!") else word in text


clients = {feed: Client(feed) for feed in tokens}
for name, act, told_in in STEPS:
    before = {feed: c.body for feed, c in clients.items()}
    failed.clear()
    act()
    until = time.monotonic() + (0 if failed else int(os.environ.get("WAIT", "60")))
    while time.monotonic() < until and not all(clients[f].body != before[f] and told(clients[f].body, w) for f, w in told_in.items()):
        time.sleep(0.2)
        for f in told_in:
            clients[f].poll()
    for c in clients.values():
        c.poll()
    why = ""
    for f, c in clients.items():
        if f in told_in and c.body == before[f]:
            why = why or f"{f}: nothing new came"
        if f in told_in and not told(c.body, told_in[f]):
            why = why or f"{f}: {told_in[f]} is not told: {c.body.decode()}"
        fault = c.judge()
        why = why or (f"{f}: {fault}" if fault else "")
    why = re.sub(r"[\r\n]+", " ", why)
    print(f"1 {name}: {why}" if why else f"0 {name}: " + " ".join(told_in), flush=True)
    idle = [f for f, c in clients.items() if ask(f, If_None_Match=c.tag)[0] != 304 or ask(f, If_Modified_Since=c.date)[0] != 304]
    if idle:
        print(f"1 {name}: and then nothing more is sent: {idle}", flush=True)
