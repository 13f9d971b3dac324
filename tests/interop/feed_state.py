# SPDX-License-Identifier: GPL-3.0-or-later
"""Events of one feed as python3-icalendar reads them: day, status, free or busy, sequence, title; or, with two directories of feeds, what
may not happen from the one to the other.

  feed_state.py FEED.ics
  feed_state.py --lines FEED.ics     day and hour in Tokyo, status, title, with tabs
  feed_state.py OLD-DIR NEW-DIR
"""
import pathlib
import sys

import icalendar


def events(path):
    return icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")


def show(path):
    lines = []
    for e in events(path):
        lines.append((e.decoded("DTSTART").strftime("%d"), str(e["STATUS"]), str(e["TRANSP"]), str(e["SEQUENCE"]), str(e["SUMMARY"])))
    for line in sorted(lines):
        print("|".join(line))


def compare(old, new):
    """An event that stands in both: unchanged bytes, or a later LAST-MODIFIED and never a smaller SEQUENCE."""
    bad = changed = same = 0
    for path in sorted(old.glob("*.ics")):
        other = new / path.name
        before = {str(e["UID"]): e for e in events(path)}
        after = {str(e["UID"]): e for e in events(other)}
        for uid in before.keys() & after.keys():
            a, b = before[uid], after[uid]
            if a.to_ical() == b.to_ical():
                same += 1
                continue
            changed += 1
            moved = b.decoded("LAST-MODIFIED") > a.decoded("LAST-MODIFIED") and b["DTSTAMP"].dt == b["LAST-MODIFIED"].dt
            status = a["STATUS"] != b["STATUS"]
            counted = b["SEQUENCE"] > a["SEQUENCE"] if status else b["SEQUENCE"] >= a["SEQUENCE"]
            if not (moved and counted):
                print(f"{path.name} {uid}: {a.to_ical()} became {b.to_ical()}", file=sys.stderr)
                bad += 1
    print(f"{changed} changed, {same} unchanged, {bad} wrong")


if sys.argv[1] == "--lines":
    for e in events(pathlib.Path(sys.argv[2])):
        print(e.decoded("DTSTART").strftime("%Y-%m-%dT%H:%M"), e["STATUS"], e["SUMMARY"], sep="\t")
elif len(sys.argv) == 2:
    show(pathlib.Path(sys.argv[1]))
else:
    compare(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
