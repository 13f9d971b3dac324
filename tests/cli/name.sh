#!/usr/bin/env bash
# Seats given to a group (派遣枠): the doctor is named later from the group's own list. Naming changes a name and nothing else, and the rules of the named doctor are kept.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/names.db
mkdir "$work/region"
cat >"$work/region/region.json" <<'JSON'
{"format_version": 1,
 "region": {"id": "names", "name": "派遣枠の見本", "notice": "見本です。人名は架空です。"},
 "areas": [{"id": "town", "name": "架空町", "level": "municipality"}],
 "bodies": [{"id": "assoc", "name": "架空町医師会", "kind": "medical-association"}],
 "kinds": [{"id": "doctor", "name": "医師または医局", "person": "yes"}, {"id": "clinic", "name": "診療所"}],
 "specialities": [{"id": "paediatrics", "name": "小児科"}],
 "classes": [{"id": "all", "name": "毎日"}],
 "providers": [
  {"id": "p1", "name": "架空 一郎", "kind": "doctor", "area": "town"},
  {"id": "dept", "name": "架空大学小児科医局", "kind": "doctor", "area": "town", "names_days": 10},
  {"id": "ward", "name": "架空病院", "kind": "doctor", "area": "town", "names_days": 1},
  {"id": "u1", "name": "名簿 花子", "kind": "doctor", "area": "town", "labour": "B"},
  {"id": "u2", "name": "名簿 次郎", "kind": "doctor", "area": "town"},
  {"id": "u3", "name": "名簿 三郎", "kind": "doctor", "area": "town"},
  {"id": "u4", "name": "退局 四郎", "kind": "doctor", "area": "town"},
  {"id": "centre", "name": "架空町急病センター", "kind": "clinic", "area": "town", "phone": "076-000-0000"}],
 "links": [
  {"from": "u1", "type": "employed-by", "to": "dept"}, {"from": "u2", "type": "employed-by", "to": "dept"}, {"from": "u2", "type": "employed-by", "to": "ward"},
  {"from": "u3", "type": "employed-by", "to": "dept"}, {"from": "u4", "type": "employed-by", "to": "dept", "until": "2026-12-01"}],
 "duties": [
  {"id": "night", "name": "夜間小児", "kind": "doctor", "site": "centre", "specialities": ["paediatrics"], "tier": 1, "body": "assoc", "period": "month"},
  {"id": "late", "name": "深夜小児", "kind": "doctor", "site": "centre", "specialities": ["paediatrics"], "tier": 1, "body": "assoc", "period": "month"}],
 "bands": [
  {"duty": "night", "id": "eve", "name": "準夜", "when": "all", "from": "19:30", "to": "23:00"},
  {"duty": "late", "id": "deep", "name": "深夜", "when": "all", "from": "22:00", "to": "30:00"}],
 "seats": [
  {"duty": "night", "band": "eve", "role": "primary", "rank": 0, "when": "all", "count": 1},
  {"duty": "late", "band": "deep", "role": "primary", "rank": 0, "when": "all", "count": 1}],
 "members": [{"duty": "night", "provider": "p1"}, {"duty": "night", "provider": "dept"}, {"duty": "night", "provider": "ward"}, {"duty": "late", "provider": "u3"}, {"duty": "late", "provider": "p1"}],
 "ledgers": [{"id": "nights", "name": "準夜", "scope": "provider", "duties": ["night"], "class": "all", "price": 1}],
 "rules": [
  {"id": "rest", "type": "rest.days", "params": "days=3", "duties": ["night"], "ja": "準夜から準夜まで中二日を空ける", "en": "two days between two evenings of the same doctor"},
  {"id": "hours", "type": "rest.hours", "params": "hours=6", "ja": "当番と当番のあいだを6時間空ける", "en": "six hours between two duties of a person"},
  {"id": "labour", "type": "labour.rest", "ja": "勤務と勤務のあいだを9時間空ける", "en": "nine hours between work and work"}],
 "external": [
  {"provider": "u1", "from": "2026-12-03T19:00", "to": "2026-12-04T08:30", "what": "自院の当直"},
  {"provider": "u1", "from": "2026-12-07T07:00", "to": "2026-12-07T17:00", "what": "自院の早番"}],
 "exemptions": [{"provider": "u2", "from": "2026-12-05", "to": "2026-12-07", "reason": "leave"}],
 "pins": [
  {"duty": "night", "date": "2026-12-03", "band": "eve", "provider": "dept", "action": "pin"},
  {"duty": "night", "date": "2026-12-04", "band": "eve", "provider": "ward", "action": "pin"},
  {"duty": "night", "date": "2026-12-06", "band": "eve", "provider": "dept", "action": "pin"},
  {"duty": "night", "date": "2026-12-09", "band": "eve", "provider": "dept", "action": "pin"},
  {"duty": "night", "date": "2026-12-12", "band": "eve", "provider": "p1", "action": "pin"},
  {"duty": "late", "date": "2026-12-09", "band": "deep", "provider": "u3", "action": "pin"}]}
JSON
t() { "$TOBAN" "$1" --db "$db" --by 架空の事務局 --at 2026-11-25T09:00 "${@:2}"; }
t init --region "$work/region" >/dev/null
for d in 03 04 06 09 12; do t plan "2026-12-$d..2026-12-$d" --duty night >/dev/null && t publish >/dev/null; done
t plan 2026-12-09..2026-12-09 --duty late >/dev/null && t publish >/dev/null
is "$(sqlite3 "$db" "SELECT group_concat(provider) FROM (SELECT provider FROM publication_seats ORDER BY date, duty)")" "dept,ward,dept,u3,dept,p1" "four evenings of two groups are published"

# ---- what is missing
t name --json >"$work/n.json"
is "$?" 1 "a name is overdue: exit 1"
is "$(json "$work/n.json" '[j.missing,j.late,j.seats.map(x=>x.date+x.due+x.late).join(" ")].join()')" \
    "4,1,2026-12-032026-11-23true 2026-12-062026-11-26false 2026-12-092026-11-29false 2026-12-042026-12-03false" "missing names by deadline; ten days before the duty"
out=$(t name --letter dept --lang ja)
like "$out" '^架空大学小児科医局 御中' "the letter is addressed"
like "$out" '令和8年12月3日\(木\) 夜間小児（準夜）.*届け出の期限 11月23日\(月\)、過ぎています' "it names the evening and the deadline"
like "$out" '名簿にある先生: 名簿 花子、名簿 次郎、名簿 三郎$' "it has the list, without the one who left"

# ---- refusals, each by the rule's own sentence
refused() { # STATUS PATTERN NAME ARGS...
    local want=$1 pattern=$2 name=$3
    shift 3
    sqlite3 "$db" .dump | sha256sum >"$work/before"
    t name "$@" >"$work/out" 2>"$work/err"
    is "$?" "$want" "$name: exit $want"
    like "$(cat "$work/err")" "$pattern" "$name: said"
    is "$(sqlite3 "$db" .dump | sha256sum)" "$(cat "$work/before")" "$name: nothing is stored"
}
refused 6 'external' "at the own hospital that night" night:2026-12-03:eve --person u1
refused 6 '\(labour\).*nine hours between work and work' "too little rest" night:2026-12-06:eve --person u1
refused 6 '勤務と勤務のあいだを9時間空ける' "the same in Japanese" night:2026-12-06:eve --person u1 --lang ja
refused 6 '\(exempt\)' "on leave" night:2026-12-06:eve --person u2
refused 6 '名簿 三郎 sits at that time in 2026-12-09, 深夜小児' "in another seat at that time" night:2026-12-09:eve --person u3
refused 6 'not on the list of dept.*u1 名簿 花子, u2 名簿 次郎, u3 名簿 三郎$' "one who has left the department" night:2026-12-03:eve --person 退局\ 四郎
refused 6 'not held by a group.*there: p1' "a seat of no group" night:2026-12-12:eve --person u2
refused 2 'seat is needed' "no seat told" --person u2
refused 2 'either --person or --remove' "nothing to do" night:2026-12-03:eve

# ---- naming
pub=$(sqlite3 "$db" "SELECT count(*), max(digest) FROM publications; SELECT group_concat(provider) FROM publication_seats; SELECT sum(done), sum(accrued) FROM ledger_slots")
t name night:2026-12-03:eve --person '名簿 次郎' --json >"$work/n.json"
is "$?/$(json "$work/n.json" 'j.named+","+j.late')" "0/true,true" "named by his full name, after the deadline"
t name night:2026-12-06:eve --person u3 >/dev/null
is "$?" 0 "a second one by id"
refused 6 '\(rest\).*two days between two evenings' "rest counts the evening named before" night:2026-12-04:eve --provider ward --person u2
is "$(sqlite3 "$db" "SELECT count(*), max(digest) FROM publications; SELECT group_concat(provider) FROM publication_seats; SELECT sum(done), sum(accrued) FROM ledger_slots")" "$pub" "publication, seats and books are as they were"
t name --json >"$work/n.json"
is "$?/$(json "$work/n.json" 'j.missing')" "0/2" "two are missing, none overdue"

# ---- what is shown
t export all --out "$work/site" >/dev/null
json "$work/site/roster.json" 'j.seats.filter(x=>x.duty=="night").map(x=>x.provider+(x.person?"="+x.person_name:"")).join()' >"$work/seats"
is "$(cat "$work/seats")" "dept=名簿 次郎,ward,dept=名簿 三郎,dept,p1" "roster.json has the doctor beside the group"
like "$(cat "$work/site/roster.html")" '架空大学小児科医局（名簿 次郎）' "so has the sheet"
like "$(tr -d '\r' <"$work/site/ics/d-night.ics" | sed ':a;N;$!ba;s/\n //g')" 'SUMMARY:当番 夜間小児（準夜） 架空大学小児科医局（名簿 次郎）' "so has the calendar"
event() { tr -d '\r' <"$1" | sed ':a;N;$!ba;s/\n //g' | awk -v d="DTSTART;TZID=Asia/Tokyo:$2" '/BEGIN:VEVENT/{b=""} {b=b $0 "\n"} /END:VEVENT/{if (index(b, d)) printf "%s", b}'; }
out=$("$TOBAN" tomorrow 2026-12-03 --db "$db" --lang ja)
like "$out" '出務 名簿 次郎' "the list of the day before says who comes"
like "$("$TOBAN" tomorrow 2026-12-09 --db "$db" --lang ja)" '★氏名未定' "and where nobody knows yet"
like "$("$TOBAN" duties 2026-12 --db "$db" --duty night)" '2026-12-03 .*架空大学小児科医局 \(名簿 次郎\)' "and the list of duties"
uid=$(event "$work/site/ics/d-night.ics" 20261203T193000 | grep '^UID')
is "$(event "$work/site/ics/d-night.ics" 20261203T193000 | grep -c '^SEQUENCE:1$')" 1 "the event is a changed one"
is "$(event "$work/site/ics/d-night.ics" 20261209T193000 | grep -c '^SEQUENCE:0$')" 1 "the others are not"
t name night:2026-12-03:eve --remove --note 都合 >/dev/null
t export all --out "$work/site" >/dev/null
is "$(event "$work/site/ics/d-night.ics" 20261203T193000 | grep '^UID\|^SEQUENCE')" "$uid
SEQUENCE:2" "taken back: the same event, changed again"
is "$(event "$work/site/ics/d-night.ics" 20261203T193000 | grep -c '名簿')" 0 "without the name"

# ---- what comes later is judged again
printf 'provider,from,to,reason\nu3,2026-12-05,2026-12-06,illness\n' >"$work/ill.csv"
t name --json >"$work/n.json"
is "$(json "$work/n.json" 'j.conflicts')" 0 "the named doctors can come"
"$TOBAN" import --db "$db" --entity exemptions "$work/ill.csv" >/dev/null
t name --json >"$work/n.json"
is "$?/$(json "$work/n.json" '[j.conflicts,j.seats.filter(x=>x.conflict).map(x=>x.date+x.person).join()].join()')" "1/1,2026-12-06u3" "one falls ill after he was named: the list says so, exit 1"
like "$(t name --lang ja)" '名簿 三郎  ★.*免除・休みの期間です' "and why"
"$TOBAN" import --db "$db" "$work/region" >/dev/null

# ---- a named doctor is bound where other duties are planned
t plan 2026-12-06..2026-12-06 --duty late --json >"$work/p.json"
is "$?/$(json "$work/p.json" 'j.open')" "0/0" "another duty that evening can be planned"
is "$(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE duty = 'late' AND date = '2026-12-06'")" p1 "without him"
t plan 2026-12-06..2026-12-06 --duty late --without p1 --what-if --json >"$work/p.json"
is "$?/$(json "$work/p.json" 'j.open')" "1/1" "and stays open when only he is left"
refused 1 'no name is missing' "a letter to one whose names are all there" --letter p1
mkdir "$work/less"
grep -v '"id": "u3"' "$work/region/region.json" | sed 's/{"from": "u3"[^}]*}, //; s/{"duty": "late", "provider": "u3"}, //; /"date": "2026-12-12"/s/,$/]}/; /"duty": "late", "date"/d' >"$work/less/region.json"
t import "$work/less" --replace --yes >/dev/null 2>"$work/err"
is "$?" 6 "a region without a named doctor is refused"
like "$(cat "$work/err")" 'provider u3 ' "and says who"
done_testing
