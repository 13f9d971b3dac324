#!/usr/bin/env bash
# All that the file holds of one doctor, for a request of disclosure: what refers to him, and what names him by his id, and nothing of anybody else.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/small.sh
sed -i 's/"ledgers": \[/"surveys": [{"id": "dec", "from": "2026-12-01", "to": "2026-12-31", "duties": ["night"], "deadline": "2026-11-20"}],\n "rules": [{"id": "apart", "type": "pair.apart", "price": 1, "params": "providers=p1,p2", "ja": "離す", "en": "apart"}],\n "ledgers": [/' "$work/region/region.json"
small_init
at=2026-11-05T09:00
t wish --survey dec --provider p1 --type cannot --from 2026-12-24 --note 家族 --at $at >/dev/null
t wish --survey dec --provider p2 --type cannot --from 2026-12-25 --note 旅行 --at $at >/dev/null
t rows exemptions provider=p1 from=2026-12-20 to=2026-12-22 reason=illness --add --at $at >/dev/null
t plan 2026-12-02..2026-12-04 --duty night --at $at >/dev/null && t publish --note 三夜 --at $at >/dev/null
t token issue p1 --key "$work/key" --at $at >/dev/null
day=$(sqlite3 "$db" "SELECT date FROM publication_seats WHERE provider = 'p1'")
t attend "night:$day:eve" --patients 3 --reason 記録 --at 2026-12-05T09:00 >/dev/null
t person p1 --json --at $at >"$work/j"
is "$?/$(json "$work/j" j.provider)" 0/p1 "one doctor"
for table in providers members wishes exemptions rules audit draft_seats publication_seats ledger_slots attendance tokens; do
    is "$(json "$work/j" "j.tables.filter(t=>t.table==='$table').length")" 1 "$table"
done
is "$(json "$work/j" 'j.tables.find(t=>t.table==="wishes").rows.map(r=>r.note).join()')" 家族 "his wish, with its note"
is "$(json "$work/j" 'j.tables.find(t=>t.table==="providers").rows.map(r=>r.staff_phone).join()')" 090-0000-0001 "private fields too"
is "$(grep -c '旅行\|090-0000-0002' "$work/j")" 0 "nothing of a colleague"
is "$(json "$work/j" 'j.instances')" 1 "copies in the problems of drafts are counted"
is "$(json "$work/j" 'j.tables.find(t=>t.table==="tokens").rows[0].hash')" undefined "the hash of an address is not shown"
# Each row in which his id is a cell is there: counted another way.
for table in draft_seats publication_seats; do
    is "$(json "$work/j" "j.tables.find(t=>t.table==='$table').rows.length")" "$(sqlite3 "$db" "SELECT count(*) FROM $table WHERE provider = 'p1'")" "$table: each row"
done
like "$(t person p1 --lang ja --at $at)" '^wishes 希望: 1 行$' "in words"
t person p9 --at $at >/dev/null 2>&1
is "$?" 2 "an unknown id"
t person p1 --as member:p1 --at $at >/dev/null 2>&1
is "$?" 6 "the office answers, nobody else"
done_testing
