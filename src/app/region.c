/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Making the data file, importing, wishes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app_int.h"
#include "toban/codec/codec.h"
#include "toban/domain/exception.h"
#include "toban/app/hand.h"
#include "toban/domain/dated.h"
#include "toban/domain/doors.h"

enum tb_code tb_app_region(const struct tb_app *app, struct tb_region **out, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_REGION, e);
    if (c == TB_OK) c = app_open(app, &s, out, e);
    if (c == TB_OK) tb_store_close(s);
    return c;
}

/* Consents to a rule that is no longer there, or no longer hard: no reason to refuse the region, but to be
 * told. */
static void tell_idle(const struct tb_region *r, struct tb_notes *notes)
{
    for (int i = 0; i < r->n_exceptions; i++) {
        const struct tb_exception *x = &r->exceptions[i];
        char date[64];
        if (!tb_exception_counts(r, x->rule))
            tb_notes_add(
                notes,
                tb_t("特例（%s %s、承認 "
                     "%s）の条件「%s」は必須の条件の中にもうありません。この特例は効きません。toban "
                     "exception --remove で外せます",
                     "the exception of %s %s, signed by %s, is to rule \"%s\", which is no hard rule any "
                     "more: it says nothing; take it away with toban exception --remove"),
                r->duties[x->duty].id, tb_format_date(x->date, date, sizeof date), x->signed_by, x->rule);
    }
}

/* Ways that the region leaves to travel_default, and from which day on there are more: a place has moved. */
static void tell_ways(const struct tb_region *r, struct tb_notes *notes)
{
    const tb_day *days;
    char from[64];
    for (int i = -1, n = tb_region_changes(r, &days), known = 0; i < n; i++) {
        const struct tb_region *on = tb_region_on(r, i < 0 ? TB_DAY_NONE : days[i]);
        struct tb_ways w = tb_region_ways(on);
        struct tb_buf text = {0};
        if (i >= 0)
            tb_buf_addf(&text, tb_t("%s から、", "from %s on, "), tb_format_date(days[i], from, sizeof from));
        tb_ways_text(on, &w, &text);
        if (w.untold > known) tb_notes_add(notes, "%s", tb_buf_str(&text));
        known = w.untold;
        tb_buf_free(&text);
    }
}

/* A list of the official days that does not hold a year whole, a holiday that stands twice in one year (an
 * older list said another day), a day that is taken away and was none. */
static void tell_holidays(const struct tb_region *r, struct tb_notes *notes)
{
    const struct tb_holiday_list *h = &r->official;
    char date[64], other[64];
    for (int year = h->first_year, named; h->n && year <= h->last_year; year++) {
        named = 0;
        for (size_t i = 0; i < h->n; i++)
            named += h->rows[i].kind == TB_HOLIDAY_ADD && tb_ymd_of(h->rows[i].day).year == year;
        if (named && !tb_holiday_year_whole(h, year))
            tb_notes_add(notes,
                         tb_t("%d 年の祝日は一覧に %d "
                              "日だけで、一年分ではありません。その日を加え、ほかの日は法律から計算します",
                              "of the holidays of %d the list has %d, which is not the whole year: these are "
                              "added, the others are computed from the law"),
                         year, named);
    }
    for (size_t i = 0; i < h->n; i++) {
        const struct tb_holiday_row *x = &h->rows[i];
        tb_format_date(x->day, date, sizeof date);
        if (x->kind == TB_HOLIDAY_DROP) {
            bool was = tb_holiday_by_law(x->day) != NULL || (i > 0 && h->rows[i - 1].day == x->day);
            if (!was)
                tb_notes_add(notes,
                             tb_t("%s は祝日・休日ではありません。holidays の drop の行は何も外しません",
                                  "%s is no holiday: the row of holidays that drops it takes nothing away"),
                             date);
            continue;
        }
        for (size_t k = i + 1; k < h->n && tb_ymd_of(h->rows[k].day).year == tb_ymd_of(x->day).year; k++)
            if (h->rows[k].kind == TB_HOLIDAY_ADD && strcmp(h->rows[k].name, x->name) == 0 &&
                strncmp(x->name, "休日", strlen("休日")) != 0 && tb_holiday(h, x->day) &&
                tb_holiday(h, h->rows[k].day))
                tb_notes_add(notes,
                             tb_t("%s が %s と %s の両方にあります。移った祝日なら、もとの日の行を外します "
                                  "(toban rows holidays date=... kind=add --remove)",
                                  "%s stands on %s and on %s; if it was moved, take the old row out "
                                  "(toban rows holidays date=... kind=add --remove)"),
                             x->name, date, tb_format_date(h->rows[k].day, other, sizeof other));
    }
}

static bool noted(const struct tb_notes *x, const char *text)
{
    for (size_t i = 0; i < x->n; i++)
        if (strcmp(x->v[i], text) == 0) return true;
    return false;
}

static void find_doors(const struct tb_region *r, struct tb_notes *out)
{
    int n;
    tb_doors_untold(r, out);
    struct tb_lack *v = tb_lacks_ahead(r, TB_DAY_NONE, &n);
    tb_lacks_tell(r, v, n, out);
    free(v);
}

/* Duties that no question reaches, and what they promise beyond what their members offer: what was not so in
 * the region before (NULL: none). */
static void tell_doors(const struct tb_region *before, const struct tb_region *r, struct tb_notes *notes)
{
    struct tb_notes old = {0}, now = {0};
    if (before != NULL) find_doors(before, &old);
    find_doors(r, &now);
    for (size_t i = 0; i < now.n; i++)
        if (!noted(&old, now.v[i])) tb_notes_add(notes, "%s", now.v[i]);
    tb_notes_free(&old);
    tb_notes_free(&now);
}

/* `before`: the region that this one replaces; NULL: there was none. */
static void tell_region(const struct tb_region *before, const struct tb_region *r, struct tb_notes *notes)
{
    tell_holidays(r, notes);
    tell_idle(r, notes);
    tell_ways(r, notes);
    tell_doors(before, r, notes);
}

enum tb_code tb_app_init(const struct tb_app *app, const char *dir, struct tb_app_init *out, struct tb_err *e)
{
    *out = (struct tb_app_init){0};
    enum tb_code c = app_may(app, TB_USE_INIT, e);
    if (c) return c;
    if (tb_file_exists(app->db))
        return tb_fail(e, TB_REFUSED,
                       tb_t("%s は既にあります。別の名にするか、import で加えます",
                            "%s exists already; choose another name, or add to it with import"),
                       app->db);
    struct tb_region *r;
    c = tb_codec_read_region(dir, &r, e);
    if (c) return c;
    tb_store *s;
    c = tb_store_open(app->db, TB_STORE_CREATE, &s, e);
    if (c == TB_OK) {
        c = tb_store_begin(s, e);
        if (c == TB_OK) c = tb_store_save_region(s, NULL, r, e);
        if (c == TB_OK)
            c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, "init", r->regions[0].id, e);
        c = app_commit(s, c, e);
        if (c) unlink(app->db);
    }
    if (c == TB_OK) tell_region(NULL, r, &out->notes);
    out->providers = r->n_providers;
    out->duties = r->n_duties;
    out->rules = r->n_rules;
    out->wishes = r->n_wishes;
    tb_region_free(r);
    return c;
}

/* What is written: the region that was read and what it becomes. The trail has a line for each row that
 * changes, and one of the act itself (`always`), or only where no row changes: every act leaves a line. */
struct saved {
    const struct tb_region *before, *after;
    const char *what, *detail;
    bool always;
    int table;                /* the one that may differ; TB_E_COUNT: any */
    const char *const *cells; /* of the one row of it that does; NULL: not told */
};

/* What became of it: rows that are not as before, and published seats that newly do not hold. */
struct outcome {
    int changed, todo;
};
/* Tables of which no published seat is judged. */
static bool is_judged_by(int table)
{
    static const int not [] = {TB_E_survey,  TB_E_pin,       TB_E_recipient, TB_E_contact,  TB_E_balance,
                               TB_E_formula, TB_E_figure,    TB_E_alias,     TB_E_homecare, TB_E_supplier,
                               TB_E_line,    TB_E_complaint, TB_E_modifier,  TB_E_scale,    TB_E_centre,
                               TB_E_policy,  TB_E_standard};
    for (size_t i = 0; i < TB_COUNT(not ); i++)
        if (not [i] == table) return false;
    return true;
}

/* Ends what app_begin began, when `c` is TB_OK. */
static enum tb_code save(const struct tb_app *app, tb_store *s, const struct saved *x, struct outcome *out,
                         enum tb_code c, struct tb_err *e)
{
    int n = 0;
    if (c == TB_OK) c = tb_store_save_region(s, x->before, x->after, e);
    if (c == TB_OK) c = app_enter_settings(app, s, x->before, x->after, e);
    if (c == TB_OK && x->always)
        c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, x->what, x->detail, e);
    if (c == TB_OK) c = app_audit_rows(app, s, &(struct app_changed){x->before, x->after, x->table}, &n, e);
    if (c == TB_OK && !x->always && n == 0)
        c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, x->what, x->detail, e);
    out->changed = n;
    bool touches = n && is_judged_by(x->table);
    if (c == TB_OK && touches && x->cells)
        c = app_may_touch(s, x->before, (enum tb_entity_id)x->table, x->cells, tb_clock_now(&app->clock),
                          &touches, e);
    if (c == TB_OK && touches)
        c = app_conflicts_of_rows(s, x->before, x->after, tb_clock_now(&app->clock), &out->todo, e);
    return app_commit(s, c, e);
}

/* The directory's region laid over what is there. */
static enum tb_code import_directory(const struct tb_region *base, const struct tb_app_import_request *rq,
                                     bool trial, struct tb_region **r, struct tb_import_counts *counts,
                                     struct tb_notes *gone, struct tb_err *e)
{
    struct tb_region *over;
    enum tb_code c = tb_codec_read_region(rq->path, &over, e);
    if (c) return c;
    if (strcmp(base->regions[0].id, over->regions[0].id) != 0)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("別の医療圏（%s）です。このデータファイルは %s のものです",
                         "another region (%s); this data file holds %s"),
                    over->regions[0].id, base->regions[0].id);
    if (c == TB_OK) c = tb_codec_merge(base, over, rq->replace, gone, r, counts, e);
    tb_region_free(over);
    if (c == TB_OK && counts->removed && !rq->yes && !trial)
        c = tb_fail(
            e, TB_REFUSED,
            tb_t("%d 行がなくなります（上に示したもの）。よければ --yes を付けます。何も変えていません",
                 "%d rows would go, as shown above; say --yes if that is meant; nothing was changed"),
            counts->removed);
    return c;
}

void tb_app_import_free(struct tb_app_import *x)
{
    tb_row_changes_free(x->rows, x->n_rows);
    x->rows = NULL;
    x->n_rows = 0;
}

enum tb_code tb_app_import(const struct tb_app *app, const struct tb_app_import_request *rq,
                           struct tb_app_import *out, struct tb_err *e)
{
    struct tb_region *base, *r = NULL;
    struct tb_import_counts counts = {0};
    struct outcome came = {0};
    tb_store *s;
    *out = (struct tb_app_import){0};
    enum tb_code c = app_may(app, TB_USE_IMPORT, e);
    if (c == TB_OK) c = app_whole(app, TB_USE_IMPORT, e);
    if (c == TB_OK) c = app_begin(app, &s, &base, e);
    if (c) return c;
    enum tb_entity_id id = TB_E_COUNT;
    if (rq->entity) c = app_table(rq->entity, &id, e);
    if (c == TB_OK && rq->entity)
        c = tb_codec_import_csv(base, id, rq->path, rq->cp932, &r, &counts, e);
    else if (c == TB_OK)
        c = import_directory(base, rq, app->trial, &r, &counts, &out->notes, e);
    c = save(app, s, &(struct saved){base, r, "import", rq->path, true, TB_E_COUNT, NULL}, &came, c, e);
    out->added = counts.added;
    out->replaced = counts.replaced;
    out->removed = counts.removed;
    out->todo = came.todo;
    out->changed = came.changed - counts.added - counts.removed;
    if (c == TB_OK && app->trial) tb_codec_row_changes(base, r, TB_E_COUNT, &out->rows, &out->n_rows);
    if (c == TB_OK) tb_dated_covered(base, r, &out->notes);
    if (c == TB_OK) tell_region(base, r, &out->notes);
    tb_region_free(base);
    tb_region_free(r);
    return c;
}

/* Cells of the pairs; the strings stay the caller's. */
static const char **cells_of(enum tb_entity_id entity, const char *const *pairs)
{
    const struct tb_entity *ent = &tb_entities[entity];
    const char **cells = tb_xcalloc((size_t)ent->n_fields, sizeof *cells);
    for (const char *const *p = pairs; *p; p += 2) {
        int field = tb_field_find(ent, *p);
        TB_ASSERT(field >= 0);
        cells[field] = p[1];
    }
    return cells;
}

/* Deputies and home care of the group are rows that its coordinator keeps. */
static bool is_home_care(enum tb_entity_id entity, const char *const *pairs)
{
    if (entity == TB_E_homecare) return true;
    for (const char *const *p = pairs; *p && entity == TB_E_link; p += 2)
        if (strcmp(*p, "type") == 0) return strcmp(p[1], "deputises-for") == 0;
    return false;
}

/* The duty whose row an amendment changes: its key, or what that begins with. */
static bool amended_duty(const char *const *pairs, char duty[65])
{
    const char *table = "", *key = "";
    for (const char *const *p = pairs; *p; p += 2) {
        if (strcmp(*p, "what") == 0) table = p[1];
        if (strcmp(*p, "key") == 0) key = p[1];
    }
    const int entity = tb_entity_find(table);
    if (entity < 0) return false;
    const struct tb_field *f = &tb_entities[entity].fields[0];
    if (entity != TB_E_duty && (f->type != TB_TYPE_REF || strcmp(f->arg, "duties") != 0)) return false;
    snprintf(duty, 65, "%.*s", (int)strcspn(key, "/"), key);
    return true;
}

/* Who works for some bodies enters rows of their duties alone. */
static enum tb_code judge_bodies(const struct tb_app *app, const struct tb_region *r, const void *arg,
                                 struct tb_err *e)
{
    const struct app_row *x = arg;
    if (is_home_care(x->entity, x->pairs)) return TB_OK;
    char duty[65];
    if (x->entity == TB_E_amendment && amended_duty(x->pairs, duty))
        return app_duty_list(app, TB_USE_ADD_ROW, r, duty, e);
    for (const char *const *p = x->pairs; *p; p += 2)
        if (strcmp(*p, "duty") == 0 && *p[1]) return app_duty_list(app, TB_USE_ADD_ROW, r, p[1], e);
    return app_whole(app, TB_USE_ADD_ROW, e);
}

static bool row_is(const struct tb_region *r, enum tb_entity_id entity, int row, const char *const *cells,
                   bool key)
{
    const struct tb_entity *ent = &tb_entities[entity];
    bool same = true;
    for (int f = 0; f < ent->n_fields && same; f++) {
        struct tb_buf cell = {0};
        tb_region_cell(r, entity, row, f, &cell);
        if (key ? (ent->fields[f].flags & TB_FIELD_KEY) != 0 : cells[f] != NULL)
            same = app_cell_is(&ent->fields[f], tb_buf_str(&cell), cells[f]);
        tb_buf_free(&cell);
    }
    return same;
}

static int find_row(const struct tb_region *r, enum tb_entity_id entity, const char *const *cells)
{
    for (int i = 0; i < tb_region_count(r, entity); i++)
        if (row_is(r, entity, i, cells, true)) return i;
    return -1;
}

enum tb_code app_add_row(const struct tb_app *app, const struct app_row *x, struct tb_row_done *done,
                         struct tb_err *e)
{
    const char **cells = cells_of(x->entity, x->pairs);
    const char *table = tb_entities[x->entity].name;
    struct tb_region *base, *r = NULL;
    struct tb_buf key = {0};
    struct outcome came = {0};
    tb_store *s;
    enum tb_code c = app_begin(app, &s, &base, e);
    if (c == TB_OK) {
        tb_codec_row_key(x->entity, cells, &key);
        bool there = find_row(base, x->entity, cells) >= 0;
        if (x->judge) c = x->judge(app, base, x->arg, e);
        if (c == TB_OK) c = tb_codec_import_row(base, x->entity, cells, table, &r, e);
        c = save(app, s, &(struct saved){base, r, table, tb_buf_str(&key), false, x->entity, cells}, &came, c,
                 e);
        done->replaced = there && came.changed > 0;
        done->todo = came.todo;
        if (c == TB_OK) tb_dated_covered(base, r, &done->notes);
        if (c == TB_OK) tell_doors(base, r, &done->notes);
        tb_region_free(base);
        tb_region_free(r);
    }
    tb_buf_free(&key);
    free(cells);
    return c;
}

enum tb_code tb_app_add_row(const struct tb_app *app, enum tb_entity_id entity, const char *const *pairs,
                            struct tb_row_done *done, struct tb_err *e)
{
    enum tb_code c = app_may(app, is_home_care(entity, pairs) ? TB_USE_DEPUTY : TB_USE_ADD_ROW, e);
    if (c == TB_OK) c = app_columns(entity, pairs, e);
    struct app_row x = {.entity = entity, .pairs = pairs, .judge = judge_bodies};
    x.arg = &x;
    return c ? c : app_add_row(app, &x, done, e);
}

/* Every row but one goes through the loader again. */
static enum tb_code without(const struct tb_region *base, enum tb_entity_id entity, int gone,
                            struct tb_region **out, struct tb_err *e)
{
    struct tb_loader *l = tb_loader_new();
    for (int k = 0; k < TB_E_COUNT; k++)
        for (int row = 0; row < tb_region_count(base, (enum tb_entity_id)k); row++)
            if (k != (int)entity || row != gone)
                tb_loader_take(l, base, (enum tb_entity_id)k, row,
                               &(struct tb_src){tb_entities[k].name, row + 1});
    return tb_loader_finish(l, out, e);
}

enum { NEAR_TOLD = 5 };

/* Those that are like what was typed, as far as it was typed. */
static enum tb_code no_such_row(tb_store *s, const struct tb_region *r, enum tb_entity_id entity,
                                const char *const *cells, struct tb_err *e)
{
    const struct tb_entity *ent = &tb_entities[entity];
    struct tb_buf key = {0}, near = {0}, who = {0};
    int n = 0;
    tb_codec_row_key(entity, cells, &key);
    enum tb_code c = app_who_removed(s, entity, tb_buf_str(&key), &who, e);
    if (c == TB_OK && who.len)
        c = tb_fail(
            e, TB_REFUSED,
            tb_t("%sの「%s」はもう外されています%s", "%2$s was taken out of the table of %1$s already%3$s"),
            tb_t(ent->ja, ent->name), tb_buf_str(&key), who.s);
    tb_buf_free(&who);
    if (c) {
        tb_buf_free(&key);
        return c;
    }
    for (int i = 0; i < tb_region_count(r, entity); i++) {
        if (!row_is(r, entity, i, cells, false) || n++ >= NEAR_TOLD) continue;
        tb_buf_add(&near, near.len ? tb_t("、", ", ") : "");
        for (int f = 0, first = 1; f < ent->n_fields; f++) {
            struct tb_buf cell = {0};
            tb_region_cell(r, entity, i, f, &cell);
            if ((ent->fields[f].flags & TB_FIELD_KEY) && cell.len) {
                tb_buf_addf(&near, "%s%s=%s", first ? "" : " ", ent->fields[f].name, cell.s);
                first = 0;
            }
            tb_buf_free(&cell);
        }
    }
    c = n ? tb_fail(e, TB_REFUSED,
                    tb_t("%sに「%s」はありません。近いものは %d 行: %s%s",
                         "%2$s is not in the table of %1$s; of those like it there are %3$d: %4$s%5$s"),
                    tb_t(ent->ja, ent->name), tb_buf_str(&key), n, near.s, n > NEAR_TOLD ? " ..." : "")
          : tb_fail(e, TB_REFUSED, tb_t("%sに「%s」はありません", "%2$s is not in the table of %1$s"),
                    tb_t(ent->ja, ent->name), tb_buf_str(&key));
    tb_buf_free(&key);
    tb_buf_free(&near);
    return c;
}

enum tb_code app_remove_row(const struct tb_app *app, const struct app_row *x, struct tb_row_done *done,
                            struct tb_err *e)
{
    const char **cells = cells_of(x->entity, x->pairs);
    struct tb_region *base, *r = NULL;
    struct outcome came = {0};
    tb_store *s;
    enum tb_code c = app_begin(app, &s, &base, e);
    if (c == TB_OK) {
        int gone = find_row(base, x->entity, cells);
        if (x->judge) c = x->judge(app, base, x->arg, e);
        if (c == TB_OK && gone < 0) c = no_such_row(s, base, x->entity, cells, e);
        if (c == TB_OK) c = without(base, x->entity, gone, &r, e);
        c = save(app, s, &(struct saved){base, r, tb_entities[x->entity].name, "", false, x->entity, cells},
                 &came, c, e);
        done->todo = came.todo;
        tb_region_free(base);
        tb_region_free(r);
    }
    free(cells);
    return c;
}

enum tb_code tb_app_remove_row(const struct tb_app *app, enum tb_entity_id entity, const char *const *pairs,
                               struct tb_row_done *done, struct tb_err *e)
{
    enum tb_code c = app_may(app, is_home_care(entity, pairs) ? TB_USE_DEPUTY_REMOVE : TB_USE_REMOVE_ROW, e);
    if (c == TB_OK) c = app_columns(entity, pairs, e);
    struct app_row x = {.entity = entity, .pairs = pairs, .judge = judge_bodies};
    x.arg = &x;
    return c ? c : app_remove_row(app, &x, done, e);
}

/* ---- wishes ----------------------------------------------------------------------------------------- */

static const char *whose(const char *const *pairs)
{
    for (const char *const *p = pairs; *p; p += 2)
        if (strcmp(*p, "provider") == 0) return p[1];
    return NULL;
}

enum tb_code tb_app_wish(const struct tb_app *app, const char *const *pairs, struct tb_row_done *done,
                         struct tb_err *e)
{
    enum tb_code c = app_may(app, TB_USE_WISH, e);
    if (c == TB_OK) c = app_own(app, TB_USE_WISH, whose(pairs), e);
    return c ? c : app_add_row(app, &(struct app_row){.entity = TB_E_wish, .pairs = pairs}, done, e);
}

enum tb_code tb_app_wish_remove(const struct tb_app *app, const char *const *pairs, struct tb_row_done *done,
                                struct tb_err *e)
{
    enum tb_code c = app_may(app, TB_USE_WISH_REMOVE, e);
    if (c == TB_OK) c = app_own(app, TB_USE_WISH_REMOVE, whose(pairs), e);
    return c ? c : app_remove_row(app, &(struct app_row){.entity = TB_E_wish, .pairs = pairs}, done, e);
}
