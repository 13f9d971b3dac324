#!/usr/bin/env bash
# Publications compared, asked in two times, withdrawn, and listed: by seat, by provider, by ledger, as text, JSON and a notice.
# shellcheck disable=SC2016
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
small_init
roster 2026-11-02T09:00 p1 p2 p3
ok $? "a first publication"
roster 2026-11-03T09:00 p2 p1 p3
ok $? "a swap, published a day later"

t diff 1 2 --json >"$work/d.json"
is "$?" 0 "diff of two publications"
is "$(json "$work/d.json" 'j.changes.map(c=>[c.date,c.before,c.after].join()).join(" ")')" "2026-12-02,p1,p2 2026-12-03,p2,p1" "by seat: who left and who came"
is "$(json "$work/d.json" 'j.providers.map(p=>[p.provider,p.lost,p.gained].join()).join(" ")')" "p1,1,1 p2,1,1" "by provider"
is "$(json "$work/d.json" 'j.ledgers.length')" 0 "by ledger: a swap moves no count"
is "$(json "$work/d.json" '[j.a.publication,j.b.publication,j.a.hash.length].join()')" 1,2,8 "both sides are named"
t diff 2 --json >"$work/d1.json"
is "$(json "$work/d1.json" 'JSON.stringify(j.changes)')" "$(json "$work/d.json" 'JSON.stringify(j.changes)')" "one publication alone is compared with the one before it"
t diff 2 1 --json >"$work/d2.json"
is "$(json "$work/d2.json" 'j.changes.map(c=>[c.date,c.before,c.after].join()).join(" ")')" "2026-12-02,p2,p1 2026-12-03,p1,p2" "the other way round"
t diff 1 1 --json >"$work/d3.json"
is "$(json "$work/d3.json" 'j.changes.length')" 0 "nothing differs from itself"
text=$(t diff 第1版 第2版 --lang ja)
like "$text" '^席ごと' "text: by seat"
like "$text" '令和8年12月2日\(水\) +急病センター +準夜 +当番 +髙橋 一郎 → 𠮷田, 花子' "text: date, duty, band, from whom to whom"
text=$(t diff 1 2 --notice)
like "$(echo "$text" | tr '\n' ' ')" '【変更前】   令和8年12月2日\(水\) 急病センター（準夜） 髙橋 一郎 .*【変更後】   令和8年12月2日\(水\) 急病センター（準夜） 𠮷田, 花子' "the notice says what stood there and what stands there now"

draft 2026-11-04T09:00 p3 p1 p3
t diff draft --json >"$work/d.json"
is "$(json "$work/d.json" '[j.a.publication,j.b.draft>0,j.changes.map(c=>[c.date,c.before,c.after].join()).join(" ")].join(" ")')" "2 true 2026-12-02,p2,p3" "a draft against what is in force"
is "$(json "$work/d.json" 'j.ledgers.map(l=>[l.account,l.done].join()).join(" ")')" "p2,-1 p3,1" "by ledger: one duty less, one more"

now() { t now --json "$@" >"$work/now.json"; json "$work/now.json" 'j.on_duty.map(d=>d.provider).join()+"@"+j.publication'; }
is "$(now --at 2026-12-02T20:00)" p2@2 "who is on duty, by what is published"
is "$(now --at 2026-12-02T20:00 --as-of 1)" p1@1 "the same night by the first publication"
is "$(now --at 2026-12-02T20:00 --as-of 2026-11-02T23:59)" p1@1 "the same night by what was published on the evening of 2 November"
is "$(now --at 2026-12-02T20:00 --as-of 2026-11-03T09:00)" p2@2 "from the minute of publication on by the second"
is "$(now --at 2026-12-03T00:59 --as-of 1)" p1@1 "the night goes on after midnight"
t now --at 2026-12-02T20:00 --as-of 2026-11-01T00:00 2>"$work/err"
is "$?" 1 "before the first publication nothing was published"
t duties 2026-12 --provider p1 --as-of 1 --json >"$work/l.json"
is "$(json "$work/l.json" 'j.duties.map(d=>d.date).join()')" 2026-12-02 "duties of one provider by an earlier publication"
t duties 2026-12 --provider p1 --json >"$work/l.json"
is "$(json "$work/l.json" 'j.duties.map(d=>d.date).join()')" 2026-12-03 "and by the latest"

t withdraw 2026-12-03..2026-12-03 --duty night 2>"$work/err"
is "$?" 2 "withdrawing wants a reason"
t withdraw 2027-01 --duty night --reason x 2>"$work/err"
is "$?" 1 "nothing published there: nothing to withdraw"
t withdraw 2026-12-03..2026-12-03 --duty night --reason 停電 --at 2026-11-05T09:00 --json >"$work/w.json"
is "$?/$(json "$work/w.json" j.publication)" 0/3 "withdrawing is a publication"
is "$(t duties 2026-12 --json >"$work/l.json"; json "$work/l.json" 'j.duties.map(d=>d.date+d.provider).join()')" "2026-12-02p2,2026-12-04p3" "the withdrawn night is gone, the others stand"
is "$(t duties 2026-12 --as-of 2 --json >"$work/l.json"; json "$work/l.json" j.duties.length)" 3 "the earlier publication still says what it said"
t ledger --json >"$work/g.json"
is "$(json "$work/g.json" 'j.accounts.map(a=>a.done).join()')" "0,1,1" "the books are taken back"
is "$(json "$work/g.json" 'Math.abs(Math.round(j.accounts.reduce((s,a)=>s+Number(a.accrued)-Number(a.done),0)*1e6))')" 0 "and still add up"
t diff 3 --json >"$work/d.json"
is "$(json "$work/d.json" 'j.changes.map(c=>[c.date,c.before,String(c.after)].join()).join()')" "2026-12-03,p1,null" "diff shows the seat without anybody"
roster 2026-11-06T09:00 p2 p1 p3
ok $? "a withdrawn night may be planned and published again"
is "$(now --at 2026-12-03T20:00)" p1@4 "and is in force"

draft 2026-11-07T09:00 p1 p2 p3
t publish --until 2026-12-01 --at 2026-11-07T09:00 2>"$work/err"
is "$?" 1 "a draft without a seat up to that day has nothing to publish"
like "$(cat "$work/err")" '2026-12-01' "which is said"
t publish --until 2026-12-32 2>"$work/err"
is "$?" 2 "a day that is none"
t publish --until 2026-12-02 --at 2026-11-07T09:00 >/dev/null
is "$?/$(now --at 2026-12-02T20:00)/$(now --at 2026-12-03T20:00)" 0/p1@5/p1@5 "published until the second, the nights after it stay in force"
t duties 2026-12 --json >"$work/l.json"
is "$(json "$work/l.json" 'j.duties.map(d=>d.provider).join()')" "p1,p1,p3" "seat by seat"
is "$(t circulate --json >"$work/c.json"; json "$work/c.json" 'j.drafts.filter(d=>d.state==="draft").length')" 0 "what looked ahead is no open draft"

t audit --json >"$work/a.json"
is "$(json "$work/a.json" 'j.lines.filter(l=>["init","publish","withdraw"].includes(l.what)).map(l=>l.what).join()')" "init,publish,publish,withdraw,publish,publish" "the audit trail has every act in order"
like "$(t audit --what withdraw --lang ja)" '停電' "with the reason"
is "$(t audit --last 1 --json >"$work/a.json"; json "$work/a.json" j.lines.length)" 1 "and its end alone"
t diff 1 9 2>"$work/err"; is "$?" 1 "a publication that is not there"
t diff first 2>"$work/err"; is "$?" 2 "a side that is no side"
like "$(cat "$work/err")" 'draft:7' "the message tells the forms"
done_testing
