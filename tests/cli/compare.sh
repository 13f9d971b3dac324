#!/usr/bin/env bash
# compare: two arrangements planned and put side by side. The figures are counted again from a roster planned for real in a data file made from the same rows;
# nothing is stored; the same call gives the same bytes; what is no variant is refused.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/a.db
V=rosters/ishikawa-chuo/variants
t() { "$TOBAN" "$1" --db "${on:-$db}" --by 架空の事務局 --at 2026-01-20T09:00 "${@:2}"; }
t init --region rosters/ishikawa-chuo >/dev/null
dump() { sqlite3 "$db" .dump | sha256sum; }
before=$(dump)

# ---- a hospital leaves the rotation
export TMPDIR=$work/tmp
mkdir "$TMPDIR"
t compare now $V/hospital-leaves FY2026 --json --html "$work/leaves.html" >"$work/j"
is "$?" 0 "both sides proven: exit 0"
is "$(json "$work/j" '[j.format_version,j.command,j.from,j.to,j.a.status,j.b.status,j.b.rows_changed,j.b.rows_added].join()')" "1,compare,2026-04-01,2027-03-31,optimal,optimal,2,0" "period, proof, rows"
is "$(json "$work/j" 'j.a.providers.find(p=>p.provider==="h-08").turns>50')" true "the hospital has turns as it is"
is "$(json "$work/j" '(p=>[p.turns,p.big,p.minutes].join())(j.b.providers.find(p=>p.provider==="h-08"))')" "0,0,0" "and none when it leaves"
is "$(json "$work/j" '(s=>[s(j.a),s(j.b)].join())(x=>x.providers.reduce((n,p)=>n+p.turns,0)+x.open-x.seats)')" "0,0" "everybody's turns and the open seats are all seats, on both sides"
is "$(json "$work/j" '[j.a,j.b].every(x=>x.providers.every(p=>p.turns===Object.values(p.by_duty).reduce((n,k)=>n+k,0)&&p.big===Object.values(p.by_class).reduce((n,k)=>n+k,0)))')" true "turns by duty, big days by class add up"
is "$(json "$work/j" '[j.a,j.b].every(x=>x.duties.reduce((n,d)=>n+d.minutes,0)===x.providers.reduce((n,p)=>n+p.minutes,0))')" true "and minutes, duties' and hospitals'"
is "$(dump)" "$before" "nothing is stored"
is "$(find "$TMPDIR" -mindepth 1 | wc -l)" 0 "nothing is left behind"

# ---- the same counted from a roster planned for real
cp -r rosters/ishikawa-chuo "$work/region"
rm -r "$work/region/variants"
sed -i -E 's/^(rotation-(internal|backup),h-08,[^,]*,[^,]*,[^,]*),$/\1,2026-04-01/' "$work/region/members.csv"
on=$work/b.db t init --region "$work/region" >/dev/null
on=$work/b.db t plan FY2026 >/dev/null
count() { sqlite3 "$work/b.db" "SELECT $1 FROM draft_seats WHERE draft = 1 AND role = 'primary' AND provider IS NOT NULL $2"; }
is "$(json "$work/j" 'j.b.objective')" "$(sqlite3 "$work/b.db" 'SELECT objective FROM drafts')" "the objective is that of the region with the rows changed in its files"
is "$(json "$work/j" 'j.b.providers.filter(p=>p.turns).map(p=>p.provider+" "+p.turns).join("\n")')" "$(count "provider || ' ' || count(*)" 'GROUP BY provider ORDER BY provider')" "every hospital's turns"
is "$(json "$work/j" 'j.b.providers.filter(p=>p.by_class["new-year"]).map(p=>p.provider+" "+p.by_class["new-year"]).join("\n")')" \
    "$(count "provider || ' ' || count(*)" "AND (substr(date, 6) >= '12-29' OR substr(date, 6) <= '01-03') GROUP BY provider ORDER BY provider")" "New Year's"
is "$(json "$work/j" 'j.b.providers.filter(p=>p.by_class["golden-week"]).map(p=>p.provider+" "+p.by_class["golden-week"]).join("\n")')" \
    "$(count "provider || ' ' || count(*)" "AND substr(date, 6) BETWEEN '05-03' AND '05-06' GROUP BY provider ORDER BY provider")" "Golden Week's"
t compare "$work/region" "$work/b.db" FY2026 --duty rotation-backup --json >"$work/k"
is "$(json "$work/k" 'JSON.stringify(j.a.providers)===JSON.stringify(j.b.providers)&&j.a.objective===j.b.objective')" true "a region's directory and a data file of it are the same"

# ---- travel: two towns, 25 minutes apart, 88,000 people in the north (three places) and 76,000 in the south (one)
mkdir "$work/iga"
printf 'duty,provider,weight\nrotation,south-city,100\n' >"$work/iga/members.csv"
on=$work/i.db t init --region rosters/iga-three-hospitals >/dev/null
on=$work/i.db t compare now "$work/iga" 2026-12 --json >"$work/n"
# the mean inhabitant is 25 * 76/164 = 11.585 minutes from the north, 25 * 88/164 = 13.415 from the south
is "$(json "$work/n" '[j.a,j.b].map(x=>(south=>Math.round(((x.seats-south)*11585+south*13415)/x.seats)-x.duties[0].patient_millimin)(x.providers.find(p=>p.provider==="south-city").turns)).join()')" "0,0" "the mean way is that of the inhabitants, by where the turns are"
is "$(json "$work/n" 'j.b.providers.find(p=>p.provider==="south-city").turns>j.a.providers.find(p=>p.provider==="south-city").turns')" true "which the weights move"
# a fixed place is always as far
t compare now $V/centre-until-24 2026-12 --duty night-internal --json >"$work/n"
is "$(json "$work/n" '(a=>(b=>[b.minutes-a.minutes,a.seats,b.seats,a.patient_millimin===b.patient_millimin,a.staff_trips].join())(j.b.duties[0]))(j.a.duties[0])')" "1860,31,31,true,31" "an hour more every night; the centre is as far as before"
t compare now $V/tracks 2026-12 --duty rotation-backup --duty rotation-paed --json >"$work/n"
is "$(json "$work/n" '["rotation-backup","rotation-paed"].map(d=>[j.a,j.b].map(x=>x.duties.find(y=>y.duty===d).seats).join("/")).join()')" "31/38,38/31" "other tracks: seven duty days change sides"
t compare now $V/one-more-town 2026-12 --duty night-paed --json >"$work/n"
is "$(json "$work/n" '[j.a.providers.length,j.b.providers.length,j.b.rows_added,j.b.duties[0].patient_millimin>j.a.duties[0].patient_millimin].join()')" "35,37,23,true" "one town more: two paediatricians more, a longer way"
t compare now $V/weights 2026-12 --duty rotation-internal --duty rotation-surgical --json >"$work/n"
is "$(json "$work/n" '((f,g)=>f(j.b,"h-01")>f(j.a,"h-01")&&f(j.b,"h-02")<f(j.a,"h-02"))((x,p)=>x.providers.find(y=>y.provider===p).turns)')" true "other weights: more for the one, fewer for the other"

# ---- soft rules in their own words: four hospitals share the thirteen turns of New Year's week, three each at most where possible
mkdir "$work/four"
{ echo 'duty,provider,until'; sqlite3 "$db" "SELECT duty || ',' || provider || ',2026-04-01' FROM members WHERE duty = 'rotation-internal' AND provider > 'h-04'"; } >"$work/four/members.csv"
t compare now "$work/four" 2026-12-28..2027-01-03 --duty rotation-internal --json --lang en --html "$work/four.html" >"$work/n"
is "$(json "$work/n" '[j.a.rules.length,j.b.rules.map(r=>r.rule+r.times),j.b.soft,j.b.open].join()')" "0,rotation.week1,1,0" "a rule that one side does not keep"
is "$(json "$work/n" 'j.b.rules[0].sentence')" "$(sqlite3 "$db" "SELECT en FROM rules WHERE id = 'rotation.week'")" "in its own words"
like "$(cat "$work/four.html")" "<td>$(sqlite3 "$db" "SELECT ja FROM rules WHERE id = 'rotation.week'")</td>" "on paper, too"

# ---- blank days are an answer
mkdir "$work/nobody"
{ echo 'duty,provider,until'; sqlite3 "$db" "SELECT duty || ',' || provider || ',2026-04-01' FROM members WHERE duty = 'rotation-backup' AND provider <> 'h-01'"; } >"$work/nobody/members.csv"
t compare now "$work/nobody" 2026-12 --duty rotation-backup --json >"$work/n" 2>"$work/err"
is "$?" 0 "open seats are figures"
is "$(json "$work/n" '[j.a.open,j.a.blank_days,j.b.open,j.b.blank_days,j.b.open_slots.length,j.b.name].join()')" "0,0,0,0,0,nobody" "one hospital takes every night; named by its directory"
echo rotation-backup,h-01,2026-12-11 >>"$work/nobody/members.csv"
t compare now "$work/nobody" 2026-12 --duty rotation-backup --json >"$work/n" 2>"$work/err"
is "$(json "$work/n" '[j.b.open,j.b.blank_days,j.b.open_slots.length,j.b.open_slots[0].date,j.b.duties[0].patient_slots].join()')" "21,21,21,2026-12-11,10" "blank days from the day nobody is left"
like "$(t compare now "$work/nobody" 2026-12 --duty rotation-backup --lang ja --html "$work/nobody.html")" '空席のある日（空白日） +0 +21 +\+21' "in Japanese"
like "$(cat "$work/nobody.html")" '空白日　Ｂ　12月11日\(金\)、12月12日\(土\)' "the page names the days"
mkdir "$work/none"
printf 'duty,band,role,rank,when,count\nrotation-backup,night,primary,0,all,0\n' >"$work/none/seats.csv"
t compare now "$work/none" 2026-12 --duty rotation-backup --json --html "$work/none.html" >"$work/n"
is "$?/$(json "$work/n" '[j.a.status,j.b.status,"seats" in j.b].join()')" "1/optimal,none,false" "a side without a roster: exit 1, the other's figures stand"
like "$(json "$work/n" 'j.b.reason')" 'no seats to plan|nothing to plan' "with the reason"
like "$(cat "$work/none.html")" '<td colspan="8">当番表を作れませんでした: ' "on the page, too"
is "$(dump)" "$before" "still nothing is stored"

# ---- paper, bytes
like "$(cat "$work/leaves.html")" 'Ｈ病院（架空）が輪番を離れる' "the page has the variant's own words"
like "$(cat "$work/leaves.html")" '実在の当番ではありません' "and the notice of the region"
is "$(grep -cE 'https?:|<script|src=|url\(' "$work/leaves.html")" 0 "and fetches nothing"
for i in 1 2; do t compare now $V/hospital-leaves 2026-12 --duty rotation-backup --json --html "$work/page$i" >"$work/same$i"; done
cmp -s "$work/same1" "$work/same2" && cmp -s "$work/page1" "$work/page2"
is "$?" 0 "the same call, the same bytes"

refused() { # STATUS PATTERN NAME COMMAND...
    local want=$1 pattern=$2 name=$3
    shift 3
    t "$@" >"$work/out" 2>"$work/err"
    is "$?/$(cat "$work/out")" "$want/" "$name: exit $want, nothing said"
    like "$(cat "$work/err")" "$pattern" "$name: said"
    is "$(dump)/$(find "$TMPDIR" -mindepth 1 | wc -l)" "$before/0" "$name: nothing stored or left"
}
mkdir "$work/empty" "$work/column" "$work/file" "$work/twice" "$work/new"
printf 'duty,provider,wait\nrotation-backup,h-01,1\n' >"$work/column/members.csv"
printf 'a\n' >"$work/file/hospitals.csv"
printf 'duty,provider,weight\nrotation-backup,h-01,1\nrotation-backup,h-01,2\n' >"$work/twice/members.csv"
printf 'id,name\nh-99,Ｚ病院\n' >"$work/new/providers.csv"
refused 2 'there is no "nowhere"; say now' "a side that is not there" compare now nowhere FY2026
refused 3 'empty: a variant without a row' "a variant without rows" compare now "$work/empty" FY2026
refused 3 'column "wait"' "a column that is none" compare now "$work/column" FY2026
refused 3 'hospitals\.csv: no such file is read' "a file that is none" compare now "$work/file" FY2026
refused 3 'twice/members\.csv:[23]' "two rows for one" compare now "$work/twice" FY2026
refused 3 'new/providers\.csv:2.*kind' "a new row that lacks what it needs" compare now "$work/new" FY2026
refused 2 'period "next-year" is not one' "a period that is none" compare now $V/weights next-year
refused 2 'there is no duty "nothing"' "a duty that is none" compare now $V/weights FY2026 --duty nothing
done_testing
