/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What publications hold of the region (toban/domain/held.h): rows, and the sums of them that digests cover.
 */
#include <stdlib.h>
#include <string.h>

#include "store_int.h"

/* ---- cells as text -------------------------------------------------------------------------- */

/* No cell has a line feed and no field's name a sign of equality. */
static void cells_text(enum tb_entity_id entity, const char *const *cells, struct tb_buf *out)
{
    const struct tb_entity *t = &tb_entities[entity];
    for (int f = 0; f < t->n_fields; f++)
        if (cells[f] != NULL) tb_buf_addf(out, "%s=%s\n", t->fields[f].name, cells[f]);
}

/* The field of that name, looked for from `from` on: cells stand in the order of the fields. -1: none now. */
static int field_named(const struct tb_entity *t, int from, const char *name, size_t len)
{
    for (int i = 0; i < t->n_fields; i++) {
        int f = (from + i) % t->n_fields;
        if (strncmp(t->fields[f].name, name, len) == 0 && t->fields[f].name[len] == '\0') return f;
    }
    return -1;
}

/* A field that there is no longer is passed over. */
static const char **cells_of(enum tb_entity_id entity, const char *text, struct tb_arena *a)
{
    const struct tb_entity *t = &tb_entities[entity];
    const char **cells = tb_arena_alloc(a, (size_t)t->n_fields * sizeof *cells);
    int f = -1;
    for (const char *p = text; *p != '\0';) {
        size_t line = strcspn(p, "\n"), name = strcspn(p, "=\n");
        int found = p[name] == '=' ? field_named(t, f + 1, p, name) : -1;
        if (found >= 0) {
            f = found;
            cells[f] = tb_arena_strndup(a, p + name + 1, line - name - 1);
        }
        p += line + (p[line] == '\n');
    }
    return cells;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static int by_fact(const void *a, const void *b)
{
    const struct tb_fact *x = a, *y = b;
    if (x->entity != y->entity) return x->entity < y->entity ? -1 : 1;
    int c = strcmp(x->key, y->key);
    if (c != 0) return c;
    if (x->publication != y->publication) return x->publication < y->publication ? -1 : 1;
    return (x->since > y->since) - (x->since < y->since);
}

static void read_facts(struct tb_db *db, int64_t number, struct tb_held *out)
{
    *out = (struct tb_held){0};
    struct tb_sql *q = tb_sql(db, "SELECT what, key, publication, since, cells FROM publication_facts WHERE "
                                  ":number IN (0, publication) OR publication < :number");
    tb_sql_int(q, "number", number);
    while (tb_sql_row(q)) {
        int entity = tb_entity_find(tb_sql_get_text(q, 0));
        if (entity < 0 || !tb_entity_held((enum tb_entity_id)entity)) continue; /* held once, and no longer */
        struct tb_fact f = {.entity = (enum tb_entity_id)entity,
                            .key = tb_arena_strdup(&out->arena, tb_sql_get_text(q, 1)),
                            .publication = tb_sql_get_int(q, 2),
                            .since = *tb_sql_get_text(q, 3) != '\0' ? tb_sql_get_date(q, 3) : TB_DAY_NONE};
        if (!tb_sql_is_null(q, 4)) f.cells = cells_of(f.entity, tb_sql_get_text(q, 4), &out->arena);
        *TB_PUSH(out->v, out->n, out->cap) = f;
    }
    if (out->n > 0) qsort(out->v, out->n, sizeof *out->v, by_fact);
}

/* Those up to publication `number` (0: all); keys and cells stay those of `all`. */
static struct tb_held facts_until(const struct tb_held *all, int64_t number)
{
    struct tb_held out = {.v = tb_xcalloc(all->n + 1, sizeof *out.v), .cap = all->n + 1};
    for (size_t i = 0; i < all->n; i++)
        if (number == 0 || all->v[i].publication <= number) out.v[out.n++] = all->v[i];
    return out;
}

enum tb_code tb_store_facts(tb_store *s, int64_t number, struct tb_held *out, struct tb_err *e)
{
    if (s->held && s->facts == NULL) {
        s->facts = tb_xcalloc(1, sizeof *s->facts);
        read_facts(s->db, 0, s->facts);
        enum tb_code code = tb_db_result(s->db, e);
        if (code != TB_OK) {
            tb_facts_drop(s);
            return code;
        }
    }
    if (s->held) {
        *out = facts_until(s->facts, number);
        return TB_OK;
    }
    bool opened = tb_db_read_begin(s->db);
    read_facts(s->db, number, out);
    tb_db_read_end(s->db, opened);
    enum tb_code code = tb_db_result(s->db, e);
    if (code != TB_OK) tb_held_free(out);
    return code;
}

void tb_facts_drop(tb_store *s)
{
    if (s->facts == NULL) return;
    tb_held_free(s->facts);
    free(s->facts);
    s->facts = NULL;
}

static void enter_fact(struct tb_db *db, const struct tb_fact *f, int64_t number)
{
    struct tb_buf cells = {0};
    struct tb_sql *q =
        tb_sql(db, "INSERT INTO publication_facts (what, key, publication, since, cells) VALUES "
                   "(:what, :key, :publication, :since, :cells)");
    tb_sql_text(q, "what", tb_entities[f->entity].name);
    tb_sql_text(q, "key", f->key);
    tb_sql_int(q, "publication", number);
    if (f->since == TB_DAY_NONE)
        tb_sql_text(q, "since", "");
    else
        tb_sql_date(q, "since", f->since);
    if (f->cells != NULL) cells_text(f->entity, f->cells, &cells);
    tb_sql_text(q, "cells", f->cells != NULL ? tb_buf_str(&cells) : NULL);
    tb_sql_run(q);
    tb_buf_free(&cells);
}

void tb_facts_take(struct tb_db *db, const struct tb_region *r, int64_t number, tb_day day,
                   struct tb_publication *made)
{
    struct tb_held held, taken;
    if (!tb_db_ok(db)) return;
    read_facts(db, number, &held);
    tb_held_differ(&held, r, day, &taken, &made->facts, &made->n_facts);
    for (size_t i = 0; i < taken.n && tb_db_ok(db); i++) enter_fact(db, &taken.v[i], number);
    tb_held_free(&held);
    tb_held_free(&taken);
}

void tb_facts_fill(struct tb_db *db)
{
    int64_t needed =
        tb_db_value(db, "SELECT EXISTS (SELECT 1 FROM publications) AND NOT EXISTS (SELECT 1 FROM "
                        "publication_facts)");
    struct tb_region *r;
    struct tb_err e = {0};
    if (!tb_db_ok(db) || !needed) return;
    tb_store s = {.db = db};
    enum tb_code code = tb_store_load_region(&s, &r, &e);
    if (code != TB_OK) {
        tb_db_fail(db, code, "%s", e.text);
        return;
    }
    struct tb_publication first = {0};
    tb_facts_take(db, r, 1, TB_DAY_NONE, &first);
    tb_region_free(r);
}

/* ---- what digests cover ---------------------------------------------------------------------- */

/* The rows of each publication, in the order of table, key, day: what, key, since and cells, each ended by a
 * character that none of them has. */
static void make_sums(struct tb_db *db, struct tb_facts_sums *kept)
{
    size_t cap = 0, cap_sum = 0, n = 0;
    struct tb_buf text = {0};
    struct tb_sql *q =
        tb_sql(db, "SELECT publication, what, key, since, cells FROM publication_facts ORDER BY "
                   "publication, what, key, since");
    kept->made = true;
    bool more = tb_sql_row(q);
    while (more) {
        int64_t number = tb_sql_get_int(q, 0);
        tb_buf_clear(&text);
        for (; more && tb_sql_get_int(q, 0) == number; more = tb_sql_row(q)) {
            for (int k = 1; k < 4; k++) tb_buf_addf(&text, "%s\x1F", tb_sql_get_text(q, k));
            tb_buf_addf(&text, "%s\x1E", tb_sql_is_null(q, 4) ? "\x1D" : tb_sql_get_text(q, 4));
        }
        *TB_PUSH(kept->publication, kept->n, cap) = number;
        char(*sum)[65] = TB_PUSH(kept->sum, n, cap_sum);
        tb_sha256_hex(tb_buf_str(&text), text.len, *sum);
    }
    tb_buf_free(&text);
}

void tb_facts_sums_text(struct tb_db *db, int64_t number, struct tb_facts_sums *kept, struct tb_buf *out)
{
    if (!kept->made) make_sums(db, kept);
    for (size_t i = 0; i < kept->n && kept->publication[i] <= number; i++)
        tb_buf_addf(out, "facts\t%lld\t%s\n", (long long)kept->publication[i], kept->sum[i]);
}

void tb_facts_sums_free(struct tb_facts_sums *kept)
{
    free(kept->publication);
    free(kept->sum);
    *kept = (struct tb_facts_sums){0};
}
