#!/usr/bin/env bash
# ledger FY...: the books told to people. Figures are those of the books, counted again in SQL; the office reads names, a member nobody's but his own, no absence, no exemption;
# big days and the order of turns are those of the rosters; pages are the same bytes every time.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C
db=$work/a.db
t() { "$TOBAN" "$1" --db "${on:-$db}" --by 架空の事務局 --at 2026-11-01T09:00 "${@:2}"; }
sql() { sqlite3 "$db" "$1"; }
t init --region rosters/ishikawa-chuo >/dev/null
# somebody ill at New Year, who has not been on duty then for longest
ill=d-ped-07
printf 'provider,duty,from,to,reason,accrues\n%s,,2026-12-25,2028-02-10,illness,no\n' $ill >"$work/x.csv"
t import "$work/x.csv" --entity exemptions >/dev/null
for p in 2026-12 年末年始; do t plan $p --duty night-paed --duty day-paed >/dev/null; t publish >/dev/null; done
t plan 2027-05 --duty night-paed >/dev/null
t publish >/dev/null
t ledger --ledger paed.all --account d-ped-01 --adjust 0.5 --reason 手で >/dev/null
before=$(sql .dump | sha256sum)

# ---- the figures, two fiscal years
t ledger FY2026 --json >"$work/a"
t ledger FY2027 --json >"$work/b"
is "$(json "$work/a" '[j.format_version,j.year,j.publication,j.pools[0].accounts.length>0].join()')" "1,2026,3,true" "shape"
t ledger --json >"$work/books"
is "$(json "$work/b" '(c=>j.pools.flatMap(p=>p.accounts.flatMap(a=>a.ledgers.map(l=>[l.ledger,a.account,-Number(l.deviation)]))).filter(x=>Math.abs((c[x[0]+"/"+x[1]]||0)-x[2])>1e-9).length)(Object.fromEntries(JSON.parse(require("fs").readFileSync("'"$work/books"'")).accounts.map(l=>[l.ledger+"/"+l.account,Number(l.carried)])))')" 0 \
    "at the end of the last year every deviation is the balance with the other sign"
of() { json "$work/$1" 'j.pools.find(p=>p.pool==="paed.all").accounts.flatMap(a=>a.ledgers.filter(l=>Number(l.'"$2"')).map(l=>l.ledger+" "+a.account+" "+Math.round(1e6*l.'"$2"'))).sort().join("\n")'; }
books() { sql "SELECT ledger || ' ' || account || ' ' || sum($1) FROM ledger_slots WHERE ledger LIKE 'paed.%' AND date BETWEEN '$2-04-01' AND '$3-03-31' GROUP BY ledger, account HAVING sum($1) <> 0" | sort; }
for w in "done" accrued; do
    is "$(of a $w)" "$(books $w 2026 2027)" "FY2026, $w: that of the slots"
    is "$(of b $w)" "$(books $w 2027 2028)" "FY2027, $w: that of the slots"
done
is "$(json "$work/b" 'j.pools.every(p=>p.accounts.every(a=>a.ledgers.every(l=>Math.abs(l.deviation-l.deviation_before-l.worse)<1e-9)))')" true "worse is the difference of the two ends"
is "$(json "$work/b" '(f=>f(j))(b=>JSON.parse(require("fs").readFileSync("'"$work/a"'")).pools.every((p,i)=>p.accounts.every(a=>{const o=b.pools[i].accounts.find(x=>x.account===a.account);return !o||o.ledgers.every((l,k)=>l.deviation_before===a.ledgers[k].deviation)})))')" true "a year begins where the one before ended"
is "$(json "$work/b" 'j.pools.every(p=>p.worse===p.accounts.filter(a=>Number(a.ledgers[0].worse)>0).length)')" true "who is worse off is counted"
is "$(json "$work/a" '[...Array(3).keys()].map(i=>j.pools[i].accounts.map(a=>Number(a.ledgers[0].deviation))).every(v=>v.every((x,i)=>!i||v[i-1]>=x))')" true "sorted, largest first"

# ---- big days
who=$(sql "SELECT provider FROM draft_seats s JOIN providers p ON p.id = s.provider WHERE s.date = '2026-12-31' AND duty = 'night-paed' AND role = 'primary' ORDER BY 1 LIMIT 1")
name() { sql "SELECT name FROM providers WHERE id = '$1'"; }
t ledger FY2026 --account "$who" --json >"$work/p"
days="SELECT date || ' ' || duty FROM publication_seats x WHERE provider = '$who' AND role = 'primary' AND (substr(date, 6) >= '12-29' OR substr(date, 6) <= '01-03') AND publication = (SELECT max(publication) FROM publication_seats y WHERE (y.duty, y.date, y.band, y.role, y.seat) = (x.duty, x.date, x.band, x.role, x.seat))"
past="SELECT date || ' ' || duty FROM history WHERE provider = '$who' AND role = 'primary' AND (substr(date, 6) >= '12-29' OR substr(date, 6) <= '01-03')"
is "$(json "$work/p" 'j.pools.find(p=>p.pool==="paed.all").big_days.filter(d=>d.class==="new-year").map(d=>d.date+" "+d.duty).join("\n")')" "$(sql "$days UNION $past ORDER BY 1")" "New Year's days of one, published and from the past"
is "$(json "$work/p" '(x=>x.others_same+x.others_out+x.others_later+x.others_first)(j.pools[0].big_days.find(d=>d.date==="2026-12-31"))')" 34 "the others of the pool are each in one place"
is "$(json "$work/p" 'j.pools[0].big_days.find(d=>d.date==="2026-12-31").out.includes("'$ill'")')" true "the one who is ill is out"
order=$(json "$work/a" 'j.pools.find(p=>p.pool==="paed.all").turns.find(x=>x.class==="new-year").order.filter(x=>!x.out).map(x=>x.last||"").join(" ")')
is "$order" "$(echo "$order" | tr ' ' '\n' | sort | tr '\n' ' ' | sed 's/ $//')" "next turns: who has waited longest first"
is "$(json "$work/a" '(x=>[x.next,x.order.filter(y=>y.out).map(y=>y.provider)].join())(j.pools.find(p=>p.pool==="paed.all").turns.find(x=>x.class==="new-year"))')" "2027-12-29,$ill" "he who is still ill at the next one is not among them"
is "$(json "$work/p" 'j.pools[0].turns.find(x=>x.class==="new-year").of')" 34 "34 of 35 in the order"
is "$(json "$work/p" '[...new Set(j.pools[0].years.map(y=>y.year))].join()+" "+j.pools[0].years.filter(y=>y.recorded).map(y=>y.year).every(y=>y===2026)')" "2022,2023,2024,2025,2026 true" "five years, those before the books said to be without record"

# ---- two audiences
t ledger FY2026 --html "$work/office" >/dev/null
t ledger FY2026 --html "$work/member" --audience member >/dev/null
is "$(find "$work/member" -type f ! -name .toban-files | grep -vcE '/p-[a-z0-9.-]+\.html$')" 0 "members' pages are one by one, with no index of names"
like "$(cat "$work/office/p-$who.html")" "$(name $ill)" "the office reads who was out"
like "$(cat "$work/office/p-$who.html")" "免除・休み: [^<]*$(name $ill)" "and of what kind"
like "$(cat "$work/member/p-$who.html")" '都合により候補外' "the member reads that somebody was not available"
like "$(cat "$work/member/p-$who.html")" '年末年始は2年に1回まで' "and the rule in its own words"
sql "SELECT name FROM providers" | sort -u >"$work/names"
leaks=0
for f in "$work"/member/p-*.html; do
    id=${f##*/p-}
    own=$(name "${id%.html}")
    leaks=$((leaks + $(sed "s/$own//g" "$f" | grep -oFf <(grep -vxF "$own" "$work/names") | wc -l)))
done
is "$leaks" 0 "no page of $(find "$work/member" -name 'p-*.html' | wc -l) members has another's name"
ok "$([ "$(grep -oFf "$work/names" "$work/office/p-$who.html" | sort -u | wc -l)" -gt 1 ]; echo $?)" "(where the office has several)"
is "$(cat "$work"/member/*.html | grep -cE '病気|傷病|illness|育児|産休|年齢による|出務不可|免除・休み|他の当番|当直')" 0 "no reason of anybody"
like "$(cat "$work/member/p-$ill.html")" 'ご自身の休み・免除の届け' "one's own leave is on one's own page"
is "$(grep -l 'ご自身の休み・免除の届け' "$work"/member/*.html | wc -l)" "$(sql "SELECT count(DISTINCT provider) FROM exemptions WHERE \"from\" <= '2027-03-31' AND \"to\" >= '2022-04-01' AND provider IN (SELECT provider FROM members)")" "and on nobody else's"
for out in "$(t ledger FY2026 --account "$who" --audience member --lang ja)" "$(t ledger FY2026 --account "$who" --audience member --json)"; do
    is "$(printf '%s' "$out" | sed "s/$(name "$who")//g" | grep -cFf <(grep -vxF "$(name "$who")" "$work/names"))" 0 "nor has the terminal, or JSON"
done
is "$(t ledger FY2026 --account "$who" --audience member --json | grep -oE '[dchp]-[a-z]+-[0-9]+' | sort -u)" "$who" "nor an id"
like "$(t ledger FY2026 --account "$who" --lang ja)" "候補外: $(name $ill)（免除・休み）" "the office's terminal has it"
on=$work/i.db t init --region rosters/iga-three-hospitals >/dev/null
on=$work/i.db t plan 2026-12 >/dev/null
on=$work/i.db t publish >/dev/null
on=$work/i.db t ledger FY2026 --account hill --audience member --json >"$work/few"
is "$(json "$work/few" '[j.pools[0].accounts,j.pools[0].distribution.length,j.pools[0].above,"others_out" in (j.pools[0].big_days[0]||{})].join()')" "4,0,,false" "a pool of four shows no distribution: it would name them"

# ---- paper
is "$(cat "$work"/office/*.html "$work"/member/*.html | grep -cE 'https?://[^w]|<script|src=|url\(')" 0 "pages fetch nothing"
is "$(cat "$work"/office/*.html | grep -c '実在の当番ではありません')" "$(find "$work/office" -name '*.html' | wc -l)" "each has the region's notice"
is "$(python3 -c 'import sys, xml.dom.minidom as d; print(sum(d.parse(f).documentElement.tagName == "svg" for f in sys.argv[1:]))' "$work"/office/*.svg)" "$(find "$work/office" -name '*.svg' | wc -l)" "pictures are well-formed"
is "$(grep -c '<rect' "$work/office/pool-paed.all.svg")" $((35 * 6)) "a bar for everybody in each class"
first=$(name "$(json "$work/a" 'j.pools.find(p=>p.pool==="paed.all").accounts[0].account')")
like "$(grep -m 1 最多 "$work/office/pool-paed.all.svg")" "＋[0-9.]+ $first<" "with the first named"
TZ=America/New_York LC_ALL=C.UTF-8 t ledger FY2026 --html "$work/again" --lang en >/dev/null
diff -r "$work/office" "$work/again" >/dev/null
is "$?" 0 "the same bytes in any zone and language"
is "$(sql .dump | sha256sum)" "$before" "nothing is stored"

# ---- who really came
other=$(sql "SELECT provider FROM members WHERE duty = 'night-paed' AND provider NOT IN (SELECT provider FROM draft_seats WHERE date BETWEEN '2026-12-29' AND '2027-01-03' AND provider IS NOT NULL) AND provider <> '$ill' ORDER BY 1 LIMIT 1")
has() { t ledger FY2026 --account "$1" --json >"$work/h"; json "$work/h" 'j.pools.find(p=>p.pool==="paed.all").big_days.filter(d=>d.date==="2026-12-31"&&d.duty==="night-paed").length+" "+j.pools.find(p=>p.pool==="paed.all").years.filter(y=>y.ledger==="paed.new-year"&&y.year===2026).map(y=>y.done)'; }
done_before="$(has "$who")/$(has "$other")"
t attend night-paed:2026-12-31:night --seated "$who" --came "$other" --at 2027-01-05T09:00 >/dev/null
is "$done_before -> $(has "$who")/$(has "$other")" "1 1/0 0 -> 0 0/1 1" "the day is his who came, in the dates as in the books"

refused() { # STATUS PATTERN NAME COMMAND...
    local want=$1 pattern=$2 name=$3
    shift 3
    t "$@" >"$work/out" 2>"$work/err"
    is "$?/$(cat "$work/out")" "$want/" "$name: exit $want, nothing said"
    like "$(cat "$work/err")" "$pattern" "$name: said"
}
refused 2 'is no fiscal year; write it as FY2026' "a month" ledger 2026-12
refused 2 'there is no ledger "paed"' "a ledger that is none" ledger FY2026 --ledger paed
refused 2 'there is no provider "d-nobody"' "a provider that is none" ledger FY2026 --account d-nobody
refused 2 'audience is office or member' "an audience that is none" ledger FY2026 --audience public
refused 2 'needs --account or --html' "a member who is nobody" ledger FY2026 --audience member
refused 2 'need a fiscal year' "pages of no year" ledger --html "$work/none"
refused 2 'exclude each other' "an entry and a year" ledger FY2026 --ledger paed.all --account d-ped-01 --adjust 1 --reason x
refused 2 'leave out --ledger' "pages of one ledger" ledger FY2026 --html "$work/none" --ledger paed.all
done_testing
