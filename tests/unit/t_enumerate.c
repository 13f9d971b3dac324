/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program can be too strict or too lax without any checker of rosters noticing. So on small random
 * instances every roster there is is judged by check and score alone, and the planner must find the least.
 *
 *   t_enumerate                 the seeds of the suite
 *   t_enumerate FIRST LAST      other seeds; a failure prints the instance
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
#include "solvers.h"
#include "toban/plan/plan.h"

#define INSTANCES 200
#define MOST_ROSTERS 6000
#define MOST_SLOTS 9

/* ---- all rosters ---------------------------------------------------------------------------- */

struct search {
    const struct tb_problem *p;
    int slots[64], n_slots;
    int choices[64][64], n_choices[64]; /* providers that alone break nothing */
    struct tb_assignment seats[64];
    int n_seats;
    bool any;
    int64_t best;
    long leaves;
};

/* Rules that a further seat can mend: a pin, and two who are wanted together. */
static bool mendable(const struct search *s, const struct tb_violation *v)
{
    return strcmp(v->rule, "pin") == 0 ||
           (v->rule_row >= 0 && strcmp(s->p->region->rules[v->rule_row].type, "pair.together") == 0);
}

/* A partial roster can only break more when seats are added, those apart: they are judged at the end. */
static int broken(const struct search *s, bool pins, int64_t *objective)
{
    struct tb_verdict *v;
    struct tb_roster r = {(struct tb_assignment *)(uintptr_t)s->seats, s->n_seats};
    tb_check(s->p, &r, &v);
    int n = 0;
    for (int i = 0; i < v->n_hard; i++) n += pins || !mendable(s, &v->violations[i]);
    *objective = v->objective;
    tb_verdict_free(v);
    return n;
}

static void walk(struct search *s, int at, int seat, int first)
{
    int64_t objective;
    if (at == s->n_slots) {
        s->leaves++;
        if (broken(s, true, &objective)) return;
        struct tb_roster r = {s->seats, s->n_seats};
        assert_int_equal(tb_score(s->p, &r), objective);
        if (!s->any || objective < s->best) s->best = objective;
        s->any = true;
        return;
    }
    walk(s, at + 1, 0, 0); /* the seats that are left stay open */
    if (seat == s->p->slots[s->slots[at]].need) return;
    for (int i = first; i < s->n_choices[at]; i++) {
        s->seats[s->n_seats++] = (struct tb_assignment){s->slots[at], seat + 1, s->choices[at][i]};
        if (!broken(s, false, &objective)) walk(s, at, seat + 1, i + 1);
        s->n_seats--;
    }
}

/* Fills in slots and choices; false when there are too many rosters to look at. */
static bool prepare(struct search *s)
{
    int64_t rosters = 1, objective;
    for (int i = 0; i < s->p->n_slots; i++) {
        if (!s->p->slots[i].planned) continue;
        if (s->n_slots == MOST_SLOTS) return false;
        int k = s->n_slots++;
        s->slots[k] = i;
        for (int who = 0; who < s->p->region->n_providers; who++) {
            s->n_seats = 1;
            s->seats[0] = (struct tb_assignment){i, 1, who};
            if (!broken(s, false, &objective)) s->choices[k][s->n_choices[k]++] = who;
        }
        int n = s->n_choices[k];
        rosters *= 1 + n + (s->p->slots[i].need > 1 ? n * (n - 1) / 2 : 0);
        if (rosters > MOST_ROSTERS) return false;
    }
    s->n_seats = 0;
    return s->n_slots >= 2 && rosters > 4;
}

/* The first instance of the seed's sequence that is small enough and not trivial. */
static struct fx *instance(uint64_t seed, struct search *s)
{
    struct fx_dice dice = {seed * UINT64_C(0x9e3779b97f4a7c15) + 1};
    for (;;) {
        for (int i = 0; i < 8; i++) fx_next(&dice);
        struct fx *f = fx_draw(&dice);
        if (!f) continue;
        *s = (struct search){.p = f->problem};
        if (prepare(s)) return f;
        fx_free(f);
    }
}

/* ---- the comparison ------------------------------------------------------------------------- */

static long total_leaves, none, certified;
static int seen[2][32];
enum price { EITHER, SOFT_ONLY };
static const struct {
    const char *word;
    enum price price;
} types[] = {
#define RULE_TYPE(TYPE, name, word, price, ...) {word, price},
    TB_RULES(RULE_TYPE)
#undef RULE_TYPE
};

static void tally(const struct tb_region *r)
{
    for (int i = 0; i < r->n_rules; i++)
        for (size_t k = 0; k < TB_COUNT(types); k++)
            if (strcmp(r->rules[i].type, types[k].word) == 0) seen[tb_rule_hard(&r->rules[i])][k]++;
}

static void compare(const struct fx *f, const struct search *s)
{
    const struct tb_problem *p = f->problem;
    struct tb_err e = {0};
    struct tb_plan_opts o = {.seconds = 60};
    struct tb_plan_result r = {0};
    enum tb_code c = tb_plan_run(p, &o, &r, &e);
    if (c) print_message("# planner: %s\n", e.text);
    assert_int_equal(c, TB_OK);
    struct tb_verdict *v;
    tb_check(p, &r.roster, &v);
    bool surprise = s->any ? r.status != TB_PLAN_OPTIMAL || v->n_hard || r.objective != s->best ||
                                 v->objective != r.objective
                           : r.status != TB_PLAN_NONE;
    for (int i = 0; i < v->n_violations && surprise; i++) {
        struct tb_buf b = {0};
        tb_violation_text(p, &v->violations[i], &b);
        print_message("# %s: %s\n", v->violations[i].rule, tb_buf_str(&b));
        tb_buf_free(&b);
    }
    if (surprise)
        print_message("# enumerated %s %lld; planned %s %lld, its score %lld\n",
                      s->any ? "a best of" : "none", (long long)s->best, tb_plan_status_word(r.status),
                      (long long)r.objective, (long long)v->objective);
    if (!s->any) {
        none++;
        tb_verdict_free(v);
        assert_int_equal(r.status, TB_PLAN_NONE);
        tb_plan_result_free(&r);
        return;
    }
    assert_int_equal(r.status, TB_PLAN_OPTIMAL);
    assert_int_equal(v->n_hard, 0);
    assert_int_equal(v->objective, r.objective);
    assert_int_equal(tb_score(p, &r.roster), r.objective);
    assert_int_equal(r.objective, s->best);
    double elsewhere = 0;
    assert_true(cbc_optimum(p, &elsewhere));
    assert_int_equal((int64_t)elsewhere, r.objective);
    tb_verdict_free(v);
    if (r.certified) {
        struct tb_rows rows = {0};
        int64_t bound = 0;
        certified++;
        assert_int_equal(tb_plan_rows(p, &o, &rows, &e), TB_OK);
        c = tb_proof_bound(&rows, &r.certificate, &bound, &e);
        if (c) print_message("# proof: %s\n", e.text);
        assert_int_equal(c, TB_OK);
        assert_int_equal(bound, r.objective);
        tb_rows_free(&rows);
    }
    tb_plan_result_free(&r);
}

static void test_seed(void **state)
{
    uint64_t seed = *(const uint64_t *)*state;
    struct search s;
    struct fx *f = instance(seed, &s);
    tally(f->region);
    walk(&s, 0, 0, 0);
    total_leaves += s.leaves;
    if (getenv("TOBAN_SHOW_INSTANCE")) print_message("%s", tb_buf_str(&f->log));
    compare(f, &s);
    fx_free(f);
}

/* The suite would say nothing about a rule that its instances never hold. */
static void test_coverage(void **state)
{
    (void)state;
    for (size_t k = 0; k < TB_COUNT(types); k++) {
        bool soft_only = types[k].price == SOFT_ONLY;
        print_message("# %s: hard in %d instances, priced in %d\n", types[k].word, seen[1][k], seen[0][k]);
        assert_true(seen[0][k] > 0);
        assert_true(soft_only || seen[1][k] > 0);
    }
    print_message("# %ld rosters judged; %ld instances without any; %ld optima certified\n", total_leaves,
                  none, certified);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    int64_t first = 1, last = INSTANCES;
    bool given = argc == 3;
    if (given &&
        !(tb_parse_int(argv[1], 1, INT32_MAX, &first) && tb_parse_int(argv[2], first, INT32_MAX, &last)))
        return 2;
    size_t n = (size_t)(last - first + 1);
    struct CMUnitTest *tests = tb_xcalloc(n + 1, sizeof *tests);
    uint64_t *seeds = tb_xcalloc(n, sizeof *seeds);
    struct tb_arena names = {0};
    for (size_t i = 0; i < n; i++) {
        seeds[i] = (uint64_t)first + i;
        tests[i] = (struct CMUnitTest){tb_arena_printf(&names, "seed %llu", (unsigned long long)seeds[i]),
                                       test_seed, NULL, NULL, &seeds[i]};
    }
    tests[n] = (struct CMUnitTest){"every rule type occurs", test_coverage, NULL, NULL, NULL};
    int failed = _cmocka_run_group_tests("enumerate", tests, given ? n : n + 1, NULL, NULL);
    free(tests);
    free(seeds);
    tb_arena_free(&names);
    return failed ? 1 : 0;
}
