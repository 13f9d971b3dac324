#!/usr/bin/env bash
# Every statement of why for every seat of one week of the sample, against cbc: tests/long/every-why.py. HEAVY=1: instead the paediatric seats of that week in the draft of the whole month.
cd "$(dirname "$0")/../.." || exit 1
export PYTHONDONTWRITEBYTECODE=1
[ -n "${HEAVY:-}" ] || exec python3 tests/long/every-why.py
exec python3 tests/long/every-why.py 2026-12 night-paed
