/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is on duty by what is published.
 */
#include "app_int.h"
#include "toban/app/duties.h"

#include <stdlib.h>

#include "toban/app/diff.h"

/* A publication alone: a draft puts nobody on duty. */
static enum tb_code publication_named(const struct tb_app *app, const char *as_of, int64_t *number,
                                      struct tb_err *e)
{
    struct tb_side side;
    enum tb_code c = tb_app_side(app, as_of, &side, e);
    if (c) return c;
    *number = side.number;
    if (!side.draft) return TB_OK;
    return tb_fail(
        e, TB_USAGE,
        tb_t("--as-of は公表の番号か日時です", "--as-of is the number of a publication, or an instant"));
}

/* ---- what was entered since ---------------------------------------------------------------------- */

enum tb_code tb_app_changes(const struct tb_app *app, const struct tb_region *r, tb_minute at,
                            struct tb_changes *out, struct tb_err *e)
{
    tb_store *s;
    *out = (struct tb_changes){0};
    enum tb_code c = app_may(app, TB_USE_CHANGES, e);
    if (c == TB_OK) c = app_store(app, &s, e);
    if (c) return c;
    c = app_close(s, tb_store_incidents(s, at, &out->rows, e));
    if (c) return c;
    out->v = tb_xcalloc(out->rows.n + 1, sizeof *out->v);
    for (size_t i = 0; i < out->rows.n; i++) {
        const struct tb_incident x = tb_incident_in(r, &out->rows.v[i]);
        if (x.kind >= 0 && !tb_incident_row_over(&out->rows, i)) out->v[out->n++] = x;
    }
    return TB_OK;
}

void tb_changes_free(struct tb_changes *x)
{
    free(x->v);
    tb_incident_list_free(&x->rows);
    *x = (struct tb_changes){0};
}

/* ---- in a period -------------------------------------------------------------------------------- */

static enum tb_code id_named(const struct tb_region *r, const char *id,
                             int (*find)(const struct tb_region *, const char *), const char *option,
                             int *out, struct tb_err *e)
{
    *out = id ? find(r, id) : -1;
    if (!id || *out >= 0) return TB_OK;
    return tb_fail(e, TB_USAGE, tb_t("--%s 「%s」はありません", "--%s: there is no \"%s\""), option, id);
}

struct listing {
    struct tb_app_duties *out;
    int duty, provider; /* -1: all */
};
static void list_seat(void *arg, int assignment, const struct tb_open_seat *open)
{
    struct listing *x = arg;
    const struct tb_board *b = x->out->board;
    int slot = open ? open->slot : b->a[assignment].slot;
    if (x->duty >= 0 && b->slots[slot].duty != x->duty) return;
    if (x->provider >= 0 && (open || b->a[assignment].provider != x->provider)) return;
    x->out->v[x->out->n++] = (struct tb_app_duty){assignment, open};
}

enum tb_code tb_app_duties(const struct tb_app *app, const struct tb_app_duties_asked *asked,
                           struct tb_app_duties *out, struct tb_err *e)
{
    struct tb_region *r;
    int64_t number;
    tb_day from, to;
    int duty, provider;
    *out = (struct tb_app_duties){0};
    enum tb_code c = app_may(app, TB_USE_DUTIES, e);
    if (c == TB_OK) c = publication_named(app, asked->as_of, &number, e);
    if (c == TB_OK) c = tb_app_region(app, &r, e);
    if (c) return c;
    c = tb_period_parse(r, asked->period, &from, &to, NULL, e);
    tb_region_free(r);
    if (c == TB_OK) c = tb_app_board(app, number, from, to, &out->region, &out->board, e);
    if (c) {
        *out = (struct tb_app_duties){0};
        return c;
    }
    c = id_named(out->region, asked->duty, tb_find_duty, "duty", &duty, e);
    if (c == TB_OK) c = id_named(out->region, asked->provider, tb_find_provider, "provider", &provider, e);
    if (c) {
        tb_app_duties_free(out);
        return c;
    }
    const struct tb_board *b = out->board;
    struct listing x = {out, duty, provider};
    const struct tb_app within = app_within(app);
    if (!asked->as_of) c = tb_app_changes(&within, b->region, tb_minute_of(from, 0), &out->changes, e);
    if (c) {
        tb_app_duties_free(out);
        return c;
    }
    out->v = tb_xcalloc((size_t)(b->n + b->n_open) + 1, sizeof *out->v);
    tb_board_walk(b, list_seat, &x);
    return TB_OK;
}

void tb_app_duties_free(struct tb_app_duties *x)
{
    free(x->v);
    tb_changes_free(&x->changes);
    tb_board_free(x->board);
    tb_region_free(x->region);
    *x = (struct tb_app_duties){0};
}

/* ---- at a minute -------------------------------------------------------------------------------- */

enum tb_code tb_app_now_of(const struct tb_app *app, const struct tb_board *board, tb_minute at,
                           struct tb_app_now *out, struct tb_err *e)
{
    const struct tb_app within = app_within(app);
    *out = (struct tb_app_now){0};
    enum tb_code c = app_may(app, TB_USE_NOW_OF, e);
    if (c == TB_OK) c = tb_app_changes(&within, board->region, at, &out->changes, e);
    if (c == TB_OK) tb_now_of(board, at, out->changes.v, out->changes.n, &out->now);
    return c;
}

enum tb_code tb_app_now(const struct tb_app *app, const char *as_of, struct tb_app_now *out, struct tb_err *e)
{
    struct tb_region *r;
    struct tb_board *b;
    int64_t number;
    tb_minute at = tb_clock_now(&app->clock);
    tb_day today = tb_day_of_minute(at);
    *out = (struct tb_app_now){0};
    enum tb_code c = app_may(app, TB_USE_NOW, e);
    if (c == TB_OK) c = publication_named(app, as_of, &number, e);
    if (c == TB_OK) c = tb_app_board(app, number, today - 1, today + 1, &r, &b, e);
    if (c) return c;
    if (as_of)
        tb_now_of(b, at, NULL, 0, &out->now);
    else
        c = tb_app_now_of(app, b, at, out, e);
    out->region = r;
    out->own = b;
    out->judged = !as_of;
    if (c == TB_OK && out->judged)
        c = app_conflicts_apart(app, r, &(struct app_days){0, today - 1, today}, &out->conflicts, e);
    if (c) tb_app_now_free(out);
    return c;
}

void tb_app_now_free(struct tb_app_now *x)
{
    tb_now_free(&x->now);
    tb_changes_free(&x->changes);
    tb_conflicts_free(&x->conflicts);
    tb_board_free(x->own);
    tb_region_free(x->region);
    *x = (struct tb_app_now){0};
}
