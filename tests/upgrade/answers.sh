# shellcheck shell=bash
# What a kept data file is asked, when it is made and by every later program: commands that read, at one instant. Needs $TOBAN; answers FILE KEY
# prints each command and its answer (KEY: of the calendars' addresses).
answers() {
    local db=$1 key=$2 out line
    out=$(mktemp -d)
    while read -r line; do
        echo "== $line"
        # shellcheck disable=SC2086 # the words of the command
        "$TOBAN" $line --db "$db" --at 2026-12-06T21:00 --lang en 2>&1 && echo "-- exit 0" || echo "-- exit $?"
    done <<'COMMANDS'
now --json
duties 2026-12 --json
diff 1 2 --json
check --draft 1 --json
check 2026-12-02..2026-12-10 --json
score --draft 1 --json
circulate --json
ledger --json
ledger FY2026 --json
ledger FY2026 --account p1 --audience member --json
entries --json
attend 2026-12 --report seats --json
attend 2026-12 --report counts --json
name --all --period 2026-12 --json
swap list --json
swap show 1 --json
sent 1 --json
wish --json
token list --json
unfetched --days 30 --json
tomorrow --json
calendar 2026-12-01..2026-12-07 --json
route --area town --age 40 --complaint internal --guidance --json
audit --json
COMMANDS
    # What calendars that were subscribed to live on; the words may become better.
    "$TOBAN" export ics --out "$out/ics" --key "$key" --db "$db" --at 2026-12-06T21:00 >/dev/null
    echo "== export ics"
    find "$out/ics" -name '*.ics' | sort | while read -r line; do
        echo "-- ${line#"$out/ics/"}" && tr -d '\r' <"$line" | grep -E '^(UID|SEQUENCE|LAST-MODIFIED|DTSTART;|DTEND;|STATUS)'
    done
    rm -rf "$out"
}
