/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toban/base/nfkc.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define NFKC_MAX_BYTES 4000

bool tb_nfkc(const char *text, bool fold, struct tb_buf *out)
{
    size_t n = strlen(text);
    utf8proc_uint8_t *mapped = NULL;
    if (n > NFKC_MAX_BYTES || !tb_utf8_valid(text, n, NULL)) return false;
    if (utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n, &mapped,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPCC) < 0) {
        free(mapped);
        return false;
    }
    bool begun = false, blank = false;
    for (const char *s = (const char *)mapped; *s != '\0'; s++) {
        if (*s == ' ') {
            blank = begun;
            continue;
        }
        if (blank) tb_buf_addc(out, ' ');
        blank = false;
        begun = true;
        tb_buf_addc(out, (char)(fold && *s >= 'A' && *s <= 'Z' ? *s - 'A' + 'a' : *s));
    }
    free(mapped);
    return true;
}
