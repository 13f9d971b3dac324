/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a seat stays open or a rule is broken, and what would mend it; why somebody sits where he sits. Solved
 * while the page is made, within a few seconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/app/explain.h"
#include "toban/app/why.h"
#include "toban/tell/seat.h"
#include "visit.h"

#define SECONDS 20 /* for each solve of an explanation */
#define RIVALS 3   /* planned for */
#define SHOWN 20

struct question {
    struct visit *v;
    struct tb_app_draft d;
    const char *seat;
    int slot, who; /* who -1: the seat is open */
    struct tb_html h;
};

static enum tb_code ask(struct question *x, int64_t draft, struct tb_err *e)
{
    x->seat = web_value(&x->v->ask, "seat");
    if (!x->seat) return tb_fail(e, TB_USAGE, "席が示されていません");
    enum tb_code c = tb_app_open_draft(&x->v->app, draft, NULL, false, &x->d, e);
    if (c == TB_OK) c = tb_app_seat(x->d.problem, x->seat, &x->slot, e);
    if (c) return c;
    const char *who = web_value(&x->v->ask, "who");
    x->who = who ? tb_find_provider(x->d.region, who) : -1;
    if (x->who >= 0 && tb_roster_find(&x->d.roster, x->slot, x->who) < 0) x->who = -1;
    return TB_OK;
}

static void page_open(struct question *x, const char *title)
{
    const struct web_frame frame = {title, "/m", NULL};
    const struct tb_slot *s = &x->d.problem->slots[x->slot];
    struct tb_buf words = {0}, to = {0};
    web_seat_name(x->d.region, s->date, s->duty, s->role, &words);
    web_seat_address(x->d.stored.id, x->seat, x->who < 0 ? NULL : x->d.region->providers[x->who].id, &to);
    web_frame_open(&x->v->ask, &frame, &x->h);
    tb_html_open(&x->h, "p");
    web_link(&x->h, "btn small", tb_buf_str(&to), "月表にもどる");
    tb_html_close_line(&x->h, "p");
    tb_html_elf(&x->h, "h1", NULL, "%s: %s", title, tb_buf_str(&words));
    tb_buf_free(&words);
    tb_buf_free(&to);
}

/* ---- why it stays open, or a rule is broken ---- */

static bool touches(const struct question *x, const struct tb_violation *v)
{
    return v->hard &&
           (v->slots[0] == x->slot || v->slots[1] == x->slot || (v->slots[0] < 0 && v->provider == x->who));
}

/* The open seat itself, or each hard breach that it shows. */
static enum tb_code explain(struct question *x, struct tb_explanation **out, size_t *n, struct tb_err *e)
{
    struct tb_plan_opts o = x->v->app.plan;
    size_t cap = 0;
    enum tb_code c = TB_OK;
    o.seconds = SECONDS;
    if (x->who < 0) {
        struct tb_explanation one;
        c = tb_explain(x->d.problem, &x->d.roster, x->slot, &o, &one, e);
        if (c == TB_OK) *TB_PUSH(*out, *n, cap) = one;
    }
    for (int i = 0; i < x->d.verdict->n_violations && x->who >= 0 && c == TB_OK; i++) {
        struct tb_explanation one;
        if (!touches(x, &x->d.verdict->violations[i])) continue;
        c = tb_explain_breach(x->d.problem, &x->d.roster, &x->d.verdict->violations[i], &o, &one, e);
        if (c == TB_OK) *TB_PUSH(*out, *n, cap) = one;
    }
    return c;
}

static void cause_item(struct question *x, const struct tb_cause *c)
{
    struct tb_buf text = {0};
    int who = tb_cause_provider(x->d.problem, c);
    const char *phone = who < 0 ? "" : tb_tell_phone(&x->d.region->providers[who]);
    tb_cause_text(x->d.problem, c, &text);
    tb_html_open(&x->h, "li");
    tb_html_text(&x->h, tb_buf_str(&text));
    if (c->unknown) tb_html_text(&x->h, "（要るかどうか、時間内には分かりませんでした）");
    if (*phone) {
        tb_html_text(&x->h, " ");
        tb_html_open_as(&x->h, "a", "tel");
        tb_html_attrf(&x->h, "href", "tel:%s", phone);
        tb_html_text(&x->h, phone);
        tb_html_close(&x->h, "a");
    }
    tb_html_close_line(&x->h, "li");
    tb_buf_free(&text);
}

static void repair_item(struct question *x, const struct tb_repair *r)
{
    struct tb_buf cost = {0};
    web_difference(r->cost, &cost);
    tb_html_open(&x->h, "li");
    if (!r->n) tb_html_text(&x->h, "何も外さず、ほかの席を組み替える");
    for (int i = 0; i < r->n; i++) {
        struct tb_buf text = {0};
        tb_cause_text(x->d.problem, &r->causes[i], &text);
        tb_html_textf(&x->h, "%s「%s」を外してもらう", i ? "と、" : "", tb_buf_str(&text));
        tb_buf_free(&text);
    }
    tb_html_textf(&x->h, "（変わる席 %d、差 %s%s）", r->changes, tb_buf_str(&cost),
                  r->proven ? "" : "、もっと良い直し方があるかもしれません");
    tb_html_close_line(&x->h, "li");
    tb_buf_free(&cost);
}

static void explanation(struct question *x, const struct tb_explanation *one)
{
    static const char *const words[] = {
        [TB_HOLE_CORE] = "次のことが重なっているため、できません。どれか一つでも変われば、できます。",
        [TB_HOLE_POOL] = "担い手が足りません。希望や休みを全部外しても、できません。",
        [TB_HOLE_POSSIBLE] = "できます。下の直し方で組み替えるか、月表の「入れる」人から選んでください。",
        [TB_HOLE_UNKNOWN] = "決めた時間の中では分かりませんでした。"};
    tb_html_open_as(&x->h, "section", "panel stack");
    if (one->slot < 0) {
        struct tb_buf text = {0};
        tb_violation_text(x->d.problem, &one->broken, &text);
        tb_html_el(&x->h, "h2", tb_buf_str(&text));
        tb_buf_free(&text);
    }
    tb_html_el(&x->h, "p", words[one->hole]);
    if (one->n_causes) {
        tb_html_open_as(&x->h, "ul", "causes");
        for (int i = 0; i < one->n_causes; i++) cause_item(x, &one->causes[i]);
        tb_html_close_line(&x->h, "ul");
    }
    if (one->n_repairs) {
        tb_html_el(&x->h, "h3", "直し方（良い順）");
        tb_html_open_as(&x->h, "ol", "causes");
        for (int i = 0; i < one->n_repairs; i++) repair_item(x, &one->repairs[i]);
        tb_html_close_line(&x->h, "ol");
    }
    tb_html_close_line(&x->h, "section");
}

void page_explain(struct visit *v, int64_t draft)
{
    struct question x = {.v = v, .h = {.out = &v->reply.body}};
    struct tb_err e = {0};
    struct tb_explanation *all = NULL;
    size_t n = 0;
    enum tb_code c = ask(&x, draft, &e);
    if (c == TB_OK) c = explain(&x, &all, &n, &e);
    if (c)
        web_refuse(&v->ask, c, &e, &v->reply);
    else {
        char to[48];
        page_open(&x, x.who < 0 ? "なぜ埋まらないか" : "なぜ守れないか");
        for (size_t i = 0; i < n; i++) explanation(&x, &all[i]);
        if (!n) tb_html_el(&x.h, "p", "この席では必須の条件は守られています。");
        (void)snprintf(to, sizeof to, "/d/%lld/replan", (long long)draft);
        web_link(&x.h, "btn", to, "作り直す");
        web_frame_close(&v->ask, &x.h);
        v->reply.status = 200;
    }
    for (size_t i = 0; i < n; i++) tb_explanation_free(&all[i]);
    free(all);
    tb_app_draft_free(&x.d);
}

/* ---- why he ---- */

static void rival_row(struct question *x, const struct tb_rival *r)
{
    struct tb_html *h = &x->h;
    struct tb_buf direct = {0}, best = {0};
    web_difference(r->direct, &direct);
    web_difference(r->difference, &best);
    tb_html_open(h, "tr");
    tb_html_el_as(h, "td", "name", x->d.region->providers[r->provider].name);
    if (r->n_hard)
        tb_html_elf(h, "td", "is-stop", "× 必須の条件を%d件破る", r->n_hard);
    else
        tb_html_elf(h, "td", "num", "%s 差 %s", r->direct > 0 ? "△" : "○", tb_buf_str(&direct));
    if (!r->possible)
        tb_html_el_as(h, "td", "is-stop", "× どう組んでも入れません");
    else if (!r->solved && !r->bounded)
        tb_html_el(h, "td", "");
    else if (r->difference <= 0)
        tb_html_el(h, "td", "同じ良さです（並びの順で決まりました）");
    else
        tb_html_elf(h, "td", "num", "差 %s", tb_buf_str(&best));
    tb_html_open(h, "td");
    if (r->deciding) tb_html_elf(h, "span", NULL, "決め手: %s", r->deciding);
    for (size_t i = 0; i < r->reasons.n; i++)
        tb_html_el_as(h, "p", r->n_hard ? "is-stop" : "is-care", r->reasons.v[i]);
    tb_html_close(h, "td");
    tb_html_close_line(h, "tr");
    tb_buf_free(&direct);
    tb_buf_free(&best);
}

static void spared(struct question *x, const struct tb_why *w)
{
    struct tb_buf cost = {0};
    const char *name = x->d.region->providers[w->who].name;
    web_difference(w->spared, &cost);
    if (!w->spared_possible)
        tb_html_elf(&x->h, "p", NULL, "%s を外すと、この席を埋める組み方がありません。", name);
    else if (w->spared <= 0)
        tb_html_elf(&x->h, "p", NULL, "%s と同じ良さの人がいます。外しても全体は悪くなりません。", name);
    else
        tb_html_elf(&x->h, "p", NULL,
                    "%s を外してほかの人にすると、一番うまく組んでも全体が悪くなります（差 %s）。", name,
                    tb_buf_str(&cost));
    if (w->best_proven)
        tb_html_el_as(&x->h, "p", "note-text", "これより良い組み方はないことを確かめてあります。");
    tb_buf_free(&cost);
}

void page_why(struct visit *v, int64_t draft)
{
    static const char *const words[] = {"ほかの人", "そのまま入れ替えると", "全体を組み直すと", "わけ"};
    struct question x = {.v = v, .h = {.out = &v->reply.body}};
    struct tb_err e = {0};
    struct tb_why why = {0};
    enum tb_code c = ask(&x, draft, &e);
    if (c == TB_OK && x.who < 0) c = tb_fail(&e, TB_REFUSED, "この席には今だれもいません");
    if (c == TB_OK) c = tb_why(&v->app, &x.d, &(struct tb_why_question){x.slot, x.who, -1, RIVALS}, &why, &e);
    if (c)
        web_refuse(&v->ask, c, &e, &v->reply);
    else {
        page_open(&x, "なぜこの人か");
        spared(&x, &why);
        tb_html_open_as(&x.h, "section", "panel");
        tb_html_open_as(&x.h, "table", "plain");
        web_heads(&x.h, words, TB_COUNT(words));
        tb_html_open(&x.h, "tbody");
        for (int i = 0; i < why.n_rivals && i < SHOWN; i++) rival_row(&x, &why.rivals[i]);
        tb_html_close(&x.h, "tbody");
        tb_html_close_line(&x.h, "table");
        if (why.n_rivals > SHOWN)
            tb_html_elf(&x.h, "p", "note-text", "ほか %d人。月表の一覧に全員が理由つきで並びます。",
                        why.n_rivals - SHOWN);
        tb_html_close_line(&x.h, "section");
        web_frame_close(&v->ask, &x.h);
        v->reply.status = 200;
        tb_why_free(&why);
    }
    tb_app_draft_free(&x.d);
}
