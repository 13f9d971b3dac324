#!/usr/bin/env bash
# What a calendar tells changes by names, overrides, settings and programs, without a publication. A client that asks by date, one that asks by ETag, one that looks at SEQUENCE and one that
# looks at LAST-MODIFIED have each of them within a minute, though all happen in one minute; and what does not change is not sent.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
db=$work/v.db at=2026-12-01T10:00
mkdir "$work/region"
cat >"$work/region/region.json" <<'JSON'
{"format_version": 1,
 "region": {"id": "v", "name": "予定表の見本", "notice": "見本です。人名・電話番号は架空です。", "consulting": "work"},
 "areas": [{"id": "town", "name": "架空町", "level": "municipality"}],
 "bodies": [{"id": "assoc", "name": "架空町医師会", "kind": "medical-association", "phone": "076-000-0100"}],
 "kinds": [{"id": "doctor", "name": "医師", "person": "yes"}, {"id": "clinic", "name": "診療所"}, {"id": "hospital", "name": "病院"}],
 "specialities": [{"id": "internal", "name": "内科"}],
 "classes": [{"id": "all", "name": "毎日"}, {"id": "work", "name": "平日", "weekdays": "mon;tue;wed;thu;fri"}],
 "complaints": [{"id": "internal", "name": "内科系", "specialities": ["internal"]}],
 "lines": [{"id": "7119", "name": "相談（架空）", "phone": "#7119", "from": "00:00", "to": "24:00"}],
 "providers": [
  {"id": "p1", "name": "髙橋 一郎", "kind": "doctor", "area": "town"}, {"id": "p2", "name": "吉田 花子", "kind": "doctor", "area": "town"},
  {"id": "p3", "name": "鈴木 次郎", "kind": "doctor", "area": "town"}, {"id": "owner", "name": "院長 架空", "kind": "doctor", "area": "town"},
  {"id": "free", "name": "後継 架空", "kind": "doctor", "area": "town"}, {"id": "new", "name": "新人 架空", "kind": "doctor", "area": "town"},
  {"id": "dept", "name": "架空医局", "kind": "doctor", "area": "town", "names_days": 1},
  {"id": "u1", "name": "名簿 花子", "kind": "doctor", "area": "town"}, {"id": "u2", "name": "名簿 次郎", "kind": "doctor", "area": "town"},
  {"id": "c1", "name": "架空一号医院", "kind": "clinic", "area": "town", "phone": "076-000-0001"}, {"id": "c2", "name": "架空二号医院", "kind": "clinic", "area": "town", "phone": "076-000-0002"},
  {"id": "tert", "name": "架空救命", "kind": "hospital", "area": "town", "phone": "076-000-0009", "tertiary": "yes"},
  {"id": "centre", "name": "架空町急病センター", "kind": "clinic", "area": "town", "phone": "076-000-0000", "address": "架空町1-1"}],
 "links": [{"from": "owner", "type": "owns", "to": "c1"}, {"from": "u1", "type": "employed-by", "to": "dept"}, {"from": "u2", "type": "employed-by", "to": "dept"}],
 "duties": [
  {"id": "night", "name": "急病センター", "kind": "doctor", "site": "centre", "specialities": ["internal"], "tier": 1, "body": "assoc", "period": "month"},
  {"id": "group", "name": "派遣枠", "kind": "doctor", "site": "centre", "specialities": ["internal"], "tier": 1, "body": "assoc", "period": "month"},
  {"id": "clinic", "name": "休日当番", "kind": "clinic", "specialities": ["internal"], "tier": 1, "body": "assoc", "period": "month"},
  {"id": "later", "name": "来月からの当番", "kind": "doctor", "site": "centre", "specialities": ["internal"], "tier": 1, "body": "assoc", "period": "month"}],
 "bands": [
  {"duty": "night", "id": "eve", "name": "準夜", "when": "all", "from": "19:30", "to": "25:00"},
  {"duty": "group", "id": "eve", "name": "準夜", "when": "all", "from": "19:30", "to": "25:00"},
  {"duty": "later", "id": "eve", "name": "準夜", "when": "all", "from": "19:30", "to": "25:00"},
  {"duty": "clinic", "id": "day", "name": "昼", "when": "all", "from": "09:00", "to": "17:00"}],
 "seats": [
  {"duty": "night", "band": "eve", "role": "primary", "rank": 0, "when": "all", "count": 1}, {"duty": "night", "band": "eve", "role": "reserve", "rank": 0, "when": "all", "count": 1},
  {"duty": "group", "band": "eve", "role": "primary", "rank": 0, "when": "all", "count": 1}, {"duty": "later", "band": "eve", "role": "primary", "rank": 0, "when": "all", "count": 1},
  {"duty": "clinic", "band": "day", "role": "primary", "rank": 0, "when": "all", "count": 1}],
 "members": [{"duty": "night", "provider": "p1"}, {"duty": "night", "provider": "p2"}, {"duty": "night", "provider": "p3"}, {"duty": "group", "provider": "dept"},
  {"duty": "clinic", "provider": "c1"}, {"duty": "clinic", "provider": "c2"}, {"duty": "later", "provider": "free"}],
 "ledgers": [{"id": "nights", "name": "準夜", "scope": "provider", "duties": ["night"], "class": "all", "price": 1}],
 "pins": [
  {"duty": "night", "date": "2026-12-02", "band": "eve", "provider": "p1", "action": "pin"}, {"duty": "night", "date": "2026-12-02", "band": "eve", "role": "reserve", "provider": "p2", "action": "pin"},
  {"duty": "night", "date": "2026-12-03", "band": "eve", "provider": "p2", "action": "pin"}, {"duty": "night", "date": "2026-12-03", "band": "eve", "role": "reserve", "provider": "p3", "action": "pin"},
  {"duty": "clinic", "date": "2026-12-06", "band": "day", "provider": "c1", "action": "pin"}, {"duty": "clinic", "date": "2026-12-07", "band": "day", "provider": "c2", "action": "pin"}]}
JSON
cp rosters/ishikawa-chuo/policies.csv "$work/region/"
t() { "$TOBAN" "$@" --db "$db"; }
t init --region "$work/region" --at 2026-11-01T09:00 >/dev/null
t plan 2026-12-02..2026-12-03 --duty night --at $at >/dev/null && t plan 2026-12-04..2026-12-04 --duty group --at $at >/dev/null && t plan 2026-12-06..2026-12-07 --duty clinic --at $at >/dev/null
t publish --at $at >/dev/null
ok $? "published"
token() { t token issue "$@" --at $at --json >"$work/t.json" && json "$work/t.json" j.token; }
{
    printf '{'
    comma=
    for feed in p1 p2 p3 owner free new dept u1 u2 c1 c2 "duty night" "duty group" "duty clinic" "region v"; do
        # shellcheck disable=SC2086
        printf '%s"%s": "%s"' "$comma" "${feed/region v/region}" "$(token $feed)"
        comma=,
    done
    printf '}'
} >"$work/tokens.json"
"$TOBAN" serve --port 0 --db "$db" --at $at --lang en >"$work/serve.out" 2>"$work/serve.err" &
pid=$!
trap 'kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 300); do
    port=$(sed -n 's/.*:\([0-9]*\)$/\1/p' "$work/serve.out")
    [ -n "$port" ] && break
    sleep 0.1
done
# ---- what stands in them before anything changes
own() { t export ics --out "$work/www" --at $at >/dev/null && tr -d '\r' <"$work/www/$(json "$work/tokens.json" "j['$1']")/toban.ics" | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n //g'; }
like "$(own owner)" 'SUMMARY:当番 休日当番（昼） 架空一号医院' "one calendar for each human: an owner's has what his clinic has"
is "$(own owner | grep -c '^BEGIN:VEVENT')" 1 "and nothing else"
like "$(own p2 | grep -A 12 '^SUMMARY:予備')" 'TRANSP:TRANSPARENT' "the reserve leaves the evening free"
like "$(own p2 | grep -A 1 '^SUMMARY:予備')" '予備です。自宅など電話に出られる所で待ち、呼ばれたら出ます。架空町急病センター か 架空町医師会 から電話' "and is told where to wait, and who calls"
like "$(own p2 | grep '^LOCATION:自宅')" '^LOCATION:自宅待機（呼ばれたら 架空町急病センター 架空町1-1）$' "and where to come"
like "$(own p1)" '来られないとき 連絡先 架空町医師会 076-000-0100' "whom to call when he cannot come"
like "$(own free | grep '^SUMMARY')" '^SUMMARY:お知らせ 割り当てられた当番はありません$' "the notice names no day that nobody has decided"
like "$(own free | grep '^DESCRIPTION')" '来月からの当番: まだ公表していません' "and each duty he is in, with what is published"
own p1 | grep -q VALARM
is $? 1 "nothing rings unasked"
# ---- 27 kinds of change
TOBAN=$TOBAN /usr/bin/python3 tests/interop/validators.py "$port" "$db" $at "$work/tokens.json" >"$work/v" 2>"$work/v.err"
is "$?/$(cat "$work/v.err")" "0/" "the clients came to their end"
while read -r status name; do
    if [ "$status" = "#" ]; then echo "# $name"; else ok "$status" "$name"; fi
done <"$work/v"
is "$(grep -c '^0' "$work/v")" 27 "all kinds were tried"
# ---- what was fetched
fetched() { t tomorrow 2026-12-0"$1" --at $at --json >"$work/e.json" && json "$work/e.json" "j.seats.filter(s=>s.provider=='$2').map(s=>s.fetched).join()"; }
kill "$pid" && wait "$pid"
is "$(fetched 2 p1)/$(fetched 4 dept)" true/true "what was fetched with all that was entered counts"
t override late --provider p1 --from 2026-12-02T19:30 --until 2026-12-02T20:00 --source 電話 --at $at >/dev/null
t name group:2026-12-04:eve --person u1 --instead-of u2 --at $at >/dev/null
is "$(fetched 2 p1)/$(fetched 4 dept)" false/false "and no longer when a name or an override has come since"
done_testing
