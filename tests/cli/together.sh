#!/usr/bin/env bash
# Twenty clerks at once, fifty entries each: what is told is stored. `make long` repeats it with other seeds.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
exec python3 tests/long/together.py "${WRITERS:-20}" "${ENTRIES:-50}" "${SEED:-1}"
