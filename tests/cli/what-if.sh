#!/usr/bin/env bash
# plan --what-if: the answer is what planning with the question written into a copy of the data file gives; nothing is stored; beside the draft that is there stand
# objective, ledgers and no more changes than needed.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/a.db
on() { "$TOBAN" "$2" --db "$1" --by 架空の事務局 --at 2026-10-10T09:00 "${@:3}"; }
t() { on "$db" "$@"; }
month=(2026-12 --duty night-paed)
t init --region rosters/ishikawa-chuo >/dev/null
t plan "${month[@]}" --what-if --json >"$work/p.json"
is "$(json "$work/p.json" 'j.draft+","+(j.compared_with===undefined)')" "0,true" "no draft to compare with: said so"
like "$(t plan "${month[@]}" --what-if --lang ja)" '案はまだありません' "in words, too"
t plan "${month[@]}" >/dev/null
dump() { sqlite3 "$db" .dump | sha256sum; }
before=$(dump) base=$(sqlite3 "$db" 'SELECT objective FROM drafts')
x() { json "$work/p.json" "$1"; }
# What every answer must hold: the parts make the difference, each change is one of the draft's seats, the ledgers follow from the changes.
sound() {
    x '(()=>{const c=j.compared_with,s=c.parts.reduce((a,p)=>a+p.after-p.before,0),l={};
        c.ledgers.forEach(y=>l[y.ledger]=(l[y.ledger]||0)+y.duties);
        return [c.draft===1,c.objective==='"$base"',s===j.objective-c.objective,c.cost_now-c.cost===s-c.parts.filter(p=>p.part==="open").reduce((a,p)=>a+p.after-p.before,0),
                c.changes.length===c.seats_with_somebody_else,!c.same_seats||Object.entries(l).every(([k,v])=>v===0||!/^paed\./.test(k))].join()})()'
}
sits() { sqlite3 "$db" "SELECT provider FROM draft_seats WHERE duty = 'night-paed' AND date = '$1' AND role = 'primary' ORDER BY seat LIMIT 1"; }
who=$(sits 2026-12-09)
seat=night-paed:2026-12-09:night
other=$(t replace --seat "$seat" --json --most 9 | tee "$work/r.json" >/dev/null; json "$work/r.json" 'j.substitutes.filter(s=>!s.reserve&&s.hard===0).pop().provider')
written() { # NAME COMMAND...: the same said for good in a copy, and planned
    cp "$db" "$work/c.db"
    on "$work/c.db" "${@:2}" >/dev/null
    on "$work/c.db" plan "${month[@]}" --json >"$work/c.json"
    is "$(x j.objective)" "$(json "$work/c.json" j.objective)" "$1: the optimum of the question written into a copy"
    is "$(x 'j.status+","+j.draft')" "optimal,0" "$1: proven, and no draft"
    is "$(sound)" "true,true,true,true,true,true" "$1: parts, changes and ledgers agree with each other"
}
t plan "${month[@]}" --what-if --forbid "$seat=$who" --json >"$work/p.json"
written "--forbid" forbid --seat "$seat" --provider "$who"
is "$(x 'j.compared_with.changes.some(c=>c.date==="2026-12-09"&&c.before==="'"$who"'")')" true "he is out of the seat"
t plan "${month[@]}" --what-if --pin "$seat=$other" --json >"$work/p.json"
written "--pin" pin --seat "$seat" --provider "$other"
is "$(x 'j.compared_with.changes.some(c=>c.date==="2026-12-09"&&c.after==="'"$other"'")')" true "the other is in it"
ok "$([ "$(x 'j.compared_with.changes.length')" -le 4 ]; echo $?)" "and few others are moved ($(x 'j.compared_with.changes.length') seats of 67)"
cat >"$work/more.csv" <<'CSV'
duty,band,role,rank,when,count
night-paed,night,primary,90,sunday,3
CSV
t plan "${month[@]}" --what-if --seats night-paed:sunday:night=3 --json >"$work/p.json"
written "--seats on days of a class" import --entity seats "$work/more.csv"
is "$(x 'j.compared_with.same_seats')" false "other seats are said to be others"
sundays=$(x 'j.compared_with.changes.filter(c=>!c.before&&["2026-12-06","2026-12-13","2026-12-20","2026-12-27"].includes(c.date)).length')
is "$sundays" "$(x 'j.compared_with.changes.filter(c=>!c.before).length')" "only Sundays have more seats ($sundays)"
t plan "${month[@]}" --what-if --seats night-paed:2026-12-09:night=0 --seats night-paed:2026-12-09:night:reserve=0 --json >"$work/p.json"
is "$(x 'j.compared_with.changes.some(c=>c.date==="2026-12-09")+","+j.open')" "false,0" "no seats on one date: nobody sits there"
t plan "${month[@]}" --what-if --without "$who" --json >"$work/p.json"
his=$(sqlite3 "$db" "SELECT count(*) FROM draft_seats WHERE provider = '$who'")
is "$(sound)" "true,true,true,true,true,true" "--without: parts, changes and ledgers agree"
is "$(x 'j.compared_with.changes.filter(c=>c.before==="'"$who"'").length')" "$his" "his seats go to others"
rule=$(sqlite3 "$db" "SELECT id FROM rules WHERE type = 'rest.days' AND price IS NULL AND duties LIKE '%night-paed%' LIMIT 1")
t plan "${month[@]}" --what-if --with "$rule=off" --json >"$work/p.json"
cp "$db" "$work/c.db"
sqlite3 "$work/c.db" "DELETE FROM rules WHERE id = '$rule'"
on "$work/c.db" plan "${month[@]}" --json >"$work/c.json"
is "$(x j.objective)" "$(json "$work/c.json" j.objective)" "--with $rule=off: the optimum without its row"
ja=$(t plan "${month[@]}" --what-if --pin "$seat=$other" --lang ja)
like "$ja" '案 1 と比べて: 目的関数 [+]' "against which draft, in Japanese"
like "$ja" '令和8年12月9日\(水\) 急病センター夜間 小児科 準夜: .* → ' "and each seat that changes hands"
is "$(dump)" "$before" "not a byte of the data file changed"

refused() { # STATUS PATTERN NAME COMMAND...
    local want=$1 pattern=$2 name=$3
    shift 3
    t "$@" >"$work/out" 2>"$work/err"
    is "$?/$(cat "$work/out")" "$want/" "$name: exit $want, nothing said"
    like "$(cat "$work/err")" "$pattern" "$name: said"
    is "$(dump)" "$before" "$name: nothing stored"
}
refused 2 'are not stored; say --what-if' "a pin for good" plan "${month[@]}" --pin "$seat=$other"
refused 2 'are not stored; say --what-if' "seats for good" plan "${month[@]}" --seats night-paed:sunday:night=3
refused 2 'something is missing at the' "a pin of nobody" plan "${month[@]}" --what-if --pin "$seat"
refused 2 'there is no provider "d-nobody"' "a pin of somebody unknown" plan "${month[@]}" --what-if --pin "$seat=d-nobody"
refused 2 'N from 0 to 50' "a number of seats that is none" plan "${month[@]}" --what-if --seats night-paed:sunday:night=many
refused 2 'there is no payday' "a class that is none" plan "${month[@]}" --what-if --seats night-paed:payday:night=2
refused 6 'not one that this draft' "a pin elsewhere" plan "${month[@]}" --what-if --pin "night-internal:2026-12-09:night=$other"
refused 6 'pinned and forbidden cannot both be' "both at once" plan "${month[@]}" --what-if --pin "$seat=$other" --forbid "$seat=$other"
away=$(sqlite3 "$db" "SELECT provider FROM exemptions e JOIN members m USING (provider) WHERE m.duty = 'night-paed' AND e.\"from\" <= '2026-12-09' AND e.\"to\" >= '2026-12-09' LIMIT 1")
refused 1 'this pin cannot be kept: .*exempt on the date' "a pin that a hard rule forbids" plan "${month[@]}" --what-if --pin "$seat=$away"
done_testing
