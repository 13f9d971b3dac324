/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verify: does the data file still hold what its digests say?
 */
#include "cli.h"

enum tb_code cmd_verify(struct cli *c, struct tb_err *e)
{
    CLI_TRY(tb_app_verify(&c->app, true, e));
    if (c->json) {
        struct cli_json j;
        cli_json_begin(&j, c);
        tb_print_kbool(j.p, "intact", true);
        cli_json_end(&j);
    } else {
        struct tb_buf text = {0};
        tb_buf_addf(&text, "%s\n",
                    tb_t("公表のすべての版、各当番表、案の元の問題、ファイルの構造は照合と合っています",
                         "every publication, every roster, the drafts' instances and the file's structure "
                         "match their digests"));
        cli_print(&text);
    }
    return TB_OK;
}
