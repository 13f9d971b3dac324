/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * change: what two sets of published seats have not in common, and what became of each person in a slot over
 * the publications. Pure: facts in, facts out.
 */
#ifndef TOBAN_DOMAIN_CHANGE_H
#define TOBAN_DOMAIN_CHANGE_H

#include "toban/domain/board.h"

/* One seat that changed hands: `seat.provider` had it in the first set (-1: nobody), `after` has it in the
 * second (-1: nobody). */
struct tb_change {
    struct tb_seat_row seat;
    int after;
};

/* Changes from `a` to `b`, both in canonical order, filled seats only. Who sits in a slot in both sets has
 * not changed, whatever his seat number; of the others who left and who came are paired in order of seats.
 * *out in canonical order, the caller's to free. */
void tb_changes(const struct tb_seat_row *a, size_t n_a, const struct tb_seat_row *b, size_t n_b,
                struct tb_change **out, size_t *n);

/* How many duties an account of a ledger has more or less by these changes, in duties. Sorted (ledger,
 * account), without zeroes; the caller's to free. */
struct tb_ledger_change {
    int ledger, account, done;
};
void tb_ledger_changes(const struct tb_region *r, const struct tb_change *c, size_t n,
                       struct tb_ledger_change **out, size_t *n_out);

#endif
