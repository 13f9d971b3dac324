/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/explain: why seats of a draft stay open or rules are broken. For the office: it names whom to ask,
 * with staff numbers.
 */
#ifndef TOBAN_TELL_EXPLAIN_H
#define TOBAN_TELL_EXPLAIN_H

#include "toban/app/explain.h"
#include "toban/app/tiers.h"
#include "toban/tell/tell.h"

/* All borrowed. */
struct tb_tell_explain {
    const struct tb_app_draft *draft;
    const char *prechecks;        /* what counting alone shows: lines (tb_plan_precheck), "" for none */
    const struct tb_tiers *tiers; /* NULL: the whole draft was not asked about */
    const struct tb_explanation *open, *broken;
    int n_open, n_broken;
};
void tb_tell_explain_json(const struct tb_tell_explain *x, tb_printer *p);
void tb_tell_explain_text(const struct tb_tell_explain *x, struct tb_buf *out);

#endif
