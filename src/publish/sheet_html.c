/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * roster.html: every sheet of the board on one page each, for paper and for the screen. No script, no
 * picture, no colour that carries meaning, nothing fetched from anywhere.
 */
#include "page.h"
#include "sheet.h"

#include <stdio.h>
#include <string.h>

/* Sizes in millimetres agree with those sheet.c reckons with. */
#define SHEET_STYLE \
    "@page{size:A4 portrait;margin:10mm}\n" \
    "@page wide{size:A4 landscape;margin:10mm}\n" \
    "*{box-sizing:border-box}\n" \
    "body{margin:0;color:#000;background:#ddd;font-family:\"IPAexGothic\",\"Noto Sans CJK JP\",\"Hiragino " \
    "Sans\",\"Yu Gothic\",sans-serif;" \
    "font-size:9pt;line-height:1.3;font-variant-numeric:tabular-nums;-webkit-print-color-adjust:exact;" \
    "print-" \
    "color-adjust:exact}\n" \
    "nav{margin:6mm auto;padding:4mm 6mm;width:210mm;background:#fff}\n" \
    "nav h1{font-size:13pt;margin:0 0 2mm}\n" \
    "nav ul{margin:0;padding:0;columns:2;list-style:none}\n" \
    ".sheet{display:flex;flex-direction:column;width:210mm;height:297mm;margin:6mm " \
    "auto;padding:10mm;background:#fff}\n" \
    ".wide{page:wide;width:297mm;height:210mm}\n" \
    "header{flex:none;height:17.5mm;display:grid;grid-template-columns:1fr auto;align-content:start}\n" \
    "header h2{margin:0;line-height:1.25;letter-spacing:.06em;font-weight:normal;white-space:nowrap}\n" \
    "header .month{margin:1mm 0 0;font-size:12.5pt}\n" \
    "header .edition{margin:0;text-align:right;font-size:9pt;line-height:1.45}\n" \
    "header .edition b{font-size:12.5pt;font-weight:normal;border:.35mm solid #000;padding:.4mm " \
    "2.2mm;display:inline-block;margin-bottom:.8mm}\n" \
    ".facts{flex:none;margin:0 0 1mm;display:grid;grid-template-columns:20mm " \
    "1fr;font-size:8.5pt;line-height:4.2mm}\n" \
    ".facts dt{font-weight:normal}\n" \
    ".facts dd{margin:0}\n" \
    "table{width:100%;border-collapse:collapse;table-layout:fixed;border:.35mm solid #000}\n" \
    "th,td{border:.12mm solid #555;padding:.4mm " \
    "1.1mm;text-align:left;vertical-align:middle;font-weight:normal;overflow-wrap:anywhere}\n" \
    "thead th{text-align:center;border-bottom:.25mm solid #000;background:#fff}\n" \
    "tr.day>*{border-top:.2mm solid #333}\n" \
    "tr.free>*{background:#efefef}\n" /* Sizes of type that sheet.c may choose, in halves of a point. */ \
    ".pt5-5{font-size:5.5pt}.pt6{font-size:6pt}.pt6-5{font-size:6.5pt}.pt7{font-size:7pt}" \
    ".pt7-5{font-size:7.5pt}.pt8{font-size:8pt}.pt8-5{font-size:8.5pt}.pt9{font-size:9pt}" \
    ".pt9-5{font-size:9.5pt}.pt10{font-size:10pt}.pt10-5{font-size:10.5pt}.pt11{font-size:11pt}" \
    ".pt11-5{font-size:11.5pt}.pt12{font-size:12pt}.pt12-5{font-size:12.5pt}.pt13{font-size:13pt}" \
    ".pt13-5{font-size:13.5pt}.pt14{font-size:14pt}.pt14-5{font-size:14.5pt}.pt15{font-size:15pt}" \
    ".pt15-5{font-size:15.5pt}.pt16{font-size:16pt}.pt16-5{font-size:16.5pt}.pt17{font-size:17pt}\n" \
    "td.date{white-space:nowrap;text-align:right}\n" \
    "td small{display:block;font-size:.9em;line-height:1.3}\n" \
    "td small.tel{white-space:nowrap}\n" \
    "td.band{white-space:nowrap;text-align:center}\n" \
    "td.date small{text-align:left;white-space:normal}\n" \
    "td.none{text-align:center;color:#000}\n" \
    "td.open{text-align:center}\n" \
    "td.open b{font-weight:normal;border:.3mm solid #000;padding:0 .6em}\n" \
    ".mark{display:inline-block;min-width:1.5em;text-align:center;border:.2mm solid " \
    "#000;line-height:1.25;margin-right:.4em}\n" \
    ".places{flex:none;margin:2mm 0 0;font-size:7pt;line-height:3.5mm;columns:2;column-gap:5mm}\n" \
    ".wide .places{columns:3}\n" \
    ".places p{margin:0;padding-left:1em;text-indent:-1em;break-inside:avoid}\n" \
    ".places i{font-style:normal;white-space:nowrap;margin:0 .8em}\n" \
    "footer{flex:none;margin-top:auto;padding-top:1mm;font-size:8pt;line-height:1.35;display:grid;grid-" \
    "template-columns:1fr " \
    "auto;column-gap:5mm}\n" \
    "footer p{margin:0}\n" \
    "footer .notice{grid-column:1/3;border-top:.2mm solid #000;padding-top:.8mm;margin-top:.8mm}\n" \
    "@media print{body{background:#fff}nav{display:none}" \
    ".sheet{width:190mm;height:276.5mm;margin:0;padding:0;break-after:page;break-inside:avoid}.wide{width:" \
    "277mm;height:189.5mm}" \
    ".sheet:last-child{break-after:auto}}\n"

/* The class of a size of type. */
static const char *size_class(double pt, char buf[16])
{
    int halves = (int)(pt * 2 + 0.001);
    (void)snprintf(buf, 16, halves % 2 != 0 ? "pt%d-5" : "pt%d", halves / 2);
    return buf;
}

/* Tenths of a millimetre as pixels, 96 to the inch: what columns and rows take as their width and height
 * without a style. A sheet's are its own, too many for classes. */
static void px_of_mm(char buf[32], double mm)
{
    long long tenths = (long long)(mm * 10 + 0.001), px = (tenths * 960000 + 127) / 254;
    (void)snprintf(buf, 32, "%lld.%04lld", px / 10000, px % 10000);
}

static void column_of(struct tb_html *h, double mm)
{
    char width[32];
    px_of_mm(width, mm);
    tb_html_void(h, "col");
    tb_html_attr(h, "width", width);
}

struct page {
    const struct tb_board *b;
    struct tb_html nav, body;
    int n;
};

static void sheet_heading(struct tb_html *h, const struct sheet *s)
{
    const struct tb_board *b = s->b;
    struct tb_buf edition = {0};
    char at[64], size[16];
    tb_pub_edition(b, &edition);
    tb_html_open(h, "header");
    tb_html_open(h, "div");
    tb_html_el_as(h, "h2", size_class(s->title_pt, size), s->title);
    tb_html_el_as(h, "p", "month", s->span);
    tb_html_close(h, "div");
    tb_html_open_as(h, "p", "edition");
    tb_html_el(h, "b", tb_buf_str(&edition));
    tb_html_void(h, "br");
    if (b->publication > 0)
        tb_html_textf(h, "%s公表", tb_format_date_ja(tb_day_of_minute(b->published_at), at, sizeof at));
    tb_html_close(h, "p");
    tb_html_close_line(h, "header");
    tb_buf_free(&edition);
}

static void fact_list(struct tb_html *h, const struct sheet *s)
{
    tb_html_open_as(h, "dl", "facts");
    for (int i = 0; i < s->n_facts; i++) {
        bool again = i > 0 && strcmp(s->facts[i].term, s->facts[i - 1].term) == 0;
        tb_html_el(h, "dt", again ? "" : s->facts[i].term);
        tb_html_el(h, "dd", s->facts[i].text);
    }
    tb_html_close_line(h, "dl");
}

static const char *seat_word(const struct sheet *s, const struct sheet_column *c)
{
    if (c->role == TB_RESERVE) return "予備";
    if (s->region->duties[c->duty].at_home) return "待機";
    return c->facility ? "当番" : "当番医";
}

static void sheet_columns(struct tb_html *h, const struct sheet *s)
{
    tb_html_open(h, "colgroup");
    column_of(h, s->date_mm);
    if (s->mark_mm > 0) column_of(h, s->mark_mm);
    if (s->bands) column_of(h, s->band_mm);
    tb_html_void(h, "col");
    tb_html_attr_int(h, "span", s->n_columns);
    tb_html_close_line(h, "colgroup");
}

/* The line of seats, in which a duty of one seat has no cell where there are two lines. */
static void seat_heads(struct tb_html *h, const struct sheet *s, bool two)
{
    for (int c = 0; c < s->n_columns; c++) {
        const struct sheet_column *k = &s->columns[c];
        bool more =
            c + 1 < s->n_columns && s->columns[c + 1].duty == k->duty && s->columns[c + 1].role == k->role;
        bool alone = (c == 0 || s->columns[c - 1].duty != k->duty) &&
                     (c + 1 == s->n_columns || s->columns[c + 1].duty != k->duty);
        if (two && alone) continue;
        tb_html_open(h, "th");
        tb_html_text(h, seat_word(s, k));
        if (more || k->seat > 1) tb_html_textf(h, " %d", k->seat);
        tb_html_close(h, "th");
    }
}

/* Two lines: duties, and under them their seats; one line where every duty has one seat. */
static void sheet_head(struct tb_html *h, const struct sheet *s)
{
    bool two = s->n_duties > 1 && s->n_columns > s->n_duties;
    int rows = two ? 2 : 0;
    sheet_columns(h, s);
    page_head_begin(h);
    page_wide_head(h, NULL, 0, rows, "日付");
    if (s->mark_mm > 0) page_wide_head(h, NULL, 0, rows, "区分");
    if (s->bands) page_wide_head(h, NULL, 0, rows, "時間帯");
    for (int i = 0, c = 0; i < s->n_duties; i++) {
        int n = 0;
        while (c + n < s->n_columns && s->columns[c + n].duty == s->duties[i]) n++;
        bool both = two && n == 1;
        if (s->n_duties > 1) page_wide_head(h, NULL, both ? 0 : n, both ? 2 : 0, s->heads[i]);
        c += n;
    }
    if (two) page_head_next(h);
    if (two || s->n_duties == 1) seat_heads(h, s, two);
    tb_html_close(h, "tr");
    tb_html_close_line(h, "thead");
}

static void seat_cell(struct tb_html *h, const struct sheet *s, const struct sheet_row *row,
                      const struct sheet_column *column)
{
    int a = tb_sheet_cell(s, row, column);
    if (a == -1) {
        tb_html_open_as(h, "td", "open");
        tb_html_el(h, "b", TB_PUB_OPEN);
        tb_html_close(h, "td");
        return;
    }
    if (a < 0) {
        tb_html_el_as(h, "td", "none", "－");
        return;
    }
    const struct tb_provider *p = &tb_board_region(s->b, row->date)->providers[s->b->a[a].provider];
    tb_html_open(h, "td");
    tb_html_text(h, tb_pub_name(s->b, a, s->arena));
    if (s->details && column->facility) {
        tb_html_el_as(h, "small", "tel", p->phone);
        tb_html_el(h, "small", tb_sheet_where(s, row, column, s->b->a[a].provider));
    }
    tb_html_close(h, "td");
}

/* The day, and its mark: beside it, or under it where there is no room. */
static void date_cells(struct tb_html *h, const struct sheet *s, const struct sheet_row *row)
{
    const char *mark, *words;
    char at[64];
    tb_sheet_mark(s, row->date, &mark, &words);
    tb_html_open_as(h, "td", "date");
    tb_html_attr_int(h, "rowspan", row->rows_of_day);
    tb_html_text(h, tb_format_md_ja(row->date, at, sizeof at));
    if (s->mark_mm > 0) {
        tb_html_close(h, "td");
        tb_html_open(h, "td");
        tb_html_attr_int(h, "rowspan", row->rows_of_day);
    } else {
        tb_html_open(h, "small");
    }
    if (mark[0] != '\0') tb_html_el_as(h, "span", "mark", mark);
    tb_html_text(h, words);
    if (s->mark_mm <= 0) tb_html_close(h, "small");
    tb_html_close(h, "td");
}

static void sheet_table(struct tb_html *h, const struct sheet *s)
{
    char size[16], height[32];
    px_of_mm(height, s->row_mm);
    tb_html_open_as(h, "table", size_class(s->pt, size));
    tb_html_line(h);
    sheet_head(h, s);
    tb_html_open(h, "tbody");
    tb_html_line(h);
    for (int i = 0; i < s->n_rows; i++) {
        const struct sheet_row *row = &s->rows[i];
        const char *mark, *words;
        tb_sheet_mark(s, row->date, &mark, &words);
        tb_html_open(h, "tr");
        tb_html_attrf(h, "class", "%s%s", row->first_of_day ? "day" : "",
                      s->shaded && mark[0] != '\0' ? " free" : "");
        tb_html_attr(h, "height", height);
        if (row->first_of_day) date_cells(h, s, row);
        if (s->bands) tb_html_el_as(h, "td", "band", row->band);
        for (int c = 0; c < s->n_columns; c++) seat_cell(h, s, row, &s->columns[c]);
        tb_html_close_line(h, "tr");
    }
    page_table_end(h);
}

static void place_list(struct tb_html *h, const struct sheet *s)
{
    if (s->details || s->n_places == 0) return;
    tb_html_open_as(h, "div", "places");
    for (int i = 0; i < s->n_places; i++) {
        const struct tb_provider *p = &s->region->providers[s->places[i]];
        tb_html_open(h, "p");
        tb_html_text(h, p->name);
        tb_html_el(h, "i", p->phone);
        tb_html_text(h, tb_sheet_place(s, s->places[i]));
        tb_html_close(h, "p");
    }
    tb_html_close_line(h, "div");
}

/* What the marks on this sheet mean. */
/* Whom to call about an open seat: the offices of the bodies of the sheet's duties. */
static void call_words(struct tb_html *h, const struct sheet *s)
{
    const struct tb_region *r = s->b->region;
    for (int k = 0; k < r->n_bodies; k++) {
        bool here = false;
        for (int i = 0; i < s->n_rows && !here; i++)
            for (int c = 0; c < s->n_columns && !here; c++)
                here = tb_sheet_cell(s, &s->rows[i], &s->columns[c]) == -1 &&
                       r->duties[s->columns[c].duty].body == k;
        if (here) tb_html_textf(h, "　連絡先 %s %s", r->bodies[k].name, r->bodies[k].phone);
    }
}

static void mark_words(struct tb_html *h, const struct sheet *s)
{
    static const char *const marks[][2] = {
        {"休", "日曜"}, {"祝", "国民の祝日・休日"}, {"土", "土曜"}, {"特", "特定日"}};
    unsigned seen = 0;
    bool open = false;
    for (int i = 0; i < s->n_rows; i++) {
        const char *mark, *words;
        tb_sheet_mark(s, s->rows[i].date, &mark, &words);
        for (size_t k = 0; k < TB_COUNT(marks); k++)
            if (strcmp(mark, marks[k][0]) == 0) seen |= 1u << k;
        for (int c = 0; c < s->n_columns; c++) open |= tb_sheet_cell(s, &s->rows[i], &s->columns[c]) == -1;
    }
    tb_html_open(h, "p");
    for (size_t k = 0; k < TB_COUNT(marks); k++) {
        if ((seen >> k & 1) == 0) continue;
        tb_html_el_as(h, "span", "mark", marks[k][0]);
        tb_html_textf(h, "%s　", marks[k][1]);
    }
    if (open) {
        tb_html_text(h, TB_PUB_OPEN " 当番がまだ決まっていない枠");
        call_words(h, s);
    }
    tb_html_close(h, "p");
}

static void sheet_footing(struct tb_html *h, const struct sheet *s)
{
    const struct tb_region_row *r = &s->region->regions[0];
    struct tb_buf edition = {0};
    tb_pub_edition(s->b, &edition);
    tb_html_open(h, "footer");
    mark_words(h, s);
    tb_html_elf(h, "p", NULL, "%s %s", r->name, tb_buf_str(&edition));
    if (r->notice[0] != '\0') tb_html_el_as(h, "p", "notice", r->notice);
    tb_html_close_line(h, "footer");
    tb_buf_free(&edition);
}

static void add_sheet(void *arg, const struct sheet *s)
{
    struct page *page = arg;
    struct tb_html *h = &page->body;
    page->n++;
    tb_html_open(&page->nav, "li");
    tb_html_open(&page->nav, "a");
    tb_html_attrf(&page->nav, "href", "#s%d", page->n);
    tb_html_textf(&page->nav, "%s %s", s->title, s->span);
    tb_html_close(&page->nav, "a");
    tb_html_close_line(&page->nav, "li");
    tb_html_open_as(h, "section", s->landscape ? "sheet wide" : "sheet");
    tb_html_attrf(h, "id", "s%d", page->n);
    tb_html_line(h);
    sheet_heading(h, s);
    fact_list(h, s);
    sheet_table(h, s);
    place_list(h, s);
    sheet_footing(h, s);
    tb_html_close_line(h, "section");
}

void tb_publish_html(const struct tb_board *b, struct tb_buf *out)
{
    struct tb_buf nav = {0}, body = {0}, title = {0};
    struct page page = {.b = b, .nav = {.out = &nav}, .body = {.out = &body}};
    struct tb_html h = {.out = out};
    tb_sheet_each(b, add_sheet, &page);
    tb_buf_addf(&title, "%s 当番表 ", b->region->regions[0].name);
    tb_pub_edition(b, &title);
    tb_html_begin(&h, "ja", tb_buf_str(&title), true);
    tb_html_style(&h, SHEET_STYLE);
    tb_html_body(&h, NULL);
    tb_html_open(&h, "nav");
    tb_html_el(&h, "h1", tb_buf_str(&title));
    tb_html_line(&h);
    tb_html_el(&h, "p", b->region->regions[0].notice);
    tb_html_line(&h);
    tb_html_open(&h, "ul");
    tb_html_line(&h);
    tb_html_join(&h, &page.nav);
    tb_html_close(&h, "ul");
    tb_html_close_line(&h, "nav");
    tb_html_join(&h, &page.body);
    tb_html_end(&h);
    tb_buf_free(&title);
    tb_buf_free(&nav);
    tb_buf_free(&body);
}
