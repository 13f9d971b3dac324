/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many answer at once what may take long. Every connection has a thread of its own, so that such an
 * answer holds nobody but who asked; here they are counted, and sent away when there are too many.
 */
#include <pthread.h>
#include <stdlib.h>

#include "http_int.h"
#include "toban/base/thread.h"

#define RETRY_SECONDS 2

struct http_apart {
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t rest;
    int running, most;
    bool ending;
};

http_apart *http_apart_new(int most)
{
    http_apart *a = tb_xcalloc(1, sizeof *a);
    a->most = most;
    pthread_mutex_init(&a->lock, NULL);
    tb_cond_init(&a->rest);
    return a;
}

void http_apart_run(http_apart *a, struct http_request *rq)
{
    pthread_mutex_lock(&a->lock);
    const bool ending = a->ending, room = !ending && a->running < a->most;
    a->running += room;
    pthread_mutex_unlock(&a->lock);
    if (!room) {
        http_answer_later(rq, RETRY_SECONDS,
                          ending
                              ? tb_t("サーバーが終わるところです。少し待ってからもう一度どうぞ\n",
                                     "the server is ending; ask again in a moment\n")
                              : tb_t("いま多くの問い合わせが重なっています。少し待ってからもう一度どうぞ\n",
                                     "many ask at this moment; ask again in a moment\n"));
        return;
    }
    http_request_run(rq);
    pthread_mutex_lock(&a->lock);
    a->running--;
    pthread_cond_broadcast(&a->rest);
    pthread_mutex_unlock(&a->lock);
}

bool http_apart_stop(http_apart *a, double seconds)
{
    const struct timespec until = tb_moment(tb_clock_seconds() + seconds);
    pthread_mutex_lock(&a->lock);
    a->ending = true;
    for (int late = 0; a->running && !late;) late = pthread_cond_timedwait(&a->rest, &a->lock, &until);
    const bool quiet = a->running == 0;
    pthread_mutex_unlock(&a->lock);
    return quiet;
}

void http_apart_free(http_apart *a)
{
    if (!a) return;
    pthread_cond_destroy(&a->rest);
    pthread_mutex_destroy(&a->lock);
    free(a);
}
