/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mip: minimises (or maximises) a mixed integer program given as a complete
 * glp_prob, by steps around GLPK's own simplex: blocks, lazy rows, sifting,
 * dives, neighbourhoods of the best roster, reduced-cost fixing, cliques, and
 * branch and bound for what is left.  It knows nothing of rosters: what is a
 * lazy row or a clique is recognised by its shape.
 *
 * It prints nothing, stores nothing and never changes the problem it is given.
 * One solve at a time per thread: GLPK's environment belongs to the thread (a
 * program in several parts has a second thread during the call), and
 * its fatal errors (out of memory, misuse) end the process, so callers run it
 * in a child process.  Results are the same on every run unless a limit or the
 * interrupt cut the run short.  The method is described in docs/developer/engine.md.
 *
 * Arrays indexed by row or column follow GLPK: element 0 is unused, elements
 * 1..m and 1..n count.  Objective values and bounds are in the sense of the
 * problem itself and include its constant term.  Times are seconds.
 */
#ifndef TOBAN_MIP_MIP_H
#define TOBAN_MIP_MIP_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

struct glp_prob; /* of GLPK; who calls has it from glpk.h */

/* What a solve ended with. */
enum mip_outcome {
    MIP_OPTIMAL,    /* x is proven best, within the gap limit */
    MIP_FEASIBLE,   /* x satisfies every row, a limit came before the proof */
    MIP_INFEASIBLE, /* proven: no x satisfies the rows */
    MIP_UNBOUNDED,  /* the objective has no finite best value */
    MIP_NOTHING,    /* a limit came before any x was found */
    MIP_ERROR,      /* the solver failed; text says how */
    MIP_OUTCOME_COUNT
};

/* How the bound that closed the gap was obtained. */
enum mip_proof {
    MIP_PROOF_NONE,        /* the gap is open */
    MIP_PROOF_LP,          /* floating-point bound of the root relaxation */
    MIP_PROOF_SEARCH,      /* branch and bound */
    MIP_PROOF_CERTIFICATE, /* integer duals; anyone can recompute them */
    MIP_PROOF_COUNT
};

/* The steps; a bit 1u << step in mip_opts.off switches one off. */
enum mip_step {
    MIP_BLOCKS, /* connected components solved alone, bases merged */
    MIP_LAZY,   /* at-most rows added when violated */
    MIP_SIFT,   /* columns left out until their price is negative */
    MIP_DIVE,   /* fix near-integers, re-solve, repeat */
    MIP_FREE,   /* free part of the best solution and dive again */
    MIP_FIX,    /* reduced-cost fixing against the best solution */
    MIP_CLIQUE, /* merged at-most rows, added when violated */
    MIP_BRANCH, /* branch and bound on what is left */
    MIP_STEP_COUNT
};

/* Everything but the branch and bound: the stock solver behind one call. */
#define MIP_STOCK ((1u << MIP_STEP_COUNT) - 1u - (1u << MIP_BRANCH))

/* Progress, told between steps and at most a few times a second inside them. */
struct mip_progress {
    const char *phase; /* a step's name, static storage */
    double seconds;    /* since the call */
    bool have_best;    /* best is meaningful */
    double best;       /* objective of the best solution so far */
    bool have_bound;   /* bound is meaningful */
    double bound;      /* no solution is better than this */
};

/* A basis: GLP_BS, GLP_NL, GLP_NU, GLP_NF or GLP_NS per row and column. */
struct mip_basis {
    int m, n;           /* rows and columns */
    unsigned char *row; /* 1..m */
    unsigned char *col; /* 1..n */
};

/*
 * A bound anyone can recompute in integers.  With S the scale, A the rows of
 * the problem followed by the clique rows (each: sum of the listed binary
 * columns <= 1) and c the integer costs (negated when maximising),
 *
 *   bound = sum_i y_i b_i + sum_j min over l_j <= x_j <= u_j (S c_j - y'A_j) x_j
 *
 * where b_i is the row's lower bound if y_i > 0 and its upper bound if
 * y_i < 0.  No feasible x costs less than bound / S, hence, where every
 * solution worth having costs a multiple of unit, less than bound / S rounded
 * up to the next multiple.  Every two columns of a clique row occur together
 * in a row of the problem that allows at most one of them.
 */
struct mip_cert {
    int64_t scale;     /* S; 0: there is no certificate */
    int64_t unit;      /* costs of integer solutions are multiples of this */
    int m;             /* rows of the problem */
    int64_t *y;        /* 1..m */
    int cliques;       /* clique rows with a dual other than 0 */
    int *start;        /* 0..cliques: first member in member[] */
    int *member;       /* column numbers */
    int64_t *clique_y; /* 0..cliques-1, each negative */
    int64_t bound;     /* rounded up, without the constant term */
};

/*
 * Options.  All zero is a valid default: no limits, every step on.
 */
struct mip_opts {
    double time_limit;                /* seconds, 0: none.  Soft: a simplex call ends first */
    double gap_limit;                 /* relative gap at which to stop, 0: prove the optimum */
    volatile sig_atomic_t *interrupt; /* stop soon once it is not 0; may be NULL */
    unsigned off;                     /* steps switched off, bits 1u << step */

    /* A solution to begin with, 1..n, borrowed; checked, and ignored when it
     * breaks a row.  NULL: none. */
    const double *start;
    /* A solution of no merit, 1..n, borrowed; NULL: none.  It guides nothing: a
     * program that falls apart tells the solutions of its first parts with
     * its values for the others. */
    const double *rough;
    /* The basis of an earlier result, borrowed; ignored when its size is not
     * the problem's.  New rows: GLP_BS, new columns: GLP_NL.  NULL: none. */
    const struct mip_basis *basis;

    /* Called for each new best solution; x is borrowed and valid during the
     * call, its integer columns are exact integers.  NULL: not called. */
    void (*on_incumbent)(void *arg, double obj, const double *x);
    void (*on_progress)(void *arg, const struct mip_progress *p);
    void *arg; /* handed to both */
};

/* What one step did. */
struct mip_stat {
    bool used;      /* it ran */
    double seconds; /* spent in it */
    long count;     /* blocks, rows added, columns freed, dives, neighbourhoods,
                       columns fixed, clique rows added, nodes */
};

/*
 * A result.  Zero it before the first use; mip_result_free releases what
 * it owns and zeroes it.
 */
struct mip_result {
    enum mip_outcome outcome;
    enum mip_proof proof;
    int n;                   /* columns */
    double *x;               /* 1..n, owned; NULL unless OPTIMAL or FEASIBLE */
    double obj;              /* objective of x */
    bool have_bound;         /* bound is finite */
    double bound;            /* no solution is better than this */
    bool have_root;          /* root_bound was computed */
    double root_bound;       /* of the linear relaxation, cliques included */
    double gap;              /* |obj - bound| / max(1e-9, |obj|); -1 where unknown */
    bool closed;             /* the gap was closed */
    enum mip_step closed_by; /* the step that closed it, if closed */
    struct mip_stat step[MIP_STEP_COUNT];
    long nodes;               /* of branch and bound */
    double seconds;           /* wall clock of the call */
    int lazy_rows, kept_rows; /* recognised by shape */
    struct mip_cert cert;     /* owned; scale 0 where there is none */
    struct mip_basis basis;   /* owned; of the root relaxation, m 0: none */
    char text[4096];          /* for ERROR: the last words of the solver */
};

/*
 * Solves P.  Takes the rows, columns, kinds, bounds and objective of P, changes
 * nothing in it.  A member o of NULL means defaults.  *r is overwritten; the
 * caller frees it with mip_result_free.  Returns r->outcome, as an int.
 */
int mip_solve(struct glp_prob *P, const struct mip_opts *o, struct mip_result *r);

/* Releases what *r owns and zeroes it.  NULL is allowed. */
void mip_result_free(struct mip_result *r);

/*
 * Folds GLPK's several ways of saying something into one outcome: ret is the
 * return code of glp_intopt or glp_simplex, lp the generic or simplex status,
 * mip the status of the integer solution (GLP_UNDEF where there was no integer
 * phase: then the linear program is the question), limit whether a limit or an
 * interrupt was hit.  See docs/developer/engine.md for the table.
 */
enum mip_outcome mip_fold(int ret, int lp, int mip, bool limit);

/*
 * Recomputes the bound of certificate k for P in 128-bit integers and puts it,
 * rounded up to a multiple of unit (as computed from P, not taken from k) and
 * without the constant term, in *bound.  False when P's coefficients are not
 * integers, a clique row is not implied by the rows of P, a dual has the wrong
 * sign, or the bound is minus infinity.
 */
bool mip_cert_check(struct glp_prob *P, const struct mip_cert *k, int64_t *bound);

/* Names for messages and JSON; static storage. */
const char *mip_outcome_name(enum mip_outcome v);
const char *mip_proof_name(enum mip_proof v);
const char *mip_step_name(enum mip_step v);

#endif
