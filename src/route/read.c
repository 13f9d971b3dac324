/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table from its file. The digest is compared first; then every number is held against what it points into,
 * so that even a file made to deceive cannot lead the look-up astray.
 */
#include "form.h"
#include "pull.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS_MAX = 1 << 24, LIST_MAX = 16 };

enum { OTHER_SPECIALITY = 1 << 20 };

struct reader {
    struct rt_pull p;
    struct tb_table *t;
    struct tb_region *r;
    /* format_version: 1 had no doubt, no ages, departments, English names and maps of places, and rows as
     * wide as there are complaints */
    int form;
};

/* ---- numbers -------------------------------------------------------------------------------- */

static void key(struct rt_pull *p, const char *name, bool first)
{
    if (!first) rt_lit(p, ",");
    rt_lit(p, "\"");
    rt_lit(p, name);
    rt_lit(p, "\":");
}

/* A list of whole numbers in [min, max]; counted first, so that the memory is taken once. */
static int *ints(struct reader *x, const char *name, int64_t min, int64_t max, size_t *n)
{
    size_t most = 1, m = 0;
    key(&x->p, name, false);
    rt_lit(&x->p, "[");
    const char *end = x->p.bad ? NULL : memchr(x->p.s, ']', (size_t)(x->p.end - x->p.s));
    for (const char *s = x->p.s; end != NULL && s < end; s++) most += *s == ',';
    int *v = tb_arena_alloc(&x->t->arena, most * sizeof *v);
    for (bool first = true; rt_more(&x->p, ']', &first) && m < most;) v[m++] = (int)rt_int(&x->p, min, max);
    *n = x->p.bad ? 0 : m;
    return v;
}

static uint32_t *numbers(struct reader *x, const char *name, size_t *n)
{
    /* signed and unsigned of one type may share memory; none is negative */
    return (uint32_t *)ints(x, name, 0, INT32_MAX, n);
}

static tb_minute instant(struct reader *x, const char *name)
{
    tb_minute m = INT64_MIN;
    key(&x->p, name, false);
    const char *text = rt_string(&x->p, &x->t->arena);
    if (*text != '\0' && !tb_parse_instant(text, &m)) x->p.bad = true;
    return m;
}

static const char *text(struct reader *x, const char *name)
{
    key(&x->p, name, false);
    return rt_string(&x->p, &x->r->arena);
}

static void must(struct reader *x, bool ok)
{
    if (!ok) x->p.bad = true;
}

/* ---- rows of the region --------------------------------------------------------------------- */

static void int_range(const struct tb_field *f, int64_t *min, int64_t *max)
{
    const char *dots = strstr(f->arg, "..");
    char low[24] = "";
    *min = INT32_MIN + 1;
    *max = INT32_MAX;
    if (dots == NULL || (size_t)(dots - f->arg) >= sizeof low) return;
    memcpy(low, f->arg, (size_t)(dots - f->arg));
    if (!tb_parse_int(low, INT32_MIN + 1, INT32_MAX, min) ||
        !tb_parse_int(dots + 2, INT32_MIN + 1, INT32_MAX, max))
        TB_BUG("%s", f->name);
}

static int enum_index(const char *arg, const char *word)
{
    int i = 0;
    for (const char *s = arg;; i++, s++) {
        size_t n = strcspn(s, "|");
        if (strlen(word) == n && memcmp(s, word, n) == 0) return i;
        s += n;
        if (*s == '\0') return -1;
    }
}

static void read_cell(struct reader *x, void *row, const struct tb_field *f)
{
    void *at = (char *)row + f->offset;
    int64_t min, max;
    int v = 0;
    switch (f->type) {
    case TB_TYPE_INT:
        int_range(f, &min, &max);
        v = (int)rt_int(&x->p, min, max);
        break;
    case TB_TYPE_BOOL:
        v = rt_bool(&x->p);
        break;
    /* held against its list at the end */
    case TB_TYPE_REF:
        v = (int)rt_int(&x->p, -1, INT32_MAX);
        break;
    case TB_TYPE_ENUM: {
        const char *word = rt_string(&x->p, &x->t->arena);
        v = enum_index(f->arg, word);
        must(x, v >= 0);
        break;
    }
    case TB_TYPE_DATE: {
        const char *date = rt_string(&x->p, &x->t->arena);
        tb_day d = TB_DAY_NONE;
        must(x, *date == '\0' || tb_parse_date(date, &d));
        v = d;
        break;
    }
    case TB_TYPE_TIME: {
        const char *time = rt_string(&x->p, &x->t->arena);
        v = -1;
        must(x, *time == '\0' || tb_parse_time(time, &v));
        break;
    }
    case TB_TYPE_ID:
    case TB_TYPE_TEXT:
        *(const char **)at = rt_string(&x->p, &x->r->arena);
        return;
    case TB_TYPE_DEC:
        must(x, tb_parse_millionths(rt_string(&x->p, &x->t->arena), at));
        return;
    case TB_TYPE_MONTHDAY:
    case TB_TYPE_INSTANT:
    case TB_TYPE_WEEKDAYS:
    case TB_TYPE_REFS:
        TB_BUG("%s", f->name);
    }
    *(int *)at = v;
}

static struct tb_ids read_ids(struct reader *x)
{
    struct tb_ids ids = {0, tb_arena_alloc(&x->r->arena, 65 * sizeof(int))};
    rt_lit(&x->p, "[");
    for (bool first = true; rt_more(&x->p, ']', &first);) {
        int v = (int)rt_int(&x->p, ids.n > 0 ? ids.v[ids.n - 1] + 1 : 0, 63);
        if (ids.n < 64) ids.v[ids.n++] = v;
    }
    return ids;
}

/* In the file a modifier is what a place offers: as if each were a speciality after those of the complaints.
 */
static void add_modifiers(struct reader *x, struct tb_ids *to)
{
    struct tb_ids ids = read_ids(x);
    for (int i = 0; i < ids.n && to->n < 64; i++) {
        must(x, ids.v[i] < x->r->n_modifiers);
        to->v[to->n++] = x->r->n_complaints + ids.v[i];
    }
    /* what no complaint and no modifier asks for: who offers nothing that is asked is not one who says
     * nothing */
    if (to->n < 64) to->v[to->n++] = OTHER_SPECIALITY;
}

static struct tb_ids read_departments(struct reader *x)
{
    const int most = x->r->n_specialities;
    struct tb_ids ids = {0, tb_arena_alloc(&x->t->arena, ((size_t)most + 1) * sizeof(int))};
    rt_lit(&x->p, "[");
    for (bool first = true; rt_more(&x->p, ']', &first);) {
        int v = (int)rt_int(&x->p, ids.n > 0 ? ids.v[ids.n - 1] + 1 : 0, most - 1);
        if (ids.n < most) ids.v[ids.n++] = v;
    }
    return ids;
}

/* Not in version 1. */
static bool is_late(enum rt_form_id form, const char *name)
{
    static const char *const late[] = {"age_from", "age_to",    "departments",
                                       "latitude", "longitude", "name_en"};
    bool departments = strcmp(name, "departments") == 0;
    if (strcmp(name, "words") == 0) return true;
    if (form != RT_FORM_PLACES) return form == RT_FORM_DUTIES && departments;
    for (size_t i = 0; i < TB_COUNT(late); i++)
        if (strcmp(late[i], name) == 0) return true;
    return false;
}

/* Rows of one form into the region's array of that entity. */
static void read_form(struct reader *x, enum rt_form_id id)
{
    const struct rt_form *form = &rt_forms[id];
    const struct tb_entity *entity = &tb_entities[form->entity];
    char *rows = NULL;
    struct tb_ids *offers = NULL;
    size_t n = 0, cap = 0, cap_offers = 0;
    key(&x->p, form->key, false);
    rt_lit(&x->p, "[");
    for (bool first = true; rt_more(&x->p, ']', &first);) {
        rows = tb_grow(rows, n, &cap, entity->row_size);
        offers = tb_grow(offers, n, &cap_offers, sizeof *offers);
        offers[n] = (struct tb_ids){0};
        char *row = rows + n++ * entity->row_size;
        memset(row, 0, entity->row_size);
        rt_lit(&x->p, "{");
        for (int k = 0; k < RT_FORM_FIELDS && form->names[k] != NULL; k++) {
            int f = tb_field_find(entity, form->names[k]);
            if (x->form == 1 && is_late(id, form->names[k])) continue;
            key(&x->p, form->names[k], k == 0);
            if (f >= 0)
                read_cell(x, row, &entity->fields[f]);
            else if (strcmp(form->names[k], "departments") == 0)
                offers[n - 1] = read_departments(x);
            else if (id == RT_FORM_DUTIES)
                ((struct tb_duty *)(void *)row)->specialities = read_ids(x);
            else if (strcmp(form->names[k], "modifiers") == 0)
                add_modifiers(x, &((struct tb_provider *)(void *)row)->specialities);
            else
                ((struct tb_provider *)(void *)row)->specialities = read_ids(x);
        }
        rt_lit(&x->p, "}");
        if (x->form == 1 && id == RT_FORM_PLACES) ((struct tb_provider *)(void *)row)->age_to = 150;
        /* what does not travel is empty: "" or, of a reference, -1 */
        for (int f = 0; f < entity->n_fields; f++) {
            void *cell = row + entity->fields[f].offset;
            bool travels = false;
            for (int k = 0; k < RT_FORM_FIELDS && form->names[k] != NULL; k++)
                travels = travels || (strcmp(form->names[k], entity->fields[f].name) == 0 &&
                                      !(x->form == 1 && is_late(id, form->names[k])));
            if (travels) continue;
            if (entity->fields[f].type == TB_TYPE_ID || entity->fields[f].type == TB_TYPE_TEXT)
                *(const char **)cell = "";
            if (entity->fields[f].type == TB_TYPE_REF) *(int *)cell = -1;
        }
    }
    char *kept = tb_arena_alloc(&x->r->arena, (n + 1) * entity->row_size);
    if (n > 0) memcpy(kept, rows, n * entity->row_size);
    free(rows);
    struct tb_ids *told = tb_arena_alloc(&x->t->arena, (n + 1) * sizeof *told);
    if (n > 0) memcpy(told, offers, n * sizeof *told);
    free(offers);
    if (id == RT_FORM_DUTIES) x->t->duty_offers = told;
    if (id == RT_FORM_PLACES) x->t->place_offers = told;
    *(void **)(void *)((char *)x->r + entity->rows_offset) = kept;
    *(int *)(void *)((char *)x->r + entity->count_offset) = (int)n;
}

/* In the file a complaint is what is seen: as if each were a speciality of its own; a modifier likewise. */
static void complaints_are_specialities(struct reader *x)
{
    for (int i = 0; i < x->r->n_complaints; i++) {
        int *v = tb_arena_alloc(&x->r->arena, sizeof *v);
        *v = i;
        x->r->complaints[i].specialities = (struct tb_ids){1, v};
    }
}

static void modifiers_are_specialities(struct reader *x)
{
    for (int i = 0; i < x->r->n_modifiers; i++) {
        int *v = tb_arena_alloc(&x->r->arena, sizeof *v);
        *v = x->r->n_complaints + i;
        x->r->modifiers[i].specialities = (struct tb_ids){1, v};
    }
}

static bool ids_within(const struct tb_ids *ids, int n)
{
    int last = ids->n - 1;
    if (last >= 0 && ids->v[last] == OTHER_SPECIALITY) last--;
    return last < 0 || ids->v[last] < n;
}

static bool one_tree(const struct tb_region *r)
{
    for (int i = 0; i < r->n_areas; i++) {
        int steps = 0;
        for (int a = i; a >= 0; a = r->areas[a].parent)
            if (a >= r->n_areas || ++steps > r->n_areas) return false;
    }
    return true;
}

static void check_region(struct reader *x)
{
    const struct tb_region *r = x->r;
    must(x, r->n_areas > 0 && r->n_policies > 0 && r->n_complaints > 0 &&
                r->n_complaints + r->n_modifiers <= 64 && r->n_lines <= 64 && r->n_centres <= 64 &&
                one_tree(r));
    for (int i = 0; i < r->n_aliases; i++)
        must(x, r->aliases[i].area >= 0 && r->aliases[i].area < r->n_areas);
    for (int i = 0; i < r->n_centres; i++)
        must(x, r->centres[i].area >= 0 && r->centres[i].area < r->n_areas);
    for (int i = 0; i < r->n_bands; i++) must(x, r->bands[i].duty >= 0 && r->bands[i].duty < r->n_duties);
    for (int i = 0; i < r->n_duties; i++)
        must(x, r->duties[i].area < r->n_areas && ids_within(&r->duties[i].specialities, r->n_complaints));
    for (int i = 0; i < r->n_providers; i++)
        must(x, r->providers[i].area >= 0 && r->providers[i].area < r->n_areas &&
                    ids_within(&r->providers[i].specialities, r->n_complaints + r->n_modifiers));
    for (int i = 0; i < r->n_lines; i++) must(x, r->lines[i].from >= 0 && r->lines[i].to >= r->lines[i].from);
}

static void check_standards(struct reader *x)
{
    const struct tb_region *r = x->r;
    must(x, r->n_standards <= TB_STANDARDS_MAX);
    for (int i = 0; i < r->n_standards; i++) {
        const struct tb_standard *s = &r->standards[i];
        must(x, s->provider >= 0 && s->provider < r->n_providers && s->complaint < r->n_complaints &&
                    s->area < r->n_areas && s->approved_on != TB_DAY_NONE);
    }
}

/* ---- the table ------------------------------------------------------------------------------ */

static void read_ages(struct reader *x, const int *ages, size_t n)
{
    struct tb_table *t = x->t;
    must(x, n > 0 && n <= 150);
    if (x->p.bad) return;
    t->n_ages = (int)n;
    t->cuts = tb_arena_alloc(&t->arena, (n + 1) * sizeof *t->cuts);
    memcpy(t->cuts, ages, n * sizeof *ages);
    t->cuts[n] = 151;
    must(x, ages[0] == 0);
    for (size_t i = 1; i < n; i++) must(x, ages[i - 1] < ages[i]);
}

static void read_consulting(struct reader *x)
{
    struct tb_table *t = x->t;
    size_t n;
    const int *v = ints(x, "consulting", 0, INT32_MAX, &n);
    must(x, n % 2 == 0);
    if (x->p.bad) return;
    t->n_consult = (int)(n / 2);
    t->consult_from = tb_arena_alloc(&t->arena, (n + 1) * sizeof *t->consult_from);
    t->consult_to = tb_arena_alloc(&t->arena, (n + 1) * sizeof *t->consult_to);
    for (size_t i = 0; i < n / 2; i++) {
        t->consult_from[i] = v[2 * i];
        t->consult_to[i] = v[2 * i + 1];
        must(x, v[2 * i] < v[2 * i + 1] && (i == 0 || v[2 * i] >= v[2 * i - 1]));
    }
}

static struct rt_entry *read_entries(struct reader *x, size_t *n)
{
    struct rt_entry *v = NULL;
    size_t cap = 0;
    *n = 0;
    key(&x->p, "entries", false);
    rt_lit(&x->p, "[");
    for (bool first = true; rt_more(&x->p, ']', &first);) {
        struct rt_entry e;
        rt_lit(&x->p, "[");
        e.ref = rt_word(&x->p, rt_ref_word, (int)TB_COUNT(rt_ref_word));
        rt_lit(&x->p, ",");
        e.index = (int)rt_int(&x->p, -1, INT32_MAX);
        rt_lit(&x->p, ",");
        e.role = rt_word(&x->p, rt_role_word, TB_ANSWER_LAST + 1);
        rt_lit(&x->p, ",");
        e.policy = (int)rt_int(&x->p, 0, INT32_MAX);
        e.doubtful = 0;
        if (x->form > 1) {
            rt_lit(&x->p, ",");
            e.doubtful = (int)rt_int(&x->p, 0, 1);
        }
        rt_lit(&x->p, "]");
        *TB_PUSH(v, *n, cap) = e;
    }
    return v;
}

static void read_lists(struct reader *x, const struct rt_entry *entries, size_t n_entries)
{
    struct tb_table *t = x->t;
    struct rt_list *lists = NULL;
    struct rt_entry *all = NULL;
    size_t n = 0, cap = 0, m = 0, cap_m = 0;
    key(&x->p, "lists", false);
    rt_lit(&x->p, "[");
    for (bool first = true; rt_more(&x->p, ']', &first);) {
        struct rt_list l = {(int)m, 0};
        rt_lit(&x->p, "[");
        for (bool f = true; rt_more(&x->p, ']', &f); l.n++) {
            int64_t k = rt_int(&x->p, 0, (int64_t)n_entries - 1);
            if (!x->p.bad) *TB_PUSH(all, m, cap_m) = entries[k];
        }
        must(x, l.n >= 1 && l.n <= LIST_MAX);
        *TB_PUSH(lists, n, cap) = l;
    }
    t->n_lists = (int)n;
    t->lists = tb_arena_alloc(&t->arena, (n + 1) * sizeof *lists);
    if (n > 0) memcpy(t->lists, lists, n * sizeof *lists);
    t->n_entries = (int)m;
    t->entries = tb_arena_alloc(&t->arena, (m + 1) * sizeof *all);
    if (m > 0) memcpy(t->entries, all, m * sizeof *all);
    free(lists);
    free(all);
}

static void read_services(struct reader *x)
{
    struct tb_table *t = x->t;
    struct rt_service *v = NULL;
    struct rt_opening *o = NULL;
    size_t n = 0, cap = 0, m = 0, cap_m = 0;
    key(&x->p, "services", false);
    rt_lit(&x->p, "[");
    for (bool first = true; rt_more(&x->p, ']', &first);) {
        struct rt_service s = {.first = (int)m};
        rt_lit(&x->p, "{\"duty\":");
        s.duty = (int)rt_int(&x->p, -1, x->r->n_duties - 1);
        rt_lit(&x->p, ",\"kind\":");
        s.kind = rt_word(&x->p, rt_kind_word, (int)TB_COUNT(rt_kind_word));
        rt_lit(&x->p, ",\"openings\":[");
        for (bool f = true; rt_more(&x->p, ']', &f); s.n++) {
            struct rt_opening y = {.slot = -1};
            y.from = rt_int(&x->p, -TB_MINUTES_PER_DAY * 400, TB_MINUTES_PER_DAY * 4000);
            rt_lit(&x->p, ",");
            y.reception = rt_int(&x->p, -TB_MINUTES_PER_DAY * 400, TB_MINUTES_PER_DAY * 4000);
            rt_lit(&x->p, ",");
            y.to = rt_int(&x->p, -TB_MINUTES_PER_DAY * 400, TB_MINUTES_PER_DAY * 4000);
            rt_lit(&x->p, ",");
            y.date = (int)rt_int(&x->p, -400, 4000);
            rt_lit(&x->p, ",");
            y.band = (int)rt_int(&x->p, 0, x->r->n_bands - 1);
            must(x, y.from <= y.reception && y.reception <= y.to && (s.n == 0 || o[m - 1].from <= y.from));
            if (!x->p.bad) *TB_PUSH(o, m, cap_m) = y;
        }
        rt_lit(&x->p, ",\"place\":");
        s.place = (int)rt_int(&x->p, 0, x->r->n_providers - 1);
        rt_lit(&x->p, ",\"tier\":");
        s.tier = (int)rt_int(&x->p, 0, 3);
        rt_lit(&x->p, "}");
        must(x, (s.kind == RT_DUTY) == (s.duty >= 0) && (s.kind == RT_DUTY || s.n == 0));
        *TB_PUSH(v, n, cap) = s;
    }
    t->n_services = (int)n;
    t->services = tb_arena_alloc(&t->arena, (n + 1) * sizeof *v);
    if (n > 0) memcpy(t->services, v, n * sizeof *v);
    t->n_openings = (int)m;
    t->openings = tb_arena_alloc(&t->arena, (m + 1) * sizeof *o);
    if (m > 0) memcpy(t->openings, o, m * sizeof *o);
    free(v);
    free(o);
}

/* Per area [intervals, column, ...]: every area covers all intervals. */
static void read_states(struct reader *x)
{
    struct tb_table *t = x->t;
    size_t areas = (size_t)x->r->n_areas;
    t->column_of = tb_arena_alloc(&t->arena, (size_t)t->n_bounds * areas * sizeof *t->column_of + 1);
    key(&x->p, "states", false);
    rt_lit(&x->p, "[");
    size_t a = 0;
    for (bool first = true; rt_more(&x->p, ']', &first); a++) {
        int i = 0;
        rt_lit(&x->p, "[");
        for (bool f = true; rt_more(&x->p, ']', &f);) {
            int run = (int)rt_int(&x->p, 1, t->n_bounds);
            rt_lit(&x->p, ",");
            uint32_t column = (uint32_t)rt_int(&x->p, 0, t->n_columns - 1);
            must(x, a < areas && run <= t->n_bounds - i);
            for (int k = 0; k < run && !x->p.bad; k++) t->column_of[(size_t)i++ * areas + a] = column;
        }
        must(x, i == t->n_bounds);
    }
    must(x, a == areas);
}

static void read_travel(struct reader *x)
{
    struct tb_table *t = x->t;
    size_t services = (size_t)t->n_services, a = 0;
    t->travel = tb_arena_alloc(&t->arena, (size_t)x->r->n_areas * services * sizeof *t->travel + 1);
    key(&x->p, "travel", false);
    rt_lit(&x->p, "[");
    for (bool first = true; rt_more(&x->p, ']', &first); a++) {
        size_t s = 0;
        must(x, a < (size_t)x->r->n_areas);
        rt_lit(&x->p, "[");
        for (bool f = true; rt_more(&x->p, ']', &f); s++) {
            int64_t m = rt_int(&x->p, 0, 600);
            must(x, s < services);
            if (!x->p.bad) t->travel[a * services + s] = (uint16_t)m;
        }
        must(x, s == services);
    }
    must(x, a == (size_t)x->r->n_areas);
}

static void read_winter(struct reader *x)
{
    struct tb_table *t = x->t;
    size_t n, days = (size_t)(tb_day_of_minute(t->to) - tb_day_of_minute(t->from) + 1);
    t->winter = tb_arena_alloc(&t->arena, days + 1);
    const int *v = ints(x, "winter", 0, (int64_t)days - 1, &n);
    for (size_t i = 0; i < n && !x->p.bad; i++) t->winter[v[i]] = 1;
    key(&x->p, "winter_percent", false);
    x->r->regions[0].winter_percent = (int)rt_int(&x->p, 100, 300);
}

/* Every number of the tree of columns against what it points into. */
static void check_tree(struct reader *x, size_t n_columns, size_t n_parts, size_t n_rows)
{
    struct tb_table *t = x->t;
    must(x, t->width == (x->form > 1 ? t->n_ages : t->n_complaints) + 1 && t->n_classes > 0);
    if (x->p.bad) return;
    size_t w = (size_t)t->width, rows = (size_t)rt_part_rows(t);
    must(x, n_columns > 0 && n_columns % RT_PARTS == 0 && n_parts % rows == 0 && n_rows % w == 0);
    if (x->p.bad) return;
    t->n_columns = (int)(n_columns / RT_PARTS);
    t->n_parts = (int)(n_parts / rows);
    t->n_rows = (int)(n_rows / w);
    for (size_t i = 0; i < n_columns && !x->p.bad; i++) must(x, t->columns[i] < (uint32_t)t->n_parts);
    for (size_t i = 0; i < n_parts && !x->p.bad; i++) must(x, t->parts[i] < (uint32_t)t->n_rows);
}

static void check_lists(struct reader *x)
{
    const struct tb_table *t = x->t;
    for (int i = 0; i < t->n_entries; i++) {
        const struct rt_entry *e = &t->entries[i];
        int limit = e->ref == RT_SERVICE ? t->n_services : e->ref == RT_LINE ? x->r->n_lines : 0;
        must(x, e->policy < x->r->n_policies &&
                    (limit == 0 ? e->index == -1 : e->index >= 0 && e->index < limit));
    }
    for (size_t i = 0; i < (size_t)t->n_rows * (size_t)t->width && !x->p.bad; i++)
        must(x, t->rows[i] < (uint32_t)t->n_lists);
}

static void find_root(struct tb_table *t, const struct tb_region *r)
{
    t->root = -1;
    for (int a = 0, roots = 0; a < r->n_areas; a++)
        if (r->areas[a].parent < 0) t->root = ++roots == 1 ? a : -1;
}

static void read_age_list(struct reader *x)
{
    int ages[151];
    size_t n_ages = 0;
    for (bool first = true; rt_more(&x->p, ']', &first);) {
        int v = (int)rt_int(&x->p, 0, 149);
        must(x, n_ages < 150);
        if (!x->p.bad) ages[n_ages++] = v;
    }
    read_ages(x, ages, n_ages);
}

/* From minutes and days since the table's beginning to those of the calendar. */
static void set_times(struct reader *x, const int *intervals, size_t n_intervals)
{
    struct tb_table *t = x->t;
    t->bounds = tb_arena_alloc(&t->arena, n_intervals * sizeof *t->bounds);
    for (size_t i = 0; i < n_intervals; i++) {
        t->bounds[i] = t->from + intervals[i];
        must(x, t->bounds[i] < t->to && (i == 0 || intervals[i - 1] < intervals[i]));
    }
    for (int i = 0; i < t->n_consult; i++) {
        t->consult_from[i] += t->from;
        t->consult_to[i] += t->from;
    }
    for (int i = 0; i < t->n_openings; i++) {
        t->openings[i].from += t->from;
        t->openings[i].reception += t->from;
        t->openings[i].to += t->from;
        t->openings[i].date += tb_day_of_minute(t->from);
    }
}

static void read_body(struct reader *x)
{
    struct tb_table *t = x->t;
    struct tb_region *r = x->r;
    size_t n, n_entries, n_intervals;
    rt_lit(&x->p, "{\"ages\":[");
    read_age_list(x);
    for (int id = RT_FORM_ALIASES; id <= RT_FORM_CENTRES; id++) read_form(x, (enum rt_form_id)id);
    t->class_of = ints(x, "classes", 0, 1 << 16, &n);
    size_t n_columns, n_parts, n_rows;
    t->columns = numbers(x, "columns", &n_columns);
    t->parts = numbers(x, "columns_parts", &n_parts);
    t->rows = numbers(x, "columns_rows", &n_rows);
    key(&x->p, "columns_width", false);
    t->width = (int)rt_int(&x->p, 1, 65);
    read_form(x, RT_FORM_COMPLAINTS);
    complaints_are_specialities(x);
    t->n_complaints = r->n_complaints;
    size_t n_keys = n;
    for (size_t i = 0; i < n; i++)
        if (t->class_of[i] >= t->n_classes) t->n_classes = t->class_of[i] + 1;
    /* Instants come late in the file; until then times are told from 0. */
    read_consulting(x);
    if (x->form > 1) read_form(x, RT_FORM_DEPARTMENTS);
    read_form(x, RT_FORM_DUTIES);
    struct rt_entry *entries = read_entries(x, &n_entries);
    const char *hash = text(x, "hash");
    must(x, strlen(hash) < sizeof t->hash);
    if (!x->p.bad) memcpy(t->hash, hash, strlen(hash) + 1);
    (void)text(x, "heading_119");
    (void)text(x, "id");
    const int *intervals = ints(x, "intervals", 0, INT32_MAX, &n_intervals);
    t->issued_at = instant(x, "issued_at");
    read_form(x, RT_FORM_LINES);
    read_lists(x, entries, n_entries);
    free(entries);
    read_form(x, RT_FORM_MODIFIERS);
    modifiers_are_specialities(x);
    must(x, n_keys == (size_t)rt_n_keys(t));
    t->next_due = instant(x, "next_due");
    r->regions[0].notice = text(x, "notice");
    read_form(x, RT_FORM_PLACES);
    read_form(x, RT_FORM_POLICIES);
    key(&x->p, "publication", false);
    t->publication = (int)rt_int(&x->p, 0, INT32_MAX);
    r->regions[0].id = text(x, "region");
    r->regions[0].name = text(x, "region_name");
    read_form(x, RT_FORM_SCALES);
    check_region(x);
    if (x->p.bad) return;
    check_tree(x, n_columns, n_parts, n_rows);
    if (x->p.bad) return;
    read_services(x);
    read_form(x, RT_FORM_STANDARDS);
    check_standards(x);
    t->n_bounds = (int)n_intervals;
    must(x, n_intervals > 0 && intervals[0] == 0 && n_intervals <= CELLS_MAX / (size_t)r->n_areas &&
                t->n_services <= CELLS_MAX / r->n_areas);
    if (x->p.bad) return;
    read_states(x);
    (void)text(x, "title");
    read_travel(x);
    (void)text(x, "use");
    t->from = instant(x, "valid_from");
    t->to = instant(x, "valid_to");
    must(x, t->from != INT64_MIN && t->to != INT64_MIN && t->from < t->to &&
                t->to - t->from < TB_MINUTES_PER_DAY * 800);
    if (x->p.bad) return;
    read_winter(x);
    rt_lit(&x->p, "}");
    set_times(x, intervals, n_intervals);
    must(x, t->next_due != INT64_MIN);
    check_lists(x);
    find_root(t, r);
    rt_list_shown(t);
    if (!x->p.bad) rt_list_centres(t);
    t->published = tb_arena_alloc(&t->arena, (size_t)r->n_duties + 1);
}

/* ---- the file ------------------------------------------------------------------------------- */

static enum tb_code corrupt(struct tb_err *e)
{
    return tb_fail(e, TB_INVALID, "%s",
                   tb_t("案内表が破損しています（照合が合わないか、案内表の形でありません）。119・相談電話・"
                        "救命救急センターだけを示します。公表元から書き出し直してください",
                        "the routing table is corrupt (its digest does not match, or it is no routing "
                        "table); only 119, the advice lines and the tertiary centre are shown: "
                        "export it again where it was published"));
}

/* The last member begins here: nothing but the second block may follow the body. */
static const char *trailer_of(const char *bytes, size_t len)
{
    static const char mark[] = ",\"trailer\":";
    for (size_t i = len; i > sizeof mark; i--)
        if (memcmp(bytes + i - sizeof mark, mark, sizeof mark - 1) == 0) return bytes + i - sizeof mark;
    return NULL;
}

enum tb_code tb_table_read(const char *bytes, size_t len, tb_table **out, struct tb_err *e)
{
    if (len > 0 && bytes[len - 1] == '\n') len--;
    const char *trailer = trailer_of(bytes, len);
    if (trailer == NULL) return corrupt(e);
    struct tb_table *t = tb_xcalloc(1, sizeof *t);
    struct reader x = {.p = {bytes, bytes + len, false}, .t = t, .r = tb_region_new()};
    struct tb_last_resort first = {0}, second = {0};
    t->own = x.r;
    t->region = x.r;
    x.r->regions = tb_arena_alloc(&x.r->arena, sizeof *x.r->regions);
    x.r->n_regions = 1;
    x.r->regions[0] = (struct tb_region_row){
        .id = "", .name = "", .name_en = "", .notice = "", .winter = -1, .consulting = -1, .half = -1};
    rt_lit(&x.p, "{\"digest\":\"");
    const char *said = x.p.s;
    rt_skip(&x.p, 64);
    rt_lit(&x.p, "\",\"format_version\":");
    x.form = (int)rt_int(&x.p, 1, RT_FORM_VERSION);
    rt_lit(&x.p, ",\"last_resort\":");
    const char *head = x.p.s;
    must(&x, rt_last_resort_at(&x.p, &first));
    size_t head_len = (size_t)(x.p.s - head);
    rt_lit(&x.p, ",\"table\":");
    must(&x, x.p.s <= trailer);
    if (!x.p.bad) {
        tb_sha256_hex(x.p.s, (size_t)(trailer - x.p.s), t->digest);
        must(&x, memcmp(t->digest, said, 64) == 0);
    }
    if (!x.p.bad) read_body(&x);
    must(&x, x.p.s == trailer);
    rt_lit(&x.p, ",\"trailer\":");
    const char *tail = x.p.s;
    must(&x, rt_last_resort_at(&x.p, &second));
    must(&x, (size_t)(x.p.s - tail) == head_len && memcmp(tail, head, head_len) == 0);
    rt_lit(&x.p, "}");
    must(&x, x.p.s == bytes + len);
    tb_last_resort_free(&first);
    tb_last_resort_free(&second);
    if (x.p.bad) {
        tb_table_free(t);
        return corrupt(e);
    }
    *out = t;
    return TB_OK;
}

enum tb_code tb_table_check_json(const char *json, size_t len, struct tb_err *e)
{
    tb_table *t;
    enum tb_code c = tb_table_read(json, len, &t, e);
    if (c == TB_OK) tb_table_free(t);
    return c;
}
