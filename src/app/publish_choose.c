/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which drafts are published: those named, or the open ones where it is clear which are meant.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/life.h"
#include "toban/app/publishing.h"

bool app_ids_have(const char *ids, const char *id, size_t n)
{
    for (const char *at = ids; *at;) {
        size_t len = strcspn(at, ";");
        if (len == n && memcmp(at, id, n) == 0) return true;
        at += len + (at[len] == ';');
    }
    return false;
}

static bool shares_duty(const char *a, const char *b)
{
    for (const char *at = a; *at;) {
        size_t len = strcspn(at, ";");
        if (app_ids_have(b, at, len)) return true;
        at += len + (at[len] == ';');
    }
    return false;
}

static bool overlap(const struct tb_life_state *a, const struct tb_life_state *b, tb_day until)
{
    tb_day from = a->from > b->from ? a->from : b->from, to = a->to < b->to ? a->to : b->to;
    return from <= to && (until == TB_DAY_NONE || from <= until) && shares_duty(a->duties, b->duties);
}

/* "案 7（night 2026-12-01..2026-12-31 承認済）" */
static void draft_words(const struct tb_life_state *x, struct tb_buf *out)
{
    char a[64], b[64];
    tb_buf_addf(out, tb_t("案 %lld（%s %s..%s %s）", "draft %lld (%s %s..%s, %s)"), (long long)x->draft,
                x->duties, tb_format_date(x->from, a, sizeof a), tb_format_date(x->to, b, sizeof b),
                tb_life_word(x->state));
}

static enum tb_code unclear(const struct tb_life_state *const *v, size_t n, tb_day until, struct tb_err *e)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            if (!overlap(v[i], v[k], until)) continue;
            struct tb_buf list = {0};
            for (size_t j = 0; j < n; j++) {
                if (j) tb_buf_add(&list, tb_t("、", ", "));
                draft_words(v[j], &list);
            }
            enum tb_code c =
                tb_fail(e, TB_REFUSED,
                        tb_t("どの案を公表するのか決まりません。案 %lld と案 %lld "
                             "は同じ当番区分・同じ日を決めています。あるのは: %s。選んで公表します: toban "
                             "publish --draft %lld",
                             "it is not clear which drafts are meant: %lld and %lld decide the same duties "
                             "and days; there are: %s; say which: toban publish --draft %lld"),
                        (long long)v[i]->draft, (long long)v[k]->draft, tb_buf_str(&list),
                        (long long)(v[i]->state == TB_LIFE_APPROVED ? v[i] : v[k])->draft);
            tb_buf_free(&list);
            return c;
        }
    return TB_OK;
}

static enum tb_code unapproved(const struct tb_body *body, const struct tb_life_state *x, struct tb_err *e)
{
    return tb_fail(
        e, TB_REFUSED,
        tb_t("%s の当番表は承認（%s）のあとで公表します。案 %lld は%sです: toban approve %lld "
             "--date 会議の日 --number 回",
             "rosters of %s are published after its approval (%s); draft %lld is %s: toban approve "
             "%lld --date DAY --number NUMBER"),
        body->name, *body->approval ? body->approval : tb_t("承認", "approval"), (long long)x->draft,
        tb_life_word(x->state), (long long)x->draft);
}

/* A life by its draft's number; the store lists them ascending. */
static struct tb_life_state *find_life(struct tb_life_state *v, size_t n, int64_t draft)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].draft == draft) return &v[i];
    return NULL;
}

static enum tb_code of_the_past(const struct tb_life_state *x, const struct tb_publish_asked *asked,
                                struct tb_err *e)
{
    if (!*x->past || asked->past) return TB_OK;
    return tb_fail(e, TB_REFUSED,
                   tb_t("案 %lld は過ぎた日の案です（%s）。公表するにも --past に理由を書きます",
                        "draft %lld is of days past (%s); to publish it say why with --past too"),
                   (long long)x->draft, x->past);
}

static enum tb_code named(const struct tb_region *r, const struct tb_publish_asked *asked,
                          struct tb_life_state *all, size_t n_all, struct app_chosen *out, struct tb_err *e)
{
    enum tb_code c = TB_OK;
    size_t cap = 0;
    for (size_t i = 0; i < asked->n && c == TB_OK; i++) {
        struct tb_life_state *x = find_life(all, n_all, asked->ids[i]);
        if (!x)
            return tb_fail(e, TB_NO, tb_t("案 %lld はありません", "there is no draft %lld"),
                           (long long)asked->ids[i]);
        const struct tb_body *body = app_approving_body(r, x->duties);
        bool open = x->state == TB_LIFE_DRAFT || x->state == TB_LIFE_CIRCULATING;
        if (body && open && !x->doubt) c = unapproved(body, x, e);
        if (c == TB_OK) c = of_the_past(x, asked, e);
        *TB_PUSH(out->ids, out->n, cap) = x->draft;
    }
    return c;
}

static enum tb_code open_ones(tb_store *s, const struct tb_region *r, const struct tb_publish_asked *asked,
                              tb_day today, struct app_chosen *out, struct tb_err *e)
{
    int64_t *open = NULL;
    size_t n = 0, cap = 0, cap_left = 0;
    enum tb_code c = tb_store_open_drafts(s, &open, &n, e);
    if (c) return c;
    const struct tb_life_state **v = tb_xcalloc(n + 1, sizeof *v);
    const struct tb_life_state *first = NULL;
    for (size_t i = 0; i < n; i++) {
        struct tb_life_state *x = find_life(out->lives, out->n_lives, open[i]);
        TB_ASSERT(x);
        bool past = (*x->past != '\0' && !asked->past) || (x->to < today && !asked->past),
             waits = x->state != TB_LIFE_APPROVED && app_approving_body(r, x->duties);
        if (past || waits) {
            *TB_PUSH(out->left, out->n_left, cap_left) =
                (struct app_left){x->draft, past ? TB_LEFT_PAST : TB_LEFT_UNAPPROVED};
            if (!past && !first) first = x;
            continue;
        }
        v[out->n] = x;
        *TB_PUSH(out->ids, out->n, cap) = x->draft;
    }
    free(open);
    if (!out->n && first)
        c = unapproved(app_approving_body(r, first->duties), first, e);
    else if (!out->n)
        c = tb_fail(e, TB_NO,
                    tb_t("公表する案がありません。plan で作ります",
                         "there is no draft to publish; make one with plan"));
    else
        c = unclear(v, out->n, asked->until, e);
    free(v);
    return c;
}

enum tb_code app_choose_drafts(tb_store *s, const struct tb_region *r, const struct tb_publish_asked *asked,
                               tb_day today, struct app_chosen *out, struct tb_err *e)
{
    *out = (struct app_chosen){0};
    enum tb_code c = tb_store_lives(s, 0, &out->lives, &out->n_lives, e);
    if (c) return c;
    c = asked->n ? named(r, asked, out->lives, out->n_lives, out, e) : open_ones(s, r, asked, today, out, e);
    for (size_t i = 0; i < out->n && c == TB_OK; i++) c = app_may_publish(s, out->ids[i], e);
    if (c) app_chosen_free(out);
    return c;
}

void app_chosen_free(struct app_chosen *x)
{
    free(x->ids);
    free(x->left);
    tb_lives_free(x->lives, x->n_lives);
    *x = (struct app_chosen){0};
}
