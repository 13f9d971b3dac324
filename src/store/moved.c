/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How often what kind of thing was written, for those who show some of it.
 */
#include "store_int.h"

void tb_moved(struct tb_db *db, const char *what)
{
    struct tb_sql *q =
        tb_sql(db, "INSERT INTO versions (what, version) VALUES (:what, 1) ON CONFLICT (what) DO "
                   "UPDATE SET version = version + 1");
    tb_sql_text(q, "what", what);
    tb_sql_run(q);
}

enum tb_code tb_store_versions(tb_store *s, void (*each)(void *arg, const char *what, int64_t version),
                               void *arg, struct tb_err *e)
{
    struct tb_sql *q = tb_sql(s->db, "SELECT what, version FROM versions");
    while (tb_sql_row(q)) each(arg, tb_sql_get_text(q, 0), tb_sql_get_int(q, 1));
    return tb_db_result(s->db, e);
}
