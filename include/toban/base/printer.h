/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * printer: one interface for structured output. A use case says shape (objects, lists, members), a back
 * end says syntax. The JSON back end is canonical: members in the order given, no blank
 * space or two-space indent, UTF-8 as is, integers only where integers are meant.
 */
#ifndef TOBAN_BASE_PRINTER_H
#define TOBAN_BASE_PRINTER_H

#include "toban/base/base.h"

typedef struct tb_printer tb_printer;
/* The JSON back end: appends to `out` (borrowed; outlives the printer). indent 0: compact. */
tb_printer *tb_printer_json(struct tb_buf *out, int indent);
void tb_printer_free(tb_printer *p); /* asserts that everything opened was closed */

void tb_print_begin_object(tb_printer *p);
void tb_print_end_object(tb_printer *p);
void tb_print_begin_list(tb_printer *p);
void tb_print_end_list(tb_printer *p);
void tb_print_key(tb_printer *p, const char *key);
void tb_print_string(tb_printer *p, const char *s); /* valid UTF-8, else TB_BUG */
void tb_print_int(tb_printer *p, int64_t v);
/* at most 6 significant decimals; only for timings */
void tb_print_real(tb_printer *p, double v);
void tb_print_bool(tb_printer *p, bool v);
void tb_print_null(tb_printer *p);
/* key and value at once */
void tb_print_kstring(tb_printer *p, const char *key, const char *s);
void tb_print_kint(tb_printer *p, const char *key, int64_t v);
void tb_print_kbool(tb_printer *p, const char *key, bool v);

#endif
