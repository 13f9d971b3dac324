/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * explain.
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "toban/app/hand.h"
#include "toban/tell/explain.h"

static bool open_at(const struct tb_app_draft *d, int slot)
{
    int filled = 0;
    for (int i = 0; i < d->roster.n; i++) filled += d->roster.a[i].slot == slot;
    return d->problem->slots[slot].planned && filled < d->problem->slots[slot].need;
}

struct explained {
    struct tb_explanation *v;
    size_t n, cap;
};

static void explained_free(struct explained *x)
{
    for (size_t i = 0; i < x->n; i++) tb_explanation_free(&x->v[i]);
    free(x->v);
}

static bool any_unknown(const struct explained *x)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->v[i].hole == TB_HOLE_UNKNOWN) return true;
    return false;
}

/* `only` -1: every open seat. */
static enum tb_code every_hole(struct cli *c, const struct tb_app_draft *d, int only, struct explained *out,
                               struct tb_err *e)
{
    for (int s = 0; s < d->problem->n_slots; s++) {
        struct tb_explanation x;
        if (only >= 0 ? s != only : !open_at(d, s)) continue;
        CLI_TRY(tb_explain(d->problem, &d->roster, s, &c->app.plan, &x, e));
        *TB_PUSH(out->v, out->n, out->cap) = x;
    }
    return TB_OK;
}

/* `rule` NULL: every hard one that is broken. */
static enum tb_code every_breach(struct cli *c, const struct tb_app_draft *d, const char *rule,
                                 struct explained *out, struct tb_err *e)
{
    const struct tb_verdict *v = d->verdict;
    int whole = -1; /* rule row that was told as a whole */
    for (int i = 0; i < v->n_violations; i++) {
        const struct tb_violation *b = &v->violations[i];
        struct tb_explanation x;
        if (rule ? strcmp(b->rule, rule) != 0 : !b->hard) continue;
        if (b->rule_row >= 0 && b->rule_row == whole) continue; /* they stand together */
        CLI_TRY(tb_explain_breach(d->problem, &d->roster, b, &c->app.plan, &x, e));
        if (x.had) whole = b->rule_row;
        *TB_PUSH(out->v, out->n, out->cap) = x;
    }
    return TB_OK;
}

static enum tb_code rule_wanted(const struct tb_app_draft *d, const char *rule, struct tb_err *e)
{
    for (int i = 0; i < d->verdict->n_violations; i++)
        if (strcmp(d->verdict->violations[i].rule, rule) == 0) return TB_OK;
    for (int i = 0; i < d->region->n_rules; i++)
        if (strcmp(d->region->rules[i].id, rule) == 0)
            return tb_fail(
                e, TB_REFUSED,
                tb_t("条件「%s」はこの案では破られていません", "this draft does not break rule \"%s\""),
                rule);
    return tb_fail(e, TB_REFUSED,
                   tb_t("この案が破っている条件に「%s」はありません（check で見られます）",
                        "\"%s\" is no rule that this draft breaks (see check)"),
                   rule);
}

/* Do the duties stand in each other's way? Asked only of a draft of several duties with a hole. */
static enum tb_code tiers_of(struct cli *c, const struct tb_app_draft *d, struct tb_tiers *out,
                             struct tb_err *e)
{
    if (d->problem->n_duties > 1 && d->verdict->open_seats > 0) return tb_app_tiers(d, &c->app.plan, out, e);
    return TB_OK;
}

/* What was asked: one seat (`only`), one rule, or neither: the whole draft. */
static enum tb_code explain_draft(struct cli *c, const struct tb_app_draft *d, int only, const char *rule,
                                  struct tb_err *e)
{
    struct explained open = {0}, broken = {0};
    struct tb_buf prechecks = {0};
    struct tb_tiers tiers = {0};
    bool whole = only < 0 && !rule;
    tb_plan_precheck(d->problem, &prechecks);
    enum tb_code code = whole ? tiers_of(c, d, &tiers, e) : TB_OK;
    if (code == TB_OK && !rule) code = every_hole(c, d, only, &open, e);
    if (code == TB_OK && only < 0) code = every_breach(c, d, rule, &broken, e);
    if (code == TB_OK) {
        struct tb_tell_explain x = {.draft = d,
                                    .prechecks = tb_buf_str(&prechecks),
                                    .tiers = whole ? &tiers : NULL,
                                    .open = open.v,
                                    .n_open = (int)open.n,
                                    .broken = broken.v,
                                    .n_broken = (int)broken.n};
        CLI_TELL(c, tb_tell_explain, &x);
        if (open.n + broken.n) code = any_unknown(&open) || any_unknown(&broken) ? TB_LIMIT : TB_NO;
    }
    tb_buf_free(&prechecks);
    tb_tiers_free(&tiers);
    explained_free(&open);
    explained_free(&broken);
    return code;
}

enum tb_code cmd_explain(struct cli *c, struct tb_err *e)
{
    int64_t id, seconds;
    struct tb_app_draft d;
    int only = -1;
    const char *seat = cli_get(c, "seat"), *rule = cli_get(c, "rule");
    if (seat && rule)
        return tb_fail(e, TB_USAGE,
                       tb_t("--seat と --rule はどちらか一つです", "--seat or --rule, not both"));
    CLI_TRY(cli_int(c, "draft", 1, INT32_MAX, 0, &id, e));
    CLI_TRY(cli_int(c, "time", 1, 86400, 20, &seconds, e));
    c->app.plan.seconds = (double)seconds;
    CLI_TRY(tb_app_open_draft(&c->app, id, c->n_args ? c->args[0] : NULL, false, &d, e));
    enum tb_code code = seat   ? tb_app_seat(d.problem, seat, &only, e)
                        : rule ? rule_wanted(&d, rule, e)
                               : TB_OK;
    if (code == TB_OK) code = explain_draft(c, &d, only, rule, e);
    tb_app_draft_free(&d);
    return code;
}
