/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * swap (当番の交換): a published seat against another of the same duty, or given to somebody else. Asked for,
 * agreed to by both, approved by the office, published as the next publication. It means seats as they stand
 * in a publication, never a time. Every step judges it anew by the whole rule set.
 */
#ifndef TOBAN_APP_SWAP_H
#define TOBAN_APP_SWAP_H

#include "toban/app/app.h"
#include "toban/domain/change.h"
#include "toban/store/records.h"

const char *tb_swap_word(enum tb_swap_state state); /* in the language set */
const char *tb_swap_id(enum tb_swap_state state);   /* "asked" ... */

struct tb_swap_request {
    const char *seat, *provider; /* whose duty it is (NULL: the only one there) */
    /* the seat that he takes in return, and whose it is (NULL: the only one there) */
    const char *with, *partner;
    /* instead: somebody who takes the seat and gives none; a seat of his in the same band (in reserve) stays
     * open */
    const char *to;
    int64_t publication; /* in which he read it; 0: the latest */
    bool by_office;      /* the office asks; neither has consented by that */
    /* the office enters what both agreed to, and how it was told; NULL: no */
    const char *by_phone;
    const char *reason; /* may be NULL */
    bool what_if;       /* nothing is stored */
};

/* One day's part of a swap: the slots that change hands on that day are planned, all else binds. */
struct tb_swap_part {
    tb_day date;
    struct tb_problem *problem;
    struct tb_roster before, after;
    struct tb_verdict *now, *then;
};

struct tb_app_swap {
    struct tb_region *region;
    struct tb_swap swap; /* id 0: not stored */
    enum tb_swap_state state;
    /* For whose eyes it is: provider, and which of the two he is; -1: the office. One of the two is not told
     * of a breach of somebody else, what stands against it, nor what was noted, and has no effect but his. */
    int reader, side;
    /* TB_OK: nothing stands against it today; else `why_not`. Only told of open ones */
    enum tb_code possible;
    struct tb_err why_not;
    struct tb_change changes[2];
    int n_changes;   /* what it would change: the seat asked for first */
    int provider[2]; /* who wants to be relieved; who takes his seat */
    struct tb_swap_part part[2];
    int n_parts; /* none: it could not be judged */
    struct tb_seat_row *seats;
    size_t n_seats; /* in force today, canonical order */
    struct tb_ledger_line *lines;
    size_t n_lines;
    tb_day today; /* the books, and whose account is whose */
};
void tb_app_swap_free(struct tb_app_swap *x);

/* TB_REFUSED: a day is past, the seat changed since the publication meant, it is not his duty, it is in
 * another open swap, both are one, the other seat is of another duty or the same slot, or a hard rule would
 * be broken to which nobody consented. TB_USAGE: unknown words. */
TB_MUST_USE enum tb_code tb_app_swap_ask(const struct tb_app *app, const struct tb_swap_request *rq,
                                         struct tb_app_swap *out, struct tb_err *e);
/* With all that it means today. TB_NO: there is no such swap. */
TB_MUST_USE enum tb_code tb_app_swap_open(const struct tb_app *app, int64_t id, struct tb_app_swap *out,
                                          struct tb_err *e);
/* AGREED (by `provider`), APPROVED, REFUSED or WITHDRAWN (by `provider`, or NULL: the office). TB_REFUSED:
 * not from this state, he has said so already or is none of the two, or (agreed, approved) what refuses
 * asking. */
TB_MUST_USE enum tb_code tb_app_swap_move(const struct tb_app *app, int64_t id, enum tb_swap_state to,
                                          const char *provider, const char *note, struct tb_app_swap *out,
                                          struct tb_err *e);
/* An approved one becomes the next publication. */
TB_MUST_USE enum tb_code tb_app_swap_publish(const struct tb_app *app, int64_t id, const char *note,
                                             struct tb_publication *out, struct tb_err *e);
/* All, or a member's own, by number, without what they mean. Free with tb_swap_free and free. */
TB_MUST_USE enum tb_code tb_app_swaps(const struct tb_app *app, struct tb_swap **out, size_t *n,
                                      struct tb_err *e);
enum tb_swap_state tb_swap_state(const struct tb_swap *x);
bool tb_swap_consented(const struct tb_swap *x, int side);

/* ---- what it means for one of the two -------------------------------------------------------------- */

/* His duties around a seat, of whatever kind: the one before and the one after it; duty -1: none. */
struct tb_swap_rest {
    struct tb_seat_row seat;
    bool takes;
    struct tb_seat_row before, after;
};
/* duties of the fiscal year on days of the class; class -1: all */
struct tb_swap_count {
    int class_, before, after;
};
/* carried, millionths of a duty */
struct tb_swap_book {
    int ledger, account;
    int64_t before, after;
};
struct tb_swap_rule {
    const struct tb_problem *problem;
    const struct tb_violation *violation;
    bool newly;
    bool consented;
};
struct tb_swap_effect {
    int provider, other, year; /* fiscal year of `counts` */
    struct tb_swap_rest rest[2];
    int n_rest;
    struct tb_swap_count *counts;
    size_t n_counts;
    struct tb_swap_book *books;
    size_t n_books;
    struct tb_swap_rule *rules;
    size_t n_rules; /* his own, and those of a seat as a whole */
    /* hard rules that it breaks for somebody else: which is not his to know */
    int others_hard;
};
/* Of side 0 or 1, for a reader his own: nothing in it is another's. Needs parts. */
void tb_app_swap_effect(const struct tb_app_swap *x, int side, struct tb_swap_effect *out);
void tb_swap_effect_free(struct tb_swap_effect *f);

#endif
