# SPDX-License-Identifier: GPL-3.0-or-later
"""Events of every feed in DIR/ics as `khal printics` prints them; one process for all files, as starting khal is slow."""
import datetime
import pathlib
import sys

from click.testing import CliRunner
from khal.cli import main_khal

JST = datetime.timezone(datetime.timedelta(hours=9))
FORMAT = "{uid}\t{start-date-long}T{start-time}\t{end-date-long}T{end-time}\t{title}"


def utc(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=JST).astimezone(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")


for path in sorted((pathlib.Path(sys.argv[1]) / "ics").glob("*.ics"), key=lambda p: p.name):
    result = CliRunner().invoke(main_khal, ["printics", "--format", FORMAT, str(path)])
    if result.exit_code != 0:
        sys.exit(f"{path.name}: {result.output}{result.exception}")
    lines = []
    for line in result.output.splitlines():
        cells = line.rstrip("\n").split("\t")
        if len(cells) == 4:
            lines.append((cells[0], utc(cells[1]), utc(cells[2]), cells[3]))
    for line in sorted(lines):
        print(path.name, *line, sep="\t")
