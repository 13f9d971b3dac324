/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of text cells become a region: parse, sort by key, resolve references, validate.
 */
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain_int.h"

struct raw_row {
    char *row;          /* the row's struct, REFs not yet resolved */
    const char **cells; /* per field the text that REFs are resolved from, NULL for other types */
    const struct tb_entity *entity;
};

struct tb_loader {
    struct tb_region *region;
    const char *file; /* of the last row: thousands are of one */
    struct raw_row *rows[TB_E_COUNT];
    size_t n[TB_E_COUNT], cap[TB_E_COUNT];
    bool kept; /* typed for an earlier version */
    bool held; /* rows that were judged once, and not all of the tables that they name need be there */
};

struct tb_region *tb_region_new(void)
{
    struct tb_region *r = tb_xcalloc(1, sizeof *r);
    r->holders = tb_xmalloc(sizeof *r->holders);
    atomic_init(r->holders, 1);
    return r;
}

struct tb_loader *tb_loader_new(void)
{
    struct tb_loader *l = tb_xcalloc(1, sizeof *l);
    l->region = tb_region_new();
    return l;
}

void tb_loader_kept(struct tb_loader *l) { l->kept = true; }

struct tb_loader *tb_loader_held(void)
{
    struct tb_loader *l = tb_loader_new();
    l->held = true;
    return l;
}

void tb_loader_free(struct tb_loader *l)
{
    if (!l) return;
    for (int i = 0; i < TB_E_COUNT; i++) free(l->rows[i]);
    tb_region_free(l->region);
    free(l);
}

void tb_region_free(struct tb_region *r)
{
    if (!r || atomic_fetch_sub(r->holders, 1) > 1) return;
    free(r->holders);
    tb_holiday_list_free(&r->official);
    tb_arena_free(&r->arena);
    free(r);
}

struct tb_region *tb_region_share(const struct tb_region *r)
{
    atomic_fetch_add(r->holders, 1);
    return (struct tb_region *)(uintptr_t)r; /* to be freed, not to be changed */
}

static bool is_ref(const struct tb_field *f) { return f->type == TB_TYPE_REF || f->type == TB_TYPE_REFS; }

static struct raw_row new_row(struct tb_loader *l, enum tb_entity_id entity, const struct tb_src *src)
{
    const struct tb_entity *ent = &tb_entities[entity];
    struct tb_arena *a = &l->region->arena;
    struct raw_row raw = {tb_arena_alloc(a, ent->row_size),
                          tb_arena_alloc(a, sizeof(char *) * (size_t)ent->n_fields), ent};
    if (!l->file || strcmp(l->file, src->file) != 0) l->file = tb_arena_strdup(a, src->file);
    *(struct tb_src *)(void *)raw.row = (struct tb_src){l->file, src->line};
    return raw;
}

enum tb_code tb_loader_row(struct tb_loader *l, enum tb_entity_id entity, const char *const *cells,
                           const char *file, int line, struct tb_err *e)
{
    const struct tb_entity *ent = &tb_entities[entity];
    struct tb_arena *a = &l->region->arena;
    struct raw_row raw = new_row(l, entity, &(struct tb_src){file, line});
    const struct tb_src *src = (const struct tb_src *)(const void *)raw.row;
    for (int i = 0; i < ent->n_fields; i++) {
        const struct tb_field *f = &ent->fields[i];
        struct tb_field loose = *f;
        if (l->held) loose.flags &= ~(unsigned)TB_FIELD_REQUIRED;
        /* what an earlier version took for a telephone stays until it is typed anew */
        if ((l->held || l->kept) && tb_field_phone(f)) loose.arg = "";
        const char *wrong = tb_cell_parse(&loose, cells[i], raw.row, a);
        if (wrong) return tb_row_fail(e, src, entity, f->name, cells[i], "%s", wrong);
        if (is_ref(f)) raw.cells[i] = tb_arena_strdup(a, cells[i] && *cells[i] ? cells[i] : f->def);
    }
    *TB_PUSH(l->rows[entity], l->n[entity], l->cap[entity]) = raw;
    return TB_OK;
}

void tb_loader_take(struct tb_loader *l, const struct tb_region *from, enum tb_entity_id entity, int row,
                    const struct tb_src *src)
{
    const struct tb_entity *ent = &tb_entities[entity];
    struct tb_arena *a = &l->region->arena;
    const char *his = tb_region_row(from, entity, row);
    struct raw_row raw = new_row(l, entity, src);
    struct tb_buf key = {0};
    memcpy(raw.row + sizeof *src, his + sizeof *src, ent->row_size - sizeof *src);
    for (int i = 0; i < ent->n_fields; i++) {
        const struct tb_field *f = &ent->fields[i];
        char **text = (char **)(void *)(raw.row + f->offset);
        if (f->type == TB_TYPE_ID || f->type == TB_TYPE_TEXT) *text = tb_arena_strdup(a, *text);
        if (!is_ref(f)) continue;
        tb_buf_clear(&key);
        tb_region_cell(from, entity, row, i, &key);
        raw.cells[i] = tb_arena_strdup(a, tb_buf_str(&key));
    }
    tb_buf_free(&key);
    *TB_PUSH(l->rows[entity], l->n[entity], l->cap[entity]) = raw;
}

static int compare_field(const struct tb_field *f, const struct raw_row *x, const struct raw_row *y)
{
    size_t at = (size_t)(f - x->entity->fields);
    const char *a = x->row + f->offset, *b = y->row + f->offset;
    switch (f->type) {
    case TB_TYPE_REF:
    case TB_TYPE_REFS:
        return strcmp(x->cells[at], y->cells[at]);
    case TB_TYPE_ID:
    case TB_TYPE_TEXT:
        return strcmp(*(const char *const *)(const void *)a, *(const char *const *)(const void *)b);
    case TB_TYPE_DEC:
    case TB_TYPE_INSTANT: {
        int64_t m = *(const int64_t *)(const void *)a, n = *(const int64_t *)(const void *)b;
        return (m > n) - (m < n);
    }
    case TB_TYPE_INT:
    case TB_TYPE_BOOL:
    case TB_TYPE_DATE:
    case TB_TYPE_MONTHDAY:
    case TB_TYPE_TIME:
    case TB_TYPE_ENUM:
    case TB_TYPE_WEEKDAYS: {
        int m = *(const int *)(const void *)a, n = *(const int *)(const void *)b;
        return (m > n) - (m < n);
    }
    }
    return 0;
}

static int compare_keys(const void *p, const void *q)
{
    const struct raw_row *x = p, *y = q;
    for (int i = 0; i < x->entity->n_fields; i++) {
        const struct tb_field *f = &x->entity->fields[i];
        if (!(f->flags & TB_FIELD_KEY)) continue;
        int c = compare_field(f, x, y);
        if (c) return c;
    }
    return 0;
}

/* Rows of one key stand in file order, so that messages do not depend on qsort. */
static int compare_rows(const void *p, const void *q)
{
    int c = compare_keys(p, q);
    if (c) return c;
    const struct tb_src *a = (const struct tb_src *)(const void *)((const struct raw_row *)p)->row;
    const struct tb_src *b = (const struct tb_src *)(const void *)((const struct raw_row *)q)->row;
    c = strcmp(a->file, b->file);
    return c ? c : (a->line > b->line) - (a->line < b->line);
}

/* Most tables come in order, or with a few rows that were entered later. */
static void sort_rows(struct raw_row *v, size_t n)
{
    enum { FEW = 32 };
    int later = 0;
    for (size_t i = 1; i < n; i++) {
        if (compare_rows(&v[i - 1], &v[i]) <= 0) continue;
        if (++later > FEW) {
            qsort(v, n, sizeof *v, compare_rows);
            return;
        }
        size_t lo = 0, hi = i;
        while (lo < hi) {
            size_t mid = (lo + hi) / 2;
            if (compare_rows(&v[mid], &v[i]) <= 0)
                lo = mid + 1;
            else
                hi = mid;
        }
        const struct raw_row x = v[i];
        memmove(&v[lo + 1], &v[lo], (i - lo) * sizeof *v);
        v[lo] = x;
    }
}

static enum tb_code check_double(const struct tb_loader *l, int entity, struct tb_err *e)
{
    for (size_t i = 1; i < l->n[entity]; i++) {
        const struct raw_row *x = &l->rows[entity][i - 1], *y = &l->rows[entity][i];
        if (compare_keys(x, y) != 0) continue;
        struct tb_buf key = {0};
        const struct tb_src *a = (const struct tb_src *)(const void *)x->row,
                            *b = (const struct tb_src *)(const void *)y->row;
        for (int k = 0; k < y->entity->n_fields; k++)
            if (y->entity->fields[k].flags & TB_FIELD_KEY)
                tb_buf_addf(&key, "%s%s", key.len ? ", " : "", y->entity->fields[k].name);
        bool pins = entity == TB_E_pin;
        enum tb_code c = tb_row_fail(
            e, b, (enum tb_entity_id)entity, NULL, NULL,
            pins
                ? tb_t("同じ席の固定・禁止が重なるか矛盾しています: もう一つは %s:%d（一組の %s に一行です）",
                       "contradictory or double pins: the other is at %s:%d (one row for each %s)")
                : tb_t("同じ行が二度あります: もう一つは %s:%d（%s の組は一度だけです）",
                       "the same row twice: the other is at %s:%d (one row for each %s)"),
            a->file, a->line, tb_buf_str(&key));
        tb_buf_free(&key);
        return c;
    }
    return TB_OK;
}

/* Is there, among the sorted rows, one whose id is the first n bytes of `id`? */
static bool has_id(const struct tb_loader *l, int entity, const char *id, size_t n)
{
    size_t lo = 0, hi = l->n[entity];
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        const char *have = *(const char *const *)(const void *)(l->rows[entity][mid].row +
                                                                tb_entities[entity].fields[0].offset);
        int c = strncmp(have, id, n);
        if (c == 0 && !have[n]) return true;
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

/* Names the row in a field that must not be empty something that is not there? */
static bool names_nothing(const struct tb_loader *l, const struct raw_row *x)
{
    for (int f = 0; f < x->entity->n_fields; f++) {
        const struct tb_field *field = &x->entity->fields[f];
        if (!is_ref(field) || !(field->flags & TB_FIELD_REQUIRED)) continue;
        bool found = false;
        for (const char *p = x->cells[f]; *p && !found;) {
            size_t len = strcspn(p, ";");
            found = has_id(l, tb_entity_find(field->arg), p, len);
            p += len + (p[len] == ';');
        }
        if (!found) return true;
    }
    return false;
}

/* Rows that name what is not there go, and then those that named them. */
static void drop_loose(struct tb_loader *l)
{
    for (bool moved = true; moved;) {
        moved = false;
        for (int i = 0; i < TB_E_COUNT; i++) {
            size_t kept = 0;
            for (size_t k = 0; k < l->n[i]; k++)
                if (!names_nothing(l, &l->rows[i][k])) l->rows[i][kept++] = l->rows[i][k];
            moved |= kept != l->n[i];
            l->n[i] = kept;
        }
    }
}

/* What arrays rest on. */
static enum tb_code held_limits(const struct tb_region *r, struct tb_err *e)
{
    if (r->n_classes <= TB_CLASS_MAX) return TB_OK;
    return tb_fail(e, TB_REFUSED,
                   tb_t("診療日区分は、公表した当番表が使うものと合わせて%d個までです（いま%d個）",
                        "at most %d day classes, those of published rosters among them (there are %d)"),
                   TB_CLASS_MAX, r->n_classes);
}

/* The sorted rows, REFs not yet resolved. */
static void fill_arrays(struct tb_loader *l)
{
    struct tb_region *r = l->region;
    for (int i = 0; i < TB_E_COUNT; i++) {
        const struct tb_entity *ent = &tb_entities[i];
        char *all = tb_arena_alloc(&r->arena, ent->row_size * (l->n[i] ? l->n[i] : 1));
        for (size_t k = 0; k < l->n[i]; k++)
            memcpy(all + k * ent->row_size, l->rows[i][k].row, ent->row_size);
        *(char **)(void *)((char *)r + ent->rows_offset) = all;
        *(int *)(void *)((char *)r + ent->count_offset) = (int)l->n[i];
    }
}

static enum tb_code resolve_rows(struct tb_loader *l, int entity, struct tb_err *e)
{
    const struct tb_entity *ent = &tb_entities[entity];
    char *all = *(char **)(void *)((char *)l->region + ent->rows_offset);
    for (size_t k = 0; k < l->n[entity]; k++)
        for (int f = 0; f < ent->n_fields; f++) {
            if (!is_ref(&ent->fields[f])) continue;
            enum tb_code c =
                tb_cell_resolve(l->region, (enum tb_entity_id)entity, &ent->fields[f],
                                l->rows[entity][k].cells[f], l->held, all + k * ent->row_size, e);
            if (c) return c;
        }
    return TB_OK;
}

static enum tb_code build(struct tb_loader *l, struct tb_err *e)
{
    struct tb_region *r = l->region;
    for (int i = 0; i < TB_E_COUNT; i++) {
        sort_rows(l->rows[i], l->n[i]);
        enum tb_code c = check_double(l, i, e);
        if (c) return c;
    }
    if (l->held) drop_loose(l);
    fill_arrays(l);
    for (int i = 0; i < TB_E_COUNT; i++) {
        enum tb_code c = resolve_rows(l, i, e);
        if (c) return c;
    }
    if (r->n_regions != 1)
        return tb_fail(e, TB_INPUT, "region: %s",
                       tb_t("region はちょうど一つ必要です", "exactly one region object is needed"));
    for (int i = 0; i < r->n_officials; i++) {
        struct tb_holiday_list *h = &r->official;
        struct tb_holiday_row *row = TB_PUSH(h->rows, h->n, h->cap);
        *row = (struct tb_holiday_row){.day = r->officials[i].date, .kind = r->officials[i].kind};
        snprintf(row->name, sizeof row->name, "%s", r->officials[i].name);
    }
    tb_holiday_list_settle(&r->official);
    if (l->held) return held_limits(r, e);
    enum tb_code c = tb_dated_build(r, e);
    if (c == TB_OK) c = tb_region_validate(r, e);
    return c || l->kept ? c : tb_addresses_check(r, e);
}

enum tb_code tb_loader_finish(struct tb_loader *l, struct tb_region **out, struct tb_err *e)
{
    enum tb_code c = build(l, e);
    if (c == TB_OK) {
        *out = l->region;
        l->region = NULL;
    }
    tb_loader_free(l);
    return c;
}

void tb_region_digest(const struct tb_region *r, char out[65])
{
    struct tb_buf b = {0};
    for (int i = 0; i < TB_E_COUNT; i++)
        for (int k = 0; k < tb_region_count(r, (enum tb_entity_id)i); k++) {
            tb_buf_addf(&b, "%s", tb_entities[i].name);
            for (int f = 0; f < tb_entities[i].n_fields; f++) {
                tb_buf_addc(&b, '\t');
                tb_region_cell(r, (enum tb_entity_id)i, k, f, &b);
            }
            tb_buf_addc(&b, '\n');
        }
    tb_sha256_hex(tb_buf_str(&b), b.len, out);
    tb_buf_free(&b);
}
