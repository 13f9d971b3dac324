/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * compare.
 */
#include "cli.h"
#include "toban/app/compare.h"
#include "toban/tell/compare.h"

enum tb_code cmd_compare(struct cli *c, struct tb_err *e)
{
    const char *duties[CLI_GIVEN], *html = cli_get(c, "html");
    int64_t seconds;
    int n = cli_all(c, "duty", duties, CLI_GIVEN);
    CLI_TRY(cli_int(c, "time", 1, 86400, 600, &seconds, e));
    c->app.plan.seconds = (double)seconds;
    struct tb_app_compare x;
    enum tb_code code =
        tb_app_compare(&c->app, (const char *const[]){c->args[0], c->args[1]}, c->args[2], duties, n, &x, e);
    for (int i = 0; i < 2; i++) code = cli_notes(code, &x.side[i].notes);
    if (code) return code;
    for (int i = 0; i < 2; i++) {
        if (x.side[i].tally && !x.side[i].tally->proven && code == TB_OK) code = TB_LIMIT;
        if (!x.side[i].tally) code = TB_NO;
    }
    if (html) {
        struct tb_buf page = {0};
        tb_app_compare_html(&x, &page);
        enum tb_code written = tb_file_write(html, tb_buf_str(&page), page.len, e);
        tb_buf_free(&page);
        if (written) {
            tb_app_compare_free(&x);
            return written;
        }
    }
    CLI_TELL(c, tb_tell_compare, &x);
    tb_app_compare_free(&x);
    return code;
}
