/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/duties: who is on duty, in a period and at a minute.
 */
#ifndef TOBAN_TELL_DUTIES_H
#define TOBAN_TELL_DUTIES_H

#include "toban/app/duties.h"
#include "toban/tell/tell.h"

void tb_tell_duties_json(const struct tb_app_duties *x, tb_printer *p);
void tb_tell_duties_text(const struct tb_app_duties *x, struct tb_buf *out);

/* For anybody: the public telephone, of the duty's site when it has one; of a group the doctor whom it has
 * named. `toban now` and the server's /v1/now and /v1/duties. */
void tb_tell_now_json(const struct tb_app_now *x, tb_printer *p);
void tb_tell_now_text(const struct tb_app_now *x, struct tb_buf *out);

/* Of one seat: members date, duty, band, role, seat; for people cells for date, duty, band, role. */
void tb_tell_row_json(const struct tb_region *r, const struct tb_seat_row *s, tb_printer *p);
void tb_tell_row_cells(const struct tb_region *r, const struct tb_seat_row *s, struct tb_buf *out);

/* What was entered of a seat since the publication: members override, override_until, replaces, unconfirmed;
 * nothing where nothing was. */
void tb_tell_changes_json(const struct tb_region *r, const struct tb_now_seat *x, tb_printer *p);
void tb_tell_changes_text(const struct tb_region *r, const struct tb_now_seat *x, struct tb_buf *out);

/* Of a seat that nobody takes: members open, call_name, call_phone; 調整中 and whom to call; the word alone.
 */
void tb_tell_open_json(const struct tb_region *r, const struct tb_slot *s, tb_printer *p);
void tb_tell_open_text(const struct tb_region *r, const struct tb_slot *s, struct tb_buf *out);
const char *tb_tell_open(void);

#endif
