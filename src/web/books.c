/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The books told to the office, and what differs between two publications.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "toban/app/diff.h"
#include "toban/app/ledgers.h"
#include "toban/tell/diff.h"
#include "toban/tell/standing.h"
#include "visit.h"

/* ---- the books ---- */

static void deviation_cell(struct tb_html *h, int64_t millionths)
{
    struct tb_buf text = {0};
    web_deviation(millionths / 10000, &text);
    tb_html_el_as(h, "td", "num", tb_buf_str(&text));
    tb_buf_free(&text);
}

static void pool_row(struct tb_html *h, const struct tb_standing *s, const struct tb_standing_pool *p,
                     int account)
{
    const struct tb_year_figures *f = tb_figures(p, account, p->ledgers[0], TB_STANDING_YEARS - 1);
    tb_html_open(h, "tr");
    tb_html_open(h, "th");
    tb_html_attr(h, "scope", "row");
    tb_html_el_as(h, "span", "name", tb_standing_account_name(s, p, account));
    tb_html_close(h, "th");
    deviation_cell(h, f->before);
    tb_html_elf(h, "td", "num", "%.1f", (double)f->accrued / 1e6);
    tb_html_elf(h, "td", "num", "%.1f", (double)f->done / 1e6);
    deviation_cell(h, f->after);
    for (int l = 1; l < p->n_ledgers; l++)
        deviation_cell(h, tb_figures(p, account, l, TB_STANDING_YEARS - 1)->after);
    tb_html_close_line(h, "tr");
}

static void pool(struct tb_html *h, const struct tb_standing *s, const struct tb_standing_pool *p)
{
    static const char *const words[] = {"年度はじめ", "今年度の持分", "出た回数", "今"};
    int *order = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *order);
    tb_html_open_as(h, "section", "panel");
    tb_html_elf(h, "h2", NULL, "%s（%d人）", p->name, p->n_accounts);
    tb_html_open_as(h, "div", "scroll free");
    tb_html_attr(h, "tabindex", "0");
    tb_html_attr(h, "role", "region");
    tb_html_attr(h, "aria-label", p->name);
    tb_html_open_as(h, "table", "plain");
    tb_html_open(h, "thead");
    tb_html_open(h, "tr");
    tb_html_el(h, "th", "名");
    for (size_t i = 0; i < TB_COUNT(words); i++) tb_html_el(h, "th", words[i]);
    for (int l = 1; l < p->n_ledgers; l++) tb_html_el(h, "th", p->classes[l]);
    tb_html_close(h, "tr");
    tb_html_close_line(h, "thead");
    tb_html_open(h, "tbody");
    tb_standing_sort(p, 0, TB_STANDING_YEARS - 1, order);
    for (int i = 0; i < p->n_accounts; i++) pool_row(h, s, p, order[i]);
    tb_html_close(h, "tbody");
    tb_html_close_line(h, "table");
    tb_html_close_line(h, "div");
    tb_html_close_line(h, "section");
    free(order);
}

void page_ledger(struct visit *v)
{
    struct tb_app_standing x;
    struct tb_err e = {0};
    char year[16], word[64];
    const char *asked = web_value(&v->ask, "year");
    int now = tb_fiscal_year(tb_day_of_minute(tb_clock_now(&v->app.clock)));
    int64_t fiscal = now;
    enum tb_code c = TB_OK;
    if (asked && !tb_parse_int(asked, 2000, 2199, &fiscal))
        c = tb_fail(&e, TB_USAGE, "年度は 2026 のように書きます");
    (void)snprintf(year, sizeof year, "FY%d", (int)fiscal);
    if (c == TB_OK) c = tb_app_standing(&v->app, year, NULL, &x, &e);
    if (visit_refused(v, c, &e)) return;
    struct tb_html h = {.out = &v->reply.body};
    const struct web_frame frame = {"帳簿", "/ledger", NULL};
    web_frame_open(&v->ask, &frame, &h);
    tb_html_elf(&h, "h1", NULL, "帳簿 %s", tb_format_fiscal_ja((int)fiscal, word, sizeof word));
    tb_html_el(&h, "p",
               "先行 = 持分より多く出た分、不足 = "
               "これから当たる分。多く出た人から順に並びます。氏名入り・取扱注意。");
    tb_html_open(&h, "p");
    for (int y = now - 2; y <= now + 1; y++) {
        char to[32];
        (void)snprintf(to, sizeof to, "/ledger?year=%d", y);
        tb_html_open_as(&h, "a", "btn small");
        tb_html_attr(&h, "href", to);
        if (y == fiscal) tb_html_attr(&h, "aria-current", "true");
        tb_html_text(&h, tb_format_fiscal_ja(y, word, sizeof word));
        tb_html_close(&h, "a");
        tb_html_text(&h, " ");
    }
    tb_html_close_line(&h, "p");
    for (int i = 0; i < x.standing->n_pools; i++) pool(&h, x.standing, &x.standing->pools[i]);
    web_frame_close(&v->ask, &h);
    tb_app_standing_free(&x);
    v->reply.status = 200;
}

/* ---- differences ---- */

void page_diff(struct visit *v)
{
    const char *a = web_value(&v->ask, "a"), *b = web_value(&v->ask, "b");
    struct tb_app_diff x;
    struct tb_err e = {0};
    enum tb_code c = a ? tb_app_diff(&v->app, a, b, &x, &e)
                       : tb_fail(&e, TB_USAGE, "どの版か（a=3 など）が示されていません");
    if (visit_refused(v, c, &e)) return;
    struct tb_html h = {.out = &v->reply.body};
    struct tb_buf text = {0}, one = {0}, two = {0};
    const struct web_frame frame = {"版の違い", "/publications", NULL};
    tb_app_side_words(&x.a, &one);
    tb_app_side_words(&x.b, &two);
    tb_tell_diff_text(&x, &text);
    web_frame_open(&v->ask, &frame, &h);
    tb_html_elf(&h, "h1", NULL, "%s → %s", tb_buf_str(&one), tb_buf_str(&two));
    tb_html_open_as(&h, "section", "panel");
    tb_html_el_as(&h, "pre", "letter", tb_buf_str(&text));
    tb_html_close_line(&h, "section");
    web_frame_close(&v->ask, &h);
    tb_buf_free(&text);
    tb_buf_free(&one);
    tb_buf_free(&two);
    tb_app_diff_free(&x);
    v->reply.status = 200;
}
