/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks: without the at-most rows, which join pools, the kept rows fall apart
 * into connected components.  Each is solved alone, on a small basis; the
 * bases merged are one of the whole, because components share no column.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct parts {
    int count;
    int *root; /* union-find over columns */
    int *of;   /* column -> component, 0: in no kept row */
    int *row;  /* row -> component, 0: empty or joining several */
};

static int find(int *root, int j)
{
    while (root[j] != j) {
        root[j] = root[root[j]];
        j = root[j];
    }
    return j;
}

static void unite(const struct mip_program *p, int *root, int i)
{
    if (p->rbeg[i] == p->rbeg[i + 1]) return;
    int a = find(root, p->rind[p->rbeg[i]]);

    for (int k = p->rbeg[i] + 1; k < p->rbeg[i + 1]; k++) {
        int b = find(root, p->rind[k]);

        /* the smaller number leads: components keep the columns' order */
        if (b < a) {
            root[a] = b;
            a = b;
        } else {
            root[b] = a;
        }
    }
}

static bool kept(const struct mip_run *u, int i) { return !u->p->lazy[i] || !mip_on(u, MIP_LAZY); }

/* The one component that lazy row i lies in, or 0. */
static int inside_one(const struct mip_program *p, const struct parts *c, int i)
{
    int k = 0;

    for (int e = p->rbeg[i]; e < p->rbeg[i + 1]; e++) {
        int of = c->of[p->rind[e]];

        if (of && k && of != k) return 0;
        if (of) k = of;
    }
    return k;
}

/* Lazy rows inside one component, and their slack columns, belong to it. */
static void place_lazy(const struct mip_run *u, struct parts *c)
{
    const struct mip_program *p = u->p;

    for (int i = 1; i <= p->m; i++) {
        if (kept(u, i)) continue;
        c->row[i] = inside_one(p, c, i);
        for (int e = p->rbeg[i]; c->row[i] && e < p->rbeg[i + 1]; e++) {
            int j = p->rind[e];

            /* a loose column in two rows might join two components */
            if (!c->of[j] && p->cbeg[j + 1] - p->cbeg[j] > 1) c->row[i] = 0;
        }
        for (int e = p->rbeg[i]; c->row[i] && e < p->rbeg[i + 1]; e++) c->of[p->rind[e]] = c->row[i];
    }
}

static void find_parts(const struct mip_run *u, struct parts *c)
{
    const struct mip_program *p = u->p;
    bool one = !mip_on(u, MIP_BLOCKS);

    c->root = mip_alloc((size_t)p->n + 1, sizeof *c->root);
    c->of = mip_alloc((size_t)p->n + 1, sizeof *c->of);
    c->row = mip_alloc((size_t)p->m + 1, sizeof *c->row);
    for (int j = 1; j <= p->n; j++) c->root[j] = one ? 1 : j;
    for (int i = 1; i <= p->m; i++)
        if (kept(u, i) && !one) unite(p, c->root, i);
    for (int i = 1; i <= p->m; i++) {
        int r;

        if (!kept(u, i) || p->rbeg[i] == p->rbeg[i + 1]) continue;
        r = find(c->root, p->rind[p->rbeg[i]]);
        if (!c->of[r]) c->of[r] = ++c->count;
        c->row[i] = c->of[r];
    }
    for (int j = 1; j <= p->n; j++) c->of[j] = c->of[find(c->root, j)];
    if (!one) place_lazy(u, c);
}

enum { SHARE = 8, WORTH = 400 };

/* The columns of component k that its relaxation begins with. */
static void choose(const struct mip_run *u, const struct parts *c, int k, bool *take)
{
    int all = 0, seen = 0;

    for (int j = 1; j <= u->p->n; j++) all += c->of[j] == k;
    for (int j = 1; j <= u->p->n; j++)
        take[j] =
            c->of[j] == k && !u->p->loose[j] && (all < WORTH || !mip_sifted(u, j) || seen++ % SHARE == 0);
}

/* The relaxation of component k with columns take and the kept rows. */
static struct mip_lp *make_part(struct mip_run *u, const struct parts *c, int k, const bool *take)
{
    const struct mip_program *p = u->p;
    struct mip_lp *l = mip_lp_new(u, p->lo, p->up, take);

    for (int i = 1; i <= p->m; i++)
        if (c->row[i] == k && kept(u, i)) mip_lp_row(l, i);
    l->part = c->row;
    l->cpart = c->of;
    l->mine = k;
    return l;
}

/* The relaxation l, which is freed, with an eighth of its columns outside the
 * basis: the dual simplex that adds rows looks at all of them in every step. */
static struct mip_lp *thin_out(struct mip_lp *l, const struct parts *c, bool *take)
{
    struct mip_lp *to;
    int seen = 0;

    memset(take, false, (size_t)l->u->p->n + 1);
    for (int q = 1; q <= l->ncols; q++) {
        int j = l->col_of[q];

        take[j] = glp_get_col_stat(l->W, q) != GLP_NL || !mip_sifted(l->u, j) || seen++ % SHARE == 0;
    }
    to = make_part(l->u, c, l->mine, take);
    for (int q = 1; q <= to->ncols; q++)
        glp_set_col_stat(to->W, q, glp_get_col_stat(l->W, l->col_at[to->col_of[q]]));
    for (int r = 1; r <= to->rows; r++)
        glp_set_row_stat(to->W, r, glp_get_row_stat(l->W, l->row_at[to->row_of[r]]));
    mip_lp_free(l);
    return to;
}

/* Columns and rows of component k in W, start basis, solve. */
static enum mip_lp_status solve_part(struct mip_run *u, struct parts *c, int k, struct mip_lp **out)
{
    bool *take = mip_alloc((size_t)u->p->n + 1, sizeof *take);
    enum mip_lp_status st;
    struct mip_lp *l;
    long freed = 0;
    double t = mip_now();

    choose(u, c, k, take);
    l = make_part(u, c, k, take);
    glp_adv_basis(l->W, 0);
    st = mip_sift(l, &freed);
    if (st == MIP_LP_OPT) {
        if (l->ncols >= WORTH && mip_on(u, MIP_SIFT)) l = thin_out(l, c, take);
        st = mip_settle(l, &freed);
    }
    if (mip_on(u, MIP_SIFT)) mip_account(u, MIP_SIFT, t, freed);
    free(take);
    *out = l;
    return st;
}

static void copy_basis(struct mip_basis *to, const struct mip_lp *from)
{
    for (int q = 1; q <= from->ncols; q++)
        to->col[from->col_of[q]] = (unsigned char)glp_get_col_stat(from->W, q);
    for (int r = 1; r <= from->rows; r++)
        to->row[from->row_of[r]] = (unsigned char)glp_get_row_stat(from->W, r);
}

/* Columns of no kept row lie at the bound their cost asks for. */
static void lay_loose(const struct mip_program *p, struct mip_basis *b)
{
    memset(b->row, GLP_BS, (size_t)p->m + 1);
    for (int j = 1; j <= p->n; j++) b->col[j] = p->cost[j] < 0 && isfinite(p->up[j]) ? GLP_NU : GLP_NL;
}

enum mip_lp_status mip_blocks(struct mip_run *u, long *blocks, struct mip_basis *b)
{
    const struct mip_program *p = u->p;
    enum mip_lp_status st = MIP_LP_OPT;
    struct mip_lp *part = NULL;
    struct parts c = {0};

    find_parts(u, &c);
    *blocks = c.count;
    b->m = p->m;
    b->n = p->n;
    b->row = mip_alloc((size_t)p->m + 1, 1);
    b->col = mip_alloc((size_t)p->n + 1, 1);
    lay_loose(p, b);
    for (int k = 1; k <= c.count && st == MIP_LP_OPT; k++) {
        st = solve_part(u, &c, k, &part);
        if (st == MIP_LP_OPT) copy_basis(b, part);
        mip_lp_free(part);
    }
    free(c.root);
    free(c.of);
    free(c.row);
    return st;
}

int mip_parts(const struct mip_run *u, int *of)
{
    struct parts c = {0};

    find_parts(u, &c);
    for (int j = 1; j <= u->p->n; j++) of[j] = c.of[j];
    free(c.root);
    free(c.of);
    free(c.row);
    return c.count;
}
