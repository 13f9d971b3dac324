#!/usr/bin/env bash
# shellcheck disable=SC2016
# Signed entries keep every pool's sum at zero, say who, when and why, and stand in the audit trail; shares come out of formulas.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export TOBAN_DB=$work/t.db
"$TOBAN" init --region rosters/iga-three-hospitals >/dev/null
ok $? "init"
l=$("$TOBAN" calendar 2026-12 --json >/dev/null; sqlite3 "$TOBAN_DB" "SELECT id FROM ledgers WHERE scope = 'provider' LIMIT 1")
mapfile -t who < <(sqlite3 "$TOBAN_DB" "SELECT DISTINCT provider FROM members WHERE duty IN (SELECT substr(duties || ';', 1, instr(duties || ';', ';') - 1) FROM ledgers WHERE id = '$l') ORDER BY 1 LIMIT 2")
total() { "$TOBAN" ledger --ledger "$l" --json | node -e 'const j=JSON.parse(require("fs").readFileSync(0));console.log(j.accounts.reduce((s,a)=>s+Math.round(1e6*Number(a.carried)),0))'; }
start=$(total)
"$TOBAN" ledger --adjust 1.5 --ledger "$l" --account "${who[0]}" --reason 災害当番の振替 --at 2026-06-10T09:00 >/dev/null
is "$?" 0 "an entry by hand"
is "$(total)" "$start" "the others of the pool bear the opposite: the sum is as before"
"$TOBAN" ledger --adjust=-0.25 --ledger "$l" --account "${who[0]}" --against "${who[1]}" --reason 二者の清算 --date 2026-05-01 --at 2026-06-11T09:00 >/dev/null
is "$?" 0 "an entry against one account"
is "$(total)" "$start" "and the sum is as before"
"$TOBAN" entries --by-hand --ledger "$l" --json >"$work/e.json"
is "$(json "$work/e.json" 'j.entries.filter(x=>x.reason=="二者の清算").map(x=>[x.account,x.adjusted,x.date,x.at].join()).join(";")')" "${who[0]},-0.25,2026-05-01,2026-06-11T09:00+09:00;${who[1]},0.25,2026-05-01,2026-06-11T09:00+09:00" "both sides, with date and instant"
is "$(json "$work/e.json" 'j.entries.every(x=>x.by&&x.reason&&x.publication===0)')" true "each entry is signed and has a reason"
like "$("$TOBAN" audit --what ledger)" "災害当番の振替" "the audit line says why"
"$TOBAN" ledger --adjust 1 --ledger "$l" --account "${who[0]}" --reason "" 2>/dev/null
is "$?" 2 "without a reason it is refused"
"$TOBAN" ledger --adjust 1 --ledger "$l" --account nobody --reason x 2>/dev/null
is "$?" 2 "an unknown account is refused"
"$TOBAN" ledger --adjust 1 --ledger "$l" --account "${who[0]}" --against "${who[0]}" --reason x 2>/dev/null
is "$?" 2 "nobody can bear his own entry"
is "$(total)" "$start" "what is refused leaves no trace"

# Shares of municipalities in the sample: the seats of a half year, twice; what is left over is carried.
export TOBAN_DB=$work/s.db
"$TOBAN" init --region rosters/ishikawa-chuo >/dev/null
"$TOBAN" shares FY2026-H1 --duty night-paed --json >"$work/s.json"
is "$?" 0 "shares"
is "$(json "$work/s.json" 'Math.round(j.shares.reduce((s,x)=>s+Number(x.percent)*1e6,0))')" 100000000 "100 per cent together"
is "$(json "$work/s.json" 'j.shares.reduce((s,x)=>s+Number(x.seats),0)-Math.round(j.shares.reduce((s,x)=>s+Number(x.accrued),0))')" 0 "whole seats add up to all seats"
is "$(json "$work/s.json" 'j.shares.every(x=>Math.abs(Number(x.carried)+Number(x.accrued)-Number(x.seats)-Number(x.rest))<1e-6&&Math.abs(Number(x.rest))<1)')" true "what is left is less than one seat, and carried on"
"$TOBAN" shares FY2026-H1 --duty clinic-eye >/dev/null 2>"$work/err"
is "$?" 1 "a duty without shares says so"

# A formula that changes in the middle of the period: the per cent told are those of its seats, not of its first day.
# shellcheck source=tests/small.sh
. tests/small.sh
small_init
printf 'duty,id,name,weight\nnight,east,東,1\nnight,west,西,1\n' >"$work/shares.csv"
printf 'duty,provider,share\nnight,p1,east\nnight,p2,west\nnight,p3,west\n' >"$work/members.csv"
printf 'duty,account,part,year,value\nnight,east,beds,2026,3\nnight,west,beds,2026,1\n' >"$work/figures.csv"
printf 'duty,of,part,since,until,percent\nnight,share,equal,,2026-12-11,100\nnight,share,beds,2026-12-11,,100\n' >"$work/formulas.csv"
for x in shares members figures formulas; do t import --entity "$x" "$work/$x.csv" --at 2026-11-01T09:00 >/dev/null; done
t shares 2026-12-01..2026-12-20 --json --at 2026-11-01T09:00 >"$work/s.json"
is "$(json "$work/s.json" 'j.shares.map(x=>x.account+"="+x.percent+"/"+x.accrued).join(" ")')" "east=62.5/12.5 west=37.5/7.5" "ten nights equally, ten by beds"
done_testing
