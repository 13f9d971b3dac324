/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What no rule forbids and somebody ought to ask about: a seat that reaches into a day on which its provider
 * said that he cannot, where the survey means duty dates.
 */
#include <string.h>

#include "toban/domain/check.h"

static bool speaks_of(const struct tb_region *r, const struct tb_wish *w, const struct tb_slot *s)
{
    const struct tb_ids *asked = &r->surveys[w->survey].duties;
    bool duty = w->duty == s->duty;
    for (int i = 0; i < asked->n && w->duty < 0; i++) duty |= asked->v[i] == s->duty;
    return duty && (!*w->band || strcmp(w->band, r->bands[s->band].id) == 0);
}

/* Not of its duty dates, but a minute of the seat lies on one of its days. */
static bool reaches_into(const struct tb_region *r, const struct tb_wish *w, const struct tb_slot *s)
{
    struct tb_interval hours;
    tb_day last = w->to == TB_DAY_NONE ? w->from : w->to;
    if (w->type != TB_WISH_CANNOT || tb_wish_hours(r, w, &hours) || !speaks_of(r, w, s)) return false;
    if (s->date >= w->from && s->date <= last) return false;
    for (int k = 0; k < s->n_intervals; k++)
        if (s->interval[k].from < tb_minute_of(last + 1, 0) && tb_minute_of(w->from, 0) < s->interval[k].to)
            return true;
    return false;
}

int tb_reaching(const struct tb_problem *p, const struct tb_roster *roster, struct tb_arena *a,
                struct tb_reach **out)
{
    const struct tb_region *r = p->region;
    int n = 0;
    *out = tb_arena_alloc(a, ((size_t)roster->n + 1) * sizeof **out);
    for (int i = 0; i < roster->n; i++) {
        const struct tb_assignment *x = &roster->a[i];
        if (x->slot < 0 || x->slot >= p->n_slots || !p->slots[x->slot].planned) continue;
        for (int w = 0; w < r->n_wishes; w++) {
            if (r->wishes[w].provider != x->provider || !reaches_into(r, &r->wishes[w], &p->slots[x->slot]))
                continue;
            (*out)[n++] = (struct tb_reach){x->slot, x->provider, w};
            break;
        }
    }
    return n;
}
