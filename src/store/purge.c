/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What lies before a day, kind by kind, and its end.
 */
#include "toban/store/purge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store_int.h"

/* Never published: no publication names the draft. */
#define IDLE "id NOT IN (SELECT draft FROM rosters) AND created_at < :before"
#define IDLE_DRAFT "draft IN (SELECT id FROM drafts WHERE " IDLE ")"
/* Both seats lie before the day. */
#define OLD_SWAP "max(date, coalesce(return_date, date)) < :before"
/* The last day of the survey that asked. */
#define ASKED_TO "(SELECT \"to\" FROM surveys WHERE id = survey)"

static const struct purging {
    const char *kind, *count; /* rows, first, last */
    const char *how[8];       /* none: not by this program */
} kinds[] = {
    {"wishes",
     "SELECT count(*), min(" ASKED_TO "), max(" ASKED_TO ") FROM wishes WHERE " ASKED_TO " < :before",
     {"DELETE FROM wishes WHERE " ASKED_TO " < :before"}},
    {"drafts",
     "SELECT count(*), min(created_at), max(created_at) FROM drafts WHERE " IDLE,
     {"DELETE FROM draft_edit_seats WHERE " IDLE_DRAFT, "DELETE FROM draft_edits WHERE " IDLE_DRAFT,
      "DELETE FROM draft_moves WHERE " IDLE_DRAFT, "DELETE FROM turns WHERE " IDLE_DRAFT,
      "DELETE FROM draft_seats WHERE " IDLE_DRAFT, "DELETE FROM drafts WHERE " IDLE,
      "DELETE FROM instances WHERE digest NOT IN (SELECT instance_digest FROM drafts) AND :before > ''"}},
    {"accesses",
     "SELECT count(*), min(fetched), max(fetched) FROM tokens WHERE fetched < :before",
     {"UPDATE tokens SET fetched = NULL, fetched_publication = NULL, fetched_mark = 0 WHERE fetched < "
      ":before"}},
    {"audit",
     "SELECT count(*), min(at), max(at) FROM audit WHERE at < :before AND what <> 'purge'",
     {"DELETE FROM audit WHERE at < :before AND what <> 'purge'"}},
    {"swaps",
     "SELECT count(*), min(date), max(date) FROM swaps WHERE " OLD_SWAP,
     {"DELETE FROM swap_moves WHERE swap IN (SELECT id FROM swaps WHERE " OLD_SWAP ")",
      "DELETE FROM swaps WHERE " OLD_SWAP}},
    {"deliveries",
     "SELECT count(*), min(at), max(at) FROM deliveries WHERE at < :before",
     {"DELETE FROM deliveries WHERE at < :before"}},
    {"overrides",
     "SELECT count(*), min(until), max(until) FROM route_overrides WHERE until < :before",
     {"DELETE FROM route_overrides WHERE until < :before"}},
    {"publications",
     "SELECT count(*), min(date), max(date) FROM publication_seats WHERE date < :before",
     {NULL}},
};

static const struct purging *find_kind(const char *kind)
{
    for (size_t i = 0; i < TB_COUNT(kinds); i++)
        if (strcmp(kinds[i].kind, kind) == 0) return &kinds[i];
    TB_BUG("no kind of data \"%s\"", kind);
}

bool tb_store_can_purge(const char *kind) { return find_kind(kind)->how[0] != NULL; }

enum tb_code tb_store_purgeable(tb_store *s, const char *kind, tb_day before, struct tb_purgeable *out,
                                struct tb_err *e)
{
    *out = (struct tb_purgeable){0};
    struct tb_sql *q = tb_sql(s->db, find_kind(kind)->count);
    tb_sql_date(q, "before", before);
    if (tb_sql_row(q)) {
        out->rows = tb_sql_get_int(q, 0);
        (void)snprintf(out->first, sizeof out->first, "%.10s", tb_sql_get_text(q, 1));
        (void)snprintf(out->last, sizeof out->last, "%.10s", tb_sql_get_text(q, 2));
    }
    tb_sql_end(q);
    return tb_db_result(s->db, e);
}

struct trigger {
    char *name, *sql;
};

/* All that there are, in their order; away until they are put back. */
static struct trigger *take_triggers(struct tb_db *db, size_t *n)
{
    struct trigger *v = NULL;
    size_t cap = 0;
    *n = 0;
    struct tb_sql *q =
        tb_sql(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid");
    while (tb_sql_row(q))
        *TB_PUSH(v, *n, cap) =
            (struct trigger){tb_xstrdup(tb_sql_get_text(q, 0)), tb_xstrdup(tb_sql_get_text(q, 1))};
    for (size_t i = 0; i < *n; i++) {
        struct tb_buf drop = {0};
        tb_buf_addf(&drop, "DROP TRIGGER \"%s\"", v[i].name);
        tb_db_exec(db, tb_buf_str(&drop));
        tb_buf_free(&drop);
    }
    return v;
}

static void put_triggers(struct tb_db *db, struct trigger *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        tb_db_exec(db, v[i].sql);
        free(v[i].name);
        free(v[i].sql);
    }
    free(v);
}

enum tb_code tb_store_purge(tb_store *s, const char *kind, tb_day before, struct tb_err *e)
{
    const struct purging *k = find_kind(kind);
    size_t n;
    TB_ASSERT(k->how[0] != NULL);
    tb_db_exec(s->db, "PRAGMA secure_delete=ON");
    struct trigger *triggers = take_triggers(s->db, &n);
    for (size_t i = 0; i < TB_COUNT(k->how) && k->how[i]; i++) {
        struct tb_sql *q = tb_sql(s->db, k->how[i]);
        tb_sql_date(q, "before", before);
        tb_sql_run(q);
    }
    put_triggers(s->db, triggers, n);
    tb_db_exec(s->db, "DELETE FROM blobs"); /* made again from what is kept */
    tb_moved(s->db, kind);
    return tb_db_result(s->db, e);
}
