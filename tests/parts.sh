# shellcheck shell=bash
# For scripts that run many tests one after the other and show them as they go. Source it; `part` for each, `sum_up` at the end.
#   ONLY=GLOB   only the parts whose name matches
# parts_log is where the TAP goes; the script sets it before.
: >"${parts_log:?}"

# part NAME COMMAND...: runs it. One that dies without a word, or says nothing, has failed.
part() {
    local name=$1 from rc
    shift
    # shellcheck disable=SC2254
    case "$name" in ${ONLY:-*}) ;; *) return 0 ;; esac
    from=$(wc -l <"$parts_log")
    echo "# $name"
    "$@" 2>&1 | tee -a "$parts_log"
    rc=${PIPESTATUS[0]}
    if ! tail -n "+$((from + 1))" "$parts_log" | grep -q '^not ok '; then
        if [ "$rc" -ne 0 ]; then
            echo "not ok - $name ended with status $rc" | tee -a "$parts_log"
        elif ! tail -n "+$((from + 1))" "$parts_log" | grep -q '^ok '; then
            echo "not ok - $name showed nothing" | tee -a "$parts_log"
        fi
    fi
}
# The last line, as make test's; the status is 0 when nothing failed.
sum_up() {
    local skipped passed failed tail=
    skipped=$(grep -ciE '^ok .*# SKIP' "$parts_log")
    passed=$(($(grep -c '^ok ' "$parts_log") - skipped))
    failed=$(grep -c '^not ok ' "$parts_log")
    [ $((passed + failed)) -gt 0 ] || { echo "no test was run"; failed=1; }
    if [ "$failed" -gt 0 ]; then echo; grep '^not ok ' "$parts_log"; fi
    [ "$skipped" -eq 0 ] || tail=", $skipped skipped"
    echo "$passed passed, $failed failed$tail"
    [ "$failed" -eq 0 ]
}
