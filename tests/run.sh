#!/usr/bin/env bash
# Runs every test program and script, two at a time, and sums up their TAP. Last line: "N passed, N failed".
#   run.sh [GLOB]     only those whose name matches GLOB
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
glob=${1:-*}
[ -n "$glob" ] || glob='*'
logs=$B/test-logs
rm -rf "$logs"
mkdir -p "$logs"
export B CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8 TOBAN_DB=
export ASAN_OPTIONS=${ASAN_OPTIONS:-allow_user_segv_handler=0:detect_leaks=1} UBSAN_OPTIONS=print_stacktrace=1

# A sanitised program takes several times as long.
case "$B" in *asan*) export ROOM=4 ;; *) export ROOM=1 ;; esac

one() {
    local test=$1 name log rc
    name=$(basename "$test" .sh)
    log=$2/$name.tap
    case "$test" in
    *.sh) timeout $((900 * ROOM)) bash "$test" >"$log" 2>"$log.err" </dev/null ;;
    *) timeout $((600 * ROOM)) "$test" >"$log" 2>"$log.err" </dev/null ;;
    esac
    rc=$?
    # A program that died, or that ran fewer tests than it planned, has failed even if it says nothing.
    local planned ran
    planned=$(sed -n 's/^1\.\.\([0-9][0-9]*\).*/\1/p' "$log" | tail -n 1)
    ran=$(grep -cE '^(not )?ok ' "$log")
    if [ "$rc" -ne 0 ] && ! grep -q '^not ok ' "$log"; then echo "not ok - $name ended with status $rc" >>"$log"; fi
    if [ "${planned:-0}" -ne "$ran" ] || [ "$ran" -eq 0 ]; then echo "not ok - $name ran $ran of ${planned:-an unknown number of} tests" >>"$log"; fi
    printf '%-34s %4d ok %4d not ok\n' "$name" "$(grep -c '^ok ' "$log")" "$(grep -c '^not ok ' "$log")"
}
export -f one

# shellcheck disable=SC2016 # the inner shell expands them
{
    for t in "$B"/tests/t_*; do
        case "$t" in *.d | *.o) continue ;; esac
        # shellcheck disable=SC2254
        case "$(basename "$t")" in $glob) [ -x "$t" ] && echo "$t" ;; esac
    done
    for t in tests/cli/*.sh; do
        # shellcheck disable=SC2254
        case "$(basename "$t" .sh)" in $glob) echo "$t" ;; esac
    done
} | xargs -P 2 -I{} bash -c 'one "$1" "$2"' _ {} "$logs"

skipped=$(cat "$logs"/*.tap 2>/dev/null | grep -ciE '^ok .*# SKIP')
passed=$(($(cat "$logs"/*.tap 2>/dev/null | grep -c '^ok ') - skipped))
failed=$(cat "$logs"/*.tap 2>/dev/null | grep -c '^not ok ')
if [ "$failed" -gt 0 ]; then
    echo
    for log in "$logs"/*.tap; do
        grep -q '^not ok ' "$log" || continue
        echo "--- $(basename "$log" .tap)"
        grep -E -A6 '^not ok ' "$log" | head -n 40
        head -c 2000 "$log.err"
    done
fi
[ $((passed + failed)) -gt 0 ] || { echo "no test was run"; failed=1; }
grep -hiE '^ok .*# SKIP' "$logs"/*.tap | sed 's/^ok [0-9]* - /skipped: /'
tail=
[ "$skipped" -eq 0 ] || tail=", $skipped skipped"
echo "$passed passed, $failed failed$tail"
[ "$failed" -eq 0 ]
