/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Directories that are written as a whole: a private one beside the old, a mark that names the files, and an
 * exchange of the two.
 */
#include "toban/base/outdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MARK_LIMIT = 64 << 20, NAMES_TOLD = 3 };

struct names {
    char **v;
    size_t n, cap;
};

static void names_free(struct names *l)
{
    for (size_t i = 0; i < l->n; i++) free(l->v[i]);
    free(l->v);
    *l = (struct names){0};
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void names_sort(struct names *l)
{
    if (l->n) qsort(l->v, l->n, sizeof *l->v, by_name);
}

static bool names_has(const struct names *l, const char *name)
{
    return l->n && bsearch(&name, l->v, l->n, sizeof *l->v, by_name) != NULL;
}

static char *joined(const char *dir, const char *name)
{
    struct tb_buf b = {0};
    tb_buf_addf(&b, "%s/%s", dir, name);
    return tb_buf_take(&b);
}

static enum tb_code failed_at(struct tb_err *e, const char *path, int err)
{
    return tb_fail(
        e, TB_STORAGE,
        tb_t("%s: 書き出しの準備か入れ替えができません(%s)", "%s: cannot be prepared or put in place (%s)"),
        path, strerrordesc_np(err));
}

/* ---- what stands there ------------------------------------------------------------------------------ */

/* Every file below `dir`, as paths from there; links count as files and are not followed. */
static enum tb_code list_files(const char *dir, const char *below, struct names *out, struct tb_err *e)
{
    char *path = *below ? joined(dir, below) : tb_xstrdup(dir);
    DIR *d = opendir(path);
    enum tb_code c = d ? TB_OK : failed_at(e, path, errno);
    const struct dirent *entry;
    while (c == TB_OK && (entry = readdir(d)) != NULL) {
        struct stat st;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        char *name = *below ? joined(below, entry->d_name) : tb_xstrdup(entry->d_name);
        bool is_dir = fstatat(dirfd(d), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
        if (is_dir) {
            size_t before = out->n;
            c = list_files(dir, name, out, e);
            if (c != TB_OK || out->n > before) {
                free(name);
                continue;
            }
        }
        *TB_PUSH(out->v, out->n, out->cap) = name; /* a file, or a directory with nothing in it */
    }
    if (d) (void)closedir(d);
    free(path);
    return c;
}

/* How a name stands in the mark. */
static char *marked_name(const char *name)
{
    char *hex = tb_xmalloc(65);
    tb_sha256_hex(name, strlen(name), hex);
    return hex;
}

static bool in_mark(const struct names *mark, const char *name)
{
    char *hex = marked_name(name);
    bool yes = names_has(mark, hex);
    free(hex);
    return yes;
}

/* What the mark of `dir` has, sorted; nothing when there is no mark. */
static enum tb_code read_mark(const char *dir, bool *marked, struct names *out, struct tb_err *e)
{
    char *path = joined(dir, TB_OUTDIR_MARK), *text = NULL;
    enum tb_code c = TB_OK;
    *marked = tb_file_exists(path);
    if (*marked) c = tb_file_read(path, MARK_LIMIT, &text, NULL, e);
    for (char *at = text; c == TB_OK && at && *at;) {
        size_t n = strcspn(at, "\n");
        bool more = at[n] == '\n';
        at[n] = '\0';
        if (n) *TB_PUSH(out->v, out->n, out->cap) = tb_xstrdup(at);
        at += n + more;
    }
    names_sort(out);
    free(text);
    free(path);
    return c;
}

static enum tb_code write_mark(const char *dir, struct names *marks, struct tb_err *e)
{
    struct tb_buf text = {0};
    char *path = joined(dir, TB_OUTDIR_MARK);
    names_sort(marks);
    for (size_t i = 0; i < marks->n; i++) tb_buf_addf(&text, "%s\n", marks->v[i]);
    enum tb_code c = tb_file_write(path, tb_buf_str(&text), text.len, e);
    tb_buf_free(&text);
    free(path);
    return c;
}

/* TB_REFUSED when something in `dir` is not named by its mark. */
static enum tb_code only_ours(const char *dir, struct tb_err *e)
{
    struct names mark = {0}, there = {0};
    struct tb_buf told = {0};
    bool marked;
    size_t foreign = 0;
    enum tb_code c = read_mark(dir, &marked, &mark, e);
    if (c == TB_OK) c = list_files(dir, "", &there, e);
    names_sort(&there);
    for (size_t i = 0; i < there.n && c == TB_OK; i++) {
        if (in_mark(&mark, there.v[i]) || strcmp(there.v[i], TB_OUTDIR_MARK) == 0) continue;
        if (foreign++ < NAMES_TOLD) tb_buf_addf(&told, "%s%s", told.len ? ", " : "", there.v[i]);
    }
    if (foreign)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("%s には toban が書いたのではないものが %zu 個あります（%s%s）。消さないように、"
                         "何も書きません。別のディレクトリを指定するか、それらを移してください",
                         "%s holds %zu things that toban did not write (%s%s). Nothing is written, so that "
                         "they are not lost: name another directory, or move them"),
                    dir, foreign, tb_buf_str(&told), foreign > NAMES_TOLD ? ", ..." : "");
    names_free(&mark);
    names_free(&there);
    tb_buf_free(&told);
    return c;
}

/* ---- begin ------------------------------------------------------------------------------------------ */

/* The name with links followed, and the directory above it, which is made. */
static enum tb_code resolve(const char *dir, char **whole, char **above, struct tb_err *e)
{
    struct stat st;
    char *name = tb_xstrdup(dir);
    size_t n = strlen(name);
    while (n > 1 && name[n - 1] == '/') name[--n] = '\0';
    *whole = realpath(name, NULL);
    if (!*whole && lstat(name, &st) == 0) {
        enum tb_code c = tb_fail(
            e, TB_USAGE, tb_t("%s は行き先のないリンクです", "%s is a link that leads nowhere"), name);
        free(name);
        return c;
    }
    if (!*whole) {
        char *slash = strrchr(name, '/');
        const char *base = slash ? slash + 1 : name;
        if (slash) *slash = '\0';
        const char *up = !slash ? "." : *name ? name : "/";
        enum tb_code c = tb_dir_make(up, e);
        char *real = c == TB_OK ? realpath(up, NULL) : NULL;
        if (real) *whole = joined(strcmp(real, "/") == 0 ? "" : real, base);
        if (c == TB_OK && !real) c = failed_at(e, up, errno);
        free(real);
        if (c != TB_OK) {
            free(name);
            return c;
        }
    }
    free(name);
    *above = tb_xstrdup(*whole);
    char *slash = strrchr(*above, '/');
    slash[slash == *above] = '\0';
    return TB_OK;
}

/* A mount point cannot be renamed, and the directory in which somebody stands should not. */
static bool stays_where_it_is(const char *dir, const char *above)
{
    struct stat a, b;
    char cwd[PATH_MAX];
    if (strcmp(dir, "/") == 0) return true;
    if (stat(dir, &a) == 0 && stat(above, &b) == 0 && a.st_dev != b.st_dev) return true;
    size_t n = strlen(dir);
    return getcwd(cwd, sizeof cwd) && strncmp(cwd, dir, n) == 0 && (cwd[n] == '\0' || cwd[n] == '/');
}

/* Private directories of writers that died, known by their name and their mark; the lock is held. */
static void sweep(const char *where, const char *prefix)
{
    DIR *d = opendir(where);
    const struct dirent *entry;
    size_t n = strlen(prefix);
    while (d && (entry = readdir(d)) != NULL) {
        if (strncmp(entry->d_name, prefix, n) != 0 || strlen(entry->d_name) != n + 6) continue;
        char *path = joined(where, entry->d_name), *mark = joined(path, TB_OUTDIR_MARK);
        struct tb_err ignored = {0};
        if (tb_file_exists(mark) && tb_dir_remove(path, &ignored) != TB_OK) tb_log("%s", ignored.text);
        free(path);
        free(mark);
    }
    if (d) (void)closedir(d);
}

/* How the private directory's name begins. */
static void prefix_of(const struct tb_outdir *o, struct tb_buf *out)
{
    if (o->in_place)
        tb_buf_add(out, ".toban-");
    else
        tb_buf_addf(out, ".%s.toban-", strrchr(o->dir, '/') + 1);
}

static enum tb_code make_private(struct tb_outdir *o, const char *where, struct tb_err *e)
{
    struct tb_buf path = {0};
    tb_buf_addf(&path, "%s/", strcmp(where, "/") == 0 ? "" : where);
    prefix_of(o, &path);
    tb_buf_add(&path, "XXXXXX");
    o->tmp = tb_buf_take(&path);
    if (!mkdtemp(o->tmp)) return failed_at(e, where, errno);
    (void)chmod(o->tmp, 0755);
    return write_mark(o->tmp, &(struct names){0}, e);
}

static void forget(struct tb_outdir *o)
{
    if (o->lock >= 0) (void)close(o->lock);
    free(o->tmp);
    free(o->dir);
    *o = (struct tb_outdir){.lock = -1};
}

enum tb_code tb_outdir_begin_kept(const char *dir, struct tb_outdir *o, struct tb_err *e)
{
    char *above = NULL;
    struct stat st;
    *o = (struct tb_outdir){.lock = -1};
    if (*dir == '\0')
        return tb_fail(e, TB_USAGE,
                       tb_t("書き出すディレクトリの名が要ります", "a directory's name is needed"));
    enum tb_code c = resolve(dir, &o->dir, &above, e);
    if (c == TB_OK) {
        o->in_place = stays_where_it_is(o->dir, above);
        const char *locked = o->in_place ? o->dir : above;
        o->lock = open(locked, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        while (o->lock >= 0 && flock(o->lock, LOCK_EX) != 0 && errno == EINTR) {}
        struct tb_buf prefix = {0};
        prefix_of(o, &prefix);
        if (o->lock < 0)
            c = failed_at(e, locked, errno);
        else
            sweep(locked, prefix.s);
        tb_buf_free(&prefix);
    }
    if (c == TB_OK && lstat(o->dir, &st) == 0) {
        if (!S_ISDIR(st.st_mode))
            c = tb_fail(e, TB_REFUSED,
                        tb_t("%s はディレクトリではありません。上書きしません",
                             "%s is no directory and is not overwritten"),
                        o->dir);
        else
            c = only_ours(o->dir, e);
    }
    if (c == TB_OK) c = make_private(o, o->in_place ? o->dir : above, e);
    free(above);
    if (c != TB_OK) forget(o);
    return c;
}

enum tb_code tb_outdir_begin(const char *dir, struct tb_outdir *o, struct tb_err *e)
{
    enum tb_code c = tb_outdir_begin_kept(dir, o, e);
    if (c != TB_OK) return c;
    char *kept = joined(o->dir, TB_OUTDIR_KEPT);
    if (tb_file_exists(kept)) {
        c = tb_fail(e, TB_REFUSED,
                    tb_t("%s は人が手を入れるためのフォルダ（export region など）です。消さないように、何も"
                         "書きません。別のディレクトリを指定してください",
                         "%s is a directory that people work on (of export region, say). Nothing is written, "
                         "so that it is not lost: name another directory"),
                    dir);
        tb_outdir_abandon(o);
    }
    free(kept);
    return c;
}

enum tb_code tb_outdir_put(struct tb_outdir *o, const char *name, const struct tb_buf *bytes,
                           struct tb_err *e)
{
    char *path = joined(o->tmp, name), *slash = strrchr(path, '/');
    enum tb_code c = TB_OK;
    if (strchr(name, '/')) {
        *slash = '\0';
        c = tb_dir_make(path, e);
        *slash = '/';
    }
    if (c == TB_OK) c = tb_file_put(path, bytes->len ? bytes->s : "", bytes->len, e);
    o->files += c == TB_OK;
    free(path);
    return c;
}

/* ---- end -------------------------------------------------------------------------------------------- */

static enum tb_code move_file(const struct tb_outdir *o, const char *name, struct tb_err *e)
{
    char *from = joined(o->tmp, name), *to = joined(o->dir, name), *slash = strrchr(to, '/');
    *slash = '\0';
    enum tb_code c = tb_dir_make(to, e);
    *slash = '/';
    if (c == TB_OK && rename(from, to) != 0) c = failed_at(e, to, errno);
    free(from);
    free(to);
    return c;
}

/* And the directories that are empty without it. */
static enum tb_code remove_file(const struct tb_outdir *o, const char *name, struct tb_err *e)
{
    char *path = joined(o->dir, name), *slash;
    enum tb_code c = unlink(path) != 0 && errno != ENOENT ? failed_at(e, path, errno) : TB_OK;
    while (c == TB_OK && (slash = strrchr(path, '/')) > path + strlen(o->dir)) {
        *slash = '\0';
        if (rmdir(path) != 0) break; /* something is still in it */
    }
    free(path);
    return c;
}

/* File by file: the mark has both editions first, so that whatever a crash leaves is still ours. `now`: marks
 * of the new files, `files`: their names. */
static enum tb_code move_in(const struct tb_outdir *o, const struct names *files, struct names *now,
                            struct tb_err *e)
{
    struct names was = {0}, both = {0}, there = {0};
    bool marked;
    enum tb_code c = read_mark(o->dir, &marked, &was, e);
    if (c == TB_OK) c = list_files(o->dir, "", &there, e);
    names_sort(now);
    for (size_t i = 0; i < was.n; i++) *TB_PUSH(both.v, both.n, both.cap) = tb_xstrdup(was.v[i]);
    for (size_t i = 0; i < now->n; i++)
        if (!names_has(&was, now->v[i])) *TB_PUSH(both.v, both.n, both.cap) = tb_xstrdup(now->v[i]);
    if (c == TB_OK) c = write_mark(o->dir, &both, e);
    for (size_t i = 0; i < files->n && c == TB_OK; i++) c = move_file(o, files->v[i], e);
    for (size_t i = 0; i < there.n && c == TB_OK; i++)
        if (in_mark(&was, there.v[i]) && !in_mark(now, there.v[i])) c = remove_file(o, there.v[i], e);
    if (c == TB_OK) c = write_mark(o->dir, now, e);
    names_free(&was);
    names_free(&both);
    names_free(&there);
    return c;
}

/* In one step where the file system can: whoever is killed here leaves the old or the new. */
static enum tb_code exchange(struct tb_outdir *o, struct tb_err *e)
{
    if (!tb_file_exists(o->dir)) return rename(o->tmp, o->dir) == 0 ? TB_OK : failed_at(e, o->dir, errno);
    if (renameat2(AT_FDCWD, o->tmp, AT_FDCWD, o->dir, RENAME_EXCHANGE) == 0) return TB_OK;
    if (errno != EINVAL && errno != ENOSYS) return failed_at(e, o->dir, errno);
    struct tb_buf aside = {0};
    tb_buf_addf(&aside, "%s.old", o->tmp);
    enum tb_code c = TB_OK;
    if (rename(o->dir, aside.s) != 0)
        c = failed_at(e, o->dir, errno);
    else if (rename(o->tmp, o->dir) != 0) {
        c = failed_at(e, o->dir, errno);
        if (rename(aside.s, o->dir) != 0) tb_log("%s", aside.s);
    } else
        (void)rename(aside.s, o->tmp);
    tb_buf_free(&aside);
    return c;
}

enum tb_code tb_outdir_commit(struct tb_outdir *o, struct tb_err *e)
{
    struct names all = {0}, files = {0}, marks = {0};
    enum tb_code c = list_files(o->tmp, "", &all, e);
    for (size_t i = 0; i < all.n; i++) {
        if (strcmp(all.v[i], TB_OUTDIR_MARK) == 0) continue;
        *TB_PUSH(files.v, files.n, files.cap) = all.v[i];
        *TB_PUSH(marks.v, marks.n, marks.cap) = marked_name(all.v[i]);
    }
    if (c == TB_OK && !o->in_place) c = write_mark(o->tmp, &marks, e);
    /* Once for all of them: hundreds of files that are made safe one by one take ten times as long. */
    if (c == TB_OK && syncfs(o->lock) != 0) c = failed_at(e, o->tmp, errno);
    /* Nobody has put anything of his own there meanwhile. */
    if (c == TB_OK && !o->in_place && tb_file_exists(o->dir)) c = only_ours(o->dir, e);
    if (c == TB_OK) c = o->in_place ? move_in(o, &files, &marks, e) : exchange(o, e);
    free(files.v);
    names_free(&all);
    names_free(&marks);
    tb_outdir_abandon(o); /* what stands at tmp now is what is to go */
    return c;
}

void tb_outdir_abandon(struct tb_outdir *o)
{
    struct tb_err ignored = {0};
    if (o->tmp && tb_dir_remove(o->tmp, &ignored) != TB_OK) tb_log("%s", ignored.text);
    forget(o);
}
