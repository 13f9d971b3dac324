/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * check and score: an independent judgement of a roster against a problem, in integers, by counting.
 * Shares with the planner types, dates and slots, never the meaning of a rule (docs/reference/rules.md is the
 * common text). Reads no model, no solver, no database.
 */
#ifndef TOBAN_DOMAIN_CHECK_H
#define TOBAN_DOMAIN_CHECK_H

#include "toban/domain/problem.h"

/* One breach of a hard rule, or one priced excess of a soft one. */
struct tb_violation {
    /* id of the rule row, or of a built-in ("wish.cannot", "seat.count", ...) */
    const char *rule;
    int rule_row; /* index in region->rules, -1 for built-ins */
    bool hard;
    int provider; /* -1 when the rule is about a slot */
    int area;     /* the area concerned, counted from 1; 0: none */
    /* the seats that show it (planned or context slots of the problem), -1 where none */
    int slots[2];
    tb_day from, to; /* window, unit or date concerned */
    int64_t measured, allowed, excess, cost;
};

struct tb_verdict {
    /* hard first, then by rule id, date, provider; canonical. Not among them: wishes `like` that are met */
    struct tb_violation *violations;
    int n_violations;
    int n_hard;
    int open_seats;
    /* objective and its parts; objective = open_cost + rule_cost + ledger_cost + change_cost */
    int64_t objective, open_cost, rule_cost, ledger_cost, change_cost;
    int changes;    /* published seats (TB_PIN_KEEP) given to another */
    int64_t *loads; /* per counter of the problem */
    struct tb_arena arena;
};

/* Judges the roster (normalised or not; repeated or impossible rows are violations, not errors). Always
 * succeeds. */
void tb_check(const struct tb_problem *p, const struct tb_roster *roster, struct tb_verdict **out);
void tb_verdict_free(struct tb_verdict *v);
/* The same for many rosters of one problem: what does not depend on the roster is laid out once. `p` is
 * borrowed; verdicts outlive the checker. */
typedef struct tb_checker tb_checker;
tb_checker *tb_checker_new(const struct tb_problem *p);
void tb_checker_judge(tb_checker *c, const struct tb_roster *roster, struct tb_verdict **out);
void tb_checker_free(tb_checker *c);
/* The objective alone, the same number as in the verdict by its own counting. */
int64_t tb_score(const struct tb_problem *p, const struct tb_roster *roster);
/* One sentence for people: who, when, the rule's own sentence, measured and allowed. Appended to `out`. */
void tb_violation_text(const struct tb_problem *p, const struct tb_violation *v, struct tb_buf *out);
/* The same beside a seat and its person, who are told already: the rule's own sentence, and how far away the
 * other seat of it is. "なるべく28日以上あける（12/14 予備から22日）" */
void tb_violation_short(const struct tb_problem *p, const struct tb_violation *v, int slot,
                        struct tb_buf *out);
/* Does the verdict have this violation as well? */
bool tb_violation_in(const struct tb_violation *x, const struct tb_verdict *v);

/* A planned seat that breaks nothing and reaches, by the clock, into a day on which its provider cannot
 * ("cannot", must or if possible, of a survey whose days are duty dates): somebody ought to ask him. */
struct tb_reach {
    int slot, provider, wish;
};
/* In the order of the roster, one for each seat (its first wish); memory from `a`. Returns how many. */
int tb_reaching(const struct tb_problem *p, const struct tb_roster *roster, struct tb_arena *a,
                struct tb_reach **out);

/* ---- the proof ------------------------------------------------------------------------------- */

/* An integer program in plain integers, all rows, columns 0..n_cols-1, minimise cost'x. Bounds TB_INF for
 * none. */
#define TB_INF INT64_MAX
#define TB_NEG_INF INT64_MIN
struct tb_rows {
    int n_cols;
    int64_t *cost, *lower, *upper;
    bool *integral;
    int n_rows;
    int64_t *row_lower, *row_upper;
    int *start; /* n_rows + 1 */
    int *col;
    int64_t *coef; /* start[n_rows] entries */
};
/* Multipliers of the rows, times `scale`, and of clique rows (sum of the listed columns <= 1) that the engine
 * added. */
struct tb_certificate {
    int64_t scale;
    int n;
    int *row;
    int64_t *y; /* non-zero ones */
    /* clique_start has n_cliques + 1 */
    int n_cliques;
    int *clique_start;
    int *clique_col;
    int64_t *clique_y;
};
/* The Lagrangian bound of the certificate in 128-bit integers, rounded up to the next integer (down, where
 * the columns that are not integral might make the optimum a fraction; see src/domain/proof.c): no solution
 * costs less. Each clique is itself checked: every two of its columns stand together in an at-most-1 row over
 * non-negative integers. TB_NO: a sign is wrong, a clique is not one, a column has no finite bound where one
 * is needed, or a number is out of range; said which. */
TB_MUST_USE enum tb_code tb_proof_bound(const struct tb_rows *rows, const struct tb_certificate *c,
                                        int64_t *bound, struct tb_err *e);
/* The same, and for each of cols[0..n) (non-negative columns) what the bound is when that column is at least
 * 1: no solution with it costs less. TB_INF: there is none with it. */
TB_MUST_USE enum tb_code tb_proof_bounds_with(const struct tb_rows *rows, const struct tb_certificate *c,
                                              const int *cols, int n, int64_t *bound, int64_t *bounds,
                                              struct tb_err *e);
void tb_rows_free(struct tb_rows *rows); /* frees the arrays; leaves it zero */
void tb_certificate_free(struct tb_certificate *c);
/* "tbcert 1 <scale> ..." one line of text, and back; for storage. */
void tb_certificate_write(const struct tb_certificate *c, struct tb_buf *out);
TB_MUST_USE enum tb_code tb_certificate_read(const char *text, struct tb_certificate *c, struct tb_err *e);

#endif
