#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""same_answers.py OLD NEW: each answer of OLD is given in NEW too; prints TAP-like "STATUS name" lines. Of JSON every key and value
of the old answer must be there; a later program may tell more, and format_version may rise. Events of calendars are the same ones at
the same hours; SEQUENCE and LAST-MODIFIED may go forward, and must not go back: the upgrade itself moves them where the words are others."""
import json
import sys


# The digest of what is written anew from the same publication: another when the file's own form has grown.
DERIVED = ("table",)


def sections(path):
    name, out = None, {}
    for line in open(path, encoding="utf-8"):
        if line.startswith("== "):
            name = line[3:].strip()
            out[name] = ""
        else:
            out[name] += line
    return out


def differs(old, new, where="j"):
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in old.items():
            if key == "format_version" or key in DERIVED:
                continue
            if key not in new:
                return f"{where}.{key} is gone"
            found = differs(value, new[key], f"{where}.{key}")
            if found:
                return found
        return None
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for i, (a, b) in enumerate(zip(old, new)):
            found = differs(a, b, f"{where}[{i}]")
            if found:
                return found
        return None
    return None if old == new else f"{where} was {json.dumps(old, ensure_ascii=False)}, is {json.dumps(new, ensure_ascii=False)}"


def forward(old, new):
    for word in ("SEQUENCE:", "LAST-MODIFIED:"):
        if old.startswith(word) and new.startswith(word):
            a, b = old[len(word):], new[len(word):]
            return (len(a), a) < (len(b), b)
    return False


def judge(old, new):
    if old.startswith("{"):
        a, b = old.rsplit("\n-- exit ", 1), new.rsplit("\n-- exit ", 1)
        if a[1:] != b[1:]:
            return f"exit {a[1:]}, now {b[1:]}"
        try:
            return differs(json.loads(a[0]), json.loads(b[0]))
        except ValueError as e:
            return f"no JSON: {e}: {b[0][:200]}"
    for a, b in zip(old.split("\n"), new.split("\n")):
        if a != b and not forward(a, b):
            return f"was {a}, is {b}"
    return None if len(old) == len(new) else "shorter or longer than it was"


old, new = sections(sys.argv[1]), sections(sys.argv[2])
for name in old:
    found = judge(old[name], new.get(name, ""))
    print(1 if found else 0, name + (f": {found}" if found else ""))
