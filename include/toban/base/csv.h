/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * csv: writing CSV (RFC 4180, CR LF) in UTF-8. Reading it, and CP932, is codec's.
 */
#ifndef TOBAN_BASE_CSV_H
#define TOBAN_BASE_CSV_H

#include "toban/base/base.h"

/* One cell: a comma before it unless at the start of a line, quotes where needed. Cells starting with
 * = + - @ tab or CR get a leading apostrophe, because a spreadsheet would run them. */
void tb_csv_cell(struct tb_buf *out, const char *text);
/* The same without the apostrophe: what is no text, or is read again by us. */
void tb_csv_plain(struct tb_buf *out, const char *text);
/* Ends the row. */
void tb_csv_end(struct tb_buf *out);

#endif
