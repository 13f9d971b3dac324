/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Header values: dates, entity tags, encodings.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "http_int.h"

#define UTC_BEHIND 540 /* minutes */

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

void http_date(int64_t second, char out[40])
{
    tb_minute m = second / 60;
    tb_day day = tb_day_of_minute(m - UTC_BEHIND);
    int minute = (int)(m - UTC_BEHIND - tb_minute_of(day, 0));
    struct tb_ymd d = tb_ymd_of(day);
    snprintf(out, 40, "%s, %02d %.3s %04d %02d:%02d:%02d GMT", tb_weekday_en(tb_weekday(day)), d.day,
             months + 3 * (d.month - 1), d.year, minute / 60, minute % 60, (int)(second % 60));
}

bool http_date_parse(const char *text, int64_t *out)
{
    int day, year, hour, minute, second, used = 0;
    char name[4], zone[4];
    if (strlen(text) != 29 ||
        sscanf(text + 4, " %2d %3[A-Za-z] %4d %2d:%2d:%2d %3[A-Z]%n", &day, name, &year, &hour, &minute,
               &second, zone, &used) != 7 ||
        used != 25)
        return false;
    const char *month = strstr(months, name);
    if (!month || (month - months) % 3 || strcmp(zone, "GMT") != 0 || hour > 23 || minute > 59 || second > 60)
        return false;
    int m = (int)(month - months) / 3 + 1;
    if (!tb_date_exists(year, m, day)) return false;
    *out = (tb_minute_of(tb_day_of(year, m, day), hour * 60 + minute) + UTC_BEHIND) * 60 + second;
    return true;
}

bool http_etag_listed(const char *header, const char *one, const char *two)
{
    const char *p = header;
    while (*p) {
        p += strspn(p, " \t,");
        if (*p == '*') return true;
        if (strncmp(p, "W/", 2) == 0) p += 2;
        const char *end = *p == '"' ? strchr(p + 1, '"') : NULL;
        if (!end) return false;
        size_t n = (size_t)(end - p) + 1;
        if ((n == strlen(one) && strncmp(p, one, n) == 0) || (n == strlen(two) && strncmp(p, two, n) == 0))
            return true;
        p = end + 1;
    }
    return false;
}

bool http_wants_gzip(const char *header)
{
    for (const char *p = header; *p;) {
        p += strspn(p, " \t,");
        size_t n = strcspn(p, ","), name = strcspn(p, " \t,;");
        bool gzip = name == 4 && strncasecmp(p, "gzip", 4) == 0;
        const char *q = memmem(p, n, "q=0", 3);
        /* q=0, q=0.0, q=0.000 refuse it; q=0.5 does not. */
        bool refused =
            q && strspn(q + 2, "0.") >= (size_t)(p + n - q - 2) - strspn(q + 2 + strspn(q + 2, "0."), " \t");
        if (gzip && !refused) return true;
        p += n;
    }
    return false;
}
