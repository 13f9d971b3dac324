/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of src/store share: a directory of their own, a small region with people who are fictitious
 * (架空), drafts from text, and the whole content of a file as text.
 */
#ifndef TOBAN_T_STORE_HELP_H
#define TOBAN_T_STORE_HELP_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>

#include "fixture.h"
#include "store/store_int.h"

#define OK(call) \
    do { \
        enum tb_code ok_ = (call); \
        if (ok_ != TB_OK) fail_msg("%s: %d %s", #call, (int)ok_, e.text); \
    } while (0)
#define FAILS(code, word, call) \
    do { \
        enum tb_code fails_ = (call); \
        if (fails_ != (code) || strstr(e.text, (word)) == NULL) \
            fail_msg("%s: %d, wanted %d and \"%s\": %s", #call, (int)fails_, (int)(code), (word), e.text); \
        e = (struct tb_err){0}; \
    } while (0)

/* A new directory; its name lives as long as the program. */
__attribute__((unused)) static const char *new_dir(void)
{
    static struct tb_arena names;
    return mkdtemp(tb_arena_strdup(&names, "/tmp/toban-store-XXXXXX"));
}

__attribute__((unused)) static void drop_dir(const char *name)
{
    struct tb_err e = {0};
    OK(tb_dir_remove(name, &e));
}

/* `path` within `dir`; lives as long as the program. */
__attribute__((unused)) static const char *in(const char *dir, const char *path)
{
    static struct tb_arena names;
    return tb_arena_printf(&names, "%s/%s", dir, path);
}

/* Everything a file holds, in a fixed order: schema and rows of every table, application id and version. */
__attribute__((unused)) static char *dump(const char *path)
{
    struct tb_buf out = {0}, tables = {0};
    sqlite3 *db;
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(
                         db,
                         "SELECT sql, iif(type = 'table', name, '') FROM sqlite_schema WHERE sql IS NOT NULL"
                         " UNION ALL SELECT application_id, '' FROM pragma_application_id"
                         " UNION ALL SELECT user_version, '' FROM pragma_user_version"
                         " UNION ALL SELECT integrity_check, '' FROM pragma_integrity_check"
                         " UNION ALL SELECT \"table\" || rowid, '' FROM pragma_foreign_key_check ORDER BY 1",
                         -1, &q, NULL),
                     SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW) {
        tb_buf_addf(&out, "%s\n", (const char *)sqlite3_column_text(q, 0));
        const char *table = (const char *)sqlite3_column_text(q, 1);
        if (table[0] != '\0') tb_buf_addf(&tables, "%s\n", table);
    }
    sqlite3_finalize(q);
    char *rest = tables.s, *table;
    while ((table = strsep(&rest, "\n")) != NULL && table[0] != '\0') {
        char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" ORDER BY 1, 2", table);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
        while (sqlite3_step(q) == SQLITE_ROW) {
            tb_buf_addf(&out, "%s", table);
            for (int i = 0; i < sqlite3_column_count(q); i++) {
                const unsigned char *text = sqlite3_column_text(q, i);
                tb_buf_addf(&out, "|%s", text != NULL ? (const char *)text : "NULL");
            }
            tb_buf_addc(&out, '\n');
        }
        sqlite3_finalize(q);
        sqlite3_free(sql);
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    tb_buf_free(&tables);
    return tb_buf_take(&out);
}

/* Runs SQL past the program, as any other tool would; the answer is SQLite's. */
__attribute__((unused)) static int raw(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), SQLITE_OK);
    int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return rc;
}

/* Two doctors and a reserve each night, one clinic on holidays; weights that do not divide evenly. */
__attribute__((unused)) static struct fx *people(void)
{
    struct fx *f = fx_new();
    fx_duty(f, "night", "doctor");
    fx_duty(f, "clinics", "clinic");
    fx_band(f, "night", "eve", "all", "19:30", "23:00", 2, 1);
    fx_band(f, "clinics", "day", "holiday", "09:00", "17:00", 1, 0);
    fx_row(f, "shares", "duty=night|id=city|name=市|weight=2");
    fx_row(f, "shares", "duty=night|id=town|name=町|weight=1.5");
    static const char *const weights[] = {"1", "0.5", "0.333333", "1.7", "1"};
    for (int i = 1; i <= 5; i++) {
        fx_rowf(f, "providers", "id=p%d|kind=doctor|area=%s", i, i < 4 ? "d1" : "d3");
        fx_rowf(f, "members", "duty=night|provider=p%d|weight=%s|share=%s", i, weights[i - 1],
                i < 4 ? "city" : "town");
    }
    for (int i = 1; i <= 3; i++) {
        fx_rowf(f, "providers", "id=c%d|kind=clinic|area=d2", i);
        fx_rowf(f, "members", "duty=clinics|provider=c%d", i);
    }
    fx_row(f, "links", "from=p1|type=owns|to=c1");
    fx_row(f, "ledgers", "id=nights|scope=provider|duties=night|class=all|price=3");
    fx_row(f, "ledgers", "id=holidays|scope=provider|duties=night|class=holiday|price=3|within=nights");
    fx_row(f, "ledgers", "id=reserves|scope=provider|duties=night|role=reserve|class=all|price=1");
    fx_row(f, "ledgers", "id=towns|scope=share|duties=night|class=all|price=1");
    fx_row(f, "ledgers", "id=clinics|scope=provider|duties=clinics|class=all|price=1");
    fx_row(f, "ledgers", "id=persons|scope=person|duties=night;clinics|class=all|price=1");
    fx_row(f, "balances", "ledger=nights|account=p1|date=2026-03-31|carried=0.25|reason=前年度から");
    fx_row(f, "balances", "ledger=persons|account=p1|date=2026-03-31|carried=-1");
    return f;
}

/* "duty date band role seat provider", one per line; provider "-": left open. */
__attribute__((unused)) static struct tb_seat_row *seats_of(const struct tb_region *r, const char *text,
                                                            size_t *n)
{
    struct tb_seat_row *rows = NULL;
    size_t count = 0, cap = 0;
    for (const char *line = text; *line != '\0';) {
        char duty[32], date[32], band[32], role[32], provider[32];
        int seat, used = 0;
        if (sscanf(line, "%31s %31s %31s %31s %d %31s %n", duty, date, band, role, &seat, provider, &used) !=
            6)
            fail_msg("not a seat: %s", line);
        struct tb_seat_row row = {.duty = tb_find_duty(r, duty),
                                  .date = fx_day(date),
                                  .role = strcmp(role, "reserve") == 0,
                                  .seat = seat,
                                  .provider = -1};
        assert_true(row.duty >= 0);
        row.band = tb_find_band(r, row.duty, band);
        if (strcmp(provider, "-") != 0) row.provider = tb_find_provider(r, provider);
        assert_true(row.band >= 0 && (row.provider >= 0 || provider[0] == '-'));
        *TB_PUSH(rows, count, cap) = row;
        line += used;
    }
    *n = count;
    return rows;
}

/* A draft inside the open transaction; its id. */
__attribute__((unused)) static int64_t add_draft(tb_store *s, const struct tb_region *r, const char *from,
                                                 const char *to, const char *duties, const char *seats)
{
    struct tb_err e = {0};
    size_t n;
    struct tb_seat_row *rows = seats_of(r, seats, &n);
    struct tb_draft d = {.created_at = tb_minute_of(fx_day("2026-11-01"), 600),
                         .from = fx_day(from),
                         .to = fx_day(to),
                         .duties = tb_xstrdup(duties),
                         .instance = tb_xstrdup("{}"),
                         .instance_len = 2,
                         .status = tb_xstrdup("manual"),
                         .stopped_by = tb_xstrdup("proof")};
    tb_sha256_hex("{}", 2, d.instance_digest);
    OK(tb_store_latest(s, &d.base, &e));
    OK(tb_store_add_draft(s, &d, rows, n, r, &e));
    int64_t id = d.id;
    tb_draft_free(&d);
    free(rows);
    return id;
}

/* A draft stored and published at the minute given; the publication's number. */
__attribute__((unused)) static int64_t publish(tb_store *s, const struct tb_region *r, tb_minute at,
                                               const char *from, const char *to, const char *duties,
                                               const char *seats)
{
    struct tb_err e = {0};
    struct tb_publication p = {0};
    OK(tb_store_begin(s, &e));
    int64_t id = add_draft(s, r, from, to, duties, seats);
    const struct tb_to_publish what = {.drafts = &id, .n = 1, .until = TB_DAY_NONE};
    const struct tb_act act = {.at = at, .by = "事務局", .note = ""};
    OK(tb_store_publish(s, r, &what, &act, &p, &e));
    OK(tb_store_commit(s, &e));
    int64_t number = p.number;
    tb_publication_free(&p);
    return number;
}

/* A new file with the region of people(). */
__attribute__((unused)) static tb_store *new_store(const char *path, struct fx *f)
{
    struct tb_err e = {0};
    tb_store *s;
    fx_region(f);
    OK(tb_store_open(path, TB_STORE_CREATE, &s, &e));
    OK(tb_store_begin(s, &e));
    OK(tb_store_save_region(s, NULL, f->region, &e));
    OK(tb_store_commit(s, &e));
    return s;
}

#endif
