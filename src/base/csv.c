/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing CSV. Reading it is codec's: a file has an encoding, lines and fields that may be wrong.
 */
#include <string.h>

#include "toban/base/csv.h"

static bool at_line_start(const struct tb_buf *out)
{
    return out->len == 0 || out->s[out->len - 1] == '\n' ||
           (out->len == 3 && memcmp(out->s, "\xEF\xBB\xBF", 3) == 0);
}

/* An empty first cell is written "" so that the next one knows that it is not the first. */
static void cell(struct tb_buf *out, const char *before, const char *text)
{
    bool first = at_line_start(out);
    if (!first) tb_buf_addc(out, ',');
    bool marks = (first && text[0] == '\0') || strpbrk(text, ",\"\r\n") != NULL;
    if (marks) tb_buf_addc(out, '"');
    tb_buf_add(out, before);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"') tb_buf_addc(out, '"');
        tb_buf_addc(out, *p);
    }
    if (marks) tb_buf_addc(out, '"');
}

/* A spreadsheet runs cells that begin like a formula. */
void tb_csv_cell(struct tb_buf *out, const char *text)
{
    cell(out, text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL ? "'" : "", text);
}

void tb_csv_plain(struct tb_buf *out, const char *text) { cell(out, "", text); }

void tb_csv_end(struct tb_buf *out) { tb_buf_add(out, "\r\n"); }
