/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A dive that can turn round.  Decisions move bounds; the trail undoes them.
 * A level is a group of decisions taken together.  When the relaxation under
 * it exceeds the limit, the group is halved, and a single decision is turned
 * round: that follows from the decisions above it, so that an empty stack
 * means that nothing within the limit exists.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>

struct move {
    int j;
    double lo, up; /* on the trail: before; in a group: after */
};

struct level {
    int trail; /* length of the trail before it */
    int first; /* of its moves in the group store */
    int size;
};

struct dive {
    struct mip_lp *l;
    struct mip_dive *d;
    struct move *trail, *group;
    int trails, trail_cap, groups, group_cap;
    struct level *level;
    int levels, level_cap;
    int *frac;
    int count;
    bool conflict;
    bool turned; /* something had to be taken back */
    long free;   /* iterations left that do not count until then */
    long until;  /* simplex iterations of the run at which to stop */
};

static void remember(struct dive *v, int j)
{
    if (v->trails == v->trail_cap) {
        v->trail_cap = 2 * v->trail_cap + 256;
        v->trail = mip_grow(v->trail, (size_t)v->trail_cap, sizeof *v->trail);
    }
    v->trail[v->trails++] = (struct move){j, v->l->lo[j], v->l->up[j]};
}

static void undo(struct dive *v, int to)
{
    while (v->trails > to) {
        struct move *m = &v->trail[--v->trails];

        mip_lp_bounds(v->l, m->j, m->lo, m->up);
    }
}

static void narrow(struct dive *v, int j, double lo, double up)
{
    lo = fmax(lo, v->l->lo[j]);
    up = fmin(up, v->l->up[j]);
    if (lo > up + 0.5) {
        v->conflict = true;
        return;
    }
    remember(v, j);
    mip_lp_bounds(v->l, j, lo, up);
}

/* Binaries that no longer fit into row i go to 0. */
static void fill_row(struct dive *v, int i)
{
    const struct mip_program *p = v->l->u->p;
    struct mip_lp *l = v->l;
    double least = 0;

    if (!isfinite(p->rup[i])) return;
    for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) {
        int j = p->rind[k];

        least += p->rval[k] * (p->rval[k] > 0 ? l->lo[j] : l->up[j]);
        if (!isfinite(least)) return;
    }
    if (least > p->rup[i] + MIP_TOL) {
        v->conflict = true;
        return;
    }
    for (int k = p->rbeg[i]; k < p->rbeg[i + 1]; k++) {
        int j = p->rind[k];

        if (p->isint[j] && l->up[j] - l->lo[j] > 0.5 && l->up[j] < 1.5 && l->lo[j] > -0.5 && p->rval[k] > 0 &&
            least + p->rval[k] > p->rup[i] + MIP_TOL)
            narrow(v, j, 0, 0);
    }
}

static void apply(struct dive *v, const struct move *m)
{
    const struct mip_program *p = v->l->u->p;
    bool raised = m->lo > v->l->lo[m->j];

    narrow(v, m->j, m->lo, m->up);
    for (int k = p->cbeg[m->j]; raised && !v->conflict && k < p->cbeg[m->j + 1]; k++) fill_row(v, p->cind[k]);
}

static double part(double x) { return x - floor(x); }

/* How near the fractional column is to the integer above it, after those that
 * the guide has. */
static double worth(const struct dive *v, int j)
{
    return part(v->l->x[j]) + (v->d->guide && v->d->guide[j] > 0.5 ? 1 : 0);
}

static int by_worth(const void *a, const void *b, void *arg)
{
    const struct dive *v = arg;
    int i = *(const int *)a, j = *(const int *)b;
    double s = worth(v, i), t = worth(v, j);

    if (s > t + 1e-7 || t > s + 1e-7) return s < t ? 1 : -1;
    return (i > j) - (i < j);
}

static void find_fractional(struct dive *v)
{
    const struct mip_program *p = v->l->u->p;
    struct mip_lp *l = v->l;

    v->count = 0;
    for (int q = 1; q <= l->ncols; q++) {
        int j = l->col_of[q];

        if (p->isint[j] && fabs(l->x[j] - nearbyint(l->x[j])) > MIP_TOL) v->frac[v->count++] = j;
    }
    qsort_r(v->frac, (size_t)v->count, sizeof *v->frac, by_worth, v);
}

static void put_move(struct dive *v, int j)
{
    if (v->groups == v->group_cap) {
        v->group_cap = 2 * v->group_cap + 256;
        v->group = mip_grow(v->group, (size_t)v->group_cap, sizeof *v->group);
    }
    v->group[v->groups++] = (struct move){j, ceil(v->l->x[j] - MIP_TOL), HUGE_VAL};
}

static void push_level(struct dive *v, int first, int size)
{
    if (v->levels == v->level_cap) {
        v->level_cap = 2 * v->level_cap + 64;
        v->level = mip_grow(v->level, (size_t)v->level_cap, sizeof *v->level);
    }
    v->level[v->levels++] = (struct level){v->trails, first, size};
    v->groups = first + size;
    v->conflict = false;
    for (int k = first; k < first + size && !v->conflict; k++)
        if (size == 1 || v->group[k].lo <= v->l->up[v->group[k].j]) apply(v, &v->group[k]);
}

enum { BATCH = 4 };

/* The first of the fractional columns that count more than 0 and 1 (a number of
 * duties, a largest difference), or 0. */
static int counter(const struct dive *v)
{
    const struct mip_program *p = v->l->u->p;
    int found = 0;

    for (int k = 0; k < v->count; k++) {
        int j = v->frac[k];

        if (p->up[j] - p->lo[j] > 1.5 && (!found || j < found)) found = j;
    }
    return found;
}

/* A counter alone: the binaries under it can often make up for each other, so that
 * only the counter says what they cannot do.  Else those above the threshold
 * together, or else the nearest quarter.  Of a group, columns that the moves before
 * them exclude stay where they are. */
static void decide(struct dive *v)
{
    int first = v->groups, pick = 0, j = v->d->counters ? counter(v) : 0;

    if (j) {
        put_move(v, j);
        push_level(v, first, 1);
        return;
    }
    for (int k = 0; k < v->count; k++)
        if (worth(v, v->frac[k]) >= v->d->threshold) put_move(v, v->frac[k]);
    if (v->groups == first) {
        if (!v->levels) pick = v->d->start % v->count;
        put_move(v, v->frac[pick]);
        for (int k = 0; k < v->count / BATCH; k++)
            if (k != pick) put_move(v, v->frac[k]);
    }
    push_level(v, first, v->groups - first);
}

/* Undoes the last level and tries what is left of it; false if none is. */
static bool turn(struct dive *v)
{
    struct level t;

    if (!v->levels) return false;
    v->turned = true;
    t = v->level[--v->levels];
    undo(v, t.trail);
    if (t.size > 1) {
        push_level(v, t.first, t.size / 2);
        return true;
    }
    v->groups = t.first;
    v->conflict = false;
    narrow(v, v->group[t.first].j, -HUGE_VAL, v->group[t.first].lo - 1);
    return true;
}

static enum mip_dive_end descend(struct dive *v)
{
    for (;;) {
        enum mip_lp_status st = MIP_LP_INFEASIBLE;

        if (!v->conflict) {
            if (v->l->u->iterations > v->until) return MIP_DIVE_BUDGET;
            long before = v->l->u->iterations;

            v->d->solves++;
            v->l->until = v->until + (v->turned || v->free < 0 ? 0 : v->free);
            st = mip_relax(v->l, v->d->limit);
            /* straight down costs nothing of the budget */
            if (!v->turned && v->free > 0) {
                long used = v->l->u->iterations - before;

                v->until += used < v->free ? used : v->free;
                v->free -= used;
            }
        }
        switch (st) {
        case MIP_LP_OPT:
            find_fractional(v);
            if (!v->count) return mip_offer(v->l->u, v->l->x) ? MIP_DIVE_FOUND : MIP_DIVE_STOPPED;
            decide(v);
            break;
        case MIP_LP_OVER:
        case MIP_LP_INFEASIBLE:
            if (!turn(v)) return MIP_DIVE_EXHAUSTED;
            break;
        case MIP_LP_TIRED:
            return MIP_DIVE_BUDGET;
        case MIP_LP_UNBOUNDED:
        case MIP_LP_STOP:
        case MIP_LP_FAIL:
        default:
            return MIP_DIVE_STOPPED;
        }
    }
}

enum mip_dive_end mip_dive(struct mip_lp *l, struct mip_dive *d)
{
    struct dive v = {.l = l, .d = d};
    enum mip_dive_end end;

    d->solves = 0;
    v.until = l->u->iterations + d->max_iterations;
    v.free = 7 * d->max_iterations;
    v.frac = mip_alloc((size_t)l->u->p->n, sizeof *v.frac);
    end = descend(&v);
    l->until = 0;
    undo(&v, 0);
    free(v.trail);
    free(v.group);
    free(v.level);
    free(v.frac);
    return end;
}
