/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Work by hand: who sits in a seat of which draft, pins and prohibitions, exceptions.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/domain/exception.h"
#include "toban/app/hand.h"

/* ---- who sits there --------------------------------------------------------------------------------- */

void app_who_sits(const struct tb_app_draft *d, int slot, struct tb_buf *out)
{
    for (int i = 0; i < d->roster.n; i++)
        if (d->roster.a[i].slot == slot)
            tb_buf_addf(out, "%s%s", out->len ? ", " : "", d->region->providers[d->roster.a[i].provider].id);
}

/* Where in the roster he sits; `id` NULL: the only one there. */
enum tb_code app_sitter(const struct tb_app_draft *d, int slot, const char *seat, const char *id, int *out,
                        struct tb_err *e)
{
    int provider = -1, at = -1, n = 0;
    if (id) {
        enum tb_code c = tb_app_provider(d->region, id, &provider, e);
        if (c) return c;
        at = tb_roster_find(&d->roster, slot, provider);
    }
    for (int i = 0; i < d->roster.n && !id; i++)
        if (d->roster.a[i].slot == slot) {
            at = i;
            n++;
        }
    if (at < 0 || n > 1) {
        struct tb_buf who = {0};
        app_who_sits(d, slot, &who);
        enum tb_code c = n > 1 ? tb_fail(e, TB_USAGE,
                                         tb_t("席「%s」には %s がいます。--provider で選びます",
                                              "in seat \"%s\" sit %s; choose with --provider"),
                                         seat, tb_buf_str(&who))
                               : tb_fail(e, TB_REFUSED,
                                         tb_t("席「%s」に %s は就いていません（就いているのは: %s）",
                                              "%2$s does not sit in seat \"%1$s\" (there: %3$s)"),
                                         seat, id ? id : tb_t("だれも", "nobody"), who.len ? who.s : "-");
        tb_buf_free(&who);
        return c;
    }
    *out = at;
    return TB_OK;
}

/* A seat of today's region in the draft's own problem, -1: not there. */
static int slot_then(const struct tb_app_draft *d, const struct tb_seat_row *x)
{
    int duty = tb_find_duty(d->region, d->today->duties[x->duty].id),
        band = duty < 0 ? -1 : tb_find_band(d->region, duty, d->today->bands[x->band].id);
    return band < 0 ? -1 : tb_slot_find(d->problem, duty, x->date, band, x->role);
}

/* A published draft whose seats were changed by a later publication would bring back what is no longer so. */
enum tb_code app_still_in_force(const struct tb_app *app, const struct tb_app_draft *d, struct tb_err *e)
{
    if (!d->stored.published) return TB_OK;
    struct tb_board_row *rows = NULL;
    size_t n = 0;
    tb_store *s;
    enum tb_code c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_published(s, d->today, 0, &rows, &n, e);
    tb_store_close(s);
    for (size_t i = 0; i < n && c == TB_OK; i++) {
        const struct tb_seat_row *x = &rows[i].seat;
        int slot = slot_then(d, x);
        if (slot < 0 || !d->problem->slots[slot].planned || rows[i].publication <= d->stored.published)
            continue;
        char date[64];
        c = tb_fail(
            e, TB_REFUSED,
            tb_t(
                "案 %lld は第%lld版で公表したあと、第%d版で %s %s の席が変わっています。新しい案から始めます",
                "draft %lld was published as %lld, and publication %d changed the seat %s %s since; begin "
                "from a newer draft"),
            (long long)d->stored.id, (long long)d->stored.published, rows[i].publication,
            tb_format_date(x->date, date, sizeof date), d->today->duties[x->duty].id);
    }
    free(rows);
    return c;
}

/* The roster of a published draft as it stands today, swaps and later publications included. Then it is no
 * longer what was planned. */
static enum tb_code as_in_force(const struct tb_app *app, struct tb_app_draft *d, struct tb_err *e)
{
    struct tb_board_row *rows = NULL;
    size_t n = 0;
    tb_store *s;
    enum tb_code c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_published(s, d->today, 0, &rows, &n, e);
    tb_store_close(s);
    if (c) return c;
    struct tb_roster now = {tb_xcalloc(n + 1, sizeof *now.a), 0};
    for (size_t i = 0; i < n && c == TB_OK; i++) {
        const struct tb_seat_row *x = &rows[i].seat;
        int slot = slot_then(d, x), who = tb_find_provider(d->region, d->today->providers[x->provider].id);
        if (slot < 0 || !d->problem->slots[slot].planned) continue;
        if (who < 0)
            c = tb_fail(e, TB_REFUSED,
                        tb_t("%s は案 %lld のあとに加わっています。新しい案から始めます",
                             "%s joined after draft %lld was made; begin from a newer draft"),
                        d->today->providers[x->provider].id, (long long)d->stored.id);
        now.a[now.n++] = (struct tb_assignment){slot, x->seat, who};
    }
    free(rows);
    tb_roster_normalise(d->problem, &now);
    bool same = now.n == d->roster.n;
    for (int i = 0; i < now.n && same; i++)
        same = now.a[i].slot == d->roster.a[i].slot && now.a[i].provider == d->roster.a[i].provider;
    if (c || same) {
        tb_roster_free(&now);
        return c;
    }
    tb_roster_free(&d->roster);
    d->roster = now;
    app_after_publication(d);
    free(d->stored.status);
    d->stored.status = tb_xstrdup("manual");
    return TB_OK;
}

/* ---- a seat and its draft --------------------------------------------------------------------------- */

static bool decides(const struct tb_draft *d, const struct app_seat_words *w)
{
    if (w->date < d->from || w->date > d->to) return false;
    return tb_list_holds(d->duties, w->part[0]);
}

/* The latest draft over the seat's day and duty that really decides it (a draft leaves alone what was
 * published before it). */
static enum tb_code latest_of_seat(const struct tb_app *app, bool published, const char *seat,
                                   const struct app_seat_words *w, struct tb_app_draft *out, int *slot,
                                   struct tb_err *e)
{
    const struct tb_app within = app_within(app);
    tb_store *s;
    struct tb_draft last = {0};
    enum tb_code c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_get_draft(s, 0, TB_DAY_NONE, TB_DAY_NONE, &last, e);
    for (int64_t id = last.id; c == TB_OK && id > 0; id--) {
        struct tb_draft d = {0};
        c = tb_store_get_draft(s, id, TB_DAY_NONE, TB_DAY_NONE, &d, e);
        /* What a swap published is the seat itself; the roster that it stands in is the draft before. */
        bool here = c == TB_OK && decides(&d, w) &&
                    (!published || (d.published && strcmp(d.steps, APP_SWAP_STEPS) != 0));
        tb_draft_free(&d);
        if (!here) continue;
        c = tb_app_open_draft(&within, id, NULL, false, out, e);
        if (c) break;
        c = tb_app_seat(out->problem, seat, slot, e);
        if (c == TB_OK) {
            tb_draft_free(&last);
            tb_store_close(s);
            return TB_OK;
        }
        tb_app_draft_free(out);
        if (c != TB_REFUSED) break;
        *e = (struct tb_err){0};
        c = TB_OK;
    }
    tb_draft_free(&last);
    tb_store_close(s);
    if (c) return c;
    return tb_fail(
        e, TB_NO,
        published ? tb_t("席「%s」を決めた公表済みの案はありません", "no published draft decides seat \"%s\"")
                  : tb_t("席「%s」を決める案はありません", "no draft decides seat \"%s\""),
        seat);
}

enum tb_code tb_app_seat_draft(const struct tb_app *app, const struct tb_seat_question *q,
                               struct tb_app_draft *out, int *slot, int *who, struct tb_err *e)
{
    struct app_seat_words w;
    const bool own = app_only_own(app, TB_USE_SEAT_DRAFT), published = q->published || own;
    const int64_t id = own ? 0 : q->draft;
    const char *seat = q->seat;
    const struct tb_app within = app_within(app);
    enum tb_code c = app_may(app, TB_USE_SEAT_DRAFT, e);
    if (c == TB_OK) c = app_seat_words(seat, &w, e);
    if (c) return c;
    if (!id) {
        c = latest_of_seat(app, published, seat, &w, out, slot, e);
        if (c) return c;
    } else {
        c = tb_app_open_draft(&within, id, NULL, false, out, e);
        if (c) return c;
        c = tb_app_seat(out->problem, seat, slot, e);
    }
    if (c == TB_OK) c = published && !id ? as_in_force(app, out, e) : app_still_in_force(app, out, e);
    int at = -1;
    if (c == TB_OK) c = app_sitter(out, *slot, seat, q->provider, &at, e);
    if (c == TB_OK) *who = out->roster.a[at].provider;
    if (c == TB_OK) c = app_own(app, TB_USE_SEAT_DRAFT, out->region->providers[*who].id, e);
    if (c == TB_OK && app_reader(app)) {
        tb_verdict_free(out->verdict);
        out->verdict = NULL;
    }
    if (c) tb_app_draft_free(out);
    return c;
}

/* ---- pins -------------------------------------------------------------------------------------- */

/* A pin or a prohibition as it was asked for. */
struct pinning {
    struct app_seat_words w;
    const char *seat, *provider;
    bool forbid, remove;
};

/* A pin and a prohibition of one provider in one seat are the same row: said apart, or the later would
 * silently win. */
static enum tb_code opposite(const struct tb_region *r, const struct pinning *x, struct tb_err *e)
{
    const struct app_seat_words *w = &x->w;
    enum tb_code c = TB_OK;
    for (int i = 0; i < r->n_pins && c == TB_OK; i++) {
        const struct tb_pin *p = &r->pins[i];
        bool same = strcmp(r->duties[p->duty].id, w->part[0]) == 0 && p->date == w->date &&
                    strcmp(p->band, w->part[2]) == 0 && p->role == w->role;
        if (!same) continue;
        bool he = strcmp(r->providers[p->provider].id, x->provider) == 0;
        if (he && (p->action == TB_PIN_FORBID) != x->forbid)
            c = tb_fail(e, TB_REFUSED,
                        x->forbid
                            ? tb_t("%s はその席に固定されています（理由: "
                                   "%s）。固定と禁止は両立しません。先に pin --remove で外します",
                                   "%s is pinned in that seat (reason: %s); pinned and forbidden cannot "
                                   "both be; take the pin back first with pin --remove")
                            : tb_t("%s はその席を禁止されています（理由: "
                                   "%s）。固定と禁止は両立しません。先に forbid --remove で外します",
                                   "%s is forbidden in that seat (reason: %s); pinned and forbidden "
                                   "cannot both be; take that back first with forbid --remove"),
                        x->provider, *p->reason ? p->reason : "-");
    }
    return c;
}

#define PINS_LOOK 31 /* days on either side in which other pins can stand against one */

/* The other side of a breach that pins alone make, of which the last in the roster is the new one: seat.count
 * names a slot, pairs name two. -1: not of that kind. */
static int other_pin(const struct tb_problem *p, const struct tb_roster *pins, const struct tb_violation *v)
{
    struct tb_assignment last = pins->a[pins->n - 1];
    struct tb_rule_args args;
    struct tb_arena a = {0};
    struct tb_err e = {0};
    /* of some plan that is not made yet */
    bool by_period = v->rule_row >= 0 &&
                     tb_rule_parse(p->region, &p->region->rules[v->rule_row], &a, &args, &e) == TB_OK &&
                     args.unit == TB_UNIT_PERIOD;
    tb_arena_free(&a);
    if (!v->hard || by_period) return -1;
    for (int i = 0; i < pins->n - 1; i++) {
        bool seats = v->provider < 0 && v->slots[0] == last.slot && pins->a[i].slot == last.slot;
        bool pair = v->slots[1] >= 0 && (v->slots[0] == last.slot || v->slots[1] == last.slot) &&
                    (v->slots[0] == pins->a[i].slot || v->slots[1] == pins->a[i].slot);
        if (seats || pair) return i;
    }
    return -1;
}

/* Seats that are published: their pins bind nobody any more. */
struct published {
    struct tb_board_row *v;
    size_t n;
};

static enum tb_code read_published(const struct tb_app *app, const struct tb_region *r, struct published *out,
                                   struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_published(s, r, 0, &out->v, &out->n, e);
    tb_store_close(s);
    return c;
}

static bool is_published(const struct published *x, const struct tb_pin *pin, int band)
{
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_seat_row *s = &x->v[i].seat;
        if (s->duty == pin->duty && s->date == pin->date && s->band == band && s->role == pin->role)
            return true;
    }
    return false;
}

/* Pins that break a hard rule among themselves leave no roster at all: said when the second is made, naming
 * both. */
static enum tb_code against_pins(const struct tb_region *r, const struct published *in_force,
                                 const struct pinning *asked, struct tb_err *e)
{
    const struct app_seat_words *w = &asked->w;
    struct tb_seat_row seat;
    struct tb_problem *p = NULL;
    struct tb_verdict *v = NULL;
    struct tb_roster pins = {tb_xcalloc((size_t)r->n_pins + 1, sizeof *pins.a), 0};
    int *duties = tb_xcalloc((size_t)r->n_pins + 1, sizeof *duties), n = 0,
        who = tb_find_provider(r, asked->provider);
    const struct tb_pin **rows = tb_xcalloc((size_t)r->n_pins + 1, sizeof *rows);
    enum tb_code c = app_seat_row(r, asked->seat, &seat, e);
    if (c == TB_OK) duties[n++] = seat.duty;
    for (int i = 0; i < r->n_pins && c == TB_OK; i++) {
        bool known = r->pins[i].date < w->date - PINS_LOOK || r->pins[i].date > w->date + PINS_LOOK;
        for (int k = 0; k < n; k++) known = known || duties[k] == r->pins[i].duty;
        if (!known) duties[n++] = r->pins[i].duty;
    }
    struct tb_problem_input in = {
        .region = r, .from = w->date - PINS_LOOK, .to = w->date + PINS_LOOK, .duties = duties, .n_duties = n};
    /* An unknown word, a day without a seat, a stranger: the row itself is refused for that. */
    if (c == TB_OK && who >= 0) c = tb_problem_build(&in, true, &p, e);
    for (int i = 0; i < r->n_pins && c == TB_OK && p; i++) {
        const struct tb_pin *x = &r->pins[i];
        int band = tb_find_band(r, x->duty, x->band),
            slot = band < 0 ? -1 : tb_slot_find(p, x->duty, x->date, band, x->role);
        if (x->action != TB_PIN_PIN || slot < 0 || is_published(in_force, x, band)) continue;
        rows[pins.n] = x;
        pins.a[pins.n++] = (struct tb_assignment){slot, 0, x->provider};
    }
    int slot = p ? tb_slot_find(p, seat.duty, seat.date, seat.band, seat.role) : -1;
    if (c == TB_OK && slot >= 0 && tb_roster_find(&pins, slot, who) < 0) {
        pins.a[pins.n++] = (struct tb_assignment){slot, 0, who};
        tb_check(p, &pins, &v);
        for (int i = 0; i < v->n_hard && c == TB_OK; i++) {
            int other = other_pin(p, &pins, &v->violations[i]);
            if (other < 0) continue;
            const struct tb_pin *x = rows[other];
            struct tb_buf words = {0};
            char date[64];
            tb_violation_text(p, &v->violations[i], &words);
            c = tb_fail(e, TB_REFUSED,
                        tb_t("席「%s」の %s の固定は、%s:%s:%s の %s の固定（理由: %s）と両立しません: %s",
                             "the pin of %2$s in seat \"%1$s\" contradicts the pin of %6$s in %3$s:%4$s:%5$s "
                             "(reason: %7$s): %8$s"),
                        asked->seat, asked->provider, r->duties[x->duty].id,
                        tb_format_date(x->date, date, sizeof date), x->band, r->providers[x->provider].id,
                        *x->reason ? x->reason : "-", tb_buf_str(&words));
            tb_buf_free(&words);
        }
        tb_verdict_free(v);
    }
    tb_problem_free(p);
    free(rows);
    free(duties);
    tb_roster_free(&pins);
    return c;
}

static enum tb_code judge_pin(const struct tb_app *app, const struct tb_region *r, const void *arg,
                              struct tb_err *e)
{
    const struct pinning *x = arg;
    enum tb_code c = app_all_bodies(app) ? TB_OK : app_duty_list(app, TB_USE_PIN, r, x->w.part[0], e);
    if (c == TB_OK) c = opposite(r, x, e);
    struct published in_force = {0};
    if (c || x->forbid || x->remove) return c;
    c = read_published(app, r, &in_force, e);
    if (c == TB_OK) c = against_pins(r, &in_force, x, e);
    free(in_force.v);
    return c;
}

enum tb_code tb_app_pin(const struct tb_app *app, const struct tb_app_pinning *p, struct tb_row_done *done,
                        struct tb_err *e)
{
    struct pinning x = {.seat = p->seat, .provider = p->provider, .forbid = p->forbid, .remove = p->remove};
    const struct app_seat_words *w = &x.w;
    enum tb_code c = app_may(app, TB_USE_PIN, e);
    if (c == TB_OK) c = app_seat_words(p->seat, &x.w, e);
    if (c) return c;
    const char *cells[] = {"duty",     w->part[0],  "date",   w->part[1],
                           "band",     w->part[2],  "role",   w->role == TB_RESERVE ? "reserve" : "primary",
                           "provider", p->provider, "action", p->forbid ? "forbid" : "pin",
                           "reason",   p->reason,   NULL};
    const struct app_row row = {.entity = TB_E_pin, .pairs = cells, .judge = judge_pin, .arg = &x};
    return p->remove ? app_remove_row(app, &row, done, e) : app_add_row(app, &row, done, e);
}

/* ---- exceptions -------------------------------------------------------------------------------- */

/* An exception as it was asked for. */
struct excepting {
    const char *rule, *duty;
    bool remove;
};

static enum tb_code judge_exception(const struct tb_app *app, const struct tb_region *r, const void *arg,
                                    struct tb_err *e)
{
    const struct excepting *x = arg;
    enum tb_code c = app_all_bodies(app) ? TB_OK : app_duty_list(app, TB_USE_EXCEPTION, r, x->duty, e);
    /* those the region itself refuses */
    if (c || x->remove || tb_exception_counts(r, x->rule) || tb_exception_never(x->rule)) return c;
    return tb_fail(e, TB_INPUT,
                   tb_t("exceptions.rule \"%s\": 必須の条件にありません。rules の必須の行か exempt, "
                        "wish.cannot, wish.only, wish.count, external, forbid です",
                        "exceptions.rule \"%s\": no hard rule of that name; a hard row of rules, or exempt, "
                        "wish.cannot, wish.only, wish.count, external, forbid"),
                   x->rule);
}

enum tb_code tb_app_exception(const struct tb_app *app, const struct tb_app_signing *x,
                              struct tb_row_done *done, struct tb_err *e)
{
    struct app_seat_words w;
    char today[64];
    enum tb_code c = app_may(app, TB_USE_EXCEPTION, e);
    if (c == TB_OK) c = app_seat_words(x->seat, &w, e);
    if (c) return c;
    tb_format_date(tb_day_of_minute(tb_clock_now(&app->clock)), today, sizeof today);
    const char *cells[] = {
        "rule",       x->rule,     "duty",    w.part[0], "date",
        w.part[1],    "band",      w.part[2], "role",    w.role == TB_RESERVE ? "reserve" : "primary",
        "provider",   x->provider, "reason",  x->reason, "signed_by",
        x->signed_by, "signed_on", today,     NULL};
    const struct excepting asked = {.rule = x->rule, .duty = w.part[0], .remove = x->remove};
    const struct app_row row = {
        .entity = TB_E_exception, .pairs = cells, .judge = judge_exception, .arg = &asked};
    return x->remove ? app_remove_row(app, &row, done, e) : app_add_row(app, &row, done, e);
}
