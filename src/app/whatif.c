/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions that leave nothing behind: the answer beside the draft that is there.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/hand.h"
#include "toban/app/whatif.h"
#include "toban/app/why.h"

/* ---- the draft that is there -------------------------------------------------------------------------- */

static bool covers(const struct tb_draft *x, const struct tb_problem *p)
{
    bool all = x->from <= p->from && x->to >= p->to;
    for (int i = 0; i < p->n_duties && all; i++)
        all = tb_list_holds(x->duties, p->region->duties[p->duties[i]].id);
    return all;
}

/* Its number, or 0. */
static enum tb_code latest(const struct tb_app *app, const struct tb_problem *p, int64_t *out,
                           struct tb_err *e)
{
    tb_store *s;
    struct tb_draft x = {0};
    *out = 0;
    enum tb_code c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_get_draft(s, 0, TB_DAY_NONE, TB_DAY_NONE, &x, e);
    for (int64_t id = x.id; c == TB_OK && id > 0 && !*out; id--) {
        tb_draft_free(&x);
        c = tb_store_get_draft(s, id, TB_DAY_NONE, TB_DAY_NONE, &x, e);
        if (c == TB_OK && covers(&x, p)) *out = id;
    }
    tb_draft_free(&x);
    tb_store_close(s);
    if (c != TB_NO) return c;
    *e = (struct tb_err){0};
    return TB_OK;
}

/* ---- side by side ---------------------------------------------------------------------------------------
 */

/* Slot of `to` that has the name of slot `s` of `from`; -1: it does not decide it. */
static int same_slot(const struct tb_problem *from, int s, const struct tb_problem *to)
{
    const struct tb_slot *x = &from->slots[s];
    int duty = tb_find_duty(to->region, from->region->duties[x->duty].id),
        band = duty < 0 ? -1 : tb_find_band(to->region, duty, from->region->bands[x->band].id);
    int slot = band < 0 ? -1 : tb_slot_find(to, duty, x->date, band, x->role);
    return slot >= 0 && to->slots[slot].planned ? slot : -1;
}

/* Seats of `d` in slots that `other` decides as well, named as in `as`; sorted by slot of `as`. */
static struct tb_seat_row *shared(const struct tb_app_draft *d, const struct tb_problem *other,
                                  const struct tb_problem *as, size_t *n)
{
    struct tb_seat_row *v = tb_xcalloc((size_t)d->roster.n + 1, sizeof *v);
    *n = 0;
    for (int s = 0; s < as->n_slots; s++) {
        if (!as->slots[s].planned) continue;
        int his = as == d->problem ? s : same_slot(as, s, d->problem),
            theirs = as == other ? s : same_slot(as, s, other);
        if (his < 0 || theirs < 0) continue;
        for (int i = 0; i < d->roster.n; i++) {
            int who = d->roster.a[i].slot == his
                          ? tb_find_provider(as->region, d->region->providers[d->roster.a[i].provider].id)
                          : -1;
            if (who >= 0)
                v[(*n)++] = (struct tb_seat_row){as->slots[s].duty, as->slots[s].date,   as->slots[s].band,
                                                 as->slots[s].role, d->roster.a[i].seat, who};
        }
    }
    return v;
}

static bool decides_more(const struct tb_problem *a, const struct tb_problem *b)
{
    for (int s = 0; s < a->n_slots; s++) {
        int other = a->slots[s].planned ? same_slot(a, s, b) : 0;
        if (other < 0 || (a->slots[s].planned && b->slots[other].need != a->slots[s].need)) return true;
    }
    return false;
}

static void add_part(struct tb_what_if *x, size_t *cap, const char *id, const char *name, int64_t before,
                     int64_t after)
{
    size_t n = (size_t)x->n_parts;
    if (before == after) return;
    *TB_PUSH(x->parts, n, *cap) = (struct tb_what_if_part){tb_xstrdup(id), tb_xstrdup(name), before, after};
    x->n_parts = (int)n;
}

/* Parts are matched by name: one of the two may not have the rule. */
static void compare_parts(const struct tb_app_draft *now, const struct tb_app_draft *plan,
                          struct tb_what_if *x)
{
    struct tb_parts a = tb_parts_of(now->problem, now->verdict),
                    b = tb_parts_of(plan->problem, plan->verdict);
    size_t cap = 0;
    for (int i = 0; i < b.n; i++) {
        int64_t before = 0;
        for (int k = 0; k < a.n; k++)
            if (a.v[k].kind == b.v[i].kind &&
                strcmp(tb_part_id(now->problem, &a.v[k]), tb_part_id(plan->problem, &b.v[i])) == 0)
                before = a.v[k].cost;
        add_part(x, &cap, tb_part_id(plan->problem, &b.v[i]), tb_part_name(plan->problem, &b.v[i]), before,
                 b.v[i].cost);
    }
    for (int k = 0; k < a.n; k++) {
        bool known = false;
        for (int i = 0; i < b.n; i++)
            known |= a.v[k].kind == b.v[i].kind &&
                     strcmp(tb_part_id(now->problem, &a.v[k]), tb_part_id(plan->problem, &b.v[i])) == 0;
        if (!known)
            add_part(x, &cap, tb_part_id(now->problem, &a.v[k]), tb_part_name(now->problem, &a.v[k]),
                     a.v[k].cost, 0);
    }
    free(a.v);
    free(b.v);
}

static int by_slot(const void *p, const void *q)
{
    const struct tb_pinned *x = p, *y = q;
    if (x->slot != y->slot) return x->slot < y->slot ? -1 : 1;
    if (x->provider != y->provider) return x->provider < y->provider ? -1 : 1;
    return (x->action > y->action) - (x->action < y->action);
}

/* Of the best rosters the one with the fewest changes, where it is found at the smallest price of a change:
 * who is cheapest with that price on top and costs no more without it has the fewest of all that are as good.
 * Otherwise the roster stays what it is. */
static enum tb_code nearest(const struct tb_app *app, const struct tb_seat_row *rows, size_t n,
                            struct tb_app_draft *plan, struct tb_err *e)
{
    struct tb_problem near = *plan->problem;
    struct tb_plan_result r;
    if (plan->result.status != TB_PLAN_OPTIMAL || near.change_price) return TB_OK;
    near.pins = tb_xcalloc((size_t)near.n_pins + n + 1, sizeof *near.pins);
    if (near.n_pins) memcpy(near.pins, plan->problem->pins, (size_t)near.n_pins * sizeof *near.pins);
    for (size_t i = 0; i < n; i++)
        near.pins[near.n_pins++] =
            (struct tb_pinned){tb_slot_find(&near, rows[i].duty, rows[i].date, rows[i].band, rows[i].role),
                               rows[i].provider, TB_PIN_KEEP};
    if (near.n_pins) qsort(near.pins, (size_t)near.n_pins, sizeof *near.pins, by_slot);
    near.change_price = 1;
    near.open_price += 2 * (int64_t)n;
    enum tb_code c = tb_plan_run(&near, &app->plan, &r, e);
    free(near.pins);
    if (c == TB_LIMIT) {
        *e = (struct tb_err){0};
        return TB_OK;
    }
    if (c) return c;
    struct tb_verdict *v;
    tb_roster_normalise(plan->problem, &r.roster);
    tb_check(plan->problem, &r.roster, &v);
    if (r.status == TB_PLAN_OPTIMAL && v->n_hard == 0 && v->objective == plan->verdict->objective) {
        struct tb_roster better = r.roster;
        r.roster = plan->roster;
        plan->roster = better;
        tb_verdict_free(plan->verdict);
        plan->verdict = v;
    } else {
        tb_verdict_free(v);
    }
    tb_plan_result_free(&r);
    return TB_OK;
}

static int slots_of_both(const struct tb_problem *a, const struct tb_problem *b)
{
    int n = 0;
    for (int s = 0; s < a->n_slots; s++) n += a->slots[s].planned && same_slot(a, s, b) >= 0;
    return n;
}

void tb_beside(const struct tb_app_draft *now, const struct tb_app_draft *plan, struct tb_what_if *out)
{
    size_t n_a, n_b;
    struct tb_seat_row *a = shared(now, plan->problem, plan->problem, &n_a),
                       *b = shared(plan, now->problem, plan->problem, &n_b);
    *out = (struct tb_what_if){.draft = now->stored.id,
                               .slots = slots_of_both(now->problem, plan->problem),
                               .objective = now->verdict->objective,
                               .cost = now->verdict->rule_cost + now->verdict->ledger_cost,
                               .open = now->verdict->open_seats};
    out->other_seats = decides_more(now->problem, plan->problem) || decides_more(plan->problem, now->problem);
    tb_changes(a, n_a, b, n_b, &out->changes, &out->n_changes);
    tb_ledger_changes(plan->region, out->changes, out->n_changes, &out->ledgers, &out->n_ledgers);
    compare_parts(now, plan, out);
    free(a);
    free(b);
}

enum tb_code tb_what_if(const struct tb_app *app, struct tb_app_draft *plan, struct tb_what_if *out,
                        struct tb_err *e)
{
    *out = (struct tb_what_if){0};
    int64_t id = 0;
    struct tb_app_draft now;
    const struct tb_app within = app_within(app);
    enum tb_code c = app_may(app, TB_USE_WHAT_IF_BESIDE, e);
    if (c == TB_OK) c = latest(app, plan->problem, &id, e);
    if (c == TB_OK && id) c = tb_app_open_draft(&within, id, NULL, false, &now, e);
    if (c || !id) return c;
    size_t n;
    struct tb_seat_row *a = shared(&now, plan->problem, plan->problem, &n);
    c = nearest(app, a, n, plan, e);
    if (c) {
        free(a);
        tb_app_draft_free(&now);
        return c;
    }
    free(a);
    tb_beside(&now, plan, out);
    tb_app_draft_free(&now);
    return TB_OK;
}

void tb_what_if_free(struct tb_what_if *x)
{
    for (int i = 0; i < x->n_parts; i++) {
        free(x->parts[i].id);
        free(x->parts[i].name);
    }
    free(x->parts);
    free(x->changes);
    free(x->ledgers);
    *x = (struct tb_what_if){0};
}
