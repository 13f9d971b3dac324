/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The books on paper: for the office with names, for a member about himself.
 */
#include <stdlib.h>
#include <string.h>

#include "page.h"
#include "toban/publish/pages.h"

enum { LAST = TB_STANDING_YEARS - 1, WORSE = 12, TURNS = 12 };

static int64_t hundredths(int64_t millionths)
{
    return (millionths + (millionths < 0 ? -5000 : 5000)) / 10000;
}

static void deviation(struct tb_buf *out, int64_t millionths)
{
    page_decimal(out, hundredths(millionths), 100, true);
}

/* 3 for 3.0, 2.5 */
static void count(struct tb_buf *out, int64_t millionths)
{
    if (millionths % 1000000 == 0)
        page_number(out, millionths / 1000000, false);
    else
        page_decimal(out, hundredths(millionths), 100, false);
}

/* 令和8年度 */
static void year_words(struct tb_buf *out, int year)
{
    if (year < 2019)
        tb_buf_addf(out, "平成%d年度", year - 1988);
    else if (year == 2019)
        tb_buf_add(out, "令和元年度");
    else
        tb_buf_addf(out, "令和%d年度", year - 2018);
}

/* R7.12.29, as offices write it in lists; H31 until April 2019. */
static void short_date(struct tb_buf *out, tb_day d)
{
    struct tb_ymd x = tb_ymd_of(d);
    bool reiwa = d >= tb_day_of(2019, 5, 1);
    tb_buf_addf(out, "%c%d.%d.%d", reiwa ? 'R' : 'H', x.year - (reiwa ? 2018 : 1988), x.month, x.day);
}

static void heading(const struct tb_standing *s, const struct tb_page_edition *e, const char *title,
                    const char *under, const char *note, struct tb_buf *out)
{
    char day[64];
    tb_buf_add(out, "<main>\n<header><div>");
    page_element(out, "<h1>", title, "</h1>");
    page_element(out, "<p class=\"span\">", under, "　");
    year_words(out, s->year);
    page_element(out, "</p></div><p>", s->region->regions[0].name, "<br>");
    if (e->number > 0)
        tb_buf_addf(out, "第%lld版（%s）%sまでの公表による", (long long)e->number, e->hash,
                    tb_format_date_ja(tb_day_of_minute(e->at), day, sizeof day));
    else
        tb_buf_add(out, "公表前");
    page_element(out, "<br>", note, "</p></header>\n");
}

static void footing(const struct tb_standing *s, const char *more, struct tb_buf *out)
{
    tb_buf_add(out, "<footer><p>持分 引き受けることになっていた回数。実績 公表された当番の回数。偏り "
                    "これまでの実績から持分を引いたもの（＋は多く、−は少なく引き受けている）。"
                    "手で記入した精算と期首の持越しを含みます。</p>");
    page_element(out, "<p>", more, "</p>");
    if (s->region->regions[0].notice[0] != '\0')
        page_element(out, "<p>", s->region->regions[0].notice, "</p>");
    tb_buf_add(out, "</footer>\n</main>\n");
}

static const char *provider_name(const struct tb_standing *s, int provider)
{
    return s->region->providers[provider].name;
}

/* ---- worse off than a year before ------------------------------------------------------------------ */

static void worse(const struct tb_standing *s, const struct tb_standing_pool *p, struct tb_buf *out)
{
    int *order = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *order),
        n = tb_standing_worse(p, 0, LAST, order);
    tb_buf_addf(out, "<h2>昨年度末より負担が重くなった人（%s）　%d人中 %d人</h2>\n", p->classes[0],
                p->n_accounts, n);
    if (n > 0)
        tb_buf_add(out, "<table><thead><tr><th></th><th style=\"width:26mm\">昨年度末の偏り</th><th "
                        "style=\"width:26mm\">今年度末の偏り</th><th "
                        "style=\"width:26mm\">重くなった分</th></tr></thead><tbody>\n");
    for (int i = 0; i < n && i < WORSE; i++) {
        const struct tb_year_figures *f = tb_figures(p, order[i], 0, LAST);
        page_element(out, "<tr><td>", tb_standing_account_name(s, p, order[i]), "</td><td class=\"n\">");
        deviation(out, f->before);
        tb_buf_add(out, "</td><td class=\"n\">");
        deviation(out, f->after);
        tb_buf_add(out, "</td><td class=\"n\">");
        deviation(out, f->after - f->before);
        tb_buf_add(out, "</td></tr>\n");
    }
    if (n > 0) tb_buf_add(out, "</tbody></table>\n");
    if (n > WORSE) tb_buf_addf(out, "<p class=\"small\">ほか %d人（下の表の「増減」）</p>\n", n - WORSE);
    free(order);
}

/* ---- the pool, for the office ------------------------------------------------------------------------ */

static void pool_table(const struct tb_standing *s, const struct tb_standing_pool *p, struct tb_buf *out)
{
    int *order = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *order);
    tb_standing_sort(p, 0, LAST, order);
    tb_buf_add(out,
               "<h2>全員（偏りの大きい順）</h2>\n<table class=\"small\"><thead><tr><th rowspan=\"2\"></th>");
    for (int l = 0; l < p->n_ledgers; l++)
        page_element(out, l == 0 ? "<th class=\"g\" colspan=\"4\">" : "<th class=\"g\" colspan=\"2\">",
                     p->classes[l], "</th>");
    tb_buf_add(out, "</tr><tr>");
    for (int l = 0; l < p->n_ledgers; l++)
        tb_buf_add(out, l == 0 ? "<th class=\"g\">実績</th><th>持分</th><th>偏り</th><th>増減</th>"
                               : "<th class=\"g\">実績</th><th>偏り</th>");
    tb_buf_add(out, "</tr></thead><tbody>\n");
    for (int i = 0; i < p->n_accounts; i++) {
        page_element(out, "<tr><td>", tb_standing_account_name(s, p, order[i]), "</td>");
        for (int l = 0; l < p->n_ledgers; l++) {
            const struct tb_year_figures *f = tb_figures(p, order[i], l, LAST);
            tb_buf_add(out, "<td class=\"n g\">");
            count(out, f->done);
            if (l == 0) {
                tb_buf_add(out, "</td><td class=\"n\">");
                page_decimal(out, hundredths(f->accrued), 100, false);
            }
            tb_buf_add(out, "</td><td class=\"n\">");
            deviation(out, f->after);
            if (l == 0) {
                tb_buf_add(out, "</td><td class=\"n\">");
                deviation(out, f->after - f->before);
            }
            tb_buf_add(out, "</td>");
        }
        tb_buf_add(out, "</tr>\n");
    }
    tb_buf_add(out, "</tbody></table>\n");
    free(order);
}

static void turns(const struct tb_standing *s, const struct tb_standing_pool *p, struct tb_buf *out)
{
    char day[64];
    if (p->n_big > 0) tb_buf_add(out, "<h2>特定日の次の順番（長く当たっていない順）</h2>\n");
    for (int c = 0; c < p->n_big; c++) {
        const struct tb_standing_class *x = &p->big[c];
        page_element(out, "<p><b>", s->region->classes[x->class_].name, "</b>");
        if (x->next != TB_DAY_NONE)
            tb_buf_addf(out, "（次は%sから）", tb_format_date_ja(x->next, day, sizeof day));
        for (int i = 0; i < x->n_in && i < TURNS; i++) {
            tb_buf_addf(out, "　%d ", i + 1);
            page_text(out, provider_name(s, x->order[i].account));
            if (x->order[i].last == TB_DAY_NONE)
                tb_buf_add(out, "（記録なし）");
            else {
                tb_buf_add(out, "（");
                short_date(out, x->order[i].last);
                tb_buf_add(out, "）");
            }
        }
        if (x->n_in > TURNS) tb_buf_addf(out, "　ほか %d人", x->n_in - TURNS);
        for (int i = x->n_in; i < x->n; i++)
            page_element(out, i == x->n_in ? "　／候補外（免除・休み） " : "、",
                         provider_name(s, x->order[i].account), "");
        tb_buf_add(out, "</p>\n");
    }
}

void tb_page_pool(const struct tb_standing *s, const struct tb_page_edition *edition, int pool,
                  struct tb_buf *out)
{
    const struct tb_standing_pool *p = &s->pools[pool];
    page_begin(out, p->name);
    heading(s, edition, "当番の実績と偏り", p->name, "事務局用（氏名入り・取扱注意）", out);
    if (p->n_accounts == 0) {
        tb_buf_add(out, "<p>この年度の担い手はありません。</p>\n");
    } else {
        tb_buf_add(
            out,
            "<p>一本が一人です。黒は持分より多く、白は少なく引き受けている分（年度末、回）。</p>\n<figure>");
        tb_svg_pool(s, pool, -1, true, out);
        tb_buf_add(out, "</figure>\n");
        worse(s, p, out);
        turns(s, p, out);
        pool_table(s, p, out);
    }
    footing(s,
            "増減は一年間の偏りの動きで、＋は負担が重くなったことを示します。順番は前回の日付によるもので、実"
            "際の割り当ては希望と割当条件にもよります。",
            out);
    page_end(out);
}

/* ---- all pools ------------------------------------------------------------------------------------------
 */

void tb_page_ledgers(const struct tb_standing *s, const struct tb_page_edition *edition, struct tb_buf *out)
{
    page_begin(out, "当番の実績と偏り");
    heading(s, edition, "当番の実績と偏り", "担い手の組ごと", "事務局用（氏名入り・取扱注意）", out);
    tb_buf_add(out, "<table><colgroup><col style=\"width:44mm\"><col style=\"width:10mm\"><col><col "
                    "style=\"width:13mm\"><col><col style=\"width:13mm\"><col style=\"width:11mm\"><col><col "
                    "style=\"width:13mm\"></colgroup>\n<thead><tr><th rowspan=\"2\">組</th><th "
                    "rowspan=\"2\">人数</th><th class=\"g\" colspan=\"2\">最も多く引き受けた人</th><th "
                    "class=\"g\" colspan=\"2\">最も少ない人</th>"
                    "<th class=\"g\" colspan=\"3\">昨年度末より重くなった人</th></tr><tr><th "
                    "class=\"g\"></th><th>偏り</th><th class=\"g\"></th><th>偏り</th><th "
                    "class=\"g\">人数</th><th>最も重くなった人</th><th>増</th></tr></thead><tbody>\n");
    for (int i = 0; i < s->n_pools; i++) {
        const struct tb_standing_pool *p = &s->pools[i];
        if (p->n_accounts == 0) continue;
        int *order = tb_xcalloc((size_t)p->n_accounts + 1, sizeof *order);
        tb_standing_sort(p, 0, LAST, order);
        int ends[2] = {order[0], order[p->n_accounts - 1]}, grew = tb_standing_worse(p, 0, LAST, order);
        tb_buf_addf(out, "<tr><td><a href=\"pool-%s.html\">", p->id);
        page_element(out, "", p->name, "</a></td>");
        tb_buf_addf(out, "<td class=\"n\">%d</td>", p->n_accounts);
        for (int k = 0; k < 2; k++) {
            page_element(out, "<td class=\"g\">", tb_standing_account_name(s, p, ends[k]),
                         "</td><td class=\"n\">");
            deviation(out, tb_figures(p, ends[k], 0, LAST)->after);
            tb_buf_add(out, "</td>");
        }
        tb_buf_addf(out, "<td class=\"n g\">%d</td>", grew);
        page_element(out, "<td>", grew > 0 ? tb_standing_account_name(s, p, order[0]) : "",
                     "</td><td class=\"n\">");
        if (grew > 0)
            deviation(out,
                      tb_figures(p, order[0], 0, LAST)->after - tb_figures(p, order[0], 0, LAST)->before);
        tb_buf_add(out, "</td></tr>\n");
        free(order);
    }
    tb_buf_add(out, "</tbody></table>\n");
    footing(s, "それぞれの組のうち、最も広い帳簿（全部）によります。一人ずつの紙は p-記号.html です。", out);
    page_end(out);
}

/* ---- one provider
 * ------------------------------------------------------------------------------------------ */

struct view {
    const struct tb_standing *s;
    int provider;
    bool member;
    struct tb_buf *out;
};

static void years_table(const struct view *v, const struct tb_standing_pool *p, int account)
{
    struct tb_buf *out = v->out;
    tb_buf_add(out, "<table class=\"small\"><thead><tr><th rowspan=\"2\">年度</th>");
    for (int l = 0; l < p->n_ledgers; l++)
        page_element(out, "<th class=\"g\" colspan=\"2\">", p->classes[l], "</th>");
    tb_buf_add(out, "</tr><tr>");
    for (int l = 0; l < p->n_ledgers; l++) tb_buf_add(out, "<th class=\"g\">実績（持分）</th><th>偏り</th>");
    tb_buf_add(out, "</tr></thead><tbody>\n");
    for (int y = 0; y < TB_STANDING_YEARS; y++) {
        tb_buf_add(out, y == LAST ? "<tr class=\"mine\"><td class=\"y\">" : "<tr><td class=\"y\">");
        year_words(out, v->s->year - LAST + y);
        tb_buf_add(out, "</td>");
        for (int l = 0; l < p->n_ledgers; l++) {
            const struct tb_year_figures *f = tb_figures(p, account, l, y);
            if (p->known[l * TB_STANDING_YEARS + y]) {
                tb_buf_add(out, "<td class=\"n g\">");
                count(out, f->done);
                tb_buf_add(out, "（");
                page_decimal(out, hundredths(f->accrued), 100, false);
                tb_buf_add(out, "）</td><td class=\"n\">");
                deviation(out, f->after);
            } else {
                tb_buf_add(out, "<td class=\"c g\">記録なし</td><td class=\"n\">");
                if (f->after != 0) deviation(out, f->after);
            }
            tb_buf_add(out, "</td>");
        }
        tb_buf_add(out, "</tr>\n");
    }
    tb_buf_add(out, "</tbody></table>\n");
}

static void lead(const struct view *v, const struct tb_standing_pool *p, int account)
{
    const struct tb_year_figures *f = tb_figures(p, account, 0, LAST);
    struct tb_buf *out = v->out;
    tb_buf_add(out, "<p class=\"lead\">今年度は ");
    count(out, f->done);
    tb_buf_add(out, " 回（持分 ");
    page_decimal(out, hundredths(f->accrued), 100, false);
    tb_buf_add(out, " 回）。これまでの偏りは ");
    deviation(out, f->after);
    tb_buf_add(out, " 回");
    if (!v->member || p->n_accounts >= TB_STANDING_FEW)
        tb_buf_addf(out, "で、%d人のうち多いほうから %d番目です", p->n_accounts,
                    tb_standing_above(p, account, 0, LAST) + 1);
    tb_buf_add(out, "<b>（昨年度末から ");
    deviation(out, f->after - f->before);
    tb_buf_add(out, "）。</b></p>\n");
}

/* Dates of one class by year, and his place in the order of turns. */
static void big_row(const struct view *v, int pool, const struct tb_standing_class *x)
{
    const struct tb_standing *s = v->s;
    struct tb_buf *out = v->out;
    char day[64];
    page_element(out, "<tr><td>", s->region->classes[x->class_].name, "</td>");
    for (int y = 0; y < TB_STANDING_YEARS; y++) {
        int n = 0;
        tb_buf_add(out, "<td class=\"c\">");
        for (int i = 0; i < s->n_days; i++) {
            const struct tb_big_day *d = &s->days[i];
            if (d->provider != v->provider || d->pool != pool || d->class_ != x->class_ ||
                tb_fiscal_year(d->date) != s->year - LAST + y)
                continue;
            tb_buf_addf(out, "%s%s", n++ > 0 ? "<br>" : "", tb_format_md_ja(d->date, day, sizeof day));
            page_element(out, " ", s->region->bands[d->band].name, "");
        }
        if (n == 0) tb_buf_add(out, tb_standing_recorded(s, pool, x->class_, y) ? "－" : "記録なし");
        tb_buf_add(out, "</td>");
    }
    tb_buf_add(out, "<td>");
    for (int i = 0; i < x->n; i++) {
        if (x->order[i].account != v->provider) continue;
        if (x->order[i].out)
            tb_buf_add(out, "次は候補外");
        else
            tb_buf_addf(out, "%d人中 %d番目", x->n_in, i + 1);
    }
    tb_buf_add(out, "</td></tr>\n");
}

static void names(const struct view *v, const char *word, const int *who, int n)
{
    if (n == 0) return;
    tb_buf_add(v->out, word);
    for (int i = 0; i < n; i++) page_element(v->out, i > 0 ? "、" : "", provider_name(v->s, who[i]), "");
}

/* For the office: who, and the kind of reason. */
static void who_they_are(const struct view *v, const struct tb_again *x)
{
    static const char *const kinds[] = {"", "免除・休み", "出務不可の届け", "他の当番・当直"};
    const struct tb_big_day *d = &v->s->days[x->day];
    if (x->n_first + x->n_out == 0) return;
    tb_buf_add(v->out, "<tr class=\"sub\"><td colspan=\"7\">");
    names(v, "順番が先か同じ: ", x->first, x->n_first);
    for (int k = TB_OUT_EXEMPT; k <= TB_OUT_BUSY; k++) {
        int *some = tb_xcalloc((size_t)x->n_out + 1, sizeof *some), n = 0;
        for (int i = 0; i < x->n_out; i++)
            if ((int)tb_standing_out(v->s, d, x->out[i]) == k) some[n++] = x->out[i];
        if (n > 0) tb_buf_addf(v->out, "　%s: ", kinds[k]);
        names(v, "", some, n);
        free(some);
    }
    tb_buf_add(v->out, "</td></tr>\n");
}

static void others(const struct view *v, int n, const char *cells)
{
    tb_buf_addf(v->out, "<td class=\"c\"%s>%d人</td>", cells, n);
}

static void agains(const struct view *v, int pool)
{
    const struct tb_standing *s = v->s;
    struct tb_buf *out = v->out;
    char day[64];
    bool few = v->member && s->pools[pool].n_accounts < TB_STANDING_FEW, any = false;
    for (int i = 0; i < s->n_agains; i++) {
        const struct tb_again *x = &s->agains[i];
        const struct tb_big_day *d = &s->days[x->day];
        if (d->provider != v->provider || d->pool != pool) continue;
        if (!any)
            tb_buf_addf(
                out,
                "<table class=\"small\" style=\"margin-top:1.5mm\"><thead><tr><th "
                "rowspan=\"2\">今年度の特定日</th><th rowspan=\"2\">区分</th><th rowspan=\"2\">%s</th><th "
                "colspan=\"4\">この日の担い手のうち、ほかの人は</th></tr><tr>"
                "<th>この期間に当番</th>%s</tr></thead><tbody>\n",
                v->member ? "あなたの前回" : "前回",
                few ? "<th colspan=\"3\">そのほか（都合により候補外を含む）</th>"
                    : "<th>都合により候補外</th><th>前回がより後</th><th>前回が同じか前</th>");
        any = true;
        tb_buf_addf(out, "<tr><td class=\"y\">%s</td>", tb_format_date_ja(d->date, day, sizeof day));
        page_element(out, "<td class=\"c\">", s->region->classes[d->class_].name, "</td>");
        tb_buf_addf(out, "<td class=\"y\">%s</td>",
                    x->previous == TB_DAY_NONE ? "記録なし"
                                               : tb_format_date_ja(x->previous, day, sizeof day));
        others(v, x->n_same, "");
        if (few) {
            others(v, x->n_out + x->n_later + x->n_first, " colspan=\"3\"");
        } else {
            others(v, x->n_out, "");
            others(v, x->n_later, "");
            others(v, x->n_first, "");
        }
        tb_buf_add(out, "</tr>\n");
        if (!v->member) who_they_are(v, x);
    }
    if (!any) return;
    tb_buf_add(out, "</tbody></table>\n");
    if (!few)
        tb_buf_add(out, "<p "
                        "class=\"small\">"
                        "「前回が同じか前」は、順番が先か同じでも、間隔などの割当条件や全体の組み合わせにより"
                        "、今年度この期間の当番になっていない人です。</p>\n");
}

/* The rules that speak of turns over years, in their own words. */
static void rules(const struct view *v, const struct tb_standing_pool *p)
{
    const struct tb_region *r = v->s->region;
    const struct tb_ids *duties = &r->ledgers[p->ledgers[0]].duties;
    for (int i = 0; i < r->n_rules; i++) {
        bool ours = tb_rule_has(&r->rules[i], TB_RULE_IN_TURN), any = false;
        for (int d = 0; d < duties->n && ours; d++)
            any |= tb_rule_concerns(&r->rules[i], duties->v[d], v->s->to);
        if (ours && any)
            page_element(v->out,
                         tb_rule_hard(&r->rules[i]) ? "<p class=\"small\">必須の条件: "
                                                    : "<p class=\"small\">努力の条件: ",
                         r->rules[i].ja, "</p>\n");
    }
}

/* Whom to ask: the body of the first duty he has. */
static void contact(const struct view *v)
{
    const struct tb_region *r = v->s->region;
    for (int i = 0; i < v->s->n_pools; i++) {
        if (tb_standing_account(v->s, &v->s->pools[i], v->provider) < 0) continue;
        const struct tb_body *b =
            &r->bodies[r->duties[r->ledgers[v->s->pools[i].ledgers[0]].duties.v[0]].body];
        page_element(v->out, "<p>お問い合わせ　", b->name, "　");
        page_element(v->out, "", b->phone, "</p>\n");
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
        tb_buf_add(v->out, n++ == 0 ? "<h2>ご自身の休み・免除の届け</h2>\n<p>" : "<br>");
        page_element(v->out, "", x->duty < 0 ? "すべての当番" : r->duties[x->duty].name, "　");
        tb_buf_addf(v->out, "%sから", tb_format_date_ja(x->from, a, sizeof a));
        tb_buf_addf(v->out, "%sまで%s", tb_format_date_ja(x->to, b, sizeof b),
                    x->weekdays != 0 ? "（決まった曜日）" : "");
        tb_buf_add(v->out, x->accrues ? "　持分は積もります" : "");
    }
    if (n > 0) tb_buf_add(v->out, "</p>\n");
}

static void one_pool(const struct view *v, int pool)
{
    const struct tb_standing_pool *p = &v->s->pools[pool];
    int account = tb_standing_account(v->s, p, v->provider);
    if (account < 0) return;
    struct tb_buf *out = v->out;
    page_element(out, "<h2>", p->name, "</h2>\n");
    lead(v, p, account);
    years_table(v, p, account);
    if (v->member && p->n_accounts < TB_STANDING_FEW) {
        tb_buf_add(out, "<p class=\"small\">人数が少ないため、ほかの方との分布は示しません。</p>\n");
    } else {
        tb_buf_add(out, "<figure>");
        tb_svg_pool(v->s, pool, account, false, out);
        tb_buf_add(out, "</figure>\n<p "
                        "class=\"small\">"
                        "一本が一人（▼と黒が本人）。零の線より上は持分より多く、下は少なく引き受けている分（"
                        "年度末、回）。</p>\n");
    }
    if (p->n_big == 0) return;
    tb_buf_add(out, "<table class=\"small\"><thead><tr><th>特定日</th>");
    for (int y = 0; y < TB_STANDING_YEARS; y++) {
        tb_buf_add(out, "<th>");
        year_words(out, v->s->year - LAST + y);
        tb_buf_add(out, "</th>");
    }
    tb_buf_add(out, "<th>次の順番</th></tr></thead><tbody>\n");
    for (int c = 0; c < p->n_big; c++) big_row(v, pool, &p->big[c]);
    tb_buf_add(out, "</tbody></table>\n");
    agains(v, pool);
    rules(v, p);
}

void tb_page_provider(const struct tb_standing *s, const struct tb_page_edition *edition, int provider,
                      bool member, struct tb_buf *out)
{
    struct view v = {s, provider, member, out};
    page_begin(out, provider_name(s, provider));
    heading(s, edition, "なぜまた私なのか", provider_name(s, provider),
            member ? "ご本人用" : "事務局用（氏名入り・取扱注意）", out);
    for (int i = 0; i < s->n_pools; i++) one_pool(&v, i);
    own_leave(&v);
    contact(&v);
    footing(s,
            "「次の順番」は前回の特定日が古い順で、休みなどの人を除きます。実際の割り当ては希望と割当条件にも"
            "よります。記録なし は、この帳簿が始まる前の年度です。",
            out);
    page_end(out);
}
