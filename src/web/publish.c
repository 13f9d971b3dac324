/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Before a draft goes round or is published: what changes for whom, what is not kept, and what cannot be
 * taken back. What is shown comes from the act itself, tried and not kept.
 */
#include <stdio.h>
#include <string.h>

#include "toban/app/publishing.h"
#include "toban/domain/said.h"
#include "visit.h"

static void sum(struct tb_html *h, const char *word, int n, const char *unit, const char *class)
{
    tb_html_open(h, "div");
    tb_html_el(h, "dt", word);
    tb_html_elf(h, "dd", class, "%d%s", n, unit);
    tb_html_close_line(h, "div");
}

static void sums(struct tb_html *h, const struct tb_publish_said *said, const struct tb_app_draft *d)
{
    const struct tb_publish_draft *x = said->n_drafts ? &said->drafts[0] : NULL;
    int excepted = web_excepted(d);
    tb_html_open_as(h, "dl", "sums panel");
    sum(h, "席", x ? x->seats : 0, "", NULL);
    sum(h, "変わる席", x ? x->changed : 0, "", NULL);
    sum(h, "関わる人", (int)said->n_concerned, "人", NULL);
    sum(h, "空席", x ? x->open : 0, "", x && x->open ? "is-stop" : "is-ok");
    sum(h, "必須違反", tb_app_breaches(d), "件", tb_app_breaches(d) ? "is-stop" : "is-ok");
    sum(h, "努力未達", web_soft(d), "件", NULL);
    sum(h, "特例", excepted, "件", excepted ? "is-care" : NULL);
    tb_html_close_line(h, "dl");
}

static void concerned(struct tb_html *h, const struct tb_publish_said *said)
{
    static const char *const words[] = {"名", "増える席", "減る席"};
    if (!said->n_concerned) return;
    tb_html_open_as(h, "section", "panel");
    tb_html_el(h, "h2", "だれの当番が変わるか");
    tb_html_open(h, "details");
    tb_html_elf(h, "summary", NULL, "%zu人を見る", said->n_concerned);
    tb_html_open_as(h, "table", "plain");
    web_heads(h, words, TB_COUNT(words));
    tb_html_open(h, "tbody");
    for (size_t i = 0; i < said->n_concerned; i++) {
        const struct tb_publish_concerned *x = &said->concerned[i];
        tb_html_open(h, "tr");
        tb_html_el_as(h, "td", "name", said->region->providers[x->provider].name);
        tb_html_elf(h, "td", "num", "%d", x->gained);
        tb_html_elf(h, "td", "num", "%d", x->lost);
        tb_html_close_line(h, "tr");
    }
    tb_html_close(h, "tbody");
    tb_html_close_line(h, "table");
    tb_html_close_line(h, "details");
    tb_html_close_line(h, "section");
}

static void not_kept(struct tb_html *h, const struct tb_app_draft *d)
{
    const struct tb_verdict *v = d->verdict;
    tb_html_open_as(h, "section", "panel");
    tb_html_el(h, "h2", "守れていないこと");
    if (!v->n_violations) tb_html_el_as(h, "p", "is-ok", "ありません。");
    tb_html_open(h, "ul");
    for (int i = 0; i < v->n_violations; i++) {
        struct tb_buf text = {0};
        const struct tb_exception *x = v->violations[i].hard ? tb_app_consent(d, &v->violations[i]) : NULL;
        tb_html_open(h, "li");
        tb_html_el_as(h, "span",
                      x                       ? "tag is-care"
                      : v->violations[i].hard ? "tag is-stop"
                                              : "tag",
                      x                       ? "特例"
                      : v->violations[i].hard ? "必須違反"
                                              : "努力未達");
        tb_violation_text(d->problem, &v->violations[i], &text);
        if (x) tb_buf_addf(&text, " 承認 %s: %s", x->signed_by, x->reason);
        tb_html_textf(h, " %s", tb_buf_str(&text));
        tb_html_close_line(h, "li");
        tb_buf_free(&text);
    }
    tb_html_close_line(h, "ul");
    if (strcmp(d->stored.status, "optimal") == 0)
        tb_html_el_as(h, "p", "is-ok", "✓ これより良い組み方はないことを確かめました。");
    else
        tb_html_el_as(h, "p", "note-text", "手で直した案です。条件は全部、同じ点検で確かめました。");
    tb_html_close_line(h, "section");
}

struct act_form {
    enum tb_use use;
    const char *what, *title, *button, *look;
    struct web_field fields[3];
    size_t n;
};
static const struct act_form act_forms[] = {
    {TB_USE_PUBLISH,
     "publish",
     "公表する",
     "この版を公表する",
     "btn main big",
     {{.name = "note", .label = "この版のメモ"}},
     1},
    {TB_USE_CIRCULATE,
     "circulate",
     "先に回覧する",
     "回覧する",
     "btn",
     {{.name = "until", .label = "いつまで（12/10 など）", .needed = true},
      {.name = "note", .label = "添える文"}},
     2},
    {TB_USE_APPROVE,
     "approve",
     "承認を記録する",
     "承認を記録する",
     "btn",
     {{.name = "date", .label = "会議・決裁の日"},
      {.name = "number", .label = "回・番号"},
      {.name = "note", .label = "メモ"}},
     3}};

static void act(struct visit *v, struct tb_html *h, int64_t draft, const struct act_form *x)
{
    char to[48];
    (void)snprintf(to, sizeof to, "/d/%lld/publish", (long long)draft);
    tb_html_open_as(h, "section", "panel stack");
    tb_html_el(h, "h2", x->title);
    web_form(h, v->ask.token, to, NULL);
    web_hidden(h, "what", x->what);
    for (size_t i = 0; i < x->n; i++) {
        struct web_field f = x->fields[i];
        char id[40];
        (void)snprintf(id, sizeof id, "%s-%s", x->what, f.name);
        f.id = id;
        web_field(h, &f);
    }
    tb_html_el_as(h, "button", x->look, x->button);
    tb_html_close_line(h, "form");
    tb_html_close_line(h, "section");
}

static void forms(struct visit *v, struct tb_html *h, int64_t draft)
{
    for (size_t i = 0; i < TB_COUNT(act_forms); i++)
        if (tb_actor_may(&v->app.actor, act_forms[i].use)) act(v, h, draft, &act_forms[i]);
}

static void show(struct visit *v, int64_t draft, unsigned status, const char *refused)
{
    struct tb_app_draft d;
    struct tb_publish_said said = {0};
    struct tb_err e = {0};
    enum tb_code c = tb_app_open_draft(&v->app, draft, NULL, false, &d, &e);
    if (c) {
        web_refuse(&v->ask, c, &e, &v->reply);
        return;
    }
    /* A trial: it does all it would do, and nothing is kept. */
    struct tb_app trial = v->app;
    trial.trial = true;
    c = tb_app_publish(&trial, &(struct tb_publish_asked){.ids = &draft, .n = 1, .until = TB_DAY_NONE}, &said,
                       &e);
    struct tb_html h = {.out = &v->reply.body};
    const struct web_frame frame = {"公表の前に確かめる", "/m", NULL};
    char to[48];
    web_frame_open(&v->ask, &frame, &h);
    (void)snprintf(to, sizeof to, "/d/%lld", (long long)draft);
    tb_html_open(&h, "p");
    web_link(&h, "btn small", to, "案にもどる");
    tb_html_close_line(&h, "p");
    tb_html_elf(&h, "h1", NULL, "公表の前に確かめる　案%lld", (long long)draft);
    web_alert(&h, refused ? refused : c ? web_said(c, &e) : NULL);
    if (c == TB_OK) {
        tb_html_open(&h, "p");
        tb_html_textf(&h, "公表すると、予定表・案内表・カレンダーが第%lld版に替わります。",
                      (long long)said.made.number);
        tb_html_el(&h, "b", "公表は取り消せません。");
        tb_html_text(&h, "直すときは次の版を公表します。");
        tb_html_close_line(&h, "p");
        sums(&h, &said, &d);
        concerned(&h, &said);
    }
    not_kept(&h, &d);
    if (c == TB_OK || d.stored.published == 0) forms(v, &h, draft);
    web_frame_close(&v->ask, &h);
    v->reply.status = status;
    tb_publish_said_free(&said);
    tb_app_draft_free(&d);
}

void page_publish(struct visit *v, int64_t draft) { show(v, draft, 200, NULL); }

/* ---- the act ---- */

static enum tb_code day_field(struct visit *v, const char *name, tb_day *out, struct tb_err *e)
{
    const char *text = web_value(&v->ask, name);
    *out = TB_DAY_NONE;
    if (!text) return TB_OK;
    const char *wrong = tb_said_date(text, tb_day_of_minute(tb_clock_now(&v->app.clock)), out);
    return wrong ? tb_fail(e, TB_USAGE, "「%s」: %s。何も変えていません", text, wrong) : TB_OK;
}

static const char *note_of(const struct visit *v)
{
    const char *note = web_value(&v->ask, "note");
    return note ? note : "";
}

static enum tb_code publish(struct visit *v, int64_t draft, struct tb_err *e)
{
    struct tb_publish_said said = {0};
    const char *note = web_value(&v->ask, "note");
    enum tb_code c = tb_app_publish(
        &v->app, &(struct tb_publish_asked){.ids = &draft, .n = 1, .until = TB_DAY_NONE, .note = note}, &said,
        e);
    tb_publish_said_free(&said);
    return c;
}

static enum tb_code circulate(struct visit *v, int64_t draft, struct tb_err *e)
{
    tb_day until;
    enum tb_code c = day_field(v, "until", &until, e);
    if (c == TB_OK && until == TB_DAY_NONE)
        c = tb_fail(e, TB_USAGE, "回覧の期限を書いてください。何も変えていません");
    return c ? c : tb_app_circulate(&v->app, draft, until, note_of(v), e);
}

static enum tb_code approve(struct visit *v, int64_t draft, struct tb_err *e)
{
    struct tb_approval how = {.number = web_value(&v->ask, "number")};
    enum tb_code c = day_field(v, "date", &how.date, e);
    return c ? c : tb_app_approve(&v->app, draft, &how, note_of(v), e);
}

void page_publish_do(struct visit *v, int64_t draft)
{
    static const struct {
        const char *name;
        enum tb_code (*run)(struct visit *v, int64_t draft, struct tb_err *e);
    } acts[] = {{"publish", publish}, {"circulate", circulate}, {"approve", approve}};
    const char *what = web_value(&v->ask, "what");
    struct tb_err e = {0};
    enum tb_code c = tb_fail(&e, TB_USAGE, "何をするのかが送られていません");
    for (size_t i = 0; what && i < TB_COUNT(acts); i++)
        if (strcmp(acts[i].name, what) == 0) {
            e = (struct tb_err){0};
            c = acts[i].run(v, draft, &e);
        }
    if (c) {
        show(v, draft, web_status(c), web_said(c, &e));
        return;
    }
    v->reply.status = 303;
    if (what && strcmp(what, "publish") == 0)
        tb_buf_add(&v->reply.location, "/publications");
    else
        tb_buf_addf(&v->reply.location, "/d/%lld", (long long)draft);
}
