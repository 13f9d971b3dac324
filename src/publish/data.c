/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * roster.json and roster.csv: the board as data. The first six columns name a seat; a reader needs no more to
 * load the roster back.
 */
#include "publish_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/base/csv.h"
#include "toban/domain/doors.h"

static const char *const role_word[] = {[TB_PRIMARY] = "primary", [TB_RESERVE] = "reserve"};

/* Cells of one seat in the order of `columns`. An open seat has no provider. */
enum {
    DUTY,
    DATE,
    BAND,
    ROLE,
    SEAT,
    PROVIDER,
    WEEKDAY,
    HOLIDAY,
    DUTY_NAME,
    BAND_NAME,
    PROVIDER_NAME,
    START,
    END,
    RECEPTION,
    START2,
    END2,
    RECEPTION2,
    PLACE,
    ADDRESS,
    PHONE,
    SINCE,
    PERSON,
    PERSON_NAME,
    DEPARTMENTS,
    COLUMNS
};
static const char *const columns[COLUMNS] = {
    "duty",       "date",      "band",          "role",  "seat",  "provider",  "weekday",     "holiday",
    "duty_name",  "band_name", "provider_name", "start", "end",   "reception", "start2",      "end2",
    "reception2", "place",     "address",       "phone", "since", "person",    "person_name", "departments"};

struct cells {
    const char *v[COLUMNS];
    char time[6][64], date[64], seat[16], since[16];
    struct tb_buf departments; /* names with ・ between */
    /* and one by one; an open seat has none */
    const struct tb_region *region;
    int *department, n_departments;
};

static void fill_cells(const struct tb_board *b, const struct tb_slot *s, int seat, int assignment,
                       struct cells *c)
{
    const struct tb_region *r = tb_board_region(b, s->date);
    const struct tb_duty *duty = &r->duties[s->duty];
    const char *holiday = tb_region_holiday(r, s->date);
    for (int k = 0; k < COLUMNS; k++) c->v[k] = "";
    c->v[DUTY] = duty->id;
    c->v[DATE] = tb_format_date(s->date, c->date, sizeof c->date);
    c->v[BAND] = r->bands[s->band].id;
    c->v[ROLE] = role_word[s->role];
    (void)snprintf(c->seat, sizeof c->seat, "%d", seat);
    c->v[SEAT] = c->seat;
    c->v[WEEKDAY] = tb_weekday_ja(tb_weekday(s->date));
    c->v[HOLIDAY] = holiday != NULL ? holiday : "";
    c->v[DUTY_NAME] = duty->name;
    c->v[BAND_NAME] = r->bands[s->band].name;
    for (int k = 0; k < s->n_intervals; k++) {
        c->v[START + 3 * k] = tb_format_instant(s->interval[k].from, c->time[3 * k], sizeof c->time[0]);
        c->v[END + 3 * k] = tb_format_instant(s->interval[k].to, c->time[3 * k + 1], sizeof c->time[0]);
        c->v[RECEPTION + 3 * k] = tb_format_instant(s->reception[k], c->time[3 * k + 2], sizeof c->time[0]);
    }
    if (assignment < 0) {
        c->v[PROVIDER_NAME] = TB_PUB_OPEN;
        c->v[PHONE] = tb_open_call(r, s)->phone;
        return;
    }
    int provider = b->a[assignment].provider, place = tb_pub_place(r, s, provider);
    c->v[PROVIDER] = r->providers[provider].id;
    c->v[PROVIDER_NAME] = r->providers[provider].name;
    c->v[PLACE] = place >= 0 ? r->providers[place].name : "";
    c->v[ADDRESS] = place >= 0 ? r->providers[place].address : "";
    c->v[PHONE] = tb_pub_phone(r, s, provider);
    if (place < 0) place = provider;
    c->region = r;
    c->department = tb_xcalloc((size_t)r->n_specialities + 1, sizeof *c->department);
    c->n_departments = tb_departments(r->n_specialities, &duty->specialities,
                                      &r->providers[place].specialities, c->department);
    tb_departments_told(r, s->duty, place, &c->departments);
    c->v[DEPARTMENTS] = tb_buf_str(&c->departments);
    if (b->person[assignment] >= 0) {
        c->v[PERSON] = r->providers[b->person[assignment]].id;
        c->v[PERSON_NAME] = r->providers[b->person[assignment]].name;
    }
    (void)snprintf(c->since, sizeof c->since, "%d", b->publication_of[assignment]);
    c->v[SINCE] = c->since;
}

/* Calls `each` for the filled seats, for the open ones, or both, in the board's order. */
struct told_seats {
    const struct tb_board *b;
    bool filled, open;
    void (*each)(void *arg, const struct cells *c);
    void *arg;
};
static void tell_seat(void *arg, int assignment, const struct tb_open_seat *open)
{
    const struct told_seats *x = arg;
    const struct tb_board *b = x->b;
    struct cells c = {.departments = {0}};
    if (open ? !x->open : !x->filled) return;
    fill_cells(b, &b->slots[open ? open->slot : b->a[assignment].slot],
               open ? open->seat : b->a[assignment].seat, assignment, &c);
    x->each(x->arg, &c);
    tb_buf_free(&c.departments);
    free(c.department);
}
static void for_seats(const struct tb_board *b, bool filled, bool open,
                      void (*each)(void *arg, const struct cells *c), void *arg)
{
    struct told_seats x = {b, filled, open, each, arg};
    tb_board_walk(b, tell_seat, &x);
}

static void print_seat(void *arg, const struct cells *c)
{
    tb_printer *p = arg;
    tb_print_begin_object(p);
    for (int k = 0; k < COLUMNS; k++) {
        if (c->v[k][0] == '\0') continue;
        int64_t number;
        if (k == DEPARTMENTS) {
            tb_print_key(p, columns[k]);
            tb_print_begin_list(p);
            for (int i = 0; i < c->n_departments; i++)
                tb_print_string(p, c->region->specialities[c->department[i]].name);
            tb_print_end_list(p);
        } else if ((k == SEAT || k == SINCE) && tb_parse_int(c->v[k], 0, INT32_MAX, &number))
            tb_print_kint(p, columns[k], number);
        else
            tb_print_kstring(p, columns[k], c->v[k]);
    }
    tb_print_end_object(p);
}

void tb_publish_json(const struct tb_board *b, tb_printer *p)
{
    const struct tb_region *r = b->region;
    char text[64];
    tb_print_begin_object(p);
    tb_print_kint(p, "format_version", 1);
    tb_print_kstring(p, "region", r->regions[0].id);
    tb_print_kstring(p, "region_name", r->regions[0].name);
    tb_print_kstring(p, "notice", r->regions[0].notice);
    tb_print_kint(p, "publication", b->publication);
    tb_print_kstring(p, "hash", b->hash);
    tb_print_kstring(p, "published_at",
                     b->publication > 0 ? tb_format_instant(b->published_at, text, sizeof text) : "");
    tb_print_kstring(p, "from", tb_format_date(b->from, text, sizeof text));
    tb_print_kstring(p, "to", tb_format_date(b->to, text, sizeof text));
    tb_print_key(p, "duties");
    tb_print_begin_list(p);
    for (int i = 0; i < b->n_duties; i++) {
        const struct tb_duty *d = &r->duties[b->duties[i]];
        tb_print_begin_object(p);
        tb_print_kstring(p, "id", d->id);
        tb_print_kstring(p, "name", d->name);
        tb_print_kstring(p, "body", r->bodies[d->body].name);
        tb_print_kint(p, "tier", d->tier);
        tb_print_kbool(p, "at_home", d->at_home != 0);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_key(p, "seats");
    tb_print_begin_list(p);
    for_seats(b, true, false, print_seat, p);
    tb_print_end_list(p);
    /* nobody sits there; a slot in neither list is not known to this publication */
    tb_print_key(p, "open");
    tb_print_begin_list(p);
    for_seats(b, false, true, print_seat, p);
    tb_print_end_list(p);
    tb_print_end_object(p);
}

struct csv {
    struct tb_buf *out;
    const char *edition, *notice;
};

static void csv_row(const struct csv *w, const char *const *cells)
{
    for (int k = 0; k < COLUMNS; k++) tb_csv_cell(w->out, cells[k]);
    tb_csv_cell(w->out, w->edition);
    tb_csv_cell(w->out, w->notice);
    tb_csv_end(w->out);
}

static void csv_seat(void *arg, const struct cells *c) { csv_row(arg, c->v); }

void tb_publish_csv(const struct tb_board *b, struct tb_buf *out)
{
    struct tb_buf edition = {0};
    tb_pub_edition(b, &edition);
    struct csv w = {out, "edition", "notice"};
    csv_row(&w, columns);
    w.edition = tb_buf_str(&edition);
    w.notice = b->region->regions[0].notice;
    for_seats(b, true, true, csv_seat, &w);
    tb_buf_free(&edition);
}
