/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route_int.h"

#include <stdlib.h>
#include <string.h>

static size_t place_of(const struct rt_pool *p, const void *bytes, size_t len)
{
    uint64_t h = UINT64_C(14695981039346656037);
    const unsigned char *at_byte = bytes;
    for (size_t i = 0; i + sizeof h <= len; i += sizeof h) {
        uint64_t word;
        memcpy(&word, at_byte + i, sizeof word);
        h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 32;
    }
    for (size_t i = len - len % sizeof h; i < len; i++) h = (h ^ at_byte[i]) * UINT64_C(1099511628211);
    size_t at = (size_t)(h ^ h >> 29) & (p->n_slots - 1);
    while (p->slot[at] != 0) {
        uint32_t k = p->slot[at] - 1;
        if (p->len[k] == len && memcmp(p->key[k], bytes, len) == 0) break;
        at = (at + 1) & (p->n_slots - 1);
    }
    return at;
}

static void widen(struct rt_pool *p)
{
    p->n_slots = p->n_slots > 0 ? p->n_slots * 2 : 1024;
    free(p->slot);
    p->slot = tb_xcalloc(p->n_slots, sizeof *p->slot);
    for (size_t i = 0; i < p->n; i++) p->slot[place_of(p, p->key[i], p->len[i])] = (uint32_t)i + 1;
}

uint32_t rt_pool_put(struct rt_pool *p, const void *bytes, size_t len, bool *fresh)
{
    if (2 * (p->n + 1) > p->n_slots) widen(p);
    size_t at = place_of(p, bytes, len);
    *fresh = p->slot[at] == 0;
    if (!*fresh) return p->slot[at] - 1;
    unsigned char *copy = tb_arena_alloc(&p->arena, len);
    memcpy(copy, bytes, len);
    size_t n = p->n;
    *TB_PUSH(p->key, n, p->cap) = copy;
    *TB_PUSH(p->len, p->n, p->cap_len) = len;
    p->slot[at] = (uint32_t)p->n;
    return (uint32_t)p->n - 1;
}

void rt_pool_free(struct rt_pool *p)
{
    tb_arena_free(&p->arena);
    free(p->key);
    free(p->len);
    free(p->slot);
    *p = (struct rt_pool){0};
}
