/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What pages share: head, escaping, numbers as an office writes them.
 */
#ifndef TOBAN_PUBLISH_PAGE_H
#define TOBAN_PUBLISH_PAGE_H

#include "toban/base/base.h"

void page_text(struct tb_buf *out, const char *s);
void page_element(struct tb_buf *out, const char *open, const char *s, const char *close);
/* Up to and with <body>. */
void page_begin(struct tb_buf *out, const char *title);
void page_end(struct tb_buf *out);
/* Thousands with commas; "−" for minus. `sign`: "＋" and "±0" too. */
void page_number(struct tb_buf *out, int64_t v, bool sign);
/* Tenths, hundredths: v is in units of 1/unit (10 or 100). */
void page_decimal(struct tb_buf *out, int64_t v, int unit, bool sign);

#endif
