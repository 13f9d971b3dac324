/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <setjmp.h>
#include <cmocka.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char text[64];

static void known_days(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        tb_day d;
        int weekday;
    } t[] = {
        {1868, 1, 1, -37255, 3}, {1900, 2, 28, -25509, 3},   {1900, 3, 1, -25508, 4},
        {1969, 12, 31, -1, 3},   {1970, 1, 1, 0, 4},         {2000, 2, 29, 11016, 2},
        {2000, 3, 1, 11017, 3},  {2024, 2, 29, 19782, 4},    {2026, 12, 3, 20790, 4},
        {2100, 2, 28, 47540, 0}, {2100, 3, 1, 47541, 1},     {2199, 12, 31, 84005, 2},
        {1, 1, 1, -719162, 1},   {9999, 12, 31, 2932896, 5},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        assert_int_equal(tb_day_of(t[i].year, t[i].month, t[i].day), t[i].d);
        struct tb_ymd c = tb_ymd_of(t[i].d);
        assert_int_equal(c.year, t[i].year);
        assert_int_equal(c.month, t[i].month);
        assert_int_equal(c.day, t[i].day);
        assert_int_equal(tb_weekday(t[i].d), t[i].weekday);
    }
    assert_int_equal(tb_ymd_of(INT32_MAX).year, 5881580);
    assert_int_equal(tb_ymd_of(INT32_MIN + 1).year, -5877641);
    assert_in_range(tb_weekday(INT32_MAX), 0, 6);
    assert_in_range(tb_weekday(INT32_MIN + 1), 0, 6);
}

/* Against the calendar told in the plainest way: one day after the other. */
static void every_day_there_is(void **state)
{
    (void)state;
    tb_day d = tb_day_of(1868, 1, 1);
    int weekday = 3;
    for (int year = 1868; year <= 2199; year++) {
        int february = year % 400 == 0 ? 29 : year % 100 == 0 ? 28 : year % 4 == 0 ? 29 : 28;
        const int length[] = {31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= 31; day++) {
                bool exists = day <= length[month - 1];
                if (tb_date_exists(year, month, day) != exists)
                    fail_msg("%d-%d-%d: exists %d", year, month, day, !exists);
                if (!exists) continue;
                struct tb_ymd c = tb_ymd_of(d);
                tb_day back = TB_DAY_NONE;
                if (tb_day_of(year, month, day) != d || c.year != year || c.month != month || c.day != day ||
                    tb_weekday(d) != weekday || tb_fiscal_year(d) != year - (month <= 3) ||
                    !tb_parse_date(tb_format_date(d, text, sizeof text), &back) || back != d)
                    fail_msg("%d-%d-%d: day %d", year, month, day, d);
                d++;
                weekday = (weekday + 1) % 7;
            }
        }
    }
    assert_int_equal(d, tb_day_of(2199, 12, 31) + 1);
}

static void dates_that_do_not_exist(void **state)
{
    (void)state;
    static const int t[][3] = {{1867, 12, 31}, {2200, 1, 1},  {0, 1, 1},     {2026, 0, 1},  {2026, 13, 1},
                               {2026, 1, 0},   {2026, 1, 32}, {2026, 2, 29}, {2100, 2, 29}, {1900, 2, 29},
                               {2026, -1, 10}, {2026, 4, 31}, {2026, 6, -1}, {-2026, 6, 1}, {2026, 99, 99}};
    for (size_t i = 0; i < TB_COUNT(t); i++) assert_false(tb_date_exists(t[i][0], t[i][1], t[i][2]));
    assert_true(tb_date_exists(1868, 1, 1));
    assert_true(tb_date_exists(2199, 12, 31));
    assert_true(tb_date_exists(2000, 2, 29));
}

static void dates_refused(void **state)
{
    (void)state;
    static const char *const t[] = {"",
                                    "2026",
                                    "2026-12",
                                    "2026-2-03",
                                    "2026-02-3",
                                    "26-02-03",
                                    "2026-02-30",
                                    "2026-02-29",
                                    "2100-02-29",
                                    "1867-12-31",
                                    "2200-01-01",
                                    "2026-00-10",
                                    "2026-13-01",
                                    "2026-01-00",
                                    "2026-01-32",
                                    "2026/01/01",
                                    "20260101",
                                    " 2026-01-01",
                                    "2026-01-01 ",
                                    "2026-01-01\n",
                                    "2026-01-01T00:00",
                                    "-026-01-01",
                                    "+026-01-01",
                                    "2026--1-01",
                                    "2026-01--1",
                                    "２０２６-01-01",
                                    "令和8年1月1日"};
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        tb_day d = 77;
        if (tb_parse_date(t[i], &d) || d != 77) fail_msg("\"%s\" was taken", t[i]);
    }
    tb_day d;
    assert_true(tb_parse_date("2024-02-29", &d));
    assert_int_equal(d, 19782);
}

static void times(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        int minute;
        const char *out, *ja;
    } good[] = {
        {"00:00", 0, "00:00", "0:00"},         {"08:30", 510, "08:30", "8:30"},
        {"19:30", 1170, "19:30", "19:30"},     {"23:59", 1439, "23:59", "23:59"},
        {"24:00", 1440, "24:00", "翌0:00"},    {"32:30", 1950, "32:30", "翌8:30"},
        {"47:59", 2879, "47:59", "翌23:59"},   {"翌08:30", 1950, "32:30", "翌8:30"},
        {"翌8:30", 1950, "32:30", "翌8:30"},   {"翌00:00", 1440, "24:00", "翌0:00"},
        {"翌23:59", 2879, "47:59", "翌23:59"},
    };
    for (size_t i = 0; i < TB_COUNT(good); i++) {
        int minute = -1;
        if (!tb_parse_time(good[i].in, &minute) || minute != good[i].minute)
            fail_msg("\"%s\" gave %d", good[i].in, minute);
        assert_string_equal(tb_format_time(minute, text, sizeof text), good[i].out);
        assert_string_equal(tb_format_time_ja(minute, text, sizeof text), good[i].ja);
    }
    static const char *const bad[] = {"",          "8:30",   "08:3",     "0830",     "08:60",  "48:00",
                                      "99:00",     "-1:00",  "08:-1",    "08:30:00", " 08:30", "08:30 ",
                                      "８:３０",   "翌",     "翌24:00",  "翌32:30",  "翌8:3",  "翌 8:30",
                                      "翌翌08:30", "08：30", "翌008:30", "翌:30",    "am8:30", "08.30"};
    for (size_t i = 0; i < TB_COUNT(bad); i++) {
        int minute = 77;
        if (tb_parse_time(bad[i], &minute) || minute != 77)
            fail_msg("\"%s\" was taken as %d", bad[i], minute);
    }
    for (int m = 0; m < 2 * TB_MINUTES_PER_DAY; m++) {
        int back = -1;
        assert_true(tb_parse_time(tb_format_time(m, text, sizeof text), &back));
        assert_int_equal(back, m);
        if (m < TB_MINUTES_PER_DAY) continue;
        assert_true(tb_parse_time(tb_format_time_ja(m, text, sizeof text), &back));
        assert_int_equal(back, m);
    }
}

static void instants(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } good[] = {
        {"2026-12-03T19:30", "2026-12-03T19:30+09:00"},
        {"2026-12-03T19:30:59", "2026-12-03T19:30+09:00"},
        {"2026-12-03T19:30+09:00", "2026-12-03T19:30+09:00"},
        {"2026-12-03T19:30:00+09:00", "2026-12-03T19:30+09:00"},
        {"2026-12-03T10:30Z", "2026-12-03T19:30+09:00"},
        {"2026-12-03T10:30:15Z", "2026-12-03T19:30+09:00"},
        {"2026-12-03T15:00Z", "2026-12-04T00:00+09:00"},
        {"2026-12-31T14:59Z", "2026-12-31T23:59+09:00"},
        {"2026-12-31T15:00Z", "2027-01-01T00:00+09:00"},
        {"2024-02-28T15:00Z", "2024-02-29T00:00+09:00"},
        {"2016-12-31T23:59:60Z", "2017-01-01T08:59+09:00"},
        {"1970-01-01T00:00", "1970-01-01T00:00+09:00"},
        {"1969-12-31T23:59", "1969-12-31T23:59+09:00"},
        {"1868-01-01T00:00", "1868-01-01T00:00+09:00"},
        {"2199-12-31T23:59", "2199-12-31T23:59+09:00"},
    };
    for (size_t i = 0; i < TB_COUNT(good); i++) {
        tb_minute m, back;
        if (!tb_parse_instant(good[i].in, &m)) fail_msg("\"%s\" was refused", good[i].in);
        assert_string_equal(tb_format_instant(m, text, sizeof text), good[i].out);
        assert_true(tb_parse_instant(text, &back));
        assert_int_equal(back, m);
    }
    tb_minute m;
    assert_true(tb_parse_instant("1970-01-01T00:00+09:00", &m));
    assert_int_equal(m, 0);
    assert_true(tb_parse_instant("1970-01-01T00:00Z", &m));
    assert_int_equal(m, 540);
    assert_true(tb_parse_instant("1969-12-31T23:59", &m));
    assert_int_equal(m, -1);

    static const char *const bad[] = {"",
                                      "2026-12-03",
                                      "2026-12-03T",
                                      "2026-12-03 19:30",
                                      "2026-12-03t19:30",
                                      "2026-12-03T9:30",
                                      "2026-12-03T24:00",
                                      "2026-12-03T32:30",
                                      "2026-12-03T19:60",
                                      "2026-12-03T19:30:61",
                                      "2026-12-03T19:30:",
                                      "2026-12-03T19:30:5",
                                      "2026-12-03T19:30:00.5",
                                      "2026-12-03T19:30z",
                                      "2026-12-03T19:30ZZ",
                                      "2026-12-03T19:30+09",
                                      "2026-12-03T19:30+0900",
                                      "2026-12-03T19:30+09:00Z",
                                      "2026-12-03T19:30+00:00",
                                      "2026-12-03T19:30-09:00",
                                      "2026-12-03T19:30+09:30",
                                      "2026-12-03T19:30 ",
                                      " 2026-12-03T19:30",
                                      "2026-02-29T19:30",
                                      "2200-01-01T00:00",
                                      "2026-12-03T翌08:30"};
    for (size_t i = 0; i < TB_COUNT(bad); i++) {
        m = 77;
        if (tb_parse_instant(bad[i], &m) || m != 77) fail_msg("\"%s\" was taken", bad[i]);
    }
}

static void minutes_across_midnight(void **state)
{
    (void)state;
    tb_day d = tb_day_of(2026, 12, 31);
    tb_minute duty = tb_minute_of(d, 1170), end = tb_minute_of(d, 1950);
    assert_int_equal(end - duty, 780);
    assert_int_equal(end, tb_minute_of(tb_day_of(2027, 1, 1), 510));
    assert_int_equal(tb_day_of_minute(duty), d);
    assert_int_equal(tb_day_of_minute(end), d + 1);
    assert_int_equal(tb_day_of_minute(tb_minute_of(d, 1439)), d);
    assert_int_equal(tb_day_of_minute(tb_minute_of(d, 1440)), d + 1);
    assert_string_equal(tb_format_instant(end, text, sizeof text), "2027-01-01T08:30+09:00");
    static const struct {
        tb_minute m;
        tb_day d;
    } t[] = {{0, 0}, {1439, 0}, {1440, 1}, {-1, -1}, {-1440, -1}, {-1441, -2}};
    for (size_t i = 0; i < TB_COUNT(t); i++) assert_int_equal(tb_day_of_minute(t[i].m), t[i].d);
    assert_int_equal(tb_minute_of(0, -1), -1);
    assert_int_equal(tb_day_of_minute(tb_minute_of(INT32_MAX, 1439)), INT32_MAX);
}

static void fiscal_years(void **state)
{
    (void)state;
    assert_int_equal(tb_fiscal_year(tb_day_of(2026, 3, 31)), 2025);
    assert_int_equal(tb_fiscal_year(tb_day_of(2026, 4, 1)), 2026);
    assert_int_equal(tb_fiscal_year(tb_day_of(2026, 12, 31)), 2026);
    assert_int_equal(tb_fiscal_year(tb_day_of(2027, 1, 1)), 2026);
    assert_int_equal(tb_fiscal_year(tb_day_of(2028, 2, 29)), 2027);
}

static void dates_in_japanese(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        const char *ja, *md;
    } t[] = {
        {2026, 12, 3, "令和8年12月3日(木)", "12月3日(木)"},
        {2020, 1, 1, "令和2年1月1日(水)", "1月1日(水)"},
        {2019, 12, 31, "令和元年12月31日(火)", "12月31日(火)"},
        {2019, 5, 1, "令和元年5月1日(水)", "5月1日(水)"},
        {2019, 4, 30, "平成31年4月30日(火)", "4月30日(火)"},
        {1990, 1, 1, "平成2年1月1日(月)", "1月1日(月)"},
        {1989, 1, 8, "平成元年1月8日(日)", "1月8日(日)"},
        {1989, 1, 7, "昭和64年1月7日(土)", "1月7日(土)"},
        {1927, 1, 1, "昭和2年1月1日(土)", "1月1日(土)"},
        {1926, 12, 25, "昭和元年12月25日(土)", "12月25日(土)"},
        {1926, 12, 24, "大正15年12月24日(金)", "12月24日(金)"},
        {1912, 7, 30, "大正元年7月30日(火)", "7月30日(火)"},
        {1912, 7, 29, "明治45年7月29日(月)", "7月29日(月)"},
        {1873, 1, 1, "明治6年1月1日(水)", "1月1日(水)"},
        {1872, 12, 31, "1872年12月31日(火)", "12月31日(火)"},
        {2199, 12, 31, "令和181年12月31日(火)", "12月31日(火)"},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        tb_day d = tb_day_of(t[i].year, t[i].month, t[i].day);
        assert_string_equal(tb_format_date_ja(d, text, sizeof text), t[i].ja);
        assert_string_equal(tb_format_md_ja(d, text, sizeof text), t[i].md);
    }
    enum tb_lang before = tb_lang_get();
    tb_lang_set(TB_JA);
    assert_string_equal(tb_format_date_told(tb_day_of(2026, 12, 3), text, sizeof text), "令和8年12月3日(木)");
    tb_lang_set(TB_EN);
    assert_string_equal(tb_format_date_told(tb_day_of(2026, 12, 3), text, sizeof text), "2026-12-03");
    tb_lang_set(before);
    static const char *const ja[] = {"日", "月", "火", "水", "木", "金", "土"};
    static const char *const en[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    for (int i = 0; i < 7; i++) {
        assert_string_equal(tb_weekday_ja(i), ja[i]);
        assert_string_equal(tb_weekday_en(i), en[i]);
    }
}

static void months(void **state)
{
    (void)state;
    const struct {
        tb_day from, to;
        const char *ja;
    } t[] = {{tb_day_of(2026, 12, 1), tb_day_of(2026, 12, 31), "令和8年12月"},
             {tb_day_of(2028, 2, 1), tb_day_of(2028, 2, 29), "令和10年2月"},
             {tb_day_of(2100, 2, 1), tb_day_of(2100, 2, 28), "令和82年2月"},
             {tb_day_of(2019, 5, 1), tb_day_of(2019, 5, 31), "令和元年5月"},
             {tb_day_of(2019, 4, 1), tb_day_of(2019, 4, 30), "平成31年4月"}};
    for (size_t i = 0; i < TB_COUNT(t); i++)
        for (tb_day d = t[i].from; d <= t[i].to; d++) {
            assert_int_equal(tb_month_first(d), t[i].from);
            assert_int_equal(tb_month_last(d), t[i].to);
            assert_string_equal(tb_format_month_ja(d, text, sizeof text), t[i].ja);
        }
    static const struct {
        int year;
        const char *ja;
    } years[] = {{2026, "令和8年度"}, {2019, "令和元年度"}, {2018, "平成30年度"}, {1989, "平成元年度"}};
    for (size_t i = 0; i < TB_COUNT(years); i++)
        assert_string_equal(tb_format_fiscal_ja(years[i].year, text, sizeof text), years[i].ja);
}

static void formats_keep_to_their_size(void **state)
{
    (void)state;
    tb_day d = tb_day_of(2026, 12, 3);
    for (size_t size = 1; size <= 64; size++) {
        char *s = tb_xmalloc(size); /* exact, so that the sanitizer sees a write behind the end */
        char *const back[] = {
            tb_format_date(d, s, size),       tb_format_time(1950, s, size),
            tb_format_time_ja(1950, s, size), tb_format_instant(tb_minute_of(d, 1170), s, size),
            tb_format_date_ja(d, s, size),    tb_format_md_ja(d, s, size),
            tb_format_month_ja(d, s, size),   tb_format_fiscal_ja(2026, s, size)};
        for (size_t i = 0; i < TB_COUNT(back); i++) assert_ptr_equal(back[i], s);
        assert_true(strlen(s) < size);
        free(s);
    }
    assert_true(strlen(tb_format_instant(tb_minute_of(INT32_MAX, 1439), text, sizeof text)) <
                sizeof text - 1);
    assert_true(strlen(tb_format_date_ja(INT32_MIN + 1, text, sizeof text)) < sizeof text - 1);
    assert_true(strlen(tb_format_time(INT32_MAX, text, sizeof text)) < sizeof text - 1);
}

static void clocks(void **state)
{
    (void)state;
    struct tb_clock fixed = {.fixed = true, .at = tb_minute_of(tb_day_of(2026, 12, 3), 1170)};
    assert_string_equal(tb_format_instant(tb_clock_now(&fixed), text, sizeof text), "2026-12-03T19:30+09:00");
    struct tb_clock running = {.at = 5};
    tb_minute before = (tb_minute)(time(NULL) / 60 + 540), now = tb_clock_now(&running),
              nobody = tb_clock_now(NULL);
    tb_minute after = (tb_minute)(time(NULL) / 60 + 540);
    assert_true(before <= now && now <= nobody && nobody <= after);
    double first = tb_clock_seconds(), second = tb_clock_seconds();
    assert_true(first >= 0 && second >= first && second - first < 60);
}

static void in_every_zone_and_language(void **state)
{
    static const char *const zones[] = {
        "UTC",      "JST-9",   "Asia/Tokyo",    "America/New_York", "EST5EDT", "NZST-12NZDT,M9.5.0,M4.1.0/3",
        "<+14>-14", "<-12>12", "right/Etc/UTC", "nonsense"};
    static const char *const languages[] = {"C", "C.UTF-8", "ja_JP.UTF-8", "ja_JP.eucJP", "de_DE.UTF-8"};
    static void (*const all[])(void **) = {known_days,        dates_refused, times,
                                           instants,          fiscal_years,  minutes_across_midnight,
                                           dates_in_japanese, clocks};
    for (size_t z = 0; z < TB_COUNT(zones); z++) {
        for (size_t l = 0; l < TB_COUNT(languages); l++) {
            (void)setenv("TZ", zones[z], 1);
            (void)setenv("LANG", languages[l], 1);
            (void)setenv("LC_ALL", languages[l], 1);
            tzset();
            (void)setlocale(LC_ALL, ""); /* the program never calls it, a library might */
            for (size_t i = 0; i < TB_COUNT(all); i++) all[i](state);
        }
    }
    (void)setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days),
        cmocka_unit_test(every_day_there_is),
        cmocka_unit_test(dates_that_do_not_exist),
        cmocka_unit_test(dates_refused),
        cmocka_unit_test(times),
        cmocka_unit_test(instants),
        cmocka_unit_test(minutes_across_midnight),
        cmocka_unit_test(fiscal_years),
        cmocka_unit_test(dates_in_japanese),
        cmocka_unit_test(months),
        cmocka_unit_test(formats_keep_to_their_size),
        cmocka_unit_test(clocks),
        cmocka_unit_test(in_every_zone_and_language),
    };
    return cmocka_run_group_tests_name("civil", tests, NULL, NULL);
}
