/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that is held of one provider.
 */
#include "toban/app/person.h"

#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/hand.h"
#include "toban/store/mentions.h"

enum { COLUMNS_MAX = 64 };

static void hold(struct tb_person_held *x, const struct tb_mention *m)
{
    if (!x->n || strcmp(x->v[x->n - 1].table, m->table) != 0)
        *TB_PUSH(x->v, x->n, x->cap) = (struct tb_person_held_table){.table = tb_xstrdup(m->table)};
    struct tb_person_held_table *t = &x->v[x->n - 1];
    struct tb_person_held_row row = {tb_xcalloc(m->n + 1, sizeof *row.names),
                                     tb_xcalloc(m->n + 1, sizeof *row.values), m->n};
    for (size_t i = 0; i < m->n; i++) {
        row.names[i] = tb_xstrdup(m->names[i]);
        row.values[i] = tb_xstrdup(m->values[i]);
    }
    *TB_PUSH(t->v, t->n, t->cap) = row;
}

static void hold_any(void *arg, const struct tb_mention *m) { hold(arg, m); }

/* A reference to another table may be the same word and is not he. */
static bool names_him(const struct tb_entity *ent, const struct tb_field *f, const char *cell, const char *id)
{
    if (f->type == TB_TYPE_REF || f->type == TB_TYPE_REFS)
        return strcmp(f->arg, "providers") == 0 && tb_word_in(cell, id);
    if (f->type == TB_TYPE_ID && strcmp(f->name, "id") == 0)
        return strcmp(ent->name, "providers") == 0 && strcmp(cell, id) == 0;
    return tb_word_in(cell, id);
}

static void hold_table(const struct tb_region *r, enum tb_entity_id entity, const char *id,
                       struct tb_person_held *out)
{
    const struct tb_entity *ent = &tb_entities[entity];
    const char *names[COLUMNS_MAX], *values[COLUMNS_MAX];
    struct tb_buf cells[COLUMNS_MAX];
    TB_ASSERT(ent->n_fields <= COLUMNS_MAX);
    for (int i = 0; i < tb_region_count(r, entity); i++) {
        struct tb_mention m = {.table = ent->name, .names = names, .values = values};
        bool his = false;
        for (int f = 0; f < ent->n_fields; f++) {
            cells[f] = (struct tb_buf){0};
            tb_region_cell(r, entity, i, f, &cells[f]);
            his = his || names_him(ent, &ent->fields[f], tb_buf_str(&cells[f]), id);
            names[m.n] = ent->fields[f].name;
            values[m.n] = tb_buf_str(&cells[f]);
            m.n += cells[f].len > 0;
        }
        if (his) hold(out, &m);
        for (int f = 0; f < ent->n_fields; f++) tb_buf_free(&cells[f]);
    }
}

enum tb_code tb_app_person(const struct tb_app *app, const char *provider, struct tb_person_held *out,
                           struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    int who;
    *out = (struct tb_person_held){0};
    enum tb_code c = app_may(app, TB_USE_PERSON, e);
    if (c == TB_OK) c = app_whole(app, TB_USE_PERSON, e);
    if (c == TB_OK) c = app_open(app, &s, &r, e);
    if (c) return c;
    c = tb_app_provider(r, provider, &who, e);
    if (c == TB_OK) {
        out->provider = tb_xstrdup(provider);
        for (int i = 0; i < TB_E_COUNT; i++) hold_table(r, (enum tb_entity_id)i, provider, out);
        c = tb_store_mentions(s, provider, hold_any, out, &out->instances, e);
    }
    tb_region_free(r);
    c = app_close(s, c);
    if (c) tb_person_held_free(out);
    return c;
}

void tb_person_held_free(struct tb_person_held *x)
{
    for (size_t t = 0; t < x->n; t++) {
        for (size_t i = 0; i < x->v[t].n; i++) {
            struct tb_person_held_row *row = &x->v[t].v[i];
            for (size_t k = 0; k < row->n; k++) {
                free(row->names[k]);
                free(row->values[k]);
            }
            free(row->names);
            free(row->values);
        }
        free(x->v[t].v);
        free(x->v[t].table);
    }
    free(x->v);
    free(x->provider);
    *x = (struct tb_person_held){0};
}
