/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/base.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static _Thread_local enum tb_lang language = TB_EN;

void tb_lang_set(enum tb_lang lang) { language = lang; }

enum tb_lang tb_lang_get(void) { return language; }

const char *tb_t(const char *ja, const char *en) { return language == TB_JA ? ja : en; }

static void vformat(char *text, size_t size, const char *fmt, va_list ap) TB_PRINTF(3, 0);
static void format(char *text, size_t size, const char *fmt, ...) TB_PRINTF(3, 4);

/* Arguments may be file names or damaged input, so the result is made UTF-8 here: bytes that are not
 * become '?', and a character that the end of the buffer cut goes as a whole. */
static void vformat(char *text, size_t size, const char *fmt, va_list ap)
{
    int wanted = vsnprintf(text, size, fmt, ap);
    if (wanted < 0) (void)snprintf(text, size, "%s", fmt);
    size_t len = strlen(text), from = 0, bad = 0;
    bool cut = wanted < 0 || (size_t)wanted > len;
    while (!tb_utf8_valid(text + from, len - from, &bad)) {
        from += bad;
        if (cut && len - from < 4)
            text[len = from] = '\0';
        else
            text[from++] = '?';
    }
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r')) text[--len] = '\0';
}

static void format(char *text, size_t size, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vformat(text, size, fmt, ap);
    va_end(ap);
}

enum tb_code tb_fail(struct tb_err *e, enum tb_code code, const char *fmt, ...)
{
    if (e == NULL) return code;
    char text[TB_ERR_MAX]; /* not e->text: the arguments may point there */
    va_list ap;
    va_start(ap, fmt);
    vformat(text, sizeof text, fmt, ap);
    va_end(ap);
    e->code = code;
    memcpy(e->text, text, strlen(text) + 1);
    return code;
}

enum tb_code tb_err_wrap(struct tb_err *e, const char *fmt, ...)
{
    TB_ASSERT(e != NULL && e->code != TB_OK);
    char context[TB_ERR_MAX], text[TB_ERR_MAX];
    va_list ap;
    va_start(ap, fmt);
    vformat(context, sizeof context, fmt, ap);
    va_end(ap);
    format(text, sizeof text, "%s: %s", context, e->text);
    memcpy(e->text, text, strlen(text) + 1);
    return e->code;
}

/* _exit: neither half-filled output buffers nor exit handlers may act on a state known to be wrong. */
void tb_bug(const char *file, int line, const char *fmt, ...)
{
    char text[TB_ERR_MAX];
    va_list ap;
    va_start(ap, fmt);
    vformat(text, sizeof text, fmt, ap);
    va_end(ap);
    tb_log(tb_t("プログラムの誤りです。この行を開発者に知らせてください: %s:%d: %s",
                "a bug in the program; please report this line: %s:%d: %s"),
           file, line, text);
    _exit(TB_INTERNAL);
}
