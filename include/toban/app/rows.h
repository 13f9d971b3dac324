/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * rows: what was typed into the tables of the region: listed with who entered it and when, and all that
 * became of it since. Entering and taking out are in hand.h.
 */
#ifndef TOBAN_APP_ROWS_H
#define TOBAN_APP_ROWS_H

#include "toban/app/app.h"
#include "toban/codec/codec.h"

/* `cells`: name, value pairs, NULL at the end; only rows with these. `history`: not the rows that there are,
 * but every change of such rows, oldest first. `on` (YYYY-MM-DD, NULL: none): the rows as they are on that
 * day, by `amendments`; without it as they stand in their table. */
struct tb_rows_asked {
    const char *table;
    const char *const *cells;
    bool history;
    const char *on;
};
/* From that day on the row has another value in a column. */
struct tb_row_amended {
    tb_day from;
    int field;
    char *value;
};
/* Of a row: what.after is the row, and what.before nothing. `who` NULL: the trail does not say who entered it
 * (it came with the directory of `init`, or by an import of a program before 0.2.0). */
struct tb_row_entry {
    struct tb_row_change what;
    int64_t audit; /* number of the line */
    tb_minute at;
    char *who;
    struct tb_row_amended *amended; /* by column and day; none in a history */
    size_t n_amended;
};
struct tb_app_rows {
    enum tb_entity_id entity;
    bool history;
    struct tb_row_entry *v;
    size_t n;
};
void tb_app_rows_free(struct tb_app_rows *x);
/* Rows in key order. TB_USAGE: no such table, no such column, or `on` is no date. */
TB_MUST_USE enum tb_code tb_app_rows(const struct tb_app *app, const struct tb_rows_asked *asked,
                                     struct tb_app_rows *out, struct tb_err *e);
/* The same of the table of wishes; a member sees his own. */
TB_MUST_USE enum tb_code tb_app_wishes(const struct tb_app *app, const struct tb_rows_asked *asked,
                                       struct tb_app_rows *out, struct tb_err *e);

#endif
