/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of src/mip share.  Private to them.
 *
 * Inside, every problem is a minimisation without constant term, rows and
 * columns count from 1 as in GLPK, absent bounds are infinities.
 */
#ifndef MIP_INT_H
#define MIP_INT_H

#include <glpk.h>
#include <stddef.h>

#include "toban/mip/mip.h"

#define MIP_TOL 1e-6 /* rows and integrality, absolute plus relative */

/* The program in plain arrays, both ways round. */
struct mip_program {
    int m, n, nnz;
    int *rbeg, *rind; /* row i: rind[rbeg[i]..rbeg[i+1]-1] */
    double *rval;
    int *cbeg, *cind;
    double *cval;
    double *rlo, *rup, *lo, *up, *cost;
    bool *isint;   /* integer by declaration */
    bool *implied; /* integer wherever the integer columns are */
    bool *lazy;    /* rows: at most so many binaries, slack apart */
    bool *loose;   /* columns: of lazy rows alone, and 0 while these are away */
    double sense;  /* 1 minimise, -1 maximise (costs are negated) */
    double c0;     /* constant of the objective, in P's sense */
    double unit;   /* solutions' costs are multiples of it; 0: not known */
    bool integral; /* all data are integers */
};

/* Rows found so far that the program implies: cliques (sum of the members <= 1) and halves. */
struct mip_cliques {
    int count, cap, members, room;
    int *start;  /* 0..count */
    int *member; /* columns, ascending */
    double *val; /* coefficients, by member */
    double *up;  /* by row: sum <= up */
};

/* A solve under way. */
struct mip_run {
    const struct mip_opts *o;
    const struct mip_program *p;
    struct mip_result *r;
    double t0, deadline; /* monotonic clock; deadline infinite if none */
    bool has_best;
    double best;     /* cost of x */
    double *x;       /* 1..n */
    double bound;    /* proven, -HUGE_VAL at first */
    double told;     /* time of the last progress call */
    long iterations; /* of the simplex, all relaxations */
    bool searched;   /* branching had a part in the bound */
    struct mip_cliques cliques;
};

/* Memory that is there: calloc, or a message and abort. */
void *mip_alloc(size_t n, size_t size);
void *mip_grow(void *p, size_t n, size_t size);

/* Monotonic seconds. */
double mip_now(void);

/* Whether to stop: deadline or interrupt. */
bool mip_stop(const struct mip_run *u);

/* A cost in the sense of the caller's problem, with its constant. */
double mip_outside(const struct mip_program *p, double v);

/* The relative gap between best and bound, >= 0. */
double mip_gap(const struct mip_run *u);

/* Whether best and bound meet, within the gap limit. */
bool mip_closed(const struct mip_run *u);

/* The cost above which nothing better than the best can lie: a relaxation
 * whose bound exceeds it may be left.  HUGE_VAL without a best. */
double mip_cutoff(const struct mip_run *u);

/* Raises the proven bound, rounding up to the unit where there is one. */
void mip_raise(struct mip_run *u, double bound);

/* The float bound v rounded up to the next multiple of the unit, with a
 * tolerance for the simplex; v itself where there is no unit. */
double mip_round(const struct mip_program *p, double v);

/* Offers values 1..n: integer columns are rounded, continuous ones kept, rows
 * checked, and kept (and told) if better than the best.  True if feasible. */
bool mip_offer(struct mip_run *u, const double *x);

/* Tells progress, not more often than five times a second unless now. */
void mip_tell(struct mip_run *u, enum mip_step s, bool now);

/* program.c */
struct mip_program *mip_program_new(glp_prob *P);
void mip_program_free(struct mip_program *p);
bool mip_program_feasible(const struct mip_program *p, const double *x);
double mip_program_cost(const struct mip_program *p, const double *x);
/* The GLPK bound type of an interval. */
int mip_type(double lo, double up);

/*
 * lp.c: a linear relaxation kept in a glp_prob of its own: the rows added
 * so far, and columns.  An absent column counts as lying at its lower bound,
 * but as long as its bounds differ it may enter: a loose one with the first of
 * its rows, a binary when its price says so (sift.c).
 */
struct mip_lp {
    struct mip_run *u;
    glp_prob *W;
    int *col_of;     /* column of W -> program column */
    int *col_at;     /* program column -> column of W, 0: absent */
    double *lo, *up; /* by program column, those in force, absent ones too */
    int *row_at;     /* program row -> row of W, 0: not there */
    int *row_of;     /* row of W -> program row, or -(clique + 1) */
    int rows, cap;
    bool *clique_in; /* by clique */
    int clique_cap;
    int ncols;
    const int *part;  /* by row, borrowed: only rows of part mine are cut in */
    const int *cpart; /* by column, likewise: those that may enter; NULL: all */
    int mine;
    double *x;  /* 1..n, program columns; see mip_lp_fetch */
    double obj; /* of the last solve */
    long until; /* iterations of the run at which the simplex stops; 0: none */
    int *ind;   /* scratch */
    double *val;
};

enum mip_lp_status {
    MIP_LP_OPT,
    MIP_LP_OVER, /* the optimum exceeds the limit given */
    MIP_LP_INFEASIBLE,
    MIP_LP_UNBOUNDED,
    MIP_LP_STOP,  /* deadline or interrupt */
    MIP_LP_TIRED, /* iterations used up */
    MIP_LP_FAIL
};

/* Columns j with take[j]; no rows yet.  lo, up: 1..n, copied. */
struct mip_lp *mip_lp_new(struct mip_run *u, const double *lo, const double *up, const bool *take);
void mip_lp_free(struct mip_lp *l);
/* Adds row i of the program; nothing if it is there already. */
void mip_lp_row(struct mip_lp *l, int i);
/* Adds clique c; nothing if it is there already. */
void mip_lp_clique(struct mip_lp *l, int c);
/* Lets in count absent columns. */
void mip_lp_enter(struct mip_lp *l, const int *j, int count);
/* Changes the bounds in force of program column j. */
void mip_lp_bounds(struct mip_lp *l, int j, double lo, double up);
/* Runs the simplex, dual or primal, up to an objective limit (HUGE_VAL: none). */
enum mip_lp_status mip_lp_simplex(struct mip_lp *l, bool dual, double limit);
/* Fills x with the values of the last solve, fixed columns included. */
void mip_lp_fetch(struct mip_lp *l);
/* Rows of the program that are not in W, by row; the caller frees it. */
bool *mip_lp_absent(const struct mip_lp *l);
/* Adds the lazy rows and known cliques that x breaks; returns how many. */
int mip_lp_cut(struct mip_lp *l);
/* The dual simplex and cuts in turn, until nothing is broken; x is fetched. */
enum mip_lp_status mip_lp_resolve(struct mip_lp *l, double limit);

/* sift.c: whether the binary j is one that a relaxation may be without. */
bool mip_sifted(const struct mip_run *u, int j);
/* The primal simplex; absent columns enter when their price says so, rows are
 * not added.  *entered counts. */
enum mip_lp_status mip_sift(struct mip_lp *l, long *entered);
/* mip_lp_resolve, the absent columns priced in between. */
enum mip_lp_status mip_settle(struct mip_lp *l, long *entered);
/* mip_lp_resolve up to a limit; absent columns are asked only when it is
 * exceeded or nothing is feasible, so that neither is said without them. */
enum mip_lp_status mip_relax(struct mip_lp *l, double limit);
/* Reduced costs of the absent columns, 1..n; of no meaning for others. */
void mip_prices(const struct mip_lp *l, double *d);

/* block.c: the kept rows' components solved alone and their bases merged
 * into *b, allocated here (lazy rows and columns that are not needed: GLP_BS
 * and GLP_NL).  *blocks: how many. */
enum mip_lp_status mip_blocks(struct mip_run *u, long *blocks, struct mip_basis *b);
/* The component of every column, 0: of none; returns how many there are. */
int mip_parts(const struct mip_run *u, int *of);

/*
 * fix.c: what the reduced costs of the optimal relaxation l leave free
 * when only solutions of cost at most limit are wanted, as a relaxation of its
 * own with the tight rows of l and its basis.  *fixed: columns fixed by it.  few:
 * of the binaries only those that l has and those above a half in keep (1..n or
 * NULL); the others are absent, not fixed.
 */
struct mip_lp *mip_reduce(struct mip_lp *l, double limit, bool few, const double *keep, long *fixed);

/* Adds to the costs of the binaries that l's x splits so little that all
 * together stay under half a unit: that chooses another of many optimal
 * vertices for each variant.  Returns the most that a solution's cost can grow by. */
double mip_perturb(struct mip_lp *l, int variant);

/*
 * dive.c: looks for a solution of cost at most limit (HUGE_VAL: any):
 * moves groups of fractional columns to the nearer integer, re-solves, halves
 * the group where that fails, and turns a single column the other way.  l's
 * bounds are put back at the end.  Ended EXHAUSTED, there is none inside the
 * bounds of l.
 */
enum mip_dive_end {
    MIP_DIVE_FOUND,
    MIP_DIVE_EXHAUSTED,
    MIP_DIVE_BUDGET, /* max_iterations used up */
    MIP_DIVE_STOPPED
};
struct mip_dive {
    double limit;
    double threshold;    /* of columns moved together, 0.5 to 1 */
    int start;           /* which of the fractional columns to begin with */
    const double *guide; /* 1..n: its columns above 0 come first; or NULL */
    bool counters;       /* integers that count more than 0 and 1 are decided first */
    long max_iterations; /* of the simplex; seven times that without going back is free */
    long solves;         /* out: relaxations solved */
};
enum mip_dive_end mip_dive(struct mip_lp *l, struct mip_dive *d);

/* clique.c: cliques that l's x breaks, added to the pool; how many. */
int mip_separate(struct mip_run *u, const double *x);
/* Adds a row to the pool, members ascending; val NULL: all 1.  False: it is there. */
bool mip_cliques_add(struct mip_cliques *c, const int *m, const double *val, int len, double up);

/* half.c: sums of rows, halved and rounded down, that l's x breaks, added to the
 * pool; how many.  Only columns that are integer or implied have a part in them,
 * so that they hold for all solutions worth having, not for every one. */
int mip_halve(struct mip_lp *l);

/*
 * free.c: frees part of the best solution (a component, then a range of
 * columns, which is a range of slots), fixes the rest and searches that part
 * for something better, until the gap closes or a round over all parts brings
 * nothing.  Returns the parts tried.
 */
long mip_free(struct mip_run *u, struct mip_lp *l);

/* split.c: solves a program whose rows leave it in several parts part by
 * part, by `solve`, two at a time, into u and u->r; false if it is one.
 * Incumbents are told when a part is done, by either thread, never by both at
 * once. */
typedef int mip_solve_fn(glp_prob *P, const struct mip_opts *o, struct mip_result *r);
bool mip_split(struct mip_run *u, mip_solve_fn *solve);

/* root.c: the optimal relaxation of the whole program, lazy rows and
 * cliques added, the bound raised; NULL if it is not to be had (infeasible,
 * unbounded, limit: *st says). */
struct mip_lp *mip_root(struct mip_run *u, enum mip_lp_status *st);

/* The relaxation l of the whole program with what is worth no solution better than the best fixed, and
 * halves and cliques added until they bring little; the bound raised.  NULL: a limit came. */
struct mip_lp *mip_tighten(struct mip_run *u, struct mip_lp *l);

/* Adds to the account of step s what has passed since t, and count. */
void mip_account(struct mip_run *u, enum mip_step s, double t, long count);

/* Whether step s is switched on. */
bool mip_on(const struct mip_run *u, enum mip_step s);

/*
 * cert.c: duals of the relaxation l of the whole program, in integers,
 * into *k; k->scale 0 if the data are not integers or no scale gives a finite
 * bound.  Stops at the first scale whose bound reaches aim.
 */
void mip_cert_make(const struct mip_lp *l, double aim, struct mip_cert *k);

/*
 * branch.c: branch and bound on the program with bounds lo, up
 * (1..n, inside the program's own) and the best so far as incumbent; better
 * solutions are offered to u.  extra: cuts to add, NULL for none.  nodes: at
 * most so many, 0 no limit.  *bound: nothing inside the bounds that is better
 * than the best costs less (infinite when there is nothing better).  Returns
 * OPTIMAL when searched to the end, FEASIBLE at a limit, INFEASIBLE,
 * UNBOUNDED, NOTHING or ERROR like mip_fold.
 */
struct mip_search {
    const double *lo, *up;  /* 1..n */
    long max_nodes;         /* 0: none */
    double seconds;         /* 0: none but the run's own */
    const struct mip_lp *q; /* its rows of the pool are added; NULL: none */
    const bool *late;       /* rows added only where a node breaks them, or NULL */
    bool plain;             /* no cuts */
    /* out */
    double bound;
    long nodes;
};
enum mip_outcome mip_branch(struct mip_run *u, struct mip_search *s);

#endif
