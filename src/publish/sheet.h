/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A printable sheet: one month of one duty, or of a group of duties side by side, as rows and columns with a
 * size of type at which it fits one A4. What stands on it is worked out here once; sheet_html.c only writes
 * it down.
 */
#ifndef TOBAN_PUBLISH_SHEET_H
#define TOBAN_PUBLISH_SHEET_H

#include "publish_int.h"

struct sheet_column {
    int duty, role, seat;
    bool facility;
};
/* A day has one row for each of its bands. */
struct sheet_row {
    tb_day date;
    const char *band;
    tb_minute from;
    bool first_of_day;
    int rows_of_day;
};
/* Hours that one or more duties of the sheet have in common. */
struct sheet_hours {
    const char *text;
    int from;
    uint64_t duties;
}; /* bit i: duties[i] */
struct sheet_fact {
    const char *term, *text;
}; /* what is said once for the sheet: place, hours, order of calling ... */

struct sheet {
    const struct tb_board *b;
    const struct tb_region *region; /* of its last day: what is told of no day */
    const int *duties;
    int n_duties;
    struct sheet_column *columns;
    int n_columns;
    struct sheet_row *rows;
    int n_rows;
    struct sheet_hours *hours;
    int n_hours;
    struct sheet_fact *facts;
    int n_facts;
    int *places;
    int n_places;             /* facilities named, for the list below the table */
    const char *title, *span; /* 令和8年12月, with the days when it is not the whole month's */
    const char **heads;       /* per duty: its name without what all have in common */
    /* column of bands; light rows; telephone and address in the cell itself */
    bool bands, shaded, details;
    bool landscape;
    double pt, title_pt, row_mm;                 /* sizes of type; least height of a row */
    double date_mm, mark_mm, band_mm, column_mm; /* widths; 0: there is no such column */
    struct tb_arena *arena;
};

/* Index of the assignment in that cell; -1 nobody yet; -2 no such seat on that day. */
int tb_sheet_cell(const struct sheet *s, const struct sheet_row *row, const struct sheet_column *column);
/* What a facility treats on that duty and where it is; what it offers at all, and where: both the sheet's. */
const char *tb_sheet_where(const struct sheet *s, const struct sheet_row *row,
                           const struct sheet_column *column, int provider);
const char *tb_sheet_place(const struct sheet *s, int provider);
/* Mark and words of a date: 祝 元日, 休, 土 年末年始. Either may be "". */
void tb_sheet_mark(const struct sheet *s, tb_day d, const char **mark, const char **words);
/* Calls `each` for every sheet of the board, in order of duty and month. */
void tb_sheet_each(const struct tb_board *b, void (*each)(void *arg, const struct sheet *s), void *arg);

#endif
