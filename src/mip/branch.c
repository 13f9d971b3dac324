/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Branch and bound by GLPK on what is left: the program reduced by what the bounds rule out, and the way
 * back.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>

/* The reduced program handed to GLPK and the way back. */
struct tree {
    struct mip_run *u;
    struct mip_search *s;
    glp_prob *Q;
    int *of;       /* program column of a column of Q */
    int *at;       /* column of Q of a program column, 0: fixed */
    double offset; /* cost of the fixed columns */
    double *x;     /* 1..n scratch */
    double *start; /* 1..columns of Q: the best so far, or NULL */
    double known;  /* cost of the last solution taken over */
    bool stopped;
    int *ind; /* scratch for rows */
    double *val;
};

static bool fixed(const struct mip_search *s, int j) { return s->up[j] - s->lo[j] <= 0.0; }

static void add_columns(struct tree *t)
{
    const struct mip_program *p = t->u->p;
    int nq = 0;

    for (int j = 1; j <= p->n; j++) {
        if (fixed(t->s, j)) {
            t->offset += p->cost[j] * t->s->lo[j];
            continue;
        }
        t->of[++nq] = j;
        t->at[j] = nq;
    }
    if (nq) glp_add_cols(t->Q, nq);
    for (int q = 1; q <= nq; q++) {
        int j = t->of[q];
        double lo = t->s->lo[j], up = t->s->up[j];

        glp_set_col_kind(t->Q, q, p->isint[j] ? GLP_IV : GLP_CV);
        glp_set_col_bnds(t->Q, q, mip_type(lo, up), lo, up);
        glp_set_obj_coef(t->Q, q, p->cost[j]);
    }
    glp_set_obj_coef(t->Q, 0, t->offset);
}

/* Least and greatest value of the free part of row i, shift of the fixed. */
static int free_part(struct tree *t, int i, double *least, double *most, double *shift)
{
    const struct mip_program *p = t->u->p;
    int len = 0;

    *least = *most = *shift = 0;
    for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) {
        int j = p->rind[k];
        double a = p->rval[k];

        if (!t->at[j]) {
            *shift += a * t->s->lo[j];
            continue;
        }
        t->ind[++len] = t->at[j];
        t->val[len] = a;
        *least += a > 0 ? a * t->s->lo[j] : a * t->s->up[j];
        *most += a > 0 ? a * t->s->up[j] : a * t->s->lo[j];
    }
    return len;
}

/* Adds row i if it can still be broken; false if it is broken for good. */
static bool add_row(struct tree *t, glp_prob *Q, int i)
{
    const struct mip_program *p = t->u->p;
    double least, most, shift, lo, up, tol;
    int len = free_part(t, i, &least, &most, &shift), r;

    tol = MIP_TOL * (1 + fabs(shift) * 1e-3);
    lo = p->rlo[i] - shift;
    up = p->rup[i] - shift;
    if (least > up + tol || most < lo - tol) return false;
    if (least >= lo) lo = -HUGE_VAL;
    if (most <= up) up = HUGE_VAL;
    if (!len || (!isfinite(lo) && !isfinite(up))) return true;
    r = glp_add_rows(Q, 1);
    glp_set_row_bnds(Q, r, mip_type(lo, up), lo, up);
    glp_set_mat_row(Q, r, len, t->ind, t->val);
    return true;
}

static bool late(const struct tree *t, int i) { return t->s->late && t->s->late[i]; }

static bool add_rows(struct tree *t)
{
    for (int i = 1; i <= t->u->p->m; i++)
        if (!late(t, i) && !add_row(t, t->Q, i)) return false;
    return true;
}

/* Adds the late rows that the node's relaxation breaks. */
static void add_late(struct tree *t, glp_prob *Q)
{
    const struct mip_program *p = t->u->p;

    for (int j = 1; j <= p->n; j++) t->x[j] = t->at[j] ? glp_get_col_prim(Q, t->at[j]) : t->s->lo[j];
    for (int i = 1; i <= p->m; i++) {
        double v = 0;

        if (!late(t, i)) continue;
        for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) v += p->rval[k] * t->x[p->rind[k]];
        if (v > p->rup[i] + MIP_TOL || v < p->rlo[i] - MIP_TOL) add_row(t, Q, i);
    }
}

/* Rows of the pool that the relaxation has. */
static void add_cliques(struct tree *t)
{
    const struct mip_cliques *c = &t->u->cliques;

    for (int k = 1; t->s->q && k <= t->s->q->rows; k++) {
        int at = -t->s->q->row_of[k] - 1, len = 0, r;
        double up, most = 0;

        if (at < 0) continue;
        up = c->up[at];
        for (int e = c->start[at]; e < c->start[at + 1]; e++) {
            int j = c->member[e];

            if (!t->at[j]) {
                up -= c->val[e] * t->s->lo[j];
                continue;
            }
            t->ind[++len] = t->at[j];
            t->val[len] = c->val[e];
            most += c->val[e] * (c->val[e] > 0 ? t->s->up[j] : t->s->lo[j]);
        }
        if (most <= up) continue;
        r = glp_add_rows(t->Q, 1);
        glp_set_row_bnds(t->Q, r, GLP_UP, 0, up);
        glp_set_mat_row(t->Q, r, len, t->ind, t->val);
    }
}

static void offer(struct tree *t, glp_prob *from)
{
    const struct mip_program *p = t->u->p;

    for (int j = 1; j <= p->n; j++) t->x[j] = t->at[j] ? glp_mip_col_val(from, t->at[j]) : t->s->lo[j];
    mip_offer(t->u, t->x);
}

static void take_bound(struct tree *t, glp_tree *T)
{
    int q = glp_ios_best_node(T);

    if (q) t->s->bound = glp_ios_node_bound(T, q);
}

static void count_nodes(struct tree *t, glp_tree *T)
{
    int active, current, total;

    glp_ios_tree_size(T, &active, &current, &total);
    t->s->nodes = total;
    if (t->s->max_nodes && total > t->s->max_nodes) t->stopped = true;
}

static void callback(glp_tree *T, void *info)
{
    struct tree *t = info;
    glp_prob *Q = glp_ios_get_prob(T);

    count_nodes(t, T);
    take_bound(t, T);
    if (glp_mip_status(Q) == GLP_FEAS && glp_mip_obj_val(Q) < t->known - 1e-9) {
        t->known = glp_mip_obj_val(Q);
        offer(t, Q);
    }
    if (t->start && glp_ios_reason(T) == GLP_IHEUR) {
        glp_ios_heur_sol(T, t->start);
        free(t->start);
        t->start = NULL;
    }
    if (glp_ios_reason(T) == GLP_IROWGEN && t->s->late) add_late(t, Q);
    if (t->stopped || mip_stop(t->u)) glp_ios_terminate(T);
    mip_tell(t->u, MIP_BRANCH, false);
}

/* The best so far as GLPK's first incumbent, if it lies inside the bounds. */
static void hand_incumbent(struct tree *t)
{
    const struct mip_program *p = t->u->p;

    if (!t->u->has_best) return;
    for (int j = 1; j <= p->n; j++)
        if (t->u->x[j] < t->s->lo[j] - MIP_TOL || t->u->x[j] > t->s->up[j] + MIP_TOL) return;
    t->start = mip_alloc((size_t)p->n + 1, sizeof *t->start);
    for (int q = 1; q <= glp_get_num_cols(t->Q); q++) t->start[q] = t->u->x[t->of[q]];
    t->known = t->u->best;
}

static int limit_ms(const struct tree *t)
{
    double left = t->u->deadline - mip_now();

    if (t->s->seconds > 0 && t->s->seconds < left) left = t->s->seconds;
    if (left > 2e6) return 2000000000;
    return left > 0.001 ? (int)(left * 1000) : 1;
}

/* GLPK leaves nodes that promise less than this, relative to the objective:
 * never a whole unit of a large objective. */
static double tolerance(const struct tree *t)
{
    double size = 1 + fmax(fabs(t->s->bound), t->u->has_best ? fabs(t->u->best) : 0);

    return t->u->p->unit > 0 ? fmin(1e-7, 0.1 * t->u->p->unit / size) : 1e-7;
}

static enum mip_outcome search(struct tree *t)
{
    glp_smcp lp;
    glp_iocp cp;
    enum mip_outcome out;
    int ret, st;

    glp_init_smcp(&lp);
    lp.presolve = GLP_ON;
    lp.tm_lim = limit_ms(t);
    glp_init_iocp(&cp);
    if (!t->s->plain) cp.gmi_cuts = cp.mir_cuts = cp.cov_cuts = cp.clq_cuts = GLP_ON;
    /* measured: the cheap rule is better where bounds can be rounded */
    cp.br_tech = t->u->p->unit > 0 ? GLP_BR_DTH : GLP_BR_PCH;
    cp.bt_tech = GLP_BT_BLB;
    cp.cb_func = callback;
    cp.cb_info = t;
    cp.mip_gap = t->u->o->gap_limit;
    ret = glp_simplex(t->Q, &lp);
    if (ret == 0 && glp_get_status(t->Q) != GLP_OPT) ret = GLP_EROOT;
    if (ret) return mip_fold(ret, glp_get_status(t->Q), GLP_UNDEF, ret == GLP_ETMLIM);
    t->s->bound = glp_get_obj_val(t->Q);
    cp.tol_obj = tolerance(t);
    cp.tm_lim = limit_ms(t);
    ret = glp_intopt(t->Q, &cp);
    st = glp_mip_status(t->Q);
    out = mip_fold(ret, glp_get_status(t->Q), st, t->stopped || mip_stop(t->u));
    if (st == GLP_OPT || st == GLP_FEAS) offer(t, t->Q);
    if (out == MIP_OPTIMAL && ret == 0) t->s->bound = glp_mip_obj_val(t->Q);
    return out;
}

enum mip_outcome mip_branch(struct mip_run *u, struct mip_search *s)
{
    size_t n = (size_t)u->p->n + 1;
    struct tree t = {.u = u, .s = s, .known = HUGE_VAL};
    enum mip_outcome out;

    t.ind = mip_alloc(n, sizeof *t.ind);
    t.val = mip_alloc(n, sizeof *t.val);
    t.of = mip_alloc(n, sizeof *t.of);
    t.at = mip_alloc(n, sizeof *t.at);
    t.x = mip_alloc(n, sizeof *t.x);
    t.Q = glp_create_prob();
    s->bound = -HUGE_VAL;
    s->nodes = 0;
    add_columns(&t);
    if (!add_rows(&t)) {
        out = MIP_INFEASIBLE;
    } else if (!glp_get_num_cols(t.Q)) {
        for (int j = 1; j <= u->p->n; j++) t.x[j] = s->lo[j];
        out = mip_offer(u, t.x) ? MIP_OPTIMAL : MIP_INFEASIBLE;
        s->bound = t.offset;
    } else {
        add_cliques(&t);
        hand_incumbent(&t);
        out = search(&t);
    }
    if (out == MIP_INFEASIBLE) s->bound = HUGE_VAL;
    glp_delete_prob(t.Q);
    free(t.start);
    free(t.ind);
    free(t.val);
    free(t.of);
    free(t.at);
    free(t.x);
    return out;
}
