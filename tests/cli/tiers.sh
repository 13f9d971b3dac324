#!/usr/bin/env bash
# Three tiers, each of which can be filled alone, and any two of them, but not the three together: found out by planning, confirmed by cbc, said by explain.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/tiers.db
day=2026-12-06..2026-12-06
t() { "$TOBAN" "$@" --db "$db" --at 2026-11-01T09:00; }
t init --region rosters/three-tiers >/dev/null

# seats open in the best roster of these duties: by the planner, and by cbc on the exported model (objective div open price)
both() {
    local args=() open price value
    for d in "$@"; do args+=(--duty "$d"); done
    t plan "$day" "${args[@]}" --json >"$work/p.json"
    local status=$?
    open=$(json "$work/p.json" 'j.open')
    t export model "$day" "${args[@]}" --format mps --file "$work/m.mps" >/dev/null
    value=$(timeout 60 cbc "$work/m.mps" solve solution "$work/m.sol" 2>/dev/null </dev/null | sed -n 's/^Objective value: *\(-\{0,1\}[0-9]*\).*/\1/p' | head -n 1)
    price=$([ "$value" = "$(json "$work/p.json" 'j.objective')" ] && echo agrees || echo "cbc $value")
    echo "$status/$open/$price"
}
for d in clinic night rotation; do is "$(both $d)" "0/0/agrees" "$d alone can be filled; cbc agrees"; done
is "$(both clinic night)" "0/0/agrees" "clinic and night together"
is "$(both clinic rotation)" "0/0/agrees" "clinic and rotation together"
is "$(both night rotation)" "0/0/agrees" "night and rotation together"
is "$(both all)" "1/1/agrees" "the three together leave a seat open, and cbc finds no roster that leaves none"
is "$(json "$work/p.json" 'j.status')" optimal "proven"

t explain --json >"$work/e.json"
is "$?" 1 "explain says no"
is "$(json "$work/e.json" '[j.only_together,j.duties_alone.map(x=>x.duty+x.open+x.proven).join(" ")].join()')" "true,clinic0true night0true rotation0true" "recognised: each duty alone leaves nothing open, together they do"
is "$(json "$work/e.json" 'j.open[0].causes.map(x=>x.rule||x.provider).join()')" "c2,h2,own.hospital,person.day" "the causes: one of the clinics, one of the hospitals, and the two rules that reach across"
like "$(t explain --lang ja)" '当番区分を一つずつ計画すれば空席は 0、合わせると 1 です（証明済み）。.*休日当番医、急病センター夜間、二次救急輪番' "said in Japanese"

# a hole that one duty has by itself is not laid to the others
sed 's/"wishes": \[/"wishes": [{"survey": "2026-12", "provider": "c1", "type": "cannot", "from": "2026-12-06"}, /' rosters/three-tiers/region.json >"$work/region.json"
mkdir "$work/r" && mv "$work/region.json" "$work/r/"
db=$work/b.db
t init --region "$work/r" >/dev/null
is "$(both all)" "1/1/agrees" "no clinic at all: one seat open"
t explain --json >"$work/e.json"
is "$(json "$work/e.json" '[j.only_together,j.duties_alone.map(x=>x.duty+x.open).join(" ")].join()')" "false,clinic1 night0 rotation0" "the clinics' own hole is not laid to the others"
done_testing
