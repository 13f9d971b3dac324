/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * serve: feeds and answers for programs, over HTTP/1.1 on one address, to be put behind a proxy
 * (docs/operator/serve.md).
 */
#ifndef TOBAN_FEEDS_SERVE_H
#define TOBAN_FEEDS_SERVE_H

#include "toban/app/app.h"

struct tb_feeds_opts {
    const char *address; /* numeric IPv4 address */
    int port;            /* 0: any that is free */
    const char *key;     /* of the addresses' key file, or NULL */
    /* tell the 119 desk's answers too, with staff numbers: only where the proxy lets nobody else in */
    bool staff;
    void (*ready)(void *arg, int port); /* called once when it listens */
    void *arg;
};
/* Serves until SIGTERM or SIGINT, in the language set here. What was rendered last is served whatever fails
 * later. TB_NO: nothing is published yet; TB_STORAGE: the address cannot be used. */
TB_MUST_USE enum tb_code tb_feeds_serve(const struct tb_app *app, const struct tb_feeds_opts *o,
                                        struct tb_err *e);

#endif
