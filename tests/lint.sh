#!/usr/bin/env bash
# The house's rules that a machine can see: who includes whom, banned calls, static analysis.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
bad=0
complain() { printf 'lint: %s\n' "$*"; bad=1; }

# Which room a contract belongs to (app where it is not named), and whose contracts a room may read.
declare -A home=([base]=base [secret]=base [holiday]=domain [region]=domain [problem]=domain [check]=domain [board]=domain [exception]=domain [change]=domain [records]=store [incidents]=domain [tally]=domain [standing]=domain
    [printer]=printer [codec]=codec [store]=store [plan]=plan [route]=route [publish]=publish [pages]=publish)
declare -A may=(
    [base]="base"
    [domain]="base domain"
    [codec]="base domain printer codec"
    [store]="base domain store"
    [plan]="base domain plan"
    [route]="base domain printer route"
    [publish]="base domain printer publish"
    [app]="base domain printer codec store plan route publish app"
    [cli]="base domain printer store plan route app"
    [http]="base domain printer route app"
    [tools]="base"
)
declare -A only=([sqlite3.h]=store [glpk.h]="plan tools" [jansson.h]=codec [iconv.h]=codec [libical/ical.h]=publish [qrencode.h]=publish [microhttpd.h]=http [zlib.h]=http)
for dir in src/*/; do
    room=$(basename "$dir")
    for f in "$dir"*.[ch]; do
        [ -e "$f" ] || continue
        while read -r header; do
            name=${header#toban/}
            name=${name%.h}
            case " ${may[$room]} " in *" ${home[$name]:-app} "*) ;; *) complain "$f includes $header, which $room may not" ;; esac
        done < <(sed -n 's/^#include "\(toban\/[a-z_]*\.h\)".*/\1/p' "$f")
        while read -r header; do
            rooms=${only[$header]:-}
            [ -z "$rooms" ] && continue
            case " $rooms " in *" $room "*) ;; *) complain "$f includes <$header>, which only $rooms may" ;; esac
        done < <(sed -n 's/^#include <\([^>]*\)>.*/\1/p' "$f")
        # The bare engine is a tool of its own.
        if [ "$room" != tools ] && grep -nE '#include "\.\./' "$f"; then complain "$f reaches into another room"; fi
    done
done
# check and score never see the planner.
if grep -lE 'toban/plan\.h|src/plan' src/domain/*.[ch]; then complain "domain includes the planner"; fi
# No third-party type crosses a wall.
if grep -nE '#include <(sqlite3|glpk|jansson|iconv|libical)' include/toban/*.h; then complain "a contract names a third-party header"; fi
# Banned calls; the clock is read in one place.
if grep -nE '\b(localtime|gmtime|mktime|strtok|strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atof)(_r)?[[:space:]]*\(' {src,tests}/*/*.[ch] include/toban/*.h; then complain "a banned call"; fi
if grep -nE '\b(clock_gettime|gettimeofday|time)\((NULL|0|&|CLOCK)' src/*/*.c | grep -v '^src/base/clock.c:'; then complain "the clock is read outside src/base/clock.c"; fi
# Each contract compiles alone, in both compilers when both are there.
for h in include/toban/*.h; do
    for cc in gcc clang; do
        command -v "$cc" >/dev/null || continue
        echo "#include \"${h#include/}\"" | "$cc" -std=c17 -D_GNU_SOURCE -Iinclude -Wall -Wextra -Wpedantic -fsyntax-only -x c - || complain "$h does not compile alone ($cc)"
    done
done
if command -v cppcheck >/dev/null; then
    cppcheck --quiet --std=c11 -D_GNU_SOURCE -Iinclude --enable=warning,performance,portability --inline-suppr --suppress=missingIncludeSystem \
        --suppress=nullPointerOutOfMemory --error-exitcode=1 --max-configs=2 -j 2 src || complain "cppcheck"
fi
if command -v shellcheck >/dev/null; then
    shellcheck -x -P tests tests/*.sh tests/cli/*.sh .ci/run || complain "shellcheck"
fi
[ "$bad" -eq 0 ] && echo "lint: the house is in order"
exit "$bad"
