/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Publishing.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/publishing.h"

/* *breaches: hard rules broken, each with an exception. */
static enum tb_code judge(const struct tb_app *app, int64_t id, int *breaches, struct tb_err *e)
{
    struct tb_app_draft d;
    const struct tb_app within = app_within(app);
    enum tb_code c = tb_app_open_draft(&within, id, NULL, false, &d, e);
    if (c) return c;
    c = app_planned_bodies(app, TB_USE_PUBLISH, d.problem, e);
    if (c == TB_OK && strcmp(d.stored.status, TB_DRAFT_DOUBT) == 0)
        c = tb_fail(
            e, TB_REFUSED,
            tb_t("案 %lld "
                 "は要確認（二つの計算が食い違ったもの）なので公表できません。条件を変えて計画し直すか、"
                 "assign で手を入れて新しい案にします",
                 "draft %lld is kept aside (two computations disagree about it) and cannot be published; "
                 "plan anew with other conditions, or make a new draft of it with assign"),
            (long long)id);
    *breaches = d.verdict->n_hard;
    for (int i = 0; i < d.verdict->n_hard && c == TB_OK; i++) {
        const struct tb_violation *v = &d.verdict->violations[i];
        if (tb_app_consent(&d, v)) continue;
        struct tb_buf text = {0};
        tb_violation_text(d.problem, v, &text);
        c = tb_fail(
            e, TB_REFUSED,
            tb_t("案 %lld は必須の条件（%s）に違反し、特例もないので公表できません: %s",
                 "draft %lld breaks a hard rule (%s) without an exception and cannot be published: %s"),
            (long long)id, v->rule, tb_buf_str(&text));
        tb_buf_free(&text);
    }
    tb_app_draft_free(&d);
    return c;
}

/* "4 1a2b3c4d: 7, 8; past: 理由" */
static enum tb_code audit_publish(tb_store *s, const struct tb_publish_asked *asked,
                                  const struct tb_publish_said *x, const struct tb_act *act, struct tb_err *e)
{
    struct tb_buf detail = {0};
    tb_buf_addf(&detail, "%lld %.8s", (long long)x->made.number, x->made.digest);
    for (size_t i = 0; i < x->n_drafts; i++)
        tb_buf_addf(&detail, "%s%lld", i ? ", " : ": ", (long long)x->drafts[i].life.draft);
    if (asked->running) tb_buf_addf(&detail, "; running: %s", asked->running);
    if (asked->past) tb_buf_addf(&detail, "; past: %s", asked->past);
    enum tb_code c = tb_store_audit(s, act->at, act->by, "publish", tb_buf_str(&detail), e);
    tb_buf_free(&detail);
    return c;
}

enum tb_code tb_app_publish(const struct tb_app *app, const struct tb_publish_asked *asked,
                            struct tb_publish_said *out, struct tb_err *e)
{
    tb_store *s;
    struct app_chosen chosen = {0};
    int *breaches = NULL;
    const struct tb_act act = app_act(app, asked->note ? asked->note : "");
    struct app_before before = {0};
    *out = (struct tb_publish_said){0};
    enum tb_code c = app_may(app, TB_USE_PUBLISH, e);
    if (c == TB_OK && ((asked->running && !*asked->running) || (asked->past && !*asked->past)))
        c = tb_fail(e, TB_USAGE,
                    tb_t("--running と --past には理由を書きます", "--running and --past say why"));
    if (c == TB_OK) c = app_begin(app, &s, &out->region, e);
    if (c) return c;
    before.region = out->region;
    c = app_conflicts(s, out->region, act.at, NULL, &before.conflicts, e);
    if (c == TB_OK) c = app_choose_drafts(s, out->region, asked, tb_day_of_minute(act.at), &chosen, e);
    breaches = tb_xcalloc(chosen.n + 1, sizeof *breaches);
    for (size_t i = 0; i < chosen.n && c == TB_OK; i++) c = judge(app, chosen.ids[i], &breaches[i], e);
    if (c == TB_OK) c = app_publish_says(s, &chosen, asked->until, breaches, out, e);
    const struct tb_to_publish what = {.drafts = chosen.ids,
                                       .n = chosen.n,
                                       .until = asked->until,
                                       .running = asked->running != NULL,
                                       .past = asked->past != NULL};
    if (c == TB_OK) c = tb_store_publish(s, out->region, &what, &act, &out->made, e);
    if (c == TB_OK) c = audit_publish(s, asked, out, &act, e);
    if (c == TB_OK) c = app_conflicts_new(s, &before, out->region, act.at, &out->made.todo, e);
    c = app_commit(s, c, e);
    tb_conflicts_free(&before.conflicts);
    free(breaches);
    app_chosen_free(&chosen);
    if (c) tb_publish_said_free(out);
    return c;
}
