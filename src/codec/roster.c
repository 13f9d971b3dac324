/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rosters that people bring: CSV or JSON, made by hand or by our own export. Columns that the reader does not
 * need are passed over, because such files carry names, telephones and hours for those who read them.
 */
#include "codec_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/domain/said.h"

enum { C_DUTY, C_DATE, C_BAND, C_ROLE, C_SEAT, C_PROVIDER, COLUMNS };
static const char *const column_names[COLUMNS] = {"duty", "date", "band", "role", "seat", "provider"};
static const bool column_needed[COLUMNS] = {
    [C_DUTY] = true, [C_DATE] = true, [C_BAND] = true, [C_PROVIDER] = true};

struct typed_row {
    struct tb_seat_row row; /* seat 0: not said */
    struct tb_src src;
};

struct reading {
    const struct tb_region *region;
    struct typed_row *rows;
    size_t n, cap;
    struct tb_arena arena; /* file names of rows */
};

static void reading_free(struct reading *k)
{
    free(k->rows);
    tb_arena_free(&k->arena);
}

/* ---- one row ---------------------------------------------------------------------------------------------
 */

static enum tb_code wrong(const struct tb_src *at, int column, const char *value, const char *rule,
                          struct tb_err *e)
{
    if (at->line > 0)
        return tb_fail(e, TB_INPUT, "%s:%d: %s \"%.100s\": %s", at->file, at->line, column_names[column],
                       value, rule);
    return tb_fail(e, TB_INPUT, "%s: %s \"%.100s\": %s", at->file, column_names[column], value, rule);
}

/* A row without provider says that the seat is open: nothing to keep. */
static enum tb_code take(struct reading *k, const char *const cells[COLUMNS], struct tb_src at,
                         struct tb_err *e)
{
    const char *text[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) text[i] = cells[i] != NULL ? cells[i] : "";
    struct tb_seat_row row = {.role = TB_PRIMARY};
    row.duty = tb_find_duty(k->region, text[C_DUTY]);
    if (row.duty < 0)
        return wrong(&at, C_DUTY, text[C_DUTY],
                     tb_t("duties にある記号にしてください", "write an id of duties"), e);
    if (tb_said_date(text[C_DATE], TB_DAY_NONE, &row.date))
        return wrong(
            &at, C_DATE, text[C_DATE],
            tb_t("実在する日付にしてください(例 2026-12-03)", "write a date that exists, such as 2026-12-03"),
            e);
    row.band = tb_find_band(k->region, row.duty, text[C_BAND]);
    if (row.band < 0)
        return wrong(
            &at, C_BAND, text[C_BAND],
            tb_t("その当番区分の bands にある記号にしてください", "write an id of the bands of that duty"),
            e);
    if (strcmp(text[C_ROLE], "reserve") == 0)
        row.role = TB_RESERVE;
    else if (text[C_ROLE][0] != '\0' && strcmp(text[C_ROLE], "primary") != 0)
        return wrong(&at, C_ROLE, text[C_ROLE], tb_t("primary か reserve です", "primary or reserve"), e);
    int64_t seat = 0;
    if (text[C_SEAT][0] != '\0' && !tb_parse_int(text[C_SEAT], 1, 50, &seat))
        return wrong(
            &at, C_SEAT, text[C_SEAT],
            tb_t("1 から 50 の整数です(書かなくてもかまいません)", "a whole number from 1 to 50, or nothing"),
            e);
    row.seat = (int)seat;
    if (text[C_PROVIDER][0] == '\0') return TB_OK;
    row.provider = tb_find_provider(k->region, text[C_PROVIDER]);
    if (row.provider < 0)
        return wrong(&at, C_PROVIDER, text[C_PROVIDER],
                     tb_t("providers にある記号にしてください", "write an id of providers"), e);
    if (k->n == TB_CODEC_ROWS_MAX)
        return tb_fail(
            e, TB_INPUT,
            tb_t("%s: 行が多すぎます。%d 行以下にしてください", "%s: too many rows; at most %d are read"),
            at.file, TB_CODEC_ROWS_MAX);
    *TB_PUSH(k->rows, k->n, k->cap) = (struct typed_row){row, {tb_arena_strdup(&k->arena, at.file), at.line}};
    return TB_OK;
}

/* ---- CSV
 * --------------------------------------------------------------------------------------------------- */

static enum tb_code csv_header(const struct tb_csv *c, int column_of[COLUMNS], struct tb_err *e)
{
    for (int k = 0; k < COLUMNS; k++) {
        column_of[k] = -1;
        for (size_t i = 0; i < c->n; i++) {
            if (strcmp(c->cells[i], column_names[k]) != 0) continue;
            if (column_of[k] >= 0)
                return tb_fail(e, TB_INPUT,
                               tb_t("%s:%d: 列「%s」が二つあります(%d 列目と %zu 列目)。一つにしてください",
                                    "%s:%d: column \"%s\" stands twice (numbers %d and %zu); leave one"),
                               c->name, c->row_line, column_names[k], column_of[k] + 1, i + 1);
            column_of[k] = (int)i;
        }
        if (column_of[k] < 0 && column_needed[k])
            return tb_fail(e, TB_INPUT,
                           tb_t("%s:%d: 必須の列「%s」がありません。見出しは "
                                "duty,date,band,role,seat,provider です(role と seat はなくてもよい)",
                                "%s:%d: the required column \"%s\" is missing; the header is "
                                "duty,date,band,role,seat,provider (role and seat may be left out)"),
                           c->name, c->n > 0 ? c->row_line : 1, column_names[k]);
    }
    return TB_OK;
}

static enum tb_code read_csv(const struct tb_text *t, struct reading *k, struct tb_err *e)
{
    struct tb_csv c;
    int column_of[COLUMNS];
    tb_csv_open(&c, t);
    enum tb_code code = tb_csv_next(&c, e);
    size_t columns = c.n;
    if (code == TB_OK) code = csv_header(&c, column_of, e);
    while (code == TB_OK) {
        code = tb_csv_next(&c, e);
        if (code != TB_OK || c.n == 0) break;
        const char *cells[COLUMNS] = {0};
        if (c.n != columns) {
            code = tb_fail(e, TB_INPUT,
                           tb_t("%s:%d: 列の数が %zu です。見出しと同じ %zu にしてください",
                                "%s:%d: %zu cells; write %zu, as many as the header has"),
                           c.name, c.row_line, c.n, columns);
            break;
        }
        for (int i = 0; i < COLUMNS; i++)
            if (column_of[i] >= 0) cells[i] = c.cells[column_of[i]];
        code = take(k, cells, (struct tb_src){c.name, c.row_line}, e);
    }
    tb_csv_close(&c);
    return code;
}

/* ---- JSON
 * -------------------------------------------------------------------------------------------------- */

static enum tb_code json_row(struct tb_doc *d, const json_t *row, size_t i, struct reading *k,
                             struct tb_err *e)
{
    struct tb_src at = {tb_arena_printf(&d->arena, "%s: seats[%zu]", d->name, i), 0};
    if (!json_is_object(row))
        return tb_fail(e, TB_INPUT, tb_t("%s: オブジェクト { } にしてください", "%s: must be an object, { }"),
                       at.file);
    const char *cells[COLUMNS] = {0};
    for (int f = 0; f < COLUMNS; f++) {
        const json_t *v = json_object_get(row, column_names[f]);
        const char *why = NULL;
        if (v == NULL) continue;
        cells[f] = tb_doc_cell(d, v, &why);
        if (cells[f] == NULL) return wrong(&at, f, "", why, e);
    }
    return take(k, cells, at, e);
}

static enum tb_code read_json(const struct tb_text *t, struct reading *k, struct tb_err *e)
{
    struct tb_doc d;
    enum tb_code code = tb_doc_open(t, TB_JSON_VALUES_MAX, &d, e);
    if (code != TB_OK) return code;
    const json_t *seats = json_object_get(d.root, "seats");
    if (!json_is_array(seats))
        code = tb_fail(
            e, TB_INPUT,
            tb_t("%s: \"seats\": [ { }, … ] がありません", "%s: there is no list \"seats\": [ { }, ... ]"),
            d.name);
    for (size_t i = 0; code == TB_OK && i < json_array_size(seats); i++)
        code = json_row(&d, json_array_get(seats, i), i, k, e);
    tb_doc_close(&d);
    return code;
}

static enum tb_code read_rows(const struct tb_text *t, struct reading *k, struct tb_err *e)
{
    const char *first = t->s + strspn(t->s, " \t\r\n");
    return *first == '{' ? read_json(t, k, e) : read_csv(t, k, e);
}

/* ---- with and without a problem
 * ------------------------------------------------------------------------------ */

static bool is_bound(const struct tb_problem *p, int slot, int provider)
{
    for (int i = 0; i < p->n_bound; i++)
        if (p->bound[i].slot == slot && p->bound[i].provider == provider) return true;
    return false;
}

/* What is published already may stand in the file as it is in force; it is not the roster's to say. */
static enum tb_code to_roster(struct reading *k, const struct tb_problem *p, struct tb_roster *out,
                              struct tb_err *e)
{
    struct tb_roster roster = {tb_xcalloc(k->n, sizeof *roster.a), 0};
    for (size_t i = 0; i < k->n; i++) {
        const struct tb_seat_row *row = &k->rows[i].row;
        int slot = tb_slot_find(p, row->duty, row->date, row->band, row->role);
        if (slot < 0) {
            char from[64], to[64], date[64];
            tb_roster_free(&roster);
            return wrong(&k->rows[i].src, C_DATE, tb_format_date(row->date, date, sizeof date),
                         tb_arena_printf(
                             &k->arena,
                             tb_t("%s の %s(%s)という席は計画の範囲(%s から %s)にありません",
                                  "there is no seat %s %s (%s) that day within what is planned (%s to %s)"),
                             p->region->duties[row->duty].id, p->region->bands[row->band].id,
                             row->role == TB_RESERVE ? "reserve" : "primary",
                             tb_format_date(p->from, from, sizeof from),
                             tb_format_date(p->to, to, sizeof to)),
                         e);
        }
        if (p->slots[slot].planned || !is_bound(p, slot, row->provider))
            roster.a[roster.n++] = (struct tb_assignment){slot, row->seat, row->provider};
    }
    tb_roster_normalise(p, &roster);
    *out = roster;
    return TB_OK;
}

enum tb_code tb_roster_of(const struct tb_text *t, const struct tb_problem *p, struct tb_roster *out,
                          struct tb_err *e)
{
    struct reading k = {.region = p->region};
    enum tb_code code = read_rows(t, &k, e);
    if (code == TB_OK) code = to_roster(&k, p, out, e);
    reading_free(&k);
    return code;
}

enum tb_code tb_codec_read_roster(const char *path, const struct tb_problem *p, struct tb_roster *out,
                                  const char **encoding, struct tb_err *e)
{
    struct tb_text t;
    enum tb_code code = tb_text_read(path, path, TB_ENCODING_GUESS, &t, e);
    if (code != TB_OK) return code;
    if (encoding != NULL) *encoding = t.encoding;
    code = tb_roster_of(&t, p, out, e);
    tb_text_free(&t);
    return code;
}

static int compare_seats(const void *a, const void *b)
{
    const struct typed_row *x = a, *y = b;
    const int v[][2] = {{x->row.date, y->row.date},
                        {x->row.duty, y->row.duty},
                        {x->row.band, y->row.band},
                        {x->row.role, y->row.role}};
    for (size_t i = 0; i < TB_COUNT(v); i++)
        if (v[i][0] != v[i][1]) return v[i][0] < v[i][1] ? -1 : 1;
    if (x->row.seat != y->row.seat)
        return x->row.seat == 0 ? 1 : y->row.seat == 0 ? -1 : x->row.seat < y->row.seat ? -1 : 1;
    int c = strcmp(x->src.file, y->src.file);
    return c != 0 ? c : (x->src.line > y->src.line) - (x->src.line < y->src.line);
}

/* Rows [first, end) are one slot, those with a seat before those without: these get the lowest free numbers.
 */
static void number(struct typed_row *rows, size_t first, size_t end)
{
    int next = 1;
    for (size_t i = first; i < end; i++) {
        if (rows[i].row.seat > 0) continue;
        for (size_t k = first; k < end && rows[k].row.seat > 0; k++)
            if (rows[k].row.seat == next) next++;
        rows[i].row.seat = next++;
    }
}

static enum tb_code to_seats(struct reading *k, struct tb_seat_row **rows, size_t *n, struct tb_err *e)
{
    if (k->n > 0) qsort(k->rows, k->n, sizeof *k->rows, compare_seats);
    for (size_t i = 1; i < k->n; i++)
        if (k->rows[i].row.seat > 0 && tb_same_slot(&k->rows[i - 1].row, &k->rows[i].row) &&
            k->rows[i - 1].row.seat == k->rows[i].row.seat) {
            char seat[16];
            (void)snprintf(seat, sizeof seat, "%d", k->rows[i].row.seat);
            return wrong(&k->rows[i].src, C_SEAT, seat,
                         tb_t("同じ席が二度あります。席には一人だけです",
                              "the same seat stands there twice; a seat takes one"),
                         e);
        }
    for (size_t first = 0, end; first < k->n; first = end) {
        for (end = first + 1; end < k->n && tb_same_slot(&k->rows[first].row, &k->rows[end].row);) end++;
        number(k->rows, first, end);
    }
    if (k->n > 0) qsort(k->rows, k->n, sizeof *k->rows, compare_seats);
    *rows = tb_xcalloc(k->n, sizeof **rows);
    *n = k->n;
    for (size_t i = 0; i < k->n; i++) (*rows)[i] = k->rows[i].row;
    return TB_OK;
}

enum tb_code tb_seats_of(const struct tb_text *t, const struct tb_region *r, struct tb_seat_row **rows,
                         size_t *n, struct tb_err *e)
{
    struct reading k = {.region = r};
    enum tb_code code = read_rows(t, &k, e);
    if (code == TB_OK) code = to_seats(&k, rows, n, e);
    reading_free(&k);
    return code;
}

enum tb_code tb_codec_read_seats(const char *path, const struct tb_region *r, struct tb_seat_row **rows,
                                 size_t *n, struct tb_err *e)
{
    struct tb_text t;
    enum tb_code code = tb_text_read(path, path, TB_ENCODING_GUESS, &t, e);
    if (code != TB_OK) return code;
    code = tb_seats_of(&t, r, rows, n, e);
    tb_text_free(&t);
    return code;
}
