/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers from a finished table: one binary search over the intervals, two array reads, then words and
 * numbers for the entries.
 */
#include "form.h"

#include <stdlib.h>
#include <string.h>

#include "toban/domain/doors.h"
#include "toban/domain/private.h"

const int rt_bands[6] = {10, 20, 30, 45, 60, 90};

int rt_band(int minutes)
{
    for (size_t i = 0; i < TB_COUNT(rt_bands); i++)
        if (minutes <= rt_bands[i]) return rt_bands[i];
    return (minutes + 29) / 30 * 30;
}

int rt_interval_at(const struct tb_table *t, tb_minute at)
{
    int lo = 0, hi = t->n_bounds;
    while (hi - lo > 1) {
        int mid = (lo + hi) / 2;
        if (t->bounds[mid] <= at)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

int rt_age_atom(const struct tb_table *t, int age)
{
    if (age < 0) return t->n_ages;
    int i = t->n_ages - 1;
    while (i > 0 && t->cuts[i] > age) i--;
    return i;
}

int rt_open_at(const struct tb_table *t, int service, tb_minute at)
{
    const struct rt_service *s = &t->services[service];
    for (int i = s->first; i < s->first + s->n; i++)
        if (t->openings[i].from <= at && at < t->openings[i].to) return i;
    return -1;
}

int rt_opens_after(const struct tb_table *t, int service, tb_minute at)
{
    const struct rt_service *s = &t->services[service];
    for (int i = s->first; i < s->first + s->n; i++)
        if (t->openings[i].from > at) return i;
    return -1;
}

bool rt_consulting_at(const struct tb_table *t, tb_minute at)
{
    for (int i = 0; i < t->n_consult; i++)
        if (t->consult_from[i] <= at && at < t->consult_to[i]) return true;
    return false;
}

tb_minute rt_consulting_after(const struct tb_table *t, tb_minute at)
{
    for (int i = 0; i < t->n_consult; i++)
        if (t->consult_from[i] > at) return t->consult_from[i];
    return INT64_MIN;
}

bool rt_line_at(const struct tb_region *r, int line, tb_minute at, tb_minute *from, tb_minute *to)
{
    const struct tb_line *l = &r->lines[line];
    tb_day today = tb_day_of_minute(at);
    for (tb_day d = today - 1; d <= today; d++) {
        tb_minute a = tb_minute_of(d, l->from), b = tb_minute_of(d, l->to);
        if (at < a || at >= b) continue;
        if (from != NULL) *from = a;
        if (to != NULL) *to = b;
        return true;
    }
    return false;
}

int rt_travel_now(const struct tb_table *t, int area, int service, tb_minute at)
{
    int m = t->travel[area * t->n_services + service];
    tb_day day = tb_day_of_minute(at) - tb_day_of_minute(t->from);
    return t->winter[day] ? (m * t->region->regions[0].winter_percent + 99) / 100 : m;
}

static const char *first_text(const char *a, const char *b) { return a != NULL && *a != '\0' ? a : b; }

/* Staff numbers leave the house on the 119 desk's answers only. */
static const char *phone_of(const struct tb_provider *p, int channel)
{
    return channel == TB_CHANNEL_119 ? first_text(p->staff_phone, p->phone) : p->phone;
}

static void tell_service(const struct tb_table *t, const struct tb_query *q, const struct rt_entry *x,
                         struct tb_answer_entry *out)
{
    const struct rt_service *s = &t->services[x->index];
    const struct tb_provider *p = rt_face(t, s->place, q->channel);
    int o = x->role == TB_ANSWER_LATER ? rt_opens_after(t, x->index, q->at) : rt_open_at(t, x->index, q->at);
    out->provider = s->place;
    out->facility = q->channel == TB_CHANNEL_PUBLIC && tb_is_person(t->region, s->place) ? "" : p->id;
    out->checked = p->checked;
    if (s->kind == RT_DUTY) {
        out->duty = t->region->duties[s->duty].id;
        out->duty_name = t->region->duties[s->duty].name;
    }
    if (s->kind != RT_TERTIARY) {
        const struct tb_duty *d = s->kind == RT_DUTY ? &t->region->duties[s->duty] : NULL;
        out->age_from = d != NULL && d->age_from > p->age_from ? d->age_from : p->age_from;
        out->age_to = d != NULL && d->age_to < p->age_to ? d->age_to : p->age_to;
    }
    out->tier = s->tier;
    out->name_en = p->name_en;
    out->address = p->address;
    out->latitude = p->latitude;
    out->longitude = p->longitude;
    out->name = p->name;
    out->phone = phone_of(p, q->channel);
    out->note = first_text(t->region->policies[x->policy].note,
                           s->kind == RT_DUTY ? t->region->duties[s->duty].note : p->note);
    if (q->area >= 0) out->minutes = rt_travel_now(t, q->area, x->index, q->at);
    if (o < 0) return;
    out->slot = t->openings[o].slot;
    out->date = t->openings[o].date;
    out->band = t->region->bands[t->openings[o].band].id;
    out->open_from = t->openings[o].from;
    out->reception_until = t->openings[o].reception;
    out->closes = t->openings[o].to;
}

struct tb_ids tb_answer_departments(const tb_table *t, const struct tb_answer_entry *x)
{
    const struct tb_ids none = {0};
    int duty = *x->duty != '\0' ? tb_find_duty(t->region, x->duty) : -1;
    struct tb_ids out = {0, tb_xcalloc((size_t)t->region->n_specialities + 1, sizeof(int))};
    if (x->provider >= 0)
        out.n = tb_departments(t->region->n_specialities, duty >= 0 ? &t->duty_offers[duty] : &none,
                               &t->place_offers[x->provider], out.v);
    return out;
}

static bool is_second(const struct tb_table *t, const struct rt_entry *x)
{
    return x->ref == RT_SERVICE && t->services[x->index].tier == 2;
}

/* Does its place depend on the modifier? What the 実施基準 put there stays. */
static bool is_movable(const struct tb_table *t, const struct rt_entry *x)
{
    return is_second(t, x) && t->region->policies[x->policy].take != RT_TAKE_STANDARD;
}

void rt_order_for(const struct tb_table *t, int modifier, struct rt_entry *v, int n)
{
    struct rt_entry kept[RT_LIST_MAX];
    int m = 0;
    if (modifier == 0) return;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < n; i++)
            if (is_movable(t, &v[i]) &&
                rt_offers(t->region, t->services[v[i].index].place, modifier - 1) == (pass == 0))
                kept[m++] = v[i];
    m = 0;
    for (int i = 0; i < n; i++)
        if (is_movable(t, &v[i])) v[i] = kept[m++];
}

bool rt_in_force(const struct tb_standard *x, tb_day d)
{
    return (x->since == TB_DAY_NONE || x->since <= d) && (x->until == TB_DAY_NONE || d < x->until);
}

/* Rows that can matter to this table: in force on one of its days, of a place that has a door in it. */
static bool matters(const struct tb_table *t, const struct tb_standard *x)
{
    bool has_door = false;
    for (int s = 0; s < t->n_services && !has_door; s++) has_door = t->services[s].place == x->provider;
    for (tb_day d = tb_day_of_minute(t->from); has_door && d <= tb_day_of_minute(t->to - 1); d++)
        if (rt_in_force(x, d)) return true;
    return false;
}

static const char unranked[] = "当番病院一覧（参考・順位なし）";

void rt_heading_119(const struct tb_table *t, struct tb_buf *out)
{
    const struct tb_region *r = t->region;
    char date[64];
    int named = 0;
    for (int i = 0; i < r->n_standards; i++) {
        const struct tb_standard *x = &r->standards[i];
        bool known = !matters(t, x);
        for (int k = 0; k < i && !known; k++)
            known = r->standards[k].approved_on == x->approved_on &&
                    strcmp(r->standards[k].approved_by, x->approved_by) == 0 && matters(t, &r->standards[k]);
        if (known) continue;
        tb_buf_add(out, named++ == 0 ? "当番病院一覧（U1の順は実施基準: " : "、");
        tb_buf_addf(out, "%s %s承認", x->approved_by, tb_format_date_ja(x->approved_on, date, sizeof date));
    }
    tb_buf_add(out, named > 0 ? "。その行がない欄は参考・順位なし）" : unranked);
}

void tb_answer_heading(const tb_table *t, const struct tb_query *q, const struct tb_answer *a,
                       struct tb_buf *out)
{
    const struct tb_region *r = t->region;
    bool by_policy = false, by_standard = false;
    for (int i = 0; i < a->n; i++)
        for (int k = 0; k < r->n_policies; k++) {
            if (strcmp(a->e[i].rule, r->policies[k].id) != 0) continue;
            by_policy = true;
            by_standard = by_standard || r->policies[k].take == RT_TAKE_STANDARD;
        }
    if (q->channel != TB_CHANNEL_119 || !by_policy) return;
    if (by_standard)
        rt_heading_119(t, out);
    else
        tb_buf_add(out, unranked);
}

void rt_list_centres(struct tb_table *t)
{
    const struct tb_region *r = t->region;
    TB_ASSERT(r->n_centres <= 64);
    t->centres = tb_arena_alloc(&t->arena, ((size_t)r->n_areas + 1) * sizeof *t->centres);
    for (int a = 0; a < r->n_areas; a++)
        for (int c = 0; c < r->n_centres; c++)
            if (tb_area_within(r, a, r->centres[c].area)) t->centres[a] |= UINT64_C(1) << c;
}

static bool for_age(const struct tb_query *q, const struct tb_centre *c)
{
    return q->age < 0 || q->age >= c->age_from;
}

bool rt_is_told(const struct tb_table *t, const struct tb_query *q, const struct rt_entry *x)
{
    const struct tb_region *r = t->region;
    if (r->policies[x->policy].channel == RT_CHANNEL_STAFF && q->channel == TB_CHANNEL_PUBLIC) return false;
    if (x->ref != RT_CENTRE) return true;
    for (int c = 0; c < r->n_centres; c++)
        if (for_age(q, &r->centres[c])) return true;
    return false;
}

static void tell_one(const struct tb_table *t, const struct tb_query *q, const struct rt_entry *x,
                     struct tb_answer *a);

/* Where the area is not narrow enough for one centre, the row's own words stand: which centre, the town's
 * name tells. */
static void tell_centres(const struct tb_table *t, const struct tb_query *q, const struct rt_entry *x,
                         struct tb_answer *a)
{
    const struct tb_region *r = t->region;
    int told = 0;
    for (int c = 0; c < r->n_centres && a->n < (int)TB_COUNT(a->e); c++) {
        if (q->area < 0 || !(t->centres[q->area] >> c & 1) || !for_age(q, &r->centres[c])) continue;
        tell_one(t, q, x, a);
        struct tb_answer_entry *e = &a->e[a->n - 1];
        e->name = r->centres[c].name;
        e->phone = r->centres[c].phone;
        e->address = r->centres[c].address;
        e->note = r->centres[c].hours;
        told++;
    }
    if (told == 0) tell_one(t, q, x, a);
}

void rt_tell(const struct tb_table *t, const struct tb_query *q, const struct rt_entry *x,
             struct tb_answer *a)
{
    if (a->n == (int)TB_COUNT(a->e)) return;
    if (x->ref == RT_CENTRE)
        tell_centres(t, q, x, a);
    else
        tell_one(t, q, x, a);
}

static void tell_one(const struct tb_table *t, const struct tb_query *q, const struct rt_entry *x,
                     struct tb_answer *a)
{
    const struct tb_region *r = t->region;
    const struct tb_policy *rule = &r->policies[x->policy];
    struct tb_answer_entry *e = &a->e[a->n++];
    *e = (struct tb_answer_entry){.role = x->role,
                                  .slot = -1,
                                  .provider = -1,
                                  .name = rule->name,
                                  .phone = rule->phone,
                                  .note = rule->note,
                                  .open_from = INT64_MIN,
                                  .reception_until = INT64_MIN,
                                  .closes = INT64_MIN,
                                  .minutes = -1,
                                  .rule = rule->id,
                                  .facility = "",
                                  .duty = "",
                                  .duty_name = "",
                                  .band = "",
                                  .date = TB_DAY_NONE,
                                  .checked = TB_DAY_NONE,
                                  .mark = "",
                                  .mark_until = INT64_MIN,
                                  .lacks = "",
                                  .name_en = "",
                                  .address = "",
                                  .age_to = 150,
                                  .doubtful = x->doubtful};
    switch ((enum rt_ref)x->ref) {
    case RT_SERVICE:
        tell_service(t, q, x, e);
        if (q->modifier > 0 && is_second(t, x) && !rt_offers(r, t->services[x->index].place, q->modifier - 1))
            e->lacks =
                tb_t(r->modifiers[q->modifier - 1].name,
                     first_text(r->modifiers[q->modifier - 1].name_en, r->modifiers[q->modifier - 1].name));
        break;
    case RT_LINE:
        e->name = r->lines[x->index].name;
        e->phone = r->lines[x->index].phone;
        e->note = first_text(rule->note, r->lines[x->index].note);
        if (r->lines[x->index].to - r->lines[x->index].from < TB_MINUTES_PER_DAY)
            (void)rt_line_at(r, x->index, q->at, &e->open_from, &e->closes);
        break;
    case RT_CONSULT:
        e->tier = 1;
        e->open_from = rt_consulting_after(t, q->at);
        break;
    case RT_CENTRE:
        break;
    case RT_TEXT:
        e->tier = x->role == TB_ANSWER_FAMILY ? 1 : 0;
        break;
    }
}

/* Outside its validity a table knows only what does not change with the roster. */
static enum tb_code last_resort(const struct tb_table *t, const struct tb_query *q, struct tb_answer *out,
                                struct tb_err *e)
{
    const struct tb_region *r = t->region;
    char at[64], from[64], to[64];
    int line_rule = -1, text_rule = -1, tertiary_rule = -1;
    for (int i = 0; i < r->n_policies; i++) {
        const struct tb_policy *p = &r->policies[i];
        if (p->take == RT_TAKE_LINE && line_rule < 0) line_rule = i;
        if (p->take == RT_TAKE_TEXT && p->role == TB_ANSWER_EMERGENCY && text_rule < 0) text_rule = i;
        if (p->take == RT_TAKE_TERTIARY && tertiary_rule < 0) tertiary_rule = i;
    }
    out->fallback = true;
    if (text_rule >= 0)
        rt_tell(t, q, &(struct rt_entry){RT_TEXT, -1, TB_ANSWER_EMERGENCY, text_rule, 0}, out);
    for (int i = 0; i < r->n_lines && line_rule >= 0 && out->n < 8; i++)
        if (rt_line_at(r, i, q->at, NULL, NULL))
            rt_tell(t, q, &(struct rt_entry){RT_LINE, i, TB_ANSWER_LINE, line_rule, 0}, out);
    struct tb_query nowhere = *q; /* travel days are those of the table */
    nowhere.area = -1;
    for (int i = 0; i < t->n_services && tertiary_rule >= 0 && out->n < 12; i++)
        if (t->services[i].kind == RT_TERTIARY)
            rt_tell(t, &nowhere, &(struct rt_entry){RT_SERVICE, i, TB_ANSWER_LAST, tertiary_rule, 0}, out);
    return tb_fail(e, TB_INVALID,
                   tb_t("%s はこの案内表の有効期間（%s から %s "
                        "の前まで）の外です。119・相談電話・救命救急センターだけを示します。その日を含む版を"
                        "公表してください",
                        "%s is outside this table's validity (from %s, before %s); only 119, the advice "
                        "lines and the tertiary centre are shown: publish an edition that covers it"),
                   tb_format_instant(q->at, at, sizeof at), tb_format_instant(t->from, from, sizeof from),
                   tb_format_instant(t->to, to, sizeof to));
}

enum tb_code rt_question(const struct tb_table *t, const struct tb_query *q, struct tb_query *known,
                         struct tb_err *e)
{
    *known = *q;
    known->area = q->area < 0 ? t->root : q->area;
    if (known->area < 0 || known->area >= t->region->n_areas || q->age > 150 ||
        q->complaint >= t->n_complaints || q->urgency < 0 || q->urgency >= RT_U_COUNT || q->channel < 0 ||
        q->channel >= TB_CHANNEL_COUNT || q->modifier < 0 || q->modifier > t->region->n_modifiers)
        return tb_fail(
            e, TB_USAGE, "%s",
            tb_t("案内の問い合わせが範囲外です（地区・年齢 0 から 150・症状区分・緊急度・窓口・要配慮）",
                 "the question is out of range (area, age 0 to 150, complaint, urgency, channel, modifier)"));
    return TB_OK;
}

enum tb_code tb_route_lookup(const tb_table *t, const struct tb_query *q, struct tb_answer *out,
                             struct tb_err *e)
{
    const struct tb_region *r = t->region;
    struct tb_query known;
    *out = (struct tb_answer){.expires = t->to};
    enum tb_code c = rt_question(t, q, &known, e);
    if (c != TB_OK) return c;
    int area = known.area;
    if (q->at < t->from || q->at >= t->to) return last_resort(t, &known, out, e);
    int i = rt_interval_at(t, q->at), complaint = q->complaint < 0 ? t->n_complaints : q->complaint;
    int class = t->class_of[rt_key(t, rt_age_atom(t, q->age), complaint)];
    uint32_t column = t->column_of[i * r->n_areas + area];
    uint32_t list = rt_cell(t, column, q->urgency, q->channel, class);
    out->expires = i + 1 < t->n_bounds ? t->bounds[i + 1] : t->to;
    out->fallback = true;
    struct rt_entry v[RT_LIST_MAX];
    memcpy(v, t->entries + t->lists[list].first, (size_t)t->lists[list].n * sizeof *v);
    rt_order_for(t, q->modifier, v, t->lists[list].n);
    for (int k = 0; k < t->lists[list].n; k++) {
        const struct rt_entry *x = &v[k];
        if (!rt_is_told(t, &known, x)) continue;
        rt_tell(t, &known, x, out);
        if (x->role != TB_ANSWER_LAST && x->role != TB_ANSWER_EMERGENCY) out->fallback = false;
    }
    return TB_OK;
}

void tb_table_free(tb_table *t)
{
    if (t == NULL) return;
    tb_region_free(t->own);
    tb_arena_free(&t->arena);
    free(t);
}
