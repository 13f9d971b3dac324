/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Planning, judging, storing drafts.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/hand.h"
#include "toban/codec/codec.h"
#include "toban/domain/exception.h"

void tb_app_draft_free(struct tb_app_draft *d)
{
    tb_verdict_free(d->verdict);
    tb_roster_free(&d->roster);
    tb_plan_result_free(&d->result);
    tb_draft_free(&d->stored);
    tb_notes_free(&d->doubt);
    tb_notes_free(&d->unconfirmed);
    tb_notes_free(&d->pins_idle);
    free(d->doubt_file);
    tb_problem_free(d->problem);
    tb_region_free(d->region);
    if (d->today) tb_region_free(d->today);
    *d = (struct tb_app_draft){0};
}

const struct tb_exception *tb_app_consent(const struct tb_app_draft *d, const struct tb_violation *v)
{
    return tb_exception_for(d->today ? d->today : d->region, d->problem, &d->roster, v);
}

int tb_app_breaches(const struct tb_app_draft *d)
{
    return tb_exceptions_missing(d->today ? d->today : d->region, d->problem, &d->roster, d->verdict);
}

/* ---- the question ---------------------------------------------------------------------------- */

static enum tb_code choose_duties(const struct tb_region *r, const struct tb_app_plan_request *rq,
                                  const char *kind, int *out, int *n, struct tb_err *e)
{
    *n = 0;
    bool all = rq->n_duties == 1 && strcmp(rq->duties[0], "all") == 0;
    for (int d = 0; d < r->n_duties; d++)
        if (all || (rq->n_duties == 0 && strcmp(r->duties[d].period, kind) == 0)) out[(*n)++] = d;
    for (int i = 0; i < rq->n_duties && !all; i++) {
        int d = tb_find_duty(r, rq->duties[i]);
        if (d < 0) {
            struct tb_buf ids = {0};
            for (int k = 0; k < r->n_duties; k++) tb_buf_addf(&ids, "%s%s", k ? ", " : "", r->duties[k].id);
            enum tb_code c = tb_fail(
                e, TB_USAGE,
                tb_t("当番区分「%s」はありません。あるのは: %s", "there is no duty \"%s\"; there are: %s"),
                rq->duties[i], tb_buf_str(&ids));
            tb_buf_free(&ids);
            return c;
        }
        bool known = false;
        for (int k = 0; k < *n; k++) known = known || out[k] == d;
        if (!known) out[(*n)++] = d;
    }
    if (*n) return TB_OK;
    return tb_fail(e, TB_USAGE,
                   tb_t("この期間を作成の単位とする当番区分がありません。--duty で選びます",
                        "no duty is planned by such a period; choose with --duty"));
}

struct balances {
    struct tb_carried *v;
    size_t n, cap;
};

static void add_carried(struct balances *b, int ledger, int account, int64_t millionths)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->v[i].ledger == ledger && b->v[i].account == account) {
            b->v[i].millionths += millionths;
            return;
        }
    *TB_PUSH(b->v, b->n, b->cap) = (struct tb_carried){ledger, account, millionths};
}

/* Seats that are planned anew stand in the books already: what their slots added is taken out of the
 * balances, or it would count twice. */
struct anew {
    const struct tb_seat_row *seats;
    size_t n;
    const int *duties;
    int n_duties;
    tb_day from, to;
    tb_minute begun; /* as of a problem */
};
static enum tb_code take_back(tb_store *s, const struct tb_region *r, const struct anew *x,
                              struct balances *b, struct tb_err *e)
{
    struct tb_seat_row *mine = tb_xcalloc(x->n + 1, sizeof *mine);
    struct tb_ledger_line *lines = NULL;
    size_t n_mine = 0, n_lines = 0;
    for (size_t i = 0; i < x->n; i++)
        for (int k = 0; k < x->n_duties; k++)
            if (x->duties[k] == x->seats[i].duty && x->seats[i].date >= x->from &&
                x->seats[i].date <= x->to && !(x->begun && tb_seat_begun(r, &x->seats[i], x->begun)))
                mine[n_mine++] = x->seats[i];
    enum tb_code c = tb_store_booked(s, r, &(struct tb_booked_for){mine, n_mine, x->to}, &lines, &n_lines, e);
    for (size_t i = 0; i < n_lines && c == TB_OK; i++)
        add_carried(b, lines[i].ledger, lines[i].account, lines[i].done - lines[i].accrued);
    free(mine);
    free(lines);
    return c;
}

/* Takes rules out of the region at hand; what is stored keeps them. */
static enum tb_code rules_off(struct tb_region *r, const struct tb_app_plan_request *rq, struct tb_err *e)
{
    if ((rq->n_pins || rq->n_forbids || rq->n_seats) && !rq->what_if)
        return tb_fail(
            e, TB_USAGE,
            tb_t("--pin、--forbid、--seats は --what-if とともに使います（残すなら pin、forbid、import）",
                 "--pin, --forbid and --seats are not stored; say --what-if (to keep it: pin, forbid, "
                 "import)"));
    if (rq->n_rules_off && !rq->what_if)
        return tb_fail(e, TB_USAGE,
                       tb_t("条件を外した計画は保存できません。--what-if を付けます",
                            "a plan without a rule is not stored; say --what-if"));
    for (int i = 0; i < rq->n_rules_off; i++) {
        int at = -1;
        for (int k = 0; k < r->n_rules; k++)
            if (strcmp(r->rules[k].id, rq->rules_off[i]) == 0) at = k;
        if (at < 0)
            return tb_fail(e, TB_USAGE, tb_t("割当条件「%s」はありません", "there is no rule \"%s\""),
                           rq->rules_off[i]);
        memmove(&r->rules[at], &r->rules[at + 1], (size_t)(r->n_rules - at - 1) * sizeof *r->rules);
        r->n_rules--;
    }
    return TB_OK;
}

static enum tb_code left_out(struct tb_problem *p, const struct tb_app_plan_request *rq, struct tb_err *e)
{
    for (int i = 0; i < rq->n_without; i++) {
        int who;
        enum tb_code c = tb_app_provider(p->region, rq->without[i], &who, e);
        if (c) return c;
        tb_problem_without(p, who);
    }
    return TB_OK;
}

/* Days that are past or frozen are not planned: what is published there binds. */
static enum tb_code thaw(const struct tb_app *app, const struct tb_app_plan_request *rq, tb_day *from,
                         tb_day to, struct tb_err *e)
{
    tb_day today = tb_day_of_minute(tb_clock_now(&app->clock)),
           first = rq->freeze_until > today ? rq->freeze_until : today;
    char a[64];
    if (!rq->keep || first <= *from) return TB_OK;
    *from = first;
    if (*from <= to) return TB_OK;
    return tb_fail(e, TB_REFUSED,
                   tb_t("この期間の席はすべて過ぎたか、%s まで固定されています",
                        "every seat of this period is past, or frozen until %s"),
                   tb_format_date(first, a, sizeof a));
}

/* A period that is over is planned only with the word. What is not stored may look back. */
static enum tb_code may_plan(const struct tb_app *app, const struct tb_app_plan_request *rq, tb_day to,
                             struct tb_err *e)
{
    char a[64];
    if (rq->past && !*rq->past)
        return tb_fail(e, TB_USAGE, tb_t("--past には理由を書きます", "--past says why"));
    if (rq->past || rq->keep || rq->whole || rq->what_if || to >= tb_day_of_minute(tb_clock_now(&app->clock)))
        return TB_OK;
    return tb_fail(e, TB_REFUSED,
                   tb_t("この期間は %s で終わっています。過ぎた当番を入れるのなら --past に理由を書きます",
                        "this period ended on %s; to enter duties of the past say why with --past"),
                   tb_format_date(to, a, sizeof a));
}

/* The minute by which what has begun is left alone; 0: nothing is. */
static tb_minute begun_by(const struct tb_app *app, const struct tb_app_plan_request *rq, tb_day to)
{
    tb_minute now = tb_clock_now(&app->clock);
    return rq->whole || (rq->what_if && to < tb_day_of_minute(now)) ? 0 : now;
}

static enum tb_code gather(const struct tb_app *app, tb_store *s, const struct tb_app_plan_request *rq,
                           struct tb_app_draft *out, struct tb_err *e)
{
    const struct tb_region *r = out->region;
    tb_day from, to;
    char kind[65];
    tb_minute begun = 0;
    enum tb_code c = tb_period_parse(r, rq->period, &from, &to, kind, e);
    if (c == TB_OK) c = may_plan(app, rq, to, e);
    if (c == TB_OK) c = thaw(app, rq, &from, to, e);
    if (c == TB_OK) c = rules_off(out->region, rq, e);
    if (c) return c;
    begun = begun_by(app, rq, to);
    int *duties = tb_xcalloc((size_t)r->n_duties + 1, sizeof *duties), n = 0;
    struct tb_board_row *rows = NULL;
    struct tb_ledger_line *lines = NULL;
    struct tb_seat_row *seats = NULL;
    struct tb_seat_row *doctors = NULL;
    struct tb_seat_count *counts = NULL;
    struct balances carried = {0};
    size_t n_rows = 0, n_lines = 0, n_doctors = 0, n_counts = 0;
    c = choose_duties(r, rq, kind, duties, &n, e);
    if (c == TB_OK) c = tb_store_latest(s, &out->base, e);
    if (c == TB_OK) c = tb_store_published(s, r, 0, &rows, &n_rows, e);
    if (c == TB_OK) c = tb_store_ledger(s, r, to, &lines, &n_lines, e);
    if (c == TB_OK) {
        seats = tb_xcalloc(n_rows + 1, sizeof *seats);
        for (size_t i = 0; i < n_rows; i++) seats[i] = rows[i].seat;
        c = app_named_rows(s, r, seats, n_rows, &doctors, &n_doctors, e);
    }
    if (c == TB_OK) {
        seats = tb_xrealloc(seats, (n_rows + n_doctors + 1) * sizeof *seats);
        if (n_doctors) memcpy(seats + n_rows, doctors, n_doctors * sizeof *seats);
        for (size_t i = 0; i < n_lines; i++)
            *TB_PUSH(carried.v, carried.n, carried.cap) =
                (struct tb_carried){lines[i].ledger, lines[i].account,
                                    lines[i].opening + lines[i].accrued - lines[i].done + lines[i].adjusted};
        if (rq->replan)
            c = take_back(s, r, &(struct anew){seats, n_rows, duties, n, from, to, begun}, &carried, e);
    }
    if (c == TB_OK) c = app_asked_seats(r, rq, &counts, &n_counts, e);
    if (c == TB_OK) {
        struct tb_problem_input in = {.region = r,
                                      .from = from,
                                      .to = to,
                                      .duties = duties,
                                      .n_duties = n,
                                      .published = seats,
                                      .n_published = n_rows + n_doctors,
                                      .carried = carried.v,
                                      .n_carried = carried.n,
                                      .counts = counts,
                                      .n_counts = n_counts,
                                      .begun = begun,
                                      .past = rq->past != NULL};
        c = tb_problem_build(&in, rq->replan, &out->problem, e);
        /* No rule and no ledger weighs as much as two open seats, so at that price the fewest changes come
         * first. */
        if (c == TB_OK && rq->keep)
            tb_problem_keep(out->problem, seats, n_rows,
                            rq->change_price ? rq->change_price : 2 * out->problem->open_price);
        if (c == TB_OK) c = left_out(out->problem, rq, e);
        if (c == TB_OK && rq->replan) c = app_pins_yield(s, out->problem, &out->pins_idle, e);
        if (c == TB_OK) c = app_asked_pins(out->problem, rq, e);
    }
    free(duties);
    free(rows);
    free(lines);
    free(seats);
    free(doctors);
    free(counts);
    free(carried.v);
    return c;
}

enum tb_code app_slots_problem(tb_store *s, const struct tb_region *r, tb_day from, tb_day to,
                               const struct app_slots *x, struct tb_problem **out, struct tb_err *e)
{
    struct tb_ledger_line *lines = NULL;
    struct tb_ledger_change *others = NULL;
    struct tb_seat_row *doctors = NULL, *bound;
    struct balances carried = {0};
    size_t n_lines = 0, n_others = 0, n_doctors = 0;
    int duty = x->only[0].duty;
    enum tb_code c = app_named_rows(s, r, x->bound, x->n_bound, &doctors, &n_doctors, e);
    if (c) return c;
    c = tb_store_ledger(s, r, to, &lines, &n_lines, e);
    if (c) {
        free(doctors);
        return c;
    }
    bound = tb_xcalloc(x->n_bound + n_doctors + 1, sizeof *bound);
    if (x->n_bound) memcpy(bound, x->bound, x->n_bound * sizeof *bound);
    if (n_doctors) memcpy(bound + x->n_bound, doctors, n_doctors * sizeof *bound);
    for (size_t i = 0; i < n_lines; i++)
        *TB_PUSH(carried.v, carried.n, carried.cap) =
            (struct tb_carried){lines[i].ledger, lines[i].account,
                                lines[i].opening + lines[i].accrued - lines[i].done + lines[i].adjusted};
    c = take_back(s, r, &(struct anew){x->only, x->n_only, &duty, 1, from, to, 0}, &carried, e);
    if (c == TB_OK && r->duties[duty].swaps == TB_SWAPS_COUNTED)
        tb_ledger_changes(r, x->elsewhere, x->n_elsewhere, &others, &n_others);
    for (size_t i = 0; i < n_others; i++)
        add_carried(&carried, others[i].ledger, others[i].account, -1000000LL * others[i].done);
    struct tb_problem_input in = {
        r,       from,      to,   &duty, 1, bound, x->n_bound + n_doctors, carried.v, carried.n,
        x->only, x->n_only, NULL, 0,     0, false};
    if (c == TB_OK) c = tb_problem_build(&in, false, out, e);
    if (c == TB_OK) tb_problem_unpin(*out);
    free(bound);
    free(doctors);
    free(lines);
    free(others);
    free(carried.v);
    return c;
}

enum tb_code tb_app_problem(const struct tb_app *app, const struct tb_app_plan_request *rq,
                            struct tb_app_draft *out, struct tb_err *e)
{
    *out = (struct tb_app_draft){0};
    tb_store *s;
    double t0 = tb_clock_seconds();
    enum tb_code c = app_may(app, TB_USE_PROBLEM, e);
    /* A region of its own: rules are taken out of it. */
    struct tb_app anew = *app;
    anew.kept = NULL;
    if (c == TB_OK) c = app_open(&anew, &s, &out->region, e);
    if (c) return c;
    double t1 = tb_clock_seconds();
    c = gather(app, s, rq, out, e);
    tb_store_close(s);
    out->seconds_load = t1 - t0;
    out->seconds_build = tb_clock_seconds() - t1;
    if (c) tb_app_draft_free(out);
    return c;
}

/* ---- planning -------------------------------------------------------------------------------- */

struct tb_seat_row *app_seat_rows(const struct tb_problem *p, const struct tb_roster *r, size_t *n)
{
    struct tb_seat_row *rows = NULL;
    size_t count = 0, cap = 0;
    int at = 0;
    for (int i = 0; i < p->n_slots; i++) {
        const struct tb_slot *s = &p->slots[i];
        if (!s->planned) continue;
        while (at < r->n && r->a[at].slot < i) at++;
        for (int seat = 1; seat <= s->need; seat++) {
            int provider = -1;
            if (at < r->n && r->a[at].slot == i && r->a[at].seat == seat) provider = r->a[at++].provider;
            *TB_PUSH(rows, count, cap) =
                (struct tb_seat_row){s->duty, s->date, s->band, s->role, seat, provider};
        }
    }
    *n = count;
    return rows;
}

static char *duty_list(const struct tb_problem *p)
{
    struct tb_buf b = {0};
    for (int i = 0; i < p->n_duties; i++)
        tb_buf_addf(&b, "%s%s", i ? ";" : "", p->region->duties[p->duties[i]].id);
    return tb_buf_take(&b);
}

static void describe(const struct tb_app *app, struct tb_app_draft *d)
{
    struct tb_buf instance = {0};
    struct tb_draft *x = &d->stored;
    if (x->instance) return; /* it was done already */
    tb_codec_write_problem(d->problem, &instance);
    x->created_at = tb_clock_now(&app->clock);
    x->from = d->problem->from;
    x->to = d->problem->to;
    x->duties = duty_list(d->problem);
    tb_sha256_hex(instance.s, instance.len, x->instance_digest);
    x->instance_len = instance.len;
    x->instance = tb_buf_take(&instance);
    if (!x->stopped_by) {
        struct tb_buf cert = {0};
        if (!d->doubt.n) tb_certificate_write(&d->result.certificate, &cert);
        if (!x->status) x->status = tb_xstrdup(tb_plan_status_word(d->result.status));
        x->stopped_by = tb_xstrdup(tb_plan_stop_word(d->result.stopped_by));
        x->objective = d->result.objective;
        x->bound = d->result.bound;
        x->certified = d->result.certified;
        x->certificate = tb_buf_take(&cert);
        x->steps = tb_xstrdup(d->result.steps);
    }
    x->open_seats = d->verdict->open_seats;
}

enum tb_code app_add_draft(const struct tb_app *app, tb_store *s, struct tb_app_draft *d, tb_day from,
                           tb_day to, struct tb_err *e)
{
    size_t n;
    struct tb_seat_row *rows = app_seat_rows(d->problem, &d->roster, &n);
    describe(app, d);
    d->stored.from = from;
    d->stored.to = to;
    d->stored.base = d->base;
    enum tb_code c = tb_store_add_draft(s, &d->stored, rows, n, d->region, e);
    free(rows);
    return c;
}

enum tb_code app_store_draft_here(const struct tb_app *app, tb_store *s, struct tb_app_draft *d,
                                  const char *what, struct tb_err *e)
{
    enum tb_code c = app_add_draft(app, s, d, d->problem->from, d->problem->to, e);
    if (c == TB_OK) {
        struct tb_buf detail = {0};
        tb_buf_addf(&detail, "%lld", (long long)d->stored.id);
        if (d->stored.past && *d->stored.past) tb_buf_addf(&detail, " past: %s", d->stored.past);
        c = tb_store_audit(s, d->stored.created_at, app->actor.name, what, tb_buf_str(&detail), e);
        tb_buf_free(&detail);
    }
    return c;
}

enum tb_code app_store_draft(const struct tb_app *app, tb_store *s, struct tb_app_draft *d, const char *what,
                             struct tb_err *e)
{
    return app_commit(s, app_store_draft_here(app, s, d, what, e), e);
}

/* What stands against the planner's answer: there is no roster, (doubt.c: two hands disagree about it,) */
static enum tb_code refuse_none(const struct tb_app *app, const struct tb_app_draft *out, struct tb_err *e)
{
    if (out->result.status == TB_PLAN_NONE && out->result.stopped_by == TB_STOP_PROOF)
        return app_no_roster(app, out->problem, e);
    if (out->result.status == TB_PLAN_NONE) {
        return tb_fail(
            e, TB_LIMIT,
            tb_t("制限までに当番表が一つも見つかりませんでした", "no roster was found within the limits"));
    }
    return TB_OK;
}

/* or whoever asked broke off: what he did not wait for is not what he wants published, */
static enum tb_code refuse_broken_off(const struct tb_app *app, const struct tb_app_plan_request *rq,
                                      const struct tb_app_draft *out, struct tb_err *e)
{
    if (rq->what_if || out->result.stopped_by != TB_STOP_INTERRUPT) return TB_OK;
    if (app->plan.interrupt && *app->plan.interrupt == TB_PLAN_TAKE) return TB_OK;
    return tb_fail(e, TB_LIMIT,
                   tb_t("中断しました。案はすべて元のままです（途中の最良は %lld、下界 "
                        "%lld）。時間で打ち切った案を残すなら --time で",
                        "broken off; all drafts are as they were (the best so far cost %lld, the bound was "
                        "%lld); a plan that ends by --time is kept"),
                   (long long)out->result.objective, (long long)out->result.bound);
}

/* or it changes more seats than may be. */
static enum tb_code refuse_changes(const struct tb_app_plan_request *rq, const struct tb_app_draft *out,
                                   struct tb_err *e)
{
    if (rq->keep && out->verdict->changes > rq->most_changes) {
        bool proven = out->result.status == TB_PLAN_OPTIMAL && !rq->change_price;
        return tb_fail(e, TB_NO,
                       proven
                           ? tb_t("変更 %lld 席以内の当番表はありません。最も少なくて %d 席です（証明済み）",
                                  "no roster changes at most %lld seats; the fewest are %d (proven)")
                           : tb_t("変更 %lld 席以内の当番表は見つかりませんでした（見つかったもの %d 席）",
                                  "no roster with at most %lld changes was found (found: %d)"),
                       (long long)rq->most_changes, out->verdict->changes);
    }
    return TB_OK;
}

enum tb_code app_take_plan(const struct tb_app *app, const struct tb_app_plan_request *rq,
                           struct tb_app_draft *out, struct tb_err *e)
{
    double t0 = tb_clock_seconds();
    tb_store *s;
    out->roster = out->result.roster;
    out->result.roster = (struct tb_roster){0};
    tb_roster_normalise(out->problem, &out->roster);
    app_weigh(out);
    enum tb_code c = refuse_broken_off(app, rq, out, e);
    if (c == TB_OK && !out->doubt.n) c = refuse_changes(rq, out, e);
    if (c) return c;
    out->seconds_check = tb_clock_seconds() - t0;
    if (out->doubt.n || rq->what_if) describe(app, out);
    if (out->doubt.n) app_put_aside(app, rq->aside, out);
    if (rq->what_if) return TB_OK;
    out->stored.supersedes = rq->supersede;
    out->stored.past = tb_xstrdup(rq->past ? rq->past : "");
    c = app_begin(app, &s, NULL, e);
    if (c == TB_OK) c = app_store_draft(app, s, out, "plan", e);
    out->seconds_store = tb_clock_seconds() - t0 - out->seconds_check;
    if (c && out->doubt_file) tb_err_wrap(e, "%s", out->doubt_file);
    return c;
}

enum tb_code tb_app_plan(const struct tb_app *app, const struct tb_app_plan_request *rq,
                         struct tb_app_draft *out, struct tb_err *e)
{
    enum tb_code c = app_may(app, rq->what_if ? TB_USE_WHAT_IF : TB_USE_PLAN, e);
    const struct tb_app within = app_within(app);
    if (c == TB_OK) c = tb_app_problem(&within, rq, out, e);
    if (c) return c;
    c = rq->what_if ? TB_OK : app_planned_bodies(app, TB_USE_PLAN, out->problem, e);
    double t0 = tb_clock_seconds();
    if (c == TB_OK) c = tb_plan_run(out->problem, &app->plan, &out->result, e);
    if (c == TB_OK) c = refuse_none(app, out, e);
    out->seconds_plan = tb_clock_seconds() - t0;
    if (c == TB_OK) c = app_take_plan(app, rq, out, e);
    if (c) tb_app_draft_free(out);
    return c;
}

/* ---- drafts that are there -------------------------------------------------------------------- */

static enum tb_code roster_of(const struct tb_problem *p, const struct tb_seat_row *rows, size_t n,
                              struct tb_roster *out, struct tb_err *e)
{
    *out = (struct tb_roster){tb_xcalloc(n + 1, sizeof *out->a), 0};
    for (size_t i = 0; i < n; i++) {
        if (rows[i].provider < 0) continue;
        int slot = tb_slot_find(p, rows[i].duty, rows[i].date, rows[i].band, rows[i].role);
        if (slot < 0)
            return tb_fail(
                e, TB_STORAGE,
                tb_t("案の席が元の問題にありません", "a seat of the draft is not in its instance"));
        out->a[out->n++] = (struct tb_assignment){slot, rows[i].seat, rows[i].provider};
    }
    tb_roster_normalise(p, out);
    return TB_OK;
}

void app_prove_draft(const struct tb_app *app, struct tb_app_draft *d)
{
    /* against rows from the model's text, not as the planner had them */
    struct tb_certificate cert = {0};
    struct tb_rows program = {0};
    struct tb_err e = {0};
    enum tb_code c = tb_certificate_read(d->stored.certificate, &cert, &e);
    if (c == TB_OK) c = tb_plan_rows(d->problem, &app->plan, &program, &e);
    if (c == TB_OK) c = tb_proof_bound(&program, &cert, &d->checked_bound, &e);
    d->bound_checked = c == TB_OK;
    if (c) tb_notes_add(&d->unconfirmed, "%s", e.text);
    tb_rows_free(&program);
    tb_certificate_free(&cert);
}

enum tb_code tb_app_open_draft(const struct tb_app *app, int64_t id, const char *period, bool proof,
                               struct tb_app_draft *out, struct tb_err *e)
{
    *out = (struct tb_app_draft){0};
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_OPEN_DRAFT, e);
    if (c == TB_OK) c = app_open(app, &s, &out->today, e);
    if (c) return c;
    c = tb_store_latest(s, &out->base, e);
    tb_day from = TB_DAY_NONE, to = TB_DAY_NONE;
    if (c == TB_OK && period) c = tb_period_parse(out->today, period, &from, &to, NULL, e);
    if (c == TB_OK) c = tb_store_get_draft(s, id, from, to, &out->stored, e);
    if (c == TB_OK) c = app_instance(app, out, e);
    struct tb_seat_row *rows = NULL;
    size_t n = 0;
    if (c == TB_OK) c = tb_store_draft_seats(s, out->stored.id, out->region, &rows, &n, e);
    tb_store_close(s);
    if (c == TB_OK) c = roster_of(out->problem, rows, n, &out->roster, e);
    free(rows);
    if (c == TB_OK) tb_check(out->problem, &out->roster, &out->verdict);
    if (c == TB_OK && proof && out->stored.certified) app_prove_draft(app, out);
    if (c) tb_app_draft_free(out);
    return c;
}

enum tb_code tb_app_judge_file(const struct tb_app *app, const struct tb_app_plan_request *rq,
                               const char *path, struct tb_app_draft *out, struct tb_err *e)
{
    struct tb_app_plan_request anew = *rq;
    anew.replan = anew.whole = true;
    enum tb_code c = app_may(app, TB_USE_JUDGE_FILE, e);
    const struct tb_app within = app_within(app);
    if (c == TB_OK) c = tb_app_problem(&within, &anew, out, e);
    if (c) return c;
    c = tb_codec_read_roster(path, out->problem, &out->roster, NULL, e);
    if (c) {
        tb_app_draft_free(out);
        return c;
    }
    tb_check(out->problem, &out->roster, &out->verdict);
    return TB_OK;
}

enum tb_code tb_app_export_model(const struct tb_app *app, const struct tb_app_plan_request *rq,
                                 const char *format, const char *path, struct tb_err *e)
{
    struct tb_app_draft d;
    const struct tb_app within = app_within(app);
    enum tb_code c = app_may(app, TB_USE_EXPORT_MODEL, e);
    if (c) return c;
    c = TB_NO;
    if (!rq->n_duties && !rq->replan) c = tb_app_open_draft(&within, 0, rq->period, false, &d, e);
    if (c == TB_NO) c = tb_app_problem(&within, rq, &d, e);
    if (c) return c;
    c = tb_plan_export(d.problem, &app->plan, format, path, e);
    tb_app_draft_free(&d);
    return c;
}
