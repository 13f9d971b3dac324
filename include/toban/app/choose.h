/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * choose: what the office looks at before it changes a draft by hand: for a seat everybody of its pool, for a
 * person every seat, and which seats hardly anybody could stand in for. By check alone: nothing is planned.
 */
#ifndef TOBAN_APP_CHOOSE_H
#define TOBAN_APP_CHOOSE_H

#include "toban/app/app.h"

enum tb_choice_mark {
    TB_CHOICE_MAY,    /* ○ costs nothing, or less than now */
    TB_CHOICE_PRICE,  /* △ a soft rule, a wish or the ledgers make it dearer */
    TB_CHOICE_MAY_NOT /* × breaks a hard rule that is kept now */
};
const char *tb_choice_sign(enum tb_choice_mark mark); /* ○ △ × */

/* One person in one seat, all else kept. Indices are those of the draft's own region (its problem's). */
struct tb_choice {
    int slot, provider;
    int instead_of; /* who leaves the seat for him; -1: it is open */
    enum tb_choice_mark mark;
    int n_hard;   /* hard rules newly broken */
    int64_t cost; /* what rules and ledgers cost more than now */
    struct tb_notes
        why; /* a sentence (tb_violation_short) for each that is newly broken or priced, hard first */
    const char **rules; /* id of the rule of each hard sentence, n_hard of them; borrowed from the draft */
    /* His account in the first ledger that counts the seat, in hundredths of a duty done ahead (+) or owed
     * (-), now and with the seat; -1: no ledger counts it. */
    int ledger;
    int64_t before, after;
    tb_day last, next; /* his duties nearest before and after that day, TB_DAY_NONE: none known */
    bool reserve_here; /* he sits in reserve for the same duty, date and band */
    int wish;          /* row of the draft's `today` in which he says something of that day, -1: none */
};
struct tb_choices {
    struct tb_choice *v;
    int n;
};
void tb_choices_free(struct tb_choices *x);

/* Everybody who might take the seat in place of `who` (-1: of nobody, a seat is open): hard breaches first,
 * then cost, account, days since his last duty. */
TB_MUST_USE enum tb_code tb_app_choices(const struct tb_app *app, const struct tb_app_draft *d, int slot,
                                        int who, struct tb_choices *out, struct tb_err *e);
/* Every planned seat of [from, to] that the person could take, in place of him for whom that costs least, in
 * the order of the slots; seats that he has are left out, and no sentences are made. */
TB_MUST_USE enum tb_code tb_app_places(const struct tb_app *app, const struct tb_app_draft *d, int provider,
                                       tb_day from, tb_day to, struct tb_choices *out, struct tb_err *e);

/* A seat for which at most TB_THIN others could step in without breaking a hard rule. */
#define TB_THIN 2
struct tb_thin {
    int slot, holder; /* -1: it is open */
    int others[TB_THIN], n;
};
/* Fewest first, then by slot; the caller frees *v. */
TB_MUST_USE enum tb_code tb_app_thin(const struct tb_app *app, const struct tb_app_draft *d,
                                     struct tb_thin **v, int *n, struct tb_err *e);

#endif
