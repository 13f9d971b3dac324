/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The JSON back end of the printer. Own writer: the bytes are part of digests, so they may not depend on a
 * library's version.
 */
#include "toban/base/printer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 64 };

struct tb_printer {
    struct tb_buf *out;
    int indent, depth;
    bool key; /* a key was written, its value is due */
    struct {
        bool object, filled;
    } level[DEPTH_MAX];
};

tb_printer *tb_printer_json(struct tb_buf *out, int indent)
{
    tb_printer *p = tb_xcalloc(1, sizeof *p);
    p->out = out;
    p->indent = indent;
    return p;
}

void tb_printer_free(tb_printer *p)
{
    if (p == NULL) return;
    TB_ASSERT(p->depth == 0 && !p->key);
    free(p);
}

static void new_line(tb_printer *p)
{
    if (p->indent == 0) return;
    tb_buf_addc(p->out, '\n');
    for (int i = 0; i < p->depth * p->indent; i++) tb_buf_addc(p->out, ' ');
}

/* What stands between the previous member and this one. */
static void separate(tb_printer *p)
{
    if (p->depth == 0) return;
    if (p->level[p->depth - 1].filled) tb_buf_addc(p->out, ',');
    p->level[p->depth - 1].filled = true;
    new_line(p);
}

static void before_value(tb_printer *p)
{
    if (p->key) {
        p->key = false;
        return;
    }
    TB_ASSERT(p->depth == 0 || !p->level[p->depth - 1].object);
    separate(p);
}

static void begin(tb_printer *p, bool object)
{
    before_value(p);
    TB_ASSERT(p->depth < DEPTH_MAX);
    tb_buf_addc(p->out, object ? '{' : '[');
    p->level[p->depth].object = object;
    p->level[p->depth].filled = false;
    p->depth++;
}

static void end(tb_printer *p, bool object)
{
    TB_ASSERT(p->depth > 0 && p->level[p->depth - 1].object == object && !p->key);
    p->depth--;
    if (p->level[p->depth].filled) new_line(p);
    tb_buf_addc(p->out, object ? '}' : ']');
    if (p->depth == 0 && p->indent > 0) tb_buf_addc(p->out, '\n');
}

void tb_print_begin_object(tb_printer *p) { begin(p, true); }
void tb_print_end_object(tb_printer *p) { end(p, true); }
void tb_print_begin_list(tb_printer *p) { begin(p, false); }
void tb_print_end_list(tb_printer *p) { end(p, false); }

static void quote(struct tb_buf *out, const char *s)
{
    static const char *const names = "btnvfr"; /* \b is 8; \v has no short form in JSON */
    size_t n = strlen(s);
    if (!tb_utf8_valid(s, n, NULL)) TB_BUG("text that is not UTF-8");
    tb_buf_addc(out, '"');
    for (const char *p = s; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '"' || c == '\\')
            tb_buf_addf(out, "\\%c", c);
        else if (c >= '\b' && c <= '\r' && c != '\v')
            tb_buf_addf(out, "\\%c", names[c - '\b']);
        else if (c < 0x20)
            tb_buf_addf(out, "\\u%04x", c);
        else
            tb_buf_addc(out, *p);
    }
    tb_buf_addc(out, '"');
}

void tb_print_key(tb_printer *p, const char *key)
{
    TB_ASSERT(p->depth > 0 && p->level[p->depth - 1].object && !p->key);
    separate(p);
    quote(p->out, key);
    tb_buf_add(p->out, p->indent > 0 ? ": " : ":");
    p->key = true;
}

void tb_print_string(tb_printer *p, const char *s)
{
    before_value(p);
    quote(p->out, s);
}

void tb_print_int(tb_printer *p, int64_t v)
{
    before_value(p);
    tb_buf_addf(p->out, "%lld", (long long)v);
}

/* Not by printf's %g: the decimal sign would follow the locale. */
void tb_print_real(tb_printer *p, double v)
{
    if (!isfinite(v)) {
        tb_print_null(p);
        return;
    }
    before_value(p);
    char text[64];
    double limit = 9e12; /* millionths still fit 64 bits */
    v = v > limit ? limit : v < -limit ? -limit : v;
    tb_buf_add(p->out, tb_format_millionths((int64_t)llround(v * 1e6), text, sizeof text));
}

void tb_print_bool(tb_printer *p, bool v)
{
    before_value(p);
    tb_buf_add(p->out, v ? "true" : "false");
}

void tb_print_null(tb_printer *p)
{
    before_value(p);
    tb_buf_add(p->out, "null");
}

void tb_print_kstring(tb_printer *p, const char *key, const char *s)
{
    tb_print_key(p, key);
    tb_print_string(p, s);
}

void tb_print_kint(tb_printer *p, const char *key, int64_t v)
{
    tb_print_key(p, key);
    tb_print_int(p, v);
}

void tb_print_kbool(tb_printer *p, const char *key, bool v)
{
    tb_print_key(p, key);
    tb_print_bool(p, v);
}
