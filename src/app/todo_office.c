/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What waits in the office: drafts on their way, who is to be told, who has not answered, what is to be
 * planned.
 */
#include <stdlib.h>
#include <string.h>

#include "todo_int.h"
#include "toban/app/calendar.h"
#include "toban/app/feeds.h"
#include "toban/app/life.h"
#include "toban/app/sent.h"
#include "toban/domain/held.h"
#include "toban/domain/private.h"

/* ---- drafts ---------------------------------------------------------------------------------------- */

static struct tb_todo_item *add_draft(struct todo_work *w, const struct tb_life_state *v)
{
    char from[64], to[64];
    struct tb_todo_item *x = todo_add(w, v->from, todo_text(w, "%lld", (long long)v->draft));
    x->what = todo_text(w, tb_t("案 %lld（%s から %s、%s）", "draft %lld (%s to %s, %s)"),
                        (long long)v->draft, tb_format_date(v->from, from, sizeof from),
                        tb_format_date(v->to, to, sizeof to), v->duties);
    x->look = todo_text(w, "toban check --draft %lld", (long long)v->draft);
    return x;
}

enum tb_code todo_find_rounds(struct todo_work *w, struct tb_err *e)
{
    char day[64];
    enum tb_code c = todo_lives(w, e);
    for (size_t i = 0; i < w->n_lives && c == TB_OK; i++) {
        const struct tb_life_state *v = &w->lives[i];
        if (v->state != TB_LIFE_CIRCULATING || v->until >= w->today) continue;
        struct tb_todo_item *x = add_draft(w, v);
        x->day = v->until;
        const struct tb_body *body = app_approving_body(w->r, v->duties);
        x->why = todo_text(w,
                           tb_t("回覧は %s までで終わっています。承認を待っています%s%s%s",
                                "objections were due by %s; waits for approval%s%s%s"),
                           tb_format_date_told(v->until, day, sizeof day), body ? tb_t("（", " (") : "",
                           body ? body->approval : "",
                           body && body->other_hand ? tb_t("、作成した人とは別の人が）", ", by another hand)")
                           : body                   ? tb_t("）", ")")
                                                    : "");
        x->command = todo_text(w, "toban approve %lld%s%s", (long long)v->draft, body ? " --date " : "",
                               body ? tb_format_date(w->today, day, sizeof day) : "");
    }
    return c;
}

enum tb_code todo_find_approved(struct todo_work *w, struct tb_err *e)
{
    enum tb_code c = todo_lives(w, e);
    for (size_t i = 0; i < w->n_lives && c == TB_OK; i++) {
        const struct tb_life_state *v = &w->lives[i];
        if (v->state != TB_LIFE_APPROVED) continue;
        struct tb_todo_item *x = add_draft(w, v);
        x->why = tb_t("承認されています。公表を待っています", "approved; waits to be published");
        x->command = todo_text(w, "toban publish --draft %lld", (long long)v->draft);
    }
    return c;
}

/* " --duty a --duty b" of "a;b" */
static const char *duty_options(struct todo_work *w, const char *duties)
{
    struct tb_buf b = {0};
    for (const char *at = duties; *at;) {
        size_t n = strcspn(at, ";");
        tb_buf_addf(&b, " --duty %.*s", (int)n, at);
        at += n + (at[n] == ';');
    }
    const char *text = todo_text(w, "%s", tb_buf_str(&b));
    tb_buf_free(&b);
    return text;
}

/* A draft that is in no state but the first, and is not among those that may be published. */
enum tb_code todo_find_doubts(struct todo_work *w, struct tb_err *e)
{
    int64_t *open = NULL;
    size_t n = 0;
    enum tb_code c = todo_lives(w, e);
    if (c == TB_OK) c = tb_store_open_drafts(w->s, &open, &n, e);
    for (size_t i = 0; i < w->n_lives && c == TB_OK; i++) {
        const struct tb_life_state *v = &w->lives[i];
        char from[64], to[64];
        bool may = v->state != TB_LIFE_DRAFT;
        for (size_t k = 0; k < n; k++) may |= open[k] == v->draft;
        if (may || v->to < w->today) continue;
        struct tb_todo_item *x = add_draft(w, v);
        x->why = tb_t("二つの計算が食い違っています。公表できません。計画し直します",
                      "two computations disagree about it; it cannot be published; plan anew");
        x->command = todo_text(w, "toban plan %s..%s%s", tb_format_date(v->from, from, sizeof from),
                               tb_format_date(v->to, to, sizeof to), duty_options(w, v->duties));
    }
    free(open);
    return c;
}

/* ---- who is to be told ----------------------------------------------------------------------------- */

/* Publications in which a seat to come last changed hands, or that changed what is shown beside seats. */
static enum tb_code numbers_to_come(struct todo_work *w, bool **out, struct tb_err *e)
{
    struct tb_stint *v;
    struct tb_held facts;
    size_t n;
    int64_t first = INT64_MAX; /* nothing was held before it */
    *out = tb_xcalloc((size_t)w->latest + 1, sizeof **out);
    enum tb_code c = tb_store_facts(w->s, 0, &facts, e);
    if (c) return c;
    for (size_t i = 0; i < facts.n; i++)
        if (facts.v[i].publication < first) first = facts.v[i].publication;
    for (size_t i = 0; i < facts.n; i++)
        if (facts.v[i].publication > first) (*out)[facts.v[i].publication] = true;
    tb_held_free(&facts);
    c = tb_store_stints(w->s, w->r, 0, &v, &n, e);
    if (c) return c;
    for (size_t i = 0; i < n; i++)
        if (v[i].seat.date >= w->today && v[i].publication <= w->latest) (*out)[v[i].publication] = true;
    free(v);
    return TB_OK;
}

/* First day of the changes that is not past; TB_DAY_NONE: all are. What is shown otherwise matters from now
 * on. */
static tb_day first_to_come(const struct todo_work *w, const struct tb_app_due *d)
{
    tb_day first = TB_DAY_NONE;
    for (size_t i = 0; i < d->n; i++) {
        tb_day day = d->changes[i].seat.date;
        if (day >= w->today && (first == TB_DAY_NONE || day < first)) first = day;
    }
    for (size_t i = 0; i < d->n_facts; i++) {
        tb_day day = d->facts[i].since > w->today ? d->facts[i].since : w->today;
        if (first == TB_DAY_NONE || day < first) first = day;
    }
    return first;
}

static void add_due(struct todo_work *w, const struct tb_app_sent *s, const struct tb_app_due *d)
{
    const struct tb_recipient *to = &s->region->recipients[d->recipient];
    const bool sent = w->kind == TB_TODO_CONFIRM;
    tb_day day = first_to_come(w, d);
    long long number = (long long)s->side.number;
    if (day == TB_DAY_NONE || (d->sent != TB_NEVER) != sent || d->confirmed != TB_NEVER) return;
    if (sent && tb_recipient_is_public(to)) return; /* nobody there confirms */
    struct tb_todo_item *x = todo_add(w, day, todo_text(w, "%lld/%s", number, d->id));
    x->provider = d->provider < 0 ? -1 : tb_find_provider(w->r, s->region->providers[d->provider].id);
    x->what = todo_text(w, tb_t("第%lld版の変更 %zu 件: %s%s%s", "publication %lld, %zu changes: %s%s%s"),
                        number, d->n + d->n_facts, to->name, d->provider < 0 ? "" : " ",
                        d->provider < 0 ? "" : s->region->providers[d->provider].name);
    x->why = sent ? tb_t("受領の確認がありません", "receipt is not confirmed")
                  : tb_t("まだ送っていません", "not sent yet");
    x->look = todo_text(w, "toban sent %lld --text %s", number, d->id);
    x->command = todo_text(w, "toban sent %lld --recipient %s%s", number, d->id,
                           sent ? " --confirmed --note 電話" : "");
}

/* Those of the publications that matter still; each asks for what is different, so once for both kinds. */
static enum tb_code read_dues(struct todo_work *w, struct tb_err *e)
{
    bool *near = NULL;
    size_t cap = 0;
    if (w->has_sent || !w->latest || !w->r->n_recipients) return TB_OK;
    enum tb_code c = numbers_to_come(w, &near, e);
    for (int64_t k = 1; k <= w->latest && c == TB_OK; k++) {
        struct tb_app_sent s;
        if (!near[k]) continue;
        c = app_told(&w->within, k, &s, e);
        if (c == TB_OK) *TB_PUSH(w->sent, w->n_sent, cap) = s;
    }
    free(near);
    w->has_sent = c == TB_OK;
    return c;
}

static enum tb_code find_dues(struct todo_work *w, struct tb_err *e)
{
    enum tb_code c = read_dues(w, e);
    for (size_t k = 0; k < w->n_sent && c == TB_OK; k++)
        for (size_t i = 0; i < w->sent[k].n; i++) add_due(w, &w->sent[k], &w->sent[k].v[i]);
    return c;
}

void todo_sent_free(struct todo_work *w)
{
    for (size_t k = 0; k < w->n_sent; k++) tb_app_sent_free(&w->sent[k]);
    free(w->sent);
}

enum tb_code todo_find_unsent(struct todo_work *w, struct tb_err *e) { return find_dues(w, e); }
enum tb_code todo_find_unconfirmed(struct todo_work *w, struct tb_err *e) { return find_dues(w, e); }

enum tb_code todo_find_unfetched(struct todo_work *w, struct tb_err *e)
{
    struct tb_region *r;
    struct tb_app_unfetched *v;
    size_t n;
    char date[64];
    if (!w->latest) return TB_OK;
    enum tb_code c = tb_app_unfetched(&w->within, w->ahead, &r, &v, &n, e);
    if (c) return c;
    for (size_t i = 0; i < n; i++) {
        const char *id = r->providers[v[i].provider].id;
        tb_day day = tb_day_of_minute(v[i].from);
        if (day < w->today) day = w->today;
        struct tb_todo_item *x = todo_add(w, day, todo_text(w, "%s/%lld", id, (long long)v[i].changed));
        x->provider = tb_find_provider(w->r, id);
        x->what = todo_text(w, tb_t("%s（第%lld版）", "%s (publication %lld)"),
                            r->providers[v[i].provider].name, (long long)v[i].changed);
        x->why = v[i].generation ? tb_t("変更後の予定表を取得していません",
                                        "has not fetched the calendar since it changed")
                                 : tb_t("予定表のアドレスがありません", "has no calendar address");
        x->look = todo_text(w, "toban tomorrow %s", tb_format_date(day, date, sizeof date));
        x->command = todo_text(w, "toban todo --done %s --note 電話で伝えた", x->key);
    }
    free(v);
    tb_region_free(r);
    return TB_OK;
}

/* ---- wishes ---------------------------------------------------------------------------------------- */

static bool covered(const struct todo_work *w, int duty, tb_day day)
{
    for (size_t i = 0; i < w->n_covers; i++)
        if (w->covers[i].duty == duty && w->covers[i].from <= day && day <= w->covers[i].to) return true;
    return false;
}

/* Answers are wanted from some days before the deadline on, until the roster of the days is published. */
enum tb_code todo_find_silent(struct todo_work *w, struct tb_err *e)
{
    const struct tb_region *r = w->r;
    int *silent = tb_xcalloc((size_t)r->n_providers + 1, sizeof *silent);
    (void)e;
    for (int i = 0; i < r->n_surveys; i++) {
        const struct tb_survey *s = &r->surveys[i];
        bool waiting = false;
        char day[64];
        for (int k = 0; k < s->duties.n; k++) waiting |= !covered(w, s->duties.v[k], s->from);
        if (s->deadline == TB_DAY_NONE || w->today < s->deadline - w->ahead || w->today >= s->from ||
            !waiting)
            continue;
        int n = app_survey_silent(r, i, silent);
        for (int k = 0; k < n; k++) {
            const struct tb_provider *p = &r->providers[silent[k]];
            struct tb_todo_item *x = todo_add(w, s->deadline, todo_text(w, "%s/%s", s->id, p->id));
            x->provider = silent[k];
            x->what = todo_text(w, tb_t("%s（希望調査 %s）", "%s (survey %s)"), p->name, s->id);
            x->why = todo_text(w,
                               w->today > s->deadline ? tb_t("締切 %s を過ぎました", "was due %s")
                                                      : tb_t("締切 %s", "due %s"),
                               tb_format_date_told(s->deadline, day, sizeof day));
            x->look = todo_text(w, "toban wish --list --survey %s --provider %s", s->id, p->id);
            x->command = todo_text(w, "toban wish --survey %s --provider %s --type any --note お任せと確認",
                                   s->id, p->id);
        }
    }
    free(silent);
    return TB_OK;
}

/* ---- the next period ------------------------------------------------------------------------------- */

/* A roster is due so many days before the last published day, by the period that it is made for. */
static int days_before(const char *period)
{
    static const struct {
        const char *period;
        int days;
    } due[] = {{"month", 30}, {"half", 60}, {"year", 90}};
    for (size_t i = 0; i < TB_COUNT(due); i++)
        if (strcmp(due[i].period, period) == 0) return due[i].days;
    return -1; /* a named period says nothing of the next one */
}

/* Is a draft of the duty's days after `last` on its way? */
static bool under_way(const struct todo_work *w, int duty, tb_day last)
{
    for (size_t i = 0; i < w->n_lives; i++) {
        const struct tb_life_state *v = &w->lives[i];
        if (v->state <= TB_LIFE_APPROVED && v->to > last &&
            app_ids_have(v->duties, w->r->duties[duty].id, strlen(w->r->duties[duty].id)))
            return true;
    }
    return false;
}

/* Duties of one next period are planned together, as one item. */
enum tb_code todo_find_plans(struct todo_work *w, struct tb_err *e)
{
    const struct tb_region *r = w->r;
    size_t before = w->out->n;
    enum tb_code c = todo_lives(w, e);
    for (int d = 0; d < r->n_duties && c == TB_OK; d++) {
        tb_day last = TB_DAY_NONE, from, to;
        char a[64], b[64];
        int ahead = days_before(r->duties[d].period);
        for (size_t i = 0; i < w->n_covers; i++)
            if (w->covers[i].duty == d && w->covers[i].to > last) last = w->covers[i].to;
        if (last == TB_DAY_NONE || ahead < 0 || w->today < last - ahead || under_way(w, d, last)) continue;
        tb_day next = last + 1 > w->today ? last + 1 : w->today;
        tb_duty_period(r, d, next, &from, &to);
        if (from < next) from = next;
        const char *key =
            todo_text(w, "plan:%s..%s", tb_format_date(from, a, sizeof a), tb_format_date(to, b, sizeof b));
        struct tb_todo_item *x = NULL;
        for (size_t i = before; i < w->out->n; i++)
            if (strcmp(w->out->v[i].key, key) == 0) x = &w->out->v[i];
        if (!x) {
            x = todo_add(w, last, key + strlen("plan:"));
            x->look = todo_text(w, "toban calendar %s..%s", a, b);
            x->command = todo_text(w, "toban plan %s..%s", a, b);
            x->why = todo_text(w, tb_t("公表した当番表は %s まで", "what is published ends on %s"),
                               tb_format_date_told(last, a, sizeof a));
        }
        if (last < x->day) x->day = last;
        x->what = todo_text(w, "%s%s%s", x->what, *x->what ? tb_t("、", ", ") : "", r->duties[d].name);
        x->command = todo_text(w, "%s --duty %s", x->command, r->duties[d].id);
    }
    return c;
}
