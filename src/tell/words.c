/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Instants and dates as members; the frame of a document.
 */
#include "toban/tell/words.h"

void tb_tell_instant(tb_printer *p, const char *key, tb_minute m)
{
    char t[64];
    tb_print_key(p, key);
    if (m == INT64_MIN)
        tb_print_null(p);
    else
        tb_print_string(p, tb_format_instant(m, t, sizeof t));
}

void tb_tell_date(tb_printer *p, const char *key, tb_day d)
{
    char t[64];
    tb_print_kstring(p, key, tb_format_date(d, t, sizeof t));
}

tb_printer *tb_tell_begin(struct tb_buf *out, const char *command, int indent)
{
    tb_printer *p = tb_printer_json(out, indent);
    tb_print_begin_object(p);
    tb_print_kint(p, "format_version", 1);
    if (command) tb_print_kstring(p, "command", command);
    return p;
}

void tb_tell_end(tb_printer *p, struct tb_buf *out)
{
    tb_print_end_object(p);
    tb_printer_free(p);
    tb_buf_addc(out, '\n');
}
