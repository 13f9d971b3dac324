/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures of the books, in both of their answers. Inside tell.
 */
#ifndef TOBAN_TELL_STANDING_INT_H
#define TOBAN_TELL_STANDING_INT_H

#include "toban/tell/standing.h"

/* The year asked for, of those that are shown. */
enum { THIS_YEAR = TB_STANDING_YEARS - 1 };

void tell_millionths_json(const char *key, int64_t v, tb_printer *p);
/* TB_DAY_NONE: null. */
void tell_day_json(const char *key, tb_day d, tb_printer *p);
/* Hundredths of a duty, rounded: "-0.50", and "+1.00" when `sign`. Returns buf. */
const char *tell_amount(int64_t millionths, bool sign, char *buf, size_t size);

#endif
