#!/usr/bin/env python3
"""Joins programs in free MPS files into one: regions that share nobody, planned at once.

    make-regions.py OUT.mps IN.mps IN.mps ...

The k-th program's rows and columns get the prefix rK_. Objectives are added up.
"""
import sys


def lines(path):
    section = ""
    with open(path, encoding="ascii") as f:
        for line in f:
            if line.startswith("*") or not line.strip():
                continue
            if not line[0].isspace():
                section = line.split()[0]
                continue
            yield section, line.split()


def main():
    out, inputs = sys.argv[1], sys.argv[2:]
    parts = {"ROWS": [" N total"], "COLUMNS": [], "RHS": [], "RANGES": [], "BOUNDS": []}
    for k, path in enumerate(inputs, 1):
        objective = None

        def row(name):
            return "total" if name == objective else f"r{k}_{name}"

        for section, w in lines(path):
            if section == "ROWS":
                if w[0] == "N":
                    objective = objective or w[1]
                else:
                    parts["ROWS"].append(f" {w[0]} {row(w[1])}")
            elif section == "COLUMNS":
                if "'MARKER'" in w:
                    parts["COLUMNS"].append(" " + " ".join([f"r{k}_{w[0]}", *w[1:]]))
                    continue
                pairs = " ".join(f"{row(w[i])} {w[i + 1]}" for i in range(1, len(w), 2))
                parts["COLUMNS"].append(f" r{k}_{w[0]} {pairs}")
            elif section in ("RHS", "RANGES"):
                body = w[1:] if len(w) % 2 else w
                pairs = " ".join(f"{row(body[i])} {body[i + 1]}" for i in range(0, len(body), 2))
                parts[section].append(f" {section} {pairs}")
            elif section == "BOUNDS":
                # the name of the set of bounds may be left out
                valued = w[0] not in ("FR", "MI", "PL", "BV")
                rest = w[-2:] if valued else w[-1:]
                parts["BOUNDS"].append(" ".join([f" {w[0]} BND r{k}_{rest[0]}", *rest[1:]]))
    with open(out, "w", encoding="ascii") as f:
        f.write("NAME regions\n")
        for section, body in parts.items():
            if body or section in ("ROWS", "COLUMNS", "RHS"):
                f.write(section + "\n" + "".join(line + "\n" for line in body))
        f.write("ENDATA\n")


main()
