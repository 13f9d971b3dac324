/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Planning: what is asked for, how far it is, what came of it; a trial that is not stored.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "visit.h"

/* ---- what is asked for ---- */

/* A list to choose from behind its words; closed with choices_close. */
static void choices_open(struct tb_html *h, const char *summary, const char *look)
{
    tb_html_open(h, "details");
    tb_html_el(h, "summary", summary);
    tb_html_open_as(h, "div", look);
}

static void choices_close(struct tb_html *h)
{
    tb_html_close_line(h, "div");
    tb_html_close_line(h, "details");
}

static void choice(struct tb_html *h, const char *name, const char *value, const char *text)
{
    tb_html_open(h, "label");
    tb_html_void(h, "input");
    tb_html_attr(h, "type", "checkbox");
    tb_html_attr(h, "name", name);
    tb_html_attr(h, "value", value);
    tb_html_textf(h, " %s", text);
    tb_html_close_line(h, "label");
}

void page_plan_form(struct visit *v, struct tb_html *h, const struct tb_region *r)
{
    tb_html_open_as(h, "section", "panel stack");
    tb_html_el(h, "h2", "当番表を組む");
    web_form(h, v->ask.token, "/plan", NULL);
    web_field(h, &(struct web_field){
                     .name = "period", .label = "期間（2027-01、FY2027、年末年始 など）", .needed = true});
    choices_open(h, "当番区分をえらぶ（えらばなければ、その期間で作る区分すべて）", "row");
    for (int i = 0; i < r->n_duties; i++) choice(h, "duty", r->duties[i].id, r->duties[i].name);
    choices_close(h);
    tb_html_el_as(h, "button", "btn main", "組む");
    tb_html_close_line(h, "form");
    tb_html_close_line(h, "section");
}

/* The draft's days as they are typed: 2026-12, or its first and last day. */
static void typed(const struct tb_problem *p, struct tb_buf *out)
{
    char from[64], to[64];
    struct tb_ymd first = tb_ymd_of(p->from);
    if (p->from == tb_month_first(p->from) && p->to == tb_month_last(p->from))
        tb_buf_addf(out, "%04d-%02d", first.year, first.month);
    else
        tb_buf_addf(out, "%s..%s", tb_format_date(p->from, from, sizeof from),
                    tb_format_date(p->to, to, sizeof to));
}

/* The same days and duties as the draft's. */
static void same_plan(struct visit *v, struct tb_html *h, const struct tb_app_draft *d)
{
    struct tb_buf period = {0};
    typed(d->problem, &period);
    web_form(h, v->ask.token, "/plan", NULL);
    web_hidden(h, "period", tb_buf_str(&period));
    for (int i = 0; i < d->problem->n_duties; i++)
        web_hidden(h, "duty", d->region->duties[d->problem->duties[i]].id);
    tb_buf_free(&period);
}

static void again_form(struct visit *v, struct tb_html *h, const struct tb_app_draft *d)
{
    char to[48];
    tb_html_open_as(h, "section", "panel stack");
    tb_html_el(h, "h2", "作り直す");
    tb_html_el(h, "p",
               "今の希望・休み・固定で、同じ期間と当番区分の新しい案を組みます。今の案はそのまま残ります。"
               "「固定」した席は動きません。");
    if (d->stored.published) tb_html_el(h, "p", "公表した席は、できるだけ変えません。");
    same_plan(v, h, d);
    if (d->stored.published) web_hidden(h, "kind", "replan");
    tb_html_open_as(h, "div", "row");
    tb_html_el_as(h, "button", "btn main", "作り直す");
    (void)snprintf(to, sizeof to, "/d/%lld", (long long)d->stored.id);
    web_link(h, "btn", to, "やめる");
    tb_html_close_line(h, "div");
    tb_html_close_line(h, "form");
    tb_html_close_line(h, "section");
}

static bool in_the_plan(const struct tb_app_draft *d, int provider)
{
    for (int i = 0; i < d->problem->n_duties; i++)
        if (tb_member_on(d->region, d->problem->duties[i], provider, d->problem->from) >= 0) return true;
    return false;
}

/* What if somebody took no seat, or a rule did not count? */
static void try_form(struct visit *v, struct tb_html *h, const struct tb_app_draft *d)
{
    const struct tb_region *r = d->region;
    tb_html_open_as(h, "section", "panel stack");
    tb_html_el(h, "h2", "試してみる（保存しません）");
    tb_html_el(h, "p",
               "「この人が休んだら」「この条件をやめたら」を計算し、この案との違いだけを出します。"
               "当番表もデータも変わりません。");
    same_plan(v, h, d);
    web_hidden(h, "kind", "try");
    choices_open(h, "席に入れない人をえらぶ", "row");
    for (int i = 0; i < r->n_providers; i++)
        if (in_the_plan(d, i)) choice(h, "without", r->providers[i].id, r->providers[i].name);
    choices_close(h);
    choices_open(h, "やめてみる条件をえらぶ", "stack");
    for (int i = 0; i < r->n_rules; i++) choice(h, "off", r->rules[i].id, r->rules[i].ja);
    choices_close(h);
    tb_html_el_as(h, "button", "btn", "試す");
    tb_html_close_line(h, "form");
    tb_html_close_line(h, "section");
}

void page_replan(struct visit *v, int64_t draft)
{
    struct tb_app_draft d;
    struct tb_err e = {0};
    if (visit_refused(v, tb_app_open_draft(&v->app, draft, NULL, false, &d, &e), &e)) return;
    struct tb_html h = {.out = &v->reply.body};
    const struct web_frame frame = {"作り直す・試す", "/m", NULL};
    web_frame_open(&v->ask, &frame, &h);
    tb_html_elf(&h, "h1", NULL, "案%lld を作り直す・試す", (long long)draft);
    if (tb_actor_may(&v->app.actor, TB_USE_PLAN)) again_form(v, &h, &d);
    try_form(v, &h, &d);
    web_frame_close(&v->ask, &h);
    v->reply.status = 200;
    tb_app_draft_free(&d);
}

/* All of a name; more than fit are an error. */
static enum tb_code list(struct visit *v, const char *name, struct web_job_list *out, struct tb_err *e)
{
    size_t n = http_fields(v->rq, name, out->v, WEB_JOB_WORDS);
    out->n = n > WEB_JOB_WORDS ? 0 : (int)n;
    if (n <= WEB_JOB_WORDS) return TB_OK;
    return tb_fail(e, TB_USAGE, "一度にえらべるのは %d までです（%zu えらばれています）。何も変えていません",
                   WEB_JOB_WORDS, n);
}

void page_plan(struct visit *v)
{
    const char *kind = web_value(&v->ask, "kind");
    struct web_job_asked asked = {.period = web_value(&v->ask, "period")};
    struct tb_err e = {0};
    int64_t id;
    if (kind && strcmp(kind, "replan") == 0) asked.kind = WEB_JOB_REPLAN;
    if (kind && strcmp(kind, "try") == 0) asked.kind = WEB_JOB_TRY;
    enum tb_code c = list(v, "duty", &asked.duties, &e);
    if (c == TB_OK) c = list(v, "without", &asked.without, &e);
    if (c == TB_OK) c = list(v, "off", &asked.off, &e);
    if (c == TB_OK && !asked.period)
        c = tb_fail(&e, TB_USAGE, "期間を書いてください（2027-01 など）。何も変えていません");
    if (c == TB_OK && strpbrk(asked.period, "\t\n"))
        c = tb_fail(&e, TB_USAGE, "期間「%s」: 2027-01、FY2027、年末年始 のように書きます", asked.period);
    if (c == TB_OK) c = web_job_begin(v->o->jobs, &v->app.actor, v->ask.practice, &asked, &id, &e);
    if (visit_refused(v, c, &e)) return;
    tb_buf_addf(&v->reply.location, "/jobs/%lld", (long long)id);
    v->reply.status = 303;
}

/* ---- how far it is ---- */

static void stop_form(struct visit *v, struct tb_html *h, int64_t id, bool take)
{
    char to[40];
    (void)snprintf(to, sizeof to, "/jobs/%lld", (long long)id);
    web_form(h, v->ask.token, to, NULL);
    if (take) web_hidden(h, "take", "1");
    tb_html_el_as(h, "button", take ? "btn" : "btn stop",
                  take ? "ここまでの最良を案にする" : "止める（何も残しません）");
    tb_html_close_line(h, "form");
}

static void running(struct visit *v, struct tb_html *h, const struct web_job_seen *x)
{
    tb_html_open(h, "p");
    tb_html_attr(h, "role", "status");
    tb_html_textf(h, "%s計算しています（%.0f秒）。", x->stopping ? "止めています。" : "", x->seconds);
    if (!isnan(x->best)) {
        tb_html_text(h, "組める当番表は見つかっています。もっと良いものがないかを確かめています。");
        if (x->best > 0 && x->bound > 0)
            tb_html_textf(h, "今より良くなる余地は、多くて %.1f%% です。",
                          100 * (x->best - x->bound) / x->best);
    }
    tb_html_close_line(h, "p");
    tb_html_open(h, "progress");
    tb_html_attr(h, "aria-label", "計算中");
    tb_html_close(h, "progress");
    if (x->stopping) return;
    tb_html_open_as(h, "div", "row");
    if (!isnan(x->best) && x->kind != WEB_JOB_TRY) stop_form(v, h, x->id, true);
    stop_form(v, h, x->id, false);
    tb_html_close_line(h, "div");
}

static void over(struct tb_html *h, const struct web_job_seen *x)
{
    tb_html_open(h, "p");
    tb_html_attr(h, "role", "status");
    tb_html_textf(h, x->state == TB_JOB_DONE ? "できました（%.1f秒）。" : "できませんでした（%.1f秒）。",
                  x->seconds);
    tb_html_close_line(h, "p");
    if (x->state == TB_JOB_FAILED)
        web_alert(h, x->said);
    else if (*x->said)
        tb_html_el_as(h, "pre", "letter", x->said);
    if (x->draft) {
        char to[40];
        (void)snprintf(to, sizeof to, "/d/%lld", (long long)x->draft);
        web_link(h, "btn main", to, "月表を開く");
    } else
        web_link(h, "btn", "/m", "月表へもどる");
}

static void job_state(struct visit *v, struct tb_html *h, const struct web_job_seen *x)
{
    tb_html_open_as(h, "section", "panel stack");
    tb_html_attr(h, "id", "job");
    tb_html_attr_int(h, "data-job", x->id);
    if (x->state == TB_JOB_OPEN) tb_html_attr(h, "data-running", "1");
    if (x->state == TB_JOB_DONE && x->draft) tb_html_attrf(h, "data-then", "/d/%lld", (long long)x->draft);
    if (x->state == TB_JOB_OPEN)
        running(v, h, x);
    else
        over(h, x);
    tb_html_close_line(h, "section");
}

static bool job_of(struct visit *v, int64_t *id)
{
    char rest[32];
    return visit_rest(v, rest, sizeof rest) && tb_parse_int(rest, 1, INT32_MAX, id);
}

/* What was typed, as people say it where it is a month or some days. */
static void said_period(const char *text, struct tb_buf *out)
{
    tb_day from, to;
    char word[64], day[16];
    if (web_month_asked(text, &from)) {
        tb_buf_add(out, tb_format_month_ja(from, word, sizeof word));
        return;
    }
    (void)snprintf(day, sizeof day, "%.10s", text);
    if (strlen(text) == 22 && strncmp(text + 10, "..", 2) == 0 && tb_parse_date(day, &from) &&
        tb_parse_date(text + 12, &to)) {
        tb_buf_addf(out, "%s〜", tb_format_date_ja(from, word, sizeof word));
        tb_buf_add(out, tb_format_date_ja(to, word, sizeof word));
    } else
        tb_buf_add(out, text);
}

void page_job(struct visit *v)
{
    static const char *const words[] = {
        [WEB_JOB_PLAN] = "を組む", [WEB_JOB_REPLAN] = "を作り直す", [WEB_JOB_TRY] = "を試す（保存しません）"};
    struct web_job_seen x;
    struct tb_err e = {0};
    int64_t id = 0;
    if (!job_of(v, &id)) id = 0;
    if (visit_refused(v, web_job_seen(v->o->jobs, id, &x, &e), &e)) return;
    struct tb_html h = {.out = &v->reply.body};
    struct tb_buf title = {0};
    said_period(x.period, &title);
    tb_buf_addf(&title, " %s", words[x.kind]);
    const struct web_frame frame = {tb_buf_str(&title), "/m", NULL};
    if (!v->ask.part) web_frame_open(&v->ask, &frame, &h);
    if (!v->ask.part) tb_html_el(&h, "h1", tb_buf_str(&title));
    job_state(v, &h, &x);
    if (!v->ask.part) web_frame_close(&v->ask, &h);
    v->reply.status = 200;
    tb_buf_free(&title);
    web_job_seen_free(&x);
}

void page_job_stop(struct visit *v)
{
    int64_t id;
    if (!job_of(v, &id) || !web_job_stop(v->o->jobs, id, web_value(&v->ask, "take") != NULL)) {
        web_not_there(&v->ask, "その計算はもう終わっています。", &v->reply);
        return;
    }
    tb_buf_addf(&v->reply.location, "/jobs/%lld", (long long)id);
    v->reply.status = 303;
}
