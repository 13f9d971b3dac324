/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading what was done: publications by number and by time, seats as they were or would be, the audit trail.
 */
#include "toban/store/records.h"

#include <stdlib.h>
#include <string.h>

#include "store_int.h"

enum tb_code tb_store_publications(tb_store *s, struct tb_publication **out, size_t *n, struct tb_err *e)
{
    struct tb_publication *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_sql *q = tb_sql(
        s->db, "SELECT number, at, digest, \"by\", note, digest_format FROM publications ORDER BY number");
    while (tb_sql_row(q)) {
        struct tb_publication p = {.number = tb_sql_get_int(q, 0),
                                   .at = tb_sql_get_instant(q, 1),
                                   .by = tb_xstrdup(tb_sql_get_text(q, 3)),
                                   .note = tb_xstrdup(tb_sql_get_text(q, 4)),
                                   .facts_of_upgrade = tb_sql_get_int(q, 5) == TB_DIGEST_SEATS};
        const char *digest = tb_sql_get_text(q, 2);
        memcpy(p.digest, digest, strnlen(digest, sizeof p.digest - 1));
        *TB_PUSH(v, count, cap) = p;
    }
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) {
        for (size_t i = 0; i < count; i++) tb_publication_free(&v[i]);
        free(v);
        return code;
    }
    *out = v;
    *n = count;
    return TB_OK;
}

enum tb_code tb_store_publication_at(tb_store *s, tb_minute at, int64_t *number, struct tb_err *e)
{
    /* Instants are text of one form and one zone, so their order is that of the text. */
    struct tb_sql *q = tb_sql(s->db, "SELECT coalesce(max(number), 0) FROM publications WHERE at <= :at");
    tb_sql_instant(q, "at", at);
    int64_t found = tb_sql_row(q) ? tb_sql_get_int(q, 0) : 0;
    tb_sql_end(q);
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) return code;
    char when[64];
    if (found == 0)
        return tb_fail(e, TB_NO,
                       tb_t("%s にはまだ何も公表されていませんでした", "nothing had been published by %s"),
                       tb_format_instant(at, when, sizeof when));
    *number = found;
    return TB_OK;
}

void tb_outlook_free(struct tb_outlook *x)
{
    free(x->seats);
    free(x->open);
    *x = (struct tb_outlook){0};
}

/* Both are in canonical order; a slot that the draft names is the draft's alone. */
static void look_out(struct tb_db *db, const struct tb_board_row *force, size_t n_force,
                     const struct tb_seat_row *planned, size_t n_draft, struct tb_outlook *out)
{
    size_t k = 0, cap_seats = 0, cap_open = 0;
    for (size_t i = 0; i < n_force || k < n_draft;) {
        int order = i == n_force ? 1 : k == n_draft ? -1 : tb_slot_compare(&force[i].seat, &planned[k]);
        if (order < 0) {
            const struct tb_board_row *f = &force[i++];
            if (f->seat.provider >= 0)
                *TB_PUSH(out->seats, out->n_seats, cap_seats) = f->seat;
            else if (!tb_seat_withdrawn(db, f->publication))
                *TB_PUSH(out->open, out->n_open, cap_open) = f->seat;
            continue;
        }
        size_t first = k;
        for (; k < n_draft && tb_slot_compare(&planned[first], &planned[k]) == 0; k++)
            if (planned[k].provider >= 0) *TB_PUSH(out->seats, out->n_seats, cap_seats) = planned[k];
        while (i < n_force && tb_slot_compare(&planned[first], &force[i].seat) == 0) i++;
    }
    for (k = 0; k < n_draft; k++)
        if (planned[k].provider < 0) *TB_PUSH(out->open, out->n_open, cap_open) = planned[k];
}

enum tb_code tb_store_outlook(tb_store *s, const struct tb_region *r, int64_t number, int64_t draft,
                              struct tb_outlook *out, struct tb_err *e)
{
    struct tb_db *db = s->db;
    size_t n_force = 0, n_draft = 0;
    struct tb_seat_row *planned = NULL;
    *out = (struct tb_outlook){0};
    bool opened = tb_db_read_begin(db);
    struct tb_board_row *force = tb_seat_states(db, r, number, true, &n_force);
    if (draft != 0) planned = tb_draft_rows(db, draft, r, &n_draft);
    if (tb_db_ok(db)) look_out(db, force, n_force, planned, n_draft, out);
    tb_db_read_end(db, opened);
    free(force);
    free(planned);
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) tb_outlook_free(out);
    return code;
}

void tb_audit_free(struct tb_audit_line *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].who);
        free(v[i].what);
        free(v[i].detail);
    }
    free(v);
}

enum tb_code tb_store_audit_lines(tb_store *s, const char *what, int64_t limit, struct tb_audit_line **out,
                                  size_t *n, struct tb_err *e)
{
    struct tb_audit_line *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_sql *q = tb_sql(
        s->db,
        "SELECT id, at, who, what, detail FROM (SELECT * FROM audit WHERE :what IS NULL OR what = :what"
        " ORDER BY id DESC LIMIT iif(:limit = 0, -1, :limit)) ORDER BY id");
    tb_sql_text(q, "what", what);
    tb_sql_int(q, "limit", limit);
    while (tb_sql_row(q))
        *TB_PUSH(v, count, cap) = (struct tb_audit_line){
            tb_sql_get_int(q, 0), tb_sql_get_instant(q, 1), tb_xstrdup(tb_sql_get_text(q, 2)),
            tb_xstrdup(tb_sql_get_text(q, 3)), tb_xstrdup(tb_sql_get_text(q, 4))};
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) {
        tb_audit_free(v, count);
        return code;
    }
    *out = v;
    *n = count;
    return TB_OK;
}

void tb_audit_line_clear(struct tb_audit_line *x)
{
    free(x->who);
    free(x->what);
    free(x->detail);
    *x = (struct tb_audit_line){0};
}

enum tb_code tb_store_audit_last(tb_store *s, const char *what, const char *detail, struct tb_audit_line *out,
                                 struct tb_err *e)
{
    struct tb_sql *q = tb_sql(s->db, "SELECT id, at, who FROM audit WHERE what = :what AND detail = :detail "
                                     "ORDER BY id DESC LIMIT 1");
    *out = (struct tb_audit_line){0};
    tb_sql_text(q, "what", what);
    tb_sql_text(q, "detail", detail);
    if (tb_sql_row(q))
        *out =
            (struct tb_audit_line){tb_sql_get_int(q, 0), tb_sql_get_instant(q, 1),
                                   tb_xstrdup(tb_sql_get_text(q, 2)), tb_xstrdup(what), tb_xstrdup(detail)};
    tb_sql_end(q);
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) tb_audit_line_clear(out);
    return code;
}

/* ---- addresses of feeds -------------------------------------------------------------------- */

void tb_tokens_free(struct tb_token *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].feed);
        free(v[i].subject);
    }
    free(v);
}

static tb_minute instant_or_none(struct tb_sql *q, int column)
{
    return tb_sql_is_null(q, column) ? TB_NEVER : tb_sql_get_instant(q, column);
}

enum tb_code tb_store_tokens(tb_store *s, struct tb_token **out, size_t *n, struct tb_err *e)
{
    struct tb_token *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_sql *q = tb_sql(s->db, "SELECT feed, subject, generation, hash, issued, revoked, fetched, "
                                     "fetched_publication, fetched_mark, "
                                     "alarm FROM tokens"
                                     " ORDER BY feed, subject, generation");
    while (tb_sql_row(q)) {
        struct tb_token t = {.feed = tb_xstrdup(tb_sql_get_text(q, 0)),
                             .subject = tb_xstrdup(tb_sql_get_text(q, 1)),
                             .generation = tb_sql_get_int(q, 2),
                             .issued = tb_sql_get_instant(q, 4),
                             .revoked = instant_or_none(q, 5),
                             .fetched = instant_or_none(q, 6),
                             .fetched_publication = tb_sql_get_int(q, 7),
                             .fetched_mark = tb_sql_get_int(q, 8),
                             .alarm = (int)tb_sql_get_int(q, 9)};
        const char *hash = tb_sql_get_text(q, 3);
        memcpy(t.hash, hash, strnlen(hash, sizeof t.hash - 1));
        *TB_PUSH(v, count, cap) = t;
    }
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) {
        tb_tokens_free(v, count);
        return code;
    }
    *out = v;
    *n = count;
    return TB_OK;
}

enum tb_code tb_store_add_token(tb_store *s, const struct tb_token *t, struct tb_err *e)
{
    struct tb_sql *q =
        tb_sql(s->db, "INSERT INTO tokens (feed, subject, generation, hash, issued, alarm) VALUES "
                      "(:feed, :subject, :generation, :hash, :issued, :alarm)");
    tb_sql_text(q, "feed", t->feed);
    tb_sql_text(q, "subject", t->subject);
    tb_sql_int(q, "generation", t->generation);
    tb_sql_text(q, "hash", t->hash);
    tb_sql_instant(q, "issued", t->issued);
    tb_sql_int(q, "alarm", t->alarm);
    tb_sql_run(q);
    tb_moved(s->db, "addresses");
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_revoke_token(tb_store *s, const char *hash, tb_minute at, struct tb_err *e)
{
    struct tb_sql *q =
        tb_sql(s->db, "UPDATE tokens SET revoked = :at WHERE hash = :hash AND revoked IS NULL");
    tb_sql_text(q, "hash", hash);
    tb_sql_instant(q, "at", at);
    tb_sql_run(q);
    tb_moved(s->db, "addresses");
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_token_alarm(tb_store *s, const char *hash, int minutes, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(s->db, "UPDATE tokens SET alarm = :alarm WHERE hash = :hash");
    tb_sql_text(q, "hash", hash);
    tb_sql_int(q, "alarm", minutes);
    tb_sql_run(q);
    tb_moved(s->db, "addresses");
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_token_fetched(tb_store *s, const char *hash, tb_minute at,
                                    const struct tb_fetched_state *state, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(s->db, "UPDATE tokens SET fetched = :at, fetched_publication = :publication, "
                                     "fetched_mark = :mark WHERE hash = :hash");
    tb_sql_text(q, "hash", hash);
    tb_sql_instant(q, "at", at);
    tb_sql_int(q, "publication", state->publication);
    tb_sql_int(q, "mark", state->mark);
    tb_sql_run(q);
    return tb_db_result(s->db, e);
}
