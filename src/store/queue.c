/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Those who wait to write stand in a queue: places in a file beside the data file, each a byte that is locked
 * by who stands there. Who waits moves up when the place before him is free, and only the first asks SQLite.
 * The lock is the system's, so that a program that was killed stands nowhere. Without the file (a disk
 * that knows no such locks, another owner) everybody is first: then chance decides, as if there were none.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_int.h"

enum { PLACES = 64 }; /* whoever comes when all are taken waits for the last */

struct tb_queue {
    int fd;
    int place; /* PLACES: none yet */
    char *path;
};

struct tb_queue *tb_queue_join(const char *data)
{
    struct tb_queue *q = tb_xcalloc(1, sizeof *q);
    struct tb_buf path = {0};
    struct stat st;
    tb_buf_addf(&path, "%s.queue", data);
    q->path = tb_buf_take(&path);
    q->place = PLACES;
    /* Who may write the data may stand in its queue. */
    const mode_t mode = stat(data, &st) == 0 ? st.st_mode & 0666 : 0600;
    q->fd = open(q->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode);
    return q;
}

/* Of the open file, not of the process: threads of a server stand there one by one. */
static bool lock_place(const struct tb_queue *q, int place, short how)
{
    struct flock x = {.l_type = how, .l_whence = SEEK_SET, .l_start = place, .l_len = 1};
    return fcntl(q->fd, F_OFD_SETLK, &x) == 0 || (errno != EACCES && errno != EAGAIN);
}

int tb_queue_place(struct tb_queue *q)
{
    while (q->fd >= 0 && q->place > 0 && lock_place(q, q->place - 1, F_WRLCK)) {
        if (q->place < PLACES) (void)lock_place(q, q->place, F_UNLCK);
        q->place--;
    }
    return q->fd >= 0 ? q->place : 0;
}

void tb_queue_leave(struct tb_queue *q)
{
    if (q == NULL) return;
    struct flock others = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    /* The last one takes the file away. Somebody who has just opened it is alone in his queue, no more. */
    if (q->fd >= 0 && fcntl(q->fd, F_OFD_GETLK, &others) == 0 && others.l_type == F_UNLCK)
        (void)unlink(q->path);
    if (q->fd >= 0) (void)close(q->fd);
    free(q->path);
    free(q);
}
