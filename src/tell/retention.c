/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long kinds of data are kept, and what was taken out.
 */
#include "toban/tell/retention.h"

#include "toban/tell/words.h"

static void kind_json(const struct tb_retained *x, tb_printer *p)
{
    tb_print_kstring(p, "kind", x->kind);
    tb_print_kint(p, "years", x->years);
    tb_tell_date(p, "before", x->before);
    tb_print_kint(p, "rows", x->due);
    tb_print_kstring(p, "first", x->first);
    tb_print_kstring(p, "last", x->last);
}

void tb_tell_retention_json(const struct tb_retentions *x, tb_printer *p)
{
    tb_print_key(p, "kinds");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        tb_print_begin_object(p);
        kind_json(&x->v[i], p);
        tb_print_kstring(p, "note", x->v[i].note);
        tb_print_kbool(p, "by_hand", x->v[i].by_hand);
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

void tb_tell_retention_text(const struct tb_retentions *x, struct tb_buf *out)
{
    char day[64];
    if (!x->n)
        tb_buf_addf(out, "%s\n",
                    tb_t("保存年数を決めたデータはありません（表 retention）",
                         "no kind of data has an end (table retention)"));
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_retained *k = &x->v[i];
        tb_tell_cell(out, k->kind, 14);
        tb_buf_addf(out, tb_t("%d 年、%s より前 %lld 行", "%d years, before %s: %lld rows"), k->years,
                    tb_format_date(k->before, day, sizeof day), (long long)k->due);
        if (k->due) tb_buf_addf(out, tb_t("（%s から %s）", " (%s to %s)"), k->first, k->last);
        tb_buf_addf(out, "  %s", k->what);
        if (k->due && k->by_hand) tb_buf_addf(out, "  -> toban purge %s --due", k->kind);
        tb_buf_addc(out, '\n');
    }
}

void tb_tell_purged_json(const struct tb_retained *x, tb_printer *p) { kind_json(x, p); }

void tb_tell_purged_text(const struct tb_retained *x, struct tb_buf *out)
{
    char day[64];
    tb_format_date(x->before, day, sizeof day);
    if (!x->due)
        tb_buf_addf(out, tb_t("%s より前の %s はありません\n", "before %s there are no %s\n"), day, x->kind);
    else
        tb_buf_addf(out,
                    tb_t("%s より前の %s を %lld 行消しました（%s から %s）\n",
                         "before %s, %s: %lld rows are gone (%s to %s)\n"),
                    day, x->kind, (long long)x->due, x->first, x->last);
}
