/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One A4 for the first hours of a disaster: who can take the wounded, who is on duty and must be asked one by
 * one, how many patients at home depend on a device in each district and who keeps their list. Numbers and
 * telephones; a patient's name is nowhere in the data (docs/developer/decisions).
 */
#include "people.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD = 16 * 60, DEVICES = 3 };

static void cell(struct tb_buf *out, const char *tag, const char *text)
{
    tb_buf_addf(out, "<td%s>", tag);
    rt_html(out, text);
}

/* What stands in brackets (fictitious, say) is said at the foot. */
static void short_name(const char *name, struct tb_buf *out)
{
    const char *bracket = strstr(name, "（");
    struct tb_buf b = {0};
    tb_buf_addn(&b, name, bracket != NULL && bracket != name ? (size_t)(bracket - name) : strlen(name));
    rt_html(out, tb_buf_str(&b));
    tb_buf_free(&b);
}

static void head(const struct tb_table *t, tb_minute at, const struct tb_incident *v, int n,
                 struct tb_buf *out)
{
    char date[64], time[64], until[64];
    const struct tb_incident *declared = NULL;
    for (int i = 0; i < n; i++)
        if (v[i].kind == TB_INCIDENT_DISASTER && v[i].from <= at && at < v[i].until) declared = &v[i];
    tb_buf_add(
        out,
        "<!DOCTYPE html>\n<html lang=\"ja\"><head><meta "
        "charset=\"utf-8\"><title>災害時の一枚</title>\n<style>@page{size:A4 "
        "landscape;margin:6mm}*{box-sizing:border-box}"
        "body{margin:0;font:7.2pt/1.12 \"IPAexGothic\",\"Noto Sans CJK "
        "JP\",sans-serif;color:#000;background:#fff}h1{font-size:17pt;margin:0}h2{font-size:9.5pt;margin:1."
        "2mm 0 .6mm;border-left:3mm solid #000;padding-left:1.2mm}"
        "table{border-collapse:collapse;width:100%}td,th{border:1px solid #000;padding:.45mm "
        ".6mm;text-align:left;white-space:nowrap}p{margin:.8mm "
        "0}.top{display:flex;justify-content:space-between;align-items:flex-end;border-bottom:3px solid #000}"
        ".p{font-family:\"DejaVu Sans "
        "Mono\",monospace;font-weight:bold;white-space:nowrap;font-size:1.15em}.n{text-align:right;font-"
        "weight:bold}.b{font-weight:bold}.s{font-size:.9em}.box{width:7mm}.night td{border-top:2px solid "
        "#000}"
        ".three{display:grid;grid-template-columns:auto auto "
        "auto;justify-content:space-between;gap:2.5mm}.two{display:grid;grid-template-columns:1fr "
        "1fr;gap:1.5mm}.foot{font-size:7pt;border-top:1px solid #000;margin-top:1mm}</style></head><body>\n");
    tb_buf_addf(out,
                "<div class=\"top\"><h1>災害時の一枚 <small style=\"font-size:10pt\">関係者限り　%s %.5s "
                "現在　%s</small></h1><div>第%d版 %s　表 %.8s　1/1<br>",
                tb_format_date_ja(tb_day_of_minute(at), date, sizeof date),
                tb_format_instant(at, time, sizeof time) + 11,
                declared != NULL ? "災害モード宣言中" : "平時に刷ったもの（宣言は toban override disaster）",
                t->publication, t->hash, t->digest);
    if (declared != NULL)
        tb_buf_addf(out, "宣言の期限 %.16s　1時間ごとに見直し",
                    tb_format_instant(declared->until, until, sizeof until));
    tb_buf_add(
        out,
        "</div></div>\n<b>EMIS の情報が優先します。当番は一つずつ電話で確かめるまで「未確認」です。</b>\n");
}

static void bases(const struct tb_region *r, struct tb_buf *out)
{
    tb_buf_add(out, "<h2>災害拠点病院</h2>\n<table><tr><th>病院<th>電話<th>関係者用<th class=\"box\">可\n");
    for (int pass = 0; pass < 2; pass++) /* the tertiary centre first */
        for (int i = 0; i < r->n_providers; i++) {
            const struct tb_provider *p = &r->providers[i];
            if (!p->disaster_base || p->tertiary != (pass == 0)) continue;
            tb_buf_add(out, "<tr><td class=\"b\">");
            short_name(p->name, out);
            cell(out, " class=\"p\"", p->phone);
            cell(out, " class=\"p\"", p->staff_phone);
            tb_buf_add(out, "<td>\n");
        }
    tb_buf_add(out, "</table>\n<p>受けられないとき: 次の拠点病院 → 県の調整本部（EMIS）</p>\n");
}

static void suppliers(const struct tb_region *r, struct tb_buf *out)
{
    static const char *const what[] = {"酸素", "人工呼吸器", "透析", "電源"};
    tb_buf_add(out, "<h2>供給会社</h2>\n<table><tr><th>何を<th>会社<th>電話<th>人数\n");
    for (int i = 0; i < r->n_suppliers; i++) {
        const struct tb_supplier *x = &r->suppliers[i];
        tb_buf_addf(out, "<tr><td>%s", what[x->supplies]);
        tb_buf_add(out, "<td>");
        short_name(x->name, out);
        cell(out, " class=\"p\"", x->phone);
        if (x->count > 0)
            tb_buf_addf(out, "<td class=\"n\">%d\n", x->count);
        else
            tb_buf_add(out, "<td>\n");
    }
    tb_buf_add(out, "</table>\n");
}

static const char *state_of(const struct tb_incident *v, int n, int place, int provider, int duty,
                            tb_minute at)
{
    const char *state = "未確認";
    for (int i = 0; i < n; i++) {
        bool his = (v[i].provider == place || v[i].provider == provider) &&
                   (v[i].duty < 0 || v[i].duty == duty) && v[i].from <= at && at < v[i].until;
        if (his && v[i].kind == TB_INCIDENT_CONFIRMED) state = "確認済";
        if (his && v[i].kind == TB_INCIDENT_CLOSED) return "中止";
    }
    return state;
}

/* Everybody who sits now or within AHEAD minutes, in the order of the seats. */
static void check_list(const struct tb_table *t, const struct tb_board *b, tb_minute at,
                       const struct tb_incident *v, int n, struct tb_buf *out)
{
    const struct tb_region *r = t->region;
    struct tb_buf hours = {0};
    tb_buf_add(out, "<h2>これから16時間の当番: 安否 → 出られるか → "
                    "中止</h2>\n<table><tr><th>時間<th>だれ・当番<th>電話<th>今<th class=\"box\">安否<th "
                    "class=\"box\">出務<th class=\"box\">中止\n");
    int rows = 0;
    for (int i = 0; i < b->n; i++) {
        const struct tb_slot *s = &b->slots[b->a[i].slot];
        const struct tb_provider *who = &r->providers[b->a[i].provider];
        int place = r->duties[s->duty].site >= 0 ? r->duties[s->duty].site : b->a[i].provider;
        for (int k = 0; k < s->n_intervals; k++) {
            if (s->interval[k].to <= at || s->interval[k].from >= at + AHEAD) continue;
            tb_buf_clear(&hours);
            rt_hours(s->interval[k].from, s->interval[k].to, s->date, &hours);
            tb_buf_add(out, "<tr>");
            cell(out, "", tb_buf_str(&hours));
            tb_buf_add(out, "<td><b>");
            short_name(who->name, out);
            tb_buf_add(out, "</b> <span class=\"s\">");
            rt_html(out, r->duties[s->duty].name);
            tb_buf_addf(out, "%s</span>", s->role == TB_RESERVE ? " 予備" : "");
            cell(out, " class=\"p\"", *who->staff_phone != '\0' ? who->staff_phone : who->phone);
            tb_buf_addf(out, "<td>%s<td><td><td>\n", state_of(v, n, place, b->a[i].provider, s->duty, at));
            rows++;
        }
    }
    if (rows == 0) tb_buf_add(out, "<tr><td colspan=\"7\">公表された当番はありません\n");
    tb_buf_add(out, "</table>\n");
    tb_buf_free(&hours);
}

static int in_district(const struct tb_region *r, int area, int count[DEVICES])
{
    int first = -1;
    for (int i = 0; i < r->n_homecares; i++)
        if (r->homecares[i].area == area) {
            count[r->homecares[i].device] = r->homecares[i].count;
            if (first < 0) first = i;
        }
    return first;
}

/* The keepers' telephones, each once; districts name them by number. */
static int keeper_number(const struct tb_region *r, int row)
{
    int n = 0;
    for (int i = 0; i <= row; i++) {
        bool again = false;
        for (int k = 0; k < i; k++)
            again = again || (strcmp(r->homecares[k].keeper, r->homecares[i].keeper) == 0 &&
                              strcmp(r->homecares[k].phone, r->homecares[i].phone) == 0);
        if (!again) n++;
        if (strcmp(r->homecares[i].keeper, r->homecares[row].keeper) == 0 &&
            strcmp(r->homecares[i].phone, r->homecares[row].phone) == 0)
            return n;
    }
    return n;
}

static void at_home(const struct tb_region *r, struct tb_buf *out)
{
    int areas = 0, shown = 0, total[DEVICES] = {0};
    for (int a = 0; a < r->n_areas; a++) areas += in_district(r, a, (int[DEVICES]){0}) >= 0;
    tb_buf_add(out, "<h2>在宅の人数（だれかは、名簿を持つ所へ電話）</h2>\n<div class=\"two\">");
    for (int a = 0; a < r->n_areas; a++) {
        int count[DEVICES] = {0}, first = in_district(r, a, count);
        if (first < 0) continue;
        if (shown == 0 || shown == (areas + 1) / 2)
            tb_buf_addf(out, "%s<table><tr><th>地区<th>呼吸<th>酸素<th>透析<th>名簿\n",
                        shown > 0 ? "</table>\n" : "");
        shown++;
        tb_buf_add(out, "<tr>");
        tb_buf_add(out, "<td>");
        short_name(r->areas[a].name, out);
        for (int k = 0; k < DEVICES; k++) {
            tb_buf_addf(out, "<td class=\"n\">%d", count[k]);
            total[k] += count[k];
        }
        tb_buf_addf(out, "<td>%d\n", keeper_number(r, first));
    }
    tb_buf_addf(out, "%s</div>\n<p>合計 呼吸器 <b>%d</b>　酸素 <b>%d</b>　透析 <b>%d</b></p>\n",
                shown > 0 ? "</table>\n" : "", total[0], total[1], total[2]);
}

static void keepers(const struct tb_region *r, struct tb_buf *out)
{
    tb_buf_add(out, "<h2>名簿を持つ所</h2>\n<table>");
    for (int i = 0, last = 0; i < r->n_homecares; i++) {
        int number = keeper_number(r, i);
        if (number <= last) continue;
        last = number;
        tb_buf_addf(out, "<tr><td>%d", number);
        tb_buf_add(out, "<td>");
        short_name(r->homecares[i].keeper, out);
        cell(out, " class=\"p\"", r->homecares[i].phone);
        tb_buf_add(out, "\n");
    }
    tb_buf_add(out, "</table>\n");
}

enum tb_code tb_sheet_disaster(const tb_table *t, const struct tb_board *b, tb_minute at,
                               const struct tb_incident *v, int n, struct tb_buf *out, struct tb_err *e)
{
    const struct tb_region *r = t->region;
    if (t->own != NULL || b == NULL)
        return tb_fail(
            e, TB_USAGE, "%s",
            tb_t("災害時の一枚はデータファイルから作ります（写した案内表には当番の人も人数も入っていません）",
                 "the disaster sheet is made from the data file: a copied table has neither the people on "
                 "duty nor the counts"));
    head(t, at, v, n, out);
    tb_buf_add(out, "<div class=\"three\"><div>\n");
    bases(r, out);
    suppliers(r, out);
    keepers(r, out);
    tb_buf_add(out, "</div><div>\n");
    check_list(t, b, at, v, n, out);
    tb_buf_add(out, "</div><div>\n");
    at_home(r, out);
    tb_buf_add(out, "</div></div>\n<div class=\"foot\">");
    rt_html(out, rt_use_notice());
    rt_html(out, r->regions[0].notice);
    tb_buf_add(out, "</div>\n</body></html>\n");
    return TB_OK;
}
