#!/usr/bin/env bash
# What a word may mean, and names in place of ids in every command: never a guess.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/small.sh
. tests/small.sh
export LC_ALL=C TZ=UTC
sed -i 's/"providers": \[/&{"id":"p9","name":"高橋 次郎","kind":"doctor","area":"town"},/' "$work/region/region.json"
"$TOBAN" init --region "$work/region" --db "$db" >/dev/null 2>&1 || exit 1
t() { "$TOBAN" "$@" --db "$db" --at 2026-11-01T09:00 >"$work/out" 2>"$work/err"; }
ids() { "$TOBAN" find "$1" --db "$db" --json >"$work/f"; json "$work/f" 'j.found.map(x=>x.kind+":"+x.sure+":"+x.id).join()'; }

is "$(ids '高橋 一郎')" provider:one:p1 "a name by the other form of its letter"
is "$(ids '髙橋　一郎')" provider:one:p1 "and by its own, with a wide blank"
is "$(ids '吉田, 花子')" provider:one:p2 "𠮷 is found by 吉"
is "$(ids 高橋)" provider:near:p1,provider:near:p9 "a family name is never more than a suggestion"
is "$(ids '高橋 一朗')" provider:near:p1 "one letter off is a suggestion"
"$TOBAN" find 車検 --db "$db" --json >"$work/f"; is "$?/$(json "$work/f" 'j.found.length')" 1/0 "nothing is called so"
t find 高橋; like "$(cat "$work/out")" 'p1  髙橋 一郎' "as text, with ids"
t find 高橋 --as member:p1; is $? 6 "who may not read the tables may not look for names"

t pin --seat night:2026-12-02:eve --provider '高橋 一郎'; is "$?/$(sqlite3 "$db" "SELECT provider FROM pins WHERE date = '2026-12-02'")" 0/p1 "a seat is pinned by name"
t pin --seat 夜間:2026-12-02:eve --provider p1; first=$?
name=$(sqlite3 "$db" "SELECT name FROM duties WHERE id = 'night'")
t pin --seat "$name:2026-12-09:eve" --provider 'p1'; is "$?/$(sqlite3 "$db" "SELECT duty FROM pins WHERE date = '2026-12-09'")" 0/night "and a seat is named by its duty's name"
is "$first" 2 "a part of a duty's name is asked back"
t forbid --seat night:2026-12-03:eve --provider 高橋; is $? 2 "a family name is a question"
like "$(cat "$work/err")" 'p1.*p9' "that names both with their ids"
is "$(sqlite3 "$db" "SELECT count(*) FROM pins WHERE date = '2026-12-03'")" 0 "and nothing is entered"
t person '高橋 一郎'; is $? 0 "a person by name"
done_testing
