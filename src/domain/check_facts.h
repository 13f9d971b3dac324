/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to check and score: one roster laid out for counting, and yes-or-no facts about one seat. What a
 * rule makes of them is written in check_rules.c and, apart from it, in score.c.
 */
#ifndef TOBAN_CHECK_FACTS_H
#define TOBAN_CHECK_FACTS_H

#include "toban/domain/problem.h"

/* A seat that somebody sits in, planned or bound. */
struct tb_taken {
    int slot, provider, person; /* person: on its date */
    tb_day date;
    bool planned;
};

struct tb_facts {
    const struct tb_problem *p;
    const struct tb_region *r;
    struct tb_arena arena;
    /* of the roster */
    struct tb_taken *seats; /* rows that can be, by (provider, date, slot) */
    int n_seats, *seats_of; /* seats of provider i: seats_of[i] .. seats_of[i + 1] - 1; so below */
    /* planned seats in slot order (indices in seats), and where each slot's begin */
    int *by_slot, *in_slot;
    /* of the problem */
    /* planned slots of whose duty the provider is a member on the date, in slot order */
    int *pool, *pool_of;
    int *wishes, *wishes_of;   /* wish rows by provider */
    int *kin;                  /* per provider: one for all who are ever one person near the period */
    int *outside, *outside_of; /* external rows by kin */
    int *hours, *hours_of;     /* consulting hours by provider */
    int *owned, *owned_of;     /* `owns` links by owner */
    tb_day first, last;        /* dates of the planned slots; first > last when there are none */
    struct tb_rule_args *args; /* parsed, per rule of the region */
    bool *concerned;           /* rule x slot: tb_facts_concerns */
};

void tb_facts_make(const struct tb_problem *p, const struct tb_roster *roster, struct tb_facts *out);
/* In two steps: what the problem alone says, and a roster laid over it. `out` borrows from `base`; each is
 * freed by itself. */
void tb_facts_base(const struct tb_problem *p, struct tb_facts *base);
void tb_facts_over(const struct tb_facts *base, const struct tb_roster *roster, struct tb_facts *out);
void tb_facts_free(struct tb_facts *f);

/* Is the row's slot a planned one, its provider known? Rows that fail are in no count. */
bool tb_facts_row_possible(const struct tb_problem *p, const struct tb_assignment *a);
/* Does the rule count seats of this slot (duty, dates, role; not the class)? */
bool tb_facts_concerns(const struct tb_facts *f, int rule, int slot);
bool tb_facts_in_class(const struct tb_facts *f, int slot, int class_);
/* The unit of the calendar that holds the date. */
void tb_facts_unit(const struct tb_problem *p, int unit, tb_day date, tb_day *from, tb_day *to);

/* First day of the month that is so many months after the date's. */
tb_day tb_facts_month(tb_day date, int after);
/* Is the provider of the age on that date of which the rule counts seats? Everybody where it names none;
 * where it does, nobody whose date of birth is not known. */
bool tb_facts_of_age(const struct tb_facts *f, int rule, int provider, tb_day date);

tb_minute tb_facts_start(const struct tb_slot *s);
tb_minute tb_facts_end(const struct tb_slot *s);
/* Does an interval of the slot overlap [from, to)? */
bool tb_facts_meets(const struct tb_slot *s, tb_minute from, tb_minute to);
/* Do intervals of the two overlap, those of `a` widened by `margin` minutes on both sides? */
bool tb_facts_overlap(const struct tb_slot *a, const struct tb_slot *b, int margin);
/* Minutes between the later one's first start and the earlier one's last end; negative when they run into
 * each other. */
tb_minute tb_facts_gap(const struct tb_slot *a, const struct tb_slot *b);

bool tb_facts_wish_covers(const struct tb_facts *f, int wish, int slot);
/* Is the slot a primary seat on the survey's days in the duties a count wish speaks of? */
bool tb_facts_wish_counts(const struct tb_facts *f, int wish, int slot);
/* Is the provider bound, by an "only" wish of that strictness, to days that do not hold the slot? */
bool tb_facts_only_excludes(const struct tb_facts *f, int provider, int slot, bool must);
/* Is it a wish "if possible"? */
bool tb_facts_wish_mild(const struct tb_facts *f, int wish);
/* Are two seats of one person, on the date of the one or of the other? */
bool tb_facts_one_person(const struct tb_facts *f, const struct tb_taken *a, const struct tb_taken *b);
bool tb_facts_busy_outside(const struct tb_facts *f, int provider, int slot);
/* External rows of the seat's person, not under a permit, that begin less than so many hours after its end,
 * or end less than that before its start, or meet it. */
int tb_facts_near_outside(const struct tb_facts *f, const struct tb_taken *t, int hours);
bool tb_facts_consults(const struct tb_facts *f, int provider, int slot, int margin);
/* labour.rest: does a span of work near one of these planned slots of the provider break its limits? Work is
 * what he does elsewhere without a permit, his bound counted seats, and the n slots. *hours (may be NULL):
 * the length of that span, begun hours counted. */
bool tb_facts_overworked(const struct tb_facts *f, int rule, int provider, const int *slots, int n,
                         int64_t *hours);
/* Minutes of the slot's intervals; of the provider's work elsewhere that begins on days from..to, nights
 * under a permit left out. */
int64_t tb_facts_minutes(const struct tb_slot *s);
int64_t tb_facts_minutes_outside(const struct tb_facts *f, int provider, tb_day from, tb_day to);

#endif
