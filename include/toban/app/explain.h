/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * explain: why a seat stays open or a rule is broken, as a smallest set of causes in the office's words, and
 * what would mend it. Nothing is claimed that was not solved: a set is together impossible, and possible
 * without any one of its members.
 */
#ifndef TOBAN_APP_EXPLAIN_H
#define TOBAN_APP_EXPLAIN_H

#include "toban/app/app.h"

/* What the office could change. Everything else (who is a member, which seats there are, the links) is taken
 * as it is. */
enum tb_cause_kind {
    TB_CAUSE_WISH,
    TB_CAUSE_EXEMPTION,
    TB_CAUSE_EXTERNAL,
    TB_CAUSE_HOURS,
    TB_CAUSE_PIN,
    TB_CAUSE_BOUND,
    TB_CAUSE_RULE
};
struct tb_cause {
    enum tb_cause_kind kind;
    int row;      /* region's wishes, exemptions, externals, hours, rules; problem's pins, bound. Must-"only"
                     wishes of one provider      in one survey are one cause: the first of them */
    bool unknown; /* a solve without it hit its limit: it may or may not be needed */
};
/* In the office's words, without full stop. */
void tb_cause_text(const struct tb_problem *p, const struct tb_cause *c, struct tb_buf *out);
/* The word of the kind, for data: wish, exemption, external, hours, pin, forbid, bound, rule. */
const char *tb_cause_word(const struct tb_problem *p, const struct tb_cause *c);
/* Whom to ask: a provider, or -1 (those who made the rule or the pin). */
int tb_cause_provider(const struct tb_problem *p, const struct tb_cause *c);

/* One way to fill the seat or to keep the rule: without these causes (none: as things are, for what it costs)
 * there is a roster. */
struct tb_repair {
    struct tb_cause *causes;
    int n;
    struct tb_roster roster; /* the best one then */
    /* objective of its filled seats less that of the present one's; published seats among the causes count no
     * more */
    int64_t cost;
    /* no cheaper roster exists with these causes gone; otherwise a limit was hit */
    bool proven;
    int changes; /* seats in which somebody else sits than now, the filled one among them */
};

/* Somebody of the duty's pool, put into the seat with all else as it is. */
struct tb_candidate {
    int provider;
    int n_hard;        /* hard rules he would break that are not broken now */
    struct tb_buf why; /* one sentence each, lines */
    int64_t cost;      /* what the soft rules and ledgers would cost more */
};

enum tb_hole {
    TB_HOLE_CORE,     /* explained by `causes` */
    TB_HOLE_POOL,     /* the pool is too small: it stays open with all causes gone */
    TB_HOLE_POSSIBLE, /* it can be filled; the roster was not the best one */
    TB_HOLE_UNKNOWN   /* a limit was hit before anything was shown */
};
struct tb_explanation {
    int slot; /* -1: a broken rule is explained */
    struct tb_violation broken;
    /* of a rule row that is counted: its excess now; it is explained why it is not less. 0: that one breach
     */
    int64_t had;
    enum tb_hole hole;
    struct tb_cause *causes;
    int n_causes;
    struct tb_repair *repairs;
    int n_repairs; /* cheapest first, at most three */
    struct tb_candidate *candidates;
    int n_candidates;
    int solves;
};
/* Explains one open seat of `slot`. The claim: it cannot be filled while every other seat that is filled now
 * stays filled (by whomever) and no rule is broken more than in this roster. What the roster breaks already
 * may be broken so much: a rule row so many times in all (as a price would count), a wish, an exemption and
 * the like in that very seat. Soft rules are causes only where hard ones alone do not stand in the way.
 * TB_REFUSED: the slot has no open seat, or the roster holds what can be no duty (said what). `o->seconds`
 * limits each solve. */
TB_MUST_USE enum tb_code tb_explain(const struct tb_problem *p, const struct tb_roster *roster, int slot,
                                    const struct tb_plan_opts *o, struct tb_explanation *out,
                                    struct tb_err *e);
/* The same for a breach, one of the roster's verdict: it cannot be kept (a rule row: cannot be broken less),
 * with every seat that is filled now filled and no other rule broken more. */
TB_MUST_USE enum tb_code tb_explain_breach(const struct tb_problem *p, const struct tb_roster *roster,
                                           const struct tb_violation *broken, const struct tb_plan_opts *o,
                                           struct tb_explanation *out, struct tb_err *e);
void tb_explanation_free(struct tb_explanation *x);

#endif
