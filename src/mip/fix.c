/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reduced-cost fixing: a column outside the basis whose reduced cost exceeds
 * what a solution may cost above the relaxation stays where it lies.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The status of column j: absent ones lie at their lower bound. */
static int status(const struct mip_lp *l, int j)
{
    return l->col_at[j] ? glp_get_col_stat(l->W, l->col_at[j]) : GLP_NL;
}

/* Whether moving column j, of reduced cost d, off its bound by one costs more
 * than room; a continuous column may move by less, unless it is integral. */
static bool stuck(const struct mip_lp *l, int j, double d, double room)
{
    const struct mip_program *p = l->u->p;
    int st = status(l, j);

    if (st == GLP_BS || st == GLP_NF || (!p->isint[j] && !p->implied[j])) return false;
    return (st == GLP_NU ? -d : d) > room;
}

static double tolerance(double obj) { return 1e-5 + 1e-9 * fabs(obj); }

static void keep_rows(struct mip_lp *to, struct mip_lp *from)
{
    const struct mip_program *p = to->u->p;
    const struct mip_cliques *c = &to->u->cliques;

    for (int r = 1; r <= from->rows; r++) {
        int i = from->row_of[r], before = to->rows;
        bool any = false;

        /* what is not tight comes back when it is broken */
        if ((i < 0 || p->lazy[i]) && glp_get_row_stat(from->W, r) == GLP_BS) continue;
        if (i > 0)
            for (int k = p->rbeg[i]; k < p->rbeg[i + 1] && !any; k++) any = to->col_at[p->rind[k]] != 0;
        else
            for (int k = c->start[-i - 1]; k < c->start[-i] && !any; k++) any = to->col_at[c->member[k]] != 0;
        if (!any) continue;
        if (i > 0)
            mip_lp_row(to, i);
        else
            mip_lp_clique(to, -i - 1);
        if (to->rows > before) glp_set_row_stat(to->W, to->rows, glp_get_row_stat(from->W, r));
    }
}

struct mip_lp *mip_reduce(struct mip_lp *l, double limit, bool few, const double *keep, long *fixed)
{
    size_t n = (size_t)l->u->p->n + 1;
    double *lo = mip_alloc(n, sizeof *lo);
    double *up = mip_alloc(n, sizeof *up);
    double *d = mip_alloc(n, sizeof *d);
    bool *take = mip_alloc(n, sizeof *take);
    double room = limit - l->obj + tolerance(l->obj);
    struct mip_lp *to;

    memcpy(lo, l->lo, n * sizeof *lo);
    memcpy(up, l->up, n * sizeof *up);
    *fixed = 0;
    mip_prices(l, d);
    for (int q = 1; q <= l->ncols; q++) d[l->col_of[q]] = glp_get_col_dual(l->W, q);
    for (int j = 1; j <= l->u->p->n; j++) {
        if (up[j] - lo[j] <= 0.0) continue;
        if (!isfinite(room) || !stuck(l, j, d[j], room)) {
            take[j] = l->col_at[j] || (keep && keep[j] > 0.5) || !(few || l->u->p->loose[j]);
            continue;
        }
        if (status(l, j) == GLP_NU)
            lo[j] = up[j];
        else
            up[j] = lo[j];
        ++*fixed;
    }
    to = mip_lp_new(l->u, lo, up, take);
    for (int q = 1; q <= to->ncols; q++) glp_set_col_stat(to->W, q, status(l, to->col_of[q]));
    keep_rows(to, l);
    memcpy(to->x, l->x, n * sizeof *l->x);
    free(lo);
    free(up);
    free(d);
    free(take);
    return to;
}

/* A number in [0, 1) from j and the variant, the same on every machine. */
static double scatter(int j, int variant)
{
    uint32_t h = (uint32_t)j * 2654435761u + (uint32_t)variant * 40503u;

    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    h *= 3266489917u;
    h ^= h >> 16;
    return (double)h / 4294967296.0;
}

static bool split(const struct mip_lp *l, int j)
{
    return l->u->p->isint[j] && l->lo[j] >= 0 && l->up[j] <= 1 &&
           fabs(l->x[j] - nearbyint(l->x[j])) > MIP_TOL;
}

double mip_perturb(struct mip_lp *l, int variant)
{
    const struct mip_program *p = l->u->p;
    double all = 0.4 * p->unit, one;
    int count = 1;

    if (p->unit <= 0) return 0;
    for (int q = 1; q <= l->ncols; q++) count += split(l, l->col_of[q]);
    one = all / count;
    for (int q = 1; q <= l->ncols; q++) {
        int j = l->col_of[q];

        if (split(l, j)) glp_set_obj_coef(l->W, q, p->cost[j] + one * scatter(j, variant));
    }
    return all;
}
