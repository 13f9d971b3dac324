/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server: starts its threads, waits for the signal, ends. Each connection has a thread; feeds are
 * answered from memory, questions look up tables that are made by two threads of their own (tables.c), the
 * keeper renders (keeper.c). None of them waits for one that does more than it.
 */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "feeds_int.h"
#include "toban/feeds/serve.h"

#define ASKING 64
#define END_SECONDS 0.8

/* With every answer: the addresses are secret, and no page of ours is for a search engine. */
static const struct http_header headers[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Robots-Tag", "noindex, nofollow, noarchive"},
};

/* Before the threads start, which inherit the mask: signals come to this thread alone. */
static void take_signals(sigset_t *stop)
{
    sigemptyset(stop);
    sigaddset(stop, SIGTERM);
    sigaddset(stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, stop, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* Who made a table or waits for the data file is not waited for: all that is kept is in the data file, which
 * none of them writes but the keeper, by transactions. False: somebody still runs. */
static bool end_all(struct feeds_server *s, http_listener *l, feeds_keeper *k)
{
    const double until = tb_clock_seconds() + END_SECONDS;
    feeds_tables_end(s->tables);
    if (k) feeds_keeper_end(k);
    bool quiet = http_listener_stop(l, until - tb_clock_seconds());
    quiet = feeds_tables_ended(s->tables, until - tb_clock_seconds()) && quiet;
    return (!k || feeds_keeper_ended(k, until - tb_clock_seconds())) && quiet;
}

static enum tb_code run_threads(struct feeds_server *s, http_listener *l, const struct tb_feeds_opts *o,
                                feeds_keeper **k, struct tb_err *e)
{
    s->tables = feeds_tables_new(s->app);
    enum tb_code c = s->tables ? http_listener_start(l, e) : TB_OK;
    if (c) return c;
    if (s->tables) *k = feeds_keeper_new(s);
    if (!*k)
        return tb_fail(e, TB_STORAGE, "%s",
                       tb_t("スレッドを作れません。ほかのプログラムを終えてください",
                            "no threads can be made; end other programs"));
    if (o->ready) o->ready(o->arg, http_listener_port(l));
    return TB_OK;
}

static enum tb_code serve_site(struct feeds_server *s, http_listener *l, const struct tb_feeds_opts *o,
                               struct tb_err *e)
{
    sigset_t stop;
    feeds_keeper *k = NULL;
    int which;
    atomic_store(&s->renders, s->site->renders);
    take_signals(&stop);
    enum tb_code c = run_threads(s, l, o, &k, e);
    if (c == TB_OK) (void)sigwait(&stop, &which);
    if (!end_all(s, l, k)) {
        if (c) tb_log("%s", e->text);
        (void)fflush(NULL);
        _exit((int)c);
    }
    http_listener_free(l); /* nobody reads the site any more */
    feeds_keeper_free(k);
    feeds_tables_free(s->tables);
    feeds_site_free(s->site);
    return c;
}

enum tb_code tb_feeds_serve(const struct tb_app *app, const struct tb_feeds_opts *o, struct tb_err *e)
{
    struct feeds_server s = {
        .app = app, .key = o->key, .staff = o->staff, .lock = PTHREAD_MUTEX_INITIALIZER, .complained = -60};
    http_listener *l;
    enum tb_code c = http_listener_new(&(struct http_opts){.address = o->address,
                                                           .port = o->port,
                                                           .routes = feeds_routes,
                                                           .n_routes = feeds_n_routes,
                                                           .headers = headers,
                                                           .n_headers = TB_COUNT(headers),
                                                           .answered = feeds_count_answer,
                                                           .arg = &s,
                                                           .apart = ASKING},
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
    if (c == TB_OK)
        c = serve_site(&s, l, o, e);
    else
        http_listener_free(l);
    pthread_mutex_destroy(&s.lock);
    tb_store_lease_end(lease);
    return c;
}
