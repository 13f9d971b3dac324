/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verify: that the data file holds what its digests say. What it does not hold is an error, not an answer.
 */
#ifndef TOBAN_TELL_VERIFY_H
#define TOBAN_TELL_VERIFY_H

#include "toban/tell/tell.h"

/* `db`: the file's path. */
void tb_tell_intact_json(const char *db, tb_printer *p);
void tb_tell_intact_text(const char *db, struct tb_buf *out);

#endif
