/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Boards: published rows become slots and seats.
 */
#include <stdlib.h>
#include <string.h>

#include "domain_int.h"
#include "toban/domain/board.h"
#include "toban/domain/dated.h"

static void drop_views(struct tb_board *b)
{
    for (int i = 0; i < b->n_views; i++)
        if (b->views[i].region != b->region) tb_region_free(b->views[i].region);
    free(b->views);
    b->views = NULL;
    b->n_views = 0;
}

void tb_board_free(struct tb_board *b)
{
    if (!b) return;
    drop_views(b);
    tb_arena_free(&b->arena);
    tb_incident_list_free(&b->entered_rows);
    free(b);
}

const struct tb_region *tb_board_region(const struct tb_board *b, tb_day day)
{
    if (!b->n_views) return tb_region_on(b->region, day);
    int i = b->n_views - 1;
    while (i > 0 && b->views[i].since > day) i--;
    return b->views[i].region;
}

static int compare_slots(const void *p, const void *q)
{
    const struct tb_slot *a = p, *b = q;
    if (a->date != b->date) return a->date < b->date ? -1 : 1;
    if (a->duty != b->duty) return a->duty < b->duty ? -1 : 1;
    if (a->band != b->band) return a->band < b->band ? -1 : 1;
    return (a->role > b->role) - (a->role < b->role);
}

static int compare_rows(const void *p, const void *q)
{
    const struct tb_seat_row *a = &((const struct tb_board_row *)p)->seat,
                             *b = &((const struct tb_board_row *)q)->seat;
    if (a->date != b->date) return a->date < b->date ? -1 : 1;
    if (a->duty != b->duty) return a->duty < b->duty ? -1 : 1;
    if (a->band != b->band) return a->band < b->band ? -1 : 1;
    if (a->role != b->role) return a->role < b->role ? -1 : 1;
    return (a->seat > b->seat) - (a->seat < b->seat);
}

bool tb_cover_has(const struct tb_cover *v, size_t n, int duty, tb_day date)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].duty == duty && v[i].from <= date && date <= v[i].to) return true;
    return false;
}

static void find_open(struct tb_board *b)
{
    struct tb_open_seat *v = NULL;
    size_t n = 0, cap = 0;
    for (int k = 0; k < b->n_slots; k++) {
        int first, seated = tb_board_seats(b, k, &first);
        for (int seat = 1, i = first; seat <= b->slots[k].need; seat++) {
            if (i < first + seated && b->a[i].seat == seat)
                i++;
            else
                *TB_PUSH(v, n, cap) = (struct tb_open_seat){.slot = k, .seat = seat};
        }
    }
    b->open = tb_arena_alloc(&b->arena, (n + 1) * sizeof *b->open);
    if (n) memcpy(b->open, v, n * sizeof *v);
    b->n_open = (int)n;
    free(v);
}

/* The slots of the duties' calendar, each day by the region of that day. */
static int calendar_of(struct tb_board *b, struct tb_slot **out)
{
    struct tb_slot *all = NULL;
    size_t n = 0, cap = 0;
    for (tb_day d = b->from, to; d <= b->to; d = to + 1) {
        const struct tb_region *r = tb_board_region(b, d);
        struct tb_slot *some;
        for (to = d; to < b->to && tb_board_region(b, to + 1) == r;) to++;
        int count = tb_slots_of(r, b->duties, b->n_duties, d, to, &b->arena, &some);
        for (int i = 0; i < count; i++) *TB_PUSH(all, n, cap) = some[i];
    }
    *out = tb_arena_alloc(&b->arena, (n + 1) * sizeof *all);
    if (n) memcpy(*out, all, n * sizeof *all);
    free(all);
    return (int)n;
}

struct tb_board *tb_board_new(const struct tb_region *r, tb_day from, tb_day to,
                              const struct tb_board_row *rows, size_t n_rows, const struct tb_cover *covers,
                              size_t n_covers)
{
    return tb_board_of_views(&(struct tb_board_views){.home = r}, from, to, rows, n_rows, covers, n_covers);
}

struct tb_board *tb_board_of_views(const struct tb_board_views *views, tb_day from, tb_day to,
                                   const struct tb_board_row *rows, size_t n_rows,
                                   const struct tb_cover *covers, size_t n_covers)
{
    struct tb_board *b = tb_xcalloc(1, sizeof *b);
    const struct tb_region *r = views->home;
    b->region = r;
    b->views = views->v;
    b->n_views = views->n;
    b->from = from;
    b->today = TB_DAY_NONE;
    b->to = to;
    b->duties = tb_arena_alloc(&b->arena, sizeof(int) * (size_t)(r->n_duties ? r->n_duties : 1));
    for (int d = 0; d < r->n_duties; d++)
        for (size_t i = 0; i < n_covers; i++)
            if (covers[i].duty == d && covers[i].from <= to && covers[i].to >= from) {
                b->duties[b->n_duties++] = d;
                break;
            }
    struct tb_board_row *mine = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < n_rows; i++)
        if (rows[i].seat.date >= from && rows[i].seat.date <= to) *TB_PUSH(mine, n, cap) = rows[i];
    if (n) qsort(mine, n, sizeof *mine, compare_rows);

    /* Slots of the calendar where a roster covers the day, and slots that have seats although the calendar
     * changed since. */
    struct tb_slot *calendar, *all = NULL;
    size_t count = 0, slot_cap = 0;
    int n_calendar;
    n_calendar = calendar_of(b, &calendar);
    for (int i = 0; i < n_calendar; i++)
        if (tb_cover_has(covers, n_covers, calendar[i].duty, calendar[i].date))
            *TB_PUSH(all, count, slot_cap) = calendar[i];
    size_t regular = count;
    for (size_t i = 0, k; i < n; i = k) {
        const struct tb_seat_row *s = &mine[i].seat;
        for (k = i; k < n && mine[k].seat.date == s->date && mine[k].seat.duty == s->duty &&
                    mine[k].seat.band == s->band && mine[k].seat.role == s->role;
             k++) {}
        struct tb_slot key = {.duty = s->duty, .date = s->date, .band = s->band, .role = s->role};
        struct tb_slot *have = regular ? bsearch(&key, all, regular, sizeof key, compare_slots) : NULL;
        int most = mine[k - 1].seat.seat;
        if (have && have->need < most) have->need = most;
        if (!have)
            *TB_PUSH(all, count, slot_cap) =
                tb_slot_make(tb_board_region(b, s->date), s->band, s->role, s->date, most);
    }
    if (count) qsort(all, count, sizeof *all, compare_slots);
    b->slots = tb_arena_alloc(&b->arena, (count ? count : 1) * sizeof *all);
    if (count) memcpy(b->slots, all, count * sizeof *all);
    b->n_slots = (int)count;
    free(all);

    size_t room = n ? n : 1;
    b->a = tb_arena_alloc(&b->arena, room * sizeof *b->a);
    b->changed = tb_arena_alloc(&b->arena, room * sizeof *b->changed);
    b->sequence = tb_arena_alloc(&b->arena, room * sizeof *b->sequence);
    b->publication_of = tb_arena_alloc(&b->arena, room * sizeof *b->publication_of);
    b->first_of = tb_arena_alloc(&b->arena, room * sizeof *b->first_of);
    b->person = tb_arena_alloc(&b->arena, room * sizeof *b->person);
    b->mark = tb_arena_alloc(&b->arena, room * sizeof *b->mark);
    for (size_t i = 0; i < n; i++) {
        const struct tb_seat_row *s = &mine[i].seat;
        struct tb_slot key = {.duty = s->duty, .date = s->date, .band = s->band, .role = s->role};
        const struct tb_slot *slot = bsearch(&key, b->slots, count, sizeof key, compare_slots);
        b->a[i] = (struct tb_assignment){(int)(slot - b->slots), s->seat, s->provider};
        b->changed[i] = mine[i].changed;
        b->sequence[i] = mine[i].sequence;
        b->publication_of[i] = mine[i].publication;
        b->first_of[i] = mine[i].first;
        b->person[i] = -1;
        b->mark[i] = 0;
    }
    b->n = (int)n;
    free(mine);
    find_open(b);
    return b;
}

void tb_board_add_vacant(struct tb_board *b, const struct tb_board_row *v, const bool *withdrawn, size_t n)
{
    int kept = 0;
    for (int i = 0; i < b->n_open; i++) {
        struct tb_open_seat o = b->open[i];
        const struct tb_slot *s = &b->slots[o.slot];
        bool gone = false;
        o.changed = b->published_at;
        o.publication = b->publication;
        o.first = 1;
        for (size_t k = 0; k < n; k++) {
            const struct tb_seat_row *x = &v[k].seat;
            if (x->date != s->date || x->duty != s->duty || x->band != s->band || x->role != s->role ||
                x->seat != o.seat)
                continue;
            gone = withdrawn[k];
            o.changed = v[k].changed;
            o.sequence = v[k].sequence;
            o.publication = v[k].publication;
            o.first = v[k].first;
        }
        if (!gone) b->open[kept++] = o;
    }
    b->n_open = kept;
}

void tb_board_walk(const struct tb_board *b, tb_board_each *each, void *arg)
{
    int i = 0, k = 0;
    while (i < b->n || k < b->n_open) {
        const struct tb_open_seat *o = k < b->n_open ? &b->open[k] : NULL;
        bool seated = !o || (i < b->n &&
                             (b->a[i].slot < o->slot || (b->a[i].slot == o->slot && b->a[i].seat < o->seat)));
        each(arg, seated ? i : -1, seated ? NULL : o);
        *(seated ? &i : &k) += 1;
    }
}

const struct tb_body *tb_open_call(const struct tb_region *r, const struct tb_slot *s)
{
    return &r->bodies[r->duties[s->duty].body];
}

int tb_board_seats(const struct tb_board *b, int slot, int *first)
{
    int lo = 0, hi = b->n;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        if (b->a[mid].slot < slot)
            lo = mid + 1;
        else
            hi = mid;
    }
    *first = lo;
    int n = 0;
    while (lo + n < b->n && b->a[lo + n].slot == slot) n++;
    return n;
}

static int compare_stint_slot(const struct tb_stint *s, const struct tb_slot *slot)
{
    struct tb_slot key = {
        .duty = s->seat.duty, .date = s->seat.date, .band = s->seat.band, .role = s->seat.role};
    return compare_slots(&key, slot);
}

void tb_board_add_stints(struct tb_board *b, const struct tb_stint *v, size_t n)
{
    struct tb_stint *mine = tb_arena_alloc(&b->arena, (n + 1) * sizeof *mine);
    if (n) memcpy(mine, v, n * sizeof *mine);
    b->own = tb_arena_alloc(&b->arena, (size_t)(b->n + 1) * sizeof *b->own);
    size_t first = 0;
    for (int i = 0; i < b->n; i++) {
        const struct tb_slot *slot = &b->slots[b->a[i].slot];
        while (first < n && compare_stint_slot(&mine[first], slot) < 0) first++;
        for (size_t k = first; k < n && compare_stint_slot(&mine[k], slot) == 0; k++)
            if (mine[k].seat.provider == b->a[i].provider && mine[k].in) b->own[i] = &mine[k];
        TB_ASSERT(b->own[i]);
    }
    b->gone = tb_arena_alloc(&b->arena, (n + 1) * sizeof *b->gone);
    for (size_t i = 0; i < n; i++)
        if (!mine[i].in)
            b->gone[b->n_gone++] =
                (struct tb_gone){tb_slot_make(tb_board_region(b, mine[i].seat.date), mine[i].seat.band,
                                              mine[i].seat.role, mine[i].seat.date, 1),
                                 mine[i]};
}

/* ---- another region ---------------------------------------------------------------------------------- */

static int band_there(const struct tb_region *from, const struct tb_region *to, int band)
{
    int duty = tb_find_duty(to, from->duties[from->bands[band].duty].id);
    return duty < 0 ? -1 : tb_find_band(to, duty, from->bands[band].id);
}

static int provider_there(const struct tb_region *from, const struct tb_region *to, int provider)
{
    return provider < 0 ? -1 : tb_find_provider(to, from->providers[provider].id);
}

static bool slot_moved(struct tb_slot *s, const struct tb_region *from, const struct tb_region *to)
{
    s->band = band_there(from, to, s->band);
    if (s->band < 0) return false;
    s->duty = to->bands[s->band].duty;
    s->classes = tb_day_classes(to, s->duty, s->date);
    return true;
}

void tb_board_move(struct tb_board *b, const struct tb_region *to)
{
    const struct tb_region *from = b->region;
    int *slot_now = tb_xcalloc((size_t)b->n_slots + 1, sizeof *slot_now), slots = 0, seats = 0, open = 0,
        duties = 0;
    for (int i = 0; i < b->n_slots; i++) {
        struct tb_slot s = b->slots[i];
        slot_now[i] = slot_moved(&s, from, to) ? slots : -1;
        if (slot_now[i] >= 0) b->slots[slots++] = s;
    }
    for (int i = 0; i < b->n; i++) {
        struct tb_assignment a = b->a[i];
        a.slot = slot_now[a.slot];
        a.provider = provider_there(from, to, a.provider);
        if (a.slot < 0 || a.provider < 0) continue;
        b->changed[seats] = b->changed[i];
        b->sequence[seats] = b->sequence[i];
        b->publication_of[seats] = b->publication_of[i];
        b->first_of[seats] = b->first_of[i];
        b->mark[seats] = b->mark[i];
        b->person[seats] = provider_there(from, to, b->person[i]);
        if (b->own) b->own[seats] = b->own[i];
        b->a[seats++] = a;
    }
    for (int i = 0; i < b->n_open; i++) {
        struct tb_open_seat o = b->open[i];
        o.slot = slot_now[o.slot];
        if (o.slot >= 0) b->open[open++] = o;
    }
    for (int i = 0; i < b->n_duties; i++) {
        int duty = tb_find_duty(to, from->duties[b->duties[i]].id);
        if (duty >= 0) b->duties[duties++] = duty;
    }
    TB_ASSERT(!b->n_gone);
    b->n_slots = slots;
    b->n = seats;
    b->n_open = open;
    b->n_duties = duties;
    b->n_touches = b->n_names = b->n_entered = b->n_in_force = 0;
    b->slot_entered = NULL;
    drop_views(b);
    b->region = to;
    free(slot_now);
}

int64_t tb_marks_second(const struct tb_mark *v, size_t n)
{
    int64_t at = 0;
    for (size_t i = 0; i < n; i++) {
        const int64_t second = (int64_t)v[i].at * 60;
        if (v[i].publication > 0) at = second > at ? second : at + 1;
    }
    return at;
}

/* ---- names of doctors ------------------------------------------------------------------------------ */

static void raise(int *sequence, tb_minute *changed, tb_minute at)
{
    ++*sequence;
    *changed = at > *changed ? at : *changed + 1;
}

/* Every event of the slot counts on, whoever it is about: a seat that goes from one group to another must not
 * fall back. */
void tb_board_add_names(struct tb_board *b, const struct tb_name_row *v, size_t n)
{
    struct tb_name_row *kept = tb_arena_alloc(&b->arena, (n + 1) * sizeof *kept);
    if (n) memcpy(kept, v, n * sizeof *kept);
    b->names = kept;
    b->n_names = (int)n;
    for (size_t k = 0; k < n; k++) {
        struct tb_slot key = {
            .duty = v[k].seat.duty, .date = v[k].seat.date, .band = v[k].seat.band, .role = v[k].seat.role};
        const struct tb_slot *slot =
            b->n_slots ? bsearch(&key, b->slots, (size_t)b->n_slots, sizeof key, compare_slots) : NULL;
        int first = 0, seated = slot ? tb_board_seats(b, (int)(slot - b->slots), &first) : 0;
        for (int i = first; i < first + seated; i++) {
            raise(&b->sequence[i], &b->changed[i], v[k].at);
            if (b->own) {
                struct tb_stint *own = tb_arena_alloc(&b->arena, sizeof *own);
                *own = *b->own[i];
                raise(&own->sequence, &own->changed, v[k].at);
                b->own[i] = own;
            }
            if (b->a[i].provider != v[k].seat.provider) continue;
            b->person[i] = v[k].person;
            b->mark[i] = v[k].mark;
        }
        for (int i = 0; i < b->n_gone; i++)
            if (tb_slot_is(&b->gone[i].slot, &v[k].seat))
                raise(&b->gone[i].stint.sequence, &b->gone[i].stint.changed, v[k].at);
    }
}

int tb_board_person(const struct tb_board *b, int slot, int provider)
{
    int first, n = tb_board_seats(b, slot, &first);
    for (int i = first; i < first + n; i++)
        if (b->a[i].provider == provider) return b->person[i];
    return -1;
}

/* ---- what was entered since ------------------------------------------------------------------------ */

/* Was anything entered for these hours? */
static bool hours_entered(const struct tb_board *b, const struct tb_slot *s)
{
    if (b->n_entered == 0) return false;
    if (b->slot_entered != NULL && s >= b->slots && s < b->slots + b->n_slots)
        return b->slot_entered[s - b->slots];
    for (int i = 0; i < b->n_entered; i++)
        if (b->entered[i].what.from < s->interval[s->n_intervals - 1].to &&
            s->interval[0].from < b->entered[i].what.until)
            return true;
    return false;
}

void tb_board_add_entered(struct tb_board *b, struct tb_incident_list *rows)
{
    b->entered_rows = *rows;
    *rows = (struct tb_incident_list){0};
    const size_t n = b->entered_rows.n;
    b->entered = tb_arena_alloc(&b->arena, (n + 1) * sizeof *b->entered);
    b->in_force = tb_arena_alloc(&b->arena, (n + 1) * sizeof *b->in_force);
    b->n_entered = (int)n;
    b->n_in_force = 0;
    for (size_t i = 0; i < n; i++) {
        const struct tb_incident_row *x = &b->entered_rows.v[i];
        struct tb_entered *out = &b->entered[i];
        *out = (struct tb_entered){.what = tb_incident_in(b->region, x),
                                   .at = x->entered_at,
                                   .id = x->id,
                                   .supersedes = x->supersedes,
                                   .mark = x->mark,
                                   .over = tb_incident_row_over(&b->entered_rows, i)};
        if (out->what.kind >= 0 && !out->over) b->in_force[b->n_in_force++] = out->what;
    }
    bool *any = tb_arena_alloc(&b->arena, ((size_t)b->n_slots + 1) * sizeof *any);
    for (int i = 0; i < b->n_slots; i++) any[i] = hours_entered(b, &b->slots[i]);
    b->slot_entered = any;
}

void tb_board_entered(const struct tb_board *b, const struct tb_slot *s, int provider, bool alone,
                      struct tb_entered_moves *out)
{
    int *who = NULL, first = 0, site = b->region->duties[s->duty].site;
    size_t n = 0, cap = 0;
    *out = (struct tb_entered_moves){0};
    if (!hours_entered(b, s)) return;
    const int seated = alone ? 0 : tb_board_seats(b, (int)(s - b->slots), &first);
    if (site >= 0) *TB_PUSH(who, n, cap) = site;
    if (provider >= 0) *TB_PUSH(who, n, cap) = provider;
    for (int i = first; i < first + seated; i++) *TB_PUSH(who, n, cap) = b->a[i].provider;
    for (int i = 0; i < b->n_gone && !alone; i++)
        if (tb_slot_is(s, &b->gone[i].stint.seat)) *TB_PUSH(who, n, cap) = b->gone[i].stint.seat.provider;
    for (int i = 0; i < b->n_names; i++)
        if (b->names[i].person >= 0 && (!alone || b->names[i].seat.provider == provider) &&
            tb_slot_is(s, &b->names[i].seat))
            *TB_PUSH(who, n, cap) = b->names[i].person;
    tb_entered_moves_of(b->entered, b->n_entered,
                        &(struct tb_entered_about){s->duty, s->interval[0].from,
                                                   s->interval[s->n_intervals - 1].to, who, (int)n},
                        out);
    free(who);
}
