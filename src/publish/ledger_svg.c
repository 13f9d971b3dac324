/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everybody's deviation as bars around zero. Black above (more than due), hollow below (less): it reads on
 * any printer and any fax.
 */
#include <stdlib.h>

#include "page.h"
#include "toban/publish/pages.h"

/* Tenths of a millimetre. */
enum { WIDTH = 1860, LEFT = 370, RIGHT = 20, PANEL = 150, PLOT = 140, TOP = 6, LAST = TB_STANDING_YEARS - 1 };

/* One drawing; strips differ in `ledger` and in where they begin. */
struct drawing {
    struct tb_html *h;
    const struct tb_standing *s;
    const struct tb_standing_pool *p;
    int mine;
    bool names;
    int64_t scale; /* of all strips, in millionths: whole halves of a duty that hold every bar */
};

static int64_t scale_of(const struct tb_standing_pool *p)
{
    int64_t most = 500000;
    for (int a = 0; a < p->n_accounts; a++)
        for (int l = 0; l < p->n_ledgers; l++)
            if (llabs(tb_figures(p, a, l, LAST)->after) > most)
                most = llabs(tb_figures(p, a, l, LAST)->after);
    return (most + 499999) / 500000 * 500000;
}

static void label(struct tb_html *h, int x, int y, int size, const char *anchor)
{
    tb_html_open(h, "text");
    tb_html_attr_int(h, "x", x);
    tb_html_attr_int(h, "y", y);
    tb_html_attr_int(h, "font-size", size);
    tb_html_attr(h, "text-anchor", anchor);
}

static void end_words(const struct drawing *g, int ledger, int account, const char *word, int y)
{
    label(g->h, 0, y, 25, "start");
    tb_html_text(g->h, word);
    page_decimal(g->h, page_hundredths(tb_figures(g->p, account, ledger, LAST)->after), 100, true);
    if (g->names) tb_html_textf(g->h, " %s", tb_standing_account_name(g->s, g->p, account));
    tb_html_close_line(g->h, "text");
}

/* Lines at whole duties, but not so many that they hide the bars; a scale of half a duty has its own. */
static void grid_lines(const struct drawing *g, int zero, int half)
{
    struct tb_html *h = g->h;
    int64_t step = g->scale < 1000000 ? g->scale : (g->scale + 2999999) / 3000000 * 1000000;
    for (int64_t k = -(g->scale / step); k <= g->scale / step; k++) {
        int y = zero - (int)(k * step * half / g->scale);
        tb_html_void(h, "line");
        tb_html_attr_int(h, "x1", LEFT);
        tb_html_attr_int(h, "y1", y);
        tb_html_attr_int(h, "x2", WIDTH - RIGHT);
        tb_html_attr_int(h, "y2", y);
        tb_html_attr(h, "stroke", "#000");
        tb_html_attr(h, "stroke-width", k == 0 ? "2" : "1");
        tb_html_attr(h, "stroke-dasharray", k == 0 ? NULL : "2 8");
        tb_html_line(h);
        label(h, LEFT - 8, y + 8, 22, "end");
        if (step % 1000000 == 0)
            page_number(h, k * step / 1000000, true);
        else
            page_decimal(h, k * step / 100000, 10, true);
        tb_html_close_line(h, "text");
    }
}

static void account_bars(const struct drawing *g, int ledger, const int *order, int zero, int half)
{
    struct tb_html *h = g->h;
    int n = g->p->n_accounts, room = WIDTH - LEFT - RIGHT, each = room / n < 60 ? room / n : 60;
    int bar = each > 5 ? each * 7 / 10 : each > 1 ? each - 1 : 1;
    for (int i = 0; i < n; i++) {
        int64_t v = tb_figures(g->p, order[i], ledger, LAST)->after;
        int size = (int)(llabs(v) * half / g->scale), x = LEFT + 6 + i * each, y = v > 0 ? zero - size : zero;
        bool own = order[i] == g->mine, others = g->mine >= 0 && !own;
        tb_html_void(h, "rect");
        tb_html_attr_int(h, "x", x);
        tb_html_attr_int(h, "y", y);
        tb_html_attr_int(h, "width", bar);
        tb_html_attr_int(h, "height", size < 2 ? 2 : size);
        tb_html_attr(h, "fill", own || (v > 0 && !others) ? "#000" : others ? "#ccc" : "#fff");
        tb_html_attr(h, "stroke", others ? "#999" : "#000");
        tb_html_attr(h, "stroke-width", "1");
        tb_html_line(h);
        if (!own) continue;
        tb_html_void(h, "path");
        tb_html_attrf(h, "d", "M%d %dl-11 -17h22z", x + bar / 2, v > 0 ? y - 3 : zero - 4);
        tb_html_attr(h, "fill", "#000");
        tb_html_line(h);
    }
}

static void ledger_strip(const struct drawing *g, int ledger, int top)
{
    int zero = top + PLOT / 2, half = PLOT / 2 - 4, n = g->p->n_accounts;
    int *order = tb_xcalloc((size_t)n + 1, sizeof *order);
    tb_standing_sort(g->p, ledger, LAST, order);
    label(g->h, 0, top + 36, 32, "start");
    tb_html_text(g->h, g->p->classes[ledger]);
    tb_html_close_line(g->h, "text");
    end_words(g, ledger, order[0], "最多 ", top + 74);
    end_words(g, ledger, order[n - 1], "最少 ", top + 104);
    grid_lines(g, zero, half);
    account_bars(g, ledger, order, zero, half);
    free(order);
}

void page_svg_pool(struct tb_html *h, const struct tb_standing *s, int pool, int mine, bool names)
{
    const struct tb_standing_pool *p = &s->pools[pool];
    struct drawing g = {.h = h, .s = s, .p = p, .mine = mine, .names = names, .scale = scale_of(p)};
    int height = TOP * 2 + PANEL * p->n_ledgers;
    tb_html_open(h, "svg");
    tb_html_attr(h, "xmlns", "http://www.w3.org/2000/svg");
    tb_html_attr(h, "width", "186mm");
    tb_html_attrf(h, "height", "%d.%dmm", height / 10, height % 10);
    tb_html_attrf(h, "viewBox", "0 0 %d %d", WIDTH, height);
    tb_html_attr(h, "font-family", "IPAexGothic,'Noto Sans CJK JP','Hiragino Sans','Yu Gothic',sans-serif");
    tb_html_line(h);
    tb_html_elf(h, "title", NULL, "%s 持分からの偏り（回）", p->name);
    tb_html_line(h);
    for (int l = 0; l < p->n_ledgers && p->n_accounts > 0; l++) ledger_strip(&g, l, TOP + PANEL * l);
    tb_html_close_line(h, "svg");
}

void tb_svg_pool(const struct tb_standing *s, int pool, int mine, bool names, struct tb_buf *out)
{
    struct tb_html h = {.out = out};
    page_svg_pool(&h, s, pool, mine, names);
}
