#!/usr/bin/env bash
# The sample's fiscal year, as an office goes through it: rotation, both half years of clinics, the centre's twelve months one
# shellcheck disable=SC2016
# after the other with the ledgers carried on, New Year, and December of all duties in one program. Each is proven, without an open
# seat, without a broken hard rule; check agrees on objective and bound; cbc finds the same optimum on the exported model.
# shellcheck source=tests/tap.sh
. tests/tap.sh
db=$work/t.db

# same_as_cbc PERIOD OBJECTIVE: another solver on the model of the latest draft of the period.
same_as_cbc() {
    "$TOBAN" export model "$1" --format mps --file "$work/m.mps" --db "$db" >/dev/null || return 1
    local value
    value=$(timeout 280 cbc "$work/m.mps" sec 270 ratio 0 allow 0 solve solution stdout 2>/dev/null | tr -d '\r' | sed -n 's/^Objective value: *\([-0-9.]*\).*/\1/p' | head -n 1)
    [ "${value%%.*}" = "$2" ] && case "${value#*.}" in *[1-9]*) false ;; esac
}

# season NAME WITH_CBC PLAN-ARGUMENTS...
season() {
    local name=$1 cbc=$2
    shift 2
    "$TOBAN" plan "$@" --db "$db" --at 2026-01-20T09:00 --json --time 900 >"$work/plan.json" 2>"$work/err"
    is "$?" 0 "$name: plan exits 0"
    is "$(json "$work/plan.json" '[j.status,j.stopped_by,j.gap,j.open].join()')" "optimal,proof,0,0" "$name: proven, no open seat"
    echo "# $name: $(json "$work/plan.json" '`objective ${j.objective}, proof ${j.proof}, ${j.candidates} candidates, ${j.seconds.total} s, steps ${j.steps}`')"
    "$TOBAN" check --db "$db" --json >"$work/check.json"
    is "$?" 0 "$name: check exits 0"
    is "$(json "$work/check.json" '[j.agrees,j.hard,j.open].join()')" "true,0,0" "$name: check agrees, no hard rule broken"
    if [ "$(json "$work/plan.json" j.proof)" = certificate ]; then
        is "$(json "$work/check.json" j.bound)" "$(json "$work/plan.json" j.objective)" "$name: the bound recomputed from the certificate is the objective"
    fi
    if [ "$cbc" = cbc ]; then
        same_as_cbc "$1" "$(json "$work/plan.json" j.objective)"
        ok $? "$name: cbc finds the same optimum"
    fi
}
publish() { council "$db" "$1"; "$TOBAN" publish --db "$db" --at "$1" >/dev/null || ok 1 "publish at $1"; }

"$TOBAN" init --region rosters/ishikawa-chuo --db "$db" >/dev/null
ok $? "init"
cp "$db" "$work/start.db"
season "rotation FY2026" cbc FY2026
publish 2026-02-01T09:00
season "clinics FY2026-H1" cbc FY2026-H1
publish 2026-02-02T09:00
season "clinics FY2026-H2" cbc FY2026-H2
publish 2026-02-03T09:00
for m in 2026-04 2026-05 2026-06 2026-07 2026-08 2026-09 2026-10 2026-11 2026-12; do
    season "centre $m" cbc $m
    publish 2026-02-04T09:00
done
season "New Year" cbc 年末年始
publish 2026-02-05T09:00
for m in 2027-01 2027-02 2027-03; do
    season "centre $m" cbc $m
    publish 2026-02-06T09:00
done
# Ledgers: what the year's seats added to each pool's accounts is what was done, to the millionth.
"$TOBAN" ledger --json --db "$db" >"$work/ledger.json"
is "$(json "$work/ledger.json" '(()=>{const s={};const m=t=>Math.round(Number(t)*1e6);for(const a of j.accounts)if(!/person/.test(a.ledger))s[a.ledger]=(s[a.ledger]||0)+m(a.accrued)-m(a.done);return Object.values(s).filter(v=>v!==0).length+" of "+(Object.keys(s).length>5)})()')" "0 of true" "every pool's books add up to zero"
db=$work/start.db
season "all duties of 2026-12 in one program" cbc 2026-12 --duty all
done_testing
