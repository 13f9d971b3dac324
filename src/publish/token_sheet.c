/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page that a member gets with his calendar's address: to be printed, read at arm's length and followed
 * with one finger.
 */
#include "publish_int.h"

#include <qrencode.h>
#include <string.h>

static void html(struct tb_buf *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '&')
            tb_buf_add(out, "&amp;");
        else if (*p == '<')
            tb_buf_add(out, "&lt;");
        else if (*p == '"')
            tb_buf_add(out, "&quot;");
        else
            tb_buf_addc(out, *p);
    }
}

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
static bool qr(struct tb_buf *out, const char *text, const char *label)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL) return false;
    int side = code->width + 8;
    tb_buf_addf(out, "<svg class=\"qr\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"><path d=\"",
                side, side, label);
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (code->data[y * code->width + x] & 1) tb_buf_addf(out, "M%d %dh1v1h-1z", x + 4, y + 4);
    tb_buf_add(out, "\"/></svg>\n");
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

static const char style[] =
    "@page{size:A4;margin:15mm}body{font-family:'IPAexGothic','Noto Sans CJK "
    "JP',sans-serif;font-size:13pt;line-height:1.5;color:#000;background:#fff;margin:0 auto;max-width:180mm}"
    "h1{font-size:20pt;margin:0}h2{font-size:15pt;margin:0}.way{display:flex;gap:8mm;margin:4mm "
    "0;border-top:1px solid #000;padding-top:3mm;break-inside:avoid}.qr{width:45mm;height:45mm;flex:none}"
    "ol{margin:0;padding-left:1.4em}code{font-size:11pt;overflow-wrap:anywhere}strong{font-weight:700}";

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
    /* Nothing is fetched from elsewhere and no address of the reader's is told to others: the page holds a
     * secret. */
    tb_buf_add(
        out, "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"referrer\" "
             "content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n<title>");
    html(out, tb_buf_str(&title));
    tb_buf_addf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<h1>", style);
    html(out, tb_buf_str(&title));
    tb_buf_add(out, "</"
                    "h1>\n<p>"
                    "当番の予定を、お使いのカレンダーで見られるようにする用紙です。変更があれば、カレンダーも"
                    "自動で変わります。</p>\n");
    bool good = rest != NULL;
    const char *texts[2] = {tb_buf_str(&webcal), tb_buf_str(&google)};
    for (int i = 0; i < 2 && good; i++) {
        tb_buf_add(out, "<section class=\"way\">\n");
        good = qr(out, texts[i], ways[i].label);
        tb_buf_addf(out, "<div><h2>%s</h2>\n<ol>\n", ways[i].title);
        for (int k = 0; k < 4; k++) tb_buf_addf(out, "<li>%s</li>\n", ways[i].steps[k]);
        tb_buf_add(out, "</ol></div>\n</section>\n");
    }
    tb_buf_add(out, "<p>パソコンなどで登録するとき（Outlook は「Web から購読」）のアドレス:<br><code>");
    html(out, address);
    tb_buf_add(
        out,
        "</code></p>\n<ul>\n<li><strong>Googleは最大24時間遅れます。</"
        "strong>直前の変更は電話などでも必ずお知らせします。</li>\n"
        "<li>カレンダーの通知（アラーム）は届かないことがあります。</li>\n"
        "<li>予定の内容は、お使いのカレンダーの会社（Google・Apple・Microsoft など）にも保存されます。</li>\n"
        "<li>このアドレスを知る人はだれでも予定を見られます。用紙は他の人に渡さないでください。</"
        "li>\n<li>"
        "用紙をなくしたとき・アドレスを知られたときは、再発行できます。古いアドレスはその時から使えなくなりま"
        "す。申し出先: ");
    html(out, phone.len > 0 ? phone.s : r->regions[0].name);
    tb_buf_add(out, "</li>\n</ul>\n<p>");
    html(out, r->regions[0].notice);
    tb_buf_add(out, "</p>\n</body>\n</html>\n");
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
