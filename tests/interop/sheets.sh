#!/usr/bin/env bash
# DIR/roster.html printed by a browser: as many pages as sheets, each one A4, each with its edition and notice. TAP.
# Leaves roster.pdf and a picture of each page in $B/interop/sheets, to be looked at.
#   sheets.sh DIR
set -uo pipefail
dir=$(cd "${1:?directory with roster.html}" && pwd) || exit 1
work=${B:-build}/interop/sheets
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

sheets=$(grep -c '<section class="sheet' "$dir/roster.html")
HOME=$work/home timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-background-networking --no-pdf-header-footer \
    --user-data-dir="$work/home/profile" --print-to-pdf="$work/roster.pdf" "file://$dir/roster.html" >"$work/chromium.log" 2>&1
result $? "a browser prints roster.html"
pages=$(pdfinfo "$work/roster.pdf" | sed -n 's/^Pages: *//p')
[ "$sheets" -gt 0 ] && [ "${pages:-0}" -eq "$sheets" ]
result $? "$sheets sheets take ${pages:-no} pages"
other=$(pdfinfo -f 1 -l "${pages:-1}" "$work/roster.pdf" | grep 'size:' | grep -v '^File' | grep -vcE '59[45](\.[0-9]+)? x 84[12]|84[12](\.[0-9]+)? x 59[45]')
[ "$other" -eq 0 ]
result $? "every page is A4"
lacking=0
for ((i = 1; i <= ${pages:-0}; i++)); do
    pdftotext -f "$i" -l "$i" "$work/roster.pdf" "$work/page.txt"
    grep -qE '第[0-9]+版|案' "$work/page.txt" || lacking=$((lacking + 1))
done
[ "$lacking" -eq 0 ]
result $? "every page carries its edition"
pdftoppm -r 70 -png "$work/roster.pdf" "$work/page"
result $? "every page has a picture"
# The member's page, on paper: is the address still to be read from the print?
TOBAN=${B:-build}/toban
cp "$dir/toban.db" "$work/qr.db"
"$TOBAN" token sheet d-int-001 --url https://toban.example.jp/ics --out "$work/member.html" --db "$work/qr.db" 2>"$work/member.err"
result $? "the page of a member of the sample"
wanted=$("$TOBAN" token issue d-int-001 --url https://toban.example.jp/ics --db "$work/qr.db")
HOME=$work/home timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-background-networking --no-pdf-header-footer \
    --user-data-dir="$work/home/profile" --print-to-pdf="$work/member.pdf" "file://$work/member.html" >"$work/chromium.log" 2>&1
[ "$(pdfinfo "$work/member.pdf" | sed -n 's/^Pages: *//p')" = 1 ]
result $? "it is one page"
pdftoppm -r 150 -png "$work/member.pdf" "$work/member"
zbarimg -q --raw "$work"/member-*.png 2>/dev/null >"$work/member.qr"
[ "$(grep -c . "$work/member.qr")" -eq 2 ] && grep -qxF "webcal://${wanted#https://}" "$work/member.qr"
result $? "both its codes are read from the print, at 150 dots an inch"
rm -f "$work/qr.db" "$work/qr.db.key"
rm -rf "${work:?}/home"
echo "1..$n"
exit $bad
