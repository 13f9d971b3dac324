/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ledgers, the routing table of the moment, backup and restore.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"

enum tb_code tb_app_ledger(const struct tb_app *app, struct tb_region **region, struct tb_ledger_line **lines, size_t *n, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_open(app, TB_STORE_READ, &s, region, e);
    if (c) return c;
    c = tb_store_ledger(s, *region, INT32_MAX, lines, n, e);
    tb_store_close(s);
    if (c) tb_region_free(*region);
    return c;
}

static int find_account(const struct tb_region *r, int ledger, const char *id)
{
    if (r->ledgers[ledger].scope != TB_SCOPE_SHARE) return tb_find_provider(r, id);
    for (int i = 0; i < r->n_shares; i++)
        if (r->shares[i].duty == r->ledgers[ledger].duties.v[0] && strcmp(r->shares[i].id, id) == 0) return i;
    return -1;
}

enum tb_code tb_app_adjust(const struct tb_app *app, const char *ledger, const char *account, tb_day date, int64_t millionths, const char *reason, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    enum tb_code c = app_open(app, TB_STORE_WRITE, &s, &r, e);
    if (c) return c;
    int l = tb_find_ledger(r, ledger), a = l < 0 ? -1 : find_account(r, l, account);
    bool begun = false;
    if (l < 0)
        c = tb_fail(e, TB_USAGE, tb_t("帳簿「%s」はありません（例 %s）", "there is no ledger \"%s\" (such as %s)"), ledger, r->n_ledgers ? r->ledgers[0].id : "-");
    else if (a < 0)
        c = tb_fail(e, TB_USAGE, tb_t("「%s」は帳簿 %s の口座ではありません", "\"%s\" is not an account of ledger %s"), account, ledger);
    else if (!*reason)
        c = tb_fail(e, TB_USAGE, tb_t("理由が要ります（--reason）", "a reason is needed (--reason)"));
    tb_minute now = tb_clock_now(&app->clock);
    if (c == TB_OK) {
        c = tb_store_begin(s, e);
        begun = c == TB_OK;
    }
    if (c == TB_OK) c = tb_store_ledger_adjust(s, r, l, a, date, millionths, reason, app->who, now, e);
    if (c == TB_OK) c = tb_store_audit(s, now, app->who, "ledger", ledger, e);
    c = app_close(s, begun, c, e);
    tb_region_free(r);
    return c;
}

enum tb_code tb_app_table(const struct tb_app *app, tb_minute at, struct tb_region **region, struct tb_board **board, tb_table **out, struct tb_err *e)
{
    tb_day d = tb_day_of_minute(at);
    enum tb_code c = tb_app_board(app, 0, d - TB_TABLE_BACK, d + TB_TABLE_AHEAD, region, board, e);
    if (c) return c;
    c = tb_route_build(*board, (*board)->published_at, out, e);
    if (c) {
        tb_board_free(*board);
        tb_region_free(*region);
    }
    return c;
}

enum tb_code tb_app_backup(const struct tb_app *app, const char *to, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = tb_store_open(app->db, TB_STORE_READ, &s, e);
    if (c) return c;
    c = tb_store_backup(s, to, e);
    tb_store_close(s);
    return c;
}

enum tb_code tb_app_restore(const struct tb_app *app, const char *from, struct tb_err *e) { return tb_store_restore(from, app->db, e); }
