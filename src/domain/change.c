/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Differences between two sets of seats.
 */
#include <stdlib.h>

#include "toban/domain/change.h"

static int compare_slot(const struct tb_seat_row *a, const struct tb_seat_row *b)
{
    if (a->date != b->date) return a->date < b->date ? -1 : 1;
    if (a->duty != b->duty) return a->duty < b->duty ? -1 : 1;
    if (a->band != b->band) return a->band < b->band ? -1 : 1;
    return (a->role > b->role) - (a->role < b->role);
}

static size_t slot_end(const struct tb_seat_row *v, size_t i, size_t n)
{
    size_t k = i;
    while (k < n && compare_slot(&v[i], &v[k]) == 0) k++;
    return k;
}

static bool sits(const struct tb_seat_row *v, size_t from, size_t to, int provider)
{
    for (size_t i = from; i < to; i++)
        if (v[i].provider == provider) return true;
    return false;
}

void tb_changes(const struct tb_seat_row *a, size_t n_a, const struct tb_seat_row *b, size_t n_b,
                struct tb_change **out, size_t *n)
{
    struct tb_change *v = NULL;
    size_t count = 0, cap = 0, i = 0, k = 0;
    while (i < n_a || k < n_b) {
        int order = i == n_a ? 1 : k == n_b ? -1 : compare_slot(&a[i], &b[k]);
        size_t i_end = order <= 0 ? slot_end(a, i, n_a) : i, k_end = order >= 0 ? slot_end(b, k, n_b) : k;
        size_t x = i, y = k;
        for (;;) {
            while (x < i_end && sits(b, k, k_end, a[x].provider)) x++;
            while (y < k_end && sits(a, i, i_end, b[y].provider)) y++;
            if (x == i_end && y == k_end) break;
            struct tb_change c = {x < i_end ? a[x] : b[y], y < k_end ? b[y].provider : -1};
            if (x == i_end) c.seat.provider = -1;
            *TB_PUSH(v, count, cap) = c;
            x += x < i_end;
            y += y < k_end;
        }
        i = i_end;
        k = k_end;
    }
    *out = v;
    *n = count;
}

struct sums {
    struct tb_ledger_change *v;
    size_t n, cap;
    int step;
};

static void count(void *arg, int ledger, int account)
{
    struct sums *s = arg;
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i].ledger == ledger && s->v[i].account == account) {
            s->v[i].done += s->step;
            return;
        }
    *TB_PUSH(s->v, s->n, s->cap) = (struct tb_ledger_change){ledger, account, s->step};
}

static int by_account(const void *p, const void *q)
{
    const struct tb_ledger_change *a = p, *b = q;
    if (a->ledger != b->ledger) return a->ledger < b->ledger ? -1 : 1;
    return (a->account > b->account) - (a->account < b->account);
}

void tb_ledger_changes(const struct tb_region *r, const struct tb_change *c, size_t n,
                       struct tb_ledger_change **out, size_t *n_out)
{
    struct sums s = {0};
    int *person_of = tb_xcalloc((size_t)r->n_providers + 1, sizeof *person_of);
    tb_day day = TB_DAY_NONE;
    for (size_t i = 0; i < n; i++) {
        const struct tb_seat_row *seat = &c[i].seat;
        struct tb_slot slot = {.duty = seat->duty,
                               .band = seat->band,
                               .role = seat->role,
                               .date = seat->date,
                               .need = 1,
                               .classes = tb_day_classes(r, seat->duty, seat->date)};
        if (seat->date != day) tb_persons_on(r, seat->date, person_of);
        day = seat->date;
        s.step = -1;
        if (seat->provider >= 0) tb_counts_for(r, person_of, &slot, seat->provider, count, &s);
        s.step = 1;
        if (c[i].after >= 0) tb_counts_for(r, person_of, &slot, c[i].after, count, &s);
    }
    free(person_of);
    size_t kept = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.v[i].done) s.v[kept++] = s.v[i];
    if (kept) qsort(s.v, kept, sizeof *s.v, by_account);
    *out = s.v;
    *n_out = kept;
}
