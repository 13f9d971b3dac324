#!/usr/bin/env bash
# What an export may replace: a directory of its own, and nothing of anybody else's.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/small.sh
small_init
roster 2026-11-02T09:00 p1 p2 p3
export_to() { t export all --out "$1" --at 2026-11-03T09:00 2>"$work/err" >/dev/null; }
state() { (cd "$1" && find . -type f ! -name "$2" -exec sha256sum {} + | sort); }

site=$work/site
export_to "$site"
ok $? "a directory that is not there is made"
[ -f "$site/roster.json" ] && [ -f "$site/.toban-files" ]
ok $? "it bears a mark"
first=$(state "$site" none)
export_to "$site"
ok $? "a directory with the mark is replaced"
is "$(state "$site" none)" "$first" "by the same bytes"
is "$(find "$work" -maxdepth 1 -name '*toban-*' | wc -l)" 0 "nothing is left beside it"

# What is not ours stays, byte for byte: the data file and its key, neighbours, a note among our own files.
mkdir "$work/own" "$work/site.new" "$work/site.old"
cp "$db" "$work/own/toban.db"
echo secret >"$work/own/toban.db.key"
echo mine >"$work/site.new/mine"
echo mine >"$work/site.old/mine"
before=$(state "$work/own" none)
export_to "$work/own"
is $? 6 "a directory with other files in it is refused"
like "$(cat "$work/err")" "toban\.db" "and what is in it is named"
is "$(state "$work/own" none)" "$before" "nothing in it has changed"
export_to "$site"
is "$(cat "$work/site.new/mine" "$work/site.old/mine" | sort -u)" mine "neighbours called .new and .old stay"
echo "opening hours" >"$site/note.txt"
export_to "$site"
is $? 6 "a marked directory in which somebody has put a file is refused"
is "$(cat "$site/note.txt")" "opening hours" "the file is there"
rm "$site/note.txt"
cp -r "$site/." "$work/unmarked" && rm "$work/unmarked/.toban-files"
export_to "$work/unmarked"
is $? 6 "a copy without the mark is not taken for ours"
echo text >"$work/file"
export_to "$work/file"
is $? 6 "a file of that name is refused"
is "$(cat "$work/file")" text "and is what it was"

# Links, the working directory, a mount point.
ln -s site "$work/link"
rm -rf "$site"
mkdir "$site"
export_to "$work/link"
ok $? "a link to a directory is followed"
[ -L "$work/link" ] && [ -f "$site/roster.json" ]
ok $? "the link stays a link"
ln -s nowhere "$work/dangling"
export_to "$work/dangling"
is $? 2 "a link that leads nowhere is refused"
[ -L "$work/dangling" ]
ok $? "and stays"
mkdir "$work/here"
tool=$PWD/$TOBAN
(cd "$work/here" && "$tool" export all --out . --db "$db" --at 2026-11-03T09:00 >/dev/null 2>&1)
ok $? "the working directory"
is "$(state "$work/here" none | sed 's/  .*//' | sort)" "$(state "$site" none | sed 's/  .*//' | sort)" "holds the same files"
(cd "$work/here" && "$tool" export all --out . --db "$db" --at 2026-11-03T09:00 >/dev/null 2>&1)
ok $? "again"
is "$(find "$work/here" -maxdepth 1 | wc -l)" "$(find "$site" -maxdepth 1 | wc -l)" "and nothing besides"
if [ "$(id -u)" = 0 ] && mkdir "$work/mount" && mount -t tmpfs -o size=16m tmpfs "$work/mount" 2>/dev/null; then
    export_to "$work/mount"
    a=$?
    export_to "$work/mount"
    b=$?
    is "$a $b" "0 0" "a mount point, twice"
    is "$(state "$work/mount" none)" "$(state "$site" none)" "holds the same files"
    umount "$work/mount"
else
    ok 0 "a mount point # SKIP cannot mount here"
    ok 0 "its files # SKIP cannot mount here"
fi

# What is no longer written goes, what a writer that died left goes too.
mkdir -p "$work/.site.toban-abc123"
touch "$work/.site.toban-abc123/.toban-files" "$work/.site.toban-abc123/half"
mkdir "$work/.site.toban-xyz789"
echo mine >"$work/.site.toban-xyz789/mine"
export_to "$site"
is "$(find "$work" -maxdepth 1 -name '.site.toban-*' -printf '%f ')" ".site.toban-xyz789 " "what a dead writer left is swept, by its mark alone"

# Eight at once: each succeeds, the last state is whole.
for _ in 1 2 3 4 5 6 7 8; do (export_to "$site" || echo failed >>"$work/failures") & done
wait
[ ! -e "$work/failures" ]
ok $? "eight exports at once all succeed"
is "$(state "$site" none)" "$first" "and leave the same bytes"
t ledger FY2026 --html "$work/own" --at 2026-11-03T09:00 >/dev/null 2>&1
is "$? $(state "$work/own" none | sha256sum)" "6 $(echo "$before" | sha256sum)" "the pages of the books refuse it as well"
t export ics --out "$work/own" --at 2026-11-03T09:00 >/dev/null 2>&1
is "$? $(state "$work/own" none | sha256sum)" "6 $(echo "$before" | sha256sum)" "and the feeds"
# Addresses are secret: the mark that a web server may show does not tell them.
t token issue p1 --at 2026-11-03T09:00 >"$work/out" 2>&1
t export ics --out "$work/www" --at 2026-11-03T09:00 >/dev/null 2>&1
token=$(basename "$(dirname "$(find "$work/www" -name toban.ics)")")
[ "${#token}" -eq 32 ] && ! grep -q "$token" "$work/www/.toban-files"
ok $? "the mark tells no address"
done_testing
