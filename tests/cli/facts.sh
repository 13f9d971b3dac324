#!/usr/bin/env bash
# A publication holds what it shows: hours, names, telephones, places and whatever else a form shows move with no import, only with the next publication, which names them; what lies before
# stays as it was shown.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
small_init
roster 2026-11-20T09:00 p1 p2 p3
roster 2026-12-03T09:00 p1 p2 p3 p1 p2
# forms NAME: every form of the small region, at one instant.
forms() {
    mkdir -p "$work/$1"
    t export all --out "$work/$1/all" --at 2026-12-05T10:00 >/dev/null 2>&1
    t duties 2026-12 --json --at 2026-12-05T10:00 >"$work/$1/duties.json"
    t now --json --at 2026-12-05T19:45 >"$work/$1/now.json"
    t now --json --at 2026-12-05T18:30 >"$work/$1/before.json"
}
events() { tr -d '\r' <"$work/$1/all/ics/$2.ics" | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n //g' | sed -n "/^BEGIN:VEVENT/,/^END:VEVENT/p"; }
event() { events "$1" "$2" | awk -v day="DTSTART;TZID=Asia/Tokyo:$3" '/^BEGIN:VEVENT/ {e = ""} {e = e $0 "\n"} /^END:VEVENT/ && index(e, day) {printf "%s", e}'; }
stamp() { event "$1" "$2" "$3" | sed -n 's/^SEQUENCE:/s/p; s/^LAST-MODIFIED:/m/p; s/^DTSTART[^:]*:.*T/t/p' | tr '\n' ' '; }

# ---- the case that was found: other hours by import
forms before
is "$(stamp before p-p1 20261205)" "m20261203T000000Z s0 t193000 " "an evening as it was published"
cat >"$work/bands.csv" <<'CSV'
duty,id,name,when,from,to,reception
night,eve,準夜,all,18:00,24:00,23:30
CSV
t import "$work/bands.csv" --entity bands --at 2026-12-04T09:00 >/dev/null
sed -i 's/076-000-0000/076-000-9999/; s/髙橋 一郎/高橋 一朗/; s/"id": "assoc", "name": "架空町医師会"/"id": "assoc", "name": "架空町医師会", "phone": "076-000-7777"/' "$work/region/region.json"
sed -i 's/"from": "19:30", "to": "25:00", "reception": "24:30"/"from": "18:00", "to": "24:00", "reception": "23:30"/' "$work/region/region.json"
t import "$work/region" --replace --yes --at 2026-12-04T09:01 >/dev/null
forms after
is "$(diff -r "$work/before" "$work/after" && echo same)" same "other hours, telephone and name in the tables: every form has the same bytes"
is "$(json "$work/after/now.json" 'j.on_duty.map(x=>x.provider+x.name).join()')" "p1髙橋 一郎" "and at the old hour somebody is on duty"

t publish --facts --dry-run --json --at 2026-12-04T10:00 >"$work/dry.json"
is "$?/$(json "$work/dry.json" 'j.dry_run+" "+j.facts.length')" "0/true 6" "a trial says what would be taken"
forms tried
is "$(diff -r "$work/before" "$work/tried" && echo same)" same "and changes nothing"
t publish --facts --note 時間変更 --json --at 2026-12-04T10:00 >"$work/p.json"
is "$?/$(json "$work/p.json" 'j.publication+" "+j.facts.map(f=>f.table+"."+f.key+"."+f.field+" "+f.was+">"+f.is+" "+f.since).sort().join("; ")')" \
    "0/3 bands.night/eve.from 19:30>18:00 2026-12-04; bands.night/eve.reception 24:30>23:30 2026-12-04; bands.night/eve.to 25:00>24:00 2026-12-04; bodies.assoc.phone >076-000-7777 2026-12-04; providers.centre.phone 076-000-0000>076-000-9999 2026-12-04; providers.p1.name 髙橋 一郎>高橋 一朗 2026-12-04" \
    "publish --facts takes them as a new number and names table, row, field, was, is, from when"
forms published
for day in 20261202 20261203; do
    is "$(event published d-night $day)" "$(event before d-night $day)" "the evening of $day, which was served, byte for byte as it was"
done
is "$(stamp published p-p1 20261205)" "m20261204T010000Z s1 t180000 " "a coming one has the new hour, SEQUENCE and LAST-MODIFIED"
like "$(event published p-p1 20261205)" '076-000-9999.*第3版' "and the new telephone and edition"
like "$(event published d-night 20261205)" 'SUMMARY:.*高橋 一朗' "and the new name"
is "$(json "$work/published/duties.json" 'j.duties.map(x=>x.start.slice(5,16)+x.name).join()')" \
    "12-02T19:30髙橋 一郎,12-03T19:30𠮷田, 花子,12-04T18:00鈴木 次郎,12-05T18:00高橋 一朗,12-06T18:00𠮷田, 花子" "the list of duties tells each day as it is held for it"
is "$(json "$work/published/before.json" 'j.on_duty.map(x=>x.provider+x.phone).join()')" "p1076-000-9999" "at the new hour somebody is on duty"
t duties 2026-12 --as-of 2 --json --at 2026-12-05T10:00 >"$work/old.json"
is "$(json "$work/old.json" 'j.duties[3].start')" "2026-12-05T19:30+09:00" "the publication before still says what it said"
t publish --facts --at 2026-12-04T10:05 >"$work/out" 2>&1
is "$?" 1 "nothing differs: nothing is published"

# ---- every publication takes what differs
sed -i 's/076-000-9999/076-000-1234/' "$work/region/region.json"
roster 2026-12-05T12:00 p1 p2 p3 p1 p2 p3
t withdraw 2026-12-07..2026-12-07 --duty night --reason 休診 --json --at 2026-12-05T13:00 >"$work/w.json"
is "$(json "$work/w.json" 'j.facts.length')" 0 "a publication of seats has taken the new telephone: the next finds nothing"
forms later
like "$(event later p-p1 20261205)" '076-000-1234.*第4版' "and shows it"
is "$(stamp later p-p1 20261205)" "m20261205T030000Z s2 t180000 " "the event goes on counting"
t verify >/dev/null
is "$?" 0 "all digests hold"
sqlite3 "$db" 'DROP TRIGGER publication_facts_no_update' && sqlite3 "$db" "UPDATE publication_facts SET cells = replace(cells, '18:00', '17:00') WHERE what = 'bands' AND publication = 3"
t verify >"$work/out" 2>"$work/err"
is "$?/$(grep -c 'publication 3\|第3版' "$work/err")" "4/1" "a held hour that something else has changed is found, and the publication named"

# ---- who is told
db=$work/told.db
mkdir -p "$work/told"
sed 's/076-000-1234/076-000-0000/; s/"providers": \[/"recipients": [{"id": "town", "name": "架空町 健康課", "kind": "municipality", "way": "mail", "address": "a@town.example"}, {"id": "each", "name": "会員", "kind": "member", "way": "mail", "each": "yes"}, {"id": "press", "name": "架空新聞", "kind": "press", "way": "fax", "address": "076-000-9000"}],\n "providers": [/' "$work/region/region.json" >"$work/told/region.json"
cp "$work/region/pins.csv" "$work/told/"
t init --region "$work/told" --at 2026-11-01T09:00 >/dev/null
t plan 2026-12-02..2026-12-07 --duty night --at 2026-11-02T09:00 >/dev/null
t publish --at 2026-11-20T09:00 >/dev/null
sed 's/19:30/18:00/; s/18:00/17:30/; s/076-000-0000/076-000-5555/; s/鈴木 次郎/鈴木 治郎/' -i "$work/told/region.json"
t import "$work/told" --replace --yes --at 2026-12-03T09:00 >/dev/null
waiting() { t todo --kind "$1" --json --at 2026-12-03T10:30 >"$work/w.json"; json "$work/w.json" 'j.items.map(x=>x.key).join()'; }
is "$(waiting facts)" facts:facts "what differs waits on the list"
is "$(json "$work/w.json" 'j.items[0].command')" "toban publish --facts" "with its step"
t publish --facts --at 2026-12-03T10:00 >/dev/null
is "$(waiting facts)" "" "which takes it off"
like ",$(waiting send)," ',send:2/town,' "and those who hold the sheets are to be told"
t sent 2 --json --at 2026-12-03T11:00 >"$work/s.json"
is "$(json "$work/s.json" 'j.recipients.map(r=>r.recipient+" "+r.changes+" "+r.facts).join()')" "each:p1 0 3,each:p2 0 3,each:p3 0 3,press 0 2,town 0 3" "town, members with duties to come and press are to be told"
t sent 2 --text town --at 2026-12-03T11:00 >"$work/town.txt"
like "$(tr "\n" " " <"$work/town.txt")" '架空町急病センター 公開の電話 +076-000-0000 +076-000-5555\s+いつから　令和8年12月3日\(木\)' "what, was, is, from when"
like "$(cat "$work/town.txt")" '急病センター（準夜） 始まり +18:00 +17:30' "hours too"
is "$(t sent 2 --text press --at 2026-12-03T11:00 | grep -c 鈴木)" 0 "press is told of no person"
like "$(t diff 2 --notice)" '鈴木 次郎 → 鈴木 治郎' "the notice of differences lists them"
is "$(t diff 2 --notice | grep -cE '変更はありません') $(t diff 2 --notice | head -n 1)" "1 当番表の変更のお知らせ" "says that no seat has changed, and that something has"
like "$(t diff 2 --notice | grep -c 当番の席に変更はありません)" '^1$' "of seats alone"
is "$(t diff 2 --notice | tail -n 1)" "見本です。人名・電話番号は架空です。" "and ends with the region's word"

# ---- every field of every table
full() { "$TOBAN" "$@" --db "$work/base.db"; }
mkdir "$work/full"
cp tests/facts/region.json "$work/full/"
sed '1a u1-standard,u1,15,any,119,standard,main,no,,3,,,,見本（架空）,2026-01-01' rosters/ishikawa-chuo/policies.csv >"$work/full/policies.csv"
full init --region "$work/full" --at 2026-10-01T09:00 >/dev/null 2>&1
full plan 2026-12 --duty all --at 2026-10-02T09:00 >/dev/null
full publish --at 2026-11-02T09:00 >/dev/null
ok $? "a region with every table is published"
# A few tables here, all of them in make long (HEAVY=1).
tables="bands bodies lines contacts holidays"
[ -n "${HEAVY:-}" ] && tables=
# shellcheck disable=SC2086
TOBAN=$TOBAN python3 tests/facts/held.py "$work/base.db" "$work" $tables >"$work/fields" 2>"$work/err"
ok $? "every field is tried ($(grep -c '' "$work/fields"); $(head -c 200 "$work/err"))"
while read -r status text; do ok "$status" "$text"; done <"$work/fields"
done_testing
