/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server: reads a request strictly, looks it up, answers. Rendering is done by the main thread alone when
 * something was entered; what was rendered last stays in use until the next is whole.
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "http_int.h"
#include "toban/app/ask.h"
#include "toban/feeds/serve.h"

#define URI_MAX 1024
#define UNKNOWN_PER_MINUTE 120
#define WRITE_DOWN_SECONDS 60.0

enum { N_200, N_304, N_400, N_403, N_404, N_405, N_410, N_413, N_414, N_429, N_503, N_COUNT };
static const struct {
    unsigned status;
    const char *text;
} plain_answers[N_COUNT] = {
    [N_200] = {200, ""},
    [N_304] = {304, ""},
    [N_400] = {400, "bad request\n"},
    [N_403] = {403, "staff numbers are not told here\n"},
    [N_404] = {404, "not found\n"},
    [N_405] = {405, "only GET and HEAD\n"},
    [N_410] = {410, "this address was given up\n"},
    [N_413] = {413, "no request body is read here\n"},
    [N_414] = {414, "the address is too long\n"},
    [N_429] = {429, "too many unknown addresses\n"},
    [N_503] = {503, "no answer now\n"},
};

struct server {
    const struct tb_app *app;
    const char *key;
    struct site *site;
    pthread_rwlock_t lock;   /* of `site` */
    pthread_mutex_t guesses; /* of the two below */
    double window;
    int unknown;
    bool staff;              /* may the 119 desk's numbers be told? */
    pthread_mutex_t desk;    /* of the three below */
    struct tb_routing table; /* of the day last asked about */
    tb_day table_day;
    int64_t table_version; /* 0: there is none */
    /* renderings that failed since the last that did not; feeds rendered since the start */
    atomic_llong answers[N_COUNT], failures, renders;
    int wait; /* seconds until the next attempt */
};

struct request {
    char *uri;
};

/* ---- answers ---------------------------------------------------------------------------------- */

static void put(struct MHD_Response *r, const char *name, const char *value)
{
    TB_ASSERT(MHD_add_response_header(r, name, value) == MHD_YES);
}

static enum MHD_Result answer(struct server *s, struct MHD_Connection *c, int which, const void *bytes,
                              size_t n, const char *type, const struct page *page, bool packed)
{
    union {
        const void *in;
        void *out;
    } body = {bytes};
    struct MHD_Response *r =
        MHD_create_response_from_buffer(which == N_304 ? 0 : n, body.out, MHD_RESPMEM_MUST_COPY);
    if (!r) return MHD_NO;
    if (which != N_304) put(r, "Content-Type", type);
    put(r, "X-Content-Type-Options", "nosniff");
    put(r, "Referrer-Policy", "no-referrer");
    put(r, "X-Robots-Tag", "noindex, nofollow, noarchive");
    put(r, "Cache-Control", page ? "private, no-cache" : "no-store");
    if (which == N_405) put(r, "Allow", "GET, HEAD");
    if (page) {
        put(r, "ETag", packed ? page->packed_etag : page->etag);
        put(r, "Last-Modified", page->modified);
        put(r, "Vary", "Accept-Encoding");
        put(r, "Content-Disposition", "inline; filename=\"toban.ics\"");
        if (packed && which == N_200) put(r, "Content-Encoding", "gzip");
    }
    /* One answer on a connection: the library takes a head's line that begins with a colon for its end and a
     * folded line for part of a name, so that what follows might be a second request for us and none for the
     * proxy in front. */
    put(r, "Connection", "close");
    enum MHD_Result queued = MHD_queue_response(c, plain_answers[which].status, r);
    MHD_destroy_response(r);
    atomic_fetch_add(&s->answers[which], 1);
    return queued;
}

static enum MHD_Result refuse(struct server *s, struct MHD_Connection *c, int which)
{
    return answer(s, c, which, plain_answers[which].text, strlen(plain_answers[which].text),
                  "text/plain; charset=utf-8", NULL, false);
}

static enum MHD_Result json(struct server *s, struct MHD_Connection *c, const struct tb_buf *text)
{
    return answer(s, c, N_200, tb_buf_str(text), text->len, "application/json; charset=utf-8", NULL, false);
}

/* ---- feeds -------------------------------------------------------------------------------------- */

/* Guessing is slowed down, but never for a token that is known: a calendar that is refused once may blank
 * itself for a day. */
static int unknown_token(struct server *s)
{
    double now = tb_clock_seconds();
    pthread_mutex_lock(&s->guesses);
    if (now - s->window > 60) {
        s->window = now;
        s->unknown = 0;
    }
    bool many = ++s->unknown > UNKNOWN_PER_MINUTE;
    pthread_mutex_unlock(&s->guesses);
    return many ? N_429 : N_404;
}

static const char *header(struct MHD_Connection *c, const char *name)
{
    const char *v = MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
    return v ? v : "";
}

static bool unchanged(struct MHD_Connection *c, const struct page *p)
{
    const char *tags = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "If-None-Match"),
               *since = header(c, "If-Modified-Since");
    tb_minute at;
    if (tags) return http_etag_listed(tags, p->etag, p->packed_etag);
    return http_date_parse(since, &at) && at >= p->modified_at;
}

/* `rest`: what follows /ics/ in the path as it was sent. */
static enum MHD_Result feed(struct server *s, struct MHD_Connection *c, const char *rest, size_t n)
{
    static const char name[] = "/toban.ics";
    size_t token = n >= sizeof name - 1 ? n - (sizeof name - 1) : 0;
    struct page *p = NULL;
    if (token == 32 && memcmp(rest + token, name, sizeof name - 1) == 0)
        p = http_site_find(s->site, rest, token);
    if (!p) return refuse(s, c, unknown_token(s));
    if (p->gone) return refuse(s, c, N_410);
    atomic_store(&p->fetched, true);
    bool packed = http_wants_gzip(header(c, "Accept-Encoding"));
    const struct tb_buf *bytes = packed ? &p->packed : &p->plain;
    return answer(s, c, unchanged(c, p) ? N_304 : N_200, tb_buf_str(bytes), bytes->len,
                  "text/calendar; charset=utf-8", p, packed);
}

/* ---- answers for programs ------------------------------------------------------------------------- */

static enum MHD_Result on_duty(struct server *s, struct MHD_Connection *c, bool needs_at)
{
    const char *text = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "at");
    tb_minute at = tb_clock_now(&s->app->clock);
    if ((needs_at && !text) || (text && !tb_parse_instant(text, &at))) return refuse(s, c, N_400);
    struct tb_buf out = {0};
    http_on_duty(s->site, at, &out);
    enum MHD_Result r = json(s, c, &out);
    tb_buf_free(&out);
    return r;
}

static enum MHD_Result now(struct server *s, struct MHD_Connection *c) { return on_duty(s, c, false); }
static enum MHD_Result duties(struct server *s, struct MHD_Connection *c) { return on_duty(s, c, true); }
static enum MHD_Result publications(struct server *s, struct MHD_Connection *c)
{
    return json(s, c, &s->site->publications);
}
static enum MHD_Result roster(struct server *s, struct MHD_Connection *c)
{
    return json(s, c, &s->site->roster);
}

/* ---- routing questions ------------------------------------------------------------------------- */

/* The table of that day: made once, until something is entered. */
static enum tb_code table_of(struct server *s, tb_minute at, struct tb_err *e)
{
    int64_t version;
    tb_day day = tb_day_of_minute(at);
    enum tb_code c = tb_app_version(s->app, &version, e);
    if (c == TB_OK && s->table_version == version && s->table_day == day)
        return tb_app_routing_again(s->app, at, &s->table, e);
    if (s->table_version) tb_routing_free(&s->table);
    s->table_version = 0;
    if (c == TB_OK) c = tb_app_routing(s->app, &(struct tb_routing_source){0}, at, &s->table, e);
    if (c) return c;
    s->table_version = version;
    s->table_day = day;
    return TB_OK;
}

static enum MHD_Result gather(void *arg, enum MHD_ValueKind kind, const char *key, const char *value)
{
    struct tb_ask *in = arg;
    const struct {
        const char *key;
        const char **to;
    } words[] = {
        {"area", &in->area},   {"age", &in->age},         {"complaint", &in->complaint},
        {"level", &in->level}, {"channel", &in->channel}, {"modifier", &in->modifier},
        {"home", &in->home},
    };
    (void)kind;
    for (size_t i = 0; i < TB_COUNT(words); i++)
        if (strcmp(key, words[i].key) == 0) *words[i].to = value;
    if (strcmp(key, "guidance") == 0) in->guidance = true;
    if (strcmp(key, "explain") == 0) in->explain = true;
    if (strcmp(key, "declined") == 0 && value && in->n_declined++ < TB_ASK_DECLINED)
        in->declined[in->n_declined - 1] = value;
    return MHD_YES;
}

static enum MHD_Result explained(struct server *s, struct MHD_Connection *c, int which,
                                 const struct tb_err *e)
{
    struct tb_buf out = {0};
    tb_buf_addf(&out, "%s\n", e->text);
    enum MHD_Result r =
        answer(s, c, which, tb_buf_str(&out), out.len, "text/plain; charset=utf-8", NULL, false);
    tb_buf_free(&out);
    return r;
}

/* The bytes of `toban route --json`. Nothing is recorded: a GET that is sent twice is one question. */
static enum MHD_Result routed(struct server *s, struct MHD_Connection *c)
{
    const char *text = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "at");
    tb_minute at = tb_clock_now(&s->app->clock);
    struct tb_ask in = {0};
    struct tb_asked x = {0};
    struct tb_err e = {0};
    struct tb_buf out = {0};
    if (text && !tb_parse_instant(text, &at)) return refuse(s, c, N_400);
    MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, gather, &in);
    if ((tb_ask_channel(in.channel) == TB_CHANNEL_119 || in.home) && !s->staff) return refuse(s, c, N_403);
    pthread_mutex_lock(&s->desk);
    enum tb_code code = table_of(s, at, &e);
    if (code == TB_OK && tb_routing_usable(&s->table)) {
        code = tb_ask_answer(&s->table, &in, at, &x, &e);
        if (code == TB_OK) tb_ask_json(&s->table, at, &x, in.explain, &out);
        tb_asked_free(&x);
    } else if (code == TB_OK)
        tb_ask_json(&s->table, at, NULL, false, &out);
    pthread_mutex_unlock(&s->desk);
    enum MHD_Result r = code == TB_OK ? json(s, c, &out)
                                      : explained(s, c,
                                                  code == TB_USAGE     ? N_400
                                                  : code == TB_REFUSED ? N_403
                                                                       : N_503,
                                                  &e);
    tb_buf_free(&out);
    return r;
}

/* ---- the server itself -------------------------------------------------------------------------- */

static enum MHD_Result health(struct server *s, struct MHD_Connection *c)
{
    struct tb_buf out = {0};
    char at[64];
    /* Still 200 when rendering fails: a proxy that took us out would leave the calendars with nothing. */
    tb_buf_addf(&out, "{\"format_version\":1,\"status\":\"%s\",\"publication\":%d,\"rendered\":\"%s\"}\n",
                atomic_load(&s->failures) ? "degraded" : "ok", s->site->board->publication,
                tb_format_instant(s->site->rendered, at, sizeof at));
    enum MHD_Result r = json(s, c, &out);
    tb_buf_free(&out);
    return r;
}

static enum MHD_Result metrics(struct server *s, struct MHD_Connection *c)
{
    struct tb_buf out = {0};
    size_t gone = 0;
    for (size_t i = 0; i < s->site->n; i++) gone += s->site->pages[i].gone;
    tb_buf_add(&out, "# TYPE toban_answers_total counter\n");
    for (int i = 0; i < N_COUNT; i++)
        tb_buf_addf(&out, "toban_answers_total{status=\"%u\"} %lld\n", plain_answers[i].status,
                    (long long)atomic_load(&s->answers[i]));
    tb_buf_addf(&out,
                "# TYPE toban_feeds gauge\ntoban_feeds %zu\n# TYPE toban_publication "
                "gauge\ntoban_publication %d\n# TYPE toban_render_failures gauge\ntoban_render_failures "
                "%lld\n# TYPE toban_feed_renders_total counter\ntoban_feed_renders_total %lld\n",
                s->site->n - gone, s->site->board->publication, (long long)atomic_load(&s->failures),
                (long long)atomic_load(&s->renders));
    enum MHD_Result r =
        answer(s, c, N_200, out.s, out.len, "text/plain; version=0.0.4; charset=utf-8", NULL, false);
    tb_buf_free(&out);
    return r;
}

static const struct {
    const char *path;
    enum MHD_Result (*run)(struct server *s, struct MHD_Connection *c);
} routes[] = {
    {"/v1/now", now},       {"/v1/duties", duties}, {"/v1/publications", publications},
    {"/v1/roster", roster}, {"/v1/route", routed},  {"/health", health},
    {"/metrics", metrics},
};

/* ---- requests ------------------------------------------------------------------------------------- */

struct framing {
    int lengths, encodings, hosts;
    bool body;
};

static enum MHD_Result count(void *arg, enum MHD_ValueKind kind, const char *key, const char *value)
{
    struct framing *f = arg;
    (void)kind;
    f->lengths += strcasecmp(key, "Content-Length") == 0;
    f->encodings += strcasecmp(key, "Transfer-Encoding") == 0;
    f->hosts += strcasecmp(key, "Host") == 0;
    f->body |= strcasecmp(key, "Content-Length") == 0 && (!value || strcmp(value, "0") != 0);
    return MHD_YES;
}

/* The path as it was sent: matched byte for byte and never decoded, so %2F, %00 and .. name nothing. */
static enum MHD_Result route(struct server *s, struct MHD_Connection *c, const char *uri)
{
    size_t n = strcspn(uri, "?");
    if (strncmp(uri, "/ics/", 5) == 0) return feed(s, c, uri + 5, n - 5);
    for (size_t i = 0; i < TB_COUNT(routes); i++)
        if (strlen(routes[i].path) == n && memcmp(routes[i].path, uri, n) == 0) return routes[i].run(s, c);
    return refuse(s, c, N_404);
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_size, void **state)
{
    struct server *s = arg;
    struct request *rq = *state;
    (void)url;
    (void)upload;
    (void)upload_size;
    struct framing f = {0};
    MHD_get_connection_values(c, MHD_HEADER_KIND, count, &f);
    /* Two lengths, a length and an encoding: proxies differ on where such a request ends. */
    if (!rq || !rq->uri || f.lengths > 1 || f.hosts > 1 || (f.lengths && f.encodings) ||
        (strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0))
        return refuse(s, c, N_400);
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) return refuse(s, c, N_405);
    if (f.encodings || f.body) return refuse(s, c, N_413);
    if (strlen(rq->uri) > URI_MAX) return refuse(s, c, N_414);
    if (rq->uri[0] != '/') return refuse(s, c, N_400);
    pthread_rwlock_rdlock(&s->lock);
    enum MHD_Result r = route(s, c, rq->uri);
    pthread_rwlock_unlock(&s->lock);
    return r;
}

static void *on_uri(void *arg, const char *uri, struct MHD_Connection *c)
{
    (void)arg;
    (void)c;
    struct request *rq = tb_xcalloc(1, sizeof *rq);
    rq->uri = tb_xstrdup(uri);
    return rq;
}

static void on_done(void *arg, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode how)
{
    struct request *rq = *state;
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

/* ---- the main thread -------------------------------------------------------------------------------- */

/* Renders anew when something was entered or a day began. What fails leaves everything as it was. */
static void refresh(struct server *s)
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
    if (c == TB_OK) c = http_site_new(s->app, s->key, &fresh, &e);
    if (c) {
        s->wait = 5;
        if (atomic_fetch_add(&s->failures, 1) == 0)
            tb_log(tb_t("前の内容で応答を続けます: %s", "still serving what was there: %s"), e.text);
        return;
    }
    pthread_rwlock_wrlock(&s->lock);
    struct site *old = s->site;
    for (size_t i = 0; i < fresh->n; i++) {
        struct page *was = http_site_page(old, fresh->pages[i].hash);
        if (was && atomic_load(&was->fetched)) atomic_store(&fresh->pages[i].fetched, true);
    }
    s->site = fresh;
    pthread_rwlock_unlock(&s->lock);
    atomic_fetch_add(&s->renders, fresh->renders);
    http_site_free(old);
    atomic_store(&s->failures, 0);
}

/* Who fetched what. Only the main thread replaces the site, so it may be read here without the lock. */
static void write_down(struct server *s)
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

static void run(struct server *s, const sigset_t *stop)
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

enum tb_code tb_http_serve(const struct tb_app *app, const struct tb_http_opts *o, struct tb_err *e)
{
    struct server s = {.app = app, .key = o->key, .staff = o->staff};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)o->port)};
    if (inet_pton(AF_INET, o->address, &address.sin_addr) != 1)
        return tb_fail(e, TB_USAGE,
                       tb_t("「%s」は IPv4 アドレスではありません", "\"%s\" is not an IPv4 address"),
                       o->address);
    enum tb_code c = http_site_new(app, o->key, &s.site, e);
    if (c) return c;
    atomic_store(&s.renders, s.site->renders);
    pthread_rwlock_init(&s.lock, NULL);
    pthread_mutex_init(&s.guesses, NULL);
    pthread_mutex_init(&s.desk, NULL);
    /* Before the pool starts, which inherits the mask: signals come to this thread alone. */
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);
    struct MHD_Daemon *d = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, on_request, &s, MHD_OPTION_EXTERNAL_LOGGER, silent,
        NULL, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_THREAD_POOL_SIZE, 2u,
        MHD_OPTION_CONNECTION_LIMIT, 512u, MHD_OPTION_CONNECTION_TIMEOUT, 15u,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)16384, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, on_uri, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_done, NULL,
        MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
    if (d) {
        const union MHD_DaemonInfo *info = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT);
        if (o->ready) o->ready(o->arg, info ? info->port : o->port);
        run(&s, &stop);
        MHD_stop_daemon(d);
    } else
        c = tb_fail(e, TB_STORAGE, tb_t("%s:%d で待ち受けられません", "cannot listen on %s:%d"), o->address,
                    o->port);
    http_site_free(s.site);
    pthread_rwlock_destroy(&s.lock);
    pthread_mutex_destroy(&s.guesses);
    pthread_mutex_destroy(&s.desk);
    if (s.table_version) tb_routing_free(&s.table);
    return c;
}
