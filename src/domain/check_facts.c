/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check_facts.h"
#include "toban/domain/dated.h"

#include <stdlib.h>
#include <string.h>

bool tb_facts_row_possible(const struct tb_problem *p, const struct tb_assignment *a)
{
    return a->slot >= 0 && a->slot < p->n_slots && p->slots[a->slot].planned && a->provider >= 0 &&
           a->provider < p->region->n_providers;
}

/* ---- layout ------------------------------------------------------------------------------- */

static int by_provider(const void *a, const void *b)
{
    const struct tb_taken *x = a, *y = b;
    if (x->provider != y->provider) return x->provider < y->provider ? -1 : 1;
    if (x->date != y->date) return x->date < y->date ? -1 : 1;
    return (x->slot > y->slot) - (x->slot < y->slot);
}

/* Rows 0..n-1 grouped by owner[i] in 0..owners-1 (negative: left out), keeping their order. */
static void group(struct tb_arena *a, int n, const int *owner, int owners, int **rows, int **start)
{
    int *s = tb_arena_alloc(a, ((size_t)owners + 1) * sizeof *s);
    int *v = tb_arena_alloc(a, (size_t)(n ? n : 1) * sizeof *v);
    for (int i = 0; i < n; i++)
        if (owner[i] >= 0) s[owner[i] + 1]++;
    for (int k = 0; k < owners; k++) s[k + 1] += s[k];
    int *at = tb_arena_alloc(a, ((size_t)owners + 1) * sizeof *at);
    memcpy(at, s, (size_t)owners * sizeof *at);
    for (int i = 0; i < n; i++)
        if (owner[i] >= 0) v[at[owner[i]]++] = i;
    *rows = v;
    *start = s;
}

static void lay_seats(struct tb_facts *f, const struct tb_roster *roster)
{
    const struct tb_problem *p = f->p;
    struct tb_taken *v = tb_arena_alloc(&f->arena, ((size_t)roster->n + (size_t)p->n_bound + 1) * sizeof *v);
    int n = 0;
    for (int i = 0; i < roster->n; i++)
        if (tb_facts_row_possible(p, &roster->a[i]))
            v[n++] = (struct tb_taken){roster->a[i].slot, roster->a[i].provider, 0, 0, true};
    for (int i = 0; i < p->n_bound; i++)
        v[n++] = (struct tb_taken){p->bound[i].slot, p->bound[i].provider, 0, 0, false};
    for (int i = 0; i < n; i++) {
        v[i].date = p->slots[v[i].slot].date;
        v[i].person = tb_problem_persons(p, v[i].date)[v[i].provider];
    }
    qsort(v, (size_t)n, sizeof *v, by_provider);
    f->seats = v;
    f->n_seats = n;
    f->seats_of = tb_arena_alloc(&f->arena, ((size_t)f->r->n_providers + 1) * sizeof *f->seats_of);
    int *slot_of = tb_arena_alloc(&f->arena, ((size_t)n + 1) * sizeof *slot_of);
    for (int i = 0; i < n; i++) {
        f->seats_of[v[i].provider + 1]++;
        slot_of[i] = v[i].planned ? v[i].slot : -1;
    }
    for (int k = 0; k < f->r->n_providers; k++) f->seats_of[k + 1] += f->seats_of[k];
    group(&f->arena, n, slot_of, p->n_slots, &f->by_slot, &f->in_slot);
}

static void lay_pool(struct tb_facts *f)
{
    const struct tb_problem *p = f->p;
    const struct tb_region *r = f->r;
    int *row, *rows_of, *duty_of = tb_arena_alloc(&f->arena, ((size_t)r->n_members + 1) * sizeof *duty_of);
    for (int i = 0; i < r->n_members; i++) duty_of[i] = r->members[i].duty;
    group(&f->arena, r->n_members, duty_of, r->n_duties, &row, &rows_of);
    size_t n = 0, cap = 0, cap2 = 0, n2 = 0;
    int *slots = NULL, *providers = NULL;
    for (int s = 0; s < p->n_slots; s++) {
        if (!p->slots[s].planned) continue;
        if (f->first > f->last) f->first = f->last = p->slots[s].date;
        if (p->slots[s].date < f->first) f->first = p->slots[s].date;
        if (p->slots[s].date > f->last) f->last = p->slots[s].date;
        int duty = p->slots[s].duty;
        for (int k = rows_of[duty]; k < rows_of[duty + 1]; k++) {
            int provider = r->members[row[k]].provider;
            if (tb_member_on(r, duty, provider, p->slots[s].date) != row[k]) continue;
            *TB_PUSH(slots, n, cap) = s;
            *TB_PUSH(providers, n2, cap2) = provider;
        }
    }
    group(&f->arena, (int)n, providers, r->n_providers, &f->pool, &f->pool_of);
    for (size_t i = 0; i < n; i++) f->pool[i] = slots[f->pool[i]];
    free(slots);
    free(providers);
}

static void lay_kin(struct tb_facts *f)
{
    const struct tb_problem *p = f->p;
    int n = f->r->n_providers;
    f->kin = tb_arena_alloc(&f->arena, ((size_t)n + 1) * sizeof *f->kin);
    for (int i = 0; i < n; i++) f->kin[i] = i;
    for (int k = 0; k < p->n_persons; k++)
        for (int i = 0; i < n; i++) {
            int a = f->kin[i], b = f->kin[p->persons[k].of[i]];
            for (int j = 0; a != b && j < n; j++)
                if (f->kin[j] == (a > b ? a : b)) f->kin[j] = a < b ? a : b;
        }
}

static void lay_rows(struct tb_facts *f)
{
    const struct tb_region *r = f->r;
    int most = r->n_wishes > r->n_externals ? r->n_wishes : r->n_externals;
    if (r->n_hours > most) most = r->n_hours;
    if (r->n_links > most) most = r->n_links;
    int *owner = tb_arena_alloc(&f->arena, ((size_t)most + 1) * sizeof *owner);
    for (int i = 0; i < r->n_wishes; i++) owner[i] = r->wishes[i].provider;
    group(&f->arena, r->n_wishes, owner, r->n_providers, &f->wishes, &f->wishes_of);
    for (int i = 0; i < r->n_externals; i++) owner[i] = f->kin[r->externals[i].provider];
    group(&f->arena, r->n_externals, owner, r->n_providers, &f->outside, &f->outside_of);
    for (int i = 0; i < r->n_hours; i++) owner[i] = r->hours[i].provider;
    group(&f->arena, r->n_hours, owner, r->n_providers, &f->hours, &f->hours_of);
    for (int i = 0; i < r->n_links; i++) owner[i] = r->links[i].type == TB_LINK_OWNS ? r->links[i].from : -1;
    group(&f->arena, r->n_links, owner, r->n_providers, &f->owned, &f->owned_of);
}

static bool concerns(const struct tb_facts *f, int rule, int slot)
{
    const struct tb_slot *s = &f->p->slots[slot];
    int roles = f->args[rule].roles;
    if (roles == TB_ROLES_PRIMARY && s->role != TB_PRIMARY) return false;
    if (roles == TB_ROLES_RESERVE && s->role != TB_RESERVE) return false;
    return tb_rule_concerns(&f->r->rules[rule], s->duty, s->date);
}

static void lay_rules(struct tb_facts *f)
{
    int n = f->r->n_rules, slots = f->p->n_slots;
    f->args = tb_arena_alloc(&f->arena, ((size_t)n + 1) * sizeof *f->args);
    f->concerned = tb_arena_alloc(&f->arena, ((size_t)n * (size_t)slots + 1) * sizeof *f->concerned);
    for (int i = 0; i < n; i++) {
        TB_ASSERT(tb_rule_parse(f->r, &f->r->rules[i], &f->arena, &f->args[i], NULL) == TB_OK);
        for (int s = 0; s < slots; s++)
            f->concerned[(size_t)i * (size_t)slots + (size_t)s] = concerns(f, i, s);
    }
}

void tb_facts_base(const struct tb_problem *p, struct tb_facts *base)
{
    *base = (struct tb_facts){.p = p, .r = p->region, .first = 1, .last = 0};
    lay_pool(base);
    lay_kin(base);
    lay_rows(base);
    lay_rules(base);
}

void tb_facts_over(const struct tb_facts *base, const struct tb_roster *roster, struct tb_facts *out)
{
    *out = *base;
    out->arena = (struct tb_arena){0};
    lay_seats(out, roster);
}

void tb_facts_make(const struct tb_problem *p, const struct tb_roster *roster, struct tb_facts *out)
{
    tb_facts_base(p, out);
    lay_seats(out, roster);
}

void tb_facts_free(struct tb_facts *f) { tb_arena_free(&f->arena); }

/* ---- slots -------------------------------------------------------------------------------- */

bool tb_facts_concerns(const struct tb_facts *f, int rule, int slot)
{
    return f->concerned[(size_t)rule * (size_t)f->p->n_slots + (size_t)slot];
}

bool tb_facts_in_class(const struct tb_facts *f, int slot, int class_)
{
    return class_ < 0 || (f->p->slots[slot].classes >> class_ & 1);
}

void tb_facts_unit(const struct tb_problem *p, int unit, tb_day date, tb_day *from, tb_day *to)
{
    int year = tb_fiscal_year(date);
    switch (unit) {
    case TB_UNIT_WEEK:
        *from = date - (tb_weekday(date) + 6) % 7;
        *to = *from + 6;
        break;
    case TB_UNIT_MONTH:
        *from = tb_month_first(date);
        *to = tb_month_last(date);
        break;
    case TB_UNIT_YEAR:
        *from = tb_day_of(year, 4, 1);
        *to = tb_day_of(year + 1, 4, 1) - 1;
        break;
    case TB_UNIT_PERIOD:
        *from = p->from;
        *to = p->to;
        break;
    default:
        *from = *to = date;
    }
}

tb_day tb_facts_month(tb_day date, int after)
{
    struct tb_ymd d = tb_ymd_of(date);
    int year = d.year, month = d.month + after;
    for (; month > 12; month -= 12) year++;
    for (; month < 1; month += 12) year--;
    return tb_day_of(year, month, 1);
}

/* Completed years. */
static int age_on(tb_day born, tb_day date)
{
    struct tb_ymd b = tb_ymd_of(born), d = tb_ymd_of(date);
    bool before = d.month < b.month || (d.month == b.month && d.day < b.day);
    return d.year - b.year - before;
}

bool tb_facts_of_age(const struct tb_facts *f, int rule, int provider, tb_day date)
{
    const struct tb_rule_args *a = &f->args[rule];
    tb_day born = f->r->providers[provider].born;
    if (!a->age_from && !a->age_to) return true;
    if (born == TB_DAY_NONE || date < born) return false;
    int age = age_on(born, date);
    return age >= a->age_from && (!a->age_to || age <= a->age_to);
}

tb_minute tb_facts_start(const struct tb_slot *s)
{
    tb_minute t = s->interval[0].from;
    return s->n_intervals > 1 && s->interval[1].from < t ? s->interval[1].from : t;
}

tb_minute tb_facts_end(const struct tb_slot *s)
{
    tb_minute t = s->interval[0].to;
    return s->n_intervals > 1 && s->interval[1].to > t ? s->interval[1].to : t;
}

bool tb_facts_meets(const struct tb_slot *s, tb_minute from, tb_minute to)
{
    for (int i = 0; i < s->n_intervals; i++)
        if (s->interval[i].from < to && from < s->interval[i].to) return true;
    return false;
}

bool tb_facts_overlap(const struct tb_slot *a, const struct tb_slot *b, int margin)
{
    for (int i = 0; i < a->n_intervals; i++)
        if (tb_facts_meets(b, a->interval[i].from - margin, a->interval[i].to + margin)) return true;
    return false;
}

tb_minute tb_facts_gap(const struct tb_slot *a, const struct tb_slot *b)
{
    tb_minute ab = tb_facts_start(b) - tb_facts_end(a), ba = tb_facts_start(a) - tb_facts_end(b);
    return ab > ba ? ab : ba;
}

/* ---- wishes ------------------------------------------------------------------------------- */

static bool contains(const struct tb_ids *ids, int x)
{
    for (int i = 0; i < ids->n; i++)
        if (ids->v[i] == x) return true;
    return false;
}

static bool wish_place(const struct tb_facts *f, const struct tb_wish *w, const struct tb_slot *s)
{
    if (w->duty >= 0 ? w->duty != s->duty : !contains(&f->r->surveys[w->survey].duties, s->duty))
        return false;
    return !w->band || !*w->band || strcmp(w->band, f->r->bands[s->band].id) == 0;
}

bool tb_facts_wish_mild(const struct tb_facts *f, int wish)
{
    const struct tb_wish *w = &f->r->wishes[wish];
    return w->type == TB_WISH_RATHER_NOT || w->type == TB_WISH_LIKE || !w->must;
}

bool tb_facts_wish_covers(const struct tb_facts *f, int wish, int slot)
{
    const struct tb_wish *w = &f->r->wishes[wish];
    const struct tb_slot *s = &f->p->slots[slot];
    struct tb_interval hours;
    tb_day to = w->to == TB_DAY_NONE ? w->from : w->to;
    if (!wish_place(f, w, s)) return false;
    if (tb_wish_hours(f->r, w, &hours)) return tb_facts_meets(s, hours.from, hours.to);
    return s->date >= w->from && s->date <= to;
}

bool tb_facts_wish_counts(const struct tb_facts *f, int wish, int slot)
{
    const struct tb_wish *w = &f->r->wishes[wish];
    const struct tb_survey *survey = &f->r->surveys[w->survey];
    const struct tb_slot *s = &f->p->slots[slot];
    return s->role == TB_PRIMARY && s->date >= survey->from && s->date <= survey->to && wish_place(f, w, s);
}

bool tb_facts_only_excludes(const struct tb_facts *f, int provider, int slot, bool must)
{
    const struct tb_slot *s = &f->p->slots[slot];
    int begin = f->wishes_of[provider], end = f->wishes_of[provider + 1];
    for (int i = begin; i < end; i++) {
        const struct tb_wish *w = &f->r->wishes[f->wishes[i]];
        if (w->type != TB_WISH_ONLY || tb_facts_wish_mild(f, f->wishes[i]) == must) continue;
        const struct tb_survey *survey = &f->r->surveys[w->survey];
        if (s->date < survey->from || s->date > survey->to || !contains(&survey->duties, s->duty)) continue;
        bool open = false;
        for (int k = begin; k < end; k++) {
            const struct tb_wish *o = &f->r->wishes[f->wishes[k]];
            if (o->type == TB_WISH_ONLY && o->survey == w->survey &&
                tb_facts_wish_covers(f, f->wishes[k], slot))
                open = true;
        }
        if (!open) return true;
    }
    return false;
}

/* ---- other work --------------------------------------------------------------------------- */

static bool one_on(const struct tb_facts *f, int a, int b, tb_day date)
{
    const int *of = tb_problem_persons(f->p, date);
    return of[a] == of[b];
}

bool tb_facts_one_person(const struct tb_facts *f, const struct tb_taken *a, const struct tb_taken *b)
{
    return one_on(f, a->provider, b->provider, a->date) || one_on(f, a->provider, b->provider, b->date);
}

/* Is there a day on which both are one person and a minute of the overlap lies? */
static bool meets_his(const struct tb_facts *f, int provider, const struct tb_interval *i,
                      const struct tb_external *x)
{
    tb_minute from = i->from > x->from ? i->from : x->from, to = i->to < x->to ? i->to : x->to;
    for (tb_day d = tb_day_of_minute(from); from < to && d <= tb_day_of_minute(to - 1); d++)
        if (one_on(f, provider, x->provider, d)) return true;
    return false;
}

bool tb_facts_busy_outside(const struct tb_facts *f, int provider, int slot)
{
    const struct tb_slot *s = &f->p->slots[slot];
    int kin = f->kin[provider];
    for (int i = f->outside_of[kin]; i < f->outside_of[kin + 1]; i++)
        for (int k = 0; k < s->n_intervals; k++)
            if (meets_his(f, provider, &s->interval[k], &f->r->externals[f->outside[i]])) return true;
    return false;
}

int tb_facts_near_outside(const struct tb_facts *f, const struct tb_taken *t, int hours)
{
    const struct tb_slot *s = &f->p->slots[t->slot];
    tb_minute start = tb_facts_start(s), end = tb_facts_end(s);
    int kin = f->kin[t->provider], n = 0;
    for (int i = f->outside_of[kin]; i < f->outside_of[kin + 1]; i++) {
        const struct tb_external *x = &f->r->externals[f->outside[i]];
        if (x->permit || x->from - end >= hours * 60 || start - x->to >= hours * 60) continue;
        tb_day day = tb_day_of_minute(x->from < start ? x->to - 1 : x->from);
        n += one_on(f, t->provider, x->provider, t->date) || one_on(f, t->provider, x->provider, day);
    }
    return n;
}

/* `seat`: whose, in which slot. */
static bool consults_at(const struct tb_facts *f, int whose, tb_day day, const struct tb_assignment *seat,
                        int margin)
{
    const struct tb_slot *s = &f->p->slots[seat->slot];
    const struct tb_region *r = f->r, *on = tb_region_on(r, s->date);
    int site = on->duties[s->duty].site;
    int there = on->providers[site >= 0 ? site : seat->provider].area;
    bool winter = r->regions[0].winter >= 0 && (s->classes >> r->regions[0].winter & 1);
    int travel = tb_travel_minutes(on, on->providers[whose].area, there, winter);
    for (int i = f->hours_of[whose]; i < f->hours_of[whose + 1]; i++) {
        const struct tb_hour *h = &r->hours[f->hours[i]];
        if (h->weekdays >> tb_weekday(day) & 1 &&
            tb_facts_meets(s, tb_minute_of(day, h->from), tb_minute_of(day, h->to) + travel + margin))
            return true;
    }
    return false;
}

bool tb_facts_consults(const struct tb_facts *f, int provider, int slot, int margin)
{
    const struct tb_slot *s = &f->p->slots[slot];
    const struct tb_assignment seat = {slot, 0, provider};
    for (tb_day d = tb_day_of_minute(tb_facts_start(s)) - 1; d <= tb_day_of_minute(tb_facts_end(s) - 1);
         d++) {
        if (tb_region_holiday(f->r, d)) continue;
        if (consults_at(f, provider, d, &seat, margin)) return true;
        for (int i = f->owned_of[provider]; i < f->owned_of[provider + 1]; i++) {
            const struct tb_link *l = &f->r->links[f->owned[i]];
            if (tb_link_on(l, d) && consults_at(f, l->to, d, &seat, margin)) return true;
        }
    }
    return false;
}

struct work {
    tb_minute from, to;
    bool ours;
};

static int by_from(const void *a, const void *b)
{
    const struct work *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* End of the work that begins with v[i], going on as long as the breaks are shorter than `rest`. */
static tb_minute chain_end(const struct work *v, size_t n, size_t i, tb_minute rest)
{
    tb_minute end = v[i].to;
    for (size_t k = i + 1; k < n && v[k].from - end < rest; k++)
        if (v[k].to > end) end = v[k].to;
    return end;
}

#define RESIDENT 4          /* labour level C-1: has no other choice than the rest of every day */
#define DEEP_NIGHT (2 * 60) /* whoever works until two o'clock has a night duty */

/* Is one stint of that work a night? */
static bool holds_night(const struct work *v, size_t n, size_t i, tb_minute end)
{
    for (size_t k = i; k < n && v[k].from < end; k++) {
        tb_minute two = tb_minute_of(tb_day_of_minute(v[k].from), DEEP_NIGHT);
        if (two <= v[k].from) two += TB_MINUTES_PER_DAY;
        if (v[k].to >= two) return true;
    }
    return false;
}

bool tb_facts_overworked(const struct tb_facts *f, int rule, int provider, const int *slots, int n,
                         int64_t *hours)
{
    const struct tb_rule_args *a = &f->args[rule];
    int kin = f->kin[provider];
    struct work *v = NULL;
    size_t count = 0, cap = 0;
    for (int i = f->outside_of[kin]; i < f->outside_of[kin + 1]; i++) {
        const struct tb_external *x = &f->r->externals[f->outside[i]];
        if (x->provider == provider && !x->permit)
            *TB_PUSH(v, count, cap) = (struct work){x->from, x->to, false};
    }
    for (int i = f->seats_of[provider]; i < f->seats_of[provider + 1]; i++) {
        const struct tb_slot *s = &f->p->slots[f->seats[i].slot];
        if (!f->seats[i].planned && tb_facts_concerns(f, rule, f->seats[i].slot))
            *TB_PUSH(v, count, cap) = (struct work){tb_facts_start(s), tb_facts_end(s), false};
    }
    for (int i = 0; i < n; i++) {
        const struct tb_slot *s = &f->p->slots[slots[i]];
        *TB_PUSH(v, count, cap) = (struct work){tb_facts_start(s), tb_facts_end(s), true};
    }
    qsort(v, count, sizeof *v, by_from);
    bool found = false;
    tb_minute before = 0;
    for (size_t i = 0; i < count && !found; i++) {
        bool start = i == 0 || v[i].from - before >= a->rest * 60;
        if (i == 0 || v[i].to > before) before = v[i].to;
        if (!start) continue;
        tb_minute end = chain_end(v, count, i, a->rest * 60), span = end - v[i].from;
        if (span <= a->span * 60) continue;
        if (f->r->providers[provider].labour != RESIDENT && holds_night(v, count, i, end) &&
            chain_end(v, count, i, a->night_rest * 60) - v[i].from <= a->night_span * 60)
            continue;
        for (size_t k = i; k < count && v[k].from < v[i].from + (a->night_rest + a->night_span) * 60; k++)
            found = found || v[k].ours;
        if (found && hours) *hours = (span + 59) / 60;
    }
    free(v);
    return found;
}

int64_t tb_facts_minutes(const struct tb_slot *s)
{
    int64_t n = 0;
    for (int i = 0; i < s->n_intervals; i++) n += s->interval[i].to - s->interval[i].from;
    return n;
}

int64_t tb_facts_minutes_outside(const struct tb_facts *f, int provider, tb_day from, tb_day to)
{
    int64_t n = 0;
    int kin = f->kin[provider];
    for (int i = f->outside_of[kin]; i < f->outside_of[kin + 1]; i++) {
        const struct tb_external *x = &f->r->externals[f->outside[i]];
        if (x->provider == provider && !x->permit && x->from >= tb_minute_of(from, 0) &&
            x->from < tb_minute_of(to + 1, 0))
            n += x->to - x->from;
    }
    return n;
}
