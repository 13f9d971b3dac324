#!/usr/bin/env bash
# How long each kind of data is kept is a table; what is past its end is listed, goes by hand with a line in the trail, and is no longer in the file.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/small.sh
sed -i 's/"ledgers": \[/"surveys": [{"id": "old", "from": "2023-12-01", "to": "2023-12-31", "duties": ["night"], "deadline": "2023-11-20"}, {"id": "dec", "from": "2026-12-01", "to": "2026-12-31", "duties": ["night"], "deadline": "2026-11-20"}],\n "retention": [{"kind": "wishes", "years": 2, "note": "規程"}, {"kind": "drafts", "years": 1}, {"kind": "publications", "years": 10}],\n "ledgers": [/' "$work/region/region.json"
small_init
q() { sqlite3 "$db" "$1"; }
now=2026-11-05T09:00
t wish --survey old --provider p1 --type cannot --from 2023-12-24 --note むかしのわけ --at 2023-11-01T09:00 >/dev/null
t wish --survey dec --provider p2 --type cannot --from 2026-12-24 --note いまのわけ --at $now >/dev/null
t plan 2026-12-02..2026-12-04 --duty night --at 2025-10-01T09:00 >/dev/null
t plan 2026-12-02..2026-12-04 --duty night --at 2025-10-02T09:00 >/dev/null
t publish --note 三夜 --at 2025-10-03T09:00 >/dev/null
ledger=$(t ledger --json --at $now | sed 's/"at":[^,]*//') digest=$(q "SELECT group_concat(digest) FROM publications")
schema=$(q "SELECT type, name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")

t purge --json --at $now >"$work/j"
is "$?/$(json "$work/j" 'j.kinds.map(k=>[k.kind,k.years,k.before,k.rows,k.by_hand].join(" ")).join()')" "0/wishes 2 2024-11-05 1 true,drafts 1 2025-11-05 1 true,publications 10 2016-11-05 0 false" "what has an end is listed, and how much is past it"
like "$(t purge --lang ja --at $now)" '^wishes +2 年、2024-11-05 より前 1 行（2023-12-31 から 2023-12-31）.*-> toban purge wishes --due$' "in words, with the command that takes it out"
before=$(q .dump | sha256sum)
t purge wishes --due --lang en --at $now >/dev/null 2>"$work/err"
is "$?/$(grep -c '1 rows (2023-12-31 to 2023-12-31) would go for good' "$work/err")/$(q .dump | sha256sum)" "6/1/$before" "nothing goes before somebody says that it is meant"
t purge wishes --due --dry-run --json --at $now >"$work/j"
is "$?/$(json "$work/j" 'j.dry_run+" "+j.rows')/$(q .dump | sha256sum)" "0/true 1/$before" "a trial takes nothing out"
t purge publications --before 2026-01-01 --yes --lang en --at $now >/dev/null 2>"$work/err"
is "$?/$(grep -c 'cannot be taken out' "$work/err")" 6/1 "publications cannot be taken out"
t purge accesses --due --yes --lang en --at $now >/dev/null 2>"$work/err"
is "$?/$(grep -c 'has no years for accesses' "$work/err")" 6/1 "a kind without years has nothing that is due"
t purge names --due --lang en --at $now >/dev/null 2>"$work/err"
is "$?/$(grep -c 'there are: wishes, drafts' "$work/err")" 2/1 "an unknown kind is refused with those there are"
t purge wishes --before 2030-01-01 --yes --at $now >/dev/null 2>&1
is "$?" 6 "and so is a day to come"
t purge wishes --due --yes --as member:p1 --at $now >/dev/null 2>&1
is "$?" 6 "a member takes nothing out"

t purge wishes --due --yes --at $now >"$work/out"
is "$?/$(q "SELECT group_concat(survey) FROM wishes")" 0/dec "the old wish is gone, the other is there"
is "$(q "SELECT detail FROM audit WHERE what = 'purge'")" "wishes before 2024-11-05: 1, 2023-12-31..2023-12-31" "the trail says what, how many, from when to when, and nothing of a person"
t purge audit --before 2024-01-01 --yes --at $now >/dev/null
t purge drafts --due --yes --at $now >/dev/null
is "$?/$(q "SELECT group_concat(id) FROM drafts")/$(q "SELECT count(*) FROM draft_seats WHERE draft = 1")" 0/2/0 "a draft that was never published is gone with its seats"
is "$(LC_ALL=C grep -c 'むかしのわけ' "$db")/$(q "SELECT count(*) FROM instances WHERE bytes LIKE '%むかしのわけ%'")" "$(q "SELECT count(*) FROM instances WHERE bytes LIKE '%むかしのわけ%'")/1" "its bytes are nowhere but in the problem of the published draft"
is "$(q "SELECT type, name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")" "$schema" "what keeps rows from being changed is there again"
q "DELETE FROM audit" 2>/dev/null
is "$?/$(q "SELECT count(*) > 0 FROM audit")" 19/1 "and holds"
t verify --at $now >/dev/null 2>&1
is "$?/$(q "SELECT group_concat(digest) FROM publications")/$(t ledger --json --at $now | sed 's/"at":[^,]*//')" "0/$digest/$ledger" "publications verify, and the books are as before"
t audit --json >"$work/j"
is "$(json "$work/j" 'j.lines.filter(l=>l.what==="purge").length')" 3 "each act has a line"
done_testing
