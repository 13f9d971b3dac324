/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verify.
 */
#include "cli.h"
#include "toban/tell/verify.h"

enum tb_code cmd_verify(struct cli *c, struct tb_err *e)
{
    CLI_TRY(tb_app_verify(&c->app, true, e));
    CLI_TELL(c, tb_tell_intact, c->app.db);
    return TB_OK;
}
