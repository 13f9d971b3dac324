/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV after RFC 4180, lines ended by LF, CR LF or CR. Strict where a lenient reader would shift columns: a
 * stray quotation mark or a row with another number of cells is an error with its place.
 */
#include "codec_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tb_csv_open(struct tb_csv *c, const struct tb_text *t)
{
    *c = (struct tb_csv){.name = t->name, .s = t->s, .len = t->len, .line = 1, .column = 1};
}

void tb_csv_close(struct tb_csv *c)
{
    free(c->cells);
    *c = (struct tb_csv){0};
}

static bool at_end(const struct tb_csv *c) { return c->pos == c->len; }

static bool at_line_end(const struct tb_csv *c)
{
    return at_end(c) || c->s[c->pos] == '\n' || c->s[c->pos] == '\r';
}

/* Passes one byte, or CR LF as one. Returns the byte, LF for any line end. */
static char step(struct tb_csv *c)
{
    char b = c->s[c->pos++];
    if (b == '\r') {
        if (!at_end(c) && c->s[c->pos] == '\n') c->pos++;
        b = '\n';
    }
    if (b == '\n') {
        c->line++;
        c->column = 1;
    } else if (((unsigned char)b & 0xC0) != 0x80) {
        c->column++;
    }
    return b;
}

static enum tb_code too_long(const struct tb_csv *c, struct tb_err *e)
{
    return tb_fail(
        e, TB_INPUT,
        tb_t("%s:%d: この行は %u バイトを超えます。引用符が閉じていないか、CSV ではないようです",
             "%s:%d: this row is longer than %u bytes; a quotation mark is not closed, or this is no CSV"),
        c->name, c->row_line, TB_CODEC_LINE_MAX);
}

/* The cell is written over its own quoted form, which is longer. */
static enum tb_code quoted(struct tb_csv *c, size_t start, char **end, struct tb_err *e)
{
    int line = c->line, column = c->column;
    (void)step(c);
    char *to = c->s + c->pos;
    for (;;) {
        if (at_end(c))
            return tb_fail(
                e, TB_INPUT,
                tb_t("%s:%d:%d: ここで開いた引用符 \" が閉じていません。値の終わりに \" を書いてください",
                     "%s:%d:%d: the quotation mark opened here is never closed; write \" at the end of the "
                     "value"),
                c->name, line, column);
        if (c->pos - start > TB_CODEC_LINE_MAX) return too_long(c, e);
        char b = step(c);
        if (b == '"') {
            if (at_end(c) || c->s[c->pos] != '"') break;
            (void)step(c);
        }
        *to++ = b;
    }
    *end = to;
    if (at_line_end(c) || c->s[c->pos] == ',') return TB_OK;
    return tb_fail(e, TB_INPUT,
                   tb_t("%s:%d:%d: 引用符 \" のあとに文字があります。値の中の \" は \"\" と書いてください",
                        "%s:%d:%d: text after the closing quotation mark; write \"\" for a quotation mark "
                        "inside the value"),
                   c->name, c->line, c->column);
}

static enum tb_code unquoted(struct tb_csv *c, size_t start, char **end, struct tb_err *e)
{
    while (!at_line_end(c) && c->s[c->pos] != ',') {
        if (c->s[c->pos] == '"')
            return tb_fail(e, TB_INPUT,
                           tb_t("%s:%d:%d: 引用符 \" が値の途中にあります。値全体を \" で囲み、中の \" は "
                                "\"\" と書いてください",
                                "%s:%d:%d: a quotation mark inside a value; put the whole value in \" and "
                                "write \"\" for the mark"),
                           c->name, c->line, c->column);
        if (c->pos - start > TB_CODEC_LINE_MAX) return too_long(c, e);
        (void)step(c);
    }
    *end = c->s + c->pos;
    return TB_OK;
}

static enum tb_code record(struct tb_csv *c, struct tb_err *e)
{
    size_t start = c->pos;
    c->row_line = c->line;
    c->n = 0;
    for (;;) {
        bool marks = !at_end(c) && c->s[c->pos] == '"';
        char *cell = c->s + c->pos + marks, *end = cell;
        enum tb_code code = marks ? quoted(c, start, &end, e) : unquoted(c, start, &end, e);
        if (code != TB_OK) return code;
        *TB_PUSH(c->cells, c->n, c->cap) = cell;
        char after = at_end(c) ? '\n' : step(c);
        *end = '\0'; /* only now: it may stand on the separator */
        if (after == '\n') return TB_OK;
    }
}

enum tb_code tb_csv_next(struct tb_csv *c, struct tb_err *e)
{
    c->n = 0;
    while (!at_end(c) && at_line_end(c)) (void)step(c);
    if (at_end(c)) return TB_OK;
    if (c->rows++ > TB_CODEC_ROWS_MAX)
        return tb_fail(e, TB_INPUT,
                       tb_t("%s:%d: 行が多すぎます。%d 行以下にしてください",
                            "%s:%d: too many rows; at most %d are read"),
                       c->name, c->line, TB_CODEC_ROWS_MAX);
    return record(c, e);
}

/* ---- rows of an entity ------------------------------------------------------------------------ */

void tb_entity_names(const struct tb_entity *entity, struct tb_buf *out)
{
    for (int i = 0; i < entity->n_fields; i++)
        tb_buf_addf(out, "%s%s", i > 0 ? ", " : "", entity->fields[i].name);
}

static enum tb_code unknown_column(const struct tb_csv *c, const struct tb_entity *entity, size_t i,
                                   struct tb_err *e)
{
    struct tb_buf names = {0};
    tb_entity_names(entity, &names);
    (void)tb_fail(e, TB_INPUT,
                  tb_t("%s:%d: 列「%.80s」(%zu 列目)はありません。使える列: %s",
                       "%s:%d: column \"%.80s\" (number %zu) is unknown; there are %s"),
                  c->name, c->row_line, c->cells[i], i + 1, tb_buf_str(&names));
    tb_buf_free(&names);
    return TB_INPUT;
}

/* field_of[i]: the field in column i; column_of[f]: the column of field f, or -1. */
static enum tb_code header(const struct tb_csv *c, const struct tb_entity *entity, unsigned needed,
                           int *field_of, int *column_of, struct tb_err *e)
{
    for (int f = 0; f < entity->n_fields; f++) column_of[f] = -1;
    for (size_t i = 0; i < c->n; i++) {
        int f = tb_field_find(entity, c->cells[i]);
        if (f < 0) return unknown_column(c, entity, i, e);
        if (column_of[f] >= 0)
            return tb_fail(e, TB_INPUT,
                           tb_t("%s:%d: 列「%s」が二つあります(%d 列目と %zu 列目)。一つにしてください",
                                "%s:%d: column \"%s\" stands twice (numbers %d and %zu); leave one"),
                           c->name, c->row_line, c->cells[i], column_of[f] + 1, i + 1);
        column_of[f] = (int)i;
        field_of[i] = f;
    }
    for (int f = 0; f < entity->n_fields; f++) {
        const struct tb_field *field = &entity->fields[f];
        if (column_of[f] < 0 && (field->flags & needed) != 0 && (field->flags & TB_FIELD_REQUIRED) != 0 &&
            field->def[0] == '\0')
            return tb_fail(e, TB_INPUT,
                           tb_t("%s:%d: 必須の列「%s」(%s)がありません。見出しに加えてください",
                                "%s:%d: the required column \"%s\" (%s) is missing; add it to the header"),
                           c->name, c->row_line, field->name, tb_t(field->ja, field->en));
    }
    return TB_OK;
}

bool tb_csv_runs(const char *text)
{
    char c = text[strspn(text, "'")];
    return c != '\0' && strchr("=+-@", c) != NULL;
}

static enum tb_code one_row(const struct tb_csv *c, const struct tb_entity *entity, const int *field_of,
                            tb_row_fn *row, void *arg, struct tb_err *e)
{
    const char *cells[TB_FIELDS_MAX] = {0};
    for (size_t i = 0; i < c->n; i++) {
        const struct tb_field *f = &entity->fields[field_of[i]];
        uint32_t odd = tb_cell_odd(c->cells[i]);
        if (odd != 0)
            return tb_fail(e, TB_INPUT, "%s:%d: %s.%s: %s", c->name, c->row_line, entity->name, f->name,
                           tb_text_odd_rule(odd));
        const char *cell = c->cells[i];
        if (f->type == TB_TYPE_TEXT && cell[0] == '\'' && tb_csv_runs(cell)) cell++;
        cells[field_of[i]] = cell;
    }
    return row(arg, cells, c->row_line, e);
}

static enum tb_code body(struct tb_csv *c, const struct tb_entity *entity, const int *field_of,
                         size_t columns, tb_row_fn *row, void *arg, struct tb_err *e)
{
    for (;;) {
        enum tb_code code = tb_csv_next(c, e);
        if (code != TB_OK || c->n == 0) return code;
        if (c->n != columns)
            return tb_fail(
                e, TB_INPUT,
                tb_t("%s:%d: 列の数が %zu です。見出しと同じ %zu にしてください(空の値も , で区切ります)",
                     "%s:%d: %zu cells; write %zu, as many as the header has (a comma for an empty one too)"),
                c->name, c->row_line, c->n, columns);
        code = one_row(c, entity, field_of, row, arg, e);
        if (code != TB_OK) return code;
    }
}

static enum tb_code read_rows(const struct tb_entity *entity, const struct tb_text *t, unsigned needed,
                              tb_row_fn *row, void *arg, struct tb_err *e)
{
    TB_ASSERT(entity->n_fields <= TB_FIELDS_MAX);
    int field_of[TB_FIELDS_MAX], column_of[TB_FIELDS_MAX];
    struct tb_csv c;
    tb_csv_open(&c, t);
    enum tb_code code = tb_csv_next(&c, e);
    if (code == TB_OK && c.n == 0) {
        struct tb_buf names = {0};
        tb_entity_names(entity, &names);
        code = tb_fail(e, TB_INPUT,
                       tb_t("%s:1: 空のファイルです。1 行目に列の名を書いてください: %s",
                            "%s:1: the file is empty; its first line must name the columns: %s"),
                       t->name, tb_buf_str(&names));
        tb_buf_free(&names);
    }
    /* Every column is another field, so the columns of a good header fit the arrays. */
    if (code == TB_OK) code = header(&c, entity, needed, field_of, column_of, e);
    if (code == TB_OK) code = body(&c, entity, field_of, c.n, row, arg, e);
    tb_csv_close(&c);
    return code;
}

enum tb_code tb_entity_csv(const struct tb_entity *entity, const struct tb_text *t, tb_row_fn *row, void *arg,
                           struct tb_err *e)
{
    return read_rows(entity, t, TB_FIELD_REQUIRED, row, arg, e);
}

enum tb_code tb_entity_csv_part(const struct tb_entity *entity, const struct tb_text *t, tb_row_fn *row,
                                void *arg, struct tb_err *e)
{
    return read_rows(entity, t, TB_FIELD_KEY, row, arg, e);
}
