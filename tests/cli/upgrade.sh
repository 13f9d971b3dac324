#!/usr/bin/env bash
# The data files that released programs made, kept in tests/upgrade: today's program opens them, brings them to its own form, and gives the answers that were
# given then; the calendars that were subscribed to live on; and work goes on.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/upgrade/answers.sh
. tests/upgrade/answers.sh
export LC_ALL=C TZ=UTC PYTHONDONTWRITEBYTECODE=1
at=2026-12-06T21:00
for kept in tests/upgrade/release-*.sql; do
    name=$(basename "$kept" .sql)
    db=$work/$name.db key=$work/$name.key
    sqlite3 "$db" <"$kept"
    cp "${kept%.sql}.key" "$key" && chmod 600 "$key"
    was=$(sqlite3 "$db" 'PRAGMA user_version')
    before=$(sqlite3 "$db" .dump)
    # The first that writes brings the file to today's form; asking for an address that is in use writes nothing else.
    "$TOBAN" token issue p1 --key "$key" --db "$db" --at $at >/dev/null
    is "$?" 0 "$name (form $was) is opened"
    is "$(sqlite3 "$db" 'PRAGMA integrity_check; PRAGMA foreign_key_check')" ok "$name is whole"
    if [ "$(sqlite3 "$db" 'PRAGMA user_version')" = "$was" ]; then
        is "$(sqlite3 "$db" .dump)" "$before" "$name is of today's form: nothing in it has changed"
    else
        is "$(sqlite3 "$db.v$was.bak" .dump)" "$before" "$name: a copy of what it was"
    fi
    answers "$db" "$key" >"$work/now"
    python3 tests/upgrade/same_answers.py "${kept%.sql}.answers" "$work/now" >"$work/same"
    is "$?/$(grep -c '' "$work/same")" "0/$(grep -c '^== ' "${kept%.sql}.answers")" "$name: every question of then was asked"
    while read -r status text; do ok "$status" "$name: $text"; done <"$work/same"
    # Its publications hold the tables of the day of the upgrade, and are marked.
    bash tests/facts/forms.sh "$db" "$work/forms-1" $at
    cp "$db" "$work/moved.db"
    sqlite3 "$work/moved.db" "UPDATE bands SET \"from\" = '18:15'; UPDATE providers SET name = name || '改', phone = '000'; UPDATE region SET notice = '改'"
    bash tests/facts/forms.sh "$work/moved.db" "$work/forms-2" $at
    is "$(diff -r "$work/forms-1" "$work/forms-2" >"$work/diff" && find "$work/forms-1" -type f | grep -c .)" "$(find "$work/forms-2" -type f | grep -c .)" "$name: its publications hold what they show"
    is "$("$TOBAN" verify --db "$db" --json >"$work/v" && json "$work/v" 'j.intact+" "+j.facts_of_upgrade')" "true 2" "$name: and say that it is of the day of the upgrade"
    rm -rf "$work/forms-1" "$work/forms-2"
    "$TOBAN" plan 2027-02-01..2027-02-05 --duty night --db "$db" --at $at >/dev/null && "$TOBAN" publish --db "$db" --at $at --note 二月 >/dev/null
    is "$?/$("$TOBAN" duties 2027-02 --db "$db" --json >"$work/d" && json "$work/d" 'j.publication+" "+j.duties.length')" "0/3 5" "$name: the next roster is planned and published"
done
done_testing
