/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What there is to say beside a result.
 */
#include "toban/base/notes.h"

#include <stdarg.h>
#include <stdlib.h>

void tb_notes_add(struct tb_notes *x, const char *fmt, ...)
{
    struct tb_buf line = {0};
    va_list ap;
    va_start(ap, fmt);
    tb_buf_vaddf(&line, fmt, ap);
    va_end(ap);
    *TB_PUSH(x->v, x->n, x->cap) = tb_buf_take(&line);
}

void tb_notes_free(struct tb_notes *x)
{
    for (size_t i = 0; i < x->n; i++) free(x->v[i]);
    free(x->v);
    *x = (struct tb_notes){0};
}
