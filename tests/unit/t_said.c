/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dates, hours, ages and telephone numbers as people write them, each with its exact result.
 */
#include "toban/domain/said.h"

#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "toban/base/nfkc.h"

static tb_day day(const char *text)
{
    tb_day d;
    assert_true(tb_parse_date(text, &d));
    return d;
}

/* said on 2026-11-30, a Monday; "" is a refusal */
static void dates(void **state)
{
    (void)state;
    static const struct {
        const char *said, *is;
    } t[] = {
        {"2026-12-03", "2026-12-03"},
        {"2026/12/3", "2026-12-03"},
        {"2026/12/03", "2026-12-03"},
        {"2026.12.3", "2026-12-03"},
        {"2026年12月3日", "2026-12-03"},
        {"２０２６年１２月３日", "2026-12-03"},
        {"2026年12月3日（木）", "2026-12-03"},
        {"2026年12月3日 (木)", "2026-12-03"},
        {"2026年12月3日木曜日", "2026-12-03"},
        {"2026-12-03㈭", "2026-12-03"},
        {"20261203", "2026-12-03"},
        {"R8.12.3", "2026-12-03"},
        {"r8.12.3", "2026-12-03"},
        {"Ｒ８．１２．３", "2026-12-03"},
        {"R8/12/3", "2026-12-03"},
        {"R8-12-03", "2026-12-03"},
        {"R08.12.03", "2026-12-03"},
        {"令和8年12月3日", "2026-12-03"},
        {"令和８年１２月３日(木)", "2026-12-03"},
        {"令8.12.3", "2026-12-03"},
        {"㋿8年12月3日", "2026-12-03"},
        {"令和八年十二月三日", "2026-12-03"},
        {"令和元年5月1日", "2019-05-01"},
        {"平成31年4月30日", "2019-04-30"},
        {"H31.4.30", "2019-04-30"},
        {"㍻31年4月30日", "2019-04-30"},
        {"昭和35年1月20日", "1960-01-20"},
        {"S35.1.20", "1960-01-20"},
        {"大正15年12月1日", "1926-12-01"},
        {"2026/12/5 0:00", "2026-12-05"},
        {"2026/12/5 00:00:00", "2026-12-05"},
        {"2026/12/5 0:00:00", "2026-12-05"},
        {"12/3", "2026-12-03"},
        {"１２／３", "2026-12-03"},
        {"12月3日", "2026-12-03"},
        {"12月3日(木)", "2026-12-03"},
        {"十二月三日", "2026-12-03"},
        {"11/29", "2026-11-29"},
        {"1/2", "2027-01-02"},
        {"5/20", "2027-05-20"},
        {"6/10", "2026-06-10"},
        {"12/5 (土)", "2026-12-05"},
        {"1月2日(土)", "2027-01-02"},
        {"2/29", "2028-02-29"},
        {"今日", "2026-11-30"},
        {"本日", "2026-11-30"},
        {"明日", "2026-12-01"},
        {"あした", "2026-12-01"},
        {"明後日", "2026-12-02"},
        {"あさって", "2026-12-02"},
        {"昨日", "2026-11-29"},
        {"tomorrow", "2026-12-01"},
        {" 2026-12-03 ", "2026-12-03"},
        {"2026-02-30", ""},
        {"2026-13-01", ""},
        {"12/32", ""},
        {"2026年12月3日(金)", ""},
        {"12月3日(金)", ""},
        {"46361", ""},
        {"2026-12", ""},
        {"平成40年1月1日", ""},
        {"令和0年1月1日", ""},
        {"2026-12-03 19:30", ""},
        {"2026-12-03x", ""},
        {"来週", ""},
        {"", ""},
        {"3", ""},
        {"\xff", ""},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        tb_day d = 7;
        char buf[64];
        const char *bad = tb_said_date(t[i].said, day("2026-11-30"), &d);
        if (*t[i].is == '\0') {
            if (!bad) fail_msg("%s is taken for %s", t[i].said, tb_format_date(d, buf, sizeof buf));
            assert_int_equal(d, 7);
            continue;
        }
        if (bad) fail_msg("%s: %s", t[i].said, bad);
        assert_string_equal(tb_format_date(d, buf, sizeof buf), t[i].is);
    }
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

static void hours(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        int is;
    } t[] = {
        {"19:30", 1170},
        {"１９：３０", 1170},
        {"7:05", 425},
        {"07:05", 425},
        {"19時", 1140},
        {"19時半", 1170},
        {"19時30分", 1170},
        {"1930", 1170},
        {"0830", 510},
        {"午後7時半", 1170},
        {"午後7時30分", 1170},
        {"夜7時", 1140},
        {"夕方5時", 1020},
        {"朝9時", 540},
        {"7時", 420},
        {"正午", 720},
        {"午前0時", 0},
        {"午後12時", 720},
        {"7:30pm", 1170},
        {"7:30 PM", 1170},
        {"9am", -1},
        {"翌8:30", 1950},
        {"翌日8時半", 1950},
        {"翌朝8:30", 1950},
        {"32:30", 1950},
        {"24:00", 1440},
        {"47:59", 2879},
        {"十九時半", 1170},
        {"48:00", -1},
        {"19:60", -1},
        {"19:3", -1},
        {"25", -1},
        {"午後13時", -1},
        {"翌24:00", -1},
        {"", -1},
        {"19:30:00", 1170},
        {"7時5分", 425},
        {"19：30", 1170},
        {"深夜", -1},
        {"19:30頃", -1},
        {"9時 30分", -1},
        {"0:00", 0},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        int v = -7;
        const char *bad = tb_said_time(t[i].said, &v);
        if (t[i].is < 0) {
            if (!bad) fail_msg("%s is taken for %d", t[i].said, v);
            assert_int_equal(v, -7);
            continue;
        }
        if (bad) fail_msg("%s: %s", t[i].said, bad);
        if (v != t[i].is) fail_msg("%s is %d", t[i].said, v);
    }
}

/* said on 2026-11-30 at 20:00 */
static void instants(void **state)
{
    (void)state;
    static const struct {
        const char *said, *is;
    } t[] = {
        {"2026-12-03T19:30", "2026-12-03T19:30+09:00"},
        {"2026-12-03T10:30Z", "2026-12-03T19:30+09:00"},
        {"2026-12-03 19:30", "2026-12-03T19:30+09:00"},
        {"2026/12/3 19:30", "2026-12-03T19:30+09:00"},
        {"R8.12.3 19:30", "2026-12-03T19:30+09:00"},
        {"令和8年12月3日19時半", "2026-12-03T19:30+09:00"},
        {"12/3 19:30", "2026-12-03T19:30+09:00"},
        {"12月3日(木) 午後7時半", "2026-12-03T19:30+09:00"},
        {"12/3 翌3:00", "2026-12-04T03:00+09:00"},
        {"20261203 1930", "2026-12-03T19:30+09:00"},
        {"明日19時", "2026-12-01T19:00+09:00"},
        {"今日 23:10", "2026-11-30T23:10+09:00"},
        {"23:10", "2026-11-30T23:10+09:00"},
        {"23時10分", "2026-11-30T23:10+09:00"},
        {"今", "2026-11-30T20:00+09:00"},
        {"now", "2026-11-30T20:00+09:00"},
        {"2026-12-03", ""},
        {"12/3", ""},
        {"明日", ""},
        {"12/3 25時61分", ""},
        {"", ""},
    };
    tb_minute now = tb_minute_of(day("2026-11-30"), 1200);
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        tb_minute m = 7;
        char buf[64];
        const char *bad = tb_said_instant(t[i].said, now, &m);
        if (*t[i].is == '\0') {
            if (!bad) fail_msg("%s is taken for %s", t[i].said, tb_format_instant(m, buf, sizeof buf));
            assert_int_equal(m, 7);
            continue;
        }
        if (bad) fail_msg("%s: %s", t[i].said, bad);
        assert_string_equal(tb_format_instant(m, buf, sizeof buf), t[i].is);
    }
}

static void ages(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        int is;
    } t[] = {
        {"68", 68},      {"0", 0},          {"2歳", 2},     {"２歳", 2},      {"2才", 2},
        {"二歳", 2},     {"六十八歳", 68},  {"8か月", 0},   {"8ヶ月", 0},     {"8カ月", 0},
        {"8ヵ月", 0},    {"8ケ月", 0},      {"８ｶ月", 0},   {"8箇月", 0},     {"18か月", 1},
        {"11か月", 0},   {"12か月", 1},     {"1歳半", 1},   {"1歳6か月", 1},  {"1歳６ヶ月", 1},
        {"生後10日", 0}, {"生後3か月", 0},  {"3週", 0},     {"2 years", 2},   {"満3歳", 3},
        {"149", 149},    {"150", -1},       {"80代", -1},   {"大人", -1},     {"", -1},
        {"-1", -1},      {"2歳13か月", -1}, {"生後2", -1},  {"二", 2},        {"4さい", 4},
        {"3 歳", 3},     {"2026", -1},      {"子ども", -1}, {"8か月 男", -1}, {"200か月", -1},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        int v = -7;
        const char *bad = tb_said_age(t[i].said, &v);
        if (t[i].is < 0) {
            if (!bad) fail_msg("%s is taken for %d", t[i].said, v);
            assert_int_equal(v, -7);
            continue;
        }
        if (bad) fail_msg("%s: %s", t[i].said, bad);
        if (v != t[i].is) fail_msg("%s is %d", t[i].said, v);
    }
}

static void telephones(void **state)
{
    (void)state;
    static const struct {
        const char *said, *is;
    } t[] = {
        {"076-222-0099", "076-222-0099"},
        {"０７６－２２２－００９９", "076-222-0099"},
        {"(076)222-0099", "076-222-0099"},
        {"（０７６）２２２－００９９", "076-222-0099"},
        {"076(222)0099", "076-222-0099"},
        {"076 222 0099", "076-222-0099"},
        {"076ー222ー0099", "076-222-0099"},
        {"076−222−0099", "076-222-0099"},
        {"0762220099", "076-222-0099"},
        {"+81 76-222-0099", "076-222-0099"},
        {"+81-76-222-0099", "076-222-0099"},
        {"0761-22-5111", "0761-22-5111"},
        {"0761225111", "0761-22-5111"},
        {"090-1234-5678", "090-1234-5678"},
        {"09012345678", "090-1234-5678"},
        {"0120-123-456", "0120-123-456"},
        {"0120123456", "0120-123-456"},
        {"03-1234-5678", "03-1234-5678"},
        {"0312345678", "03-1234-5678"},
        {"048-829-1111", "048-829-1111"},
        {"0488291111", "0488291111"},
        {"076-222-0099 内線12", "076-222-0099（内線12）"},
        {"076-222-0099（内線 12）", "076-222-0099（内線12）"},
        {"#7119", "#7119"},
        {"＃８０００", "#8000"},
        {"119", "119"},
        {"7600001234", ""},
        {"7.6E+08", ""},
        {"=\"048-829-1111\"", ""},
        {"なし", ""},
        {"不明", ""},
        {"222-0099", ""},
        {"076-222-009", ""},
        {"076-222-00999", ""},
        {"", ""},
        {"someone@member.example", ""},
        {"076-222-0099 内線", ""},
        {"11111111111111111111111111111", ""},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        struct tb_buf out = {0};
        const char *bad = tb_said_phone(t[i].said, &out);
        if (*t[i].is == '\0') {
            if (!bad) fail_msg("%s is taken for %s", t[i].said, tb_buf_str(&out));
            assert_int_equal(out.len, 0);
            continue;
        }
        if (bad) fail_msg("%s: %s", t[i].said, bad);
        assert_string_equal(tb_buf_str(&out), t[i].is);
        tb_buf_free(&out);
    }
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
        cmocka_unit_test(dates),   cmocka_unit_test(a_file_has_no_today),
        cmocka_unit_test(hours),   cmocka_unit_test(instants),
        cmocka_unit_test(ages),    cmocka_unit_test(telephones),
        cmocka_unit_test(reasons), cmocka_unit_test(one_spelling),
    };
    return cmocka_run_group_tests_name("said", tests, NULL, NULL);
}
