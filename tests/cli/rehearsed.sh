#!/usr/bin/env bash
# The first month of a year as an office lives through it, with every subscriber looking on after each step: what is published is what they see, what has begun stays
# byte for byte, and the books are right to the millionth. The whole year is a part of make long.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export PYTHONDONTWRITEBYTECODE=1
rm -rf "$work"
exec python3 tests/long/rehearsed.py "${MONTHS:-1}"
