/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The relaxation that grows: columns and rows enter the working program W as they are asked for.
 */
#include "mip_int.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A column of W for program column j, without coefficients. */
static void put_column(struct mip_lp *l, int j)
{
    int q = ++l->ncols;

    l->col_of[q] = j;
    l->col_at[j] = q;
    glp_set_col_bnds(l->W, q, mip_type(l->lo[j], l->up[j]), l->lo[j], l->up[j]);
    glp_set_obj_coef(l->W, q, l->u->p->cost[j]);
}

static void add_columns(struct mip_lp *l, const bool *take)
{
    const struct mip_program *p = l->u->p;
    double offset = 0;
    int count = 0;

    for (int j = 1; j <= p->n; j++) {
        count += take[j];
        if (!take[j]) offset += p->cost[j] * (isfinite(l->lo[j]) ? l->lo[j] : 0);
    }
    if (count) glp_add_cols(l->W, count);
    for (int j = 1; j <= p->n; j++)
        if (take[j]) put_column(l, j);
    glp_set_obj_coef(l->W, 0, offset);
}

struct mip_lp *mip_lp_new(struct mip_run *u, const double *lo, const double *up, const bool *take)
{
    struct mip_lp *l = mip_alloc(1, sizeof *l);
    size_t n = (size_t)u->p->n + 1, m = (size_t)u->p->m + 1;

    l->u = u;
    l->W = glp_create_prob();
    l->col_of = mip_alloc(n, sizeof *l->col_of);
    l->col_at = mip_alloc(n, sizeof *l->col_at);
    l->lo = mip_alloc(n, sizeof *l->lo);
    l->up = mip_alloc(n, sizeof *l->up);
    l->x = mip_alloc(n, sizeof *l->x);
    l->ind = mip_alloc(n + m, sizeof *l->ind);
    l->val = mip_alloc(n + m, sizeof *l->val);
    l->row_at = mip_alloc(m, sizeof *l->row_at);
    memcpy(l->lo, lo, n * sizeof *lo);
    memcpy(l->up, up, n * sizeof *up);
    add_columns(l, take);
    return l;
}

void mip_lp_free(struct mip_lp *l)
{
    if (!l) return;
    glp_delete_prob(l->W);
    free(l->col_of);
    free(l->col_at);
    free(l->lo);
    free(l->up);
    free(l->x);
    free(l->ind);
    free(l->val);
    free(l->row_at);
    free(l->row_of);
    free(l->clique_in);
    free(l);
}

static void note_row(struct mip_lp *l, int r, int what)
{
    if (r >= l->cap) {
        l->cap = 2 * r + 64;
        l->row_of = mip_grow(l->row_of, (size_t)l->cap, sizeof *l->row_of);
    }
    l->row_of[r] = what;
    l->rows = r;
}

static void set_row(struct mip_lp *l, int r, int len, double lo, double up)
{
    glp_set_row_bnds(l->W, r, mip_type(lo, up), lo, up);
    glp_set_mat_row(l->W, r, len, l->ind, l->val);
}

/* Puts the members of clique c that are in W into the scratch; how many. */
static int gather_clique(struct mip_lp *l, int c, double *up)
{
    const struct mip_cliques *q = &l->u->cliques;
    int len = 0;

    *up = q->up[c];
    for (int k = q->start[c]; k < q->start[c + 1]; k++) {
        int j = q->member[k];

        if (!l->col_at[j]) {
            *up -= q->val[k] * l->lo[j];
            continue;
        }
        l->ind[++len] = l->col_at[j];
        l->val[len] = q->val[k];
    }
    return len;
}

void mip_lp_enter(struct mip_lp *l, const int *j, int count)
{
    const struct mip_program *p = l->u->p;
    double up;

    if (!count) return;
    glp_add_cols(l->W, count);
    for (int t = 0; t < count; t++) {
        int len = 0;

        put_column(l, j[t]);
        for (int k = p->cbeg[j[t]]; k < p->cbeg[j[t] + 1]; k++) {
            if (!l->row_at[p->cind[k]]) continue;
            l->ind[++len] = l->row_at[p->cind[k]];
            l->val[len] = p->cval[k];
        }
        glp_set_mat_col(l->W, l->ncols, len, l->ind, l->val);
    }
    for (int r = 1; r <= l->rows; r++)
        if (l->row_of[r] < 0) {
            int len = gather_clique(l, -l->row_of[r] - 1, &up);

            glp_set_mat_row(l->W, r, len, l->ind, l->val);
        }
}

/* Slacks come with the first of their rows. */
static void enter_loose(struct mip_lp *l, const int *j, int count)
{
    for (int k = 0; k < count; k++)
        if (!l->col_at[j[k]] && l->u->p->loose[j[k]] && l->up[j[k]] > l->lo[j[k]]) mip_lp_enter(l, &j[k], 1);
}

void mip_lp_row(struct mip_lp *l, int i)
{
    const struct mip_program *p = l->u->p;
    double shift = 0;
    int len = 0, r;

    if (l->row_at[i]) return;
    enter_loose(l, &p->rind[p->rbeg[i]], p->rbeg[i + 1] - p->rbeg[i]);
    for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) {
        int j = p->rind[k];

        if (!l->col_at[j]) {
            shift += p->rval[k] * l->lo[j];
            continue;
        }
        l->ind[++len] = l->col_at[j];
        l->val[len] = p->rval[k];
    }
    r = glp_add_rows(l->W, 1);
    set_row(l, r, len, p->rlo[i] - shift, p->rup[i] - shift);
    l->row_at[i] = r;
    note_row(l, r, i);
}

void mip_lp_clique(struct mip_lp *l, int c)
{
    double up;
    int len, r;

    if (c >= l->clique_cap) {
        int cap = 2 * c + 64;

        l->clique_in = mip_grow(l->clique_in, (size_t)cap, sizeof *l->clique_in);
        for (int k = l->clique_cap; k < cap; k++) l->clique_in[k] = false;
        l->clique_cap = cap;
    }
    if (l->clique_in[c]) return;
    l->clique_in[c] = true;
    enter_loose(l, &l->u->cliques.member[l->u->cliques.start[c]],
                l->u->cliques.start[c + 1] - l->u->cliques.start[c]);
    len = gather_clique(l, c, &up);
    r = glp_add_rows(l->W, 1);
    set_row(l, r, len, -HUGE_VAL, up);
    note_row(l, r, -(c + 1));
}

void mip_lp_bounds(struct mip_lp *l, int j, double lo, double up)
{
    l->lo[j] = lo;
    l->up[j] = up;
    if (l->col_at[j]) glp_set_col_bnds(l->W, l->col_at[j], mip_type(lo, up), lo, up);
}

static int time_left(const struct mip_run *u)
{
    double left = u->deadline - mip_now();

    if (left > 2e6) return 2000000000;
    return left > 0.001 ? (int)(left * 1000) : 1;
}

static enum mip_lp_status solved(struct mip_lp *l, int ret)
{
    if (ret == GLP_EOBJUL) return MIP_LP_OVER;
    if (ret == GLP_ETMLIM) return MIP_LP_STOP;
    if (ret == GLP_EITLIM) return MIP_LP_TIRED;
    if (ret) return MIP_LP_FAIL;
    l->obj = glp_get_obj_val(l->W);
    switch (glp_get_status(l->W)) {
    case GLP_OPT:
        return MIP_LP_OPT;
    case GLP_NOFEAS:
        return MIP_LP_INFEASIBLE;
    case GLP_UNBND:
        return MIP_LP_UNBOUNDED;
    default:
        return MIP_LP_FAIL;
    }
}

/* Runs it and counts: every call costs a few iterations' worth of set-up. */
static enum mip_lp_status run(struct mip_lp *l, const glp_smcp *s)
{
    int before = glp_get_it_cnt(l->W);
    enum mip_lp_status st = solved(l, glp_simplex(l->W, s));

    l->u->iterations += glp_get_it_cnt(l->W) - before + 10;
    return st;
}

enum mip_lp_status mip_lp_simplex(struct mip_lp *l, bool dual, double limit)
{
    enum mip_lp_status st;
    glp_smcp s;

    if (mip_stop(l->u)) return MIP_LP_STOP;
    glp_init_smcp(&s);
    s.msg_lev = GLP_MSG_OFF;
    s.meth = !dual ? GLP_PRIMAL : isfinite(limit) ? GLP_DUAL : GLP_DUALP;
    if (dual && isfinite(limit)) s.obj_ul = limit;
    s.tm_lim = time_left(l->u);
    if (l->until && l->u->iterations >= l->until) return MIP_LP_TIRED;
    if (l->until && l->until - l->u->iterations < INT_MAX) s.it_lim = (int)(l->until - l->u->iterations);
    st = run(l, &s);
    if (st != MIP_LP_FAIL) return st == MIP_LP_OPT && l->obj > limit ? MIP_LP_OVER : st;
    /* a basis gone bad: begin again from a plain one */
    glp_adv_basis(l->W, 0);
    s.meth = GLP_PRIMAL;
    s.obj_ul = DBL_MAX;
    st = run(l, &s);
    return st == MIP_LP_OPT && l->obj > limit ? MIP_LP_OVER : st;
}

void mip_lp_fetch(struct mip_lp *l)
{
    const struct mip_program *p = l->u->p;

    for (int j = 1; j <= p->n; j++) {
        int q = l->col_at[j];

        l->x[j] = q ? glp_get_col_prim(l->W, q) : l->lo[j];
    }
}

static int cut_cliques(struct mip_lp *l)
{
    const struct mip_cliques *q = &l->u->cliques;
    int added = 0;

    for (int c = 0; c < q->count; c++) {
        double v = 0;

        if (c < l->clique_cap && l->clique_in[c]) continue;
        for (int k = q->start[c]; k < q->start[c + 1]; k++) v += q->val[k] * l->x[q->member[k]];
        if (v > q->up[c] + MIP_TOL) {
            mip_lp_clique(l, c);
            added++;
        }
    }
    return added;
}

int mip_lp_cut(struct mip_lp *l)
{
    const struct mip_program *p = l->u->p;
    int added = 0;

    for (int i = 1; i <= p->m; i++) {
        double v = 0;

        if (l->row_at[i] || (l->part && l->part[i] != l->mine)) continue;
        for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) v += p->rval[k] * l->x[p->rind[k]];
        if (v > p->rup[i] + MIP_TOL || v < p->rlo[i] - MIP_TOL) {
            mip_lp_row(l, i);
            added++;
        }
    }
    return added + cut_cliques(l);
}

enum mip_lp_status mip_lp_resolve(struct mip_lp *l, double limit)
{
    for (;;) {
        enum mip_lp_status st = mip_lp_simplex(l, true, limit);

        if (st != MIP_LP_OPT) return st;
        mip_lp_fetch(l);
        if (!mip_lp_cut(l)) return MIP_LP_OPT;
    }
}

bool *mip_lp_absent(const struct mip_lp *l)
{
    bool *late = mip_alloc((size_t)l->u->p->m + 1, sizeof *late);

    for (int i = 1; i <= l->u->p->m; i++) late[i] = !l->row_at[i];
    return late;
}
