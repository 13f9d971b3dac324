/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/feeds: a site is everything that can be answered, made ready beforehand.
 */
#ifndef TOBAN_HTTP_INT_H
#define TOBAN_HTTP_INT_H

#include <stdatomic.h>

#include "toban/app/addresses.h"
#include "toban/app/feeds.h"
#include "toban/app/history.h"

/* One address: bytes to be sent, plain and packed, with what they are known by. */
struct page {
    char hash[65]; /* of the token */
    bool gone;     /* given up long ago: there are no bytes */
    struct tb_buf plain, packed;
    char etag[24], packed_etag[24], modified[40];
    tb_minute modified_at;
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
/* Renders everything. Nothing of it changes afterwards but `fetched`. */
TB_MUST_USE enum tb_code http_site_new(const struct tb_app *app, const char *key, struct site **out,
                                       struct tb_err *e);
void http_site_free(struct site *s);
/* The page of a token that a stranger presents; NULL. */
struct page *http_site_find(struct site *s, const char *token, size_t n);

struct page *http_site_page(struct site *s, const char *hash);

/* Who is on duty at the instant, as JSON. */
void http_on_duty(const struct site *s, tb_minute at, struct tb_buf *out);

/* Wed, 04 Mar 2026 00:30:00 GMT, and back; only this form, which every client sends. */
void http_date(tb_minute m, char out[40]);
bool http_date_parse(const char *text, tb_minute *out);
/* Does the header If-None-Match name one of the two? Weak comparison (RFC 9110 13.1.2). */
bool http_etag_listed(const char *header, const char *one, const char *two);
/* Does Accept-Encoding want gzip? */
bool http_wants_gzip(const char *header);

#endif
