/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the certificate of a best roster says of each column that is not in it: no roster with it costs less.
 * Held against the optimum with it, on small random instances; a price that is left must be worth something,
 * or nobody would be spared a solve.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "toban/plan/plan.h"

#define INSTANCES 60
#define MOST_COLUMNS 40

static int columns, above, useful, reached, impossible;

static void one_column(const struct fx *f, const struct tb_plan_result *r, int col, int64_t least)
{
    struct tb_plan_fix fix = {r->seats[col].slot, r->seats[col].provider, true};
    struct tb_plan_opts o = {.seconds = 60, .fix = &fix, .n_fix = 1, .from = &r->basis, .begin = &r->roster};
    struct tb_plan_result with;
    struct tb_err e = {0};
    assert_int_equal(tb_plan_run(f->problem, &o, &with, &e), TB_OK);
    columns++;
    if (with.status == TB_PLAN_NONE) {
        impossible++;
    } else {
        assert_int_equal(with.status, TB_PLAN_OPTIMAL);
        if (least > with.objective)
            fail_msg("column %d: at least %lld is said, %lld it costs", col, (long long)least,
                     (long long)with.objective);
        above += with.objective > r->objective;
        useful += least > r->objective;
        reached += with.objective > r->objective && least == with.objective;
    }
    tb_plan_result_free(&with);
}

static void no_roster_with_a_column_costs_less_than_its_bound(void **state)
{
    (void)state;
    struct fx_dice d = {77};
    for (int done = 0; done < INSTANCES;) {
        struct fx *f = fx_draw(&d);
        if (!f) continue;
        struct tb_plan_opts o = {.seconds = 60};
        struct tb_plan_result r;
        struct tb_err e = {0};
        assert_int_equal(tb_plan_run(f->problem, &o, &r, &e), TB_OK);
        int *cols = tb_xcalloc((size_t)r.program.n_cols + 1, sizeof *cols), n = 0;
        int64_t *bounds = tb_xcalloc((size_t)r.program.n_cols + 1, sizeof *bounds), bound, alone;
        for (int j = 0; r.certified && j < r.program.n_cols; j++)
            if (r.seats[j].slot >= 0) cols[n++] = j;
        if (n && n <= MOST_COLUMNS) {
            done++;
            assert_int_equal(tb_proof_bounds_with(&r.program, &r.certificate, cols, n, &bound, bounds, &e),
                             TB_OK);
            assert_int_equal(tb_proof_bound(&r.program, &r.certificate, &alone, &e), TB_OK);
            assert_int_equal(bound, alone);
            assert_int_equal(bound, r.objective);
            for (int k = 0; k < n; k++) {
                assert_true(bounds[k] >= bound);
                one_column(f, &r, cols[k], bounds[k]);
            }
            r.program.upper[cols[0]] = 0; /* who is fixed out of a seat is in no roster */
            assert_int_equal(tb_proof_bounds_with(&r.program, &r.certificate, cols, 1, &bound, bounds, &e),
                             TB_OK);
            assert_true(bounds[0] == TB_INF);
        }
        free(cols);
        free(bounds);
        tb_plan_result_free(&r);
        fx_free(f);
    }
    print_message("# %d columns: %d cost more than the best, of %d the bound says so, of %d it says how "
                  "much; %d stand in no roster\n",
                  columns, above, useful, reached, impossible);
    assert_true(above > 50 && useful > 10 && reached > 3);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_roster_with_a_column_costs_less_than_its_bound)};
    return cmocka_run_group_tests_name("bounds with a column", tests, NULL, NULL);
}
