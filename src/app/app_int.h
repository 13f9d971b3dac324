/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/app.
 */
#ifndef TOBAN_APP_INT_H
#define TOBAN_APP_INT_H

#include "toban/app/app.h"
#include "toban/domain/change.h"
#include "toban/store/records.h"

/* Opens the data file and loads its region. On failure nothing is open. */
enum tb_code app_open(const struct tb_app *app, enum tb_store_mode mode, tb_store **s, struct tb_region **r,
                      struct tb_err *e);
/* Commits when `c` is TB_OK, else rolls back; closes in every case. Returns the first failure. */
enum tb_code app_close(tb_store *s, bool in_transaction, enum tb_code c, struct tb_err *e);
/* Stores draft and seats, writes the audit line `what`, closes the store. d->stored.status NULL: all texts
 * are those of d->result. */
enum tb_code app_store_draft(const struct tb_app *app, tb_store *s, struct tb_app_draft *d, const char *what,
                             struct tb_err *e);
/* The same inside the caller's transaction and without an audit line; the draft decides its problem's planned
 * slots, which lie on [from, to]. */
enum tb_code app_add_draft(const struct tb_app *app, tb_store *s, struct tb_app_draft *d, tb_day from,
                           tb_day to, struct tb_err *e);
/* The slots of `only` (one duty, all who sit there as published) are planned and nothing else; `bound` is
 * what stands elsewhere, `elsewhere` how that differs from what is published and in the books. `r` outlives
 * the problem. */
struct app_slots {
    const struct tb_seat_row *only;
    size_t n_only;
    const struct tb_seat_row *bound;
    size_t n_bound;
    const struct tb_change *elsewhere;
    size_t n_elsewhere;
};
enum tb_code app_slots_problem(tb_store *s, const struct tb_region *r, tb_day from, tb_day to,
                               const struct app_slots *x, struct tb_problem **out, struct tb_err *e);
/* What drafts.steps says of a draft made by a swap. */
#define APP_SWAP_STEPS "swap"
/* Board of a publication from an open store. */
enum tb_code app_board(tb_store *s, const struct tb_region *r, int64_t number, tb_day from, tb_day to,
                       struct tb_board **out, struct tb_err *e);

/* Board of the latest publication over all it covers, with what was taken away, as feeds need it. */
enum tb_code app_feed_board(tb_store *s, const struct tb_region *r, tb_day today, struct tb_board **out,
                            struct tb_err *e);

/* What a what-if asks beside the tables: numbers of seats (*out is the caller's to free), then pins in the
 * problem. TB_USAGE, TB_REFUSED: said what is wrong. */
enum tb_code app_asked_seats(const struct tb_region *r, const struct tb_app_plan_request *rq,
                             struct tb_seat_count **out, size_t *n, struct tb_err *e);
enum tb_code app_asked_pins(struct tb_problem *p, const struct tb_app_plan_request *rq, struct tb_err *e);

/* A seat as people write it (tb_app_seat), of whatever date: duty, date, band, role; no seat number, no
 * provider. */
enum tb_code app_seat_row(const struct tb_region *r, const char *text, struct tb_seat_row *out,
                          struct tb_err *e);

/* Seats of the doctors whom groups have named, of those among `seats` (what is in force): they bind the
 * doctors as the groups' own seats bind the groups. */
enum tb_code app_named_rows(tb_store *s, const struct tb_region *r, const struct tb_seat_row *seats, size_t n,
                            struct tb_seat_row **out, size_t *n_out, struct tb_err *e);

/* The latest generation of a feed's address, or NULL. */
const struct tb_token *app_token_latest(const struct tb_token *v, size_t n, const char *feed,
                                        const char *subject);

/* TB_REFUSED: the draft goes round and is not approved. */
enum tb_code app_may_publish(tb_store *s, int64_t draft, struct tb_err *e);

#endif
