/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table as JSON: {"digest","format_version","table"}. Members are in the order of their names; the digest
 * is that of the canonical bytes of "table" (compact, UTF-8). docs/reference/routing.md describes the
 * members.
 */
#include "form.h"

#include <stdlib.h>
#include <string.h>

const char *const rt_urgency_word[RT_U_COUNT] = {"guidance", "U1", "U2", "U3", "U4", "U5", "unknown"};
void rt_table_id(const struct tb_table *t, struct tb_buf *out)
{
    char from[64], to[64];
    tb_buf_addf(out, "%s.%s.%s", t->region->regions[0].id,
                tb_format_date(tb_day_of_minute(t->from), from, sizeof from),
                tb_format_date(tb_day_of_minute(t->to) - 1, to, sizeof to));
}

static void print_instant(tb_printer *p, const char *key, tb_minute m)
{
    char text[64];
    tb_print_kstring(p, key, m == INT64_MIN ? "" : tb_format_instant(m, text, sizeof text));
}

static void print_ints(tb_printer *p, const int *v, size_t n)
{
    tb_print_begin_list(p);
    for (size_t i = 0; i < n; i++) tb_print_int(p, v[i]);
    tb_print_end_list(p);
}

/* ---- dictionaries --------------------------------------------------------------------------- */

/* Places and duties that some service is of, by their index in the file; -1: not told. */
struct subset {
    int *places, *duties;
};

static struct subset subset_of(const struct tb_table *t)
{
    const struct tb_region *r = t->region;
    struct subset s = {tb_xcalloc((size_t)r->n_providers + 1, sizeof(int)),
                       tb_xcalloc((size_t)r->n_duties + 1, sizeof(int))};
    for (int i = 0; i < t->n_services; i++) {
        s.places[t->services[i].place] = 1;
        if (t->services[i].kind == RT_DUTY) s.duties[t->services[i].duty] = 1;
    }
    for (int i = 0, n = 0; i < r->n_providers; i++) s.places[i] = s.places[i] ? n++ : -1;
    for (int i = 0, n = 0; i < r->n_duties; i++) s.duties[i] = s.duties[i] ? n++ : -1;
    return s;
}

static int int_of(const void *row, const struct tb_field *f)
{
    return *(const int *)(const void *)((const char *)row + f->offset);
}

static void print_word(tb_printer *p, const struct tb_field *f, int index)
{
    const char *s = f->arg;
    for (; index > 0 && s != NULL; index--) {
        s = strchr(s, '|');
        if (s != NULL) s++;
    }
    struct tb_buf b = {0};
    if (s != NULL && index == 0) tb_buf_addn(&b, s, strcspn(s, "|"));
    tb_print_string(p, tb_buf_str(&b));
    tb_buf_free(&b);
}

static void print_cell(tb_printer *p, const void *row, const struct tb_field *f, const struct subset *map)
{
    char text[64];
    switch (f->type) {
    case TB_TYPE_INT:
        tb_print_int(p, int_of(row, f));
        break;
    case TB_TYPE_BOOL:
        tb_print_bool(p, int_of(row, f));
        break;
    case TB_TYPE_ENUM:
        print_word(p, f, int_of(row, f));
        break;
    case TB_TYPE_REF:
        if (strcmp(f->arg, "duties") == 0)
            tb_print_int(p, map->duties[int_of(row, f)]);
        else if (strcmp(f->arg, "providers") == 0)
            tb_print_int(p, map->places[int_of(row, f)]);
        else
            tb_print_int(p, int_of(row, f));
        break;
    case TB_TYPE_DATE:
        tb_print_string(p, int_of(row, f) == TB_DAY_NONE ? ""
                                                         : tb_format_date(int_of(row, f), text, sizeof text));
        break;
    case TB_TYPE_TIME:
        tb_print_string(p, int_of(row, f) < 0 ? "" : tb_format_time(int_of(row, f), text, sizeof text));
        break;
    case TB_TYPE_ID:
    case TB_TYPE_TEXT:
        tb_print_string(p, *(const char *const *)(const void *)((const char *)row + f->offset));
        break;
    case TB_TYPE_DEC:
        tb_print_string(p,
                        tb_format_millionths(*(const int64_t *)(const void *)((const char *)row + f->offset),
                                             text, sizeof text));
        break;
    case TB_TYPE_MONTHDAY:
    case TB_TYPE_INSTANT:
    case TB_TYPE_WEEKDAYS:
    case TB_TYPE_REFS:
        TB_BUG("%s", f->name);
    }
}

static void print_complaints_of(tb_printer *p, const struct tb_region *r, int kind, int index)
{
    tb_print_begin_list(p);
    for (int c = 0; c < r->n_complaints; c++)
        if (rt_sees(r, kind, index, index, c)) tb_print_int(p, c);
    tb_print_end_list(p);
}

static void print_modifiers_of(tb_printer *p, const struct tb_region *r, int place)
{
    tb_print_begin_list(p);
    for (int m = 0; m < r->n_modifiers; m++)
        if (rt_offers(r, place, m)) tb_print_int(p, m);
    tb_print_end_list(p);
}

/* Ascending, whatever the order in the region's cell. */
static void print_offers(const struct tb_region *r, const struct tb_ids *offers, tb_printer *p)
{
    tb_print_begin_list(p);
    for (int s = 0; s < r->n_specialities; s++)
        for (int i = 0; i < offers->n; i++)
            if (offers->v[i] == s) tb_print_int(p, s);
    tb_print_end_list(p);
}

static bool told(const struct tb_region *r, enum rt_form_id form, int row, const struct subset *s)
{
    if (form == RT_FORM_PLACES) return s->places[row] >= 0;
    if (form == RT_FORM_DUTIES) return s->duties[row] >= 0;
    if (form == RT_FORM_BANDS) return s->duties[r->bands[row].duty] >= 0;
    if (form == RT_FORM_STANDARDS) return s->places[r->standards[row].provider] >= 0;
    return true;
}

static void print_form(const struct tb_table *t, tb_printer *p, enum rt_form_id form, const struct subset *s)
{
    const struct rt_form *x = &rt_forms[form];
    const struct tb_entity *entity = &tb_entities[x->entity];
    tb_print_key(p, x->key);
    tb_print_begin_list(p);
    for (int i = 0; i < tb_region_count(t->region, x->entity); i++) {
        if (!told(t->region, form, i, s)) continue;
        tb_print_begin_object(p);
        for (int k = 0; k < RT_FORM_FIELDS && x->names[k] != NULL; k++) {
            int f = tb_field_find(entity, x->names[k]);
            tb_print_key(p, x->names[k]);
            if (f >= 0 && entity->fields[f].flags & TB_FIELD_PRIVATE) TB_BUG("%s", x->names[k]);
            if (f >= 0)
                print_cell(p, form == RT_FORM_PLACES ? &t->shown[i] : tb_region_row(t->region, x->entity, i),
                           &entity->fields[f], s);
            else if (strcmp(x->names[k], "modifiers") == 0)
                print_modifiers_of(p, t->region, i);
            else if (strcmp(x->names[k], "departments") == 0)
                print_offers(t->region, form == RT_FORM_DUTIES ? &t->duty_offers[i] : &t->place_offers[i], p);
            else
                print_complaints_of(p, t->region, form == RT_FORM_DUTIES ? RT_DUTY : RT_CERTIFIED, i);
        }
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

/* The band's index among those of the file. */
static int band_number(const struct tb_region *r, int band, const struct subset *s)
{
    int n = 0;
    for (int i = 0; i < band; i++) n += s->duties[r->bands[i].duty] >= 0;
    return n;
}

/* Openings are minutes from the table's start: from, last reception, end; then the duty date as days from the
 * first, and the band. */
static void print_services(const struct tb_table *t, tb_printer *p, const struct subset *s)
{
    tb_print_key(p, "services");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_services; i++) {
        const struct rt_service *x = &t->services[i];
        tb_print_begin_object(p);
        tb_print_kint(p, "duty", x->kind == RT_DUTY ? s->duties[x->duty] : -1);
        tb_print_kstring(p, "kind", rt_kind_word[x->kind]);
        tb_print_key(p, "openings");
        tb_print_begin_list(p);
        for (int k = x->first; k < x->first + x->n; k++) {
            tb_print_int(p, t->openings[k].from - t->from);
            tb_print_int(p, t->openings[k].reception - t->from);
            tb_print_int(p, t->openings[k].to - t->from);
            tb_print_int(p, t->openings[k].date - tb_day_of_minute(t->from));
            tb_print_int(p, band_number(t->region, t->openings[k].band, s));
        }
        tb_print_end_list(p);
        tb_print_kint(p, "place", s->places[x->place]);
        tb_print_kint(p, "tier", x->tier);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

/* ---- states and classes --------------------------------------------------------------------- */

static void print_level(tb_printer *p, const char *key, const uint32_t *v, size_t n)
{
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (size_t i = 0; i < n; i++) tb_print_int(p, v[i]);
    tb_print_end_list(p);
}

static void print_columns(const struct tb_table *t, tb_printer *p)
{
    print_level(p, "columns", t->columns, (size_t)t->n_columns * RT_PARTS);
    print_level(p, "columns_parts", t->parts, (size_t)t->n_parts * (size_t)rt_part_rows(t));
    print_level(p, "columns_rows", t->rows, (size_t)t->n_rows * (size_t)t->width);
    tb_print_kint(p, "columns_width", t->width);
}

/* Per area: [intervals, column, intervals, column ...]. */
static void print_states(const struct tb_table *t, tb_printer *p)
{
    int areas = t->region->n_areas;
    tb_print_key(p, "states");
    tb_print_begin_list(p);
    for (int a = 0; a < areas; a++) {
        tb_print_begin_list(p);
        for (int i = 0, k; i < t->n_bounds; i = k) {
            for (k = i + 1; k < t->n_bounds && t->column_of[k * areas + a] == t->column_of[i * areas + a];
                 k++) {}
            tb_print_int(p, k - i);
            tb_print_int(p, t->column_of[i * areas + a]);
        }
        tb_print_end_list(p);
    }
    tb_print_end_list(p);
}

/* Entries [what, index, role, policy, doubtful]; lists of entries' numbers. */
static void print_lists(const struct tb_table *t, tb_printer *p, const struct subset *s)
{
    struct rt_pool entries = {0};
    bool fresh;
    /* numbered as the lists name them, so that a file read back prints the same */
    for (int i = 0; i < t->n_lists; i++) {
        const struct rt_list *l = &t->lists[i];
        for (int k = l->first; k < l->first + l->n; k++)
            (void)rt_pool_put(&entries, &t->entries[k], sizeof t->entries[k], &fresh);
    }
    tb_print_key(p, "entries");
    tb_print_begin_list(p);
    for (size_t i = 0; i < entries.n; i++) {
        struct rt_entry x;
        memcpy(&x, entries.key[i], sizeof x);
        tb_print_begin_list(p);
        tb_print_string(p, rt_ref_word[x.ref]);
        tb_print_int(p, x.index);
        tb_print_string(p, rt_role_word[x.role]);
        tb_print_int(p, x.policy);
        tb_print_int(p, x.doubtful);
        tb_print_end_list(p);
    }
    tb_print_end_list(p);
    tb_print_kstring(p, "hash", t->hash);
    struct tb_buf heading = {0}, id = {0};
    rt_heading_119(t, &heading);
    tb_print_kstring(p, "heading_119", tb_buf_str(&heading));
    tb_buf_free(&heading);
    rt_table_id(t, &id);
    tb_print_kstring(p, "id", tb_buf_str(&id));
    tb_buf_free(&id);
    tb_print_key(p, "intervals");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_bounds; i++) tb_print_int(p, t->bounds[i] - t->from);
    tb_print_end_list(p);
    print_instant(p, "issued_at", t->issued_at);
    print_form(t, p, RT_FORM_LINES, s);
    tb_print_key(p, "lists");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_lists; i++) {
        const struct rt_list *l = &t->lists[i];
        tb_print_begin_list(p);
        for (int k = 0; k < l->n; k++)
            tb_print_int(p, rt_pool_put(&entries, &t->entries[l->first + k], sizeof t->entries[0], &fresh));
        tb_print_end_list(p);
    }
    tb_print_end_list(p);
    rt_pool_free(&entries);
}

static void print_consulting(const struct tb_table *t, tb_printer *p)
{
    tb_print_key(p, "consulting");
    tb_print_begin_list(p);
    for (int i = 0; i < t->n_consult; i++) {
        tb_print_int(p, t->consult_from[i] - t->from);
        tb_print_int(p, t->consult_to[i] - t->from);
    }
    tb_print_end_list(p);
}

static void print_travel(const struct tb_table *t, tb_printer *p)
{
    tb_print_key(p, "travel");
    tb_print_begin_list(p);
    for (int a = 0; a < t->region->n_areas; a++) {
        tb_print_begin_list(p);
        for (int s = 0; s < t->n_services; s++) tb_print_int(p, t->travel[a * t->n_services + s]);
        tb_print_end_list(p);
    }
    tb_print_end_list(p);
}

static void print_winter(const struct tb_table *t, tb_printer *p)
{
    int days = tb_day_of_minute(t->to) - tb_day_of_minute(t->from) + 1;
    tb_print_key(p, "winter");
    tb_print_begin_list(p);
    for (int d = 0; d < days; d++)
        if (t->winter[d]) tb_print_int(p, d);
    tb_print_end_list(p);
    tb_print_kint(p, "winter_percent", t->region->regions[0].winter_percent);
}

void rt_body(const struct tb_table *t, tb_printer *p)
{
    const struct tb_region *r = t->region;
    struct subset s = subset_of(t);
    tb_print_begin_object(p);
    tb_print_key(p, "ages");
    print_ints(p, t->cuts, (size_t)t->n_ages);
    print_form(t, p, RT_FORM_ALIASES, &s);
    print_form(t, p, RT_FORM_AREAS, &s);
    print_form(t, p, RT_FORM_BANDS, &s);
    print_form(t, p, RT_FORM_CENTRES, &s);
    tb_print_key(p, "classes");
    print_ints(p, t->class_of, (size_t)rt_n_keys(t));
    print_columns(t, p);
    print_form(t, p, RT_FORM_COMPLAINTS, &s);
    print_consulting(t, p);
    print_form(t, p, RT_FORM_DEPARTMENTS, &s);
    print_form(t, p, RT_FORM_DUTIES, &s);
    print_lists(t, p, &s);
    print_form(t, p, RT_FORM_MODIFIERS, &s);
    print_instant(p, "next_due", t->next_due);
    tb_print_kstring(p, "notice", r->regions[0].notice);
    print_form(t, p, RT_FORM_PLACES, &s);
    print_form(t, p, RT_FORM_POLICIES, &s);
    tb_print_kint(p, "publication", t->publication);
    tb_print_kstring(p, "region", r->regions[0].id);
    tb_print_kstring(p, "region_name", r->regions[0].name);
    print_form(t, p, RT_FORM_SCALES, &s);
    print_services(t, p, &s);
    print_form(t, p, RT_FORM_STANDARDS, &s);
    print_states(t, p);
    tb_print_kstring(p, "title", "当番医療機関案内表");
    print_travel(t, p);
    tb_print_kstring(p, "use", rt_use_notice());
    print_instant(p, "valid_from", t->from);
    print_instant(p, "valid_to", t->to);
    print_winter(t, p);
    tb_print_end_object(p);
    free(s.places);
    free(s.duties);
}

void rt_digest(struct tb_table *t)
{
    struct tb_buf body = {0};
    tb_printer *p = tb_printer_json(&body, 0);
    rt_body(t, p);
    tb_printer_free(p);
    tb_sha256_hex(tb_buf_str(&body), body.len, t->digest);
    tb_buf_free(&body);
}

void tb_table_json(const tb_table *t, tb_printer *p)
{
    tb_print_begin_object(p);
    tb_print_kstring(p, "digest", t->digest);
    tb_print_kint(p, "format_version", RT_FORM_VERSION);
    rt_last_resort_print(t, p, "last_resort");
    tb_print_key(p, "table");
    rt_body(t, p);
    rt_last_resort_print(t, p, "trailer");
    tb_print_end_object(p);
}
