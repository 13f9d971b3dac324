#!/usr/bin/env bash
# The routing policy by a third hand (tests/oracle/route.py, from docs/reference/routing.md alone): random questions to the sample's routing.json, and to that of a region drawn anew.
#   QUESTIONS=N SEED=S DAYS="FIRST LAST"   how many, which, of which table
set -uo pipefail
B=${B:-build} QUESTIONS=${QUESTIONS:-2000} SEED=${SEED:-1} DAYS=${DAYS:-2026-12-26 2026-12-31}
mkdir -p "$B/oracle"
export PYTHONPATH=tests PYTHONDONTWRITEBYTECODE=1
failed=0
for vary in "" --vary; do
    # shellcheck disable=SC2086 # days and options are words
    python3 -m oracle.route --toban "$B/toban" --work "$B/oracle" --questions "$QUESTIONS" --seed "$SEED" --days $DAYS $vary | sed '/^1\.\./d; s/^\(not \)\?ok 1 /\1ok '$((${#vary} > 0 ? 2 : 1))' /'
    [ "${PIPESTATUS[0]}" -eq 0 ] || failed=1
done
echo 1..2
exit $failed
