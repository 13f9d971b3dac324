/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * diff: what two states of the published seats have not in common.
 */
#ifndef TOBAN_APP_DIFF_H
#define TOBAN_APP_DIFF_H

#include "toban/app/app.h"
#include "toban/domain/change.h"
#include "toban/domain/held.h"

/* A state of the seats: publication `number`, or with `draft` what it would be with that draft published on
 * top of it. */
struct tb_side {
    int64_t number, draft;
    tb_minute at;
    char hash[9];
};

/* `text`: 3 or 第3版 (a publication), 2026-11-03T02:10 (the one in force then), draft (the latest), draft:7
 * or 案7. NULL: the latest publication. TB_USAGE tells the forms. */
TB_MUST_USE enum tb_code tb_app_side(const struct tb_app *app, const char *text, struct tb_side *out,
                                     struct tb_err *e);

struct tb_app_diff {
    struct tb_region *region;
    struct tb_side a, b;
    struct tb_change *changes;
    size_t n;
    struct tb_change *seen; /* what of it press and public see (tb_public_seats) */
    size_t n_seen;
    struct tb_cover *announced; /* what is published on side a: changes of other days are news */
    size_t n_announced;
    struct tb_seat_row *open; /* seats that nobody takes in b and that were not open in a */
    size_t n_open;
    struct tb_ledger_change *ledgers;
    size_t n_ledgers;
    /* what the later publication shows otherwise than the earlier, beside seats, and the seats that it has */
    struct tb_fact_change *facts;
    size_t n_facts;
    struct tb_seat_row *seats;
    size_t n_seats;
};
/* `b` NULL: what follows `a`, i.e. from the one before to publication a, from what is in force to draft a. */
TB_MUST_USE enum tb_code tb_app_diff(const struct tb_app *app, const char *a, const char *b,
                                     struct tb_app_diff *out, struct tb_err *e);
void tb_app_diff_free(struct tb_app_diff *d);
/* 第3版（a1b2c3d4）, 案7. */
void tb_app_side_words(const struct tb_side *s, struct tb_buf *out);
void tb_app_diff_notice(const struct tb_app_diff *d, struct tb_buf *out);

#endif
