/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Proving a routing table.
 */
#include "app_int.h"
#include "toban/app/table_check.h"

#include <stdlib.h>
#include <string.h>

#include "toban/domain/doors.h"

/* ---- of a period -------------------------------------------------------------------------------- */

static enum tb_code days_of(const struct tb_app *app, const char *period, tb_day *from, tb_day *to,
                            struct tb_err *e)
{
    struct tb_region *r;
    *from = *to = TB_DAY_NONE;
    if (!period) return TB_OK;
    enum tb_code c = tb_app_region(app, &r, e);
    if (c) return c;
    c = tb_period_parse(r, period, from, to, NULL, e);
    tb_region_free(r);
    return c;
}

static enum tb_code prove(const struct tb_board *b, tb_day from, tb_day to, struct tb_app_table_check *out,
                          struct tb_err *e)
{
    tb_table *t;
    double start = tb_clock_seconds();
    enum tb_code c = tb_route_build_span(b, from, to, b->published_at, &t, e);
    if (c) return c;
    c = tb_route_verify(t, b, &out->cells, e);
    if (c == TB_OK) {
        out->n_holes = tb_route_holes(t, &out->holes);
        out->light = tb_route_light_of(t);
        tb_route_seats(t, b, &out->seats);
        int n;
        struct tb_lack *lacks = tb_lacks_of(b->region, b->slots, b->n_slots, b->a, b->n, &n);
        tb_lacks_tell(b->region, lacks, n, &out->lacks);
        free(lacks);
    }
    tb_table_free(t);
    out->seconds = tb_clock_seconds() - start;
    return c;
}

enum tb_code tb_app_check_table(const struct tb_app *app, const char *period, struct tb_app_table_check *out,
                                struct tb_err *e)
{
    struct tb_region *r;
    struct tb_board *b;
    tb_day from, to;
    *out = (struct tb_app_table_check){0};
    enum tb_code c = app_may(app, TB_USE_CHECK_TABLE, e);
    if (c == TB_OK) c = days_of(app, period, &from, &to, e);
    if (c) return c;
    bool whole = from == TB_DAY_NONE;
    c = tb_app_table_board(app, 0, whole ? from : from - TB_TABLE_BACK, whole ? to : to + TB_TABLE_AHEAD, &r,
                           &b, e);
    if (c) return c;
    out->publication = b->publication;
    out->ways = tb_region_ways(r);
    tb_ways_text(r, &out->ways, &out->ways_text);
    c = prove(b, whole ? b->from : from, whole ? b->to : to, out, e);
    if (c) tb_app_table_check_free(out);
    tb_board_free(b);
    if (c == TB_OK)
        out->region = r;
    else
        tb_region_free(r);
    return c;
}

void tb_app_table_check_free(struct tb_app_table_check *x)
{
    tb_region_free(x->region);
    tb_seat_silences_free(&x->seats);
    tb_notes_free(&x->lacks);
    tb_buf_free(&x->holes);
    tb_buf_free(&x->ways_text);
    *x = (struct tb_app_table_check){0};
}

/* ---- of a file ---------------------------------------------------------------------------------- */

/* Built anew from the publication that the file names, proven, and the same bytes. */
static enum tb_code made_anew(const struct tb_app *app, const struct tb_table_info *i, int64_t *cells,
                              struct tb_err *e)
{
    tb_day first = tb_day_of_minute(i->from), last = tb_day_of_minute(i->to) - 1;
    struct tb_region *r;
    struct tb_board *b;
    tb_table *t = NULL;
    enum tb_code c =
        tb_app_table_board(app, i->publication, first - TB_TABLE_BACK, last + TB_TABLE_AHEAD, &r, &b, e);
    if (c) return c;
    c = tb_route_build_span(b, first, last, b->published_at, &t, e);
    if (c == TB_OK) c = tb_route_verify(t, b, cells, e);
    if (c == TB_OK && strcmp(tb_table_info(t).digest, i->digest) != 0)
        c = tb_fail(e, TB_NO,
                    tb_t("ファイルの表（%.8s）は、同じ版から作った表（%.8s）と違います",
                         "the file's table (%.8s) is not the one made from that publication (%.8s)"),
                    i->digest, tb_table_info(t).digest);
    tb_table_free(t);
    tb_board_free(b);
    tb_region_free(r);
    return c;
}

enum tb_code tb_app_check_file(const struct tb_app *app, const struct tb_routing_source *from,
                               struct tb_routing *out, int64_t *cells, struct tb_err *e)
{
    *cells = 0;
    const struct tb_app within = app_within(app);
    enum tb_code c = app_may(app, TB_USE_CHECK_FILE, e);
    if (c == TB_OK) c = tb_app_routing(app, from, tb_clock_now(&app->clock), out, e);
    if (c) return c;
    if (!out->table)
        c = tb_fail(e, TB_INVALID, "%s", tb_buf_str(&out->banner));
    else if (tb_file_exists(app->db)) {
        struct tb_table_info i = tb_table_info(out->table);
        c = made_anew(&within, &i, cells, e);
    }
    if (c) tb_routing_free(out);
    return c;
}
