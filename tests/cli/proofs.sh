#!/usr/bin/env bash
# What was proven once is remembered by a digest of all that the proof looks at: the same bytes without proving again; anything changed is proven anew; --prove proves all again; a
# data file that cannot be written costs nothing but time.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C
cp rosters/ishikawa-chuo/policies.csv "$work/region/"
node -e '
const fs = require("fs"), f = process.argv[1], j = JSON.parse(fs.readFileSync(f, "utf8"));
j.complaints = [{id: "internal", name: "内科系", specialities: ["internal"]}];
j.lines = [{id: "7119", name: "相談（架空）", phone: "#7119", from: "00:00", to: "24:00"}];
j.providers.push({id: "tert", name: "救命（架空）", kind: "clinic", area: "town", phone: "076-000-0099", tertiary: "yes"});
fs.writeFileSync(f, JSON.stringify(j));' "$work/region/region.json"
small_init
t plan 2026-12-02..2026-12-10 --duty night --at 2026-11-02T09:00 >/dev/null && t publish --at 2026-11-02T09:00 >/dev/null
ok $? "published"
n=0
export_all() { # OPTIONS...: proofs made/known
    n=$((n + 1))
    t export all --out "$work/e$n" --routing 2026-12-02..2026-12-05 --at 2026-11-03T09:00 --json "$@" >"$work/j" 2>"$work/err" || cat "$work/err"
    made=$(json "$work/j" 'j.proofs_made+"/"+j.proofs_known+"/"+(j.routing_cells>0)')
}
export_all
is "$made" "2/0/true" "the first export proves the draft's bound and the routing table"
export_all
is "$made" "0/2/true" "the second knows both, and tells the same number of cells"
diff -r "$work/e1" "$work/e2"
ok $? "and writes the same bytes"
export_all --prove
is "$made" "2/0/true" "--prove makes all again"
diff -r "$work/e1" "$work/e3"
ok $? "with the same bytes"
export_all
is "$made" "0/2/true" "and they are still known"
is "$(sqlite3 "$db" "SELECT count(*) FROM audit WHERE what = 'export'")" 0 "remembering is no entry in the audit trail"
printf 'id,name,kind,area,phone,tertiary\ntert,救命（架空）,clinic,town,076-000-0098,yes\n' >"$work/x.csv"
t import "$work/x.csv" --entity providers --at 2026-11-03T09:00 >/dev/null
export_all
is "$made" "0/2/true" "another telephone in the tables: what is published is as it was"
facts() { t publish --facts --at 2026-11-03T09:00 >/dev/null; }
facts
export_all
is "$made" "1/1/true" "another telephone is published: the table is proven again, the bound is not"
# the table itself is kept as well, with the digest of all that it was made from
is "$(sqlite3 "$db" "SELECT count(*) FROM blobs WHERE name = 'routing'")" 1 "the table is kept"
export_all
is "$made $(grep -c 076-000-0098 "$work/e$n/routing.json")" "0/2/true $(grep -c 076-000-0098 "$work/e$((n - 1))/routing.json")" "and used again"
cmp "$work/e$n/routing.csv" "$work/e$((n - 1))/routing.csv"
ok $? "the sheet made from it is the same"
sqlite3 "$db" "UPDATE blobs SET bytes = CAST(replace(CAST(bytes AS TEXT), '076-000-0098', '076-000-0097') AS BLOB) WHERE name = 'routing'"
export_all
cmp "$work/e$n/routing.json" "$work/e$((n - 1))/routing.json"
ok $? "one that was changed behind the program's back is not used"
# rows and publications of every kind that a table shows: none of it is stale
kept() { sqlite3 "$db" "SELECT substr(CAST(bytes AS TEXT), 1, 64) FROM blobs WHERE name = 'routing'"; }
made_anew() { # NAME
    local before
    before=$(kept)
    export_all
    [ "$(kept)" != "$before" ]
    ok $? "$1: the table is made anew"
}
t rows aliases area=town kind=name text=架空町 --add --at 2026-11-03T09:00 >/dev/null
facts
made_anew "another name of an area"
t rows contacts duty=night rank=1 name=事務局 phone=076-000-0055 --add --at 2026-11-03T09:00 >/dev/null
facts
made_anew "a contact"
t plan 2026-12-02..2026-12-10 --duty night --replan --at 2026-11-03T09:00 >/dev/null && t publish --at 2026-11-03T09:00 >/dev/null
made_anew "a publication"
chmod 400 "$db"
if [ -w "$db" ]; then
    ok 0 "a data file that cannot be written # SKIP root may write everything"
else
    export_all --prove
    is "$made" "2/0/true" "a data file that cannot be written: proven, and not remembered"
fi
chmod 600 "$db"
# a proof that was tampered with is not known: it is made again, does not hold, and the report says so
sqlite3 "$db" "DROP TRIGGER drafts_no_update; UPDATE drafts SET certificate = substr(certificate, 1, length(certificate) - 2) || '9' || substr(certificate, -1)"
export_all
is "$made" "0/1/true" "a certificate that was changed behind the program's back is not among what is known"
is "$(grep -c '証明の検査     保存した双対から下限を再計算' "$work/e$n/report.txt")" 0 "the report does not call it confirmed"
grep '証明' "$work/e$n/report.txt" | sed 's/^/# /'
done_testing
