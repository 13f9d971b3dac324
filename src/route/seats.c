/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The other direction: from the seats to the questions. The proof of a table (verify.c) shows that every
 * question has its right answer; here every primary seat of the board is looked for among the answers, at
 * every minute at which somebody could still be there before its reception ends. Reads the table's cells, the
 * board and the region, and calls nothing of the builder.
 */
#include "route_int.h"

#include <stdlib.h>
#include <string.h>

#include "toban/domain/doors.h"

struct finder {
    const struct tb_table *t;
    const struct tb_board *b;
    const struct tb_region *r;
    size_t words;      /* of a set of services */
    bool *serves;      /* [class * n_services + service]: a named complaint and age of the class are his */
    uint64_t *parts;   /* per part: who is told to somebody he serves */
    uint64_t *columns; /* likewise */
    uint64_t *told;    /* per interval, whatever the area */
};

static bool meet(struct tb_ids a, struct tb_ids b)
{
    for (int i = 0; i < a.n; i++)
        for (int k = 0; k < b.n; k++)
            if (a.v[i] == b.v[k]) return true;
    return false;
}

/* Of the duty itself: a door that is told for want of another (rotation-any) serves nobody by that. */
static bool asks_for(const struct finder *f, int service, int age, int complaint)
{
    const struct rt_service *s = &f->t->services[service];
    if (s->kind != RT_DUTY) return false;
    const struct tb_duty *d = &f->r->duties[s->duty];
    const struct tb_provider *p = &f->r->providers[s->place];
    int year = f->t->cuts[age];
    return year >= d->age_from && year < d->age_to && year >= p->age_from && year < p->age_to &&
           meet(f->r->complaints[complaint].specialities, d->specialities);
}

static void find_served(struct finder *f)
{
    const struct tb_table *t = f->t;
    size_t services = (size_t)t->n_services;
    f->serves = tb_xcalloc((size_t)t->n_classes * services + 1, sizeof(bool));
    for (int age = 0; age < t->n_ages; age++)
        for (int c = 0; c < t->n_complaints; c++) {
            bool *row = f->serves + (size_t)t->class_of[age * (t->n_complaints + 1) + c] * services;
            for (int s = 0; s < t->n_services; s++) row[s] = row[s] || asks_for(f, s, age, c);
        }
}

static void find_told(struct finder *f)
{
    const struct tb_table *t = f->t;
    size_t w = f->words, chunks = (size_t)((t->n_classes + t->width - 1) / t->width);
    f->parts = tb_xcalloc((size_t)t->n_parts * w + 1, sizeof *f->parts);
    f->columns = tb_xcalloc((size_t)t->n_columns * w + 1, sizeof *f->columns);
    f->told = tb_xcalloc((size_t)t->n_bounds * w + 1, sizeof *f->told);
    for (int p = 0; p < t->n_parts; p++)
        for (int class = 0; class < t->n_classes; class ++) {
            uint32_t row = t->parts[(size_t)p * chunks + (size_t)(class / t->width)];
            const struct rt_list *l =
                &t->lists[t->rows[(size_t)row * (size_t)t->width + (size_t)(class % t->width)]];
            for (int i = l->first; i < l->first + l->n; i++) {
                const struct rt_entry *x = &t->entries[i];
                if (x->ref == RT_SERVICE && x->role != TB_ANSWER_LATER &&
                    f->serves[(size_t) class * (size_t)t->n_services + (size_t)x->index])
                    f->parts[(size_t)p * w + (size_t)x->index / 64] |= UINT64_C(1) << (x->index % 64);
            }
        }
    for (int c = 0; c < t->n_columns; c++)
        for (int k = 0; k < RT_PARTS; k++)
            for (size_t i = 0; i < w; i++)
                f->columns[(size_t)c * w + i] |= f->parts[t->columns[c * RT_PARTS + k] * w + i];
    for (int b = 0; b < t->n_bounds; b++)
        for (int a = 0; a < f->r->n_areas; a++)
            for (size_t i = 0; i < w; i++)
                f->told[(size_t)b * w + i] |= f->columns[t->column_of[b * f->r->n_areas + a] * w + i];
}

/* ---- one seat ----------------------------------------------------------------------------------- */

static int service_of(const struct finder *f, int duty, int place)
{
    for (int s = 0; s < f->t->n_services; s++)
        if (f->t->services[s].kind == RT_DUTY && f->t->services[s].duty == duty &&
            f->t->services[s].place == place)
            return s;
    return -1;
}

/* The last minute at which the nearest asker may set out. */
static tb_minute last_start(const struct finder *f, int place, tb_minute reception)
{
    int least = INT32_MAX;
    bool *parent = tb_xcalloc((size_t)f->r->n_areas + 1, sizeof *parent);
    bool winter = f->r->regions[0].winter >= 0 &&
                  (tb_day_classes(f->r, -1, tb_day_of_minute(reception)) >> f->r->regions[0].winter & 1);
    for (int a = 0; a < f->r->n_areas; a++)
        if (f->r->areas[a].parent >= 0) parent[f->r->areas[a].parent] = true;
    for (int a = 0; a < f->r->n_areas; a++) {
        int m = parent[a] ? least : tb_travel_minutes(f->r, a, f->r->providers[place].area, winter);
        if (m < least) least = m;
    }
    free(parent);
    if (least == INT32_MAX) return reception; /* a region without areas */
    int steps[] = {10, 20, 30, 45, 60, 90}, banded = (least + 29) / 30 * 30;
    for (size_t i = TB_COUNT(steps); i-- > 0;)
        if (least <= steps[i]) banded = steps[i];
    return reception - banded;
}

struct silence { /* minutes of a seat in which nobody is told of it */
    int64_t minutes, consulting;
};

static bool consulting_at(const struct tb_table *t, tb_minute at)
{
    for (int i = 0; i < t->n_consult; i++)
        if (at >= t->consult_from[i] && at < t->consult_to[i]) return true;
    return false;
}

/* Between two boundaries of the table no answer changes: counted in whole pieces. */
static struct silence silence_of(const struct finder *f, int service, tb_minute from, tb_minute last)
{
    const struct tb_table *t = f->t;
    struct silence out = {0, 0};
    if (from < t->from) from = t->from;
    if (last > t->to - 1) last = t->to - 1;
    for (int b = 0; b < t->n_bounds; b++) {
        tb_minute a = t->bounds[b], z = b + 1 < t->n_bounds ? t->bounds[b + 1] : t->to;
        if (a < from) a = from;
        if (z > last + 1) z = last + 1;
        if (a >= z ||
            (service >= 0 && f->told[(size_t)b * f->words + (size_t)service / 64] >> (service % 64) & 1))
            continue;
        out.minutes += z - a;
        if (consulting_at(t, a)) out.consulting += z - a;
    }
    return out;
}

/* ---- by duty ------------------------------------------------------------------------------------ */

static bool row_takes(const struct tb_policy *p, const struct tb_duty *d)
{
    switch ((enum rt_take)p->take) {
    case RT_TAKE_PRIMARY:
    case RT_TAKE_NEIGHBOUR:
        return d->tier <= 1;
    case RT_TAKE_ROTATION:
        return d->tier == 2 && !d->backup;
    case RT_TAKE_BACKUP:
        return d->tier == 2 && d->backup;
    case RT_TAKE_ROTATION_ANY:
    case RT_TAKE_UNSURE:
        return d->tier == 2;
    case RT_TAKE_TERTIARY:
        return d->tier == 3;
    case RT_TAKE_TEXT:
    case RT_TAKE_LINE:
    case RT_TAKE_CERTIFIED:
    case RT_TAKE_SOON:
    case RT_TAKE_NEXT:
    case RT_TAKE_CENTRE:
    case RT_TAKE_STANDARD:
        break;
    }
    return false;
}

/* What is missing: the first of the tests that a question must pass to reach the seat. */
static void tell_missing(const struct finder *f, int duty, int provider, const struct silence *s,
                         struct tb_buf *out)
{
    const struct tb_duty *d = &f->r->duties[duty];
    const struct tb_provider *p = &f->r->providers[provider];
    bool row = false;
    for (int i = 0; i < f->r->n_policies; i++) row = row || row_takes(&f->r->policies[i], d);
    if (!tb_duty_asked(f->r, duty)) {
        tb_buf_add(out, tb_t("これを求める症状区分がない: ", "no complaint asks for "));
        tb_duty_specialities(f->r, duty, out);
    } else if (p->age_from >= d->age_to || p->age_to <= d->age_from)
        tb_buf_addf(out,
                    tb_t("当番区分の年齢（%d歳以上%d歳未満）を施設（%d歳以上%d歳未満）が診ない",
                         "the duty's ages (%d to below %d) are none of the place's (%d to below %d)"),
                    d->age_from, d->age_to, p->age_from, p->age_to);
    else if (!row)
        tb_buf_add(out, tb_t("案内の規則（policies）にこの階層の当番を載せる行がない",
                             "no row of policies takes duties of this tier"));
    else if (s->consulting == s->minutes)
        tb_buf_add(out, tb_t("一般の診療時間に重なり、案内の規則（policies）がその時間に当番を載せない",
                             "it is in consulting hours, in which no row of policies takes it"));
    else
        tb_buf_add(out, tb_t("どの地区からもほかの窓口が先に並び、keep（件数）に入らない",
                             "other doors stand before it from every area, and keep has no room for it"));
}

static struct tb_seat_silence *line_for(struct tb_seat_silences *x, int duty, bool excused, const char *why)
{
    for (int i = 0; i < x->n; i++)
        if (x->v[i].duty == duty && x->v[i].excused == excused && strcmp(x->v[i].why, why) == 0)
            return &x->v[i];
    size_t n = (size_t)x->n;
    struct tb_seat_silence *l = TB_PUSH(x->v, n, x->cap);
    *l = (struct tb_seat_silence){.duty = duty, .excused = excused, .why = tb_xstrdup(why)};
    x->n = (int)n;
    return l;
}

static void judge_seat(struct finder *f, const struct tb_assignment *a, struct tb_seat_silences *out)
{
    const struct tb_slot *slot = &f->b->slots[a->slot];
    const struct tb_duty *d = &f->r->duties[slot->duty];
    int place = d->site >= 0 ? d->site : a->provider, service = service_of(f, slot->duty, place);
    struct silence all = {0, 0};
    for (int k = 0; k < slot->n_intervals; k++) {
        tb_minute last = last_start(f, place, slot->reception[k]);
        struct silence s =
            silence_of(f, slot->role == TB_PRIMARY ? service : -1, slot->interval[k].from, last);
        all.minutes += s.minutes;
        all.consulting += s.consulting;
    }
    bool within = slot->interval[0].from < f->t->to && slot->reception[slot->n_intervals - 1] >= f->t->from;
    if (!within) return;
    out->seats++;
    if (all.minutes == 0) return;
    struct tb_buf why = {0};
    const char *excuse =
        slot->role == TB_PRIMARY ? tb_duty_unrouted(f->r, slot->duty) : tb_t("予備の席", "a reserve seat");
    tb_buf_add(&why, excuse);
    if (*excuse == '\0') tell_missing(f, slot->duty, place, &all, &why);
    struct tb_seat_silence *l = line_for(out, slot->duty, *excuse != '\0', tb_buf_str(&why));
    l->days += l->seats == 0 || l->last != slot->date;
    l->last = slot->date;
    l->seats++;
    l->minutes += all.minutes;
    if (*excuse == '\0') out->unreached++;
    tb_buf_free(&why);
}

static int compare_silences(const void *p, const void *q)
{
    const struct tb_seat_silence *a = p, *b = q;
    if (a->excused != b->excused) return a->excused ? 1 : -1;
    if (a->duty != b->duty) return a->duty < b->duty ? -1 : 1;
    return strcmp(a->why, b->why);
}

void tb_route_seats(const tb_table *t, const struct tb_board *b, struct tb_seat_silences *out)
{
    struct finder f = {.t = t, .b = b, .r = b->region, .words = (size_t)t->n_services / 64 + 1};
    *out = (struct tb_seat_silences){0};
    find_served(&f);
    find_told(&f);
    for (int i = 0; i < b->n; i++) judge_seat(&f, &b->a[i], out);
    if (out->n > 1) qsort(out->v, (size_t)out->n, sizeof *out->v, compare_silences);
    free(f.serves);
    free(f.parts);
    free(f.columns);
    free(f.told);
}

void tb_seat_silences_free(struct tb_seat_silences *x)
{
    for (int i = 0; i < x->n; i++) free(x->v[i].why);
    free(x->v);
    *x = (struct tb_seat_silences){0};
}
