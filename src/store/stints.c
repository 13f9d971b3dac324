/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who came into a slot and who left it, publication by publication. Seats say this seat by seat; a person's
 * own calendar needs it person by person: who moves from one seat of a slot to another has neither come nor
 * gone, and who comes back goes on counting where he left off.
 */
#include <stdlib.h>

#include "store_int.h"
#include "toban/store/records.h"

enum { SEATS_MAX = 64 };

struct walk {
    bool begun;
    struct tb_stint *v;
    size_t n, cap, first;    /* stints of the slot at hand begin at `first` */
    int sits[SEATS_MAX + 1]; /* provider by seat number, -1: nobody */
    struct tb_seat_row slot;
    int publication;
    tb_minute changed; /* latest change of a seat in this publication */
};

static struct tb_stint *stint_of(struct walk *w, int provider)
{
    for (size_t i = w->first; i < w->n; i++)
        if (w->v[i].seat.provider == provider) return &w->v[i];
    struct tb_stint *s = TB_PUSH(w->v, w->n, w->cap);
    *s = (struct tb_stint){.seat = w->slot, .sequence = -1};
    s->seat.provider = provider;
    return s;
}

static void turn(const struct walk *w, struct tb_stint *s, bool in)
{
    s->in = in;
    if (++s->sequence == 0) s->first = w->publication;
    s->changed = s->sequence > 0 && w->changed <= s->changed ? s->changed + 1 : w->changed;
    s->publication = w->publication;
}

/* All rows of one publication in one slot are in: who sits there now that did not, who does no longer? */
static void settle(struct walk *w)
{
    if (w->publication == 0) return;
    for (int seat = 1; seat <= SEATS_MAX; seat++) {
        if (w->sits[seat] < 0) continue;
        struct tb_stint *s = stint_of(w, w->sits[seat]);
        s->seat.seat = seat;
        if (!s->in) turn(w, s, true);
    }
    for (size_t i = w->first; i < w->n; i++) {
        bool there = false;
        for (int seat = 1; seat <= SEATS_MAX; seat++) there |= w->sits[seat] == w->v[i].seat.provider;
        if (w->v[i].in && !there) turn(w, &w->v[i], false);
    }
    w->publication = 0;
    w->changed = INT64_MIN;
}

static void take_row(struct walk *w, const struct tb_seat_row *row, int publication, tb_minute changed)
{
    bool same = w->begun && tb_slot_compare(&w->slot, row) == 0;
    if (!same || publication != w->publication) settle(w);
    if (!same) {
        w->begun = true;
        w->first = w->n;
        w->slot = *row;
        for (int k = 0; k <= SEATS_MAX; k++) w->sits[k] = -1;
    }
    w->publication = publication;
    if (changed > w->changed) w->changed = changed;
    TB_ASSERT(row->seat >= 1 && row->seat <= SEATS_MAX);
    w->sits[row->seat] = row->provider;
}

static int by_slot_and_provider(const void *a, const void *b)
{
    const struct tb_stint *x = a, *y = b;
    int c = tb_slot_compare(&x->seat, &y->seat);
    return c != 0 ? c : (x->seat.provider > y->seat.provider) - (x->seat.provider < y->seat.provider);
}

enum tb_code tb_store_stints(tb_store *s, const struct tb_region *r, int64_t number, struct tb_stint **out,
                             size_t *n, struct tb_err *e)
{
    struct walk w = {.changed = INT64_MIN};
    struct tb_names names = {0};
    struct tb_db *db = s->db;
    struct tb_sql *q = tb_sql(
        db, "SELECT duty, band, date, role, seat, provider, changed, publication FROM publication_seats"
            " WHERE :number IN (0, publication) OR publication < :number"
            " ORDER BY duty, date, band, role, publication, seat");
    tb_sql_int(q, "number", number);
    while (tb_sql_row(q)) {
        int band = tb_names_band(&names, db, r, tb_sql_get_text(q, 0), tb_sql_get_text(q, 1));
        struct tb_seat_row row = {
            .duty = names.duty,
            .date = tb_sql_get_date(q, 2),
            .band = band,
            .role = tb_role_of(tb_sql_get_text(q, 3)),
            .seat = (int)tb_sql_get_int(q, 4),
            .provider = tb_sql_is_null(q, 5) ? -1 : tb_names_provider(db, r, tb_sql_get_text(q, 5))};
        take_row(&w, &row, (int)tb_sql_get_int(q, 7), tb_sql_get_instant(q, 6));
    }
    settle(&w);
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) {
        free(w.v);
        return code;
    }
    if (w.n > 0) qsort(w.v, w.n, sizeof *w.v, by_slot_and_provider);
    *out = w.v;
    *n = w.n;
    return TB_OK;
}
