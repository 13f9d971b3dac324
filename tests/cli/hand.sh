#!/usr/bin/env bash
# Work by hand on a draft: every change is a revision, judged at once, that can be taken back; pins that contradict are refused; a signed exception turns a breach into a reported one.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/a.db
t() { "$TOBAN" "$1" --db "$db" --by 架空の事務局 --at 2026-07-10T09:00 "${@:2}"; }
t init --region rosters/blank-day >/dev/null
hole=rotation:2026-08-30:night
night() { t check --draft "$1" --json >"$work/c.json"; json "$work/c.json" "$2"; }

t plan 2026-08 >/dev/null
is "$?" 1 "the month has a hole"

# ---- assign, unassign
t assign --seat "$hole" --provider b --json >"$work/a.json"
is "$?" 1 "putting somebody there who cannot is allowed, and the answer is no"
is "$(json "$work/a.json" '[j.draft,j.from_draft,j.revision,j.status,j.hard,j.open].join()')" "1,1,1,manual,2,0" "it is the same draft, changed by hand once, with two rules broken and no hole"
is "$(json "$work/a.json" 'j.seats.map(x=>[x.duty,x.date,x.band,x.role,x.seat,x.went,x.came].join()).join(";")')" "rotation,2026-08-30,night,primary,1,,b" "and what was changed"
is "$(json "$work/a.json" 'j.newly.filter(x=>x.hard).map(x=>x.rule+x.provider).join()')" "rotation.restb,wish.cannotb" "the rules are named at once"
is "$(night 1 'j.agrees+","+j.objective+","+j.stored_objective' | cut -d, -f1)" true "a draft changed by hand is judged the same when it is opened again"
planned=$(sqlite3 "$db" "SELECT objective FROM drafts")

# ---- undo, redo: the log keeps who did what
now() { night 1 '[j.open,j.objective].join()'; }
changed=$(now)
t undo --json --by 二人目 >"$work/u.json"
is "$?/$(json "$work/u.json" '[j.draft,j.revision,j.status,j.open,j.objective].join()')" "1/1,2,optimal,1,$planned" "taken back: it is what was planned, and proven again"
is "$(json "$work/u.json" 'j.seats.map(x=>[x.date,x.went,x.came].join()).join(";")')" "2026-08-30,b," "b leaves the seat"
is "$(now)" "1,$planned" "and it is judged so"
t redo >/dev/null
like "$(t undo --lang ja)" '案 1（計画のとおり、手直し 4 手目）' "taken back again: the answer says that it is what was planned"
out=$(t undo --lang ja 2>&1)
is "$?" 1 "there is nothing more to take back"
like "$out" '案 1 には取り消せる手直しがありません' "which is said"
t redo --json >"$work/u.json"
is "$(json "$work/u.json" '[j.revision,j.status].join()')/$(now)" "5,manual/$changed" "done again"
t undo >/dev/null
out=$(t assign --seat "$hole" --provider a --lang ja)
is "$?" 1 "another one who cannot"
like "$out" '必須 朝日谷病院（架空）、令和8年8月30日\(日\) 二次救急輪番 夜間：免除・休みの期間です' "said in Japanese"
t redo >/dev/null 2>&1
is "$?" 1 "what was taken back before the latest change does not come again"
t undo >/dev/null
t assign --seat "$hole" --provider c --json >"$work/a.json"
is "$(json "$work/a.json" 'j.newly.filter(x=>x.hard).map(x=>x.rule).join()')" "rotation.rest" "and one whom a rule row keeps out"
t unassign --seat rotation:2026-08-01:night --json >"$work/a.json"
is "$?/$(json "$work/a.json" 'j.open')" "1/1" "taking somebody out leaves a hole elsewhere"
t edits --draft 1 --json >"$work/e.json"
is "$(json "$work/e.json" 'j.edits.map(x=>x.revision+x.act[0]+(x.of||"")+(x.undone?"!":"")).join()')" "1e!,2u1,3r1,4u1,5r1,6u1,7e!,8u7,9e,10e" "the log has every act, and which edits do not count"
is "$(json "$work/e.json" 'j.edits[1].by+j.edits[1].at')" "二人目2026-07-10T09:00+09:00" "who and when"
is "$(t edits --lang ja | grep -c 取り消し済み)" 2 "in words as well"
is "$(sqlite3 "$db" 'SELECT count(*) FROM drafts; SELECT count(*) FROM instances')" "1
1" "it is one draft and one instance"
is "$(sqlite3 "$db" "SELECT group_concat(what, ' ') FROM audit WHERE id > 2")" "assign undo redo undo redo undo assign undo assign unassign" "each act has its line in the audit trail"

# ---- a stale change is refused with what was changed meanwhile
stale() { # PATTERN NAME COMMAND...
    sqlite3 "$db" .dump | sha256sum >"$work/before"
    t "${@:3}" >"$work/out" 2>"$work/err"
    is "$?" 6 "$2: refused"
    like "$(cat "$work/err")" "$1" "$2: by whom and what"
    is "$(sqlite3 "$db" .dump | sha256sum)" "$(cat "$work/before")" "$2: nothing is stored"
}
stale 'draft 1 is at revision 10, and revision 8 was looked at; nothing was changed; since then: 9 2026-07-10T09:00\+09:00 架空の事務局 changed rotation:2026-08-30:night -→c; 10 .* rotation:2026-08-01:night [abc]→-' "an old look" assign --seat rotation:2026-08-05:night --provider a --revision 8
stale 'draft 1 is at revision 10' "an undo on an old look" undo --revision 9
stale 'this seat was changed by hand \(9 .*-→c\).*is taken \(c\)' "a seat that somebody filled" assign --seat "$hole" --provider b
t unassign --seat "$hole" --revision 10 >/dev/null
is "$?" 1 "at the revision that was looked at it is done"
for _ in 1 2 3; do t undo >/dev/null; done
t undo >"$work/out" 2>&1
is "$?/$(now)" "1/1,$planned" "everything is taken back"
raw=$(sqlite3 "$db" "DELETE FROM draft_edits" 2>&1)
like "$raw" 'rows are never deleted' "the log cannot be shortened"

# ---- what goes round or was published is not changed: a new draft begins from it
t circulate 1 --until 2026-07-20 >/dev/null
t assign --draft 1 --seat "$hole" --provider b --json >"$work/a.json"
is "$(json "$work/a.json" '[j.draft,j.from_draft,j.revision,j.status].join()')" "2,1,0,manual" "a draft that goes round is left alone, and a new one begins"
stale 'draft 1 is' "an undo in a draft that goes round" undo --draft 1
is "$(sqlite3 "$db" "INSERT INTO draft_edits VALUES (1, 99, 'edit', NULL, 0, 0, 'x', 'y')" 2>&1 | grep -c 'goes round or is published')" 1 "not even by another program"
is "$(sqlite3 "$db" 'SELECT count(*) FROM instances')" 1 "the instance is not stored twice"

# ---- refusals
refused() { # STATUS PATTERN NAME COMMAND...
    local want=$1 pattern=$2 name=$3
    shift 3
    sqlite3 "$db" .dump | sha256sum >"$work/before"
    t "$@" >"$work/out" 2>"$work/err"
    is "$?" "$want" "$name: exit $want"
    like "$(cat "$work/err")" "$pattern" "$name: said"
    is "$(sqlite3 "$db" .dump | sha256sum)" "$(cat "$work/before")" "$name: nothing is stored"
}
refused 6 'seat "rotation:2026-08-31:night" is taken \([abc]\); .*--instead-of' "a taken seat" assign --draft 1 --seat rotation:2026-08-31:night --provider b
sits=$(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE draft = 1 AND date = '2026-08-02'")
refused 6 "$sits sits in seat .* already" "the same one twice" assign --draft 1 --seat rotation:2026-08-02:night --provider "$sits"
refused 6 'b does not sit in seat "rotation:2026-08-30:night" \(there: -\)' "nobody to take out" unassign --draft 1 --seat "$hole" --provider b
refused 6 'not one that this draft \(2026-08-01 to 2026-08-31\) decides' "a date outside the draft" assign --draft 1 --seat rotation:2026-09-01:night --provider b
refused 2 'there is no duty nowhere' "a duty that is not there" assign --seat nowhere:2026-08-01:night --provider b
refused 2 'there is no band noon' "a band that is not there" assign --seat rotation:2026-08-01:noon --provider b
refused 2 'write it as DUTY:DATE:BAND' "not a seat" assign --seat tomorrow --provider b
refused 2 'there is no provider "z"' "a provider that is not there" assign --draft 1 --seat "$hole" --provider z
refused 2 'provider is needed' "no provider told" assign --seat "$hole"
refused 6 '2026-08-01 is past' "a past date" assign --draft 1 --seat rotation:2026-08-01:night --provider b --at 2026-08-02T23:00
refused 1 'draft' "a draft that is not there" assign --draft 99 --seat "$hole" --provider b

# ---- pins
refused 6 'c is pinned in that seat \(reason: 協議会で決まった日\); pinned and forbidden cannot both be' "a prohibition against a pin" forbid --seat rotation:2026-08-31:night --provider c
refused 6 'the pin of b in seat "rotation:2026-08-31:night" contradicts the pin of c in rotation:2026-08-31:night \(reason: 協議会で決まった日\): .*(more people than seats|席数を超えています)' "two pins on one seat" pin --seat rotation:2026-08-31:night --provider b
refused 6 'the pin of c in seat "rotation:2026-08-30:night" contradicts the pin of c in rotation:2026-08-31:night \(reason: 協議会で決まった日\): .*No hospital two nights running' "two pins that a rule keeps apart" pin --seat rotation:2026-08-30:night --provider c
refused 6 'rotation/2026-08-30/night/primary/a is not in the table of pins' "a pin that is not there" pin --remove --seat "$hole" --provider a
refused 3 'no such seat' "a pin outside the calendar" pin --seat rotation:2026-08-31:night:reserve --provider b
out=$(t forbid --seat rotation:2026-08-15:night --provider a --reason 架空の理由)
is "$?" 0 "a prohibition is recorded: $out"
refused 6 'a is forbidden in that seat \(reason: 架空の理由\)' "a pin against a prohibition" pin --seat rotation:2026-08-15:night --provider a
t pin --seat rotation:2026-08-31:night --provider c --remove >/dev/null
is "$?" 0 "the pin on the 31st is taken back"
t plan 2026-08 --json >"$work/p.json"
is "$?/$(json "$work/p.json" 'j.open')" "0/0" "and the month can be filled"
t forbid --seat rotation:2026-08-15:night --provider a --remove >/dev/null
is "$?" 0 "the prohibition is taken back"
t pin --seat rotation:2026-08-31:night --provider c --reason 協議会で決まった日 >/dev/null
is "$?" 0 "and the pin is set again"

# ---- exceptions
refused 6 'draft 2 breaks a hard rule \(rotation.rest\) without an exception' "publishing a broken draft" publish --draft 2
t exception --rule rotation.rest --seat "$hole" --provider b --reason 一晩だけ続ける --signed-by 架空の理事 >/dev/null
refused 6 'draft 2 breaks a hard rule \(wish.cannot\) without an exception' "one of two breaches signed" publish --draft 2
refused 3 'no hard rule that can be consented to' "an exception to what is no rule" exception --rule one.seat --seat "$hole" --provider b --reason x --signed-by y
refused 3 'old.rule": no hard rule of that name' "an exception to a rule that is not there" exception --rule old.rule --seat "$hole" --provider b --reason x --signed-by y
refused 2 'signed-by is needed' "an exception that nobody signs" exception --rule wish.cannot --seat "$hole" --provider b --reason x
t exception --rule wish.cannot --seat "$hole" --provider a --reason 別の病院 --signed-by 架空の理事 >/dev/null
refused 6 'draft 2 breaks a hard rule' "an exception for somebody else" publish --draft 2
t exception --rule wish.cannot --seat rotation:2026-08-29:night --provider b --reason 別の日 --signed-by 架空の理事 >/dev/null
refused 6 'draft 2 breaks a hard rule' "an exception for another day" publish --draft 2
t exception --rule exempt --seat "$hole" --provider b --reason 別の条件 --signed-by 架空の理事 >/dev/null
refused 6 'draft 2 breaks a hard rule' "an exception for another rule" publish --draft 2
t exception --rule wish.cannot --seat "$hole" --provider b --reason 電話で承諾 --signed-by 架空の理事 >/dev/null
is "$?" 0 "the right exception is signed"
t check --draft 2 --json >"$work/c.json"
is "$?" 0 "check says yes now"
is "$(json "$work/c.json" '[j.hard,j.excepted,j.broken_hard_rules[0].exception.signed_by].join()')" "0,2,架空の理事" "and reports the breach as excepted"
like "$(t check --draft 2 --lang ja)" '特例: 電話で承諾（承認 架空の理事）' "in Japanese as 特例"
refused 6 'draft' "a draft that a later one has replaced" publish --draft 2
t assign --draft 1 --seat "$hole" --provider b --json >"$work/a.json"
is "$?" 0 "the same change to the first draft again: nothing is left that nobody signed for"
n=$(json "$work/a.json" 'j.draft')
t publish --draft "$n" >/dev/null
is "$?" 0 "and it can be published"
t export all --out "$work/site" >/dev/null
like "$(cat "$work/site/report.txt")" '特例 本谷病院' "the report lists it as 特例"
like "$(cat "$work/site/report.txt")" '理由 電話で承諾、承認 架空の理事 令和8年7月10日\(金\)' "with reason and signature"

# ---- changing what is published
on10=$(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE draft = $n AND date = '2026-08-10'")
other=$([ "$on10" = a ] && echo c || echo a)
t assign --draft "$n" --seat rotation:2026-08-10:night --provider "$other" --instead-of "$on10" >/dev/null 2>&1
last=$(sqlite3 "$db" "SELECT max(id) FROM draft_seats, drafts WHERE draft = id")
for s in 09 10 11; do t exception --rule rotation.rest --seat rotation:2026-08-$s:night --provider "$other" --reason 架空 --signed-by 架空の理事 >/dev/null; done
t publish --draft "$last" >/dev/null 2>&1
is "$?" 0 "a draft made from a published one is published as a correction"
refused 6 'draft '"$n"' was published as 1, and publication 2 changed the seat 2026-08-10 rotation since' "a superseded publication" assign --draft "$n" --seat rotation:2026-08-20:night --provider b --instead-of a
# Of two hands that disagree the draft stays as they saw it: work goes on in a new one.
t plan 2026-09-01..2026-09-05 --duty rotation >/dev/null 2>&1
doubted=$(sqlite3 "$db" "DROP TRIGGER drafts_no_update; UPDATE drafts SET status = 'doubt' WHERE id = (SELECT max(id) FROM drafts); SELECT max(id) FROM drafts")
t unassign --draft "$doubted" --seat rotation:2026-09-03:night --json >"$work/a.json" 2>/dev/null
is "$(json "$work/a.json" '[j.from_draft,j.draft>j.from_draft,j.revision,j.status].join()')/$(sqlite3 "$db" "SELECT count(*) FROM draft_edits WHERE draft = $doubted")" "$doubted,true,0,manual/0" "a draft in doubt is left alone, and a new one begins"
# A rule goes and the consent to it stays: the region is taken, and it is said.
cp -r rosters/blank-day "$work/gone"
printf 'rule,duty,date,band,role,provider,reason,signed_by,signed_on\nold.rule,rotation,2026-08-30,night,primary,b,架空,架空の理事,2026-07-01\n' >"$work/gone/exceptions.csv"
"$TOBAN" init --db "$work/gone.db" --region "$work/gone" --by 架空の事務局 --lang en >"$work/out" 2>"$work/err"
is "$?" 0 "a region with a consent to a rule that has gone is taken"
like "$(cat "$work/err")" '2026-08-30, signed by 架空の理事, is to rule "old.rule", which is no hard rule any more' "and it is said"
done_testing
