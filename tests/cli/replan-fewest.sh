#!/usr/bin/env bash
# A re-plan changes the fewest seats there can be: against every roster of a small region, one by one, where one change is not enough; and on the sample against
# cbc with the number of changes as its only objective (every December doctor in the bench).
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
node -e '
const fs = require("fs"), f = process.argv[1], j = JSON.parse(fs.readFileSync(f, "utf8"));
j.providers.push({id: "p4", name: "佐々木 四郎", kind: "doctor", area: "town"});
j.members.push({duty: "night", provider: "p4"});
j.rules = [{id: "gap", type: "rest.days", duties: ["night"], params: "days=3", ja: "準夜は中2日あける", en: "Two nights free between nights"}];
fs.writeFileSync(f, JSON.stringify(j));' "$work/region/region.json"
s() { t "$1" --at 2026-11-10T09:00 "${@:2}"; }
small_init
roster 2026-11-01T10:00 p1 p2 p3 p4 p1 p2 p3 p4 p1
echo "duty,date,band,role,provider,action" >"$work/region/pins.csv"
t import "$work/region" --replace --yes --at 2026-11-02T09:00 >/dev/null
# Fewest open nights, then fewest changes, over all 5^9 ways to fill nine nights (nobody, p1 ... p4).
cat >"$work/all.py" <<'E2'
import itertools, sys
was, night = (1, 2, 3, 4, 1, 2, 3, 4, 1), int(sys.argv[1])
not_there = set(sys.argv[2:])
def go(i, got, holes, changes):
    global low
    if (holes, changes) >= low: return
    if i == 9:
        low = (holes, changes)
        return
    for who in [was[i]] + [k for k in range(5) if k != was[i]]:
        if who and ((i == night and str(who) in not_there) or who in got[-2:]): continue
        go(i + 1, got + [who], holes + (who == 0), changes + (who != was[i]))
low = (99, 99)
go(0, [], 0, 0)
print(*low)
E2
n=0 wrong=0 chains=0 unproven=0
for day in 02 03 04 05 06 07 08 09 10; do
    his=$(sqlite3 "$db" "SELECT provider FROM publication_seats WHERE date = '2026-12-$day'")
    # he, then he and each one more, cannot have that night
    for also in p1 p3; do
        n=$((n + 1))
        for p in $(printf '%s\n' "$his" "$also" | sort -u); do s forbid --seat "night:2026-12-$day:eve" --provider "$p" >/dev/null; done
        s plan 2026-12-02..2026-12-10 --duty night --keep 100 --what-if --json >"$work/p.json" 2>"$work/err"
        read -r open changes status <<<"$(json "$work/p.json" '[j.open,j.changes,j.status].join(" ")')"
        wanted=$(python3 "$work/all.py" $((10#$day - 2)) "${his#p}" "${also#p}")
        [ "$open $changes" = "$wanted" ] || { wrong=$((wrong + 1)); echo "# $day not $his $also: $open $changes, wanted $wanted"; }
        [ "$status" = optimal ] || unproven=$((unproven + 1))
        chains=$((chains + (${wanted#* } > 1)))
        for p in $(printf '%s\n' "$his" "$also" | sort -u); do s forbid --seat "night:2026-12-$day:eve" --provider "$p" --remove >/dev/null; done
    done
done
is "$wrong/$unproven" "0/0" "$n re-plans of a small month change as few seats as any of all rosters does"
ok "$([ "$chains" -ge 10 ]; echo $?)" "in $chains of them one change is not enough"

# ---- the sample
db=$work/sample.db
t init --region rosters/ishikawa-chuo --at 2026-11-10T09:00 >/dev/null
s plan 2026-12 --duty night-paed >/dev/null
s publish >/dev/null
published=$(sqlite3 "$db" "SELECT count(*) FROM draft_seats WHERE draft = 1 AND provider IS NOT NULL")
cp "$db" "$work/start.db"
for who in $(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE draft = 1 AND provider IS NOT NULL GROUP BY provider ORDER BY count(*) DESC, provider LIMIT 3"); do
    cp "$work/start.db" "$db"
    s plan 2026-12 --duty night-paed --keep 1000 --without "$who" --json >"$work/p.json" 2>"$work/err"
    s export model 2026-12 --format mps --file "$work/m.mps" >/dev/null
    is "$(json "$work/p.json" '[j.open,j.changes].join(" ")')" "$(python3 tests/fewest.py "$work/m.mps" "$published")" "$who ill: cbc finds no fewer changes"
done
done_testing
