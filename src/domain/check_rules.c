/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each rule type of docs/reference/rules.md by plain counting on the finished roster.
 */
#include <stdlib.h>
#include <string.h>

#include "check_int.h"
#include "toban/domain/dated.h"

#define CLASS_GAP_DAYS 400 /* two dates of a class further apart are not "successive" */

/* Counted seats of the rule by (holder, date, slot): the provider, the person of the date, named by his first
 * provider, or all who are ever one person. */
struct counted {
    struct tb_taken *seats;
    int *of; /* seats of holder h: of[h] .. of[h + 1] - 1 */
};

/* One rule being judged. */
struct tb_judge_task {
    struct tb_judge *j;
    int rule;
    const struct tb_rule_args *a;
    bool hard;
    struct tb_arena arena;
    struct tb_rule_memo *m;
    struct counted c;
};

/* One function for each rule type: a type without one does not link. */
#define JUDGE_TYPE(TYPE, name, ...) void tb_judge_##name(struct tb_judge_task *t);
TB_RULES(JUDGE_TYPE)
#undef JUDGE_TYPE

/* ---- gathering ---------------------------------------------------------------------------- */

static int by_holder(const void *a, const void *b)
{
    const struct tb_taken *x = a, *y = b;
    if (x->person != y->person) return x->person < y->person ? -1 : 1;
    if (x->date != y->date) return x->date < y->date ? -1 : 1;
    if (x->slot != y->slot) return x->slot < y->slot ? -1 : 1;
    return (x->provider > y->provider) - (x->provider < y->provider);
}

enum holders { PROVIDERS, PERSONS, KIN };
enum filter { ALL_DAYS, CLASS_OF_SLOT, CLASS_OF_DATE };

static bool date_in_class(const struct tb_judge *j, tb_day d, int class_)
{
    struct tb_class_memo *m = &j->c->dates;
    if (!m->classes) {
        *m = (struct tb_class_memo){.from = j->f.first - CLASS_GAP_DAYS - 1,
                                    .days = j->f.last - j->f.first + 2 * CLASS_GAP_DAYS + 3};
        if (m->days < 0) m->days = 0;
        m->classes = tb_arena_alloc(&j->c->base.arena, ((size_t)m->days + 1) * sizeof *m->classes);
        m->known = tb_arena_alloc(&j->c->base.arena, (size_t)m->days + 1);
    }
    int at = d - m->from;
    if (at < 0 || at >= m->days) return tb_day_classes(j->r, -1, d) >> class_ & 1;
    if (!m->known[at]) m->classes[at] = tb_day_classes(j->r, -1, d);
    m->known[at] = true;
    return m->classes[at] >> class_ & 1;
}

static void choose_slots(struct tb_judge_task *t, enum filter filter)
{
    const struct tb_judge *j = t->j;
    t->m->counted = tb_arena_alloc(&j->c->base.arena, (size_t)j->p->n_slots + 1);
    for (int s = 0; s < j->p->n_slots; s++) {
        if (!tb_facts_concerns(&j->f, t->rule, s)) continue;
        if (filter == CLASS_OF_SLOT && !tb_facts_in_class(&j->f, s, t->a->class_)) continue;
        if (filter == CLASS_OF_DATE && !date_in_class(j, j->p->slots[s].date, t->a->class_)) continue;
        t->m->counted[s] = true;
    }
}

static void mark_touched(struct tb_judge_task *t, enum holders by)
{
    const struct tb_facts *f = &t->j->f;
    int holders = t->j->r->n_providers;
    t->m->days = f->first > f->last ? 0 : f->last - f->first + 1;
    t->m->touched = tb_arena_alloc(&t->j->c->base.arena, (size_t)holders * (size_t)t->m->days + 1);
    for (int h = 0; h < holders; h++)
        for (int i = f->pool_of[h]; i < f->pool_of[h + 1] && tb_rule_means(t->j->r, t->a, h); i++) {
            int s = f->pool[i];
            int holder = by == PROVIDERS ? h
                         : by == KIN     ? f->kin[h]
                                         : tb_problem_persons(t->j->p, t->j->p->slots[s].date)[h];
            if (t->m->counted[s] && tb_facts_of_age(f, t->rule, h, t->j->p->slots[s].date))
                t->m->touched[holder * t->m->days + (t->j->p->slots[s].date - f->first)] = 1;
        }
}

/* In the result `person` is the holder, whatever the scope. */
static void gather(struct tb_judge_task *t, enum holders by, enum filter filter)
{
    const struct tb_facts *f = &t->j->f;
    int n = 0, holders = t->j->r->n_providers;
    if (!t->m->counted) {
        choose_slots(t, filter);
        if (!t->hard) mark_touched(t, by);
    }
    struct counted *c = &t->c;
    c->seats = tb_arena_alloc(&t->arena, ((size_t)f->n_seats + 1) * sizeof *c->seats);
    for (int i = 0; i < f->n_seats; i++) {
        if (!t->m->counted[f->seats[i].slot]) continue;
        c->seats[n] = f->seats[i];
        if (by == PROVIDERS) c->seats[n].person = c->seats[n].provider;
        if (by == KIN) c->seats[n].person = f->kin[c->seats[n].provider];
        n += tb_rule_means(t->j->r, t->a, f->seats[i].provider) &&
             tb_facts_of_age(f, t->rule, f->seats[i].provider, f->seats[i].date);
    }
    /* by provider they stand in order */
    if (n && by != PROVIDERS) qsort(c->seats, (size_t)n, sizeof *c->seats, by_holder);
    c->of = tb_arena_alloc(&t->arena, ((size_t)holders + 1) * sizeof *c->of);
    for (int i = 0; i < n; i++) c->of[c->seats[i].person + 1]++;
    for (int h = 0; h < holders; h++) c->of[h + 1] += c->of[h];
}

static bool any_planned(const struct tb_taken *seats, int n)
{
    for (int i = 0; i < n; i++)
        if (seats[i].planned) return true;
    return false;
}

/* Does a count of these seats in from..to concern this roster, or was it settled before? */
static bool ours(const struct tb_judge_task *t, int holder, tb_day from, tb_day to,
                 const struct tb_taken *seats, int n)
{
    const struct tb_facts *f = &t->j->f;
    if (any_planned(seats, n)) return true;
    if (t->hard) return false;
    for (tb_day d = from > f->first ? from : f->first; d <= to && d <= f->last; d++)
        if (t->m->touched[holder * t->m->days + (d - f->first)]) return true;
    return false;
}

/* The holder's counted seats on dates from..to. */
static const struct tb_taken *between(const struct tb_judge_task *t, int holder, tb_day from, tb_day to,
                                      int *n)
{
    int lo = t->c.of[holder], hi = t->c.of[holder + 1], end = hi;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        if (t->c.seats[mid].date < from)
            lo = mid + 1;
        else
            hi = mid;
    }
    *n = 0;
    while (lo + *n < end && t->c.seats[lo + *n].date <= to) (*n)++;
    return &t->c.seats[lo];
}

/* ---- filing ------------------------------------------------------------------------------- */

/* The first two of the n seats show it; `x.provider` is the holder's when there are none. */
static void file_breach(struct tb_judge_task *t, const struct tb_taken *seats, int n, struct tb_violation x)
{
    int shown = 0; /* a planned seat first: it is the one that can be changed */
    for (int i = n - 1; i >= 0; i--)
        if (seats[i].planned) shown = i;
    if (n) x.provider = seats[shown].provider;
    x.slots[0] = n ? seats[shown].slot : -1;
    x.slots[1] = n > 1 ? seats[shown == 0 ? 1 : 0].slot : -1;
    tb_judge_rule(t->j, t->rule, x);
}

static void file_seat(struct tb_judge_task *t, const struct tb_taken *seat)
{
    file_breach(t, seat, 1,
                (struct tb_violation){.provider = seat->provider,
                                      .from = seat->date,
                                      .to = seat->date,
                                      .measured = 1,
                                      .allowed = 0,
                                      .excess = 1});
}

static void file_pair(struct tb_judge_task *t, const struct tb_taken *a, const struct tb_taken *b)
{
    struct tb_taken two[2] = {*a, *b};
    file_breach(t, two, 2,
                (struct tb_violation){.provider = -1,
                                      .from = a->date < b->date ? a->date : b->date,
                                      .to = a->date < b->date ? b->date : a->date,
                                      .measured = 2,
                                      .allowed = 1,
                                      .excess = 1});
}

static void at_most(struct tb_judge_task *t, int holder, tb_day from, tb_day to, int64_t allowed)
{
    int n;
    if (t->c.of[holder + 1] - t->c.of[holder] <= allowed) return;
    const struct tb_taken *seats = between(t, holder, from, to, &n);
    if (n > allowed && ours(t, holder, from, to, seats, n))
        file_breach(t, seats, n,
                    (struct tb_violation){.provider = holder,
                                          .from = from,
                                          .to = to,
                                          .measured = n,
                                          .allowed = allowed,
                                          .excess = n - allowed});
}

/* ---- counts in windows and units ---------------------------------------------------------- */

typedef void on_unit(struct tb_judge_task *t, int holder, tb_day from, tb_day to);

/* Calls for every holder of at least `least` counted seats and every unit that holds a planned date. */
static void each_unit(struct tb_judge_task *t, int unit, int least, on_unit *call)
{
    const struct tb_facts *f = &t->j->f;
    int *holders = tb_arena_alloc(&t->arena, ((size_t)t->j->r->n_providers + 1) * sizeof *holders), n = 0;
    for (int h = 0; h < t->j->r->n_providers; h++)
        if (t->c.of[h + 1] - t->c.of[h] >= least) holders[n++] = h;
    tb_day from, to;
    for (tb_day d = f->first; d <= f->last; d = to + 1) {
        tb_facts_unit(t->j->p, unit, d, &from, &to);
        for (int i = 0; i < n; i++) call(t, holders[i], from, to);
    }
}

static void limit_unit(struct tb_judge_task *t, int holder, tb_day from, tb_day to)
{
    at_most(t, holder, from, to, t->a->max);
}

void tb_judge_limit_count(struct tb_judge_task *t)
{
    gather(t, PROVIDERS, CLASS_OF_SLOT);
    each_unit(t, t->a->unit, t->a->max + 1, limit_unit);
}

void tb_judge_person_day(struct tb_judge_task *t)
{
    gather(t, PERSONS, ALL_DAYS);
    each_unit(t, TB_UNIT_DAY, t->a->max + 1, limit_unit);
}

static void min_unit(struct tb_judge_task *t, int holder, tb_day from, tb_day to)
{
    if (from < t->j->p->from || to > t->j->p->to) return;
    int n;
    const struct tb_taken *seats = between(t, holder, from, to, &n);
    if (n < t->a->min && ours(t, holder, from, to, seats, n))
        file_breach(t, seats, n,
                    (struct tb_violation){.provider = holder,
                                          .from = from,
                                          .to = to,
                                          .measured = n,
                                          .allowed = t->a->min,
                                          .excess = t->a->min - n});
}

void tb_judge_min_count(struct tb_judge_task *t)
{
    gather(t, PROVIDERS, CLASS_OF_SLOT);
    each_unit(t, t->a->unit, 0, min_unit);
}

static void week_unit(struct tb_judge_task *t, int holder, tb_day from, tb_day to)
{
    int n;
    const struct tb_taken *seats = between(t, holder, from, to, &n);
    for (int i = 0; i < n; i++)
        if (tb_facts_in_class(&t->j->f, seats[i].slot, t->a->class_)) {
            at_most(t, holder, from, to, 1);
            return;
        }
}

void tb_judge_week_class(struct tb_judge_task *t)
{
    gather(t, PROVIDERS, ALL_DAYS);
    each_unit(t, TB_UNIT_WEEK, 2, week_unit);
}

static tb_day class_date(const struct tb_judge_task *t, tb_day d, int step)
{
    for (int i = 0; i < CLASS_GAP_DAYS; i++) {
        d += step;
        if (date_in_class(t->j, d, t->a->class_)) return d;
    }
    return TB_DAY_NONE;
}

void tb_judge_class_run(struct tb_judge_task *t)
{
    const struct tb_facts *f = &t->j->f;
    if (f->first > f->last) return;
    gather(t, PROVIDERS, CLASS_OF_DATE);
    tb_day a = class_date(t, f->first, -1), b;
    if (a == TB_DAY_NONE)
        a = date_in_class(t->j, f->first, t->a->class_) ? f->first : class_date(t, f->first, 1);
    for (; a != TB_DAY_NONE && a <= f->last; a = b) {
        b = class_date(t, a, 1);
        if (b == TB_DAY_NONE) return;
        for (int h = 0; h < t->j->r->n_providers; h++) at_most(t, h, a, b, 1);
    }
}

/* Windows running that show the same seats. */
struct window_run {
    const struct tb_taken *seats;
    int n, windows;
};

/* The next window of a holder, or (from > to) the end of all: those that show the same seats are filed
 * together, with the sum of their excess. */
static void next_window(struct tb_judge_task *t, int holder, struct window_run *run, tb_day from, tb_day to,
                        int max)
{
    int n = 0;
    const struct tb_taken *seats = from <= to ? between(t, holder, from, to, &n) : NULL;
    bool here = n > max && ours(t, holder, from, to, seats, n);
    if (run->windows && (!here || seats != run->seats || n != run->n)) {
        file_breach(t, run->seats, run->n,
                    (struct tb_violation){.provider = holder,
                                          .from = run->seats[0].date,
                                          .to = run->seats[run->n - 1].date,
                                          .measured = run->n,
                                          .allowed = max,
                                          .excess = (int64_t)run->windows * (run->n - max)});
        run->windows = 0;
    }
    if (!here) return;
    run->seats = seats;
    run->n = n;
    run->windows++;
}

/* Soft: every window counts. */
static void rest_windows(struct tb_judge_task *t, int holder)
{
    const struct tb_facts *f = &t->j->f;
    struct window_run run = {0};
    for (tb_day a = f->first - t->a->days + 1; a <= f->last; a++)
        next_window(t, holder, &run, a, a + t->a->days - 1, 1);
    next_window(t, holder, &run, 1, 0, 1);
}

void tb_judge_limit_window(struct tb_judge_task *t)
{
    const struct tb_facts *f = &t->j->f;
    if (f->first > f->last) return;
    gather(t, PROVIDERS, CLASS_OF_SLOT);
    for (int h = 0; h < t->j->r->n_providers; h++) {
        struct window_run run = {0};
        if (t->c.of[h + 1] - t->c.of[h] <= t->a->max) continue;
        for (int m = 1 - t->a->months; tb_facts_month(f->first, m) <= f->last; m++)
            next_window(t, h, &run, tb_facts_month(f->first, m),
                        tb_facts_month(f->first, m + t->a->months) - 1, t->a->max);
        next_window(t, h, &run, 1, 0, t->a->max);
    }
}

void tb_judge_rest_days(struct tb_judge_task *t)
{
    gather(t, PROVIDERS, ALL_DAYS);
    for (int h = 0; h < t->j->r->n_providers; h++) {
        if (!t->hard && t->c.of[h + 1] - t->c.of[h] > 1) rest_windows(t, h);
        /* Hard: of all seats too near to a planned one, its neighbours are the nearest. */
        for (int i = t->c.of[h] + 1; t->hard && i < t->c.of[h + 1]; i++) {
            const struct tb_taken *x = &t->c.seats[i - 1], *y = &t->c.seats[i];
            if (y->date - x->date < t->a->days && any_planned(x, 2))
                file_breach(t, x, 2,
                            (struct tb_violation){.provider = h,
                                                  .from = x->date,
                                                  .to = y->date,
                                                  .measured = 2,
                                                  .allowed = 1,
                                                  .excess = 1});
        }
    }
}

void tb_judge_every_years(struct tb_judge_task *t)
{
    gather(t, PROVIDERS, CLASS_OF_SLOT);
    for (int h = 0; h < t->j->r->n_providers; h++)
        for (int i = t->c.of[h]; i < t->c.of[h + 1]; i++) {
            const struct tb_taken *x = &t->c.seats[i];
            int year = tb_fiscal_year(x->date), last = year - t->a->years;
            for (int k = i - 1; x->planned && k >= t->c.of[h]; k--) {
                int before = tb_fiscal_year(t->c.seats[k].date);
                if (t->c.seats[k].planned || before == year) continue;
                if (before > last) file_pair(t, &t->c.seats[k], x);
                break;
            }
        }
    struct tb_rule_args *a = tb_arena_alloc(&t->arena, sizeof *a);
    *a = *t->a;
    a->max = 1;
    t->a = a;
    each_unit(t, TB_UNIT_YEAR, 2, limit_unit);
}

/* ---- pairs -------------------------------------------------------------------------------- */

#define SLOT_MAX_DAYS 2 /* a slot ends before the end of the day after its date */

/* Too near to work elsewhere. */
static void rest_outside(struct tb_judge_task *t, const struct tb_taken *x)
{
    int n = x->planned ? tb_facts_near_outside(&t->j->f, x, t->a->hours) : 0;
    if (n)
        file_breach(t, x, 1,
                    (struct tb_violation){
                        .provider = x->provider, .from = x->date, .to = x->date, .measured = n, .excess = n});
}

void tb_judge_rest_hours(struct tb_judge_task *t)
{
    gather(t, KIN, ALL_DAYS);
    const struct tb_slot *slots = t->j->p->slots;
    int reach = t->a->hours / 24 + 1 + SLOT_MAX_DAYS;
    for (int h = 0; h < t->j->r->n_providers; h++)
        for (int i = t->c.of[h]; i < t->c.of[h + 1]; i++) {
            const struct tb_taken *x = &t->c.seats[i];
            rest_outside(t, x);
            for (int k = i + 1; k < t->c.of[h + 1]; k++) {
                const struct tb_taken *y = &t->c.seats[k];
                if (y->date - x->date > reach) break;
                if (x->slot == y->slot || !(x->planned || y->planned) || !tb_facts_one_person(&t->j->f, x, y))
                    continue;
                if (tb_facts_gap(&slots[x->slot], &slots[y->slot]) < t->a->hours * 60) file_pair(t, x, y);
            }
        }
}

void tb_judge_link_exclude(struct tb_judge_task *t)
{
    gather(t, PROVIDERS, ALL_DAYS);
    const struct tb_slot *slots = t->j->p->slots;
    int reach = t->a->margin / TB_MINUTES_PER_DAY + 1 + SLOT_MAX_DAYS;
    for (int l = 0; l < t->j->r->n_links; l++) {
        const struct tb_link *link = &t->j->r->links[l];
        for (int i = t->c.of[link->from]; link->type == t->a->link && i < t->c.of[link->from + 1]; i++) {
            const struct tb_taken *x = &t->c.seats[i];
            if (!tb_link_on(link, x->date)) continue;
            int n;
            const struct tb_taken *near = between(t, link->to, x->date - reach, x->date + reach, &n);
            for (int k = 0; k < n; k++)
                if ((x->planned || near[k].planned) &&
                    tb_facts_overlap(&slots[x->slot], &slots[near[k].slot], t->a->margin))
                    file_pair(t, x, &near[k]);
        }
    }
}

void tb_judge_pair_apart(struct tb_judge_task *t)
{
    const struct tb_facts *f = &t->j->f;
    gather(t, PROVIDERS, ALL_DAYS);
    int a = t->a->providers.v[0], b = t->a->providers.v[1];
    tb_day from, to;
    for (tb_day d = f->first; d <= f->last; d = to + 1) {
        tb_facts_unit(t->j->p, t->a->unit, d, &from, &to);
        int na, nb;
        const struct tb_taken *sa = between(t, a, from, to, &na), *sb = between(t, b, from, to, &nb);
        if (!na || !nb) continue;
        if (!ours(t, a, from, to, sa, na) && !ours(t, b, from, to, sb, nb)) continue;
        struct tb_taken two[2] = {*sa, *sb};
        for (int i = na - 1; i >= 0; i--)
            if (sa[i].planned) two[0] = sa[i];
        for (int i = nb - 1; i >= 0; i--)
            if (sb[i].planned) two[1] = sb[i];
        file_breach(t, two, 2,
                    (struct tb_violation){
                        .provider = a, .from = from, .to = to, .measured = 2, .allowed = 1, .excess = 1});
    }
}

/* ---- one seat ----------------------------------------------------------------------------- */

typedef bool against(const struct tb_judge_task *t, const struct tb_taken *seat);

static void each_planned(struct tb_judge_task *t, against *breaks)
{
    const struct tb_facts *f = &t->j->f;
    for (int i = 0; i < f->n_seats; i++)
        if (f->seats[i].planned && tb_facts_concerns(f, t->rule, f->seats[i].slot) && breaks(t, &f->seats[i]))
            file_seat(t, &f->seats[i]);
}

void tb_judge_pair_together(struct tb_judge_task *t)
{
    const struct tb_facts *f = &t->j->f;
    gather(t, PROVIDERS, ALL_DAYS);
    const int *pair = t->a->providers.v;
    for (tb_day d = f->first; d <= f->last; d++) {
        int n[2];
        const struct tb_taken *seats[2];
        for (int i = 0; i < 2; i++) seats[i] = between(t, pair[i], d, d, &n[i]);
        if (!n[0] == !n[1]) continue;
        int alone = n[0] ? 0 : 1;
        if (ours(t, pair[alone], d, d, seats[alone], n[alone]) || ours(t, pair[!alone], d, d, NULL, 0))
            file_breach(
                t, seats[alone], n[alone],
                (struct tb_violation){
                    .provider = pair[alone], .from = d, .to = d, .measured = 1, .allowed = 2, .excess = 1});
    }
}

/* A seat as near as may be to where last year's turns of the provider lay, 52 weeks on. */
void tb_judge_turn_near(struct tb_judge_task *t)
{
    gather(t, PROVIDERS, ALL_DAYS);
    for (int h = 0; h < t->j->r->n_providers; h++)
        for (int i = t->c.of[h]; i < t->c.of[h + 1]; i++) {
            const struct tb_taken *x = &t->c.seats[i];
            int least = -1;
            for (int k = t->c.of[h]; x->planned && k < i; k++) {
                const struct tb_taken *y = &t->c.seats[k];
                if (y->planned || tb_fiscal_year(y->date) != tb_fiscal_year(x->date) - 1) continue;
                int away = abs(x->date - 52 * 7 - y->date);
                if (least < 0 || away < least) least = away;
            }
            if (least > t->a->days)
                file_breach(t, x, 1,
                            (struct tb_violation){.provider = h,
                                                  .from = x->date,
                                                  .to = x->date,
                                                  .measured = least,
                                                  .allowed = t->a->days,
                                                  .excess = 1});
        }
}

static void hours_unit(struct tb_judge_task *t, int holder, tb_day from, tb_day to)
{
    if (!tb_rule_means(t->j->r, t->a, holder)) return;
    int n;
    const struct tb_taken *seats = between(t, holder, from, to, &n);
    int64_t minutes = tb_facts_minutes_outside(&t->j->f, holder, from, to);
    for (int i = 0; i < n; i++) minutes += tb_facts_minutes(&t->j->p->slots[seats[i].slot]);
    int64_t hours = (minutes + 59) / 60;
    if (hours > t->a->max && ours(t, holder, from, to, seats, n))
        file_breach(t, seats, n,
                    (struct tb_violation){.provider = holder,
                                          .from = from,
                                          .to = to,
                                          .measured = hours,
                                          .allowed = t->a->max,
                                          .excess = hours - t->a->max});
}

void tb_judge_limit_hours(struct tb_judge_task *t)
{
    gather(t, PROVIDERS, ALL_DAYS);
    each_unit(t, t->a->unit, 0, hours_unit);
}

/* ---- work and rest ------------------------------------------------------------------------ */

void tb_judge_labour_rest(struct tb_judge_task *t)
{
    const struct tb_facts *f = &t->j->f;
    gather(t, PROVIDERS, ALL_DAYS);
    tb_minute reach = (t->a->night_rest + t->a->night_span) * 60;
    for (int h = 0; h < t->j->r->n_providers; h++) {
        int begin = t->c.of[h], end = t->c.of[h + 1];
        bool *alone = tb_arena_alloc(&t->arena, (size_t)(end - begin) + 1);
        int64_t hours;
        for (int i = begin; i < end; i++) {
            const struct tb_taken *x = &t->c.seats[i];
            alone[i - begin] = !x->planned || tb_facts_overworked(f, t->rule, h, &x->slot, 1, &hours);
            if (x->planned && alone[i - begin])
                file_breach(t, x, 1,
                            (struct tb_violation){.provider = h,
                                                  .from = x->date,
                                                  .to = x->date,
                                                  .measured = hours,
                                                  .allowed = t->a->span,
                                                  .excess = 1});
        }
        for (int i = begin; i < end; i++)
            for (int k = i + 1; k < end; k++) {
                const struct tb_taken two[2] = {t->c.seats[i], t->c.seats[k]};
                const int slots[2] = {two[0].slot, two[1].slot};
                if (two[1].date - two[0].date > reach / TB_MINUTES_PER_DAY + 1 + SLOT_MAX_DAYS) break;
                if (alone[i - begin] || alone[k - begin] || slots[0] == slots[1]) continue;
                if (tb_facts_overworked(f, t->rule, h, slots, 2, &hours))
                    file_breach(t, two, 2,
                                (struct tb_violation){.provider = h,
                                                      .from = two[0].date,
                                                      .to = two[1].date,
                                                      .measured = hours,
                                                      .allowed = t->a->span,
                                                      .excess = 1});
            }
    }
}

static bool consults(const struct tb_judge_task *t, const struct tb_taken *s)
{
    return tb_facts_consults(&t->j->f, s->provider, s->slot, t->a->margin);
}
void tb_judge_consulting_hours(struct tb_judge_task *t) { each_planned(t, consults); }

/* ---- slots and dates ---------------------------------------------------------------------- */

/* Seats that the rule counts together: of one slot, or of all counted slots of a date, bound ones included.
 */
struct place {
    struct tb_taken *seats;
    int n, slot, open, need; /* first planned slot; its and the others' open seats and needs */
    tb_day date;
};

static int area_of(const struct tb_judge_task *t, const struct tb_taken *s)
{
    const struct tb_region *on = tb_region_on(t->j->r, s->date);
    return tb_area_at_level(on, on->providers[s->provider].area, t->a->level);
}

static void put_slot(const struct tb_judge_task *t, struct place *x, int s)
{
    const struct tb_facts *f = &t->j->f;
    const struct tb_slot *slot = &t->j->p->slots[s];
    if (!slot->planned) return;
    if (x->slot < 0) x->slot = s;
    for (int i = f->in_slot[s]; i < f->in_slot[s + 1]; i++) x->seats[x->n++] = f->seats[f->by_slot[i]];
    x->need += slot->need;
    if (f->in_slot[s + 1] - f->in_slot[s] < slot->need)
        x->open += slot->need - (f->in_slot[s + 1] - f->in_slot[s]);
}

static void put_bound(const struct tb_judge_task *t, struct place *x)
{
    for (int i = 0; i < t->j->f.n_seats; i++) {
        const struct tb_taken *seat = &t->j->f.seats[i];
        if (!seat->planned && seat->date == x->date && tb_facts_concerns(&t->j->f, t->rule, seat->slot))
            x->seats[x->n++] = *seat;
    }
}

/* Calls for every slot, or for every date, that has planned counted seats. */
static void each_place(struct tb_judge_task *t, void (*call)(struct tb_judge_task *t, const struct place *x))
{
    const struct tb_facts *f = &t->j->f;
    const struct tb_slot *slots = t->j->p->slots;
    struct tb_taken *room = tb_arena_alloc(&t->arena, ((size_t)f->n_seats + 1) * sizeof *room);
    bool by_date = t->a->unit == TB_UNIT_DAY;
    for (int s = 0, end; s < t->j->p->n_slots; s = end) {
        struct place x = {.seats = room, .slot = -1, .date = slots[s].date};
        for (end = s; end < t->j->p->n_slots && (end == s || (by_date && slots[end].date == x.date)); end++)
            if (tb_facts_concerns(f, t->rule, end)) put_slot(t, &x, end);
        if (x.slot < 0) continue;
        if (by_date) put_bound(t, &x);
        call(t, &x);
    }
}

static void spread_place(struct tb_judge_task *t, const struct place *x)
{
    if (t->a->unit == TB_UNIT_SLOT && x->need < 2) return;
    for (int i = 0; i < x->n; i++) {
        struct tb_taken same[2] = {x->seats[i]};
        int area = area_of(t, &same[0]), before = 0, n = 0;
        bool ours = !t->hard;
        for (int k = 0; k < x->n; k++) {
            if (area_of(t, &x->seats[k]) != area) continue;
            before += k < i;
            ours |= x->seats[k].planned;
            if (n < 2) same[n] = x->seats[k];
            n++;
        }
        if (area < 0 || before || n <= t->a->max || !ours) continue;
        file_breach(t, same, n < 2 ? n : 2,
                    (struct tb_violation){.provider = -1,
                                          .from = x->date,
                                          .to = x->date,
                                          .measured = n,
                                          .allowed = t->a->max,
                                          .excess = n - t->a->max});
    }
}

void tb_judge_area_spread(struct tb_judge_task *t) { each_place(t, spread_place); }

static bool offers(const struct tb_region *r, int provider, int speciality)
{
    const struct tb_ids *ids = &r->providers[provider].specialities;
    for (int i = 0; i < ids->n; i++)
        if (ids->v[i] == speciality) return true;
    return false;
}

/* At least so many who offer the speciality, of the area (-1: wherever they are). */
static void skill_place(struct tb_judge_task *t, const struct place *x, int area)
{
    int n = 0, bound = 0;
    for (int i = 0; i < x->n; i++) {
        if (!offers(tb_region_on(t->j->r, x->date), x->seats[i].provider, t->a->speciality) ||
            (area >= 0 && area_of(t, &x->seats[i]) != area))
            continue;
        n++;
        bound += !x->seats[i].planned;
    }
    int min = t->a->min < x->need + bound ? t->a->min : x->need + bound;
    int missing = min - n - (t->hard ? x->open : 0);
    if (missing > 0)
        tb_judge_rule(t->j, t->rule,
                      (struct tb_violation){.provider = -1,
                                            .area = area + 1,
                                            .slots = {x->slot, -1},
                                            .from = x->date,
                                            .to = x->date,
                                            .measured = n,
                                            .allowed = min,
                                            .excess = missing});
}

static void skill_anywhere(struct tb_judge_task *t, const struct place *x) { skill_place(t, x, -1); }

/* Each area where somebody who offers it could be on that day. */
static void skill_areas(struct tb_judge_task *t, const struct place *x)
{
    const struct tb_facts *f = &t->j->f;
    const struct tb_region *on = tb_region_on(t->j->r, x->date);
    bool *there = tb_arena_alloc(&t->arena, (size_t)t->j->r->n_areas + 1);
    for (int h = 0; h < t->j->r->n_providers; h++) {
        int area = tb_area_at_level(on, on->providers[h].area, t->a->level);
        for (int i = f->pool_of[h]; area >= 0 && i < f->pool_of[h + 1] && offers(on, h, t->a->speciality);
             i++)
            there[area] |=
                t->j->p->slots[f->pool[i]].date == x->date && tb_facts_concerns(f, t->rule, f->pool[i]);
    }
    for (int area = 0; area < t->j->r->n_areas; area++)
        if (there[area]) skill_place(t, x, area);
}

void tb_judge_skill_min(struct tb_judge_task *t)
{
    each_place(t, t->a->level ? skill_areas : skill_anywhere);
}

static bool has_duty(const struct tb_ids *ids, int duty)
{
    for (int i = 0; i < ids->n; i++)
        if (ids->v[i] == duty) return true;
    return false;
}

/* A seat whose patients need another one near: does every seat of the other duties on the date lie elsewhere?
 */
static bool left_alone(const struct tb_judge_task *t, const struct tb_taken *x)
{
    const struct tb_facts *f = &t->j->f;
    const struct tb_problem *p = t->j->p;
    int here = area_of(t, x), open = 0, others = 0;
    bool ours = x->planned, near = false;
    for (int s = 0; s < p->n_slots; s++) {
        if (p->slots[s].date != x->date || p->slots[s].role != TB_PRIMARY ||
            !has_duty(&t->a->with, p->slots[s].duty) || !p->slots[s].planned)
            continue;
        ours = true;
        others++;
        if (f->in_slot[s + 1] - f->in_slot[s] < p->slots[s].need) open++;
    }
    for (int i = 0; i < f->n_seats; i++) {
        const struct tb_slot *s = &p->slots[f->seats[i].slot];
        if (s->date != x->date || s->role != TB_PRIMARY || !has_duty(&t->a->with, s->duty)) continue;
        others++;
        near = near || area_of(t, &f->seats[i]) == here;
    }
    return here >= 0 && ours && others && !open && !near;
}

void tb_judge_follow(struct tb_judge_task *t)
{
    enum { OUTSIDE_ONLY, ANY };
    const struct tb_facts *f = &t->j->f;
    for (int i = 0; i < f->n_seats; i++) {
        const struct tb_taken *x = &f->seats[i];
        if (!tb_facts_concerns(f, t->rule, x->slot) ||
            (t->a->dispensing == OUTSIDE_ONLY &&
             tb_region_on(t->j->r, x->date)->providers[x->provider].dispensing != TB_DISPENSING_OUTSIDE))
            continue;
        if (left_alone(t, x))
            file_breach(t, x, 1,
                        (struct tb_violation){.provider = x->provider,
                                              .from = x->date,
                                              .to = x->date,
                                              .measured = 0,
                                              .allowed = 1,
                                              .excess = 1});
    }
}

/* ---- wishes ------------------------------------------------------------------------------- */

static bool against_wish(const struct tb_judge_task *t, const struct tb_taken *s)
{
    const struct tb_facts *f = &t->j->f;
    if (t->a->wish == TB_WISH_ONLY) return tb_facts_only_excludes(f, s->provider, s->slot, false);
    for (int i = f->wishes_of[s->provider]; i < f->wishes_of[s->provider + 1]; i++) {
        int w = f->wishes[i];
        if (f->r->wishes[w].type == t->a->wish && tb_facts_wish_mild(f, w) &&
            tb_facts_wish_covers(f, w, s->slot))
            return true;
    }
    return false;
}

static void judge_wish_count(struct tb_judge_task *t)
{
    const struct tb_facts *f = &t->j->f;
    for (int w = 0; w < t->j->r->n_wishes; w++) {
        const struct tb_wish *wish = &t->j->r->wishes[w];
        if (wish->type != TB_WISH_COUNT || !tb_facts_wish_mild(f, w)) continue;
        struct tb_taken shown[2];
        int n = 0;
        bool touched = false;
        for (int i = f->seats_of[wish->provider]; i < f->seats_of[wish->provider + 1]; i++) {
            if (!tb_facts_concerns(f, t->rule, f->seats[i].slot) ||
                !tb_facts_wish_counts(f, w, f->seats[i].slot))
                continue;
            touched |= f->seats[i].planned;
            if (n < 2) shown[n] = f->seats[i];
            n++;
        }
        if (n <= wish->count) continue;
        for (int i = f->pool_of[wish->provider]; i < f->pool_of[wish->provider + 1] && !touched; i++)
            touched = tb_facts_concerns(f, t->rule, f->pool[i]) && tb_facts_wish_counts(f, w, f->pool[i]);
        const struct tb_survey *survey = &t->j->r->surveys[wish->survey];
        if (touched)
            file_breach(t, shown, n < 2 ? n : 2,
                        (struct tb_violation){.provider = wish->provider,
                                              .from = survey->from,
                                              .to = survey->to,
                                              .measured = n,
                                              .allowed = wish->count,
                                              .excess = n - wish->count});
    }
}

void tb_judge_wish(struct tb_judge_task *t)
{
    if (t->a->wish == TB_WISH_COUNT) {
        judge_wish_count(t);
    } else if (t->a->wish == TB_WISH_LIKE) {
        /* A wish that is met lowers the cost and is no breach: nothing to file. */
        const struct tb_facts *f = &t->j->f;
        for (int i = 0; i < f->n_seats; i++)
            if (f->seats[i].planned && tb_facts_concerns(f, t->rule, f->seats[i].slot) &&
                against_wish(t, &f->seats[i]))
                t->j->rule_cost -= t->j->r->rules[t->rule].price;
    } else
        each_planned(t, against_wish);
}

/* ---- all ---------------------------------------------------------------------------------- */

static void (*const judges[TB_RULE_TYPE_COUNT])(struct tb_judge_task *) = {
#define JUDGE_ROW(TYPE, name, ...) [TB_RULE_##TYPE] = tb_judge_##name,
    TB_RULES(JUDGE_ROW)
#undef JUDGE_ROW
};

void tb_judge_all_rules(struct tb_judge *j)
{
    for (int i = 0; i < j->r->n_rules; i++) {
        struct tb_judge_task t = {.j = j,
                                  .rule = i,
                                  .a = &j->f.args[i],
                                  .m = &j->c->memo[i],
                                  .hard = tb_rule_hard(&j->r->rules[i])};
        judges[t.a->type](&t);
        tb_arena_free(&t.arena);
    }
}
