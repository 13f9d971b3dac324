#!/usr/bin/env bash
# The office's door behind a proxy: tries are counted by the address that the proxy saw, and a session ends with the next one.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C.UTF-8
small_init
roster 2026-11-02T09:00 p1 p2 p3
echo 'correct horse' | t user add kitagawa --name 北川 >/dev/null
ok $? "an account"
"$TOBAN" office --port 0 --db "$db" --trust-proxy office.example.jp --lang en >"$work/out" 2>"$work/err" &
pid=$!
trap 'kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do
    port=$(python3 -c 'import re,sys; m=re.search(r":(\d{4,5})\b",open(sys.argv[1]).read()); print(m.group(1) if m else "")' "$work/out")
    [ -n "$port" ] && break
    port=$(ss -ltnpH 2>/dev/null | sed -n "s/.*127.0.0.1:\([0-9]*\) .*pid=$pid,.*/\1/p" | head -n 1)
    [ -n "$port" ] && break
    sleep 0.1
done
ask() { curl -s -m 20 -D "$work/head" -o "$work/body" -w '%{http_code}' -H 'Host: office.example.jp' -H 'X-Forwarded-Proto: https' "${@:2}" "http://127.0.0.1:$port$1"; }
login() { ask /login -H 'Origin: https://office.example.jp' --data-urlencode "login=$1" --data-urlencode "password=$2" "${@:3}"; }
cookie() { sed -n 's/^Set-Cookie: \(__Host-toban=[^;]*\);.*/\1/p' "$work/head"; }
is "$(login kitagawa 'correct horse')" 303 "login"
first=$(cookie)
is "$(ask /m -b "$first")" 200 "he is in"
is "$(login kitagawa 'correct horse' -b "$first")" 303 "login once more"
second=$(cookie)
is "$(ask /m -b "$first")" 303 "ends the session before"
is "$(ask /m -b "$second")" 200 "and begins another"
for n in $(seq 51); do status=$(login "nobody$n" 'wrong wrong' -H "X-Forwarded-For: 10.0.0.$n, 192.0.2.7"); done
is "$status" 429 "who says each time that he is another is counted all the same"
is "$(login kitagawa 'correct horse' -H 'X-Forwarded-For: 192.0.2.8')" 303 "others come in"
done_testing
