#!/usr/bin/env bash
# What was done: who came, how long, how many patients. The books and the counts for claims follow the records; corrections are added with a reason, never written over.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C
small_init
roster 2026-11-20T09:00 p1 p2 p3 p1
a() { "$TOBAN" attend "$@" --db "$db" --by 架空の事務局 --at 2026-12-05T09:00; }
books() { "$TOBAN" ledger --db "$db" --json >"$work/l.json" && json "$work/l.json" 'j.accounts.map(x=>x.account+":"+x.done).join()'; }
sums() { sqlite3 "$db" "SELECT sum(accrued - done), sum(done) FROM (SELECT accrued, done FROM ledger_entries UNION ALL SELECT accrued, done FROM attend_ledger)"; }
is "$(books)/$(sums)" "p1:2,p2:1,p3:1/0|4000000" "as published: four nights"

# ---- one line
a night:2026-12-02:eve --patients 14 --referred 1 --light 11 --json >"$work/o"
is "$?/$(json "$work/o" 'j.added')" "0/true" "p1 came and saw fourteen"
is "$(books)" "p1:2,p2:1,p3:1" "whoever was to come and came has done it: the books stay"
a night:2026-12-02:eve --patients 14 --referred 1 --light 11 --json >"$work/o"
is "$?/$(json "$work/o" 'j.added')/$(sqlite3 "$db" 'SELECT count(*) FROM attendance')" "0/false/1" "the same again adds nothing"
a night:2026-12-03:eve --came p3 --from 20:00 --to 25:30 --patients 9 --referred 0 --light 8 --reason 'p2 急病' >/dev/null
is "$(books)/$(sums)" "p1:2,p2:0,p3:2/0|4000000" "p3 came instead of p2: done is his; the sum over the pool is zero"
a night:2026-12-04:eve --came nobody >/dev/null
is "$(books)/$(sums)" "p1:2,p2:0,p3:1/0|3000000" "nobody came: done is nobody's, and the night is no duty owed by the pool"

# ---- corrections
refused() { # STATUS PATTERN NAME ARGS...
    local want=$1 pattern=$2 name=$3
    shift 3
    sqlite3 "$db" .dump | sha256sum >"$work/before"
    a "$@" >"$work/out" 2>"$work/err"
    is "$?" "$want" "$name: exit $want"
    like "$(cat "$work/err")" "$pattern" "$name: said"
    is "$(sqlite3 "$db" .dump | sha256sum)" "$(cat "$work/before")" "$name: nothing is stored"
}
refused 6 'has a record already \(by 架空の事務局 at 2026-12-05T09:00: p3 came, patients 9\); to correct it say why' "a correction without reason" night:2026-12-03:eve --came p1
a night:2026-12-03:eve --came p1 --patients 9 --reason 書き誤り >/dev/null
is "$(books)/$(sums)" "p1:3,p2:0,p3:0/0|3000000" "corrected: it was p1"
a night:2026-12-03:eve --remove --reason 記録を取り直す >/dev/null
like "$("$TOBAN" audit --what attend --last 2 --db "$db" | head -n 1)" 'night:2026-12-03:eve p[123]: came=p3 from=2026-12-03T20:00 to=2026-12-04T01:30 patients=9 referred=0 light=8 -> came=p1 patients=9: 書き誤り$' "the trail has the record that was corrected"
like "$("$TOBAN" audit --what attend --last 1 --db "$db")" 'came=p1 patients=9 -> -: 記録を取り直す$' "and the one that was taken back"
is "$(books)/$(sums)" "p1:2,p2:1,p3:0/0|3000000" "taken back: as published"
is "$(sqlite3 "$db" "SELECT count(*) || group_concat(reason, '/') FROM attendance WHERE date = '2026-12-03'")" "3p2 急病/書き誤り/記録を取り直す" "every record is still there, with its reason"
like "$(sqlite3 "$db" "UPDATE attendance SET patients = 1" 2>&1)" 'rows are never changed' "and nobody can write over one"
like "$(sqlite3 "$db" "DELETE FROM attend_ledger" 2>&1)" 'rows are never deleted' "nor take away what the books hold"

# ---- refusals
refused 6 'has not begun \(from 2026-12-05T19:30\)' "a duty to come" night:2026-12-05:eve --patients 3
refused 6 'nobody sits in seat .* as published' "a night without roster" night:2026-12-01:eve --patients 3
refused 6 'p1 does not sit in seat .* as published \(there: p2\)' "a seat of somebody else" night:2026-12-03:eve --seated p1
refused 2 'cannot be more than the patients 3' "more light cases than patients" night:2026-12-03:eve --patients 3 --light 4
refused 2 'light 4 cannot be more than the patients -1' "light cases of nobody knows how many" night:2026-12-03:eve --light 4
refused 2 'patients "many"' "no number" night:2026-12-03:eve --patients many
refused 2 'both from and to' "an end without a beginning" night:2026-12-03:eve --to 23:00
refused 2 'from is the earlier' "hours the wrong way round" night:2026-12-03:eve --from 23:00 --to 20:00
refused 2 'no patients and no hours' "patients of nobody" night:2026-12-03:eve --came nobody --patients 3
refused 2 'there is no provider "p9"' "somebody unknown" night:2026-12-03:eve --came p9
refused 6 'was taken back already \(by 架空の事務局 at 2026-12-05T09:00: 記録を取り直す\)' "nothing to take back" night:2026-12-03:eve --remove --reason x
refused 2 'a seat .* or --file is needed' "nothing told"

# ---- lists, files
a 2026-12 --report missing --json >"$work/o"
is "$?/$(json "$work/o" '[j.seats_begun,j.missing,j.seats.map(x=>x.date)].join()')" "1/3,1,2026-12-03" "one of the three nights that have begun has no record"
a 2026-12 --csv >"$work/form.csv"
is "$(tr -d '\r' <"$work/form.csv")" "duty,date,band,role,seated,seated_name,came,from,to,patients,referred,light,reason
night,2026-12-02,eve,primary,p1,髙橋 一郎,p1,,,14,1,11,
night,2026-12-03,eve,primary,p2,\"𠮷田, 花子\",,,,,,,
night,2026-12-04,eve,primary,p3,鈴木 次郎,nobody,,,,,," "the list as a form to fill in"
sed 's/^\(night,2026-12-03.*花子"\),.*/\1,p2,19:45,翌1:10,12,2,9,/' "$work/form.csv" >"$work/filled.csv"
a --file "$work/filled.csv" --json >"$work/o"
is "$?/$(json "$work/o" '[j.added,j.unchanged].join()')" "0/1,2" "filled in and read back: one new record, two as they were"
sed 's/,12,2,9,/,12,2,13,/' "$work/filled.csv" >"$work/bad.csv"
refused 3 'bad.csv:3: .*light 13 cannot be more than the patients 12' "a bad line of a file" --file "$work/bad.csv"
printf 'duty,date\nnight,2026-12-03\n' >"$work/bad.csv"
refused 3 'bad.csv:1: the required column "band" is missing' "a file without a column" --file "$work/bad.csv"
a 2026-12 --report counts --json >"$work/o"
is "$(json "$work/o" 'j.counts.map(x=>[x.provider,x.done,x.recorded,x.minutes,x.patients].join(":")).join()')" "p1:1:1:330:14,p2:1:1:325:12" "counts for claims: who came, and the time he came for"
like "$(a 2026-12 --report counts --csv)" '^night,急病センター,p1,髙橋 一郎,1,1,330,14,1,11' "as CSV"
like "$(a 2026-12 --lang ja)" '令和8年12月4日\(金\) .*鈴木 次郎 .*だれも来なかった' "the list in Japanese"

# ---- a publication after the fact
roster 2026-12-04T10:00 p2 p2 p3 p1 2>/dev/null
is "$(sqlite3 "$db" "SELECT provider FROM publication_seats WHERE date = '2026-12-02' ORDER BY publication DESC LIMIT 1")" p1 "a night that was served stays as published, whatever is planned and published afterwards"
is "$(books)/$(sums)" "p1:2,p2:1,p3:0/0|3000000" "and its record stays in the books"
"$TOBAN" withdraw 2026-12-03..2026-12-03 --duty night --reason 架空 --db "$db" --at 2026-12-05T10:00 >/dev/null 2>"$work/err"
is "$?/$(books)/$(sums)" "6/p1:2,p2:1,p3:0/0|3000000" "nor is it withdrawn"

# ---- the city's question
a 2026-12 --report light --json >"$work/o"
is "$?/$(json "$work/o" '[j.months[0].table,j.months[0].light_all].join()')" "0/false,20" "a region without a routing policy says that there is no table"
db=$work/region.db
r() { "$TOBAN" "$@" --db "$db" --by 架空の事務局; }
r init --region rosters/ishikawa-chuo >/dev/null
r plan 2026-12-05..2026-12-07 --duty all --at 2026-11-01T09:00 >/dev/null && council "$db" 2026-11-01T09:30 && r publish --at 2026-11-01T10:00 >/dev/null
is "$?" 0 "three days of the sample region are published"
cat >"$work/seen.csv" <<'CSV'
date,duty,band,came,patients,referred,light
2026/12/6,clinic-paed,day,,40,2,33
2026年12月6日,night-paed,night,,15,1,12
2026-12-06,rotation-paed,night,,9,0,5
2026-12-06,kahoku,day,nobody,,,
CSV
iconv -f UTF-8 -t CP932 "$work/seen.csv" >"$work/seen932.csv"
is "$(r attend --file "$work/seen932.csv" --at 2026-12-07T00:30)" "4 records (0 unchanged)" "a spreadsheet's file, in CP932 and with dates as people write them"
hospital=$(sqlite3 "$db" "SELECT provider FROM publication_seats WHERE duty = 'rotation-internal' AND date = '2026-12-06' AND band = 'night'")
for reason in 満床 満床 手術中; do r route --at 2026-12-06T20:00 --area 金沢市 --age 50 --complaint internal --guidance --channel phone --declined "$hospital:$reason" >/dev/null 2>&1; done
out() { "$TOBAN" attend 2026-12-05..2026-12-06 --report light --db "$db" --at 2026-12-07T00:30 "$@"; }
out --json >"$work/o"
is "$(json "$work/o" '[j.months[0].light_primary,j.months[0].light_all].join()')" "45,50" "45 of 50 light cases were seen in primary care"
is "$(json "$work/o" 'j.lines.filter(x=>x.duty=="clinic-paed"||x.kind=="month").map(x=>[x.recorded,x.patients,x.referred,x.light,x.light_of,x.nobody].join(":")).join()')" "1:40:2:33:40:0,4:64:3:50:64:1" "per duty and in all: patients, referred, light"
is "$(json "$work/o" 'j.months[0].first.map(x=>x.primary+x.hospital+x.none_open===x.minutes&&x.minutes).join()')" "622080,622080,622080" "beside it what the table put first: two days x 6 municipalities x 3 ages x 12 complaints"
is "$(json "$work/o" 'j.months[0].first[0].primary>0&&j.months[0].first[0].hospital>0&&j.months[0].first[2].hospital===0')" true "light cases are never sent to a hospital first"
is "$(json "$work/o" 'j.refusals.map(x=>x.reason+x.n).join()')" "満床2,手術中1" "refusals by reason"
is "$(json "$work/o" 'j.holes.length>0')" true "and the holes of the table"
like "$(out --lang ja)" '軽症の患者のうち一次救急が診た割合 90.0%（50 人中 45 人）' "in Japanese"
like "$(out --lang ja)" '河北 休日当番医 .*来なかった席 1' "with the seat that nobody served"
like "$(out --csv | tr -d '\r')" '^tier,2026-12,,,1,16,3,2,0,1,55,3,45,55$' "as CSV"
done_testing
