/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Routing tables, made apart from who asks: a day's table takes a second to make and a moment to look up.
 */
#include <stdlib.h>

#include "feeds_int.h"
#include "toban/base/thread.h"

#define KEPT 16          /* days whose tables are kept at most */
#define ASKERS 8         /* who may wait for a table of a day that is not near */
#define WAIT_SECONDS 3.0 /* for a table that is being made, then its asker is sent away */
#define MAKERS 2         /* the first makes near days alone */
#define IS_NEAR(day, today) ((day) >= (today)-1 && (day) <= (today) + 1)

/* What is kept of a day. */
struct place {
    tb_day day;
    int64_t wanted; /* version; 0: the place is free */
    bool making;
    int askers;
    long long used;           /* the higher, the later */
    struct feeds_table *made; /* NULL: none yet */
};

struct feeds_tables {
    const struct tb_app *app;
    enum tb_lang lang;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t work, news;
    struct place places[KEPT];
    long long clock, made;
    int askers;
    bool ending;
    int n, running;
    pthread_t threads[MAKERS];
};

static bool is_near(const feeds_tables *t, tb_day day)
{
    tb_day today = tb_day_of_minute(tb_clock_now(&t->app->clock));
    return IS_NEAR(day, today);
}

/* ---- one table ----------------------------------------------------------------------------------- */

static void release(struct feeds_table *x)
{
    if (!x || --x->holders > 0) return;
    if (x->code == TB_OK) tb_routing_free(&x->routing);
    free(x);
}

/* Will it be the same as long as nothing is entered? */
static bool lasts(enum tb_code c) { return c == TB_OK || c == TB_NO || c == TB_INPUT || c == TB_REFUSED; }

static struct feeds_table *make_table(const struct tb_app *app, tb_day day, int64_t version)
{
    struct feeds_table *x = tb_xcalloc(1, sizeof *x);
    x->day = day;
    x->version = version;
    x->holders = 1;
    x->code = tb_app_routing(app, &(struct tb_routing_source){0}, tb_minute_of(day, 0), &x->routing, &x->why);
    x->passing = !lasts(x->code);
    return x;
}

/* ---- the days that are kept ---------------------------------------------------------------------- */

static bool is_ready(const struct place *p, int64_t version)
{
    return p->made && p->made->version >= version;
}

static bool is_due(const struct place *p) { return p->wanted && !p->making && !is_ready(p, p->wanted); }

/* The day's place; a new one in place of what was not used for longest. NULL: all are in use. */
static struct place *place_of(feeds_tables *t, tb_day day)
{
    struct place *oldest = NULL;
    for (struct place *p = t->places; p < t->places + KEPT; p++) {
        if (p->wanted && p->day == day) return p;
        if (!p->making && p->askers == 0 && (!oldest || p->used < oldest->used)) oldest = p;
    }
    if (!oldest) return NULL;
    release(oldest->made);
    *oldest = (struct place){.day = day};
    return oldest;
}

static struct place *want(feeds_tables *t, tb_day day, int64_t version)
{
    struct place *p = place_of(t, day);
    if (!p) return NULL;
    if (p->made && p->made->passing) {
        release(p->made);
        p->made = NULL;
    }
    if (version > p->wanted) p->wanted = version;
    p->used = ++t->clock;
    if (is_due(p)) pthread_cond_broadcast(&t->work);
    return p;
}

/* Near days first, then those for which somebody waits, then the one that was asked for first. */
static struct place *next_due(feeds_tables *t, bool near_alone)
{
    struct place *best = NULL;
    int best_rank = 0;
    for (struct place *p = t->places; p < t->places + KEPT; p++) {
        bool near = is_near(t, p->day);
        if (!is_due(p) || (near_alone && !near)) continue;
        int rank = 2 * near + (p->askers > 0);
        if (best && (rank < best_rank || (rank == best_rank && p->used > best->used))) continue;
        best = p;
        best_rank = rank;
    }
    return best;
}

/* ---- who makes them ------------------------------------------------------------------------------ */

static void make_next(feeds_tables *t, struct place *p)
{
    const tb_day day = p->day;
    const int64_t version = p->wanted;
    p->making = true;
    pthread_mutex_unlock(&t->lock);
    struct feeds_table *x = make_table(t->app, day, version);
    pthread_mutex_lock(&t->lock);
    p->making = false; /* until here nobody else gets the place */
    release(p->made);
    p->made = x;
    t->made++;
    pthread_cond_broadcast(&t->news);
}

static void *make_tables(void *arg)
{
    feeds_tables *t = arg;
    tb_lang_set(t->lang);
    pthread_mutex_lock(&t->lock);
    const bool near_alone = t->running++ == 0;
    while (!t->ending) {
        struct place *p = next_due(t, near_alone);
        if (p)
            make_next(t, p);
        else
            pthread_cond_wait(&t->work, &t->lock);
    }
    t->running--;
    pthread_cond_broadcast(&t->news);
    pthread_mutex_unlock(&t->lock);
    return NULL;
}

feeds_tables *feeds_tables_new(const struct tb_app *app)
{
    feeds_tables *t = tb_xcalloc(1, sizeof *t);
    t->app = app;
    t->lang = tb_lang_get();
    pthread_mutex_init(&t->lock, NULL);
    tb_cond_init(&t->work);
    tb_cond_init(&t->news);
    while (t->n < MAKERS && pthread_create(&t->threads[t->n], NULL, make_tables, t) == 0) t->n++;
    if (t->n == MAKERS) return t;
    feeds_tables_end(t);
    if (feeds_tables_ended(t, 60)) feeds_tables_free(t);
    return NULL;
}

/* ---- who asks ------------------------------------------------------------------------------------ */

/* Waits for it, unless too many do. */
static void wait_for(feeds_tables *t, struct place *p, int64_t version)
{
    const struct timespec until = tb_moment(tb_clock_seconds() + WAIT_SECONDS);
    const bool near = is_near(t, p->day);
    if (!near && t->askers >= ASKERS) return;
    t->askers += !near;
    p->askers++;
    for (int late = 0; !t->ending && !late && !is_ready(p, version);)
        late = pthread_cond_timedwait(&t->news, &t->lock, &until);
    p->askers--;
    t->askers -= !near;
}

struct feeds_table *feeds_tables_take(feeds_tables *t, tb_day day, int64_t version)
{
    struct feeds_table *x = NULL;
    pthread_mutex_lock(&t->lock);
    struct place *p = t->ending ? NULL : want(t, day, version);
    if (p && !is_ready(p, version)) wait_for(t, p, version);
    if (p && is_ready(p, version)) {
        x = p->made;
        x->holders++;
    }
    pthread_mutex_unlock(&t->lock);
    return x;
}

void feeds_tables_give(feeds_tables *t, struct feeds_table *x)
{
    pthread_mutex_lock(&t->lock);
    release(x);
    pthread_mutex_unlock(&t->lock);
}

void feeds_tables_want(feeds_tables *t, tb_day day, int64_t version)
{
    pthread_mutex_lock(&t->lock);
    (void)want(t, day, version);
    pthread_mutex_unlock(&t->lock);
}

long long feeds_tables_made(feeds_tables *t)
{
    pthread_mutex_lock(&t->lock);
    long long made = t->made;
    pthread_mutex_unlock(&t->lock);
    return made;
}

/* ---- the end ------------------------------------------------------------------------------------- */

void feeds_tables_end(feeds_tables *t)
{
    if (!t) return;
    pthread_mutex_lock(&t->lock);
    t->ending = true;
    pthread_cond_broadcast(&t->work);
    pthread_cond_broadcast(&t->news);
    pthread_mutex_unlock(&t->lock);
}

bool feeds_tables_ended(feeds_tables *t, double seconds)
{
    if (!t) return true;
    const struct timespec until = tb_moment(tb_clock_seconds() + seconds);
    for (; t->n > 0; t->n--)
        if (pthread_clockjoin_np(t->threads[t->n - 1], NULL, CLOCK_MONOTONIC, &until) != 0) return false;
    return true;
}

void feeds_tables_free(feeds_tables *t)
{
    if (!t) return;
    TB_ASSERT(t->n == 0);
    for (struct place *p = t->places; p < t->places + KEPT; p++) release(p->made);
    pthread_cond_destroy(&t->work);
    pthread_cond_destroy(&t->news);
    pthread_mutex_destroy(&t->lock);
    free(t);
}
