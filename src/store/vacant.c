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

enum tb_code tb_store_open_seats(tb_store *s, const struct tb_region *r, int64_t number, int64_t draft,
                                 struct tb_seat_row **rows, size_t *n, struct tb_err *e)
{
    struct tb_db *db = s->db;
    struct tb_seat_row *v = NULL, *planned = NULL;
    size_t all, count = 0, cap = 0, n_planned = 0;
    struct tb_board_row *force = tb_seat_states(db, r, number, true, &all);
    if (draft != 0) planned = tb_draft_rows(db, draft, r, &n_planned);
    for (size_t i = 0, k = 0; i < all && tb_db_ok(db); i++) {
        while (k < n_planned && tb_slot_compare(&planned[k], &force[i].seat) < 0) k++;
        bool anew = k < n_planned && tb_slot_compare(&planned[k], &force[i].seat) == 0;
        if (force[i].seat.provider < 0 && !anew && !tb_seat_withdrawn(db, force[i].publication))
            *TB_PUSH(v, count, cap) = force[i].seat;
    }
    for (size_t k = 0; k < n_planned; k++)
        if (planned[k].provider < 0) *TB_PUSH(v, count, cap) = planned[k];
    free(force);
    free(planned);
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) {
        free(v);
        return code;
    }
    *rows = v;
    *n = count;
    return TB_OK;
}
