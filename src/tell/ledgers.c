/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ledgers' accounts as they stand now: opening, accrued, done, adjusted, carried.
 */
#include "toban/tell/ledgers.h"

#include <string.h>

#include "toban/tell/seat.h"

enum { SUMS = 5 };
static const char *const keys[SUMS] = {"opening", "accrued", "done", "adjusted", "carried"};

static void sums_of(const struct tb_ledger_line *l, int64_t v[SUMS])
{
    v[0] = l->opening;
    v[1] = l->accrued;
    v[2] = l->done;
    v[3] = l->adjusted;
    v[4] = l->opening + l->accrued - l->done + l->adjusted;
}

static bool is_asked(const struct tb_tell_accounts *x, const struct tb_ledger_line *l)
{
    const struct tb_region *r = x->region;
    return (!x->ledger || strcmp(r->ledgers[l->ledger].id, x->ledger) == 0) &&
           (!x->account || strcmp(tb_account_id(r, l->ledger, l->account), x->account) == 0);
}

static void line_json(const struct tb_region *r, const struct tb_ledger_line *l, tb_printer *p)
{
    int64_t v[SUMS];
    char text[32];
    sums_of(l, v);
    tb_print_begin_object(p);
    tb_print_kstring(p, "ledger", r->ledgers[l->ledger].id);
    tb_print_kstring(p, "account", tb_account_id(r, l->ledger, l->account));
    tb_print_kstring(p, "name", tb_tell_account_name(r, l->ledger, l->account));
    for (int k = 0; k < SUMS; k++)
        tb_print_kstring(p, keys[k], tb_format_millionths(v[k], text, sizeof text));
    tb_print_end_object(p);
}

void tb_tell_accounts_json(const struct tb_tell_accounts *x, tb_printer *p)
{
    tb_print_key(p, "accounts");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++)
        if (is_asked(x, &x->v[i])) line_json(x->region, &x->v[i], p);
    tb_print_end_list(p);
}

static void head_text(const struct tb_ledger *l, struct tb_buf *out)
{
    const char *const heads[SUMS] = {tb_t("期首", "opening"), tb_t("持分", "accrued"), tb_t("実績", "done"),
                                     tb_t("調整", "adjusted"), tb_t("持越し", "carried")};
    tb_buf_addf(out, "%s (%s)\n", l->name, l->id);
    tb_tell_cell(out, "", 34);
    for (int k = 0; k < SUMS; k++) tb_tell_cell(out, heads[k], -12);
    tb_buf_addc(out, '\n');
}

static void line_text(const struct tb_region *r, const struct tb_ledger_line *l, struct tb_buf *out)
{
    int64_t v[SUMS];
    char text[32];
    sums_of(l, v);
    tb_tell_cell(out, "  ", 2);
    tb_tell_cell(out, tb_tell_account_name(r, l->ledger, l->account), 32);
    for (int k = 0; k < SUMS; k++) tb_tell_cell(out, tb_format_millionths(v[k], text, sizeof text), -12);
    tb_buf_addc(out, '\n');
}

void tb_tell_accounts_text(const struct tb_tell_accounts *x, struct tb_buf *out)
{
    int shown = -1;
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_ledger_line *l = &x->v[i];
        if (!is_asked(x, l)) continue;
        if (shown != l->ledger) head_text(&x->region->ledgers[l->ledger], out);
        shown = l->ledger;
        line_text(x->region, l, out);
    }
}
