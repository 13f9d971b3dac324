/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * office: the association's own pages, for who has an account. Listens inside alone: on loopback, or behind a
 * proxy that speaks TLS.
 */
#ifndef TOBAN_WEB_OFFICE_H
#define TOBAN_WEB_OFFICE_H

#include "toban/app/app.h"

struct tb_office_opts {
    const char *address; /* numeric IPv4 address */
    int port;            /* 0: any that is free */
    /* Name that the proxy is asked by (https://NAME): cookies are for TLS alone then. NULL: loopback. */
    const char *host;
    /* Ready: `first` is the path of the one-time address that makes the first account, NULL: there is one. */
    void (*ready)(void *arg, int port, const char *first);
    void *arg;
};
/* Answers until SIGTERM or SIGINT. The pages run in a process that is watched: one that dies is begun again
 * within a moment; what it had told somebody is in the data file. TB_REFUSED: the port is in use, or the
 * address is none of this machine's own without `host`. */
TB_MUST_USE enum tb_code tb_office_serve(const struct tb_app *app, const struct tb_office_opts *o,
                                         struct tb_err *e);

#endif
