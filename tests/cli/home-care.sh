#!/usr/bin/env bash
# Home-care doctors and their deputies, made of data only: planned, checked, published. Every night is answered for by the attending doctor or, when he is away, by a deputy he chose.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/home.db
t() { "$TOBAN" "$@" --db "$db" --by 架空 --at 2026-11-01T09:00; }
t init --region rosters/home-care-deputies >/dev/null
t plan 2026-12 --duty all --json >"$work/p.json"
is "$?/$(json "$work/p.json" '[j.status,j.open,j.broken_rules.length].join()')" "0/optimal,0,0" "December is planned, every seat filled"
t check --json >"$work/c.json"
is "$?/$(json "$work/c.json" '[j.hard,j.agrees].join()')" "0/0,true" "check finds nothing and agrees on the objective"
t publish >/dev/null
is "$?" 0 "and it is published"
q() { sqlite3 "$db" "$1"; }
own="SELECT date, provider, 'dr-' || substr(duty, 4) AS attending FROM publication_seats WHERE duty LIKE 'of-%'"
# A night lies on its own date and on the next.
away="SELECT 1 FROM exemptions AS x, (SELECT 0 AS n UNION SELECT 1) WHERE x.provider = attending AND date(date, '+' || n || ' days') BETWEEN x.\"from\" AND x.\"to\"
  AND (x.weekdays IS NULL OR x.weekdays = 'wed' AND strftime('%w', date, '+' || n || ' days') = '3')"
is "$(q "SELECT count(*) FROM ($own)")" 155 "five doctors' patients, 31 nights"
is "$(q "SELECT count(*) FROM ($own) WHERE provider <> attending AND NOT EXISTS ($away)")" 0 "the attending doctor himself on every night he is there"
is "$(q "SELECT count(*) FROM ($own) WHERE EXISTS ($away)")" 30 "away on 30 nights (4 + 8 + 10 + 5 + 3)"
is "$(q "SELECT count(*) FROM ($own) AS s WHERE provider <> attending AND NOT EXISTS (SELECT 1 FROM links AS l WHERE l.\"from\" = s.provider AND l.\"to\" = s.attending AND l.type = 'deputises-for'
  AND coalesce(l.since, '') <= s.date AND coalesce(l.until, '9999') > s.date)")" 0 "then a deputy he chose, by a link in force on that night"
is "$(q "SELECT group_concat(provider || n, ' ') FROM (SELECT provider, count(*) AS n FROM ($own) WHERE attending = 'dr-aoki' AND provider <> attending GROUP BY provider)")" "dr-baba2 dr-chiba2" "four nights of leave are shared two and two"
is "$(q "SELECT provider FROM ($own) WHERE attending = 'dr-doi' AND date = '2026-12-23'")" dr-endo "the deputy who is not away himself"
is "$(q "SELECT max(n) FROM (SELECT count(*) AS n FROM ($own) GROUP BY date, provider)")" 2 "nobody answers for three doctors' patients"
is "$(q "SELECT group_concat(date || provider, ' ') FROM publication_seats WHERE duty = 'behind-south' AND provider <> 'h-lake'")" "2026-12-26h-hill 2026-12-27h-hill 2026-12-28h-hill" "a hospital stands behind each district"
t replace --seat of-aoki:2026-12-10:night --published --json >"$work/r.json"
is "$?/$(json "$work/r.json" 'j.substitutes.filter(x=>!x.hard).map(x=>x.provider).join()')" "0/dr-baba,dr-chiba" "somebody drops out: his deputies, in the order of calling"
t export all --out "$work/site" >/dev/null
is "$?" 0 "exported"
like "$(cat "$work/site/roster.html")" '在宅療養 夜間連絡当番' "the sheet of a group of doctors"
is "$(grep -c '090-0000' "$work/site/roster.html" "$work/site/roster.json" "$work/site/roster.csv" | grep -v ':0$')" "" "no doctor's own telephone leaves the house"
done_testing
