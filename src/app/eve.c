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
}

static int by_start(const void *p, const void *q)
{
    const struct tb_eve_seat *a = p, *b = q;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->slot != b->slot) return a->slot < b->slot ? -1 : 1;
    return (a->provider > b->provider) - (a->provider < b->provider);
}

static void list(struct tb_eve *x, const struct tb_token *tokens, size_t n_tokens)
{
    const struct tb_board *b = x->board;
    size_t cap = 0;
    for (int i = 0; i < b->n; i++) {
        const struct tb_slot *s = &b->slots[b->a[i].slot];
        if (s->date != x->date || s->role != TB_PRIMARY) continue;
        const struct tb_token *t = app_token_latest(tokens, n_tokens, tb_feed_word(TB_FEED_PROVIDER),
                                                    x->region->providers[b->a[i].provider].id);
        bool live = t && t->revoked == TB_NEVER;
        struct tb_eve_seat seat = {.from = s->interval[0].from,
                                   .slot = b->a[i].slot,
                                   .provider = b->a[i].provider,
                                   .changed = b->publication_of[i],
                                   .has_address = live,
                                   .fetched = live && t->fetched_publication >= b->publication_of[i]};
        int backs[TB_EVE_MOST], n = tb_publish_backups(b, s, backs, TB_EVE_MOST);
        for (int k = 0; k < n; k++) add_once(seat.backups, &seat.n_backups, b->a[backs[k]].provider);
        find_reserves(b, s, &seat);
        *TB_PUSH(x->v, x->n, cap) = seat;
    }
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
    c = tb_app_token_list(&within, &tokens, &n, e);
    if (c) {
        tb_app_eve_free(out);
        return c;
    }
    list(out, tokens, n);
    tb_tokens_free(tokens, n);
    c = app_conflicts_apart(&within, out->region, &(struct app_days){out->date, out->date}, &out->conflicts,
                            e);
    if (c) tb_app_eve_free(out);
    return c;
}
