#!/usr/bin/env bash
# Fifty processes killed while they write, among four that go on: what was told is stored, nothing is half there. `make long` kills 500.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
exec python3 tests/long/together.py 4 0 "${SEED:-1}" --kills "${KILLS:-50}"
