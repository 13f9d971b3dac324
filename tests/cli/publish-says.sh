#!/usr/bin/env bash
# publish says what it publishes, before (--dry-run) and after; it refuses where it is not clear which drafts are meant; where a body
# approves, only what it approved is taken, and by another hand where it wants one. A plan takes no approved draft's place unasked, and
# what fails or is broken off leaves the drafts as they were.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
small_init
t publish --at 2026-11-02T09:00 2>/dev/null; is "$?" 1 "nothing to publish"
printf 'duty,date,band,role,provider,action\nnight,2026-12-02,eve,primary,p1,pin\nnight,2026-12-04,eve,primary,p3,pin\n' >"$work/region/pins.csv"
t import "$work/region" --replace --yes --at 2026-11-02T08:00 >/dev/null && t plan 2026-12-02..2026-12-04 --duty night --at 2026-11-02T09:00 >/dev/null
t unassign --seat night:2026-12-03:eve --at 2026-11-02T09:10 >/dev/null
cp "$db" "$work/before.db"
t publish --dry-run --at 2026-11-02T10:00 --json >"$work/dry"
ok $? "a trial"
cmp -s "$db" "$work/before.db"; ok $? "that changes nothing"
t publish --at 2026-11-02T10:00 --json >"$work/o"
ok $? "published"
is "$(json "$work/o" '[j.publication,j.drafts.map(d=>[d.draft,d.state,d.duties,d.from,d.to,d.days,d.seats,d.changed,d.open,d.breaches].join("/")).join()].join(" ")')" "1 1/draft/night/2026-12-02/2026-12-04/3/3/2/1/0" "the draft, its state, duties, days, seats, what changes, what is open"
is "$(json "$work/o" 'j.open_seats.map(s=>s.date).join()+" "+j.concerned.map(c=>[c.provider,c.lost,c.gained].join("/")).join()')" "2026-12-03 p1/0/1,p3/0/1" "each open seat, and who is concerned"
is "$(json "$work/dry" 'JSON.stringify([j.drafts,j.open_seats,j.concerned])')" "$(json "$work/o" 'JSON.stringify([j.drafts,j.open_seats,j.concerned])')" "the trial said the same"
draft 2026-11-03T09:00 p2 p3 p1
like "$(t publish --dry-run --at 2026-11-03T10:00 --lang ja)" '案 2（案）  急病センター' "in words: the draft"
t publish --at 2026-11-03T10:00 --json >"$work/o"
is "$(json "$work/o" 'j.drafts.map(d=>[d.draft,d.changed,d.open].join("/")).join()+" "+j.concerned.map(c=>[c.provider,c.lost,c.gained].join("/")).join()')" "2/3/0 p1/1/1,p2/0/1,p3/1/1" "who loses and who gains, day by day"

# ---- which drafts are meant
t plan 2026-12-05..2026-12-08 --duty night --at 2026-11-04T09:00 >/dev/null
t plan 2026-12-07..2026-12-10 --duty night --at 2026-11-04T09:10 >/dev/null
cp "$db" "$work/before.db"
t publish --at 2026-11-04T10:00 --lang en 2>"$work/err"; is "$?" 6 "two drafts of the same days: refused"
like "$(cat "$work/err")" 'draft 3 \(night 2026-12-05\.\.2026-12-08, draft\), draft 4 .*toban publish --draft 4' "with the list and the command"
cmp -s "$db" "$work/before.db"; ok $? "nothing was published"
t publish --draft 3 --at 2026-11-04T10:00 >/dev/null; ok $? "named, it is published"
t plan 2026-12-11..2026-12-12 --duty night --at 2026-11-05T09:00 >/dev/null
t circulate 5 --until 2026-11-06 --at 2026-11-05T09:10 >/dev/null
t approve 5 --date 2026-11-07 --number 第8回 --word 理事会承認 --at 2026-11-07T10:00 >/dev/null; ok $? "approved, with the meeting's day and number"
t circulate --json >"$work/s"
is "$(json "$work/s" 'j.drafts.filter(d=>d.draft==5).map(d=>[d.state,d.approval,d.meeting,d.number].join()).join()')" "approved,理事会承認,2026-11-07,第8回" "and so it stays written"
like "$(t audit --what approve)" '5 理事会承認 2026-11-07 第8回' "in the trail too"
t plan 2026-12-11..2026-12-12 --duty night --at 2026-11-08T09:00 >/dev/null
state() { t circulate --json >"$work/s"; json "$work/s" 'j.drafts.filter(d=>d.from=="2026-12-11").map(d=>d.draft+d.state).join()'; }
is "$(state)" "5approved,6draft" "a stray plan takes no approved draft's place"
t publish --at 2026-11-08T10:00 2>"$work/err"; is "$?" 6 "and publish does not guess"
like "$(cat "$work/err")" 'toban publish --draft 5' "it says which is approved"
t plan 2026-12-11..2026-12-12 --duty night --supersede --at 2026-11-08T11:00 >/dev/null
is "$(state)" "5superseded,6superseded,7draft" "told to, a plan does take its place"

# ---- what fails or is broken off
drafts() { sqlite3 "$db" "SELECT * FROM drafts; SELECT * FROM draft_seats; SELECT * FROM draft_moves"; }
drafts >"$work/drafts"
same() { drafts | cmp -s - "$work/drafts"; ok $? "$1: the drafts are as they were"; }
t plan 2026-12-11..2026-12-12 --duty nothing --at 2026-11-08T12:00 2>/dev/null; is "$?" 2 "a plan that is refused"
same "refused"
t plan 2026-12-05..2026-12-08 --duty night --replan --keep 0 --without p1 --at 2026-11-08T12:00 >/dev/null 2>&1; is "$?" 1 "a plan with more changes than may be"
same "too many changes"
for n in 1 2 3 4 5 6; do
    "$TOBAN" plan 2026-12-13..2027-03-31 --duty night --db "$db" --at 2026-11-08T12:00 >/dev/null 2>&1 &
    pid=$!
    sleep "0.0$n"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    [ "$(sqlite3 "$db" 'PRAGMA integrity_check')" = ok ] || ok 1 "struck after $n"
done
sqlite3 "$db" "SELECT id FROM drafts WHERE id > 7 AND NOT EXISTS (SELECT 1 FROM draft_seats WHERE draft = drafts.id)" >"$work/half"
is "$(cat "$work/half")" "" "struck dead at any time: no half draft"
sqlite3 "$db" "SELECT * FROM drafts WHERE id <= 7; SELECT * FROM draft_seats WHERE draft <= 7; SELECT * FROM draft_moves" >"$work/now"
cmp -s "$work/now" "$work/drafts"; ok $? "and those of before as they were"

# ---- ^C: wherever it strikes, a plan is there whole or all drafts are as they were
big=$work/big.db
b() { "$TOBAN" "$@" --db "$big" --at 2026-01-21T10:00 --lang en; }
b init --region rosters/ishikawa-chuo >/dev/null 2>&1
b plan 2026-11 --duty night-paed >/dev/null
broken=0 kept=0
for s in 0.05 0.1 0.15 0.2 0.25 0.3 0.35 0.4; do
    sqlite3 "$big" "SELECT * FROM drafts; SELECT * FROM draft_seats; SELECT * FROM draft_moves" >"$work/b.before"
    timeout --preserve-status -s INT "$s" "$TOBAN" plan FY2026-H1 --db "$big" --at 2026-01-21T10:00 --lang en >/dev/null 2>"$work/err"
    code=$?
    sqlite3 "$big" "SELECT * FROM drafts; SELECT * FROM draft_seats; SELECT * FROM draft_moves" >"$work/b.after"
    if [ "$code" = 0 ] || [ "$code" = 1 ]; then
        kept=$((kept + 1)) # it was quicker
        continue
    fi
    broken=$((broken + 1))
    cmp -s "$work/b.before" "$work/b.after" || ok 1 "broken off after $s s: the drafts are as they were"
    [ ! -s "$work/err" ] || grep -Eq 'broken off; all drafts are as they were' "$work/err" || ok 1 "after $s s it says so: $(cat "$work/err")"
done
ok "$([ $broken -gt 0 ]; echo $?)" "^C at eight moments: $broken broken off, $kept there whole, no draft touched"
b plan FY2026-H1 --time 1 --duty clinic-internal --json >"$work/o" 2>/dev/null
code=$?
is "$code/$(json "$work/o" 'j.stopped_by')/$(sqlite3 "$big" "SELECT stopped_by FROM drafts ORDER BY id DESC LIMIT 1")" "$([ $code = 5 ] && echo 5/time/time || echo "$code/proof/proof")" "a plan that its time ends is kept, and says that it is not proven"

# ---- a body that approves, by another hand
sed -i 's/"kind": "medical-association"/"kind": "medical-association", "approves": "yes", "approval": "理事会承認", "other_hand": "yes"/' "$work/region/region.json"
rm -f "$db" "$work/region/pins.csv"
small_init
o() { t "$@" --by 事務; }
o plan 2026-12-02..2026-12-04 --duty night --at 2026-11-02T09:00 >/dev/null
o publish --at 2026-11-02T10:00 --lang en 2>"$work/err"; is "$?" 6 "not approved: not published"
like "$(cat "$work/err")" '理事会承認.*draft 1 is draft: toban approve 1 --date' "it says what is missing"
o publish --draft 1 --at 2026-11-02T10:00 2>/dev/null; is "$?" 6 "nor by its number"
o approve 1 --date 2026-11-02 --at 2026-11-02T11:00 --lang en 2>"$work/err"; is "$?" 6 "the planner does not approve"
like "$(cat "$work/err")" 'another hand; draft 1 was planned or changed by 事務' "and is told why"
t approve 1 --by 理事 --at 2026-11-02T11:00 2>/dev/null; is "$?" 2 "an approval has a date"
t approve 1 --by 理事 --date 2026-11-09 --at 2026-11-02T11:00 2>/dev/null; is "$?" 2 "that is not yet to come"
t approve 1 --by 理事 --date 2026-11-02 --number 第8回 --at 2026-11-02T11:00 >/dev/null; ok $? "another hand approves"
o plan 2026-12-02..2026-12-04 --duty night --at 2026-11-03T09:00 >/dev/null
o plan 2026-12-05..2026-12-06 --duty night --at 2026-11-03T09:00 >/dev/null
o publish --at 2026-11-03T10:00 --json >"$work/o"
is "$?/$(json "$work/o" 'j.drafts.map(d=>[d.draft,d.state,d.approval,d.meeting,d.number].join("/")).join()+" "+j.left.map(d=>d.draft+d.why).join()')" "0/1/approved/理事会承認/2026-11-02/第8回 2unapproved,3unapproved" "only the approved one is taken; those left are named"
o assign --draft 3 --seat night:2026-12-05:eve --provider p1 --instead-of "$(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE draft = 3 AND date = '2026-12-05'")" --at 2026-11-04T09:00 >/dev/null 2>&1
t approve 3 --by 事務 --date 2026-11-04 --at 2026-11-04T10:00 2>/dev/null; is "$?" 6 "who changed it does not approve it"
done_testing
