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
    if (c->n_args && !tb_parse_date(c->args[0], &date))
        return tb_fail(e, TB_USAGE,
                       tb_t("「%s」は日付ではありません（2026-12-03）", "\"%s\" is not a date (2026-12-03)"),
                       c->args[0]);
    CLI_TRY(tb_app_eve(&c->app, date, &x, e));
    CLI_TELL(c, tb_tell_eve, &x);
    tb_app_eve_free(&x);
    return TB_OK;
}
