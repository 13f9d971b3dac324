#!/usr/bin/env bash
# A pin belongs to the planning of its seat: once it is published, substitutes, swaps and changes by hand go by without it, and a plan made anew leaves out the pin
# of somebody who cannot serve any more. A prohibition holds for whoever comes after.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/small.sh
small_init
at=2026-11-05T09:00
t pin --seat night:2026-12-03:eve --provider p1 --reason 本人の希望 --at $at >/dev/null
t forbid --seat night:2026-12-03:eve --provider p3 --reason 会議 --at $at >/dev/null
t plan 2026-12-02..2026-12-04 --duty night --at $at >/dev/null && t publish --note 三夜 --at $at >/dev/null
holder() { t duties 2026-12 --json --at $at >"$work/d" && json "$work/d" "j.duties.filter(d=>d.date==='2026-12-$1').map(d=>d.provider).join()"; }
is "$(holder 03)" p1 "the pinned doctor is published"

# He falls ill.
t rows exemptions provider=p1 from=2026-12-01 to=2026-12-20 reason=illness --add --at $at >/dev/null
t replace --seat night:2026-12-03:eve --published --json --at $at >"$work/j"
is "$?/$(json "$work/j" 'j.substitutes.map(s=>s.provider+":"+s.newly.filter(v=>v.hard).map(v=>v.rule).join("+")).join()')" "0/p2:,p3:forbid" "replace finds who breaks nothing; the prohibition stands"
t forbid --seat night:2026-12-03:eve --provider p3 --remove --at $at >/dev/null
t replace --seat night:2026-12-03:eve --published --json --at $at >"$work/j"
is "$?/$(json "$work/j" 'j.substitutes.map(s=>s.hard).join()')" "0/0,0" "a prohibition that is taken back is none"
t forbid --seat night:2026-12-03:eve --provider p3 --reason 会議 --at $at >/dev/null
t swap ask --seat night:2026-12-03:eve --to p3 --phone 双方承諾 --lang en --at $at >"$work/out" 2>&1
is "$?/$(grep -c forbid "$work/out")" 6/1 "a swap to one who is forbidden there is refused"
t swap ask --seat night:2026-12-03:eve --to p2 --phone 双方承諾 --json --at $at >"$work/j" 2>"$work/err"
is "$?/$(cat "$work/err")" 0/ "one to another is asked"
t swap approve 1 --at $at >/dev/null && t swap publish 1 --at $at >/dev/null 2>"$work/err"
is "$?/$(holder 03)" 0/p2 "approved and published"
t check --json --at $at >"$work/j"
is "$(json "$work/j" 'j.broken_hard_rules.filter(v=>v.rule==="pin").length')" 0 "no later check counts the pin"
t replace --seat night:2026-12-03:eve --published --json --at $at >"$work/j"
is "$?/$(json "$work/j" 'JSON.stringify(j.substitutes).includes("\"pin\"")')" 0/false "nor does a look for the next substitute"

# Another one, by hand and by a plan made anew.
db=$work/second.db
t init --region "$work/region" --at 2026-11-01T09:00 >/dev/null
t pin --seat night:2026-12-03:eve --provider p1 --reason 本人の希望 --at $at >/dev/null
t plan 2026-12-02..2026-12-04 --duty night --at $at >/dev/null && t publish --note 三夜 --at $at >/dev/null
t rows exemptions provider=p1 from=2026-12-01 to=2026-12-20 reason=illness --add --at $at >/dev/null
cp "$db" "$work/third.db"
t assign --draft 1 --seat night:2026-12-03:eve --provider p2 --instead-of p1 --at $at >"$work/out" 2>&1
is "$?" 0 "a change by hand of the published draft begins a new one"
t publish --note 病気 --at $at >/dev/null 2>"$work/err"
is "$?/$(holder 03)/$(cat "$work/err")" 0/p2/ "and it is published without the pin"
db=$work/third.db
t plan 2026-12-02..2026-12-04 --duty night --replan --keep 3 --lang en --json --at $at >"$work/j" 2>"$work/err"
is "$?/$(json "$work/j" 'j.open')" 0/0 "a plan made anew keeps what it can"
like "$(cat "$work/err")" 'the pin of p1 in night, 2026-12-03 is of a published seat and cannot be kept any more \(.*\): it is left out of this plan' "and says which pin it left out"
t publish --note 病気 --at $at >/dev/null
is "$(holder 03 | grep -c p1)" 0 "somebody else is published"
t pin --seat night:2026-12-04:eve --provider p2 --reason 本人 --at $at >/dev/null 2>"$work/err"
is "$?" 0 "a pin entered after the publication is entered"
t plan 2026-12-02..2026-12-04 --duty night --replan --at $at >/dev/null 2>"$work/err" && t publish --note 固定 --at $at >/dev/null
is "$(holder 04)" p2 "and binds the next planning of its seat"
t pin --seat night:2026-12-02:eve --provider p1 --reason 本人 --at $at >/dev/null
t plan 2026-12-02..2026-12-04 --duty night --replan --lang en --at $at >/dev/null 2>"$work/err"
is "$?/$(grep -c 'no roster is possible' "$work/err")" 1/1 "one that no publication has kept is not left out: no roster keeps it"
done_testing
