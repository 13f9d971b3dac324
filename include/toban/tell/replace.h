/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/replace: whom to call when somebody drops out. For the office: staff numbers, and what each one's
 * books and rules say.
 */
#ifndef TOBAN_TELL_REPLACE_H
#define TOBAN_TELL_REPLACE_H

#include "toban/app/hand.h"
#include "toban/tell/tell.h"

struct tb_tell_replace {
    const struct tb_app_draft *draft;
    const struct tb_substitutes *substitutes;
    const char *seat; /* as typed */
    int who;          /* provider who drops out; -1: the seat is open */
    int most;         /* how many are shown */
};
/* Somebody can take the seat without breaking a hard rule. */
bool tb_tell_replace_any(const struct tb_tell_replace *x);
void tb_tell_replace_json(const struct tb_tell_replace *x, tb_printer *p);
void tb_tell_replace_text(const struct tb_tell_replace *x, struct tb_buf *out);

#endif
