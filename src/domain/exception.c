/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exceptions (特例): signed consents to break one hard rule in one seat. They switch nothing off: check still reports the breach, and
 * whoever publishes or prints asks here whether somebody signed for it.
 */
#include <string.h>

#include "toban/exception.h"

static bool sits(const struct tb_roster *roster, int slot, int provider)
{
    for (int i = 0; i < roster->n; i++)
        if (roster->a[i].slot == slot && roster->a[i].provider == provider) return true;
    return false;
}

/* Regions may differ (the draft's own, today's): everything is compared by id. */
static bool consents(const struct tb_region *today, const struct tb_exception *x, const struct tb_problem *p, const struct tb_roster *roster, const struct tb_violation *v)
{
    const struct tb_region *r = p->region;
    if (strcmp(x->rule, v->rule) != 0) return false;
    int duty = tb_find_duty(r, today->duties[x->duty].id), provider = tb_find_provider(r, today->providers[x->provider].id);
    int band = duty < 0 ? -1 : tb_find_band(r, duty, x->band);
    int slot = band < 0 ? -1 : tb_slot_find(p, duty, x->date, band, x->role);
    if (slot < 0 || provider < 0 || !sits(roster, slot, provider)) return false;
    if (slot == v->slots[0] || slot == v->slots[1]) return true;
    return v->provider == provider && v->from <= x->date && x->date <= v->to;
}

const struct tb_exception *tb_exception_for(const struct tb_region *today, const struct tb_problem *p, const struct tb_roster *roster, const struct tb_violation *v)
{
    for (int i = 0; v->hard && i < today->n_exceptions; i++)
        if (consents(today, &today->exceptions[i], p, roster, v)) return &today->exceptions[i];
    return NULL;
}

int tb_exceptions_missing(const struct tb_region *today, const struct tb_problem *p, const struct tb_roster *roster, const struct tb_verdict *v)
{
    int n = 0;
    for (int i = 0; i < v->n_violations; i++) n += v->violations[i].hard && !tb_exception_for(today, p, roster, &v->violations[i]);
    return n;
}
