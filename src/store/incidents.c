/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Overrides of the routing table. Rows are added and never changed; the end is part of the row, so nobody has
 * to take it back.
 */
#include "toban/domain/incidents.h"

#include "store_int.h"

enum tb_code tb_store_add_incident(struct tb_store *s, struct tb_incident_row *x, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(s->db, "INSERT INTO route_overrides (entered_at, \"by\", kind, provider, duty, "
                                     "other, \"from\", until, phone, note, reason, source, supersedes)\n"
                                     "  VALUES (:entered_at, :by, :kind, :provider, :duty, :other, :from, "
                                     ":until, :phone, :note, :reason, :source, :supersedes)");
    tb_sql_instant(q, "entered_at", x->entered_at);
    tb_sql_text(q, "by", x->by);
    tb_sql_text(q, "kind", x->kind);
    tb_sql_text(q, "provider", x->provider);
    tb_sql_text(q, "duty", x->duty);
    tb_sql_text(q, "other", x->other);
    tb_sql_instant(q, "from", x->from);
    tb_sql_instant(q, "until", x->until);
    tb_sql_text(q, "phone", x->phone);
    tb_sql_text(q, "note", x->note);
    tb_sql_text(q, "reason", x->reason);
    tb_sql_text(q, "source", x->source);
    tb_sql_int(q, "supersedes", x->supersedes);
    tb_sql_run(q);
    tb_moved(s->db, "route_overrides");
    x->id = tb_db_value(s->db, "SELECT max(id) FROM route_overrides");
    return tb_db_result(s->db, e);
}

#define COLUMNS \
    "id, entered_at, \"by\", kind, provider, duty, other, \"from\", until, phone, note, reason, source, " \
    "supersedes, (SELECT m.id FROM calendar_marks AS m WHERE m.what = 'override' AND m.ref = " \
    "route_overrides.id)"

static enum tb_code read_rows(struct tb_store *s, struct tb_sql *q, struct tb_incident_list *out,
                              struct tb_err *e)
{
    while (tb_sql_row(q)) {
        struct tb_arena *a = &out->arena;
        struct tb_incident_row x = {.id = tb_sql_get_int(q, 0), .entered_at = tb_sql_get_instant(q, 1)};
        x.by = tb_arena_strdup(a, tb_sql_get_text(q, 2));
        x.kind = tb_arena_strdup(a, tb_sql_get_text(q, 3));
        x.provider = tb_arena_strdup(a, tb_sql_get_text(q, 4));
        x.duty = tb_arena_strdup(a, tb_sql_get_text(q, 5));
        x.other = tb_arena_strdup(a, tb_sql_get_text(q, 6));
        x.from = tb_sql_get_instant(q, 7);
        x.until = tb_sql_get_instant(q, 8);
        x.phone = tb_arena_strdup(a, tb_sql_get_text(q, 9));
        x.note = tb_arena_strdup(a, tb_sql_get_text(q, 10));
        x.reason = tb_arena_strdup(a, tb_sql_get_text(q, 11));
        x.source = tb_arena_strdup(a, tb_sql_get_text(q, 12));
        x.supersedes = tb_sql_get_int(q, 13);
        x.mark = tb_sql_get_int(q, 14);
        *TB_PUSH(out->v, out->n, out->cap) = x;
    }
    enum tb_code c = tb_db_result(s->db, e);
    if (c != TB_OK) tb_incident_list_free(out);
    return c;
}

enum tb_code tb_store_incidents(struct tb_store *s, tb_minute at, struct tb_incident_list *out,
                                struct tb_err *e)
{
    *out = (struct tb_incident_list){0};
    struct tb_sql *q = tb_sql(
        s->db,
        "SELECT " COLUMNS " FROM route_overrides\n"
        "  WHERE (until > :at OR kind = 'disaster') AND NOT EXISTS (SELECT 1 FROM route_overrides AS later\n"
        "    WHERE later.supersedes = route_overrides.id) ORDER BY id");
    tb_sql_instant(q, "at", at);
    return read_rows(s, q, out, e);
}

enum tb_code tb_store_incidents_all(struct tb_store *s, struct tb_incident_list *out, struct tb_err *e)
{
    *out = (struct tb_incident_list){0};
    return read_rows(s, tb_sql(s->db, "SELECT " COLUMNS " FROM route_overrides ORDER BY id"), out, e);
}

enum tb_code tb_store_incident(struct tb_store *s, int64_t id, struct tb_incident_list *out, struct tb_err *e)
{
    *out = (struct tb_incident_list){0};
    struct tb_sql *q = tb_sql(s->db, "SELECT " COLUMNS
                                     " FROM route_overrides WHERE id = :id OR supersedes = :id ORDER BY id");
    tb_sql_int(q, "id", id);
    return read_rows(s, q, out, e);
}
