/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/find: what a word may mean.
 */
#ifndef TOBAN_TELL_FIND_H
#define TOBAN_TELL_FIND_H

#include "toban/app/find.h"
#include "toban/tell/tell.h"

struct tb_tell_found {
    const char *word;
    const struct tb_found *found;
};
void tb_tell_found_json(const struct tb_tell_found *x, tb_printer *p);
void tb_tell_found_text(const struct tb_tell_found *x, struct tb_buf *out);

#endif
