/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a table as commands ask for them: wish, pin, forbid, exception, rows.
 */
#ifndef TOBAN_CLI_ROWS_H
#define TOBAN_CLI_ROWS_H

#include "cli.h"
#include "toban/app/rows.h"

/* Cells of rows that are asked for, or of one that is entered: name, value pairs. Strings are borrowed. */
struct cli_rows {
    const char *table;
    const char *pairs[2 * CLI_GIVEN + 16]; /* NULL at the end */
    int n;
    char text[256]; /* of the seat, taken apart */
};
/* Does nothing when `value` is NULL. */
void cli_rows_add(struct cli_rows *x, const char *name, const char *value);
/* The cells of DUTY:DATE:BAND[:ROLE], as many parts as there are. NULL: nothing. TB_USAGE. */
enum tb_code cli_rows_seat(struct cli_rows *x, const char *seat, struct tb_err *e);
/* --list or --history, which exclude --remove and each other (TB_USAGE). */
enum tb_code cli_rows_asked(struct cli *c, bool *out, struct tb_err *e);
/* The rows, or with --history what became of them. */
enum tb_code cli_rows_tell(struct cli *c, const struct cli_rows *x,
                           enum tb_code (*ask)(const struct tb_app *, const struct tb_rows_asked *,
                                               struct tb_app_rows *, struct tb_err *),
                           struct tb_err *e);

#endif
