/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * whatif: how long "and if not he?" takes. For every k-th seat of the latest draft of a period: the optimum
 * without the one who sits there, from nothing and from the last basis. Prints one JSON line; fails when the
 * two optima differ.
 *
 *   whatif DATA-FILE PERIOD COUNT TOBAN
 */
#include "toban/app/app.h"
#include "toban/plan/plan.h"

#include <stdio.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc != 5) return 2;
    struct tb_err e = {0};
    struct tb_app app = {.db = argv[1], .plan = {.self = argv[4]}};
    struct tb_app_draft d;
    struct tb_plan_result first;
    int count = (int)strtol(argv[3], NULL, 10), n = 0, different = 0;
    if (count < 1 || tb_app_open_draft(&app, 0, argv[2], false, &d, &e) ||
        tb_plan_run(d.problem, &app.plan, &first, &e)) {
        fprintf(stderr, "%s\n", e.text);
        return 1;
    }
    double *cold = tb_xcalloc((size_t)count + 1, sizeof *cold),
           *warm = tb_xcalloc((size_t)count + 1, sizeof *warm);
    for (int k = 0; k < count; k++) {
        const struct tb_assignment *a = &first.roster.a[(size_t)k * (size_t)first.roster.n / (size_t)count];
        struct tb_plan_fix fix = {a->slot, a->provider, false};
        struct tb_plan_opts o = {.self = argv[4], .fix = &fix, .n_fix = 1};
        struct tb_plan_result r, w;
        if (tb_plan_run(d.problem, &o, &r, &e)) break;
        o.from = &first.basis;
        o.begin = &first.roster;
        if (tb_plan_run(d.problem, &o, &w, &e)) break;
        cold[n] = r.seconds_solve;
        warm[n++] = w.seconds_solve;
        different += r.objective != w.objective || r.status != TB_PLAN_OPTIMAL || w.status != TB_PLAN_OPTIMAL;
        tb_plan_result_free(&r);
        tb_plan_result_free(&w);
    }
    qsort(cold, (size_t)n, sizeof *cold, by_value);
    qsort(warm, (size_t)n, sizeof *warm, by_value);
    printf("{\"questions\":%d,\"different\":%d,\"cold\":%.4f,\"warm\":%.4f,\"warm_worst\":%.4f}\n", n,
           different, cold[n / 2], warm[n / 2], warm[n - 1]);
    if (n < count) fprintf(stderr, "%s\n", e.text);
    return n < count || different;
}
