/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * find: what a word may mean, and the id of what somebody calls by its name.
 */
#ifndef TOBAN_APP_FIND_H
#define TOBAN_APP_FIND_H

#include "toban/app/app.h"
#include "toban/domain/meant.h"

struct tb_found {
    struct tb_region *region;
    struct tb_meant meant[TB_WORD_KINDS]; /* their words are not kept: NULL */
};
/* What the word means in each kind. Freed with tb_found_free. */
TB_MUST_USE enum tb_code tb_app_find(const struct tb_app *app, const char *word, struct tb_found *out,
                                     struct tb_err *e);
void tb_found_free(struct tb_found *x);

/* The id of the one row that the text names, appended to out. TB_USAGE: none, or several: it is asked back.
 * `what` names the option. */
TB_MUST_USE enum tb_code tb_app_named(const struct tb_app *app, enum tb_word_kind kind, const char *what,
                                      const char *text, struct tb_buf *out, struct tb_err *e);

#endif
