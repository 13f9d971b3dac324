#!/usr/bin/env bash
# Dated facts: hours, reception, seats and a telephone change on a day within a plan, entered before; days before it stay as they were.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/small.sh
r=$work/region/region.json
# Rests by the hour, so that the hours decide who may sit where; a holiday duty of a clinic beside the night.
sed -i 's/"ledgers": \[/"rules": [{"id": "rest", "type": "rest.hours", "params": "hours=20", "price": 40, "ja": "20時間あける", "en": "20 hours between"}],\n "ledgers": [/' "$r"
cp -r "$work/region" "$work/plain"
cat >"$work/region/amendments.csv" <<'CSV'
what,key,field,from,value,reason
bands,night/eve,from,2026-12-16,21:00,協議会
bands,night/eve,to,2026-12-16,23:30,協議会
bands,night/eve,reception,2026-12-16,23:00,協議会
bands,night/eve,name,2026-12-16,夜間,協議会
seats,night/eve/primary/0,count,2026-12-16,2,冬の増員
seats,night/eve/primary/0,count,2027-01-16,1,冬の増員の終わり
providers,centre,phone,2026-12-16,076-000-9999,移転
CSV
# The same values outright.
cp -r "$work/plain" "$work/outright"
sed -i 's/"name": "準夜", "when": "all", "from": "19:30", "to": "25:00", "reception": "24:30"/"name": "夜間", "when": "all", "from": "21:00", "to": "23:30", "reception": "23:00"/; s/"count": 1/"count": 2/; s/076-000-0000/076-000-9999/' "$work/outright/region.json"
made() { "$TOBAN" init --region "$work/$1" --db "$work/$1.db" --at 2026-11-01T09:00 >/dev/null 2>&1; }
for x in region plain outright; do made $x; ok $? "the region \"$x\" is read"; done
d() { "$TOBAN" "${@:2}" --db "$work/$1.db" --at 2026-11-05T09:00; }

# ---- what holds on which day
hours() { json "$work/j" 'j.days.map(x=>x.date.slice(8)+" "+x.seats.map(s=>s.start.slice(11,16)+"-"+s.end.slice(11,16)+"x"+s.seats)).join()'; }
d region calendar 2026-12-15..2026-12-17 --duty night --json >"$work/j"
is "$(hours)" "15 19:30-01:00x1,16 21:00-23:30x2,17 21:00-23:30x2" "hours and seats of each day"
is "$(json "$work/j" 'j.days.map(x=>x.amendments.length).join()')" "0,6,0" "and the day on which they change says so"
like "$(d region calendar 2026-12-16..2026-12-16 --lang ja)" '＊この日から 時間帯 night/eve の終わり.*: 23:30（協議会）' "in words"
is "$(d region calendar 2026-12-15..2026-12-16 --duty night --lang ja | grep -oE '(準夜|夜間) 当番' | tr '\n' ,)" "準夜 当番,夜間 当番," "the band has its name of the day"
is "$(d region rows bands --on 2026-12-15 --lang en | grep -o 'to: [0-9:]*' | head -n 1)" "to: 25:00" "rows on the day before"
is "$(d region rows bands --on 2026-12-16 --lang en | grep -o 'to: [0-9:]*' | head -n 1)" "to: 23:30" "and on the day"
like "$(d region rows bands --lang en)" 'to: 25:00.*\[from 2026-12-16 to: 23:30\]' "without a day: the table, and what is to come"
is "$(d region rows seats count=2 --on 2026-12-31 --lang en | tail -n 1)/$(d region rows seats count=2 --lang en | tail -n 1)" "rows of seats: 1/rows of seats: 0" "rows are found by the values of the day"
d region rows bands --on tomorrow 2>"$work/err"; is "$?" 2 "no date"
d region rows amendments what=bands --on 2026-12-16 --history 2>"$work/err"; is "$?" 2 "a history is of no day"

# ---- a plan on either side is the plan of a region that has always had these values
seats() { sqlite3 "$work/$1.db" "SELECT date, duty, band, role, seat, provider FROM draft_seats WHERE draft=(SELECT max(id) FROM drafts) ORDER BY 1,2,3,4,5"; }
value() { sqlite3 "$work/$1.db" "SELECT objective, status FROM drafts WHERE id=(SELECT max(id) FROM drafts)"; }
slots() { sqlite3 "$work/$1.db" "SELECT substr(bytes, 1, instr(bytes, char(10)) - 1) FROM instances JOIN drafts ON digest=instance_digest WHERE id=(SELECT max(id) FROM drafts)" >"$work/j" && json "$work/j" 'j.slots'; }
for x in region plain; do d $x plan 2026-12-01..2026-12-15 --duty night >"$work/out" 2>&1; done
is "$(seats region)/$(value region)" "$(seats plain)/$(value plain)" "before the day: as without the change"
is "$(slots region)" "$(slots plain)" "with the same slots to the minute"
for x in region outright; do d $x plan 2026-12-16..2026-12-31 --duty night >"$work/out" 2>&1; done
is "$(seats region)/$(value region)" "$(seats outright)/$(value outright)" "from the day on: as with the values changed outright"
is "$(slots region)" "$(slots outright)" "with the same slots to the minute"
d region plan 2027-01-16..2027-01-31 --duty night >/dev/null 2>&1
is "$(seats region | grep -c .)" 16 "after the last change one seat a night again"

# ---- one plan over the day
rm "$work/region.db"
made region
d region plan 2026-12-01..2026-12-31 --duty night --json >"$work/plan" 2>/dev/null
is "$(json "$work/plan" j.status) $(seats region | grep -c .)" "optimal 47" "a month with both: 15 nights of one seat, 16 of two"
is "$(seats region | awk -F'|' '{n[$1]++} END {for (i in n) print i, n[i]}' | sort | sed -n '15p;16p' | tr '\n' ,)" "2026-12-15 1,2026-12-16 2," "the seat more from its day"
d region check 2026-12-01..2026-12-31 --json >"$work/j" 2>/dev/null
is "$(json "$work/j" j.objective)" "$(json "$work/plan" j.objective)" "check counts the same"
slots region >"$work/slots"
minutes='[14,15].map(i=>j[i].slice(7).map(m=>m-(j[i][7]-j[i][7]%1440)).join()).join(" ")'
is "$(json "$work/slots" "$minutes")" "1170,1500,1470 1260,1410,1380" "the instance has the minutes: from, to and reception on either side"
d region publish --note 十二月 >/dev/null 2>&1; ok $? "published"
"$TOBAN" export all --out "$work/site" --db "$work/region.db" --at 2026-11-06T09:00 >/dev/null 2>&1; ok $? "every form is written"
ics=$(find "$work/site" -name region.ics)
is "$(grep -cE '^DTSTART[^:]*:202612(0[1-9]|1[0-5])T(193000|103000Z)' "$ics") $(grep -cE '^DTSTART[^:]*:202612(1[6-9]|2.|3.)T(210000|120000Z)' "$ics")" "15 32" "calendars: the evening of each day at its hour"

# ---- the order of rows is nobody's business
cp -r "$work/region" "$work/shuffled"
{ head -n 1 "$work/region/amendments.csv"; tail -n +2 "$work/region/amendments.csv" | tac; } >"$work/shuffled/amendments.csv"
made shuffled
d shuffled plan 2026-12-01..2026-12-31 --duty night >/dev/null 2>&1
d shuffled publish --note 十二月 >/dev/null 2>&1
"$TOBAN" export all --out "$work/site2" --db "$work/shuffled.db" --at 2026-11-06T09:00 >/dev/null 2>&1
diff -r "$work/site" "$work/site2" >"$work/out"; is "$?/$(wc -l <"$work/out")" 0/0 "rows in another order: the same bytes"

# ---- entered, changed, taken back; written and read
d plain rows amendments what=bands key=night/eve field=to from=2027-04-01 value=24:45 reason=理事会 --add >/dev/null; ok $? "entered by hand"
d plain rows bands duty=night id=eve to=25:30 --add --lang en >/dev/null 2>"$work/err"
like "$(cat "$work/err")" 'bands night/eve, to: "25:30" holds until the day before 2027-04-01; from then on it is "24:45"' "a value typed into the table says until when it holds"
printf 'duty,id,to\nnight,eve,25:15\n' >"$work/b.csv"
d plain import --entity bands "$work/b.csv" --lang en >/dev/null 2>"$work/err"
like "$(cat "$work/err")" '"25:15" holds until the day before 2027-04-01' "as does one that is imported"
d plain rows bands duty=night id=eve name=夕 --add --lang en 2>&1 >/dev/null | grep -c 'holds until' >"$work/out"; is "$(cat "$work/out")" 0 "and of other cells nothing is said"
d plain rows amendments what=bands key=night/eve field=to from=2027-04-02 value=19:00 --add --lang en 2>"$work/err"
is "$?" 3 "hours that end before they begin are refused"
like "$(cat "$work/err")" 'bands.to "19:00": it ends before it begins.*as of the changes of 2027-04-02' "and the day is named"
d plain export region "$work/back" >/dev/null 2>&1
is "$(tr -d '\r' <"$work/back/amendments.csv" | tail -n 1)" "bands,night/eve,to,2027-04-01,24:45,理事会" "written with the region"
"$TOBAN" init --region "$work/back" --db "$work/back.db" --at 2026-11-01T09:00 >/dev/null 2>&1
is "$("$TOBAN" rows amendments --db "$work/back.db" --json >"$work/j" && json "$work/j" 'j.rows.map(x=>x.row)')" "$(d plain rows amendments --json >"$work/j" && json "$work/j" 'j.rows.map(x=>x.row)')" "and read again"
d plain rows amendments what=bands key=night/eve field=to from=2027-04-01 --remove >/dev/null; ok $? "taken back"
d plain calendar 2027-04-01..2027-04-01 --duty night --json >"$work/j"
is "$(hours)" "01 19:30-01:15x1" "then the table holds again"
done_testing
