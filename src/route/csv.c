/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table for a command desk's system: one row per span of time, desk, urgency and group of keys that get
 * the same list. Places are the municipalities and their zones, not every district: a zone is told what holds
 * for the farthest of its districts.
 */
#include "route_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/base/csv.h"

enum { AT_ONCE = 64, DESKS_119 = 1, DESKS_OTHERS = 2 };

/* `order` stands for the list's contents, so that rows stand alike however lists are numbered. */
struct run {
    tb_minute from, to;
    int desks, urgency, complaint, age;
    uint32_t list, order;
    uint64_t areas;
};

/* Some of the region's places, at most AT_ONCE: a run has a bit for each. */
struct places {
    const int *v;
    int n;
};

/* The lowest areas down to the level of zones: an array of *n for the caller to free. */
static int *places_of(const struct tb_region *r, int *n)
{
    int *v = tb_xcalloc((size_t)r->n_areas + 1, sizeof *v);
    *n = 0;
    for (int a = 0; a < r->n_areas; a++) {
        bool divided = r->areas[a].level > TB_LEVEL_ZONE;
        for (int k = 0; k < r->n_areas && !divided; k++)
            divided = r->areas[k].parent == a && r->areas[k].level <= TB_LEVEL_ZONE;
        if (!divided) v[(*n)++] = a;
    }
    return v;
}

struct profile {
    int urgency, channel, class;
};

static uint32_t list_at(const struct tb_table *t, int interval, int area, const struct profile *x)
{
    return rt_cell(t, t->column_of[interval * t->region->n_areas + area], x->urgency, x->channel, x->class);
}

static int opening_of(const struct tb_table *t, const struct rt_entry *x, tb_minute at)
{
    if (x->ref != RT_SERVICE) return -1;
    return x->role == TB_ANSWER_LATER ? rt_opens_after(t, x->index, at) : rt_open_at(t, x->index, at);
}

/* The same doors in the same openings at both minutes? */
static bool same_openings(const struct tb_table *t, uint32_t list, tb_minute a, tb_minute b)
{
    for (int i = 0; i < t->lists[list].n; i++) {
        const struct rt_entry *x = &t->entries[t->lists[list].first + i];
        if (opening_of(t, x, a) != opening_of(t, x, b)) return false;
        if (x->ref == RT_CONSULT && rt_consulting_after(t, a) != rt_consulting_after(t, b)) return false;
    }
    return true;
}

static int compare_spans(const void *p, const void *q)
{
    const struct run *a = p, *b = q;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    if (a->order != b->order) return a->order < b->order ? -1 : 1;
    return 0;
}

static int compare_rows(const void *p, const void *q)
{
    const struct run *a = p, *b = q;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->urgency != b->urgency) return a->urgency < b->urgency ? -1 : 1;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    if (a->areas != b->areas) return a->areas < b->areas ? -1 : 1;
    if (a->order != b->order) return a->order < b->order ? -1 : 1;
    if (a->desks != b->desks) return a->desks < b->desks ? -1 : 1;
    if (a->complaint != b->complaint) return a->complaint < b->complaint ? -1 : 1;
    return (a->age > b->age) - (a->age < b->age);
}

struct runs {
    struct run *v;
    size_t n, cap;
    const uint32_t *order;
};

struct content {
    const struct tb_table *t;
    uint32_t list;
};

static int compare_contents(const void *p, const void *q)
{
    const struct content *a = p, *b = q;
    const struct rt_list *x = &a->t->lists[a->list], *y = &b->t->lists[b->list];
    for (int i = 0; i < x->n && i < y->n; i++) {
        const struct rt_entry *u = &a->t->entries[x->first + i], *v = &b->t->entries[y->first + i];
        const int left[] = {u->policy, u->ref, u->index, u->role, u->doubtful},
                  right[] = {v->policy, v->ref, v->index, v->role, v->doubtful};
        for (size_t k = 0; k < TB_COUNT(left); k++)
            if (left[k] != right[k]) return left[k] < right[k] ? -1 : 1;
    }
    return (x->n > y->n) - (x->n < y->n);
}

static uint32_t *order_of_lists(const struct tb_table *t)
{
    struct content *c = tb_xcalloc((size_t)t->n_lists + 1, sizeof *c);
    uint32_t *order = tb_xcalloc((size_t)t->n_lists + 1, sizeof *order);
    for (int i = 0; i < t->n_lists; i++) c[i] = (struct content){t, (uint32_t)i};
    qsort(c, (size_t)t->n_lists, sizeof *c, compare_contents);
    for (int i = 0; i < t->n_lists; i++) order[c[i].list] = (uint32_t)i;
    free(c);
    return order;
}

/* Runs of one class in all places; places with the same run are joined. */
static void runs_of_class(const struct tb_table *t, const struct places *p, int urgency, int channel,
                          int class, struct runs *out)
{
    struct runs mine = {0};
    const struct profile profile = {urgency, channel, class};
    for (int k = 0; k < p->n; k++)
        for (int i = 0, j; i < t->n_bounds; i = j) {
            uint32_t list = list_at(t, i, p->v[k], &profile);
            for (j = i + 1; j < t->n_bounds && list_at(t, j, p->v[k], &profile) == list &&
                            same_openings(t, list, t->bounds[i], t->bounds[j]);
                 j++) {}
            *TB_PUSH(mine.v, mine.n, mine.cap) =
                (struct run){t->bounds[i],
                             j < t->n_bounds ? t->bounds[j] : t->to,
                             channel == TB_CHANNEL_119 ? DESKS_119 : DESKS_OTHERS,
                             urgency,
                             0,
                             0,
                             list,
                             out->order[list],
                             UINT64_C(1) << k};
        }
    if (mine.n > 0) qsort(mine.v, mine.n, sizeof *mine.v, compare_spans);
    for (size_t i = 0, j; i < mine.n; i = j) {
        struct run x = mine.v[i];
        for (j = i + 1; j < mine.n && compare_spans(&mine.v[i], &mine.v[j]) == 0; j++)
            x.areas |= mine.v[j].areas;
        for (int key = 0; key < t->n_ages * (t->n_complaints + 1); key++) {
            x.age = key / (t->n_complaints + 1);
            x.complaint = key % (t->n_complaints + 1);
            if (t->class_of[key] == class && x.complaint < t->n_complaints)
                *TB_PUSH(out->v, out->n, out->cap) = x;
        }
    }
    free(mine.v);
}

/* ---- rows ----------------------------------------------------------------------------------- */

struct sheet {
    const struct tb_table *t;
    struct tb_buf *out;
    struct places places;
    int most;
};

static void instant_cell(struct sheet *s, tb_minute m)
{
    char text[64] = "";
    if (m != INT64_MIN) tb_format_instant(m, text, sizeof text)[sizeof "2026-12-03T19:30" - 1] = '\0';
    tb_csv_cell(s->out, text);
}

static void int_cell(struct sheet *s, int v)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%d", v);
    tb_csv_cell(s->out, text);
}

static void entry_cells(struct sheet *s, const struct rt_entry *x, tb_minute at)
{
    const struct tb_table *t = s->t;
    const struct tb_region *r = t->region;
    const struct tb_policy *rule = &r->policies[x->policy];
    const char *name = rule->name, *phone = rule->phone;
    tb_minute from = INT64_MIN, until = INT64_MIN;
    int o = opening_of(t, x, at);
    if (x->ref == RT_SERVICE) {
        name = t->shown[t->services[x->index].place].name;
        phone = t->shown[t->services[x->index].place].phone;
    }
    if (x->ref == RT_LINE) {
        name = r->lines[x->index].name;
        phone = r->lines[x->index].phone;
    }
    if (x->ref == RT_CONSULT) from = rt_consulting_after(t, at);
    if (o >= 0) {
        from = t->openings[o].from;
        until = t->openings[o].reception;
    }
    tb_csv_cell(s->out, rt_role_word[x->role]);
    tb_csv_cell(s->out, name);
    tb_csv_cell(s->out, phone);
    instant_cell(s, from);
    instant_cell(s, until);
    tb_csv_cell(s->out, x->doubtful ? "電話で確認" : "");
}

static void names_cell(struct sheet *s, uint64_t set, bool areas)
{
    struct tb_buf b = {0};
    for (int i = 0; i < 64; i++)
        if (set >> i & 1)
            tb_buf_addf(&b, "%s%s", b.len > 0 ? ";" : "",
                        areas ? s->t->region->areas[s->places.v[i]].name : s->t->region->complaints[i].name);
    tb_csv_cell(s->out, tb_buf_str(&b));
    tb_buf_free(&b);
}

static void row(struct sheet *s, const struct run *x, int last_age, uint64_t complaints)
{
    const struct tb_table *t = s->t;
    char digest[9];
    (void)snprintf(digest, sizeof digest, "%.8s", t->digest);
    int_cell(s, t->publication);
    tb_csv_cell(s->out, digest);
    instant_cell(s, x->from);
    instant_cell(s, x->to);
    tb_csv_cell(s->out, x->desks == DESKS_119      ? "119"
                        : x->desks == DESKS_OTHERS ? "phone;desk;public"
                                                   : "119;phone;desk;public");
    tb_csv_cell(s->out, rt_urgency_word[x->urgency]);
    names_cell(s, x->areas, true);
    int_cell(s, t->cuts[x->age]);
    int_cell(s, last_age == t->n_ages - 1 ? 150 : t->cuts[last_age + 1]);
    names_cell(s, complaints, false);
    int_cell(s, t->lists[x->list].n);
    for (int i = 0; i < t->lists[x->list].n; i++)
        entry_cells(s, &t->entries[t->lists[x->list].first + i], x->from);
    tb_csv_end(s->out);
}

/* Rows of one span, desk, urgency, list and set of places: ages joined within a complaint, then complaints
 * that have the same ages. */
static void group(struct sheet *s, const struct run *v, size_t n)
{
    struct {
        int first, last;
        uint64_t complaints;
    } box[256];
    size_t boxes = 0;
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && v[j].complaint == v[i].complaint && v[j].age == v[j - 1].age + 1; j++) {}
        size_t k = 0;
        while (k < boxes && (box[k].first != v[i].age || box[k].last != v[j - 1].age)) k++;
        if (k == boxes) {
            TB_ASSERT(boxes < TB_COUNT(box));
            box[boxes].first = v[i].age;
            box[boxes].last = v[j - 1].age;
            box[boxes++].complaints = 0;
        }
        box[k].complaints |= UINT64_C(1) << v[i].complaint;
    }
    for (size_t k = 0; k < boxes; k++) {
        struct run x = v[0];
        x.age = box[k].first;
        row(s, &x, box[k].last, box[k].complaints);
    }
}

static int compare_but_desks(const void *p, const void *q)
{
    struct run a = *(const struct run *)p, b = *(const struct run *)q;
    a.desks = b.desks = 0;
    return compare_rows(&a, &b);
}

/* What the 119 desk and the others are told alike is told once. */
static void join_desks(struct runs *all)
{
    if (all->n == 0) return;
    qsort(all->v, all->n, sizeof *all->v, compare_but_desks);
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        if (n > 0 && compare_but_desks(&all->v[n - 1], &all->v[i]) == 0)
            all->v[n - 1].desks |= all->v[i].desks;
        else
            all->v[n++] = all->v[i];
    }
    all->n = n;
    qsort(all->v, all->n, sizeof *all->v, compare_rows);
}

static void header(struct sheet *s)
{
    static const char *const fixed[] = {"publication", "table",      "from",   "to",
                                        "channel",     "urgency",    "areas",  "age_from",
                                        "age_to",      "complaints", "entries"};
    static const char *const each[] = {"role", "name", "phone", "from", "until", "check"};
    const struct tb_table *t = s->t;
    char text[64], from[64], to[64];
    struct tb_buf note = {0};
    for (size_t i = 0; i < TB_COUNT(fixed); i++) tb_csv_cell(s->out, fixed[i]);
    for (int k = 1; k <= s->most; k++)
        for (size_t i = 0; i < TB_COUNT(each); i++) {
            (void)snprintf(text, sizeof text, "%s%d", each[i], k);
            tb_csv_cell(s->out, text);
        }
    tb_buf_add(&note, "当番医療機関案内表（119は");
    rt_heading_119(t, &note);
    tb_buf_add(&note, "） ");
    rt_table_id(t, &note);
    tb_buf_addf(&note, " 第%d版 %s 照合 %.8s 作成 %s", t->publication, t->hash, t->digest,
                tb_format_instant(t->issued_at, text, sizeof text));
    tb_buf_addf(&note, " 有効 %s から %s の前まで。%s%s", tb_format_instant(t->from, from, sizeof from),
                tb_format_instant(t->to, to, sizeof to), rt_use_notice(), t->region->regions[0].notice);
    tb_csv_cell(s->out, tb_buf_str(&note));
    tb_csv_end(s->out);
    tb_buf_free(&note);
}

/* The rows of at most AT_ONCE places. */
static void rows_of_places(struct sheet *s, const uint32_t *order)
{
    const struct tb_table *t = s->t;
    struct runs all = {.order = order};
    for (int u = TB_U_GUIDANCE; u < TB_U_UNKNOWN; u++)
        for (int channel = TB_CHANNEL_119; channel <= TB_CHANNEL_PHONE; channel++)
            for (int k = 0; k < t->n_classes; k++) runs_of_class(t, &s->places, u, channel, k, &all);
    join_desks(&all);
    for (size_t i = 0, j; i < all.n; i = j) {
        for (j = i + 1; j < all.n && all.v[j].from == all.v[i].from && all.v[j].to == all.v[i].to &&
                        all.v[j].desks == all.v[i].desks && all.v[j].urgency == all.v[i].urgency &&
                        all.v[j].areas == all.v[i].areas && all.v[j].list == all.v[i].list;
             j++) {}
        group(s, all.v + i, j - i);
    }
    free(all.v);
}

void tb_table_csv(const tb_table *t, struct tb_buf *out)
{
    struct sheet s = {.t = t, .out = out};
    uint32_t *order = order_of_lists(t);
    int n, *places = places_of(t->region, &n);
    TB_ASSERT(t->n_complaints <= 64);
    for (int i = 0; i < t->n_lists; i++)
        if (t->lists[i].n > s.most) s.most = t->lists[i].n;
    header(&s);
    for (int first = 0; first < n; first += AT_ONCE) {
        s.places = (struct places){places + first, n - first < AT_ONCE ? n - first : AT_ONCE};
        rows_of_places(&s, order);
    }
    free(places);
    free(order);
}
