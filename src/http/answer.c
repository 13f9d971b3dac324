/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a handler sees of a request, and how it answers.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "http_int.h"

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
    rq->response = r;
    rq->status = a->status;
    if (o->answered) o->answered(o->arg, a->status);
}

void http_refuse(struct http_request *rq, unsigned status, const char *text, struct http_header extra)
{
    http_answer(rq, &(struct http_answer){.status = status,
                                          .type = "text/plain; charset=utf-8",
                                          .bytes = text,
                                          .len = strlen(text),
                                          .headers = {extra}});
}

void http_answer_text(struct http_request *rq, unsigned status, const char *text)
{
    http_refuse(rq, status, text, (struct http_header){0});
}

void http_answer_later(struct http_request *rq, int seconds, const char *text)
{
    char after[16];
    (void)snprintf(after, sizeof after, "%d", seconds);
    http_refuse(rq, 503, text, (struct http_header){"Retry-After", after});
}

void http_request_run(struct http_request *rq)
{
    tb_lang_set(rq->l->lang);
    rq->route->run(rq->l->o.arg, rq);
    TB_ASSERT(rq->answered);
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

static const char *first(const struct http_query *q, const char *name)
{
    for (size_t i = 0; i < q->n; i++)
        if (strcmp(q->v[i].name, name) == 0) return q->v[i].value ? q->v[i].value : "";
    return NULL;
}

const char *http_param(const struct http_request *rq, const char *name) { return first(&rq->query, name); }
const char *http_field(const struct http_request *rq, const char *name) { return first(&rq->form, name); }

size_t http_fields(const struct http_request *rq, const char *name, const char **out, size_t most)
{
    const struct http_query *q = &rq->form;
    size_t n = 0;
    for (size_t i = 0; i < q->n; i++)
        if (strcmp(q->v[i].name, name) == 0 && n++ < most) out[n - 1] = q->v[i].value ? q->v[i].value : "";
    return n;
}

const char *http_method(const struct http_request *rq) { return rq->route->method; }

void http_peer(const struct http_request *rq, char out[64])
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(rq->c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *a = info ? info->client_addr : NULL;
    union {
        const struct sockaddr *any;
        const struct sockaddr_in *in;
    } address = {a};
    (void)snprintf(out, 64, "local");
    if (a && a->sa_family == AF_INET) (void)inet_ntop(AF_INET, &address.in->sin_addr, out, 64);
}

/* name=value; name=value (RFC 6265 section 4.2.1). Two of one name: somebody put one beside ours. */
bool http_cookie(const struct http_request *rq, const char *name, struct tb_buf *out)
{
    const char *at = http_header(rq, "Cookie");
    size_t n = strlen(name), found = 0;
    while (at && *at) {
        at += strspn(at, "; ");
        size_t len = strcspn(at, ";");
        if (len > n && at[n] == '=' && strncmp(at, name, n) == 0 && found++ == 0)
            tb_buf_addn(out, at + n + 1, len - n - 1);
        at += len;
    }
    return found == 1;
}

void http_params(const struct http_request *rq, void (*each)(void *arg, const char *name, const char *value),
                 void *arg)
{
    const struct http_query *q = &rq->query;
    for (size_t i = 0; i < q->n; i++) each(arg, q->v[i].name, q->v[i].value ? q->v[i].value : "");
}
