/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Does the file still hold what its digests say? Read row by row in SQL's own order, without the region:
 * another way than the one on which the digests were made (publications.c), which a test holds against it.
 */
#include <stdio.h>
#include <string.h>

#include "store_int.h"

/* One line per seat in force in a publication; of one duty and its days when they are given. */
#define SEATS \
    "SELECT duty, date, band, role, seat, provider, max(publication) FROM publication_seats" \
    " WHERE publication <= :number AND (:duty IS NULL OR (duty = :duty AND date BETWEEN :from AND :to))" \
    " GROUP BY duty, date, band, role, seat ORDER BY date, duty, band, role, seat"

struct span {
    const char *duty, *from, *to; /* NULL: everything */
};

static void seats_text(struct tb_db *db, int64_t number, struct span of, struct tb_buf *out)
{
    struct tb_sql *q = tb_sql(db, SEATS);
    tb_sql_int(q, "number", number);
    tb_sql_text(q, "duty", of.duty);
    tb_sql_text(q, "from", of.from);
    tb_sql_text(q, "to", of.to);
    while (tb_sql_row(q)) {
        if (tb_sql_is_null(q, 5)) continue;
        for (int k = 0; k < 4; k++) tb_buf_addf(out, "%s\t", tb_sql_get_text(q, k));
        tb_buf_addf(out, "%lld\t%s\n", (long long)tb_sql_get_int(q, 4), tb_sql_get_text(q, 5));
    }
}

static void seats_digest(struct tb_db *db, int64_t number, struct span of, char out[65])
{
    struct tb_buf text = {0};
    seats_text(db, number, of, &text);
    tb_sha256_hex(tb_buf_str(&text), text.len, out);
    tb_buf_free(&text);
}

static void changed(struct tb_db *db, const char *what, const char *said, const char *found)
{
    tb_db_fail(
        db, TB_STORAGE,
        tb_t("%s: %s の内容が照合と合いません（記録 %.8s、実際 %.8s）。toban 以外で書き換えられたか、"
             "壊れています。このファイルを控えたうえで、書き換えの前のバックアップから toban restore "
             "で戻してください",
             "%s: what %s holds does not match its digest (recorded %.8s, found %.8s): something other "
             "than toban has written to the file, or it is damaged; keep it aside and bring a backup "
             "from before back with toban restore"),
        tb_db_path(db), what, said, found);
}

static void check_publications(struct tb_db *db)
{
    int64_t last = tb_db_value(db, "SELECT coalesce(max(number), 0) FROM publications");
    struct tb_facts_sums sums = {0};
    for (int64_t n = 1; n <= last && tb_db_ok(db); n++) {
        char said[65] = "", found[65], what[64];
        int64_t format = TB_DIGEST_SEATS;
        struct tb_buf text = {0};
        struct tb_sql *q =
            tb_sql(db, "SELECT digest, digest_format FROM publications WHERE number = :number");
        tb_sql_int(q, "number", n);
        if (tb_sql_row(q)) {
            (void)snprintf(said, sizeof said, "%s", tb_sql_get_text(q, 0));
            format = tb_sql_get_int(q, 1);
        }
        tb_sql_end(q);
        seats_text(db, n, (struct span){0}, &text);
        if (format == TB_DIGEST_FACTS) tb_facts_sums_text(db, n, &sums, &text);
        tb_sha256_hex(tb_buf_str(&text), text.len, found);
        tb_buf_free(&text);
        (void)snprintf(what, sizeof what, tb_t("第%lld版", "publication %lld"), (long long)n);
        if (tb_db_ok(db) && strcmp(said, found) != 0) changed(db, what, said, found);
    }
    tb_facts_sums_free(&sums);
}

/* Each publication's rosters by themselves: the name of the duty is told. */
static void check_rosters(struct tb_db *db)
{
    struct tb_sql *q = tb_sql(db, "SELECT publication, duty, \"from\", \"to\", digest FROM rosters "
                                  "ORDER BY publication, duty, draft");
    while (tb_sql_row(q)) {
        char found[65], what[200];
        const char *duty = tb_sql_get_text(q, 1), *said = tb_sql_get_text(q, 4);
        seats_digest(db, tb_sql_get_int(q, 0),
                     (struct span){duty, tb_sql_get_text(q, 2), tb_sql_get_text(q, 3)}, found);
        if (!tb_db_ok(db) || strcmp(said, found) == 0) continue;
        (void)snprintf(what, sizeof what, tb_t("第%lld版の当番区分 %s", "publication %lld, duty %s"),
                       (long long)tb_sql_get_int(q, 0), duty);
        changed(db, what, said, found);
    }
    tb_sql_end(q);
}

static void check_instances(struct tb_db *db)
{
    struct tb_sql *q = tb_sql(db, "SELECT id, bytes, instance_digest FROM drafts LEFT JOIN instances ON "
                                  "digest = instance_digest ORDER BY id");
    while (tb_sql_row(q)) {
        char found[65], what[64];
        size_t n;
        const char *said = tb_sql_get_text(q, 2);
        const void *bytes = tb_sql_get_bytes(q, 1, &n);
        tb_sha256_hex(bytes ? bytes : "", n, found);
        if (!tb_db_ok(db) || strcmp(said, found) == 0) continue;
        (void)snprintf(what, sizeof what, tb_t("案%lldの元の問題", "the instance of draft %lld"),
                       (long long)tb_sql_get_int(q, 0));
        changed(db, what, said, found);
    }
    tb_sql_end(q);
}

void tb_db_verify(struct tb_db *db, bool whole)
{
    bool opened = tb_db_read_begin(db);
    if (whole) check_rosters(db); /* first: it names the duty */
    check_publications(db);
    if (whole) check_instances(db);
    tb_db_read_end(db, opened);
}

enum tb_code tb_store_verify(tb_store *s, bool whole, struct tb_err *e)
{
    tb_db_verify(s->db, whole);
    enum tb_code c = tb_db_result(s->db, e);
    return c == TB_OK && whole ? tb_db_check(s->db, e) : c;
}
