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

/* When this fails because a field list or a table changed: raise TB_SCHEMA_VERSION, add a step to
 * src/store/steps.c that names the change, and write the file of the new version with
 * TB_WRITE_SCHEMA=1 build/tests/t_store_schema. Once it is released it never changes: see below. */
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

/* Files of these versions are with people. What is held here never changes; the next release adds its line,
 * and the data file that it made (tests/upgrade/make.sh). */
static void a_released_version_stays_as_it_was(void **state)
{
    (void)state;
    static const struct {
        const char *file, *digest;
    } released[] = {
        {"tests/upgrade/schema-v1.sql", "be075b323150d45b5989abe46aafd8486e32f7677ae0ba2a8a41bacc2da06831"},
        {"tests/upgrade/release-0.1.sql", "984d089c613ac08517c4edebc3774ba258f444cc66d66bf617ba45118cce0b98"},
        {"tests/upgrade/schema-v2.sql", "e195e64cca183724e021523aff1a9701dd713c9146876e331f08b2865b218791"},
        {"tests/upgrade/release-0.2.sql", "96b09a87ea620e4185ee6bb9a576bf296b8ac3c226cafb278b4b1296c770b1a9"},
        {"tests/upgrade/schema-v3.sql", "f19c7a639357445e58eca2f2287923aa023213c41431e653626e622da7a480dc"},
        {"tests/upgrade/release-0.3.sql", "62d63982e612d162a0d96d116c951368cb521b0f7b285d12d390245adaeb85cd"},
    };
    for (size_t i = 0; i < TB_COUNT(released); i++) {
        char *text = read_text(released[i].file), digest[65];
        tb_sha256_hex(text, strlen(text), digest);
        if (strcmp(digest, released[i].digest) != 0)
            fail_msg("%s has changed (now %s): put it back, and give the change a version of its own",
                     released[i].file, digest);
        free(text);
    }
}

/* Numbers run on, and every field that a step names is one that came or went. */
static void steps_are_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < tb_schema_n_steps; i++) {
        const struct tb_schema_step *step = &tb_schema_steps[i];
        assert_int_equal(step->version, i + 1);
        char *words = tb_xstrdup(step->fields), *rest = words, *word;
        while ((word = strsep(&rest, " ")) != NULL && *words != '\0') {
            char *field = strchr(word, '.');
            if (field != NULL) *field++ = '\0';
            int entity = tb_entity_find(word + 1);
            bool known = entity >= 0 && field == NULL;
            for (int k = 0; entity >= 0 && field != NULL && k < tb_entities[entity].n_fields; k++)
                known |= strcmp(tb_entities[entity].fields[k].name, field) == 0;
            if ((word[0] != '+' && word[0] != '-') || known != (word[0] == '+'))
                fail_msg("step %d: %s %s", step->version, word, field != NULL ? field : "");
        }
        free(words);
    }
    assert_int_equal(tb_schema_steps[tb_schema_n_steps - 1].version, TB_SCHEMA_VERSION);
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

static char *schema_of(const char *path)
{
    struct tb_err e = {0};
    struct tb_buf out = {0};
    tb_store *s;
    OK(tb_store_open(path, TB_STORE_READ, &s, &e));
    struct tb_sql *q = tb_sql(s->db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 1");
    while (tb_sql_row(q)) tb_buf_addf(&out, "%s\n", tb_sql_get_text(q, 0));
    OK(tb_db_result(s->db, &e));
    tb_store_close(s);
    return tb_buf_take(&out);
}

/* What its commands answer is seen in tests/cli/upgrade.sh. */
static void the_kept_file_gets_the_tables_of_a_new_one(void **state)
{
    (void)state;
    struct tb_err e = {0};
    const char *dir = new_dir(), *path = in(dir, "kept.db"), *fresh = in(dir, "new.db");
    make(path, "tests/upgrade/release-0.1.sql");
    assert_int_equal(version_of(path), 1);
    tb_store *s;
    OK(tb_store_open(path, TB_STORE_WRITE, &s, &e));
    tb_store_close(s);
    OK(tb_store_open(fresh, TB_STORE_CREATE, &s, &e));
    tb_store_close(s);
    assert_int_equal(version_of(path), TB_SCHEMA_VERSION);
    char *kept = schema_of(path), *wanted = schema_of(fresh);
    assert_string_equal(kept, wanted);
    free(kept);
    free(wanted);
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

/* A field without its step, in either direction: the message names both versions and the field, says what to
 * do, and does not send people to their backups. */
static void a_missing_step_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *words[2];
    } rows[] = {
        {"ALTER TABLE providers DROP COLUMN parking",
         {"項目 providers.parking がなく、", "without the field providers.parking"}},
        {"DROP TABLE pins", {"項目 pins.duty がなく、", "without the field pins.duty"}},
        {"ALTER TABLE providers ADD COLUMN shoe TEXT",
         {"知らない項目 providers.shoe", "does not know, providers.shoe"}},
    };
    static const char *const calm[2] = {"ファイルに誤りはなく、変更もしていません",
                                        "nothing is wrong with your file, and nothing was changed"};
    char versions[2][32];
    (void)snprintf(versions[0], sizeof versions[0], "（形式 %d）", TB_SCHEMA_VERSION);
    (void)snprintf(versions[1], sizeof versions[1], "(format %d)", TB_SCHEMA_VERSION);
    struct tb_err e = {0};
    const char *dir = new_dir();
    struct fx *f = people();
    for (size_t i = 0; i < TB_COUNT(rows); i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "%zu.db", i);
        const char *path = in(dir, name);
        tb_store *s;
        tb_store_close(new_store(path, f));
        assert_int_equal(raw(path, rows[i].sql), SQLITE_OK);
        char *before = dump(path);
        for (int k = 0; k < 4; k++) {
            int lang = k % 2;
            tb_lang_set(lang == 0 ? TB_JA : TB_EN);
            FAILS(TB_STORAGE, rows[i].words[lang],
                  tb_store_open(path, k < 2 ? TB_STORE_READ : TB_STORE_WRITE, &s, &e));
            e.code = tb_store_open(path, TB_STORE_READ, &s, &e);
            assert_non_null(strstr(e.text, versions[lang]));
            assert_non_null(strstr(e.text, calm[lang]));
            assert_null(strstr(e.text, lang == 0 ? "バックアップ" : "backup"));
        }
        char *after = dump(path);
        assert_string_equal(after, before);
        free(before);
        free(after);
    }
    fx_free(f);
    drop_dir(dir);
}

/* A name in double quotes is a column or a mistake, in statements and in tables; SQLite's own default takes
 * it for a text. */
static void double_quotes_are_no_text(void **state)
{
    (void)state;
    struct tb_err e = {0};
    const char *dir = new_dir();
    tb_store *s;
    OK(tb_store_open(in(dir, "a.db"), TB_STORE_CREATE, &s, &e));
    assert_int_equal(tb_db_value(s->db, "SELECT count(*) FROM audit WHERE \"what\" = 'x'"), 0);
    OK(tb_db_result(s->db, &e));
    static const char *const wrong[] = {
        "SELECT count(*) FROM audit WHERE what = \"nothing\"",
        "SELECT \"nothing\"",
        "CREATE INDEX wrong ON audit (\"nothing\")",
        "CREATE TABLE wrong (x TEXT CHECK (x <> \"nothing\")) STRICT",
    };
    for (size_t i = 0; i < TB_COUNT(wrong); i++) {
        tb_db_exec(s->db, wrong[i]);
        enum tb_code code = tb_db_result(s->db, &e);
        if (code != TB_INTERNAL || strstr(e.text, "no such column: nothing") == NULL)
            fail_msg("%s: %d %s", wrong[i], (int)code, e.text);
        assert_non_null(strstr(e.text, "nothing is wrong with your file"));
    }
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
        cmocka_unit_test(a_released_version_stays_as_it_was),
        cmocka_unit_test(steps_are_in_order),
        cmocka_unit_test(every_table_is_strict),
        cmocka_unit_test(every_column_is_documented),
        cmocka_unit_test(an_older_file_is_copied_and_upgraded),
        cmocka_unit_test(the_kept_file_gets_the_tables_of_a_new_one),
        cmocka_unit_test(an_upgrade_that_fails_changes_nothing),
        cmocka_unit_test(without_a_copy_no_upgrade),
        cmocka_unit_test(two_programs_upgrade_once),
        cmocka_unit_test(what_is_new_is_left_alone),
        cmocka_unit_test(a_missing_step_is_told),
        cmocka_unit_test(double_quotes_are_no_text),
        cmocka_unit_test(a_newer_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
