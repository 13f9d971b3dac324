/*
 * The root: blocks, then rows and columns in turn until the relaxation of the
 * whole program is optimal, then cliques until none is broken.
 */
#include "engine_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows until none is broken; what a limit or failure left is not an optimum. */
static enum tb_engine_lp_status lazy(struct tb_engine_run *u, struct tb_engine_lp *l)
{
    double t = tb_engine_now();
    int before = l->rows;
    long freed = 0;
    enum tb_engine_lp_status st = tb_engine_settle(l, &freed);

    u->r->step[TB_ENGINE_SIFT].count += freed;
    if (tb_engine_on(u, TB_ENGINE_LAZY)) tb_engine_account(u, TB_ENGINE_LAZY, t, l->rows - before);
    return st;
}

enum { ROUNDS = 12 };

static enum tb_engine_lp_status cliques(struct tb_engine_run *u, struct tb_engine_lp *l)
{
    enum tb_engine_lp_status st = TB_ENGINE_LP_OPT;

    for (int k = 0; k < ROUNDS && st == TB_ENGINE_LP_OPT; k++) {
        double t = tb_engine_now();
        int added = tb_engine_separate(u, l->x);

        tb_engine_lp_cut(l);
        if (added) st = tb_engine_settle(l, &u->r->step[TB_ENGINE_SIFT].count);
        tb_engine_account(u, TB_ENGINE_CLIQUE, t, added);
        if (!added) break;
    }
    return st;
}

static bool basis_fits(const struct tb_engine_run *u)
{
    const struct tb_engine_basis *b = u->o->basis;

    return b && b->m == u->p->m && b->n == u->p->n && b->row && b->col;
}

/* A relaxation with the kept rows and those tight in the basis; columns outside
 * it that may be absent are. */
static struct tb_engine_lp *begin(struct tb_engine_run *u, const struct tb_engine_basis *b)
{
    const struct tb_engine_mip *p = u->p;
    bool *take = tb_engine_alloc((size_t)p->n + 1, sizeof *take);
    struct tb_engine_lp *l;

    for (int j = 1; j <= p->n; j++)
        take[j] = b->col[j] != GLP_NL || (!tb_engine_sifted(u, j) && !p->loose[j]);
    l = tb_engine_lp_new(u, p->lo, p->up, take);
    for (int i = 1; i <= p->m; i++)
        if (!p->lazy[i] || b->row[i] != GLP_BS || !tb_engine_on(u, TB_ENGINE_LAZY)) tb_engine_lp_row(l, i);
    for (int r = 1; r <= l->rows; r++) glp_set_row_stat(l->W, r, b->row[l->row_of[r]]);
    for (int q = 1; q <= l->ncols; q++) glp_set_col_stat(l->W, q, b->col[l->col_of[q]]);
    free(take);
    return l;
}

/* The basis before cliques, whose rows a later problem does not have. */
static void take_basis(struct tb_engine_run *u, struct tb_engine_lp *l)
{
    struct tb_engine_basis *b = &u->r->basis;

    b->m = u->p->m;
    b->n = u->p->n;
    b->row = tb_engine_alloc((size_t)b->m + 1, 1);
    b->col = tb_engine_alloc((size_t)b->n + 1, 1);
    for (int i = 1; i <= b->m; i++)
        b->row[i] = (unsigned char)(l->row_at[i] ? glp_get_row_stat(l->W, l->row_at[i]) : GLP_BS);
    for (int j = 1; j <= b->n; j++)
        b->col[j] = (unsigned char)(l->col_at[j] ? glp_get_col_stat(l->W, l->col_at[j]) : GLP_NL);
}

struct tb_engine_lp *tb_engine_root(struct tb_engine_run *u, enum tb_engine_lp_status *st)
{
    struct tb_engine_basis b = {0};
    struct tb_engine_lp *l = NULL;
    double t = tb_engine_now();
    long blocks = 0;

    *st = TB_ENGINE_LP_OPT;
    if (basis_fits(u)) {
        l = begin(u, u->o->basis);
    } else {
        *st = tb_engine_blocks(u, &blocks, &b);
        if (*st == TB_ENGINE_LP_OPT) l = begin(u, &b);
        if (tb_engine_on(u, TB_ENGINE_BLOCKS)) tb_engine_account(u, TB_ENGINE_BLOCKS, t, blocks);
        free(b.row);
        free(b.col);
    }
    tb_engine_tell(u, TB_ENGINE_BLOCKS, false);
    if (l) *st = lazy(u, l);
    if (*st == TB_ENGINE_LP_OPT) {
        take_basis(u, l);
        tb_engine_raise(u, l->obj);
        tb_engine_tell(u, TB_ENGINE_LAZY, false);
        if (tb_engine_on(u, TB_ENGINE_CLIQUE)) *st = cliques(u, l);
    }
    if (*st == TB_ENGINE_LP_OPT) {
        tb_engine_raise(u, l->obj);
        return l;
    }
    tb_engine_lp_free(l);
    return NULL;
}
