/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody cannot come: what is published and to come, and for one seat the telephone script: one person at a
 * time in large type, what to say, what he said. She can hold the receiver.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/app/calls.h"
#include "toban/app/duties.h"
#include "toban/app/hand.h"
#include "toban/app/sent.h"
#include "toban/app/todo.h"
#include "toban/domain/address.h"
#include "toban/tell/seat.h"
#include "visit.h"

#define DAYS 14

static void address(const char *seat, const char *leaves, const char *with, struct tb_buf *out)
{
    tb_buf_add(out, "/replace");
    web_arg(out, "seat", seat);
    web_arg(out, "who", leaves);
    web_arg(out, "with", with);
}

/* ---- what is published and to come --------------------------------------------------------------------- */

static void duty_row(struct tb_html *h, const struct tb_app_duties *x, const struct tb_app_duty *d)
{
    const struct tb_board *b = x->board;
    const int slot = d->assignment >= 0 ? b->a[d->assignment].slot : -1;
    if (slot < 0) return;
    const struct tb_slot *s = &b->slots[slot];
    const struct tb_provider *p = &x->region->providers[b->a[d->assignment].provider];
    struct tb_buf day = {0}, key = {0}, to = {0};
    web_day(s->date, &day);
    tb_tell_slot_typed(x->region, s, &key);
    address(tb_buf_str(&key), p->id, NULL, &to);
    tb_html_open(h, "tr");
    tb_html_el_as(h, "td", "num", tb_buf_str(&day));
    tb_html_elf(h, "td", NULL, "%s%s", x->region->duties[s->duty].name,
                s->role == TB_RESERVE ? "（予備）" : "");
    tb_html_el_as(h, "td", "name", p->name);
    tb_html_open(h, "td");
    tb_html_open_as(h, "a", "btn small");
    tb_html_attr(h, "href", tb_buf_str(&to));
    tb_html_text(h, x->region->kinds[p->kind].person ? "出務できません" : "当番に出られません");
    tb_html_elf(h, "span", "unseen", " %s", p->name);
    tb_html_close(h, "a");
    tb_html_close(h, "td");
    tb_html_close_line(h, "tr");
    tb_buf_free(&day);
    tb_buf_free(&key);
    tb_buf_free(&to);
}

void page_coming(struct visit *v)
{
    static const char *const words[] = {"日", "当番区分", "名", "出られないとき"};
    struct tb_app_duties x;
    struct tb_err e = {0};
    char from[64], to[64], period[140];
    tb_day today = tb_day_of_minute(tb_clock_now(&v->app.clock));
    (void)snprintf(period, sizeof period, "%s..%s", tb_format_date(today, from, sizeof from),
                   tb_format_date(today + DAYS, to, sizeof to));
    if (visit_refused(v, tb_app_duties(&v->app, &(struct tb_app_duties_asked){.period = period}, &x, &e), &e))
        return;
    struct tb_html h = {.out = &v->reply.body};
    const struct web_frame frame = {"これからの当番", "/coming", NULL};
    web_frame_open(&v->ask, &frame, &h);
    tb_html_elf(&h, "h1", NULL, "これからの当番（%d日）", DAYS);
    tb_html_el(&h, "p", "当番に出られない人の行のボタンを押すと、電話の順番が出ます。");
    tb_html_open_as(&h, "table", "plain list");
    web_heads(&h, words, TB_COUNT(words));
    tb_html_open(&h, "tbody");
    for (int i = 0; i < x.n; i++) duty_row(&h, &x, &x.v[i]);
    tb_html_close(&h, "tbody");
    tb_html_close_line(&h, "table");
    if (!x.n) tb_html_el(&h, "p", "この期間に公表した当番はありません。");
    web_frame_close(&v->ask, &h);
    tb_app_duties_free(&x);
    v->reply.status = 200;
}

/* ---- the script of one seat ---- */

struct script {
    struct visit *v;
    struct tb_html h;
    struct tb_app_draft d;
    struct tb_substitutes all;
    int who; /* who does not come, -1: it is open */
    const char *seat;
    struct tb_call *calls;
    size_t n_calls;
};

static enum tb_code open_script(struct script *x, struct tb_err *e)
{
    const struct tb_app *app = &x->v->app;
    const struct tb_fill rq = {.seat = x->seat, .leaves = web_value(&x->v->ask, "who")};
    if (!x->seat) return tb_fail(e, TB_USAGE, "席が示されていません");
    enum tb_code c = tb_app_fill_look(app, &rq, &x->d, &x->all, &x->who, e);
    return c ? c : tb_app_calls(app, x->seat, &x->calls, &x->n_calls, e);
}

static void close_script(struct script *x)
{
    tb_calls_free(x->calls, x->n_calls);
    tb_substitutes_free(&x->all);
    tb_app_draft_free(&x->d);
}

/* What he said last, or -1. */
static int last_said(const struct script *x, const char *provider, tb_minute *at)
{
    int said = -1;
    for (size_t i = 0; i < x->n_calls; i++)
        if (strcmp(x->calls[i].provider, provider) == 0) {
            said = (int)x->calls[i].said;
            *at = x->calls[i].at;
        }
    return said;
}

static void call_button(struct script *x, const char *provider, enum tb_call_said said)
{
    struct tb_html *h = &x->h;
    web_form(h, x->v->ask.token, "/replace", NULL);
    web_hidden(h, "seat", x->seat);
    web_hidden(h, "who", x->who < 0 ? NULL : x->d.region->providers[x->who].id);
    web_hidden(h, "provider", provider);
    web_hidden(h, "said", tb_call_word(said));
    tb_html_el_as(h, "button", said == TB_CALL_ACCEPTED ? "btn main big" : "btn big", tb_call_name(said));
    tb_html_close_line(h, "form");
}

/* The one seat that is planned. */
static int seat_slot(const struct script *x)
{
    for (int i = 0; i < x->d.problem->n_slots; i++) {
        struct tb_buf key = {0};
        if (!x->d.problem->slots[i].planned) continue;
        tb_tell_slot_typed(x->d.region, &x->d.problem->slots[i], &key);
        bool it = strcmp(tb_buf_str(&key), x->seat) == 0;
        tb_buf_free(&key);
        if (it) return i;
    }
    /* Typed otherwise: of a problem that plans the slots of one seat, and its reserve, the first. */
    for (int i = 0; i < x->d.problem->n_slots; i++)
        if (x->d.problem->slots[i].planned) return i;
    TB_BUG("a seat to fill without a slot");
}

/* What he would newly break or cost, and what is thereby open. */
static void consequences(struct script *x, const struct tb_substitute *s)
{
    for (int i = 0; i < s->verdict->n_violations; i++) {
        const struct tb_violation *v = &s->verdict->violations[i];
        struct tb_buf text = {0};
        if (tb_violation_in(v, x->all.now)) continue;
        tb_violation_short(x->d.problem, v, seat_slot(x), &text);
        tb_html_el_as(&x->h, "p", v->hard ? "is-stop" : "is-care", tb_buf_str(&text));
        tb_buf_free(&text);
    }
    if (s->reserve_slot >= 0)
        tb_html_el_as(&x->h, "p", "is-care", "この日の予備からの繰り上げです。予備が空席になります。");
}

static void seat_words(const struct script *x, struct tb_buf *out)
{
    char from[64], to[64];
    const struct tb_slot *s = &x->d.problem->slots[seat_slot(x)];
    const tb_minute midnight = tb_minute_of(s->date, 0);
    web_day(s->date, out);
    tb_buf_addf(out, " %s%s %s〜%s", x->d.region->duties[s->duty].name, s->role == TB_RESERVE ? "の予備" : "",
                tb_format_time_ja((int)(s->interval[0].from - midnight), from, sizeof from),
                tb_format_time_ja((int)(s->interval[s->n_intervals - 1].to - midnight), to, sizeof to));
}

static void large(struct script *x, const struct tb_substitute *s)
{
    struct tb_html *h = &x->h;
    const struct tb_provider *p = &x->d.region->providers[s->provider];
    const char *phone = tb_tell_phone(p), *leaves = x->who < 0 ? NULL : x->d.region->providers[x->who].name;
    struct tb_buf seat = {0};
    seat_words(x, &seat);
    tb_html_open_as(h, "section", "panel next stack");
    tb_html_el(h, "h2", "いま電話する人");
    tb_html_el_as(h, "p", "big-line name", p->name);
    if (*phone) {
        tb_html_open_as(h, "a", "tel call-number");
        tb_html_attrf(h, "href", "tel:%s", phone);
        tb_html_text(h, phone);
        tb_html_close(h, "a");
    } else
        tb_html_el_as(h, "p", "is-stop", "電話の登録がありません。名簿を確かめてください。");
    tb_html_open_as(h, "p", "msg");
    tb_html_textf(
        h, "「%s %s、事務局の %s です。%s の%s%sが、当番に出られなくなりました。代わりをお願いできますか。」",
        p->name, tb_provider_honorific(x->d.region, s->provider), x->v->app.actor.name, tb_buf_str(&seat),
        leaves ? leaves : "人", leaves ? " " : "");
    tb_html_close(h, "p");
    consequences(x, s);
    tb_html_open_as(h, "div", "row");
    call_button(x, p->id, TB_CALL_ACCEPTED);
    call_button(x, p->id, TB_CALL_DECLINED);
    call_button(x, p->id, TB_CALL_NO_ANSWER);
    call_button(x, p->id, TB_CALL_BACK);
    tb_html_close_line(h, "div");
    tb_html_close_line(h, "section");
    tb_buf_free(&seat);
}

static void others(struct script *x, int now)
{
    static const char *const words[] = {"順", "名", "電話", "どうなるか", "記録"};
    struct tb_html *h = &x->h;
    tb_html_open_as(h, "section", "panel");
    tb_html_elf(h, "h2", NULL, "順番（%d人）", x->all.n);
    tb_html_open_as(h, "table", "plain list");
    web_heads(h, words, TB_COUNT(words));
    tb_html_open(h, "tbody");
    for (int i = 0; i < x->all.n && i < 40; i++) {
        const struct tb_substitute *s = &x->all.v[i];
        const struct tb_provider *p = &x->d.region->providers[s->provider];
        tb_minute at = 0;
        char when[64];
        int said = last_said(x, p->id, &at);
        struct tb_buf cost = {0};
        web_difference(s->cost, &cost);
        tb_html_open(h, "tr");
        tb_html_elf(h, "td", "num", "%d%s", i + 1, i == now ? " ←今" : "");
        tb_html_el_as(h, "td", "name", p->name);
        tb_html_el_as(h, "td", "num", tb_tell_phone(p));
        tb_html_elf(h, "td", s->n_hard ? "is-stop" : NULL, "%s%s",
                    s->n_hard     ? "× 必須の条件を破ります"
                    : s->cost > 0 ? "△ 差 "
                                  : "○ 差 ",
                    s->n_hard ? "" : tb_buf_str(&cost));
        if (said >= 0)
            tb_html_elf(h, "td", NULL, "%s %s", tb_format_instant_told(at, when, sizeof when),
                        tb_call_name((enum tb_call_said)said));
        else
            tb_html_el(h, "td", "");
        tb_html_close_line(h, "tr");
        tb_buf_free(&cost);
    }
    tb_html_close(h, "tbody");
    tb_html_close_line(h, "table");
    if (x->all.n > 40) tb_html_elf(h, "p", NULL, "ほか %d人", x->all.n - 40);
    tb_html_close_line(h, "section");
}

/* The first who breaks nothing and has not said no; nobody who did not answer is asked again before the rest
 * was. */
static int next_to_call(const struct script *x)
{
    int again = -1;
    for (int i = 0; i < x->all.n; i++) {
        const struct tb_provider *p = &x->d.region->providers[x->all.v[i].provider];
        tb_minute at;
        int said = last_said(x, p->id, &at);
        if (x->all.v[i].n_hard || said == TB_CALL_DECLINED) continue;
        if (said < 0) return i;
        if (again < 0) again = i;
    }
    return again;
}

/* He has said yes: what will be published, and the button. */
static void confirm(struct script *x, const struct tb_substitute *s)
{
    struct tb_html *h = &x->h;
    const struct tb_provider *p = &x->d.region->providers[s->provider];
    struct tb_buf seat = {0};
    seat_words(x, &seat);
    tb_html_open_as(h, "section", "panel next stack");
    tb_html_elf(h, "h2", NULL, "%s %s → %s", tb_buf_str(&seat), web_named(x->d.region, x->who), p->name);
    consequences(x, s);
    tb_html_el(h, "p",
               "公表すると、予定表・カレンダー・案内表がすぐに替わります。次の画面に、知らせる相手と文面が並"
               "びます。");
    web_form(h, x->v->ask.token, "/replace", NULL);
    web_hidden(h, "seat", x->seat);
    web_hidden(h, "who", x->who < 0 ? NULL : x->d.region->providers[x->who].id);
    web_hidden(h, "provider", p->id);
    web_hidden(h, "said", "publish");
    web_field(h, &(struct web_field){
                     .name = "note", .label = "わけ（知らせの文に載ります）", .value = "急病のため"});
    tb_html_el_as(h, "button", "btn main big", "公表して、知らせる相手を見る");
    tb_html_close_line(h, "form");
    tb_html_close_line(h, "section");
    tb_buf_free(&seat);
}

void page_replace(struct visit *v)
{
    struct script x = {.v = v, .h = {.out = &v->reply.body}, .seat = web_value(&v->ask, "seat")};
    struct tb_err e = {0};
    const char *with = web_value(&v->ask, "with");
    const struct web_frame frame = {"電話の台本", "/coming", NULL};
    if (!visit_refused(v, open_script(&x, &e), &e)) {
        int now = next_to_call(&x), chosen = -1;
        struct tb_buf seat = {0};
        for (int i = 0; i < x.all.n && with; i++)
            if (strcmp(x.d.region->providers[x.all.v[i].provider].id, with) == 0) chosen = i;
        seat_words(&x, &seat);
        web_frame_open(&v->ask, &frame, &x.h);
        tb_html_elf(&x.h, "h1", NULL, "%s", tb_buf_str(&seat));
        tb_html_elf(&x.h, "p", NULL, "%s%s", x.who < 0 ? "空席です。" : x.d.region->providers[x.who].name,
                    x.who < 0 ? "" : " が当番に出られません。");
        if (chosen >= 0)
            confirm(&x, &x.all.v[chosen]);
        else if (now >= 0)
            large(&x, &x.all.v[now]);
        else
            tb_html_el_as(
                &x.h, "p", "msg stop",
                "条件を破らずに代われる人がいません。担当理事に相談し、月表で特例を付けて入れます。");
        others(&x, chosen >= 0 ? chosen : now);
        web_frame_close(&v->ask, &x.h);
        v->reply.status = 200;
        tb_buf_free(&seat);
    }
    close_script(&x);
}

void page_replace_do(struct visit *v)
{
    const char *seat = web_value(&v->ask, "seat"), *who = web_value(&v->ask, "who"),
               *provider = web_value(&v->ask, "provider"), *word = web_value(&v->ask, "said");
    struct tb_err e = {0};
    enum tb_call_said said = TB_CALL_NO_ANSWER;
    if (!seat || !provider || !word) {
        visit_refused(v, tb_fail(&e, TB_USAGE, "送られた内容が足りません。何も変えていません"), &e);
        return;
    }
    v->reply.status = 303;
    if (strcmp(word, "publish") == 0) {
        struct tb_filled done;
        const struct tb_fill rq = {
            .seat = seat, .leaves = who, .with = provider, .note = web_value(&v->ask, "note")};
        if (visit_refused(v, tb_app_fill(&v->app, &rq, &done, &e), &e)) return;
        tb_buf_addf(&v->reply.location, "/sent?number=%lld", (long long)done.number);
        tb_filled_free(&done);
        return;
    }
    enum tb_code c = tb_call_parse(word, &said, &e);
    if (c == TB_OK) c = tb_app_call(&v->app, seat, provider, said, &e);
    if (visit_refused(v, c, &e)) return;
    address(seat, who, said == TB_CALL_ACCEPTED ? provider : NULL, &v->reply.location);
}

/* ---- who is to be told ---- */

static const char *way_word(int way)
{
    static const char *const words[] = {
        [TB_WAY_FAX] = "FAX", [TB_WAY_MAIL] = "メール", [TB_WAY_POST] = "郵便", [TB_WAY_HAND] = "手渡し"};
    return (size_t)way < TB_COUNT(words) ? words[way] : "";
}

static void told_form(struct visit *v, struct tb_html *h, int64_t number, const char *recipient,
                      const char *what, const char *word)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%lld", (long long)number);
    web_form(h, v->ask.token, "/sent", NULL);
    web_hidden(h, "number", text);
    web_hidden(h, "recipient", recipient);
    web_hidden(h, "what", what);
    tb_html_el_as(h, "button", "btn small", word);
    tb_html_close(h, "form");
}

static void due_row(struct visit *v, struct tb_html *h, const struct tb_app_sent *x,
                    const struct tb_app_due *due)
{
    struct tb_buf text = {0};
    char at[64];
    const char *name = due->provider >= 0 ? x->region->providers[due->provider].name
                                          : x->region->recipients[due->recipient].name;
    tb_html_open(h, "tr");
    tb_html_el(h, "td", name);
    tb_html_elf(h, "td", NULL, "%s %s", way_word(due->how), due->address);
    tb_html_open(h, "td");
    tb_app_sent_text(x, due, &text);
    tb_html_open(h, "details");
    tb_html_el(h, "summary", "文面を見る");
    tb_html_el_as(h, "pre", "letter", tb_buf_str(&text));
    tb_html_close(h, "details");
    tb_html_close(h, "td");
    tb_html_open(h, "td");
    if (due->confirmed != TB_NEVER)
        tb_html_textf(h, "確認 %s", tb_format_instant_told(due->confirmed, at, sizeof at));
    else if (due->sent != TB_NEVER) {
        tb_html_textf(h, "送付 %s ", tb_format_instant_told(due->sent, at, sizeof at));
        told_form(v, h, x->side.number, due->id, "confirmed", "受領を確認した");
    } else
        told_form(v, h, x->side.number, due->id, "sent", "送った");
    tb_html_close(h, "td");
    tb_html_close_line(h, "tr");
    tb_buf_free(&text);
}

void page_sent(struct visit *v)
{
    static const char *const words[] = {"知らせる相手", "送り先", "文面", "記録"};
    struct tb_app_sent x;
    struct tb_err e = {0};
    int64_t number = 0;
    enum tb_code c = web_number(&v->ask, "number", &number, &e);
    if (c == TB_OK) c = tb_app_sent(&v->app, number, &x, &e);
    if (visit_refused(v, c, &e)) return;
    struct tb_html h = {.out = &v->reply.body};
    const struct web_frame frame = {"知らせる相手", "/publications", NULL};
    size_t left = 0;
    for (size_t i = 0; i < x.n; i++) left += x.v[i].sent == TB_NEVER;
    web_frame_open(&v->ask, &frame, &h);
    tb_html_elf(&h, "h1", NULL, "第%lld版を知らせる相手 %zuか所", (long long)x.side.number, x.n);
    if (left)
        tb_html_elf(&h, "p", NULL, "まだ送っていない相手が %zuか所あります。", left);
    else
        tb_html_el_as(&h, "p", "is-ok", "すべて送りました。");
    if (left) told_form(v, &h, x.side.number, "*", "sent", "全部送った");
    tb_html_open_as(&h, "table", "plain list");
    web_heads(&h, words, TB_COUNT(words));
    tb_html_open(&h, "tbody");
    for (size_t i = 0; i < x.n; i++) due_row(v, &h, &x, &x.v[i]);
    tb_html_close(&h, "tbody");
    tb_html_close_line(&h, "table");
    web_frame_close(&v->ask, &h);
    tb_app_sent_free(&x);
    v->reply.status = 200;
}

/* Each one to whom it is still to be sent. */
static enum tb_code all_sent(struct visit *v, int64_t number, struct tb_err *e)
{
    struct tb_app_sent x;
    enum tb_code c = tb_app_sent(&v->app, number, &x, e);
    if (c) return c;
    for (size_t i = 0; i < x.n && c == TB_OK; i++)
        if (x.v[i].sent == TB_NEVER) c = tb_app_deliver(&v->app, number, x.v[i].id, false, NULL, "", e);
    tb_app_sent_free(&x);
    return c;
}

void page_sent_do(struct visit *v)
{
    const char *number = web_value(&v->ask, "number"), *recipient = web_value(&v->ask, "recipient"),
               *what = web_value(&v->ask, "what");
    struct tb_err e = {0};
    if (!number || !recipient || !what) {
        visit_refused(v, tb_fail(&e, TB_USAGE, "送られた内容が足りません。何も変えていません"), &e);
        return;
    }
    int64_t n = 0;
    enum tb_code c = web_number(&v->ask, "number", &n, &e);
    if (c == TB_OK)
        c = strcmp(recipient, "*") == 0
                ? all_sent(v, n, &e)
                : tb_app_deliver(&v->app, n, recipient, strcmp(what, "confirmed") == 0, NULL, "", &e);
    if (visit_refused(v, c, &e)) return;
    tb_buf_addf(&v->reply.location, "/sent?number=%lld", (long long)n);
    v->reply.status = 303;
}
