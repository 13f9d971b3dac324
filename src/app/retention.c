/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long each kind of data is kept, and taking it out by hand.
 */
#include "toban/app/retention.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/store/purge.h"

static const struct {
    const char *kind, *ja, *en;
} words[] = {
    {"wishes", "出務希望（調査の末日）", "wishes (last day of the survey)"},
    {"drafts", "公表しなかった案（作成日）", "drafts that were never published (day made)"},
    {"accesses", "カレンダーの取得日時", "when calendars were fetched"},
    {"audit", "操作の記録", "the audit trail"},
    {"swaps", "当番の交換の申し出と理由（当番日）", "swaps with their reasons (duty date)"},
    {"deliveries", "送付と受領の記録", "who was sent what, and who confirmed"},
    {"overrides", "当日の変更（終わり）", "changes of a day (their end)"},
    {"publications", "公表・出務・帳簿（当番日）", "publications, attendance, books (duty date)"},
};

static const char *word_of(const char *kind)
{
    for (size_t i = 0; i < TB_COUNT(words); i++)
        if (strcmp(words[i].kind, kind) == 0) return tb_t(words[i].ja, words[i].en);
    return NULL;
}

static const char *id_of(int kind) { return words[kind].kind; }

/* The same day so many years ago; of 29 February the day before. */
static tb_day years_ago(tb_day today, int years)
{
    struct tb_ymd d = tb_ymd_of(today);
    while (!tb_date_exists(d.year - years, d.month, d.day)) d.day--;
    return tb_day_of(d.year - years, d.month, d.day);
}

static enum tb_code count(tb_store *s, struct tb_retained *x, struct tb_err *e)
{
    struct tb_purgeable n;
    enum tb_code c = tb_store_purgeable(s, x->kind, x->before, &n, e);
    if (c) return c;
    x->due = n.rows;
    memcpy(x->first, n.first, sizeof x->first);
    memcpy(x->last, n.last, sizeof x->last);
    x->by_hand = tb_store_can_purge(x->kind);
    return TB_OK;
}

enum tb_code tb_retention_of(tb_store *s, const struct tb_region *r, tb_day today, struct tb_retentions *out,
                             struct tb_err *e)
{
    enum tb_code c = TB_OK;
    size_t cap = 0;
    *out = (struct tb_retentions){0};
    for (int i = 0; i < r->n_retentions && c == TB_OK; i++) {
        const struct tb_retention *row = &r->retentions[i];
        struct tb_retained *x = TB_PUSH(out->v, out->n, cap);
        *x = (struct tb_retained){.years = row->years, .before = years_ago(today, row->years)};
        (void)snprintf(x->kind, sizeof x->kind, "%s", id_of(row->kind));
        (void)snprintf(x->note, sizeof x->note, "%s", row->note);
        x->what = word_of(x->kind);
        c = count(s, x, e);
    }
    if (c) tb_retentions_free(out);
    return c;
}

void tb_retentions_free(struct tb_retentions *x)
{
    free(x->v);
    *x = (struct tb_retentions){0};
}

enum tb_code tb_app_retention(const struct tb_app *app, struct tb_retentions *out, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    *out = (struct tb_retentions){0};
    enum tb_code c = app_may(app, TB_USE_RETENTION, e);
    if (c == TB_OK) c = app_open(app, &s, &r, e);
    if (c) return c;
    c = app_close(s, tb_retention_of(s, r, tb_day_of_minute(tb_clock_now(&app->clock)), out, e));
    tb_region_free(r);
    return c;
}

/* ---- taking out ----------------------------------------------------------------------------------- */

static enum tb_code no_kind(const char *kind, struct tb_err *e)
{
    struct tb_buf names = {0};
    for (size_t i = 0; i < TB_COUNT(words); i++) tb_buf_addf(&names, "%s%s", i ? ", " : "", words[i].kind);
    enum tb_code c = tb_fail(
        e, TB_USAGE,
        tb_t("「%s」というデータの種類はありません。あるのは: %s", "no kind of data \"%s\"; there are: %s"),
        kind, tb_buf_str(&names));
    tb_buf_free(&names);
    return c;
}

/* The day before which rows go. */
static enum tb_code day_of(const struct tb_region *r, const struct tb_purge_request *rq, tb_day today,
                           struct tb_retained *x, struct tb_err *e)
{
    x->before = rq->before;
    for (int i = 0; i < r->n_retentions; i++) {
        if (strcmp(id_of(r->retentions[i].kind), rq->kind) != 0) continue;
        x->years = r->retentions[i].years;
        if (rq->due) x->before = years_ago(today, x->years);
    }
    if (rq->due && !x->years)
        return tb_fail(e, TB_REFUSED,
                       tb_t("%s の保存年数が retention にありません。--before で日付を示すか、先に決めます",
                            "table retention has no years for %s; name a day with --before, or decide them "
                            "first"),
                       rq->kind);
    if (x->before > today)
        return tb_fail(e, TB_REFUSED, tb_t("これからの日より前は消せません", "--before is a day to come"));
    if (!tb_store_can_purge(rq->kind))
        return tb_fail(e, TB_REFUSED,
                       tb_t("%s は消せません。帳簿の残高と版の照合がこれで成り立っています",
                            "%s cannot be taken out: the balances of the books and the digests of what is "
                            "kept rest on them"),
                       rq->kind);
    return TB_OK;
}

enum tb_code tb_app_purge(const struct tb_app *app, const struct tb_purge_request *rq,
                          struct tb_retained *out, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    char day[64] = "";
    *out = (struct tb_retained){0};
    enum tb_code c = app_may(app, TB_USE_PURGE, e);
    if (c == TB_OK) c = app_whole(app, TB_USE_PURGE, e);
    if (c == TB_OK && !word_of(rq->kind)) c = no_kind(rq->kind, e);
    if (c == TB_OK) c = app_begin(app, &s, &r, e);
    if (c) return c;
    (void)snprintf(out->kind, sizeof out->kind, "%s", rq->kind);
    out->what = word_of(rq->kind);
    c = day_of(r, rq, tb_day_of_minute(tb_clock_now(&app->clock)), out, e);
    if (c == TB_OK) c = count(s, out, e);
    if (c == TB_OK) tb_format_date(out->before, day, sizeof day);
    if (c == TB_OK && out->due && !rq->yes && !app->trial)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("%s より前の %s %lld 行（%s から %s）が二度と戻らない形でなくなります。よければ "
                         "--yes を付けます。何も変えていません",
                         "before %s, %s: %lld rows (%s to %s) would go for good; say --yes if that is meant; "
                         "nothing was changed"),
                    day, out->kind, (long long)out->due, out->first, out->last);
    if (c == TB_OK && out->due) {
        struct tb_buf detail = {0};
        tb_buf_addf(&detail, "%s before %s: %lld, %s..%s", out->kind, day, (long long)out->due, out->first,
                    out->last);
        c = tb_store_purge(s, rq->kind, out->before, e);
        if (c == TB_OK)
            c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, "purge", tb_buf_str(&detail),
                               e);
        tb_buf_free(&detail);
    }
    tb_region_free(r);
    return app_commit(s, c, e);
}
