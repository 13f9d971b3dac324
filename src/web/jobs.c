/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Long work in threads of its own; the solving itself is the planner's child process.
 */
#include "jobs.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "month.h"
#include "toban/app/whatif.h"

#define MOST 64  /* that run or wait */
#define TRIES 20 /* a process that ends each time ends by the job, and not beside it */

struct job {
    struct web_jobs *of;
    struct tb_job row;
    struct tb_app app;
    double began, best, bound;
    volatile int interrupt;
    bool over; /* its thread may be joined */
    bool told; /* it is stored how it ended */
    pthread_t thread;
};
struct web_jobs {
    const struct tb_app *app;
    const char *practice;
    pthread_mutex_t lock; /* of all below */
    pthread_mutex_t turn; /* of planning: one at a time, two would be slower than one after the other */
    struct job *v[MOST];
    int n;
    bool ending;
};

/* ---- what is asked, as text: "duty\tnight-paed" a line ---- */

static const char *const kinds[] = {
    [WEB_JOB_PLAN] = "plan", [WEB_JOB_REPLAN] = "replan", [WEB_JOB_TRY] = "try"};

static void list_text(const char *word, const struct web_job_list *l, struct tb_buf *out)
{
    for (int i = 0; i < l->n; i++) tb_buf_addf(out, "%s\t%s\n", word, l->v[i]);
}

static char *asked_text(const struct web_job_asked *x)
{
    struct tb_buf out = {0};
    tb_buf_addf(&out, "kind\t%s\nperiod\t%s\n", kinds[x->kind], x->period);
    list_text("duty", &x->duties, &out);
    list_text("without", &x->without, &out);
    list_text("off", &x->off, &out);
    char *text = tb_xstrdup(tb_buf_str(&out));
    tb_buf_free(&out);
    return text;
}

/* `text` is cut into the words that *x borrows. */
static void asked_of(char *text, struct web_job_asked *x)
{
    const struct {
        const char *word;
        struct web_job_list *list;
    } lists[] = {{"duty", &x->duties}, {"without", &x->without}, {"off", &x->off}};
    *x = (struct web_job_asked){.period = ""};
    for (char *line = text, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next) *next++ = '\0';
        char *value = strchr(line, '\t');
        if (!value) continue;
        *value++ = '\0';
        if (strcmp(line, "period") == 0) x->period = value;
        for (size_t i = 0; i < TB_COUNT(kinds) && strcmp(line, "kind") == 0; i++)
            if (strcmp(kinds[i], value) == 0) x->kind = (enum web_job_kind)i;
        for (size_t i = 0; i < TB_COUNT(lists); i++)
            if (strcmp(lists[i].word, line) == 0 && lists[i].list->n < WEB_JOB_WORDS)
                lists[i].list->v[lists[i].list->n++] = value;
    }
}

/* ---- in its thread ---- */

static void progress(void *arg, const char *phase, double best, double bound)
{
    struct job *x = arg;
    (void)phase;
    pthread_mutex_lock(&x->of->lock);
    x->best = best;
    x->bound = bound;
    pthread_mutex_unlock(&x->of->lock);
}

/* *draft: the one that was made, 0: none is stored. */
static enum tb_code plan(const struct job *x, const struct web_job_asked *asked, int64_t *draft,
                         struct tb_buf *said, struct tb_err *e)
{
    struct tb_app_draft d;
    struct tb_what_if beside = {0};
    const struct tb_app_plan_request rq = {.period = asked->period,
                                           .duties = asked->duties.v,
                                           .n_duties = asked->duties.n,
                                           .without = asked->without.v,
                                           .n_without = asked->without.n,
                                           .rules_off = asked->off.v,
                                           .n_rules_off = asked->off.n,
                                           .replan = asked->kind != WEB_JOB_PLAN,
                                           .keep = asked->kind != WEB_JOB_PLAN,
                                           .what_if = asked->kind == WEB_JOB_TRY,
                                           .freeze_until = TB_DAY_NONE,
                                           .most_changes = INT32_MAX};
    enum tb_code c = tb_app_plan(&x->app, &rq, &d, e);
    if (c) return c;
    if (rq.what_if) c = tb_what_if(&x->app, &d, &beside, e);
    if (c == TB_OK && rq.what_if) web_trial_words(&d, &beside, said);
    if (c == TB_OK && !rq.what_if) {
        web_plan_words(&d, said);
        *draft = d.stored.id;
    }
    tb_what_if_free(&beside);
    tb_app_draft_free(&d);
    return c;
}

/* How it ended is stored; what a process that ends has not done is left to the next one. */
static void ended(struct job *x, enum tb_code c, int64_t draft, const char *said)
{
    struct tb_err e = {0};
    pthread_mutex_lock(&x->of->lock);
    bool left = c && x->of->ending;
    x->row.took = (int64_t)((tb_clock_seconds() - x->began) * 1000);
    x->row.state = c ? TB_JOB_FAILED : TB_JOB_DONE;
    x->row.said = tb_xstrdup(said);
    x->row.draft = draft;
    pthread_mutex_unlock(&x->of->lock);
    bool told = left || tb_job_put(x->of->app->db, &x->row, &e) == TB_OK;
    if (!told) tb_log("%s", e.text);
    pthread_mutex_lock(&x->of->lock);
    x->over = true;
    x->told = told;
    pthread_mutex_unlock(&x->of->lock);
}

/* That it is begun is stored before it is: who was never told of an end would be begun for ever. */
static enum tb_code begin(struct job *x, struct tb_err *e)
{
    if (x->interrupt) return tb_fail(e, TB_LIMIT, "始まる前に止めました。何も変えていません");
    if (x->row.tries >= TRIES)
        return tb_fail(e, TB_NO,
                       "計算のたびにプログラムが終わったので、%d 回でやめました。何も変えていません。"
                       "このパソコンの管理者に、toban の記録（ログ）を見てもらってください",
                       TRIES);
    x->row.tries++;
    return tb_job_put(x->of->app->db, &x->row, e);
}

static void *run(void *arg)
{
    struct job *x = arg;
    struct tb_err e = {0};
    struct tb_buf said = {0};
    struct web_job_asked asked;
    int64_t draft = 0;
    char *text = tb_xstrdup(x->row.asked);
    asked_of(text, &asked);
    tb_lang_set(TB_JA);
    pthread_mutex_lock(&x->of->turn);
    enum tb_code c = begin(x, &e);
    if (c == TB_OK) c = plan(x, &asked, &draft, &said, &e);
    pthread_mutex_unlock(&x->of->turn);
    ended(x, c, draft, c ? web_said(c, &e) : tb_buf_str(&said));
    tb_buf_free(&said);
    free(text);
    return NULL;
}

/* ---- begun, gone on with, ended ---- */

static void job_free(struct job *x)
{
    tb_job_free(&x->row);
    free(x);
}

/* `row` is taken over, also when there is no room. Under the lock. */
static bool start(struct web_jobs *j, struct tb_job *row)
{
    struct job *x = tb_xcalloc(1, sizeof *x);
    struct tb_err e = {0};
    x->of = j;
    x->row = *row;
    *row = (struct tb_job){0};
    x->app = *j->app;
    x->app.kept = NULL;
    if (x->row.practice) x->app.db = j->practice;
    x->best = x->bound = NAN;
    x->began = tb_clock_seconds();
    if (j->n == MOST || tb_actor_parse(x->row.role, &x->app.actor, &e)) {
        job_free(x);
        return false;
    }
    x->app.actor.name = x->row.name;
    x->app.actor.bodies = x->row.bodies;
    x->app.plan.interrupt = &x->interrupt;
    x->app.plan.progress = progress;
    x->app.plan.arg = x;
    j->v[j->n++] = x;
    TB_ASSERT(pthread_create(&x->thread, NULL, run, x) == 0);
    return true;
}

/* Those that have ended give way, when that is stored. Under the lock. */
static void sweep(struct web_jobs *j)
{
    struct tb_err e = {0};
    int n = 0;
    for (int i = 0; i < j->n; i++)
        if (j->v[i]->over && (j->v[i]->told || tb_job_put(j->app->db, &j->v[i]->row, &e) == TB_OK)) {
            pthread_join(j->v[i]->thread, NULL);
            job_free(j->v[i]);
        } else
            j->v[n++] = j->v[i];
    j->n = n;
}

struct web_jobs *web_jobs_new(const struct tb_app *app, const char *practice)
{
    struct web_jobs *j = tb_xcalloc(1, sizeof *j);
    struct tb_job *left;
    size_t n;
    struct tb_err e = {0};
    *j = (struct web_jobs){.app = app, .practice = practice};
    pthread_mutex_init(&j->lock, NULL);
    pthread_mutex_init(&j->turn, NULL);
    enum tb_code c = tb_jobs_open(app->db, &left, &n, &e);
    if (c) {
        if (c != TB_NO) tb_log("%s", e.text); /* TB_NO: nobody has an account yet */
        return j;
    }
    pthread_mutex_lock(&j->lock);
    for (size_t i = 0; i < n; i++) (void)start(j, &left[i]);
    pthread_mutex_unlock(&j->lock);
    free(left);
    return j;
}

void web_jobs_free(struct web_jobs *j)
{
    if (!j) return;
    pthread_mutex_lock(&j->lock);
    j->ending = true;
    for (int i = 0; i < j->n; i++) j->v[i]->interrupt = 1;
    pthread_mutex_unlock(&j->lock);
    for (int i = 0; i < j->n; i++) {
        pthread_join(j->v[i]->thread, NULL);
        job_free(j->v[i]);
    }
    pthread_mutex_destroy(&j->turn);
    pthread_mutex_destroy(&j->lock);
    free(j);
}

/* ---- from the pages ---- */

enum tb_code web_job_begin(struct web_jobs *j, const struct tb_actor *who, bool practice,
                           const struct web_job_asked *asked, int64_t *id, struct tb_err *e)
{
    struct tb_job row = {.asked = asked_text(asked),
                         .name = tb_xstrdup(who->name ? who->name : ""),
                         .role = tb_xstrdup(tb_actor_role_id(who->role)),
                         .bodies = tb_xstrdup(who->bodies ? who->bodies : ""),
                         .practice = practice,
                         .begun = tb_clock_real()};
    enum tb_code c = TB_OK;
    pthread_mutex_lock(&j->lock);
    sweep(j);
    if (j->n == MOST)
        c = tb_fail(e, TB_REFUSED, "計算が %d 件待っています。終わってからもう一度どうぞ", MOST);
    if (c == TB_OK) c = tb_job_put(j->app->db, &row, e);
    *id = row.id;
    if (c == TB_OK) TB_ASSERT(start(j, &row));
    pthread_mutex_unlock(&j->lock);
    tb_job_free(&row);
    return c;
}

static struct job *find(struct web_jobs *j, int64_t id)
{
    for (int i = 0; i < j->n; i++)
        if (j->v[i]->row.id == id) return j->v[i];
    return NULL;
}

static void row_seen(const struct tb_job *row, struct web_job_seen *out)
{
    struct web_job_asked asked;
    char *text = tb_xstrdup(row->asked);
    asked_of(text, &asked);
    *out = (struct web_job_seen){.id = row->id,
                                 .state = row->state,
                                 .kind = asked.kind,
                                 .period = tb_xstrdup(asked.period),
                                 .who = tb_xstrdup(row->name),
                                 .said = tb_xstrdup(row->said ? row->said : ""),
                                 .seconds = (double)row->took / 1000,
                                 .best = NAN,
                                 .bound = NAN,
                                 .draft = row->draft};
    free(text);
}

void web_job_seen_free(struct web_job_seen *x)
{
    free(x->period);
    free(x->who);
    free(x->said);
    *x = (struct web_job_seen){0};
}

enum tb_code web_job_seen(struct web_jobs *j, int64_t id, struct web_job_seen *out, struct tb_err *e)
{
    struct tb_job row;
    pthread_mutex_lock(&j->lock);
    const struct job *x = find(j, id);
    if (x) row_seen(&x->row, out);
    if (x && !x->over) {
        out->state = TB_JOB_OPEN; /* until it is stored that it ended */
        out->seconds = tb_clock_seconds() - x->began;
        out->best = x->best;
        out->bound = x->bound;
        out->stopping = x->interrupt != 0;
    }
    pthread_mutex_unlock(&j->lock);
    if (x) return TB_OK;
    enum tb_code c = tb_job_of(j->app->db, id, &row, e);
    if (c == TB_NO) return tb_fail(e, TB_NO, "その計算はもうありません。できた案は月表にあります");
    if (c) return c;
    row_seen(&row, out);
    tb_job_free(&row);
    return TB_OK;
}

bool web_job_stop(struct web_jobs *j, int64_t id, bool take)
{
    pthread_mutex_lock(&j->lock);
    struct job *x = find(j, id);
    if (x && x->over) x = NULL;
    if (x && !x->interrupt) x->interrupt = take ? TB_PLAN_TAKE : 1;
    pthread_mutex_unlock(&j->lock);
    return x != NULL;
}
