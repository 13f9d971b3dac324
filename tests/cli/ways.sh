#!/usr/bin/env bash
# Ways that no row of travel names: what the region says holds, and how many are left to travel_default is told. Fictitious (架空).
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
db=$work/a.db
t() { timeout 120 "$TOBAN" "$@" --db "$db" --lang en --by 見本; }

# Two towns under one county, ninety minutes apart by the region's own word. The surgery in the one is open until 18:30, the duty in the other begins at 19:00.
mkdir "$work/r"
cat >"$work/r/region.json" <<'J'
{"format_version":1,
 "region":{"id":"mihon","name":"見本圏（架空）","notice":"すべて架空です","travel_default":90},
 "areas":[{"id":"county","name":"見本郡","level":"region"},{"id":"far","name":"山町","level":"municipality","parent":"county"},{"id":"sea","name":"海町","level":"municipality","parent":"county"}],
 "bodies":[{"id":"ma","name":"見本医師会（架空）","kind":"medical-association"}],
 "kinds":[{"id":"doctor","name":"医師","person":"yes"},{"id":"centre","name":"急病センター"}],
 "specialities":[{"id":"internal","name":"内科"}],
 "classes":[{"id":"all","name":"毎日"}],
 "complaints":[{"id":"internal","name":"内科系","specialities":["internal"]}],
 "lines":[{"id":"7119","name":"相談（架空）","phone":"#7119","from":"00:00","to":"24:00"}],
 "providers":[{"id":"site","name":"センター（架空）","kind":"centre","area":"sea","phone":"076-000-0001"},{"id":"tert","name":"救命（架空）","kind":"centre","area":"sea","phone":"076-000-0002","tertiary":"yes"},{"id":"d","name":"架空 太郎","kind":"doctor","area":"far"}],
 "duties":[{"id":"night","name":"夜間","kind":"doctor","specialities":["internal"],"tier":1,"body":"ma","period":"month","site":"site"}],
 "bands":[{"duty":"night","id":"eve","name":"夜","when":"all","from":"19:00","to":"22:00"}],
 "seats":[{"duty":"night","band":"eve","role":"primary","rank":0,"when":"all","count":1}],
 "members":[{"duty":"night","provider":"d"}],
 "hours":[{"provider":"d","weekdays":"tue","from":"09:00","to":"18:30"},{"provider":"d","weekdays":"wed","from":"09:00","to":"17:30"}],
 "rules":[{"id":"hours","type":"consulting.hours","ja":"診療が終わり着くまで","en":"after surgery and the way"}]}
J
cp rosters/ishikawa-chuo/policies.csv "$work/r/"
t init --region "$work/r" >"$work/log" 2>&1; is $? 0 "a region without rows of travel"
like "$(cat "$work/log")" '1 of 1 ways .*travel_default, 90 minutes \(such as from 海町 \(sea\) to 山町 \(far\)\)' "init says how many ways nobody tells, with one of them"
nights() { t plan 2026-12-01..2026-12-02 --duty night --at 2026-11-01T09:00 --json >"$work/p.json" 2>"$work/err"; json "$work/p.json" 'j.status+" "+j.open_slots.map(x=>x.date).join()'; }
is "$(nights)" "optimal 2026-12-01" "he has no duty half an hour after his surgery, and one an hour and a half after it"
t publish --at 2026-11-02T09:00 >"$work/log" 2>&1; is $? 0 "published"
t check-table --json >"$work/c.json" 2>"$work/err"; is $? 0 "the table is proven"
is "$(json "$work/c.json" 'j.travel_pairs+" "+j.travel_untold')" "1 1" "and the ways that nobody tells are counted"
like "$(t check-table 2>/dev/null)" 'travel: 1 of 1 ways' "in words too"

# A word of the county, or a row, and nothing is left to the default.
printf 'id,inside\r\ncounty,30\r\n' >"$work/areas.csv"
t import --entity areas "$work/areas.csv" >"$work/log" 2>&1; is $? 0 "the county says how far its places are"
if grep -q 'travel_default' "$work/log"; then ok 1 "import has nothing to tell"; else ok 0 "import has nothing to tell"; fi
is "$(nights)" "optimal " "half an hour is enough on both days"
printf 'from,to,minutes\r\nsea,far,31\r\n' >"$work/travel.csv"
t import --entity travel "$work/travel.csv" >"$work/log" 2>&1; is $? 0 "a row comes before it"
is "$(nights)" "optimal 2026-12-01" "a minute too far"
t publish --facts >/dev/null
is "$(t check-table --json 2>/dev/null >"$work/c.json"; json "$work/c.json" 'j.travel_pairs+" "+j.travel_untold+j.travel_text')" "1 0" "every way is told"
printf 'id,inside\r\ncounty,\r\n' >"$work/areas.csv"
t import --entity areas "$work/areas.csv" >"$work/log" 2>&1; is $? 0 "what the county said is taken back"
is "$(t rows areas id=county --json 2>/dev/null >"$work/c.json"; json "$work/c.json" 'j.rows[0].row.id+" "+("inside" in j.rows[0].row)')" "county false" "and empty again"
done_testing
