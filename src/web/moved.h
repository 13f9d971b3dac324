/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/web.
 */
#ifndef TOBAN_WEB_MOVED_H
#define TOBAN_WEB_MOVED_H

#include "month.h"
#include "toban/codec/codec.h"

/* A message when the tables say something of the draft's days that it did not know; nothing otherwise. */
void web_moved(struct tb_html *h, const struct tb_app_draft *d);

#endif
