/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Publishing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"

static enum tb_code judge(const struct tb_app *app, int64_t id, struct tb_err *e)
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

enum tb_code tb_app_publish(const struct tb_app *app, const int64_t *ids, size_t n, tb_day until,
                            const char *note, struct tb_publication *out, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    int64_t *open = NULL;
    enum tb_code c = app_may(app, TB_USE_PUBLISH, e);
    if (c == TB_OK) c = app_begin(app, &s, &r, e);
    if (c) return c;
    struct app_before before = {.region = r};
    c = app_conflicts(s, r, tb_clock_now(&app->clock), NULL, &before.conflicts, e);
    if (c == TB_OK && !n) {
        c = tb_store_open_drafts(s, &open, &n, e);
        ids = open;
        if (c == TB_OK && !n)
            c = tb_fail(e, TB_NO,
                        tb_t("公表する案がありません。plan で作ります",
                             "there is no draft to publish; make one with plan"));
    }
    for (size_t i = 0; i < n && c == TB_OK; i++) c = app_may_publish(s, ids[i], e);
    for (size_t i = 0; i < n && c == TB_OK; i++) c = judge(app, ids[i], e);
    const struct tb_to_publish what = {ids, n, until};
    const struct tb_act act = app_act(app, note);
    if (c == TB_OK) c = tb_store_publish(s, r, &what, &act, out, e);
    if (c == TB_OK) {
        char detail[96];
        snprintf(detail, sizeof detail, "%lld %.8s", (long long)out->number, out->digest);
        c = tb_store_audit(s, act.at, act.by, "publish", detail, e);
    }
    if (c == TB_OK) c = app_conflicts_new(s, &before, r, act.at, &out->todo, e);
    c = app_commit(s, c, e);
    tb_conflicts_free(&before.conflicts);
    free(open);
    tb_region_free(r);
    return c;
}
