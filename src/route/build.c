/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a board to a table: which doors there are and when, which keys are alike, at which minutes anything
 * may change.
 */
#include "build_int.h"
#include "form.h"

#include <stdlib.h>
#include <string.h>

enum { NEXT_DAYS = 14 }; /* how far past the table the next consulting hours are looked for */

/* ---- services ------------------------------------------------------------------------------- */

struct visit {
    int duty, place;
    struct rt_opening o;
};

static int compare_minutes(const void *p, const void *q)
{
    const tb_minute *a = p, *b = q;
    return (*a > *b) - (*a < *b);
}

static int compare_visits(const void *p, const void *q)
{
    const struct visit *a = p, *b = q;
    if (a->duty != b->duty) return a->duty < b->duty ? -1 : 1;
    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    if (a->o.from != b->o.from) return a->o.from < b->o.from ? -1 : 1;
    return (a->o.slot > b->o.slot) - (a->o.slot < b->o.slot);
}

static bool shares(const struct tb_ids *a, const struct tb_ids *b)
{
    for (int i = 0; i < a->n; i++)
        for (int k = 0; k < b->n; k++)
            if (a->v[i] == b->v[k]) return true;
    return false;
}

/* A duty to which a patient can be sent: somebody is there whom a complaint asks for. */
static bool receives(const struct tb_region *r, int duty)
{
    const struct tb_duty *d = &r->duties[duty];
    if (d->at_home) return false;
    for (int c = 0; c < r->n_complaints; c++)
        if (shares(&r->complaints[c].specialities, &d->specialities)) return true;
    return false;
}

static void list_services(struct builder *b)
{
    struct tb_table *t = b->t;
    const struct tb_region *r = t->region;
    struct visit *v = NULL;
    size_t n = 0, cap = 0, gap_cap = 0, n_gaps = 0;
    struct rt_gap *gaps = NULL;
    for (int i = 0; i < b->board->n_slots; i++) {
        const struct tb_slot *s = &b->board->slots[i];
        if (s->role != TB_PRIMARY || !receives(r, s->duty)) continue;
        int first, seats = tb_board_seats(b->board, i, &first), site = r->duties[s->duty].site;
        for (int k = 0; k < s->n_intervals; k++) {
            struct rt_opening o = {
                s->interval[k].from, s->reception[k], s->interval[k].to, i, s->date, s->band};
            for (int a = first; a < first + seats && (a == first || site < 0); a++)
                *TB_PUSH(v, n, cap) = (struct visit){s->duty, site >= 0 ? site : b->board->a[a].provider, o};
            if (seats == 0)
                *TB_PUSH(gaps, n_gaps, gap_cap) = (struct rt_gap){s->duty, s->band, s->date, s->interval[k]};
        }
    }
    if (n > 0) qsort(v, n, sizeof *v, compare_visits);
    t->services = tb_arena_alloc(&t->arena, (n + 2 * (size_t)r->n_providers + 1) * sizeof *t->services);
    t->openings = tb_arena_alloc(&t->arena, (n + 1) * sizeof *t->openings);
    for (size_t i = 0; i < n; i++) {
        struct rt_service *last = t->n_services > 0 ? &t->services[t->n_services - 1] : NULL;
        if (last == NULL || last->duty != v[i].duty || last->place != v[i].place) {
            last = &t->services[t->n_services++];
            *last = (struct rt_service){RT_DUTY,       v[i].duty, v[i].place, r->duties[v[i].duty].tier,
                                        t->n_openings, 0};
        }
        t->openings[t->n_openings++] = v[i].o;
        last->n++;
    }
    for (int kind = RT_TERTIARY; kind <= RT_CERTIFIED; kind++)
        for (int p = 0; p < r->n_providers; p++)
            if (kind == RT_TERTIARY
                    ? r->providers[p].tertiary
                    : !r->providers[p].tertiary && r->providers[p].certified_until != TB_DAY_NONE)
                t->services[t->n_services++] =
                    (struct rt_service){kind, -1, p, kind == RT_TERTIARY ? 3 : 2, t->n_openings, 0};
    t->gaps = tb_arena_alloc(&t->arena, (n_gaps + 1) * sizeof *gaps);
    if (n_gaps > 0) memcpy(t->gaps, gaps, n_gaps * sizeof *gaps);
    t->n_gaps = (int)n_gaps;
    t->published = tb_arena_alloc(&t->arena, (size_t)r->n_duties + 1);
    for (int i = 0; i < b->board->n_duties; i++) t->published[b->board->duties[i]] = true;
    free(v);
    free(gaps);
}

/* ---- keys ----------------------------------------------------------------------------------- */

struct ages {
    int from, to;
};

static struct ages ages_of(const struct tb_region *r, const struct rt_service *s)
{
    const struct tb_provider *p = &r->providers[s->place];
    if (s->kind == RT_TERTIARY) return (struct ages){0, 151};
    struct ages a = {p->age_from, p->age_to < 150 ? p->age_to : 151};
    if (s->kind != RT_DUTY) return a;
    const struct tb_duty *d = &r->duties[s->duty];
    return (struct ages){a.from > d->age_from ? a.from : d->age_from, a.to < d->age_to ? a.to : d->age_to};
}

static void cut(bool *is_cut, int from, int to)
{
    is_cut[from] = true;
    if (to <= 150) is_cut[to] = true;
}

/* Coarsest ages that no service, no line and nobody who might take a duty over divides. People of 150 and
 * more are as those of 149. */
static void list_ages(struct builder *b)
{
    struct tb_table *t = b->t;
    const struct tb_region *r = t->region;
    bool is_cut[152] = {[0] = true};
    for (int i = 0; i < r->n_duties; i++)
        if (receives(r, i)) cut(is_cut, r->duties[i].age_from, r->duties[i].age_to);
    for (int i = 0; i < r->n_providers; i++) cut(is_cut, r->providers[i].age_from, r->providers[i].age_to);
    for (int i = 0; i < r->n_lines; i++) cut(is_cut, r->lines[i].age_from, r->lines[i].age_to);
    for (int i = 0; i < r->n_standards; i++) cut(is_cut, r->standards[i].age_from, r->standards[i].age_to);
    t->cuts = tb_arena_alloc(&t->arena, 152 * sizeof *t->cuts);
    for (int y = 0; y < 150; y++)
        if (is_cut[y]) t->cuts[t->n_ages++] = y;
    t->cuts[t->n_ages] = 151;
}

/* How the range [from, to) of `n` values (the whole when the key names none) meets what `ok` accepts. */
static uint8_t fit_of(const struct builder *b, const struct rt_service *s, int age, int complaint)
{
    const struct tb_table *t = b->t;
    struct ages range = ages_of(t->region, s);
    bool all_ages = true, some_age = false, all_complaints = true, some_complaint = false;
    for (int a = age < t->n_ages ? age : 0; a < (age < t->n_ages ? age + 1 : t->n_ages); a++) {
        bool in = range.from <= t->cuts[a] && t->cuts[a] < range.to;
        all_ages = all_ages && in;
        some_age = some_age || in;
    }
    for (int c = complaint < t->n_complaints ? complaint : 0;
         c < (complaint < t->n_complaints ? complaint + 1 : t->n_complaints); c++) {
        bool in = rt_sees(t->region, s->kind, s->duty, s->place, c);
        all_complaints = all_complaints && in;
        some_complaint = some_complaint || in;
    }
    bool known = complaint < t->n_complaints;
    if (s->tier == 0 && !known)
        all_complaints = some_complaint = false; /* no patient is sent to a pharmacy */
    return (uint8_t)((all_ages && all_complaints ? FIT_ALL : 0) |
                     (some_age && some_complaint ? FIT_SOME : 0) | (all_ages ? AGE_ALL : 0) |
                     (some_age ? AGE_SOME : 0) |
                     (known && !rt_keeps(t->region, s->kind, s->place, complaint) ? DOUBTFUL : 0));
}

static bool line_takes(const struct tb_table *t, int line, int age)
{
    const struct tb_line *l = &t->region->lines[line];
    for (int a = 0; a < t->n_ages; a++)
        if ((age == a || age == t->n_ages) && l->age_from <= t->cuts[a] && t->cuts[a] < l->age_to)
            return true;
    return false;
}

/* Unknown ages and complaints: a row must be for all of them. */
static bool standard_is_for(const struct tb_table *t, const struct tb_standard *x, int age, int complaint)
{
    bool all = age < t->n_ages ? x->age_from <= t->cuts[age] && t->cuts[age] < x->age_to
                               : x->age_from == 0 && x->age_to >= 150;
    return all && (x->complaint < 0 || x->complaint == complaint);
}

/* Keys are one class when every service, every line and every row of the 実施基準 treats them alike. Those of
 * one complaint are numbered one after another: what changes at a minute is mostly about one complaint, and
 * the rows of the others stay. */
static void list_keys(struct builder *b)
{
    struct tb_table *t = b->t;
    const struct tb_region *r = t->region;
    size_t services = (size_t)t->n_services, lines = (size_t)r->n_lines, standards = (size_t)r->n_standards,
           width = services + lines + standards + 1;
    size_t keys = (size_t)rt_n_keys(t);
    b->fit = tb_xcalloc(keys * services + 1, 1);
    b->line_fit = tb_xcalloc(keys * lines + 1, 1);
    b->standard_fit = tb_xcalloc(keys * standards + 1, 1);
    b->rep = tb_xcalloc(keys, sizeof *b->rep);
    t->class_of = tb_arena_alloc(&t->arena, keys * sizeof *t->class_of);
    struct rt_pool classes = {0};
    uint8_t *row = tb_xcalloc(width, 1);
    for (size_t k = 0; k < keys; k++) {
        int age = (int)k % (t->n_ages + 1), complaint = (int)k / (t->n_ages + 1);
        size_t key = (size_t)rt_key(t, age, complaint);
        for (size_t s = 0; s < services; s++)
            row[s] = b->fit[key * services + s] = fit_of(b, &t->services[s], age, complaint);
        for (size_t l = 0; l < lines; l++)
            row[services + l] = b->line_fit[key * lines + l] = line_takes(t, (int)l, age);
        for (size_t s = 0; s < standards; s++)
            row[services + lines + s] = b->standard_fit[key * standards + s] =
                standard_is_for(t, &r->standards[s], age, complaint);
        bool fresh;
        int class = (int)rt_pool_put(&classes, row, width, &fresh);
        if (fresh) b->rep[class] = (int)key;
        t->class_of[key] = class;
    }
    t->n_classes = (int)classes.n;
    rt_pool_free(&classes);
    free(row);
}

/* An area that contains others stands for "somewhere in it": the farthest of its leaves. */
static void list_travel(struct builder *b)
{
    struct tb_table *t = b->t;
    const struct tb_region *r = t->region;
    bool *parent = tb_xcalloc((size_t)r->n_areas, sizeof *parent);
    int roots = 0;
    for (int a = 0; a < r->n_areas; a++) {
        if (r->areas[a].parent >= 0)
            parent[r->areas[a].parent] = true;
        else {
            roots++;
            t->root = a;
        }
    }
    if (roots != 1) t->root = -1;
    t->travel = tb_arena_alloc(&t->arena, (size_t)r->n_areas * (size_t)t->n_services * sizeof *t->travel + 1);
    for (int leaf = 0; leaf < r->n_areas; leaf++) {
        if (parent[leaf]) continue;
        for (int s = 0; s < t->n_services; s++) {
            uint16_t m = (uint16_t)tb_travel_minutes(r, leaf, r->providers[t->services[s].place].area, false);
            for (int a = leaf; a >= 0; a = r->areas[a].parent) {
                uint16_t *at = &t->travel[a * t->n_services + s];
                if (m > *at) *at = m;
            }
        }
    }
    free(parent);
}

/* ---- time ----------------------------------------------------------------------------------- */

static void list_days(struct builder *b)
{
    struct tb_table *t = b->t;
    const struct tb_region_row *row = &t->region->regions[0];
    tb_day first = tb_day_of_minute(t->from), last = tb_day_of_minute(t->to);
    size_t days = (size_t)(last + NEXT_DAYS - first + 1);
    t->winter = tb_arena_alloc(&t->arena, days);
    t->consult_from = tb_arena_alloc(&t->arena, days * sizeof *t->consult_from);
    t->consult_to = tb_arena_alloc(&t->arena, days * sizeof *t->consult_to);
    for (tb_day d = first; d <= last + NEXT_DAYS; d++) {
        uint64_t classes = tb_day_classes(t->region, -1, d);
        t->winter[d - first] = row->winter >= 0 && (classes >> row->winter & 1);
        bool half = row->half >= 0 && (classes >> row->half & 1),
             whole = row->consulting >= 0 && (classes >> row->consulting & 1);
        if (!half && !whole) continue;
        t->consult_from[t->n_consult] = tb_minute_of(d, row->consulting_from);
        t->consult_to[t->n_consult++] = tb_minute_of(d, half ? row->half_to : row->consulting_to);
    }
}

static void mark(const struct tb_table *t, tb_minute **v, size_t *n, size_t *cap, tb_minute at)
{
    if (at <= t->from || at >= t->to) return;
    *TB_PUSH(*v, *n, *cap) = at;
}

/* Every minute at which an answer may change; those at which none does are dropped later. */
static tb_minute *list_minutes(struct builder *b, size_t *count)
{
    const struct tb_table *t = b->t;
    const struct tb_region *r = t->region;
    tb_minute *v = NULL;
    size_t n = 0, cap = 0;
    *TB_PUSH(v, n, cap) = t->from;
    for (tb_day d = tb_day_of_minute(t->from) - 1; d <= tb_day_of_minute(t->to); d++) {
        mark(t, &v, &n, &cap, tb_minute_of(d, 0));
        for (int l = 0; l < r->n_lines; l++) {
            mark(t, &v, &n, &cap, tb_minute_of(d, r->lines[l].from));
            mark(t, &v, &n, &cap, tb_minute_of(d, r->lines[l].to));
        }
    }
    for (int i = 0; i < t->n_consult; i++) {
        mark(t, &v, &n, &cap, t->consult_from[i]);
        mark(t, &v, &n, &cap, t->consult_to[i]);
    }
    /* banded minutes that occur; travel is at most 600, in winter three times that */
    bool used[601 * 3 + 1] = {false};
    for (int s = 0; s < t->n_services; s++)
        for (int a = 0; a < r->n_areas; a++) {
            int m = t->travel[a * t->n_services + s];
            used[rt_band(m)] = used[rt_band((m * r->regions[0].winter_percent + 99) / 100)] = true;
        }
    for (int i = 0; i < t->n_openings; i++) {
        const struct rt_opening *o = &t->openings[i];
        mark(t, &v, &n, &cap, o->from);
        mark(t, &v, &n, &cap, o->to);
        mark(t, &v, &n, &cap, o->reception + 1);
        for (int m = 1; m < (int)TB_COUNT(used); m++)
            if (used[m]) mark(t, &v, &n, &cap, o->reception - m + 1);
        for (int k = 0; k < r->n_policies; k++)
            if (r->policies[k].take == RT_TAKE_SOON || r->policies[k].take == RT_TAKE_NEXT)
                mark(t, &v, &n, &cap, o->from - r->policies[k].within);
    }
    qsort(v, n, sizeof *v, compare_minutes);
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (m == 0 || v[i] != v[m - 1]) v[m++] = v[i];
    *count = m;
    return v;
}

/* Does one opening of a service end where another begins? The list stays, the slot does not. */
static bool changes_hands(const struct tb_table *t, tb_minute at)
{
    for (int s = 0; s < t->n_services; s++)
        for (int i = t->services[s].first; i + 1 < t->services[s].first + t->services[s].n; i++)
            if (t->openings[i].to == at && t->openings[i + 1].from == at) return true;
    return false;
}

static void fill(struct builder *b)
{
    struct tb_table *t = b->t;
    size_t n, areas = (size_t)t->region->n_areas;
    tb_minute *at = list_minutes(b, &n);
    t->bounds = tb_arena_alloc(&t->arena, n * sizeof *t->bounds);
    uint32_t *columns = tb_xcalloc(n * areas, sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        uint32_t *row = &columns[(size_t)t->n_bounds * areas];
        rt_answer_all(b, at[i], row);
        bool same = t->n_bounds > 0 && memcmp(row, row - areas, areas * sizeof *row) == 0;
        if (!same || changes_hands(t, at[i])) t->bounds[t->n_bounds++] = at[i];
    }
    t->column_of = tb_arena_alloc(&t->arena, (size_t)t->n_bounds * areas * sizeof *columns);
    memcpy(t->column_of, columns, (size_t)t->n_bounds * areas * sizeof *columns);
    free(columns);
    free(at);
}

/* Strings of `width` numbers out of a pool into the table, numbered anew by use, the most used first (ties:
 * first appearance), so that the file is short. `use` holds n_use old numbers and gets the new ones. */
struct use {
    uint32_t id, count;
};

static int compare_uses(const void *p, const void *q)
{
    const struct use *x = p, *y = q;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* order[i]: the old number of what is now number i. */
static uint32_t *by_use(size_t n, uint32_t *use, size_t n_use)
{
    struct use *u = tb_xcalloc(n + 1, sizeof *u);
    uint32_t *order = tb_xcalloc(n + 1, sizeof *order), *rank = tb_xcalloc(n + 1, sizeof *rank);
    for (size_t i = 0; i < n; i++) u[i].id = (uint32_t)i;
    for (size_t i = 0; i < n_use; i++) u[use[i]].count++;
    qsort(u, n, sizeof *u, compare_uses);
    for (size_t i = 0; i < n; i++) {
        order[i] = u[i].id;
        rank[u[i].id] = (uint32_t)i;
    }
    for (size_t i = 0; i < n_use; i++) use[i] = rank[use[i]];
    free(u);
    free(rank);
    return order;
}

static uint32_t *strings_of(struct tb_table *t, const struct rt_pool *pool, size_t width,
                            const uint32_t *order)
{
    uint32_t *v = tb_arena_alloc(&t->arena, (pool->n * width + 1) * sizeof *v);
    for (size_t i = 0; i < pool->n; i++)
        memcpy(v + i * width, pool->key[order != NULL ? order[i] : i], width * sizeof *v);
    return v;
}

static void keep(struct builder *b)
{
    struct tb_table *t = b->t;
    size_t part_rows = (size_t)rt_part_rows(t), width = (size_t)t->width;
    t->n_columns = (int)b->columns.n;
    t->n_parts = (int)b->parts.n;
    t->n_rows = (int)b->rows.n;
    t->n_lists = (int)b->n_lists;
    t->columns = strings_of(t, &b->columns, RT_PARTS, NULL);
    uint32_t *parts = by_use(b->parts.n, t->columns, b->columns.n * RT_PARTS);
    t->parts = strings_of(t, &b->parts, part_rows, parts);
    uint32_t *rows = by_use(b->rows.n, t->parts, b->parts.n * part_rows);
    t->rows = strings_of(t, &b->rows, width, rows);
    uint32_t *lists = by_use(b->n_lists, t->rows, b->rows.n * width);
    t->lists = tb_arena_alloc(&t->arena, (b->n_lists + 1) * sizeof *b->list);
    t->entries = tb_arena_alloc(&t->arena, (b->n_entries + 1) * sizeof *b->entries);
    for (size_t i = 0; i < b->n_lists; i++) {
        struct rt_list l = b->list[lists[i]];
        memcpy(t->entries + t->n_entries, b->entries + l.first, (size_t)l.n * sizeof *b->entries);
        t->lists[i] = (struct rt_list){t->n_entries, l.n};
        t->n_entries += l.n;
    }
    free(parts);
    free(rows);
    free(lists);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void order_rules(struct builder *b)
{
    const struct tb_region *r = b->t->region;
    b->rules = tb_xcalloc((size_t)r->n_policies + 1, sizeof *b->rules);
    b->n_rules = r->n_policies;
    for (int i = 0; i < r->n_policies; i++) {
        int k = i;
        for (; k > 0 && r->policies[b->rules[k - 1]].rank > r->policies[i].rank; k--)
            b->rules[k] = b->rules[k - 1];
        b->rules[k] = i;
    }
    b->standards = tb_xcalloc((size_t)r->n_standards + 1, sizeof *b->standards);
    for (int i = 0; i < r->n_standards; i++) {
        int k = i;
        for (; k > 0 && r->standards[b->standards[k - 1]].rank > r->standards[i].rank; k--)
            b->standards[k] = b->standards[k - 1];
        b->standards[k] = i;
    }
}

void rt_live_begin(struct builder *b, struct tb_table *t)
{
    *b = (struct builder){.t = t};
    list_keys(b);
    order_rules(b);
}

void rt_live_end(struct builder *b)
{
    free(b->fit);
    free(b->line_fit);
    free(b->standard_fit);
    free(b->rep);
    free(b->rules);
    free(b->standards);
}

static enum tb_code usable(const struct tb_region *r, struct tb_err *e)
{
    static const struct {
        enum tb_entity_id id;
        const char *ja, *en;
    } wanted[] = {{TB_E_policy, "案内の規則（policies）", "routing policy (policies)"},
                  {TB_E_area, "市町・地区（areas）", "areas"},
                  {TB_E_complaint, "症状区分（complaints）", "complaint groups (complaints)"}};
    for (size_t i = 0; i < TB_COUNT(wanted); i++)
        if (tb_region_count(r, wanted[i].id) == 0)
            return tb_fail(e, TB_INPUT,
                           tb_t("医療圏「%s」に%sが一行もないので案内表を作れません。%s.csv に書いてください",
                                "region \"%s\" has no %s, so no routing table can be made; write %s.csv"),
                           r->regions[0].id, tb_t(wanted[i].ja, wanted[i].en),
                           tb_entities[wanted[i].id].name);
    return TB_OK;
}

/* What stands last in a list is what is left when all else fails: none is dropped without a word. */
static enum tb_code list_is_full(const struct tb_region *r, const struct tb_policy *p, int urgency,
                                 struct tb_err *e)
{
    return tb_fail(
        e, TB_INPUT,
        tb_t("案内の規則（policies）: 緊急度 %s の案内が %d 件を超え、「%s」（rank "
             "%d）が載りません。keep（何件まで）を減らすか、行を減らしてください",
             "policies: more than %2$d entries for urgency %1$s, and \"%3$s\" (rank %4$d) is not among them; "
             "lower the rows' keep, or leave rows out"),
        rt_urgency_word[urgency], RT_LIST_MAX, *p->id ? p->id : r->regions[0].id, p->rank);
}

static enum tb_code home_is_full(const struct tb_region *r, int doctor, struct tb_err *e)
{
    return tb_fail(
        e, TB_INPUT,
        tb_t(
            "links: %s の在宅の患者について呼ぶ先（代理・訪問看護・後方の病院）が %d "
            "件を超えます。減らしてください",
            "links: more than %2$d to call for the home-care patients of %1$s (deputies, nurses, hospitals); "
            "leave some out"),
        r->providers[doctor].id, RT_LIST_MAX);
}

enum tb_code tb_route_build_span(const struct tb_board *board, tb_day from, tb_day to, tb_minute issued_at,
                                 tb_table **out, struct tb_err *e)
{
    const struct tb_region *r = board->region;
    enum tb_code code = usable(r, e);
    if (code != TB_OK) return code;
    struct tb_table *t = tb_xcalloc(1, sizeof *t);
    struct builder b = {.t = t, .board = board};
    t->region = r;
    rt_list_shown(t);
    rt_list_offers(t);
    t->publication = board->publication;
    memcpy(t->hash, board->hash, sizeof t->hash);
    t->issued_at = issued_at;
    t->from = tb_minute_of(from, 0);
    t->to = tb_minute_of(to + 1, 9 * 60);
    t->next_due = rt_next_due(t->from, t->to);
    t->n_complaints = r->n_complaints;
    list_services(&b);
    list_ages(&b);
    t->width = t->n_ages + 1;
    list_keys(&b);
    list_travel(&b);
    rt_list_centres(t);
    int home = rt_list_homes(t, board);
    list_days(&b);
    order_rules(&b);
    fill(&b);
    keep(&b);
    rt_pool_free(&b.situations);
    rt_pool_free(&b.columns);
    rt_pool_free(&b.parts);
    rt_pool_free(&b.rows);
    rt_pool_free(&b.lists);
    free(b.column_of_situation);
    free(b.entries);
    free(b.list);
    rt_live_end(&b);
    code = home >= 0 ? home_is_full(r, home, e)
           : b.full  ? list_is_full(r, &r->policies[b.full - 1], b.full_urgency, e)
                     : rt_no_empty_cell(t, e);
    if (code != TB_OK) {
        tb_table_free(t);
        return code;
    }
    rt_digest(t);
    *out = t;
    return TB_OK;
}

enum tb_code tb_route_build(const struct tb_board *b, tb_minute issued_at, tb_table **out, struct tb_err *e)
{
    return tb_route_build_span(b, b->from, b->to, issued_at, out, e);
}
