/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Japanese holidays computed from the law (国民の祝日に関する法律, Act 178 of 1948, with its
 * amendments and the special laws of 1989, 1990, 1993 and 2019 to 2021), and what the region's table says
 * beside it: rows that add a day or take one away, and whole years of the official list (内閣府
 * syukujitsu.csv), which are read from it alone.
 */
#ifndef TOBAN_DOMAIN_HOLIDAY_H
#define TOBAN_DOMAIN_HOLIDAY_H

#include "toban/base/base.h"

enum { TB_HOLIDAY_ADD, TB_HOLIDAY_DROP };

/* What the table says. Zero-initialised is "nothing". Rows sorted by day, then kind; no day twice in one
 * kind.
 */
struct tb_holiday_row {
    tb_day day;
    int kind; /* TB_HOLIDAY_ADD: it is one; TB_HOLIDAY_DROP: it is none, whatever else is said */
    char name[64];
};
struct tb_holiday_list {
    struct tb_holiday_row *rows;
    size_t n, cap;
    int first_year, last_year; /* of the rows */
    bool *whole;               /* per year from first_year on */
};

/* Name of the holiday on that day by the law ("元日", "休日" for substitute and sandwiched ones), or NULL.
 * Years 1949 to 2099; NULL outside. Borrowed, static. */
const char *tb_holiday_by_law(tb_day d);
/* A day that a row drops is none. A day that a row adds is one. Any other day of a year that the list holds
 * whole is none; of other years the law decides. `list` may be NULL. Borrowed from the list, or static. */
const char *tb_holiday(const struct tb_holiday_list *list, tb_day d);
/* Does the list hold the year whole: does it name, on whatever day of it, each holiday that the law names in
 * that year? A list that ends in September does not, and a row by hand is no list. A day that a special law
 * moves keeps its name. Never for years outside of 1949 to 2099. */
bool tb_holiday_year_whole(const struct tb_holiday_list *list, int year);
/* The years first..last that the list does not hold whole, ascending: their holidays are computed, and the
 * official list of them is still to be imported. `years` has room for all of them. Returns how many. */
int tb_holiday_years_missing(const struct tb_holiday_list *list, int first, int last, int *years);
/* Rows that were filled in: sorts them and finds the whole years. Rows of one day and kind must not be twice.
 */
void tb_holiday_list_settle(struct tb_holiday_list *list);
/* Parses the official CSV's text (already UTF-8): header 国民の祝日・休日月日,国民の祝日・休日名称 and rows
 * YYYY/M/D,name (CRLF or LF; a byte order mark before the header is skipped). `file` is used in messages.
 * TB_INPUT names file, line, value and rule. Refused too: a day twice, a year without rows between the first
 * and the last, text that is not UTF-8. The list is replaced on success and unchanged on failure. */
TB_MUST_USE enum tb_code tb_holiday_list_parse(struct tb_holiday_list *list, const char *file,
                                               const char *text, struct tb_err *e);
void tb_holiday_list_free(struct tb_holiday_list *list);

#endif
