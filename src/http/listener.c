/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The listener: reads a request strictly, finds its route, sends what the route's handler answers.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "http_int.h"

#define CONNECTIONS_MAX 512u
#define IDLE_SECONDS 15u
#define FORM_SECONDS 20          /* for the whole of a form */
#define FOR_EVER 1e9             /* seconds */
#define HEAD_MAX ((size_t)16384) /* bytes of a request's head, and what is needed to answer it */

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

static void answer_bad(struct http_request *rq)
{
    http_answer_text(rq, 400, tb_t("要求が正しくありません\n", "bad request\n"));
}

static void refuse_with(struct http_request *rq, const struct tb_err *e)
{
    struct tb_buf text = {0};
    tb_buf_addf(&text, "%s\n", e->text);
    http_answer_text(rq, 400, text.s);
    tb_buf_free(&text);
}

static void run_route(struct http_request *rq)
{
    if (rq->route->apart)
        http_apart_run(rq->l->apart, rq);
    else
        http_request_run(rq);
}

/* False: refused. */
static bool read_params(struct http_request *rq)
{
    struct tb_err e = {0};
    const struct http_route *route = rq->route;
    const char *query = strchr(rq->uri, '?');
    enum tb_code c =
        route->any_params ? TB_OK : http_query_read(&rq->query, query ? query + 1 : "", false, &e);
    if (c == TB_OK) c = http_query_fits(&rq->query, route->params, &e);
    if (c) refuse_with(rq, &e);
    return c == TB_OK;
}

/* A form is on its way: is it one, and not too large? False: refused. */
static bool form_may_come(struct http_request *rq, const struct framing *f)
{
    static const char type[] = "application/x-www-form-urlencoded";
    const char *length = http_header(rq, "Content-Length"), *sent = http_header(rq, "Content-Type");
    size_t n = length ? strspn(length, "0123456789") : 0;
    if (f->encodings || !length || n == 0 || length[n])
        http_answer_text(rq, 411,
                         tb_t("本文の長さ（Content-Length）が要ります\n", "a Content-Length is needed\n"));
    else if (n > 9 || (size_t)strtoul(length, NULL, 10) > rq->route->body)
        http_answer_text(rq, 413,
                         tb_t("送られた内容が大きすぎます。何も変えていません\n",
                              "too much was sent; nothing was changed\n"));
    else if (!sent || strncasecmp(sent, type, sizeof type - 1) != 0 || !strchr("; ", sent[sizeof type - 1]))
        http_answer_text(rq, 415, tb_t("フォームとして送ってください\n", "send it as a form\n"));
    else
        return true;
    return false;
}

/* The form is here as a whole. */
static void run_form(struct http_request *rq)
{
    struct tb_err e = {0};
    enum tb_code c = TB_OK;
    if (strlen(tb_buf_str(&rq->body)) != rq->body.len)
        c = tb_fail(&e, TB_USAGE, "%s",
                    tb_t("フォームに使えない文字があります", "the form holds a byte that it may not"));
    if (c == TB_OK) c = http_query_read(&rq->form, tb_buf_str(&rq->body), true, &e);
    if (c == TB_OK) c = http_query_fits(&rq->form, rq->route->fields, &e);
    if (c)
        refuse_with(rq, &e);
    else
        run_route(rq);
}

/* Answers, or waits for the form that the route takes. */
static void find_route(struct http_request *rq, const char *method, const struct framing *f)
{
    const struct http_opts *o = &rq->l->o;
    size_t n = strcspn(rq->uri, "?"), rest;
    for (size_t i = 0; i < o->n_routes; i++) {
        if (strcmp(o->routes[i].method, method_served(method)) != 0 ||
            !http_path_matches(o->routes[i].path, rq->uri, n, &rest))
            continue;
        rq->route = &o->routes[i];
        rq->rest = rq->uri + rest;
        rq->n_rest = n - rest;
        if (!read_params(rq)) return;
        if (!rq->route->body)
            run_route(rq);
        else if (form_may_come(rq, f))
            rq->since = tb_clock_seconds();
        return;
    }
    http_answer_text(rq, 404, tb_t("ありません\n", "not found\n"));
}

static void answer_long(struct http_request *rq)
{
    struct tb_buf text = {0};
    tb_buf_addf(&text,
                tb_t("アドレス（パラメーターを含む）は %d バイトまでです\n",
                     "an address with its parameters has %d bytes at most\n"),
                HTTP_ADDRESS_MAX);
    http_answer_text(rq, 414, text.s);
    tb_buf_free(&text);
}

/* Refuses the request, has it answered or hands it over. */
static void dispatch(struct http_request *rq, const char *method, const char *version)
{
    struct framing f = {0};
    MHD_get_connection_values(rq->c, MHD_HEADER_KIND, on_head, &f);
    /* Two lengths, a length and an encoding: proxies differ on where such a request ends. */
    if (!rq->uri || f.lengths > 1 || f.hosts > 1 || (f.lengths && f.encodings) ||
        (strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0))
        answer_bad(rq);
    else if (!method_known(rq->l, method))
        http_refuse(rq, 405, tb_buf_str(&rq->l->only),
                    (struct http_header){"Allow", tb_buf_str(&rq->l->allow)});
    else if ((f.encodings || f.body) && strcmp(method, "POST") != 0)
        http_answer_text(rq, 413, tb_t("要求の本文は読みません\n", "no request body is read here\n"));
    else if (strlen(rq->uri) > HTTP_ADDRESS_MAX)
        answer_long(rq);
    else if (rq->uri[0] != '/')
        answer_bad(rq);
    else
        find_route(rq, method, &f);
}

/* More of the form; who sends it a byte at a time is not waited for. False: the connection ends. */
static bool more(struct http_request *rq, const char *bytes, size_t n)
{
    if (rq->body.len + n > rq->route->body || tb_clock_seconds() - rq->since > FORM_SECONDS) return false;
    tb_buf_addn(&rq->body, bytes, n);
    return true;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_size, void **state)
{
    const http_listener *l = arg;
    struct http_request without_uri = {0}, *rq = *state ? *state : &without_uri;
    (void)url;
    rq->l = l;
    rq->c = c;
    tb_lang_set(l->lang);
    if (!rq->begun) {
        rq->begun = true;
        dispatch(rq, method, version);
        if (!rq->answered && *state) return MHD_YES; /* a form is on its way */
    } else if (*upload_size) {
        bool room = rq->answered || more(rq, upload, *upload_size);
        *upload_size = 0;
        return room ? MHD_YES : MHD_NO;
    } else if (!rq->answered)
        run_form(rq);
    TB_ASSERT(rq->answered);
    if (!rq->response) return MHD_NO;
    enum MHD_Result sent = MHD_queue_response(c, rq->status, rq->response);
    MHD_destroy_response(rq->response);
    rq->response = NULL;
    return sent;
}

/* Before the library reads parameters. A request with more of them than its memory holds it would never
 * answer; so it is shown none (the text is its own buffer, and of the ? it knows already), and we read them
 * in our copy. */
static void *on_uri(void *arg, const char *uri, struct MHD_Connection *c)
{
    union {
        const char *in;
        char *out;
    } text = {uri};
    (void)arg;
    (void)c;
    struct http_request *rq = tb_xcalloc(1, sizeof *rq);
    rq->uri = tb_xstrdup(uri);
    size_t n = strcspn(uri, "?");
    if (uri[n]) text.out[n + 1] = '\0';
    return rq;
}

static void on_done(void *arg, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode how)
{
    (void)arg;
    struct http_request *rq = *state;
    (void)c;
    (void)how;
    *state = NULL;
    if (!rq) return;
    if (rq->response) MHD_destroy_response(rq->response);
    http_query_free(&rq->query);
    http_query_free(&rq->form);
    if (rq->body.len) explicit_bzero(rq->body.s, rq->body.len); /* a password may be in it */
    tb_buf_free(&rq->body);
    free(rq->uri);
    free(rq);
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

static enum tb_code read_address(const char *text, int port, struct sockaddr_in *out, struct tb_err *e)
{
    *out = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (inet_pton(AF_INET, text, &out->sin_addr) == 1) return TB_OK;
    return tb_fail(e, TB_USAGE, tb_t("「%s」は IPv4 アドレスではありません", "\"%s\" is not an IPv4 address"),
                   text);
}

enum tb_code http_socket(const char *address, int port, int *fd, int *got, struct tb_err *e)
{
    struct sockaddr_in at;
    enum tb_code c = read_address(address, port, &at, e);
    return c ? c : http_socket_open(&at, address, fd, got, e);
}

enum tb_code http_listener_new(const struct http_opts *o, http_listener **out, struct tb_err *e)
{
    struct sockaddr_in address;
    enum tb_code c = read_address(o->address, o->port, &address, e);
    if (c) return c;
    http_listener *l = tb_xcalloc(1, sizeof *l);
    l->o = *o;
    l->address = address;
    collect_methods(l);
    *out = l;
    return TB_OK;
}

enum tb_code http_listener_start(http_listener *l, struct tb_err *e)
{
    int fd = l->o.fd;
    TB_ASSERT(!l->daemon);
    l->port = l->o.port;
    enum tb_code c = fd ? TB_OK : http_socket_open(&l->address, l->o.address, &fd, &l->port, e);
    if (c) return c;
    l->lang = tb_lang_get();
    if (l->o.apart > 0) l->apart = http_apart_new(l->o.apart);
    l->daemon = MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL_INTERNAL_THREAD, 0, NULL, NULL, on_request, l,
        MHD_OPTION_EXTERNAL_LOGGER, silent, NULL, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
        CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        HEAD_MAX, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, on_uri, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, on_done, l, MHD_OPTION_END);
    if (!l->daemon)
        return tb_fail(e, TB_STORAGE, tb_t("%s:%d で待ち受けられません", "cannot listen on %s:%d"),
                       l->o.address, l->o.port);
    return TB_OK;
}

int http_listener_port(const http_listener *l) { return l->port; }

bool http_listener_stop(http_listener *l, double seconds)
{
    return !l->apart || http_apart_stop(l->apart, seconds);
}

void http_listener_free(http_listener *l)
{
    if (!l) return;
    TB_ASSERT(http_listener_stop(l, FOR_EVER));
    if (l->daemon) MHD_stop_daemon(l->daemon);
    http_apart_free(l->apart);
    tb_buf_free(&l->allow);
    tb_buf_free(&l->only);
    free(l);
}
