#!/usr/bin/env bash
# explain: why a seat stays open, in the office's words; whom to ask; nothing claimed beyond what was solved.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/a.db
t() { "$TOBAN" "$1" --db "$db" --by 架空の事務局 --at 2026-07-10T09:00 "${@:2}"; }
t init --region rosters/blank-day >/dev/null
t plan 2026-08 >/dev/null
t explain --json >"$work/x.json"
is "$?" 1 "a hole is a no"
x() { json "$work/x.json" "$1"; }
is "$(x 'j.open.map(o=>o.date+o.explained_by).join()')" "2026-08-30causes" "the one open night"
is "$(x 'j.open[0].causes.map(c=>c.kind+":"+(c.provider||c.rule)+":"+c.role).sort().join()')" "exemption:a:cause,pin:c:cause,rule:rotation.rest:cause,wish:b:cause" "the four causes that its note names, all proven"
is "$(x 'j.open[0].repairs.length+","+j.open[0].repairs.every(r=>r.proven&&r.without.length===1)')" "3,true" "three repairs, each proven, each one thing to ask"
is "$(x 'j.open[0].repairs.every(r=>r.seats.some(s=>s.date==="2026-08-30"))')" true "each of them fills the night"
is "$(x 'j.open[0].candidates.map(c=>c.provider+c.hard).sort().join()')" "a1,b2,c1" "and what it would break to put each hospital there as things are"
ja=$(t explain --lang ja)
like "$ja" '本谷病院（架空） は 8月30日\(日\) が出務不可日（必須）' "the wish in Japanese"
like "$ja" '8月31日\(月\) 二次救急輪番 夜間 は 千谷病院（架空） に固定' "the pin"
like "$ja" '必須の条件「輪番は二晩続けない」（rotation.rest）' "the rule, by its own sentence"
like "$ja" '本谷病院（架空） に相談 電話 0595-00-1102' "whom to telephone"
like "$(t explain --lang en)" 'any one of them gone' "in English too"
t unassign --seat rotation:2026-08-05:night >/dev/null
t explain --seat rotation:2026-08-05:night --json >"$work/x.json"
is "$?/$(x 'j.open[0].explained_by')" "1/possible" "a seat that can be filled is said to be so"
t explain --seat rotation:2026-08-06:night >"$work/out" 2>"$work/err"
is "$?" 6 "a seat that is not open is refused"
like "$(cat "$work/err")" 'that seat is not open' "and said"
is "$(cat "$work/out")" "" "with nothing half said"
t explain --seat rotation:2026-08-06:night --json >"$work/out" 2>/dev/null
is "$?/$(cat "$work/out")" "6/" "nor in JSON"

# ---- rules broken by hand
t undo >/dev/null
t assign --draft 1 --seat rotation:2026-08-30:night --provider c >/dev/null
t explain --draft 1 --json >"$work/x.json"
is "$?/$(x 'j.open.length')" "1/0" "no open seat, but a broken rule is a no"
is "$(x 'j.broken.map(b=>b.rule+":"+b.hard+":"+b.excess+":"+b.explained_by).join()')" "rotation.rest:true:1:causes" "the rule that is broken"
is "$(x 'j.broken[0].causes.map(c=>c.kind+":"+(c.provider||c.rule)+":"+c.role).sort().join()')" "exemption:a:cause,pin:c:cause,wish:b:cause" "why it cannot be kept: the rule itself is not its own cause"
is "$(x 'j.broken[0].repairs.map(r=>r.proven+":"+r.without.length).join()')" "true:1,true:1,true:1" "three repairs, each proven"
like "$(t explain --draft 1 --lang ja)" 'ほかの条件をいまより破らないままでは、次がそろっている限り避けられません' "in Japanese"
t check --draft 1 >/dev/null
t explain --draft 1 --rule rotation.rest --json >"$work/x.json"
is "$(x 'j.broken.length')" 1 "asked for by its name"
t undo --draft 1 >/dev/null
t assign --draft 1 --seat rotation:2026-08-30:night --provider a >/dev/null
t explain --draft 1 --json >"$work/x.json"
is "$(x 'j.broken.map(b=>b.rule+b.provider+b.explained_by+b.causes.map(c=>c.kind).sort()).join()')" "exemptacausespin,rule,wish" "the leave that he gave up: nobody else could"
t undo --draft 1 >/dev/null
t assign --draft 1 --seat rotation:2026-08-31:night --provider b --instead-of c >/dev/null
t explain --draft 1 --json >"$work/x.json"
is "$(x 'j.open.map(o=>o.explained_by).join()+"/"+j.broken.map(b=>b.rule+b.explained_by).join()')" "possible/pinpossible" "a pin that is not obeyed, and a night that could be filled then"
is "$(x 'j.open[0].repairs[0].without.length+","+j.open[0].repairs[0].proven')" "0,true" "the way to fill it takes nothing away"
t plan 2026-09-01..2026-09-10 --duty rotation >/dev/null
like "$(t explain --lang ja)" '空席も、破られている必須の条件もありません' "nothing to explain"
t explain >/dev/null
is "$?" 0 "and that is no no"
t explain --rule nonsense >/dev/null 2>"$work/err"
is "$?" 6 "a rule that is not broken"
like "$(cat "$work/err")" '"nonsense" is no rule that this draft breaks' "and said"
t explain --rule rotation.rest --seat rotation:2026-08-30:night >/dev/null 2>"$work/err"
is "$?" 2 "a seat or a rule, not both"
t explain --draft 1 --seat nonsense >/dev/null 2>"$work/err"
is "$?" 2 "a seat that is none"
done_testing
