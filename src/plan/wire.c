/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * wire: a program as it lies in a memory file, both ways.
 */
#include "wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool tb_wire_put(int fd, const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n > 0) {
        ssize_t k = write(fd, at, n);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        at += k;
        n -= (size_t)k;
    }
    return true;
}

bool tb_wire_get(int fd, char **bytes, size_t *n)
{
    off_t end = lseek(fd, 0, SEEK_END);
    *n = end > 0 ? (size_t)end : 0;
    *bytes = tb_xcalloc(*n + 1, 1);
    for (size_t at = 0; at < *n;) {
        ssize_t k = pread(fd, *bytes + at, *n - at, (off_t)at);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        at += (size_t)k;
    }
    return true;
}

bool tb_wire_put_rows(int fd, const struct tb_rows *r)
{
    size_t n = (size_t)r->n_cols, m = (size_t)r->n_rows, nz = (size_t)r->start[m];
    struct tb_wire_rows head = {r->n_cols, r->n_rows, r->start[m], 0};
    return tb_wire_put(fd, &head, sizeof head) && tb_wire_put(fd, r->cost, n * sizeof *r->cost) &&
           tb_wire_put(fd, r->lower, n * sizeof *r->lower) &&
           tb_wire_put(fd, r->upper, n * sizeof *r->upper) &&
           tb_wire_put(fd, r->row_lower, m * sizeof *r->row_lower) &&
           tb_wire_put(fd, r->row_upper, m * sizeof *r->row_upper) &&
           tb_wire_put(fd, r->coef, nz * sizeof *r->coef) &&
           tb_wire_put(fd, r->start, (m + 1) * sizeof *r->start) &&
           tb_wire_put(fd, r->col, nz * sizeof *r->col) &&
           tb_wire_put(fd, r->integral, n * sizeof *r->integral);
}

void *tb_wire_cut(const char **at, const char *end, size_t n, size_t size)
{
    if ((size_t)(end - *at) < n * size) return NULL;
    void *v = tb_xcalloc(n + 1, size);
    memcpy(v, *at, n * size);
    *at += n * size;
    return v;
}

bool tb_wire_get_rows(const char **at, const char *end, struct tb_rows *out)
{
    struct tb_wire_rows h;
    *out = (struct tb_rows){0};
    if ((size_t)(end - *at) < sizeof h) return false;
    memcpy(&h, *at, sizeof h);
    *at += sizeof h;
    if (h.columns < 0 || h.rows < 0 || h.nonzeros < 0) return false;
    size_t n = (size_t)h.columns, m = (size_t)h.rows, nz = (size_t)h.nonzeros;
    bool ok = (out->cost = tb_wire_cut(at, end, n, sizeof *out->cost)) &&
              (out->lower = tb_wire_cut(at, end, n, sizeof *out->lower)) &&
              (out->upper = tb_wire_cut(at, end, n, sizeof *out->upper)) &&
              (out->row_lower = tb_wire_cut(at, end, m, sizeof *out->row_lower)) &&
              (out->row_upper = tb_wire_cut(at, end, m, sizeof *out->row_upper)) &&
              (out->coef = tb_wire_cut(at, end, nz, sizeof *out->coef)) &&
              (out->start = tb_wire_cut(at, end, m + 1, sizeof *out->start)) &&
              (out->col = tb_wire_cut(at, end, nz, sizeof *out->col)) &&
              (out->integral = tb_wire_cut(at, end, n, sizeof *out->integral));
    if (!ok) {
        tb_rows_free(out);
        return false;
    }
    out->n_cols = h.columns;
    out->n_rows = h.rows;
    return true;
}
