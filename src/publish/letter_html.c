/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A letter as A4 pages: black on white, in type that a fax carries, each with its number. The pages are cut
 * here and not by the browser, so that they say how many there are.
 */
#include "letter_int.h"
#include "page.h"

#include <stdlib.h>

#define LETTER_STYLE \
    "@page{size:A4 portrait;margin:0}\n" \
    "*{box-sizing:border-box}\n" \
    "body{margin:0;color:#000;background:#ddd;font-family:\"IPAexGothic\",\"Noto Sans CJK JP\",\"Hiragino " \
    "Sans\",\"Yu " \
    "Gothic\",sans-serif;font-size:11.5pt;line-height:6.2mm;font-variant-numeric:tabular-nums}\n" \
    "section{position:relative;width:210mm;height:297mm;margin:6mm auto;padding:16mm 20mm " \
    "15mm;background:#fff;overflow:hidden}\n" \
    "p,h1,h2,h3{margin:0;font-weight:normal;font-size:11.5pt}\n" \
    ".right{text-align:right}\n" \
    ".to{font-size:14pt;line-height:8mm;margin:3mm 0}\n" \
    "h1{font-size:16pt;line-height:9mm;text-align:center;letter-spacing:.08em;margin:6mm 0 4mm}\n" \
    ".middle{text-align:center;margin:2mm 0 1mm}\n" \
    "h2{margin-top:3mm}\n" \
    "h3{margin-top:1.5mm;padding-left:1em}\n" \
    ".line{padding-left:2em;text-indent:-1em}\n" \
    ".box{margin-top:3mm;border-top:.3mm solid #000;padding-top:1mm}\n" \
    ".line+p:not([class]){margin-top:3mm}\n" \
    ".sheet{font-size:14pt;line-height:8mm;margin:0 0 2mm}\n" \
    "table{border-collapse:collapse;border:.35mm solid #000;margin:1mm 0 0 1em;width:calc(100% - 1em)}\n" \
    "th,td{border:.2mm solid #000;padding:.2mm 1.5mm;font-weight:normal;font-size:11pt;text-align:left;" \
    "line-height:6mm}\n" \
    "td:first-child,td.k{white-space:nowrap}\n" \
    "thead th{border-bottom:.35mm solid #000}\n" \
    ".number{position:absolute;left:20mm;right:20mm;bottom:8mm;font-size:9.5pt;display:flex;" \
    "justify-content:space-between}\n" \
    "@media " \
    "print{body{background:#fff}section{margin:0;break-after:page}section:last-child{break-after:auto}" \
    "}\n"

/* In tenths of a millimetre, as the style above has them: between the margins, and what lines take. */
enum { PAGE_MM10 = 2620, LINE_MM10 = 62, ROW_MM10 = 66, TABLE_MM10 = 20 };
/* Columns of half a character in a line, and in a table beside its rules. */
enum { LINE_COLUMNS = 82, ROW_COLUMNS = 85, CELL_COLUMNS = 2 };

static int lines_of(const char *text, int columns)
{
    int w = tb_utf8_width(text);
    return w <= columns ? 1 : (w + columns - 1) / columns;
}

/* Cells of a row that does not fit are wrapped where the browser sees fit: counted as if only the longest
 * gave way. */
static int row_height(const struct letter_line *v)
{
    int all = 0, longest = 0;
    for (int k = 0; k < v->n; k++) {
        int w = tb_utf8_width(v->cell[k]) + CELL_COLUMNS;
        all += w;
        if (w > longest) longest = w;
    }
    int room = longest - (all - ROW_COLUMNS);
    if (all <= ROW_COLUMNS || room <= 0) return all <= ROW_COLUMNS ? ROW_MM10 : ROW_MM10 + 120;
    return ROW_MM10 + 60 * ((longest + room - 1) / room - 1);
}

/* How high a line stands. */
static int height_of(const struct letter_line *v)
{
    static const int fixed[] = {[LETTER_TO] = 140,
                                [LETTER_SUBJECT] = 190,
                                [LETTER_MIDDLE] = LINE_MM10 + 30,
                                [LETTER_GROUP] = LINE_MM10 + 15,
                                [LETTER_BOX] = LINE_MM10 + 45,
                                [LETTER_SHEET] = 0};
    if ((size_t)v->kind < TB_COUNT(fixed) && fixed[v->kind]) return fixed[v->kind];
    if (v->kind == LETTER_SHEET) return 80 * lines_of(v->cell[0], 68) + 20;
    if (v->kind == LETTER_HEADS || v->kind == LETTER_ROW) return row_height(v);
    return LINE_MM10 * lines_of(v->cell[0], LINE_COLUMNS) + (v->kind == LETTER_HEADING ? 30 : 0);
}

/* Page of each line, from 0; heads are written again where their table goes on. Returns how many pages. */
static int cut_pages(const struct letter_lines *x, int *page)
{
    int at = 0, used = 0;
    for (size_t i = 0; i < x->n; i++) {
        enum letter_kind kind = x->v[i].kind;
        int need = height_of(&x->v[i]), with = need;
        /* A head stays with what it is the head of. */
        for (size_t k = i; k + 1 < x->n && (x->v[k].kind == LETTER_HEADING || x->v[k].kind == LETTER_GROUP ||
                                            x->v[k].kind == LETTER_HEADS || x->v[k].kind == LETTER_BOX);
             k++)
            with += height_of(&x->v[k + 1]);
        /* The receipt is torn off in one piece. */
        for (size_t k = i; kind == LETTER_BOX && k + 1 < x->n && x->v[k + 1].kind == LETTER_LINE; k++)
            with += k > i ? height_of(&x->v[k + 1]) : 0;
        if (kind == LETTER_HEADS) need += TABLE_MM10;
        if (used && (kind == LETTER_SHEET || used + with > PAGE_MM10)) {
            at++;
            used = kind == LETTER_ROW ? ROW_MM10 + TABLE_MM10 : 0;
        }
        used += need;
        page[i] = at;
    }
    return at + 1;
}

static void put_cells(struct tb_html *h, const struct letter_line *v, bool head)
{
    tb_html_open(h, "tr");
    for (int k = 0; k < v->n; k++) {
        if (head)
            tb_html_el(h, "th", v->cell[k]);
        else
            tb_html_el_as(h, "td", tb_utf8_width(v->cell[k]) <= 22 ? "k" : NULL, v->cell[k]);
    }
    tb_html_close_line(h, "tr");
}

/* Rows of one table on one page; `heads` NULL: it has none. */
static size_t put_rows(struct tb_html *h, const struct letter_lines *x, size_t i, const int *page,
                       const struct letter_line *heads)
{
    int here = page[i];
    tb_html_open(h, "table");
    if (heads) {
        tb_html_open(h, "thead");
        put_cells(h, heads, true);
        tb_html_close(h, "thead");
    }
    tb_html_open(h, "tbody");
    tb_html_line(h);
    for (; i < x->n && x->v[i].kind == LETTER_ROW && page[i] == here; i++) put_cells(h, &x->v[i], false);
    page_table_end(h);
    return i;
}

static void put_line(struct tb_html *h, const struct letter_line *v)
{
    static const char *const classes[] = {
        [LETTER_RIGHT] = "right", [LETTER_TO] = "to",   [LETTER_MIDDLE] = "middle",
        [LETTER_LINE] = "line",   [LETTER_BOX] = "box", [LETTER_SHEET] = "sheet"};
    if (v->kind == LETTER_SUBJECT)
        tb_html_el(h, "h1", v->cell[0]);
    else if (v->kind == LETTER_HEADING)
        tb_html_el(h, "h2", v->cell[0]);
    else if (v->kind == LETTER_GROUP)
        tb_html_el(h, "h3", v->cell[0]);
    else
        tb_html_el_as(h, "p", classes[v->kind], v->cell[0]);
    tb_html_line(h);
}

static void put_page(struct tb_html *h, const struct tb_letter *x, int page, int pages)
{
    struct tb_buf edition = {0};
    tb_pub_edition(x->board, &edition);
    tb_html_open_as(h, "div", "number");
    tb_html_elf(h, "span", NULL, "%s　%s", x->board->region->regions[0].name, tb_buf_str(&edition));
    tb_html_elf(h, "span", NULL, "%d/%d", page, pages);
    tb_html_close_line(h, "div");
    tb_html_close_line(h, "section");
    tb_buf_free(&edition);
}

void tb_publish_letter_html(const struct tb_letter *x, struct tb_buf *out)
{
    struct letter_lines v = {0};
    struct tb_html h = {.out = out};
    const struct letter_line *heads = NULL;
    letter_write(x, &v);
    int *page = tb_xcalloc(v.n + 1, sizeof *page);
    int pages = cut_pages(&v, page);
    tb_html_begin(&h, "ja", tb_letter_subject(x), true);
    tb_html_style(&h, LETTER_STYLE);
    tb_html_body(&h, NULL);
    for (size_t i = 0; i < v.n;) {
        if (i == 0 || page[i] != page[i - 1]) {
            if (i) put_page(&h, x, page[i - 1] + 1, pages);
            tb_html_open(&h, "section");
            tb_html_line(&h);
        }
        if (v.v[i].kind == LETTER_HEADS)
            heads = &v.v[i++];
        else if (v.v[i].kind == LETTER_ROW)
            i = put_rows(&h, &v, i, page, heads);
        else
            put_line(&h, &v.v[i++]);
    }
    put_page(&h, x, pages, pages);
    tb_html_end(&h);
    free(page);
    letter_clear(&v);
}
