#!/usr/bin/env bash
# Every command explains itself in both languages, with an example; wrong calls say what is right and exit 2.
# shellcheck source=tests/tap.sh
. tests/tap.sh
cd "$work" || exit 1
T=$OLDPWD/$TOBAN
commands=$("$T" --help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p')
is "$(echo "$commands" | wc -l)" "$(grep -cE '^        \.name = "[a-z-]+",$' "$OLDPWD/src/cli/table.c")" "every command of the table is listed"
for c in $commands; do
    en=$("$T" "$c" --help --lang en 2>err)
    is "$?/$(cat err)" "0/" "$c --help exits 0 and says nothing on stderr"
    like "$en" "^Example:" "$c --help has an example"
    ja=$("$T" "$c" --help --lang ja)
    like "$ja" "^例:" "$c --help speaks Japanese"
done
"$T" >/dev/null 2>err; is "$?" 2 "no command is a wrong call"
"$T" frobnicate >/dev/null 2>err; is "$?" 2 "an unknown command is a wrong call"
like "$(cat err)" 'frobnicate' "and is named"
"$T" plan 2>err; is "$?" 2 "a missing argument is a wrong call"
like "$(cat err)" 'PERIOD' "and is named"
"$T" plan 2026-12 extra 2>err; is "$?" 2 "a superfluous word is a wrong call"
"$T" plan 2026-12 --no-such 2>err; is "$?" 2 "an unknown option is a wrong call"
like "$(cat err)" 'no-such' "and is named"
"$T" plan 2026-12 --at yesterday 2>err; is "$?" 2 "--at wants an instant"
"$T" plan 2026-12 --lang fr 2>err; is "$?" 2 "--lang wants ja or en"
"$T" now --db nowhere.db 2>err; is "$?" 4 "a data file that is not there is a storage error"
like "$(cat err)" 'nowhere.db' "and is named"
LANG=ja_JP.UTF-8 LC_ALL='' "$T" now --db nowhere.db 2>err; like "$(cat err)" 'データ|ありません|init' "the locale chooses Japanese"
"$T" --help >/dev/full 2>err; is "$?" 4 "a full disk behind stdout is not silence"
is "$("$T" --version | head -c 6)" "toban " "--version"
done_testing
