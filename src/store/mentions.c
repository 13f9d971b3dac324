/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where an id stands outside of the region's tables.
 */
#include "toban/store/mentions.h"

#include <stdlib.h>
#include <string.h>

#include "store_int.h"
#include "toban/domain/region.h"

static bool id_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

bool tb_word_in(const char *text, const char *id)
{
    size_t n = strlen(id);
    for (const char *at = strstr(text, id); n && at; at = strstr(at + 1, id))
        if ((at == text || !id_char(at[-1])) && !id_char(at[n])) return true;
    return false;
}

struct names {
    char **v;
    size_t n;
};

static struct names read_names(struct tb_db *db, const char *sql, const char *table)
{
    struct names x = {0};
    size_t cap = 0;
    struct tb_sql *q = tb_sql(db, sql);
    if (table) tb_sql_text(q, "table", table);
    while (tb_sql_row(q)) *TB_PUSH(x.v, x.n, cap) = tb_xstrdup(tb_sql_get_text(q, 0));
    return x;
}

static void names_free(struct names *x)
{
    for (size_t i = 0; i < x->n; i++) free(x->v[i]);
    free(x->v);
}

/* What people have not typed or been shown: the problem itself (counted), a proof, the hash of an address. */
#define COLUMNS \
    "SELECT name FROM pragma_table_info(:table) WHERE name NOT IN ('bytes', 'certificate', 'hash') ORDER " \
    "BY cid"
#define TABLES \
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'" \
    " AND name NOT IN ('blobs', 'instances', 'versions') ORDER BY name"

static void look_through(struct tb_db *db, const char *table, const char *id,
                         void (*row)(void *arg, const struct tb_mention *m), void *arg)
{
    struct names columns = read_names(db, COLUMNS, table);
    struct tb_buf sql = {0};
    const char **names = tb_xcalloc(columns.n + 1, sizeof *names),
               **values = tb_xcalloc(columns.n + 1, sizeof *values);
    tb_buf_add(&sql, "SELECT ");
    for (size_t i = 0; i < columns.n; i++) tb_buf_addf(&sql, "%s\"%s\"", i ? ", " : "", columns.v[i]);
    tb_buf_addf(&sql, " FROM \"%s\" ORDER BY 1, 2, 3", table);
    struct tb_sql *q = tb_sql(db, tb_buf_str(&sql));
    while (tb_sql_row(q)) {
        bool his = false;
        struct tb_mention m = {.table = table, .names = names, .values = values};
        for (size_t i = 0; i < columns.n; i++) {
            const char *text = tb_sql_get_text(q, (int)i);
            his = his || tb_word_in(text, id);
            names[m.n] = columns.v[i];
            values[m.n] = text;
            m.n += *text != '\0';
        }
        if (his) row(arg, &m);
    }
    tb_buf_free(&sql);
    free(names);
    free(values);
    names_free(&columns);
}

enum tb_code tb_store_mentions(tb_store *s, const char *id,
                               void (*row)(void *arg, const struct tb_mention *m), void *arg,
                               int64_t *instances, struct tb_err *e)
{
    struct names tables = read_names(s->db, TABLES, NULL);
    for (size_t i = 0; i < tables.n && tb_db_ok(s->db); i++)
        if (tb_entity_find(tables.v[i]) < 0) look_through(s->db, tables.v[i], id, row, arg);
    names_free(&tables);
    *instances = 0;
    struct tb_sql *q = tb_sql(s->db, "SELECT bytes FROM instances WHERE instr(bytes, :id) > 0");
    tb_sql_text(q, "id", id);
    while (tb_sql_row(q)) *instances += tb_word_in(tb_sql_get_text(q, 0), id);
    tb_sql_end(q);
    return tb_db_result(s->db, e);
}
