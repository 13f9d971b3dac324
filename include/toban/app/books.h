/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * books: signed entries in the ledgers, and the shares that formulas give.
 */
#ifndef TOBAN_APP_BOOKS_H
#define TOBAN_APP_BOOKS_H

#include "toban/app/app.h"

/* One entry by hand. `date` TB_DAY_NONE: today. `against` NULL: the others of the pool bear the opposite by
 * their weights on that day, so that the sum stays zero; else that account alone bears it. */
struct tb_app_adjustment {
    const char *ledger, *account, *against, *reason;
    tb_day date;
    int64_t millionths;
};
TB_MUST_USE enum tb_code tb_app_adjust(const struct tb_app *app, const struct tb_app_adjustment *a,
                                       struct tb_err *e);

/* All entries of the books (tb_store_ledger_entries). Free with tb_ledger_entries_free, then the region. */
TB_MUST_USE enum tb_code tb_app_entries(const struct tb_app *app, struct tb_region **region,
                                        struct tb_ledger_entry **v, size_t *n, struct tb_err *e);

/* One account's part of a duty's primary seats in a period. `percent` in millionths of a per cent, on the
 * period's first day; `carried` from the books before it; `accrued` what the calendar's seats add; `seats`
 * whole seats by largest remainder of carried + accrued; the rest goes on to the next period. */
struct tb_app_share {
    int duty, account;
    int64_t percent, carried, accrued, seats, rest;
};
struct tb_app_shares {
    struct tb_region *region;
    tb_day from, to;
    struct tb_app_share *v;
    size_t n;
};
void tb_app_shares_free(struct tb_app_shares *x);
/* Of every duty that has share groups or a formula for its members (`duty` NULL), or of one. `of` of each
 * row: tb_app_share_of. TB_NO: there is none. */
TB_MUST_USE enum tb_code tb_app_shares(const struct tb_app *app, const char *period, const char *duty,
                                       struct tb_app_shares *out, struct tb_err *e);
/* TB_OF_MEMBER where a formula gives the weights of members, else TB_OF_SHARE. */
int tb_app_share_of(const struct tb_region *r, int duty);

#endif
