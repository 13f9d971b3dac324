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
    [html]="base html"
    [mip]="base mip"
    [http]="base http"
    [domain]="base domain"
    [codec]="base domain codec"
    [store]="base domain store"
    [plan]="base mip domain plan"
    [route]="base html domain route"
    [publish]="base html domain publish"
    [app]="base html domain codec store plan route publish app"
    [tell]="base html domain plan route app tell"
    [feeds]="base http domain route app tell feeds"
    [web]="base html http domain codec store plan app tell web"
    [cli]="base domain plan route app tell feeds web"
    [tools]="base mip"
)
declare -A only=([sqlite3.h]=store [glpk.h]="mip plan tools" [jansson.h]=codec [iconv.h]=codec [libical/ical.h]=publish [qrencode.h]=publish [microhttpd.h]=http [utf8proc.h]=base [sodium.h]=base [liboath/oath.h]=base [zlib.h]=http)
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
if grep -nE '#include <(sqlite3|glpk|jansson|iconv|libical|microhttpd|utf8proc|zlib|sodium|liboath)' include/toban/*/*.h; then complain "a contract names a third-party header"; fi
# An answer has its forms in tell: a command of the command line parses, calls one use case and tells.
if grep -nE '\b(v?f?printf|putchar|puts|fputs|fputc|putc|fwrite|tb_print_[a-z_]+|tb_printer_[a-z]+)[[:space:]]*\(' src/cli/cmd_*.c src/cli/table.c; then complain "a command prints; its answer belongs in src/tell"; fi
# Banned calls; the clock is read in one place.
if grep -nE '\b(localtime|gmtime|mktime|strtok|strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atof)(_r)?[[:space:]]*\(' {src,tests}/*/*.[ch] include/toban/*/*.h; then complain "a banned call"; fi
if grep -nE '\b(clock_gettime|gettimeofday|time)\((NULL|0|&|CLOCK)' src/*/*.c | grep -v '^src/base/clock.c:'; then complain "the clock is read outside src/base/clock.c"; fi
# Closing a file drops every lock that the process has on it: nobody but SQLite opens a data file.
if grep -nE '\b(open|openat|fopen|creat|tb_file_(read|write))\(' src/store/*.c | grep -vE '^src/store/(db|lease|queue)\.c:'; then complain "a file of the store is opened besides SQLite"; fi
# Markup is written by html alone, and by Markdown's anchors in format.c; a look is a class; a name or a style is a literal.
if grep -nE '"[^"]*<[a-zA-Z/!]' src/*/*.[ch] | grep -vE '^src/(html/|codec/format\.c:)'; then complain "markup outside src/html"; fi
if grep -nE '\bstyle=|tb_html_attr[a-z]*\([^,]*, "(style|on[a-z]*)"' src/*/*.[ch]; then complain "a style attribute or a handler: a page's policy ignores both"; fi
if grep -nE '\btb_html_[a-z]+_(name|name_as|literal)\b' src/*/*.[ch] tests/*/*.[ch] | grep -v '^src/html/'; then complain "goes round a macro that takes literals alone"; fi
writes() { # CALL: does it compile, with `v` a variable?
    printf '#include "toban/html/html.h"\nvoid f(struct tb_html *h, const char *v);\nvoid f(struct tb_html *h, const char *v)\n{\n    (void)v;\n    %s;\n}\n' "$1" |
        gcc -std=c17 -D_GNU_SOURCE -Iinclude -Wall -Werror -fsyntax-only -x c - 2>/dev/null
}
for call in 'open(h, X)' 'open_as(h, X, v)' 'close(h, X)' 'close_line(h, X)' 'void(h, X)' 'el(h, X, v)' 'el_as(h, X, v, v)' 'elf(h, X, v, "%s", v)' \
    'attr(h, X, v)' 'attr_int(h, X, 1)' 'attrf(h, X, "%s", v)' 'raw(h, X)' 'style(h, X)'; do
    writes "tb_html_${call/X/\"p\"}" || complain "tb_html_$call does not compile with a literal"
    writes "tb_html_${call/X/v}" && complain "tb_html_$call takes what is no literal"
done
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
    shellcheck -x -P tests tests/*.sh tests/cli/*.sh tests/upgrade/*.sh src/tools/*.sh .ci/run || complain "shellcheck"
fi
# Parameters, lengths, names, widths, who prints; circles inside a room; links and index of the documents.
if here python3; then
    src/tools/house-shape || complain "shape: mend it, or say why not in src/tools/house-allowed.txt"
    src/tools/docs-links || complain "documents"
    src/tools/docs-tests || complain "documents: what no test reads"
    if here nm; then src/tools/house-circles "$B" || complain "circles: cut them, or say why not in src/tools/circles.txt"; fi
fi
[ "$bad" -eq 0 ] && echo "lint: the house is in order"
exit "$bad"
