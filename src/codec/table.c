/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV tables that are no entity of the region.
 */
#include "codec_int.h"

#include <string.h>

enum { COLUMNS_MAX = 32 };

static enum tb_code header(const struct tb_csv *c, const struct tb_column *columns, int n, int *at,
                           struct tb_err *e)
{
    for (int k = 0; k < n; k++) {
        at[k] = -1;
        for (size_t i = 0; i < c->n; i++) {
            if (strcmp(c->cells[i], columns[k].name) != 0) continue;
            if (at[k] >= 0)
                return tb_fail(e, TB_INPUT,
                               tb_t("%s:%d: 列「%s」が二つあります。一つにしてください",
                                    "%s:%d: column \"%s\" stands twice; leave one"),
                               c->name, c->row_line, columns[k].name);
            at[k] = (int)i;
        }
        if (at[k] >= 0 || !columns[k].needed) continue;
        struct tb_buf all = {0};
        for (int i = 0; i < n; i++) tb_buf_addf(&all, "%s%s", i > 0 ? "," : "", columns[i].name);
        enum tb_code code = tb_fail(e, TB_INPUT,
                                    tb_t("%s:%d: 必須の列「%s」がありません。見出しは %s です",
                                         "%s:%d: the required column \"%s\" is missing; the header is %s"),
                                    c->name, c->n > 0 ? c->row_line : 1, columns[k].name, all.s);
        tb_buf_free(&all);
        return code;
    }
    return TB_OK;
}

enum tb_code tb_codec_read_csv(const char *path, const struct tb_column *columns, int n,
                               enum tb_code (*row)(void *arg, const char *const *cells, int line,
                                                   struct tb_err *e),
                               void *arg, struct tb_err *e)
{
    TB_ASSERT(n <= COLUMNS_MAX);
    struct tb_text t;
    struct tb_csv c;
    int at[COLUMNS_MAX];
    enum tb_code code = tb_text_read(path, path, TB_ENCODING_GUESS, &t, e);
    if (code != TB_OK) return code;
    tb_csv_open(&c, &t);
    code = tb_csv_next(&c, e);
    size_t width = c.n, rows = 0;
    if (code == TB_OK) code = header(&c, columns, n, at, e);
    while (code == TB_OK) {
        const char *cells[COLUMNS_MAX] = {0};
        code = tb_csv_next(&c, e);
        if (code != TB_OK || c.n == 0) break;
        if (c.n != width) {
            code = tb_fail(e, TB_INPUT,
                           tb_t("%s:%d: 列の数が %zu です。見出しと同じ %zu にしてください",
                                "%s:%d: %zu cells; write %zu, as many as the header has"),
                           c.name, c.row_line, c.n, width);
            break;
        }
        if (++rows > TB_CODEC_ROWS_MAX) {
            code = tb_fail(
                e, TB_INPUT,
                tb_t("%s: 行が多すぎます。%d 行以下にしてください", "%s: too many rows; at most %d are read"),
                c.name, TB_CODEC_ROWS_MAX);
            break;
        }
        for (int k = 0; k < n; k++)
            if (at[k] >= 0) cells[k] = c.cells[at[k]];
        code = row(arg, cells, c.row_line, e);
    }
    tb_csv_close(&c);
    tb_text_free(&t);
    return code;
}
