/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening, transactions, the audit trail and blobs.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_int.h"

/* Nothing is kept of a file that could not be made. */
static enum tb_code create(const char *path, int busy_ms, struct tb_db **out, struct tb_err *e)
{
    enum tb_code code = tb_db_claim(path, e);
    if (code != TB_OK) return code;
    struct tb_db *db = NULL;
    code = tb_db_open(path, busy_ms, &db, e);
    if (code == TB_OK) code = tb_schema_migrate(db, false, e);
    if (code == TB_OK) code = tb_db_sync_name(path, e); /* the commit has brought the content to the disk */
    if (code == TB_OK) {
        *out = db;
        return TB_OK;
    }
    tb_db_close(db);
    (void)unlink(path);
    return code;
}

static enum tb_code open_existing(const char *path, enum tb_store_mode mode, int busy_ms, struct tb_db **out,
                                  struct tb_err *e)
{
    if (!tb_file_exists(path))
        return tb_fail(
            e, TB_STORAGE,
            tb_t("%s: データベースがありません。--db で正しいファイルを指定するか、toban init "
                 "で作ってください",
                 "%s: there is no such database; name the right file with --db, or make one with toban init"),
            path);
    struct tb_db *db = NULL;
    int64_t version = 0;
    enum tb_code code = tb_db_open(path, busy_ms, &db, e);
    if (code == TB_OK) code = tb_schema_recognise(db, &version, e);
    if (code == TB_OK && version < TB_SCHEMA_VERSION && mode != TB_STORE_WRITE)
        code = tb_fail(e, TB_STORAGE,
                       tb_t("%s: "
                            "古い形式（%"
                            "lld）のデータベースです。書き込むコマンドを一度実行すると、控えを取って新しい形"
                            "式（%d）になります",
                            "%s: a database of the older format %lld; any command that writes makes a copy "
                            "and brings it to format %d"),
                       path, (long long)version, TB_SCHEMA_VERSION);
    else if (code == TB_OK && version < TB_SCHEMA_VERSION)
        code = tb_schema_migrate(db, true, e);
    if (code == TB_OK) {
        /* Reading rolls back what a crash left, so even a reader opens for writing; this keeps it from more.
         */
        tb_db_exec(db, mode == TB_STORE_READ ? "PRAGMA query_only=ON" : "PRAGMA journal_mode=DELETE");
        code = tb_db_result(db, e);
    }
    if (code != TB_OK) {
        tb_db_close(db);
        return code;
    }
    *out = db;
    return TB_OK;
}

enum tb_code tb_store_open_busy(const char *path, enum tb_store_mode mode, int busy_ms, tb_store **out,
                                struct tb_err *e)
{
    struct tb_db *db = NULL;
    enum tb_code code =
        mode == TB_STORE_CREATE ? create(path, busy_ms, &db, e) : open_existing(path, mode, busy_ms, &db, e);
    if (code != TB_OK) return code;
    tb_store *s = tb_xcalloc(1, sizeof *s);
    *s = (tb_store){.db = db, .mode = mode};
    *out = s;
    return TB_OK;
}

enum tb_code tb_store_open(const char *path, enum tb_store_mode mode, tb_store **out, struct tb_err *e)
{
    return tb_store_open_busy(path, mode, TB_STORE_BUSY_MS, out, e);
}

void tb_store_close(tb_store *s)
{
    if (s == NULL || s->others-- > 0) return;
    tb_facts_drop(s);
    tb_db_close(s->db);
    free(s);
}

tb_store *tb_store_share(tb_store *s)
{
    TB_ASSERT(s->mode == TB_STORE_READ);
    s->others++;
    return s;
}

enum tb_code tb_store_begin_at(tb_store *s, const char *file, int line, struct tb_err *e)
{
    if (s->mode == TB_STORE_READ)
        return tb_fail(e, TB_INTERNAL,
                       tb_t("%s:%d: 読むために開いたデータベースに書こうとしました",
                            "%s:%d: writing to a database opened for reading"),
                       file, line);
    tb_db_begin_at(s->db, "IMMEDIATE", file, line);
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_hold(tb_store *s, struct tb_err *e)
{
    TB_ASSERT(s->mode == TB_STORE_READ);
    (void)tb_db_read_begin(s->db);
    s->held = true;
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_commit(tb_store *s, struct tb_err *e)
{
    if (s->mode == TB_STORE_TRY)
        tb_db_rollback(s->db);
    else
        tb_db_commit(s->db);
    return tb_db_result(s->db, e);
}

void tb_store_rollback(tb_store *s) { tb_db_rollback(s->db); }

enum tb_code tb_store_audit(tb_store *s, tb_minute at, const char *who, const char *what, const char *detail,
                            struct tb_err *e)
{
    struct tb_sql *q =
        tb_sql(s->db, "INSERT INTO audit (at, who, what, detail) VALUES (:at, :who, :what, :detail)");
    tb_sql_instant(q, "at", at);
    tb_sql_text(q, "who", who);
    tb_sql_text(q, "what", what);
    tb_sql_text(q, "detail", detail);
    tb_sql_run(q);
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_put_blob(tb_store *s, const char *name, const void *bytes, size_t len, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(s->db, "INSERT INTO blobs (name, bytes) VALUES (:name, :bytes) ON CONFLICT "
                                     "(name) DO UPDATE SET bytes = excluded.bytes");
    tb_sql_text(q, "name", name);
    tb_sql_bytes(q, "bytes", bytes, len);
    tb_sql_run(q);
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_get_blob(tb_store *s, const char *name, char **bytes, size_t *len, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(s->db, "SELECT bytes FROM blobs WHERE name = :name");
    tb_sql_text(q, "name", name);
    struct tb_buf b = {0};
    bool found = tb_sql_row(q);
    if (found) {
        size_t n;
        const void *at = tb_sql_get_bytes(q, 0, &n);
        tb_buf_addn(&b, at, n);
    }
    tb_sql_end(q);
    enum tb_code code = tb_db_result(s->db, e);
    if (code == TB_OK && !found)
        code = tb_fail(e, TB_NO, tb_t("%s: 「%s」は保存されていません", "%s: holds no \"%s\""),
                       tb_db_path(s->db), name);
    if (code != TB_OK) {
        tb_buf_free(&b);
        return code;
    }
    *len = b.len;
    *bytes = tb_buf_take(&b);
    return TB_OK;
}
