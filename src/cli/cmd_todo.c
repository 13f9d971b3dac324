/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * todo: what waits for somebody.
 */
#include "cli.h"
#include "toban/tell/todo.h"

enum tb_code cmd_todo(struct cli *c, struct tb_err *e)
{
    struct tb_todo x;
    int64_t days;
    const char *done = cli_get(c, "done");
    if (done) {
        CLI_TRY(tb_app_todo_done(&c->app, done, cli_get(c, "note"), e));
        CLI_TELL(c, tb_tell_todo_done, done);
        return TB_OK;
    }
    if (cli_get(c, "note"))
        return tb_fail(e, TB_USAGE, tb_t("--note は --done とともに使います", "--note goes with --done"));
    CLI_TRY(cli_int(c, "days", 0, 3660, -1, &days, e));
    CLI_TRY(tb_app_todo(&c->app, &(struct tb_todo_asked){(int)days, cli_get(c, "kind")}, &x, e));
    CLI_TELL(c, tb_tell_todo, &x);
    bool waits = x.n > 0;
    tb_todo_free(&x);
    return waits ? TB_NO : TB_OK;
}
