#!/usr/bin/env bash
# A draft goes round, is approved, published, and sent to those who must have it; by the kind of change and how late it is.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
cat >"$work/region/recipients.csv" <<'EOF'
id,name,kind,way,address,duties,days_from,days_to
health,架空町健康課,municipality,mail,kenko@town.example,,2,400
duty-desk,架空町宿直,municipality,fax,076-000-0010,,0,1
fire,消防指令センター（架空）,fire,fax,076-000-0009,night,0,400
EOF
small_init
draft 2026-11-02T09:00 p1 p2 p3
state() { t circulate --json >"$work/s.json"; json "$work/s.json" 'j.drafts.map(d=>d.state).join()'; }
is "$(state)" draft "a draft"
t circulate 1 2>/dev/null; is "$?" 2 "going round wants a last day"
t circulate 1 --until 2026-11-01 --at 2026-11-02T10:00 2>/dev/null; is "$?" 2 "which has not passed"
t circulate 1 --until 2026-11-10 --at 2026-11-02T10:00 >/dev/null; ok $? "it goes round"
is "$(state)" circulating "and is circulating"
t publish --at 2026-11-03T09:00 2>"$work/err"; is "$?" 6 "it cannot be published meanwhile"
like "$(cat "$work/err")" '(approved|承認済)' "the message says what can be done"
t approve 1 --at 2026-11-10T23:00 2>/dev/null; is "$?" 6 "nor be approved before the last day has passed"
t circulate 1 --until 2026-11-12 --at 2026-11-05T10:00 >/dev/null; ok $? "the day may be moved"
t approve 1 --at 2026-11-06T10:00 --note 全員同意 >/dev/null; ok $? "a reason opens the way before it"
is "$(state)" approved "approved"
t approve 1 2>/dev/null; is "$?" 6 "approved is approved"
t publish --at 2026-11-06T11:00 >/dev/null; ok $? "published"
is "$(state)" published "and so it says"
t circulate 1 --until 2027-01-01 2>/dev/null; is "$?" 6 "what is published goes round no more"
t circulate 9 --until 2027-01-01 2>/dev/null; is "$?" 1 "a draft that is not there"
draft 2026-11-07T09:00 p3 p2 p1
draft 2026-11-07T10:00 p2 p1 p3
is "$(state)" "published,superseded,draft" "a later draft of the same days takes the place of an earlier one"
t circulate 2 --until 2027-01-01 2>/dev/null; is "$?" 6 "which goes round no more"
t audit --json >"$work/a.json"
is "$(json "$work/a.json" 'j.lines.filter(l=>/circulate|approve/.test(l.what)).map(l=>l.what+" "+l.detail).join("; ")')" "circulate 1 until 2026-11-10; circulate 1 until 2026-11-12; approve 1: 全員同意" "each step is in the audit trail"

sent() { t sent "$@" --json >"$work/s.json"; json "$work/s.json" 'j.recipients.map(r=>[r.recipient,r.changes,r.sent?1:0,r.confirmed?1:0].join("/")).join()'; }
is "$(sent)" "fire/3/0/0,health/3/0/0" "a publication a month ahead: the fire desk and the health section"
is "$(sent --todo)" "fire/3/0/0,health/3/0/0" "both are still to be sent"
like "$(t sent --text fire | tr '\n' ' ')" '消防指令センター（架空）　御中 .*当番表の送付について .*受領のご確認.*12月2日\(水\) +髙橋 一郎' "the text is ready"
t sent 1 --recipient fire --at 2026-11-06T12:00 >/dev/null; ok $? "sent"
is "$(sent 1 --todo)" "health/3/0/0" "one is left"
t sent 1 --recipient fire --confirmed --note 指令第一係 --at 2026-11-06T12:30 >/dev/null; ok $? "confirmed"
is "$(sent 1)" "fire/3/1/1,health/3/0/0" "by one of two"
is "$(json "$work/s.json" 'j.recipients[0].way+" "+j.recipients[0].confirmed_by')" "fax 指令第一係" "how, and who confirmed"
t sent 1 --recipient health --way mail --at 2026-11-06T13:00 >/dev/null
t sent 1 --recipient health --remove --at 2026-11-06T13:05 2>/dev/null; is "$?/$(sent 1 --todo)" "2/" "what was entered by mistake is taken back with a reason"
t sent 1 --recipient health --remove --note 別の版と間違えた --at 2026-11-06T13:05 >/dev/null
is "$?/$(sent 1 --todo)" "0/health/3/0/0" "and is to be sent again"
t sent 1 --recipient health --remove --note x --lang en 2>"$work/err"; is "$?" 6 "once"
like "$(cat "$work/err")" 'no sending to "health" is entered' "it says why"
like "$(t audit --last 1)" 'sent +1 health none: 別の版と間違えた' "the trail has both entries"
t sent 1 --recipient nobody 2>/dev/null >/dev/null; is "$?" 2 "an unknown recipient"
t sent 1 --recipient fire --way pigeon 2>/dev/null >/dev/null; is "$?" 2 "an unknown way"
t sent 1 --confirmed 2>/dev/null >/dev/null; is "$?" 2 "whose confirmation?"
roster 2026-12-02T09:00 p2 p1 p3
is "$(sent)" "duty-desk/2/0/0,fire/2/0/0" "a change on the day and the day before goes to the desk that is awake"
is "$(t sent --text health 2>/dev/null; echo $?)" 1 "and not to the health section"
is "$(sent 1)" "fire/3/1/1,health/3/0/0" "what was sent of the first publication stays as it was"
ended() { t circulate --json >"$work/s.json"; json "$work/s.json" 'j.drafts.filter(d=>d.publication).map(d=>[d.draft,d.state,d.ended||0].join("/")).join()'; }
is "$(ended)" "1/old/2,4/published/0" "a later roster of the same days: the first is an old edition (旧版) since publication 2"
like "$(t circulate --lang ja)" '旧版 +第1版  第2版まで' "and so it says"
t circulate 1 --until 2027-01-01 2>"$work/err"; is "$?" 6 "an old edition goes nowhere"
like "$(cat "$work/err")" '(it may become: nothing|次にできるのは: なし)' "from there no move is left"
t circulate 4 --until 2027-01-01 2>"$work/err"; is "$?" 6 "what is published does not go round"
like "$(cat "$work/err")" '(an old edition, withdrawn|旧版、取消)' "it can become old or withdrawn only"
t withdraw 2026-12-02..2026-12-02 --duty night --reason 停電 --at 2026-12-02T10:00 >/dev/null
is "$(ended)" "1/old/2,4/published/0" "one night of three withdrawn: the rest is still in force"
t withdraw 2026-12-03..2026-12-04 --duty night --reason 停電 --at 2026-12-02T10:00 >/dev/null
is "$(ended)" "1/old/2,4/withdrawn/4" "with the last night it is withdrawn (取消)"
roster 2026-12-02T11:00 p1 p3 p2
is "$(ended)" "1/old/2,4/withdrawn/4,5/published/0" "and stays so when another takes its days"
sqlite3 "$db" "UPDATE deliveries SET note = 'x'" 2>/dev/null; is "$?" 19 "nobody changes what was entered"
sqlite3 "$db" "DELETE FROM draft_moves" 2>/dev/null; is "$?" 19 "nor takes a step back out"
done_testing
