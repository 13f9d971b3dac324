/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is served under which address: calendars, answers for programs, and how the server is.
 */
#include <string.h>

#include "feeds_int.h"
#include "toban/app/ask.h"
#include "toban/tell/route.h"

#define UNKNOWN_PER_MINUTE 120

static const unsigned statuses[FEEDS_STATUSES] = {200, 304, 400, 403, 404, 405, 410, 413, 414, 429, 503};

void feeds_count_answer(void *arg, unsigned status)
{
    struct feeds_server *s = arg;
    for (size_t i = 0; i < FEEDS_STATUSES; i++)
        if (statuses[i] == status) atomic_fetch_add(&s->answers[i], 1);
}

/* The site, which stays until it is let go. */
static struct site *hold_site(struct feeds_server *s)
{
    pthread_rwlock_rdlock(&s->lock);
    return s->site;
}

static void let_go(struct feeds_server *s) { pthread_rwlock_unlock(&s->lock); }

static void answer_json(struct http_request *rq, const struct tb_buf *text)
{
    http_answer(rq, &(struct http_answer){.status = 200,
                                          .type = "application/json; charset=utf-8",
                                          .bytes = text->s,
                                          .len = text->len});
}

/* ---- feeds -------------------------------------------------------------------------------------- */

/* Guessing is slowed down, but never for a token that is known: a calendar that is refused once may blank
 * itself for a day. */
static void refuse_unknown(struct feeds_server *s, struct http_request *rq)
{
    double now = tb_clock_seconds();
    pthread_mutex_lock(&s->guesses);
    if (now - s->window > 60) {
        s->window = now;
        s->unknown = 0;
    }
    bool many = ++s->unknown > UNKNOWN_PER_MINUTE;
    pthread_mutex_unlock(&s->guesses);
    if (many)
        http_answer_text(rq, 429, "too many unknown addresses\n");
    else
        http_answer_text(rq, 404, "not found\n");
}

static void serve_feed(void *arg, struct http_request *rq)
{
    static const char name[] = "/toban.ics";
    struct feeds_server *s = arg;
    struct site *site = hold_site(s);
    size_t n;
    const char *rest = http_rest(rq, &n);
    size_t token = n >= sizeof name - 1 ? n - (sizeof name - 1) : 0;
    struct page *p = NULL;
    if (token == 32 && memcmp(rest + token, name, sizeof name - 1) == 0)
        p = feeds_site_find(site, rest, token);
    if (!p)
        refuse_unknown(s, rq);
    else if (p->gone)
        http_answer_text(rq, 410, "this address was given up\n");
    else {
        atomic_store(&p->fetched, true);
        http_answer_resource(rq, &p->bytes, "text/calendar; charset=utf-8", name + 1);
    }
    let_go(s);
}

/* ---- answers for programs ----------------------------------------------------------------------- */

static void serve_on_duty(struct feeds_server *s, struct http_request *rq, bool needs_at)
{
    const char *text = http_param(rq, "at");
    tb_minute at = tb_clock_now(&s->app->clock);
    if ((needs_at && !text) || (text && !tb_parse_instant(text, &at))) {
        http_answer_text(rq, 400, "bad request\n");
        return;
    }
    struct tb_buf out = {0};
    struct tb_err e = {0};
    enum tb_code code = feeds_on_duty(s->app, hold_site(s), at, &out, &e);
    let_go(s);
    if (code == TB_OK)
        answer_json(rq, &out);
    else
        http_answer_text(rq, 503, "not readable now\n");
    tb_buf_free(&out);
}

static void serve_now(void *arg, struct http_request *rq) { serve_on_duty(arg, rq, false); }

static void serve_duties(void *arg, struct http_request *rq) { serve_on_duty(arg, rq, true); }

static void serve_publications(void *arg, struct http_request *rq)
{
    answer_json(rq, &hold_site(arg)->publications);
    let_go(arg);
}

static void serve_roster(void *arg, struct http_request *rq)
{
    answer_json(rq, &hold_site(arg)->roster);
    let_go(arg);
}

/* ---- routing questions -------------------------------------------------------------------------- */

/* The table of that day: made once, until something is entered. */
static enum tb_code table_of(struct feeds_server *s, tb_minute at, struct tb_err *e)
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

static void gather(void *arg, const char *key, const char *value)
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
    for (size_t i = 0; i < TB_COUNT(words); i++)
        if (strcmp(key, words[i].key) == 0) *words[i].to = value;
    if (strcmp(key, "guidance") == 0) in->guidance = true;
    if (strcmp(key, "explain") == 0) in->explain = true;
    if (strcmp(key, "declined") == 0 && value && in->n_declined++ < TB_ASK_DECLINED)
        in->declined[in->n_declined - 1] = value;
}

static void answer_why_not(struct http_request *rq, enum tb_code code, const struct tb_err *e)
{
    struct tb_buf out = {0};
    tb_buf_addf(&out, "%s\n", e->text);
    http_answer_text(rq, code == TB_USAGE ? 400 : code == TB_REFUSED ? 403 : 503, out.s);
    tb_buf_free(&out);
}

/* The bytes of `toban route --json`. Nothing is recorded: a GET that is sent twice is one question. */
static void serve_route(void *arg, struct http_request *rq)
{
    struct feeds_server *s = arg;
    const char *text = http_param(rq, "at");
    tb_minute at = tb_clock_now(&s->app->clock);
    struct tb_ask in = {0};
    struct tb_asked x = {0};
    struct tb_err e = {0};
    struct tb_buf out = {0};
    if (text && !tb_parse_instant(text, &at)) {
        http_answer_text(rq, 400, "bad request\n");
        return;
    }
    http_params(rq, gather, &in);
    if ((tb_ask_channel(in.channel) == TB_CHANNEL_119 || in.home) && !s->staff) {
        http_answer_text(rq, 403, "staff numbers are not told here\n");
        return;
    }
    pthread_mutex_lock(&s->desk);
    enum tb_code code = table_of(s, at, &e);
    if (code == TB_OK && tb_routing_usable(&s->table)) {
        code = tb_ask_answer(&s->table, &in, at, &x, &e);
        if (code == TB_OK)
            tb_tell_route_document(&(struct tb_tell_route){&s->table, at, &x, in.explain}, &out);
        tb_asked_free(&x);
    } else if (code == TB_OK)
        tb_tell_route_document(&(struct tb_tell_route){.routing = &s->table, .at = at}, &out);
    pthread_mutex_unlock(&s->desk);
    if (code == TB_OK)
        answer_json(rq, &out);
    else
        answer_why_not(rq, code, &e);
    tb_buf_free(&out);
}

/* ---- how the server is -------------------------------------------------------------------------- */

static void serve_health(void *arg, struct http_request *rq)
{
    struct feeds_server *s = arg;
    const struct site *site = hold_site(s);
    struct tb_buf out = {0};
    char at[64];
    /* Still 200 when rendering fails: a proxy that took us out would leave the calendars with nothing. */
    tb_buf_addf(&out, "{\"format_version\":1,\"status\":\"%s\",\"publication\":%d,\"rendered\":\"%s\"}\n",
                atomic_load(&s->failures) ? "degraded" : "ok", site->board->publication,
                tb_format_instant(site->rendered, at, sizeof at));
    let_go(s);
    answer_json(rq, &out);
    tb_buf_free(&out);
}

static void serve_metrics(void *arg, struct http_request *rq)
{
    struct feeds_server *s = arg;
    const struct site *site = hold_site(s);
    struct tb_buf out = {0};
    size_t gone = 0;
    for (size_t i = 0; i < site->n; i++) gone += site->pages[i].gone;
    tb_buf_add(&out, "# TYPE toban_answers_total counter\n");
    for (size_t i = 0; i < FEEDS_STATUSES; i++)
        tb_buf_addf(&out, "toban_answers_total{status=\"%u\"} %lld\n", statuses[i],
                    (long long)atomic_load(&s->answers[i]));
    tb_buf_addf(&out,
                "# TYPE toban_feeds gauge\ntoban_feeds %zu\n# TYPE toban_publication "
                "gauge\ntoban_publication %d\n# TYPE toban_render_failures gauge\ntoban_render_failures "
                "%lld\n# TYPE toban_feed_renders_total counter\ntoban_feed_renders_total %lld\n",
                site->n - gone, site->board->publication, (long long)atomic_load(&s->failures),
                (long long)atomic_load(&s->renders));
    let_go(s);
    http_answer(rq, &(struct http_answer){.status = 200,
                                          .type = "text/plain; version=0.0.4; charset=utf-8",
                                          .bytes = out.s,
                                          .len = out.len});
    tb_buf_free(&out);
}

const struct http_route feeds_routes[] = {
    {"GET", "/ics/*", serve_feed},       {"GET", "/v1/now", serve_now},
    {"GET", "/v1/duties", serve_duties}, {"GET", "/v1/publications", serve_publications},
    {"GET", "/v1/roster", serve_roster}, {"GET", "/v1/route", serve_route},
    {"GET", "/health", serve_health},    {"GET", "/metrics", serve_metrics},
};
const size_t feeds_n_routes = TB_COUNT(feeds_routes);
