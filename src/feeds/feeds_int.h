/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/feeds: a site is everything that can be answered, made ready beforehand; the server has one
 * at a time.
 */
#ifndef TOBAN_FEEDS_INT_H
#define TOBAN_FEEDS_INT_H

#include <pthread.h>
#include <stdatomic.h>

#include "toban/app/addresses.h"
#include "toban/app/feeds.h"
#include "toban/app/history.h"
#include "toban/app/routing.h"
#include "toban/http/http.h"

/* ---- site.c ------------------------------------------------------------------------------------- */

/* What an address tells: one site after the other may show it. */
struct leaf {
    atomic_int holders;
    struct http_resource bytes;
};

/* One address. */
struct page {
    char hash[65];       /* of the token */
    char stamp[65];      /* of what it tells */
    struct leaf *leaf;   /* NULL: given up long ago */
    atomic_bool fetched; /* since the last time it was written down */
};

struct site {
    struct page *pages;
    size_t n; /* by hash */
    struct tb_region *region;
    struct tb_board *board;
    struct tb_buf publications, roster; /* JSON */
    struct tb_app_version version;
    tb_day day;
    tb_minute rendered;
    int64_t mark;      /* the last that its feeds tell */
    long long renders; /* feeds rendered to make it */
    int holders;       /* under the lock of the server */
};
/* Renders what is not in `before` already (NULL: everything). Nothing of it changes afterwards but `fetched`
 * and `holders`, of which there is one. */
TB_MUST_USE enum tb_code feeds_site_new(const struct tb_app *app, const char *key, struct site *before,
                                        struct site **out, struct tb_err *e);
void feeds_site_free(struct site *s);
/* The page of a token that a stranger presents; NULL. */
struct page *feeds_site_find(struct site *s, const char *token, size_t n);

struct page *feeds_site_page(struct site *s, const char *hash);

/* Who is on duty at the instant, as JSON: the site's board, with what was entered since as it is now. */
TB_MUST_USE enum tb_code feeds_on_duty(const struct tb_app *app, const struct site *s, tb_minute at,
                                       struct tb_buf *out, struct tb_err *e);

/* ---- tables.c ----------------------------------------------------------------------------------- */

/* The routing table of a day, or why there is none. */
struct feeds_table {
    tb_day day;
    int64_t version;
    int holders;  /* under the lock of the tables */
    bool passing; /* what was wrong may be over at the next attempt */
    enum tb_code code;
    struct tb_err why;
    struct tb_routing routing;
};
typedef struct feeds_tables feeds_tables;
/* Tables of a few days, made by threads of their own: each is made once however many ask for it, at most two
 * at once, of which one is for yesterday, today and tomorrow alone. `app` outlives it. NULL: no threads could
 * be made. */
feeds_tables *feeds_tables_new(const struct tb_app *app);
/* The table of that day, no older than that version; waits for it a moment if need be. To be read alone, and
 * given back, also when it says (`code`) that there is none. NULL: not now; soon. */
struct feeds_table *feeds_tables_take(feeds_tables *t, tb_day day, int64_t version);
void feeds_tables_give(feeds_tables *t, struct feeds_table *x);
/* It will be asked for. */
void feeds_tables_want(feeds_tables *t, tb_day day, int64_t version);
/* How many were made. */
long long feeds_tables_made(feeds_tables *t);
/* Begins no table any more, nobody waits for one; NULL is fine. */
void feeds_tables_end(feeds_tables *t);
/* After the end: waits for those who make one, so many seconds at most. False: one still does. */
bool feeds_tables_ended(feeds_tables *t, double seconds);
void feeds_tables_free(feeds_tables *t); /* when it has ended; NULL is fine */

/* ---- server.c ----------------------------------------------------------------------------------- */

#define FEEDS_STATUSES 11

struct feeds_server {
    const struct tb_app *app;
    const char *key;
    bool staff; /* may the 119 desk's numbers be told? */
    feeds_tables *tables;
    pthread_mutex_t lock; /* of the six below; held for a moment only */
    struct site *site;
    double window;
    int unknown;
    double complained;
    int unsaid;
    atomic_llong answers[FEEDS_STATUSES];
    /* renderings that failed since the last that did not; feeds rendered since the start */
    atomic_llong failures, renders;
};

/* The site as it is now; it stays until it is let go. */
struct site *feeds_hold(struct feeds_server *s);
void feeds_let_go(struct feeds_server *s, struct site *site);
/* Another one from now on; the one before is the caller's to let go. */
struct site *feeds_exchange(struct feeds_server *s, struct site *fresh);
/* Into the log, at most one line in five seconds: strangers can bring it about. */
void feeds_complain(struct feeds_server *s, const char *text);

/* ---- answers.c ---------------------------------------------------------------------------------- */

/* What is served under which address; the handlers take the server. */
extern const struct http_route feeds_routes[];
extern const size_t feeds_n_routes;
/* Counts an answer by its status; takes the server. */
void feeds_count_answer(void *arg, unsigned status);

/* ---- keeper.c ----------------------------------------------------------------------------------- */

/* A thread that looks whether something was entered, renders anew, and writes down who fetched what. */
typedef struct feeds_keeper feeds_keeper;
/* NULL: no thread could be made. */
feeds_keeper *feeds_keeper_new(struct feeds_server *s);
void feeds_keeper_end(feeds_keeper *k); /* what was fetched is written down once more */
/* False: it is still at work. */
bool feeds_keeper_ended(feeds_keeper *k, double seconds);
void feeds_keeper_free(feeds_keeper *k); /* when it has ended; NULL is fine */

#endif
