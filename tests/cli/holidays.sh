#!/usr/bin/env bash
# Rows of holidays add a day or take one away; the official list counts for the years it holds whole, the law for all others; and what was decided is said.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/small.sh
small_init
at=2026-11-05T09:00
# holidays of a year, as "MM-DD name,..."
days() { t calendar "$1-01-01..$1-12-31" --json --at $at >"$work/c" && json "$work/c" 'j.days.filter(d=>d.holiday).map(d=>d.date.slice(5)+" "+d.holiday).join()'; }
by() { t calendar "$1-01-01..$1-12-31" --json --at $at >"$work/c" && json "$work/c" 'j.holiday_years.map(y=>y.year+" "+y.by+" +"+y.list_only+" -"+y.law_only).join()'; }
law26=$(days 2026) law28=$(days 2028)
like "$law26" '^01-01 元日,.*05-06 休日,.*09-22 休日,09-23 秋分の日,.*11-23 勤労感謝の日$' "without rows the law decides, days off included"

# One day by hand.
t rows holidays date=2026-12-25 name=架空町の日 --add --at $at >/dev/null
is "$?/$(days 2026)" "0/$law26,12-25 架空町の日" "a day that is added is one more"
t rows holidays date=2026-05-06 kind=drop --add --at $at >/dev/null
is "$?/$(days 2026)" "0/${law26/05-06 休日,/},12-25 架空町の日" "a day that is dropped is one less"
is "$(by 2026)" "2026 law +2026-12-25 -2026-05-06" "the calendar says that it is computed, and what is otherwise"
like "$(t calendar 2026-05 --lang ja --at $at)" '^2026 年の祝日: 法律から計算（一年分の一覧がありません）、- 2026-05-06 休日、\+ 2026-12-25 架空町の日$' "in words too"
t rows holidays date=2026-05-06 kind=drop --remove --at $at >/dev/null && t rows holidays date=2026-12-25 kind=add --remove --at $at >/dev/null
is "$(days 2026)" "$law26" "both are taken back"
t rows holidays date=2026-06-17 kind=drop --add --lang en --at $at >/dev/null 2>"$work/err"
printf 'date,kind,name\n2026-06-17,drop,\n' >"$work/h.csv"
t import "$work/h.csv" --entity holidays --lang en --at $at >/dev/null 2>"$work/err"
like "$(cat "$work/err")" '2026-06-17 is no holiday: the row of holidays that drops it takes nothing away' "a row that drops nothing is told"
t rows holidays date=2026-06-17 kind=drop --remove --at $at >/dev/null
printf 'date,name\n2026-12-25,\n' >"$work/h.csv"
t import "$work/h.csv" --entity holidays --lang en --at $at >/dev/null 2>"$work/err"
is "$?/$(grep -c 'holidays.name "": a holiday that is added needs a name' "$work/err")" 3/1 "a day without a name is refused"
printf 'date,kind,name\n2026-12-25,off,x\n' >"$work/h.csv"
t import "$work/h.csv" --entity holidays --lang en --at $at >/dev/null 2>"$work/err"
is "$?/$(grep -c 'holidays.kind "off"' "$work/err")" 3/1 "and so is another kind"

# The official list, as published and cut short.
list() { iconv -f CP932 -t UTF-8 tests/data/syukujitsu.csv | tr -d '\r'; }
put() { mkdir -p "$work/in" && iconv -f UTF-8 -t CP932 >"$work/in/syukujitsu.csv"; }
law27=$(days 2027)
list | awk -F/ 'NR == 1 || $1 < 2027 || $2 < 9 || ($2 == 9 && $3 < "21")' | grep -v '^2027/1[01]/' | put
t import "$work/in/syukujitsu.csv" --entity holidays --lang en --at $at >/dev/null 2>"$work/err"
is "$?/$(days 2027)" "0/$law27" "a list that ends in September is not taken for the year"
like "$(cat "$work/err")" 'of the holidays of 2027 the list has [0-9]+, which is not the whole year' "and it is said"
is "$(by 2026) / $(by 2027)" "2026 list + - / 2027 law + -" "the years before it are by the list"
for year in 2019 2020 2021; do
    is "$(days $year)" "$(list | awk -F'[/,]' -v y=$year '$1 == y { printf "%s%02d-%02d %s", n++ ? "," : "", $2, $3, $4 }')" "$year is as the Cabinet Office has it"
done
list | put
t import "$work/in/syukujitsu.csv" --entity holidays --lang en --at $at >/dev/null 2>"$work/err"
is "$?/$(cat "$work/err")/$(by 2027) / $(by 2028)" "0//2027 list + - / 2028 law + -" "the whole list is read as it is published; the year after it is computed"

# A special law moves a day: the list of that year is read alone.
{
    list
    tr ',' '\n' <<<"$law28" | sed -e 's/^\(..\)-\(..\) \(.*\)/2028\/\1\/\2,\3/' -e 's/^2028\/07\/17/2028\/07\/21/'
} | put
t import "$work/in/syukujitsu.csv" --entity holidays --lang en --at $at >/dev/null 2>"$work/err"
is "$?/$(cat "$work/err")/$(days 2028)" "0//${law28/07-17 海の日/07-21 海の日}" "a day that the list moves is moved"
is "$(by 2028)" "2028 list +2028-07-21 -2028-07-17" "and the calendar says so"
t rows holidays date=2028-07-17 name=海の日 --add --at $at >/dev/null
t import "$work/in/syukujitsu.csv" --entity holidays --lang en --at $at >/dev/null 2>"$work/err"
like "$(cat "$work/err")" '海の日 stands on 2028-07-17 and on 2028-07-21; if it was moved, take the old row out' "a day that an older list had elsewhere is told"
t rows holidays date=2028-07-17 kind=drop --add --at $at >/dev/null
like "$(days 2028)" '07-21 海の日,08-11' "what is dropped stays dropped, whatever list is read"
t import "$work/in/syukujitsu.csv" --entity holidays --lang en --at $at >/dev/null 2>"$work/err"
is "$(days 2028 | grep -c '07-17')/$(cat "$work/err")" "0/" "and nothing more is told of it"
done_testing
