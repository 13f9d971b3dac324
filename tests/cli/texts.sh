#!/usr/bin/env bash
# Letters as an office sends them: covering letter, notice of changes, a member's own; head, number, way and address. The golden texts are tests/data/letters.
# TB_WRITE_LETTERS=1 writes them anew: then read them, as he who is sent them does.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
cat >"$work/region/recipients.csv" <<'EOF'
id,name,kind,way,address,duties,days_from,days_to,each
health,架空町健康課,municipality,mail,kenko@town.example,,2,400,
watch,架空町宿直,municipality,fax,076-000-0010,,0,1,
fire,消防指令センター（架空）,fire,fax,076-000-0009,night,0,400,
paper,架空新聞,press,post,〒920-0000 架空町1-1,,0,400,
town,架空町役場受付,municipality,hand,窓口へ,,0,400,
members,会員,member,mail,,,0,400,yes
EOF
python3 - "$work/region/region.json" <<'P'
import json, sys
j = json.load(open(sys.argv[1]))
j["bodies"][0].update(signs="会長　架空 一郎", office="事務局 当番係（架空）", phone="076-000-0101", fax="076-000-0102", mail="toban@assoc.example", address="〒920-0000 架空町1-2-3", document="架医発第{n}号")
p = j["providers"]
p[0].update(staff_mail="ichiro@member.example", way="mail")
p[1].update(staff_mail="076-000-0502")
p[2].update(name="Ｃ大学 小児科医局", names_days=10, staff_mail="架空町9-9", way="post")
json.dump(j, open(sys.argv[1], "w"), ensure_ascii=False)
P
small_init
files() { (cd "$1" && echo *); }
# The short hash of a publication moves with every field that publications come to hold.
edition() { sed -E 's/第([0-9]+)版（[0-9a-f]{8}）/第\1版（hash）/g'; }
golden() { # golden DIR NAME: the file is what stands in tests/data/letters
    local got=$work/$1/$2 want=tests/data/letters/$1-$2
    [ -n "${TB_WRITE_LETTERS:-}" ] && cp "$got" "$want"
    is "$(diff <(edition <"$want") <(edition <"$got") 2>&1 | head -n 20)" "" "$1/$2 is the golden one"
}

roster 2026-11-02T09:00 p1 p2 p3
t sent 1 --texts "$work/first" --at 2026-11-04T10:00 >/dev/null; ok $? "the letters of a first issue"
is "$(files "$work/first")" "fax-fire.html fax-fire.txt fax-members-p2.html fax-members-p2.txt hand-town.html hand-town.txt mail-health.txt mail-members-p1.txt post-members-p3.html post-members-p3.txt post-paper.html post-paper.txt" "each by its own way, on paper as pages too; who is not concerned gets nothing"
for f in fax-fire.txt mail-health.txt mail-members-p1.txt post-paper.txt fax-fire.html; do golden first $f; done
like "$(cat "$work/first/fax-fire.txt")" '当番表の送付について' "a covering letter"
is "$(cat "$work"/first/* | grep -c '変更\|（なし）')" 0 "that knows of no change"
like "$(cat "$work/first/fax-fire.txt")" '12月3日\(木\) +𠮷田, 花子' "with the roster itself"
like "$(cat "$work/first/fax-fire.txt")" '架医発第1号$' "a number"
like "$(cat "$work/first/fax-fire.txt")" '令和8年11月4日$' "the day it was issued"
like "$(cat "$work/first/fax-fire.txt")" '会長　架空 一郎$' "who signs"
like "$(cat "$work/first/fax-fire.txt")" '電話 076-000-0101　FAX 076-000-0102　メール toban@assoc.example' "whom to ask"
like "$(cat "$work/first/fax-fire.txt")" 'FAX 076-000-0102 へご返送' "and where the receipt goes"
like "$(sed -n 2p "$work/first/mail-health.txt")" '^件名 【架空町医師会】当番表の送付について' "a mail has a subject"
like "$(cat "$work/first/fax-fire.txt")" '^消防指令センター（架空）　御中$' "御中 for a body"
like "$(cat "$work/first/mail-members-p1.txt")" '^髙橋 一郎　先生$' "先生 for a doctor"
like "$(cat "$work/first/post-members-p3.txt")" '^Ｃ大学 小児科医局　御中$' "御中 for a department"
is "$(cat "$work"/first/mail-members-p1.txt "$work"/first/*p3.txt | grep -c 𠮷田)" 0 "a member's own letter names nobody else"
is "$(grep -lE '髙橋|𠮷田|Ｃ大学' "$work"/first/post-paper.*)" "" "nor does the press's name a person"
is "$(cat "$work"/first/fax-*.html | grep -c '<section')/$(grep -o '[0-9]/[0-9]' "$work/first/fax-fire.html" | tr '\n' ' ')" "3/1/2 2/2 " "pages say their number"
t sent 1 --text fire --at 2026-12-01T10:00 >"$work/again"
is "$(sed 1,2d "$work/first/fax-fire.txt" | diff - "$work/again")" "" "asked again it is the same letter, with its number and its date"

# A change, and two more nights.
draft 2026-11-07T09:00 p2 p1 p3 p3 p1; t publish --at 2026-11-07T10:00 >/dev/null
t sent 2 --texts "$work/second" --at 2026-11-09T10:00 >/dev/null
for f in fax-fire.txt mail-members-p1.txt fax-fire.html; do golden second $f; done
like "$(cat "$work/second/fax-fire.txt")" '当番表の変更について（通知）' "a notice of changes"
is "$(sed '/別紙1　/,$d' "$work/second/fax-fire.txt" | grep -c '準夜')" 2 "lists the two seats that changed hands"
like "$(cat "$work/second/fax-fire.txt")" '新たに公表した期間' "names the days announced for the first time"
like "$(cat "$work/second/fax-fire.txt")" '架医発第2号' "the next number"
like "$(cat "$work/second/post-paper.txt")" '当番表の送付について' "who sees no change in the seats gets the new sheet alone"
like "$(tr '\n' ' ' <"$work/second/fax-members-p2.txt")" '担当から外れた当番 .*12月3日.*新しくお願いする当番 .*12月2日' "a member reads what he lost and what he got"
like "$(t diff 1 2 --notice | tr '\n' ' ')" '【変更前】.*【変更後】.*【新たに公表した期間】   急病センター 令和8年12月5日\(土\)～令和8年12月6日\(日\) 2席' "diff --notice does not list them either"
is "$(cat "$work"/first/mail-*.txt "$work"/second/mail-*.txt | python3 -c '
import sys, unicodedata
print(max(sum(2 if unicodedata.east_asian_width(c) in "WFA" and c not in "—" else 1 for c in l.rstrip("\n")) for l in sys.stdin) <= 78)')" True "no line of a mail is too wide"

# Numbers: given by hand, by fiscal year, once.
t sent 2 --number 57 --at 2026-11-10T10:00 >/dev/null; is "$?" 0 "a number may be given"
like "$(t sent 2 --text fire)" '架医発第57号' "and stands on the letter"
t sent 1 --number 57 --lang en 2>"$work/err" >/dev/null; is "$?" 6 "once"
like "$(cat "$work/err")" 'number 57 of 架空町医師会 stands on the letter of publication 2; the next one is 58' "it says where"
t sent 1 --number 0 2>/dev/null >/dev/null; is "$?" 2 "nought is none"
t sent 2 --body assoc 2>/dev/null >/dev/null; is "$?" 2 "--body goes with --number"
t sent 2 --number 58 --body nobody 2>/dev/null >/dev/null; is "$?" 2 "an unknown body"
t sent 2 --json >"$work/s.json"
is "$(json "$work/s.json" 'j.documents.map(d=>d.body+d.number+d.text).join()')" "assoc2架医発第2号,assoc57架医発第57号" "what was given stays in the list"
is "$(json "$work/s.json" 'j.recipients.map(r=>r.recipient+"/"+r.by).join()')" "fire/fax,health/mail,members:p1/mail,members:p2/fax,members:p3/post,paper/post,town/hand" "by which way each is told"
t plan 2027-05-01..2027-05-06 --duty night --at 2027-04-01T09:00 >/dev/null
t publish --at 2027-04-01T09:00 --note 五月 >/dev/null
t sent 3 --texts "$work/third" --at 2027-04-02T10:00 >/dev/null
like "$(cat "$work/third/fax-fire.txt")" '架医発第1号' "a fiscal year begins with 1"
like "$(t audit --last 1)" 'document +3 assoc 架医発第1号' "the trail has it"
t sent 3 --recipient members:p2 --at 2027-04-02T11:00 >/dev/null; t sent 3 --json >"$work/s.json"
is "$(json "$work/s.json" 'j.recipients.filter(r=>r.recipient==="members:p2")[0].way')" fax "sent by his own way"

# No address of its way.
refused() { # refused TABLE CELL... WORDS
    local words=${*: -1}
    t rows "${@:1:$#-1}" --add --lang en >/dev/null 2>"$work/err"
    is "$?" 3 "refused: ${*:1:$#-1}"
    like "$(cat "$work/err")" "$words" "and says why"
}
refused providers id=p1 staff_mail=076-000-0001 'staff_mail "076-000-0001": no mail address; write name@domain'
refused providers id=p2 staff_mail=なし 'staff_mail "なし": no fax number'
refused providers id=p3 staff_mail=c@univ.example 'staff_mail "c@univ.example": no postal address'
refused recipients id=fire address=kenko@town.example 'address "kenko@town.example": no fax number; write it with the area'
refused recipients id=fire address=0009 'wrong count of digits'
refused recipients id=health address=kenko@town 'no mail address'
refused recipients id=health way=fax 'no fax number'
refused bodies id=assoc fax=x 'fax "x": is not read as a telephone number'
refused bodies id=assoc document=架医発第号 'the pattern has {n} once'
refused bodies id=assoc 'document={n}-{n}' 'the pattern has {n} once'
t rows recipients id=town address=だれでも --add >/dev/null; is "$?" 0 "by hand anything"
printf 'id,address\nfire,だめ\n' >"$work/r.csv"
t import --entity recipients "$work/r.csv" --lang en >/dev/null 2>"$work/err"; is "$?" 3 "and so is a file's"
like "$(cat "$work/err")" 'r.csv:2: recipients.address "だめ": no fax number' "with file and line"

# Words for those who are no doctors; a body without anything but its name.
t rows kinds id=doctor honorific=sama --add >/dev/null
like "$(t sent 3 --text members:p2)" '^𠮷田, 花子　様$' "様 where the kind says so"
t rows recipients id=fire honorific=kakui --add >/dev/null
like "$(t sent 3 --text fire)" '^消防指令センター（架空）　各位$' "各位 where the recipient says so"
done_testing
