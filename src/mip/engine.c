/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The roof: in which order the steps run, and what a solve ends with.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "toban/base/base.h"

/* Keeps the last words of GLPK, prints nothing. */
static int listen(void *info, const char *s)
{
    struct mip_result *r = info;
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

/* Notes the first step after which the gap is closed. */
static bool closed_by(struct mip_run *u, enum mip_step s)
{
    if (!u->r->closed && mip_closed(u)) {
        u->r->closed = true;
        u->r->closed_by = s;
    }
    return u->r->closed;
}

enum { COUNTERS = 100 }; /* a variant that decides counters first */

/* One dive for a solution of cost at most limit, on what it leaves free; few:
 * beginning with the columns that l has. */
static enum mip_dive_end dive_for(struct mip_run *u, struct mip_lp *l, double limit, int variant, bool few,
                                  const double *guide, long budget)
{
    static const double threshold[] = {0.85, 0.6, 0.95, 0.45};
    struct mip_dive d = {.limit = limit,
                         .threshold = threshold[variant % 4],
                         .start = variant,
                         .guide = guide,
                         .counters = variant == COUNTERS,
                         .max_iterations = budget};
    enum mip_dive_end end;
    struct mip_lp *q;
    double t = mip_now();
    long fixed = 0;

    q = mip_reduce(l, mip_on(u, MIP_FIX) ? limit : HUGE_VAL, few, guide, &fixed);
    mip_account(u, MIP_FIX, t, fixed);
    t = mip_now();
    if (isfinite(limit) && variant % 2) {
        d.limit += mip_perturb(q, variant);
        q->until = u->iterations + 4 * budget;
        mip_lp_simplex(q, false, HUGE_VAL);
    }
    end = mip_dive(q, &d);
    mip_lp_free(q);
    mip_account(u, MIP_DIVE, t, 1);
    mip_tell(u, MIP_DIVE, false);
    return end;
}

/* Nothing costs limit or less: by search, so no certificate says it. */
static void refuted(struct mip_run *u, double limit)
{
    double unit = u->p->unit;

    u->searched = true;
    mip_raise(u, unit > 0 ? limit + 0.5 * unit : limit);
}

/* A limit that solutions of that cost meet in spite of rounding. */
static double meeting(double cost) { return cost + 1e-5 + 1e-9 * fabs(cost); }

enum { SAME = 6, FEW = 3, NARROW = 4 };

/* Whether the relaxation splits a column that counts more than 0 and 1. */
static bool splits_counter(const struct mip_run *u, const struct mip_lp *l)
{
    for (int j = 1; j <= u->p->n; j++)
        if (u->p->isint[j] && u->p->up[j] - u->p->lo[j] > 1.5 && fabs(l->x[j] - nearbyint(l->x[j])) > MIP_TOL)
            return true;
    return false;
}

enum { RAISES = 16 };

/* Moves the bound up as long as the counters alone refute it: binaries can make up
 * for each other at length, and a split counter says at once what they cannot do. */
static void refute_by_counters(struct mip_run *u, struct mip_lp *l, long budget)
{
    for (int k = 0; k < RAISES && splits_counter(u, l); k++) {
        double limit = fmin(meeting(u->bound), mip_cutoff(u));

        if (dive_for(u, l, limit, COUNTERS, true, u->o->start, budget) != MIP_DIVE_EXHAUSTED) return;
        refuted(u, limit);
        if (closed_by(u, MIP_DIVE)) return;
    }
}

/* Dives anywhere, for a first solution. */
static void dive_first(struct mip_run *u, struct mip_lp *l, long budget)
{
    for (int k = 0; k < 3 && !u->has_best && !mip_stop(u); k += 2)
        if (dive_for(u, l, HUGE_VAL, k, true, NULL, 8 * budget) == MIP_DIVE_EXHAUSTED) {
            u->r->outcome = MIP_INFEASIBLE;
            return;
        }
    closed_by(u, MIP_DIVE);
}

/* Dives for a solution at the bound; the bound moves up where there is none. */
static void dive_at_bound(struct mip_run *u, struct mip_lp *l, long budget)
{
    for (int k = 0; k < SAME && !mip_stop(u); k++) {
        double limit = fmin(meeting(u->bound), mip_cutoff(u));

        if (dive_for(u, l, limit, k, k < FEW, k ? NULL : u->o->start, budget) == MIP_DIVE_EXHAUSTED)
            refuted(u, limit);
        if (closed_by(u, MIP_DIVE)) return;
        /* a solution early, whatever it costs: what is at the bound may take long */
        if (k == 0) dive_first(u, l, budget);
        if (u->r->outcome == MIP_INFEASIBLE || closed_by(u, MIP_DIVE)) return;
    }
}

/* Dives half way between the bound and the best, less far down
 * each time that fails. */
static void dive_below(struct mip_run *u, struct mip_lp *l, long budget)
{
    double share = 0.5;

    if (closed_by(u, MIP_DIVE)) return;
    for (int k = 0; k < NARROW && u->has_best && !mip_stop(u); k++) {
        double limit = meeting(u->bound + share * (u->best - u->bound));
        enum mip_dive_end end;

        if (closed_by(u, MIP_DIVE)) return;
        limit = fmin(limit, mip_cutoff(u));
        end = dive_for(u, l, limit, 2 * k, false, k % 2 ? NULL : u->x, budget);
        if (end == MIP_DIVE_EXHAUSTED)
            refuted(u, limit);
        else if (end != MIP_DIVE_FOUND)
            share = (1 + share) / 2;
    }
    closed_by(u, MIP_DIVE);
}

/* Branch and bound on what reduced costs leave free against the best. */
static enum mip_outcome branch_rest(struct mip_run *u, struct mip_lp *l)
{
    struct mip_search s = {0};
    enum mip_outcome out;
    struct mip_lp *q;
    double t = mip_now();
    long fixed = 0;

    q = mip_reduce(l, mip_on(u, MIP_FIX) ? mip_cutoff(u) : HUGE_VAL, false, NULL, &fixed);
    mip_account(u, MIP_FIX, t, fixed);
    t = mip_now();
    s.q = q;
    s.lo = q->lo;
    s.up = q->up;
    out = mip_branch(u, &s);
    u->r->nodes += s.nodes;
    mip_account(u, MIP_BRANCH, t, s.nodes);
    u->searched = true;
    /* outside the bounds of q nothing is better than the best was */
    if (out == MIP_OPTIMAL || out == MIP_INFEASIBLE)
        mip_raise(u, u->has_best ? u->best : HUGE_VAL);
    else if (isfinite(s.bound))
        mip_raise(u, fmin(s.bound, u->has_best ? u->best : s.bound));
    mip_lp_free(q);
    closed_by(u, MIP_BRANCH);
    return out;
}

enum { NEAR = 1, NEAR_NODES = 3 };

/*
 * Branch and bound on what is left free when only solutions a little above the
 * bound are wanted: small, and what it finds there is the best anywhere.
 */
static void branch_near(struct mip_run *u, struct mip_lp *l)
{
    double far = 16 * u->p->unit;

    for (int k = 0; k < NEAR && !closed_by(u, MIP_BRANCH); k++, far *= 8) {
        struct mip_search s = {.max_nodes = NEAR_NODES};
        double limit = fmin(meeting(u->bound + far), mip_cutoff(u));
        double t = mip_now();
        enum mip_outcome out;
        struct mip_lp *q;
        long fixed = 0;

        q = mip_reduce(l, limit, false, NULL, &fixed);
        if (2 * fixed < u->p->n) { /* reduced costs say too little for that */
            mip_lp_free(q);
            return;
        }
        s.q = q;
        s.lo = q->lo;
        s.up = q->up;
        out = mip_branch(u, &s);
        mip_lp_free(q);
        u->r->nodes += s.nodes;
        u->searched = true;
        if (out == MIP_OPTIMAL || out == MIP_INFEASIBLE) mip_raise(u, fmin(s.bound, limit));
        mip_account(u, MIP_BRANCH, t, s.nodes);
        if (out != MIP_OPTIMAL && out != MIP_INFEASIBLE) break;
    }
}

/* Branch and bound on the whole program. */
static void branch_all(struct mip_run *u, double seconds)
{
    struct mip_search s = {.lo = u->p->lo, .up = u->p->up, .seconds = seconds};
    double t = mip_now();

    u->r->outcome = mip_branch(u, &s);
    u->searched = true;
    if (u->r->outcome == MIP_OPTIMAL || isfinite(s.bound)) mip_raise(u, s.bound);
    if (u->r->outcome == MIP_INFEASIBLE && u->has_best) mip_raise(u, u->best);
    u->r->nodes += s.nodes;
    mip_account(u, MIP_BRANCH, t, s.nodes);
    closed_by(u, MIP_BRANCH);
}

/* All steps on a relaxation that is as tight as it gets. */
static void search(struct mip_run *u, struct mip_lp *l, long budget)
{
    enum mip_outcome out;
    long rounds;
    double t;

    if (mip_on(u, MIP_DIVE) && !closed_by(u, MIP_DIVE)) {
        if (mip_on(u, MIP_BRANCH) && mip_on(u, MIP_FIX)) branch_near(u, l);
        dive_below(u, l, budget);
    }
    if (mip_on(u, MIP_FREE) && u->has_best && !u->r->closed) {
        t = mip_now();
        rounds = mip_free(u, l);
        mip_account(u, MIP_FREE, t, rounds);
        closed_by(u, MIP_FREE);
    }
    if (u->r->closed || u->r->outcome == MIP_INFEASIBLE || mip_stop(u) || !mip_on(u, MIP_BRANCH)) return;
    out = branch_rest(u, l);
    if (out == MIP_ERROR && !mip_stop(u))
        branch_all(u, 0);
    else if (out == MIP_INFEASIBLE)
        u->r->outcome = out; /* unless a solution was known before */
}

/* All steps on a program whose relaxation l is solved. */
static void improve(struct mip_run *u, struct mip_lp *l)
{
    long budget = 3 * (l->rows / 2 + 400);
    struct mip_lp *q = NULL;

    if (mip_on(u, MIP_DIVE) && !closed_by(u, MIP_DIVE)) {
        refute_by_counters(u, l, budget);
        dive_at_bound(u, l, budget);
    }
    if (u->r->outcome == MIP_INFEASIBLE) return;
    if (mip_on(u, MIP_CLIQUE) && !closed_by(u, MIP_DIVE) && !mip_stop(u)) {
        q = mip_tighten(u, l);
        if (q && mip_on(u, MIP_DIVE) && !closed_by(u, MIP_CLIQUE)) dive_at_bound(u, q, budget);
    }
    if (!closed_by(u, MIP_CLIQUE)) search(u, q ? q : l, budget);
    mip_lp_free(q);
}

static void solve(struct mip_run *u)
{
    enum mip_lp_status st;
    struct mip_lp *l = NULL;
    double bound;

    if (u->p->unit <= 0 && mip_on(u, MIP_BRANCH)) {
        /* no multiple to aim at: branching first, the rest if it fails */
        branch_all(u, 0.7 * u->o->time_limit);
        if (u->has_best || u->r->outcome != MIP_NOTHING) return;
    }
    if ((u->o->off & MIP_STOCK) != MIP_STOCK) l = mip_root(u, &st);
    if (!l && mip_stop(u) && (u->o->off & MIP_STOCK) != MIP_STOCK) {
        u->r->outcome = MIP_NOTHING;
        return;
    }
    if (!l) {
        branch_all(u, 0);
        return;
    }
    bound = u->bound;
    u->r->have_root = true;
    u->r->outcome = MIP_NOTHING;
    u->r->root_bound = mip_outside(u->p, l->obj);
    improve(u, l);
    mip_cert_make(l, u->has_best ? u->best : bound, &u->r->cert);
    if (u->r->cert.scale) mip_raise(u, (double)u->r->cert.bound);
    if (mip_closed(u)) {
        bool met = u->r->cert.scale && (double)u->r->cert.bound >= u->best - 0.5 * u->p->unit;

        u->r->proof = met ? MIP_PROOF_CERTIFICATE : u->searched ? MIP_PROOF_SEARCH : MIP_PROOF_LP;
    }
    mip_lp_free(l);
}

static bool empty_bounds(const struct mip_program *p)
{
    for (int j = 1; j <= p->n; j++)
        if (p->lo[j] > p->up[j]) return true;
    for (int i = 1; i <= p->m; i++)
        if (p->rlo[i] > p->rup[i]) return true;
    return false;
}

static void finish(struct mip_run *u)
{
    struct mip_result *r = u->r;

    if (u->has_best) r->outcome = mip_closed(u) ? MIP_OPTIMAL : MIP_FEASIBLE;
    if (r->outcome == MIP_OPTIMAL && r->proof == MIP_PROOF_NONE)
        r->proof = u->searched ? MIP_PROOF_SEARCH : MIP_PROOF_LP;
    r->gap = -1;
    if (u->has_best) {
        r->x = u->x;
        u->x = NULL;
        r->obj = mip_outside(u->p, u->best);
        if (isfinite(u->bound)) r->gap = mip_gap(u);
    }
    r->have_bound = isfinite(u->bound);
    if (r->have_bound) r->bound = mip_outside(u->p, u->bound);
    r->seconds = mip_now() - u->t0;
}

/* The joined certificate's own bound, and what it is worth as a proof. */
static void judge_split(struct mip_run *u, glp_prob *P)
{
    struct mip_result *r = u->r;
    bool sound = r->cert.scale && mip_cert_check(P, &r->cert, &r->cert.bound);

    if (!sound) r->cert.scale = 0;
    if (!mip_closed(u)) return;
    if (sound && (double)r->cert.bound >= u->best - 0.5 * u->p->unit)
        r->proof = MIP_PROOF_CERTIFICATE;
    else
        r->proof = u->searched ? MIP_PROOF_SEARCH : MIP_PROOF_LP;
}

static int solve_part(glp_prob *P, const struct mip_opts *o, struct mip_result *r);

static void run(struct mip_run *u, glp_prob *P, bool whole)
{
    bool blocks = mip_on(u, MIP_BLOCKS);

    if (whole && blocks && mip_split(u, solve_part))
        judge_split(u, P);
    else
        solve(u);
}

static int begin(glp_prob *P, const struct mip_opts *o, struct mip_result *r, bool whole)
{
    static const struct mip_opts none;
    struct mip_run u = {.o = o ? o : &none, .r = r, .bound = -HUGE_VAL};
    struct mip_program *p;

    memset(r, 0, sizeof *r);
    u.t0 = mip_now();
    u.deadline = u.o->time_limit > 0 ? u.t0 + u.o->time_limit : HUGE_VAL;
    if (whole) glp_term_hook(listen, r);
    u.p = p = mip_program_new(P);
    u.x = mip_alloc((size_t)p->n + 1, sizeof *u.x);
    r->n = p->n;
    r->outcome = MIP_INFEASIBLE;
    for (int i = 1; i <= p->m; i++) r->lazy_rows += p->lazy[i];
    r->kept_rows = p->m - r->lazy_rows;
    if (u.o->start) mip_offer(&u, u.o->start);
    if (!empty_bounds(p)) run(&u, P, whole);
    finish(&u);
    if (whole) glp_term_hook(NULL, NULL);
    free(u.x);
    free(u.cliques.start);
    free(u.cliques.member);
    free(u.cliques.val);
    free(u.cliques.up);
    mip_program_free(p);
    return (int)r->outcome;
}

/* mip_solve without splitting, under a hook already set. */
static int solve_part(glp_prob *P, const struct mip_opts *o, struct mip_result *r)
{
    return begin(P, o, r, false);
}

int mip_solve(glp_prob *P, const struct mip_opts *o, struct mip_result *r) { return begin(P, o, r, true); }
