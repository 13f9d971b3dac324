#!/usr/bin/env bash
# why: for every seat of a week the nearest rival's two figures are what they are said to be. The exchange is done by hand and judged; the two optima are found again by cbc
# from the exported programs, with the condition written as a pin and a prohibition into a copy of the data file. Every other rival: every-why.sh.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/a.db
week=2026-12-07..2026-12-13
t() { "$TOBAN" "$1" --db "$db" --by 架空の事務局 --at "${at:-2026-10-10T09:00}" "${@:2}"; }
t init --region rosters/ishikawa-chuo >/dev/null
t plan "$week" --duty night-paed >/dev/null
sqlite3 "$db" "SELECT duty || ':' || date || ':' || band || ':' || role || ' ' || provider FROM draft_seats WHERE draft = 1 AND provider IS NOT NULL ORDER BY 1" >"$work/seats"

# cbc's optimum of the program that the file's region asks for
optimum() {
    "$TOBAN" export model "$week" --duty night-paed --format mps --file "$1.mps" --db "$1" >/dev/null
    cbc "$1.mps" solve solution "$1.sol" >"$1.log" 2>&1 </dev/null
    sed -n '1s/.*objective value *//p' "$1.sol" | awk '{ printf "%.0f", $1 }'
}
cp "$db" "$work/base.db"
base=$(optimum "$work/base.db")
is "$base" "$(sqlite3 "$db" 'SELECT objective FROM drafts')" "the draft's objective is cbc's optimum"

# what cbc says of the one out of the seat and the other in it
exact() { # SEAT WHO RIVAL
    cp "$db" "$work/c.db"
    "$TOBAN" forbid --seat "$1" --provider "$2" --db "$work/c.db" >/dev/null
    "$TOBAN" pin --seat "$1" --provider "$3" --db "$work/c.db" >/dev/null
    echo $(($(optimum "$work/c.db") - base))
}
n=0 wrong=0 asked=0 direct=0 parts=0 free=0
while read -r seat who <&3; do
    n=$((n + 1))
    t why --seat "$seat" --of "$who" --most 2 --json >"$work/w.json" </dev/null
    read -r rival how difference exchange solved sums <<<"$(json "$work/w.json" '(()=>{const x=j.rivals[0],s=v=>v.reduce((a,p)=>a+p.after-p.before,0);
        return [x.provider,x.replanned,x.difference,x.direct,x.solved?1:0,
                j.rivals.every(r=>s(r.direct_parts)===r.direct&&(!r.difference_parts||s(r.difference_parts)===r.difference))].join(" ")})()')"
    [ "$sums" = true ] || parts=$((parts + 1))
    [ "$how" = proven ] || { wrong=$((wrong + 1)); continue; }
    asked=$((asked + 1)) free=$((free + 1 - solved))
    [ "$(exact "$seat" "$who" "$rival")" = "$difference" ] || { wrong=$((wrong + 1)); echo "# $seat $rival: $difference"; }
    # the exchange by hand; a reserve who moves up is taken out of his seat, which opens it: then the figure holds an open seat, too
    cp "$db" "$work/h.db"
    if [ "$(json "$work/w.json" 'j.rivals[0].direct_parts.some(p=>p.part==="open")')" = false ]; then
        by_hand=$("$TOBAN" assign --draft 1 --seat "$seat" --provider "$rival" --instead-of "$who" --json --db "$work/h.db" --at 2026-10-10T09:00 >"$work/h.json"; json "$work/h.json" 'j.objective-j.objective_before')
        [ "$by_hand" = "$exchange" ] || direct=$((direct + 1))
    fi
done 3<"$work/seats"
is "$n/$asked" "$(wc -l <"$work/seats")/$n" "every seat of the week asked, each answer proven ($n)"
is "$wrong" 0 "each difference is that of two optima that cbc finds ($free of them shown without solving)"
is "$direct" 0 "each exchange costs what check says when it is done by hand"
is "$parts" 0 "and every figure is the sum of its parts"

seat=$(sed -n 1p "$work/seats")
seat=${seat% *}
t why --seat "$seat" --most 0 --json >"$work/w.json"
is "$(json "$work/w.json" 'j.rivals.every(r=>!r.solved)&&j.rivals[0].replanned==="proven"')" true "--most 0 plans for nobody, and the nearest is known all the same"
is "$(json "$work/w.json" 'j.rivals.every(r=>r.replanned!=="impossible"||r.reasons.length>0)')" true "who cannot sit there at all has a reason"
is "$(json "$work/w.json" '["proven","impossible"].includes(j.spared)&&(j.spared_cost===undefined||j.spared_cost>=0)')" true "what it takes to be spared is proven"
rival=$(json "$work/w.json" 'j.rivals.filter(r=>r.reasons.length).pop().provider')
office=$(t why --seat "$seat" --provider "$rival" --lang ja)
member=$(t why --seat "$seat" --provider "$rival" --lang ja --audience member)
like "$office" 'そのまま入れ替え: 必須の違反 [1-9]' "somebody whom a rule keeps out, for the office"
away=$(sqlite3 "$db" "SELECT provider FROM wishes WHERE type = 'cannot' AND must = 1 AND \"from\" = '2026-12-08' AND provider LIKE 'd-ped%' AND (duty IS NULL OR duty = 'night-paed') LIMIT 1")
if [ -z "$away" ]; then
    t wish --survey "$(sqlite3 "$db" "SELECT survey FROM wishes WHERE provider = '$rival' LIMIT 1")" --provider "$rival" --type cannot --from 2026-12-08 >/dev/null
    away=$rival
    t plan "$week" --duty night-paed >/dev/null
fi
seat=night-paed:2026-12-08:night
office=$(t why --seat "$seat" --provider "$away" --lang ja)
member=$(t why --seat "$seat" --provider "$away" --lang ja --audience member)
like "$office" '出務不可日（必須）です' "the office reads the reason"
like "$member" '都合により候補外' "a member reads only that he is not available"
is "$(printf '%s' "$member" | grep -c '出務不可日')" 0 "and not why"
is "$(t why --seat "$seat" --provider "$away" --audience member --json | grep -c 'cannot serve')" 0 "nor in JSON"

# all seats of one person
read -r seat who <"$work/seats"
t why --of "$who" --draft 1 --most 0 --json >"$work/w.json"
is "$(json "$work/w.json" 'j.seats.map(s=>s.seat).sort().join()')" "$(grep " $who\$" "$work/seats" | cut -d' ' -f1 | sed 's/:primary$//' | sort | paste -sd,)" "of a person: each of his seats"
is "$(json "$work/w.json" 'j.seats.every(s=>s.provider==="'"$who"'"&&s.rivals.length>0&&["proven","impossible"].includes(s.spared))')" true "each with what it takes to be spared"

refused() { # STATUS PATTERN NAME COMMAND...
    local want=$1 pattern=$2 name=$3
    shift 3
    t "$@" >"$work/out" 2>"$work/err"
    is "$?/$(cat "$work/out")" "$want/" "$name: exit $want, nothing said"
    like "$(cat "$work/err")" "$pattern" "$name: said"
}
refused 2 'seat or --of is needed' "neither seat nor person" why
refused 6 'd-int-001 has no seat in draft' "somebody without a seat" why --of d-int-001
refused 2 'audience is office or member' "an audience that is none" why --seat "$seat" --audience public
refused 2 'no provider "d-nobody"' "a rival that is not there" why --seat "$seat" --provider d-nobody
refused 6 'd-int-001 is not in the pool of this seat' "a rival of another pool" why --seat "$seat" --provider d-int-001
refused 6 'd-int-001 does not sit in seat' "somebody who does not sit there" why --seat "$seat" --of d-int-001
done_testing
