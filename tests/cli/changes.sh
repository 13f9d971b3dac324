#!/usr/bin/env bash
# Two months in which 5 % of the published seats change, each change mended and published, and the periods that follow; HEAVY=1 (make long): the whole year.
cd "$(dirname "$0")/../.." || exit 1
PYTHONDONTWRITEBYTECODE=1 exec python3 tests/long/changes-year.py "$([ -n "${HEAVY:-}" ] && echo 12 || echo 2)"
