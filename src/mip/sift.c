/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sifting: a simplex that begins with an eighth of the candidates.  The others
 * are absent and enter when their reduced cost says that they would improve, or
 * that they could mend what is not feasible.  Every step of the simplex looks
 * at all columns outside the basis, so that few of them make it quick.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>

bool mip_sifted(const struct mip_run *u, int j)
{
    const struct mip_program *p = u->p;

    return mip_on(u, MIP_SIFT) && p->isint[j] && p->lo[j] >= 0 && p->lo[j] <= 0 && p->up[j] > 0 &&
           p->up[j] <= 1 && p->cbeg[j + 1] - p->cbeg[j] > 1; /* else a slack: what fails without it */
}

/* Whether absent column j may enter. */
static bool waits(const struct mip_lp *l, int j)
{
    return !l->col_at[j] && l->lo[j] <= 0 && l->up[j] > 0.5 && mip_sifted(l->u, j) &&
           (!l->cpart || l->cpart[j] == l->mine);
}

void mip_prices(const struct mip_lp *l, double *d)
{
    const struct mip_program *p = l->u->p;
    const struct mip_cliques *c = &l->u->cliques;

    for (int j = 1; j <= p->n; j++) d[j] = p->cost[j];
    for (int r = 1; r <= l->rows; r++) {
        int i = l->row_of[r];
        double y = glp_get_row_dual(l->W, r);

        if (y >= 0 && y <= 0) continue;
        if (i > 0)
            for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) d[p->rind[k]] -= y * p->rval[k];
        else
            for (int k = c->start[-i - 1]; k < c->start[-i]; k++) d[c->member[k]] -= y * c->val[k];
    }
}

/* Whether basic variable k (a row, or the number of rows plus a column), which
 * lies outside its bounds, lies above the upper one. */
static bool above(const struct mip_lp *l, int k)
{
    int q = k - l->rows;

    if (q > 0) return glp_get_col_prim(l->W, q) > l->up[l->col_of[q]];
    return glp_get_row_type(l->W, k) != GLP_LO && glp_get_row_prim(l->W, k) > glp_get_row_ub(l->W, k);
}

/*
 * After a dual simplex that found nothing feasible: one basic variable cannot be
 * brought inside its bounds by the columns that are there.  d < 0 for the absent
 * ones that could help (its row of the simplex table has the right sign).  False
 * when that row is not to be had.
 */
static bool mending(const struct mip_lp *l, double *d)
{
    const struct mip_program *p = l->u->p;
    int k = glp_get_unbnd_ray(l->W), at;
    double *rho, sign;

    if (!k || (!glp_bf_exists(l->W) && glp_factorize(l->W))) return false;
    at = k <= l->rows ? glp_get_row_bind(l->W, k) : glp_get_col_bind(l->W, k - l->rows);
    if (!at) return false;
    sign = above(l, k) ? 1 : -1;
    rho = mip_alloc((size_t)l->rows + 1, sizeof *rho);
    rho[at] = 1;
    glp_btran(l->W, rho);
    for (int r = 1; r <= l->rows; r++) {
        int i = l->row_of[r];

        if (fabs(rho[r]) < 1e-9) continue;
        if (i > 0)
            for (int e = p->rbeg[i]; e < p->rbeg[i + 1]; e++) d[p->rind[e]] += sign * rho[r] * p->rval[e];
        else
            for (int e = l->u->cliques.start[-i - 1]; e < l->u->cliques.start[-i]; e++)
                d[l->u->cliques.member[e]] += sign * rho[r] * l->u->cliques.val[e];
    }
    free(rho);
    return true;
}

/* The lowest first. */
static int by_price(const void *a, const void *b, void *arg)
{
    const double *d = arg;
    int i = *(const int *)a, j = *(const int *)b;

    if (d[i] < d[j] || d[i] > d[j]) return d[i] < d[j] ? -1 : 1;
    return (i > j) - (i < j);
}

/* Of the columns j[] those that have the best prices in their first rows, so many
 * for each row: seats that are short of columns offer far too many at once. */
static int best_of_rows(const struct mip_program *p, int *j, int count, int most, double *d)
{
    int *seen = mip_alloc((size_t)p->m + 1, sizeof *seen), left = 0;

    qsort_r(j, (size_t)count, sizeof *j, by_price, d);
    for (int k = 0; k < count; k++)
        if (seen[p->cind[p->cbeg[j[k]]]]++ < most) j[left++] = j[k];
    free(seen);
    return left;
}

enum { OFFERS = 4 };

/* Lets in the absent columns that would improve, or, where nothing is feasible,
 * those that could mend that, or all; at most so many of each row where there
 * are many (0: all of them).  Returns how many. */
static int price(struct mip_lp *l, bool all, int most)
{
    size_t n = (size_t)l->u->p->n + 1;
    double *d = mip_alloc(n, sizeof *d);
    int *enter = mip_alloc(n, sizeof *enter), count = 0;

    if (!all)
        mip_prices(l, d);
    else
        all = !mending(l, d);
    for (int j = 1; j <= l->u->p->n; j++)
        if (waits(l, j) && (all || d[j] < -1e-7)) enter[count++] = j;
    if (most && count > l->ncols / 8) count = best_of_rows(l->u->p, enter, count, most, d);
    mip_lp_enter(l, enter, count);
    free(d);
    free(enter);
    return count;
}

/* Ended for good, whatever other columns could do. */
static bool ended(enum mip_lp_status st)
{
    return st == MIP_LP_STOP || st == MIP_LP_TIRED || st == MIP_LP_UNBOUNDED;
}

enum mip_lp_status mip_sift(struct mip_lp *l, long *entered)
{
    for (;;) {
        enum mip_lp_status st = mip_lp_simplex(l, false, HUGE_VAL);
        int count;

        if (ended(st)) return st;
        count = price(l, st != MIP_LP_OPT, 0);
        *entered += count;
        if (!count) return st;
    }
}

enum mip_lp_status mip_settle(struct mip_lp *l, long *entered)
{
    for (;;) {
        enum mip_lp_status st = mip_lp_resolve(l, HUGE_VAL);
        int count;

        if (ended(st)) return st;
        count = price(l, st != MIP_LP_OPT, OFFERS);
        *entered += count;
        if (!count) return st;
        st = mip_lp_simplex(l, false, HUGE_VAL);
        if (ended(st)) return st;
    }
}

enum mip_lp_status mip_relax(struct mip_lp *l, double limit)
{
    for (;;) {
        enum mip_lp_status st = mip_lp_resolve(l, limit);

        if (st != MIP_LP_OVER && st != MIP_LP_INFEASIBLE) return st;
        if (!price(l, st == MIP_LP_INFEASIBLE, OFFERS)) return st;
    }
}
