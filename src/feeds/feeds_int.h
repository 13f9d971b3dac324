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

/* One address. */
struct page {
    char hash[65];  /* of the token */
    char stamp[65]; /* of what it tells */
    bool gone;      /* given up long ago: there are no bytes */
    bool as_before; /* its bytes are those of the site before (feeds_site_inherit) */
    struct http_resource bytes;
    atomic_bool fetched; /* since the last time it was written down */
};

struct site {
    struct page *pages;
    size_t n; /* by hash */
    struct tb_region *region;
    struct tb_board *board;
    struct tb_buf publications, roster; /* JSON */
    int64_t version;
    tb_day day;
    tb_minute rendered;
    long long renders; /* feeds rendered to make it */
};
/* Renders what is not in `before` already (NULL: everything). Nothing of it changes afterwards but `fetched`.
 */
TB_MUST_USE enum tb_code feeds_site_new(const struct tb_app *app, const char *key, struct site *before,
                                        struct site **out, struct tb_err *e);
/* The pages that stayed as they were move from `before`, which is not used afterwards but to be freed. */
void feeds_site_inherit(struct site *s, struct site *before);
void feeds_site_free(struct site *s);
/* The page of a token that a stranger presents; NULL. */
struct page *feeds_site_find(struct site *s, const char *token, size_t n);

struct page *feeds_site_page(struct site *s, const char *hash);

/* Who is on duty at the instant, as JSON: the site's board, with what was entered since as it is now. */
TB_MUST_USE enum tb_code feeds_on_duty(const struct tb_app *app, const struct site *s, tb_minute at,
                                       struct tb_buf *out, struct tb_err *e);

/* ---- answers.c ---------------------------------------------------------------------------------- */

#define FEEDS_STATUSES 11

struct feeds_server {
    const struct tb_app *app;
    const char *key;
    struct site *site;
    pthread_rwlock_t lock;   /* of `site`: the main thread replaces it, the answers read it */
    pthread_mutex_t guesses; /* of the two below */
    double window;
    int unknown;
    bool staff;              /* may the 119 desk's numbers be told? */
    pthread_mutex_t desk;    /* of the three below */
    struct tb_routing table; /* of the day last asked about */
    tb_day table_day;
    int64_t table_version; /* 0: there is none */
    /* renderings that failed since the last that did not; feeds rendered since the start */
    atomic_llong answers[FEEDS_STATUSES], failures, renders;
    int wait; /* seconds until the next attempt */
};

/* What is served under which address; the handlers take the server. */
extern const struct http_route feeds_routes[];
extern const size_t feeds_n_routes;
/* Counts an answer by its status; takes the server. */
void feeds_count_answer(void *arg, unsigned status);

#endif
