/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/books: entries of the books, and what municipalities or hospitals bear.
 */
#ifndef TOBAN_TELL_BOOKS_H
#define TOBAN_TELL_BOOKS_H

#include "toban/app/books.h"
#include "toban/tell/tell.h"

struct tb_tell_entries {
    const struct tb_region *region;
    const struct tb_ledger_entry *v;
    size_t n;
    const char *ledger, *account; /* of these alone; NULL: all */
    bool by_hand;                 /* those that no publication made */
};
void tb_tell_entries_json(const struct tb_tell_entries *x, tb_printer *p);
void tb_tell_entries_text(const struct tb_tell_entries *x, struct tb_buf *out);

void tb_tell_shares_json(const struct tb_app_shares *x, tb_printer *p);
void tb_tell_shares_text(const struct tb_app_shares *x, struct tb_buf *out);

#endif
