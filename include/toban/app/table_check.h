/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * table_check: a routing table proven by the second implementation: that of a period, or a copied file.
 */
#ifndef TOBAN_APP_TABLE_CHECK_H
#define TOBAN_APP_TABLE_CHECK_H

#include "toban/app/routing.h"

struct tb_app_table_check {
    int publication;
    int64_t cells; /* all of them right */
    struct tb_route_light light;
    int n_holes;
    struct tb_buf holes; /* as tb_route_holes writes them */
    struct tb_ways ways;
    struct tb_buf ways_text;  /* as tb_ways_text writes it */
    struct tb_region *region; /* that of the publication */
    struct tb_seat_silences seats;
    struct tb_notes lacks; /* what duties promise and nobody who sits there offers, by duty */
    double seconds;        /* building and proving */
};
/* `period` NULL: all that the latest publication covers. TB_NO: the first wrong cell. */
TB_MUST_USE enum tb_code tb_app_check_table(const struct tb_app *app, const char *period,
                                            struct tb_app_table_check *out, struct tb_err *e);
void tb_app_table_check_free(struct tb_app_table_check *x);

/* A copied file: digest, form, limits, no empty list. Against the data file, when that publication is there:
 * built anew, proven, and the same bytes; then *cells counts them, else it is 0. On TB_OK
 * `out` is the table as it stands now (tb_routing_free). TB_INVALID: it cannot be used. */
TB_MUST_USE enum tb_code tb_app_check_file(const struct tb_app *app, const struct tb_routing_source *from,
                                           struct tb_routing *out, int64_t *cells, struct tb_err *e);

#endif
