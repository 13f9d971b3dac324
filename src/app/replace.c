/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody drops out: who else, in the order in which to call. One judgement for each person; nothing is
 * solved.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/hand.h"

static int reserve_beside(const struct tb_problem *p, int slot)
{
    const struct tb_slot *s = &p->slots[slot];
    if (s->role == TB_RESERVE) return -1;
    int beside = tb_slot_find(p, s->duty, s->date, s->band, TB_RESERVE);
    return beside >= 0 && p->slots[beside].planned ? beside : -1;
}

static int contact_rank(const struct tb_region *r, int duty, int provider)
{
    for (int i = 0; i < r->n_contacts; i++)
        if (r->contacts[i].duty == duty && r->contacts[i].provider == provider) return r->contacts[i].rank;
    return 0;
}

static int newly_hard(const struct tb_verdict *v, const struct tb_verdict *now)
{
    int n = 0;
    for (int i = 0; i < v->n_hard; i++) n += !tb_violation_in(&v->violations[i], now);
    return n;
}

#define ORDER(a, b) \
    do { \
        if ((a) != (b)) return (a) < (b) ? -1 : 1; \
    } while (0)

static int in_calling_order(const void *p, const void *q)
{
    const struct tb_substitute *x = p, *y = q;
    ORDER(x->n_hard, y->n_hard);
    ORDER(x->reserve_slot < 0, y->reserve_slot < 0);
    ORDER(x->contact == 0, y->contact == 0);
    ORDER(x->contact, y->contact);
    ORDER(x->cost, y->cost);
    ORDER(x->provider, y->provider);
    return 0;
}

void app_replace(const struct tb_app_draft *d, int slot, int who, struct tb_substitutes *out)
{
    struct tb_problem after = *d->problem;
    const struct tb_problem *p = &after;
    const struct tb_region *r = p->region;
    const struct tb_slot *s = &p->slots[slot];
    after.pins = app_pins_after(d, &after.n_pins);
    struct tb_roster with = {tb_xcalloc((size_t)d->roster.n + 1, sizeof *with.a), 0};
    size_t n = 0, cap = 0;
    int gone = tb_roster_find(&d->roster, slot, who), beside = reserve_beside(p, slot);
    tb_checker *checker = tb_checker_new(p);
    *out = (struct tb_substitutes){0};
    tb_checker_judge(checker, &d->roster, &out->now);
    for (int k = 0; k < r->n_providers; k++) {
        if (k == who || tb_member_on(r, s->duty, k, s->date) < 0 ||
            r->providers[k].kind != r->duties[s->duty].kind || tb_roster_find(&d->roster, slot, k) >= 0)
            continue;
        int from = beside < 0 ? -1 : tb_roster_find(&d->roster, beside, k);
        with.n = 0;
        for (int i = 0; i < d->roster.n; i++)
            if (i != from)
                with.a[with.n++] =
                    i == gone ? (struct tb_assignment){slot, d->roster.a[i].seat, k} : d->roster.a[i];
        if (gone < 0) with.a[with.n++] = (struct tb_assignment){slot, 0, k};
        struct tb_substitute x = {
            .provider = k, .reserve_slot = from < 0 ? -1 : beside, .contact = contact_rank(r, s->duty, k)};
        tb_checker_judge(checker, &with, &x.verdict);
        x.n_hard = newly_hard(x.verdict, out->now);
        x.cost = x.verdict->rule_cost + x.verdict->ledger_cost - out->now->rule_cost - out->now->ledger_cost;
        *TB_PUSH(out->v, n, cap) = x;
    }
    out->n = (int)n;
    if (n) qsort(out->v, n, sizeof *out->v, in_calling_order);
    tb_checker_free(checker);
    free(with.a);
    free(after.pins);
}

enum tb_code tb_app_replace(const struct tb_app *app, const struct tb_app_draft *d, int slot, int who,
                            struct tb_substitutes *out, struct tb_err *e)
{
    enum tb_code c = app_may(app, TB_USE_REPLACE, e);
    if (c == TB_OK) app_replace(d, slot, who, out);
    return c;
}

void tb_substitutes_free(struct tb_substitutes *s)
{
    tb_verdict_free(s->now);
    for (int i = 0; i < s->n; i++) tb_verdict_free(s->v[i].verdict);
    free(s->v);
    *s = (struct tb_substitutes){0};
}
