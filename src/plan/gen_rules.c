/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gen_rules: the rules of docs/reference/rules.md as rows over candidates. Hard ones first: what bound seats
 * leave no room for is marked dead, the rest becomes rows. Priced ones afterwards, over the candidates that
 * are left; where bound seats alone reach the limit, each candidate's own price says the same without a row.
 * The rules about places are in gen_place.c, those about hours of work in gen_labour.c; what all are made of
 * is in gen_tools.c.
 */
#include "gen.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- one function per rule type ------------------------------------------------------------------ */

static void rest_days_hard(struct tb_gen_ctx *c, int days)
{
    for (size_t i = 0; i < c->n_sel; i++) {
        if (c->sel[i].cand < 0) continue;
        for (size_t k = i; k-- > 0 && tb_gen_date_of(c, &c->sel[i]) - tb_gen_date_of(c, &c->sel[k]) < days;)
            if (c->sel[k].cand < 0) c->dead[c->sel[i].cand] = true;
        for (size_t k = i + 1;
             k < c->n_sel && tb_gen_date_of(c, &c->sel[k]) - tb_gen_date_of(c, &c->sel[i]) < days; k++)
            if (c->sel[k].cand < 0) c->dead[c->sel[i].cand] = true;
    }
    tb_gen_choose(c, c->whose, c->who);
    size_t reached = 0;
    for (size_t i = 0; i < c->n_sel; i++) {
        if (c->sel[i].cand < 0) continue;
        tb_day from = tb_gen_date_of(c, &c->sel[i]);
        size_t end = i;
        tb_gen_list_clear(c);
        while (end < c->n_sel && tb_gen_date_of(c, &c->sel[end]) < from + days) {
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
        while (lo < c->n_sel && tb_gen_date_of(c, &c->sel[lo]) < d) lo++;
        while (hi < c->n_sel && tb_gen_date_of(c, &c->sel[hi]) < d + days) hi++;
        bool last = d == p->to + 1;
        if (!last && windows && lo == seen_lo && hi == seen_hi) {
            windows++;
            continue;
        }
        if (windows)
            tb_gen_window(c, TB_GEN_REST, price * windows, 1, tb_gen_date_of(c, &c->sel[seen_lo]),
                          tb_gen_date_of(c, &c->sel[seen_hi - 1]), -1);
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

static void rest_days_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    if (price < 0)
        rest_days_hard(c, a->days);
    else
        rest_days_soft(c, a->days, price);
}

void tb_gen_rest_days(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_provider(c, a, price, false, rest_days_of);
}

static int by_start(const struct tb_gen_ctx *c, const struct tb_gen_event *a, const struct tb_gen_event *b)
{
    tb_minute x = tb_slot_start(tb_gen_slot_of(c, a)), y = tb_slot_start(tb_gen_slot_of(c, b));
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

/* Two slots, and their providers are one person on the date of either. */
static bool of_one_person(const struct tb_gen_ctx *c, const struct tb_gen_event *a,
                          const struct tb_gen_event *b)
{
    return a->slot != b->slot && (tb_gen_one_person(c, a->provider, b->provider, tb_gen_date_of(c, a)) ||
                                  tb_gen_one_person(c, a->provider, b->provider, tb_gen_date_of(c, b)));
}

/* `a` begins no later than `b`. */
static bool too_close(const struct tb_gen_ctx *c, const struct tb_gen_event *a, const struct tb_gen_event *b,
                      tb_minute gap)
{
    return of_one_person(c, a, b) &&
           tb_slot_start(tb_gen_slot_of(c, b)) < tb_slot_end(tb_gen_slot_of(c, a)) + gap;
}

/* Work elsewhere, of the person and not under a permit, so near to the seat. */
static int near_outside(const struct tb_gen_ctx *c, const struct tb_gen_event *ev, tb_minute gap)
{
    const struct tb_slot *s = tb_gen_slot_of(c, ev);
    int who = c->kin[ev->provider], n = 0;
    for (int i = c->external_first[who]; i < c->external_first[who + 1]; i++) {
        const struct tb_external *x = &c->r->externals[c->external[i]];
        bool before = x->from < tb_slot_start(s);
        tb_day there = tb_day_of_minute(before ? x->to - 1 : x->from);
        if (!x->permit && tb_slot_start(s) < x->to + gap && x->from < tb_slot_end(s) + gap)
            n += tb_gen_one_person(c, ev->provider, x->provider, s->date) ||
                 tb_gen_one_person(c, ev->provider, x->provider, there);
    }
    return n;
}

/* Seats 0..last that reach into the beginning of `last`, each with each other too close: one clique row, or
 * pairs where two of them are no pair: providers of the person in one slot, or of one person only with the
 * others. */
static void clique_row(struct tb_gen_ctx *c, size_t last, tb_minute gap)
{
    bool twice = false;
    tb_gen_list_clear(c);
    tb_minute start = tb_slot_start(tb_gen_slot_of(c, &c->sel[last]));
    for (size_t i = 0; i <= last; i++) {
        if (c->sel[i].cand < 0 || tb_slot_end(tb_gen_slot_of(c, &c->sel[i])) + gap <= start) continue;
        for (size_t k = 0; k < i; k++)
            twice |= c->sel[k].cand >= 0 && tb_slot_end(tb_gen_slot_of(c, &c->sel[k])) + gap > start &&
                     !of_one_person(c, &c->sel[k], &c->sel[i]);
        tb_gen_list_add(c, c->sel[i].cand);
    }
    if (c->n_list < 2) return;
    if (!twice) {
        tb_gen_add_row(c->g, &c->g->hard[TB_GEN_HOURS], c->list, c->n_list, 1, -1, -1);
        return;
    }
    for (size_t i = 0; i < c->n_list; i++)
        for (size_t k = i + 1; k < c->n_list; k++) {
            const struct tb_gen_cand *a = &c->g->cand[c->list[i]], *b = &c->g->cand[c->list[k]];
            int two[2] = {c->list[i], c->list[k]};
            if (of_one_person(c, &(struct tb_gen_event){a->slot, a->provider, two[0]},
                              &(struct tb_gen_event){b->slot, b->provider, two[1]}))
                tb_gen_add_row(c->g, &c->g->hard[TB_GEN_HOURS], two, 2, 1, -1, -1);
        }
}

static void rest_hours_hard(struct tb_gen_ctx *c, tb_minute gap)
{
    sort_by_start(c);
    for (size_t i = 0; i < c->n_sel; i++) {
        if (c->sel[i].cand >= 0 && near_outside(c, &c->sel[i], gap)) c->dead[c->sel[i].cand] = true;
        for (size_t k = i + 1; k < c->n_sel; k++) {
            if (!too_close(c, &c->sel[i], &c->sel[k], gap)) continue;
            if (c->sel[i].cand < 0 && c->sel[k].cand >= 0) c->dead[c->sel[k].cand] = true;
            if (c->sel[k].cand < 0 && c->sel[i].cand >= 0) c->dead[c->sel[i].cand] = true;
        }
    }
    tb_gen_choose(c, c->whose, c->who);
    sort_by_start(c);
    for (size_t i = 0; i < c->n_sel; i++) {
        bool grows = i + 1 < c->n_sel; /* the next one only adds to this clique */
        for (size_t k = 0; k <= i && grows; k++) {
            tb_minute end = tb_slot_end(tb_gen_slot_of(c, &c->sel[k])) + gap;
            grows = end <= tb_slot_start(tb_gen_slot_of(c, &c->sel[i])) ||
                    end > tb_slot_start(tb_gen_slot_of(c, &c->sel[i + 1]));
        }
        if (!grows) clique_row(c, i, gap);
    }
}

static void rest_hours_soft(struct tb_gen_ctx *c, tb_minute gap, int64_t price)
{
    sort_by_start(c);
    for (size_t i = 0; i < c->n_sel; i++) {
        int n = c->sel[i].cand >= 0 ? near_outside(c, &c->sel[i], gap) : 0;
        if (n) tb_gen_charge(c, c->sel[i].cand, TB_GEN_FEE_BOUND, price * n);
    }
    for (size_t i = 0, i_end; i < c->n_sel; i = i_end) {
        i_end = tb_gen_group_end(c, c->sel, c->n_sel, i);
        for (size_t k = i_end, k_end; k < c->n_sel; k = k_end) {
            k_end = tb_gen_group_end(c, c->sel, c->n_sel, k);
            if (!too_close(c, &c->sel[i], &c->sel[k], gap)) continue;
            bool sure_i = c->sel[i].cand < 0, sure_k = c->sel[k].cand < 0;
            if (!sure_i && !sure_k)
                tb_gen_not_both(c, TB_GEN_HOURS, (struct tb_gen_group){&c->sel[i], i_end - i},
                                (struct tb_gen_group){&c->sel[k], k_end - k}, price, -1);
            for (size_t x = k; sure_i && !sure_k && x < k_end; x++)
                tb_gen_charge(c, c->sel[x].cand, TB_GEN_FEE_BOUND, price * (int64_t)(i_end - i));
            for (size_t x = i; sure_k && !sure_i && x < i_end; x++)
                tb_gen_charge(c, c->sel[x].cand, TB_GEN_FEE_BOUND, price * (int64_t)(k_end - k));
        }
    }
}

static void rest_hours_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    if (price < 0)
        rest_hours_hard(c, (tb_minute)a->hours * 60);
    else
        rest_hours_soft(c, (tb_minute)a->hours * 60, price);
}

void tb_gen_rest_hours(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_person(c, TB_GEN_KIN, a, price, rest_hours_of);
}

static void limit_count_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_unit(c, TB_GEN_LIMIT, price, a->max, a->unit, a->class_);
}

void tb_gen_limit_count(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_provider(c, a, price, false, limit_count_of);
}

/* First day of the month k months after the date's. */
static tb_day month_start(tb_day d, int k)
{
    struct tb_ymd y = tb_ymd_of(d);
    int months = 12 * y.year + (y.month - 1) + k;
    return tb_day_of(months / 12, months % 12 + 1, 1);
}

/* The birthday in the year when he becomes so old; who was born on 29 February has it on 1 March elsewhere.
 */
static tb_day birthday(tb_day born, int age)
{
    struct tb_ymd b = tb_ymd_of(born);
    if (b.month == 2 && b.day == 29) return tb_day_of(b.year + age, 2, 28) + 1;
    return tb_day_of(b.year + age, b.month, b.day);
}

/* Days on which the provider is of the ages that the rule names; false: on none. */
static bool days_of_age(const struct tb_gen_ctx *c, const struct tb_rule_args *a, int who, tb_day *first,
                        tb_day *end)
{
    tb_day born = c->r->providers[who].born;
    *first = INT_MIN;
    *end = INT_MAX;
    if (a->age_from == 0 && a->age_to == 0) return true;
    if (born == TB_DAY_NONE) return false;
    *first = birthday(born, a->age_from);
    if (a->age_to) *end = birthday(born, a->age_to + 1);
    return true;
}

/* Every run of so many calendar months that holds a planned day. */
static void windows_of_months(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    for (int k = 1 - a->months; month_start(c->p->from, k) <= c->p->to; k++)
        tb_gen_window(c, TB_GEN_LIMIT, price, a->max, month_start(c->p->from, k),
                      month_start(c->p->from, k + a->months) - 1, a->class_);
}

void tb_gen_limit_window(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    bool *any_age = tb_xcalloc((size_t)c->p->n_slots + 1, sizeof *any_age);
    memcpy(any_age, c->counted, (size_t)c->p->n_slots * sizeof *any_age);
    for (int who = 0; who < c->r->n_providers; who++) {
        tb_day first, end;
        if (!tb_rule_means(c->r, a, who) || !days_of_age(c, a, who, &first, &end)) continue;
        for (int s = 0; s < c->p->n_slots; s++)
            c->counted[s] = any_age[s] && c->p->slots[s].date >= first && c->p->slots[s].date < end;
        tb_gen_choose(c, TB_GEN_PROVIDER, who);
        if (c->n_sel) windows_of_months(c, a, price);
    }
    free(any_age);
}

static void person_day_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_unit(c, TB_GEN_PERSON, price, a->max, TB_UNIT_DAY, -1);
}

void tb_gen_person_day(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_person(c, TB_GEN_PERSON_ON, a, price, person_day_of);
}

enum { FAR = 400 }; /* days; dates of a class further apart do not run */

/* Dates of the class around the planned days, in the calendar without the duties' own overrides. */
static void class_dates(struct tb_gen_ctx *c, int class_)
{
    c->n_dates = 0;
    for (tb_day d = c->p->from - FAR; d <= c->p->to + FAR; d++)
        if (tb_day_classes(c->r, -1, d) >> class_ & 1) *TB_PUSH(c->dates, c->n_dates, c->cap_dates) = d;
}

static void class_run_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    (void)a;
    for (size_t k = 1; k < c->n_dates; k++) {
        tb_day first = c->dates[k - 1], second = c->dates[k];
        if (second < c->p->from || first > c->p->to || second - first > FAR) continue;
        int bound = 0;
        tb_gen_list_clear(c);
        for (size_t i = 0; i < c->n_sel && tb_gen_date_of(c, &c->sel[i]) <= second; i++) {
            if (tb_gen_date_of(c, &c->sel[i]) != first && tb_gen_date_of(c, &c->sel[i]) != second) continue;
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

void tb_gen_class_run(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    class_dates(c, a->class_);
    tb_gen_each_provider(c, a, price, false, class_run_of);
}

/* A provider's seats of one week. */
struct week {
    tb_day monday;
    int *of_class, *other; /* candidates: on days of the class, on other days */
    size_t n_class, n_other;
    int bound_class, bound_other;
};

static void week_hard(struct tb_gen_ctx *c, const struct week *w, size_t first, size_t end, int class_)
{
    for (size_t i = first; i < end; i++) {
        int x = c->sel[i].cand;
        if (x >= 0 &&
            (w->bound_class || (w->bound_other && tb_slot_in_class(tb_gen_slot_of(c, &c->sel[i]), class_))))
            c->dead[x] = true;
    }
    if (w->bound_class || w->bound_other || w->n_class == 0) return;
    struct tb_gen_rows *rows = &c->g->hard[TB_GEN_WEEK];
    if (w->n_class > 1) tb_gen_add_row(c->g, rows, w->of_class, w->n_class, 1, -1, -1);
    for (size_t i = first; i < end; i++) {
        if (tb_slot_in_class(tb_gen_slot_of(c, &c->sel[i]), class_)) continue;
        tb_gen_list_clear(c);
        for (size_t k = 0; k < w->n_class; k++) tb_gen_list_add(c, w->of_class[k]);
        tb_gen_list_add(c, c->sel[i].cand);
        tb_gen_add_row(c->g, rows, c->list, c->n_list, 1, -1, -1);
    }
}

static void pick_group(struct tb_gen_ctx *c, const int *v, const int *group, size_t n, int which)
{
    tb_gen_list_clear(c);
    for (size_t i = 0; i < n; i++)
        if (group[i] == which) tb_gen_list_add(c, v[i]);
}

/* A bound seat on a day of the class: every other seat of the week costs. */
static void week_bound(struct tb_gen_ctx *c, const struct week *w, int64_t price)
{
    if (w->n_class + w->n_other == 0 && !tb_gen_touched(c, w->monday, w->monday + 6, -1)) return;
    c->g->fixed += price * (w->bound_class + w->bound_other - 1);
    for (size_t i = 0; i < w->n_class; i++) tb_gen_charge(c, w->of_class[i], TB_GEN_FEE_BOUND, price);
    for (size_t i = 0; i < w->n_other; i++) tb_gen_charge(c, w->other[i], TB_GEN_FEE_BOUND, price);
}

static void week_soft(struct tb_gen_ctx *c, const struct week *w, int64_t price)
{
    struct tb_gen *g = c->g;
    size_t n_class = w->n_class, n_other = w->n_other;
    if (w->bound_class) {
        week_bound(c, w, price);
        return;
    }
    if (n_class == 0 || n_class + n_other + (size_t)w->bound_other < 2) return;
    int *group = tb_xcalloc(n_class + n_other, sizeof *group);
    int of = tb_gen_cliques(c, w->of_class, (int)n_class, group);
    int others = tb_gen_cliques(c, w->other, (int)n_other, group + n_class);
    if (of == 1) { /* at most one of the class: rows of its own kind are not needed */
        for (size_t i = 0; i < n_class; i++)
            tb_gen_charge(c, w->of_class[i], TB_GEN_FEE_BOUND, price * w->bound_other);
        for (int q = 0; q < others; q++) {
            pick_group(c, w->other, group + n_class, n_other, q);
            for (size_t i = 0; i < n_class; i++) tb_gen_list_add(c, w->of_class[i]);
            tb_gen_add_row(g, &g->soft[TB_GEN_WEEK], c->list, c->n_list, 1, price, -1);
        }
    } else {
        struct tb_gen_week row = {.first = tb_gen_store(g, w->of_class, n_class),
                                  .n = (int)n_class,
                                  .bound_other = w->bound_other,
                                  .price = price};
        for (int q = 0; q < of; q++) {
            pick_group(c, w->of_class, group, n_class, q);
            tb_gen_add_row(g, &g->some, c->list, c->n_list, 0, price, (int)g->n_week);
        }
        for (int q = 0; q < others; q++) {
            pick_group(c, w->other, group + n_class, n_other, q);
            tb_gen_add_row(g, &g->other, c->list, c->n_list, 1, price, (int)g->n_week);
        }
        *TB_PUSH(g->week, g->n_week, g->cap_week) = row;
    }
    free(group);
}

static void week_class_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    int *v = tb_xcalloc(2 * c->n_sel + 1, sizeof *v);
    for (size_t i = 0, end; i < c->n_sel; i = end) {
        tb_day sunday;
        struct week w = {.of_class = v, .other = v + c->n_sel};
        tb_gen_unit_range(c->p, TB_UNIT_WEEK, tb_gen_date_of(c, &c->sel[i]), &w.monday, &sunday);
        for (end = i; end < c->n_sel && tb_gen_date_of(c, &c->sel[end]) <= sunday; end++) {
            bool in = tb_slot_in_class(tb_gen_slot_of(c, &c->sel[end]), a->class_);
            int x = c->sel[end].cand;
            if (x < 0 && in)
                w.bound_class++;
            else if (x < 0)
                w.bound_other++;
            else if (in)
                w.of_class[w.n_class++] = x;
            else
                w.other[w.n_other++] = x;
        }
        if (price < 0)
            week_hard(c, &w, i, end, a->class_);
        else if (sunday >= c->p->from && w.monday <= c->p->to)
            week_soft(c, &w, price);
    }
    free(v);
}

void tb_gen_week_class(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_provider(c, a, price, false, week_class_of);
}

static void every_years_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    for (size_t i = 0; i < c->n_sel; i++) {
        if (c->sel[i].cand < 0 || !tb_slot_in_class(tb_gen_slot_of(c, &c->sel[i]), a->class_)) continue;
        int year = tb_fiscal_year(tb_gen_date_of(c, &c->sel[i]));
        bool recent = false;
        for (size_t k = 0; k < c->n_sel; k++) {
            int ago = year - tb_fiscal_year(tb_gen_date_of(c, &c->sel[k]));
            recent |= c->sel[k].cand < 0 && tb_slot_in_class(tb_gen_slot_of(c, &c->sel[k]), a->class_) &&
                      ago > 0 && ago < a->years;
        }
        if (recent && price < 0)
            c->dead[c->sel[i].cand] = true;
        else if (recent)
            tb_gen_charge(c, c->sel[i].cand, TB_GEN_FEE_YEARS, price);
    }
    if (price < 0) tb_gen_choose(c, c->whose, c->who);
    tb_gen_each_unit(c, TB_GEN_YEARS, price, 1, TB_UNIT_YEAR, a->class_);
}

void tb_gen_every_years(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_provider(c, a, price, false, every_years_of);
}

/* Seats further than so many days from all turns of the fiscal year before, 52 weeks on. */
static void turn_near_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    enum { ROUND = 52 * 7 };
    for (size_t i = 0; i < c->n_sel; i++) {
        if (c->sel[i].cand < 0) continue;
        tb_day here = tb_gen_date_of(c, &c->sel[i]) - ROUND;
        bool any = false, near = false;
        for (size_t k = 0; k < c->n_sel; k++) {
            tb_day then = tb_gen_date_of(c, &c->sel[k]);
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

void tb_gen_turn_near(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_provider(c, a, price, false, turn_near_of);
}

static void min_count_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
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

void tb_gen_min_count(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_provider(c, a, price, true, min_count_of);
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

/* Two groups of seats that should not be taken both: dead, own price or row. */
static void clash(struct tb_gen_ctx *c, int family, struct tb_gen_group a, struct tb_gen_group b,
                  int64_t price)
{
    bool sure_a = a.v->cand < 0, sure_b = b.v->cand < 0;
    if (sure_a && sure_b) return;
    if (!sure_a && !sure_b) {
        tb_gen_not_both(c, family, a, b, price, -1);
        return;
    }
    struct tb_gen_group open = sure_a ? b : a, sure = sure_a ? a : b;
    for (size_t i = 0; i < open.n; i++) {
        if (price < 0)
            c->dead[open.v[i].cand] = true;
        else
            tb_gen_charge(c, open.v[i].cand, TB_GEN_FEE_BOUND, price * (int64_t)sure.n);
    }
}

static void exclude_link(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price,
                         const struct tb_link *l)
{
    size_t n, m;
    tb_gen_choose(c, TB_GEN_PROVIDER, l->from);
    if (c->n_sel == 0) return;
    struct tb_gen_event *from = tb_gen_take(c, &n);
    tb_gen_choose(c, TB_GEN_PROVIDER, l->to);
    struct tb_gen_event *to = tb_gen_take(c, &m);
    /* a slot ends on the day after its own at the latest */
    int reach = 2 + a->margin / TB_MINUTES_PER_DAY;
    for (size_t i = 0, i_end; i < n; i = i_end) {
        i_end = tb_gen_group_end(c, from, n, i);
        const struct tb_slot *s = tb_gen_slot_of(c, &from[i]);
        if (!tb_link_on(l, s->date)) continue;
        for (size_t k = 0, k_end; k < m && tb_gen_date_of(c, &to[k]) <= s->date + reach; k = k_end) {
            k_end = tb_gen_group_end(c, to, m, k);
            if (tb_gen_date_of(c, &to[k]) >= s->date - reach && meet(s, tb_gen_slot_of(c, &to[k]), a->margin))
                clash(c, TB_GEN_LINK, (struct tb_gen_group){&from[i], i_end - i},
                      (struct tb_gen_group){&to[k], k_end - k}, price);
        }
    }
    free(from);
    free(to);
}

void tb_gen_link_exclude(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    for (int i = 0; i < c->r->n_links; i++)
        if (c->r->links[i].type == a->link) exclude_link(c, a, price, &c->r->links[i]);
}

/* Seats of both within one unit. */
static void apart_unit(struct tb_gen_ctx *c, struct tb_gen_group a, struct tb_gen_group b, int64_t price,
                       bool touched_by_either)
{
    struct tb_gen *g = c->g;
    bool sure_a = false, sure_b = false;
    for (size_t i = 0; i < a.n; i++) sure_a |= a.v[i].cand < 0;
    for (size_t i = 0; i < b.n; i++) sure_b |= b.v[i].cand < 0;
    if (price < 0) {
        for (size_t i = 0; i < a.n && sure_b; i++)
            if (a.v[i].cand >= 0) c->dead[a.v[i].cand] = true;
        for (size_t i = 0; i < b.n && sure_a; i++)
            if (b.v[i].cand >= 0) c->dead[b.v[i].cand] = true;
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
    for (size_t i = 0, i_end; i < a.n; i = i_end) {
        i_end = tb_gen_group_end(c, a.v, a.n, i);
        if (sure_b && a.v[i].cand >= 0)
            for (size_t x = i; x < i_end; x++)
                tb_gen_add_row(g, &g->soft[TB_GEN_APART], &a.v[x].cand, 1, 0, price, unit);
        for (size_t k = 0, k_end; k < b.n; k = k_end) {
            k_end = tb_gen_group_end(c, b.v, b.n, k);
            if (sure_a && i == 0 && b.v[k].cand >= 0)
                for (size_t x = k; x < k_end; x++)
                    tb_gen_add_row(g, &g->soft[TB_GEN_APART], &b.v[x].cand, 1, 0, price, unit);
            if (!sure_a && !sure_b)
                tb_gen_not_both(c, TB_GEN_APART, (struct tb_gen_group){&a.v[i], i_end - i},
                                (struct tb_gen_group){&b.v[k], k_end - k}, price, unit);
        }
    }
}

void tb_gen_pair_apart(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    size_t n, m;
    tb_gen_choose(c, TB_GEN_PROVIDER, a->providers.v[0]);
    struct tb_gen_event *one = tb_gen_take(c, &n);
    tb_gen_choose(c, TB_GEN_PROVIDER, a->providers.v[1]);
    struct tb_gen_event *two = tb_gen_take(c, &m);
    for (size_t i = 0, i_end, k = 0, k_end; i < n; i = i_end) {
        tb_day from, to;
        tb_gen_unit_range(c->p, a->unit, tb_gen_date_of(c, &one[i]), &from, &to);
        for (i_end = i; i_end < n && tb_gen_date_of(c, &one[i_end]) <= to; i_end++) {}
        while (k < m && tb_gen_date_of(c, &two[k]) < from) k++;
        for (k_end = k; k_end < m && tb_gen_date_of(c, &two[k_end]) <= to; k_end++) {}
        if (k_end == k) continue;
        bool either = false;
        for (int side = 0; side < 2; side++) {
            c->who = a->providers.v[side];
            either |= tb_gen_touched(c, from, to, -1);
        }
        apart_unit(c, (struct tb_gen_group){&one[i], i_end - i}, (struct tb_gen_group){&two[k], k_end - k},
                   price, either);
    }
    free(one);
    free(two);
}

/* ---- rules of one seat, priced ------------------------------------------------------------------- */

void tb_gen_consulting_hours(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    if (price < 0) return; /* a hard one left no candidate */
    for (size_t i = 0; i < c->g->n_cand; i++) {
        const struct tb_gen_cand *x = &c->g->cand[i];
        if (c->counted[x->slot] && tb_gen_consulting(c, &c->p->slots[x->slot], x->provider, a->margin))
            tb_gen_charge(c, (int)i, TB_GEN_FEE_CONSULTING, price);
    }
}

static void price_wishes(struct tb_gen_ctx *c, int type, int64_t price)
{
    for (size_t i = 0; i < c->g->n_cand; i++) {
        const struct tb_gen_cand *x = &c->g->cand[i];
        if (c->counted[x->slot] && tb_gen_against_wish(c, &c->p->slots[x->slot], x->provider, type, false))
            tb_gen_charge(c, (int)i, TB_GEN_FEE_WISH, type == TB_WISH_LIKE ? -price : price);
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
    tb_gen_choose(c, TB_GEN_PROVIDER, w->provider);
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
                        tb_gen_in_pool(c, c->p->slots[s].duty, c->p->slots[s].date);
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

void tb_gen_wish(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    if (a->wish == TB_WISH_COUNT)
        wish_counts(c, false, price);
    else
        price_wishes(c, a->wish, price);
}

/* ---- all ----------------------------------------------------------------------------------------- */

static tb_gen_rule_fn *const makers[TB_RULE_TYPE_COUNT] = {
#define GEN_ROW(TYPE, name, ...) [TB_RULE_##TYPE] = tb_gen_##name,
    TB_RULES(GEN_ROW)
#undef GEN_ROW
};

static void apply_rule(struct tb_gen_ctx *c, int k, bool hard)
{
    const struct tb_rule *rule = &c->r->rules[k];
    if (tb_rule_hard(rule) != hard || rule->price == 0) return;
    tb_gen_count_slots(c, rule, c->args[k].roles);
    makers[c->args[k].type](c, &c->args[k], hard ? -1 : rule->price);
}

static void one_seat(struct tb_gen_ctx *c)
{
    for (int who = 0; who < c->r->n_providers; who++) {
        tb_gen_choose(c, TB_GEN_PROVIDER, who);
        for (size_t i = 0, end; i < c->n_sel; i = end) {
            const struct tb_slot *s = tb_gen_slot_of(c, &c->sel[i]);
            int bound = 0;
            tb_gen_list_clear(c);
            for (end = i; end < c->n_sel; end++) {
                const struct tb_slot *t = tb_gen_slot_of(c, &c->sel[end]);
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
    for (int k = 0; k < c->r->n_rules; k++) apply_rule(c, k, true);
}

void tb_gen_soft_rules(struct tb_gen_ctx *c)
{
    for (int k = 0; k < c->r->n_rules; k++) apply_rule(c, k, false);
}
