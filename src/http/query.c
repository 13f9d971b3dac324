/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parameters of an address. Read here and strictly: a name that is misspelt and passed over is an answer
 * to another question.
 */
#include <stdlib.h>
#include <string.h>

#include "http_int.h"

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool control(char c, bool lines)
{
    bool blank = lines && (c == '\n' || c == '\r' || c == '\t');
    return !blank && ((unsigned char)c < 0x20 || c == 0x7f);
}

/* In place. False: not the percent code of UTF-8 text. */
static bool decode(char *text, bool lines)
{
    char *to = text;
    size_t bad;
    for (const char *from = text; *from; from++) {
        char c = *from == '+' ? ' ' : *from;
        if (c == '%') {
            int high = hex(from[1]), low = high < 0 ? -1 : hex(from[2]);
            if (low < 0) return false;
            c = (char)(high << 4 | low);
            from += 2;
        }
        if (control(c, lines)) return false;
        *to++ = c;
    }
    *to = '\0';
    return tb_utf8_valid(text, (size_t)(to - text), &bad);
}

static enum tb_code read_pair(struct http_query *q, char *piece, bool lines, struct tb_err *e)
{
    char *equals = strchr(piece, '=');
    if (q->n == HTTP_PARAMS_MAX)
        return tb_fail(e, TB_USAGE,
                       tb_t("パラメーターは %d 個までです", "more than %d parameters are not read"),
                       HTTP_PARAMS_MAX);
    if (equals) *equals++ = '\0';
    if (!decode(piece, false) || (equals && !decode(equals, lines)))
        return tb_fail(e, TB_USAGE, "%s",
                       tb_t("パラメーターは UTF-8 の文字を % で符号化して書きます（制御文字は使えません）",
                            "parameters are UTF-8 text in percent code, without control characters"));
    if (!*piece)
        return tb_fail(e, TB_USAGE, "%s",
                       tb_t("名前のないパラメーターがあります。名前=値 を & で区切って書きます",
                            "a parameter without a name: write name=value, with & between them"));
    *TB_PUSH(q->v, q->n, q->cap) = (struct http_pair){piece, equals};
    return TB_OK;
}

enum tb_code http_query_read(struct http_query *q, const char *text, bool lines, struct tb_err *e)
{
    *q = (struct http_query){.text = tb_xstrdup(text)};
    enum tb_code c = TB_OK;
    for (char *piece = q->text, *next; piece && *text && c == TB_OK; piece = next) {
        next = strchr(piece, '&');
        if (next) *next++ = '\0';
        c = read_pair(q, piece, lines, e);
    }
    return c;
}

void http_query_free(struct http_query *q)
{
    free(q->text);
    free(q->v);
    *q = (struct http_query){0};
}

static enum tb_code unknown(const char *name, const struct http_param *takes, struct tb_err *e)
{
    struct tb_buf all = {0};
    for (const struct http_param *p = takes; p && p->name; p++)
        tb_buf_addf(&all, "%s%s", p == takes ? "" : tb_t("、", ", "), p->name);
    enum tb_code c = all.len
                         ? tb_fail(e, TB_USAGE,
                                   tb_t("パラメーター「%.60s」はありません。ここで使えるのは: %s",
                                        "there is no parameter \"%.60s\" here; there are: %s"),
                                   name, tb_buf_str(&all))
                         : tb_fail(e, TB_USAGE,
                                   tb_t("パラメーター「%.60s」はありません。ここではパラメーターを使いません",
                                        "there is no parameter \"%.60s\" here; this address takes none"),
                                   name);
    tb_buf_free(&all);
    return c;
}

static bool stands_before(const struct http_query *q, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(q->v[k].name, q->v[i].name) == 0) return true;
    return false;
}

enum tb_code http_query_fits(const struct http_query *q, const struct http_param *takes, struct tb_err *e)
{
    for (size_t i = 0; i < q->n; i++) {
        const char *name = q->v[i].name, *value = q->v[i].value;
        const struct http_param *p = takes;
        while (p && p->name && strcmp(p->name, name) != 0) p++;
        if (!p || !p->name) return unknown(name, takes, e);
        if (p->takes != HTTP_MANY && stands_before(q, i))
            return tb_fail(e, TB_USAGE,
                           tb_t("パラメーター「%s」が二つあります。一つだけ書いてください",
                                "the parameter \"%s\" stands there twice; write it once"),
                           name);
        if (p->takes == HTTP_FLAG && value && *value && strcmp(value, "1") != 0)
            return tb_fail(e, TB_USAGE,
                           tb_t("パラメーター「%s」に値は要りません（書くなら 1）。要らなければ書きません",
                                "the parameter \"%s\" takes no value (or 1); leave it out where it is not "
                                "wanted"),
                           name);
        if (p->takes != HTTP_FLAG && !value)
            return tb_fail(e, TB_USAGE,
                           tb_t("パラメーター「%s」には値が要ります: %s=…",
                                "the parameter \"%s\" needs a value: %s=..."),
                           name, name);
    }
    return TB_OK;
}
