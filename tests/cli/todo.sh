#!/usr/bin/env bash
# todo: a published seat is on the list within the same command that makes it wrong, and off it when that is taken back; each kind of thing that waits has a case and a case without; each
# command told, run as it stands, takes its item off the list; and what it takes with 300 of them (printed, not judged).
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C.UTF-8 USER=事務
node -e '
const fs=require("fs"),f=process.argv[1],j=JSON.parse(fs.readFileSync(f));
j.kinds.push({id:"hospital",name:"病院"},{id:"group",name:"医局"});
j.providers.push({id:"p4",name:"架空 四郎",kind:"doctor",area:"town"},{id:"c1",name:"架空医院",kind:"clinic",area:"town"},{id:"c2",name:"見本医院",kind:"clinic",area:"town"},
  {id:"dept",name:"架空大学医局",kind:"doctor",area:"town",names_days:10},{id:"u1",name:"名簿 花子",kind:"doctor",area:"town"},{id:"u2",name:"名簿 二郎",kind:"doctor",area:"town"});
j.links=[{from:"u1",type:"employed-by",to:"dept"},{from:"u2",type:"employed-by",to:"dept"}];
j.duties.push({id:"door",name:"在宅当番医",kind:"clinic",specialities:["internal"],tier:1,body:"assoc",period:"month"});
j.bands.push({duty:"door",id:"eve",name:"夜間",when:"all",from:"19:00",to:"22:00"});
j.seats.push({duty:"door",band:"eve",role:"primary",rank:0,when:"all",count:1});
j.members.push({duty:"night",provider:"p4"},{duty:"night",provider:"dept"},{duty:"door",provider:"c1"},{duty:"door",provider:"c2"});
j.surveys=[{id:"dec",from:"2026-12-01",to:"2026-12-31",duties:["night"]}];
j.rules=[{id:"own",type:"link.exclude",params:"link=owns",ja:"本人と自院は同時に当たらない",en:"not he and his clinic at once"},
  {id:"surgery",type:"consulting.hours",params:"margin=0",ja:"診療時間に掛からない",en:"not in consulting hours"},
  {id:"month","type":"limit.count",params:"max=3 unit=period",duties:["night"],ja:"一期に三回まで",en:"at most three in a period"}];
fs.writeFileSync(f,JSON.stringify(j));' "$work/region/region.json"
now=2026-11-20T09:00
t() { "$TOBAN" "$@" --db "$db" --at "$now" --by 事務 --lang en; }
quiet() { t "$@" >"$work/out" 2>"$work/err" || { [ $? -lt 2 ] || { echo "# $*: $(cat "$work/err")"; return 1; }; }; }
# nights "DAY PROVIDER" ...: these nights, with c1 at the door on each, planned and published. The pins that made them go again.
nights() {
    local x day p
    echo "duty,date,band,role,provider,action" >"$work/region/pins.csv"
    for x in "$@"; do
        read -r day p <<<"$x"
        printf 'night,2026-12-%s,eve,primary,%s,pin\ndoor,2026-12-%s,eve,primary,c1,pin\n' "$day" "$p" "$day" >>"$work/region/pins.csv"
    done
    quiet import "$work/region" --replace --yes && quiet plan "2026-12-${1%% *}..2026-12-${x%% *}" --duty all --replan && quiet publish --note 試験
    echo "duty,date,band,role,provider,action" >"$work/region/pins.csv"
    quiet import "$work/region" --replace --yes
}
fresh() {
    rm -f "$db" "$work"/small-*.db
    quiet init --region "$work/region" && nights "$@" && quiet backup "$work/first.db.$RANDOM$RANDOM"
}
# items [KIND]: key of each
items() { t todo --json ${1:+--kind "$1"} >"$work/todo.json"; json "$work/todo.json" 'j.items.map(x=>x.key).join(" ")'; }
seats() { for k in holder wish gone open; do items $k; done | grep -v '^$' | tr '\n' ' '; }
# Runs the command of each item of the kind, as it stands but for the data file, the clock and the name.
run_all() {
    t todo --json --kind "$1" >"$work/todo.json"
    json "$work/todo.json" 'j.items.map(x=>x.command).join("\n")' >"$work/commands"
    while read -r line; do
        [ -n "$line" ] || continue
        bash -c "${line/#toban/\"\$0\"} --db '$db' --at '$now' --by 事務 --lang en" "$TOBAN" >"$work/run.out" 2>"$work/run.err" </dev/null
        [ $? -lt 2 ] || echo "# $line: $(cat "$work/run.err")"
    done <"$work/commands"
}

fresh "02 p1" "03 p2" "04 p3" "05 p1"
quiet plan 2026-12-06..2026-12-31 --duty all
quiet backup "$work/second.db"
is "$(seats)" "" "what was published a moment ago holds"
items >/dev/null
is "$(json "$work/todo.json" 'j.n')" 0 "and after a backup nothing waits"
t todo >"$work/out"; is "$?" 0 "exit 0"
like "$(cat "$work/out")" 'nothing waits' "in words"

# absent NAME KEY ADD -- REMOVE: the seat is on the list within the command, and off it.
absent() {
    local name=$1 key=$2 add=() n
    shift 2
    while [ "$1" != -- ]; do add+=("$1"); shift; done
    shift
    quiet "${add[@]}" --json
    n=$(json "$work/out" j.todo)
    is "$n $(seats)" "1 $key " "$name: said by the command itself, and on the list"
    quiet "$@" --json
    is "$(json "$work/out" j.todo) $(seats)" "0 " "$name: taken back, the list is clear"
}
H=holder:night:2026-12-03:eve/p2
absent "leave" $H rows exemptions provider=p2 from=2026-12-03 to=2026-12-03 reason=leave --add -- rows exemptions provider=p2 from=2026-12-03 --remove
absent "the night's last hour on a day of leave" $H rows exemptions provider=p2 from=2026-12-04 to=2026-12-04 reason=leave --add -- rows exemptions provider=p2 from=2026-12-04 --remove
absent "a standing absence" $H rows exemptions provider=p2 from=2026-11-01 to=2027-03-31 weekdays=thu reason=other --add -- rows exemptions provider=p2 from=2026-11-01 weekdays=thu --remove
absent "he left" $H rows providers id=p2 left=2026-12-01 --add -- rows providers id=p2 left= --add
absent "his member row ends" $H rows members duty=night provider=p2 until=2026-12-01 --add -- rows members duty=night provider=p2 until= --add
absent "his member row goes" $H rows members duty=night provider=p2 --remove -- rows members duty=night provider=p2 --add
absent "another body's duty" $H rows external provider=p2 from=2026-12-03T18:00 to=2026-12-03T21:00 what=他団体 --add -- rows external provider=p2 from=2026-12-03T18:00 --remove
absent "his own hospital's night" $H rows external provider=p2 from=2026-12-03T17:00 to=2026-12-04T08:30 what=自院の当直 --add -- rows external provider=p2 from=2026-12-03T17:00 --remove
absent "his own consulting hours" $H rows hours provider=p2 weekdays=thu from=17:00 to=20:00 --add -- rows hours provider=p2 weekdays=thu from=17:00 --remove
absent "his clinic, a link entered later" $H rows links from=p2 type=owns to=c1 --add -- rows links from=p2 type=owns to=c1 --remove
absent "a wish that came later" wish:night:2026-12-03:eve/p2 wish --survey dec --provider p2 --type cannot --from 2026-12-03 -- wish --survey dec --provider p2 --type cannot --from 2026-12-03 --remove
absent "the only days on which he can" wish:night:2026-12-03:eve/p2 wish --survey dec --provider p2 --type only --from 2026-12-20 -- wish --survey dec --provider p2 --type only --from 2026-12-20 --remove
absent "a day that is a duty day no more" gone:night:2026-12-03:eve/p2 rows overrides date=2026-12-03 class=all duty=night action=drop --add -- rows overrides date=2026-12-03 class=all duty=night --remove
absent "a new rule between two seats" holder:night:2026-12-02:eve/p1 rows rules id=gap type=rest.days params=days=4 duties=night "ja=四日あける" "en=four days between" --add -- rows rules id=gap --remove
absent "a new rule by the period" holder:night:2026-12-02:eve/p1 rows rules id=month params="max=1 unit=period" --add -- rows rules id=month params="max=3 unit=period" --add
quiet rows exemptions provider=c1 from=2026-12-03 to=2026-12-04 reason=other --add --json
is "$(json "$work/out" j.todo) $(seats)" "2 holder:door:2026-12-03:eve/c1 holder:door:2026-12-04:eve/c1 " "a clinic closes: both its days"
quiet rows exemptions provider=c1 from=2026-12-03 --remove
printf 'provider,duty,from,to,reason\np2,,2026-12-03,2026-12-20,illness\n' >"$work/x.csv"
t import "$work/x.csv" --entity exemptions >"$work/out"
like "$(cat "$work/out")" '^1 published seats newly need somebody; toban todo lists them$' "an illness, imported: said in words"
like "$(t import "$work/x.csv" --entity exemptions --json | tr -d '\n ')" '"todo":0' "the same again is nothing new"
like "$("$TOBAN" todo --kind holder --db "$db" --at $now --lang ja)" '免除・休み' "why, in the words of check"
like "$(t tomorrow 2026-12-03)" '\* to be settled: .*exempt' "tomorrow marks the seat and says why"
t tomorrow 2026-12-03 --json >"$work/j"; is "$(json "$work/j" 'j.seats.filter(s=>s.conflict).map(s=>s.provider+":"+s.conflict.what+":"+s.conflict.rules).join()')" "p2:holder:exempt" "in JSON"
t tomorrow 2026-12-02 --json >"$work/j"; is "$(json "$work/j" 'j.seats.filter(s=>s.conflict).length')" 0 "and no other"
"$TOBAN" now --db "$db" --at 2026-12-03T20:00 --json --lang en >"$work/j"; is "$(json "$work/j" 'j.on_duty.map(s=>s.provider+":"+s.confirm).join()')" "c1:false,p2:true" "now marks him"
like "$("$TOBAN" now --db "$db" --at 2026-12-03T20:00 --lang en)" 'p2|花子.*to be confirmed' "in words"
is "$("$TOBAN" now --db "$db" --at 2026-12-03T20:00 --lang en | grep -c exempt)" 0 "without saying why"
t check --draft 1 >"$work/out"; is "$?" 1 "check of the published draft is no longer 0"
like "$(cat "$work/out")" "do not hold by today's tables: 1" "and says so"
t check --draft 1 --json >"$work/j"; is "$(json "$work/j" 'j.today.map(s=>s.provider+"/"+s.conflict.rules).join()+" "+j.hard')" "p2/exempt 0" "what was planned stays without a breach"
quiet export all --out "$work/site"; like "$(cat "$work/site/report.txt")" '公表した席の要確認' "the report has a part of them"
like "$(sed -n '/公表した席の要確認/,$p' "$work/site/report.txt")" '𠮷田, 花子' "with his seat"
is "$(grep -rl '要確認\|exempt' "$work/site" | grep -v report.txt)" "" "no other form tells"
quiet exception --rule exempt --seat night:2026-12-03:eve --provider p2 --reason 本人の申し出 --signed-by 理事
is "$(seats)" "" "a signed consent covers it"
quiet exception --rule exempt --seat night:2026-12-03:eve --provider p2 --remove --json
is "$(json "$work/out" j.todo) $(seats)" "1 $H " "taken back, it does not"

# ---- the next step
t replace --seat night:2026-12-03:eve --provider p2 --today --json >"$work/j"
is "$(json "$work/j" 'j.drops_out+" "+j.substitutes.some(s=>s.provider=="p2")+" "+(j.substitutes[0].hard==0)')" "p2 false true" "who could come, by today's tables"
t replace --seat night:2026-12-03:eve --provider p2 --with p2 >"$work/out" 2>"$work/err"; is "$?/$(wc -c <"$work/out")" 6/0 "not himself"
t replace --seat night:2026-12-03:eve --provider p4 --with p3 >/dev/null 2>"$work/err"; is "$?" 6 "nobody who does not sit there leaves"
t replace --seat night:2026-12-09:eve --with p3 >/dev/null 2>"$work/err"; is "$?" 6 "nor from a seat that is not published"
quiet forbid --seat night:2026-12-03:eve --provider p3 --reason 会議
t replace --seat night:2026-12-03:eve --provider p2 --with p3 >/dev/null 2>"$work/err"; is "$?/$(grep -c '(forbid)' "$work/err")" 6/1 "nor one who is kept out of the seat"
quiet forbid --seat night:2026-12-03:eve --provider p3 --remove
before=$(sqlite3 "$db" .dump | sha256sum)
t replace --seat night:2026-12-03:eve --provider p2 --with p3 --dry-run >/dev/null; is "$? $(sqlite3 "$db" .dump | sha256sum)" "0 $before" "tried, nothing is written"
run_all holder
is "$(seats)" "" "the command told, run as it stands, takes the seat off"
t duties 2026-12 --json >"$work/j"; is "$(json "$work/j" 'j.duties.filter(d=>d.date=="2026-12-03"&&d.duty=="night").map(d=>d.provider).length')" 1 "somebody sits there"
like "$(t audit --what replace)" 'night:2026-12-03:eve:primary p2 -> [a-z]' "and the trail says who for whom"
for table in "exemptions provider=c1 from=2026-12-04 to=2026-12-04 reason=other" "overrides date=2026-12-05 class=all duty=night action=drop" ; do
    # shellcheck disable=SC2086 # words
    quiet rows $table --add
done
quiet wish --survey dec --provider p1 --type cannot --from 2026-12-02
is "$(seats)" "holder:door:2026-12-04:eve/c1 wish:night:2026-12-02:eve/p1 gone:night:2026-12-05:eve/p1 " "one of each"
for k in holder wish gone; do run_all $k; done
is "$(seats)" "" "each command takes its own off"

# ---- open seats: everybody away, published with a hole
fresh "02 p1" "03 p2"
for p in p1 p2 p3 p4 dept; do quiet rows exemptions provider=$p from=2026-12-05 to=2026-12-06 reason=leave --add; done
quiet plan 2026-12-05..2026-12-05 --duty night
quiet publish --json
is "$(json "$work/out" j.todo) $(seats)" "1 open:night:2026-12-05:eve " "publish says that a hole was made, and the list has it"
t replace --seat night:2026-12-05:eve --with first >/dev/null 2>"$work/err"; is "$?" 1 "nobody is free"
quiet rows exemptions provider=p3 from=2026-12-05 --remove
run_all open
is "$(seats)" "" "somebody is: the hole is filled"

# ---- names
fresh "10 dept"
is "$(items name)" "" "the name's day is far"
now=2026-11-26T09:00
is "$(items name)" "name:night:2026-12-10:eve/dept" "within a week of its day it waits"
run_all name
is "$(items name)" "" "the command names one of the list"
t name --all --json >"$work/j"
who=$(json "$work/j" 'j.seats[0].person')
quiet rows exemptions provider="$who" from=2026-12-10 to=2026-12-10 reason=illness --add --json
is "$(json "$work/out" j.todo) $(seats)" "1 holder:night:2026-12-10:eve/dept " "the named doctor falls ill: within the command"
run_all holder
is "$(seats)$(items name)" "" "the other of the list takes it"
now=2026-11-20T09:00

# ---- swaps
fresh "02 p1" "03 p2" "04 p3"
quiet swap ask --seat night:2026-12-02:eve --with night:2026-12-04:eve --note 学会
states=
for _ in 1 2 3; do states+="$(items swap) "; run_all swap; done
is "$states$(items swap)" "swap:1/asked swap:1/agreed swap:1/approved " "asked, agreed, approved: each waits for its next step, which the command takes"
quiet swap ask --seat night:2026-12-03:eve --with night:2026-12-04:eve
quiet rows exemptions provider=p2 from=2026-12-04 to=2026-12-05 reason=leave --add
run_all swap
is "$(items swap)" "" "one that cannot be any more is refused"

# ---- drafts
fresh "02 p1"
quiet plan 2026-12-20..2026-12-20 --duty night
quiet circulate 2 --until 2026-11-22
is "$(items round)" "" "the round goes on"
now=2026-11-23T09:00
is "$(items round)" "round:2" "the round is over"
run_all round
is "$(items round) $(items approved)" " approved:2" "approved by the command, it waits to be published"
run_all approved
is "$(items approved)" "" "and is"
quiet plan 2026-12-21..2026-12-21 --duty night
is "$(items doubt)" "" "a sound draft is in no doubt"
sqlite3 "$db" "DROP TRIGGER drafts_no_update; UPDATE drafts SET status = 'doubt' WHERE id = 3"
is "$(items doubt)" "doubt:3" "one that two computations disagree about"
run_all doubt
is "$(items doubt)" "" "planned anew"

# ---- recipients, calendars
now=2026-11-20T09:00
sed -i 's/"kinds":/"recipients":[{"id":"town","name":"架空町","kind":"municipality","way":"mail","address":"a@town.example"},{"id":"paper","name":"架空新聞","kind":"press","way":"fax"}],"kinds":/' "$work/region/region.json"
fresh "02 p1"
is "$(items send)" "send:1/paper send:1/town" "neither has been told"
is "$(items confirm)" "" "so nobody can have confirmed"
run_all send
is "$(items send) $(items confirm)" " confirm:1/town" "told; the press confirms nothing"
run_all confirm
is "$(items confirm)" "" "confirmed"
is "$(items unfetched)" "" "no duty is near"
now=2026-11-30T09:00
is "$(items unfetched)" "unfetched:c1/1 unfetched:p1/1" "to be telephoned"
run_all unfetched
is "$(items unfetched)" "" "told on the telephone, and entered"
t todo --done send:1/town >/dev/null 2>"$work/err"; is "$?" 6 "what does not wait is not done"
quiet rows exemptions provider=p1 from=2026-12-02 to=2026-12-02 reason=leave --add
t todo --done "$(items holder)" >/dev/null 2>"$work/err"; is "$?" 6 "and a seat is not done by saying so"
like "$(cat "$work/err")" 'toban replace' "its command is told"

# ---- wishes
now=2026-11-20T09:00
sed -i 's/"duties":\["night"\]}\]/"duties":["night"],"deadline":"2026-11-30"}]/' "$work/region/region.json"
rm -f "$db"; quiet init --region "$work/region"
is "$(items survey)" "" "ten days before"
now=2026-11-24T09:00
is "$(items survey | wc -w)" 5 "in the week before the deadline: each who is silent"
quiet wish --survey dec --provider p1 --type any
is "$(items survey | wc -w)" 4 "one has answered"
run_all survey
is "$(items survey)" "" "asked one by one"
now=2026-12-02T09:00
is "$(items survey)" "" "the days have begun"

# ---- overrides, disaster
small=$db db=$work/sample.db
now=2026-11-30T09:00
quiet init --region rosters/ishikawa-chuo && quiet plan 2026-12 --time 60 && quiet publish
now=2026-12-02T09:00
is "$(seats)" "" "a month of the sample, a moment old in the tables, holds"
is "$(items override)$(items disaster)" "" "nothing has happened"
quiet override closed --provider c-ent-01 --until 2026-12-02T20:00 --reason 停電 --source 電話
is "$(items override)" "override:1" "a door is closed: desks on paper are to be told"
run_all override
is "$(items override)" "" "told"
quiet override disaster --with 理事 --minutes 1440 --source 県庁
is "$(items disaster)" "disaster:2" "disaster mode is not ended"
run_all disaster
is "$(items disaster)" "" "ended by two"

# ---- the routing table
is "$(items table)" "" "none was written"
quiet export table 2026-12-02..2026-12-04 --file "$work/table.json"
is "$(items table)" "" "a new one is not due"
now=2026-12-04T14:00
is "$(items table)" "table:$(json "$work/table.json" 'j.digest.slice(0,8)')" "at its end it is"
run_all table
is "$(items table)" "" "the days that follow, written over it"
mv "$work/table.json" "$work/away.json"
is "$(items table)" "table:unreadable" "gone, it is said"

# ---- many: everybody away
{
    echo provider,duty,from,to,reason
    sqlite3 "$db" "SELECT DISTINCT provider || ',,2026-12-05,2027-03-31,leave' FROM publication_seats"
} >"$work/x.csv"
quiet import "$work/x.csv" --entity exemptions --json
ms() { date +%s%3N; }
from=$(ms) one=0
for k in holder wish gone open name swap round approved doubt send confirm unfetched survey override disaster table plan holidays backup; do items $k >/dev/null; one=$((one + $(json "$work/todo.json" j.n))); done
between=$(ms)
items >/dev/null
is "$(json "$work/todo.json" j.n)" "$one" "all kinds at once are what they are one by one ($one)"
ok "$([ "$one" -ge 300 ]; echo $?)" "which are 300 and more"
is "$(json "$work/out" j.todo)" "$(json "$work/todo.json" 'j.kinds.holder')" "of seats as many as import said"
echo "# $one items: $(($(ms) - between)) ms together, $((between - from)) ms kind by kind"

# ---- a body that approves
now=2026-11-20T09:00
fresh "02 p1"
quiet rows bodies id=assoc approves=yes approval=理事会承認 --add
quiet plan 2026-12-20..2026-12-20 --duty night
quiet circulate 2 --until 2026-11-22
now=2026-11-23T09:00
run_all round
is "$(items round) $(items approved)" " approved:2" "a body that approves: the command tells the day of its approval"

# ---- the next period, holidays, backup
db=$small
now=2026-11-20T09:00
fresh "02 p1" "31 p2" >/dev/null
is "$(items plan)" "" "more than a month is published"
now=2026-12-05T09:00
is "$(items plan)" "plan:2027-01-01..2027-01-31" "a month before its end: January, all duties of it in one"
run_all plan
is "$(items plan)" "" "planned"
is "$(items holidays)" "" "no official list, none ends"
quiet rows holidays date=2026-12-25 name=架空町の日 --add
is "$(items holidays)" "" "a row by hand is no official list"
mkdir "$work/cut"
iconv -f CP932 -t UTF-8 tests/data/syukujitsu.csv | awk -F/ 'NR == 1 || $1 < 2027' | iconv -f UTF-8 -t CP932 >"$work/cut/syukujitsu.csv"
quiet import "$work/cut/syukujitsu.csv" --entity holidays
is "$(items holidays)" "holidays:2027" "the official list ends with this year"
quiet import tests/data/syukujitsu.csv --entity holidays
is "$(items holidays)" "" "that of the next year is in"
is "$(items backup)" "backup:data" "the last copy is old, and much was written since"
run_all backup
is "$(items backup)" "" "copied"
like "$(t audit --what backup)" 'small-2026-12-05T0900.db' "beside the data file, and the trail says so"

# ---- words
t todo --kind nothing >/dev/null 2>"$work/err"; is "$?" 2 "a kind that there is not"
like "$(cat "$work/err")" 'holder, wish, gone, open' "those that there are"
t todo --days 0 --json >"$work/j"; is "$(json "$work/j" 'j.items.every(x=>x.day===null||x.day<=j.today)')" true "--days 0: today and before, and what has no day"
"$TOBAN" todo --db "$db" --as member:p1 >/dev/null 2>"$work/err"; is "$?" 6 "not for members"
done_testing
