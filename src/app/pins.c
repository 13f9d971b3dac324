/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What pins and prohibitions say once a seat is published: a pin belongs to the planning of its seat, a
 * prohibition holds for whoever comes after (docs/reference/rules.md, "Pins").
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"

/* ---- of a seat that is published ------------------------------------------------------------------ */

static bool same_seat(const struct tb_region *a, const struct tb_pin *x, const struct tb_region *b,
                      const struct tb_pin *y)
{
    return x->action == y->action && x->date == y->date && x->role == y->role &&
           strcmp(x->band, y->band) == 0 && strcmp(a->duties[x->duty].id, b->duties[y->duty].id) == 0 &&
           strcmp(a->providers[x->provider].id, b->providers[y->provider].id) == 0;
}

static bool has_row(const struct tb_region *r, const struct tb_region *of, const struct tb_pin *x)
{
    for (int i = 0; i < r->n_pins; i++)
        if (same_seat(r, &r->pins[i], of, x)) return true;
    return false;
}

/* Was it a row when the draft was made, and is no more? What --without left out was none. */
static bool taken_back(const struct tb_app_draft *d, const struct tb_pinned *pin)
{
    const struct tb_slot *s = &d->problem->slots[pin->slot];
    for (int i = 0; i < d->region->n_pins; i++) {
        const struct tb_pin *x = &d->region->pins[i];
        if (x->action == TB_PIN_FORBID && x->provider == pin->provider && x->duty == s->duty &&
            x->date == s->date && x->role == s->role && strcmp(x->band, d->region->bands[s->band].id) == 0)
            return !has_row(d->today, d->region, x);
    }
    return false;
}

struct tb_pinned *app_pins_after(const struct tb_app_draft *d, int *n)
{
    const struct tb_problem *p = d->problem;
    const struct tb_region *now = d->today;
    const bool over = d->stored.published && now;
    struct tb_pinned *v = tb_xcalloc((size_t)p->n_pins + (size_t)(over ? now->n_pins : 0) + 1, sizeof *v);
    *n = 0;
    for (int i = 0; i < p->n_pins; i++)
        if (!over || p->pins[i].action == TB_PIN_KEEP ||
            (p->pins[i].action == TB_PIN_FORBID && !taken_back(d, &p->pins[i])))
            v[(*n)++] = p->pins[i];
    for (int i = 0; over && i < now->n_pins; i++) {
        const struct tb_pin *x = &now->pins[i];
        if (x->action != TB_PIN_FORBID || has_row(d->region, now, x)) continue;
        int duty = tb_find_duty(d->region, now->duties[x->duty].id),
            band = duty < 0 ? -1 : tb_find_band(d->region, duty, x->band),
            slot = band < 0 ? -1 : tb_slot_find(p, duty, x->date, band, x->role),
            who = tb_find_provider(d->region, now->providers[x->provider].id);
        if (slot >= 0 && who >= 0 && p->slots[slot].planned)
            v[(*n)++] = (struct tb_pinned){slot, who, TB_PIN_FORBID};
    }
    return v;
}

void app_after_publication(struct tb_app_draft *d)
{
    int n;
    struct tb_problem *p = d->problem;
    struct tb_pinned *v = app_pins_after(d, &n);
    p->pins = tb_arena_alloc(&p->arena, ((size_t)n + 1) * sizeof *v);
    if (n) memcpy(p->pins, v, (size_t)n * sizeof *v);
    p->n_pins = n;
    free(v);
    if (!d->verdict) return;
    tb_verdict_free(d->verdict);
    tb_check(p, &d->roster, &d->verdict);
}

/* ---- of a seat that is planned anew --------------------------------------------------------------- */

/* Whatever else is planned: does this one alone break a hard rule? The rule is told. */
static bool cannot_serve(const struct tb_problem *p, const struct tb_pinned *pin, struct tb_buf *why)
{
    struct tb_problem bare = *p;
    struct tb_assignment one = {pin->slot, 1, pin->provider};
    struct tb_roster with = {&one, 1}, none = {&one, 0};
    struct tb_verdict *then, *now;
    bool broken = false;
    bare.pins = tb_xcalloc((size_t)p->n_pins + 1, sizeof *bare.pins);
    bare.n_pins = 0;
    for (int i = 0; i < p->n_pins; i++)
        if (p->pins[i].action == TB_PIN_FORBID) bare.pins[bare.n_pins++] = p->pins[i];
    tb_check(&bare, &none, &now);
    tb_check(&bare, &with, &then);
    for (int i = 0; i < then->n_hard && !broken; i++) {
        broken = !tb_violation_in(&then->violations[i], now);
        if (broken) tb_violation_text(p, &then->violations[i], why);
    }
    tb_verdict_free(now);
    tb_verdict_free(then);
    free(bare.pins);
    return broken;
}

static bool was_kept(const struct tb_stint *v, size_t n, const struct tb_slot *s, const struct tb_pinned *pin)
{
    for (size_t i = 0; i < n; i++) {
        const struct tb_seat_row *x = &v[i].seat;
        if (x->provider == pin->provider && tb_slot_is(s, x)) return true;
    }
    return false;
}

enum tb_code app_pins_yield(tb_store *s, struct tb_problem *p, struct tb_notes *notes, struct tb_err *e)
{
    struct tb_stint *stints;
    size_t n;
    int kept = 0, pins = 0;
    for (int i = 0; i < p->n_pins; i++) pins += p->pins[i].action == TB_PIN_PIN;
    if (!pins) return TB_OK;
    enum tb_code c = tb_store_stints(s, p->region, 0, &stints, &n, e);
    if (c) return c;
    for (int i = 0; i < p->n_pins; i++) {
        const struct tb_pinned *pin = &p->pins[i];
        const struct tb_slot *slot = &p->slots[pin->slot];
        struct tb_buf why = {0};
        char date[64];
        if (pin->action == TB_PIN_PIN && was_kept(stints, n, slot, pin) && cannot_serve(p, pin, &why))
            tb_notes_add(
                notes,
                tb_t("%s %s の %s の固定は公表済みの席のもので、もう守れません（%s）。外して計画します",
                     "the pin of %3$s in %1$s, %2$s is of a published seat and cannot be kept any "
                     "more (%4$s): it is left out of this plan"),
                p->region->duties[slot->duty].id, tb_format_date(slot->date, date, sizeof date),
                p->region->providers[pin->provider].id, tb_buf_str(&why));
        else
            p->pins[kept++] = *pin;
        tb_buf_free(&why);
    }
    p->n_pins = kept;
    free(stints);
    return TB_OK;
}
