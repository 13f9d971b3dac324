/*
 * Sifting: a simplex that begins with an eighth of the candidates.  The others
 * are held where they lie, where GLPK leaves fixed columns out of its pricing,
 * and freed when their reduced cost says that they would improve.
 */
#include "engine_int.h"

#include <math.h>
#include <stdlib.h>

enum { SHARE = 8, WORTH = 400 };

static void hold(struct tb_engine_lp *l, int q, double at)
{
	glp_set_col_bnds(l->W, q, GLP_FX, at, at);
	l->held[q] = true;
}

static void release(struct tb_engine_lp *l, int q, bool upper)
{
	int j = l->col_of[q];

	glp_set_col_bnds(l->W, q, tb_engine_type(l->lo[j], l->up[j]), l->lo[j],
			 l->up[j]);
	if (glp_get_col_stat(l->W, q) != GLP_BS)
		glp_set_col_stat(l->W, q, upper ? GLP_NU : GLP_NL);
	l->held[q] = false;
}

/* Holds seven of eight binaries that lie at their lower bound. */
static void hold_most(struct tb_engine_lp *l)
{
	const struct tb_engine_mip *p = l->u->p;
	int seen = 0;

	for (int q = 1; q <= l->ncols; q++) {
		int j = l->col_of[q];

		if (!p->isint[j] || l->up[j] - l->lo[j] <= 0.0 || l->lo[j] < 0 ||
		    l->up[j] > 1 || glp_get_col_stat(l->W, q) == GLP_BS)
			continue;
		if (seen++ % SHARE != 0)
			hold(l, q, l->lo[j]);
	}
}

/* At its upper bound, as far as held columns can lie there. */
static bool at_upper(const struct tb_engine_lp *l, int q)
{
	int j = l->col_of[q];

	return isfinite(l->up[j]) && (!isfinite(l->lo[j]) ||
				      glp_get_col_prim(l->W, q) >
					      (l->lo[j] + l->up[j]) / 2);
}

int tb_engine_price(struct tb_engine_lp *l, bool all)
{
	int count = 0;

	for (int q = 1; q <= l->ncols; q++) {
		double d;
		bool upper;

		if (!l->held[q])
			continue;
		d = glp_get_col_dual(l->W, q);
		upper = at_upper(l, q);
		if (all || (upper ? d > 1e-7 : d < -1e-7)) {
			release(l, q, upper);
			count++;
		}
	}
	return count;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void tb_engine_hold(struct tb_engine_lp *l)
{
	double *d = tb_engine_alloc((size_t)l->ncols, sizeof *d), limit;
	int n = 0;

	for (int q = 1; q <= l->ncols; q++)
		if (l->u->p->isint[l->col_of[q]] && glp_get_col_stat(l->W, q) != GLP_BS)
			d[n++] = fabs(glp_get_col_dual(l->W, q));
	if (n < WORTH) {
		free(d);
		return;
	}
	qsort(d, (size_t)n, sizeof *d, ascending);
	limit = fmax(d[(size_t)n * 3 / 5], 1e-6);
	free(d);
	for (int q = 1; q <= l->ncols; q++)
		if (!l->held[q] && l->u->p->isint[l->col_of[q]] && glp_get_col_stat(l->W, q) != GLP_BS &&
		    fabs(glp_get_col_dual(l->W, q)) > limit)
			hold(l, q, glp_get_col_prim(l->W, q));
}

enum tb_engine_lp_status tb_engine_sift(struct tb_engine_lp *l, long *freed)
{
	enum tb_engine_lp_status st;
	int count;

	if (l->ncols >= WORTH)
		hold_most(l);
	for (;;) {
		st = tb_engine_lp_simplex(l, false, HUGE_VAL);
		if (st == TB_ENGINE_LP_STOP || st == TB_ENGINE_LP_UNBOUNDED)
			break;
		count = tb_engine_price(l, st != TB_ENGINE_LP_OPT);
		*freed += count;
		if (!count)
			break;
	}
	tb_engine_price(l, true);
	return st;
}
