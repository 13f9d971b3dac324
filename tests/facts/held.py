#!/usr/bin/env python3
"""held.py BASE.db WORK: changes every field of every table of a published region, one at a time, and looks at every form of the publication.

A field with the mark "held" in docs/reference/region-format.md moves no form until `publish --facts`, and then some form that shows it, no event of the past, and every
event that it moves by SEQUENCE and LAST-MODIFIED; where it is "in calendars" an event is among these, and else none. A field without the mark moves nothing at all and
is not published; one "in calendars at once" moves calendars alone, without a publication (tests/cli/validators.sh has that they move forward). Prints a line for each: "0 what" when it is so, "1 what: why not" else.
"""
import filecmp
import os
import re
import shutil
import sqlite3
import subprocess
import sys

TOBAN = os.environ["TOBAN"]
PUBLISHED, LOOKED = "2026-12-10T09:00", "2026-12-10T10:00"
TODAY = "20261210"
base, work = sys.argv[1], sys.argv[2]
only = sys.argv[3:]

# Fields that are held and cannot be seen to move a form in this region, each with its reason.
UNSEEN = {
    ("region", "id"): "the region's own id never changes",
    ("duties", "kind"): "its members are of that kind: it changes with them",
    ("areas", "level"): "only what kind of area a person names; the tree stays",
    ("scales", "version"): "part of the key", ("scales", "scale"): "part of the key",
}

# Not held, and no form of a publication shows them; who can serve no more is marked by the office's own answers, today.
MARKED = {("providers", "joined"), ("providers", "left"), ("members", "since"), ("members", "until")}


def fields():
    """Table -> [(field, type, default, words)] of the region format."""
    tables, table = {}, None
    for line in open("docs/reference/region-format.md", encoding="utf-8"):
        m = re.match(r"### `(\w+)`", line)
        if m:
            table = tables.setdefault(m.group(1), [])
        cells = [c.strip() for c in line.strip().strip("|").split(" | ")]
        if table is not None and line.startswith("| `") and len(cells) >= 5:
            words = cells[5].strip("| ") if len(cells) > 5 else ""
            table.append((cells[0].strip("`"), cells[3], cells[4].strip("`"), words.split(", ") if words else []))
    return tables


def toban(db, *words):
    return subprocess.run([TOBAN, *words, "--db", db, "--lang", "en"], capture_output=True, text=True)


def forms(db, name):
    out = os.path.join(work, name)
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run(["bash", "tests/facts/forms.sh", db, out, LOOKED], check=True)
    found = {}
    for at, _, names in os.walk(out):
        for n in names:
            path = os.path.join(at, n)
            found[os.path.relpath(path, out)] = open(path, "rb").read()
    return found


def plain(data):
    """Without digests, which are another's in every publication."""
    data = re.sub(rb"\b[0-9a-f]{64}\b", b"H", data.replace(b"\r\n ", b""))
    return re.sub(rb"\b[0-9a-f]{8}\b", b"H", data)


def events(data):
    found = {}
    for e in data.decode().replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]:
        e = e.split("END:VEVENT")[0]  # the last one is not another for what ends the calendar
        lines = dict(line.split(":", 1) for line in e.split("\r\n") if ":" in line)
        if lines["CATEGORIES"] == "お知らせ":
            continue  # of a calendar without a duty: it tells of the publication itself
        found[lines["UID"]] = (e, lines)
    return found


def others(db, table, field, kind, row):
    """Other values for a cell, in the form of the data file."""
    old = db.execute(f'SELECT "{field}" FROM "{table}" WHERE rowid = ?', (row,)).fetchone()[0]
    ref = re.search(r"\[`(\w+)`\]", kind) if kind.startswith("id") else None
    if ref:
        ids = [r[0] for r in db.execute(f'SELECT id FROM "{ref.group(1)}" ORDER BY id')]
        if kind.startswith("ids"):
            have = old.split(";") if old else []
            return [";".join(x) or None for x in ([*have, i] for i in ids if i not in have)] + [";".join(h for h in have if h != i) or None for i in have] + ids
        return [i for i in ids if i != old] + [None]
    if "`" in kind and "|" not in kind and re.findall(r"`([^`]+)`", kind):
        return [w for w in re.findall(r"`([^`]+)`", kind) if w != old] + [None]
    if kind.startswith("whole number"):
        low, high = map(int, kind.split()[-1].split(".."))
        n = old if isinstance(old, int) else low
        return [v for v in (n + 1, n - 1, n + 5, low, high) if low <= v <= high and v != old]
    if kind == "date":
        return [None if old else "2026-12-18", "2026-12-13", "2026-12-20", "2027-12-01", "2026-12-25"]
    if kind == "month and day":
        return ["12-20", "01-05", "12-30"]
    if kind == "time":
        minutes = int(old[:2]) * 60 + int(old[3:]) if old else 17 * 60
        return ["%02d:%02d" % divmod(minutes + d, 60) for d in (15, -15, 30, -30, 60)] + [None]
    if kind == "yes/no":
        return [0 if old else 1]
    if kind == "weekdays":
        return ["sun;mon", "wed", "sun;wed", "mon;tue;wed;thu;fri;sat", "sat;sun", None]
    if kind == "decimal":
        return [(old or 0) + 500000]
    if kind == "instant":
        return []
    return [(old or "") + "改", "x2", "half", "month", None]


def differing(a, b):
    return sorted(k for k in a.keys() | b.keys() if a.get(k) != b.get(k))


def judge(was, held, now, control, words):
    """Why the change of a held field is not as it should be; "" when it is, None when no form moved."""
    early = differing(was, held)
    if early:
        return "moved before it was published: " + " ".join(early[:4])
    moved = [k for k in now if plain(now[k]) != plain(control.get(k, b""))]
    if not moved:
        return None
    shown = False
    for k in [k for k in was if k.endswith(".ics") and k in now]:
        before, after = events(was[k]), events(now[k])
        for uid in before.keys() | after.keys():
            if uid not in before or uid not in after:
                name, event = (after if uid in after else before)[uid]
                if "調整中" in str(event):
                    continue  # a seat more, or a day less, of those that nobody takes
                return f"an event came or went in {k}"
            (e, old), (f, new) = before[uid], after[uid]
            day = next(v for x, v in old.items() if x.startswith("DTSTART"))[:8]
            if e == f:
                continue
            shown = True
            if day < TODAY:
                return f"an event of the past moved in {k}: {day}"
            if int(new["SEQUENCE"]) <= int(old["SEQUENCE"]) or new["LAST-MODIFIED"] <= old["LAST-MODIFIED"] or new["DTSTAMP"] != new["LAST-MODIFIED"]:
                return f"an event changed and did not move in {k}: {day}"
    if shown and "in calendars" not in words:
        return "calendars moved"
    return ""


def changed(name, table, field, value, row):
    """A copy of the data file with the cell changed; None: the program does not accept it."""
    path = os.path.join(work, name)
    shutil.copy(base, path)
    db = sqlite3.connect(path)
    try:
        db.execute(f'UPDATE "{table}" SET "{field}" = ? WHERE rowid = ?', (value, row))
        db.commit()
    except sqlite3.Error:
        return None
    finally:
        db.close()
    ok = toban(path, "calendar", "2026-12-13..2026-12-14").returncode == 0
    return path if ok else None


def try_field(table, field, kind, words, was, control):
    db = sqlite3.connect(base)
    rows = [r[0] for r in db.execute(f'SELECT rowid FROM "{table}" ORDER BY rowid')]
    why = "no other value is accepted"
    tried = 0
    for row in rows:
        for value in others(db, table, field, kind, row):
            path = changed("c.db", table, field, value, row)
            if path is None:
                continue
            if "held" not in words:
                answer = toban(path, "publish", "--facts", "--at", PUBLISHED)
                if answer.returncode != 1:
                    return f"a field that is not held was published: {answer.stdout}{answer.stderr}"
                moved = differing(was, forms(path, "c"))
                if "in calendars at once" in words:
                    moved = [k for k in moved if not k.endswith(".ics")]
                if (table, field) in MARKED:
                    moved = [k for k in moved if k != "all/report.txt" and not re.match(r"a/now-[^/]*json$", k)]
                return "moved " + " ".join(moved[:4]) if moved else ""
            held = forms(path, "c")
            answer = toban(path, "publish", "--facts", "--at", PUBLISHED)
            if answer.returncode == 1:
                continue  # the default by another name
            if answer.returncode != 0 or f"  {field}: " not in answer.stdout:
                return f"not published by name: {answer.stdout}{answer.stderr}"
            verdict = judge(was, held, forms(path, "c"), control, words)
            if verdict is not None:
                return verdict
            why = f"no form shows it (row {row}, {value!r})"
            tried += 1
            if tried >= 8:
                return why
    return why


def try_row(table, was, control):
    """A row is taken out: nothing moves before it is published; then the forms go on without it."""
    db = sqlite3.connect(base)
    for row in [r[0] for r in db.execute(f'SELECT rowid FROM "{table}" ORDER BY rowid DESC')]:
        path = os.path.join(work, "c.db")
        shutil.copy(base, path)
        out = sqlite3.connect(path)
        out.execute("PRAGMA foreign_keys = ON")
        try:
            out.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))
            out.commit()
        except sqlite3.Error:
            continue
        finally:
            out.close()
        if toban(path, "calendar", "2026-12-13..2026-12-14").returncode != 0:
            continue
        held = forms(path, "c")
        answer = toban(path, "publish", "--facts", "--at", PUBLISHED)
        if answer.returncode != 0 or "(taken out)" not in answer.stdout:
            return f"not published by name: {answer.stdout}{answer.stderr}"
        now = forms(path, "c")
        if set(now) != set(was):
            continue  # without it no routing table can be made, which is refused
        return judge(was, held, now, control, ["in calendars"]) or ""
    return ""  # every row of it is needed


def main():
    was = forms(base, "was")
    control = os.path.join(work, "control.db")
    shutil.copy(base, control)
    db = sqlite3.connect(control)
    db.execute("INSERT INTO aliases (area, kind, text) VALUES ('n2', 'name', '誰も尋ねない町')")
    db.commit()
    db.close()
    toban(control, "publish", "--facts", "--at", PUBLISHED)
    control = forms(control, "control")
    for table, list_ in fields().items():
        if not sqlite3.connect(base).execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]:
            continue
        if any("held" in words for *_, words in list_) and (not only or table in only):
            why = try_row(table, was, control)
            print(f"1 a row of {table} is taken out: {why}" if why else f"0 a row of {table} is taken out", flush=True)
        for field, kind, _, words in list_:
            name = f"{table}.{field}"
            if "key" in words or (only and table not in only and name not in only):
                continue
            why = UNSEEN.get((table, field))
            if why:
                print(f"0 {name}: not tried: {why}", flush=True)
                continue
            why = try_field(table, field, kind, words, was, control)
            print(f"1 {name} ({', '.join(words)}): {why}" if why else f"0 {name} ({', '.join(words)})", flush=True)


main()
