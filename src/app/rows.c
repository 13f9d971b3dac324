/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of the region with who entered them, their history, and the lines of the audit trail that make it.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/rows.h"
#include "toban/domain/dated.h"

/* ---- into the trail --------------------------------------------------------------------------------- */

enum tb_code app_audit_rows(const struct tb_app *app, tb_store *s, const struct app_changed *x, int *n,
                            struct tb_err *e)
{
    struct tb_row_change *v;
    size_t n_v;
    enum tb_code c = TB_OK;
    tb_codec_row_changes(x->before, x->after, x->table, &v, &n_v);
    for (size_t i = 0; i < n_v && c == TB_OK; i++) {
        struct tb_buf detail = {0};
        tb_codec_write_change(&v[i], &detail);
        c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, tb_entities[v[i].entity].name,
                           tb_buf_str(&detail), e);
        tb_buf_free(&detail);
    }
    tb_row_changes_free(v, n_v);
    *n = (int)n_v;
    return c;
}

/* ---- out of it -------------------------------------------------------------------------------------- */

static void who_words(const struct tb_audit_line *x, struct tb_buf *out)
{
    char at[64];
    tb_buf_addf(out, tb_t("（%s が %.16s に）", " (%s did, at %.16s)"), x->who,
                tb_format_instant(x->at, at, sizeof at));
}

enum tb_code app_who_last(tb_store *s, const char *what, const char *detail, struct tb_buf *out,
                          struct tb_err *e)
{
    struct tb_audit_line line;
    enum tb_code c = tb_store_audit_last(s, what, detail, &line, e);
    if (c == TB_OK && line.id) who_words(&line, out);
    if (c == TB_OK) tb_audit_line_clear(&line);
    return c;
}

enum tb_code app_who_removed(tb_store *s, enum tb_entity_id entity, const char *key, struct tb_buf *out,
                             struct tb_err *e)
{
    const char *table = tb_entities[entity].name;
    struct tb_audit_line *v;
    size_t n;
    bool found = false;
    enum tb_code c = tb_store_audit_lines(s, table, 0, &v, &n, e);
    if (c) return c;
    for (size_t i = n; i-- > 0 && !found;) {
        struct tb_row_change x = {.entity = entity};
        struct tb_buf his = {0};
        if (!tb_codec_parse_change(table, v[i].detail, &x)) continue;
        tb_codec_row_key(entity, (const char *const *)(x.after ? x.after : x.before), &his);
        found = strcmp(tb_buf_str(&his), key) == 0;
        if (found && !x.after) who_words(&v[i], out);
        tb_buf_free(&his);
        tb_row_change_clear(&x);
    }
    tb_audit_free(v, n);
    return TB_OK;
}

/* ---- what is asked ---------------------------------------------------------------------------------- */

enum tb_code app_table(const char *name, enum tb_entity_id *out, struct tb_err *e)
{
    int id = tb_entity_find(name);
    if (id >= 0) {
        *out = (enum tb_entity_id)id;
        return TB_OK;
    }
    struct tb_buf names = {0};
    for (int i = 0; i < TB_E_COUNT; i++) tb_buf_addf(&names, "%s%s", i ? ", " : "", tb_entities[i].name);
    enum tb_code c =
        tb_fail(e, TB_USAGE,
                tb_t("「%s」という表はありません。あるのは: %s", "there is no table \"%s\"; there are: %s"),
                name, tb_buf_str(&names));
    tb_buf_free(&names);
    return c;
}

enum tb_code app_columns(enum tb_entity_id entity, const char *const *pairs, struct tb_err *e)
{
    const struct tb_entity *ent = &tb_entities[entity];
    for (const char *const *p = pairs; *p; p += 2) {
        if (tb_field_find(ent, *p) >= 0) continue;
        struct tb_buf names = {0};
        for (int f = 0; f < ent->n_fields; f++)
            tb_buf_addf(&names, "%s%s", f ? ", " : "", ent->fields[f].name);
        enum tb_code c = tb_fail(
            e, TB_USAGE,
            tb_t("%s に「%s」という列はありません。あるのは: %s", "%s has no column \"%s\"; there are: %s"),
            ent->name, *p, tb_buf_str(&names));
        tb_buf_free(&names);
        return c;
    }
    return TB_OK;
}

bool app_cell_is(const struct tb_field *f, const char *cell, const char *asked)
{
    struct tb_buf a = {0}, b = {0};
    tb_codec_canonical(f, cell, &a);
    tb_codec_canonical(f, asked, &b);
    bool same = strcmp(tb_buf_str(&a), tb_buf_str(&b)) == 0;
    tb_buf_free(&a);
    tb_buf_free(&b);
    return same;
}

static bool row_asked(enum tb_entity_id entity, char *const *cells, const char *const *pairs)
{
    const struct tb_entity *ent = &tb_entities[entity];
    for (const char *const *p = pairs; cells && *p; p += 2) {
        int f = tb_field_find(ent, *p);
        if (!app_cell_is(&ent->fields[f], cells[f], p[1])) return false;
    }
    return cells != NULL;
}

/* ---- the answer ------------------------------------------------------------------------------------- */

static void clear_entry(struct tb_row_entry *x)
{
    for (size_t k = 0; k < x->n_amended; k++) free(x->amended[k].value);
    free(x->amended);
    free(x->who);
    tb_row_change_clear(&x->what);
}

void tb_app_rows_free(struct tb_app_rows *x)
{
    for (size_t i = 0; i < x->n; i++) clear_entry(&x->v[i]);
    free(x->v);
    *x = (struct tb_app_rows){0};
}

static bool same_key(enum tb_entity_id entity, char *const *a, char *const *b)
{
    const struct tb_entity *ent = &tb_entities[entity];
    for (int f = 0; f < ent->n_fields; f++)
        if ((ent->fields[f].flags & TB_FIELD_KEY) && strcmp(a[f], b[f]) != 0) return false;
    return true;
}

/* The row's latest line that left it there. */
static void find_entry(struct tb_row_entry *row, const struct tb_app_rows *changes)
{
    for (size_t i = changes->n; i-- > 0;) {
        const struct tb_row_entry *x = &changes->v[i];
        if (!x->what.after || !same_key(changes->entity, x->what.after, row->what.after)) continue;
        row->audit = x->audit;
        row->at = x->at;
        row->who = tb_xstrdup(x->who);
        return;
    }
}

/* Every line of the table's history. */
static enum tb_code read_changes(tb_store *s, struct tb_app_rows *out, struct tb_err *e)
{
    const char *table = tb_entities[out->entity].name;
    struct tb_audit_line *lines;
    size_t n, cap = 0;
    enum tb_code c = tb_store_audit_lines(s, table, 0, &lines, &n, e);
    if (c) return c;
    for (size_t i = 0; i < n; i++) {
        struct tb_row_entry x = {.audit = lines[i].id, .at = lines[i].at};
        if (!tb_codec_parse_change(table, lines[i].detail, &x.what)) continue;
        x.who = tb_xstrdup(lines[i].who);
        *TB_PUSH(out->v, out->n, cap) = x;
    }
    tb_audit_free(lines, n);
    return TB_OK;
}

static void find_amended(const struct tb_region *r, enum tb_entity_id entity, int row, struct tb_row_entry *x)
{
    size_t cap = 0;
    for (int i = 0; i < r->n_amendments; i++) {
        const struct tb_dated_cell cell = tb_dated_cell(r, i);
        if (cell.entity == entity && cell.row == row)
            *TB_PUSH(x->amended, x->n_amended, cap) = (struct tb_row_amended){
                r->amendments[i].from, cell.field, tb_xstrdup(r->amendments[i].value)};
    }
}

/* `r`: the region as it is on the day that was asked for. */
static void take_rows(const struct tb_region *r, const char *const *pairs, const struct tb_app_rows *changes,
                      struct tb_app_rows *out)
{
    const struct tb_entity *ent = &tb_entities[out->entity];
    size_t cap = 0;
    for (int i = 0; i < tb_region_count(r, out->entity); i++) {
        struct tb_row_entry x = {.what = {.entity = out->entity}};
        x.what.after = tb_xcalloc((size_t)ent->n_fields, sizeof *x.what.after);
        for (int f = 0; f < ent->n_fields; f++) {
            struct tb_buf cell = {0};
            tb_region_cell(r, out->entity, i, f, &cell);
            x.what.after[f] = tb_buf_take(&cell);
        }
        if (row_asked(out->entity, x.what.after, pairs)) {
            find_entry(&x, changes);
            find_amended(r, out->entity, i, &x);
            *TB_PUSH(out->v, out->n, cap) = x;
        } else
            tb_row_change_clear(&x.what);
    }
}

/* Keeps the changes of the rows that are asked for. */
static void keep_asked(const char *const *pairs, struct tb_app_rows *x)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) {
        struct tb_row_entry *v = &x->v[i];
        if (row_asked(x->entity, v->what.before, pairs) || row_asked(x->entity, v->what.after, pairs))
            x->v[n++] = *v;
        else
            clear_entry(v);
    }
    x->n = n;
}

static enum tb_code answer(const struct tb_app *app, const struct tb_rows_asked *asked,
                           struct tb_app_rows *out, struct tb_err *e)
{
    struct tb_region *r;
    tb_store *s;
    struct tb_app_rows changes = {0};
    tb_day on = TB_DAY_NONE;
    *out = (struct tb_app_rows){.history = asked->history};
    if (asked->on && !tb_parse_date(asked->on, &on))
        return tb_fail(
            e, TB_USAGE,
            tb_t("「%s」は日付ではありません（例 2027-04-01）", "\"%s\" is no date, such as 2027-04-01"),
            asked->on);
    enum tb_code c = app_table(asked->table, &out->entity, e);
    if (c == TB_OK) c = app_columns(out->entity, asked->cells, e);
    if (c == TB_OK) c = app_open(app, &s, &r, e);
    if (c) return c;
    changes.entity = out->entity;
    c = app_close(s, read_changes(s, &changes, e));
    if (c == TB_OK && asked->history) {
        keep_asked(asked->cells, &changes);
        *out = changes;
        out->history = true;
        changes = (struct tb_app_rows){0};
    } else if (c == TB_OK)
        take_rows(tb_region_on(r, on), asked->cells, &changes, out);
    tb_app_rows_free(&changes);
    tb_region_free(r);
    return c;
}

enum tb_code tb_app_rows(const struct tb_app *app, const struct tb_rows_asked *asked, struct tb_app_rows *out,
                         struct tb_err *e)
{
    enum tb_code c = app_may(app, TB_USE_ROWS, e);
    return c ? c : answer(app, asked, out, e);
}

enum tb_code tb_app_wishes(const struct tb_app *app, const struct tb_rows_asked *asked,
                           struct tb_app_rows *out, struct tb_err *e)
{
    enum tb_code c = app_may(app, TB_USE_WISHES, e);
    const char *provider = NULL;
    size_t n = 0;
    for (; asked->cells[n]; n += 2)
        if (strcmp(asked->cells[n], "provider") == 0) provider = asked->cells[n + 1];
    const bool own = app_only_own(app, TB_USE_WISHES) && !provider;
    if (c == TB_OK) c = app_own(app, TB_USE_WISHES, own ? app->actor.provider : provider, e);
    if (c) return c;
    const char **cells = tb_xcalloc(n + 3, sizeof *cells);
    if (n) memcpy(cells, asked->cells, n * sizeof *cells);
    if (own) {
        cells[n] = "provider";
        cells[n + 1] = app->actor.provider;
    }
    c = answer(app, &(struct tb_rows_asked){.table = "wishes", .cells = cells, .history = asked->history},
               out, e);
    free(cells);
    return c;
}
