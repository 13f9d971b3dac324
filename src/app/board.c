/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Boards of publications: what stands, with the doctors named for it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "app_int.h"

/* Short hashes of all publications up to the board's own: an event names the one in which it last changed. */
static enum tb_code name_publications(tb_store *s, struct tb_board *b, struct tb_err *e)
{
    b->n_hashes = b->publication + 1;
    b->hashes = tb_arena_alloc(&b->arena, (size_t)b->n_hashes * sizeof *b->hashes);
    for (int k = 1; k < b->n_hashes; k++) {
        struct tb_publication p = {0};
        enum tb_code c = tb_store_get_publication(s, k, &p, e);
        if (c) return c;
        snprintf(b->hashes[k], sizeof b->hashes[k], "%.8s", p.digest);
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

static enum tb_code bare_board(tb_store *s, const struct tb_region *r, int64_t number, tb_day from, tb_day to,
                               struct tb_board **out, struct tb_err *e)
{
    struct tb_board_row *rows = NULL;
    struct tb_cover *covers = NULL;
    size_t n = 0, n_covers = 0;
    struct tb_publication p = {0};
    enum tb_code c = tb_store_get_publication(s, number, &p, e);
    if (c) return c;
    c = tb_store_published(s, r, p.number, &rows, &n, e);
    if (c == TB_OK) c = tb_store_covers(s, r, p.number, &covers, &n_covers, e);
    if (c == TB_OK) {
        if (from == TB_DAY_NONE)
            for (size_t i = 0; i < n_covers; i++) {
                if (from == TB_DAY_NONE || covers[i].from < from) from = covers[i].from;
                if (i == 0 || covers[i].to > to) to = covers[i].to;
            }
        if (from == TB_DAY_NONE) from = to = tb_day_of_minute(p.at); /* everything was withdrawn */
        *out = tb_board_new(r, from, to, rows, n, covers, n_covers);
        (*out)->publication = (int)p.number;
        (*out)->published_at = p.at;
        snprintf((*out)->hash, sizeof(*out)->hash, "%.8s", p.digest);
        c = name_publications(s, *out, e);
        if (c == TB_OK) c = add_vacant(s, *out, e);
        if (c) tb_board_free(*out);
    }
    tb_publication_free(&p);
    free(rows);
    free(covers);
    return c;
}

enum tb_code app_board(tb_store *s, const struct tb_region *r, int64_t number, tb_day from, tb_day to,
                       struct tb_board **out, struct tb_err *e)
{
    enum tb_code c = bare_board(s, r, number, from, to, out, e);
    if (c) return c;
    c = add_names(s, *out, e);
    if (c) tb_board_free(*out);
    return c;
}

enum tb_code app_feed_board(tb_store *s, const struct tb_region *r, tb_day today, struct tb_board **out,
                            struct tb_err *e)
{
    struct tb_stint *stints;
    size_t n;
    enum tb_code c = bare_board(s, r, 0, TB_DAY_NONE, TB_DAY_NONE, out, e);
    if (c) return c;
    c = tb_store_stints(s, r, (*out)->publication, &stints, &n, e);
    if (c == TB_OK) {
        tb_board_add_stints(*out, stints, n);
        (*out)->today = today;
        free(stints);
        c = add_names(s, *out, e);
    }
    if (c) {
        tb_board_free(*out);
        *out = NULL;
    }
    return c;
}

enum tb_code tb_app_board(const struct tb_app *app, int64_t number, tb_day from, tb_day to,
                          struct tb_region **region, struct tb_board **out, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_BOARD, e);
    if (c == TB_OK) c = app_open(app, &s, region, e);
    if (c) return c;
    c = app_board(s, *region, number, from, to, out, e);
    tb_store_close(s);
    if (c) tb_region_free(*region);
    return c;
}
