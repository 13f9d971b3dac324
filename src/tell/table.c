/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A routing table: its state, and that it was proven.
 */
#include <string.h>

#include "toban/tell/route.h"
#include "toban/tell/words.h"

/* ---- its state ---------------------------------------------------------------------------------- */

void tb_tell_table_json(const struct tb_routing *r, tb_minute at, tb_printer *p)
{
    char digest[9] = "";
    tb_tell_instant(p, "at", at);
    tb_print_kstring(p, "state", tb_table_state_word(r->state));
    tb_print_kbool(p, "rollback_checked", r->rollback_checked);
    tb_print_kstring(p, "banner", tb_buf_str(&r->banner));
    if (!r->table) return;
    struct tb_table_info i = tb_table_info(r->table);
    memcpy(digest, i.digest, 8);
    tb_print_kint(p, "publication", i.publication);
    tb_print_kstring(p, "hash", i.hash);
    tb_print_kstring(p, "table", digest);
    tb_tell_instant(p, "issued_at", i.issued_at);
    tb_tell_instant(p, "valid_from", i.from);
    tb_tell_instant(p, "valid_to", i.to);
    tb_print_kstring(p, "notice", i.notice);
    tb_print_kstring(p, "use", i.use);
}

void tb_tell_table_text(const struct tb_routing *r, tb_minute at, struct tb_buf *out)
{
    char t[64];
    tb_buf_addf(out, "【%s】 %s", tb_table_state_word(r->state), tb_format_instant_told(at, t, sizeof t));
    if (r->table) {
        struct tb_table_info i = tb_table_info(r->table);
        tb_buf_addf(out, tb_t("  第%d版 %s  表 %.8s", "  publication %d %s  table %.8s"), i.publication,
                    i.hash, i.digest);
    }
    tb_buf_addf(out, "\n%s", tb_buf_str(&r->banner));
}

/* ---- proven ------------------------------------------------------------------------------------- */

static void silences_json(const struct tb_app_table_check *x, const char *key, bool excused, tb_printer *p)
{
    tb_print_key(p, key);
    tb_print_begin_list(p);
    for (int i = 0; i < x->seats.n; i++) {
        const struct tb_seat_silence *s = &x->seats.v[i];
        if (s->excused != excused) continue;
        tb_print_begin_object(p);
        tb_print_kstring(p, "duty", x->region->duties[s->duty].id);
        tb_print_kint(p, "days", s->days);
        tb_print_kint(p, "seats", s->seats);
        tb_print_kint(p, "minutes", s->minutes);
        tb_print_kstring(p, excused ? "reason" : "missing", s->why);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void silences_text(const struct tb_app_table_check *x, bool excused, struct tb_buf *out)
{
    for (int i = 0; i < x->seats.n; i++) {
        const struct tb_seat_silence *s = &x->seats.v[i];
        const struct tb_duty *d = &x->region->duties[s->duty];
        if (s->excused == excused)
            tb_buf_addf(out, tb_t("  %s（%s） %d日 %d席: %s\n", "  %s (%s), %d days, %d seats: %s\n"),
                        tb_t(d->name, *d->name_en ? d->name_en : d->name), d->id, s->days, s->seats, s->why);
    }
}

void tb_tell_table_check_json(const struct tb_app_table_check *x, tb_printer *p)
{
    tb_print_kint(p, "publication", x->publication);
    tb_print_kint(p, "cells", x->cells);
    tb_print_kint(p, "light_cells", x->light.cells);
    tb_print_kint(p, "light_to_primary", x->light.first);
    tb_print_kint(p, "holes", x->n_holes);
    tb_print_kstring(p, "holes_text", tb_buf_str(&x->holes));
    tb_print_kint(p, "travel_pairs", x->ways.pairs);
    tb_print_kint(p, "travel_untold", x->ways.untold);
    tb_print_kstring(p, "travel_text", tb_buf_str(&x->ways_text));
    tb_print_kint(p, "seats", x->seats.seats);
    tb_print_kint(p, "seats_unreached", x->seats.unreached);
    silences_json(x, "unreached", false, p);
    silences_json(x, "unrouted", true, p);
    tb_print_key(p, "lacks");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->lacks.n; i++) tb_print_string(p, x->lacks.v[i]);
    tb_print_end_list(p);
    tb_print_key(p, "seconds");
    tb_print_real(p, x->seconds);
}

void tb_tell_table_check_text(const struct tb_app_table_check *x, struct tb_buf *out)
{
    tb_buf_addf(out, tb_t("%lld セルすべて正しい\n", "all %lld cells are right\n"), (long long)x->cells);
    if (x->light.cells)
        tb_buf_addf(
            out,
            tb_t("軽い人（U3・U4）に開いている一次がある %lld セルのうち、一次が先頭 %lld（%lld%%）\n",
                 "of %lld cells in which a light case (U3, U4) finds a primary door open, one stands "
                 "first in %lld (%lld%%)\n"),
            (long long)x->light.cells, (long long)x->light.first,
            (long long)(x->light.first * 100 / x->light.cells));
    if (x->n_holes)
        tb_buf_addf(out,
                    tb_t("当番のない時間（最終の案内だけになる）%d 件:\n%s",
                         "%d spans without a duty (last resort only):\n%s"),
                    x->n_holes, tb_buf_str(&x->holes));
    if (x->ways.untold) tb_buf_addf(out, "%s\n", tb_buf_str(&x->ways_text));
    tb_buf_addf(out,
                tb_t("公表した席 %d のうち、どの問いの答えにもならない席 %d\n",
                     "of %d published seats %d are no question's answer\n"),
                x->seats.seats, x->seats.unreached);
    silences_text(x, false, out);
    if (x->seats.n && x->seats.v[x->seats.n - 1].excused)
        tb_buf_addf(out, "%s\n",
                    tb_t("理由があって案内しない席:", "seats that are told to nobody for a reason:"));
    silences_text(x, true, out);
    for (size_t i = 0; i < x->lacks.n; i++) tb_buf_addf(out, "%s\n", x->lacks.v[i]);
}

void tb_tell_file_check_json(const struct tb_tell_file_check *x, tb_printer *p)
{
    tb_tell_table_json(x->routing, x->at, p);
    tb_print_kint(p, "cells", x->cells);
}

void tb_tell_file_check_text(const struct tb_tell_file_check *x, struct tb_buf *out)
{
    tb_tell_table_text(x->routing, x->at, out);
    tb_buf_addf(out, "%s\n",
                tb_t("ファイルの照合・形・範囲は正しい", "the file's digest, form and limits are right"));
    if (x->cells)
        tb_buf_addf(out,
                    tb_t("同じ版から作り直して %lld セルを確かめ、同じ内容でした\n",
                         "made anew from the same publication, %lld cells proven, the same contents\n"),
                    (long long)x->cells);
}
