/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/thread.h"

#include "toban/base/base.h"

void tb_cond_init(pthread_cond_t *c)
{
    pthread_condattr_t by;
    TB_ASSERT(pthread_condattr_init(&by) == 0);
    TB_ASSERT(pthread_condattr_setclock(&by, CLOCK_MONOTONIC) == 0);
    TB_ASSERT(pthread_cond_init(c, &by) == 0);
    (void)pthread_condattr_destroy(&by);
}

struct timespec tb_moment(double at)
{
    time_t whole = (time_t)at;
    return (struct timespec){.tv_sec = whole, .tv_nsec = (long)((at - (double)whole) * 1e9)};
}
