"""Calls as people make them, each held against the region's own files: python3 -m oracle.calls REGION CALLS ANSWERS

ANSWERS holds N.json for the N-th call (and N.asked, the question that came back first). What a door takes and where it is comes from
providers.csv and region.json, never from the answer: its facility and duty are looked up there. TAP."""
import csv
import json
import pathlib
import re
import sys


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def age_of(words):
    """Whole years, by the words of these calls; None: not known."""
    m = re.search(r"[0-9]+", words.translate(str.maketrans("０１２３４５６７８９", "0123456789")))
    if not m:
        return None
    return int(m[0]) if re.search(r"[歳才]", words) or words.isdigit() else 0  # months and days


class Region:
    def __init__(self, directory):
        whole = json.loads((directory / "region.json").read_text("utf-8"))
        self.providers = {r["id"]: r for r in rows(directory / "providers.csv")}
        self.duties = {d["id"]: d for d in whole["duties"]}
        self.names = {s["id"]: s["name"] for s in whole["specialities"]}

    def takes(self, entry, age):
        """Does this door take somebody of that age? A tertiary centre takes everybody."""
        p = self.providers[entry["facility"]]
        d = self.duties.get(entry.get("duty"), {})
        if not d and p["tertiary"] == "yes":
            return True
        low = max(int(p["age_from"] or 0), int(d.get("age_from", 0)))
        high = min(int(p["age_to"] or 150), int(d.get("age_to", 150)))
        return low <= age < high

    def faults(self, entry, age):
        p = self.providers[entry["facility"]]
        offered = {self.names[s] for s in p["specialities"].split(";") if s}
        promised = {self.names[s] for s in self.duties.get(entry.get("duty"), {}).get("specialities", [])}
        if age is not None and not self.takes(entry, age):
            yield "%s takes nobody of %d" % (p["id"], age)
        if not entry["departments"] or not set(entry["departments"]) <= (offered or promised):
            yield "%s: departments %s are not its own" % (p["id"], entry["departments"])
        if not entry["address"] or entry["address"] != p["address"]:
            yield "%s: address %s" % (p["id"], entry["address"])
        if not entry["phone"] or entry["phone"] not in (p["phone"], p["staff_phone"]):
            yield "%s: telephone %s" % (p["id"], entry["phone"])
        if "name_en" in entry and entry["name_en"] != p["name_en"]:
            yield "%s: %s" % (p["id"], entry["name_en"])


def judge(region, call, answer, asked):
    again = dict([call["again"].split("=", 1)]) if call["again"] else {}
    if bool(again) != asked:
        yield "a question came back" if asked else "no question came back"
    age = age_of(again.get("age", call["age"]))
    understood = answer["question"]
    if understood["age"] != age:
        yield "understood as %s years, not %s" % (understood["age"], age)
    if (understood["area"] is None) != (call["area"] == "unknown"):
        yield "area %s" % understood["area"]
    doors = [e for e in answer["entries"] if "facility" in e]
    if not doors:
        yield "no place at all"
    if not all(e["do"] and e["do_text"] for e in answer["entries"]):
        yield "a line that does not say what to do"
    if answer["entries"][0]["do"] in ("backup", "next-choice"):
        yield "the first line is called that of another"
    if any(e["phone"] == "" for e in answer["entries"] if e["role"] not in ("later", "family")):
        yield "a line without a telephone"
    for e in doors:
        yield from region.faults(e, age)


def main():
    region, calls, answers = map(pathlib.Path, sys.argv[1:4])
    region = Region(region)
    lines = [line for line in calls.read_text("utf-8").splitlines() if line]
    heads = lines[0].lstrip("# ").split("\t")
    failed = 0
    calls = [dict(zip(heads, line.split("\t"))) for line in lines[1:]]
    for n, call in enumerate(calls, 1):
        file = answers / ("%d.json" % n)
        try:
            answer = json.loads(file.read_text("utf-8"))
            said = list(judge(region, call, answer, (answers / ("%d.asked" % n)).exists()))
        except (OSError, ValueError, KeyError) as x:
            said = ["no answer: %r" % x]
        failed += bool(said)
        print("%s %d - %s %s %s" % ("not ok" if said else "ok", n, call["who calls"], call["area"], call["complaint"]))
        for s in said:
            print("#   " + s)
    print("1..%d" % len(calls))
    return failed > 0


if __name__ == "__main__":
    raise SystemExit(main())
