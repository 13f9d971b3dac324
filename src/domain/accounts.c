/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Accounts: which ledgers a seat touches, what it adds to whom, and by which weights
 * (docs/reference/rules.md, "Ledgers").
 */
#include <stdlib.h>
#include <string.h>

#include "domain_int.h"
#include "toban/domain/dated.h"

static int root(const int *of, int i)
{
    while (of[i] != i) i = of[i];
    return i;
}

void tb_persons_on(const struct tb_region *r, tb_day date, int *out)
{
    for (int i = 0; i < r->n_providers; i++) out[i] = i;
    for (int i = 0; i < r->n_links; i++) {
        const struct tb_link *l = &r->links[i];
        if (l->type != TB_LINK_OWNS || !tb_link_on(l, date)) continue;
        int a = root(out, l->from), b = root(out, l->to);
        if (a != b) out[a > b ? a : b] = a < b ? a : b;
    }
    for (int i = 0; i < r->n_providers; i++) out[i] = root(out, i);
}

static bool has_id(const struct tb_ids *ids, int id)
{
    for (int i = 0; i < ids->n; i++)
        if (ids->v[i] == id) return true;
    return false;
}

static bool ledger_counts(const struct tb_ledger *l, const struct tb_slot *s)
{
    return l->role == s->role && (s->classes >> l->class & 1) && has_id(&l->duties, s->duty);
}

static int share_row(const struct tb_region *r, int duty, const char *id)
{
    for (int i = 0; i < r->n_shares; i++)
        if (r->shares[i].duty == duty && strcmp(r->shares[i].id, id) == 0) return i;
    return -1;
}

/* Has the person two providers or more that are members of a duty which the ledger counts? */
static bool several_providers(const struct tb_region *r, const int *person_of, const struct tb_ledger *l,
                              int person)
{
    int seen = -1;
    for (int k = 0; k < l->duties.n; k++)
        for (int i = tb_first_member(r, l->duties.v[k]);
             i < r->n_members && r->members[i].duty == l->duties.v[k]; i++) {
            int p = r->members[i].provider;
            if (person_of[p] != person || p == seen) continue;
            if (seen >= 0) return true;
            seen = p;
        }
    return false;
}

/* Account of the provider's seat in a ledger that counts the slot, -1: none. `m`: his member row on the date,
 * or -1. */
static int account_of(const struct tb_region *r, const int *person_of, const struct tb_slot *s, int provider,
                      int m, int ledger)
{
    const struct tb_ledger *l = &r->ledgers[ledger];
    if (m >= 0 && r->members[m].help == TB_HELP_GIVEN) return -1;
    switch (l->scope) {
    case TB_SCOPE_PROVIDER:
        return provider;
    case TB_SCOPE_PERSON:
        return several_providers(r, person_of, l, person_of[provider]) ? person_of[provider] : -1;
    default:
        return m >= 0 && *r->members[m].share ? share_row(r, s->duty, r->members[m].share) : -1;
    }
}

void tb_counts_for(const struct tb_region *r, const int *person_of, const struct tb_slot *s, int provider,
                   void (*hit)(void *arg, int ledger, int account), void *arg)
{
    int m = tb_member_on(r, s->duty, provider, s->date);
    for (int i = 0; i < r->n_ledgers; i++) {
        int account = ledger_counts(&r->ledgers[i], s) ? account_of(r, person_of, s, provider, m, i) : -1;
        if (account >= 0) hit(arg, i, account);
    }
}

/* ---- weights --------------------------------------------------------------------------------- */

struct part {
    int account, group;
    int64_t weight, got, rest;
}; /* group: row of shares, -1: none */
struct parts {
    struct part *v;
    size_t n, cap;
};

static int by_account(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    return (x->account > y->account) - (x->account < y->account);
}

static int by_rest(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->rest != y->rest) return x->rest < y->rest ? 1 : -1;
    return by_account(a, b);
}

/* Splits `total` by weight: floors, then one unit each to the largest remainders. False when all weights are
 * zero. */
static bool split(struct part *parts, size_t n, int64_t total)
{
    __int128 sum = 0;
    for (size_t i = 0; i < n; i++) sum += parts[i].weight;
    if (sum == 0) return false;
    int64_t left = total;
    for (size_t i = 0; i < n; i++) {
        __int128 x = (__int128)total * parts[i].weight;
        parts[i].got = (int64_t)(x / sum);
        parts[i].rest = (int64_t)(x % sum);
        left -= parts[i].got;
    }
    qsort(parts, n, sizeof *parts, by_rest);
    for (size_t i = 0; i < n && left > 0; i++, left--) parts[i].got++;
    qsort(parts, n, sizeof *parts, by_account);
    return true;
}

bool tb_apportion(int64_t total, const int64_t *weights, size_t n, int64_t *out)
{
    struct part *v = tb_xcalloc(n + 1, sizeof *v);
    for (size_t i = 0; i < n; i++) v[i] = (struct part){.account = (int)i, .weight = weights[i]};
    bool some = n > 0 && split(v, n, total < 0 ? -total : total);
    for (size_t i = 0; i < n; i++) out[i] = some ? (total < 0 ? -v[i].got : v[i].got) : 0;
    free(v);
    return some;
}

/* The figure of the fiscal year, or of the latest year before it that has one; 0 without any. Rows are in the
 * order of years. */
static int64_t figure(const struct tb_region *r, int duty, const char *account, const char *part, int year)
{
    int64_t value = 0;
    for (int i = 0; i < r->n_figures; i++) {
        const struct tb_figure *f = &r->figures[i];
        if (f->duty == duty && f->year <= year && strcmp(f->part, part) == 0 &&
            strcmp(f->account, account) == 0)
            value = f->value;
    }
    return value;
}

static const char *part_id(const struct tb_region *r, int of, int account)
{
    return of == TB_OF_SHARE ? r->shares[account].id : r->providers[account].id;
}

/* Replaces the weights by what the formulas in force give; without one they stay. In millionths of a per
 * cent, exactly 100 per cent in sum. */
static void by_formula(const struct tb_region *r, int duty, int of, tb_day date, struct parts *x)
{
    bool first = true;
    int64_t *sum = NULL;
    for (int i = 0; i < r->n_formulas; i++) {
        const struct tb_formula *f = &r->formulas[i];
        if (f->duty != duty || f->of != of || !tb_in_force(f->since, f->until, date)) continue;
        if (first) sum = tb_xcalloc(x->n + 1, sizeof *sum);
        first = false;
        for (size_t k = 0; k < x->n; k++)
            x->v[k].weight = strcmp(f->part, "equal") == 0
                                 ? 1
                                 : figure(r, duty, part_id(r, of, x->v[k].account), f->part,
                                          tb_fiscal_year(date) - f->before);
        if (!split(x->v, x->n, f->percent)) continue;
        for (size_t k = 0; k < x->n; k++) sum[k] += x->v[k].got;
    }
    for (size_t k = 0; k < x->n && !first; k++) x->v[k].weight = sum[k];
    free(sum);
}

/* Who takes part in a slot's entitlement, in account order: members that are no helpers, not exempt or
 * accruing meanwhile; and their share groups. */
static void gather(const struct tb_region *r, const struct tb_slot *s, struct parts *members,
                   struct parts *shares)
{
    int duty = s->duty;
    const struct tb_region *on = tb_region_on(r, s->date);
    for (int i = tb_first_member(r, duty); i < r->n_members && r->members[i].duty == duty; i++) {
        bool accrues;
        const struct tb_member *row = &r->members[i];
        if (row->help != TB_HELP_NO || !tb_member_row_on(r, i, s->date)) continue;
        if (tb_exempt_from(r, s, row->provider, &accrues) && !accrues) continue;
        int share = *row->share ? share_row(r, duty, row->share) : -1;
        *TB_PUSH(members->v, members->n, members->cap) =
            (struct part){.account = row->provider, .group = share, .weight = on->members[i].weight};
        bool known = share < 0;
        for (size_t k = 0; k < shares->n && !known; k++) known = shares->v[k].account == share;
        if (!known)
            *TB_PUSH(shares->v, shares->n, shares->cap) =
                (struct part){.account = share, .weight = on->shares[share].weight};
    }
    if (members->n) qsort(members->v, members->n, sizeof *members->v, by_account);
    if (shares->n) qsort(shares->v, shares->n, sizeof *shares->v, by_account);
    by_formula(r, duty, TB_OF_MEMBER, s->date, members);
    by_formula(r, duty, TB_OF_SHARE, s->date, shares);
}

static int by_group(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    return x->group != y->group ? (x->group > y->group) - (x->group < y->group) : by_account(a, b);
}

/* Splits among the groups and then in each among its members; among all members alike when one of them has no
 * group. */
static bool split_members(struct parts *members, struct parts *shares, int64_t total)
{
    bool grouped = members->n > 0;
    for (size_t i = 0; i < members->n; i++) grouped = grouped && members->v[i].group >= 0;
    if (!grouped) return split(members->v, members->n, total);
    qsort(members->v, members->n, sizeof *members->v, by_group);
    size_t n = 0;
    /* both are in the order of the groups; a group of weightless members takes no part */
    for (size_t i = 0; i < shares->n; i++) {
        int64_t sum = 0;
        size_t k = n;
        while (k < members->n && members->v[k].group == shares->v[i].account) sum += members->v[k++].weight;
        if (sum == 0) shares->v[i].weight = 0;
        n = k;
    }
    bool some = split(shares->v, shares->n, total);
    n = 0;
    for (size_t i = 0; i < shares->n && some; i++) {
        size_t k = n;
        while (k < members->n && members->v[k].group == shares->v[i].account) k++;
        (void)split(&members->v[n], k - n, shares->v[i].got);
        n = k;
    }
    qsort(members->v, members->n, sizeof *members->v, by_account);
    return some;
}

void tb_weights_of(const struct tb_region *r, int of, const struct tb_slot *s,
                   void (*add)(void *arg, int account, int64_t weight), void *arg)
{
    struct parts members = {0}, shares = {0};
    gather(r, s, &members, &shares);
    const struct parts *x = of == TB_OF_SHARE ? &shares : &members;
    for (size_t i = 0; i < x->n; i++) add(arg, x->v[i].account, x->v[i].weight);
    free(members.v);
    free(shares.v);
}

void tb_weights_on(const struct tb_region *r, int duty, int of, tb_day date,
                   void (*add)(void *arg, int account, int64_t weight), void *arg)
{
    struct tb_slot day = tb_slot_day(duty, date);
    tb_weights_of(r, of, &day, add, arg);
}

/* ---- what seats add --------------------------------------------------------------------------- */

typedef void accrual(void *arg, int ledger, int account, int64_t millionths);

/* seats[ledger] seats to the accounts of each ledger that counts the slot; false in shared[ledger] (may be
 * NULL) where there is nobody to take them. */
static void accrue(const struct tb_region *r, const int *person_of, const struct tb_slot *s, const int *seats,
                   bool *shared, accrual *add, void *arg)
{
    struct parts members = {0}, shares = {0};
    bool counted = false;
    for (int i = 0; i < r->n_ledgers && !counted; i++) counted = ledger_counts(&r->ledgers[i], s);
    if (!counted) return;
    gather(r, s, &members, &shares);
    for (int i = 0; i < r->n_ledgers; i++) {
        const struct tb_ledger *l = &r->ledgers[i];
        if (!ledger_counts(l, s)) continue;
        struct parts *of = l->scope == TB_SCOPE_SHARE ? &shares : &members;
        int64_t total = seats[i] * INT64_C(1000000);
        bool some = of == &shares ? split(of->v, of->n, total) : split_members(&members, &shares, total);
        if (shared) shared[i] = some;
        for (size_t k = 0; k < of->n && some && seats[i]; k++) {
            int account = of->v[k].account;
            if (l->scope == TB_SCOPE_PERSON) {
                account = person_of[account];
                if (!several_providers(r, person_of, l, account)) continue;
            }
            add(arg, i, account, of->v[k].got);
        }
    }
    free(members.v);
    free(shares.v);
}

void tb_accrue(const struct tb_region *r, const int *person_of, const struct tb_slot *s, int seats,
               accrual *add, void *arg)
{
    int *per_ledger = tb_xcalloc((size_t)r->n_ledgers + 1, sizeof *per_ledger);
    for (int i = 0; i < r->n_ledgers; i++) per_ledger[i] = seats;
    accrue(r, person_of, s, per_ledger, NULL, add, arg);
    free(per_ledger);
}

void tb_book_seats(const struct tb_region *r, const int *person_of, const struct tb_slot *s,
                   const int *providers, int n, const struct tb_book_calls *call)
{
    int *seats = tb_xcalloc((size_t)r->n_ledgers + 1, sizeof *seats);
    bool *shared = tb_xcalloc((size_t)r->n_ledgers + 1, sizeof *shared);
    for (int k = 0; k < n; k++) {
        int m = tb_member_on(r, s->duty, providers[k], s->date);
        bool given = m >= 0 && r->members[m].help == TB_HELP_GIVEN;
        for (int i = 0; i < r->n_ledgers; i++) {
            if (!ledger_counts(&r->ledgers[i], s)) continue;
            /* A ledger of persons holds a part of the pool only: the seats of all others add to it, too. */
            seats[i] += r->ledgers[i].scope == TB_SCOPE_PERSON
                            ? !given
                            : account_of(r, person_of, s, providers[k], m, i) >= 0;
        }
    }
    accrue(r, person_of, s, seats, shared, call->accrued, call->arg);
    for (int k = 0; k < n; k++) {
        int m = tb_member_on(r, s->duty, providers[k], s->date);
        for (int i = 0; i < r->n_ledgers; i++) {
            int account = shared[i] ? account_of(r, person_of, s, providers[k], m, i) : -1;
            if (account >= 0) call->done(call->arg, i, account);
        }
    }
    free(seats);
    free(shared);
}

const char *tb_account_id(const struct tb_region *r, int ledger, int account)
{
    return r->ledgers[ledger].scope == TB_SCOPE_SHARE ? r->shares[account].id : r->providers[account].id;
}
