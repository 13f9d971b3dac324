#!/bin/bash
# Every case of tests/bad-input/cases through the program, and the ways in which a database file can be wrong: exit code, message, and that
# the database is afterwards what it was before.
#
# B is the build directory. Needs $B/toban, $B/tests/t_codec_bad (which writes the cases as files) and sqlite3.
set -u
. tests/tap.sh
top=$PWD
chmod 755 "$work"
export LC_ALL=C
unset TOBAN_DB

# result NAME: the status of what ran before as one TAP line, with what was said when it is not ok.
result() {
  local status=$?
  ok "$status" "$1"
  [ "$status" -eq 0 ] || head -5 "$work/said" | sed 's/^/# /'
}

# run CODE MESSAGE COMMAND...: the command ends with that code and says the message on stderr. An empty message: anything but silence.
run() {
  local want=$1 message=$2 code=0
  shift 2
  "$@" >"$work/out" 2>"$work/said" </dev/null || code=$?
  if [ "$code" -ne "$want" ]; then
    echo "exit code $code instead of $want" >>"$work/said"
    return 1
  fi
  if [ ! -s "$work/said" ] || ! grep -Fq -e "$message" "$work/said"; then
    echo "not said: $message" >>"$work/said"
    return 1
  fi
}

# same DB REFERENCE: the same content, whole, and nothing beside it.
same() {
  if [ "$(sqlite3 "$1" .dump | sha256sum)" != "$(sqlite3 "$2" .dump | sha256sum)" ]; then
    echo "the dump differs" >>"$work/said"
    return 1
  fi
  if [ "$(sqlite3 "$1" 'PRAGMA integrity_check')" != ok ]; then
    echo "integrity_check fails" >>"$work/said"
    return 1
  fi
  if [ -e "$1-journal" ] || [ -e "$1-wal" ]; then
    echo "a journal is left" >>"$work/said"
    return 1
  fi
}

# none DB: refused before anything was created.
none() {
  local left
  left=$(find "$(dirname "$1")" -maxdepth 1 -name "$(basename "$1")*")
  [ -z "$left" ] && return 0
  echo "left behind: $left" >>"$work/said"
  return 1
}

toban() { "$work/toban" "$@"; }
cp "$TOBAN" "$work/toban" && chmod 755 "$work/toban"

if ! toban init --region tests/bad-input/base --db "$work/base.db" >"$work/said" 2>&1; then
  echo "Bail out! the good base is refused: $(head -1 "$work/said")"
  exit 1
fi
"$B/tests/t_codec_bad" write "$work/cases" || { echo "Bail out! the cases cannot be written"; exit 1; }

# 100 MB must not cost memory; the sanitizers' own address space is far larger than any limit.
memory=400000
if grep -q __asan_init "$work/toban"; then memory=unlimited; fi
small() { (ulimit -v "$memory"; toban "$@"); }

# ---- the table

for dir in "$work"/cases/*/; do
  dir=${dir%/}
  name=${dir##*/}
  message=$(cat "$dir/message")
  cd "$dir" || exit 1
  if [ -f entity ]; then
    # What is wrong with rows that the import does not bring is told at the database, not at the CSV file they once came from.
    case $message in import.csv*) ;; *) message=${message#*: } ;; esac
    cp "$work/base.db" "$work/db"
    run 3 "$message" small import --entity "$(cat entity)" import.csv --db "$work/db" --lang en &&
      same "$work/db" "$work/base.db"
  else
    rm -f "$work"/new.db*
    cp "$work/base.db" "$work/db"
    run 3 "$message" small init --region region --db "$work/new.db" --lang en && none "$work/new.db" &&
      run 3 "$message" small import region --db "$work/db" --lang en && same "$work/db" "$work/base.db"
  fi
  result "$name"
  cd "$top" || exit 1
done
rm -rf "$work/cases"

# ---- the call itself

cp "$work/base.db" "$work/db"
run 2 'seasons' toban import --entity seasons tests/bad-input/base/wishes.csv --db "$work/db" --lang en && same "$work/db" "$work/base.db"
result "import of an unknown entity"
run 2 '2026-13' toban plan 2026-13 --db "$work/db" --lang en && same "$work/db" "$work/base.db"
result "a period that is not one"
run 2 '2026-12-31..2026-12-01' toban plan 2026-12-31..2026-12-01 --db "$work/db" --lang en && same "$work/db" "$work/base.db"
result "a period that ends before it begins"
run 3 'nowhere' toban init --region nowhere --db "$work/new.db" --lang en && none "$work/new.db"
result "a region directory that does not exist"
run 6 "$work/db" toban init --region tests/bad-input/base --db "$work/db" --lang en && same "$work/db" "$work/base.db"
result "init over an existing database"

# ---- the database file

good=tests/bad-input/base/wishes.csv
import() { toban import --entity wishes "$good" --db "$1" --lang en; }

cp "$work/base.db" "$work/db"
sqlite3 "$work/db" 'PRAGMA user_version = 9999'
cp "$work/db" "$work/before"
run 4 9999 import "$work/db" && same "$work/db" "$work/before" && cmp -s "$work/db" "$work/before"
result "a database of a newer version"

sqlite3 "$work/other" 'CREATE TABLE t (x); PRAGMA application_id = 1'
cp "$work/other" "$work/before"
run 4 "$work/other" import "$work/other" && cmp -s "$work/other" "$work/before"
result "a database of another program"

echo 'no database, but more than nothing' >"$work/text"
cp "$work/text" "$work/before"
run 4 "$work/text" import "$work/text" && cmp -s "$work/text" "$work/before"
result "a file that is no database"

run 4 "$work/missing" import "$work/missing" && none "$work/missing"
result "a database that does not exist"

size=$(stat -c %s "$work/base.db")
for part in 50 4096 $((size / 2)) $((size - 100)); do
  head -c "$part" "$work/base.db" >"$work/cut"
  cp "$work/cut" "$work/before"
  run 4 "$work/cut" import "$work/cut" && cmp -s "$work/cut" "$work/before"
  result "a database cut after $part bytes"
done

# Damage where the rows are: a page of a table overwritten.
page=$(sqlite3 "$work/base.db" "SELECT rootpage FROM sqlite_schema WHERE name = 'providers'")
cp "$work/base.db" "$work/hurt"
head -c 4096 /dev/zero | tr '\0' 'x' | dd of="$work/hurt" bs=4096 seek=$((page - 1)) conv=notrunc status=none
cp "$work/hurt" "$work/before"
run 4 "$work/hurt" import "$work/hurt" && cmp -s "$work/hurt" "$work/before"
result "a database with a damaged page"

# ---- no room

# A limit on file size with its signal ignored: writes fail as on a full disk. One unit is 1024 bytes, enough for the message itself.
limited() { (trap '' XFSZ; ulimit -f "$1"; shift; "$@"); }
for blocks in 1 8 64; do
  rm -f "$work"/new.db*
  run 4 "$work/new.db" limited "$blocks" toban init --region tests/bad-input/base --db "$work/new.db" --lang en && none "$work/new.db"
  result "init when a file may grow to $blocks KiB"
done
printf 'survey,provider,type,from,to\n' >"$work/many.csv"
for provider in d-sato d-ito d-kato; do
  for type in cannot only rather-not like; do
    for day in 0{1..9} {10..30}; do echo "s-2026-12,$provider,$type,2026-12-$day,2026-12-31"; done
  done
done >>"$work/many.csv"
for blocks in 1 16 $((size / 1024)); do
  cp "$work/base.db" "$work/db"
  run 4 "$work/db" limited "$blocks" toban import --entity wishes "$work/many.csv" --db "$work/db" --lang en && same "$work/db" "$work/base.db"
  result "import when a file may grow to $blocks KiB"
done

# A real disk that is full, where this user may mount one.
mkdir "$work/disk"
# shellcheck disable=SC2016
on_full_disk='mount -t tmpfs -o size=$2 none "$1/disk" && cp "$1/base.db" "$1/disk/db" && { cat /dev/zero >"$1/disk/fill" 2>/dev/null; : ; } &&
  { code=0; "$1/toban" import --entity wishes "$1/many.csv" --db "$1/disk/db" --lang en || code=$?; rm -f "$1/disk/fill"; cp "$1/disk/db" "$1/db"; ls "$1/disk" >"$1/left"; exit $code; }'
# shellcheck disable=SC2016
if unshare -rm bash -c 'mount -t tmpfs -o size=64k none "$0"' "$work/disk" 2>/dev/null; then
  run 4 db unshare -rm bash -c "$on_full_disk" - "$work" $((size / 1024 + 16))k && same "$work/db" "$work/base.db" && [ "$(cat "$work/left")" = db ]
  result "import on a full disk"
else
  ok 0 "import on a full disk # SKIP no disk can be mounted here"
fi

# ---- no permission

# Root may write anywhere, so the program runs as nobody.
as_nobody() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
mkdir "$work/locked"
cp "$work/base.db" "$work/locked/db"
cp -r tests/bad-input/base "$work/region"
cp "$work/many.csv" "$work/locked/many.csv"
chmod -R a+rX "$work/region" "$work/locked" "$work/many.csv"
chmod 666 "$work/locked/db"
chmod 555 "$work/locked"
run 4 "$work/locked/new.db" as_nobody "$work/toban" init --region "$work/region" --db "$work/locked/new.db" --lang en && none "$work/locked/new.db"
result "init in a directory that is read-only"
run 4 "$work/locked/db" as_nobody "$work/toban" import --entity wishes "$work/many.csv" --db "$work/locked/db" --lang en && same "$work/locked/db" "$work/base.db"
result "import in a directory that is read-only"
chmod 444 "$work/locked/db"
chmod 777 "$work/locked"
run 4 "$work/locked/db" as_nobody "$work/toban" import --entity wishes "$work/many.csv" --db "$work/locked/db" --lang en && same "$work/locked/db" "$work/base.db"
result "import into a file that is read-only"
chmod 000 "$work/region/providers.csv"
run 3 providers.csv as_nobody "$work/toban" init --region "$work/region" --db "$work/locked/new.db" --lang en && none "$work/locked/new.db"
result "a CSV file that may not be read"

done_testing
