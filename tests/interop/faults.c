/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loaded before libc (LD_PRELOAD): counts a program's system calls and, at the one whose number is in
 * FAULT_AT, does what FAULT_MODE says: kill    SIGKILL to itself full    from then on no file grows or comes
 * into being (ENOSPC), as on a full disk sync    from then on nothing can be made safe (EIO) count   nothing;
 * the number of calls is written to FAULT_LOG at the end FAULT_SET=files counts calls that change files or
 * names; FAULT_SET=all reading, accepting and sending too.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static long at;
static int all;
static char mode;
static atomic_long n;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void)
{
    const char *m = getenv("FAULT_MODE"), *a = getenv("FAULT_AT"), *s = getenv("FAULT_SET");
    mode = m ? *m : 'c';
    at = a ? strtol(a, NULL, 10) : 0;
    all = s && strcmp(s, "all") == 0;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAULT_LOG");
    FILE *f = path ? fopen(path, "w") : NULL;
    if (!f) return;
    fprintf(f, "%ld\n", atomic_load(&n));
    fclose(f);
}

/* Counts; is it time, or past it? */
static int struck(int changes)
{
    if (!changes && !all) return 0;
    long k = atomic_fetch_add(&n, 1) + 1;
    if (!at || k < at) return 0;
    if (mode == 'k') {
        kill(getpid(), SIGKILL);
        for (;;) pause();
    }
    return 1;
}

static int regular(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

#define REFUSE(when, which, error) \
    if (struck(when) && mode == (which)) { \
        errno = (error); \
        return -1; \
    }

ssize_t write(int fd, const void *p, size_t len)
{
    if (fd > STDERR_FILENO && regular(fd)) REFUSE(1, 'f', ENOSPC)
    return REAL(write)(fd, p, len);
}
ssize_t pwrite64(int fd, const void *p, size_t len, off64_t off)
{
    REFUSE(1, 'f', ENOSPC)
    return REAL(pwrite64)(fd, p, len, off);
}
ssize_t pwrite(int fd, const void *p, size_t len, off_t off)
{
    REFUSE(1, 'f', ENOSPC)
    return REAL(pwrite)(fd, p, len, off);
}
int fsync(int fd)
{
    REFUSE(1, 's', EIO)
    return REAL(fsync)(fd);
}
int syncfs(int fd)
{
    REFUSE(1, 's', EIO)
    return REAL(syncfs)(fd);
}
int fdatasync(int fd)
{
    REFUSE(1, 's', EIO)
    return REAL(fdatasync)(fd);
}
int ftruncate64(int fd, off64_t len)
{
    (void)struck(1);
    return REAL(ftruncate64)(fd, len);
}
int rename(const char *a, const char *b)
{
    (void)struck(1);
    return REAL(rename)(a, b);
}
int renameat2(int x, const char *a, int y, const char *b, unsigned flags)
{
    (void)struck(1);
    return REAL(renameat2)(x, a, y, b, flags);
}
int unlink(const char *path)
{
    (void)struck(1);
    return REAL(unlink)(path);
}
int unlinkat(int d, const char *path, int flags)
{
    (void)struck(1);
    return REAL(unlinkat)(d, path, flags);
}
int mkdir(const char *path, mode_t m)
{
    REFUSE(1, 'f', ENOSPC)
    return REAL(mkdir)(path, m);
}
#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        va_list ap; \
        va_start(ap, flags); \
        mode_t m = flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0; \
        va_end(ap); \
        struct stat st; \
        if ((flags & O_CREAT) && stat(path, &st) != 0) REFUSE(1, 'f', ENOSPC) \
        return REAL(name)(path, flags, m); \
    }
OPEN(open)
OPEN(open64)

ssize_t read(int fd, void *p, size_t len)
{
    (void)struck(0);
    return REAL(read)(fd, p, len);
}
ssize_t pread64(int fd, void *p, size_t len, off64_t off)
{
    (void)struck(0);
    return REAL(pread64)(fd, p, len, off);
}
ssize_t recv(int fd, void *p, size_t len, int flags)
{
    (void)struck(0);
    return REAL(recv)(fd, p, len, flags);
}
ssize_t send(int fd, const void *p, size_t len, int flags)
{
    (void)struck(0);
    return REAL(send)(fd, p, len, flags);
}
ssize_t sendmsg(int fd, const struct msghdr *m, int flags)
{
    (void)struck(0);
    return REAL(sendmsg)(fd, m, flags);
}
int accept4(int fd, struct sockaddr *a, socklen_t *len, int flags)
{
    (void)struck(0);
    return REAL(accept4)(fd, a, len, flags);
}
