/*
 * t_engine: the solving engine against enumeration, against GLPK alone, with
 * each step on and off, at its limits, and its certificates recomputed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/mip/mip_int.h"
#include "t_engine_gen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int hush(void *info, const char *s)
{
    (void)info;
    (void)s;
    return 1;
}

/* --- folding ---------------------------------------------------------- */

static void test_fold(void **state)
{
    static const struct {
        int ret, lp, mip;
        bool limit;
        enum mip_outcome want;
    } t[] = {
        {0, GLP_OPT, GLP_OPT, false, MIP_OPTIMAL},
        {0, GLP_OPT, GLP_NOFEAS, false, MIP_INFEASIBLE},
        {0, GLP_OPT, GLP_FEAS, false, MIP_FEASIBLE},
        {0, GLP_OPT, GLP_UNDEF, false, MIP_OPTIMAL},
        {0, GLP_NOFEAS, GLP_UNDEF, false, MIP_INFEASIBLE},
        {0, GLP_UNBND, GLP_UNDEF, false, MIP_UNBOUNDED},
        {0, GLP_UNDEF, GLP_UNDEF, true, MIP_NOTHING},
        {0, GLP_INFEAS, GLP_UNDEF, false, MIP_ERROR},
        {0, GLP_FEAS, GLP_UNDEF, true, MIP_FEASIBLE},
        {GLP_ENOPFS, GLP_UNDEF, GLP_UNDEF, false, MIP_INFEASIBLE},
        {GLP_ENOPFS, GLP_UNDEF, GLP_NOFEAS, false, MIP_INFEASIBLE},
        {GLP_ENODFS, GLP_UNDEF, GLP_UNDEF, false, MIP_UNBOUNDED},
        {GLP_EROOT, GLP_NOFEAS, GLP_UNDEF, false, MIP_INFEASIBLE},
        {GLP_EROOT, GLP_UNBND, GLP_UNDEF, false, MIP_UNBOUNDED},
        {GLP_EROOT, GLP_UNDEF, GLP_UNDEF, true, MIP_NOTHING},
        {GLP_EROOT, GLP_UNDEF, GLP_UNDEF, false, MIP_ERROR},
        {GLP_ETMLIM, GLP_OPT, GLP_FEAS, true, MIP_FEASIBLE},
        {GLP_ETMLIM, GLP_OPT, GLP_UNDEF, true, MIP_NOTHING},
        {GLP_ESTOP, GLP_OPT, GLP_FEAS, true, MIP_FEASIBLE},
        {GLP_ESTOP, GLP_OPT, GLP_UNDEF, true, MIP_NOTHING},
        {GLP_EITLIM, GLP_FEAS, GLP_UNDEF, true, MIP_NOTHING},
        {GLP_EMIPGAP, GLP_OPT, GLP_FEAS, false, MIP_OPTIMAL},
        {GLP_EFAIL, GLP_UNDEF, GLP_UNDEF, false, MIP_ERROR},
        {GLP_EFAIL, GLP_OPT, GLP_FEAS, false, MIP_FEASIBLE},
        {GLP_EBADB, GLP_UNDEF, GLP_UNDEF, false, MIP_ERROR},
        {GLP_ESING, GLP_UNDEF, GLP_UNDEF, false, MIP_ERROR},
        {GLP_EBOUND, GLP_UNDEF, GLP_UNDEF, false, MIP_ERROR},
    };

    (void)state;
    for (size_t k = 0; k < sizeof t / sizeof *t; k++)
        if (mip_fold(t[k].ret, t[k].lp, t[k].mip, t[k].limit) != t[k].want)
            fail_msg("row %zu: %s, not %s", k,
                     mip_outcome_name(mip_fold(t[k].ret, t[k].lp, t[k].mip, t[k].limit)),
                     mip_outcome_name(t[k].want));
}

/* --- enumeration ------------------------------------------------------- */

/* A random program over few binaries: covers, at-most rows, steps, or anything. */
static glp_prob *small(unsigned seed)
{
    struct gen g = {0};
    int n, rows, kind;

    gen_seed(seed);
    n = 4 + gen_below(7);
    rows = 2 + gen_below(6);
    kind = gen_below(3);
    g.P = glp_create_prob();
    g.ind = calloc(64, sizeof *g.ind);
    g.val = calloc(64, sizeof *g.val);
    if (!gen_below(4)) glp_set_obj_dir(g.P, GLP_MAX);
    glp_set_obj_coef(g.P, 0, gen_below(5) - 2);
    for (int j = 0; j < n; j++) gen_col(&g, true, 1, (gen_below(21) - 10) * (kind == 2 ? 0.5 : 2));
    for (int i = 0; i < rows; i++) {
        for (int j = 1; j <= n; j++)
            if (!gen_below(2)) gen_put(&g, j, kind == 2 ? gen_below(9) - 4 : 1);
        if (!g.len) continue;
        if (kind == 2) {
            gen_row(&g, gen_below(2) ? GLP_UP : GLP_LO, gen_below(7) - 2);
        } else if (gen_below(3) == 0) {
            gen_row(&g, gen_below(4) ? GLP_LO : GLP_FX, 1);
        } else {
            gen_row(&g, GLP_UP, 1 + gen_below(2));
        }
    }
    if (kind == 1 && glp_get_obj_dir(g.P) == GLP_MIN)
        for (int c = 0; c < 2; c++) {
            for (int j = 1; j <= n; j++)
                if (!gen_below(2)) gen_put(&g, j, 1);
            gen_counter(&g, gen_below(300), 1, 8);
        }
    free(g.ind);
    free(g.val);
    return g.P;
}

/* Least cost of the continuous columns once the binaries are x: each is a step
 * of one counter here, cheapest first, so filling them in order is exact. */
static bool evaluate(glp_prob *P, unsigned x, int n, double *obj)
{
    int m = glp_get_num_rows(P), ind[128];
    double val[128];

    *obj = glp_get_obj_coef(P, 0);
    for (int j = 1; j <= n; j++)
        if (x >> (j - 1) & 1) *obj += glp_get_obj_coef(P, j);
    for (int i = 1; i <= m; i++) {
        int len = glp_get_mat_row(P, i, ind, val), steps = 0, order[128];
        double v = 0;

        for (int k = 1; k <= len; k++) {
            if (ind[k] > n)
                order[steps++] = ind[k];
            else if (x >> (ind[k] - 1) & 1)
                v += val[k];
        }
        if (steps) {
            for (int s = 1; s <= (int)(v + 0.5); s++) {
                int least = order[0];

                for (int k = 0; k < steps; k++) least = order[k] < least ? order[k] : least;
                *obj += glp_get_obj_coef(P, least + (s <= steps ? s : steps) - 1);
            }
            continue;
        }
        if (glp_get_row_type(P, i) != GLP_UP && v < glp_get_row_lb(P, i) - 1e-9) return false;
        if (glp_get_row_type(P, i) != GLP_LO && v > glp_get_row_ub(P, i) + 1e-9) return false;
    }
    return true;
}

static bool enumerate(glp_prob *P, double *best)
{
    int n = glp_get_num_bin(P);
    bool any = false;

    for (unsigned x = 0; x < 1u << n; x++) {
        double v;
        bool less;

        if (!evaluate(P, x, n, &v)) continue;
        less = glp_get_obj_dir(P) == GLP_MIN ? v < *best : v > *best;
        if (!any || less) *best = v;
        any = true;
    }
    return any;
}

/* The certificate, if there is one, must recompute and must not overstate. */
static void check_cert(glp_prob *P, const struct mip_result *r)
{
    double sense = glp_get_obj_dir(P) == GLP_MIN ? 1 : -1;
    int64_t bound = 0;

    if (!r->cert.scale) return;
    assert_true(mip_cert_check(P, &r->cert, &bound));
    assert_true(bound == r->cert.bound);
    if (r->x) assert_true((double)bound <= sense * (r->obj - glp_get_obj_coef(P, 0)) + 1e-6);
    if (r->proof == MIP_PROOF_CERTIFICATE)
        assert_true(fabs((double)bound - sense * (r->obj - glp_get_obj_coef(P, 0))) < 1e-6);
}

static void compare(glp_prob *P, unsigned off, unsigned seed, bool any, double best)
{
    struct mip_opts o = {.off = off};
    struct mip_result r = {0};

    mip_solve(P, &o, &r);
    if (!any) {
        if (r.outcome != MIP_INFEASIBLE)
            fail_msg("seed %u off %x: %s, not infeasible", seed, off, mip_outcome_name(r.outcome));
    } else if (r.outcome != MIP_OPTIMAL || fabs(r.obj - best) > 1e-6) {
        fail_msg("seed %u off %x: %s %g, not %g", seed, off, mip_outcome_name(r.outcome), r.obj, best);
    } else {
        assert_true(fabs(r.bound - best) < 1e-5);
    }
    check_cert(P, &r);
    mip_result_free(&r);
}

static void test_enumeration(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 400; seed++) {
        glp_prob *P = small(seed);
        double best = 0;
        bool any = enumerate(P, &best);

        compare(P, 0, seed, any, best);
        compare(P, seed % (1u << MIP_BRANCH), seed, any, best);
        compare(P, MIP_STOCK, seed, any, best);
        glp_delete_prob(P);
    }
}

/* --- rosters ------------------------------------------------------------ */

static double plain_optimum(glp_prob *P)
{
    glp_iocp cp;
    glp_prob *Q = glp_create_prob();
    double v;

    glp_term_hook(hush, NULL);
    glp_copy_prob(Q, P, GLP_OFF);
    glp_init_iocp(&cp);
    cp.presolve = GLP_ON;
    cp.clq_cuts = cp.mir_cuts = GLP_ON;
    assert_int_equal(glp_intopt(Q, &cp), 0);
    assert_int_equal(glp_mip_status(Q), GLP_OPT);
    v = glp_mip_obj_val(Q);
    glp_delete_prob(Q);
    glp_term_hook(NULL, NULL);
    return v;
}

static struct gen_size tiny(unsigned seed)
{
    struct gen_size z = gen_month((int)(seed * 7 % 50));

    z.scale = 5 + (int)(seed % 3) * 4;
    z.days = 6 + (int)(seed % 4);
    z.links = 4;
    return z;
}

static void test_rosters(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 24; seed++) {
        glp_prob *P = gen_make(tiny(seed), seed);
        double best = plain_optimum(P);

        compare(P, 0, seed, true, best);
        compare(P, 1u << seed % MIP_BRANCH, seed, true, best);
        glp_delete_prob(P);
    }
}

static void test_switches(void **state)
{
    glp_prob *P = gen_make(tiny(5), 77);
    double best = plain_optimum(P);

    (void)state;
    for (unsigned k = 0; k < MIP_BRANCH; k++) compare(P, 1u << k, k, true, best);
    for (unsigned k = 0; k < MIP_BRANCH; k++) compare(P, MIP_STOCK & ~(1u << k), k, true, best);
    glp_delete_prob(P);
}

/* The region's month: proven, certified, and the same on a second run. */
static void test_month(void **state)
{
    glp_prob *P = gen_make(gen_month(50), 50);
    struct mip_result a = {0}, b = {0};

    (void)state;
    mip_solve(P, NULL, &a);
    mip_solve(P, NULL, &b);
    assert_int_equal(a.outcome, MIP_OPTIMAL);
    assert_true(a.closed);
    check_cert(P, &a);
    assert_memory_equal(a.x + 1, b.x + 1, (size_t)a.n * sizeof *a.x);
    mip_result_free(&a);
    mip_result_free(&b);
    glp_delete_prob(P);
}

/* Two regions that share nobody are solved apart and joined. */
static void test_regions(void **state)
{
    struct gen_size z = gen_month(30);
    struct mip_result r = {0}, s = {0};
    struct mip_opts o = {0};
    glp_prob *P;

    (void)state;
    z.regions = 2;
    z.days = 16;
    P = gen_make(z, 9);
    mip_solve(P, NULL, &r);
    assert_int_equal(r.outcome, MIP_OPTIMAL);
    check_cert(P, &r);
    o.start = r.x;
    o.basis = &r.basis;
    mip_solve(P, &o, &s);
    assert_int_equal(s.outcome, MIP_OPTIMAL);
    assert_true(fabs(r.obj - s.obj) < 1e-6);
    mip_result_free(&s);
    o = (struct mip_opts){.off = 1u << MIP_BLOCKS};
    mip_solve(P, &o, &s);
    assert_int_equal(s.outcome, MIP_OPTIMAL);
    assert_true(fabs(r.obj - s.obj) < 1e-6);
    mip_result_free(&s);
    mip_result_free(&r);
    glp_delete_prob(P);
}

static void test_warm(void **state)
{
    glp_prob *P = gen_make(tiny(3), 3);
    struct mip_result a = {0}, b = {0};
    struct mip_opts o = {0};

    (void)state;
    mip_solve(P, NULL, &a);
    o.start = a.x;
    o.basis = &a.basis;
    mip_solve(P, &o, &b);
    assert_int_equal(b.outcome, MIP_OPTIMAL);
    assert_true(fabs(a.obj - b.obj) < 1e-6);
    mip_result_free(&b);
    /* after one change: a provider's day is gone */
    for (int j = 1; j <= a.n; j++)
        if (a.x[j] > 0.5 && glp_get_col_kind(P, j) == GLP_BV) {
            glp_set_col_bnds(P, j, GLP_FX, 0, 0);
            break;
        }
    mip_solve(P, &o, &b);
    assert_int_equal(b.outcome, MIP_OPTIMAL);
    assert_true(fabs(b.obj - plain_optimum(P)) < 1e-6);
    mip_result_free(&b);
    mip_result_free(&a);
    glp_delete_prob(P);
}

/* --- limits ------------------------------------------------------------- */

struct seen {
    int count;
    double last;
    bool worse;
    volatile sig_atomic_t *stop;
};

static void on_incumbent(void *arg, double obj, const double *x)
{
    struct seen *s = arg;

    assert_non_null(x);
    s->worse |= s->count && obj > s->last;
    s->last = obj;
    s->count++;
    if (s->stop) *s->stop = 1;
}

static void test_interrupt(void **state)
{
    volatile sig_atomic_t stop = 0;
    struct seen seen = {.stop = &stop};
    struct mip_opts o = {.interrupt = &stop, .on_incumbent = on_incumbent, .arg = &seen};
    struct mip_result r = {0};
    glp_prob *P = gen_make(gen_month(10), 1);

    (void)state;
    o.start = NULL;
    mip_solve(P, &o, &r);
    assert_true(seen.count >= 1);
    assert_non_null(r.x);
    assert_true(r.have_bound && r.bound <= r.obj + 1e-6);
    assert_true(r.outcome == MIP_FEASIBLE || r.outcome == MIP_OPTIMAL);
    mip_result_free(&r);
    /* already interrupted: nothing, and no claim about the program */
    mip_solve(P, &o, &r);
    assert_int_equal(r.outcome, MIP_NOTHING);
    assert_null(r.x);
    mip_result_free(&r);
    glp_delete_prob(P);
}

/* With a start solution, no limit is so short that nothing comes back. */
static void test_time_limit(void **state)
{
    glp_prob *P = gen_make(gen_month(10), 4);
    int n = glp_get_num_cols(P), m = glp_get_num_rows(P), ind[2000];
    double *x = calloc((size_t)n + 1, sizeof *x), val[2000];
    struct mip_opts o = {.time_limit = 0.05, .start = x};
    struct mip_result r = {0};

    (void)state;
    /* every seat open: the column of cost 4000000 in each cover row */
    for (int i = 1; i <= m; i++) {
        int len = glp_get_row_type(P, i) == GLP_FX ? glp_get_mat_row(P, i, ind, val) : 0;

        for (int k = 1; k <= len; k++)
            if (glp_get_obj_coef(P, ind[k]) > 3e6) x[ind[k]] = 1;
    }
    mip_solve(P, &o, &r);
    assert_non_null(r.x);
    assert_true(r.seconds < 3);
    assert_true(!r.have_bound || r.bound <= r.obj + 1e-6);
    mip_result_free(&r);
    free(x);
    glp_delete_prob(P);
}

static void test_gap_limit(void **state)
{
    glp_prob *P = gen_make(gen_month(30), 2);
    struct mip_opts o = {.gap_limit = 0.05};
    struct mip_result r = {0};

    (void)state;
    mip_solve(P, &o, &r);
    assert_int_equal(r.outcome, MIP_OPTIMAL);
    assert_true(r.gap <= 0.05);
    mip_result_free(&r);
    glp_delete_prob(P);
}

/* --- general programs ----------------------------------------------------- */

static void solve_to(glp_prob *P, enum mip_outcome want, double obj)
{
    struct mip_result r = {0};

    mip_solve(P, NULL, &r);
    assert_string_equal(mip_outcome_name(r.outcome), mip_outcome_name(want));
    if (want == MIP_OPTIMAL) assert_true(fabs(r.obj - obj) < 1e-6);
    check_cert(P, &r);
    mip_result_free(&r);
}

static void test_shapes(void **state)
{
    struct gen g = {0};
    int ind[8];
    double val[8];
    int j;

    (void)state;
    g.ind = ind;
    g.val = val;
    /* integers that are not binary, a free column, a constant, maximise */
    g.P = glp_create_prob();
    glp_set_obj_dir(g.P, GLP_MAX);
    glp_set_obj_coef(g.P, 0, 7);
    j = gen_col(&g, false, 10, 3);
    glp_set_col_kind(g.P, j, GLP_IV);
    j = gen_col(&g, false, 2.5, 2);
    glp_set_col_kind(g.P, j, GLP_IV); /* bounds 0..2.5 */
    j = gen_col(&g, false, 0, -1);
    glp_set_col_bnds(g.P, j, GLP_FR, 0, 0);
    gen_put(&g, 1, 2);
    gen_put(&g, 2, 2);
    gen_row(&g, GLP_UP, 9);
    gen_put(&g, 3, 1);
    gen_put(&g, 1, -0.5);
    gen_row(&g, GLP_LO, -1.25);
    solve_to(g.P, MIP_OPTIMAL, 7 + 3 * 4 - (-1.25 + 2));
    /* unbounded below once the row goes */
    glp_set_row_bnds(g.P, 2, GLP_FR, 0, 0);
    solve_to(g.P, MIP_UNBOUNDED, 0);
    /* infeasible only in integers */
    glp_erase_prob(g.P);
    gen_col(&g, true, 1, 1);
    gen_col(&g, true, 1, 1);
    gen_put(&g, 1, 2);
    gen_put(&g, 2, 2);
    gen_row(&g, GLP_FX, 1);
    solve_to(g.P, MIP_INFEASIBLE, 0);
    /* crossed rows */
    glp_set_row_bnds(g.P, 1, GLP_LO, 5, 0);
    solve_to(g.P, MIP_INFEASIBLE, 0);
    /* no rows at all */
    glp_erase_prob(g.P);
    gen_col(&g, true, 1, -3);
    gen_col(&g, true, 1, 2);
    solve_to(g.P, MIP_OPTIMAL, -3);
    /* nothing at all */
    glp_erase_prob(g.P);
    glp_set_obj_coef(g.P, 0, 4);
    solve_to(g.P, MIP_OPTIMAL, 4);
    /* rows and columns, but an empty row that cannot hold */
    gen_col(&g, true, 1, 1);
    glp_add_rows(g.P, 1);
    glp_set_row_bnds(g.P, 1, GLP_LO, 1, 0);
    solve_to(g.P, MIP_INFEASIBLE, 0);
    glp_delete_prob(g.P);
}

/* --- certificates --------------------------------------------------------- */

static void test_planted(void **state)
{
    glp_prob *P = gen_make(tiny(2), 2);
    struct mip_result r = {0};
    int64_t bound = 0, was;
    int members[2] = {1, 2}, start[2] = {0, 2};
    int64_t y[1] = {-1};
    struct mip_cert k;

    (void)state;
    mip_solve(P, NULL, &r);
    assert_true(r.cert.scale > 0);
    assert_true(mip_cert_check(P, &r.cert, &bound));
    was = bound;
    /* a dual moved: another bound, never a better one than the optimum */
    for (int i = 1; i <= r.cert.m; i++) {
        r.cert.y[i] += 5000000;
        if (mip_cert_check(P, &r.cert, &bound))
            assert_true((double)bound <= r.obj + 1e-6 - glp_get_obj_coef(P, 0));
        r.cert.y[i] -= 10000000;
        if (mip_cert_check(P, &r.cert, &bound))
            assert_true((double)bound <= r.obj + 1e-6 - glp_get_obj_coef(P, 0));
        r.cert.y[i] += 5000000;
    }
    assert_true(mip_cert_check(P, &r.cert, &bound) && bound == was);
    /* an at-most row with a dual of the wrong sign is refused */
    for (int i = 1; i <= r.cert.m; i++)
        if (glp_get_row_type(P, i) == GLP_UP) {
            int64_t old = r.cert.y[i];

            r.cert.y[i] = 1000;
            assert_false(mip_cert_check(P, &r.cert, &bound));
            r.cert.y[i] = old;
            break;
        }
    /* two columns that do not exclude each other are not a clique */
    k = r.cert;
    for (members[1] = 2; glp_get_col_kind(P, members[1]) != GLP_BV || members[1] < glp_get_num_cols(P) / 2;
         members[1]++)
        ;
    k.cliques = 1;
    k.start = start;
    k.member = members;
    k.clique_y = y;
    assert_false(mip_cert_check(P, &k, &bound));
    /* another scale means other duals */
    k = r.cert;
    k.scale = 0;
    assert_false(mip_cert_check(P, &k, &bound));
    /* coefficients that are not integers: no certificate */
    glp_set_obj_coef(P, 1, 0.25);
    assert_false(mip_cert_check(P, &r.cert, &bound));
    mip_result_free(&r);
    mip_solve(P, NULL, &r);
    assert_true(r.cert.scale == 0);
    mip_result_free(&r);
    glp_delete_prob(P);
}

/* Three pairwise exclusions: 1.5 without the clique row, 1 with it. */
static void test_clique(void **state)
{
    struct gen g = {0};
    int ind[8];
    double val[8];
    struct mip_result r = {0};

    (void)state;
    g.ind = ind;
    g.val = val;
    g.P = glp_create_prob();
    for (int j = 0; j < 3; j++) gen_col(&g, true, 1, -1);
    for (int j = 1; j <= 3; j++) {
        gen_put(&g, j, 1);
        gen_put(&g, j % 3 + 1, 1);
        gen_row(&g, GLP_UP, 1);
    }
    mip_solve(g.P, NULL, &r);
    assert_true(fabs(r.obj + 1) < 1e-9);
    check_cert(g.P, &r);
    assert_int_equal(r.proof, MIP_PROOF_CERTIFICATE);
    mip_result_free(&r);
    glp_delete_prob(g.P);
}

/* --- absent columns ------------------------------------------------------- */

/* A relaxation of P with the columns whose bits are set in have, all rows, and
 * the first column held at the given bounds, up to a limit. */
static enum mip_lp_status relax(glp_prob *P, unsigned have, double lo, double up, double limit, int *ncols)
{
    struct mip_opts o = {0};
    struct mip_result r = {0};
    struct mip_run u = {.o = &o, .r = &r, .deadline = HUGE_VAL};
    struct mip_program *p = mip_program_new(P);
    struct mip_lp *l;
    enum mip_lp_status st;
    bool take[16] = {false};

    u.p = p;
    for (int j = 1; j <= p->n; j++) take[j] = have >> j & 1;
    l = mip_lp_new(&u, p->lo, p->up, take);
    for (int i = 1; i <= p->m; i++) mip_lp_row(l, i);
    mip_lp_bounds(l, 1, lo, up);
    st = mip_relax(l, limit);
    *ncols = l->ncols;
    mip_lp_free(l);
    mip_program_free(p);
    return st;
}

/* "Too dear" and "impossible" are said only when no absent column helps, and those
 * that help enter, whichever way their row is broken. */
static void test_absent(void **state)
{
    struct gen g = {0};
    int ind[8], n;
    double val[8];

    (void)state;
    g.ind = ind;
    g.val = val;
    g.P = glp_create_prob();
    for (int j = 1; j <= 3; j++) gen_col(&g, true, 1, 10 * j);
    for (int j = 1; j <= 3; j++) gen_put(&g, j, 1);
    gen_row(&g, GLP_LO, 1); /* at least one of the three */
    gen_put(&g, 1, 1);
    gen_put(&g, 2, -1);
    gen_row(&g, GLP_UP, 0); /* the first only with the second */
    gen_put(&g, 1, 1);
    gen_put(&g, 3, 1);
    gen_row(&g, GLP_UP, 1); /* not the first and the third */
    /* the first is out: the second (20) or the third (30) */
    assert_int_equal(relax(g.P, 1 << 1, 0, 0, HUGE_VAL, &n), MIP_LP_OPT);
    assert_int_equal(n, 3);
    assert_int_equal(relax(g.P, 1 << 1 | 1 << 3, 0, 0, 25, &n), MIP_LP_OPT);
    assert_int_equal(relax(g.P, 1 << 1 | 1 << 3, 0, 0, 19, &n), MIP_LP_OVER);
    assert_int_equal(n, 3);
    /* the first is in: only the second mends that, the third does not enter */
    assert_int_equal(relax(g.P, 1 << 1, 1, 1, HUGE_VAL, &n), MIP_LP_OPT);
    assert_int_equal(n, 2);
    /* nothing helps */
    glp_set_col_bnds(g.P, 2, GLP_FX, 0, 0);
    assert_int_equal(relax(g.P, 1 << 1, 1, 1, HUGE_VAL, &n), MIP_LP_INFEASIBLE);
    assert_int_equal(n, 1);
    glp_delete_prob(g.P);
}

/* --- counters --------------------------------------------------------------- */

/* Relaxations that a dive solves until it is sure that nothing costs 0. */
static long refute(glp_prob *P, bool counters)
{
    struct mip_opts o = {0};
    struct mip_result r = {0};
    struct mip_run u = {.o = &o, .r = &r, .deadline = HUGE_VAL};
    struct mip_dive d = {.limit = 1e-5, .threshold = 0.85, .counters = counters, .max_iterations = 10000};
    struct mip_program *p = mip_program_new(P);
    bool *take = calloc((size_t)p->n + 1, sizeof *take);
    struct mip_lp *l;

    u.p = p;
    for (int j = 1; j <= p->n; j++) take[j] = true;
    l = mip_lp_new(&u, p->lo, p->up, take);
    for (int i = 1; i <= p->m; i++) mip_lp_row(l, i);
    assert_int_equal(mip_lp_simplex(l, false, HUGE_VAL), MIP_LP_OPT);
    mip_lp_fetch(l);
    assert_true(mip_dive(l, &d) != MIP_DIVE_FOUND);
    mip_lp_free(l);
    mip_program_free(p);
    free(take);
    return d.solves;
}

/* Days shared among people in proportions that whole days cannot keep, nobody on
 * two days running: the relaxation keeps them exactly, any two people can swap days,
 * and only the numbers of days say at once what cannot be. */
static void test_counters(void **state)
{
    enum { PEOPLE = 7, DAYS = 40, APART = PEOPLE + 1 };
    struct gen g = {0};
    int ind[DAYS + 4];
    double val[DAYS + 4];
    struct mip_result r = {0};
    long with, without;

    (void)state;
    g.ind = ind;
    g.val = val;
    g.P = glp_create_prob();
    for (int i = 1; i <= APART; i++) glp_set_col_kind(g.P, gen_col(&g, false, DAYS, i == APART), GLP_IV);
    for (int k = 0; k < PEOPLE * DAYS; k++) gen_col(&g, true, 1, 0);
    for (int d = 0; d < DAYS; d++) {
        for (int i = 0; i < PEOPLE; i++) gen_put(&g, APART + 1 + d * PEOPLE + i, 1);
        gen_row(&g, GLP_FX, 1);
    }
    for (int i = 1; i <= PEOPLE; i++) {
        for (int d = 0; d < DAYS; d++) gen_put(&g, APART + d * PEOPLE + i, 1);
        gen_put(&g, i, -1);
        gen_row(&g, GLP_FX, 0);
        for (int d = 1; d < DAYS; d++) {
            gen_put(&g, APART + (d - 1) * PEOPLE + i, 1);
            gen_put(&g, APART + d * PEOPLE + i, 1);
            gen_row(&g, GLP_UP, 1);
        }
        for (int s = -1; i > 1 && s <= 1; s += 2) {
            gen_put(&g, i, 100 * s);
            gen_put(&g, 1, -s * (110 - 10 * i));
            gen_put(&g, APART, -100);
            gen_row(&g, GLP_UP, 0);
        }
    }
    with = refute(g.P, true);
    without = refute(g.P, false);
    if (!(with <= 8 && with < without))
        fail_msg("%ld relaxations with counters first, %ld without", with, without);
    mip_solve(g.P, NULL, &r);
    assert_int_equal(r.outcome, MIP_OPTIMAL);
    assert_true(fabs(r.obj - 1) < 1e-9);
    mip_result_free(&r);
    glp_delete_prob(g.P);
}

/* So many rings of five, in each of which neighbours exclude each other, and seats that pay for what is too
 * long: minutes * (two seats) - 60 * hours <= minutes free.  The relaxation takes half of each ring, and pays
 * by the minute. */
static glp_prob *rings(int count)
{
    glp_prob *P = glp_create_prob();
    int ind[6], n = 5 * count;
    double one[6] = {0, 1, 1, 1, 1, 1}, hours[6] = {0, 1125, 1125, -60};

    glp_set_obj_dir(P, GLP_MIN);
    glp_add_cols(P, n + count);
    for (int j = 1; j <= n + count; j++) {
        glp_set_col_kind(P, j, GLP_IV);
        glp_set_col_bnds(P, j, GLP_DB, 0, j <= n ? 1 : 50);
        glp_set_obj_coef(P, j, j <= n ? -100 : 4);
    }
    for (int t = 0; t < count; t++) {
        for (int e = 0; e < 5; e++) {
            int r = glp_add_rows(P, 1);

            ind[1] = 5 * t + e + 1;
            ind[2] = 5 * t + (e + 1) % 5 + 1;
            glp_set_mat_row(P, r, 2, ind, one);
            glp_set_row_bnds(P, r, GLP_UP, 0, 1);
        }
        int r = glp_add_rows(P, 1);

        ind[1] = 5 * t + 1;
        ind[2] = 5 * t + 3;
        ind[3] = n + t + 1;
        glp_set_mat_row(P, r, 3, ind, hours);
        glp_set_row_bnds(P, r, GLP_UP, 0, 240);
    }
    return P;
}

/* Halves close at the root what a relaxation leaves half open: nothing is dived for or branched on. */
static void test_halves(void **state)
{
    const unsigned off = 1u << MIP_DIVE | 1u << MIP_FREE | 1u << MIP_BRANCH | 1u << MIP_BLOCKS;
    glp_prob *P = rings(6);
    double start[37] = {0};
    struct mip_opts o = {.off = off, .start = start};
    struct mip_result r;

    (void)state;
    for (int t = 0; t < 6; t++)
        start[5 * t + 2] = start[5 * t + 4] = 1; /* two of each ring, none of whom pays */
    assert_int_equal(mip_solve(P, &o, &r), MIP_OPTIMAL);
    assert_true(fabs(r.obj + 1200) < 1e-6 && fabs(r.bound + 1200) < 1e-6);
    assert_true(r.root_bound < -1210 && r.nodes == 0);
    assert_int_equal(r.proof, MIP_PROOF_SEARCH); /* a certificate has no halves */
    mip_result_free(&r);
    o.off |= 1u << MIP_CLIQUE;
    assert_int_equal(mip_solve(P, &o, &r), MIP_FEASIBLE);
    assert_true(r.bound < -1210);
    mip_result_free(&r);
    glp_delete_prob(P);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold),       cmocka_unit_test(test_enumeration),
        cmocka_unit_test(test_rosters),    cmocka_unit_test(test_switches),
        cmocka_unit_test(test_month),      cmocka_unit_test(test_regions),
        cmocka_unit_test(test_warm),       cmocka_unit_test(test_interrupt),
        cmocka_unit_test(test_time_limit), cmocka_unit_test(test_gap_limit),
        cmocka_unit_test(test_shapes),     cmocka_unit_test(test_planted),
        cmocka_unit_test(test_clique),     cmocka_unit_test(test_absent),
        cmocka_unit_test(test_counters),   cmocka_unit_test(test_halves),
    };
    int failed = cmocka_run_group_tests_name("engine", tests, NULL, NULL);

    glp_free_env();
    return failed;
}
