/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gen_build: candidates and rows as an integer program in memory. models/roster.mod says what the program is;
 * this file says the same without a language in between, because translating the model takes longer than
 * solving it. Columns and rows have the numbers that MathProg gives them: variables by declaration and index,
 * and only those that a row or a cost needs. tests/unit/t_plan_rows.c holds both ways against each other,
 * number by number.
 */
#include "gen.h"

#include <stdlib.h>
#include <string.h>

/* Variables in the order of their declarations. */
enum {
    X,
    OPEN,
    COUNT,
    REST,
    HOURS,
    LIMIT,
    RUN,
    PERSON,
    LINK,
    SPREAD,
    YEARS,
    LABOUR,
    FOLLOW,
    BOTH,
    ALONE,
    BUDGET,
    WEEK,
    ANY,
    MORE,
    ALSO,
    SHORT,
    SKILL,
    STEP,
    ONE,
    KINDS
};

/* Priced at-most rows with a slack of their own, in the order of the model, and their slacks. */
static const struct {
    int family, slack;
} priced[] = {{TB_GEN_COUNT, COUNT}, {TB_GEN_REST, REST},     {TB_GEN_HOURS, HOURS},  {TB_GEN_LIMIT, LIMIT},
              {TB_GEN_RUN, RUN},     {TB_GEN_PERSON, PERSON}, {TB_GEN_LINK, LINK},    {TB_GEN_SPREAD, SPREAD},
              {TB_GEN_YEARS, YEARS}, {TB_GEN_LABOUR, LABOUR}, {TB_GEN_FOLLOW, FOLLOW}};
static const int shortage[TB_GEN_AT_LEAST] = {[TB_GEN_MIN] = SHORT, [TB_GEN_SKILL] = SKILL};

struct build {
    const struct tb_gen *g;
    int base[KINDS + 1]; /* first column of each kind, before numbering */
    int *first_step;     /* per load */
    struct tb_rows r;
    size_t cap_rows, cap_lower, cap_upper, cap_start, cap_col, cap_coef, n_nz;
};

/* ---- columns --------------------------------------------------------------------------------------- */

static void lay_out(struct build *b)
{
    const struct tb_gen *g = b->g;
    size_t n[KINDS] = {[X] = g->n_cand,
                       [OPEN] = (size_t)g->n_slots,
                       [BOTH] = g->n_unit,
                       [ALONE] = g->n_alone,
                       [BUDGET] = g->hours_soft.n,
                       [WEEK] = g->soft[TB_GEN_WEEK].n,
                       [ANY] = g->n_week,
                       [MORE] = g->n_week,
                       [ALSO] = g->other.n,
                       [ONE] = 1};
    for (size_t i = 0; i < TB_COUNT(priced); i++) n[priced[i].slack] = g->soft[priced[i].family].n;
    for (int f = 0; f < TB_GEN_AT_LEAST; f++) n[shortage[f]] = g->least[f].n;
    b->first_step = tb_xcalloc(g->n_load + 1, sizeof *b->first_step);
    for (size_t l = 0; l < g->n_load; l++) {
        b->first_step[l] = (int)n[STEP];
        n[STEP] += (size_t)g->load[l].steps;
    }
    for (int k = 0; k < KINDS; k++) b->base[k + 1] = b->base[k] + (int)n[k];
    for (size_t l = 0; l < g->n_load; l++) b->first_step[l] += b->base[STEP];
    size_t all = (size_t)b->base[KINDS];
    b->r.n_cols = (int)all;
    b->r.cost = tb_xcalloc(all + 1, sizeof *b->r.cost);
    b->r.lower = tb_xcalloc(all + 1, sizeof *b->r.lower);
    b->r.upper = tb_xcalloc(all + 1, sizeof *b->r.upper);
    b->r.integral = tb_xcalloc(all + 1, sizeof *b->r.integral);
}

static void column(struct build *b, int kind, size_t i, int64_t cost, int64_t upper, bool integral)
{
    int j = b->base[kind] + (int)i;
    b->r.cost[j] = cost;
    b->r.upper[j] = upper;
    b->r.integral[j] = integral;
}

static int minutes_of(const struct tb_gen *g, int cand)
{
    return tb_gen_slot_minutes(&g->p->slots[g->cand[cand].slot]);
}

/* Hours begun beyond the limit when he takes all. */
static int64_t hours_most(const struct tb_gen *g, const struct tb_gen_row *v)
{
    int64_t minutes = 59 - (int64_t)v->limit;
    for (int i = 0; i < v->n; i++) minutes += minutes_of(g, g->pool[v->first + i]);
    return minutes / 60;
}

static void columns(struct build *b)
{
    const struct tb_gen *g = b->g;
    for (size_t i = 0; i < g->n_cand; i++) {
        int64_t fee = 0;
        for (int f = 0; f < TB_GEN_FEES; f++) fee += g->cand[i].fee[f];
        column(b, X, i, fee, 1, true);
        b->r.lower[b->base[X] + (int)i] = g->cand[i].pinned;
    }
    for (int s = 0; s < g->n_slots; s++)
        column(b, OPEN, (size_t)s, g->p->open_price, g->p->slots[g->slots[s]].need, true);
    for (size_t i = 0; i < TB_COUNT(priced); i++) {
        const struct tb_gen_rows *rows = &g->soft[priced[i].family];
        for (size_t k = 0; k < rows->n; k++)
            column(b, priced[i].slack, k, rows->v[k].price, rows->v[k].n, false);
    }
    for (size_t u = 0; u < g->n_unit; u++) column(b, BOTH, u, g->unit_price[u], 1, true);
    for (size_t u = 0; u < g->n_alone; u++) column(b, ALONE, u, g->alone_price[u], 1, true);
    for (size_t k = 0; k < g->hours_soft.n; k++)
        column(b, BUDGET, k, g->hours_soft.v[k].price, hours_most(g, &g->hours_soft.v[k]), true);
    const struct tb_gen_rows *weeks = &g->soft[TB_GEN_WEEK];
    for (size_t k = 0; k < weeks->n; k++) column(b, WEEK, k, weeks->v[k].price, weeks->v[k].n, false);
    for (size_t w = 0; w < g->n_week; w++) {
        column(b, ANY, w, g->week[w].price * g->week[w].bound_other, 1, true);
        column(b, MORE, w, g->week[w].price, g->week[w].n, false);
    }
    for (size_t k = 0; k < g->other.n; k++) column(b, ALSO, k, g->week[g->other.v[k].unit].price, 1, false);
    for (int f = 0; f < TB_GEN_AT_LEAST; f++)
        for (size_t k = 0; k < g->least[f].n; k++)
            column(b, shortage[f], k, g->least[f].v[k].price, g->least[f].v[k].limit, false);
    for (size_t l = 0; l < g->n_load; l++) {
        const struct tb_gen_load *v = &g->load[l];
        for (int k = 1; k <= v->steps; k++)
            column(b, STEP, (size_t)(b->first_step[l] - b->base[STEP] + k - 1), tb_gen_step_cost(v, k),
                   k == v->steps ? v->last : 1, false);
    }
    column(b, ONE, 0, g->fixed, 1, false);
    b->r.lower[b->base[ONE]] = 1;
}

/* ---- rows ------------------------------------------------------------------------------------------ */

static void row(struct build *b, int64_t lower, int64_t upper)
{
    size_t i = (size_t)b->r.n_rows++, n = i;
    *TB_PUSH(b->r.row_lower, n, b->cap_lower) = lower;
    n = i;
    *TB_PUSH(b->r.row_upper, n, b->cap_upper) = upper;
    n = i;
    *TB_PUSH(b->r.start, n, b->cap_start) = (int)b->n_nz;
}

static void entry(struct build *b, int j, int64_t coef)
{
    size_t n = b->n_nz;
    *TB_PUSH(b->r.col, n, b->cap_col) = j;
    *TB_PUSH(b->r.coef, b->n_nz, b->cap_coef) = coef;
}

static void members(struct build *b, int first, int n)
{
    for (int i = 0; i < n; i++) entry(b, b->base[X] + b->g->pool[first + i], 1);
}

static void cover(struct build *b)
{
    const struct tb_gen *g = b->g;
    for (int s = 0; s < g->n_slots; s++) {
        int need = g->p->slots[g->slots[s]].need;
        row(b, need, need);
        for (int i = g->slot_first[s]; i < g->slot_first[s + 1]; i++) entry(b, b->base[X] + i, 1);
        entry(b, b->base[OPEN] + s, 1);
    }
    for (int s = 0; s < g->n_slots; s++) {
        int pins = g->lost[s];
        if (!pins) continue;
        for (int i = g->slot_first[s]; i < g->slot_first[s + 1]; i++) pins += g->cand[i].pinned;
        row(b, pins, TB_INF);
        for (int i = g->slot_first[s]; i < g->slot_first[s + 1]; i++)
            if (g->cand[i].pinned) entry(b, b->base[X] + i, 1);
    }
}

/* At most, less the slack (none: -1 in `slack`) that the row's number or unit points to. */
static void at_most(struct build *b, const struct tb_gen_rows *rows, int slack, bool by_unit)
{
    for (size_t k = 0; k < rows->n; k++) {
        const struct tb_gen_row *v = &rows->v[k];
        row(b, TB_NEG_INF, v->limit);
        members(b, v->first, v->n);
        if (slack >= 0) entry(b, b->base[slack] + (by_unit ? v->unit : (int)k), -1);
    }
}

static void needs(struct build *b, const struct tb_gen_needs *rows, bool priced_ones)
{
    for (size_t k = 0; k < rows->n; k++) {
        const struct tb_gen_need *v = &rows->v[k];
        row(b, TB_NEG_INF, v->limit);
        members(b, v->first, v->n);
        for (int i = 0; i < v->n_helper; i++) entry(b, b->base[X] + b->g->pool[v->first_helper + i], -1);
        if (priced_ones) entry(b, b->base[ALONE] + v->unit, -1);
    }
}

static void budgets(struct build *b, const struct tb_gen_rows *rows, bool priced_ones)
{
    for (size_t k = 0; k < rows->n; k++) {
        const struct tb_gen_row *v = &rows->v[k];
        row(b, TB_NEG_INF, v->limit);
        for (int i = 0; i < v->n; i++)
            entry(b, b->base[X] + b->g->pool[v->first + i], minutes_of(b->g, b->g->pool[v->first + i]));
        if (priced_ones) entry(b, b->base[BUDGET] + (int)k, -60);
    }
}

static void weeks(struct build *b)
{
    const struct tb_gen *g = b->g;
    for (size_t w = 0; w < g->n_week; w++) {
        row(b, TB_NEG_INF, 1);
        members(b, g->week[w].first, g->week[w].n);
        entry(b, b->base[MORE] + (int)w, -1);
    }
    for (size_t k = 0; k < g->some.n; k++) {
        row(b, TB_NEG_INF, 0);
        members(b, g->some.v[k].first, g->some.v[k].n);
        entry(b, b->base[ANY] + g->some.v[k].unit, -1);
    }
    for (size_t k = 0; k < g->other.n; k++) {
        row(b, TB_NEG_INF, 1);
        members(b, g->other.v[k].first, g->other.v[k].n);
        entry(b, b->base[ANY] + g->other.v[k].unit, 1);
        entry(b, b->base[ALSO] + (int)k, -1);
    }
}

static void steps_of(struct build *b, int load, int64_t coef)
{
    for (int k = 0; k < b->g->load[load].steps; k++) entry(b, b->first_step[load] + k, coef);
}

static void loads(struct build *b)
{
    const struct tb_gen *g = b->g;
    for (size_t l = 0; l < g->n_load; l++) {
        row(b, 0, 0);
        members(b, g->load[l].first, g->load[l].n);
        for (int i = 0; i < g->load[l].n_child; i++) steps_of(b, g->pool[g->load[l].first_child + i], 1);
        steps_of(b, (int)l, -1);
    }
}

static void all_rows(struct build *b)
{
    const struct tb_gen *g = b->g;
    cover(b);
    for (int f = 0; f < TB_GEN_AT_MOST; f++) at_most(b, &g->hard[f], -1, false);
    needs(b, &g->need_hard, false);
    budgets(b, &g->hours_hard, false);
    for (size_t i = 0; i < TB_COUNT(priced); i++)
        at_most(b, &g->soft[priced[i].family], priced[i].slack, false);
    at_most(b, &g->soft[TB_GEN_APART], BOTH, true);
    needs(b, &g->need_soft, true);
    budgets(b, &g->hours_soft, true);
    at_most(b, &g->soft[TB_GEN_WEEK], WEEK, false);
    weeks(b);
    for (int f = 0; f < TB_GEN_AT_LEAST; f++)
        for (size_t k = 0; k < g->least[f].n; k++) {
            row(b, g->least[f].v[k].limit, TB_INF);
            members(b, g->least[f].v[k].first, g->least[f].v[k].n);
            entry(b, b->base[shortage[f]] + (int)k, 1);
        }
    loads(b);
    size_t n = (size_t)b->r.n_rows;
    *TB_PUSH(b->r.start, n, b->cap_start) = (int)b->n_nz;
}

/* ---- numbering --------------------------------------------------------------------------------------- */

/* The columns that are needed, in order; n of them. */
static int *order_of(const struct build *b, int *n)
{
    int *order = tb_xcalloc((size_t)b->r.n_cols + 1, sizeof *order);
    bool *used = tb_xcalloc((size_t)b->r.n_cols + 1, sizeof *used);
    *n = 0;
    for (size_t k = 0; k < b->n_nz; k++) used[b->r.col[k]] = true;
    for (int j = 0; j < b->r.n_cols; j++)
        if (used[j] || b->r.cost[j]) order[(*n)++] = j;
    free(used);
    return order;
}

static int64_t *in_order(const int64_t *v, const int *order, int n)
{
    int64_t *w = tb_xcalloc((size_t)n + 1, sizeof *w);
    for (int j = 0; j < n; j++) w[j] = v[order[j]];
    return w;
}

static void number_columns(struct build *b, const int *order, int n)
{
    struct tb_rows *r = &b->r;
    int *to = tb_xcalloc((size_t)r->n_cols + 1, sizeof *to);
    bool *integral = tb_xcalloc((size_t)n + 1, sizeof *integral);
    int64_t *old[] = {r->cost, r->lower, r->upper};
    r->cost = in_order(old[0], order, n);
    r->lower = in_order(old[1], order, n);
    r->upper = in_order(old[2], order, n);
    for (size_t k = 0; k < TB_COUNT(old); k++) free(old[k]);
    for (int j = 0; j < n; j++) {
        integral[j] = r->integral[order[j]];
        to[order[j]] = j;
    }
    free(r->integral);
    r->integral = integral;
    for (size_t k = 0; k < b->n_nz; k++) r->col[k] = to[r->col[k]];
    r->n_cols = n;
    free(to);
}

/* ---- a choice as values of all columns ------------------------------------------------------------------
 */

static int64_t chosen_in(const struct build *b, const int64_t *x, int first, int n)
{
    int64_t sum = 0;
    for (int i = 0; i < n; i++) sum += x[b->base[X] + b->g->pool[first + i]];
    return sum;
}

static int64_t above(int64_t v) { return v > 0 ? v : 0; }

static void excesses(const struct build *b, int64_t *x, const struct tb_gen_rows *rows, int slack)
{
    for (size_t k = 0; k < rows->n; k++)
        x[b->base[slack] + (int)k] =
            above(chosen_in(b, x, rows->v[k].first, rows->v[k].n) - rows->v[k].limit);
}

static void fill_steps(const struct build *b, int64_t *x)
{
    const struct tb_gen *g = b->g;
    int64_t *load = tb_xcalloc(g->n_load + 1, sizeof *load);
    for (size_t l = 0; l < g->n_load; l++) { /* children stand before their parents */
        const struct tb_gen_load *v = &g->load[l];
        load[l] = chosen_in(b, x, v->first, v->n);
        for (int i = 0; i < v->n_child; i++) load[l] += load[g->pool[v->first_child + i]];
        int64_t left = load[l];
        for (int k = 0; k < v->steps; k++) {
            int64_t here = k + 1 < v->steps && left > 1 ? 1 : left;
            x[b->first_step[l] + k] = here;
            left -= here;
        }
    }
    free(load);
}

static int64_t *values(const struct build *b, const int *chosen, size_t n)
{
    const struct tb_gen *g = b->g;
    int64_t *x = tb_xcalloc((size_t)b->base[KINDS] + 1, sizeof *x);
    for (size_t i = 0; i < n; i++) x[b->base[X] + chosen[i]] = 1;
    for (int s = 0; s < g->n_slots; s++) {
        int64_t left = g->p->slots[g->slots[s]].need;
        for (int i = g->slot_first[s]; i < g->slot_first[s + 1]; i++) left -= x[b->base[X] + i];
        x[b->base[OPEN] + s] = left;
    }
    for (size_t i = 0; i < TB_COUNT(priced); i++) excesses(b, x, &g->soft[priced[i].family], priced[i].slack);
    excesses(b, x, &g->soft[TB_GEN_WEEK], WEEK);
    const struct tb_gen_rows *apart = &g->soft[TB_GEN_APART];
    for (size_t k = 0; k < apart->n; k++)
        if (chosen_in(b, x, apart->v[k].first, apart->v[k].n) > apart->v[k].limit)
            x[b->base[BOTH] + apart->v[k].unit] = 1;
    for (size_t k = 0; k < g->need_soft.n; k++) {
        const struct tb_gen_need *v = &g->need_soft.v[k];
        if (chosen_in(b, x, v->first, v->n) - chosen_in(b, x, v->first_helper, v->n_helper) > v->limit)
            x[b->base[ALONE] + v->unit] = 1;
    }
    for (size_t k = 0; k < g->hours_soft.n; k++) {
        const struct tb_gen_row *v = &g->hours_soft.v[k];
        int64_t minutes = -(int64_t)v->limit;
        for (int i = 0; i < v->n; i++)
            minutes += x[b->base[X] + g->pool[v->first + i]] * minutes_of(g, g->pool[v->first + i]);
        x[b->base[BUDGET] + (int)k] = above((minutes > 0 ? minutes + 59 : 0) / 60);
    }
    for (size_t w = 0; w < g->n_week; w++) {
        int64_t here = chosen_in(b, x, g->week[w].first, g->week[w].n);
        x[b->base[ANY] + (int)w] = here > 0;
        x[b->base[MORE] + (int)w] = above(here - 1);
    }
    for (size_t k = 0; k < g->other.n; k++)
        x[b->base[ALSO] + (int)k] = above(chosen_in(b, x, g->other.v[k].first, g->other.v[k].n) +
                                          x[b->base[ANY] + g->other.v[k].unit] - 1);
    for (int f = 0; f < TB_GEN_AT_LEAST; f++)
        for (size_t k = 0; k < g->least[f].n; k++) {
            const struct tb_gen_row *v = &g->least[f].v[k];
            x[b->base[shortage[f]] + (int)k] = above(v->limit - chosen_in(b, x, v->first, v->n));
        }
    fill_steps(b, x);
    x[b->base[ONE]] = 1;
    return x;
}

/* ---- all of it -------------------------------------------------------------------------------------------
 */

void tb_gen_build(const struct tb_gen *g, const int *chosen, size_t n_chosen, struct tb_gen_program *out)
{
    struct build b = {.g = g};
    int n;
    lay_out(&b);
    columns(&b);
    all_rows(&b);
    int *order = order_of(&b, &n);
    number_columns(&b, order, n);
    *out = (struct tb_gen_program){.rows = b.r, .cand_of = tb_xcalloc((size_t)n + 1, sizeof *out->cand_of)};
    for (int j = 0; j < n; j++) out->cand_of[j] = order[j] < b.base[OPEN] ? order[j] : -1;
    if (chosen) {
        int64_t *x = values(&b, chosen, n_chosen);
        out->start = in_order(x, order, n);
        free(x);
    }
    free(order);
    free(b.first_step);
}

void tb_gen_program_free(struct tb_gen_program *p)
{
    tb_rows_free(&p->rows);
    free(p->cand_of);
    free(p->start);
    *p = (struct tb_gen_program){0};
}
