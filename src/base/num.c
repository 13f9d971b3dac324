/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <string.h>

#define MILLION 1000000
#define MILLIONTHS_MAX (INT64_C(1000000000) * MILLION)

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool tb_list_holds(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; at; at = strchr(at, ';'), at += at ? 1 : 0)
        if (strncmp(at, word, n) == 0 && (at[n] == ';' || at[n] == '\0')) return true;
    return false;
}

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
    char text[32], *end = text + sizeof text, *at = end;
    uint64_t whole = u / MILLION;
    int part = (int)(u % MILLION), places = part ? 6 : 0;
    for (; places > 0 && part % 10 == 0; places--) part /= 10;
    for (int i = 0; i < places; i++, part /= 10) *--at = (char)('0' + part % 10);
    if (places) *--at = '.';
    do *--at = (char)('0' + whole % 10);
    while (whole /= 10);
    if (v < 0) *--at = '-';
    const size_t n = (size_t)(end - at);
    if (size > 0) {
        memcpy(buf, at, n < size ? n : size - 1);
        buf[n < size ? n : size - 1] = '\0';
    }
    return buf;
}

bool tb_is_id(const char *s)
{
    size_t n = 0;
    for (; (s[n] >= 'a' && s[n] <= 'z') || is_digit(s[n]) || s[n] == '.' || s[n] == '_' || s[n] == '-'; n++)
        if (n == 64) return false;
    return n >= 1 && s[n] == '\0' && strchr("._-", s[0]) == NULL;
}
