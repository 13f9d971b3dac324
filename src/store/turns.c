/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Turns taken over in a swap: who sits in a seat in another's turn, and for whom the books count it.
 */
#include "store_int.h"

static void bind(struct tb_sql *q, const struct tb_region *r, int64_t draft, const struct tb_slot *slot,
                 int provider)
{
    tb_sql_int(q, "draft", draft);
    tb_sql_date(q, "date", slot->date);
    tb_sql_text(q, "duty", r->duties[slot->duty].id);
    tb_sql_text(q, "band", r->bands[slot->band].id);
    tb_sql_text(q, "role", tb_role_word(slot->role));
    tb_sql_text(q, "provider", r->providers[provider].id);
}

/* By this draft, or by the one with which he came to sit there as published; else his own. */
static int turn_of(struct tb_db *db, const struct tb_region *r, int64_t draft, const struct tb_slot *slot,
                   int provider)
{
    struct tb_sql *q = tb_sql(
        db,
        "SELECT t.turn_of FROM turns AS t WHERE t.date = :date AND t.duty = :duty AND t.band = :band AND "
        "t.role = :role"
        " AND t.provider = :provider AND (t.draft = :draft OR t.draft IN (SELECT o.draft FROM rosters AS o "
        "WHERE o.duty = :duty"
        " AND o.publication = (SELECT max(p.publication) FROM publication_seats AS p WHERE p.duty = :duty "
        "AND p.date = :date"
        " AND p.band = :band AND p.role = :role AND p.provider = :provider))) ORDER BY t.draft DESC LIMIT 1");
    bind(q, r, draft, slot, provider);
    int of = provider;
    if (tb_sql_row(q)) of = tb_names_provider(db, r, tb_sql_get_text(q, 0));
    tb_sql_end(q);
    return of >= 0 ? of : provider;
}

void tb_turns_books(struct tb_db *db, const struct tb_region *r, int64_t draft, const struct tb_slot *slot,
                    int *providers, int n)
{
    for (int i = 0; i < n && r->duties[slot->duty].swaps == TB_SWAPS_NEUTRAL; i++)
        providers[i] = turn_of(db, r, draft, slot, providers[i]);
}

enum tb_code tb_store_add_turn(tb_store *s, const struct tb_region *r, int64_t draft,
                               const struct tb_seat_row *seat, int of, struct tb_err *e)
{
    struct tb_db *db = s->db;
    if (!tb_db_in_transaction(db))
        return tb_fail(e, TB_INTERNAL, "tb_store_add_turn: %s",
                       tb_t("処理のまとまりの外です", "outside a transaction"));
    struct tb_slot slot = {.duty = seat->duty, .band = seat->band, .role = seat->role, .date = seat->date};
    int first = turn_of(db, r, 0, &slot, of);
    struct tb_sql *q = tb_sql(db, "INSERT INTO turns (draft, date, duty, band, role, provider, turn_of)"
                                  " VALUES (:draft, :date, :duty, :band, :role, :provider, :turn_of)");
    bind(q, r, draft, &slot, seat->provider);
    tb_sql_text(q, "turn_of", r->providers[first].id);
    tb_sql_run(q);
    return tb_db_result(db, e);
}
