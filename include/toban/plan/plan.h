/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * plan: a problem becomes an integer program (models/roster.mod over finished index sets), GLPK
 * solves it in a child process, and integers come back as a roster. Never touches storage, never prints;
 * progress goes to a callback. The caller judges the result with tb_check before storing anything.
 *
 * The child is this program executed again with the hidden command `toban-solve` (argv[0] as given in
 * struct tb_plan_opts.self): GLPK may abort on misuse or want of memory, and a dead child is an error
 * message.
 */
#ifndef TOBAN_PLAN_PLAN_H
#define TOBAN_PLAN_PLAN_H

#include "toban/domain/problem.h"
#include "toban/domain/check.h"

enum tb_plan_status { TB_PLAN_OPTIMAL, TB_PLAN_FEASIBLE, TB_PLAN_NONE };
enum tb_plan_stop { TB_STOP_PROOF, TB_STOP_TIME, TB_STOP_GAP, TB_STOP_INTERRUPT };
const char *tb_plan_status_word(enum tb_plan_status s); /* "optimal", "feasible", "none" */
const char *tb_plan_stop_word(enum tb_plan_stop s);     /* "proof", "time", "gap", "interrupt" */

/* A condition more than the problem has: somebody sits, or does not sit, in a slot. */
struct tb_plan_fix {
    int slot, provider;
    bool seated;
};

/* Where the solver stood at the end, for the next solve of the same problem (other fixes included). Its bytes
 * mean nothing to anybody else. */
struct tb_plan_basis {
    int n; /* rows and columns of the program */
    unsigned char *at;
};

#define TB_PLAN_TAKE 2 /* see interrupt */
/* Zero means default for every member. */
struct tb_plan_opts {
    const char *self; /* path of this executable; NULL: /proc/self/exe */
    double seconds;   /* time limit, default 600 */
    double gap;       /* relative gap at which to stop, default 0: prove */
    long memory_mb;   /* child's address space, default 8192; not applied under sanitizers */
    /* non-zero: stop and give the best roster so far. TB_PLAN_TAKE: whoever asked wants that one; else he
     * broke off, and nothing of it is kept (tb_app_plan) */
    const volatile int *interrupt;
    /* may be NULL; best may be NAN */
    void (*progress)(void *arg, const char *phase, double best, double bound);
    void *arg;
    /* borrowed; prices and rules stay those of the problem, so objectives compare. One that cannot be: status
     * NONE */
    const struct tb_plan_fix *fix;
    int n_fix;
    /* of an earlier result for this problem, with `begin`; NULL: none. One of another size is not used */
    const struct tb_plan_basis *from;
    /* the roster of that result, borrowed; guides the search, need not satisfy the fixes */
    const struct tb_roster *begin;
    const char *engine; /* NULL: the engine; "stock": glp_intopt alone, for comparison */
};

struct tb_plan_result {
    enum tb_plan_status status;
    enum tb_plan_stop stopped_by;
    struct tb_roster roster;  /* owned; empty when status is NONE */
    int64_t objective, bound; /* integers; objective only when there is a roster */
    /* the certificate reaches the objective; otherwise "proven by search" when optimal */
    bool certified;
    struct tb_certificate certificate; /* owned */
    struct tb_plan_basis basis;        /* owned; n 0: none */
    /* owned: what was solved, for checking the certificate without generating again */
    struct tb_rows program;
    /* owned: per column of the program who sits where when it is 1; slot -1: it is another column */
    struct tb_plan_seat {
        int slot, provider;
    } * seats;
    int candidates, columns, rows;
    double seconds_generate, seconds_solve;
    char steps[256]; /* which steps closed the gap, for the report */
    long child_peak_kb;
    /* what the solver says against what was counted, with both numbers: the roster is there, and its cost or
     * its proof is wrong; "": nothing */
    char doubt[256];
};

/* Solves. TB_OK also for FEASIBLE and NONE (read the status). TB_INTERNAL: the child died or answered
 * nonsense (its last words in e); TB_LIMIT: the child ran out of memory or time before any roster. Results
 * are the same on every run when no limit is hit. */
TB_MUST_USE enum tb_code tb_plan_run(const struct tb_problem *p, const struct tb_plan_opts *o,
                                     struct tb_plan_result *out, struct tb_err *e);
void tb_plan_result_free(struct tb_plan_result *r);

/* All rows of the program, exactly as solved, in plain integers: for the proof. The child translates
 * models/roster.mod for it, so that the rows come another way than those of tb_plan_run, and must be the
 * same. */
TB_MUST_USE enum tb_code tb_plan_rows(const struct tb_problem *p, const struct tb_plan_opts *o,
                                      struct tb_rows *out, struct tb_err *e);
/* Writes exactly what is solved: format "mps" or "lp" (for other solvers; a constant is carried by a column
 * fixed to 1) or "dat" (MathProg data for models/roster.mod); or "names", a CSV of who sits where when x[i]
 * is 1. TB_USAGE: unknown format; TB_STORAGE: the file cannot be written. */
TB_MUST_USE enum tb_code tb_plan_export(const struct tb_problem *p, const struct tb_plan_opts *o,
                                        const char *format, const char *path, struct tb_err *e);

/* Counting checks in milliseconds: slots without a candidate, counts that cannot add up. Appends one line
 * each to `out`; returns their number. */
int tb_plan_precheck(const struct tb_problem *p, struct tb_buf *out);

/* The child's side; main() calls it first thing when argv[1] is "toban-solve". Returns the exit status. */
int tb_plan_child_main(int argc, char **argv);

#endif
