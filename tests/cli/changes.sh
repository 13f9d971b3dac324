#!/usr/bin/env bash
# Two months in which 5 % of the published seats change, each change mended and published; the whole year: tests/long/changes-year.py.
cd "$(dirname "$0")/../.." || exit 1
PYTHONDONTWRITEBYTECODE=1 exec python3 tests/long/changes-year.py 2
