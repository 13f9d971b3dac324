/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * wire: what the solving child says to its parent. Private to src/plan: both ends are one program, so numbers
 * cross as they lie in memory.
 *
 * The child is started with four descriptors: data to read (to solve: the program; to export or to tell rows:
 * MathProg data), a pipe for messages, a file for bulk output (exported model, rows), stderr for last words.
 * Each message is a header and `bytes` of payload, read whole.
 */
#ifndef TOBAN_PLAN_WIRE_H
#define TOBAN_PLAN_WIRE_H

#include "toban/domain/check.h"

#include <stdint.h>

enum { TB_WIRE_DATA = 3, TB_WIRE_PIPE = 4, TB_WIRE_BULK = 5 };

enum tb_wire_type {
    TB_WIRE_SIZES = 1, /* struct tb_wire_sizes, once the rows are generated */
    TB_WIRE_ROSTER,    /* int32 candidates chosen, numbers from 0 */
    TB_WIRE_PROGRESS,  /* struct tb_wire_progress */
    TB_WIRE_CERT,      /* struct tb_wire_cert, then int64 y[rows], int32 start[cliques + 1], int32
                          member[start[cliques]], int64      clique_y[cliques] */
    TB_WIRE_BASIS,     /* a byte per row, then per column */
    TB_WIRE_END        /* struct tb_wire_end; nothing follows */
};
struct tb_wire_header {
    uint32_t type, bytes;
};
struct tb_wire_sizes {
    int32_t columns, rows;
    double seconds;
};
struct tb_wire_progress {
    char phase[16];
    double best, bound; /* NAN: none */
};
struct tb_wire_cert {
    int64_t scale;
    int64_t bound; /* rounded up to an integer */
    int32_t rows, cliques;
};
struct tb_wire_end {
    int32_t outcome; /* enum mip_outcome; 0 too when a model was exported */
    int32_t have_bound;
    double obj, bound, seconds;
    char steps[256];
};
/* All rows in a file: this, then cost, lower, upper (int64 each per column), row_lower, row_upper (int64 per
 * row), coef (int64), start (int32, rows + 1), col (int32), integral (a byte per column). A program to solve
 * goes on with its candidate (int32 per column) and, unless the file ends there, with values to begin with
 * (int64 per column) and, unless it ends there, the basis of an earlier solve. */
struct tb_wire_rows {
    int32_t columns, rows, nonzeros, unused;
};

bool tb_wire_put(int fd, const void *bytes, size_t n);
/* The whole file; *bytes is owned by the caller, also after false. */
bool tb_wire_get(int fd, char **bytes, size_t *n);
bool tb_wire_put_rows(int fd, const struct tb_rows *r);
/* Reads on at *at; false when there is less than it should be. */
bool tb_wire_get_rows(const char **at, const char *end, struct tb_rows *out);
/* An array of its own out of n elements at *at; NULL when there are fewer. */
void *tb_wire_cut(const char **at, const char *end, size_t n, size_t size);

#endif
