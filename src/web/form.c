/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pieces of forms and tables.
 */
#include <stdio.h>

#include "month.h"

const char *web_value(const struct web_ask *q, const char *name)
{
    const char *v = q->value(q->arg, name);
    return v && *v ? v : NULL;
}

enum tb_code web_number(const struct web_ask *q, const char *name, int64_t *out, struct tb_err *e)
{
    const char *v = web_value(q, name);
    if (!v || tb_parse_int(v, 0, INT32_MAX, out)) return TB_OK;
    return tb_fail(e, TB_USAGE, "「%s」: 数ではありません。何も変えていません。頁を読み直してください", v);
}

void web_hidden(struct tb_html *h, const char *name, const char *value)
{
    if (!value) return;
    tb_html_void(h, "input");
    tb_html_attr(h, "type", "hidden");
    tb_html_attr(h, "name", name);
    tb_html_attr(h, "value", value);
}

void web_form(struct tb_html *h, const char *token, const char *to, const char *act)
{
    tb_html_open(h, "form");
    tb_html_attr(h, "method", "post");
    tb_html_attr(h, "action", to);
    tb_html_attr(h, "data-act", act);
    web_hidden(h, "form", token);
}

void web_act_form(struct tb_html *h, const struct tb_app_draft *d, const char *token, const char *act,
                  const char *seat)
{
    char to[64], revision[32];
    (void)snprintf(to, sizeof to, "/d/%lld/%s", (long long)d->stored.id, act);
    (void)snprintf(revision, sizeof revision, "%lld", (long long)d->stored.revision);
    web_form(h, token, to, act);
    web_hidden(h, "seat", seat);
    web_hidden(h, "revision", revision);
}

void web_field(struct tb_html *h, const struct web_field *f)
{
    tb_html_open_as(h, "div", "field");
    tb_html_open(h, "label");
    tb_html_attr(h, "for", f->id ? f->id : f->name);
    tb_html_text(h, f->label);
    tb_html_close(h, "label");
    tb_html_void(h, "input");
    tb_html_attr(h, "class", "input");
    tb_html_attr(h, "id", f->id ? f->id : f->name);
    tb_html_attr(h, "name", f->name);
    tb_html_attr(h, "type", f->type ? f->type : "text");
    tb_html_attr(h, "value", f->value);
    tb_html_attr(h, "maxlength", "300");
    tb_html_attr(h, "autocomplete", f->complete ? f->complete : "off");
    if (f->needed) tb_html_attr(h, "required", "");
    tb_html_close_line(h, "div");
}

void web_alert(struct tb_html *h, const char *text)
{
    if (!text) return;
    tb_html_open_as(h, "p", "msg stop");
    tb_html_attr(h, "role", "alert");
    tb_html_text(h, text);
    tb_html_close_line(h, "p");
}

void web_heads(struct tb_html *h, const char *const *words, size_t n)
{
    tb_html_open(h, "thead");
    tb_html_open(h, "tr");
    for (size_t i = 0; i < n; i++) {
        tb_html_open(h, "th");
        tb_html_attr(h, "scope", "col");
        tb_html_text(h, words[i]);
        tb_html_close(h, "th");
    }
    tb_html_close(h, "tr");
    tb_html_close_line(h, "thead");
}

void web_link(struct tb_html *h, const char *class, const char *href, const char *text)
{
    tb_html_open_as(h, "a", class);
    tb_html_attr(h, "href", href);
    tb_html_text(h, text);
    tb_html_close(h, "a");
}

void web_reply_free(struct web_reply *r)
{
    tb_buf_free(&r->body);
    tb_buf_free(&r->location);
    *r = (struct web_reply){0};
}
