/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * compare: the same period planned under two arrangements, side by side. Nothing is stored.
 */
#ifndef TOBAN_APP_COMPARE_H
#define TOBAN_APP_COMPARE_H

#include "toban/app/app.h"
#include "toban/domain/tally.h"

struct tb_compared {
    char *name;             /* for people; owned */
    bool now;               /* the data file as it is */
    int added, changed;     /* rows of a variant */
    struct tb_tally *tally; /* NULL: no roster was found within the limits */
    char *why_not;          /* then: what was said; owned, else NULL */
    struct tb_notes notes;  /* of a region read for it; told on failure as well */
};
struct tb_app_compare {
    char *period, *region, *notice; /* as typed; name of the region and its notice */
    tb_day from, to;
    struct tb_compared side[2];
};
/* Each side is `now` (the data file as it is), a directory without region.json (a variant: rows laid over the
 * data file's region), a directory with region.json (a region by itself), or another data file. The seats of
 * the duties are planned anew, published or not. duties as in tb_app_plan_request. */
TB_MUST_USE enum tb_code tb_app_compare(const struct tb_app *app, const char *const sides[2],
                                        const char *period, const char *const *duties, int n_duties,
                                        struct tb_app_compare *out, struct tb_err *e);
void tb_app_compare_free(struct tb_app_compare *x);
/* One page of A4, in Japanese. */
void tb_app_compare_html(const struct tb_app_compare *x, struct tb_buf *out);

#endif
