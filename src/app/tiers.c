/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each duty of a draft planned alone.
 */
#include "toban/app/tiers.h"

#include <stdlib.h>
#include <string.h>

void tb_tiers_free(struct tb_tiers *x)
{
    free(x->v);
    *x = (struct tb_tiers){0};
}

/* The draft's problem without the planned slots of the other duties: nobody sits there, nobody is wanted
 * there. */
static enum tb_code alone(const struct tb_problem *p, struct tb_tier *t, const struct tb_plan_opts *o,
                          struct tb_err *e)
{
    struct tb_problem x = *p;
    struct tb_plan_result result;
    int need = 0;
    x.duties = &t->duty;
    x.n_duties = 1;
    x.slots = tb_xcalloc((size_t)p->n_slots + 1, sizeof *x.slots);
    x.pins = tb_xcalloc((size_t)p->n_pins + 1, sizeof *x.pins);
    x.n_pins = 0;
    memcpy(x.slots, p->slots, (size_t)p->n_slots * sizeof *x.slots);
    for (int i = 0; i < x.n_slots; i++) {
        x.slots[i].planned = x.slots[i].planned && x.slots[i].duty == t->duty;
        if (x.slots[i].planned) need += x.slots[i].need;
    }
    for (int i = 0; i < p->n_pins; i++)
        if (x.slots[p->pins[i].slot].planned) x.pins[x.n_pins++] = p->pins[i];
    enum tb_code c = tb_plan_run(&x, o, &result, e);
    if (c == TB_OK) {
        t->open = need - result.roster.n;
        t->proven = result.status == TB_PLAN_OPTIMAL;
        tb_plan_result_free(&result);
    }
    free(x.slots);
    free(x.pins);
    return c;
}

enum tb_code tb_app_tiers(const struct tb_app_draft *d, const struct tb_plan_opts *o, struct tb_tiers *out,
                          struct tb_err *e)
{
    const struct tb_problem *p = d->problem;
    *out = (struct tb_tiers){.v = tb_xcalloc((size_t)p->n_duties + 1, sizeof *out->v),
                             .together = d->verdict->open_seats};
    bool proven = true;
    for (int i = 0; i < p->n_duties; i++) {
        bool planned = false;
        for (int k = 0; k < p->n_slots; k++)
            planned = planned || (p->slots[k].planned && p->slots[k].duty == p->duties[i]);
        if (!planned) continue;
        struct tb_tier *t = &out->v[out->n++];
        t->duty = p->duties[i];
        enum tb_code c = alone(p, t, o, e);
        if (c) {
            tb_tiers_free(out);
            return c;
        }
        out->alone += t->open;
        proven = proven && t->proven;
    }
    out->apart = proven && strcmp(d->stored.status, "optimal") == 0 && out->alone < out->together;
    return TB_OK;
}
