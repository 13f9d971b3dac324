/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * thread: waiting by the monotonic clock, which nobody sets.
 */
#ifndef TOBAN_BASE_THREAD_H
#define TOBAN_BASE_THREAD_H

#include <pthread.h>
#include <time.h>

/* A condition whose timed waits are told moments as below. */
void tb_cond_init(pthread_cond_t *c);
/* A moment of tb_clock_seconds, for timed waits and joins. */
struct timespec tb_moment(double at);

#endif
