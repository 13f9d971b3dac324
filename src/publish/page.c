/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What pages share.
 */
#include "page.h"

#define PAGE_STYLE \
    "@page{size:A4 portrait;margin:12mm 12mm 11mm}\n" \
    "*{box-sizing:border-box}\n" \
    "body{margin:0;color:#000;background:#ddd;font-family:\"IPAexGothic\",\"Noto Sans CJK JP\",\"Hiragino " \
    "Sans\",\"Yu Gothic\",sans-serif;" \
    "font-size:8.5pt;line-height:1.35;font-variant-numeric:tabular-nums;-webkit-print-color-adjust:exact;" \
    "print-color-adjust:exact}\n" \
    "main{width:210mm;min-height:297mm;margin:6mm auto;padding:12mm;background:#fff}\n" \
    "header{display:grid;grid-template-columns:1fr auto;align-items:end;border-bottom:.4mm solid " \
    "#000;padding-bottom:1.5mm;margin-bottom:2.5mm}\n" \
    "h1{font-size:15pt;font-weight:normal;letter-spacing:.06em;margin:0;line-height:1.25}\n" \
    "header p{margin:0;text-align:right;font-size:8.5pt}\n" \
    "header .span{text-align:left;font-size:10pt;margin-top:.6mm}\n" \
    "h2{font-size:10pt;font-weight:normal;letter-spacing:.04em;margin:3.2mm 0 " \
    "1mm;padding-left:2mm;border-left:1.2mm solid #000;line-height:1.2;break-after:avoid}\n" \
    "p{margin:1mm 0}\n" \
    ".lead{font-size:9.5pt;line-height:1.5}\n" \
    ".lead b{font-weight:normal;white-space:nowrap}\n" \
    ".small{font-size:7.5pt;line-height:1.4}\n" \
    "table{width:100%;border-collapse:collapse;border:.3mm solid #000}\n" \
    "th,td{border:.12mm solid #666;padding:.35mm " \
    "1.1mm;font-weight:normal;text-align:left;vertical-align:middle}\n" \
    "thead{display:table-header-group}\n" \
    "thead th{text-align:center;border-bottom:.25mm solid #000;background:#f3f3f3}\n" \
    ".small thead tr:last-child th,td.y{white-space:nowrap}\n" \
    "tr{break-inside:avoid}\n" \
    "tr.sub td{border-top:none;padding-left:4mm}\n" \
    "td.n{text-align:right;white-space:nowrap}\n" \
    "td.c{text-align:center}\n" \
    "td.g{border-left:.3mm solid #000}th.g{border-left:.3mm solid #000}\n" \
    "tr.mine>*{background:#e4e4e4;font-weight:bold}\n" \
    "td.bar{padding:0 1mm;line-height:0}\n" /* A page that must hold much: smaller, and closer. */ \
    ".close{font-size:7.3pt;line-height:1.3}.close h2{font-size:9pt;margin:2mm 0 .7mm}.close td,.close " \
    "th{padding:.2mm 1mm}.close .lead{font-size:8.3pt;line-height:1.35}.close .small,.close " \
    "footer{font-size:6.8pt}\n" /* Widths of columns, in millimetres. */ \
    ".w9{width:9mm}.w10{width:10mm}.w11{width:11mm}.w12{width:12mm}.w13{width:13mm}.w14{width:14mm}.w19{" \
    "width:19mm}" \
    ".w20{width:20mm}.w23{width:23mm}.w24{width:24mm}.w26{width:26mm}.w44{width:44mm}\n" \
    ".apart{margin-top:1.5mm}\n" \
    "figure{margin:1mm 0;break-inside:avoid}\n" \
    "figure svg{display:block;width:100%;height:auto}\n" \
    "dl{display:grid;grid-template-columns:30mm 1fr;margin:1mm 0;row-gap:.4mm}dt,dd{margin:0}\n" \
    "ul{margin:.5mm 0;padding-left:1.2em}\n" \
    "footer{margin-top:3mm;border-top:.2mm solid #000;padding-top:.8mm;font-size:7.5pt;line-height:1.4}\n" \
    "footer p{margin:0}\n" \
    ".next{break-before:page}\n" \
    "@media " \
    "print{body{background:#fff}main{width:auto;min-height:0;margin:0;padding:0}a{color:#000;text-" \
    "decoration:" \
    "none}}\n"

void page_begin(struct tb_html *h, const char *title)
{
    tb_html_begin(h, "ja", title, true);
    tb_html_style(h, PAGE_STYLE);
    tb_html_body(h, NULL);
}

void page_table_begin(struct tb_html *h, const char *class)
{
    tb_html_open_as(h, "table", class);
    page_head_begin(h);
}

void page_head_begin(struct tb_html *h)
{
    tb_html_open(h, "thead");
    tb_html_open(h, "tr");
}

void page_head_next(struct tb_html *h)
{
    tb_html_close(h, "tr");
    tb_html_open(h, "tr");
}

void page_head_end(struct tb_html *h)
{
    tb_html_close(h, "tr");
    tb_html_close(h, "thead");
    tb_html_open(h, "tbody");
    tb_html_line(h);
}

void page_table_end(struct tb_html *h)
{
    tb_html_close(h, "tbody");
    tb_html_close_line(h, "table");
}

void page_wide_head(struct tb_html *h, const char *class, int columns, int rows, const char *text)
{
    tb_html_open_as(h, "th", class);
    if (columns > 0) tb_html_attr_int(h, "colspan", columns);
    if (rows > 0) tb_html_attr_int(h, "rowspan", rows);
    tb_html_text(h, text);
    tb_html_close(h, "th");
}

static void put_sign(struct tb_buf *out, int64_t v, bool sign)
{
    if (v < 0) tb_buf_add(out, "−");
    if (sign && v > 0) tb_buf_add(out, "＋");
    if (sign && v == 0) tb_buf_add(out, "±");
}

/* With commas, no sign. */
static void put_digits(struct tb_buf *out, uint64_t size)
{
    char digits[32];
    int n = 0;
    do {
        digits[n++] = (char)('0' + size % 10);
        size /= 10;
    } while (size > 0);
    while (n > 0) {
        tb_buf_addc(out, digits[--n]);
        if (n > 0 && n % 3 == 0) tb_buf_addc(out, ',');
    }
}

void page_number(struct tb_html *h, int64_t v, bool sign)
{
    struct tb_buf text = {0};
    put_sign(&text, v, sign);
    put_digits(&text, v < 0 ? (uint64_t)0 - (uint64_t)v : (uint64_t)v);
    tb_html_text(h, tb_buf_str(&text));
    tb_buf_free(&text);
}

void page_decimal(struct tb_html *h, int64_t v, int unit, bool sign)
{
    struct tb_buf text = {0};
    int64_t size = v < 0 ? -v : v;
    put_sign(&text, v, sign);
    put_digits(&text, (uint64_t)(size / unit));
    tb_buf_addf(&text, unit == 10 ? ".%lld" : ".%02lld", (long long)(size % unit));
    tb_html_text(h, tb_buf_str(&text));
    tb_buf_free(&text);
}

int64_t page_hundredths(int64_t millionths) { return (millionths + (millionths < 0 ? -5000 : 5000)) / 10000; }
