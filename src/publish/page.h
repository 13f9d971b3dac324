/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What pages share: head, style, numbers as an office writes them.
 */
#ifndef TOBAN_PUBLISH_PAGE_H
#define TOBAN_PUBLISH_PAGE_H

#include "toban/domain/standing.h"
#include "toban/html/html.h"

/* Up to and with <body>; tb_html_end ends it. */
void page_begin(struct tb_html *h, const char *title);
/* Thousands with commas; "−" for minus. `sign`: "＋" and "±0" too. */
void page_number(struct tb_html *h, int64_t v, bool sign);
/* Tenths, hundredths: v is in units of 1/unit (10 or 100). */
void page_decimal(struct tb_html *h, int64_t v, int unit, bool sign);
/* Rounded, halves away from zero. */
int64_t page_hundredths(int64_t millionths);
/* A table whose head has one row or more: begin (or <table> and <colgroup>, then head_begin), <th> ..., next,
 * <th> ..., head_end, rows, end. */
void page_table_begin(struct tb_html *h, const char *class);
void page_head_begin(struct tb_html *h);
void page_head_next(struct tb_html *h);
void page_head_end(struct tb_html *h);
void page_table_end(struct tb_html *h);
/* A head over several columns or rows; 0: over one. */
void page_wide_head(struct tb_html *h, const char *class, int columns, int rows, const char *text);
/* What tb_svg_pool writes, inside a page (ledger_svg.c). */
void page_svg_pool(struct tb_html *h, const struct tb_standing *s, int pool, int mine, bool names);

#endif
