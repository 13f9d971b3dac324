/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <setjmp.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The sanitizer shall hand out NULL as malloc does, so that the exit on a lack of memory can be seen. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "allocator_may_return_null=1"; }

/* ---- what ends the process ---------------------------------------------------------------- */

/* Runs `run` in a child; its exit code, and what it wrote to stderr. */
static int in_child(void (*run)(void), struct tb_buf *said)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        (void)dup2(ends[1], STDERR_FILENO);
        run();
        _exit(0);
    }
    (void)close(ends[1]);
    char chunk[512];
    tb_buf_clear(said);
    for (ssize_t n; (n = read(ends[0], chunk, sizeof chunk)) > 0;) tb_buf_addn(said, chunk, (size_t)n);
    (void)close(ends[0]);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static volatile size_t huge = SIZE_MAX / 4;
static volatile int zero;

static void malloc_huge(void) { free(tb_xmalloc(huge)); }
static void calloc_overflow(void) { free(tb_xcalloc(huge, 8)); }
static void realloc_huge(void) { free(tb_xrealloc(tb_xmalloc(8), huge)); }
static void grow_overflow(void)
{
    size_t cap = huge;
    free(tb_grow(NULL, cap, &cap, 64));
}
static void arena_huge(void)
{
    struct tb_arena a = {0};
    (void)tb_arena_alloc(&a, SIZE_MAX - (size_t)zero);
}
static void bug(void) { TB_BUG("the roster of %s has %d heads", "金沢", 2); }
static void bug_ja(void)
{
    tb_lang_set(TB_JA);
    bug();
}
static void assertion(void) { TB_ASSERT(zero == 1); }
static void wrap_success(void)
{
    struct tb_err e = {0};
    (void)tb_err_wrap(&e, "context");
}
static void day_of_february_30(void) { (void)tb_day_of(2026, 2, 30 + zero); }
static void ymd_of_none(void) { (void)tb_ymd_of(TB_DAY_NONE + zero); }
static void minute_without_day(void) { (void)tb_day_of_minute(INT64_MAX - zero); }
static void negative_time(void)
{
    char s[64];
    (void)tb_format_time(-1 + zero, s, sizeof s);
}
static void negative_time_ja(void)
{
    char s[64];
    (void)tb_format_time_ja(-1 + zero, s, sizeof s);
}
static void eighth_weekday(void) { (void)tb_weekday_ja(7 + zero); }
static void eighth_weekday_en(void) { (void)tb_weekday_en(7 + zero); }

static void ends_the_process(void **state)
{
    (void)state;
    static const struct {
        void (*run)(void);
        const char *says;
    } t[] = {
        {malloc_huge, "out of memory"},  {calloc_overflow, "out of memory"},
        {realloc_huge, "out of memory"}, {grow_overflow, "out of memory"},
        {arena_huge, "out of memory"},   {bug, "the roster of 金沢 has 2 heads"},
        {bug_ja, "プログラムの誤り"},    {assertion, "zero == 1"},
        {wrap_success, "toban: "},       {day_of_february_30, "in_calendar"},
        {ymd_of_none, "TB_DAY_NONE"},    {minute_without_day, "civil.c"},
        {negative_time, "civil.c"},      {negative_time_ja, "civil.c"},
        {eighth_weekday, "civil.c"},     {eighth_weekday_en, "civil.c"},
    };
    struct tb_buf said = {0};
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        int code = in_child(t[i].run, &said);
        if (code != TB_INTERNAL || strstr(tb_buf_str(&said), t[i].says) == NULL)
            fail_msg("case %zu: exit %d, \"%s\" without \"%s\"", i, code, tb_buf_str(&said), t[i].says);
        assert_true(strncmp(said.s, "toban: ", 7) == 0 || strstr(said.s, "\ntoban: ") != NULL);
    }
    assert_int_equal(in_child(bug, &said), TB_INTERNAL);
    assert_non_null(strstr(said.s, "t_base.c:"));
    tb_buf_free(&said);
}

/* ---- log ---------------------------------------------------------------------------------- */

static void log_events(void)
{
    tb_log("%s に %d 件", "金沢", 3);
    tb_log("one\nline\t\033[31mred\x7f\n\n");
    tb_log("%s", "");
}

static void log_is_one_line_per_event(void **state)
{
    (void)state;
    struct tb_buf said = {0};
    assert_int_equal(in_child(log_events, &said), 0);
    assert_string_equal(said.s, "toban: 金沢 に 3 件\ntoban: one line  [31mred \ntoban: \n");
    tb_buf_free(&said);
}

/* ---- errors ------------------------------------------------------------------------------- */

static void language(void **state)
{
    (void)state;
    assert_int_equal(tb_lang_get(), TB_EN);
    assert_string_equal(tb_t("当番", "duty"), "duty");
    tb_lang_set(TB_JA);
    assert_int_equal(tb_lang_get(), TB_JA);
    assert_string_equal(tb_t("当番", "duty"), "当番");
    struct tb_err e = {0};
    (void)tb_fail(&e, TB_NO, tb_t("%2$s は %1$d 回", "%1$d times %2$s"), 3, "佐藤");
    assert_string_equal(e.text, "佐藤 は 3 回");
    tb_lang_set(TB_EN);
}

struct speaker {
    enum tb_lang lang;
    pthread_barrier_t *both; /* have set their language, before either speaks */
    const char *first, *then;
};

static void *speak(void *arg)
{
    struct speaker *x = arg;
    x->first = tb_t("日本語", "English");
    tb_lang_set(x->lang);
    (void)pthread_barrier_wait(x->both);
    x->then = tb_t("日本語", "English");
    return NULL;
}

/* Each thread speaks its own; one that has set none speaks English, whatever the others do. */
static void each_thread_has_its_language(void **state)
{
    (void)state;
    pthread_barrier_t both;
    pthread_t threads[2];
    struct speaker x[2] = {{.lang = TB_JA, .both = &both}, {.lang = TB_EN, .both = &both}};
    tb_lang_set(TB_JA);
    assert_int_equal(pthread_barrier_init(&both, NULL, 2), 0);
    for (int i = 0; i < 2; i++) assert_int_equal(pthread_create(&threads[i], NULL, speak, &x[i]), 0);
    for (int i = 0; i < 2; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(pthread_barrier_destroy(&both), 0);
    assert_string_equal(x[0].first, "English");
    assert_string_equal(x[0].then, "日本語");
    assert_string_equal(x[1].first, "English");
    assert_string_equal(x[1].then, "English");
    assert_int_equal(tb_lang_get(), TB_JA);
    tb_lang_set(TB_EN);
}

static void fail_and_wrap(void **state)
{
    (void)state;
    struct tb_err e = {0};
    assert_int_equal(tb_fail(&e, TB_INPUT, "line %d: %s", 3, "no date"), TB_INPUT);
    assert_int_equal(e.code, TB_INPUT);
    assert_string_equal(e.text, "line 3: no date");
    assert_int_equal(tb_err_wrap(&e, "region %s", "kanazawa"), TB_INPUT);
    assert_int_equal(e.code, TB_INPUT);
    assert_string_equal(e.text, "region kanazawa: line 3: no date");
    assert_int_equal(tb_fail(&e, TB_BUSY, "%s, so wait", e.text), TB_BUSY);
    assert_string_equal(e.text, "region kanazawa: line 3: no date, so wait");
    assert_int_equal(tb_fail(&e, TB_NO, "two lines\r\n\n"), TB_NO);
    assert_string_equal(e.text, "two lines");
    assert_int_equal(tb_fail(NULL, TB_REFUSED, "nobody asks"), TB_REFUSED);
}

static void error_text_is_whole_utf8(void **state)
{
    (void)state;
    struct tb_err e = {0};
    (void)tb_fail(&e, TB_INPUT, "%s",
                  "a\xFF\xE5\xBD"
                  "b当\xC3");
    assert_string_equal(e.text, "a???b当?");

    struct tb_buf b = {0};
    for (size_t blanks = 0; blanks < 4; blanks++) {
        tb_buf_clear(&b);
        for (size_t i = 0; i < blanks; i++) tb_buf_addc(&b, ' ');
        while (b.len < 2 * TB_ERR_MAX) tb_buf_add(&b, "𠮷");
        (void)tb_fail(&e, TB_INPUT, "%s", b.s);
        size_t len = strlen(e.text);
        assert_true(len > TB_ERR_MAX - 5 && len < TB_ERR_MAX);
        assert_int_equal((len - blanks) % 4, 0);
        assert_true(tb_utf8_valid(e.text, len, NULL));
        assert_memory_equal(e.text, b.s, len);
        (void)tb_err_wrap(&e, "当番");
        assert_true(strncmp(e.text, "当番: ", strlen("当番: ")) == 0);
        assert_true(tb_utf8_valid(e.text, strlen(e.text), NULL));
        (void)tb_err_wrap(&e, "%s", b.s);
        assert_true(tb_utf8_valid(e.text, strlen(e.text), NULL));
    }
    tb_buf_free(&b);
}

/* ---- memory ------------------------------------------------------------------------------- */

static void plain_memory(void **state)
{
    (void)state;
    void *p = tb_xmalloc(0);
    assert_non_null(p);
    p = tb_xrealloc(p, 0);
    assert_non_null(p);
    free(p);
    int *zeroes = tb_xcalloc(100, sizeof *zeroes);
    for (size_t i = 0; i < 100; i++) assert_int_equal(zeroes[i], 0);
    free(zeroes);
    p = tb_xcalloc(0, 8);
    assert_non_null(p);
    free(p);
    char *s = tb_xstrdup("当番");
    assert_string_equal(s, "当番");
    free(s);
}

static void arena(void **state)
{
    (void)state;
    struct tb_arena a = {0};
    tb_arena_free(&a);
    enum { N = 3000 };
    unsigned char **p = tb_xcalloc(N, sizeof *p);
    size_t *size = tb_xcalloc(N, sizeof *size);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < N; i++) {
            size[i] = i % 500 == 499 ? 40000 + i : i % 97;
            p[i] = tb_arena_alloc(&a, size[i]);
            assert_non_null(p[i]);
            assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
            for (size_t k = 0; k < size[i]; k++) assert_int_equal(p[i][k], 0);
            memset(p[i], (int)(i % 251), size[i]);
        }
        for (size_t i = 0; i < N; i++)
            for (size_t k = 0; k < size[i]; k++)
                if (p[i][k] != i % 251) fail_msg("round %d: allocation %zu was overwritten", round, i);
        assert_string_equal(tb_arena_strdup(&a, "金沢"), "金沢");
        assert_string_equal(tb_arena_strdup(&a, ""), "");
        assert_string_equal(tb_arena_strndup(&a, "abcdef", 3), "abc");
        assert_string_equal(tb_arena_strndup(&a, "ab", 10), "ab");
        static const char unterminated[] = {'x', 'y'};
        assert_string_equal(tb_arena_strndup(&a, unterminated, 2), "xy");
        assert_string_equal(tb_arena_printf(&a, "%s-%03d", "r", 7), "r-007");
        assert_string_equal(tb_arena_printf(&a, "%s", ""), "");
        assert_ptr_not_equal(tb_arena_alloc(&a, 0), tb_arena_alloc(&a, 0));
        tb_arena_free(&a);
        assert_null(a.head);
    }
    free(p);
    free(size);
}

static void growing_array(void **state)
{
    (void)state;
    int *v = NULL;
    size_t n = 0, cap = 0;
    for (int i = 0; i < 1000; i++) *TB_PUSH(v, n, cap) = i * i;
    assert_int_equal(n, 1000);
    assert_true(cap >= n && cap < 2 * n + 9);
    for (int i = 0; i < 1000; i++) assert_int_equal(v[i], i * i);
    int *same = tb_grow(v, n - 1, &cap, sizeof *v);
    assert_ptr_equal(same, v);
    free(v);
}

static void text_buffer(void **state)
{
    (void)state;
    struct tb_buf b = {0};
    assert_string_equal(tb_buf_str(&b), "");
    tb_buf_clear(&b);
    tb_buf_add(&b, "");
    tb_buf_addn(&b, NULL, 0);
    tb_buf_addf(&b, "%s", "");
    assert_null(b.s);
    char *s = tb_buf_take(&b);
    assert_string_equal(s, "");
    free(s);

    tb_buf_add(&b, "当番");
    tb_buf_addc(&b, ':');
    tb_buf_addf(&b, "%d/%s", 12, "3");
    tb_buf_addn(&b, "xyz", 2);
    assert_string_equal(tb_buf_str(&b), "当番:12/3xy");
    assert_int_equal(b.len, strlen("当番:12/3xy"));
    tb_buf_addn(&b, "\0z", 2);
    assert_int_equal(b.len, strlen("当番:12/3xy") + 2);
    assert_int_equal(b.s[b.len], 0);
    size_t cap = b.cap;
    tb_buf_clear(&b);
    assert_string_equal(tb_buf_str(&b), "");
    assert_int_equal(b.len, 0);
    assert_int_equal(b.cap, cap);

    for (int i = 0; i < 5000; i++) {
        tb_buf_addf(&b, "%d,", i % 10);
        assert_int_equal(b.len, 2 * (i + 1));
        assert_int_equal(b.s[b.len], 0);
        assert_true(b.cap > b.len);
    }
    s = tb_buf_take(&b);
    assert_int_equal(strlen(s), 10000);
    free(s);
    assert_null(b.s);
    assert_int_equal(b.len + b.cap, 0);

    char *long_text = tb_xcalloc(100001, 1);
    memset(long_text, 'x', 100000);
    tb_buf_addf(&b, "<%s>", long_text);
    assert_int_equal(b.len, 100002);
    assert_int_equal(b.s[100001], '>');
    free(long_text);
    tb_buf_free(&b);
    assert_null(b.s);
    tb_buf_free(&b);
}

/* ---- numbers ------------------------------------------------------------------------------ */

static void parse_int(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        int64_t min, max, v;
    } good[] = {
        {"0", 0, 0, 0},
        {"-0", 0, 0, 0},
        {"007", 0, 10, 7},
        {"12", -5, 12, 12},
        {"-5", -5, 12, -5},
        {"9223372036854775807", INT64_MIN, INT64_MAX, INT64_MAX},
        {"-9223372036854775808", INT64_MIN, INT64_MAX, INT64_MIN},
        {"00000000000000000000000000000000000012", 0, 12, 12},
    };
    for (size_t i = 0; i < TB_COUNT(good); i++) {
        int64_t v = 77;
        if (!tb_parse_int(good[i].s, good[i].min, good[i].max, &v) || v != good[i].v)
            fail_msg("\"%s\" gave %lld", good[i].s, (long long)v);
    }
    static const struct {
        const char *s;
        int64_t min, max;
    } bad[] = {
        {"", INT64_MIN, INT64_MAX},
        {"-", INT64_MIN, INT64_MAX},
        {"+1", INT64_MIN, INT64_MAX},
        {"--1", INT64_MIN, INT64_MAX},
        {" 1", INT64_MIN, INT64_MAX},
        {"1 ", INT64_MIN, INT64_MAX},
        {"1\n", INT64_MIN, INT64_MAX},
        {"1.0", INT64_MIN, INT64_MAX},
        {"1e3", INT64_MIN, INT64_MAX},
        {"0x10", INT64_MIN, INT64_MAX},
        {"1,000", INT64_MIN, INT64_MAX},
        {"１", INT64_MIN, INT64_MAX},
        {"9223372036854775808", INT64_MIN, INT64_MAX},
        {"-9223372036854775809", INT64_MIN, INT64_MAX},
        {"99999999999999999999999", INT64_MIN, INT64_MAX},
        {"13", -5, 12},
        {"-6", -5, 12},
        {"1", 2, 1},
    };
    for (size_t i = 0; i < TB_COUNT(bad); i++) {
        int64_t v = 77;
        if (tb_parse_int(bad[i].s, bad[i].min, bad[i].max, &v) || v != 77)
            fail_msg("\"%s\" was taken as %lld", bad[i].s, (long long)v);
    }
}

static void millionths(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        int64_t v;
        const char *out;
    } good[] = {
        {"0", 0, "0"},
        {"-0", 0, "0"},
        {"-0.000", 0, "0"},
        {"1", 1000000, "1"},
        {"1.25", 1250000, "1.25"},
        {"-0.5", -500000, "-0.5"},
        {"0.000001", 1, "0.000001"},
        {"-0.000001", -1, "-0.000001"},
        {"10.010", 10010000, "10.01"},
        {"007.5", 7500000, "7.5"},
        {"999999999.999999", 999999999999999, "999999999.999999"},
        {"1000000000", 1000000000000000, "1000000000"},
        {"1000000000.000000", 1000000000000000, "1000000000"},
        {"-1000000000", -1000000000000000, "-1000000000"},
    };
    char s[24];
    for (size_t i = 0; i < TB_COUNT(good); i++) {
        int64_t v = 77;
        if (!tb_parse_millionths(good[i].in, &v) || v != good[i].v)
            fail_msg("\"%s\" gave %lld", good[i].in, (long long)v);
        assert_ptr_equal(tb_format_millionths(v, s, sizeof s), s);
        assert_string_equal(s, good[i].out);
    }
    static const char *const bad[] = {"",
                                      "-",
                                      ".",
                                      ".5",
                                      "5.",
                                      "-.5",
                                      "+1",
                                      "1,5",
                                      " 1",
                                      "1 ",
                                      "1.5 ",
                                      "1.2.3",
                                      "1.0000001",
                                      "0.0000000",
                                      "1e3",
                                      "0x1",
                                      "--1",
                                      "1.-5",
                                      "inf",
                                      "nan",
                                      "1000000001",
                                      "1000000000.000001",
                                      "-1000000000.000001",
                                      "99999999999999999999",
                                      "１.５"};
    for (size_t i = 0; i < TB_COUNT(bad); i++) {
        int64_t v = 77;
        if (tb_parse_millionths(bad[i], &v) || v != 77)
            fail_msg("\"%s\" was taken as %lld", bad[i], (long long)v);
    }
    assert_string_equal(tb_format_millionths(INT64_MIN, s, sizeof s), "-9223372036854.775808");
    assert_string_equal(tb_format_millionths(INT64_MAX, s, sizeof s), "9223372036854.775807");
    for (int64_t v = -2100000; v <= 2100000; v += 37) {
        int64_t back;
        assert_true(tb_parse_millionths(tb_format_millionths(v, s, sizeof s), &back));
        assert_int_equal(back, v);
    }
}

static void ids(void **state)
{
    (void)state;
#define ID64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    static const char *const good[] = {"a", "0", "kanazawa", "r.2026-12_a", "a.", "a-", ID64};
    static const char *const bad[] = {"",    ".",   "..",   "-a",  "_a",   ".a",   "A", "kanaZawa", "a b",
                                      "a/b", "a\n", "当番", "a:b", "a%2f", "a\\b", "é", ID64 "0"};
    for (size_t i = 0; i < TB_COUNT(good); i++)
        if (!tb_is_id(good[i])) fail_msg("\"%s\" is an id", good[i]);
    for (size_t i = 0; i < TB_COUNT(bad); i++)
        if (tb_is_id(bad[i])) fail_msg("\"%s\" is no id", bad[i]);
}

/* ---- UTF-8 -------------------------------------------------------------------------------- */

static void utf8_valid(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        size_t n;
        int bad; /* -1: valid */
    } t[] = {
        {"", 0, -1},
        {"abc\n\x7f", 5, -1},
        {"a\0b", 3, -1},
        {"当番", 6, -1},
        {"\xC2\x80", 2, -1},
        {"\xDF\xBF", 2, -1},
        {"\xE0\xA0\x80", 3, -1},
        {"\xED\x9F\xBF", 3, -1},
        {"\xEE\x80\x80", 3, -1},
        {"\xEF\xBF\xBF", 3, -1},
        {"\xF0\x90\x80\x80", 4, -1},
        {"\xF4\x8F\xBF\xBF", 4, -1},
        {"\x80", 1, 0},
        {"ab\xBF", 3, 2},
        {"\xC0\x80", 2, 0},         /* overlong NUL */
        {"\xC1\xBF", 2, 0},         /* overlong */
        {"\xE0\x9F\xBF", 3, 0},     /* overlong */
        {"\xF0\x8F\xBF\xBF", 4, 0}, /* overlong */
        {"\xED\xA0\x80", 3, 0},     /* surrogate */
        {"\xED\xBF\xBF", 3, 0},     /* surrogate */
        {"\xF4\x90\x80\x80", 4, 0}, /* above U+10FFFF */
        {"\xF5\x80\x80\x80", 4, 0},
        {"\xF8\x88\x80\x80\x80", 5, 0},
        {"\xFE", 1, 0},
        {"\xFF", 1, 0},
        {"a\xE5\xBD", 3, 1}, /* cut */
        {"当\xE7", 4, 3},    /* cut */
        {"\xF0\x9F\x98", 3, 0},
        {"\xC2x", 2, 0},
        {"当\xE7\x95x", 6, 3},
        {"\x93\x96\x94\xD4", 4, 0}, /* 当番 in CP932 */
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        size_t bad = 99;
        char *exact = tb_xmalloc(t[i].n); /* so that the sanitizer sees a read behind the end */
        memcpy(exact, t[i].s, t[i].n);
        bool valid = tb_utf8_valid(exact, t[i].n, &bad);
        if (valid != (t[i].bad < 0) || bad != (t[i].bad < 0 ? 99 : (size_t)t[i].bad))
            fail_msg("case %zu: %d, bad byte %zu", i, valid, bad);
        assert_int_equal(tb_utf8_valid(exact, t[i].n, NULL), valid);
        free(exact);
    }
}

static void utf8_width(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        int columns;
    } t[] = {
        {"", 0},
        {"abc", 3},
        {"当番", 4},
        {"金沢 3", 6},
        {"ｶﾅｻﾞﾜ", 5},
        {"ＡＢ", 4},
        {"か\u3099", 2},       /* voiced mark joins */
        {"葛\U000E0100城", 4}, /* variation selector of a name kanji */
        {"𠮷田", 4},
        {"e\u0301", 1},
        {"é", 1},
        {"〒920", 5},
        {"「日」", 6},
        {"①", 1},
        {"✅", 2},
        {"🏥", 2},
        {"한글", 4},
        {"\u200B\uFEFF", 0},
        {"a\tb\n", 2},
        {"a\xFF\xE5z", 4},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++)
        if (tb_utf8_width(t[i].s) != t[i].columns)
            fail_msg("\"%s\": %d columns, not %d", t[i].s, tb_utf8_width(t[i].s), t[i].columns);
}

/* ---- SHA-256 ------------------------------------------------------------------------------ */

static void sha256_of_published_messages(void **state)
{
    (void)state;
    static const struct {
        const char *message, *digest;
    } t[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmno"
         "pqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
        {"\xbd", "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"},
        {"\xc9\x8c\x8e\x55", "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504"},
    };
    char hex[65];
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        tb_sha256_hex(t[i].message, strlen(t[i].message), hex);
        assert_string_equal(hex, t[i].digest);
    }
    char *million = tb_xmalloc(1000000);
    memset(million, 'a', 1000000);
    tb_sha256_hex(million, 1000000, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
    tb_sha256_hex(NULL, 0, hex);
    assert_string_equal(hex, t[0].digest);
}

/* Lengths around the block borders; byte i of the message is 7i + 3. */
static void sha256_around_block_borders(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        const char *digest;
    } t[] = {
        {1, "084fed08b978af4d7d196a7446a86b58009e636b611db16211b65a9aadff29c5"},
        {55, "e7313d333c272e639f790978283f9eb392e843d0f29b7016828bb1daa4aac70b"},
        {56, "4324d65f3c103567f5589c710bc08f8523f929a9272e3af36fc968e52abc6c27"},
        {57, "35df609437dcfea3279283ab79fd554e2bf78f8f7ae2de532d8ee300b09e8f73"},
        {63, "81c80242132f230c3bd41b3e63bbcff16107339549214a99614ff26664625055"},
        {64, "39e3d7b6b5d075d37d053ad89b24b41bef4f3c29760c84447cab3f3be1882241"},
        {65, "aacca6ff74fdbb296d165a45cecfa04e5127bc008770fbbdd48006f2d2fae95e"},
        {119, "9ce7368e4daf32341631b492e80359dc9f594b48453cd0dd5bf0b19279cc177e"},
        {120, "7836b787757e95e58b3ca5aec90b1b004e8deba1e50e9675af9cabf1a13a04b5"},
        {127, "a8d23e75d936f303d248888d9b165ee543f4cbafcad3c9dd2a79bd84faa11d07"},
        {128, "d2742f1f4ac6bb7ca2b239ee18402ba8b3f9f8e652d2a72973c2b9ba11c08cf6"},
        {1000, "1e9bc38cbf860b9ec31918b065f9b52476c549a782e0e7990bed8ce3868d2371"},
    };
    char hex[65];
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        unsigned char *message = tb_xmalloc(t[i].n);
        for (size_t k = 0; k < t[i].n; k++) message[k] = (unsigned char)(k * 7 + 3);
        tb_sha256_hex(message, t[i].n, hex);
        free(message);
        assert_string_equal(hex, t[i].digest);
    }
}

static void lists_of_words(void **state)
{
    (void)state;
    assert_true(tb_list_holds("a;bc;d", "a") && tb_list_holds("a;bc;d", "bc") &&
                tb_list_holds("a;bc;d", "d"));
    assert_false(tb_list_holds("a;bc;d", "b"));
    assert_false(tb_list_holds("abc", "ab"));
    assert_false(tb_list_holds("abc", "bc"));
    assert_false(tb_list_holds("", "a"));
    assert_false(tb_list_holds(NULL, "a"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_of_words),
        cmocka_unit_test(ends_the_process),
        cmocka_unit_test(log_is_one_line_per_event),
        cmocka_unit_test(language),
        cmocka_unit_test(each_thread_has_its_language),
        cmocka_unit_test(fail_and_wrap),
        cmocka_unit_test(error_text_is_whole_utf8),
        cmocka_unit_test(plain_memory),
        cmocka_unit_test(arena),
        cmocka_unit_test(growing_array),
        cmocka_unit_test(text_buffer),
        cmocka_unit_test(parse_int),
        cmocka_unit_test(millionths),
        cmocka_unit_test(ids),
        cmocka_unit_test(utf8_valid),
        cmocka_unit_test(utf8_width),
        cmocka_unit_test(sha256_of_published_messages),
        cmocka_unit_test(sha256_around_block_borders),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
