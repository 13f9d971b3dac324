/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The writer of pages: what a value may do to a page (nothing), and which calls end the process.
 */
#include "toban/html/html.h"

#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct tb_buf buf;

static struct tb_html fresh(void)
{
    tb_buf_clear(&buf);
    return (struct tb_html){.out = &buf};
}

static void wrote(const char *expected) { assert_string_equal(tb_buf_str(&buf), expected); }

/* ---- values ------------------------------------------------------------------------------------------ */

static void in_text(const char *value, const char *expected)
{
    struct tb_html h = fresh();
    tb_html_text(&h, value);
    wrote(expected);
}

static void in_attribute(const char *value, const char *expected)
{
    struct tb_html h = fresh();
    struct tb_buf whole = {0};
    tb_html_open(&h, "p");
    tb_html_attr(&h, "title", value);
    tb_html_close(&h, "p");
    tb_buf_add(&whole, "<p title=\"");
    tb_buf_add(&whole, expected);
    tb_buf_add(&whole, "\"></p>");
    wrote(tb_buf_str(&whole));
    tb_buf_free(&whole);
}

static void special_characters(void **state)
{
    (void)state;
    in_text("<b>&\"x\"</b>'", "&lt;b&gt;&amp;&quot;x&quot;&lt;/b&gt;'");
    in_attribute("\" onload=\"x", "&quot; onload=&quot;x");
    in_attribute("<&>'", "&lt;&amp;&gt;'");
    in_text("&amp;", "&amp;amp;");
    in_text("", "");
    in_attribute("", "");
    in_text("a\n\tb\rc", "a\n\tb&#13;c");
    in_attribute("a\n\tb\rc", "a&#10;&#9;b&#13;c");
    in_text("髙﨑𠮷（当番）", "髙﨑𠮷（当番）");
}

#define FFFD "\xef\xbf\xbd"

static void what_is_no_text(void **state)
{
    (void)state;
    in_text("a\xff"
            "b",
            "a" FFFD "b");
    in_attribute("\xe5\xbd", FFFD FFFD); /* a character cut */
    in_text("\xc0\xbc"
            "script",
            FFFD FFFD "script");             /* '<' in two bytes */
    in_text("\xed\xa0\x80", FFFD FFFD FFFD); /* half of a pair */
    in_text("当\xe3<", "当" FFFD "&lt;");
    in_text("\x01\x1b[0m\x1f", FFFD FFFD "[0m" FFFD);
    in_attribute("\x0b\x0c", FFFD FFFD);
    in_text("\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd\xef\xbe\xbf", FFFD FFFD FFFD "\xef\xbe\xbf");
}

/* ---- elements ------------------------------------------------------------------------------------------ */

static void elements(void **state)
{
    (void)state;
    struct tb_html h = fresh();
    tb_html_open_as(&h, "p", "small");
    tb_html_textf(&h, "%d < %s", 3, "&");
    tb_html_void(&h, "br");
    tb_html_el(&h, "b", "x");
    tb_html_el_as(&h, "i", "n g", "");
    tb_html_elf(&h, "i", NULL, "%s", "<");
    tb_html_close_line(&h, "p");
    tb_html_void(&h, "input");
    tb_html_attr_int(&h, "maxlength", -7);
    tb_html_attrf(&h, "name", "n%d\"", 4);
    tb_html_attr(&h, "hidden", NULL);
    tb_html_line(&h);
    wrote("<p class=\"small\">3 &lt; &amp;<br><b>x</b><i class=\"n g\"></i><i>&lt;</i></p>\n"
          "<input maxlength=\"-7\" name=\"n4&quot;\">\n");
    assert_int_equal(h.depth, 0);
}

static void drawings(void **state)
{
    (void)state;
    struct tb_html h = fresh();
    tb_html_open(&h, "svg");
    tb_html_attr(&h, "viewBox", "0 0 1 1");
    tb_html_void(&h, "rect");
    tb_html_attr(&h, "fill", "#000");
    tb_html_open(&h, "g");
    tb_html_close(&h, "g");
    tb_html_el(&h, "text", "<");
    tb_html_close(&h, "svg");
    tb_html_open(&h, "p");
    tb_html_close(&h, "p");
    wrote("<svg viewBox=\"0 0 1 1\"><rect fill=\"#000\"/><g/><text>&lt;</text></svg><p></p>");
}

/* A parser drops a line feed that stands first in these. */
static void first_line_feed(void **state)
{
    (void)state;
    struct tb_html h = fresh();
    tb_html_el(&h, "textarea", "\na");
    tb_html_el(&h, "pre", "");
    wrote("<textarea>\n\na</textarea><pre>\n</pre>");
}

static void joined(void **state)
{
    (void)state;
    struct tb_buf other = {0};
    struct tb_html h = fresh(), part = {.out = &other};
    tb_html_el(&part, "li", "<");
    tb_html_open(&h, "ul");
    tb_html_join(&h, &part);
    tb_html_close(&h, "ul");
    wrote("<ul><li>&lt;</li></ul>");
    tb_buf_free(&other);
}

static void whole_page(void **state)
{
    (void)state;
    struct tb_html h = fresh();
    tb_html_begin(&h, "ja", "</title>", true);
    tb_html_style(&h, "p{margin:0}\n");
    tb_html_body(&h, "wide");
    tb_html_end(&h);
    wrote("<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width\">\n<title>&lt;/title&gt;</title>\n"
          "<style>\np{margin:0}\n</style>\n</head>\n<body class=\"wide\">\n</body>\n</html>\n");
    h = fresh();
    tb_html_begin(&h, "en", "", false);
    tb_html_body(&h, NULL);
    tb_html_end(&h);
    assert_null(strstr(buf.s, "viewport"));
    assert_non_null(strstr(buf.s, "<html lang=\"en\">"));
    assert_non_null(strstr(buf.s, "<body>"));
}

/* ---- what ends the process --------------------------------------------------------------------------------
 */

static void wrong_close(struct tb_html *h)
{
    tb_html_open(h, "div");
    tb_html_open(h, "p");
    tb_html_close(h, "div");
}
static void close_of_nothing(struct tb_html *h) { tb_html_close(h, "p"); }
static void left_open(struct tb_html *h)
{
    tb_html_begin(h, "ja", "", false);
    tb_html_body(h, NULL);
    tb_html_open(h, "p");
    tb_html_end(h);
}
static void late_attribute(struct tb_html *h)
{
    tb_html_open(h, "p");
    tb_html_text(h, "");
    tb_html_attr(h, "class", "n");
}
static void attribute_twice(struct tb_html *h)
{
    tb_html_open_as(h, "p", "n");
    tb_html_attr(h, "class", "g");
}
static void style_attribute(struct tb_html *h)
{
    tb_html_open(h, "p");
    tb_html_attr(h, "style", "margin:0");
}
static void handler(struct tb_html *h)
{
    tb_html_open(h, "p");
    tb_html_attr(h, "onclick", "x()");
}
static void text_in_style(struct tb_html *h)
{
    tb_html_open(h, "style");
    tb_html_text(h, "p");
}
static void element_in_script(struct tb_html *h)
{
    tb_html_open(h, "script");
    tb_html_el(h, "b", "");
}
static void raw_outside(struct tb_html *h)
{
    tb_html_open(h, "p");
    tb_html_raw(h, "x");
}
static void raw_that_ends(struct tb_html *h)
{
    tb_html_open(h, "script");
    tb_html_raw(h, "'</script>'");
}
static void content_of_void(struct tb_html *h) { tb_html_open(h, "br"); }
static void void_with_content(struct tb_html *h) { tb_html_void(h, "p"); }
static void bad_name(struct tb_html *h) { tb_html_open(h, "p class"); }
static void foreign(struct tb_html *h)
{
    tb_html_open(h, "svg");
    tb_html_open(h, "foreignObject");
}
static void too_deep(struct tb_html *h)
{
    for (int i = 0; i <= TB_HTML_DEPTH; i++) tb_html_open(h, "div");
}
static void join_of_half(struct tb_html *h)
{
    struct tb_buf other = {0};
    struct tb_html part = {.out = &other};
    tb_html_open(&part, "p");
    tb_html_join(h, &part);
}

/* The exit code of a child that does it. */
static int ends_with(void (*run)(struct tb_html *h))
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct tb_html h = fresh();
        (void)close(STDERR_FILENO);
        run(&h);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void bugs(void **state)
{
    (void)state;
    static void (*const all[])(struct tb_html *) = {
        wrong_close,       close_of_nothing, left_open,   late_attribute, attribute_twice, style_attribute,
        handler,           text_in_style,    raw_outside, raw_that_ends,  content_of_void, void_with_content,
        element_in_script, bad_name,         foreign,     too_deep,       join_of_half};
    for (size_t i = 0; i < TB_COUNT(all); i++)
        if (ends_with(all[i]) != TB_INTERNAL) fail_msg("number %zu went through", i);
}

static int end(void **state)
{
    (void)state;
    tb_buf_free(&buf);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(special_characters), cmocka_unit_test(what_is_no_text),
        cmocka_unit_test(elements),           cmocka_unit_test(drawings),
        cmocka_unit_test(first_line_feed),    cmocka_unit_test(joined),
        cmocka_unit_test(whole_page),         cmocka_unit_test(bugs),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
