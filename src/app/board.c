/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Boards of publications: what stands, with the doctors named for it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"

/* Short hashes of all publications up to the board's own: an event names the one in which it last changed.
 * And when rows were changed of which it tells. */
static enum tb_code name_publications(tb_store *s, struct tb_board *b, const struct tb_held *facts,
                                      struct tb_err *e)
{
    struct tb_touch *touches;
    size_t n;
    tb_held_touches(facts, b->region, &touches, &n);
    b->touches = tb_arena_alloc(&b->arena, (n + 1) * sizeof *touches);
    if (n) memcpy(b->touches, touches, n * sizeof *touches);
    b->n_touches = (int)n;
    free(touches);
    b->n_hashes = b->publication + 1;
    b->hashes = tb_arena_alloc(&b->arena, (size_t)b->n_hashes * sizeof *b->hashes);
    for (int k = 1; k < b->n_hashes; k++) {
        struct tb_publication p = {0};
        enum tb_code c = tb_store_get_publication(s, k, &p, e);
        if (c) return c;
        snprintf(b->hashes[k], sizeof b->hashes[k], "%.8s", p.digest);
        for (int i = 0; i < b->n_touches; i++)
            if (b->touches[i].publication == k) b->touches[i].at = p.at;
        tb_publication_free(&p);
    }
    return TB_OK;
}

/* Doctors named before the next publication: later names belong to later boards. */
static enum tb_code add_names(tb_store *s, struct tb_board *b, struct tb_err *e)
{
    tb_minute before = INT64_MAX;
    struct tb_publication next = {0};
    struct tb_name_row *names;
    struct tb_err none = {0};
    size_t n;
    if (tb_store_get_publication(s, b->publication + 1, &next, &none) == TB_OK) before = next.at;
    tb_publication_free(&next);
    enum tb_code c = tb_store_names(s, b->region, before, &names, &n, e);
    if (c) return c;
    tb_board_add_names(b, names, n);
    free(names);
    return TB_OK;
}

/* Since when the open seats are open; asked only where there are any. */
static enum tb_code add_vacant(tb_store *s, struct tb_board *b, struct tb_err *e)
{
    struct tb_board_row *rows;
    bool *withdrawn;
    size_t n;
    if (!b->n_open) return TB_OK;
    enum tb_code c = tb_store_vacant(s, b->region, b->publication, &rows, &withdrawn, &n, e);
    if (c) return c;
    tb_board_add_vacant(b, rows, withdrawn, n);
    free(rows);
    free(withdrawn);
    return TB_OK;
}

/* What was entered since: of the latest publication alone, so all there is. */
static enum tb_code add_entered(tb_store *s, struct tb_board *b, struct tb_err *e)
{
    struct tb_incident_list rows;
    enum tb_code c = tb_store_marks(s, &b->arena, &b->marks, &b->n_marks, e);
    if (c == TB_OK) c = tb_store_incidents_all(s, &rows, e);
    if (c == TB_OK) tb_board_add_entered(b, &rows);
    return c;
}

/* The days of a board for which none were asked: all that is covered; of a publication in which everything
 * was withdrawn, its own. */
static void span_of(const struct tb_publication *p, const struct tb_cover *covers, size_t n, tb_day *from,
                    tb_day *to)
{
    if (*from != TB_DAY_NONE) return;
    for (size_t i = 0; i < n; i++) {
        if (*from == TB_DAY_NONE || covers[i].from < *from) *from = covers[i].from;
        if (i == 0 || covers[i].to > *to) *to = covers[i].to;
    }
    if (*from == TB_DAY_NONE) *from = *to = tb_day_of_minute(p->at);
}

/* What the board is made of beside the publication's row. */
struct making {
    struct tb_held facts;
    struct tb_board_row *rows;
    struct tb_cover *covers;
    size_t n, n_covers;
};

static void making_free(struct making *x)
{
    tb_held_free(&x->facts);
    free(x->rows);
    free(x->covers);
}

static enum tb_code bare_board(tb_store *s, const struct tb_region *today, const struct app_days *d,
                               struct tb_region **region, struct tb_board **out, struct tb_err *e)
{
    tb_day from = d->from, to = d->to;
    struct making x = {0};
    struct tb_publication p = {0};
    struct tb_region *home = NULL;
    struct tb_board_view *views = NULL;
    int n_views = 0;
    enum tb_code c = tb_store_get_publication(s, d->number, &p, e);
    if (c) return c;
    const tb_day day = tb_day_of_minute(p.at);
    c = tb_store_facts(s, p.number, &x.facts, e);
    if (c == TB_OK) c = tb_held_region(&x.facts, today, day, false, &home, e);
    if (c == TB_OK) c = tb_store_published(s, home, p.number, &x.rows, &x.n, e);
    if (c == TB_OK) c = tb_store_covers(s, home, p.number, &x.covers, &x.n_covers, e);
    if (c == TB_OK) {
        /* Seats that were taken away are told of days that nothing covers any more. */
        bool whole = from == TB_DAY_NONE;
        span_of(&p, x.covers, x.n_covers, &from, &to);
        const struct tb_held_span span = {whole ? TB_DAY_NONE : from, whole ? INT32_MAX : to, day, home};
        c = tb_held_views(&x.facts, today, &span, &views, &n_views, e);
    }
    if (c == TB_OK) {
        const struct tb_board_views all = {home, views, n_views};
        *out = tb_board_of_views(&all, from, to, x.rows, x.n, x.covers, x.n_covers);
        (*out)->publication = (int)p.number;
        (*out)->published_at = p.at;
        snprintf((*out)->hash, sizeof(*out)->hash, "%.8s", p.digest);
        c = name_publications(s, *out, &x.facts, e);
        if (c == TB_OK) c = add_vacant(s, *out, e);
        if (c) tb_board_free(*out);
    }
    tb_publication_free(&p);
    making_free(&x);
    if (c)
        tb_region_free(home);
    else
        *region = home;
    return c;
}

enum tb_code app_shown_board(tb_store *s, const struct tb_region *today, const struct app_days *d,
                             struct tb_region **region, struct tb_board **out, struct tb_err *e)
{
    enum tb_code c = bare_board(s, today, d, region, out, e);
    if (c) return c;
    c = add_names(s, *out, e);
    if (c == TB_OK) c = add_entered(s, *out, e);
    if (c == TB_OK) return c;
    tb_board_free(*out);
    tb_region_free(*region);
    return c;
}

enum tb_code app_board(tb_store *s, const struct tb_region *r, int64_t number, tb_day from, tb_day to,
                       struct tb_board **out, struct tb_err *e)
{
    struct tb_region *shown;
    enum tb_code c = app_shown_board(s, r, &(struct app_days){number, from, to}, &shown, out, e);
    if (c) return c;
    tb_board_move(*out, r);
    tb_region_free(shown);
    return TB_OK;
}

enum tb_code app_table_board(tb_store *s, const struct tb_region *today, const struct app_days *d,
                             struct tb_region **region, struct tb_board **out, struct tb_err *e)
{
    struct tb_held facts;
    struct tb_region *shown, *alone;
    enum tb_code c = app_shown_board(s, today, d, &shown, out, e);
    if (c) return c;
    /* A table tells of what comes: of its first day, or of the day on which it was published. */
    tb_day first = d->from == TB_DAY_NONE ? (*out)->from : d->from + TB_TABLE_BACK,
           published = tb_day_of_minute((*out)->published_at), day = first > published ? first : published;
    c = tb_store_facts(s, (*out)->publication, &facts, e);
    if (c == TB_OK) c = tb_held_region(&facts, today, day, true, &alone, e);
    tb_held_free(&facts);
    if (c == TB_OK) {
        tb_board_move(*out, alone);
        *region = alone;
    } else
        tb_board_free(*out);
    tb_region_free(shown);
    return c;
}

enum tb_code app_feed_board(tb_store *s, const struct tb_region *today, tb_day day, struct tb_region **region,
                            struct tb_board **out, struct tb_err *e)
{
    struct tb_stint *stints;
    size_t n;
    enum tb_code c = bare_board(s, today, &(struct app_days){.from = TB_DAY_NONE}, region, out, e);
    if (c) return c;
    c = tb_store_stints(s, *region, (*out)->publication, &stints, &n, e);
    if (c == TB_OK) {
        tb_board_add_stints(*out, stints, n);
        (*out)->today = day;
        free(stints);
        c = add_names(s, *out, e);
        if (c == TB_OK) c = add_entered(s, *out, e);
    }
    if (c) {
        tb_board_free(*out);
        tb_region_free(*region);
        *out = NULL;
        *region = NULL;
    }
    return c;
}

/* One of the two, for whoever asks from outside. */
typedef enum tb_code (*board_maker)(tb_store *s, const struct tb_region *today, const struct app_days *d,
                                    struct tb_region **region, struct tb_board **out, struct tb_err *e);

static enum tb_code open_board(const struct tb_app *app, const struct app_days *d, board_maker make,
                               struct tb_region **region, struct tb_board **out, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *today;
    enum tb_code c = app_open(app, &s, &today, e);
    if (c) return c;
    c = app_close(s, make(s, today, d, region, out, e));
    tb_region_free(today);
    return c;
}

enum tb_code tb_app_board(const struct tb_app *app, int64_t number, tb_day from, tb_day to,
                          struct tb_region **region, struct tb_board **out, struct tb_err *e)
{
    const struct app_days d = {number, from, to};
    enum tb_code c = app_may(app, TB_USE_BOARD, e);
    return c ? c : open_board(app, &d, app_shown_board, region, out, e);
}

enum tb_code tb_app_table_board(const struct tb_app *app, int64_t number, tb_day from, tb_day to,
                                struct tb_region **region, struct tb_board **out, struct tb_err *e)
{
    const struct app_days d = {number, from, to};
    enum tb_code c = app_may(app, TB_USE_TABLE_BOARD, e);
    return c ? c : open_board(app, &d, app_table_board, region, out, e);
}
