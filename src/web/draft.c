/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draft as a page: what is wrong first, then the table, then the list of the seat that is chosen.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "month.h"
#include "moved.h"
#include "toban/codec/codec.h"
#include "toban/tell/seat.h"

struct page {
    const struct web_ask *q;
    struct tb_app_draft d;
    struct tb_app_edits edits;
    struct web_month m;
    struct web_view v;
    struct tb_choices choices;
    struct tb_html h;
};

/* ---- what is in view ----------------------------------------------------------------------------------- */

/* A month at a time: that of the address, of the seat that is chosen, or the first one. */
static void in_view(struct page *p, tb_day *from, tb_day *to)
{
    const struct tb_problem *x = p->d.problem;
    tb_day day = p->v.slot < 0 ? x->from : x->slots[p->v.slot].date;
    (void)web_month_asked(web_value(p->q, "month"), &day);
    if (day < tb_month_first(x->from) || day > x->to) day = x->from;
    *from = tb_month_first(day) < x->from ? x->from : tb_month_first(day);
    *to = tb_month_last(day) > x->to ? x->to : tb_month_last(day);
}

/* The seat of the address; who sits there, when he still does. `list`: with everybody who might (a script
 * asks for that after it has shown the verdict). */
static enum tb_code choose(struct page *p, bool list, struct tb_err *e)
{
    const char *seat = web_value(p->q, "seat"), *who = web_value(p->q, "who");
    struct web_view *v = &p->v;
    v->slot = v->holder = -1;
    if (!seat || !*seat) return TB_OK;
    enum tb_code c = tb_app_seat(p->d.problem, seat, &v->slot, e);
    if (c) return c;
    int provider = who ? tb_find_provider(p->d.region, who) : -1, first = -1, n = 0;
    for (int i = 0; i < p->d.roster.n; i++) {
        if (p->d.roster.a[i].slot != v->slot) continue;
        if (p->d.roster.a[i].provider == provider) v->holder = provider;
        first = n++ ? first : p->d.roster.a[i].provider;
    }
    /* He has left it meanwhile: whoever sits there now, unless a seat is open. */
    if (v->holder < 0 && n >= p->d.problem->slots[v->slot].need) v->holder = first;
    v->seat = seat;
    v->who = v->holder < 0 ? NULL : p->d.region->providers[v->holder].id;
    if (list) c = tb_app_choices(p->q->app, &p->d, v->slot, v->holder, &p->choices, e);
    if (list) v->choices = &p->choices;
    return c;
}

/* `given`: the draft as an act has left it, taken over; NULL: it is opened. */
static enum tb_code load(struct page *p, int64_t draft, struct tb_app_draft *given, struct tb_err *e)
{
    const struct tb_app *app = p->q->app;
    tb_day from, to;
    enum tb_code c = TB_OK;
    p->v.slot = p->v.holder = -1;
    p->v.token = p->q->token;
    if (given) {
        p->d = *given;
        *given = (struct tb_app_draft){0};
    } else
        c = tb_app_open_draft(app, draft, NULL, false, &p->d, e);
    if (c == TB_OK) c = tb_app_edits_of(app, &p->d, &p->edits, &p->v.life, e);
    p->v.may_change = tb_actor_may(&app->actor, TB_USE_ASSIGN);
    if (c == TB_OK) c = choose(p, !given || !p->q->part, e);
    if (c) return c;
    in_view(p, &from, &to);
    web_month_of(&p->d, from, to, &p->m);
    return TB_OK;
}

static void unload(struct page *p)
{
    tb_choices_free(&p->choices);
    web_month_free(&p->m);
    tb_app_edits_free(&p->edits);
    tb_app_draft_free(&p->d);
}

/* ---- the head ---- */

static void name_of(const struct page *p, struct tb_buf *out)
{
    const struct tb_problem *x = p->d.problem;
    const char **names = tb_xcalloc((size_t)x->n_duties + 1, sizeof *names);
    struct tb_buf common = {0};
    char month[64];
    tb_buf_add(out, tb_format_month_ja(x->from, month, sizeof month));
    if (x->to > tb_month_last(x->from)) tb_buf_addf(out, "から%d月", tb_ymd_of(x->to).month);
    for (int i = 0; i < x->n_duties; i++) names[i] = p->d.region->duties[x->duties[i]].name;
    web_common(names, x->n_duties, &common);
    if (common.len)
        tb_buf_addf(out, " %s", common.s);
    else
        tb_buf_addf(out, " %s ほか%d区分", names[0], x->n_duties - 1);
    tb_buf_free(&common);
    free(names);
}

static void steps(struct page *p)
{
    static const struct {
        const char *word;
        enum tb_life state;
    } step[] = {{"案", TB_LIFE_DRAFT},
                {"回覧", TB_LIFE_CIRCULATING},
                {"承認", TB_LIFE_APPROVED},
                {"公表", TB_LIFE_PUBLISHED}};
    struct tb_html *h = &p->h;
    tb_html_open_as(h, "ol", "steps");
    tb_html_attr(h, "aria-label", "進み具合");
    for (size_t i = 0; i < TB_COUNT(step); i++) {
        tb_html_open(h, "li");
        if (p->v.life == step[i].state) tb_html_attr(h, "aria-current", "step");
        tb_html_text(h, step[i].word);
        tb_html_close(h, "li");
    }
    tb_html_close_line(h, "ol");
}

static void head(struct page *p)
{
    struct tb_html *h = &p->h;
    struct tb_buf name = {0};
    name_of(p, &name);
    tb_html_open_as(h, "div", "row apart");
    tb_html_open_as(h, "div", "row");
    tb_html_el(h, "h1", tb_buf_str(&name));
    tb_html_open_as(h, "span", "note-text");
    tb_html_attr(h, "id", "revision");
    tb_html_textf(h, "案%lld", (long long)p->d.stored.id);
    if (p->d.stored.revision) tb_html_textf(h, " 改%lld", (long long)p->d.stored.revision);
    tb_html_close(h, "span");
    tb_html_close(h, "div");
    steps(p);
    tb_html_close_line(h, "div");
    tb_buf_free(&name);
}

/* ---- what is wrong, each a link to its first place ----------------------------------------------------- */

/* The first cell that says one of these, or is open (0). */
static bool first_cell(const struct web_month *m, unsigned says, struct tb_buf *out)
{
    for (tb_day d = m->from; d <= m->to; d++)
        for (int i = 0; i < m->n_columns; i++) {
            const struct web_cell *x = web_cell(m, d, i);
            if (x->slot < 0 || (says ? !(x->says & says) : x->provider >= 0)) continue;
            tb_buf_addf(out, "#c-%d-%d", x->slot, m->columns[i].seat);
            return true;
        }
    return false;
}

static void fact(struct page *p, const char *class, const char *word, int n, const char *unit, unsigned says)
{
    struct tb_html *h = &p->h;
    struct tb_buf to = {0};
    tb_html_open_as(h, "div", n ? class : NULL);
    tb_html_elf(h, "dt", NULL, "%s%s", n && class ? "！" : "", word);
    tb_html_open(h, "dd");
    if (n && first_cell(&p->m, says, &to)) {
        tb_html_open(h, "a");
        tb_html_attr(h, "href", tb_buf_str(&to));
        tb_html_textf(h, "%d%s", n, unit);
        tb_html_close(h, "a");
    } else
        tb_html_textf(h, "%d%s", n, unit);
    tb_html_close(h, "dd");
    tb_html_close(h, "div");
    tb_buf_free(&to);
}

static void facts(struct page *p)
{
    struct tb_html *h = &p->h;
    tb_html_open_as(h, "dl", "facts");
    tb_html_attr(h, "id", "facts");
    tb_html_attr(h, "aria-live", "polite");
    fact(p, "is-stop", "必須違反", p->m.hard, "件", WEB_BREACH);
    fact(p, "is-stop", "空席", p->m.open, "", 0);
    fact(p, NULL, "努力未達", p->m.soft, "件", WEB_SOFT | WEB_WISH);
    fact(p, NULL, "特例", p->m.consents, "件", WEB_CONSENT);
    tb_html_close_line(h, "dl");
}

static void months(struct page *p)
{
    struct tb_html *h = &p->h;
    const struct tb_problem *x = p->d.problem;
    if (tb_month_last(x->from) >= x->to) return;
    tb_html_open_as(h, "nav", "row");
    tb_html_attr(h, "aria-label", "月");
    for (tb_day d = tb_month_first(x->from); d <= x->to; d = tb_month_last(d) + 1) {
        struct tb_ymd of = tb_ymd_of(d);
        tb_html_open_as(h, "a", "btn small");
        tb_html_attrf(h, "href", "/d/%lld?month=%04d-%02d", (long long)p->d.stored.id, of.year, of.month);
        if (tb_month_first(p->m.from) == d) tb_html_attr(h, "aria-current", "true");
        tb_html_textf(h, "%d月", of.month);
        tb_html_close(h, "a");
    }
    tb_html_close_line(h, "nav");
}

/* A link, or the same dashed with why it is not one. */
static void next_step(struct page *p)
{
    struct tb_html *h = &p->h;
    bool ready = !p->m.hard && !p->m.open;
    tb_html_open_as(h, "a", "btn small");
    tb_html_attr(h, "id", "next");
    if (!ready) tb_html_attr(h, "aria-disabled", "true");
    if (ready) tb_html_attrf(h, "href", "/d/%lld/publish", (long long)p->d.stored.id);
    tb_html_text(h, p->v.life == TB_LIFE_DRAFT ? "回覧・公表へ" : "公表へ");
    if (!ready) tb_html_el_as(h, "span", "note-text", "空席・違反を直してから");
    tb_html_close(h, "a");
}

static void tools(struct page *p)
{
    struct tb_html *h = &p->h;
    tb_html_open_as(h, "div", "row apart tools");
    tb_html_open_as(h, "div", "row");
    months(p);
    facts(p);
    tb_html_close_line(h, "div");
    tb_html_open_as(h, "div", "row");
    static const struct {
        const char *path, *word;
    } link[] = {
        {"people", "医師ごと"}, {"thin", "手薄な日"}, {"replan", "作り直す"}, {"edits", "手直しの記録"}};
    for (size_t i = 0; i < TB_COUNT(link); i++) {
        tb_html_open_as(h, "a", "btn small");
        tb_html_attrf(h, "href", "/d/%lld/%s", (long long)p->d.stored.id, link[i].path);
        tb_html_text(h, link[i].word);
        tb_html_close(h, "a");
    }
    next_step(p);
    tb_html_close_line(h, "div");
    tb_html_close_line(h, "div");
}

/* ---- messages ---- */

static void message(struct page *p, const char *said)
{
    struct tb_html *h = &p->h;
    tb_html_open(h, "div");
    tb_html_attr(h, "id", "said");
    web_alert(h, said);
    tb_html_close_line(h, "div");
}

/* ---- undo ---- */

void web_edit_words(const struct tb_region *r, const struct tb_edit *x, struct tb_buf *out)
{
    for (size_t i = 0; i < x->n; i++) {
        const struct tb_edit_seat *s = &x->seats[i];
        if (i) tb_buf_add(out, "、");
        web_seat_name(r, s->seat.date, s->seat.duty, s->seat.role, out);
        tb_buf_addf(out, " %s → %s", web_named(r, s->went), web_named(r, s->seat.provider));
    }
}

static void undo_form(struct page *p, const char *act, const char *word, bool can)
{
    struct tb_html *h = &p->h;
    if (!can) {
        tb_html_open_as(h, "span", "btn small");
        tb_html_attr(h, "aria-disabled", "true");
        tb_html_text(h, word);
        tb_html_close(h, "span");
        return;
    }
    web_act_form(h, &p->d, p->v.token, act, p->v.seat);
    tb_html_el_as(h, "button", "btn small", word);
    tb_html_close(h, "form");
}

static void undo(struct page *p)
{
    struct tb_html *h = &p->h;
    const struct tb_edit *last = p->edits.n ? &p->edits.v[p->edits.n - 1] : NULL;
    const struct tb_edit *of = last;
    struct tb_buf words = {0};
    tb_html_open_as(h, "div", "undo");
    tb_html_attr(h, "id", "undo");
    tb_html_attr(h, "role", "status");
    if (last) {
        int minute = (int)(last->at - tb_minute_of(tb_day_of_minute(last->at), 0));
        char at[64];
        for (size_t i = 0; i < p->edits.n; i++)
            if (last->of && p->edits.v[i].revision == last->of) of = &p->edits.v[i];
        web_edit_words(p->edits.region, of, &words);
        tb_html_open(h, "span");
        tb_html_textf(h, "%s %s: ", tb_format_time_ja(minute, at, sizeof at), last->by);
        if (last->act != TB_EDIT_SEATS) tb_html_textf(h, "%s ", tb_edit_act_name(last->act));
        tb_html_text(h, tb_buf_str(&words));
        tb_html_close(h, "span");
    } else
        tb_html_el(h, "span", "まだ手直しはありません");
    if (p->v.may_change) {
        undo_form(p, "undo", "元に戻す", tb_edit_to_undo(p->edits.v, p->edits.n) != NULL);
        undo_form(p, "redo", "やり直す", tb_edit_to_redo(p->edits.v, p->edits.n) != NULL);
    }
    tb_html_el_as(h, "span", "push note-text script",
                  "矢印で移動・Enterで候補・Deleteで空席・Ctrl+Zで元に戻す");
    tb_html_close_line(h, "div");
    tb_buf_free(&words);
}

/* ---- the page ---- */

static void body(struct page *p, const char *said)
{
    struct tb_html *h = &p->h;
    head(p);
    tools(p);
    message(p, said);
    if (p->v.life == TB_LIFE_DRAFT) web_moved(h, &p->d);
    tb_html_open_as(h, "div", "work fill");
    tb_html_attr(h, "id", "work");
    tb_html_open(h, "div");
    web_grid(h, &p->m, &p->v);
    undo(p);
    tb_html_close_line(h, "div");
    web_panel(h, &p->m, &p->v);
    tb_html_close_line(h, "div");
}

void web_draft(const struct web_ask *q, int64_t draft, struct tb_app_draft *given, const char *said,
               struct web_reply *out)
{
    struct page p = {.q = q};
    struct tb_err e = {0};
    enum tb_code c = load(&p, draft, given, &e);
    if (c) {
        unload(&p);
        web_refuse(q, c, &e, out);
        return;
    }
    p.h = (struct tb_html){.out = &out->body};
    if (q->part && !said && web_value(q, "side")) {
        web_panel(&p.h, &p.m, &p.v);
    } else {
        struct tb_buf name = {0};
        name_of(&p, &name);
        const struct web_frame frame = {tb_buf_str(&name), "/m", "full"};
        if (!q->part) web_frame_open(q, &frame, &p.h);
        body(&p, said);
        if (!q->part) web_frame_close(q, &p.h);
        tb_buf_free(&name);
    }
    if (!out->status) out->status = 200;
    unload(&p);
}
