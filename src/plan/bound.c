/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bound: what a certificate proves of the rows that were solved.
 */
#include "bound.h"

#include <stdlib.h>

typedef __int128 wide;

/* What is left of the program's columns that are not integral. */
struct rest {
    const struct tb_rows *r;
    bool *row, *col;
};

static bool counts(const struct rest *x, int i, int k)
{
    int j = x->r->col[k];
    return x->row[i] && x->col[j] && x->r->coef[k] != 0;
}

/* Takes off rows and columns with at most one entry. True: some were. */
static bool thin_out(struct rest *x)
{
    const struct tb_rows *r = x->r;
    int *in_col = tb_xcalloc((size_t)r->n_cols + 1, sizeof *in_col);
    bool some = false;
    for (int i = 0; i < r->n_rows; i++) {
        int here = 0;
        for (int k = r->start[i]; k < r->start[i + 1]; k++) here += counts(x, i, k);
        if (x->row[i] && here <= 1) {
            x->row[i] = false;
            some = true;
        }
        for (int k = r->start[i]; k < r->start[i + 1]; k++)
            if (counts(x, i, k)) in_col[r->col[k]]++;
    }
    for (int j = 0; j < r->n_cols; j++)
        if (x->col[j] && in_col[j] <= 1) {
            x->col[j] = false;
            some = true;
        }
    free(in_col);
    return some;
}

/* Entries 1 and -1 alone, and of what is left no two of one sign in a column. */
static bool is_network(const struct rest *x)
{
    const struct tb_rows *r = x->r;
    signed char *seen = tb_xcalloc((size_t)r->n_cols + 1, 1); /* 1: has a 1; 2: has a -1 */
    bool good = true;
    for (int i = 0; i < r->n_rows && good; i++)
        for (int k = r->start[i]; k < r->start[i + 1]; k++) {
            if (!counts(x, i, k)) continue;
            signed char sign = r->coef[k] > 0 ? 1 : 2;
            good = good && !(seen[r->col[k]] & sign);
            seen[r->col[k]] |= sign;
        }
    free(seen);
    return good;
}

static bool is_unimodular(const struct tb_rows *r)
{
    struct rest x = {r, tb_xcalloc((size_t)r->n_rows + 1, sizeof(bool)),
                     tb_xcalloc((size_t)r->n_cols + 1, sizeof(bool))};
    bool good = true;
    for (int i = 0; i < r->n_rows; i++) x.row[i] = true;
    for (int j = 0; j < r->n_cols; j++) x.col[j] = !r->integral[j];
    for (int i = 0; i < r->n_rows; i++)
        for (int k = r->start[i]; k < r->start[i + 1]; k++)
            good = good && (!counts(&x, i, k) || r->coef[k] == 1 || r->coef[k] == -1);
    while (good && thin_out(&x)) {}
    good = good && is_network(&x);
    free(x.row);
    free(x.col);
    return good;
}

/* All costs are multiples of it; 1 where there are none. */
static int64_t unit_of(const struct tb_rows *r)
{
    int64_t g = 0;
    for (int j = 0; j < r->n_cols; j++)
        for (int64_t a = r->cost[j]; a != 0;) {
            int64_t b = g % a;
            g = a;
            a = b;
        }
    return g < 0 ? -g : g > 0 ? g : 1;
}

/* sum of y b over the rows and cliques, and the columns' least reduced cost: the bound times the scale. */
static bool lagrange(const struct tb_rows *r, const struct mip_cert *k, wide *sum)
{
    wide *d = tb_xcalloc((size_t)r->n_cols + 1, sizeof *d);
    bool ok = true;
    *sum = 0;
    for (int j = 0; j < r->n_cols; j++) d[j] = (wide)k->scale * r->cost[j];
    for (int i = 0; i < r->n_rows; i++) {
        int64_t y = k->y[i + 1], b = y > 0 ? r->row_lower[i] : r->row_upper[i];
        if (y == 0) continue;
        ok &= b != TB_INF && b != TB_NEG_INF;
        *sum += (wide)y * b;
        for (int t = r->start[i]; t < r->start[i + 1]; t++) d[r->col[t]] -= (wide)y * r->coef[t];
    }
    for (int q = 0; q < k->cliques; q++) {
        *sum += k->clique_y[q];
        for (int t = k->start[q]; t < k->start[q + 1]; t++) d[k->member[t] - 1] -= k->clique_y[q];
    }
    for (int j = 0; j < r->n_cols; j++) {
        int64_t b = d[j] > 0 ? r->lower[j] : r->upper[j];
        if (d[j] == 0) continue;
        ok &= b != TB_INF && b != TB_NEG_INF;
        *sum += d[j] * b;
    }
    free(d);
    return ok;
}

bool tb_plan_cert_bound(const struct tb_rows *r, const struct mip_cert *k, int64_t *bound)
{
    wide sum;
    if (k->scale <= 0 || k->m != r->n_rows || !lagrange(r, k, &sum)) return false;
    bool whole = is_unimodular(r);
    int64_t unit = whole ? unit_of(r) : 1;
    wide by = (wide)k->scale * unit, told = sum / by;
    if (whole && sum % by > 0) told++;
    if (!whole && sum % by < 0) told--;
    told *= unit;
    *bound = (int64_t)told;
    return told > -(wide)INT64_MAX && told < (wide)INT64_MAX;
}
