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

enum tb_code app_open(const struct tb_app *app, tb_store **s, struct tb_region **r, struct tb_err *e)
{
    enum tb_code c = tb_store_open(app->db, TB_STORE_READ, s, e);
    if (c) return c;
    /* What is read together is one state. */
    c = tb_store_hold(*s, e);
    if (c == TB_OK) c = tb_store_load_region(*s, r, e);
    if (c) tb_store_close(*s);
    return c;
}

enum tb_code app_close(tb_store *s, enum tb_code c)
{
    tb_store_close(s);
    return c;
}

enum tb_code app_begin(const struct tb_app *app, tb_store **s, struct tb_region **r, struct tb_err *e)
{
    enum tb_code c = tb_store_open(app->db, TB_STORE_WRITE, s, e);
    if (c) return c;
    c = tb_store_begin(*s, e);
    if (c == TB_OK && r) c = tb_store_load_region(*s, r, e);
    if (c == TB_OK) return TB_OK;
    tb_store_rollback(*s);
    tb_store_close(*s);
    return c;
}

enum tb_code app_commit(tb_store *s, enum tb_code c, struct tb_err *e)
{
    if (c == TB_OK) c = tb_store_commit(s, e);
    if (c != TB_OK) tb_store_rollback(s);
    tb_store_close(s);
    return c;
}

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
        if (c == TB_OK) c = tb_store_save_region(s, r, e);
        if (c == TB_OK)
            c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, "init", r->regions[0].id, e);
        c = app_commit(s, c, e);
        if (c) unlink(app->db);
    }
    if (c == TB_OK) tell_idle(r, &out->notes);
    out->providers = r->n_providers;
    out->duties = r->n_duties;
    out->rules = r->n_rules;
    out->wishes = r->n_wishes;
    tb_region_free(r);
    return c;
}

/* What the audit line says. */
struct audited {
    const char *what, *detail;
};

/* Ends what app_begin began: the region as it shall be, when `c` is TB_OK. */
static enum tb_code save(const struct tb_app *app, tb_store *s, const struct tb_region *r,
                         const struct audited *what, enum tb_code c, struct tb_err *e)
{
    if (c == TB_OK) c = tb_store_save_region(s, r, e);
    if (c == TB_OK)
        c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, what->what, what->detail, e);
    return app_commit(s, c, e);
}

static enum tb_code no_table(const char *name, struct tb_err *e)
{
    struct tb_buf names = {0};
    for (int i = 0; i < TB_E_COUNT; i++) tb_buf_addf(&names, "%s%s", i ? ", " : "", tb_entities[i].name);
    enum tb_code c =
        tb_fail(e, TB_USAGE,
                tb_t("「%s」という表はありません。あるのは: %s", "there is no table \"%s\"; there are: %s"),
                name, tb_buf_str(&names));
    tb_buf_free(&names);
    return c;
}

/* The directory's region laid over what is there. */
static enum tb_code import_directory(const struct tb_region *base, const struct tb_app_import_request *rq,
                                     struct tb_region **r, struct tb_import_counts *counts,
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
    if (c == TB_OK && counts->removed && !rq->yes && !rq->dry_run)
        c = tb_fail(
            e, TB_REFUSED,
            tb_t("%d 行がなくなります（上に示したもの）。よければ --yes を付けます。何も変えていません",
                 "%d rows would go, as shown above; say --yes if that is meant; nothing was changed"),
            counts->removed);
    return c;
}

enum tb_code tb_app_import(const struct tb_app *app, const struct tb_app_import_request *rq,
                           struct tb_app_import *out, struct tb_err *e)
{
    struct tb_region *base, *r = NULL;
    struct tb_import_counts counts = {0};
    tb_store *s;
    *out = (struct tb_app_import){0};
    enum tb_code c = app_may(app, TB_USE_IMPORT, e);
    if (c == TB_OK) c = app_whole(app, TB_USE_IMPORT, e);
    if (c == TB_OK) c = app_begin(app, &s, &base, e);
    if (c) return c;
    int id = rq->entity ? tb_entity_find(rq->entity) : -1;
    if (rq->entity && id < 0)
        c = no_table(rq->entity, e);
    else if (rq->entity)
        c = tb_codec_import_csv(base, (enum tb_entity_id)id, rq->path, rq->cp932, &r, &counts, e);
    else
        c = import_directory(base, rq, &r, &counts, &out->notes, e);
    if (c == TB_OK && rq->dry_run) {
        c = tb_store_save_region(s, r, e); /* refuses what is published and would not be there */
        tb_store_rollback(s);
        c = app_close(s, c);
    } else
        c = save(app, s, r, &(struct audited){"import", rq->path}, c, e);
    out->added = counts.added;
    out->replaced = counts.replaced;
    out->removed = counts.removed;
    if (c == TB_OK) tell_idle(r, &out->notes);
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

/* What the audit line names: the row's key. */
static void key_of(enum tb_entity_id entity, const char *const *cells, struct tb_buf *out)
{
    const struct tb_entity *ent = &tb_entities[entity];
    for (int f = 0; f < ent->n_fields; f++)
        if ((ent->fields[f].flags & TB_FIELD_KEY) && cells[f] && *cells[f])
            tb_buf_addf(out, "%s%s", out->len ? "/" : "", cells[f]);
}

/* Deputies and home care of the group are rows that its coordinator keeps. */
static bool is_home_care(enum tb_entity_id entity, const char *const *pairs)
{
    if (entity == TB_E_homecare) return true;
    for (const char *const *p = pairs; *p && entity == TB_E_link; p += 2)
        if (strcmp(*p, "type") == 0) return strcmp(p[1], "deputises-for") == 0;
    return false;
}

enum tb_code app_add_row(const struct tb_app *app, const struct app_row *x, struct tb_err *e)
{
    const char **cells = cells_of(x->entity, x->pairs);
    const char *table = tb_entities[x->entity].name;
    struct tb_region *base, *r = NULL;
    struct tb_buf key = {0};
    tb_store *s;
    enum tb_code c = app_begin(app, &s, &base, e);
    if (c == TB_OK) {
        key_of(x->entity, cells, &key);
        if (x->judge) c = x->judge(app, base, x->arg, e);
        if (c == TB_OK) c = tb_codec_import_row(base, x->entity, cells, table, &r, e);
        c = save(app, s, r, &(struct audited){table, tb_buf_str(&key)}, c, e);
        tb_region_free(base);
        tb_region_free(r);
    }
    tb_buf_free(&key);
    free(cells);
    return c;
}

enum tb_code tb_app_add_row(const struct tb_app *app, enum tb_entity_id entity, const char *const *pairs,
                            struct tb_err *e)
{
    enum tb_code c = app_may(app, is_home_care(entity, pairs) ? TB_USE_DEPUTY : TB_USE_ADD_ROW, e);
    return c ? c : app_add_row(app, &(struct app_row){.entity = entity, .pairs = pairs}, e);
}

static bool row_is(const struct tb_region *r, enum tb_entity_id entity, int row, const char *const *cells)
{
    const struct tb_entity *ent = &tb_entities[entity];
    bool same = true;
    for (int f = 0; f < ent->n_fields && same; f++) {
        struct tb_buf cell = {0};
        tb_region_cell(r, entity, row, f, &cell);
        if (ent->fields[f].flags & TB_FIELD_KEY)
            same = strcmp(tb_buf_str(&cell), cells[f] ? cells[f] : "") == 0;
        tb_buf_free(&cell);
    }
    return same;
}

/* Every row but one goes through the loader again. */
static enum tb_code without(const struct tb_region *base, enum tb_entity_id entity, int gone,
                            struct tb_region **out, struct tb_err *e)
{
    struct tb_loader *l = tb_loader_new();
    for (int k = 0; k < TB_E_COUNT; k++) {
        const struct tb_entity *ent = &tb_entities[k];
        char **cells = tb_xcalloc((size_t)ent->n_fields, sizeof *cells);
        for (int row = 0; row < tb_region_count(base, (enum tb_entity_id)k); row++) {
            if (k == (int)entity && row == gone) continue;
            for (int f = 0; f < ent->n_fields; f++) {
                struct tb_buf cell = {0};
                tb_region_cell(base, (enum tb_entity_id)k, row, f, &cell);
                cells[f] = tb_buf_take(&cell);
            }
            enum tb_code c =
                tb_loader_row(l, (enum tb_entity_id)k, (const char *const *)cells, ent->name, row + 1, e);
            for (int f = 0; f < ent->n_fields; f++) free(cells[f]);
            if (c == TB_OK) continue;
            free(cells);
            tb_loader_free(l);
            return c;
        }
        free(cells);
    }
    return tb_loader_finish(l, out, e);
}

enum tb_code app_who_last(tb_store *s, const char *what, const char *detail, struct tb_buf *out,
                          struct tb_err *e)
{
    struct tb_audit_line line;
    char at[64];
    enum tb_code c = tb_store_audit_last(s, what, detail, &line, e);
    if (c == TB_OK && line.id)
        tb_buf_addf(out, tb_t("（%s が %.16s に）", " (%s did, at %.16s)"), line.who,
                    tb_format_instant(line.at, at, sizeof at));
    if (c == TB_OK) tb_audit_line_clear(&line);
    return c;
}

/* It may have been there when somebody looked. */
static enum tb_code not_there(tb_store *s, enum tb_entity_id entity, const char *key, struct tb_err *e)
{
    struct tb_buf who = {0};
    enum tb_code c = app_who_last(s, "remove", key, &who, e);
    if (c == TB_OK && who.len)
        c = tb_fail(
            e, TB_REFUSED,
            tb_t("%sの「%s」はもう外されています%s", "%2$s was taken out of the table of %1$s already%3$s"),
            tb_t(tb_entities[entity].ja, tb_entities[entity].name), key, who.s);
    else if (c == TB_OK)
        c = tb_fail(e, TB_REFUSED, tb_t("%sに「%s」はありません", "%2$s is not in the table of %1$s"),
                    tb_t(tb_entities[entity].ja, tb_entities[entity].name), key);
    tb_buf_free(&who);
    return c;
}

enum tb_code app_remove_row(const struct tb_app *app, const struct app_row *x, struct tb_err *e)
{
    const char **cells = cells_of(x->entity, x->pairs);
    struct tb_region *base, *r = NULL;
    struct tb_buf key = {0};
    tb_store *s;
    enum tb_code c = app_begin(app, &s, &base, e);
    if (c == TB_OK) {
        key_of(x->entity, cells, &key);
        int gone = -1;
        for (int i = 0; i < tb_region_count(base, x->entity); i++)
            if (row_is(base, x->entity, i, cells)) gone = i;
        if (x->judge) c = x->judge(app, base, x->arg, e);
        if (c == TB_OK && gone < 0) c = not_there(s, x->entity, tb_buf_str(&key), e);
        if (c == TB_OK) c = without(base, x->entity, gone, &r, e);
        c = save(app, s, r, &(struct audited){"remove", tb_buf_str(&key)}, c, e);
        tb_region_free(base);
        tb_region_free(r);
    }
    tb_buf_free(&key);
    free(cells);
    return c;
}

enum tb_code tb_app_remove_row(const struct tb_app *app, enum tb_entity_id entity, const char *const *pairs,
                               struct tb_err *e)
{
    enum tb_code c = app_may(app, is_home_care(entity, pairs) ? TB_USE_DEPUTY_REMOVE : TB_USE_REMOVE_ROW, e);
    return c ? c : app_remove_row(app, &(struct app_row){.entity = entity, .pairs = pairs}, e);
}

enum tb_code tb_app_wish(const struct tb_app *app, const char *const *pairs, struct tb_err *e)
{
    const char *provider = NULL;
    for (const char *const *p = pairs; *p; p += 2)
        if (strcmp(*p, "provider") == 0) provider = p[1];
    enum tb_code c = app_may(app, TB_USE_WISH, e);
    if (c == TB_OK) c = app_own(app, TB_USE_WISH, provider, e);
    if (c) return c;
    const struct tb_app within = app_within(app);
    return tb_app_add_row(&within, TB_E_wish, pairs, e);
}
