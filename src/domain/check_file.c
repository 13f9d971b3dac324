/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A violation is filed: with the id of what it breaks, and what it costs.
 */
#include "check_int.h"

void tb_judge_rule(struct tb_judge *j, int rule, struct tb_violation x)
{
    const struct tb_rule *row = &j->r->rules[rule];
    x.rule = row->id;
    x.rule_row = rule;
    x.hard = tb_rule_hard(row);
    x.cost = x.hard ? 0 : row->price * x.excess;
    j->rule_cost += x.cost;
    *TB_PUSH(j->v, j->n, j->cap) = x;
}

void tb_judge_builtin(struct tb_judge *j, enum tb_builtin which, struct tb_violation x)
{
    x.rule = tb_builtin_texts[which].id;
    x.rule_row = -1;
    x.hard = true;
    x.excess = x.measured > x.allowed ? x.measured - x.allowed : x.allowed - x.measured;
    *TB_PUSH(j->v, j->n, j->cap) = x;
}
