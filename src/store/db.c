/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct tb_sql {
    struct tb_db *db;
    sqlite3_stmt *stmt;
    char *text;
};

struct tb_db {
    sqlite3 *handle;
    char *path;
    struct tb_sql **cache;
    size_t n, cap;
    const char *begun_file; /* where the open transaction began; NULL: none of ours */
    int begun_line;
    bool finishing;       /* a commit that came through tb_db_commit */
    int busy_ms;          /* how long to wait for a lock */
    double waiting_since; /* seconds; of the lock waited for now */
    unsigned jitter;
    bool beginning;         /* waits to write; others wait for readers to end */
    struct tb_queue *queue; /* stood in since it found others writing; NULL: nobody was */
    struct tb_err failed;   /* code TB_OK: none */
};

const char *tb_db_why(int err)
{
    static const struct {
        int err;
        const char *ja, *en;
    } words[] = {
        {EACCES, "許可がありません", "permission denied"},
        {EPERM, "許可がありません", "permission denied"},
        {ENOENT, "その名前のものがありません", "nothing has that name"},
        {ENOTDIR, "途中の名前がディレクトリではありません", "a part of the path is not a directory"},
        {EISDIR, "ディレクトリです", "it is a directory"},
        {ENOSPC, "ディスクに空きがありません", "no space left on the disk"},
        {EDQUOT, "ディスクの割当量を超えます", "the disk quota is reached"},
        {EROFS, "読み取り専用のディスクです", "the disk is read-only"},
        {EIO, "ディスクの読み書きに失敗しました", "the disk failed"},
    };
    for (size_t i = 0; i < TB_COUNT(words); i++)
        if (words[i].err == err) return tb_t(words[i].ja, words[i].en);
    const char *text = strerrordesc_np(err);
    return text != NULL ? text : tb_t("原因不明", "unknown cause");
}

/* What people can do about each kind of failure. An extended code stands before the plain one that it is a
 * case of. */
static const struct advice {
    int rc;
    enum tb_code code;
    const char *ja, *en;
} advices[] = {
    {SQLITE_BUSY, TB_BUSY, "ほかのプログラムが使用中です。終わってからもう一度実行してください",
     "in use by another program; try again when it has finished"},
    {SQLITE_LOCKED, TB_BUSY, "ほかのプログラムが使用中です。終わってからもう一度実行してください",
     "in use by another program; try again when it has finished"},
    {SQLITE_NOTADB, TB_STORAGE,
     "toban のデータベースではないか、壊れています。バックアップから toban restore で戻してください",
     "not a toban database, or damaged; bring a backup back with toban restore"},
    {SQLITE_CORRUPT, TB_STORAGE,
     "データベースが壊れています。このファイルを控えたうえで、バックアップから toban restore "
     "で戻してください",
     "the database is damaged; keep this file aside and bring a backup back with toban restore"},
    {SQLITE_FULL, TB_STORAGE,
     "ディスクに空きがありません。空きを作ってからもう一度実行してください。内容は前のままです",
     "the disk is full; make space and try again; the content is as before"},
    {SQLITE_IOERR_DIR_FSYNC, TB_STORAGE, /* after the journal's deletion, which is the commit */
     "書き込みましたが、ディスクが保存を確認できませんでした。停電で失われるかもしれません。もう一度実行する"
     "前に toban audit で確かめ、ディスクを調べてください",
     "written, but the disk could not confirm it and a power cut may undo it; look with toban audit before "
     "trying again, and check the disk"},
    {SQLITE_IOERR, TB_STORAGE,
     "ディスクの読み書きに失敗しました。内容は前のままです。ディスクを確かめてください",
     "reading or writing the disk failed; the content is as before; check the disk"},
    {SQLITE_READONLY_DBMOVED, TB_BUSY,
     "データファイルが入れ替わりました（restore など）。何も書いていません。もう一度実行してください",
     "the data file was exchanged meanwhile (by a restore, say); nothing was written; try again"},
    {SQLITE_READONLY, TB_STORAGE, "書き込めません。ファイルとディレクトリの書き込みの許可を確かめてください",
     "cannot be written; the file and its directory must be writable"},
    {SQLITE_CANTOPEN, TB_STORAGE, "開けません。名前と、ファイルとディレクトリの許可を確かめてください",
     "cannot be opened; check the name and the permissions of the file and its directory"},
    {SQLITE_PERM, TB_STORAGE, "許可がありません。ファイルの許可を確かめてください",
     "permission denied; check the file's permissions"},
    {SQLITE_NOMEM, TB_STORAGE, "メモリーが足りません。ほかのプログラムを終えてください。内容は前のままです",
     "out of memory; end other programs; the content is as before"},
    {SQLITE_ERROR, TB_INTERNAL, /* a statement that does not fit the tables */
     "このプログラムとデータベースの形が合いません。ファイルに誤りはなく、変更もしていません。この行を開発者"
     "に知ら"
     "せてください",
     "this program and the tables of the database do not fit together; nothing is wrong with your file, and "
     "nothing was changed; please report this line"},
    {SQLITE_TOOBIG, TB_STORAGE, "値が大きすぎます", "a value is too large"},
};

static void failed(struct tb_db *db, int rc, const char *sql)
{
    if (db->failed.code != TB_OK) return;
    const struct advice *a = advices, *end = advices + TB_COUNT(advices);
    while (a < end && a->rc != rc && a->rc != (rc & 0xff)) a++;
    int err = db->handle != NULL ? sqlite3_system_errno(db->handle) : 0;
    const char *reason = db->handle != NULL && sqlite3_extended_errcode(db->handle) == rc
                             ? sqlite3_errmsg(db->handle)
                             : sqlite3_errstr(rc);
    (void)tb_fail(&db->failed, a < end ? a->code : TB_INTERNAL, "%s: %s [SQLite %d: %s%s%s%s%.300s]",
                  db->path,
                  a < end ? tb_t(a->ja, a->en)
                          : tb_t("データベースの操作に失敗しました", "a database operation failed"),
                  rc, reason, err != 0 && a < end && a->code == TB_STORAGE ? "; " : "",
                  err != 0 && a < end && a->code == TB_STORAGE ? tb_db_why(err) : "",
                  sql != NULL ? "; SQL: " : "", sql != NULL ? sql : "");
}

bool tb_db_ok(const struct tb_db *db) { return db->failed.code == TB_OK; }

enum tb_code tb_db_result(struct tb_db *db, struct tb_err *e)
{
    enum tb_code code = db->failed.code;
    if (code != TB_OK) (void)tb_fail(e, code, "%s", db->failed.text);
    db->failed.code = TB_OK;
    return code;
}

void tb_db_fail(struct tb_db *db, enum tb_code code, const char *fmt, ...)
{
    if (db->failed.code != TB_OK) return;
    struct tb_buf text = {0};
    va_list ap;
    va_start(ap, fmt);
    tb_buf_vaddf(&text, fmt, ap);
    va_end(ap);
    (void)tb_fail(&db->failed, code, "%s", tb_buf_str(&text));
    tb_buf_free(&text);
}

/* ---- opening ------------------------------------------------------------------------------- */

/* A commit by other means than tb_db_commit would end a transaction behind its owner's back. */
static int on_commit(void *arg)
{
    const struct tb_db *db = arg;
    return db->begun_file != NULL && !db->finishing;
}

enum tb_code tb_db_claim(const char *path, struct tb_err *e)
{
    /* Names, telephone numbers and reasons for leave are in it: for its owner only, unless he says otherwise.
     */
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        int err = errno;
        if (err == EEXIST)
            return tb_fail(e, TB_REFUSED,
                           tb_t("%s: 同じ名前のものがあります。上書きはしません。別の名前を指定してください",
                                "%s: the name is in use and will not be overwritten; give another name"),
                           path);
        return tb_fail(e, TB_STORAGE,
                       tb_t("%s: 作れません(%s)。書き込めるディレクトリを指定してください",
                            "%s: cannot be made (%s); name a directory that can be written"),
                       path, tb_db_why(err));
    }
    (void)close(fd);
    return TB_OK;
}

static enum tb_code unsafe(const char *path, int err, struct tb_err *e)
{
    return tb_fail(e, TB_STORAGE,
                   tb_t("%s: ディスクへの書き込みを確かめられません(%s)",
                        "%s: cannot be brought safely to the disk (%s)"),
                   path, tb_db_why(err));
}

/* 0 or errno */
static int sync_one(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) return errno;
    int err = fsync(fd) != 0 ? errno : 0;
    (void)close(fd);
    return err;
}

enum tb_code tb_db_sync_name(const char *path, struct tb_err *e)
{
    char *dir = tb_xstrdup(path);
    char *slash = strrchr(dir, '/');
    if (slash == dir)
        dir[1] = '\0';
    else if (slash != NULL)
        *slash = '\0';
    int err = sync_one(slash != NULL ? dir : ".", O_RDONLY | O_DIRECTORY);
    free(dir);
    return err == 0 ? TB_OK : unsafe(path, err, e);
}

/* synchronous: FULL and, because the journal is a file that a commit deletes, EXTRA: the directory is synced
 * after the deletion. With FULL alone a power cut can bring the journal back, and with it the state before an
 * acknowledged commit. */
static const char opening[] =
    "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA recursive_triggers=ON;"
    "PRAGMA cell_size_check=ON; PRAGMA synchronous=EXTRA;";

/* SQLite's own wait sleeps longer and longer, so whoever came late to a busy file stays late. Who wants to
 * write stands in the queue, and its first sleeps shortly; further behind one need not look as often. */
static int wait_for_lock(void *arg, int tries)
{
    struct tb_db *db = arg;
    if (tries == 0) db->waiting_since = tb_clock_seconds();
    if (db->beginning && !db->queue && db->busy_ms > 0) db->queue = tb_queue_join(db->path);
    int place;
    do {
        if ((tb_clock_seconds() - db->waiting_since) * 1000 >= db->busy_ms) return 0;
        place = db->queue ? tb_queue_place(db->queue) : 0;
        db->jitter = db->jitter * 1103515245U + 12345U;
        (void)usleep(500 + (db->jitter >> 16) % 1000 + 1000 * (unsigned)place);
    } while (place > 0);
    return 1;
}

static void leave_queue(struct tb_db *db)
{
    tb_queue_leave(db->queue);
    db->queue = NULL;
}

enum tb_code tb_db_open(const char *path, int busy_ms, struct tb_db **out, struct tb_err *e)
{
    struct tb_db *db = tb_xcalloc(1, sizeof *db);
    db->path = tb_xstrdup(path);
    /* ":memory:" is a file name like any other here. */
    struct tb_buf name = {0};
    tb_buf_addf(&name, "%s%s", path[0] == ':' ? "./" : "", path);
    /* Each has its own connection and no two threads share one, so SQLite need not lock at every step. */
    int rc = sqlite3_open_v2(tb_buf_str(&name), &db->handle,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, NULL);
    tb_buf_free(&name);
    if (rc != SQLITE_OK) failed(db, rc, NULL);
    if (tb_db_ok(db)) {
        db->busy_ms = busy_ms;
        db->jitter = (unsigned)getpid() ^ (unsigned)(uintptr_t)db;
        (void)sqlite3_busy_handler(db->handle, wait_for_lock, db);
        (void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        /* "name" is a column and nothing else: where the column is missing SQLite would take it for a text.
         */
        (void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
        (void)sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
        (void)sqlite3_commit_hook(db->handle, on_commit, db);
    }
    tb_db_exec(db, opening);
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) {
        tb_db_close(db);
        return code;
    }
    *out = db;
    return TB_OK;
}

void tb_db_close(struct tb_db *db)
{
    if (db == NULL) return;
    tb_db_rollback(db);
    for (size_t i = 0; i < db->n; i++) {
        (void)sqlite3_finalize(db->cache[i]->stmt);
        free(db->cache[i]->text);
        free(db->cache[i]);
    }
    free(db->cache);
    (void)sqlite3_close(db->handle);
    free(db->path);
    free(db);
}

const char *tb_db_path(const struct tb_db *db) { return db->path; }

/* ---- statements ---------------------------------------------------------------------------- */

void tb_db_exec(struct tb_db *db, const char *sql)
{
    if (!tb_db_ok(db)) return;
    int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    if (rc != SQLITE_OK) failed(db, rc, sql);
}

int64_t tb_db_value(struct tb_db *db, const char *sql)
{
    struct tb_sql *q = tb_sql(db, sql);
    int64_t value = 0;
    if (tb_sql_row(q)) value = tb_sql_get_int(q, 0);
    tb_sql_end(q);
    return value;
}

struct tb_sql *tb_sql(struct tb_db *db, const char *text)
{
    if (!tb_db_ok(db)) return NULL;
    for (size_t i = 0; i < db->n; i++) {
        struct tb_sql *q = db->cache[i];
        if (strcmp(q->text, text) != 0) continue;
        if (sqlite3_stmt_busy(q->stmt)) TB_BUG("statement used while its rows are being read: %s", text);
        return q;
    }
    sqlite3_stmt *stmt = NULL;
    const char *rest = NULL;
    int rc = sqlite3_prepare_v3(db->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, &rest);
    if (rc != SQLITE_OK) {
        failed(db, rc, text);
        return NULL;
    }
    if (stmt == NULL || *rest != '\0') TB_BUG("not exactly one statement: %s", text);
    struct tb_sql *q = tb_xcalloc(1, sizeof *q);
    *q = (struct tb_sql){.db = db, .stmt = stmt, .text = tb_xstrdup(text)};
    *TB_PUSH(db->cache, db->n, db->cap) = q;
    return q;
}

static int parameter(const struct tb_sql *q, const char *name)
{
    int n = sqlite3_bind_parameter_count(q->stmt);
    for (int i = 1; i <= n; i++) {
        const char *known = sqlite3_bind_parameter_name(q->stmt, i);
        if (known != NULL && strcmp(known + 1, name) == 0) return i;
    }
    TB_BUG("no value named \"%s\" in: %s", name, q->text);
}

static bool live(const struct tb_sql *q) { return q != NULL && tb_db_ok(q->db); }

static void bound(struct tb_sql *q, int rc)
{
    if (rc != SQLITE_OK) failed(q->db, rc, q->text);
}

void tb_sql_int(struct tb_sql *q, const char *name, int64_t value)
{
    if (live(q)) bound(q, sqlite3_bind_int64(q->stmt, parameter(q, name), value));
}

void tb_sql_textn(struct tb_sql *q, const char *name, const char *text, size_t len)
{
    if (live(q))
        bound(q, sqlite3_bind_text64(q->stmt, parameter(q, name), text, len, SQLITE_TRANSIENT, SQLITE_UTF8));
}

void tb_sql_text(struct tb_sql *q, const char *name, const char *value)
{
    if (value != NULL)
        tb_sql_textn(q, name, value, strlen(value));
    else if (live(q))
        bound(q, sqlite3_bind_null(q->stmt, parameter(q, name)));
}

void tb_sql_bytes(struct tb_sql *q, const char *name, const void *bytes, size_t len)
{
    /* No bytes are a value too; a null pointer would store NULL. */
    if (live(q))
        bound(q,
              sqlite3_bind_blob64(q->stmt, parameter(q, name), len > 0 ? bytes : "", len, SQLITE_TRANSIENT));
}

void tb_sql_date(struct tb_sql *q, const char *name, tb_day value)
{
    char text[64];
    tb_sql_text(q, name, tb_format_date(value, text, sizeof text));
}

void tb_sql_instant(struct tb_sql *q, const char *name, tb_minute value)
{
    char text[64];
    tb_sql_text(q, name, tb_format_instant(value, text, sizeof text));
}

void tb_sql_end(struct tb_sql *q)
{
    if (q == NULL) return;
    (void)sqlite3_reset(q->stmt); /* tells again what the last step told */
    (void)sqlite3_clear_bindings(q->stmt);
}

bool tb_sql_row(struct tb_sql *q)
{
    if (q == NULL) return false;
    if (tb_db_ok(q->db)) {
        int rc = sqlite3_step(q->stmt);
        if (rc == SQLITE_ROW) return true;
        if (rc != SQLITE_DONE) failed(q->db, rc, q->text);
    }
    tb_sql_end(q);
    return false;
}

void tb_sql_run(struct tb_sql *q)
{
    if (tb_sql_row(q)) TB_BUG("rows nobody reads: %s", q->text);
}

int64_t tb_sql_get_int(struct tb_sql *q, int column) { return sqlite3_column_int64(q->stmt, column); }

bool tb_sql_is_null(struct tb_sql *q, int column)
{
    return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

const char *tb_sql_get_text(struct tb_sql *q, int column)
{
    const unsigned char *text = sqlite3_column_text(q->stmt, column);
    if (text != NULL) return (const char *)text;
    if (tb_sql_is_null(q, column)) return "";
    failed(q->db, SQLITE_NOMEM, q->text);
    return "";
}

const void *tb_sql_get_bytes(struct tb_sql *q, int column, size_t *len)
{
    const void *bytes = sqlite3_column_blob(q->stmt, column);
    *len = (size_t)sqlite3_column_bytes(q->stmt, column);
    if (bytes == NULL && *len > 0) {
        failed(q->db, SQLITE_NOMEM, q->text);
        *len = 0;
    }
    return bytes;
}

static void not_ours(struct tb_sql *q, const char *value)
{
    tb_db_fail(
        q->db, TB_STORAGE,
        tb_t("%s: 「%s」は日時として読めません。内容は変えていません。別の版の toban が書いたものなら"
             "その toban を使い、この行を開発者に知らせてください。ほかのプログラムが書き換えたものなら"
             "バックアップから戻してください [SQL: %s]",
             "%s: \"%s\" cannot be read as date or time; nothing was changed; if another version of toban "
             "wrote it, use that one and report this line; if another program did, bring a backup back "
             "[SQL: %s]"),
        q->db->path, value, q->text);
}

tb_day tb_sql_get_date(struct tb_sql *q, int column)
{
    tb_day day = 0;
    const char *text = tb_sql_get_text(q, column);
    if (tb_db_ok(q->db) && !tb_parse_date(text, &day)) not_ours(q, text);
    return day;
}

tb_minute tb_sql_get_instant(struct tb_sql *q, int column)
{
    tb_minute at = 0;
    const char *text = tb_sql_get_text(q, column);
    if (tb_db_ok(q->db) && !tb_parse_instant(text, &at)) not_ours(q, text);
    return at;
}

/* ---- transactions -------------------------------------------------------------------------- */

void tb_db_begin_at(struct tb_db *db, const char *how, const char *file, int line)
{
    if (!tb_db_ok(db)) return;
    if (db->begun_file != NULL) {
        tb_db_fail(db, TB_INTERNAL,
                   tb_t("%s:%d: 処理のまとまりが二重に始まりました。先のものは %s:%d で始まっています",
                        "%s:%d: a transaction within the one that began at %s:%d"),
                   file, line, db->begun_file, db->begun_line);
        return;
    }
    char sql[32];
    (void)snprintf(sql, sizeof sql, "BEGIN %s", how);
    db->beginning = true;
    tb_sql_run(tb_sql(db, sql));
    db->beginning = false;
    if (!tb_db_ok(db)) leave_queue(db);
    if (!tb_db_ok(db)) return;
    db->begun_file = file;
    db->begun_line = line;
}

void tb_db_commit(struct tb_db *db)
{
    if (!tb_db_ok(db)) return;
    if (db->begun_file == NULL) {
        tb_db_fail(
            db, TB_INTERNAL,
            tb_t("%s: 始まっていない処理のまとまりは終えられません", "%s: commit without a transaction"),
            db->path);
        return;
    }
    db->finishing = true;
    tb_sql_run(tb_sql(db, "COMMIT"));
    db->finishing = false;
    if (!tb_db_ok(db)) return;
    db->begun_file = NULL;
    leave_queue(db);
}

void tb_db_rollback(struct tb_db *db)
{
    db->begun_file = NULL;
    /* SQLite has rolled back by itself, or nothing was open */
    if (db->handle != NULL && !sqlite3_get_autocommit(db->handle)) {
        for (size_t i = 0; i < db->n; i++) tb_sql_end(db->cache[i]);
        /* Whatever this answers, the transaction is gone: at the latest when the connection closes. */
        (void)sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    }
    leave_queue(db);
}

bool tb_db_in_transaction(const struct tb_db *db) { return db->begun_file != NULL; }

bool tb_db_read_begin(struct tb_db *db)
{
    if (!tb_db_ok(db) || !sqlite3_get_autocommit(db->handle)) return false;
    tb_sql_run(tb_sql(db, "BEGIN"));
    return tb_db_ok(db);
}

void tb_db_read_end(struct tb_db *db, bool opened)
{
    if (!opened) return;
    for (size_t i = 0; i < db->n; i++) tb_sql_end(db->cache[i]);
    if (!sqlite3_get_autocommit(db->handle)) (void)sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL);
}

/* ---- the whole file ------------------------------------------------------------------------ */

enum tb_code tb_db_copy(struct tb_db *from, const char *path, struct tb_err *e)
{
    struct tb_db *to;
    enum tb_code code = tb_db_open(path, 0, &to, e);
    if (code != TB_OK) return code;
    sqlite3_backup *b = sqlite3_backup_init(to->handle, "main", from->handle, "main");
    if (b == NULL)
        failed(to, sqlite3_extended_errcode(to->handle), NULL);
    else {
        int rc = sqlite3_backup_step(b, -1); /* in one step nobody can write in between */
        int end = sqlite3_backup_finish(b);
        if (rc != SQLITE_DONE) failed(to, end != SQLITE_OK ? end : rc, "sqlite3_backup_step");
    }
    code = tb_db_result(to, e);
    tb_db_close(to);
    if (code != TB_OK) return code;
    /* A copy that nobody uses yet may be opened besides SQLite. */
    int err = sync_one(path, O_RDONLY);
    return err != 0 ? unsafe(path, err, e) : tb_db_sync_name(path, e);
}

enum tb_code tb_db_check(struct tb_db *db, struct tb_err *e)
{
    bool opened = tb_db_read_begin(db);
    struct tb_sql *q = tb_sql(db, "PRAGMA integrity_check(1)");
    if (tb_sql_row(q) && strcmp(tb_sql_get_text(q, 0), "ok") != 0)
        tb_db_fail(db, TB_STORAGE,
                   tb_t("%s: データベースが壊れています(%s)。別のバックアップを使ってください",
                        "%s: the database is damaged (%s); use another backup"),
                   db->path, tb_sql_get_text(q, 0));
    tb_sql_end(q);
    q = tb_sql(db, "PRAGMA foreign_key_check");
    if (tb_sql_row(q))
        tb_db_fail(
            db, TB_STORAGE,
            tb_t("%s: 表 %s の行 %lld が、ない %s の行を指しています。別のバックアップを使ってください",
                 "%1$s: row %3$lld of %2$s names a row of %4$s that does not exist; use another backup"),
            db->path, tb_sql_get_text(q, 0), (long long)tb_sql_get_int(q, 1), tb_sql_get_text(q, 2));
    tb_sql_end(q);
    tb_db_read_end(db, opened);
    return tb_db_result(db, e);
}
