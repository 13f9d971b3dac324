/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Swaps: who may say what when, what stands against one, what it means for each side, and its publication.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/domain/conflict.h"
#include "toban/domain/exception.h"
#include "toban/app/hand.h"
#include "toban/app/swap.h"

/* ---- states ------------------------------------------------------------------------------------- */

static const struct {
    const char *id, *ja, *en;
} words[TB_SWAP_COUNT] = {
    [TB_SWAP_ASKED] = {"asked", "申し出", "asked for"},
    [TB_SWAP_AGREED] = {"agreed", "双方同意", "agreed by both"},
    [TB_SWAP_APPROVED] = {"approved", "承認済", "approved"},
    [TB_SWAP_PUBLISHED] = {"published", "公表", "published"},
    [TB_SWAP_REFUSED] = {"refused", "不成立", "refused"},
    [TB_SWAP_WITHDRAWN] = {"withdrawn", "取下げ", "withdrawn"},
};

const char *tb_swap_word(enum tb_swap_state state) { return tb_t(words[state].ja, words[state].en); }
const char *tb_swap_id(enum tb_swap_state state) { return words[state].id; }

/* Until it is published either of the two may step back, and the office may refuse. */
static const bool allowed[TB_SWAP_COUNT][TB_SWAP_COUNT] = {
    [TB_SWAP_ASKED] = {[TB_SWAP_AGREED] = true, [TB_SWAP_REFUSED] = true, [TB_SWAP_WITHDRAWN] = true},
    [TB_SWAP_AGREED] = {[TB_SWAP_APPROVED] = true, [TB_SWAP_REFUSED] = true, [TB_SWAP_WITHDRAWN] = true},
    [TB_SWAP_APPROVED] = {[TB_SWAP_PUBLISHED] = true, [TB_SWAP_REFUSED] = true, [TB_SWAP_WITHDRAWN] = true},
};

bool tb_swap_consented(const struct tb_swap *x, int side)
{
    for (size_t i = 0; i < x->n_moves; i++)
        if (x->moves[i].state <= TB_SWAP_AGREED && strcmp(x->moves[i].provider, x->side[side].provider) == 0)
            return true;
    return false;
}

enum tb_swap_state tb_swap_state(const struct tb_swap *x)
{
    enum tb_swap_state last = x->n_moves ? x->moves[x->n_moves - 1].state : TB_SWAP_ASKED;
    if (last > TB_SWAP_AGREED) return last;
    return tb_swap_consented(x, 0) && tb_swap_consented(x, 1) ? TB_SWAP_AGREED : TB_SWAP_ASKED;
}

static bool is_open(enum tb_swap_state s) { return s <= TB_SWAP_APPROVED; }

/* Who came first is told: who reads an older list asks for what is no longer so. */
static enum tb_code may_become(const struct tb_swap *x, enum tb_swap_state to, struct tb_err *e)
{
    enum tb_swap_state from = tb_swap_state(x);
    if (allowed[from][to]) return TB_OK;
    const struct tb_swap_move *last = &x->moves[x->n_moves - 1];
    char at[64];
    struct tb_buf next = {0};
    for (int k = 0; k < TB_SWAP_COUNT; k++)
        if (allowed[from][k])
            tb_buf_addf(&next, "%s%s", next.len ? tb_t("、", ", ") : "", tb_swap_word((enum tb_swap_state)k));
    enum tb_code c =
        tb_fail(e, TB_REFUSED,
                tb_t("交換 %lld は「%s」（%s が %.16s に）なので、「%s」にはできません（次にできるのは: %s）",
                     "swap %lld is %s (%s, at %.16s) and cannot become %s (it may become: %s)"),
                (long long)x->id, tb_swap_word(from), last->by, tb_format_instant(last->at, at, sizeof at),
                tb_swap_word(to), next.len ? next.s : tb_t("なし", "nothing"));
    tb_buf_free(&next);
    return c;
}

/* ---- seats -------------------------------------------------------------------------------------- */

void tb_app_swap_free(struct tb_app_swap *x)
{
    for (int i = 0; i < x->n_parts; i++) {
        tb_verdict_free(x->part[i].now);
        tb_verdict_free(x->part[i].then);
        tb_roster_free(&x->part[i].before);
        tb_roster_free(&x->part[i].after);
        tb_problem_free(x->part[i].problem);
    }
    free(x->seats);
    free(x->lines);
    tb_swap_free(&x->swap);
    if (x->region) tb_region_free(x->region);
    *x = (struct tb_app_swap){0};
}

static void seat_words(const struct tb_region *r, const struct tb_seat_row *s, char out[160])
{
    char date[64];
    snprintf(out, 160, "%s:%s:%s:%s", r->duties[s->duty].id, tb_format_date(s->date, date, sizeof date),
             r->bands[s->band].id, s->role == TB_RESERVE ? "reserve" : "primary");
}

static void who_sits(const struct tb_app_swap *x, const struct tb_seat_row *slot, struct tb_buf *out, int *n,
                     int *only)
{
    *n = 0;
    for (size_t i = 0; i < x->n_seats; i++) {
        if (!tb_same_slot(&x->seats[i], slot)) continue;
        tb_buf_addf(out, "%s%s", *n ? ", " : "", x->region->providers[x->seats[i].provider].id);
        *only = x->seats[i].provider;
        ++*n;
    }
}

/* Whose seat it is: `id`, or who sits there alone. */
static enum tb_code find_owner(const struct tb_app_swap *x, const char *seat, const struct tb_seat_row *slot,
                               const char *id, const char *option, int *out, struct tb_err *e)
{
    if (id) return tb_app_provider(x->region, id, out, e);
    struct tb_buf who = {0};
    int n;
    enum tb_code c = TB_OK;
    who_sits(x, slot, &who, &n, out);
    if (n == 0)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("席「%s」には公表された当番がいません", "nobody is published in seat \"%s\""), seat);
    if (n > 1)
        c = tb_fail(e, TB_USAGE,
                    tb_t("席「%s」には %s がいます。%s で選びます", "in seat \"%s\" sit %s; choose with %s"),
                    seat, tb_buf_str(&who), option);
    tb_buf_free(&who);
    return c;
}

/* Reads what is in force, and who came and went, which tells whether a seat is still that of the publication
 * meant. */
static enum tb_code load(tb_store *s, struct tb_app_swap *x, struct tb_stint **stints, size_t *n,
                         struct tb_err *e)
{
    size_t cap = 0;
    enum tb_code c = tb_store_stints(s, x->region, 0, stints, n, e);
    if (c) return c;
    for (size_t i = 0; i < *n; i++)
        if ((*stints)[i].in) *TB_PUSH(x->seats, x->n_seats, cap) = (*stints)[i].seat;
    c = tb_store_ledger_as(s, x->region, INT32_MAX, x->today, &x->lines, &x->n_lines, e);
    if (c) free(*stints);
    return c;
}

/* Since the publication that was looked at the seat has changed: by which, whose and when. */
static enum tb_code superseded(tb_store *s, const struct tb_app_swap *x, const char *seat, int by,
                               struct tb_err *e)
{
    struct tb_publication p = {0};
    char at[64];
    enum tb_code c = tb_store_get_publication(s, by, &p, e);
    if (c) return c;
    c = tb_fail(
        e, TB_REFUSED,
        tb_t("席「%s」の当番は、第%lld版のあと第%d版（%s が %.16s "
             "に公表）で変わっています。新しい版を見て、申し出をやり直します",
             "seat \"%s\": publication %lld is superseded, publication %d (by %s, at %.16s) changed it; ask "
             "anew from the newer one"),
        seat, (long long)x->swap.publication, by, p.by, tb_format_instant(p.at, at, sizeof at));
    tb_publication_free(&p);
    return c;
}

static enum tb_code still_his(tb_store *s, const struct tb_app_swap *x, const struct tb_change *k,
                              const struct tb_stint *stints, size_t n, struct tb_err *e)
{
    const struct tb_region *r = x->region;
    const struct tb_stint *his = NULL;
    char seat[160];
    seat_words(r, &k->seat, seat);
    for (size_t i = 0; i < n; i++)
        if (tb_same_slot(&stints[i].seat, &k->seat) && stints[i].seat.provider == k->seat.provider)
            his = &stints[i];
    if (his && his->publication > x->swap.publication) return superseded(s, x, seat, his->publication, e);
    if (his && his->in) return TB_OK;
    struct tb_buf who = {0};
    int there, any;
    who_sits(x, &k->seat, &who, &there, &any);
    enum tb_code c = tb_fail(e, TB_REFUSED,
                             tb_t("席「%s」は %s の当番ではありません（就いているのは: %s）",
                                  "seat \"%s\" is not a duty of %s (there: %s)"),
                             seat, r->providers[k->seat.provider].id, there ? who.s : "-");
    tb_buf_free(&who);
    return c;
}

/* A seat can be in one open swap only. */
static enum tb_code not_promised(tb_store *s, const struct tb_app_swap *x, struct tb_err *e)
{
    struct tb_swap *v;
    size_t n;
    enum tb_code c = tb_store_swaps(s, &v, &n, e);
    if (c) return c;
    const struct tb_region *r = x->region;
    for (size_t i = 0; i < n; i++) {
        for (int k = 0;
             k < 2 * x->n_changes && c == TB_OK && v[i].id != x->swap.id && is_open(tb_swap_state(&v[i]));
             k++) {
            const struct tb_seat_row *seat = &x->changes[k / 2].seat;
            const struct tb_swap_seat *t = &v[i].side[k % 2];
            char words_[160];
            seat_words(r, seat, words_);
            if (t->band && strcmp(v[i].duty, r->duties[seat->duty].id) == 0 && t->date == seat->date &&
                strcmp(t->band, r->bands[seat->band].id) == 0 && t->role == seat->role &&
                strcmp(t->provider, r->providers[seat->provider].id) == 0)
                c = tb_fail(e, TB_REFUSED,
                            tb_t("席「%s」は交換 %lld（%s）に出ています。先にそれを公表するか取り下げます",
                                 "seat \"%s\" is in swap %lld (%s) already; publish or withdraw that first"),
                            words_, (long long)v[i].id, tb_swap_word(tb_swap_state(&v[i])));
        }
        tb_swap_free(&v[i]);
    }
    free(v);
    return c;
}

static enum tb_code sensible(const struct tb_app *app, const struct tb_app_swap *x, struct tb_err *e)
{
    const struct tb_region *r = x->region;
    const struct tb_change *a = &x->changes[0], *b = &x->changes[1];
    char date[64];
    if (x->provider[0] == x->provider[1])
        return tb_fail(e, TB_REFUSED, tb_t("交換の相手が同じ人です（%s）", "a swap needs two: both are %s"),
                       r->providers[x->provider[0]].id);
    if (x->n_changes == 2 && a->seat.duty != b->seat.duty)
        return tb_fail(e, TB_REFUSED,
                       tb_t("当番区分の違う席どうしは交換できません（%s と %s）",
                            "seats of different duties cannot be swapped (%s and %s)"),
                       r->duties[a->seat.duty].id, r->duties[b->seat.duty].id);
    if (x->n_changes == 2 && tb_same_slot(&a->seat, &b->seat))
        return tb_fail(e, TB_REFUSED,
                       tb_t("二人は同じ枠にいます。交換しても変わりません",
                            "both sit in the same slot; a swap would change nothing"));
    for (int k = 0; k < x->n_changes; k++)
        if (tb_seat_begun(r, &x->changes[k].seat, tb_clock_now(&app->clock)))
            return tb_fail(e, TB_REFUSED,
                           tb_t("%s の席は過ぎたか、始まっています。過ぎた席は交換できません",
                                "the seat of %s is past or has begun; seats that are past are not swapped"),
                           tb_format_date(x->changes[k].seat.date, date, sizeof date));
    return TB_OK;
}

/* ---- judging ------------------------------------------------------------------------------------ */

static int after_swap(const struct tb_app_swap *x, const struct tb_seat_row *s)
{
    for (int k = 0; k < x->n_changes; k++)
        if (tb_same_slot(&x->changes[k].seat, s) && x->changes[k].seat.provider == s->provider)
            return x->changes[k].after;
    return s->provider;
}

static void put(const struct tb_problem *p, struct tb_roster *roster, const struct tb_seat_row *s,
                int provider)
{
    if (provider >= 0)
        roster->a[roster->n++] =
            (struct tb_assignment){tb_slot_find(p, s->duty, s->date, s->band, s->role), s->seat, provider};
}

/* As it stands today: the same slots, and nobody has moved elsewhere either. */
static void check_today(const struct tb_swap_part *part, const struct app_slots *in, struct tb_verdict **out)
{
    struct tb_problem today = *part->problem;
    today.bound = tb_xcalloc((size_t)today.n_bound + 1, sizeof *today.bound);
    for (int i = 0; i < today.n_bound; i++) {
        struct tb_assignment *a = &today.bound[i];
        *a = part->problem->bound[i];
        for (size_t k = 0; k < in->n_elsewhere; k++) {
            const struct tb_seat_row *s = &in->elsewhere[k].seat;
            if (a->provider == in->elsewhere[k].after &&
                a->slot == tb_slot_find(&today, s->duty, s->date, s->band, s->role))
                a->provider = s->provider;
        }
    }
    tb_check(&today, &part->before, out);
    free(today.bound);
}

static enum tb_code judge_day(tb_store *s, struct tb_app_swap *x, tb_day date, struct tb_err *e)
{
    const struct tb_region *r = x->region;
    struct tb_seat_row *only = tb_xcalloc(x->n_seats + 1, sizeof *only),
                       *bound = tb_xcalloc(x->n_seats + 1, sizeof *bound);
    struct tb_change elsewhere[2];
    struct app_slots in = {.only = only, .bound = bound, .elsewhere = elsewhere};
    struct tb_swap_part part = {.date = date};
    tb_day from, to;
    for (size_t i = 0; i < x->n_seats; i++) {
        bool ours = false;
        for (int k = 0; k < x->n_changes; k++)
            ours =
                ours || (x->changes[k].seat.date == date && tb_same_slot(&x->changes[k].seat, &x->seats[i]));
        if (ours)
            only[in.n_only++] = x->seats[i];
        else {
            bound[in.n_bound] = x->seats[i];
            bound[in.n_bound++].provider = after_swap(x, &x->seats[i]);
        }
    }
    for (int k = 0; k < x->n_changes; k++)
        if (x->changes[k].seat.date != date) elsewhere[in.n_elsewhere++] = x->changes[k];
    tb_duty_period(r, only[0].duty, date, &from, &to);
    enum tb_code c = app_slots_problem(s, r, from, to, &in, &part.problem, e);
    if (c == TB_OK) {
        part.before = (struct tb_roster){tb_xcalloc(in.n_only, sizeof *part.before.a), 0};
        part.after = (struct tb_roster){tb_xcalloc(in.n_only, sizeof *part.after.a), 0};
        for (size_t i = 0; i < in.n_only; i++) {
            put(part.problem, &part.before, &only[i], only[i].provider);
            put(part.problem, &part.after, &only[i], after_swap(x, &only[i]));
        }
        tb_roster_normalise(part.problem, &part.before);
        tb_roster_normalise(part.problem, &part.after);
        check_today(&part, &in, &part.now);
        tb_check(part.problem, &part.after, &part.then);
        x->part[x->n_parts++] = part;
    }
    free(only);
    free(bound);
    return c;
}

static bool consented(const struct tb_app_swap *x, const struct tb_swap_part *p, const struct tb_violation *v)
{
    return tb_exception_for(x->region, p->problem, &p->after, v) != NULL;
}

/* A breach of his own, or of a seat as a whole (no one's in particular). */
static bool concerns(const struct tb_problem *p, const struct tb_violation *v, int who)
{
    const int *first = tb_problem_persons(p, v->from), *last = tb_problem_persons(p, v->to);
    return v->provider < 0 || first[v->provider] == first[who] || last[v->provider] == last[who];
}

static enum tb_code keeps_rules(const struct tb_app_swap *x, struct tb_err *e)
{
    for (int i = 0; i < x->n_parts; i++) {
        const struct tb_swap_part *p = &x->part[i];
        for (int k = 0; k < p->then->n_hard; k++) {
            const struct tb_violation *v = &p->then->violations[k];
            if (tb_violation_in(v, p->now) || consented(x, p, v)) continue;
            if (x->reader >= 0 && !concerns(p->problem, v, x->reader))
                return tb_fail(e, TB_REFUSED,
                               tb_t("都合により成立しません。事務局にお尋ねください",
                                    "it cannot be done: not available; please ask the office"));
            struct tb_buf text = {0};
            tb_violation_text(p->problem, v, &text);
            enum tb_code c = tb_fail(e, TB_REFUSED,
                                     tb_t("交換すると必須の条件（%s）に違反し、特例もありません: %s",
                                          "the swap breaks a hard rule (%s) without an exception: %s"),
                                     v->rule, tb_buf_str(&text));
            tb_buf_free(&text);
            return c;
        }
    }
    return TB_OK;
}

/* All that may stand against it today, in the order in which people would say it. */
static enum tb_code examine(const struct tb_app *app, tb_store *s, struct tb_app_swap *x,
                            const struct tb_stint *stints, size_t n, struct tb_err *e)
{
    enum tb_code c = sensible(app, x, e);
    for (int k = 0; k < x->n_changes && c == TB_OK; k++) c = still_his(s, x, &x->changes[k], stints, n, e);
    if (c == TB_OK) c = not_promised(s, x, e);
    tb_day first = x->changes[0].seat.date;
    if (c == TB_OK) c = judge_day(s, x, first, e);
    if (c == TB_OK && x->n_changes == 2 && x->changes[1].seat.date != first)
        c = judge_day(s, x, x->changes[1].seat.date, e);
    return c ? c : keeps_rules(x, e);
}

/* ---- asking ------------------------------------------------------------------------------------- */

static struct tb_swap_seat told(const struct tb_region *r, const struct tb_seat_row *s, int provider)
{
    if (!s)
        return (struct tb_swap_seat){TB_DAY_NONE, NULL, TB_PRIMARY, tb_xstrdup(r->providers[provider].id)};
    return (struct tb_swap_seat){s->date, tb_xstrdup(r->bands[s->band].id), s->role,
                                 tb_xstrdup(r->providers[provider].id)};
}

/* Who takes a seat and is in reserve for it (or the other way round) leaves that one, which stays open. */
static void leave_reserve(struct tb_app_swap *x)
{
    const struct tb_seat_row *a = &x->changes[0].seat;
    for (size_t i = 0; i < x->n_seats && x->n_changes == 1; i++) {
        const struct tb_seat_row *s = &x->seats[i];
        if (s->provider == x->provider[1] && s->duty == a->duty && s->date == a->date && s->band == a->band &&
            s->role != a->role)
            x->changes[x->n_changes++] = (struct tb_change){*s, -1};
    }
}

static enum tb_code read_request(const struct tb_swap_request *rq, struct tb_app_swap *x, struct tb_err *e)
{
    const struct tb_region *r = x->region;
    struct tb_seat_row a, b;
    if (!rq->with == !rq->to)
        return tb_fail(e, TB_USAGE,
                       tb_t("--with（相手の席）か --to（代わりに就く人）のどちらか一つが要ります",
                            "either --with (the other's seat) or --to (who takes it) is needed"));
    enum tb_code c = app_seat_row(r, rq->seat, &a, e);
    if (c == TB_OK && rq->with) c = app_seat_row(r, rq->with, &b, e);
    if (c == TB_OK) c = find_owner(x, rq->seat, &a, rq->provider, "--provider", &x->provider[0], e);
    if (c == TB_OK)
        c = rq->with ? find_owner(x, rq->with, &b, rq->partner, "--partner", &x->provider[1], e)
                     : tb_app_provider(r, rq->to, &x->provider[1], e);
    if (c) return c;
    a.provider = x->provider[0];
    x->changes[x->n_changes++] = (struct tb_change){a, x->provider[1]};
    if (rq->with) {
        b.provider = x->provider[1];
        x->changes[x->n_changes++] = (struct tb_change){b, x->provider[0]};
    }
    leave_reserve(x);
    x->swap.duty = tb_xstrdup(r->duties[a.duty].id);
    x->swap.reason = tb_xstrdup(rq->reason ? rq->reason : "");
    x->swap.side[0] = told(r, &a, x->provider[0]);
    x->swap.side[1] = told(r, rq->with ? &b : NULL, x->provider[1]);
    return TB_OK;
}

/* Whose word it is (NULL: the office's) and what he notes (may be NULL); of a swap that was published, where.
 */
struct said {
    enum tb_swap_state state;
    const char *provider, *note;
    int64_t publication;
};
static enum tb_code enter_move(const struct tb_app *app, tb_store *s, struct tb_app_swap *x,
                               const struct said *said, struct tb_err *e)
{
    enum tb_swap_state to = said->state;
    const char *provider = said->provider;
    struct tb_swap_move m = {.state = to,
                             .provider = tb_xstrdup(provider ? provider : ""),
                             .by = tb_xstrdup(app->actor.name),
                             .note = tb_xstrdup(said->note ? said->note : ""),
                             .at = tb_clock_now(&app->clock),
                             .publication = said->publication};
    struct tb_buf detail = {0};
    tb_buf_addf(&detail, "%lld %s%s%s%s%s", (long long)x->swap.id, tb_swap_id(to), provider ? " " : "",
                provider ? provider : "", *m.note ? ": " : "", m.note);
    enum tb_code c = tb_store_move_swap(s, x->swap.id, &m, e);
    if (c == TB_OK) c = tb_store_audit(s, m.at, app->actor.name, "swap", tb_buf_str(&detail), e);
    tb_buf_free(&detail);
    x->swap.moves = tb_xrealloc(x->swap.moves, (x->swap.n_moves + 1) * sizeof m);
    x->swap.moves[x->swap.n_moves++] = m;
    x->state = tb_swap_state(&x->swap);
    return c;
}

/* Whose word the asking is; NULL: the office's. */
static const char *asker(const struct tb_swap_request *rq, const struct tb_app_swap *x)
{
    return rq->by_office || rq->by_phone ? NULL : x->swap.side[0].provider;
}

/* ---- whose eyes it is for ----------------------------------------------------------------------------- */

static enum tb_code find_reader(const struct tb_app *app, struct tb_app_swap *x, struct tb_err *e)
{
    return app_reader(app) ? tb_app_provider(x->region, app_reader(app), &x->reader, e) : TB_OK;
}

/* Which of the two the reader is: -1 for the office. TB_REFUSED: none of them. */
static enum tb_code find_side(const struct tb_app *app, const struct tb_swap *w, int *side, struct tb_err *e)
{
    const char *reader = app_reader(app);
    *side = -1;
    for (int k = 0; k < 2 && reader; k++)
        if (strcmp(w->side[k].provider, reader) == 0) *side = k;
    if (!reader || *side >= 0) return TB_OK;
    return tb_fail(e, TB_REFUSED,
                   tb_t("%s はこの交換の当事者ではありません", "%s is none of the two of this swap"), reader);
}

static void blank(char *text)
{
    if (text) *text = '\0';
}

/* What was noted is for the office, and so is what stands against it, which may be the other's business. */
static void hide_notes(struct tb_swap *w)
{
    blank(w->reason);
    for (size_t i = 0; i < w->n_moves; i++) {
        blank(w->moves[i].note);
        blank(w->moves[i].by);
    }
}

static void as_read(struct tb_app_swap *x)
{
    if (x->side < 0) return;
    hide_notes(&x->swap);
    if (x->possible)
        snprintf(x->why_not.text, sizeof x->why_not.text, "%s",
                 tb_t("事務局にお尋ねください", "please ask the office"));
}

enum tb_code tb_app_swap_ask(const struct tb_app *app, const struct tb_swap_request *rq,
                             struct tb_app_swap *out, struct tb_err *e)
{
    *out = (struct tb_app_swap){.reader = -1, .side = -1};
    tb_store *s;
    struct tb_stint *stints = NULL;
    struct tb_publication p = {0};
    size_t n = 0;
    enum tb_code c = app_may(app, TB_USE_SWAP_ASK, e);
    if (c == TB_OK)
        c = rq->what_if ? app_open(app, &s, &out->region, e) : app_begin(app, &s, &out->region, e);
    if (c) return c;
    c = tb_store_get_publication(s, rq->publication, &p, e);
    out->swap.publication = p.number;
    tb_publication_free(&p);
    if (c == TB_OK) c = find_reader(app, out, e);
    out->today = tb_day_of_minute(tb_clock_now(&app->clock));
    if (c == TB_OK) c = load(s, out, &stints, &n, e);
    if (c == TB_OK) {
        c = read_request(rq, out, e);
        if (c == TB_OK) c = app_own(app, TB_USE_SWAP_ASK, asker(rq, out), e);
        if (c == TB_OK) c = app_duty_list(app, TB_USE_SWAP_ASK, out->region, out->swap.duty, e);
        if (c == TB_OK) c = examine(app, s, out, stints, n, e);
        free(stints);
    }
    if (c == TB_OK) c = find_side(app, &out->swap, &out->side, e);
    if (c == TB_OK && !rq->what_if) {
        c = tb_store_add_swap(s, &out->swap, e);
        if (c == TB_OK)
            c = enter_move(
                app, s, out,
                &(struct said){.state = TB_SWAP_ASKED, .provider = asker(rq, out), .note = rq->reason}, e);
        for (int k = 0; k < 2 && c == TB_OK && rq->by_phone; k++)
            c = enter_move(app, s, out,
                           &(struct said){.state = TB_SWAP_AGREED,
                                          .provider = out->swap.side[k].provider,
                                          .note = rq->by_phone},
                           e);
    }
    c = rq->what_if ? app_close(s, c) : app_commit(s, c, e);
    if (c == TB_OK) as_read(out);
    if (c) tb_app_swap_free(out);
    return c;
}

/* ---- one that is there ---------------------------------------------------------------------------- */

/* The ids of a stored swap in today's region. */
static enum tb_code resolve(struct tb_app_swap *x, struct tb_err *e)
{
    const struct tb_region *r = x->region;
    const struct tb_swap *w = &x->swap;
    int duty = tb_find_duty(r, w->duty);
    if (duty < 0)
        return tb_fail(e, TB_REFUSED, tb_t("当番区分 %s は今はありません", "there is no duty %s now"),
                       w->duty);
    for (int k = 0; k < 2; k++) {
        enum tb_code c = tb_app_provider(r, w->side[k].provider, &x->provider[k], e);
        if (c) return c;
    }
    for (int k = 0; k < 2; k++) {
        if (!w->side[k].band) continue;
        int band = tb_find_band(r, duty, w->side[k].band);
        if (band < 0)
            return tb_fail(e, TB_REFUSED, tb_t("時間帯 %s は今はありません", "there is no band %s now"),
                           w->side[k].band);
        x->changes[x->n_changes++] = (struct tb_change){
            {duty, w->side[k].date, band, w->side[k].role, 0, x->provider[k]}, x->provider[1 - k]};
    }
    leave_reserve(x);
    return TB_OK;
}

static enum tb_code find_swap(tb_store *s, int64_t id, struct tb_swap *out, struct tb_err *e)
{
    struct tb_swap *v;
    size_t n;
    bool found = false;
    enum tb_code c = tb_store_swaps(s, &v, &n, e);
    if (c) return c;
    for (size_t i = 0; i < n; i++) {
        if (v[i].id == id) {
            *out = v[i];
            found = true;
        } else
            tb_swap_free(&v[i]);
    }
    free(v);
    return found ? TB_OK
                 : tb_fail(e, TB_NO, tb_t("交換 %lld はありません", "there is no swap %lld"), (long long)id);
}

/* Reads it and judges an open one; what stands against it is told in out->possible, not returned. */
static enum tb_code read_swap(const struct tb_app *app, tb_store *s, int64_t id, struct tb_app_swap *out,
                              struct tb_err *e)
{
    struct tb_stint *stints;
    size_t n;
    enum tb_code c = find_swap(s, id, &out->swap, e);
    if (c) return c;
    out->state = tb_swap_state(&out->swap);
    if (!is_open(out->state)) return TB_OK;
    out->today = tb_day_of_minute(tb_clock_now(&app->clock));
    c = load(s, out, &stints, &n, e);
    if (c) return c;
    out->possible = resolve(out, &out->why_not);
    if (out->possible == TB_OK) out->possible = examine(app, s, out, stints, n, &out->why_not);
    free(stints);
    return TB_OK;
}

enum tb_code tb_app_swap_open(const struct tb_app *app, int64_t id, struct tb_app_swap *out, struct tb_err *e)
{
    *out = (struct tb_app_swap){.reader = -1, .side = -1};
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_SWAP_OPEN, e);
    if (c == TB_OK) c = app_open(app, &s, &out->region, e);
    if (c) return c;
    if (app_reader(app)) out->reader = tb_find_provider(out->region, app_reader(app));
    c = read_swap(app, s, id, out, e);
    if (c == TB_OK) c = find_side(app, &out->swap, &out->side, e);
    tb_store_close(s);
    if (c == TB_OK) as_read(out);
    if (c) tb_app_swap_free(out);
    return c;
}

enum tb_code tb_app_swaps(const struct tb_app *app, struct tb_swap **out, size_t *n, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_SWAPS, e);
    if (c == TB_OK) c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_swaps(s, out, n, e);
    tb_store_close(s);
    size_t kept = 0;
    for (size_t i = 0; c == TB_OK && i < *n; i++) {
        int side;
        struct tb_err none = {0};
        if (find_side(app, &(*out)[i], &side, &none) != TB_OK) {
            tb_swap_free(&(*out)[i]);
            continue;
        }
        if (side >= 0) hide_notes(&(*out)[i]);
        (*out)[kept++] = (*out)[i];
    }
    if (c == TB_OK) *n = kept;
    return c;
}

/* ---- moves --------------------------------------------------------------------------------------- */

static enum tb_code may_say(const struct tb_app_swap *x, enum tb_swap_state to, const char *provider,
                            struct tb_err *e)
{
    const struct tb_swap *w = &x->swap;
    int side = -1;
    for (int k = 0; k < 2 && provider; k++)
        if (strcmp(w->side[k].provider, provider) == 0) side = k;
    if (provider && side < 0)
        return tb_fail(e, TB_REFUSED,
                       tb_t("%s は交換 %lld の当事者ではありません（%s と %s）",
                            "%s is none of the two of swap %lld (%s and %s)"),
                       provider, (long long)w->id, w->side[0].provider, w->side[1].provider);
    if (to == TB_SWAP_AGREED && !provider)
        return tb_fail(
            e, TB_USAGE,
            tb_t("同意は本人のものです（--provider）", "it is one of the two who agrees (--provider)"));
    if (to == TB_SWAP_AGREED && is_open(x->state) && tb_swap_consented(w, side))
        return tb_fail(e, TB_REFUSED,
                       tb_t("%s は交換 %lld にもう同意しています", "%s has agreed to swap %lld already"),
                       provider, (long long)w->id);
    return may_become(w, to, e);
}

enum tb_code tb_app_swap_move(const struct tb_app *app, int64_t id, enum tb_swap_state to,
                              const char *provider, const char *note, struct tb_app_swap *out,
                              struct tb_err *e)
{
    *out = (struct tb_app_swap){.reader = -1, .side = -1};
    tb_store *s;
    const enum tb_use use =
        to == TB_SWAP_AGREED || to == TB_SWAP_WITHDRAWN ? TB_USE_SWAP_SAY : TB_USE_SWAP_SETTLE;
    enum tb_code c = app_may(app, use, e);
    if (c == TB_OK) c = app_begin(app, &s, &out->region, e);
    if (c) return c;
    if (c == TB_OK) c = read_swap(app, s, id, out, e);
    if (!provider && app_only_own(app, use)) provider = app->actor.provider;
    if (c == TB_OK) c = app_own(app, use, provider, e);
    if (c == TB_OK) c = app_duty_list(app, use, out->region, out->swap.duty, e);
    if (c == TB_OK) c = may_say(out, to, provider, e);
    if (c == TB_OK && to <= TB_SWAP_APPROVED && out->possible) {
        c = out->possible;
        *e = out->why_not;
    }
    if (c == TB_OK)
        c = enter_move(app, s, out, &(struct said){.state = to, .provider = provider, .note = note}, e);
    c = app_commit(s, c, e);
    if (c) tb_app_swap_free(out);
    return c;
}

/* ---- publishing ----------------------------------------------------------------------------------- */

/* One draft for each day: it decides the slots of the swap and nothing else. */
static enum tb_code add_drafts(const struct tb_app *app, tb_store *s, const struct tb_app_swap *x,
                               int64_t ids[2], struct tb_err *e)
{
    enum tb_code c = TB_OK;
    for (int i = 0; i < x->n_parts && c == TB_OK; i++) {
        const struct tb_swap_part *p = &x->part[i];
        struct tb_app_draft d = {
            .region = x->region, .problem = p->problem, .roster = p->after, .verdict = p->then};
        d.stored = (struct tb_draft){.status = tb_xstrdup("manual"),
                                     .stopped_by = tb_xstrdup(""),
                                     .objective = p->then->objective,
                                     .bound = p->then->objective,
                                     .certificate = tb_xstrdup(""),
                                     .steps = tb_xstrdup(APP_SWAP_STEPS)};
        c = tb_store_latest(s, &d.base, e);
        if (c == TB_OK) c = app_add_draft(app, s, &d, p->date, p->date, e);
        ids[i] = d.stored.id;
        for (int k = 0; k < x->n_changes && c == TB_OK; k++) {
            struct tb_seat_row seat = x->changes[k].seat;
            seat.provider = x->changes[k].after;
            if (seat.date == p->date && seat.provider >= 0)
                c = tb_store_add_turn(s, x->region, ids[i], &seat, x->changes[k].seat.provider, e);
        }
        tb_draft_free(&d.stored);
    }
    return c;
}

enum tb_code tb_app_swap_publish(const struct tb_app *app, int64_t id, const char *note,
                                 struct tb_publication *out, struct tb_err *e)
{
    struct tb_app_swap x = {.reader = -1, .side = -1};
    tb_store *s;
    int64_t drafts[2];
    char detail[96], standard[96];
    enum tb_code c = app_may(app, TB_USE_SWAP_PUBLISH, e);
    if (c == TB_OK) c = app_begin(app, &s, &x.region, e);
    if (c) return c;
    if (c == TB_OK) c = read_swap(app, s, id, &x, e);
    if (c == TB_OK) c = app_duty_list(app, TB_USE_SWAP_PUBLISH, x.region, x.swap.duty, e);
    if (c == TB_OK) c = may_become(&x.swap, TB_SWAP_PUBLISHED, e);
    if (c == TB_OK && x.possible) {
        c = x.possible;
        *e = x.why_not;
    }
    if (c == TB_OK) c = add_drafts(app, s, &x, drafts, e);
    snprintf(standard, sizeof standard, "当番の交換 %lld", (long long)id);
    const struct tb_act act = app_act(app, note ? note : standard);
    if (c == TB_OK)
        c = tb_store_publish(
            s, x.region,
            &(struct tb_to_publish){.drafts = drafts, .n = (size_t)x.n_parts, .until = TB_DAY_NONE}, &act,
            out, e);
    if (c == TB_OK) {
        snprintf(detail, sizeof detail, "%lld %.8s", (long long)out->number, out->digest);
        c = tb_store_audit(s, tb_clock_now(&app->clock), app->actor.name, "publish", detail, e);
    }
    if (c == TB_OK)
        c = enter_move(app, s, &x,
                       &(struct said){.state = TB_SWAP_PUBLISHED, .note = note, .publication = out->number},
                       e);
    c = app_commit(s, c, e);
    tb_app_swap_free(&x);
    return c;
}

/* ---- effects ---------------------------------------------------------------------------------------- */

static void count_classes(const struct tb_app_swap *x, int who, struct tb_swap_effect *f)
{
    const struct tb_region *r = x->region;
    int duty = x->changes[0].seat.duty;
    uint64_t shown = 0, always = UINT64_MAX;
    struct tb_swap_count *v = tb_xcalloc((size_t)r->n_classes + 1, sizeof *v);
    for (int k = 0; k < x->n_changes; k++) shown |= tb_day_classes(r, duty, x->changes[k].seat.date);
    /* every day: the same as all */
    for (int i = 0; i < 366; i++) always &= tb_day_classes(r, duty, tb_day_of(f->year, 4, 1) + i);
    v[0].class_ = -1;
    f->n_counts = 1;
    for (int i = 0; i < r->n_classes; i++)
        if ((shown & ~always) >> i & 1) v[f->n_counts++].class_ = i;
    for (size_t i = 0; i < x->n_seats; i++) {
        const struct tb_seat_row *s = &x->seats[i];
        bool now = s->provider == who, then = after_swap(x, s) == who;
        if (s->duty != duty || s->role != TB_PRIMARY || tb_fiscal_year(s->date) != f->year || (!now && !then))
            continue;
        uint64_t classes = tb_day_classes(r, duty, s->date);
        for (size_t k = 0; k < f->n_counts; k++)
            if (v[k].class_ < 0 || (classes >> v[k].class_ & 1)) {
                v[k].before += now;
                v[k].after += then;
            }
    }
    f->counts = v;
}

/* The nearest duties of his, of whatever kind, before and after a seat that he has now (leaves) or will have
 * (takes). */
static struct tb_swap_rest around(const struct tb_app_swap *x, int who, const struct tb_change *c)
{
    struct tb_swap_rest y = {
        .seat = c->seat, .takes = c->after == who, .before = {.duty = -1}, .after = {.duty = -1}};
    for (size_t i = 0; i < x->n_seats; i++) {
        const struct tb_seat_row *s = &x->seats[i];
        if ((y.takes ? after_swap(x, s) : s->provider) != who || tb_same_slot(s, &c->seat)) continue;
        if (s->date <= c->seat.date && (y.before.duty < 0 || s->date > y.before.date)) y.before = *s;
        if (s->date > c->seat.date && (y.after.duty < 0 || s->date < y.after.date)) y.after = *s;
    }
    return y;
}

struct own {
    int who;
    const struct tb_app_swap *x;
    struct tb_swap_effect *f;
    size_t cap;
    const int *person_of; /* today */
};

/* The account as the books of today have it. */
static int account_today(const struct own *o, int ledger, int account)
{
    return o->x->region->ledgers[ledger].scope == TB_SCOPE_PERSON ? o->person_of[account] : account;
}

static void own_book(void *arg, int ledger, int account)
{
    struct own *o = arg;
    struct tb_swap_effect *f = o->f;
    account = account_today(o, ledger, account);
    for (size_t i = 0; i < f->n_books; i++)
        if (f->books[i].ledger == ledger && f->books[i].account == account) return;
    struct tb_swap_book b = {ledger, account, 0, 0};
    for (size_t i = 0; i < o->x->n_lines; i++) {
        const struct tb_ledger_line *l = &o->x->lines[i];
        if (l->ledger == ledger && l->account == account)
            b.before = l->opening + l->accrued - l->done + l->adjusted;
    }
    b.after = b.before;
    *TB_PUSH(f->books, f->n_books, o->cap) = b;
}

static int by_ledger(const void *p, const void *q)
{
    const struct tb_swap_book *a = p, *b = q;
    if (a->ledger != b->ledger) return a->ledger < b->ledger ? -1 : 1;
    return (a->account > b->account) - (a->account < b->account);
}

static void books(const struct tb_app_swap *x, int who, struct tb_swap_effect *f)
{
    const struct tb_region *r = x->region;
    int *today = tb_xcalloc((size_t)r->n_providers + 1, sizeof *today);
    struct own o = {who, x, f, 0, today};
    tb_persons_on(r, x->today, today);
    struct tb_ledger_change *v;
    size_t n;
    int *person_of = tb_xcalloc((size_t)r->n_providers + 1, sizeof *person_of);
    for (int k = 0; k < x->n_changes; k++) {
        const struct tb_seat_row *s = &x->changes[k].seat;
        struct tb_slot slot = {.duty = s->duty,
                               .band = s->band,
                               .role = s->role,
                               .date = s->date,
                               .need = 1,
                               .classes = tb_day_classes(r, s->duty, s->date)};
        tb_persons_on(r, s->date, person_of);
        tb_counts_for(r, person_of, &slot, who, own_book, &o);
    }
    free(person_of);
    if (f->n_books) qsort(f->books, f->n_books, sizeof *f->books, by_ledger);
    /* the books keep the turns as they were */
    if (r->duties[x->changes[0].seat.duty].swaps == TB_SWAPS_NEUTRAL) {
        free(today);
        return;
    }
    tb_ledger_changes(r, x->changes, (size_t)x->n_changes, &v, &n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < f->n_books; k++)
            if (f->books[k].ledger == v[i].ledger &&
                f->books[k].account == account_today(&o, v[i].ledger, v[i].account))
                f->books[k].after -= 1000000LL * v[i].done;
    free(v);
    free(today);
}

/* What concerns him is told; of another's breach only that there is one. */
static void rules(const struct tb_app_swap *x, int who, struct tb_swap_effect *f)
{
    size_t cap = 0;
    for (int i = 0; i < x->n_parts; i++)
        for (int newly = 1; newly >= 0; newly--) {
            const struct tb_swap_part *p = &x->part[i];
            const struct tb_verdict *of = newly ? p->then : p->now, *than = newly ? p->now : p->then;
            for (int k = 0; k < of->n_violations; k++) {
                const struct tb_violation *v = &of->violations[k];
                if (tb_violation_in(v, than)) continue;
                bool signed_for = newly && v->hard && consented(x, p, v);
                if (concerns(p->problem, v, who))
                    *TB_PUSH(f->rules, f->n_rules, cap) =
                        (struct tb_swap_rule){p->problem, v, newly, signed_for};
                else
                    f->others_hard += newly && v->hard && !signed_for;
            }
        }
}

void tb_app_swap_effect(const struct tb_app_swap *x, int side, struct tb_swap_effect *out)
{
    TB_ASSERT(x->side < 0 || x->side == side);
    int who = x->provider[side];
    *out = (struct tb_swap_effect){
        .provider = who, .other = x->provider[1 - side], .year = tb_fiscal_year(x->changes[0].seat.date)};
    for (int k = 0; k < x->n_changes; k++)
        if (x->changes[k].seat.provider == who || x->changes[k].after == who)
            out->rest[out->n_rest++] = around(x, who, &x->changes[k]);
    count_classes(x, who, out);
    books(x, who, out);
    rules(x, who, out);
}

void tb_swap_effect_free(struct tb_swap_effect *f)
{
    free(f->counts);
    free(f->books);
    free(f->rules);
    *f = (struct tb_swap_effect){0};
}
