/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/diff: what two states of the published seats have not in common: by seat, by provider, by ledger.
 */
#ifndef TOBAN_TELL_DIFF_H
#define TOBAN_TELL_DIFF_H

#include "toban/app/diff.h"
#include "toban/tell/tell.h"

void tb_tell_diff_json(const struct tb_app_diff *x, tb_printer *p);
void tb_tell_diff_text(const struct tb_app_diff *x, struct tb_buf *out);

#endif
