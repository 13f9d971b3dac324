/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store/mentions: rows outside of the region's tables in which an id stands.
 */
#ifndef TOBAN_STORE_MENTIONS_H
#define TOBAN_STORE_MENTIONS_H

#include "toban/store/store.h"

/* Does the id stand in the text as a whole word: not as a part of a longer id? */
bool tb_word_in(const char *text, const char *id);
/* One row: its table, and the columns that hold something. Borrowed until the call ends. */
struct tb_mention {
    const char *table;
    const char *const *names, *const *values;
    size_t n;
};
/* Every row of every table beside the region's in which the id stands as a word, in the order of tables and
 * keys; *instances: stored problems that name it. Tables that come later are looked through by themselves. */
TB_MUST_USE enum tb_code tb_store_mentions(tb_store *s, const char *id,
                                           void (*row)(void *arg, const struct tb_mention *m), void *arg,
                                           int64_t *instances, struct tb_err *e);

#endif
