/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Neighbourhoods of the best solution: all but one part fixed.  What the
 * reduced costs rule out stays fixed too.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SLICES = 8, MOST_PARTS = 64, NODES = 12, ROUNDS = 3 };

struct hood {
    struct mip_run *u;
    int *part; /* component of a column */
    int parts;
    int *rank; /* of an integer column among those */
    int ranks;
    double *lo, *up;
    bool *late;
};

/* Whether integer column j is free in neighbourhood k: components first, then
 * slices of the columns in order, each overlapping the next by half. */
static bool is_free(const struct hood *h, int j, int k)
{
    int from;

    if (k < h->parts) return h->part[j] == k + 1;
    from = (int)((long)h->ranks * (k - h->parts) / SLICES);
    return h->rank[j] >= from && h->rank[j] < from + 2 * (h->ranks / SLICES + 1);
}

static void set_bounds(struct hood *h, const struct mip_lp *q, int k)
{
    const struct mip_program *p = h->u->p;
    const double *x = h->u->x;

    for (int j = 1; j <= p->n; j++) {
        /* counters follow from the binaries */
        bool open = !p->isint[j] || p->up[j] - p->lo[j] > 1.5 || is_free(h, j, k);

        h->lo[j] = open ? fmin(q->lo[j], x[j]) : x[j];
        h->up[j] = open ? fmax(q->up[j], x[j]) : x[j];
    }
}

/* Searches neighbourhood k; true if the best became better. */
static bool try_one(struct hood *h, struct mip_lp *l, int k)
{
    struct mip_run *u = h->u;
    struct mip_search s = {.lo = h->lo, .up = h->up, .max_nodes = NODES, .plain = true};
    double before = u->best;
    long fixed;
    struct mip_lp *q;

    q = mip_reduce(l, mip_on(u, MIP_FIX) ? mip_cutoff(u) : HUGE_VAL, false, NULL, &fixed);
    set_bounds(h, q, k);
    mip_lp_free(q);
    s.late = h->late;
    mip_branch(u, &s);
    u->r->nodes += s.nodes;
    mip_tell(u, MIP_FREE, false);
    return u->best < before;
}

long mip_free(struct mip_run *u, struct mip_lp *l)
{
    size_t n = (size_t)u->p->n + 1;
    struct hood h = {.u = u};
    int since = 0, all;
    long tried = 0;

    h.part = mip_alloc(n, sizeof *h.part);
    h.rank = mip_alloc(n, sizeof *h.rank);
    h.lo = mip_alloc(n, sizeof *h.lo);
    h.up = mip_alloc(n, sizeof *h.up);
    h.late = mip_lp_absent(l);
    h.parts = mip_parts(u, h.part);
    if (h.parts < 2 || h.parts > MOST_PARTS) h.parts = 0;
    for (int j = 1; j <= u->p->n; j++)
        if (u->p->isint[j]) h.rank[j] = h.ranks++;
    all = h.parts + SLICES;
    while (since < all && tried < (long)ROUNDS * all && !mip_closed(u) && !mip_stop(u)) {
        since = try_one(&h, l, (int)(tried % all)) ? 0 : since + 1;
        tried++;
    }
    free(h.part);
    free(h.rank);
    free(h.late);
    free(h.lo);
    free(h.up);
    return tried;
}
