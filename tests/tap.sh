# shellcheck shell=bash
# TAP for shell tests. Source it; call ok, is, and done_testing at the end.
B=${B:-build}
# shellcheck disable=SC2034 # for the scripts that source this
TOBAN=$B/toban
tap_n=0
tap_failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# ok STATUS NAME: STATUS is an exit status, 0 passes.
ok() {
    tap_n=$((tap_n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tap_n - $2"
    else
        echo "not ok $tap_n - $2"
        tap_failed=$((tap_failed + 1))
        return 0
    fi
}
# is GOT WANTED NAME
is() {
    if [ "$1" = "$2" ]; then
        ok 0 "$3"
    else
        ok 1 "$3"
        printf '#   got:    %s\n#   wanted: %s\n' "$1" "$2" | head -c 2000
    fi
}
# like TEXT PATTERN NAME (extended regular expression)
like() {
    if grep -qE -- "$2" <<<"$1"; then # no pipe: under pipefail grep's early end would be a failure
        ok 0 "$3"
    else
        ok 1 "$3"
        printf '#   got: %s\n#   no match for: %s\n' "$1" "$2" | head -c 2000
    fi
}
# json FILE EXPRESSION: prints the value of a JavaScript expression over the JSON value `j`.
json() {
    node -e 'const j=JSON.parse(require("fs").readFileSync(process.argv[1],"utf8"));const v=eval(process.argv[2]);console.log(typeof v==="object"?JSON.stringify(v):String(v))' "$1" "$2"
}
# council DB AT: where the latest draft has a rotation in it, the sample's hospital council approves it, as it must before it is
# published.
council() {
    local latest
    latest=$("$TOBAN" circulate --db "$1" | tail -n 1)
    case $latest in
    *rotation-*) "$TOBAN" approve "$(awk '{ print $1 }' <<<"$latest")" --date "${2%T*}" --by 協議会 --db "$1" --at "$2" >/dev/null ;;
    esac
}
done_testing() {
    echo "1..$tap_n"
    [ "$tap_failed" -eq 0 ]
}
