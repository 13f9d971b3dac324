/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Japanese holidays computed from the law (国民の祝日に関する法律, Act 178 of 1948, with its
 * amendments and the special laws of 1989, 1990, 1993 and 2019 to 2021), overridden year by year by the
 * official list (内閣府 syukujitsu.csv) when one is given.
 */
#ifndef TOBAN_DOMAIN_HOLIDAY_H
#define TOBAN_DOMAIN_HOLIDAY_H

#include "toban/base/base.h"

/* Official list. Zero-initialised is "none given". Rows sorted by day, no day twice. */
struct tb_holiday_row {
    tb_day day;
    char name[64];
};
struct tb_holiday_list {
    struct tb_holiday_row *rows;
    size_t n, cap;
    int first_year, last_year;
};

/* Name of the holiday on that day by the law ("元日", "休日" for substitute and sandwiched ones), or NULL.
 * Years 1949 to 2099; NULL outside. Borrowed, static. */
const char *tb_holiday_by_law(tb_day d);
/* The same, but years that the list covers (first_year..last_year) are read from the list only.
 * `list` may be NULL. */
const char *tb_holiday(const struct tb_holiday_list *list, tb_day d);
/* Parses the official CSV's text (already UTF-8): header 国民の祝日・休日月日,国民の祝日・休日名称 and rows
 * YYYY/M/D,name (CRLF or LF; a byte order mark before the header is skipped). `file` is used in messages.
 * TB_INPUT names file, line, value and rule. Refused too: a day twice, a year without rows between the first
 * and the last, text that is not UTF-8. The list is replaced on success and unchanged on failure. */
TB_MUST_USE enum tb_code tb_holiday_list_parse(struct tb_holiday_list *list, const char *file,
                                               const char *text, struct tb_err *e);
void tb_holiday_list_free(struct tb_holiday_list *list);

#endif
