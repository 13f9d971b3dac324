/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How an older file becomes a new one. The steps themselves, version by version, stand in steps.c.
 *
 * Entity tables follow the field lists of toban/domain/fields.h: after the steps every entity table that is
 * not as its list says is rebuilt, its columns of the same name kept. No field comes or goes by that alone:
 * a file must have the fields that no later step adds, and no others, or it is refused. So a field that is
 * added without a new version is found by the first file that is opened, and an older program never reads a
 * newer file as if it knew it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_int.h"

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

/* ---- is the file what its version says? -------------------------------------------------- */

/* Do the words of a step's fields name this one, or its whole table, with this sign? */
static bool names_field(const char *words, char sign, const char *table, const char *field)
{
    size_t t = strlen(table), f = strlen(field);
    for (const char *p = words; *p != '\0';) {
        size_t n = strcspn(p, " ");
        bool same_table = n > t && p[0] == sign && strncmp(p + 1, table, t) == 0;
        if (same_table &&
            (n == t + 1 || (n == t + f + 2 && p[t + 1] == '.' && strncmp(p + t + 2, field, f) == 0)))
            return true;
        p += n;
        p += strspn(p, " ");
    }
    return false;
}

static bool later_step_names(int64_t version, char sign, const char *table, const char *field)
{
    for (size_t i = 0; i < tb_schema_n_steps; i++)
        if (tb_schema_steps[i].version > version &&
            names_field(tb_schema_steps[i].fields, sign, table, field))
            return true;
    return false;
}

static int field_of(const struct tb_entity *t, const char *name)
{
    for (int i = 0; i < t->n_fields; i++)
        if (strcmp(t->fields[i].name, name) == 0) return i;
    return -1;
}

/* Nothing here is the user's fault: whoever wrote the programs forgot to say what changed between them. */
static void check_entity(struct tb_db *db, const struct tb_entity *t, int64_t version)
{
    enum { FIELDS_MAX = 64 };
    bool there[FIELDS_MAX] = {false};
    TB_ASSERT(t->n_fields <= FIELDS_MAX);
    struct tb_sql *q = tb_sql(db, "SELECT name FROM pragma_table_info(:table)");
    tb_sql_text(q, "table", t->name);
    while (tb_sql_row(q)) {
        int i = field_of(t, tb_sql_get_text(q, 0));
        if (i >= 0)
            there[i] = true;
        else if (!later_step_names(version, '-', t->name, tb_sql_get_text(q, 0)))
            tb_db_fail(
                db, TB_STORAGE,
                tb_t("%s: 形式 %lld のデータベースですが、このプログラム（形式 %d）の知らない項目 %s.%s "
                     "があります。別の toban で作られたもので、ファイルに誤りはなく、変更もしていません。"
                     "そのファイルを作った toban か、より新しい toban を使い、この行を開発者に知らせて"
                     "ください",
                     "%s: a database of format %lld with a field that this program (format %d) does not "
                     "know, %s.%s: another toban made it; nothing is wrong with your file, and nothing "
                     "was changed; use that toban or a newer one, and report this line"),
                tb_db_path(db), (long long)version, TB_SCHEMA_VERSION, t->name, tb_sql_get_text(q, 0));
    }
    for (int i = 0; i < t->n_fields && tb_db_ok(db); i++)
        if (!there[i] && !later_step_names(version, '+', t->name, t->fields[i].name))
            tb_db_fail(
                db, TB_STORAGE,
                tb_t("%s: 形式 %lld のデータベースに項目 %s.%s がなく、このプログラム（形式 %d）にはそれを"
                     "加える手順がありません。ファイルに誤りはなく、変更もしていません。そのファイルを"
                     "作った toban か、より新しい toban を使い、この行を開発者に知らせてください",
                     "%s: a database of format %lld without the field %s.%s, and this program (format %d) "
                     "lacks the step that adds it; nothing is wrong with your file, and nothing was "
                     "changed; use the toban that made it or a newer one, and report this line"),
                tb_db_path(db), (long long)version, t->name, t->fields[i].name, TB_SCHEMA_VERSION);
}

/* Version 0 was never released: whatever it has is made what it should be. */
static void check_fields(struct tb_db *db, int64_t version)
{
    for (int i = 0; i < TB_E_COUNT && version > 0 && tb_db_ok(db); i++)
        check_entity(db, &tb_entities[i], version);
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
    bool ours = tb_db_ok(db) && id == TB_APPLICATION_ID && *version <= TB_SCHEMA_VERSION;
    if (ours) check_fields(db, *version);
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
    if (code == TB_OK) code = tb_db_sync_name(to.s, e);
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
    for (size_t i = 0; i < tb_schema_n_steps; i++) {
        const struct tb_schema_step *step = &tb_schema_steps[i];
        if (step->version <= version) continue;
        for (size_t k = 0; step->sql != NULL && step->sql[k] != NULL; k++) tb_db_exec(db, step->sql[k]);
        if (step->callback != NULL && tb_db_ok(db)) step->callback(db);
    }
    shape_entities(db);
    tb_facts_fill(db);
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
    TB_ASSERT(tb_schema_steps[tb_schema_n_steps - 1].version == TB_SCHEMA_VERSION);
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
