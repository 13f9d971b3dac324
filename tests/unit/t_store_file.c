/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files that are missing, foreign, damaged, locked or may not be written; copies and the way back; and that
 * nobody goes round db.c.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "t_store_help.h"

struct desk {
    const char *dir, *path;
    struct fx *f;
};

static int set_up(void **state)
{
    struct desk *d = tb_xcalloc(1, sizeof *d);
    d->dir = new_dir();
    d->path = in(d->dir, "a.db");
    d->f = people();
    tb_store_close(new_store(d->path, d->f));
    *state = d;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *d = *state;
    fx_free(d->f);
    drop_dir(d->dir);
    free(d);
    return 0;
}

static char *bytes_of(const char *path, size_t *len)
{
    struct tb_err e = {0};
    char *bytes;
    OK(tb_file_read(path, 1 << 28, &bytes, len, &e));
    return bytes;
}

static void missing_empty_and_foreign_files(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    tb_store *s;
    FAILS(TB_STORAGE, "there is no such database",
          tb_store_open(in(d->dir, "none.db"), TB_STORE_WRITE, &s, &e));
    assert_false(tb_file_exists(in(d->dir, "none.db")));
    FAILS(TB_REFUSED, "will not be overwritten", tb_store_open(d->path, TB_STORE_CREATE, &s, &e));
    FAILS(TB_STORAGE, "nothing has that name",
          tb_store_open(in(d->dir, "no/such.db"), TB_STORE_CREATE, &s, &e));
    FAILS(TB_STORAGE, "", tb_store_open(d->dir, TB_STORE_WRITE, &s, &e));
    OK(tb_file_write(in(d->dir, "empty"), "", 0, &e));
    FAILS(TB_STORAGE, "not a toban database", tb_store_open(in(d->dir, "empty"), TB_STORE_WRITE, &s, &e));
    OK(tb_file_write(in(d->dir, "text"),
                     "これはデータベースではありません。これはデータベースではありません。これはデータベース"
                     "ではありません。\n",
                     150, &e));
    FAILS(TB_STORAGE, "not a toban database, or damaged",
          tb_store_open(in(d->dir, "text"), TB_STORE_READ, &s, &e));
    assert_int_equal(raw(in(d->dir, "other.db"), "CREATE TABLE t (x)"), SQLITE_OK);
    FAILS(TB_STORAGE, "not a toban database;", tb_store_open(in(d->dir, "other.db"), TB_STORE_WRITE, &s, &e));
    assert_int_equal(raw(in(d->dir, "other.db"), "SELECT x FROM t"), SQLITE_OK);
}

/* Cut at every page and in the middle of pages: told at once, and the rest of the file stays as it is. */
static void truncated_files(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    size_t len, cut_len;
    char *bytes = bytes_of(d->path, &len);
    const char *cut = in(d->dir, "cut.db");
    for (size_t at = 1; at < len; at += 2048 - 3) {
        OK(tb_file_write(cut, bytes, at, &e));
        tb_store *s;
        enum tb_code code = tb_store_open(cut, TB_STORE_WRITE, &s, &e);
        if (code != TB_STORAGE || strstr(e.text, "toban restore") == NULL)
            fail_msg("cut at %zu of %zu: %d %s", at, len, (int)code, e.text);
        char *now = bytes_of(cut, &cut_len);
        assert_int_equal(cut_len, at);
        assert_memory_equal(now, bytes, at);
        free(now);
    }
    free(bytes);
}

/* One page after the other overwritten: whatever is read of it, the program says that the file is damaged and
 * never dies. */
static void damaged_pages(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    size_t len, found = 0;
    char *bytes = bytes_of(d->path, &len), page[4096];
    memset(page, 0xa5, sizeof page);
    const char *bad = in(d->dir, "bad.db");
    for (size_t at = 4096; at < len; at += 4096) {
        OK(tb_file_write(bad, bytes, len, &e));
        int fd = open(bad, O_WRONLY);
        assert_int_equal(pwrite(fd, page, sizeof page, (off_t)at), sizeof page);
        (void)close(fd);
        tb_store *s = NULL;
        struct tb_region *r = NULL;
        enum tb_code code = tb_store_open(bad, TB_STORE_READ, &s, &e);
        if (code == TB_OK) code = tb_store_load_region(s, &r, &e);
        if (code != TB_OK && code != TB_STORAGE) fail_msg("page at %zu: %d %s", at, (int)code, e.text);
        found += code == TB_STORAGE;
        tb_region_free(r);
        tb_store_close(s);
        FAILS(TB_STORAGE, "", tb_store_restore(bad, in(d->dir, "r.db"), &e));
        assert_false(tb_file_exists(in(d->dir, "r.db")));
    }
    assert_true(found > 10);
    free(bytes);
}

static void a_locked_file_is_busy(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    tb_store *a, *b;
    OK(tb_store_open(d->path, TB_STORE_WRITE, &a, &e));
    OK(tb_store_open_busy(d->path, TB_STORE_WRITE, 0, &b, &e));
    OK(tb_store_begin(a, &e));
    FAILS(TB_BUSY, "in use by another program", tb_store_begin(b, &e));
    FAILS(TB_BUSY, "INSERT INTO audit", tb_store_audit(b, 1, "a", "b", "c", &e));
    struct tb_region *r;
    OK(tb_store_load_region(b, &r, &e)); /* reading goes on */
    tb_region_free(r);
    tb_store_rollback(a);
    OK(tb_store_begin(b, &e));
    tb_store_rollback(b);
    tb_store_close(b);
    tb_store_close(a);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(d->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    FAILS(TB_BUSY, "try again", tb_store_open_busy(d->path, TB_STORE_READ, 0, &b, &e));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* As somebody who is not root and owns nothing here. What the child finds wrong is its exit status. */
static void without_permission(void **state)
{
    struct desk *d = *state;
    assert_int_equal(chmod(d->path, 0644), 0);
    assert_int_equal(chmod(d->dir, 0755), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct tb_err e = {0};
        tb_store *s;
        struct tb_region *r;
        if (geteuid() == 0 ? seteuid(65534) != 0 : chmod(d->dir, 0555) != 0 || chmod(d->path, 0444) != 0)
            _exit(1);
        if (tb_store_open(in(d->dir, "new.db"), TB_STORE_CREATE, &s, &e) != TB_STORAGE ||
            strstr(e.text, "permission denied") == NULL)
            _exit(2);
        /* Reading works, writing says why not. */
        if (tb_store_open(d->path, TB_STORE_WRITE, &s, &e) != TB_OK) _exit(3);
        if (tb_store_load_region(s, &r, &e) != TB_OK) _exit(4);
        enum tb_code code = tb_store_begin(s, &e);
        if (code == TB_OK) code = tb_store_save_region(s, NULL, r, &e); /* equal already: nothing to write */
        if (code == TB_OK) code = tb_store_audit(s, 0, "desk", "test", "", &e);
        if (code != TB_STORAGE || strstr(e.text, "must be writable") == NULL) _exit(5);
        tb_store_rollback(s);
        if (tb_store_backup(s, in(d->dir, "copy.db"), &e) != TB_STORAGE ||
            strstr(e.text, "permission denied") == NULL)
            _exit(6);
        tb_region_free(r);
        tb_store_close(s);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(d->dir, 0755), 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_directory_that_may_not_be_written(void **state)
{
    struct desk *d = *state;
    assert_int_equal(chmod(d->path, 0666), 0);
    assert_int_equal(chmod(d->dir, 0555), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct tb_err e = {0};
        tb_store *s;
        if (geteuid() == 0 && seteuid(65534) != 0) _exit(1);
        if (tb_store_open(d->path, TB_STORE_WRITE, &s, &e) != TB_OK) _exit(2);
        enum tb_code code = tb_store_audit(s, 1, "a", "b", "c", &e); /* no place for the journal */
        _exit(code == TB_STORAGE && strstr(e.text, "directory") != NULL ? 0 : 3);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(d->dir, 0755), 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- backup and restore ------------------------------------------------------------------- */

static void a_copy_is_whole_and_new(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    tb_store *s;
    const char *to = in(d->dir, "copy.db");
    OK(tb_store_open(d->path, TB_STORE_READ, &s, &e));
    OK(tb_store_backup(s, to, &e));
    char *a = dump(d->path), *b = dump(to);
    assert_string_equal(a, b);
    FAILS(TB_REFUSED, "will not be overwritten", tb_store_backup(s, to, &e));
    FAILS(TB_REFUSED, "will not be overwritten", tb_store_backup(s, d->path, &e));
    free(a);
    free(b);
    tb_store_close(s);
    struct stat st;
    assert_int_equal(stat(to, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void restore_keeps_what_was_there(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    tb_store *s;
    const char *copy = in(d->dir, "copy.db"), *old = in(d->dir, "a.db.old");
    OK(tb_store_open(d->path, TB_STORE_WRITE, &s, &e));
    OK(tb_store_backup(s, copy, &e));
    OK(tb_store_audit(s, 1, "a", "b", "after the copy", &e));
    tb_store_close(s);
    char *was = dump(d->path), *kept = dump(copy);
    OK(tb_store_restore(copy, d->path, &e));
    char *now = dump(d->path), *aside = dump(old);
    assert_string_equal(now, kept);
    assert_string_equal(aside, was);
    free(now);
    /* Into a name that is free. */
    OK(tb_store_restore(old, in(d->dir, "fresh.db"), &e));
    now = dump(in(d->dir, "fresh.db"));
    assert_string_equal(now, was);
    free(now);
    free(aside);
    free(was);
    free(kept);
}

static int write_at_once(const char *path)
{
    struct tb_err e = {0};
    tb_store *s;
    enum tb_code c = tb_store_open_busy(path, TB_STORE_WRITE, 0, &s, &e);
    if (c == TB_OK) c = tb_store_begin(s, &e);
    if (c == TB_OK) c = tb_store_audit(s, 1, "a", "b", "c", &e);
    if (c == TB_OK) c = tb_store_commit(s, &e);
    return (int)c;
}

static int lease_of(const char *path)
{
    struct tb_err e = {0};
    tb_lease *l;
    return (int)tb_store_lease(path, &l, &e);
}

static int restore_itself(const char *path)
{
    struct tb_err e = {0};
    struct tb_buf copy = {0};
    tb_buf_addf(&copy, "%s.copy", path);
    enum tb_code c = tb_store_restore(copy.s, path, &e);
    return c == TB_REFUSED && strstr(e.text, "toban serve (process ") == NULL ? 99 : (int)c;
}

static const struct {
    const char *name;
    int (*run)(const char *path);
} deeds[] = {{"write", write_at_once}, {"lease", lease_of}, {"restore", restore_itself}};

/* Runs a deed on `path` in another process, which the locks of this one concern; its exit code. It is begun
 * afresh: a forked one would know of this one's locks from SQLite's own lists. */
static int elsewhere(const char *deed, const char *path)
{
    int status;
    (void)fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)execl("/proc/self/exe", "t_store_file", deed, path, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* Called when a file has got its name: what another thread of this process may do at that moment. */
static void (*named)(const char *path);

int rename(const char *from, const char *to)
{
    int rc = renameat(AT_FDCWD, from, AT_FDCWD, to);
    if (rc == 0 && named != NULL) named(to);
    return rc;
}

static const char *watched;
static tb_store *held;

static void lock_what_was_named(const char *path)
{
    struct tb_err e = {0};
    if (strcmp(path, watched) != 0 || held != NULL) return;
    OK(tb_store_open(path, TB_STORE_WRITE, &held, &e));
    OK(tb_store_begin(held, &e));
}

/* Closing a file drops every lock that the process has on it, so nobody but SQLite may open one in use. A
 * thread that opens the new file as soon as it is there keeps its lock. */
static void copying_drops_no_lock(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    tb_store *s;
    const char *copy = in(d->dir, "copy.db");
    for (int restore = 0; restore < 2; restore++) {
        watched = restore ? d->path : copy;
        named = lock_what_was_named;
        OK(tb_store_open(d->path, TB_STORE_WRITE, &s, &e));
        if (restore) {
            tb_store_close(s);
            OK(tb_store_restore(copy, d->path, &e));
        } else {
            OK(tb_store_begin(s, &e));
            tb_store *reader;
            OK(tb_store_open(d->path, TB_STORE_READ, &reader, &e));
            OK(tb_store_backup(reader, copy, &e));
            tb_store_close(reader);
            assert_int_equal(elsewhere("write", d->path), TB_BUSY); /* the one that was copied from */
            tb_store_close(s);
        }
        named = NULL;
        assert_non_null(held);
        assert_int_equal(elsewhere("write", watched), TB_BUSY);
        tb_store_close(held);
        held = NULL;
        assert_int_equal(elsewhere("write", watched), TB_OK);
    }
}

static void nobody_restores_what_is_served(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    tb_store *s;
    tb_lease *one, *alone;
    OK(tb_store_open(d->path, TB_STORE_READ, &s, &e));
    OK(tb_store_backup(s, in(d->dir, "a.db.copy"), &e));
    tb_store_close(s);
    OK(tb_store_lease(d->path, &one, &e));
    assert_int_equal(elsewhere("lease", d->path), TB_OK); /* ends with its process, however that ends */
    char *before = dump(d->path);
    assert_int_equal(elsewhere("restore", d->path), TB_REFUSED);
    char *after = dump(d->path);
    assert_string_equal(before, after);
    assert_false(tb_file_exists(in(d->dir, "a.db.old")));
    tb_store_lease_end(one);
    OK(tb_store_lease_alone(d->path, &alone, &e));
    assert_int_equal(elsewhere("lease", d->path), TB_BUSY);
    tb_store_lease_end(alone);
    assert_int_equal(elsewhere("restore", d->path), TB_OK);
    assert_true(tb_file_exists(in(d->dir, "a.db.old")));
    free(before);
    free(after);
}

/* Opened before a restore, written after it: neither lost in the old file nor said to be in the new. */
static void who_writes_into_the_old_file_is_told(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    tb_store *s, *late;
    const char *copy = in(d->dir, "copy.db");
    OK(tb_store_open(d->path, TB_STORE_READ, &s, &e));
    OK(tb_store_backup(s, copy, &e));
    tb_store_close(s);
    OK(tb_store_open(d->path, TB_STORE_WRITE, &late, &e));
    OK(tb_store_restore(copy, d->path, &e));
    OK(tb_store_begin(late, &e));
    FAILS(TB_BUSY, "exchanged meanwhile", tb_store_audit(late, 1, "a", "b", "c", &e));
    tb_store_rollback(late);
    tb_store_close(late);
    char *now = dump(d->path), *kept = dump(copy);
    assert_string_equal(now, kept);
    free(now);
    free(kept);
}

static void restore_checks_before_it_replaces(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    char *before = dump(d->path);
    FAILS(TB_STORAGE, "no such backup", tb_store_restore(in(d->dir, "none"), d->path, &e));
    OK(tb_file_write(in(d->dir, "junk"), before, 5000, &e));
    FAILS(TB_STORAGE, "", tb_store_restore(in(d->dir, "junk"), d->path, &e));
    assert_int_equal(raw(in(d->dir, "other.db"), "CREATE TABLE t (x)"), SQLITE_OK);
    FAILS(TB_STORAGE, "not a toban database", tb_store_restore(in(d->dir, "other.db"), d->path, &e));
    /* A row that points nowhere: pages are fine, the content is not. */
    tb_store *s;
    OK(tb_store_open(d->path, TB_STORE_READ, &s, &e));
    OK(tb_store_backup(s, in(d->dir, "bent.db"), &e));
    tb_store_close(s);
    assert_int_equal(
        raw(in(d->dir, "bent.db"),
            "PRAGMA foreign_keys=OFF; UPDATE members SET provider = 'nobody' WHERE provider = 'p1'"),
        SQLITE_OK);
    FAILS(TB_STORAGE, "bent.db: row 4 of members names a row of providers",
          tb_store_restore(in(d->dir, "bent.db"), d->path, &e));
    char *after = dump(d->path);
    assert_string_equal(after, before);
    assert_false(tb_file_exists(in(d->dir, "a.db.old")));
    assert_false(tb_file_exists(in(d->dir, "a.db.part")));
    free(before);
    free(after);
}

/* A damaged file with the journal of a crash beside it: the journal must not be played into the file that
 * replaces it. */
static void restore_over_a_wreck(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    tb_store *s;
    const char *copy = in(d->dir, "copy.db");
    OK(tb_store_open(d->path, TB_STORE_READ, &s, &e));
    OK(tb_store_backup(s, copy, &e));
    tb_store_close(s);
    OK(tb_file_write(d->path, "wreck wreck wreck wreck", 23, &e));
    OK(tb_file_write(in(d->dir, "a.db-journal"), "hot journal of a crash", 22, &e));
    OK(tb_store_restore(copy, d->path, &e));
    assert_false(tb_file_exists(in(d->dir, "a.db-journal")));
    assert_true(tb_file_exists(in(d->dir, "a.db.old")));
    char *now = dump(d->path), *kept = dump(copy);
    assert_string_equal(now, kept);
    free(now);
    free(kept);
}

/* The file is gone, its journal is not. */
static void restore_where_only_a_journal_is_left(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    tb_store *s;
    const char *copy = in(d->dir, "copy.db");
    OK(tb_store_open(d->path, TB_STORE_READ, &s, &e));
    OK(tb_store_backup(s, copy, &e));
    tb_store_close(s);
    assert_int_equal(unlink(d->path), 0);
    OK(tb_file_write(in(d->dir, "a.db-journal"), "hot journal of a crash", 22, &e));
    OK(tb_store_restore(copy, d->path, &e));
    assert_false(tb_file_exists(in(d->dir, "a.db-journal")));
    assert_true(tb_file_exists(in(d->dir, "a.db.old-journal")));
    char *now = dump(d->path), *kept = dump(copy);
    assert_string_equal(now, kept);
    free(now);
    free(kept);
}

/* ---- db.c --------------------------------------------------------------------------------- */

static void unknown_name(struct tb_db *db) { tb_sql_int(tb_sql(db, "SELECT :known"), "unknown", 1); }
static void two_statements(struct tb_db *db) { (void)tb_sql(db, "SELECT 1; SELECT 2"); }
static void rows_nobody_reads(struct tb_db *db) { tb_sql_run(tb_sql(db, "SELECT 1")); }
static void used_while_read(struct tb_db *db)
{
    static const char sql[] = "SELECT 1 UNION SELECT 2";
    (void)tb_sql_row(tb_sql(db, sql));
    (void)tb_sql(db, sql);
}

static void misuse_ends_the_process(void **state)
{
    struct desk *d = *state;
    static void (*const misuses[])(struct tb_db *) = {unknown_name, two_statements, rows_nobody_reads,
                                                      used_while_read};
    for (size_t i = 0; i < TB_COUNT(misuses); i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct tb_db *db;
            (void)!freopen("/dev/null", "w", stderr);
            if (tb_db_open(d->path, 0, &db, NULL) == TB_OK) misuses[i](db);
            _exit(0);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), TB_INTERNAL);
    }
}

static void a_commit_behind_the_back_is_stopped(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    struct tb_db *db;
    char *before = dump(d->path);
    OK(tb_db_open(d->path, 0, &db, &e));
    TB_DB_BEGIN(db, "IMMEDIATE");
    tb_db_exec(db, "DELETE FROM aliases; INSERT INTO audit VALUES (NULL, 'x', 'x', 'x', 'x')");
    tb_db_exec(db, "COMMIT");
    FAILS(TB_INTERNAL, "SQL: COMMIT", tb_db_result(db, &e));
    tb_db_close(db);
    char *after = dump(d->path);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void the_first_failure_sticks(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    struct tb_db *db;
    OK(tb_db_open(d->path, 0, &db, &e));
    tb_db_exec(db, "SELECT nonsense");
    tb_db_exec(db, "INSERT INTO audit VALUES (1, 'x', 'x', 'x', 'x')");
    assert_null(tb_sql(db, "SELECT 1"));
    assert_false(tb_sql_row(NULL));
    FAILS(TB_INTERNAL, "no such column: nonsense; SQL: SELECT nonsense", tb_db_result(db, &e));
    assert_int_equal(tb_db_value(db, "SELECT count(*) FROM audit"), 0);
    OK(tb_db_result(db, &e));
    tb_db_close(db);
}

static void a_colon_in_a_name_is_only_a_name(void **state)
{
    struct desk *d = *state;
    struct tb_err e = {0};
    char here[400];
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(d->dir), 0);
    tb_store *s;
    OK(tb_store_open(":memory:", TB_STORE_CREATE, &s, &e));
    tb_store_close(s);
    OK(tb_store_open(":memory:", TB_STORE_READ, &s, &e));
    tb_store_close(s);
    assert_int_equal(chdir(here), 0);
    assert_true(tb_file_exists(in(d->dir, ":memory:")));
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 3 && i < TB_COUNT(deeds); i++)
        if (strcmp(argv[1], deeds[i].name) == 0) return deeds[i].run(argv[2]);
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(missing_empty_and_foreign_files),
        T(truncated_files),
        T(damaged_pages),
        T(a_locked_file_is_busy),
        T(without_permission),
        T(a_directory_that_may_not_be_written),
        T(a_copy_is_whole_and_new),
        T(restore_keeps_what_was_there),
        T(copying_drops_no_lock),
        T(nobody_restores_what_is_served),
        T(who_writes_into_the_old_file_is_told),
        T(restore_checks_before_it_replaces),
        T(restore_over_a_wreck),
        T(restore_where_only_a_journal_is_left),
        T(misuse_ends_the_process),
        T(a_commit_behind_the_back_is_stopped),
        T(the_first_failure_sticks),
        T(a_colon_in_a_name_is_only_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
