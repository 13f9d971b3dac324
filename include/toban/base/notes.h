/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * notes: what there is to say beside a result, a line each: a file left out, a consent that says nothing any
 * more. They are no failure, and whoever shows the result shows them.
 */
#ifndef TOBAN_BASE_NOTES_H
#define TOBAN_BASE_NOTES_H

#include "toban/base/base.h"

struct tb_notes {
    char **v;
    size_t n, cap;
};
void tb_notes_add(struct tb_notes *x, const char *fmt, ...) TB_PRINTF(2, 3);
void tb_notes_free(struct tb_notes *x);

#endif
