/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * whatif: a plan that was not stored beside the draft that is there, or two drafts: objective, ledgers,
 * changes.
 */
#ifndef TOBAN_APP_WHATIF_H
#define TOBAN_APP_WHATIF_H

#include "toban/app/app.h"
#include "toban/domain/change.h"

/* What a rule, a ledger, open seats or granted wishes cost in both. Id and name are owned. */
struct tb_what_if_part {
    char *id, *name;
    int64_t before, after;
};
struct tb_what_if {
    /* the latest that decides all duties and days of the plan; 0: there is none, and nothing else is told */
    int64_t draft;
    int slots; /* that both decide */
    /* one of them decides seats that the other does not: sums are of different seats */
    bool other_seats;
    /* of the draft: the whole, and without open seats and changes of published ones */
    int64_t objective, cost;
    int open;
    struct tb_what_if_part *parts;
    int n_parts; /* those that differ */
    /* in seats that both decide; indices of the plan's region */
    struct tb_change *changes;
    size_t n_changes;
    /* duties more or less by these changes, per account */
    struct tb_ledger_change *ledgers;
    size_t n_ledgers;
};
/* `plan`'s roster gives way to one that costs the same and has the fewest changes from that draft, when there
 * is time to find it. */
TB_MUST_USE enum tb_code tb_what_if(const struct tb_app *app, struct tb_app_draft *plan,
                                    struct tb_what_if *out, struct tb_err *e);
/* Two drafts side by side as they are, `now` as the one that is there; the indices are those of plan's
 * region. Pure. */
void tb_beside(const struct tb_app_draft *now, const struct tb_app_draft *plan, struct tb_what_if *out);
void tb_what_if_free(struct tb_what_if *x);

#endif
