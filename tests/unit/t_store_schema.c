/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of the current version are held fixed; older files become new ones after a copy; newer ones are
 * refused.
 */
#include <sys/stat.h>
#include <sys/wait.h>

#include "t_store_help.h"

static char *read_text(const char *path)
{
    struct tb_err e = {0};
    char *text;
    OK(tb_file_read(path, 1 << 24, &text, NULL, &e));
    return text;
}

/* An empty file of ours with the given SQL run in it. */
static void make(const char *path, const char *sql_file)
{
    char *sql = read_text(sql_file);
    assert_int_equal(raw(path, sql), SQLITE_OK);
    free(sql);
}

static int64_t version_of(const char *path)
{
    struct tb_err e = {0};
    struct tb_db *db;
    OK(tb_db_open(path, 0, &db, &e));
    int64_t v = tb_db_value(db, "PRAGMA user_version");
    OK(tb_db_result(db, &e));
    tb_db_close(db);
    return v;
}

/* When this fails because a field list or a table changed:
 *   - no file of this version is in use yet:  TB_WRITE_SCHEMA=1 build/tests/t_store_schema
 *   - else: raise TB_SCHEMA_VERSION, add a line to `steps` in src/store/schema.c, and write the file of the
 * new version the same way; the files of older versions stay as they are. */
static void schema_is_that_of_its_version(void **state)
{
    (void)state;
    struct tb_err e = {0};
    char name[64];
    (void)snprintf(name, sizeof name, "tests/upgrade/schema-v%d.sql", TB_SCHEMA_VERSION);
    const char *dir = new_dir(), *path = in(dir, "a.db");
    tb_store *s;
    OK(tb_store_open(path, TB_STORE_CREATE, &s, &e));
    tb_store_close(s);
    char *whole = dump(path);
    if (getenv("TB_WRITE_SCHEMA") != NULL) OK(tb_file_write(name, whole, strlen(whole), &e));
    char *wanted = read_text(name);
    assert_string_equal(whole, wanted);
    free(whole);
    free(wanted);
    drop_dir(dir);
}

static void every_table_is_strict(void **state)
{
    (void)state;
    struct tb_err e = {0};
    const char *dir = new_dir();
    tb_store *s;
    OK(tb_store_open(in(dir, "a.db"), TB_STORE_CREATE, &s, &e));
    assert_int_equal(tb_db_value(s->db, "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND "
                                        "name NOT LIKE 'sqlite%' AND strict = 0"),
                     0);
    assert_true(tb_db_value(s->db, "SELECT count(*) FROM pragma_table_list WHERE strict = 1") > 30);
    assert_int_equal(tb_db_value(s->db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(tb_db_value(s->db, "PRAGMA trusted_schema"), 0);
    assert_int_equal(tb_db_value(s->db, "PRAGMA synchronous"), 3);
    assert_int_equal(tb_db_value(s->db, "SELECT journal_mode = 'delete' FROM pragma_journal_mode"), 1);
    tb_store_close(s);
    drop_dir(dir);
}

/* Columns of the tables that are not entities stand in docs/operator/store.md, under their table's heading.
 */
static void every_column_is_documented(void **state)
{
    (void)state;
    struct tb_err e = {0};
    char *doc = read_text("docs/operator/store.md");
    const char *dir = new_dir();
    tb_store *s;
    OK(tb_store_open(in(dir, "a.db"), TB_STORE_CREATE, &s, &e));
    struct tb_sql *q =
        tb_sql(s->db, "SELECT t.name, c.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c "
                      "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'");
    int n = 0;
    while (tb_sql_row(q)) {
        if (tb_entity_find(tb_sql_get_text(q, 0)) >= 0) continue;
        char heading[100], row[100];
        (void)snprintf(heading, sizeof heading, "\n### `%s`", tb_sql_get_text(q, 0));
        (void)snprintf(row, sizeof row, "\n| `%s` |", tb_sql_get_text(q, 1));
        const char *section = strstr(doc, heading),
                   *end = section != NULL ? strstr(section + 1, "\n### ") : NULL,
                   *found = section != NULL ? strstr(section, row) : NULL;
        if (found == NULL || (end != NULL && found > end))
            fail_msg("docs/operator/store.md does not describe %s.%s", tb_sql_get_text(q, 0),
                     tb_sql_get_text(q, 1));
        n++;
    }
    OK(tb_db_result(s->db, &e));
    assert_true(n > 50);
    tb_store_close(s);
    free(doc);
    drop_dir(dir);
}

static void an_older_file_is_copied_and_upgraded(void **state)
{
    (void)state;
    struct tb_err e = {0};
    const char *dir = new_dir(), *path = in(dir, "old.db"), *bak = in(dir, "old.db.v0.bak"),
               *fresh = in(dir, "new.db");
    make(path, "tests/upgrade/v0.sql");
    char *before = dump(path);
    tb_store *s;
    FAILS(TB_STORAGE, "older format 0", tb_store_open(path, TB_STORE_READ, &s, &e));
    assert_false(tb_file_exists(bak));
    OK(tb_store_open(path, TB_STORE_WRITE, &s, &e));
    struct tb_region *r;
    OK(tb_store_load_region(s, &r, &e));
    assert_int_equal(r->n_providers, 2);
    assert_string_equal(r->providers[0].name, "架空 一郎");
    assert_int_equal(r->providers[0].joined, fx_day("2001-04-01"));
    assert_int_equal(r->providers[0].parking, 3);
    assert_int_equal(r->providers[1].labour, 0); /* a new field has its default */
    assert_int_equal(r->regions[0].travel_default, 60);
    tb_region_free(r);
    tb_store_close(s);
    char *copy = dump(bak);
    assert_string_equal(copy, before);
    /* The same tables as those of a file that was new from the start. */
    OK(tb_store_open(fresh, TB_STORE_CREATE, &s, &e));
    tb_store_close(s);
    assert_int_equal(
        raw(path, "DELETE FROM providers; DELETE FROM kinds; DELETE FROM areas; DELETE FROM region"),
        SQLITE_OK);
    char *upgraded = dump(path), *empty = dump(fresh);
    assert_string_equal(upgraded, empty);
    free(before);
    free(copy);
    free(upgraded);
    free(empty);
    drop_dir(dir);
}

static void an_upgrade_that_fails_changes_nothing(void **state)
{
    (void)state;
    struct tb_err e = {0};
    const char *dir = new_dir(), *path = in(dir, "old.db");
    make(path, "tests/upgrade/v0.sql");
    /* A provider in an area that does not exist, and then one with a value that the new table forbids. */
    static const char *const spoil[] = {"UPDATE providers SET area = 'nowhere' WHERE id = 'p2'",
                                        "UPDATE providers SET area = 'd1', parking = -5 WHERE id = 'p2'"};
    static const char *const words[] = {"names a row which does not exist", "CHECK constraint failed"};
    for (size_t i = 0; i < TB_COUNT(spoil); i++) {
        assert_int_equal(raw(path, spoil[i]), SQLITE_OK);
        char *before = dump(path);
        tb_store *s;
        enum tb_code code = tb_store_open(path, TB_STORE_WRITE, &s, &e);
        assert_true(code != TB_OK && strstr(e.text, words[i]) != NULL);
        char *after = dump(path);
        assert_string_equal(after, before);
        assert_true(tb_file_exists(in(dir, "old.db.v0.bak")));
        free(before);
        free(after);
    }
    drop_dir(dir);
}

static void without_a_copy_no_upgrade(void **state)
{
    (void)state;
    struct tb_err e = {0};
    const char *dir = new_dir(), *path = in(dir, "old.db");
    make(path, "tests/upgrade/v0.sql");
    char *before = dump(path);
    assert_int_equal(mkdir(in(dir, "old.db.v0.bak"), 0700), 0); /* the name is taken by a directory */
    tb_store *s;
    FAILS(TB_STORAGE, "nothing was changed", tb_store_open(path, TB_STORE_WRITE, &s, &e));
    assert_false(tb_file_exists(in(dir, "old.db.v0.bak.part")));
    char *after = dump(path);
    assert_string_equal(after, before);
    free(before);
    free(after);
    drop_dir(dir);
}

/* Two programs find the same old file: one upgrades it, the other sees that it has been done. */
static void two_programs_upgrade_once(void **state)
{
    (void)state;
    const char *dir = new_dir(), *path = in(dir, "old.db");
    make(path, "tests/upgrade/v0.sql");
    pid_t children[4];
    for (size_t i = 0; i < TB_COUNT(children); i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] > 0) continue;
        struct tb_err e = {0};
        tb_store *s = NULL;
        enum tb_code code = tb_store_open(path, TB_STORE_WRITE, &s, &e);
        if (code != TB_OK) fprintf(stderr, "%s\n", e.text);
        tb_store_close(s);
        _exit((int)code);
    }
    for (size_t i = 0; i < TB_COUNT(children); i++) {
        int status;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    assert_int_equal(version_of(path), TB_SCHEMA_VERSION);
    assert_int_equal(version_of(in(dir, "old.db.v0.bak")), 0);
    drop_dir(dir);
}

/* Who waited for the lock finds the work done: nothing is copied or changed again. */
static void what_is_new_is_left_alone(void **state)
{
    (void)state;
    struct tb_err e = {0};
    const char *dir = new_dir(), *path = in(dir, "a.db");
    tb_store *s;
    OK(tb_store_open(path, TB_STORE_CREATE, &s, &e));
    OK(tb_schema_migrate(s->db, true, &e));
    char name[64];
    (void)snprintf(name, sizeof name, "a.db.v%d.bak", TB_SCHEMA_VERSION);
    assert_false(tb_file_exists(in(dir, name)));
    assert_int_equal(tb_db_value(s->db, "PRAGMA foreign_keys"), 1);
    tb_store_close(s);
    drop_dir(dir);
}

static void a_newer_file_is_refused(void **state)
{
    (void)state;
    struct tb_err e = {0};
    const char *dir = new_dir(), *path = in(dir, "a.db");
    struct fx *f = people();
    tb_store_close(new_store(path, f));
    assert_int_equal(raw(path, "PRAGMA user_version = 99; CREATE TABLE future (x, y)"), SQLITE_OK);
    char *before = dump(path), words[64];
    (void)snprintf(words, sizeof words, "format 99; this program knows formats up to %d", TB_SCHEMA_VERSION);
    tb_store *s;
    FAILS(TB_STORAGE, words, tb_store_open(path, TB_STORE_READ, &s, &e));
    FAILS(TB_STORAGE, words, tb_store_open(path, TB_STORE_WRITE, &s, &e));
    FAILS(TB_STORAGE, words, tb_store_restore(path, in(dir, "b.db"), &e));
    assert_false(tb_file_exists(in(dir, "b.db")));
    char *after = dump(path);
    assert_string_equal(after, before);
    free(before);
    free(after);
    fx_free(f);
    drop_dir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schema_is_that_of_its_version),
        cmocka_unit_test(every_table_is_strict),
        cmocka_unit_test(every_column_is_documented),
        cmocka_unit_test(an_older_file_is_copied_and_upgraded),
        cmocka_unit_test(an_upgrade_that_fails_changes_nothing),
        cmocka_unit_test(without_a_copy_no_upgrade),
        cmocka_unit_test(two_programs_upgrade_once),
        cmocka_unit_test(what_is_new_is_left_alone),
        cmocka_unit_test(a_newer_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
