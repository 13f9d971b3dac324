/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/words: members and whole documents, as every answer writes them.
 */
#ifndef TOBAN_TELL_WORDS_H
#define TOBAN_TELL_WORDS_H

#include "toban/tell/tell.h"

/* A member: the instant, or null (INT64_MIN, which is TB_NEVER). */
void tb_tell_instant(tb_printer *p, const char *key, tb_minute m);
/* A member: the date. */
void tb_tell_date(tb_printer *p, const char *key, tb_day d);

/* A whole document: opens {"format_version":1, and "command" unless it is NULL. `indent` as in printer.h. */
tb_printer *tb_tell_begin(struct tb_buf *out, const char *command, int indent);
/* Closes it, frees the printer, ends the line. */
void tb_tell_end(tb_printer *p, struct tb_buf *out);

#endif
