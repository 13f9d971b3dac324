/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/standing: the books told to people: every pool for the office, one provider for himself or the office.
 * (The pages are tb_app_standing_html.)
 */
#ifndef TOBAN_TELL_STANDING_H
#define TOBAN_TELL_STANDING_H

#include "toban/app/ledgers.h"
#include "toban/tell/tell.h"

/* For the office alone: everybody by name. */
struct tb_tell_pools {
    const struct tb_app_standing *standing;
    int only; /* this pool alone; -1: all */
};
void tb_tell_pools_json(const struct tb_tell_pools *x, tb_printer *p);
void tb_tell_pools_text(const struct tb_tell_pools *x, struct tb_buf *out);

struct tb_tell_account {
    const struct tb_app_standing *standing;
    int provider;
};
void tb_tell_account_json(const struct tb_tell_account *x, tb_printer *p);
void tb_tell_account_text(const struct tb_tell_account *x, struct tb_buf *out);

/* The pages were written. */
struct tb_tell_pages {
    const char *directory;
    int files;
};
void tb_tell_pages_json(const struct tb_tell_pages *x, tb_printer *p);
void tb_tell_pages_text(const struct tb_tell_pages *x, struct tb_buf *out);

#endif
