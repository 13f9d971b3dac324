/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * codec: bytes <-> domain. region.json and CSV files, snapshots, CP932. The only user of
 * Jansson and iconv. Never writes to storage, never prints.
 */
#ifndef TOBAN_CODEC_CODEC_H
#define TOBAN_CODEC_CODEC_H

#include "toban/domain/region.h"
#include "toban/domain/problem.h"
#include "toban/base/notes.h"
#include "toban/base/printer.h"

#define TB_CODEC_FILE_MAX (32u * 1024 * 1024) /* bytes of one input file */
#define TB_CODEC_LINE_MAX (64u * 1024)        /* bytes of one CSV record */
#define TB_CODEC_ROWS_MAX 200000              /* rows of one entity */

/* Reads DIR/region.json (required; {"format_version":1,"region":{...},"areas":[{...}],...}: any entity may
 * stand there as a list of objects) and, for every entity of include/toban/domain/fields.h, DIR/<entity>.csv
 * if present (header = field names in any order, missing optional columns allowed). An entity may come from
 * both; keys must differ. DIR/syukujitsu.csv (CP932 or UTF-8, the official list) fills `holidays`. Unknown
 * members, unknown columns, unknown *.csv files are refused. CSV: RFC 4180, UTF-8 with or without BOM; CP932
 * only when region.json says {"encoding":"cp932"} at its top. TB_INPUT with file, line, field, value, rule,
 * and what would be right. */
TB_MUST_USE enum tb_code tb_codec_read_region(const char *dir, struct tb_region **out, struct tb_err *e);
/* Rows that were new, that had a row of the same key before them, and that are no longer there. */
struct tb_import_counts {
    int added, replaced, removed;
};
/* Reads one CSV file of one entity on top of an existing region (import): a row with an existing key changes
 * the columns that the file has and leaves the others, other rows are added, and what the file does not name
 * stays. *out is a new region; `base` is untouched. `counts` may be NULL. */
TB_MUST_USE enum tb_code tb_codec_import_csv(const struct tb_region *base, enum tb_entity_id entity,
                                             const char *path, bool cp932, struct tb_region **out,
                                             struct tb_import_counts *counts, struct tb_err *e);
/* Everything of `over`, and of `base` the rows that `over` does not name. With `replace` of these only what
 * was signed (exceptions); the others go, and `gone` (may be NULL) names each: table and key. */
TB_MUST_USE enum tb_code tb_codec_merge(const struct tb_region *base, const struct tb_region *over,
                                        bool replace, struct tb_notes *gone, struct tb_region **out,
                                        struct tb_import_counts *counts, struct tb_err *e);
/* The same for one row of cells typed in (cells[i] belongs to field i; NULL: not typed, what was there
 * stays); `name` stands for the file in messages. */
TB_MUST_USE enum tb_code tb_codec_import_row(const struct tb_region *base, enum tb_entity_id entity,
                                             const char *const *cells, const char *name,
                                             struct tb_region **out, struct tb_err *e);
/* A variant: every DIR/<entity>.csv laid over the region in one go. A row with an existing key changes the
 * cells of the columns that its file has and keeps the others; other rows are added. Nothing is taken away (a
 * row ends by its `until`, a seat row by its count 0). *out is a new region; `base` is untouched. TB_INPUT
 * also when DIR holds no row. */
TB_MUST_USE enum tb_code tb_codec_overlay(const struct tb_region *base, const char *dir,
                                          struct tb_region **out, int *added, int *changed, struct tb_err *e);
/* The files of a directory that tb_codec_read_region reads to the same region: calls `file` with each, name
 * and bytes. region.json holds what a region is set up from, CSV what clerks type as tables (empty ones are
 * left out). UTF-8 with BOM, or CP932: rows that CP932 cannot hold stand in region.json, and `notes` names
 * each with field, value and character. Same region, same bytes. TB_INPUT: a cell that no reader takes (a
 * gaiji). What `file` returns ends it. */
typedef enum tb_code tb_region_file_fn(void *arg, const char *name, const struct tb_buf *bytes,
                                       struct tb_err *e);
TB_MUST_USE enum tb_code tb_codec_write_directory(const struct tb_region *r, bool cp932,
                                                  tb_region_file_fn *file, void *arg, struct tb_notes *notes,
                                                  struct tb_err *e);
/* Canonical snapshot of a region as JSON text {"format_version":1,"region":{...},...}: the same region gives
 * the same bytes; reading it back gives the same region. */
void tb_codec_write_region(const struct tb_region *r, struct tb_buf *out);
TB_MUST_USE enum tb_code tb_codec_parse_region(const char *name, const char *json, size_t len,
                                               struct tb_region **out, struct tb_err *e);

/* Cells of one row as an object, empty ones left out. */
void tb_codec_print_row(enum tb_entity_id entity, const char *const *cells, tb_printer *p);
/* One way of writing for each value, appended: 9:00 is 09:00, an empty cell its default. Text that is not of
 * its type is left as it is. */
void tb_codec_canonical(const struct tb_field *f, const char *cell, struct tb_buf *out);

/* ---- what became of a row ---- */

/* Canonical cells by field; NULL instead of the array: there was no such row before, or there is none now. */
struct tb_row_change {
    enum tb_entity_id entity;
    char **before, **after;
};
void tb_row_change_clear(struct tb_row_change *x);
void tb_row_changes_free(struct tb_row_change *v, size_t n);
/* Rows that are not the same in both regions, by table and key: of one table, or (TB_E_COUNT) of all. */
void tb_codec_row_changes(const struct tb_region *before, const struct tb_region *after, int table,
                          struct tb_row_change **out, size_t *n);
/* "dec/p1/cannot/2026-12-24": the filled cells of the key, appended. */
void tb_codec_row_key(enum tb_entity_id entity, const char *const *cells, struct tb_buf *out);
/* As the audit trail keeps it, a line of the table's name: {"key":"...","before":{...},"after":{...}}.
 * Reading it back: false when it is not one of that table's; fields that there are no longer are passed over.
 */
void tb_codec_write_change(const struct tb_row_change *x, struct tb_buf *out);
TB_MUST_USE bool tb_codec_parse_change(const char *table, const char *detail, struct tb_row_change *out);

/* The instance: problem as canonical text with the region's snapshot inside, and back (src/codec/problem.c
 * has the form). The region of the problem read is owned by *region. */
void tb_codec_write_problem(const struct tb_problem *p, struct tb_buf *out);
TB_MUST_USE enum tb_code tb_codec_parse_problem(const char *text, size_t len, struct tb_region **region,
                                                struct tb_problem **out, struct tb_err *e);

/* Hand-made roster: CSV with header duty,date,band,role,seat,provider (role and seat optional; also our own
 * roster.csv export) or JSON {"seats":[{...}]} / our roster.json. Rows that name slots outside the problem
 * are TB_INPUT. *encoding (may be NULL) tells "UTF-8" or "CP932", whichever was seen. */
TB_MUST_USE enum tb_code tb_codec_read_roster(const char *path, const struct tb_problem *p,
                                              struct tb_roster *out, const char **encoding, struct tb_err *e);
/* The same without a problem: rows by name, any date. */
TB_MUST_USE enum tb_code tb_codec_read_seats(const char *path, const struct tb_region *r,
                                             struct tb_seat_row **rows, size_t *n, struct tb_err *e);

/* CSV of any other table, UTF-8 or CP932: calls `row` for each record with its cells in the order of `names`
 * (NULL: no such column). The header has these columns in any order, those `needed` all of them, others are
 * passed over. TB_INPUT with file and line. What `row` returns ends the reading. */
struct tb_column {
    const char *name;
    bool needed;
};
TB_MUST_USE enum tb_code tb_codec_read_csv(const char *path, const struct tb_column *columns, int n,
                                           enum tb_code (*row)(void *arg, const char *const *cells, int line,
                                                               struct tb_err *e),
                                           void *arg, struct tb_err *e);

/* docs/reference/region-format.md, from the field tables: the committed file must be this text. */
void tb_codec_format_doc(struct tb_buf *out);

/* UTF-8 to CP932, strict. On a character that has no place there: TB_INPUT naming line and character. */
TB_MUST_USE enum tb_code tb_cp932_from_utf8(const char *s, size_t n, struct tb_buf *out, struct tb_err *e);
TB_MUST_USE enum tb_code tb_utf8_from_cp932(const char *s, size_t n, struct tb_buf *out, struct tb_err *e);

#endif
