/*
 * Blocks: without the at-most rows, which join pools, the kept rows fall apart
 * into connected components.  Each is solved alone, on a small basis; the
 * bases merged are one of the whole, because components share no column.
 */
#include "engine_int.h"

#include <math.h>
#include <stdlib.h>

struct parts {
	int count;
	int *root;  /* union-find over columns */
	int *of;    /* column -> component, 0: in no kept row */
	int *row;   /* row -> component, 0: empty or joining several */
};

static int find(int *root, int j)
{
	while (root[j] != j) {
		root[j] = root[root[j]];
		j = root[j];
	}
	return j;
}

static void unite(const struct tb_engine_mip *p, int *root, int i)
{
	if (p->rbeg[i] == p->rbeg[i + 1])
		return;
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

static bool kept(const struct tb_engine_run *u, int i)
{
	return !u->p->lazy[i] || !tb_engine_on(u, TB_ENGINE_LAZY);
}

/* The one component that lazy row i lies in, or 0. */
static int inside_one(const struct tb_engine_mip *p, const struct parts *c, int i)
{
	int k = 0;

	for (int e = p->rbeg[i]; e < p->rbeg[i + 1]; e++) {
		int of = c->of[p->rind[e]];

		if (of && k && of != k)
			return 0;
		if (of)
			k = of;
	}
	return k;
}

/* Lazy rows inside one component, and their slack columns, belong to it. */
static void place_lazy(const struct tb_engine_run *u, struct parts *c)
{
	const struct tb_engine_mip *p = u->p;

	for (int i = 1; i <= p->m; i++) {
		if (kept(u, i))
			continue;
		c->row[i] = inside_one(p, c, i);
		for (int e = p->rbeg[i]; c->row[i] && e < p->rbeg[i + 1]; e++) {
			int j = p->rind[e];

			/* a loose column in two rows might join two components */
			if (!c->of[j] && p->cbeg[j + 1] - p->cbeg[j] > 1)
				c->row[i] = 0;
		}
		for (int e = p->rbeg[i]; c->row[i] && e < p->rbeg[i + 1]; e++)
			c->of[p->rind[e]] = c->row[i];
	}
}

static void find_parts(const struct tb_engine_run *u, struct parts *c)
{
	const struct tb_engine_mip *p = u->p;
	bool one = !tb_engine_on(u, TB_ENGINE_BLOCKS);

	c->root = tb_engine_alloc((size_t)p->n + 1, sizeof *c->root);
	c->of = tb_engine_alloc((size_t)p->n + 1, sizeof *c->of);
	c->row = tb_engine_alloc((size_t)p->m + 1, sizeof *c->row);
	for (int j = 1; j <= p->n; j++)
		c->root[j] = one ? 1 : j;
	for (int i = 1; i <= p->m; i++)
		if (kept(u, i) && !one)
			unite(p, c->root, i);
	for (int i = 1; i <= p->m; i++) {
		int r;

		if (!kept(u, i) || p->rbeg[i] == p->rbeg[i + 1])
			continue;
		r = find(c->root, p->rind[p->rbeg[i]]);
		if (!c->of[r])
			c->of[r] = ++c->count;
		c->row[i] = c->of[r];
	}
	for (int j = 1; j <= p->n; j++)
		c->of[j] = c->of[find(c->root, j)];
	if (!one)
		place_lazy(u, c);
}

/* Columns and rows of component k in W, start basis, solve. */
static enum tb_engine_lp_status solve_part(struct tb_engine_run *u, struct parts *c,
					   int k, struct tb_engine_lp **out)
{
	const struct tb_engine_mip *p = u->p;
	bool *take = tb_engine_alloc((size_t)p->n + 1, sizeof *take);
	enum tb_engine_lp_status st;
	struct tb_engine_lp *l;
	long freed = 0;
	double t = tb_engine_now();

	for (int j = 1; j <= p->n; j++)
		take[j] = c->of[j] == k;
	l = tb_engine_lp_new(u, p->lo, p->up, take);
	for (int i = 1; i <= p->m; i++)
		if (c->row[i] == k && kept(u, i))
			tb_engine_lp_row(l, i);
	glp_adv_basis(l->W, 0);
	l->part = c->row;
	l->mine = k;
	if (tb_engine_on(u, TB_ENGINE_SIFT)) {
		st = tb_engine_sift(l, &freed);
		if (st == TB_ENGINE_LP_OPT)
			st = tb_engine_settle(l, &freed);
		tb_engine_account(u, TB_ENGINE_SIFT, t, freed);
	} else {
		st = tb_engine_lp_simplex(l, false, HUGE_VAL);
		if (st == TB_ENGINE_LP_OPT)
			st = tb_engine_lp_resolve(l, HUGE_VAL);
	}
	free(take);
	*out = l;
	return st;
}

static void copy_basis(struct tb_engine_lp *to, struct tb_engine_lp *from)
{
	for (int r = 1; r <= from->rows; r++)
		tb_engine_lp_row(to, from->row_of[r]);
	for (int q = 1; q <= from->ncols; q++)
		glp_set_col_stat(to->W, to->col_at[from->col_of[q]],
				 glp_get_col_stat(from->W, q));
	for (int r = 1; r <= from->rows; r++)
		glp_set_row_stat(to->W, to->row_at[from->row_of[r]],
				 glp_get_row_stat(from->W, r));
}

/* Columns of no kept row lie at the bound their cost asks for. */
static void lay_loose(struct tb_engine_lp *l, const struct parts *c)
{
	const struct tb_engine_mip *p = l->u->p;

	for (int j = 1; j <= p->n; j++)
		if (!c->of[j] && l->col_at[j])
			glp_set_col_stat(l->W, l->col_at[j],
					 p->cost[j] < 0 && isfinite(p->up[j]) ? GLP_NU
									      : GLP_NL);
}

struct tb_engine_lp *tb_engine_blocks(struct tb_engine_run *u, long *blocks,
				      enum tb_engine_lp_status *st)
{
	const struct tb_engine_mip *p = u->p;
	struct parts c = {0};
	bool *all = tb_engine_alloc((size_t)p->n + 1, sizeof *all);
	struct tb_engine_lp *l, *part = NULL;

	*st = TB_ENGINE_LP_OPT;
	for (int j = 1; j <= p->n; j++)
		all[j] = true;
	find_parts(u, &c);
	*blocks = c.count;
	l = tb_engine_lp_new(u, p->lo, p->up, all);
	for (int i = 1; i <= p->m; i++)
		if (kept(u, i))
			tb_engine_lp_row(l, i);
	lay_loose(l, &c);
	for (int k = 1; k <= c.count && *st == TB_ENGINE_LP_OPT; k++) {
		*st = solve_part(u, &c, k, &part);
		if (*st == TB_ENGINE_LP_OPT)
			copy_basis(l, part);
		tb_engine_lp_free(part);
	}
	if (*st != TB_ENGINE_LP_OPT) {
		tb_engine_lp_free(l);
		l = NULL;
	}
	free(c.root);
	free(c.of);
	free(c.row);
	free(all);
	return l;
}

int tb_engine_parts(const struct tb_engine_run *u, int *of)
{
	struct parts c = {0};

	find_parts(u, &c);
	for (int j = 1; j <= u->p->n; j++)
		of[j] = c.of[j];
	free(c.root);
	free(c.of);
	free(c.row);
	return c.count;
}
