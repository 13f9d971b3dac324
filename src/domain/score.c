/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The objective by its own counting: where check sorts seats and looks for breaches, this lays each person's
 * seats on a calendar (one number per day) and adds up. Facts about one seat are shared (check_facts.h), no
 * count is.
 */
#include <stdlib.h>
#include <string.h>

#include "check_facts.h"
#include "toban/domain/check.h"
#include "toban/domain/dated.h"

struct tb_score_sheet {
    struct tb_facts f;
    const struct tb_problem *p;
    const struct tb_region *r;
    tb_day day0; /* first day of the calendar */
    int days;
    int *seats;          /* of one holder: counted seats per day */
    int *ours;           /* planned counted seats and planned counted slots of a member, per day */
    int *marked;         /* counted seats on days of the class */
    bool *in_class_date; /* class.run: the day is of the class in the region's calendar */
};

/* One function for each rule type: a type without one does not link. */
#define SCORE_TYPE(TYPE, name, ...) int64_t tb_score_##name(struct tb_score_sheet *s, int rule);
TB_RULES(SCORE_TYPE)
#undef SCORE_TYPE

enum count_filter { COUNT_ALL, COUNT_CLASS, COUNT_CLASS_DATE };

static bool is_counted(const struct tb_score_sheet *s, int rule, int slot, enum count_filter filter)
{
    if (!tb_facts_concerns(&s->f, rule, slot)) return false;
    if (filter == COUNT_CLASS) return tb_facts_in_class(&s->f, slot, s->f.args[rule].class_);
    return filter == COUNT_ALL || s->in_class_date[s->p->slots[slot].date - s->day0];
}

static void wipe(struct tb_score_sheet *s)
{
    memset(s->seats, 0, (size_t)s->days * sizeof *s->seats);
    memset(s->ours, 0, (size_t)s->days * sizeof *s->ours);
    memset(s->marked, 0, (size_t)s->days * sizeof *s->marked);
}

static bool is_of(const struct tb_score_sheet *s, int provider, int person, tb_day date)
{
    return person < 0 || tb_problem_persons(s->p, date)[provider] == person;
}

/* Adds one provider's seats and planned slots to the calendar; with a person, those of the days on which he
 * belongs to him. */
static void lay_days(struct tb_score_sheet *s, int rule, int provider, int person, enum count_filter filter)
{
    const struct tb_facts *f = &s->f;
    if (!tb_rule_means(s->r, &f->args[rule], provider)) return;
    for (int i = f->seats_of[provider]; i < f->seats_of[provider + 1]; i++) {
        const struct tb_taken *t = &f->seats[i];
        if (!is_counted(s, rule, t->slot, filter) || !tb_facts_of_age(f, rule, provider, t->date) ||
            !is_of(s, provider, person, t->date))
            continue;
        s->seats[t->date - s->day0]++;
        s->ours[t->date - s->day0] += t->planned;
        s->marked[t->date - s->day0] += tb_facts_in_class(f, t->slot, f->args[rule].class_);
    }
    for (int i = f->pool_of[provider]; i < f->pool_of[provider + 1]; i++)
        if (is_counted(s, rule, f->pool[i], filter) &&
            tb_facts_of_age(f, rule, provider, s->p->slots[f->pool[i]].date) &&
            is_of(s, provider, person, s->p->slots[f->pool[i]].date))
            s->ours[s->p->slots[f->pool[i]].date - s->day0]++;
}

static void lay(struct tb_score_sheet *s, int rule, int provider, enum count_filter filter)
{
    lay_days(s, rule, provider, -1, filter);
}

static int sum(const struct tb_score_sheet *s, const int *per_day, tb_day from, tb_day to)
{
    int n = 0;
    for (tb_day d = from > s->day0 ? from : s->day0; d <= to && d < s->day0 + s->days; d++)
        n += per_day[d - s->day0];
    return n;
}

/* ---- rules over the calendar of one holder -------------------------------------------------- */

static int64_t over_units(const struct tb_score_sheet *s, int unit, int max)
{
    int64_t n = 0;
    tb_day from, to;
    for (tb_day d = s->f.first; d <= s->f.last; d = to + 1) {
        tb_facts_unit(s->p, unit, d, &from, &to);
        int have = sum(s, s->seats, from, to);
        if (have > max && sum(s, s->ours, from, to)) n += have - max;
    }
    return n;
}

static int64_t below_units(const struct tb_score_sheet *s, const struct tb_rule_args *a)
{
    int64_t n = 0;
    tb_day from, to;
    for (tb_day d = s->f.first; d <= s->f.last; d = to + 1) {
        tb_facts_unit(s->p, a->unit, d, &from, &to);
        int have = sum(s, s->seats, from, to);
        if (from >= s->p->from && to <= s->p->to && have < a->min && sum(s, s->ours, from, to))
            n += a->min - have;
    }
    return n;
}

static int64_t class_weeks(const struct tb_score_sheet *s, const struct tb_rule_args *a)
{
    (void)a; /* the class was laid as marks */
    int64_t n = 0;
    for (tb_day monday = s->f.first - (tb_weekday(s->f.first) + 6) % 7; monday <= s->f.last; monday += 7) {
        int have = sum(s, s->seats, monday, monday + 6);
        if (have > 1 && sum(s, s->marked, monday, monday + 6) && sum(s, s->ours, monday, monday + 6))
            n += have - 1;
    }
    return n;
}

static int64_t windows(const struct tb_score_sheet *s, const struct tb_rule_args *a)
{
    int64_t n = 0;
    for (tb_day d = s->f.first - a->days + 1; d <= s->f.last; d++) {
        int have = sum(s, s->seats, d, d + a->days - 1);
        if (have > 1 && sum(s, s->ours, d, d + a->days - 1)) n += have - 1;
    }
    return n;
}

static int64_t over_months(const struct tb_score_sheet *s, const struct tb_rule_args *a)
{
    int64_t n = 0;
    for (int m = 1 - a->months; s->f.first <= s->f.last; m++) {
        tb_day from = tb_facts_month(s->f.first, m), to = tb_facts_month(s->f.first, m + a->months) - 1;
        if (from > s->f.last) break;
        int have = sum(s, s->seats, from, to);
        if (have > a->max && sum(s, s->ours, from, to)) n += have - a->max;
    }
    return n;
}

static int64_t successive(const struct tb_score_sheet *s, const struct tb_rule_args *a)
{
    (void)a;
    int64_t n = 0;
    tb_day last = TB_DAY_NONE;
    for (tb_day d = s->day0; d < s->day0 + s->days; d++) {
        if (!s->in_class_date[d - s->day0]) continue;
        if (last != TB_DAY_NONE && d - last <= 400) {
            int have = s->seats[last - s->day0] + s->seats[d - s->day0];
            if (have > 1 && s->ours[last - s->day0] + s->ours[d - s->day0]) n += have - 1;
        }
        last = d;
    }
    return n;
}

static int64_t over_max(const struct tb_score_sheet *s, const struct tb_rule_args *a)
{
    return over_units(s, a->unit, a->max);
}
static int64_t over_day(const struct tb_score_sheet *s, const struct tb_rule_args *a)
{
    return over_units(s, TB_UNIT_DAY, a->max);
}

static int64_t over_year(const struct tb_score_sheet *s, const struct tb_rule_args *a)
{
    (void)a;
    return over_units(s, TB_UNIT_YEAR, 1);
}

/* The excess of each provider, or person, by his calendar of counted seats. */
typedef int64_t excess_fn(const struct tb_score_sheet *s, const struct tb_rule_args *a);
enum holder { PROVIDERS, PERSONS };

static int64_t calendars(struct tb_score_sheet *s, int rule, enum count_filter filter, enum holder holder,
                         excess_fn *excess)
{
    const struct tb_rule_args *a = &s->f.args[rule];
    int64_t n = 0;
    for (tb_day d = s->day0; filter == COUNT_CLASS_DATE && d < s->day0 + s->days; d++)
        s->in_class_date[d - s->day0] = tb_day_classes(s->r, -1, d) >> a->class_ & 1;
    for (int h = 0; h < s->r->n_providers; h++) {
        wipe(s);
        for (int i = 0; i < s->r->n_providers; i++)
            if (holder == PERSONS ? s->f.kin[i] == s->f.kin[h] : i == h)
                lay_days(s, rule, i, holder == PERSONS ? h : -1, filter);
        n += excess(s, a);
    }
    return n;
}

int64_t tb_score_limit_count(struct tb_score_sheet *s, int rule)
{
    return calendars(s, rule, COUNT_CLASS, PROVIDERS, over_max);
}

int64_t tb_score_limit_window(struct tb_score_sheet *s, int rule)
{
    return calendars(s, rule, COUNT_CLASS, PROVIDERS, over_months);
}

int64_t tb_score_min_count(struct tb_score_sheet *s, int rule)
{
    return calendars(s, rule, COUNT_CLASS, PROVIDERS, below_units);
}

int64_t tb_score_person_day(struct tb_score_sheet *s, int rule)
{
    return calendars(s, rule, COUNT_ALL, PERSONS, over_day);
}

int64_t tb_score_week_class(struct tb_score_sheet *s, int rule)
{
    return calendars(s, rule, COUNT_ALL, PROVIDERS, class_weeks);
}

int64_t tb_score_rest_days(struct tb_score_sheet *s, int rule)
{
    return calendars(s, rule, COUNT_ALL, PROVIDERS, windows);
}

int64_t tb_score_class_run(struct tb_score_sheet *s, int rule)
{
    return calendars(s, rule, COUNT_CLASS_DATE, PROVIDERS, successive);
}

/* ---- rules over seats, pairs of seats, slots ------------------------------------------------ */

int64_t tb_score_every_years(struct tb_score_sheet *s, int rule)
{
    const struct tb_facts *f = &s->f;
    int64_t n = calendars(s, rule, COUNT_CLASS, PROVIDERS, over_year);
    for (int i = 0; i < f->n_seats; i++) {
        const struct tb_taken *x = &f->seats[i];
        bool found = false;
        if (!x->planned || !is_counted(s, rule, x->slot, COUNT_CLASS) ||
            !tb_rule_means(s->r, &f->args[rule], x->provider))
            continue;
        for (int k = f->seats_of[x->provider]; k < f->seats_of[x->provider + 1]; k++) {
            int apart = tb_fiscal_year(x->date) - tb_fiscal_year(f->seats[k].date);
            found |= !f->seats[k].planned && apart > 0 && apart < f->args[rule].years &&
                     is_counted(s, rule, f->seats[k].slot, COUNT_CLASS);
        }
        n += found;
    }
    return n;
}

/* Both counted, one of them planned, near enough in the calendar to be worth a look. */
static bool pair_counts(const struct tb_score_sheet *s, int rule, const struct tb_taken *x,
                        const struct tb_taken *y)
{
    return (x->planned || y->planned) && abs(x->date - y->date) < 64 &&
           tb_facts_concerns(&s->f, rule, x->slot) && tb_facts_concerns(&s->f, rule, y->slot);
}

int64_t tb_score_rest_hours(struct tb_score_sheet *s, int rule)
{
    const struct tb_facts *f = &s->f;
    int64_t twice = 0;
    for (int i = 0; i < f->n_seats; i++) {
        if (f->seats[i].planned && tb_facts_concerns(f, rule, f->seats[i].slot))
            twice += 2 * tb_facts_near_outside(f, &f->seats[i], f->args[rule].hours);
        for (int other = 0; other < s->r->n_providers; other++) {
            if (f->kin[other] != f->kin[f->seats[i].provider]) continue;
            for (int k = f->seats_of[other]; k < f->seats_of[other + 1]; k++) {
                const struct tb_taken *x = &f->seats[i], *y = &f->seats[k];
                if (x->slot == y->slot || !pair_counts(s, rule, x, y) || !tb_facts_one_person(f, x, y))
                    continue;
                twice +=
                    tb_facts_gap(&s->p->slots[x->slot], &s->p->slots[y->slot]) < f->args[rule].hours * 60;
            }
        }
    }
    return twice / 2;
}

int64_t tb_score_link_exclude(struct tb_score_sheet *s, int rule)
{
    const struct tb_facts *f = &s->f;
    int64_t n = 0;
    for (int l = 0; l < s->r->n_links; l++) {
        const struct tb_link *link = &s->r->links[l];
        if (link->type != f->args[rule].link) continue;
        for (int i = f->seats_of[link->from]; i < f->seats_of[link->from + 1]; i++)
            for (int k = f->seats_of[link->to]; k < f->seats_of[link->to + 1]; k++) {
                const struct tb_taken *x = &f->seats[i], *y = &f->seats[k];
                n += pair_counts(s, rule, x, y) && tb_link_on(link, x->date) &&
                     tb_facts_overlap(&s->p->slots[x->slot], &s->p->slots[y->slot], f->args[rule].margin);
            }
    }
    return n;
}

int64_t tb_score_pair_apart(struct tb_score_sheet *s, int rule)
{
    const struct tb_rule_args *a = &s->f.args[rule];
    int64_t n = 0;
    tb_day from, to;
    for (tb_day d = s->f.first; d <= s->f.last; d = to + 1) {
        int both = 0, touched = 0;
        tb_facts_unit(s->p, a->unit, d, &from, &to);
        for (int i = 0; i < 2; i++) {
            wipe(s);
            lay(s, rule, a->providers.v[i], COUNT_ALL);
            both += sum(s, s->seats, from, to) > 0;
            touched += sum(s, s->ours, from, to);
        }
        n += both == 2 && touched;
    }
    return n;
}

int64_t tb_score_pair_together(struct tb_score_sheet *s, int rule)
{
    const struct tb_rule_args *a = &s->f.args[rule];
    int64_t n = 0;
    for (tb_day d = s->f.first; d <= s->f.last; d++) {
        int on = 0, touched = 0;
        for (int i = 0; i < 2; i++) {
            wipe(s);
            lay(s, rule, a->providers.v[i], COUNT_ALL);
            on += s->seats[d - s->day0] > 0;
            touched += s->ours[d - s->day0];
        }
        n += on == 1 && touched;
    }
    return n;
}

/* Planned seats whose provider had turns in the fiscal year before, none of them near, 52 weeks on. */
int64_t tb_score_turn_near(struct tb_score_sheet *s, int rule)
{
    const struct tb_facts *f = &s->f;
    int64_t n = 0;
    for (int i = 0; i < f->n_seats; i++) {
        const struct tb_taken *x = &f->seats[i];
        bool any = false, near = false;
        if (!x->planned || !tb_facts_concerns(f, rule, x->slot) ||
            !tb_rule_means(s->r, &f->args[rule], x->provider))
            continue;
        for (int k = f->seats_of[x->provider]; k < f->seats_of[x->provider + 1]; k++) {
            const struct tb_taken *y = &f->seats[k];
            if (y->planned || !tb_facts_concerns(f, rule, y->slot) ||
                tb_fiscal_year(x->date) - tb_fiscal_year(y->date) != 1)
                continue;
            any = true;
            near |= y->date + 364 >= x->date - f->args[rule].days &&
                    y->date + 364 <= x->date + f->args[rule].days;
        }
        n += any && !near;
    }
    return n;
}

int64_t tb_score_limit_hours(struct tb_score_sheet *s, int rule)
{
    const struct tb_facts *f = &s->f;
    int64_t n = 0;
    tb_day from, to;
    for (int h = 0; h < s->r->n_providers; h++) {
        if (!tb_rule_means(s->r, &f->args[rule], h)) continue;
        wipe(s);
        lay(s, rule, h, COUNT_ALL);
        for (tb_day d = f->first; d <= f->last; d = to + 1) {
            tb_facts_unit(s->p, f->args[rule].unit, d, &from, &to);
            if (!sum(s, s->ours, from, to)) continue;
            int64_t over = tb_facts_minutes_outside(f, h, from, to) - 60 * (int64_t)f->args[rule].max;
            for (int i = f->seats_of[h]; i < f->seats_of[h + 1]; i++)
                if (f->seats[i].date >= from && f->seats[i].date <= to &&
                    tb_facts_concerns(f, rule, f->seats[i].slot))
                    over += tb_facts_minutes(&s->p->slots[f->seats[i].slot]);
            if (over > 0) n += over / 60 + (over % 60 > 0);
        }
    }
    return n;
}

int64_t tb_score_labour_rest(struct tb_score_sheet *s, int rule)
{
    const struct tb_facts *f = &s->f;
    int64_t n = 0;
    for (int i = 0; i < f->n_seats; i++) {
        const struct tb_taken *x = &f->seats[i];
        if (!x->planned || !tb_facts_concerns(f, rule, x->slot) ||
            !tb_rule_means(s->r, &f->args[rule], x->provider))
            continue;
        if (tb_facts_overworked(f, rule, x->provider, &x->slot, 1, NULL)) {
            n++;
            continue;
        }
        for (int k = f->seats_of[x->provider]; k < i; k++) {
            const struct tb_taken *y = &f->seats[k];
            const int both[2] = {x->slot, y->slot};
            if (!y->planned || x->slot == y->slot || x->date - y->date > 14 ||
                !tb_facts_concerns(f, rule, y->slot))
                continue;
            n += !tb_facts_overworked(f, rule, x->provider, &y->slot, 1, NULL) &&
                 tb_facts_overworked(f, rule, x->provider, both, 2, NULL);
        }
    }
    return n;
}

static int area_here(const struct tb_score_sheet *s, int rule, const struct tb_taken *t)
{
    const struct tb_region *then = tb_region_on(s->r, s->p->slots[t->slot].date);
    return tb_area_at_level(then, then->providers[t->provider].area, s->f.args[rule].level);
}

/* Calls for each seat, bound ones too, of the slots that count together with the first of them: itself, or
 * all counted slots of its date. Returns the planned needs. */
static int place_of(const struct tb_score_sheet *s, int rule, int slot,
                    void (*call)(void *arg, const struct tb_taken *t), void *arg)
{
    const struct tb_facts *f = &s->f;
    bool day = f->args[rule].unit == TB_UNIT_DAY;
    tb_day date = s->p->slots[slot].date;
    int need = 0;
    for (int other = slot; other < s->p->n_slots && s->p->slots[other].date == date && (day || other == slot);
         other++) {
        if (!s->p->slots[other].planned || !tb_facts_concerns(f, rule, other)) continue;
        need += s->p->slots[other].need;
        for (int i = f->in_slot[other]; i < f->in_slot[other + 1]; i++) call(arg, &f->seats[f->by_slot[i]]);
    }
    for (int i = 0; day && i < f->n_seats; i++)
        if (!f->seats[i].planned && f->seats[i].date == date && tb_facts_concerns(f, rule, f->seats[i].slot))
            call(arg, &f->seats[i]);
    return need;
}

/* Is it the first planned counted slot of its place? */
static bool leads(const struct tb_score_sheet *s, int rule, int slot)
{
    if (!s->p->slots[slot].planned || !tb_facts_concerns(&s->f, rule, slot)) return false;
    for (int other = slot - 1; s->f.args[rule].unit == TB_UNIT_DAY && other >= 0 &&
                               s->p->slots[other].date == s->p->slots[slot].date;
         other--)
        if (s->p->slots[other].planned && tb_facts_concerns(&s->f, rule, other)) return false;
    return true;
}

/* Seats per area, of those who offer the speciality (-1: of all); the last one counts all areas. */
struct tally {
    const struct tb_score_sheet *s;
    int rule, speciality, *n, *bound;
};

static void count_areas(void *arg, const struct tb_taken *t)
{
    const struct tally *x = arg;
    const struct tb_region *then = tb_region_on(x->s->r, x->s->p->slots[t->slot].date);
    const struct tb_ids *offered = &then->providers[t->provider].specialities;
    bool counts = x->speciality < 0;
    for (int k = 0; k < offered->n; k++) counts |= offered->v[k] == x->speciality;
    if (!counts) return;
    int where[2] = {area_here(x->s, x->rule, t), x->s->r->n_areas};
    for (int i = 0; i < 2; i++) {
        if (where[i] < 0) continue;
        x->n[where[i]]++;
        x->bound[where[i]] += !t->planned;
    }
}

static struct tally tally_of(struct tb_score_sheet *s, int rule)
{
    size_t n = (size_t)s->r->n_areas + 1;
    return (struct tally){.s = s,
                          .rule = rule,
                          .speciality = s->f.args[rule].speciality,
                          .n = tb_arena_alloc(&s->f.arena, n * sizeof(int)),
                          .bound = tb_arena_alloc(&s->f.arena, n * sizeof(int))};
}

static int count_place(struct tally *x, int slot)
{
    memset(x->n, 0, ((size_t)x->s->r->n_areas + 1) * sizeof *x->n);
    memset(x->bound, 0, ((size_t)x->s->r->n_areas + 1) * sizeof *x->bound);
    return place_of(x->s, x->rule, slot, count_areas, x);
}

int64_t tb_score_area_spread(struct tb_score_sheet *s, int rule)
{
    int64_t n = 0;
    struct tally x = tally_of(s, rule);
    for (int slot = 0; slot < s->p->n_slots; slot++) {
        if (!leads(s, rule, slot) || (s->f.args[rule].unit == TB_UNIT_SLOT && s->p->slots[slot].need < 2))
            continue;
        (void)count_place(&x, slot);
        for (int area = 0; area < s->r->n_areas; area++)
            if (x.n[area] > s->f.args[rule].max) n += x.n[area] - s->f.args[rule].max;
    }
    return n;
}

static int64_t missing_in(const struct tally *x, int need, int area)
{
    int min = x->s->f.args[x->rule].min;
    if (min > need + x->bound[area]) min = need + x->bound[area];
    return min > x->n[area] ? min - x->n[area] : 0;
}

static bool could_offer(const struct tb_score_sheet *s, int rule, int provider, tb_day date)
{
    const struct tb_facts *f = &s->f;
    const struct tb_ids *offered = &tb_region_on(s->r, date)->providers[provider].specialities;
    bool offers = false, there = false;
    for (int k = 0; k < offered->n; k++) offers |= offered->v[k] == f->args[rule].speciality;
    for (int i = f->pool_of[provider]; i < f->pool_of[provider + 1]; i++)
        there |= s->p->slots[f->pool[i]].date == date && tb_facts_concerns(f, rule, f->pool[i]);
    return offers && there;
}

int64_t tb_score_skill_min(struct tb_score_sheet *s, int rule)
{
    int64_t n = 0;
    int level = s->f.args[rule].level;
    struct tally x = tally_of(s, rule);
    bool *there = tb_arena_alloc(&s->f.arena, (size_t)s->r->n_areas + 1);
    for (int slot = 0; slot < s->p->n_slots; slot++) {
        if (!leads(s, rule, slot)) continue;
        const struct tb_region *then = tb_region_on(s->r, s->p->slots[slot].date);
        int need = count_place(&x, slot);
        if (!level) n += missing_in(&x, need, s->r->n_areas);
        memset(there, 0, (size_t)s->r->n_areas + 1);
        for (int i = 0; level && i < s->r->n_providers; i++) {
            int area = tb_area_at_level(s->r, then->providers[i].area, level);
            if (area >= 0 && !there[area]) there[area] = could_offer(s, rule, i, s->p->slots[slot].date);
        }
        for (int area = 0; area < s->r->n_areas; area++)
            if (there[area]) n += missing_in(&x, need, area);
    }
    return n;
}

/* Seats that ask for another near them on the date, while every one of the other duties' seats is taken
 * elsewhere. */
int64_t tb_score_follow(struct tb_score_sheet *s, int rule)
{
    const struct tb_facts *f = &s->f;
    const struct tb_rule_args *a = &f->args[rule];
    int64_t n = 0;
    for (int i = 0; i < f->n_seats; i++) {
        const struct tb_taken *x = &f->seats[i];
        int here = area_here(s, rule, x), near = 0, any = 0, planned = x->planned, free_seats = 0;
        if (!tb_facts_concerns(f, rule, x->slot) || here < 0) continue;
        const struct tb_region *then = tb_region_on(s->r, x->date);
        if (a->dispensing == 0 && then->providers[x->provider].dispensing != TB_DISPENSING_OUTSIDE) continue;
        for (int slot = 0; slot < s->p->n_slots; slot++) {
            const struct tb_slot *other = &s->p->slots[slot];
            bool asked = false;
            for (int k = 0; k < a->with.n; k++) asked |= a->with.v[k] == other->duty;
            if (!asked || other->date != x->date || other->role != TB_PRIMARY) continue;
            any += other->planned;
            planned += other->planned;
            int taken = 0;
            for (int k = 0; k < f->n_seats; k++) {
                if (f->seats[k].slot != slot) continue;
                taken++;
                near += area_here(s, rule, &f->seats[k]) == here;
            }
            any += taken;
            free_seats += other->planned && taken < other->need;
        }
        n += any && planned && !free_seats && !near;
    }
    return n;
}

static bool wished(const struct tb_facts *f, int type, int provider, int slot)
{
    bool found = false;
    for (int i = f->wishes_of[provider]; i < f->wishes_of[provider + 1]; i++)
        found |= f->r->wishes[f->wishes[i]].type == type && tb_facts_wish_mild(f, f->wishes[i]) &&
                 tb_facts_wish_covers(f, f->wishes[i], slot);
    return found;
}

typedef bool against_fn(const struct tb_score_sheet *s, int rule, const struct tb_taken *t);

static int64_t single_seats(struct tb_score_sheet *s, int rule, against_fn *against)
{
    int64_t n = 0;
    for (int i = 0; i < s->f.n_seats; i++)
        n += s->f.seats[i].planned && tb_facts_concerns(&s->f, rule, s->f.seats[i].slot) &&
             against(s, rule, &s->f.seats[i]);
    return n;
}

static bool against_hours(const struct tb_score_sheet *s, int rule, const struct tb_taken *t)
{
    return tb_facts_consults(&s->f, t->provider, t->slot, s->f.args[rule].margin);
}

int64_t tb_score_consulting_hours(struct tb_score_sheet *s, int rule)
{
    return single_seats(s, rule, against_hours);
}

static bool against_wish(const struct tb_score_sheet *s, int rule, const struct tb_taken *t)
{
    int type = s->f.args[rule].wish;
    if (type == TB_WISH_ONLY) return tb_facts_only_excludes(&s->f, t->provider, t->slot, false);
    return wished(&s->f, type, t->provider, t->slot);
}

static int64_t wish_counts(struct tb_score_sheet *s, int rule)
{
    const struct tb_facts *f = &s->f;
    int64_t n = 0;
    for (int w = 0; w < s->r->n_wishes; w++) {
        const struct tb_wish *wish = &s->r->wishes[w];
        if (wish->type != TB_WISH_COUNT || !tb_facts_wish_mild(f, w)) continue;
        int have = 0, touched = 0;
        for (int i = f->seats_of[wish->provider]; i < f->seats_of[wish->provider + 1]; i++) {
            bool counts =
                tb_facts_concerns(f, rule, f->seats[i].slot) && tb_facts_wish_counts(f, w, f->seats[i].slot);
            have += counts;
            touched += counts && f->seats[i].planned;
        }
        if (have <= wish->count) continue;
        for (int i = f->pool_of[wish->provider]; i < f->pool_of[wish->provider + 1]; i++)
            touched += tb_facts_concerns(f, rule, f->pool[i]) && tb_facts_wish_counts(f, w, f->pool[i]);
        if (touched) n += have - wish->count;
    }
    return n;
}

int64_t tb_score_wish(struct tb_score_sheet *s, int rule)
{
    int type = s->f.args[rule].wish;
    if (type == TB_WISH_COUNT) return wish_counts(s, rule);
    int64_t n = single_seats(s, rule, against_wish);
    return type == TB_WISH_LIKE ? -n : n;
}

static int64_t (*const excess_of[TB_RULE_TYPE_COUNT])(struct tb_score_sheet *, int) = {
#define SCORE_ROW(TYPE, name, ...) [TB_RULE_##TYPE] = tb_score_##name,
    TB_RULES(SCORE_ROW)
#undef SCORE_ROW
};

/* ---- open seats and ledgers ----------------------------------------------------------------- */

struct loads {
    const struct tb_problem *p;
    int64_t *n;
};

static void hit(void *arg, int ledger, int account)
{
    struct loads *l = arg;
    int counter = tb_counter_find(l->p, ledger, tb_problem_account(l->p, ledger, account));
    if (counter >= 0) l->n[counter]++;
}

/* Duties, begun ones too, by which the load is one duty or more from the entitlement: 1 from 1.00 on, 2
 * from 2.00 on. */
static int64_t further(const struct tb_counter *c, int64_t load)
{
    int64_t off = 100 * load - c->entitlement;
    return (off < 0 ? -off : off) / 100;
}

int64_t tb_counter_cost(const struct tb_counter *c, int64_t load)
{
    int64_t inside = load < c->steps ? load : c->steps, last = 0;
    int64_t cost = c->price * (100 * inside * inside - 2 * c->entitlement * inside) +
                   100 * (int64_t)c->beyond * (further(c, inside) - further(c, 0));
    if (load > inside)
        last = c->price * (100 * (2 * inside - 1) - 2 * c->entitlement) +
               100 * (int64_t)c->beyond * (further(c, inside) - further(c, inside - 1));
    return cost + (load - inside) * last;
}

static int64_t ledgers(struct tb_score_sheet *s)
{
    struct loads l = {s->p, tb_arena_alloc(&s->f.arena, ((size_t)s->p->n_counters + 1) * sizeof *l.n)};
    for (int i = 0; i < s->f.n_seats; i++)
        if (s->f.seats[i].planned)
            tb_counts_for(s->r, tb_problem_persons(s->p, s->f.seats[i].date),
                          &s->p->slots[s->f.seats[i].slot], s->f.seats[i].provider, hit, &l);
    int64_t cost = 0;
    for (int c = 0; c < s->p->n_counters; c++) cost += tb_counter_cost(&s->p->counters[c], l.n[c]);
    return cost;
}

/* All kept seats at the price of a change, less those that are as they were. */
static int64_t changes(const struct tb_score_sheet *s)
{
    int64_t kept = 0, same = 0;
    for (int k = 0; k < s->p->n_pins; k++) kept += s->p->pins[k].action == TB_PIN_KEEP;
    for (int k = 0; k < s->p->n_pins && kept; k++)
        for (int i = 0; i < s->f.n_seats && s->p->pins[k].action == TB_PIN_KEEP; i++)
            if (s->f.seats[i].slot == s->p->pins[k].slot &&
                s->f.seats[i].provider == s->p->pins[k].provider) {
                same++;
                break;
            }
    return (kept - same) * s->p->change_price;
}

int64_t tb_score(const struct tb_problem *p, const struct tb_roster *roster)
{
    struct tb_score_sheet s = {.p = p, .r = p->region};
    tb_facts_make(p, roster, &s.f);
    tb_day lo = s.f.first, hi = s.f.last;
    for (int i = 0; i < p->n_slots; i++) {
        if (p->slots[i].date < lo) lo = p->slots[i].date;
        if (p->slots[i].date > hi) hi = p->slots[i].date;
    }
    /* A margin, so that the dates of a class next before and after the planned ones are on the calendar. */
    s.day0 = lo - 401;
    s.days = hi - s.day0 + 402;
    size_t room = (size_t)s.days;
    s.seats = tb_arena_alloc(&s.f.arena, room * sizeof *s.seats);
    s.ours = tb_arena_alloc(&s.f.arena, room * sizeof *s.ours);
    s.marked = tb_arena_alloc(&s.f.arena, room * sizeof *s.marked);
    s.in_class_date = tb_arena_alloc(&s.f.arena, room * sizeof *s.in_class_date);

    int64_t total = 0;
    for (int i = 0; i < p->n_slots; i++) {
        int filled = s.f.in_slot[i + 1] - s.f.in_slot[i];
        if (p->slots[i].planned && filled < p->slots[i].need)
            total += (p->slots[i].need - filled) * p->open_price;
    }
    for (int i = 0; i < s.r->n_rules; i++)
        if (!tb_rule_hard(&s.r->rules[i])) total += s.r->rules[i].price * excess_of[s.f.args[i].type](&s, i);
    total += ledgers(&s) + changes(&s);
    tb_facts_free(&s.f);
    return total;
}
