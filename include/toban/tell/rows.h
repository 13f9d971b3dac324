/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/rows: rows of a table, with who entered each and when; what became of them; that one was entered.
 */
#ifndef TOBAN_TELL_ROWS_H
#define TOBAN_TELL_ROWS_H

#include "toban/app/rows.h"
#include "toban/tell/tell.h"

void tb_tell_rows_json(const struct tb_app_rows *x, tb_printer *p);
void tb_tell_rows_text(const struct tb_app_rows *x, struct tb_buf *out);

/* One change of a row, as the audit trail has it: members key, before, after (null: none); + entered, ~
 * changed, - taken out. */
void tb_tell_change_json(const struct tb_row_change *x, tb_printer *p);
void tb_tell_change_text(const struct tb_row_change *x, struct tb_buf *out);

/* A row is entered (`replaced`: it changed one that was there) or taken back. */
struct tb_tell_row_done {
    bool replaced, removed;
    int todo; /* published seats that newly do not hold */
};
void tb_tell_row_done_json(const struct tb_tell_row_done *x, tb_printer *p);
void tb_tell_row_done_text(const struct tb_tell_row_done *x, struct tb_buf *out);

#endif
