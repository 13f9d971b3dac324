#!/usr/bin/env bash
# Two runs, five settings of TZ and LANG, and shuffled input rows give the same bytes in every exported file.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export_once() { # REGION OUT
    local db=$work/run.db
    rm -f "$db"
    "$TOBAN" init --region "$1" --db "$db" --at 2026-01-20T09:00 >/dev/null &&
        "$TOBAN" plan 2026-12 --duty night-paed --duty kahoku --duty rotation-paed --db "$db" --at 2026-10-01T09:00 >/dev/null &&
        council "$db" 2026-10-02T08:00 &&
        "$TOBAN" publish --db "$db" --at 2026-10-02T09:00 >/dev/null &&
        "$TOBAN" export all --out "$2" --routing 2026-12 --db "$db" --at 2026-10-02T10:00 >/dev/null &&
        "$TOBAN" export sheets 2026-12 --out "$2/sheets" --db "$db" --at 2026-10-02T10:00 >/dev/null &&
        "$TOBAN" now --page disaster --db "$db" --at 2026-12-06T10:00 --lang ja >"$2/disaster.html" && sqlite3 "$db" .dump >"$2/dump.sql"
}
sums() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum); }
export_once rosters/ishikawa-chuo "$work/a"
ok $? "first run"
sums "$work/a" >"$work/a.sums"
like "$(wc -l <"$work/a.sums")" '^[0-9]{2,}$' "it wrote some files"
export_once rosters/ishikawa-chuo "$work/b"
sums "$work/b" | cmp -s - "$work/a.sums"
ok $? "a second run writes the same bytes"
n=0
for setting in "UTC C" "Asia/Tokyo ja_JP.UTF-8" "America/Los_Angeles en_US.UTF-8" "Pacific/Apia C.UTF-8" "No/Such_Zone de_DE"; do
    n=$((n + 1))
    TZ=${setting% *} LC_ALL=${setting#* } LANG=${setting#* } export_once rosters/ishikawa-chuo "$work/z$n"
    sums "$work/z$n" | cmp -s - "$work/a.sums"
    ok $? "the same bytes under TZ and LANG of $setting"
done
cp -r rosters/ishikawa-chuo "$work/shuffled"
for f in "$work"/shuffled/*.csv; do
    case "$f" in */syukujitsu.csv) continue ;; esac
    { head -n 1 "$f" && tail -n +2 "$f" | LC_ALL=C sort -r; } >"$f.new" && mv "$f.new" "$f"
done
node -e '
const fs=require("fs"),f=process.argv[1],j=JSON.parse(fs.readFileSync(f,"utf8"));
for(const k of Object.keys(j))if(Array.isArray(j[k]))j[k].reverse();
fs.writeFileSync(f,JSON.stringify(j));' "$work/shuffled/region.json"
export_once "$work/shuffled" "$work/s"
sums "$work/s" | cmp -s - "$work/a.sums"
ok $? "the same bytes from input rows in another order"
done_testing
