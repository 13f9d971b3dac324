/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store/purge: data that has come to its end goes for good.
 */
#ifndef TOBAN_STORE_PURGE_H
#define TOBAN_STORE_PURGE_H

#include "toban/store/store.h"

/* What of a kind lies before a day: rows, and the first and the last date among them ("" without rows). */
struct tb_purgeable {
    int64_t rows;
    char first[32], last[32];
};
/* `kind` as in the field retention.kind. */
TB_MUST_USE enum tb_code tb_store_purgeable(tb_store *s, const char *kind, tb_day before,
                                            struct tb_purgeable *out, struct tb_err *e);
/* May the program take rows of that kind out? Publications hold the books and the digests, so not these. */
bool tb_store_can_purge(const char *kind);
/* Takes them out, inside the caller's transaction. The triggers that keep rows from being deleted are away
 * meanwhile and there again at its end; the bytes are overwritten in the file. */
TB_MUST_USE enum tb_code tb_store_purge(tb_store *s, const char *kind, tb_day before, struct tb_err *e);

#endif
