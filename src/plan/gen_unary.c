/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gen_unary: the candidates, and what a single seat can break by itself.
 */
#include "gen.h"
#include "toban/domain/dated.h"

#include <stdlib.h>
#include <string.h>

static bool overlaps(const struct tb_slot *s, tb_minute from, tb_minute to)
{
    for (int k = 0; k < s->n_intervals; k++)
        if (s->interval[k].from < to && from < s->interval[k].to) return true;
    return false;
}

bool tb_gen_survey_asks(const struct tb_region *r, int survey, const struct tb_slot *s)
{
    const struct tb_survey *q = &r->surveys[survey];
    return s->date >= q->from && s->date <= q->to && tb_ids_have(&q->duties, s->duty);
}

bool tb_gen_wish_covers(const struct tb_region *r, const struct tb_wish *w, const struct tb_slot *s)
{
    struct tb_interval hours;
    if (w->from == TB_DAY_NONE) return false;
    tb_day to = w->to == TB_DAY_NONE ? w->from : w->to;
    if (tb_wish_hours(r, w, &hours)) {
        if (!overlaps(s, hours.from, hours.to)) return false;
    } else if (s->date < w->from || s->date > to) {
        return false;
    }
    if (w->duty >= 0 ? w->duty != s->duty : !tb_ids_have(&r->surveys[w->survey].duties, s->duty))
        return false;
    return w->band[0] == '\0' || strcmp(w->band, r->bands[s->band].id) == 0;
}

/* Outside all "only" wishes of a survey that asks about the slot and has one with this `must`. */
static bool outside_only(const struct tb_gen_ctx *c, const struct tb_slot *s, int provider, bool must)
{
    const struct tb_region *r = c->r;
    int first = c->wish_first[provider], end = c->wish_first[provider + 1];
    for (int i = first; i < end;) {
        int survey = r->wishes[c->wish[i]].survey;
        bool binding = false, covered = false;
        for (; i < end && r->wishes[c->wish[i]].survey == survey; i++) {
            const struct tb_wish *w = &r->wishes[c->wish[i]];
            if (w->type != TB_WISH_ONLY) continue;
            binding |= (w->must != 0) == must;
            covered |= tb_gen_wish_covers(r, w, s);
        }
        if (binding && !covered && tb_gen_survey_asks(r, survey, s)) return true;
    }
    return false;
}

bool tb_gen_against_wish(const struct tb_gen_ctx *c, const struct tb_slot *s, int provider, int type,
                         bool must)
{
    if (type == TB_WISH_ONLY) return outside_only(c, s, provider, must);
    for (int i = c->wish_first[provider]; i < c->wish_first[provider + 1]; i++) {
        const struct tb_wish *w = &c->r->wishes[c->wish[i]];
        if (w->type != type) continue;
        if (type == TB_WISH_CANNOT && (w->must != 0) != must) continue;
        if (tb_gen_wish_covers(c->r, w, s)) return true;
    }
    return false;
}

/* Work elsewhere of somebody who is one person with him on a day on which it overlaps the slot. */
static bool externally_busy(const struct tb_gen_ctx *c, const struct tb_slot *s, int provider)
{
    int who = c->kin[provider];
    for (int i = c->external_first[who]; i < c->external_first[who + 1]; i++) {
        const struct tb_external *x = &c->r->externals[c->external[i]];
        if (!overlaps(s, x->from, x->to)) continue;
        if (x->provider == provider) return true;
        for (tb_day d = tb_day_of_minute(x->from); d <= tb_day_of_minute(x->to - 1); d++) {
            tb_minute from = tb_minute_of(d, 0), to = tb_minute_of(d + 1, 0);
            if (from < x->from) from = x->from;
            if (to > x->to) to = x->to;
            if (overlaps(s, from, to) && tb_gen_one_person(c, provider, x->provider, d)) return true;
        }
    }
    return false;
}

struct consulting {
    const struct tb_slot *s;
    int provider, margin;
};

/* The hours of `whose` on that day, and the way after them. */
static bool in_own_hours(const struct tb_gen_ctx *c, const struct consulting *x, int whose, tb_day day)
{
    const struct tb_region *r = c->r;
    const struct tb_slot *s = x->s;
    const struct tb_region *then = tb_region_on(r, s->date);
    for (int i = c->hours_first[whose]; i < c->hours_first[whose + 1]; i++) {
        const struct tb_hour *h = &r->hours[c->hours[i]];
        if (!((unsigned)h->weekdays >> tb_weekday(day) & 1U)) continue;
        int site = then->duties[s->duty].site;
        int to = then->providers[site >= 0 ? site : x->provider].area;
        int winter = r->regions[0].winter;
        int travel = tb_travel_minutes(then, then->providers[whose].area, to,
                                       winter >= 0 && tb_slot_in_class(s, winter));
        if (overlaps(s, tb_minute_of(day, h->from), tb_minute_of(day, h->to) + travel + x->margin))
            return true;
    }
    return false;
}

bool tb_gen_consulting(const struct tb_gen_ctx *c, const struct tb_slot *s, int provider, int margin)
{
    const struct tb_region *r = c->r;
    const struct consulting x = {s, provider, margin};
    for (tb_day d = s->date - 1; tb_minute_of(d, 0) < tb_slot_end(s); d++) {
        if (tb_region_holiday(r, d)) continue;
        if (in_own_hours(c, &x, provider, d)) return true;
        for (int i = 0; i < r->n_links; i++) {
            const struct tb_link *l = &r->links[i];
            if (l->from == provider && l->type == TB_LINK_OWNS && tb_link_on(l, d) &&
                in_own_hours(c, &x, l->to, d))
                return true;
        }
    }
    return false;
}

static bool forbidden(const struct tb_problem *p, int slot, int provider)
{
    for (int i = 0; i < p->n_pins; i++)
        if (p->pins[i].slot == slot && p->pins[i].provider == provider && p->pins[i].action == TB_PIN_FORBID)
            return true;
    return false;
}

static bool hard_one_seat(const struct tb_gen_ctx *c, const struct tb_slot *s, int provider)
{
    for (int k = 0; k < c->r->n_rules; k++) {
        const struct tb_rule *rule = &c->r->rules[k];
        const struct tb_rule_args *a = &c->args[k];
        if (!tb_rule_hard(rule) || !tb_rule_has(rule, TB_RULE_CONSULTS) ||
            !tb_rule_concerns(rule, s->duty, s->date))
            continue;
        if (tb_gen_consulting(c, s, provider, a->margin)) return true;
    }
    return false;
}

static bool can_serve(const struct tb_gen_ctx *c, int slot, int provider)
{
    const struct tb_slot *s = &c->p->slots[slot];
    return tb_member_on(c->r, s->duty, provider, s->date) >= 0 &&
           c->r->providers[provider].kind == c->r->duties[s->duty].kind &&
           !tb_exempt_from(c->r, s, provider, NULL) &&
           !tb_gen_against_wish(c, s, provider, TB_WISH_CANNOT, true) &&
           !tb_gen_against_wish(c, s, provider, TB_WISH_ONLY, true) && !externally_busy(c, s, provider) &&
           !forbidden(c->p, slot, provider) && !hard_one_seat(c, s, provider);
}

/* Rows of `key` values into lists per key, ascending in each. */
static void lists(struct tb_gen_ctx *c, int n_keys, int n_rows, const int *key, int **first, int **rows)
{
    int *f = tb_arena_alloc(&c->arena, ((size_t)n_keys + 2) * sizeof *f);
    int *v = tb_arena_alloc(&c->arena, ((size_t)n_rows + 1) * sizeof *v);
    for (int i = 0; i < n_rows; i++) f[key[i] + 2]++;
    for (int k = 2; k < n_keys + 2; k++) f[k] += f[k - 1];
    for (int i = 0; i < n_rows; i++) v[f[key[i] + 1]++] = i;
    *first = f;
    *rows = v;
}

static void facts(struct tb_gen_ctx *c)
{
    const struct tb_region *r = c->r;
    int most = r->n_wishes > r->n_externals ? r->n_wishes : r->n_externals;
    if (r->n_hours > most) most = r->n_hours;
    int *key = tb_xcalloc((size_t)most + 1, sizeof *key);
    for (int i = 0; i < r->n_wishes; i++) key[i] = r->wishes[i].provider;
    lists(c, r->n_providers, r->n_wishes, key, &c->wish_first, &c->wish);
    for (int i = 0; i < r->n_externals; i++) key[i] = c->kin[r->externals[i].provider];
    lists(c, r->n_providers, r->n_externals, key, &c->external_first, &c->external);
    for (int i = 0; i < r->n_hours; i++) key[i] = r->hours[i].provider;
    lists(c, r->n_providers, r->n_hours, key, &c->hours_first, &c->hours);
    free(key);
}

void tb_gen_candidates(struct tb_gen_ctx *c)
{
    const struct tb_problem *p = c->p;
    const struct tb_region *r = c->r;
    struct tb_gen *g = c->g;
    facts(c);
    /* The members of a duty stand together: rows are sorted by (duty, provider). */
    int *member_first = tb_arena_alloc(&c->arena, ((size_t)r->n_duties + 1) * sizeof *member_first);
    for (int d = 0, i = 0; d <= r->n_duties; d++) {
        while (i < r->n_members && r->members[i].duty < d) i++;
        member_first[d] = i;
    }
    g->slots = tb_xcalloc((size_t)p->n_slots + 1, sizeof *g->slots);
    g->lost = tb_xcalloc((size_t)p->n_slots + 1, sizeof *g->lost);
    for (int s = 0; s < p->n_slots; s++) {
        if (!p->slots[s].planned) continue;
        g->slots[g->n_slots++] = s;
        int duty = p->slots[s].duty, before = -1;
        for (int i = member_first[duty]; i < member_first[duty + 1]; i++) {
            int who = r->members[i].provider;
            if (who == before || !can_serve(c, s, who)) continue;
            before = who;
            *TB_PUSH(g->cand, g->n_cand, g->cap_cand) = (struct tb_gen_cand){.slot = s, .provider = who};
        }
    }
}
