/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* strerror() would answer in the language of the environment, not in the one that is set. */
static const char *why(int err)
{
    switch (err) {
    case ENOENT:
        return tb_t("その名前のものがありません", "nothing has that name");
    case EACCES:
    case EPERM:
        return tb_t("許可がありません", "permission denied");
    case ENOTDIR:
        return tb_t("途中の名前がディレクトリではありません", "a part of the path is not a directory");
    case EISDIR:
        return tb_t("ディレクトリです", "it is a directory");
    case EEXIST:
    case ENOTEMPTY:
        return tb_t("同じ名前のものがあります", "the name is in use");
    case ENOSPC:
    case EDQUOT:
        return tb_t("ディスクに空きがありません", "no space left on the disk");
    case EFBIG:
        return tb_t("ファイルの大きさの上限を超えます", "the limit on file size is reached");
    case EROFS:
        return tb_t("読み取り専用のディスクです", "the disk is read-only");
    case ENAMETOOLONG:
        return tb_t("名前が長すぎます", "the name is too long");
    case ELOOP:
        return tb_t("シンボリックリンクをたどれません", "symbolic links cannot be followed there");
    case EMFILE:
    case ENFILE:
        return tb_t("開いているファイルが多すぎます", "too many files are open");
    case EIO:
        return tb_t("ディスクの読み書きに失敗しました", "the disk failed");
    default: {
        const char *text = strerrordesc_np(err);
        return text != NULL ? text : tb_t("原因不明", "unknown cause");
    }
    }
}

static int open_retry(int dir, const char *path, int flags, mode_t mode)
{
    int fd;
    do fd = openat(dir, path, flags | O_CLOEXEC, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}

static enum tb_code cannot_read(struct tb_err *e, const char *path, int err)
{
    return tb_fail(e, err == EIO ? TB_STORAGE : TB_INPUT,
                   tb_t("%s: 読めません(%s)。読めるファイルの名前を指定してください",
                        "%s: cannot be read (%s); name a file that can be read"),
                   path, why(err));
}

/* Reads to the end and not by the size stated, so pipes and growing files are read right too. */
static enum tb_code read_all(int fd, const char *path, size_t limit, struct tb_buf *b, struct tb_err *e)
{
    struct stat st;
    if (fstat(fd, &st) != 0) return cannot_read(e, path, errno);
    if (S_ISDIR(st.st_mode)) return cannot_read(e, path, EISDIR);
    char chunk[65536];
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return cannot_read(e, path, errno);
        if (n == 0) return TB_OK;
        if ((size_t)n > limit - b->len)
            return tb_fail(e, TB_INPUT,
                           tb_t("%s: 大きすぎます。%zu バイト以下のファイルを指定してください",
                                "%s: too large; name a file of at most %zu bytes"),
                           path, limit);
        tb_buf_addn(b, chunk, (size_t)n);
    }
}

enum tb_code tb_file_read(const char *path, size_t limit, char **out, size_t *len, struct tb_err *e)
{
    int fd = open_retry(AT_FDCWD, path, O_RDONLY, 0);
    if (fd < 0) return cannot_read(e, path, errno);
    struct tb_buf b = {0};
    enum tb_code code = read_all(fd, path, limit, &b, e);
    (void)close(fd);
    if (code != TB_OK) {
        tb_buf_free(&b);
        return code;
    }
    if (len != NULL) *len = b.len;
    *out = tb_buf_take(&b);
    return TB_OK;
}

static enum tb_code cannot_write(struct tb_err *e, const char *path, int err)
{
    return tb_fail(
        e, TB_STORAGE,
        tb_t("%s: 書けません(%s)。前の内容はそのままです。書き込めるディレクトリと空き容量を確かめてください",
             "%s: cannot be written (%s); what was there is unchanged; "
             "the directory must be writable and have space"),
        path, why(err));
}

static int write_all(int fd, const unsigned char *bytes, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = write(fd, bytes + done, len - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return n < 0 ? errno : EIO;
        done += (size_t)n;
    }
    return 0;
}

static int fill_and_close(int fd, const struct stat *old, const void *bytes, size_t len)
{
    int err = write_all(fd, bytes, len);
    if (err == 0 && old != NULL && fchmod(fd, old->st_mode & 07777) != 0) err = errno;
    if (err == 0 && fsync(fd) != 0) err = errno;
    if (close(fd) != 0 && err == 0) err = errno;
    return err;
}

/* A short name of its own, because the target's name may already be as long as names can be. */
static int make_temporary(int dir, char *name, size_t size)
{
    for (unsigned n = 0; n < 10000; n++) {
        (void)snprintf(name, size, ".toban-%ld-%u.tmp", (long)getpid(), n);
        int fd = open_retry(dir, name, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

static enum tb_code write_in(int dir, const char *base, const char *path, const void *bytes, size_t len,
                             struct tb_err *e)
{
    struct stat st;
    bool exists = fstatat(dir, base, &st, AT_SYMLINK_NOFOLLOW) == 0;
    /* rename() would put a file in the place of a device or a link */
    if (exists && !S_ISREG(st.st_mode))
        return tb_fail(
            e, TB_STORAGE,
            tb_t("%s: "
                 "普通のファイルではないので置き換えません。新しい名前か、普通のファイルを指定してください",
                 "%s: is not a regular file and is not replaced; name a new or a regular file"),
            path);
    char temporary[64];
    int fd = make_temporary(dir, temporary, sizeof temporary);
    if (fd < 0) return cannot_write(e, path, errno);
    int err = fill_and_close(fd, exists ? &st : NULL, bytes, len);
    if (err == 0 && renameat(dir, temporary, dir, base) != 0) err = errno;
    if (err != 0) {
        (void)unlinkat(dir, temporary, 0);
        return cannot_write(e, path, err);
    }
    if (fsync(dir) != 0 && errno != EINVAL) /* EINVAL: a file system whose directories need none */
        return tb_fail(
            e, TB_STORAGE,
            tb_t(
                "%s: "
                "書きましたが、ディスクに残ったか確かめられません(%s)"
                "。ディスクを確かめて、もう一度書いてください",
                "%s: written, but whether the disk keeps it is unknown (%s); check the disk and write again"),
            path, why(errno));
    return TB_OK;
}

enum tb_code tb_file_write(const char *path, const void *bytes, size_t len, struct tb_err *e)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    if (base[0] == '\0' || strcmp(base, ".") == 0 || strcmp(base, "..") == 0)
        return cannot_write(e, path, base[0] == '\0' && slash == NULL ? ENOENT : EISDIR);
    struct tb_buf parent = {0};
    tb_buf_addn(&parent, path, (size_t)(base - path));
    int dir = open_retry(AT_FDCWD, parent.len > 0 ? parent.s : ".", O_RDONLY | O_DIRECTORY, 0);
    int err = errno;
    tb_buf_free(&parent);
    if (dir < 0) return cannot_write(e, path, err);
    enum tb_code code = write_in(dir, base, path, bytes, len, e);
    (void)close(dir);
    return code;
}

enum tb_code tb_file_put(const char *path, const void *bytes, size_t len, struct tb_err *e)
{
    int fd = open_retry(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0666);
    if (fd < 0) return cannot_write(e, path, errno);
    int err = write_all(fd, bytes, len);
    if (close(fd) != 0 && err == 0) err = errno;
    return err == 0 ? TB_OK : cannot_write(e, path, err);
}

static bool is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

enum tb_code tb_dir_make(const char *path, struct tb_err *e)
{
    char *part = tb_xstrdup(path);
    int err = path[0] == '\0' ? ENOENT : 0;
    for (char *p = part; err == 0 && *p != '\0';) {
        p += strspn(p, "/");
        p += strcspn(p, "/");
        char end = *p;
        *p = '\0';
        if (mkdir(part, 0777) != 0) {
            err = errno;
            if (is_directory(part)) err = 0;
        }
        *p = end;
    }
    free(part);
    if (err == 0) return TB_OK;
    return tb_fail(e, TB_STORAGE,
                   tb_t("%s: ディレクトリを作れません(%s)。書き込める場所の名前を指定してください",
                        "%s: the directory cannot be made (%s); name a place that is writable"),
                   path, why(err));
}

/* Works on open directories and never on paths, so a link put in the way meanwhile leads nowhere else.
 * What is gone already is no error. Returns 0 or errno. */
static int remove_tree(int parent, const char *name)
{
    int fd = open_retry(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
    if (fd < 0) return errno == ENOENT ? 0 : errno;
    DIR *dir = fdopendir(fd);
    if (dir == NULL) {
        int err = errno;
        (void)close(fd);
        return err;
    }
    int err = 0;
    while (err == 0) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (entry == NULL) {
            err = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (unlinkat(fd, entry->d_name, 0) == 0 || errno == ENOENT) continue;
        err = errno == EISDIR ? remove_tree(fd, entry->d_name) : errno;
    }
    (void)closedir(dir);
    if (err == 0 && unlinkat(parent, name, AT_REMOVEDIR) != 0 && errno != ENOENT) err = errno;
    return err;
}

enum tb_code tb_dir_remove(const char *path, struct tb_err *e)
{
    char *name = tb_xstrdup(path);
    size_t n = strlen(name);
    while (n > 1 && name[n - 1] == '/') /* "link/" would follow the link */
        name[--n] = '\0';
    const char *slash = strrchr(name, '/');
    const char *base = slash != NULL ? slash + 1 : name;
    int err = EPERM;
    if (base[0] != '\0' && strcmp(base, ".") != 0 && strcmp(base, "..") != 0)
        err = remove_tree(AT_FDCWD, name);
    free(name);
    if (err == 0) return TB_OK;
    return tb_fail(
        e, TB_STORAGE,
        tb_t("%s: ディレクトリを消せません(%s)。自分で作ったディレクトリ(リンクは不可)を指定してください",
             "%s: the directory cannot be removed (%s); name a directory of your own, not a link"),
        path, why(err));
}

int tb_file_lock(const char *path)
{
    char *dir = tb_xstrdup(path), *slash = strrchr(dir, '/');
    if (slash) slash[slash == dir] = '\0';
    int fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (fd >= 0 && flock(fd, LOCK_EX) != 0 && errno == EINTR) {}
    free(dir);
    return fd;
}

void tb_file_unlock(int lock)
{
    if (lock >= 0) (void)close(lock);
}

bool tb_file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}
