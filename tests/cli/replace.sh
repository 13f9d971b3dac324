#!/usr/bin/env bash
# replace: with each doctor of a month ill in turn there is somebody to call, and what is said of him is what happens when he is put there.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/a.db
t() { "$TOBAN" "$1" --db "$db" --by 架空の事務局 --at "${at:-2026-11-10T09:00}" "${@:2}"; }
t init --region rosters/ishikawa-chuo >/dev/null
t plan 2026-12 --duty night-paed >/dev/null
t publish >/dev/null
sqlite3 "$db" "SELECT duty || ':' || date || ':' || band || ':' || role || ' ' || provider FROM draft_seats WHERE draft = 1 AND provider IS NOT NULL ORDER BY 1" >"$work/seats"
bad=0 none=0 worse=0 reserve=0 n=0 stands=
grep ':primary ' "$work/seats" >"$work/on-duty"
while read -r seat who <&3; do
    n=$((n + 1))
    t replace --seat "$seat" --provider "$who" --published --most 1000 --json >"$work/r.json" || none=$((none + 1))
    # nobody is offered before one who breaks less; the reserve stands before all who break as much
    verdict=$(json "$work/r.json" '(()=>{const s=j.substitutes,r=s.findIndex(x=>x.reserve);return [s.every((x,i)=>!i||s[i-1].hard<=x.hard)&&j.pool===s.length&&(r<0||s.findIndex(x=>x.hard===s[r].hard)===r)?0:1,s[0].hard?1:0,s[0].reserve?1:0].join(" ")})()')
    read -r b w r <<<"$verdict"
    [ "$r" = 0 ] || stands=${stands:-$seat} # the first seat whose reserve is the first to be called
    bad=$((bad + b)) worse=$((worse + w)) reserve=$((reserve + r))
done 3<"$work/on-duty"
is "$n" "$(wc -l <"$work/on-duty")" "every seat of the month asked ($n)"
is "$none/$worse" "0/0" "for each of them somebody can step in without breaking a hard rule"
is "$bad" 0 "in the order promised: hard rules, reserve, cost"
ok "$([ "$reserve" -gt 10 ]; echo $?)" "where no hard rule keeps him away the reserve of the night comes first ($reserve nights)"

# What is said is what happens: the second and the last one are really put there.
seat=$stands
t replace --seat "$seat" --published --most 1000 --json >"$work/r.json"
who=$(json "$work/r.json" 'j.drops_out')
for k in 1 'j.pool-1'; do
    sub=$(json "$work/r.json" "j.substitutes[$k].provider")
    t assign --draft 1 --seat "$seat" --provider "$sub" --instead-of "$who" --json >"$work/a.json"
    is "$(json "$work/a.json" 'j.objective-j.objective_before')" "$(json "$work/r.json" "j.substitutes[$k].cost")" "cost of $sub"
    is "$(json "$work/a.json" 'j.newly.map(x=>x.text).sort().join()')" "$(json "$work/r.json" "j.substitutes[$k].newly.map(x=>x.text).sort().join()")" "rules broken or priced by $sub"
    is "$(json "$work/a.json" 'j.hard')" "$(json "$work/r.json" "j.substitutes[$k].hard")" "hard ones among them"
done
like "$(t replace --seat "$seat" --published --lang ja)" '^  1\. .*予備から（予備の席が空きます）' "the reserve in Japanese, with what it leaves open"
like "$(t replace --seat "$seat" --published --lang ja)" '帳簿 .*: 1 回 → 2 回（持分' "the ledgers before and after"

refused() { # STATUS PATTERN NAME COMMAND...
    local want=$1 pattern=$2 name=$3
    shift 3
    t "$@" >"$work/out" 2>"$work/err"
    is "$?/$(cat "$work/out")" "$want/" "$name: exit $want, nothing said"
    like "$(cat "$work/err")" "$pattern" "$name: said"
}
refused 2 'seat is needed' "no seat" replace
refused 6 'd-ped-99|does not sit|nobody|no provider' "somebody who has no duty there" replace --seat "$seat" --published --provider "$sub"
refused 1 'no published draft decides seat' "a seat that no publication has" replace --seat night-internal:2026-12-01:night --published
refused 1 'no draft decides seat' "a seat that no draft has" replace --seat night-internal:2026-12-01:night
at=2027-01-05T09:00
refused 6 'is past' "a past date" replace --seat "$seat" --published
done_testing
