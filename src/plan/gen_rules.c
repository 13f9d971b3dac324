/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gen_rules: the rules of docs/reference/rules.md as rows over candidates. Hard ones first: what bound seats
 * leave no room for is marked dead, the rest becomes rows. Priced ones afterwards, over the candidates that
 * are left; where bound seats alone reach the limit, each candidate's own price says the same without a row.
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

static const struct tb_slot *slot_of(const struct tb_gen_ctx *c, const struct tb_gen_event *ev)
{
    return &c->p->slots[ev->slot];
}
static tb_day date_of(const struct tb_gen_ctx *c, const struct tb_gen_event *ev)
{
    return c->p->slots[ev->slot].date;
}

void tb_gen_choose(struct tb_gen_ctx *c, bool person, int who)
{
    const struct tb_gen_index *ix = person ? &c->by_person : &c->by_provider;
    c->person = person;
    c->who = who;
    c->n_sel = 0;
    for (int i = ix->first[who]; i < ix->first[who + 1]; i++) {
        const struct tb_gen_event *ev = &ix->ev[i];
        if (c->counted[ev->slot] && (ev->cand < 0 || !c->dead[ev->cand]))
            *TB_PUSH(c->sel, c->n_sel, c->cap_sel) = *ev;
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

static bool in_pool(const struct tb_gen_ctx *c, int duty, tb_day date)
{
    if (!c->person) return tb_member_on(c->r, duty, c->who, date) >= 0;
    for (int i = 0; i < c->r->n_providers; i++)
        if (c->p->person_of[i] == c->who && tb_member_on(c->r, duty, i, date) >= 0) return true;
    return false;
}

bool tb_gen_touched(const struct tb_gen_ctx *c, tb_day from, tb_day to, int class_)
{
    for (int s = tb_gen_slot_from(c->p, from); s < c->p->n_slots && c->p->slots[s].date <= to; s++)
        if (c->p->slots[s].planned && c->counted[s] && tb_slot_in_class(&c->p->slots[s], class_) &&
            in_pool(c, c->p->slots[s].duty, c->p->slots[s].date))
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

static void add_two(struct tb_gen_ctx *c, int family, const int *a, size_t na, const int *b, size_t nb,
                    int64_t price, int unit)
{
    tb_gen_list_clear(c);
    for (size_t i = 0; i < na; i++) tb_gen_list_add(c, a[i]);
    for (size_t i = 0; i < nb; i++) tb_gen_list_add(c, b[i]);
    tb_gen_add_row(c->g, price < 0 ? &c->g->hard[family] : &c->g->soft[family], c->list, c->n_list, 1, price,
                   unit);
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
        tb_day d = date_of(c, &c->sel[i]);
        if (d < from || d > to || !tb_slot_in_class(slot_of(c, &c->sel[i]), class_)) continue;
        if (c->sel[i].cand < 0)
            bound++;
        else
            tb_gen_list_add(c, c->sel[i].cand);
    }
    return bound;
}

static void window(struct tb_gen_ctx *c, int family, int64_t price, int cap, tb_day from, tb_day to,
                   int class_)
{
    int bound = tb_gen_gather(c, from, to, class_);
    if (c->n_list == 0 && (price < 0 || bound <= cap || !tb_gen_touched(c, from, to, class_))) return;
    tb_gen_at_most(c, family, price, cap, bound);
}

size_t tb_gen_group_end(const struct tb_gen_ctx *c, const struct tb_gen_event *ev, size_t n, size_t i)
{
    const struct tb_slot *a = slot_of(c, &ev[i]);
    size_t k = i + 1;
    for (; k < n; k++) {
        const struct tb_slot *b = slot_of(c, &ev[k]);
        if (b->duty != a->duty || b->date != a->date || b->band != a->band ||
            ev[k].provider != ev[i].provider || (ev[k].cand < 0) != (ev[i].cand < 0))
            break;
    }
    return k;
}

/* A row for "not both" of two groups of events. */
static void not_both(struct tb_gen_ctx *c, int family, const struct tb_gen_event *a, size_t na,
                     const struct tb_gen_event *b, size_t nb, int64_t price, int unit)
{
    tb_gen_list_clear(c);
    for (size_t i = 0; i < na; i++) tb_gen_list_add(c, a[i].cand);
    for (size_t i = 0; i < nb; i++) tb_gen_list_add(c, b[i].cand);
    tb_gen_add_row(c->g, price < 0 ? &c->g->hard[family] : &c->g->soft[family], c->list, c->n_list, 1, price,
                   unit);
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

/* At most `cap` in each unit that has a selected seat and meets the planned days. */
static void each_unit(struct tb_gen_ctx *c, int family, int64_t price, int cap, int unit, int class_)
{
    const struct tb_problem *p = c->p;
    tb_day done = TB_DAY_NONE;
    for (size_t i = 0; i < c->n_sel; i++) {
        tb_day d = date_of(c, &c->sel[i]), from, to;
        if (d <= done || (unit == TB_UNIT_PERIOD && (d < p->from || d > p->to))) continue;
        tb_gen_unit_range(p, unit, d, &from, &to);
        done = to;
        if (to >= p->from && from <= p->to) window(c, family, price, cap, from, to, class_);
    }
}

/* ---- one function per rule type ------------------------------------------------------------------ */

static void rest_days_hard(struct tb_gen_ctx *c, int days)
{
    for (size_t i = 0; i < c->n_sel; i++) {
        if (c->sel[i].cand < 0) continue;
        for (size_t k = i; k-- > 0 && date_of(c, &c->sel[i]) - date_of(c, &c->sel[k]) < days;)
            if (c->sel[k].cand < 0) c->dead[c->sel[i].cand] = true;
        for (size_t k = i + 1; k < c->n_sel && date_of(c, &c->sel[k]) - date_of(c, &c->sel[i]) < days; k++)
            if (c->sel[k].cand < 0) c->dead[c->sel[i].cand] = true;
    }
    tb_gen_choose(c, c->person, c->who);
    size_t reached = 0;
    for (size_t i = 0; i < c->n_sel; i++) {
        if (c->sel[i].cand < 0) continue;
        tb_day from = date_of(c, &c->sel[i]);
        size_t end = i;
        tb_gen_list_clear(c);
        while (end < c->n_sel && date_of(c, &c->sel[end]) < from + days) {
            if (c->sel[end].cand >= 0) tb_gen_list_add(c, c->sel[end].cand);
            end++;
        }
        if (end > reached && c->n_list > 1)
            tb_gen_add_row(c->g, &c->g->hard[TB_GEN_REST], c->list, c->n_list, 1, -1, -1);
        if (end > reached) reached = end;
    }
}

static void rest_days_soft(struct tb_gen_ctx *c, int days, int64_t price)
{
    const struct tb_problem *p = c->p;
    size_t lo = 0, hi = 0, seen_lo = 0, seen_hi = 0;
    int64_t windows = 0;
    for (tb_day d = p->from - days + 1; d <= p->to + 1; d++) {
        while (lo < c->n_sel && date_of(c, &c->sel[lo]) < d) lo++;
        while (hi < c->n_sel && date_of(c, &c->sel[hi]) < d + days) hi++;
        bool last = d == p->to + 1;
        if (!last && windows && lo == seen_lo && hi == seen_hi) {
            windows++;
            continue;
        }
        if (windows)
            window(c, TB_GEN_REST, price * windows, 1, date_of(c, &c->sel[seen_lo]),
                   date_of(c, &c->sel[seen_hi - 1]), -1);
        windows = 0;
        if (last || hi - lo < 2) continue;
        size_t sure = 0;
        for (size_t i = lo; i < hi; i++) sure += c->sel[i].cand < 0;
        if (sure < hi - lo) {
            windows = 1;
            seen_lo = lo;
            seen_hi = hi;
        } else if (tb_gen_touched(c, d, d + days - 1, -1)) {
            c->g->fixed += price * (int64_t)(sure - 1);
        }
    }
}

static void rest_days(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    if (price < 0)
        rest_days_hard(c, a->days);
    else
        rest_days_soft(c, a->days, price);
}

static int by_start(const struct tb_gen_ctx *c, const struct tb_gen_event *a, const struct tb_gen_event *b)
{
    tb_minute x = tb_slot_start(slot_of(c, a)), y = tb_slot_start(slot_of(c, b));
    return x != y ? (x < y ? -1 : 1) : (a->slot > b->slot) - (a->slot < b->slot);
}

/* Selected seats by their first start; slots of a day come by duty, so the order is nearly there. */
static void sort_by_start(struct tb_gen_ctx *c)
{
    for (size_t i = 1; i < c->n_sel; i++) {
        struct tb_gen_event ev = c->sel[i];
        size_t k = i;
        for (; k > 0 && by_start(c, &c->sel[k - 1], &ev) > 0; k--) c->sel[k] = c->sel[k - 1];
        c->sel[k] = ev;
    }
}

/* `a` begins no later than `b`. */
static bool too_close(const struct tb_gen_ctx *c, const struct tb_gen_event *a, const struct tb_gen_event *b,
                      tb_minute gap)
{
    return a->slot != b->slot && tb_slot_start(slot_of(c, b)) < tb_slot_end(slot_of(c, a)) + gap;
}

/* Seats 0..last that reach into the beginning of `last`, each with each other too close: one clique row, or
 * pairs where two providers of the person are in one slot. */
static void clique_row(struct tb_gen_ctx *c, size_t last, tb_minute gap)
{
    bool twice = false;
    tb_gen_list_clear(c);
    tb_minute start = tb_slot_start(slot_of(c, &c->sel[last]));
    for (size_t i = 0; i <= last; i++) {
        if (c->sel[i].cand < 0 || tb_slot_end(slot_of(c, &c->sel[i])) + gap <= start) continue;
        for (size_t k = 0; k < c->n_list; k++) twice |= c->g->cand[c->list[k]].slot == c->sel[i].slot;
        tb_gen_list_add(c, c->sel[i].cand);
    }
    if (c->n_list < 2) return;
    if (!twice) {
        tb_gen_add_row(c->g, &c->g->hard[TB_GEN_HOURS], c->list, c->n_list, 1, -1, -1);
        return;
    }
    for (size_t i = 0; i < c->n_list; i++)
        for (size_t k = i + 1; k < c->n_list; k++) {
            int two[2] = {c->list[i], c->list[k]};
            if (c->g->cand[two[0]].slot != c->g->cand[two[1]].slot)
                tb_gen_add_row(c->g, &c->g->hard[TB_GEN_HOURS], two, 2, 1, -1, -1);
        }
}

static void rest_hours_hard(struct tb_gen_ctx *c, tb_minute gap)
{
    sort_by_start(c);
    for (size_t i = 0; i < c->n_sel; i++)
        for (size_t k = i + 1; k < c->n_sel; k++) {
            if (!too_close(c, &c->sel[i], &c->sel[k], gap)) continue;
            if (c->sel[i].cand < 0 && c->sel[k].cand >= 0) c->dead[c->sel[k].cand] = true;
            if (c->sel[k].cand < 0 && c->sel[i].cand >= 0) c->dead[c->sel[i].cand] = true;
        }
    tb_gen_choose(c, c->person, c->who);
    sort_by_start(c);
    for (size_t i = 0; i < c->n_sel; i++) {
        bool grows = i + 1 < c->n_sel; /* the next one only adds to this clique */
        for (size_t k = 0; k <= i && grows; k++) {
            tb_minute end = tb_slot_end(slot_of(c, &c->sel[k])) + gap;
            grows = end <= tb_slot_start(slot_of(c, &c->sel[i])) ||
                    end > tb_slot_start(slot_of(c, &c->sel[i + 1]));
        }
        if (!grows) clique_row(c, i, gap);
    }
}

static void rest_hours_soft(struct tb_gen_ctx *c, tb_minute gap, int64_t price)
{
    sort_by_start(c);
    for (size_t i = 0, i_end; i < c->n_sel; i = i_end) {
        i_end = tb_gen_group_end(c, c->sel, c->n_sel, i);
        for (size_t k = i_end, k_end; k < c->n_sel; k = k_end) {
            k_end = tb_gen_group_end(c, c->sel, c->n_sel, k);
            if (!too_close(c, &c->sel[i], &c->sel[k], gap)) continue;
            bool sure_i = c->sel[i].cand < 0, sure_k = c->sel[k].cand < 0;
            if (!sure_i && !sure_k)
                not_both(c, TB_GEN_HOURS, &c->sel[i], i_end - i, &c->sel[k], k_end - k, price, -1);
            for (size_t x = k; sure_i && !sure_k && x < k_end; x++)
                tb_gen_charge(c, c->sel[x].cand, TB_GEN_FEE_BOUND, price * (int64_t)(i_end - i));
            for (size_t x = i; sure_k && !sure_i && x < i_end; x++)
                tb_gen_charge(c, c->sel[x].cand, TB_GEN_FEE_BOUND, price * (int64_t)(k_end - k));
        }
    }
}

static void rest_hours(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    if (price < 0)
        rest_hours_hard(c, (tb_minute)a->hours * 60);
    else
        rest_hours_soft(c, (tb_minute)a->hours * 60, price);
}

static void limit_count(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    each_unit(c, TB_GEN_LIMIT, price, a->max, a->unit, a->class_);
}

static void person_day(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    each_unit(c, TB_GEN_PERSON, price, a->max, TB_UNIT_DAY, -1);
}

enum { FAR = 400 }; /* days; dates of a class further apart do not run */

/* Dates of the class around the planned days, in the calendar without the duties' own overrides. */
static void class_dates(struct tb_gen_ctx *c, int class_)
{
    c->n_dates = 0;
    for (tb_day d = c->p->from - FAR; d <= c->p->to + FAR; d++)
        if (tb_day_classes(c->r, -1, d) >> class_ & 1) *TB_PUSH(c->dates, c->n_dates, c->cap_dates) = d;
}

static void class_run(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    (void)a;
    for (size_t k = 1; k < c->n_dates; k++) {
        tb_day first = c->dates[k - 1], second = c->dates[k];
        if (second < c->p->from || first > c->p->to || second - first > FAR) continue;
        int bound = 0;
        tb_gen_list_clear(c);
        for (size_t i = 0; i < c->n_sel && date_of(c, &c->sel[i]) <= second; i++) {
            if (date_of(c, &c->sel[i]) != first && date_of(c, &c->sel[i]) != second) continue;
            if (c->sel[i].cand < 0)
                bound++;
            else
                tb_gen_list_add(c, c->sel[i].cand);
        }
        if (c->n_list == 0 &&
            (price < 0 || bound < 2 ||
             (!tb_gen_touched(c, first, first, -1) && !tb_gen_touched(c, second, second, -1))))
            continue;
        tb_gen_at_most(c, TB_GEN_RUN, price, 1, bound);
    }
}

static void week_hard(struct tb_gen_ctx *c, const int *of_class, size_t n_class, size_t first, size_t end,
                      int bound_class, int bound_other, int class_)
{
    for (size_t i = first; i < end; i++) {
        int x = c->sel[i].cand;
        if (x >= 0 && (bound_class || (bound_other && tb_slot_in_class(slot_of(c, &c->sel[i]), class_))))
            c->dead[x] = true;
    }
    if (bound_class || bound_other || n_class == 0) return;
    if (n_class > 1) tb_gen_add_row(c->g, &c->g->hard[TB_GEN_WEEK], of_class, n_class, 1, -1, -1);
    for (size_t i = first; i < end; i++)
        if (!tb_slot_in_class(slot_of(c, &c->sel[i]), class_))
            add_two(c, TB_GEN_WEEK, of_class, n_class, &c->sel[i].cand, 1, -1, -1);
}

static void pick_group(struct tb_gen_ctx *c, const int *v, const int *group, size_t n, int which)
{
    tb_gen_list_clear(c);
    for (size_t i = 0; i < n; i++)
        if (group[i] == which) tb_gen_list_add(c, v[i]);
}

static void week_soft(struct tb_gen_ctx *c, const int *of_class, size_t n_class, const int *other,
                      size_t n_other, int bound_class, int bound_other, int64_t price, tb_day monday)
{
    struct tb_gen *g = c->g;
    if (bound_class) {
        if (n_class + n_other == 0 && !tb_gen_touched(c, monday, monday + 6, -1)) return;
        g->fixed += price * (bound_class + bound_other - 1);
        for (size_t i = 0; i < n_class; i++) tb_gen_charge(c, of_class[i], TB_GEN_FEE_BOUND, price);
        for (size_t i = 0; i < n_other; i++) tb_gen_charge(c, other[i], TB_GEN_FEE_BOUND, price);
        return;
    }
    if (n_class == 0 || n_class + n_other + (size_t)bound_other < 2) return;
    int *group = tb_xcalloc(n_class + n_other, sizeof *group);
    int of = tb_gen_cliques(c, of_class, (int)n_class, group);
    int others = tb_gen_cliques(c, other, (int)n_other, group + n_class);
    if (of == 1) { /* at most one of the class: rows of its own kind are not needed */
        for (size_t i = 0; i < n_class; i++)
            tb_gen_charge(c, of_class[i], TB_GEN_FEE_BOUND, price * bound_other);
        for (int q = 0; q < others; q++) {
            pick_group(c, other, group + n_class, n_other, q);
            for (size_t i = 0; i < n_class; i++) tb_gen_list_add(c, of_class[i]);
            tb_gen_add_row(g, &g->soft[TB_GEN_WEEK], c->list, c->n_list, 1, price, -1);
        }
    } else {
        struct tb_gen_week w = {.first = tb_gen_store(g, of_class, n_class),
                                .n = (int)n_class,
                                .bound_other = bound_other,
                                .price = price};
        for (int q = 0; q < of; q++) {
            pick_group(c, of_class, group, n_class, q);
            tb_gen_add_row(g, &g->some, c->list, c->n_list, 0, price, (int)g->n_week);
        }
        for (int q = 0; q < others; q++) {
            pick_group(c, other, group + n_class, n_other, q);
            tb_gen_add_row(g, &g->other, c->list, c->n_list, 1, price, (int)g->n_week);
        }
        *TB_PUSH(g->week, g->n_week, g->cap_week) = w;
    }
    free(group);
}

static void week_class(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    int *v = tb_xcalloc(2 * c->n_sel + 1, sizeof *v);
    for (size_t i = 0, end; i < c->n_sel; i = end) {
        tb_day monday, sunday;
        tb_gen_unit_range(c->p, TB_UNIT_WEEK, date_of(c, &c->sel[i]), &monday, &sunday);
        int *other = v + c->n_sel, bound_class = 0, bound_other = 0;
        size_t n_class = 0, n_other = 0;
        for (end = i; end < c->n_sel && date_of(c, &c->sel[end]) <= sunday; end++) {
            bool in = tb_slot_in_class(slot_of(c, &c->sel[end]), a->class_);
            int x = c->sel[end].cand;
            if (x < 0 && in)
                bound_class++;
            else if (x < 0)
                bound_other++;
            else if (in)
                v[n_class++] = x;
            else
                other[n_other++] = x;
        }
        if (price < 0)
            week_hard(c, v, n_class, i, end, bound_class, bound_other, a->class_);
        else if (sunday >= c->p->from && monday <= c->p->to)
            week_soft(c, v, n_class, other, n_other, bound_class, bound_other, price, monday);
    }
    free(v);
}

static void every_years(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    for (size_t i = 0; i < c->n_sel; i++) {
        if (c->sel[i].cand < 0 || !tb_slot_in_class(slot_of(c, &c->sel[i]), a->class_)) continue;
        int year = tb_fiscal_year(date_of(c, &c->sel[i]));
        bool recent = false;
        for (size_t k = 0; k < c->n_sel; k++) {
            int ago = year - tb_fiscal_year(date_of(c, &c->sel[k]));
            recent |= c->sel[k].cand < 0 && tb_slot_in_class(slot_of(c, &c->sel[k]), a->class_) && ago > 0 &&
                      ago < a->years;
        }
        if (recent && price < 0)
            c->dead[c->sel[i].cand] = true;
        else if (recent)
            tb_gen_charge(c, c->sel[i].cand, TB_GEN_FEE_YEARS, price);
    }
    if (price < 0) tb_gen_choose(c, c->person, c->who);
    each_unit(c, TB_GEN_YEARS, price, 1, TB_UNIT_YEAR, a->class_);
}

/* Seats further than so many days from all turns of the fiscal year before, 52 weeks on. */
static void turn_near(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    enum { ROUND = 52 * 7 };
    for (size_t i = 0; i < c->n_sel; i++) {
        if (c->sel[i].cand < 0) continue;
        tb_day here = date_of(c, &c->sel[i]) - ROUND;
        bool any = false, near = false;
        for (size_t k = 0; k < c->n_sel; k++) {
            tb_day then = date_of(c, &c->sel[k]);
            if (c->sel[k].cand >= 0 || tb_fiscal_year(then) != tb_fiscal_year(here + ROUND) - 1) continue;
            any = true;
            near |= then - here <= a->days && here - then <= a->days;
        }
        if (!any || near) continue;
        if (price < 0)
            c->dead[c->sel[i].cand] = true;
        else
            tb_gen_charge(c, c->sel[i].cand, TB_GEN_FEE_RHYTHM, price);
    }
}

static void min_count(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    const struct tb_problem *p = c->p;
    tb_day from, to;
    for (tb_day d = p->from; d <= p->to; d = to + 1) {
        tb_gen_unit_range(p, a->unit, d, &from, &to);
        if (from < p->from || to > p->to || !tb_gen_touched(c, from, to, a->class_)) continue;
        int missing = a->min - tb_gen_gather(c, from, to, a->class_);
        if (missing <= 0) continue;
        if (c->n_list == 0)
            c->g->fixed += price * missing;
        else
            tb_gen_add_row(c->g, &c->g->least[TB_GEN_MIN], c->list, c->n_list, missing, price, -1);
    }
}

/* ---- links and pairs ----------------------------------------------------------------------------- */

static bool meet(const struct tb_slot *a, const struct tb_slot *b, tb_minute margin)
{
    for (int i = 0; i < a->n_intervals; i++)
        for (int k = 0; k < b->n_intervals; k++)
            if (a->interval[i].from - margin < b->interval[k].to &&
                b->interval[k].from < a->interval[i].to + margin)
                return true;
    return false;
}

struct tb_gen_event *tb_gen_take(struct tb_gen_ctx *c, size_t *n)
{
    struct tb_gen_event *v = tb_xcalloc(c->n_sel + 1, sizeof *v);
    if (c->n_sel) memcpy(v, c->sel, c->n_sel * sizeof *v);
    *n = c->n_sel;
    return v;
}

/* Two groups of seats that should not be taken both: dead, own price or row. */
static void clash(struct tb_gen_ctx *c, int family, const struct tb_gen_event *a, size_t na,
                  const struct tb_gen_event *b, size_t nb, int64_t price)
{
    bool sure_a = a->cand < 0, sure_b = b->cand < 0;
    if (sure_a && sure_b) return;
    if (!sure_a && !sure_b) {
        not_both(c, family, a, na, b, nb, price, -1);
        return;
    }
    const struct tb_gen_event *open = sure_a ? b : a;
    size_t n_open = sure_a ? nb : na, n_sure = sure_a ? na : nb;
    for (size_t i = 0; i < n_open; i++) {
        if (price < 0)
            c->dead[open[i].cand] = true;
        else
            tb_gen_charge(c, open[i].cand, TB_GEN_FEE_BOUND, price * (int64_t)n_sure);
    }
}

static void link_exclude(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price,
                         const struct tb_link *l)
{
    size_t n, m;
    tb_gen_choose(c, false, l->from);
    if (c->n_sel == 0) return;
    struct tb_gen_event *from = tb_gen_take(c, &n);
    tb_gen_choose(c, false, l->to);
    struct tb_gen_event *to = tb_gen_take(c, &m);
    /* a slot ends on the day after its own at the latest */
    int reach = 2 + a->margin / TB_MINUTES_PER_DAY;
    for (size_t i = 0, i_end; i < n; i = i_end) {
        i_end = tb_gen_group_end(c, from, n, i);
        const struct tb_slot *s = slot_of(c, &from[i]);
        if (!tb_link_on(l, s->date)) continue;
        for (size_t k = 0, k_end; k < m && date_of(c, &to[k]) <= s->date + reach; k = k_end) {
            k_end = tb_gen_group_end(c, to, m, k);
            if (date_of(c, &to[k]) >= s->date - reach && meet(s, slot_of(c, &to[k]), a->margin))
                clash(c, TB_GEN_LINK, &from[i], i_end - i, &to[k], k_end - k, price);
        }
    }
    free(from);
    free(to);
}

static void links(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    for (int i = 0; i < c->r->n_links; i++)
        if (c->r->links[i].type == a->link) link_exclude(c, a, price, &c->r->links[i]);
}

/* Seats of both within one unit: events a[0..na) and b[0..nb). */
static void apart_unit(struct tb_gen_ctx *c, const struct tb_gen_event *a, size_t na,
                       const struct tb_gen_event *b, size_t nb, int64_t price, bool touched_by_either)
{
    struct tb_gen *g = c->g;
    bool sure_a = false, sure_b = false;
    for (size_t i = 0; i < na; i++) sure_a |= a[i].cand < 0;
    for (size_t i = 0; i < nb; i++) sure_b |= b[i].cand < 0;
    if (price < 0) {
        for (size_t i = 0; i < na && sure_b; i++)
            if (a[i].cand >= 0) c->dead[a[i].cand] = true;
        for (size_t i = 0; i < nb && sure_a; i++)
            if (b[i].cand >= 0) c->dead[b[i].cand] = true;
        if (sure_a || sure_b) return;
    }
    if (sure_a && sure_b) { /* the pair is there already; another seat of either makes it no worse */
        g->fixed += touched_by_either ? price : 0;
        return;
    }
    int unit = -1;
    if (price >= 0) {
        unit = (int)g->n_unit;
        *TB_PUSH(g->unit_price, g->n_unit, g->cap_unit) = price;
    }
    for (size_t i = 0, i_end; i < na; i = i_end) {
        i_end = tb_gen_group_end(c, a, na, i);
        if (sure_b && a[i].cand >= 0)
            for (size_t x = i; x < i_end; x++)
                tb_gen_add_row(g, &g->soft[TB_GEN_APART], &a[x].cand, 1, 0, price, unit);
        for (size_t k = 0, k_end; k < nb; k = k_end) {
            k_end = tb_gen_group_end(c, b, nb, k);
            if (sure_a && i == 0 && b[k].cand >= 0)
                for (size_t x = k; x < k_end; x++)
                    tb_gen_add_row(g, &g->soft[TB_GEN_APART], &b[x].cand, 1, 0, price, unit);
            if (!sure_a && !sure_b)
                not_both(c, TB_GEN_APART, &a[i], i_end - i, &b[k], k_end - k, price, unit);
        }
    }
}

static void pair_apart(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    size_t n, m;
    tb_gen_choose(c, false, a->providers.v[0]);
    struct tb_gen_event *one = tb_gen_take(c, &n);
    tb_gen_choose(c, false, a->providers.v[1]);
    struct tb_gen_event *two = tb_gen_take(c, &m);
    for (size_t i = 0, i_end, k = 0, k_end; i < n; i = i_end) {
        tb_day from, to;
        tb_gen_unit_range(c->p, a->unit, date_of(c, &one[i]), &from, &to);
        for (i_end = i; i_end < n && date_of(c, &one[i_end]) <= to; i_end++) {}
        while (k < m && date_of(c, &two[k]) < from) k++;
        for (k_end = k; k_end < m && date_of(c, &two[k_end]) <= to; k_end++) {}
        if (k_end == k) continue;
        bool either = false;
        for (int side = 0; side < 2; side++) {
            c->who = a->providers.v[side];
            either |= tb_gen_touched(c, from, to, -1);
        }
        apart_unit(c, &one[i], i_end - i, &two[k], k_end - k, price, either);
    }
    free(one);
    free(two);
}

/* ---- rules of one seat, priced ------------------------------------------------------------------- */

static void price_candidates(struct tb_gen_ctx *c, const struct tb_rule *rule, const struct tb_rule_args *a)
{
    for (size_t i = 0; i < c->g->n_cand; i++) {
        const struct tb_gen_cand *x = &c->g->cand[i];
        const struct tb_slot *s = &c->p->slots[x->slot];
        if (!c->counted[x->slot]) continue;
        if (a->type == TB_RULE_CONSULTING && tb_gen_consulting(c, s, x->provider, a->margin))
            tb_gen_charge(c, (int)i, TB_GEN_FEE_CONSULTING, rule->price);
        if (a->type == TB_RULE_WISH && a->wish != TB_WISH_COUNT &&
            tb_gen_against_wish(c, s, x->provider, a->wish, false))
            tb_gen_charge(c, (int)i, TB_GEN_FEE_WISH,
                          a->wish == TB_WISH_LIKE ? -(int64_t)rule->price : rule->price);
    }
}

static bool wish_counts_slot(const struct tb_gen_ctx *c, const struct tb_wish *w, int slot)
{
    const struct tb_survey *q = &c->r->surveys[w->survey];
    const struct tb_slot *s = &c->p->slots[slot];
    return c->counted[slot] && s->role == TB_PRIMARY && s->date >= q->from && s->date <= q->to &&
           (w->duty >= 0 ? s->duty == w->duty : tb_ids_have(&q->duties, s->duty)) &&
           (w->band[0] == '\0' || strcmp(w->band, c->r->bands[s->band].id) == 0);
}

/* Primary seats within a survey's days, in its duties or the wish's own, above the number wished. */
static void wish_count(struct tb_gen_ctx *c, const struct tb_wish *w, int64_t price)
{
    int bound = 0;
    tb_gen_choose(c, false, w->provider);
    tb_gen_list_clear(c);
    for (size_t i = 0; i < c->n_sel; i++) {
        if (!wish_counts_slot(c, w, c->sel[i].slot)) continue;
        if (c->sel[i].cand < 0)
            bound++;
        else
            tb_gen_list_add(c, c->sel[i].cand);
    }
    if (c->n_list == 0) {
        bool can_touch = false;
        for (int s = 0; s < c->p->n_slots && price >= 0 && bound > w->count && !can_touch; s++)
            can_touch = c->p->slots[s].planned && wish_counts_slot(c, w, s) &&
                        in_pool(c, c->p->slots[s].duty, c->p->slots[s].date);
        if (!can_touch) return;
    }
    tb_gen_at_most(c, TB_GEN_COUNT, price, w->count, bound);
}

static void wish_counts(struct tb_gen_ctx *c, bool must, int64_t price)
{
    for (int i = 0; i < c->r->n_wishes; i++) {
        const struct tb_wish *w = &c->r->wishes[i];
        if (w->type == TB_WISH_COUNT && (w->must != 0) == must) wish_count(c, w, price);
    }
}

/* ---- the table ----------------------------------------------------------------------------------- */

enum scope { PER_PROVIDER, PER_PERSON, AS_A_WHOLE, PER_SEAT };
static const struct spec {
    enum scope scope;
    void (*who)(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price);
} specs[TB_RULE_TYPE_COUNT] = {
    [TB_RULE_REST_DAYS] = {PER_PROVIDER, rest_days},
    [TB_RULE_REST_HOURS] = {PER_PERSON, rest_hours},
    [TB_RULE_LIMIT_COUNT] = {PER_PROVIDER, limit_count},
    [TB_RULE_MIN_COUNT] = {PER_PROVIDER, min_count},
    [TB_RULE_CLASS_RUN] = {PER_PROVIDER, class_run},
    [TB_RULE_WEEK_CLASS] = {PER_PROVIDER, week_class},
    [TB_RULE_PERSON_DAY] = {PER_PERSON, person_day},
    [TB_RULE_LINK_EXCLUDE] = {AS_A_WHOLE, links},
    [TB_RULE_CONSULTING] = {PER_SEAT, NULL},
    [TB_RULE_PAIR_APART] = {AS_A_WHOLE, pair_apart},
    [TB_RULE_AREA_SPREAD] = {AS_A_WHOLE, tb_gen_area_spread},
    [TB_RULE_SKILL_MIN] = {AS_A_WHOLE, tb_gen_skill_min},
    [TB_RULE_EVERY_YEARS] = {PER_PROVIDER, every_years},
    [TB_RULE_LABOUR_REST] = {PER_PROVIDER, tb_gen_labour_rest},
    [TB_RULE_WISH] = {PER_SEAT, NULL},
    [TB_RULE_PAIR_TOGETHER] = {AS_A_WHOLE, tb_gen_pair_together},
    [TB_RULE_FOLLOW] = {AS_A_WHOLE, tb_gen_follow},
    [TB_RULE_TURN_NEAR] = {PER_PROVIDER, turn_near},
    [TB_RULE_LIMIT_HOURS] = {PER_PROVIDER, tb_gen_limit_hours},
};

static void apply(struct tb_gen_ctx *c, int k, bool hard)
{
    const struct tb_rule *rule = &c->r->rules[k];
    const struct tb_rule_args *a = &c->args[k];
    const struct spec *spec = &specs[a->type];
    if (tb_rule_hard(rule) != hard || rule->price == 0) return;
    int64_t price = hard ? -1 : rule->price;
    tb_gen_count_slots(c, rule, a->roles);
    if (a->type == TB_RULE_CLASS_RUN) class_dates(c, a->class_);
    switch (spec->scope) {
    case PER_PROVIDER:
    case PER_PERSON:
        for (int who = 0; who < c->r->n_providers; who++) {
            if (spec->scope == PER_PERSON ? c->p->person_of[who] != who : !tb_rule_means(c->r, a, who))
                continue;
            tb_gen_choose(c, spec->scope == PER_PERSON, who);
            if (c->n_sel || a->type == TB_RULE_MIN_COUNT || a->type == TB_RULE_LIMIT_HOURS)
                spec->who(c, a, price);
        }
        break;
    case AS_A_WHOLE:
        spec->who(c, a, price);
        break;
    case PER_SEAT: /* the hard ones left no candidate */
        if (hard) break;
        price_candidates(c, rule, a);
        if (a->type == TB_RULE_WISH && a->wish == TB_WISH_COUNT) wish_counts(c, false, price);
        break;
    }
}

static void one_seat(struct tb_gen_ctx *c)
{
    for (int who = 0; who < c->r->n_providers; who++) {
        tb_gen_choose(c, false, who);
        for (size_t i = 0, end; i < c->n_sel; i = end) {
            const struct tb_slot *s = slot_of(c, &c->sel[i]);
            int bound = 0;
            tb_gen_list_clear(c);
            for (end = i; end < c->n_sel; end++) {
                const struct tb_slot *t = slot_of(c, &c->sel[end]);
                if (t->duty != s->duty || t->date != s->date || t->band != s->band) break;
                if (c->sel[end].cand < 0)
                    bound++;
                else
                    tb_gen_list_add(c, c->sel[end].cand);
            }
            tb_gen_at_most(c, TB_GEN_SEAT, -1, 1, bound);
        }
    }
}

void tb_gen_hard_rules(struct tb_gen_ctx *c)
{
    tb_gen_count_slots(c, NULL, TB_ROLES_BOTH);
    one_seat(c);
    wish_counts(c, true, -1);
    for (int k = 0; k < c->r->n_rules; k++) apply(c, k, true);
}

void tb_gen_soft_rules(struct tb_gen_ctx *c)
{
    for (int k = 0; k < c->r->n_rules; k++) apply(c, k, false);
}

/* ---- ledgers ------------------------------------------------------------------------------------- */

struct hits {
    struct tb_gen_ctx *c;
    int *of; /* (counter, candidate) pairs */
    size_t n, cap;
    int cand;
};

static void hit(void *arg, int ledger, int account)
{
    struct hits *h = arg;
    int counter = tb_counter_find(h->c->p, ledger, account);
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
        tb_counts_for(c->r, p->person_of, &p->slots[c->g->cand[i].slot], c->g->cand[i].provider, hit, &h);
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
