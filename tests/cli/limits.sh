#!/usr/bin/env bash
# Large regions, long names, long lists: everything is there, or it is refused in clear words; nothing is left out in silence.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C.UTF-8
# region DIR PYTHON: the small region with a routing policy, changed by the words of Python over `r`.
region() {
    mkdir -p "$1"
    python3 - "$work/region/region.json" "$1/region.json" "$2" <<'P'
import json, sys
r = json.load(open(sys.argv[1]))
signed = {"approved_by": "架空の承認", "approved_on": "2026-10-01"}
r["complaints"] = [{"id": "internal", "name": "内科", "specialities": ["internal"]}]
r["policies"] = [{"id": u + "-last", "urgency": u, "rank": 90, "take": "text", "role": "last", "name": "119番", "phone": "119", **signed}
                 for u in ("guidance", "u1", "u2", "u3", "u4", "u5", "unknown")]
def rows(take, role, urgency="guidance", rank=10, **more):
    return {"id": "%s-%s-%d" % (urgency, take, rank), "urgency": urgency, "rank": rank, "take": take, "role": role, **signed, **more}
exec(sys.argv[3])
json.dump(r, open(sys.argv[2], "w"))
P
}
# made NAME: a data file of that region with three published nights.
made() {
    db=$work/$1.db
    t init --region "$work/$1" --at 2026-11-01T09:00 >/dev/null && t plan 2026-12-02..2026-12-09 --duty all --at 2026-11-02T09:00 >/dev/null &&
        t publish --at 2026-11-03T09:00 >/dev/null
}
refused() { # NAME PYTHON PATTERN WHAT
    region "$work/$1" "$2"
    "$TOBAN" init --region "$work/$1" --db "$work/$1.db" --lang en >/dev/null 2>"$work/err"
    is "$?" 3 "$4: refused when the region is read"
    like "$(cat "$work/err")" "$3" "$4: said"
}

# ---- refused in clear words
refused lines 'r["lines"] = [{"id": "l%d" % i, "name": "電話 %d" % i, "phone": "076-000-0000", "from": "00:00", "to": "24:00"} for i in range(65)]' \
    'at most 64 advice lines' "65 advice lines"
refused complaints 'r["complaints"] = [{"id": "c%d" % i, "name": "症状 %d" % i, "specialities": ["internal"]} for i in range(64)]' \
    '64 complaint groups and 0 modifiers: at most 63 together' "64 complaint groups"
refused soon 'r["policies"] += [rows("soon", "later", rank=i, within=60) for i in range(1, 10)]' 'at most 8 rows that take soon' "nine rows that take soon"
refused next 'r["policies"] += [rows("next", "later", rank=i) for i in range(1, 10)]' 'at most 8 rows that take next' "nine rows that take next"
refused north 'r["providers"][0]["latitude"] = "36.5"' 'latitude and longitude are given both or not at all' "a latitude alone"
refused far 'r["providers"][0].update(latitude="136.6", longitude="36.5")' 'latitude is -90 to 90' "latitude and longitude the wrong way round"
refused centres 'r["centres"] = [{"id": "ce%d" % i, "name": "支援 %d" % i, "area": "town", "phone": "076-000-0000"} for i in range(65)]' 'at most 64 centres' "65 centres"
region "$work/full" 'r["policies"] += [rows("text", "main", rank=i, name="文 %d" % i) for i in range(1, 17)]'
made full
t now --page text --at 2026-12-02T20:00 --lang en >/dev/null 2>"$work/err"
is "$?" 3 "a list whose last row finds no room"
like "$(cat "$work/err")" 'policies: more than 16 entries for urgency guidance, and "guidance-last" \(rank 90\) is not among them' "is not made without it: said"
t now --page text --at 2026-12-02T20:00 --lang ja 2>&1 >/dev/null | grep -q '「guidance-last」（rank 90）が載りません'
ok $? "in Japanese as well"

region "$work/home" 'r["providers"][0]["home_visits"] = "yes"
r["providers"] += [{"id": "n%d" % i, "name": "架空看護 %d" % i, "kind": "clinic", "area": "town"} for i in range(16)]
r["links"] = [{"from": "n%d" % i, "type": "nurses-for", "to": "p1"} for i in range(16)]'
made home
t now --page text --at 2026-12-02T20:00 --lang en >/dev/null 2>"$work/err"
is "$?" 3 "seventeen to call for one doctor's patients"
like "$(cat "$work/err")" 'links: more than 16 to call for the home-care patients of p1' "said"

# ---- everything is there
region "$work/many" '
r["providers"] += [{"id": "h%d" % i, "name": "架空病院 %d" % i, "kind": "clinic", "area": "town", "phone": "076-000-%04d" % i, "tertiary": "yes", "specialities": ["internal"]} for i in range(600)]
r["lines"] = [{"id": "l%d" % i, "name": "電話 %d" % i, "phone": "076-000-0000", "from": "00:00", "to": "24:00"} for i in range(30)]
for i in range(20):
    d = "rot%d" % i
    r["duties"].append({"id": d, "name": "輪番 %d" % i, "kind": "clinic", "specialities": ["internal"], "tier": 2, "body": "assoc", "period": "month"})
    r["bands"].append({"duty": d, "id": "eve", "name": "夜", "when": "all", "from": "19:30", "to": "25:00"})
    r["seats"].append({"duty": d, "band": "eve", "role": "primary", "rank": 0, "when": "all", "count": 1})
    r["members"].append({"duty": d, "provider": "h%d" % i})
del r["policies"]'
cp rosters/ishikawa-chuo/policies.csv "$work/many"
made many
t now --page text --at 2026-12-02T20:00 >/dev/null 2>"$work/err"
is "$?" 0 "600 doors that are always open ($(head -c 200 "$work/err"))"
t export table 2026-12-02..2026-12-03 --file "$work/table.json" --lang en >"$work/out" 2>&1
is "$?" 0 "its table is written ($(head -c 300 "$work/out"))"
is "$(json "$work/table.json" 'j.last_resort.rows.length')" 631 "119, all 30 lines and 600 centres are told when all else fails"
"$TOBAN" route --table "$work/table.json" --area town --guidance --at 2026-12-02T20:00 >/dev/null 2>"$work/err"
is "$?" 0 "and the copied table is read"

t export sheets 2026-12-02..2026-12-03 --out "$work/sheets" >/dev/null 2>"$work/err"
is "$(grep -o '<th>輪番 [0-9]*' "$work"/sheets/rotation-*.html | wc -l)" 20 "twenty rotations have their columns on the sheet"

# ---- long names of files
long=$work/$(printf 'd%.0s' $(seq 200))/$(printf 'e%.0s' $(seq 200))/$(printf 'f%.0s' $(seq 200))/$(printf 'g%.0s' $(seq 200))/$(printf 'h%.0s' $(seq 200))/$(printf 'i%.0s' $(seq 150))
"$TOBAN" route --table "$work/table.json" --state "$long" --area town --guidance --at 2026-12-02T20:00 --lang en >"$work/out" 2>"$work/err"
[ -s "$long/seen" ] && [ -s "$long/table.json" ]
ok $? "a state directory with a name of ${#long} bytes is kept"
"$TOBAN" route --table "$work/table.json" --state "$long" --area town --guidance --at 2026-12-02T20:00 \
    --declined "centre:$(printf 'x%.0s' $(seq 300))" --lang en >"$work/out" 2>"$work/err"
is "$(grep -c 'x\{300\}$' "$long/declined.log")" 1 "a long reason is recorded whole"
"$TOBAN" serve --port 0 --listen "127.0.0.1$(printf '%60s' '')x" --db "$db" --lang en >"$work/out" 2>"$work/err"
isnt=$?
[ "$isnt" -ne 0 ] && ! grep -q serving "$work/out"
ok $? "an address to listen on is not cut off to another one"
done_testing
