#include "engine_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "toban/base.h"

double tb_engine_now(void) { return tb_clock_seconds(); }

bool tb_engine_stop(const struct tb_engine_run *u)
{
    return (u->o->interrupt && *u->o->interrupt) || tb_engine_now() > u->deadline;
}

double tb_engine_round(const struct tb_engine_mip *p, double v)
{
    double tol;

    if (p->unit <= 0 || !isfinite(v)) return v;
    tol = fmin(0.4 * p->unit, 1e-5 + 1e-9 * fabs(v));
    return p->unit * ceil((v - tol) / p->unit);
}

/* What a solution must gain to be told apart from the best. */
static double grain(const struct tb_engine_run *u)
{
    return u->p->unit > 0 ? 0.5 * u->p->unit : 1e-7 * (1 + fabs(u->best));
}

double tb_engine_cutoff(const struct tb_engine_run *u)
{
    double g = u->p->unit;

    if (!u->has_best) return HUGE_VAL;
    if (g > 0) return u->best - g + fmin(0.4 * g, 1e-5 + 1e-9 * fabs(u->best));
    return u->best - grain(u);
}

static double gap(const struct tb_engine_run *u)
{
    double v = u->best + u->p->sense * u->p->c0;

    return fmax(0, u->best - u->bound) / fmax(1e-9, fabs(v));
}

bool tb_engine_closed(const struct tb_engine_run *u)
{
    return u->has_best && (u->best - u->bound < grain(u) || gap(u) <= u->o->gap_limit);
}

void tb_engine_raise(struct tb_engine_run *u, double bound)
{
    bound = tb_engine_round(u->p, bound);
    if (bound > u->bound) u->bound = bound;
    if (u->has_best && u->bound > u->best) u->bound = u->best;
}

/* In the sense of the caller's problem. */
static double outside(const struct tb_engine_mip *p, double v) { return p->c0 + p->sense * v; }

bool tb_engine_offer(struct tb_engine_run *u, const double *x)
{
    const struct tb_engine_mip *p = u->p;
    double *y = tb_engine_alloc((size_t)p->n + 1, sizeof *y);
    bool ok;
    double v;

    for (int j = 1; j <= p->n; j++) {
        y[j] = p->isint[j] || (p->implied[j] && fabs(x[j] - nearbyint(x[j])) < 1e-5)
                   ? nearbyint(x[j])
                   : fmin(fmax(x[j], p->lo[j]), p->up[j]);
        if (fabs(y[j]) <= 0.0) y[j] = 0; /* no negative zero */
    }
    ok = tb_engine_mip_feasible(p, y);
    v = tb_engine_mip_cost(p, y);
    if (ok && (!u->has_best || v < u->best - 1e-9 * (1 + fabs(v)))) {
        memcpy(u->x, y, ((size_t)p->n + 1) * sizeof *y);
        u->best = v;
        u->has_best = true;
        if (u->o->on_incumbent) u->o->on_incumbent(u->o->arg, outside(p, v), u->x);
    }
    free(y);
    return ok;
}

void tb_engine_tell(struct tb_engine_run *u, enum tb_engine_step s, bool now)
{
    struct tb_engine_progress g = {0};
    double t;

    if (!u->o->on_progress) return;
    t = tb_engine_now();
    if (!now && t - u->told < 0.2) return;
    u->told = t;
    g.phase = tb_engine_step_name(s);
    g.seconds = t - u->t0;
    g.have_best = u->has_best;
    g.best = u->has_best ? outside(u->p, u->best) : 0;
    g.have_bound = isfinite(u->bound);
    g.bound = g.have_bound ? outside(u->p, u->bound) : 0;
    u->o->on_progress(u->o->arg, &g);
}

/* Keeps the last words of GLPK, prints nothing. */
static int listen(void *info, const char *s)
{
    struct tb_engine_result *r = info;
    size_t cap = sizeof r->text, have = strlen(r->text), add = strlen(s);

    if (add >= cap) {
        s += add - (cap - 1);
        add = cap - 1;
    }
    if (have + add >= cap) {
        size_t drop = have + add - (cap - 1);

        memmove(r->text, r->text + drop, have - drop);
        have -= drop;
    }
    memcpy(r->text + have, s, add);
    r->text[have + add] = '\0';
    return 1;
}

void tb_engine_account(struct tb_engine_run *u, enum tb_engine_step s, double t, long count)
{
    u->r->step[s].used = true;
    u->r->step[s].seconds += tb_engine_now() - t;
    u->r->step[s].count += count;
}

bool tb_engine_on(const struct tb_engine_run *u, enum tb_engine_step s) { return !(u->o->off & 1u << s); }

/* Notes the first step after which the gap is closed. */
static bool closed_by(struct tb_engine_run *u, enum tb_engine_step s)
{
    if (!u->r->closed && tb_engine_closed(u)) {
        u->r->closed = true;
        u->r->closed_by = s;
    }
    return u->r->closed;
}

enum { COUNTERS = 100 }; /* a variant that decides counters first */

/* One dive for a solution of cost at most limit, on what it leaves free; few:
 * beginning with the columns that l has. */
static enum tb_engine_dive_end dive_for(struct tb_engine_run *u, struct tb_engine_lp *l, double limit,
                                        int variant, bool few, const double *guide, long budget)
{
    static const double threshold[] = {0.85, 0.6, 0.95, 0.45};
    struct tb_engine_dive d = {.limit = limit,
                               .threshold = threshold[variant % 4],
                               .start = variant,
                               .guide = guide,
                               .counters = variant == COUNTERS,
                               .max_iterations = budget};
    enum tb_engine_dive_end end;
    struct tb_engine_lp *q;
    double t = tb_engine_now();
    long fixed = 0;

    q = tb_engine_reduce(l, tb_engine_on(u, TB_ENGINE_FIX) ? limit : HUGE_VAL, few, guide, &fixed);
    tb_engine_account(u, TB_ENGINE_FIX, t, fixed);
    t = tb_engine_now();
    if (isfinite(limit) && variant % 2) {
        d.limit += tb_engine_perturb(q, variant);
        q->until = u->iterations + 4 * budget;
        tb_engine_lp_simplex(q, false, HUGE_VAL);
    }
    end = tb_engine_dive(q, &d);
    tb_engine_lp_free(q);
    tb_engine_account(u, TB_ENGINE_DIVE, t, 1);
    tb_engine_tell(u, TB_ENGINE_DIVE, false);
    return end;
}

/* Nothing costs limit or less: by search, so no certificate says it. */
static void refuted(struct tb_engine_run *u, double limit)
{
    double unit = u->p->unit;

    u->searched = true;
    tb_engine_raise(u, unit > 0 ? limit + 0.5 * unit : limit);
}

/* A limit that solutions of that cost meet in spite of rounding. */
static double meeting(double cost) { return cost + 1e-5 + 1e-9 * fabs(cost); }

enum { SAME = 6, FEW = 3, NARROW = 4 };

/* Whether the relaxation splits a column that counts more than 0 and 1. */
static bool splits_counter(const struct tb_engine_run *u, const struct tb_engine_lp *l)
{
    for (int j = 1; j <= u->p->n; j++)
        if (u->p->isint[j] && u->p->up[j] - u->p->lo[j] > 1.5 &&
            fabs(l->x[j] - nearbyint(l->x[j])) > TB_ENGINE_TOL)
            return true;
    return false;
}

enum { RAISES = 16 };

/* Moves the bound up as long as the counters alone refute it: binaries can make up
 * for each other at length, and a split counter says at once what they cannot do. */
static void refute_by_counters(struct tb_engine_run *u, struct tb_engine_lp *l, long budget)
{
    for (int k = 0; k < RAISES && splits_counter(u, l); k++) {
        double limit = fmin(meeting(u->bound), tb_engine_cutoff(u));

        if (dive_for(u, l, limit, COUNTERS, true, u->o->start, budget) != TB_ENGINE_DIVE_EXHAUSTED) return;
        refuted(u, limit);
        if (closed_by(u, TB_ENGINE_DIVE)) return;
    }
}

/* Dives for a solution at the bound; the bound moves up where there is none. */
static void dive_at_bound(struct tb_engine_run *u, struct tb_engine_lp *l, long budget)
{
    for (int k = 0; k < SAME && !tb_engine_stop(u); k++) {
        double limit = fmin(meeting(u->bound), tb_engine_cutoff(u));

        if (dive_for(u, l, limit, k, k < FEW, k ? NULL : u->o->start, budget) == TB_ENGINE_DIVE_EXHAUSTED)
            refuted(u, limit);
        if (closed_by(u, TB_ENGINE_DIVE)) return;
    }
}

/* Dives anywhere, then half way between the bound and the best, less far down
 * each time that fails. */
static void dive_below(struct tb_engine_run *u, struct tb_engine_lp *l, long budget)
{
    double share = 0.5;

    if (closed_by(u, TB_ENGINE_DIVE)) return;
    for (int k = 0; k < 3 && !u->has_best; k += 2)
        if (dive_for(u, l, HUGE_VAL, k, true, NULL, 8 * budget) == TB_ENGINE_DIVE_EXHAUSTED) {
            u->r->outcome = TB_ENGINE_INFEASIBLE;
            return;
        }
    for (int k = 0; k < NARROW && u->has_best && !tb_engine_stop(u); k++) {
        double limit = meeting(u->bound + share * (u->best - u->bound));
        enum tb_engine_dive_end end;

        if (closed_by(u, TB_ENGINE_DIVE)) return;
        limit = fmin(limit, tb_engine_cutoff(u));
        end = dive_for(u, l, limit, 2 * k, false, k % 2 ? NULL : u->x, budget);
        if (end == TB_ENGINE_DIVE_EXHAUSTED)
            refuted(u, limit);
        else if (end != TB_ENGINE_DIVE_FOUND)
            share = (1 + share) / 2;
    }
    closed_by(u, TB_ENGINE_DIVE);
}

/* Branch and bound on what reduced costs leave free against the best. */
static enum tb_engine_outcome branch_rest(struct tb_engine_run *u, struct tb_engine_lp *l)
{
    struct tb_engine_search s = {
        .cliques = u->cliques.count, .start = u->cliques.start, .member = u->cliques.member};
    enum tb_engine_outcome out;
    struct tb_engine_lp *q;
    double t = tb_engine_now();
    long fixed = 0;

    q = tb_engine_reduce(l, tb_engine_on(u, TB_ENGINE_FIX) ? tb_engine_cutoff(u) : HUGE_VAL, false, NULL,
                         &fixed);
    tb_engine_account(u, TB_ENGINE_FIX, t, fixed);
    t = tb_engine_now();
    s.lo = q->lo;
    s.up = q->up;
    out = tb_engine_branch(u, &s);
    u->r->nodes += s.nodes;
    tb_engine_account(u, TB_ENGINE_BRANCH, t, s.nodes);
    u->searched = true;
    /* outside the bounds of q nothing is better than the best was */
    if (out == TB_ENGINE_OPTIMAL || out == TB_ENGINE_INFEASIBLE)
        tb_engine_raise(u, u->has_best ? u->best : HUGE_VAL);
    else if (isfinite(s.bound))
        tb_engine_raise(u, fmin(s.bound, u->has_best ? u->best : s.bound));
    tb_engine_lp_free(q);
    closed_by(u, TB_ENGINE_BRANCH);
    return out;
}

enum { NEAR = 1, NEAR_NODES = 3 };

/*
 * Branch and bound on what is left free when only solutions a little above the
 * bound are wanted: small, and what it finds there is the best anywhere.
 */
static void branch_near(struct tb_engine_run *u, struct tb_engine_lp *l)
{
    double far = 16 * u->p->unit;

    for (int k = 0; k < NEAR && !closed_by(u, TB_ENGINE_BRANCH); k++, far *= 8) {
        struct tb_engine_search s = {.max_nodes = NEAR_NODES,
                                     .cliques = u->cliques.count,
                                     .start = u->cliques.start,
                                     .member = u->cliques.member};
        double limit = fmin(meeting(u->bound + far), tb_engine_cutoff(u));
        double t = tb_engine_now();
        enum tb_engine_outcome out;
        struct tb_engine_lp *q;
        long fixed = 0;

        q = tb_engine_reduce(l, limit, false, NULL, &fixed);
        if (2 * fixed < u->p->n) { /* reduced costs say too little for that */
            tb_engine_lp_free(q);
            return;
        }
        s.lo = q->lo;
        s.up = q->up;
        out = tb_engine_branch(u, &s);
        tb_engine_lp_free(q);
        u->r->nodes += s.nodes;
        u->searched = true;
        if (out == TB_ENGINE_OPTIMAL || out == TB_ENGINE_INFEASIBLE) tb_engine_raise(u, fmin(s.bound, limit));
        tb_engine_account(u, TB_ENGINE_BRANCH, t, s.nodes);
        if (out != TB_ENGINE_OPTIMAL && out != TB_ENGINE_INFEASIBLE) break;
    }
}

/* Branch and bound on the whole program. */
static void branch_all(struct tb_engine_run *u, double seconds)
{
    struct tb_engine_search s = {.lo = u->p->lo, .up = u->p->up, .seconds = seconds};
    double t = tb_engine_now();

    u->r->outcome = tb_engine_branch(u, &s);
    u->searched = true;
    if (u->r->outcome == TB_ENGINE_OPTIMAL || isfinite(s.bound)) tb_engine_raise(u, s.bound);
    if (u->r->outcome == TB_ENGINE_INFEASIBLE && u->has_best) tb_engine_raise(u, u->best);
    u->r->nodes += s.nodes;
    tb_engine_account(u, TB_ENGINE_BRANCH, t, s.nodes);
    closed_by(u, TB_ENGINE_BRANCH);
}

/* All steps on a program whose relaxation l is solved. */
static void improve(struct tb_engine_run *u, struct tb_engine_lp *l)
{
    long budget = 3 * (l->rows / 2 + 400), rounds;
    enum tb_engine_outcome out;
    double t;

    if (tb_engine_on(u, TB_ENGINE_DIVE) && !closed_by(u, TB_ENGINE_DIVE)) {
        refute_by_counters(u, l, budget);
        dive_at_bound(u, l, budget);
        if (tb_engine_on(u, TB_ENGINE_BRANCH) && tb_engine_on(u, TB_ENGINE_FIX)) branch_near(u, l);
        dive_below(u, l, budget);
    }
    if (tb_engine_on(u, TB_ENGINE_FREE) && u->has_best && !u->r->closed) {
        t = tb_engine_now();
        rounds = tb_engine_free(u, l);
        tb_engine_account(u, TB_ENGINE_FREE, t, rounds);
        closed_by(u, TB_ENGINE_FREE);
    }
    if (u->r->closed || u->r->outcome == TB_ENGINE_INFEASIBLE || tb_engine_stop(u) ||
        !tb_engine_on(u, TB_ENGINE_BRANCH))
        return;
    out = branch_rest(u, l);
    if (out == TB_ENGINE_ERROR && !tb_engine_stop(u))
        branch_all(u, 0);
    else if (out == TB_ENGINE_INFEASIBLE)
        u->r->outcome = out; /* unless a solution was known before */
}

static void solve(struct tb_engine_run *u)
{
    enum tb_engine_lp_status st;
    struct tb_engine_lp *l = NULL;
    double bound;

    if (u->p->unit <= 0 && tb_engine_on(u, TB_ENGINE_BRANCH)) {
        /* no multiple to aim at: branching first, the rest if it fails */
        branch_all(u, 0.7 * u->o->time_limit);
        if (u->has_best || u->r->outcome != TB_ENGINE_NOTHING) return;
    }
    if ((u->o->off & TB_ENGINE_STOCK) != TB_ENGINE_STOCK) l = tb_engine_root(u, &st);
    if (!l && tb_engine_stop(u) && (u->o->off & TB_ENGINE_STOCK) != TB_ENGINE_STOCK) {
        u->r->outcome = TB_ENGINE_NOTHING;
        return;
    }
    if (!l) {
        branch_all(u, 0);
        return;
    }
    bound = u->bound;
    u->r->have_root = true;
    u->r->outcome = TB_ENGINE_NOTHING;
    u->r->root_bound = outside(u->p, l->obj);
    improve(u, l);
    tb_engine_cert_make(l, u->has_best ? u->best : bound, &u->r->cert);
    if (u->r->cert.scale) tb_engine_raise(u, (double)u->r->cert.bound);
    if (tb_engine_closed(u)) {
        bool met = u->r->cert.scale && (double)u->r->cert.bound >= u->best - 0.5 * u->p->unit;

        u->r->proof = met           ? TB_ENGINE_PROOF_CERTIFICATE
                      : u->searched ? TB_ENGINE_PROOF_SEARCH
                                    : TB_ENGINE_PROOF_LP;
    }
    tb_engine_lp_free(l);
}

static bool empty_bounds(const struct tb_engine_mip *p)
{
    for (int j = 1; j <= p->n; j++)
        if (p->lo[j] > p->up[j]) return true;
    for (int i = 1; i <= p->m; i++)
        if (p->rlo[i] > p->rup[i]) return true;
    return false;
}

static void finish(struct tb_engine_run *u)
{
    struct tb_engine_result *r = u->r;

    if (u->has_best) r->outcome = tb_engine_closed(u) ? TB_ENGINE_OPTIMAL : TB_ENGINE_FEASIBLE;
    if (r->outcome == TB_ENGINE_OPTIMAL && r->proof == TB_ENGINE_PROOF_NONE)
        r->proof = u->searched ? TB_ENGINE_PROOF_SEARCH : TB_ENGINE_PROOF_LP;
    r->gap = -1;
    if (u->has_best) {
        r->x = u->x;
        u->x = NULL;
        r->obj = outside(u->p, u->best);
        if (isfinite(u->bound)) r->gap = gap(u);
    }
    r->have_bound = isfinite(u->bound);
    if (r->have_bound) r->bound = outside(u->p, u->bound);
    r->seconds = tb_engine_now() - u->t0;
}

/* The joined certificate's own bound, and what it is worth as a proof. */
static void judge_split(struct tb_engine_run *u, glp_prob *P)
{
    struct tb_engine_result *r = u->r;
    bool sound = r->cert.scale && tb_engine_cert_check(P, &r->cert, &r->cert.bound);

    if (!sound) r->cert.scale = 0;
    if (!tb_engine_closed(u)) return;
    if (sound && (double)r->cert.bound >= u->best - 0.5 * u->p->unit)
        r->proof = TB_ENGINE_PROOF_CERTIFICATE;
    else
        r->proof = u->searched ? TB_ENGINE_PROOF_SEARCH : TB_ENGINE_PROOF_LP;
}

static void run(struct tb_engine_run *u, glp_prob *P, bool whole)
{
    bool blocks = tb_engine_on(u, TB_ENGINE_BLOCKS);

    if (whole && blocks && tb_engine_split(u))
        judge_split(u, P);
    else
        solve(u);
}

static int begin(glp_prob *P, const struct tb_engine_opts *o, struct tb_engine_result *r, bool whole)
{
    static const struct tb_engine_opts none;
    struct tb_engine_run u = {.o = o ? o : &none, .r = r, .bound = -HUGE_VAL};
    struct tb_engine_mip *p;

    memset(r, 0, sizeof *r);
    u.t0 = tb_engine_now();
    u.deadline = u.o->time_limit > 0 ? u.t0 + u.o->time_limit : HUGE_VAL;
    if (whole) glp_term_hook(listen, r);
    u.p = p = tb_engine_mip_new(P);
    u.x = tb_engine_alloc((size_t)p->n + 1, sizeof *u.x);
    r->n = p->n;
    r->outcome = TB_ENGINE_INFEASIBLE;
    for (int i = 1; i <= p->m; i++) r->lazy_rows += p->lazy[i];
    r->kept_rows = p->m - r->lazy_rows;
    if (u.o->start) tb_engine_offer(&u, u.o->start);
    if (!empty_bounds(p)) run(&u, P, whole);
    finish(&u);
    if (whole) glp_term_hook(NULL, NULL);
    free(u.x);
    free(u.cliques.start);
    free(u.cliques.member);
    tb_engine_mip_free(p);
    return (int)r->outcome;
}

int tb_engine_part(glp_prob *P, const struct tb_engine_opts *o, struct tb_engine_result *r)
{
    return begin(P, o, r, false);
}

int tb_engine_solve(glp_prob *P, const struct tb_engine_opts *o, struct tb_engine_result *r)
{
    return begin(P, o, r, true);
}

void tb_engine_result_free(struct tb_engine_result *r)
{
    if (!r) return;
    free(r->x);
    free(r->cert.y);
    free(r->cert.start);
    free(r->cert.member);
    free(r->cert.clique_y);
    free(r->basis.row);
    free(r->basis.col);
    memset(r, 0, sizeof *r);
}
