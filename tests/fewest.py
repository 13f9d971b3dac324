#!/usr/bin/env python3
"""The fewest published seats that a re-plan must change, by another solver: the rows of the exported model with an objective of changes alone.

fewest.py MODEL.mps PUBLISHED   PUBLISHED: seats that stand published in the planned slots. Prints "OPEN CHANGES", or "unknown" when cbc does not prove it.
A published seat kept is the only column with the price of a change (docs/reference/rules.md: two open prices, and the open price then is 41 of the old ones)."""
import re
import subprocess
import sys
import tempfile

HOLE = 1000  # one open seat against so many changes


def pairs(words):
    return [(words[i], words[i + 1]) for i in range(1, len(words) - 1, 2)]


def main():
    lines = open(sys.argv[1], encoding="ascii").read().splitlines()
    section, objective, cost = "", None, {}
    for line in lines:
        if not line.startswith(" "):
            section = line.split(" ")[0]
        elif section == "ROWS" and line.split()[0] == "N":
            objective = line.split()[1]
        elif section == "COLUMNS" and "'MARKER'" not in line:
            for row, value in pairs(line.split()):
                if row == objective:
                    cost[line.split()[0]] = int(value)
    hole = max(v for k, v in cost.items() if k.startswith("open["))
    price = 2 * hole // 41
    wanted = {k: HOLE for k in cost if k.startswith("open[")}
    wanted.update({k: -1 for k, v in cost.items() if k.startswith("x[") and v < -price // 2})
    with tempfile.NamedTemporaryFile("w", suffix=".mps") as out:
        section, told = "", set()
        for line in lines:
            if not line.startswith(" "):
                section = line.split(" ")[0]
            elif section == "COLUMNS" and "'MARKER'" not in line:
                words = line.split()
                kept = [p for p in pairs(words) if p[0] != objective]
                if words[0] not in told:
                    told.add(words[0])
                    kept.insert(0, (objective, wanted.get(words[0], 0)))
                for row, value in kept:
                    out.write(f" {words[0]} {row} {value}\n")
                continue
            out.write(line + "\n")
        out.flush()
        text = subprocess.run(["cbc", out.name, "sec", "120", "ratio", "0", "allow", "0", "solve"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False).stdout
    found = re.search(r"^Objective value:\s*(\S+)", text, re.M)
    if not found or "Result - Optimal solution found" not in text:
        print("unknown")
        return
    value = round(float(found.group(1)))
    holes = -(-value // HOLE)
    print(holes, int(sys.argv[2]) - (HOLE * holes - value))


main()
