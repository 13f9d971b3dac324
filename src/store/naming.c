/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Doctors named for seats that a group holds. Rows are added and never changed; a publication knows nothing
 * of them.
 */
#include <stdlib.h>

#include "store_int.h"
#include "toban/store/records.h"

enum tb_code tb_store_names(tb_store *s, const struct tb_region *r, tb_minute before,
                            struct tb_name_row **out, size_t *n, struct tb_err *e)
{
    struct tb_name_row *v = NULL;
    size_t count = 0, cap = 0;
    struct tb_names names = {0};
    struct tb_db *db = s->db;
    struct tb_sql *q =
        tb_sql(db, "SELECT duty, band, date, role, provider, person, n.at, m.id FROM namings AS n LEFT JOIN "
                   "calendar_marks AS m ON m.what = 'name' AND m.ref = n.id ORDER BY n.id");
    while (tb_sql_row(q)) {
        tb_minute at = tb_sql_get_instant(q, 6);
        if (at >= before) continue;
        int band = tb_names_band(&names, db, r, tb_sql_get_text(q, 0), tb_sql_get_text(q, 1));
        struct tb_seat_row seat = {.duty = names.duty,
                                   .date = tb_sql_get_date(q, 2),
                                   .band = band,
                                   .role = tb_role_of(tb_sql_get_text(q, 3)),
                                   .provider = tb_names_provider(db, r, tb_sql_get_text(q, 4))};
        int person = tb_sql_is_null(q, 5) ? -1 : tb_names_provider(db, r, tb_sql_get_text(q, 5));
        *TB_PUSH(v, count, cap) = (struct tb_name_row){seat, person, at, tb_sql_get_int(q, 7)};
    }
    enum tb_code code = tb_db_result(db, e);
    if (code != TB_OK) {
        free(v);
        return code;
    }
    *out = v;
    *n = count;
    return TB_OK;
}

enum tb_code tb_store_add_name(tb_store *s, const struct tb_region *r, const struct tb_name_row *x,
                               const char *by, const char *note, struct tb_err *e)
{
    struct tb_sql *q =
        tb_sql(s->db, "INSERT INTO namings (duty, date, band, role, provider, person, at, \"by\", note)"
                      " VALUES (:duty, :date, :band, :role, :provider, :person, :at, :by, :note)");
    tb_sql_text(q, "duty", r->duties[x->seat.duty].id);
    tb_sql_date(q, "date", x->seat.date);
    tb_sql_text(q, "band", r->bands[x->seat.band].id);
    tb_sql_text(q, "role", tb_role_word(x->seat.role));
    tb_sql_text(q, "provider", r->providers[x->seat.provider].id);
    tb_sql_text(q, "person", x->person < 0 ? NULL : r->providers[x->person].id);
    tb_sql_instant(q, "at", x->at);
    tb_sql_text(q, "by", by);
    tb_sql_text(q, "note", note);
    tb_sql_run(q);
    tb_moved(s->db, "names");
    return tb_db_result(s->db, e);
}

enum tb_code tb_store_named_last(tb_store *s, const struct tb_region *r, const struct tb_seat_row *seat,
                                 struct tb_named_by *out, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(
        s->db,
        "SELECT person, at, \"by\" FROM namings WHERE duty = :duty AND date = :date AND band = :band AND "
        "role = :role AND provider = :provider ORDER BY id DESC LIMIT 1");
    *out = (struct tb_named_by){.person = -1};
    tb_sql_text(q, "duty", r->duties[seat->duty].id);
    tb_sql_date(q, "date", seat->date);
    tb_sql_text(q, "band", r->bands[seat->band].id);
    tb_sql_text(q, "role", tb_role_word(seat->role));
    tb_sql_text(q, "provider", r->providers[seat->provider].id);
    bool found = tb_sql_row(q);
    if (found) {
        out->at = tb_sql_get_instant(q, 1);
        out->by = tb_xstrdup(tb_sql_get_text(q, 2));
        if (!tb_sql_is_null(q, 0)) out->person = tb_names_provider(s->db, r, tb_sql_get_text(q, 0));
    }
    tb_sql_end(q);
    enum tb_code code = tb_db_result(s->db, e);
    if (code == TB_OK && found) return TB_OK;
    free(out->by);
    *out = (struct tb_named_by){.person = -1};
    return code != TB_OK ? code : tb_fail(e, TB_NO, tb_t("まだ氏名はありません", "nobody was named yet"));
}
