/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tell/life: drafts on their way, and who was sent a publication.
 */
#ifndef TOBAN_TELL_LIFE_H
#define TOBAN_TELL_LIFE_H

#include "toban/app/life.h"
#include "toban/app/sent.h"
#include "toban/tell/tell.h"

struct tb_tell_lives {
    const struct tb_life_state *v;
    size_t n;
};
void tb_tell_lives_json(const struct tb_tell_lives *x, tb_printer *p);
void tb_tell_lives_text(const struct tb_tell_lives *x, struct tb_buf *out);

/* What stands to its approval: word, day, number, each with two blanks before it. */
void tb_tell_approval(const struct tb_life_state *s, struct tb_buf *out);

const char *tb_tell_life_word(enum tb_life state); /* draft, circulating ... */

/* A draft that was just moved. */
struct tb_tell_moved {
    int64_t draft;
    enum tb_life state;
};
void tb_tell_moved_json(const struct tb_tell_moved *x, tb_printer *p);
void tb_tell_moved_text(const struct tb_tell_moved *x, struct tb_buf *out);

struct tb_tell_sent {
    const struct tb_app_sent *sent;
    bool todo;    /* only those to whom it is still to be sent */
    size_t texts; /* how many texts were written into files */
};
void tb_tell_sent_json(const struct tb_tell_sent *x, tb_printer *p);
void tb_tell_sent_text(const struct tb_tell_sent *x, struct tb_buf *out);

#endif
