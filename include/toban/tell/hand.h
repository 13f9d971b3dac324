/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/hand: what the office changed by hand, and what it signed.
 */
#ifndef TOBAN_TELL_HAND_H
#define TOBAN_TELL_HAND_H

#include "toban/app/hand.h"
#include "toban/tell/tell.h"

/* assign, unassign, undo, redo: the draft as it is now beside what it was. */
void tb_tell_handmade_json(const struct tb_app_handmade *x, tb_printer *p);
void tb_tell_handmade_text(const struct tb_app_handmade *x, struct tb_buf *out);

/* The log of changes by hand. */
void tb_tell_edits_json(const struct tb_app_edits *x, tb_printer *p);
void tb_tell_edits_text(const struct tb_app_edits *x, struct tb_buf *out);

/* pin, forbid, exception: what was recorded of a provider in a seat, or taken back. */
enum tb_tell_mark { TB_TELL_PIN, TB_TELL_FORBID, TB_TELL_EXCEPTION };
struct tb_tell_marked {
    enum tb_tell_mark what;
    const char *seat, *provider; /* as typed */
    bool removed, replaced;      /* taken back; changed one that was there */
    int todo;                    /* published seats that newly do not hold */
};
void tb_tell_marked_json(const struct tb_tell_marked *x, tb_printer *p);
void tb_tell_marked_text(const struct tb_tell_marked *x, struct tb_buf *out);

#endif
