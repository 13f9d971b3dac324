/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * tomorrow: the list of the day before.
 */
#include "cli.h"
#include "toban/tell/eve.h"

enum tb_code cmd_tomorrow(struct cli *c, struct tb_err *e)
{
    struct tb_eve x;
    tb_day date = TB_DAY_NONE;
    if (c->n_args) CLI_TRY(cli_date(c, tb_t("日付", "the date"), c->args[0], &date, e));
    CLI_TRY(tb_app_eve(&c->app, date, &x, e));
    CLI_TELL(c, tb_tell_eve, &x);
    tb_app_eve_free(&x);
    return TB_OK;
}
