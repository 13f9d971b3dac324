/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tiers: do the duties of a draft stand in each other's way? Each of them can be filled alone, and together
 * they cannot.
 */
#ifndef TOBAN_APP_TIERS_H
#define TOBAN_APP_TIERS_H

#include "toban/app/app.h"

struct tb_tier {
    int duty;
    /* seats that stay open when this duty alone is planned, the others not at all */
    int open;
    bool proven; /* no roster of it leaves fewer open */
};
struct tb_tiers {
    struct tb_tier *v;
    int n;               /* the duties that the draft decides */
    int together, alone; /* open seats of the draft, and in sum of the duties alone */
    /* proven: some seat is open only because the duties are planned together */
    bool apart;
};
/* Plans each duty of the draft alone, with the limits of `o` for each. What is published binds as it does in
 * the draft. */
TB_MUST_USE enum tb_code tb_app_tiers(const struct tb_app_draft *d, const struct tb_plan_opts *o,
                                      struct tb_tiers *out, struct tb_err *e);
void tb_tiers_free(struct tb_tiers *x);

#endif
