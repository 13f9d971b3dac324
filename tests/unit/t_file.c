/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <setjmp.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- a disk that fails on demand ---------------------------------------------------------- */

/* These stand before libc's for the whole test program. `armed` counts down the calls of one kind; the call
 * that brings it to 0 fails with `fault`, after the real work where the real call would have done it too. */
enum call { NO_CALL, WRITE, SHORT_WRITE, FSYNC, CLOSE, RENAME, CHMOD };
static enum call failing;
static int armed, fault;

static bool fails(enum call c)
{
    if (failing != c || armed == 0 || --armed > 0) return false;
    errno = fault;
    return true;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    if (fd > STDERR_FILENO && fails(WRITE)) return -1;
    if (fd > STDERR_FILENO && failing == SHORT_WRITE && n > 1) n = n / 2;
    return syscall(SYS_write, fd, bytes, n);
}

int fsync(int fd) { return fails(FSYNC) ? -1 : (int)syscall(SYS_fsync, fd); }

int close(int fd)
{
    bool fail = fails(CLOSE);
    int r = (int)syscall(SYS_close, fd);
    if (fail) errno = fault;
    return fail ? -1 : r;
}

int renameat(int from, const char *old, int to, const char *name)
{
    return fails(RENAME) ? -1 : (int)syscall(SYS_renameat2, from, old, to, name, 0);
}

/* Set where a removal must be refused: should it be tried nevertheless, nothing of this machine is harmed. */
static bool unlinking_forbidden;
static int forbidden_unlinks;

int unlinkat(int dir, const char *name, int flags)
{
    if (!unlinking_forbidden) return (int)syscall(SYS_unlinkat, dir, name, flags);
    forbidden_unlinks++;
    errno = EIO;
    return -1;
}

int fchmod(int fd, mode_t mode) { return fails(CHMOD) ? -1 : (int)syscall(SYS_fchmod, fd, mode); }

static void fail_call(enum call c, int nth, int err)
{
    failing = c;
    armed = nth;
    fault = err;
}

/* ---- a place to work in ------------------------------------------------------------------- */

static char place[256];

static const char *in_place(const char *name)
{
    static char paths[256][600];
    static size_t next;
    char *p = paths[next++ % TB_COUNT(paths)];
    (void)snprintf(p, sizeof paths[0], "%s/%s", place, name);
    return p;
}

static int set_up(void **state)
{
    (void)state;
    const char *tmp = getenv("TMPDIR");
    (void)snprintf(place, sizeof place, "%s/toban-t_file-XXXXXX",
                   tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp");
    if (mkdtemp(place) == NULL) return -1;
    return chmod(place, 0777); /* a test gives up root's rights and still has to get here */
}

static int tear_down(void **state)
{
    (void)state;
    fail_call(NO_CALL, 0, 0);
    unlinking_forbidden = false;
    tb_lang_set(TB_EN);
    struct tb_err e = {0};
    if (tb_dir_remove(place, &e) == TB_OK && !tb_file_exists(place)) return 0;
    (void)fprintf(stderr, "%s\n", e.text);
    return -1;
}

static void put(const char *path, const char *content)
{
    struct tb_err e = {0};
    if (tb_file_write(path, content, strlen(content), &e) != TB_OK) fail_msg("%s", e.text);
}

static void has(const char *path, const char *content)
{
    struct tb_err e = {0};
    char *s = NULL;
    size_t n = 0;
    if (tb_file_read(path, 1000000, &s, &n, &e) != TB_OK) fail_msg("%s", e.text);
    assert_string_equal(s, content);
    assert_int_equal(n, strlen(content));
    free(s);
}

static size_t names_in(const char *path)
{
    DIR *d = opendir(path);
    assert_non_null(d);
    size_t n = 0;
    for (const struct dirent *x; (x = readdir(d)) != NULL;)
        n += strcmp(x->d_name, ".") != 0 && strcmp(x->d_name, "..") != 0;
    (void)closedir(d);
    return n;
}

static void says(const struct tb_err *e, enum tb_code code, const char *a, const char *b)
{
    assert_int_equal(e->code, code);
    if (strstr(e->text, a) == NULL || strstr(e->text, b) == NULL)
        fail_msg("\"%s\" without \"%s\" or \"%s\"", e->text, a, b);
}

/* In a child without root's rights, so that permissions count; its exit code. */
static int as_nobody(int (*run)(void))
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        if (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0) _exit(99);
        _exit(run());
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* ---- reading ------------------------------------------------------------------------------ */

static void reads_whole_files(void **state)
{
    (void)state;
    struct tb_err e = {0};
    char *s = NULL;
    size_t n = 77;
    const char *path = in_place("f");
    put(path, "");
    assert_int_equal(tb_file_read(path, 0, &s, &n, &e), TB_OK);
    assert_int_equal(n, 0);
    assert_string_equal(s, "");
    free(s);

    assert_int_equal(tb_file_write(path, "a\0b", 3, &e), TB_OK);
    assert_int_equal(tb_file_read(path, 3, &s, &n, &e), TB_OK);
    assert_int_equal(n, 3);
    assert_memory_equal(s, "a\0b", 4);
    free(s);

    size_t big = 3 * 65536 + 5;
    char *bytes = tb_xmalloc(big);
    for (size_t i = 0; i < big; i++) bytes[i] = (char)('a' + i % 23);
    assert_int_equal(tb_file_write(path, bytes, big, &e), TB_OK);
    assert_int_equal(tb_file_read(path, big, &s, NULL, &e), TB_OK);
    assert_memory_equal(s, bytes, big);
    assert_int_equal(s[big], 0);
    free(s);
    s = NULL;
    n = 77;
    assert_int_equal(tb_file_read(path, big - 1, &s, &n, &e), TB_INPUT);
    says(&e, TB_INPUT, path, "too large");
    says(&e, TB_INPUT, "at most", "196612");
    assert_null(s);
    assert_int_equal(n, 77);
    free(bytes);
}

static void reads_what_has_no_size(void **state)
{
    (void)state;
    struct tb_err e = {0};
    char *s = NULL;
    size_t n;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(syscall(SYS_write, ends[1], "from a pipe", 11), 11);
    (void)close(ends[1]);
    char path[64];
    (void)snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    assert_int_equal(tb_file_read(path, 100, &s, &n, &e), TB_OK);
    assert_string_equal(s, "from a pipe");
    free(s);
    (void)close(ends[0]);
    s = NULL;
    assert_int_equal(tb_file_read("/dev/zero", 100000, &s, &n, &e), TB_INPUT);
    says(&e, TB_INPUT, "/dev/zero", "too large");
    /* reading its page 0 is EIO */
    assert_int_equal(tb_file_read("/proc/self/mem", 100, &s, &n, &e), TB_STORAGE);
    says(&e, TB_STORAGE, "/proc/self/mem", "the disk failed");
    assert_null(s);
}

static int read_secret(void)
{
    struct tb_err e = {0};
    char *s = NULL;
    return tb_file_read(in_place("secret"), 100, &s, NULL, &e) == TB_INPUT &&
                   strstr(e.text, "permission") != NULL
               ? 0
               : 1;
}

static void refuses_to_read(void **state)
{
    (void)state;
    struct tb_err e = {0};
    char *s = NULL;
    put(in_place("f"), "x");
    assert_int_equal(symlink("loop", in_place("loop")), 0);
    const struct {
        const char *path, *why, *ja;
    } t[] = {
        {in_place("missing"), "nothing has that name", "その名前のものがありません"},
        {"", "nothing has that name", "その名前のものがありません"},
        {place, "it is a directory", "ディレクトリです"},
        {in_place("f/x"), "not a directory", "ディレクトリではありません"},
        {in_place("loop"), "symbolic link", "シンボリックリンク"},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        assert_int_equal(tb_file_read(t[i].path, 100, &s, NULL, &e), TB_INPUT);
        says(&e, TB_INPUT, t[i].path, t[i].why);
        says(&e, TB_INPUT, "name a file that can be read", "");
        tb_lang_set(TB_JA);
        assert_int_equal(tb_file_read(t[i].path, 100, &s, NULL, &e), TB_INPUT);
        says(&e, TB_INPUT, t[i].path, t[i].ja);
        tb_lang_set(TB_EN);
        assert_null(s);
    }
    assert_int_equal(tb_file_read(place, 100, &s, NULL, NULL), TB_INPUT);
    put(in_place("secret"), "x");
    assert_int_equal(chmod(in_place("secret"), 0), 0);
    assert_int_equal(as_nobody(read_secret), 0);
}

/* ---- writing ------------------------------------------------------------------------------ */

static mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

static void writes_new_and_old(void **state)
{
    (void)state;
    const char *path = in_place("f");
    mode_t mask = umask(027);
    put(path, "first");
    (void)umask(mask);
    has(path, "first");
    assert_int_equal(mode_of(path), 0640);
    assert_int_equal(chmod(path, 0604), 0);
    put(path, "second, longer");
    has(path, "second, longer");
    assert_int_equal(mode_of(path), 0604);
    put(path, "3");
    has(path, "3");
    struct tb_err e = {0};
    assert_int_equal(tb_file_write(path, NULL, 0, &e), TB_OK);
    has(path, "");
    assert_int_equal(names_in(place), 1);
    assert_int_equal(e.code, TB_OK);
}

static void writes_whatever_the_name(void **state)
{
    (void)state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    put(in_place(name), "long name");
    has(in_place(name), "long name");
    put(in_place("当番 表.csv"), "x");
    has(in_place("当番 表.csv"), "x");

    int back = open(".", O_RDONLY | O_DIRECTORY);
    assert_int_equal(chdir(place), 0);
    put("plain", "relative");
    assert_int_equal(fchdir(back), 0);
    (void)close(back);
    has(in_place("plain"), "relative");
    assert_int_equal(names_in(place), 3);
}

/* What an earlier process of the same number left behind is neither in the way nor touched. */
static void leaves_strange_temporaries(void **state)
{
    (void)state;
    char name[64];
    (void)snprintf(name, sizeof name, ".toban-%ld-0.tmp", (long)getpid());
    put(in_place("victim"), "untouched");
    assert_int_equal(symlink("victim", in_place(name)), 0);
    put(in_place("f"), "x");
    has(in_place("f"), "x");
    has(in_place("victim"), "untouched");
    assert_int_equal(names_in(place), 3);
}

static void a_failing_disk_leaves_the_old_file(void **state)
{
    (void)state;
    static const struct {
        enum call call;
        int nth, err;
        const char *why;
    } t[] = {
        {WRITE, 1, ENOSPC, "no space left"},
        {WRITE, 1, EDQUOT, "no space left"},
        {WRITE, 1, EIO, "the disk failed"},
        {FSYNC, 1, EIO, "the disk failed"},
        {CLOSE, 1, EIO, "the disk failed"},
        {CLOSE, 1, ENOSPC, "no space left"},
        {RENAME, 1, EROFS, "disk is read-only"},
        {CHMOD, 1, EPERM, "permission"},
        {RENAME, 1, EXDEV, "Invalid cross-device link"},
    };
    const char *path = in_place("f");
    put(path, "old");
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_err e = {0};
        fail_call(t[i].call, t[i].nth, t[i].err);
        enum tb_code code = tb_file_write(path, "new", 3, &e);
        assert_int_equal(armed, 0);
        fail_call(NO_CALL, 0, 0);
        assert_int_equal(code, TB_STORAGE);
        says(&e, TB_STORAGE, path, t[i].why);
        says(&e, TB_STORAGE, "what was there is unchanged", "");
        has(path, "old");
        assert_int_equal(names_in(place), 1);
        if (t[i].call == CHMOD) continue; /* a new file has no mode to keep */
        fail_call(t[i].call, t[i].nth, t[i].err);
        assert_int_equal(tb_file_write(in_place("none"), "new", 3, &e), TB_STORAGE);
        fail_call(NO_CALL, 0, 0);
        assert_false(tb_file_exists(in_place("none")));
        assert_int_equal(names_in(place), 1);
    }
}

static void a_directory_that_is_not_synced_is_told(void **state)
{
    (void)state;
    const char *path = in_place("f");
    struct tb_err e = {0};
    put(path, "old");
    fail_call(FSYNC, 2, EIO);
    assert_int_equal(tb_file_write(path, "new", 3, &e), TB_STORAGE);
    says(&e, TB_STORAGE, path, "written");
    has(path, "new");
    fail_call(FSYNC, 2, EINVAL);
    assert_int_equal(tb_file_write(path, "newer", 5, &e), TB_OK);
    assert_int_equal(armed, 0);
    has(path, "newer");
    assert_int_equal(names_in(place), 1);
}

static void goes_on_after_short_and_interrupted_writes(void **state)
{
    (void)state;
    fail_call(SHORT_WRITE, 0, 0);
    put(in_place("f"), "written in several pieces");
    has(in_place("f"), "written in several pieces");
    fail_call(WRITE, 1, EINTR);
    put(in_place("g"), "interrupted");
    assert_int_equal(armed, 0);
    has(in_place("g"), "interrupted");
}

static int write_over_the_limit(void)
{
    struct rlimit limit = {.rlim_cur = 1000, .rlim_max = 1000};
    (void)signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
    char bytes[5000] = {0};
    struct tb_err e = {0};
    if (tb_file_write(in_place("f"), bytes, sizeof bytes, &e) != TB_STORAGE) return 2;
    return strstr(e.text, "file size") != NULL ? 0 : 3;
}

static int write_to_dev_full(void)
{
    struct tb_err e = {0};
    return tb_file_write("/dev/full", "x", 1, &e) == TB_STORAGE &&
                   strstr(e.text, "/dev/full: is not a regular file") != NULL
               ? 0
               : 1;
}

static void a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    put(in_place("f"), "old");
    assert_int_equal(as_nobody(write_over_the_limit), 0);
    has(in_place("f"), "old");
    assert_int_equal(names_in(place), 1);

    assert_int_equal(as_nobody(write_to_dev_full), 0); /* root could really replace the device */
    struct stat st;
    assert_int_equal(lstat("/dev/full", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
}

static int write_in_read_only(void)
{
    struct tb_err e = {0};
    if (tb_file_write(in_place("ro/f"), "new", 3, &e) != TB_STORAGE || strstr(e.text, "permission") == NULL)
        return 1;
    if (tb_file_write(in_place("ro/g"), "new", 3, &e) != TB_STORAGE) return 2;
    if (tb_dir_make(in_place("ro/d"), &e) != TB_STORAGE || strstr(e.text, "permission") == NULL) return 3;
    if (tb_dir_remove(in_place("ro"), &e) != TB_STORAGE || strstr(e.text, "permission") == NULL) return 4;
    return 0;
}

static void a_read_only_directory_leaves_the_old_file(void **state)
{
    (void)state;
    struct tb_err e = {0};
    assert_int_equal(tb_dir_make(in_place("ro"), &e), TB_OK);
    put(in_place("ro/f"), "old");
    assert_int_equal(chmod(in_place("ro/f"), 0666), 0);
    assert_int_equal(chmod(in_place("ro"), 0555), 0);
    assert_int_equal(as_nobody(write_in_read_only), 0);
    has(in_place("ro/f"), "old");
    assert_int_equal(names_in(in_place("ro")), 1);
    assert_int_equal(chmod(in_place("ro"), 0755), 0);
}

static void refuses_to_write(void **state)
{
    (void)state;
    struct tb_err e = {0};
    put(in_place("f"), "content");
    assert_int_equal(tb_dir_make(in_place("d"), &e), TB_OK);
    assert_int_equal(symlink("f", in_place("link")), 0);
    assert_int_equal(mkfifo(in_place("fifo"), 0600), 0);
    const struct {
        const char *path, *why, *ja;
    } t[] = {
        {in_place("d"), "not a regular file", "普通のファイルではない"},
        {in_place("link"), "not a regular file", "普通のファイルではない"},
        {in_place("fifo"), "not a regular file", "普通のファイルではない"},
        {in_place("d/"), "it is a directory", "ディレクトリです"},
        {in_place("d/."), "it is a directory", "ディレクトリです"},
        {in_place(".."), "it is a directory", "ディレクトリです"},
        {"", "nothing has that name", "その名前のものがありません"},
        {in_place("missing/f"), "nothing has that name", "その名前のものがありません"},
        {in_place("f/g"), "not a directory", "ディレクトリではありません"},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        assert_int_equal(tb_file_write(t[i].path, "new", 3, &e), TB_STORAGE);
        says(&e, TB_STORAGE, t[i].path, t[i].why);
        tb_lang_set(TB_JA);
        assert_int_equal(tb_file_write(t[i].path, "new", 3, &e), TB_STORAGE);
        says(&e, TB_STORAGE, t[i].path, t[i].ja);
        tb_lang_set(TB_EN);
    }
    char name[258];
    memset(name, 'n', 256);
    name[256] = '\0';
    assert_int_equal(tb_file_write(in_place(name), "new", 3, &e), TB_STORAGE);
    says(&e, TB_STORAGE, "the name is too long", "");
    has(in_place("f"), "content");
    has(in_place("link"), "content");
    assert_int_equal(names_in(place), 4);
    assert_int_equal(names_in(in_place("d")), 0);
}

/* ---- directories -------------------------------------------------------------------------- */

static void makes_directories(void **state)
{
    (void)state;
    struct tb_err e = {0};
    assert_int_equal(tb_dir_make(in_place("a/b//c/"), &e), TB_OK);
    assert_true(tb_file_exists(in_place("a/b/c")));
    assert_int_equal(tb_dir_make(in_place("a/b/c"), &e), TB_OK);
    assert_int_equal(tb_dir_make("/", &e), TB_OK);
    assert_int_equal(tb_dir_make(".", &e), TB_OK);
    assert_int_equal(symlink("a", in_place("link")), 0);
    assert_int_equal(tb_dir_make(in_place("link/x"), &e), TB_OK);
    assert_true(tb_file_exists(in_place("a/x")));
    put(in_place("f"), "x");
    const struct {
        const char *path, *why;
    } t[] = {
        {in_place("f"), "the name is in use"},
        {in_place("f/g"), "the name is in use"},
        {"", "nothing has that name"},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        assert_int_equal(tb_dir_make(t[i].path, &e), TB_STORAGE);
        says(&e, TB_STORAGE, t[i].path, t[i].why);
    }
    has(in_place("f"), "x");
    assert_true(tb_file_exists(place));
    assert_true(tb_file_exists(in_place("f")));
    assert_false(tb_file_exists(in_place("nothing")));
    assert_false(tb_file_exists(""));
}

static void removes_directories_and_never_follows_links(void **state)
{
    (void)state;
    struct tb_err e = {0};
    assert_int_equal(tb_dir_make(in_place("out/deep"), &e), TB_OK);
    put(in_place("out/keep"), "keep me");
    put(in_place("out/deep/keep"), "keep me");
    assert_int_equal(tb_dir_make(in_place("tree/a/b/c"), &e), TB_OK);
    for (int i = 0; i < 1500; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "tree/a/%d", i);
        int fd = open(in_place(name), O_WRONLY | O_CREAT, 0600);
        assert_true(fd >= 0);
        (void)close(fd);
    }
    assert_int_equal(symlink("../out", in_place("tree/link")), 0);
    assert_int_equal(symlink("../../../out/keep", in_place("tree/a/b/file-link")), 0);
    assert_int_equal(symlink("nowhere", in_place("tree/broken")), 0);
    assert_int_equal(mkfifo(in_place("tree/fifo"), 0600), 0);
    assert_int_equal(symlink("out", in_place("link")), 0);

    const struct {
        const char *path;
    } refused[] = {
        {in_place("link")},   {in_place("link/")}, {in_place("out/keep")}, {""}, {"/"}, {"//"}, {"."}, {".."},
        {in_place("tree/..")}};
    unlinking_forbidden = true;
    for (size_t i = 0; i < TB_COUNT(refused); i++) {
        assert_int_equal(tb_dir_remove(refused[i].path, &e), TB_STORAGE);
        says(&e, TB_STORAGE, refused[i].path, "directory of your own");
    }
    tb_lang_set(TB_JA);
    assert_int_equal(tb_dir_remove(in_place("link"), &e), TB_STORAGE);
    says(&e, TB_STORAGE, "消せません", "リンクは不可");
    tb_lang_set(TB_EN);
    assert_int_equal(forbidden_unlinks, 0);
    unlinking_forbidden = false;

    assert_int_equal(tb_dir_remove(in_place("tree//"), &e), TB_OK);
    assert_false(tb_file_exists(in_place("tree")));
    assert_int_equal(tb_dir_remove(in_place("tree"), &e), TB_OK);
    assert_int_equal(tb_dir_remove(in_place("missing/parent"), &e), TB_OK);
    has(in_place("out/keep"), "keep me");
    has(in_place("link/deep/keep"), "keep me");
    assert_int_equal(names_in(place), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_whole_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reads_what_has_no_size, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_to_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(writes_new_and_old, set_up, tear_down),
        cmocka_unit_test_setup_teardown(writes_whatever_the_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(leaves_strange_temporaries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failing_disk_leaves_the_old_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_directory_that_is_not_synced_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(goes_on_after_short_and_interrupted_writes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_old_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_read_only_directory_leaves_the_old_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_to_write, set_up, tear_down),
        cmocka_unit_test_setup_teardown(makes_directories, set_up, tear_down),
        cmocka_unit_test_setup_teardown(removes_directories_and_never_follows_links, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
