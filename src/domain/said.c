/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dates, hours, ages and telephone numbers as people say them.
 */
#include "toban/domain/said.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/base/nfkc.h"

/* ---- a reader of words ---------------------------------------------------------------------- */

static bool skip(const char **s, const char *word)
{
    size_t n = strlen(word);
    if (strncmp(*s, word, n) != 0) return false;
    *s += n;
    return true;
}

/* Any of the words, which stand with the longest first; NULL ends the list. */
static bool skip_any(const char **s, const char *const *words)
{
    for (; *words; words++)
        if (skip(s, *words)) return true;
    return false;
}

static void skip_blanks(const char **s)
{
    while (**s == ' ') ++*s;
}

/* 一 to 九十九, as in 十二月; 0 when there is none. */
static int kanji_number(const char **s)
{
    static const char *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    int total = 0, digit = 0;
    for (;;) {
        int d = 0;
        while (d < 9 && !skip(s, digits[d])) d++;
        if (d < 9) {
            if (digit) return 0;
            digit = d + 1;
        } else if (total < 10 && skip(s, "十")) {
            total = (digit ? digit : 1) * 10;
            digit = 0;
        } else {
            return total + digit;
        }
    }
}

/* A number of at most four digits, or in kanji; -1 when there is none. `digits` (may be NULL): how many. */
static int number(const char **s, int *digits)
{
    int v = 0, n = 0;
    while (n < 9 && (*s)[n] >= '0' && (*s)[n] <= '9') n++;
    if (digits) *digits = n;
    if (n == 0) {
        v = kanji_number(s);
        return v ? v : -1;
    }
    if (n > 4) return -1;
    for (int i = 0; i < n; i++) v = v * 10 + *(*s)++ - '0';
    return v;
}

/* ---- dates ---------------------------------------------------------------------------------- */

struct era {
    const char *const *words;
    int from, to; /* years, inclusive; the first and last days are looked at by tb_said_date's caller */
};
static const char *const reiwa[] = {"令和", "令", "r", NULL}, *const heisei[] = {"平成", "平", "h", NULL},
                         *const showa[] = {"昭和", "昭", "s", NULL},
                         *const taisho[] = {"大正", "大", "t", NULL};
static const struct era eras[] = {
    {reiwa, 2019, 9999}, {heisei, 1989, 2019}, {showa, 1926, 1989}, {taisho, 1912, 1926}};

static const char *const months[] = {"月", "-", "/", ".", NULL};

static const char *bad_date(void)
{
    return tb_t(
        "日付として読めません。実在する日付を 2026-12-03、令和8年12月3日、R8.12.3 のように書いてください",
        "is not read as a date: write one that exists, such as 2026-12-03 or R8.12.3");
}

static const char *no_such_date(void)
{
    return tb_t("この日付はありません。実在する日付を 2026-12-03 のように書いてください",
                "is no date of the calendar: write one that exists, such as 2026-12-03");
}

static const char *no_year(void)
{
    return tb_t("年がありません。2026-12-03 や R8.12.3 のように年から書いてください",
                "has no year: write it as 2026-12-03 or R8.12.3");
}

/* "(木)", "木曜日", "木曜", "木"; -1: none. */
static int weekday_word(const char **s)
{
    const char *p = *s;
    skip_blanks(&p);
    bool bracket = skip(&p, "(");
    int w = 0;
    while (w < 7 && !skip(&p, tb_weekday_ja(w))) w++;
    if (w == 7) return -1;
    if (skip(&p, "曜")) (void)skip(&p, "日");
    if (bracket && !skip(&p, ")")) return -1;
    *s = p;
    return w;
}

/* The year, if one is told: 4 digits or an era; 0: none, the text begins with the month; -1: not one. */
static int year_of(const char **s)
{
    const char *p = *s;
    int n;
    for (size_t i = 0; i < TB_COUNT(eras); i++) {
        if (!skip_any(&p, eras[i].words)) continue;
        int v = skip(&p, "元") ? 1 : number(&p, &n);
        if (v < 1 || v > 99 || eras[i].from + v - 1 > eras[i].to) return -1;
        *s = p;
        return eras[i].from + v - 1;
    }
    int v = number(&p, &n);
    if (v < 0) return -1;
    if (n != 4) return 0;
    *s = p;
    return v;
}

/* Of the dates with that month and day the one nearest to today. */
static tb_day nearest(tb_day today, int month, int day)
{
    int year = tb_ymd_of(today).year;
    tb_day best = TB_DAY_NONE;
    for (int y = year - 4; y <= year + 4; y++) { /* the leap day is four years away at most, or eight */
        if (!tb_date_exists(y, month, day)) continue;
        tb_day d = tb_day_of(y, month, day);
        if (best == TB_DAY_NONE || abs(d - today) < abs(best - today)) best = d;
    }
    return best;
}

static const struct {
    const char *word;
    int days;
} near_days[] = {{"今日", 0}, {"本日", 0},     {"きょう", 0}, {"today", 0},    {"明日", 1},  {"あした", 1},
                 {"あす", 1}, {"tomorrow", 1}, {"明後日", 2}, {"あさって", 2}, {"昨日", -1}, {"きのう", -1}};

/* Reads a date and moves on; the message when it is none. */
static const char *read_date(const char **s, tb_day today, tb_day *out)
{
    for (size_t i = 0; i < TB_COUNT(near_days); i++)
        if (skip(s, near_days[i].word)) {
            if (today == TB_DAY_NONE) return no_year();
            *out = today + near_days[i].days;
            return NULL;
        }
    int n, day, month, year = year_of(s);
    if (year < 0) {
        size_t all = strspn(*s, "0123456789");
        if (all == 5)
            return tb_t("Excel の日付の通し番号のようです。セルの書式を日付にして保存し直してください",
                        "looks like Excel's count of days: give the cell a date format and save it again");
        if (all != 8) return bad_date();
        const char digits[9] = {(*s)[0], (*s)[1], (*s)[2], (*s)[3], (*s)[4], (*s)[5], (*s)[6], (*s)[7], 0};
        int64_t v;
        if (!tb_parse_int(digits, 0, 99999999, &v)) return bad_date();
        *s += 8;
        year = (int)(v / 10000), month = (int)(v / 100 % 100), day = (int)(v % 100);
    } else {
        if (year > 0 && !skip(s, "年") && !skip(s, "-") && !skip(s, "/") && !skip(s, ".")) return bad_date();
        month = number(s, &n);
        if (month < 1 || month > 12 || !skip_any(s, months)) return bad_date();
        day = number(s, &n);
        if (day < 1 || day > 31) return bad_date();
        (void)skip(s, "日");
    }
    tb_day d = TB_DAY_NONE;
    if (year != 0)
        d = tb_date_exists(year, month, day) ? tb_day_of(year, month, day) : TB_DAY_NONE;
    else if (today == TB_DAY_NONE)
        return no_year();
    else
        d = nearest(today, month, day);
    if (d == TB_DAY_NONE) return no_such_date();
    int weekday = weekday_word(s);
    if (weekday >= 0 && tb_weekday(d) != weekday)
        return tb_t(
            "日付と曜日が合いません。どちらが正しいか確かめてください（年の違いなら年から書いてください）",
            "date and weekday do not agree: check which is right (another year has to be written)");
    *out = d;
    return NULL;
}

const char *tb_said_date(const char *text, tb_day today, tb_day *out)
{
    static const char *const midnight[] = {" 00:00:00", " 00:00", " 0:00:00", " 0:00", NULL};
    struct tb_buf plain = {0};
    tb_day d = TB_DAY_NONE;
    if (tb_parse_date(text, out)) return NULL; /* as programs write it, which is nearly every cell */
    if (!tb_nfkc(text, true, &plain)) return bad_date();
    const char *s = tb_buf_str(&plain), *bad = read_date(&s, today, &d);
    if (!bad) (void)skip_any(&s, midnight); /* a date in a spreadsheet */
    if (!bad && *s != '\0') bad = bad_date();
    tb_buf_free(&plain);
    if (!bad) *out = d;
    return bad;
}

/* ---- hours ---------------------------------------------------------------------------------- */

static const char *bad_time(void)
{
    return tb_t("時刻として読めません。19:30、19時半、翌8:30 のように書いてください",
                "is not read as an hour: write 19:30, or 32:30 for 8:30 on the next day");
}

static const char *read_time(const char **s, int *out)
{
    static const char *const next[] = {"翌日", "翌朝", "翌", NULL},
                             *const early[] = {"午前", "朝", "am", NULL},
                             *const late[] = {"午後", "夕方", "夜", "pm", NULL},
                             *const am[] = {"am", "a.m.", NULL}, *const pm[] = {"pm", "p.m.", NULL};
    bool next_day = skip_any(s, next);
    skip_blanks(s);
    if (skip(s, "正午")) {
        *out = 720 + (next_day ? TB_MINUTES_PER_DAY : 0);
        return NULL;
    }
    int half = skip_any(s, early) ? 1 : skip_any(s, late) ? 2 : 0, n, minute = 0;
    skip_blanks(s);
    int hour = number(s, &n);
    if (hour < 0) return bad_time();
    if (skip(s, "時")) {
        if (skip(s, "半")) {
            minute = 30;
        } else if (**s >= '0' && **s <= '9') {
            minute = number(s, &n);
            (void)skip(s, "分");
        }
    } else if (skip(s, ":")) {
        minute = number(s, &n);
        if (n != 2) return bad_time();
        if (skip(s, ":00")) skip_blanks(s); /* seconds of a spreadsheet */
    } else if (n == 4) {
        minute = hour % 100;
        hour /= 100;
    } else {
        return bad_time();
    }
    skip_blanks(s);
    if (!half) half = skip_any(s, am) ? 1 : skip_any(s, pm) ? 2 : 0;
    if (minute < 0 || minute > 59 || hour > 47 || (half && hour > 12) || (next_day && hour > 23))
        return bad_time();
    if (half) hour = hour % 12 + (half == 2 ? 12 : 0);
    *out = hour * 60 + minute + (next_day ? TB_MINUTES_PER_DAY : 0);
    return NULL;
}

const char *tb_said_time(const char *text, int *out)
{
    struct tb_buf plain = {0};
    int v = 0;
    if (tb_parse_time(text, out)) return NULL;
    if (!tb_nfkc(text, true, &plain)) return bad_time();
    const char *s = tb_buf_str(&plain), *bad = read_time(&s, &v);
    if (!bad && *s != '\0') bad = bad_time();
    tb_buf_free(&plain);
    if (!bad) *out = v;
    return bad;
}

static const char *read_instant(const char *s, tb_minute now, tb_minute *out)
{
    tb_day today = now == TB_NEVER ? TB_DAY_NONE : tb_day_of_minute(now), d = today;
    int minute = 0;
    if (today != TB_DAY_NONE && (strcmp(s, "今") == 0 || strcmp(s, "now") == 0)) {
        *out = now;
        return NULL;
    }
    const char *p = s, *bad = read_time(&p, &minute);
    if (bad || *p != '\0' || today == TB_DAY_NONE) { /* not an hour alone */
        p = s;
        bad = read_date(&p, today, &d);
        if (bad) return bad;
        if (!skip(&p, "t")) skip_blanks(&p);
        if (*p == '\0')
            return tb_t("時刻がありません。2026-12-03T17:00 のように時刻まで書いてください",
                        "has no hour: write date and hour, such as 2026-12-03T17:00");
        bad = read_time(&p, &minute);
        if (bad) return bad;
        (void)skip(&p, "+09:00");
        if (*p != '\0') return bad_time();
    }
    *out = tb_minute_of(d, minute);
    return NULL;
}

const char *tb_said_instant(const char *text, tb_minute now, tb_minute *out)
{
    struct tb_buf plain = {0};
    tb_minute v = 0;
    if (tb_parse_instant(text, &v)) { /* as programs write it, UTC too */
        *out = v;
        return NULL;
    }
    if (!tb_nfkc(text, true, &plain)) return bad_time();
    const char *bad = read_instant(tb_buf_str(&plain), now, &v);
    tb_buf_free(&plain);
    if (!bad) *out = v;
    return bad;
}

/* ---- ages ----------------------------------------------------------------------------------- */

static const char *bad_age(void)
{
    return tb_t("年齢として読めません。68、2歳、8か月 のように数で書いてください",
                "is not read as an age: write a number of years such as 68, or 8か月 for months");
}

static const char *read_age(const char **s, int *out)
{
    static const char *const years[] = {"歳", "才", "さい", "years", "year", "y", NULL},
                             *const of_months[] = {"か月", "ヶ月", "カ月",   "ヵ月",   "ケ月",  "ゖ月",
                                                   "箇月", "個月", "かげつ", "months", "month", NULL},
                             *const shorter[] = {"日", "週間", "週", "days", "weeks", NULL};
    bool born = skip(s, "生後"), infant = false;
    (void)skip(s, "満");
    skip_blanks(s);
    int n, v = number(s, &n);
    if (v < 0) return bad_age();
    skip_blanks(s);
    if (!born && skip_any(s, years)) {
        if (!skip(s, "半")) {
            int more = number(s, &n);
            if (more >= 0 && (more > 11 || !skip_any(s, of_months))) return bad_age();
        }
    } else if (skip_any(s, of_months)) {
        infant = true;
        v /= 12;
    } else if (skip_any(s, shorter)) {
        infant = true;
        v = 0;
    } else if (born || skip(s, "代")) {
        return tb_t("何歳かを数で書いてください（80代 ではなく 82 のように）",
                    "write the age as a number, such as 82");
    }
    if (v > 149 || (infant && v > 12)) return bad_age();
    *out = v;
    return NULL;
}

const char *tb_said_age(const char *text, int *out)
{
    struct tb_buf plain = {0};
    int v = 0;
    if (!tb_nfkc(text, true, &plain)) return bad_age();
    const char *s = tb_buf_str(&plain), *bad = read_age(&s, &v);
    if (!bad && *s != '\0') bad = bad_age();
    tb_buf_free(&plain);
    if (!bad) *out = v;
    return bad;
}

/* ---- telephone numbers ---------------------------------------------------------------------- */

/* How numbers without hyphens are grouped: the beginning, all digits, digits of the first two groups. Of area
 * codes only those whose length is known without the number plan: 03, 06, and Ishikawa's. */
static const struct {
    const char *begins;
    int all, first, second;
} plans[] = {
    {"0120", 10, 4, 3}, {"0570", 10, 4, 3}, {"0800", 11, 4, 3}, {"050", 11, 3, 4}, {"060", 11, 3, 4},
    {"070", 11, 3, 4},  {"080", 11, 3, 4},  {"090", 11, 3, 4},  {"03", 10, 2, 4},  {"06", 10, 2, 4},
    {"0761", 10, 4, 2}, {"0767", 10, 4, 2}, {"0768", 10, 4, 2}, {"076", 10, 3, 3},
};

/* Digits alone into d (at most 15), groups[k] digits in the k-th group as written; false: something else. */
static bool digits_of(const char *s, char d[16], int groups[8], int *n_groups)
{
    int n = 0, g = 0, in_group = 0;
    for (; *s; s++) {
        if (*s >= '0' && *s <= '9') {
            if (n == 15) return false;
            d[n++] = *s;
            in_group++;
        } else if (*s == '-' || *s == ' ' || *s == '(' || *s == ')') {
            if (in_group && g < 7) groups[g++] = in_group;
            in_group = 0;
        } else {
            return false;
        }
    }
    if (in_group && g < 8) groups[g++] = in_group;
    d[n] = '\0';
    *n_groups = g;
    return n > 0;
}

/* Every kind of dash is a hyphen. */
static void one_hyphen(const char *s, struct tb_buf *out)
{
    static const char *const dashes[] = {"‐", "‑", "‒", "–", "—", "―", "−", "ー", "─", NULL};
    while (*s)
        if (skip_any(&s, dashes))
            tb_buf_addc(out, '-');
        else
            tb_buf_addc(out, *s++);
}

static const char *bad_phone(void)
{
    return tb_t("電話番号として読めません。市外局番から 076-222-0099 のように書いてください",
                "is not read as a telephone number: write it with its area code, such as 076-222-0099");
}

static const char *destroyed(const char *s)
{
    if (*s == '=')
        return tb_t("表計算の式です。式（=\"…\"）をやめ、セルの書式を文字列にして番号だけを書いてください",
                    "is a formula of a spreadsheet: make the cell's format text and write the number alone");
    if (strstr(s, "e+"))
        return tb_t("表計算が番号を指数（7.6E+08）に変えています。セルの書式を文字列にして書き直してください",
                    "was turned into a power of ten by a spreadsheet: make the cell's format text and write "
                    "it again");
    return NULL;
}

static const char *lost_zero(void)
{
    return tb_t("先頭の 0 がありません（表計算が消したようです）。セルの書式を文字列にして書き直してください",
                "has lost its leading 0 (a spreadsheet removes it): make the cell's format text and write it "
                "again");
}

static const char *group(const char *d, int n, const int *groups, int n_groups, struct tb_buf *out)
{
    int first = 0, second = 0;
    if (n_groups == 3 && groups[0] >= 2 && groups[0] <= 5 && groups[2] >= 3) {
        first = groups[0], second = groups[1];
    } else {
        for (size_t i = 0; i < TB_COUNT(plans) && !first; i++)
            if (strncmp(d, plans[i].begins, strlen(plans[i].begins)) == 0 && n == plans[i].all)
                first = plans[i].first, second = plans[i].second;
    }
    if (!first) {
        tb_buf_add(out, d);
        return NULL;
    }
    tb_buf_addf(out, "%.*s-%.*s-%s", first, d, second, d + first, d + first + second);
    return NULL;
}

static const char *read_phone(const char *s, struct tb_buf *out)
{
    char d[16];
    int groups[8], n_groups = 0;
    const char *bad = destroyed(s);
    if (bad) return bad;
    if (*s == '#' || strlen(s) == 3) { /* #7119, 119 */
        size_t n = strspn(s + (*s == '#'), "0123456789");
        if (s[n + (*s == '#')] != '\0' || n < (*s == '#' ? 1 : 3) || n > 4 || (*s != '#' && *s != '1'))
            return bad_phone();
        tb_buf_add(out, s);
        return NULL;
    }
    bool abroad = skip(&s, "+81");
    if (!digits_of(s, d, groups, &n_groups)) return bad_phone();
    if (abroad && d[0] != '0') {
        memmove(d + 1, d, strlen(d) + 1);
        d[0] = '0';
        if (n_groups) groups[0]++;
    }
    int n = (int)strlen(d);
    if (d[0] != '0')
        return n == 9 || n == 10
                   ? lost_zero()
                   : tb_t("市外局番がありません。076-222-0099 のように市外局番から書いてください",
                          "has no area code: write it as 076-222-0099");
    bool eleven = n == 11 && (strncmp(d, "0800", 4) == 0 || (d[2] == '0' && strchr("56789", d[1])));
    if (n != 10 && !eleven)
        return tb_t("桁数が合いません（固定電話は10桁、携帯・IP電話は11桁）",
                    "has the wrong count of digits (10, mobile 11)");
    return group(d, n, groups, n_groups, out);
}

const char *tb_said_phone(const char *text, struct tb_buf *out)
{
    struct tb_buf plain = {0}, s = {0}, number_of = {0};
    if (!tb_nfkc(text, true, &plain)) return bad_phone();
    one_hyphen(tb_buf_str(&plain), &s);
    char *whole = tb_buf_take(&s), *inside = strstr(whole, "内線");
    const char *extension = inside ? inside + strlen("内線") : NULL, *bad = NULL;
    if (inside) {
        while (inside > whole && (inside[-1] == ' ' || inside[-1] == '(')) inside--;
        *inside = '\0';
        extension += strspn(extension, " -:");
        size_t n = strspn(extension, "0123456789");
        if (n == 0 || n > 6 || strspn(extension + n, " )") != strlen(extension + n)) bad = bad_phone();
    }
    if (!bad) bad = read_phone(whole, &number_of);
    if (!bad) {
        tb_buf_add(out, tb_buf_str(&number_of));
        if (extension) tb_buf_addf(out, "（内線%.*s）", (int)strspn(extension, "0123456789"), extension);
    }
    tb_buf_free(&plain);
    tb_buf_free(&number_of);
    free(whole);
    return bad;
}
