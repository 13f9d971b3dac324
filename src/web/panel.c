/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of one seat: who sits there, who may, who may at a price, who may not, each with his reason, his
 * account and his telephone, before anything is changed.
 */
#include <stdio.h>
#include <string.h>

#include "month.h"
#include "toban/tell/seat.h"

#define SHOWN 3 /* of each group; the others behind a word */

struct panel {
    struct tb_html *h;
    const struct web_month *m;
    const struct web_view *v;
};

static const struct tb_provider *person(const struct panel *x, int provider)
{
    return &x->m->d->region->providers[provider];
}

static void form(const struct panel *x, const char *act)
{
    web_act_form(x->h, x->m->d, x->v->token, act, x->v->seat);
}

static void button(struct tb_html *h, const char *class, const char *text, const char *more)
{
    tb_html_open_as(h, "button", class);
    tb_html_text(h, text);
    if (more) tb_html_elf(h, "span", "unseen", " %s", more);
    tb_html_close(h, "button");
}

static void telephone(struct tb_html *h, const struct tb_provider *p)
{
    const char *number = tb_tell_phone(p);
    if (!*number) {
        tb_html_text(h, "電話の登録なし");
        return;
    }
    tb_html_open_as(h, "a", "tel");
    tb_html_attrf(h, "href", "tel:%s", number);
    tb_html_text(h, number);
    tb_html_close(h, "a");
}

/* ---- one candidate ------------------------------------------------------------------------------------ */

static void account(const struct panel *x, const struct tb_choice *c)
{
    struct tb_html *h = x->h;
    struct tb_buf text = {0};
    tb_day date = x->m->d->problem->slots[c->slot].date;
    if (c->ledger >= 0) {
        web_deviation(c->before, &text);
        tb_buf_add(&text, " → ");
        web_deviation(c->after, &text);
        tb_buf_add(&text, "・");
    }
    if (c->last == TB_DAY_NONE)
        tb_buf_add(&text, "前回の記録なし");
    else
        tb_buf_addf(&text, "前回 %d日前", date - c->last);
    if (c->next != TB_DAY_NONE && c->next - date <= 14) tb_buf_addf(&text, "・次 %d日後", c->next - date);
    tb_buf_add(&text, "・");
    tb_html_open(h, "p");
    tb_html_text(h, tb_buf_str(&text));
    telephone(h, person(x, c->provider));
    tb_html_close(h, "p");
    tb_buf_free(&text);
}

static void wish(const struct panel *x, const struct tb_choice *c)
{
    static const char *const word[] = {[TB_WISH_CANNOT] = "出務できない",
                                       [TB_WISH_ONLY] = "この日なら出務できる",
                                       [TB_WISH_RATHER_NOT] = "なるべく避けたい",
                                       [TB_WISH_LIKE] = "入りたい"};
    const struct tb_region *now = x->m->d->today ? x->m->d->today : x->m->d->region;
    struct tb_buf text = {0};
    if (c->wish < 0) return;
    const struct tb_wish *w = &now->wishes[c->wish];
    if ((size_t)w->type >= TB_COUNT(word) || !word[w->type]) return;
    tb_buf_addf(&text, "希望: %s", word[w->type]);
    if (w->received != TB_DAY_NONE) {
        struct tb_ymd d = tb_ymd_of(w->received);
        tb_buf_addf(&text, "（%d/%d 受付）", d.month, d.day);
    }
    if (w->note && *w->note) tb_buf_addf(&text, " %s", w->note);
    tb_html_el_as(x->h, "p", w->type == TB_WISH_LIKE || w->type == TB_WISH_ONLY ? "is-ok" : "is-care",
                  tb_buf_str(&text));
    tb_buf_free(&text);
}

static void take(const struct panel *x, const struct tb_choice *c)
{
    struct tb_html *h = x->h;
    const struct tb_provider *p = person(x, c->provider);
    if (!x->v->may_change) return;
    if (c->mark == TB_CHOICE_MAY_NOT) {
        struct tb_buf to = {0};
        tb_buf_addf(&to, "/d/%lld/exception", (long long)x->m->d->stored.id);
        web_arg(&to, "seat", x->v->seat);
        web_arg(&to, "who", x->v->who);
        web_arg(&to, "provider", p->id);
        tb_html_open_as(h, "a", "btn small stop");
        tb_html_attr(h, "href", tb_buf_str(&to));
        tb_html_text(h, "特例…");
        tb_html_elf(h, "span", "unseen", " %s", p->name);
        tb_html_close(h, "a");
        tb_buf_free(&to);
        return;
    }
    form(x, "assign");
    web_hidden(h, "provider", p->id);
    if (x->v->who) web_hidden(h, "instead-of", x->v->who);
    button(h, "btn small", "入れる", p->name);
    tb_html_close(h, "form");
}

static void candidate(const struct panel *x, const struct tb_choice *c)
{
    static const char *const look[] = {
        [TB_CHOICE_MAY] = "is-ok", [TB_CHOICE_PRICE] = "is-care", [TB_CHOICE_MAY_NOT] = "is-stop"};
    static const char *const word[] = {
        [TB_CHOICE_MAY] = "入れる", [TB_CHOICE_PRICE] = "できれば避ける", [TB_CHOICE_MAY_NOT] = "入れない"};
    struct tb_html *h = x->h;
    const struct tb_provider *p = person(x, c->provider);
    struct tb_buf difference = {0};
    tb_html_open_as(h, "li", "cand");
    tb_html_attrf(h, "data-kana", "%s", p->kana ? p->kana : "");
    tb_html_open_as(h, "span",
                    c->mark == TB_CHOICE_MAY     ? "mark is-ok"
                    : c->mark == TB_CHOICE_PRICE ? "mark is-care"
                                                 : "mark is-stop");
    tb_html_attr(h, "aria-hidden", "true");
    tb_html_text(h, tb_choice_sign(c->mark));
    tb_html_close(h, "span");
    tb_html_open_as(h, "span", "name");
    tb_html_text(h, p->name);
    tb_html_elf(h, "span", "unseen", " %s", word[c->mark]);
    tb_html_close(h, "span");
    web_difference(c->cost, &difference);
    tb_html_open_as(h, "span", "num");
    tb_html_text(h, "差 ");
    tb_html_el(h, "b", tb_buf_str(&difference));
    tb_html_close(h, "span");
    tb_buf_free(&difference);
    take(x, c);
    account(x, c);
    if (c->reserve_here)
        tb_html_el_as(h, "p", "is-care", "この日の予備です。繰り上げるなら、先に予備の席から外します");
    for (size_t i = 0; i < c->why.n; i++)
        tb_html_el_as(h, "p", (int)i < c->n_hard ? look[TB_CHOICE_MAY_NOT] : look[TB_CHOICE_PRICE],
                      c->why.v[i]);
    wish(x, c);
    tb_html_close_line(h, "li");
}

static void group(const struct panel *x, enum tb_choice_mark mark, const char *title)
{
    const struct tb_choices *all = x->v->choices;
    struct tb_html *h = x->h;
    int n = 0, shown = 0;
    for (int i = 0; i < all->n; i++) n += all->v[i].mark == mark;
    tb_html_elf(h, "h3", NULL, "%s %s %d人", tb_choice_sign(mark), title, n);
    if (!n) return;
    tb_html_open(h, "ol");
    for (int i = 0; i < all->n; i++) {
        if (all->v[i].mark != mark) continue;
        if (shown++ == SHOWN) {
            tb_html_close_line(h, "ol");
            tb_html_open(h, "details");
            tb_html_open_as(h, "summary", "more");
            tb_html_textf(h, "ほか %d人を開く", n - SHOWN);
            tb_html_close(h, "summary");
            tb_html_open(h, "ol");
        }
        candidate(x, &all->v[i]);
    }
    tb_html_close_line(h, "ol");
    if (n > SHOWN) tb_html_close_line(h, "details");
}

/* ---- the head: who sits there now ---- */

static void holder(const struct panel *x)
{
    struct tb_html *h = x->h;
    tb_html_open(h, "p");
    tb_html_text(h, "今 ");
    if (x->v->holder < 0)
        tb_html_el_as(h, "b", "is-stop", "空席");
    else {
        const struct tb_provider *p = person(x, x->v->holder);
        tb_html_el_as(h, "b", "name", p->name);
        tb_html_text(h, " ");
        tb_html_open_as(h, "span", "note-text");
        telephone(h, p);
        tb_html_close(h, "span");
    }
    tb_html_close_line(h, "p");
}

/* What is broken or priced at this seat now, in full. */
static void breaches(const struct panel *x)
{
    const struct tb_verdict *all = x->m->d->verdict;
    const struct tb_problem *p = x->m->d->problem;
    for (int i = 0; i < all->n_violations; i++) {
        const struct tb_violation *v = &all->violations[i];
        bool here = v->slots[0] == x->v->slot || v->slots[1] == x->v->slot;
        if (v->slots[0] < 0 && v->provider == x->v->holder && v->provider >= 0)
            here = p->slots[x->v->slot].date >= v->from && p->slots[x->v->slot].date <= v->to;
        if (!here || (v->provider >= 0 && v->provider != x->v->holder)) continue;
        struct tb_buf text = {0};
        const struct tb_exception *signed_by = v->hard ? tb_app_consent(x->m->d, v) : NULL;
        tb_buf_add(&text, signed_by ? "特例 " : v->hard ? "！必須違反 " : "△努力未達 ");
        tb_violation_short(p, v, x->v->slot, &text);
        if (signed_by) tb_buf_addf(&text, "（承認 %s: %s）", signed_by->signed_by, signed_by->reason);
        tb_html_el_as(x->h, "p", v->hard && !signed_by ? "is-stop" : "is-care", tb_buf_str(&text));
        tb_buf_free(&text);
    }
}

static bool pinned(const struct panel *x)
{
    const struct web_month *m = x->m;
    const struct tb_slot *s = &m->d->problem->slots[x->v->slot];
    for (int i = 0; i < m->n_columns; i++) {
        if (s->date < m->from || s->date > m->to) continue;
        const struct web_cell *c = web_cell(m, s->date, i);
        if (c->slot == x->v->slot && c->provider == x->v->holder) return (c->says & WEB_PINNED) != 0;
    }
    return false;
}

/* /d/17/why?seat=...: answers that take a moment. */
static void ask_link(const struct panel *x, const char *view, const char *word)
{
    struct tb_buf to = {0};
    tb_buf_addf(&to, "/d/%lld/%s", (long long)x->m->d->stored.id, view);
    web_arg(&to, "seat", x->v->seat);
    web_arg(&to, "who", x->v->who);
    web_link(x->h, "btn small", tb_buf_str(&to), word);
    tb_buf_free(&to);
}

static void questions(const struct panel *x)
{
    const struct tb_verdict *all = x->m->d->verdict;
    bool broken = x->v->holder < 0;
    for (int i = 0; i < all->n_hard && !broken; i++)
        broken = all->violations[i].slots[0] == x->v->slot || all->violations[i].slots[1] == x->v->slot;
    tb_html_open_as(x->h, "div", "row");
    if (x->v->holder >= 0) ask_link(x, "why", "なぜこの人?");
    if (broken) ask_link(x, "explain", x->v->holder < 0 ? "なぜ埋まらない?" : "なぜ守れない?");
    tb_html_close_line(x->h, "div");
}

static void acts(const struct panel *x)
{
    struct tb_html *h = x->h;
    if (x->v->holder < 0 || !x->v->may_change) return;
    const struct tb_provider *p = person(x, x->v->holder);
    bool fixed = pinned(x);
    tb_html_open_as(h, "div", "row");
    form(x, "pin");
    web_hidden(h, "provider", p->id);
    if (fixed) web_hidden(h, "remove", "1");
    button(h, "btn small", fixed ? "固定を外す" : "固定", p->name);
    tb_html_close(h, "form");
    form(x, "leave");
    web_hidden(h, "provider", p->id);
    button(h, "btn small stop", "席から外す", p->name);
    tb_html_close(h, "form");
    form(x, "forbid");
    web_hidden(h, "provider", p->id);
    button(h, "btn small", "この枠に入れない", p->name);
    tb_html_close(h, "form");
    tb_html_close_line(h, "div");
    tb_html_open(h, "details");
    tb_html_el(h, "summary", "別の席と入れ替える");
    form(x, "exchange");
    web_hidden(h, "provider", p->id);
    tb_html_open_as(h, "label", "label");
    tb_html_text(h, "相手の席 ");
    tb_html_open_as(h, "select", "input fit");
    tb_html_attr(h, "name", "with");
    for (tb_day d = x->m->from; d <= x->m->to; d++)
        for (int i = 0; i < x->m->n_columns; i++) {
            const struct web_cell *c = web_cell(x->m, d, i);
            struct tb_buf key = {0}, text = {0};
            if (c->slot < 0 || c->slot == x->v->slot ||
                x->m->d->problem->slots[c->slot].duty != x->m->d->problem->slots[x->v->slot].duty)
                continue;
            tb_tell_slot_typed(x->m->d->region, &x->m->d->problem->slots[c->slot], &key);
            if (c->provider >= 0) tb_buf_addf(&key, "=%s", person(x, c->provider)->id);
            web_day(d, &text);
            tb_buf_addf(&text, " %s%s", web_named(x->m->d->region, c->provider),
                        x->m->columns[i].role == TB_RESERVE ? "（予備）" : "");
            tb_html_open(h, "option");
            tb_html_attr(h, "value", tb_buf_str(&key));
            tb_html_text(h, tb_buf_str(&text));
            tb_html_close(h, "option");
            tb_buf_free(&key);
            tb_buf_free(&text);
        }
    tb_html_close(h, "select");
    tb_html_close(h, "label");
    tb_html_text(h, " ");
    button(h, "btn small", "入れ替える", NULL);
    tb_html_close(h, "form");
    tb_html_close_line(h, "details");
}

static void title(const struct panel *x, struct tb_buf *out)
{
    const struct tb_region *r = x->m->d->region;
    const struct tb_slot *s = &x->m->d->problem->slots[x->v->slot];
    web_day(s->date, out);
    tb_buf_addf(out, " %s %s", r->duties[s->duty].name,
                s->role == TB_RESERVE        ? "予備"
                : r->duties[s->duty].at_home ? "待機"
                                             : "当番");
}

void web_panel(struct tb_html *h, const struct web_month *m, const struct web_view *v)
{
    const struct panel x = {h, m, v};
    tb_html_open_as(h, "aside", "side");
    tb_html_attr(h, "id", "side");
    tb_html_attr(h, "aria-label", "選んだ席の候補");
    if (v->slot < 0) {
        tb_html_open(h, "header");
        tb_html_el(h, "h2", "席を選んでください");
        tb_html_el_as(h, "p", "note-text",
                      "席を押すと、入れる人・できれば避ける人・入れない人が理由つきで並びます。押しただけでは"
                      "何も変わりません。");
        tb_html_close(h, "header");
        tb_html_close_line(h, "aside");
        return;
    }
    struct tb_buf text = {0};
    title(&x, &text);
    tb_html_open(h, "header");
    tb_html_open_as(h, "div", "row apart");
    tb_html_el(h, "h2", tb_buf_str(&text));
    tb_html_open_as(h, "a", "btn small");
    tb_html_attrf(h, "href", "/d/%lld", (long long)m->d->stored.id);
    tb_html_attr(h, "data-close", "");
    tb_html_text(h, "閉じる");
    tb_html_close(h, "a");
    tb_html_close_line(h, "div");
    holder(&x);
    breaches(&x);
    questions(&x);
    acts(&x);
    tb_html_open_as(h, "div", "row script");
    tb_html_open_as(h, "label", "label");
    tb_html_attr(h, "for", "kana");
    tb_html_text(h, "かなで絞る");
    tb_html_close(h, "label");
    tb_html_void(h, "input");
    tb_html_attr(h, "class", "input fit grow");
    tb_html_attr(h, "id", "kana");
    tb_html_attr(h, "type", "search");
    tb_html_attr(h, "size", "8");
    tb_html_attr(h, "autocomplete", "off");
    tb_html_close_line(h, "div");
    tb_html_close_line(h, "header");
    tb_html_open_as(h, "div", "cands");
    tb_html_attr(h, "tabindex", "0");
    tb_html_attr(h, "role", "region");
    tb_html_attrf(h, "aria-label", "候補 %d人", v->choices ? v->choices->n : 0);
    if (!v->choices)
        tb_html_el_as(h, "p", "more", "調べています…");
    else {
        group(&x, TB_CHOICE_MAY, "入れる");
        group(&x, TB_CHOICE_PRICE, "できれば避ける");
        group(&x, TB_CHOICE_MAY_NOT, v->may_change ? "入れない（特例の署名があれば可）" : "入れない");
    }
    tb_html_close_line(h, "div");
    tb_html_close_line(h, "aside");
    tb_buf_free(&text);
}
