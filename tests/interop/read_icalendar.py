# SPDX-License-Identifier: GPL-3.0-or-later
"""Events of every feed in DIR/ics as python3-icalendar reads them."""
import datetime
import pathlib
import sys

import icalendar

for path in sorted((pathlib.Path(sys.argv[1]) / "ics").glob("*.ics"), key=lambda p: p.name):
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    lines = []
    for e in calendar.walk("VEVENT"):
        assert not e.errors, (path.name, e.errors)
        times = [e.decoded(k).astimezone(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ") for k in ("DTSTART", "DTEND")]
        lines.append((str(e["UID"]), *times, str(e["SUMMARY"])))
    for line in sorted(lines):
        print(path.name, *line, sep="\t")
