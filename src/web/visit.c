/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who asks, whether it is one of our own pages that asks, and how the answer goes out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/base/secret.h"
#include "visit.h"

/* Behind a proxy with TLS the name says that no other page and no plain connection may set it. */
const char *visit_cookie_name(const struct office *o) { return o->host ? "__Host-toban" : "toban"; }

void visit_cookie(struct visit *v, const char *word)
{
    (void)snprintf(v->cookie, sizeof v->cookie, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
                   visit_cookie_name(v->o), word ? word : "", v->o->host ? "; Secure" : "",
                   word ? "" : "; Max-Age=0");
}

#define PRACTICE "toban-practice"

void visit_practise(struct visit *v, bool on)
{
    (void)snprintf(v->cookie, sizeof v->cookie, PRACTICE "=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
                   on ? "1" : "", v->o->host ? "; Secure" : "", on ? "" : "; Max-Age=0");
}

static bool practises(const struct visit *v)
{
    struct tb_buf word = {0};
    bool on = http_cookie(v->rq, PRACTICE, &word) && strcmp(tb_buf_str(&word), "1") == 0 &&
              tb_file_exists(v->o->practice);
    tb_buf_free(&word);
    return on;
}

bool visit_rest(const struct visit *v, char *out, size_t size)
{
    size_t n;
    const char *rest = http_rest(v->rq, &n);
    if (n >= size) return false;
    memcpy(out, rest, n);
    out[n] = '\0';
    return true;
}

static const char *value(void *arg, const char *name)
{
    const struct visit *v = arg;
    const char *field = v->post ? http_field(v->rq, name) : NULL;
    return field ? field : http_param(v->rq, name);
}

/* ---- is it one of our own pages that asks? ---- */

/* The names that this office is asked by: another one leads here by a trick of its owner's name server. */
static bool own_host(const struct office *o, const char *host)
{
    char want[64];
    if (o->host) return strcmp(host, o->host) == 0;
    static const char *const names[] = {"127.0.0.1", "localhost"};
    for (size_t i = 0; i < TB_COUNT(names); i++) {
        (void)snprintf(want, sizeof want, "%s:%d", names[i], o->port);
        if (strcmp(host, want) == 0 || (o->port == 80 && strcmp(host, names[i]) == 0)) return true;
    }
    return false;
}

static bool own_origin(const struct office *o, const char *host, const char *origin)
{
    char want[300];
    (void)snprintf(want, sizeof want, "%s://%s", o->host ? "https" : "http", host);
    return strcmp(origin, want) == 0;
}

bool visit_own(struct visit *v)
{
    const char *host = http_header(v->rq, "Host"), *origin = http_header(v->rq, "Origin"),
               *site = http_header(v->rq, "Sec-Fetch-Site"), *proto = http_header(v->rq, "X-Forwarded-Proto");
    const char *refused = NULL;
    if (!host || !own_host(v->o, host))
        refused = "この名前では開けません。案内された入口（アドレス）から開いてください。\n";
    else if (v->o->host && (!proto || strcmp(proto, "https") != 0))
        refused = "暗号化（https）でだけ開けます。アドレスの先頭を https:// にしてください。\n";
    else if (v->post && origin && !own_origin(v->o, host, origin))
        refused = "ほかのサイトからの送信です。何も変えていません。\n";
    else if (v->post && site && strcmp(site, "same-origin") != 0)
        refused = "ほかのサイトからの送信です。何も変えていません。\n";
    if (!refused) return true;
    http_answer_text(v->rq, 403, refused);
    return false;
}

/* ---- who asks ---- */

static bool known(struct visit *v)
{
    struct tb_buf word = {0};
    struct tb_err e = {0};
    bool is = http_cookie(v->rq, visit_cookie_name(v->o), &word) && word.len == TB_RANDOM_WORD &&
              tb_door_visitor(&v->o->door, word.s, &v->who, &e) == TB_OK;
    tb_buf_free(&word);
    return is;
}

/* Every form of ours carries the word of its session. */
static bool own_form(const struct visit *v)
{
    const char *word = http_field(v->rq, "form");
    return word && strlen(word) == strlen(v->who.form) && tb_secret_equal(word, v->who.form, strlen(word));
}

static void show_the_door(struct visit *v)
{
    if (v->ask.part) {
        http_answer_text(v->rq, 401, "ログインし直してください。\n");
        return;
    }
    v->reply.status = 303;
    tb_buf_add(&v->reply.location, "/login");
    visit_send(v);
}

void visit_run(struct office *o, struct http_request *rq, void (*page)(struct visit *v))
{
    struct visit v = {.o = o, .rq = rq, .post = strcmp(http_method(rq), "POST") == 0};
    const char *part = http_header(rq, "X-Toban-Part");
    v.ask.part = part && strcmp(part, "1") == 0;
    if (!visit_own(&v)) return;
    if (!known(&v))
        show_the_door(&v);
    else if (v.post && !own_form(&v))
        http_answer_text(rq, 403,
                         "この画面は古くなっています。読み直してからもう一度どうぞ。何も変えていません。\n");
    else {
        v.app = *o->app;
        v.app.actor = v.who.actor;
        v.ask.practice = practises(&v);
        v.app.kept = v.ask.practice ? NULL : o->kept; /* copies come and go */
        if (v.ask.practice) v.app.db = o->practice;
        v.ask.app = &v.app;
        v.ask.token = v.who.form;
        v.ask.value = value;
        v.ask.arg = &v;
        page(&v);
        visit_send(&v);
    }
    tb_account_free(&v.who.account);
}

/* ---- the answer ---- */

bool visit_refused(struct visit *v, enum tb_code c, const struct tb_err *e)
{
    if (c) web_refuse(&v->ask, c, e, &v->reply);
    return c != TB_OK;
}

void visit_send(struct visit *v)
{
    struct http_answer a = {.status = v->reply.status,
                            .type = v->reply.json ? "application/json; charset=utf-8"
                                                  : "text/html; charset=utf-8",
                            .bytes = tb_buf_str(&v->reply.body),
                            .len = v->reply.body.len};
    size_t n = 0;
    if (v->reply.location.len) a.headers[n++] = (struct http_header){"Location", v->reply.location.s};
    if (*v->cookie) a.headers[n++] = (struct http_header){"Set-Cookie", v->cookie};
    http_answer(v->rq, &a);
    web_reply_free(&v->reply);
}
