#!/usr/bin/env bash
# swap (当番の交換): asked for, agreed by both, approved, published; each side sees its own effect before it consents and nothing of the other's; every refusal with
# its words, and the file as it was; the calendars follow, and nobody else's moves.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
node -e '
const fs = require("fs"), f = process.argv[1], j = JSON.parse(fs.readFileSync(f, "utf8"));
j.classes.push({id: "sun", name: "日曜", weekdays: "sun"});
j.providers.push({id: "p4", name: "佐々木 四郎", kind: "doctor", area: "town"}, {id: "p5", name: "外部 五郎", kind: "doctor", area: "town"});
j.duties.push({id: "morning", name: "朝の当番", kind: "doctor", site: "centre", specialities: ["internal"], tier: 1, body: "assoc", period: "month"});
j.bands.push({duty: "morning", id: "am", name: "朝", when: "all", from: "06:00", to: "08:00"});
j.seats.push({duty: "morning", band: "am", role: "primary", rank: 0, when: "sun", count: 2});
j.members.push({duty: "night", provider: "p4"}, {duty: "morning", provider: "p1"}, {duty: "morning", provider: "p2"}, {duty: "morning", provider: "p3"});
j.ledgers.push({id: "nights.sun", name: "日曜の準夜", scope: "provider", duties: ["night"], class: "sun", price: 1});
j.rules = [{id: "gap", type: "rest.days", duties: ["night"], params: "days=3", ja: "準夜は中2日あける", en: "Two nights free between nights"},
           {id: "few", type: "limit.count", duties: ["night"], params: "max=3 unit=period", ja: "一期に3回まで", en: "At most three in a period"}];
j.surveys = [{id: "dec", from: "2026-12-01", to: "2026-12-31", duties: ["night"], deadline: "2026-11-05"}];
j.wishes = [{survey: "dec", provider: "p4", type: "cannot", from: "2026-12-02", must: "yes", note: "通院"}];
fs.writeFileSync(f, JSON.stringify(j));' "$work/region/region.json"
s() { t "$1" --at "${at:-2026-11-10T09:00}" --by 架空の事務局 "${@:2}"; }
n() { echo "night:2026-12-$1:eve"; }
dump() { sqlite3 "$db" .dump | sha256sum; }
refused() { # STATUS PATTERN NAME COMMAND...
    local want=$1 pattern=$2 name=$3 was
    shift 3
    was=$(dump)
    s "$@" >"$work/out" 2>"$work/err"
    is "$?/$(cat "$work/out")" "$want/" "$name: exit $want, nothing said"
    like "$(cat "$work/err")" "$pattern" "$name: said"
    is "$(dump)" "$was" "$name: the file as before"
}
sits() { sqlite3 "$db" "SELECT group_concat(provider, ' ') FROM (SELECT provider, max(publication) FROM publication_seats WHERE duty = 'night' GROUP BY date ORDER BY date)"; }
done_of() { s ledger --ledger "$1" --json >"$work/l.json"; json "$work/l.json" 'j.accounts.map(a=>a.account+"="+Number(a.done)).join()'; }
cd_pins() { echo "duty,date,band,role,provider,action" >"$work/region/pins.csv"; t import "$work/region" --replace --yes --at 2026-11-02T09:00 >/dev/null; } # the pins that made the roster go

small_init
roster 2026-11-01T10:00 p1 p2 p3 p4 p1 p2 p3 p4 p1
ok $? "nine nights are published"
cd_pins # pins bind no published seat (pins-after.sh); a prohibition does
t forbid --seat "$(n 02)" --provider p2 --reason 会議 --at 2026-11-02T09:00 >/dev/null
refused 6 'breaks a hard rule \(forbid\) without an exception' "a seat that is forbidden to him" swap ask --seat "$(n 02)" --with "$(n 03)"
t forbid --seat "$(n 02)" --provider p2 --remove --at 2026-11-02T09:00 >/dev/null

# ---- what it means, before anybody consents
before=$(dump)
s swap ask --seat "$(n 06)" --with "$(n 07)" --what-if --json >"$work/a.json"
is "$?/$(dump)" "0/$before" "a question stores nothing"
is "$(json "$work/a.json" '[j.swap,j.state,j.possible,j.effects.map(x=>x.provider)].join()')" "0,asked,true,p1,p2" "both sides for the office"
is "$(json "$work/a.json" 'j.effects.map(x=>x.ledgers.map(l=>l.ledger+":"+Math.round((l.carried_after-l.carried_before)*1e6)).join(" ")).join("/")')" "nights:0 nights.sun:1000000/nights:0 nights.sun:-1000000" "ledgers: the Sunday goes from one to the other, the nights stay"
is "$(json "$work/a.json" 'j.effects.map(x=>x.duties.map(d=>d.class+d.before+">"+d.after).join(" ")).join("/")')" "3>3 sun1>0/2>2 sun0>1" "number of duties by class"
is "$(json "$work/a.json" 'JSON.stringify(j.effects[0].around)')" '[{"change":"leaves","date":"2026-12-06","duty_before":"2026-12-02","duty_after":"2026-12-10"},{"change":"takes","date":"2026-12-07","duty_before":"2026-12-02","duty_after":"2026-12-10"}]' "the duties around the seat left and the seat taken"
is "$(json "$work/a.json" 'j.effects[1].around.map(y=>y.change+y.duty_before+(y.duty_after||"")).join()')" "takes2026-12-03,leaves2026-12-03" "and those of the other"

# ---- asked by one, agreed by the other, approved, published
s swap ask --seat "$(n 06)" --with "$(n 07)" --note 学会 --json >"$work/a.json"
is "$?/$(json "$work/a.json" '[j.swap,j.state,j.publication,j.giver.provider,j.taker.provider,j.taker.seat].join()')" "0/1,asked,1,p1,p2,night:2026-12-07:eve:primary" "asked for: number, seats, the publication in which they were read"
out=$(s swap show 1 --for p2 --lang ja)
like "$out" '𠮷田, 花子 さんにとって（まだ同意していない）' "the other sees what it means for him before he consents"
like "$out" '帳簿 日曜の準夜: 持越し .* → ' "his ledger"
like "$out" '前の当番 令和8年12月3日\(木\)（3日）、次の当番 なし' "the rest around"
is "$(echo "$out" | grep -c '髙橋 一郎 さんにとって\|学会\|090')" 0 "and nothing that is the first one's own"
s swap show 1 --for p2 --json >"$work/b.json"
is "$(json "$work/b.json" '[j.effects.length,j.reason===undefined,j.moves===undefined].join()')" "1,true,true" "nor in JSON"
refused 6 'swap 1 is asked for \(架空の事務局, at 2026-11-10T09:00\) and cannot become approved \(it may become: agreed by both, refused, withdrawn\)' "approving before both agree" swap approve 1
refused 6 'swap 1 is asked for \(架空の事務局, at 2026-11-10T09:00\) and cannot become published' "publishing before both agree" swap publish 1
refused 6 'p1 has agreed to swap 1 already' "who asked has consented by that" swap agree 1 --provider p1
refused 6 'p3 is none of the two of swap 1 \(p1 and p2\)' "a third one" swap agree 1 --provider p3
refused 6 'p3 is none of the two' "a third one's eyes" swap show 1 --for p3
refused 2 'one of the two who agrees' "nobody consents for another" swap agree 1
s swap agree 1 --provider p2 >"$work/out"
is "$?/$(cat "$work/out")" "0/swap 1: agreed by both" "agreed"
refused 6 'cannot become published' "publishing before the office approves" swap publish 1
s swap approve 1 --note 理事 --by 架空の理事 >/dev/null
is "$(s swap show 1 --json >"$work/b.json"; json "$work/b.json" 'j.state+" "+j.moves.map(m=>m.move+"/"+m.of+"/"+m.by+"/"+m.note).join(" ")')" "approved asked/p1/架空の事務局/学会 agreed/p2/架空の事務局/ approved/office/架空の理事/理事" "who said what"
s export all --out "$work/e1" >/dev/null
s swap publish 1 --json >"$work/b.json"
is "$?/$(json "$work/b.json" '[j.publication,j.changes].join()')" "0/2,2" "published: the next publication changes two seats"
like "$(json "$work/b.json" j.notice)" '【変更後】' "with the change notice"
is "$(sits)" "p1 p2 p3 p4 p2 p1 p3 p4 p1" "the two have changed places and nobody else has moved"
is "$(sqlite3 "$db" "SELECT count(*) || ' ' || min(sequence) || max(sequence) FROM publication_seats WHERE publication = 2")" "2 11" "the seats keep their identity: changed once since they were first published"
s export all --out "$work/e2" --at 2026-11-10T09:01 >/dev/null
like "$(/usr/bin/python3 tests/interop/feed_state.py "$work/e1/ics" "$work/e2/ics" 2>&1)" '^[0-9]+ changed, [1-9][0-9]* unchanged, 0 wrong$' "in the calendars nothing went back and nothing else moved"
uids() { sed -n 's/^UID://p' "$work/$1/ics/d-night.ics" | sort -u; }
is "$(uids e1 | grep -c .)/$(uids e1 | comm -3 - <(uids e2))" "9/" "the same nine identifiers in the duty's feed"
is "$(grep -c '^案 ' "$work/e2/report.txt")" "$(grep -c '^案 ' "$work/e1/report.txt")" "the report of plans does not take it for one"
is "$(done_of nights)/$(done_of nights.sun)" "p1=3,p2=2,p3=2,p4=2/p1=0,p2=1,p3=0,p4=0" "the books: the Sunday is the one's who serves it"
refused 6 'swap 1 is published \(架空の事務局, at 2026-11-10T09:00\) and cannot become withdrawn \(it may become: nothing\)' "published is published" swap withdraw 1
is "$(sqlite3 "$db" "SELECT group_concat(detail, ' | ') FROM audit WHERE what = 'swap'")" "1 asked p1: 学会 | 1 agreed p2 | 1 approved: 理事 | 1 published" "the audit trail"
sqlite3 "$db" "UPDATE swaps SET taker = 'p4'" 2>/dev/null; is "$?" 19 "nobody changes what was asked for"
sqlite3 "$db" "DELETE FROM swap_moves" 2>/dev/null; is "$?" 19 "nor takes a word back out"

# ---- refusals when asking
refused 6 '2026-12-02 is past or has begun; seats that are past are not swapped' "a past date" swap ask --seat "$(n 02)" --with "$(n 03)" --at 2026-12-03T08:00
refused 6 '2026-12-02 is past' "a past date in return" swap ask --seat "$(n 03)" --with "$(n 02)" --at 2026-12-03T08:00
refused 6 'seat "night:2026-12-06:eve:primary": publication 1 is superseded, publication 2 \(by 架空の事務局, at 2026-11-10T09:00\) changed it; ask anew from the newer one' "a superseded publication" swap ask --seat "$(n 06)" --provider p1 --with "$(n 08)" --publication 1
refused 6 'seat "night:2026-12-08:eve:primary" is not a duty of p4 \(there: p3\)' "not your duty" swap ask --seat "$(n 08)" --provider p4 --with "$(n 03)"
refused 6 'seat "night:2026-12-03:eve:primary" is not a duty of p4 \(there: p2\)' "not the other's duty" swap ask --seat "$(n 08)" --with "$(n 03)" --partner p4
refused 6 'both are p1' "with himself" swap ask --seat "$(n 02)" --with "$(n 07)"
refused 6 'both are p2' "given to himself" swap ask --seat "$(n 03)" --to p2
refused 6 'nobody is published in seat "night:2026-12-20:eve"' "a seat nobody has" swap ask --seat "$(n 20)" --to p2
refused 6 'the swap breaks a hard rule \(gap\) without an exception: .*(Two nights free|中2日)' "a hard rule, by the one who asks" swap ask --seat "$(n 02)" --with "$(n 08)"
refused 6 'the swap breaks a hard rule \(gap\)' "a hard rule, by the other" swap ask --seat "$(n 08)" --with "$(n 02)"
refused 6 'the swap breaks a hard rule \(few\)' "a rule that counts by the period" swap ask --seat "$(n 04)" --to p1 --what-if
refused 6 'the swap breaks a hard rule \(wish.cannot\)' "a day on which he cannot, told to the office" swap ask --seat "$(n 02)" --to p4
refused 6 '^toban: it cannot be done: not available; please ask the office$' "and to the colleague only that it cannot be" swap ask --seat "$(n 02)" --to p4 --for p1
refused 6 'the swap breaks a hard rule \(member\)' "somebody outside the pool" swap ask --seat "$(n 02)" --to p5
refused 2 'there is no provider "nobody"' "somebody unknown" swap ask --seat "$(n 02)" --to nobody
refused 2 'either --with .* or --to' "no other side" swap ask --seat "$(n 02)"
refused 2 'seat is needed' "no seat" swap ask --to p2
refused 2 'one of ask, agree' "a word that is none" swap shake 1
refused 2 'number of the swap is needed' "no number" swap agree --provider p1
refused 1 'there is no swap 9' "a swap that is not there" swap agree 9 --provider p1
s plan 2026-12-01..2026-12-12 --duty morning >/dev/null; s publish >/dev/null
m=$(sqlite3 "$db" "SELECT provider FROM publication_seats WHERE duty = 'morning' AND date = '2026-12-06' AND seat = 1")
m2=$(sqlite3 "$db" "SELECT provider FROM publication_seats WHERE duty = 'morning' AND date = '2026-12-06' AND seat = 2")
refused 6 'seats of different duties cannot be swapped \(night and morning\)' "a seat of another duty" swap ask --seat "$(n 05)" --with morning:2026-12-06:am --partner "$m"
refused 2 'sit p[1-3], p[1-3]; choose with --partner' "two in the slot, none chosen" swap ask --seat "$(n 05)" --with morning:2026-12-06:am
refused 6 'both sit in the same slot' "two of one slot" swap ask --seat morning:2026-12-06:am --provider "$m" --with morning:2026-12-06:am --partner "$m2"

# ---- entered by the office after a telephone call; the seat is promised from then on
s swap ask --seat "$(n 02)" --with "$(n 03)" --phone "11/9 電話、双方承諾" --json >"$work/a.json"
is "$?/$(json "$work/a.json" '[j.swap,j.state,j.moves.map(m=>m.of+":"+m.note).join(" ")].join()')" "0/2,agreed,office: p1:11/9 電話、双方承諾 p2:11/9 電話、双方承諾" "agreed at once, with both consents noted"
refused 6 'seat "night:2026-12-03:eve:primary" is in swap 2 \(agreed by both\) already; publish or withdraw that first' "already swapped" swap ask --seat "$(n 08)" --with "$(n 03)"
refused 6 'is in swap 2 ' "already swapped, the first seat" swap ask --seat "$(n 02)" --to p4
s swap refuse 2 --note 都合 >/dev/null
is "$?" 0 "the office refuses"
refused 6 'swap 2 is refused \(架空の事務局, at 2026-11-10T09:00\) and cannot become approved' "refused is refused" swap approve 2
s swap ask --seat "$(n 02)" --with "$(n 03)" --office --json >"$work/a.json"
is "$(json "$work/a.json" j.state)" asked "proposed by the office, neither has consented"
s swap agree 3 --provider p1 >/dev/null
is "$(s swap show 3 --json >"$work/b.json"; json "$work/b.json" 'j.state+j.effects.map(x=>x.consented)')" "askedtrue,false" "one of them is not both"
s swap agree 3 --provider p2 >/dev/null
s swap approve 3 >/dev/null

# ---- the seat changes meanwhile
for p in p2 p4 p3; do s forbid --seat "$(n 03)" --provider "$p" >/dev/null; done
s plan 2026-12-02..2026-12-12 --duty night --keep 3 >"$work/out" 2>&1
ok $? "a re-plan moves p2 from the 3rd"
s publish >/dev/null
for p in p2 p4 p3; do s forbid --seat "$(n 03)" --provider "$p" --remove >/dev/null; done
refused 6 'publication [0-9]+ is superseded, publication [0-9]+ \(by 架空の事務局, at 2026-11-10T09:00\) changed it' "an approved swap of a seat that changed meanwhile" swap publish 3
s swap show 3 --json >"$work/b.json"
is "$(json "$work/b.json" '[j.possible,/superseded/.test(j.why_not),j.state].join()')" "false,true,approved" "show says so"
is "$(s swap show 3 --for p1 --json >"$work/b.json"; json "$work/b.json" j.why_not)" "please ask the office" "the member is sent to the office"
s swap withdraw 3 --provider p2 >/dev/null
is "$?" 0 "and one of the two withdraws it"
is "$(s swap list --json >"$work/b.json"; json "$work/b.json" 'j.swaps.map(x=>x.swap+x.state).join()')" "1published,2refused,3withdrawn" "the list"
is "$(s swap list --provider p3 | wc -l)/$(s swap list --provider p2 | wc -l)" "0/3" "or those of one"

# ---- given to somebody, with an exception; then replaced from what is in force
last=$(sits | cut -d ' ' -f 9)
to=$([ "$last" = p4 ] && echo p3 || echo p4)
s swap ask --seat "$(n 10)" --to "$to" --what-if >"$work/out" 2>"$work/err"
like "$(cat "$work/err")" 'breaks a hard rule \(gap\)' "the night after his own"
s exception --rule gap --seat "$(n 10)" --provider "$to" --reason 本人承諾 --signed-by 架空の理事 >/dev/null
s swap ask --seat "$(n 10)" --to "$to" --phone 承諾 --json >"$work/a.json"
is "$?/$(json "$work/a.json" 'j.effects[1].rules.filter(x=>x.hard).map(x=>x.rule+x.excepted).join()')" "0/gaptrue" "a signed exception lets it pass, and it is told"
id=$(json "$work/a.json" j.swap)
s swap approve "$id" >/dev/null && s swap publish "$id" --lang ja >"$work/out"
like "$(cat "$work/out")" '^第[0-9]+版（[0-9a-f]{8}）として公表しました' "published"
is "$(sits | cut -d ' ' -f 9)" "$to" "the seat is his"
s export all --out "$work/e3" >/dev/null 2>&1
like "$(cat "$work/e3/report.txt")" '理由 本人承諾、承認 架空の理事' "the report tells what was signed for"
s replace --seat "$(n 10)" --published --json >"$work/r.json"
is "$(json "$work/r.json" j.drops_out)" "$to" "replace knows who has it now"
s replace --seat "$(n 09)" --published --json >"$work/r.json"
is "$(json "$work/r.json" j.drops_out)" "$(sits | cut -d ' ' -f 8)" "and answers for the seats that stayed"

# ---- who is in reserve steps in
db=$work/reserve.db
sed -i 's/"seats":\[/"seats":[{"duty":"night","band":"eve","role":"reserve","rank":1,"when":"all","count":1},/' "$work/region/region.json"
rm -f "$work/region/pins.csv"
small_init
printf 'duty,date,band,role,provider,action\n%s\n%s\n' night,2026-12-02,eve,primary,p1,pin night,2026-12-02,eve,reserve,p2,pin >"$work/region/pins.csv"
t import "$work/region" --replace --yes --at 2026-11-01T10:00 >/dev/null && t plan 2026-12-02..2026-12-02 --duty night --at 2026-11-01T10:00 >/dev/null && t publish --at 2026-11-01T10:00 >/dev/null
cd_pins
s swap ask --seat "$(n 02)" --provider p1 --to p2 --phone 急病 --json >"$work/a.json"
is "$?/$(json "$work/a.json" '[j.effects[1].around.map(y=>y.change).join("+"),j.effects[0].around.length].join()')" "0/takes+leaves,1" "the reserve takes the seat and leaves his own"
s swap approve 1 >/dev/null && s swap publish 1 >/dev/null
is "$?/$(sqlite3 "$db" "SELECT group_concat(role || coalesce(provider, '-'), ' ') FROM (SELECT role, provider, max(publication) FROM publication_seats GROUP BY role ORDER BY role)")" "0/primaryp2 reserve-" "his seat in reserve stays open"

# ---- a pool whose swaps are neutral: the books stay with the one whose turn it was
db=$work/neutral.db
sed -i 's/{"duty":"night","band":"eve","role":"reserve","rank":1,"when":"all","count":1},//' "$work/region/region.json"
sed -i 's/"id":"night",/"id":"night","swaps":"neutral",/' "$work/region/region.json"
rm -f "$work/region/pins.csv"
small_init
roster 2026-11-01T10:00 p1 p2 p3 p4 p1
cd_pins
was="$(done_of nights)/$(done_of nights.sun)"
s swap ask --seat "$(n 06)" --with "$(n 05)" --phone 承諾 --json >"$work/a.json"
is "$(json "$work/a.json" 'j.effects.every(x=>x.ledgers.length&&x.ledgers.every(l=>l.carried_before===l.carried_after))')" true "neutral: both are told that their ledgers stay"
s swap approve 1 >/dev/null && s swap publish 1 >/dev/null
is "$?/$(sits)/$(done_of nights)/$(done_of nights.sun)" "0/p1 p2 p3 p1 p4/$was" "and they do"
done_testing
