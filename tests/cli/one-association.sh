#!/usr/bin/env bash
# shellcheck disable=SC2016
# A fiscal year of 29 clinics: turns and holidays within one, the smallest gap beside the bound that the dates alone give.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export TOBAN_DB=$work/t.db
"$TOBAN" init --region rosters/one-association-29 >/dev/null
ok $? "init"
"$TOBAN" plan FY2026 --at 2026-02-01T09:00 --time 300 --json >"$work/p.json"
is "$?" 0 "plan exits 0"
is "$(json "$work/p.json" '[j.status,j.open].join()')" "optimal,0" "proven, no open seat"
"$TOBAN" check --json >"$work/c.json"
is "$(json "$work/c.json" '[j.agrees,j.hard].join()')" "true,0" "check agrees, no hard rule broken"
"$TOBAN" publish --at 2026-02-02T09:00 >/dev/null
"$TOBAN" duties FY2026 --json >"$work/d.json"
# Turns in order of date, as days since 1970; per clinic its turns and those on other days than Sundays.
cat >"$work/count.js" <<'JS'
const j = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
const clinics = 29, day = d => Date.parse(d + "T00:00Z") / 86400000;
const turns = j.duties.map(x => ({ day: day(x.date), who: x.provider, sunday: new Date(x.date + "T00:00Z").getUTCDay() === 0 })).sort((a, b) => a.day - b.day);
const by = {};
for (const t of turns) (by[t.who] = by[t.who] || []).push(t);
const spread = v => Math.max(...v) - Math.min(...v);
const all = Object.values(by).map(v => v.length), other = Object.values(by).map(v => v.filter(t => !t.sunday).length);
let gap = Infinity, bound = Infinity, from = "";
for (const v of Object.values(by)) for (let i = 1; i < v.length; i++) gap = Math.min(gap, v[i].day - v[i - 1].day);
for (let i = 0; i + clinics < turns.length; i++) {
    const span = turns[i + clinics].day - turns[i].day;
    if (span < bound) { bound = span; from = new Date(turns[i].day * 86400000).toISOString().slice(0, 10); }
}
console.log(JSON.stringify({ turns: turns.length, clinics: all.length, spread: spread(all), holidays: other.reduce((a, b) => a + b, 0), other: spread(other), gap, bound, from }));
JS
node "$work/count.js" "$work/d.json" >"$work/n.json"
echo "# smallest gap $(json "$work/n.json" j.gap) days; no roster of these dates can have more than $(json "$work/n.json" j.bound) (30 turns in a row from $(json "$work/n.json" j.from))"
is "$(json "$work/n.json" '[j.turns,j.clinics].join()')" 69,29 "69 turns of 29 clinics"
is "$(json "$work/n.json" j.spread)" 1 "turns within one"
is "$(json "$work/n.json" '[j.holidays,j.other].join()')" 17,1 "17 holidays other than Sundays, within one"
is "$(json "$work/n.json" 'j.gap>=140')" true "the smallest gap is at least 140 days"
is "$(json "$work/n.json" '[j.bound,j.gap<=j.bound].join()')" 144,true "the bound is 144 days"
done_testing
