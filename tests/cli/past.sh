#!/usr/bin/env bash
# What lies before now stays: served nights are neither withdrawn nor planned anew nor swapped; books, attendance and calendars of the
# past are the same byte for byte. Duties of the past are entered only with the word that says so, and why.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
small_init
roster 2026-11-02T09:00 p1 p2 p3 p1 p2 p3 2>/dev/null
ok $? "six nights from the 2nd"
"$TOBAN" attend night:2026-12-02:eve --patients 11 --db "$db" --at 2026-12-03T09:00 >/dev/null; ok $? "the first was served, and recorded"
past() { # the seats, books and records of what has begun by the 4th, 20:00
    sqlite3 "$db" "SELECT duty, date, band, role, seat, provider, max(publication), changed, sequence FROM publication_seats WHERE date <= '2026-12-04' GROUP BY duty, date, band, role, seat"
    sqlite3 "$db" "SELECT date, sum(done), sum(accrued) FROM ledger_slots WHERE date <= '2026-12-04' GROUP BY date" 2>/dev/null
    sqlite3 "$db" "SELECT * FROM attendance"
    t attend 2026-12 --report counts --csv --at 2026-12-04T20:00 | grep -v '2026-12-0[567]'
    t duties 2026-12-02..2026-12-04 --json | grep -v hash
    "$TOBAN" export all --out "$work/site" --db "$db" --at 2026-12-04T20:00 >/dev/null 2>&1
    cat "$work"/site/ics/*.ics | tr -d '\r' | awk '/BEGIN:VEVENT/{e=""} {e=e $0 "\n"} /END:VEVENT/{if (e ~ /DTSTART[^\n]*2026120[234]T/) printf "%s", e}'
}
seats() { t duties 2026-12-02..2026-12-07 --json >"$work/o"; json "$work/o" 'j.duties.map(d=>d.date.slice(8)+(d.provider||"-")).join()'; }
past >"$work/past"
is "$(grep -c 'BEGIN:VEVENT' "$work/past")" "$(($(grep -c 'BEGIN:VEVENT' "$work/past")))" "the past has its events"
as_before() { sed '/"publication"/d;/published_at/d' "$work/past" >"$work/p1"; past | sed '/"publication"/d;/published_at/d' | cmp -s - "$work/p1"; ok $? "$1: the past is as it was, byte for byte"; }

# ---- withdrawn on the third evening: only what is to come
t withdraw 2026-12-02..2026-12-07 --duty night --reason 閉鎖 --at 2026-12-04T20:00 --json >"$work/w"
is "$?/$(json "$work/w" j.served)" "0/3" "withdrawn while the third night runs: three seats have begun and stay"
is "$(seats)" "02p1,03p2,04p3" "they are still published; the others are gone"
as_before "withdrawn"
t withdraw 2026-12-02..2026-12-07 --duty night --reason 閉鎖 --at 2026-12-04T20:00 2>/dev/null; is "$?" 6 "nothing is left to withdraw"
t withdraw 2026-12-02..2026-12-03 --duty night --reason 閉鎖 --at 2026-12-04T20:00 --lang en 2>"$work/err"; is "$?" 6 "served nights alone"
like "$(cat "$work/err")" 'duties that were served are not withdrawn' "it says why"
t withdraw 2026-12-02..2026-12-07 --duty night --reason x --at 2026-12-04T20:00 --lang en 2>/dev/null

# ---- planned anew: what has begun is not planned
draft 2026-12-04T20:00 p3 p1 p2 p2 p1 p3 2>/dev/null; ok $? "all six are planned anew that evening"
is "$(sqlite3 "$db" "SELECT group_concat(substr(date, 9)) FROM draft_seats WHERE draft = (SELECT max(id) FROM drafts)")" "05,06,07" "only what is to come is planned"
t publish --at 2026-12-04T20:10 >/dev/null; ok $? "and published"
is "$(seats)" "02p1,03p2,04p3,05p2,06p1,07p3" "the past has its people, the rest the new ones"
as_before "planned anew"

# ---- a draft made before, published after
draft 2026-12-04T20:20 p1 p1 p1 p3 p2 p1 2>/dev/null
t publish --at 2026-12-06T09:00 --lang en 2>"$work/err"; is "$?" 6 "a draft of before that changes a night served since"
like "$(cat "$work/err")" 'changes a seat that was served .*2026-12-05' "is refused, naming it"
t publish --at 2026-12-06T09:00 --running x --past y 2>/dev/null; is "$?" 6 "whatever is said"
t plan 2026-12-02..2026-12-04 --duty night --replan --at 2026-12-06T09:00 2>/dev/null; is "$?" 6 "a period that is over is not planned"
t swap ask --seat night:2026-12-05:eve --with night:2026-12-06:eve --at 2026-12-05T20:00 2>/dev/null; is "$?" 6 "a night that runs is not swapped"

# ---- the seat that runs at this minute
t plan 2026-12-06..2026-12-07 --duty night --replan --at 2026-12-06T19:00 >/dev/null 2>&1
sits=$(sqlite3 "$db" "SELECT provider FROM publication_seats WHERE date = '2026-12-06' ORDER BY publication DESC LIMIT 1")
other=$([ "$sits" = p2 ] && echo p3 || echo p2)
t assign --draft "$(sqlite3 "$db" 'SELECT max(id) FROM drafts')" --seat night:2026-12-06:eve --provider "$other" --instead-of "$(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE date = '2026-12-06' ORDER BY draft DESC LIMIT 1")" --at 2026-12-06T21:00 >/dev/null 2>&1
id=$(sqlite3 "$db" 'SELECT max(id) FROM drafts')
t publish --draft "$id" --at 2026-12-06T21:05 --lang en 2>"$work/err"; is "$?" 6 "a seat that runs does not change hands by itself"
like "$(cat "$work/err")" '--running' "the word is told"
t publish --draft "$id" --running 急病 --at 2026-12-06T21:05 >/dev/null; ok $? "with the word and the reason it does"
t now --at 2026-12-06T21:10 --json >"$work/o"
is "$(json "$work/o" 'j.on_duty.map(d=>d.provider).join()')" "$other" "and now names who sits there"
like "$(t audit --what publish --last 1)" 'running: 急病' "the trail has the reason"

# ---- duties of the past are entered with the word
rm -f "$db" "$work/region/pins.csv"
small_init
t plan 2026-11-05..2026-11-07 --duty night --at 2026-12-10T09:00 --lang en 2>"$work/err"; is "$?" 6 "a past period is not planned unasked"
like "$(cat "$work/err")" '--past' "the word is told"
t plan 2026-11-05..2026-11-07 --duty night --past 11月分の入力 --at 2026-12-10T09:00 >/dev/null; ok $? "with the word it is"
like "$(t audit --what plan)" '1 past: 11月分の入力' "and the trail says why"
like "$(t circulate --lang ja)" '過ぎた日の案（11月分の入力）' "the draft is marked"
t plan 2026-12-20..2026-12-21 --duty night --at 2026-12-10T09:00 >/dev/null
t publish --at 2026-12-10T10:00 --json >"$work/o"
is "$?/$(json "$work/o" 'j.drafts.map(d=>d.draft).join()+" "+j.left.map(d=>d.draft+d.why).join()')" "0/2 1past" "it is not published along"
t publish --draft 1 --at 2026-12-10T10:00 2>/dev/null; is "$?" 6 "nor by its number alone"
t publish --draft 1 --past 11月分の入力 --at 2026-12-10T10:00 >/dev/null; ok $? "with the word it is"
is "$(t duties 2026-11 --json | grep -o '"provider"' | wc -l)" 3 "the three nights are published"
t plan 2026-11-05..2026-11-07 --duty night --replan --past x --at 2026-12-10T11:00 2>/dev/null; is "$?" 1 "and now they are served: not planned anew even with it"
done_testing
