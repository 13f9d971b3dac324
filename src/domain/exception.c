/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exceptions (特例): signed consents to break one hard rule in one seat. They switch nothing off: check still
 * reports the breach, and whoever publishes or prints asks here whether somebody signed for it.
 */
#include <string.h>

#include "check_int.h"
#include "toban/domain/exception.h"

/* A stranger, seats that are not there, two seats at once; a pin may simply be taken back. */
bool tb_exception_never(const char *rule)
{
    static const enum tb_builtin never[] = {TB_BUILTIN_SLOT, TB_BUILTIN_SEATS, TB_BUILTIN_MEMBER,
                                            TB_BUILTIN_ONE_SEAT, TB_BUILTIN_PIN};
    for (size_t i = 0; i < TB_COUNT(never); i++)
        if (strcmp(tb_builtin_texts[never[i]].id, rule) == 0) return true;
    return false;
}

bool tb_exception_counts(const struct tb_region *r, const char *rule)
{
    for (int i = 0; i < r->n_rules; i++)
        if (strcmp(r->rules[i].id, rule) == 0) return tb_rule_hard(&r->rules[i]);
    for (int i = 0; i < TB_BUILTIN_COUNT; i++)
        if (strcmp(tb_builtin_texts[i].id, rule) == 0) return !tb_exception_never(rule);
    return false;
}

/* Regions may differ (the draft's own, today's): everything is compared by id. */
static bool consents(const struct tb_region *today, const struct tb_exception *x, const struct tb_problem *p,
                     const struct tb_roster *roster, const struct tb_violation *v)
{
    const struct tb_region *r = p->region;
    if (strcmp(x->rule, v->rule) != 0) return false;
    int duty = tb_find_duty(r, today->duties[x->duty].id),
        provider = tb_find_provider(r, today->providers[x->provider].id);
    int band = duty < 0 ? -1 : tb_find_band(r, duty, x->band);
    int slot = band < 0 ? -1 : tb_slot_find(p, duty, x->date, band, x->role);
    if (slot < 0 || provider < 0 || tb_roster_find(roster, slot, provider) < 0) return false;
    if (slot == v->slots[0] || slot == v->slots[1]) return true;
    return v->provider == provider && v->from <= x->date && x->date <= v->to;
}

const struct tb_exception *tb_exception_for(const struct tb_region *today, const struct tb_problem *p,
                                            const struct tb_roster *roster, const struct tb_violation *v)
{
    for (int i = 0; v->hard && i < today->n_exceptions; i++)
        if (consents(today, &today->exceptions[i], p, roster, v)) return &today->exceptions[i];
    return NULL;
}

int tb_exceptions_missing(const struct tb_region *today, const struct tb_problem *p,
                          const struct tb_roster *roster, const struct tb_verdict *v)
{
    int n = 0;
    for (int i = 0; i < v->n_violations; i++)
        n += v->violations[i].hard && !tb_exception_for(today, p, roster, &v->violations[i]);
    return n;
}
