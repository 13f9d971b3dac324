/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who serves from a data file: a lock on a file beside it. Not on the data file itself: closing that would
 * drop SQLite's own locks of this process.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_int.h"

struct tb_lease {
    int fd;
    char *path; /* of the lock */
    bool sole;
};

static enum tb_code cannot(const char *path, int err, struct tb_err *e)
{
    return tb_fail(e, TB_STORAGE,
                   tb_t("%s: 使用中の印を付けられません(%s)。ファイルとディレクトリの許可を確かめてください",
                        "%s: cannot be marked as in use (%s); check the permissions of the file and its "
                        "directory"),
                   path, tb_db_why(err));
}

/* Who holds it is asked of the system, so that a server that was killed holds nothing. */
static enum tb_code held(const char *data, const struct tb_lease *l, struct tb_err *e)
{
    struct flock other = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    long pid = fcntl(l->fd, F_GETLK, &other) == 0 && other.l_type != F_UNLCK ? (long)other.l_pid : 0;
    if (!l->sole)
        return tb_fail(
            e, TB_BUSY,
            tb_t("%s: バックアップから戻しているところです（プロセス %ld）。終わってから始めてください",
                 "%s: is being restored (process %ld); begin when that is done"),
            data, pid);
    return tb_fail(e, TB_REFUSED,
                   tb_t("%s: toban serve（プロセス %ld）が使っています。止めてから戻します（systemctl stop "
                        "toban）。何も変えていません",
                        "%s: toban serve (process %ld) is using it; stop that first (systemctl stop toban); "
                        "nothing was changed"),
                   data, pid);
}

/* The lock's file as it is named now: a restore that was first may have taken the name away again. */
static bool is_named(const struct tb_lease *l)
{
    struct stat mine, named;
    return fstat(l->fd, &mine) == 0 && stat(l->path, &named) == 0 && mine.st_dev == named.st_dev &&
           mine.st_ino == named.st_ino;
}

static enum tb_code take(const char *data, bool sole, struct tb_lease **out, struct tb_err *e)
{
    struct tb_lease *l = tb_xcalloc(1, sizeof *l);
    struct tb_buf path = {0};
    struct flock want = {.l_type = sole ? F_WRLCK : F_RDLCK, .l_whence = SEEK_SET};
    enum tb_code c = TB_OK;
    tb_buf_addf(&path, "%s.lock", data);
    l->path = tb_buf_take(&path);
    l->sole = sole;
    do {
        l->fd = open(l->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (l->fd < 0)
            c = cannot(l->path, errno, e);
        else if (fcntl(l->fd, F_SETLK, &want) != 0)
            c = errno == EACCES || errno == EAGAIN ? held(data, l, e) : cannot(l->path, errno, e);
        else if (is_named(l)) {
            *out = l;
            return TB_OK;
        }
        if (l->fd >= 0) (void)close(l->fd);
    } while (c == TB_OK);
    free(l->path);
    free(l);
    return c;
}

enum tb_code tb_store_lease(const char *path, tb_lease **out, struct tb_err *e)
{
    return take(path, false, out, e);
}

enum tb_code tb_store_lease_alone(const char *path, tb_lease **out, struct tb_err *e)
{
    return take(path, true, out, e);
}

void tb_store_lease_end(tb_lease *l)
{
    if (l == NULL) return;
    if (l->sole) (void)unlink(l->path); /* while it is locked: nobody else has a lock on it */
    (void)close(l->fd);
    free(l->path);
    free(l);
}
