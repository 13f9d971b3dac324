#!/usr/bin/env bash
# Addresses of feeds: unguessable, kept out of the data file, renewed without moving a byte, given up with a notice; the member's page.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
python=/usr/bin/python3
small_init
roster 2026-11-02T09:00 p1 p2 p3
token() { t token "$@" --json >"$work/t.json" && json "$work/t.json" j.token; }
out() { t export ics --out "$work/www" "$@" --json >"$work/x.json"; }

t export ics --out "$work/www" 2>"$work/err" >/dev/null
is "$?/$(find "$work/www" -type f ! -name .toban-files | wc -l)" 0/0 "without addresses there is nothing to write"
one=$(token issue p1 --at 2026-11-02T10:00)
like "$one" '^[a-z2-7]{32}$' "an address has 160 bits of base 32"
is "$(stat -c %a "$db.key")" 600 "the key is a file of its own, for its owner alone"
is "$(token issue p1)" "$one" "issued again it is the same"
is "$(json "$work/t.json" j.made)" false "and says so"
[ "$(token issue p2)" != "$one" ]
ok $? "another doctor has another"
for feed in "duty night" "body assoc" "area town" "facility centre" "region small"; do
    # shellcheck disable=SC2086
    like "$(token issue $feed)" '^[a-z2-7]{32}$' "an address for $feed"
done
t token issue facility p1 2>"$work/err" >/dev/null
is "$?" 2 "a person is no facility"
t token issue nobody 2>"$work/err" >/dev/null
is "$?" 2 "an address for nobody"
grep -q "$one" "$db"
is "$?" 1 "the data file does not hold the address"
is "$(sqlite3 "$db" "SELECT hash FROM tokens WHERE subject='p1'")" "$(printf %s "$one" | sha256sum | cut -d ' ' -f 1)" "but its hash"
t audit | grep -q "$one"
is "$?" 1 "nor does the audit trail"

out --at 2026-11-02T11:00
is "$?/$(json "$work/x.json" '[j.feeds,j.notices].join()')" "0/7,0" "export ics writes a feed for each"
t export all --out "$work/all" --at 2026-11-02T11:00 2>/dev/null >/dev/null
cmp -s "$work/www/$one/toban.ics" "$work/all/ics/p-p1.ics"
ok $? "the same bytes as under the plain name"
cp -r "$work/www" "$work/before"
for d in "$work"/www/*; do
    grep -l -e "$(basename "$d")" "$d/toban.ics"
done | grep -q .
is "$?" 1 "no feed tells its own address"
body=$(token issue body assoc) facility=$(token issue facility centre) area=$(token issue area town)
for f in "$body" "$facility" "$area"; do
    is "$("$python" tests/interop/feed_state.py "$work/www/$f/toban.ics" | cut -d '|' -f 1,2 | tr '\n' ' ')" "02|CONFIRMED 03|CONFIRMED 04|CONFIRMED " "body, facility and area show the three nights"
done

two=$(token rotate p1 --at 2026-11-03T09:00)
[ -n "$two" ] && [ "$two" != "$one" ]
ok $? "a new address"
is "$(json "$work/t.json" j.generation)" 2 "of the second generation"
out --at 2026-11-03T10:00
is "$(json "$work/x.json" '[j.feeds,j.notices].join()')" "7,1" "the old one has a notice"
cmp -s "$work/www/$two/toban.ics" "$work/before/$one/toban.ics"
ok $? "a new address moves no byte of the feed"
is "$("$python" tests/interop/feed_state.py "$work/www/$one/toban.ics" | cut -d '|' -f 2,3,5)" "CONFIRMED|TRANSPARENT|お知らせ この予定表のアドレスは使えなくなりました" "the old address shows one notice in the place of the duties"
out --at 2026-12-03T08:59
[ -f "$work/www/$one/toban.ics" ]
ok $? "for thirty days"
out --at 2026-12-03T09:00
[ ! -e "$work/www/$one" ]
ok $? "and then nothing"
t token revoke p1 --at 2026-12-04T09:00 >/dev/null
ok $? "revoke"
t token revoke p1 2>/dev/null
is "$?" 6 "nothing left to revoke"
out --at 2026-12-04T10:00
is "$(json "$work/x.json" '[j.feeds,j.notices].join()')" "6,1" "one feed less, one notice"
t token list --json >"$work/l.json"
is "$(json "$work/l.json" 'j.tokens.filter(t=>t.subject=="p1").map(t=>[t.generation,t.revoked!==null,t.fetched].join()).join(" ")')" "1,true, 2,true," "list has both generations and no address"
grep -qE '[a-z2-7]{32}' "$work/l.json"
is "$?" 1 "really none"

cp "$db.key" "$work/key" && tr '0-9' '1-90' <"$work/key" >"$db.key"
out 2>"$work/err"
is "$?" 6 "another key is refused"
like "$(cat "$work/err")" '(key file|鍵)' "and named"
[ -d "$work/www/$body" ]
ok $? "what was there stays"
out --key "$work/key"
ok $? "--key names the right one"
rm "$db.key"
t token issue p3 2>"$work/err" >/dev/null
is "$?" 3 "a lost key is not silently replaced while addresses are in use"
cp "$work/key" "$db.key" && chmod 600 "$db.key"

t token sheet p3 --url https://toban.example.jp/ics --out "$work/p3.html"
ok $? "the member's page"
three=$(token issue p3)
page=$(cat "$work/p3.html")
like "$page" "https://toban.example.jp/ics/$three/toban.ics" "has the address in writing"
is "$(grep -c '<svg class="qr"' "$work/p3.html")/$(grep -c '<li>' "$work/p3.html")" "2/13" "two QR codes, four steps each, five remarks"
like "$page" 'Googleは最大24時間遅れます' "tells of Google's delay"
like "$page" '再発行' "and how to have it reissued"
grep -oE 'https?://[^"<& ]*' "$work/p3.html" | grep -v '^https://toban.example.jp' | grep -q .
is "$?" 1 "and fetches nothing from elsewhere"
address=https://toban.example.jp/ics/$three/toban.ics
[ "${#address}" -le 256 ]
ok $? "an address Google takes has at most 256 characters (${#address})"
# What a telephone would read, by a reader that is not the writer: each picture of the page drawn, then decoded.
"$python" -c 'import re,sys; print("\0".join(re.findall("<svg class=\"qr\".*?</svg>", open(sys.argv[1]).read(), re.S)), end="")' "$work/p3.html" >"$work/svgs"
n=0
while IFS= read -r -d '' svg || [ -n "$svg" ]; do
    n=$((n + 1))
    printf '%s' "$svg" | sed 's/<svg /<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /' | rsvg-convert -w 400 -b white -o "$work/qr$n.png"
    zbarimg -q --raw "$work/qr$n.png" 2>/dev/null | tr -d '\n' >"$work/qr$n"
done <"$work/svgs"
is "$(cat "$work/qr1")" "webcal://${address#https://}" "the iPhone's code reads as the address"
is "$("$python" -c 'import sys,urllib.parse as u; print(u.parse_qs(u.urlsplit(sys.argv[1]).query)["cid"][0])' "$(cat "$work/qr2")")" "webcal://${address#https://}" "the Android's as Google's page for it"
t token sheet p3 --url http://toban.example.jp 2>/dev/null >/dev/null
is "$?" 2 "an address without TLS is refused"
# Killed at any moment, the directory is the old one or the new one, whole.
holes=0
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    timeout -s KILL "0.0$((i % 9 + 1))" "$TOBAN" export ics --out "$work/www" --db "$db" >/dev/null 2>&1
    for f in "$body" "$facility" "$area"; do tail -c 15 "$work/www/$f/toban.ics" 2>/dev/null | grep -q '^END:VCALENDAR' || holes=$((holes + 1)); done
done
is "$holes" 0 "killed twenty times while writing, no feed is missing or cut"
done_testing
