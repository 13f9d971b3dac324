/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gen_place: rules about a slot, or about all counted slots of a date: who stands beside whom.
 */
#include "gen.h"
#include "toban/domain/dated.h"

#include <stdlib.h>
#include <string.h>

/* ---- places -------------------------------------------------------------------------------------- */

/* The counted seats that one row looks at: of one planned slot, or of all on a date, bound ones of that date
 * included. */
struct place {
    struct tb_gen_event *v;
    size_t n, cap;
    int need; /* seats to be planned */
    bool any; /* a planned slot is among them */
    tb_day date;
};

static void add_candidates(const struct tb_gen_ctx *c, int slot, struct place *x)
{
    size_t lo = 0, hi = c->g->n_cand;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (c->g->cand[mid].slot < slot)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < c->g->n_cand && c->g->cand[lo].slot == slot; lo++)
        if (!c->dead[lo])
            *TB_PUSH(x->v, x->n, x->cap) = (struct tb_gen_event){slot, c->g->cand[lo].provider, (int)lo};
}

static void add_slot(const struct tb_gen_ctx *c, int slot, struct place *x)
{
    const struct tb_slot *s = &c->p->slots[slot];
    if (s->planned) {
        x->any = true;
        x->need += s->need;
        add_candidates(c, slot, x);
        return;
    }
    for (int i = 0; i < c->p->n_bound; i++)
        if (c->p->bound[i].slot == slot)
            *TB_PUSH(x->v, x->n, x->cap) = (struct tb_gen_event){slot, c->p->bound[i].provider, -1};
}

typedef void on_place(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price,
                      const struct place *x);

static void each_place(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price, on_place *call)
{
    const struct tb_slot *slots = c->p->slots;
    struct place x = {0};
    for (int s = 0, end; s < c->p->n_slots; s = end) {
        x.n = 0;
        x.need = 0;
        x.any = false;
        x.date = slots[s].date;
        bool day = a->unit == TB_UNIT_DAY;
        for (end = s; end < c->p->n_slots && (end == s || (day && slots[end].date == x.date)); end++)
            if (c->counted[end] && (day || slots[end].planned)) add_slot(c, end, &x);
        if (x.any) call(c, a, price, &x);
    }
    free(x.v);
}

static int area_of(const struct tb_gen_ctx *c, const struct tb_rule_args *a, int provider, tb_day date)
{
    return tb_area_at_level(c->r, tb_region_on(c->r, date)->providers[provider].area, a->level);
}

/* ---- area.spread, skill.min ------------------------------------------------------------------------ */

static void spread(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price, const struct place *x)
{
    if (a->unit == TB_UNIT_SLOT && x->need < 2) return;
    int *area = tb_xcalloc(x->n + 1, sizeof *area);
    for (size_t i = 0; i < x->n; i++) area[i] = area_of(c, a, x->v[i].provider, x->date);
    for (size_t i = 0; i < x->n; i++) {
        int here = area[i], bound = 0;
        if (here < 0) continue;
        tb_gen_list_clear(c);
        for (size_t k = i; k < x->n; k++) {
            if (area[k] != here) continue;
            area[k] = -1;
            if (x->v[k].cand < 0)
                bound++;
            else
                tb_gen_list_add(c, x->v[k].cand);
        }
        tb_gen_at_most(c, TB_GEN_SPREAD, price, a->max, bound);
    }
    free(area);
}

void tb_gen_area_spread(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    each_place(c, a, price, spread);
}

static void skill_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price, const struct place *x,
                     int area)
{
    struct tb_gen *g = c->g;
    int bound = 0;
    tb_gen_list_clear(c);
    for (size_t i = 0; i < x->n; i++) {
        int who = x->v[i].provider;
        bool counts = tb_ids_have(&tb_region_on(c->r, x->date)->providers[who].specialities, a->speciality) &&
                      (area < 0 || area_of(c, a, who, x->date) == area);
        bound += counts && x->v[i].cand < 0;
        /* hard: the others */
        if (x->v[i].cand >= 0 && counts == (price >= 0)) tb_gen_list_add(c, x->v[i].cand);
    }
    int least = a->min < x->need + bound ? a->min : x->need + bound, missing = least - bound;
    if (missing <= 0) return;
    if (price < 0)
        tb_gen_at_most(c, TB_GEN_KEEP, -1, x->need - missing, 0);
    else if (c->n_list == 0)
        g->fixed += price * missing;
    else
        tb_gen_add_row(g, &g->least[TB_GEN_SKILL], c->list, c->n_list, missing, price, -1);
}

static void skill(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price, const struct place *x)
{
    const struct tb_region *on = tb_region_on(c->r, x->date);
    if (!a->level) {
        skill_of(c, a, price, x, -1);
        return;
    }
    bool *there = tb_xcalloc((size_t)c->r->n_areas + 1, sizeof *there);
    c->whose = TB_GEN_PROVIDER;
    for (c->who = 0; c->who < c->r->n_providers; c->who++) {
        int area = area_of(c, a, c->who, x->date);
        if (area >= 0 && !there[area] && tb_ids_have(&on->providers[c->who].specialities, a->speciality))
            there[area] = tb_gen_touched(c, x->date, x->date, -1);
    }
    for (int area = 0; area < c->r->n_areas; area++)
        if (there[area]) skill_of(c, a, price, x, area);
    free(there);
}

void tb_gen_skill_min(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    each_place(c, a, price, skill);
}

/* ---- follow ---------------------------------------------------------------------------------------- */

/* Primary seats of the duties that ought to follow, on one date. */
static void followers(const struct tb_gen_ctx *c, const struct tb_rule_args *a, tb_day date, struct place *x)
{
    *x = (struct place){.v = x->v, .cap = x->cap, .date = date};
    for (int s = tb_gen_slot_from(c->p, date); s < c->p->n_slots && c->p->slots[s].date == date; s++)
        if (c->p->slots[s].role == TB_PRIMARY && tb_ids_have(&a->with, c->p->slots[s].duty))
            add_slot(c, s, x);
}

/* `leader`: a candidate, or a bound seat, that wants one of the others near it. */
static void lead(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price,
                 const struct tb_gen_event *leader, const struct place *x)
{
    enum { OUTSIDE };
    int here = area_of(c, a, leader->provider, x->date);
    if (here < 0 ||
        (a->dispensing == OUTSIDE &&
         tb_region_on(c->r, x->date)->providers[leader->provider].dispensing != TB_DISPENSING_OUTSIDE))
        return;
    bool near = false;
    tb_gen_list_clear(c);
    for (size_t i = 0; i < x->n; i++) {
        bool far = area_of(c, a, x->v[i].provider, x->date) != here;
        near |= !far && x->v[i].cand < 0;
        if (far && x->v[i].cand >= 0 && x->v[i].cand != leader->cand) tb_gen_list_add(c, x->v[i].cand);
    }
    if (near || (x->n == 0 && x->need == 0) || (leader->cand < 0 && !x->any)) return;
    if (c->n_list < (size_t)x->need) return; /* a seat stays open in any case */
    if (leader->cand >= 0) tb_gen_list_add(c, leader->cand);
    if (x->any)
        tb_gen_at_most(c, TB_GEN_FOLLOW, price, x->need, leader->cand < 0);
    else if (price < 0)
        c->dead[leader->cand] = true;
    else
        tb_gen_charge(c, leader->cand, TB_GEN_FEE_BOUND, price);
}

void tb_gen_follow(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    struct place x = {0}, leaders = {0};
    for (int s = 0, end; s < c->p->n_slots; s = end) {
        tb_day date = c->p->slots[s].date;
        leaders.n = 0;
        for (end = s; end < c->p->n_slots && c->p->slots[end].date == date; end++)
            if (c->counted[end]) add_slot(c, end, &leaders);
        if (leaders.n) followers(c, a, date, &x);
        for (size_t i = 0; i < leaders.n; i++) lead(c, a, price, &leaders.v[i], &x);
    }
    free(x.v);
    free(leaders.v);
}

/* ---- pair.together --------------------------------------------------------------------------------- */

static void need(struct tb_gen_ctx *c, const struct tb_gen_event *a, size_t n,
                 const struct tb_gen_event *helpers, size_t m, int unit)
{
    struct tb_gen *g = c->g;
    struct tb_gen_needs *rows = unit < 0 ? &g->need_hard : &g->need_soft;
    tb_gen_list_clear(c);
    for (size_t i = 0; i < n; i++) tb_gen_list_add(c, a[i].cand);
    int first = tb_gen_store(g, c->list, c->n_list);
    tb_gen_list_clear(c);
    for (size_t i = 0; i < m; i++) tb_gen_list_add(c, helpers[i].cand);
    int helper = tb_gen_store(g, c->list, c->n_list);
    *TB_PUSH(rows->v, rows->n, rows->cap) = (struct tb_gen_need){.first = first,
                                                                 .n = (int)n,
                                                                 .first_helper = helper,
                                                                 .n_helper = (int)m,
                                                                 .limit = n ? 0 : -1,
                                                                 .unit = unit};
}

static size_t count_bound(const struct tb_gen_event *v, size_t n)
{
    size_t bound = 0;
    for (size_t i = 0; i < n; i++) bound += v[i].cand < 0;
    return bound;
}

/* One without the other on a date: seats a[0..n) and b[0..m), bound and possible. */
static void date_of_two(struct tb_gen_ctx *c, int64_t price, bool near, const struct tb_gen_event *a,
                        size_t n, const struct tb_gen_event *b, size_t m)
{
    struct tb_gen *g = c->g;
    size_t sure[2] = {count_bound(a, n), count_bound(b, m)};
    if (sure[0] && sure[1]) return;
    if (sure[0] + sure[1] == n + m) { /* nobody can join him any more */
        g->fixed += price >= 0 && near ? price : 0;
        return;
    }
    int unit = -1;
    if (price >= 0) {
        unit = (int)g->n_alone;
        *TB_PUSH(g->alone_price, g->n_alone, g->cap_alone) = price;
    }
    const struct tb_gen_event *v[2] = {a, b};
    size_t count[2] = {n, m};
    for (int side = 0; side < 2; side++) {
        if (sure[!side]) continue; /* whoever comes is not alone */
        if (sure[side] && price >= 0) need(c, NULL, 0, v[!side], count[!side], unit);
        for (size_t i = 0, end; i < count[side] && !(sure[side] && price >= 0); i = end) {
            end = tb_gen_group_end(c, v[side], count[side], i);
            if (v[side][i].cand >= 0) need(c, &v[side][i], end - i, v[!side], count[!side], unit);
        }
    }
}

void tb_gen_pair_together(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    struct tb_gen_event *ev[2];
    size_t n[2], at[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        tb_gen_choose(c, TB_GEN_PROVIDER, a->providers.v[i]);
        ev[i] = tb_gen_take(c, &n[i]);
    }
    for (tb_day d = c->p->from; d <= c->p->to; d++) {
        size_t end[2];
        bool near = false;
        for (int i = 0; i < 2; i++) {
            while (at[i] < n[i] && c->p->slots[ev[i][at[i]].slot].date < d) at[i]++;
            for (end[i] = at[i]; end[i] < n[i] && c->p->slots[ev[i][end[i]].slot].date == d; end[i]++) {}
            c->who = a->providers.v[i];
            near |= tb_gen_touched(c, d, d, -1);
        }
        if (end[0] > at[0] || end[1] > at[1])
            date_of_two(c, price, near, ev[0] + at[0], end[0] - at[0], ev[1] + at[1], end[1] - at[1]);
    }
    free(ev[0]);
    free(ev[1]);
}
