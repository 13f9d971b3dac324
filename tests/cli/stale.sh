#!/usr/bin/env bash
# Who writes over what somebody changed meanwhile is refused (exit 6) and told who changed what, and when; nothing is stored.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C.UTF-8
# The small region, with a routing policy and a group that names its doctors later.
python3 - "$work/region/region.json" <<'P'
import json, sys
r = json.load(open(sys.argv[1]))
r["complaints"] = [{"id": "internal", "name": "内科", "specialities": ["internal"]}]
r["policies"] = [{"id": u, "urgency": u, "rank": 90, "take": "text", "role": "last", "name": "119番", "approved_by": "架空の承認", "approved_on": "2026-10-01"}
                 for u in ("guidance", "u1", "u2", "u3", "u4", "u5", "unknown")]
r["providers"] += [{"id": "dept", "name": "架空大学医局", "kind": "doctor", "area": "town", "names_days": 3}]
r["providers"] += [{"id": u, "name": "名簿 " + u, "kind": "doctor", "area": "town"} for u in ("u1", "u2")]
r["links"] = [{"from": u, "type": "employed-by", "to": "dept"} for u in ("u1", "u2")]
r["members"] += [{"duty": "night", "provider": "dept"}]
json.dump(r, open(sys.argv[1], "w"))
P
small_init
roster 2026-11-02T09:00 p1 p2 p3 dept
for x in 02:p1 03:p2 04:p3 05:dept; do t pin --seat "night:2026-12-${x%:*}:eve" --provider "${x#*:}" --remove --at 2026-11-02T10:00 >/dev/null; done
first() { "$TOBAN" "$@" --db "$db" --by 佐藤 --at 2026-12-03T10:00 --lang en >/dev/null || echo "# failed: $*"; }
stale() { # PATTERN NAME ARGS...
    local pattern=$1 name=$2
    shift 2
    sqlite3 "$db" .dump >"$work/before"
    "$TOBAN" "$@" --db "$db" --by 田中 --at 2026-12-03T10:05 --lang en >"$work/out" 2>"$work/err"
    is "$?" 6 "$name: exit 6"
    like "$(cat "$work/err")" "$pattern" "$name: said"
    sqlite3 "$db" .dump | cmp -s - "$work/before"
    ok $? "$name: nothing is stored"
}
change() { first override "$@" --provider centre --minutes 300 --note "$1 の件" --source 電話; }

# ---- changes of the routing table
change closed
change late --supersedes 1
stale 'override 1 was corrected by 佐藤 at 2026-12-03T10:00; it is 2 now \(late centre late の件\)' "a change that was corrected" \
    override note --note 件 --provider centre --minutes 60 --supersedes 1 --source 電話
first override cancelled --supersedes 2
stale 'override 2 was ended by 佐藤 at 2026-12-03T10:00 \(3\)' "a change that was ended" override note --note 件 --provider centre --minutes 60 --supersedes 2 --source 電話
stale 'override 2 was ended by 佐藤' "ended a second time" override cancelled --supersedes 2
"$TOBAN" override cancelled --supersedes 9 --db "$db" --at 2026-12-03T10:05 --lang en >/dev/null 2>"$work/err"
is "$?/$(grep -c 'there is no override 9' "$work/err")" 2/1 "a change that never was is another thing"
"$TOBAN" override note --note 件 --provider centre --until 2026-12-03T10:04 --source 電話 --db "$db" --by 佐藤 --at 2026-12-03T10:00 >/dev/null
stale 'override 4 has been over since 2026-12-03T10:04' "a change that is over" override late --provider centre --minutes 60 --supersedes 4 --source 電話

# ---- rows that are gone
seat=night:2026-12-20:eve
first pin --seat "$seat" --provider p1 --reason 希望
first pin --seat "$seat" --provider p1 --remove
stale 'night/2026-12-20/eve/primary/p1 was taken out of the table of pins already \(佐藤 did, at 2026-12-03T10:00\)' "a pin taken out meanwhile" pin --seat "$seat" --provider p1 --remove
stale 'is not in the table of pins$' "a pin that never was" pin --seat "$seat" --provider p2 --remove

# ---- names
seat=night:2026-12-05:eve
first name "$seat" --person u1
stale 'u1 \(u1\) is named there \(佐藤, at 2026-12-03T10:00\); to change it say --instead-of u1' "a name that came meanwhile" name "$seat" --person u2
stale 'u1 is named there already \(佐藤' "the same name" name "$seat" --person u1
first name "$seat" --person u2 --instead-of u1
stale 'u2 \(u2\) is named there \(佐藤.*--instead-of u2' "in place of one who is not named any more" name "$seat" --person u1 --instead-of u1
first name "$seat" --remove
stale 'the name was taken back already \(佐藤, at 2026-12-03T10:00\)' "a name taken back meanwhile" name "$seat" --remove

# ---- what was done
seat=night:2026-12-02:eve
first attend "$seat" --patients 9
stale 'has a record already \(by 佐藤 at 2026-12-03T10:00: p1 came, patients 9\)' "another count" attend "$seat" --patients 8
first attend "$seat" --remove --reason 誤り
stale 'was taken back already \(by 佐藤 at 2026-12-03T10:00: 誤り\)' "a record taken back meanwhile" attend "$seat" --remove --reason 誤り

# ---- addresses
first token issue p1
first token revoke p1
stale 'the address of provider p1 was given up already \(佐藤 did, at 2026-12-03T10:00\)' "an address given up meanwhile" token revoke p1

# ---- swaps and drafts
first swap ask --seat night:2026-12-04:eve --to p1 --office
first swap refuse 1 --note 都合
stale 'swap 1 is refused \(佐藤, at 2026-12-03T10:00\) and cannot become approved' "a swap settled meanwhile" swap approve 1
first swap ask --seat night:2026-12-04:eve --to p1 --office --publication 1
for p in p3 p1; do first swap agree 2 --provider "$p"; done
first swap approve 2
first swap publish 2
stale 'publication 1 is superseded, publication 2 \(by 佐藤, at 2026-12-03T10:00\) changed it' "a seat that was published anew" swap ask --seat night:2026-12-04:eve --provider p3 --to p2 --office --publication 1
stale 'draft 1 is .*\(.*, at 20.*\) and cannot become' "a draft that was published meanwhile" circulate 1 --until 2026-12-20
done_testing
