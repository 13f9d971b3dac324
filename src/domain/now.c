/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is published, with what was entered since.
 */
#include "toban/domain/now.h"

#include <stdlib.h>

#include "toban/domain/dated.h"

/* ---- what was entered ------------------------------------------------------------------------------ */

static bool about(const struct tb_incident *x, int duty, int who)
{
    return who >= 0 && x->provider == who && (x->duty < 0 || x->duty == duty);
}

/* The weightiest first. */
static const enum tb_incident_kind weight[] = {TB_INCIDENT_CLOSED,  TB_INCIDENT_SUBSTITUTE, TB_INCIDENT_LATE,
                                               TB_INCIDENT_LIMITED, TB_INCIDENT_PHONE,      TB_INCIDENT_NOTE,
                                               TB_INCIDENT_EXTRA,   TB_INCIDENT_CONFIRMED};

/* Of any of the three: who sits there, where, and who is named for it. */
static void changes_of(const struct tb_now_span *s, int duty, const int who[3], struct tb_now_changes *out)
{
    for (int i = 0; i < s->n; i++)
        for (int k = 0; k < 3; k++)
            if (tb_incident_acts(&s->v[i], s->from, s->to) && about(&s->v[i], duty, who[k]))
                out->of[s->v[i].kind] = &s->v[i];
    for (size_t k = 0; k < TB_COUNT(weight) && !out->mark; k++) out->mark = out->of[weight[k]];
    out->unconfirmed =
        tb_disaster_at(s->v, s->n, s->to - 1) != NULL && out->of[TB_INCIDENT_CONFIRMED] == NULL;
}

/* The substitute stands where the replaced one stood: holder, named doctor or door. */
static void put_substitute(const struct tb_region *r, struct tb_now_seat *x)
{
    const struct tb_incident *c = x->changes.of[TB_INCIDENT_SUBSTITUTE];
    if (!c || c->other < 0) return;
    if (c->provider == x->person)
        x->person = c->other;
    else {
        if (c->provider == x->provider) x->provider = c->other;
        if (c->provider == x->place) x->place = c->other;
        x->person = -1;
    }
    x->instead = c->provider;
    if (x->place >= 0) x->phone = r->providers[x->place].phone;
}

void tb_now_enter(const struct tb_region *r, const struct tb_now_span *s, struct tb_now_seat *x)
{
    changes_of(s, x->duty, (const int[3]){x->provider, x->place, x->person}, &x->changes);
    put_substitute(r, x);
    if (x->instead >= 0) /* what was entered of the substitute, and of the door that has not changed */
        changes_of(s, x->duty, (const int[3]){x->provider, x->place, x->person}, &x->changes);
    if (x->changes.of[TB_INCIDENT_PHONE]) x->phone = x->changes.of[TB_INCIDENT_PHONE]->phone;
    const struct tb_incident *closed = x->changes.of[TB_INCIDENT_CLOSED];
    x->closed = closed && !(x->instead >= 0 && closed->provider == x->instead);
}

void tb_now_seat_of(const struct tb_board *b, int assignment, const struct tb_open_seat *open, int interval,
                    const struct tb_now_span *s, struct tb_now_seat *out)
{
    const struct tb_slot *slot = &b->slots[open ? open->slot : b->a[assignment].slot];
    const struct tb_region *r = tb_board_region(b, slot->date);
    int site = r->duties[slot->duty].site, holder = open ? -1 : b->a[assignment].provider;
    *out = (struct tb_now_seat){.assignment = assignment,
                                .interval = interval,
                                .open = open,
                                .slot = slot,
                                .duty = slot->duty,
                                .provider = holder,
                                .person = open ? -1 : b->person[assignment],
                                .instead = -1,
                                .place = site >= 0 ? site : holder,
                                .from = slot->interval[interval].from,
                                .reception = slot->reception[interval],
                                .until = slot->interval[interval].to};
    out->phone = out->place >= 0 ? r->providers[out->place].phone : "";
    tb_now_enter(r, s, out);
}

/* ---- a minute -------------------------------------------------------------------------------------- */

struct filling {
    struct tb_now *out;
    struct tb_now_span span;
};

static void fill_seat(void *arg, int assignment, const struct tb_open_seat *open)
{
    struct filling *x = arg;
    struct tb_now *out = x->out;
    const struct tb_slot *s = &out->board->slots[open ? open->slot : out->board->a[assignment].slot];
    for (int k = 0; k < s->n_intervals; k++)
        if (s->interval[k].from <= out->at && out->at < s->interval[k].to)
            tb_now_seat_of(out->board, assignment, open, k, &x->span, TB_PUSH(out->v, out->n, out->cap));
}

static void add_extra(struct tb_now *out, const struct tb_region *r, const struct tb_incident *x,
                      const struct tb_now_span *s)
{
    struct tb_now_seat *seat = TB_PUSH(out->v, out->n, out->cap);
    *seat = (struct tb_now_seat){.assignment = -1,
                                 .duty = x->duty,
                                 .provider = x->provider,
                                 .person = -1,
                                 .instead = -1,
                                 .place = x->provider,
                                 .phone = r->providers[x->provider].phone,
                                 .from = x->from,
                                 .reception = x->until - 1,
                                 .until = x->until};
    changes_of(s, x->duty, (const int[3]){x->provider, -1, -1}, &seat->changes);
    if (seat->changes.of[TB_INCIDENT_PHONE]) seat->phone = seat->changes.of[TB_INCIDENT_PHONE]->phone;
    seat->closed = seat->changes.of[TB_INCIDENT_CLOSED] != NULL;
}

void tb_now_of(const struct tb_board *b, tb_minute at, const struct tb_incident *v, int n, struct tb_now *out)
{
    *out = (struct tb_now){.board = b, .at = at, .disaster = tb_disaster_at(v, n, at)};
    out->ended = out->disaster && out->disaster->until <= at;
    struct filling x = {out, {at, at + 1, v, n}};
    tb_board_walk(b, fill_seat, &x);
    const struct tb_region *r = tb_board_region(b, tb_day_of_minute(at));
    for (int i = 0; i < n; i++)
        if (v[i].kind == TB_INCIDENT_EXTRA && tb_incident_acts(&v[i], at, at + 1) && v[i].provider >= 0 &&
            v[i].duty >= 0)
            add_extra(out, r, &v[i], &x.span);
}

void tb_now_free(struct tb_now *x)
{
    free(x->v);
    *x = (struct tb_now){0};
}
