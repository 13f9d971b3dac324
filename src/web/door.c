/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door: log in, log out, and the address that makes the first account.
 */
#include <stdio.h>
#include <string.h>

#include "visit.h"

static void plain_open(struct tb_html *h, const char *title)
{
    struct tb_buf text = {0};
    tb_buf_addf(&text, "%s — 当番", title);
    tb_html_begin(h, "ja", tb_buf_str(&text), true);
    tb_buf_free(&text);
    tb_html_void(h, "link");
    tb_html_attr(h, "rel", "stylesheet");
    tb_html_attr(h, "href", "/static/toban.css");
    tb_html_void(h, "link");
    tb_html_attr(h, "rel", "icon");
    tb_html_attr(h, "href", "data:,");
    tb_html_body(h, NULL);
    tb_html_open_as(h, "main", "login");
    tb_html_el(h, "h1", title);
}

static void plain_close(struct tb_html *h)
{
    tb_html_close_line(h, "main");
    tb_html_end(h);
}

static void alert(struct tb_html *h, const char *said)
{
    if (!said) return;
    tb_html_open_as(h, "p", "msg stop");
    tb_html_attr(h, "role", "alert");
    tb_html_text(h, said);
    tb_html_close_line(h, "p");
}

static void secret_field(struct tb_html *h, const char *name, const char *label, const char *complete)
{
    tb_html_open_as(h, "div", "field");
    tb_html_open(h, "label");
    tb_html_attr(h, "for", name);
    tb_html_text(h, label);
    tb_html_close(h, "label");
    tb_html_void(h, "input");
    tb_html_attr(h, "class", "input");
    tb_html_attr(h, "id", name);
    tb_html_attr(h, "name", name);
    tb_html_attr(h, "type", "password");
    tb_html_attr(h, "autocomplete", complete);
    tb_html_attr(h, "required", "");
    tb_html_close_line(h, "div");
}

static void text_field(struct tb_html *h, const char *name, const char *label, const char *text,
                       const char *complete)
{
    tb_html_open_as(h, "div", "field");
    tb_html_open(h, "label");
    tb_html_attr(h, "for", name);
    tb_html_text(h, label);
    tb_html_close(h, "label");
    tb_html_void(h, "input");
    tb_html_attr(h, "class", "input");
    tb_html_attr(h, "id", name);
    tb_html_attr(h, "name", name);
    tb_html_attr(h, "value", text);
    tb_html_attr(h, "autocomplete", complete);
    tb_html_attr(h, "maxlength", "100");
    tb_html_close_line(h, "div");
}

static bool stranger(struct visit *v, void *arg, struct http_request *rq)
{
    *v = (struct visit){.o = arg, .rq = rq, .post = strcmp(http_method(rq), "POST") == 0};
    return visit_own(v);
}

/* ---- log-in
 * ------------------------------------------------------------------------------------------------- */

static void login_page(struct visit *v, unsigned status, const char *said, const char *login)
{
    struct tb_html h = {.out = &v->reply.body};
    plain_open(&h, "ログイン");
    alert(&h, said);
    tb_html_open_as(&h, "form", "stack");
    tb_html_attr(&h, "method", "post");
    tb_html_attr(&h, "action", "/login");
    text_field(&h, "login", "利用者名", login, "username");
    secret_field(&h, "password", "パスワード", "current-password");
    text_field(&h, "code", "確認番号（電話のアプリを使う人だけ）", NULL, "one-time-code");
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

/* The session that he had before ends with his new one. */
static void end_the_old(const struct visit *v)
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
        login_page(&v, c == TB_BUSY ? 429 : c == TB_REFUSED ? 403 : 500, e.text, x.login);
        return;
    }
    end_the_old(&v);
    visit_cookie(&v, word);
    v.reply.status = 303;
    tb_buf_add(&v.reply.location, "/m");
    visit_send(&v);
}

void door_logout(struct visit *v)
{
    struct tb_buf word = {0};
    struct tb_err e = {0};
    if (http_cookie(v->rq, visit_cookie_name(v->o), &word) &&
        tb_door_logout(&v->o->door, tb_buf_str(&word), &e))
        tb_log("%s", e.text);
    tb_buf_free(&word);
    visit_cookie(v, NULL);
    v->reply.status = 303;
    tb_buf_add(&v->reply.location, "/login");
}

/* ---- the first account ---- */

static void first_page(struct visit *v, unsigned status, const char *said, const char *word)
{
    struct tb_html h = {.out = &v->reply.body};
    plain_open(&h, "はじめの利用者");
    alert(&h, said);
    tb_html_el(&h, "p", "事務局の利用者を一人つくります。ほかの人は、ログインのあと「利用者」で加えます。");
    tb_html_open_as(&h, "form", "stack");
    tb_html_attr(&h, "method", "post");
    tb_html_attr(&h, "action", "/first");
    web_hidden(&h, "key", word);
    text_field(&h, "name", "あなたの名前（記録に残ります）", http_field(v->rq, "name"), "name");
    text_field(&h, "login", "利用者名（英数字）", http_field(v->rq, "login"), "username");
    secret_field(&h, "password", "パスワード（10文字以上）", "new-password");
    tb_html_el_as(&h, "button", "btn main big wide", "つくる");
    tb_html_close_line(&h, "form");
    plain_close(&h);
    v->reply.status = status;
    visit_send(v);
}

static void closed(struct visit *v, const char *said)
{
    struct tb_html h = {.out = &v->reply.body};
    plain_open(&h, "この入口は使えません");
    alert(&h, said);
    tb_html_open(&h, "p");
    web_link(&h, "btn", "/login", "ログインへ");
    tb_html_close(&h, "p");
    plain_close(&h);
    v->reply.status = 410;
    visit_send(v);
}

void door_first(void *arg, struct http_request *rq)
{
    struct visit v;
    struct tb_err e = {0};
    char word[80];
    if (!stranger(&v, arg, rq)) return;
    if (!visit_rest(&v, word, sizeof word) || tb_door_invited(&v.o->door, word, &e))
        closed(&v, *e.text ? e.text : "入口のアドレスが違います");
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
        closed(&v, e.text);
        return;
    }
    http_peer(rq, peer);
    if (c == TB_OK)
        c = tb_door_login(&v.o->door, &(struct tb_login){x.login, x.password, NULL, peer}, word, &e);
    if (c) {
        first_page(&v, c == TB_USAGE ? 400 : 500, e.text, key);
        return;
    }
    visit_cookie(&v, word);
    v.reply.status = 303;
    tb_buf_add(&v.reply.location, "/m");
    visit_send(&v);
}
