#!/usr/bin/env bash
# What takes longer than a change can wait for. Each part has a short form in make test or make interop; there seeds are fixed, here
# they are new, and told, so that a failure can be seen again. Last line: "N passed, N failed".
#   long.sh [GLOB]    only the parts whose name matches: years, changes, why, facts, rehearsed, metamorphic, kills, random-*, oracle, oracle-route, again-*, together, together-kills, fuzz
#   SEED=N            first seed of the random parts (default: from the date)
#   N=2000 KILLS=500 REPEATS=20 FUZZ_SECONDS=180   how much of each
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export B=${B:-build} CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8 TOBAN_DB='' PYTHONDONTWRITEBYTECODE=1
export KILLS=${KILLS:-500} FUZZ_SECONDS=${FUZZ_SECONDS:-180}
ONLY=${1:-*}
[ -n "$ONLY" ] || ONLY='*'
parts_log=$B/long.tap
# shellcheck source=tests/parts.sh
. tests/parts.sh
n=${N:-2000} repeats=${REPEATS:-20} seed=${SEED:-$(($(date +%s) % 100000 * 10000 + 1000))}
echo "seeds $seed to $((seed + n - 1)): SEED=$seed N=$n make long"

again() {
    local i
    for ((i = 1; i <= repeats; i++)); do
        if ! bash "$1" >"$B/again.log" 2>&1; then
            grep -A4 '^not ok ' "$B/again.log"
            echo "not ok - $1, time $i of $repeats"
            return 1
        fi
    done
    echo "ok - $1, $repeats times"
}

part years python3 tests/long/years.py --tap
part changes env HEAVY=1 bash tests/cli/changes.sh
part why env HEAVY=1 bash tests/cli/every-why.sh
part metamorphic python3 tests/long/metamorphic.py "$seed" "$((seed + n / 20))"
part facts env HEAVY=1 bash tests/cli/facts.sh
part rehearsed env MONTHS=12 bash tests/cli/rehearsed.sh
part kills bash tests/cli/crash.sh
part office env CLERKS=500 bash tests/cli/office.sh
part random-enumerate "$B/tests/t_enumerate" "$seed" "$((seed + n - 1))"
part random-agree "$B/tests/t_plan_agree" "$seed" "$((seed + n - 1))"
part random-hands "$B/tests/t_plan_proof" "$seed" "$((seed + n - 1))"
part oracle-route env QUESTIONS="$((n * 50))" SEED="$seed" DAYS="2026-12-01 2026-12-31" bash tests/cli/oracle-route.sh
part oracle env SEEDS="$seed $((seed + (n + 1) / 2 - 1))" bash tests/cli/oracle.sh
for script in serve feeds-follow tokens; do part "again-$script" again "tests/cli/$script.sh"; done
together() {
    local i
    for ((i = 0; i < repeats; i++)); do python3 tests/long/together.py 20 50 "$((seed + i))" | sed 's/^1\.\.[0-9]*$//'; done
}
part together together
part together-kills env SEED="$seed" bash tests/cli/together-kills.sh
part fuzz bash tests/fuzz.sh
sum_up
