/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The socket that a listener listens on. Made here and not by the library, so that a port that is taken is
 * told as such, and is never shared: of two servers on one port each would get some of the requests.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http_int.h"

#define BACKLOG 511

/* 0 or errno. SO_REUSEADDR alone: a server that was just stopped can be started again, and nobody who
 * listens is joined. */
static int listen_at(int fd, const struct sockaddr_in *address, int *port)
{
    const int yes = 1;
    struct sockaddr_in got = {0};
    socklen_t len = sizeof got;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(fd, (const struct sockaddr *)address, sizeof *address) != 0 || listen(fd, BACKLOG) != 0 ||
        getsockname(fd, (struct sockaddr *)&got, &len) != 0)
        return errno;
    *port = ntohs(got.sin_port);
    return 0;
}

enum tb_code http_socket_open(const struct sockaddr_in *address, const char *shown, int *fd, int *port,
                              struct tb_err *e)
{
    const int wanted = ntohs(address->sin_port);
    *fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int err = *fd < 0 ? errno : listen_at(*fd, address, port);
    if (!err) return TB_OK;
    if (*fd >= 0) (void)close(*fd);
    if (err == EADDRINUSE)
        return tb_fail(
            e, TB_REFUSED,
            tb_t("%s:%d はほかのプログラムが使っています。それを止めるか、別のポートにしてください",
                 "%s:%d is in use by another program: stop that one, or take another port"),
            shown, wanted);
    if (err == EACCES)
        return tb_fail(e, TB_REFUSED,
                       tb_t("%s:%d を使う許可がありません。1024 以上のポートにしてください",
                            "no permission to listen on %s:%d: take a port of 1024 or more"),
                       shown, wanted);
    const char *why = strerrordesc_np(err);
    return tb_fail(e, TB_STORAGE, tb_t("%s:%d で待ち受けられません（%s）", "cannot listen on %s:%d (%s)"),
                   shown, wanted, why ? why : "?");
}
