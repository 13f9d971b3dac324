#!/usr/bin/env bash
# Every feed in DIR/ics read by khal, python3-icalendar, ical.js and node-ical: each must find the events of DIR/roster.json, no more and no fewer. TAP.
#   readers.sh DIR
set -uo pipefail
dir=${1:?directory with roster.json and ics/}
here=$(cd "$(dirname "$0")" && pwd)
work=${B:-build}/interop
mkdir -p "$work" || exit 1
work=$(cd "$work" && pwd)
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
python=/usr/bin/python3 # Debian's: its packages are the readers
n=0 bad=0

result() { # STATUS NAME [FILE]
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        bad=1
        echo "not ok $n - $2"
        if [ -n "${3:-}" ]; then head -n 20 "$3" | sed 's/^/# /'; fi
    fi
}

skip() { # REASON
    n=$((n + 1))
    echo "ok $n - ical.js and node-ical # SKIP $1"
}

reader() { # NAME COMMAND ...
    local name=$1
    shift
    "$@" >"$work/$name.raw" 2>"$work/$name.err"
    local rc=$?
    LC_ALL=C sort "$work/$name.raw" >"$work/$name.txt"
    if [ "$rc" -ne 0 ]; then
        result 1 "$name reads every feed" "$work/$name.err"
        return
    fi
    diff "$work/expected.txt" "$work/$name.txt" >"$work/$name.diff"
    result $? "$name reads the events of roster.json ($(wc -l <"$work/$name.txt") events)" "$work/$name.diff"
}

mkdir -p "$work/khal/config/khal" "$work/khal/calendar"
cat >"$work/khal/config/khal/config" <<EOF
[calendars]
[[none]]
path = $work/khal/calendar
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
modules=$(bash "$here/modules.sh" 2>"$work/npm.err")
rc=$?
if [ "$rc" -eq 75 ]; then
    modules=
    skip "the npm registry cannot be reached: ical.js and node-ical are not here"
else
    result "$rc" "the pinned ical.js and node-ical are there" "$work/npm.err"
fi

"$python" "$here/expected.py" "$dir" >"$work/expected.raw" 2>"$work/expected.err"
result $? "roster.json names every feed, and their bytes are in order" "$work/expected.err"
LC_ALL=C sort "$work/expected.raw" >"$work/expected.txt"
[ -s "$work/expected.txt" ]
result $? "there are events to compare"

reader icalendar "$python" "$here/read_icalendar.py" "$dir"
reader khal env XDG_CONFIG_HOME="$work/khal/config" XDG_CACHE_HOME="$work/khal/cache" XDG_DATA_HOME="$work/khal/data" "$python" "$here/read_khal.py" "$dir"
if [ -n "$modules" ]; then
    reader icaljs node "$here/read_icaljs.js" "$dir" "$modules"
    reader nodeical node "$here/read_nodeical.js" "$dir" "$modules"
fi
echo "1..$n"
exit $bad
