#!/usr/bin/env bash
# A third hand, written from docs/reference alone (tests/oracle), beside check, score and plan: kept cases, and random regions from fixed
# seeds. What fails prints its seed and stays in $B/oracle: python3 -m oracle.run reads the directory again.
set -uo pipefail
B=${B:-build}
work=$B/oracle
mkdir -p "$work"
export PYTHONPATH=tests PYTHONDONTWRITEBYTECODE=1
python=
for p in python3 /usr/bin/python3; do
    if "$p" -c 'import scipy' 2>/dev/null; then
        python=$p
        break
    fi
done
if [ -z "$python" ]; then
    echo "not ok 1 - oracle: no Python with scipy (python3-scipy)"
    echo 1..1
    exit 1
fi
# shellcheck disable=SC2046,SC2086 # seeds and options are words
exec "$python" -m oracle.run --toban "$B/toban" --work "$work" --seeds ${SEEDS:-1 60} ${ORACLE:-} $(ls -d tests/oracle/cases/*/ 2>/dev/null)
