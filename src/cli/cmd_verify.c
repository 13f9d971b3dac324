/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * verify.
 */
#include <stdlib.h>

#include "cli.h"
#include "toban/app/history.h"
#include "toban/tell/verify.h"

enum tb_code cmd_verify(struct cli *c, struct tb_err *e)
{
    struct tb_publication *v;
    size_t n;
    CLI_TRY(tb_app_verify(&c->app, true, e));
    CLI_TRY(tb_app_publications(&c->app, &v, &n, e));
    struct tb_tell_intact x = {.db = c->app.db};
    for (size_t i = 0; i < n; i++) {
        if (v[i].facts_of_upgrade) x.upgraded = v[i].number;
        tb_publication_free(&v[i]);
    }
    free(v);
    CLI_TELL(c, tb_tell_intact, &x);
    return TB_OK;
}
