/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any calls with any texts write a document that, read back by the rules of a parser, has exactly these
 * elements, attributes and texts. The reader here is its own hand: it knows no function of the writer.
 */
#include "toban/html/html.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was asked for, in order; neighbouring texts are one. */
enum kind { OPENED, CLOSED, ATTRIBUTE, TEXT };
struct event {
    enum kind kind;
    char *name, *value;
};
struct events {
    struct event *v;
    size_t n, cap;
};

static void note(struct events *x, enum kind kind, const char *name, const char *value)
{
    if (kind == TEXT && *value == '\0') return;
    if (kind == TEXT && x->n > 0 && x->v[x->n - 1].kind == TEXT) {
        struct tb_buf both = {0};
        tb_buf_add(&both, x->v[x->n - 1].value);
        tb_buf_add(&both, value);
        free(x->v[x->n - 1].value);
        x->v[x->n - 1].value = tb_buf_take(&both);
        return;
    }
    *TB_PUSH(x->v, x->n, x->cap) =
        (struct event){.kind = kind, .name = tb_xstrdup(name), .value = tb_xstrdup(value)};
}

static void events_free(struct events *x)
{
    for (size_t i = 0; i < x->n; i++) {
        free(x->v[i].name);
        free(x->v[i].value);
    }
    free(x->v);
}

/* ---- what a value means ------------------------------------------------------------------------------ */

/* Length of the character at the beginning, 0 when there is none that a document may hold. */
static size_t character(const char *s)
{
    const unsigned char *b = (const unsigned char *)s;
    size_t n = b[0] < 0x80 ? 1 : b[0] < 0xc2 ? 0 : b[0] < 0xe0 ? 2 : b[0] < 0xf0 ? 3 : b[0] < 0xf5 ? 4 : 0;
    for (size_t i = 1; i < n; i++)
        if ((b[i] & 0xc0) != 0x80) return 0;
    if (n == 3 && ((b[0] == 0xe0 && b[1] < 0xa0) || (b[0] == 0xed && b[1] > 0x9f))) return 0;
    if (n == 4 && ((b[0] == 0xf0 && b[1] < 0x90) || (b[0] == 0xf4 && b[1] > 0x8f))) return 0;
    return n;
}

/* What must be read where `s` was written: itself, with U+FFFD for what is no text. */
static char *meant(const char *s)
{
    struct tb_buf out = {0};
    while (*s != '\0') {
        size_t n = character(s);
        bool control = n == 1 && (unsigned char)*s < 0x20 && strchr("\t\n\r", *s) == NULL;
        bool never = n == 3 && (memcmp(s, "\xef\xbf\xbe", 3) == 0 || memcmp(s, "\xef\xbf\xbf", 3) == 0);
        if (n == 0 || control || never)
            tb_buf_add(&out, "\xef\xbf\xbd");
        else
            tb_buf_addn(&out, s, n);
        s += n == 0 ? 1 : n;
    }
    return tb_buf_take(&out);
}

/* ---- reading ---------------------------------------------------------------------------------------------
 */

static const char *reference(const char *s, struct tb_buf *out)
{
    static const char *const words[][2] = {{"&amp;", "&"},  {"&lt;", "<"},   {"&gt;", ">"}, {"&quot;", "\""},
                                           {"&#13;", "\r"}, {"&#10;", "\n"}, {"&#9;", "\t"}};
    for (size_t i = 0; i < TB_COUNT(words); i++)
        if (strncmp(s, words[i][0], strlen(words[i][0])) == 0) {
            tb_buf_add(out, words[i][1]);
            return s + strlen(words[i][0]);
        }
    TB_BUG("a reference that nobody wrote: %.8s", s);
}

/* Up to one of `ends`. A parser makes a line feed of a carriage return, and XML's a blank of any white space
 * in an attribute: none may stand in the bytes. */
static const char *value_until(const char *s, const char *ends, char **value)
{
    struct tb_buf out = {0};
    while (*s != '\0' && strchr(ends, *s) == NULL) {
        TB_ASSERT(*s != '\r' && (*ends != '"' || (*s != '\n' && *s != '\t')));
        if (*s == '&')
            s = reference(s, &out);
        else
            tb_buf_addc(&out, *s++);
    }
    *value = tb_buf_take(&out);
    return s;
}

static const char *name_at(const char *s, char name[32])
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz");
    TB_ASSERT(n > 0 && n < 32);
    memcpy(name, s, n);
    name[n] = '\0';
    return s + n;
}

static const char *read_tag(const char *s, struct events *x, bool *svg)
{
    char name[32], attribute[32], *value;
    s = name_at(s + 1, name);
    note(x, OPENED, name, "");
    if (strcmp(name, "svg") == 0) *svg = true;
    while (*s == ' ') {
        s = name_at(s + 1, attribute);
        TB_ASSERT(s[0] == '=' && s[1] == '"');
        s = value_until(s + 2, "\"<>", &value);
        TB_ASSERT(*s++ == '"');
        note(x, ATTRIBUTE, attribute, value);
        free(value);
    }
    bool closed = s[0] == '/';
    TB_ASSERT(s[closed] == '>' && (!closed || *svg));
    s += closed + 1;
    if (strcmp(name, "svg") == 0 && closed) *svg = false;
    if (strcmp(name, "textarea") == 0 && *s == '\n') s++;
    if (closed || strcmp(name, "br") == 0) note(x, CLOSED, name, "");
    return s;
}

static void read_back(const char *s, struct events *x)
{
    bool svg = false;
    char name[32], *value;
    while (*s != '\0') {
        if (s[0] == '<' && s[1] == '/') {
            s = name_at(s + 2, name);
            TB_ASSERT(*s++ == '>');
            if (strcmp(name, "svg") == 0) svg = false;
            note(x, CLOSED, name, "");
        } else if (*s == '<') {
            s = read_tag(s, x, &svg);
        } else {
            s = value_until(s, "<>\"", &value);
            TB_ASSERT(*s != '>' && *s != '"');
            note(x, TEXT, "", value);
            free(value);
        }
    }
}

/* ---- writing ---------------------------------------------------------------------------------------------
 */

struct run {
    struct tb_html h;
    struct events asked;
    bool tag[3]; /* which attributes the start tag has */
    const uint8_t *data;
    size_t size;
};

static uint8_t next_byte(struct run *r)
{
    if (r->size == 0) return 0;
    r->size--;
    return *r->data++;
}

/* Up to 31 bytes of the input, none of them 0. */
static char *next_text(struct run *r)
{
    size_t n = next_byte(r) & 31;
    struct tb_buf out = {0};
    for (size_t i = 0; i < n && r->size > 0; i++) {
        uint8_t b = next_byte(r);
        if (b != 0) tb_buf_addc(&out, (char)b);
    }
    return tb_buf_take(&out);
}

static bool in_drawing(const struct run *r)
{
    for (int i = 0; i < r->h.depth; i++)
        if (strcmp(r->h.open[i], "svg") == 0) return true;
    return false;
}

static void void_one(struct run *r)
{
    const char *name = in_drawing(r) ? "rect" : "br";
    if (in_drawing(r))
        tb_html_void(&r->h, "rect");
    else
        tb_html_void(&r->h, "br");
    note(&r->asked, OPENED, name, "");
    note(&r->asked, CLOSED, name, "");
    memset(r->tag, 0, sizeof r->tag);
}

static void open_one(struct run *r, int which)
{
    const char *name = NULL;
    if (r->h.depth >= TB_HTML_DEPTH) return;
    switch (which) {
    case 0:
        tb_html_open(&r->h, "p");
        name = "p";
        break;
    case 1:
        tb_html_open(&r->h, "td");
        name = "td";
        break;
    case 2:
        /* The reader keeps no stack: one drawing inside another is not asked for. */
        if (in_drawing(r)) return;
        tb_html_open(&r->h, "svg");
        name = "svg";
        break;
    default:
        tb_html_open(&r->h, "textarea");
        name = "textarea";
    }
    note(&r->asked, OPENED, name, "");
    memset(r->tag, 0, sizeof r->tag);
}

static void close_one(struct run *r)
{
    if (r->h.depth == 0) return;
    const char *name = r->h.open[r->h.depth - 1];
    char copy[32];
    (void)name_at(name, copy);
    if (strcmp(copy, "p") == 0)
        tb_html_close(&r->h, "p");
    else if (strcmp(copy, "td") == 0)
        tb_html_close(&r->h, "td");
    else if (strcmp(copy, "svg") == 0)
        tb_html_close(&r->h, "svg");
    else
        tb_html_close(&r->h, "textarea");
    note(&r->asked, CLOSED, copy, "");
}

static void attribute_one(struct run *r, int which)
{
    static const char *const names[] = {"class", "title", "href"};
    if (!r->h.in_tag || r->tag[which]) return;
    char *value = next_text(r), *read = meant(value);
    if (which == 0)
        tb_html_attr(&r->h, "class", value);
    else if (which == 1)
        tb_html_attrf(&r->h, "title", "%s", value);
    else
        tb_html_attr(&r->h, "href", value);
    r->tag[which] = true;
    note(&r->asked, ATTRIBUTE, names[which], read);
    if (r->h.empty) { /* was noted as closed already */
        struct event *last = &r->asked.v[r->asked.n - 1], attribute = *last;
        last[0] = last[-1];
        last[-1] = attribute;
    }
    free(value);
    free(read);
}

static void step(struct run *r)
{
    uint8_t what = next_byte(r);
    char *text, *read;
    switch (what % 6) {
    case 0:
        open_one(r, what / 6 % 4);
        break;
    case 1:
        close_one(r);
        break;
    case 2:
        attribute_one(r, what / 6 % 3);
        break;
    case 3:
        void_one(r);
        break;
    default:
        text = next_text(r);
        read = meant(text);
        if (what % 6 == 4)
            tb_html_text(&r->h, text);
        else
            tb_html_textf(&r->h, "%s", text);
        note(&r->asked, TEXT, "", read);
        free(text);
        free(read);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tb_buf out = {0};
    struct run r = {.h = {.out = &out}, .data = data, .size = size};
    struct events found = {0};
    while (r.size > 0) step(&r);
    while (r.h.depth > 0) close_one(&r);
    tb_html_text(&r.h, ""); /* ends a start tag that is still open */
    TB_ASSERT(tb_utf8_valid(tb_buf_str(&out), out.len, NULL) && strlen(tb_buf_str(&out)) == out.len);
    read_back(tb_buf_str(&out), &found);
    TB_ASSERT(found.n == r.asked.n);
    for (size_t i = 0; i < found.n; i++) {
        const struct event *a = &r.asked.v[i], *b = &found.v[i];
        TB_ASSERT(a->kind == b->kind && strcmp(a->name, b->name) == 0 && strcmp(a->value, b->value) == 0);
    }
    events_free(&r.asked);
    events_free(&found);
    tb_buf_free(&out);
    return 0;
}
