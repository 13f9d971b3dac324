#!/usr/bin/env bash
# A region written in another way, or changed in a way of which it is known what follows: tests/long/metamorphic.py. `make long` has other seeds.
cd "$(dirname "$0")/../.." || exit 1
export PYTHONDONTWRITEBYTECODE=1
exec python3 tests/long/metamorphic.py "${FIRST:-1}" "${LAST:-6}" blank-day three-tiers one-association-29
