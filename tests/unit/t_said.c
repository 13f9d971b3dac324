/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dates, hours, ages and telephone numbers as people write them, each with its exact result.
 */
#include "toban/domain/said.h"

#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/base/nfkc.h"

static tb_day day(const char *text)
{
    tb_day d;
    assert_true(tb_parse_date(text, &d));
    return d;
}

/* What a form is, as text; false: it is refused, and nothing was written. */
static bool read_as(const char *what, const char *form, char *is, size_t size, const char **bad)
{
    tb_day d = 7;
    tb_minute m = 7;
    int v = -7;
    struct tb_buf number = {0};
    const tb_day today = day("2026-11-30");
    if (strcmp(what, "date") == 0) {
        if ((*bad = tb_said_date(form, today, &d)) == NULL) tb_format_date(d, is, size);
    } else if (strcmp(what, "instant") == 0) {
        if ((*bad = tb_said_instant(form, tb_minute_of(today, 20 * 60), &m)) == NULL)
            tb_format_instant(m, is, size);
    } else if (strcmp(what, "telephone") == 0) {
        if ((*bad = tb_said_phone(form, &number)) == NULL) snprintf(is, size, "%s", tb_buf_str(&number));
    } else {
        *bad = strcmp(what, "hour") == 0 ? tb_said_time(form, &v) : tb_said_age(form, &v);
        if (!*bad) snprintf(is, size, "%d", v);
    }
    if (*bad) assert_true(d == 7 && m == 7 && v == -7 && number.len == 0);
    tb_buf_free(&number);
    return *bad == NULL;
}

static void forms(void **state)
{
    (void)state;
    char line[512];
    int n = 0, wrong = 0;
    FILE *f = fopen("tests/cases/words/said.tsv", "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        char is[128] = "-";
        const char *bad = NULL;
        line[strcspn(line, "\n")] = '\0';
        if (*line == '#') continue;
        char *form = strchr(line, '\t'), *wanted = form ? strchr(form + 1, '\t') : NULL;
        if (!form || !wanted) {
            wrong++;
            continue;
        }
        *form++ = '\0';
        *wanted++ = '\0';
        n++;
        (void)read_as(line, form, is, sizeof is, &bad);
        if (strcmp(is, wanted) == 0) continue;
        wrong++;
        print_error("%s %s is %s (%s), not %s\n", line, form, is, bad ? bad : "", wanted);
    }
    (void)fclose(f);
    assert_int_equal(wrong, 0);
    assert_true(n >= 200);
}

/* What no table can hold. */
static void nothing_and_no_text(void **state)
{
    (void)state;
    static const char *const what[] = {"date", "hour", "instant", "age", "telephone"};
    char is[128];
    const char *bad;
    for (size_t i = 0; i < TB_COUNT(what); i++) {
        assert_false(read_as(what[i], "", is, sizeof is, &bad));
        assert_false(read_as(what[i], "\xff", is, sizeof is, &bad));
    }
    assert_true(read_as("date", " 2026-12-03 ", is, sizeof is, &bad));
}

/* In a file nobody knows what today is. */
static void a_file_has_no_today(void **state)
{
    (void)state;
    static const char *const refused[] = {"12/3", "12月3日", "今日", "明日", "12月3日(木)"};
    tb_day d = 7;
    tb_lang_set(TB_EN);
    for (size_t i = 0; i < TB_COUNT(refused); i++) {
        const char *bad = tb_said_date(refused[i], TB_DAY_NONE, &d);
        assert_non_null(bad);
        assert_non_null(strstr(bad, "has no year"));
    }
    assert_null(tb_said_date("R8.12.3", TB_DAY_NONE, &d));
    assert_int_equal(d, day("2026-12-03"));
}

/* What Excel did is told apart from what a person wrote wrongly. */
static void reasons(void **state)
{
    (void)state;
    static const struct {
        const char *said, *reason;
    } t[] = {{"7600001234", "leading 0"},
             {"7.6E+08", "power of ten"},
             {"=\"048-829-1111\"", "formula"},
             {"222-0099", "area code"}};
    tb_lang_set(TB_EN);
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_buf out = {0};
        const char *bad = tb_said_phone(t[i].said, &out);
        if (!bad || !strstr(bad, t[i].reason)) fail_msg("%s: %s", t[i].said, bad ? bad : "taken");
    }
    tb_day d;
    const char *bad = tb_said_date("46361", day("2026-11-30"), &d);
    assert_non_null(bad);
    assert_non_null(strstr(bad, "Excel"));
}

static void one_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *text, *is;
    } t[] = {
        {"ﾓﾘﾓﾄ", "モリモト"}, {"ｶﾞ", "ガ"}, {"か\xe3\x82\x99", "が"}, {"　Ａ  b　", "a b"}, {"㈱", "(株)"},
        {"①", "1"},           {"", ""}};
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_buf out = {0};
        assert_true(tb_nfkc(t[i].text, true, &out));
        assert_string_equal(tb_buf_str(&out), t[i].is);
        tb_buf_free(&out);
    }
    struct tb_buf out = {0};
    assert_false(tb_nfkc("\xc3\x28", true, &out));
    char *big = tb_xcalloc(1, 5002);
    memset(big, 'a', 5001);
    assert_false(tb_nfkc(big, true, &out));
    assert_int_equal(out.len, 0);
    free(big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),
        cmocka_unit_test(nothing_and_no_text),
        cmocka_unit_test(a_file_has_no_today),
        cmocka_unit_test(reasons),
        cmocka_unit_test(one_spelling),
    };
    return cmocka_run_group_tests_name("said", tests, NULL, NULL);
}
