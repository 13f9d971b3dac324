/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A region as the files of a directory, which read_region reads to the same region.
 */
#include "codec_int.h"

#include <stdio.h>
#include <stdlib.h>

#include "toban/base/csv.h"

#define BOM "\xEF\xBB\xBF"

/* What a region is set up from, once, stands in region.json; what clerks type as tables is CSV. */
static const bool in_main[TB_E_COUNT] = {
    [TB_E_region_row] = true, [TB_E_body] = true,    [TB_E_kind] = true,   [TB_E_speciality] = true,
    [TB_E_class] = true,      [TB_E_period] = true,  [TB_E_duty] = true,   [TB_E_band] = true,
    [TB_E_seat] = true,       [TB_E_contact] = true, [TB_E_share] = true,  [TB_E_formula] = true,
    [TB_E_ledger] = true,     [TB_E_rule] = true,    [TB_E_survey] = true, [TB_E_complaint] = true,
    [TB_E_modifier] = true,   [TB_E_scale] = true,   [TB_E_line] = true,   [TB_E_recipient] = true,
    [TB_E_retention] = true,
};

/* Rows of each table that CP932 cannot hold. */
struct left_over {
    int *v;
    size_t n, cap;
};

struct writing {
    const struct tb_region *r;
    bool cp932;
    struct tb_notes *notes;
    struct left_over left[TB_E_COUNT];
};

static void row_name(const struct tb_region *r, int entity, int row, struct tb_buf *out)
{
    const struct tb_entity *ent = &tb_entities[entity];
    bool first = true;
    for (int f = 0; f < ent->n_fields; f++) {
        struct tb_buf cell = {0};
        tb_region_cell(r, (enum tb_entity_id)entity, row, f, &cell);
        if ((ent->fields[f].flags & TB_FIELD_KEY) && cell.len) {
            tb_buf_addf(out, "%s%s", first ? "" : "/", cell.s);
            first = false;
        }
        tb_buf_free(&cell);
    }
}

/* What no reader takes: typed by a program of before that looked at it less closely. */
static enum tb_code readable(const struct tb_region *r, int entity, int row, struct tb_err *e)
{
    const struct tb_entity *ent = &tb_entities[entity];
    enum tb_code c = TB_OK;
    for (int f = 0; f < ent->n_fields && c == TB_OK; f++) {
        struct tb_buf cell = {0}, name = {0};
        tb_region_cell(r, (enum tb_entity_id)entity, row, f, &cell);
        uint32_t odd = tb_cell_odd(tb_buf_str(&cell));
        if (odd != 0) {
            row_name(r, entity, row, &name);
            c = tb_fail(e, TB_INPUT, "%s %s: %s \"%s\": %s", ent->name, tb_buf_str(&name),
                        ent->fields[f].name, tb_buf_str(&cell), tb_text_odd_rule(odd));
        }
        tb_buf_free(&cell);
        tb_buf_free(&name);
    }
    return c;
}

static void csv_header(const struct tb_entity *ent, struct tb_buf *out)
{
    for (int f = 0; f < ent->n_fields; f++) tb_csv_plain(out, ent->fields[f].name);
    tb_csv_end(out);
}

static void csv_row(const struct tb_region *r, int entity, int row, struct tb_buf *out)
{
    const struct tb_entity *ent = &tb_entities[entity];
    for (int f = 0; f < ent->n_fields; f++) {
        struct tb_buf cell = {0}, guarded = {0};
        tb_region_cell(r, (enum tb_entity_id)entity, row, f, &cell);
        const char *text = tb_buf_str(&cell);
        if (ent->fields[f].type == TB_TYPE_TEXT && tb_csv_runs(text)) {
            tb_buf_addf(&guarded, "'%s", text);
            text = guarded.s;
        }
        tb_csv_plain(out, text);
        tb_buf_free(&cell);
        tb_buf_free(&guarded);
    }
    tb_csv_end(out);
}

void tb_region_csv(const struct tb_region *r, int entity, struct tb_buf *out)
{
    csv_header(&tb_entities[entity], out);
    for (int i = 0; i < tb_region_count(r, (enum tb_entity_id)entity); i++) csv_row(r, entity, i, out);
}

/* The first character of the row that is the cause. */
static void note_left(struct writing *w, int entity, int row)
{
    const struct tb_entity *ent = &tb_entities[entity];
    struct tb_buf name = {0}, at = {0};
    row_name(w->r, entity, row, &name);
    for (int f = 0; f < ent->n_fields && !at.len; f++) {
        struct tb_buf cell = {0}, there = {0};
        tb_region_cell(w->r, (enum tb_entity_id)entity, row, f, &cell);
        if (cell.len && !tb_text_to_cp932(cell.s, cell.len, &there))
            for (size_t i = 0, n; i < cell.len && !at.len; i += n) {
                unsigned char b = (unsigned char)cell.s[i];
                n = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
                if (!tb_text_to_cp932(cell.s + i, n, &there))
                    tb_buf_addf(&at, tb_t("%s「%s」の「%.*s」", "%s \"%s\": \"%.*s\""), ent->fields[f].name,
                                cell.s, (int)n, cell.s + i);
            }
        tb_buf_free(&cell);
        tb_buf_free(&there);
    }
    tb_notes_add(w->notes,
                 tb_t("%s.csv: %s の行は CP932 で書けません（%s）。この行は region.json に書きました",
                      "%s.csv: the row %s cannot be written in CP932 (%s): it stands in region.json"),
                 ent->name, tb_buf_str(&name), at.len ? at.s : "-");
    tb_buf_free(&name);
    tb_buf_free(&at);
}

static enum tb_code write_table(struct writing *w, int entity, tb_region_file_fn *file, void *arg,
                                struct tb_err *e)
{
    const struct tb_entity *ent = &tb_entities[entity];
    struct left_over *left = &w->left[entity];
    int n = tb_region_count(w->r, (enum tb_entity_id)entity);
    struct tb_buf bytes = {0};
    enum tb_code c = TB_OK;
    if (!w->cp932) tb_buf_add(&bytes, BOM);
    csv_header(ent, &bytes);
    for (int i = 0; i < n && c == TB_OK; i++) {
        struct tb_buf row = {0};
        c = readable(w->r, entity, i, e);
        csv_row(w->r, entity, i, &row);
        if (!w->cp932)
            tb_buf_addn(&bytes, row.s, row.len);
        else if (c == TB_OK && !tb_text_to_cp932(row.s, row.len, &bytes)) {
            *TB_PUSH(left->v, left->n, left->cap) = i;
            note_left(w, entity, i);
        }
        tb_buf_free(&row);
    }
    if (c == TB_OK && (size_t)n > left->n) {
        char name[80];
        (void)snprintf(name, sizeof name, "%s.csv", ent->name);
        c = file(arg, name, &bytes, e);
    }
    tb_buf_free(&bytes);
    return c;
}

/* A row a line, as people write it. */
static void main_row(const struct tb_region *r, int entity, int row, struct tb_buf *out)
{
    tb_printer *p = tb_printer_json(out, 0);
    tb_region_print_row(r, entity, row, p);
    tb_printer_free(p);
}

static enum tb_code write_main(const struct writing *w, tb_region_file_fn *file, void *arg, struct tb_err *e)
{
    struct tb_buf b = {0};
    enum tb_code c = TB_OK;
    tb_buf_add(&b, "{\n  \"format_version\": 1");
    if (w->cp932) tb_buf_add(&b, ",\n  \"encoding\": \"cp932\"");
    for (int i = 0; i < TB_E_COUNT && c == TB_OK; i++) {
        const struct left_over *left = &w->left[i];
        int n = in_main[i] ? tb_region_count(w->r, (enum tb_entity_id)i) : (int)left->n;
        if (n == 0) continue;
        tb_buf_addf(&b, ",\n  \"%s\": %s", tb_entities[i].name, i == TB_E_region_row ? "" : "[");
        for (int k = 0; k < n && c == TB_OK; k++) {
            int row = in_main[i] ? k : left->v[k];
            if (i != TB_E_region_row) tb_buf_addf(&b, "%s\n    ", k ? "," : "");
            c = readable(w->r, i, row, e);
            if (c == TB_OK) main_row(w->r, i, row, &b);
        }
        if (i != TB_E_region_row) tb_buf_add(&b, "\n  ]");
    }
    tb_buf_add(&b, "\n}\n");
    if (c == TB_OK) c = file(arg, "region.json", &b, e);
    tb_buf_free(&b);
    return c;
}

enum tb_code tb_codec_write_directory(const struct tb_region *r, bool cp932, tb_region_file_fn *file,
                                      void *arg, struct tb_notes *notes, struct tb_err *e)
{
    struct writing w = {.r = r, .cp932 = cp932, .notes = notes};
    enum tb_code c = TB_OK;
    for (int i = 0; i < TB_E_COUNT && c == TB_OK; i++)
        if (!in_main[i] && tb_region_count(r, (enum tb_entity_id)i)) c = write_table(&w, i, file, arg, e);
    if (c == TB_OK) c = write_main(&w, file, arg, e);
    for (int i = 0; i < TB_E_COUNT; i++) free(w.left[i].v);
    return c;
}
