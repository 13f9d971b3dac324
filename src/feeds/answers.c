/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is served under which address: calendars, answers for programs, and how the server is.
 */
#include <string.h>

#include "feeds_int.h"
#include "toban/app/ask.h"
#include "toban/tell/route.h"

#define UNKNOWN_PER_MINUTE 120
#define RETRY_SECONDS 3

static const unsigned statuses[FEEDS_STATUSES] = {200, 304, 400, 403, 404, 405, 410, 413, 414, 429, 503};

void feeds_count_answer(void *arg, unsigned status)
{
    struct feeds_server *s = arg;
    for (size_t i = 0; i < FEEDS_STATUSES; i++)
        if (statuses[i] == status) atomic_fetch_add(&s->answers[i], 1);
}

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
    pthread_mutex_lock(&s->lock);
    if (now - s->window > 60) {
        s->window = now;
        s->unknown = 0;
    }
    bool many = ++s->unknown > UNKNOWN_PER_MINUTE;
    pthread_mutex_unlock(&s->lock);
    if (many)
        http_answer_text(rq, 429, "too many unknown addresses\n");
    else
        http_answer_text(rq, 404, "not found\n");
}

static void serve_feed(void *arg, struct http_request *rq)
{
    static const char name[] = "/toban.ics";
    struct feeds_server *s = arg;
    struct site *site = feeds_hold(s);
    size_t n;
    const char *rest = http_rest(rq, &n);
    size_t token = n >= sizeof name - 1 ? n - (sizeof name - 1) : 0;
    struct page *p = NULL;
    if (token == 32 && memcmp(rest + token, name, sizeof name - 1) == 0)
        p = feeds_site_find(site, rest, token);
    if (!p)
        refuse_unknown(s, rq);
    else if (!p->leaf)
        http_answer_text(rq, 410, "this address was given up\n");
    else if (http_answer_resource(rq, &p->leaf->bytes, "text/calendar; charset=utf-8", name + 1))
        atomic_store(&p->fetched, true);
    feeds_let_go(s, site);
}

/* ---- answers for programs ----------------------------------------------------------------------- */

/* False: answered already. */
static bool read_at(struct feeds_server *s, struct http_request *rq, bool needed, tb_minute *at)
{
    const char *text = http_param(rq, "at");
    *at = tb_clock_now(&s->app->clock);
    if (text ? tb_parse_instant(text, at) : !needed) return true;
    http_answer_text(rq, 400,
                     text ? tb_t("at は日時です。例 at=2026-12-31T23:30\n",
                                 "at is an instant such as at=2026-12-31T23:30\n")
                          : tb_t("日時が要ります。例 at=2026-12-31T23:30\n",
                                 "an instant is needed, such as at=2026-12-31T23:30\n"));
    return false;
}

static void serve_on_duty(struct feeds_server *s, struct http_request *rq, bool needs_at)
{
    tb_minute at;
    struct tb_buf out = {0};
    if (!read_at(s, rq, needs_at, &at)) return;
    struct tb_err e = {0};
    struct site *site = feeds_hold(s);
    enum tb_code code = feeds_on_duty(s->app, site, at, &out, &e);
    feeds_let_go(s, site);
    if (code == TB_OK)
        answer_json(rq, &out);
    else {
        feeds_complain(s, e.text);
        http_answer_later(rq, 5,
                          tb_t("いまは読めません。少し待ってからもう一度どうぞ\n",
                               "not readable now; ask again in a moment\n"));
    }
    tb_buf_free(&out);
}

static void serve_now(void *arg, struct http_request *rq) { serve_on_duty(arg, rq, false); }

static void serve_duties(void *arg, struct http_request *rq) { serve_on_duty(arg, rq, true); }

static void serve_publications(void *arg, struct http_request *rq)
{
    struct site *site = feeds_hold(arg);
    answer_json(rq, &site->publications);
    feeds_let_go(arg, site);
}

static void serve_roster(void *arg, struct http_request *rq)
{
    struct site *site = feeds_hold(arg);
    answer_json(rq, &site->roster);
    feeds_let_go(arg, site);
}

/* ---- routing questions -------------------------------------------------------------------------- */

static void gather(void *arg, const char *key, const char *value)
{
    struct tb_ask *in = arg;
    const struct {
        const char *key;
        const char **to;
    } words[] = {
        {"area", &in->area},   {"age", &in->age},         {"complaint", &in->complaint},
        {"level", &in->level}, {"channel", &in->channel}, {"modifier", &in->modifier},
        {"scale", &in->scale}, {"home", &in->home},
    };
    for (size_t i = 0; i < TB_COUNT(words); i++)
        if (strcmp(key, words[i].key) == 0) *words[i].to = value;
    if (strcmp(key, "guidance") == 0) in->guidance = true;
    if (strcmp(key, "explain") == 0) in->explain = true;
    if (strcmp(key, "declined") == 0 && in->n_declined++ < TB_ASK_DECLINED)
        in->declined[in->n_declined - 1] = value;
}

/* What is wrong with the question is told to who asked; what is wrong here (files, statements) to the log. */
static void answer_why_not(struct http_request *rq, enum tb_code code, const struct tb_err *e)
{
    struct tb_buf out = {0};
    tb_buf_addf(&out, "%s\n", e->text);
    http_answer_text(rq, code == TB_REFUSED ? 403 : 400, out.s);
    tb_buf_free(&out);
}

static void answer_no_table(struct feeds_server *s, struct http_request *rq, const struct tb_err *e)
{
    feeds_complain(s, e->text);
    http_answer_later(
        rq, RETRY_SECONDS,
        tb_t("この日の案内表がいまはありません。日時を確かめるか、少し待ってからもう一度どうぞ。急ぐとき"
             "は紙の当番表を見てください。理由はサーバーの記録にあります\n",
             "there is no table for that day now: look at the date, or ask again in a while; in "
             "a hurry use the sheet on paper; the reason is in the server's log\n"));
}

static void answer_not_yet(struct http_request *rq)
{
    http_answer_later(rq, RETRY_SECONDS,
                      tb_t("この日の案内表を作っています。数秒待ってからもう一度どうぞ\n",
                           "the table of that day is being made; ask again in a few seconds\n"));
}

/* Of the question to a table as it is at this minute. */
static enum tb_code tell_answer(const struct tb_routing *now, const struct tb_ask *in, tb_minute at,
                                struct tb_buf *out, struct tb_err *e)
{
    struct tb_asked x = {0};
    if (!tb_routing_usable(now)) {
        tb_tell_route_document(&(struct tb_tell_route){.routing = now, .at = at}, out);
        return TB_OK;
    }
    enum tb_code c = tb_ask_answer(now, in, at, &x, e);
    if (c == TB_OK) tb_tell_route_document(&(struct tb_tell_route){now, at, &x, in->explain}, out);
    tb_asked_free(&x);
    return c;
}

static void ask_table(struct feeds_server *s, struct http_request *rq, const struct tb_routing *made,
                      const struct tb_ask *in, tb_minute at)
{
    struct tb_routing now;
    struct tb_err e = {0};
    struct tb_buf out = {0};
    if (tb_app_routing_again(s->app, at, made, &now, &e)) {
        answer_no_table(s, rq, &e);
        return;
    }
    enum tb_code code = tell_answer(&now, in, at, &out, &e);
    if (code == TB_OK)
        answer_json(rq, &out);
    else
        answer_why_not(rq, code, &e);
    tb_routing_again_free(&now);
    tb_buf_free(&out);
}

/* The bytes of `toban route --json`. Nothing is recorded: a GET that is sent twice is one question. */
static void serve_route(void *arg, struct http_request *rq)
{
    struct feeds_server *s = arg;
    tb_minute at;
    struct tb_ask in = {0};
    struct tb_err e = {0};
    struct tb_app_version version;
    if (!read_at(s, rq, false, &at)) return;
    http_params(rq, gather, &in);
    if ((tb_ask_channel(in.channel) == TB_CHANNEL_119 || in.home) && !s->staff) {
        http_answer_text(
            rq, 403, tb_t("院内・職員用の番号はここでは答えません\n", "staff numbers are not told here\n"));
        return;
    }
    /* Of the data file as it is now: what was just entered counts. */
    if (tb_app_version(s->app, &version, &e)) {
        answer_no_table(s, rq, &e);
        return;
    }
    struct feeds_table *x = feeds_tables_take(s->tables, tb_day_of_minute(at), version.table);
    if (!x)
        answer_not_yet(rq);
    else if (x->code)
        answer_no_table(s, rq, &x->why);
    else
        ask_table(s, rq, &x->routing, &in, at);
    if (x) feeds_tables_give(s->tables, x);
}

/* ---- how the server is -------------------------------------------------------------------------- */

static void serve_health(void *arg, struct http_request *rq)
{
    struct feeds_server *s = arg;
    struct site *site = feeds_hold(s);
    struct tb_buf out = {0};
    char at[64];
    /* Still 200 when rendering fails: a proxy that took us out would leave the calendars with nothing. */
    tb_buf_addf(&out, "{\"format_version\":1,\"status\":\"%s\",\"publication\":%d,\"rendered\":\"%s\"}\n",
                atomic_load(&s->failures) ? "degraded" : "ok", site->board->publication,
                tb_format_instant(site->rendered, at, sizeof at));
    feeds_let_go(s, site);
    answer_json(rq, &out);
    tb_buf_free(&out);
}

static void serve_metrics(void *arg, struct http_request *rq)
{
    struct feeds_server *s = arg;
    struct site *site = feeds_hold(s);
    struct tb_buf out = {0};
    size_t gone = 0;
    for (size_t i = 0; i < site->n; i++) gone += !site->pages[i].leaf;
    tb_buf_add(&out, "# TYPE toban_answers_total counter\n");
    for (size_t i = 0; i < FEEDS_STATUSES; i++)
        tb_buf_addf(&out, "toban_answers_total{status=\"%u\"} %lld\n", statuses[i],
                    (long long)atomic_load(&s->answers[i]));
    tb_buf_addf(&out,
                "# TYPE toban_feeds gauge\ntoban_feeds %zu\n# TYPE toban_publication "
                "gauge\ntoban_publication %d\n# TYPE toban_render_failures gauge\ntoban_render_failures "
                "%lld\n# TYPE toban_feed_renders_total counter\ntoban_feed_renders_total %lld\n# TYPE "
                "toban_tables_made_total "
                "counter\ntoban_tables_made_total %lld\n",
                site->n - gone, site->board->publication, (long long)atomic_load(&s->failures),
                (long long)atomic_load(&s->renders), feeds_tables_made(s->tables));
    feeds_let_go(s, site);
    http_answer(rq, &(struct http_answer){.status = 200,
                                          .type = "text/plain; version=0.0.4; charset=utf-8",
                                          .bytes = out.s,
                                          .len = out.len});
    tb_buf_free(&out);
}

static const struct http_param instant[] = {{"at", HTTP_ONE}, {0}};
static const struct http_param question[] = {
    {"at", HTTP_ONE},
    {"area", HTTP_ONE},
    {"age", HTTP_ONE},
    {"complaint", HTTP_ONE},
    {"level", HTTP_ONE},
    {"guidance", HTTP_FLAG},
    {"channel", HTTP_ONE},
    {"modifier", HTTP_ONE},
    {"scale", HTTP_ONE},
    {"declined", HTTP_MANY},
    {"home", HTTP_ONE},
    {"explain", HTTP_FLAG},
    {0},
};
const struct http_route feeds_routes[] = {
    /* Some calendars put a number behind the address, so that no store between answers them. */
    {.method = "GET", .path = "/ics/*", .run = serve_feed, .any_params = true},
    {.method = "GET", .path = "/v1/now", .run = serve_now, .params = instant, .apart = true},
    {.method = "GET", .path = "/v1/duties", .run = serve_duties, .params = instant, .apart = true},
    {.method = "GET", .path = "/v1/publications", .run = serve_publications},
    {.method = "GET", .path = "/v1/roster", .run = serve_roster},
    {.method = "GET", .path = "/v1/route", .run = serve_route, .params = question, .apart = true},
    {.method = "GET", .path = "/health", .run = serve_health},
    {.method = "GET", .path = "/metrics", .run = serve_metrics},
};
const size_t feeds_n_routes = TB_COUNT(feeds_routes);
