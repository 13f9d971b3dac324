/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The judgement of a roster: what is always hard, seat by seat, then the rules (check_rules.c), then the
 * ledgers.
 */
#include <stdlib.h>
#include <string.h>

#include "check_int.h"

#define ORDER(a, b) \
    do { \
        if ((a) != (b)) return (a) < (b) ? -1 : 1; \
    } while (0)

static int canonical(const void *a, const void *b)
{
    const struct tb_violation *x = a, *y = b;
    ORDER(y->hard, x->hard);
    int c = strcmp(x->rule, y->rule);
    if (c) return c;
    ORDER(x->from, y->from);
    ORDER(x->provider, y->provider);
    ORDER(x->area, y->area);
    ORDER(x->slots[0], y->slots[0]);
    ORDER(x->slots[1], y->slots[1]);
    ORDER(x->to, y->to);
    ORDER(x->measured, y->measured);
    ORDER(x->excess, y->excess);
    return 0;
}

/* ---- always hard -------------------------------------------------------------------------- */

static void one(struct tb_judge *j, enum tb_builtin which, int provider, int slot)
{
    tb_day date = j->p->slots[slot].date;
    tb_judge_builtin(j, which,
                     (struct tb_violation){.provider = provider,
                                           .slots = {slot, -1},
                                           .from = date,
                                           .to = date,
                                           .measured = 1,
                                           .allowed = 0});
}

static void judge_impossible(struct tb_judge *j, const struct tb_roster *roster)
{
    const struct tb_problem *p = j->p;
    for (int i = 0; i < roster->n; i++) {
        const struct tb_assignment *a = &roster->a[i];
        if (tb_facts_row_possible(p, a)) continue;
        bool known = a->slot >= 0 && a->slot < p->n_slots;
        tb_day date = known ? p->slots[a->slot].date : p->from;
        bool who = a->provider >= 0 && a->provider < j->r->n_providers;
        tb_judge_builtin(j, known && p->slots[a->slot].planned ? TB_BUILTIN_MEMBER : TB_BUILTIN_SLOT,
                         (struct tb_violation){.provider = who ? a->provider : -1,
                                               .slots = {known ? a->slot : -1, -1},
                                               .from = date,
                                               .to = known ? date : p->to,
                                               .measured = 1});
    }
}

static void judge_slots(struct tb_judge *j)
{
    for (int s = 0; s < j->p->n_slots; s++) {
        int filled = j->f.in_slot[s + 1] - j->f.in_slot[s];
        const struct tb_slot *slot = &j->p->slots[s];
        if (filled > slot->need)
            tb_judge_builtin(j, TB_BUILTIN_SEATS,
                             (struct tb_violation){.provider = -1,
                                                   .slots = {s, -1},
                                                   .from = slot->date,
                                                   .to = slot->date,
                                                   .measured = filled,
                                                   .allowed = slot->need});
    }
}

static bool cannot(const struct tb_facts *f, int provider, int slot)
{
    for (int i = f->wishes_of[provider]; i < f->wishes_of[provider + 1]; i++) {
        int w = f->wishes[i];
        if (f->r->wishes[w].type == TB_WISH_CANNOT && !tb_facts_wish_mild(f, w) &&
            tb_facts_wish_covers(f, w, slot))
            return true;
    }
    return false;
}

static void judge_seats(struct tb_judge *j)
{
    const struct tb_facts *f = &j->f;
    const struct tb_region *r = j->r;
    for (int i = 0; i < f->n_seats; i++) {
        const struct tb_taken *t = &f->seats[i];
        if (!t->planned) continue;
        int duty = j->p->slots[t->slot].duty;
        if (tb_member_on(r, duty, t->provider, t->date) < 0 ||
            r->providers[t->provider].kind != r->duties[duty].kind)
            one(j, TB_BUILTIN_MEMBER, t->provider, t->slot);
        if (tb_exempt_from(r, &j->p->slots[t->slot], t->provider, NULL))
            one(j, TB_BUILTIN_EXEMPT, t->provider, t->slot);
        if (cannot(f, t->provider, t->slot)) one(j, TB_BUILTIN_CANNOT, t->provider, t->slot);
        if (tb_facts_only_excludes(f, t->provider, t->slot, true))
            one(j, TB_BUILTIN_ONLY, t->provider, t->slot);
        if (tb_facts_busy_outside(f, t->provider, t->slot)) one(j, TB_BUILTIN_EXTERNAL, t->provider, t->slot);
    }
}

/* Slots of one duty, date and band are neighbours in the order of slots, so double seats are neighbours here.
 */
static void judge_one_seat(struct tb_judge *j)
{
    for (int i = 1; i < j->f.n_seats; i++) {
        const struct tb_taken *a = &j->f.seats[i - 1], *b = &j->f.seats[i];
        const struct tb_slot *x = &j->p->slots[a->slot], *y = &j->p->slots[b->slot];
        if (a->provider != b->provider || (!a->planned && !b->planned)) continue;
        if (x->duty != y->duty || x->date != y->date || x->band != y->band) continue;
        tb_judge_builtin(j, TB_BUILTIN_ONE_SEAT,
                         (struct tb_violation){.provider = a->provider,
                                               .slots = {a->slot, b->slot},
                                               .from = a->date,
                                               .to = a->date,
                                               .measured = 2,
                                               .allowed = 1});
    }
}

static void judge_wish_counts(struct tb_judge *j)
{
    const struct tb_facts *f = &j->f;
    for (int w = 0; w < j->r->n_wishes; w++) {
        const struct tb_wish *wish = &j->r->wishes[w];
        if (wish->type != TB_WISH_COUNT || tb_facts_wish_mild(f, w)) continue;
        int n = 0, planned = -1;
        for (int i = f->seats_of[wish->provider]; i < f->seats_of[wish->provider + 1]; i++) {
            if (!tb_facts_wish_counts(f, w, f->seats[i].slot)) continue;
            n++;
            if (f->seats[i].planned) planned = f->seats[i].slot;
        }
        const struct tb_survey *survey = &j->r->surveys[wish->survey];
        if (n > wish->count && planned >= 0)
            tb_judge_builtin(j, TB_BUILTIN_WISH_COUNT,
                             (struct tb_violation){.provider = wish->provider,
                                                   .slots = {planned, -1},
                                                   .from = survey->from,
                                                   .to = survey->to,
                                                   .measured = n,
                                                   .allowed = wish->count});
    }
}

static void judge_pins(struct tb_judge *j)
{
    const struct tb_facts *f = &j->f;
    for (int k = 0; k < j->p->n_pins; k++) {
        const struct tb_pinned *pin = &j->p->pins[k];
        if (pin->action == TB_PIN_KEEP) continue;
        bool in = false;
        for (int i = f->in_slot[pin->slot]; i < f->in_slot[pin->slot + 1]; i++)
            in |= f->seats[f->by_slot[i]].provider == pin->provider;
        bool wanted = pin->action == TB_PIN_PIN;
        if (in == wanted) continue;
        tb_day date = j->p->slots[pin->slot].date;
        tb_judge_builtin(j, wanted ? TB_BUILTIN_PIN : TB_BUILTIN_FORBID,
                         (struct tb_violation){.provider = pin->provider,
                                               .slots = {pin->slot, -1},
                                               .from = date,
                                               .to = date,
                                               .measured = in,
                                               .allowed = wanted});
    }
}

/* Published seats whose people are gone. */
static int count_changes(const struct tb_judge *j)
{
    const struct tb_facts *f = &j->f;
    int changes = 0;
    for (int k = 0; k < j->p->n_pins; k++) {
        const struct tb_pinned *kept = &j->p->pins[k];
        bool there = false;
        for (int i = f->in_slot[kept->slot]; i < f->in_slot[kept->slot + 1]; i++)
            there |= f->seats[f->by_slot[i]].provider == kept->provider;
        changes += kept->action == TB_PIN_KEEP && !there;
    }
    return changes;
}

/* ---- ledgers ------------------------------------------------------------------------------ */

/* Are there two of that person, on that date, who ever were members of duties of the ledger? */
static bool has_account(const struct tb_judge *j, int ledger, int person, tb_day date)
{
    const struct tb_ids *duties = &j->r->ledgers[ledger].duties;
    const int *of = tb_problem_persons(j->p, date);
    int first = -1;
    for (int m = 0; m < j->r->n_members; m++) {
        const struct tb_member *row = &j->r->members[m];
        bool counted = false;
        for (int k = 0; k < duties->n; k++) counted |= duties->v[k] == row->duty;
        if (!counted || of[row->provider] != person) continue;
        if (first < 0) first = row->provider;
        if (row->provider != first) return true;
    }
    return false;
}

static int account_of(const struct tb_judge *j, int ledger, const struct tb_taken *t)
{
    const struct tb_region *r = j->r;
    int duty = j->p->slots[t->slot].duty, member = tb_member_on(r, duty, t->provider, t->date);
    /* He may have an account for another duty of the ledger. */
    if (member >= 0 && r->members[member].help == TB_HELP_GIVEN) return -1;
    if (r->ledgers[ledger].scope == TB_SCOPE_PROVIDER) return t->provider;
    if (r->ledgers[ledger].scope == TB_SCOPE_PERSON)
        return has_account(j, ledger, t->person, t->date) ? tb_problem_persons(j->p, j->p->to)[t->person]
                                                          : -1;
    if (member < 0 || !r->members[member].share) return -1;
    for (int i = 0; i < r->n_shares; i++)
        if (r->shares[i].duty == duty && strcmp(r->shares[i].id, r->members[member].share) == 0) return i;
    return -1;
}

/* What the k-th duty of an account costs: the growth of the squared deviation, and 100 v if it leads one duty
 * or more away, or less if it comes from there. */
static int64_t one_duty_more(const struct tb_counter *c, int64_t k)
{
    int64_t before = 100 * (k - 1) - c->entitlement, after = before + 100, cost = c->price * (before + after);
    if (after >= 100) cost += 100 * (int64_t)c->beyond;
    if (before <= -100) cost -= 100 * (int64_t)c->beyond;
    return cost;
}

static void judge_ledgers(struct tb_judge *j, struct tb_verdict *v)
{
    v->loads = tb_arena_alloc(&v->arena, ((size_t)j->p->n_counters + 1) * sizeof *v->loads);
    for (int i = 0; i < j->f.n_seats; i++) {
        const struct tb_taken *t = &j->f.seats[i];
        const struct tb_slot *s = &j->p->slots[t->slot];
        for (int l = 0; t->planned && l < j->r->n_ledgers; l++) {
            const struct tb_ledger *ledger = &j->r->ledgers[l];
            bool counts = false;
            for (int k = 0; k < ledger->duties.n; k++) counts |= ledger->duties.v[k] == s->duty;
            if (!counts || ledger->role != s->role || !tb_facts_in_class(&j->f, t->slot, ledger->class))
                continue;
            int account = account_of(j, l, t), counter = account < 0 ? -1 : tb_counter_find(j->p, l, account);
            if (counter >= 0) v->loads[counter]++;
        }
    }
    for (int c = 0; c < j->p->n_counters; c++) {
        const struct tb_counter *counter = &j->p->counters[c];
        for (int64_t k = 1; k <= v->loads[c]; k++)
            v->ledger_cost += one_duty_more(counter, k < counter->steps ? k : counter->steps);
    }
}

/* ---- together ----------------------------------------------------------------------------- */

tb_checker *tb_checker_new(const struct tb_problem *p)
{
    struct tb_checker *c = tb_xcalloc(1, sizeof *c);
    tb_facts_base(p, &c->base);
    c->memo = tb_arena_alloc(&c->base.arena, ((size_t)p->region->n_rules + 1) * sizeof *c->memo);
    return c;
}

void tb_checker_free(tb_checker *c)
{
    if (!c) return;
    tb_facts_free(&c->base);
    free(c);
}

void tb_check(const struct tb_problem *p, const struct tb_roster *roster, struct tb_verdict **out)
{
    tb_checker *c = tb_checker_new(p);
    tb_checker_judge(c, roster, out);
    tb_checker_free(c);
}

void tb_checker_judge(tb_checker *c, const struct tb_roster *roster, struct tb_verdict **out)
{
    const struct tb_problem *p = c->base.p;
    struct tb_judge j = {.p = p, .r = p->region, .c = c};
    struct tb_verdict *v = tb_xcalloc(1, sizeof *v);
    tb_facts_over(&c->base, roster, &j.f);
    judge_impossible(&j, roster);
    judge_slots(&j);
    judge_seats(&j);
    judge_one_seat(&j);
    judge_wish_counts(&j);
    judge_pins(&j);
    tb_judge_all_rules(&j);
    judge_ledgers(&j, v);
    for (int s = 0; s < p->n_slots; s++) {
        int filled = j.f.in_slot[s + 1] - j.f.in_slot[s];
        if (p->slots[s].planned && filled < p->slots[s].need) v->open_seats += p->slots[s].need - filled;
    }
    if (j.n) qsort(j.v, j.n, sizeof *j.v, canonical);
    v->violations = tb_arena_alloc(&v->arena, (j.n + 1) * sizeof *v->violations);
    if (j.n) memcpy(v->violations, j.v, j.n * sizeof *j.v);
    v->n_violations = (int)j.n;
    for (size_t i = 0; i < j.n; i++) v->n_hard += j.v[i].hard;
    v->open_cost = v->open_seats * p->open_price;
    v->rule_cost = j.rule_cost;
    v->changes = count_changes(&j);
    v->change_cost = v->changes * p->change_price;
    v->objective = v->open_cost + v->rule_cost + v->ledger_cost + v->change_cost;
    free(j.v);
    tb_facts_free(&j.f);
    *out = v;
}

void tb_verdict_free(struct tb_verdict *v)
{
    if (!v) return;
    tb_arena_free(&v->arena);
    free(v);
}
