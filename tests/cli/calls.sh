#!/usr/bin/env bash
# Sixty calls as people make them (tests/cases/calls/calls.tsv: places, ages, nights, holidays, New Year), asked of the server: each is accepted at the first try, or
# answered by one question back; department, address and telephone in every answer; nobody is sent to a door that does not take his age (tests/oracle/calls.py, from the
# region's files). Then the same call on the command line, for people.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
calls=tests/cases/calls/calls.tsv
db=$work/a.db
mkdir "$work/answers"
t() { timeout 300 "$TOBAN" "$@" --by 見本 --db "$db"; }
t init --region rosters/ishikawa-chuo --at 2026-10-01T08:00 >"$work/log" 2>&1
t plan 2026-12-03..2027-01-08 --duty all --time 20 --at 2026-10-02T09:00 >"$work/log" 2>&1 && council "$db" 2026-10-15T09:00
t publish --at 2026-10-15T10:00 >"$work/log" 2>&1
ok $? "December and New Year are published"

"$TOBAN" serve --db "$db" --port 0 --staff --lang ja >"$work/out" 2>"$work/err" &
server=$!
trap 'kill $server; rm -rf "$work"' EXIT
for _ in $(seq 100); do
    port=$(grep -ohE '127.0.0.1:[0-9]+' "$work/out" "$work/err" | head -n 1 | sed 's/.*://')
    [ -n "$port" ] && break
    sleep 0.1
done
# ask FILE NAME=VALUE...: the HTTP status. A table that is being made is asked for again.
ask() {
    local file=$1 status args=()
    shift
    for pair; do args+=(--data-urlencode "$pair"); done
    for _ in $(seq 60); do
        status=$(curl -s -G -o "$file" -w '%{http_code}' "${args[@]}" "http://127.0.0.1:$port/v1/route")
        [ "$status" = 503 ] || break
        sleep 0.5
    done
    echo "$status"
}
n=0 first=0 second=0
while IFS=$'\037' read -r _ at area age complaint level modifier channel again; do
    n=$((n + 1))
    pairs=("at=$at" "area=$area" "age=$age" "complaint=$complaint" "scale=phone:v1")
    case $level in
    guidance) pairs+=(guidance=1) ;;
    -*) pairs=("at=$at" "area=$area" "age=$age" "complaint=$complaint" "level=${level#-}") ;;
    *) pairs+=("level=$level") ;;
    esac
    [ -n "$modifier" ] && pairs+=("modifier=$modifier")
    [ -n "$channel" ] && pairs+=("channel=$channel")
    status=$(ask "$work/answers/$n.json" "${pairs[@]}")
    if [ "$status" = 200 ]; then
        first=$((first + 1))
        continue
    fi
    # The question back names what may be meant; the caller says which.
    mv "$work/answers/$n.json" "$work/answers/$n.asked"
    told=()
    for pair in "${pairs[@]}"; do [ "${pair%%=*}" = "${again%%=*}" ] && told+=("$again") || told+=("$pair"); done
    [ "$(ask "$work/answers/$n.json" "${told[@]}")" = 200 ] && second=$((second + 1))
done < <(grep -v '^#' "$calls" | tr '\t' '\037')
is "$((first + second)) of $n" "60 of 60" "sixty calls: $first at the first try, $second after one question"
is "$((n - first))" "$(awk -F'\t' '$9 != "" && !/^#/' "$calls" | wc -l)" "only what is doubtful is asked back"
like "$(cat "$work/answers"/*.asked)" '金沢市 此花地区.*野々市市' "the question names both that may be meant"
PYTHONPATH=tests PYTHONDONTWRITEBYTECODE=1 python3 -m oracle.calls rosters/ishikawa-chuo "$calls" "$work/answers" >"$work/judged"
ok $? "the region's own files agree with every answer: ages, departments, addresses, telephones"
grep -vE '^ok|^1\.\.' "$work/judged" | sed 's/^not ok/# not ok/'

# On the command line, for people.
say() { t route --lang ja "$@" >"$work/said" 2>&1; }
say --at 2026-12-07T05:50 --area 松任 --age 4歳 --complaint 小児内科系 --level qsuke:v3:黄
like "$(cat "$work/said")" '^お尋ね: 白山市 松任 ・ 4歳 ・ 小児内科系 ・ 緊急度 黄（qsuke v3） ・ 12月7日\(月\) 5:50 ・ 窓口$' "the question is said back"
like "$(cat "$work/said")" '^1\. 電話してから行く ' "the one open door before dawn is told by what to do there"
is "$(grep -cE '後方|次の診療|20[0-9]{2}-[0-9]{2}-[0-9]{2}' "$work/said")" 0 "no rank, nothing twice, no date as a machine writes it"
like "$(cat "$work/said")" '診療科 小児科（16歳未満）' "with the department and whom it takes"
say --at 2026-12-06T20:00 --area 金沢市本町 --age 30 --complaint 内科系 --guidance
like "$(cat "$work/said")" '^お尋ね: 金沢市 此花地区 ' "a guest in Kanazawa's 本町 is not taken for one in Nonoichi"
like "$(cat "$work/said")" '地図 https://www.openstreetmap.org/\?mlat=36\.' "with a map where the place has one"
say --at 2026-12-10T01:00 --area 小坂 --age 50 --complaint 耳鼻咽喉 --guidance
is "$(grep -E '次に開く|次の診療' "$work/said" | grep -cv かかりつけ医)" 0 "a nosebleed at one in the morning is not sent to wait for Sunday"
say --at 2026-12-06T22:00 --area unknown --level unknown --channel 119
like "$(cat "$work/said")" '^当番病院一覧（参考・順位なし）$' "the 119 desk's list says that it has no ranks"
is "$(grep -cE '次の候補・電話で確認' "$work/said")" 4 "nothing known: all four hospitals of the night"
door=$(t now --json --at 2026-12-07T05:50 --lang en | node -e 'const j=JSON.parse(require("fs").readFileSync(0));console.log(j.on_duty.find(x=>x.duty==="rotation-paed").provider)')
say --at 2026-12-07T05:50 --area 松任 --age 4 --complaint 小児内科系 --level qsuke:v3:黄 --declined "$door:満床"
like "$(tr '\n' ' ' <"$work/said")" 'ほかになければ電話.*Ｚ救命救急センター（架空）.*次に開く +かかりつけ医  9:00 から.*19:30 から' "the only door declines: hospitals by telephone, the tertiary centre, what opens next"
done_testing
