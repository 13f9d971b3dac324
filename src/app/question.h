/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One question of explain: is there a roster as good as this one and better in one thing, with only some
 * causes in force? Private to src/app.
 */
#ifndef TOBAN_APP_QUESTION_H
#define TOBAN_APP_QUESTION_H

#include "toban/app/explain.h"

enum answer { POSSIBLE, IMPOSSIBLE, UNKNOWN };

/* How a rule row stands in a question. */
enum stand {
    STAND_HARD,   /* as it is */
    STAND_CAPPED, /* its excess is at most `cap`: what this roster has, or one less */
    STAND_FREE    /* asks nothing: wishes that are granted */
};
struct standing {
    enum stand stand;
    int64_t cap;
};

struct asking {
    const struct tb_problem *p;
    const struct tb_roster *roster;
    const struct tb_plan_opts *o;
    int *need; /* seats that must be filled, per slot */
    struct tb_cause *all;
    int n;
    int n_hard;  /* the first of `all`; after them soft rules */
    bool *fixed; /* per cause: always in force, it is what is asked about */
    /* per cause: the roster breaks it, so it stands as `bars` in all seats but those */
    bool *barred;
    struct tb_pinned *bars;
    int *bar_of;
    int n_bars;            /* and the cause of each */
    struct standing *rule; /* per rule row */
    int target;            /* rule row that is to be broken less, or -1 */
    int64_t had;           /* its excess in the roster */
    /* per wish: of a number wished, what the roster has; -1: what is wished */
    int *at_most;
    bool *pin_gone; /* per pin: the roster breaks it */
    int solves;
    struct tb_err *e;
    enum tb_code failed;
};

/* One open seat of `slot` is to be filled (-1: none), or `broken` (of the roster's verdict; NULL: none) is to
 * be no more. TB_REFUSED: the roster breaks what no question can hold (said what). app_ask_end in any case.
 */
enum tb_code app_ask_begin(struct asking *a, const struct tb_problem *p, const struct tb_roster *roster,
                           int slot, const struct tb_violation *broken, const struct tb_plan_opts *o,
                           struct tb_err *e);
void app_ask_end(struct asking *a);

/* Is there a roster that fills every needed seat, with the causes of keep[] in force and no breach of the
 * others above what it may be? A yes is a roster that check finds nothing against; a no is the planner's
 * proof. */
enum answer app_ask(struct asking *a, const bool *keep);
/* The best such roster, where soft rules cost what they cost (but the one asked about is broken less).
 * *proven: none is cheaper. */
enum answer app_ask_best(struct asking *a, const bool *keep, struct tb_roster *roster, bool *proven);

#endif
