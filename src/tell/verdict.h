/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the answers about a draft share: its open seats and the rules that it breaks. Inside tell.
 */
#ifndef TOBAN_TELL_VERDICT_H
#define TOBAN_TELL_VERDICT_H

#include "toban/app/app.h"
#include "toban/tell/tell.h"

/* Member "open_slots". */
void tell_open_slots_json(const struct tb_app_draft *d, tb_printer *p);
void tell_open_slots_text(const struct tb_app_draft *d, struct tb_buf *out);
/* Member `key`: the broken rules, hard or soft, with the consent to each that has one. */
void tell_violations_json(const struct tb_app_draft *d, const char *key, bool hard, tb_printer *p);
/* At most `most` of them, and how many more there are. */
void tell_violations_text(const struct tb_app_draft *d, bool hard, int most, struct tb_buf *out);
/* Member "notes": what no rule forbids and somebody ought to ask about. */
void tell_notes_json(const struct tb_app_draft *d, tb_printer *p);
void tell_notes_text(const struct tb_app_draft *d, struct tb_buf *out);
int tell_soft_cases(const struct tb_verdict *v);

#endif
