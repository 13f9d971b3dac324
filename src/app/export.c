/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every form of a publication, as files: one row of the table at the end for each, and what it needs.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/export.h"
#include "toban/base/outdir.h"
#include "toban/codec/codec.h"
#include "toban/publish/publish.h"
#include "toban/store/records.h"

/* What the writers work on. */
struct tb_exporting {
    const struct tb_app *app;
    struct tb_outdir out;
    struct tb_region *shown, *routed; /* of the boards */
    struct tb_board *all;             /* everything, as calendars show it */
    struct tb_board *span; /* the days of the routing table and those around it; NULL: none is asked for */
    tb_day from, to;       /* of the routing table */
    struct tb_app_draft *drafts; /* those that were published, in order */
    size_t n_drafts;
    struct app_proofs proofs;
    struct tb_app_export *told;
};

/* ---- one file ----------------------------------------------------------------------------------- */

/* The same text for programs that expect UTF-8 with a byte order mark, and for those that expect CP932. */
static enum tb_code write_csv(struct tb_exporting *x, const char *utf8, const char *cp932,
                              const struct tb_buf *b, struct tb_err *e)
{
    struct tb_buf with_mark = {0}, recoded = {0};
    tb_buf_add(&with_mark, "\xEF\xBB\xBF");
    tb_buf_addn(&with_mark, tb_buf_str(b), b->len);
    enum tb_code c = tb_outdir_put(&x->out, utf8, &with_mark, e);
    if (c == TB_OK) {
        /* A name that CP932 cannot write must not keep everybody else from the roster: that one file is left
         * out, and said so. */
        struct tb_err why = {0};
        enum tb_code recode = tb_cp932_from_utf8(tb_buf_str(b), b->len, &recoded, &why);
        if (recode == TB_OK)
            c = tb_outdir_put(&x->out, cp932, &recoded, e);
        else
            tb_notes_add(&x->told->notes, tb_t("%s は書きません: %s", "%s is left out: %s"), cp932, why.text);
    }
    tb_buf_free(&with_mark);
    tb_buf_free(&recoded);
    return c;
}

/* ---- the writers --------------------------------------------------------------------------------- */

static enum tb_code write_feed(struct tb_exporting *x, enum tb_feed feed, int index, struct tb_err *e)
{
    struct tb_buf name = {0}, bytes = {0};
    const struct tb_board *b = x->all;
    tb_buf_add(&name, "ics/");
    tb_publish_ics_name(b, feed, index, &name);
    enum tb_code c = tb_publish_ics(b, feed, index, &bytes, e);
    if (c == TB_OK) c = tb_outdir_put(&x->out, tb_buf_str(&name), &bytes, e);
    tb_buf_free(&name);
    tb_buf_free(&bytes);
    return c;
}

static enum tb_code write_feeds(struct tb_exporting *x, struct tb_err *e)
{
    const struct tb_board *b = x->all;
    const struct tb_region *r = b->region;
    bool *has = tb_xcalloc((size_t)r->n_providers + 1, sizeof *has);
    for (int i = 0; i < r->n_members; i++)
        for (int d = 0; d < b->n_duties; d++)
            has[r->members[i].provider] |= r->members[i].duty == b->duties[d];
    for (int i = 0; i < b->n; i++) has[b->a[i].provider] = true;
    for (int i = 0; i < b->n_gone; i++) has[b->gone[i].stint.seat.provider] = true;
    enum tb_code c = TB_OK;
    int before = x->out.files;
    for (int p = 0; p < r->n_providers && c == TB_OK; p++)
        if (has[p]) c = write_feed(x, TB_FEED_PROVIDER, p, e);
    /* A feed that was there once stays, or its readers would go on showing what was withdrawn. */
    bool *told = tb_xcalloc((size_t)r->n_duties + 1, sizeof *told);
    for (int d = 0; d < b->n_duties; d++) told[b->duties[d]] = true;
    for (int i = 0; i < b->n_gone; i++) told[b->gone[i].slot.duty] = true;
    for (int d = 0; d < r->n_duties && c == TB_OK; d++)
        if (told[d]) c = write_feed(x, TB_FEED_DUTY, d, e);
    free(told);
    if (c == TB_OK) c = write_feed(x, TB_FEED_REGION, 0, e);
    x->told->feeds = x->out.files - before;
    free(has);
    return c;
}

static enum tb_code write_roster(struct tb_exporting *x, struct tb_err *e)
{
    const struct tb_board *b = x->all;
    struct tb_buf json = {0}, csv = {0}, html = {0};
    tb_printer *p = tb_printer_json(&json, 1);
    tb_publish_json(b, p);
    tb_printer_free(p);
    tb_buf_addc(&json, '\n');
    enum tb_code c = tb_outdir_put(&x->out, "roster.json", &json, e);
    tb_publish_csv(b, &csv);
    if (c == TB_OK) c = write_csv(x, "roster.csv", "roster-cp932.csv", &csv, e);
    tb_publish_html(b, &html);
    if (c == TB_OK) c = tb_outdir_put(&x->out, "roster.html", &html, e);
    tb_buf_free(&json);
    tb_buf_free(&csv);
    tb_buf_free(&html);
    return c;
}

/* All that a table is made from, and that the second implementation looks at: the region, the days, and the
 * board with every slot and who sits there (its public form leaves out what is private). */
static void write_origin(const struct tb_exporting *x, struct tb_buf *out)
{
    const struct tb_board *b = x->span;
    tb_buf_addf(out, "%d %d %d %d %lld %d %s\n", x->from, x->to, b->from, b->to, (long long)b->published_at,
                b->publication, b->hash);
    for (int i = 0; i < b->n_duties; i++) tb_buf_addf(out, "%d ", b->duties[i]);
    for (int i = 0; i < b->n_slots; i++) {
        const struct tb_slot *s = &b->slots[i];
        tb_buf_addf(out, "\n%d %d %d %d %d", s->duty, s->date, s->band, (int)s->role, s->need);
        for (int k = 0; k < s->n_intervals; k++)
            tb_buf_addf(out, " %lld %lld", (long long)s->interval[k].from, (long long)s->interval[k].to);
    }
    for (int i = 0; i < b->n; i++)
        tb_buf_addf(out, "\n%d %d %d %d", b->a[i].slot, b->a[i].seat, b->a[i].provider, b->person[i]);
    tb_buf_addc(out, '\n');
    tb_codec_write_region(b->region, out);
    tb_printer *p = tb_printer_json(out, 0);
    tb_publish_json(b, p);
    tb_printer_free(p);
}

/* Builds the table and lets the second implementation verify it. */
static enum tb_code make_table(struct tb_exporting *x, const struct tb_buf *origin, tb_table **t,
                               struct tb_buf *json, struct tb_err *e)
{
    char key[65];
    enum tb_code c = tb_route_build_span(x->span, x->from, x->to, x->span->published_at, t, e);
    if (c) return c;
    tb_printer *p = tb_printer_json(json, 0);
    tb_table_json(*t, p);
    tb_printer_free(p);
    tb_buf_addc(json, '\n');
    const struct tb_buf *parts[] = {json, origin};
    app_proof_key("routing", parts, TB_COUNT(parts), key);
    if (app_proof_known(&x->proofs, key, &x->told->cells)) return TB_OK;
    c = tb_route_verify(*t, x->span, &x->told->cells, e);
    if (c == TB_OK) app_proof_add(&x->proofs, key, x->told->cells);
    return c;
}

/* The table that an earlier export made from the same and verified; false: there is none. */
static bool kept_table(struct tb_exporting *x, const struct tb_buf *origin, const char *made_from,
                       tb_table **t, struct tb_buf *json)
{
    char key[65];
    if (!app_kept_is(&x->proofs, made_from)) return false;
    app_kept_bytes(&x->proofs, json);
    const struct tb_buf *parts[] = {json, origin};
    app_proof_key("routing", parts, TB_COUNT(parts), key);
    if (tb_table_read(tb_buf_str(json), json->len, t, NULL) == TB_OK) {
        if (app_proof_known(&x->proofs, key, &x->told->cells)) return true;
        tb_table_free(*t);
        *t = NULL;
    }
    tb_buf_clear(json);
    return false;
}

static enum tb_code write_routing(struct tb_exporting *x, struct tb_err *e)
{
    struct tb_buf json = {0}, csv = {0}, origin = {0};
    const struct tb_buf *parts[] = {&origin};
    tb_table *t = NULL;
    char made_from[65];
    if (!x->span) return TB_OK;
    write_origin(x, &origin);
    app_proof_key("table", parts, TB_COUNT(parts), made_from);
    enum tb_code c = TB_OK;
    if (!kept_table(x, &origin, made_from, &t, &json)) {
        c = make_table(x, &origin, &t, &json, e);
        if (c == TB_OK) app_keep(&x->proofs, made_from, &json);
    }
    tb_buf_free(&origin);
    if (c == TB_OK) c = tb_outdir_put(&x->out, "routing.json", &json, e);
    if (c == TB_OK) {
        tb_table_csv(t, &csv);
        c = write_csv(x, "routing.csv", "routing-cp932.csv", &csv, e);
    }
    tb_table_free(t);
    tb_buf_free(&json);
    tb_buf_free(&csv);
    return c;
}

static enum tb_code write_report(struct tb_exporting *x, struct tb_err *e)
{
    struct tb_report_draft *views = tb_xcalloc(x->n_drafts + 1, sizeof *views);
    struct tb_buf text = {0};
    for (size_t i = 0; i < x->n_drafts; i++) {
        const struct tb_app_draft *d = &x->drafts[i];
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
    tb_publish_report(x->all, views, x->n_drafts, &text);
    struct tb_conflicts conflicts;
    enum tb_lang before = tb_lang_get();
    tb_lang_set(TB_JA);
    enum tb_code c = app_conflicts_apart(x->app, x->all->region, NULL, &conflicts, e);
    tb_lang_set(before);
    if (c == TB_OK) tb_publish_report_conflicts(x->all->region, &conflicts, &text);
    tb_conflicts_free(&conflicts);
    if (c == TB_OK) c = tb_outdir_put(&x->out, "report.txt", &text, e);
    tb_buf_free(&text);
    free(views);
    return c;
}

/* ---- what they need ----------------------------------------------------------------------------- */

static enum tb_code open_all(struct tb_exporting *x, tb_store *s, const struct tb_region *r, struct tb_err *e)
{
    return app_feed_board(s, r, tb_day_of_minute(tb_clock_now(&x->app->clock)), &x->shown, &x->all, e);
}

static enum tb_code open_span(struct tb_exporting *x, tb_store *s, const struct tb_region *r,
                              struct tb_err *e)
{
    if (x->from == TB_DAY_NONE) return TB_OK;
    const struct app_days days = {0, x->from - TB_TABLE_BACK, x->to + TB_TABLE_AHEAD};
    enum tb_code c = app_table_board(s, r, &days, &x->routed, &x->span, e);
    if (c) x->span = NULL;
    return c;
}

/* The bound of its proof, as it was recomputed once or is now. */
static void prove_draft(struct tb_exporting *x, struct tb_app_draft *d)
{
    char key[65];
    const struct tb_buf instance = {.s = d->stored.instance, .len = d->stored.instance_len},
                        certificate = {.s = d->stored.certificate, .len = strlen(d->stored.certificate)};
    const struct tb_buf *parts[] = {&instance, &certificate};
    if (!d->stored.certified) return;
    app_proof_key("bound", parts, TB_COUNT(parts), key);
    d->bound_checked = app_proof_known(&x->proofs, key, &d->checked_bound);
    if (d->bound_checked) return;
    app_prove_draft(x->app, d);
    if (d->bound_checked) app_proof_add(&x->proofs, key, d->checked_bound);
}

static enum tb_code open_drafts(struct tb_exporting *x, tb_store *s, const struct tb_region *r,
                                struct tb_err *e)
{
    struct tb_app within = app_within(x->app);
    const struct app_reading reading = {s, r};
    int64_t *ids = NULL;
    size_t n = 0, cap = 0;
    within.reading = &reading;
    enum tb_code c = tb_store_published_drafts(s, &ids, &n, e);
    for (size_t i = 0; i < n && c == TB_OK; i++) {
        struct tb_app_draft d;
        c = tb_app_open_draft(&within, ids[i], NULL, false, &d, e);
        if (c) break;
        /* A swap is no plan; it is told where somebody signed for it. */
        bool plan = strcmp(d.stored.steps, APP_SWAP_STEPS) != 0 || d.verdict->n_hard;
        if (plan) {
            prove_draft(x, &d);
            *TB_PUSH(x->drafts, x->n_drafts, cap) = d;
        } else
            tb_app_draft_free(&d);
    }
    free(ids);
    return c;
}

/* ---- the table ---------------------------------------------------------------------------------- */

enum need { ALL, SPAN, DRAFTS, NEEDS };
#define NEEDS_(x) (1U << (x))
static enum tb_code (*const openers[NEEDS])(struct tb_exporting *x, tb_store *s, const struct tb_region *r,
                                            struct tb_err *e) = {
    [ALL] = open_all, [SPAN] = open_span, [DRAFTS] = open_drafts};

const struct tb_export tb_exports[] = {
    {"roster", NEEDS_(ALL), write_roster},
    {"calendars", NEEDS_(ALL), write_feeds},
    {"routing", NEEDS_(SPAN), write_routing},
    {"report", NEEDS_(ALL) | NEEDS_(DRAFTS), write_report},
};
const size_t tb_n_exports = TB_COUNT(tb_exports);

static enum tb_code open_needs(struct tb_exporting *x, const struct tb_export_request *rq, tb_store *s,
                               const struct tb_region *r, struct tb_err *e)
{
    unsigned needs = 0;
    enum tb_code c = tb_store_verify(s, false, e);
    for (size_t i = 0; i < rq->n_exports; i++) needs |= rq->exports[i].needs;
    if (c == TB_OK && rq->routing) c = tb_period_parse(r, rq->routing, &x->from, &x->to, NULL, e);
    app_proofs_load(s, rq->prove, &x->proofs);
    for (int k = 0; k < NEEDS && c == TB_OK; k++)
        if (needs & NEEDS_(k)) c = openers[k](x, s, r, e);
    return c;
}

static enum tb_code write_all(struct tb_exporting *x, const struct tb_export_request *rq, struct tb_err *e)
{
    enum tb_code c = tb_outdir_begin(rq->dir, &x->out, e);
    if (c) return c;
    for (size_t i = 0; i < rq->n_exports && c == TB_OK; i++) c = rq->exports[i].write(x, e);
    x->told->files = x->out.files;
    if (c == TB_OK) return tb_outdir_commit(&x->out, e);
    tb_outdir_abandon(&x->out);
    return c;
}

static void drop(struct tb_exporting *x)
{
    for (size_t i = 0; i < x->n_drafts; i++) tb_app_draft_free(&x->drafts[i]);
    free(x->drafts);
    tb_board_free(x->all);
    tb_board_free(x->span);
    tb_region_free(x->shown);
    if (x->span) tb_region_free(x->routed);
    app_proofs_free(&x->proofs);
}

enum tb_code tb_app_export(const struct tb_app *app, const struct tb_export_request *rq,
                           struct tb_app_export *out, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    *out = (struct tb_app_export){0};
    struct tb_exporting x = {.app = app, .from = TB_DAY_NONE, .to = TB_DAY_NONE, .told = out};
    enum tb_code c = app_may(app, TB_USE_EXPORT, e);
    if (c == TB_OK) c = app_ready_wording(app, e);
    if (c == TB_OK) c = app_open(app, &s, &r, e);
    if (c) return c;
    c = app_close(s, open_needs(&x, rq, s, r, e));
    if (c == TB_OK) c = write_all(&x, rq, e);
    if (c == TB_OK) app_proofs_keep(app, &x.proofs);
    if (x.all) {
        out->publication = x.all->publication;
        memcpy(out->hash, x.all->hash, sizeof out->hash);
    }
    out->proofs_made = x.proofs.made;
    out->proofs_known = x.proofs.remembered;
    drop(&x);
    tb_region_free(r);
    return c;
}
