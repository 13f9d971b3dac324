/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * roster.html: every sheet of the board on one page each, for paper and for the screen. No script, no
 * picture, no colour that carries meaning, nothing fetched from anywhere.
 */
#include "sheet.h"

#include <string.h>

/* Sizes in millimetres agree with those sheet.c reckons with. */
static const char style[] =
    "@page{size:A4 portrait;margin:10mm}\n"
    "@page wide{size:A4 landscape;margin:10mm}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;color:#000;background:#ddd;font-family:\"IPAexGothic\",\"Noto Sans CJK JP\",\"Hiragino "
    "Sans\",\"Yu Gothic\",sans-serif;"
    "font-size:9pt;line-height:1.3;font-variant-numeric:tabular-nums;-webkit-print-color-adjust:exact;print-"
    "color-adjust:exact}\n"
    "nav{margin:6mm auto;padding:4mm 6mm;width:210mm;background:#fff}\n"
    "nav h1{font-size:13pt;margin:0 0 2mm}\n"
    "nav ul{margin:0;padding:0;columns:2;list-style:none}\n"
    ".sheet{display:flex;flex-direction:column;width:210mm;height:297mm;margin:6mm "
    "auto;padding:10mm;background:#fff}\n"
    ".wide{page:wide;width:297mm;height:210mm}\n"
    "header{flex:none;height:17.5mm;display:grid;grid-template-columns:1fr auto;align-content:start}\n"
    "header h2{margin:0;line-height:1.25;letter-spacing:.06em;font-weight:normal;white-space:nowrap}\n"
    "header .month{margin:1mm 0 0;font-size:12.5pt}\n"
    "header .edition{margin:0;text-align:right;font-size:9pt;line-height:1.45}\n"
    "header .edition b{font-size:12.5pt;font-weight:normal;border:.35mm solid #000;padding:.4mm "
    "2.2mm;display:inline-block;margin-bottom:.8mm}\n"
    ".facts{flex:none;margin:0 0 1mm;display:grid;grid-template-columns:20mm "
    "1fr;font-size:8.5pt;line-height:4.2mm}\n"
    ".facts dt{font-weight:normal}\n"
    ".facts dd{margin:0}\n"
    "table{width:100%;border-collapse:collapse;table-layout:fixed;border:.35mm solid #000}\n"
    "th,td{border:.12mm solid #555;padding:.4mm "
    "1.1mm;text-align:left;vertical-align:middle;font-weight:normal;overflow-wrap:anywhere}\n"
    "thead th{text-align:center;border-bottom:.25mm solid #000;background:#fff}\n"
    "tr.day>*{border-top:.2mm solid #333}\n"
    "tr.free>*{background:#efefef}\n"
    "td.date{white-space:nowrap;text-align:right}\n"
    "td small{display:block;font-size:.9em;line-height:1.3}\n"
    "td small.tel{white-space:nowrap}\n"
    "td.band{white-space:nowrap;text-align:center}\n"
    "td.date small{text-align:left;white-space:normal}\n"
    "td.none{text-align:center;color:#000}\n"
    "td.open{text-align:center}\n"
    "td.open b{font-weight:normal;border:.3mm solid #000;padding:0 .6em}\n"
    ".mark{display:inline-block;min-width:1.5em;text-align:center;border:.2mm solid "
    "#000;line-height:1.25;margin-right:.4em}\n"
    ".places{flex:none;margin:2mm 0 0;font-size:7pt;line-height:3.5mm;columns:2;column-gap:5mm}\n"
    ".wide .places{columns:3}\n"
    ".places p{margin:0;padding-left:1em;text-indent:-1em;break-inside:avoid}\n"
    ".places i{font-style:normal;white-space:nowrap;margin:0 .8em}\n"
    "footer{flex:none;margin-top:auto;padding-top:1mm;font-size:8pt;line-height:1.35;display:grid;grid-"
    "template-columns:1fr "
    "auto;column-gap:5mm}\n"
    "footer p{margin:0}\n"
    "footer .notice{grid-column:1/3;border-top:.2mm solid #000;padding-top:.8mm;margin-top:.8mm}\n"
    "@media print{body{background:#fff}nav{display:none}"
    ".sheet{width:190mm;height:276.5mm;margin:0;padding:0;break-after:page;break-inside:avoid}.wide{width:"
    "277mm;height:189.5mm}"
    ".sheet:last-child{break-after:auto}}\n";

static void text(struct tb_buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        switch (*s) {
        case '&':
            tb_buf_add(out, "&amp;");
            break;
        case '<':
            tb_buf_add(out, "&lt;");
            break;
        case '>':
            tb_buf_add(out, "&gt;");
            break;
        case '"':
            tb_buf_add(out, "&quot;");
            break;
        default:
            tb_buf_addc(out, *s);
        }
    }
}

static void element(struct tb_buf *out, const char *open, const char *s, const char *close)
{
    tb_buf_add(out, open);
    text(out, s);
    tb_buf_add(out, close);
}

/* Sizes with one decimal; printf would take its decimal sign from the locale. */
static void put_size(struct tb_buf *out, const char *before, double size, const char *after)
{
    int tenths = (int)(size * 10 + 0.001);
    tb_buf_addf(out, "%s%d.%d%s", before, tenths / 10, tenths % 10, after);
}

struct page {
    const struct tb_board *b;
    struct tb_buf nav, body;
    int n;
};

static void heading(const struct sheet *s, struct tb_buf *out)
{
    const struct tb_board *b = s->b;
    struct tb_buf edition = {0};
    char at[64];
    put_size(out, "<header><div><h2 style=\"font-size:", s->title_pt, "pt\">");
    element(out, "", s->title, "</h2>");
    element(out, "<p class=\"month\">", s->span, "</p></div><p class=\"edition\"><b>");
    tb_pub_edition(b, &edition);
    text(out, tb_buf_str(&edition));
    tb_buf_add(out, "</b><br>");
    if (b->publication > 0)
        tb_buf_addf(out, "%s公表", tb_format_date_ja(tb_day_of_minute(b->published_at), at, sizeof at));
    tb_buf_free(&edition);
    tb_buf_add(out, "</p></header>\n");
}

static void facts(const struct sheet *s, struct tb_buf *out)
{
    tb_buf_add(out, "<dl class=\"facts\">");
    for (int i = 0; i < s->n_facts; i++) {
        bool again = i > 0 && strcmp(s->facts[i].term, s->facts[i - 1].term) == 0;
        element(out, "<dt>", again ? "" : s->facts[i].term, "</dt>");
        element(out, "<dd>", s->facts[i].text, "</dd>");
    }
    tb_buf_add(out, "</dl>\n");
}

static const char *seat_word(const struct sheet *s, const struct sheet_column *c)
{
    if (c->role == TB_RESERVE) return "予備";
    if (s->b->region->duties[c->duty].at_home) return "待機";
    return c->facility ? "当番" : "当番医";
}

/* Two lines: duties, and under them their seats; one line where every duty has one seat. */
static void table_head(const struct sheet *s, struct tb_buf *out)
{
    bool two = s->n_duties > 1 && s->n_columns > s->n_duties;
    const char *span = two ? " rowspan=\"2\"" : "";
    put_size(out, "<colgroup><col style=\"width:", s->date_mm, "mm\">");
    if (s->mark_mm > 0) put_size(out, "<col style=\"width:", s->mark_mm, "mm\">");
    if (s->bands) put_size(out, "<col style=\"width:", s->band_mm, "mm\">");
    tb_buf_addf(out, "<col span=\"%d\"></colgroup>\n<thead><tr><th%s>日付</th>", s->n_columns, span);
    if (s->mark_mm > 0) tb_buf_addf(out, "<th%s>区分</th>", span);
    if (s->bands) tb_buf_addf(out, "<th%s>時間帯</th>", span);
    for (int i = 0, c = 0; i < s->n_duties; i++) {
        int n = 0;
        while (c + n < s->n_columns && s->columns[c + n].duty == s->duties[i]) n++;
        if (s->n_duties > 1) {
            tb_buf_addf(out, two && n == 1 ? "<th rowspan=\"2\">" : "<th colspan=\"%d\">", n);
            element(out, "", s->heads[i], "</th>");
        }
        c += n;
    }
    if (two) tb_buf_add(out, "</tr><tr>");
    for (int c = 0; c < s->n_columns && (two || s->n_duties == 1); c++) {
        const struct sheet_column *k = &s->columns[c];
        bool more =
            c + 1 < s->n_columns && s->columns[c + 1].duty == k->duty && s->columns[c + 1].role == k->role;
        bool alone = (c == 0 || s->columns[c - 1].duty != k->duty) &&
                     (c + 1 == s->n_columns || s->columns[c + 1].duty != k->duty);
        if (two && alone) continue;
        tb_buf_addf(out, "<th>%s", seat_word(s, k));
        if (more || k->seat > 1) tb_buf_addf(out, " %d", k->seat);
        tb_buf_add(out, "</th>");
    }
    tb_buf_add(out, "</tr></thead>\n");
}

static void cell(const struct sheet *s, const struct sheet_row *row, const struct sheet_column *column,
                 struct tb_buf *out)
{
    int a = tb_sheet_cell(s, row, column);
    if (a < 0) {
        tb_buf_add(out, a == -1 ? "<td class=\"open\"><b>未定</b></td>" : "<td class=\"none\">－</td>");
        return;
    }
    const struct tb_provider *p = &s->b->region->providers[s->b->a[a].provider];
    element(out, "<td>", tb_pub_name(s->b, a, s->arena), "");
    if (s->details && column->facility) {
        element(out, "<small class=\"tel\">", p->phone, "</small>");
        element(out, "<small>", p->address, "</small>");
    }
    tb_buf_add(out, "</td>");
}

static void date_cells(const struct sheet *s, const struct sheet_row *row, struct tb_buf *out)
{
    const char *mark, *words;
    char at[64];
    tb_sheet_mark(s, row->date, &mark, &words);
    tb_buf_addf(out, "<td class=\"date\" rowspan=\"%d\">%s", row->rows_of_day,
                tb_format_md_ja(row->date, at, sizeof at));
    if (s->mark_mm > 0)
        tb_buf_addf(out, "</td><td rowspan=\"%d\">", row->rows_of_day);
    else
        tb_buf_add(out, "<small>");
    if (mark[0] != '\0') tb_buf_addf(out, "<span class=\"mark\">%s</span>", mark);
    element(out, "", words, s->mark_mm > 0 ? "</td>" : "</small></td>");
}

static void table(const struct sheet *s, struct tb_buf *out)
{
    put_size(out, "<table style=\"font-size:", s->pt, "pt\">\n");
    table_head(s, out);
    tb_buf_add(out, "<tbody>\n");
    for (int i = 0; i < s->n_rows; i++) {
        const struct sheet_row *row = &s->rows[i];
        const char *mark, *words;
        tb_sheet_mark(s, row->date, &mark, &words);
        tb_buf_addf(out, "<tr class=\"%s%s\"", row->first_of_day ? "day" : "",
                    s->shaded && mark[0] != '\0' ? " free" : "");
        put_size(out, " style=\"height:", s->row_mm, "mm\">");
        if (row->first_of_day) date_cells(s, row, out);
        if (s->bands) element(out, "<td class=\"band\">", row->band, "</td>");
        for (int c = 0; c < s->n_columns; c++) cell(s, row, &s->columns[c], out);
        tb_buf_add(out, "</tr>\n");
    }
    tb_buf_add(out, "</tbody></table>\n");
}

static void places(const struct sheet *s, struct tb_buf *out)
{
    if (s->details || s->n_places == 0) return;
    tb_buf_add(out, "<div class=\"places\">");
    for (int i = 0; i < s->n_places; i++) {
        const struct tb_provider *p = &s->b->region->providers[s->places[i]];
        element(out, "<p>", p->name, "");
        element(out, "<i>", p->phone, "</i>");
        element(out, "", p->address, "</p>");
    }
    tb_buf_add(out, "</div>\n");
}

static void footing(const struct sheet *s, struct tb_buf *out)
{
    const struct tb_board *b = s->b;
    struct tb_buf edition = {0};
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
    tb_pub_edition(b, &edition);
    tb_buf_add(out, "<footer><p>");
    for (size_t k = 0; k < TB_COUNT(marks); k++)
        if ((seen >> k & 1) != 0)
            tb_buf_addf(out, "<span class=\"mark\">%s</span>%s　", marks[k][0], marks[k][1]);
    tb_buf_add(out, open ? "未定 当番がまだ決まっていない枠</p>" : "</p>");
    element(out, "<p>", b->region->regions[0].name, " ");
    element(out, "", tb_buf_str(&edition), "</p>");
    if (b->region->regions[0].notice[0] != '\0')
        element(out, "<p class=\"notice\">", b->region->regions[0].notice, "</p>");
    tb_buf_add(out, "</footer>\n");
    tb_buf_free(&edition);
}

static void one(void *arg, const struct sheet *s)
{
    struct page *page = arg;
    struct tb_buf *out = &page->body;
    page->n++;
    tb_buf_addf(&page->nav, "<li><a href=\"#s%d\">", page->n);
    element(&page->nav, "", s->title, " ");
    element(&page->nav, "", s->span, "</a></li>\n");
    tb_buf_addf(out, "<section class=\"sheet%s\" id=\"s%d\">\n", s->landscape ? " wide" : "", page->n);
    heading(s, out);
    facts(s, out);
    table(s, out);
    places(s, out);
    footing(s, out);
    tb_buf_add(out, "</section>\n");
}

void tb_publish_html(const struct tb_board *b, struct tb_buf *out)
{
    struct page page = {.b = b};
    struct tb_buf edition = {0};
    tb_sheet_each(b, one, &page);
    tb_pub_edition(b, &edition);
    tb_buf_add(out, "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
                    "name=\"viewport\" content=\"width=device-width\">\n");
    element(out, "<title>", b->region->regions[0].name, " 当番表 ");
    element(out, "", tb_buf_str(&edition), "</title>\n<style>\n");
    tb_buf_add(out, style);
    element(out, "</style>\n</head>\n<body>\n<nav><h1>", b->region->regions[0].name, " 当番表 ");
    element(out, "", tb_buf_str(&edition), "</h1>\n");
    element(out, "<p>", b->region->regions[0].notice, "</p>\n<ul>\n");
    tb_buf_add(out, tb_buf_str(&page.nav));
    tb_buf_add(out, "</ul></nav>\n");
    tb_buf_add(out, tb_buf_str(&page.body));
    tb_buf_add(out, "</body>\n</html>\n");
    tb_buf_free(&edition);
    tb_buf_free(&page.nav);
    tb_buf_free(&page.body);
}
