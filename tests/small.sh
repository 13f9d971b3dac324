# shellcheck shell=bash
# A region of three fictitious doctors (架空) and one clinic's night duty, in which a test says who sits where. Source after tap.sh.
# shellcheck disable=SC2034,SC2154
db=$work/small.db
mkdir -p "$work/region"
cat >"$work/region/region.json" <<'JSON'
{"format_version": 1,
 "region": {"id": "small", "name": "小さな医療圏", "notice": "見本です。人名・電話番号は架空です。"},
 "areas": [{"id": "town", "name": "架空町", "level": "municipality"}],
 "bodies": [{"id": "assoc", "name": "架空町医師会", "kind": "medical-association"}],
 "kinds": [{"id": "doctor", "name": "医師", "person": "yes"}, {"id": "clinic", "name": "診療所"}],
 "specialities": [{"id": "internal", "name": "内科"}],
 "classes": [{"id": "all", "name": "毎日"}],
 "providers": [
  {"id": "p1", "name": "髙橋 一郎", "kind": "doctor", "area": "town", "staff_phone": "090-0000-0001"},
  {"id": "p2", "name": "𠮷田, 花子", "kind": "doctor", "area": "town", "staff_phone": "090-0000-0002"},
  {"id": "p3", "name": "鈴木 次郎", "kind": "doctor", "area": "town"},
  {"id": "centre", "name": "架空町急病センター", "kind": "clinic", "area": "town", "phone": "076-000-0000", "address": "架空町1-1"}],
 "duties": [{"id": "night", "name": "急病センター", "kind": "doctor", "site": "centre", "specialities": ["internal"], "tier": 1, "body": "assoc", "period": "month"}],
 "bands": [{"duty": "night", "id": "eve", "name": "準夜", "when": "all", "from": "19:30", "to": "25:00", "reception": "24:30"}],
 "seats": [{"duty": "night", "band": "eve", "role": "primary", "rank": 0, "when": "all", "count": 1}],
 "members": [{"duty": "night", "provider": "p1"}, {"duty": "night", "provider": "p2"}, {"duty": "night", "provider": "p3"}],
 "ledgers": [{"id": "nights", "name": "準夜", "scope": "provider", "duties": ["night"], "class": "all", "price": 1}]}
JSON
t() { "$TOBAN" "$@" --db "$db"; }
# roster AT PROVIDER...: a draft in which these doctors have the nights from 2 December on, one each.
draft() {
    local at=$1 day=2
    shift
    local first=2026-12-02 last
    last=2026-12-$(printf %02d $((1 + $#)))
    echo "duty,date,band,role,provider,action" >"$work/region/pins.csv"
    for p in "$@"; do
        printf 'night,2026-12-%02d,eve,primary,%s,pin\n' "$day" "$p" >>"$work/region/pins.csv"
        day=$((day + 1))
    done
    t import "$work/region" --replace --yes --at "$at" >/dev/null && t plan "$first..$last" --duty night --replan --at "$at" >/dev/null
}
# roster AT PROVIDER...: the same, published.
roster() { draft "$@" && t publish --at "$1" --note "$(($# - 1)) 夜" >/dev/null; }
small_init() { t init --region "$work/region" --at 2026-11-01T09:00 >/dev/null; }
