/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The month of all duties on one page: what is published, and over it the drafts that are still open. Each
 * duty's head leads to the draft that decides it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/app/life.h"
#include "visit.h"

struct cell {
    struct tb_buf text;
    bool hole; /* a seat of it is open */
};
struct all {
    struct visit *v;
    struct tb_html h;
    struct tb_region *region;
    struct tb_life_state *lives;
    size_t n_lives;
    tb_day from, to;
    struct cell *cells;   /* duty * days + day */
    int64_t *draft;       /* per duty: the one that its head leads to, 0: none */
    bool *open, *decided; /* per duty: shown from an open draft; it has seats in the month */
};

static int days(const struct all *x) { return x->to - x->from + 1; }

static struct cell *cell_at(struct all *x, int duty, tb_day date)
{
    return &x->cells[duty * days(x) + (date - x->from)];
}

/* A name more in a cell; "" stands for an open seat. Who is in reserve stands in brackets. */
static void put_name(struct all *x, int duty, const struct tb_slot *s, const char *name)
{
    struct cell *c = cell_at(x, duty, s->date);
    bool reserve = s->role == TB_RESERVE;
    if (c->text.len) tb_buf_add(&c->text, "、");
    tb_buf_addf(&c->text, "%s%s%s", reserve ? "（" : "", *name ? name : "空席", reserve ? "）" : "");
    c->hole = c->hole || !*name;
    x->decided[duty] = true;
}

static bool in_month(const struct all *x, const struct tb_slot *s)
{
    return s->date >= x->from && s->date <= x->to;
}

/* ---- what is published ---- */

static enum tb_code published(struct all *x, struct tb_err *e)
{
    struct tb_region *r = NULL;
    struct tb_board *b = NULL;
    enum tb_code c = tb_app_board(&x->v->app, 0, x->from, x->to, &r, &b, e);
    if (c == TB_NO) return TB_OK; /* nothing is */
    if (c) return c;
    for (int i = 0; i < b->n_slots; i++) {
        const struct tb_slot *s = &b->slots[i];
        int duty = tb_find_duty(x->region, r->duties[s->duty].id);
        if (!in_month(x, s) || duty < 0) continue;
        for (int k = 0; k < b->n; k++)
            if (b->a[k].slot == i) put_name(x, duty, s, r->providers[b->a[k].provider].name);
        for (int k = 0; k < b->n_open; k++)
            if (b->open[k].slot == i) put_name(x, duty, s, "");
    }
    tb_board_free(b);
    tb_region_free(r);
    return TB_OK;
}

/* ---- drafts ---- */

static void lay_over(struct all *x, const struct tb_app_draft *d)
{
    const struct tb_problem *p = d->problem;
    for (int i = 0; i < p->n_slots; i++) {
        const struct tb_slot *s = &p->slots[i];
        int duty = tb_find_duty(x->region, d->region->duties[s->duty].id), taken = 0;
        if (!s->planned || !in_month(x, s) || duty < 0) continue;
        if (!x->open[duty]) /* what was published gives way, for all of the month */
            for (tb_day day = x->from; day <= x->to; day++) {
                tb_buf_free(&cell_at(x, duty, day)->text);
                cell_at(x, duty, day)->hole = false;
            }
        x->open[duty] = true;
        for (int k = 0; k < d->roster.n; k++)
            if (d->roster.a[k].slot == i) {
                put_name(x, duty, s, d->region->providers[d->roster.a[k].provider].name);
                taken++;
            }
        for (; taken < s->need; taken++) put_name(x, duty, s, "");
    }
}

/* Does the life's draft plan the duty? Its ids are joined by semicolons. */
static bool plans(const struct tb_life_state *l, const char *duty)
{
    size_t n = strlen(duty);
    for (const char *at = l->duties; at && *at; at = strchr(at, ';'), at += at ? 1 : 0)
        if (strncmp(at, duty, n) == 0 && (at[n] == ';' || !at[n])) return true;
    return false;
}

/* The newest open draft of each duty that reaches into the month; without one, the newest that is published.
 */
static void choose(struct all *x)
{
    for (int duty = 0; duty < x->region->n_duties; duty++) {
        bool open = false;
        for (size_t i = 0; i < x->n_lives; i++) {
            const struct tb_life_state *l = &x->lives[i];
            bool mine = l->from <= x->to && l->to >= x->from && plans(l, x->region->duties[duty].id);
            bool is_open = l->state <= TB_LIFE_APPROVED;
            if (!mine || (!is_open && (open || l->state != TB_LIFE_PUBLISHED))) continue;
            if (is_open == open && l->draft < x->draft[duty]) continue;
            x->draft[duty] = l->draft;
            open = open || is_open;
        }
        x->open[duty] = open;
    }
}

static enum tb_code drafts(struct all *x, struct tb_err *e)
{
    bool *wanted = tb_xcalloc((size_t)x->region->n_duties + 1, sizeof *wanted);
    enum tb_code c = TB_OK;
    choose(x);
    for (int i = 0; i < x->region->n_duties; i++) {
        wanted[i] = x->open[i];
        x->open[i] = false;
    }
    for (int i = 0; i < x->region->n_duties && c == TB_OK; i++) {
        struct tb_app_draft d;
        if (!wanted[i]) continue;
        c = tb_app_open_draft(&x->v->app, x->draft[i], NULL, false, &d, e);
        if (c) break;
        for (int k = i; k < x->region->n_duties; k++)
            if (x->draft[k] == x->draft[i] && k != i) wanted[k] = false;
        lay_over(x, &d);
        tb_app_draft_free(&d);
    }
    free(wanted);
    return c;
}

/* ---- the page ---- */

static void month_links(struct all *x)
{
    const struct {
        tb_day first;
        const char *word;
    } link[] = {{tb_month_first(x->from - 1), "前の月"}, {x->to + 1, "次の月"}};
    tb_html_open_as(&x->h, "p", "row");
    for (size_t i = 0; i < TB_COUNT(link); i++) {
        char to[40];
        struct tb_ymd d = tb_ymd_of(link[i].first);
        (void)snprintf(to, sizeof to, "/all?month=%04d-%02d", d.year, d.month);
        web_link(&x->h, "btn small", to, link[i].word);
    }
    tb_html_close_line(&x->h, "p");
}

static void heads(struct all *x)
{
    struct tb_html *h = &x->h;
    tb_html_open(h, "thead");
    tb_html_open(h, "tr");
    tb_html_open_as(h, "th", "corner");
    tb_html_attr(h, "scope", "col");
    tb_html_text(h, "日");
    tb_html_close(h, "th");
    for (int i = 0; i < x->region->n_duties; i++) {
        char to[64];
        if (!x->decided[i]) continue;
        (void)snprintf(to, sizeof to, "/d/%lld?month=%04d-%02d", (long long)x->draft[i],
                       tb_ymd_of(x->from).year, tb_ymd_of(x->from).month);
        tb_html_open(h, "th");
        tb_html_attr(h, "scope", "col");
        if (x->draft[i])
            web_link(h, NULL, to, x->region->duties[i].name);
        else
            tb_html_text(h, x->region->duties[i].name);
        tb_html_elf(h, "span", "note-text", " %s", x->open[i] ? "案" : "公表");
        tb_html_close(h, "th");
    }
    tb_html_close(h, "tr");
    tb_html_close_line(h, "thead");
}

static void rows(struct all *x)
{
    struct tb_html *h = &x->h;
    tb_html_open(h, "tbody");
    for (tb_day d = x->from; d <= x->to; d++) {
        struct tb_buf day = {0};
        int weekday = tb_weekday(d);
        bool off = weekday == 0 || tb_region_holiday(x->region, d) != NULL;
        web_day(d, &day);
        tb_html_open_as(h, "tr", off ? "sun" : weekday == 6 ? "sat" : NULL);
        tb_html_open(h, "th");
        tb_html_attr(h, "scope", "row");
        tb_html_text(h, tb_buf_str(&day));
        tb_html_close(h, "th");
        for (int i = 0; i < x->region->n_duties; i++) {
            const struct cell *c = cell_at(x, i, d);
            if (x->decided[i]) tb_html_el_as(h, "td", c->hole ? "is-stop" : NULL, tb_buf_str(&c->text));
        }
        tb_html_close_line(h, "tr");
        tb_buf_free(&day);
    }
    tb_html_close_line(h, "tbody");
}

static void page(struct all *x)
{
    struct tb_html *h = &x->h;
    const struct web_frame frame = {"すべての当番", "/m", NULL};
    char month[64];
    bool any = false;
    for (int i = 0; i < x->region->n_duties; i++) any = any || x->decided[i];
    web_frame_open(&x->v->ask, &frame, h);
    tb_html_elf(h, "h1", NULL, "%s すべての当番", tb_format_month_ja(x->from, month, sizeof month));
    month_links(x);
    tb_html_el(
        h, "p",
        "公表したものと、その上に作りかけの案。（ ）は予備。区分の名を押すと、決めている月表が開きます。");
    if (any) {
        tb_html_open_as(h, "div", "scroll");
        tb_html_attr(h, "tabindex", "0");
        tb_html_attr(h, "role", "region");
        tb_html_attr(h, "aria-label", "すべての当番の表");
        tb_html_open_as(h, "table", "grid all");
        heads(x);
        rows(x);
        tb_html_close_line(h, "table");
        tb_html_close_line(h, "div");
    } else
        tb_html_el(h, "p", "この月の当番表は、まだ案も公表もありません。");
    web_frame_close(&x->v->ask, h);
    x->v->reply.status = 200;
}

void page_all(struct visit *v)
{
    struct all x = {.v = v, .h = {.out = &v->reply.body}};
    struct tb_err e = {0};
    tb_day first = tb_month_first(tb_day_of_minute(tb_clock_now(&v->app.clock)));
    const char *month = web_value(&v->ask, "month");
    enum tb_code c = TB_OK;
    if (month && !web_month_asked(month, &first))
        c = tb_fail(&e, TB_USAGE, "月「%s」: 2026-12 のように書きます", month);
    x.from = first;
    x.to = tb_month_last(first);
    if (c == TB_OK) c = tb_app_region(&v->app, &x.region, &e);
    if (visit_refused(v, c, &e)) return;
    size_t n = (size_t)x.region->n_duties + 1;
    x.cells = tb_xcalloc(n * (size_t)days(&x), sizeof *x.cells);
    x.draft = tb_xcalloc(n, sizeof *x.draft);
    x.open = tb_xcalloc(n, sizeof *x.open);
    x.decided = tb_xcalloc(n, sizeof *x.decided);
    c = tb_app_lives(&v->app, &x.lives, &x.n_lives, &e);
    if (c == TB_OK) c = published(&x, &e);
    if (c == TB_OK) c = drafts(&x, &e);
    if (!visit_refused(v, c, &e)) page(&x);
    for (size_t i = 0; i < n * (size_t)days(&x); i++) tb_buf_free(&x.cells[i].text);
    tb_lives_free(x.lives, x.n_lives);
    free(x.cells);
    free(x.draft);
    free(x.open);
    free(x.decided);
    tb_region_free(x.region);
}
