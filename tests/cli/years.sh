#!/usr/bin/env bash
# The first two months of the sample's three years (make long has all 36): what tests/long/years.py says of them, line by line.
cd "$(dirname "$0")/../.." || exit 1
exec python3 tests/long/years.py --tap --months 2
