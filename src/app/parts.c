/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the objective is made of.
 */
#include <stdlib.h>

#include "toban/app/why.h"

struct tb_parts tb_parts_of(const struct tb_problem *p, const struct tb_verdict *v)
{
    const struct tb_region *r = p->region;
    struct tb_parts x = {tb_xcalloc((size_t)(r->n_rules + r->n_ledgers) + 3, sizeof *x.v), 0};
    int64_t rules = 0;
    x.v[x.n++] = (struct tb_part){TB_PART_OPEN, -1, v->open_cost};
    for (int i = 0; i < r->n_rules; i++) {
        int64_t cost = 0;
        for (int k = 0; k < v->n_violations; k++)
            if (v->violations[k].rule_row == i) cost += v->violations[k].cost;
        x.v[x.n++] = (struct tb_part){TB_PART_RULE, i, cost};
        rules += cost;
    }
    /* granted wishes are no violations */
    x.v[x.n++] = (struct tb_part){TB_PART_LIKE, -1, v->rule_cost - rules};
    for (int l = 0; l < r->n_ledgers; l++) {
        int64_t cost = 0;
        for (int k = 0; k < p->n_counters; k++)
            if (p->counters[k].ledger == l) cost += tb_counter_cost(&p->counters[k], v->loads[k]);
        x.v[x.n++] = (struct tb_part){TB_PART_LEDGER, l, cost};
    }
    x.v[x.n++] = (struct tb_part){TB_PART_CHANGE, -1, v->change_cost};
    return x;
}

const char *tb_part_id(const struct tb_problem *p, const struct tb_part *x)
{
    switch (x->kind) {
    case TB_PART_OPEN:
        return "open";
    case TB_PART_RULE:
        return p->region->rules[x->index].id;
    case TB_PART_LIKE:
        return "wish.like";
    case TB_PART_LEDGER:
        return p->region->ledgers[x->index].id;
    case TB_PART_CHANGE:
        return "change";
    }
    return "";
}

const char *tb_part_name(const struct tb_problem *p, const struct tb_part *x)
{
    switch (x->kind) {
    case TB_PART_OPEN:
        return tb_t("空席", "open seats");
    case TB_PART_RULE:
        return tb_rule_sentence(&p->region->rules[x->index]);
    case TB_PART_LIKE:
        return tb_t("かなえた希望", "wishes granted");
    case TB_PART_LEDGER:
        return p->region->ledgers[x->index].name;
    case TB_PART_CHANGE:
        return tb_t("公表済みの席の変更", "published seats changed");
    }
    return "";
}
