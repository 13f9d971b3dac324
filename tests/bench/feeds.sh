#!/usr/bin/env bash
# Figures of the feeds as JSON lines: ten thousand events rendered; requests a second for a feed of 20 kB, as 200 and as 304, beside nginx serving the same
# file; what was rendered meanwhile. Without wrk and nginx (Debian packages) that part is left out.
set -euo pipefail
cd "$(dirname "$0")/../.."
B=${B:-build} seconds=${1:-5}
work=$(mktemp -d)
pids=()
trap 'for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done; rm -rf "$work"' EXIT
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -D_GNU_SOURCE -O2 -Iinclude -o "$work/feeds" tests/bench/feeds.c "$B/libtoban.a" $(pkg-config --libs jansson libical libutf8proc) -lm -pthread
"$work/feeds" rosters/ishikawa-chuo
if ! command -v wrk >/dev/null || ! command -v nginx >/dev/null; then
    echo '{"name":"feeds.http","skipped":"wrk or nginx is not here"}'
    exit 0
fi
TOBAN=$B/toban
# shellcheck source=tests/small.sh
. tests/small.sh
small_init
who=()
for i in $(seq 29); do who+=("p$((i % 3 + 1))"); done
roster 2026-11-02T09:00 "${who[@]}"
token=$(t token issue duty night --at 2026-11-02T09:10)
token=${token%/toban.ics}
token=${token##*/}
t export ics --out "$work/www" --at 2026-11-20T10:00 >/dev/null
"$TOBAN" serve --port 0 --db "$db" --at 2026-11-20T10:00 --lang en >"$work/serve.out" 2>"$work/serve.err" &
ours=$!
pids+=("$ours")
for _ in $(seq 200); do
    port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$work/serve.out")
    [ -n "$port" ] && break
    sleep 0.1
done
other=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
cat >"$work/nginx.conf" <<N
worker_processes 2;
daemon off;
pid $work/nginx.pid;
error_log $work/nginx.err;
events { worker_connections 256; }
http {
    access_log off;
    client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3; uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
    sendfile on;
    open_file_cache max=10;
    types { text/calendar ics; }
    server { listen 127.0.0.1:$other; location /ics/ { alias $work/www/; } }
}
N
chmod 755 "$work" "$work/www" "$work/www/$token"
chmod 644 "$work/www/$token/toban.ics"
nginx -c "$work/nginx.conf" -e "$work/nginx.err" &
theirs=$!
pids+=("$theirs")
sleep 1
bytes=$(wc -c <"$work/www/$token/toban.ics")
renders() { curl -s "http://127.0.0.1:$port/metrics" | sed -n 's/^toban_feed_renders_total //p'; }
ticks() { # processor time of a process and its children, in hundredths of a second
    local sum=0 p
    for p in "$1" $(pgrep -P "$1" || true); do sum=$((sum + $(awk '{print $14 + $15}' "/proc/$p/stat"))); done
    echo "$sum"
}
before=$(renders)
# toban answers one request on a connection (docs/operator/serve.md); nginx both ways.
for server in "toban $port $ours close" "nginx $other $theirs close" "nginx $other $theirs keep-alive"; do
    read -r name at pid connection <<<"$server"
    url=http://127.0.0.1:$at/ics/$token/toban.ics
    tag=$(curl -sI "$url" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: //p')
    for status in 200 304; do
        header=(-H "Connection: $connection")
        [ "$status" = 304 ] && header+=(-H "If-None-Match: $tag")
        got=$(curl -s -o /dev/null -w '%{http_code}' "${header[@]}" "$url")
        [ "$got" = "$status" ] || { echo "$name answers $got for $status" >&2; exit 1; }
        wrk -t1 -c1 -d1s "${header[@]}" "$url" >/dev/null
        begun=$(ticks "$pid")
        wrk -t1 -c32 "-d${seconds}s" --latency "${header[@]}" "$url" >"$work/wrk"
        used=$(($(ticks "$pid") - begun))
        grep -q 'Non-2xx' "$work/wrk" && [ "$status" = 200 ] && { cat "$work/wrk" >&2; exit 1; }
        awk -v n="$name" -v k="$connection" -v s="$status" -v b="$bytes" -v cpu="$used" '
            /^ *50%/ {p50 = $2} /^ *99%/ {p99 = $2} /requests in/ {count = $1} /^Requests\/sec/ {rate = $2}
            END {printf "{\"name\":\"feeds.http\",\"server\":\"%s\",\"connection\":\"%s\",\"status\":%d,\"bytes\":%d,\"per_second\":%.0f,\"p50\":\"%s\",\"p99\":\"%s\",\"cpu_us_each\":%.1f}\n", n, k, s, b, rate, p50, p99, cpu * 10000 / count}' "$work/wrk"
    done
done
# Ten thousand subscribers who ask every five minutes ask 33 times a second.
echo "{\"name\":\"feeds.polls-render\",\"renders_before\":$before,\"renders_after\":$(renders)}"
