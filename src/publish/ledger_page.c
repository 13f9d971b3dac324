/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The books on paper: for the office with names, for a member about himself.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page.h"
#include "toban/publish/pages.h"

enum { LAST = TB_STANDING_YEARS - 1, WORSE = 12, TURNS = 12 };
#define OFFICE "事務局用（氏名入り・取扱注意）"

static void deviation(struct tb_html *h, int64_t millionths)
{
    page_decimal(h, page_hundredths(millionths), 100, true);
}

static void deviation_cell(struct tb_html *h, int64_t millionths)
{
    tb_html_open_as(h, "td", "n");
    deviation(h, millionths);
    tb_html_close(h, "td");
}

static void accrued(struct tb_html *h, const struct tb_year_figures *f)
{
    page_decimal(h, page_hundredths(f->accrued), 100, false);
}

/* 3 for 3.0, 2.5 */
static void times_done(struct tb_html *h, const struct tb_year_figures *f)
{
    if (f->done % 1000000 == 0)
        page_number(h, f->done / 1000000, false);
    else
        page_decimal(h, page_hundredths(f->done), 100, false);
}

/* R7.12.29, as offices write it in lists; H31 until April 2019. */
static const char *short_date(tb_day d, char buf[48])
{
    struct tb_ymd x = tb_ymd_of(d);
    bool reiwa = d >= tb_day_of(2019, 5, 1);
    (void)snprintf(buf, 48, "%c%d.%d.%d", reiwa ? 'R' : 'H', x.year - (reiwa ? 2018 : 1988), x.month, x.day);
    return buf;
}

/* What every page of the books says above and below. */
struct ledger_page {
    const struct tb_standing *s;
    const struct tb_page_edition *edition;
    const char *title, *under, *note;
};

static void ledger_heading(struct tb_html *h, const struct ledger_page *page)
{
    const struct tb_page_edition *e = page->edition;
    char day[64], year[32];
    tb_html_open(h, "main");
    tb_html_line(h);
    tb_html_open(h, "header");
    tb_html_open(h, "div");
    tb_html_el(h, "h1", page->title);
    tb_html_elf(h, "p", "span", "%s　%s", page->under, tb_format_fiscal_ja(page->s->year, year, sizeof year));
    tb_html_close(h, "div");
    tb_html_open(h, "p");
    tb_html_text(h, page->s->region->regions[0].name);
    tb_html_void(h, "br");
    if (e->number > 0)
        tb_html_textf(h, "第%lld版（%s）%sまでの公表による", (long long)e->number, e->hash,
                      tb_format_date_ja(tb_day_of_minute(e->at), day, sizeof day));
    else
        tb_html_text(h, "公表前");
    tb_html_void(h, "br");
    tb_html_text(h, page->note);
    tb_html_close(h, "p");
    tb_html_close_line(h, "header");
}

static void ledger_footing(struct tb_html *h, const struct tb_standing *s, const char *more)
{
    tb_html_open(h, "footer");
    tb_html_el(h, "p",
               "持分 引き受けることになっていた回数。実績 公表された当番の回数。偏り "
               "これまでの実績から持分を引いたもの（＋は多く、−は少なく引き受けている）。"
               "手で記入した精算と期首の持越しを含みます。");
    tb_html_el(h, "p", more);
    if (s->region->regions[0].notice[0] != '\0') tb_html_el(h, "p", s->region->regions[0].notice);
    tb_html_close_line(h, "footer");
    tb_html_close_line(h, "main");
}

static const char *provider_name(const struct tb_standing *s, int provider)
{
    return s->region->providers[provider].name;
}

/* ---- worse off than a year before ------------------------------------------------------------------ */

static void worse_off(struct tb_html *h, const struct tb_standing *s, const struct tb_standing_pool *p)
{
    int *order = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *order),
        n = tb_standing_worse(p, 0, LAST, order);
    tb_html_elf(h, "h2", NULL, "昨年度末より負担が重くなった人（%s）　%d人中 %d人", p->classes[0],
                p->n_accounts, n);
    tb_html_line(h);
    if (n > 0) {
        page_table_begin(h, NULL);
        tb_html_el(h, "th", "");
        tb_html_el_as(h, "th", "w26", "昨年度末の偏り");
        tb_html_el_as(h, "th", "w26", "今年度末の偏り");
        tb_html_el_as(h, "th", "w26", "重くなった分");
        page_head_end(h);
    }
    for (int i = 0; i < n && i < WORSE; i++) {
        const struct tb_year_figures *f = tb_figures(p, order[i], 0, LAST);
        tb_html_open(h, "tr");
        tb_html_el(h, "td", tb_standing_account_name(s, p, order[i]));
        deviation_cell(h, f->before);
        deviation_cell(h, f->after);
        deviation_cell(h, f->after - f->before);
        tb_html_close_line(h, "tr");
    }
    if (n > 0) page_table_end(h);
    if (n > WORSE) {
        tb_html_elf(h, "p", "small", "ほか %d人（下の表の「増減」）", n - WORSE);
        tb_html_line(h);
    }
    free(order);
}

/* ---- the pool, for the office ------------------------------------------------------------------------ */

static void pool_head(struct tb_html *h, const struct tb_standing_pool *p)
{
    tb_html_el(h, "h2", "全員（偏りの大きい順）");
    tb_html_line(h);
    page_table_begin(h, "small");
    page_wide_head(h, NULL, 0, 2, "");
    for (int l = 0; l < p->n_ledgers; l++) page_wide_head(h, "g", l == 0 ? 4 : 2, 0, p->classes[l]);
    page_head_next(h);
    for (int l = 0; l < p->n_ledgers; l++) {
        tb_html_el_as(h, "th", "g", "実績");
        if (l == 0) tb_html_el(h, "th", "持分");
        tb_html_el(h, "th", "偏り");
        if (l == 0) tb_html_el(h, "th", "増減");
    }
    page_head_end(h);
}

static void pool_table(struct tb_html *h, const struct tb_standing *s, const struct tb_standing_pool *p)
{
    int *order = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *order);
    tb_standing_sort(p, 0, LAST, order);
    pool_head(h, p);
    for (int i = 0; i < p->n_accounts; i++) {
        tb_html_open(h, "tr");
        tb_html_el(h, "td", tb_standing_account_name(s, p, order[i]));
        for (int l = 0; l < p->n_ledgers; l++) {
            const struct tb_year_figures *f = tb_figures(p, order[i], l, LAST);
            tb_html_open_as(h, "td", "n g");
            times_done(h, f);
            tb_html_close(h, "td");
            if (l == 0) {
                tb_html_open_as(h, "td", "n");
                accrued(h, f);
                tb_html_close(h, "td");
            }
            deviation_cell(h, f->after);
            if (l == 0) deviation_cell(h, f->after - f->before);
        }
        tb_html_close_line(h, "tr");
    }
    page_table_end(h);
    free(order);
}

static void class_turns(struct tb_html *h, const struct tb_standing *s, const struct tb_standing_class *x)
{
    char day[64];
    tb_html_open(h, "p");
    tb_html_el(h, "b", s->region->classes[x->class_].name);
    if (x->next != TB_DAY_NONE)
        tb_html_textf(h, "（次は%sから）", tb_format_date_ja(x->next, day, sizeof day));
    for (int i = 0; i < x->n_in && i < TURNS; i++)
        tb_html_textf(h, "　%d %s（%s）", i + 1, provider_name(s, x->order[i].account),
                      x->order[i].last == TB_DAY_NONE ? "記録なし" : short_date(x->order[i].last, day));
    if (x->n_in > TURNS) tb_html_textf(h, "　ほか %d人", x->n_in - TURNS);
    for (int i = x->n_in; i < x->n; i++)
        tb_html_textf(h, "%s%s", i == x->n_in ? "　／候補外（免除・休み） " : "、",
                      provider_name(s, x->order[i].account));
    tb_html_close_line(h, "p");
}

void tb_page_pool(const struct tb_standing *s, const struct tb_page_edition *edition, int pool,
                  struct tb_buf *out)
{
    const struct tb_standing_pool *p = &s->pools[pool];
    struct tb_html writer = {.out = out}, *h = &writer;
    page_begin(h, p->name);
    ledger_heading(
        h, &(struct ledger_page){
               .s = s, .edition = edition, .title = "当番の実績と偏り", .under = p->name, .note = OFFICE});
    if (p->n_accounts == 0) {
        tb_html_el(h, "p", "この年度の担い手はありません。");
        tb_html_line(h);
    } else {
        tb_html_el(h, "p", "一本が一人です。黒は持分より多く、白は少なく引き受けている分（年度末、回）。");
        tb_html_line(h);
        tb_html_open(h, "figure");
        page_svg_pool(h, s, pool, -1, true);
        tb_html_close_line(h, "figure");
        worse_off(h, s, p);
        if (p->n_big > 0) {
            tb_html_el(h, "h2", "特定日の次の順番（長く当たっていない順）");
            tb_html_line(h);
        }
        for (int c = 0; c < p->n_big; c++) class_turns(h, s, &p->big[c]);
        pool_table(h, s, p);
    }
    ledger_footing(h, s,
                   "増減は一年間の偏りの動きで、＋は負担が重くなったことを示します。順番は前回の日付によるも"
                   "ので、実際の割り"
                   "当ては希望と割当条件にもよります。");
    tb_html_end(h);
}

/* ---- all pools ------------------------------------------------------------------------------------------
 */

static void pools_head(struct tb_html *h)
{
    static const char *const widths[] = {"w44", "w10", NULL, "w13", NULL, "w13", "w11", NULL, "w13"};
    tb_html_open(h, "table");
    tb_html_open(h, "colgroup");
    for (size_t i = 0; i < TB_COUNT(widths); i++) {
        tb_html_void(h, "col");
        tb_html_attr(h, "class", widths[i]);
    }
    tb_html_close_line(h, "colgroup");
    page_head_begin(h);
    page_wide_head(h, NULL, 0, 2, "組");
    page_wide_head(h, NULL, 0, 2, "人数");
    page_wide_head(h, "g", 2, 0, "最も多く引き受けた人");
    page_wide_head(h, "g", 2, 0, "最も少ない人");
    page_wide_head(h, "g", 3, 0, "昨年度末より重くなった人");
    page_head_next(h);
    for (int k = 0; k < 2; k++) {
        tb_html_el_as(h, "th", "g", "");
        tb_html_el(h, "th", "偏り");
    }
    tb_html_el_as(h, "th", "g", "人数");
    tb_html_el(h, "th", "最も重くなった人");
    tb_html_el(h, "th", "増");
    page_head_end(h);
}

static void pools_row(struct tb_html *h, const struct tb_standing *s, const struct tb_standing_pool *p)
{
    int *order = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *order);
    tb_standing_sort(p, 0, LAST, order);
    int ends[2] = {order[0], order[p->n_accounts - 1]}, grew = tb_standing_worse(p, 0, LAST, order);
    tb_html_open(h, "tr");
    tb_html_open(h, "td");
    tb_html_open(h, "a");
    tb_html_attrf(h, "href", "pool-%s.html", p->id);
    tb_html_text(h, p->name);
    tb_html_close(h, "a");
    tb_html_close(h, "td");
    tb_html_elf(h, "td", "n", "%d", p->n_accounts);
    for (int k = 0; k < 2; k++) {
        tb_html_el_as(h, "td", "g", tb_standing_account_name(s, p, ends[k]));
        deviation_cell(h, tb_figures(p, ends[k], 0, LAST)->after);
    }
    tb_html_elf(h, "td", "n g", "%d", grew);
    tb_html_el(h, "td", grew > 0 ? tb_standing_account_name(s, p, order[0]) : "");
    if (grew > 0)
        deviation_cell(h, tb_figures(p, order[0], 0, LAST)->after - tb_figures(p, order[0], 0, LAST)->before);
    else
        tb_html_el_as(h, "td", "n", "");
    tb_html_close_line(h, "tr");
    free(order);
}

void tb_page_ledgers(const struct tb_standing *s, const struct tb_page_edition *edition, struct tb_buf *out)
{
    struct tb_html writer = {.out = out}, *h = &writer;
    page_begin(h, "当番の実績と偏り");
    ledger_heading(h, &(struct ledger_page){.s = s,
                                            .edition = edition,
                                            .title = "当番の実績と偏り",
                                            .under = "担い手の組ごと",
                                            .note = OFFICE});
    pools_head(h);
    for (int i = 0; i < s->n_pools; i++)
        if (s->pools[i].n_accounts > 0) pools_row(h, s, &s->pools[i]);
    page_table_end(h);
    ledger_footing(h, s,
                   "それぞれの組のうち、最も広い帳簿（全部）によります。一人ずつの紙は p-記号.html です。");
    tb_html_end(h);
}

/* ---- one provider
 * ------------------------------------------------------------------------------------------ */

/* Whose page it is; `member`: for himself. */
struct view {
    struct tb_html *h;
    const struct tb_standing *s;
    int provider;
    bool member;
};

static void years_row(const struct view *v, const struct tb_standing_pool *p, int account, int y)
{
    struct tb_html *h = v->h;
    char year[64];
    tb_html_open_as(h, "tr", y == LAST ? "mine" : NULL);
    tb_html_el_as(h, "td", "y", tb_format_fiscal_ja(v->s->year - LAST + y, year, sizeof year));
    for (int l = 0; l < p->n_ledgers; l++) {
        const struct tb_year_figures *f = tb_figures(p, account, l, y);
        if (!p->known[l * TB_STANDING_YEARS + y]) {
            tb_html_el_as(h, "td", "c g", "記録なし");
            tb_html_open_as(h, "td", "n");
            if (f->after != 0) deviation(h, f->after);
            tb_html_close(h, "td");
            continue;
        }
        tb_html_open_as(h, "td", "n g");
        times_done(h, f);
        tb_html_text(h, "（");
        accrued(h, f);
        tb_html_text(h, "）");
        tb_html_close(h, "td");
        deviation_cell(h, f->after);
    }
    tb_html_close_line(h, "tr");
}

static void years_table(const struct view *v, const struct tb_standing_pool *p, int account)
{
    struct tb_html *h = v->h;
    page_table_begin(h, "small");
    page_wide_head(h, NULL, 0, 2, "年度");
    for (int l = 0; l < p->n_ledgers; l++) page_wide_head(h, "g", 2, 0, p->classes[l]);
    page_head_next(h);
    for (int l = 0; l < p->n_ledgers; l++) {
        tb_html_el_as(h, "th", "g", "実績（持分）");
        tb_html_el(h, "th", "偏り");
    }
    page_head_end(h);
    for (int y = 0; y < TB_STANDING_YEARS; y++) years_row(v, p, account, y);
    page_table_end(h);
}

static void lead_words(const struct view *v, const struct tb_standing_pool *p, int account)
{
    const struct tb_year_figures *f = tb_figures(p, account, 0, LAST);
    struct tb_html *h = v->h;
    tb_html_open_as(h, "p", "lead");
    tb_html_text(h, "今年度は ");
    times_done(h, f);
    tb_html_text(h, " 回（持分 ");
    accrued(h, f);
    tb_html_text(h, " 回）。これまでの偏りは ");
    deviation(h, f->after);
    tb_html_text(h, " 回");
    if (!v->member || p->n_accounts >= TB_STANDING_FEW)
        tb_html_textf(h, "で、%d人のうち多いほうから %d番目です", p->n_accounts,
                      tb_standing_above(p, account, 0, LAST) + 1);
    tb_html_open(h, "b");
    tb_html_text(h, "（昨年度末から ");
    deviation(h, f->after - f->before);
    tb_html_text(h, "）。");
    tb_html_close(h, "b");
    tb_html_close_line(h, "p");
}

/* His dates of one class in one year. */
static void big_dates(const struct view *v, int pool, const struct tb_standing_class *x, int y)
{
    const struct tb_standing *s = v->s;
    char day[64];
    int n = 0;
    tb_html_open_as(v->h, "td", "c");
    for (int i = 0; i < s->n_days; i++) {
        const struct tb_big_day *d = &s->days[i];
        if (d->provider != v->provider || d->pool != pool || d->class_ != x->class_ ||
            tb_fiscal_year(d->date) != s->year - LAST + y)
            continue;
        if (n++ > 0) tb_html_void(v->h, "br");
        tb_html_textf(v->h, "%s %s", tb_format_md_ja(d->date, day, sizeof day),
                      s->region->bands[d->band].name);
    }
    if (n == 0) tb_html_text(v->h, tb_standing_recorded(s, pool, x->class_, y) ? "－" : "記録なし");
    tb_html_close(v->h, "td");
}

/* Dates of one class by year, and his place in the order of turns. */
static void big_row(const struct view *v, int pool, const struct tb_standing_class *x)
{
    struct tb_html *h = v->h;
    tb_html_open(h, "tr");
    tb_html_el(h, "td", v->s->region->classes[x->class_].name);
    for (int y = 0; y < TB_STANDING_YEARS; y++) big_dates(v, pool, x, y);
    tb_html_open(h, "td");
    for (int i = 0; i < x->n; i++) {
        if (x->order[i].account != v->provider) continue;
        if (x->order[i].out)
            tb_html_text(h, "次は候補外");
        else
            tb_html_textf(h, "%d人中 %d番目", x->n_in, i + 1);
    }
    tb_html_close(h, "td");
    tb_html_close_line(h, "tr");
}

static void big_table(const struct view *v, int pool)
{
    const struct tb_standing_pool *p = &v->s->pools[pool];
    char year[64];
    page_table_begin(v->h, "small");
    tb_html_el(v->h, "th", "特定日");
    for (int y = 0; y < TB_STANDING_YEARS; y++)
        tb_html_el(v->h, "th", tb_format_fiscal_ja(v->s->year - LAST + y, year, sizeof year));
    tb_html_el(v->h, "th", "次の順番");
    page_head_end(v->h);
    for (int c = 0; c < p->n_big; c++) big_row(v, pool, &p->big[c]);
    page_table_end(v->h);
}

static void list_names(const struct view *v, const char *word, const int *who, int n)
{
    if (n == 0) return;
    tb_html_text(v->h, word);
    for (int i = 0; i < n; i++) tb_html_textf(v->h, "%s%s", i > 0 ? "、" : "", provider_name(v->s, who[i]));
}

/* For the office: who, and the kind of reason. */
static void who_they_are(const struct view *v, const struct tb_again *x)
{
    static const char *const kinds[] = {"", "免除・休み", "出務不可の届け", "他の当番・当直"};
    const struct tb_big_day *d = &v->s->days[x->day];
    if (x->n_first + x->n_out == 0) return;
    tb_html_open_as(v->h, "tr", "sub");
    tb_html_open(v->h, "td");
    tb_html_attr_int(v->h, "colspan", 7);
    list_names(v, "順番が先か同じ: ", x->first, x->n_first);
    for (int k = TB_OUT_EXEMPT; k <= TB_OUT_BUSY; k++) {
        int *some = tb_xcalloc((size_t)x->n_out + 1, sizeof *some), n = 0;
        for (int i = 0; i < x->n_out; i++)
            if ((int)tb_standing_out(v->s, d, x->out[i]) == k) some[n++] = x->out[i];
        if (n > 0) tb_html_textf(v->h, "　%s: ", kinds[k]);
        list_names(v, "", some, n);
        free(some);
    }
    tb_html_close(v->h, "td");
    tb_html_close_line(v->h, "tr");
}

/* `few`: so few carry the pool that kinds of reasons would tell who has which. */
static void agains_head(const struct view *v, bool few)
{
    struct tb_html *h = v->h;
    page_table_begin(h, "small apart");
    page_wide_head(h, NULL, 0, 2, "今年度の特定日");
    page_wide_head(h, NULL, 0, 2, "区分");
    page_wide_head(h, NULL, 0, 2, v->member ? "あなたの前回" : "前回");
    page_wide_head(h, NULL, 4, 0, "この日の担い手のうち、ほかの人は");
    page_head_next(h);
    tb_html_el(h, "th", "この期間に当番");
    if (few) {
        page_wide_head(h, NULL, 3, 0, "そのほか（都合により候補外を含む）");
    } else {
        tb_html_el(h, "th", "都合により候補外");
        tb_html_el(h, "th", "前回がより後");
        tb_html_el(h, "th", "前回が同じか前");
    }
    page_head_end(h);
}

static void agains_row(const struct view *v, const struct tb_again *x, bool few)
{
    const struct tb_big_day *d = &v->s->days[x->day];
    struct tb_html *h = v->h;
    char day[64];
    tb_html_open(h, "tr");
    tb_html_el_as(h, "td", "y", tb_format_date_ja(d->date, day, sizeof day));
    tb_html_el_as(h, "td", "c", v->s->region->classes[d->class_].name);
    tb_html_el_as(h, "td", "y",
                  x->previous == TB_DAY_NONE ? "記録なし" : tb_format_date_ja(x->previous, day, sizeof day));
    tb_html_elf(h, "td", "c", "%d人", x->n_same);
    if (few) {
        tb_html_open_as(h, "td", "c");
        tb_html_attr_int(h, "colspan", 3);
        tb_html_textf(h, "%d人", x->n_out + x->n_later + x->n_first);
        tb_html_close(h, "td");
    } else {
        tb_html_elf(h, "td", "c", "%d人", x->n_out);
        tb_html_elf(h, "td", "c", "%d人", x->n_later);
        tb_html_elf(h, "td", "c", "%d人", x->n_first);
    }
    tb_html_close_line(h, "tr");
    if (!v->member) who_they_are(v, x);
}

static void agains_table(const struct view *v, int pool)
{
    const struct tb_standing *s = v->s;
    bool few = v->member && s->pools[pool].n_accounts < TB_STANDING_FEW, any = false;
    for (int i = 0; i < s->n_agains; i++) {
        const struct tb_big_day *d = &s->days[s->agains[i].day];
        if (d->provider != v->provider || d->pool != pool) continue;
        if (!any) agains_head(v, few);
        any = true;
        agains_row(v, &s->agains[i], few);
    }
    if (!any) return;
    page_table_end(v->h);
    if (few) return;
    tb_html_el_as(
        v->h, "p", "small",
        "「前回が同じか前」は、順番が先か同じでも、間隔などの割当条件や全体の組み合わせにより、今年度この"
        "期間の当番になっていない人です。");
    tb_html_line(v->h);
}

/* The rules that speak of turns over years, in their own words. */
static void years_rules(const struct view *v, const struct tb_standing_pool *p)
{
    const struct tb_region *r = v->s->region;
    const struct tb_ids *duties = &r->ledgers[p->ledgers[0]].duties;
    for (int i = 0; i < r->n_rules; i++) {
        bool ours = tb_rule_has(&r->rules[i], TB_RULE_IN_TURN), any = false;
        for (int d = 0; d < duties->n && ours; d++)
            any |= tb_rule_concerns(&r->rules[i], duties->v[d], v->s->to);
        if (!ours || !any) continue;
        tb_html_elf(v->h, "p", "small", "%s: %s", tb_rule_hard(&r->rules[i]) ? "必須の条件" : "努力の条件",
                    r->rules[i].ja);
        tb_html_line(v->h);
    }
}

/* Whom to ask: the body of the first duty he has. */
static void contact_line(const struct view *v)
{
    const struct tb_region *r = v->s->region;
    for (int i = 0; i < v->s->n_pools; i++) {
        if (tb_standing_account(v->s, &v->s->pools[i], v->provider) < 0) continue;
        const struct tb_body *b =
            &r->bodies[r->duties[r->ledgers[v->s->pools[i].ledgers[0]].duties.v[0]].body];
        tb_html_elf(v->h, "p", NULL, "お問い合わせ　%s　%s", b->name, b->phone);
        tb_html_line(v->h);
        return;
    }
}

static void own_leave(const struct view *v)
{
    const struct tb_region *r = v->s->region;
    char a[64], b[64];
    int n = 0;
    for (int i = 0; i < r->n_exemptions; i++) {
        const struct tb_exemption *x = &r->exemptions[i];
        if (x->provider != v->provider || x->to < tb_day_of(v->s->year - LAST, 4, 1) || x->from > v->s->to)
            continue;
        if (n++ == 0) {
            tb_html_el(v->h, "h2", "ご自身の休み・免除の届け");
            tb_html_line(v->h);
            tb_html_open(v->h, "p");
        } else {
            tb_html_void(v->h, "br");
        }
        tb_html_textf(v->h, "%s　%sから%sまで%s%s", x->duty < 0 ? "すべての当番" : r->duties[x->duty].name,
                      tb_format_date_ja(x->from, a, sizeof a), tb_format_date_ja(x->to, b, sizeof b),
                      x->weekdays != 0 ? "（決まった曜日）" : "", x->accrues ? "　持分は積もります" : "");
    }
    if (n > 0) tb_html_close_line(v->h, "p");
}

static void pool_part(const struct view *v, int pool)
{
    const struct tb_standing_pool *p = &v->s->pools[pool];
    int account = tb_standing_account(v->s, p, v->provider);
    if (account < 0) return;
    struct tb_html *h = v->h;
    tb_html_el(h, "h2", p->name);
    tb_html_line(h);
    lead_words(v, p, account);
    years_table(v, p, account);
    if (v->member && p->n_accounts < TB_STANDING_FEW) {
        tb_html_el_as(h, "p", "small", "人数が少ないため、ほかの方との分布は示しません。");
    } else {
        tb_html_open(h, "figure");
        page_svg_pool(h, v->s, pool, account, false);
        tb_html_close_line(h, "figure");
        tb_html_el_as(
            h, "p", "small",
            "一本が一人（▼と黒が本人）。零の線より上は持分より多く、下は少なく引き受けている分（年度末、"
            "回）。");
    }
    tb_html_line(h);
    if (p->n_big == 0) return;
    big_table(v, pool);
    agains_table(v, pool);
    years_rules(v, p);
}

void tb_page_provider(const struct tb_standing *s, const struct tb_page_edition *edition, int provider,
                      bool member, struct tb_buf *out)
{
    struct tb_html h = {.out = out};
    struct view v = {.h = &h, .s = s, .provider = provider, .member = member};
    const char *name = provider_name(s, provider);
    page_begin(&h, name);
    ledger_heading(&h, &(struct ledger_page){.s = s,
                                             .edition = edition,
                                             .title = "なぜまた私なのか",
                                             .under = name,
                                             .note = member ? "ご本人用" : OFFICE});
    for (int i = 0; i < s->n_pools; i++) pool_part(&v, i);
    own_leave(&v);
    contact_line(&v);
    ledger_footing(
        &h, s,
        "「次の順番」は前回の特定日が古い順で、休みなどの人を除きます。実際の割り当ては希望と割当条件にも"
        "よります。記録なし は、この帳簿が始まる前の年度です。");
    tb_html_end(&h);
}
