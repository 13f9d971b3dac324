/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * html: the one hand that writes HTML and SVG. Element, attribute, text: whatever is a value is escaped on
 * its way out, whatever is markup is a literal of the program (`"" lit ""` makes anything else a compile
 * error), and a wrong nesting is a bug that ends the process. Values that are no UTF-8, and control
 * characters, which neither HTML nor XML may hold, come out as U+FFFD.
 *
 * Pages carry no style attribute and no handler (`on...`): under `default-src 'none'` neither would count. A
 * look is a class; what is continuous is geometry in SVG.
 */
#ifndef TOBAN_HTML_HTML_H
#define TOBAN_HTML_HTML_H

#include "toban/base/base.h"

enum { TB_HTML_DEPTH = 32, TB_HTML_ATTRIBUTES = 12 };

/* One piece of a document. Begins as `{.out = buffer}`; the buffer is borrowed and may hold text already. */
struct tb_html {
    struct tb_buf *out;
    const char *open[TB_HTML_DEPTH]; /* elements begun and not closed, outermost first */
    int depth;
    const char *attribute[TB_HTML_ATTRIBUTES]; /* of the start tag that is still being written */
    int n_attributes;
    bool in_tag, empty; /* such a tag there is; it has no content and so no end tag */
};

/* ---- elements: `name` is a literal ----------------------------------------------------------------- */

/* Begins an element; attributes may follow at once. It has content, and a tb_html_close of the same name. */
#define tb_html_open(h, name) tb_html_open_name((h), "" name "")
/* The same with a class; NULL: none. */
#define tb_html_open_as(h, name, class) tb_html_open_name_as((h), "" name "", (class))
/* Ends the innermost element, which must be of that name. In SVG, one without content becomes `<name/>`. */
#define tb_html_close(h, name) tb_html_close_name((h), "" name "")
/* The same, and a new line: sources are read by people, too. */
#define tb_html_close_line(h, name) (tb_html_close_name((h), "" name ""), tb_html_line(h))
/* An element without content: one of HTML's (br, col, img, input, meta ...), or any inside SVG. */
#define tb_html_void(h, name) tb_html_void_name((h), "" name "")
/* A whole element: open, text, close. */
#define tb_html_el(h, name, text) tb_html_el_name((h), "" name "", NULL, (text))
#define tb_html_el_as(h, name, class, text) tb_html_el_name((h), "" name "", (class), (text))
/* The same with a printf-like text: tb_html_elf(h, "td", "n", "%d", count). */
#define tb_html_elf(h, name, class, ...) tb_html_elf_name((h), "" name "", (class), __VA_ARGS__)
void tb_html_line(struct tb_html *h);

/* ---- attributes of the element just begun: `name` is a literal --------------------------------------- */

/* NULL as value: the attribute is left out. Twice the same name, "style" and "on..." are bugs. */
#define tb_html_attr(h, name, value) tb_html_attr_name((h), "" name "", (value))
#define tb_html_attr_int(h, name, value) tb_html_attrf_name((h), "" name "", "%lld", (long long)(value))
#define tb_html_attrf(h, name, ...) tb_html_attrf_name((h), "" name "", __VA_ARGS__)

/* ---- text -----------------------------------------------------------------------------------------------
 */

/* Not inside style and script: there is no escaping there, so there are no values. Whole characters only. */
void tb_html_text(struct tb_html *h, const char *text);
void tb_html_textf(struct tb_html *h, const char *fmt, ...) TB_PRINTF(2, 3);
/* The bytes of a literal as they are, inside style or script alone. */
#define tb_html_raw(h, literal) tb_html_raw_literal((h), "" literal "")
/* What another writer wrote, all its elements closed. Its buffer stays its owner's. */
void tb_html_join(struct tb_html *h, const struct tb_html *part);

/* ---- pages ------------------------------------------------------------------------------------------------
 */

/* Up to <title>; the head stays open, for tb_html_style and <meta>, until tb_html_body. `screen`: laid out
 * for the width of the window, a telephone's too; false: a sheet of paper, shown whole. */
void tb_html_begin(struct tb_html *h, const char *lang, const char *title, bool screen);
/* One <style>. It is a constant, so that a policy can name its hash. */
#define tb_html_style(h, css) tb_html_style_literal((h), "" css "")
/* Ends the head and begins <body>; NULL: no class. */
void tb_html_body(struct tb_html *h, const char *class);
/* Ends body and page; everything else must be closed. */
void tb_html_end(struct tb_html *h);

/* ---- what the macros above call; to be called by them alone
 * ------------------------------------------------- */

void tb_html_open_name(struct tb_html *h, const char *name);
void tb_html_open_name_as(struct tb_html *h, const char *name, const char *class);
void tb_html_close_name(struct tb_html *h, const char *name);
void tb_html_void_name(struct tb_html *h, const char *name);
void tb_html_el_name(struct tb_html *h, const char *name, const char *class, const char *text);
void tb_html_elf_name(struct tb_html *h, const char *name, const char *class, const char *fmt, ...)
    TB_PRINTF(4, 5);
void tb_html_attr_name(struct tb_html *h, const char *name, const char *value);
void tb_html_attrf_name(struct tb_html *h, const char *name, const char *fmt, ...) TB_PRINTF(3, 4);
void tb_html_raw_literal(struct tb_html *h, const char *literal);
void tb_html_style_literal(struct tb_html *h, const char *css);

#endif
