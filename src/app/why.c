/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why this person: the exchange alone, and the difference of two optima.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/hand.h"
#include "toban/why.h"

/* ---- parts of the objective ------------------------------------------------------------------------- */

static int64_t ledger_cost(const struct tb_counter *c, int64_t load)
{
    int64_t inside = load < c->steps ? load : c->steps;
    return c->price * (100 * inside * inside + (load - inside) * 100 * (2 * c->steps - 1) - 2 * c->entitlement * load);
}

struct tb_parts tb_parts_of(const struct tb_problem *p, const struct tb_verdict *v)
{
    const struct tb_region *r = p->region;
    struct tb_parts x = {tb_xcalloc((size_t)(r->n_rules + r->n_ledgers) + 3, sizeof *x.v), 0};
    int64_t rules = 0;
    x.v[x.n++] = (struct tb_part){TB_PART_OPEN, -1, v->open_cost};
    for (int i = 0; i < r->n_rules; i++) {
        int64_t cost = 0;
        for (int k = 0; k < v->n_violations; k++)
            if (v->violations[k].rule_row == i) cost += v->violations[k].cost;
        x.v[x.n++] = (struct tb_part){TB_PART_RULE, i, cost};
        rules += cost;
    }
    x.v[x.n++] = (struct tb_part){TB_PART_LIKE, -1, v->rule_cost - rules}; /* granted wishes are no violations */
    for (int l = 0; l < r->n_ledgers; l++) {
        int64_t cost = 0;
        for (int k = 0; k < p->n_counters; k++)
            if (p->counters[k].ledger == l) cost += ledger_cost(&p->counters[k], v->loads[k]);
        x.v[x.n++] = (struct tb_part){TB_PART_LEDGER, l, cost};
    }
    x.v[x.n++] = (struct tb_part){TB_PART_CHANGE, -1, v->change_cost};
    return x;
}

const char *tb_part_id(const struct tb_problem *p, const struct tb_part *x)
{
    switch (x->kind) {
    case TB_PART_OPEN: return "open";
    case TB_PART_RULE: return p->region->rules[x->index].id;
    case TB_PART_LIKE: return "wish.like";
    case TB_PART_LEDGER: return p->region->ledgers[x->index].id;
    case TB_PART_CHANGE: return "change";
    }
    return "";
}

const char *tb_part_name(const struct tb_problem *p, const struct tb_part *x)
{
    switch (x->kind) {
    case TB_PART_OPEN: return tb_t("空席", "open seats");
    case TB_PART_RULE: return tb_rule_sentence(&p->region->rules[x->index]);
    case TB_PART_LIKE: return tb_t("かなえた希望", "wishes granted");
    case TB_PART_LEDGER: return p->region->ledgers[x->index].name;
    case TB_PART_CHANGE: return tb_t("公表済みの席の変更", "published seats changed");
    }
    return "";
}

/* ---- planning with one condition more ----------------------------------------------------------------- */

/* `not_him` is kept out of the slot; `him` (>= 0) is put into it. Nothing else of the problem changes, so the two objectives are of one measure. */
static enum tb_code plan_with(const struct tb_app *app, const struct tb_problem *p, int slot, int him, int not_him, struct tb_plan_result *out, struct tb_err *e)
{
    struct tb_problem x = *p;
    int at = 0;
    x.pins = tb_xcalloc((size_t)p->n_pins + 3, sizeof *x.pins);
    x.n_pins = 0;
    while (at < p->n_pins && p->pins[at].slot < slot) x.pins[x.n_pins++] = p->pins[at++];
    while (at < p->n_pins && p->pins[at].slot == slot) {
        if ((p->pins[at].provider != him && p->pins[at].provider != not_him) || p->pins[at].action == TB_PIN_KEEP) x.pins[x.n_pins++] = p->pins[at];
        at++;
    }
    x.pins[x.n_pins++] = (struct tb_pinned){slot, not_him, TB_PIN_FORBID};
    if (him >= 0) x.pins[x.n_pins++] = (struct tb_pinned){slot, him, TB_PIN_PIN};
    while (at < p->n_pins) x.pins[x.n_pins++] = p->pins[at++];
    enum tb_code c = tb_plan_run(&x, &app->plan, out, e);
    if (c == TB_OK && out->status != TB_PLAN_NONE) {
        struct tb_verdict *v;
        tb_roster_normalise(&x, &out->roster);
        tb_check(&x, &out->roster, &v);
        if (v->n_hard || v->objective != out->objective) c = tb_fail(e, TB_INTERNAL, tb_t("計画と点検が食い違います", "planner and check disagree"));
        tb_verdict_free(v);
        if (c) tb_plan_result_free(out);
    }
    free(x.pins);
    return c;
}

static enum tb_code find_best(const struct tb_app *app, const struct tb_app_draft *d, struct tb_why *w, struct tb_err *e)
{
    w->draft_is_best = strcmp(d->stored.status, "optimal") == 0;
    w->best = w->now->objective;
    w->best_proven = true;
    if (w->draft_is_best) return TB_OK;
    struct tb_plan_result r;
    enum tb_code c = tb_plan_run(d->problem, &app->plan, &r, e);
    if (c) return c;
    w->best = r.status == TB_PLAN_NONE ? 0 : r.objective;
    w->best_proven = r.status == TB_PLAN_OPTIMAL;
    w->draft_is_best = w->best_proven && w->best == w->now->objective && w->now->n_hard == 0;
    tb_plan_result_free(&r);
    return TB_OK;
}

static enum tb_code find_spared(const struct tb_app *app, const struct tb_app_draft *d, struct tb_why *w, struct tb_err *e)
{
    struct tb_plan_result r;
    enum tb_code c = plan_with(app, d->problem, w->slot, -1, w->who, &r, e);
    if (c) return c;
    w->spared_possible = r.status != TB_PLAN_NONE;
    w->spared_proven = w->best_proven && (r.status == TB_PLAN_OPTIMAL || (r.status == TB_PLAN_NONE && r.stopped_by == TB_STOP_PROOF));
    if (w->spared_possible) w->spared = r.objective - w->best;
    tb_plan_result_free(&r);
    return TB_OK;
}

static enum tb_code find_rival(const struct tb_app *app, const struct tb_app_draft *d, struct tb_why *w, struct tb_rival *x, struct tb_err *e)
{
    struct tb_plan_result r;
    enum tb_code c = plan_with(app, d->problem, w->slot, x->provider, w->who, &r, e);
    if (c) return c;
    x->replanned = true;
    x->possible = r.status != TB_PLAN_NONE;
    x->proven = w->best_proven && (r.status == TB_PLAN_OPTIMAL || (r.status == TB_PLAN_NONE && r.stopped_by == TB_STOP_PROOF));
    if (x->possible) {
        x->difference = r.objective - w->best;
        x->least = r.bound - w->best;
        x->roster = r.roster;
        r.roster = (struct tb_roster){0};
    }
    tb_plan_result_free(&r);
    return TB_OK;
}

void tb_why_free(struct tb_why *w)
{
    for (int i = 0; i < w->n_rivals; i++) {
        tb_verdict_free(w->rivals[i].exchanged);
        tb_roster_free(&w->rivals[i].roster);
    }
    free(w->rivals);
    tb_verdict_free(w->now);
    *w = (struct tb_why){0};
}

static int by_exchange(const void *p, const void *q)
{
    const struct tb_rival *x = p, *y = q;
    if (x->n_hard != y->n_hard) return x->n_hard < y->n_hard ? -1 : 1;
    if (x->direct != y->direct) return x->direct < y->direct ? -1 : 1;
    return (x->provider > y->provider) - (x->provider < y->provider);
}

enum tb_code tb_why(const struct tb_app *app, const struct tb_app_draft *d, int slot, int who, int only, int most, struct tb_why *out, struct tb_err *e)
{
    struct tb_substitutes s;
    *out = (struct tb_why){.slot = slot, .who = who};
    tb_app_replace(d, slot, who, &s);
    out->now = s.now;
    s.now = NULL;
    out->rivals = tb_xcalloc((size_t)s.n + 1, sizeof *out->rivals);
    for (int i = 0; i < s.n; i++) {
        if (only >= 0 && s.v[i].provider != only) continue;
        out->rivals[out->n_rivals++] = (struct tb_rival){.provider = s.v[i].provider, .n_hard = s.v[i].n_hard, .direct = s.v[i].verdict->objective - out->now->objective, .exchanged = s.v[i].verdict};
        s.v[i].verdict = NULL;
    }
    tb_substitutes_free(&s);
    qsort(out->rivals, (size_t)out->n_rivals, sizeof *out->rivals, by_exchange);
    enum tb_code c = TB_OK;
    if (only >= 0 && !out->n_rivals)
        c = tb_fail(e, TB_REFUSED, tb_t("%s はこの席の担い手ではないか、もう就いています", "%s is not in the pool of this seat, or sits there already"), d->region->providers[only].id);
    if (c == TB_OK) c = find_best(app, d, out, e);
    if (c == TB_OK) c = find_spared(app, d, out, e);
    for (int i = 0; i < out->n_rivals && i < most && c == TB_OK; i++) c = find_rival(app, d, out, &out->rivals[i], e);
    if (c) tb_why_free(out);
    return c;
}
