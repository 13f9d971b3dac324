/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <string.h>

/* Length of the character that begins at s, 0 when no valid one does. */
static size_t decode(const unsigned char *s, size_t n, uint32_t *out)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000}; /* below: an overlong form */
    unsigned char c = s[0];
    size_t len = c < 0x80 ? 1 : c < 0xC0 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF8 ? 4 : 0;
    if (len == 0 || len > n) return 0;
    uint32_t v = len == 1 ? c : c & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((s[i] & 0xC0) != 0x80) return 0;
        v = v << 6 | (s[i] & 0x3Fu);
    }
    if (v < least[len] || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF)) return 0;
    *out = v;
    return len;
}

bool tb_utf8_valid(const char *s, size_t n, size_t *bad)
{
    const unsigned char *p = (const unsigned char *)s;
    uint32_t c;
    for (size_t i = 0, len; i < n; i += len) {
        len = p[i] < 0x80 ? 1 : decode(p + i, n - i, &c);
        if (len == 0) {
            if (bad != NULL) *bad = i;
            return false;
        }
    }
    return true;
}

struct range {
    uint32_t first, last;
};

/* Own tables, because wcwidth() answers by the locale. Enough for Japanese text: marks that join the
 * character before them (voiced marks, variation selectors of name kanji), joiners, and the wide blocks of
 * East Asian Width. Signs of ambiguous width count 1, as UTF-8 terminals show them. */
static const struct range zero_width[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489},   {0x0591, 0x05BD},   {0x064B, 0x065F}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x200B, 0x200F},   {0x202A, 0x202E},   {0x2060, 0x2064}, {0x2066, 0x206F},
    {0x20D0, 0x20F0}, {0x302A, 0x302D},   {0x3099, 0x309A},   {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
    {0xFEFF, 0xFEFF}, {0xE0001, 0xE007F}, {0xE0100, 0xE01EF},
};
static const struct range double_width[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x26A1, 0x26A1},
    {0x2705, 0x2705},   {0x274C, 0x274C},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2B50, 0x2B50},
    {0x2E80, 0x303E},   {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1B000, 0x1B2FF}, {0x1F200, 0x1F265}, {0x1F300, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C},
    {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3E0, 0x1F3F0}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440},
    {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F550, 0x1F567}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
    {0x1F90C, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static bool in_ranges(uint32_t c, const struct range *r, size_t n)
{
    for (size_t i = 0; i < n && r[i].first <= c; i++)
        if (c <= r[i].last) return true;
    return false;
}

static int char_width(uint32_t c)
{
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return 0;
    if (c < 0x300) return 1;
    if (in_ranges(c, zero_width, TB_COUNT(zero_width))) return 0;
    return in_ranges(c, double_width, TB_COUNT(double_width)) ? 2 : 1;
}

int tb_utf8_width(const char *s)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t n = strlen(s);
    int width = 0;
    for (size_t i = 0, len; i < n; i += len) {
        uint32_t c = '?'; /* a terminal shows one sign for a bad byte */
        len = decode(p + i, n - i, &c);
        if (len == 0) len = 1;
        width += char_width(c);
    }
    return width;
}
