#!/usr/bin/env bash
# What was typed is listed, changed, taken back, and what became of it is seen: wishes, pins, prohibitions, exceptions, and the rows of any table.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/small.sh
sed -i 's/"ledgers": \[/"surveys": [{"id": "dec", "from": "2026-12-01", "to": "2026-12-31", "duties": ["night"], "deadline": "2026-11-20"}],\n "ledgers": [/' "$work/region/region.json"
small_init
q() { sqlite3 "$db" "$1"; }
# at HH:MM WHO COMMAND...
at() {
    local when=$1 who=$2
    shift 2
    t "$@" --at "2026-11-05T$when" --by "$who" --lang en
}
wish=(wish --survey dec --provider p1 --type cannot --from 2026-12-24)

# ---- wishes
at 09:00 佐藤 "${wish[@]}" --note 家族 --json >"$work/j"
is "$(json "$work/j" 'j.recorded+" "+j.replaced')" "true false" "a wish is entered"
at 09:10 佐藤 "${wish[@]}" >"$work/out"
is "$(cat "$work/out") $(q 'SELECT note FROM wishes')" "recorded 家族" "typed again without a note it keeps the note"
at 09:20 鈴木 "${wish[@]}" --note 学会 >"$work/out"
like "$(cat "$work/out")" 'an earlier entry was changed' "typed with another note it says that an entry was there"
at 09:30 鈴木 wish --survey dec --provider p2 --type like --from 2026-12-10 >/dev/null
at 10:00 x wish --list --json >"$work/j"
is "$(json "$work/j" 'j.rows.map(r=>[r.row.provider,r.row.note||"-",r.entered.who,r.entered.at.slice(11,16)].join(" ")).join()')" "p1 学会 鈴木 09:20,p2 - 鈴木 09:30" "the list says who entered each last, and when"
is "$(at 10:00 x wish --list --provider p2 | grep -c .)" 2 "of one provider"
is "$(at 10:00 x wish --list --survey dec --type cannot | head -n 1)" "dec/p1/cannot/2026-12-24  received: 2026-11-05  note: 学会  (2026-11-05T09:20 鈴木)" "as text"
at 10:00 x wish --list --survey none >"$work/out"; is "$?/$(cat "$work/out")" "0/rows of wishes: 0" "of a survey that there is not: none"

at 10:00 x wish --list --remove 2>"$work/err"; is "$?" 2 "listing and taking back exclude each other"
is "$(at 10:00 x wish --list --if-possible | tail -n 1)" "rows of wishes: 0" "those that are no must"

# ---- a member's own
is "$(t wish --list --as member:p2 --lang en | head -n 1 | cut -c1-12)" "dec/p2/like/" "a member is shown his own"
is "$(t wish --history --as member:p2 --lang en | grep -c p1)" 0 "and their history alone"
t wish --list --provider p1 --as member:p2 --lang en 2>"$work/err" >"$work/out"
is "$?/$(wc -c <"$work/out")" 6/0 "nobody else's"
like "$(cat "$work/err")" 'may only read wishes for himself, p2' "in the words of the table"
t "${wish[@]}" --remove --as member:p2 --lang en 2>"$work/err"
is "$?/$(q 'SELECT count(*) FROM wishes')" 6/2 "nor does he take back another's"
t rows members --as member:p2 >/dev/null 2>&1; is "$?" 6 "nor read the tables"

# ---- taken back
at 10:10 x wish --remove --survey dec --provider p1 --type cannot 2>"$work/err"
is "$?/$(q 'SELECT count(*) FROM wishes')" 6/2 "what is not told whole is not guessed"
like "$(cat "$work/err")" 'of those like it there are 1: survey=dec provider=p1 type=cannot from=2026-12-24' "and what is there is named"
t "${wish[@]}" --remove --as member:p1 --at 2026-11-05T10:20 --by 髙橋 >/dev/null
is "$?/$(q 'SELECT count(*) FROM wishes')" 0/1 "he takes back his own"
at 11:00 x "${wish[@]}" --remove 2>/dev/null; is "$?" 6 "once"
at 11:00 x wish --history --provider p1 --json >"$work/j"
is "$(json "$work/j" 'j.changes.map(c=>[c.at.slice(11,16),c.who,c.before?c.before.note:"-",c.after?c.after.note:"-"].join(" ")).join()')" \
    "09:00 佐藤 - 家族,09:20 鈴木 家族 学会,10:20 髙橋 学会 -" "its history has what was before and after, and that it is gone"

# ---- pins, prohibitions, exceptions
at 11:00 佐藤 pin --seat night:2026-12-03:eve --provider p2 --reason 本人 >/dev/null
at 11:10 佐藤 pin --seat night:2026-12-03:eve --provider p2 --reason 電話 --json >"$work/j"
is "$(json "$work/j" j.replaced)" true "a pin typed again tells that one was there"
at 11:20 佐藤 forbid --seat night:2026-12-04:eve --provider p2 --reason 会議 >/dev/null
is "$(at 12:00 x pin --list | head -n 1)" "night/2026-12-03/eve/primary/p2  reason: 電話  (2026-11-05T11:10 佐藤)" "pins are listed"
is "$(at 12:00 x forbid --list --provider p2 | head -n 1)" "night/2026-12-04/eve/primary/p2  action: forbid  reason: 会議  (2026-11-05T11:20 佐藤)" "prohibitions apart from them"
is "$(at 12:00 x pin --list --seat night:2026-12-04 | tail -n 1)" "rows of pins: 0" "of one day"
at 12:00 佐藤 pin --seat night:2026-12-03:eve --provider p2 --remove >/dev/null
is "$(at 12:00 x pin --history | head -n 3 | sed 's/.*night/night/')" "night/2026-12-03/eve/primary/p2  reason: 本人
night/2026-12-03/eve/primary/p2  reason: 本人 → 電話
night/2026-12-03/eve/primary/p2  reason: 電話" "and one that was taken back is seen"
exception=(exception --rule wish.cannot --seat night:2026-12-24:eve --provider p1)
at 12:10 佐藤 "${exception[@]}" --reason 電話で承諾 --signed-by 理事 >/dev/null
at 12:20 佐藤 "${exception[@]}" --reason 面談 --signed-by 会長 >"$work/out"
like "$(cat "$work/out")" 'an earlier entry was changed' "an exception signed again tells it"
is "$(at 13:00 x exception --list --signed-by 理事 | tail -n 1) $(at 13:00 x exception --list --signed-by 会長 | tail -n 1)" "rows of exceptions: 0 rows of exceptions: 1" "by who signed"
like "$(at 13:00 x exception --list)" '^wish.cannot/night/2026-12-24/eve/primary/p1  reason: 面談  signed_by: 会長 ' "exceptions are listed"
at 12:30 佐藤 "${exception[@]}" --remove >/dev/null
like "$(at 13:00 x exception --history)" 'signed_by: 理事 → 会長' "the first signature is not lost"

# ---- any table
at 13:00 佐藤 rows exemptions provider=p3 from=2026-12-01 to=2026-12-05 reason=leave --add >/dev/null
at 13:10 佐藤 rows exemptions provider=p3 from=2026-12-01 to=2026-12-09 --add >/dev/null
like "$(at 13:30 x rows exemptions)" '^p3/2026-12-01  to: 2026-12-09  reason: leave  \(2026-11-05T13:10 佐藤\)' "a row is entered, and changed in the columns told"
printf 'provider,duty,from,weekdays,to,reason\np2,,2026-12-20,,2026-12-22,illness\n' >"$work/x.csv"
at 13:20 受付 import "$work/x.csv" --entity exemptions >/dev/null
like "$(at 13:30 x rows exemptions provider=p2)" '2026-11-05T13:20 受付' "of an imported row too it is known who"
printf 'provider,from,to,reason\np2,2026-12-20,2026-12-29,illness\n' >"$work/x.csv"
at 13:25 受付 import "$work/x.csv" --entity exemptions >/dev/null
like "$(at 13:30 x rows exemptions provider=p2 --history)" '~ p2/2026-12-20  to: 2026-12-22 → 2026-12-29' "and what an import changed"
at 13:40 佐藤 rows exemptions provider=p3 from=2026-12-01 --remove >/dev/null
is "$?/$(q "SELECT count(*) FROM exemptions WHERE provider = 'p3'")" 0/0 "a row is taken out"
cp -r "$work/region" "$work/less" && sed -i 's/, {"duty": "night", "provider": "p3"}//' "$work/less/region.json"
at 13:50 佐藤 import "$work/less" --replace --yes >/dev/null 2>&1
like "$(at 14:00 x rows members --history)" '佐藤 +- night/p3' "what a directory took away can be seen"
like "$(at 14:00 x rows wishes --history)" '佐藤 +- dec/p2/like/2026-12-10' "in every table"
at 14:00 x rows members --json >"$work/j"
is "$(json "$work/j" 'j.rows.map(r=>r.key+" "+r.entered).join()')" "night/p1 null,night/p2 null" "of what came with the directory nobody is named"
at 14:00 x rows foo 2>"$work/err"; is "$?" 2 "a table that there is not"
like "$(cat "$work/err")" 'exemptions, shares' "names those there are"
at 14:00 x rows members phone=1 2>"$work/err"; is "$?" 2 "a column that there is not"
at 14:00 x rows pins duty=night --add 2>"$work/err"; is "$?" 2 "pins have a command of their own"
t rows exemptions provider=p3 from=2026-12-01 to=2026-12-05 reason=leave --add --as office:other --lang en 2>"$work/err"; is "$?" 6 "who works for another body enters nothing of the whole region"
t rows exemptions provider=p3 duty=night from=2026-12-01 to=2026-12-05 reason=leave --add --as office:assoc >/dev/null 2>&1; is "$?" 0 "but rows of its own duties"

# ---- the trail
like "$(t audit --what wishes --lang en)" '髙橋 +wishes +- dec/p1/cannot/2026-12-24' "the audit trail says the same"
t audit --what wishes --json >"$work/j"
is "$(json "$work/j" 'j.lines.filter(l=>l.before&&l.after).map(l=>l.detail+" "+l.before.note+" "+l.after.note).join()')" "dec/p1/cannot/2026-12-24 家族 学会" "in JSON too"
done_testing
