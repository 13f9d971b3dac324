/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The audit trail.
 */
#include "toban/tell/history.h"
#include "toban/tell/words.h"

void tb_tell_audit_json(const struct tb_tell_audit *x, tb_printer *p)
{
    tb_print_key(p, "lines");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        tb_print_begin_object(p);
        tb_print_kint(p, "id", x->v[i].id);
        tb_tell_instant(p, "at", x->v[i].at);
        tb_print_kstring(p, "who", x->v[i].who);
        tb_print_kstring(p, "what", x->v[i].what);
        tb_print_kstring(p, "detail", x->v[i].detail);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_audit_text(const struct tb_tell_audit *x, struct tb_buf *out)
{
    char t[64];
    for (size_t i = 0; i < x->n; i++) {
        tb_buf_addf(out, "%6lld  %.16s  ", (long long)x->v[i].id, tb_format_instant(x->v[i].at, t, sizeof t));
        tb_tell_cell(out, x->v[i].who, 18);
        tb_tell_cell(out, x->v[i].what, 12);
        tb_buf_addf(out, "%s\n", x->v[i].detail);
    }
}
