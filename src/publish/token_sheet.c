/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page that a member gets with his calendar's address: to be printed, read at arm's length and followed
 * with one finger.
 */
#include "publish_int.h"
#include "toban/html/html.h"

#include <qrencode.h>
#include <string.h>

static void percent(struct tb_buf *out, const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ||
                     strchr("-._~", *p) != NULL;
        if (plain)
            tb_buf_addc(out, (char)*p);
        else
            tb_buf_addf(out, "%%%02X", (unsigned)*p);
    }
}

/* One path of unit squares, with the four modules of margin that readers want. */
static bool qr_code(struct tb_html *h, const char *text, const char *label)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL) return false;
    int side = code->width + 8;
    struct tb_buf squares = {0};
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (code->data[y * code->width + x] & 1) tb_buf_addf(&squares, "M%d %dh1v1h-1z", x + 4, y + 4);
    tb_html_open_as(h, "svg", "qr");
    tb_html_attrf(h, "viewBox", "0 0 %d %d", side, side);
    tb_html_attr(h, "role", "img");
    tb_html_attr(h, "aria-label", label);
    tb_html_void(h, "path");
    tb_html_attr(h, "d", tb_buf_str(&squares));
    tb_html_close_line(h, "svg");
    tb_buf_free(&squares);
    QRcode_free(code);
    return true;
}

struct way {
    const char *title, *label, *steps[4];
};
static const struct way ways[2] = {
    {"iPhone の場合",
     "iPhone 用のQRコード",
     {"カメラのアプリで左のQRコードを写し、出てきた黄色い文字を押します。",
      "「照会を追加」の画面で「照会」を押します。", "「通知を削除」はそのままで「追加」を押します。",
      "カレンダーのアプリに「当番」が出れば終わりです。"}},
    {"Android（Google カレンダー）の場合",
     "Android 用のQRコード",
     {"カメラで左のQRコードを写し、出てきたアドレスを押します（Chrome で開きます）。",
      "Google にログインしている画面で「追加」を押します。",
      "Google カレンダーのアプリで ≡ →「設定」を開き、「当番」の「同期」を入にします。",
      "はじめて出るまで数時間かかることがあります。"}},
};

#define TOKEN_STYLE \
    "@page{size:A4;margin:15mm}body{font-family:'IPAexGothic','Noto Sans CJK " \
    "JP',sans-serif;font-size:13pt;line-height:1.5;color:#000;background:#fff;margin:0 " \
    "auto;max-width:180mm}" \
    "h1{font-size:20pt;margin:0}h2{font-size:15pt;margin:0}.way{display:flex;gap:8mm;margin:4mm " \
    "0;border-top:1px solid #000;padding-top:3mm;break-inside:avoid}.qr{width:45mm;height:45mm;flex:none}" \
    "ol{margin:0;padding-left:1.4em}code{font-size:11pt;overflow-wrap:anywhere}strong{font-weight:700}\n"

/* A way of taking the address in: its code, and what to press. */
static bool way_section(struct tb_html *h, const struct way *way, const char *text)
{
    tb_html_open_as(h, "section", "way");
    tb_html_line(h);
    bool good = qr_code(h, text, way->label);
    tb_html_open(h, "div");
    tb_html_el(h, "h2", way->title);
    tb_html_line(h);
    tb_html_open(h, "ol");
    tb_html_line(h);
    for (size_t k = 0; k < TB_COUNT(way->steps); k++) {
        tb_html_el(h, "li", way->steps[k]);
        tb_html_line(h);
    }
    tb_html_close(h, "ol");
    tb_html_close_line(h, "div");
    tb_html_close_line(h, "section");
    return good;
}

static void remarks(struct tb_html *h, const char *whom_to_ask)
{
    static const char *const lines[] = {
        "カレンダーの通知（アラーム）は届かないことがあります。",
        "予定の内容は、お使いのカレンダーの会社（Google・Apple・Microsoft など）にも保存されます。",
        "このアドレスを知る人はだれでも予定を見られます。用紙は他の人に渡さないでください。",
    };
    tb_html_open(h, "ul");
    tb_html_line(h);
    tb_html_open(h, "li");
    tb_html_el(h, "strong", "Googleは最大24時間遅れます。");
    tb_html_text(h, "直前の変更は電話などでも必ずお知らせします。");
    tb_html_close_line(h, "li");
    for (size_t i = 0; i < TB_COUNT(lines); i++) {
        tb_html_el(h, "li", lines[i]);
        tb_html_line(h);
    }
    tb_html_elf(
        h, "li", NULL,
        "用紙をなくしたとき・アドレスを知られたときは、再発行できます。古いアドレスはその時から使えなく"
        "なります。申し出先: %s",
        whom_to_ask);
    tb_html_line(h);
    tb_html_close_line(h, "ul");
}

/* Nothing is fetched from elsewhere and no address of the reader's is told to others: the page holds a
 * secret. */
static void secret_meta(struct tb_html *h, const char *name, const char *content)
{
    tb_html_void(h, "meta");
    tb_html_attr(h, "name", name);
    tb_html_attr(h, "content", content);
    tb_html_line(h);
}

/* False when an address does not go into a code. */
static bool token_page(struct tb_html *h, const struct tb_region *r, const char *title, const char *address,
                       const char *const texts[2], const char *whom_to_ask)
{
    bool good = true;
    tb_html_begin(h, "ja", title, false);
    secret_meta(h, "referrer", "no-referrer");
    secret_meta(h, "robots", "noindex");
    tb_html_style(h, TOKEN_STYLE);
    tb_html_body(h, NULL);
    tb_html_el(h, "h1", title);
    tb_html_line(h);
    tb_html_el(
        h, "p",
        "当番の予定を、お使いのカレンダーで見られるようにする用紙です。変更があれば、カレンダーも自動で変"
        "わります。");
    tb_html_line(h);
    for (int i = 0; i < 2; i++) good = good && way_section(h, &ways[i], texts[i]);
    tb_html_open(h, "p");
    tb_html_text(h, "パソコンなどで登録するとき（Outlook は「Web から購読」）のアドレス:");
    tb_html_void(h, "br");
    tb_html_el(h, "code", address);
    tb_html_close_line(h, "p");
    remarks(h, whom_to_ask);
    tb_html_el(h, "p", r->regions[0].notice);
    tb_html_line(h);
    tb_html_end(h);
    return good;
}

enum tb_code tb_publish_token_sheet(const struct tb_board *b, enum tb_feed feed, int index,
                                    const char *address, struct tb_buf *out, struct tb_err *e)
{
    const struct tb_region *r = b->region;
    struct tb_buf title = {0}, webcal = {0}, google = {0}, phone = {0};
    const char *rest = strstr(address, "://");
    tb_feed_title(r, feed, index, &title);
    tb_buf_addf(&webcal, "webcal%s", rest != NULL ? rest : "");
    tb_buf_add(&google, "https://calendar.google.com/calendar/r?cid=");
    percent(&google, tb_buf_str(&webcal));
    for (int i = 0; i < r->n_bodies && phone.len == 0; i++)
        if (r->bodies[i].phone[0] != '\0')
            tb_buf_addf(&phone, "%s 電話 %s", r->bodies[i].name, r->bodies[i].phone);
    struct tb_html h = {.out = out};
    const char *texts[2] = {tb_buf_str(&webcal), tb_buf_str(&google)};
    bool good =
        token_page(&h, r, tb_buf_str(&title), address, texts, phone.len > 0 ? phone.s : r->regions[0].name) &&
        rest != NULL;
    tb_buf_free(&title);
    tb_buf_free(&webcal);
    tb_buf_free(&google);
    tb_buf_free(&phone);
    if (good) return TB_OK;
    return tb_fail(
        e, TB_INPUT,
        tb_t("アドレス「%s」を QR コードにできません。https:// で始まる短いアドレスにします",
             "\"%s\" cannot be put into a QR code; it is a short address that begins with https://"),
        address);
}
