/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/domain/holiday.h"

#include <setjmp.h>
#include <cmocka.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OFFICIAL "tests/data/syukujitsu.csv" /* as published, CP932; the tests run at the top of the tree */
#define HEADER "国民の祝日・休日月日,国民の祝日・休日名称\n"

static char *official; /* in UTF-8 */

static int read_official(void **state)
{
    (void)state;
    struct tb_err e = {0};
    char *bytes;
    size_t n;
    if (tb_file_read(OFFICIAL, 1000000, &bytes, &n, &e) != TB_OK) {
        (void)fprintf(stderr, "%s\n", e.text);
        return -1;
    }
    size_t room = 3 * n;
    official = tb_xcalloc(room + 1, 1);
    char *in = bytes, *out = official;
    iconv_t cd = iconv_open("UTF-8", "CP932");
    size_t r = iconv(cd, &in, &n, &out, &room);
    (void)iconv_close(cd);
    free(bytes);
    return r == 0 && n == 0 ? 0 : -1;
}

static int free_official(void **state)
{
    (void)state;
    free(official);
    return 0;
}

static const char *law(int year, int month, int day)
{
    return tb_holiday_by_law(tb_day_of(year, month, day));
}

static bool same(const char *a, const char *b) { return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0; }

static void same_names(tb_day d, const char *is, const char *should)
{
    char date[64];
    if (!same(is, should))
        fail_msg("%s: %s, not %s", tb_format_date(d, date, sizeof date), is != NULL ? is : "-",
                 should != NULL ? should : "-");
}

/* ---- the law ------------------------------------------------------------------------------ */

/* Reads the file by other means than the parser under test. */
static void every_day_of_the_official_list(void **state)
{
    (void)state;
    const char *p = strchr(official, '\n');
    assert_non_null(p);
    p++;
    tb_day d = tb_day_of(1955, 1, 1);
    int rows = 0, year, month, day, used;
    char name[64];
    for (; sscanf(p, "%d/%d/%d,%63[^\r\n] %n", &year, &month, &day, name, &used) == 4; p += used, rows++) {
        for (; d < tb_day_of(year, month, day); d++) same_names(d, tb_holiday_by_law(d), NULL);
        same_names(d, tb_holiday_by_law(d), name);
        d++;
    }
    assert_int_equal(*p, 0);
    assert_int_equal(rows, 1067);
    for (; d <= tb_day_of(2027, 12, 31); d++) same_names(d, tb_holiday_by_law(d), NULL);
}

static void days_before_the_official_list(void **state)
{
    (void)state;
    static const int autumn[] = {23, 23, 24, 23, 23, 23};
    for (int year = 1949; year <= 1954; year++) {
        const struct {
            int month, day;
            const char *name;
        } t[] = {
            {1, 1, "元日"},
            {1, 15, "成人の日"},
            {3, 21, "春分の日"},
            {4, 29, "天皇誕生日"},
            {5, 3, "憲法記念日"},
            {5, 5, "こどもの日"},
            {9, autumn[year - 1949], "秋分の日"},
            {11, 3, "文化の日"},
            {11, 23, "勤労感謝の日"},
        };
        size_t next = 0;
        for (tb_day d = tb_day_of(year, 1, 1); d <= tb_day_of(year, 12, 31); d++) {
            struct tb_ymd c = tb_ymd_of(d);
            bool due = next < TB_COUNT(t) && c.month == t[next].month && c.day == t[next].day;
            same_names(d, tb_holiday_by_law(d), due ? t[next].name : NULL);
            next += due;
        }
        assert_int_equal(next, TB_COUNT(t));
    }
}

/* The equinox of a year falls with its place in the leap cycle on the same day for decades: the last year of
 * each day. */
static void equinoxes_of_the_leap_cycle(void **state)
{
    (void)state;
    static const struct {
        int last_year, day;
    } spring[4][3] = {{{1956, 21}, {2088, 20}, {2096, 19}},
                      {{1989, 21}, {2097, 20}},
                      {{2022, 21}, {2098, 20}},
                      {{2055, 21}, {2099, 20}}},
      autumn[4][2] = {{{2008, 23}, {2096, 22}},
                      {{2041, 23}, {2097, 22}},
                      {{2074, 23}, {2098, 22}},
                      {{1979, 24}, {2099, 23}}};
    for (int year = 1949; year <= 2099; year++) {
        size_t s = 0, a = 0;
        while (year > spring[year % 4][s].last_year) s++;
        while (year > autumn[year % 4][a].last_year) a++;
        same_names(tb_day_of(year, 3, spring[year % 4][s].day), law(year, 3, spring[year % 4][s].day),
                   "春分の日");
        same_names(tb_day_of(year, 9, autumn[year % 4][a].day), law(year, 9, autumn[year % 4][a].day),
                   "秋分の日");
    }
}

static void outside_the_years_of_the_law(void **state)
{
    (void)state;
    assert_null(law(1948, 11, 23));
    assert_null(law(1948, 12, 31));
    assert_string_equal(law(1949, 1, 1), "元日");
    assert_string_equal(law(2099, 11, 23), "勤労感謝の日");
    assert_null(law(2099, 12, 31));
    assert_null(law(2100, 1, 1));
    assert_null(tb_holiday_by_law(INT32_MAX));
    assert_null(tb_holiday_by_law(TB_DAY_NONE));
}

static void where_the_law_changed(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        const char *name;
    } t[] = {
        {1959, 4, 10, "結婚の儀"},
        {1965, 9, 15, NULL},
        {1966, 9, 15, "敬老の日"},
        {1965, 10, 10, NULL},
        {1966, 10, 10, "体育の日"},
        {1966, 2, 11, NULL},
        {1967, 2, 11, "建国記念の日"},
        {1973, 2, 12, NULL}, /* the day before was a Sunday, two months too early */
        {1973, 4, 30, "休日"},
        {1985, 5, 4, NULL}, /* between two holidays, before the rule */
        {1986, 5, 4, NULL}, /* a Sunday */
        {1987, 5, 4, "休日"},
        {1988, 4, 29, "天皇誕生日"},
        {1988, 5, 4, "休日"},
        {1988, 12, 23, NULL},
        {1989, 2, 24, "大喪の礼"},
        {1989, 4, 29, "みどりの日"},
        {1989, 12, 23, "天皇誕生日"},
        {1990, 11, 12, "即位礼正殿の儀"},
        {1993, 6, 9, "結婚の儀"},
        {1995, 7, 20, NULL},
        {1996, 7, 20, "海の日"},
        {1999, 1, 15, "成人の日"},
        {2000, 1, 10, "成人の日"},
        {2000, 1, 15, NULL},
        {2000, 10, 9, "体育の日"},
        {2002, 7, 20, "海の日"},
        {2002, 9, 16, "休日"},
        {2003, 7, 21, "海の日"},
        {2003, 9, 15, "敬老の日"},
        {2004, 9, 20, "敬老の日"},
        {2006, 4, 29, "みどりの日"},
        {2006, 5, 4, "休日"},
        {2007, 4, 29, "昭和の日"},
        {2007, 5, 4, "みどりの日"},
        {2008, 5, 6, "休日"}, /* 5/4 was the Sunday: by the wording of 2007 */
        {2009, 5, 6, "休日"}, /* 5/3 was the Sunday */
        {2009, 9, 22, "休日"},
        {2015, 8, 11, NULL},
        {2016, 8, 11, "山の日"},
        {2018, 12, 23, "天皇誕生日"},
        {2018, 12, 24, "休日"},
        {2019, 2, 23, NULL},
        {2019, 12, 23, NULL},
        {2019, 4, 30, "休日"},
        {2019, 5, 1, "休日（祝日扱い）"},
        {2019, 5, 2, "休日"},
        {2019, 5, 6, "休日"},
        {2019, 10, 14, "体育の日（スポーツの日）"},
        {2019, 10, 22, "休日（祝日扱い）"},
        {2020, 2, 23, "天皇誕生日"},
        {2020, 7, 20, NULL},
        {2020, 7, 23, "海の日"},
        {2020, 7, 24, "スポーツの日"},
        {2020, 8, 10, "山の日"},
        {2020, 8, 11, NULL},
        {2020, 10, 12, NULL},
        {2021, 7, 19, NULL},
        {2021, 7, 22, "海の日"},
        {2021, 7, 23, "スポーツの日"},
        {2021, 8, 8, "山の日"},
        {2021, 8, 9, "休日"},
        {2021, 8, 11, NULL},
        {2021, 10, 11, NULL},
        {2022, 7, 18, "海の日"},
        {2022, 8, 11, "山の日"},
        {2022, 10, 10, "スポーツの日"},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++)
        same_names(tb_day_of(t[i].year, t[i].month, t[i].day), law(t[i].year, t[i].month, t[i].day),
                   t[i].name);
}

static int holidays_in(tb_day first, tb_day end)
{
    int n = 0;
    for (tb_day d = first; d < end; d++) n += tb_holiday_by_law(d) != NULL;
    return n;
}

/* Known figures of years that no list covers yet. */
static void years_to_come(void **state)
{
    (void)state;
    static const int count[] = {18, 17, 16, 19, 19, 19}; /* 2026.. */
    static const int spring[] = {20, 21, 20, 20, 20, 21}, autumn[] = {23, 23, 22, 23, 23, 23};
    for (int i = 0; i < (int)TB_COUNT(count); i++) {
        assert_int_equal(holidays_in(tb_day_of(2026 + i, 1, 1), tb_day_of(2027 + i, 1, 1)), count[i]);
        assert_string_equal(law(2026 + i, 3, spring[i]), "春分の日");
        assert_string_equal(law(2026 + i, 9, autumn[i]), "秋分の日");
    }
    static const int substitutes[][3] = {{2029, 2, 12}, {2029, 4, 30}, {2029, 9, 24},
                                         {2030, 5, 6},  {2030, 8, 12}, {2030, 11, 4},
                                         {2031, 2, 24}, {2031, 5, 6},  {2031, 11, 24}};
    for (size_t i = 0; i < TB_COUNT(substitutes); i++)
        assert_string_equal(law(substitutes[i][0], substitutes[i][1], substitutes[i][2]), "休日");
    static const int sandwiched[][2] = {{2009, 22}, {2015, 22}, {2026, 22}, {2032, 21}, {2037, 22},
                                        {2043, 22}, {2049, 21}, {2054, 22}, {2060, 21}};
    size_t next = 0;
    for (int year = 2008; year <= 2060; year++)
        for (int day = 15; day <= 25; day++)
            if (same(law(year, 9, day), "休日") && tb_weekday(tb_day_of(year, 9, day)) == 2) {
                assert_true(next < TB_COUNT(sandwiched));
                assert_int_equal(year, sandwiched[next][0]);
                assert_int_equal(day, sandwiched[next][1]);
                next++;
            }
    assert_int_equal(next, TB_COUNT(sandwiched));
}

/* Sundays, holidays and 29 December to 3 January: the days for which offices seek a duty. */
static void duty_days_of_fiscal_years(void **state)
{
    (void)state;
    static const int t[] = {73, 73, 72, 72}; /* 2025.. */
    for (int i = 0; i < (int)TB_COUNT(t); i++) {
        int n = 0;
        for (tb_day d = tb_day_of(2025 + i, 4, 1); d < tb_day_of(2026 + i, 4, 1); d++) {
            struct tb_ymd c = tb_ymd_of(d);
            bool turn_of_year = (c.month == 12 && c.day >= 29) || (c.month == 1 && c.day <= 3);
            n += tb_weekday(d) == 0 || turn_of_year || tb_holiday_by_law(d) != NULL;
        }
        assert_int_equal(n, t[i]);
    }
}

/* Holds for any year, so it would show a slip in a year that no table knows. */
static void what_holds_in_every_year(void **state)
{
    (void)state;
    for (int year = 1949; year <= 2099; year++) {
        int n = holidays_in(tb_day_of(year, 1, 1), tb_day_of(year + 1, 1, 1));
        if (n < 9 || n > 22) fail_msg("%d has %d holidays", year, n);
        assert_string_equal(law(year, 1, 1), "元日");
        assert_string_equal(law(year, 11, 23), "勤労感謝の日");
        int springs = 0, autumns = 0;
        for (int day = 19; day <= 22; day++) springs += same(law(year, 3, day), "春分の日");
        for (int day = 21; day <= 24; day++) autumns += same(law(year, 9, day), "秋分の日");
        assert_int_equal(springs, 1);
        assert_int_equal(autumns, 1);
    }
    for (tb_day d = tb_day_of(1973, 4, 12); d < tb_day_of(2099, 12, 25); d++) {
        const char *name = tb_holiday_by_law(d);
        if (name == NULL || strcmp(name, "休日") == 0 || tb_weekday(d) != 0) continue;
        tb_day after = d + 1;
        while (tb_holiday_by_law(after) != NULL && strcmp(tb_holiday_by_law(after), "休日") != 0) after++;
        if (d >= tb_day_of(2007, 1, 1) || after == d + 1) same_names(after, tb_holiday_by_law(after), "休日");
    }
}

/* ---- the official list -------------------------------------------------------------------- */

static void parse(struct tb_holiday_list *list, const char *csv)
{
    struct tb_err e = {0};
    if (tb_holiday_list_parse(list, "list.csv", csv, &e) != TB_OK) fail_msg("%s", e.text);
}

static void the_official_list_is_read(void **state)
{
    (void)state;
    struct tb_holiday_list list = {0};
    parse(&list, official);
    assert_int_equal(list.n, 1067);
    assert_int_equal(list.first_year, 1955);
    assert_int_equal(list.last_year, 2027);
    for (size_t i = 1; i < list.n; i++) assert_true(list.rows[i - 1].day < list.rows[i].day);
    for (tb_day d = tb_day_of(1949, 1, 1); d <= tb_day_of(2099, 12, 31); d++)
        same_names(d, tb_holiday(&list, d), tb_holiday_by_law(d));
    tb_holiday_list_free(&list);
    assert_null(list.rows);
    assert_int_equal(list.n, 0);
}

/* A list in the official form: what the law has from the year's first day to `to`, with one day moved. */
static void list_of(int year, tb_day to, tb_day moved, tb_day instead, struct tb_buf *out)
{
    if (!out->len) tb_buf_add(out, HEADER);
    for (tb_day d = tb_day_of(year, 1, 1); d <= to; d++) {
        const char *name = tb_holiday_by_law(d == instead ? moved : d);
        struct tb_ymd c = tb_ymd_of(d);
        if (d != moved && name) tb_buf_addf(out, "%d/%d/%d,%s\n", c.year, c.month, c.day, name);
    }
}

/* The Olympic moves as somebody saw them who knew the ordinary law alone: a whole list moves a day, and no
 * day is a holiday that it does not name. */
static void a_whole_year_is_read_from_the_list(void **state)
{
    (void)state;
    struct tb_holiday_list list = {0};
    struct tb_buf csv = {0};
    const tb_day sea = tb_day_of(2028, 7, 17), moved = tb_day_of(2028, 7, 21);
    same_names(sea, tb_holiday_by_law(sea), "海の日");
    list_of(2027, tb_day_of(2027, 12, 31), TB_DAY_NONE, TB_DAY_NONE, &csv);
    list_of(2028, tb_day_of(2028, 12, 31), sea, moved, &csv);
    parse(&list, csv.s);
    assert_true(tb_holiday_year_whole(&list, 2027) && tb_holiday_year_whole(&list, 2028));
    assert_false(tb_holiday_year_whole(&list, 2026) || tb_holiday_year_whole(&list, 2029));
    same_names(sea, tb_holiday(&list, sea), NULL);
    same_names(moved, tb_holiday(&list, moved), "海の日");
    int years[5];
    assert_int_equal(tb_holiday_years_missing(&list, 2026, 2030, years), 3);
    assert_int_equal(years[0], 2026);
    assert_int_equal(years[1], 2029);
    assert_int_equal(years[2], 2030);
    assert_int_equal(tb_holiday_years_missing(NULL, 2026, 2030, years), 5);
    tb_buf_free(&csv);
    tb_holiday_list_free(&list);
}

/* What it holds is added; of the days that it does not name the law decides. */
static void a_list_that_ends_early_is_no_year(void **state)
{
    (void)state;
    static const int last[][2] = {{1, 1}, {3, 31}, {9, 30}, {10, 31}, {11, 22}};
    for (size_t i = 0; i < TB_COUNT(last); i++) {
        struct tb_holiday_list list = {0};
        struct tb_buf csv = {0};
        list_of(2027, tb_day_of(2027, last[i][0], last[i][1]), TB_DAY_NONE, TB_DAY_NONE, &csv);
        tb_buf_add(&csv, "2027/12/31,臨時の祝日\n");
        parse(&list, csv.s);
        assert_false(tb_holiday_year_whole(&list, 2027));
        for (tb_day d = tb_day_of(2026, 1, 1); d < tb_day_of(2027, 12, 31); d++)
            same_names(d, tb_holiday(&list, d), tb_holiday_by_law(d));
        same_names(tb_day_of(2027, 12, 31), tb_holiday(&list, tb_day_of(2027, 12, 31)), "臨時の祝日");
        tb_buf_free(&csv);
        tb_holiday_list_free(&list);
    }
}

static void rows_add_and_drop(void **state)
{
    (void)state;
    struct tb_holiday_list list = {0};
    assert_string_equal(tb_holiday(NULL, tb_day_of(2026, 1, 1)), "元日");
    assert_string_equal(tb_holiday(&list, tb_day_of(2026, 1, 1)), "元日");
    /* order does not matter */
    const struct tb_holiday_row rows[] = {
        {tb_day_of(2026, 12, 31), TB_HOLIDAY_ADD, "特別の日"},
        {tb_day_of(2026, 7, 1), TB_HOLIDAY_DROP, ""},
        {tb_day_of(2026, 7, 1), TB_HOLIDAY_ADD, "臨時の休日"},
        {tb_day_of(2027, 5, 4), TB_HOLIDAY_DROP, ""},
    };
    size_t n = TB_COUNT(rows);
    list = (struct tb_holiday_list){.rows = tb_xcalloc(n, sizeof *rows), .n = n, .cap = n};
    memcpy(list.rows, rows, sizeof rows);
    tb_holiday_list_settle(&list);
    static const struct {
        int year, month, day;
        const char *name;
    } t[] = {
        {2025, 11, 23, "勤労感謝の日"},
        {2026, 1, 1, "元日"},
        {2026, 7, 1, NULL}, /* dropped, whatever else is said */
        {2026, 7, 2, NULL},
        {2026, 5, 6, "休日"},
        {2026, 12, 31, "特別の日"},
        {2027, 5, 3, "憲法記念日"},
        {2027, 5, 4, NULL},
        {2027, 11, 23, "勤労感謝の日"},
        {1949, 1, 1, "元日"},
        {2100, 1, 1, NULL},
    };
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        tb_day d = tb_day_of(t[i].year, t[i].month, t[i].day);
        same_names(d, tb_holiday(&list, d), t[i].name);
    }
    parse(&list, HEADER "2030/1/1,元日"); /* replaces; the last line may lack its end */
    assert_int_equal(list.n, 1);
    assert_string_equal(tb_holiday(&list, tb_day_of(2026, 1, 1)), "元日");
    assert_string_equal(tb_holiday(&list, tb_day_of(2030, 11, 23)), "勤労感謝の日");
    tb_holiday_list_free(&list);
    tb_holiday_list_free(&list);
}

/* Every year of the official file is whole, in years of special laws too; after it none is. */
static void the_official_file_holds_its_years_whole(void **state)
{
    (void)state;
    struct tb_holiday_list list = {0};
    int years[200];
    parse(&list, official);
    assert_int_equal(tb_holiday_years_missing(&list, 1955, 2027, years), 0);
    assert_int_equal(tb_holiday_years_missing(&list, 2027, 2029, years), 2);
    tb_holiday_list_free(&list);
}

static void forms_of_rows(void **state)
{
    (void)state;
#define NAME63 "123456789012345678901234567890123456789012345678901234567890123"
    struct tb_holiday_list list = {0};
    parse(&list, "国民の祝日・休日月日,国民の祝日・休日名称\r\n2024/2/29,うるう日\r\n2024/03/05," NAME63
                 "\r\n2025/12/1,A B\r\n");
    assert_int_equal(list.n, 3);
    assert_string_equal(tb_holiday(&list, tb_day_of(2024, 2, 29)), "うるう日");
    assert_string_equal(tb_holiday(&list, tb_day_of(2024, 3, 5)), NAME63);
    assert_string_equal(tb_holiday(&list, tb_day_of(2025, 12, 1)), "A B");
    parse(&list, "\xEF\xBB\xBF" HEADER "2026/1/1,元日\n"); /* as spreadsheets write UTF-8 */
    assert_int_equal(list.n, 1);
    tb_holiday_list_free(&list);
}

static void broken_lists_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *where, *why, *ja;
    } t[] = {
        {"", "kept.csv:1: ", "the header", "見出し"},
        {"\n2026/1/1,元日\n", "kept.csv:1: ", "国民の祝日・休日月日", "国民の祝日・休日月日"},
        {"2026/1/1,元日\n", "kept.csv:1: ", "the header is \"2026/1/1,元日\"", "見出しが「2026/1/1,元日」"},
        {"date,name\n2026/1/1,元日\n", "kept.csv:1: ", "date,name", "date,name"},
        {"国民の祝日・休日月日,国民の祝日・休日名称,\n2026/1/1,元日\n", "kept.csv:1: ", "the header",
         "見出し"},
        {HEADER "\xEF\xBB\xBF"
                "2026/1/1,元日\n",
         "kept.csv:2: ", "date", "日付"},
        {HEADER, "kept.csv:2: ", "no holiday at all", "1 行もありません"},
        {HEADER "2026/1/1\n", "kept.csv:2: ", "columns 1 (\"2026/1/1\")", "列が 1 個"},
        {HEADER "2026/1/1,元日\n\n2026/1/12,成人の日\n", "kept.csv:3: ", "columns 1", "列が 1 個"},
        {HEADER "2026/1/1,元日,2027/1/1,元日\n", "kept.csv:2: ", "columns 4", "列が 4 個"},
        {HEADER "2026/1/1,元日\r\n2026/1/12,成人の日,\r\n", "kept.csv:3: ", "columns 3", "列が 3 個"},
        {HEADER "2026/2/29,元日\n", "kept.csv:2: ", "date \"2026/2/29\"", "日付「2026/2/29」"},
        {HEADER "2026/1/1,元日\n2026/13/1,元日\n", "kept.csv:3: ", "2026/13/1", "2026/13/1"},
        {HEADER "2026-01-01,元日\n", "kept.csv:2: ", "like 2026/1/1", "2026/1/1 の形"},
        {HEADER "26/1/1,元日\n", "kept.csv:2: ", "date \"26/1/1\"", "日付「26/1/1」"},
        {HEADER "2026/001/1,元日\n", "kept.csv:2: ", "date", "日付"},
        {HEADER "2026/1/,元日\n", "kept.csv:2: ", "date", "日付"},
        {HEADER "2026/1/1 ,元日\n", "kept.csv:2: ", "date", "日付"},
        {HEADER " 2026/1/1,元日\n", "kept.csv:2: ", "date", "日付"},
        {HEADER "12026/1/1,元日\n", "kept.csv:2: ", "date", "日付"},
        {HEADER "2300/1/1,元日\n", "kept.csv:2: ", "date \"2300/1/1\"", "日付「2300/1/1」"},
        {HEADER ",元日\n", "kept.csv:2: ", "date \"\"", "日付「」"},
        {HEADER "2026/1/1,\n", "kept.csv:2: ", "name \"\"", "名称「」"},
        {HEADER "2026/1/1,\"元日\"\n", "kept.csv:2: ", "quotation marks", "引用符"},
        {HEADER "2026/1/1,元\t日\n", "kept.csv:2: ", "control characters", "制御文字"},
        {HEADER "2026/1/1," NAME63 "4\n", "kept.csv:2: ", "1 to 63 bytes", "63 バイト"},
        {HEADER "2026/1/1,元日\n2026/1/12,成人の日\n2026/1/1,元日\n",
         "kept.csv:4: ", "2026-01-01 stands in line 2 too", "2 行目にもあります"},
        {HEADER "2026/1/1,元日\n2026/1/1,休日\n", "kept.csv:3: ", "in line 2", "2 行目"},
        {HEADER "2024/1/1,元日\n2026/1/1,元日\n", "kept.csv:3: ", "no row of the year 2025",
         "2025 年の行がありません"},
        {HEADER "2026/1/1,元日\n2026/1/12,\x90\xAC\x90l\n", "kept.csv:3: ", "convert the list from Shift_JIS",
         "シフト JIS"},
    };
    struct tb_holiday_list list = {0};
    parse(&list, HEADER "2026/1/1,元日\n2026/7/1,臨時の休日\n");
    struct tb_holiday_row rows[2];
    memcpy(rows, list.rows, sizeof rows);
    for (size_t i = 0; i < TB_COUNT(t); i++) {
        for (int l = 0; l < 2; l++) {
            tb_lang_set(l == 0 ? TB_EN : TB_JA);
            struct tb_holiday_list before = list;
            struct tb_err e = {0};
            assert_int_equal(tb_holiday_list_parse(&list, "kept.csv", t[i].csv, &e), TB_INPUT);
            assert_int_equal(e.code, TB_INPUT);
            const char *why = l == 0 ? t[i].why : t[i].ja;
            if (strncmp(e.text, t[i].where, strlen(t[i].where)) != 0 || strstr(e.text, why) == NULL)
                fail_msg("case %zu: \"%s\" without \"%s\" or \"%s\"", i, e.text, t[i].where, why);
            assert_memory_equal(&before, &list, sizeof list);
            assert_memory_equal(rows, list.rows, sizeof rows);
        }
    }
    tb_lang_set(TB_EN);
    struct tb_holiday_list none = {0};
    assert_int_equal(tb_holiday_list_parse(&none, "kept.csv", "x", NULL), TB_INPUT);
    assert_null(none.rows);
    tb_holiday_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_the_official_list),
        cmocka_unit_test(days_before_the_official_list),
        cmocka_unit_test(equinoxes_of_the_leap_cycle),
        cmocka_unit_test(outside_the_years_of_the_law),
        cmocka_unit_test(where_the_law_changed),
        cmocka_unit_test(years_to_come),
        cmocka_unit_test(duty_days_of_fiscal_years),
        cmocka_unit_test(what_holds_in_every_year),
        cmocka_unit_test(the_official_list_is_read),
        cmocka_unit_test(a_whole_year_is_read_from_the_list),
        cmocka_unit_test(a_list_that_ends_early_is_no_year),
        cmocka_unit_test(rows_add_and_drop),
        cmocka_unit_test(the_official_file_holds_its_years_whole),
        cmocka_unit_test(forms_of_rows),
        cmocka_unit_test(broken_lists_are_refused),
    };
    return cmocka_run_group_tests_name("holiday", tests, read_official, free_official);
}
