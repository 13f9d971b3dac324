/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page around <main>: the bar with the menu, who is logged in, whose data it is.
 */
#include <string.h>

#include "month.h"

unsigned web_status(enum tb_code c)
{
    static const unsigned status[] = {[TB_OK] = 200,      [TB_USAGE] = 400, [TB_INPUT] = 400, [TB_NO] = 404,
                                      [TB_REFUSED] = 409, [TB_BUSY] = 503,  [TB_LIMIT] = 429};
    return (size_t)c < TB_COUNT(status) && status[c] ? status[c] : 500;
}

static void link_to(struct tb_html *h, const char *href, const char *word, const char *here)
{
    tb_html_open(h, "li");
    tb_html_open(h, "a");
    tb_html_attr(h, "href", href);
    if (here && strcmp(here, href) == 0) tb_html_attr(h, "aria-current", "page");
    tb_html_text(h, word);
    tb_html_close(h, "a");
    tb_html_close_line(h, "li");
}

void web_head(struct tb_html *h, const char *title, const char *class, bool script)
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
    if (script) {
        tb_html_open(h, "script");
        tb_html_attr(h, "type", "module");
        tb_html_attr(h, "src", "/static/office.js");
        tb_html_close_line(h, "script");
    }
    tb_html_body(h, class);
}

static void bar(const struct web_ask *q, const struct web_frame *f, struct tb_html *h)
{
    tb_html_open_as(h, "a", "skip");
    tb_html_attr(h, "href", "#main");
    tb_html_text(h, "本文へ");
    tb_html_close_line(h, "a");
    tb_html_open_as(h, "header", "bar");
    tb_html_open_as(h, "a", "brand");
    tb_html_attr(h, "href", "/m");
    tb_html_text(h, "当番");
    tb_html_close(h, "a");
    tb_html_open(h, "nav");
    tb_html_attr(h, "aria-label", "主な頁");
    tb_html_open(h, "ul");
    link_to(h, "/m", "月表", f->here);
    link_to(h, "/coming", "これからの当番", f->here);
    link_to(h, "/publications", "公表", f->here);
    link_to(h, "/ledger", "帳簿", f->here);
    link_to(h, "/todo", "やること", f->here);
    link_to(h, "/users", "利用者", f->here);
    tb_html_close(h, "ul");
    tb_html_close(h, "nav");
    tb_html_open_as(h, "span", "push note-text");
    tb_html_text(h, q->app->actor.name ? q->app->actor.name : "");
    tb_html_close(h, "span");
    web_form(h, q->token, "/logout", NULL);
    tb_html_el_as(h, "button", "btn small", "ログアウト");
    tb_html_close(h, "form");
    tb_html_close_line(h, "header");
}

static void practising(const struct web_ask *q, struct tb_html *h)
{
    tb_html_open_as(h, "div", "msg care practice");
    tb_html_el(h, "b", "練習");
    tb_html_el(h, "span", "写しの上です。ここで何をしても、本物の当番表・カレンダー・知らせは変わりません。");
    web_form(h, q->token, "/practice", NULL);
    web_hidden(h, "what", "end");
    tb_html_el_as(h, "button", "btn small", "練習を終える");
    tb_html_close(h, "form");
    tb_html_close_line(h, "div");
}

void web_frame_open(const struct web_ask *q, const struct web_frame *f, struct tb_html *h)
{
    web_head(h, f->title, f->class, true);
    bar(q, f, h);
    tb_html_open(h, "main");
    tb_html_attr(h, "id", "main");
    tb_html_line(h);
    if (q->practice) practising(q, h);
}

/* What the region prints on every form: that its people are fictitious, say. */
static void notice(const struct web_ask *q, struct tb_html *h)
{
    struct tb_region *r;
    struct tb_err e = {0};
    if (!tb_actor_may(&q->app->actor, TB_USE_REGION) || tb_app_region(q->app, &r, &e)) return;
    tb_html_open_as(h, "footer", "sample");
    tb_html_text(h, r->regions[0].name);
    if (*r->regions[0].notice) tb_html_textf(h, "　%s", r->regions[0].notice);
    tb_html_close_line(h, "footer");
    tb_region_free(r);
}

void web_frame_close(const struct web_ask *q, struct tb_html *h)
{
    tb_html_close_line(h, "main");
    notice(q, h);
    tb_html_end(h);
}

const char *web_said(enum tb_code c, const struct tb_err *e)
{
    if (c != TB_STORAGE && c != TB_INTERNAL && c != TB_BUSY) return e->text;
    tb_log("%s", e->text);
    if (c == TB_BUSY)
        return "ほかの人が書き込んでいて、待っても空きませんでした。何も変えていません。少しあとでもう一度ど"
               "うぞ。";
    return "いま読み書きできません。何も変えていません。このパソコンの管理者に、toban "
           "の記録（ログ）を見てもらってください。";
}

static void message(const struct web_ask *q, unsigned status, const char *text, struct web_reply *out)
{
    struct tb_html h = {.out = &out->body};
    const struct web_frame frame = {"できませんでした", NULL, NULL};
    if (!q->part) web_frame_open(q, &frame, &h);
    tb_html_open(&h, "div");
    tb_html_attr(&h, "id", "said");
    web_alert(&h, text);
    tb_html_close_line(&h, "div");
    if (!q->part) web_frame_close(q, &h);
    out->status = status;
}

void web_refuse(const struct web_ask *q, enum tb_code c, const struct tb_err *e, struct web_reply *out)
{
    message(q, web_status(c), web_said(c, e), out);
}

void web_not_there(const struct web_ask *q, const char *text, struct web_reply *out)
{
    message(q, 404, text, out);
}
