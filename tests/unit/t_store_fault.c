/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is left when the disk, the memory or the process fails in the middle. A file system layer of our own
 * under SQLite counts the operations that change files and, at the n-th, fails once, fails from then on,
 * kills the process, or cuts the power: writes that were not yet synced and deletions whose directory was not
 * yet synced are undone. n goes up until the work gets through; after each round the file must hold the whole
 * work or none of it.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "t_store_help.h"
#include "toban/store/records.h"

/* ---- the file system layer ----------------------------------------------------------------- */

enum mode { COUNT, FAIL_ONCE, FAIL_ON, TORN, KILL, POWER };
static struct {
    enum mode mode;
    long n, at;
} fault;

struct undo {
    char path[300];
    sqlite3_int64 offset, size;
    int n;
    char *bytes;
    bool deleted;
};
static struct undo *undos;
static size_t n_undos, cap_undos;

struct shim_file {
    sqlite3_file base;
    char path[300];
    sqlite3_file *inner;
};
static sqlite3_vfs shim_vfs, *under;
static sqlite3_io_methods methods;

/* Back to what a disk without power still has. */
static void cut_power(void)
{
    for (size_t i = n_undos; i-- > 0;) {
        const struct undo *u = &undos[i];
        int fd = open(u->path, O_RDWR | O_CREAT, 0600);
        if (fd < 0 || pwrite(fd, u->bytes, (size_t)u->n, u->offset) != u->n || ftruncate(fd, u->size) != 0)
            _exit(99);
        (void)close(fd);
    }
    _exit(0);
}

/* One more operation: does it fail? */
static bool strikes(void)
{
    long n = ++fault.n;
    if (fault.mode == COUNT || n < fault.at) return false;
    if (fault.mode == KILL) {
        (void)kill(getpid(), SIGKILL);
        (void)pause();
    }
    if (fault.mode == POWER) cut_power();
    return n == fault.at || fault.mode == FAIL_ON;
}

/* Remembers what the bytes are before they change. */
static void remember(const char *path, sqlite3_int64 offset, int n, bool deleted)
{
    if (fault.mode != POWER) return;
    struct undo u = {.offset = offset, .deleted = deleted};
    (void)snprintf(u.path, sizeof u.path, "%s", path);
    int fd = open(path, O_RDONLY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) _exit(98);
    u.size = st.st_size;
    u.bytes = tb_xcalloc((size_t)n + 1, 1);
    ssize_t got = pread(fd, u.bytes, (size_t)n, offset);
    u.n = got > 0 ? (int)got : 0;
    (void)close(fd);
    *TB_PUSH(undos, n_undos, cap_undos) = u;
}

/* What was done to the file, or to the directory's names, is safe now. */
static void forget(const char *path, bool deletions)
{
    size_t kept = 0;
    for (size_t i = 0; i < n_undos; i++)
        if (undos[i].deleted == deletions && (deletions || strcmp(undos[i].path, path) == 0))
            free(undos[i].bytes);
        else
            undos[kept++] = undos[i];
    n_undos = kept;
}

#define INNER(f) (((struct shim_file *)(void *)(f))->inner)
#define PATH(f) (((const struct shim_file *)(const void *)(f))->path)

static int x_close(sqlite3_file *f)
{
    int rc = INNER(f)->pMethods->xClose(INNER(f));
    free(INNER(f));
    return rc;
}
static int x_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    return INNER(f)->pMethods->xRead(INNER(f), p, n, at);
}
static int x_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    if (strikes()) {
        if (fault.mode == TORN) (void)INNER(f)->pMethods->xWrite(INNER(f), p, n / 2, at);
        return fault.at % 2 ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    remember(PATH(f), at, n, false);
    return INNER(f)->pMethods->xWrite(INNER(f), p, n, at);
}
static int x_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    if (strikes()) return SQLITE_IOERR_TRUNCATE;
    sqlite3_int64 now = 0;
    (void)INNER(f)->pMethods->xFileSize(INNER(f), &now);
    if (now > size) remember(PATH(f), size, (int)(now - size), false);
    return INNER(f)->pMethods->xTruncate(INNER(f), size);
}
static int x_sync(sqlite3_file *f, int flags)
{
    (void)flags; /* the page cache is enough here: only this layer forgets */
    if (strikes()) return SQLITE_IOERR_FSYNC;
    forget(PATH(f), false);
    return SQLITE_OK;
}
static int x_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return INNER(f)->pMethods->xFileSize(INNER(f), size);
}
static int x_lock(sqlite3_file *f, int how) { return INNER(f)->pMethods->xLock(INNER(f), how); }
static int x_unlock(sqlite3_file *f, int how) { return INNER(f)->pMethods->xUnlock(INNER(f), how); }
static int x_reserved(sqlite3_file *f, int *out)
{
    return INNER(f)->pMethods->xCheckReservedLock(INNER(f), out);
}
static int x_control(sqlite3_file *f, int op, void *arg)
{
    return INNER(f)->pMethods->xFileControl(INNER(f), op, arg);
}
static int x_sector(sqlite3_file *f) { return INNER(f)->pMethods->xSectorSize(INNER(f)); }
static int x_device(sqlite3_file *f)
{
    (void)f;
    return 0; /* a disk that promises nothing */
}

static int x_open(sqlite3_vfs *v, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)v;
    struct shim_file *f = (struct shim_file *)(void *)file;
    f->base.pMethods = NULL;
    (void)snprintf(f->path, sizeof f->path, "%s", name != NULL ? name : "");
    f->inner = tb_xcalloc(1, (size_t)under->szOsFile);
    int rc = under->xOpen(under, name, f->inner, flags, out);
    if (rc != SQLITE_OK)
        free(f->inner);
    else
        f->base.pMethods = &methods;
    return rc;
}

static int x_delete(sqlite3_vfs *v, const char *name, int sync_dir)
{
    (void)v;
    if (strikes()) return SQLITE_IOERR_DELETE;
    struct stat st;
    if (fault.mode == POWER && stat(name, &st) == 0) remember(name, 0, (int)st.st_size, true);
    int rc = under->xDelete(under, name, 0);
    if (sync_dir) forget(NULL, true);
    return rc;
}

static void install(void)
{
    under = sqlite3_vfs_find(NULL);
    shim_vfs = *under;
    shim_vfs.szOsFile = (int)sizeof(struct shim_file);
    shim_vfs.zName = "shim";
    shim_vfs.pNext = NULL;
    shim_vfs.xOpen = x_open;
    shim_vfs.xDelete = x_delete;
    methods = (sqlite3_io_methods){.iVersion = 1,
                                   .xClose = x_close,
                                   .xRead = x_read,
                                   .xWrite = x_write,
                                   .xTruncate = x_truncate,
                                   .xSync = x_sync,
                                   .xFileSize = x_size,
                                   .xLock = x_lock,
                                   .xUnlock = x_unlock,
                                   .xCheckReservedLock = x_reserved,
                                   .xFileControl = x_control,
                                   .xSectorSize = x_sector,
                                   .xDeviceCharacteristics = x_device};
    assert_int_equal(sqlite3_vfs_register(&shim_vfs, 1), SQLITE_OK);
}

/* ---- memory ------------------------------------------------------------------------------- */

static sqlite3_mem_methods memory;
static struct {
    bool counting, stays;
    long n, at;
} hunger;

static bool starves(void)
{
    return hunger.counting && (++hunger.n == hunger.at || (hunger.stays && hunger.n > hunger.at));
}
static void *m_malloc(int n) { return starves() ? NULL : memory.xMalloc(n); }
static void *m_realloc(void *p, int n) { return starves() ? NULL : memory.xRealloc(p, n); }

/* ---- the work ----------------------------------------------------------------------------- */

#define NIGHT \
    "night 2026-12-01 eve primary 1 p1\nnight 2026-12-01 eve primary 2 p2\nnight 2026-12-01 eve reserve 1 " \
    "p3\n"
#define OTHER \
    "night 2026-12-01 eve primary 1 p4\nnight 2026-12-01 eve primary 2 p2\nnight 2026-12-01 eve reserve 1 " \
    "p5\n"

struct bench {
    const char *dir;
    struct fx *f;
    char *before, *after;
    bool office;
};

/* Draft 2 goes round, publication 1 is withdrawn and sent, an address given up and another issued, each with
 * its audit line. */
static enum tb_code office(tb_store *s, const struct tb_region *r, struct tb_err *e)
{
    struct tb_publication made = {0};
    char feed[] = "provider", subject[] = "p1", way[] = "fax", to[] = "fire", by[] = "事務局", note[] = "";
    const struct tb_token next = {
        .feed = feed, .subject = subject, .generation = 2, .hash = "2222", .issued = 2000};
    const struct tb_delivery sent = {
        .publication = 1, .recipient = to, .way = way, .by = by, .note = note, .at = 2000};
    enum tb_code code = tb_store_move_draft(
        s, &(struct tb_draft_move){2, TB_LIFE_CIRCULATING, fx_day("2026-12-01"), TB_DAY_NONE, NULL, NULL},
        &(struct tb_act){2000, by, note}, e);
    if (code == TB_OK) code = tb_store_audit(s, 2000, by, "circulate", "2", e);
    if (code == TB_OK)
        code = tb_store_withdraw(s, r,
                                 &(struct tb_to_withdraw){(int[]){tb_find_duty(r, "night")}, 1,
                                                          fx_day("2026-12-01"), fx_day("2026-12-01"), NULL},
                                 &(struct tb_act){2000, by, "停電"}, &made, e);
    tb_publication_free(&made);
    if (code == TB_OK) code = tb_store_audit(s, 2000, by, "withdraw", "2", e);
    if (code == TB_OK) code = tb_store_add_delivery(s, &sent, e);
    if (code == TB_OK) code = tb_store_audit(s, 2000, by, "sent", "1 fire fax", e);
    if (code == TB_OK) code = tb_store_revoke_token(s, "1111", 2000, e);
    if (code == TB_OK) code = tb_store_add_token(s, &next, e);
    if (code == TB_OK) code = tb_store_audit(s, 2000, by, "token-rotate", "provider p1 2", e);
    return code;
}

/* Publishes draft 2 over publication 1 and writes the audit line: one transaction. Or, for the office's
 * bench, its work. */
static enum tb_code work(const struct bench *b, const char *path, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r = NULL;
    enum tb_code code = tb_store_open_busy(path, TB_STORE_WRITE, 0, &s, e);
    if (code != TB_OK) return code;
    code = tb_store_load_region(s, &r, e);
    if (code == TB_OK) code = tb_store_begin(s, e);
    if (code == TB_OK) {
        code = tb_store_save_region(s, NULL, r, e);
        if (code == TB_OK && b->office) code = office(s, r, e);
        if (code == TB_OK && !b->office)
            code =
                tb_store_publish(s, r, &(struct tb_to_publish){(int64_t[]){2}, 1, TB_DAY_NONE, false, false},
                                 &(struct tb_act){2000, "事務局", "交代"}, NULL, e);
        if (code == TB_OK && !b->office) code = tb_store_audit(s, 2000, "事務局", "publish", "2", e);
        if (code == TB_OK) code = tb_store_commit(s, e);
        if (code != TB_OK) tb_store_rollback(s);
    }
    tb_region_free(r);
    tb_store_close(s);
    return code;
}

/* Without a sync: this is done a thousand times. */
static void copy_file(const char *from, const char *to)
{
    struct tb_err e = {0};
    char *bytes, journal[600];
    size_t len;
    OK(tb_file_read(from, 1 << 28, &bytes, &len, &e));
    FILE *f = fopen(to, "wb");
    assert_true(f != NULL && fwrite(bytes, 1, len, f) == len && fclose(f) == 0);
    free(bytes);
    (void)snprintf(journal, sizeof journal, "%s-journal", to);
    (void)unlink(journal);
}

static int set_up_for(void **state, bool office_work)
{
    struct tb_err e = {0};
    struct bench *b = tb_xcalloc(1, sizeof *b);
    b->dir = new_dir();
    b->office = office_work;
    b->f = people();
    tb_store *s = new_store(in(b->dir, "base.db"), b->f);
    publish(s, b->f->region, 1000, "2026-12-01", "2026-12-01", "night", NIGHT);
    OK(tb_store_begin(s, &e));
    assert_int_equal(add_draft(s, b->f->region, "2026-12-01", "2026-12-01", "night", OTHER), 2);
    const struct tb_token first = {.feed = (char[]){"provider"},
                                   .subject = (char[]){"p1"},
                                   .generation = 1,
                                   .hash = "1111",
                                   .issued = 1000};
    OK(tb_store_add_token(s, &first, &e));
    OK(tb_store_commit(s, &e));
    tb_store_close(s);
    b->before = dump(in(b->dir, "base.db"));
    copy_file(in(b->dir, "base.db"), in(b->dir, "done.db"));
    OK(work(b, in(b->dir, "done.db"), &e));
    b->after = dump(in(b->dir, "done.db"));
    assert_string_not_equal(b->before, b->after);
    *state = b;
    return 0;
}

static int set_up(void **state) { return set_up_for(state, false); }
static int set_up_office(void **state) { return set_up_for(state, true); }

static int tear_down(void **state)
{
    struct bench *b = *state;
    fx_free(b->f);
    free(b->before);
    free(b->after);
    drop_dir(b->dir);
    free(b);
    return 0;
}

static void whole(const struct bench *b, const char *path, bool may_be_done, bool must_be_done, long at)
{
    char *now = dump(path);
    bool before = strcmp(now, b->before) == 0, after = strcmp(now, b->after) == 0;
    if (!(before || after) || (after && !may_be_done) || (before && must_be_done))
        fail_msg("operation %ld: neither the old nor the new:\n%s", at, now);
    free(now);
}

static void failing_operations(const struct bench *b, enum mode mode)
{
    const char *path = in(b->dir, "x.db");
    long at = 1;
    for (bool through = false; !through; at++) {
        assert_true(at < 10000);
        copy_file(in(b->dir, "base.db"), path);
        struct tb_err e = {0};
        fault.n = 0;
        fault.at = at;
        fault.mode = mode;
        enum tb_code code = work(b, path, &e);
        through = fault.n < at;
        fault.mode = COUNT;
        /* One failure of a clean-up after the commit may pass unseen; every other one is told. */
        if (through) assert_int_equal(code, TB_OK);
        if (code != TB_OK && (code != TB_STORAGE || e.text[0] == '\0'))
            fail_msg("operation %ld: %d %s", at, (int)code, e.text);
        whole(b, path, code == TB_OK, code == TB_OK, at);
    }
    assert_true(at > 20);
}

static void a_single_failing_write_or_sync(void **state) { failing_operations(*state, FAIL_ONCE); }
static void a_disk_that_stays_broken(void **state) { failing_operations(*state, FAIL_ON); }
static void a_write_torn_in_the_middle(void **state) { failing_operations(*state, TORN); }

static void dying(const struct bench *b, enum mode mode)
{
    const char *path = in(b->dir, "x.db"), *told = in(b->dir, "told");
    long at = 1, lost = 0;
    for (bool through = false; !through; at++) {
        assert_true(at < 10000);
        copy_file(in(b->dir, "base.db"), path);
        (void)unlink(told);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct tb_err e = {0};
            fault.n = 0;
            fault.at = at;
            fault.mode = mode;
            enum tb_code code = work(b, path, &e);
            bool reached = fault.n >= at;
            if (code == TB_OK && close(open(told, O_WRONLY | O_CREAT, 0600)) != 0) _exit(97);
            /* the power goes right after "done" was said */
            if (mode == POWER && code == TB_OK) cut_power();
            _exit(reached ? 96 : 0);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
        assert_true(killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
        through = tb_file_exists(told);
        whole(b, path, true, through, at);
        lost += !through;
    }
    assert_true(lost > 20);
}

static void killed_at_any_operation(void **state) { dying(*state, KILL); }
static void power_cut_at_any_operation(void **state) { dying(*state, POWER); }

static void creation_leaves_all_or_nothing(void **state)
{
    struct bench *b = *state;
    const char *path = in(b->dir, "new.db");
    long at = 1;
    for (bool through = false; !through; at++) {
        assert_true(at < 10000);
        struct tb_err e = {0};
        tb_store *s = NULL;
        fault.n = 0;
        fault.at = at;
        fault.mode = FAIL_ON;
        enum tb_code code = tb_store_open_busy(path, TB_STORE_CREATE, 0, &s, &e);
        through = code == TB_OK;
        tb_store_close(s);
        fault.mode = COUNT;
        if (!through && (code != TB_STORAGE || tb_file_exists(path)))
            fail_msg("operation %ld: %d %s", at, (int)code, e.text);
        char journal[600];
        (void)snprintf(journal, sizeof journal, "%s-journal", path);
        (void)unlink(journal); /* a disk that stays broken deletes nothing either */
    }
    assert_true(at > 20);
    assert_true(tb_file_exists(path));
}

static void a_failing_backup_leaves_no_file(void **state)
{
    struct bench *b = *state;
    struct tb_err e = {0};
    tb_store *s;
    const char *path = in(b->dir, "base.db"), *to = in(b->dir, "copy.db");
    OK(tb_store_open(path, TB_STORE_READ, &s, &e));
    long at = 1;
    for (bool through = false; !through; at++) {
        assert_true(at < 10000);
        fault.n = 0;
        fault.at = at;
        fault.mode = FAIL_ONCE;
        enum tb_code code = tb_store_backup(s, to, &e);
        fault.mode = COUNT;
        through = fault.n < at;
        if (code == TB_OK) {
            char *copy = dump(to);
            assert_string_equal(copy, b->before);
            free(copy);
            assert_int_equal(unlink(to), 0);
        } else if (code != TB_STORAGE || tb_file_exists(to) || tb_file_exists(in(b->dir, "copy.db.part")))
            fail_msg("operation %ld: %d %s", at, (int)code, e.text);
    }
    assert_true(at > 3);
    tb_store_close(s);
}

static void starving(const struct bench *b, bool stays)
{
    const char *path = in(b->dir, "x.db");
    long at = 1, failures = 0;
    for (bool through = false; !through; at += 1 + at / 60) {
        copy_file(in(b->dir, "base.db"), path);
        struct tb_err e = {0};
        hunger.n = 0;
        hunger.at = at;
        hunger.stays = stays;
        hunger.counting = true;
        enum tb_code code = work(b, path, &e);
        hunger.counting = false;
        through = hunger.n < at;
        if (through) assert_int_equal(code, TB_OK);
        if (code != TB_OK && (code != TB_STORAGE || strstr(e.text, "out of memory") == NULL))
            fail_msg("allocation %ld: %d %s", at, (int)code, e.text);
        failures += code != TB_OK;
        whole(b, path, code == TB_OK, code == TB_OK, at);
    }
    assert_true(failures > 50);
}

static void a_single_allocation_that_fails(void **state) { starving(*state, false); }
static void memory_that_has_run_out(void **state) { starving(*state, true); }

int main(void)
{
    /* Before SQLite's first call. */
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory) != SQLITE_OK) return 1;
    sqlite3_mem_methods ours = memory;
    ours.xMalloc = m_malloc;
    ours.xRealloc = m_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK)
        return 1;
    if (sqlite3_initialize() != SQLITE_OK) return 1;
    install();
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define OFFICE(name) \
    { \
        "office_" #name, name, set_up_office, tear_down, NULL \
    }
    const struct CMUnitTest tests[] = {
        T(a_single_failing_write_or_sync),  T(a_disk_that_stays_broken),
        T(a_write_torn_in_the_middle),      T(killed_at_any_operation),
        T(power_cut_at_any_operation),      T(creation_leaves_all_or_nothing),
        T(a_failing_backup_leaves_no_file), T(a_single_allocation_that_fails),
        T(memory_that_has_run_out),         OFFICE(a_single_failing_write_or_sync),
        OFFICE(killed_at_any_operation),    OFFICE(memory_that_has_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
