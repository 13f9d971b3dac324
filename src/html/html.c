/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The writer: a buffer, the elements that are open in it, and one function through which every value goes.
 */
#include "toban/html/html.h"

#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

static bool one_of(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, list[i]) == 0) return true;
    return false;
}

/* Elements of HTML that have no content and no end tag. */
static bool is_void(const char *name)
{
    static const char *const names[] = {"area", "base", "br",    "col",    "embed", "hr", "img",
                                        "link", "meta", "input", "source", "track", "wbr"};
    return one_of(name, names, TB_COUNT(names));
}

/* Elements whose content a parser takes as it stands, so that nothing in it can be escaped. */
static bool is_raw(const char *name)
{
    static const char *const names[] = {"style",    "script",    "iframe", "noembed",
                                        "noframes", "plaintext", "xmp"};
    return one_of(name, names, TB_COUNT(names));
}

/* Elements whose first line feed a parser drops; one more is written before the content. */
static bool drops_line(const char *name)
{
    static const char *const names[] = {"pre", "textarea", "listing"};
    return one_of(name, names, TB_COUNT(names));
}

static bool in_svg(const struct tb_html *h)
{
    for (int i = 0; i < h->depth; i++)
        if (strcmp(h->open[i], "svg") == 0) return true;
    return false;
}

static const char *innermost(const struct tb_html *h) { return h->depth > 0 ? h->open[h->depth - 1] : ""; }

static bool is_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-:";
    return name[0] >= 'a' && name[0] <= 'z' && name[strspn(name, letters)] == '\0';
}

/* ---- values --------------------------------------------------------------------------------------- */

/* What stands for the byte at `s`, NULL when it stands for itself. A carriage return, and in an attribute any
 * white space but the blank, would be read as something else if it stood as it is. */
static const char *word_for(const char *s, bool attribute)
{
    switch (*s) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\r':
        return "&#13;";
    case '\n':
        return attribute ? "&#10;" : NULL;
    case '\t':
        return attribute ? "&#9;" : NULL;
    default:
        return (unsigned char)*s < 0x20 ? REPLACEMENT : NULL;
    }
}

/* n bytes of valid UTF-8. */
static void put_valid(struct tb_buf *out, const char *s, size_t n, bool attribute)
{
    size_t done = 0;
    for (size_t i = 0; i < n; i++) {
        bool never = n - i >= 3 && memcmp(s + i, "\xef\xbf", 2) == 0 && (s[i + 2] & 0x7e) == 0x3e;
        const char *word = never ? REPLACEMENT : word_for(s + i, attribute);
        if (word == NULL) continue;
        tb_buf_addn(out, s + done, i - done);
        tb_buf_add(out, word);
        if (never) i += 2; /* U+FFFE and U+FFFF are no characters */
        done = i + 1;
    }
    tb_buf_addn(out, s + done, n - done);
}

static void put_value(struct tb_buf *out, const char *s, bool attribute)
{
    size_t n = strlen(s), bad;
    while (!tb_utf8_valid(s, n, &bad)) {
        put_valid(out, s, bad, attribute);
        tb_buf_add(out, REPLACEMENT);
        s += bad + 1;
        n -= bad + 1;
    }
    put_valid(out, s, n, attribute);
}

/* ---- elements -------------------------------------------------------------------------------------- */

/* The start tag takes no more attributes. */
static void end_tag(struct tb_html *h)
{
    if (!h->in_tag) return;
    tb_buf_add(h->out, h->empty && in_svg(h) ? "/>" : ">");
    if (!h->empty && drops_line(innermost(h))) tb_buf_addc(h->out, '\n');
    h->in_tag = h->empty = false;
}

static void start_tag(struct tb_html *h, const char *name)
{
    end_tag(h);
    TB_ASSERT(is_name(name) && !is_raw(innermost(h)));
    tb_buf_addc(h->out, '<');
    tb_buf_add(h->out, name);
    h->in_tag = true;
    h->n_attributes = 0;
}

void tb_html_open_name(struct tb_html *h, const char *name)
{
    /* HTML inside SVG inside HTML would need to know which of the two it is in. */
    TB_ASSERT(!is_void(name) && strcmp(name, "foreignObject") != 0 && h->depth < TB_HTML_DEPTH);
    start_tag(h, name);
    h->open[h->depth++] = name;
}

void tb_html_void_name(struct tb_html *h, const char *name)
{
    TB_ASSERT(is_void(name) || in_svg(h));
    start_tag(h, name);
    h->empty = true;
}

void tb_html_close_name(struct tb_html *h, const char *name)
{
    if (strcmp(innermost(h), name) != 0)
        TB_BUG("</%s> where <%s> is open", name, h->depth > 0 ? innermost(h) : "nothing");
    if (h->in_tag && !h->empty && in_svg(h)) {
        tb_buf_add(h->out, "/>");
        h->in_tag = false;
        h->depth--;
        return;
    }
    end_tag(h);
    tb_buf_add(h->out, "</");
    tb_buf_add(h->out, name);
    tb_buf_addc(h->out, '>');
    h->depth--;
}

void tb_html_open_name_as(struct tb_html *h, const char *name, const char *class)
{
    tb_html_open_name(h, name);
    tb_html_attr(h, "class", class);
}

void tb_html_el_name(struct tb_html *h, const char *name, const char *class, const char *text)
{
    tb_html_open_name_as(h, name, class);
    tb_html_text(h, text);
    tb_html_close_name(h, name);
}

void tb_html_elf_name(struct tb_html *h, const char *name, const char *class, const char *fmt, ...)
{
    struct tb_buf text = {0};
    va_list ap;
    va_start(ap, fmt);
    tb_buf_vaddf(&text, fmt, ap);
    va_end(ap);
    tb_html_el_name(h, name, class, tb_buf_str(&text));
    tb_buf_free(&text);
}

/* ---- attributes -------------------------------------------------------------------------------------- */

void tb_html_attr_name(struct tb_html *h, const char *name, const char *value)
{
    TB_ASSERT(h->in_tag && is_name(name));
    if (strcmp(name, "style") == 0 || strncmp(name, "on", 2) == 0)
        TB_BUG("the attribute %s has no effect on a page of ours", name);
    if (value == NULL) return;
    TB_ASSERT(!one_of(name, h->attribute, (size_t)h->n_attributes) && h->n_attributes < TB_HTML_ATTRIBUTES);
    h->attribute[h->n_attributes++] = name;
    tb_buf_addc(h->out, ' ');
    tb_buf_add(h->out, name);
    tb_buf_add(h->out, "=\"");
    put_value(h->out, value, true);
    tb_buf_addc(h->out, '"');
}

void tb_html_attrf_name(struct tb_html *h, const char *name, const char *fmt, ...)
{
    struct tb_buf value = {0};
    va_list ap;
    va_start(ap, fmt);
    tb_buf_vaddf(&value, fmt, ap);
    va_end(ap);
    tb_html_attr_name(h, name, tb_buf_str(&value));
    tb_buf_free(&value);
}

/* ---- text ------------------------------------------------------------------------------------------------
 */

void tb_html_text(struct tb_html *h, const char *text)
{
    end_tag(h);
    TB_ASSERT(!is_raw(innermost(h)));
    put_value(h->out, text, false);
}

void tb_html_textf(struct tb_html *h, const char *fmt, ...)
{
    struct tb_buf text = {0};
    va_list ap;
    va_start(ap, fmt);
    tb_buf_vaddf(&text, fmt, ap);
    va_end(ap);
    tb_html_text(h, tb_buf_str(&text));
    tb_buf_free(&text);
}

void tb_html_line(struct tb_html *h)
{
    end_tag(h);
    tb_buf_addc(h->out, '\n');
}

void tb_html_raw_literal(struct tb_html *h, const char *literal)
{
    end_tag(h);
    TB_ASSERT(is_raw(innermost(h)) && strstr(literal, "</") == NULL);
    tb_buf_add(h->out, literal);
}

void tb_html_join(struct tb_html *h, const struct tb_html *part)
{
    end_tag(h);
    TB_ASSERT(!is_raw(innermost(h)) && part->depth == 0 && !part->in_tag && part->out != h->out);
    tb_buf_addn(h->out, tb_buf_str(part->out), part->out->len);
}

/* ---- pages
 * -------------------------------------------------------------------------------------------------- */

void tb_html_begin(struct tb_html *h, const char *lang, const char *title, bool screen)
{
    TB_ASSERT(h->depth == 0 && !h->in_tag);
    tb_buf_add(h->out, "<!DOCTYPE html>\n");
    tb_html_open(h, "html");
    tb_html_attr(h, "lang", lang);
    tb_html_line(h);
    tb_html_open(h, "head");
    tb_html_line(h);
    tb_html_void(h, "meta");
    tb_html_attr(h, "charset", "utf-8");
    tb_html_line(h);
    if (screen) {
        tb_html_void(h, "meta");
        tb_html_attr(h, "name", "viewport");
        tb_html_attr(h, "content", "width=device-width");
        tb_html_line(h);
    }
    tb_html_el(h, "title", title);
    tb_html_line(h);
}

void tb_html_style_literal(struct tb_html *h, const char *css)
{
    tb_html_open(h, "style");
    tb_html_line(h);
    tb_html_raw_literal(h, css);
    tb_html_close_line(h, "style");
}

void tb_html_body(struct tb_html *h, const char *class)
{
    tb_html_close_line(h, "head");
    tb_html_open_as(h, "body", class);
    tb_html_line(h);
}

void tb_html_end(struct tb_html *h)
{
    tb_html_close_line(h, "body");
    tb_html_close_line(h, "html");
    TB_ASSERT(h->depth == 0);
}
