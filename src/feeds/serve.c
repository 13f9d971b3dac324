/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server: its main thread alone renders when something was entered, and what was rendered last stays in
 * use until the next is whole. The listener's threads answer meanwhile (answers.c).
 */
#include <signal.h>
#include <stdlib.h>

#include "feeds_int.h"
#include "toban/feeds/serve.h"

#define WRITE_DOWN_SECONDS 60.0

/* With every answer: the addresses are secret, and no page of ours is for a search engine. */
static const struct http_header headers[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Robots-Tag", "noindex, nofollow, noarchive"},
};

/* Renders anew when something was entered or a day began. What fails leaves everything as it was. */
static void refresh(struct feeds_server *s)
{
    struct tb_err e = {0};
    int64_t version;
    struct site *fresh;
    if (s->wait > 0) {
        s->wait--;
        return;
    }
    enum tb_code c = tb_app_version(s->app, &version, &e);
    tb_day today = tb_day_of_minute(tb_clock_now(&s->app->clock));
    if (c == TB_OK && version == s->site->version && today == s->site->day) {
        atomic_store(&s->failures, 0);
        return;
    }
    if (c == TB_OK) c = feeds_site_new(s->app, s->key, s->site, &fresh, &e);
    if (c) {
        s->wait = 5;
        if (atomic_fetch_add(&s->failures, 1) == 0)
            tb_log(tb_t("前の内容で応答を続けます: %s", "still serving what was there: %s"), e.text);
        return;
    }
    pthread_rwlock_wrlock(&s->lock);
    struct site *old = s->site;
    feeds_site_inherit(fresh, old);
    s->site = fresh;
    pthread_rwlock_unlock(&s->lock);
    atomic_fetch_add(&s->renders, fresh->renders);
    feeds_site_free(old);
    atomic_store(&s->failures, 0);
}

/* Who fetched what. Only the main thread replaces the site, so it may be read here without the lock. */
static void write_down(struct feeds_server *s)
{
    struct site *site = s->site;
    const char **hashes = tb_xcalloc(site->n + 1, sizeof *hashes);
    size_t n = 0;
    struct tb_err e = {0};
    for (size_t i = 0; i < site->n; i++)
        if (atomic_exchange(&site->pages[i].fetched, false)) hashes[n++] = site->pages[i].hash;
    if (n && tb_app_tokens_fetched(s->app, hashes, n, site->board->publication, &e)) tb_log("%s", e.text);
    free(hashes);
}

static void run_until(struct feeds_server *s, const sigset_t *stop)
{
    const struct timespec second = {.tv_sec = 1};
    double written = tb_clock_seconds();
    while (sigtimedwait(stop, NULL, &second) < 0) {
        refresh(s);
        if (tb_clock_seconds() - written < WRITE_DOWN_SECONDS) continue;
        written = tb_clock_seconds();
        write_down(s);
    }
    write_down(s);
}

/* Before the listener's threads start, which inherit the mask: signals come to this thread alone. */
static void take_signals(sigset_t *stop)
{
    sigemptyset(stop);
    sigaddset(stop, SIGTERM);
    sigaddset(stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, stop, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static enum tb_code serve_site(struct feeds_server *s, http_listener *l, const struct tb_feeds_opts *o,
                               struct tb_err *e)
{
    sigset_t stop;
    atomic_store(&s->renders, s->site->renders);
    take_signals(&stop);
    enum tb_code c = http_listener_start(l, e);
    if (c) return c;
    if (o->ready) o->ready(o->arg, http_listener_port(l));
    run_until(s, &stop);
    return TB_OK;
}

enum tb_code tb_feeds_serve(const struct tb_app *app, const struct tb_feeds_opts *o, struct tb_err *e)
{
    struct feeds_server s = {.app = app,
                             .key = o->key,
                             .staff = o->staff,
                             .lock = PTHREAD_RWLOCK_INITIALIZER,
                             .guesses = PTHREAD_MUTEX_INITIALIZER,
                             .desk = PTHREAD_MUTEX_INITIALIZER};
    http_listener *l;
    enum tb_code c = http_listener_new(&(struct http_opts){.address = o->address,
                                                           .port = o->port,
                                                           .routes = feeds_routes,
                                                           .n_routes = feeds_n_routes,
                                                           .headers = headers,
                                                           .n_headers = TB_COUNT(headers),
                                                           .answered = feeds_count_answer,
                                                           .arg = &s},
                                       &l, e);
    if (c) return c;
    /* No restore takes the data file away from under what was rendered from it. */
    tb_lease *lease = NULL;
    c = tb_store_lease(app->db, &lease, e);
    if (c == TB_STORAGE) { /* a full disk, say: better to serve than not */
        tb_log(tb_t("%s。restore はこのサーバーに気づきません", "%s; a restore will not know of this server"),
               e->text);
        *e = (struct tb_err){0};
        c = TB_OK;
    }
    /* Calendars would go on showing a seat that was changed behind the program's back. */
    if (c == TB_OK) c = tb_app_verify(app, false, e);
    if (c == TB_OK) c = feeds_site_new(app, o->key, NULL, &s.site, e);
    if (c == TB_OK) {
        c = serve_site(&s, l, o, e);
        http_listener_free(l); /* nobody reads the site any more */
        feeds_site_free(s.site);
    } else
        http_listener_free(l);
    pthread_rwlock_destroy(&s.lock);
    pthread_mutex_destroy(&s.guesses);
    pthread_mutex_destroy(&s.desk);
    if (s.table_version) tb_routing_free(&s.table);
    tb_store_lease_end(lease);
    return c;
}
