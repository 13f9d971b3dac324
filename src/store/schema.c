/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of the file, and how an older file becomes a new one.
 *
 * Entity tables follow the field lists of toban/domain/fields.h: after the numbered steps every entity table
 * that is not as its list says is rebuilt, its columns of the same name kept. So a new field needs one more
 * line in `steps` (which makes older programs refuse the file), and a callback only when old rows have to be
 * given a value that is not the field's default. tests/unit/t_store_schema.c holds the schema of the current
 * version fixed and says what to do when it moves.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_int.h"

/* Published things are said once. INSERT is watched as well, because INSERT OR REPLACE deletes without asking
 * the DELETE triggers of another program's connection. */
#define UNCHANGEABLE(table) \
    "CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table " BEGIN SELECT RAISE(ABORT, '" table \
    ": rows are never changed'); END;\n" \
    "CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table " BEGIN SELECT RAISE(ABORT, '" table \
    ": rows are never deleted'); END;\n"
#define WITH_PUBLICATION(table) \
    UNCHANGEABLE(table) \
    "CREATE TRIGGER " table "_no_late BEFORE INSERT ON " table \
    " WHEN EXISTS (SELECT 1 FROM publications WHERE number = NEW.publication)\n" \
    "  BEGIN SELECT RAISE(ABORT, '" table ": nothing is added to a publication'); END;\n"
#define APPENDED(table) \
    UNCHANGEABLE(table) \
    "CREATE TRIGGER " table "_no_replace BEFORE INSERT ON " table " WHEN EXISTS (SELECT 1 FROM " table \
    " WHERE id = NEW.id)\n" \
    "  BEGIN SELECT RAISE(ABORT, '" table ": rows are never replaced'); END;\n"

/* Without a modifier date() takes 2026-02-30 for a date.
 *
 * Dates are YYYY-MM-DD; instants YYYY-MM-DDTHH:MM+09:00; duty, band, provider, ledger, account are ids of the
 * region, as text without reference, so that what was said stays said whatever the region becomes. */
static const char version_1[] =
    "CREATE TABLE drafts ( -- what was planned or made by hand, with the question it answers\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  created_at TEXT NOT NULL, -- instant\n"
    "  \"from\" TEXT NOT NULL CHECK (date(\"from\", '+0 days') IS \"from\"), -- first duty date\n"
    "  \"to\" TEXT NOT NULL CHECK (date(\"to\", '+0 days') IS \"to\"), -- last duty date\n"
    "  duties TEXT NOT NULL, -- ids joined by ;\n"
    "  instance TEXT NOT NULL, -- canonical JSON of the problem\n"
    "  instance_digest TEXT NOT NULL, -- SHA-256, hex\n"
    "  status TEXT NOT NULL, -- optimal, feasible, none, manual\n"
    "  stopped_by TEXT NOT NULL, -- proof, time, gap, interrupt\n"
    "  objective INTEGER NOT NULL, -- hundredths of a squared duty, docs/rules.md\n"
    "  bound INTEGER NOT NULL, -- the same unit\n"
    "  certified INTEGER NOT NULL CHECK (certified IN (0, 1)), -- the bound was proven\n"
    "  certificate TEXT NOT NULL, -- integer duals, empty when there are none\n"
    "  steps TEXT NOT NULL, -- how the planner came to it\n"
    "  open_seats INTEGER NOT NULL, -- seats nobody takes\n"
    "  after_publication INTEGER NOT NULL -- latest publication when it was made, 0: none\n"
    ") STRICT;\n"
    "CREATE INDEX drafts_span ON drafts (\"from\", \"to\");\n"
    "CREATE TABLE draft_seats ( -- the seats that the draft decides\n"
    "  draft INTEGER NOT NULL REFERENCES drafts (id),\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  duty TEXT NOT NULL,\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  seat INTEGER NOT NULL CHECK (seat >= 1), -- number within the slot\n"
    "  provider TEXT, -- NULL: left open\n"
    "  PRIMARY KEY (draft, date, duty, band, role, seat)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE turns ( -- who sits in a seat of the draft in another's turn\n"
    "  draft INTEGER NOT NULL REFERENCES drafts (id),\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  duty TEXT NOT NULL,\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  provider TEXT NOT NULL, -- who sits there\n"
    "  turn_of TEXT NOT NULL, -- whose turn it was\n"
    "  PRIMARY KEY (draft, date, duty, band, role, provider)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE publications ( -- one counter for the region; written last, and then its rows elsewhere "
    "are closed\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  digest TEXT NOT NULL, -- SHA-256 over all seats in force, hex\n"
    "  \"by\" TEXT NOT NULL, -- who published\n"
    "  note TEXT NOT NULL\n"
    ") STRICT;\n"
    "CREATE TABLE rosters ( -- which draft a publication took for which duty and days\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,\n"
    "  duty TEXT NOT NULL,\n"
    "  draft INTEGER NOT NULL REFERENCES drafts (id),\n"
    "  \"from\" TEXT NOT NULL CHECK (date(\"from\", '+0 days') IS \"from\"), -- first duty date\n"
    "  \"to\" TEXT NOT NULL CHECK (date(\"to\", '+0 days') IS \"to\"), -- last duty date\n"
    "  digest TEXT NOT NULL, -- SHA-256 over the duty's seats in force on these days, hex\n"
    "  PRIMARY KEY (publication, duty, draft)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX rosters_draft ON rosters (draft);\n"
    "CREATE TABLE withdrawals ( -- rosters that a publication takes out of force\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,\n"
    "  duty TEXT NOT NULL,\n"
    "  \"from\" TEXT NOT NULL CHECK (date(\"from\", '+0 days') IS \"from\"), -- first duty date\n"
    "  \"to\" TEXT NOT NULL CHECK (date(\"to\", '+0 days') IS \"to\"), -- last duty date\n"
    "  PRIMARY KEY (publication, duty, \"from\")\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE tokens ( -- addresses of calendar feeds; the address itself is not here, only its hash\n"
    "  feed TEXT NOT NULL CHECK (feed IN ('provider', 'duty', 'body', 'area', 'facility', 'region')),\n"
    "  subject TEXT NOT NULL, -- id of the provider, duty, body or area\n"
    "  generation INTEGER NOT NULL CHECK (generation >= 1),\n"
    "  hash TEXT NOT NULL UNIQUE, -- SHA-256 of the token, hex\n"
    "  issued TEXT NOT NULL, -- instant\n"
    "  revoked TEXT, -- instant; NULL: in use\n"
    "  fetched TEXT, -- instant of the last fetch; NULL: never\n"
    "  fetched_publication INTEGER, -- in force at that moment\n"
    "  PRIMARY KEY (feed, subject, generation)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE draft_moves ( -- what became of a draft before it was published\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  draft INTEGER NOT NULL REFERENCES drafts (id),\n"
    "  state TEXT NOT NULL CHECK (state IN ('circulating', 'approved')),\n"
    "  until TEXT CHECK (date(until, '+0 days') IS until), -- circulating: last day for objections\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  \"by\" TEXT NOT NULL, -- who\n"
    "  note TEXT NOT NULL\n"
    ") STRICT;\n"
    "CREATE INDEX draft_moves_draft ON draft_moves (draft);\n"
    "CREATE TABLE deliveries ( -- who was sent a publication, and who confirmed it\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number),\n"
    "  recipient TEXT NOT NULL,\n"
    "  what TEXT NOT NULL CHECK (what IN ('sent', 'confirmed')),\n"
    "  way TEXT NOT NULL, -- fax, mail, post, hand\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  \"by\" TEXT NOT NULL, -- who entered it\n"
    "  note TEXT NOT NULL -- who confirmed, say\n"
    ") STRICT;\n"
    "CREATE TABLE namings ( -- the doctor a group sends for a seat it holds; the last row of a group in a "
    "slot holds\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  duty TEXT NOT NULL,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  provider TEXT NOT NULL, -- the group\n"
    "  person TEXT, -- NULL: the name was taken back\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  \"by\" TEXT NOT NULL, -- who entered it\n"
    "  note TEXT NOT NULL\n"
    ") STRICT;\n"
    "CREATE TABLE swaps ( -- one duty for another, or given to somebody else, as asked for\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number), -- the seats are meant as they stood "
    "in it\n"
    "  duty TEXT NOT NULL,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  provider TEXT NOT NULL, -- who has this seat\n"
    "  taker TEXT NOT NULL, -- who is to have it\n"
    "  return_date TEXT CHECK (date(return_date, '+0 days') IS return_date), -- the taker's seat that goes "
    "to the first in return; NULL: none\n"
    "  return_band TEXT,\n"
    "  return_role TEXT CHECK (return_role IN ('primary', 'reserve')),\n"
    "  reason TEXT NOT NULL\n"
    ") STRICT;\n"
    "CREATE TABLE swap_moves ( -- who said what to it\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  swap INTEGER NOT NULL REFERENCES swaps (id),\n"
    "  state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'approved', 'published', 'refused', "
    "'withdrawn')),\n"
    "  provider TEXT, -- which of the two; NULL: the office\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  \"by\" TEXT NOT NULL, -- who entered it\n"
    "  note TEXT NOT NULL,\n"
    "  publication INTEGER REFERENCES publications (number) -- published: in which\n"
    ") STRICT;\n"
    "CREATE INDEX swap_moves_swap ON swap_moves (swap);\n"
    "CREATE TABLE attendance ( -- what was done in a published seat; the last row of a seat's holder holds\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  duty TEXT NOT NULL,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  seated TEXT NOT NULL, -- who sat there as published\n"
    "  came TEXT, -- who came; NULL: nobody\n"
    "  \"from\" TEXT, -- instant; NULL: the hours of the seat\n"
    "  until TEXT, -- instant\n"
    "  patients INTEGER CHECK (patients >= 0), -- NULL: not counted\n"
    "  referred INTEGER CHECK (referred BETWEEN 0 AND patients), -- sent on to a higher tier\n"
    "  light INTEGER CHECK (light BETWEEN 0 AND patients), -- light cases\n"
    "  taken_back INTEGER NOT NULL CHECK (taken_back IN (0, 1)), -- the record was a mistake: as if there "
    "were none\n"
    "  reason TEXT NOT NULL,\n"
    "  at TEXT NOT NULL, -- instant of the entry\n"
    "  \"by\" TEXT NOT NULL -- who entered it\n"
    ") STRICT;\n"
    "CREATE INDEX attendance_slot ON attendance (date, duty, band, role);\n"
    "CREATE TABLE attend_ledger ( -- what attendance adds to the books beyond what was published\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  duty TEXT NOT NULL,\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  ledger TEXT NOT NULL,\n"
    "  account TEXT NOT NULL,\n"
    "  accrued INTEGER NOT NULL, -- millionths of a duty\n"
    "  done INTEGER NOT NULL -- millionths of a duty\n"
    ") STRICT;\n"
    "CREATE INDEX attend_ledger_slot ON attend_ledger (date, duty, band, role);\n"
    "CREATE TABLE publication_seats ( -- one row per change of a seat; in force in publication n is the last "
    "row up to n, if it has a "
    "provider\n"
    "  duty TEXT NOT NULL,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  seat INTEGER NOT NULL CHECK (seat >= 1), -- number within the slot; who stays keeps it\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,\n"
    "  provider TEXT, -- NULL: the seat was vacated\n"
    "  changed TEXT NOT NULL, -- instant; later with every change of the seat\n"
    "  sequence INTEGER NOT NULL CHECK (sequence >= 0), -- changes of the seat since it was first published\n"
    "  PRIMARY KEY (duty, date, band, role, seat, publication)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE ledger_slots ( -- the books in detail: what a publication adds to an account for one slot, "
    "or takes back\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- duty date\n"
    "  duty TEXT NOT NULL,\n"
    "  band TEXT NOT NULL,\n"
    "  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),\n"
    "  ledger TEXT NOT NULL,\n"
    "  account TEXT NOT NULL,\n"
    "  publication INTEGER NOT NULL REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED,\n"
    "  accrued INTEGER NOT NULL, -- millionths of a duty\n"
    "  done INTEGER NOT NULL, -- millionths of a duty\n"
    "  PRIMARY KEY (date, duty, band, role, ledger, account, publication)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE ledger_entries ( -- the books: per publication, month, ledger and account; and entries by "
    "hand\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  publication INTEGER REFERENCES publications (number) DEFERRABLE INITIALLY DEFERRED, -- NULL: by hand\n"
    "  ledger TEXT NOT NULL,\n"
    "  account TEXT NOT NULL,\n"
    "  date TEXT NOT NULL CHECK (date(date, '+0 days') IS date), -- last duty date of the month that it "
    "sums; by hand: as of\n"
    "  accrued INTEGER NOT NULL, -- millionths of a duty\n"
    "  done INTEGER NOT NULL, -- millionths of a duty\n"
    "  adjusted INTEGER NOT NULL, -- millionths of a duty, by hand only\n"
    "  reason TEXT NOT NULL,\n"
    "  \"by\" TEXT NOT NULL, -- who\n"
    "  at TEXT NOT NULL -- instant of the entry\n"
    ") STRICT;\n"
    "CREATE TABLE audit ( -- who did what, when and why\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  at TEXT NOT NULL, -- instant\n"
    "  who TEXT NOT NULL,\n"
    "  what TEXT NOT NULL,\n"
    "  detail TEXT NOT NULL\n"
    ") STRICT;\n"
    "CREATE TABLE route_overrides ( -- what has happened since a routing table was published; over at "
    "`until` by itself\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  entered_at TEXT NOT NULL, -- instant\n"
    "  \"by\" TEXT NOT NULL, -- who entered it\n"
    "  kind TEXT NOT NULL CHECK (kind IN ('closed', 'limited', 'late', 'substitute', 'extra', 'phone', "
    "'note', 'disaster', 'confirmed', 'cancelled')),\n"
    "  provider TEXT NOT NULL, -- whom it is about\n"
    "  duty TEXT NOT NULL, -- empty: whatever the provider does\n"
    "  other TEXT NOT NULL, -- who takes over (substitute); the second who declares or ends a disaster\n"
    "  \"from\" TEXT NOT NULL, -- instant\n"
    "  until TEXT NOT NULL CHECK (until > \"from\"), -- instant\n"
    "  phone TEXT NOT NULL,\n"
    "  note TEXT NOT NULL,\n"
    "  reason TEXT NOT NULL,\n"
    "  source TEXT NOT NULL, -- who said so, and how\n"
    "  supersedes INTEGER NOT NULL -- the row whose place it takes, 0: none\n"
    ") STRICT;\n"
    "CREATE TABLE blobs ( -- things that can be made again, kept for speed\n"
    "  name TEXT PRIMARY KEY,\n"
    "  bytes BLOB NOT NULL\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TRIGGER drafts_no_update BEFORE UPDATE ON drafts BEGIN SELECT RAISE(ABORT, 'drafts: rows are "
    "never changed'); END;\n"
    "CREATE TRIGGER draft_seats_no_update BEFORE UPDATE ON draft_seats BEGIN SELECT RAISE(ABORT, "
    "'draft_seats: rows are never changed'); "
    "END;\n" UNCHANGEABLE("turns") UNCHANGEABLE(
        "publications") "CREATE TRIGGER publications_next BEFORE INSERT ON publications WHEN NEW.number <> "
                        "(SELECT coalesce(max(number), "
                        "0) + 1 FROM publications)\n"
                        "  BEGIN SELECT RAISE(ABORT, 'publications: numbers run on'); "
                        "END;\n" WITH_PUBLICATION("rosters") WITH_PUBLICATION("withdrawals")
                            WITH_PUBLICATION("publication_seats") WITH_PUBLICATION("ledger_slots")
                                WITH_PUBLICATION(
                                    "ledger_entries") "CREATE TRIGGER ledger_entries_no_replace BEFORE "
                                                      "INSERT ON ledger_entries WHEN EXISTS "
                                                      "(SELECT 1 FROM ledger_entries WHERE id = NEW.id)\n"
                                                      "  BEGIN SELECT RAISE(ABORT, 'ledger_entries: rows are "
                                                      "never replaced'); END;\n" APPENDED("audit")
                                                          APPENDED("swaps") APPENDED("swap_moves")
                                                              APPENDED("draft_moves") APPENDED("deliveries")
                                                                  APPENDED("namings") APPENDED("attendance")
                                                                      APPENDED("attend_ledger")
                                                                          APPENDED("route_overrides");

/* Ascending versions without gaps. `sql` first, then `callback`; then the entity tables. */
static const struct step {
    int version;
    const char *sql;
    void (*callback)(struct tb_db *db);
} steps[] = {
    {1, version_1, NULL}, {2, NULL, NULL}, /* providers.born */
};

/* ---- entity tables ------------------------------------------------------------------------- */

/* The recipe of sqlite.org/lang_altertable.html; foreign keys are off meanwhile. */
static void rebuild(struct tb_db *db, enum tb_entity_id entity)
{
    const char *name = tb_entities[entity].name;
    char fresh[80];
    (void)snprintf(fresh, sizeof fresh, "%s~new", name);
    struct tb_buf sql = {0}, columns = {0};
    tb_entity_ddl(entity, fresh, &sql);
    tb_db_exec(db, sql.s);
    struct tb_sql *q = tb_sql(db, "SELECT old.name FROM pragma_table_info(:old) AS old JOIN "
                                  "pragma_table_info(:new) AS new USING (name) ORDER BY old.cid");
    tb_sql_text(q, "old", name);
    tb_sql_text(q, "new", fresh);
    while (tb_sql_row(q))
        tb_buf_addf(&columns, "%s\"%s\"", columns.len > 0 ? ", " : "", tb_sql_get_text(q, 0));
    tb_buf_clear(&sql);
    if (columns.len > 0)
        tb_buf_addf(&sql, "INSERT INTO \"%s\" (%s) SELECT %s FROM \"%s\" ORDER BY rowid;", fresh, columns.s,
                    columns.s, name);
    tb_buf_addf(&sql, "DROP TABLE \"%s\"; ALTER TABLE \"%s\" RENAME TO \"%s\";", name, fresh, name);
    tb_db_exec(db, sql.s);
    tb_buf_free(&columns);
    tb_buf_free(&sql);
}

static void shape_entities(struct tb_db *db)
{
    for (int i = 0; i < TB_E_COUNT && tb_db_ok(db); i++) {
        enum tb_entity_id entity = (enum tb_entity_id)i;
        struct tb_buf wanted = {0}, index = {0};
        tb_entity_ddl(entity, tb_entities[i].name, &wanted);
        tb_entity_index_ddl(entity, &index);
        struct tb_sql *q = tb_sql(db, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :name");
        tb_sql_text(q, "name", tb_entities[i].name);
        bool there = tb_sql_row(q);
        bool same = there && strcmp(tb_sql_get_text(q, 0), wanted.s) == 0;
        tb_sql_end(q);
        if (there && !same)
            rebuild(db, entity);
        else if (!there)
            tb_db_exec(db, wanted.s);
        if (!same && index.len > 0) tb_db_exec(db, index.s);
        tb_buf_free(&index);
        tb_buf_free(&wanted);
    }
}

/* ---- versions ------------------------------------------------------------------------------ */

enum tb_code tb_schema_recognise(struct tb_db *db, int64_t *version, struct tb_err *e)
{
    bool opened = tb_db_read_begin(db);
    int64_t id = tb_db_value(db, "PRAGMA application_id");
    *version = tb_db_value(db, "PRAGMA user_version");
    /* SQLite itself finds missing pages; of the last one it notices a missing part only when it reads it. */
    int64_t size = tb_db_value(db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    struct stat st;
    if (tb_db_ok(db) && (stat(tb_db_path(db), &st) != 0 || st.st_size < size))
        tb_db_fail(db, TB_STORAGE,
                   tb_t("%s: データベースの終わりが欠けています（%lld "
                        "バイトあるはずです）。このファイルを控えたうえで、バックアップから "
                        "toban restore で戻してください",
                        "%s: the end of the database is missing (it should have %lld bytes); keep this file "
                        "aside and bring a backup back "
                        "with toban restore"),
                   tb_db_path(db), (long long)size);
    tb_db_read_end(db, opened);
    if (!tb_db_ok(db)) return tb_db_result(db, e);
    if (id != TB_APPLICATION_ID)
        return tb_fail(e, TB_STORAGE,
                       tb_t("%s: toban のデータベースではありません。--db "
                            "で正しいファイルを指定してください。壊れたのなら toban restore "
                            "でバックアップから戻してください",
                            "%s: not a toban database; name the right file with --db; if it was one and is "
                            "damaged, bring a backup back "
                            "with toban restore"),
                       tb_db_path(db));
    if (*version > TB_SCHEMA_VERSION)
        return tb_fail(e, TB_STORAGE,
                       tb_t("%s: 新しい toban で作られたデータベースです（形式 %lld、このプログラムは形式 %d "
                            "まで）。新しい toban "
                            "を使ってください。変更はしていません",
                            "%s: made by a newer toban (format %lld; this program knows formats up to %d); "
                            "use the newer toban; nothing was changed"),
                       tb_db_path(db), (long long)*version, TB_SCHEMA_VERSION);
    return TB_OK;
}

/* Through a connection of its own: the one that holds the lock cannot be copied from. */
static enum tb_code copy_to(const char *path, const char *part, struct tb_err *e)
{
    struct tb_db *reader;
    (void)unlink(part); /* of an attempt that was cut short */
    enum tb_code code = tb_db_claim(part, e);
    if (code == TB_OK) code = tb_db_open(path, TB_STORE_BUSY_MS, &reader, e);
    if (code != TB_OK) return code;
    code = tb_db_copy(reader, part, e);
    tb_db_close(reader);
    return code;
}

static enum tb_code back_up(const char *path, int64_t version, struct tb_err *e)
{
    struct tb_buf to = {0}, part = {0};
    tb_buf_addf(&to, "%s.v%lld.bak", path, (long long)version);
    tb_buf_addf(&part, "%s.part", to.s);
    enum tb_code code = copy_to(path, part.s, e);
    if (code == TB_OK && rename(part.s, to.s) != 0)
        code =
            tb_fail(e, TB_STORAGE, tb_t("%s: この名前にできません(%s)", "%s: cannot be given this name (%s)"),
                    to.s, tb_db_why(errno));
    if (code == TB_OK) code = tb_db_sync_file(to.s, e);
    if (code != TB_OK) {
        (void)unlink(part.s);
        if (e != NULL)
            (void)tb_err_wrap(e, "%s",
                              tb_t("形式を新しくする前の控えが作れないので、何も変えていません",
                                   "no copy could be made before the upgrade, so nothing was changed"));
    }
    tb_buf_free(&to);
    tb_buf_free(&part);
    return code;
}

static void upgrade(struct tb_db *db, int64_t version)
{
    for (size_t i = 0; i < TB_COUNT(steps); i++) {
        if (steps[i].version <= version) continue;
        if (steps[i].sql != NULL) tb_db_exec(db, steps[i].sql);
        if (steps[i].callback != NULL && tb_db_ok(db)) steps[i].callback(db);
    }
    shape_entities(db);
    struct tb_sql *q = tb_sql(db, "PRAGMA foreign_key_check");
    if (tb_sql_row(q))
        tb_db_fail(db, TB_STORAGE,
                   tb_t("%s: 表 %s に、ない行を指す行があります",
                        "%s: table %s has a row that names a row which does not exist"),
                   tb_db_path(db), tb_sql_get_text(q, 0));
    tb_sql_end(q);
    char sql[100];
    (void)snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA user_version=%d;", TB_APPLICATION_ID,
                   TB_SCHEMA_VERSION);
    tb_db_exec(db, sql);
}

enum tb_code tb_schema_migrate(struct tb_db *db, bool backup, struct tb_err *e)
{
    TB_ASSERT(steps[TB_COUNT(steps) - 1].version == TB_SCHEMA_VERSION);
    enum tb_code code = TB_OK;
    tb_db_exec(db, "PRAGMA foreign_keys=OFF"); /* no effect inside the transaction */
    /* From here on nobody else writes, so what is copied is what is upgraded. Somebody may have been quicker:
     * the version is read once more. */
    TB_DB_BEGIN(db, "IMMEDIATE");
    int64_t version = tb_db_value(db, "PRAGMA user_version");
    if (tb_db_ok(db) && version < TB_SCHEMA_VERSION) {
        if (backup) code = back_up(tb_db_path(db), version, e);
        if (code == TB_OK) upgrade(db, version);
    }
    if (code == TB_OK) tb_db_commit(db);
    if (code != TB_OK || !tb_db_ok(db)) tb_db_rollback(db);
    if (code == TB_OK) code = tb_db_result(db, e);
    tb_db_exec(db, "PRAGMA foreign_keys=ON");
    enum tb_code last = tb_db_result(db, code == TB_OK ? e : NULL);
    return code != TB_OK ? code : last;
}
