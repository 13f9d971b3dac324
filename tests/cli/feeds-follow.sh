#!/usr/bin/env bash
# The calendars of three doctors through publish, move, swap, swap back, cancel and publish again, read by python3-icalendar and khal: the right
# duties after each, taken-away ones as cancelled, every change forward and nothing else moved.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8
python=/usr/bin/python3
mkdir -p "$work/config/khal" "$work/cal"
cat >"$work/config/khal/config" <<EOF
[calendars]
[[none]]
path = $work/cal
type = calendar
[locale]
local_timezone = Asia/Tokyo
default_timezone = Asia/Tokyo
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
EOF
khal_days() { # khal, by itself: days on which a feed shows a duty that stands, and those it shows as cancelled
    XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/k XDG_DATA_HOME=$work/k khal printics --format '{start-date} {status} {title}' "$1" 2>"$work/khal.err" |
        sed -n 's/^2026-12-\([0-9]*\) \(.*\)/\1 \2/p' | awk '/CANCELLED/ {c = c $1 " "; next} /当番 / {l = l $1 " "} END {print l "x " c}'
}
n=0
# feeds AT: exports; compares with the export before.
feeds() {
    n=$((n + 1))
    t export all --out "$work/e$n" --at "$1" >"$work/out" 2>&1 || cat "$work/out"
    if [ "$n" -gt 1 ]; then
        like "$("$python" tests/interop/feed_state.py "$work/e$((n - 1))/ics" "$work/e$n/ics" 2>"$work/err")" '^[0-9]+ changed, [1-9][0-9]* unchanged, 0 wrong$' "nothing went back, nothing else moved"
    fi
}
state() { "$python" tests/interop/feed_state.py "$work/e$n/ics/$1.ics" | cut -d '|' -f 1-4 | tr '\n' ' '; }
days() { khal_days "$work/e$n/ics/$1.ics"; }
small_init

roster 2026-11-02T09:00 p1 p2 p3 p1
feeds 2026-11-02T09:30
is "$(state p-p1)" "02|CONFIRMED|OPAQUE|0 05|CONFIRMED|OPAQUE|0 " "published: p1 has the 2nd and the 5th"
is "$(days p-p1)" "02 05 x " "khal shows them"
is "$(days p-p2)" "03 x " "khal: p2 has the 3rd"

roster 2026-11-03T09:00 p3 p2 p3 p1
feeds 2026-11-03T09:30
is "$(state p-p1)" "02|CANCELLED|TRANSPARENT|1 05|CONFIRMED|OPAQUE|0 " "moved: p1's 2nd is cancelled, free, counted"
is "$(state p-p3)" "02|CONFIRMED|OPAQUE|0 04|CONFIRMED|OPAQUE|0 " "p3 has it, as a new event"
is "$(days p-p1)/$(days p-p3)" "05 x 02 /02 04 x " "khal shows both"
is "$("$python" tests/interop/feed_state.py "$work/e$n/ics/p-p1.ics" | sed -n 1p | cut -d '|' -f 5)" "【取消】当番 急病センター（準夜） 髙橋 一郎" "the title says so too"
is "$(state d-night)" "02|CONFIRMED|OPAQUE|1 03|CONFIRMED|OPAQUE|0 04|CONFIRMED|OPAQUE|0 05|CONFIRMED|OPAQUE|0 " "the duty's feed has the same event with another name"

roster 2026-11-04T09:00 p3 p1 p3 p2
feeds 2026-11-04T09:30
is "$(days p-p1)/$(days p-p2)" "03 x 02 05 /05 x 03 " "swapped: p1 and p2 change nights"

roster 2026-11-05T09:00 p3 p2 p3 p1
feeds 2026-11-05T09:30
is "$(state p-p1)" "02|CANCELLED|TRANSPARENT|1 03|CANCELLED|TRANSPARENT|1 05|CONFIRMED|OPAQUE|2 " "swapped back: forward and never back"
is "$(days p-p1)/$(days p-p2)" "05 x 02 03 /03 x 05 " "khal shows what holds"
roster 2026-11-04T23:00 p3 p1 p3 p2
roster 2026-11-04T23:00 p3 p2 p3 p1
feeds 2026-11-05T10:00
is "$(state p-p1)" "02|CANCELLED|TRANSPARENT|1 03|CANCELLED|TRANSPARENT|3 05|CONFIRMED|OPAQUE|4 " "swapped twice by a clock that went back: still forward"

t withdraw 2026-12-04..2026-12-05 --duty night --reason 停電 --at 2026-11-06T09:00 >/dev/null
feeds 2026-11-06T09:30
is "$(days p-p1)/$(days p-p2)/$(days p-p3)" "x 02 03 05 /03 x 05 /02 x 04 " "cancelled: two nights are nobody's"
is "$(state d-night)" "02|CONFIRMED|OPAQUE|1 03|CONFIRMED|OPAQUE|4 " "and leave the duty's feed"
roster 2026-11-07T09:00 p3 p2 p3 p1
feeds 2026-11-07T09:30
is "$(days p-p1)/$(days p-p3)" "05 x 02 03 /02 04 x " "published again"

cp -r "$work/e$n" "$work/same"
t export all --out "$work/same" --at 2026-11-20T10:00 >/dev/null
diff -r "$work/e$n/ics" "$work/same/ics" >/dev/null
ok $? "the same bytes a fortnight later: nothing in a feed is 'now'"
t export all --out "$work/late" --at 2027-01-01T00:00 >/dev/null
is "$("$python" tests/interop/feed_state.py "$work/late/ics/p-p1.ics" | cut -d '|' -f 1-2 | tr '\n' ' ')" "02|CANCELLED 03|CANCELLED 05|CONFIRMED " "thirty days after the night the cancelled one is still told"
t export all --out "$work/late" --at 2027-01-03T00:00 >/dev/null
is "$("$python" tests/interop/feed_state.py "$work/late/ics/p-p1.ics" | cut -d '|' -f 1-2 | tr '\n' ' ')" "03|CANCELLED 05|CONFIRMED " "and then no longer"
t export all --out "$work/late" --at 2027-04-10T00:00 >/dev/null
like "$("$python" tests/interop/feed_state.py "$work/late/ics/d-night.ics" | cut -d '|' -f 5)" "^お知らせ" "a duty's feed keeps two months of the past, and is never empty"
is "$("$python" tests/interop/feed_state.py "$work/late/ics/p-p1.ics" | cut -d '|' -f 1-2 | tr '\n' ' ')" "05|CONFIRMED " "a doctor's own keeps the last fiscal year"
grep -l '髙橋' "$work/e$n"/ics/p-p2.ics "$work/e$n"/ics/p-p3.ics
is "$?" 1 "nobody's feed names another doctor"
grep -rl '090-0000' "$work"/e*/ics
is "$?" 1 "no private number in any feed"
t withdraw 2026-12 --duty all --reason 停電 --at 2026-11-08T09:00 >/dev/null
feeds 2026-11-08T09:30
is "$(days p-p1)" "x 02 03 05 " "everything withdrawn: all are cancelled"
like "$("$python" tests/interop/feed_state.py "$work/e$n/ics/region.ics" | cut -d '|' -f 5)" "^お知らせ" "and the region's feed has a notice"
done_testing
