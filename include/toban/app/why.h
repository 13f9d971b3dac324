/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * why: why this person in this seat. Two figures for each other one: the exchange with all else kept, and the
 * best roster with him there, as the difference of two optima.
 */
#ifndef TOBAN_APP_WHY_H
#define TOBAN_APP_WHY_H

#include "toban/app/app.h"

/* What the objective is made of; the parts of a verdict sum up to it. */
enum tb_part_kind { TB_PART_OPEN, TB_PART_RULE, TB_PART_LIKE, TB_PART_LEDGER, TB_PART_CHANGE };
struct tb_part {
    enum tb_part_kind kind;
    int index;
    int64_t cost;
}; /* index: rule row or ledger */
struct tb_parts {
    struct tb_part *v;
    int n;
};
/* One part per soft rule, per ledger, wishes granted, open seats; always the same parts of one problem, in
 * the same order. Owned. */
struct tb_parts tb_parts_of(const struct tb_problem *p, const struct tb_verdict *v);
/* Id of the rule or ledger, "open", "wish.like". Borrowed. */
const char *tb_part_id(const struct tb_problem *p, const struct tb_part *x);
const char *tb_part_name(const struct tb_problem *p, const struct tb_part *x);

struct tb_rival {
    int provider;
    int n_hard;     /* rules newly broken by the exchange alone */
    int64_t direct; /* what the exchange alone costs more (open seats included) */
    /* a sentence for each of them; what is a colleague's own business is not told to a member */
    struct tb_notes reasons;
    struct tb_verdict *exchanged; /* verdict of the exchange; NULL for a member */
    /* the best roster with him there was sought; otherwise bounds and exchanges say what follows */
    bool solved;
    bool possible; /* there may be one; false: it is proven that there is none */
    bool proven;   /* that, or: `difference` is exact */
    /* `least` is a bound; a roster with him there is known, `difference` is its */
    bool bounded, known;
    /* best with him there less best without that condition: between `least` and `difference` */
    int64_t difference, least;
    struct tb_roster roster; /* the one that is known; empty when there is none, and for a member */
    char *deciding;          /* the part of the objective that grows most in it; NULL: none, or not known */
};
struct tb_why {
    int slot, who;
    bool for_member;        /* what is another's is left out */
    int64_t objective;      /* of the draft */
    struct tb_verdict *now; /* NULL for a member */
    /* objective of the best roster, planned again when the draft is none */
    int64_t best;
    bool best_proven;
    bool draft_is_best;
    bool spared_possible, spared_proven;
    int64_t spared; /* best roster with somebody else there, less `best` */
    struct tb_rival *rivals;
    int n_rivals; /* least difference first, those who cannot sit there last */
    int solves;   /* rivals planned for */
};
/* `only` >= 0: this rival alone; `most`: how many rivals are planned for, of those whom bounds and exchanges
 * do not settle. */
struct tb_why_question {
    int slot, who, only, most;
};
TB_MUST_USE enum tb_code tb_why(const struct tb_app *app, const struct tb_app_draft *d,
                                const struct tb_why_question *q, struct tb_why *out, struct tb_err *e);
void tb_why_free(struct tb_why *w);

#endif
