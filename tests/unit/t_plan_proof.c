/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two hands, one number: what the planner says a roster costs is what check and score count, and what its
 * certificate proves is what the checker of proofs makes of it, on random regions larger than those that can
 * be enumerated.
 *
 *   t_plan_proof                 the seeds of the suite
 *   t_plan_proof FIRST LAST      other seeds; a failure prints the seed
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

static struct seeds {
    uint64_t first, last;
    bool given;
} seeds = {.first = 1, .last = 60};

/* Regions on which the hands did not agree once. */
static const uint64_t kept[] = {
    80,   105,  172,  242,  558,  /* a provider given from outside whose person has an account */
    1690, 4792, 6550, 7386,       /* a bound rounded up by the planner and not by the checker */
    1167, 1318, 2346, 4343, 4746, /* a limit of hours whose seats other rules have all taken away */
};

static struct {
    int planned, optimal, certified, open, none;
} tally;

static struct fx *region(uint64_t seed)
{
    struct fx_dice d = {seed * UINT64_C(0x9e3779b97f4a7c15) + 1};
    for (;;) {
        for (int i = 0; i < 8; i++) fx_next(&d);
        struct fx *f = fx_draw_wide(&d);
        if (f) return f;
    }
}

/* The bound by both ways to the rows. */
static int proof_faults(const struct fx *f, const struct tb_plan_result *r, uint64_t seed)
{
    struct tb_rows rows = {0};
    struct tb_plan_opts o = {.seconds = 10};
    struct tb_err e = {0};
    int64_t solved = 0, translated = 0;
    if (tb_plan_rows(f->problem, &o, &rows, &e) ||
        tb_proof_bound(&r->program, &r->certificate, &solved, &e) ||
        tb_proof_bound(&rows, &r->certificate, &translated, &e)) {
        tb_rows_free(&rows);
        print_message("# seed %llu: %s\n", (unsigned long long)seed, e.text);
        return 1;
    }
    tb_rows_free(&rows);
    if (solved == r->objective && translated == r->objective) return 0;
    print_message("# seed %llu: objective %lld, told as proven; the proof says %lld and %lld\n",
                  (unsigned long long)seed, (long long)r->objective, (long long)solved,
                  (long long)translated);
    return 1;
}

static int faults_of(const struct fx *f, uint64_t seed)
{
    struct tb_plan_opts o = {.seconds = 2};
    struct tb_plan_result r;
    struct tb_err e = {0};
    enum tb_code c = tb_plan_run(f->problem, &o, &r, &e);
    if (c) {
        print_message("# seed %llu: %s\n", (unsigned long long)seed, e.text);
        return 1;
    }
    tally.planned++;
    tally.none += r.status == TB_PLAN_NONE;
    int faults = 0;
    if (r.status != TB_PLAN_NONE) {
        struct tb_verdict *v;
        tb_check(f->problem, &r.roster, &v);
        int64_t score = tb_score(f->problem, &r.roster);
        tally.optimal += r.status == TB_PLAN_OPTIMAL;
        tally.open += r.status == TB_PLAN_FEASIBLE;
        tally.certified += r.certified;
        if (r.status == TB_PLAN_FEASIBLE)
            print_message("# seed %llu: open, objective %lld, bound %lld\n", (unsigned long long)seed,
                          (long long)r.objective, (long long)r.bound);
        if (*r.doubt) print_message("# seed %llu: %s\n", (unsigned long long)seed, r.doubt);
        faults += *r.doubt != 0;
        if (v->n_hard || v->objective != r.objective || score != r.objective) {
            faults++;
            print_message("# seed %llu: planned %lld, check %lld (%d hard broken), score %lld\n",
                          (unsigned long long)seed, (long long)r.objective, (long long)v->objective,
                          v->n_hard, (long long)score);
        }
        if (r.certified) faults += proof_faults(f, &r, seed);
        tb_verdict_free(v);
    }
    tb_plan_result_free(&r);
    return faults;
}

static int faults_at(uint64_t seed)
{
    struct fx *f = region(seed);
    int faults = faults_of(f, seed);
    if (faults && getenv("TOBAN_SHOW_INSTANCE")) print_message("%s", tb_buf_str(&f->log));
    fx_free(f);
    return faults;
}

static void both_hands_say_the_same(void **state)
{
    (void)state;
    int faults = 0;
    for (size_t i = 0; i < TB_COUNT(kept) && !seeds.given; i++) faults += faults_at(kept[i]);
    for (uint64_t seed = seeds.first; seed <= seeds.last; seed++) faults += faults_at(seed);
    print_message("# %d planned: %d optimal, %d of them certified, %d left open, %d without a roster\n",
                  tally.planned, tally.optimal, tally.certified, tally.open, tally.none);
    assert_int_equal(faults, 0);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "toban-solve") == 0) return tb_plan_child_main(argc, argv);
    int64_t first, last;
    if (argc == 3 && tb_parse_int(argv[1], 1, INT32_MAX, &first) &&
        tb_parse_int(argv[2], first, INT32_MAX, &last))
        seeds = (struct seeds){(uint64_t)first, (uint64_t)last, true};
    else if (argc != 1)
        return 2;
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_hands_say_the_same)};
    return cmocka_run_group_tests_name("two hands", tests, NULL, NULL);
}
