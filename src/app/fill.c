/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A published seat filled anew: somebody takes the place of one who does not come, or an open one, in the
 * next publication.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/hand.h"
#include "toban/app/todo.h"
#include "toban/domain/exception.h"

void tb_filled_free(struct tb_filled *x)
{
    if (x->region) tb_region_free(x->region);
    *x = (struct tb_filled){0};
}

/* What is published, and the seat in it. */
struct filling {
    const struct tb_region *r;
    const struct tb_fill *rq;
    struct tb_seat_row seat; /* its provider: who leaves, -1: it is open */
    struct tb_seat_row *rows;
    size_t n;
    struct tb_problem *p;
    struct tb_app_draft d;
    int slot;
};

/* Who leaves: he who is named, else whose seat it alone is; nobody, where one is open. */
static enum tb_code who_leaves(struct filling *x, const struct tb_board *b, struct tb_err *e)
{
    int slot = 0, first;
    while (slot < b->n_slots && !tb_slot_is(&b->slots[slot], &x->seat)) slot++;
    if (slot == b->n_slots)
        return tb_fail(e, TB_REFUSED, tb_t("席「%s」は公表されていません", "seat \"%s\" is not published"),
                       x->rq->seat);
    int n = tb_board_seats(b, slot, &first), wanted = -1;
    struct tb_buf who = {0};
    enum tb_code c = x->rq->leaves ? tb_app_provider(x->r, x->rq->leaves, &wanted, e) : TB_OK;
    bool there = false;
    for (int i = first; i < first + n; i++) {
        tb_buf_addf(&who, "%s%s", who.len ? ", " : "", x->r->providers[b->a[i].provider].id);
        there |= b->a[i].provider == wanted;
    }
    if (c == TB_OK && wanted >= 0 && !there)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("席「%s」に %s は就いていません（就いているのは: %s）",
                         "%2$s does not sit in seat \"%1$s\" (there: %3$s)"),
                    x->rq->seat, x->rq->leaves, who.len ? who.s : "-");
    if (c == TB_OK && wanted < 0 && n >= b->slots[slot].need && n > 1)
        c = tb_fail(e, TB_USAGE,
                    tb_t("席「%s」には %s がいます。--provider で選びます",
                         "in seat \"%s\" sit %s; choose with --provider"),
                    x->rq->seat, who.s);
    tb_buf_free(&who);
    x->seat.provider = wanted >= 0 || n < b->slots[slot].need ? wanted : b->a[first].provider;
    return c;
}

static enum tb_code load(const struct tb_app *app, enum tb_use use, tb_store *s, struct filling *x,
                         struct tb_err *e)
{
    struct tb_board_row *rows = NULL;
    struct tb_board *b;
    char date[64];
    enum tb_code c = app_seat_row(x->r, x->rq->seat, &x->seat, e);
    if (c == TB_OK) c = app_body(app, use, x->r, x->seat.duty, e);
    if (c) return c;
    const struct tb_slot slot = tb_slot_make(x->r, x->seat.band, x->seat.role, x->seat.date, 1);
    if (slot.interval[slot.n_intervals - 1].to <= tb_clock_now(&app->clock))
        return tb_fail(e, TB_REFUSED, tb_t("%s は過ぎた日です", "%s is past"),
                       tb_format_date(x->seat.date, date, sizeof date));
    c = app_board(s, x->r, 0, x->seat.date, x->seat.date, &b, e);
    if (c) return c;
    c = who_leaves(x, b, e);
    tb_board_free(b);
    if (c == TB_OK) c = tb_store_published(s, x->r, 0, &rows, &x->n, e);
    if (c == TB_OK) {
        x->rows = tb_xcalloc(x->n + 1, sizeof *x->rows);
        for (size_t i = 0; i < x->n; i++) x->rows[i] = rows[i].seat;
    }
    free(rows);
    return c;
}

/* The slot, and the reserve's of the same hours, are to be decided; everything else binds. */
static enum tb_code problem_of(tb_store *s, struct filling *x, struct tb_err *e)
{
    struct tb_seat_row *only = tb_xcalloc(x->n + 2, sizeof *only),
                       *bound = tb_xcalloc(x->n + 1, sizeof *bound);
    struct app_slots in = {.only = only, .bound = bound};
    struct tb_seat_row open = x->seat;
    tb_day from, to;
    open.provider = -1;
    only[in.n_only++] = open;
    for (size_t i = 0; i < x->n; i++) {
        struct tb_seat_row beside = x->rows[i];
        beside.role = x->seat.role;
        if (tb_same_slot(&x->rows[i], &x->seat) ||
            (x->seat.role == TB_PRIMARY && tb_same_slot(&beside, &x->seat)))
            only[in.n_only++] = x->rows[i];
        else
            bound[in.n_bound++] = x->rows[i];
    }
    tb_duty_period(x->r, x->seat.duty, x->seat.date, &from, &to);
    enum tb_code c = app_slots_problem(s, x->r, from, to, &in, &x->p, e);
    if (c == TB_OK) {
        x->slot = tb_slot_find(x->p, x->seat.duty, x->seat.date, x->seat.band, x->seat.role);
        x->d.roster.a = tb_xcalloc(in.n_only + 2, sizeof *x->d.roster.a);
        for (size_t i = 1; i < in.n_only; i++) {
            int slot = tb_slot_find(x->p, only[i].duty, only[i].date, only[i].band, only[i].role);
            x->d.roster.a[x->d.roster.n++] = (struct tb_assignment){slot, only[i].seat, only[i].provider};
        }
        tb_roster_normalise(x->p, &x->d.roster);
    }
    free(only);
    free(bound);
    return c;
}

static void exchange(struct filling *x, const struct tb_substitute *by)
{
    struct tb_roster *r = &x->d.roster;
    int at = tb_roster_find(r, x->slot, x->seat.provider), n = 0,
        from = by->reserve_slot < 0 ? -1 : tb_roster_find(r, by->reserve_slot, by->provider);
    const struct tb_assignment his = {x->slot, at < 0 ? 0 : r->a[at].seat, by->provider};
    for (int i = 0; i < r->n; i++)
        if (i != at && i != from) r->a[n++] = r->a[i];
    r->a[n++] = his;
    r->n = n;
    tb_roster_normalise(x->p, r);
}

/* A hard rule newly broken that nobody signed for. */
static enum tb_code keeps_rules(const struct filling *x, const struct tb_verdict *now,
                                const struct tb_substitute *by, struct tb_err *e)
{
    for (int i = 0; i < by->verdict->n_hard; i++) {
        const struct tb_violation *v = &by->verdict->violations[i];
        if (tb_violation_in(v, now) || tb_exception_for(x->r, x->p, &x->d.roster, v)) continue;
        struct tb_buf text = {0};
        tb_violation_text(x->p, v, &text);
        enum tb_code c = tb_fail(e, TB_REFUSED,
                                 tb_t("%s では必須の条件（%s）に違反し、特例もありません: %s",
                                      "with %s a hard rule (%s) is broken without an exception: %s"),
                                 x->r->providers[by->provider].id, v->rule, tb_buf_str(&text));
        tb_buf_free(&text);
        return c;
    }
    return TB_OK;
}

static enum tb_code choose(struct filling *x, const struct tb_substitutes *all,
                           const struct tb_substitute **out, struct tb_err *e)
{
    const bool first = strcmp(x->rq->with, TB_FILL_FIRST) == 0;
    int who = -1;
    enum tb_code c = first ? TB_OK : tb_app_provider(x->r, x->rq->with, &who, e);
    *out = NULL;
    for (int i = 0; c == TB_OK && i < all->n && !*out; i++)
        if (first ? all->v[i].n_hard == 0 : all->v[i].provider == who) *out = &all->v[i];
    if (c || *out) return c;
    if (first)
        return tb_fail(
            e, TB_NO,
            tb_t("席「%s」に、必須の条件に触れずに就ける人がいません（担い手 %d "
                 "人を調べました）。toban replace --seat %s --today で理由が見られます",
                 "nobody can take seat \"%s\" without breaking a hard rule (%d of the pool were asked "
                 "about); toban replace --seat %s --today tells why"),
            x->rq->seat, all->n, x->rq->seat);
    return tb_fail(e, TB_REFUSED,
                   tb_t("%s は席「%s」に代わりに就ける人の中にいません（担い手でないか、もう就いています）",
                        "%s is none of those who could take seat \"%s\" (not of the pool, or there already)"),
                   x->rq->with, x->rq->seat);
}

static enum tb_code publish(const struct tb_app *app, tb_store *s, struct filling *x, struct tb_filled *out,
                            struct tb_err *e)
{
    struct tb_app_draft *d = &x->d;
    struct tb_publication p = {0};
    struct tb_buf detail = {0};
    char date[64];
    d->stored = (struct tb_draft){.status = tb_xstrdup("manual"),
                                  .stopped_by = tb_xstrdup(""),
                                  .objective = d->verdict->objective,
                                  .bound = d->verdict->objective,
                                  .certificate = tb_xstrdup(""),
                                  .steps = tb_xstrdup(APP_SWAP_STEPS)};
    enum tb_code c = tb_store_latest(s, &d->base, e);
    if (c == TB_OK) c = app_add_draft(app, s, d, x->seat.date, x->seat.date, e);
    const struct tb_act act = app_act(app, x->rq->note ? x->rq->note : "代わり");
    if (c == TB_OK)
        c = tb_store_publish(s, x->r,
                             &(struct tb_to_publish){.drafts = &d->stored.id,
                                                     .n = 1,
                                                     .until = TB_DAY_NONE,
                                                     /* one seat, named, because somebody drops out */
                                                     .running = true},
                             &act, &p, e);
    if (c == TB_OK) {
        tb_buf_addf(&detail, "%lld %.8s", (long long)p.number, p.digest);
        c = tb_store_audit(s, act.at, act.by, "publish", tb_buf_str(&detail), e);
    }
    if (c == TB_OK) {
        tb_buf_clear(&detail);
        tb_buf_addf(&detail, "%lld %s:%s:%s:%s %s -> %s%s%s", (long long)p.number,
                    x->r->duties[x->seat.duty].id, tb_format_date(x->seat.date, date, sizeof date),
                    x->r->bands[x->seat.band].id, x->seat.role == TB_RESERVE ? "reserve" : "primary",
                    out->went < 0 ? "-" : x->r->providers[out->went].id,
                    x->r->providers[out->seat.provider].id, x->rq->note ? ": " : "",
                    x->rq->note ? x->rq->note : "");
        c = tb_store_audit(s, act.at, act.by, "replace", tb_buf_str(&detail), e);
    }
    out->number = p.number;
    snprintf(out->hash, sizeof out->hash, "%.8s", p.digest);
    tb_buf_free(&detail);
    tb_publication_free(&p);
    tb_draft_free(&d->stored);
    return c;
}

static enum tb_code fill(const struct tb_app *app, tb_store *s, struct filling *x, struct tb_filled *out,
                         struct tb_err *e)
{
    struct tb_substitutes all = {0};
    const struct tb_substitute *by = NULL;
    enum tb_code c = load(app, TB_USE_FILL, s, x, e);
    if (c == TB_OK) c = problem_of(s, x, e);
    if (c) return c;
    x->d.region = out->region;
    x->d.problem = x->p;
    app_replace(&x->d, x->slot, x->seat.provider, &all);
    c = choose(x, &all, &by, e);
    if (c == TB_OK) {
        exchange(x, by);
        c = keeps_rules(x, all.now, by, e);
        out->seat = x->seat;
        out->went = x->seat.provider;
        out->seat.provider = by->provider;
        out->reserve = by->reserve_slot >= 0;
        x->d.verdict = by->verdict;
        if (c == TB_OK) c = publish(app, s, x, out, e);
        x->d.verdict = NULL; /* it is one of all */
    }
    tb_substitutes_free(&all);
    return c;
}

enum tb_code tb_app_fill_look(const struct tb_app *app, const struct tb_fill *rq, struct tb_app_draft *out,
                              struct tb_substitutes *all, int *who, struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    *out = (struct tb_app_draft){0};
    enum tb_code c = app_may(app, TB_USE_FILL_LOOK, e);
    if (c == TB_OK) c = app_open(app, &s, &r, e);
    if (c) return c;
    struct filling x = {.r = r, .rq = rq};
    c = load(app, TB_USE_FILL_LOOK, s, &x, e);
    if (c == TB_OK) c = problem_of(s, &x, e);
    tb_store_close(s);
    x.d.region = r;
    x.d.problem = x.p;
    if (c == TB_OK) app_replace(&x.d, x.slot, x.seat.provider, all);
    *who = x.seat.provider;
    free(x.rows);
    *out = x.d;
    if (c) tb_app_draft_free(out);
    return c;
}

enum tb_code tb_app_fill(const struct tb_app *app, const struct tb_fill *rq, struct tb_filled *out,
                         struct tb_err *e)
{
    tb_store *s;
    tb_minute now = tb_clock_now(&app->clock);
    *out = (struct tb_filled){.went = -1};
    enum tb_code c = app_may(app, TB_USE_FILL, e);
    if (c == TB_OK) c = app_begin(app, &s, &out->region, e);
    if (c) return c;
    struct filling x = {.r = out->region, .rq = rq};
    struct app_before before = {.region = out->region};
    c = app_conflicts(s, out->region, now, NULL, &before.conflicts, e);
    if (c == TB_OK) c = fill(app, s, &x, out, e);
    if (c == TB_OK) c = app_conflicts_new(s, &before, out->region, now, &out->todo, e);
    c = app_commit(s, c, e);
    tb_conflicts_free(&before.conflicts);
    tb_roster_free(&x.d.roster);
    tb_problem_free(x.p);
    free(x.rows);
    if (c) tb_filled_free(out);
    return c;
}
