/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * http: HTTP/1.1 on an address of this machine, to be put behind a proxy. What is asked is read strictly and
 * looked up in a table of routes; who fills the table gives the answers. The only user of libmicrohttpd and
 * zlib; knows nothing of what is served.
 *
 * A listener has threads of its own and shares nothing with another: several may run in one process, each
 * with its own routes. Each connection has one, so what takes long (`apart`) keeps nobody waiting but who
 * asked.
 */
#ifndef TOBAN_HTTP_HTTP_H
#define TOBAN_HTTP_HTTP_H

#include "toban/base/base.h"

struct http_header {
    const char *name, *value;
};

/* ---- what is asked ------------------------------------------------------------------------------ */

/* One request, while its handler runs. What the functions below return is borrowed for as long. */
struct http_request;

/* Gives exactly one answer before it returns. Runs in a thread of the listener, beside others of its kind,
 * in the language that was set where the listener was started, whatever the request before it had set. */
typedef void http_handler(void *arg, struct http_request *rq);

/* A parameter that a route takes: with a value, once; with a value, any number of times; without a value or
 * with the value 1. */
enum http_takes { HTTP_ONE, HTTP_MANY, HTTP_FLAG };
struct http_param {
    const char *name;
    enum http_takes takes;
};

struct http_route {
    const char *method; /* "GET": HEAD too, answered without the body */
    /* Matched byte for byte with the path as it was sent, which is never decoded, so that %2F, %00 and ..
     * name nothing. With a * at its end: every path that begins so. */
    const char *path;
    http_handler *run;
    /* Up to one without a name; NULL: none. What is sent otherwise is answered 400, which says what would be
     * right, and the handler does not run. */
    const struct http_param *params;
    /* Of "POST": so many bytes of a form (application/x-www-form-urlencoded) at most, and its fields; what is
     * sent otherwise is answered 400, 411, 413 or 415. */
    size_t body;
    const struct http_param *fields;
    bool any_params; /* whatever stands behind the ? is not looked at */
    bool apart;      /* may take longer than a moment: counted apart (http_opts.apart) */
};

/* What stands in the path where the route has its *; not terminated. */
const char *http_rest(const struct http_request *rq, size_t *n);
/* The header's value; NULL: there is none. */
const char *http_header(const struct http_request *rq, const char *name);
/* The value of the first parameter of this name in the address, decoded; NULL: there is none. A flag's is "".
 */
const char *http_param(const struct http_request *rq, const char *name);
/* The first field of this name in the form that was sent; line feeds and tabs may stand in it. NULL: none. */
const char *http_field(const struct http_request *rq, const char *name);
/* The fields of this name, borrowed, `most` at most; how many there are. */
size_t http_fields(const struct http_request *rq, const char *name, const char **out, size_t most);
/* The cookie of this name, appended; false: none, or more than one. */
bool http_cookie(const struct http_request *rq, const char *name, struct tb_buf *out);
const char *http_method(const struct http_request *rq); /* of the route */
/* The numeric address of who is connected, which may be a proxy's. */
void http_peer(const struct http_request *rq, char out[64]);
/* Each parameter in the order sent. */
void http_params(const struct http_request *rq, void (*each)(void *arg, const char *name, const char *value),
                 void *arg);

/* ---- what is answered --------------------------------------------------------------------------- */

#define HTTP_HEADERS_MAX 6

struct http_answer {
    unsigned status;
    const char *type;  /* of the content */
    const char *cache; /* Cache-Control; NULL: no-store */
    const void *bytes; /* copied */
    size_t len;
    struct http_header headers[HTTP_HEADERS_MAX]; /* up to the first without a name */
};
/* Sends it, with the headers of the listener. The connection is closed afterwards. */
void http_answer(struct http_request *rq, const struct http_answer *a);
/* text/plain in UTF-8 */
void http_answer_text(struct http_request *rq, unsigned status, const char *text);
/* 503: what was asked cannot be answered now, and may be in so many seconds. */
void http_answer_later(struct http_request *rq, int seconds, const char *text);

/* Bytes that do not change as long as they are served: made ready once, sent often. */
struct http_resource {
    struct tb_buf plain, packed; /* packed: gzip */
    char etag[24], packed_etag[24], modified[40];
    tb_minute modified_at;
};
/* Copies and packs the bytes; the same bytes get the same tags and pack to the same bytes. */
void http_resource_make(struct http_resource *x, const void *bytes, size_t len, tb_minute modified);
void http_resource_free(struct http_resource *x);
/* 200 in the encoding that the client takes, or 304 when it has these bytes (RFC 9110 section 13). `name`: of
 * the file, should it be kept. */
void http_answer_resource(struct http_request *rq, const struct http_resource *x, const char *type,
                          const char *name);

/* ---- the listener ------------------------------------------------------------------------------- */

#define HTTP_ADDRESS_MAX 1024 /* bytes of path and parameters */
#define HTTP_PARAMS_MAX 100

/* All pointers outlive the listener. */
struct http_opts {
    const char *address; /* numeric IPv4 address */
    int port;            /* 0: any that is free */
    int fd;              /* a socket that listens there already (http_socket), taken over; 0: none */
    const struct http_route *routes;
    size_t n_routes;
    const struct http_header *headers; /* go with every answer, with the listener's own refusals too */
    size_t n_headers;
    void (*answered)(void *arg, unsigned status); /* after every answer, in its thread; NULL: nobody asks */
    void *arg;                                    /* of `answered` and of the handlers */
    int apart; /* routes that are apart: requests answered at once; more are answered 503 */
};
typedef struct http_listener http_listener;

/* Does not listen yet. TB_USAGE: the address is none. */
TB_MUST_USE enum tb_code http_listener_new(const struct http_opts *o, http_listener **out, struct tb_err *e);
/* A socket of its own for http_opts.fd, so that who makes it may leave it to another process. Errors as
 * http_listener_start has them. */
TB_MUST_USE enum tb_code http_socket(const char *address, int port, int *fd, int *got, struct tb_err *e);
/* Listens in threads of its own, which inherit the caller's signal mask; the process ignores SIGPIPE. Heads
 * that proxies might read in another way than we do are answered 400, a method that no route has 405, a body
 * 413, an address over HTTP_ADDRESS_MAX bytes 414, a head that is too large 431, a path without a route 404.
 * TB_REFUSED: the port is in use or not for this user; TB_STORAGE: the address cannot be used.
 */
TB_MUST_USE enum tb_code http_listener_start(http_listener *l, struct tb_err *e);
/* The port that a started listener has. */
int http_listener_port(const http_listener *l);
/* Lets nothing begin any more that is apart (503), and waits for what has begun, so many seconds at most.
 * False: some of it still runs; then nothing that it uses may be freed, the listener neither. */
TB_MUST_USE bool http_listener_stop(http_listener *l, double seconds);
/* Ends what is being answered, however long that takes, then stops; NULL is fine. */
void http_listener_free(http_listener *l);

#endif
