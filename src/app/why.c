/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why this person: the exchange alone, and the difference of two optima.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/hand.h"
#include "toban/app/why.h"

/* ---- planning with one condition more ----------------------------------------------------------------- */

/* The draft's problem without a pin of him who is asked about, and its solve without him there: where every
 * rival's begins. */
struct without {
    struct tb_problem p;
    struct tb_plan_result r;
    int64_t least;    /* no roster without him costs less */
    bool any, proven; /* there is one; whether and which is best is known */
};

/* `him` (>= 0) in the slot, `not_him` out of it. Nothing else of the problem changes, so the two objectives
 * are of one measure. */
struct condition {
    int slot, him, not_him;
    const struct tb_plan_basis *from;
    const struct tb_roster *begin;
};
static enum tb_code plan_with(const struct tb_app *app, const struct tb_problem *p, const struct condition *x,
                              struct tb_plan_result *out, struct tb_err *e)
{
    struct tb_plan_fix fixes[] = {{x->slot, x->not_him, false}, {x->slot, x->him, true}};
    struct tb_plan_opts o = app->plan;
    o.fix = fixes;
    o.n_fix = x->him >= 0 ? 2 : 1;
    o.from = x->from;
    o.begin = x->begin;
    enum tb_code c = tb_plan_run(p, &o, out, e);
    if (c == TB_OK) app_sober(p, out);
    return c;
}

static enum tb_code find_best(const struct tb_app *app, const struct tb_app_draft *d, struct tb_why *w,
                              struct tb_err *e)
{
    w->draft_is_best = strcmp(d->stored.status, "optimal") == 0;
    w->best = w->now->objective;
    w->best_proven = true;
    if (w->draft_is_best) return TB_OK;
    struct tb_plan_result r;
    enum tb_code c = tb_plan_run(d->problem, &app->plan, &r, e);
    if (c) return c;
    app_sober(d->problem, &r);
    w->best = r.status == TB_PLAN_NONE ? 0 : r.objective;
    w->best_proven = r.status == TB_PLAN_OPTIMAL;
    w->draft_is_best = w->best_proven && w->best == w->now->objective && w->now->n_hard == 0;
    tb_plan_result_free(&r);
    return TB_OK;
}

static enum tb_code find_spared(const struct tb_app *app, const struct tb_app_draft *d, struct tb_why *w,
                                struct without *x, struct tb_err *e)
{
    x->p = *d->problem;
    x->p.pins = tb_xcalloc((size_t)x->p.n_pins + 1, sizeof *x->p.pins);
    x->p.n_pins = 0;
    for (int i = 0; i < d->problem->n_pins; i++) {
        const struct tb_pinned *pin = &d->problem->pins[i];
        if (pin->slot != w->slot || pin->provider != w->who || pin->action != TB_PIN_PIN)
            x->p.pins[x->p.n_pins++] = *pin;
    }
    const struct condition away = {.slot = w->slot, .him = -1, .not_him = w->who};
    enum tb_code c = plan_with(app, &x->p, &away, &x->r, e);
    if (c) return c;
    x->any = x->r.status != TB_PLAN_NONE;
    x->proven = x->any ? x->r.status == TB_PLAN_OPTIMAL : x->r.stopped_by == TB_STOP_PROOF;
    x->least = x->any ? x->r.bound : TB_NEG_INF;
    w->spared_possible = x->any;
    w->spared_proven = w->best_proven && x->proven;
    if (w->spared_possible) w->spared = x->r.objective - w->best;
    return TB_OK;
}

/* ---- what is known of a rival without solving
 * -------------------------------------------------------------- */

static struct tb_roster copy_of(const struct tb_roster *r)
{
    struct tb_roster x = {tb_xcalloc((size_t)r->n + 1, sizeof *x.a), r->n};
    if (r->n) memcpy(x.a, r->a, (size_t)r->n * sizeof *x.a);
    return x;
}

/* A roster with him there and the other not: the cheapest seen is kept. */
static void seen(struct tb_checker *checker, const struct tb_why *w, struct tb_rival *x,
                 const struct tb_roster *roster)
{
    struct tb_verdict *v;
    tb_checker_judge(checker, roster, &v);
    int64_t difference = v->objective - w->best;
    if (v->n_hard == 0 && (!x->known || difference < x->difference)) {
        tb_roster_free(&x->roster);
        x->roster = copy_of(roster);
        x->difference = difference;
        x->known = true;
    }
    tb_verdict_free(v);
}

/* The exchange alone; the two change seats, each of his; the best roster without the other, when he sits
 * there. */
static void look_around(struct tb_checker *checker, const struct tb_app_draft *d, const struct without *o,
                        const struct tb_why *w, struct tb_rival *x)
{
    struct tb_roster r = copy_of(&d->roster);
    int at = tb_roster_find(&r, w->slot, w->who);
    r.a[at].provider = x->provider;
    seen(checker, w, x, &r);
    for (int i = 0; i < r.n; i++) {
        if (i == at || r.a[i].provider != x->provider) continue;
        r.a[i].provider = w->who;
        seen(checker, w, x, &r);
        r.a[i].provider = x->provider;
    }
    if (tb_roster_find(&o->r.roster, w->slot, x->provider) >= 0) seen(checker, w, x, &o->r.roster);
    tb_roster_free(&r);
}

static void settle(const struct tb_why *w, struct tb_rival *x)
{
    if (x->known && x->least >= x->difference) x->least = x->difference;
    if (x->known && x->least == x->difference && w->best_proven) x->proven = true;
}

/* Who has no column cannot sit there. Of the others the certificate of the best roster without `who` says
 * what they cost at least: its bound and what is left of the price of their column. */
static void bound_rivals(const struct tb_app_draft *d, const struct without *o, struct tb_why *w)
{
    int n = 0, *cols = tb_xcalloc((size_t)w->n_rivals + 1, sizeof *cols),
        *whose = tb_xcalloc((size_t)w->n_rivals + 1, sizeof *whose);
    int64_t bound, *bounds = tb_xcalloc((size_t)w->n_rivals + 1, sizeof *bounds);
    tb_checker *checker = tb_checker_new(&o->p);
    for (int i = 0; i < w->n_rivals; i++) {
        struct tb_rival *x = &w->rivals[i];
        int col = -1;
        for (int j = 0; j < o->r.program.n_cols && col < 0; j++)
            if (o->r.seats[j].slot == w->slot && o->r.seats[j].provider == x->provider) col = j;
        x->possible = col >= 0 && (o->any || !o->proven);
        x->proven = !x->possible;
        if (!x->possible) continue;
        x->least = o->least;
        cols[n] = col;
        whose[n++] = i;
    }
    if (n && o->r.certificate.scale > 0) {
        /* one that does not hold says nothing; the bound of the search stands */
        bool holds = !tb_proof_bounds_with(&o->r.program, &o->r.certificate, cols, n, &bound, bounds, NULL);
        for (int k = 0; k < n && holds; k++)
            if (bounds[k] > w->rivals[whose[k]].least) w->rivals[whose[k]].least = bounds[k];
    }
    for (int k = 0; k < n; k++) {
        struct tb_rival *x = &w->rivals[whose[k]];
        if (x->least == TB_INF) {
            x->possible = false;
            x->proven = true;
            continue;
        }
        x->bounded = x->least != TB_NEG_INF;
        x->least = x->bounded ? x->least - w->best : 0;
        look_around(checker, d, o, w, x);
        if (x->bounded) settle(w, x);
    }
    tb_checker_free(checker);
    free(cols);
    free(whose);
    free(bounds);
}

static enum tb_code solve_rival(const struct tb_app *app, const struct without *o, struct tb_why *w,
                                struct tb_rival *x, struct tb_err *e)
{
    struct tb_plan_result r;
    const struct condition there = {w->slot, x->provider, w->who, &o->r.basis, &o->r.roster};
    enum tb_code c = plan_with(app, &o->p, &there, &r, e);
    if (c) return c;
    x->solved = true;
    w->solves++;
    if (r.status == TB_PLAN_NONE) {
        x->possible = r.stopped_by != TB_STOP_PROOF;
        x->proven = !x->possible;
    } else {
        int64_t difference = r.objective - w->best, least = r.bound - w->best;
        if (!x->known || difference < x->difference) {
            tb_roster_free(&x->roster);
            x->roster = r.roster;
            r.roster = (struct tb_roster){0};
            x->difference = difference;
            x->known = true;
        }
        if (!x->bounded || least > x->least) x->least = least;
        x->bounded = true;
        settle(w, x);
    }
    tb_plan_result_free(&r);
    return TB_OK;
}

void tb_why_free(struct tb_why *w)
{
    for (int i = 0; i < w->n_rivals; i++) {
        tb_verdict_free(w->rivals[i].exchanged);
        tb_roster_free(&w->rivals[i].roster);
        tb_notes_free(&w->rivals[i].reasons);
        free(w->rivals[i].deciding);
    }
    free(w->rivals);
    tb_verdict_free(w->now);
    *w = (struct tb_why){0};
}

#define ORDER(a, b) \
    do { \
        if ((a) != (b)) return (a) < (b) ? -1 : 1; \
    } while (0)

/* The nearest first: who could sit there at the least cost, as far as it is known. */
static int by_least(const void *p, const void *q)
{
    const struct tb_rival *x = p, *y = q;
    ORDER(!x->possible, !y->possible);
    ORDER(x->least, y->least);
    ORDER(!x->known, !y->known);
    if (x->known) ORDER(x->difference, y->difference);
    ORDER(x->n_hard, y->n_hard);
    ORDER(x->direct, y->direct);
    ORDER(x->provider, y->provider);
    return 0;
}

static enum tb_code compare_rivals(const struct tb_app *app, const struct tb_app_draft *d, int most,
                                   struct tb_why *w, struct tb_err *e)
{
    struct without o = {0};
    enum tb_code c = find_best(app, d, w, e);
    if (c == TB_OK) c = find_spared(app, d, w, &o, e);
    if (c == TB_OK) {
        bound_rivals(d, &o, w);
        qsort(w->rivals, (size_t)w->n_rivals, sizeof *w->rivals, by_least);
        for (int i = 0; i < w->n_rivals && w->solves < most && c == TB_OK; i++)
            if (!w->rivals[i].proven) c = solve_rival(app, &o, w, &w->rivals[i], e);
        qsort(w->rivals, (size_t)w->n_rivals, sizeof *w->rivals, by_least);
        tb_plan_result_free(&o.r);
    }
    free(o.p.pins);
    return c;
}

/* ---- in words ----------------------------------------------------------------------------------------- */

/* Reasons of a colleague that are his own business. */
static bool is_private_reason(const char *rule)
{
    static const char *const some[] = {"exempt", "wish.cannot", "wish.only", "wish.count", "external"};
    for (size_t i = 0; i < TB_COUNT(some); i++)
        if (strcmp(some[i], rule) == 0) return true;
    return false;
}

static void add_reason(const struct tb_problem *p, const struct tb_violation *v, bool member,
                       struct tb_notes *out)
{
    struct tb_buf text = {0};
    if (member && is_private_reason(v->rule))
        tb_buf_add(&text, tb_t("都合により候補外", "not available"));
    else if (member)
        tb_buf_add(&text, v->rule_row >= 0 ? tb_rule_sentence(&p->region->rules[v->rule_row])
                                           : tb_t("必須の条件により候補外", "kept out by a hard rule"));
    else
        tb_violation_text(p, v, &text);
    tb_notes_add(out, "%s", tb_buf_str(&text));
    tb_buf_free(&text);
}

/* The part that grows most, or NULL: none grows. */
static char *deciding_part(const struct tb_problem *p, const struct tb_verdict *now,
                           const struct tb_roster *roster)
{
    struct tb_verdict *v;
    tb_check(p, roster, &v);
    struct tb_parts before = tb_parts_of(p, now), after = tb_parts_of(p, v);
    int64_t most = 0;
    const char *name = NULL;
    for (int i = 0; i < before.n; i++)
        if (after.v[i].cost - before.v[i].cost > most) {
            most = after.v[i].cost - before.v[i].cost;
            name = tb_part_name(p, &before.v[i]);
        }
    free(before.v);
    free(after.v);
    tb_verdict_free(v);
    return name ? tb_xstrdup(name) : NULL;
}

/* What is found is put in words for the reader; a member gets nothing from which more could be read. */
static void put_in_words(const struct tb_problem *p, struct tb_why *w)
{
    for (int i = 0; i < w->n_rivals; i++) {
        struct tb_rival *x = &w->rivals[i];
        for (int k = 0; k < x->exchanged->n_hard; k++)
            if (!tb_violation_in(&x->exchanged->violations[k], w->now))
                add_reason(p, &x->exchanged->violations[k], w->for_member, &x->reasons);
        if (x->possible && x->proven && x->difference != 0)
            x->deciding = deciding_part(p, w->now, &x->roster);
        if (!w->for_member) continue;
        tb_verdict_free(x->exchanged);
        x->exchanged = NULL;
        tb_roster_free(&x->roster);
        x->roster = (struct tb_roster){0};
    }
    if (!w->for_member) return;
    tb_verdict_free(w->now);
    w->now = NULL;
}

enum tb_code tb_why(const struct tb_app *app, const struct tb_app_draft *d, const struct tb_why_question *q,
                    struct tb_why *out, struct tb_err *e)
{
    struct tb_substitutes s;
    int slot = q->slot, who = q->who, only = q->only;
    *out = (struct tb_why){.slot = slot, .who = who, .for_member = app_reader(app) != NULL};
    enum tb_code c = app_may(app, TB_USE_WHY, e);
    if (c == TB_OK) c = app_own(app, TB_USE_WHY, d->region->providers[who].id, e);
    if (c) return c;
    app_replace(d, slot, who, &s);
    out->now = s.now;
    out->objective = out->now->objective;
    s.now = NULL;
    out->rivals = tb_xcalloc((size_t)s.n + 1, sizeof *out->rivals);
    for (int i = 0; i < s.n; i++) {
        if (only >= 0 && s.v[i].provider != only) continue;
        out->rivals[out->n_rivals++] =
            (struct tb_rival){.provider = s.v[i].provider,
                              .n_hard = s.v[i].n_hard,
                              .direct = s.v[i].verdict->objective - out->now->objective,
                              .exchanged = s.v[i].verdict};
        s.v[i].verdict = NULL;
    }
    tb_substitutes_free(&s);
    if (only >= 0 && !out->n_rivals)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("%s はこの席の担い手ではないか、もう就いています",
                         "%s is not in the pool of this seat, or sits there already"),
                    d->region->providers[only].id);
    if (c == TB_OK) c = compare_rivals(app, d, q->most, out, e);
    if (c == TB_OK) put_in_words(d->problem, out);
    if (c) tb_why_free(out);
    return c;
}
