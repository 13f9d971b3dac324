/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tests/cases: instances whose optimum is known by hand, with the reason in their first line. The planner
 * must find it, check and score must agree. A case is the lines of fx_line, then "period FROM TO DUTIES",
 * "status WORD" and, unless there is no roster, "optimum N" and "open N".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "solvers.h"
#include "toban/plan/plan.h"

#define CASES "tests/cases/*.case" /* the tests run at the top of the tree */

struct expected {
    char from[16], to[16], duties[64], status[16];
    long long optimum;
    int open;
};

static void read_case(const char *path, struct fx *f, struct expected *x)
{
    char *text = NULL;
    struct tb_err e = {0};
    assert_int_equal(tb_file_read(path, 1 << 20, &text, NULL, &e), TB_OK);
    for (char *line = text, *end; line && *line; line = end) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        if (sscanf(line, "period %15s %15s %63[^\n]", x->from, x->to, x->duties) == 3) continue;
        if (sscanf(line, "status %15s", x->status) == 1 || sscanf(line, "optimum %lld", &x->optimum) == 1 ||
            sscanf(line, "open %d", &x->open) == 1)
            continue;
        if (!fx_line(f, line)) fail_msg("%s: not understood: %s", path, line);
    }
    free(text);
}

static void test_case(void **state)
{
    const char *path = *state;
    struct expected x = {0};
    struct fx *f = fx_new();
    read_case(path, f, &x);
    fx_problem(f, x.from, x.to, x.duties);
    struct tb_plan_opts o = {.seconds = 60};
    struct tb_plan_result r = {0};
    struct tb_err e = {0};
    enum tb_code c = tb_plan_run(f->problem, &o, &r, &e);
    if (c) print_message("# %s\n", e.text);
    assert_int_equal(c, TB_OK);
    assert_string_equal(tb_plan_status_word(r.status), x.status);
    if (r.status != TB_PLAN_NONE) {
        struct tb_verdict *v;
        tb_check(f->problem, &r.roster, &v);
        assert_int_equal(r.objective, x.optimum);
        assert_int_equal(v->objective, x.optimum);
        assert_int_equal(tb_score(f->problem, &r.roster), x.optimum);
        assert_int_equal(v->n_hard, 0);
        assert_int_equal(v->open_seats, x.open);
        tb_verdict_free(v);
        double elsewhere = 0;
        assert_true(cbc_optimum(f->problem, &elsewhere));
        assert_int_equal((int64_t)elsewhere, x.optimum);
    }
    tb_plan_result_free(&r);
    fx_free(f);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    glob_t g;
    if (glob(CASES, 0, NULL, &g) != 0) return 2;
    struct CMUnitTest *tests = tb_xcalloc(g.gl_pathc, sizeof *tests);
    for (size_t i = 0; i < g.gl_pathc; i++)
        tests[i] = (struct CMUnitTest){strrchr(g.gl_pathv[i], '/') + 1, test_case, NULL, NULL, g.gl_pathv[i]};
    int failed = _cmocka_run_group_tests("cases", tests, g.gl_pathc, NULL, NULL);
    free(tests);
    globfree(&g);
    return failed ? 1 : 0;
}
