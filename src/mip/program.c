/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program in plain arrays, and what is recognised in it by shape: lazy rows, implied integers, the unit.
 */
#include "mip_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void *mip_alloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size);

    if (!p) {
        fputs("engine: out of memory\n", stderr);
        abort();
    }
    return p;
}

void *mip_grow(void *p, size_t n, size_t size)
{
    void *q = reallocarray(p, n ? n : 1, size);

    if (!q) {
        fputs("engine: out of memory\n", stderr);
        abort();
    }
    return q;
}

int mip_type(double lo, double up)
{
    if (!isfinite(lo)) return isfinite(up) ? GLP_UP : GLP_FR;
    if (!isfinite(up)) return GLP_LO;
    return up > lo ? GLP_DB : GLP_FX;
}

static bool whole(double v) { return fabs(v) < 1e15 && fabs(v - nearbyint(v)) <= 0.0; }

static void range(int type, double lb, double ub, double *lo, double *up)
{
    *lo = type == GLP_LO || type == GLP_DB || type == GLP_FX ? lb : -HUGE_VAL;
    *up = type == GLP_UP || type == GLP_DB ? ub : type == GLP_FX ? lb : HUGE_VAL;
}

static void read_columns(struct mip_program *p, glp_prob *P)
{
    for (int j = 1; j <= p->n; j++) {
        range(glp_get_col_type(P, j), glp_get_col_lb(P, j), glp_get_col_ub(P, j), &p->lo[j], &p->up[j]);
        p->cost[j] = p->sense * glp_get_obj_coef(P, j);
        p->isint[j] = glp_get_col_kind(P, j) != GLP_CV;
        if (p->isint[j]) {
            p->lo[j] = ceil(p->lo[j] - 1e-9);
            p->up[j] = floor(p->up[j] + 1e-9);
        }
    }
}

static void read_rows(struct mip_program *p, glp_prob *P)
{
    int *ind = mip_alloc((size_t)p->n + 1, sizeof *ind);
    double *val = mip_alloc((size_t)p->n + 1, sizeof *val);
    int k = 0;

    for (int i = 1; i <= p->m; i++) {
        int len = glp_get_mat_row(P, i, ind, val);

        range(glp_get_row_type(P, i), glp_get_row_lb(P, i), glp_get_row_ub(P, i), &p->rlo[i], &p->rup[i]);
        p->rbeg[i] = k;
        /* GLPK links a row's newest element first */
        for (int t = len; t >= 1; t--) {
            p->rind[k] = ind[t];
            p->rval[k++] = val[t];
        }
    }
    p->rbeg[p->m + 1] = k;
    p->nnz = k;
    free(ind);
    free(val);
}

static void transpose(struct mip_program *p)
{
    int *at = mip_alloc((size_t)p->n + 2, sizeof *at);

    for (int k = 0; k < p->nnz; k++) at[p->rind[k] + 1]++;
    for (int j = 1; j <= p->n + 1; j++) at[j] += at[j - 1];
    for (int j = 1; j <= p->n + 1; j++) p->cbeg[j] = at[j];
    for (int i = 1; i <= p->m; i++)
        for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) {
            int q = at[p->rind[k]]++;

            p->cind[q] = i;
            p->cval[q] = p->rval[k];
        }
    free(at);
}

/* An unpriced at-most row over binaries, or one with one continuous slack. */
static bool is_lazy(const struct mip_program *p, int i)
{
    int slack = 0;

    if (isfinite(p->rlo[i]) || !isfinite(p->rup[i]) || p->rup[i] < 0) return false;
    for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) {
        int j = p->rind[k];
        bool binary = p->isint[j] && p->lo[j] >= 0 && p->up[j] <= 1;

        if (binary && fabs(p->rval[k] - 1) <= 0.0) continue;
        if (!p->isint[j] && fabs(p->rval[k] + 1) <= 0.0 && ++slack == 1) continue;
        return false;
    }
    return p->rbeg[i + 1] - p->rbeg[i] > slack;
}

/* The slack of lazy rows. */
static bool is_loose(const struct mip_program *p, int j)
{
    bool any = false;

    if (p->isint[j] || p->lo[j] < 0 || p->lo[j] > 0 || p->cost[j] < 0) return false;
    for (int k = p->cbeg[j]; k < p->cbeg[j + 1]; k++) {
        if (!p->lazy[p->cind[k]]) return false;
        any = true;
    }
    return any;
}

/* A continuous column with unit coefficients and integer bounds. */
static bool unit_column(const struct mip_program *p, int j)
{
    if ((isfinite(p->lo[j]) && !whole(p->lo[j])) || (isfinite(p->up[j]) && !whole(p->up[j]))) return false;
    for (int k = p->cbeg[j]; k < p->cbeg[j + 1]; k++)
        if (fabs(fabs(p->cval[k]) - 1) > 0.0) return false;
    return true;
}

static bool integral_row(const struct mip_program *p, int i)
{
    if ((isfinite(p->rlo[i]) && !whole(p->rlo[i])) || (isfinite(p->rup[i]) && !whole(p->rup[i])))
        return false;
    for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) {
        int j = p->rind[k];

        if (!whole(p->rval[k]) || (!p->isint[j] && !p->implied[j])) return false;
    }
    return true;
}

/* Strikes out the columns of spoilt rows until none is. */
static void strike_spoilt(struct mip_program *p, bool *bad)
{
    bool again = true;

    while (again) {
        again = false;
        for (int i = 1; i <= p->m; i++) {
            if (bad[i] || integral_row(p, i)) continue;
            bad[i] = again = true;
            for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) p->implied[p->rind[k]] = false;
        }
    }
}

/* Entries of the implied columns that are left when rows and columns with at most one have been peeled off;
 * rows and columns that are gone have 0. */
static void peel(const struct mip_program *p, int *rows, int *cols)
{
    int *stack = mip_alloc((size_t)p->m + (size_t)p->n, sizeof *stack), n = 0; /* column j, or -row */

    for (int j = 1; j <= p->n; j++)
        for (int k = p->cbeg[j]; p->implied[j] && k < p->cbeg[j + 1]; k++) {
            cols[j]++;
            rows[p->cind[k]]++;
        }
    for (int i = 1; i <= p->m; i++)
        if (rows[i] == 1) stack[n++] = -i;
    for (int j = 1; j <= p->n; j++)
        if (cols[j] == 1) stack[n++] = j;
    while (n) {
        int t = stack[--n];

        if (t < 0 && rows[-t] == 1) {
            rows[-t] = 0;
            for (int k = p->rbeg[-t]; k < p->rbeg[-t + 1]; k++)
                if (cols[p->rind[k]] > 0 && --cols[p->rind[k]] == 1) stack[n++] = p->rind[k];
        } else if (t > 0 && cols[t] == 1) {
            cols[t] = 0;
            for (int k = p->cbeg[t]; k < p->cbeg[t + 1]; k++)
                if (rows[p->cind[k]] > 0 && --rows[p->cind[k]] == 1) stack[n++] = -p->cind[k];
        }
    }
    free(stack);
}

/* Strikes out columns that are no network's: of what the peeling leaves, two entries of one sign. */
static bool strike_tangled(struct mip_program *p)
{
    int *rows = mip_alloc((size_t)p->m + 1, sizeof *rows), *cols = mip_alloc((size_t)p->n + 1, sizeof *cols);
    bool some = false;

    peel(p, rows, cols);
    for (int j = 1; j <= p->n; j++) {
        int plus = 0, minus = 0;

        for (int k = p->cbeg[j]; cols[j] > 0 && k < p->cbeg[j + 1]; k++)
            if (rows[p->cind[k]] > 0) ++*(p->cval[k] > 0 ? &plus : &minus);
        if (plus <= 1 && minus <= 1) continue;
        p->implied[j] = false;
        some = true;
    }
    free(rows);
    free(cols);
    return some;
}

/* Marks implied integers: a matrix of entries 1 and -1 that peels down to a network
 * is totally unimodular (docs/developer/engine.md, When a bound may be rounded up). */
static void find_implied(struct mip_program *p)
{
    bool *bad = mip_alloc((size_t)p->m + 1, sizeof *bad);

    for (int j = 1; j <= p->n; j++) p->implied[j] = !p->isint[j] && unit_column(p, j);
    do strike_spoilt(p, bad);
    while (strike_tangled(p));
    free(bad);
}

static double gcd(double a, double b)
{
    while (b > 0.5) {
        double t = fmod(a, b);

        a = b;
        b = t;
    }
    return a;
}

static void find_unit(struct mip_program *p)
{
    double g = 0;

    p->unit = 0;
    for (int j = 1; j <= p->n; j++) {
        if (fabs(p->cost[j]) <= 0.0) continue;
        if (!whole(p->cost[j]) || (!p->isint[j] && !p->implied[j])) return;
        g = gcd(fabs(p->cost[j]), g);
    }
    p->unit = g > 0 ? g : 1;
}

static void find_integral(struct mip_program *p)
{
    p->integral = true;
    for (int k = 0; k < p->nnz; k++) p->integral &= whole(p->rval[k]);
    for (int j = 1; j <= p->n; j++)
        p->integral &= whole(p->cost[j]) && (!isfinite(p->lo[j]) || whole(p->lo[j])) &&
                       (!isfinite(p->up[j]) || whole(p->up[j]));
    for (int i = 1; i <= p->m; i++)
        p->integral &=
            (!isfinite(p->rlo[i]) || whole(p->rlo[i])) && (!isfinite(p->rup[i]) || whole(p->rup[i]));
}

struct mip_program *mip_program_new(glp_prob *P)
{
    struct mip_program *p = mip_alloc(1, sizeof *p);
    size_t m = (size_t)glp_get_num_rows(P), n = (size_t)glp_get_num_cols(P);
    size_t nz = (size_t)glp_get_num_nz(P);

    p->m = (int)m;
    p->n = (int)n;
    p->sense = glp_get_obj_dir(P) == GLP_MAX ? -1 : 1;
    p->c0 = glp_get_obj_coef(P, 0);
    p->rbeg = mip_alloc(m + 2, sizeof *p->rbeg);
    p->rind = mip_alloc(nz, sizeof *p->rind);
    p->rval = mip_alloc(nz, sizeof *p->rval);
    p->cbeg = mip_alloc(n + 2, sizeof *p->cbeg);
    p->cind = mip_alloc(nz, sizeof *p->cind);
    p->cval = mip_alloc(nz, sizeof *p->cval);
    p->rlo = mip_alloc(m + 1, sizeof *p->rlo);
    p->rup = mip_alloc(m + 1, sizeof *p->rup);
    p->lo = mip_alloc(n + 1, sizeof *p->lo);
    p->up = mip_alloc(n + 1, sizeof *p->up);
    p->cost = mip_alloc(n + 1, sizeof *p->cost);
    p->isint = mip_alloc(n + 1, sizeof *p->isint);
    p->implied = mip_alloc(n + 1, sizeof *p->implied);
    p->lazy = mip_alloc(m + 1, sizeof *p->lazy);
    p->loose = mip_alloc(n + 1, sizeof *p->loose);
    read_columns(p, P);
    read_rows(p, P);
    transpose(p);
    for (int i = 1; i <= p->m; i++) p->lazy[i] = is_lazy(p, i);
    for (int j = 1; j <= p->n; j++) p->loose[j] = is_loose(p, j);
    find_implied(p);
    find_unit(p);
    find_integral(p);
    return p;
}

void mip_program_free(struct mip_program *p)
{
    if (!p) return;
    free(p->rbeg);
    free(p->rind);
    free(p->rval);
    free(p->cbeg);
    free(p->cind);
    free(p->cval);
    free(p->rlo);
    free(p->rup);
    free(p->lo);
    free(p->up);
    free(p->cost);
    free(p->isint);
    free(p->implied);
    free(p->lazy);
    free(p->loose);
    free(p);
}

double mip_program_cost(const struct mip_program *p, const double *x)
{
    double v = 0;

    for (int j = 1; j <= p->n; j++) v += p->cost[j] * x[j];
    return v;
}

static bool inside(double v, double lo, double up)
{
    double tol = MIP_TOL * (1 + fabs(v) * 1e-3);

    return v >= lo - tol && v <= up + tol;
}

bool mip_program_feasible(const struct mip_program *p, const double *x)
{
    for (int j = 1; j <= p->n; j++)
        if (!isfinite(x[j]) || !inside(x[j], p->lo[j], p->up[j]) ||
            (p->isint[j] && fabs(x[j] - nearbyint(x[j])) > MIP_TOL))
            return false;
    for (int i = 1; i <= p->m; i++) {
        double v = 0;

        for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) v += p->rval[k] * x[p->rind[k]];
        if (!inside(v, p->rlo[i], p->rup[i])) return false;
    }
    return true;
}
