/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From draft to publication, and from publication to those who must have it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_int.h"
#include "toban/publish/publish.h"
#include "toban/app/diff.h"
#include "toban/app/life.h"
#include "toban/app/sent.h"
#include "toban/domain/address.h"
#include "toban/domain/private.h"
#include "toban/domain/words.h"

/* ---- moves -------------------------------------------------------------------------------------- */

static const struct {
    const char *ja, *en;
} words[TB_LIFE_COUNT] = {
    [TB_LIFE_DRAFT] = {"案", "draft"},
    [TB_LIFE_CIRCULATING] = {"回覧中", "circulating"},
    [TB_LIFE_APPROVED] = {"承認済", "approved"},
    [TB_LIFE_PUBLISHED] = {"公表", "published"},
    [TB_LIFE_OLD] = {"旧版", "an old edition"},
    [TB_LIFE_WITHDRAWN] = {"取消", "withdrawn"},
    [TB_LIFE_SUPERSEDED] = {"差替え", "superseded"},
};

const char *tb_life_word(enum tb_life state) { return tb_t(words[state].ja, words[state].en); }

/* A small office may publish a draft without asking round; one that goes round is approved first. The last
 * three are nobody's to enter: a later draft, a later publication, a withdrawal bring them about. From these
 * nothing leads back. */
static const bool allowed[TB_LIFE_COUNT][TB_LIFE_COUNT] = {
    [TB_LIFE_DRAFT] = {[TB_LIFE_CIRCULATING] = true,
                       [TB_LIFE_APPROVED] = true,
                       [TB_LIFE_PUBLISHED] = true,
                       [TB_LIFE_SUPERSEDED] = true},
    [TB_LIFE_CIRCULATING] =
        {[TB_LIFE_CIRCULATING] = true, [TB_LIFE_APPROVED] = true, [TB_LIFE_SUPERSEDED] = true},
    [TB_LIFE_APPROVED] =
        {[TB_LIFE_CIRCULATING] = true, [TB_LIFE_PUBLISHED] = true, [TB_LIFE_SUPERSEDED] = true},
    [TB_LIFE_PUBLISHED] = {[TB_LIFE_OLD] = true, [TB_LIFE_WITHDRAWN] = true},
};

static enum tb_code may_become(const struct tb_life_state *x, enum tb_life to, struct tb_err *e)
{
    if (allowed[x->state][to]) return TB_OK;
    char at[64];
    struct tb_buf next = {0};
    for (int k = 0; k < TB_LIFE_COUNT; k++)
        if (allowed[x->state][k])
            tb_buf_addf(&next, "%s%s", next.len ? tb_t("、", ", ") : "", tb_life_word((enum tb_life)k));
    enum tb_code c =
        tb_fail(e, TB_REFUSED,
                tb_t("案 %lld は%s（%s が %.16s に）なので、%sにできません（次にできるのは: %s）",
                     "draft %lld is %s (%s, at %.16s) and cannot become %s (it may become: %s)"),
                (long long)x->draft, tb_life_word(x->state), *x->by ? x->by : "-",
                tb_format_instant(x->at, at, sizeof at), tb_life_word(to),
                next.len ? next.s : tb_t("なし", "nothing"));
    tb_buf_free(&next);
    return c;
}

enum tb_code app_may_publish(tb_store *s, int64_t draft, struct tb_err *e)
{
    struct tb_life_state *v;
    size_t n;
    enum tb_code c = tb_store_lives(s, draft, &v, &n, e);
    if (c) return c;
    /* What was published once or is superseded is refused by the store, in words of its own. */
    if (!v[0].published && v[0].state != TB_LIFE_SUPERSEDED) c = may_become(&v[0], TB_LIFE_PUBLISHED, e);
    tb_lives_free(v, n);
    return c;
}

static enum tb_use use_of(enum tb_life to)
{
    return to == TB_LIFE_CIRCULATING ? TB_USE_CIRCULATE : TB_USE_APPROVE;
}

/* " until 2026-11-20", " 理事会承認 2026-11-05 第8回: note". */
static void move_words(const struct tb_draft_move *x, const char *note, struct tb_buf *out)
{
    char day[64];
    tb_buf_addf(out, "%lld", (long long)x->draft);
    if (x->until != TB_DAY_NONE) tb_buf_addf(out, " until %s", tb_format_date(x->until, day, sizeof day));
    if (x->word && *x->word) tb_buf_addf(out, " %s", x->word);
    if (x->meeting != TB_DAY_NONE) tb_buf_addf(out, " %s", tb_format_date(x->meeting, day, sizeof day));
    if (x->number && *x->number) tb_buf_addf(out, " %s", x->number);
    if (*note) tb_buf_addf(out, ": %s", note);
}

static enum tb_code may_circulate(const struct tb_draft_move *x, tb_day today, struct tb_err *e)
{
    char day[64];
    if (x->until >= today) return TB_OK;
    return tb_fail(e, TB_USAGE, tb_t("--until %s は過ぎています", "--until %s has passed"),
                   tb_format_date(x->until, day, sizeof day));
}

static enum tb_code may_approve(const struct tb_app *app, tb_store *s, const struct tb_region *r,
                                const struct tb_life_state *at, const struct tb_draft_move *x,
                                const char *note, struct tb_err *e)
{
    char day[64];
    tb_day today = tb_day_of_minute(tb_clock_now(&app->clock));
    const struct tb_body *body = app_approving_body(r, at->duties);
    if (at->state == TB_LIFE_CIRCULATING && today <= at->until && !*note)
        return tb_fail(e, TB_REFUSED,
                       tb_t("回覧は %s までです。その前に承認するなら --note に理由を書きます",
                            "objections may come until %s; to approve before, say why with --note"),
                       tb_format_date(at->until, day, sizeof day));
    if (x->meeting != TB_DAY_NONE && x->meeting > today)
        return tb_fail(e, TB_USAGE, tb_t("--date %s はまだ来ていません", "--date %s is yet to come"),
                       tb_format_date(x->meeting, day, sizeof day));
    if (body && x->meeting == TB_DAY_NONE)
        return tb_fail(e, TB_USAGE,
                       tb_t("%s の%sには日付が要ります（--date 2026-11-05）",
                            "%s: its approval (%s) wants a date (--date 2026-11-05)"),
                       body->name, *body->approval ? body->approval : tb_t("承認", "approval"));
    return app_other_hand(app, s, r, at, e);
}

static enum tb_code move_draft(const struct tb_app *app, const struct tb_draft_move *asked, const char *note,
                               struct tb_err *e)
{
    tb_store *s;
    struct tb_region *r;
    struct tb_life_state *v = NULL;
    size_t n = 0;
    struct tb_draft_move x = *asked;
    struct tb_buf word = {0};
    const struct tb_act act = app_act(app, note);
    enum tb_code c = app_begin(app, &s, &r, e);
    if (c) return c;
    c = tb_store_lives(s, x.draft, &v, &n, e);
    if (c == TB_OK) c = app_draft_bodies(app, use_of(x.state), s, x.draft, e);
    if (c == TB_OK) c = may_become(&v[0], x.state, e);
    if (c == TB_OK)
        c = x.state == TB_LIFE_CIRCULATING ? may_circulate(&x, tb_day_of_minute(act.at), e)
                                           : may_approve(app, s, r, &v[0], &x, note, e);
    if (c == TB_OK && x.state == TB_LIFE_APPROVED && !x.word) {
        app_approval_words(r, v[0].duties, &word);
        x.word = tb_buf_str(&word);
    }
    if (c == TB_OK) c = tb_store_move_draft(s, &x, &act, e);
    if (c == TB_OK) {
        struct tb_buf detail = {0};
        move_words(&x, note, &detail);
        c = tb_store_audit(s, act.at, act.by, x.state == TB_LIFE_CIRCULATING ? "circulate" : "approve",
                           tb_buf_str(&detail), e);
        tb_buf_free(&detail);
    }
    tb_lives_free(v, n);
    tb_buf_free(&word);
    c = app_commit(s, c, e);
    tb_region_free(r);
    return c;
}

enum tb_code tb_app_circulate(const struct tb_app *app, int64_t draft, tb_day until, const char *note,
                              struct tb_err *e)
{
    const struct tb_draft_move x = {draft, TB_LIFE_CIRCULATING, until, TB_DAY_NONE, NULL, NULL};
    enum tb_code c = app_may(app, TB_USE_CIRCULATE, e);
    return c ? c : move_draft(app, &x, note, e);
}
enum tb_code tb_app_approve(const struct tb_app *app, int64_t draft, const struct tb_approval *how,
                            const char *note, struct tb_err *e)
{
    const struct tb_draft_move x = {draft, TB_LIFE_APPROVED, TB_DAY_NONE, how->date, how->word, how->number};
    enum tb_code c = app_may(app, TB_USE_APPROVE, e);
    return c ? c : move_draft(app, &x, note, e);
}

enum tb_code tb_app_lives(const struct tb_app *app, struct tb_life_state **out, size_t *n, struct tb_err *e)
{
    tb_store *s;
    enum tb_code c = app_may(app, TB_USE_LIVES, e);
    if (c == TB_OK) c = app_store(app, &s, e);
    if (c) return c;
    c = tb_store_lives(s, 0, out, n, e);
    tb_store_close(s);
    return c;
}

/* ---- sending ------------------------------------------------------------------------------------ */

/* Who is told depends on what changes and how late: a change on the day before goes elsewhere than one a
 * month ahead. */
bool app_concerns(const struct tb_region *r, const struct tb_recipient *to, int duty, tb_day date,
                  tb_day published)
{
    bool his = to->duties.n == 0;
    for (int i = 0; i < to->duties.n; i++) his = his || to->duties.v[i] == duty;
    if (!his || (to->when >= 0 && !(tb_day_classes(r, duty, date) >> to->when & 1))) return false;
    int ahead = date > published ? date - published : 0;
    return ahead >= to->days_from && ahead <= to->days_to;
}

void tb_app_sent_free(struct tb_app_sent *x)
{
    for (size_t i = 0; i < x->n; i++) {
        free(x->v[i].changes);
        free(x->v[i].facts);
    }
    tb_fact_changes_free(x->facts, x->n_facts);
    free(x->v);
    tb_deliveries_free(x->deliveries, x->n_deliveries);
    tb_documents_free(x->documents, x->n_documents);
    free(x->announced);
    tb_board_free(x->board);
    tb_region_free(x->region);
    *x = (struct tb_app_sent){0};
}

/* The way of a row that takes the one before it back: rows are never changed. */
#define TAKEN_BACK "none"

/* What was entered for it. */
static void look_up(const struct tb_app_sent *x, struct tb_app_due *due)
{
    for (size_t k = 0; k < x->n_deliveries; k++) {
        const struct tb_delivery *v = &x->deliveries[k];
        if (strcmp(v->recipient, due->id) != 0) continue;
        bool back = strcmp(v->way, TAKEN_BACK) == 0;
        if (v->confirmed) {
            due->confirmed = back ? TB_NEVER : v->at;
            due->confirmed_by = back ? "" : v->note;
        } else {
            due->sent = back ? TB_NEVER : v->at;
            due->way = back ? "" : v->way;
        }
    }
}

/* Facts go to whoever would be told of a change of some seat to come that they concern: of his own alone,
 * where he is told of his own. */
static bool fact_concerns(const struct tb_app_sent *x, const struct tb_app_diff *d,
                          const struct tb_fact_change *f, const struct tb_app_due *due, bool outside)
{
    const struct tb_region *r = x->region;
    tb_day published = tb_day_of_minute(x->side.at);
    if (!tb_publish_fact_told(r, f, outside)) return false;
    for (size_t k = 0; k < d->n_seats; k++) {
        const struct tb_seat_row *seat = &d->seats[k];
        if (seat->date < published || (f->since != TB_DAY_NONE && seat->date < f->since)) continue;
        if (due->provider >= 0 && seat->provider != due->provider) continue;
        if (tb_fact_concerns(r, f, seat->duty) &&
            app_concerns(r, &r->recipients[due->recipient], seat->duty, seat->date, published))
            return true;
    }
    return false;
}

static void add_facts(const struct tb_app_sent *x, const struct tb_app_diff *d, struct tb_app_due *due,
                      bool outside)
{
    size_t cap = 0;
    for (size_t k = 0; k < x->n_facts; k++)
        if (fact_concerns(x, d, &x->facts[k], due, outside))
            *TB_PUSH(due->facts, due->n_facts, cap) = x->facts[k];
}

/* What recipient `i` is to be told; with `provider` not -1, of that provider's own seats alone. */
static void add_due(struct tb_app_sent *x, size_t *cap, const struct tb_app_diff *d, int i, int provider)
{
    const struct tb_region *r = x->region;
    struct tb_app_due due = {.recipient = i,
                             .provider = provider,
                             .sent = TB_NEVER,
                             .confirmed = TB_NEVER,
                             .way = "",
                             .confirmed_by = ""};
    size_t cap_changes = 0;
    snprintf(due.id, sizeof due.id, "%s%s%s", r->recipients[i].id, provider >= 0 ? ":" : "",
             provider >= 0 ? r->providers[provider].id : "");
    due.address = provider >= 0 ? tb_provider_notices(&r->providers[provider]) : r->recipients[i].address;
    due.how = provider >= 0 ? tb_provider_way(&r->providers[provider]) : r->recipients[i].way;
    bool outside = provider < 0 && tb_recipient_is_public(&r->recipients[i]);
    for (size_t k = 0; k < (outside ? d->n_seen : d->n); k++) {
        const struct tb_change *c = outside ? &d->seen[k] : &d->changes[k];
        if (provider >= 0 && c->seat.provider != provider && c->after != provider) continue;
        if (app_concerns(r, &r->recipients[i], c->seat.duty, c->seat.date, tb_day_of_minute(x->side.at)))
            *TB_PUSH(due.changes, due.n, cap_changes) = *c;
    }
    add_facts(x, d, &due, outside);
    look_up(x, &due);
    if (due.n || due.n_facts || due.sent != TB_NEVER || due.confirmed != TB_NEVER)
        *TB_PUSH(x->v, x->n, *cap) = due;
}

static void sort_out(struct tb_app_sent *x, const struct tb_app_diff *d)
{
    size_t cap = 0;
    const struct tb_region *r = x->region;
    bool *touched = tb_xcalloc((size_t)r->n_providers + 1, sizeof *touched);
    for (size_t k = 0; k < d->n; k++) {
        if (d->changes[k].seat.provider >= 0) touched[d->changes[k].seat.provider] = true;
        if (d->changes[k].after >= 0) touched[d->changes[k].after] = true;
    }
    for (size_t k = 0; k < d->n_seats && x->n_facts; k++)
        if (d->seats[k].provider >= 0 && d->seats[k].date >= tb_day_of_minute(x->side.at))
            touched[d->seats[k].provider] = true;
    for (int i = 0; i < r->n_recipients; i++) {
        if (!r->recipients[i].each) add_due(x, &cap, d, i, -1);
        for (int p = 0; p < r->n_providers && r->recipients[i].each; p++)
            if (touched[p]) add_due(x, &cap, d, i, p);
    }
    free(touched);
}

/* What the store has of it. */
static enum tb_code read_sent(tb_store *s, struct tb_app_sent *out, struct tb_err *e)
{
    enum tb_code c = tb_store_deliveries(s, out->side.number, &out->deliveries, &out->n_deliveries, e);
    return c ? c : tb_store_documents(s, out->side.number, &out->documents, &out->n_documents, e);
}

/* For its letters: the board over all days that change. */
static enum tb_code read_board(tb_store *s, const struct tb_app_diff *d, struct tb_app_sent *out,
                               struct tb_err *e)
{
    tb_day from = tb_day_of_minute(out->side.at), to = from;
    for (size_t i = 0; i < d->n; i++) {
        tb_day date = d->changes[i].seat.date;
        if (i == 0 || date < from) from = date;
        if (i == 0 || date > to) to = date;
    }
    return app_board(s, out->region, out->side.number, from, to, &out->board, e);
}

static enum tb_code sent_of(const struct tb_app *app, int64_t number, bool letters, struct tb_app_sent *out,
                            struct tb_err *e)
{
    *out = (struct tb_app_sent){0};
    char text[24];
    struct tb_side side;
    tb_store *s;
    struct tb_app_diff d;
    snprintf(text, sizeof text, "%lld", (long long)number);
    const struct tb_app within = app_within(app);
    enum tb_code c = tb_app_side(&within, number ? text : NULL, &side, e);
    if (c) return c;
    snprintf(text, sizeof text, "%lld", (long long)side.number);
    c = tb_app_diff(&within, text, NULL, &d, e);
    if (c) return c;
    out->before = d.a;
    out->side = d.b;
    out->region = d.region;
    out->announced = d.announced;
    out->n_announced = d.n_announced;
    d.region = NULL;
    d.announced = NULL;
    out->facts = d.facts;
    out->n_facts = d.n_facts;
    d.facts = NULL;
    d.n_facts = 0;
    c = app_store(app, &s, e);
    if (c == TB_OK) {
        c = read_sent(s, out, e);
        if (c == TB_OK && letters) c = read_board(s, &d, out, e);
        tb_store_close(s);
    }
    if (c == TB_OK) sort_out(out, &d);
    tb_app_diff_free(&d);
    if (c) tb_app_sent_free(out);
    return c;
}

enum tb_code tb_app_sent(const struct tb_app *app, int64_t number, struct tb_app_sent *out, struct tb_err *e)
{
    enum tb_code c = app_may(app, TB_USE_SENT, e);
    return c ? c : sent_of(app, number, true, out, e);
}

enum tb_code app_told(const struct tb_app *app, int64_t number, struct tb_app_sent *out, struct tb_err *e)
{
    return sent_of(app, number, false, out, e);
}

/* Row that the id of a due belongs to. */
static enum tb_code find_recipient(const struct tb_region *r, const char *id, int *index, struct tb_err *e)
{
    size_t n = strcspn(id, ":");
    *index = -1;
    for (int i = 0; i < r->n_recipients; i++)
        if (strlen(r->recipients[i].id) == n && memcmp(r->recipients[i].id, id, n) == 0) *index = i;
    if (*index < 0)
        return tb_fail(e, TB_USAGE, tb_t("送付先「%s」はありません", "there is no recipient \"%s\""), id);
    if (!r->recipients[*index].each && !id[n]) return TB_OK;
    if (r->recipients[*index].each && id[n] && tb_find_provider(r, id + n + 1) >= 0) return TB_OK;
    return tb_fail(
        e, TB_USAGE,
        tb_t("送付先「%s」: 一人ずつ知らせる送付先は「%s:当番医の記号」、ほかは記号だけです",
             "recipient \"%s\": name the person too where each is told (%s:d-001), and nobody else"),
        id, r->recipients[*index].id);
}

/* What stands there, of this publication and recipient; TB_REFUSED: nothing that could be taken back. */
static enum tb_code something_to_take_back(tb_store *s, int64_t publication, const char *recipient,
                                           bool confirmed, struct tb_err *e)
{
    struct tb_delivery *v;
    size_t n;
    bool there = false;
    enum tb_code c = tb_store_deliveries(s, publication, &v, &n, e);
    if (c) return c;
    for (size_t i = 0; i < n; i++)
        if (v[i].confirmed == confirmed && strcmp(v[i].recipient, recipient) == 0)
            there = strcmp(v[i].way, TAKEN_BACK) != 0;
    tb_deliveries_free(v, n);
    if (there) return TB_OK;
    return tb_fail(e, TB_REFUSED,
                   confirmed ? tb_t("「%s」の受領確認は記録されていません",
                                    "no confirmation of \"%s\" is entered that could be taken back")
                             : tb_t("「%s」への送付は記録されていません",
                                    "no sending to \"%s\" is entered that could be taken back"),
                   recipient);
}

enum tb_code tb_app_deliver(const struct tb_app *app, int64_t number, const char *recipient, bool confirmed,
                            const char *way, const char *note, struct tb_err *e)
{
    const bool back = way && !*way;
    tb_store *s;
    struct tb_region *r;
    struct tb_publication p = {0};
    enum tb_use use = confirmed ? TB_USE_CONFIRM : TB_USE_SEND;
    enum tb_code c = app_may(app, use, e);
    if (c == TB_OK) c = app_begin(app, &s, &r, e);
    if (c) return c;
    int index = -1;
    const struct tb_field *ways =
        &tb_entities[TB_E_recipient].fields[tb_field_find(&tb_entities[TB_E_recipient], "way")];
    struct tb_buf own = {0}, listed = {0}, wanted = {0};
    if (c == TB_OK) c = find_recipient(r, recipient, &index, e);
    if (c == TB_OK && r->recipients[index].each)
        c = app_own(app, use, strchr(recipient, ':') + 1, e);
    else if (c == TB_OK)
        c = app_own(app, use, NULL, e);
    if (c == TB_OK) {
        const char *member = r->recipients[index].each ? strchr(recipient, ':') + 1 : NULL;
        tb_buf_add(&own, tb_way_word(member ? tb_provider_way(&r->providers[tb_find_provider(r, member)])
                                            : r->recipients[index].way));
        tb_buf_addf(&listed, "|%s|", ways->arg);
        tb_buf_addf(&wanted, "|%s|", way ? way : own.s);
        if (!back && strstr(listed.s, wanted.s) == NULL)
            c = tb_fail(e, TB_USAGE, tb_t("--way は %s のどれかです", "--way is one of %s"), ways->arg);
    }
    if (c == TB_OK) c = tb_store_get_publication(s, number, &p, e);
    if (c == TB_OK && back) c = something_to_take_back(s, p.number, recipient, confirmed, e);
    if (c == TB_OK && back && !*note)
        c = tb_fail(e, TB_USAGE,
                    tb_t("取り消すには --note に理由が要ります", "to take it back say why with --note"));
    tb_minute now = tb_clock_now(&app->clock);
    if (c == TB_OK) {
        struct tb_delivery d = {.publication = p.number,
                                .recipient = tb_xstrdup(recipient),
                                .way = tb_xstrdup(back  ? TAKEN_BACK
                                                  : way ? way
                                                        : own.s),
                                .by = tb_xstrdup(app->actor.name),
                                .note = tb_xstrdup(note),
                                .confirmed = confirmed,
                                .at = now};
        c = tb_store_add_delivery(s, &d, e);
        struct tb_buf detail = {0};
        tb_buf_addf(&detail, "%lld %s %s%s%s", (long long)p.number, recipient, d.way, *note ? ": " : "",
                    note);
        if (c == TB_OK)
            c = tb_store_audit(s, now, app->actor.name, confirmed ? "confirmed" : "sent", tb_buf_str(&detail),
                               e);
        tb_buf_free(&detail);
        free(d.recipient);
        free(d.way);
        free(d.by);
        free(d.note);
    }
    tb_buf_free(&own);
    tb_buf_free(&listed);
    tb_buf_free(&wanted);
    tb_publication_free(&p);
    c = app_commit(s, c, e);
    tb_region_free(r);
    return c;
}
