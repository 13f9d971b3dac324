/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How often what kind of thing was written, for those who show some of it.
 */
#include <string.h>

#include "store_int.h"

void tb_moved(struct tb_db *db, const char *what)
{
    struct tb_sql *q =
        tb_sql(db, "INSERT INTO versions (what, version) VALUES (:what, 1) ON CONFLICT (what) DO "
                   "UPDATE SET version = version + 1");
    tb_sql_text(q, "what", what);
    tb_sql_run(q);
}

enum tb_code tb_store_version(tb_store *s, const char *const *but, int64_t *version, struct tb_err *e)
{
    int64_t sum = 0;
    struct tb_sql *q = tb_sql(s->db, "SELECT what, version FROM versions");
    while (tb_sql_row(q)) {
        bool counts = true;
        for (const char *const *p = but; *p && counts; p++) counts = strcmp(*p, tb_sql_get_text(q, 0)) != 0;
        if (counts) sum += tb_sql_get_int(q, 1);
    }
    *version = sum;
    return tb_db_result(s->db, e);
}
