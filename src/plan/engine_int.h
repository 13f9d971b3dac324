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
    bool *loose;   /* columns: of lazy rows alone, and 0 while these are away */
    double sense;  /* 1 minimise, -1 maximise (costs are negated) */
    double c0;     /* constant of the objective, in P's sense */
    double unit;   /* solutions' costs are multiples of it; 0: not known */
    bool integral; /* all data are integers */
};

/* Clique rows found so far: sum of the members <= 1. */
struct tb_engine_cliques {
    int count, cap, members, room;
    int *start;  /* 0..count */
    int *member; /* columns */
};

/* A solve under way. */
struct tb_engine_run {
    const struct tb_engine_opts *o;
    const struct tb_engine_mip *p;
    struct tb_engine_result *r;
    double t0, deadline; /* monotonic clock; deadline infinite if none */
    bool has_best;
    double best;     /* cost of x */
    double *x;       /* 1..n */
    double bound;    /* proven, -HUGE_VAL at first */
    double told;     /* time of the last progress call */
    long iterations; /* of the simplex, all relaxations */
    bool searched;   /* branching had a part in the bound */
    struct tb_engine_cliques cliques;
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
 * engine_lp.c: a linear relaxation kept in a glp_prob of its own: the rows added
 * so far, and columns.  An absent column counts as lying at its lower bound,
 * but as long as its bounds differ it may enter: a loose one with the first of
 * its rows, a binary when its price says so (engine_sift.c).
 */
struct tb_engine_lp {
    struct tb_engine_run *u;
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
    double *x;  /* 1..n, program columns; see tb_engine_lp_fetch */
    double obj; /* of the last solve */
    long until; /* iterations of the run at which the simplex stops; 0: none */
    int *ind;   /* scratch */
    double *val;
};

enum tb_engine_lp_status {
    TB_ENGINE_LP_OPT,
    TB_ENGINE_LP_OVER, /* the optimum exceeds the limit given */
    TB_ENGINE_LP_INFEASIBLE,
    TB_ENGINE_LP_UNBOUNDED,
    TB_ENGINE_LP_STOP,  /* deadline or interrupt */
    TB_ENGINE_LP_TIRED, /* iterations used up */
    TB_ENGINE_LP_FAIL
};

/* Columns j with take[j]; no rows yet.  lo, up: 1..n, copied. */
struct tb_engine_lp *tb_engine_lp_new(struct tb_engine_run *u, const double *lo, const double *up,
                                      const bool *take);
void tb_engine_lp_free(struct tb_engine_lp *l);
/* Adds row i of the program; nothing if it is there already. */
void tb_engine_lp_row(struct tb_engine_lp *l, int i);
/* Adds clique c; nothing if it is there already. */
void tb_engine_lp_clique(struct tb_engine_lp *l, int c);
/* Lets in count absent columns. */
void tb_engine_lp_enter(struct tb_engine_lp *l, const int *j, int count);
/* Changes the bounds in force of program column j. */
void tb_engine_lp_bounds(struct tb_engine_lp *l, int j, double lo, double up);
/* Runs the simplex, dual or primal, up to an objective limit (HUGE_VAL: none). */
enum tb_engine_lp_status tb_engine_lp_simplex(struct tb_engine_lp *l, bool dual, double limit);
/* Fills x with the values of the last solve, fixed columns included. */
void tb_engine_lp_fetch(struct tb_engine_lp *l);
/* Rows of the program that are not in W, by row; the caller frees it. */
bool *tb_engine_lp_absent(const struct tb_engine_lp *l);
/* Adds the lazy rows and known cliques that x breaks; returns how many. */
int tb_engine_lp_cut(struct tb_engine_lp *l);
/* The dual simplex and cuts in turn, until nothing is broken; x is fetched. */
enum tb_engine_lp_status tb_engine_lp_resolve(struct tb_engine_lp *l, double limit);

/* engine_sift.c: whether the binary j is one that a relaxation may be without. */
bool tb_engine_sifted(const struct tb_engine_run *u, int j);
/* The primal simplex; absent columns enter when their price says so, rows are
 * not added.  *entered counts. */
enum tb_engine_lp_status tb_engine_sift(struct tb_engine_lp *l, long *entered);
/* tb_engine_lp_resolve, the absent columns priced in between. */
enum tb_engine_lp_status tb_engine_settle(struct tb_engine_lp *l, long *entered);
/* tb_engine_lp_resolve up to a limit; absent columns are asked only when it is
 * exceeded or nothing is feasible, so that neither is said without them. */
enum tb_engine_lp_status tb_engine_relax(struct tb_engine_lp *l, double limit);
/* Reduced costs of the absent columns, 1..n; of no meaning for others. */
void tb_engine_prices(const struct tb_engine_lp *l, double *d);

/* engine_block.c: the kept rows' components solved alone and their bases merged
 * into *b, allocated here (lazy rows and columns that are not needed: GLP_BS
 * and GLP_NL).  *blocks: how many. */
enum tb_engine_lp_status tb_engine_blocks(struct tb_engine_run *u, long *blocks, struct tb_engine_basis *b);
/* The component of every column, 0: of none; returns how many there are. */
int tb_engine_parts(const struct tb_engine_run *u, int *of);

/*
 * engine_fix.c: what the reduced costs of the optimal relaxation l leave free
 * when only solutions of cost at most limit are wanted, as a relaxation of its
 * own with the tight rows of l and its basis.  *fixed: columns fixed by it.  few:
 * of the binaries only those that l has and those above a half in keep (1..n or
 * NULL); the others are absent, not fixed.
 */
struct tb_engine_lp *tb_engine_reduce(struct tb_engine_lp *l, double limit, bool few, const double *keep,
                                      long *fixed);

/* Adds to the costs of the binaries that l's x splits so little that all
 * together stay under half a unit: that chooses another of many optimal
 * vertices for each variant.  Returns the most that a solution's cost can grow by. */
double tb_engine_perturb(struct tb_engine_lp *l, int variant);

/*
 * engine_dive.c: looks for a solution of cost at most limit (HUGE_VAL: any):
 * moves groups of fractional columns to the nearer integer, re-solves, halves
 * the group where that fails, and turns a single column the other way.  l's
 * bounds are put back at the end.  Ended EXHAUSTED, there is none inside the
 * bounds of l.
 */
enum tb_engine_dive_end {
    TB_ENGINE_DIVE_FOUND,
    TB_ENGINE_DIVE_EXHAUSTED,
    TB_ENGINE_DIVE_BUDGET, /* max_iterations used up */
    TB_ENGINE_DIVE_STOPPED
};
struct tb_engine_dive {
    double limit;
    double threshold;    /* of columns moved together, 0.5 to 1 */
    int start;           /* which of the fractional columns to begin with */
    const double *guide; /* 1..n: its columns above 0 come first; or NULL */
    bool counters;       /* integers that count more than 0 and 1 are decided first */
    long max_iterations; /* of the simplex; seven times that without going back is free */
    long solves;         /* out: relaxations solved */
};
enum tb_engine_dive_end tb_engine_dive(struct tb_engine_lp *l, struct tb_engine_dive *d);

/* engine_clique.c: cliques that l's x breaks, added to the pool; how many. */
int tb_engine_separate(struct tb_engine_run *u, const double *x);

/*
 * engine_free.c: frees part of the best solution (a component, then a range of
 * columns, which is a range of slots), fixes the rest and searches that part
 * for something better, until the gap closes or a round over all parts brings
 * nothing.  Returns the parts tried.
 */
long tb_engine_free(struct tb_engine_run *u, struct tb_engine_lp *l);

/* engine_split.c: solves a program whose rows leave it in several parts part by
 * part, two at a time, into u and u->r; false if it is one.  Incumbents are told
 * when a part is done, by either thread, never by both at once. */
bool tb_engine_split(struct tb_engine_run *u);
/* engine.c: tb_engine_solve without splitting, under a hook already set. */
int tb_engine_part(glp_prob *P, const struct tb_engine_opts *o, struct tb_engine_result *r);

/* engine_root.c: the optimal relaxation of the whole program, lazy rows and
 * cliques added, the bound raised; NULL if it is not to be had (infeasible,
 * unbounded, limit: *st says). */
struct tb_engine_lp *tb_engine_root(struct tb_engine_run *u, enum tb_engine_lp_status *st);

/* Adds to the account of step s what has passed since t, and count. */
void tb_engine_account(struct tb_engine_run *u, enum tb_engine_step s, double t, long count);

/* Whether step s is switched on. */
bool tb_engine_on(const struct tb_engine_run *u, enum tb_engine_step s);

/*
 * engine_cert.c: duals of the relaxation l of the whole program, in integers,
 * into *k; k->scale 0 if the data are not integers or no scale gives a finite
 * bound.  Stops at the first scale whose bound reaches aim.
 */
void tb_engine_cert_make(const struct tb_engine_lp *l, double aim, struct tb_engine_cert *k);

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
    const bool *late; /* rows added only where a node breaks them, or NULL */
    bool plain;       /* no cuts */
    /* out */
    double bound;
    long nodes;
};
enum tb_engine_outcome tb_engine_branch(struct tb_engine_run *u, struct tb_engine_search *s);

#endif
