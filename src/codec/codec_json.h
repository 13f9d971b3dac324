/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON documents: the only files that see Jansson's types include this.
 */
#ifndef TOBAN_CODEC_JSON_H
#define TOBAN_CODEC_JSON_H

#include <jansson.h>

#include "codec_int.h"

/* Values of a file from people; of an instance, which this program wrote; and how deep both may be nested. */
enum { TB_JSON_VALUES_MAX = 1000000, TB_JSON_INSTANCE_MAX = 8000000, TB_JSON_DEPTH_MAX = 32 };

/* A document whose root is an object. Jansson keeps no lines, so those of the root's objects and of the
 * objects in the root's lists are found in the text: `lines`, in document order. */
struct tb_doc {
    const char *name; /* borrowed */
    json_t *root;
    int *lines;
    size_t n_lines, next;
    bool flat;             /* written in one line: rows are told by list and index */
    struct tb_arena arena; /* of cells and places */
};
enum tb_code tb_doc_open(const struct tb_text *t, int values_max, struct tb_doc *out, struct tb_err *e);
void tb_doc_close(struct tb_doc *d);

/* Where a row stands; told by `list` and `index` when lines would say nothing. Rows must be asked for in
 * document order, once each. */
struct tb_src tb_doc_place(struct tb_doc *d, const char *list, size_t index);
/* "file:line" or "file", for messages. */
const char *tb_doc_where(struct tb_doc *d, const struct tb_src *at);

/* The cell text of a value ("" for null): strings, whole numbers, decimals, yes/no, lists joined by ';'.
 * NULL: *wrong says what would be right. */
const char *tb_doc_cell(struct tb_doc *d, const json_t *value, const char **wrong);

/* Feeds all rows of a region document to the loader. *encoding (may be NULL): of the CSV files beside it. */
enum tb_code tb_doc_region(struct tb_doc *d, struct tb_loader *l, enum tb_encoding *encoding,
                           struct tb_err *e);

#endif
