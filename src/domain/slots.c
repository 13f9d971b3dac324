/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The duty calendar: which seats exist; who belongs to a pool on a date.
 */
#include <stdlib.h>
#include <string.h>

#include "domain_int.h"
#include "toban/domain/dated.h"

static bool overridden(const struct tb_region *r, int duty, tb_day d)
{
    for (int i = 0; i < r->n_overrides && r->overrides[i].date <= d; i++)
        if (r->overrides[i].date == d && r->overrides[i].duty == duty) return true;
    return false;
}

/* Seats of a band and role on a day of those classes, as the region is on it: the matching row of the highest
 * rank. */
static int seats_on(const struct tb_region *r, const struct tb_band *b, int role, uint64_t classes)
{
    int best = -1, count = 0;
    for (int i = 0; i < r->n_seats; i++) {
        const struct tb_seat *s = &r->seats[i];
        if (s->duty != b->duty || s->role != role || strcmp(s->band, b->id) != 0) continue;
        if (!(classes >> s->when & 1) || s->rank <= best) continue;
        best = s->rank;
        count = s->count;
    }
    return count;
}

static struct tb_slot make_slot(const struct tb_region *r, int band, int role, tb_day date, uint64_t classes,
                                int need)
{
    const struct tb_band *b = &r->bands[band];
    struct tb_slot s = {.duty = b->duty,
                        .band = band,
                        .role = role,
                        .date = date,
                        .need = need,
                        .n_intervals = b->from2 >= 0 ? 2 : 1,
                        .classes = classes,
                        .planned = false};
    s.interval[0] = (struct tb_interval){tb_minute_of(date, b->from), tb_minute_of(date, b->to)};
    s.reception[0] = tb_minute_of(date, b->reception >= 0 ? b->reception : b->to);
    if (s.n_intervals == 2) {
        s.interval[1] = (struct tb_interval){tb_minute_of(date, b->from2), tb_minute_of(date, b->to2)};
        s.reception[1] = tb_minute_of(date, b->reception2 >= 0 ? b->reception2 : b->to2);
    }
    return s;
}

struct tb_slot tb_slot_make(const struct tb_region *r, int band, int role, tb_day date, int need)
{
    return make_slot(tb_region_on(r, date), band, role, date, tb_day_classes(r, r->bands[band].duty, date),
                     need);
}

int tb_slots_of(const struct tb_region *r, const int *duties, int n_duties, tb_day from, tb_day to,
                struct tb_arena *a, struct tb_slot **out)
{
    struct tb_slot *slots = NULL;
    size_t count = 0, cap = 0;
    for (tb_day d = from; d <= to; d++) {
        const struct tb_region *on = tb_region_on(r, d);
        uint64_t all = tb_day_classes(r, -1, d);
        for (int i = 0; i < n_duties; i++) {
            uint64_t classes = overridden(r, duties[i], d) ? tb_day_classes(r, duties[i], d) : all;
            for (int b = 0; b < on->n_bands; b++) {
                if (on->bands[b].duty != duties[i] || !(classes >> on->bands[b].when & 1)) continue;
                for (int role = TB_PRIMARY; role <= TB_RESERVE; role++) {
                    int need = seats_on(on, &on->bands[b], role, classes);
                    if (need > 0) *TB_PUSH(slots, count, cap) = make_slot(on, b, role, d, classes, need);
                }
            }
        }
    }
    *out = tb_arena_alloc(a, (count ? count : 1) * sizeof *slots);
    if (count) memcpy(*out, slots, count * sizeof *slots);
    free(slots);
    return (int)count;
}

/* ---- pools ---------------------------------------------------------------------------------- */

bool tb_in_force(tb_day since, tb_day until, tb_day d)
{
    return (since == TB_DAY_NONE || d >= since) && (until == TB_DAY_NONE || d < until);
}

/* The first row that is not before the duty and provider: they stand in that order. */
static int member_at(const struct tb_region *r, int duty, int provider)
{
    int lo = 0, hi = r->n_members;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        const struct tb_member *m = &r->members[mid];
        if (m->duty < duty || (m->duty == duty && m->provider < provider))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

int tb_first_member(const struct tb_region *r, int duty) { return member_at(r, duty, -1); }

bool tb_member_row_on(const struct tb_region *r, int row, tb_day date)
{
    const struct tb_member *m = &r->members[row];
    const struct tb_provider *p = &r->providers[m->provider];
    return tb_in_force(m->since, m->until, date) && tb_in_force(p->joined, p->left, date);
}

int tb_member_on(const struct tb_region *r, int duty, int provider, tb_day date)
{
    int row = member_at(r, duty, provider);
    if (row == r->n_members || r->members[row].duty != duty || r->members[row].provider != provider)
        return -1;
    return tb_member_row_on(r, row, date) ? row : -1;
}

static bool holds_day(const struct tb_exemption *x, tb_day d)
{
    return d >= x->from && d <= x->to && (!x->weekdays || (x->weekdays >> tb_weekday(d) & 1));
}

/* Does an interval hold a minute of a day of the exemption? */
static bool reaches(const struct tb_slot *s, const struct tb_exemption *x)
{
    for (int k = 0; k < s->n_intervals; k++)
        for (tb_day d = tb_day_of_minute(s->interval[k].from); d <= tb_day_of_minute(s->interval[k].to - 1);
             d++)
            if (holds_day(x, d)) return true;
    return false;
}

bool tb_exempt_from(const struct tb_region *r, const struct tb_slot *s, int provider, bool *accrues)
{
    bool exempt = false, goes_on = true;
    TB_ASSERT(s->n_intervals > 0);
    for (int i = 0; i < r->n_exemptions; i++) {
        const struct tb_exemption *x = &r->exemptions[i];
        if (x->provider != provider || (x->duty >= 0 && x->duty != s->duty) || !reaches(s, x)) continue;
        exempt = true;
        goes_on = goes_on && (x->accrues || (x->weekdays && r->duties[s->duty].absence == TB_ABSENCE_OWED));
    }
    if (accrues) *accrues = exempt && goes_on;
    return exempt;
}

struct tb_slot tb_slot_day(int duty, tb_day date)
{
    return (struct tb_slot){.duty = duty,
                            .date = date,
                            .need = 1,
                            .n_intervals = 1,
                            .interval = {{tb_minute_of(date, 0), tb_minute_of(date + 1, 0)}}};
}

bool tb_exempt_on(const struct tb_region *r, int duty, int provider, tb_day date, bool *accrues)
{
    struct tb_slot day = tb_slot_day(duty, date);
    return tb_exempt_from(r, &day, provider, accrues);
}

bool tb_wish_hours(const struct tb_region *r, const struct tb_wish *w, struct tb_interval *out)
{
    tb_day last = w->to == TB_DAY_NONE ? w->from : w->to;
    if ((w->type != TB_WISH_CANNOT && w->type != TB_WISH_RATHER_NOT) || w->from == TB_DAY_NONE) return false;
    if (w->ends < 0 && r->surveys[w->survey].days != TB_DAYS_CLOCK) return false;
    *out = (struct tb_interval){tb_minute_of(w->from, 0),
                                tb_minute_of(last, w->ends < 0 ? TB_MINUTES_PER_DAY : w->ends)};
    return true;
}

bool tb_link_on(const struct tb_link *l, tb_day date) { return tb_in_force(l->since, l->until, date); }
