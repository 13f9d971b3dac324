/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a seat stays open or a rule is broken, and what would mend it; why somebody sits where he sits. Solved
 * while the page is made, within a few seconds.
 */
#include <stdlib.h>
#include <string.h>

#include "toban/app/explain.h"
#include "toban/app/why.h"
#include "toban/tell/explain.h"
#include "toban/tell/why.h"
#include "visit.h"

#define SECONDS 20 /* for each solve of an explanation */
#define RIVALS 3

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
    web_day(s->date, &words);
    tb_buf_addf(&words, " %s%s", x->d.region->duties[s->duty].name, s->role == TB_RESERVE ? "（予備）" : "");
    tb_buf_addf(&to, "/d/%lld?seat=", (long long)x->d.stored.id);
    web_query(x->seat, &to);
    web_frame_open(&x->v->ask, &frame, &x->h);
    tb_html_open(&x->h, "p");
    web_link(&x->h, "btn small", tb_buf_str(&to), "月表にもどる");
    tb_html_close_line(&x->h, "p");
    tb_html_elf(&x->h, "h1", NULL, "%s: %s", title, tb_buf_str(&words));
    tb_buf_free(&words);
    tb_buf_free(&to);
}

static void told(struct question *x, const struct tb_buf *text)
{
    tb_html_open_as(&x->h, "section", "panel");
    tb_html_el_as(&x->h, "pre", "letter", text->len ? text->s : "");
    tb_html_close_line(&x->h, "section");
}

/* ---- why it stays open, or a rule is broken ---------------------------------------------------------------
 */

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

void page_explain(struct visit *v, int64_t draft)
{
    struct question x = {.v = v, .h = {.out = &v->reply.body}};
    struct tb_err e = {0};
    struct tb_explanation *all = NULL;
    size_t n = 0;
    enum tb_code c = ask(&x, draft, &e);
    if (c == TB_OK) c = explain(&x, &all, &n, &e);
    if (c)
        web_refuse(&v->ask, web_status(c), e.text, &v->reply);
    else {
        struct tb_buf text = {0};
        const struct tb_tell_explain told_of = {.draft = &x.d,
                                                .prechecks = "",
                                                .open = all,
                                                .n_open = x.who < 0 ? (int)n : 0,
                                                .broken = all,
                                                .n_broken = x.who < 0 ? 0 : (int)n};
        page_open(&x, "なぜ埋まらないか・守れないか");
        tb_tell_explain_text(&told_of, &text);
        if (n)
            told(&x, &text);
        else
            tb_html_el(&x.h, "p", "この席では必須の条件は守られています。");
        web_frame_close(&x.h);
        v->reply.status = 200;
        tb_buf_free(&text);
    }
    for (size_t i = 0; i < n; i++) tb_explanation_free(&all[i]);
    free(all);
    tb_app_draft_free(&x.d);
}

/* ---- why he
 * ------------------------------------------------------------------------------------------------ */

void page_why(struct visit *v, int64_t draft)
{
    struct question x = {.v = v, .h = {.out = &v->reply.body}};
    struct tb_err e = {0};
    struct tb_why why = {0};
    enum tb_code c = ask(&x, draft, &e);
    if (c == TB_OK && x.who < 0) c = tb_fail(&e, TB_REFUSED, "この席には今だれもいません");
    if (c == TB_OK) c = tb_why(&v->app, &x.d, &(struct tb_why_question){x.slot, x.who, -1, RIVALS}, &why, &e);
    if (c)
        web_refuse(&v->ask, web_status(c), e.text, &v->reply);
    else {
        struct tb_buf text = {0};
        char *seat = tb_xstrdup(x.seat);
        const struct tb_tell_why_seat one = {seat, why};
        const struct tb_tell_why told_of = {.draft = &x.d, .v = &one, .n = 1, .most = RIVALS};
        page_open(&x, "なぜこの人か");
        tb_tell_why_text(&told_of, &text);
        told(&x, &text);
        web_frame_close(&x.h);
        v->reply.status = 200;
        tb_buf_free(&text);
        free(seat);
        tb_why_free(&why);
    }
    tb_app_draft_free(&x.d);
}
