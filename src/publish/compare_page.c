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
    struct tb_html *h;
};

static const struct tb_tally *of(const struct view *v, int side) { return v->side[side].tally; }

static void figure_text(const struct view *v, int64_t x, int unit, bool sign)
{
    if (unit == 1)
        page_number(v->h, x, sign);
    else
        page_decimal(v->h, x, unit, sign);
}

/* A cell of each side and the difference; `unit` 1: whole numbers. A side without a figure: −. */
static void three(const struct view *v, const int64_t x[2], const bool has[2], int unit, bool difference)
{
    for (int i = 0; i < 2; i++) {
        tb_html_open_as(v->h, "td", i == 0 ? "n g" : "n");
        if (has[i])
            figure_text(v, x[i], unit, false);
        else
            tb_html_text(v->h, "－");
        tb_html_close(v->h, "td");
    }
    if (!difference) return;
    tb_html_open_as(v->h, "td", "n");
    if (has[0] && has[1])
        figure_text(v, x[1] - x[0], unit, true);
    else
        tb_html_text(v->h, "－");
    tb_html_close(v->h, "td");
}

/* Ａ, Ｂ and, if wanted, the difference, `times` times. */
static void side_heads(const struct view *v, int times, bool difference)
{
    for (int k = 0; k < times; k++) {
        tb_html_el_as(v->h, "th", "g", "Ａ");
        tb_html_el(v->h, "th", "Ｂ");
        if (difference) tb_html_el(v->h, "th", "差");
    }
}

/* `n` columns of a width; NULL: as wide as their contents want. */
static void columns(const struct view *v, int n, const char *class)
{
    tb_html_void(v->h, "col");
    if (n > 1) tb_html_attr_int(v->h, "span", n);
    tb_html_attr(v->h, "class", class);
}

static void section(const struct view *v, const char *title, bool cut)
{
    tb_html_elf(v->h, "h2", NULL, "%s%s", title, cut ? "（違いの大きいもの）" : "");
    tb_html_line(v->h);
}

static void rest_line(const struct view *v, int n, const char *what)
{
    if (n <= 0) return;
    tb_html_elf(v->h, "p", "small", "ほか %d%s（全部は toban compare --json）", n, what);
    tb_html_line(v->h);
}

/* ---- the whole, and duties ------------------------------------------------------------------------- */

static void whole_head(const struct view *v)
{
    static const char *const widths[] = {NULL, "w14", "w12", "w13", "w19", "w20", "w23", "w23", "w13"};
    static const char *const words[] = {"体制",     "席",         "空席",
                                        "空白日",   "予備の空席", "努力の条件に合わない",
                                        "目的関数", "下界",       "最適の証明"};
    tb_html_open(v->h, "table");
    tb_html_open(v->h, "colgroup");
    for (size_t i = 0; i < TB_COUNT(widths); i++) columns(v, 1, widths[i]);
    tb_html_close_line(v->h, "colgroup");
    page_head_begin(v->h);
    for (size_t i = 0; i < TB_COUNT(words); i++) tb_html_el(v->h, "th", words[i]);
    page_head_end(v->h);
}

static void whole_table(const struct view *v)
{
    whole_head(v);
    for (int i = 0; i < 2; i++) {
        const struct tb_tally *t = of(v, i);
        tb_html_open(v->h, "tr");
        tb_html_elf(v->h, "td", "lead", "%s　%s", i == 0 ? "Ａ" : "Ｂ", v->side[i].name);
        if (t == NULL) {
            tb_html_open(v->h, "td");
            tb_html_attr_int(v->h, "colspan", 8);
            tb_html_textf(v->h, "当番表を作れませんでした: %s", v->side[i].why_not);
            tb_html_close(v->h, "td");
            tb_html_close_line(v->h, "tr");
            continue;
        }
        const int64_t figures[] = {t->seats, t->open,      t->blank_days, t->open_reserve,
                                   t->soft,  t->objective, t->bound};
        for (size_t k = 0; k < TB_COUNT(figures); k++) {
            tb_html_open_as(v->h, "td", "n");
            page_number(v->h, figures[k], false);
            tb_html_close(v->h, "td");
        }
        tb_html_el_as(v->h, "td", "c", t->proven ? "あり" : "なし");
        tb_html_close_line(v->h, "tr");
    }
    page_table_end(v->h);
}

static void duties_head(const struct view *v, bool staff)
{
    section(v, "当番区分ごと", false);
    tb_html_open(v->h, "table");
    page_head_begin(v->h);
    page_wide_head(v->h, NULL, 0, 2, "当番区分");
    page_wide_head(v->h, "g", 2, 0, "席");
    page_wide_head(v->h, "g", 2, 0, "空席");
    page_wide_head(v->h, "g", 2, 0, "当番時間");
    page_wide_head(v->h, "g", 3, 0, "住民からの移動（平均・分）");
    if (staff) page_wide_head(v->h, "g", 3, 0, "出務の移動（平均・分）");
    page_head_next(v->h);
    side_heads(v, 3, false);
    side_heads(v, staff ? 2 : 1, true);
    page_head_end(v->h);
}

static void duties_row(const struct view *v, const struct tb_tally_name *name, bool staff)
{
    int64_t x[5][2] = {{0}};
    bool has[2] = {false, false}, road[2] = {false, false}, trip[2] = {false, false};
    for (int k = 0; k < 2; k++) {
        int at = tb_tally_duty(of(v, k), name->id);
        if (at < 0) continue;
        const struct tb_tally_duty *d = &of(v, k)->duties[at];
        has[k] = true;
        road[k] = d->slots > 0;
        trip[k] = d->trips > 0;
        x[0][k] = d->seats;
        x[1][k] = d->open;
        x[2][k] = tb_tally_mean(d->minutes, 60);
        x[3][k] = tb_tally_mean(tb_tally_mean(d->patients, d->slots), 100);
        x[4][k] = tb_tally_mean(d->staff * 10, d->trips);
    }
    tb_html_open(v->h, "tr");
    tb_html_el(v->h, "td", name->name);
    for (int k = 0; k < 3; k++) three(v, x[k], has, 1, false);
    three(v, x[3], road, 10, true);
    if (staff) three(v, x[4], trip, 10, true);
    tb_html_close_line(v->h, "tr");
}

static void duties_table(const struct view *v)
{
    int n;
    struct tb_tally_name *names = tb_tally_union(of(v, 0), of(v, 1), TB_TALLY_DUTIES, &n);
    bool staff = false;
    for (int i = 0; i < 2; i++)
        for (int d = 0; d < of(v, i)->n_duties; d++) staff |= of(v, i)->duties[d].trips > 0;
    duties_head(v, staff);
    for (int i = 0; i < n && i < DUTIES; i++) duties_row(v, &names[i], staff);
    page_table_end(v->h);
    rest_line(v, n - DUTIES, " 区分");
    free(names);
}

/* ---- providers --------------------------------------------------------------------------------------- */

/* A hollow bar for Ａ over a filled one for Ｂ. */
static void bars(struct tb_html *h, int a, int b, int most)
{
    tb_html_open(h, "svg");
    tb_html_attr(h, "width", "22mm");
    tb_html_attr(h, "height", "3.4mm");
    tb_html_attr(h, "viewBox", "0 0 202 26");
    tb_html_attr(h, "preserveAspectRatio", "none");
    tb_html_void(h, "rect");
    tb_html_attr(h, "x", "1");
    tb_html_attr(h, "y", "2");
    tb_html_attr_int(h, "width", most ? a * 200 / most : 0);
    tb_html_attr(h, "height", "9");
    tb_html_attr(h, "fill", "#fff");
    tb_html_attr(h, "stroke", "#000");
    tb_html_attr(h, "stroke-width", "1.5");
    tb_html_void(h, "rect");
    tb_html_attr(h, "x", "1");
    tb_html_attr(h, "y", "14");
    tb_html_attr_int(h, "width", most ? b * 200 / most : 0);
    tb_html_attr(h, "height", "10");
    tb_html_attr(h, "fill", "#000");
    tb_html_close(h, "svg");
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

static void provider_line(const struct view *v, const struct tb_tally_name *name, struct line *line)
{
    line->who = *name;
    for (int k = 0; k < 2; k++) {
        int at = tb_tally_provider(of(v, k), name->id);
        line->has[k] = at >= 0;
        if (at < 0) continue;
        line->turns[k] = of(v, k)->providers[at].turns;
        line->big[k] = of(v, k)->providers[at].big;
    }
}

/* Those who differ most, in their old order; how many they are. */
static int cut_lines(struct line *lines, int n)
{
    int shown = n;
    if (n > PROVIDERS) {
        qsort(lines, (size_t)n, sizeof *lines, by_difference);
        for (shown = 0; shown < PROVIDERS && (lines[shown].turns[0] != lines[shown].turns[1] ||
                                              lines[shown].big[0] != lines[shown].big[1]);
             shown++) {}
        qsort(lines, (size_t)shown, sizeof *lines, by_index);
    }
    return shown;
}

static void providers_head(const struct view *v, const struct tb_tally_name *classes, int n, bool cut)
{
    section(v, "当番医・医療機関ごとの回数", cut);
    tb_html_open(v->h, "table");
    tb_html_open(v->h, "colgroup");
    columns(v, 1, NULL);
    columns(v, 2, "w11");
    columns(v, 1, "w12");
    columns(v, 1, "w24");
    columns(v, 2, "w9");
    columns(v, 1, "w11");
    columns(v, n > 0 ? 2 * n : 1, "w10");
    tb_html_close_line(v->h, "colgroup");
    page_head_begin(v->h);
    page_wide_head(v->h, NULL, 0, 2, "当番医・医療機関");
    page_wide_head(v->h, "g", 3, 0, "当番の回数");
    page_wide_head(v->h, NULL, 0, 2, "□Ａ ■Ｂ");
    page_wide_head(v->h, "g", 3, 0, "うち特定日");
    for (int c = 0; c < n; c++) page_wide_head(v->h, "g", 2, 0, classes[c].name);
    page_head_next(v->h);
    side_heads(v, 2, true);
    side_heads(v, n, false);
    page_head_end(v->h);
}

static void providers_row(const struct view *v, const struct line *l, const struct tb_tally_name *classes,
                          int n, int most)
{
    tb_html_open(v->h, "tr");
    tb_html_el(v->h, "td", l->who.name);
    three(v, (int64_t[]){l->turns[0], l->turns[1]}, l->has, 1, true);
    tb_html_open_as(v->h, "td", "bar");
    bars(v->h, l->turns[0], l->turns[1], most);
    tb_html_close(v->h, "td");
    three(v, (int64_t[]){l->big[0], l->big[1]}, l->has, 1, true);
    for (int c = 0; c < n; c++) {
        int64_t x[2] = {0, 0};
        for (int k = 0; k < 2; k++) {
            int at = tb_tally_provider(of(v, k), l->who.id), cl = tb_tally_class(of(v, k), classes[c].id);
            if (at >= 0 && cl >= 0) x[k] = of(v, k)->providers[at].by_class[cl];
        }
        three(v, x, l->has, 1, false);
    }
    tb_html_close_line(v->h, "tr");
}

static void providers_table(const struct view *v)
{
    int n, n_classes, most = 0;
    struct tb_tally_name *names = tb_tally_union(of(v, 0), of(v, 1), TB_TALLY_PROVIDERS, &n),
                         *classes = tb_tally_union(of(v, 0), of(v, 1), TB_TALLY_CLASSES, &n_classes);
    struct line *lines = tb_xcalloc((size_t)n + 1, sizeof *lines);
    for (int i = 0; i < n; i++) {
        lines[i].index = i;
        provider_line(v, &names[i], &lines[i]);
        for (int k = 0; k < 2; k++)
            if (lines[i].turns[k] > most) most = lines[i].turns[k];
    }
    int shown = cut_lines(lines, n);
    providers_head(v, classes, n_classes, n > shown);
    for (int i = 0; i < shown; i++) providers_row(v, &lines[i], classes, n_classes, most);
    page_table_end(v->h);
    rest_line(v, n - shown, "");
    free(lines);
    free(names);
    free(classes);
}

/* ---- ledgers, rules, days ------------------------------------------------------------------------------ */

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

static void ledgers_table(const struct view *v)
{
    int n;
    struct tb_tally_name *names = tb_tally_union(of(v, 0), of(v, 1), TB_TALLY_LEDGERS, &n);
    struct account_line *lines = tb_xcalloc((size_t)n + 1, sizeof *lines);
    for (int i = 0; i < n; i++) {
        lines[i] = (struct account_line){.ledger = names[i], .index = i};
        for (int k = 0; k < 2; k++) {
            int at = tb_tally_ledger(of(v, k), names[i].id);
            lines[i].has[k] = at >= 0;
            if (at < 0) continue;
            lines[i].largest[k] = of(v, k)->ledgers[at].largest;
            lines[i].squares[k] = (of(v, k)->ledgers[at].squares + 50) / 100;
        }
    }
    int shown = n;
    if (n > LEDGERS) {
        qsort(lines, (size_t)n, sizeof *lines, by_squares);
        shown = LEDGERS;
        qsort(lines, (size_t)shown, sizeof *lines, by_ledger);
    }
    section(v, "公平（帳簿の持分からの偏り、回）", n > shown);
    tb_html_open(v->h, "table");
    page_head_begin(v->h);
    page_wide_head(v->h, NULL, 0, 2, "帳簿");
    page_wide_head(v->h, "g", 3, 0, "最も大きい偏り");
    page_wide_head(v->h, "g", 3, 0, "偏りの二乗の和");
    page_head_next(v->h);
    side_heads(v, 2, true);
    page_head_end(v->h);
    for (int i = 0; i < shown; i++) {
        tb_html_open(v->h, "tr");
        tb_html_el(v->h, "td", lines[i].ledger.name);
        three(v, lines[i].largest, lines[i].has, 100, true);
        three(v, lines[i].squares, lines[i].has, 100, true);
        tb_html_close_line(v->h, "tr");
    }
    page_table_end(v->h);
    rest_line(v, n - shown, " 帳簿");
    free(lines);
    free(names);
}

static void rules_head(const struct view *v)
{
    section(v, "合わない努力の条件（件数）", false);
    tb_html_open(v->h, "table");
    tb_html_open(v->h, "colgroup");
    columns(v, 1, NULL);
    columns(v, 3, "w14");
    tb_html_close_line(v->h, "colgroup");
    page_head_begin(v->h);
    tb_html_el(v->h, "th", "条件");
    side_heads(v, 1, true);
    page_head_end(v->h);
}

/* Soft rules not kept, in their own words. */
static void rules_table(const struct view *v)
{
    int n;
    struct tb_tally_name *names = tb_tally_union(of(v, 0), of(v, 1), TB_TALLY_RULES, &n);
    if (n > 0) rules_head(v);
    for (int i = 0; i < n && i < RULES; i++) {
        int64_t times[2] = {0, 0};
        for (int k = 0; k < 2; k++) {
            int at = tb_tally_rule(of(v, k), names[i].id);
            if (at >= 0) times[k] = of(v, k)->rules[at].times;
        }
        tb_html_open(v->h, "tr");
        tb_html_el(v->h, "td", names[i].name);
        three(v, times, (bool[]){true, true}, 1, true);
        tb_html_close_line(v->h, "tr");
    }
    if (n > 0) page_table_end(v->h);
    rest_line(v, n - RULES, " 条件");
    free(names);
}

/* Days with an open primary seat. */
static void blank_days(const struct view *v, int side)
{
    const struct tb_tally *t = of(v, side);
    char day[64];
    tb_day last = TB_DAY_NONE;
    int n = 0;
    for (int i = 0; t != NULL && i < t->n_opens; i++) {
        if (t->opens[i].reserve || t->opens[i].date == last) continue;
        last = t->opens[i].date;
        if (n++ == 0) {
            tb_html_open(v->h, "p");
            tb_html_text(v->h, side == 0 ? "空白日　Ａ　" : "空白日　Ｂ　");
        }
        if (n <= DAYS)
            tb_html_textf(v->h, "%s%s", n == 1 ? "" : "、", tb_format_md_ja(last, day, sizeof day));
    }
    if (n > DAYS) tb_html_textf(v->h, "　ほか %d 日", n - DAYS);
    if (n > 0) tb_html_close_line(v->h, "p");
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

static void compare_footing(const struct view *v, const char *notice)
{
    tb_html_open(v->h, "footer");
    tb_html_el(v->h, "p",
               "どちらの側も、同じ期間の席をはじめから計画し直したものです。回数と時間は当番の席（予備を除く"
               "）。移動は、"
               "当番区分の区域の住民（15歳以下だけの区分は15歳未満）の平均の人から、その時間帯に開いている最"
               "も近い所まで"
               "の車の分（冬期の割増を含む）。だれもいない枠は平均に入りません。目的関数は席や重みが違えば比"
               "べられません。"
               "偏りは期末の、実績と持分の差です。");
    if (notice[0] != '\0') tb_html_el(v->h, "p", notice);
    tb_html_close_line(v->h, "footer");
}

void tb_page_compare(const char *region, const char *notice, tb_day from, tb_day to,
                     const struct tb_page_side sides[2], struct tb_buf *out)
{
    struct tb_html h = {.out = out};
    struct view v = {.side = sides, .h = &h};
    char a[64], b[64];
    bool both = sides[0].tally != NULL && sides[1].tally != NULL;
    page_begin(&h, "当番体制の比較");
    tb_html_open_as(&h, "main", both && rows_of(sides[0].tally, sides[1].tally) > ROOMY ? "close" : NULL);
    tb_html_line(&h);
    tb_html_open(&h, "header");
    tb_html_open(&h, "div");
    tb_html_el(&h, "h1", "当番体制の比較");
    tb_html_elf(&h, "p", "span", "%sから%sまで", tb_format_date_ja(from, a, sizeof a),
                tb_format_date_ja(to, b, sizeof b));
    tb_html_close(&h, "div");
    tb_html_open(&h, "p");
    tb_html_text(&h, region);
    tb_html_void(&h, "br");
    tb_html_text(&h, "（試算。公表した当番表ではありません）");
    tb_html_close(&h, "p");
    tb_html_close_line(&h, "header");
    whole_table(&v);
    blank_days(&v, 0);
    blank_days(&v, 1);
    if (both) {
        duties_table(&v);
        providers_table(&v);
        ledgers_table(&v);
        rules_table(&v);
    }
    compare_footing(&v, notice);
    tb_html_close_line(&h, "main");
    tb_html_end(&h);
}
