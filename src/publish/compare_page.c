/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two arrangements on one page.
 */
#include <stdlib.h>
#include <string.h>

#include "page.h"
#include "toban/publish/pages.h"

/* Rows that leave room for everything on one page. */
enum { PROVIDERS = 14, LEDGERS = 11, DAYS = 14, DUTIES = 5, RULES = 3, ROOMY = 24 };

struct view {
    const struct tb_page_side *side;
    struct tb_buf *out;
};

static const struct tb_tally *of(const struct view *v, int side) { return v->side[side].tally; }

/* A cell of each side and the difference; `unit` 1: whole numbers. A side without a figure: −. */
static void three(const struct view *v, const int64_t x[2], const bool has[2], int unit, bool difference)
{
    for (int i = 0; i < 2; i++) {
        tb_buf_add(v->out, i == 0 ? "<td class=\"n g\">" : "<td class=\"n\">");
        if (!has[i])
            tb_buf_add(v->out, "－");
        else if (unit == 1)
            page_number(v->out, x[i], false);
        else
            page_decimal(v->out, x[i], unit, false);
        tb_buf_add(v->out, "</td>");
    }
    if (!difference) return;
    tb_buf_add(v->out, "<td class=\"n\">");
    if (has[0] && has[1] && unit == 1)
        page_number(v->out, x[1] - x[0], true);
    else if (has[0] && has[1])
        page_decimal(v->out, x[1] - x[0], unit, true);
    else
        tb_buf_add(v->out, "－");
    tb_buf_add(v->out, "</td>");
}

static void whole(const struct view *v)
{
    tb_buf_add(
        v->out,
        "<table><colgroup><col><col style=\"width:14mm\"><col style=\"width:12mm\"><col "
        "style=\"width:13mm\"><col style=\"width:19mm\"><col style=\"width:20mm\"><col style=\"width:23mm\">"
        "<col style=\"width:23mm\"><col "
        "style=\"width:13mm\"></colgroup>\n<thead><tr><th>体制</th><th>席</th><th>空席</th><th>空白日</"
        "th><th>予備の空席</th><th>努力の条件に合わない</th>"
        "<th>目的関数</th><th>下界</th><th>最適の証明</th></tr></thead><tbody>\n");
    for (int i = 0; i < 2; i++) {
        const struct tb_tally *t = of(v, i);
        page_element(v->out, i == 0 ? "<tr><td class=\"lead\">Ａ　" : "<tr><td class=\"lead\">Ｂ　",
                     v->side[i].name, "</td>");
        if (t == NULL) {
            page_element(v->out, "<td colspan=\"8\">当番表を作れませんでした: ", v->side[i].why_not,
                         "</td></tr>\n");
            continue;
        }
        const int64_t figures[] = {t->seats, t->open,      t->blank_days, t->open_reserve,
                                   t->soft,  t->objective, t->bound};
        for (size_t k = 0; k < TB_COUNT(figures); k++) {
            tb_buf_add(v->out, "<td class=\"n\">");
            page_number(v->out, figures[k], false);
            tb_buf_add(v->out, "</td>");
        }
        tb_buf_addf(v->out, "<td class=\"c\">%s</td></tr>\n", t->proven ? "あり" : "なし");
    }
    tb_buf_add(v->out, "</tbody></table>\n");
}

static void duties(const struct view *v, const struct tb_tally *a, const struct tb_tally *b)
{
    int n;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_DUTIES, &n);
    bool staff = false;
    for (int i = 0; i < 2; i++)
        for (int d = 0; d < of(v, i)->n_duties; d++) staff |= of(v, i)->duties[d].trips > 0;
    tb_buf_add(v->out, "<h2>当番区分ごと</h2>\n<table><thead><tr><th rowspan=\"2\">当番区分</th><th "
                       "class=\"g\" colspan=\"2\">席</th><th class=\"g\" colspan=\"2\">空席</th>"
                       "<th class=\"g\" colspan=\"2\">当番時間</th><th class=\"g\" "
                       "colspan=\"3\">住民からの移動（平均・分）</th>");
    if (staff) tb_buf_add(v->out, "<th class=\"g\" colspan=\"3\">出務の移動（平均・分）</th>");
    tb_buf_add(v->out, "</tr><tr>");
    for (int k = 0; k < 3; k++) tb_buf_add(v->out, "<th class=\"g\">Ａ</th><th>Ｂ</th>");
    for (int k = 0; k < (staff ? 2 : 1); k++)
        tb_buf_add(v->out, "<th class=\"g\">Ａ</th><th>Ｂ</th><th>差</th>");
    tb_buf_add(v->out, "</tr></thead><tbody>\n");
    for (int i = 0; i < n && i < DUTIES; i++) {
        const struct tb_tally *t[2] = {a, b};
        int64_t x[5][2] = {{0}};
        bool has[2], road[2], trip[2];
        for (int k = 0; k < 2; k++) {
            int at = tb_tally_duty(t[k], names[i].id);
            has[k] = road[k] = trip[k] = false;
            if (at < 0) continue;
            const struct tb_tally_duty *d = &t[k]->duties[at];
            has[k] = true;
            road[k] = d->slots > 0;
            trip[k] = d->trips > 0;
            x[0][k] = d->seats;
            x[1][k] = d->open;
            x[2][k] = tb_tally_mean(d->minutes, 60);
            x[3][k] = tb_tally_mean(tb_tally_mean(d->patients, d->slots), 100);
            x[4][k] = tb_tally_mean(d->staff * 10, d->trips);
        }
        page_element(v->out, "<tr><td>", names[i].name, "</td>");
        for (int k = 0; k < 3; k++) three(v, x[k], has, 1, false);
        three(v, x[3], road, 10, true);
        if (staff) three(v, x[4], trip, 10, true);
        tb_buf_add(v->out, "</tr>\n");
    }
    tb_buf_add(v->out, "</tbody></table>\n");
    if (n > DUTIES)
        tb_buf_addf(v->out, "<p class=\"small\">ほか %d 区分（全部は toban compare --json）</p>\n",
                    n - DUTIES);
    free(names);
}

/* A hollow bar for Ａ over a filled one for Ｂ. */
static void bars(struct tb_buf *out, int a, int b, int most)
{
    int wa = most ? a * 200 / most : 0, wb = most ? b * 200 / most : 0;
    tb_buf_addf(
        out,
        "<svg width=\"22mm\" height=\"3.4mm\" viewBox=\"0 0 202 26\" preserveAspectRatio=\"none\"><rect "
        "x=\"1\" y=\"2\" width=\"%d\" height=\"9\" fill=\"#fff\" stroke=\"#000\" "
        "stroke-width=\"1.5\"/><rect x=\"1\" y=\"14\" width=\"%d\" height=\"10\" fill=\"#000\"/></svg>",
        wa, wb);
}

struct line {
    struct tb_tally_name who;
    int turns[2], big[2];
    bool has[2];
    int index;
};

static int by_difference(const void *p, const void *q)
{
    const struct line *x = p, *y = q;
    int dx = abs(x->turns[1] - x->turns[0]) + abs(x->big[1] - x->big[0]),
        dy = abs(y->turns[1] - y->turns[0]) + abs(y->big[1] - y->big[0]);
    if (dx != dy) return dx > dy ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int by_index(const void *p, const void *q)
{
    const struct line *x = p, *y = q;
    return (x->index > y->index) - (x->index < y->index);
}

static void providers(const struct view *v, const struct tb_tally *a, const struct tb_tally *b)
{
    const struct tb_tally *t[2] = {a, b};
    int n, n_classes, most = 0;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_PROVIDERS, &n),
                         *classes = tb_tally_union(a, b, TB_TALLY_CLASSES, &n_classes);
    struct line *lines = tb_xcalloc((size_t)n + 1, sizeof *lines);
    for (int i = 0; i < n; i++) {
        lines[i] = (struct line){.who = names[i], .index = i};
        for (int k = 0; k < 2; k++) {
            int at = tb_tally_provider(t[k], names[i].id);
            lines[i].has[k] = at >= 0;
            if (at < 0) continue;
            lines[i].turns[k] = t[k]->providers[at].turns;
            lines[i].big[k] = t[k]->providers[at].big;
            if (lines[i].turns[k] > most) most = lines[i].turns[k];
        }
    }
    int shown = n;
    if (n > PROVIDERS) {
        qsort(lines, (size_t)n, sizeof *lines, by_difference);
        for (shown = 0; shown < PROVIDERS && (lines[shown].turns[0] != lines[shown].turns[1] ||
                                              lines[shown].big[0] != lines[shown].big[1]);
             shown++) {}
        qsort(lines, (size_t)shown, sizeof *lines, by_index);
    }
    tb_buf_addf(v->out,
                "<h2>当番医・医療機関ごとの回数%s</h2>\n<table><colgroup><col><col span=\"2\" "
                "style=\"width:11mm\"><col style=\"width:12mm\"><col style=\"width:24mm\"><col span=\"2\" "
                "style=\"width:9mm\">"
                "<col style=\"width:11mm\"><col span=\"%d\" style=\"width:10mm\"></colgroup>\n<thead><tr><th "
                "rowspan=\"2\">当番医・医療機関</th><th class=\"g\" colspan=\"3\">当番の回数</th>"
                "<th rowspan=\"2\">□Ａ ■Ｂ</th><th class=\"g\" colspan=\"3\">うち特定日</th>",
                n > shown ? "（違いの大きいもの）" : "", n_classes > 0 ? 2 * n_classes : 1);
    for (int c = 0; c < n_classes; c++)
        page_element(v->out, "<th class=\"g\" colspan=\"2\">", classes[c].name, "</th>");
    tb_buf_add(v->out, "</tr><tr><th class=\"g\">Ａ</th><th>Ｂ</th><th>差</th><th "
                       "class=\"g\">Ａ</th><th>Ｂ</th><th>差</th>");
    for (int c = 0; c < n_classes; c++) tb_buf_add(v->out, "<th class=\"g\">Ａ</th><th>Ｂ</th>");
    tb_buf_add(v->out, "</tr></thead><tbody>\n");
    for (int i = 0; i < shown; i++) {
        const struct line *l = &lines[i];
        page_element(v->out, "<tr><td>", l->who.name, "</td>");
        three(v, (int64_t[]){l->turns[0], l->turns[1]}, l->has, 1, true);
        tb_buf_add(v->out, "<td class=\"bar\">");
        bars(v->out, l->turns[0], l->turns[1], most);
        tb_buf_add(v->out, "</td>");
        three(v, (int64_t[]){l->big[0], l->big[1]}, l->has, 1, true);
        for (int c = 0; c < n_classes; c++) {
            int64_t x[2] = {0, 0};
            for (int k = 0; k < 2; k++) {
                int at = tb_tally_provider(t[k], l->who.id), cl = tb_tally_class(t[k], classes[c].id);
                if (at >= 0 && cl >= 0) x[k] = t[k]->providers[at].by_class[cl];
            }
            three(v, x, l->has, 1, false);
        }
        tb_buf_add(v->out, "</tr>\n");
    }
    tb_buf_add(v->out, "</tbody></table>\n");
    if (n > shown)
        tb_buf_addf(v->out, "<p class=\"small\">ほか %d（全部は toban compare --json）</p>\n", n - shown);
    free(lines);
    free(names);
    free(classes);
}

struct account_line {
    struct tb_tally_name ledger;
    int64_t largest[2], squares[2];
    bool has[2];
    int index;
};

static int by_squares(const void *p, const void *q)
{
    const struct account_line *x = p, *y = q;
    int64_t dx = llabs(x->squares[1] - x->squares[0]), dy = llabs(y->squares[1] - y->squares[0]);
    if (dx != dy) return dx > dy ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static int by_ledger(const void *p, const void *q)
{
    const struct account_line *x = p, *y = q;
    return (x->index > y->index) - (x->index < y->index);
}

static void ledgers(const struct view *v, const struct tb_tally *a, const struct tb_tally *b)
{
    const struct tb_tally *t[2] = {a, b};
    int n;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_LEDGERS, &n);
    struct account_line *lines = tb_xcalloc((size_t)n + 1, sizeof *lines);
    for (int i = 0; i < n; i++) {
        lines[i] = (struct account_line){.ledger = names[i], .index = i};
        for (int k = 0; k < 2; k++) {
            int at = tb_tally_ledger(t[k], names[i].id);
            lines[i].has[k] = at >= 0;
            if (at < 0) continue;
            lines[i].largest[k] = t[k]->ledgers[at].largest;
            lines[i].squares[k] = (t[k]->ledgers[at].squares + 50) / 100;
        }
    }
    int shown = n;
    if (n > LEDGERS) {
        qsort(lines, (size_t)n, sizeof *lines, by_squares);
        shown = LEDGERS;
        qsort(lines, (size_t)shown, sizeof *lines, by_ledger);
    }
    tb_buf_addf(
        v->out,
        "<h2>公平（帳簿の持分からの偏り、回）%s</h2>\n<table><thead><tr><th rowspan=\"2\">帳簿</th><th "
        "class=\"g\" colspan=\"3\">最も大きい偏り</th><th class=\"g\" colspan=\"3\">偏りの二乗の和</th></tr>"
        "<tr><th class=\"g\">Ａ</th><th>Ｂ</th><th>差</th><th "
        "class=\"g\">Ａ</th><th>Ｂ</th><th>差</th></tr></thead><tbody>\n",
        n > shown ? "（違いの大きいもの）" : "");
    for (int i = 0; i < shown; i++) {
        page_element(v->out, "<tr><td>", lines[i].ledger.name, "</td>");
        three(v, lines[i].largest, lines[i].has, 100, true);
        three(v, lines[i].squares, lines[i].has, 100, true);
        tb_buf_add(v->out, "</tr>\n");
    }
    tb_buf_add(v->out, "</tbody></table>\n");
    if (n > shown)
        tb_buf_addf(v->out, "<p class=\"small\">ほか %d 帳簿（全部は toban compare --json）</p>\n",
                    n - shown);
    free(lines);
    free(names);
}

/* Soft rules not kept, in their own words. */
static void rules(const struct view *v, const struct tb_tally *a, const struct tb_tally *b)
{
    const struct tb_tally *t[2] = {a, b};
    int n;
    struct tb_tally_name *names = tb_tally_union(a, b, TB_TALLY_RULES, &n);
    if (n > 0)
        tb_buf_add(v->out, "<h2>合わない努力の条件（件数）</h2>\n<table><colgroup><col><col span=\"3\" "
                           "style=\"width:14mm\"></colgroup>\n<thead><tr><th>条件</th><th "
                           "class=\"g\">Ａ</th><th>Ｂ</th><th>差</th></tr></thead><tbody>\n");
    for (int i = 0; i < n && i < RULES; i++) {
        int64_t times[2] = {0, 0};
        for (int k = 0; k < 2; k++) {
            int at = tb_tally_rule(t[k], names[i].id);
            if (at >= 0) times[k] = t[k]->rules[at].times;
        }
        page_element(v->out, "<tr><td>", names[i].name, "</td>");
        three(v, times, (bool[]){true, true}, 1, true);
        tb_buf_add(v->out, "</tr>\n");
    }
    if (n > 0) tb_buf_add(v->out, "</tbody></table>\n");
    if (n > RULES)
        tb_buf_addf(v->out, "<p class=\"small\">ほか %d 条件（全部は toban compare --json）</p>\n",
                    n - RULES);
    free(names);
}

/* Days with an open primary seat. */
static void blanks(const struct view *v, int side)
{
    const struct tb_tally *t = of(v, side);
    char day[64];
    tb_day last = TB_DAY_NONE;
    int n = 0;
    for (int i = 0; t != NULL && i < t->n_opens; i++) {
        if (t->opens[i].reserve || t->opens[i].date == last) continue;
        last = t->opens[i].date;
        if (n++ < DAYS)
            tb_buf_addf(v->out, "%s%s", n == 1 ? (side == 0 ? "<p>空白日　Ａ　" : "<p>空白日　Ｂ　") : "、",
                        tb_format_md_ja(last, day, sizeof day));
    }
    if (n > DAYS) tb_buf_addf(v->out, "　ほか %d 日", n - DAYS);
    if (n > 0) tb_buf_add(v->out, "</p>\n");
}

/* Rows of the tables, as many as are shown. */
static int rows_of(const struct tb_tally *a, const struct tb_tally *b)
{
    static const struct {
        enum tb_tally_list list;
        int most;
    } tables[] = {{TB_TALLY_DUTIES, DUTIES},
                  {TB_TALLY_PROVIDERS, PROVIDERS},
                  {TB_TALLY_LEDGERS, LEDGERS},
                  {TB_TALLY_RULES, RULES}};
    int rows = 0;
    for (size_t i = 0; i < TB_COUNT(tables); i++) {
        int n;
        free(tb_tally_union(a, b, tables[i].list, &n));
        rows += n < tables[i].most ? n : tables[i].most;
    }
    return rows;
}

void tb_page_compare(const char *region, const char *notice, tb_day from, tb_day to,
                     const struct tb_page_side sides[2], struct tb_buf *out)
{
    struct view v = {sides, out};
    char a[64], b[64];
    page_begin(out, "当番体制の比較");
    bool close =
        sides[0].tally != NULL && sides[1].tally != NULL && rows_of(sides[0].tally, sides[1].tally) > ROOMY;
    tb_buf_add(out, close ? "<main class=\"close\">\n" : "<main>\n");
    page_element(out, "<header><div><h1>当番体制の比較</h1><p class=\"span\">",
                 tb_format_date_ja(from, a, sizeof a), "から");
    page_element(out, "", tb_format_date_ja(to, b, sizeof b), "まで</p></div>");
    page_element(out, "<p>", region, "<br>（試算。公表した当番表ではありません）</p></header>\n");
    whole(&v);
    blanks(&v, 0);
    blanks(&v, 1);
    if (sides[0].tally != NULL && sides[1].tally != NULL) {
        duties(&v, sides[0].tally, sides[1].tally);
        providers(&v, sides[0].tally, sides[1].tally);
        ledgers(&v, sides[0].tally, sides[1].tally);
        rules(&v, sides[0].tally, sides[1].tally);
    }
    tb_buf_add(out,
               "<footer><p>"
               "どちらの側も、同じ期間の席をはじめから計画し直したものです。回数と時間は当番の席（予備を除く"
               "）。移動は、当番区分の区域の住民（15歳以下だけの区分は15歳未満）の平均の人から、"
               "その時間帯に開いている最も近い所までの車の分（冬期の割増を含む）。だれもいない枠は平均に入り"
               "ません。目的関数は席や重みが違えば比べられません。偏りは期末の、実績と持分の差です。</p>");
    if (notice[0] != '\0') page_element(out, "<p>", notice, "</p>");
    tb_buf_add(out, "</footer>\n</main>\n");
    page_end(out);
}
