"""A region's directory, read as docs/reference/region-format.md says: lists of rows, each a dict of texts ('' is "not told")."""
import csv
import json
import pathlib

DEFAULTS = {
    "region": {"winter_percent": "150", "travel_default": "60"},
    "duties": {"absence": "owed"},
    "members": {"weight": "1", "help": "no"},
    "exemptions": {"accrues": "no"},
    "ledgers": {"role": "primary", "catch_up": "0", "beyond": "0"},
    "surveys": {"days": "duty"},
    "wishes": {"must": "yes", "count": "0"},
    "external": {"permit": "no"},
    "pins": {"role": "primary", "action": "pin"},
    "exceptions": {"role": "primary"},
    "formulas": {"before": "0"},
    "providers": {"labour": "none", "dispensing": "none"},
    "classes": {"holiday": "no"},
    "holidays": {"kind": "add"},
}


class Row(dict):
    """A cell that is not there is its default, or not told."""

    def __init__(self, table, cells):
        super().__init__({k: v for k, v in cells.items() if v != ""})
        self.defaults = DEFAULTS.get(table, {})

    def __missing__(self, key):
        return self.defaults.get(key, "")

    def ids(self, key):
        return [x for x in self[key].split(";") if x]


def text(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(text(v) for v in value)
    return "" if value is None else str(value)


def read(directory):
    directory = pathlib.Path(directory)
    whole = json.loads((directory / "region.json").read_text("utf-8"))
    tables = {"region": [whole["region"]]}
    for name, rows in whole.items():
        if isinstance(rows, list):
            tables.setdefault(name, []).extend(rows)
    for path in sorted(directory.glob("*.csv")):
        if path.stem == "syukujitsu":  # the Cabinet's list, in its own form: here the law is asked
            continue
        with open(path, encoding="utf-8-sig", newline="") as file:
            tables.setdefault(path.stem, []).extend(csv.DictReader(file))
    return {name: [Row(name, {k: text(v) for k, v in row.items()}) for row in rows] for name, rows in tables.items()}
