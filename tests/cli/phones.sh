#!/usr/bin/env bash
# Telephones: one form in every column that holds one, whatever they were typed in; what is none is refused with the reason; an older file keeps what it has.
# shellcheck source=tests/tap.sh
. tests/tap.sh
export LC_ALL=C TZ=UTC
db=$work/old.db key=$work/old.key
t() { "$TOBAN" "$@" --db "$db" --at 2026-12-01T09:00 >"$work/out" 2>"$work/err"; }
phone() { sqlite3 "$db" "SELECT phone FROM providers WHERE id = '$1'"; }

sqlite3 "$db" <tests/upgrade/release-0.3.sql
cp tests/upgrade/release-0.3.key "$key" && chmod 600 "$key"
sqlite3 "$db" "UPDATE providers SET phone = '(076)222-0099' WHERE id = 'centre'; UPDATE providers SET phone = 'なし' WHERE id = 'tert'; UPDATE providers SET phone = '7600001234' WHERE id = 'p1'"
before=$(sqlite3 "$db" 'SELECT count(*) FROM providers')
t token issue p1 --key "$key"
is "$?" 0 "an older file with telephones of all kinds is opened"
is "$(phone centre)" 076-222-0099 "a number has its one form after the upgrade"
is "$(phone tert),$(phone p1)" "なし,7600001234" "what is read as none stays as it was typed"
is "$(sqlite3 "$db" 'SELECT count(*) FROM providers')" "$before" "no row is lost"
t rows providers id=p2 staff_phone=０９０・0000・0002 --add
is "$?" 3 "a number with dots of another kind is refused"
t rows providers id=p2 staff_phone=０９０−００００−０００２ --add
is "$?/$(sqlite3 "$db" "SELECT staff_phone FROM providers WHERE id = 'p2'")" 0/090-0000-0002 "full width and other hyphens: one form, beside rows that are none"
for wrong in 7600001234 760001234 7.6E+08 '="048-829-1111"' なし 222-0099 076-222-009 ; do
    t rows providers id=centre "phone=$wrong" --add
    is "$?/$(phone centre)" 3/076-222-0099 "$wrong is refused"
    t rows amendments what=providers key=centre field=phone from=2027-01-01 "value=$wrong" --add
    is "$?" 3 "and for a later day: $wrong"
    t override phone --provider centre --phone "$wrong" --minutes 60
    is "$?" 2 "and for an hour: $wrong"
    like "$(cat "$work/err")" "$(printf %s "$wrong" | cut -c1-3)" "with what was typed: $wrong"
done
t override phone --provider centre --phone '０７６（２２２）００１０' --minutes 60
is "$?/$(sqlite3 "$db" 'SELECT phone FROM route_overrides ORDER BY id DESC LIMIT 1')" 0/076-222-0010 "an override has the same form"
done_testing
