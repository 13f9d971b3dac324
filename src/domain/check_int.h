/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to check: one judgement under way.
 */
#ifndef TOBAN_CHECK_INT_H
#define TOBAN_CHECK_INT_H

#include "check_facts.h"
#include "toban/domain/check.h"

/* What one rule says of the problem alone, laid out when it is first judged. */
struct tb_rule_memo {
    bool *counted; /* per slot */
    /* soft rules: holder x planned dates, a planned counted slot of a member is there */
    unsigned char *touched;
    int days;
};
/* Classes of the dates, duties apart, as they are asked for. */
struct tb_class_memo {
    tb_day from;
    int days;
    uint64_t *classes;
    bool *known;
};

struct tb_checker {
    struct tb_facts base; /* its arena holds the memos as well */
    struct tb_rule_memo *memo;
    struct tb_class_memo dates;
};

struct tb_judge {
    const struct tb_problem *p;
    const struct tb_region *r;
    struct tb_checker *c;
    struct tb_facts f;
    struct tb_violation *v;
    size_t n, cap;
    int64_t rule_cost;
};

/* Built-in hard rules: index in tb_builtin_texts. */
enum tb_builtin {
    TB_BUILTIN_SLOT,
    TB_BUILTIN_SEATS,
    TB_BUILTIN_MEMBER,
    TB_BUILTIN_EXEMPT,
    TB_BUILTIN_CANNOT,
    TB_BUILTIN_ONLY,
    TB_BUILTIN_WISH_COUNT,
    TB_BUILTIN_EXTERNAL,
    TB_BUILTIN_ONE_SEAT,
    TB_BUILTIN_PIN,
    TB_BUILTIN_FORBID,
    TB_BUILTIN_COUNT
};
struct tb_builtin_text {
    const char *id, *ja, *en;
};
extern const struct tb_builtin_text tb_builtin_texts[TB_BUILTIN_COUNT];

/* check_file.c. Files a violation: of rule row `rule` (its id, hardness and cost are filled in), or of a
 * built-in. */
void tb_judge_rule(struct tb_judge *j, int rule, struct tb_violation x);
void tb_judge_builtin(struct tb_judge *j, enum tb_builtin which, struct tb_violation x);
/* check_rules.c. All rules of the region, each by its type. */
void tb_judge_all_rules(struct tb_judge *j);

#endif
