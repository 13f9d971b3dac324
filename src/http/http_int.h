/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to src/http.
 */
#ifndef TOBAN_HTTP_INT_H
#define TOBAN_HTTP_INT_H

#include <microhttpd.h>
#include <netinet/in.h>

#include "toban/http/http.h"

/* Wed, 04 Mar 2026 00:30:00 GMT, and back; only this form, which every client sends. */
void http_date(tb_minute m, char out[40]);
bool http_date_parse(const char *text, tb_minute *out);
/* Does the header If-None-Match name one of the two? Weak comparison (RFC 9110 13.1.2). */
bool http_etag_listed(const char *header, const char *one, const char *two);
/* Does Accept-Encoding want gzip? */
bool http_wants_gzip(const char *header);

/* Does the path of n bytes belong to the route's path? *rest: how many of its bytes stand before the rest. */
bool http_path_matches(const char *route, const char *path, size_t n, size_t *rest);

/* ---- query.c ------------------------------------------------------------------------------------- */

/* What stands behind the ? of an address. */
struct http_pair {
    char *name, *value; /* value NULL: there is no = */
};
struct http_query {
    char *text; /* of all of them */
    struct http_pair *v;
    size_t n, cap;
};
/* Decodes names and values. TB_USAGE says what is wrong: too many, no UTF-8 in percent code, a control
 * character, no name. `lines`: values may hold line feeds and tabs. */
TB_MUST_USE enum tb_code http_query_read(struct http_query *q, const char *text, bool lines,
                                         struct tb_err *e);
/* Does the route take these? TB_USAGE names the first that it does not, and what would be right. */
TB_MUST_USE enum tb_code http_query_fits(const struct http_query *q, const struct http_param *takes,
                                         struct tb_err *e);
void http_query_free(struct http_query *q);

/* ---- socket.c ------------------------------------------------------------------------------------ */

/* A socket that listens there and nowhere else, alone on its port. *port: the one it got. */
TB_MUST_USE enum tb_code http_socket_open(const struct sockaddr_in *address, const char *shown, int *fd,
                                          int *port, struct tb_err *e);

/* ---- answer.c ------------------------------------------------------------------------------------ */

struct http_listener {
    struct http_opts o;
    struct sockaddr_in address;
    enum tb_lang lang;
    struct tb_buf allow, only; /* the methods that the routes have: for the header, and in words */
    struct MHD_Daemon *daemon; /* NULL: not started */
    struct http_apart *apart;
    int port;
};

struct http_request {
    const http_listener *l;
    struct MHD_Connection *c;
    char *uri; /* as it was sent */
    struct http_query query, form;
    bool begun;                     /* its head was looked at */
    struct tb_buf body;             /* of a form that is being sent */
    double since;                   /* when that began */
    const struct http_route *route; /* NULL: refused before one was found */
    const char *rest;
    size_t n_rest;
    struct MHD_Response *response; /* the answer, from when it is given until it is sent */
    unsigned status;
    bool answered;
};
/* Has the route's handler answer it, in the listener's language. */
void http_request_run(struct http_request *rq);
/* A refusal in plain text, with one header more. */
void http_refuse(struct http_request *rq, unsigned status, const char *text, struct http_header extra);

/* ---- apart.c ------------------------------------------------------------------------------------- */

typedef struct http_apart http_apart;
/* Counts those who answer at once what is apart: so many at most. */
http_apart *http_apart_new(int most);
/* Has the route's handler answer it, or answers 503: too many do, or it is the end. */
void http_apart_run(http_apart *a, struct http_request *rq);
/* From now on nobody begins. Waits for those who run, so many seconds at most; false: one still does. */
bool http_apart_stop(http_apart *a, double seconds);
void http_apart_free(http_apart *a); /* after a stop that was true; NULL is fine */

#endif
