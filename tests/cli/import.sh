#!/usr/bin/env bash
# An import adds and changes what it names and leaves the rest: rows that were typed, and columns that a file does not have.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/small.sh
sed -i 's/"ledgers": \[/"surveys": [{"id": "dec", "from": "2026-12-01", "to": "2026-12-31", "duties": ["night"], "deadline": "2026-11-20"}],\n "ledgers": [/' "$work/region/region.json"
small_init
q() { sqlite3 "$db" "$1"; }
at=2026-11-05T09:00
t wish --survey dec --provider p1 --type cannot --from 2026-12-24 --note 家族 --at $at >/dev/null
t pin --seat night:2026-12-03:eve --provider p2 --reason 本人 --at $at >/dev/null
t forbid --seat night:2026-12-04:eve --provider p2 --reason 会議 --at $at >/dev/null
t exception --rule wish.cannot --seat night:2026-12-24:eve --provider p1 --reason 電話で承諾 --signed-by 理事 --at $at >/dev/null
typed() { q "SELECT count(*) FROM wishes" && q "SELECT count(*) FROM pins" && q "SELECT count(*) FROM exceptions"; }
is "$(typed | tr '\n' ' ')" "1 2 1 " "a wish, a pin, a prohibition and an exception are typed"

# The whole directory again.
t import "$work/region" --at $at >"$work/out" 2>&1
is "$? $(typed | tr '\n' ' ')" "0 1 2 1 " "the region's directory is read again, and they stay"
t import "$work/region" --json --at $at >"$work/j" 2>/dev/null
is "$(json "$work/j" 'j.added+" "+j.removed')" "0 0" "nothing is new, nothing goes"
sed -i 's/"phone": "076-000-0000"/"phone": "076-000-0055"/' "$work/region/region.json"
t import "$work/region" --dry-run --json --at $at >"$work/j" 2>/dev/null
is "$(json "$work/j" 'j.changed+" "+j.rows.map(r=>r.table+" "+r.key+" "+r.before.phone+" "+r.after.phone).join()')" "1 providers centre 076-000-0000 076-000-0055" "a trial shows which rows would change, and how"
like "$(t import "$work/region" --dry-run --lang en --at $at)" '^providers ~ centre  phone: 076-000-0000 → 076-000-0055$' "in words too"
is "$(json "$work/j" j.dry_run) $(q "SELECT phone FROM providers WHERE id = 'centre'")" "true 076-000-0000" "a trial changes nothing"
t import "$work/region" --at $at >/dev/null
is "$(q "SELECT phone FROM providers WHERE id = 'centre'")" 076-000-0055 "what the directory says otherwise is changed"

# Whole tables, when that is meant.
before=$(sqlite3 "$db" .dump | sha256sum)
t import "$work/region" --replace --lang en --at $at >"$work/out" 2>"$work/err"
is "$? $(sqlite3 "$db" .dump | sha256sum)" "6 $before" "replacing tables is refused until somebody has seen what goes"
like "$(cat "$work/err")" 'wishes: dec/p1/cannot/2026-12-24' "the wish is named"
like "$(cat "$work/err")" 'pins: night/2026-12-03/eve/primary/p2' "the pin is named"
like "$(cat "$work/err")" '3 rows would go' "and how many"
t import "$work/region" --replace --dry-run --json --at $at >"$work/j" 2>/dev/null
is "$? $(json "$work/j" j.removed) $(sqlite3 "$db" .dump | sha256sum)" "0 3 $before" "a trial of it shows the number"
t import "$work/region" --replace --yes --json --at $at >"$work/j" 2>/dev/null
is "$? $(json "$work/j" j.removed) $(typed | tr '\n' ' ')" "0 3 0 0 1 " "with --yes they go; what was signed stays"

# A file of one table that has fewer columns.
printf 'id,name,kind,area\np3,鈴木 三郎,doctor,town\np9,新人 九郎,doctor,town\n' >"$work/names.csv"
t import "$work/names.csv" --entity providers --json --at $at >"$work/j" 2>/dev/null
is "$(json "$work/j" 'j.added+" "+j.replaced')" "1 1" "a file with four of the columns"
printf 'id,name,kind,area\np1,髙橋 一太,doctor,town\n' >"$work/names.csv"
t import "$work/names.csv" --entity providers --at $at >/dev/null
is "$(q "SELECT name || ' ' || staff_phone FROM providers WHERE id = 'p1'")" "髙橋 一太 090-0000-0001" "changes these and leaves the others"
printf 'id,staff_phone\np1,\n' >"$work/names.csv"
t import "$work/names.csv" --entity providers --at $at >/dev/null
is "$(q "SELECT name || '|' || coalesce(staff_phone, '-') FROM providers WHERE id = 'p1'")" "髙橋 一太|-" "an empty cell of a column that is there empties it"
printf 'id,staff_phone\np10,090-0000-0010\n' >"$work/names.csv"
t import "$work/names.csv" --entity providers --lang en --at $at >/dev/null 2>"$work/err"
is "$?" 3 "a new row without what it needs is refused"
like "$(cat "$work/err")" 'names.csv:2' "with file and line"
t import "$work/names.csv" --entity providers --replace >/dev/null 2>&1
is "$?" 2 "--replace is for whole directories"
done_testing
