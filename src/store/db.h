/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * db: one connection to one SQLite file, for the files of this room only.
 *
 * The first failure sticks to the connection: from then on every call does nothing and every row loop ends,
 * until tb_db_result() hands the failure out and clears it. So a function reads as a straight line of
 * statements and ends with `return tb_db_result(db, e)`.
 */
#ifndef TOBAN_STORE_DB_H
#define TOBAN_STORE_DB_H

#include "toban/base/base.h"

struct tb_db;
struct tb_sql; /* a statement, owned by the connection */

/* The file must exist (an empty one is an empty database). Waits `busy_ms` for locks. Opened for reading only
 * when the operating system allows no more. */
TB_MUST_USE enum tb_code tb_db_open(const char *path, int busy_ms, struct tb_db **out, struct tb_err *e);
void tb_db_close(struct tb_db *db); /* rolls back what is open; NULL is fine */
const char *tb_db_path(const struct tb_db *db);

/* Makes an empty file that was not there before; TB_REFUSED when the name is in use. */
TB_MUST_USE enum tb_code tb_db_claim(const char *path, struct tb_err *e);
/* Words for an errno, in the language set. */
const char *tb_db_why(int err);
/* Makes the name of a file survive a power cut, as it is after it was made or renamed: fsync of its
 * directory. The file itself is not opened: nobody but SQLite opens a file that is in use, since closing it
 * would drop the locks of every connection that this process has on it. */
TB_MUST_USE enum tb_code tb_db_sync_name(const char *path, struct tb_err *e);

bool tb_db_ok(const struct tb_db *db);
/* The failure that stuck, or TB_OK; clears it. */
enum tb_code tb_db_result(struct tb_db *db, struct tb_err *e);
/* Makes a failure stick; does nothing when there is one already. */
void tb_db_fail(struct tb_db *db, enum tb_code code, const char *fmt, ...) TB_PRINTF(3, 4);

/* Runs statements that give no rows and take no values. */
void tb_db_exec(struct tb_db *db, const char *sql);
/* First column of the first row; 0 when there is none. */
int64_t tb_db_value(struct tb_db *db, const char *sql);

/* The statement with this text, compiled once per connection. NULL after a failure; everything below takes
 * NULL. A statement still in the middle of its rows may not be asked for again (a bug, ends the process). */
struct tb_sql *tb_sql(struct tb_db *db, const char *text);
/* Values by name without the colon. A name that is not in the statement is a bug and ends the process. Bytes
 * are copied. */
void tb_sql_int(struct tb_sql *q, const char *name, int64_t value);
/* NULL stores NULL */
void tb_sql_text(struct tb_sql *q, const char *name, const char *value);
void tb_sql_bytes(struct tb_sql *q, const char *name, const void *bytes, size_t len); /* BLOB */
void tb_sql_textn(struct tb_sql *q, const char *name, const char *text, size_t len);
void tb_sql_date(struct tb_sql *q, const char *name, tb_day value);
void tb_sql_instant(struct tb_sql *q, const char *name, tb_minute value);
/* Next row? At the end, and on failure, the statement is reset and its values are cleared. */
bool tb_sql_row(struct tb_sql *q);
void tb_sql_run(struct tb_sql *q); /* no rows wanted */
void tb_sql_end(struct tb_sql *q); /* leave before the last row */

/* Columns of the row at hand, from 0. Text and bytes live until the next row. */
int64_t tb_sql_get_int(struct tb_sql *q, int column);
const char *tb_sql_get_text(struct tb_sql *q, int column); /* "" for NULL */
const void *tb_sql_get_bytes(struct tb_sql *q, int column, size_t *len);
bool tb_sql_is_null(struct tb_sql *q, int column);
tb_day tb_sql_get_date(struct tb_sql *q, int column);       /* what is no date makes a failure stick */
tb_minute tb_sql_get_instant(struct tb_sql *q, int column); /* the same */

/* `how`: "IMMEDIATE" or "EXCLUSIVE". The place is told when a second one is begun inside. */
void tb_db_begin_at(struct tb_db *db, const char *how, const char *file, int line);
#define TB_DB_BEGIN(db, how) tb_db_begin_at((db), (how), __FILE__, __LINE__)
void tb_db_commit(struct tb_db *db);
void tb_db_rollback(struct tb_db *db); /* keeps the failure that stuck */
bool tb_db_in_transaction(const struct tb_db *db);
/* Several reads that must see one state: joins the transaction that is open, else opens one for reading.
 * The result goes to tb_db_read_end. */
bool tb_db_read_begin(struct tb_db *db);
void tb_db_read_end(struct tb_db *db, bool opened);

/* Copies the database of `from` into the file `path`, which exists and is empty or a database; synced to
 * disk. */
TB_MUST_USE enum tb_code tb_db_copy(struct tb_db *from, const char *path, struct tb_err *e);
/* Pages, rows, indices and references. TB_STORAGE with the first finding. */
TB_MUST_USE enum tb_code tb_db_check(struct tb_db *db, struct tb_err *e);

/* ---- queue.c: whose turn it is to write ---- */

struct tb_queue;
/* Joins the queue of the data file at its end; never fails. */
struct tb_queue *tb_queue_join(const char *data);
/* Moves up; how many places are before him now, 0: it is his turn. */
int tb_queue_place(struct tb_queue *q);
void tb_queue_leave(struct tb_queue *q); /* NULL is fine */

#endif
