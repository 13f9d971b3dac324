#!/usr/bin/env bash
# make.sh VERSION: the data file of a release and its answers, made by that release's program ($B/toban) and kept for ever after:
# release-VERSION.sql (as sqlite3 dumps it), .key, .answers. Everybody in it is fictitious (架空). Run once, when a release with a new
# schema version is made; tests/unit/t_store_schema.c then pins the file's digest.
set -euo pipefail
cd "$(dirname "$0")/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
# shellcheck source=tests/upgrade/answers.sh
. tests/upgrade/answers.sh
export LC_ALL=C TZ=UTC
to=tests/upgrade/release-$1
[ ! -e "$to.sql" ] || { echo "$to.sql is there already and is never made again" >&2; exit 1; }
node -e '
const fs = require("fs"), f = process.argv[1], j = JSON.parse(fs.readFileSync(f, "utf8"));
j.classes.push({id: "sun", name: "日曜", weekdays: "sun"});
j.kinds.push({id: "hospital", name: "病院"});
j.providers.push({id: "p4", name: "佐々木 四郎", kind: "doctor", area: "town"}, {id: "dept", name: "架空大学医局", kind: "doctor", area: "town", names_days: 10},
    {id: "tert", name: "救命（架空）", kind: "hospital", area: "town", phone: "076-000-0099", staff_phone: "090-0000-0099", tertiary: "yes", disaster_base: "yes"},
    {id: "u1", name: "名簿 花子", kind: "doctor", area: "town"});
j.links = [{from: "u1", type: "employed-by", to: "dept"}];
j.members.push({duty: "night", provider: "p4"}, {duty: "night", provider: "dept"});
j.ledgers.push({id: "nights.sun", name: "日曜の準夜", scope: "provider", duties: ["night"], class: "sun", price: 1});
j.balances = [{ledger: "nights", account: "p1", date: "2026-03-31", carried: 0.25, reason: "前年度から"}];
j.rules = [{id: "gap", type: "rest.days", duties: ["night"], params: "days=2", ja: "準夜は続けない", en: "No two nights running"}];
// of version 2
j.providers.find(p => p.id === "p1").born = "1958-04-01";
j.rules.push({id: "sixty-five", type: "limit.window", duties: ["night"], params: "max=9 months=2 from=65", ja: "65歳からは続く二か月に9回まで", en: "From 65 on at most nine in any two months"});
j.surveys = [{id: "dec", from: "2026-12-01", to: "2026-12-31", duties: ["night"], deadline: "2026-11-05"}];
j.wishes = [{survey: "dec", provider: "p4", type: "cannot", from: "2026-12-02", must: "yes", note: "通院"}];
j.complaints = [{id: "internal", name: "内科系", specialities: ["internal"]}];
j.lines = [{id: "7119", name: "相談（架空）", phone: "#7119", from: "00:00", to: "24:00"}];
j.recipients = [{id: "fire", name: "消防指令センター（架空）", kind: "fire", way: "fax", address: "076-000-0009", days_from: 0, days_to: 400}];
// of version 3
j.surveys.push({id: "jan", from: "2027-01-01", to: "2027-01-03", duties: ["night"], deadline: "2026-12-05", days: "clock"});
j.wishes.push({survey: "jan", provider: "p3", type: "cannot", from: "2027-01-03", ends: "12:00", must: "yes", note: "法事"});
j.areas.push({id: "ward", name: "架空町 東", level: "district", parent: "town", inside: 12});
fs.writeFileSync(f, JSON.stringify(j));' "$work/region/region.json"
cp rosters/ishikawa-chuo/policies.csv "$work/region/"
s() { t "$1" --at "$at" --by 架空の事務局 "${@:2}" >/dev/null; }
n() { echo "night:2026-12-$1:eve"; }
small_init
at=2026-11-01T10:00
s wish --survey dec --provider p2 --type rather-not --from 2026-12-06
draft 2026-11-02T09:00 p1 p2 p3 p4 dept p1 p2 p3 p4
at=2026-11-02T10:00
s circulate 1 --until 2026-11-08
at=2026-11-09T10:00
s approve 1
s publish --note 十二月
echo "duty,date,band,role,provider,action" >"$work/region/pins.csv" # the pins that made the roster go
t import "$work/region" --replace --yes --at 2026-11-09T11:00 >/dev/null
s sent 1 --recipient fire
s sent 1 --recipient fire --confirmed --note 指令第一係
for p in p1 p2 p3; do s token issue "$p"; done
s token issue region small
s token rotate p2
s token revoke p3
s name "$(n 06)" --person u1
at=2026-11-20T09:00
s swap ask --seat "$(n 09)" --with "$(n 10)" --note 学会
s swap agree 1 --provider p4
s swap approve 1
s swap publish 1
s swap ask --seat "$(n 07)" --to p4 --note 未定
at=2026-12-06T09:00
s attend "$(n 02)" --patients 14 --referred 1 --light 11
s attend "$(n 03)" --came p3 --from 20:00 --to 25:30 --patients 9 --referred 0 --light 8 --reason 急病
s attend "$(n 04)" --came nobody
s attend "$(n 04)" --remove --reason 書き誤り
s ledger --ledger nights --account p2 --adjust 0.5 --reason 応援
s override phone --provider centre --phone 076-000-0001 --minutes 600 --reason 回線 --source 電話
s plan 2027-01-01..2027-01-03 --duty night
s assign --seat night:2027-01-02:eve --provider p4 --instead-of "$(sqlite3 "$db" "SELECT provider FROM draft_seats WHERE draft = (SELECT max(id) FROM drafts) AND date = '2027-01-02'")" || [ $? -eq 1 ]
s undo
s redo
s exception --rule gap --seat night:2027-01-02:eve --provider p4 --reason 電話で承諾 --signed-by 架空の理事
{
    echo "-- Made by tests/upgrade/make.sh with toban $1. Never changed. Everybody in it is fictitious (架空)."
    sqlite3 "$db" "SELECT 'PRAGMA application_id = ' || application_id || ';' FROM pragma_application_id; SELECT 'PRAGMA user_version = ' || user_version || ';' FROM pragma_user_version"
    sqlite3 "$db" .dump
} >"$to.sql"
cp "$db.key" "$to.key"
answers "$db" "$db.key" >"$to.answers"
