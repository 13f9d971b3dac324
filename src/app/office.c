/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Differences between publications, what was known when, withdrawing, the audit trail.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/diff.h"
#include "toban/app/history.h"
#include "toban/app/feeds.h"
#include "toban/domain/private.h"
#include "toban/domain/said.h"
#include "toban/publish/publish.h"

/* ---- sides ------------------------------------------------------------------------------------ */

static enum tb_code fill_side(tb_store *s, struct tb_side *out, struct tb_err *e)
{
    struct tb_publication p = {0};
    enum tb_code c = tb_store_get_publication(s, out->number, &p, e);
    if (c) return c;
    out->number = p.number;
    out->at = p.at;
    snprintf(out->hash, sizeof out->hash, "%.8s", p.digest);
    tb_publication_free(&p);
    return TB_OK;
}

/* A draft stands on what is in force now, which may be nothing. */
static enum tb_code draft_side(tb_store *s, const char *number, struct tb_side *out, struct tb_err *e)
{
    struct tb_draft d = {0};
    int64_t id = 0;
    if (*number && !tb_parse_int(number, 1, INT32_MAX, &id))
        return tb_fail(e, TB_USAGE, tb_t("案の番号「%s」が読めません", "\"%s\" is not the number of a draft"),
                       number);
    enum tb_code c = tb_store_get_draft(s, id, TB_DAY_NONE, TB_DAY_NONE, &d, e);
    if (c) return c;
    out->draft = d.id;
    out->at = d.created_at;
    tb_draft_free(&d);
    struct tb_publication *all;
    size_t n;
    c = tb_store_publications(s, &all, &n, e);
    if (c) return c;
    out->number = (int64_t)n;
    for (size_t i = 0; i < n; i++) tb_publication_free(&all[i]);
    free(all);
    return TB_OK;
}

static const char *after(const char *text, const char *prefix)
{
    size_t n = strlen(prefix);
    return strncmp(text, prefix, n) == 0 ? text + n : NULL;
}

static enum tb_code read_side(tb_store *s, const char *text, struct tb_side *out, struct tb_err *e)
{
    *out = (struct tb_side){0};
    if (!text) return fill_side(s, out, e);
    const char *rest;
    tb_minute at;
    if ((rest = after(text, "draft:")) || (rest = after(text, "案"))) return draft_side(s, rest, out, e);
    if (strcmp(text, "draft") == 0) return draft_side(s, "", out, e);
    if (!tb_said_instant(text, TB_NEVER, &at)) {
        enum tb_code c = tb_store_publication_at(s, at, &out->number, e);
        return c ? c : fill_side(s, out, e);
    }
    char digits[24];
    if ((rest = after(text, "第"))) {
        snprintf(digits, sizeof digits, "%.*s", (int)strcspn(rest, "版"), rest);
        text = digits;
    }
    if (!tb_parse_int(text, 1, INT32_MAX, &out->number))
        return tb_fail(
            e, TB_USAGE,
            tb_t("「%s」: 公表の番号（3）、日時（2026-11-03T02:10）、draft、draft:7 のどれかです",
                 "\"%s\": the number of a publication (3), an instant (2026-11-03T02:10), draft, or draft:7"),
            text);
    return fill_side(s, out, e);
}

enum tb_code tb_app_side(const struct tb_app *app, const char *text, struct tb_side *out, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_SIDE, e);
    if (c == TB_OK) c = app_store(app, &s, e);
    if (c) return c;
    c = read_side(s, text, out, e);
    tb_store_close(s);
    return c;
}

void tb_app_side_words(const struct tb_side *s, struct tb_buf *out)
{
    if (s->draft)
        tb_buf_addf(out, "案%lld", (long long)s->draft);
    else if (s->number)
        tb_buf_addf(out, "第%lld版（%s）", (long long)s->number, s->hash);
    else
        tb_buf_add(out, "公表前");
}

/* ---- differences -------------------------------------------------------------------------------- */

void tb_app_diff_free(struct tb_app_diff *d)
{
    free(d->changes);
    free(d->seen);
    free(d->announced);
    free(d->ledgers);
    free(d->open);
    free(d->seats);
    tb_fact_changes_free(d->facts, d->n_facts);
    tb_region_free(d->region);
    *d = (struct tb_app_diff){0};
}

/* What stands before a side when only one is named. */
static enum tb_code side_before(tb_store *s, const struct tb_side *of, struct tb_side *out, struct tb_err *e)
{
    *out = (struct tb_side){.number = of->draft ? of->number : of->number - 1};
    return out->number ? fill_side(s, out, e) : TB_OK;
}

/* Takes the seats that are open after and were not before. */
static void newly_open(struct tb_app_diff *d, const struct tb_outlook *before, const struct tb_outlook *after)
{
    size_t cap = 0;
    for (size_t i = 0; i < after->n_open; i++) {
        const struct tb_seat_row *x = &after->open[i];
        bool known = false;
        for (size_t k = 0; k < before->n_open && !known; k++)
            known = tb_same_slot(&before->open[k], x) && before->open[k].seat == x->seat;
        if (!known) *TB_PUSH(d->open, d->n_open, cap) = *x;
    }
}

/* The region as the later side shows it, and what of it is new since the earlier. A draft shows today's. */
static enum tb_code take_facts(tb_store *s, struct tb_app_diff *d, struct tb_err *e)
{
    struct tb_held held;
    struct tb_region *shown;
    size_t cap = 0;
    if (d->b.draft || !d->b.number) return TB_OK;
    enum tb_code c = tb_store_facts(s, d->b.number, &held, e);
    if (c == TB_OK) c = tb_held_region(&held, d->region, tb_day_of_minute(d->b.at), false, &shown, e);
    if (c == TB_OK) {
        tb_region_free(d->region);
        d->region = shown;
    }
    for (int64_t k = d->a.number + 1; k <= d->b.number && c == TB_OK && d->a.number; k++) {
        struct tb_fact_change *v;
        size_t n;
        tb_held_changes(&held, k, &v, &n);
        for (size_t i = 0; i < n; i++) *TB_PUSH(d->facts, d->n_facts, cap) = v[i];
        free(v);
    }
    tb_held_free(&held);
    return c;
}

enum tb_code tb_app_diff(const struct tb_app *app, const char *a, const char *b, struct tb_app_diff *out,
                         struct tb_err *e)
{
    *out = (struct tb_app_diff){0};
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_DIFF, e);
    if (c == TB_OK) c = app_open(app, &s, &out->region, e);
    if (c) return c;
    c = read_side(s, b ? b : a, &out->b, e);
    if (c == TB_OK) c = b ? read_side(s, a, &out->a, e) : side_before(s, &out->b, &out->a, e);
    struct tb_outlook before = {0}, after = {0};
    if (c == TB_OK) c = take_facts(s, out, e);
    if (c == TB_OK) c = tb_store_outlook(s, out->region, out->a.number, out->a.draft, &before, e);
    if (c == TB_OK) c = tb_store_outlook(s, out->region, out->b.number, out->b.draft, &after, e);
    if (c == TB_OK && out->a.number)
        c = tb_store_covers(s, out->region, out->a.number, &out->announced, &out->n_announced, e);
    tb_store_close(s);
    if (c == TB_OK) {
        newly_open(out, &before, &after);
        tb_changes(before.seats, before.n_seats, after.seats, after.n_seats, &out->changes, &out->n);
        tb_ledger_changes(out->region, out->changes, out->n, &out->ledgers, &out->n_ledgers);
        out->seats = tb_xcalloc(after.n_seats + 1, sizeof *out->seats);
        if (after.n_seats) memcpy(out->seats, after.seats, after.n_seats * sizeof *out->seats);
        out->n_seats = after.n_seats;
        before.n_seats = tb_public_seats(out->region, before.seats, before.n_seats);
        after.n_seats = tb_public_seats(out->region, after.seats, after.n_seats);
        tb_changes(before.seats, before.n_seats, after.seats, after.n_seats, &out->seen, &out->n_seen);
    }
    tb_outlook_free(&before);
    tb_outlook_free(&after);
    if (c) tb_app_diff_free(out);
    return c;
}

void tb_app_diff_notice(const struct tb_app_diff *d, struct tb_buf *out)
{
    struct tb_buf a = {0}, b = {0};
    tb_app_side_words(&d->a, &a);
    tb_app_side_words(&d->b, &b);
    const struct tb_notice x = {.before = tb_buf_str(&a),
                                .after = tb_buf_str(&b),
                                .changes = d->changes,
                                .n = d->n,
                                .announced = d->announced,
                                .n_announced = d->n_announced,
                                .open = d->open,
                                .n_open = d->n_open,
                                .facts = d->facts,
                                .n_facts = d->n_facts};
    tb_publish_change_notice(d->region, &x, out);
    tb_buf_free(&a);
    tb_buf_free(&b);
}

/* ---- withdrawing -------------------------------------------------------------------------------- */

static enum tb_code find_duties(const struct tb_region *r, const char *const *ids, int n, int *out,
                                int *n_out, struct tb_err *e)
{
    *n_out = 0;
    if (n == 1 && strcmp(ids[0], "all") == 0)
        for (int d = 0; d < r->n_duties; d++) out[(*n_out)++] = d;
    else
        for (int i = 0; i < n; i++) {
            int d;
            bool known = false;
            enum tb_code c = app_duty(r, ids[i], &d, e);
            if (c) return c;
            for (int k = 0; k < *n_out; k++) known = known || out[k] == d;
            if (!known) out[(*n_out)++] = d;
        }
    if (*n_out) return TB_OK;
    return tb_fail(e, TB_USAGE,
                   tb_t("取り消す当番区分を --duty で選びます（全部なら all）",
                        "name the duties to withdraw with --duty (all for every duty)"));
}

enum tb_code tb_app_withdraw(const struct tb_app *app, const char *period, const char *const *duties, int n,
                             const char *reason, struct tb_withdrawn *out, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    enum tb_code c = app_may(app, TB_USE_WITHDRAW, e);
    if (c == TB_OK) c = app_begin(app, &s, &r, e);
    if (c) return c;
    int *chosen = tb_xcalloc((size_t)r->n_duties + 1, sizeof *chosen), n_chosen;
    tb_day from = 0, to = 0;
    c = tb_period_parse(r, period, &from, &to, NULL, e);
    if (c == TB_OK) c = find_duties(r, duties, n, chosen, &n_chosen, e);
    for (int i = 0; c == TB_OK && i < n_chosen; i++) c = app_body(app, TB_USE_WITHDRAW, r, chosen[i], e);
    if (c == TB_OK && (!reason || !*reason))
        c = tb_fail(e, TB_USAGE,
                    tb_t("取消には理由が要ります（--reason）", "withdrawing needs a reason (--reason)"));
    const struct tb_act act = app_act(app, reason);
    if (c == TB_OK)
        c = tb_store_withdraw(s, r, &(struct tb_to_withdraw){chosen, n_chosen, from, to, &out->served}, &act,
                              &out->made, e);
    if (c == TB_OK) {
        struct tb_buf detail = {0};
        tb_buf_addf(&detail, "%lld %.8s %s: %s", (long long)out->made.number, out->made.digest, period,
                    reason);
        c = tb_store_audit(s, act.at, act.by, "withdraw", tb_buf_str(&detail), e);
        tb_buf_free(&detail);
    }
    c = app_commit(s, c, e);
    free(chosen);
    tb_region_free(r);
    return c;
}

/* ---- what was done ------------------------------------------------------------------------------ */

enum tb_code tb_app_audit(const struct tb_app *app, const char *what, int64_t limit,
                          struct tb_audit_line **out, size_t *n, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_AUDIT, e);
    if (c == TB_OK) c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_audit_lines(s, what, limit, out, n, e);
    tb_store_close(s);
    return c;
}

enum tb_code tb_app_publications(const struct tb_app *app, struct tb_publication **out, size_t *n,
                                 struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_PUBLICATIONS, e);
    if (c == TB_OK) c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_publications(s, out, n, e);
    tb_store_close(s);
    return c;
}

/* What no calendar, no list of who is on duty and no routing table shows: tables of which a publication holds
 * what is shown, and those that are for planning and for the office. What is forgotten here is looked at once
 * too often, never too seldom. Of providers the numbers for staff are shown as they are today. */
static const char *const not_shown[] = {
    "wishes", "surveys",    "exemptions", "shares",   "formulas",     "figures",    "ledgers",
    "rules",  "balances",   "history",    "external", "pins",         "exceptions", "recipients",
    "drafts", "attendance", "swaps",      "sent",     "region",       "areas",      "aliases",
    "travel", "bodies",     "kinds",      "classes",  "specialities", "periods",    "duties",
    "bands",  "seats",      "contacts",   "holidays", "overrides",    "complaints", "modifiers",
    "scales", "lines",      "centres",    "policies", "standards",    NULL};

static bool listed(const char *const *names, const char *name)
{
    while (*names && strcmp(*names, name) != 0) names++;
    return *names != NULL;
}

static void add_version(void *arg, const char *what, int64_t version)
{
    static const char *const beside_tables[] = {"addresses", "route_overrides", "calendar_marks", NULL};
    struct tb_app_version *sum = arg;
    if (listed(not_shown, what)) return;
    sum->all += version;
    if (!listed(beside_tables, what)) sum->table += version;
}

enum tb_code tb_app_version(const struct tb_app *app, struct tb_app_version *out, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_VERSION, e);
    if (c == TB_OK) c = app_store(app, &s, e);
    if (c) return c;
    *out = (struct tb_app_version){0};
    c = tb_store_versions(s, add_version, out, e);
    return app_close(s, c);
}

void tb_app_roster_json(const struct tb_board *b, struct tb_buf *out)
{
    tb_printer *p = tb_printer_json(out, 0);
    tb_publish_json(b, p);
    tb_printer_free(p);
    tb_buf_addc(out, '\n');
}
