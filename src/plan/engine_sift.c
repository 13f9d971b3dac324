/*
 * Sifting: a simplex that begins with an eighth of the candidates.  The others
 * are held where they lie, where GLPK leaves fixed columns out of its pricing,
 * and freed when their reduced cost says that they would improve.  At an
 * optimum most of them are held again while broken rows are added: the dual
 * simplex looks at all free columns in every step.
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

/* Holds binaries at their lower bound outside the basis, seven of eight. */
static void hold_most(struct tb_engine_lp *l)
{
	const struct tb_engine_mip *p = l->u->p;
	int seen = 0;

	if (l->ncols < WORTH)
		return;
	for (int q = 1; q <= l->ncols; q++) {
		int j = l->col_of[q];

		if (l->held[q] || !p->isint[j] || l->up[j] - l->lo[j] <= 0.0 || l->lo[j] < 0 ||
		    l->up[j] > 1 || glp_get_col_stat(l->W, q) != GLP_NL)
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

enum tb_engine_lp_status tb_engine_sift(struct tb_engine_lp *l, long *freed)
{
	enum tb_engine_lp_status st;
	int count;

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

enum tb_engine_lp_status tb_engine_settle(struct tb_engine_lp *l, long *freed)
{
	enum tb_engine_lp_status st;
	int count;

	hold_most(l);
	for (;;) {
		st = tb_engine_lp_resolve(l, HUGE_VAL);
		if (st == TB_ENGINE_LP_STOP || st == TB_ENGINE_LP_UNBOUNDED)
			break;
		count = tb_engine_price(l, st != TB_ENGINE_LP_OPT);
		*freed += count;
		if (!count)
			break;
		st = tb_engine_lp_simplex(l, false, HUGE_VAL);
		if (st == TB_ENGINE_LP_STOP || st == TB_ENGINE_LP_UNBOUNDED)
			break;
	}
	tb_engine_price(l, true);
	return st;
}
