/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/retention: how long kinds of data are kept, and what was taken out.
 */
#ifndef TOBAN_TELL_RETENTION_H
#define TOBAN_TELL_RETENTION_H

#include "toban/app/retention.h"
#include "toban/tell/tell.h"

void tb_tell_retention_json(const struct tb_retentions *x, tb_printer *p);
void tb_tell_retention_text(const struct tb_retentions *x, struct tb_buf *out);
void tb_tell_purged_json(const struct tb_retained *x, tb_printer *p);
void tb_tell_purged_text(const struct tb_retained *x, struct tb_buf *out);

#endif
