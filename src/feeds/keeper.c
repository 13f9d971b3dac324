/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The keeper: renders when something was entered or a day began, and writes down who fetched. A thread of its
 * own, so that neither a long rendering nor a busy data file keeps the server from ending.
 */
#include <stdlib.h>

#include "feeds_int.h"
#include "toban/base/thread.h"

#define LOOK_SECONDS 0.5
#define AFTER_FAILURE_SECONDS 5.0
#define WRITE_DOWN_SECONDS 60.0

struct feeds_keeper {
    struct feeds_server *server;
    enum tb_lang lang;
    pthread_t thread;
    pthread_mutex_t lock; /* of `ending` */
    pthread_cond_t wake;
    bool ending;
    double next_look, written; /* the thread's own */
};

/* Who fetched what of this site. What is fetched while it is written down counts the next time. */
static void write_down(struct feeds_server *s, struct site *site)
{
    const char **hashes = tb_xcalloc(site->n + 1, sizeof *hashes);
    size_t n = 0;
    struct tb_err e = {0};
    for (size_t i = 0; i < site->n; i++)
        if (atomic_exchange(&site->pages[i].fetched, false)) hashes[n++] = site->pages[i].hash;
    const struct tb_fetched_state told = {site->board->publication, site->mark};
    if (n && tb_app_tokens_fetched(s->app, hashes, n, &told, &e)) tb_log("%s", e.text);
    free(hashes);
}

/* Of today and tomorrow, before somebody asks. */
static void want_tables(struct feeds_server *s, const struct site *site)
{
    feeds_tables_want(s->tables, site->day, site->version.table);
    feeds_tables_want(s->tables, site->day + 1, site->version.table);
}

/* Only the keeper exchanges the site, so it may look at it without holding it. What fails leaves everything
 * as it was. */
static void look(struct feeds_keeper *k)
{
    struct feeds_server *s = k->server;
    struct tb_err e = {0};
    struct tb_app_version version;
    struct site *fresh;
    enum tb_code c = tb_app_version(s->app, &version, &e);
    tb_day today = tb_day_of_minute(tb_clock_now(&s->app->clock));
    k->next_look = tb_clock_seconds() + LOOK_SECONDS;
    if (c == TB_OK && version.all == s->site->version.all && today == s->site->day) {
        atomic_store(&s->failures, 0);
        return;
    }
    if (c == TB_OK) c = feeds_site_new(s->app, s->key, s->site, &fresh, &e);
    if (c) {
        k->next_look = tb_clock_seconds() + AFTER_FAILURE_SECONDS;
        if (atomic_fetch_add(&s->failures, 1) == 0)
            tb_log(tb_t("前の内容で応答を続けます: %s", "still serving what was there: %s"), e.text);
        return;
    }
    struct site *old = feeds_exchange(s, fresh);
    atomic_fetch_add(&s->renders, fresh->renders);
    atomic_store(&s->failures, 0);
    want_tables(s, fresh);
    write_down(s, old); /* what they fetched was of that publication, not of the next */
    feeds_let_go(s, old);
}

/* True: it is the end. */
static bool sleep_until(struct feeds_keeper *k, double when)
{
    const struct timespec until = tb_moment(when);
    int late = 0;
    pthread_mutex_lock(&k->lock);
    while (!k->ending && !late) late = pthread_cond_timedwait(&k->wake, &k->lock, &until);
    bool ending = k->ending;
    pthread_mutex_unlock(&k->lock);
    return ending;
}

static void *keep(void *arg)
{
    struct feeds_keeper *k = arg;
    struct feeds_server *s = k->server;
    tb_lang_set(k->lang);
    want_tables(s, s->site);
    k->next_look = k->written = tb_clock_seconds();
    while (!sleep_until(k, k->next_look)) {
        look(k);
        if (tb_clock_seconds() - k->written < WRITE_DOWN_SECONDS) continue;
        k->written = tb_clock_seconds();
        write_down(s, s->site);
    }
    write_down(s, s->site);
    return NULL;
}

feeds_keeper *feeds_keeper_new(struct feeds_server *s)
{
    struct feeds_keeper *k = tb_xcalloc(1, sizeof *k);
    k->server = s;
    k->lang = tb_lang_get();
    pthread_mutex_init(&k->lock, NULL);
    tb_cond_init(&k->wake);
    if (pthread_create(&k->thread, NULL, keep, k) == 0) return k;
    feeds_keeper_free(k);
    return NULL;
}

void feeds_keeper_end(feeds_keeper *k)
{
    pthread_mutex_lock(&k->lock);
    k->ending = true;
    pthread_cond_signal(&k->wake);
    pthread_mutex_unlock(&k->lock);
}

bool feeds_keeper_ended(feeds_keeper *k, double seconds)
{
    const struct timespec until = tb_moment(tb_clock_seconds() + seconds);
    return pthread_clockjoin_np(k->thread, NULL, CLOCK_MONOTONIC, &until) == 0;
}

void feeds_keeper_free(feeds_keeper *k)
{
    if (!k) return;
    pthread_cond_destroy(&k->wake);
    pthread_mutex_destroy(&k->lock);
    free(k);
}
