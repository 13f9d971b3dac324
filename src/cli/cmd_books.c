/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * entries, shares.
 */
#include "cli.h"
#include "toban/tell/books.h"

enum tb_code cmd_entries(struct cli *c, struct tb_err *e)
{
    struct tb_region *r;
    struct tb_ledger_entry *v;
    size_t n;
    const char *ledger = cli_get(c, "ledger");
    enum tb_code code = TB_OK;
    CLI_TRY(tb_app_entries(&c->app, &r, &v, &n, e));
    if (ledger && tb_find_ledger(r, ledger) < 0)
        code = tb_fail(e, TB_USAGE, tb_t("帳簿「%s」はありません", "there is no ledger \"%s\""), ledger);
    if (code == TB_OK) {
        struct tb_tell_entries x = {.region = r,
                                    .v = v,
                                    .n = n,
                                    .ledger = ledger,
                                    .account = cli_get(c, "account"),
                                    .by_hand = cli_flag(c, "by-hand")};
        CLI_TELL(c, tb_tell_entries, &x);
    }
    tb_ledger_entries_free(v, n);
    tb_region_free(r);
    return code;
}

enum tb_code cmd_shares(struct cli *c, struct tb_err *e)
{
    struct tb_app_shares x;
    CLI_TRY(tb_app_shares(&c->app, c->args[0], cli_get(c, "duty"), &x, e));
    CLI_TELL(c, tb_tell_shares, &x);
    tb_app_shares_free(&x);
    return TB_OK;
}
