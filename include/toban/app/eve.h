/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * eve: the list of the day before (前日連絡一覧): who is on duty tomorrow, who of them has not fetched his
 * calendar since it changed, and whom to call when he cannot.
 */
#ifndef TOBAN_APP_EVE_H
#define TOBAN_APP_EVE_H

#include "toban/app/app.h"
#include "toban/app/duties.h"
#include "toban/domain/conflict.h"

#define TB_EVE_MOST 32

struct tb_eve_seat {
    tb_minute from;         /* when it begins */
    int slot, provider;     /* in the board, in the region; provider -1: nobody, the seat is open */
    struct tb_now_seat now; /* the same with what was entered since: who really comes */
    int64_t changed;        /* publication in which the seat last changed */
    /* his feed's address; fetched: in the publication in which the seat changed, or later */
    bool has_address, fetched;
    int reserves[TB_EVE_MOST], n_reserves; /* providers in reserve of the same hours */
    int open_reserves;                     /* seats in reserve that nobody takes */
    int backups[TB_EVE_MOST], n_backups;   /* hospitals that stand behind it */
};
struct tb_eve {
    struct tb_region *region;
    struct tb_board *board;
    tb_day date;
    /* primary seats of the duty date, by start, then canonical order */
    struct tb_eve_seat *v;
    size_t n;
    struct tb_changes changes;
    struct tb_conflicts conflicts; /* of the seats of the date, by today's tables */
};
/* `date` TB_DAY_NONE: the day after today. The order of calling is region->contacts. */
TB_MUST_USE enum tb_code tb_app_eve(const struct tb_app *app, tb_day date, struct tb_eve *out,
                                    struct tb_err *e);
void tb_app_eve_free(struct tb_eve *x);

#endif
