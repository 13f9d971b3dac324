/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pull.h"

#include <string.h>

void rt_lit(struct rt_pull *p, const char *text)
{
    size_t n = strlen(text);
    if (p->bad || (size_t)(p->end - p->s) < n || memcmp(p->s, text, n) != 0)
        p->bad = true;
    else
        p->s += n;
}

void rt_skip(struct rt_pull *p, size_t n)
{
    if (p->bad || (size_t)(p->end - p->s) < n)
        p->bad = true;
    else
        p->s += n;
}

bool rt_more(struct rt_pull *p, char close, bool *first)
{
    if (p->bad || p->s == p->end) {
        p->bad = true;
        return false;
    }
    bool was_first = *first;
    *first = false;
    if (*p->s == close) {
        p->s++;
        return false;
    }
    if (!was_first) rt_lit(p, ",");
    return !p->bad;
}

int64_t rt_int(struct rt_pull *p, int64_t min, int64_t max)
{
    int64_t v = 0;
    int digits = 0;
    bool minus = !p->bad && p->s < p->end && *p->s == '-';
    if (minus) p->s++;
    for (; !p->bad && p->s < p->end && *p->s >= '0' && *p->s <= '9' && digits < 15; digits++)
        v = v * 10 + (*p->s++ - '0');
    if (minus) v = -v;
    if (digits == 0 || v < min || v > max) p->bad = true;
    return p->bad ? min : v;
}

bool rt_bool(struct rt_pull *p)
{
    bool yes = !p->bad && p->s < p->end && *p->s == 't';
    rt_lit(p, yes ? "true" : "false");
    return yes;
}

static int hex(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

/* The character after a backslash; the writer escapes nothing but these. */
static char escaped(struct rt_pull *p)
{
    static const char from[] = "\"\\bfnrt", to[] = "\"\\\b\f\n\r\t";
    const char *at = p->s < p->end && *p->s != '\0' ? strchr(from, *p->s) : NULL;
    if (at != NULL) {
        p->s++;
        return to[at - from];
    }
    if (p->end - p->s >= 5 && memcmp(p->s, "u00", 3) == 0 && hex(p->s[3]) >= 0 && hex(p->s[3]) < 2 &&
        hex(p->s[4]) >= 0) {
        int v = hex(p->s[3]) * 16 + hex(p->s[4]);
        p->s += 5;
        if (v > 0) return (char)v;
    }
    p->bad = true;
    return ' ';
}

const char *rt_string(struct rt_pull *p, struct tb_arena *a)
{
    rt_lit(p, "\"");
    const char *start = p->s;
    size_t n = 0;
    while (!p->bad && p->s < p->end && *p->s != '"') {
        if (*p->s++ == '\\') (void)escaped(p);
        n++;
    }
    const char *stop = p->s;
    rt_lit(p, "\"");
    if (p->bad || !tb_utf8_valid(start, (size_t)(stop - start), NULL) ||
        memchr(start, '\0', (size_t)(stop - start)) != NULL) {
        p->bad = true;
        return "";
    }
    char *out = tb_arena_alloc(a, n + 1);
    struct rt_pull again = {start, stop, false};
    for (size_t i = 0; i < n; i++) {
        char c = *again.s++;
        out[i] = c == '\\' ? escaped(&again) : c;
    }
    return out;
}

int rt_word(struct rt_pull *p, const char *const *words, int n)
{
    rt_lit(p, "\"");
    for (int i = 0; i < n; i++) {
        size_t len = strlen(words[i]);
        if (p->bad || (size_t)(p->end - p->s) <= len || memcmp(p->s, words[i], len) != 0 || p->s[len] != '"')
            continue;
        p->s += len + 1;
        return i;
    }
    p->bad = true;
    return 0;
}
