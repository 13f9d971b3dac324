/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Threads for requests that may take long. Their connections are suspended meanwhile, so that the listener's
 * own threads go on with all others.
 */
#include <stdlib.h>

#include "http_int.h"
#include "toban/base/thread.h"

#define RETRY_SECONDS 2

struct http_workers {
    pthread_mutex_t lock; /* of all below but the threads */
    pthread_cond_t work, rest;
    struct http_request *first, *last;
    int waiting, most;
    int running; /* workers that answer */
    int parked;  /* requests handed over whose answers are not sent yet */
    bool ending;
    int n;
    pthread_t threads[];
};

static struct http_request *next_request(http_workers *w)
{
    struct http_request *rq = w->first;
    w->first = rq->next;
    w->waiting--;
    return rq;
}

static void *work(void *arg)
{
    http_workers *w = arg;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (!w->first && !w->ending) pthread_cond_wait(&w->work, &w->lock);
        if (!w->first) break;
        struct http_request *rq = next_request(w);
        struct MHD_Connection *c = rq->c;
        w->running++;
        pthread_mutex_unlock(&w->lock);
        http_request_run(rq);
        MHD_resume_connection(c); /* from here on the request is the listener's */
        pthread_mutex_lock(&w->lock);
        w->running--;
        pthread_cond_broadcast(&w->rest);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

http_workers *http_workers_new(int threads, int waiting)
{
    http_workers *w = tb_xcalloc(1, sizeof *w + (size_t)threads * sizeof w->threads[0]);
    w->most = waiting;
    pthread_mutex_init(&w->lock, NULL);
    tb_cond_init(&w->work);
    tb_cond_init(&w->rest);
    while (w->n < threads && pthread_create(&w->threads[w->n], NULL, work, w) == 0) w->n++;
    if (w->n < threads)
        tb_log(tb_t("スレッドを %d 本しか作れませんでした（%d 本のうち）",
                    "only %d of %d threads could be made"),
               w->n, threads);
    return w;
}

bool http_workers_take(http_workers *w, struct http_request *rq)
{
    pthread_mutex_lock(&w->lock);
    bool room = !w->ending && w->n > 0 && w->waiting < w->most;
    if (room) {
        /* Before a worker may see it, who resumes it. */
        MHD_suspend_connection(rq->c);
        rq->parked = true;
        rq->next = NULL;
        if (w->first)
            w->last->next = rq;
        else
            w->first = rq;
        w->last = rq;
        w->waiting++;
        w->parked++;
        pthread_cond_signal(&w->work);
    }
    pthread_mutex_unlock(&w->lock);
    if (!room)
        http_answer_later(rq, RETRY_SECONDS,
                          tb_t("いま多くの問い合わせが重なっています。少し待ってからもう一度どうぞ\n",
                               "many ask at this moment; ask again in a moment\n"));
    return room;
}

void http_workers_done(http_workers *w)
{
    pthread_mutex_lock(&w->lock);
    w->parked--;
    pthread_cond_broadcast(&w->rest);
    pthread_mutex_unlock(&w->lock);
}

/* Those who wait for a worker are told that there will be none. */
static void send_away(http_workers *w)
{
    while (w->first) {
        struct http_request *rq = next_request(w);
        struct MHD_Connection *c = rq->c;
        pthread_mutex_unlock(&w->lock);
        http_answer_later(rq, RETRY_SECONDS,
                          tb_t("サーバーが終わるところです。少し待ってからもう一度どうぞ\n",
                               "the server is ending; ask again in a moment\n"));
        MHD_resume_connection(c);
        pthread_mutex_lock(&w->lock);
    }
}

bool http_workers_stop(http_workers *w, double seconds)
{
    const struct timespec until = tb_moment(tb_clock_seconds() + seconds);
    pthread_mutex_lock(&w->lock);
    w->ending = true;
    send_away(w);
    pthread_cond_broadcast(&w->work);
    for (int late = 0; (w->running || w->parked) && !late;)
        late = pthread_cond_timedwait(&w->rest, &w->lock, &until);
    bool quiet = w->running == 0;
    pthread_mutex_unlock(&w->lock);
    for (; quiet && w->n > 0; w->n--) pthread_join(w->threads[w->n - 1], NULL);
    return quiet;
}

void http_workers_free(http_workers *w)
{
    if (!w) return;
    TB_ASSERT(w->n == 0);
    pthread_cond_destroy(&w->work);
    pthread_cond_destroy(&w->rest);
    pthread_mutex_destroy(&w->lock);
    free(w);
}
