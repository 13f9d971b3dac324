/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * wire: what the solving child says to its parent. Private to src/plan: both ends are one program, so numbers cross as
 * they lie in memory.
 *
 * The child is started with four descriptors: data to read (MathProg), a pipe for messages, a file for bulk output
 * (exported model, rows), stderr for last words. Each message is a header and `bytes` of payload, read whole.
 */
#ifndef TOBAN_PLAN_WIRE_H
#define TOBAN_PLAN_WIRE_H

#include <stdint.h>

enum { TB_WIRE_DATA = 3, TB_WIRE_PIPE = 4, TB_WIRE_BULK = 5 };

enum tb_wire_type {
    TB_WIRE_SIZES = 1, /* struct tb_wire_sizes, once the rows are generated */
    TB_WIRE_ROSTER,    /* int32 candidates chosen, numbers from 0 */
    TB_WIRE_PROGRESS,  /* struct tb_wire_progress */
    TB_WIRE_CERT,      /* struct tb_wire_cert, then int64 y[rows], int32 start[cliques + 1], int32 member[start[cliques]], int64
                          clique_y[cliques] */
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
    int32_t outcome; /* enum tb_engine_outcome; 0 too when a model was exported */
    int32_t have_bound;
    double obj, bound, seconds;
    char steps[256];
};
/* Bulk form of all rows: this, then cost, lower, upper (int64 each per column), integral (a byte per column), row_lower, row_upper
 * (int64 per row), start (int32, rows + 1), col (int32), coef (int64), in this order. */
struct tb_wire_rows {
    int32_t columns, rows, nonzeros, unused;
};

#endif
