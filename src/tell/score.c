/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a draft costs, part by part.
 */
#include <stdio.h>

#include "toban/tell/draft.h"

enum { PARTS = 5 };

struct cost_part {
    const char *key, *name;
    int64_t value;
};

static void cost_parts(const struct tb_verdict *v, struct cost_part out[PARTS])
{
    out[0] = (struct cost_part){"open_cost", tb_t("空席", "open seats"), v->open_cost};
    out[1] = (struct cost_part){"rule_cost", tb_t("努力の条件", "soft rules"), v->rule_cost};
    out[2] = (struct cost_part){"ledger_cost", tb_t("公平（帳簿）", "fairness (ledgers)"), v->ledger_cost};
    out[3] = (struct cost_part){"change_cost", tb_t("公表済みの席の変更", "published seats changed"),
                                v->change_cost};
    out[4] = (struct cost_part){"objective", tb_t("合計", "sum"), v->objective};
}

void tb_tell_score_json(const struct tb_tell_score *x, tb_printer *p)
{
    struct cost_part parts[PARTS];
    cost_parts(x->draft->verdict, parts);
    tb_print_kint(p, "draft", x->draft->stored.id);
    for (int i = 0; i < PARTS; i++) tb_print_kint(p, parts[i].key, parts[i].value);
    tb_print_kint(p, "score", x->score);
}

void tb_tell_score_text(const struct tb_tell_score *x, struct tb_buf *out)
{
    struct cost_part parts[PARTS];
    cost_parts(x->draft->verdict, parts);
    for (int i = 0; i < PARTS; i++) {
        char n[32];
        snprintf(n, sizeof n, "%lld", (long long)parts[i].value);
        tb_tell_cell(out, parts[i].name, 20);
        tb_tell_cell(out, n, -14);
        tb_buf_addc(out, '\n');
    }
}
