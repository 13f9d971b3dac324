/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A roster in figures.
 */
#include <stdlib.h>
#include <string.h>

#include "check_facts.h"
#include "toban/domain/tally.h"
#include "toban/domain/dated.h"

/* ---- big days ---------------------------------------------------------------------------------- */

/* The class itself or those it is made of, where they have a span of their own. */
static uint64_t spans_of(const struct tb_region *r, int class_)
{
    const struct tb_class *c = &r->classes[class_];
    uint64_t mask = c->from ? UINT64_C(1) << class_ : 0;
    for (int i = 0; i < c->any_of.n && !c->from; i++) mask |= spans_of(r, c->any_of.v[i]);
    return mask;
}

uint64_t tb_big_classes(const struct tb_region *r)
{
    uint64_t mask = 0;
    struct tb_arena a = {0};
    for (int l = 0; l < r->n_ledgers; l++) mask |= spans_of(r, r->ledgers[l].class);
    for (int i = 0; i < r->n_rules; i++) {
        struct tb_rule_args args;
        if (tb_rule_has(&r->rules[i], TB_RULE_IN_TURN) &&
            tb_rule_parse(r, &r->rules[i], &a, &args, NULL) == TB_OK)
            mask |= spans_of(r, args.class_);
    }
    tb_arena_free(&a);
    return mask;
}

/* ---- people and roads -------------------------------------------------------------------------- */

struct homes {
    int *area;
    int64_t *weight;
    int n;
    int64_t all;
};

/* Where those live whom the duty is for: areas without areas under them. */
static struct homes homes_of(const struct tb_region *r, const struct tb_duty *d)
{
    struct homes h = {tb_xcalloc((size_t)r->n_areas + 1, sizeof *h.area),
                      tb_xcalloc((size_t)r->n_areas + 1, sizeof *h.weight), 0, 0};
    bool *parent = tb_xcalloc((size_t)r->n_areas + 1, sizeof *parent);
    for (int a = 0; a < r->n_areas; a++)
        if (r->areas[a].parent >= 0) parent[r->areas[a].parent] = true;
    for (int a = 0; a < r->n_areas; a++) {
        int people = d->age_to <= 16 ? r->areas[a].under15 : r->areas[a].population;
        if (parent[a] || people == 0 || (d->area >= 0 && !tb_area_within(r, a, d->area))) continue;
        h.area[h.n] = a;
        h.weight[h.n++] = people;
        h.all += people;
    }
    free(parent);
    return h;
}

/* `r` as it is on the slot's date. */
static int place_of(const struct tb_region *r, const struct tb_slot *s, int provider)
{
    int site = r->duties[s->duty].site;
    return r->providers[site >= 0 ? site : provider].area;
}

/* Minutes of the mean one of `h` to the nearest of the places, in thousandths. */
static int64_t nearest(const struct tb_region *r, const struct homes *h, const int *places, int n,
                       bool winter)
{
    int64_t sum = 0;
    for (int i = 0; i < h->n; i++) {
        int best = INT32_MAX;
        for (int k = 0; k < n; k++) {
            int m = tb_travel_minutes(r, h->area[i], places[k], winter);
            if (m < best) best = m;
        }
        sum += best * h->weight[i];
    }
    return (sum * 1000 + h->all / 2) / h->all;
}

int64_t tb_tally_mean(int64_t sum, int n) { return n ? (sum + n / 2) / n : 0; }

/* ---- the tally --------------------------------------------------------------------------------- */

struct work {
    const struct tb_problem *p;
    const struct tb_region *r;
    struct tb_tally *t;
    int *duty_at, *provider_at, *class_at; /* index of the region's in the tally, -1 */
    struct homes *homes;                   /* per planned duty */
};

static const char *copy(struct work *w, const char *s) { return tb_arena_strdup(&w->t->arena, s); }
static struct tb_tally_name name_of(struct work *w, const char *id, const char *name)
{
    return (struct tb_tally_name){copy(w, id), copy(w, name)};
}

static void lay_out(struct work *w, const struct tb_roster *roster)
{
    const struct tb_problem *p = w->p;
    const struct tb_region *r = w->r;
    struct tb_tally *t = w->t;
    struct tb_arena *a = &t->arena;
    w->duty_at = tb_xcalloc((size_t)r->n_duties + 1, sizeof(int));
    w->provider_at = tb_xcalloc((size_t)r->n_providers + 1, sizeof(int));
    w->class_at = tb_xcalloc(TB_CLASS_MAX, sizeof(int));
    w->homes = tb_xcalloc((size_t)p->n_duties + 1, sizeof *w->homes);
    for (int d = 0; d < r->n_duties; d++) w->duty_at[d] = -1;
    t->duties = tb_arena_alloc(a, ((size_t)p->n_duties + 1) * sizeof *t->duties);
    for (int i = 0; i < p->n_duties; i++) {
        const struct tb_duty *d = &r->duties[p->duties[i]];
        w->duty_at[p->duties[i]] = t->n_duties;
        w->homes[t->n_duties] = homes_of(r, d);
        t->duties[t->n_duties++] = (struct tb_tally_duty){.id = copy(w, d->id), .name = copy(w, d->name)};
    }
    uint64_t big = tb_big_classes(r), seen = 0;
    for (int s = 0; s < p->n_slots; s++)
        if (p->slots[s].planned) seen |= p->slots[s].classes;
    t->classes = tb_arena_alloc(a, TB_CLASS_MAX * sizeof *t->classes);
    for (int c = 0; c < r->n_classes; c++) {
        w->class_at[c] = -1;
        if (!((big & seen) >> c & 1)) continue;
        w->class_at[c] = t->n_classes;
        t->classes[t->n_classes++] = name_of(w, r->classes[c].id, r->classes[c].name);
    }
    for (int i = 0; i < r->n_members; i++)
        w->provider_at[r->members[i].provider] |= w->duty_at[r->members[i].duty] >= 0;
    for (int i = 0; i < roster->n; i++) w->provider_at[roster->a[i].provider] = 1;
    t->providers = tb_arena_alloc(a, ((size_t)r->n_providers + 1) * sizeof *t->providers);
    for (int i = 0; i < r->n_providers; i++) {
        if (!w->provider_at[i]) {
            w->provider_at[i] = -1;
            continue;
        }
        w->provider_at[i] = t->n_providers;
        struct tb_tally_provider *x = &t->providers[t->n_providers++];
        *x = (struct tb_tally_provider){.id = copy(w, r->providers[i].id),
                                        .name = copy(w, r->providers[i].name)};
        x->by_duty = tb_arena_alloc(a, ((size_t)p->n_duties + 1) * sizeof(int));
        x->by_class = tb_arena_alloc(a, ((size_t)t->n_classes + 1) * sizeof(int));
    }
}

static void count_seat(struct work *w, const struct tb_slot *s, int provider, int64_t minutes, bool winter)
{
    const struct tb_region *r = w->r;
    int d = w->duty_at[s->duty];
    struct tb_tally_provider *x = &w->t->providers[w->provider_at[provider]];
    if (s->role != TB_PRIMARY) {
        x->reserve++;
        return;
    }
    x->turns++;
    x->by_duty[d]++;
    x->minutes += minutes;
    bool big = false;
    for (int c = 0; c < r->n_classes; c++)
        if (w->class_at[c] >= 0 && (s->classes >> c & 1)) {
            x->by_class[w->class_at[c]]++;
            big = true;
        }
    x->big += big;
    const struct tb_region *on = tb_region_on(r, s->date);
    int site = on->duties[s->duty].site;
    if (site < 0) return;
    w->t->duties[d].staff +=
        tb_travel_minutes(on, on->providers[provider].area, on->providers[site].area, winter);
    w->t->duties[d].trips++;
}

/* How far the patients of the slot's date have to the nearest of its `n` seats. */
static void count_ways(struct work *w, const struct tb_slot *s, const struct tb_assignment *seats, int n,
                       bool winter)
{
    const struct tb_region *on = tb_region_on(w->r, s->date);
    const bool same = on == w->r;
    struct homes h = same ? w->homes[w->duty_at[s->duty]] : homes_of(on, &on->duties[s->duty]);
    struct tb_tally_duty *d = &w->t->duties[w->duty_at[s->duty]];
    int *places = tb_xcalloc((size_t)n, sizeof *places);
    for (int i = 0; i < n; i++) places[i] = place_of(on, s, seats[i].provider);
    if (h.all > 0) {
        d->patients += nearest(on, &h, places, n, winter);
        d->slots++;
    }
    free(places);
    if (same) return;
    free(h.area);
    free(h.weight);
}

static void count_slot(struct work *w, int slot, const struct tb_roster *roster, int first, int n)
{
    const struct tb_slot *s = &w->p->slots[slot];
    const struct tb_region *r = w->r;
    struct tb_tally *t = w->t;
    struct tb_tally_duty *d = &t->duties[w->duty_at[s->duty]];
    int64_t minutes = tb_facts_minutes(s);
    int class_ = r->regions[0].winter, open = s->need - n;
    bool winter = class_ >= 0 && (s->classes >> class_ & 1);
    for (int i = first; i < first + n; i++) count_seat(w, s, roster->a[i].provider, minutes, winter);
    if (s->role == TB_PRIMARY) {
        t->seats += s->need;
        t->open += open;
        d->seats += s->need;
        d->open += open;
        d->minutes += minutes * s->need;
    } else
        t->open_reserve += open;
    if (open)
        t->opens[t->n_opens++] = (struct tb_tally_open){s->date, d->id, copy(w, r->bands[s->band].id),
                                                        s->role == TB_RESERVE, open};
    if (s->role == TB_PRIMARY && n > 0) count_ways(w, s, &roster->a[first], n, winter);
}

static void count_ledgers(struct work *w, const struct tb_verdict *v)
{
    const struct tb_problem *p = w->p;
    const struct tb_region *r = w->r;
    struct tb_tally *t = w->t;
    t->ledgers = tb_arena_alloc(&t->arena, ((size_t)r->n_ledgers + 1) * sizeof *t->ledgers);
    for (int i = 0; i < p->n_counters; i++) { /* by ledger, then account */
        const struct tb_counter *c = &p->counters[i];
        if (i == 0 || p->counters[i - 1].ledger != c->ledger)
            t->ledgers[t->n_ledgers++] = (struct tb_tally_ledger){.id = copy(w, r->ledgers[c->ledger].id),
                                                                  .name = copy(w, r->ledgers[c->ledger].name),
                                                                  .who = ""};
        struct tb_tally_ledger *l = &t->ledgers[t->n_ledgers - 1];
        int64_t off = 100 * v->loads[i] - c->entitlement, size = off < 0 ? -off : off;
        l->squares += off * off;
        if (size > l->largest || !*l->who) {
            l->largest = size;
            l->who = copy(w, tb_account_id(r, c->ledger, c->account));
        }
    }
}

static void count_rules(struct work *w, const struct tb_verdict *v)
{
    const struct tb_region *r = w->r;
    struct tb_tally *t = w->t;
    int *times = tb_xcalloc((size_t)r->n_rules + 1, sizeof *times);
    int64_t *cost = tb_xcalloc((size_t)r->n_rules + 1, sizeof *cost);
    for (int i = 0; i < v->n_violations; i++) {
        const struct tb_violation *x = &v->violations[i];
        t->soft += !x->hard;
        if (x->hard || x->rule_row < 0) continue;
        times[x->rule_row]++;
        cost[x->rule_row] += x->cost;
    }
    t->rules = tb_arena_alloc(&t->arena, ((size_t)r->n_rules + 1) * sizeof *t->rules);
    for (int i = 0; i < r->n_rules; i++)
        if (times[i])
            t->rules[t->n_rules++] = (struct tb_tally_rule){copy(w, r->rules[i].id), copy(w, r->rules[i].ja),
                                                            copy(w, r->rules[i].en), times[i], cost[i]};
    free(times);
    free(cost);
}

struct tb_tally *tb_tally_of(const struct tb_problem *p, const struct tb_roster *roster,
                             const struct tb_verdict *v, int64_t bound, bool proven)
{
    struct tb_tally *t = tb_xcalloc(1, sizeof *t);
    struct work w = {.p = p, .r = p->region, .t = t};
    *t = (struct tb_tally){
        .from = p->from, .to = p->to, .objective = v->objective, .bound = bound, .proven = proven};
    lay_out(&w, roster);
    t->opens = tb_arena_alloc(&t->arena, ((size_t)p->n_slots + 1) * sizeof *t->opens);
    tb_day blank = TB_DAY_NONE;
    for (int s = 0, at = 0; s < p->n_slots; s++) {
        while (at < roster->n && roster->a[at].slot < s) at++;
        if (!p->slots[s].planned) continue;
        int n = 0;
        while (at + n < roster->n && roster->a[at + n].slot == s) n++;
        count_slot(&w, s, roster, at, n);
        if (p->slots[s].role != TB_PRIMARY || n == p->slots[s].need || p->slots[s].date == blank) continue;
        blank = p->slots[s].date; /* slots come in order of date */
        t->blank_days++;
    }
    count_ledgers(&w, v);
    count_rules(&w, v);
    for (int i = 0; i < t->n_duties; i++) {
        free(w.homes[i].area);
        free(w.homes[i].weight);
    }
    free(w.homes);
    free(w.duty_at);
    free(w.provider_at);
    free(w.class_at);
    return t;
}

void tb_tally_free(struct tb_tally *t)
{
    if (!t) return;
    tb_arena_free(&t->arena);
    free(t);
}

/* ---- two of them --------------------------------------------------------------------------------- */

#define FIND(what, plural) \
    int tb_tally_##what(const struct tb_tally *t, const char *id) \
    { \
        for (int i = 0; i < t->n_##plural; i++) \
            if (strcmp(t->plural[i].id, id) == 0) return i; \
        return -1; \
    }
FIND(duty, duties)
FIND(provider, providers)
FIND(class, classes)
FIND(ledger, ledgers)
FIND(rule, rules)

static int length(const struct tb_tally *t, enum tb_tally_list list)
{
    return (const int[]){t->n_duties, t->n_providers, t->n_classes, t->n_ledgers, t->n_rules}[list];
}

static struct tb_tally_name entry(const struct tb_tally *t, enum tb_tally_list list, int i)
{
    switch (list) {
    case TB_TALLY_DUTIES:
        return (struct tb_tally_name){t->duties[i].id, t->duties[i].name};
    case TB_TALLY_PROVIDERS:
        return (struct tb_tally_name){t->providers[i].id, t->providers[i].name};
    case TB_TALLY_CLASSES:
        return t->classes[i];
    case TB_TALLY_LEDGERS:
        return (struct tb_tally_name){t->ledgers[i].id, t->ledgers[i].name};
    case TB_TALLY_RULES:
        return (struct tb_tally_name){t->rules[i].id, t->rules[i].ja};
    }
    return (struct tb_tally_name){"", ""};
}

struct tb_tally_name *tb_tally_union(const struct tb_tally *a, const struct tb_tally *b,
                                     enum tb_tally_list list, int *n)
{
    struct tb_tally_name *v = tb_xcalloc((size_t)(length(a, list) + length(b, list)) + 1, sizeof *v);
    int of_a = length(a, list);
    *n = 0;
    for (int i = 0; i < of_a; i++) v[(*n)++] = entry(a, list, i);
    for (int i = 0; i < length(b, list); i++) {
        struct tb_tally_name x = entry(b, list, i);
        bool known = false;
        for (int k = 0; k < of_a && !known; k++) known = strcmp(v[k].id, x.id) == 0;
        if (!known) v[(*n)++] = x;
    }
    return v;
}
