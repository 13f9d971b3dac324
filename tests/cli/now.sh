#!/usr/bin/env bash
# One state of now: what was entered since the publication (closed, a substitute, another telephone, an extra door, disaster) is told alike
# by now, /v1/now, duties, tomorrow, the now page and route; a disaster ends by two people alone.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
T=$PWD/$TOBAN
[ "${TOBAN:0:1}" = / ] && T=$TOBAN
db=$work/a.db
mkdir "$work/r"
sed -n "/^cat .*region.json\" <<'J'\$/,/^J\$/p" tests/cli/route.sh | sed '1d;$d' >"$work/plain.json" # the desks' small region
cp rosters/ishikawa-chuo/policies.csv "$work/r/"
json() { node -e 'try{const j=JSON.parse(require("fs").readFileSync(process.argv[1],"utf8"));const v=eval(process.argv[2]);console.log(typeof v==="object"?JSON.stringify(v):String(v))}catch(e){console.log(e.message)}' "$1" "$2"; }
python3 - "$work/plain.json" "$work/r/region.json" <<'P'
import json, sys
r = json.load(open(sys.argv[1]))
r["recipients"] = [{"id": "fire", "name": "見本消防（架空）", "kind": "fire", "way": "fax", "address": "076-000-0010"},
                   {"id": "hosp", "name": "輪番の窓口（架空）", "kind": "hospital", "way": "mail", "address": "h@hosp.example", "duties": ["rot"]}]
r["providers"] += [{"id": "c3", "name": "三医院（架空）", "kind": "clinic", "area": "n1", "phone": "076-000-0005"}]
json.dump(r, open(sys.argv[2], "w"))
P
t() { timeout 60 "$T" "$@" --lang "${L:-en}" --by 見本 --db "$db"; }
now() { t now --json "$@" >"$work/n.json" 2>"$work/err"; }
of() { json "$work/n.json" "j.on_duty.filter(x=>x.duty==='$1').map(x=>[x.provider,x.phone,x.override||'-',x.replaces||'-'].join()).join(' ')"; }
ov() { t override "$@" --source 電話 >"$work/log" 2>"$work/err" || cat "$work/err"; }
t init --region "$work/r" --at 2026-11-01T08:00 >"$work/log" 2>&1; ok $? "a region"; [ -s "$db" ] || cat "$work/log"
t plan 2026-12 --duty all --at 2026-11-01T09:00 >"$work/log" 2>&1 && t publish --at 2026-11-02T09:00 >>"$work/log" 2>&1; ok $? "a month is published"
at=2026-12-06T10:00
now --at $at; is "$(of clinic-n) / $(of clinic-s)" "c1,076-000-0003,-,- / c2,076-000-0004,-,-" "as published"

# ---- each kind, everywhere
ov closed --provider c2 --minutes 120 --reason 停電 --at $at
ov substitute --provider c1 --duty clinic-n --to c3 --minutes 300 --at $at
ov phone --provider h --phone 076-000-0077 --minutes 300 --at $at
ov extra --provider tert --duty rot --minutes 60 --at $at
now --at 2026-12-06T10:10
is "$(of clinic-n)" "c3,076-000-0005,substitute,c1" "now: the substitute's name and telephone stand where the replaced clinic stood"
is "$(of clinic-s)" "c2,076-000-0004,closed,-" "now: closed is said"
is "$(of rot)" "h,076-000-0077,phone,- tert,076-000-0001,extra,-" "now: the telephone is the one entered, and the extra door is there"
L=ja t now --at 2026-12-06T10:10 >"$work/text" 2>/dev/null
like "$(cat "$work/text")" '三医院（架空） +076-000-0005 .*〔代替 12月6日\(日\) 15:00まで 一医院（架空）に代わる〕' "now for people: who, for whom, until when"
like "$(cat "$work/text")" '二医院（架空） .*★休止中.*〔休止 12月6日\(日\) 12:00まで〕' "now for people: closed in place of hours"
t duties 2026-12-06..2026-12-06 --json --at 2026-12-06T10:10 >"$work/d.json" 2>"$work/err"
is "$(json "$work/d.json" "j.duties.filter(x=>x.duty.startsWith('clinic')).map(x=>[x.provider,x.override,x.replaces||'-'].join()).join(' ')")" "c3,substitute,c1 c2,closed,-" "duties"
t tomorrow 2026-12-06 --json --at 2026-12-06T10:10 >"$work/d.json" 2>"$work/err"
is "$(json "$work/d.json" "j.seats.filter(x=>x.duty==='clinic-n').map(x=>[x.comes_instead[0].provider,x.override,x.replaces].join()).join(' ')")" "c3,substitute,c1" "tomorrow"
t route --area 北一 --age 40 --complaint internal --guidance --json --at 2026-12-06T10:10 >"$work/a.json" 2>/dev/null
is "$(json "$work/a.json" "j.entries.filter(x=>x.duty).map(x=>x.facility+x.phone+(x.override||'')).join()")" "c3076-000-0005substitute" "route"
for page in html text; do
    L=ja t now --page $page --at 2026-12-06T10:10 >"$work/page.$page" 2>"$work/err"
    like "$(cat "$work/page.$page")" '三医院（架空）' "now page ($page): the substitute"
    is "$(grep -c '076-000-0005' "$work/page.$page")$(grep -cE '(受付中|●).*二医院（架空）' "$work/page.$page")" 10 "now page ($page): his number, and the closed door is not open"
    is "$(grep -c '076-000-0077' "$work/page.$page")" 1 "now page ($page): the telephone entered"
done
t now --page disaster --lang ja --at 2026-12-06T10:10 >"$work/sheet.html" 2>"$work/err"; ok $? "the disaster sheet"
row() { grep -A1 -F "<b>$1</b>" "$work/sheet.html" | sed 's/<[^>]*>/ /g' | tr -s ' \n' ' '; }
like "$(row 三医院)" '三医院 .*代: 一医院 076-000-0005 未確認 ' "disaster sheet: the substitute stands where the replaced clinic stood"
is "$(grep -c '<b>一医院</b>' "$work/sheet.html")" 0 "disaster sheet: and the replaced one is not asked"
like "$(row 二医院)" '南当番医 090-0000-0004 中止 ' "disaster sheet: closed"
is "$(grep -c '076-000-0077' "$work/sheet.html")" 1 "disaster sheet: the telephone entered"
like "$(grep '追加' "$work/sheet.html" | sed 's/<[^>]*>/ /g')" '救命' "disaster sheet: the extra door"
t export sheets 2026-12-06..2026-12-06 --out "$work/sheets" --at 2026-12-06T10:10 >"$work/log" 2>&1; ok $? "the sheets of the day"
door() { grep -F ">$1<" "$work/sheets/day-2026-12-06.html" | sed 's/<[^>]*>/ /g' | tr -s ' \n' ' '; }
like "$(door 三医院)" '三医院 （架空） 【代替 .* 一医院（架空） 076-000-0003 に代わる】 076-000-0005 ' "day sheet: the substitute, for whom, and his number"
is "$(grep -c '>一医院<' "$work/sheets/day-2026-12-06.html")" 0 "day sheet: the replaced clinic has no row of its own"
like "$(door 二医院)" '【休止 10:00-12:00' "day sheet: closed, and when"
like "$(door 病院)" '076-000-0077' "day sheet: the telephone entered"
like "$(door 救命)" '10:00-11:00 .*【追加 ' "day sheet: the extra door"
like "$(cat "$work/sheets/now.html" 2>/dev/null)" '三医院' "and the page of now beside it"
now --at 2026-12-06T15:01; is "$(of clinic-n) $(of clinic-s)" "c1,076-000-0003,-,- c2,076-000-0004,-,-" "when they are over all is as published"
now --as-of 1 --at 2026-12-06T10:10; is "$(of clinic-n)" "c1,076-000-0003,-,-" "--as-of tells what was published"

# ---- /v1/now says the same at once
"$T" serve --db "$db" --port 0 --at 2026-12-06T10:10 >"$work/out" 2>"$work/err" &
server=$!
for _ in $(seq 100); do port=$(grep -oE '127.0.0.1:[0-9]+' "$work/out" "$work/err" -h | head -n 1 | sed 's/.*://'); [ -n "$port" ] && break; sleep 0.1; done
curl -s "http://127.0.0.1:$port/v1/now?at=2026-12-06T10:10" >"$work/n.json"; is "$(of clinic-n) $(of clinic-s)" "c3,076-000-0005,substitute,c1 c2,076-000-0004,closed,-" "/v1/now"
ov cancelled --supersedes 1 --at 2026-12-06T10:20
curl -s "http://127.0.0.1:$port/v1/now?at=2026-12-06T10:21" >"$work/n.json"; is "$(of clinic-s)" "c2,076-000-0004,-,-" "/v1/now: its early end, at once"
kill $server; wait $server 2>/dev/null

# ---- a disaster does not end by itself
ov disaster --with 理事 --from 2026-12-13T03:00 --until 2026-12-13T06:00 --at 2026-12-13T03:00
n=$(sqlite3 "$db" "SELECT max(id) FROM route_overrides")
ask() { t route --area 北一 --age 40 --complaint internal --guidance --json --at "$1" >"$work/a.json" 2>/dev/null; }
ask 2026-12-13T10:00
like "$(json "$work/a.json" j.banner)" 'END NOT CONFIRMED' "four hours after its end: the banner says that nobody has ended it"
is "$(json "$work/a.json" "j.entries.filter(x=>x.duty).map(x=>x.override).join()")" "disaster: not confirmed,disaster: not confirmed" "and the doors are unconfirmed"
now --at 2026-12-13T10:00; is "$(json "$work/n.json" "j.disaster.state+j.on_duty.every(x=>x.unconfirmed)")" ended-unconfirmedtrue "now says so too"
like "$(L=ja t now --at 2026-12-13T10:00 2>/dev/null)" '終了未確認.*' "and for people"
like "$(t todo --kind disaster --json --at 2026-12-13T10:00 2>/dev/null)" "\"disaster:$n\"" "it is still on the to-do list"
ov cancelled --supersedes "$n" --at 2026-12-13T10:05 >/dev/null; like "$(cat "$work/err")" 'takes two' "one person cannot end it"
ov cancelled --supersedes "$n" --with 理事 --at 2026-12-13T10:05
ask 2026-12-13T10:06; is "$(json "$work/a.json" "j.banner+j.entries.some(x=>x.override)")" false "two can"
done_testing
