/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Long work in threads of its own; the solving itself is the planner's child process.
 */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jobs.h"
#include "month.h"
#include "toban/tell/draft.h"

#define MOST 64 /* kept; the oldest that ended gives way */

struct job {
    struct web_jobs *of;
    struct web_job_seen seen;
    struct tb_app app;
    char *name, *bodies, *provider;
    enum web_job_kind kind;
    char *period;
    char **duties;
    int n_duties;
    double began;
    volatile int interrupt;
    pthread_t thread;
    bool joined;
};
struct web_jobs {
    pthread_mutex_t lock; /* of all below */
    pthread_mutex_t turn; /* of planning: one at a time, two would be slower than one after the other */
    struct job *v[MOST];
    int n;
    int64_t last;
};

struct web_jobs *web_jobs_new(void)
{
    struct web_jobs *j = tb_xcalloc(1, sizeof *j);
    pthread_mutex_init(&j->lock, NULL);
    pthread_mutex_init(&j->turn, NULL);
    return j;
}

static void job_free(struct job *x)
{
    for (int i = 0; i < x->n_duties; i++) free(x->duties[i]);
    free(x->duties);
    free(x->period);
    free(x->name);
    free(x->bodies);
    free(x->provider);
    free(x);
}

void web_jobs_free(struct web_jobs *j)
{
    if (!j) return;
    for (int i = 0; i < j->n; i++) j->v[i]->interrupt = 1;
    for (int i = 0; i < j->n; i++) {
        pthread_join(j->v[i]->thread, NULL);
        job_free(j->v[i]);
    }
    pthread_mutex_destroy(&j->turn);
    pthread_mutex_destroy(&j->lock);
    free(j);
}

/* ---- in its thread ---- */

static void progress(void *arg, const char *phase, double best, double bound)
{
    struct job *x = arg;
    (void)phase;
    pthread_mutex_lock(&x->of->lock);
    x->seen.best = best;
    x->seen.bound = bound;
    pthread_mutex_unlock(&x->of->lock);
}

static void ended(struct job *x, enum web_job_state state, int64_t draft, const char *said)
{
    pthread_mutex_lock(&x->of->lock);
    x->seen.state = state;
    x->seen.draft = draft;
    x->seen.seconds = tb_clock_seconds() - x->began;
    (void)snprintf(x->seen.said, sizeof x->seen.said, "%.*s", (int)sizeof x->seen.said - 1, said);
    pthread_mutex_unlock(&x->of->lock);
}

static void *run(void *arg)
{
    struct job *x = arg;
    struct tb_app_draft d;
    struct tb_err e = {0};
    const struct tb_app_plan_request rq = {.period = x->period,
                                           .duties = (const char *const *)x->duties,
                                           .n_duties = x->n_duties,
                                           .replan = x->kind == WEB_JOB_REPLAN,
                                           .keep = x->kind == WEB_JOB_REPLAN,
                                           .freeze_until = TB_DAY_NONE,
                                           .most_changes = INT32_MAX};
    tb_lang_set(TB_JA);
    pthread_mutex_lock(&x->of->turn);
    enum tb_code c = x->interrupt ? tb_fail(&e, TB_LIMIT, "始まる前に止めました。何も変えていません")
                                  : tb_app_plan(&x->app, &rq, &d, &e);
    pthread_mutex_unlock(&x->of->turn);
    if (c) { /* the message is longer than what a page shows only where it quotes */
        ended(x, WEB_JOB_FAILED, 0, web_said(c, &e));
        return NULL;
    }
    struct tb_buf said = {0};
    const struct tb_tell_plan told = {.draft = &d};
    tb_tell_plan_text(&told, &said);
    ended(x, WEB_JOB_DONE, d.stored.id, tb_buf_str(&said));
    tb_buf_free(&said);
    tb_app_draft_free(&d);
    return NULL;
}

/* ---- from the pages ---- */

static char *copy(const char *s) { return s ? tb_xstrdup(s) : NULL; }

static void what(struct job *x)
{
    (void)snprintf(x->seen.what, sizeof x->seen.what,
                   x->kind == WEB_JOB_REPLAN ? "%s を作り直す" : "%s を組む", x->period);
}

/* Room for one more: an old one that ended goes. Under the lock. */
static bool make_room(struct web_jobs *j)
{
    for (int i = 0; i < j->n && j->n == MOST; i++) {
        struct job *x = j->v[i];
        if (x->seen.state == WEB_JOB_RUNNING) continue;
        pthread_join(x->thread, NULL);
        job_free(x);
        memmove(&j->v[i], &j->v[i + 1], (size_t)(j->n - i - 1) * sizeof *j->v);
        j->n--;
    }
    return j->n < MOST;
}

enum tb_code web_job_begin(struct web_jobs *j, const struct tb_app *app, const struct web_job_asked *asked,
                           int64_t *id, struct tb_err *e)
{
    struct job *x = tb_xcalloc(1, sizeof *x);
    x->of = j;
    x->kind = asked->kind;
    x->period = tb_xstrdup(asked->period);
    x->duties = tb_xcalloc((size_t)asked->n_duties + 1, sizeof *x->duties);
    for (int i = 0; i < asked->n_duties; i++) x->duties[x->n_duties++] = tb_xstrdup(asked->duties[i]);
    x->app = *app;
    x->app.actor.name = x->name = copy(app->actor.name);
    x->app.actor.bodies = x->bodies = copy(app->actor.bodies);
    x->app.actor.provider = x->provider = copy(app->actor.provider);
    x->app.kept = NULL;
    x->app.plan.interrupt = &x->interrupt;
    x->app.plan.progress = progress;
    x->app.plan.arg = x;
    x->app.plan.seconds = asked->seconds;
    x->seen.best = x->seen.bound = NAN;
    x->began = tb_clock_seconds();
    (void)snprintf(x->seen.who, sizeof x->seen.who, "%s", x->name ? x->name : "");
    what(x);
    pthread_mutex_lock(&j->lock);
    bool room = make_room(j);
    if (room) {
        x->seen.id = *id = ++j->last;
        j->v[j->n++] = x;
        TB_ASSERT(pthread_create(&x->thread, NULL, run, x) == 0);
    }
    pthread_mutex_unlock(&j->lock);
    if (room) return TB_OK;
    job_free(x);
    return tb_fail(e, TB_REFUSED, "計算が %d 件待っています。終わってからもう一度どうぞ", MOST);
}

static struct job *find(struct web_jobs *j, int64_t id)
{
    for (int i = 0; i < j->n; i++)
        if (j->v[i]->seen.id == id) return j->v[i];
    return NULL;
}

bool web_job_seen(struct web_jobs *j, int64_t id, struct web_job_seen *out)
{
    pthread_mutex_lock(&j->lock);
    const struct job *x = find(j, id);
    if (x) *out = x->seen;
    if (x && x->seen.state == WEB_JOB_RUNNING) out->seconds = tb_clock_seconds() - x->began;
    pthread_mutex_unlock(&j->lock);
    return x != NULL;
}

bool web_job_stop(struct web_jobs *j, int64_t id)
{
    pthread_mutex_lock(&j->lock);
    struct job *x = find(j, id);
    if (x) {
        x->interrupt = 1;
        x->seen.stopping = true;
    }
    pthread_mutex_unlock(&j->lock);
    return x != NULL;
}
