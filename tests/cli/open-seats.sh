#!/usr/bin/env bash
# A published seat that nobody takes (調整中) stands in every list and form, with whom to call: lists are made from seats.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
sed -i 's/"name": "架空町医師会", /"name": "架空町医師会", "phone": "076-000-7777", /; s/"count": 1}\]/"count": 1}, {"duty": "night", "band": "eve", "role": "reserve", "rank": 0, "when": "all", "count": 1}]/' "$work/region/region.json"
small_init
t plan 2026-12-02..2026-12-04 --duty night --at 2026-11-02T09:00 >/dev/null 2>&1
ok $? "three nights with a reserve are planned"
t unassign --seat night:2026-12-03:eve --at 2026-11-02T09:10 >/dev/null
reserve=$(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE date = '2026-12-03' AND role = 'reserve'")
t publish --at 2026-11-02T10:00 >/dev/null
ok $? "published with a hole"

t tomorrow --at 2026-12-02T09:00 --json >"$work/o"
is "$(json "$work/o" 'j.seats.map(s=>[s.open,s.call_phone,s.provider,s.reserves.map(r=>r.provider)].join("/")).join()')" "true/076-000-7777//$reserve" "tomorrow: the duty, whom to call, and its reserve"
like "$(t tomorrow --at 2026-12-02T09:00 --lang ja)" '★調整中 連絡先 架空町医師会 076-000-7777' "in Japanese"
t duties 2026-12 --json >"$work/o"
is "$(json "$work/o" 'j.duties.length+" "+j.duties.filter(d=>d.open).map(d=>[d.date,d.role,d.seat,d.call_name].join("/")).join()')" "6 2026-12-03/primary/1/架空町医師会" "duties: six seats, one open"
like "$(t duties 2026-12 --lang ja)" '12月3日.*当番 +調整中 連絡先 架空町医師会 076-000-7777' "and so it says"
t now --at 2026-12-03T20:00 --json >"$work/o"
is "$(json "$work/o" 'j.on_duty.map(d=>[d.role,d.open?"open "+d.call_phone:d.provider].join("/")).join()')" "primary/open 076-000-7777,reserve/$reserve" "now"
like "$(t now --at 2026-12-03T20:00 --lang ja)" '急病センター .*調整中' "in words"
t export all --out "$work/site" --at 2026-11-02T11:00 >/dev/null 2>&1; ok $? "everything is exported"
is "$(json "$work/site/roster.json" 'j.open.map(s=>[s.date,s.phone].join("/")).join()')" 2026-12-03/076-000-7777 "roster.json: the open seat and whom to call"
like "$(cat "$work/site/roster.csv")" '^night,2026-12-03,eve,primary,1,,.*,調整中,' "roster.csv has its line"
like "$(cat "$work/site/roster.html")" '調整中' "the sheet shows it"
like "$(cat "$work/site/roster.html")" '連絡先 架空町医師会 076-000-7777' "with whom to call"
for f in "$work"/site/ics/*night*.ics "$work"/site/ics/region*.ics; do
    like "$(tr -d '\r' <"$f" | sed ':a;N;$!ba;s/\n //g')" 'SUMMARY:当番 急病センター（準夜） 調整中' "calendar $(basename "$f")"
done
is "$(grep -l 調整中 "$work"/site/ics/*p[123]*.ics 2>/dev/null | wc -l)" 0 "nobody's own calendar has it"
t diff 1 --json >"$work/o"
is "$(json "$work/o" 'j.open.map(s=>[s.date,s.role,s.call_phone].join("/")).join()')" 2026-12-03/primary/076-000-7777 "diff names the hole"
like "$(t diff 1 --notice)" '【調整中】' "and the notice"

event() { tr -d '\r' <"$(find "$1/ics" -name '*night*.ics' | head -n 1)" | sed ':a;N;$!ba;s/\n //g' | awk '/BEGIN:VEVENT/{e=""} {e=e $0 "\n"} /END:VEVENT/{if (e ~ /DTSTART[^\n]*20261203/ && e ~ /SUMMARY:当番/) printf "%s", e}'; }
before=$(event "$work/site")
t assign --seat night:2026-12-03:eve --draft 1 --provider "$(sqlite3 "$db" "SELECT provider FROM members WHERE provider <> '$reserve' LIMIT 1")" --at 2026-11-03T09:00 >/dev/null 2>&1 &&
    t publish --at 2026-11-03T10:00 >/dev/null
ok $? "the hole is filled"
t export all --out "$work/later" --at 2026-11-03T11:00 >/dev/null 2>&1
after=$(event "$work/later")
is "$(grep ^UID <<<"$after")" "$(grep ^UID <<<"$before")" "the same event"
is "$(grep ^SEQUENCE <<<"$before")/$(grep ^SEQUENCE <<<"$after")" SEQUENCE:0/SEQUENCE:1 "counts on when somebody comes"
is "$(t duties 2026-12 --json | grep -c call_phone)" 0 "and nothing is open any more"

# One night is withdrawn on its day, the other seats of which have not begun: it is gone, not open.
t withdraw 2026-12-04..2026-12-04 --duty night --reason 停電 --at 2026-12-04T09:00 >/dev/null
t duties 2026-12-04..2026-12-04 --json >"$work/o"
is "$(json "$work/o" j.duties.length)" 0 "what is withdrawn is not being arranged"
done_testing
