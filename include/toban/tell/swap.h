/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/swap: one swap and what it means, a step of it, its publication, all swaps.
 */
#ifndef TOBAN_TELL_SWAP_H
#define TOBAN_TELL_SWAP_H

#include "toban/app/diff.h"
#include "toban/app/swap.h"
#include "toban/tell/tell.h"

/* Of one side alone when it was read for one of the two (struct tb_app_swap). */
void tb_tell_swap_json(const struct tb_app_swap *x, tb_printer *p);
void tb_tell_swap_text(const struct tb_app_swap *x, struct tb_buf *out);

/* What it means for one of the two. Needs parts (struct tb_app_swap). */
void tb_tell_swap_effect_json(const struct tb_app_swap *x, int side, tb_printer *p);
void tb_tell_swap_effect_text(const struct tb_app_swap *x, int side, struct tb_buf *out);

/* agree, approve, refuse, withdraw: where it stands after the step. */
void tb_tell_swap_moved_json(const struct tb_app_swap *x, tb_printer *p);
void tb_tell_swap_moved_text(const struct tb_app_swap *x, struct tb_buf *out);

struct tb_tell_swap_published {
    int64_t swap;
    const struct tb_publication *publication;
    const struct tb_app_diff *diff; /* from the publication before */
};
void tb_tell_swap_published_json(const struct tb_tell_swap_published *x, tb_printer *p);
void tb_tell_swap_published_text(const struct tb_tell_swap_published *x, struct tb_buf *out);

struct tb_tell_swaps {
    const struct tb_swap *v;
    size_t n;
    const char *provider; /* those that concern him; NULL: all */
};
void tb_tell_swaps_json(const struct tb_tell_swaps *x, tb_printer *p);
void tb_tell_swaps_text(const struct tb_tell_swaps *x, struct tb_buf *out);

#endif
