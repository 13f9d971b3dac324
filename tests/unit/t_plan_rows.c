/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program as the planner builds it in memory is what MathProg makes of models/roster.mod, number by
 * number: on random small regions with every rule type, and on a month of all duties of the sample. And
 * values of any choice of candidates satisfy it at the cost that counting gives.
 */
#include "fixture.h"

#include "plan/gen.h"
#include "toban/codec/codec.h"
#include "toban/plan/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { INSTANCES = 120 };

struct term {
    int col;
    int64_t coef;
};

static int by_column(const void *a, const void *b)
{
    const struct term *x = a, *y = b;
    return (x->col > y->col) - (x->col < y->col);
}

static struct term *terms(const struct tb_rows *r, int i, int *n)
{
    *n = r->start[i + 1] - r->start[i];
    struct term *t = tb_xcalloc((size_t)*n + 1, sizeof *t);
    for (int k = 0; k < *n; k++) t[k] = (struct term){r->col[r->start[i] + k], r->coef[r->start[i] + k]};
    qsort(t, (size_t)*n, sizeof *t, by_column);
    return t;
}

static void same_rows(const struct tb_rows *a, const struct tb_rows *b)
{
    assert_int_equal(a->n_cols, b->n_cols);
    assert_int_equal(a->n_rows, b->n_rows);
    for (int j = 0; j < a->n_cols; j++) {
        if (a->cost[j] != b->cost[j] || a->lower[j] != b->lower[j] || a->upper[j] != b->upper[j] ||
            a->integral[j] != b->integral[j])
            fail_msg("column %d of %d: cost %lld and %lld, upper bound %lld and %lld", j, a->n_cols,
                     (long long)a->cost[j], (long long)b->cost[j], (long long)a->upper[j],
                     (long long)b->upper[j]);
    }
    for (int i = 0; i < a->n_rows; i++) {
        int n, m;
        if (a->row_lower[i] != b->row_lower[i] || a->row_upper[i] != b->row_upper[i])
            fail_msg("row %d of %d: other bounds", i, a->n_rows);
        struct term *s = terms(a, i, &n), *t = terms(b, i, &m);
        if (n != m) fail_msg("row %d of %d: %d terms and %d", i, a->n_rows, n, m);
        for (int k = 0; k < n; k++)
            if (s[k].col != t[k].col || s[k].coef != t[k].coef)
                fail_msg("row %d of %d, term %d: column %d and %d", i, a->n_rows, k, s[k].col, t[k].col);
        free(s);
        free(t);
    }
}

/* Do the values satisfy every row and bound? *cost: what they cost. */
static bool satisfied(const struct tb_rows *r, const int64_t *x, int64_t *cost)
{
    *cost = 0;
    for (int j = 0; j < r->n_cols; j++) {
        if (x[j] < r->lower[j] || x[j] > r->upper[j]) return false;
        *cost += r->cost[j] * x[j];
    }
    for (int i = 0; i < r->n_rows; i++) {
        int64_t sum = 0;
        for (int k = r->start[i]; k < r->start[i + 1]; k++) sum += r->coef[k] * x[r->col[k]];
        if (sum < r->row_lower[i] || sum > r->row_upper[i]) return false;
    }
    return true;
}

static int choices_seen;

/* A random choice, if it breaks nothing hard: its values, and its cost. */
static void try_choice(const struct tb_gen *g, struct fx_dice *d)
{
    int *chosen = tb_xcalloc(g->n_cand + 1, sizeof *chosen);
    size_t n = 0;
    int one_in = fx_roll(d, 2, 8);
    for (size_t i = 0; i < g->n_cand; i++)
        if (g->cand[i].pinned || fx_roll(d, 1, one_in) == 1) chosen[n++] = (int)i;
    int64_t counted, cost;
    if (tb_gen_cost(g, chosen, n, &counted)) {
        struct tb_gen_program p;
        tb_gen_build(g, chosen, n, &p);
        assert_non_null(p.start);
        assert_true(satisfied(&p.rows, p.start, &cost));
        assert_int_equal(cost, counted);
        choices_seen++;
        tb_gen_program_free(&p);
    }
    free(chosen);
}

static int greedy_seen, greedy_seats;

/* The roster made without solving breaks nothing hard, whatever the region. */
static void try_greedy(const struct tb_gen *g)
{
    int *chosen;
    size_t n;
    int64_t cost, values;
    struct tb_gen_program p;
    if (tb_gen_greedy(g, &chosen, &n)) {
        assert_true(tb_gen_cost(g, chosen, n, &cost));
        tb_gen_build(g, chosen, n, &p);
        assert_true(satisfied(&p.rows, p.start, &values));
        assert_int_equal(values, cost);
        tb_gen_program_free(&p);
        greedy_seen++;
        greedy_seats += (int)n;
    }
    free(chosen);
}

static void compare(const struct tb_problem *problem, struct fx_dice *d, int choices)
{
    struct tb_err e = {0};
    struct tb_gen *g;
    struct tb_gen_program p;
    struct tb_rows rows;
    enum tb_code c = tb_gen_new(problem, &g, &e);
    if (c != TB_OK) fail_msg("%s", e.text);
    tb_gen_build(g, NULL, 0, &p);
    assert_null(p.start);
    c = tb_plan_rows(problem, NULL, &rows, &e);
    if (c != TB_OK) fail_msg("%s", e.text);
    same_rows(&p.rows, &rows);
    for (int k = 0; k < choices; k++) try_choice(g, d);
    try_greedy(g);
    tb_rows_free(&rows);
    tb_gen_program_free(&p);
    tb_gen_free(g);
}

static void random_regions(void **state)
{
    (void)state;
    struct fx_dice dice = {UINT64_C(0x746f62616e)};
    for (int n = 0; n < INSTANCES;) {
        struct fx *f = fx_draw(&dice);
        if (!f) continue;
        compare(f->problem, &dice, 30);
        fx_free(f);
        n++;
    }
    print_message("# %d choices satisfied the rows; %d rosters without solving, %d seats\n", choices_seen,
                  greedy_seen, greedy_seats);
    assert_true(choices_seen > INSTANCES);
    assert_true(greedy_seen > INSTANCES / 2 && greedy_seats > 2 * greedy_seen);
}

static void a_month_of_the_sample(void **state)
{
    (void)state;
    struct tb_err e = {0};
    struct tb_region *r;
    struct tb_problem *p;
    assert_int_equal(tb_codec_read_region("rosters/ishikawa-chuo", &r, &e), TB_OK);
    int *duties = tb_xcalloc((size_t)r->n_duties + 1, sizeof *duties);
    for (int i = 0; i < r->n_duties; i++) duties[i] = i;
    struct tb_problem_input in = {.region = r,
                                  .from = fx_day("2026-12-01"),
                                  .to = fx_day("2026-12-31"),
                                  .duties = duties,
                                  .n_duties = r->n_duties};
    assert_int_equal(tb_problem_build(&in, false, &p, &e), TB_OK);
    compare(p, &(struct fx_dice){7}, 0);
    tb_problem_free(p);
    tb_region_free(r);
    free(duties);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_regions),
        cmocka_unit_test(a_month_of_the_sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
