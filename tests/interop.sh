#!/usr/bin/env bash
# The exported files in heavier clients: a browser prints every sheet on A4, four calendar libraries read every feed, Thunderbird and
# Evolution follow a roster; and what takes too long for every run.   ONLY=GLOB: only the parts whose name matches
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export B=${B:-build}
bash src/tools/demo.sh >"$B/interop-demo.log" 2>&1 || { tail -n 20 "$B/interop-demo.log"; echo "0 passed, 1 failed"; exit 1; }
parts_log=$B/interop.tap
# shellcheck source=tests/parts.sh
. tests/parts.sh
for script in readers sheets route-sheets pages; do part "$script" bash "tests/interop/$script.sh" "$B/demo"; done
part "the office in a browser" bash tests/interop/office.sh
part "clients with Thunderbird and Evolution" env HEAVY=1 bash tests/cli/clients.sh
part "crash with a hundred moments of serving" env KILLS=100 bash tests/cli/crash.sh
part "every why in the draft of a month" env HEAVY=1 bash tests/cli/every-why.sh
sum_up
