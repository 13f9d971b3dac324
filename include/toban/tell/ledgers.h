/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/ledgers: the ledgers' accounts as they stand now.
 */
#ifndef TOBAN_TELL_LEDGERS_H
#define TOBAN_TELL_LEDGERS_H

#include "toban/app/app.h"
#include "toban/tell/tell.h"

struct tb_tell_accounts {
    const struct tb_region *region;
    const struct tb_ledger_line *v;
    size_t n;
    const char *ledger, *account; /* ids; NULL: all */
};
void tb_tell_accounts_json(const struct tb_tell_accounts *x, tb_printer *p);
void tb_tell_accounts_text(const struct tb_tell_accounts *x, struct tb_buf *out);

#endif
