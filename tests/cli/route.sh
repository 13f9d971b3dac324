#!/usr/bin/env bash
# The routing table as the desks use it: from a copied file alone, with overrides, refusals, expiry, rollback, and on paper. Small region, fictitious (架空).
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
T=$PWD/$TOBAN
mkdir "$work/r"
cat >"$work/r/region.json" <<'J'
{"format_version":1,
 "region":{"id":"mihon","name":"見本圏（架空）","notice":"すべて架空です","consulting":"work","half":"sat","half_to":"12:00","travel_default":20},
 "areas":[{"id":"r","name":"見本圏","level":"region"},{"id":"n","name":"北市","level":"municipality","parent":"r","inside":10},{"id":"n1","name":"北一","kana":"きたいち","level":"district","parent":"n"},
  {"id":"n2","name":"北二","kana":"きたに","level":"district","parent":"n"},{"id":"s","name":"南町","level":"municipality","parent":"r"}],
 "aliases":[{"area":"n1","kind":"name","text":"桜町"},{"area":"n1","kind":"postcode","text":"920-0001"},{"area":"n2","kind":"postcode","text":"920-0002"}],
 "bodies":[{"id":"ma","name":"見本医師会（架空）","kind":"medical-association"}],
 "kinds":[{"id":"clinic","name":"診療所"},{"id":"hospital","name":"病院"}],
 "specialities":[{"id":"internal","name":"内科"},{"id":"dialysis","name":"透析"}],
 "modifiers":[{"id":"dialysis","name":"透析中","specialities":["dialysis"]}],
 "centres":[{"id":"ce","name":"北一支援（架空）","area":"n1","phone":"076-000-0021","hours":"平日（架空）"}],
 "homecare":[{"area":"n1","device":"ventilator","count":2,"keeper":"北保健所（架空）","phone":"076-000-0031"},{"area":"n1","device":"oxygen","count":31,"keeper":"北保健所（架空）","phone":"076-000-0031"},
  {"area":"n1","device":"dialysis","count":7,"keeper":"北保健所（架空）","phone":"076-000-0031"}],
 "suppliers":[{"id":"o","name":"見本酸素（架空）","phone":"076-000-0041"}],
 "links":[{"from":"c2","type":"deputises-for","to":"c1","since":"2026-12-01","until":"2026-12-10"},{"from":"h","type":"backs-up","to":"c1"}],
 "classes":[{"id":"all","name":"毎日"},{"id":"off","name":"休診日","weekdays":"sun","holiday":"yes"},{"id":"work","name":"平日","weekdays":"mon;tue;wed;thu;fri","none_of":["off"]},{"id":"sat","name":"土曜","weekdays":"sat","none_of":["off"]}],
 "providers":[{"id":"tert","name":"救命（架空）","kind":"hospital","area":"n2","phone":"076-000-0001","staff_phone":"090-0000-0001","tertiary":"yes","disaster_base":"yes"},
  {"id":"h","name":"病院（架空）","kind":"hospital","area":"n1","phone":"076-000-0002","staff_phone":"090-0000-0002"},
  {"id":"c1","name":"一医院（架空）","kind":"clinic","area":"n1","phone":"076-000-0003","staff_phone":"090-0000-0003","home_visits":"yes","checked":"2026-11-01"},{"id":"c2","name":"二医院（架空）","kind":"clinic","area":"s","phone":"076-000-0004","staff_phone":"090-0000-0004"}],
 "duties":[{"id":"clinic-n","name":"北当番医","kind":"clinic","specialities":["internal"],"tier":1,"body":"ma","period":"month","area":"n"},
  {"id":"clinic-s","name":"南当番医","kind":"clinic","specialities":["internal"],"tier":1,"body":"ma","period":"month","area":"s"},
  {"id":"rot","name":"輪番","kind":"hospital","specialities":["internal"],"tier":2,"body":"ma","period":"month","ambulance":"yes"}],
 "bands":[{"duty":"clinic-n","id":"day","name":"昼","when":"off","from":"09:00","to":"17:00","reception":"16:30"},{"duty":"clinic-s","id":"day","name":"昼","when":"off","from":"09:00","to":"17:00","reception":"16:30"},
  {"duty":"rot","id":"day","name":"昼","when":"off","from":"08:30","to":"17:00"},{"duty":"rot","id":"night","name":"夜","when":"all","from":"17:00","to":"32:30"}],
 "seats":[{"duty":"clinic-n","band":"day","role":"primary","rank":0,"when":"off","count":1},{"duty":"clinic-s","band":"day","role":"primary","rank":0,"when":"off","count":1},
  {"duty":"rot","band":"day","role":"primary","rank":0,"when":"off","count":1},{"duty":"rot","band":"night","role":"primary","rank":0,"when":"all","count":1}],
 "members":[{"duty":"clinic-n","provider":"c1"},{"duty":"clinic-s","provider":"c2"},{"duty":"rot","provider":"h"}],
 "complaints":[{"id":"internal","name":"内科系","specialities":["internal"]}],
 "lines":[{"id":"7119","name":"相談（架空）","phone":"#7119","from":"00:00","to":"24:00"}],
 "scales":[{"scale":"qsuke","version":"v3","code":"黄","rank":2,"urgency":3,"approved_by":"見本（架空）","approved_on":"2026-01-01"},{"scale":"qsuke","version":"v3","code":"赤","rank":1,"urgency":1,"approved_by":"見本（架空）","approved_on":"2026-01-01"},
  {"scale":"jtas","version":"2017","code":"黄","rank":3,"urgency":2,"approved_by":"見本（架空）","approved_on":"2026-01-01"},{"scale":"tel","version":"v1","code":"黄","rank":3,"urgency":4,"approved_by":"見本（架空）","approved_on":"2026-01-01"}]}
J
cp rosters/ishikawa-chuo/policies.csv "$work/r/"
db=$work/a.db
t() { timeout 60 "$T" "$@" --lang en --by 見本; }
ask() { t route --table "$work/t.json" --area 北一 --age 40 --complaint internal --json "$@" >"$work/a.json" 2>"$work/err"; }
names() { json "$work/a.json" 'j.entries.map(x=>(x.facility||x.phone||"-")+(x.override?"*":"")).join()'; }
month() { t plan "$1" --duty all --at 2026-11-01T09:00 --db "$db" >"$work/log" 2>&1 && council "$db" "$2" && t publish --at "$2" --db "$db" >>"$work/log" 2>&1; }

t init --region "$work/r" --db "$db" --at 2026-11-01T08:00 >"$work/log" 2>&1; ok $? "a region with policies"
month 2026-12 2026-11-02T09:00; ok $? "a month is published"
t export table 2026-12 --file "$work/t.json" --db "$db" --at 2026-11-02T10:00 >"$work/log" 2>"$work/err"; ok $? "the table is built, proven and written"
like "$(cat "$work/log")" '[0-9]{5,} cells proven' "the number of cells is told"

t check-table --period 2026-12 --db "$db" --json >"$work/c.json" 2>/dev/null; ok $? "every cell is proven again"
is "$(json "$work/c.json" 'j.light_cells>100&&j.light_to_primary===j.light_cells')" true "light cases to primary care: $(json "$work/c.json" j.light_to_primary) of $(json "$work/c.json" j.light_cells) cells"
like "$(t check-table --period 2026-12 --db "$db" 2>/dev/null)" '\(100%\)' "which is printed as a percentage"
# Each opening of the table is an event of the calendars, at the same minutes.
t export all --out "$work/all" --db "$db" --at 2026-11-02T10:00 >/dev/null 2>&1
python3 - "$work/t.json" "$work/all/ics/region.ics" >"$work/log" <<'P'
import datetime as d, json, re, sys
t = json.load(open(sys.argv[1]))["table"]
start = d.datetime.fromisoformat(t["valid_from"])
mine = set()
for s in t["services"]:
    for k in range(0, len(s["openings"]), 5):
        a, b = (start + d.timedelta(minutes=m) for m in (s["openings"][k], s["openings"][k + 2]))
        mine.add((a, b))
text = open(sys.argv[2], encoding="utf-8").read().replace("\r\n ", "")
theirs = set()
for e in text.split("BEGIN:VEVENT")[1:]:
    at = []
    for key in ("DTSTART", "DTEND"):
        zone, v = re.search(key + r"(;[^:]*)?:(\d{8}T\d{6}Z?)", e).groups()
        at.append(d.datetime.strptime(v.rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=d.timezone.utc if v.endswith("Z") else d.timezone(d.timedelta(hours=9))))
    theirs.add(tuple(at))
print(len(mine), len(mine - theirs))
P
like "$(cat "$work/log")" '^[0-9]{2,} 0$' "each opening is in the calendars with the same start and end ($(cut -d' ' -f1 "$work/log") openings)"

# The copy alone: no data file, a directory that cannot be written.
mkdir "$work/desk" && cp "$work/t.json" "$work/desk/" && chmod 500 "$work/desk"
(cd "$work/desk" && timeout 60 "$T" route --table t.json --db nowhere.db --at 2026-12-06T10:00 --area 桜町 --age 40 --complaint internal --level qsuke:v3:黄 --lang en >"$work/log" 2>&1); is $? 0 "answers from the copied file alone"
like "$(cat "$work/log")" '1\. go there +一医院（架空）  076-000-0003  reception until 16:30' "with the clinic on duty"
(cd "$work/desk" && timeout 60 "$T" now --table t.json --page text --db nowhere.db --at 2026-12-06T10:00 --lang ja >"$work/now.txt" 2>&1); is $? 0 "the page too"
is "$(wc -l <"$work/now.txt")" 24 "the page has 24 lines"
like "$(tr '\n' ' ' <"$work/now.txt")" '第1版 [0-9a-f]{8}.*mihon.2026-12-01.2026-12-31 作成 2026-11-02.*診断' "with edition, digest, id, issue and notice"
is "$(python3 -c 'import sys,unicodedata;print(max(sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in l.rstrip("\n")) for l in open(sys.argv[1],encoding="utf-8"))<=90)' "$work/now.txt")" True "of a terminal's width"
chmod 700 "$work/desk"

# The question
ask --at 2026-12-06T10:00 --level 黄; is $? 2 "a bare colour is refused"
like "$(cat "$work/err")" 'qsuke:v3:黄.*jtas:2017|jtas:2017.*qsuke:v3' "and the scales are named"
ask --at 2026-12-06T10:00 --level 3; is $? 2 "a bare number is refused"
for x in "jtas:2017:黄 h,tert" "qsuke:v3:黄 c1,c2,h,#7119,119" "tel:v1:黄 c1,c2,#7119,076-000-0120,119"; do ask --at 2026-12-06T10:00 --level "${x% *}"; is "$(names)" "${x#* }" "yellow of ${x% *} is its own class"; done
for a in 桜町 きたいち 920-0001 9200001 〒920-0001 n1; do t route --table "$work/t.json" --at 2026-12-06T10:00 --area "$a" --guidance --json >"$work/a.json" 2>/dev/null; is "$(names)" c1,c2,#7119,119 "the area by $a"; done
t route --table "$work/t.json" --at 2026-12-06T10:00 --area 920 --guidance >/dev/null 2>"$work/err"; is $? 2 "a postcode that begins two areas is asked back"
like "$(cat "$work/err")" '北一.*北二' "with the candidates"
level() { timeout 60 "$T" route --table "$work/t.json" --at 2026-12-06T10:00 --area 北一 "$@" >/dev/null 2>"$work/err"; }
level --level 黄; is $? 2 "a bare code is asked back"
level --level 黄 --scale qsuke; is $? 0 "but for a desk with a scale"
TOBAN_SCALE=qsuke:v3 level --level 黄; is $? 0 "with its version, from the environment"
level --level 橙 --scale qsuke; is $? 2 "not a code that the scale has not"
t route --table "$work/t.json" --at 2026-12-06T10:00 --area 東京 --guidance >/dev/null 2>&1; is $? 2 "an unknown area is refused"
ask --at 2026-12-06T10:00 --level qsuke:v3:黄 --explain
is "$(json "$work/a.json" 'j.entries[0].rule+" "+j.entries[0].roster_row+" "+j.entries[0].checked')" "u3-primary clinic-n/2026-12-06/day 2026-11-01" "rule, roster row and date of the facility's data"
like "$(json "$work/a.json" 'j.near_miss.map(x=>x.name+": "+x.failed).join()')" '救命（架空）: not offered at this urgency \(policy\)' "a near miss with the one test that failed"
ask --at 2026-12-06T10:00 --level qsuke:v3:黄 --declined c1:満床; is "$(names)" c2,h,#7119,119 "who declined is followed by the next"
ask --at 2026-12-06T10:00 --level qsuke:v3:黄 --declined c1:満床 --declined c2:手術中; is "$(names)" h,#7119,119 "and by the next"
ask --at 2026-12-06T10:00 --level qsuke:v3:黄 --declined c1:満床 --state "$work/st"; like "$(cat "$work/st/declined.log")" '2026-12-06T10:00 見本 declined c1 満床' "the reason is recorded beside the state"
t route --db "$db" --at 2026-12-06T10:00 --area 北一 --guidance --declined c1:満床 >/dev/null 2>&1
like "$(t audit --db "$db" --last 1 2>&1)" 'declined.*c1 満床' "or in the audit trail"

# Beside the level: a modifier, the support centre, whose home-care patient it is.
ask --at 2026-12-06T20:00 --level jtas:2017:黄 --modifier dialysis; is "$(json "$work/a.json" 'j.entries.map(x=>x.facility+(x.ring_first_for?"?":"")).join()')" "h?,tert" "a hospital that does not say it offers dialysis is to be rung first"
ask --at 2026-12-06T20:00 --level jtas:2017:黄 --modifier 糖尿; is $? 2 "an unknown modifier is refused"; like "$(cat "$work/err")" 'dialysis' "with those there are"
t route --table "$work/t.json" --at 2026-12-06T10:00 --area 桜町 --age 80 --complaint internal --level tel:v1:黄 --channel public --json >"$work/a.json" 2>/dev/null
is "$(names)" c1,c2,#7119,076-000-0021,119 "the support centre of the district, for the old"
t route --table "$work/t.json" --at 2026-12-06T10:00 --area 桜町 --age 80 --complaint internal --level tel:v1:黄 --channel phone --json >"$work/a.json" 2>/dev/null
is "$(names)" c1,c2,#7119,076-000-0021,076-000-0120,119 "and for staff the home-care support centre"
t route --db "$db" --at 2026-12-05T03:00 --home 一医院（架空） --channel phone --json >"$work/a.json" 2>/dev/null; is "$(json "$work/a.json" 'j.entries.map(x=>x.facility+" "+x.phone).join()')" "c1 090-0000-0003,c2 090-0000-0004,h 090-0000-0002" "whom to call for a home-care patient of that clinic"
t route --db "$db" --at 2026-12-10T03:00 --home c1 --json >"$work/a.json" 2>/dev/null; is "$(json "$work/a.json" 'j.entries.map(x=>x.facility+" "+x.phone).join()')" "c1 076-000-0003,h 076-000-0002" "the deputy's time is over; the desk gets public numbers"
t route --db "$db" --at 2026-12-05T03:00 --home c1 --channel public >/dev/null 2>&1; is $? 6 "the public is not told"
t route --db "$db" --at 2026-12-05T03:00 --home c2 >/dev/null 2>&1; is $? 2 "nor does it work for one who makes no home visits"
t route --table "$work/t.json" --at 2026-12-05T03:00 --home c1 --channel phone >/dev/null 2>&1; is $? 2 "nor from a copied file"

# The clock
for x in "2026-11-30T23:59 not.yet.valid 7" "2026-12-01T00:00 valid 0" "2026-12-25T09:00 valid 0" "2026-12-25T09:01 renewal.due 0" "2027-01-01T08:59 renewal.due 0" "2027-01-01T09:00 expired 7"; do
    read -r at word rc <<<"$x"
    t route --table "$work/t.json" --at "$at" --area 北一 --guidance >"$work/log" 2>"$work/err"; got=$?
    is "$got" "$rc" "exit at $at"
    like "$(head -1 "$work/log")" "【${word//./ }】" "state word at $at"
done
if grep -qE '000-[34]' "$work/log"; then ok 1 "after expiry no duty is told"; else ok 0 "after expiry no duty is told"; fi
like "$(cat "$work/log")" '#7119' "but the lines are"
t route --table "$work/t.json" --at 2026-11-02T08:00 --area 北一 --guidance >"$work/log" 2>&1; like "$(cat "$work/log")" 'the clock is before the table was made' "a clock before the table was made is told"

# Damage
python3 - "$work/t.json" "$work/bad.json" <<'P'
import sys
b = bytearray(open(sys.argv[1], 'rb').read())
b[len(b) // 2] ^= 1
open(sys.argv[2], 'wb').write(b)
P
t route --table "$work/bad.json" --at 2026-12-06T10:00 --area 北一 --guidance >"$work/log" 2>"$work/err"; is $? 7 "a corrupt file ends with 7"
like "$(cat "$work/log")" '【corrupt】' "says so"
like "$(cat "$work/log")" '119.*' "and still tells 119"
like "$(cat "$work/log")" '救命（架空）  076-000-0001' "and the tertiary centre, from the file's own block"
: >"$work/empty.json"; t now --table "$work/empty.json" --at 2026-12-06T10:00 >"$work/log" 2>&1; is $? 7 "an empty file too"; like "$(cat "$work/log")" '#8000' "with the numbers that are built in"
t check-table --table "$work/t.json" --db nowhere.db >"$work/log" 2>&1; is $? 0 "the file alone is checked"
t check-table --table "$work/t.json" --db "$db" >"$work/log" 2>&1; is $? 0 "and against its publication"; like "$(cat "$work/log")" '[0-9]{5,} cells proven, the same contents' "cell by cell"

# Overrides: from the file alone.
ov() { t override "$@" --table "$work/t.json" --changes "$work/ch.json" --at 2026-12-06T10:00 >"$work/log" 2>"$work/err"; }
ov closed --provider c1; is $? 2 "an override without an end is refused"
ov closed --provider c1 --minutes 1441; is $? 2 "beyond its kind's limit too"
ov closed --provider tert --minutes 60 --reason 満床; is $? 2 "the last tertiary centre is not closed for want of beds"
ov closed --provider c1 --until 2026-12-06T11:00 --reason 患者対応中 --source 電話; ok $? "a clinic says it is closed"
with() { ask --changes "$work/ch.json" --level qsuke:v3:黄 "$@"; }
with --at 2026-12-06T10:30; is "$(names)" "c2,c1*,h,#7119,119" "and stands as opening at 11:00"
is "$(json "$work/a.json" 'j.entries[1].role+j.entries[1].open_from')" later2026-12-06T11:00+09:00 "marked so"
is "$(json "$work/a.json" j.expires)" 2026-12-06T11:00+09:00 "the answer expires with the override"
with --at 2026-12-06T10:59; is "$(names)" "c2,c1*,h,#7119,119" "until the minute before its end"
with --at 2026-12-06T11:00; is "$(names)" c1,c2,h,#7119,119 "and is back at its end, with nobody's help"
ov cancelled --supersedes 1; ok $? "an override is cancelled by a new row"
with --at 2026-12-06T10:30; is "$(names)" c1,c2,h,#7119,119 "and acts no more"
is "$(grep -o '"id":' "$work/ch.json" | wc -l)" 2 "both rows stay"
printf x >>"$work/ch.json"; with --at 2026-12-06T10:30; is "$(names)" c1,c2,h,#7119,119 "a corrupt file of overrides is told and not used"; like "$(json "$work/a.json" j.banner)" 'overrides is corrupt' "in the banner"
# And in the data file.
t override phone --provider c1 --phone 076-000-0099 --minutes 60 --at 2026-12-06T10:00 --db "$db" >/dev/null 2>&1; ok $? "an override in the data file"
t route --db "$db" --at 2026-12-06T10:30 --area 北一 --guidance --json >"$work/a.json" 2>/dev/null; is "$(json "$work/a.json" 'j.entries[0].phone')" 076-000-0099 "acts"
like "$(t audit --db "$db" --last 1 2>&1)" 'override.*phone c1.* until [0-9T:-]* phone=076-000-0099' "and is in the audit trail with all that was entered"
if sqlite3 "$db" 'DELETE FROM route_overrides' 2>/dev/null; then ok 1 "its row cannot be deleted"; else ok 0 "its row cannot be deleted"; fi
# What was corrected does not come back when its correction is over: references first, then time. In the data file and in the small file.
cp "$db" "$work/ov.db"
o() { t override "$@" --db "$work/ov.db" --at 2026-12-06T10:00 >"$work/log" 2>"$work/err"; }
first_phone() { t route --at "$1" --area 北一 --guidance --json "${@:2}" >"$work/a.json" 2>/dev/null; json "$work/a.json" 'j.entries[0].phone'; }
o phone --provider c2 --phone 076-000-0088 --minutes 600; wrong=$(sqlite3 "$work/ov.db" "SELECT max(id) FROM route_overrides")
o phone --provider c2 --phone 076-000-0077 --minutes 60 --supersedes "$wrong"
c2_phone() { t route --at "$1" --area 南町 --guidance --json "${@:2}" >"$work/a.json" 2>/dev/null; json "$work/a.json" 'j.entries.find(x=>x.facility==="c2").phone'; }
is "$(c2_phone 2026-12-06T10:30 --db "$work/ov.db") $(c2_phone 2026-12-06T11:30 --db "$work/ov.db")" "076-000-0077 076-000-0004" "a wrong number does not come back when its correction ends"
o phone --provider c2 --phone 076-000-0066 --minutes 60 --supersedes "$wrong"; is $? 6 "what has been replaced is not replaced again"
rm -f "$work/ch2.json"; of() { t override "$@" --table "$work/t.json" --changes "$work/ch2.json" --at 2026-12-06T10:00 >"$work/log" 2>"$work/err"; }
of phone --provider c2 --phone 076-000-0088 --minutes 600; of phone --provider c2 --phone 076-000-0077 --minutes 60 --supersedes 1
is "$(c2_phone 2026-12-06T10:30 --table "$work/t.json" --changes "$work/ch2.json") $(c2_phone 2026-12-06T11:30 --table "$work/t.json" --changes "$work/ch2.json")" "076-000-0077 076-000-0004" "nor in the small file"
o disaster --minutes 10080 --with 二人目; n=$(sqlite3 "$work/ov.db" "SELECT max(id) FROM route_overrides"); o cancelled --supersedes "$n" --with 二人目
t route --db "$work/ov.db" --at 2026-12-09T10:30 --area 北一 --guidance --json >"$work/a.json" 2>/dev/null
is "$(json "$work/a.json" j.banner)" "" "a disaster that was ended does not come back three days later"
# No silent limits: the hundredth override acts, seventeen who declined are left out, the sixty-fifth is refused by name.
for i in $(seq 100); do printf 'note %s\n' "$i"; done >"$work/notes"
while read -r _ i; do o note --provider c1 --note "n$i" --minutes 60; done <"$work/notes"
o phone --provider c1 --phone 076-000-0055 --minutes 60
is "$(first_phone 2026-12-06T10:30 --db "$work/ov.db")" 076-000-0055 "the hundredth and first override acts like the first"
declined=(); for i in $(seq 16); do declined+=(--declined "c2:$i"); done
t route --db "$work/ov.db" --at 2026-12-06T10:30 --area 北一 --guidance --json "${declined[@]}" --declined c1:満床 >"$work/a.json" 2>/dev/null
is "$(names | grep -c c1)" 0 "the seventeenth who declined is left out as well"
# Ten at once: ten rows, ten numbers.
rm -f "$work/ch3.json"
for i in 1 2 3 4 5 6 7 8 9 10; do t override note --provider c1 --note "n$i" --minutes 60 --table "$work/t.json" --changes "$work/ch3.json" --at 2026-12-06T10:00 >"$work/at.$i" 2>&1 & done; wait
is "$(grep -l recorded "$work"/at.* | wc -l) $(grep -o '"id":[0-9]*' "$work/ch3.json" | sort -u | wc -l)" "10 10" "ten overrides at once into the small file: ten told, ten there, each with its own number"

# Disaster: declared and ended by two; duties unconfirmed until confirmed; one sheet with numbers and telephones.
dis() { t override "$@" --db "$db" --at 2026-12-13T09:00 >"$work/log" 2>"$work/err"; }
dis disaster --minutes 1440; is $? 2 "one person cannot declare a disaster"
dis disaster --minutes 1440 --with 見本; is $? 2 "nor the same person twice"
dis disaster --minutes 1440 --with 二人目; ok $? "two can"
n=$(sqlite3 "$db" "SELECT max(id) FROM route_overrides")
t route --db "$db" --at 2026-12-13T10:30 --area 北一 --guidance --json >"$work/a.json" 2>/dev/null
is "$(json "$work/a.json" 'j.entries.filter(x=>x.duty).map(x=>x.override).join()')" "disaster: not confirmed,disaster: not confirmed" "duties are unconfirmed"
like "$(json "$work/a.json" j.banner)" 'declared 1 hours ago.*EMIS is the authority' "which the banner says, with the hours"
dis confirmed --provider c1 --minutes 300; dis closed --provider c2 --minutes 300
t now --page disaster --db "$db" --at 2026-12-13T10:30 --lang ja >"$work/disaster.html" 2>"$work/err"; ok $? "the disaster sheet"
sheet=$(tr -d '\n' <"$work/disaster.html")
like "$sheet" '災害モード宣言中' "says that it is declared"
like "$sheet" '<td class="b">救命</td><td class="p">076-000-0001</td><td class="p">090-0000-0001</td>' "base hospitals"
like "$sheet" '<b>一医院</b> <span class="s">北当番医</span></td><td class="p">090-0000-0003</td><td>確認済</td><td></td><td></td><td></td>' "a duty confirmed, with the number for staff"
like "$sheet" '<b>二医院</b> <span class="s">南当番医</span></td><td class="p">090-0000-0004</td><td>中止</td><td></td>' "one suspended"
like "$sheet" '<b>病院</b> <span class="s">輪番</span></td><td class="p">090-0000-0002</td><td>未確認</td><td></td>' "one not yet asked"
like "$sheet" '北一</td><td class="n">2</td><td class="n">31</td><td class="n">7</td><td>1</td>' "counts of a district"
like "$sheet" '<td>1</td><td>北保健所</td><td class="p">076-000-0031' "and who keeps the list"
like "$sheet" '酸素</td><td>見本酸素</td><td class="p">076-000-0041' "suppliers"
t now --page disaster --table "$work/t.json" --db "$db" --at 2026-12-13T10:30 >/dev/null 2>&1; is $? 2 "not from a copied file, which has neither"
dis cancelled --supersedes "$n"; is $? 2 "one person cannot end it either"
dis cancelled --supersedes "$n" --with 二人目; ok $? "two can"
t route --db "$db" --at 2026-12-13T10:30 --area 北一 --guidance --json >"$work/a.json" 2>/dev/null
is "$(json "$work/a.json" 'j.entries.filter(x=>x.duty).map(x=>x.facility+(x.override||"")).join()+j.banner')" "c1confirmed" "and then it is over"

# The same over HTTP, byte for byte; an override acts at once; staff numbers only where they were allowed.
web() { # web [--staff]
    : >"$work/serve.out"
    "$T" serve --port 0 --db "$db" --at 2026-12-06T10:00 --lang en "$@" >"$work/serve.out" 2>>"$work/serve.err" &
    pid=$!
    for _ in $(seq 300); do
        port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$work/serve.out")
        [ -n "$port" ] && return
        sleep 0.1
    done
}
trap 'kill "${pid:-$$}" 2>/dev/null; rm -rf "$work"' EXIT
get() { # get NAME=VALUE...: the answer into a.http, prints the status
    python3 - "$port" "$work/a.http" "$@" <<'P'
import sys, urllib.error, urllib.parse, urllib.request
query = urllib.parse.urlencode([tuple(a.split("=", 1)) for a in sys.argv[3:]])
try:
    r = urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/v1/route?{query}", timeout=20)
except urllib.error.HTTPError as e:
    r = e
open(sys.argv[2], "wb").write(r.read())
print(r.status)
P
}
same() { # same DESCRIPTION NAME=VALUE...: HTTP and command line
    local name=$1 a=()
    shift
    for x in "$@"; do case $x in guidance=* | explain=*) a+=("--${x%%=*}") ;; *) a+=("--${x%%=*}" "${x#*=}") ;; esac; done
    is "$(get "$@")" 200 "over HTTP: $name"
    t route "${a[@]}" --db "$db" --json >"$work/a.json" 2>/dev/null
    cmp -s "$work/a.json" "$work/a.http"
    ok $? "the same bytes: $name"
}
web
same "a level" at=2026-12-06T10:00 area=桜町 age=40 complaint=internal level=qsuke:v3:黄
same "guidance, explained" at=2026-12-06T10:30 area=920-0001 guidance=1 explain=1 channel=public
same "another day" at=2026-12-15T03:00 area=北市 age=unknown level=unknown channel=phone
same "after the override" at=2026-12-06T11:00 area=北一 guidance=1
t override closed --provider c1 --minutes 30 --reason 満床 --at 2026-12-06T12:00 --db "$db" >/dev/null 2>&1
same "a new override, at once" at=2026-12-06T12:10 area=北一 guidance=1
is "$(json "$work/a.http" 'j.entries.map(x=>x.facility||x.phone).join()')" "c2,#7119,119" "which acts"
same "outside what is published" at=2028-01-01T00:00 area=北一 guidance=1
is "$(get area=北一 level=黄)" 400 "a bare colour is refused"
like "$(cat "$work/a.http")" 'qsuke:v3:黄' "and the scales are named"
is "$(get area=920 guidance=1)" 400 "a doubtful area too"
is "$(get area=北一 guidance=1 channel=fax)" 400 "a channel that does not exist too"
is "$(get area=北一 guidance=1 at=noon)" 400 "and a time that is none"
is "$(get home=c1)" 403 "whom to call for a home-care patient is not told"
is "$(get area=北一 level=qsuke:v3:赤 channel=119)" 403 "staff numbers are not told"
if grep -q '090-9' "$work/a.http"; then ok 1 "not one"; else ok 0 "not one"; fi
kill "$pid"; wait "$pid" 2>/dev/null
web --staff
same "the 119 desk, where allowed" at=2026-12-06T10:00 area=北一 age=40 level=qsuke:v3:赤 channel=119
like "$(cat "$work/a.http")" '090-0000-0001' "with the number for staff"
same "a home-care patient, where allowed" at=2026-12-05T03:00 home=c1 channel=phone
same "a modifier" at=2026-12-06T20:00 area=北一 level=jtas:2017:黄 modifier=dialysis
kill "$pid"; wait "$pid" 2>/dev/null

# Editions
cp "$work/t.json" "$work/first.json"
ask --at 2026-12-06T10:00 --guidance --state "$work/st"; is "$(json "$work/a.json" j.rollback_checked)" true "the state directory remembers"
month 2027-02 2026-11-03T09:00; ok $? "February is published"
t export table 2027-02 --file "$work/t.json" --db "$db" >/dev/null 2>"$work/err"; is $? 6 "a table that leaves a gap is refused"; like "$(cat "$work/err")" '2027-01-01T09:00.*2027-02-01T00:00' "with both minutes"
month 2027-01 2026-11-04T09:00; t export table 2027-01 --file "$work/t.json" --db "$db" >/dev/null 2>"$work/err"; ok $? "its successor that touches is taken"
cmp -s "$work/first.json" "$work/t.json.1"; ok $? "the one before is kept"
is "$(t route --table "$work/first.json" --at 2027-01-01T03:00 --area 北一 --level qsuke:v3:黄 --json 2>/dev/null >"$work/a.json"; json "$work/a.json" 'j.entries[0].facility+j.entries[0].roster_row')" h"rot/2026-12-31/night" "the night over the seam in the old table"
is "$(t route --table "$work/t.json" --at 2027-01-01T03:00 --area 北一 --level qsuke:v3:黄 --json 2>/dev/null >"$work/a.json"; json "$work/a.json" 'j.entries[0].facility+j.entries[0].roster_row')" h"rot/2026-12-31/night" "and in the new one"
t route --table "$work/t.json" --at 2027-01-03T10:00 --area 北一 --guidance --state "$work/st" >/dev/null 2>&1
t route --table "$work/first.json" --at 2027-01-03T10:00 --area 北一 --guidance --state "$work/st" --json >"$work/a.json" 2>/dev/null
is "$(json "$work/a.json" 'j.publication')" 3 "an older edition is refused and the last good one answers"; like "$(json "$work/a.json" j.banner)" 'an older edition' "which is told"
t export table 2026-12 --file "$work/fork.json" --db "$db" >/dev/null 2>&1
t route --table "$work/fork.json" --at 2026-12-06T10:00 --area 北一 --guidance --state "$work/st" >/dev/null 2>&1
sed 's/一医院/偽医院/g' "$work/fork.json" >"$work/f2.json"
python3 - "$work/f2.json" <<'P'
import hashlib, re, sys
s = open(sys.argv[1], 'rb').read()
a, b = s.index(b',"table":') + len(b',"table":'), s.rindex(b',"trailer":')
open(sys.argv[1], 'wb').write(b'{"digest":"' + hashlib.sha256(s[a:b]).hexdigest().encode() + s[len(b'{"digest":"') + 64:])
P
t route --table "$work/f2.json" --at 2026-12-06T10:00 --area 北一 --guidance --state "$work/st" --json >"$work/a.json" 2>/dev/null
like "$(json "$work/a.json" j.banner)" 'same publication 3 with other contents' "the same publication with other contents is refused"
is "$(json "$work/a.json" 'j.entries[0].name')" 一医院（架空） "and the good one answers"
like "$(cat "$work/st/events.log")" 'other contents' "both are noted"

# A scale whose map is not monotone is not taken in.
cp "$db" "$work/scale.db"
printf 'scale,version,code,rank,urgency,approved_by,approved_on\r\nqsuke,v3,赤,1,5,x,2026-01-01\r\n' >"$work/scales.csv"
t import --entity scales "$work/scales.csv" --db "$work/scale.db" >/dev/null 2>"$work/err"; is $? 3 "a red that is less urgent than yellow is refused"
like "$(cat "$work/err")" 'monotone' "with the rule"

# The order of the prefecture's 実施基準 (fictitious here): imported, told at 119 for U1 alone, with its heading.
cp "$db" "$work/mc.db"
t route --table "$work/first.json" --at 2026-12-06T20:00 --area 北一 --age 40 --complaint internal --level qsuke:v3:赤 --channel 119 --json >"$work/a.json" 2>/dev/null; is "$(names) $(json "$work/a.json" j.heading)" "tert,h 当番病院一覧（参考・順位なし）" "without one the list at 119 is for reference"
mc() { printf 'id,urgency,rank,channel,take,role,keep,approved_by,approved_on\r\nu1-mc,%s,%s,%s,standard,main,6,見本（架空）,2026-03-01\r\n' "$@" >"$work/mc.csv"; t import --entity policies "$work/mc.csv" --db "$work/mc.db" >"$work/log" 2>"$work/err"; }
order() { printf 'id,rank,provider,complaint,since,approved_by,approved_on\r\n%s\r\n%s\r\n' "$@" >"$work/order.csv"; t import --entity standards "$work/order.csv" --db "$work/mc.db" >"$work/log" 2>"$work/err"; }
order 1,1,h,internal,,見本MC協議会（架空）,2026-04-01 2,2,tert,internal,,見本MC協議会（架空）,2026-04-01; is $? 3 "an order that no policy row takes is refused"
like "$(cat "$work/err")" 'order.csv:2.*take=standard' "with file, line and the row that is missing"
mc u2 15 119; is $? 3 "for another urgency it is refused"
mc u1 15 any; is $? 3 "and for another desk"
mc u1 25 119; is $? 3 "and behind a row that takes places"; like "$(cat "$work/err")" 'mc.csv:2.*rank.*u1-tertiary' "with that row"
mc u1 15 119; ok $? "its policy row is imported"
order 1,1,h,internal,2026-12-06,見本MC協議会（架空）,2026-04-01 2,2,tert,internal,,見本MC協議会（架空）,2026-04-01; ok $? "and its rows"
t publish --facts --note 実施基準 --db "$work/mc.db" --at 2026-11-02T09:30 >"$work/log" 2>"$work/err"; ok $? "and published"
t export table 2026-12 --file "$work/mc.json" --db "$work/mc.db" --at 2026-11-02T10:00 >"$work/log" 2>"$work/err"; ok $? "the table with the order is proven and written"
head_mc="当番病院一覧（U1の順は実施基準: 見本MC協議会（架空） 令和8年4月1日(水)承認。その行がない欄は参考・順位なし）"
is "$(json "$work/mc.json" j.table.heading_119)" "$head_mc" "its heading says whose order and of which day"
mcask() { t route --table "$work/mc.json" --area 北一 --age 40 --complaint internal --json "$@" >"$work/a.json" 2>"$work/err"; }
mcask --at 2026-12-06T20:00 --level qsuke:v3:赤 --channel 119; is "$(names) $(json "$work/a.json" j.heading)" "h,tert $head_mc" "at 119 the order is the council's"
mcask --at 2026-12-05T23:59 --level qsuke:v3:赤 --channel 119; is "$(names)" "tert,h" "not before the day on which the row comes into force"
mcask --at 2026-12-06T20:00 --level qsuke:v3:赤 --channel phone; is "$(names) $(json "$work/a.json" 'j.heading||"-"')" "119,tert,h -" "other desks keep theirs"
mcask --at 2026-12-06T20:00 --level qsuke:v3:赤 --channel 119 --declined h:満床; is "$(names)" "tert" "who declines is followed by the next"
t route --table "$work/mc.json" --at 2026-12-06T20:00 --area 北一 --age 40 --complaint internal --level qsuke:v3:赤 --channel 119 >"$work/log" 2>&1; like "$(cat "$work/log")" '実施基準: 見本MC協議会' "and on the screen"

# Paper
t export sheets --table "$work/t.json" --since "$work/first.json" --out "$work/sheets" --at 2027-01-03T10:00 >"$work/log" 2>&1; ok $? "sheets"
is "$(find "$work/sheets" -name 'day-*.html' | wc -l)" 31 "one for each day"
bad=0; for f in "$work"/sheets/*.html; do for w in "第3版" "$(json "$work/t.json" 'j.digest.slice(0,8)')" "$(json "$work/t.json" 'j.table.id')" "2027-02-01T09:00" "診断・緊急度の判定・治療の判断には使えません" "すべて架空です"; do grep -q -- "$w" "$f" || { bad=1; echo "# $f lacks $w"; }; done; done; ok $bad "each with edition, digest, validity and notice"
if grep -rlq '090-9' "$work/sheets" "$work/t.json" "$work/now.txt"; then ok 1 "no staff number on paper, page or file"; else ok 0 "no staff number on paper, page or file"; fi
if grep -rqi '<script' "$work/sheets"; then ok 1 "no script"; else ok 0 "no script"; fi
like "$(cat "$work/sheets/now.html")" 'に作られ、<b>' "the page says how old it is"
done_testing
