"""The same acts at the pages and at a terminal leave the same tables. office_same.py TOBAN DB AT; prints "STATUS NAME"."""
import json
import re
import shutil
import subprocess
import sys
import urllib.parse

from office_client import AT, DB, PASSWORD, TOBAN, Browser, Office, candidates, say, seats_of, toban

OTHER = DB + ".terminal"


def typed(*words):
    done = subprocess.run([TOBAN, *words, "--db", OTHER, "--lang", "ja", "--at", AT, "--by", "北川"], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        print(f"{words}: {done.stderr}", file=sys.stderr)
    return done


def dump(db):
    """Every table but the audit trail's numbers and the lines of who may log in, which a terminal has no need of."""
    text = subprocess.run(["sqlite3", db, ".dump"], capture_output=True, text=True, check=True).stdout
    lines = [x for x in text.splitlines() if "'user add'" not in x]
    return [re.sub(r"^(INSERT INTO audit VALUES\()\d+,", r"\1", x) for x in lines]


def main():
    shutil.copyfile(DB, OTHER)
    toban("user", "add", "kitagawa", "--name", "北川", stdin=PASSWORD + "\n")
    office = Office()
    me = Browser(office)
    me.login("kitagawa")
    d = "1"
    acts = 0

    def act(name, fields, *words):
        nonlocal acts
        status, text, _ = me.post(f"/d/{d}/{name}", {"revision": me.revision(d), **fields})
        if status != 303:
            print(f"{name} {fields}: {status} {text[-400:]}", file=sys.stderr)
        typed(*words)
        acts += 1

    cells = [c for c in seats_of(me.get(f"/d/{d}")[1]) if not c[0].endswith(":reserve")]
    for seat, who in cells[4:16:2]:
        page = me.get(f"/d/{d}?" + urllib.parse.urlencode({"seat": seat, "who": who}))[1]
        new = (candidates(page, "○") or candidates(page, "△"))[0]
        act("assign", {"seat": seat, "provider": new, "instead-of": who}, "assign", "--seat", seat, "--provider", new, "--instead-of", who)
    act("undo", {}, "undo")
    act("undo", {}, "undo")
    act("redo", {}, "redo")
    a, b = cells[20], next(c for c in cells[24:] if c[0].split(":")[0] == cells[20][0].split(":")[0] and c[1] != cells[20][1])
    act("exchange", {"seat": a[0], "provider": a[1], "with": f"{b[0]}={b[1]}"}, "exchange", "--seat", a[0], "--provider", a[1], "--with", b[0], "--instead-of", b[1])
    act("undo", {}, "undo")
    act("pin", {"seat": a[0], "provider": a[1], "reason": "申し出"}, "pin", "--seat", a[0], "--provider", a[1], "--reason", "申し出")
    seat, who = cells[30]
    act("leave", {"seat": seat, "provider": who}, "unassign", "--seat", seat, "--provider", who)
    page = me.get(f"/d/{d}?" + urllib.parse.urlencode({"seat": seat}))[1]
    link = re.search(r'/d/\d+/exception\?[^"]*provider=([^"&]+)"', page)
    new = urllib.parse.unquote(link.group(1))
    act("exception", {"seat": seat, "provider": new, "reason": "ほかにいない", "signed-by": "白峯"}, "assign", "--seat", seat, "--provider", new)
    broken = subprocess.run([TOBAN, "check", "--json", "--db", OTHER, "--at", AT], capture_output=True, text=True, check=False).stdout
    for rule in sorted({v["rule"] for v in json.loads(broken)["broken_hard_rules"]}):
        typed("exception", "--rule", rule, "--seat", seat, "--provider", new, "--reason", "ほかにいない", "--signed-by", "白峯")
    status, _, _ = me.post(f"/d/{d}/publish", {"what": "publish", "note": "一月"})
    typed("publish", "--note", "一月")
    say(status == 303, f"{acts} acts and a publication at the pages")
    where, out = seats_of(me.get(f"/d/{d}")[1])[10]
    page = me.get("/replace?" + urllib.parse.urlencode({"seat": where, "who": out}))[1]
    comes = re.search(r'name="provider" value="([^"]+)"', page).group(1)
    status, _, _ = me.post("/replace", {"seat": where, "who": out, "provider": comes, "said": "publish", "note": "急病"})
    typed("replace", "--seat", where, "--provider", out, "--with", comes, "--note", "急病")
    say(status == 303, "and a substitute published")
    office.end()
    at_pages, at_terminal = dump(DB), dump(OTHER)
    only = sorted(set(at_pages) - set(at_terminal))[:4], sorted(set(at_terminal) - set(at_pages))[:4]
    say(sorted(at_pages) == sorted(at_terminal), f"leave the same {len(at_pages)} rows as the same acts at a terminal", str(only))


if __name__ == "__main__":
    main()
