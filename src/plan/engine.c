#include "engine_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double tb_engine_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

bool tb_engine_stop(const struct tb_engine_run *u)
{
	return (u->o->interrupt && *u->o->interrupt) ||
	       tb_engine_now() > u->deadline;
}

double tb_engine_round(const struct tb_engine_mip *p, double v)
{
	double tol;

	if (p->unit <= 0 || !isfinite(v))
		return v;
	tol = fmin(0.4 * p->unit, 1e-5 + 1e-9 * fabs(v));
	return p->unit * ceil((v - tol) / p->unit);
}

/* What a solution must gain to be told apart from the best. */
static double grain(const struct tb_engine_run *u)
{
	return u->p->unit > 0 ? 0.5 * u->p->unit : 1e-7 * (1 + fabs(u->best));
}

double tb_engine_cutoff(const struct tb_engine_run *u)
{
	double g = u->p->unit;

	if (!u->has_best)
		return HUGE_VAL;
	if (g > 0)
		return u->best - g + fmin(0.4 * g, 1e-5 + 1e-9 * fabs(u->best));
	return u->best - grain(u);
}

static double gap(const struct tb_engine_run *u)
{
	double v = u->best + u->p->sense * u->p->c0;

	return fmax(0, u->best - u->bound) / fmax(1e-9, fabs(v));
}

bool tb_engine_closed(const struct tb_engine_run *u)
{
	return u->has_best && (u->best - u->bound < grain(u) ||
			       gap(u) <= u->o->gap_limit);
}

void tb_engine_raise(struct tb_engine_run *u, double bound)
{
	bound = tb_engine_round(u->p, bound);
	if (bound > u->bound)
		u->bound = bound;
	if (u->has_best && u->bound > u->best)
		u->bound = u->best;
}

/* In the sense of the caller's problem. */
static double outside(const struct tb_engine_mip *p, double v)
{
	return p->c0 + p->sense * v;
}

bool tb_engine_offer(struct tb_engine_run *u, const double *x)
{
	const struct tb_engine_mip *p = u->p;
	double *y = tb_engine_alloc((size_t)p->n + 1, sizeof *y);
	bool ok;
	double v;

	for (int j = 1; j <= p->n; j++) {
		y[j] = p->isint[j] || (p->implied[j] &&
				       fabs(x[j] - nearbyint(x[j])) < 1e-5)
			       ? nearbyint(x[j])
			       : fmin(fmax(x[j], p->lo[j]), p->up[j]);
		if (fabs(y[j]) <= 0.0)
			y[j] = 0; /* no negative zero */
	}
	ok = tb_engine_mip_feasible(p, y);
	v = tb_engine_mip_cost(p, y);
	if (ok && (!u->has_best || v < u->best - 1e-9 * (1 + fabs(v)))) {
		memcpy(u->x, y, ((size_t)p->n + 1) * sizeof *y);
		u->best = v;
		u->has_best = true;
		if (u->o->on_incumbent)
			u->o->on_incumbent(u->o->arg, outside(p, v), u->x);
	}
	free(y);
	return ok;
}

void tb_engine_tell(struct tb_engine_run *u, enum tb_engine_step s, bool now)
{
	struct tb_engine_progress g = {0};
	double t;

	if (!u->o->on_progress)
		return;
	t = tb_engine_now();
	if (!now && t - u->told < 0.2)
		return;
	u->told = t;
	g.phase = tb_engine_step_name(s);
	g.seconds = t - u->t0;
	g.have_best = u->has_best;
	g.best = u->has_best ? outside(u->p, u->best) : 0;
	g.have_bound = isfinite(u->bound);
	g.bound = g.have_bound ? outside(u->p, u->bound) : 0;
	u->o->on_progress(u->o->arg, &g);
}

/* Keeps the last words of GLPK, prints nothing. */
static int listen(void *info, const char *s)
{
	struct tb_engine_result *r = info;
	size_t cap = sizeof r->text, have = strlen(r->text), add = strlen(s);

	if (add >= cap) {
		s += add - (cap - 1);
		add = cap - 1;
	}
	if (have + add >= cap) {
		size_t drop = have + add - (cap - 1);

		memmove(r->text, r->text + drop, have - drop);
		have -= drop;
	}
	memcpy(r->text + have, s, add);
	r->text[have + add] = '\0';
	return 1;
}

/* Branch and bound on the whole program. */
static void branch_all(struct tb_engine_run *u)
{
	struct tb_engine_search s = {.lo = u->p->lo, .up = u->p->up};
	double t = tb_engine_now();

	u->r->outcome = tb_engine_branch(u, &s);
	if (u->r->outcome == TB_ENGINE_OPTIMAL || s.bound > -HUGE_VAL)
		tb_engine_raise(u, s.bound);
	if (u->r->outcome == TB_ENGINE_INFEASIBLE && u->has_best)
		tb_engine_raise(u, u->best);
	u->r->nodes += s.nodes;
	u->r->step[TB_ENGINE_BRANCH].used = true;
	u->r->step[TB_ENGINE_BRANCH].count += s.nodes;
	u->r->step[TB_ENGINE_BRANCH].seconds += tb_engine_now() - t;
	if (tb_engine_closed(u)) {
		u->r->proof = TB_ENGINE_PROOF_SEARCH;
		u->r->closed = true;
		u->r->closed_by = TB_ENGINE_BRANCH;
	}
}

static bool empty_bounds(const struct tb_engine_mip *p)
{
	for (int j = 1; j <= p->n; j++)
		if (p->lo[j] > p->up[j])
			return true;
	for (int i = 1; i <= p->m; i++)
		if (p->rlo[i] > p->rup[i])
			return true;
	return false;
}

static void finish(struct tb_engine_run *u)
{
	struct tb_engine_result *r = u->r;

	if (u->has_best)
		r->outcome = tb_engine_closed(u) ? TB_ENGINE_OPTIMAL
						 : TB_ENGINE_FEASIBLE;
	r->gap = -1;
	if (u->has_best) {
		r->x = u->x;
		u->x = NULL;
		r->obj = outside(u->p, u->best);
		if (isfinite(u->bound))
			r->gap = gap(u);
	}
	r->have_bound = isfinite(u->bound);
	if (r->have_bound)
		r->bound = outside(u->p, u->bound);
	r->seconds = tb_engine_now() - u->t0;
}

int tb_engine_solve(glp_prob *P, const struct tb_engine_opts *o,
		    struct tb_engine_result *r)
{
	static const struct tb_engine_opts none;
	struct tb_engine_run u = {.o = o ? o : &none, .r = r, .bound = -HUGE_VAL};
	struct tb_engine_mip *p;

	memset(r, 0, sizeof *r);
	u.t0 = tb_engine_now();
	u.deadline = u.o->time_limit > 0 ? u.t0 + u.o->time_limit : HUGE_VAL;
	glp_term_hook(listen, r);
	u.p = p = tb_engine_mip_new(P);
	u.x = tb_engine_alloc((size_t)p->n + 1, sizeof *u.x);
	r->n = p->n;
	r->outcome = TB_ENGINE_INFEASIBLE;
	for (int i = 1; i <= p->m; i++)
		r->lazy_rows += p->lazy[i];
	r->kept_rows = p->m - r->lazy_rows;
	if (u.o->start)
		tb_engine_offer(&u, u.o->start);
	if (!empty_bounds(p))
		branch_all(&u);
	finish(&u);
	glp_term_hook(NULL, NULL);
	free(u.x);
	tb_engine_mip_free(p);
	return (int)r->outcome;
}

void tb_engine_result_free(struct tb_engine_result *r)
{
	if (!r)
		return;
	free(r->x);
	free(r->cert.y);
	free(r->cert.start);
	free(r->cert.member);
	free(r->cert.clique_y);
	free(r->basis.row);
	free(r->basis.col);
	memset(r, 0, sizeof *r);
}
