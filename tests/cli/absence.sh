#!/usr/bin/env bash
# Who is away, and who is whom, goes by days and hours: leave and the night before it, days of "cannot" as duty dates or by the clock, a note where a seat reaches into one,
# a clinic that changes hands in the middle of a plan, and what the books say of it afterwards.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/a.db
mkdir -p "$work/region"
t() { "$TOBAN" "$@" --db "$db"; }
at=(--at 2026-11-01T09:00)
cat >"$work/region/region.json" <<'JSON'
{"format_version": 1,
 "region": {"id": "small", "name": "小さな医療圏", "notice": "見本です。人名は架空です。"},
 "areas": [{"id": "town", "name": "架空町", "level": "municipality"}],
 "bodies": [{"id": "assoc", "name": "架空町医師会", "kind": "medical-association"}],
 "kinds": [{"id": "doctor", "name": "医師", "person": "yes"}, {"id": "clinic", "name": "診療所"}],
 "specialities": [{"id": "internal", "name": "内科"}],
 "classes": [{"id": "all", "name": "毎日"}, {"id": "sun", "name": "日曜", "weekdays": "sun"}],
 "providers": [
  {"id": "p1", "name": "髙橋 一郎", "kind": "doctor", "area": "town"}, {"id": "p2", "name": "𠮷田 花子", "kind": "doctor", "area": "town"},
  {"id": "c1", "name": "架空医院", "kind": "clinic", "area": "town"}, {"id": "c2", "name": "見本医院", "kind": "clinic", "area": "town"},
  {"id": "centre", "name": "架空町急病センター", "kind": "clinic", "area": "town"}],
 "duties": [
  {"id": "night", "name": "急病センター", "kind": "doctor", "site": "centre", "specialities": ["internal"], "tier": 1, "body": "assoc", "period": "month"},
  {"id": "day", "name": "在宅当番", "kind": "clinic", "specialities": ["internal"], "tier": 1, "body": "assoc", "period": "month"}],
 "bands": [
  {"duty": "night", "id": "deep", "name": "深夜", "when": "all", "from": "23:00", "to": "32:30"},
  {"duty": "day", "id": "noon", "name": "日中", "when": "sun", "from": "08:00", "to": "17:00"}],
 "seats": [{"duty": "night", "band": "deep", "role": "primary", "rank": 0, "when": "all", "count": 1},
           {"duty": "day", "band": "noon", "role": "primary", "rank": 0, "when": "sun", "count": 1}],
 "members": [{"duty": "night", "provider": "p1"}, {"duty": "night", "provider": "p2"}, {"duty": "day", "provider": "c1"}, {"duty": "day", "provider": "c2"}],
 "rules": [{"id": "apart", "type": "rest.hours", "params": "hours=1", "ja": "続けない", "en": "Not one after the other"}],
 "ledgers": [{"id": "all", "name": "通算", "scope": "person", "duties": ["day", "night"], "class": "all", "price": 1}],
 "surveys": [{"id": "dates", "from": "2026-12-01", "to": "2026-12-31", "duties": ["night"]},
             {"id": "clock", "from": "2026-12-01", "to": "2026-12-31", "duties": ["night"], "days": "clock"}]}
JSON
fresh() {
    rm -f "$db"
    t init --region "$work/region" "${at[@]}" >/dev/null
}
night() { sqlite3 "$db" "SELECT coalesce(provider, '-') FROM draft_seats WHERE draft = (SELECT max(id) FROM drafts) AND duty = 'night' AND date = '$1'"; }
pin() { t pin --seat "$1" --provider "$2" --reason 見本 "${at[@]}" >/dev/null; }
seats() { # DATE:PROVIDER...: these nights by hand
    echo "duty,date,band,role,seat,provider" >"$work/r.csv"
    for x in "$@"; do echo "night,${x%%:*},deep,primary,1,${x##*:}" >>"$work/r.csv"; done
}

# Leave from the 4th: the nights of the 3rd and the 4th.
fresh
printf 'provider,duty,from,to,reason\np1,,2026-12-04,2026-12-04,leave\np2,,2026-12-06,2026-12-06,leave\n' >"$work/e.csv"
t import --entity exemptions "$work/e.csv" "${at[@]}" >/dev/null
t plan 2026-12-02..2026-12-06 --duty night "${at[@]}" >/dev/null
is "$(night 2026-12-03)$(night 2026-12-04)" "p2p2" "leave from the 4th keeps him out of the night of the 3rd as well"
is "$(night 2026-12-05)$(night 2026-12-06)" "p1p1" "and her, from the 6th, out of the night of the 5th"
t explain --seat night:2026-12-03:deep "${at[@]}" >"$work/x" 2>&1
pin night:2026-12-03:deep p1
t plan 2026-12-02..2026-12-06 --duty night --replan "${at[@]}" >"$work/x" 2>"$work/err"
like "$(cat "$work/x" "$work/err")" 'this pin cannot be kept: 2026-12-03 .*: exempt on the date' "pinned there he is refused"

# Never on Saturdays (5 December).
fresh
printf 'provider,duty,from,weekdays,to,reason\np1,,2026-04-01,sat,2027-03-31,other\n' >"$work/e.csv"
t import --entity exemptions "$work/e.csv" "${at[@]}" >/dev/null
t plan 2026-12-04..2026-12-05 --duty night "${at[@]}" >/dev/null
is "$(night 2026-12-04)$(night 2026-12-05)" "p2p2" "never on Saturdays: not the night of Friday either"

# A day of cannot as a duty date: the night before is his, and the office is told.
fresh
t wish --survey dates --provider p1 --type cannot --from 2026-12-04 "${at[@]}" >/dev/null
pin night:2026-12-03:deep p1
t plan 2026-12-03..2026-12-03 --duty night --json "${at[@]}" >"$work/p.json"
is "$(json "$work/p.json" 'j.notes.map(n=>[n.duty,n.date,n.band,n.provider].join()).join(";")')" "night,2026-12-03,deep,p1" "plan notes the seat that reaches into his day"
like "$(t check --lang en)" 'note: 髙橋 一郎, 2026-12-03 .*reaches into 2026-12-04' "so does check, in words"
like "$(t check --lang ja)" '注意: 髙橋 一郎、.*出務できない 令和8年12月4日' "in both languages"
t check --json >"$work/c.json"
is "$?$(json "$work/c.json" 'j.hard+","+j.notes.length')" "00,1" "nothing is broken"
fresh
t wish --survey clock --provider p1 --type cannot --from 2026-12-04 "${at[@]}" >/dev/null
t wish --survey dates --provider p2 --type cannot --from 2026-12-05 --ends 12:00 "${at[@]}" >/dev/null
t plan 2026-12-03..2026-12-05 --duty night --json "${at[@]}" >"$work/p.json"
is "$(night 2026-12-03)$(night 2026-12-04)$(json "$work/p.json" 'j.open+","+j.notes.length')" "p2-1,0" \
    "by the clock he has neither night, an hour is by the clock as well, and there is nothing to note"
is "$(t wish --survey dates --provider p2 --type like --from 2026-12-05 --ends 12:00 "${at[@]}" >"$work/x" 2>&1; echo $?)" 3 "a wish for a duty ends with none"

# A clinic that is his from the second Sunday on: the night before it lasts until half an hour after its morning begins.
owned() { # SINCE UNTIL: c1 is p1's
    fresh
    printf 'from,type,to,since,until\np1,owns,c1,%s,%s\n' "$1" "$2" >"$work/l.csv"
    t import --entity links "$work/l.csv" "${at[@]}" >/dev/null
}
days=(2026-12-05..2026-12-13 --duty all)
owned 2026-12-13 ''
for x in night:2026-12-05:deep=p1 day:2026-12-06:noon=c1 night:2026-12-12:deep=p2 day:2026-12-13:noon=c1; do pin "${x%=*}" "${x#*=}"; done
t plan "${days[@]}" --json "${at[@]}" >"$work/p.json"
is "$?$(json "$work/p.json" 'j.status+j.open')" "0optimal0" "before it was his he may have the night and the clinic the day"
t check >/dev/null
is "$?" 0 "and the draft is judged so"
t publish "${at[@]}" >/dev/null
books() { sqlite3 "$db" "SELECT coalesce(group_concat(DISTINCT account), '-') FROM ledger_slots WHERE ledger = 'all' AND date $1"; }
is "$(books "< '2026-12-13'")$(books ">= '2026-12-13'")" "-c1" "the books of persons begin with that day, under the first id"
is "$(t ledger --json --at 2026-12-12T09:00 | tr -d ' \n' | grep -o '"account":"[^"]*"')" '"account":"c1"' "read before that day or after it there is one account"
owned 2026-12-13 ''
pin day:2026-12-13:noon c1
t forbid --seat night:2026-12-12:deep --provider p2 --reason 見本 "${at[@]}" >/dev/null
t plan "${days[@]}" "${at[@]}" >/dev/null
is "$(night 2026-12-12)" "-" "the night before the first day that it is his stays open: nobody may have both"
owned '' 2026-12-13
pin night:2026-12-12:deep p1
pin day:2026-12-13:noon c1 2>"$work/err"
is "$?" 6 "the last night on which it is his and the clinic's next morning: refused as well"
owned '' 2026-12-06
for x in night:2026-12-12:deep=p1 day:2026-12-13:noon=c1; do pin "${x%=*}" "${x#*=}"; done
t plan "${days[@]}" "${at[@]}" >/dev/null
is "$?" 0 "a week after he gave it up it binds nobody"

# The instance says who is whom only where that changes; a draft is judged by its own.
persons() { sqlite3 "$db" "SELECT json_array_length(json_extract(substr(bytes, 1, instr(bytes, char(10)) - 1), '\$.persons')) FROM drafts JOIN instances ON digest = instance_digest ORDER BY id DESC LIMIT 1"; }
is "$(persons)" 1 "one more day on which persons change"
owned '' ''
t plan "${days[@]}" "${at[@]}" >/dev/null
is "$(persons)" "" "none: the instance has its old form"

# The books without a year are read by today's persons: who takes a clinic over next year does not own it yet.
owned 2027-01-10 ''
printf 'ledger,account,date,carried\nall,p1,2026-03-31,1\nall,c1,2026-03-31,2\n' >"$work/b.csv"
t import --entity balances "$work/b.csv" "${at[@]}" >/dev/null
carried() { t ledger --json --at "$1" >"$work/j.json" && json "$work/j.json" 'j.accounts.map(x=>x.account+"="+x.carried).sort().join(" ")'; }
is "$(carried 2027-01-09T09:00)" "c1=2 p1=1" "two accounts until the day before"
is "$(carried 2027-01-10T09:00)" "c1=3" "one from the day on which it is his"

# Who joins within a survey's days is asked, too.
printf 'duty,provider,since\nnight,p2,2026-12-20\n' >"$work/m.csv"
t import --entity members "$work/m.csv" "${at[@]}" >/dev/null
t wish --json >"$work/j.json"
is "$(json "$work/j.json" 'j.surveys.find(s=>s.id==="dates"||s.survey==="dates").asked')" 2 "a member from the 20th on counts as asked"
done_testing
