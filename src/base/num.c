/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define MILLION 1000000
#define MILLIONTHS_MAX (INT64_C(1000000000) * MILLION)

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool tb_parse_int(const char *s, int64_t min, int64_t max, int64_t *out)
{
    bool negative = *s == '-';
    if (negative) s++;
    if (!is_digit(*s)) return false;
    int64_t v = 0; /* kept negative, because INT64_MIN has no positive twin */
    for (; is_digit(*s); s++)
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, *s - '0', &v)) return false;
    if (*s != '\0' || (!negative && v == INT64_MIN)) return false;
    if (!negative) v = -v;
    if (v < min || v > max) return false;
    *out = v;
    return true;
}

bool tb_parse_millionths(const char *s, int64_t *out)
{
    bool negative = *s == '-';
    if (negative) s++;
    if (!is_digit(*s)) return false;
    int64_t v = 0;
    for (; is_digit(*s); s++) {
        v = v * 10 + (*s - '0') * MILLION;
        if (v > MILLIONTHS_MAX) return false;
    }
    if (*s == '.') {
        if (!is_digit(*++s)) return false;
        for (int place = MILLION / 10; is_digit(*s); s++, place /= 10) {
            if (place == 0) return false;
            v += (*s - '0') * place;
        }
    }
    if (*s != '\0' || v > MILLIONTHS_MAX) return false;
    *out = negative ? -v : v;
    return true;
}

char *tb_format_millionths(int64_t v, char *buf, size_t size)
{
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    char text[32];
    int n =
        snprintf(text, sizeof text, "%s%" PRIu64 ".%06" PRIu64, v < 0 ? "-" : "", u / MILLION, u % MILLION);
    while (text[n - 1] == '0') n--;
    if (text[n - 1] == '.') n--;
    (void)snprintf(buf, size, "%.*s", n, text);
    return buf;
}

bool tb_is_id(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789._-");
    return n >= 1 && n <= 64 && s[n] == '\0' && strchr("._-", s[0]) == NULL;
}
