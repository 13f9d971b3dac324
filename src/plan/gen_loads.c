/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gen_loads: the ledgers' counters as load rows, those within another one before it.
 */
#include "gen.h"

#include <stdlib.h>

struct hits {
    struct tb_gen_ctx *c;
    int *of; /* (counter, candidate) pairs */
    size_t n, cap;
    int cand;
};

static void hit(void *arg, int ledger, int account)
{
    struct hits *h = arg;
    int counter = tb_counter_find(h->c->p, ledger, tb_problem_account(h->c->p, ledger, account));
    if (counter < 0 || (h->c->p->counters[counter].price == 0 && h->c->p->counters[counter].beyond == 0))
        return;
    *TB_PUSH(h->of, h->n, h->cap) = counter;
    *TB_PUSH(h->of, h->n, h->cap) = h->cand;
}

/* How many ledgers contain this one: children are written before their parents. */
static int depth(const struct tb_region *r, int ledger)
{
    int n = 0;
    for (; ledger >= 0 && n <= r->n_ledgers; ledger = r->ledgers[ledger].within) n++;
    return n;
}

/* Writes the load row of a counter over its candidates v[0..n): the loads of counters within it stand for
 * their candidates. */
static void add_load(struct tb_gen_ctx *c, int counter, const int *v, int n, int *load_of, int *stamp)
{
    struct tb_gen *g = c->g;
    const struct tb_counter *k = &c->p->counters[counter];
    int mark = counter + 1, *child = NULL;
    size_t n_child = 0, cap_child = 0;
    for (int i = 0; i < n; i++) stamp[v[i]] = mark;
    for (int l = 0; l < c->r->n_ledgers; l++) {
        if (c->r->ledgers[l].within != k->ledger || c->r->ledgers[l].scope != c->r->ledgers[k->ledger].scope)
            continue;
        int other = tb_counter_find(c->p, l, k->account), at = other < 0 ? -1 : load_of[other];
        if (at < 0) continue;
        /* the child's own candidates and its children's, down to the leaves */
        bool inside = true;
        const struct tb_gen_load *sub = &g->load[at];
        for (int j = 0; j < sub->total && inside; j++)
            inside = stamp[g->pool[sub->first - sub->total + j]] == mark;
        if (!inside) continue;
        for (int j = 0; j < sub->total; j++) stamp[g->pool[sub->first - sub->total + j]] = 0;
        *TB_PUSH(child, n_child, cap_child) = at;
    }
    struct tb_gen_load l = {.counter = counter,
                            .total = n,
                            .price = k->price,
                            .entitlement = k->entitlement,
                            .beyond = k->beyond};
    tb_gen_store(g, v, (size_t)n); /* all of them stand just before its own, for its parent to read */
    l.first = (int)g->n_pool;
    for (int i = 0; i < n; i++)
        if (stamp[v[i]] == mark) {
            *TB_PUSH(g->pool, g->n_pool, g->cap_pool) = v[i];
            l.n++;
        }
    l.first_child = tb_gen_store(g, child, n_child);
    l.n_child = (int)n_child;
    l.steps = k->steps < n ? k->steps : n;
    l.last = n - l.steps + 1;
    load_of[counter] = (int)g->n_load;
    *TB_PUSH(g->load, g->n_load, g->cap_load) = l;
    free(child);
}

void tb_gen_loads(struct tb_gen_ctx *c)
{
    const struct tb_problem *p = c->p;
    struct hits h = {.c = c};
    for (size_t i = 0; i < c->g->n_cand; i++) {
        h.cand = (int)i;
        const struct tb_slot *s = &p->slots[c->g->cand[i].slot];
        tb_counts_for(c->r, tb_problem_persons(p, s->date), s, c->g->cand[i].provider, hit, &h);
    }
    int *first = tb_xcalloc((size_t)p->n_counters + 2, sizeof *first),
        *v = tb_xcalloc(h.n / 2 + 1, sizeof *v);
    int *load_of = tb_xcalloc((size_t)p->n_counters + 1, sizeof *load_of),
        *stamp = tb_xcalloc(c->g->n_cand + 1, sizeof *stamp);
    for (size_t i = 0; i < h.n; i += 2) first[h.of[i] + 2]++;
    for (int k = 2; k < p->n_counters + 2; k++) first[k] += first[k - 1];
    for (size_t i = 0; i < h.n; i += 2) v[first[h.of[i] + 1]++] = h.of[i + 1];
    for (int k = 0; k < p->n_counters; k++) load_of[k] = -1;
    int deepest = 0;
    for (int l = 0; l < c->r->n_ledgers; l++)
        if (depth(c->r, l) > deepest) deepest = depth(c->r, l);
    for (int level = deepest; level > 0; level--)
        for (int k = 0; k < p->n_counters; k++)
            if (first[k + 1] > first[k] && depth(c->r, p->counters[k].ledger) == level)
                add_load(c, k, v + first[k], first[k + 1] - first[k], load_of, stamp);
    free(h.of);
    free(first);
    free(v);
    free(load_of);
    free(stamp);
}
