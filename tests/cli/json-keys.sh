#!/usr/bin/env bash
# docs/reference/json.md and the program agree: every command that answers in JSON is run, and each path of its answers stands in the table of that command, with a value of the type
# told there; and each path of the tables is shown by some run, except rows marked (rare).
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C.UTF-8
mkdir "$work/out"
runs=0
unexpected=
# a COMMAND ARGUMENTS...: one answer of a command, on $db at $at. What it writes is read at the end.
a() {
    runs=$((runs + 1))
    local file
    file=$work/out/$1.$(printf %03d $runs).json
    "$TOBAN" "$@" --json --db "$db" --at "$at" --by 見本 --lang en >"$file" 2>"$work/err" </dev/null
    case $? in
    0 | 1 | 5) ;;
    *) unexpected+="$* ($(head -n 1 "$work/err")); " ;;
    esac
}
# q COMMAND ARGUMENTS...: a step whose answer does not matter here.
q() { "$TOBAN" "$@" --db "$db" --at "$at" --by 見本 --lang en >/dev/null 2>"$work/err" </dev/null || unexpected+="$* ($(head -n 1 "$work/err")); "; }

# ---- the sample: ten nights of the children's duty, New Year, some days of the rotation
db=$work/sample.db at=2026-11-02T09:00
a init --region rosters/ishikawa-chuo
printf 'provider,duty,from,to,reason,accrues\nd-ped-07,,2026-12-03,2027-01-20,illness,no\n' >"$work/x.csv"
a import "$work/x.csv" --entity exemptions
sed -i s/illness/other/ "$work/x.csv"
a import "$work/x.csv" --entity exemptions --dry-run
a rows amendments what=providers key=d-ped-04 field=note from=2026-12-30 value=架空 reason=見本 --add
a calendar 2026-12-29..2026-12-31 --duty night-paed
q rows holidays date=2028-05-05 kind=drop --add
q rows holidays date=2028-06-01 name=架空の祝日 --add
a calendar 2028-05-05..2028-05-05 --duty night-paed
q rows holidays date=2028-05-05 kind=drop --remove
q rows holidays date=2028-06-01 kind=add --remove
a purge
a purge drafts --before 2020-01-01 --yes
a person d-ped-34
a wish
a wish --list --provider c-ent-01
a wish --survey clinic-2026-h1 --provider c-ent-01 --type cannot --from 2026-05-10
q pin --seat night-paed:2026-12-04:night --provider d-ped-34
q pin --seat night-paed:2026-12-04:night --provider d-ped-34 --reason 申し出
a pin --list
a pin --history
a rows exemptions provider=d-ped-08 from=2027-02-01 to=2027-02-03 reason=leave --add
a rows exemptions provider=d-ped-08 from=2027-02-01 --remove
a rows exemptions --history
a plan 2026-12-01..2026-12-10 --duty night-paed --time 20
a check
a score
a circulate 1 --until 2026-11-20
a circulate
a approve 1 --note 理事会 --word 財団決裁 --date 2026-11-02 --number 第8回
a circulate
a publish
a plan 2026-12-01..2026-12-10 --duty night-paed --replan --what-if --without d-ped-04 --time 20
who=$(sqlite3 "$db" "SELECT provider FROM publication_seats WHERE date = '2026-12-08' AND duty = 'night-paed' AND role = 'primary' LIMIT 1")
a plan 2026-12-01..2026-12-10 --duty night-paed --keep 9 --without "$who" --time 20
a diff draft
q publish
a diff 1 2
q plan 年末年始 --duty night-paed --time 20
q plan 2026-12-11..2026-12-14 --duty rotation-surgical --duty rotation-internal --duty kahoku --time 20
a circulate
council "$db" "$at"
q publish
a sent 1
a sent --recipient fire-east
q sent --recipient fire-east --confirmed --note 本人
a sent
a sent --texts "$work/texts"
a name night-paed:2026-12-04:night --person "$(sqlite3 "$db" "SELECT \"from\" FROM links WHERE \"to\" = 'd-ped-34' AND type = 'employed-by' LIMIT 1")"
a name --all --period 2026-12
a duties 2026-12
a token issue d-ped-04
a token issue d-ped-05
a token revoke d-ped-05
sqlite3 "$db" "UPDATE tokens SET fetched = '2026-11-03T09:00+09:00', fetched_publication = 1 WHERE subject = 'd-ped-04'"
a token list
a export all --out "$work/site"
a export ics --out "$work/ics"
a export region "$work/region-copy"
a rows providers id=d-ped-04
a export model 2026-12 --format mps --file "$work/m.mps"
a export table 2026-12-03..2026-12-04 --file "$work/table.json"
a export sheets 2026-12-03..2026-12-04 --out "$work/sheets"
q token issue h-10
sqlite3 "$db" "UPDATE tokens SET fetched = '2026-11-01T09:00+09:00', fetched_publication = 1 WHERE subject = 'h-10'"
a unfetched --days 60
a audit
a find 高橋内科
a find めまい
a ledger
a ledger FY2026
of=$(sqlite3 "$db" "SELECT provider FROM publication_seats WHERE date = '2026-12-31' AND duty = 'night-paed' AND role = 'primary' LIMIT 1")
a ledger FY2026 --account "$of"
a ledger FY2026 --account "$of" --audience member
a ledger FY2026 --html "$work/ledgers"
a entries
a shares FY2026-H1
a why --seat night-paed:2026-12-08:night --published --time 5 --most 1
a why --seat night-paed:2026-12-08:night --published --audience member --time 5 --most 1
a why --of "$who" --draft 1 --time 5 --most 0
a pin --seat night-paed:2026-12-16:night --provider d-ped-05
a forbid --seat night-paed:2026-12-16:night --provider d-ped-06
a compare now rosters/ishikawa-chuo/variants/hospital-leaves 2026-12-11..2026-12-12 --duty rotation-surgical --time 20
a ledger --ledger paed.all --account d-ped-01 --adjust 0.5 --reason 手で
at=2026-12-03T20:00
a attend night-paed:2026-12-02:night --patients 14 --referred 1 --light 11
printf 'duty,date,band,came,patients\nnight-paed,2026-12-01,night,,9\n' >"$work/x.csv"
a attend --file "$work/x.csv"
a attend 2026-12
a attend 2026-12 --report counts
a now
a override closed --provider c-ent-01 --until 2026-12-04T12:00 --reason 患者対応中 --source 電話
a override
a todo --done override:1 --note 知らせた
a override disaster --with 理事 --until 2026-12-05T12:00 --source 県庁
a route --area 森本 --age 4 --complaint paed-internal --level qsuke:v3:黄 --explain
a route --area 森本 --age 40 --complaint internal --level qsuke:v3:赤 --channel 119 --declined h-01:満床
a attend 2026-12 --report light
a check-table --period 2026-12-03..2026-12-03
# what publications hold beside seats has moved: a publication of that alone, and one that takes it along
q rows providers id=c-ent-01 phone=076-000-9901 --add
a publish --facts
q rows providers id=c-ent-01 phone=076-000-9902 --add
a withdraw 2026-12 --duty night-paed --reason 休診
a backup "$work/copy.db"
a verify
a restore "$work/copy.db"

# ---- seats that stay open, in small regions
db=$work/blank.db at=2026-07-10T09:00
q init --region rosters/blank-day
a plan 2026-08
a explain
a check
a assign --seat rotation:2026-08-30:night --provider a
a explain
db=$work/tiers.db at=2026-11-01T09:00
q init --region rosters/three-tiers
a plan 2026-12-06..2026-12-06 --duty all
a explain
a compare now rosters/three-tiers 2026-12-06..2026-12-06 --duty all

# ---- a few doctors, so that rules are broken, seats swapped, names missing
# shellcheck source=tests/small.sh
. tests/small.sh
node -e '
const fs=require("fs"),f=process.argv[1],j=JSON.parse(fs.readFileSync(f));
j.kinds.push({id:"hospital",name:"病院"});
j.classes.push({id:"new-year",name:"年末年始",from:"12-29",to:"01-03"});
j.providers.push({id:"dept",name:"架空大学医局",kind:"doctor",area:"town",names_days:10},{id:"u1",name:"名簿 花子",kind:"doctor",area:"town"},
  {id:"h1",name:"架空病院",kind:"hospital",area:"town",phone:"076-000-0100"});
j.links=[{from:"u1",type:"employed-by",to:"dept"}];
j.duties.push({id:"rotation",name:"病院群輪番",kind:"hospital",specialities:["internal"],tier:2,body:"assoc",period:"month"});
j.bands.push({duty:"rotation",id:"deep",name:"深夜",when:"all",from:"17:00",to:"32:30"});
j.seats.push({duty:"rotation",band:"deep",role:"primary",rank:0,when:"all",count:1},{duty:"night",band:"eve",role:"reserve",rank:0,when:"all",count:1});
j.members.push({duty:"rotation",provider:"h1"},{duty:"night",provider:"dept"});
j.contacts=[{duty:"night",rank:1,name:"事務局（架空）",phone:"076-000-0101"},{duty:"night",rank:2,name:"担当理事（架空）",phone:"090-0000-0100"}];
j.ledgers.push({id:"nights.new-year",name:"準夜 年末年始",scope:"provider",duties:["night"],class:"new-year",price:1,within:"nights"});
j.history=[{duty:"night",date:"2025-12-30",band:"eve",role:"primary",seat:1,provider:"p1"}];
j.surveys=[{id:"dec",from:"2026-12-01",to:"2026-12-31",duties:["night"],deadline:"2026-11-05"}];
j.wishes=[{survey:"dec",provider:"p2",type:"cannot",from:"2026-12-31",must:"yes",note:"通院"},{survey:"dec",provider:"p3",type:"rather-not",from:"2026-12-05",must:"no"}];
j.rules=[{id:"gap",type:"rest.days",params:"days=2",duties:["night"],price:500,ja:"準夜は続けない",en:"no two nights running"},
  {id:"few",type:"limit.count",params:"max=1 unit=period",duties:["night"],price:100,ja:"一期に一回まで",en:"at most one in a period"},
  {id:"rather",type:"wish",params:"wish=rather-not",duties:["night"],price:100,ja:"避けたい日を避ける",en:"days that somebody would rather not have"}];
fs.writeFileSync(f,JSON.stringify(j));' "$work/region/region.json"
db=$work/small.db at=2026-11-02T09:00
{
    echo "duty,date,band,role,provider,action"
    for x in "02 p1 p3" "03 p1 p2" "04 dept p1" "05 p3 p2" "29 p1 p2" "30 p2 p3" "31 dept p3"; do
        read -r day p r <<<"$x"
        printf 'night,2026-12-%s,eve,primary,%s,pin\nnight,2026-12-%s,eve,reserve,%s,pin\n' "$day" "$p" "$day" "$r"
    done
} >"$work/region/pins.csv"
q init --region "$work/region"
a plan 2026-12-02..2026-12-05 --duty all
a plan 2026-12-29..2026-12-31 --duty all
q publish
a check
a explain --rule gap --draft 2
a name
a name night:2026-12-04:eve --person u1
a tomorrow 2026-12-04
a tomorrow 2026-12-03
a replace --seat night:2026-12-05:eve --published
q rows exemptions provider=p3 from=2026-12-05 to=2026-12-05 reason=leave --add
a tomorrow 2026-12-05
a check --draft 1
a todo
a replace --seat night:2026-12-05:eve --today
a replace --seat night:2026-12-05:eve --with first --dry-run
q rows exemptions provider=p3 from=2026-12-05 --remove
a ledger FY2026 --account p1
a ledger FY2026 --account p1 --audience member
q ledger --ledger nights --account p1 --adjust 0.5 --reason 手で
a entries --by-hand
# the pins that made the roster go
echo "duty,date,band,role,provider,action" >"$work/region/pins.csv"
q import "$work/region" --replace --yes
a swap ask --seat night:2026-12-03:eve --with night:2026-12-05:eve --what-if
a swap ask --seat night:2026-12-03:eve --provider p1 --with night:2026-12-05:eve
a swap agree 1 --provider p3
q swap approve 1
a swap show 1 --for p1
a swap publish 1
a swap show 1
a swap ask --seat night:2026-12-05:eve --to dept --what-if
a swap list
a unassign --seat night:2026-12-30:eve:reserve --draft 2
a assign --seat night:2026-12-31:eve --provider p2 --instead-of dept --draft 2
a exception --rule wish.cannot --seat night:2026-12-31:eve --provider p2 --reason 電話 --signed-by 理事
a check
a assign --seat night:2026-12-31:eve --provider dept --instead-of p2
a undo
q pin --seat night:2027-01-05:eve --provider p2
q plan 2027-01-04..2027-01-06 --duty night
a unassign --seat night:2027-01-05:eve
a assign --seat night:2027-01-05:eve --provider p2
a exchange --seat night:2027-01-05:eve --with night:2027-01-04:eve
a undo
a undo
a undo
a redo
a redo
a edits
a compare now "$work/region" 2026-12-27..2026-12-31 --duty night
"$TOBAN" user add kitagawa --name 北川 --db "$db" --json <<<himitsu-no-kotoba >"$work/out/user.add.json"
a user totp kitagawa
a user
for f in "$work"/out/*; do [ -s "$f" ] || unexpected+="nothing in ${f##*/}; "; done
is "$unexpected" "" "every command answered"

# ---- the answers and the page
cat >"$work/walk.js" <<'JS'
// One line of TAP's word and name per command that is told or documented: "ok plan", "not ok plan: what is wrong".
const fs = require("fs"), [page, dir] = process.argv.slice(2);
const told = new Map(), faults = new Map(), of = (map, key, make) => map.get(key) ?? map.set(key, make()).get(key);
let name = null;
const also = new Map(); // a command whose answer may be another's as well
for (const line of fs.readFileSync(page, "utf8").split("\n")) {
    const head = line.match(/^#+ +(command )?(\S+)/), row = line.match(/^\| `([^`]+)` \| ([^|]+) \| (.+) \|$/);
    if (head) name = head[1] ? head[2] : null;
    const other = line.match(/the keys of \[`(\S+)`\]\(#command-/);
    if (name) of(told, name, () => new Map());
    if (name && other) also.set(name, other[1]);
    if (!name || !row) continue;
    const one = of(told.get(name), row[1], () => ({types: [], rare: true, shown: false})); // two answers of a command may have a table each
    one.types.push(...row[2].trim().split(" or "));
    one.rare &&= row[3].includes("(rare)");
}
const type = v => v === null ? "null" : Array.isArray(v) ? "list" : Number.isInteger(v) ? "integer" : typeof v;
const pattern = path => new RegExp("^" + path.replace(/[.[\]]/g, "\\$&").replace(/\*/g, "[^.[\\]]+") + "$");
const blame = (command, what) => of(faults, command, () => new Set()).add(what);
const fits = (rows, path) => rows.has(path) ? path : [...rows.keys()].find(k => k.includes("*") && pattern(k).test(path));
function see(command, path, v) {
    const own = told.get(command) ?? new Map(), other = told.get(also.get(command)) ?? new Map(), t = type(v);
    const rows = fits(own, path) === undefined ? other : own;
    const row = rows.get(fits(rows, path));
    if (!row) return blame(command, path + " is not in the table");
    row.shown = true;
    if (!row.types.includes(t) && !(t === "integer" && row.types.includes("number"))) blame(command, path + " is " + t);
}
function walk(command, path, v) {
    if (path && !(path.endsWith("[]") && type(v) === "object")) see(command, path, v);
    if (Array.isArray(v)) for (const x of v) walk(command, path + "[]", x);
    else if (v && typeof v === "object") for (const k of Object.keys(v)) walk(command, path ? path + "." + k : k, v[k]);
}
for (const file of fs.readdirSync(dir)) {
    const command = file.split(".")[0], text = fs.readFileSync(dir + "/" + file, "utf8");
    if (!text) continue;
    of(faults, command, () => new Set());
    let j;
    try { j = JSON.parse(text); } catch { blame(command, "no JSON: " + text.slice(0, 40)); continue; }
    const {format_version, command: said, dry_run, ...rest} = j;
    if (Object.keys(j).slice(0, 2).join() !== "format_version,command" || format_version !== 1 || said !== command || !["undefined", "boolean"].includes(typeof dry_run)) blame(command, "begins with other keys");
    walk(command, "", rest);
}
for (const [command, rows] of told) {
    of(faults, command, () => new Set());
    for (const [path, row] of rows) if (!row.shown && !row.rare) blame(command, path + " was not shown");
}
for (const [command, what] of [...faults].sort()) console.log((what.size ? "not ok " : "ok ") + command + (what.size ? ": " + [...what].join("; ") : ""));
JS
node "$work/walk.js" "${JSON_PAGE:-docs/reference/json.md}" "$work/out" >"$work/verdicts"
while read -r line; do
    case $line in
    "not ok "*) ok 1 "${line#not ok }" ;;
    "ok "*) ok 0 "${line#ok }: every key is documented, every documented key is shown" ;;
    esac
done <"$work/verdicts"
is "$("$TOBAN" --help --lang en | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p' | grep -vxE 'toban|serve|office' | LC_ALL=C sort | tr '\n' ' ')" \
    "$(sed -n 's/^\(not \)\{0,1\}ok \([a-z-]*\).*/\2/p' "$work/verdicts" | LC_ALL=C sort | tr '\n' ' ')" "every command is here but serve and office, which answer over HTTP"

# ---- the test itself: a key that is not there, and one that nothing shows
# shellcheck disable=SC2016 # the table's own quotation marks
sed 's/^| `spared_cost` .*/| `spared_price` | integer | planted |/' "${JSON_PAGE:-docs/reference/json.md}" >"$work/planted.md"
verdict=$(node "$work/walk.js" "$work/planted.md" "$work/out" | grep ' why: ')
like "$verdict" '^not ok why: .*spared_cost is not in the table' "a key that the page does not list is found"
like "$verdict" 'spared_price was not shown' "a row that no answer has is found"
done_testing
