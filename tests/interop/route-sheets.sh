#!/usr/bin/env bash
# Every sheet of the routing table printed by a browser is one A4 page: each day of December and New Year, the month's rotation, the New Year, the disaster sheet. TAP.
# Leaves PDF and a picture of a few in $B/interop/route, to be looked at.
#   route-sheets.sh DIR    DIR/toban.db: the demonstration's data file
set -uo pipefail
dir=$(cd "${1:?directory with toban.db}" && pwd) || exit 1
TOBAN=${B:-build}/toban
work=${B:-build}/interop/route
rm -rf "$work"
mkdir -p "$work/home" || exit 1
work=$(cd "$work" && pwd)
n=0 bad=0
result() {
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
        bad=1
        echo "not ok $n - $2"
    fi
}
at=2026-12-30T10:00
"$TOBAN" export sheets 2026-12-01..2027-01-03 --out "$work" --db "$dir/toban.db" --at $at >/dev/null 2>"$work/err"
result $? "the sheets of 34 days"
"$TOBAN" now --page disaster --db "$dir/toban.db" --at $at --lang ja >"$work/disaster.html" 2>>"$work/err"
result $? "and the disaster sheet"
[ "$(find "$work" -name 'day-*.html' | wc -l)" -eq 34 ]
result $? "one for each day"
wrong=0 printed=0
for f in "$work"/day-*.html "$work"/rotation-*.html "$work"/holidays-*.html "$work"/disaster.html; do
    HOME=$work/home timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-background-networking --no-pdf-header-footer \
        --user-data-dir="$work/home/profile" --print-to-pdf="${f%.html}.pdf" "file://$f" >"$work/chromium.log" 2>&1
    pages=$(pdfinfo "${f%.html}.pdf" 2>/dev/null | sed -n 's/^Pages: *//p')
    size=$(pdfinfo "${f%.html}.pdf" 2>/dev/null | grep 'Page size:' | grep -cE '59[45](\.[0-9]+)? x 84[12]|84[12](\.[0-9]+)? x 59[45]')
    printed=$((printed + 1))
    if [ "${pages:-0}" -ne 1 ] || [ "$size" -ne 1 ]; then
        wrong=$((wrong + 1))
        echo "# $(basename "$f"): ${pages:-no} pages"
    fi
done
[ "$wrong" -eq 0 ] && [ "$printed" -ge 38 ]
result $? "$printed sheets printed, $wrong of them not one A4 page"
for f in day-2026-12-06 day-2026-12-31 rotation-2026-12 holidays-2026-12-29 disaster; do pdftoppm -r 70 -png "$work/$f.pdf" "$work/$f"; done
result $? "pictures of five"
rm -rf "${work:?}/home"
echo "1..$n"
exit $bad
