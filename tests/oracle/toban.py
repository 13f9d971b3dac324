"""The program, from outside: its commands and their answers."""
import csv
import datetime as dt
import json
import os
import shutil
import subprocess

from .problem import Seat
from .world import Slot


class Failed(Exception):
    pass


class Toban:
    """A data file made from a region's directory."""

    def __init__(self, binary, region, directory, at):
        self.binary, self.dir, self.at = binary, directory, at
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir()
        self.db = directory / "t.db"
        self.run("init", "--region", str(region), want=(0,))

    def run(self, *words, want, at=None, db=None, by="o"):
        line = [self.binary, *words, "--db", str(db or self.db), "--at", at or self.at, "--lang", "en", "--by", by, "--json"]
        done = subprocess.run(line, capture_output=True, text=True, timeout=300, env={**os.environ, "LC_ALL": "C.UTF-8"})
        if done.returncode not in want:
            raise Failed("%s: exit %d: %s" % (" ".join(line), done.returncode, done.stderr.strip()))
        return done.returncode, json.loads(done.stdout) if done.stdout.strip() else None

    def period(self, first, last, duties):
        return ["%s..%s" % (first, last), *(w for d in duties for w in ("--duty", d))]

    def plan(self, first, last, duties, *more, want=(0, 1, 5)):
        return self.run("plan", *self.period(first, last, duties), *more, want=want)

    def draft(self, first, last, duties):
        """The latest draft's seats: by publishing it in a copy."""
        copy = self.dir / "copy.db"
        shutil.copy(self.db, copy)
        self.run("publish", want=(0, 1), db=copy)
        seats = self.duties(first, last, duties, db=copy)
        copy.unlink()
        return seats

    def duties(self, first, last, duties, db=None):
        answer = self.run("duties", "%s..%s" % (first, last), want=(0, 1), db=db)[1]
        taken = [d for d in answer["duties"] if d["duty"] in duties and "open" not in d]
        return [Seat(d["provider"], Slot(d["duty"], dt.date.fromisoformat(d["date"]), d["band"], d["role"])) for d in taken]

    def check(self, first, last, duties, roster):
        path = self.dir / "roster.csv"
        with open(path, "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(("duty", "date", "band", "role", "provider"))
            out.writerows((s.slot.duty, s.slot.date, s.slot.band, s.slot.role, s.provider) for s in roster)
        return self.run("check", *self.period(first, last, duties), "--file", str(path), want=(0, 1))[1]
