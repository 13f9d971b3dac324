/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The entities of toban/domain/fields.h as tables: one per field list, one column per field. A region is
 * saved and loaded as text cells, so what a value means stays with the loader; only three types are more than
 * their cell here.
 */
#include <stdlib.h>
#include <string.h>

#include "store_int.h"

static bool is_integer(enum tb_type type)
{
    return type == TB_TYPE_INT || type == TB_TYPE_DEC || type == TB_TYPE_BOOL;
}

/* Value of a cell of an integer column: a number as it is, a decimal in millionths, yes and no as 1 and 0. */
static int64_t cell_number(const struct tb_field *f, const char *cell)
{
    int64_t v = 0;
    bool ok = true;
    if (f->type == TB_TYPE_INT)
        ok = tb_parse_int(cell, INT64_MIN, INT64_MAX, &v);
    else if (f->type == TB_TYPE_DEC)
        ok = tb_parse_millionths(cell, &v);
    else
        v = strcmp(cell, "yes") == 0;
    if (!ok) TB_BUG("field %s: \"%s\" is no number", f->name, cell);
    return v;
}

/* ---- DDL ----------------------------------------------------------------------------------- */

static void words_check(const char *words, struct tb_buf *out)
{
    for (const char *p = words; *p != '\0';) {
        size_t n = strcspn(p, "|");
        tb_buf_addf(out, "%s'%.*s'", p == words ? "" : ", ", (int)n, p);
        p += n + (p[n] == '|');
    }
}

static bool single_id_key(const struct tb_entity *t)
{
    return strcmp(t->fields[0].name, "id") == 0 && (t->n_fields < 2 || !(t->fields[1].flags & TB_FIELD_KEY));
}

static void column_ddl(const struct tb_field *f, struct tb_buf *out)
{
    tb_buf_addf(out, "  \"%s\" %s", f->name, is_integer(f->type) ? "INTEGER" : "TEXT");
    if (f->flags & TB_FIELD_REQUIRED) tb_buf_add(out, " NOT NULL");
    if (f->def[0] != '\0' && is_integer(f->type))
        tb_buf_addf(out, " DEFAULT %lld", (long long)cell_number(f, f->def));
    else if (f->def[0] != '\0')
        tb_buf_addf(out, " DEFAULT '%s'", f->def);
    size_t low = strcspn(f->arg, ".");
    if (f->type == TB_TYPE_INT)
        tb_buf_addf(out, " CHECK (\"%s\" BETWEEN %.*s AND %s)", f->name, (int)low, f->arg, f->arg + low + 2);
    else if (f->type == TB_TYPE_BOOL)
        tb_buf_addf(out, " CHECK (\"%s\" IN (0, 1))", f->name);
    else if (f->type == TB_TYPE_DATE)
        tb_buf_addf(out, " CHECK (date(\"%s\", '+0 days') IS \"%s\")", f->name, f->name);
    else if (f->type == TB_TYPE_ENUM) {
        tb_buf_addf(out, " CHECK (\"%s\" IN (", f->name);
        words_check(f->arg, out);
        tb_buf_add(out, "))");
    } else if (f->type == TB_TYPE_REF) {
        int target = tb_entity_find(f->arg);
        TB_ASSERT(target >= 0);
        if (single_id_key(&tb_entities[target]))
            tb_buf_addf(out, " REFERENCES \"%s\"(\"id\") DEFERRABLE INITIALLY DEFERRED", f->arg);
    }
    tb_buf_add(out, ",\n");
}

static bool key_may_be_empty(const struct tb_entity *t)
{
    for (int i = 0; i < t->n_fields; i++)
        if ((t->fields[i].flags & TB_FIELD_KEY) && !(t->fields[i].flags & TB_FIELD_REQUIRED)) return true;
    return false;
}

void tb_entity_ddl(enum tb_entity_id entity, const char *table, struct tb_buf *out)
{
    const struct tb_entity *t = &tb_entities[entity];
    tb_buf_addf(out, "CREATE TABLE \"%s\" (\n", table);
    for (int i = 0; i < t->n_fields; i++) column_ddl(&t->fields[i], out);
    if (key_may_be_empty(t)) {
        out->len -= strlen(",\n");
        tb_buf_add(out, "\n) STRICT");
        return;
    }
    tb_buf_add(out, "  PRIMARY KEY (");
    bool first = true;
    for (int i = 0; i < t->n_fields; i++)
        if (t->fields[i].flags & TB_FIELD_KEY) {
            tb_buf_addf(out, "%s\"%s\"", first ? "" : ", ", t->fields[i].name);
            first = false;
        }
    tb_buf_add(out, ")\n) STRICT");
}

void tb_entity_index_ddl(enum tb_entity_id entity, struct tb_buf *out)
{
    const struct tb_entity *t = &tb_entities[entity];
    if (!key_may_be_empty(t)) return;
    tb_buf_addf(out, "CREATE UNIQUE INDEX \"%s_key\" ON \"%s\" (", t->name, t->name);
    bool first = true;
    for (int i = 0; i < t->n_fields; i++) {
        const struct tb_field *f = &t->fields[i];
        if (!(f->flags & TB_FIELD_KEY)) continue;
        bool required = f->flags & TB_FIELD_REQUIRED;
        tb_buf_addf(out, "%s%s\"%s\"%s", first ? "" : ", ", required ? "" : "coalesce(", f->name,
                    required ? "" : ", '')");
        first = false;
    }
    tb_buf_add(out, ")");
}

enum { FIELDS_MAX = 64, CELL_MAX = 32 };

/* ---- save ---------------------------------------------------------------------------------- */

/* A row of one table as it stands there, or as it shall: its cells one after the other, found by those of its
 * key. */
struct saved_row {
    char *key, *cells;
    int64_t rowid; /* 0: it is not there yet */
    int row;       /* in the region */
};

static void add_cell(struct tb_buf *out, const struct tb_buf *cell)
{
    tb_buf_addn(out, tb_buf_str(cell), cell->len);
    tb_buf_addc(out, '\x1f'); /* no text holds control characters */
}

static int by_key(const void *a, const void *b)
{
    const struct saved_row *x = a, *y = b;
    return strcmp(x->key, y->key);
}

static void saved_rows_free(struct saved_row *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].key);
        free(v[i].cells);
    }
    free(v);
}

/* Rows [from, to) of the region, by key. */
static struct saved_row *rows_of(const struct tb_region *r, enum tb_entity_id entity, int from, int to)
{
    const struct tb_entity *t = &tb_entities[entity];
    const size_t n = (size_t)(to - from);
    struct saved_row *v = tb_xcalloc(n + 1, sizeof *v);
    struct tb_buf cell = {0};
    for (size_t i = 0; i < n; i++) {
        struct tb_buf key = {0}, cells = {0};
        v[i].row = from + (int)i;
        for (int f = 0; f < t->n_fields; f++) {
            tb_buf_clear(&cell);
            tb_region_cell(r, entity, v[i].row, f, &cell);
            if (t->fields[f].flags & TB_FIELD_KEY) add_cell(&key, &cell);
            add_cell(&cells, &cell);
        }
        v[i].key = tb_buf_take(&key);
        v[i].cells = tb_buf_take(&cells);
    }
    tb_buf_free(&cell);
    if (n) qsort(v, n, sizeof *v, by_key);
    return v;
}

static void insert_sql(const struct tb_entity *t, struct tb_buf *out)
{
    tb_buf_addf(out, "INSERT INTO \"%s\" (", t->name);
    for (int i = 0; i < t->n_fields; i++) tb_buf_addf(out, "%s\"%s\"", i > 0 ? ", " : "", t->fields[i].name);
    tb_buf_add(out, ") VALUES (");
    for (int i = 0; i < t->n_fields; i++) tb_buf_addf(out, "%s:%s", i > 0 ? ", " : "", t->fields[i].name);
    tb_buf_add(out, ")");
}

static void update_sql(const struct tb_entity *t, struct tb_buf *out)
{
    tb_buf_addf(out, "UPDATE \"%s\" SET ", t->name);
    for (int i = 0; i < t->n_fields; i++)
        tb_buf_addf(out, "%s\"%s\" = :%s", i > 0 ? ", " : "", t->fields[i].name, t->fields[i].name);
    tb_buf_add(out, " WHERE rowid = :rowid_");
}

static void bind_row(struct tb_sql *q, const struct tb_region *r, enum tb_entity_id entity, int row)
{
    const struct tb_entity *t = &tb_entities[entity];
    struct tb_buf text = {0};
    for (int i = 0; i < t->n_fields; i++) {
        const struct tb_field *f = &t->fields[i];
        tb_buf_clear(&text);
        tb_region_cell(r, entity, row, i, &text);
        if (text.len == 0)
            tb_sql_text(q, f->name, NULL);
        else if (is_integer(f->type))
            tb_sql_int(q, f->name, cell_number(f, text.s));
        else
            tb_sql_textn(q, f->name, text.s, text.len);
    }
    tb_buf_free(&text);
}

static void delete_row(struct tb_db *db, const struct tb_entity *t, int64_t rowid)
{
    struct tb_buf sql = {0};
    tb_buf_addf(&sql, "DELETE FROM \"%s\" WHERE rowid = :rowid_", t->name);
    struct tb_sql *q = tb_sql(db, sql.s);
    tb_sql_int(q, "rowid_", rowid);
    tb_sql_run(q);
    tb_buf_free(&sql);
}

static void write_row(struct tb_db *db, const struct tb_region *r, enum tb_entity_id entity,
                      const struct saved_row *x)
{
    struct tb_buf sql = {0};
    if (x->rowid)
        update_sql(&tb_entities[entity], &sql);
    else
        insert_sql(&tb_entities[entity], &sql);
    struct tb_sql *q = tb_sql(db, sql.s);
    bind_row(q, r, entity, x->row);
    if (x->rowid) tb_sql_int(q, "rowid_", x->rowid);
    tb_sql_run(q);
    tb_buf_free(&sql);
}

/* Where the row stands in its table: what was loaded has it for its line. */
static int64_t rowid_of(const struct tb_db *db, const struct tb_region *r, enum tb_entity_id entity, int row)
{
    const struct tb_src *src = tb_region_row(r, entity, row);
    TB_ASSERT(strcmp(src->file, tb_db_path(db)) == 0);
    return src->line;
}

/* Writes the rows in which the table differs; true: there are some. New rows are entered in the order of the
 * region, so that the same region gives the same file. */
static bool save_rows(struct tb_db *db, const struct tb_region *before, const struct tb_region *r,
                      enum tb_entity_id entity)
{
    /* Both are in key order: what is the same at either end need not be written out. */
    int from = 0, end_had = tb_region_count(before, entity), end_want = tb_region_count(r, entity);
    while (from < end_had && from < end_want && tb_region_row_same(before, from, r, from, entity)) from++;
    for (; end_had > from && end_want > from &&
           tb_region_row_same(before, end_had - 1, r, end_want - 1, entity);
         end_had--)
        end_want--;
    const size_t n_had = (size_t)(end_had - from), n_want = (size_t)(end_want - from);
    if (n_had + n_want == 0) return false;
    struct saved_row *want = rows_of(r, entity, from, end_want),
                     *had = rows_of(before, entity, from, end_had);
    const struct saved_row **fresh = tb_xcalloc(n_want + 1, sizeof *fresh);
    bool moved = false;
    for (size_t i = 0, k = 0; (i < n_want || k < n_had) && tb_db_ok(db);) {
        int order = i == n_want ? 1 : k == n_had ? -1 : strcmp(want[i].key, had[k].key);
        bool same = order == 0 && strcmp(want[i].cells, had[k].cells) == 0;
        if (order >= 0 && !same) {
            int64_t rowid = rowid_of(db, before, entity, had[k].row);
            if (order > 0)
                delete_row(db, &tb_entities[entity], rowid);
            else {
                want[i].rowid = rowid;
                write_row(db, r, entity, &want[i]);
            }
        }
        if (order < 0) fresh[want[i].row - from] = &want[i];
        moved |= !same;
        i += order <= 0;
        k += order >= 0;
    }
    for (size_t i = 0; i < n_want && tb_db_ok(db); i++)
        if (fresh[i]) write_row(db, r, entity, fresh[i]);
    if (moved) tb_moved(db, tb_entities[entity].name);
    free(fresh);
    saved_rows_free(want, n_want);
    saved_rows_free(had, n_had);
    return moved;
}

/* What is published names providers, duties, bands and accounts for ever; a region without them could not
 * show it any more. */
static void keeps_what_is_published(struct tb_db *db, const struct tb_region *r)
{
    struct tb_sql *q = tb_sql(db, "SELECT DISTINCT duty, band FROM publication_seats");
    while (tb_sql_row(q)) {
        int duty = tb_find_duty(r, tb_sql_get_text(q, 0));
        if (duty >= 0 && tb_find_band(r, duty, tb_sql_get_text(q, 1)) >= 0) continue;
        tb_db_fail(db, TB_REFUSED,
                   tb_t("当番区分 %s の時間帯 %s は公表した当番表にあるので削れません。duties と bands "
                        "に残してください（診療日区分を変えれば新しい枠はできません）",
                        "band %2$s of duty %1$s stands in published rosters and cannot be removed; keep it "
                        "in duties and bands (its day "
                        "class may be one without days)"),
                   tb_sql_get_text(q, 0), tb_sql_get_text(q, 1));
        break;
    }
    tb_sql_end(q);
    q = tb_sql(db, "SELECT provider FROM publication_seats WHERE provider IS NOT NULL UNION SELECT person "
                   "FROM namings WHERE person IS NOT NULL"
                   " UNION SELECT came FROM attendance WHERE came IS NOT NULL");
    while (tb_sql_row(q)) {
        if (tb_find_provider(r, tb_sql_get_text(q, 0)) >= 0) continue;
        tb_db_fail(db, TB_REFUSED,
                   tb_t("当番医・医療機関 %s は公表した当番表にあるので削れません。providers "
                        "に残し、退会日(left)を書いてください",
                        "provider %s stands in published rosters and cannot be removed; keep the row in "
                        "providers and fill in `left`"),
                   tb_sql_get_text(q, 0));
        break;
    }
    tb_sql_end(q);
    q = tb_sql(db,
               "SELECT ledger, account FROM ledger_entries UNION SELECT ledger, account FROM attend_ledger");
    while (tb_sql_row(q)) {
        int ledger = tb_find_ledger(r, tb_sql_get_text(q, 0));
        if (ledger < 0 || tb_account_find(r, ledger, tb_sql_get_text(q, 1)) >= 0) continue;
        tb_db_fail(db, TB_REFUSED,
                   tb_t("口座 %2$s は帳簿 %1$s に記入があるので削れません。providers か shares "
                        "に残すか、帳簿を別の記号で作り直してください",
                        "account %2$s has entries in ledger %1$s and cannot be removed; keep its row in "
                        "providers or shares, or give the changed "
                        "ledger another id"),
                   tb_sql_get_text(q, 0), tb_sql_get_text(q, 1));
        break;
    }
    tb_sql_end(q);
}

/* ---- load ---------------------------------------------------------------------------------- */

/* The cell of a column; NULL when empty. `tmp` holds what is not the column's own text. */
static const char *column_cell(struct tb_sql *q, int column, const struct tb_field *f, char *tmp, size_t size)
{
    if (tb_sql_is_null(q, column)) return NULL;
    if (f->type == TB_TYPE_DEC) return tb_format_millionths(tb_sql_get_int(q, column), tmp, size);
    if (f->type == TB_TYPE_BOOL) return tb_sql_get_int(q, column) != 0 ? "yes" : "no";
    return tb_sql_get_text(q, column);
}

/* All columns, then rowid. */
static struct tb_sql *select_all(struct tb_db *db, const struct tb_entity *t)
{
    struct tb_buf text = {0};
    tb_buf_add(&text, "SELECT ");
    for (int i = 0; i < t->n_fields; i++) tb_buf_addf(&text, "\"%s\", ", t->fields[i].name);
    tb_buf_addf(&text, "rowid FROM \"%s\" ORDER BY rowid", t->name);
    struct tb_sql *q = tb_sql(db, tb_buf_str(&text));
    tb_buf_free(&text);
    return q;
}

static enum tb_code load_rows(struct tb_db *db, enum tb_entity_id entity, struct tb_loader *l,
                              struct tb_err *e)
{
    const struct tb_entity *t = &tb_entities[entity];
    TB_ASSERT(t->n_fields <= FIELDS_MAX);
    struct tb_sql *q = select_all(db, t);
    enum tb_code code = TB_OK;
    while (code == TB_OK && tb_sql_row(q)) {
        const char *cells[FIELDS_MAX];
        char tmp[FIELDS_MAX][CELL_MAX];
        for (int i = 0; i < t->n_fields; i++) cells[i] = column_cell(q, i, &t->fields[i], tmp[i], CELL_MAX);
        if (tb_db_ok(db))
            code = tb_loader_row(l, entity, cells, tb_db_path(db), (int)tb_sql_get_int(q, t->n_fields), e);
    }
    tb_sql_end(q);
    return code;
}

/* The rows were valid when they were saved: by a program that judged otherwise, or they are not its rows. */
static enum tb_code spoilt(struct tb_err *e)
{
    struct tb_err cause = {0};
    if (e == NULL) return TB_STORAGE;
    (void)tb_fail(&cause, TB_INPUT, "%s", e->text);
    return tb_fail(
        e, TB_STORAGE,
        tb_t("このプログラムが受け付けない行がデータベースにあります。内容は変えていません。別の版の "
             "toban が書いたものならその toban を使い、この行を開発者に知らせてください（直す手順が"
             "足りません）。ほかのプログラムが書き換えたものならバックアップから戻してください: %s",
             "the database has a row that this program does not accept; nothing was changed; if "
             "another version of toban wrote it, use that one and report this line (a step that "
             "mends it is missing); if another program did, bring a backup back: %s"),
        cause.text);
}

enum tb_code tb_store_load_region(tb_store *s, struct tb_region **out, struct tb_err *e)
{
    struct tb_db *db = s->db;
    struct tb_loader *l = tb_loader_new();
    tb_loader_kept(l);
    enum tb_code code = TB_OK;
    bool opened = tb_db_read_begin(db);
    int64_t rows = tb_db_value(db, "SELECT count(*) FROM region");
    for (int i = 0; i < TB_E_COUNT && code == TB_OK; i++) code = load_rows(db, (enum tb_entity_id)i, l, e);
    tb_db_read_end(db, opened);
    if (!tb_db_ok(db)) {
        tb_loader_free(l);
        return tb_db_result(db, e);
    }
    if (code == TB_OK && rows == 0) {
        tb_loader_free(l);
        return tb_fail(e, TB_NO,
                       tb_t("%s: 医療圏がまだ入っていません。toban init --region で作ってください",
                            "%s: holds no region yet; make it with toban init --region"),
                       tb_db_path(db));
    }
    if (code != TB_OK)
        tb_loader_free(l);
    else
        code = tb_loader_finish(l, out, e);
    return code == TB_OK ? TB_OK : spoilt(e);
}

/* ---- save: the whole -------------------------------------------------------------------------- */

static enum tb_code save_all(tb_store *s, const struct tb_region *before, const struct tb_region *r,
                             struct tb_err *e)
{
    /* Only these have ids that stand in what is published. */
    static const bool named[TB_E_COUNT] = {[TB_E_provider] = true,
                                           [TB_E_duty] = true,
                                           [TB_E_band] = true,
                                           [TB_E_ledger] = true,
                                           [TB_E_share] = true};
    bool asked = false;
    for (int i = 0; i < TB_E_COUNT; i++)
        asked |= save_rows(s->db, before, r, (enum tb_entity_id)i) && named[i];
    if (asked) keeps_what_is_published(s->db, r);
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_save_region(tb_store *s, const struct tb_region *before, const struct tb_region *r,
                                  struct tb_err *e)
{
    struct tb_region none = {0}, *there = NULL;
    if (!tb_db_in_transaction(s->db))
        return tb_fail(e, TB_INTERNAL, "tb_store_save_region: %s",
                       tb_t("処理のまとまりの外です", "outside a transaction"));
    enum tb_code code = before ? TB_OK : tb_store_load_region(s, &there, e);
    if (code == TB_NO) {
        before = &none;
        code = TB_OK;
        if (e) *e = (struct tb_err){0};
    }
    if (code == TB_OK) code = save_all(s, before ? before : there, r, e);
    tb_region_free(there);
    return code;
}
