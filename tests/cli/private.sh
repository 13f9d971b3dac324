#!/usr/bin/env bash
# What press and public are told: every private field of every entity is filled with a mark, and no form for them has one. The names of people are marks too.
# The list of fields is the program's own, so that a new private field is covered by itself. Small region, fictitious (架空).
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
T=$PWD/$TOBAN
db=$work/p.db
mkdir "$work/r" "$work/out" "$work/staff"
"$B/tests/t_private" fields >"$work/fields"; ok $? "the program lists its fields"
cp rosters/ishikawa-chuo/policies.csv "$work/r/"
# A region in which each entity with a private field has a row; then the marks. Text is zq-ENTITY-FIELD-N; days and numbers are ones that occur nowhere else. What the data's own shape
# binds (an id that must be one of the duty's bands, days within a survey) has no mark and is counted.
python3 - "$work" >"$work/log" <<'P'
import json, sys
work = sys.argv[1]
seat = {"duty": "night", "date": "2026-12-08", "band": "eve", "role": "primary"}
def duty(id, name, kind, **more):
    return {"id": id, "name": name, "kind": kind, "specialities": ["internal"], "tier": 1, "body": "ma", "period": "month", **more}
r = {
    "format_version": 1,
    "region": {"id": "mihon", "name": "見本圏", "notice": "すべて架空です", "consulting": "work", "travel_default": 20},
    "areas": [{"id": "r", "name": "見本圏", "level": "region"}, {"id": "n", "name": "北市", "level": "municipality", "parent": "r", "inside": 20},
              {"id": "n1", "name": "北一", "level": "district", "parent": "n"}],
    "bodies": [{"id": "ma", "name": "見本医師会", "kind": "medical-association"}],
    "kinds": [{"id": "clinic", "name": "診療所"}, {"id": "hospital", "name": "病院"}, {"id": "doctor", "name": "医師", "person": "yes"}],
    "specialities": [{"id": "internal", "name": "内科"}],
    "classes": [{"id": "all", "name": "毎日"}, {"id": "year-end", "name": "年末", "from": "12-28", "to": "12-31"},
                {"id": "off", "name": "休診日", "weekdays": "sun", "holiday": "yes", "any_of": ["year-end"]},
                {"id": "work", "name": "平日", "weekdays": "mon;tue;wed;thu;fri;sat", "none_of": ["off"]}],
    "complaints": [{"id": "internal", "name": "内科系", "specialities": ["internal"]}],
    "lines": [{"id": "7119", "name": "相談", "phone": "#7119", "from": "00:00", "to": "24:00"}],
    "scales": [{"scale": "q", "version": "v", "code": c, "rank": u, "urgency": u, "approved_by": "見本", "approved_on": "2026-01-01"} for c, u in (("red", 1), ("yellow", 3))],
    "providers": [
        {"id": "tert", "name": "救命センター", "kind": "hospital", "area": "n", "phone": "076-000-0001", "tertiary": "yes", "disaster_base": "yes"},
        {"id": "h", "name": "病院", "kind": "hospital", "area": "n1", "phone": "076-000-0002"},
        {"id": "centre", "name": "急病センター", "kind": "clinic", "area": "n1", "phone": "076-000-0003", "address": "北一1-1"},
        {"id": "c1", "name": "一医院", "kind": "clinic", "area": "n1", "phone": "076-000-0004", "home_visits": "yes"},
        *({"id": i, "name": i, "kind": "doctor", "area": "n1", "phone": "076-000-0005"} for i in ("d1", "d2", "d3", "d4"))],
    "duties": [duty("night", "急病センター夜間", "doctor", site="centre"), duty("house", "往診の当番", "doctor"),
               duty("rot", "輪番", "hospital", tier=2, ambulance="yes"), duty("clinic", "当番医", "clinic"), duty("second", "二次の医師", "doctor", tier=2)],
    "bands": [{"duty": "night", "id": "eve", "name": "準夜", "when": "all", "from": "19:00", "to": "23:00", "reception": "22:30"},
              {"duty": "house", "id": "day", "name": "昼", "when": "off", "from": "09:00", "to": "17:00"},
              {"duty": "second", "id": "day", "name": "昼", "when": "off", "from": "09:00", "to": "17:00"},
              {"duty": "clinic", "id": "day", "name": "昼", "when": "off", "from": "09:00", "to": "17:00"},
              {"duty": "rot", "id": "all", "name": "終日", "when": "all", "from": "08:30", "to": "32:30"}],
    "seats": [{"duty": d, "band": b, "role": role, "rank": 0, "when": w, "count": n} for d, b, role, w, n in
              (("night", "eve", "primary", "all", 2), ("night", "eve", "reserve", "all", 1), ("house", "day", "primary", "off", 1),
               ("clinic", "day", "primary", "off", 1), ("second", "day", "primary", "off", 1), ("rot", "all", "primary", "all", 1))],
    "members": [*({"duty": d, "provider": p} for d in ("night", "house", "second") for p in ("d1", "d2", "d3", "d4")),
                {"duty": "rot", "provider": "h"}, {"duty": "clinic", "provider": "c1"}],
    "links": [{"from": "d1", "type": "owns", "to": "c1"}, {"from": "h", "type": "backs-up", "to": "c1"}, {"from": "d2", "type": "deputises-for", "to": "c1"}],
    "contacts": [{"duty": "night", "rank": 1, "provider": "d1"}],
    "ledgers": [{"id": "nights", "name": "準夜", "scope": "provider", "duties": ["night"], "class": "all", "price": 1}],
    "balances": [{"ledger": "nights", "account": "d1"}],
    "surveys": [{"id": "s", "from": "2026-12-01", "to": "2026-12-31", "duties": ["night"]}],
    "wishes": [{"survey": "s", "provider": "d3", "type": "cannot", "from": "2026-12-24"}],
    "exemptions": [{"provider": "d4", "duty": "night", "reason": "illness", "weekdays": "wed"}],
    "history": [{"duty": "night", "date": "2026-11-20", "band": "eve", "role": "primary", "seat": 1, "provider": "d1"}],
    "external": [{"provider": "d2", "from": "2026-12-17T17:00", "to": "2026-12-18T08:30"}],
    "pins": [{**seat, "provider": "d3", "action": "forbid"}],
    "rules": [{"id": "rest", "type": "rest.days", "duties": ["house"], "params": "days=2", "ja": "休む", "en": "rest"}],
    "exceptions": [{"duty": "house", "date": "2026-12-13", "band": "day", "role": "primary", "rule": "rest", "provider": "d3"}],
    "homecare": [{"area": "n1", "device": "oxygen"}],
    "amendments": [{"what": "providers", "key": "d1", "field": field, "from": "2026-12-02"} for field in ("name", "staff_phone")],
    "suppliers": [{"id": "o", "name": "酸素会社"}],
    "shares": [{"duty": "night", "id": "zq-members-share", "name": "北", "weight": 1}],
    "recipients": [{"id": k, "name": "送付先", "kind": k, "way": "post" if k == "other" else "mail"} for k in ("press", "other", "municipality", "fire", "hospital")]
                  + [{"id": "own", "name": "会員", "kind": "member", "way": "mail", "each": "yes"}],
}
bound = {"amendments": {"key"}, "wishes": {"from", "to", "band", "count", "received"}, "balances": {"account"}, "external": {"from", "to"}, "exemptions": {"from", "to"}}
kinds = {p["id"]: p["kind"] for p in r["providers"]}
marks, without, n = [], [], 0
for line in open(work + "/fields"):
    entity, field, kind, flags, arg = line.rstrip("\n").split(" ", 4)
    if not set(flags) & {"P", "N"}:
        continue
    if entity not in r:
        sys.exit(f"no row of {entity}, which has private fields")
    rows = r[entity] if isinstance(r[entity], list) else [r[entity]]
    if field in bound.get(entity, ()) or kind in ("REF", "REFS", "ENUM", "BOOL", "WEEKDAYS", "MONTHDAY", "TIME", "INSTANT"):
        without.append(f"{entity}.{field}")
        continue
    if (entity, field) == ("members", "share"):
        for row in r["members"]:
            if row["duty"] == "night":
                row["share"] = "zq-members-share"
        marks.append(("zq-members-share", "P"))
        continue
    for i, row in enumerate(rows):
        if "P" not in flags and kinds.get(row.get("id")) != "doctor":
            continue
        n += 1
        if arg == "phone" or (entity, field, row.get("field")) == ("amendments", "value", "staff_phone"):
            row[field] = f"099-{n:03}-{7000 + n}"
        elif kind == "TEXT":
            row[field] = f"zq-{entity}-{field}-{i}" + ("@zq.example" if field == "staff_mail" or (entity, row.get("way")) == ("recipients", "mail") else "")
        elif kind == "DATE":
            row[field] = f"{2090 if field in ('until', 'left', 'to') else 1930}-{1 + n % 12:02}-{10 + n % 18}"
        elif kind == "DEC":
            row[field] = f"1.{900000 + n}"
        elif kind == "INT":
            low, high = map(int, arg.split(".."))
            row[field] = high - 1000 - n if high - 1000 - n > low else sys.exit(f"no mark fits {entity}.{field}")
        else:
            sys.exit(f"no mark for {entity}.{field} of type {kind}")
        marks.append((str(row[field]), flags))
r["exemptions"][0].update({"from": "1931-01-01", "to": "1931-12-30"})
marks += [("1931-01-01", "P"), ("1931-12-30", "P")]
json.dump(r, open(work + "/r/region.json", "w"), ensure_ascii=False)
def ways(m):
    yield m
    if m[:3] in ("193", "209"):  # a day as people write it
        y, mo, d = map(int, m.split("-"))
        yield f"昭和{y - 1925}年{mo}月{d}日" if y < 2000 else f"令和{y - 2018}年{mo}月{d}日"
open(work + "/all", "w").writelines(w + "\n" for m, f in marks for w in ways(m))
open(work + "/staff-only", "w").writelines(w + "\n" for m, f in marks if "P" in f for w in ways(m))
open(work + "/names", "w").writelines(m + "\n" for m, f in marks if m.startswith("zq-providers-name"))
print(len(marks), "marks in", len({m[:-2] for m, f in marks}), "fields;", len(without), "without:", " ".join(without))
P
is $? 0 "every private field of every entity has its mark: $(cat "$work/log")"
t() { timeout 60 "$T" "$@" --lang ja --by 見本 --db "$db"; }
none() { # none FILE-OF-MARKS PATH DESCRIPTION
    local found
    [ -n "$(find "$2" -type f -size +0 2>/dev/null)" ] || { ok 1 "$3: nothing was written"; return; }
    found=$(grep -rhoF -f "$1" "$2" | sort | uniq -c | head -n 20)
    is "$found" "" "$3"
}
some() { if grep -rqF -f "$1" "$2"; then ok 0 "$3"; else ok 1 "$3"; fi; }
month() { t plan "$1" --duty all --replan --at "$2" >"$work/log" 2>&1 && council "$db" "$2" && t publish --at "$2" >>"$work/log" 2>&1; }

t init --region "$work/r" --at 2026-11-01T08:00 >"$work/log" 2>&1; is "$?/$(head -c 600 "$work/log" | grep '^toban: .*:')" 0/ "it is read"
missing=0
python3 -c 'import sqlite3, sys; print("\n".join(sqlite3.connect(sys.argv[1]).iterdump()))' "$db" >"$work/dump"
while read -r m; do case $m in zq-*) grep -qF "$m" "$work/dump" || missing=$((missing + 1)) ;; esac; done <"$work/all"
is "$missing" 0 "and every mark is in the data file"
month 2026-12 2026-11-02T09:00; is "$?" 0 "planned and published ($(tail -n 1 "$work/log"))"

# What newspapers are sent, and what they are not: who takes whose turn.
t sent 1 --texts "$work/sent" --at 2026-11-02T10:00 >/dev/null 2>&1; ok $? "the texts of the first publication"
mkdir "$work/out/sent"
for k in mail-press post-other; do sed 1d "$work/sent/$k.txt" >"$work/out/sent/${k#*-}.txt"; done # the first line is the envelope: his own address
cp "$work/sent/post-other.html" "$work/out/sent/"; ok $? "and one on paper"
like "$(cat "$work/out/sent/press.txt")" '12月8日\(火\) +急病センター$' "to the press the place stands for the doctor"
like "$(cat "$work/out/sent/press.txt")" '12月6日\(日\) +医師$' "or what he is, where there is no place"
is "$(grep -c '12月8日.*急病センター' "$work/out/sent/press.txt")/$(grep -c 予備 "$work/out/sent/press.txt")" 1/0 "the centre's night once, not seat by seat, without its reserve"
for k in municipality fire hospital; do some "$work/names" "$work/sent/mail-$k.txt" "the text to $k names the doctors"; done
mkdir "$work/own"
for f in "$work"/sent/mail-own-*.txt; do sed 1d "$f" >"$work/own/${f##*/}"; done
none "$work/staff-only" "$work/own" "a member's own text has no number of anybody"
is "$(grep -lF "$(grep -m 1 '先生$' "$work/own/mail-own-d1.txt" | sed 's/　.*//')" "$work"/own/*.txt | wc -l)" 1 "and nobody else's names him"
t duties 2026-12-10..2026-12-10 --duty night --json >"$work/duties.json" 2>/dev/null
who=$(json "$work/duties.json" 'j.duties.filter(d=>d.role==="primary")[0].provider')
printf 'duty,date,band,role,provider,action\nnight,2026-12-10,eve,primary,%s,forbid\n' "$who" >"$work/pins.csv"
t import --entity pins "$work/pins.csv" --at 2026-11-03T08:00 >"$work/log" 2>&1; month 2026-12-10..2026-12-10 2026-11-03T09:00; is "$?" 0 "another doctor takes a night ($who leaves)"
t sent 2 --json --at 2026-11-03T10:00 >"$work/sent.json" 2>/dev/null
like "$(json "$work/sent.json" 'j.recipients.map(r=>r.recipient).join()')" '^fire,hospital,municipality,own:' "which is told to desks and members, and not to the press"

# Paper, pages, files, answers; with a doctor who stands in for a facility.
t export table 2026-12 --file "$work/out/t.json" --at 2026-11-02T10:00 >/dev/null 2>"$work/err"; ok $? "the table is proven and written"
cp "$work/out/t.json" "$work/old.json"
t override substitute --provider c1 --duty clinic --to d4 --from 2026-12-06T09:00 --until 2026-12-06T17:00 --source 電話 --at 2026-12-06T08:00 >"$work/log" 2>&1; ok $? "a doctor stands in for the clinic"
t export sheets 2026-12 --out "$work/out/sheets" --since "$work/old.json" --at 2026-12-06T10:00 >"$work/log" 2>&1; ok $? "the sheets"
is "$(find "$work/out/sheets" -name 'holidays-*' -o -name 'rotation-*' | wc -l)" 2 "those of the rotation and of the turn of the year among them"
t export all --out "$work/export" --routing 2026-12 --at 2026-11-02T10:00 >"$work/log" 2>&1; ok $? "all that is exported"
cp "$work/export/routing.csv" "$work/export/routing.json" "$work/out/"; ok $? "the table as CSV"
n=0
for at in 2026-12-06T10:00 2026-12-06T20:00 2026-12-07T03:00 2026-12-08T12:00; do
    for page in text html; do t now --page $page --at $at >"$work/out/now-$at.$page" 2>/dev/null; done
    for q in "--guidance" "--age 40 --complaint internal --level q:v:yellow" "--level q:v:red --explain" "--guidance --explain"; do
        n=$((n + 1))
        # shellcheck disable=SC2086
        t route --at $at --area 北一 --channel public $q >"$work/out/route-$n.txt" 2>&1
        # shellcheck disable=SC2086
        t route --at $at --area 北一 --channel public $q --json >"$work/out/route-$n.json" 2>&1
        # shellcheck disable=SC2086
        timeout 60 "$T" route --table "$work/out/t.json" --at $at --area 北一 --channel desk $q --json >"$work/out/copy-$n.json" 2>&1
    done
done
like "$(cat "$work"/out/route-*.json)" '"name": ?"医師"' "a doctor at no place is an open door, without his name"
like "$(cat "$work"/out/route-*.json)" '"name": ?"急病センター"' "and the centre is one"
"$T" serve --port 0 --db "$db" --at 2026-12-06T10:00 >"$work/serve.out" 2>&1 &
pid=$!
trap 'kill "${pid:-$$}" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 300); do
    port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$work/serve.out")
    [ -n "$port" ] && break
    sleep 0.1
done
get() { python3 -c 'import sys,urllib.request,urllib.parse
print(urllib.request.urlopen("http://127.0.0.1:%s%s"%(sys.argv[1],urllib.parse.quote(sys.argv[2],safe="/?=&:")),timeout=20).read().decode())' "$port" "$1"; }
n=0
for q in "at=2026-12-06T10:00&guidance=1" "at=2026-12-06T10:00&guidance=1&explain=1" "at=2026-12-06T20:00&level=q:v:yellow&age=40" "at=2026-12-06T10:00&level=q:v:red&explain=1"; do
    n=$((n + 1))
    get "/v1/route?area=北一&channel=public&$q" >"$work/out/http-$n.json" || ok 1 "asked over HTTP"
done
for q in now "now?at=2026-12-06T20:00" roster publications; do get "/v1/$q" >"$work/staff/http-${q%%\?*}${#q}.json" || ok 1 "asked over HTTP"; done
kill "$pid"; wait "$pid" 2>/dev/null
none "$work/all" "$work/out" "no form for press and public has a private field or the name of a person ($(find "$work/out" -type f | wc -l) files)"
is "$(cat "$work"/out/route-*.json "$work"/out/http-*.json | grep -cE '"(facility|id|provider)": *"d[1-4]"')" 0 "nor his id, on the public channel"

# What members and desks have names the doctors, and has no number of theirs.
cp "$work"/export/roster.* "$work/staff/" && cp -r "$work/export/ics" "$work/staff/"; ok $? "rosters and calendars"
some "$work/names" "$work/staff" "rosters, calendars and /v1 name the doctors"
# Who is called in turn stands on the roster of the duty; the first amendment is of a doctor's name.
grep -v -e 'zq-contacts-name' -e 'zq-amendments-value-0' "$work/staff-only" >"$work/house"
none "$work/house" "$work/staff" "rosters, calendars and /v1 have no other private field"
# The marks are seen where they belong, so they would have been seen above.
t tomorrow 2026-12-06 --at 2026-12-05T10:00 >"$work/log" 2>/dev/null; like "$(cat "$work/log")" '099-[0-9]{3}-7' "the list of the day before has the numbers for staff"
t now --page disaster --at 2026-12-06T10:00 >"$work/log" 2>/dev/null; like "$(cat "$work/log")" 'zq-homecare-keeper' "the disaster sheet has who keeps the lists of patients"
t route --at 2026-12-06T20:00 --area 北一 --channel 119 --level q:v:red >"$work/log" 2>/dev/null; like "$(cat "$work/log")" '099-[0-9]{3}-7' "the 119 desk has numbers for staff"
t route --at 2026-12-06T10:00 --area 北一 --channel desk --guidance >"$work/log" 2>/dev/null; like "$(cat "$work/log")" 'zq-providers-name' "and a desk the doctor's name"
done_testing
