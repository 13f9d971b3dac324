#!/usr/bin/env bash
# Doors to questions and questions to doors: a published seat that nobody is ever told, who really sits there, whom he takes. Small region, fictitious (架空).
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
T=$PWD/$TOBAN
mkdir "$work/r"
cat >"$work/r/region.json" <<'J'
{"format_version":1,
 "region":{"id":"mihon","name":"見本圏（架空）","notice":"すべて架空です","consulting":"work","travel_default":20},
 "areas":[{"id":"r","name":"見本圏","level":"region"},{"id":"n","name":"北市","level":"municipality","parent":"r","inside":10},{"id":"s","name":"南町","level":"municipality","parent":"r","inside":10}],
 "bodies":[{"id":"ma","name":"見本医師会（架空）","kind":"medical-association"}],
 "kinds":[{"id":"clinic","name":"診療所"},{"id":"hospital","name":"病院"},{"id":"pharmacy","name":"薬局"}],
 "specialities":[{"id":"internal","name":"内科"},{"id":"ortho","name":"整形外科"},{"id":"ent","name":"耳鼻咽喉科"},{"id":"skin","name":"皮膚科"},{"id":"dispensing","name":"調剤"},{"id":"paed","name":"小児科"}],
 "classes":[{"id":"all","name":"毎日"},{"id":"off","name":"休診日","weekdays":"sun","holiday":"yes"},{"id":"work","name":"平日","weekdays":"mon;tue;wed;thu;fri","none_of":["off"]}],
 "providers":[{"id":"tert","name":"救命（架空）","kind":"hospital","area":"n","phone":"076-000-0001","tertiary":"yes"},
  {"id":"h","name":"病院（架空）","kind":"hospital","area":"s","phone":"076-000-0002","specialities":["internal","ortho"]},
  {"id":"ears","name":"耳鼻科医院（架空）","kind":"clinic","area":"n","phone":"076-000-0003","specialities":["ent"]},
  {"id":"bones","name":"整形医院（架空）","kind":"clinic","area":"s","phone":"076-000-0004","specialities":["ortho"]},
  {"id":"child","name":"小児医院（架空）","kind":"clinic","area":"n","phone":"076-000-0005","specialities":["paed"],"age_to":16},
  {"id":"rash","name":"皮膚科医院（架空）","kind":"clinic","area":"n","phone":"076-000-0006","specialities":["skin"]},
  {"id":"pills","name":"薬局（架空）","kind":"pharmacy","area":"n","phone":"076-000-0007","specialities":["dispensing"]}],
 "duties":[{"id":"shared","name":"外科系当番医","kind":"clinic","specialities":["ent","ortho"],"tier":1,"body":"ma","period":"month","area":"n"},
  {"id":"south","name":"南の外科系当番医","kind":"clinic","specialities":["ortho"],"tier":1,"body":"ma","period":"month","area":"s"},
  {"id":"medical","name":"内科系当番医","kind":"clinic","specialities":["internal","paed"],"tier":1,"body":"ma","period":"month","area":"n"},
  {"id":"skin","name":"皮膚科当番医","kind":"clinic","specialities":["skin"],"tier":1,"body":"ma","period":"month","area":"n"},
  {"id":"pharmacy","name":"当番薬局","kind":"pharmacy","specialities":["dispensing"],"tier":0,"body":"ma","period":"month","area":"n"},
  {"id":"rot","name":"輪番","kind":"hospital","specialities":["internal","ortho","ent"],"tier":2,"body":"ma","period":"month","ambulance":"yes"}],
 "bands":[{"duty":"shared","id":"day","name":"昼","when":"off","from":"09:00","to":"17:00","reception":"16:30"},{"duty":"south","id":"day","name":"昼","when":"off","from":"09:00","to":"17:00","reception":"16:30"},
  {"duty":"medical","id":"day","name":"昼","when":"off","from":"09:00","to":"17:00","reception":"16:30"},{"duty":"skin","id":"day","name":"昼","when":"off","from":"09:00","to":"17:00","reception":"16:30"},
  {"duty":"pharmacy","id":"day","name":"昼","when":"off","from":"09:00","to":"17:00"},{"duty":"rot","id":"night","name":"夜","when":"all","from":"08:30","to":"32:30"}],
 "seats":[{"duty":"shared","band":"day","role":"primary","rank":0,"when":"off","count":1},{"duty":"south","band":"day","role":"primary","rank":0,"when":"off","count":1},
  {"duty":"medical","band":"day","role":"primary","rank":0,"when":"off","count":1},{"duty":"skin","band":"day","role":"primary","rank":0,"when":"off","count":1},
  {"duty":"pharmacy","band":"day","role":"primary","rank":0,"when":"off","count":1},{"duty":"rot","band":"night","role":"primary","rank":0,"when":"all","count":1}],
 "members":[{"duty":"shared","provider":"ears"},{"duty":"south","provider":"bones"},{"duty":"medical","provider":"child"},{"duty":"skin","provider":"rash"},{"duty":"pharmacy","provider":"pills"},{"duty":"rot","provider":"h"}],
 "complaints":[{"id":"medical","name":"内科系","specialities":["internal","paed"]},{"id":"injury","name":"外傷","specialities":["ortho"]},{"id":"ear","name":"耳","specialities":["ent"]}],
 "lines":[{"id":"7119","name":"相談（架空）","phone":"#7119","from":"00:00","to":"24:00"}],
 "scales":[{"scale":"q","version":"1","code":"黄","rank":2,"urgency":3,"approved_by":"見本（架空）","approved_on":"2026-01-01"},{"scale":"q","version":"1","code":"緑","rank":3,"urgency":4,"approved_by":"見本（架空）","approved_on":"2026-01-01"}]}
J
cp rosters/ishikawa-chuo/policies.csv "$work/r/"
t() { timeout 60 "$T" "$@" --lang en --by 見本; }
# made NAME: a data file of $work/r with December published.
made() {
    db=$work/$1.db
    t init --region "$work/r" --db "$db" --at 2026-11-01T08:00 >"$work/init" 2>&1 && t plan 2026-12 --duty all --at 2026-11-01T09:00 --db "$db" >"$work/log" 2>&1 &&
        t publish --at 2026-11-02T09:00 --db "$db" >>"$work/log" 2>&1
}
ask() { t route --db "$db" --at 2026-12-06T10:00 --json "$@" >"$work/a.json" 2>"$work/err"; }
names() { json "$work/a.json" 'j.entries.filter(x=>x.facility&&x.role!=="last").map(x=>x.facility+(x.confirm_by_phone?"?":"")).join()'; }

# ---- a duty that no complaint asks for
made silent
ok $? "a month of a region whose complaints leave out skin and medicines"
like "$(cat "$work/init")" 'no complaint asks for what duty skin .*皮膚科' "import says at once that nobody is told of the skin clinic"
like "$(cat "$work/init")" 'no complaint asks for what duty pharmacy ' "nor of the pharmacy"
t check-table --period 2026-12 --db "$db" --json >"$work/c.json" 2>"$work/err"
is $? 1 "check-table exits with 1"
is "$(json "$work/c.json" 'j.unreached.map(x=>x.duty+" "+x.days+" "+x.seats).sort().join()')" "pharmacy 4 4,skin 4 4" "it names both duties, with the four Sundays"
like "$(json "$work/c.json" 'j.unreached.map(x=>x.missing).join()')" 'no complaint asks for.*皮膚科' "and what is missing"
like "$(t check-table --period 2026-12 --db "$db" 2>/dev/null)" '皮膚科当番医 \(skin\), 4 days, 4 seats: no complaint' "in words too"
sed -i 's/"id":"skin","name":"皮膚科当番医",/&"unrouted":"紹介のみ",/; s/"id":"pharmacy","name":"当番薬局",/&"unrouted":"処方せんのある人だけ",/' "$work/r/region.json"
made told
t check-table --period 2026-12 --db "$db" --json >"$work/c.json" 2>"$work/err"
ok $? "with a reason in the data it is no fault"
is "$(json "$work/c.json" 'j.unrouted.map(x=>x.duty+":"+x.reason).sort().join()')" "pharmacy:処方せんのある人だけ,skin:紹介のみ" "and stands in the list with its reason"
is "$(grep -c 'no complaint asks' "$work/init")" 0 "import says nothing then"
sed -i 's/"unrouted":"[^"]*",//g; s/"complaints":\[/&{"id":"rash","name":"皮膚","specialities":["skin"]},{"id":"medicine","name":"薬","specialities":["dispensing"]},/' "$work/r/region.json"
made asked
t check-table --period 2026-12 --db "$db" --json >"$work/c.json" 2>"$work/err"
ok $? "with complaints that ask for them every seat is somebody's answer"
is "$(json "$work/c.json" 'j.seats+" "+j.seats_unreached+" "+j.unreached.length')" "51 0 0" "all 51 seats"
ask --area 北市 --age 30 --complaint rash --guidance
is "$(names)" rash "a rash on a Sunday is sent to the skin clinic"
ask --area 北市 --age 30 --complaint medicine --guidance
is "$(names)" pills "who asks for medicines is sent to the pharmacy of the hour"
ask --area 北市 --age 30 --guidance
is "$(names | grep -c pills)" 0 "who says nothing of his complaint is not"
ask --area 北市 --age 30 --complaint rash --guidance --at 2026-12-06T16:20
is "$(names)" rash "at the last minute at which he can be there in time"
ask --area 北市 --age 30 --complaint rash --guidance --at 2026-12-06T16:21
is "$(json "$work/a.json" 'j.entries.filter(x=>x.facility&&x.role==="main").length')" 0 "and no minute later"

# ---- who sits there
ask --area 北市 --age 30 --complaint injury --level q:1:黄
is "$(names)" "bones,h,ears?" "a broken wrist: the next town's surgeon, the hospital, then the ENT clinic that holds the shared duty, marked"
like "$("$T" route --db "$db" --at 2026-12-06T10:00 --area 北市 --age 30 --complaint injury --level q:1:黄 --lang ja 2>/dev/null | grep 耳鼻科医院)" '電話で確認' "電話で確認 in the text"
ask --area 北市 --age 30 --complaint injury --guidance
is "$(names)" "bones,ears?" "the same without a level"
ask --area 北市 --age 30 --complaint ear --guidance
is "$(names)" "ears" "an ear is his own: no mark"
ask --area 北市 --age 68 --complaint medical --level q:1:黄
is "$(names)" "h" "a man of 68 is not sent to the children's clinic"
ask --area 北市 --age 15 --complaint medical --guidance
is "$(names)" "child" "a child of 15 is"
ask --area 北市 --age 16 --complaint medical --guidance
is "$(names)" "" "of 16 is not"
t export table 2026-12 --file "$work/t.json" --db "$db" --at 2026-11-02T10:00 >/dev/null 2>&1
ask --table "$work/t.json" --area 北市 --age 30 --complaint injury --level q:1:黄
is "$(names)" "bones,h,ears?" "a copied file says the same"
t override closed --provider bones --minutes 60 --db "$db" --at 2026-12-06T09:30 --source 電話 >/dev/null 2>&1
ask --area 北市 --age 30 --complaint injury --level q:1:黄
is "$(names)" "h,bones,ears?" "when the surgeon is closed until 10:30 the hospital comes first, the ENT clinic stays behind it"
t export all --out "$work/out" --routing 2026-12 --db "$db" --at 2026-11-02T10:00 >/dev/null 2>&1
is "$(grep -c '電話で確認' "$work/out/routing.csv" | awk '{ print ($1 > 0) }')" 1 "電話で確認 in routing.csv"

# ---- what the duties promise, told to the office
like "$(cat "$work/init")" '外科系当番医 \(shared\) promises .* members of 1: .*外傷 1' "import tells what the members of a duty do not offer"
like "$(cat "$work/init")" '内科系当番医 \(medical\) promises .*ages 16 to below 150 1' "and the ages they do not take"
like "$(t plan 2027-01 --duty all --at 2026-11-03T09:00 --db "$db" --json 2>/dev/null)" '外科系当番医 \(shared\) promises .*; days of 7: 外傷 7' "plan tells it of the draft, before it is published"
like "$(t check-table --period 2026-12 --db "$db" 2>/dev/null)" '外科系当番医 \(shared\) promises .*; days of 4: 外傷 4' "check-table tells the days on which nobody there does"
t import --entity aliases <(printf 'area,kind,text\nn,name,桜町\n') --db "$db" --at 2026-11-03T09:00 >"$work/log" 2>&1
is "$(grep -c 'promises\|complaint asks' "$work/log")" 0 "an import that changes nothing of it is silent"
printf 'id,name,specialities\nrash,発疹,paed\n' >"$work/x.csv"
t import --entity complaints "$work/x.csv" --db "$db" --at 2026-11-03T09:00 >"$work/log" 2>&1
like "$(cat "$work/log")" 'no complaint asks for what duty skin' "one that changes a complaint is told what it does"
is "$(grep -c 'promises' "$work/log")" 0 "and no more than that"

# ---- the sample's shared association on its holidays: who stands first offers what is asked, and takes the age
db=$work/sample.db
t init --region rosters/ishikawa-chuo --db "$db" --at 2026-11-01T08:00 >/dev/null 2>&1
t plan 2026-12-27..2027-01-05 --duty all --at 2026-11-01T09:00 --db "$db" >"$work/log" 2>&1 && council "$db" 2026-11-02T09:00 && t publish --at 2026-11-02T10:00 --db "$db" >>"$work/log" 2>&1
is "$("$T" duties 2027-01-01 --db "$db" --json >"$work/d" && json "$work/d" 'j.duties.length>10')" true "the turn of the year is planned and published"
t export table 2026-12-29..2027-01-03 --file "$work/s.json" --db "$db" --at 2026-11-02T11:00 >/dev/null 2>&1
python3 - "$T" "$work/s.json" >"$work/log" <<'P'
import csv, json, subprocess, sys
who = {r["id"]: r for r in csv.DictReader(open("rosters/ishikawa-chuo/providers.csv", encoding="utf-8"))}
asked = {"trauma": {"orthopaedics", "surgery", "urology"}, "eye": {"ophthalmology"}, "ent": {"ent"}, "internal": {"internal", "gastroenterology", "cardiology", "paediatrics"}, "skin": {"dermatology"}, "medicine": {"dispensing"}}
told, wrong = 0, []
for day in ("2026-12-29", "2026-12-30", "2027-01-01", "2027-01-02", "2027-01-03"):
    for complaint, age in (("trauma", 30), ("eye", 30), ("ent", 30), ("internal", 68), ("skin", 30), ("medicine", 40)):
        for area in ("白山市", "津幡町"):
            line = [sys.argv[1], "route", "--table", sys.argv[2], "--at", day + "T10:00", "--area", area, "--age", str(age), "--complaint", complaint, "--level", "qsuke:v3:黄", "--json"]
            a = [e for e in json.loads(subprocess.run(line, capture_output=True, text=True).stdout)["entries"] if e.get("facility") and e["role"] in ("main", "backup")]
            for n, e in enumerate(a):
                p = who[e["facility"]]
                told += 1
                sure = bool(asked[complaint] & set(p["specialities"].split(";")))
                if not int(p.get("age_from") or 0) <= age < int(p.get("age_to") or 150) or sure == e.get("confirm_by_phone", False) or (sure and any(x.get("confirm_by_phone") for x in a[:n])):
                    wrong.append((day, area, complaint, e["name"]))
print(told > 150, wrong[:3])
P
is "$(cat "$work/log")" "True []" "of the sample's doors told at the turn of the year none is sent the wrong age, and none is first that does not offer what is asked"

# ---- a copied file of the form before
old() { t route --table "$1" --at 2026-12-06T10:00 --area 北一 --age 40 --complaint internal --guidance --json >"$work/a.json" 2>"$work/err"; }
old tests/data/routing-v1.json
is "$?/$(names)" "0/c1,c2" "a file of version 1 still answers"
sed 's/"format_version":1/"format_version":3/' tests/data/routing-v1.json >"$work/v3.json"
old "$work/v3.json"
is $? 7 "one of a version to come does not"
done_testing
