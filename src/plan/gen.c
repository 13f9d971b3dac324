/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gen.h"

#include <stdlib.h>
#include <string.h>

void tb_gen_index_free(struct tb_gen_ctx *c)
{
    for (int k = 0; k < 3; k++) {
        free(c->by[k].first);
        free(c->by[k].ev);
        c->by[k] = (struct tb_gen_index){0};
    }
}

static int holder_of(const struct tb_gen_ctx *c, enum tb_gen_whose whose, int slot, int provider)
{
    if (whose == TB_GEN_PROVIDER) return provider;
    return (whose == TB_GEN_KIN ? c->kin : tb_problem_persons(c->p, c->p->slots[slot].date))[provider];
}

static struct tb_gen_index index_by(const struct tb_gen_ctx *c, enum tb_gen_whose whose)
{
    const struct tb_problem *p = c->p;
    const struct tb_gen *g = c->g;
    int n = c->r->n_providers;
    struct tb_gen_index ix = {
        .first = tb_xcalloc((size_t)n + 2, sizeof(int)),
        .ev = tb_xcalloc(g->n_cand + (size_t)p->n_bound + 1, sizeof(struct tb_gen_event))};
    for (size_t i = 0; i < g->n_cand; i++)
        ix.first[holder_of(c, whose, g->cand[i].slot, g->cand[i].provider) + 2]++;
    for (int i = 0; i < p->n_bound; i++)
        ix.first[holder_of(c, whose, p->bound[i].slot, p->bound[i].provider) + 2]++;
    for (int k = 2; k <= n + 1; k++) ix.first[k] += ix.first[k - 1];
    size_t i = 0;
    int b = 0;
    while (i < g->n_cand || b < p->n_bound) {
        bool sure = i == g->n_cand || (b < p->n_bound && p->bound[b].slot < g->cand[i].slot);
        struct tb_gen_event ev = sure ? (struct tb_gen_event){p->bound[b].slot, p->bound[b].provider, -1}
                                      : (struct tb_gen_event){g->cand[i].slot, g->cand[i].provider, (int)i};
        ix.ev[ix.first[holder_of(c, whose, ev.slot, ev.provider) + 1]++] = ev;
        if (sure)
            b++;
        else
            i++;
    }
    return ix;
}

void tb_gen_index_build(struct tb_gen_ctx *c)
{
    tb_gen_index_free(c);
    for (int k = 0; k < 3; k++) c->by[k] = index_by(c, (enum tb_gen_whose)k);
}

static void renumber(struct tb_gen *g, const int *to, int first, int *n)
{
    int kept = 0;
    for (int j = 0; j < *n; j++) {
        int v = to[g->pool[first + j]];
        if (v >= 0) g->pool[first + kept++] = v;
    }
    *n = kept;
}

/* Renumbers candidates without the dead ones, in rows too. */
static void compress(struct tb_gen_ctx *c)
{
    struct tb_gen *g = c->g;
    int *to = tb_xcalloc(g->n_cand + 1, sizeof *to);
    size_t n = 0;
    for (size_t i = 0; i < g->n_cand; i++) {
        to[i] = c->dead[i] ? -1 : (int)n;
        if (!c->dead[i]) g->cand[n++] = g->cand[i];
    }
    g->n_cand = n;
    for (int f = 0; f < TB_GEN_AT_MOST; f++)
        for (size_t k = 0; k < g->hard[f].n; k++) renumber(g, to, g->hard[f].v[k].first, &g->hard[f].v[k].n);
    n = 0;
    for (size_t k = 0; k < g->hours_hard.n; k++) {
        struct tb_gen_row *row = &g->hours_hard.v[k];
        renumber(g, to, row->first, &row->n);
        if (row->n) g->hours_hard.v[n++] = *row; /* nobody is left: nothing to say, and no set for MathProg */
    }
    g->hours_hard.n = n;
    n = 0;
    for (size_t k = 0; k < g->need_hard.n; k++) {
        struct tb_gen_need *row = &g->need_hard.v[k];
        renumber(g, to, row->first, &row->n);
        renumber(g, to, row->first_helper, &row->n_helper);
        if (row->n) g->need_hard.v[n++] = *row;
    }
    g->need_hard.n = n;
    free(to);
    memset(c->dead, 0, g->n_cand);
}

static void rows_of_one(struct tb_gen_ctx *c)
{
    struct tb_gen *g = c->g;
    size_t total = 0;
    c->one_first = tb_arena_alloc(&c->arena, (g->n_cand + 2) * sizeof *c->one_first);
    c->mark = tb_arena_alloc(&c->arena, (g->n_cand + 1) * sizeof *c->mark);
    for (int pass = 0; pass < 2; pass++) {
        for (int f = 0; f < TB_GEN_AT_MOST; f++)
            for (size_t k = 0; k < g->hard[f].n; k++) {
                const struct tb_gen_row *row = &g->hard[f].v[k];
                for (int j = 0; row->limit == 1 && j < row->n; j++) {
                    int x = g->pool[row->first + j];
                    if (pass == 0)
                        c->one_first[x + 2]++;
                    else
                        c->one[c->one_first[x + 1]++] = row;
                    total++;
                }
            }
        if (pass == 1) break;
        for (size_t i = 2; i < g->n_cand + 2; i++) c->one_first[i] += c->one_first[i - 1];
        c->one = tb_arena_alloc(&c->arena, (total + 1) * sizeof *c->one);
    }
}

static int find_cand(const struct tb_gen *g, int slot, int provider)
{
    size_t lo = 0, hi = g->n_cand;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const struct tb_gen_cand *x = &g->cand[mid];
        if (x->slot < slot || (x->slot == slot && x->provider < provider))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < g->n_cand && g->cand[lo].slot == slot && g->cand[lo].provider == provider ? (int)lo : -1;
}

static void pins_and_cover(struct tb_gen *g)
{
    const struct tb_problem *p = g->p;
    g->slot_first = tb_xcalloc((size_t)g->n_slots + 1, sizeof *g->slot_first);
    size_t i = 0;
    for (int s = 0; s <= g->n_slots; s++) {
        while (i < g->n_cand && (s == g->n_slots || g->cand[i].slot < g->slots[s])) i++;
        g->slot_first[s] = (int)i;
    }
    for (int k = 0; k < p->n_pins; k++) {
        if (p->pins[k].action == TB_PIN_FORBID) continue;
        int x = find_cand(g, p->pins[k].slot, p->pins[k].provider);
        /* the price of losing him is paid unless he stays; it stands with the wishes */
        if (p->pins[k].action == TB_PIN_KEEP) {
            g->fixed += p->change_price;
            if (x >= 0) g->cand[x].fee[TB_GEN_FEE_WISH] -= p->change_price;
            continue;
        }
        if (x >= 0) {
            g->cand[x].pinned = true;
            continue;
        }
        for (int s = 0; s < g->n_slots; s++) g->lost[s] += g->slots[s] == p->pins[k].slot;
    }
}

static int first_of_kin(const int *of, int i)
{
    while (of[i] != i) i = of[i];
    return i;
}

static void find_kin(struct tb_gen_ctx *c)
{
    int n = c->r->n_providers;
    c->kin = tb_arena_alloc(&c->arena, ((size_t)n + 1) * sizeof *c->kin);
    for (int i = 0; i < n; i++) c->kin[i] = i;
    for (int k = 0; k < c->p->n_persons; k++)
        for (int i = 0; i < n; i++) {
            int a = first_of_kin(c->kin, i), b = first_of_kin(c->kin, c->p->persons[k].of[i]);
            if (a != b) c->kin[a > b ? a : b] = a < b ? a : b;
        }
    for (int i = 0; i < n; i++) c->kin[i] = first_of_kin(c->kin, i);
}

enum tb_code tb_gen_new(const struct tb_problem *p, struct tb_gen **out, struct tb_err *e)
{
    struct tb_gen_ctx c = {.p = p, .r = p->region};
    const struct tb_region *r = p->region;
    c.args = tb_arena_alloc(&c.arena, ((size_t)r->n_rules + 1) * sizeof *c.args);
    for (int i = 0; i < r->n_rules; i++) {
        enum tb_code code = tb_rule_parse(r, &r->rules[i], &c.arena, &c.args[i], e);
        if (code != TB_OK) {
            tb_arena_free(&c.arena);
            return code;
        }
    }
    struct tb_gen *g = c.g = tb_xcalloc(1, sizeof *g);
    g->p = p;
    c.counted = tb_xcalloc((size_t)p->n_slots + 1, sizeof *c.counted);
    find_kin(&c);
    tb_gen_candidates(&c);
    c.dead = tb_xcalloc(g->n_cand + 1, sizeof *c.dead);
    tb_gen_index_build(&c);
    tb_gen_hard_rules(&c);
    compress(&c);
    tb_gen_index_build(&c);
    rows_of_one(&c);
    pins_and_cover(g);
    tb_gen_soft_rules(&c);
    tb_gen_loads(&c);
    tb_gen_tidy(g);
    tb_gen_index_free(&c);
    free(c.counted);
    free(c.dead);
    free(c.sel);
    free(c.list);
    free(c.dates);
    tb_arena_free(&c.arena);
    *out = g;
    return TB_OK;
}

void tb_gen_free(struct tb_gen *g)
{
    if (!g) return;
    for (int f = 0; f < TB_GEN_AT_MOST; f++) {
        free(g->hard[f].v);
        free(g->soft[f].v);
    }
    for (int f = 0; f < TB_GEN_AT_LEAST; f++) free(g->least[f].v);
    free(g->some.v);
    free(g->other.v);
    free(g->need_hard.v);
    free(g->need_soft.v);
    free(g->hours_hard.v);
    free(g->hours_soft.v);
    free(g->alone_price);
    free(g->cand);
    free(g->slots);
    free(g->slot_first);
    free(g->lost);
    free(g->pool);
    free(g->week);
    free(g->unit_price);
    free(g->load);
    free(g);
}

/* ---- tidying ------------------------------------------------------------------------------------- */

/* Hard rows by candidate. */
struct incidence {
    int *first, *row;
};

static struct incidence hard_rows_of(const struct tb_gen *g, struct tb_gen_row *const *rows, size_t n)
{
    struct incidence in = {.first = tb_xcalloc(g->n_cand + 2, sizeof(int))};
    size_t total = 0;
    for (size_t k = 0; k < n; k++)
        for (int j = 0; j < rows[k]->n; j++, total++) in.first[g->pool[rows[k]->first + j] + 2]++;
    for (size_t i = 2; i < g->n_cand + 2; i++) in.first[i] += in.first[i - 1];
    in.row = tb_xcalloc(total + 1, sizeof(int));
    for (size_t k = 0; k < n; k++)
        for (int j = 0; j < rows[k]->n; j++) in.row[in.first[g->pool[rows[k]->first + j] + 1]++] = (int)k;
    return in;
}

/* Is the row implied by a hard row? `self`: its own number among them, -1 for a priced row. */
static bool implied(const struct tb_gen *g, const struct tb_gen_row *a, int self,
                    struct tb_gen_row *const *rows, const struct incidence *in, int *stamp, int mark)
{
    if (a->n <= a->limit) return true;
    int best = g->pool[a->first];
    for (int j = 0; j < a->n; j++) {
        int x = g->pool[a->first + j];
        stamp[x] = mark;
        if (in->first[x + 1] - in->first[x] < in->first[best + 1] - in->first[best]) best = x;
    }
    for (int t = in->first[best]; t < in->first[best + 1]; t++) {
        int k = in->row[t];
        const struct tb_gen_row *b = rows[k];
        if (k == self || b->limit > a->limit || b->n < a->n) continue;
        /* of equal ones the first stays */
        if (self >= 0 && b->n == a->n && b->limit == a->limit && k > self) continue;
        int both = 0;
        for (int j = 0; j < b->n; j++) both += stamp[g->pool[b->first + j]] == mark;
        if (both == a->n) return true;
    }
    return false;
}

static void drop_marked(struct tb_gen_rows *rows)
{
    size_t n = 0;
    for (size_t k = 0; k < rows->n; k++)
        if (rows->v[k].n > 0) rows->v[n++] = rows->v[k];
    rows->n = n;
}

static uint64_t row_hash(const struct tb_gen *g, const struct tb_gen_row *r)
{
    uint64_t h = 1469598103934665603U ^ (uint64_t)r->limit;
    for (int j = 0; j < r->n; j++) h = (h ^ (uint64_t)g->pool[r->first + j]) * 1099511628211U;
    return h;
}

static bool same_row(const struct tb_gen *g, const struct tb_gen_row *a, const struct tb_gen_row *b)
{
    return a->limit == b->limit && a->n == b->n &&
           memcmp(&g->pool[a->first], &g->pool[b->first], (size_t)a->n * sizeof(int)) == 0;
}

/* Equal priced rows become one at the sum of their prices. */
static void merge_equal(struct tb_gen *g, struct tb_gen_rows *rows)
{
    size_t size = 16;
    while (size < rows->n * 2) size *= 2;
    int *table = tb_xcalloc(size, sizeof *table);
    for (size_t k = 0; k < rows->n; k++) {
        struct tb_gen_row *a = &rows->v[k];
        size_t at = row_hash(g, a) & (size - 1);
        while (table[at] && !same_row(g, &rows->v[table[at] - 1], a)) at = (at + 1) & (size - 1);
        if (!table[at]) {
            table[at] = (int)k + 1;
            continue;
        }
        rows->v[table[at] - 1].price += a->price;
        a->n = 0;
    }
    free(table);
    drop_marked(rows);
}

void tb_gen_tidy(struct tb_gen *g)
{
    size_t n = 0;
    for (int f = 0; f < TB_GEN_AT_MOST; f++) n += g->hard[f].n;
    struct tb_gen_row **rows = tb_xcalloc(n + 1, sizeof(struct tb_gen_row *));
    n = 0;
    for (int f = 0; f < TB_GEN_AT_MOST; f++)
        for (size_t k = 0; k < g->hard[f].n; k++)
            if (g->hard[f].v[k].n > g->hard[f].v[k].limit)
                rows[n++] = &g->hard[f].v[k];
            else
                g->hard[f].v[k].n = 0;
    drop_marked(&g->hours_hard); /* whose candidates other rules have all taken away */
    struct incidence in = hard_rows_of(g, rows, n);
    int *stamp = tb_xcalloc(g->n_cand + 1, sizeof *stamp);
    bool *drop = tb_xcalloc(n + 1, sizeof *drop);
    int mark = 0;
    for (size_t k = 0; k < n; k++) drop[k] = implied(g, rows[k], (int)k, rows, &in, stamp, ++mark);
    for (int f = 0; f < TB_GEN_AT_MOST; f++) {
        if (f == TB_GEN_APART) continue;
        for (size_t k = 0; k < g->soft[f].n; k++)
            if (implied(g, &g->soft[f].v[k], -1, rows, &in, stamp, ++mark)) g->soft[f].v[k].n = 0;
        drop_marked(&g->soft[f]);
        merge_equal(g, &g->soft[f]);
    }
    for (size_t k = 0; k < n; k++)
        if (drop[k]) rows[k]->n = 0;
    for (int f = 0; f < TB_GEN_AT_MOST; f++) drop_marked(&g->hard[f]);
    free(drop);
    free(stamp);
    free(in.first);
    free(in.row);
    free(rows);
}

/* ---- costs --------------------------------------------------------------------------------------- */

static int count_row(const struct tb_gen *g, const bool *on, int first, int n)
{
    int sum = 0;
    for (int j = 0; j < n; j++) sum += on[g->pool[first + j]];
    return sum;
}

int64_t tb_gen_step_cost(const struct tb_gen_load *l, int k)
{
    int64_t step = k < l->steps ? k : l->steps, e = l->entitlement;
    int beyond = (100 * step >= e + 100) - (100 * (step - 1) <= e - 100);
    return l->price * (100 * (2 * step - 1) - 2 * e) + 100 * (int64_t)l->beyond * beyond;
}

static int64_t load_cost(const struct tb_gen_load *l, int n)
{
    int64_t cost = 0;
    for (int k = 1; k <= n; k++) cost += tb_gen_step_cost(l, k);
    return cost;
}

static bool cover_cost(const struct tb_gen *g, const bool *on, int64_t *cost)
{
    for (int s = 0; s < g->n_slots; s++) {
        int filled = 0, need = g->p->slots[g->slots[s]].need;
        for (int i = g->slot_first[s]; i < g->slot_first[s + 1]; i++) {
            filled += on[i];
            if (g->cand[i].pinned && !on[i]) return false;
            if (on[i])
                for (int f = 0; f < TB_GEN_FEES; f++) *cost += g->cand[i].fee[f];
        }
        if (filled > need || g->lost[s]) return false;
        *cost += (need - filled) * g->p->open_price;
    }
    return true;
}

static int64_t week_cost(const struct tb_gen *g, const bool *on)
{
    int64_t cost = 0;
    for (size_t k = 0; k < g->n_week; k++) {
        const struct tb_gen_week *w = &g->week[k];
        int of_class = count_row(g, on, w->first, w->n);
        if (of_class) cost += w->price * (of_class - 1 + w->bound_other);
    }
    for (size_t k = 0; k < g->other.n; k++) {
        const struct tb_gen_row *r = &g->other.v[k];
        const struct tb_gen_week *w = &g->week[r->unit];
        if (count_row(g, on, w->first, w->n)) cost += w->price * count_row(g, on, r->first, r->n);
    }
    return cost;
}

static int64_t apart_cost(const struct tb_gen *g, const bool *on)
{
    const struct tb_gen_rows *rows = &g->soft[TB_GEN_APART];
    bool *hit = tb_xcalloc(g->n_unit + 1, sizeof *hit);
    int64_t cost = 0;
    for (size_t k = 0; k < rows->n; k++) {
        const struct tb_gen_row *r = &rows->v[k];
        if (hit[r->unit] || count_row(g, on, r->first, r->n) <= r->limit) continue;
        hit[r->unit] = true;
        cost += g->unit_price[r->unit];
    }
    free(hit);
    return cost;
}

static bool alone(const struct tb_gen *g, const bool *on, const struct tb_gen_need *r)
{
    return count_row(g, on, r->first, r->n) - count_row(g, on, r->first_helper, r->n_helper) > r->limit;
}

static int64_t minutes_over(const struct tb_gen *g, const bool *on, const struct tb_gen_row *r)
{
    int64_t sum = -(int64_t)r->limit;
    for (int j = 0; j < r->n; j++)
        if (on[g->pool[r->first + j]])
            sum += tb_gen_slot_minutes(&g->p->slots[g->cand[g->pool[r->first + j]].slot]);
    return sum;
}

static bool pairs_and_hours_cost(const struct tb_gen *g, const bool *on, int64_t *cost)
{
    for (size_t k = 0; k < g->need_hard.n; k++)
        if (alone(g, on, &g->need_hard.v[k])) return false;
    for (size_t k = 0; k < g->hours_hard.n; k++)
        if (minutes_over(g, on, &g->hours_hard.v[k]) > 0) return false;
    bool *paid = tb_xcalloc(g->n_alone + 1, sizeof *paid);
    for (size_t k = 0; k < g->need_soft.n; k++) {
        const struct tb_gen_need *r = &g->need_soft.v[k];
        if (paid[r->unit] || !alone(g, on, r)) continue;
        paid[r->unit] = true;
        *cost += g->alone_price[r->unit];
    }
    free(paid);
    for (size_t k = 0; k < g->hours_soft.n; k++) {
        int64_t over = minutes_over(g, on, &g->hours_soft.v[k]);
        if (over > 0) *cost += g->hours_soft.v[k].price * ((over + 59) / 60);
    }
    return true;
}

static int64_t ledger_cost(const struct tb_gen *g, const bool *on)
{
    int64_t cost = 0;
    int *load = tb_xcalloc(g->n_load + 1, sizeof *load);
    for (size_t k = 0; k < g->n_load; k++) { /* children stand before their parents */
        const struct tb_gen_load *l = &g->load[k];
        load[k] = count_row(g, on, l->first, l->n);
        for (int j = 0; j < l->n_child; j++) load[k] += load[g->pool[l->first_child + j]];
        cost += load_cost(l, load[k]);
    }
    free(load);
    return cost;
}

static bool rows_cost(const struct tb_gen *g, const bool *on, int64_t *cost)
{
    for (int f = 0; f < TB_GEN_AT_MOST; f++) {
        for (size_t k = 0; k < g->hard[f].n; k++)
            if (count_row(g, on, g->hard[f].v[k].first, g->hard[f].v[k].n) > g->hard[f].v[k].limit)
                return false;
        for (size_t k = 0; f != TB_GEN_APART && k < g->soft[f].n; k++) {
            const struct tb_gen_row *r = &g->soft[f].v[k];
            int over = count_row(g, on, r->first, r->n) - r->limit;
            if (over > 0) *cost += r->price * over;
        }
    }
    for (int f = 0; f < TB_GEN_AT_LEAST; f++)
        for (size_t k = 0; k < g->least[f].n; k++) {
            const struct tb_gen_row *r = &g->least[f].v[k];
            int missing = r->limit - count_row(g, on, r->first, r->n);
            if (missing > 0) *cost += r->price * missing;
        }
    return true;
}

bool tb_gen_cost(const struct tb_gen *g, const int *chosen, size_t n, int64_t *cost)
{
    bool *on = tb_xcalloc(g->n_cand + 1, sizeof *on);
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        ok = chosen[i] >= 0 && (size_t)chosen[i] < g->n_cand && !on[chosen[i]];
        if (ok) on[chosen[i]] = true;
    }
    *cost = g->fixed;
    ok = ok && cover_cost(g, on, cost) && rows_cost(g, on, cost) && pairs_and_hours_cost(g, on, cost);
    if (ok) *cost += week_cost(g, on) + apart_cost(g, on) + ledger_cost(g, on);
    free(on);
    return ok;
}

bool tb_gen_lost(const struct tb_gen *g)
{
    for (int s = 0; s < g->n_slots; s++)
        if (g->lost[s]) return true;
    return false;
}

int64_t tb_gen_floor(const struct tb_gen *g)
{
    int64_t least = g->fixed;
    for (size_t i = 0; i < g->n_cand; i++) {
        int64_t fee = 0;
        for (int f = 0; f < TB_GEN_FEES; f++) fee += g->cand[i].fee[f];
        if (fee < 0) least += fee;
    }
    for (size_t k = 0; k < g->n_load; k++) {
        int64_t best = 0;
        for (int n = 1; n <= g->load[k].total; n++) {
            int64_t cost = load_cost(&g->load[k], n);
            if (cost < best) best = cost;
        }
        least += best;
    }
    return least;
}
