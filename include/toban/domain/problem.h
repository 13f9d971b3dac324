/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * problem: one planning question in plain integers: which seats, who might be asked, what is
 * already bound, what the ledgers say. It is what a draft stores ("the instance"), what the planner turns
 * into an integer program and what check and score judge by. It holds facts and parameters, no rule's
 * meaning: that is written twice, in src/plan (as rows) and in src/domain/check.c and score.c (as counting).
 *
 * Everything is in one canonical order, so equal inputs give equal problems, byte for byte:
 * slots by (date, duty, band, role); assignments by (slot, seat).
 */
#ifndef TOBAN_DOMAIN_PROBLEM_H
#define TOBAN_DOMAIN_PROBLEM_H

#include "toban/domain/region.h"
#include "toban/domain/rules.h"

struct tb_interval {
    tb_minute from, to;
}; /* [from, to) */

/* duty x duty date x band x role */
struct tb_slot {
    int duty, band;  /* indices in the region */
    int role;        /* TB_PRIMARY or TB_RESERVE */
    tb_day date;     /* duty date */
    int need;        /* seats, >= 1 */
    int n_intervals; /* 1 or 2 */
    struct tb_interval interval[2];
    /* reception ends (equal to the interval's end when the band does not say) */
    tb_minute reception[2];
    uint64_t classes; /* tb_day_classes of the duty on the date */
    /* its seats are to be decided; false: context that binds (published, history, other duty) */
    bool planned;
};

struct tb_assignment {
    int slot;
    int seat;
    int provider;
}; /* seat 1..need */

/* TB_PIN_PIN, TB_PIN_FORBID, or TB_PIN_KEEP: he sits there as published, and taking him away costs
 * change_price */
struct tb_pinned {
    int slot;
    int provider;
    int action;
};

/* One account of one ledger. */
struct tb_counter {
    int ledger; /* index in the region */
    /* provider (scope provider), first provider of the person on the problem's last day (scope person), share
     * row (scope share) */
    int account;
    int64_t carried; /* millionths of a duty, at the start: owed (+) or done ahead (-) */
    int64_t accrued; /* millionths, what the planned slots add to the entitlement */
    /* E in hundredths of a duty = round half away from zero of (carried, at most the ledger's catch_up a
     * month, + accrued) / 10000 */
    int64_t entitlement;
    /* S: unit steps with rising price; loads beyond S cost what step S costs, each */
    int steps;
    int price;  /* w */
    int beyond; /* v: 100 v besides for each duty begun from one duty's deviation on */
};

/* Who is one person from a day on: per provider the smallest provider index of his person, a doctor and what
 * he owns by links `owns` in force (connected components). */
struct tb_persons {
    tb_day from;
    int *of;
};

struct tb_problem {
    const struct tb_region *region; /* borrowed; outlives the problem */
    tb_day from, to;                /* inclusive */
    int *duties;
    int n_duties; /* planned, ascending */
    struct tb_slot *slots;
    int n_slots;
    struct tb_assignment *bound;
    int n_bound; /* in slots with planned == false */
    struct tb_pinned *pins;
    int n_pins; /* in planned slots */
    /* ascending, one more for each day near the period on which links begin or end; the first holds on the
     * days before it, too. At least one: ask tb_problem_persons */
    struct tb_persons *persons;
    int n_persons;
    /* by (ledger, account); only accounts that a planned slot can touch */
    struct tb_counter *counters;
    int n_counters;
    int64_t open_price; /* of one open seat, see docs/reference/rules.md */
    /* of one published seat given to another, or left open; 0: nothing was published here */
    int64_t change_price;
    struct tb_arena arena;
    struct tb_problem *of; /* of a share: whose slots and counters these are */
    atomic_int *holders;   /* of what is shared: how many will free it */
};

/* An assignment told by names, as published, imported or typed: the form that outlives problems. */
/* indices in the region */
struct tb_seat_row {
    int duty;
    tb_day date;
    int band;
    int role;
    int seat;
    int provider;
};
static inline bool tb_same_slot(const struct tb_seat_row *a, const struct tb_seat_row *b)
{
    return a->date == b->date && a->duty == b->duty && a->band == b->band && a->role == b->role;
}
/* Is the row one of this slot? */
static inline bool tb_slot_is(const struct tb_slot *s, const struct tb_seat_row *x)
{
    return s->date == x->date && s->duty == x->duty && s->band == x->band && s->role == x->role;
}

/* Carried balances at the moment of planning: ledger x account -> millionths (sum of the opening balance and
 * of all entries since). Accounts not named have 0; several rows of one add up, as do those of one person on
 * the problem's last day. */
struct tb_carried {
    int ledger;
    int account;
    int64_t millionths;
};

struct tb_problem_input {
    const struct tb_region *region;
    tb_day from, to;
    const int *duties;
    int n_duties;
    /* everything in force, any date; history rows of the region are added */
    const struct tb_seat_row *published;
    size_t n_published;
    const struct tb_carried *carried;
    size_t n_carried;
    /* with n_only > 0 no other slots are planned than those of these rows */
    const struct tb_seat_row *only;
    size_t n_only;
    /* planned seats otherwise than the calendar has them; the last that fits wins */
    const struct tb_seat_count *counts;
    size_t n_counts;
    /* Slots that have begun by this minute (0: none) are not planned: what is published there binds, whatever
     * `replan` says; with `past` those where nothing is published are. */
    tb_minute begun;
    bool past;
};
/* Does it begin at that minute or before? */
bool tb_seat_begun(const struct tb_region *r, const struct tb_seat_row *s, tb_minute now);
/* So many seats (0: none) of a duty's band and role, on one date (or TB_DAY_NONE) and on days of a class (or
 * -1: all) on which the band is open. */
struct tb_seat_count {
    int duty, band, role;
    tb_day date;
    int class_;
    int need;
};
/* Builds the problem. Seats of the planned duties within [from, to] that are already published stay bound
 * (their slots are context) unless `replan`. Context reaches back and forward as far as any rule looks (at
 * least 46 days). TB_INPUT: a pin names a slot that does not exist or a provider outside the pool; TB_NO:
 * nothing to plan in this period (said which duties and days). */
TB_MUST_USE enum tb_code tb_problem_build(const struct tb_problem_input *in, bool replan,
                                          struct tb_problem **out, struct tb_err *e);
void tb_problem_free(struct tb_problem *p);
/* The same problem for one more holder, in any thread, who frees it as if it were his own; nobody changes the
 * first any more. The pins are the holder's own: what is done to them here does not reach the others. */
struct tb_problem *tb_problem_share(struct tb_problem *p);
/* Every seat of `published` in a planned slot costs `price` when he who sits there is taken away
 * (docs/reference/rules.md, "Published seats planned anew"); the price of open seats is raised so that no
 * change is worth a hole. price > 0; once per problem. */
void tb_problem_keep(struct tb_problem *p, const struct tb_seat_row *published, size_t n, int64_t price);
/* A provider who can take no planned seat. */
void tb_problem_without(struct tb_problem *p, int provider);
/* Takes the pins out; prohibitions stay. For judging seats that are published: a pin belongs to the planning
 * of its seat. */
void tb_problem_unpin(struct tb_problem *p);
/* One pin or prohibition (TB_PIN_PIN, TB_PIN_FORBID) more, in a planned slot. */
void tb_problem_pin(struct tb_problem *p, int slot, int provider, int action);

/* All slots of the duties on [from, to], canonical order, need >= 1; used by problem, boards and the routing
 * table. Memory from `a`. Returns how many. */
int tb_slots_of(const struct tb_region *r, const int *duties, int n_duties, tb_day from, tb_day to,
                struct tb_arena *a, struct tb_slot **out);

/* One slot of a band, whether or not today's calendar would give it a seat (history, published rosters). */
struct tb_slot tb_slot_make(const struct tb_region *r, int band, int role, tb_day date, int need);

/* Is the provider a member of the duty's pool on that date: member row in force, joined and not left?
 * (Exemption apart.) -1: no; else the index of the member row. */
int tb_member_on(const struct tb_region *r, int duty, int provider, tb_day date);
/* Exempt from the slot (leave, age, illness): does an interval of it reach into a day of an exemption, by the
 * clock? *accrues (may be NULL) says whether entitlement goes on. The slot has its intervals. */
bool tb_exempt_from(const struct tb_region *r, const struct tb_slot *s, int provider, bool *accrues);
/* The same for a whole day, from midnight to midnight. */
bool tb_exempt_on(const struct tb_region *r, int duty, int provider, tb_day date, bool *accrues);
/* The hours that a wish names by the clock: from 0:00 of its first day to 24:00, or its hour, of the last.
 * False: it names duty dates, or none. */
bool tb_wish_hours(const struct tb_region *r, const struct tb_wish *w, struct tb_interval *out);
bool tb_link_on(const struct tb_link *l, tb_day date);

/* Persons of accounts: `person_of` below is on the slot's date. Adds to each account what one slot's `seats`
 * seats add to its ledgers' entitlement, in millionths, exactly seats * 1000000 in sum over the accounts of a
 * ledger that counts the slot (largest remainder, ties by account order). Members on the date that are no
 * helpers and not exempt, or whose exemption accrues, take part with their weight; share groups with their
 * share row's weight, of those that have a member that day; where formulas are in force, with the weight
 * these give. `add` is called with (arg, ledger, account, millionths). Persons get the sum of their
 * providers. */
void tb_accrue(const struct tb_region *r, const int *person_of, const struct tb_slot *s, int seats,
               void (*add)(void *arg, int ledger, int account, int64_t millionths), void *arg);
/* What the seats that `providers` sit in add to the books, accrued and done: a seat counts in a ledger only
 * where its provider has an account, so that accrued less done is zero in sum in every pool. Given help
 * counts nowhere. */
struct tb_book_calls {
    void (*accrued)(void *arg, int ledger, int account, int64_t millionths);
    void (*done)(void *arg, int ledger, int account);
    void *arg;
};
void tb_book_seats(const struct tb_region *r, const int *person_of, const struct tb_slot *s,
                   const int *providers, int n, const struct tb_book_calls *call);
/* Splits `total` by weights of 0 or more: whole parts, then one each to the largest remainders (ties: the
 * first). The parts sum up to it. False when all weights are 0. */
bool tb_apportion(int64_t total, const int64_t *weights, size_t n, int64_t *out);
/* The weights by which a slot's seats are shared: of share groups (TB_OF_SHARE, rows of shares) or members
 * (TB_OF_MEMBER, providers), in account order. */
void tb_weights_of(const struct tb_region *r, int of, const struct tb_slot *s,
                   void (*add)(void *arg, int account, int64_t weight), void *arg);
/* The same of a duty on a whole day. */
void tb_weights_on(const struct tb_region *r, int duty, int of, tb_day date,
                   void (*add)(void *arg, int account, int64_t weight), void *arg);
/* Which ledgers count the slot for this provider, and under which account? None for help that is given. Calls
 * `hit(arg, ledger, account)`. */
void tb_counts_for(const struct tb_region *r, const int *person_of, const struct tb_slot *s, int provider,
                   void (*hit)(void *arg, int ledger, int account), void *arg);
/* Per provider the first of his person, for the links in force on a day; `out` has r->n_providers ints. */
void tb_persons_on(const struct tb_region *r, tb_day date, int *out);
/* The same as the problem has it; borrowed. */
const int *tb_problem_persons(const struct tb_problem *p, tb_day date);
/* An account that tb_counts_for or tb_accrue named on a slot's date, as the counters name it: persons are
 * those of the problem's last day. */
int tb_problem_account(const struct tb_problem *p, int ledger, int account);
/* Index in p->counters or -1. */
int tb_counter_find(const struct tb_problem *p, int ledger, int account);

/* What the load costs in this counter, docs/reference/rules.md, "Ledgers": cost(L), 0 for no load. */
int64_t tb_counter_cost(const struct tb_counter *c, int64_t load);
/* Key text of an account: provider id, or share group id. Borrowed. */
const char *tb_account_id(const struct tb_region *r, int ledger, int account);

/* ---- roster -------------------------------------------------------------------------------- */

/* Who sits where in the planned slots. Sorted by (slot, seat), seats of a slot numbered from 1 without holes;
 * a slot with fewer assignments than `need` has open seats. */
struct tb_roster {
    struct tb_assignment *a;
    int n;
};
void tb_roster_free(struct tb_roster *r); /* frees a[]; leaves it empty */
/* Sorts; gives seat numbers 1.. within each slot, keeping `seat` values > 0 where they are distinct and <=
 * need. */
void tb_roster_normalise(const struct tb_problem *p, struct tb_roster *r);
/* Where in r->a he sits in that slot, -1: not there. */
int tb_roster_find(const struct tb_roster *r, int slot, int provider);
/* Index of the slot (duty, date, band, role) or -1. */
int tb_slot_find(const struct tb_problem *p, int duty, tb_day date, int band, int role);

/* ---- rules: parameters as data --------------------------------------------------------------- */

enum { TB_UNIT_DAY, TB_UNIT_WEEK, TB_UNIT_MONTH, TB_UNIT_YEAR, TB_UNIT_PERIOD, TB_UNIT_SLOT };
enum { TB_ROLES_BOTH, TB_ROLES_PRIMARY, TB_ROLES_RESERVE };

/* A rule's parameters, parsed; unset ones hold the type's default. docs/reference/rules.md has the meaning of
 * each type. */
struct tb_rule_args {
    enum tb_rule_type type;
    int days, hours, max, min, years, margin, unit, roles, class_, link, wish, speciality, level, dispensing;
    int months, age_from, age_to;           /* limit.window; ages in years, 0: open */
    int levels;                             /* labour levels, bit 0 = none; 0: none were named */
    int rest, span, night_rest, night_span; /* hours (labour.rest) */
    struct tb_ids providers, with;          /* with: duties */
};
/* Types and parameters are rows of TB_RULES (toban/domain/rules.h). TB_INPUT names an unknown type, an
 * unknown or missing parameter, a value out of range. `a` holds what args points to. */
TB_MUST_USE enum tb_code tb_rule_parse(const struct tb_region *r, const struct tb_rule *rule,
                                       struct tb_arena *a, struct tb_rule_args *out, struct tb_err *e);
/* Does the rule concern the duty on this date (duties list, since, until)? */
bool tb_rule_concerns(const struct tb_rule *rule, int duty, tb_day date);
static inline bool tb_rule_hard(const struct tb_rule *rule) { return rule->price < 0; }
/* Has the rule's type one of these traits (TB_RULE_IN_TURN ...)? */
bool tb_rule_has(const struct tb_rule *rule, unsigned traits);
/* Is the provider one of those whom the rule names, of a labour level that it names? Rules that name none
 * mean everybody. */
bool tb_rule_means(const struct tb_region *r, const struct tb_rule_args *a, int provider);
/* Sentence in the language set. */
const char *tb_rule_sentence(const struct tb_rule *rule);

#endif
