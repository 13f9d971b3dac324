/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cliques: binaries of which any two exclude each other, though no single row
 * says so of all.  Built greedily on the columns that are not 0, then widened
 * by columns at 0, which makes the row (and its dual) worth more.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>

/* Whether any two binaries with a coefficient of 1 or more in row i exclude
 * each other: nothing in the row can make up for them. */
static bool excludes(const struct mip_program *p, int i)
{
    if (!(p->rup[i] < 2) || p->rbeg[i + 1] - p->rbeg[i] < 2) return false;
    for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) {
        int j = p->rind[k];

        if (p->lo[j] < 0 || p->rval[k] < 0) return false;
    }
    return true;
}

static bool member(const struct mip_program *p, int j)
{
    return p->isint[j] && p->lo[j] >= 0 && p->up[j] <= 1;
}

/* Conflict rows and a mark per column for counting neighbours. */
struct graph {
    const struct mip_program *p;
    bool *row;  /* excludes */
    int *seen;  /* by column: members of the clique it conflicts with */
    int *stamp; /* by column: last member counted */
};

/* Counts, for every neighbour of member j, one more conflict. */
static void count_neighbours(struct graph *g, int j, int stamp)
{
    const struct mip_program *p = g->p;

    for (int e = p->cbeg[j]; e < p->cbeg[j + 1]; e++) {
        int i = p->cind[e];

        if (!g->row[i] || p->cval[e] < 1) continue;
        for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) {
            int q = p->rind[k];

            if (q == j || g->stamp[q] == stamp || p->rval[k] < 1 || !member(p, q)) continue;
            g->stamp[q] = stamp;
            g->seen[q]++;
        }
    }
}

static bool known(const struct mip_cliques *c, const int *m, const double *val, int len, double up)
{
    for (int k = 0; k < c->count; k++) {
        int at = c->start[k];
        bool same = c->start[k + 1] - at == len && fabs(c->up[k] - up) < 0.5;

        for (int e = 0; same && e < len; e++)
            same = c->member[at + e] == m[e] && fabs(c->val[at + e] - (val ? val[e] : 1)) < 0.5;
        if (same) return true;
    }
    return false;
}

static int ascending(const void *a, const void *b)
{
    int i = *(const int *)a, j = *(const int *)b;

    return (i > j) - (i < j);
}

bool mip_cliques_add(struct mip_cliques *c, const int *m, const double *val, int len, double up)
{
    if (known(c, m, val, len, up)) return false;
    if (c->count + 2 > c->cap) {
        c->cap = 2 * c->cap + 64;
        c->start = mip_grow(c->start, (size_t)c->cap, sizeof *c->start);
        c->up = mip_grow(c->up, (size_t)c->cap, sizeof *c->up);
        c->start[0] = 0;
    }
    if (c->members + len > c->room) {
        c->room = 2 * (c->members + len) + 256;
        c->member = mip_grow(c->member, (size_t)c->room, sizeof *c->member);
        c->val = mip_grow(c->val, (size_t)c->room, sizeof *c->val);
    }
    for (int e = 0; e < len; e++) {
        c->val[c->members] = val ? val[e] : 1;
        c->member[c->members++] = m[e];
    }
    c->up[c->count] = up;
    c->start[++c->count] = c->members;
    return true;
}

struct seed {
    int j;
    double x;
};

static int by_value(const void *a, const void *b)
{
    const struct seed *s = a, *t = b;

    if (s->x > t->x + 1e-9 || t->x > s->x + 1e-9) return s->x < t->x ? 1 : -1;
    return (s->j > t->j) - (s->j < t->j);
}

/* Grows a clique from seed f[at]; its length, members in m. */
static int grow(struct graph *g, const struct seed *f, int count, int at, int *m, double *sum, int *stamp)
{
    const struct mip_program *p = g->p;
    int len = 0;

    for (int j = 1; j <= p->n; j++) g->seen[j] = 0;
    m[len++] = f[at].j;
    *sum = f[at].x;
    count_neighbours(g, f[at].j, ++*stamp);
    for (int k = 0; k < count; k++) {
        if (k == at || g->seen[f[k].j] != len) continue;
        m[len++] = f[k].j;
        *sum += f[k].x;
        count_neighbours(g, f[k].j, ++*stamp);
    }
    return len;
}

static int widen(struct graph *g, const double *x, int *m, int len, int *stamp)
{
    for (int j = 1; j <= g->p->n && len < 400; j++) {
        if (g->seen[j] != len || x[j] > MIP_TOL) continue;
        m[len++] = j;
        count_neighbours(g, j, ++*stamp);
    }
    return len;
}

int mip_separate(struct mip_run *u, const double *x)
{
    const struct mip_program *p = u->p;
    size_t n = (size_t)p->n + 1;
    struct graph g = {.p = p};
    struct seed *f = mip_alloc(n, sizeof *f);
    int *m = mip_alloc(n, sizeof *m), count = 0, added = 0, stamp = 0;

    g.row = mip_alloc((size_t)p->m + 1, sizeof *g.row);
    g.seen = mip_alloc(n, sizeof *g.seen);
    g.stamp = mip_alloc(n, sizeof *g.stamp);
    for (int i = 1; i <= p->m; i++) g.row[i] = excludes(p, i);
    for (int j = 1; j <= p->n; j++)
        if (member(p, j) && x[j] > MIP_TOL && x[j] < 1 - MIP_TOL) f[count++] = (struct seed){j, x[j]};
    qsort(f, (size_t)count, sizeof *f, by_value);
    for (int k = 0; k < count && added < 500; k++) {
        double sum;
        int len = grow(&g, f, count, k, m, &sum, &stamp);

        if (sum < 1 + 1e-3) continue;
        len = widen(&g, x, m, len, &stamp);
        qsort(m, (size_t)len, sizeof *m, ascending);
        added += mip_cliques_add(&u->cliques, m, NULL, len, 1);
    }
    free(g.row);
    free(g.seen);
    free(g.stamp);
    free(f);
    free(m);
    return added;
}
