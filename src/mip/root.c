/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The root: blocks, then rows and columns in turn until the relaxation of the
 * whole program is optimal, then cliques until none is broken.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows until none is broken; what a limit or failure left is not an optimum. */
static enum mip_lp_status lazy(struct mip_run *u, struct mip_lp *l)
{
    double t = mip_now();
    int before = l->rows;
    long freed = 0;
    enum mip_lp_status st = mip_settle(l, &freed);

    u->r->step[MIP_SIFT].count += freed;
    if (mip_on(u, MIP_LAZY)) mip_account(u, MIP_LAZY, t, l->rows - before);
    return st;
}

enum { ROUNDS = 12 };

static enum mip_lp_status cliques(struct mip_run *u, struct mip_lp *l)
{
    enum mip_lp_status st = MIP_LP_OPT;

    for (int k = 0; k < ROUNDS && st == MIP_LP_OPT; k++) {
        double t = mip_now();
        int added = mip_separate(u, l->x);

        mip_lp_cut(l);
        if (added) st = mip_settle(l, &u->r->step[MIP_SIFT].count);
        mip_account(u, MIP_CLIQUE, t, added);
        if (!added) break;
    }
    return st;
}

static bool basis_fits(const struct mip_run *u)
{
    const struct mip_basis *b = u->o->basis;

    return b && b->m == u->p->m && b->n == u->p->n && b->row && b->col;
}

/* A relaxation with the kept rows and those tight in the basis; columns outside
 * it that may be absent are. */
static struct mip_lp *begin(struct mip_run *u, const struct mip_basis *b)
{
    const struct mip_program *p = u->p;
    bool *take = mip_alloc((size_t)p->n + 1, sizeof *take);
    struct mip_lp *l;

    for (int j = 1; j <= p->n; j++) take[j] = b->col[j] != GLP_NL || (!mip_sifted(u, j) && !p->loose[j]);
    l = mip_lp_new(u, p->lo, p->up, take);
    for (int i = 1; i <= p->m; i++)
        if (!p->lazy[i] || b->row[i] != GLP_BS || !mip_on(u, MIP_LAZY)) mip_lp_row(l, i);
    for (int r = 1; r <= l->rows; r++) glp_set_row_stat(l->W, r, b->row[l->row_of[r]]);
    for (int q = 1; q <= l->ncols; q++) glp_set_col_stat(l->W, q, b->col[l->col_of[q]]);
    free(take);
    return l;
}

/* The basis before cliques, whose rows a later problem does not have. */
static void take_basis(struct mip_run *u, struct mip_lp *l)
{
    struct mip_basis *b = &u->r->basis;

    b->m = u->p->m;
    b->n = u->p->n;
    b->row = mip_alloc((size_t)b->m + 1, 1);
    b->col = mip_alloc((size_t)b->n + 1, 1);
    for (int i = 1; i <= b->m; i++)
        b->row[i] = (unsigned char)(l->row_at[i] ? glp_get_row_stat(l->W, l->row_at[i]) : GLP_BS);
    for (int j = 1; j <= b->n; j++)
        b->col[j] = (unsigned char)(l->col_at[j] ? glp_get_col_stat(l->W, l->col_at[j]) : GLP_NL);
}

struct mip_lp *mip_root(struct mip_run *u, enum mip_lp_status *st)
{
    struct mip_basis b = {0};
    struct mip_lp *l = NULL;
    double t = mip_now();
    long blocks = 0;

    *st = MIP_LP_OPT;
    if (basis_fits(u)) {
        l = begin(u, u->o->basis);
    } else {
        *st = mip_blocks(u, &blocks, &b);
        if (*st == MIP_LP_OPT) l = begin(u, &b);
        if (mip_on(u, MIP_BLOCKS)) mip_account(u, MIP_BLOCKS, t, blocks);
        free(b.row);
        free(b.col);
    }
    mip_tell(u, MIP_BLOCKS, false);
    if (l) *st = lazy(u, l);
    if (*st == MIP_LP_OPT) {
        take_basis(u, l);
        mip_raise(u, l->obj);
        mip_tell(u, MIP_LAZY, false);
        if (mip_on(u, MIP_CLIQUE)) *st = cliques(u, l);
    }
    if (*st == MIP_LP_OPT) {
        mip_raise(u, l->obj);
        return l;
    }
    mip_lp_free(l);
    return NULL;
}

/* A copy of what l is, without what the bound and the best rule out and without rows that are not tight. */
static struct mip_lp *thin(struct mip_run *u, struct mip_lp *l, enum mip_lp_status *st)
{
    long fixed = 0;
    struct mip_lp *q = mip_reduce(l, mip_on(u, MIP_FIX) ? mip_cutoff(u) : HUGE_VAL, false, NULL, &fixed);

    *st = mip_settle(q, &u->r->step[MIP_SIFT].count);
    return q;
}

/* One round; false when it brings no row. */
static bool tighten_once(struct mip_run *u, struct mip_lp *q, enum mip_lp_status *st)
{
    int added;

    mip_halve(q);
    mip_separate(u, q->x);
    added = mip_lp_cut(q);
    u->r->step[MIP_CLIQUE].count += added;
    if (added) *st = mip_settle(q, &u->r->step[MIP_SIFT].count);
    return added > 0;
}

enum { TIGHTEN = 60, THIN_EVERY = 4, PATIENCE = 6 };

struct mip_lp *mip_tighten(struct mip_run *u, struct mip_lp *l)
{
    double t = mip_now(), mark;
    enum mip_lp_status st;
    struct mip_lp *q = thin(u, l, &st), *old;
    long until = u->iterations + 60 * (l->rows + 800L);
    int since = 0;

    mark = st == MIP_LP_OPT ? q->obj : 0;
    for (int k = 1; k <= TIGHTEN && st == MIP_LP_OPT && !mip_closed(u) && u->iterations < until; k++) {
        if (!tighten_once(u, q, &st)) break;
        if (st != MIP_LP_OPT) break;
        mip_raise(u, u->has_best ? fmin(q->obj, u->best) : q->obj);
        if (q->obj > mark + 0.02 * (u->has_best ? u->best - mark : fabs(mark) * 1e-3)) {
            mark = q->obj;
            since = 0;
        } else if (++since >= PATIENCE) {
            break;
        }
        if (k % THIN_EVERY) continue;
        q = thin(u, old = q, &st);
        mip_lp_free(old);
    }
    if (st == MIP_LP_INFEASIBLE && u->has_best) mip_raise(u, u->best);
    u->searched = true; /* a certificate has no halves */
    mip_account(u, MIP_CLIQUE, t, 0);
    mip_tell(u, MIP_CLIQUE, false);
    if (st == MIP_LP_OPT) return q;
    mip_lp_free(q);
    return NULL;
}
