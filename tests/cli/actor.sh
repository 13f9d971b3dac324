#!/usr/bin/env bash
# Each role may what the table of use cases says: the rest is refused with exit 6, in words, and changes nothing.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
cat >"$work/region/surveys.csv" <<'CSV'
id,from,to,duties
s12,2026-12-01,2026-12-31,night
CSV
cp rosters/ishikawa-chuo/policies.csv "$work/region/"
sed -i 's/"providers": \[/&{"id":"tert","name":"救命センター（架空）","kind":"clinic","area":"town","phone":"076-000-0001","tertiary":"yes"},/' "$work/region/region.json"
printf 'id,name,specialities\ninternal,内科系,internal\n' >"$work/region/complaints.csv"
printf 'id,name,phone,from,to\n7119,相談（架空）,#7119,00:00,24:00\n' >"$work/region/lines.csv"
small_init
roster 2026-11-02T09:00 p1 p2 p3
draft 2026-11-03T09:00 p2 p1 p3
now=(--at 2026-11-04T09:00)
as() {
    local role=$1
    shift
    t "$@" --as "$role" "${now[@]}"
}
dump() { sqlite3 "$db" .dump | sha256sum; }
# refused ROLE WORDS COMMAND...
refused() {
    local role=$1 words=$2 before got
    shift 2
    before=$(dump)
    as "$role" "$@" --lang en >"$work/out" 2>"$work/err"
    got=$?
    is "$got $(wc -c <"$work/out")" "6 0" "$role: $1 $2 is refused, and nothing is printed"
    like "$(cat "$work/err")" "$words" "  and says who may not do what"
    is "$(dump)" "$before" "  and the data file is as it was"
}
# allowed ROLE COMMAND...
allowed() {
    local role=$1
    shift
    as "$role" "$@" >"$work/out" 2>"$work/err"
    ok $? "$role: $1 $2"
}

# ---- the option
t now --as boss 2>"$work/err" >/dev/null; is "$?" 2 "a role that is none is a usage error"
like "$(cat "$work/err")" 'office, director, member, coordinator, desk-119, desk-phone, reception, public' "which names those there are"
t now --as member 2>/dev/null >/dev/null; is "$?" 2 "a member is somebody"
t now --as desk-119:p1 2>/dev/null >/dev/null; is "$?" 2 "a desk is nobody in particular"
like "$(t now --help --lang en)" '--as ROLE\[:PROVIDER\]' "the help tells of it"
like "$(t now --help --lang ja)" '--as ROLE.*だれとして' "in Japanese too"

# ---- the director reads, approves, and enters some overrides
allowed director audit
allowed director check --draft 2
allowed director ledger FY2026
refused director 'a director \(director\) may not publish a roster; who may: the office' publish --note x
refused director 'may not withdraw a publication' withdraw 2026-12 --duty night --reason x
refused director 'may not change a draft by hand' assign --seat night:2026-12-02:eve --provider p3
refused director 'may not enter an override of kind note' override note --provider p2 --minutes 60 --note x
allowed director circulate
allowed director approve 2 --note 理事会
is "$(sqlite3 "$db" "SELECT state FROM draft_moves WHERE draft=2")" approved "which he has"

# ---- a member does what is his own
allowed member:p2 wish --survey s12 --provider p2 --type cannot --from 2026-12-20
refused member:p2 'may only enter wishes for himself, p2' wish --survey s12 --provider p1 --type cannot --from 2026-12-20
allowed member:p1 why --seat night:2026-12-02:eve
refused member:p2 'may only read the draft of a seat for himself, p2' why --seat night:2026-12-02:eve
refused member:p1 'may not read a draft' check --draft 2
refused member:p1 'may not read the list of the day before' tomorrow 2026-12-02
refused member:p1 'may not look for substitutes' replace --seat night:2026-12-02:eve --published
allowed member:p1 ledger FY2026
like "$(cat "$work/out")" '髙橋 一郎' "his own account"
is "$(grep -c '花子' "$work/out")" 0 "and nobody else's"
refused member:p1 'may only read accounts for himself, p1' ledger FY2026 --account p2
refused member:p1 'may not write the accounts' ledger FY2026 --html "$work/pages"
refused member:p1 'may not enter into a ledger' ledger --adjust 1 --ledger nights --account p1 --reason x
refused member:p2 'may only ask for a swap for himself, p2' swap ask --seat night:2026-12-02:eve --with night:2026-12-03:eve
refused member:p1 'may only ask for a swap for himself, p1' swap ask --seat night:2026-12-02:eve --with night:2026-12-03:eve --office
allowed member:p1 swap ask --seat night:2026-12-02:eve --with night:2026-12-03:eve --note 学会
refused member:p3 'p3 is none of the two of this swap' swap show 1
allowed member:p2 swap show 1
is "$(grep -c '学会' "$work/out")" 0 "one of the two is not told what was noted"
is "$(as member:p2 swap list | wc -l) $(as member:p3 swap list | wc -l)" "1 0" "nor are others told of the swap"
refused member:p2 'may only agree to a swap or step back for himself, p2' swap agree 1 --provider p1
allowed member:p2 swap agree 1
refused member:p2 'may not approve or refuse a swap' swap approve 1
allowed director swap approve 1
refused director 'may not publish a swap' swap publish 1
allowed office swap publish 1
refused member:p1 'may not record a sending' sent 1 --recipient x

# ---- desks look up in their own channel
answer() { t route --area town --level unknown --at 2026-12-02T20:00 --json "$@" 2>/dev/null; }
for desk in desk-119:119 desk-phone:phone reception:desk; do
    refused "${desk%%:*}" 'may not read the audit trail' audit --last 1
    refused "${desk%%:*}" 'may not plan a roster' plan 2026-12 --duty night
    answer --as "${desk%%:*}" >"$work/own"
    answer --channel "${desk##*:}" >"$work/asked"
    [ -s "$work/own" ] && cmp -s "$work/own" "$work/asked"
    ok $? "${desk%%:*} looks up in its channel"
done
refused desk-phone 'this desk looks up in channel phone, not in 119' route --area town --guidance --channel 119
answer --channel 119 >"$work/119"
answer --channel public >"$work/public"
cmp -s "$work/119" "$work/public"
is $? 1 "channels are not all the same"
refused coordinator 'may not enter an override' override closed --provider p1 --minutes 60
refused public 'may not read the list of the day before' tomorrow 2026-12-02
refused public 'may not record a refusal|may not enter an override' override closed --provider p1 --minutes 60
as public route --area town --guidance --at 2026-12-02T20:00 >"$work/out" 2>/dev/null; ok $? "public: who is open"

# ---- who works for some bodies
refused office:other 'duty night is of body assoc' plan 2026-12-02..2026-12-04 --duty night --replan
refused office:other 'duty night is of body assoc' withdraw 2026-12 --duty night --reason x
refused office:other 'duty night is of body assoc' pin --seat night:2026-12-20:eve --provider p1
refused office:other 'concerns the whole region' import "$work/region"
allowed office:assoc pin --seat night:2026-12-20:eve --provider p1
done_testing
