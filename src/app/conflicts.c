/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Published seats that do not hold today: what the judgement needs is read, and what a write has changed is
 * counted.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/domain/said.h"
#include "toban/app/todo.h"

enum tb_code app_conflicts(tb_store *s, const struct tb_region *r, tb_minute now, const struct app_days *days,
                           struct tb_conflicts *out, struct tb_err *e)
{
    struct tb_board_row *rows = NULL;
    struct tb_cover *covers = NULL;
    struct tb_seat_row *all = NULL, *doctors = NULL;
    struct tb_board *b = NULL;
    size_t n = 0, n_covers = 0, n_doctors = 0;
    int64_t latest = 0;
    tb_day from = days ? days->from : tb_day_of_minute(now) - 2, to = days ? days->to : from;
    *out = (struct tb_conflicts){0};
    enum tb_code c = tb_store_latest(s, &latest, e);
    if (c || !latest) return c;
    c = tb_store_published(s, r, 0, &rows, &n, e);
    if (c == TB_OK) c = tb_store_covers(s, r, 0, &covers, &n_covers, e);
    for (size_t i = 0; i < n && !days; i++)
        if (rows[i].seat.date > to) to = rows[i].seat.date;
    for (size_t i = 0; i < n_covers && !days; i++)
        if (covers[i].to > to) to = covers[i].to;
    all = tb_xcalloc(n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++) all[i] = rows[i].seat;
    if (c == TB_OK) c = app_named_rows(s, r, all, n, &doctors, &n_doctors, e);
    if (c == TB_OK) c = app_board(s, r, 0, from, to, &b, e);
    if (c == TB_OK) {
        all = tb_xrealloc(all, (n + n_doctors + 1) * sizeof *all);
        for (size_t i = 0; i < n_doctors; i++) all[n + i] = doctors[i];
        tb_conflicts_find(&(struct tb_conflict_question){b, all, n + n_doctors, now}, out);
        tb_board_free(b);
    }
    free(rows);
    free(covers);
    free(all);
    free(doctors);
    return c;
}

enum tb_code app_conflicts_apart(const struct tb_app *app, const struct tb_region *r,
                                 const struct app_days *days, struct tb_conflicts *out, struct tb_err *e)
{
    tb_store *s;
    *out = (struct tb_conflicts){0};
    enum tb_code c = app_store(app, &s, e);
    if (c) return c;
    return app_close(s, app_conflicts(s, r, tb_clock_now(&app->clock), days, out, e));
}

/* ---- of a draft --------------------------------------------------------------------------------------- */

static bool decided_by(const struct tb_app_draft *d, const struct tb_seat_row *x)
{
    int duty = tb_find_duty(d->region, d->today->duties[x->duty].id),
        band = duty < 0 ? -1 : tb_find_band(d->region, duty, d->today->bands[x->band].id),
        slot = band < 0 ? -1 : tb_slot_find(d->problem, duty, x->date, band, x->role);
    return slot >= 0 && d->problem->slots[slot].planned;
}

enum tb_code tb_app_draft_conflicts(const struct tb_app *app, const struct tb_app_draft *d,
                                    struct tb_conflicts *out, struct tb_err *e)
{
    *out = (struct tb_conflicts){0};
    enum tb_code c = app_may(app, TB_USE_DRAFT_CONFLICTS, e);
    if (c || !d->stored.published) return c;
    c = app_conflicts_apart(app, d->today, &(struct app_days){0, d->stored.from, d->stored.to}, out, e);
    size_t n = 0;
    for (size_t i = 0; i < out->n; i++)
        if (decided_by(d, &out->v[i].seat)) out->v[n++] = out->v[i];
    out->n = n;
    return c;
}

/* ---- what a write has made ------------------------------------------------------------------------- */

/* Regions may differ in the order of their rows: seats are compared by ids. */
static bool same_conflict(const struct tb_region *a, const struct tb_conflict *x, const struct tb_region *b,
                          const struct tb_conflict *y)
{
    const char *who = x->seat.provider < 0 ? "" : a->providers[x->seat.provider].id,
               *whom = y->seat.provider < 0 ? "" : b->providers[y->seat.provider].id;
    return x->from == y->from && x->seat.date == y->seat.date && x->seat.role == y->seat.role &&
           strcmp(a->duties[x->seat.duty].id, b->duties[y->seat.duty].id) == 0 &&
           strcmp(a->bands[x->seat.band].id, b->bands[y->seat.band].id) == 0 && strcmp(who, whom) == 0;
}

static int newly(const struct app_before *before, const struct tb_region *now,
                 const struct tb_conflicts *after)
{
    int n = 0;
    for (size_t i = 0; i < after->n; i++) {
        bool known = false;
        for (size_t k = 0; k < before->conflicts.n && !known; k++)
            known = same_conflict(before->region, &before->conflicts.v[k], now, &after->v[i]);
        n += !known;
    }
    return n;
}

enum tb_code app_conflicts_new(tb_store *s, const struct app_before *before, const struct tb_region *now,
                               tb_minute at, int *n, struct tb_err *e)
{
    struct tb_conflicts after;
    enum tb_code c = app_conflicts(s, now, at, NULL, &after, e);
    *n = c ? 0 : newly(before, now, &after);
    tb_conflicts_free(&after);
    return c;
}

enum tb_code app_conflicts_of_rows(tb_store *s, const struct tb_region *before, const struct tb_region *now,
                                   tb_minute at, int *n, struct tb_err *e)
{
    struct tb_conflicts after;
    struct app_before was = {.region = before};
    *n = 0;
    enum tb_code c = app_conflicts(s, now, at, NULL, &after, e);
    /* mostly there is none, and then nothing of it is new */
    if (c == TB_OK && after.n) c = app_conflicts(s, before, at, NULL, &was.conflicts, e);
    if (c == TB_OK) *n = newly(&was, now, &after);
    tb_conflicts_free(&was.conflicts);
    tb_conflicts_free(&after);
    return c;
}

/* ---- which entries are worth the judgement ------------------------------------------------------------- */

/* Rest and hours of work reach so many days from a seat to what is entered. */
#define TOUCH_DAYS 8

static tb_day day_of_cell(enum tb_entity_id entity, const char *field, const char *const *cells)
{
    int f = tb_field_find(&tb_entities[entity], field);
    tb_day d = TB_DAY_NONE;
    tb_minute m;
    if (f < 0 || !cells[f] || !*cells[f]) return TB_DAY_NONE;
    if (tb_entities[entity].fields[f].type == TB_TYPE_INSTANT)
        return tb_said_instant(cells[f], TB_NEVER, &m) ? TB_DAY_NONE : tb_day_of_minute(m);
    return tb_said_date(cells[f], TB_DAY_NONE, &d) ? TB_DAY_NONE : d;
}

enum tb_code app_may_touch(tb_store *s, const struct tb_region *r, enum tb_entity_id entity,
                           const char *const *cells, tb_minute now, bool *may, struct tb_err *e)
{
    *may = true;
    if (entity != TB_E_wish && entity != TB_E_exemption && entity != TB_E_external) return TB_OK;
    int f = tb_field_find(&tb_entities[entity], "provider");
    int who = f >= 0 && cells[f] ? tb_find_provider(r, cells[f]) : -1;
    if (who < 0) return TB_OK;
    tb_day from = day_of_cell(entity, "from", cells), to = day_of_cell(entity, "to", cells),
           first = tb_day_of_minute(now) - 1;
    /* an absence may have no end, and "only" speaks of all other days */
    int type = tb_field_find(&tb_entities[entity], "type");
    bool open = entity == TB_E_exemption ? to == TB_DAY_NONE
                                         : type >= 0 && cells[type] && strcmp(cells[type], "only") == 0;
    if (open) from = TB_DAY_NONE;
    if (to == TB_DAY_NONE) to = from;
    from = from == TB_DAY_NONE || from - TOUCH_DAYS < first ? first : from - TOUCH_DAYS;
    to = to == TB_DAY_NONE || open ? tb_day_of(2199, 12, 31) : to + TOUCH_DAYS;
    enum tb_code c = tb_store_sat(s, r->providers[who].id, from, to, may, e);
    for (int i = 0; i < r->n_links && c == TB_OK && !*may; i++) {
        const struct tb_link *l = &r->links[i];
        int other = l->from == who ? l->to : l->to == who ? l->from : -1;
        if (other >= 0) c = tb_store_sat(s, r->providers[other].id, from, to, may, e);
    }
    return c;
}
