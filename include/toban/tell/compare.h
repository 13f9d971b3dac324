/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/compare: two arrangements of the same period, side by side. (The page of A4 is tb_app_compare_html.)
 */
#ifndef TOBAN_TELL_COMPARE_H
#define TOBAN_TELL_COMPARE_H

#include "toban/app/compare.h"
#include "toban/tell/tell.h"

void tb_tell_compare_json(const struct tb_app_compare *x, tb_printer *p);
void tb_tell_compare_text(const struct tb_app_compare *x, struct tb_buf *out);

#endif
