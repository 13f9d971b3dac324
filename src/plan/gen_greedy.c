/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gen_greedy: a roster without solving: pins first, then slot by slot, those with the fewest candidates
 * first, whoever costs least among those whom no hard rule forbids. It is what a limit leaves when nothing
 * better was found in time, never a plan of its own.
 */
#include "gen.h"

#include <stdlib.h>
#include <string.h>

/* Lists by key: of[first[k]..first[k+1]). */
struct lists {
    int *first, *of;
};

struct greedy {
    const struct tb_gen *g;
    const struct tb_gen_row **row; /* at-most rows, hard and priced */
    size_t n_row;
    struct lists rows_of, loads_of, parents_of; /* by candidate, by candidate, by load */
    int *taken;                                 /* per row */
    int *load;                                  /* per load */
};

static void all_rows(struct greedy *v)
{
    size_t n = 0;
    for (int f = 0; f < TB_GEN_AT_MOST; f++) n += v->g->hard[f].n + v->g->soft[f].n;
    v->row = tb_xcalloc(n + 1, sizeof(const struct tb_gen_row *));
    for (int f = 0; f < TB_GEN_AT_MOST; f++) {
        for (size_t k = 0; k < v->g->hard[f].n; k++) v->row[v->n_row++] = &v->g->hard[f].v[k];
        for (size_t k = 0; f != TB_GEN_APART && k < v->g->soft[f].n; k++)
            v->row[v->n_row++] = &v->g->soft[f].v[k];
    }
}

static void count_keys(struct lists *l, size_t keys) { l->first = tb_xcalloc(keys + 2, sizeof *l->first); }

static void add_up(struct lists *l, size_t keys)
{
    for (size_t k = 2; k < keys + 2; k++) l->first[k] += l->first[k - 1];
    l->of = tb_xcalloc((size_t)l->first[keys + 1] + 1, sizeof *l->of);
}

/* Who is in which row and load, from the rows' and loads' lists. */
static void turn_round(struct greedy *v)
{
    const struct tb_gen *g = v->g;
    count_keys(&v->rows_of, g->n_cand);
    count_keys(&v->loads_of, g->n_cand);
    count_keys(&v->parents_of, g->n_load);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t k = 0; k < v->n_row; k++)
            for (int i = 0; i < v->row[k]->n; i++) {
                int x = g->pool[v->row[k]->first + i];
                if (pass)
                    v->rows_of.of[v->rows_of.first[x + 1]++] = (int)k;
                else
                    v->rows_of.first[x + 2]++;
            }
        for (size_t l = 0; l < g->n_load; l++) {
            for (int i = 0; i < g->load[l].n; i++) {
                int x = g->pool[g->load[l].first + i];
                if (pass)
                    v->loads_of.of[v->loads_of.first[x + 1]++] = (int)l;
                else
                    v->loads_of.first[x + 2]++;
            }
            for (int i = 0; i < g->load[l].n_child; i++) {
                int child = g->pool[g->load[l].first_child + i];
                if (pass)
                    v->parents_of.of[v->parents_of.first[child + 1]++] = (int)l;
                else
                    v->parents_of.first[child + 2]++;
            }
        }
        if (pass) break;
        add_up(&v->rows_of, g->n_cand);
        add_up(&v->loads_of, g->n_cand);
        add_up(&v->parents_of, g->n_load);
    }
}

/* One more in a load and in those around it: the cost; counted when `take`. */
static int64_t one_more(struct greedy *v, int load, bool take)
{
    int64_t cost = tb_gen_step_cost(&v->g->load[load], v->load[load] + 1);
    v->load[load] += take;
    for (int i = v->parents_of.first[load]; i < v->parents_of.first[load + 1]; i++)
        cost += one_more(v, v->parents_of.of[i], take);
    return cost;
}

static bool holds(const struct tb_gen *g, int first, int n, int x)
{
    for (int j = 0; j < n; j++)
        if (g->pool[first + j] == x) return true;
    return false;
}

/* Would he be alone where he must not be, or work too many hours? Few rows say so; priced ones are left to
 * the search. */
static bool ruled_out(const struct tb_gen *g, const bool *on, int x)
{
    for (size_t k = 0; k < g->need_hard.n; k++) {
        const struct tb_gen_need *r = &g->need_hard.v[k];
        bool helped = false;
        for (int j = 0; j < r->n_helper; j++) helped |= on[g->pool[r->first_helper + j]];
        if (!helped && holds(g, r->first, r->n, x)) return true;
    }
    for (size_t k = 0; k < g->hours_hard.n; k++) {
        const struct tb_gen_row *r = &g->hours_hard.v[k];
        if (!holds(g, r->first, r->n, x)) continue;
        int64_t minutes = tb_gen_slot_minutes(&g->p->slots[g->cand[x].slot]);
        for (int j = 0; j < r->n; j++)
            if (on[g->pool[r->first + j]])
                minutes += tb_gen_slot_minutes(&g->p->slots[g->cand[g->pool[r->first + j]].slot]);
        if (minutes > r->limit) return true;
    }
    return false;
}

/* May the candidate be taken as well, and at what cost? */
static bool price_of(struct greedy *v, const bool *on, int x, int64_t *cost)
{
    *cost = 0;
    if (ruled_out(v->g, on, x)) return false;
    for (int i = v->rows_of.first[x]; i < v->rows_of.first[x + 1]; i++) {
        const struct tb_gen_row *r = v->row[v->rows_of.of[i]];
        if (v->taken[v->rows_of.of[i]] < r->limit) continue;
        if (r->price < 0) return false;
        *cost += r->price;
    }
    for (int f = 0; f < TB_GEN_FEES; f++) *cost += v->g->cand[x].fee[f];
    for (int i = v->loads_of.first[x]; i < v->loads_of.first[x + 1]; i++)
        *cost += one_more(v, v->loads_of.of[i], false);
    return true;
}

static void take(struct greedy *v, bool *on, int x)
{
    on[x] = true;
    for (int i = v->rows_of.first[x]; i < v->rows_of.first[x + 1]; i++) v->taken[v->rows_of.of[i]]++;
    for (int i = v->loads_of.first[x]; i < v->loads_of.first[x + 1]; i++)
        one_more(v, v->loads_of.of[i], true);
}

static void fill(struct greedy *v, bool *on, int s)
{
    const struct tb_gen *g = v->g;
    int left = g->p->slots[g->slots[s]].need;
    for (int i = g->slot_first[s]; i < g->slot_first[s + 1]; i++) left -= on[i];
    while (left-- > 0) {
        int best = -1;
        int64_t least = 0, cost;
        for (int i = g->slot_first[s]; i < g->slot_first[s + 1]; i++) {
            if (on[i] || !price_of(v, on, i, &cost) || (best >= 0 && cost >= least)) continue;
            best = i;
            least = cost;
        }
        if (best < 0 || least >= g->p->open_price) return;
        take(v, on, best);
    }
}

struct rank {
    int slot, choices;
};

static int fewest_first(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;
    if (x->choices != y->choices) return x->choices < y->choices ? -1 : 1;
    return (x->slot > y->slot) - (x->slot < y->slot);
}

bool tb_gen_greedy(const struct tb_gen *g, int **chosen, size_t *n)
{
    struct greedy v = {.g = g};
    all_rows(&v);
    turn_round(&v);
    v.taken = tb_xcalloc(v.n_row + 1, sizeof *v.taken);
    v.load = tb_xcalloc(g->n_load + 1, sizeof *v.load);
    bool *on = tb_xcalloc(g->n_cand + 1, sizeof *on);
    struct rank *rank = tb_xcalloc((size_t)g->n_slots + 1, sizeof *rank);
    for (size_t i = 0; i < g->n_cand; i++)
        if (g->cand[i].pinned) take(&v, on, (int)i);
    for (int s = 0; s < g->n_slots; s++) rank[s] = (struct rank){s, g->slot_first[s + 1] - g->slot_first[s]};
    qsort(rank, (size_t)g->n_slots, sizeof *rank, fewest_first);
    for (int s = 0; s < g->n_slots; s++) fill(&v, on, rank[s].slot);
    *chosen = tb_xcalloc(g->n_cand + 1, sizeof **chosen);
    *n = 0;
    for (size_t i = 0; i < g->n_cand; i++)
        if (on[i]) (*chosen)[(*n)++] = (int)i;
    int64_t cost;
    bool keeps = tb_gen_cost(g, *chosen, *n, &cost); /* pins may exclude each other */
    struct lists *lists[] = {&v.rows_of, &v.loads_of, &v.parents_of};
    for (size_t i = 0; i < TB_COUNT(lists); i++) {
        free(lists[i]->first);
        free(lists[i]->of);
    }
    free(v.row);
    free(v.taken);
    free(v.load);
    free(on);
    free(rank);
    return keeps;
}
