/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bound of a certificate: right ones hold, each kind of wrong one is refused; certificates as text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "plan/bound.h"
#include "toban/domain/check.h"

/* A program typed in as a table: rows are "lower upper | column:coefficient ...". */
struct program {
    int n_cols;
    int64_t cost[8], lower[8], upper[8];
    bool integral[8];
    int n_rows;
    int64_t row_lower[8], row_upper[8];
    int start[9], col[32];
    int64_t coef[32];
};

static struct tb_rows rows_of(struct program *p)
{
    return (struct tb_rows){p->n_cols,    p->cost,      p->lower, p->upper, p->integral, p->n_rows,
                            p->row_lower, p->row_upper, p->start, p->col,   p->coef};
}

static void column(struct program *p, int64_t cost, int64_t lower, int64_t upper, bool integral)
{
    int j = p->n_cols++;
    p->cost[j] = cost;
    p->lower[j] = lower;
    p->upper[j] = upper;
    p->integral[j] = integral;
}

static void row(struct program *p, int64_t lower, int64_t upper, int n, const int *col, const int64_t *coef)
{
    int i = p->n_rows++, at = p->start[i];
    p->row_lower[i] = lower;
    p->row_upper[i] = upper;
    for (int k = 0; k < n; k++) {
        p->col[at + k] = col[k];
        p->coef[at + k] = coef[k];
    }
    p->start[i + 1] = at + n;
}

#define ROW(p, lower, upper, n, cols, coefs) \
    row(p, lower, upper, n, (const int[])cols, (const int64_t[])coefs)
#define L(...) \
    { \
        __VA_ARGS__ \
    }

static enum tb_code bound_of(struct program *p, const struct tb_certificate *c, int64_t *bound,
                             struct tb_err *e)
{
    struct tb_rows r = rows_of(p);
    return tb_proof_bound(&r, c, bound, e);
}

/* Cover one seat at least, two people, costs 5 and 7; never both. */
static struct program cover(void)
{
    struct program p = {0};
    column(&p, 5, 0, 1, true);
    column(&p, 7, 0, 1, true);
    ROW(&p, 1, TB_INF, 2, L(0, 1), L(1, 1));
    ROW(&p, TB_NEG_INF, 1, 2, L(0, 1), L(1, 1));
    return p;
}

static void test_bound(void **state)
{
    (void)state;
    struct program p = cover();
    int64_t bound = 0;
    struct tb_err e = {0};
    int r[1] = {0};
    int64_t y[1] = {5000};
    struct tb_certificate c = {.scale = 1000, .n = 1, .row = r, .y = y};
    assert_int_equal(bound_of(&p, &c, &bound, &e), TB_OK);
    assert_int_equal(bound, 5);
    y[0] = 6000; /* more than the cheapest costs: the first column then comes off at its upper bound */
    assert_int_equal(bound_of(&p, &c, &bound, &e), TB_OK);
    assert_int_equal(bound, 5);
    y[0] = 4001; /* 4.001 is rounded up: all is integral */
    assert_int_equal(bound_of(&p, &c, &bound, &e), TB_OK);
    assert_int_equal(bound, 5);
    c.n = 0; /* nothing said: the costs alone */
    assert_int_equal(bound_of(&p, &c, &bound, &e), TB_OK);
    assert_int_equal(bound, 0);
}

static void test_negative_bound(void **state)
{
    (void)state;
    struct program p = cover();
    p.cost[0] = -5;
    p.cost[1] = -7;
    int64_t bound = 0, y[1] = {-6500};
    int r[1] = {1};
    struct tb_certificate c = {.scale = 1000, .n = 1, .row = r, .y = y};
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, -7);
    y[0] = -6999; /* -6.999 - 0.001: exactly -7 */
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, -7);
    y[0] = -7001; /* -7.001 may be rounded up */
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, -7);
}

static void refused(struct program *p, const struct tb_certificate *c, const char *word)
{
    int64_t bound = 4711;
    struct tb_err e = {0};
    tb_lang_set(TB_EN);
    assert_int_equal(bound_of(p, c, &bound, &e), TB_NO);
    assert_int_equal(bound, 4711);
    if (!strstr(e.text, word)) print_message("# %s\n", e.text);
    assert_non_null(strstr(e.text, word));
}

static void test_signs(void **state)
{
    (void)state;
    struct program p = cover();
    int r[1] = {0};
    int64_t y[1] = {-1};
    struct tb_certificate c = {.scale = 1, .n = 1, .row = r, .y = y};
    refused(&p, &c, "no bound on the side"); /* row 0 has no upper bound */
    r[0] = 1;
    y[0] = 1;
    refused(&p, &c, "no bound on the side"); /* row 1 has no lower bound */
    r[0] = 2;
    refused(&p, &c, "no row");
    r[0] = -1;
    refused(&p, &c, "no row");
    r[0] = 0;
    c.scale = 0;
    refused(&p, &c, "scale");
    c.scale = 1;
    c.n = -1;
    refused(&p, &c, "negative");
}

static void test_infinite_column(void **state)
{
    (void)state;
    struct program p = {0};
    column(&p, 3, 0, TB_INF, true);
    ROW(&p, 2, TB_INF, 1, L(0), L(1));
    int r[1] = {0};
    int64_t y[1] = {3}, bound = 0;
    struct tb_certificate c = {.scale = 1, .n = 1, .row = r, .y = y};
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, 6);
    y[0] = 4; /* a negative rest against no upper bound */
    refused(&p, &c, "has no bound");
    p.lower[0] = TB_NEG_INF;
    y[0] = 2; /* a positive rest against no lower bound */
    refused(&p, &c, "has no bound");
}

/* Three people, pairwise exclusive by rows of two: the rows allow 3/2 of them, the clique 1. */
static struct program triangle(void)
{
    struct program p = {0};
    for (int j = 0; j < 3; j++) column(&p, -10, 0, 1, true);
    ROW(&p, TB_NEG_INF, 1, 2, L(0, 1), L(1, 1));
    ROW(&p, TB_NEG_INF, 1, 2, L(1, 2), L(2, 1));
    ROW(&p, 0, 1, 2, L(0, 2), L(1, 1));
    return p;
}

static void test_clique(void **state)
{
    (void)state;
    struct program p = triangle();
    int start[2] = {0, 3}, col[3] = {0, 1, 2};
    int64_t y[1] = {-10}, bound = 0;
    struct tb_certificate c = {
        .scale = 1, .n_cliques = 1, .clique_start = start, .clique_col = col, .clique_y = y};
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, -10);
    y[0] = 1;
    refused(&p, &c, "positive");
    y[0] = -10;
    struct program q = triangle();
    q.row_upper[1] = 2; /* no longer exclusive */
    refused(&q, &c, "not a clique");
    q = triangle();
    q.coef[q.start[2]] = 0;
    refused(&q, &c, "not a clique");
    q = triangle();
    q.lower[2] = -1; /* a column that may be negative makes room for the others */
    refused(&q, &c, "not a clique");
    q = triangle();
    q.integral[0] = false; /* halves of both would do */
    refused(&q, &c, "not a clique");
    col[2] = 1; /* the same column twice */
    refused(&p, &c, "not a clique");
    col[2] = 3;
    refused(&p, &c, "no column");
}

static void test_clique_of_one(void **state)
{
    (void)state;
    struct program p = {0};
    column(&p, -4, 0, 3, true);
    int start[2] = {0, 1}, col[1] = {0};
    int64_t y[1] = {-4}, bound = 0;
    struct tb_certificate c = {
        .scale = 1, .n_cliques = 1, .clique_start = start, .clique_col = col, .clique_y = y};
    refused(&p, &c, "not a clique");
    p.upper[0] = 1;
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, -4);
}

/* Two shifts x, one step s that counts them: s - x0 - x1 = 0. */
static struct program stepped(int64_t coef)
{
    struct program p = {0};
    column(&p, 0, 0, 1, true);
    column(&p, 0, 0, 1, true);
    column(&p, 3, 0, 2, false);
    ROW(&p, 0, 0, 3, L(2, 0, 1), L(coef, -1, -1));
    ROW(&p, 1, TB_INF, 2, L(0, 1), L(1, 1));
    return p;
}

static void test_rounding(void **state)
{
    (void)state;
    int r[2] = {0, 1};
    int64_t y[2] = {29, 29}, bound = 0;
    struct tb_certificate c = {.scale = 10, .n = 2, .row = r, .y = y};
    struct program p = stepped(1);
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, 3); /* 2.9, and the optimum is an integer */
    p = stepped(2);             /* 2 s = x0 + x1 = 1: the optimum is 1.5 */
    y[0] = y[1] = 15;
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, 1);
    p.cost[2] = -3;
    p.row_lower[1] = TB_NEG_INF;
    p.row_upper[1] = 1;
    y[0] = y[1] = -15;
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, -2); /* -1.5 rounded down */
}

/* Three columns that are not integral, each two of them in a row: x = y = z = 1/2 at the optimum. */
static void test_rounding_in_a_ring(void **state)
{
    (void)state;
    struct program p = {0};
    for (int j = 0; j < 3; j++) column(&p, 1, 0, 1, false);
    ROW(&p, 1, TB_INF, 2, L(0, 1), L(1, 1));
    ROW(&p, 1, TB_INF, 2, L(1, 2), L(1, 1));
    ROW(&p, 1, TB_INF, 2, L(0, 2), L(1, 1));
    int r[3] = {0, 1, 2};
    int64_t y[3] = {5, 5, 5}, bound = 0;
    struct tb_certificate c = {.scale = 10, .n = 3, .row = r, .y = y};
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, 1); /* 1.5 stays below 2: fractions are allowed here */
    for (int j = 0; j < 3; j++) p.integral[j] = true;
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, 2);
}

/* Two steps of a load that another load is made of: the same two rows, a ring, yet a network. Costs are
 * multiples of 10. */
static void test_rounding_of_steps_within_steps(void **state)
{
    (void)state;
    struct program p = {0};
    column(&p, 0, 0, 1, true);
    column(&p, 10, 0, 1, false);
    column(&p, 30, 0, 1, false);
    column(&p, 20, 0, 2, false);
    ROW(&p, 0, 0, 3, L(0, 1, 2), L(1, -1, -1));
    ROW(&p, 0, 0, 3, L(1, 2, 3), L(1, 1, -1));
    ROW(&p, 1, TB_INF, 1, L(0), L(1));
    int r[3] = {0, 1, 2};
    int64_t y[3] = {-211, -120, 211}, bound = 0;
    struct tb_certificate c = {.scale = 10, .n = 3, .row = r, .y = y};
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, 30); /* 21.1: the next multiple of 10 */
    y[0] = -55;
    y[1] = 0;
    y[2] = 55;
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, 10); /* 5.5 */
    p.coef[p.start[1] + 1] = -1; /* twice -1 in a column of the ring: no network */
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_int_equal(bound, 5);
}

static void test_overflow(void **state)
{
    (void)state;
    struct program p = {0};
    for (int j = 0; j < 8; j++) column(&p, INT64_MAX - 1, 0, 1, true);
    ROW(&p, INT64_MAX - 1, TB_INF, 2, L(0, 1), L(INT64_MAX, INT64_MAX));
    int r[4] = {0, 0, 0, 0};
    int64_t y[4] = {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX};
    struct tb_certificate c = {.scale = INT64_MAX, .n = 4, .row = r, .y = y};
    refused(&p, &c, "out of range");
    c.n = 0;
    p.lower[0] = p.upper[0] = INT64_MAX - 1;
    refused(&p, &c, "out of range");
    c.scale = 1;
    refused(&p, &c, "out of range"); /* the bound itself does not fit */
    p.lower[0] = p.upper[0] = 1;
    int64_t bound = 0;
    assert_int_equal(bound_of(&p, &c, &bound, NULL), TB_OK);
    assert_true(bound == INT64_MAX - 1);
}

static int draw(uint64_t *s, int below)
{
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return (int)(*s % (uint64_t)below);
}

/* Whatever the multipliers are, the bound is never above the true optimum (found by trying all points). */
static void test_never_above(void **state)
{
    (void)state;
    uint64_t s = 88172645463325252u;
    int tried = 0, with_clique = 0;
    for (int round = 0; round < 3000; round++) {
        struct program p = {0};
        int64_t best = INT64_MAX, bound;
        for (int j = 0; j < 5; j++) {
            int64_t cost = draw(&s, 21) - 10;
            column(&p, cost, 0, 1 + draw(&s, 2), true);
        }
        for (int i = 0; i < 5; i++) {
            int a = draw(&s, 5), b = (a + 1 + draw(&s, 4)) % 5, coef = draw(&s, 5), lower = draw(&s, 2),
                upper = 2 + draw(&s, 3);
            if (i < 3)
                ROW(&p, TB_NEG_INF, 1, 2, L(a, b), L(1, 1 + coef % 2));
            else
                ROW(&p, lower, upper, 2, L(a, b), L(1, coef - 2));
        }
        for (int at = 0; at < 243; at++) {
            int64_t x[5], cost = 0;
            bool in = true;
            for (int j = 0, rest = at; j < 5; j++, rest /= 3) {
                x[j] = rest % 3;
                in = in && x[j] <= p.upper[j];
                cost += p.cost[j] * x[j];
            }
            for (int i = 0; i < p.n_rows && in; i++) {
                int64_t sum = 0;
                for (int k = p.start[i]; k < p.start[i + 1]; k++) sum += p.coef[k] * x[p.col[k]];
                in = sum >= p.row_lower[i] && sum <= p.row_upper[i];
            }
            if (in && cost < best) best = cost;
        }
        int r[5], start[2] = {0, 2 + draw(&s, 2)}, col[3] = {0}, n_cliques = draw(&s, 2);
        int64_t y[5], cy[1] = {-draw(&s, 40)};
        for (int k = 1; k < 3; k++) col[k] = 2 * k - 1 + draw(&s, 2);
        for (int i = 0; i < 5; i++) {
            r[i] = i;
            y[i] = i < 3 ? -draw(&s, 60) : draw(&s, 60) - 30;
        }
        struct tb_certificate c = {.scale = 7,
                                   .n = 5,
                                   .row = r,
                                   .y = y,
                                   .n_cliques = n_cliques,
                                   .clique_start = start,
                                   .clique_col = col,
                                   .clique_y = cy};
        if (best == INT64_MAX || bound_of(&p, &c, &bound, NULL) != TB_OK) continue;
        assert_true(bound <= best);
        tried++;
        with_clique += c.n_cliques;
    }
    print_message("# %d bounds, %d with a clique\n", tried, with_clique);
    assert_true(tried > 500 && with_clique > 20);
}

enum { PARTS = 6 }; /* fractions of a column's width that are tried */

/* The least cost, times PARTS, with integral columns at 0 or 1 and the others at any multiple of a sixth. */
static int64_t least(const struct program *p)
{
    int64_t best = INT64_MAX;
    int points = 1;
    for (int j = 0; j < p->n_cols; j++) points *= p->integral[j] ? 2 : PARTS + 1;
    for (int at = 0; at < points; at++) {
        int64_t x[8], cost = 0;
        bool in = true;
        for (int j = 0, rest = at; j < p->n_cols; j++) {
            int n = p->integral[j] ? 2 : PARTS + 1;
            x[j] = rest % n * (p->integral[j] ? PARTS : 1);
            rest /= n;
            cost += p->cost[j] * x[j];
        }
        for (int i = 0; i < p->n_rows && in; i++) {
            int64_t sum = 0;
            for (int k = p->start[i]; k < p->start[i + 1]; k++) sum += p->coef[k] * x[p->col[k]];
            in = sum >= PARTS * p->row_lower[i] &&
                 (p->row_upper[i] == TB_INF || sum <= PARTS * p->row_upper[i]);
        }
        if (in && cost < best) best = cost;
    }
    return best;
}

/* Entries 0, 1 and -1, a 2 now and then; costs are multiples of 10, so that a wrong rounding goes far. */
static struct program mixed(uint64_t *s, int sevenths)
{
    struct program p = {0};
    for (int j = 0; j < 4; j++) {
        int64_t cost = 10 * (draw(s, 9) - 3);
        column(&p, cost, 0, 1, j < 1);
    }
    for (int i = 0; i < 4; i++) {
        int64_t coef[4], lower = draw(s, 3) - 1, wide = draw(s, 2) + draw(s, 2);
        int col[4], n = 0;
        for (int j = 0; j < 4; j++) {
            int64_t a = draw(s, 60) == 0 ? 2 : draw(s, 2) ? 1 : -1;
            if (draw(s, 7) >= sevenths) continue;
            col[n] = j;
            coef[n++] = a;
        }
        row(&p, lower, lower + wide, n, col, coef);
    }
    return p;
}

/* Both hands round by one statement: they say the same, and never more than the least cost there is,
 * fractions included. */
static void test_both_hands_round_alike(void **state)
{
    (void)state;
    uint64_t s = 88172645463325252u;
    int tried = 0, rounded = 0, met = 0;
    for (int turn = 0; turn < 4000; turn++) {
        struct program p = mixed(&s, 2 + turn % 4);
        int64_t best = least(&p), bound = 0, other = 0;
        if (best == INT64_MAX) continue;
        int r[4] = {0, 1, 2, 3};
        int64_t y[5] = {0};
        for (int n = 0; n < 40; n++) {
            for (int i = 0; i < 4; i++) y[i + 1] = draw(&s, 121) - 60;
            struct tb_certificate c = {.scale = 3, .n = 4, .row = r, .y = y + 1};
            struct mip_cert k = {.scale = 3, .unit = 1, .m = 4, .y = y};
            struct tb_rows rows = rows_of(&p);
            assert_int_equal(tb_proof_bound(&rows, &c, &bound, NULL), TB_OK);
            assert_true(tb_plan_cert_bound(&rows, &k, &other));
            assert_int_equal(bound, other);
            assert_true(PARTS * bound <= best);
            tried++;
            rounded += bound % 10 == 0;
            met += PARTS * bound == best;
        }
    }
    print_message("# %d bounds, %d of them whole tens, %d the least cost\n", tried, rounded, met);
    assert_true(tried > 20000 && rounded > tried / 4 && rounded < tried && met > 100);
}

static void test_text(void **state)
{
    (void)state;
    int r[2] = {0, 7}, start[3] = {0, 2, 3}, col[3] = {1, 4, 9};
    int64_t y[2] = {5, -INT64_MAX}, cy[2] = {-3, -1};
    struct tb_certificate c = {1000, 2, r, y, 2, start, col, cy}, back;
    struct tb_buf a = {0}, b = {0};
    struct tb_err e = {0};
    tb_certificate_write(&c, &a);
    assert_string_equal(a.s, "tbcert 1 1000 2 0:5 7:-9223372036854775807 2 -3:1,4 -1:9");
    assert_int_equal(tb_certificate_read(a.s, &back, &e), TB_OK);
    tb_certificate_write(&back, &b);
    assert_string_equal(a.s, b.s);
    tb_certificate_free(&back);
    tb_buf_free(&a);
    tb_buf_free(&b);
    assert_int_equal(tb_certificate_read("tbcert 1 1 0 0", &back, &e), TB_OK);
    assert_int_equal(back.n + back.n_cliques, 0);
    tb_certificate_free(&back);
}

static void test_hostile_text(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "tbcert",
        "tbcert 2 1 0 0",
        "tbcert 1 0 0 0",
        "tbcert 1 -5 0 0",
        "tbcert 1 1 1 0",
        "tbcert 1 1 2147483647 0:1 0",
        "tbcert 1 1 1 -1:5 0",
        "tbcert 1 1 1 0:5:6 0",
        "tbcert 1 1 1 0:99999999999999999999 0",
        "tbcert 1 1 1 0:-9223372036854775808 0",
        "tbcert 1 1 0 1 -1:",
        "tbcert 1 1 0 1 -1:2,",
        "tbcert 1 1 0 1 -1:,2",
        "tbcert 1 1 0 1 -1:2,-3",
        "tbcert 1 1 0 2 -1:2",
        "tbcert 1 1 0 0 ",
        "tbcert 1 1 0 0\n",
        "tbcert 1 1 0  0",
        "tbcert 1 1 0 0 1",
        "tbcert 1 1 99999999999 0",
        "tbcert 1 1 1 0:1- 0",
        "tbcert 1 1 1 --1:1 0",
        "tbcert 1 1 1 0: 0",
        "tbcert 1 0x10 0 0",
    };
    for (size_t i = 0; i < TB_COUNT(bad); i++) {
        struct tb_certificate c;
        struct tb_err e = {0};
        if (tb_certificate_read(bad[i], &c, &e) != TB_INPUT) fail_msg("accepted: %s", bad[i]);
        assert_true(e.text[0] != 0 && c.n == 0 && !c.row && !c.clique_start);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bound),
        cmocka_unit_test(test_negative_bound),
        cmocka_unit_test(test_signs),
        cmocka_unit_test(test_infinite_column),
        cmocka_unit_test(test_clique),
        cmocka_unit_test(test_clique_of_one),
        cmocka_unit_test(test_rounding),
        cmocka_unit_test(test_rounding_in_a_ring),
        cmocka_unit_test(test_overflow),
        cmocka_unit_test(test_never_above),
        cmocka_unit_test(test_both_hands_round_alike),
        cmocka_unit_test(test_rounding_of_steps_within_steps),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_hostile_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
