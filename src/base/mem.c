/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn static void no_memory(size_t size)
{
    char text[256]; /* tb_log would ask for memory */
    int n = snprintf(
        text, sizeof text,
        tb_t("toban: メモリーが足りません(%zu バイト)。他のプログラムを終えるか、問題を小さくしてください\n",
             "toban: out of memory (%zu bytes wanted); end other programs or make the problem smaller\n"),
        size);
    if (n > 0 && write(STDERR_FILENO, text, (size_t)n) < 0) _exit(TB_INTERNAL);
    _exit(TB_INTERNAL);
}

static size_t times(size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) no_memory(SIZE_MAX);
    return bytes;
}

static size_t plus(size_t a, size_t b)
{
    size_t bytes;
    if (__builtin_add_overflow(a, b, &bytes)) no_memory(SIZE_MAX);
    return bytes;
}

void *tb_xmalloc(size_t size)
{
    void *p = malloc(size > 0 ? size : 1);
    if (p == NULL) no_memory(size);
    return p;
}

void *tb_xcalloc(size_t n, size_t size)
{
    size_t bytes = times(n, size);
    void *p = calloc(bytes > 0 ? bytes : 1, 1);
    if (p == NULL) no_memory(bytes);
    return p;
}

void *tb_xrealloc(void *p, size_t size)
{
    void *q = realloc(p, size > 0 ? size : 1);
    if (q == NULL) no_memory(size);
    return q;
}

char *tb_xstrdup(const char *s)
{
    size_t size = strlen(s) + 1;
    return memcpy(tb_xmalloc(size), s, size);
}

void *tb_grow(void *v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) return v;
    size_t wanted = *cap > 0 ? times(*cap, 2) : 8;
    v = tb_xrealloc(v, times(wanted, size));
    *cap = wanted;
    return v;
}

#define BLOCK_SIZE 16384u
#define ALIGNMENT _Alignof(max_align_t)

struct tb_arena_block {
    struct tb_arena_block *next;
    size_t used, size;
    _Alignas(max_align_t) unsigned char bytes[];
};

static struct tb_arena_block *block_new(size_t size)
{
    struct tb_arena_block *b = tb_xcalloc(1, plus(sizeof *b, size));
    b->size = size;
    return b;
}

void *tb_arena_alloc(struct tb_arena *a, size_t size)
{
    size = plus(size > 0 ? size : 1, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct tb_arena_block *b = a->head;
    if (b == NULL || b->size - b->used < size) {
        b = block_new(size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE);
        /* a large one is full at once: the head stays in use */
        if (a->head != NULL && b->size == size) {
            b->next = a->head->next;
            a->head->next = b;
        } else {
            b->next = a->head;
            a->head = b;
        }
    }
    void *p = b->bytes + b->used;
    b->used += size;
    return p;
}

char *tb_arena_strndup(struct tb_arena *a, const char *s, size_t n)
{
    n = strnlen(s, n);
    char *copy = tb_arena_alloc(a, n + 1);
    memcpy(copy, s, n);
    return copy;
}

char *tb_arena_strdup(struct tb_arena *a, const char *s) { return tb_arena_strndup(a, s, strlen(s)); }

char *tb_arena_printf(struct tb_arena *a, const char *fmt, ...)
{
    struct tb_buf b = {0};
    va_list ap;
    va_start(ap, fmt);
    tb_buf_vaddf(&b, fmt, ap);
    va_end(ap);
    char *copy = tb_arena_strdup(a, tb_buf_str(&b));
    tb_buf_free(&b);
    return copy;
}

void tb_arena_free(struct tb_arena *a)
{
    struct tb_arena_block *next;
    for (struct tb_arena_block *b = a->head; b != NULL; b = next) {
        next = b->next;
        free(b);
    }
    a->head = NULL;
}
