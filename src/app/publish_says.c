/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a publication says of itself: each draft's seats, what changes, what is open, who is concerned.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/publishing.h"

static const char *const whys[TB_LEFT_COUNT] = {[TB_LEFT_UNAPPROVED] = "unapproved", [TB_LEFT_PAST] = "past"};
const char *tb_publish_why_word(enum tb_publish_why why) { return whys[why]; }

static void life_clear(struct tb_life_state *x)
{
    free(x->duties);
    free(x->by);
    free(x->note);
    free(x->word);
    free(x->number);
    free(x->past);
}

void tb_publish_said_free(struct tb_publish_said *x)
{
    for (size_t i = 0; i < x->n_drafts; i++) life_clear(&x->drafts[i].life);
    for (size_t i = 0; i < x->n_left; i++) life_clear(&x->left[i].life);
    free(x->drafts);
    free(x->left);
    free(x->open);
    free(x->concerned);
    tb_publication_free(&x->made);
    tb_region_free(x->region);
    *x = (struct tb_publish_said){0};
}

static struct tb_life_state life_copy(const struct tb_life_state *x)
{
    struct tb_life_state y = *x;
    y.duties = tb_xstrdup(x->duties);
    y.by = tb_xstrdup(x->by);
    y.note = tb_xstrdup(x->note);
    y.word = tb_xstrdup(x->word);
    y.number = tb_xstrdup(x->number);
    y.past = tb_xstrdup(x->past);
    return y;
}

static const struct tb_life_state *life_of(const struct app_chosen *x, int64_t draft)
{
    for (size_t i = 0; i < x->n_lives; i++)
        if (x->lives[i].draft == draft) return &x->lives[i];
    TB_BUG("a chosen draft without a life");
}

static int by_slot(const void *p, const void *q)
{
    const struct tb_seat_row *a = p, *b = q;
    if (a->date != b->date) return a->date < b->date ? -1 : 1;
    if (a->duty != b->duty) return a->duty < b->duty ? -1 : 1;
    if (a->band != b->band) return a->band < b->band ? -1 : 1;
    return (a->role > b->role) - (a->role < b->role);
}

/* The draft's seats against those in force in the same slots; both come in canonical order. */
static void compare(const struct tb_seat_row *rows, size_t n, const struct tb_board_row *before,
                    size_t n_before, struct tb_publish_draft *d, int *lost, int *gained)
{
    struct tb_seat_row *now = tb_xcalloc(n + 1, sizeof *now), *was = tb_xcalloc(n_before + 1, sizeof *was),
                       *slots = tb_xcalloc(n + 1, sizeof *slots);
    size_t n_now = 0, n_was = 0;
    for (size_t i = 0; i < n; i++) {
        slots[i] = rows[i];
        if (rows[i].provider >= 0) now[n_now++] = rows[i];
    }
    if (n) qsort(slots, n, sizeof *slots, by_slot);
    for (size_t i = 0; i < n_before && n; i++)
        if (bsearch(&before[i].seat, slots, n, sizeof *slots, by_slot)) was[n_was++] = before[i].seat;
    free(slots);
    struct tb_change *changes = NULL;
    size_t n_changes = 0;
    tb_changes(was, n_was, now, n_now, &changes, &n_changes);
    d->changed = (int)n_changes;
    for (size_t i = 0; i < n_changes; i++) {
        if (changes[i].seat.provider >= 0) lost[changes[i].seat.provider]++;
        if (changes[i].after >= 0) gained[changes[i].after]++;
    }
    free(changes);
    free(now);
    free(was);
}

static int by_date(const void *a, const void *b)
{
    const struct tb_seat_row *x = a, *y = b;
    return (x->date > y->date) - (x->date < y->date);
}

/* What one draft publishes; `rows` are cut at `until`. */
static void say_draft(struct tb_publish_said *out, struct tb_publish_draft *d, struct tb_seat_row *rows,
                      size_t n, size_t *cap_open)
{
    d->seats = (int)n;
    for (size_t i = 0; i < n; i++)
        if (rows[i].provider < 0) {
            d->open++;
            *TB_PUSH(out->open, out->n_open, *cap_open) = rows[i];
        }
    if (n) qsort(rows, n, sizeof *rows, by_date);
    d->from = n ? rows[0].date : d->life.from;
    d->to = n ? rows[n - 1].date : d->life.to;
    for (size_t i = 0; i < n; i++) d->days += i == 0 || rows[i].date != rows[i - 1].date;
}

enum tb_code app_publish_says(tb_store *s, const struct app_chosen *chosen, tb_day until, const int *breaches,
                              struct tb_publish_said *out, struct tb_err *e)
{
    const struct tb_region *r = out->region;
    struct tb_board_row *before = NULL;
    size_t n_before = 0, cap = 0, cap_left = 0, cap_open = 0, cap_who = 0;
    int *lost = tb_xcalloc((size_t)r->n_providers + 1, sizeof *lost),
        *gained = tb_xcalloc((size_t)r->n_providers + 1, sizeof *gained);
    enum tb_code c = tb_store_published(s, r, 0, &before, &n_before, e);
    for (size_t i = 0; i < chosen->n && c == TB_OK; i++) {
        struct tb_seat_row *rows = NULL;
        size_t all = 0, n = 0;
        c = tb_store_draft_rows(s, chosen->ids[i], r, &rows, &all, e);
        if (c) break;
        for (size_t k = 0; k < all; k++)
            if (until == TB_DAY_NONE || rows[k].date <= until) rows[n++] = rows[k];
        struct tb_publish_draft d = {.life = life_copy(life_of(chosen, chosen->ids[i])),
                                     .breaches = breaches[i]};
        compare(rows, n, before, n_before, &d, lost, gained);
        say_draft(out, &d, rows, n, &cap_open);
        *TB_PUSH(out->drafts, out->n_drafts, cap) = d;
        free(rows);
    }
    for (size_t i = 0; i < chosen->n_left && c == TB_OK; i++)
        *TB_PUSH(out->left, out->n_left, cap_left) = (struct tb_publish_left){
            life_copy(life_of(chosen, chosen->left[i].draft)), (enum tb_publish_why)chosen->left[i].why};
    for (int p = 0; p < r->n_providers && c == TB_OK; p++)
        if (lost[p] || gained[p])
            *TB_PUSH(out->concerned, out->n_concerned, cap_who) =
                (struct tb_publish_concerned){p, lost[p], gained[p]};
    free(before);
    free(lost);
    free(gained);
    return c;
}
