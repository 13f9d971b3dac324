/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of this room share: bytes -> checked text -> CSV records or JSON rows -> the loader.
 */
#ifndef TOBAN_CODEC_INT_H
#define TOBAN_CODEC_INT_H

#include "toban/codec/codec.h"

/* ---- text of one file (text.c) --------------------------------------------------------------- */

enum tb_encoding {
    TB_ENCODING_UTF8,  /* said, or by default: anything else is refused */
    TB_ENCODING_CP932, /* said */
    TB_ENCODING_JSON,  /* UTF-8 always: nothing could be said */
    TB_ENCODING_GUESS  /* files from elsewhere: UTF-8 when valid, else CP932 */
};

/* Valid UTF-8 without BOM, control characters (but tab, CR, LF) and characters of private use;
 * NUL-terminated. */
struct tb_text {
    const char *name; /* in messages; borrowed */
    char *s;          /* owned */
    size_t len;
    const char *encoding; /* "UTF-8" or "CP932" */
};
enum tb_code tb_text_read(const char *path, const char *name, enum tb_encoding said, struct tb_text *out,
                          struct tb_err *e);
enum tb_code tb_text_of(const char *name, const char *bytes, size_t len, enum tb_encoding said,
                        struct tb_text *out, struct tb_err *e);
void tb_text_free(struct tb_text *t);
/* Text as CP932, appended; false, and nothing appended: it would come back as another text, or not at all. */
bool tb_text_to_cp932(const char *s, size_t n, struct tb_buf *out);

/* The first character of valid UTF-8 text that has no place in a file (control, private use, BOM), or 0. */
uint32_t tb_text_odd(const char *s, size_t len, size_t *at);
/* The same for one cell, where tab and line ends have no place either. */
uint32_t tb_cell_odd(const char *s);
/* What is wrong with such a character and what would be right, in the language set. */
const char *tb_text_odd_rule(uint32_t c);

/* ---- CSV records (csv.c) --------------------------------------------------------------------- */

/* Reads in place: cells point into the text and last until the next record is read. */
struct tb_csv {
    const char *name;
    char *s;
    size_t len, pos;
    int line, column; /* of s[pos], both from 1; the column counts characters */
    int row_line;     /* where the record read last begins */
    size_t rows;
    char **cells;
    size_t n, cap;
};
void tb_csv_open(struct tb_csv *c, const struct tb_text *t);
/* c->n == 0: the end. Empty lines are passed over. */
enum tb_code tb_csv_next(struct tb_csv *c, struct tb_err *e);
void tb_csv_close(struct tb_csv *c);

/* ---- cells of one row, by field -------------------------------------------------------------- */

enum { TB_FIELDS_MAX = 64 };

/* Rows of one entity from CSV text: calls `row` for each with cells in the order of the entity's fields. */
typedef enum tb_code tb_row_fn(void *arg, const char *const *cells, int line, struct tb_err *e);
enum tb_code tb_entity_csv(const struct tb_entity *entity, const struct tb_text *t, tb_row_fn *row, void *arg,
                           struct tb_err *e);
/* The same where only the columns of the key must be there; the cells of a column that is not are NULL. */
enum tb_code tb_entity_csv_part(const struct tb_entity *entity, const struct tb_text *t, tb_row_fn *row,
                                void *arg, struct tb_err *e);

/* A cell of text that a spreadsheet would run (= + - @ after any apostrophes) bears one apostrophe more in a
 * CSV that we write; the reader takes it off. */
bool tb_csv_runs(const char *text);

/* "a, b, c": names of the entity's fields, appended. */
void tb_entity_names(const struct tb_entity *entity, struct tb_buf *out);

/* ---- parts of larger documents ---------------------------------------------------------------- */

/* Rows of a hand-made roster whose text is at hand. */
enum tb_code tb_roster_of(const struct tb_text *t, const struct tb_problem *p, struct tb_roster *out,
                          struct tb_err *e);
enum tb_code tb_seats_of(const struct tb_text *t, const struct tb_region *r, struct tb_seat_row **rows,
                         size_t *n, struct tb_err *e);
/* One row of the snapshot as an object. */
void tb_region_print_row(const struct tb_region *r, int entity, int row, tb_printer *p);
/* A table of the snapshot as CSV with all columns, appended. */
void tb_region_csv(const struct tb_region *r, int entity, struct tb_buf *out);

#endif
