#!/usr/bin/env bash
# Pages besides rosters, printed by a browser: a comparison is one A4, the ledgers' pages are A4 throughout, each with the region's notice. TAP.
# Leaves the PDFs and a picture of each page in $B/interop/pages, to be looked at.
#   pages.sh DIR
set -uo pipefail
dir=$(cd "${1:?directory with toban.db}" && pwd) || exit 1
B=${B:-build}
work=$B/interop/pages
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
# print FILE NAME: prints to NAME.pdf; $pages is their number, $other how many of them are not A4
print() {
    HOME=$work/home timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-background-networking --no-pdf-header-footer \
        --user-data-dir="$work/home/profile" --print-to-pdf="$work/$2.pdf" "file://$1" >"$work/$2.log" 2>&1
    pages=$(pdfinfo "$work/$2.pdf" | sed -n 's/^Pages: *//p')
    other=$(pdfinfo -f 1 -l "${pages:-1}" "$work/$2.pdf" | grep 'size:' | grep -v '^File' | grep -vcE '59[45](\.[0-9]+)? x 84[12]')
    pdftoppm -r 70 -png "$work/$2.pdf" "$work/$2"
}
at=2026-10-20T09:00
for v in hospital-leaves:FY2026: one-more-town:2026-12:all tracks:FY2026:; do
    IFS=: read -r name period duty <<<"$v"
    "$B/toban" compare now "rosters/ishikawa-chuo/variants/$name" "$period" ${duty:+--duty "$duty"} --db "$dir/toban.db" --at $at --html "$work/$name.html" >/dev/null
    print "$work/$name.html" "$name"
    [ "${pages:-0}" -eq 1 ] && [ "$other" -eq 0 ]
    result $? "compare $name: one page of A4 (${pages:-none})"
done
"$B/toban" ledger FY2026 --db "$dir/toban.db" --at $at --html "$work/office" >/dev/null
"$B/toban" ledger FY2026 --db "$dir/toban.db" --at $at --html "$work/member" --audience member >/dev/null
for f in office/index office/pool-paed.all office/p-h-01 member/p-d-ped-04; do
    print "$work/$f.html" "${f//\//-}"
    pdftotext "$work/${f//\//-}.pdf" "$work/text"
    [ "${pages:-0}" -ge 1 ] && [ "$other" -eq 0 ] && tr -d '\n' <"$work/text" | grep -q '実在の当番ではありません'
    result $? "ledger $f: A4 (${pages:-no} pages), with the notice"
done
rm -rf "${work:?}/home"
echo "1..$n"
exit $bad
