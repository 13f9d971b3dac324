/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a seat stays open. Causes are rows that can be left out of the problem; leaving one out never makes
 * anything impossible that was possible, so a set of causes that cannot be together, and can without any one
 * member, is a smallest one.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "question.h"
#include "toban/app/hand.h"

#define MAX_REPAIRS 3
#define MAX_CORES 6 /* sets looked at while repairs of two causes are sought */

/* Days from the seat to the nearest day that the cause speaks of; rules are everywhere. */
static int64_t distance(const struct tb_problem *p, const struct tb_cause *c, tb_day at)
{
    const struct tb_region *r = p->region;
    tb_day from = at, to = at;
    if (c->kind == TB_CAUSE_WISH && r->wishes[c->row].type == TB_WISH_CANNOT) {
        from = r->wishes[c->row].from;
        to = r->wishes[c->row].to == TB_DAY_NONE ? from : r->wishes[c->row].to;
    } else if (c->kind == TB_CAUSE_EXEMPTION) {
        from = r->exemptions[c->row].from;
        to = r->exemptions[c->row].to;
    } else if (c->kind == TB_CAUSE_EXTERNAL) {
        from = tb_day_of_minute(r->externals[c->row].from);
        to = tb_day_of_minute(r->externals[c->row].to);
    } else if (c->kind == TB_CAUSE_PIN || c->kind == TB_CAUSE_BOUND) {
        from = to = p->slots[c->kind == TB_CAUSE_PIN ? p->pins[c->row].slot : p->bound[c->row].slot].date;
    }
    return at < from ? from - at : at > to ? at - to : 0;
}

/* ---- the smallest set ---------------------------------------------------------------------------------- */

static bool impossible(struct asking *a, const bool *keep) { return app_ask(a, keep) == IMPOSSIBLE; }

/* Junker's QuickXplain over v[0..n): sets keep[] so that, with what is kept already, it is impossible and
 * (unless a limit was hit) nothing can be spared. `grown`: something was added to keep[] since it was last
 * asked. */
static void narrow(struct asking *a, const int *v, int n, bool grown, bool *keep)
{
    if (grown && impossible(a, keep)) return;
    if (n == 1) {
        keep[v[0]] = true;
        return;
    }
    int half = n / 2;
    bool *mine = tb_xcalloc((size_t)a->n + 1, sizeof *mine);
    /* the second half first, with the whole first half in force */
    memcpy(mine, keep, (size_t)a->n * sizeof *mine);
    for (int i = 0; i < half; i++) mine[v[i]] = true;
    narrow(a, v + half, n - half, half > 0, mine);
    bool more = false;
    for (int i = half; i < n; i++) {
        more |= mine[v[i]] && !keep[v[i]];
        keep[v[i]] = mine[v[i]];
    }
    narrow(a, v, half, more, keep);
    free(mine);
}

/* A smallest impossible set among the causes of `within` (known to be impossible together), nearest causes
 * preferred. Every member is tried once more at the end: without it, possible. keep[] holds the set,
 * unknown[] the members for which a limit was hit. */
static void core(struct asking *a, tb_day at, const bool *within, bool *keep, bool *unknown)
{
    int *v = tb_xcalloc((size_t)a->n + 1, sizeof *v), n = 0;
    for (int i = 0; i < a->n; i++) unknown[i] = false;
    /* Far causes are usually to be spared all at once: rules and what lies within a week are asked about
     * first. */
    for (int i = 0; i < a->n; i++) keep[i] = within[i] && distance(a->p, &a->all[i], at) <= 7;
    bool near = impossible(a, keep);
    for (int i = 0; i < a->n; i++)
        if (within[i] && !a->fixed[i] && (!near || keep[i])) v[n++] = i;
    for (int i = 0; i < a->n; i++) keep[i] = false;
    if (n) narrow(a, v, n, false, keep);
    for (int i = 0; i < a->n; i++) {
        if (!keep[i]) continue;
        keep[i] = false;
        enum answer without = app_ask(a, keep);
        if (without == IMPOSSIBLE) continue;
        keep[i] = true;
        unknown[i] = without == UNKNOWN;
    }
    free(v);
}

/* ---- repairs ----------------------------------------------------------------------------------------------
 */

/* Open seats apart, with these published seats given away. */
static int64_t filled_cost(const struct tb_problem *p, const struct tb_roster *r, const struct tb_cause *gone,
                           int n)
{
    struct tb_verdict *v;
    struct tb_problem without = *p;
    without.bound = tb_xcalloc((size_t)p->n_bound + 1, sizeof *without.bound);
    without.n_bound = 0;
    for (int i = 0; i < p->n_bound; i++) {
        bool given = false;
        for (int k = 0; k < n; k++) given |= gone[k].kind == TB_CAUSE_BOUND && gone[k].row == i;
        if (!given) without.bound[without.n_bound++] = p->bound[i];
    }
    tb_check(&without, r, &v);
    free(without.bound);
    int64_t cost = v->objective - v->open_cost;
    tb_verdict_free(v);
    return cost;
}

/* The best roster with these causes gone; none gone: it costs more, and that is all. */
static void try_repair(struct asking *a, const bool *gone, struct tb_explanation *out, size_t *cap)
{
    bool *keep = tb_xcalloc((size_t)a->n + 1, sizeof *keep);
    struct tb_repair x = {0};
    for (int i = 0; i < a->n; i++) keep[i] = !gone[i];
    if (app_ask_best(a, keep, &x.roster, &x.proven) == POSSIBLE) {
        size_t n = 0, c = 0;
        for (int i = 0; i < a->n; i++)
            if (gone[i]) *TB_PUSH(x.causes, n, c) = a->all[i];
        x.n = (int)n;
        tb_roster_normalise(a->p, &x.roster);
        x.cost = filled_cost(a->p, &x.roster, x.causes, x.n) - filled_cost(a->p, a->roster, NULL, 0);
        for (int i = 0; i < x.roster.n; i++)
            x.changes += tb_roster_find(a->roster, x.roster.a[i].slot, x.roster.a[i].provider) < 0;
        size_t k = (size_t)out->n_repairs;
        *TB_PUSH(out->repairs, k, *cap) = x;
        out->n_repairs = (int)k;
    }
    free(keep);
}

static int by_cost(const void *p, const void *q)
{
    const struct tb_repair *x = p, *y = q;
    if (x->n != y->n) return x->n < y->n ? -1 : 1;
    if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
    return x->changes != y->changes ? (x->changes < y->changes ? -1 : 1) : 0;
}

static void repair_free(struct tb_repair *x)
{
    free(x->causes);
    tb_roster_free(&x->roster);
}

/* Whatever mends it breaks every impossible set, so it holds a member of the first one. One cause alone
 * first; where no single one is enough, pairs: a member with a member of a set that is impossible without it.
 */
static void repairs(struct asking *a, tb_day at, const bool *first, struct tb_explanation *out)
{
    size_t cap = 0;
    bool *gone = tb_xcalloc((size_t)a->n + 1, sizeof *gone),
         *within = tb_xcalloc((size_t)a->n + 1, sizeof *within);
    bool *second = tb_xcalloc((size_t)a->n + 1, sizeof *second),
         *unknown = tb_xcalloc((size_t)a->n + 1, sizeof *unknown);
    bool soft = false;
    for (int i = a->n_hard; i < a->n; i++) soft |= first[i];
    if (soft) try_repair(a, gone, out, &cap); /* soft rules are bought out, not asked away */
    for (int i = 0; i < a->n_hard; i++) {
        if (!first[i]) continue;
        gone[i] = true;
        try_repair(a, gone, out, &cap);
        gone[i] = false;
    }
    int cores = 0;
    for (int i = 0; i < a->n_hard && out->n_repairs == 0 && cores < MAX_CORES; i++) {
        if (!first[i]) continue;
        cores++;
        for (int k = 0; k < a->n; k++) within[k] = k != i && k < a->n_hard;
        if (!impossible(a, within)) continue;
        core(a, at, within, second, unknown);
        gone[i] = true;
        for (int k = 0; k < a->n; k++) {
            if (!second[k]) continue;
            gone[k] = true;
            try_repair(a, gone, out, &cap);
            gone[k] = false;
        }
        gone[i] = false;
    }
    if (out->n_repairs) qsort(out->repairs, (size_t)out->n_repairs, sizeof *out->repairs, by_cost);
    while (out->n_repairs > MAX_REPAIRS) repair_free(&out->repairs[--out->n_repairs]);
    free(gone);
    free(within);
    free(second);
    free(unknown);
}

/* ---- people
 * -------------------------------------------------------------------------------------------------- */

static int by_ease(const void *p, const void *q)
{
    const struct tb_candidate *x = p, *y = q;
    if (x->n_hard != y->n_hard) return x->n_hard < y->n_hard ? -1 : 1;
    if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
    return (x->provider > y->provider) - (x->provider < y->provider);
}

static void candidates(const struct asking *a, struct tb_explanation *out)
{
    const struct tb_problem *p = a->p;
    const struct tb_slot *s = &p->slots[out->slot];
    struct tb_roster with = {tb_xcalloc((size_t)a->roster->n + 2, sizeof *with.a), a->roster->n + 1};
    struct tb_verdict *now, *v;
    size_t cap = 0, n = 0;
    if (a->roster->n) memcpy(with.a, a->roster->a, (size_t)a->roster->n * sizeof *with.a);
    tb_checker *checker = tb_checker_new(p);
    tb_checker_judge(checker, a->roster, &now);
    for (int who = 0; who < p->region->n_providers; who++) {
        if (tb_member_on(p->region, s->duty, who, s->date) < 0 ||
            p->region->providers[who].kind != p->region->duties[s->duty].kind ||
            tb_roster_find(a->roster, out->slot, who) >= 0)
            continue;
        with.a[with.n - 1] = (struct tb_assignment){out->slot, 0, who};
        tb_checker_judge(checker, &with, &v);
        struct tb_candidate x = {.provider = who,
                                 .cost = v->objective - v->open_cost - (now->objective - now->open_cost)};
        for (int i = 0; i < v->n_hard; i++) {
            if (tb_violation_in(&v->violations[i], now)) continue;
            x.n_hard++;
            tb_violation_text(p, &v->violations[i], &x.why);
            tb_buf_addc(&x.why, '\n');
        }
        tb_verdict_free(v);
        *TB_PUSH(out->candidates, n, cap) = x;
    }
    out->n_candidates = (int)n;
    if (n) qsort(out->candidates, n, sizeof *out->candidates, by_ease);
    tb_verdict_free(now);
    tb_checker_free(checker);
    free(with.a);
}

/* ---- together
 * -------------------------------------------------------------------------------------------------- */

void tb_explanation_free(struct tb_explanation *x)
{
    for (int i = 0; i < x->n_repairs; i++) repair_free(&x->repairs[i]);
    for (int i = 0; i < x->n_candidates; i++) tb_buf_free(&x->candidates[i].why);
    free(x->repairs);
    free(x->candidates);
    free(x->causes);
    *x = (struct tb_explanation){0};
}

static void settle(struct asking *a, tb_day at, struct tb_explanation *out)
{
    bool *none = tb_xcalloc((size_t)a->n + 1, sizeof *none),
         *within = tb_xcalloc((size_t)a->n + 1, sizeof *within);
    bool *keep = tb_xcalloc((size_t)a->n + 1, sizeof *keep),
         *unknown = tb_xcalloc((size_t)a->n + 1, sizeof *unknown);
    size_t cap = 0;
    /* Soft rules stand in the way only where hard ones do not. */
    for (int i = 0; i < a->n_hard; i++) within[i] = true;
    enum answer with_all = app_ask(a, within);
    if (with_all == POSSIBLE && a->n > a->n_hard) {
        for (int i = a->n_hard; i < a->n; i++) within[i] = true;
        with_all = app_ask(a, within);
    }
    out->hole = with_all == POSSIBLE  ? TB_HOLE_POSSIBLE
                : with_all == UNKNOWN ? TB_HOLE_UNKNOWN
                                      : TB_HOLE_CORE;
    if (out->hole == TB_HOLE_CORE) {
        enum answer with_none = app_ask(a, none);
        if (with_none == IMPOSSIBLE) out->hole = TB_HOLE_POOL;
        if (with_none == UNKNOWN) out->hole = TB_HOLE_UNKNOWN;
    }
    if (out->hole == TB_HOLE_POSSIBLE) try_repair(a, none, out, &cap);
    if (out->hole == TB_HOLE_CORE) {
        core(a, at, within, keep, unknown);
        size_t n = 0, room = 0;
        for (int i = 0; i < a->n; i++)
            if (keep[i]) {
                *TB_PUSH(out->causes, n, room) = a->all[i];
                out->causes[n - 1].unknown = unknown[i];
            }
        out->n_causes = (int)n;
        repairs(a, at, keep, out);
    }
    free(none);
    free(within);
    free(keep);
    free(unknown);
}

static enum tb_code explain(const struct tb_problem *p, const struct tb_roster *roster, int slot,
                            const struct tb_violation *broken, const struct tb_plan_opts *o,
                            struct tb_explanation *out, struct tb_err *e)
{
    struct asking a;
    enum tb_code c = app_ask_begin(&a, p, roster, slot, broken, o, e);
    if (c == TB_OK) {
        if (slot >= 0) candidates(&a, out);
        settle(&a, broken ? broken->from : p->slots[slot].date, out);
        out->solves = a.solves;
        out->had = a.had;
        c = a.failed;
    }
    app_ask_end(&a);
    if (c) tb_explanation_free(out);
    return c;
}

enum tb_code tb_explain(const struct tb_problem *p, const struct tb_roster *roster, int slot,
                        const struct tb_plan_opts *o, struct tb_explanation *out, struct tb_err *e)
{
    int filled = 0;
    *out = (struct tb_explanation){.slot = slot};
    for (int i = 0; i < roster->n; i++) filled += roster->a[i].slot == slot;
    if (!p->slots[slot].planned || filled >= p->slots[slot].need)
        return tb_fail(e, TB_REFUSED, tb_t("その席は空いていません", "that seat is not open"));
    return explain(p, roster, slot, NULL, o, out, e);
}

enum tb_code tb_explain_breach(const struct tb_problem *p, const struct tb_roster *roster,
                               const struct tb_violation *broken, const struct tb_plan_opts *o,
                               struct tb_explanation *out, struct tb_err *e)
{
    *out = (struct tb_explanation){.slot = -1, .broken = *broken};
    return explain(p, roster, -1, broken, o, out, e);
}
