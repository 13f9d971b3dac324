/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What municipalities or hospitals bear: per cent by formula, seats, what is carried.
 */
#include "toban/tell/books.h"

enum { COLUMNS = 5 };

static void share_values(const struct tb_app_share *s, int64_t out[COLUMNS])
{
    const int64_t values[COLUMNS] = {s->percent, s->carried, s->accrued, s->seats * INT64_C(1000000),
                                     s->rest};
    for (int k = 0; k < COLUMNS; k++) out[k] = values[k];
}

void tb_tell_shares_json(const struct tb_app_shares *x, tb_printer *p)
{
    static const char *const keys[COLUMNS] = {"percent", "carried", "accrued", "seats", "rest"};
    const struct tb_region *r = x->region;
    tb_print_key(p, "shares");
    tb_print_begin_list(p);
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_app_share *s = &x->v[i];
        int64_t values[COLUMNS];
        char t[64];
        share_values(s, values);
        tb_print_begin_object(p);
        tb_print_kstring(p, "duty", r->duties[s->duty].id);
        tb_print_kstring(p, "account",
                         tb_app_share_of(r, s->duty) == TB_OF_SHARE ? r->shares[s->account].id
                                                                    : r->providers[s->account].id);
        for (int k = 0; k < COLUMNS; k++)
            tb_print_kstring(p, keys[k], tb_format_millionths(values[k], t, sizeof t));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
}

static void duty_heads_text(const struct tb_duty *d, struct tb_buf *out)
{
    const char *const heads[COLUMNS] = {tb_t("割合（%）", "per cent"), tb_t("前期から", "carried"),
                                        tb_t("今期の持分", "accrued"), tb_t("席（最大剰余）", "seats"),
                                        tb_t("次期へ", "to next")};
    tb_buf_addf(out, "%s (%s)\n", d->name, d->id);
    tb_tell_cell(out, "", 34);
    for (int k = 0; k < COLUMNS; k++) tb_tell_cell(out, heads[k], -16);
    tb_buf_addc(out, '\n');
}

void tb_tell_shares_text(const struct tb_app_shares *x, struct tb_buf *out)
{
    const struct tb_region *r = x->region;
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_app_share *s = &x->v[i];
        int64_t values[COLUMNS];
        char t[64];
        share_values(s, values);
        if (i == 0 || x->v[i - 1].duty != s->duty) duty_heads_text(&r->duties[s->duty], out);
        tb_tell_cell(out, "  ", 2);
        tb_tell_cell(out,
                     tb_app_share_of(r, s->duty) == TB_OF_SHARE ? r->shares[s->account].name
                                                                : r->providers[s->account].name,
                     32);
        for (int k = 0; k < COLUMNS; k++)
            tb_tell_cell(out, tb_format_millionths(values[k], t, sizeof t), -16);
        tb_buf_addc(out, '\n');
    }
}
