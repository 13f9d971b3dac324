/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * diff, duties, withdraw, audit.
 */
#include "cli.h"
#include "toban/tell/diff.h"
#include "toban/tell/duties.h"
#include "toban/tell/history.h"

enum tb_code cmd_diff(struct cli *c, struct tb_err *e)
{
    struct tb_app_diff d;
    struct tb_buf notice = {0};
    if (c->json && cli_flag(c, "notice"))
        return tb_fail(
            e, TB_USAGE,
            tb_t("--json と --notice は一緒に使えません", "--json and --notice exclude each other"));
    CLI_TRY(tb_app_diff(&c->app, c->args[0], c->n_args > 1 ? c->args[1] : NULL, &d, e));
    if (cli_flag(c, "notice")) {
        tb_app_diff_notice(&d, &notice);
        cli_print(&notice);
    } else
        CLI_TELL(c, tb_tell_diff, &d);
    tb_app_diff_free(&d);
    return TB_OK;
}

enum tb_code cmd_duties(struct cli *c, struct tb_err *e)
{
    struct tb_app_duties x;
    struct tb_app_duties_asked asked = {.period = c->args[0],
                                        .as_of = cli_get(c, "as-of"),
                                        .duty = cli_get(c, "duty"),
                                        .provider = cli_get(c, "provider")};
    CLI_TRY(tb_app_duties(&c->app, &asked, &x, e));
    CLI_TELL(c, tb_tell_duties, &x);
    int n = x.n;
    tb_app_duties_free(&x);
    return n ? TB_OK : TB_NO;
}

enum tb_code cmd_withdraw(struct cli *c, struct tb_err *e)
{
    const char *duties[CLI_GIVEN];
    int n = cli_all(c, "duty", duties, CLI_GIVEN);
    struct tb_withdrawn x = {0};
    CLI_TRY(tb_app_withdraw(&c->app, c->args[0], duties, n, cli_get(c, "reason"), &x, e));
    CLI_TELL(c, tb_tell_withdrawn, &x);
    tb_publication_free(&x.made);
    return TB_OK;
}

enum tb_code cmd_audit(struct cli *c, struct tb_err *e)
{
    int64_t limit;
    struct tb_audit_line *v;
    size_t n;
    CLI_TRY(cli_int(c, "last", 0, INT32_MAX, 0, &limit, e));
    CLI_TRY(tb_app_audit(&c->app, cli_get(c, "what"), limit, &v, &n, e));
    CLI_TELL(c, tb_tell_audit, (&(struct tb_tell_audit){v, n}));
    tb_audit_free(v, n);
    return TB_OK;
}
