/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A copy of the whole file, and the way back.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_int.h"

static char *suffixed(const char *path, const char *suffix)
{
    struct tb_buf b = {0};
    tb_buf_addf(&b, "%s%s", path, suffix);
    return tb_buf_take(&b);
}

static enum tb_code in_use(const char *path, struct tb_err *e)
{
    return tb_fail(e, TB_REFUSED,
                   tb_t("%s: 同じ名前のものがあります。上書きはしません。別の名前を指定してください",
                        "%s: the name is in use and will not be overwritten; give another name"),
                   path);
}

static enum tb_code no_rename(const char *path, int err, struct tb_err *e)
{
    return tb_fail(e, TB_STORAGE, tb_t("%s: この名前にできません(%s)", "%s: cannot be given this name (%s)"),
                   path, tb_db_why(err));
}

/* Copies into a new file `part`, reads it back and checks it. Nothing is left on failure. */
static enum tb_code checked_copy(struct tb_db *from, const char *part, struct tb_err *e)
{
    (void)unlink(part); /* of an attempt that was cut short */
    enum tb_code code = tb_db_claim(part, e);
    if (code != TB_OK) return code;
    code = tb_db_copy(from, part, e);
    struct tb_db *copy = NULL;
    if (code == TB_OK) code = tb_db_open(part, 0, &copy, e);
    if (code == TB_OK) code = tb_db_check(copy, e);
    tb_db_close(copy);
    if (code != TB_OK) (void)unlink(part);
    return code;
}

enum tb_code tb_store_backup(tb_store *s, const char *to, struct tb_err *e)
{
    if (tb_db_in_transaction(s->db))
        return tb_fail(e, TB_INTERNAL, "tb_store_backup: %s", tb_t("処理の途中です", "inside a transaction"));
    if (tb_file_exists(to)) return in_use(to, e);
    char *part = suffixed(to, ".part");
    enum tb_code code = checked_copy(s->db, part, e);
    if (code == TB_OK) {
        code = tb_file_exists(to)      ? in_use(to, e)
               : rename(part, to) != 0 ? no_rename(to, errno, e)
                                       : tb_db_sync_name(to, e);
        if (code != TB_OK) (void)unlink(part);
    }
    free(part);
    return code;
}

/* The file that is replaced stays as `path`.old, together with the journal of a crash, which would spoil the
 * new one. Its name is taken at once from the old file to the new, so there is a database of that name at any
 * moment. */
static enum tb_code exchange(const char *path, const char *part, struct tb_err *e)
{
    char *old = suffixed(path, ".old"), *journal = suffixed(path, "-journal"),
         *old_journal = suffixed(path, ".old-journal");
    enum tb_code code = TB_OK;
    (void)unlink(old);
    (void)unlink(old_journal);
    /* A file system without links gets a moment without the name instead. */
    if (tb_file_exists(path) && link(path, old) != 0 && rename(path, old) != 0)
        code = no_rename(old, errno, e);
    if (code == TB_OK && rename(journal, old_journal) != 0 && errno != ENOENT)
        code = no_rename(old_journal, errno, e);
    if (code == TB_OK && rename(part, path) != 0) code = no_rename(path, errno, e);
    if (code == TB_OK) code = tb_db_sync_name(path, e);
    free(old);
    free(journal);
    free(old_journal);
    return code;
}

enum tb_code tb_store_restore(const char *from, const char *path, struct tb_err *e)
{
    if (!tb_file_exists(from))
        return tb_fail(e, TB_STORAGE, tb_t("%s: そのバックアップがありません", "%s: there is no such backup"),
                       from);
    struct tb_db *source = NULL, *now = NULL;
    tb_lease *alone;
    enum tb_code code = tb_store_lease_alone(path, &alone, e);
    if (code != TB_OK) return code;
    char *part = suffixed(path, ".part");
    int64_t version;
    code = tb_db_open(from, TB_STORE_BUSY_MS, &source, e);
    if (code == TB_OK) code = tb_schema_recognise(source, &version, e);
    if (code == TB_OK) code = tb_db_check(source, e);
    if (code == TB_OK) {
        tb_db_verify(source, true);
        code = tb_db_result(source, e);
    }
    if (code == TB_OK) code = checked_copy(source, part, e);
    tb_db_close(source);
    /* Nobody may be writing while the files are exchanged. A damaged file cannot be locked and needs no lock.
     */
    if (code == TB_OK && tb_file_exists(path) && tb_db_open(path, TB_STORE_BUSY_MS, &now, NULL) == TB_OK) {
        TB_DB_BEGIN(now, "EXCLUSIVE");
        struct tb_err lock = {0};
        if (tb_db_result(now, &lock) == TB_BUSY) code = tb_fail(e, TB_BUSY, "%s", lock.text);
    }
    if (code == TB_OK) code = exchange(path, part, e);
    tb_db_close(now);
    if (code != TB_OK) (void)unlink(part);
    free(part);
    tb_store_lease_end(alone);
    return code;
}
