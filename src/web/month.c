/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draft laid out: which seats there are, who sits where, and what each cell has to say.
 */
#include <stdlib.h>
#include <string.h>

#include "month.h"

static int by_place(const void *a, const void *b)
{
    const struct web_column *x = a, *y = b;
    if (x->duty != y->duty) return x->duty - y->duty;
    if (x->band != y->band) return x->band - y->band;
    if (x->role != y->role) return x->role - y->role;
    return x->seat - y->seat;
}

/* A column for each seat that any day of the draft has. */
static void columns(struct web_month *m)
{
    const struct tb_problem *p = m->d->problem;
    struct web_column *v = NULL;
    size_t n = 0, cap = 0;
    for (int i = 0; i < p->n_slots; i++) {
        const struct tb_slot *s = &p->slots[i];
        for (int seat = 1; s->planned && seat <= s->need; seat++) {
            struct web_column x = {s->duty, s->band, s->role, seat};
            bool known = false;
            for (size_t k = 0; k < n && !known; k++) known = by_place(&v[k], &x) == 0;
            if (!known) *TB_PUSH(v, n, cap) = x;
        }
    }
    if (n) qsort(v, n, sizeof *v, by_place);
    m->columns = tb_arena_alloc(&m->arena, (n + 1) * sizeof *v);
    if (n) memcpy(m->columns, v, n * sizeof *v);
    m->n_columns = (int)n;
    free(v);
}

static struct web_cell *cell_of(struct web_month *m, int slot, int seat)
{
    const struct tb_slot *s = &m->d->problem->slots[slot];
    struct web_column x = {s->duty, s->band, s->role, seat};
    if (s->date < m->from || s->date > m->to) return NULL;
    for (int i = 0; i < m->n_columns; i++)
        if (by_place(&m->columns[i], &x) == 0) return &m->cells[(s->date - m->from) * m->n_columns + i];
    return NULL;
}

static void say(struct web_month *m, int slot, int provider, unsigned what)
{
    const struct tb_slot *s = &m->d->problem->slots[slot];
    for (int seat = 1; s->planned && seat <= s->need; seat++) {
        struct web_cell *x = cell_of(m, slot, seat);
        if (x && (provider < 0 || x->provider == provider)) x->says |= what;
    }
}

/* A breach of a span of days shows at every seat that he has in it. */
static void say_span(struct web_month *m, const struct tb_violation *v, unsigned what)
{
    const struct tb_problem *p = m->d->problem;
    for (int i = 0; i < m->d->roster.n; i++) {
        const struct tb_assignment *a = &m->d->roster.a[i];
        if (a->provider == v->provider && p->slots[a->slot].date >= v->from &&
            p->slots[a->slot].date <= v->to)
            say(m, a->slot, a->provider, what);
    }
}

static void violations(struct web_month *m)
{
    const struct tb_verdict *verdict = m->d->verdict;
    for (int i = 0; i < verdict->n_violations; i++) {
        const struct tb_violation *v = &verdict->violations[i];
        bool consent = v->hard && tb_app_consent(m->d, v);
        unsigned what = consent                            ? WEB_CONSENT
                        : v->hard                          ? WEB_BREACH
                        : strncmp(v->rule, "wish", 4) == 0 ? WEB_WISH
                                                           : WEB_SOFT;
        m->hard += v->hard && !consent;
        m->consents += consent;
        m->soft += !v->hard;
        if (v->slots[0] < 0 && v->provider >= 0) say_span(m, v, what);
        for (int k = 0; k < 2; k++)
            if (v->slots[k] >= 0)
                say(m, v->slots[k], v->provider,
                    k == 0 && what == WEB_BREACH && v->slots[1] >= 0 ? WEB_BREACH_OTHER : what);
    }
}

/* Of the region as it is now: a pin is looked up by names, the draft has its own region. */
static void pins(struct web_month *m)
{
    const struct tb_region *now = m->d->today ? m->d->today : m->d->region, *r = m->d->region;
    for (int i = 0; i < now->n_pins; i++) {
        const struct tb_pin *x = &now->pins[i];
        int duty = tb_find_duty(r, now->duties[x->duty].id),
            band = duty < 0 ? -1 : tb_find_band(r, duty, x->band),
            slot = band < 0 ? -1 : tb_slot_find(m->d->problem, duty, x->date, band, x->role),
            who = tb_find_provider(r, now->providers[x->provider].id);
        if (x->action == TB_PIN_PIN && slot >= 0 && who >= 0) say(m, slot, who, WEB_PINNED);
    }
}

void web_month_of(const struct tb_app_draft *d, tb_day from, tb_day to, struct web_month *m)
{
    const struct tb_problem *p = d->problem;
    *m = (struct web_month){.d = d, .from = from, .to = to, .open = d->verdict->open_seats};
    columns(m);
    size_t n = (size_t)(to - from + 1) * (size_t)(m->n_columns + 1);
    m->cells = tb_arena_alloc(&m->arena, n * sizeof *m->cells);
    for (size_t i = 0; i < n; i++) m->cells[i] = (struct web_cell){.slot = -1, .provider = -1};
    for (int i = 0; i < p->n_slots; i++)
        for (int seat = 1; p->slots[i].planned && seat <= p->slots[i].need; seat++) {
            struct web_cell *x = cell_of(m, i, seat);
            if (x) x->slot = i;
        }
    for (int i = 0; i < d->roster.n; i++) {
        struct web_cell *x = cell_of(m, d->roster.a[i].slot, d->roster.a[i].seat);
        if (x) x->provider = d->roster.a[i].provider;
    }
    violations(m);
    pins(m);
}

void web_month_free(struct web_month *m) { tb_arena_free(&m->arena); }

const struct web_cell *web_cell(const struct web_month *m, tb_day date, int column)
{
    return &m->cells[(date - m->from) * m->n_columns + column];
}
