/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What became of rows: two regions compared, and one change as a line that the audit trail keeps.
 */
#include "codec_json.h"

#include <stdlib.h>
#include <string.h>

static void cells_free(char **cells, int n)
{
    for (int f = 0; cells != NULL && f < n; f++) free(cells[f]);
    free(cells);
}

void tb_row_change_clear(struct tb_row_change *x)
{
    cells_free(x->before, tb_entities[x->entity].n_fields);
    cells_free(x->after, tb_entities[x->entity].n_fields);
    *x = (struct tb_row_change){0};
}

void tb_row_changes_free(struct tb_row_change *v, size_t n)
{
    for (size_t i = 0; i < n; i++) tb_row_change_clear(&v[i]);
    free(v);
}

/* ---- two regions ------------------------------------------------------------------------------------ */

struct keyed {
    char *key;
    char **cells;
};

static int keyed_compare(const void *a, const void *b)
{
    return strcmp(((const struct keyed *)a)->key, ((const struct keyed *)b)->key);
}

/* Rows [from, to) by key; the parts of a key are joined by a character that no cell can hold. */
static struct keyed *rows_of(const struct tb_region *r, enum tb_entity_id entity, int from, int to)
{
    const struct tb_entity *ent = &tb_entities[entity];
    const size_t n = (size_t)(to - from);
    struct keyed *v = tb_xcalloc(n + 1, sizeof *v);
    for (size_t i = 0; i < n; i++) {
        struct tb_buf key = {0};
        v[i].cells = tb_xcalloc((size_t)ent->n_fields, sizeof *v[i].cells);
        for (int f = 0; f < ent->n_fields; f++) {
            struct tb_buf cell = {0};
            tb_region_cell(r, entity, from + (int)i, f, &cell);
            v[i].cells[f] = tb_buf_take(&cell);
            if (ent->fields[f].flags & TB_FIELD_KEY) tb_buf_addf(&key, "%s\x1F", v[i].cells[f]);
        }
        v[i].key = tb_buf_take(&key);
    }
    qsort(v, n, sizeof *v, keyed_compare);
    return v;
}

static bool same_cells(char *const *a, char *const *b, int n)
{
    for (int f = 0; f < n; f++)
        if (strcmp(a[f], b[f]) != 0) return false;
    return true;
}

struct changes {
    struct tb_row_change *v;
    size_t n, cap;
};

/* Whatever differs between two tables, by key. */
static void table_changes(const struct tb_region *before, const struct tb_region *after,
                          enum tb_entity_id entity, struct changes *out)
{
    const int fields = tb_entities[entity].n_fields;
    /* Both are in key order: what is the same at either end need not be written out. */
    int from = 0, end_a = tb_region_count(before, entity), end_b = tb_region_count(after, entity);
    while (from < end_a && from < end_b && tb_region_row_same(before, from, after, from, entity)) from++;
    for (; end_a > from && end_b > from && tb_region_row_same(before, end_a - 1, after, end_b - 1, entity);
         end_a--)
        end_b--;
    const size_t n_a = (size_t)(end_a - from), n_b = (size_t)(end_b - from);
    struct keyed *a = rows_of(before, entity, from, end_a), *b = rows_of(after, entity, from, end_b);
    for (size_t i = 0, k = 0; i < n_a || k < n_b;) {
        int order = i == n_a ? 1 : k == n_b ? -1 : strcmp(a[i].key, b[k].key);
        struct tb_row_change x = {.entity = entity};
        if (order <= 0) x.before = a[i].cells;
        if (order >= 0) x.after = b[k].cells;
        if (order == 0 && same_cells(x.before, x.after, fields))
            tb_row_change_clear(&x);
        else
            *TB_PUSH(out->v, out->n, out->cap) = x;
        if (order <= 0) free(a[i++].key);
        if (order >= 0) free(b[k++].key);
    }
    free(a);
    free(b);
}

void tb_codec_row_changes(const struct tb_region *before, const struct tb_region *after, int table,
                          struct tb_row_change **out, size_t *n)
{
    struct changes x = {0};
    for (int entity = 0; entity < TB_E_COUNT; entity++)
        if (table == TB_E_COUNT || table == entity)
            table_changes(before, after, (enum tb_entity_id)entity, &x);
    *out = x.v;
    *n = x.n;
}

/* ---- a line of the trail ------------------------------------------------------------------------------ */

void tb_codec_row_key(enum tb_entity_id entity, const char *const *cells, struct tb_buf *out)
{
    const struct tb_entity *ent = &tb_entities[entity];
    bool first = true;
    for (int f = 0; f < ent->n_fields; f++) {
        if (!(ent->fields[f].flags & TB_FIELD_KEY) || cells[f] == NULL || cells[f][0] == '\0') continue;
        tb_buf_addf(out, "%s%s", first ? "" : "/", cells[f]);
        first = false;
    }
}

void tb_codec_write_change(const struct tb_row_change *x, struct tb_buf *out)
{
    const char *const *before = (const char *const *)x->before, *const *after = (const char *const *)x->after;
    tb_printer *p = tb_printer_json(out, 0);
    struct tb_buf key = {0};
    tb_codec_row_key(x->entity, after != NULL ? after : before, &key);
    tb_print_begin_object(p);
    tb_print_kstring(p, "key", tb_buf_str(&key));
    if (before != NULL) {
        tb_print_key(p, "before");
        tb_codec_print_row(x->entity, before, p);
    }
    if (after != NULL) {
        tb_print_key(p, "after");
        tb_codec_print_row(x->entity, after, p);
    }
    tb_print_end_object(p);
    tb_printer_free(p);
    tb_buf_free(&key);
}

/* false: no row */
static bool read_cells(struct tb_doc *d, const struct tb_entity *ent, json_t *row, char ***out)
{
    const char *name, *wrong = NULL;
    json_t *value;
    if (row == NULL) return true;
    if (!json_is_object(row)) return false;
    *out = tb_xcalloc((size_t)ent->n_fields, sizeof **out);
    json_object_foreach(row, name, value)
    {
        int f = tb_field_find(ent, name);
        const char *cell = f < 0 ? NULL : tb_doc_cell(d, value, &wrong);
        if (cell != NULL) (*out)[f] = tb_xstrdup(cell);
    }
    for (int f = 0; f < ent->n_fields; f++)
        if ((*out)[f] == NULL) (*out)[f] = tb_xstrdup("");
    return true;
}

bool tb_codec_parse_change(const char *table, const char *detail, struct tb_row_change *out)
{
    int entity = tb_entity_find(table);
    struct tb_doc d;
    struct tb_text t;
    struct tb_err e = {0};
    *out = (struct tb_row_change){0};
    if (entity < 0 || detail[0] != '{') return false;
    if (tb_text_of("audit", detail, strlen(detail), TB_ENCODING_JSON, &t, &e) != TB_OK) return false;
    bool ok = tb_doc_open(&t, TB_JSON_VALUES_MAX, &d, &e) == TB_OK;
    if (ok) {
        out->entity = (enum tb_entity_id)entity;
        ok = json_is_string(json_object_get(d.root, "key")) &&
             read_cells(&d, &tb_entities[entity], json_object_get(d.root, "before"), &out->before) &&
             read_cells(&d, &tb_entities[entity], json_object_get(d.root, "after"), &out->after) &&
             (out->before != NULL || out->after != NULL);
        if (!ok) tb_row_change_clear(out);
        tb_doc_close(&d);
    }
    tb_text_free(&t);
    return ok;
}
