/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gen_labour: hours of work of one provider, here and elsewhere: rest within a day (labour.rest), hours in a
 * year (limit.hours).
 */
#include "gen.h"

#include <stdlib.h>
#include <string.h>

enum {
    HOUR = 60,
    TWO_AT_NIGHT = 2 * HOUR,
    FIRST_TRAINEE = 4 /* C-1, for whom there is no rest after a night instead */
};

/* ---- labour.rest --------------------------------------------------------------------------------- */

struct stint {
    tb_minute from, to;
    bool mine; /* a seat that is asked about */
};

struct shift {
    struct stint *v; /* by from */
    size_t n, cap;
};

static void insert(struct shift *s, struct stint x)
{
    *TB_PUSH(s->v, s->n, s->cap) = x;
    for (size_t i = s->n - 1; i > 0 && s->v[i - 1].from > s->v[i].from; i--) {
        struct stint y = s->v[i];
        s->v[i] = s->v[i - 1];
        s->v[i - 1] = y;
    }
}

static struct stint stint_of(const struct tb_slot *s, bool mine)
{
    return (struct stint){tb_slot_start(s), tb_slot_end(s), mine};
}

/* What the provider at hand has to do already. */
static struct shift bound_work(const struct tb_gen_ctx *c)
{
    struct shift s = {0};
    int who = c->kin[c->who];
    for (int i = c->external_first[who]; i < c->external_first[who + 1]; i++) {
        const struct tb_external *x = &c->r->externals[c->external[i]];
        if (x->provider == c->who && !x->permit) insert(&s, (struct stint){x->from, x->to, false});
    }
    for (size_t i = 0; i < c->n_sel; i++)
        if (c->sel[i].cand < 0) insert(&s, stint_of(&c->p->slots[c->sel[i].slot], false));
    return s;
}

/* From a start on, work goes on until a rest of so many hours: is it over after `most` hours? */
static bool over_in_time(const struct shift *s, size_t start, int rest, int most)
{
    tb_minute end = s->v[start].from;
    for (size_t i = start; i < s->n && (i == start || s->v[i].from < end + rest * HOUR); i++)
        if (s->v[i].to > end) end = s->v[i].to;
    return end <= s->v[start].from + most * HOUR;
}

/* Does he work until two at night or longer, in one stint, before he rests? */
static bool through_the_night(const struct shift *s, size_t start, int rest)
{
    tb_minute end = s->v[start].to;
    for (size_t i = start; i < s->n && (i == start || s->v[i].from < end + rest * HOUR); i++) {
        tb_day day = tb_day_of_minute(s->v[i].from - TWO_AT_NIGHT);
        if (s->v[i].to >= tb_minute_of(day + 1, TWO_AT_NIGHT)) return true;
        if (s->v[i].to > end) end = s->v[i].to;
    }
    return false;
}

/* With the seats (two may be the same) laid among the work: a start after a rest that is followed by too long
 * a span, one of them within reach of it. */
static bool too_long(const struct tb_gen_ctx *c, const struct tb_rule_args *a, const struct shift *work,
                     int slot, int other)
{
    struct shift s = {.v = tb_xcalloc(work->n + 2, sizeof *s.v), .n = work->n, .cap = work->n + 2};
    if (work->n) memcpy(s.v, work->v, work->n * sizeof *s.v);
    insert(&s, stint_of(&c->p->slots[slot], true));
    if (other != slot) insert(&s, stint_of(&c->p->slots[other], true));
    bool night = c->r->providers[c->who].labour != FIRST_TRAINEE, broken = false;
    tb_minute worked_until = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool start = i == 0 || s.v[i].from >= worked_until + a->rest * HOUR;
        if (i == 0 || s.v[i].to > worked_until) worked_until = s.v[i].to;
        if (!start || over_in_time(&s, i, a->rest, a->span) ||
            (night && through_the_night(&s, i, a->rest) && over_in_time(&s, i, a->night_rest, a->night_span)))
            continue;
        for (size_t k = i; k < s.n; k++)
            broken |= s.v[k].mine && s.v[k].from - s.v[i].from < (a->night_rest + a->night_span) * HOUR;
    }
    free(s.v);
    return broken;
}

static void labour_rest_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    struct shift work = bound_work(c);
    bool *out = tb_xcalloc(c->n_sel + 1, sizeof *out);
    for (size_t i = 0; i < c->n_sel; i++) {
        int x = c->sel[i].cand;
        out[i] = x < 0 || too_long(c, a, &work, c->sel[i].slot, c->sel[i].slot);
        if (x >= 0 && out[i] && price < 0)
            c->dead[x] = true;
        else if (x >= 0 && out[i])
            tb_gen_charge(c, x, TB_GEN_FEE_LABOUR, price);
    }
    tb_day reach = (a->night_rest + a->night_span) / 24 + 3;
    for (size_t i = 0; i < c->n_sel; i++)
        for (size_t k = i + 1;
             k < c->n_sel && c->p->slots[c->sel[k].slot].date - c->p->slots[c->sel[i].slot].date <= reach;
             k++) {
            int two[2] = {c->sel[i].cand, c->sel[k].cand};
            if (out[i] || out[k] || c->sel[i].slot == c->sel[k].slot ||
                !too_long(c, a, &work, c->sel[i].slot, c->sel[k].slot))
                continue;
            tb_gen_add_row(c->g, price < 0 ? &c->g->hard[TB_GEN_LABOUR] : &c->g->soft[TB_GEN_LABOUR], two, 2,
                           1, price, -1);
        }
    free(out);
    free(work.v);
}

void tb_gen_labour_rest(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_provider(c, a, price, false, labour_rest_of);
}

/* ---- limit.hours --------------------------------------------------------------------------------- */

int tb_gen_slot_minutes(const struct tb_slot *s)
{
    tb_minute n = 0;
    for (int i = 0; i < s->n_intervals; i++) n += s->interval[i].to - s->interval[i].from;
    return (int)n;
}

/* Minutes from `from` to `to` that are settled: bound seats, and work elsewhere that begins then. */
static int64_t settled(const struct tb_gen_ctx *c, tb_day from, tb_day to)
{
    int64_t n = 0;
    int who = c->kin[c->who];
    for (size_t i = 0; i < c->n_sel; i++) {
        const struct tb_slot *s = &c->p->slots[c->sel[i].slot];
        if (c->sel[i].cand < 0 && s->date >= from && s->date <= to) n += tb_gen_slot_minutes(s);
    }
    for (int i = c->external_first[who]; i < c->external_first[who + 1]; i++) {
        const struct tb_external *x = &c->r->externals[c->external[i]];
        tb_day day = tb_day_of_minute(x->from);
        if (x->provider == c->who && !x->permit && day >= from && day <= to) n += x->to - x->from;
    }
    return n;
}

static void hours_unit(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price, tb_day from,
                       tb_day to)
{
    struct tb_gen *g = c->g;
    int64_t room = (int64_t)a->max * HOUR - settled(c, from, to), most = 0;
    (void)tb_gen_gather(c, from, to, -1);
    for (size_t i = 0; i < c->n_list; i++)
        most += tb_gen_slot_minutes(&c->p->slots[g->cand[c->list[i]].slot]);
    if (most <= room) return;
    if (price >= 0 && c->n_list == 0) {
        if (tb_gen_touched(c, from, to, -1)) g->fixed += price * ((-room + HOUR - 1) / HOUR);
        return;
    }
    size_t kept = 0;
    for (size_t i = 0; i < c->n_list; i++) {
        if (price < 0 && tb_gen_slot_minutes(&c->p->slots[g->cand[c->list[i]].slot]) > room)
            c->dead[c->list[i]] = true;
        else
            c->list[kept++] = c->list[i];
    }
    if (kept)
        tb_gen_add_row(g, price < 0 ? &g->hours_hard : &g->hours_soft, c->list, kept, (int)room, price, -1);
}

static void limit_hours_of(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_day from, to;
    for (tb_day d = c->p->from; d <= c->p->to; d = to + 1) {
        tb_gen_unit_range(c->p, a->unit, d, &from, &to);
        hours_unit(c, a, price, from, to);
    }
}

void tb_gen_limit_hours(struct tb_gen_ctx *c, const struct tb_rule_args *a, int64_t price)
{
    tb_gen_each_provider(c, a, price, true, limit_hours_of);
}
