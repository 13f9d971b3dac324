/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Swaps: what was asked for, and who said what to it.
 */
#include <stdlib.h>
#include <string.h>

#include "store_int.h"
#include "toban/store/records.h"

static const char *const words[TB_SWAP_COUNT] = {"asked",     "agreed",  "approved",
                                                 "published", "refused", "withdrawn"};

void tb_swap_free(struct tb_swap *x)
{
    for (size_t i = 0; i < x->n_moves; i++) {
        free(x->moves[i].provider);
        free(x->moves[i].by);
        free(x->moves[i].note);
    }
    for (int k = 0; k < 2; k++) {
        free(x->side[k].band);
        free(x->side[k].provider);
    }
    free(x->moves);
    free(x->duty);
    free(x->reason);
    *x = (struct tb_swap){0};
}

static void read_moves(struct tb_db *db, struct tb_swap *v, size_t n)
{
    size_t k = 0, cap = 0;
    struct tb_sql *q = tb_sql(
        db, "SELECT swap, state, provider, at, \"by\", note, publication FROM swap_moves ORDER BY swap, id");
    while (tb_sql_row(q)) {
        int64_t swap = tb_sql_get_int(q, 0);
        for (; k < n && v[k].id < swap; k++) cap = 0;
        if (k == n) continue;
        int state = 0;
        while (state < TB_SWAP_COUNT - 1 && strcmp(words[state], tb_sql_get_text(q, 1)) != 0) state++;
        *TB_PUSH(v[k].moves, v[k].n_moves, cap) =
            (struct tb_swap_move){.state = (enum tb_swap_state)state,
                                  .provider = tb_xstrdup(tb_sql_get_text(q, 2)),
                                  .at = tb_sql_get_instant(q, 3),
                                  .by = tb_xstrdup(tb_sql_get_text(q, 4)),
                                  .note = tb_xstrdup(tb_sql_get_text(q, 5)),
                                  .publication = tb_sql_get_int(q, 6)};
    }
}

enum tb_code tb_store_swaps(tb_store *s, struct tb_swap **out, size_t *n, struct tb_err *e)
{
    struct tb_swap *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_db *db = s->db;
    bool opened = tb_db_read_begin(db);
    struct tb_sql *q = tb_sql(db, "SELECT id, publication, duty, date, band, role, provider, taker, "
                                  "return_date, return_band, return_role,"
                                  " reason FROM swaps ORDER BY id");
    while (tb_sql_row(q)) {
        bool back = !tb_sql_is_null(q, 8);
        *TB_PUSH(v, count, cap) = (struct tb_swap){
            .id = tb_sql_get_int(q, 0),
            .publication = tb_sql_get_int(q, 1),
            .duty = tb_xstrdup(tb_sql_get_text(q, 2)),
            .reason = tb_xstrdup(tb_sql_get_text(q, 11)),
            .side = {{tb_sql_get_date(q, 3), tb_xstrdup(tb_sql_get_text(q, 4)),
                      tb_role_of(tb_sql_get_text(q, 5)), tb_xstrdup(tb_sql_get_text(q, 6))},
                     {back ? tb_sql_get_date(q, 8) : TB_DAY_NONE,
                      back ? tb_xstrdup(tb_sql_get_text(q, 9)) : NULL,
                      back ? tb_role_of(tb_sql_get_text(q, 10)) : TB_PRIMARY,
                      tb_xstrdup(tb_sql_get_text(q, 7))}},
        };
    }
    read_moves(db, v, count);
    tb_db_read_end(db, opened);
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) {
        for (size_t i = 0; i < count; i++) tb_swap_free(&v[i]);
        free(v);
        return code;
    }
    *out = v;
    *n = count;
    return TB_OK;
}

enum tb_code tb_store_add_swap(tb_store *s, struct tb_swap *x, struct tb_err *e)
{
    struct tb_db *db = s->db;
    int64_t id = tb_db_value(db, "SELECT coalesce(max(id), 0) + 1 FROM swaps");
    struct tb_sql *q = tb_sql(
        db, "INSERT INTO swaps (id, publication, duty, date, band, role, provider, taker, return_date, "
            "return_band,"
            " return_role, reason) VALUES (:id, :publication, :duty, :date, :band, :role, :provider, :taker,"
            " :return_date, :return_band, :return_role, :reason)");
    const struct tb_swap_seat *a = &x->side[0], *b = &x->side[1];
    tb_sql_int(q, "id", id);
    tb_sql_int(q, "publication", x->publication);
    tb_sql_text(q, "duty", x->duty);
    tb_sql_date(q, "date", a->date);
    tb_sql_text(q, "band", a->band);
    tb_sql_text(q, "role", tb_role_word(a->role));
    tb_sql_text(q, "provider", a->provider);
    tb_sql_text(q, "taker", b->provider);
    if (b->band != NULL)
        tb_sql_date(q, "return_date", b->date);
    else
        tb_sql_text(q, "return_date", NULL);
    tb_sql_text(q, "return_band", b->band);
    tb_sql_text(q, "return_role", b->band != NULL ? tb_role_word(b->role) : NULL);
    tb_sql_text(q, "reason", x->reason);
    tb_sql_run(q);
    tb_moved(db, "swaps");
    x->id = id;
    return tb_db_result(db, e);
}

enum tb_code tb_store_move_swap(tb_store *s, int64_t id, const struct tb_swap_move *m, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(
        s->db,
        "INSERT INTO swap_moves (swap, state, provider, at, \"by\", note, publication) VALUES (:swap, :state,"
        " nullif(:provider, ''), :at, :by, :note, nullif(:publication, 0))");
    tb_sql_int(q, "swap", id);
    tb_sql_text(q, "state", words[m->state]);
    tb_sql_text(q, "provider", m->provider);
    tb_sql_instant(q, "at", m->at);
    tb_sql_text(q, "by", m->by);
    tb_sql_text(q, "note", m->note);
    tb_sql_int(q, "publication", m->publication);
    tb_sql_run(q);
    tb_moved(s->db, "swaps");
    return tb_db_result(s->db, e);
}
