/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for n more bytes and the NUL. */
static void reserve(struct tb_buf *b, size_t n)
{
    size_t wanted;
    if (__builtin_add_overflow(b->len + 1, n, &wanted))
        wanted = SIZE_MAX; /* no allocation of this size exists, so the next line ends the process */
    if (wanted <= b->cap) return;
    size_t cap = b->cap > 0 ? b->cap : 64;
    while (cap < wanted) cap = cap > SIZE_MAX / 2 ? wanted : cap * 2;
    b->s = tb_xrealloc(b->s, cap);
    b->cap = cap;
}

void tb_buf_addn(struct tb_buf *b, const void *bytes, size_t n)
{
    if (n == 0) return;
    reserve(b, n);
    memcpy(b->s + b->len, bytes, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void tb_buf_add(struct tb_buf *b, const char *s) { tb_buf_addn(b, s, strlen(s)); }

void tb_buf_addc(struct tb_buf *b, char c) { tb_buf_addn(b, &c, 1); }

void tb_buf_vaddf(struct tb_buf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    /* Most of it fits: formatted once. What does not fit is formatted again where there is room. */
    const size_t room = b->cap > b->len ? b->cap - b->len : 0;
    int n = vsnprintf(room > 0 ? b->s + b->len : NULL, room, fmt, ap);
    TB_ASSERT(n >= 0);
    if (n > 0 && (size_t)n >= room) {
        reserve(b, (size_t)n);
        (void)vsnprintf(b->s + b->len, (size_t)n + 1, fmt, again);
    }
    b->len += (size_t)n;
    va_end(again);
}

void tb_buf_addf(struct tb_buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    tb_buf_vaddf(b, fmt, ap);
    va_end(ap);
}

void tb_buf_clear(struct tb_buf *b)
{
    b->len = 0;
    if (b->s != NULL) b->s[0] = '\0';
}

void tb_buf_free(struct tb_buf *b)
{
    free(b->s);
    *b = (struct tb_buf){0};
}

char *tb_buf_take(struct tb_buf *b)
{
    char *s = b->s != NULL ? b->s : tb_xstrdup("");
    *b = (struct tb_buf){0};
    return s;
}

const char *tb_buf_str(const struct tb_buf *b) { return b->s != NULL ? b->s : ""; }
