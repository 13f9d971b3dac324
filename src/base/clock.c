/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <time.h>

#define JAPAN_SECONDS (9 * 3600)

static struct timespec read_clock(clockid_t id)
{
    struct timespec t;
    TB_ASSERT(clock_gettime(id, &t) == 0);
    return t;
}

tb_minute tb_clock_now(const struct tb_clock *c)
{
    if (c != NULL && c->fixed) return c->at;
    return (read_clock(CLOCK_REALTIME).tv_sec + JAPAN_SECONDS) / 60;
}

int64_t tb_clock_real(void) { return read_clock(CLOCK_REALTIME).tv_sec; }

double tb_clock_seconds(void)
{
    struct timespec t = read_clock(CLOCK_MONOTONIC);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
