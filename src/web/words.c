/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures and days in the office's words.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "month.h"

void web_day(tb_day d, struct tb_buf *out)
{
    struct tb_ymd x = tb_ymd_of(d);
    tb_buf_addf(out, "%d/%d(%s)", x.month, x.day, tb_weekday_ja(tb_weekday(d)));
}

bool web_month_asked(const char *text, tb_day *first)
{
    char day[16];
    if (!text || strlen(text) != 7) return false;
    (void)snprintf(day, sizeof day, "%s-01", text);
    tb_day asked;
    if (!tb_parse_date(day, &asked)) return false;
    *first = asked;
    return true;
}

void web_deviation(int64_t v, struct tb_buf *out)
{
    int64_t size = v < 0 ? -v : v;
    if (size < 5) {
        tb_buf_add(out, "ほぼ等しい");
        return;
    }
    int64_t tenths = (size + 5) / 10;
    tb_buf_addf(out, "%lld.%lld回%s", (long long)(tenths / 10), (long long)(tenths % 10),
                v > 0 ? "先行" : "不足");
}

void web_difference(int64_t cost, struct tb_buf *out)
{
    int64_t size = cost < 0 ? -cost : cost;
    const char *sign = cost < 0 ? "−" : "+";
    if (size < 50)
        tb_buf_add(out, cost ? (cost < 0 ? "−0" : "+0") : "±0");
    else if (size < 10000)
        tb_buf_addf(out, "%s0.%02lld", sign, (long long)((size + 50) / 100 > 99 ? 99 : (size + 50) / 100));
    else
        tb_buf_addf(out, "%s%lld.%lld", sign, (long long)((size + 500) / 10000),
                    (long long)((size + 500) / 1000 % 10));
}

void web_common(const char *const *names, int n, struct tb_buf *out)
{
    size_t same = n ? strlen(names[0]) : 0;
    for (int i = 1; i < n; i++) {
        size_t k = 0;
        while (k < same && names[i][k] == names[0][k]) k++;
        same = k;
    }
    /* Words are not broken: what is in common ends with one. */
    bool whole = n > 0;
    for (int i = 0; i < n; i++) whole = whole && (names[i][same] == '\0' || names[i][same] == ' ');
    while (!whole && same && names[0][same - 1] != ' ') same--;
    while (same && names[0][same - 1] == ' ') same--;
    tb_buf_addn(out, n ? names[0] : "", same);
}

static void query(const char *text, struct tb_buf *out)
{
    for (; *text; text++) {
        unsigned char ch = (unsigned char)*text;
        bool plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
                     strchr("-._~:", ch);
        if (plain)
            tb_buf_addc(out, (char)ch);
        else
            tb_buf_addf(out, "%%%02X", ch);
    }
}

void web_arg(struct tb_buf *out, const char *name, const char *value)
{
    if (!value) return;
    tb_buf_addf(out, "%c%s=", strchr(tb_buf_str(out), '?') ? '&' : '?', name);
    query(value, out);
}

void web_seat_name(const struct tb_region *r, tb_day date, int duty, int role, struct tb_buf *out)
{
    web_day(date, out);
    tb_buf_addf(out, " %s%s", r->duties[duty].name, role == TB_RESERVE ? "（予備）" : "");
}

void web_seat_address(int64_t draft, const char *seat, const char *who, struct tb_buf *out)
{
    tb_buf_addf(out, "/d/%lld", (long long)draft);
    web_arg(out, "seat", seat);
    if (seat) web_arg(out, "who", who);
}

const char *web_named(const struct tb_region *r, int provider)
{
    return provider < 0 ? "空席" : r->providers[provider].name;
}

int web_soft(const struct tb_app_draft *d) { return d->verdict->n_violations - d->verdict->n_hard; }
int web_excepted(const struct tb_app_draft *d) { return d->verdict->n_hard - tb_app_breaches(d); }
