#!/usr/bin/env bash
# The exported files in heavier clients: a browser prints every sheet on A4, four calendar libraries read every feed, Thunderbird and Evolution follow a roster; and what takes too long for every run.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export B=${B:-build}
bash src/tools/demo.sh >"$B/interop-demo.log" 2>&1 || { tail -n 20 "$B/interop-demo.log"; echo "0 passed, 1 failed"; exit 1; }
log=$B/interop.tap
: >"$log"
for script in tests/interop/readers.sh tests/interop/sheets.sh tests/interop/route-sheets.sh tests/interop/pages.sh; do
    echo "# $script"
    bash "$script" "$B/demo" 2>&1 | tee -a "$log" || true
done
echo "# tests/cli/clients.sh with Thunderbird and Evolution"
HEAVY=1 bash tests/cli/clients.sh 2>&1 | tee -a "$log" || true
echo "# tests/cli/crash.sh with a hundred moments of serving"
KILLS=100 bash tests/cli/crash.sh 2>&1 | tee -a "$log" || true
echo "# tests/cli/every-why.sh in the draft of a month"
HEAVY=1 bash tests/cli/every-why.sh 2>&1 | tee -a "$log" || true
passed=$(grep -c '^ok ' "$log")
failed=$(grep -c '^not ok ' "$log")
[ "$passed" -gt 0 ] || failed=$((failed + 1))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
