/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of the day before.
 */
#include <stdlib.h>

#include "app_int.h"
#include "toban/app/eve.h"
#include "toban/publish/publish.h"
#include "toban/app/addresses.h"
#include "toban/app/feeds.h"

void tb_app_eve_free(struct tb_eve *x)
{
    free(x->v);
    tb_conflicts_free(&x->conflicts);
    tb_changes_free(&x->changes);
    tb_board_free(x->board);
    tb_region_free(x->region);
    *x = (struct tb_eve){0};
}

static void add_once(int *v, int *n, int provider)
{
    for (int i = 0; i < *n; i++)
        if (v[i] == provider) return;
    if (*n < TB_EVE_MOST) v[(*n)++] = provider;
}

/* Who waits in reserve for the same duty and hours. */
static void find_reserves(const struct tb_board *b, const struct tb_slot *s, struct tb_eve_seat *x)
{
    for (int i = 0; i < b->n; i++) {
        const struct tb_slot *beside = &b->slots[b->a[i].slot];
        if (beside->role == TB_RESERVE && beside->duty == s->duty && beside->date == s->date &&
            beside->band == s->band)
            add_once(x->reserves, &x->n_reserves, b->a[i].provider);
    }
    for (int i = 0; i < b->n_open; i++) {
        const struct tb_slot *beside = &b->slots[b->open[i].slot];
        x->open_reserves += beside->role == TB_RESERVE && beside->duty == s->duty &&
                            beside->date == s->date && beside->band == s->band;
    }
}

static int by_start(const void *p, const void *q)
{
    const struct tb_eve_seat *a = p, *b = q;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->slot != b->slot) return a->slot < b->slot ? -1 : 1;
    if ((a->provider < 0) != (b->provider < 0)) return a->provider < 0 ? 1 : -1; /* open ones last */
    return (a->provider > b->provider) - (a->provider < b->provider);
}

struct eve_list {
    struct tb_eve *out;
    size_t cap;
    const struct tb_token *tokens;
    size_t n_tokens;
};

static void list_seat(void *arg, int assignment, const struct tb_open_seat *open)
{
    struct eve_list *x = arg;
    const struct tb_board *b = x->out->board;
    int slot = open ? open->slot : b->a[assignment].slot;
    const struct tb_slot *s = &b->slots[slot];
    if (s->date != x->out->date || s->role != TB_PRIMARY) return;
    struct tb_eve_seat seat = {.from = s->interval[0].from, .slot = slot, .provider = -1};
    if (open)
        seat.changed = open->publication;
    else {
        seat.provider = b->a[assignment].provider;
        seat.changed = b->publication_of[assignment];
        const struct tb_token *t = app_token_latest(x->tokens, x->n_tokens, tb_feed_word(TB_FEED_PROVIDER),
                                                    x->out->region->providers[seat.provider].id);
        seat.has_address = t && t->revoked == TB_NEVER;
        seat.fetched = seat.has_address && app_has_fetched(t, b, assignment);
    }
    tb_now_seat_of(b, assignment, open, 0,
                   &(struct tb_now_span){s->interval[0].from, s->interval[s->n_intervals - 1].to,
                                         x->out->changes.v, x->out->changes.n},
                   &seat.now);
    int backs[TB_EVE_MOST], n = tb_publish_backups(b, s, backs, TB_EVE_MOST);
    for (int k = 0; k < n; k++) add_once(seat.backups, &seat.n_backups, b->a[backs[k]].provider);
    find_reserves(b, s, &seat);
    *TB_PUSH(x->out->v, x->out->n, x->cap) = seat;
}

static void list(struct tb_eve *x, const struct tb_token *tokens, size_t n_tokens)
{
    struct eve_list l = {x, 0, tokens, n_tokens};
    tb_board_walk(x->board, list_seat, &l);
    if (x->n) qsort(x->v, x->n, sizeof *x->v, by_start);
}

enum tb_code tb_app_eve(const struct tb_app *app, tb_day date, struct tb_eve *out, struct tb_err *e)
{
    struct tb_token *tokens;
    size_t n;
    const struct tb_app within = app_within(app);
    *out =
        (struct tb_eve){.date = date != TB_DAY_NONE ? date : tb_day_of_minute(tb_clock_now(&app->clock)) + 1};
    /* A day around it: the backup of a night may be of the date before or after. */
    enum tb_code c = app_may(app, TB_USE_EVE, e);
    if (c == TB_OK) c = tb_app_board(&within, 0, out->date - 1, out->date + 1, &out->region, &out->board, e);
    if (c) {
        *out = (struct tb_eve){0};
        return c;
    }
    c = tb_app_changes(&within, out->board->region, tb_minute_of(out->date, 0), &out->changes, e);
    if (c == TB_OK) c = tb_app_token_list(&within, &tokens, &n, e);
    if (c) {
        tb_app_eve_free(out);
        return c;
    }
    list(out, tokens, n);
    tb_tokens_free(tokens, n);
    c = app_conflicts_apart(&within, out->region, &(struct app_days){0, out->date, out->date},
                            &out->conflicts, e);
    if (c) tb_app_eve_free(out);
    return c;
}
