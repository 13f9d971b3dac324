/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page around <main>: the bar with the menu, who is logged in, and that everything is a sample.
 */
#include <string.h>

#include "month.h"

unsigned web_status(enum tb_code c)
{
    static const unsigned status[] = {[TB_OK] = 200,      [TB_USAGE] = 400, [TB_INPUT] = 400, [TB_NO] = 404,
                                      [TB_REFUSED] = 409, [TB_BUSY] = 503,  [TB_LIMIT] = 503};
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

void web_frame_open(const struct web_ask *q, const struct web_frame *f, struct tb_html *h)
{
    struct tb_buf title = {0};
    tb_buf_addf(&title, "%s — 当番", f->title);
    tb_html_begin(h, "ja", tb_buf_str(&title), true);
    tb_buf_free(&title);
    tb_html_void(h, "link");
    tb_html_attr(h, "rel", "stylesheet");
    tb_html_attr(h, "href", "/static/toban.css");
    tb_html_void(h, "link");
    tb_html_attr(h, "rel", "icon");
    tb_html_attr(h, "href", "data:,");
    tb_html_open(h, "script");
    tb_html_attr(h, "type", "module");
    tb_html_attr(h, "src", "/static/office.js");
    tb_html_close_line(h, "script");
    tb_html_body(h, f->class);
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
    tb_html_open(h, "form");
    tb_html_attr(h, "method", "post");
    tb_html_attr(h, "action", "/logout");
    web_hidden(h, "form", q->token);
    tb_html_el_as(h, "button", "btn small", "ログアウト");
    tb_html_close(h, "form");
    tb_html_close_line(h, "header");
    tb_html_open(h, "main");
    tb_html_attr(h, "id", "main");
    tb_html_line(h);
    if (!q->practice) return;
    tb_html_open_as(h, "div", "msg care practice");
    tb_html_el(h, "b", "練習");
    tb_html_el(h, "span", "写しの上です。ここで何をしても、本物の当番表・カレンダー・知らせは変わりません。");
    web_form(q, h, "/practice");
    web_hidden(h, "what", "end");
    tb_html_el_as(h, "button", "btn small", "練習を終える");
    tb_html_close(h, "form");
    tb_html_close_line(h, "div");
}

void web_frame_close(struct tb_html *h)
{
    tb_html_close_line(h, "main");
    tb_html_end(h);
}

void web_refuse(const struct web_ask *q, unsigned status, const char *text, struct web_reply *out)
{
    struct tb_html h = {.out = &out->body};
    const struct web_frame frame = {"できませんでした", NULL, NULL};
    /* Why a file cannot be read is for whoever keeps the machine: it names paths and statements. */
    if (status == 500) {
        tb_log("%s", text);
        text = "いま読み書きできません。何も変えていません。このパソコンの管理者に、toban "
               "の記録（ログ）を見てもらってください。";
    }
    if (!q->part) web_frame_open(q, &frame, &h);
    tb_html_open(&h, "div");
    tb_html_attr(&h, "id", "said");
    tb_html_open_as(&h, "p", "msg stop");
    tb_html_attr(&h, "role", "alert");
    tb_html_text(&h, text);
    tb_html_close(&h, "p");
    tb_html_close_line(&h, "div");
    if (!q->part) web_frame_close(&h);
    out->status = status;
}
