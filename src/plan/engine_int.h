/*
 * engine_int: what the files of the engine share.  Private to src/plan/engine*.
 *
 * Inside, every problem is a minimisation without constant term, rows and
 * columns count from 1 as in GLPK, absent bounds are infinities.
 */
#ifndef TOBAN_PLAN_ENGINE_INT_H
#define TOBAN_PLAN_ENGINE_INT_H

#include "engine.h"

#include <stddef.h>

#define TB_ENGINE_TOL 1e-6 /* rows and integrality, absolute plus relative */

/* The program in plain arrays, both ways round. */
struct tb_engine_mip {
	int m, n, nnz;
	int *rbeg, *rind; /* row i: rind[rbeg[i]..rbeg[i+1]-1] */
	double *rval;
	int *cbeg, *cind;
	double *cval;
	double *rlo, *rup, *lo, *up, *cost;
	bool *isint;   /* integer by declaration */
	bool *implied; /* integer wherever the integer columns are */
	bool *lazy;    /* rows: at most so many binaries, slack apart */
	double sense;  /* 1 minimise, -1 maximise (costs are negated) */
	double c0;     /* constant of the objective, in P's sense */
	double unit;   /* solutions' costs are multiples of it; 0: not known */
	bool integral; /* all data are integers */
};

/* A solve under way. */
struct tb_engine_run {
	const struct tb_engine_opts *o;
	const struct tb_engine_mip *p;
	struct tb_engine_result *r;
	double t0, deadline; /* monotonic clock; deadline infinite if none */
	bool has_best;
	double best;   /* cost of x */
	double *x;     /* 1..n */
	double bound;  /* proven, -HUGE_VAL at first */
	double told;   /* time of the last progress call */
};

/* Memory that is there: calloc, or a message and abort. */
void *tb_engine_alloc(size_t n, size_t size);
void *tb_engine_grow(void *p, size_t n, size_t size);

/* Monotonic seconds. */
double tb_engine_now(void);

/* Whether to stop: deadline or interrupt. */
bool tb_engine_stop(const struct tb_engine_run *u);

/* Whether best and bound meet, within the gap limit. */
bool tb_engine_closed(const struct tb_engine_run *u);

/* The cost above which nothing better than the best can lie: a relaxation
 * whose bound exceeds it may be left.  HUGE_VAL without a best. */
double tb_engine_cutoff(const struct tb_engine_run *u);

/* Raises the proven bound, rounding up to the unit where there is one. */
void tb_engine_raise(struct tb_engine_run *u, double bound);

/* The float bound v rounded up to the next multiple of the unit, with a
 * tolerance for the simplex; v itself where there is no unit. */
double tb_engine_round(const struct tb_engine_mip *p, double v);

/* Offers values 1..n: integer columns are rounded, continuous ones kept, rows
 * checked, and kept (and told) if better than the best.  True if feasible. */
bool tb_engine_offer(struct tb_engine_run *u, const double *x);

/* Tells progress, not more often than five times a second unless now. */
void tb_engine_tell(struct tb_engine_run *u, enum tb_engine_step s, bool now);

/* engine_mip.c */
struct tb_engine_mip *tb_engine_mip_new(glp_prob *P);
void tb_engine_mip_free(struct tb_engine_mip *p);
bool tb_engine_mip_feasible(const struct tb_engine_mip *p, const double *x);
double tb_engine_mip_cost(const struct tb_engine_mip *p, const double *x);
/* The GLPK bound type of an interval. */
int tb_engine_type(double lo, double up);

/*
 * engine_branch.c: branch and bound on the program with bounds lo, up
 * (1..n, inside the program's own) and the best so far as incumbent; better
 * solutions are offered to u.  extra: cuts to add, NULL for none.  nodes: at
 * most so many, 0 no limit.  *bound: nothing inside the bounds that is better
 * than the best costs less (infinite when there is nothing better).  Returns
 * OPTIMAL when searched to the end, FEASIBLE at a limit, INFEASIBLE,
 * UNBOUNDED, NOTHING or ERROR like tb_engine_fold.
 */
struct tb_engine_search {
	const double *lo, *up; /* 1..n */
	long max_nodes;        /* 0: none */
	double seconds;        /* 0: none but the run's own */
	int cliques;           /* rows sum <= 1 known to hold */
	const int *start, *member;
	bool presolve; /* GLPK's own */
	bool plain;    /* no cuts */
	/* out */
	double bound;
	long nodes;
};
enum tb_engine_outcome tb_engine_branch(struct tb_engine_run *u,
					struct tb_engine_search *s);

#endif
