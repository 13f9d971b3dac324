/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The proof of an optimum, checked without a solver: for any multipliers y of the rows, no point within the
 * rows and bounds costs less than
 *
 *     sum_i y_i * b_i  +  sum_j  min over [l_j, u_j] of (c_j - sum_i y_i * a_ij) * x_j
 *
 * where b_i is the row's lower bound for y_i > 0 and its upper bound for y_i < 0. Everything is an integer:
 * the multipliers are told times `scale`, so are the costs here.
 *
 * When the bound may be rounded up, and how far, is said in docs/developer/engine.md ("When a bound may be
 * rounded up") and nowhere else. The planner rounds by the same words in code of its own (src/plan/bound.c).
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "toban/domain/check.h"

typedef __int128 wide;

static enum tb_code no(struct tb_err *e, const char *ja, const char *en, long long a, long long b)
{
    /* `ja` and `en` take the same two numbers. */
    struct tb_buf text = {0};
    tb_buf_addf(&text, "%s (%lld, %lld)", tb_t(ja, en), a, b);
    enum tb_code c = tb_fail(e, TB_NO, "%s: %s", tb_t("証明を確かめられません", "the proof does not hold"),
                             tb_buf_str(&text));
    tb_buf_free(&text);
    return c;
}

static bool add_wide(wide *sum, wide x) { return !__builtin_add_overflow(*sum, x, sum); }
/* Two 64-bit numbers: the product always fits. */
static wide times(int64_t a, int64_t b) { return (wide)a * b; }
static bool narrow(wide x) { return x <= INT64_MAX && x >= -(wide)INT64_MAX; }

/* ---- form ----------------------------------------------------------------------------------- */

static enum tb_code check_form(const struct tb_rows *r, const struct tb_certificate *c, struct tb_err *e)
{
    if (c->scale < 1)
        return no(e, "倍率が正の数ではありません（倍率、行数）",
                  "the scale is not positive (scale, multipliers)", c->scale, c->n);
    if (c->n < 0 || c->n_cliques < 0 || (c->n_cliques && c->clique_start[0] != 0))
        return no(e, "個数が負です（行、クリーク）", "a count is negative (rows, cliques)", c->n,
                  c->n_cliques);
    for (int i = 0; i < r->n_rows; i++)
        if (r->start[i] < 0 || r->start[i] > r->start[i + 1])
            return no(e, "行の並びが壊れています（行、位置）", "the rows are out of order (row, position)", i,
                      r->start[i]);
    for (int k = 0; r->n_rows && k < r->start[r->n_rows]; k++)
        if (r->col[k] < 0 || r->col[k] >= r->n_cols)
            return no(e, "行にない列があります（位置、列）", "a row names no column (position, column)", k,
                      r->col[k]);
    for (int i = 0; i < c->n; i++)
        if (c->row[i] < 0 || c->row[i] >= r->n_rows)
            return no(e, "ない行の乗数です（番目、行）", "a multiplier of no row (place, row)", i, c->row[i]);
    for (int q = 0; q < c->n_cliques; q++) {
        if (c->clique_start[q] < 0 || c->clique_start[q] > c->clique_start[q + 1])
            return no(e, "クリークの並びが壊れています（番目、位置）",
                      "the cliques are out of order (place, position)", q, c->clique_start[q]);
        for (int k = c->clique_start[q]; k < c->clique_start[q + 1]; k++)
            if (c->clique_col[k] < 0 || c->clique_col[k] >= r->n_cols)
                return no(e, "クリークにない列があります（番目、列）",
                          "a clique names no column (place, column)", q, c->clique_col[k]);
    }
    return TB_OK;
}

/* ---- cliques -------------------------------------------------------------------------------- */

/* For each column, the rows that let at most one of their columns be 1: all coefficients at least 1, upper
 * bound at most 1, non-negative integral columns. */
struct packing {
    int *start, *row;
};

static bool is_packing(const struct tb_rows *r, int i)
{
    if (r->row_upper[i] > 1) return false;
    for (int k = r->start[i]; k < r->start[i + 1]; k++)
        if (r->coef[k] < 1 || !r->integral[r->col[k]] || r->lower[r->col[k]] < 0) return false;
    return true;
}

static struct packing packing_make(const struct tb_rows *r)
{
    struct packing p = {tb_xcalloc((size_t)r->n_cols + 2, sizeof(int)), NULL};
    bool *packs = tb_xcalloc((size_t)r->n_rows + 1, sizeof *packs);
    for (int i = 0; i < r->n_rows; i++) {
        packs[i] = is_packing(r, i);
        for (int k = r->start[i]; packs[i] && k < r->start[i + 1]; k++) p.start[r->col[k] + 2]++;
    }
    for (int j = 0; j < r->n_cols; j++) p.start[j + 2] += p.start[j + 1];
    p.row = tb_xcalloc((size_t)p.start[r->n_cols + 1] + 1, sizeof(int));
    for (int i = 0; i < r->n_rows; i++)
        for (int k = r->start[i]; packs[i] && k < r->start[i + 1]; k++) p.row[p.start[r->col[k] + 1]++] = i;
    free(packs);
    return p;
}

/* Every two columns stand together in a packing row; `mark` holds, per column, the last stamp that it was
 * seen with. */
static bool is_clique(const struct tb_rows *r, const struct packing *p, const int *col, int n, int *mark,
                      int *stamp)
{
    if (n == 1) return r->upper[col[0]] <= 1 || p->start[col[0]] < p->start[col[0] + 1];
    for (int a = 0; a < n; a++) {
        int now = ++*stamp;
        for (int i = p->start[col[a]]; i < p->start[col[a] + 1]; i++)
            for (int k = r->start[p->row[i]]; k < r->start[p->row[i] + 1]; k++) mark[r->col[k]] = now;
        for (int b = 0; b < n; b++)
            if (b != a && (mark[col[b]] != now || col[b] == col[a])) return false;
    }
    return true;
}

static enum tb_code check_cliques(const struct tb_rows *r, const struct tb_certificate *c, struct tb_err *e)
{
    struct packing p = packing_make(r);
    int *mark = tb_xcalloc((size_t)r->n_cols + 1, sizeof *mark), stamp = 0, bad = -1;
    for (int q = 0; q < c->n_cliques && bad < 0; q++) {
        int from = c->clique_start[q], to = c->clique_start[q + 1];
        if (to - from > 0 && !is_clique(r, &p, &c->clique_col[from], to - from, mark, &stamp)) bad = q;
    }
    free(mark);
    free(p.start);
    free(p.row);
    return bad < 0
               ? TB_OK
               : no(e, "クリークではありません: 同時に一つ以下とする行のない列の組があります（番目、列数）",
                    "not a clique: two of its columns share no at-most-one row (place, columns)", bad,
                    c->clique_start[bad + 1] - c->clique_start[bad]);
}

/* ---- is the least cost an integer? ---------------------------------------------------------- */

/* Whether each column that is left has at most one 1 and one -1 in the rows that are left (counts above 0).
 */
static bool one_of_each_sign(const struct tb_rows *r, const int *rows, const int *cols)
{
    int *plus = tb_xcalloc((size_t)r->n_cols + 1, sizeof *plus),
        *minus = tb_xcalloc((size_t)r->n_cols + 1, sizeof *minus);
    bool good = true;
    for (int i = 0; i < r->n_rows; i++)
        for (int k = r->start[i]; rows[i] > 0 && k < r->start[i + 1]; k++) {
            int j = r->col[k];
            if (r->integral[j] || cols[j] == 0 || r->coef[k] == 0) continue;
            good = good && ++*(r->coef[k] > 0 ? &plus[j] : &minus[j]) == 1;
        }
    free(plus);
    free(minus);
    return good;
}

/* The columns that are not integral: entries of 1 and -1, and what is left when rows and columns with at most
 * one entry have been peeled off has at most one of either sign in a column. Then the matrix is totally
 * unimodular. */
static bool is_unimodular(const struct tb_rows *r)
{
    int n_entries = r->n_rows ? r->start[r->n_rows] : 0, left = 0, n = 0;
    /* entries left, per row and per column */
    int *rows = tb_xcalloc((size_t)r->n_rows + 1, sizeof *rows);
    int *cols = tb_xcalloc((size_t)r->n_cols + 2, sizeof *cols);
    int *start = tb_xcalloc((size_t)r->n_cols + 2, sizeof *start),
        *in = tb_xcalloc((size_t)n_entries + 1, sizeof *in);
    /* column j, or row i as -1 - i */
    int *stack = tb_xcalloc((size_t)r->n_rows + (size_t)r->n_cols + 1, sizeof *stack);
    bool unit = true;
    for (int i = 0; i < r->n_rows; i++)
        for (int k = r->start[i]; k < r->start[i + 1]; k++) {
            if (r->integral[r->col[k]] || r->coef[k] == 0) continue;
            unit = unit && (r->coef[k] == 1 || r->coef[k] == -1);
            rows[i]++;
            cols[r->col[k]]++;
            left++;
        }
    for (int j = 0; j < r->n_cols; j++) start[j + 1] = start[j] + cols[j];
    int *at = tb_xcalloc((size_t)r->n_cols + 1, sizeof *at);
    memcpy(at, start, (size_t)r->n_cols * sizeof *at);
    for (int i = 0; i < r->n_rows; i++)
        for (int k = r->start[i]; k < r->start[i + 1]; k++)
            if (!r->integral[r->col[k]] && r->coef[k] != 0) in[at[r->col[k]]++] = i;
    for (int i = 0; i < r->n_rows; i++)
        if (rows[i] == 1) stack[n++] = -1 - i;
    for (int j = 0; j < r->n_cols; j++)
        if (cols[j] == 1) stack[n++] = j;
    /* An entry is gone when its row or its column is; counts at 0 mark what is gone. A line comes onto the
     * stack once, when one entry is left. */
    while (n) {
        int what = stack[--n];
        if (what < 0) {
            int i = -1 - what;
            if (rows[i] != 1) continue;
            rows[i] = 0;
            for (int k = r->start[i]; k < r->start[i + 1]; k++) {
                int j = r->col[k];
                if (r->integral[j] || r->coef[k] == 0 || cols[j] == 0) continue;
                left--;
                if (--cols[j] == 1) stack[n++] = j;
            }
        } else if (cols[what] == 1) {
            cols[what] = 0;
            for (int k = start[what]; k < start[what + 1]; k++) {
                int i = in[k];
                if (rows[i] == 0) continue;
                left--;
                if (--rows[i] == 1) stack[n++] = -1 - i;
            }
        }
    }
    bool network = unit && (left == 0 || one_of_each_sign(r, rows, cols));
    free(rows);
    free(cols);
    free(start);
    free(in);
    free(at);
    free(stack);
    return network;
}

/* The greatest common divisor of all costs: what a roster costs is a multiple of it. 1: nothing costs. */
static int64_t unit_of(const struct tb_rows *r)
{
    uint64_t unit = 0;
    for (int j = 0; j < r->n_cols; j++) {
        uint64_t a = r->cost[j] < 0 ? 0 - (uint64_t)r->cost[j] : (uint64_t)r->cost[j];
        while (a) {
            uint64_t rest = unit % a;
            unit = a;
            a = rest;
        }
    }
    return unit == 0 || unit > INT64_MAX ? 1 : (int64_t)unit;
}

/* ---- the bound ------------------------------------------------------------------------------ */

#define TOO_LARGE "数が大きすぎます（番目、列）", "a number is out of range (place, column)"

/* Adds the rows' part to *sum and takes y'A off the costs in d. */
static enum tb_code take_rows(const struct tb_rows *r, const struct tb_certificate *c, wide *sum, wide *d,
                              struct tb_err *e)
{
    for (int t = 0; t < c->n; t++) {
        int i = c->row[t];
        int64_t y = c->y[t], b = y > 0 ? r->row_lower[i] : r->row_upper[i];
        if (y == 0) continue;
        if (b == TB_INF || b == TB_NEG_INF)
            return no(e, "乗数の符号に合う側の限りが行にありません（行、乗数）",
                      "the row has no bound on the side of its multiplier's sign (row, multiplier)", i, y);
        if (y == INT64_MIN || !add_wide(sum, times(y, b))) return no(e, TOO_LARGE, t, -1);
        for (int k = r->start[i]; k < r->start[i + 1]; k++)
            if (!add_wide(&d[r->col[k]], -times(y, r->coef[k]))) return no(e, TOO_LARGE, t, r->col[k]);
    }
    for (int q = 0; q < c->n_cliques; q++) {
        int64_t y = c->clique_y[q];
        if (y > 0 || y == INT64_MIN)
            return no(e, "クリークの乗数が正です（番目、乗数）",
                      "the multiplier of a clique is positive (place, multiplier)", q, y);
        if (!add_wide(sum, y)) return no(e, TOO_LARGE, q, -1);
        for (int k = c->clique_start[q]; k < c->clique_start[q + 1]; k++)
            if (!add_wide(&d[c->clique_col[k]], -(wide)y)) return no(e, TOO_LARGE, q, c->clique_col[k]);
    }
    return TB_OK;
}

static enum tb_code take_columns(const struct tb_rows *r, const wide *d, wide *sum, struct tb_err *e)
{
    for (int j = 0; j < r->n_cols; j++) {
        if (d[j] == 0) continue;
        int64_t at = d[j] > 0 ? r->lower[j] : r->upper[j];
        if (at == TB_INF || at == TB_NEG_INF)
            return no(e, "残った費用の側に限りのない列です（列、符号）",
                      "a column with a cost left has no bound on that side (column, sign)", j,
                      d[j] > 0 ? 1 : -1);
        if (at == 0) continue;
        if (!narrow(d[j]) || !add_wide(sum, times((int64_t)d[j], at))) return no(e, TOO_LARGE, -1, j);
    }
    return TB_OK;
}

/* A sum as a cost: up to the next multiple of `unit`; down to an integer where unit is 0. */
static bool as_cost(wide sum, int64_t scale, int64_t unit, int64_t *out)
{
    wide by = unit ? times(scale, unit) : scale, whole = sum / by, rest = sum % by;
    if (unit && rest > 0) whole++;
    if (!unit && rest < 0) whole--;
    if (unit && (whole > INT64_MAX / unit || whole < -(INT64_MAX / unit))) return false;
    if (unit) whole *= unit;
    if (!narrow(whole)) return false;
    *out = (int64_t)whole;
    return true;
}

enum tb_code tb_proof_bound(const struct tb_rows *rows, const struct tb_certificate *c, int64_t *bound,
                            struct tb_err *e)
{
    return tb_proof_bounds_with(rows, c, NULL, 0, bound, NULL, e);
}

enum tb_code tb_proof_bounds_with(const struct tb_rows *rows, const struct tb_certificate *c, const int *cols,
                                  int n, int64_t *bound, int64_t *bounds, struct tb_err *e)
{
    enum tb_code code = check_form(rows, c, e);
    if (code == TB_OK && c->n_cliques) code = check_cliques(rows, c, e);
    if (code) return code;
    wide sum = 0, *d = tb_xcalloc((size_t)rows->n_cols + 1, sizeof *d);
    for (int j = 0; j < rows->n_cols; j++) d[j] = times(rows->cost[j], c->scale);
    code = take_rows(rows, c, &sum, d, e);
    if (code == TB_OK) code = take_columns(rows, d, &sum, e);
    int64_t unit = code == TB_OK && is_unimodular(rows) ? unit_of(rows) : 0;
    if (code == TB_OK && !as_cost(sum, c->scale, unit, bound)) code = no(e, TOO_LARGE, -1, -1);
    for (int k = 0; k < n && code == TB_OK; k++) {
        wide with = sum;
        int j = cols[k];
        if (rows->upper[j] < 1) {
            bounds[k] = TB_INF;
            continue;
        }
        /* From its lower bound to 1 it adds what is left of its cost, when that is not negative; a negative
         * one has it at its upper bound already. */
        if (d[j] > 0 && rows->lower[j] < 1 &&
            (!narrow(d[j]) || !add_wide(&with, times((int64_t)d[j], 1 - rows->lower[j]))))
            code = no(e, TOO_LARGE, k, j);
        if (code == TB_OK && !as_cost(with, c->scale, unit, &bounds[k])) code = no(e, TOO_LARGE, k, j);
    }
    free(d);
    return code;
}

void tb_rows_free(struct tb_rows *r)
{
    free(r->cost);
    free(r->lower);
    free(r->upper);
    free(r->integral);
    free(r->row_lower);
    free(r->row_upper);
    free(r->start);
    free(r->col);
    free(r->coef);
    *r = (struct tb_rows){0};
}

void tb_certificate_free(struct tb_certificate *c)
{
    free(c->row);
    free(c->y);
    free(c->clique_start);
    free(c->clique_col);
    free(c->clique_y);
    *c = (struct tb_certificate){0};
}

/* ---- as text -------------------------------------------------------------------------------- */

/* tbcert 1 SCALE N row:y ... CLIQUES y:col,col,... ...      one blank between words */
void tb_certificate_write(const struct tb_certificate *c, struct tb_buf *out)
{
    tb_buf_addf(out, "tbcert 1 %" PRId64 " %d", c->scale, c->n);
    for (int i = 0; i < c->n; i++) tb_buf_addf(out, " %d:%" PRId64, c->row[i], c->y[i]);
    tb_buf_addf(out, " %d", c->n_cliques);
    for (int q = 0; q < c->n_cliques; q++) {
        tb_buf_addf(out, " %" PRId64 ":", c->clique_y[q]);
        for (int k = c->clique_start[q]; k < c->clique_start[q + 1]; k++)
            tb_buf_addf(out, "%s%d", k > c->clique_start[q] ? "," : "", c->clique_col[k]);
    }
}

struct scan {
    const char *text, *p;
    bool good;
};

static int64_t read_number(struct scan *s, int64_t min, int64_t max)
{
    char digits[24];
    size_t n = strspn(s->p, "-0123456789");
    int64_t v = 0;
    if (!s->good || n == 0 || n >= sizeof digits) {
        s->good = false;
        return 0;
    }
    memcpy(digits, s->p, n);
    digits[n] = 0;
    if (!tb_parse_int(digits, min, max, &v))
        s->good = false;
    else
        s->p += n;
    return v;
}

static void literal(struct scan *s, const char *word)
{
    size_t n = strlen(word);
    if (s->good && strncmp(s->p, word, n) == 0)
        s->p += n;
    else
        s->good = false;
}

/* Memory grows with the text, not with the counts it claims. */
static void read_words(struct scan *s, struct tb_certificate *c)
{
    size_t n = 0, cap = 0, n2 = 0, cap2 = 0;
    literal(s, "tbcert 1 ");
    c->scale = read_number(s, 1, INT64_MAX);
    literal(s, " ");
    int64_t claimed = read_number(s, 0, INT32_MAX);
    for (int64_t i = 0; i < claimed && s->good; i++) {
        literal(s, " ");
        *TB_PUSH(c->row, n, cap) = (int)read_number(s, 0, INT32_MAX);
        literal(s, ":");
        *TB_PUSH(c->y, n2, cap2) = read_number(s, -INT64_MAX, INT64_MAX);
    }
    c->n = (int)n;
    literal(s, " ");
    claimed = read_number(s, 0, INT32_MAX);
    size_t cols = 0, cap_cols = 0, starts = 0, cap_starts = 0, ys = 0, cap_ys = 0;
    *TB_PUSH(c->clique_start, starts, cap_starts) = 0;
    for (int64_t q = 0; q < claimed && s->good; q++) {
        literal(s, " ");
        *TB_PUSH(c->clique_y, ys, cap_ys) = read_number(s, -INT64_MAX, INT64_MAX);
        literal(s, ":");
        do *TB_PUSH(c->clique_col, cols, cap_cols) = (int)read_number(s, 0, INT32_MAX);
        while (s->good && *s->p == ',' && s->p++);
        *TB_PUSH(c->clique_start, starts, cap_starts) = (int)cols;
    }
    c->n_cliques = (int)ys;
    if (*s->p) s->good = false;
}

enum tb_code tb_certificate_read(const char *text, struct tb_certificate *c, struct tb_err *e)
{
    struct scan s = {text, text, true};
    *c = (struct tb_certificate){0};
    read_words(&s, c);
    if (s.good) return TB_OK;
    tb_certificate_free(c);
    return tb_fail(e, TB_INPUT,
                   tb_t("証明の文の %lld 文字目が正しくありません（「%.12s」）。tbcert 1 倍率 行数 行:乗数 … "
                        "クリーク数 乗数:列,列 … の形です",
                        "the certificate is wrong at byte %lld (\"%.12s\"): the form is tbcert 1 SCALE N "
                        "row:y ... CLIQUES y:col,col ..."),
                   (long long)(s.p - s.text) + 1, s.p);
}
