/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Published seats that nobody has: since when, and whether they were withdrawn.
 */
#include <stdlib.h>

#include "store_int.h"
#include "toban/store/records.h"

enum tb_code tb_store_vacant(tb_store *s, const struct tb_region *r, int64_t number,
                             struct tb_board_row **rows, bool **withdrawn, size_t *n, struct tb_err *e)
{
    struct tb_db *db = s->db;
    size_t all, kept = 0;
    struct tb_board_row *v = tb_seat_states(db, r, number, true, &all);
    bool *gone = tb_xcalloc(all + 1, sizeof *gone);
    for (size_t i = 0; i < all && tb_db_ok(db); i++) {
        if (v[i].seat.provider >= 0) continue;
        v[kept] = v[i];
        gone[kept++] = tb_seat_withdrawn(db, v[i].publication);
    }
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) {
        free(v);
        free(gone);
        return code;
    }
    *rows = v;
    *withdrawn = gone;
    *n = kept;
    return TB_OK;
}
