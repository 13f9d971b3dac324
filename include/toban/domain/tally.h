/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tally: a roster in figures that two ways of organising the duties can be compared by: turns, blank days,
 * big days, hours, minutes on the road, ledgers. Everything is told by ids and names of its own, so that
 * tallies of different regions can stand side by side. docs/reference/compare.md says how each figure is
 * counted.
 */
#ifndef TOBAN_DOMAIN_TALLY_H
#define TOBAN_DOMAIN_TALLY_H

#include "toban/domain/check.h"

/* Classes whose days come once a year and are counted by themselves: those with a span of their own
 * (12-29..01-03) that a ledger, directly or through `any_of`, or an every.years rule speaks of. Bit per
 * class. */
uint64_t tb_big_classes(const struct tb_region *r);

struct tb_tally_name {
    const char *id, *name;
};

struct tb_tally_duty {
    const char *id, *name;
    int seats, open; /* planned primary seats; of them, seats nobody takes */
    int64_t minutes; /* of duty, over its primary seats */
    /* Sums over slots with somebody on duty: minutes of the mean inhabitant (of the mean child where the duty
     * is for those under 16 at most) of its area to the nearest place on duty, in thousandths; number of such
     * slots. */
    int64_t patients;
    int slots;
    /* from where the provider is to the duty's fixed place, one way; number of such trips */
    int64_t staff;
    int trips;
};
struct tb_tally_provider {
    const char *id, *name;
    int turns, reserve; /* primary and reserve seats */
    int big;            /* primary seats in any big class */
    int *by_duty;       /* primary seats, per duty */
    int *by_class;      /* primary seats, per big class */
    int64_t minutes;    /* of primary duty */
};
struct tb_tally_open {
    tb_day date;
    const char *duty, *band;
    bool reserve;
    int seats;
};
struct tb_tally_ledger {
    const char *id, *name;
    /* largest deviation of an account from its entitlement, hundredths of a duty */
    int64_t largest;
    const char *who; /* id of that account, the first of equals */
    /* sum of the squared deviations, in ten-thousandths of a squared duty */
    int64_t squares;
};
/* a soft rule that was not kept, in its own words */
struct tb_tally_rule {
    const char *id, *ja, *en;
    int times;
    int64_t cost;
};
struct tb_tally {
    tb_day from, to;
    struct tb_tally_duty *duties;
    int n_duties;
    struct tb_tally_name *classes;
    int n_classes; /* big classes with a planned day */
    /* members of the pools and whoever has a seat, by id */
    struct tb_tally_provider *providers;
    int n_providers;
    struct tb_tally_open *opens;
    int n_opens; /* slots with open seats, in order of time */
    /* those that a planned seat touches, by id */
    struct tb_tally_ledger *ledgers;
    int n_ledgers;
    struct tb_tally_rule *rules;
    int n_rules;                               /* by id */
    int seats, open, open_reserve, blank_days; /* blank: a day with an open primary seat */
    int64_t objective, bound;
    bool proven;
    int soft; /* soft rules not kept, times */
    struct tb_arena arena;
};
/* `bound` and `proven` are the planner's. The tally keeps nothing of its arguments. */
struct tb_tally *tb_tally_of(const struct tb_problem *p, const struct tb_roster *roster,
                             const struct tb_verdict *v, int64_t bound, bool proven);
void tb_tally_free(struct tb_tally *t);

/* Index by id, -1: not there. */
int tb_tally_duty(const struct tb_tally *t, const char *id);
int tb_tally_provider(const struct tb_tally *t, const char *id);
int tb_tally_class(const struct tb_tally *t, const char *id);
int tb_tally_ledger(const struct tb_tally *t, const char *id);
int tb_tally_rule(const struct tb_tally *t, const char *id);
/* Ids of both, each once: a's order, then what b alone has. Borrowed names (of a rule: its sentence in
 * Japanese); *n of them; free(). */
enum tb_tally_list {
    TB_TALLY_DUTIES,
    TB_TALLY_PROVIDERS,
    TB_TALLY_CLASSES,
    TB_TALLY_LEDGERS,
    TB_TALLY_RULES
};
struct tb_tally_name *tb_tally_union(const struct tb_tally *a, const struct tb_tally *b,
                                     enum tb_tally_list list, int *n);
int64_t tb_tally_mean(int64_t sum, int n); /* rounded half up; 0 of none */

#endif
