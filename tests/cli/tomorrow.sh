#!/usr/bin/env bash
# The list of the day before: who is on duty tomorrow, who of them has not fetched his calendar since it changed, the reserve, the order of calling, the hospital behind; and
# each member's own notice of a change, ready for mail and fax.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
node -e '
const fs=require("fs"),f=process.argv[1],j=JSON.parse(fs.readFileSync(f));
j.kinds.push({id:"hospital",name:"病院"});
j.providers[0].staff_mail="ichiro@member.example";
j.providers.push({id:"h1",name:"架空病院",kind:"hospital",area:"town",phone:"076-000-0100"},{id:"h2",name:"架空第二病院",kind:"hospital",area:"town",phone:"076-000-0200"});
j.duties.push({id:"rotation",name:"病院群輪番",kind:"hospital",specialities:["internal"],tier:2,body:"assoc",period:"month"});
j.bands.push({duty:"rotation",id:"deep",name:"深夜",when:"all",from:"17:00",to:"32:30"});
j.seats.push({duty:"rotation",band:"deep",role:"primary",rank:0,when:"all",count:1},{duty:"night",band:"eve",role:"reserve",rank:0,when:"all",count:1});
j.members.push({duty:"rotation",provider:"h1"},{duty:"rotation",provider:"h2"});
j.contacts=[{duty:"night",rank:2,name:"担当理事（架空）",phone:"090-0000-0100"},{duty:"night",rank:1,name:"事務局（架空）",phone:"076-000-0101"}];
j.recipients=[{id:"members",name:"会員",kind:"member",way:"mail",each:"yes",days_from:3},{id:"late",name:"会員（直前）",kind:"member",way:"fax",each:"yes",days_to:2}];
fs.writeFileSync(f,JSON.stringify(j));' "$work/region/region.json"
small_init
# days AT "PRIMARY RESERVE HOSPITAL" ...: the nights from 2 December on, published.
days() {
    local at=$1 day=2 p r h
    shift
    echo "duty,date,band,role,provider,action" >"$work/region/pins.csv"
    for x in "$@"; do
        read -r p r h <<<"$x"
        printf 'night,2026-12-%02d,eve,primary,%s,pin\nnight,2026-12-%02d,eve,reserve,%s,pin\nrotation,2026-12-%02d,deep,primary,%s,pin\n' $day "$p" $day "$r" $day "$h" >>"$work/region/pins.csv"
        day=$((day + 1))
    done
    t import "$work/region" --replace --yes --at "$at" >/dev/null && t plan 2026-12-02..2026-12-0$((day - 1)) --duty all --replan --at "$at" >/dev/null && t publish --at "$at" >/dev/null
}
days 2026-11-02T09:00 "p1 p2 h1" "p2 p3 h2" "p3 p1 h1"
ok $? "three nights with a reserve each, and the rotation"
like "$(t tomorrow --at 2026-12-02T10:00 --json >"$work/j.json"; json "$work/j.json" 'j.date+" "+j.publication')" '^2026-12-03 1$' "tomorrow is the day after --at"
seat() { json "$work/j.json" "j.seats.filter(s=>s.duty==\"$1\").map(s=>[s.provider,s.has_address,s.fetched,s.reserves.map(x=>x.provider),s.contacts.map(c=>c.rank),s.backups.map(x=>x.provider)].join(\"/\")).join()"; }
is "$(seat night)" "p2/false/false/p3/1,2/h2" "p2, without an address; p3 in reserve; the order of calling; the hospital of that night"
is "$(seat rotation)" "h2/false/false///" "the hospital itself has nobody behind it"
is "$(json "$work/j.json" 'j.seats.map(s=>s.duty).join()')" "rotation,night" "by the hour they begin"
is "$(json "$work/j.json" 'j.seats[1].phone')" "090-0000-0002" "with the telephone of staff"
like "$(t tomorrow 2026-12-03 --lang en)" '^on duty on 2026-12-03,' "an English reader gets a date of numbers"
text=$(t tomorrow 2026-12-03 --lang ja)
like "$text" '^前日連絡一覧 令和8年12月3日\(木\) 第1版（[0-9a-f]{8}）$' "the page names day and edition"
like "$(echo "$text" | tr '\n' ' ')" '急病センター（準夜） 19:30～翌1:00 +𠮷田, 花子 +090-0000-0002 +★アドレス未発行 電話で伝える +予備 鈴木 次郎 .*連絡順1 事務局（架空） 076-000-0101 +連絡順2 担当理事（架空） 090-0000-0100 +後方病院 架空第二病院 076-000-0200' "in the order of use"
like "$text" '架空です' "and says that it is fictitious"
t token issue p2 --at 2026-11-02T10:00 >/dev/null
is "$(t tomorrow 2026-12-03 --json >"$work/j.json"; seat night)" "p2/true/false/p3/1,2/h2" "an address alone is not a fetch"
sqlite3 "$db" "UPDATE tokens SET fetched='2026-11-03T09:00+09:00', fetched_publication=1 WHERE subject='p2'"
is "$(t tomorrow 2026-12-03 --json >"$work/j.json"; seat night)" "p2/true/true/p3/1,2/h2" "fetched"
like "$(t tomorrow 2026-12-03 --lang ja)" '花子 .*取得済み' "and the page says so"
days 2026-11-05T09:00 "p2 p3 h1" "p1 p3 h2" "p3 p1 h1"
is "$(t tomorrow 2026-12-02 --json >"$work/j.json"; seat night)" "p2/true/false/p3/1,2/h1" "a night that came later than the last fetch: to be telephoned"
t tomorrow 2026-12-25 --json >"$work/j.json"; is "$?/$(json "$work/j.json" j.seats.length)" 0/0 "a day without duties"
t tomorrow gestern 2>"$work/err" >/dev/null; is "$?" 2 "a word that is no date"
like "$(cat "$work/err")" 'gestern' "is named"

sent() { t sent --json >"$work/s.json"; json "$work/s.json" 'j.recipients.map(r=>[r.recipient,r.changes,r.address,r.sent?1:0,r.confirmed?1:0].join("/")).join(" ")'; }
is "$(sent)" "members:p1/2/ichiro@member.example/0/0 members:p2/3//0/0 members:p3/1//0/0" "each member concerned is told of his own changes, to his own address"
own=$(t sent --text members:p1 | tr '\n' ' ')
like "$own" '髙橋 一郎　先生 .* 当番の変更について（通知） .*担当から外れた当番 .* 令和8年12月2日\(水\)  急病センター  準夜 19:30～翌1:00 .*新しくお願いする当番 .* 令和8年12月3日\(木\)  急病センター  準夜 19:30～翌1:00 .*第2版' "what he lost, what he gained"
like "$own" '受領のご確認' "and a line to confirm it"
echo "$own" | grep -qE '花子|鈴木'
is "$?" 1 "nobody else is named"
t sent --texts "$work/texts" --at 2026-11-05T10:00 --json >"$work/s.json"
is "$(json "$work/s.json" j.texts)/$(cd "$work/texts" && echo *)" "3/mail-members-p1.txt mail-members-p2.txt mail-members-p3.txt" "a file for each, by way"
like "$(head -n 1 "$work/texts/mail-members-p1.txt")" '^送り先 ichiro@member.example$' "the address on top"
t sent --recipient members:p1 --at 2026-11-05T10:30 >/dev/null
ok $? "sent to one"
t sent --recipient members:p1 --confirmed --note 本人 --at 2026-11-05T11:00 >/dev/null
is "$(sent)" "members:p1/2/ichiro@member.example/1/1 members:p2/3//0/0 members:p3/1//0/0" "and confirmed by him alone"
rm -rf "$work/texts"
t sent --texts "$work/texts" >/dev/null
is "$(cd "$work/texts" && echo *)" "mail-members-p2.txt mail-members-p3.txt" "the others are still to be sent"
t sent --recipient members 2>/dev/null >/dev/null; is "$?" 2 "whom of the members?"
t sent --recipient members:nobody 2>/dev/null >/dev/null; is "$?" 2 "nobody of that name"
days 2026-12-02T09:00 "p2 p3 h1" "p3 p1 h2" "p1 p3 h1"
is "$(sent | tr ' ' '\n' | cut -d / -f 1 | sort | tr '\n' ' ')" "late:p1 late:p3 " "a change of tomorrow and the day after goes by the way for late ones"

# How long a cancelled duty stays is the region's to say.
t export all --out "$work/e" --at 2026-12-30T10:00 >/dev/null
cancelled() { grep -c 'STATUS:CANCELLED' "$work/e/ics/p-p1.ics"; }
is "$(cancelled)" 3 "four weeks after: the seats he lost are told as cancelled"
sed -i 's/"id":"small",/"id":"small","cancelled_days":7,/' "$work/region/region.json"
t import "$work/region" --replace --yes >/dev/null && t publish --facts --at 2026-12-30T09:00 >/dev/null && t export all --out "$work/e" --at 2026-12-30T10:00 >/dev/null
is "$(cancelled)" 0 "with cancelled_days 7 no longer"
done_testing
