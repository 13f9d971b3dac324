/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ledger FY2026: the books told to people.
 */
#include <string.h>

#include "cli.h"
#include "toban/tell/standing.h"

static int pool_with(const struct tb_standing *s, const char *ledger)
{
    for (int i = 0; i < s->n_pools; i++)
        for (int l = 0; l < s->pools[i].n_ledgers; l++)
            if (strcmp(s->region->ledgers[s->pools[i].ledgers[l]].id, ledger) == 0) return i;
    return -1;
}

static enum tb_code write_pages(struct cli *c, const struct tb_app_standing *s, const char *dir, bool member,
                                struct tb_err *e)
{
    struct tb_tell_pages x = {.directory = dir};
    CLI_TRY(tb_app_standing_html(&c->app, s, dir, member, &x.files, e));
    CLI_TELL(c, tb_tell_pages, &x);
    return TB_OK;
}

static enum tb_code tell_standing(struct cli *c, const struct tb_app_standing *s, struct tb_err *e)
{
    const struct tb_region *r = s->region;
    const char *ledger = cli_get(c, "ledger"), *account = cli_get(c, "account"), *html = cli_get(c, "html"),
               *audience = cli_get(c, "audience");
    const int reader = s->standing->reader;
    bool member = (audience && strcmp(audience, "member") == 0) || reader >= 0;
    struct tb_tell_pools pools = {.standing = s, .only = ledger ? pool_with(s->standing, ledger) : -1};
    struct tb_tell_account one = {.standing = s, .provider = account ? tb_find_provider(r, account) : reader};
    if (audience && !member && strcmp(audience, "office") != 0)
        return tb_fail(e, TB_USAGE,
                       tb_t("--audience は office か member です", "--audience is office or member"));
    if (ledger && pools.only < 0)
        return tb_fail(e, TB_USAGE, tb_t("帳簿「%s」はありません", "there is no ledger \"%s\""), ledger);
    if (account && one.provider < 0)
        return tb_fail(e, TB_USAGE, tb_t("当番医・医療機関「%s」はありません", "there is no provider \"%s\""),
                       account);
    if (member && one.provider < 0 && !html)
        return tb_fail(e, TB_USAGE,
                       tb_t("--audience member には --account か --html が要ります",
                            "--audience member needs --account or --html"));
    if (html && (ledger || account))
        return tb_fail(e, TB_USAGE,
                       tb_t("--html は全員の紙を書きます。--ledger や --account とは一緒に使えません",
                            "--html writes everybody's pages; leave out --ledger and --account"));
    if (html) return write_pages(c, s, html, member, e);
    if (one.provider >= 0)
        CLI_TELL(c, tb_tell_account, &one);
    else
        CLI_TELL(c, tb_tell_pools, &pools);
    return TB_OK;
}

enum tb_code ledger_people(struct cli *c, struct tb_err *e)
{
    struct tb_app_standing x;
    const char *account = cli_get(c, "account"), *audience = cli_get(c, "audience");
    if (audience && strcmp(audience, "member") == 0) c->app.reader = account;
    CLI_TRY(tb_app_standing(&c->app, c->args[0], account, &x, e));
    enum tb_code code = tell_standing(c, &x, e);
    tb_app_standing_free(&x);
    return code;
}
