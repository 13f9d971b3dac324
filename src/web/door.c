/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door: log in, log out, and the address that makes the first account.
 */
#include <stdio.h>
#include <string.h>

#include "visit.h"

static void plain_open(struct tb_html *h, const char *title, const char *said)
{
    web_head(h, title, NULL, false);
    tb_html_open_as(h, "main", "login");
    tb_html_el(h, "h1", title);
    web_alert(h, said);
}

static void plain_close(struct tb_html *h)
{
    tb_html_close_line(h, "main");
    tb_html_end(h);
}

static bool stranger(struct visit *v, void *arg, struct http_request *rq)
{
    *v = (struct visit){.o = arg, .rq = rq, .post = strcmp(http_method(rq), "POST") == 0};
    return visit_own(v);
}

/* ---- log-in ---- */

static void login_page(struct visit *v, unsigned status, const char *said, const char *login)
{
    struct tb_html h = {.out = &v->reply.body};
    plain_open(&h, "ログイン", said);
    web_form(&h, NULL, "/login", NULL);
    web_field(
        &h,
        &(struct web_field){
            .name = "login", .label = "利用者名", .value = login, .complete = "username", .needed = true});
    web_field(&h, &(struct web_field){.name = "password",
                                      .label = "パスワード",
                                      .type = "password",
                                      .complete = "current-password",
                                      .needed = true});
    web_field(&h, &(struct web_field){.name = "code",
                                      .label = "確認番号（電話のアプリを使う人だけ）",
                                      .complete = "one-time-code"});
    tb_html_el_as(&h, "button", "btn main big wide", "ログイン");
    tb_html_close_line(&h, "form");
    tb_html_el_as(
        &h, "p", "note-text",
        "30分何もしないと、自動でログアウトします。パスワードを忘れたときは、事務局のほかの利用者か、"
        "このパソコンの管理者に頼んでください（toban user password）。");
    plain_close(&h);
    v->reply.status = status;
    visit_send(v);
}

void door_login(void *arg, struct http_request *rq)
{
    struct visit v;
    if (stranger(&v, arg, rq)) login_page(&v, 200, NULL, NULL);
}

/* Whose tries are counted together. Of what proxies told the last is what ours saw itself; what stands before
 * it was sent, and whoever sends another each time would never be counted. */
static void whose_tries(const struct visit *v, char out[64])
{
    const char *told = v->o->host ? http_header(v->rq, "X-Forwarded-For") : NULL;
    const char *last = told ? strrchr(told, ',') : NULL;
    http_peer(v->rq, out);
    if (!told) return;
    last = last ? last + 1 : told;
    last += strspn(last, " ");
    (void)snprintf(out, 64, "%.60s", last);
}

/* The session that his browser names, if there is one. */
static void end_session(const struct visit *v)
{
    struct tb_buf old = {0};
    struct tb_err e = {0};
    if (http_cookie(v->rq, visit_cookie_name(v->o), &old) &&
        tb_door_logout(&v->o->door, tb_buf_str(&old), &e))
        tb_log("%s", e.text);
    tb_buf_free(&old);
}

void door_try(void *arg, struct http_request *rq)
{
    struct visit v;
    struct tb_err e = {0};
    char word[TB_RANDOM_WORD + 1], peer[64];
    if (!stranger(&v, arg, rq)) return;
    const char *login = http_field(rq, "login"), *password = http_field(rq, "password");
    whose_tries(&v, peer);
    const struct tb_login x = {login ? login : "", password ? password : "", http_field(rq, "code"), peer};
    enum tb_code c = tb_door_login(&v.o->door, &x, word, &e);
    if (c) {
        login_page(&v, c == TB_REFUSED ? 403 : web_status(c), web_said(c, &e), x.login);
        return;
    }
    end_session(&v);
    visit_cookie(&v, word);
    v.reply.status = 303;
    tb_buf_add(&v.reply.location, "/m");
    visit_send(&v);
}

void door_logout(struct visit *v)
{
    end_session(v);
    visit_cookie(v, NULL);
    v->reply.status = 303;
    tb_buf_add(&v->reply.location, "/login");
}

/* ---- the first account ---- */

static void first_page(struct visit *v, unsigned status, const char *said, const char *word)
{
    struct tb_html h = {.out = &v->reply.body};
    plain_open(&h, "はじめの利用者", said);
    tb_html_el(&h, "p", "事務局の利用者を一人つくります。ほかの人は、ログインのあと「利用者」で加えます。");
    web_form(&h, NULL, "/first", NULL);
    web_hidden(&h, "key", word);
    web_field(&h, &(struct web_field){.name = "name",
                                      .label = "あなたの名前（記録に残ります）",
                                      .value = http_field(v->rq, "name"),
                                      .complete = "name",
                                      .needed = true});
    web_field(&h, &(struct web_field){.name = "login",
                                      .label = "利用者名（英数字）",
                                      .value = http_field(v->rq, "login"),
                                      .complete = "username",
                                      .needed = true});
    web_field(&h, &(struct web_field){.name = "password",
                                      .label = "パスワード（10文字以上）",
                                      .type = "password",
                                      .complete = "new-password",
                                      .needed = true});
    tb_html_el_as(&h, "button", "btn main big wide", "つくる");
    tb_html_close_line(&h, "form");
    plain_close(&h);
    v->reply.status = status;
    visit_send(v);
}

static void closed(struct visit *v, unsigned status, const char *said)
{
    struct tb_html h = {.out = &v->reply.body};
    plain_open(&h, "この入口は使えません", said);
    tb_html_open(&h, "p");
    web_link(&h, "btn", "/login", "ログインへ");
    tb_html_close(&h, "p");
    plain_close(&h);
    v->reply.status = status;
    visit_send(v);
}

/* An address that was used, or for which it is too late. */
static unsigned gone(enum tb_code c) { return c == TB_NO || c == TB_REFUSED ? 410 : web_status(c); }

void door_first(void *arg, struct http_request *rq)
{
    struct visit v;
    struct tb_err e = {0};
    char word[80];
    if (!stranger(&v, arg, rq)) return;
    enum tb_code c = visit_rest(&v, word, sizeof word) ? tb_door_invited(&v.o->door, word, &e)
                                                       : tb_fail(&e, TB_NO, "入口のアドレスが違います");
    if (c)
        closed(&v, gone(c), web_said(c, &e));
    else
        first_page(&v, 200, NULL, word);
}

void door_begin(void *arg, struct http_request *rq)
{
    struct visit v;
    struct tb_err e = {0};
    char word[TB_RANDOM_WORD + 1], peer[64];
    if (!stranger(&v, arg, rq)) return;
    const char *key = http_field(rq, "key");
    const struct tb_user_asked x = {http_field(rq, "login"), http_field(rq, "name"), "office",
                                    http_field(rq, "password")};
    enum tb_code c = tb_door_begin(&v.o->door, key ? key : "", &x, &e);
    if (c == TB_NO || c == TB_REFUSED) {
        closed(&v, gone(c), web_said(c, &e));
        return;
    }
    http_peer(rq, peer);
    if (c == TB_OK)
        c = tb_door_login(&v.o->door, &(struct tb_login){x.login, x.password, NULL, peer}, word, &e);
    if (c) {
        first_page(&v, web_status(c), web_said(c, &e), key);
        return;
    }
    visit_cookie(&v, word);
    v.reply.status = 303;
    tb_buf_add(&v.reply.location, "/m");
    visit_send(&v);
}
