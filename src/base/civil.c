/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <stdio.h>
#include <string.h>

#define DAYS_400_YEARS 146097
#define DAYS_TO_1970 719468 /* from 0000-03-01, where the counting of 400-year cycles begins */
#define UTC_TO_JAPAN (9 * 60)

static bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && leap(year));
}

static bool in_calendar(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

bool tb_date_exists(int year, int month, int day)
{
    return year >= 1868 && year <= 2199 && in_calendar(year, month, day);
}

/* Years are counted from March, so that the leap day is the last of its year and 153 days make five months.
 */
tb_day tb_day_of(int year, int month, int day)
{
    TB_ASSERT(in_calendar(year, month, day));
    int y = month > 2 ? year : year - 1;
    int m = month > 2 ? month - 3 : month + 9;
    return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - DAYS_TO_1970;
}

struct tb_ymd tb_ymd_of(tb_day d)
{
    TB_ASSERT(d != TB_DAY_NONE);
    int64_t days = (int64_t)d + DAYS_TO_1970;
    int64_t cycle = (days >= 0 ? days : days - (DAYS_400_YEARS - 1)) / DAYS_400_YEARS;
    int in_cycle = (int)(days - cycle * DAYS_400_YEARS);
    int y = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / (DAYS_400_YEARS - 1)) / 365;
    int in_year = in_cycle - (y * 365 + y / 4 - y / 100);
    int m = (5 * in_year + 2) / 153;
    int month = m < 10 ? m + 3 : m - 9;
    int year = (int)(cycle * 400) + y + (month <= 2);
    return (struct tb_ymd){year, month, in_year - (153 * m + 2) / 5 + 1};
}

int tb_weekday(tb_day d) { return (d % 7 + 7 + 4) % 7; /* 1970-01-01 was a Thursday */ }

tb_minute tb_minute_of(tb_day d, int minute_of_day)
{
    return (tb_minute)d * TB_MINUTES_PER_DAY + minute_of_day;
}

tb_day tb_day_of_minute(tb_minute m)
{
    int64_t d = m / TB_MINUTES_PER_DAY - (m % TB_MINUTES_PER_DAY < 0);
    TB_ASSERT(d > TB_DAY_NONE && d <= INT32_MAX);
    return (tb_day)d;
}

tb_day tb_month_first(tb_day d)
{
    struct tb_ymd x = tb_ymd_of(d);
    return tb_day_of(x.year, x.month, 1);
}

tb_day tb_month_last(tb_day d)
{
    struct tb_ymd x = tb_ymd_of(d);
    return (x.month == 12 ? tb_day_of(x.year + 1, 1, 1) : tb_day_of(x.year, x.month + 1, 1)) - 1;
}

int tb_fiscal_year(tb_day d)
{
    struct tb_ymd c = tb_ymd_of(d);
    return c.month >= 4 ? c.year : c.year - 1;
}

/* Reads exactly n digits and moves on; -1 when they are not there. */
static int digits(const char **s, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++) {
        char c = (*s)[i];
        if (c < '0' || c > '9') return -1;
        v = v * 10 + (c - '0');
    }
    *s += n;
    return v;
}

static bool skip(const char **s, const char *text)
{
    size_t n = strlen(text);
    if (strncmp(*s, text, n) != 0) return false;
    *s += n;
    return true;
}

static bool read_date(const char **s, tb_day *out)
{
    int year = digits(s, 4);
    if (year < 0 || !skip(s, "-")) return false;
    int month = digits(s, 2);
    if (month < 0 || !skip(s, "-")) return false;
    int day = digits(s, 2);
    if (!tb_date_exists(year, month, day)) return false;
    *out = tb_day_of(year, month, day);
    return true;
}

static bool read_time(const char **s, int hour_digits, int hours, int *minute)
{
    int hour = digits(s, hour_digits);
    if (hour < 0 || hour >= hours || !skip(s, ":")) return false;
    int min = digits(s, 2);
    if (min < 0 || min > 59) return false;
    *minute = hour * 60 + min;
    return true;
}

bool tb_parse_date(const char *s, tb_day *out)
{
    tb_day d;
    if (!read_date(&s, &d) || *s != '\0') return false;
    *out = d;
    return true;
}

bool tb_parse_time(const char *s, int *minute)
{
    int v;
    bool next_day = skip(&s, "翌");
    /* 翌8:30 is what tb_format_time_ja writes */
    int hour_digits = next_day && strlen(s) == strlen("8:30") ? 1 : 2;
    if (!read_time(&s, hour_digits, next_day ? 24 : 48, &v) || *s != '\0') return false;
    *minute = next_day ? v + TB_MINUTES_PER_DAY : v;
    return true;
}

bool tb_parse_instant(const char *s, tb_minute *out)
{
    tb_day d;
    int minute;
    if (!read_date(&s, &d) || !skip(&s, "T") || !read_time(&s, 2, 24, &minute)) return false;
    if (skip(&s, ":")) {
        int second = digits(&s, 2);
        if (second < 0 || second > 60) /* 60: a leap second */
            return false;
    }
    tb_minute m = tb_minute_of(d, minute);
    if (skip(&s, "Z"))
        m += UTC_TO_JAPAN;
    else
        (void)skip(&s, "+09:00");
    if (*s != '\0') return false;
    *out = m;
    return true;
}

/* A region has thousands of dates and is written out as text again and again: by hand, printf takes ten times
 * as long. */
static char *put_digits(char *out, int v, int n)
{
    for (int i = n - 1; i >= 0; i--, v /= 10) out[i] = (char)('0' + v % 10);
    return out + n;
}

char *tb_format_date(tb_day d, char *buf, size_t size)
{
    struct tb_ymd c = tb_ymd_of(d);
    if (c.year < 0 || c.year > 9999 || size < sizeof "2026-12-03") {
        (void)snprintf(buf, size, "%04d-%02d-%02d", c.year, c.month, c.day);
        return buf;
    }
    char *at = put_digits(buf, c.year, 4);
    *at++ = '-';
    at = put_digits(at, c.month, 2);
    *at++ = '-';
    *put_digits(at, c.day, 2) = '\0';
    return buf;
}

char *tb_format_time(int minute, char *buf, size_t size)
{
    TB_ASSERT(minute >= 0);
    if (minute / 60 > 99 || size < sizeof "32:30") {
        (void)snprintf(buf, size, "%02d:%02d", minute / 60, minute % 60);
        return buf;
    }
    char *at = put_digits(buf, minute / 60, 2);
    *at++ = ':';
    *put_digits(at, minute % 60, 2) = '\0';
    return buf;
}

char *tb_format_time_ja(int minute, char *buf, size_t size)
{
    TB_ASSERT(minute >= 0);
    bool next_day = minute >= TB_MINUTES_PER_DAY;
    if (next_day) minute -= TB_MINUTES_PER_DAY;
    (void)snprintf(buf, size, "%s%d:%02d", next_day ? "翌" : "", minute / 60, minute % 60);
    return buf;
}

char *tb_format_instant(tb_minute m, char *buf, size_t size)
{
    tb_day d = tb_day_of_minute(m);
    int minute = (int)(m - tb_minute_of(d, 0));
    char date[64], time[64];
    (void)snprintf(buf, size, "%sT%s+09:00", tb_format_date(d, date, sizeof date),
                   tb_format_time(minute, time, sizeof time));
    return buf;
}

/* Latest first. 明治 begins where Japan took the Gregorian calendar (明治6年1月1日): earlier dates of the
 * era are of the lunar calendar and would be wrong here. */
static const struct era {
    int year, month, day, zero;
    const char *name;
} eras[] = {
    {2019, 5, 1, 2018, "令和"},  {1989, 1, 8, 1988, "平成"}, {1926, 12, 25, 1925, "昭和"},
    {1912, 7, 30, 1911, "大正"}, {1873, 1, 1, 1867, "明治"},
};

/* 令和8年, 令和元年; 1867年 before 明治 */
static void era_year(tb_day d, char buf[48])
{
    int year = tb_ymd_of(d).year;
    const struct era *era = eras, *end = eras + TB_COUNT(eras);
    while (era < end && d < tb_day_of(era->year, era->month, era->day)) era++;
    if (era == end)
        (void)snprintf(buf, 48, "%d年", year);
    else if (year - era->zero == 1)
        (void)snprintf(buf, 48, "%s元年", era->name);
    else
        (void)snprintf(buf, 48, "%s%d年", era->name, year - era->zero);
}

char *tb_format_month_ja(tb_day d, char *buf, size_t size)
{
    char year[48];
    era_year(d, year);
    (void)snprintf(buf, size, "%s%d月", year, tb_ymd_of(d).month);
    return buf;
}

char *tb_format_fiscal_ja(int year, char *buf, size_t size)
{
    char text[48];
    /* Of the year of a new era the whole fiscal year is called so: 令和元年度 begins in April 2019. */
    era_year(tb_day_of(year, 12, 31), text);
    (void)snprintf(buf, size, "%s度", text);
    return buf;
}

char *tb_format_date_ja(tb_day d, char *buf, size_t size)
{
    char month[64];
    (void)snprintf(buf, size, "%s%d日(%s)", tb_format_month_ja(d, month, sizeof month), tb_ymd_of(d).day,
                   tb_weekday_ja(tb_weekday(d)));
    return buf;
}

char *tb_format_date_told(tb_day d, char *buf, size_t size)
{
    return tb_lang_get() == TB_JA ? tb_format_date_ja(d, buf, size) : tb_format_date(d, buf, size);
}

char *tb_format_md_ja(tb_day d, char *buf, size_t size)
{
    struct tb_ymd c = tb_ymd_of(d);
    (void)snprintf(buf, size, "%d月%d日(%s)", c.month, c.day, tb_weekday_ja(tb_weekday(d)));
    return buf;
}

char *tb_format_instant_told(tb_minute m, char *buf, size_t size)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    char day[64], time[64];
    tb_day d = tb_day_of_minute(m);
    int minute = (int)(m - tb_minute_of(d, 0));
    if (tb_lang_get() == TB_JA)
        (void)snprintf(buf, size, "%s %s", tb_format_md_ja(d, day, sizeof day),
                       tb_format_time_ja(minute, time, sizeof time));
    else
        (void)snprintf(buf, size, "%s %s %s", days[tb_weekday(d)], tb_format_date(d, day, sizeof day),
                       tb_format_time(minute, time, sizeof time));
    return buf;
}

const char *tb_weekday_ja(int weekday)
{
    static const char *const names[] = {"日", "月", "火", "水", "木", "金", "土"};
    TB_ASSERT(weekday >= 0 && weekday <= 6);
    return names[weekday];
}

const char *tb_weekday_en(int weekday)
{
    static const char *const names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    TB_ASSERT(weekday >= 0 && weekday <= 6);
    return names[weekday];
}
