/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes of one file -> text that the readers may trust. Nothing is guessed where an encoding was said: a
 * wrong guess turns names of people into other names without a word.
 */
#include "codec_int.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOM "\xEF\xBB\xBF"
#define BOM_SIZE 3u

/* Only for text known to be valid. */
static uint32_t decode(const char *s, size_t *size)
{
    const unsigned char *p = (const unsigned char *)s;
    *size = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    uint32_t c = *size == 1 ? p[0] : p[0] & (0x7Fu >> *size);
    for (size_t i = 1; i < *size; i++) c = c << 6 | (p[i] & 0x3Fu);
    return c;
}

struct place {
    int line, column;
};

/* Columns count characters in UTF-8 and bytes in what is not. */
static struct place place_of(const char *s, size_t at)
{
    struct place p = {1, 1};
    for (size_t i = 0; i < at; i++) {
        bool end = s[i] == '\n' || (s[i] == '\r' && s[i + 1] != '\n');
        if (end)
            p = (struct place){p.line + 1, 1};
        else if (((unsigned char)s[i] & 0xC0) != 0x80)
            p.column++;
    }
    return p;
}

static bool is_private(uint32_t c) { return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000; }

static bool is_control(uint32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

uint32_t tb_text_odd(const char *s, size_t len, size_t *at)
{
    size_t size;
    for (size_t i = 0; i < len; i += size) {
        size = 1;
        if (s[i] >= 0x20 && s[i] < 0x7F) continue;
        uint32_t c = decode(s + i, &size);
        if (c == '\t' || c == '\n' || c == '\r' || !(is_control(c) || is_private(c) || c == 0xFEFF)) continue;
        *at = i;
        return c == 0 ? UINT32_MAX : c;
    }
    return 0;
}

uint32_t tb_cell_odd(const char *s)
{
    size_t n = strcspn(s, "\t\r\n"), at;
    return s[n] != '\0' ? (unsigned char)s[n] : tb_text_odd(s, n, &at);
}

const char *tb_text_odd_rule(uint32_t c)
{
    if (c == '\n' || c == '\r')
        return tb_t("値の中に改行があります。一行に書いてください",
                    "a line break inside the value; write it in one line");
    if (c == 0xFEFF)
        return tb_t("BOM が途中にあります。ファイルの先頭だけに置けます。取り除いてください",
                    "a byte order mark in the middle; it may only begin the file: remove it");
    if (c != UINT32_MAX && is_private(c))
        return tb_t(
            "外字です。ほかの機械では別の字になります。Unicode にある字(なければ仮名)に直してください",
            "a user-defined character (gaiji), another sign on every other machine; write one that Unicode "
            "has, or kana");
    return tb_t("制御文字です。取り除いてください", "a control character; remove it");
}

static enum tb_code screen(const struct tb_text *t, struct tb_err *e)
{
    size_t at = 0;
    uint32_t c = tb_text_odd(t->s, t->len, &at);
    if (c == 0) return TB_OK;
    struct place p = place_of(t->s, at);
    return tb_fail(e, TB_INPUT, "%s:%d:%d: U+%04X: %s", t->name, p.line, p.column, c == UINT32_MAX ? 0 : c,
                   tb_text_odd_rule(c));
}

/* ---- iconv ------------------------------------------------------------------------------------ */

/* Strict: on false *bad is the offset of the first sequence that has no counterpart. */
static bool convert(const char *to, const char *from, const char *s, size_t n, struct tb_buf *out,
                    size_t *bad)
{
    iconv_t cd = iconv_open(to, from);
    TB_ASSERT(cd != (iconv_t)-1);
    char *in = tb_xmalloc(n), *next = in; /* iconv's prototype wants its input writable */
    memcpy(in, s, n);
    size_t left = n;
    bool ok = true;
    while (ok && left > 0) {
        char chunk[4096], *room = chunk;
        size_t free_bytes = sizeof chunk;
        size_t r = iconv(cd, &next, &left, &room, &free_bytes);
        ok = r != (size_t)-1 || errno == E2BIG;
        tb_buf_addn(out, chunk, sizeof chunk - free_bytes);
    }
    *bad = n - left;
    free(in);
    (void)iconv_close(cd);
    return ok;
}

enum tb_code tb_utf8_from_cp932(const char *s, size_t n, struct tb_buf *out, struct tb_err *e)
{
    struct tb_buf text = {0};
    size_t bad;
    bool ok = convert("UTF-8", "CP932", s, n, &text, &bad);
    if (ok) {
        tb_buf_addn(out, text.s, text.len);
    } else {
        int line = 1;
        for (size_t i = 0; i < text.len; i++) line += text.s[i] == '\n';
        (void)tb_fail(
            e, TB_INPUT,
            tb_t(
                "%d 行目: バイト %02X は CP932(シフト JIS)の文字ではありません。CP932 で保存し直してください",
                "line %d: byte %02X is no character of CP932 (Shift_JIS); save the text as CP932 again"),
            line, (unsigned)(unsigned char)s[bad]);
    }
    tb_buf_free(&text);
    return ok ? TB_OK : TB_INPUT;
}

enum tb_code tb_cp932_from_utf8(const char *s, size_t n, struct tb_buf *out, struct tb_err *e)
{
    size_t bad = 0;
    if (!tb_utf8_valid(s, n, &bad)) {
        struct place p = place_of(s, bad);
        return tb_fail(e, TB_INPUT,
                       tb_t("%d 行目: UTF-8 ではありません。UTF-8 の文字列を渡してください",
                            "line %d: not UTF-8; the text must be UTF-8"),
                       p.line);
    }
    struct tb_buf bytes = {0};
    bool ok = convert("CP932", "UTF-8", s, n, &bytes, &bad);
    if (ok) {
        tb_buf_addn(out, bytes.s, bytes.len);
    } else {
        size_t size;
        uint32_t c = decode(s + bad, &size);
        struct place p = place_of(s, bad);
        (void)tb_fail(e, TB_INPUT,
                      tb_t("%d 行目: 「%.*s」(U+%04X)は CP932(シフト JIS)にありません。別の字にするか、UTF-8 "
                           "で書き出してください",
                           "line %d: \"%.*s\" (U+%04X) is not in CP932 (Shift_JIS); write another character, "
                           "or export as UTF-8"),
                      p.line, (int)size, s + bad, c);
    }
    tb_buf_free(&bytes);
    return ok ? TB_OK : TB_INPUT;
}

/* ---- which encoding ---------------------------------------------------------------------------- */

static bool is_cp932(const char *s, size_t n)
{
    struct tb_buf text = {0};
    size_t bad;
    bool ok = convert("UTF-8", "CP932", s, n, &text, &bad);
    tb_buf_free(&text);
    return ok;
}

/* Three-byte characters in a row of valid ones: CP932 has pairs that are valid UTF-8 (half-width kana), but
 * no such text. */
static bool is_japanese_utf8(const char *s, size_t n)
{
    if (!tb_utf8_valid(s, n, NULL)) return false;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] >= 0xE0) return true;
    return false;
}

bool tb_text_to_cp932(const char *s, size_t n, struct tb_buf *out)
{
    struct tb_buf there = {0}, back = {0};
    size_t bad;
    /* Several characters of Unicode go to one of CP932, and only one of them comes back. */
    bool ok = convert("CP932", "UTF-8", s, n, &there, &bad) &&
              convert("UTF-8", "CP932", tb_buf_str(&there), there.len, &back, &bad) && back.len == n &&
              memcmp(tb_buf_str(&back), s, n) == 0 && !is_japanese_utf8(tb_buf_str(&there), there.len);
    if (ok) tb_buf_addn(out, tb_buf_str(&there), there.len);
    tb_buf_free(&there);
    tb_buf_free(&back);
    return ok;
}

static enum tb_code take_utf8(struct tb_text *t, const char *s, size_t n, enum tb_encoding said,
                              struct tb_err *e)
{
    size_t bad;
    if (tb_utf8_valid(s, n, &bad)) {
        t->s = tb_xmalloc(n + 1);
        memcpy(t->s, s, n);
        t->s[n] = '\0';
        t->len = n;
        t->encoding = "UTF-8";
        return TB_OK;
    }
    struct place p = place_of(s, bad);
    if (said == TB_ENCODING_JSON && is_cp932(s, n))
        return tb_fail(
            e, TB_INPUT,
            tb_t("%s:%d:%d: UTF-8 ではありません。CP932(シフト JIS)のようです。JSON はいつも UTF-8 "
                 "です。UTF-8 に変えてください",
                 "%s:%d:%d: not UTF-8; looks like CP932 (Shift_JIS): JSON is always UTF-8, convert it"),
            t->name, p.line, p.column);
    if (is_cp932(s, n))
        return tb_fail(e, TB_INPUT,
                       tb_t("%s:%d:%d: UTF-8 ではありません。CP932(シフト JIS)のようです。region.json に "
                            "\"encoding\":\"cp932\" と書く"
                            "(取り込みでは CP932 と指定する)か、UTF-8 に変えてください",
                            "%s:%d:%d: not UTF-8; looks like CP932 (Shift_JIS): say so "
                            "(\"encoding\":\"cp932\" in region.json, "
                            "or when importing) or convert it to UTF-8"),
                       t->name, p.line, p.column);
    return tb_fail(e, TB_INPUT,
                   tb_t("%s:%d:%d: バイト %02X は UTF-8 でも CP932(シフト JIS)でもありません。UTF-8 "
                        "で保存し直してください",
                        "%s:%d:%d: byte %02X is neither UTF-8 nor CP932 (Shift_JIS); save the file as UTF-8"),
                   t->name, p.line, p.column, (unsigned)(unsigned char)s[bad]);
}

static enum tb_code take_cp932(struct tb_text *t, const char *s, size_t n, struct tb_err *e)
{
    if (is_japanese_utf8(s, n))
        return tb_fail(
            e, TB_INPUT,
            tb_t("%s: CP932 とされていますが、UTF-8 のようです。指定を外すか、CP932 に変えてください",
                 "%s: CP932 was said, but it looks like UTF-8; do not say so, or convert it to CP932"),
            t->name);
    struct tb_buf text = {0};
    enum tb_code code = tb_utf8_from_cp932(s, n, &text, e);
    if (code != TB_OK) {
        tb_buf_free(&text);
        if (e != NULL) (void)tb_err_wrap(e, "%s", t->name);
        return code;
    }
    t->len = text.len;
    t->s = tb_buf_take(&text);
    t->encoding = "CP932";
    return TB_OK;
}

enum tb_code tb_text_of(const char *name, const char *bytes, size_t len, enum tb_encoding said,
                        struct tb_text *out, struct tb_err *e)
{
    struct tb_text t = {.name = name};
    bool bom = len >= BOM_SIZE && memcmp(bytes, BOM, BOM_SIZE) == 0;
    const char *s = bom ? bytes + BOM_SIZE : bytes;
    size_t n = bom ? len - BOM_SIZE : len;
    if (said == TB_ENCODING_CP932 && bom)
        return tb_fail(e, TB_INPUT,
                       tb_t("%s: CP932 とされていますが、UTF-8 の BOM で始まっています。指定を外すか、CP932 "
                            "に変えてください",
                            "%s: CP932 was said, but it begins with the byte order mark of UTF-8; do not say "
                            "so, or convert it to CP932"),
                       name);
    bool cp932 = said == TB_ENCODING_CP932 ||
                 (said == TB_ENCODING_GUESS && !bom && !tb_utf8_valid(s, n, NULL) && is_cp932(s, n));
    enum tb_code code = cp932 ? take_cp932(&t, s, n, e) : take_utf8(&t, s, n, said, e);
    if (code == TB_OK) code = screen(&t, e);
    if (code == TB_OK)
        *out = t;
    else
        tb_text_free(&t);
    return code;
}

enum tb_code tb_text_read(const char *path, const char *name, enum tb_encoding said, struct tb_text *out,
                          struct tb_err *e)
{
    char *bytes;
    size_t len;
    enum tb_code code = tb_file_read(path, TB_CODEC_FILE_MAX, &bytes, &len, e);
    if (code != TB_OK) return code;
    code = tb_text_of(name, bytes, len, said, out, e);
    free(bytes);
    return code;
}

void tb_text_free(struct tb_text *t)
{
    free(t->s);
    *t = (struct tb_text){0};
}
