/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Entries of the books: date, reason, who entered them.
 */
#include <string.h>

#include "toban/tell/books.h"
#include "toban/tell/seat.h"

static bool entry_wanted(const struct tb_tell_entries *x, const struct tb_ledger_entry *v)
{
    const struct tb_region *r = x->region;
    if (x->ledger && strcmp(r->ledgers[v->ledger].id, x->ledger) != 0) return false;
    if (x->account && strcmp(tb_account_id(r, v->ledger, v->account), x->account) != 0) return false;
    return !(x->by_hand && v->publication);
}

static void entry_json(const struct tb_region *r, const struct tb_ledger_entry *x, tb_printer *p)
{
    char t[64];
    tb_print_begin_object(p);
    tb_print_kint(p, "id", x->id);
    tb_print_kstring(p, "ledger", r->ledgers[x->ledger].id);
    tb_print_kstring(p, "account", tb_account_id(r, x->ledger, x->account));
    tb_print_kstring(p, "date", tb_format_date(x->date, t, sizeof t));
    tb_print_kint(p, "publication", x->publication);
    tb_print_kstring(p, "accrued", tb_format_millionths(x->accrued, t, sizeof t));
    tb_print_kstring(p, "done", tb_format_millionths(x->done, t, sizeof t));
    tb_print_kstring(p, "adjusted", tb_format_millionths(x->adjusted, t, sizeof t));
    tb_print_kstring(p, "reason", x->reason);
    tb_print_kstring(p, "by", x->by);
    tb_print_kstring(p, "at", tb_format_instant(x->at, t, sizeof t));
    tb_print_end_object(p);
}

static void entry_text(const struct tb_region *r, const struct tb_ledger_entry *x, struct tb_buf *out)
{
    char t[64];
    tb_buf_addf(out, "%5lld  %s  ", (long long)x->id, tb_format_date(x->date, t, sizeof t));
    tb_tell_cell(out, r->ledgers[x->ledger].id, 22);
    tb_tell_cell(out, tb_tell_account_name(r, x->ledger, x->account), 32);
    if (x->publication) {
        tb_buf_addf(out, tb_t("第%lld版  ", "publication %lld  "), (long long)x->publication);
        tb_buf_addf(out, tb_t("持分 %s  ", "accrued %s  "), tb_format_millionths(x->accrued, t, sizeof t));
        tb_buf_addf(out, tb_t("実績 %s  ", "done %s  "), tb_format_millionths(x->done, t, sizeof t));
    } else
        tb_buf_addf(out, tb_t("手で %s%s  %s  ", "by hand %s%s  %s  "), x->adjusted > 0 ? "+" : "",
                    tb_format_millionths(x->adjusted, t, sizeof t), x->reason);
    tb_buf_addf(out, tb_t("%s が %.16s に記入\n", "entered by %s, %.16s\n"), x->by,
                tb_format_instant(x->at, t, sizeof t));
}

void tb_tell_entries_json(const struct tb_tell_entries *x, tb_printer *p)
{
    tb_print_key(p, "entries");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++)
        if (entry_wanted(x, &x->v[i])) entry_json(x->region, &x->v[i], p);
    tb_print_end_list(p);
}

void tb_tell_entries_text(const struct tb_tell_entries *x, struct tb_buf *out)
{
    for (size_t i = 0; i < x->n; i++)
        if (entry_wanted(x, &x->v[i])) entry_text(x->region, &x->v[i], out);
}
