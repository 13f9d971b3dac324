/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/seat: a seat and whom to telephone, as every answer tells them.
 */
#ifndef TOBAN_TELL_SEAT_H
#define TOBAN_TELL_SEAT_H

#include "toban/domain/problem.h"
#include "toban/tell/tell.h"

/* Members duty, date, band, role into the object that is open. */
void tb_tell_slot_json(const struct tb_region *r, const struct tb_slot *s, tb_printer *p);
/* The same of a seat that stands in no problem. */
void tb_tell_seat_json(const struct tb_region *r, const struct tb_seat_row *s, tb_printer *p);
/* "2026-12-03 duty band (reserve)", in the language set. */
void tb_tell_slot_words(const struct tb_region *r, const struct tb_slot *s, struct tb_buf *out);
void tb_tell_seat_words(const struct tb_region *r, const struct tb_seat_row *s, struct tb_buf *out);
/* DUTY:DATE:BAND[:reserve], as the office types it. */
void tb_tell_slot_typed(const struct tb_region *r, const struct tb_slot *s, struct tb_buf *out);
/* The number the office dials: the staff's, else the public one, else "". Never for members or the public. */
const char *tb_tell_phone(const struct tb_provider *x);
/* Name of a ledger's account, which is a provider or a share group. */
const char *tb_tell_account_name(const struct tb_region *r, int ledger, int account);

#endif
