/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A region from a directory, from one imported file or from a snapshot, and its snapshot.
 */
#include "codec_json.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "toban/domain/said.h"

#define MAIN_FILE "region.json"
#define HOLIDAY_FILE "syukujitsu.csv"

/* ---- the directory -------------------------------------------------------------------------------- */

struct names {
    char **v;
    size_t n, cap;
};

static void names_free(struct names *names)
{
    for (size_t i = 0; i < names->n; i++) free(names->v[i]);
    free(names->v);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool has_name(const struct names *names, const char *name)
{
    return names->n > 0 && bsearch(&name, names->v, names->n, sizeof *names->v, compare_names) != NULL;
}

static bool is_csv(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && strcasecmp(name + n - 4, ".csv") == 0;
}

/* The region itself stands in region.json only. */
static bool is_known(const char *name)
{
    if (strcmp(name, HOLIDAY_FILE) == 0) return true;
    char entity[64];
    int n = snprintf(entity, sizeof entity, "%.*s", (int)(strlen(name) - 4), name);
    return n > 0 && (size_t)n < sizeof entity && strcmp(name + n, ".csv") == 0 &&
           tb_entity_find(entity) > TB_E_region_row;
}

/* A file that nobody reads would be data that the office believes is in use. */
static enum tb_code list_csv(const char *dir, struct names *names, struct tb_err *e)
{
    DIR *d = opendir(dir);
    if (d == NULL)
        return tb_fail(e, TB_INPUT,
                       tb_t("%s: ディレクトリとして読めません", "%s: cannot be read as a directory"), dir);
    for (const struct dirent *entry = readdir(d); entry != NULL; entry = readdir(d))
        if (is_csv(entry->d_name)) *TB_PUSH(names->v, names->n, names->cap) = tb_xstrdup(entry->d_name);
    (void)closedir(d);
    if (names->n > 0) qsort(names->v, names->n, sizeof *names->v, compare_names);
    for (size_t i = 0; i < names->n; i++) {
        if (is_known(names->v[i])) continue;
        struct tb_buf known = {0};
        for (int k = TB_E_region_row + 1; k < TB_E_COUNT; k++)
            tb_buf_addf(&known, "%s.csv, ", tb_entities[k].name);
        (void)tb_fail(
            e, TB_INPUT,
            tb_t("%s: このファイルは読まれません。名前を直すか、取り除いてください。使える名前: %s%s",
                 "%s: no such file is read; rename or remove it. There are %s%s"),
            names->v[i], tb_buf_str(&known), HOLIDAY_FILE);
        tb_buf_free(&known);
        return TB_INPUT;
    }
    return TB_OK;
}

static enum tb_code read_in(const char *dir, const char *name, enum tb_encoding said, struct tb_text *out,
                            struct tb_err *e)
{
    struct tb_buf path = {0};
    tb_buf_addf(&path, "%s/%s", dir, name);
    enum tb_code code = tb_text_read(tb_buf_str(&path), name, said, out, e);
    tb_buf_free(&path);
    return code;
}

/* ---- rows into the loader ---------------------------------------------------------------------------- */

struct sink {
    struct tb_loader *loader;
    enum tb_entity_id entity;
    const char *file;
};

static enum tb_code to_loader(void *arg, const char *const *cells, int line, struct tb_err *e)
{
    const struct sink *k = arg;
    return tb_loader_row(k->loader, k->entity, cells, k->file, line, e);
}

static enum tb_code load_csv(const char *dir, int entity, enum tb_encoding said, struct tb_loader *l,
                             struct tb_err *e)
{
    char name[80];
    (void)snprintf(name, sizeof name, "%s.csv", tb_entities[entity].name);
    struct tb_text t;
    enum tb_code code = read_in(dir, name, said, &t, e);
    if (code != TB_OK) return code;
    struct sink k = {l, (enum tb_entity_id)entity, name};
    code = tb_entity_csv(&tb_entities[entity], &t, to_loader, &k, e);
    tb_text_free(&t);
    return code;
}

/* Cells of the official list's rows, each given to `row` in turn: days that are added. */
static enum tb_code official_rows(const char *file, const char *text,
                                  enum tb_code (*row)(void *arg, const char *const *cells, int line,
                                                      struct tb_err *e),
                                  void *arg, struct tb_err *e)
{
    struct tb_holiday_list list = {0};
    enum tb_code code = tb_holiday_list_parse(&list, file, text, e);
    const struct tb_entity *ent = &tb_entities[TB_E_official];
    int date = tb_field_find(ent, "date"), name = tb_field_find(ent, "name"),
        kind = tb_field_find(ent, "kind");
    for (size_t i = 0; code == TB_OK && i < list.n; i++) {
        char day[64];
        const char *cells[TB_FIELDS_MAX] = {0};
        cells[date] = tb_format_date(list.rows[i].day, day, sizeof day);
        cells[name] = list.rows[i].name;
        cells[kind] = "add";
        code = row(arg, cells, 0, e);
    }
    tb_holiday_list_free(&list);
    return code;
}

/* The list as the Cabinet Office publishes it, in CP932 whatever the other files are. */
static enum tb_code load_holidays(const char *dir, struct tb_loader *l, struct tb_err *e)
{
    struct tb_text t;
    enum tb_code code = read_in(dir, HOLIDAY_FILE, TB_ENCODING_GUESS, &t, e);
    if (code != TB_OK) return code;
    struct sink k = {l, TB_E_official, HOLIDAY_FILE};
    code = official_rows(HOLIDAY_FILE, t.s, to_loader, &k, e);
    tb_text_free(&t);
    return code;
}

static enum tb_code load_main(const struct tb_text *t, struct tb_loader *l, enum tb_encoding *said,
                              struct tb_err *e)
{
    struct tb_doc d;
    enum tb_code code = tb_doc_open(t, TB_JSON_VALUES_MAX, &d, e);
    if (code != TB_OK) return code;
    code = tb_doc_region(&d, l, said, e);
    tb_doc_close(&d);
    return code;
}

static enum tb_code load_all(const char *dir, struct tb_loader *l, struct tb_err *e)
{
    struct tb_text t;
    enum tb_encoding said = TB_ENCODING_UTF8;
    struct names names = {0};
    enum tb_code code = read_in(dir, MAIN_FILE, TB_ENCODING_JSON, &t, e);
    if (code != TB_OK) return code;
    code = list_csv(dir, &names, e);
    if (code == TB_OK) code = load_main(&t, l, &said, e);
    for (int i = TB_E_region_row + 1; code == TB_OK && i < TB_E_COUNT; i++) {
        char name[80];
        (void)snprintf(name, sizeof name, "%s.csv", tb_entities[i].name);
        if (has_name(&names, name)) code = load_csv(dir, i, said, l, e);
    }
    if (code == TB_OK && has_name(&names, HOLIDAY_FILE)) code = load_holidays(dir, l, e);
    names_free(&names);
    tb_text_free(&t);
    return code;
}

enum tb_code tb_codec_read_region(const char *dir, struct tb_region **out, struct tb_err *e)
{
    struct tb_loader *l = tb_loader_new();
    enum tb_code code = load_all(dir, l, e);
    if (code == TB_OK) return tb_loader_finish(l, out, e);
    tb_loader_free(l);
    return code;
}

enum tb_code tb_codec_parse_region(const char *name, const char *json, size_t len, struct tb_region **out,
                                   struct tb_err *e)
{
    struct tb_text t;
    enum tb_code code = tb_text_of(name, json, len, TB_ENCODING_JSON, &t, e);
    if (code != TB_OK) return code;
    struct tb_loader *l = tb_loader_new();
    code = load_main(&t, l, NULL, e);
    tb_text_free(&t);
    if (code == TB_OK) return tb_loader_finish(l, out, e);
    tb_loader_free(l);
    return code;
}

/* ---- import ---------------------------------------------------------------------------------------------
 */

/* One way of writing for each value, so that 9:00 in a file meets 09:00 in the database. Text that is not of
 * its type is left: the loader refuses it. */
void tb_codec_canonical(const struct tb_field *f, const char *cell, struct tb_buf *out)
{
    char text[64];
    int64_t number;
    int minute;
    tb_day date;
    tb_minute instant;
    if (cell == NULL || cell[0] == '\0') cell = f->def;
    if (f->type == TB_TYPE_INT && tb_parse_int(cell, INT32_MIN, INT32_MAX, &number))
        tb_buf_addf(out, "%lld", (long long)number);
    else if (f->type == TB_TYPE_DEC && tb_parse_millionths(cell, &number))
        tb_buf_add(out, tb_format_millionths(number, text, sizeof text));
    else if (f->type == TB_TYPE_TIME && tb_said_time(cell, &minute) == NULL)
        tb_buf_add(out, tb_format_time(minute, text, sizeof text));
    else if (f->type == TB_TYPE_INSTANT && tb_said_instant(cell, TB_NEVER, &instant) == NULL)
        tb_buf_add(out, tb_format_instant(instant, text, sizeof text));
    else if (f->type == TB_TYPE_DATE && tb_said_date(cell, TB_DAY_NONE, &date) == NULL)
        tb_buf_add(out, tb_format_date(date, text, sizeof text));
    else if (f->type == TB_TYPE_WEEKDAYS)
        for (const char *day = "sun\0mon\0tue\0wed\0thu\0fri\0sat\0"; *day != '\0'; day += 4)
            tb_buf_add(out, strstr(cell, day) != NULL ? day : "");
    else
        tb_buf_add(out, cell);
}

/* Parts of a key are joined by a character that no cell can hold. */
static char *key_of(const struct tb_entity *entity, const char *const *cells)
{
    struct tb_buf b = {0};
    for (int f = 0; f < entity->n_fields; f++) {
        if ((entity->fields[f].flags & TB_FIELD_KEY) == 0) continue;
        tb_codec_canonical(&entity->fields[f], cells[f], &b);
        tb_buf_addc(&b, '\x1F');
    }
    return tb_buf_take(&b);
}

/* The key of a row that is there. */
static char *row_key(const struct tb_region *r, enum tb_entity_id entity, int row)
{
    const struct tb_entity *ent = &tb_entities[entity];
    struct tb_buf b = {0}, cell = {0};
    for (int f = 0; f < ent->n_fields; f++) {
        if ((ent->fields[f].flags & TB_FIELD_KEY) == 0) continue;
        tb_buf_clear(&cell);
        tb_region_cell(r, entity, row, f, &cell);
        tb_codec_canonical(&ent->fields[f], tb_buf_str(&cell), &b);
        tb_buf_addc(&b, '\x1F');
    }
    tb_buf_free(&cell);
    return tb_buf_take(&b);
}

/* One row of a region, as cells; freed by row_cells_free. */
struct row_cells {
    struct tb_buf text[TB_FIELDS_MAX];
    const char *cells[TB_FIELDS_MAX];
};

static void row_cells(const struct tb_region *r, int entity, int row, struct row_cells *out)
{
    *out = (struct row_cells){0};
    for (int f = 0; f < tb_entities[entity].n_fields; f++) {
        tb_region_cell(r, (enum tb_entity_id)entity, row, f, &out->text[f]);
        out->cells[f] = tb_buf_str(&out->text[f]);
    }
}

static void row_cells_free(struct row_cells *x)
{
    for (int f = 0; f < TB_FIELDS_MAX; f++) tb_buf_free(&x->text[f]);
}

/* ---- variants -------------------------------------------------------------------------------------------
 */

struct patch {
    char *key;
    char *cells[TB_FIELDS_MAX]; /* NULL: the file has no such column */
    int line;
    bool used;
};

/* The rows of one entity's file, by key. */
struct patches {
    const struct tb_entity *entity;
    struct patch *v;
    size_t n, cap;
};

static void patches_free(struct patches *p)
{
    for (size_t i = 0; i < p->n; i++) {
        free(p->v[i].key);
        for (int f = 0; f < p->entity->n_fields; f++) free(p->v[i].cells[f]);
    }
    free(p->v);
}

static int compare_patches(const void *a, const void *b)
{
    const struct patch *x = a, *y = b;
    int c = strcmp(x->key, y->key);
    return c != 0 ? c : (x->line > y->line) - (x->line < y->line);
}

static enum tb_code take_patch(void *arg, const char *const *cells, int line, struct tb_err *e)
{
    (void)e;
    struct patches *p = arg;
    struct patch x = {.key = key_of(p->entity, cells), .line = line};
    for (int f = 0; f < p->entity->n_fields; f++)
        if (cells[f] != NULL) x.cells[f] = tb_xstrdup(cells[f]);
    *TB_PUSH(p->v, p->n, p->cap) = x;
    return TB_OK;
}

/* The patch of the base's row, or NULL. */
static struct patch *patch_of(struct patches *p, const struct tb_region *base, int row)
{
    const enum tb_entity_id entity = (enum tb_entity_id)(p->entity - tb_entities);
    if (p->n == 0) return NULL;
    char *key = row_key(base, entity, row);
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(p->v[mid].key, key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    bool found = lo < p->n && strcmp(p->v[lo].key, key) == 0;
    free(key);
    return found ? &p->v[lo] : NULL;
}

/* Rows of the base with their changed cells, then the rows that are new. Two rows with one key are left to
 * the loader to refuse. */
static enum tb_code lay_over(const struct tb_region *base, int entity, const char *file, struct patches *p,
                             struct tb_loader *l, int *changed, struct tb_err *e)
{
    const struct tb_entity *ent = &tb_entities[entity];
    enum tb_code code = TB_OK;
    for (int i = 0; code == TB_OK && i < tb_region_count(base, (enum tb_entity_id)entity); i++) {
        struct patch *found = patch_of(p, base, i);
        if (found == NULL) {
            tb_loader_take(l, base, (enum tb_entity_id)entity, i,
                           tb_region_row(base, (enum tb_entity_id)entity, i));
            continue;
        }
        struct row_cells x;
        row_cells(base, entity, i, &x);
        for (int f = 0; f < ent->n_fields; f++)
            if (found->cells[f] != NULL) x.cells[f] = found->cells[f];
        found->used = true;
        ++*changed;
        code = tb_loader_row(l, (enum tb_entity_id)entity, x.cells, file, found->line, e);
        row_cells_free(&x);
    }
    for (size_t i = 0; code == TB_OK && i < p->n; i++)
        if (!p->v[i].used)
            code = tb_loader_row(l, (enum tb_entity_id)entity, (const char *const *)p->v[i].cells, file,
                                 p->v[i].line, e);
    return code;
}

/* A variant's directory being laid over a region. */
struct overlay {
    const char *dir;
    struct names files; /* in it */
    struct tb_loader *loader;
    int rows, changed; /* read; of these those with a key that was there */
};

static enum tb_code overlay_entity(const struct tb_region *base, int entity, struct overlay *o,
                                   struct tb_err *e)
{
    char name[80];
    (void)snprintf(name, sizeof name, "%s.csv", tb_entities[entity].name);
    struct patches p = {.entity = &tb_entities[entity]};
    struct tb_buf shown = {0};
    enum tb_code code = TB_OK;
    tb_buf_addf(&shown, "%s/%s", o->dir, name);
    if (has_name(&o->files, name)) {
        struct tb_text t;
        code = tb_text_read(tb_buf_str(&shown), tb_buf_str(&shown), TB_ENCODING_UTF8, &t, e);
        if (code == TB_OK) {
            code = tb_entity_csv_part(&tb_entities[entity], &t, take_patch, &p, e);
            tb_text_free(&t);
        }
        if (p.n > 0) qsort(p.v, p.n, sizeof *p.v, compare_patches);
        o->rows += (int)p.n;
    }
    if (code == TB_OK) code = lay_over(base, entity, tb_buf_str(&shown), &p, o->loader, &o->changed, e);
    patches_free(&p);
    tb_buf_free(&shown);
    return code;
}

enum tb_code tb_codec_import_csv(const struct tb_region *base, enum tb_entity_id entity, const char *path,
                                 bool cp932, struct tb_region **out, struct tb_import_counts *counts,
                                 struct tb_err *e)
{
    struct tb_text t;
    const size_t n_base = strlen(path), n_list = strlen(HOLIDAY_FILE);
    const bool official =
        entity == TB_E_official && n_base >= n_list && strcmp(path + n_base - n_list, HOLIDAY_FILE) == 0;
    enum tb_code code = tb_text_read(path, path,
                                     cp932      ? TB_ENCODING_CP932
                                     : official ? TB_ENCODING_GUESS
                                                : TB_ENCODING_UTF8,
                                     &t, e);
    if (code != TB_OK) return code;
    struct patches p = {.entity = &tb_entities[entity]}, none = {0};
    struct tb_loader *l = tb_loader_new();
    int met = 0, unused = 0;
    code = official ? official_rows(path, t.s, take_patch, &p, e)
                    : tb_entity_csv_part(&tb_entities[entity], &t, take_patch, &p, e);
    if (p.n > 0) qsort(p.v, p.n, sizeof *p.v, compare_patches);
    for (int i = 0; code == TB_OK && i < TB_E_COUNT; i++) {
        none.entity = &tb_entities[i];
        code = i == (int)entity ? lay_over(base, i, path, &p, l, &met, e)
                                : lay_over(base, i, path, &none, l, &unused, e);
    }
    if (code == TB_OK)
        code = tb_loader_finish(l, out, e);
    else
        tb_loader_free(l);
    if (code == TB_OK && counts != NULL)
        *counts = (struct tb_import_counts){.added = (int)p.n - met, .replaced = met};
    patches_free(&p);
    tb_text_free(&t);
    return code;
}

enum tb_code tb_codec_import_row(const struct tb_region *base, enum tb_entity_id entity,
                                 const char *const *cells, const char *name, struct tb_region **out,
                                 struct tb_err *e)
{
    const struct tb_entity *ent = &tb_entities[entity];
    struct patches p = {.entity = ent}, none = {0};
    int met = 0;
    for (int f = 0; f < ent->n_fields; f++) {
        uint32_t odd =
            cells[f] != NULL && tb_utf8_valid(cells[f], strlen(cells[f]), NULL) ? tb_cell_odd(cells[f]) : 0;
        if (odd != 0)
            return tb_fail(e, TB_INPUT, "%s.%s \"%s\": %s", name, ent->fields[f].name, cells[f],
                           tb_text_odd_rule(odd));
    }
    struct tb_loader *l = tb_loader_new();
    enum tb_code code = take_patch(&p, cells, 0, e);
    for (int i = 0; code == TB_OK && i < TB_E_COUNT; i++) {
        none.entity = &tb_entities[i];
        code = lay_over(base, i, name, i == (int)entity ? &p : &none, l, &met, e);
    }
    if (code == TB_OK)
        code = tb_loader_finish(l, out, e);
    else
        tb_loader_free(l);
    patches_free(&p);
    return code;
}

/* ---- a region on top of another ------------------------------------------------------------------------ */

struct merge {
    const struct tb_region *base, *over;
    bool replace;
    struct tb_notes *gone; /* may be NULL */
    struct tb_loader *loader;
    struct tb_import_counts counts;
};

static void take_one(struct merge *m, const struct tb_region *r, int entity, int row)
{
    tb_loader_take(m->loader, r, (enum tb_entity_id)entity, row,
                   tb_region_row(r, (enum tb_entity_id)entity, row));
}

/* "wishes: dec/p1/cannot/2026-12-24" */
static void note_gone(struct tb_notes *gone, const struct tb_entity *ent, const struct row_cells *x)
{
    struct tb_buf key = {0};
    for (int f = 0; f < ent->n_fields; f++)
        if ((ent->fields[f].flags & TB_FIELD_KEY) && *x->cells[f])
            tb_buf_addf(&key, "%s%s", key.len ? "/" : "", x->cells[f]);
    if (gone) tb_notes_add(gone, "%s: %s", ent->name, tb_buf_str(&key));
    tb_buf_free(&key);
}

/* The rows of one table: those of `over`, then what stays of `base`. */
static void merge_entity(struct merge *m, int entity)
{
    const struct tb_entity *ent = &tb_entities[entity];
    struct names keys = {0};
    for (int i = 0; i < tb_region_count(m->over, (enum tb_entity_id)entity); i++) {
        *TB_PUSH(keys.v, keys.n, keys.cap) = row_key(m->over, (enum tb_entity_id)entity, i);
        take_one(m, m->over, entity, i);
    }
    if (keys.n > 0) qsort(keys.v, keys.n, sizeof *keys.v, compare_names);
    int met = 0;
    for (int i = 0; i < tb_region_count(m->base, (enum tb_entity_id)entity); i++) {
        char *key = row_key(m->base, (enum tb_entity_id)entity, i);
        if (has_name(&keys, key))
            met++;
        else if (m->replace && entity != TB_E_exception) {
            struct row_cells x;
            row_cells(m->base, entity, i, &x);
            m->counts.removed++;
            note_gone(m->gone, ent, &x);
            row_cells_free(&x);
        } else
            take_one(m, m->base, entity, i);
        free(key);
    }
    m->counts.added += (int)keys.n - met;
    m->counts.replaced += met;
    names_free(&keys);
}

enum tb_code tb_codec_merge(const struct tb_region *base, const struct tb_region *over, bool replace,
                            struct tb_notes *gone, struct tb_region **out, struct tb_import_counts *counts,
                            struct tb_err *e)
{
    struct merge m = {
        .base = base, .over = over, .replace = replace, .gone = gone, .loader = tb_loader_new()};
    for (int i = 0; i < TB_E_COUNT; i++) merge_entity(&m, i);
    enum tb_code code = tb_loader_finish(m.loader, out, e);
    if (code == TB_OK && counts != NULL) *counts = m.counts;
    return code;
}

enum tb_code tb_codec_overlay(const struct tb_region *base, const char *dir, struct tb_region **out,
                              int *added, int *changed, struct tb_err *e)
{
    struct overlay o = {.dir = dir};
    enum tb_code code = list_csv(dir, &o.files, e);
    if (code == TB_OK && has_name(&o.files, HOLIDAY_FILE))
        code = tb_fail(e, TB_INPUT,
                       tb_t("%s/%s: 変更案では読まれません。祝日は holidays.csv に書きます",
                            "%s/%s: not read in a variant; write holidays.csv"),
                       dir, HOLIDAY_FILE);
    o.loader = tb_loader_new();
    for (int i = 0; code == TB_OK && i < TB_E_COUNT; i++) code = overlay_entity(base, i, &o, e);
    if (code == TB_OK && o.rows == 0)
        code = tb_fail(
            e, TB_INPUT,
            tb_t("%s: 変更案の行がありません。変える行を members.csv などに書きます",
                 "%s: a variant without a row; write the rows that change into members.csv and so on"),
            dir);
    names_free(&o.files);
    if (code != TB_OK) {
        tb_loader_free(o.loader);
        return code;
    }
    *added = o.rows - o.changed;
    *changed = o.changed;
    return tb_loader_finish(o.loader, out, e);
}

/* ---- the snapshot -----------------------------------------------------------------------------------------
 */

static void print_list(tb_printer *p, const char *cell)
{
    tb_print_begin_list(p);
    while (*cell != '\0') {
        size_t n = strcspn(cell, ";");
        char word[80];
        (void)snprintf(word, sizeof word, "%.*s", (int)n, cell);
        tb_print_string(p, word);
        cell += n + (cell[n] == ';');
    }
    tb_print_end_list(p);
}

static void print_cell(tb_printer *p, const struct tb_field *f, const char *cell)
{
    int64_t number;
    tb_print_key(p, f->name);
    if (f->type == TB_TYPE_INT && tb_parse_int(cell, INT32_MIN, INT32_MAX, &number))
        tb_print_int(p, number);
    else if (f->type == TB_TYPE_BOOL)
        tb_print_bool(p, strcmp(cell, "yes") == 0);
    else if (f->type == TB_TYPE_REFS || f->type == TB_TYPE_WEEKDAYS)
        print_list(p, cell);
    else
        tb_print_string(p, cell);
}

/* Empty cells are left out: a field with a default is never empty, so reading gives the same row. */
void tb_codec_print_row(enum tb_entity_id entity, const char *const *cells, tb_printer *p)
{
    const struct tb_entity *ent = &tb_entities[entity];
    tb_print_begin_object(p);
    for (int f = 0; f < ent->n_fields; f++)
        if (cells[f] != NULL && cells[f][0] != '\0') print_cell(p, &ent->fields[f], cells[f]);
    tb_print_end_object(p);
}

void tb_region_print_row(const struct tb_region *r, int entity, int row, tb_printer *p)
{
    struct row_cells x;
    row_cells(r, entity, row, &x);
    tb_codec_print_row((enum tb_entity_id)entity, x.cells, p);
    row_cells_free(&x);
}

void tb_codec_write_region(const struct tb_region *r, struct tb_buf *out)
{
    tb_printer *p = tb_printer_json(out, 0);
    tb_print_begin_object(p);
    tb_print_kint(p, "format_version", 1);
    for (int i = 0; i < TB_E_COUNT; i++) {
        int n = tb_region_count(r, (enum tb_entity_id)i);
        if (n == 0) continue;
        tb_print_key(p, tb_entities[i].name);
        if (i == TB_E_region_row) {
            tb_region_print_row(r, i, 0, p);
            continue;
        }
        tb_print_begin_list(p);
        for (int k = 0; k < n; k++) tb_region_print_row(r, i, k, p);
        tb_print_end_list(p);
    }
    tb_print_end_object(p);
    tb_printer_free(p);
}
