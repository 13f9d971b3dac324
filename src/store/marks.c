/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was entered that calendars tell, in its order: publications, names and overrides by themselves (by
 * triggers), wordings and settings by whoever changes them.
 */
#include <stdlib.h>
#include <string.h>

#include "store_int.h"
#include "toban/store/records.h"

static const char *const words[TB_MARK_COUNT] = {
    [TB_MARK_PUBLICATION] = "publication", [TB_MARK_NAME] = "name",       [TB_MARK_OVERRIDE] = "override",
    [TB_MARK_WORDING] = "wording",         [TB_MARK_SETTING] = "setting", [TB_MARK_TABLE] = "table"};

static enum tb_mark_kind mark_kind(const char *word)
{
    int kind = 0;
    while (kind < TB_MARK_COUNT - 1 && strcmp(words[kind], word) != 0) kind++;
    return (enum tb_mark_kind)kind;
}

enum tb_code tb_store_marks(tb_store *s, struct tb_arena *a, struct tb_mark **out, int *n, struct tb_err *e)
{
    struct tb_mark *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_sql *q =
        tb_sql(s->db, "SELECT id, at, what, publication, feed, subject FROM calendar_marks ORDER BY id");
    while (tb_sql_row(q))
        *TB_PUSH(v, count, cap) = (struct tb_mark){.id = tb_sql_get_int(q, 0),
                                                   .at = tb_sql_get_instant(q, 1),
                                                   .kind = mark_kind(tb_sql_get_text(q, 2)),
                                                   .publication = (int)tb_sql_get_int(q, 3),
                                                   .feed = tb_arena_strdup(a, tb_sql_get_text(q, 4)),
                                                   .subject = tb_arena_strdup(a, tb_sql_get_text(q, 5))};
    enum tb_code code = tb_db_result(s->db, e);
    *out = tb_arena_alloc(a, (count + 1) * sizeof **out);
    if (count) memcpy(*out, v, count * sizeof *v);
    *n = code == TB_OK ? (int)count : 0;
    free(v);
    return code;
}

enum tb_code tb_store_add_mark(tb_store *s, const struct tb_mark *x, int64_t ref, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(s->db, "INSERT INTO calendar_marks (at, what, ref, publication, feed, subject) "
                                     "VALUES (:at, :what, :ref, (SELECT coalesce(max(number), 0) FROM "
                                     "publications), :feed, :subject)");
    tb_sql_instant(q, "at", x->at);
    tb_sql_text(q, "what", words[x->kind]);
    tb_sql_int(q, "ref", ref);
    tb_sql_text(q, "feed", x->feed);
    tb_sql_text(q, "subject", x->subject);
    tb_sql_run(q);
    tb_moved(s->db, "calendar_marks");
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_wording(tb_store *s, int64_t *out, struct tb_err *e)
{
    *out =
        tb_db_value(s->db, "SELECT ref FROM calendar_marks WHERE what = 'wording' ORDER BY id DESC LIMIT 1");
    if (*out == 0 && tb_db_value(s->db, "SELECT count(*) FROM publications") == 0) *out = TB_CALENDAR_WORDING;
    return tb_db_result(s->db, e);
}
