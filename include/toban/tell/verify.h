/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verify: that the data file holds what its digests say. What it does not hold is an error, not an answer.
 */
#ifndef TOBAN_TELL_VERIFY_H
#define TOBAN_TELL_VERIFY_H

#include "toban/tell/tell.h"

struct tb_tell_intact {
    const char *db;   /* the file's path */
    int64_t upgraded; /* publications of which the facts are those of the day of the upgrade: 1 to this one */
};
void tb_tell_intact_json(const struct tb_tell_intact *x, tb_printer *p);
void tb_tell_intact_text(const struct tb_tell_intact *x, struct tb_buf *out);

#endif
