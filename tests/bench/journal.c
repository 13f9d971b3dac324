/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loaded before libsqlite3 (LD_PRELOAD) by journal.py: the program as it is, with another journal.
 * JOURNAL_MODE takes the place of the mode that the program asks for, JOURNAL_SYNC is set after its own. With
 * a log the file may be shorter than the database, which the program takes for a file that was cut off: there
 * the size is not told. HELD_LOG gets a line for each time that SQLite's shared lock was held, which lets
 * nobody commit: the milliseconds, and those of them in which the program had a processor.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

int sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *arg,
                 char **why)
{
    int (*real)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **) =
        (__typeof__(real))dlsym(RTLD_NEXT, "sqlite3_exec");
    const char *mode = getenv("JOURNAL_MODE"), *sync = getenv("JOURNAL_SYNC");
    char text[64];
    if (mode && strncmp(sql, "PRAGMA journal_mode=", 20) == 0) {
        snprintf(text, sizeof text, "PRAGMA journal_mode=%s", mode);
        sql = text;
    }
    int rc = real(db, sql, row, arg, why);
    if (rc == SQLITE_OK && sync && strstr(sql, "PRAGMA synchronous=")) {
        snprintf(text, sizeof text, "PRAGMA synchronous=%s", sync);
        rc = real(db, text, NULL, NULL, NULL);
    }
    return rc;
}

int stat(const char *restrict path, struct stat *restrict st)
{
    int (*real)(const char *, struct stat *) = (__typeof__(real))dlsym(RTLD_NEXT, "stat");
    const char *mode = getenv("JOURNAL_MODE");
    int rc = real(path, st);
    if (rc == 0 && mode && strcmp(mode, "WAL") == 0) st->st_size = 1LL << 40;
    return rc;
}

#define SHARED_FIRST 0x40000002 /* of SQLite's locks (os.h) */

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

int fcntl64(int fd, int command, ...)
{
    static int (*real)(int, int, ...);
    static double since, used;
    static FILE *log;
    va_list ap;
    va_start(ap, command);
    void *arg = va_arg(ap, void *);
    va_end(ap);
    if (!real) {
        real = (__typeof__(real))dlsym(RTLD_NEXT, "fcntl64");
        const char *path = getenv("HELD_LOG");
        if (path) log = fopen(path, "a");
    }
    int rc = real(fd, command, arg);
    const struct flock *l = arg;
    if (!log || command != F_SETLK || rc != 0) return rc;
    if (l->l_type == F_RDLCK && l->l_start == SHARED_FIRST && since == 0) {
        since = now(CLOCK_MONOTONIC);
        used = now(CLOCK_THREAD_CPUTIME_ID);
    }
    if (l->l_type == F_UNLCK && l->l_start == 0 && since != 0) {
        fprintf(log, "%.2f %.2f\n", now(CLOCK_MONOTONIC) - since, now(CLOCK_THREAD_CPUTIME_ID) - used);
        fflush(log);
        since = 0;
    }
    return rc;
}
