/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads canonical bytes in the order in which they were written: no tree, no memory, one pass. The first byte
 * that is not as expected sets `bad`, and from then on everything returns its smallest value.
 */
#ifndef ROUTE_PULL_H
#define ROUTE_PULL_H

#include "toban/base/base.h"

struct rt_pull {
    const char *s, *end;
    bool bad;
};

void rt_lit(struct rt_pull *p, const char *text);
void rt_skip(struct rt_pull *p, size_t n);
/* At the next element of a list (or object)? Past the closing character when not. */
bool rt_more(struct rt_pull *p, char close, bool *first);
int64_t rt_int(struct rt_pull *p, int64_t min, int64_t max);
bool rt_bool(struct rt_pull *p);
const char *rt_string(struct rt_pull *p, struct tb_arena *a);
/* Index of the string among the words. */
int rt_word(struct rt_pull *p, const char *const *words, int n);

#endif
