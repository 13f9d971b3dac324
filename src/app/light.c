/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The city's question: how many of the light cases did primary care take, and what had the table answered?
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/attend.h"
#include "toban/codec/codec.h"
#include "toban/base/csv.h"
#include "toban/domain/dated.h"

void tb_light_free(struct tb_light *x)
{
    free(x->lines);
    free(x->answers);
    free(x->refusals);
    tb_buf_free(&x->holes);
    tb_arena_free(&x->arena);
    *x = (struct tb_light){0};
}

/* ---- what was seen ----------------------------------------------------------------------------- */

static struct tb_light_line *line(struct tb_light *x, size_t *cap, struct tb_ymd d, int duty, int tier)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->lines[i].year == d.year && x->lines[i].month == d.month && x->lines[i].duty == duty &&
            x->lines[i].tier == tier)
            return &x->lines[i];
    struct tb_light_line *l = TB_PUSH(x->lines, x->n, *cap);
    *l = (struct tb_light_line){.year = d.year, .month = d.month, .duty = duty, .tier = tier};
    return l;
}

static void add(struct tb_light_line *l, const struct tb_attendance *k)
{
    l->seats++;
    if (!k) return;
    l->recorded++;
    l->nobody += k->came < 0;
    if (k->patients < 0) return;
    l->counted++;
    l->patients += k->patients;
    if (k->referred > 0) l->referred += k->referred;
    if (k->light < 0) return;
    l->light += k->light;
    l->light_of += k->patients;
}

/* A duty's line, its tier's, the month's: in this order, month by month. */
static int by_place(const void *a, const void *b)
{
    const struct tb_light_line *x = a, *y = b;
    if (x->year != y->year) return x->year < y->year ? -1 : 1;
    if (x->month != y->month) return x->month < y->month ? -1 : 1;
    if ((x->duty == -2) != (y->duty == -2)) return x->duty == -2 ? 1 : -1;
    if (x->tier != y->tier) return x->tier < y->tier ? -1 : 1;
    if ((x->duty < 0) != (y->duty < 0)) return x->duty < 0 ? 1 : -1;
    return (x->duty > y->duty) - (x->duty < y->duty);
}

static void count_seen(const struct tb_app_attended *a, tb_minute now, struct tb_light *x)
{
    size_t cap = 0;
    const struct tb_board *b = a->board;
    const struct tb_duty *duties = a->region->duties;
    for (size_t i = 0; i < a->n; i++) {
        const struct tb_slot *s = &b->slots[b->a[a->v[i].assignment].slot];
        /* pharmacies see no patients; a reserve sits at home */
        if (duties[s->duty].tier < 1 || s->role != TB_PRIMARY) continue;
        struct tb_ymd d = tb_ymd_of(s->date);
        add(line(x, &cap, d, s->duty, duties[s->duty].tier), a->v[i].record);
        add(line(x, &cap, d, -1, duties[s->duty].tier), a->v[i].record);
        add(line(x, &cap, d, -2, 0), a->v[i].record);
    }
    for (int k = 0; k < b->n_slots; k++) {
        const struct tb_slot *s = &b->slots[k];
        int first, open = s->need - tb_board_seats(b, k, &first);
        if (open <= 0 || duties[s->duty].tier < 1 || s->role != TB_PRIMARY || s->interval[0].from > now)
            continue;
        struct tb_ymd d = tb_ymd_of(s->date);
        line(x, &cap, d, s->duty, duties[s->duty].tier)->open += open;
        line(x, &cap, d, -1, duties[s->duty].tier)->open += open;
        line(x, &cap, d, -2, 0)->open += open;
    }
    if (x->n) qsort(x->lines, x->n, sizeof *x->lines, by_place);
}

/* ---- what the table answered -------------------------------------------------------------------- */

/* Tier of the first place that is open now, 0: none is. */
static int first_tier(const struct tb_answer *a)
{
    for (int i = 0; i < a->n; i++)
        if ((a->e[i].role == TB_ANSWER_MAIN || a->e[i].role == TB_ANSWER_BACKUP) && a->e[i].provider >= 0)
            return a->e[i].tier;
    return 0;
}

/* One age from each span that the duties tell apart on some day. */
static int ages(const struct tb_region *r, int *out, int max)
{
    bool cut[151] = {true};
    const tb_day *days;
    int n = 0, changes = tb_region_changes(r, &days);
    for (int d = -1; d < changes; d++) {
        const struct tb_region *on = tb_region_on(r, d < 0 ? TB_DAY_NONE : days[d]);
        for (int i = 0; i < on->n_duties; i++) {
            cut[on->duties[i].age_from] = true;
            if (on->duties[i].age_to < 150) cut[on->duties[i].age_to] = true;
        }
    }
    for (int k = 0; k < 150 && n < max; k++)
        if (cut[k]) out[n++] = k;
    return n;
}

static void walk(const tb_table *t, tb_minute from, tb_minute to, struct tb_query q,
                 struct tb_light_urgency *out)
{
    struct tb_answer a;
    for (q.at = from; q.at < to;) {
        struct tb_err none = {0};
        tb_minute next = to;
        if (tb_route_lookup(t, &q, &a, &none) != TB_OK) return;
        if (a.expires > q.at && a.expires < to) next = a.expires;
        int tier = first_tier(&a);
        out->first[tier < 0 || tier > 3 ? 0 : tier] += next - q.at;
        out->cells += next - q.at;
        q.at = next;
    }
}

static void ask_month(const tb_table *t, const struct tb_region *r, tb_day from, tb_day to,
                      struct tb_light_answers *out)
{
    int spans[152], n = ages(r, spans, 152);
    for (int area = 0; area < r->n_areas; area++) {
        if (r->areas[area].level != TB_LEVEL_MUNICIPALITY) continue;
        for (int age = 0; age < n; age++)
            for (int complaint = 0; complaint < r->n_complaints; complaint++)
                for (int u = 0; u < 3; u++)
                    walk(t, tb_minute_of(from, 0), tb_minute_of(to + 1, 0),
                         (struct tb_query){0, area, spans[age], complaint, u + 3, TB_CHANNEL_PHONE, 0},
                         &out->u[u]);
    }
    out->told = out->u[0].cells > 0;
    if (!out->told)
        snprintf(out->why, sizeof out->why, "%s", tb_t("市町がありません", "there is no municipality"));
}

static enum tb_code ask(const struct tb_app *app, tb_day from, tb_day to, struct tb_light *x, size_t *cap,
                        struct tb_err *e)
{
    struct tb_region *r;
    struct tb_board *b;
    tb_table *t;
    struct tb_err why = {0};
    struct tb_ymd d = tb_ymd_of(from);
    struct tb_light_answers *out = TB_PUSH(x->answers, x->n_answers, *cap);
    *out = (struct tb_light_answers){.year = d.year, .month = d.month};
    const struct tb_app within = app_within(app);
    enum tb_code c = tb_app_table_board(&within, 0, from - TB_TABLE_BACK, to + TB_TABLE_AHEAD, &r, &b, e);
    if (c) return c;
    c = tb_route_build_span(b, from, to, b->published_at, &t, &why);
    if (c == TB_OK) {
        ask_month(t, r, from, to, out);
        tb_route_holes(t, &x->holes);
        tb_table_free(t);
    } else if (c == TB_NO || c == TB_INPUT) {
        snprintf(out->why, sizeof out->why, "%.*s", (int)(sizeof out->why - 1), why.text);
        c = TB_OK;
    } else
        *e = why;
    tb_board_free(b);
    tb_region_free(r);
    return c;
}

/* ---- refusals ---------------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const struct tb_light_refusal *x = a, *y = b;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    int c = strcmp(x->facility, y->facility);
    return c ? c : strcmp(x->reason, y->reason);
}

static enum tb_code refusals(const struct tb_app *app, tb_day from, tb_day to, struct tb_light *x,
                             struct tb_err *e)
{
    struct tb_audit_line *v;
    size_t n, cap = 0;
    tb_store *s;
    enum tb_code c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_audit_lines(s, "declined", 0, &v, &n, e);
    tb_store_close(s);
    if (c) return c;
    for (size_t i = 0; i < n; i++) {
        tb_day d = tb_day_of_minute(v[i].at);
        if (d < from || d > to) continue;
        size_t word = strcspn(v[i].detail, " ");
        const char *facility = tb_arena_strndup(&x->arena, v[i].detail, word),
                   *reason = tb_arena_strdup(&x->arena, v[i].detail[word] ? v[i].detail + word + 1 : "-");
        struct tb_light_refusal *known = NULL;
        for (size_t k = 0; k < x->n_refusals; k++)
            if (strcmp(x->refusals[k].facility, facility) == 0 && strcmp(x->refusals[k].reason, reason) == 0)
                known = &x->refusals[k];
        if (!known) {
            known = TB_PUSH(x->refusals, x->n_refusals, cap);
            *known = (struct tb_light_refusal){facility, reason, 0};
        }
        known->n++;
    }
    tb_audit_free(v, n);
    if (x->n_refusals) qsort(x->refusals, x->n_refusals, sizeof *x->refusals, by_number);
    return TB_OK;
}

enum tb_code tb_app_light(const struct tb_app *app, const char *period, struct tb_app_attended *a,
                          struct tb_light *out, struct tb_err *e)
{
    *out = (struct tb_light){0};
    tb_day from, to;
    size_t cap = 0;
    enum tb_code c = app_may(app, TB_USE_LIGHT, e);
    if (c == TB_OK) c = tb_period_parse(a->region, period, &from, &to, NULL, e);
    if (c) return c;
    count_seen(a, tb_clock_now(&app->clock), out);
    for (tb_day first = from; first <= to && c == TB_OK;) {
        tb_day last = tb_month_last(first) < to ? tb_month_last(first) : to;
        c = ask(app, first, last, out, &cap, e);
        first = last + 1;
    }
    if (c == TB_OK) c = refusals(app, from, to, out, e);
    if (c) tb_light_free(out);
    return c;
}

void tb_light_share(const struct tb_light *x, int year, int month, int64_t *primary, int64_t *all)
{
    *primary = *all = 0;
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_light_line *l = &x->lines[i];
        if (l->duty != -1 || l->year != year || l->month != month) continue;
        *all += l->light;
        if (l->tier == 1) *primary += l->light;
    }
}

/* Kinds of lines: duty, tier, month (what was seen), table (minutes of keys by urgency and tier of the first
 * open place), refused. */
void tb_light_csv(const struct tb_region *r, const struct tb_light *x, struct tb_buf *out)
{
    static const char *const heads[] = {"kind",     "month",    "id",      "name",    "tier",
                                        "seats",    "recorded", "counted", "open",    "nobody",
                                        "patients", "referred", "light",   "light_of"};
    char month[32], room[24];
    for (size_t k = 0; k < TB_COUNT(heads); k++) tb_csv_cell(out, heads[k]);
    tb_csv_end(out);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_light_line *l = &x->lines[i];
        const int64_t numbers[] = {l->tier,   l->seats,    l->recorded, l->counted, l->open,
                                   l->nobody, l->patients, l->referred, l->light,   l->light_of};
        snprintf(month, sizeof month, "%04d-%02d", l->year, l->month);
        tb_csv_cell(out, l->duty >= 0 ? "duty" : l->duty == -1 ? "tier" : "month");
        tb_csv_cell(out, month);
        tb_csv_cell(out, l->duty >= 0 ? r->duties[l->duty].id : "");
        tb_csv_cell(out, l->duty >= 0 ? r->duties[l->duty].name : "");
        for (size_t k = 0; k < TB_COUNT(numbers); k++) {
            snprintf(room, sizeof room, "%lld", (long long)numbers[k]);
            tb_csv_cell(out, k == 0 && l->duty == -2 ? "" : room);
        }
        tb_csv_end(out);
    }
    for (size_t i = 0; i < x->n_answers; i++)
        for (int k = 0; k < 12 && x->answers[i].told; k++) {
            int tier = k % 4;
            char id[8], t[8];
            snprintf(month, sizeof month, "%04d-%02d", x->answers[i].year, x->answers[i].month);
            snprintf(id, sizeof id, "u%d", k / 4 + 3);
            snprintf(t, sizeof t, "%d", tier);
            snprintf(room, sizeof room, "%lld", (long long)x->answers[i].u[k / 4].first[tier]);
            const char *cells[TB_COUNT(heads)] = {
                "table", month,
                id,      tier ? "minutes answered with this tier first" : "minutes without an open place",
                t,       room};
            for (size_t c = 0; c < TB_COUNT(heads); c++) tb_csv_cell(out, cells[c] ? cells[c] : "");
            tb_csv_end(out);
        }
    for (size_t i = 0; i < x->n_refusals; i++) {
        snprintf(room, sizeof room, "%lld", (long long)x->refusals[i].n);
        const char *cells[TB_COUNT(heads)] = {"refused", "",  x->refusals[i].facility, x->refusals[i].reason,
                                              "",        room};
        for (size_t k = 0; k < TB_COUNT(heads); k++) tb_csv_cell(out, cells[k] ? cells[k] : "");
        tb_csv_end(out);
    }
}
