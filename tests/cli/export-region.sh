#!/usr/bin/env bash
# Everything that was typed can be had again: `export region` writes the directory that `init` makes the same tables from, in UTF-8 and in CP932.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/small.sh
export LC_ALL=C.UTF-8
# same A B: the tables of the region, row by row (order and audit trail aside).
cat >"$work/same.py" <<'P'
import sqlite3, subprocess, sys
a, b = (sqlite3.connect(f) for f in sys.argv[1:3])
tables = [t for (t,) in a.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN ('audit', 'versions')")]
rows = 0
for t in tables:
    x, y = (sorted(map(repr, c.execute('SELECT * FROM "%s"' % t))) for c in (a, b))
    rows += len(x)
    if x != y:
        gone, new = [r for r in x if r not in y], [r for r in y if r not in x]
        sys.exit("%s: %d and %d rows; %s %s" % (t, len(x), len(y), gone[:2], new[:2]))
print(rows)
P
same() { python3 "$work/same.py" "$1" "$2"; }
# again NAME: out of $db into a directory and a new data file, in both encodings.
again() {
    local mode
    for mode in '' --cp932; do
        rm -rf "$work/dir" "$work/again.db"
        t export region "$work/dir" $mode --lang en >"$work/out" 2>"$work/err"
        is "$? $("$TOBAN" init --region "$work/dir" --db "$work/again.db" >/dev/null 2>"$work/err2"; echo $?)" "0 0" "$1${mode:+ in CP932}: written, and read again"
        same "$db" "$work/again.db" >"$work/rows"
        is "$?/$(grep -c '^[0-9]*$' "$work/rows")" 0/1 "  the same tables, row by row ($(cat "$work/rows"))"
    done
}

# ---- the sample regions
for region in rosters/*/; do
    db=$work/$(basename "$region").db
    "$TOBAN" init --region "$region" --db "$db" >/dev/null
    again "$(basename "$region")"
done

# ---- two hundred entries of all kinds, texts that break careless writers
node -e '
const fs=require("fs"),f=process.argv[1],j=JSON.parse(fs.readFileSync(f));
j.surveys=[{id:"s1",from:"2026-12-01",to:"2027-03-31",duties:["night"],deadline:"2026-11-20"}];
j.recipients=[{id:"fire",name:"消防",kind:"fire",way:"fax",address:"076-000-0009"}];
fs.writeFileSync(f,JSON.stringify(j));' "$work/region/region.json"
db=$work/typed.db
small_init
cat >"$work/type.py" <<'P'
import csv, os, random, subprocess, sys
toban, db, work = sys.argv[1:4]
rng = random.Random(12)
TEXTS = ["=1+1", "+81-76-000-0000", "-", "@x", "'=quoted", "''=twice", "'plain", 'say "so"', "a,b;c", "全角，　空白 ", " 前後 ", "\\back\\slash", "~波〜と～と−",
         "𠮷田の𠮷", "¥100 と \u00a5", "ﾊﾝｶｸ ｶﾅ", "é ü ß", "縺ゅ＞", "😀", "長" * 666, "x" * 2000, '"' * 900, "0123", "1e5", "2026/1/2", "yes", "null", "", "‐–—―ー", "①㈱髙﨑"]
PEOPLE, BANDS = ["p1", "p2", "p3"], {}
told = {}
def run(kind, *words):
    r = subprocess.run([toban, *words, "--db", db, "--at", "2026-11-05T09:00"], capture_output=True, text=True)
    told.setdefault(kind, [0, 0])[r.returncode == 0] += 1
    if r.returncode not in (0, 6): sys.exit("%s: %s" % (words, r.stderr))
def day(): return "2027-%02d-%02d" % (rng.randint(1, 3), rng.randint(1, 28))
def sheet(table, head, rows):
    with open(work + "/t.csv", "w", newline="") as f:
        csv.writer(f).writerows([head] + rows)
    run("import " + table, "import", work + "/t.csv", "--entity", table)
def text(): return rng.choice(TEXTS)
for k in range(200):
    p, d, kind = rng.choice(PEOPLE), day(), k % 10
    seat = "night:%s:eve" % d
    if kind == 0: run("wish", "wish", "--survey", "s1", "--provider", p, "--type", rng.choice(["cannot", "rather-not", "like"]), "--from", d, "--note", text(), *rng.choice([[], ["--if-possible"], ["--duty", "night", "--band", "eve"]]))
    if kind == 1: run("wish count", "wish", "--survey", "s1", "--provider", p, "--type", "count", "--count", str(rng.randint(0, 9)))
    if kind == 2: run("pin", "pin", "--seat", seat, "--provider", p, *rng.choice([[], ["--reason", text()]]))
    if kind == 3: run("forbid", "forbid", "--seat", seat, "--provider", p, "--reason", text())
    if kind == 4: run("exception", "exception", "--rule", "wish.cannot", "--seat", seat, "--provider", p, "--reason", text() or "-", "--signed-by", text() or "理事")
    if kind == 5: run("exemption", "rows", "exemptions", "provider=" + p, "from=" + d, "to=2027-12-31", "reason=leave", "weekdays=" + rng.choice(["", "sun", "mon;wed"]), "--add")
    if kind == 6: sheet("providers", ["id", "name", "kana", "kind", "area", "staff_phone", "address", "note", "born"], [["q%d" % k, text() or "名", "", "doctor", "town", "", "架空町", "", rng.choice(["", "1960-01-02"])]])
    if kind == 7: run("provider", "rows", "providers", "id=r%d" % k, "name=" + (text() or "名"), "kind=doctor", "area=town", "note=" + text(), "staff_mail=" + text(), "way=hand", "staff_phone=" + rng.choice(["", "090-0000-0001", "(076)000-0002"]), "--add")
    if kind == 8: run("balance", "rows", "balances", "ledger=nights", "account=" + p, "date=" + d, "carried=" + rng.choice(["-0.5", "1.25", "0", "-3"]), "reason=" + text(), "--add")
    if kind == 9: run(*rng.choice([("recipient", "rows", "recipients", "id=t%d" % k, "name=" + (text() or "名"), "kind=other", "way=hand", "address=" + text(), "--add"),
                                   ("override", "rows", "overrides", "date=" + d, "class=all", "action=add", "reason=" + text(), "--add"),
                                   ("external", "rows", "external", "provider=" + p, "from=%sT17:00" % d, "to=%sT23:00" % d, "what=" + (text() or "当直"), "--add"),
                                   ("alias", "rows", "aliases", "area=town", "kind=name", "text=" + (text() or "別名"), "--add")]))
print("; ".join("%s %d" % (k, v[1]) for k, v in sorted(told.items())), "refused", sum(v[0] for v in told.values()))
P
python3 "$work/type.py" "$TOBAN" "$db" "$work" >"$work/told" 2>"$work/err"
is "$?" 0 "two hundred entries: $(cat "$work/told" "$work/err")"
again "what was typed"
# The last was CP932: what it cannot hold is told, and stands in region.json.
like "$(cat "$work/err")" '^toban: .*providers.csv: the row .* cannot be written in CP932 \((name|note|staff_mail|staff_phone) .*"[𠮷😀é]"\): it stands in region.json' "a row that CP932 cannot hold is named with field, value and character"
grep -q '"encoding": "cp932"' "$work/dir/region.json"
ok $? "region.json says so"
iconv -f CP932 -t UTF-8 "$work/dir/providers.csv" >"$work/p.csv"
ok $? "the CSV is CP932"
is "$(grep -cE '(^|,)"?[=+@]' "$work/p.csv")" 0 "no cell is one that a spreadsheet runs"

# ---- same region, same bytes; for its owner's eyes; what is there already
t export region "$work/one" --lang en >"$work/out" 2>/dev/null
(cd "$work/one" && sha256sum -- *.csv region.json .toban-kept) >"$work/sum1"
TZ=America/Lima LANG=ja_JP.UTF-8 t export region "$work/one" --lang ja >"$work/ja" 2>/dev/null
(cd "$work/one" && sha256sum -- *.csv region.json .toban-kept) >"$work/sum2"
cmp -s "$work/sum1" "$work/sum2"
ok $? "the same region gives the same bytes, and replaces what it wrote"
is "$(stat -c %a "$work/one") $(stat -c %a "$work/one"/*.csv "$work/one/region.json" | sort -u)" "700 600" "nobody else may read it"
like "$(tail -n 1 "$work/out")" "Private fields .* are in it: it is the office's own copy" "it says that private fields are in it"
like "$(tail -n 1 "$work/ja")" '非公開の欄' "in Japanese too"
like "$("$TOBAN" export --help --lang en)" 'region: private fields are in it' "and so does the help"
t export region "$work/one" --json >"$work/j" 2>/dev/null
is "$(json "$work/j" 'j.directory.endsWith("/one")+" "+j.private+" "+(j.files>5)+" "+(j.rows>150)')" "true true true true" "and JSON"
echo 'p9' >>"$work/one/providers.csv"
t export region "$work/one" --lang en >/dev/null 2>"$work/err"
is "$?" 6 "a file that a clerk changed is not written over"
like "$(cat "$work/err")" 'providers.csv was changed since it was written' "it is named"
mkdir "$work/mine" && touch "$work/mine/letter.txt"
t export region "$work/mine" >/dev/null 2>&1
is "$? $(ls "$work/mine")" "6 letter.txt" "nor is a directory with other things in it"
t export region "$work/site" >/dev/null 2>&1 && rm "$work/site/.toban-kept"
t export region "$work/site" --lang en >/dev/null 2>"$work/err"
is "$?" 6 "nor one of another export"
like "$(cat "$work/err")" 'was made by another export' "because private fields do not belong there"
t export region "$work/kept" >/dev/null 2>&1
before=$(cd "$work/kept" && sha256sum -- * .toban-*)
typed=$db db=$work/published.db
small_init && roster 2026-11-20T09:00 p1 >/dev/null 2>&1
t export all --out "$work/site2" --at 2026-11-20T09:00 >/dev/null 2>&1
t export all --out "$work/kept" --lang en --at 2026-11-20T09:00 >/dev/null 2>"$work/err"
code=$?
is "$(ls "$work/site2/roster.json") $code/$(cd "$work/kept" && sha256sum -- * .toban-*)" "$work/site2/roster.json 6/$before" "and no other export is written over it"
db=$typed
like "$(cat "$work/err")" 'is a directory that people work on' "because people work on it"
t export region >/dev/null 2>&1; is "$?" 2 "it wants a directory"
t export region "$work/x" --as director >/dev/null 2>&1; is "$?/$(ls "$work/x" 2>/dev/null)" 6/ "the office's alone"

# ---- characters that no file may hold are refused where they are typed
t wish --survey s1 --provider p1 --type cannot --from 2027-01-05 --note $'外字\uE000' --lang en >/dev/null 2>"$work/err"
is "$?" 3 "a gaiji in an entry is refused"
like "$(cat "$work/err")" 'wishes.note ".*": a user-defined character' "with table, field, value"
t wish --survey s1 --provider p1 --type cannot --from 2027-01-05 --note $'one\ntwo' >/dev/null 2>&1
is "$?" 3 "and a line break"
sqlite3 "$db" "UPDATE wishes SET note = char(0xE000) WHERE rowid = 1"
t export region "$work/y" --lang en >/dev/null 2>"$work/err"
is "$?/$(ls "$work/y" 2>/dev/null)" 3/ "one of before stops the export"
like "$(cat "$work/err")" 'wishes s1/p[123]/.*: note ".*": a user-defined character' "with its row"
done_testing
