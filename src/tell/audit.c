/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The audit trail.
 */
#include "toban/tell/history.h"
#include "toban/tell/rows.h"
#include "toban/tell/words.h"

static void cells_json(const struct tb_row_change *x, const char *key, char **cells, tb_printer *p)
{
    if (!cells) return;
    tb_print_key(p, key);
    tb_codec_print_row(x->entity, (const char *const *)cells, p);
}

/* Of a row of the region: its key, and what it was and is. */
static void detail_json(const struct tb_audit_line *line, tb_printer *p)
{
    struct tb_row_change x;
    if (!tb_codec_parse_change(line->what, line->detail, &x)) {
        tb_print_kstring(p, "detail", line->detail);
        return;
    }
    struct tb_buf key = {0};
    tb_codec_row_key(x.entity, (const char *const *)(x.after ? x.after : x.before), &key);
    tb_print_kstring(p, "detail", tb_buf_str(&key));
    cells_json(&x, "before", x.before, p);
    cells_json(&x, "after", x.after, p);
    tb_buf_free(&key);
    tb_row_change_clear(&x);
}

static void detail_text(const struct tb_audit_line *line, struct tb_buf *out)
{
    struct tb_row_change x;
    if (!tb_codec_parse_change(line->what, line->detail, &x)) {
        tb_buf_add(out, line->detail);
        return;
    }
    tb_tell_change_text(&x, out);
    tb_row_change_clear(&x);
}

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
        detail_json(&x->v[i], p);
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
        detail_text(&x->v[i], out);
        tb_buf_addc(out, '\n');
    }
}
