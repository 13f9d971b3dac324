/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draft changed by hand: each step is a revision that is judged at once and can be taken back.
 */
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/app/hand.h"
#include "toban/app/life.h"

void tb_app_handmade_free(struct tb_app_handmade *m)
{
    tb_app_draft_free(&m->draft);
    tb_verdict_free(m->before);
    free(m->seats);
    *m = (struct tb_app_handmade){0};
}

/* ---- one change -------------------------------------------------------------------------------- */

static enum tb_code leave(struct tb_app_draft *d, int slot, const char *seat, const char *id,
                          struct tb_err *e)
{
    int at;
    enum tb_code c = app_sitter(d, slot, seat, id, &at, e);
    if (c) return c;
    memmove(&d->roster.a[at], &d->roster.a[at + 1], (size_t)(d->roster.n - at - 1) * sizeof *d->roster.a);
    d->roster.n--;
    return TB_OK;
}

static enum tb_code enter(struct tb_app_draft *d, int slot, const char *seat, const char *id,
                          struct tb_err *e)
{
    int provider, filled = 0;
    enum tb_code c = tb_app_provider(d->region, id, &provider, e);
    if (c) return c;
    if (tb_roster_find(&d->roster, slot, provider) >= 0)
        return tb_fail(e, TB_REFUSED,
                       tb_t("席「%s」に %s はもう就いています", "%2$s sits in seat \"%1$s\" already"), seat,
                       id);
    for (int i = 0; i < d->roster.n; i++) filled += d->roster.a[i].slot == slot;
    if (filled >= d->problem->slots[slot].need) {
        struct tb_buf who = {0};
        app_who_sits(d, slot, &who);
        c = tb_fail(e, TB_REFUSED,
                    tb_t("席「%s」は埋まっています（%s）。入れ替えるなら --instead-of で選びます",
                         "seat \"%s\" is taken (%s); to take somebody's place say --instead-of"),
                    seat, tb_buf_str(&who));
        tb_buf_free(&who);
        return c;
    }
    d->roster.a = tb_xrealloc(d->roster.a, ((size_t)d->roster.n + 1) * sizeof *d->roster.a);
    d->roster.a[d->roster.n++] = (struct tb_assignment){slot, 0, provider};
    return TB_OK;
}

/* ---- revisions --------------------------------------------------------------------------------- */

const char *tb_edit_act_name(enum tb_edit_act act)
{
    static const char *const names[][2] = {[TB_EDIT_SEATS] = {"変更", "changed"},
                                           [TB_EDIT_UNDO] = {"取消", "taken back"},
                                           [TB_EDIT_REDO] = {"やり直し", "done again"}};
    return tb_t(names[act][0], names[act][1]);
}

/* " night:2026-12-03:eve p1→p2" for each seat, as seats are typed. */
static void seat_words(const struct tb_region *r, const struct tb_edit_seat *v, size_t n, struct tb_buf *out)
{
    char date[64];
    for (size_t i = 0; i < n; i++) {
        const struct tb_seat_row *s = &v[i].seat;
        tb_buf_addf(out, " %s:%s:%s%s %s→%s", r->duties[s->duty].id,
                    tb_format_date(s->date, date, sizeof date), r->bands[s->band].id,
                    s->role == TB_RESERVE ? ":reserve" : "",
                    v[i].went >= 0 ? r->providers[v[i].went].id : "-",
                    s->provider >= 0 ? r->providers[s->provider].id : "-");
    }
}

static void edit_words(const struct tb_region *r, const struct tb_edit *x, struct tb_buf *out)
{
    char at[64];
    tb_buf_addf(out, "%s%lld %s %s %s", out->len ? "; " : "", (long long)x->revision,
                tb_format_instant(x->at, at, sizeof at), x->by, tb_edit_act_name(x->act));
    if (x->of) tb_buf_addf(out, " %lld", (long long)x->of);
    seat_words(r, x->seats, x->n, out);
}

/* Whoever looked at another revision is told what was done since. */
static enum tb_code seen_last(tb_store *s, const struct tb_app_draft *d, int64_t seen, struct tb_err *e)
{
    struct tb_edit *v;
    size_t n;
    if (seen == TB_ANY_REVISION || seen == d->stored.revision) return TB_OK;
    enum tb_code c = tb_store_edits(s, d->stored.id, d->region, &v, &n, e);
    if (c) return c;
    struct tb_buf since = {0};
    for (size_t i = 0; i < n; i++)
        if (v[i].revision > seen) edit_words(d->region, &v[i], &since);
    c = tb_fail(
        e, TB_REFUSED,
        tb_t("案 %lld は %lld 手目になっています。見ていたのは %lld 手目です。何も変えていません。その後: %s",
             "draft %lld is at revision %lld, and revision %lld was looked at; nothing was changed; since "
             "then: "
             "%s"),
        (long long)d->stored.id, (long long)d->stored.revision, (long long)seen,
        since.len ? since.s : tb_t("（なし）", "(nothing)"));
    tb_buf_free(&since);
    tb_edits_free(v, n);
    return c;
}

static enum tb_code life_of(tb_store *s, int64_t draft, enum tb_life *state, struct tb_err *e)
{
    struct tb_life_state *v;
    size_t n;
    enum tb_code c = tb_store_lives(s, draft, &v, &n, e);
    if (c) return c;
    *state = v[0].state;
    tb_lives_free(v, n);
    return TB_OK;
}

/* Is the draft itself changed? Others go by one that is in circulation or published, a later one has taken
 * the place of one that is superseded, and one in doubt stays as the two hands saw it. */
static enum tb_code is_open(tb_store *s, const struct tb_draft *d, bool *open, struct tb_err *e)
{
    enum tb_life state = TB_LIFE_DRAFT;
    enum tb_code c = life_of(s, d->id, &state, e);
    *open = state == TB_LIFE_DRAFT && strcmp(d->status, TB_DRAFT_DOUBT) != 0;
    return c;
}

/* The seats in which two rosters of the draft's problem differ. */
static void differences(const struct tb_app_draft *d, const struct tb_roster *before,
                        struct tb_app_handmade *out)
{
    size_t n, same, cap = 0;
    struct tb_seat_row *was = app_seat_rows(d->problem, before, &n),
                       *now = app_seat_rows(d->problem, &d->roster, &same);
    TB_ASSERT(n == same);
    for (size_t i = 0; i < n; i++)
        if (was[i].provider != now[i].provider)
            *TB_PUSH(out->seats, out->n, cap) = (struct tb_edit_seat){now[i], was[i].provider};
    free(was);
    free(now);
}

static void roster_copy(const struct tb_roster *x, struct tb_roster *out)
{
    *out = (struct tb_roster){tb_xcalloc((size_t)x->n + 1, sizeof *out->a), x->n};
    if (x->n) memcpy(out->a, x->a, (size_t)x->n * sizeof *x->a);
}

/* The revision: a row of the log, and the line of the audit trail. */
static enum tb_code add_edit(const struct tb_app *app, tb_store *s, struct tb_app_handmade *m,
                             struct tb_edit *x, const char *what, struct tb_err *e)
{
    struct tb_app_draft *d = &m->draft;
    const char *by = app->actor.name;
    struct tb_buf detail = {0};
    x->at = tb_clock_now(&app->clock);
    x->by = tb_xstrdup(by);
    x->objective = d->verdict->objective;
    x->open_seats = d->verdict->open_seats;
    enum tb_code c = tb_store_add_edit(s, d->stored.id, d->region, x, e);
    if (c == TB_OK) {
        tb_buf_addf(&detail, "%lld/%lld", (long long)d->stored.id, (long long)x->revision);
        seat_words(d->region, m->seats, m->n, &detail);
        c = tb_store_audit(s, x->at, by, what, tb_buf_str(&detail), e);
    }
    tb_buf_free(&detail);
    free(x->by);
    return c;
}

static void now_manual(struct tb_app_draft *d)
{
    int64_t bound = d->stored.bound;
    char *past = d->stored.past;
    d->stored.past = NULL;
    tb_draft_free(&d->stored);
    d->stored = (struct tb_draft){.status = tb_xstrdup("manual"),
                                  .stopped_by = tb_xstrdup(""),
                                  .objective = d->verdict->objective,
                                  .bound = bound,
                                  .certificate = tb_xstrdup(""),
                                  .steps = tb_xstrdup(""),
                                  .past = past};
}

/* Opens the draft in the transaction that was begun, for a change at `revision`. */
static enum tb_code to_be_changed(const struct tb_app *app, tb_store *s, int64_t draft, int64_t revision,
                                  struct tb_app_draft *d, struct tb_err *e)
{
    const struct tb_app within = app_within(app);
    enum tb_code c = tb_app_open_draft(&within, draft, NULL, false, d, e);
    return c ? c : seen_last(s, d, revision, e);
}

/* One that runs may change hands: publishing it wants a word. One that is over may not, but in a draft of the
 * past. */
static enum tb_code may_change(const struct tb_app *app, enum tb_use use, const struct tb_app_draft *d,
                               const struct tb_seat_row *seat, struct tb_err *e)
{
    char text[64];
    struct tb_slot slot = tb_slot_make(d->region, seat->band, seat->role, seat->date, 1);
    bool over = slot.interval[slot.n_intervals - 1].to <= tb_clock_now(&app->clock);
    if (over && !(d->stored.past && *d->stored.past))
        return tb_fail(e, TB_REFUSED,
                       tb_t("%s の席は過ぎています。過ぎた席は変えられません",
                            "the seat of %s is past; seats that are past are not changed"),
                       tb_format_date(seat->date, text, sizeof text));
    return app_body(app, use, d->region, seat->duty, e);
}

/* Who is refused because somebody was there before him is told who that was. */
static enum tb_code with_last_change(tb_store *s, const struct tb_app_draft *d, int slot, enum tb_code c,
                                     struct tb_err *e)
{
    const struct tb_slot *at = &d->problem->slots[slot];
    struct tb_edit *v;
    size_t n;
    struct tb_err none = {0};
    if (c != TB_REFUSED || tb_store_edits(s, d->stored.id, d->region, &v, &n, &none)) return c;
    struct tb_buf words = {0};
    for (size_t i = n; i-- > 0 && !words.len;)
        for (size_t k = 0; k < v[i].n && !v[i].undone && !words.len; k++) {
            const struct tb_seat_row *x = &v[i].seats[k].seat;
            if (x->duty == at->duty && x->date == at->date && x->band == at->band && x->role == at->role)
                edit_words(d->region, &v[i], &words);
        }
    if (words.len)
        c = tb_err_wrap(e, tb_t("この席は手直しされています（%s）", "this seat was changed by hand (%s)"),
                        words.s);
    tb_buf_free(&words);
    tb_edits_free(v, n);
    return c;
}

/* A planned seat of the draft that may be changed today. */
static enum tb_code seat_to_change(const struct tb_app *app, const struct tb_app_draft *d, const char *seat,
                                   int *slot, struct tb_err *e)
{
    enum tb_code c = tb_app_seat(d->problem, seat, slot, e);
    const struct tb_slot *at = c ? NULL : &d->problem->slots[*slot];
    return at ? may_change(app, TB_USE_ASSIGN, d,
                           &(struct tb_seat_row){at->duty, at->date, at->band, at->role, 0, -1}, e)
              : c;
}

/* Two seats change hands as one change; where the other has an open seat and nobody was named, he moves. */
static enum tb_code exchange(const struct tb_app *app, struct tb_app_draft *d, int slot,
                             const struct tb_app_hand *hand, struct tb_err *e)
{
    int other, at, filled = 0;
    const char *one, *two = NULL;
    enum tb_code c = seat_to_change(app, d, hand->with, &other, e);
    if (c == TB_OK && other == slot)
        c = tb_fail(e, TB_USAGE,
                    tb_t("席「%s」は同じ席です。入れ替える相手の席を書きます",
                         "\"%s\" is the same seat; tell the seat to exchange it with"),
                    hand->with);
    if (c == TB_OK) c = app_sitter(d, slot, hand->seat, hand->provider, &at, e);
    if (c) return c;
    one = d->region->providers[d->roster.a[at].provider].id;
    for (int i = 0; i < d->roster.n; i++) filled += d->roster.a[i].slot == other;
    if (hand->instead_of || filled >= d->problem->slots[other].need) {
        c = app_sitter(d, other, hand->with, hand->instead_of, &at, e);
        if (c) return c;
        two = d->region->providers[d->roster.a[at].provider].id;
    }
    c = leave(d, slot, hand->seat, one, e);
    if (c == TB_OK && two) c = leave(d, other, hand->with, two, e);
    if (c == TB_OK) c = enter(d, other, hand->with, one, e);
    if (c == TB_OK && two) c = enter(d, slot, hand->seat, two, e);
    return c;
}

/* What was asked for, in the roster alone. */
static enum tb_code by_hand(const struct tb_app *app, struct tb_app_draft *d, int slot,
                            const struct tb_app_hand *hand, struct tb_err *e)
{
    enum tb_code c = TB_OK;
    if (hand->with) return exchange(app, d, slot, hand, e);
    if (hand->leave || hand->instead_of)
        c = leave(d, slot, hand->seat, hand->leave ? hand->provider : hand->instead_of, e);
    return c || hand->leave ? c : enter(d, slot, hand->seat, hand->provider, e);
}

static enum tb_code change_seat(const struct tb_app *app, tb_store *s, const struct tb_app_hand *hand,
                                struct tb_app_handmade *out, struct tb_err *e)
{
    struct tb_app_draft *d = &out->draft;
    int slot = -1;
    enum tb_code c = seat_to_change(app, d, hand->seat, &slot, e);
    if (c == TB_OK) c = app_still_in_force(app, d, e);
    if (c == TB_OK && d->stored.published) app_after_publication(d);
    struct tb_roster before;
    roster_copy(&d->roster, &before);
    if (c == TB_OK) c = with_last_change(s, d, slot, by_hand(app, d, slot, hand, e), e);
    if (c == TB_OK) {
        tb_roster_normalise(d->problem, &d->roster);
        out->base = d->stored.id;
        out->before = d->verdict;
        tb_check(d->problem, &d->roster, &d->verdict);
        differences(d, &before, out);
        bool open;
        const char *what = hand->with ? "exchange" : hand->leave ? "unassign" : "assign";
        c = is_open(s, &d->stored, &open, e);
        if (c == TB_OK && open) {
            struct tb_edit x = {.seats = out->seats, .n = out->n};
            c = add_edit(app, s, out, &x, what, e);
        } else if (c == TB_OK) {
            now_manual(d);
            c = app_store_draft_here(app, s, d, what, e);
        }
    }
    tb_roster_free(&before);
    return c;
}

/* Ends the transaction; what is told is the draft as it was stored. */
static enum tb_code changed(tb_store *s, struct tb_app_handmade *out, enum tb_code c, struct tb_err *e)

{
    struct tb_draft stored = {0};
    if (c == TB_OK) c = tb_store_get_draft(s, out->draft.stored.id, TB_DAY_NONE, TB_DAY_NONE, &stored, e);
    if (c == TB_OK) {
        tb_draft_free(&out->draft.stored);
        out->draft.stored = stored;
    }
    c = app_commit(s, c, e);
    if (c) tb_app_handmade_free(out);
    return c;
}

enum tb_code tb_app_assign(const struct tb_app *app, int64_t draft, const struct tb_app_hand *hand,
                           struct tb_app_handmade *out, struct tb_err *e)
{
    *out = (struct tb_app_handmade){0};
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_ASSIGN, e);
    /* Nobody changes it meanwhile. */
    if (c == TB_OK) c = app_begin(app, &s, NULL, e);
    if (c) return c;
    c = to_be_changed(app, s, draft, hand->revision, &out->draft, e);
    if (c == TB_OK) c = change_seat(app, s, hand, out, e);
    return changed(s, out, c, e);
}

/* ---- undo, redo -------------------------------------------------------------------------------- */

static void put(struct tb_app_draft *d, const struct tb_seat_row *seat, int provider)
{
    int slot = tb_slot_find(d->problem, seat->duty, seat->date, seat->band, seat->role), n = 0;
    for (int i = 0; i < d->roster.n; i++)
        if (d->roster.a[i].slot != slot || d->roster.a[i].seat != seat->seat)
            d->roster.a[n++] = d->roster.a[i];
    d->roster.n = n;
    if (provider < 0) return;
    d->roster.a = tb_xrealloc(d->roster.a, ((size_t)n + 1) * sizeof *d->roster.a);
    d->roster.a[d->roster.n++] = (struct tb_assignment){slot, seat->seat, provider};
}

/* Lays the edit over the roster, forwards or backwards. */
static enum tb_code lay(const struct tb_app *app, const struct tb_edit *of, bool redo,
                        struct tb_app_handmade *out, struct tb_err *e)
{
    struct tb_app_draft *d = &out->draft;
    enum tb_code c = TB_OK;
    size_t cap = 0;
    for (size_t i = 0; i < of->n && c == TB_OK; i++) {
        struct tb_edit_seat x = of->seats[i];
        int came = x.seat.provider;
        c = may_change(app, TB_USE_UNDO, d, &x.seat, e);
        if (!redo) {
            x.seat.provider = x.went;
            x.went = came;
        }
        if (c == TB_OK) {
            put(d, &x.seat, x.seat.provider);
            *TB_PUSH(out->seats, out->n, cap) = x;
        }
    }
    return c;
}

static enum tb_code undo(const struct tb_app *app, tb_store *s, bool redo, struct tb_app_handmade *out,
                         struct tb_err *e)
{
    struct tb_app_draft *d = &out->draft;
    struct tb_edit *v = NULL;
    size_t n = 0;
    enum tb_life state;
    enum tb_code c = life_of(s, d->stored.id, &state, e);
    if (c == TB_OK && state != TB_LIFE_DRAFT)
        c = tb_fail(e, TB_REFUSED,
                    tb_t("案 %lld は「%s」なので、手直しを取り消せません。新しい案から始めます",
                         "draft %lld is %s: changes in it are not taken back; begin a new draft from it"),
                    (long long)d->stored.id, tb_life_word(state));
    if (c == TB_OK) c = tb_store_edits(s, d->stored.id, d->region, &v, &n, e);
    const struct tb_edit *of = c ? NULL : redo ? tb_edit_to_redo(v, n) : tb_edit_to_undo(v, n);
    if (c == TB_OK && !of)
        c = tb_fail(
            e, TB_NO,
            redo ? tb_t("案 %lld にはやり直せる手直しがありません",
                        "draft %lld has no change to be done again")
                 : tb_t("案 %lld には取り消せる手直しがありません", "draft %lld has no change to take back"),
            (long long)d->stored.id);
    if (c == TB_OK && of) c = lay(app, of, redo, out, e);
    if (c == TB_OK && of) {
        tb_roster_normalise(d->problem, &d->roster);
        out->base = d->stored.id;
        out->before = d->verdict;
        tb_check(d->problem, &d->roster, &d->verdict);
        struct tb_edit x = {.act = redo ? TB_EDIT_REDO : TB_EDIT_UNDO, .of = of->revision};
        c = add_edit(app, s, out, &x, redo ? "redo" : "undo", e);
    }
    tb_edits_free(v, n);
    return c;
}

enum tb_code tb_app_undo(const struct tb_app *app, int64_t draft, int64_t revision, bool redo,
                         struct tb_app_handmade *out, struct tb_err *e)
{
    *out = (struct tb_app_handmade){0};
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_UNDO, e);
    if (c == TB_OK) c = app_begin(app, &s, NULL, e);
    if (c) return c;
    c = to_be_changed(app, s, draft, revision, &out->draft, e);
    if (c == TB_OK) c = undo(app, s, redo, out, e);
    return changed(s, out, c, e);
}

enum tb_code tb_app_edits_of(const struct tb_app *app, const struct tb_app_draft *d,
                             struct tb_app_edits *edits, enum tb_life *life, struct tb_err *e)
{
    tb_store *s;
    *edits = (struct tb_app_edits){0};
    *life = TB_LIFE_DRAFT;
    enum tb_code c = app_may(app, TB_USE_EDITS_OF, e);
    if (c == TB_OK) c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_edits(s, d->stored.id, d->region, &edits->v, &edits->n, e);
    if (c == TB_OK) c = life_of(s, d->stored.id, life, e);
    tb_store_close(s);
    edits->draft = d->stored.id;
    edits->region = tb_region_share(d->region);
    if (c) tb_app_edits_free(edits);
    return c;
}

void tb_app_edits_free(struct tb_app_edits *x)
{
    tb_edits_free(x->v, x->n);
    tb_region_free(x->region);
    *x = (struct tb_app_edits){0};
}

enum tb_code tb_app_edits(const struct tb_app *app, int64_t draft, struct tb_app_edits *out, struct tb_err *e)
{
    *out = (struct tb_app_edits){0};
    struct tb_app_draft d;
    tb_store *s;
    const struct tb_app within = app_within(app);
    enum tb_code c = app_may(app, TB_USE_EDITS, e);
    if (c == TB_OK) c = tb_app_open_draft(&within, draft, NULL, false, &d, e);
    if (c) return c;
    c = app_store(app, &s, e);
    if (c == TB_OK) c = app_close(s, tb_store_edits(s, d.stored.id, d.region, &out->v, &out->n, e));
    if (c == TB_OK) {
        out->draft = d.stored.id;
        out->region = d.region;
        d.region = NULL;
    }
    tb_app_draft_free(&d);
    return c;
}
