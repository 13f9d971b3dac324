/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Halves: a sum of rows (and of bounds of columns) whose coefficients are all even, divided by two, holds
 * with its right side rounded down.  Seats that exclude each other in odd rings, windows that overlap and
 * slacks that pay for half of a clash each are what a relaxation makes use of; a half takes that away.
 *
 * Which rows: those nearly tight, seen modulo two over the columns between their bounds.  Rows are added up
 * until no such column is odd; where the right side is odd then, the half is broken by the relaxation.
 */
#include "mip_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 6000, MOST_COLS = 4000, MOST_ADDED = 80, TRIALS = 3 };

/* A row modulo two. */
struct odd {
    uint64_t *col; /* columns between their bounds that are odd, by number in split[] */
    uint64_t *use; /* rows in the sum, by number in row[] */
    double slack;
    bool rhs, gone;
};

struct halving {
    struct mip_run *u;
    const double *x;
    int *split, n_split; /* columns between their bounds */
    int *at;             /* column -> place in split, -1: at a bound */
    double *far;         /* by place: distance from the nearer bound */
    bool *high;          /* by column: the nearer bound is the upper one */
    int *row, n_row;     /* rows of the program, and of the pool as -(row + 1); their slack is small */
    bool *turned;        /* by place: a >= row */
    int col_words, row_words;
    struct odd *odd;
    int64_t *sum; /* by column */
    bool *in;     /* by column: it is in touched */
    int *touched, n_touched;
};

/* A row's entries: of the program or of the pool. */
struct entries {
    const int *j;
    const double *v;
    int n;
    double lo, up;
};

static struct entries entries_of(const struct mip_run *u, int i)
{
    const struct mip_program *p = u->p;
    const struct mip_cliques *c = &u->cliques;
    int k = -i - 1;

    if (i > 0)
        return (struct entries){&p->rind[p->rbeg[i]], &p->rval[p->rbeg[i]], p->rbeg[i + 1] - p->rbeg[i],
                                p->rlo[i], p->rup[i]};
    return (struct entries){&c->member[c->start[k]], &c->val[c->start[k]], c->start[k + 1] - c->start[k],
                            -HUGE_VAL, c->up[k]};
}

static bool whole(double v) { return fabs(v) < 1e9 && fabs(v - nearbyint(v)) <= 0.0; }
static bool is_odd(double v) { return (int64_t)nearbyint(v) & 1; }

/* Takes row i when it is nearly tight and all in it is integral. */
static void consider(struct halving *h, int i)
{
    const struct mip_program *p = h->u->p;
    struct entries r = entries_of(h->u, i);
    double v = 0, size = 1;

    for (int k = 0; k < r.n; k++) {
        v += r.v[k] * h->x[r.j[k]];
        size = fmax(size, fabs(r.v[k]));
    }
    if (h->n_row >= MOST_ROWS || fmin(r.up - v, v - r.lo) > 0.9 * size) return;
    for (int k = 0; k < r.n; k++) {
        int j = r.j[k];

        if (!whole(r.v[k]) || (!p->isint[j] && !p->implied[j]) || !whole(p->lo[j]) || !whole(p->up[j]))
            return;
    }
    if (!whole(r.up - v <= v - r.lo ? r.up : r.lo)) return;
    h->turned[h->n_row] = v - r.lo < r.up - v;
    h->odd[h->n_row].slack = fmax(0, fmin(r.up - v, v - r.lo));
    h->row[h->n_row++] = i;
}

static void find_split(struct halving *h)
{
    const struct mip_program *p = h->u->p;

    for (int j = 1; j <= p->n; j++) {
        double down = h->x[j] - p->lo[j], rest = p->up[j] - h->x[j];

        h->high[j] = rest < down;
        h->at[j] = -1;
        if (fmin(down, rest) < MIP_TOL || h->n_split >= MOST_COLS) continue;
        h->far[h->n_split] = fmin(down, rest);
        h->split[h->n_split] = j;
        h->at[j] = h->n_split++;
    }
}

/* The rows modulo two, as they are before any is added to another. */
static void set_up(struct halving *h)
{
    const struct mip_program *p = h->u->p;

    for (int t = 0; t < h->n_row; t++) {
        struct entries r = entries_of(h->u, h->row[t]);
        struct odd *o = &h->odd[t];

        memset(o->col, 0, (size_t)h->col_words * sizeof *o->col);
        memset(o->use, 0, (size_t)h->row_words * sizeof *o->use);
        o->use[t / 64] |= UINT64_C(1) << t % 64;
        o->rhs = is_odd(h->turned[t] ? r.lo : r.up);
        o->slack = 0;
        for (int k = 0; k < r.n; k++) {
            int j = r.j[k], at = h->at[j];

            o->slack += r.v[k] * h->x[j];
            if (!is_odd(r.v[k])) continue;
            o->rhs ^= is_odd(h->high[j] ? p->up[j] : p->lo[j]);
            if (at >= 0) o->col[at / 64] |= UINT64_C(1) << at % 64;
        }
        o->slack = fmax(0, h->turned[t] ? o->slack - r.lo : r.up - o->slack);
        o->gone = !o->rhs; /* even throughout: of no use */
        for (int w = 0; w < h->col_words; w++) o->gone = o->gone && !o->col[w];
        if (o->slack > 0.95) o->gone = true;
    }
}

static double odd_cost(const struct halving *h, const struct odd *o)
{
    double cost = o->slack;

    for (int w = 0; w < h->col_words && cost < 1; w++)
        for (uint64_t left = o->col[w]; left; left &= left - 1)
            cost += h->far[w * 64 + __builtin_ctzll(left)];
    return cost;
}

/* Adds `by` times column j to the sum. */
static void halving_add(struct halving *h, int j, int64_t by)
{
    if (!h->in[j]) h->touched[h->n_touched++] = j;
    h->in[j] = true;
    h->sum[j] += by;
}

static int ascending(const void *a, const void *b)
{
    int i = *(const int *)a, j = *(const int *)b;

    return (i > j) - (i < j);
}

/* Adds row t to the sum; its right side, as an upper bound. */
static int64_t add_all(struct halving *h, int t)
{
    struct entries r = entries_of(h->u, h->row[t]);
    int sign = h->turned[t] ? -1 : 1;

    for (int k = 0; k < r.n; k++) halving_add(h, r.j[k], sign * (int64_t)r.v[k]);
    return sign * (int64_t)(h->turned[t] ? r.lo : r.up);
}

static int64_t floor_of(int64_t a, int64_t by) { return a >= 0 ? a / by : -((-a + by - 1) / by); }

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) {
        int64_t t = a % b;

        a = b;
        b = t;
    }
    return a < 0 ? -a : a;
}

/* The sum sum a x <= rhs divided by `by` with what is left over counted: for whole x
 *     sum (floor(a / by) (by - f) + max(0, a mod by - f)) x <= floor(rhs / by) (by - f),   f = rhs mod by.
 * A column nearer to its upper bound is counted down from there.  Returns the new right side; coefficients
 * stay in h->sum. */
static int64_t divide(struct halving *h, int64_t rhs, int64_t by)
{
    const struct mip_program *p = h->u->p;
    int64_t f, out, all = 0;

    for (int k = 0; k < h->n_touched; k++) {
        int j = h->touched[k];

        rhs -= h->sum[j] * (int64_t)(h->high[j] ? p->up[j] : p->lo[j]);
    }
    f = rhs - floor_of(rhs, by) * by;
    out = floor_of(rhs, by) * (by - f);
    for (int k = 0; k < h->n_touched; k++) {
        int j = h->touched[k];
        int64_t a = h->high[j] ? -h->sum[j] : h->sum[j], low = floor_of(a, by), rest = a - low * by;

        a = low * (by - f) + (rest > f ? rest - f : 0);
        h->sum[j] = h->high[j] ? -a : a;
        out += h->sum[j] * (int64_t)(h->high[j] ? p->up[j] : p->lo[j]);
        all = gcd(all, a);
    }
    for (int k = 0; all > 1 && k < h->n_touched; k++) h->sum[h->touched[k]] /= all;
    return all > 1 ? floor_of(out, all) : out;
}

/* Writes the sum, so divided, into the pool when x breaks it, and empties the sum; 1: it is new. */
static int write_part(struct halving *h, int64_t rhs, int64_t by)
{
    int len = 0, added = 0;
    double v = 0, norm = 0, *val = mip_alloc((size_t)h->n_touched + 1, sizeof *val);

    qsort(h->touched, (size_t)h->n_touched, sizeof *h->touched, ascending);
    rhs = divide(h, rhs, by);
    for (int k = 0; k < h->n_touched; k++) {
        int j = h->touched[k];
        int64_t a = h->sum[j];

        h->sum[j] = 0;
        h->in[j] = false;
        if (!a) continue;
        val[len] = (double)a;
        h->touched[len] = j;
        v += val[len] * h->x[j];
        norm += val[len] * val[len];
        len++;
    }
    h->n_touched = 0;
    if (len && v - (double)rhs > 0.02 * sqrt(norm))
        added = mip_cliques_add(&h->u->cliques, h->touched, val, len, (double)rhs);
    free(val);
    return added;
}

static int write_half(struct halving *h, const struct odd *o)
{
    int64_t rhs = 0;

    for (int t = 0; t < h->n_row; t++)
        if (o->use[t / 64] >> t % 64 & 1) rhs += add_all(h, t);
    return write_part(h, rhs, 2);
}

enum { MOST_DIVISORS = 12 };

/* A row with larger coefficients, divided by each of them: so many minutes are so many seats. */
static int divide_row(struct halving *h, int t)
{
    struct entries r = entries_of(h->u, h->row[t]);
    double by[MOST_DIVISORS];
    int n = 0, added = 0;

    for (int k = 0; k < r.n && n < MOST_DIVISORS; k++) {
        double a = fabs(r.v[k]);
        bool is_new = a > 1.5;

        for (int e = 0; e < n; e++) is_new = is_new && fabs(by[e] - a) > 0.5;
        if (is_new) by[n++] = a;
    }
    for (int e = 0; e < n; e++) {
        int64_t rhs = add_all(h, t);

        added += write_part(h, rhs, (int64_t)by[e]);
    }
    return added;
}

static void add_row(const struct halving *h, struct odd *to, const struct odd *from)
{
    for (int w = 0; w < h->col_words; w++) to->col[w] ^= from->col[w];
    for (int w = 0; w < h->row_words; w++) to->use[w] ^= from->use[w];
    to->slack += from->slack;
    to->rhs ^= from->rhs;
    if (to->slack > 0.95) to->gone = true;
}

/* Takes the columns one after the other out of all rows but one, which goes; a row that is odd on the right
 * and nearly even on the left is a half. */
static int eliminate(struct halving *h, const int *order)
{
    int added = 0;

    for (int c = -1; c < h->n_split && added < MOST_ADDED; c++) {
        int at = c < 0 ? -1 : order[c], pivot = -1;
        uint64_t bit = at < 0 ? 0 : UINT64_C(1) << at % 64;

        for (int t = 0; at >= 0 && t < h->n_row; t++)
            if (!h->odd[t].gone && h->odd[t].col[at / 64] & bit &&
                (pivot < 0 || h->odd[t].slack < h->odd[pivot].slack))
                pivot = t;
        if (at >= 0 && pivot < 0) continue;
        for (int t = 0; t < h->n_row && added < MOST_ADDED; t++) {
            struct odd *o = &h->odd[t];

            if (o->gone || t == pivot || (at >= 0 && !(o->col[at / 64] & bit))) continue;
            if (at >= 0) add_row(h, o, &h->odd[pivot]);
            if (o->gone || !o->rhs || odd_cost(h, o) > 0.95) continue;
            added += write_half(h, o);
        }
        if (pivot >= 0) h->odd[pivot].gone = true;
    }
    return added;
}

static int by_far(const void *a, const void *b, void *arg)
{
    const double *far = arg;
    int i = *(const int *)a, j = *(const int *)b;

    if (far[i] < far[j] || far[i] > far[j]) return far[i] > far[j] ? -1 : 1;
    return (i > j) - (i < j);
}

int mip_halve(struct mip_lp *l)
{
    struct mip_run *u = l->u;
    size_t n = (size_t)u->p->n + 1, m = (size_t)u->p->m + (size_t)u->cliques.count + 1;
    struct halving h = {.u = u, .x = l->x};
    int *order, added = 0;

    h.split = mip_alloc(n, sizeof *h.split);
    h.at = mip_alloc(n, sizeof *h.at);
    h.far = mip_alloc(n, sizeof *h.far);
    h.high = mip_alloc(n, sizeof *h.high);
    h.sum = mip_alloc(n, sizeof *h.sum);
    h.row = mip_alloc(m, sizeof *h.row);
    h.turned = mip_alloc(m, sizeof *h.turned);
    h.odd = mip_alloc(m, sizeof *h.odd);
    find_split(&h);
    for (int i = 1; i <= u->p->m; i++) consider(&h, i);
    for (int r = 1; r <= l->rows; r++)
        if (l->row_of[r] < 0) consider(&h, l->row_of[r]);
    h.col_words = h.n_split / 64 + 1;
    h.row_words = h.n_row / 64 + 1;
    for (int t = 0; t < h.n_row; t++) {
        h.odd[t].col = mip_alloc((size_t)h.col_words, sizeof(uint64_t));
        h.odd[t].use = mip_alloc((size_t)h.row_words, sizeof(uint64_t));
    }
    h.touched = mip_alloc(n, sizeof *h.touched);
    h.in = mip_alloc(n, sizeof *h.in);
    order = mip_alloc(n, sizeof *order);
    for (int t = 0; t < h.n_row; t++) added += divide_row(&h, t);
    for (int trial = 0; trial < TRIALS; trial++) {
        for (int k = 0; k < h.n_split; k++) order[k] = trial == 2 ? h.n_split - 1 - k : k;
        if (trial == 0) qsort_r(order, (size_t)h.n_split, sizeof *order, by_far, h.far);
        set_up(&h);
        added += eliminate(&h, order);
    }
    for (int t = 0; t < h.n_row; t++) {
        free(h.odd[t].col);
        free(h.odd[t].use);
    }
    free(h.split);
    free(h.at);
    free(h.far);
    free(h.high);
    free(h.sum);
    free(h.in);
    free(h.row);
    free(h.turned);
    free(h.odd);
    free(h.touched);
    free(order);
    return added;
}
