/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/domain/holiday.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_YEAR 1949
#define LAST_YEAR 2099
#define DAY_OFF "休日"

/* ---- the law ------------------------------------------------------------------------------ */

enum when { ON_DATE, ON_NTH_MONDAY, ON_SPRING_EQUINOX, ON_AUTUMN_EQUINOX };

/* Article 2 with its amendments and the special laws. Names as in the official list. */
static const struct rule {
    int first_year, last_year, month;
    enum when when;
    int n; /* day of the month, or which Monday of it */
    const char *name;
} rules[] = {
    {1949, LAST_YEAR, 1, ON_DATE, 1, "元日"},
    {1949, 1999, 1, ON_DATE, 15, "成人の日"},
    {2000, LAST_YEAR, 1, ON_NTH_MONDAY, 2, "成人の日"},
    {1967, LAST_YEAR, 2, ON_DATE, 11, "建国記念の日"},
    {2020, LAST_YEAR, 2, ON_DATE, 23, "天皇誕生日"},
    {1989, 1989, 2, ON_DATE, 24, "大喪の礼"},
    {1949, LAST_YEAR, 3, ON_SPRING_EQUINOX, 0, "春分の日"},
    {1959, 1959, 4, ON_DATE, 10, "結婚の儀"},
    {1949, 1988, 4, ON_DATE, 29, "天皇誕生日"},
    {1989, 2006, 4, ON_DATE, 29, "みどりの日"},
    {2007, LAST_YEAR, 4, ON_DATE, 29, "昭和の日"},
    {2019, 2019, 5, ON_DATE, 1, "休日（祝日扱い）"},
    {1949, LAST_YEAR, 5, ON_DATE, 3, "憲法記念日"},
    {2007, LAST_YEAR, 5, ON_DATE, 4, "みどりの日"},
    {1949, LAST_YEAR, 5, ON_DATE, 5, "こどもの日"},
    {1993, 1993, 6, ON_DATE, 9, "結婚の儀"},
    {1996, 2002, 7, ON_DATE, 20, "海の日"},
    {2003, 2019, 7, ON_NTH_MONDAY, 3, "海の日"},
    {2020, 2020, 7, ON_DATE, 23, "海の日"},
    {2020, 2020, 7, ON_DATE, 24, "スポーツの日"},
    {2021, 2021, 7, ON_DATE, 22, "海の日"},
    {2021, 2021, 7, ON_DATE, 23, "スポーツの日"},
    {2022, LAST_YEAR, 7, ON_NTH_MONDAY, 3, "海の日"},
    {2016, 2019, 8, ON_DATE, 11, "山の日"},
    {2020, 2020, 8, ON_DATE, 10, "山の日"},
    {2021, 2021, 8, ON_DATE, 8, "山の日"},
    {2022, LAST_YEAR, 8, ON_DATE, 11, "山の日"},
    {1966, 2002, 9, ON_DATE, 15, "敬老の日"},
    {2003, LAST_YEAR, 9, ON_NTH_MONDAY, 3, "敬老の日"},
    {1949, LAST_YEAR, 9, ON_AUTUMN_EQUINOX, 0, "秋分の日"},
    {1966, 1999, 10, ON_DATE, 10, "体育の日"},
    {2000, 2018, 10, ON_NTH_MONDAY, 2, "体育の日"},
    {2019, 2019, 10, ON_NTH_MONDAY, 2, "体育の日（スポーツの日）"},
    {2022, LAST_YEAR, 10, ON_NTH_MONDAY, 2, "スポーツの日"},
    {2019, 2019, 10, ON_DATE, 22, "休日（祝日扱い）"},
    {1949, LAST_YEAR, 11, ON_DATE, 3, "文化の日"},
    {1990, 1990, 11, ON_DATE, 12, "即位礼正殿の儀"},
    {1949, LAST_YEAR, 11, ON_DATE, 23, "勤労感謝の日"},
    {1989, 2018, 12, ON_DATE, 23, "天皇誕生日"},
};

/* The usual approximation (新こよみ便利帳), in millionths of a day. The official days are announced only on
 * 1 February of the year before; the list overrides this. */
static int equinox(int year, int before_1980, int from_1980)
{
    int drift = 242194 * (year - 1980);
    if (year < 1980) return (before_1980 + drift) / 1000000 - (year - 1983) / 4;
    return (from_1980 + drift) / 1000000 - (year - 1980) / 4;
}

/* The day on which it falls that year; TB_DAY_NONE: not in that year. */
static tb_day falls_on(const struct rule *r, int year)
{
    if (year < r->first_year || year > r->last_year) return TB_DAY_NONE;
    const tb_day first = tb_day_of(year, r->month, 1);
    switch (r->when) {
    case ON_DATE:
        return first + r->n - 1;
    case ON_NTH_MONDAY:
        return first + (8 - tb_weekday(first)) % 7 + 7 * (r->n - 1);
    case ON_SPRING_EQUINOX:
        return first + equinox(year, 20835700, 20843100) - 1;
    case ON_AUTUMN_EQUINOX:
        return first + equinox(year, 23258800, 23248800) - 1;
    }
    TB_BUG("rule of kind %d", (int)r->when);
}

static const char *national_holiday(tb_day d)
{
    struct tb_ymd c = tb_ymd_of(d);
    for (size_t i = 0; i < TB_COUNT(rules); i++)
        if (rules[i].month == c.month && falls_on(&rules[i], c.year) == d) return rules[i].name;
    return NULL;
}

/* Article 3 (2). Until 2006 only the Monday after; since then the first day that is not a holiday itself,
 * so d is one when the unbroken row of holidays before it has a Sunday. */
static bool is_substitute(tb_day d)
{
    if (d < tb_day_of(2007, 1, 1))
        return tb_weekday(d) == 1 && d - 1 >= tb_day_of(1973, 4, 12) && national_holiday(d - 1) != NULL;
    for (tb_day before = d - 1; national_holiday(before) != NULL; before--)
        if (tb_weekday(before) == 0) return true;
    return false;
}

/* Article 3 (3). Until 2006 not on Sundays. */
static bool is_sandwiched(tb_day d)
{
    if (d < tb_day_of(1985, 12, 27) || (d < tb_day_of(2007, 1, 1) && tb_weekday(d) == 0)) return false;
    return national_holiday(d - 1) != NULL && national_holiday(d + 1) != NULL;
}

const char *tb_holiday_by_law(tb_day d)
{
    if (d < tb_day_of(FIRST_YEAR, 1, 1) || d > tb_day_of(LAST_YEAR, 12, 31)) return NULL;
    const char *name = national_holiday(d);
    if (name != NULL) return name;
    return is_substitute(d) || is_sandwiched(d) ? DAY_OFF : NULL;
}

/* ---- what the table says ------------------------------------------------------------------ */

static int compare_days(const void *a, const void *b)
{
    const struct tb_holiday_row *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

bool tb_holiday_year_whole(const struct tb_holiday_list *list, int year)
{
    return list != NULL && list->n > 0 && year >= list->first_year && year <= list->last_year &&
           list->whole[year - list->first_year];
}

int tb_holiday_years_missing(const struct tb_holiday_list *list, int first, int last, int *years)
{
    int n = 0;
    for (int year = first; year <= last; year++)
        if (!tb_holiday_year_whole(list, year)) years[n++] = year;
    return n;
}

/* Of the rows [from, to). */
static bool adds_name(const struct tb_holiday_list *list, size_t from, size_t to, const char *name)
{
    for (size_t i = from; i < to; i++)
        if (list->rows[i].kind == TB_HOLIDAY_ADD && strcmp(list->rows[i].name, name) == 0) return true;
    return false;
}

/* Its rows are [from, to). */
static bool year_is_whole(const struct tb_holiday_list *list, int year, size_t from, size_t to)
{
    bool whole = year >= FIRST_YEAR && year <= LAST_YEAR;
    for (size_t i = 0; whole && i < TB_COUNT(rules); i++)
        whole = falls_on(&rules[i], year) == TB_DAY_NONE || adds_name(list, from, to, rules[i].name);
    return whole;
}

void tb_holiday_list_settle(struct tb_holiday_list *list)
{
    free(list->whole);
    list->whole = NULL;
    if (list->n == 0) return;
    qsort(list->rows, list->n, sizeof *list->rows, compare_days);
    list->first_year = tb_ymd_of(list->rows[0].day).year;
    list->last_year = tb_ymd_of(list->rows[list->n - 1].day).year;
    list->whole = tb_xcalloc((size_t)(list->last_year - list->first_year) + 1, sizeof *list->whole);
    size_t from = 0;
    for (int year = list->first_year; year <= list->last_year; year++) {
        size_t to = from;
        while (to < list->n && list->rows[to].day < tb_day_of(year + 1, 1, 1)) to++;
        list->whole[year - list->first_year] = year_is_whole(list, year, from, to);
        from = to;
    }
}

const char *tb_holiday(const struct tb_holiday_list *list, tb_day d)
{
    if (list == NULL || list->n == 0) return tb_holiday_by_law(d);
    struct tb_holiday_row key = {.day = d, .kind = TB_HOLIDAY_DROP};
    if (bsearch(&key, list->rows, list->n, sizeof key, compare_days) != NULL) return NULL;
    key.kind = TB_HOLIDAY_ADD;
    const struct tb_holiday_row *row = bsearch(&key, list->rows, list->n, sizeof key, compare_days);
    if (row != NULL) return row->name;
    return tb_holiday_year_whole(list, tb_ymd_of(d).year) ? NULL : tb_holiday_by_law(d);
}

/* ---- the official list -------------------------------------------------------------------- */

void tb_holiday_list_free(struct tb_holiday_list *list)
{
    free(list->rows);
    free(list->whole);
    *list = (struct tb_holiday_list){0};
}

#define HEADER "国民の祝日・休日月日,国民の祝日・休日名称"
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

struct place {
    const char *file;
    size_t line;
};

struct entry {
    struct tb_holiday_row row; /* first, so that entries compare as rows */
    size_t line;
};

static bool read_number(const char **s, int least, int most, char end, int *out)
{
    int n = 0, v = 0;
    for (; n < most && **s >= '0' && **s <= '9'; n++) v = v * 10 + (*(*s)++ - '0');
    if (n < least || **s != end) return false;
    if (end != '\0') (*s)++;
    *out = v;
    return true;
}

static bool read_date(const char *s, tb_day *out)
{
    int year, month, day;
    if (!read_number(&s, 4, 4, '/', &year) || !read_number(&s, 1, 2, '/', &month) ||
        !read_number(&s, 1, 2, '\0', &day) || !tb_date_exists(year, month, day))
        return false;
    *out = tb_day_of(year, month, day);
    return true;
}

static bool is_name(const char *s)
{
    for (const char *p = s; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F || *p == '"') return false;
    return s[0] != '\0' && strlen(s) < sizeof((struct tb_holiday_row *)0)->name;
}

static enum tb_code check_header(struct place at, const char *line, struct tb_err *e)
{
    if (strcmp(line, HEADER) == 0) return TB_OK;
    return tb_fail(e, TB_INPUT,
                   tb_t("%s:%zu: 見出しが「%.60s」です。内閣府の一覧の見出しは「%s」です",
                        "%s:%zu: the header is \"%.60s\"; that of the official list is \"%s\""),
                   at.file, at.line, line, HEADER);
}

static enum tb_code parse_row(struct place at, char *line, struct tb_holiday_row *row, struct tb_err *e)
{
    int columns = 1;
    for (const char *p = line; *p != '\0'; p++) columns += *p == ',';
    char *name = strchr(line, ',');
    if (name == NULL || columns != 2)
        return tb_fail(e, TB_INPUT,
                       tb_t("%s:%zu: 列が %d 個あります(「%.60s」)。日付と名称の 2 列にしてください",
                            "%s:%zu: number of columns %d (\"%.60s\"); it must be 2, date and name"),
                       at.file, at.line, columns, line);
    *name++ = '\0';
    if (!read_date(line, &row->day))
        return tb_fail(e, TB_INPUT,
                       tb_t("%s:%zu: 日付「%.60s」を読めません。実在する日を 2026/1/1 の形で書いてください",
                            "%s:%zu: date \"%.60s\"; write a day that exists, like 2026/1/1"),
                       at.file, at.line, line);
    if (!is_name(name))
        return tb_fail(e, TB_INPUT,
                       tb_t("%s:%zu: 名称「%.60s」は使えません。引用符と制御文字のない 1 から %zu "
                            "バイトの名称を書いてください",
                            "%s:%zu: name \"%.60s\"; write 1 to %zu bytes without quotation marks and "
                            "control characters"),
                       at.file, at.line, name, sizeof row->name - 1);
    memcpy(row->name, name, strlen(name) + 1);
    return TB_OK;
}

/* Sorts, and refuses what would silently turn holidays into working days or hide one name by another. */
static enum tb_code check_entries(const char *file, struct entry *v, size_t n, struct tb_err *e)
{
    if (n == 0)
        return tb_fail(
            e, TB_INPUT,
            tb_t("%s:2: 祝日が 1 行もありません。見出しの次の行から 2026/1/1,元日 のように書いてください",
                 "%s:2: no holiday at all; rows like 2026/1/1,元日 must follow the header"),
            file);
    qsort(v, n, sizeof *v, compare_days);
    for (size_t i = 1; i < n; i++) {
        int year = tb_ymd_of(v[i].row.day).year, previous = tb_ymd_of(v[i - 1].row.day).year;
        if (v[i].row.day == v[i - 1].row.day) {
            char date[64];
            size_t a = v[i - 1].line, b = v[i].line;
            return tb_fail(e, TB_INPUT,
                           tb_t("%s:%zu: %s は %zu 行目にもあります。同じ日は 1 行だけにしてください",
                                "%s:%zu: %s stands in line %zu too; a day must have one row"),
                           file, a > b ? a : b, tb_format_date(v[i].row.day, date, sizeof date),
                           a > b ? b : a);
        }
        if (year > previous + 1)
            return tb_fail(
                e, TB_INPUT,
                tb_t(
                    "%s:%zu: %d 年の行がありません。最初の年から最後の年まで、全部の年の祝日を書いてください",
                    "%s:%zu: no row of the year %d; every year from the first to the last must be there"),
                file, v[i].line, previous + 1);
    }
    return TB_OK;
}

static enum tb_code parse_lines(const char *file, char *text, struct entry **v, size_t *n, struct tb_err *e)
{
    size_t cap = 0;
    enum tb_code code = TB_OK;
    struct place at = {file, 1};
    for (char *line = text, *next; code == TB_OK && (*line != '\0' || at.line == 1); line = next, at.line++) {
        size_t len = strcspn(line, "\n");
        next = line + len + (line[len] == '\n');
        line[len] = '\0';
        if (len > 0 && line[len - 1] == '\r') line[len - 1] = '\0';
        if (at.line == 1) {
            code = check_header(at, line, e);
        } else {
            struct entry *entry = TB_PUSH(*v, *n, cap);
            *entry = (struct entry){.line = at.line};
            code = parse_row(at, line, &entry->row, e);
        }
    }
    return code == TB_OK ? check_entries(file, *v, *n, e) : code;
}

static enum tb_code check_utf8(const char *file, const char *text, struct tb_err *e)
{
    size_t bad;
    if (tb_utf8_valid(text, strlen(text), &bad)) return TB_OK;
    size_t line = 1;
    for (size_t i = 0; i < bad; i++) line += text[i] == '\n';
    return tb_fail(
        e, TB_INPUT,
        tb_t("%s:%zu: UTF-8 ではありません。シフト JIS (CP932) の一覧は UTF-8 に変えてから読んでください",
             "%s:%zu: not UTF-8; convert the list from Shift_JIS (CP932) first"),
        file, line);
}

enum tb_code tb_holiday_list_parse(struct tb_holiday_list *list, const char *file, const char *text,
                                   struct tb_err *e)
{
    enum tb_code code = check_utf8(file, text, e);
    if (code != TB_OK) return code;
    struct entry *v = NULL;
    size_t n = 0;
    size_t mark = strlen(BYTE_ORDER_MARK);
    char *copy = tb_xstrdup(strncmp(text, BYTE_ORDER_MARK, mark) == 0 ? text + mark : text);
    code = parse_lines(file, copy, &v, &n, e);
    if (code == TB_OK) {
        struct tb_holiday_list fresh = {.rows = tb_xcalloc(n, sizeof *fresh.rows), .n = n, .cap = n};
        for (size_t i = 0; i < n; i++) fresh.rows[i] = v[i].row;
        tb_holiday_list_settle(&fresh);
        tb_holiday_list_free(list);
        *list = fresh;
    }
    free(v);
    free(copy);
    return code;
}
