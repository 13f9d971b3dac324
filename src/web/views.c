/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draft from other sides: by person, the seats that hang by a thread, what was changed by hand, and where
 * one person may go.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "month.h"
#include "toban/base/printer.h"
#include "toban/tell/seat.h"

static void back_to(struct tb_html *h, const struct tb_app_draft *d)
{
    tb_html_open(h, "p");
    tb_html_open_as(h, "a", "btn small");
    tb_html_attrf(h, "href", "/d/%lld", (long long)d->stored.id);
    tb_html_textf(h, "案%lld の月表へ", (long long)d->stored.id);
    tb_html_close(h, "a");
    tb_html_close_line(h, "p");
}

/* A link to the seat in the month. */
static void seat_link(struct tb_html *h, const struct tb_app_draft *d, int slot, int holder)
{
    const struct tb_slot *s = &d->problem->slots[slot];
    struct tb_buf key = {0}, to = {0}, text = {0};
    tb_tell_slot_typed(d->region, s, &key);
    web_seat_address(d->stored.id, tb_buf_str(&key), holder < 0 ? NULL : d->region->providers[holder].id,
                     &to);
    web_seat_name(d->region, s->date, s->duty, s->role, &text);
    web_link(h, NULL, tb_buf_str(&to), tb_buf_str(&text));
    tb_buf_free(&key);
    tb_buf_free(&to);
    tb_buf_free(&text);
}

/* ---- 手薄な日 ---- */

static void thin_rows(struct tb_html *h, const struct tb_app_draft *d, const struct tb_thin *v, int n)
{
    static const char *const words[] = {"席", "今の人", "代われる人", "人数"};
    tb_html_open_as(h, "table", "plain list");
    web_heads(h, words, TB_COUNT(words));
    tb_html_open(h, "tbody");
    for (int i = 0; i < n; i++) {
        tb_html_open(h, "tr");
        tb_html_open(h, "td");
        seat_link(h, d, v[i].slot, v[i].holder);
        tb_html_close(h, "td");
        tb_html_el_as(h, "td", "name", web_named(d->region, v[i].holder));
        tb_html_open(h, "td");
        for (int k = 0; k < v[i].n && k < TB_THIN; k++)
            tb_html_elf(h, "span", "name", "%s%s", k ? "、" : "", d->region->providers[v[i].others[k]].name);
        if (!v[i].n) tb_html_el_as(h, "span", "is-stop", "だれもいません");
        tb_html_close(h, "td");
        tb_html_elf(h, "td", "num", "%d人", v[i].n);
        tb_html_close_line(h, "tr");
    }
    tb_html_close(h, "tbody");
    tb_html_close_line(h, "table");
}

static void thin_page(const struct web_ask *q, struct tb_app_draft *d, struct web_reply *out)
{
    struct tb_err e = {0};
    struct tb_thin *v;
    int n;
    enum tb_code c = tb_app_thin(q->app, d, &v, &n, &e);
    if (c) {
        web_refuse(q, c, &e, out);
        return;
    }
    struct tb_html h = {.out = &out->body};
    const struct web_frame frame = {"手薄な日", "/m", NULL};
    web_frame_open(q, &frame, &h);
    back_to(&h, d);
    tb_html_elf(&h, "h1", NULL, "手薄な日 %d席", n);
    tb_html_el(&h, "p",
               "その人が出務できなくなったとき、必須の条件を破らずに代われる人が2人以下の席です。少ない順に並"
               "びます。");
    if (n)
        thin_rows(&h, d, v, n);
    else
        tb_html_el(&h, "p", "どの席にも、代われる人が3人以上います。");
    web_frame_close(q, &h);
    free(v);
    out->status = 200;
}

/* ---- 手直しの記録 ---- */

static void edits_page(const struct web_ask *q, struct tb_app_draft *d, struct web_reply *out)
{
    static const char *const words[] = {"手", "いつ", "だれが", "何を", "今は"};
    struct tb_err e = {0};
    struct tb_app_edits x;
    char at[64];
    enum tb_code c = tb_app_edits(q->app, d->stored.id, &x, &e);
    if (c) {
        web_refuse(q, c, &e, out);
        return;
    }
    struct tb_html h = {.out = &out->body};
    const struct web_frame frame = {"手直しの記録", "/m", NULL};
    web_frame_open(q, &frame, &h);
    back_to(&h, d);
    tb_html_el(&h, "h1", "手直しの記録");
    if (!x.n) tb_html_el(&h, "p", "まだ手直しはありません。");
    tb_html_open_as(&h, "table", "plain list");
    web_heads(&h, words, TB_COUNT(words));
    tb_html_open(&h, "tbody");
    for (size_t i = x.n; i-- > 0;) {
        const struct tb_edit *v = &x.v[i];
        struct tb_buf text = {0};
        if (v->act == TB_EDIT_SEATS)
            web_edit_words(x.region, v, &text);
        else
            tb_buf_addf(&text, "%lld手目の%s", (long long)v->of, tb_edit_act_name(v->act));
        tb_html_open(&h, "tr");
        tb_html_elf(&h, "td", "num", "%lld", (long long)v->revision);
        tb_html_el_as(&h, "td", "num", tb_format_instant_told(v->at, at, sizeof at));
        tb_html_el(&h, "td", v->by);
        tb_html_el(&h, "td", tb_buf_str(&text));
        tb_html_el(&h, "td", v->undone ? "取り消し済み" : "");
        tb_html_close_line(&h, "tr");
        tb_buf_free(&text);
    }
    tb_html_close(&h, "tbody");
    tb_html_close_line(&h, "table");
    web_frame_close(q, &h);
    tb_app_edits_free(&x);
    out->status = 200;
}

/* ---- 医師ごと ---- */

struct person {
    int provider, turns, reserve;
    int64_t deviation;
    bool account;
};

/* The least of what he has in the ledgers is what he is told of first: the widest one. */
static void first_counter(const struct tb_app_draft *d, struct person *x)
{
    const struct tb_problem *p = d->problem;
    for (int i = 0; i < p->n_counters && !x->account; i++) {
        const struct tb_ledger *l = &d->region->ledgers[p->counters[i].ledger];
        if (l->scope == TB_SCOPE_SHARE || p->counters[i].account != x->provider) continue;
        x->deviation = 100 * d->verdict->loads[i] - p->counters[i].entitlement;
        x->account = true;
    }
}

static int owed_first(const void *a, const void *b)
{
    const struct person *x = a, *y = b;
    if (x->deviation != y->deviation) return x->deviation < y->deviation ? -1 : 1;
    return x->provider - y->provider;
}

static struct person *people(const struct tb_app_draft *d, tb_day day, size_t *n)
{
    const struct tb_problem *p = d->problem;
    struct person *v = NULL;
    size_t cap = 0;
    *n = 0;
    for (int k = 0; k < p->region->n_providers; k++) {
        struct person x = {.provider = k};
        bool member = false;
        for (int i = 0; i < p->n_duties && !member; i++)
            member = tb_member_on(p->region, p->duties[i], k, day) >= 0;
        for (int i = 0; i < d->roster.n; i++)
            if (d->roster.a[i].provider == k) {
                bool reserve = p->slots[d->roster.a[i].slot].role == TB_RESERVE;
                x.turns += !reserve;
                x.reserve += reserve;
            }
        if (!member && !x.turns && !x.reserve) continue;
        first_counter(d, &x);
        *TB_PUSH(v, *n, cap) = x;
    }
    if (*n) qsort(v, *n, sizeof *v, owed_first);
    return v;
}

static void day_heads(struct tb_html *h, const struct web_month *m)
{
    static const char *const words[] = {"名", "当番", "予備", "持越し"};
    tb_html_open(h, "thead");
    tb_html_open(h, "tr");
    for (size_t i = 0; i < TB_COUNT(words); i++) {
        tb_html_open_as(h, "th", i ? "wordy" : "corner wordy");
        tb_html_attr(h, "scope", "col");
        tb_html_text(h, words[i]);
        tb_html_close(h, "th");
    }
    for (tb_day d = m->from; d <= m->to; d++) {
        int weekday = tb_weekday(d);
        tb_html_open_as(h, "th", weekday == 0 ? "sun" : weekday == 6 ? "sat" : NULL);
        tb_html_attr(h, "scope", "col");
        tb_html_elf(h, "span", "num", "%d", tb_ymd_of(d).day);
        tb_html_void(h, "br");
        tb_html_text(h, tb_weekday_ja(weekday));
        tb_html_close(h, "th");
    }
    tb_html_close(h, "tr");
    tb_html_close_line(h, "thead");
}

/* What he says of the days in view in the tables of today, the first row that speaks of a day: ○ △ ×. */
static void wishes(const struct tb_app_draft *d, const struct web_month *m, int provider, const char **said)
{
    static const char *const mark[] = {
        [TB_WISH_CANNOT] = "×", [TB_WISH_ONLY] = "○", [TB_WISH_RATHER_NOT] = "△", [TB_WISH_LIKE] = "○"};
    const struct tb_region *now = d->today ? d->today : d->region;
    int who = tb_find_provider(now, d->region->providers[provider].id);
    for (int i = 0; i < now->n_wishes; i++) {
        const struct tb_wish *w = &now->wishes[i];
        tb_day to = w->to == TB_DAY_NONE ? w->from : w->to;
        if (w->provider != who || w->from == TB_DAY_NONE || (size_t)w->type >= TB_COUNT(mark)) continue;
        for (tb_day day = w->from < m->from ? m->from : w->from; day <= to && day <= m->to; day++)
            if (!said[day - m->from]) said[day - m->from] = mark[w->type];
    }
}

static void person_row(struct tb_html *h, const struct tb_app_draft *d, const struct web_month *m,
                       const struct person *x)
{
    struct tb_buf words = {0};
    const char **said = tb_xcalloc((size_t)(m->to - m->from) + 1, sizeof *said);
    wishes(d, m, x->provider, said);
    if (x->account) web_deviation(x->deviation, &words);
    tb_html_open(h, "tr");
    tb_html_open_as(h, "th", "wordy");
    tb_html_attr(h, "scope", "row");
    tb_html_el_as(h, "span", "name", d->region->providers[x->provider].name);
    tb_html_close(h, "th");
    tb_html_elf(h, "td", "wordy", "%d", x->turns);
    tb_html_elf(h, "td", "wordy", "%d", x->reserve);
    tb_html_el_as(h, "td", "wordy", tb_buf_str(&words));
    for (tb_day day = m->from; day <= m->to; day++) {
        int role = -1, weekday = tb_weekday(day);
        for (int i = 0; i < d->roster.n; i++)
            if (d->roster.a[i].provider == x->provider &&
                d->problem->slots[d->roster.a[i].slot].date == day && role != TB_PRIMARY)
                role = d->problem->slots[d->roster.a[i].slot].role;
        tb_html_open_as(h, "td",
                        role == TB_PRIMARY   ? "on"
                        : role == TB_RESERVE ? "near"
                        : weekday == 0       ? "is-sun-col"
                        : weekday == 6       ? "is-sat-col"
                                             : NULL);
        tb_html_text(h, role == TB_PRIMARY    ? "当"
                        : role == TB_RESERVE  ? "予"
                        : said[day - m->from] ? said[day - m->from]
                                              : "");
        tb_html_close(h, "td");
    }
    tb_html_close_line(h, "tr");
    tb_buf_free(&words);
    free(said);
}

static void people_page(const struct web_ask *q, struct tb_app_draft *d, struct web_reply *out)
{
    struct tb_html h = {.out = &out->body};
    const struct web_frame frame = {"医師・医療機関ごと", "/m", "full"};
    struct web_month m = {.d = d, .from = d->problem->from, .to = d->problem->to};
    size_t n;
    if (m.to - m.from > 30) m.to = m.from + 30;
    struct person *v = people(d, m.from, &n);
    web_frame_open(q, &frame, &h);
    tb_html_open_as(&h, "div", "row");
    tb_html_el(&h, "h1", "医師・医療機関ごと");
    back_to(&h, d);
    tb_html_close_line(&h, "div");
    tb_html_el_as(&h, "p", "note-text",
                  "当 = 当番、予 = 予備、○△× = 希望。持分に足りない人が先に並び、次に多く当たります。");
    tb_html_open_as(&h, "div", "scroll");
    tb_html_attr(&h, "tabindex", "0");
    tb_html_attr(&h, "role", "region");
    tb_html_attr(&h, "aria-label", "医師・医療機関ごとの表");
    tb_html_open_as(&h, "table", "grid days");
    day_heads(&h, &m);
    tb_html_open(&h, "tbody");
    for (size_t i = 0; i < n; i++) person_row(&h, d, &m, &v[i]);
    tb_html_close(&h, "tbody");
    tb_html_close_line(&h, "table");
    tb_html_close_line(&h, "div");
    web_frame_close(q, &h);
    free(v);
    out->status = 200;
}

/* ---- where one person may go, for the script ---- */

static void places(const struct web_ask *q, struct tb_app_draft *d, struct web_reply *out)
{
    struct tb_err e = {0};
    struct tb_choices all = {0};
    const char *id = web_value(q, "provider");
    int who = id ? tb_find_provider(d->region, id) : -1;
    tb_day from = d->problem->from, to = d->problem->to;
    if (web_month_asked(web_value(q, "month"), &from)) to = tb_month_last(from);
    enum tb_code c = who < 0 ? tb_fail(&e, TB_USAGE, "だれのことか分かりません")
                             : tb_app_places(q->app, d, who, from, to, &all, &e);
    if (c) {
        web_refuse(q, c, &e, out);
        return;
    }
    tb_printer *p = tb_printer_json(&out->body, 0);
    tb_print_begin_object(p);
    tb_print_key(p, "places");
    tb_print_begin_list(p);
    for (int i = 0; i < all.n; i++) {
        tb_print_begin_object(p);
        tb_print_kint(p, "slot", all.v[i].slot);
        tb_print_kstring(p, "mark", tb_choice_sign(all.v[i].mark));
        tb_print_end_object(p);
    }
    tb_print_end_list(p);
    tb_print_end_object(p);
    tb_printer_free(p);
    tb_choices_free(&all);
    out->status = 200;
    out->json = true;
}

/* ---- which there are ---- */

static const struct {
    const char *name;
    void (*run)(const struct web_ask *q, struct tb_app_draft *d, struct web_reply *out);
} views[] = {{"thin", thin_page}, {"edits", edits_page}, {"people", people_page}, {"places", places}};

bool web_view(const struct web_ask *q, int64_t draft, const char *name, struct web_reply *out)
{
    for (size_t i = 0; i < TB_COUNT(views); i++) {
        if (strcmp(views[i].name, name)) continue;
        struct tb_app_draft d;
        struct tb_err e = {0};
        enum tb_code c = tb_app_open_draft(q->app, draft, NULL, false, &d, &e);
        if (c) {
            web_refuse(q, c, &e, out);
            return true;
        }
        views[i].run(q, &d, out);
        tb_app_draft_free(&d);
        return true;
    }
    return false;
}
