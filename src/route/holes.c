/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where nobody on duty answers: empty cells (the table is refused) and cells that only the last resort fills
 * (told).
 */
#include "form.h"

#include <stdlib.h>
#include <string.h>

/* ---- words ---------------------------------------------------------------------------------- */

void rt_ages_text(const struct tb_table *t, int a, int b, struct tb_buf *out)
{
    if (a >= t->n_ages)
        tb_buf_add(out, tb_t("年齢不明", "age unknown"));
    else if (b == t->n_ages - 1)
        tb_buf_addf(out, tb_t("%d歳以上", "%d years and over"), t->cuts[a]);
    else
        tb_buf_addf(out, tb_t("%d歳から%d歳", "%d to %d years"), t->cuts[a], t->cuts[b + 1] - 1);
}

const char *rt_complaint_name(const struct tb_table *t, int complaint)
{
    if (complaint >= t->n_complaints) return tb_t("症状不明", "complaint unknown");
    const struct tb_complaint *c = &t->region->complaints[complaint];
    return tb_t(c->name, *c->name_en != '\0' ? c->name_en : c->name);
}

static bool takes(const struct tb_table *t, int duty, int tier, int age, int complaint)
{
    const struct tb_duty *d = &t->region->duties[duty];
    if (d->tier < tier || d->at_home) return false;
    if (age < t->n_ages && (t->cuts[age] < d->age_from || t->cuts[age] >= d->age_to)) return false;
    for (int c = 0; c < t->n_complaints; c++) {
        const struct tb_ids *wanted = &t->region->complaints[c].specialities;
        if (complaint != c && complaint < t->n_complaints) continue;
        for (int i = 0; i < wanted->n; i++)
            for (int k = 0; k < d->specialities.n; k++)
                if (wanted->v[i] == d->specialities.v[k]) return true;
    }
    return false;
}

static const struct rt_gap *gap_at(const struct tb_table *t, int duty, tb_minute at)
{
    for (int i = 0; i < t->n_gaps; i++)
        if (t->gaps[i].duty == duty && t->gaps[i].span.from <= at && at < t->gaps[i].span.to)
            return &t->gaps[i];
    return NULL;
}

static bool on_duty(const struct tb_table *t, int duty, tb_minute at)
{
    for (int s = 0; s < t->n_services; s++)
        if (t->services[s].kind == RT_DUTY && t->services[s].duty == duty && rt_open_at(t, s, at) >= 0)
            return true;
    return false;
}

void rt_missing(const struct tb_table *t, tb_minute at, int age, int complaint, struct tb_buf *out)
{
    const struct tb_region *r = t->region;
    bool any = false;
    char date[64];
    int tier = 1; /* what a hospital's duty covers is missed of the hospitals */
    for (int d = 0; d < r->n_duties; d++)
        if (takes(t, d, 2, age, complaint)) tier = 2;
    for (int d = 0; d < r->n_duties; d++) {
        if (!takes(t, d, tier, age, complaint) || on_duty(t, d, at)) continue;
        const struct rt_gap *gap = gap_at(t, d, at);
        tb_buf_addf(out, "%s%s", any ? tb_t("、", ", ") : "",
                    tb_t(r->duties[d].name,
                         *r->duties[d].name_en != '\0' ? r->duties[d].name_en : r->duties[d].name));
        if (gap != NULL)
            tb_buf_addf(out, tb_t("（空席: %s %s）", " (nobody in the slot %s %s)"),
                        tb_format_date(gap->date, date, sizeof date), r->bands[gap->band].id);
        else
            tb_buf_add(out, t->published[d] ? tb_t("（この時刻に枠なし）", " (no slot at this hour)")
                                            : tb_t("（当番表が未公表）", " (roster not published)"));
        any = true;
    }
    if (!any) tb_buf_add(out, tb_t("受け持つ当番区分がありません", "no duty covers this key"));
}

/* ---- empty cells ---------------------------------------------------------------------------- */

static const struct rt_list *list_of(const struct tb_table *t, int interval, int area, int urgency,
                                     int channel, int class)
{
    uint32_t column = t->column_of[interval * t->region->n_areas + area];
    return &t->lists[rt_cell(t, column, urgency, channel, class)];
}

static int key_of_class(const struct tb_table *t, int class)
{
    int key = 0;
    while (t->class_of[key] != class) key++;
    return key;
}

enum tb_code rt_no_empty_cell(const struct tb_table *t, struct tb_err *e)
{
    bool empty = false;
    for (int i = 0; i < t->n_lists; i++) empty = empty || t->lists[i].n == 0;
    if (!empty) return TB_OK;
    for (int i = 0; i < t->n_bounds; i++)
        for (int area = 0; area < t->region->n_areas; area++)
            for (int u = 0; u < RT_U_COUNT; u++)
                for (int channel = TB_CHANNEL_119; channel <= TB_CHANNEL_PHONE; channel++)
                    for (int class = 0; class < t->n_classes; class ++) {
                        if (list_of(t, i, area, u, channel, class)->n > 0) continue;
                        int age = key_of_class(t, class) / (t->n_complaints + 1),
                            complaint = key_of_class(t, class) % (t->n_complaints + 1);
                        struct tb_buf ages = {0}, missing = {0};
                        char at[64];
                        rt_ages_text(t, age, age, &ages);
                        rt_missing(t, t->bounds[i], age, complaint, &missing);
                        enum tb_code code = tb_fail(
                            e, TB_NO,
                            tb_t("案内表に空の欄があります: %s %s %s %s 緊急度 %s 窓口 %s。足りない当番: "
                                 "%s。当番を公表するか、案内の規則（policies）に最後の行を足してください",
                                 "the table has an empty cell: %s %s %s %s, urgency %s, desk %s. Duties "
                                 "missing: %s. Publish one, or add a last row to the policies"),
                            tb_format_instant(t->bounds[i], at, sizeof at), t->region->areas[area].name,
                            tb_buf_str(&ages), rt_complaint_name(t, complaint), rt_urgency_word[u],
                            channel == TB_CHANNEL_119 ? "119" : tb_t("119以外", "other than 119"),
                            tb_buf_str(&missing));
                        tb_buf_free(&ages);
                        tb_buf_free(&missing);
                        return code;
                    }
    TB_BUG("an empty list that no cell uses");
}

/* ---- holes ---------------------------------------------------------------------------------- */

struct hole {
    tb_minute from, to;
    int urgency, age, complaint;
    uint32_t missing;
};

static bool last_resort_only(const struct tb_table *t, const struct rt_list *l)
{
    for (int i = 0; i < l->n; i++) {
        const struct rt_entry *x = &t->entries[l->first + i];
        if (x->ref == RT_SERVICE && x->role != TB_ANSWER_LAST) return false;
    }
    return true;
}

static bool is_hole(const struct tb_table *t, int interval, int urgency, int class)
{
    if (rt_consulting_at(t, t->bounds[interval])) return false;
    for (int area = 0; area < t->region->n_areas; area++)
        if (last_resort_only(t, list_of(t, interval, area, urgency, TB_CHANNEL_DESK, class))) return true;
    return false;
}

static int compare_holes(const void *p, const void *q)
{
    const struct hole *a = p, *b = q;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    if (a->urgency != b->urgency) return a->urgency < b->urgency ? -1 : 1;
    if (a->missing != b->missing) return a->missing < b->missing ? -1 : 1;
    if (a->complaint != b->complaint) return a->complaint < b->complaint ? -1 : 1;
    return (a->age > b->age) - (a->age < b->age);
}

/* Holes of one span, urgency and set of missing duties, as "complaint ages; complaint ages". */
static void tell_keys(const struct tb_table *t, const struct hole *h, size_t n, struct tb_buf *out)
{
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && h[k].complaint == h[i].complaint && h[k].age == h[k - 1].age + 1; k++) {}
        tb_buf_addf(out, "%s%s ", i > 0 ? tb_t("、", ", ") : "", rt_complaint_name(t, h[i].complaint));
        rt_ages_text(t, h[i].age, h[k - 1].age, out);
    }
}

/* Is it asked of a duty that sees patients? Nobody is urgently without a pharmacy. */
static bool is_illness(const struct tb_table *t, int complaint)
{
    const struct tb_ids *wanted = &t->region->complaints[complaint].specialities;
    bool other = false;
    for (int d = 0; d < t->region->n_duties; d++)
        for (int i = 0; i < wanted->n; i++)
            for (int k = 0; k < t->region->duties[d].specialities.n; k++) {
                if (wanted->v[i] != t->region->duties[d].specialities.v[k]) continue;
                if (t->region->duties[d].tier > 0) return true;
                other = true;
            }
    return !other;
}

static void collect(const struct tb_table *t, struct rt_pool *words, struct hole **v, size_t *n, size_t *cap)
{
    struct tb_buf missing = {0};
    for (int key = 0; key < t->n_ages * (t->n_complaints + 1); key++) {
        int age = key / (t->n_complaints + 1), complaint = key % (t->n_complaints + 1);
        if (complaint == t->n_complaints || !is_illness(t, complaint)) continue;
        for (int u = 2; u <= 3; u++)
            for (int i = 0; i < t->n_bounds; i++) {
                if (!is_hole(t, i, u, t->class_of[key])) continue;
                bool fresh;
                tb_buf_clear(&missing);
                rt_missing(t, t->bounds[i], age, complaint, &missing);
                struct hole h = {t->bounds[i],
                                 i + 1 < t->n_bounds ? t->bounds[i + 1] : t->to,
                                 u,
                                 age,
                                 complaint,
                                 rt_pool_put(words, tb_buf_str(&missing), missing.len + 1, &fresh)};
                struct hole *last = *n > 0 ? &(*v)[*n - 1] : NULL;
                if (last != NULL && last->to == h.from && last->urgency == u && last->age == age &&
                    last->complaint == complaint && last->missing == h.missing)
                    last->to = h.to;
                else
                    *TB_PUSH(*v, *n, *cap) = h;
            }
    }
    tb_buf_free(&missing);
}

/* Holes of the same hours, urgency, keys and missing duties on several days are one line. */
struct line {
    int urgency, from, length;
    uint32_t keys, missing;
    struct tb_buf days;
    int n;
};

static struct line *line_for(struct line **v, size_t *n, size_t *cap, struct line x)
{
    for (size_t i = 0; i < *n; i++) {
        const struct line *l = &(*v)[i];
        if (l->urgency == x.urgency && l->from == x.from && l->length == x.length && l->keys == x.keys &&
            l->missing == x.missing)
            return &(*v)[i];
    }
    struct line *l = TB_PUSH(*v, *n, *cap);
    *l = x;
    return l;
}

static void tell_line(const struct rt_pool *words, struct line *l, struct tb_buf *out)
{
    char from[64], to[64];
    tb_buf_addf(
        out,
        tb_t("%s %s から %s まで %d日（%s）: %s。最後の手段だけで答えます。足りない当番: %s\n",
             "%s %s to %s on %d days (%s): %s. Answered by the last resort only. Duties missing: %s\n"),
        rt_urgency_word[l->urgency], tb_format_time(l->from, from, sizeof from),
        tb_format_time_ja(l->from + l->length, to, sizeof to), l->n, tb_buf_str(&l->days),
        (const char *)words->key[l->keys], (const char *)words->key[l->missing]);
    tb_buf_free(&l->days);
}

static int tell_gaps(const struct tb_table *t, struct tb_buf *out)
{
    char from[64], to[64];
    int n = 0;
    for (int i = 0; i < t->n_gaps; i++) {
        const struct rt_gap *g = &t->gaps[i];
        if (g->span.to <= t->from || g->span.from >= t->to) continue;
        tb_buf_addf(out, tb_t("%s から %s まで 空席: %s %s\n", "%s to %s nobody in the slot: %s %s\n"),
                    tb_format_instant(g->span.from, from, sizeof from),
                    tb_format_instant(g->span.to, to, sizeof to), t->region->duties[g->duty].name,
                    t->region->bands[g->band].id);
        n++;
    }
    return n;
}

int tb_route_holes(const tb_table *t, struct tb_buf *out)
{
    struct hole *v = NULL;
    struct line *lines = NULL;
    struct rt_pool words = {0};
    struct tb_buf keys = {0};
    size_t n = 0, cap = 0, n_lines = 0, cap_lines = 0;
    collect(t, &words, &v, &n, &cap);
    if (n > 0) qsort(v, n, sizeof *v, compare_holes);
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && v[k].from == v[i].from && v[k].to == v[i].to &&
                        v[k].urgency == v[i].urgency && v[k].missing == v[i].missing;
             k++) {}
        bool fresh;
        char date[64];
        tb_buf_clear(&keys);
        tell_keys(t, v + i, k - i, &keys);
        tb_day day = tb_day_of_minute(v[i].from);
        struct line *l =
            line_for(&lines, &n_lines, &cap_lines,
                     (struct line){.urgency = v[i].urgency,
                                   .from = (int)(v[i].from - tb_minute_of(day, 0)),
                                   .length = (int)(v[i].to - v[i].from),
                                   .keys = rt_pool_put(&words, tb_buf_str(&keys), keys.len + 1, &fresh),
                                   .missing = v[i].missing});
        tb_buf_addf(&l->days, "%s%s", l->n++ > 0 ? " " : "", tb_format_date(day, date, sizeof date));
    }
    for (size_t i = 0; i < n_lines; i++) tell_line(&words, &lines[i], out);
    free(v);
    free(lines);
    tb_buf_free(&keys);
    rt_pool_free(&words);
    return (int)n_lines + tell_gaps(t, out);
}

/* ---- light cases ---------------------------------------------------------------------------- */

static bool takes_some(const struct tb_table *t, int service, int age, int complaint)
{
    const struct rt_service *s = &t->services[service];
    const struct tb_provider *p = &t->region->providers[s->place];
    bool sure = complaint >= t->n_complaints || rt_keeps(t->region, s->kind, s->place, complaint);
    bool his_age = age >= t->n_ages || (t->cuts[age] >= p->age_from && t->cuts[age] < p->age_to);
    return sure && his_age && takes(t, s->duty, 1, age, complaint);
}

/* Keys that stand for a class, and how many they are. */
struct weight {
    int key, n;
};

static void count_keys(const struct tb_table *t, struct weight *w)
{
    for (int key = rt_n_keys(t) - 1; key >= 0; key--) {
        w[t->class_of[key]].key = key;
        w[t->class_of[key]].n++;
    }
}

struct tb_route_light tb_route_light_of(const tb_table *t)
{
    struct tb_route_light out = {0, 0};
    struct weight *w = tb_xcalloc((size_t)t->n_classes + 1, sizeof *w);
    bool *fit = tb_xcalloc((size_t)t->n_classes * (size_t)t->n_services + 1, 1);
    int *open = tb_xcalloc((size_t)t->n_services + 1, sizeof *open), n_open;
    count_keys(t, w);
    for (int c = 0; c < t->n_classes; c++)
        for (int s = 0; s < t->n_services; s++)
            fit[c * t->n_services + s] =
                t->services[s].kind == RT_DUTY &&
                takes_some(t, s, w[c].key / (t->n_complaints + 1), w[c].key % (t->n_complaints + 1));
    for (int i = 0; i < t->n_bounds; i++) {
        tb_minute at = t->bounds[i];
        if (rt_consulting_at(t, at)) continue;
        n_open = 0;
        for (int s = 0; s < t->n_services; s++)
            if (t->services[s].kind == RT_DUTY && t->services[s].tier == 1 && rt_open_at(t, s, at) >= 0)
                open[n_open++] = s;
        for (int area = 0; area < t->region->n_areas && n_open > 0; area++)
            for (int c = 0; c < t->n_classes; c++) {
                bool some = false;
                for (int k = 0; k < n_open && !some; k++)
                    some = fit[c * t->n_services + open[k]] &&
                           at + rt_band(rt_travel_now(t, area, open[k], at)) <=
                               t->openings[rt_open_at(t, open[k], at)].reception;
                for (int u = 3; u <= 4 && some; u++) {
                    const struct rt_list *l = list_of(t, i, area, u, TB_CHANNEL_DESK, c);
                    const struct rt_entry *x = &t->entries[l->first];
                    out.cells += w[c].n * (TB_CHANNEL_COUNT - 1);
                    if (l->n > 0 && x->ref == RT_SERVICE && t->services[x->index].tier == 1)
                        out.first += w[c].n * (TB_CHANNEL_COUNT - 1);
                }
            }
    }
    free(w);
    free(fit);
    free(open);
    return out;
}
