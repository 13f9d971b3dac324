/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The listener: reads a request strictly, finds its route, sends what the route's handler answers.
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "http_int.h"

#define URI_MAX 1024
#define THREADS 2u
#define CONNECTIONS_MAX 512u
#define IDLE_SECONDS 15u
#define HEAD_MAX ((size_t)16384) /* bytes of a request's head, and what is needed to answer it */

struct http_listener {
    struct http_opts o;
    struct sockaddr_in address;
    enum tb_lang lang;
    struct tb_buf allow, only; /* the methods that the routes have: for the header, and in words */
    struct MHD_Daemon *daemon; /* NULL: not started */
    int port;
};

struct http_request {
    const http_listener *l;
    struct MHD_Connection *c;
    char *uri; /* as it was sent */
    const char *rest;
    size_t n_rest;
    bool answered;
    enum MHD_Result queued;
};

/* ---- answers ------------------------------------------------------------------------------------ */

static void put(struct MHD_Response *r, const struct http_header *h)
{
    TB_ASSERT(MHD_add_response_header(r, h->name, h->value) == MHD_YES);
}

void http_answer(struct http_request *rq, const struct http_answer *a)
{
    const struct http_opts *o = &rq->l->o;
    union {
        const void *in;
        void *out;
    } body = {a->bytes};
    TB_ASSERT(!rq->answered);
    rq->answered = true;
    struct MHD_Response *r = MHD_create_response_from_buffer(a->len, body.out, MHD_RESPMEM_MUST_COPY);
    if (!r) return;
    if (a->type) put(r, &(struct http_header){"Content-Type", a->type});
    for (size_t i = 0; i < o->n_headers; i++) put(r, &o->headers[i]);
    put(r, &(struct http_header){"Cache-Control", a->cache ? a->cache : "no-store"});
    for (size_t i = 0; i < HTTP_HEADERS_MAX && a->headers[i].name; i++) put(r, &a->headers[i]);
    /* One answer on a connection: the library takes a head's line that begins with a colon for its end and a
     * folded line for part of a name, so that what follows might be a second request for us and none for the
     * proxy in front. */
    put(r, &(struct http_header){"Connection", "close"});
    rq->queued = MHD_queue_response(rq->c, a->status, r);
    MHD_destroy_response(r);
    if (o->answered) o->answered(o->arg, a->status);
}

static void answer_text(struct http_request *rq, unsigned status, const char *text, struct http_header extra)
{
    http_answer(rq, &(struct http_answer){.status = status,
                                          .type = "text/plain; charset=utf-8",
                                          .bytes = text,
                                          .len = strlen(text),
                                          .headers = {extra}});
}

void http_answer_text(struct http_request *rq, unsigned status, const char *text)
{
    answer_text(rq, status, text, (struct http_header){0});
}

/* ---- questions ---------------------------------------------------------------------------------- */

const char *http_rest(const struct http_request *rq, size_t *n)
{
    *n = rq->n_rest;
    return rq->rest;
}

const char *http_header(const struct http_request *rq, const char *name)
{
    return MHD_lookup_connection_value(rq->c, MHD_HEADER_KIND, name);
}

const char *http_param(const struct http_request *rq, const char *name)
{
    return MHD_lookup_connection_value(rq->c, MHD_GET_ARGUMENT_KIND, name);
}

struct each_param {
    void (*each)(void *arg, const char *name, const char *value);
    void *arg;
};

static enum MHD_Result on_param(void *arg, enum MHD_ValueKind kind, const char *key, const char *value)
{
    struct each_param *p = arg;
    (void)kind;
    p->each(p->arg, key, value);
    return MHD_YES;
}

void http_params(const struct http_request *rq, void (*each)(void *arg, const char *name, const char *value),
                 void *arg)
{
    MHD_get_connection_values(rq->c, MHD_GET_ARGUMENT_KIND, on_param, &(struct each_param){each, arg});
}

/* ---- requests ----------------------------------------------------------------------------------- */

struct framing {
    int lengths, encodings, hosts;
    bool body;
};

static enum MHD_Result on_head(void *arg, enum MHD_ValueKind kind, const char *key, const char *value)
{
    struct framing *f = arg;
    (void)kind;
    f->lengths += strcasecmp(key, "Content-Length") == 0;
    f->encodings += strcasecmp(key, "Transfer-Encoding") == 0;
    f->hosts += strcasecmp(key, "Host") == 0;
    f->body |= strcasecmp(key, "Content-Length") == 0 && (!value || strcmp(value, "0") != 0);
    return MHD_YES;
}

bool http_path_matches(const char *route, const char *path, size_t n, size_t *rest)
{
    size_t len = strlen(route);
    bool open = len > 0 && route[len - 1] == '*';
    *rest = open ? len - 1 : len;
    return (open ? n >= *rest : n == *rest) && memcmp(path, route, *rest) == 0;
}

static const char *method_served(const char *method) { return strcmp(method, "HEAD") == 0 ? "GET" : method; }

static bool method_known(const http_listener *l, const char *method)
{
    for (size_t i = 0; i < l->o.n_routes; i++)
        if (strcmp(l->o.routes[i].method, method_served(method)) == 0) return true;
    return false;
}

static void run_route(struct http_request *rq, const char *method)
{
    const struct http_opts *o = &rq->l->o;
    size_t n = strcspn(rq->uri, "?"), rest;
    for (size_t i = 0; i < o->n_routes; i++) {
        if (strcmp(o->routes[i].method, method_served(method)) != 0 ||
            !http_path_matches(o->routes[i].path, rq->uri, n, &rest))
            continue;
        rq->rest = rq->uri + rest;
        rq->n_rest = n - rest;
        o->routes[i].run(o->arg, rq);
        return;
    }
    http_answer_text(rq, 404, "not found\n");
}

/* Refuses the request or has it answered. */
static void dispatch(struct http_request *rq, const char *method, const char *version)
{
    struct framing f = {0};
    MHD_get_connection_values(rq->c, MHD_HEADER_KIND, on_head, &f);
    /* Two lengths, a length and an encoding: proxies differ on where such a request ends. */
    if (!rq->uri || f.lengths > 1 || f.hosts > 1 || (f.lengths && f.encodings) ||
        (strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0))
        http_answer_text(rq, 400, "bad request\n");
    else if (!method_known(rq->l, method))
        answer_text(rq, 405, tb_buf_str(&rq->l->only),
                    (struct http_header){"Allow", tb_buf_str(&rq->l->allow)});
    else if (f.encodings || f.body)
        http_answer_text(rq, 413, "no request body is read here\n");
    else if (strlen(rq->uri) > URI_MAX)
        http_answer_text(rq, 414, "the address is too long\n");
    else if (rq->uri[0] != '/')
        http_answer_text(rq, 400, "bad request\n");
    else
        run_route(rq, method);
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_size, void **state)
{
    const http_listener *l = arg;
    struct http_request without_uri = {0}, *rq = *state ? *state : &without_uri;
    (void)url;
    (void)upload;
    (void)upload_size;
    rq->l = l;
    rq->c = c;
    rq->queued = MHD_NO;
    tb_lang_set(l->lang);
    dispatch(rq, method, version);
    TB_ASSERT(rq->answered);
    return rq->queued;
}

static void *on_uri(void *arg, const char *uri, struct MHD_Connection *c)
{
    (void)arg;
    (void)c;
    struct http_request *rq = tb_xcalloc(1, sizeof *rq);
    rq->uri = tb_xstrdup(uri);
    return rq;
}

static void on_done(void *arg, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode how)
{
    struct http_request *rq = *state;
    (void)arg;
    (void)c;
    (void)how;
    if (rq) free(rq->uri);
    free(rq);
    *state = NULL;
}

/* The library's own messages quote what clients send, tokens too. */
static void silent(void *arg, const char *fmt, va_list ap)
{
    (void)arg;
    (void)fmt;
    (void)ap;
}

/* ---- the listener itself ------------------------------------------------------------------------ */

static void add_method(http_listener *l, const char *method)
{
    tb_buf_addf(&l->allow, "%s%s", l->allow.len ? ", " : "", method);
    tb_buf_addf(&l->only, "%s%s", l->only.len ? " and " : "only ", method);
}

static void collect_methods(http_listener *l)
{
    for (size_t i = 0; i < l->o.n_routes; i++) {
        const char *method = l->o.routes[i].method;
        size_t k = 0;
        while (strcmp(l->o.routes[k].method, method) != 0) k++;
        if (k < i) continue;
        add_method(l, method);
        if (strcmp(method, "GET") == 0) add_method(l, "HEAD");
    }
    tb_buf_addc(&l->only, '\n');
}

enum tb_code http_listener_new(const struct http_opts *o, http_listener **out, struct tb_err *e)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)o->port)};
    if (inet_pton(AF_INET, o->address, &address.sin_addr) != 1)
        return tb_fail(e, TB_USAGE,
                       tb_t("「%s」は IPv4 アドレスではありません", "\"%s\" is not an IPv4 address"),
                       o->address);
    http_listener *l = tb_xcalloc(1, sizeof *l);
    l->o = *o;
    l->address = address;
    collect_methods(l);
    *out = l;
    return TB_OK;
}

enum tb_code http_listener_start(http_listener *l, struct tb_err *e)
{
    TB_ASSERT(!l->daemon);
    l->lang = tb_lang_get();
    l->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, on_request, l, MHD_OPTION_EXTERNAL_LOGGER, silent, NULL,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&l->address, MHD_OPTION_THREAD_POOL_SIZE, THREADS,
        MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEAD_MAX, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, on_uri, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_done, NULL,
        MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
    if (!l->daemon)
        return tb_fail(e, TB_STORAGE, tb_t("%s:%d で待ち受けられません", "cannot listen on %s:%d"),
                       l->o.address, l->o.port);
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(l->daemon, MHD_DAEMON_INFO_BIND_PORT);
    l->port = info ? info->port : l->o.port;
    return TB_OK;
}

int http_listener_port(const http_listener *l) { return l->port; }

void http_listener_free(http_listener *l)
{
    if (!l) return;
    if (l->daemon) MHD_stop_daemon(l->daemon);
    tb_buf_free(&l->allow);
    tb_buf_free(&l->only);
    free(l);
}
