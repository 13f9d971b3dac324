/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/why: why this person sits in this seat, beside each other one.
 */
#ifndef TOBAN_TELL_WHY_H
#define TOBAN_TELL_WHY_H

#include "toban/app/why.h"
#include "toban/tell/tell.h"

/* One seat and what was found. Whoever makes it owns and frees both. */
struct tb_tell_why_seat {
    char *seat; /* as people write it */
    struct tb_why why;
};
struct tb_tell_why {
    const struct tb_app_draft *draft;
    const struct tb_tell_why_seat *v;
    size_t n;
    bool all; /* every seat of somebody: a list; else `v` is the one asked for */
    int most; /* rivals in the text: as many, and at least five */
};
void tb_tell_why_json(const struct tb_tell_why *x, tb_printer *p);
void tb_tell_why_text(const struct tb_tell_why *x, struct tb_buf *out);

#endif
