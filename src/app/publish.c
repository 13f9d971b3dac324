/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Publishing, and writing every form of a publication.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app_int.h"
#include "toban/base/outdir.h"
#include "toban/codec/codec.h"
#include "toban/publish/publish.h"
#include "toban/store/records.h"

/* ---- publish --------------------------------------------------------------------------------- */

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
    if (!n) {
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
    c = app_commit(s, c, e);
    free(open);
    tb_region_free(r);
    return c;
}

/* ---- files ----------------------------------------------------------------------------------- */

struct sink {
    const char *dir;
    int files;
    struct tb_notes *notes;
    struct tb_err *e;
};

static enum tb_code write_file(struct sink *k, const char *name, const struct tb_buf *b)
{
    char path[1024];
    if (snprintf(path, sizeof path, "%s/%s", k->dir, name) >= (int)sizeof path)
        return tb_fail(k->e, TB_USAGE, tb_t("パスが長すぎます", "the path is too long"));
    k->files++;
    return tb_file_write(path, tb_buf_str(b), b->len, k->e);
}

/* The same text for programs that expect UTF-8 with a byte order mark, and for those that expect CP932. */
static enum tb_code write_csv(struct sink *k, const char *utf8, const char *cp932, const struct tb_buf *b)
{
    struct tb_buf with_mark = {0}, recoded = {0};
    tb_buf_add(&with_mark, "\xEF\xBB\xBF");
    tb_buf_addn(&with_mark, tb_buf_str(b), b->len);
    enum tb_code c = write_file(k, utf8, &with_mark);
    if (c == TB_OK) {
        /* A name that CP932 cannot write must not keep everybody else from the roster: that one file is left
         * out, and said so. */
        struct tb_err why = {0};
        enum tb_code recode = tb_cp932_from_utf8(tb_buf_str(b), b->len, &recoded, &why);
        if (recode == TB_OK)
            c = write_file(k, cp932, &recoded);
        else
            tb_notes_add(k->notes, tb_t("%s は書きません: %s", "%s is left out: %s"), cp932, why.text);
    }
    tb_buf_free(&with_mark);
    tb_buf_free(&recoded);
    return c;
}

static enum tb_code write_feed(struct sink *k, const struct tb_board *b, enum tb_feed feed, int index)
{
    struct tb_buf name = {0}, bytes = {0};
    tb_buf_add(&name, "ics/");
    tb_publish_ics_name(b, feed, index, &name);
    enum tb_code c = tb_publish_ics(b, feed, index, &bytes, k->e);
    if (c == TB_OK) c = write_file(k, tb_buf_str(&name), &bytes);
    tb_buf_free(&name);
    tb_buf_free(&bytes);
    return c;
}

static enum tb_code write_feeds(struct sink *k, const struct tb_board *b, int *feeds)
{
    const struct tb_region *r = b->region;
    bool *has = tb_xcalloc((size_t)r->n_providers + 1, sizeof *has);
    for (int i = 0; i < r->n_members; i++)
        for (int d = 0; d < b->n_duties; d++)
            has[r->members[i].provider] |= r->members[i].duty == b->duties[d];
    for (int i = 0; i < b->n; i++) has[b->a[i].provider] = true;
    for (int i = 0; i < b->n_gone; i++) has[b->gone[i].stint.seat.provider] = true;
    enum tb_code c = TB_OK;
    int before = k->files;
    for (int p = 0; p < r->n_providers && c == TB_OK; p++)
        if (has[p]) c = write_feed(k, b, TB_FEED_PROVIDER, p);
    /* A feed that was there once stays, or its readers would go on showing what was withdrawn. */
    bool *told = tb_xcalloc((size_t)r->n_duties + 1, sizeof *told);
    for (int d = 0; d < b->n_duties; d++) told[b->duties[d]] = true;
    for (int i = 0; i < b->n_gone; i++) told[b->gone[i].slot.duty] = true;
    for (int d = 0; d < r->n_duties && c == TB_OK; d++)
        if (told[d]) c = write_feed(k, b, TB_FEED_DUTY, d);
    free(told);
    if (c == TB_OK) c = write_feed(k, b, TB_FEED_REGION, 0);
    *feeds = k->files - before;
    free(has);
    return c;
}

static enum tb_code write_roster(struct sink *k, const struct tb_board *b)
{
    struct tb_buf json = {0}, csv = {0}, html = {0};
    tb_printer *p = tb_printer_json(&json, 1);
    tb_publish_json(b, p);
    tb_printer_free(p);
    tb_buf_addc(&json, '\n');
    enum tb_code c = write_file(k, "roster.json", &json);
    tb_publish_csv(b, &csv);
    if (c == TB_OK) c = write_csv(k, "roster.csv", "roster-cp932.csv", &csv);
    tb_publish_html(b, &html);
    if (c == TB_OK) c = write_file(k, "roster.html", &html);
    tb_buf_free(&json);
    tb_buf_free(&csv);
    tb_buf_free(&html);
    return c;
}

static enum tb_code write_routing(struct sink *k, const struct tb_board *b, tb_day from, tb_day to,
                                  int64_t *cells)
{
    struct tb_buf json = {0}, csv = {0};
    tb_table *t;
    enum tb_code c = tb_route_build_span(b, from, to, b->published_at, &t, k->e);
    if (c) return c;
    c = tb_route_verify(t, b, cells, k->e);
    if (c == TB_OK) {
        tb_printer *p = tb_printer_json(&json, 0);
        tb_table_json(t, p);
        tb_printer_free(p);
        tb_buf_addc(&json, '\n');
        c = write_file(k, "routing.json", &json);
    }
    if (c == TB_OK) {
        tb_table_csv(t, &csv);
        c = write_csv(k, "routing.csv", "routing-cp932.csv", &csv);
    }
    tb_table_free(t);
    tb_buf_free(&json);
    tb_buf_free(&csv);
    return c;
}

/* Drafts that the publication took, latest last. */
static enum tb_code write_report(const struct tb_app *app, struct sink *k, const struct tb_board *b,
                                 const int64_t *ids, size_t n_ids)
{
    const struct tb_app within = app_within(app);
    struct tb_app_draft *drafts = NULL;
    struct tb_report_draft *views = NULL;
    size_t n = 0, cap = 0;
    enum tb_code c = TB_OK;
    for (size_t i = 0; i < n_ids && c == TB_OK; i++) {
        struct tb_app_draft d;
        c = tb_app_open_draft(&within, ids[i], NULL, true, &d, k->e);
        if (c) break;
        /* A swap is no plan; it is told where somebody signed for it. */
        if (strcmp(d.stored.steps, APP_SWAP_STEPS) == 0 && !d.verdict->n_hard)
            tb_app_draft_free(&d);
        else
            *TB_PUSH(drafts, n, cap) = d;
    }
    views = tb_xcalloc(n + 1, sizeof *views);
    for (size_t i = 0; i < n; i++) {
        const struct tb_app_draft *d = &drafts[i];
        views[i] = (struct tb_report_draft){d->problem,
                                            &d->roster,
                                            d->verdict,
                                            d->stored.status,
                                            d->stored.stopped_by,
                                            d->stored.steps,
                                            d->stored.objective,
                                            d->stored.bound,
                                            d->stored.certified,
                                            d->checked_bound,
                                            d->bound_checked,
                                            d->stored.instance_digest,
                                            d->unconfirmed.n ? d->unconfirmed.v[0] : NULL};
    }
    if (c == TB_OK) {
        struct tb_buf text = {0};
        tb_publish_report(b, views, n, &text);
        c = write_file(k, "report.txt", &text);
        tb_buf_free(&text);
    }
    for (size_t i = 0; i < n; i++) tb_app_draft_free(&drafts[i]);
    free(drafts);
    free(views);
    return c;
}

enum tb_code tb_app_export(const struct tb_app *app, const char *dir, const char *routing_period,
                           struct tb_app_export *out, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    struct tb_board *all = NULL, *span = NULL;
    *out = (struct tb_app_export){0};
    enum tb_code c = app_may(app, TB_USE_EXPORT, e);
    if (c == TB_OK) c = app_open(app, &s, &r, e);
    if (c) return c;
    tb_day from = TB_DAY_NONE, to = TB_DAY_NONE;
    c = tb_store_verify(s, false, e);
    if (c == TB_OK && routing_period) c = tb_period_parse(r, routing_period, &from, &to, NULL, e);
    if (c == TB_OK) c = app_feed_board(s, r, tb_day_of_minute(tb_clock_now(&app->clock)), &all, e);
    if (c == TB_OK && routing_period)
        c = app_board(s, r, 0, from - TB_TABLE_BACK, to + TB_TABLE_AHEAD, &span, e);
    int64_t *published = NULL;
    size_t n_published = 0;
    if (c == TB_OK) c = tb_store_published_drafts(s, &published, &n_published, e);
    tb_store_close(s);
    struct tb_outdir o;
    if (c == TB_OK) c = tb_outdir_begin(dir, &o, e);
    if (c == TB_OK) {
        struct sink k = {.dir = o.tmp, .notes = &out->notes, .e = e};
        struct tb_buf ics = {0};
        tb_buf_addf(&ics, "%s/ics", o.tmp);
        c = tb_dir_make(ics.s, e);
        tb_buf_free(&ics);
        if (c == TB_OK) c = write_roster(&k, all);
        if (c == TB_OK) c = write_feeds(&k, all, &out->feeds);
        if (c == TB_OK && span) c = write_routing(&k, span, from, to, &out->cells);
        if (c == TB_OK) c = write_report(app, &k, all, published, n_published);
        if (c == TB_OK)
            c = tb_outdir_commit(&o, e);
        else
            tb_outdir_abandon(&o);
        out->files = k.files;
    }
    if (all) {
        out->publication = all->publication;
        memcpy(out->hash, all->hash, sizeof out->hash);
    }
    free(published);
    tb_board_free(all);
    tb_board_free(span);
    tb_region_free(r);
    return c;
}
