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
    int64_t draft; /* open, that decides the day; 0: what is published */
    bool hole;     /* a seat of it is open */
};
struct column {
    int64_t draft;           /* that the head leads to, 0: none */
    bool published, drafted; /* shown from what is published, from open drafts */
};
struct all {
    struct visit *v;
    struct tb_html h;
    struct tb_region *region;
    struct tb_life_state *lives;
    size_t n_lives;
    tb_day from, to;
    struct cell *cells;     /* duty * days + day */
    struct column *columns; /* by duty */
};

static int days(const struct all *x) { return x->to - x->from + 1; }

static struct cell *cell_at(struct all *x, int duty, tb_day date)
{
    return &x->cells[duty * days(x) + (date - x->from)];
}

static bool shown(const struct column *c) { return c->published || c->drafted; }

/* A name more in a cell; -1: an open seat. Who is in reserve stands in brackets. */
static void put_name(struct all *x, int duty, const struct tb_slot *s, const struct tb_region *r,
                     int provider)
{
    struct cell *c = cell_at(x, duty, s->date);
    bool reserve = s->role == TB_RESERVE;
    if (c->text.len) tb_buf_add(&c->text, "、");
    tb_buf_addf(&c->text, reserve ? "（%s）" : "%s", web_named(r, provider));
    c->hole = c->hole || provider < 0;
}

/* Its duty in the page's region, or -1: not of the month, or a duty that there is no longer. */
static int duty_of(const struct all *x, const struct tb_region *r, const struct tb_slot *s)
{
    return s->date < x->from || s->date > x->to ? -1 : tb_find_duty(x->region, r->duties[s->duty].id);
}

/* ---- what is published ---- */

struct publishing {
    struct all *x;
    const struct tb_board *board;
};

static void put_published(void *arg, int assignment, const struct tb_open_seat *open)
{
    const struct publishing *p = arg;
    const struct tb_board *b = p->board;
    const struct tb_slot *s = &b->slots[open ? open->slot : b->a[assignment].slot];
    int duty = duty_of(p->x, b->region, s);
    if (duty < 0) return;
    put_name(p->x, duty, s, b->region, open ? -1 : b->a[assignment].provider);
    p->x->columns[duty].published = true;
}

static enum tb_code published(struct all *x, struct tb_err *e)
{
    struct tb_region *r = NULL;
    struct tb_board *b = NULL;
    enum tb_code c = tb_app_board(&x->v->app, 0, x->from, x->to, &r, &b, e);
    if (c == TB_NO) return TB_OK; /* nothing is */
    if (c) return c;
    tb_board_walk(b, put_published, &(struct publishing){x, b});
    tb_board_free(b);
    tb_region_free(r);
    return TB_OK;
}

/* ---- drafts ---- */

/* On the days that it decides, and on no other. */
static void lay_over(struct all *x, const struct tb_app_draft *d)
{
    const struct tb_problem *p = d->problem;
    for (int i = 0; i < p->n_slots; i++) {
        const struct tb_slot *s = &p->slots[i];
        int duty = s->planned ? duty_of(x, d->region, s) : -1, taken = 0;
        if (duty < 0) continue;
        struct cell *c = cell_at(x, duty, s->date);
        if (c->draft != d->stored.id) {
            tb_buf_free(&c->text);
            *c = (struct cell){.draft = d->stored.id};
        }
        x->columns[duty].drafted = true;
        x->columns[duty].draft = d->stored.id;
        for (int k = 0; k < d->roster.n; k++)
            if (d->roster.a[k].slot == i) {
                put_name(x, duty, s, d->region, d->roster.a[k].provider);
                taken++;
            }
        for (; taken < s->need; taken++) put_name(x, duty, s, d->region, -1);
    }
}

/* All that reach into the month, the older ones first, so that of two for one day the newer one is seen;
 * those that are published only say where a head leads. */
static enum tb_code drafts(struct all *x, struct tb_err *e)
{
    enum tb_code c = TB_OK;
    for (int open = 0; open < 2; open++)
        for (size_t i = 0; i < x->n_lives && c == TB_OK; i++) {
            const struct tb_life_state *l = &x->lives[i];
            struct tb_app_draft d;
            if (l->from > x->to || l->to < x->from || (l->state <= TB_LIFE_APPROVED) != open) continue;
            for (int k = 0; !open && l->state == TB_LIFE_PUBLISHED && k < x->region->n_duties; k++)
                if (tb_list_holds(l->duties, x->region->duties[k].id)) x->columns[k].draft = l->draft;
            if (!open) continue;
            c = tb_app_open_draft(&x->v->app, l->draft, NULL, false, &d, e);
            if (c == TB_OK) lay_over(x, &d);
            tb_app_draft_free(&d);
        }
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
        const struct column *k = &x->columns[i];
        if (!shown(k)) continue;
        (void)snprintf(to, sizeof to, "/d/%lld?month=%04d-%02d", (long long)k->draft, tb_ymd_of(x->from).year,
                       tb_ymd_of(x->from).month);
        tb_html_open(h, "th");
        tb_html_attr(h, "scope", "col");
        if (k->draft)
            web_link(h, NULL, to, x->region->duties[i].name);
        else
            tb_html_text(h, x->region->duties[i].name);
        tb_html_elf(h, "span", "note-text", " %s", !k->drafted ? "公表" : k->published ? "公表と案" : "案");
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
            if (!shown(&x->columns[i])) continue;
            tb_html_open_as(h, "td", c->hole ? "is-stop" : NULL);
            if (c->draft && x->columns[i].published) tb_html_el_as(h, "span", "tag", "案");
            tb_html_text(h, tb_buf_str(&c->text));
            tb_html_close(h, "td");
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
    for (int i = 0; i < x->region->n_duties; i++) any = any || shown(&x->columns[i]);
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
    x.columns = tb_xcalloc(n, sizeof *x.columns);
    c = tb_app_lives(&v->app, &x.lives, &x.n_lives, &e);
    if (c == TB_OK) c = published(&x, &e);
    if (c == TB_OK) c = drafts(&x, &e);
    if (!visit_refused(v, c, &e)) page(&x);
    for (size_t i = 0; i < n * (size_t)days(&x); i++) tb_buf_free(&x.cells[i].text);
    tb_lives_free(x.lives, x.n_lives);
    free(x.cells);
    free(x.columns);
    tb_region_free(x.region);
}
