/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gen_tools: what the rules are made of: seats selected, rows, units of time. Nothing here knows a rule type.
 */
#include "gen.h"

#include <stdlib.h>
#include <string.h>

/* ---- selecting seats ----------------------------------------------------------------------------- */

void tb_gen_count_slots(struct tb_gen_ctx *c, const struct tb_rule *rule, int roles)
{
    for (int s = 0; s < c->p->n_slots; s++) {
        const struct tb_slot *t = &c->p->slots[s];
        bool role = roles == TB_ROLES_BOTH ||
                    (roles == TB_ROLES_PRIMARY ? t->role == TB_PRIMARY : t->role == TB_RESERVE);
        c->counted[s] = role && (!rule || tb_rule_concerns(rule, t->duty, t->date));
    }
}

void tb_gen_choose(struct tb_gen_ctx *c, enum tb_gen_whose whose, int who)
{
    const struct tb_gen_index *ix = &c->by[whose];
    c->whose = whose;
    c->who = who;
    c->n_sel = 0;
    for (int i = ix->first[who]; i < ix->first[who + 1]; i++) {
        const struct tb_gen_event *ev = &ix->ev[i];
        if (c->counted[ev->slot] && (ev->cand < 0 || !c->dead[ev->cand]))
            *TB_PUSH(c->sel, c->n_sel, c->cap_sel) = *ev;
    }
}

bool tb_gen_one_person(const struct tb_gen_ctx *c, int a, int b, tb_day date)
{
    const int *of = tb_problem_persons(c->p, date);
    return of[a] == of[b];
}

struct tb_gen_event *tb_gen_take(struct tb_gen_ctx *c, size_t *n)
{
    struct tb_gen_event *v = tb_xcalloc(c->n_sel + 1, sizeof *v);
    if (c->n_sel) memcpy(v, c->sel, c->n_sel * sizeof *v);
    *n = c->n_sel;
    return v;
}

void tb_gen_each_provider(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price, bool seatless,
                          tb_gen_rule_fn *rule)
{
    for (int who = 0; who < c->r->n_providers; who++) {
        if (!tb_rule_means(c->r, a, who)) continue;
        tb_gen_choose(c, TB_GEN_PROVIDER, who);
        if (c->n_sel || seatless) rule(c, a, price);
    }
}

void tb_gen_each_person(struct tb_gen_ctx *c, enum tb_gen_whose whose, const struct tb_rule_args *a,
                        int64_t price, tb_gen_rule_fn *rule)
{
    for (int who = 0; who < c->r->n_providers; who++) {
        tb_gen_choose(c, whose, who);
        if (c->n_sel) rule(c, a, price);
    }
}

void tb_gen_list_clear(struct tb_gen_ctx *c) { c->n_list = 0; }
void tb_gen_list_add(struct tb_gen_ctx *c, int cand) { *TB_PUSH(c->list, c->n_list, c->cap_list) = cand; }

int tb_gen_slot_from(const struct tb_problem *p, tb_day d)
{
    int lo = 0, hi = p->n_slots;
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2;
        if (p->slots[mid].date < d)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

bool tb_gen_in_pool(const struct tb_gen_ctx *c, int duty, tb_day date)
{
    if (c->whose == TB_GEN_PROVIDER) return tb_member_on(c->r, duty, c->who, date) >= 0;
    const int *of = c->whose == TB_GEN_KIN ? c->kin : tb_problem_persons(c->p, date);
    for (int i = 0; i < c->r->n_providers; i++)
        if (of[i] == c->who && tb_member_on(c->r, duty, i, date) >= 0) return true;
    return false;
}

bool tb_gen_touched(const struct tb_gen_ctx *c, tb_day from, tb_day to, int class_)
{
    for (int s = tb_gen_slot_from(c->p, from); s < c->p->n_slots && c->p->slots[s].date <= to; s++)
        if (c->p->slots[s].planned && c->counted[s] && tb_slot_in_class(&c->p->slots[s], class_) &&
            tb_gen_in_pool(c, c->p->slots[s].duty, c->p->slots[s].date))
            return true;
    return false;
}

/* ---- rows ---------------------------------------------------------------------------------------- */

int tb_gen_store(struct tb_gen *g, const int *v, size_t n)
{
    int first = (int)g->n_pool;
    for (size_t i = 0; i < n; i++) *TB_PUSH(g->pool, g->n_pool, g->cap_pool) = v[i];
    return first;
}

void tb_gen_add_row(struct tb_gen *g, struct tb_gen_rows *rows, const int *v, size_t n, int limit,
                    int64_t price, int unit)
{
    int first = tb_gen_store(g, v, n);
    *TB_PUSH(rows->v, rows->n, rows->cap) =
        (struct tb_gen_row){.limit = limit, .first = first, .n = (int)n, .price = price, .unit = unit};
}

void tb_gen_charge(struct tb_gen_ctx *c, int cand, int fee, int64_t price)
{
    c->g->cand[cand].fee[fee] += price;
}

void tb_gen_at_most(struct tb_gen_ctx *c, int family, int64_t price, int cap, int bound)
{
    int room = cap - bound;
    if (price < 0) {
        if (room <= 0)
            for (size_t i = 0; i < c->n_list; i++) c->dead[c->list[i]] = true;
        else if (c->n_list > (size_t)room)
            tb_gen_add_row(c->g, &c->g->hard[family], c->list, c->n_list, room, -1, -1);
        return;
    }
    if (room <= 0) {
        c->g->fixed += price * -room;
        for (size_t i = 0; i < c->n_list; i++) tb_gen_charge(c, c->list[i], TB_GEN_FEE_BOUND, price);
    } else if (c->n_list > (size_t)room) {
        tb_gen_add_row(c->g, &c->g->soft[family], c->list, c->n_list, room, price, -1);
    }
}

int tb_gen_gather(struct tb_gen_ctx *c, tb_day from, tb_day to, int class_)
{
    int bound = 0;
    tb_gen_list_clear(c);
    for (size_t i = 0; i < c->n_sel; i++) {
        tb_day d = tb_gen_date_of(c, &c->sel[i]);
        if (d < from || d > to || !tb_slot_in_class(tb_gen_slot_of(c, &c->sel[i]), class_)) continue;
        if (c->sel[i].cand < 0)
            bound++;
        else
            tb_gen_list_add(c, c->sel[i].cand);
    }
    return bound;
}

void tb_gen_window(struct tb_gen_ctx *c, int family, int64_t price, int cap, tb_day from, tb_day to,
                   int class_)
{
    int bound = tb_gen_gather(c, from, to, class_);
    if (c->n_list == 0 && (price < 0 || bound <= cap || !tb_gen_touched(c, from, to, class_))) return;
    tb_gen_at_most(c, family, price, cap, bound);
}

size_t tb_gen_group_end(const struct tb_gen_ctx *c, const struct tb_gen_event *ev, size_t n, size_t i)
{
    const struct tb_slot *a = tb_gen_slot_of(c, &ev[i]);
    size_t k = i + 1;
    for (; k < n; k++) {
        const struct tb_slot *b = tb_gen_slot_of(c, &ev[k]);
        if (b->duty != a->duty || b->date != a->date || b->band != a->band ||
            ev[k].provider != ev[i].provider || (ev[k].cand < 0) != (ev[i].cand < 0))
            break;
    }
    return k;
}

void tb_gen_not_both(struct tb_gen_ctx *c, int family, struct tb_gen_group a, struct tb_gen_group b,
                     int64_t price, int unit)
{
    tb_gen_list_clear(c);
    for (size_t i = 0; i < a.n; i++) tb_gen_list_add(c, a.v[i].cand);
    for (size_t i = 0; i < b.n; i++) tb_gen_list_add(c, b.v[i].cand);
    tb_gen_add_row(c->g, price < 0 ? &c->g->hard[family] : &c->g->soft[family], c->list, c->n_list, 1, price,
                   unit);
}

/* ---- cliques ------------------------------------------------------------------------------------- */

int tb_gen_cliques(struct tb_gen_ctx *c, const int *v, int n, int *group)
{
    int groups = 0;
    for (int i = 0; i < n; i++) {
        group[i] = -1;
        c->mark[v[i]] = i + 1;
    }
    for (int i = 0; i < n; i++) {
        if (group[i] >= 0) continue;
        const struct tb_gen_row *best = NULL;
        int most = 1;
        for (int t = c->one_first[v[i]]; t < c->one_first[v[i] + 1]; t++) {
            int inside = 0;
            for (int j = 0; j < c->one[t]->n; j++) {
                int at = c->mark[c->g->pool[c->one[t]->first + j]];
                inside += at > 0 && group[at - 1] < 0;
            }
            if (inside > most) {
                most = inside;
                best = c->one[t];
            }
        }
        group[i] = groups;
        for (int j = 0; best && j < best->n; j++) {
            int at = c->mark[c->g->pool[best->first + j]];
            if (at > 0 && group[at - 1] < 0) group[at - 1] = groups;
        }
        groups++;
    }
    for (int i = 0; i < n; i++) c->mark[v[i]] = 0;
    return groups;
}

/* ---- units of time ------------------------------------------------------------------------------- */

void tb_gen_unit_range(const struct tb_problem *p, int unit, tb_day d, tb_day *from, tb_day *to)
{
    struct tb_ymd y = tb_ymd_of(d);
    *from = *to = d;
    switch (unit) {
    case TB_UNIT_DAY:
        break;
    case TB_UNIT_WEEK:
        *from = d - (tb_weekday(d) + 6) % 7;
        *to = *from + 6;
        break;
    case TB_UNIT_MONTH:
        *from = tb_day_of(y.year, y.month, 1);
        *to = tb_day_of(y.year + y.month / 12, y.month % 12 + 1, 1) - 1;
        break;
    case TB_UNIT_YEAR:
        *from = tb_day_of(tb_fiscal_year(d), 4, 1);
        *to = tb_day_of(tb_fiscal_year(d) + 1, 4, 1) - 1;
        break;
    default:
        *from = p->from;
        *to = p->to;
    }
}

void tb_gen_each_unit(struct tb_gen_ctx *c, int family, int64_t price, int cap, int unit, int class_)
{
    const struct tb_problem *p = c->p;
    tb_day done = TB_DAY_NONE;
    for (size_t i = 0; i < c->n_sel; i++) {
        tb_day d = tb_gen_date_of(c, &c->sel[i]), from, to;
        if (d <= done || (unit == TB_UNIT_PERIOD && (d < p->from || d > p->to))) continue;
        tb_gen_unit_range(p, unit, d, &from, &to);
        done = to;
        if (to >= p->from && from <= p->to) tb_gen_window(c, family, price, cap, from, to, class_);
    }
}
