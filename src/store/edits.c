/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log of a draft that is worked on by hand: edits, and which of them were taken back. Nothing is ever
 * taken out of it.
 */
#include <stdlib.h>
#include <string.h>

#include "store_int.h"
#include "toban/store/records.h"

static const char *const acts[] = {
    [TB_EDIT_SEATS] = "edit", [TB_EDIT_UNDO] = "undo", [TB_EDIT_REDO] = "redo"};

const char *tb_edit_word(enum tb_edit_act act) { return acts[act]; }

static enum tb_edit_act act_of(const char *word)
{
    size_t i = TB_COUNT(acts) - 1;
    while (i > 0 && strcmp(acts[i], word) != 0) i--;
    return (enum tb_edit_act)i;
}

void tb_edits_free(struct tb_edit *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].by);
        free(v[i].seats);
    }
    free(v);
}

/* Revisions run on from 1 without gaps. */
static struct tb_edit *edit_at(struct tb_edit *v, size_t n, int64_t revision)
{
    return revision >= 1 && revision <= (int64_t)n ? &v[revision - 1] : NULL;
}

/* All acts in order, marked, without the seats. */
static struct tb_edit *read_acts(struct tb_db *db, int64_t draft, size_t *n)
{
    struct tb_edit *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_sql *q =
        tb_sql(db, "SELECT revision, act, of, objective, open_seats, at, \"by\" FROM draft_edits "
                   "WHERE draft = :draft ORDER BY revision");
    tb_sql_int(q, "draft", draft);
    while (tb_sql_row(q)) {
        struct tb_edit x = {.revision = tb_sql_get_int(q, 0),
                            .act = act_of(tb_sql_get_text(q, 1)),
                            .of = tb_sql_get_int(q, 2),
                            .objective = tb_sql_get_int(q, 3),
                            .open_seats = (int)tb_sql_get_int(q, 4),
                            .at = tb_sql_get_instant(q, 5),
                            .by = tb_xstrdup(tb_sql_get_text(q, 6))};
        *TB_PUSH(v, count, cap) = x;
        struct tb_edit *of = x.act == TB_EDIT_SEATS ? NULL : edit_at(v, count, x.of);
        if (of) of->undone = x.act == TB_EDIT_UNDO;
    }
    *n = count;
    return v;
}

static void read_seats(struct tb_db *db, int64_t draft, const struct tb_region *r, struct tb_edit *v,
                       size_t n)
{
    struct tb_names names = {0};
    struct tb_sql *q =
        tb_sql(db, "SELECT revision, duty, band, date, role, seat, went, came FROM draft_edit_seats "
                   "WHERE draft = :draft ORDER BY revision, date, duty, band, role, seat");
    tb_sql_int(q, "draft", draft);
    while (tb_sql_row(q)) {
        struct tb_edit *x = edit_at(v, n, tb_sql_get_int(q, 0));
        int band = tb_names_band(&names, db, r, tb_sql_get_text(q, 1), tb_sql_get_text(q, 2));
        struct tb_edit_seat seat = {
            .seat = {.duty = names.duty,
                     .date = tb_sql_get_date(q, 3),
                     .band = band,
                     .role = tb_role_of(tb_sql_get_text(q, 4)),
                     .seat = (int)tb_sql_get_int(q, 5),
                     .provider = tb_sql_is_null(q, 7) ? -1 : tb_names_provider(db, r, tb_sql_get_text(q, 7))},
            .went = tb_sql_is_null(q, 6) ? -1 : tb_names_provider(db, r, tb_sql_get_text(q, 6))};
        if (x) *TB_PUSH(x->seats, x->n, x->cap) = seat;
    }
}

void tb_edits_apply(struct tb_db *db, int64_t draft, const struct tb_region *r, struct tb_seat_row *rows,
                    size_t n)
{
    size_t count;
    struct tb_edit *v = read_acts(db, draft, &count);
    if (count) read_seats(db, draft, r, v, count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < v[i].n && !v[i].undone; k++)
            for (size_t at = 0; at < n; at++)
                if (tb_seat_row_compare(&rows[at], &v[i].seats[k].seat) == 0)
                    rows[at].provider = v[i].seats[k].seat.provider;
    tb_edits_free(v, count);
}

struct tb_edited tb_edits_state(struct tb_db *db, int64_t draft)
{
    size_t n;
    struct tb_edit *v = read_acts(db, draft, &n);
    struct tb_edited x = {.revision = (int64_t)n};
    for (size_t i = 0; i < n; i++) x.in_force += v[i].act == TB_EDIT_SEATS && !v[i].undone;
    if (n) {
        x.objective = v[n - 1].objective;
        x.open_seats = v[n - 1].open_seats;
    }
    tb_edits_free(v, n);
    return x;
}

enum tb_code tb_store_edits(tb_store *s, int64_t draft, const struct tb_region *r, struct tb_edit **out,
                            size_t *n, struct tb_err *e)
{
    size_t count;
    struct tb_edit *v = read_acts(s->db, draft, &count);
    read_seats(s->db, draft, r, v, count);
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) {
        tb_edits_free(v, count);
        return code;
    }
    *out = v;
    *n = count;
    return TB_OK;
}

const struct tb_edit *tb_edit_to_undo(const struct tb_edit *v, size_t n)
{
    for (size_t i = n; i-- > 0;)
        if (v[i].act == TB_EDIT_SEATS && !v[i].undone) return &v[i];
    return NULL;
}

const struct tb_edit *tb_edit_to_redo(const struct tb_edit *v, size_t n)
{
    const struct tb_edit *first = NULL;
    /* What was taken back before the latest edit was made cannot come again: the edit stands in its place. */
    for (size_t i = n; i-- > 0 && v[i].act != TB_EDIT_SEATS;) {
        const struct tb_edit *of = &v[v[i].of - 1];
        if (of->undone && (!first || of->revision < first->revision)) first = of;
    }
    return first;
}

static void add_seats(struct tb_db *db, int64_t draft, int64_t revision, const struct tb_region *r,
                      const struct tb_edit *x)
{
    struct tb_sql *q =
        tb_sql(db, "INSERT INTO draft_edit_seats (draft, revision, date, duty, band, role, seat, "
                   "went, came) VALUES (:draft, :revision, :date, :duty, :band, :role, :seat, :went, "
                   ":came)");
    for (size_t i = 0; i < x->n && tb_db_ok(db); i++) {
        const struct tb_seat_row *seat = &x->seats[i].seat;
        const int went = x->seats[i].went;
        tb_sql_int(q, "draft", draft);
        tb_sql_int(q, "revision", revision);
        tb_sql_date(q, "date", seat->date);
        tb_sql_text(q, "duty", r->duties[seat->duty].id);
        tb_sql_text(q, "band", r->bands[seat->band].id);
        tb_sql_text(q, "role", tb_role_word(seat->role));
        tb_sql_int(q, "seat", seat->seat);
        tb_sql_text(q, "went", went >= 0 ? r->providers[went].id : NULL);
        tb_sql_text(q, "came", seat->provider >= 0 ? r->providers[seat->provider].id : NULL);
        tb_sql_run(q);
    }
}

enum tb_code tb_store_add_edit(tb_store *s, int64_t draft, const struct tb_region *r, struct tb_edit *x,
                               struct tb_err *e)
{
    struct tb_db *db = s->db;
    if (!tb_db_in_transaction(db))
        return tb_fail(e, TB_INTERNAL, "tb_store_add_edit: %s",
                       tb_t("処理のまとまりの外です", "outside a transaction"));
    const int64_t revision = tb_edits_state(db, draft).revision + 1;
    struct tb_sql *q =
        tb_sql(db, "INSERT INTO draft_edits (draft, revision, act, of, objective, open_seats, at, "
                   "\"by\") VALUES (:draft, :revision, :act, iif(:of = 0, NULL, :of), :objective, :open, "
                   ":at, :by)");
    tb_sql_int(q, "draft", draft);
    tb_sql_int(q, "revision", revision);
    tb_sql_text(q, "act", acts[x->act]);
    tb_sql_int(q, "of", x->of);
    tb_sql_int(q, "objective", x->objective);
    tb_sql_int(q, "open", x->open_seats);
    tb_sql_instant(q, "at", x->at);
    tb_sql_text(q, "by", x->by);
    tb_sql_run(q);
    add_seats(db, draft, revision, r, x);
    tb_moved(db, "drafts");
    enum tb_code code = tb_db_result(db, e);
    if (code == TB_OK) x->revision = revision;
    return code;
}
