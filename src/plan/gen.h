/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gen: a problem as candidates and rows in plain integers, before it is MathProg. Private to src/plan.
 *
 * A candidate is one provider in one planned slot after everything that a single seat can break; candidates
 * are numbered from 0 in the order (slot, provider), and are x[1..n] of the model. What can never happen has
 * no candidate.
 */
#ifndef TOBAN_PLAN_GEN_H
#define TOBAN_PLAN_GEN_H

#include "toban/domain/check.h"
#include "toban/domain/problem.h"

/* Families of at-most rows: each is a set of rows of its own name in models/roster.mod, hard and priced
 * apart. */
enum tb_gen_family {
    TB_GEN_SEAT,  /* one.seat */
    TB_GEN_COUNT, /* wish.count, and wish rules on it */
    TB_GEN_REST,  /* rest.days */
    TB_GEN_HOURS, /* rest.hours */
    TB_GEN_LIMIT, /* limit.count */
    TB_GEN_RUN,   /* class.run */
    /* week.class (priced, where seats on days of the class may be several: struct tb_gen_week) */
    TB_GEN_WEEK,
    TB_GEN_PERSON, /* person.day */
    TB_GEN_LINK,   /* link.exclude */
    TB_GEN_APART,  /* pair.apart (priced: slacks shared by a unit) */
    TB_GEN_SPREAD, /* area.spread */
    TB_GEN_YEARS,  /* every.years */
    TB_GEN_LABOUR, /* labour.rest: two seats of one provider */
    TB_GEN_KEEP,   /* skill.min, hard: seats kept for those who offer the speciality */
    TB_GEN_FOLLOW, /* follow: a seat, and those of the other duties who are far from it */
    TB_GEN_AT_MOST
};
/* At-least rows with a priced shortage. */
enum { TB_GEN_MIN, TB_GEN_SKILL, TB_GEN_AT_LEAST };
/* What one candidate costs by itself. */
enum {
    TB_GEN_FEE_WISH,
    TB_GEN_FEE_CONSULTING,
    TB_GEN_FEE_LABOUR,
    TB_GEN_FEE_YEARS,
    TB_GEN_FEE_RHYTHM,
    TB_GEN_FEE_BOUND,
    TB_GEN_FEES
};

struct tb_gen_cand {
    int slot, provider;
    bool pinned;
    int64_t fee[TB_GEN_FEES];
};

/* sum of the listed candidates <= limit (at most), or >= limit (at least); priced: each above (below) costs
 * `price`. */
struct tb_gen_row {
    int limit;
    int first, n;  /* members in tb_gen.pool */
    int64_t price; /* -1: hard */
    int unit;      /* pair.apart: the slack it shares; rows of a priced week: which; else -1 */
};
struct tb_gen_rows {
    struct tb_gen_row *v;
    size_t n, cap;
};

/* Priced week.class: with a seat on a day of the class, every other seat of the week costs. */
struct tb_gen_week {
    int first, n;    /* seats on days of the class */
    int bound_other; /* bound seats of the week on other days */
    int64_t price;
};

/* pair.together: with one of the listed candidates, one of the helpers as well. sum - sum of helpers <=
 * limit: -1 when a bound seat asks for a helper. */
struct tb_gen_need {
    int first, n, first_helper, n_helper, limit;
    int unit; /* the slack it shares; hard: -1 */
};
struct tb_gen_needs {
    struct tb_gen_need *v;
    size_t n, cap;
};

/* Load row of one counter: own candidates and the loads of counters within = unit steps. */
struct tb_gen_load {
    int counter; /* in the problem */
    int first, n;
    int first_child, n_child; /* indices of loads, in pool */
    int total;                /* candidates counted, children's included */
    int steps;                /* steps written */
    int last;                 /* width of the last step */
    int64_t price, entitlement, beyond;
};

/* What step k of the load costs, 1 <= k; the last one's cost for every duty beyond it. Rises with k. */
int64_t tb_gen_step_cost(const struct tb_gen_load *l, int k);

struct tb_gen {
    const struct tb_problem *p;
    struct tb_gen_cand *cand;
    size_t n_cand, cap_cand;
    int *slots; /* planned slots, ascending: cover row s is slots[s] */
    int n_slots;
    int *slot_first; /* per cover row and one past: first candidate */
    /* per cover row: pins that a hard rule forbids; with one of them there is no roster */
    int *lost;
    int *pool;
    size_t n_pool, cap_pool;
    struct tb_gen_rows hard[TB_GEN_AT_MOST], soft[TB_GEN_AT_MOST], least[TB_GEN_AT_LEAST];
    struct tb_gen_week *week;
    size_t n_week, cap_week;
    /* of priced weeks, by cliques: seats on days of the class; other seats */
    struct tb_gen_rows some, other;
    int64_t *unit_price; /* of the shared slacks of pair.apart */
    size_t n_unit, cap_unit;
    struct tb_gen_needs need_hard, need_soft;
    int64_t *alone_price; /* of the shared slacks of pair.together */
    size_t n_alone, cap_alone;
    /* limit.hours: members weigh the minutes of their slots, limits are minutes, a slack is an hour begun */
    struct tb_gen_rows hours_hard, hours_soft;
    struct tb_gen_load *load;
    size_t n_load, cap_load;
    int64_t fixed; /* what bound seats alone already cost */
};

/* Rows of docs/reference/rules.md for the problem. TB_INPUT when a rule's parameters are wrong. *out is owned
 * by the caller. */
TB_MUST_USE enum tb_code tb_gen_new(const struct tb_problem *p, struct tb_gen **out, struct tb_err *e);
void tb_gen_free(struct tb_gen *g);
/* The same as MathProg data for models/roster.mod. */
void tb_gen_data(const struct tb_gen *g, struct tb_buf *out);
/* The same as the program itself: what models/roster.mod makes of that data, rows and columns in the same
 * order. */
struct tb_gen_program {
    struct tb_rows rows;
    int *cand_of;   /* per column: its candidate, or -1 */
    int64_t *start; /* per column: values of a choice; NULL: none was given */
};
/* `chosen`: candidates that break no hard row, or NULL. The result is owned by the caller. */
void tb_gen_build(const struct tb_gen *g, const int *chosen, size_t n_chosen, struct tb_gen_program *out);
void tb_gen_program_free(struct tb_gen_program *p);
/* A roster without solving, for when time is short; false when pins exclude each other. *chosen is owned by
 * the caller, also after false. */
TB_MUST_USE bool tb_gen_greedy(const struct tb_gen *g, int **chosen, size_t *n);
/* The objective of a choice of candidates (numbers from 0), by the rows, in integers. False: a hard row is
 * broken, a seat too many, a pinned one left out. */
TB_MUST_USE bool tb_gen_cost(const struct tb_gen *g, const int *chosen, size_t n, int64_t *cost);
/* Is there a pin that a hard rule forbids? */
bool tb_gen_lost(const struct tb_gen *g);
/* No choice costs less: what is certain without solving. */
int64_t tb_gen_floor(const struct tb_gen *g);

/* ---- between the files of gen -------------------------------------------------------------------- */

/* A seat, taken for certain (cand -1) or perhaps, of a provider. */
struct tb_gen_event {
    int slot, provider, cand;
};
/* Whose seats are looked at together: a provider's, those of a person (named by his first provider on each
 * seat's date), or those of all who are ever one person near the period. */
enum tb_gen_whose { TB_GEN_PROVIDER, TB_GEN_PERSON_ON, TB_GEN_KIN };
/* Seats by provider, person or kin, each in slot order. */
struct tb_gen_index {
    int *first; /* n_providers + 1 */
    struct tb_gen_event *ev;
};

struct tb_gen_ctx {
    const struct tb_problem *p;
    const struct tb_region *r;
    struct tb_gen *g;
    struct tb_arena arena;
    struct tb_rule_args *args; /* per rule */
    struct tb_gen_index by[3]; /* enum tb_gen_whose */
    int *kin;                  /* per provider: the first of those he is ever one person with */
    bool *dead;                /* candidates that cannot be, seen after bound seats are known */
    bool *counted;             /* per slot: of the rule at hand */
    /* the selection at hand: counted seats of one provider, person or kin */
    struct tb_gen_event *sel;
    size_t n_sel, cap_sel;
    enum tb_gen_whose whose;
    int who;
    int *list;
    size_t n_list, cap_list;
    tb_day *dates; /* of the class at hand (class.run) */
    size_t n_dates, cap_dates;
    /* rows of at most one, by candidate; known once the hard rules are through */
    int *one_first;
    const struct tb_gen_row **one;
    int *mark;
    /* per provider, indices ascending */
    int *wish_first, *wish;
    int *external_first, *external; /* per kin */
    int *hours_first, *hours;
};

void tb_gen_index_build(struct tb_gen_ctx *c);
void tb_gen_index_free(struct tb_gen_ctx *c);
void tb_gen_candidates(struct tb_gen_ctx *c);
void tb_gen_hard_rules(struct tb_gen_ctx *c);
void tb_gen_soft_rules(struct tb_gen_ctx *c);
void tb_gen_loads(struct tb_gen_ctx *c);
/* Numbers groups of v[0..n) from 0, so that each stands in one hard row of at most one; returns how many. */
int tb_gen_cliques(struct tb_gen_ctx *c, const int *v, int n, int *group);
/* Drops rows that another hard row implies, merges equal priced ones. */
void tb_gen_tidy(struct tb_gen *g);

/* One function for each rule type: a type without one does not link. The slots it
 * counts are marked in c->counted; `price` is -1 when it is hard. */
typedef void tb_gen_rule_fn(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price);
#define TB_GEN_TYPE(TYPE, name, ...) tb_gen_rule_fn tb_gen_##name;
TB_RULES(TB_GEN_TYPE)
#undef TB_GEN_TYPE

/* What a wish says about a slot: covers date, duty and band. */
bool tb_gen_wish_covers(const struct tb_region *r, const struct tb_wish *w, const struct tb_slot *s);
/* The slot is among the survey's days and duties. */
bool tb_gen_survey_asks(const struct tb_region *r, int survey, const struct tb_slot *s);
/* Marks c->counted for the rule: duties, dates, roles. */
void tb_gen_count_slots(struct tb_gen_ctx *c, const struct tb_rule *rule, int roles);
/* An assignment of the provider to the slot against the wishes of that type, must or if possible. */
bool tb_gen_against_wish(const struct tb_gen_ctx *c, const struct tb_slot *s, int provider, int type,
                         bool must);
bool tb_gen_consulting(const struct tb_gen_ctx *c, const struct tb_slot *s, int provider, int margin);

/* ---- what the rules are made of (gen_tools.c) ---- */

static inline const struct tb_slot *tb_gen_slot_of(const struct tb_gen_ctx *c, const struct tb_gen_event *ev)
{
    return &c->p->slots[ev->slot];
}
static inline tb_day tb_gen_date_of(const struct tb_gen_ctx *c, const struct tb_gen_event *ev)
{
    return c->p->slots[ev->slot].date;
}
/* Seats that stand together (tb_gen_group_end). */
struct tb_gen_group {
    const struct tb_gen_event *v;
    size_t n;
};

/* Counted seats of one provider, person or kin, candidates that are dead left out, in slot order: c->sel. */
void tb_gen_choose(struct tb_gen_ctx *c, enum tb_gen_whose whose, int who);
/* Calls for each provider whom the rule means, or for each person or kin, with his counted seats chosen;
 * without any only where `seatless`. */
void tb_gen_each_provider(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price, bool seatless,
                          tb_gen_rule_fn *rule);
void tb_gen_each_person(struct tb_gen_ctx *c, enum tb_gen_whose whose, const struct tb_rule_args *a,
                        int64_t price, tb_gen_rule_fn *rule);
/* Are two providers one person on that date? */
bool tb_gen_one_person(const struct tb_gen_ctx *c, int a, int b, tb_day date);
/* Takes a copy of the selection: the caller frees it. */
struct tb_gen_event *tb_gen_take(struct tb_gen_ctx *c, size_t *n);
/* Candidates of one provider in one duty, date and band, of which he takes at most one; or bound seats. One
 * past the last, from i on. */
size_t tb_gen_group_end(const struct tb_gen_ctx *c, const struct tb_gen_event *ev, size_t n, size_t i);
/* First slot on or after the date. */
int tb_gen_slot_from(const struct tb_problem *p, tb_day d);
/* Is the provider or person at hand a member of the duty on the date? */
bool tb_gen_in_pool(const struct tb_gen_ctx *c, int duty, tb_day date);
/* Is there a planned counted slot of the class (-1: any) on these dates, of whose pool the provider or person
 * at hand is? */
bool tb_gen_touched(const struct tb_gen_ctx *c, tb_day from, tb_day to, int class_);
void tb_gen_unit_range(const struct tb_problem *p, int unit, tb_day d, tb_day *from, tb_day *to);
/* Selected seats on days [from, to] of the class (-1: all) into c->list; returns the bound ones. */
int tb_gen_gather(struct tb_gen_ctx *c, tb_day from, tb_day to, int class_);
void tb_gen_list_clear(struct tb_gen_ctx *c);
void tb_gen_list_add(struct tb_gen_ctx *c, int cand);
int tb_gen_store(struct tb_gen *g, const int *v, size_t n);
void tb_gen_add_row(struct tb_gen *g, struct tb_gen_rows *rows, const int *v, size_t n, int limit,
                    int64_t price, int unit);
/* At most `cap` of the c->list candidates and `bound` sure seats. */
void tb_gen_at_most(struct tb_gen_ctx *c, int family, int64_t price, int cap, int bound);
/* At most `cap` of the selected seats on days [from, to] of the class (-1: all), bound ones counted. */
void tb_gen_window(struct tb_gen_ctx *c, int family, int64_t price, int cap, tb_day from, tb_day to,
                   int class_);
/* The same in each unit that has a selected seat and meets the planned days. */
void tb_gen_each_unit(struct tb_gen_ctx *c, int family, int64_t price, int cap, int unit, int class_);
/* At most one of two groups of candidates. */
void tb_gen_not_both(struct tb_gen_ctx *c, int family, struct tb_gen_group a, struct tb_gen_group b,
                     int64_t price, int unit);
void tb_gen_charge(struct tb_gen_ctx *c, int cand, int fee, int64_t price);
int tb_gen_slot_minutes(const struct tb_slot *s);

static inline bool tb_ids_have(const struct tb_ids *ids, int v)
{
    for (int i = 0; i < ids->n; i++)
        if (ids->v[i] == v) return true;
    return false;
}
static inline bool tb_slot_in_class(const struct tb_slot *s, int class_)
{
    return class_ < 0 || (s->classes >> class_ & 1);
}
static inline tb_minute tb_slot_start(const struct tb_slot *s) { return s->interval[0].from; }
static inline tb_minute tb_slot_end(const struct tb_slot *s) { return s->interval[s->n_intervals - 1].to; }

#endif
