#!/usr/bin/env bash
# The small sample regions do what their pages say (blank-day: explain.sh; three-tiers: tiers.sh; home-care-deputies: home-care.sh).
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/iga.db
"$TOBAN" init --region rosters/iga-three-hospitals --db "$db" >/dev/null
"$TOBAN" plan 2026-12 --db "$db" --at 2026-11-01T09:00 --json >"$work/p.json"
is "$?/$(json "$work/p.json" '[j.status,j.open].join()')" "0/optimal,0" "three hospitals: December is planned and proven"
is "$(sqlite3 "$db" "SELECT group_concat(n, ' ') FROM (SELECT count(*) AS n FROM draft_seats GROUP BY provider ORDER BY n DESC)")" "14 12 10 6" "42 slots as 14, 12, 10 and 6 joint ones: 33.3, 28.6, 23.8 and 14.3 per cent"
is "$(sqlite3 "$db" "SELECT count(*), sum(x.provider = 'joint' AND y.provider IN ('hill', 'river') OR y.provider = 'joint' AND x.provider IN ('hill', 'river')) FROM draft_seats AS x JOIN draft_seats AS y
  ON x.band = 'day' AND y.band = 'night' AND y.date IN (x.date, date(x.date, '-1 day'))")" "22|0" "in none of the 22 pairs of slots that follow one another at once does a partner sit beside a joint turn"

db=$work/imabari.db
"$TOBAN" init --region rosters/imabari-split --db "$db" >/dev/null
"$TOBAN" plan 2026-12 --duty all --db "$db" --at 2026-11-01T09:00 --json >"$work/p.json"
is "$?/$(json "$work/p.json" '[j.status,j.open].join()')" "0/optimal,0" "a duty in two intervals: December is planned and proven"
"$TOBAN" publish --db "$db" --at 2026-11-02T09:00 >/dev/null
"$TOBAN" export all --out "$work/site" --db "$db" --at 2026-11-02T09:00 >/dev/null
is "$(json "$work/site/roster.json" 'j.seats.filter(x=>x.date=="2026-12-03").map(x=>[x.duty,x.start.slice(11,16),x.end.slice(5,16),x.start2?x.start2.slice(11,16):"",x.end2?x.end2.slice(5,16):""].join("/")).join(" ")')" \
    "emergency/08:30/12-03T17:15/22:30/12-04T08:30 evening/17:15/12-03T22:30//" "8:30-17:15 and 22:30-翌8:30 are one seat, and another's evening lies between"
is "$(sqlite3 "$db" "SELECT count(*) FROM draft_seats WHERE duty = 'emergency' AND provider = 'h-pref'")" 14 "the large hospital has 14 of 31 days: nearly every second"
done_testing
