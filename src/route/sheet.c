/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A4 sheets to print: one duty day, the rotation of a span, a span of holidays, what changed. Black on white,
 * large numbers, a box for the pen.
 */
#include "form.h"
#include "people.h"

#include <stdlib.h>
#include <string.h>

enum { NIGHT_FROM = 16 * 60, DAYS_OF_ONE_SIZE = 24 };

static void head(struct tb_buf *out, const char *title, bool landscape, const char *size)
{
    tb_buf_addf(out,
                "<!DOCTYPE html>\n<html lang=\"ja\"><head><meta "
                "charset=\"utf-8\"><title>%s</title>\n<style>@page{size:A4 %s;margin:7mm}",
                title, landscape ? "landscape" : "portrait");
    tb_buf_addf(
        out,
        "*{box-sizing:border-box}body{margin:0;font:%s/1.2 \"IPAexGothic\",\"Noto Sans CJK "
        "JP\",sans-serif;color:#000;background:#fff}"
        "h1{font-size:22pt;margin:0;line-height:1.1}h1 "
        "small{font-size:13pt;font-weight:normal}.top{display:flex;justify-content:space-between;align-items:"
        "flex-end;border-bottom:3px solid #000;padding-bottom:1.5mm;margin-bottom:2mm}"
        ".ed{font-size:8pt;text-align:right;white-space:nowrap}.ed "
        "b{font-size:15pt}table{border-collapse:collapse;width:100%%}td,th{border:1px solid "
        "#000;padding:.45mm 1mm;vertical-align:middle;text-align:left}"
        "th{border-bottom:2px solid #000;font-weight:bold;font-size:9pt;white-space:nowrap}.day "
        "td{padding-top:1mm;padding-bottom:1mm}.p{font-family:\"DejaVu Sans "
        "Mono\",monospace;font-weight:bold;white-space:nowrap;font-size:1.3em}.t{white-space:nowrap;font-"
        "weight:bold;font-size:1.15em}"
        ".n{font-weight:bold;white-space:nowrap}.d{white-space:nowrap}.r{font-size:.92em}.r "
        ".p{font-size:1.2em}.night td{border-top:2.5px solid "
        "#000}.cut{background:#000;color:#fff;font-weight:bold;font-size:10pt}.s{font-size:.78em}h2{font-"
        "size:11pt;margin:1.5mm 0 .8mm;border-left:4mm solid #000;padding-left:1.5mm}.u1{border:1.4mm solid "
        "#000;padding:1.5mm 2mm;margin-bottom:1.5mm}"
        ".u1 b{font-size:19pt}.two{display:grid;grid-template-columns:1.42fr 1fr;gap:4mm}.pen "
        "td{height:8.5mm}.foot{font-size:8pt;margin-top:1.5mm;border-top:1px solid #000;padding-top:.8mm}"
        ".new td{border-top:2.5px solid #000}</style></head><body>\n",
        size);
}

/* What stands in brackets is small: the name is what is looked for. */
static void name_of(const char *name, struct tb_buf *out)
{
    const char *bracket = strstr(name, "（");
    struct tb_buf b = {0};
    tb_buf_addn(&b, name, bracket != NULL ? (size_t)(bracket - name) : strlen(name));
    rt_html(out, tb_buf_str(&b));
    if (bracket != NULL) {
        tb_buf_add(out, "<span class=\"s\" style=\"font-weight:normal\">");
        rt_html(out, bracket);
        tb_buf_add(out, "</span>");
    }
    tb_buf_free(&b);
}

static bool at_night(const struct rt_opening *o) { return o->from >= tb_minute_of(o->date, NIGHT_FROM); }

static void edition(const struct tb_table *t, struct tb_buf *out)
{
    struct tb_buf b = {0};
    char a[64], c[64], d[64];
    tb_buf_addf(out, "<div class=\"ed\"><b>第%d版 %.8s</b><br>版がちがう紙は捨てる　1/1<br>", t->publication,
                t->digest);
    rt_table_id(t, &b);
    rt_html(out, tb_buf_str(&b));
    tb_buf_addf(out, "　公表 %s　作成 %.16s<br>有効 %.16s から %.16s の前まで</div></div>\n", t->hash,
                tb_format_instant(t->issued_at, a, sizeof a), tb_format_instant(t->from, c, sizeof c),
                tb_format_instant(t->to, d, sizeof d));
    tb_buf_free(&b);
}

static void foot(const struct tb_table *t, struct tb_buf *out)
{
    tb_buf_add(out, "<div class=\"foot\">");
    rt_html(out, rt_use_notice());
    rt_html(out, t->region->regions[0].notice);
    struct tb_buf heading = {0};
    rt_heading_119(t, &heading);
    tb_buf_add(out, " 119の指令では");
    rt_html(out, tb_buf_str(&heading));
    tb_buf_free(&heading);
    tb_buf_add(out, "で、県の実施基準が決めます。</div>\n</body></html>\n");
}

static void door_row(const struct tb_table *t, const struct rt_turn *x, tb_day day, bool reception,
                     struct tb_buf *out)
{
    const struct tb_provider *p = rt_place(t, x->service);
    const struct tb_duty *d = rt_duty(t, x->service);
    struct tb_buf b = {0};
    char time[64];
    tb_buf_add(out, "<tr><td class=\"t\">");
    rt_hours(x->o.from, x->o.to, day, out);
    if (reception)
        tb_buf_addf(out, "<td class=\"t\">%.5s", tb_format_instant(x->o.reception, time, sizeof time) + 11);
    tb_buf_add(out, "<td class=\"d\">");
    rt_html(out, d->name);
    rt_duty_ages(d, &b);
    if (b.len > 0) tb_buf_addf(out, " <b>%s</b>", b.s);
    tb_buf_add(out, "<td class=\"n\">");
    name_of(p->name, out);
    tb_buf_add(out, "<td class=\"p\">");
    rt_html(out, p->phone);
    tb_buf_add(out, "\n");
    tb_buf_free(&b);
}

/* Day first, then the night under a black bar: at three in the morning only what is under the bar matters. */
static void doors(const struct tb_table *t, const struct rt_turns *v, tb_day day, bool reception,
                  struct tb_buf *out)
{
    tb_buf_addf(out, "<table%s><tr><th>時間%s<th>当番<th>医療機関<th>電話\n", reception ? "" : " class=\"r\"",
                reception ? "<th>受付終了" : "");
    bool night = false;
    for (size_t i = 0; i < v->n; i++) {
        if (!night && at_night(&v->v[i].o)) {
            tb_buf_add(out, "<tr><td class=\"cut\" colspan=\"5\">夜（翌朝まで）\n");
            night = true;
        }
        door_row(t, &v->v[i], day, reception, out);
    }
    if (v->n == 0) tb_buf_add(out, "<tr><td colspan=\"5\">この日はありません\n");
    if (reception)
        tb_buf_add(out, "<tr><td colspan=\"5\"><b>受付が終わったあと</b>は、右の輪番の病院へ先に電話\n");
    tb_buf_add(out, "</table>\n");
}

static void emergency(const struct tb_table *t, struct tb_buf *out)
{
    tb_buf_add(out, "<div class=\"u1\"><b>119</b> と判定されたらすぐ 119 へ");
    for (int s = 0; s < t->n_services; s++)
        if (t->services[s].kind == RT_TERTIARY) {
            tb_buf_add(out, "<br>救命救急センター（最後の受け皿） ");
            rt_html(out, rt_place(t, s)->name);
            tb_buf_add(out, " <span class=\"p\">");
            rt_html(out, rt_place(t, s)->phone);
            tb_buf_add(out, "</span>");
        }
    tb_buf_add(out, "</div>\n");
}

static void advice(const struct tb_table *t, struct tb_buf *out)
{
    const struct tb_region *r = t->region;
    char from[64], to[64];
    tb_buf_add(out, "<h2>電話相談</h2>\n<table>");
    for (int i = 0; i < r->n_lines; i++) {
        tb_buf_add(out, "<tr><td class=\"p\">");
        rt_html(out, r->lines[i].phone);
        tb_buf_add(out, "<td>");
        rt_html(out, r->lines[i].name);
        if (r->lines[i].to - r->lines[i].from >= TB_MINUTES_PER_DAY)
            tb_buf_add(out, "<td class=\"t\">24時間<td class=\"s\">");
        else
            tb_buf_addf(out, "<td class=\"t\">%s-%s<td class=\"s\">",
                        tb_format_time_ja(r->lines[i].from, from, sizeof from),
                        tb_format_time_ja(r->lines[i].to, to, sizeof to));
        rt_html(out, r->lines[i].note);
        tb_buf_add(out, "\n");
    }
    tb_buf_add(out, "</table>\n");
}

static void pen(int rows, struct tb_buf *out)
{
    tb_buf_add(out, "<h2>手書きの変更（時刻・だれが・何が）</h2>\n<table class=\"pen\"><tr><th "
                    "style=\"width:17%\">時刻<th>変更<th style=\"width:22%\">記入者\n");
    for (int i = 0; i < rows; i++) tb_buf_add(out, "<tr><td><td><td>\n");
    tb_buf_add(out, "</table>\n");
}

void tb_sheet_day(const tb_table *t, tb_day d, struct tb_buf *out)
{
    struct rt_turns one = {0}, two = {0};
    tb_minute a = tb_minute_of(d, 0), b = tb_minute_of(d + 1, 0);
    char date[64], era[64];
    rt_turns_of(t, 1, rt_dated_between, a, b, &one);
    rt_turns_of(t, 2, rt_dated_between, a, b, &two);
    size_t rows = one.n;
    head(out, "当番医療機関案内表", true,
         rows > 20   ? "8.5pt"
         : rows > 16 ? "9.5pt"
         : rows > 12 ? "10pt"
                     : "11pt");
    tb_buf_addf(out,
                "<div class=\"top\"><div><h1>%s <small>当番医療機関案内表</small></h1><small>%s　8:30 から "
                "翌8:30 まで（夜中は前の日付の紙を見る）</small></div>",
                tb_format_md_ja(d, date, sizeof date), tb_format_date_ja(d, era, sizeof era));
    edition(t, out);
    tb_buf_addf(out, "<div class=\"two%s\"><div>\n<h2>一次　軽い人はここへ（先に電話）</h2>\n",
                rows > 18 ? "" : " day");
    doors(t, &one, d, true, out);
    if (rt_consulting_at(t, tb_minute_of(d, 12 * 60 - 30)))
        tb_buf_add(out, "<p class=\"s\">診療時間内: かかりつけ医・医療情報ネット（ナビイ）へ。</p>\n");
    tb_buf_add(out, "</div><div>\n");
    emergency(t, out);
    tb_buf_add(out, "<h2>二次　輪番・後方支援（紹介・救急）</h2>\n");
    doors(t, &two, d, false, out);
    advice(t, out);
    pen(rows > 12 ? 4 : 3, out);
    tb_buf_add(out, "</div></div>\n");
    foot(t, out);
    rt_turns_free(&one);
    rt_turns_free(&two);
}

/* Duties of that tier that have an opening on these days, ascending. */
static int duties_of(const struct tb_table *t, const struct rt_turns *v, int *out, int max)
{
    int n = 0;
    for (int d = 0; d < t->region->n_duties && n < max; d++)
        for (size_t i = 0; i < v->n; i++)
            if (t->services[v->v[i].service].kind == RT_DUTY && t->services[v->v[i].service].duty == d) {
                out[n++] = d;
                break;
            }
    return n;
}

/* Hours that all openings of that part of the day share, as text; empty when they differ. */
static void common_hours(const struct rt_turns *v, bool night, int duty, const struct tb_table *t,
                         struct tb_buf *out)
{
    struct tb_buf b = {0};
    for (size_t i = 0; i < v->n; i++) {
        if (at_night(&v->v[i].o) != night || (duty >= 0 && t->services[v->v[i].service].duty != duty))
            continue;
        tb_buf_clear(&b);
        rt_hours(v->v[i].o.from, v->v[i].o.to, v->v[i].o.date, &b);
        if (out->len == 0) tb_buf_add(out, tb_buf_str(&b));
        if (strcmp(tb_buf_str(out), tb_buf_str(&b)) != 0) {
            tb_buf_clear(out);
            break;
        }
    }
    tb_buf_free(&b);
}

/* The one place of a duty on these days, -1 when there are several. */
static int one_place(const struct tb_table *t, const struct rt_turns *v, int duty)
{
    int place = -1;
    for (size_t i = 0; i < v->n; i++) {
        const struct rt_service *s = &t->services[v->v[i].service];
        if (s->duty != duty) continue;
        if (place >= 0 && s->place != place) return -1;
        place = s->place;
    }
    return place;
}

/* Who is on that duty that day. Hours are told only where they are not those of the head (`day`, `night`). */
static void cell_of_day(const struct tb_table *t, const struct rt_turns *v, int duty, tb_day date,
                        const struct tb_buf hours[2], bool both, bool phone, struct tb_buf *out)
{
    struct tb_buf b = {0};
    tb_buf_add(out, "<td>");
    bool first = true;
    for (size_t i = 0; i < v->n; i++) {
        const struct rt_turn *x = &v->v[i];
        bool night = at_night(&x->o);
        if (t->services[x->service].kind != RT_DUTY || t->services[x->service].duty != duty ||
            x->o.date != date)
            continue;
        if (!first) tb_buf_add(out, "<br>");
        first = false;
        if (both) tb_buf_add(out, night ? "<b>夜</b> " : "昼 ");
        tb_buf_add(out, "<span class=\"n\">");
        name_of(rt_place(t, x->service)->name, out);
        tb_buf_add(out, "</span>");
        tb_buf_clear(&b);
        rt_hours(x->o.from, x->o.to, date, &b);
        if (strcmp(tb_buf_str(&b), tb_buf_str(&hours[night])) != 0)
            tb_buf_addf(out, " <span class=\"s\">%s</span>", tb_buf_str(&b));
        if (phone) {
            tb_buf_add(out, " <b class=\"d\">");
            rt_html(out, rt_place(t, x->service)->phone);
            tb_buf_add(out, "</b>");
        }
    }
    if (first) tb_buf_add(out, "—");
    tb_buf_free(&b);
}

static void phone_list(const struct tb_table *t, const struct rt_turns *v, struct tb_buf *out)
{
    bool *told = tb_xcalloc((size_t)t->region->n_providers + 1, 1);
    tb_buf_add(out, "<div style=\"columns:4;font-size:8pt;margin-top:1mm\">");
    for (size_t i = 0; i < v->n; i++) {
        int place = t->services[v->v[i].service].place;
        if (told[place]) continue;
        told[place] = true;
        tb_buf_add(out,
                   "<div style=\"break-inside:avoid;display:flex;justify-content:space-between\"><span>");
        rt_html(out, t->shown[place].name);
        tb_buf_add(out, "</span><span class=\"p\">");
        rt_html(out, t->shown[place].phone);
        tb_buf_add(out, "</span></div>");
    }
    tb_buf_add(out, "</div>\n");
    free(told);
}

void tb_sheet_rotation(const tb_table *t, tb_day from, tb_day to, struct tb_buf *out)
{
    struct rt_turns v = {0};
    struct tb_buf hours[2] = {{0}, {0}};
    int duties[12];
    char date[64], a[64], b[64];
    rt_turns_of(t, 2, rt_dated_between, tb_minute_of(from, 0), tb_minute_of(to + 1, 0), &v);
    int n = duties_of(t, &v, duties, (int)TB_COUNT(duties));
    for (int k = 0; k < 2; k++) common_hours(&v, k == 1, -1, t, &hours[k]);
    head(out, "輪番当番表", false, to - from > DAYS_OF_ONE_SIZE ? "9.4pt" : "11pt");
    tb_buf_addf(out,
                "<div class=\"top\"><div><h1>輪番病院</h1><b>%s から %s</b><br>昼 %s　<b>夜 %s</b></div>",
                tb_format_date_ja(from, a, sizeof a), tb_format_md_ja(to, b, sizeof b), tb_buf_str(&hours[0]),
                tb_buf_str(&hours[1]));
    edition(t, out);
    tb_buf_add(out, "<table><tr><th>日");
    for (int i = 0; i < n; i++) {
        tb_buf_add(out, "<th>");
        rt_html(out, t->region->duties[duties[i]].name);
    }
    tb_buf_add(out, "\n");
    for (tb_day d = from; d <= to; d++) {
        tb_buf_addf(out, "<tr%s><td class=\"t\">%s", tb_weekday(d) == 1 ? " class=\"new\"" : "",
                    tb_format_md_ja(d, date, sizeof date));
        for (int i = 0; i < n; i++) cell_of_day(t, &v, duties[i], d, hours, true, false, out);
        tb_buf_add(out, "\n");
    }
    tb_buf_add(out, "</table>\n");
    phone_list(t, &v, out);
    foot(t, out);
    for (int k = 0; k < 2; k++) tb_buf_free(&hours[k]);
    rt_turns_free(&v);
}

void tb_sheet_holidays(const tb_table *t, tb_day from, tb_day to, struct tb_buf *out)
{
    char date[64], a[64], b[64];
    head(out, "休日の当番", true, to - from > 4 ? "6.9pt" : "8.5pt");
    tb_buf_addf(out, "<div class=\"top\"><h1>休日・夜間の当番 <small>%s から %s</small></h1>",
                tb_format_date_ja(from, a, sizeof a), tb_format_md_ja(to, b, sizeof b));
    edition(t, out);
    struct rt_turns v[3] = {{0}};
    tb_buf_add(out, "<table><tr><th style=\"width:17%\">当番");
    for (tb_day d = from; d <= to; d++)
        tb_buf_addf(out, "<th class=\"t\">%s", tb_format_md_ja(d, date, sizeof date));
    tb_buf_add(out, "\n");
    for (int tier = 1; tier <= 2; tier++) {
        int duties[48];
        rt_turns_of(t, tier, rt_dated_between, tb_minute_of(from, 0), tb_minute_of(to + 1, 0), &v[tier]);
        int n = duties_of(t, &v[tier], duties, (int)TB_COUNT(duties));
        for (int i = 0; i < n; i++) {
            const struct tb_duty *duty = &t->region->duties[duties[i]];
            struct tb_buf ages = {0}, hours[2] = {{0}, {0}};
            int place = tier == 1 ? one_place(t, &v[tier], duties[i]) : -1;
            rt_duty_ages(duty, &ages);
            for (int k = 0; k < 2; k++) common_hours(&v[tier], k == 1, duties[i], t, &hours[k]);
            tb_buf_addf(out, "<tr%s><td><b>", i == 0 ? " class=\"new\"" : "");
            rt_html(out, duty->name);
            tb_buf_addf(out, "</b> %s<br><span class=\"d\">%s %s%s%s", tb_buf_str(&ages),
                        place >= 0 ? t->shown[place].phone : "", tb_buf_str(&hours[0]),
                        hours[0].len > 0 && hours[1].len > 0 ? "　" : "", tb_buf_str(&hours[1]));
            tb_buf_add(out, "</span>");
            for (tb_day d = from; d <= to; d++)
                cell_of_day(t, &v[tier], duties[i], d, hours, tier == 2, tier == 1 && place < 0, out);
            tb_buf_add(out, "\n");
            tb_buf_free(&ages);
            for (int k = 0; k < 2; k++) tb_buf_free(&hours[k]);
        }
    }
    tb_buf_add(out, "</table>\n");
    phone_list(t, &v[2], out);
    for (int i = 0; i < t->region->n_lines; i++)
        tb_buf_addf(out, "%s<b>%s</b> %s", i > 0 ? "　" : "", t->region->lines[i].phone,
                    t->region->lines[i].name);
    foot(t, out);
    for (int tier = 1; tier <= 2; tier++) rt_turns_free(&v[tier]);
}

/* ---- what changed --------------------------------------------------------------------------- */

static bool same_turn(const struct tb_table *t, const struct rt_turn *x, const struct tb_table *u,
                      const struct rt_turn *y)
{
    return x->o.from == y->o.from && x->o.to == y->o.to && x->o.reception == y->o.reception &&
           strcmp(rt_place(t, x->service)->id, rt_place(u, y->service)->id) == 0 &&
           strcmp(rt_place(t, x->service)->phone, rt_place(u, y->service)->phone) == 0 &&
           strcmp(rt_duty(t, x->service)->id, rt_duty(u, y->service)->id) == 0;
}

static int only_in(const struct tb_table *t, const struct rt_turns *v, const struct tb_table *u,
                   const struct rt_turns *w, const char *sign, struct tb_buf *out)
{
    char date[64];
    int n = 0;
    for (size_t i = 0; i < v->n; i++) {
        bool known = false;
        for (size_t k = 0; k < w->n && !known; k++) known = same_turn(t, &v->v[i], u, &w->v[k]);
        if (known) continue;
        n++;
        tb_buf_addf(out, "<tr><td class=\"t\">%s<td class=\"t\">%s<td>", sign,
                    tb_format_md_ja(v->v[i].o.date, date, sizeof date));
        rt_html(out, rt_duty(t, v->v[i].service)->name);
        tb_buf_add(out, "<td class=\"t\">");
        rt_hours(v->v[i].o.from, v->v[i].o.to, v->v[i].o.date, out);
        tb_buf_add(out, "<td class=\"n\">");
        rt_html(out, rt_place(t, v->v[i].service)->name);
        tb_buf_add(out, "<td class=\"p\">");
        rt_html(out, rt_place(t, v->v[i].service)->phone);
        tb_buf_add(out, "\n");
    }
    return n;
}

int tb_sheet_changes(const tb_table *before, const tb_table *t, struct tb_buf *out)
{
    int n = 0;
    tb_minute a = before->from > t->from ? before->from : t->from,
              b = before->to < t->to ? before->to : t->to;
    head(out, "前の紙からの変更", false, "11pt");
    tb_buf_addf(out,
                "<div class=\"top\"><h1>前の紙からの変更 <small>第%d版 %.8s から 第%d版 %.8s へ</small></h1>",
                before->publication, before->digest, t->publication, t->digest);
    edition(t, out);
    tb_buf_add(out, "<table><tr><th>変更<th>日<th>当番<th>時間<th>医療機関<th>電話\n");
    for (int tier = 1; tier <= 2; tier++) {
        struct rt_turns v = {0}, w = {0};
        rt_turns_of(before, tier, rt_open_between, a, b, &v);
        rt_turns_of(t, tier, rt_open_between, a, b, &w);
        n += only_in(before, &v, t, &w, "消す", out);
        n += only_in(t, &w, before, &v, "加える", out);
        rt_turns_free(&v);
        rt_turns_free(&w);
    }
    if (n == 0)
        tb_buf_add(
            out, "<tr><td colspan=\"6\">当番・時間・電話の変更はありません（版の番号だけが変わりました）\n");
    tb_buf_add(out, "</table>\n");
    foot(t, out);
    return n;
}
