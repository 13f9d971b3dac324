#!/usr/bin/env bash
# Re-planning with the fewest changes, and "what if": with a doctor ill only his own seats change where that is possible, the number is proven, the past stays, and
# questions leave nothing behind.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/a.db
t() { "$TOBAN" "$1" --db "$db" --by 架空の事務局 --at "${at:-2026-11-10T09:00}" "${@:2}"; }
t init --region rosters/ishikawa-chuo >/dev/null
t plan 2026-12 --duty night-paed >/dev/null
t publish >/dev/null
dump() { sqlite3 "$db" .dump | sha256sum; }

# ---- each of some doctors ill
before=$(dump)
n=0 more=0 others=0 holes=0 unproven=0
for who in $(sqlite3 "$db" "SELECT DISTINCT provider FROM draft_seats WHERE draft = 1 AND provider IS NOT NULL ORDER BY 1" | awk 'NR % 4 == 1'); do
    n=$((n + 1))
    his=$(sqlite3 "$db" "SELECT count(*) FROM draft_seats WHERE draft = 1 AND provider = '$who'")
    t plan 2026-12 --duty night-paed --keep 1000 --without "$who" --what-if --json >"$work/p.json" 2>"$work/err"
    # his own seats must change; more than these only when the program proves it
    read -r changes left open status <<<"$(json "$work/p.json" '[j.changes,j.calls.filter(c=>c.change==="leaves"&&c.provider!=="'"$who"'").length,j.open,j.status].join(" ")')"
    more=$((more + (changes > his))) others=$((others + left)) holes=$((holes + open))
    [ "$status" = optimal ] || unproven=$((unproven + 1))
    [ "$changes" -ge "$his" ] || more=1000
done
is "$unproven/$holes" "0/0" "$n doctors ill in turn: every re-plan proven, no hole"
is "$more/$others" "0/0" "the ill one's seats change and no other: nobody else is moved"
is "$(dump)" "$before" "nothing is stored by --what-if"

# ---- one of them for real
who=$(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE draft = 1 AND provider IS NOT NULL GROUP BY provider ORDER BY count(*) DESC, provider LIMIT 1")
his=$(sqlite3 "$db" "SELECT count(*) FROM draft_seats WHERE draft = 1 AND provider = '$who'")
t plan 2026-12 --duty night-paed --keep 0 --without "$who" >"$work/out" 2>"$work/err"
is "$?/$(cat "$work/out")" "1/" "fewer changes than he has seats: no"
like "$(cat "$work/err")" "no roster changes at most 0 seats; the fewest are $his \(proven\)" "and the proven number is said"
is "$(dump)" "$before" "and nothing is stored"
out=$(t plan 2026-12 --duty night-paed --keep "$his" --without "$who" --lang ja)
is "$?" 0 "as many changes as he has seats: done"
like "$out" "公表済みの席の変更 $his" "the number of changes"
is "$(echo "$out" | grep -c 'に入っていただく$')/$(echo "$out" | grep -c 'を外れる$')" "$his/$his" "a telephone call for each who enters and each who leaves"
is "$(echo "$out" | grep -c '変更前 .* 変更後 ')" "$his" "and a line before and after for each seat"
is "$(t check --json >"$work/c.json"; json "$work/c.json" '[j.agrees,j.hard,j.open].join()')" "true,0,0" "check and the recomputed bound agree, change price included"
is "$(t score --json >"$work/c.json"; json "$work/c.json" 'j.open_cost+j.rule_cost+j.ledger_cost+j.change_cost===j.objective&&j.score===j.objective&&j.change_cost>0')" true "the parts add up"
t export model 2026-12 --format mps --file "$work/m.mps" >/dev/null
value=$(timeout 60 cbc "$work/m.mps" ratio 0 allow 0 solve solution stdout 2>/dev/null </dev/null | sed -n 's/^Objective value: *\(-\{0,1\}[0-9]*\).*/\1/p' | head -n 1)
is "$value" "$(json "$work/c.json" 'j.objective')" "cbc finds the same optimum of the re-plan"
t publish >/dev/null
is "$(sqlite3 "$db" "SELECT count(*) FROM publication_seats WHERE publication = 2")" "$his" "publishing it changes these seats and no other"

# ---- frozen days, prices
at=2026-12-10T09:00
sits=$(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE draft = 2 AND date > '2026-12-20' AND provider IS NOT NULL ORDER BY date LIMIT 1")
t plan 2026-12 --duty night-paed --keep 100 --without "$sits" --freeze-until 2026-12-15 --what-if --json >"$work/p.json"
is "$(json "$work/p.json" 'j.from+","+j.calls.every(c=>c.date>="2026-12-15")')" "2026-12-15,true" "frozen days are not planned"
t plan 2026-12 --duty night-paed --keep 100 --what-if --json >"$work/p.json"
is "$(json "$work/p.json" 'j.from+","+j.changes')" "2026-12-10,0" "nor are past ones; and with no reason nothing changes"
t plan 2026-12 --duty night-paed --change-price 1 --what-if --json >"$work/p.json"
is "$(json "$work/p.json" '[j.status,j.compared_with.draft>0].join()')" "optimal,true" "a price instead of a number"
rule=$(sqlite3 "$db" "SELECT id FROM rules WHERE price IS NULL AND type = 'rest.days' LIMIT 1")
at=2026-11-10T09:00
t plan 2026-12 --duty night-paed --replan --what-if --json >"$work/p.json"
all=$(json "$work/p.json" 'j.objective')
t plan 2026-12 --duty night-paed --replan --with "$rule=off" --what-if --json >"$work/p.json"
ok "$([ "$(json "$work/p.json" 'j.objective')" -le "$all" ]; echo $?)" "without $rule it is no dearer"
is "$(json "$work/p.json" 'j.compared_with.draft')" 2 "compared with the draft that is there"
like "$(t plan 2026-12 --duty night-paed --replan --with "$rule=off" --what-if --lang ja)" 'もしも: 何も保存していません' "in Japanese"

refused() { # STATUS PATTERN NAME COMMAND...
    local want=$1 pattern=$2 name=$3 was
    shift 3
    was=$(dump)
    t "$@" >"$work/out" 2>"$work/err"
    is "$?/$(cat "$work/out")" "$want/" "$name: exit $want, nothing said"
    like "$(cat "$work/err")" "$pattern" "$name: said"
    is "$(dump)" "$was" "$name: nothing stored"
}
refused 2 'not both' "two ways of keeping" plan 2026-12 --keep 3 --change-price 5
refused 2 'needs --keep or --change-price' "frozen without keeping" plan 2026-12 --freeze-until 2026-12-10
refused 2 '"soon" is not read as a date: write one that exists, such as 2026-12-03' "a date that is none" plan 2026-12 --keep 3 --freeze-until soon
refused 2 'there is no provider "d-nobody"' "without somebody unknown" plan 2026-12 --duty night-paed --keep 3 --without d-nobody
refused 2 'not stored; say --what-if' "a rule off for real" plan 2026-12 --duty night-paed --replan --with "$rule=off"
refused 2 'write it as RULE=off' "a rule that is not off" plan 2026-12 --duty night-paed --with "$rule" --what-if
refused 2 'there is no rule "nonsense"' "a rule that is not there" plan 2026-12 --duty night-paed --replan --with nonsense=off --what-if
at=2027-02-01T09:00
refused 6 'every seat of this period is past, or frozen until 2027-02-01' "a period that is past" plan 2026-12 --duty night-paed --keep 3
done_testing
