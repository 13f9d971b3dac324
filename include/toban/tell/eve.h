/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/eve: the list of the day before. For the office: staff numbers.
 */
#ifndef TOBAN_TELL_EVE_H
#define TOBAN_TELL_EVE_H

#include "toban/app/eve.h"
#include "toban/tell/tell.h"

void tb_tell_eve_json(const struct tb_eve *x, tb_printer *p);
void tb_tell_eve_text(const struct tb_eve *x, struct tb_buf *out);

#endif
