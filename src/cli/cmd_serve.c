/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * serve.
 */
#include <stdlib.h>

#include "cli.h"
#include "toban/feeds/serve.h"

static void ready(void *arg, int port)
{
    struct tb_buf text = {0};
    tb_buf_addf(&text, tb_t("http://%s:%d で応答します\n", "serving on http://%s:%d\n"), (const char *)arg,
                port);
    cli_print(&text);
    fflush(stdout);
}

enum tb_code cmd_serve(struct cli *c, struct tb_err *e)
{
    int64_t port;
    CLI_TRY(cli_int(c, "port", 0, 65535, 8380, &port, e));
    char *address = tb_xstrdup(cli_get(c, "listen") ? cli_get(c, "listen") : "127.0.0.1");
    struct tb_feeds_opts o = {.address = address,
                              .port = (int)port,
                              .key = cli_get(c, "key"),
                              .staff = cli_flag(c, "staff"),
                              .ready = ready,
                              .arg = address};
    enum tb_code code = tb_feeds_serve(&c->app, &o, e);
    free(address);
    return code;
}
