/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The region as it is on a day: one copy of the struct for each day on which something changes, which shares
 * with the day before it every table that stays as it was.
 */
#include <stdlib.h>
#include <string.h>

#include "domain_int.h"
#include "toban/domain/dated.h"

struct tb_dated {
    const struct tb_region *before; /* as loaded */
    int n;
    tb_day *days;               /* ascending */
    struct tb_region *from;     /* per day: as it is from then on */
    struct tb_dated_cell *cell; /* per amendment */
};

const struct tb_region *tb_region_on(const struct tb_region *r, tb_day day)
{
    const struct tb_dated *x = r->dated;
    if (!x) return r;
    int i = x->n;
    while (i > 0 && x->days[i - 1] > day) i--;
    return i ? &x->from[i - 1] : x->before;
}

int tb_region_changes(const struct tb_region *r, const tb_day **days)
{
    *days = r->dated ? r->dated->days : NULL;
    return r->dated ? r->dated->n : 0;
}

bool tb_field_is_dated(enum tb_entity_id entity, int field)
{
    return tb_entities[entity].fields[field].flags & TB_FIELD_DATED;
}

struct tb_dated_cell tb_dated_cell(const struct tb_region *r, int amendment)
{
    TB_ASSERT(r->dated && amendment >= 0 && amendment < r->n_amendments);
    return r->dated->cell[amendment];
}

/* ---- which cell ---------------------------------------------------------------------------------------- */

static void key_text(const struct tb_region *r, enum tb_entity_id entity, int row, struct tb_buf *out)
{
    const struct tb_entity *ent = &tb_entities[entity];
    for (int f = 0; f < ent->n_fields; f++) {
        if (!(ent->fields[f].flags & TB_FIELD_KEY)) continue;
        size_t before = out->len;
        if (before) tb_buf_addc(out, '/');
        tb_region_cell(r, entity, row, f, out);
        if (before && out->len == before + 1) out->s[--out->len] = '\0';
    }
}

static int fields_dated(int entity, struct tb_buf *names)
{
    int n = 0;
    for (int f = 0; f < tb_entities[entity].n_fields; f++) {
        if (!tb_field_is_dated((enum tb_entity_id)entity, f)) continue;
        if (names) tb_buf_addf(names, "%s%s", n ? ", " : "", tb_entities[entity].fields[f].name);
        n++;
    }
    return n;
}

static enum tb_code table_of(const struct tb_amendment *a, enum tb_entity_id *entity, struct tb_err *e)
{
    int found = tb_entity_find(a->what);
    if (found >= 0 && fields_dated(found, NULL)) {
        *entity = (enum tb_entity_id)found;
        return TB_OK;
    }
    struct tb_buf names = {0};
    for (int i = 0; i < TB_E_COUNT; i++)
        if (fields_dated(i, NULL)) tb_buf_addf(&names, "%s%s", names.len ? ", " : "", tb_entities[i].name);
    enum tb_code c =
        tb_row_fail(e, &a->src, TB_E_amendment, "what", a->what,
                    found >= 0 ? tb_t("この表に日を決めて変えられる列はありません。あるのは: %s",
                                      "no column of this table can change on a day; those of these can: %s")
                               : tb_t("という表はありません。日を決めて変えられる列があるのは: %s",
                                      "there is no such table; columns of these can change on a day: %s"),
                    tb_buf_str(&names));
    tb_buf_free(&names);
    return c;
}

static enum tb_code field_of(const struct tb_amendment *a, enum tb_entity_id entity, int *field,
                             struct tb_err *e)
{
    *field = tb_field_find(&tb_entities[entity], a->field);
    if (*field >= 0 && tb_field_is_dated(entity, *field)) return TB_OK;
    struct tb_buf names = {0};
    fields_dated(entity, &names);
    enum tb_code c =
        tb_row_fail(e, &a->src, TB_E_amendment, "field", a->field,
                    *field >= 0 ? tb_t("%s のこの列は日を決めて変えられません。変えられるのは: %s",
                                       "this column of %s cannot change on a day; those that can: %s")
                                : tb_t("%s にこの列はありません。日を決めて変えられるのは: %s",
                                       "%s has no such column; those that can change on a day: %s"),
                    tb_entities[entity].name, tb_buf_str(&names));
    tb_buf_free(&names);
    return c;
}

/* The row with this key, -1: none; then `like` is the key with the same longest beginning. */
static int row_of(const struct tb_region *r, enum tb_entity_id entity, const char *key, struct tb_buf *like)
{
    size_t best = 0;
    for (int i = 0; i < tb_region_count(r, entity); i++) {
        struct tb_buf have = {0};
        key_text(r, entity, i, &have);
        const char *s = tb_buf_str(&have);
        size_t len = 0;
        while (s[len] && s[len] == key[len]) len++;
        bool same = !s[len] && !key[len];
        if (!like->len || len > best) {
            tb_buf_clear(like);
            tb_buf_add(like, s);
            best = len;
        }
        tb_buf_free(&have);
        if (same) return i;
    }
    return -1;
}

static enum tb_code cell_of(const struct tb_region *r, const struct tb_amendment *a,
                            struct tb_dated_cell *out, struct tb_err *e)
{
    enum tb_code c = table_of(a, &out->entity, e);
    if (c == TB_OK) c = field_of(a, out->entity, &out->field, e);
    if (c) return c;
    struct tb_buf like = {0};
    out->row = row_of(r, out->entity, a->key, &like);
    if (out->row < 0)
        c = tb_row_fail(e, &a->src, TB_E_amendment, "key", a->key,
                        tb_t("%s にこの行はありません。キーの列を / でつなぎます（例 %s）",
                             "no such row in %s; its key cells joined by / are right, such as %s"),
                        a->what, like.len ? like.s : tb_t("なし", "none yet"));
    tb_buf_free(&like);
    return c;
}

/* ---- covered ------------------------------------------------------------------------------------------ */

/* Is it the first amendment of its cell? They stand in the order of their days. */
static bool first_of_cell(const struct tb_region *r, int i)
{
    const struct tb_dated_cell *x = &r->dated->cell[i], *y = x - 1;
    return !i || x->entity != y->entity || x->row != y->row || x->field != y->field;
}

void tb_dated_covered(const struct tb_region *before, const struct tb_region *after, struct tb_notes *out)
{
    char day[64];
    for (int i = 0; i < after->n_amendments; i++) {
        const struct tb_amendment *a = &after->amendments[i];
        const struct tb_dated_cell x = after->dated->cell[i];
        struct tb_buf was = {0}, is = {0}, like = {0};
        int row = first_of_cell(after, i) ? row_of(before, x.entity, a->key, &like) : -1;
        if (row >= 0) {
            tb_region_cell(before, x.entity, row, x.field, &was);
            tb_region_cell(after, x.entity, x.row, x.field, &is);
        }
        if (strcmp(tb_buf_str(&was), tb_buf_str(&is)) != 0)
            tb_notes_add(
                out,
                tb_t("%s %s の %s: 「%s」は %s の前の日までです。その日からは amendments の「%s」です",
                     "%s %s, %s: \"%s\" holds until the day before %s; from then on it is \"%s\", as "
                     "amendments says"),
                a->what, a->key, a->field, tb_buf_str(&is), tb_format_date(a->from, day, sizeof day),
                a->value);
        tb_buf_free(&was);
        tb_buf_free(&is);
        tb_buf_free(&like);
    }
}

/* ---- from that day on ---------------------------------------------------------------------------------- */

/* The row in the view's own copy of its table. The copy says that it comes from the amendment, so that what
 * is wrong with it on that day is told there. */
static char *own_row(struct tb_arena *a, const struct tb_region *before, struct tb_region *view,
                     const struct tb_dated_cell *x, const struct tb_src *src)
{
    const struct tb_entity *ent = &tb_entities[x->entity];
    char **rows = (char **)(void *)((char *)view + ent->rows_offset);
    if (*rows == *(char *const *)(const void *)((const char *)before + ent->rows_offset)) {
        size_t size = ent->row_size * (size_t)tb_region_count(before, x->entity);
        char *copy = tb_arena_alloc(a, size);
        memcpy(copy, *rows, size);
        *rows = copy;
    }
    char *row = *rows + ent->row_size * (size_t)x->row;
    *(struct tb_src *)(void *)row = *src;
    return row;
}

static enum tb_code set_cell(struct tb_region *r, const struct tb_amendment *a, const struct tb_dated_cell *x,
                             char *row, struct tb_err *e)
{
    const struct tb_field *f = &tb_entities[x->entity].fields[x->field];
    const char *wrong = tb_cell_parse(f, a->value, row, &r->arena);
    if (wrong) return tb_row_fail(e, &a->src, x->entity, f->name, a->value, "%s", wrong);
    if (f->type != TB_TYPE_REF && f->type != TB_TYPE_REFS) return TB_OK;
    return tb_cell_resolve(r, x->entity, f, *a->value ? a->value : f->def, false, row, e);
}

static int compare_days(const void *p, const void *q)
{
    tb_day a = *(const tb_day *)p, b = *(const tb_day *)q;
    return (a > b) - (a < b);
}

static void find_days(const struct tb_region *r, struct tb_dated *x)
{
    size_t n = (size_t)r->n_amendments;
    for (size_t i = 0; i < n; i++) x->days[i] = r->amendments[i].from;
    qsort(x->days, n, sizeof *x->days, compare_days);
    for (size_t i = 0; i < n; i++)
        if (!i || x->days[i] != x->days[i - 1]) x->days[x->n++] = x->days[i];
}

enum tb_code tb_dated_build(struct tb_region *r, struct tb_err *e)
{
    if (!r->n_amendments) return TB_OK;
    size_t n = (size_t)r->n_amendments;
    struct tb_dated *x = tb_arena_alloc(&r->arena, sizeof *x);
    *x = (struct tb_dated){.before = r,
                           .days = tb_arena_alloc(&r->arena, n * sizeof *x->days),
                           .cell = tb_arena_alloc(&r->arena, n * sizeof *x->cell)};
    for (int i = 0; i < r->n_amendments; i++) {
        enum tb_code c = cell_of(r, &r->amendments[i], &x->cell[i], e);
        if (c) return c;
    }
    find_days(r, x);
    x->from = tb_arena_alloc(&r->arena, (size_t)x->n * sizeof *x->from);
    r->dated = x;
    for (int d = 0; d < x->n; d++) {
        const struct tb_region *before = d ? &x->from[d - 1] : r;
        x->from[d] = *before;
        x->from[d].arena = (struct tb_arena){0};
        for (int i = 0; i < r->n_amendments; i++) {
            const struct tb_amendment *a = &r->amendments[i];
            if (a->from != x->days[d]) continue;
            char *row = own_row(&r->arena, before, &x->from[d], &x->cell[i], &a->src);
            enum tb_code c = set_cell(r, a, &x->cell[i], row, e);
            if (c) return c;
        }
    }
    return TB_OK;
}
