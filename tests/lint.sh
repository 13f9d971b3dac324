#!/usr/bin/env bash
# The house's rules that a machine can see: who includes whom, who calls whom in a circle, banned calls, shape, static analysis,
# documents. `make lint` builds first: the circles are read from the objects in build/obj.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
B=${B:-build}
bad=0
complain() { printf 'lint: %s\n' "$*"; bad=1; }
# here PROGRAM: is it? A check that was not made is a fault, not a success.
here() { command -v "$1" >/dev/null || { complain "$1 is not here, so what it would check was not checked: sh src/tools/deps.sh lint"; return 1; }; }

# Whose contracts a room may read. A contract's path tells its room: include/toban/ROOM/NAME.h.
declare -A may=(
    [base]="base"
    [mip]="base mip"
    [domain]="base domain"
    [codec]="base domain codec"
    [store]="base domain store"
    [plan]="base mip domain plan"
    [route]="base domain route"
    [publish]="base domain publish"
    [app]="base domain codec store plan route publish app"
    [tell]="base domain plan route app tell"
    [feeds]="base domain route app tell feeds"
    [cli]="base domain plan route app tell feeds"
    [tools]="base mip"
)
declare -A only=([sqlite3.h]=store [glpk.h]="mip plan tools" [jansson.h]=codec [iconv.h]=codec [libical/ical.h]=publish [qrencode.h]=publish [microhttpd.h]=feeds [zlib.h]=feeds)
# room_of FILE: src/ROOM/x.c, include/toban/ROOM/x.h
room_of() {
    local path=${1#src/}
    path=${path#include/toban/}
    printf '%s' "${path%%/*}"
}
for f in src/*/*.[ch] include/toban/*/*.h; do
    room=$(room_of "$f")
    [ -n "${may[$room]:-}" ] || { complain "$f is in a room that may[] does not name"; continue; }
    while read -r header; do
        there=${header#toban/}
        case "$there" in */*) there=${there%%/*} ;; *) there= ;; esac
        [ -f "include/$header" ] || complain "$f includes $header, which is not there"
        case " ${may[$room]} " in *" $there "*) ;; *) complain "$f includes $header, which $room may not" ;; esac
    done < <(sed -n 's/^#include "\(toban\/[^"]*\)".*/\1/p' "$f")
    while read -r header; do
        rooms=${only[$header]:-}
        [ -z "$rooms" ] && continue
        case " $rooms " in *" $room "*) ;; *) complain "$f includes <$header>, which only $rooms may" ;; esac
    done < <(sed -n 's/^#include <\([^>]*\)>.*/\1/p' "$f")
    if grep -nE '#include "(\.\./|[a-z]+/)' "$f" | grep -v '"toban/'; then complain "$f reaches into another room"; fi
done
# A contract stands in a room's folder and nowhere else.
if find include -maxdepth 2 -name '*.h' | grep .; then complain "a contract is in no room: include/toban/ROOM/NAME.h"; fi
# check and score never see the planner.
if grep -lE 'toban/(plan|mip)/' src/domain/*.[ch]; then complain "domain includes the planner"; fi
# No third-party type crosses a wall.
if grep -nE '#include <(sqlite3|glpk|jansson|iconv|libical)' include/toban/*/*.h; then complain "a contract names a third-party header"; fi
# Banned calls; the clock is read in one place.
if grep -nE '\b(localtime|gmtime|mktime|strtok|strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atof)(_r)?[[:space:]]*\(' {src,tests}/*/*.[ch] include/toban/*/*.h; then complain "a banned call"; fi
if grep -nE '\b(clock_gettime|gettimeofday|time)\((NULL|0|&|CLOCK)' src/*/*.c | grep -v '^src/base/clock.c:'; then complain "the clock is read outside src/base/clock.c"; fi
# One dialect: what clang-format writes, and 110 columns (a wide character is two).
if here clang-format; then
    git ls-files '*.c' '*.h' | xargs clang-format --dry-run -Werror 2>&1 | grep -m 20 'error:' && complain "not as .clang-format writes it: clang-format -i FILE"
fi
# Each contract compiles alone, in both compilers when both are there.
for h in include/toban/*/*.h; do
    for cc in gcc clang; do
        command -v "$cc" >/dev/null || continue
        echo "#include \"${h#include/}\"" | "$cc" -std=c17 -D_GNU_SOURCE -Iinclude -Wall -Wextra -Wpedantic -fsyntax-only -x c - || complain "$h does not compile alone ($cc)"
    done
done
if here cppcheck; then
    cppcheck --quiet --std=c11 -D_GNU_SOURCE -Iinclude --enable=warning,performance,portability --inline-suppr --suppress=missingIncludeSystem \
        --suppress=nullPointerOutOfMemory --error-exitcode=1 --max-configs=2 -j 2 src || complain "cppcheck"
fi
if here shellcheck; then
    shellcheck -x -P tests tests/*.sh tests/cli/*.sh src/tools/*.sh .ci/run || complain "shellcheck"
fi
# Parameters, lengths, names, widths, who prints; circles inside a room; links and index of the documents.
if here python3; then
    src/tools/house-shape || complain "shape: mend it, or say why not in src/tools/house-allowed.txt"
    src/tools/docs-links || complain "documents"
    if here nm; then src/tools/house-circles "$B" || complain "circles: cut them, or say why not in src/tools/circles.txt"; fi
fi
[ "$bad" -eq 0 ] && echo "lint: the house is in order"
exit "$bad"
