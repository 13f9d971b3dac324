/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A letter as plain text.
 */
#include "letter_int.h"

#include <stdlib.h>
#include <string.h>

#include "toban/domain/address.h"

enum { WIDTH = 76, PAGE_LINES = 60 };
#define RULE "----------------------------------------------------------------------------"

struct text_writer {
    char **lines;
    size_t n, cap;
};

static void put(struct text_writer *w, int indent, const char *text)
{
    struct tb_buf line = {0};
    for (int i = 0; i < indent; i++) tb_buf_addc(&line, ' ');
    tb_buf_add(&line, text);
    while (line.len && line.s[line.len - 1] == ' ') line.s[--line.len] = '\0';
    *TB_PUSH(w->lines, w->n, w->cap) = tb_buf_take(&line);
}

static void put_blank(struct text_writer *w)
{
    if (w->n && *w->lines[w->n - 1] && *w->lines[w->n - 1] != '\f') put(w, 0, "");
}

static size_t char_bytes(const char *s)
{
    size_t n = 1;
    while (((unsigned char)s[n] & 0xC0) == 0x80) n++;
    return n;
}

static int char_width(const char *s)
{
    char one[8] = {0};
    size_t n = char_bytes(s);
    memcpy(one, s, n < sizeof one ? n : sizeof one - 1);
    return tb_utf8_width(one);
}

/* What must not begin a line stays on the one before, at the cost of two columns of the margin. */
static bool hangs(const char *s)
{
    static const char *const marks[] = {"、", "。", "）", "」", "・", "ー"};
    for (size_t i = 0; i < TB_COUNT(marks); i++)
        if (strncmp(s, marks[i], strlen(marks[i])) == 0) return true;
    return false;
}

static bool is_word(char c) { return (unsigned char)c > ' ' && (unsigned char)c < 0x80; }

/* Bytes of the text that stand on one line of `width`: Latin words and numbers are not broken. */
static size_t line_bytes(const char *s, int width)
{
    size_t at = 0, good = 0;
    int used = 0;
    while (s[at]) {
        used += char_width(s + at);
        if (used > width - 2 && !(hangs(s + at) && used <= width)) break;
        at += char_bytes(s + at);
        if (!is_word(s[at]) || !is_word(s[at - 1])) good = at;
    }
    if (!s[at]) return at;
    return good ? good : at ? at : char_bytes(s);
}

static void put_wrapped(struct text_writer *w, int indent, int more, const char *text)
{
    if (indent + tb_utf8_width(text) <= WIDTH) {
        put(w, indent, text);
        return;
    }
    while (*text) {
        size_t n = line_bytes(text, WIDTH - indent);
        char *line = tb_xstrdup(text);
        line[n] = '\0';
        put(w, indent, line);
        free(line);
        text += n;
        while (*text == ' ') text++;
        indent = more;
    }
}

static void put_right(struct text_writer *w, const char *text)
{
    int gap = WIDTH - tb_utf8_width(text);
    if (gap < 0)
        put_wrapped(w, 0, 0, text);
    else
        put(w, gap, text);
}

/* ---- tables ----------------------------------------------------------------------------------------- */

static void pad(struct tb_buf *out, const char *text, int width)
{
    tb_buf_add(out, text);
    for (int i = tb_utf8_width(text); i < width; i++) tb_buf_addc(out, ' ');
}

/* All columns beside each other. */
static void wide_rows(struct text_writer *w, const struct letter_lines *x, size_t from, size_t to,
                      const int *width)
{
    for (size_t i = from; i < to; i++) {
        struct tb_buf line = {0};
        for (int k = 0; k < x->v[i].n; k++) {
            pad(&line, x->v[i].cell[k], width[k]);
            tb_buf_add(&line, "  ");
        }
        put(w, 2, tb_buf_str(&line));
        tb_buf_free(&line);
    }
}

/* Too wide: a line of what fits, and under it the other cells with their heads. */
static void narrow_rows(struct text_writer *w, const struct letter_lines *x, size_t from, size_t to,
                        const int *width, int columns)
{
    const struct letter_line *head = x->v[from].kind == LETTER_HEADS ? &x->v[from] : NULL;
    /* What was and what is stand under each other. */
    int beside = 1, used = 2 + width[0], most = columns > 4 ? columns - 2 : columns - 1;
    while (beside < most && used + 2 + width[beside] <= WIDTH) used += 2 + width[beside++];
    for (size_t i = head ? from + 1 : from; i < to; i++) {
        struct tb_buf line = {0};
        for (int k = 0; k < beside && k < x->v[i].n; k++) {
            pad(&line, x->v[i].cell[k], width[k]);
            tb_buf_add(&line, "  ");
        }
        put_wrapped(w, 2, 6, tb_buf_str(&line));
        tb_buf_free(&line);
        for (int k = beside; k < x->v[i].n; k++) {
            if (!*x->v[i].cell[k]) continue;
            if (head) tb_buf_addf(&line, "%s　", head->cell[k]);
            tb_buf_add(&line, x->v[i].cell[k]);
            put_wrapped(w, 6, 8, tb_buf_str(&line));
            tb_buf_free(&line);
        }
    }
}

static size_t put_table(struct text_writer *w, const struct letter_lines *x, size_t from)
{
    int width[LETTER_CELLS], columns, all = 2;
    size_t to = letter_table(x, from, width, &columns);
    if (from && x->v[from - 1].kind == LETTER_LINE) put_blank(w);
    for (int k = 0; k < columns; k++) all += width[k] + (k ? 2 : 0);
    if (all <= WIDTH)
        wide_rows(w, x, from, to, width);
    else
        narrow_rows(w, x, from, to, width, columns);
    return to;
}

/* ---- lines ------------------------------------------------------------------------------------------ */

static void put_line(struct text_writer *w, const struct letter_line *v, bool pages)
{
    const char *text = v->cell[0];
    int middle = (WIDTH - tb_utf8_width(text)) / 2;
    if (v->kind != LETTER_RIGHT && v->kind != LETTER_LINE && v->kind != LETTER_PARA) put_blank(w);
    if (v->kind == LETTER_RIGHT)
        put_right(w, text);
    else if (v->kind == LETTER_SUBJECT || v->kind == LETTER_MIDDLE)
        put(w, middle > 0 ? middle : 0, text);
    else if (v->kind == LETTER_SHEET) {
        put(w, 0, pages ? "\f" : RULE);
        put_wrapped(w, 0, 2, text);
    } else
        put_wrapped(w,
                    v->kind == LETTER_LINE    ? 2
                    : v->kind == LETTER_GROUP ? 1
                                              : 0,
                    v->kind == LETTER_LINE   ? 4
                    : v->kind == LETTER_PARA ? 0
                                             : 2,
                    text);
    if (v->kind == LETTER_TO || v->kind == LETTER_SUBJECT || v->kind == LETTER_MIDDLE) put_blank(w);
}

/* The lines as pages, each with its number. */
static void write_pages(const struct text_writer *w, struct tb_buf *out)
{
    for (int pass = 0, pages = 0; pass < 2; pass++) {
        int page = 1, line = 0;
        for (size_t i = 0; i <= w->n; i++) {
            bool feed = i < w->n && w->lines[i][0] == '\f';
            if (i == w->n || feed || line == PAGE_LINES) {
                if (pass == 1) tb_buf_addf(out, "%*s%d/%d\n", WIDTH / 2 - 2, "", page, pages);
                if (i == w->n) break;
                if (pass == 1) tb_buf_add(out, "\f");
                page++;
                line = 0;
            }
            if (feed) continue;
            if (pass == 1) tb_buf_addf(out, "%s\n", w->lines[i]);
            line++;
        }
        pages = page;
    }
}

void tb_publish_letter_text(const struct tb_letter *x, struct tb_buf *out)
{
    struct letter_lines v = {0};
    struct text_writer w = {0};
    bool pages = x->way != TB_WAY_MAIL;
    letter_write(x, &v);
    for (size_t i = 0; i < v.n;) {
        if (v.v[i].kind == LETTER_HEADS || v.v[i].kind == LETTER_ROW)
            i = put_table(&w, &v, i);
        else
            put_line(&w, &v.v[i++], pages);
        /* What stands under a head of its own ends with a blank line. */
        if (i < v.n && i && v.v[i].kind == LETTER_PARA && v.v[i - 1].kind == LETTER_LINE) put_blank(&w);
    }
    if (pages)
        write_pages(&w, out);
    else
        for (size_t i = 0; i < w.n; i++) tb_buf_addf(out, "%s\n", w.lines[i]);
    for (size_t i = 0; i < w.n; i++) free(w.lines[i]);
    free(w.lines);
    letter_clear(&v);
}
