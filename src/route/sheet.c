/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A4 sheets to print: one duty day, the rotation of a span, a span of holidays, what changed. Black on white,
 * large numbers, a box for the pen.
 */
#include "form.h"
#include "people.h"
#include "toban/domain/now.h"
#include "toban/html/html.h"

#include <stdlib.h>
#include <string.h>

enum { NIGHT_FROM = 16 * 60, DAYS_OF_ONE_SIZE = 24 };

/* Sizes of type by class of the body; a sheet takes the first that leaves it on one page. */
#define ROUTE_STYLE \
    "*{box-sizing:border-box}body{margin:0;font:11pt/1.2 \"IPAexGothic\",\"Noto Sans CJK " \
    "JP\",sans-serif;color:#000;background:#fff}" \
    ".pt6-5{font-size:6.5pt}.pt8-5{font-size:8.5pt}.pt9-4{font-size:9.4pt}.pt9-5{font-size:9.5pt}" \
    ".pt10{font-size:10pt}.pt11{font-size:11pt}" \
    "h1{font-size:22pt;margin:0;line-height:1.1}h1 " \
    "small{font-size:13pt;font-weight:normal}.top{display:flex;justify-content:space-between;align-items:" \
    "flex-end;border-bottom:3px solid #000;padding-bottom:1.5mm;margin-bottom:2mm}" \
    ".ed{font-size:8pt;text-align:right;white-space:nowrap}.ed " \
    "b{font-size:15pt}table{border-collapse:collapse;width:100%}td,th{border:1px solid " \
    "#000;padding:.45mm 1mm;vertical-align:middle;text-align:left}" \
    "th{border-bottom:2px solid #000;font-weight:bold;font-size:9pt;white-space:nowrap}.day " \
    "td{padding-top:1mm;padding-bottom:1mm}.p{font-family:\"DejaVu Sans " \
    "Mono\",monospace;font-weight:bold;white-space:nowrap;font-size:1.3em}.t{white-space:nowrap;font-" \
    "weight:bold;font-size:1.15em}" \
    ".n{font-weight:bold;white-space:nowrap}.d{white-space:nowrap}.r{font-size:.92em}.r " \
    ".p{font-size:1.2em}.night td{border-top:2.5px solid " \
    "#000}.cut{background:#000;color:#fff;font-weight:bold;font-size:10pt}.s{font-size:.78em}h2{font-" \
    "size:11pt;margin:1.5mm 0 .8mm;border-left:4mm solid #000;padding-left:1.5mm}.u1{border:1.4mm solid " \
    "#000;padding:1.5mm 2mm;margin-bottom:1.5mm}" \
    ".u1 b{font-size:19pt}.two{display:grid;grid-template-columns:1.42fr 1fr;gap:4mm}.pen " \
    "td{height:8.5mm}.foot{font-size:8pt;margin-top:1.5mm;border-top:1px solid #000;padding-top:.8mm}" \
    ".new td{border-top:2.5px solid #000}" \
    ".plain{font-weight:normal}.w17{width:17%}.w22{width:22%}.phones{columns:4;font-size:8pt;margin-top:" \
    "1mm}" \
    ".phones div{break-inside:avoid;display:flex;justify-content:space-between}\n"

static void route_head(struct tb_html *h, const char *title, bool landscape, const char *size)
{
    tb_html_begin(h, "ja", title, false);
    if (landscape)
        tb_html_style(h, "@page{size:A4 landscape;margin:7mm}\n");
    else
        tb_html_style(h, "@page{size:A4 portrait;margin:7mm}\n");
    tb_html_style(h, ROUTE_STYLE);
    tb_html_body(h, size);
    tb_html_open_as(h, "div", "top");
}

/* What stands in brackets is small: the name is what is looked for. */
static void short_name_of(struct tb_html *h, const char *name)
{
    const char *bracket = strstr(name, "（");
    struct tb_buf b = {0};
    tb_buf_addn(&b, name, bracket != NULL ? (size_t)(bracket - name) : strlen(name));
    tb_html_text(h, tb_buf_str(&b));
    if (bracket != NULL) tb_html_el_as(h, "span", "s plain", bracket);
    tb_buf_free(&b);
}

static void hours_cell(struct tb_html *h, const struct rt_opening *o, tb_day day)
{
    struct tb_buf b = {0};
    rt_hours(o->from, o->to, day, &b);
    tb_html_el_as(h, "td", "t", tb_buf_str(&b));
    tb_buf_free(&b);
}

/* A line of the table that is one text over all columns. */
static void begin_wide_row(struct tb_html *h, const char *class, int columns)
{
    tb_html_open(h, "tr");
    tb_html_open_as(h, "td", class);
    tb_html_attr_int(h, "colspan", columns);
}

static void end_row(struct tb_html *h)
{
    tb_html_close(h, "td");
    tb_html_close_line(h, "tr");
}

static void part_head(struct tb_html *h, const char *title)
{
    tb_html_el(h, "h2", title);
    tb_html_line(h);
}

static bool at_night(const struct rt_opening *o) { return o->from >= tb_minute_of(o->date, NIGHT_FROM); }

/* Ends the line at the top. */
static void edition_block(struct tb_html *h, const struct tb_table *t)
{
    struct tb_buf b = {0};
    char a[64], c[64], d[64];
    tb_html_open_as(h, "div", "ed");
    tb_html_elf(h, "b", NULL, "第%d版 %.8s", t->publication, t->digest);
    tb_html_void(h, "br");
    tb_html_text(h, "版がちがう紙は捨てる　1/1");
    tb_html_void(h, "br");
    rt_table_id(t, &b);
    tb_html_textf(h, "%s　公表 %s　作成 %.16s", tb_buf_str(&b), t->hash,
                  tb_format_instant(t->issued_at, a, sizeof a));
    tb_html_void(h, "br");
    tb_html_textf(h, "有効 %.16s から %.16s の前まで", tb_format_instant(t->from, c, sizeof c),
                  tb_format_instant(t->to, d, sizeof d));
    tb_html_close(h, "div");
    tb_html_close_line(h, "div");
    tb_buf_free(&b);
}

static void route_foot(struct tb_html *h, const struct tb_table *t)
{
    struct tb_buf heading = {0};
    rt_heading_119(t, &heading);
    tb_html_open_as(h, "div", "foot");
    tb_html_textf(h, "%s%s 119の指令では%sで、県の実施基準が決めます。", rt_use_notice(),
                  t->region->regions[0].notice, tb_buf_str(&heading));
    tb_html_close_line(h, "div");
    tb_html_end(h);
    tb_buf_free(&heading);
}

/* Who is at the door in these hours, with what was entered since. */
static struct tb_now_seat seat_at_door(const struct tb_table *t, const struct rt_turn *x,
                                       const struct tb_now_page *now)
{
    int place = t->services[x->service].place;
    struct tb_now_seat seat = {.duty = t->services[x->service].duty,
                               .provider = place,
                               .person = -1,
                               .instead = -1,
                               .place = place,
                               .from = x->o.from,
                               .reception = x->o.reception,
                               .until = x->o.to};
    if (now) tb_now_enter(t->region, &(struct tb_now_span){x->o.from, x->o.to, now->v, now->n}, &seat);
    return seat;
}

/* 代替 13:00から15:00まで: 一医院 000-3 に代わる */
static void door_mark(struct tb_html *h, const struct tb_table *t, const struct tb_now_seat *x, tb_day day)
{
    const struct tb_incident *mark = x->changes.mark;
    struct tb_buf b = {0};
    if (mark) {
        tb_buf_addf(&b, "【%s ", tb_incident_rules[mark->kind].ja);
        rt_hours(mark->from, mark->until, day, &b);
        if (x->instead >= 0)
            tb_buf_addf(&b, " %s %s に代わる", t->shown[x->instead].name, t->shown[x->instead].phone);
        tb_buf_addf(&b, "%s%s】", *mark->note ? " " : "", mark->note);
    }
    if (x->changes.unconfirmed) tb_buf_add(&b, "【災害・未確認】");
    if (b.len) {
        tb_html_void(h, "br");
        tb_html_el(h, "b", b.s);
    }
    tb_buf_free(&b);
}

/* `service`: -1 of an extra door, which has no row of the table. */
static void door_row(struct tb_html *h, const struct tb_table *t, const struct tb_now_seat *x, int service,
                     tb_day day, bool reception)
{
    const struct tb_provider *p = &t->shown[x->place];
    const struct rt_opening o = {.from = x->from, .to = x->until};
    struct tb_buf ages = {0};
    char time[64];
    tb_html_open(h, "tr");
    hours_cell(h, &o, day);
    if (reception) tb_html_elf(h, "td", "t", "%.5s", tb_format_instant(x->reception, time, sizeof time) + 11);
    tb_html_open_as(h, "td", "d");
    tb_html_text(h, t->region->duties[x->duty].name);
    if (service >= 0) rt_service_ages(t, service, &ages);
    if (ages.len > 0) {
        tb_html_text(h, " ");
        tb_html_el(h, "b", ages.s);
    }
    tb_buf_clear(&ages);
    if (service >= 0) rt_service_offers(t, service, &ages);
    if (ages.len > 0) {
        tb_html_text(h, " ");
        tb_html_elf(h, "small", NULL, "（%s）", ages.s);
    }
    tb_html_close(h, "td");
    tb_html_open_as(h, "td", "n");
    short_name_of(h, p->name);
    door_mark(h, t, x, day);
    tb_html_close(h, "td");
    tb_html_el_as(h, "td", "p", x->changes.of[TB_INCIDENT_PHONE] ? x->phone : p->phone);
    tb_html_close_line(h, "tr");
    tb_buf_free(&ages);
}

/* Doors that were entered for the day beside the table. */
static int extra_rows(struct tb_html *h, const struct tb_table *t, tb_day day, bool first,
                      const struct tb_now_page *now)
{
    int rows = 0;
    for (int i = 0; now && i < now->n; i++) {
        const struct tb_incident *v = &now->v[i];
        if (v->kind != TB_INCIDENT_EXTRA || v->provider < 0 || v->duty < 0 ||
            tb_day_of_minute(v->from) != day || (t->region->duties[v->duty].tier < 2) != first)
            continue;
        struct tb_now_seat seat = {.duty = v->duty,
                                   .provider = v->provider,
                                   .person = -1,
                                   .instead = -1,
                                   .place = v->provider,
                                   .from = v->from,
                                   .reception = v->until - 1,
                                   .until = v->until};
        tb_now_enter(t->region, &(struct tb_now_span){v->from, v->until, now->v, now->n}, &seat);
        door_row(h, t, &seat, -1, day, first);
        rows++;
    }
    return rows;
}

/* Day first, then the night under a black bar: at three in the morning only what is under the bar matters. */
static void door_table(struct tb_html *h, const struct tb_table *t, const struct rt_turns *v, tb_day day,
                       bool reception, const struct tb_now_page *now)
{
    tb_html_open_as(h, "table", reception ? NULL : "r");
    tb_html_open(h, "tr");
    tb_html_el(h, "th", "時間");
    if (reception) tb_html_el(h, "th", "受付終了");
    tb_html_el(h, "th", "当番");
    tb_html_el(h, "th", "医療機関");
    tb_html_el(h, "th", "電話");
    tb_html_close_line(h, "tr");
    bool night = false;
    for (size_t i = 0; i < v->n; i++) {
        if (!night && at_night(&v->v[i].o)) {
            begin_wide_row(h, "cut", 5);
            tb_html_text(h, "夜（翌朝まで）");
            end_row(h);
            night = true;
        }
        const struct tb_now_seat seat = seat_at_door(t, &v->v[i], now);
        door_row(h, t, &seat, v->v[i].service, day, reception);
    }
    if (extra_rows(h, t, day, reception, now) == 0 && v->n == 0) {
        begin_wide_row(h, NULL, 5);
        tb_html_text(h, "この日はありません");
        end_row(h);
    }
    if (reception) {
        begin_wide_row(h, NULL, 5);
        tb_html_el(h, "b", "受付が終わったあと");
        tb_html_text(h, "は、右の輪番の病院へ先に電話");
        end_row(h);
    }
    tb_html_close_line(h, "table");
}

static void emergency_box(struct tb_html *h, const struct tb_table *t)
{
    tb_html_open_as(h, "div", "u1");
    tb_html_el(h, "b", "119");
    tb_html_text(h, " と判定されたらすぐ 119 へ");
    for (int s = 0; s < t->n_services; s++)
        if (t->services[s].kind == RT_TERTIARY) {
            tb_html_void(h, "br");
            tb_html_textf(h, "救命救急センター（最後の受け皿） %s ", rt_place(t, s)->name);
            tb_html_el_as(h, "span", "p", rt_place(t, s)->phone);
        }
    tb_html_close_line(h, "div");
}

static void advice_lines(struct tb_html *h, const struct tb_table *t)
{
    const struct tb_region *r = t->region;
    char from[64], to[64];
    part_head(h, "電話相談");
    tb_html_open(h, "table");
    for (int i = 0; i < r->n_lines; i++) {
        tb_html_open(h, "tr");
        tb_html_el_as(h, "td", "p", r->lines[i].phone);
        tb_html_el(h, "td", r->lines[i].name);
        if (r->lines[i].to - r->lines[i].from >= TB_MINUTES_PER_DAY)
            tb_html_el_as(h, "td", "t", "24時間");
        else
            tb_html_elf(h, "td", "t", "%s-%s", tb_format_time_ja(r->lines[i].from, from, sizeof from),
                        tb_format_time_ja(r->lines[i].to, to, sizeof to));
        tb_html_el_as(h, "td", "s", r->lines[i].note);
        tb_html_close_line(h, "tr");
    }
    tb_html_close_line(h, "table");
}

static void pen_rows(struct tb_html *h, int rows)
{
    part_head(h, "手書きの変更（時刻・だれが・何が）");
    tb_html_open_as(h, "table", "pen");
    tb_html_open(h, "tr");
    tb_html_el_as(h, "th", "w17", "時刻");
    tb_html_el(h, "th", "変更");
    tb_html_el_as(h, "th", "w22", "記入者");
    tb_html_close_line(h, "tr");
    for (int i = 0; i < rows; i++) {
        tb_html_open(h, "tr");
        for (int k = 0; k < 3; k++) tb_html_el(h, "td", "");
        tb_html_close_line(h, "tr");
    }
    tb_html_close_line(h, "table");
}

static void begin_half(struct tb_html *h)
{
    tb_html_open(h, "div");
    tb_html_line(h);
}

static void first_tier(struct tb_html *h, const struct tb_table *t, const struct rt_turns *v, tb_day d,
                       const struct tb_now_page *now)
{
    begin_half(h);
    part_head(h, "一次　軽い人はここへ（先に電話）");
    door_table(h, t, v, d, true, now);
    if (rt_consulting_at(t, tb_minute_of(d, 12 * 60 - 30))) {
        tb_html_el_as(h, "p", "s", "診療時間内: かかりつけ医・医療情報ネット（ナビイ）へ。");
        tb_html_line(h);
    }
    tb_html_close(h, "div");
}

static void second_tier(struct tb_html *h, const struct tb_table *t, const struct rt_turns *v, tb_day d,
                        int pen, const struct tb_now_page *now)
{
    begin_half(h);
    emergency_box(h, t);
    part_head(h, "二次　輪番・後方支援（紹介・救急）");
    door_table(h, t, v, d, false, now);
    advice_lines(h, t);
    pen_rows(h, pen);
    tb_html_close(h, "div");
}

void tb_sheet_day(const tb_table *t, tb_day d, const struct tb_now_page *now, struct tb_buf *out)
{
    struct tb_html writer = {.out = out}, *h = &writer;
    struct rt_turns one = {0}, two = {0};
    tb_minute a = tb_minute_of(d, 0), b = tb_minute_of(d + 1, 0);
    char date[64], era[64];
    rt_turns_of(t, 1, rt_dated_between, a, b, &one);
    rt_turns_of(t, 2, rt_dated_between, a, b, &two);
    size_t rows = one.n;
    route_head(h, "当番医療機関案内表", true,
               rows > 20   ? "pt8-5"
               : rows > 16 ? "pt9-5"
               : rows > 12 ? "pt10"
                           : "pt11");
    tb_html_open(h, "div");
    tb_html_open(h, "h1");
    tb_html_textf(h, "%s ", tb_format_md_ja(d, date, sizeof date));
    tb_html_el(h, "small", "当番医療機関案内表");
    tb_html_close(h, "h1");
    tb_html_elf(h, "small", NULL, "%s　8:30 から 翌8:30 まで（夜中は前の日付の紙を見る）",
                tb_format_date_ja(d, era, sizeof era));
    tb_html_close(h, "div");
    edition_block(h, t);
    tb_html_open_as(h, "div", rows > 18 ? "two" : "two day");
    first_tier(h, t, &one, d, now);
    second_tier(h, t, &two, d, rows > 12 ? 4 : 3, now);
    tb_html_close_line(h, "div");
    route_foot(h, t);
    rt_turns_free(&one);
    rt_turns_free(&two);
}

/* Duties of that tier that have an opening on these days, ascending. */
/* `*out` is the caller's to free. */
static int duties_of(const struct tb_table *t, const struct rt_turns *v, int **out)
{
    int n = 0;
    *out = tb_xcalloc((size_t)t->region->n_duties + 1, sizeof **out);
    for (int d = 0; d < t->region->n_duties; d++)
        for (size_t i = 0; i < v->n; i++)
            if (t->services[v->v[i].service].kind == RT_DUTY && t->services[v->v[i].service].duty == d) {
                (*out)[n++] = d;
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

/* How cells of days are told: by hours where they are not those of the head (day, night); by 昼 and 夜;
 * with the telephone. */
struct telling {
    const struct tb_buf *hours;
    bool both, phone;
};

static void turn_of_day(struct tb_html *h, const struct tb_table *t, const struct rt_turn *x,
                        const struct telling *how)
{
    struct tb_buf hours = {0};
    bool night = at_night(&x->o);
    if (how->both && night) tb_html_el(h, "b", "夜");
    if (how->both) tb_html_text(h, night ? " " : "昼 ");
    tb_html_open_as(h, "span", "n");
    short_name_of(h, rt_place(t, x->service)->name);
    tb_html_close(h, "span");
    rt_hours(x->o.from, x->o.to, x->o.date, &hours);
    if (strcmp(tb_buf_str(&hours), tb_buf_str(&how->hours[night])) != 0) {
        tb_html_text(h, " ");
        tb_html_el_as(h, "span", "s", tb_buf_str(&hours));
    }
    if (how->phone) {
        tb_html_text(h, " ");
        tb_html_el_as(h, "b", "d", rt_place(t, x->service)->phone);
    }
    tb_buf_free(&hours);
}

/* Who is on that duty that day. */
static void cell_of_day(struct tb_html *h, const struct tb_table *t, const struct rt_turns *v, int duty,
                        tb_day date, const struct telling *how)
{
    bool first = true;
    tb_html_open(h, "td");
    for (size_t i = 0; i < v->n; i++) {
        const struct rt_turn *x = &v->v[i];
        if (t->services[x->service].kind != RT_DUTY || t->services[x->service].duty != duty ||
            x->o.date != date)
            continue;
        if (!first) tb_html_void(h, "br");
        first = false;
        turn_of_day(h, t, x, how);
    }
    if (first) tb_html_text(h, "—");
    tb_html_close(h, "td");
}

static void phone_list(struct tb_html *h, const struct tb_table *t, const struct rt_turns *v)
{
    bool *told = tb_xcalloc((size_t)t->region->n_providers + 1, 1);
    tb_html_open_as(h, "div", "phones");
    for (size_t i = 0; i < v->n; i++) {
        int place = t->services[v->v[i].service].place;
        if (told[place]) continue;
        told[place] = true;
        tb_html_open(h, "div");
        tb_html_el(h, "span", t->shown[place].name);
        tb_html_el_as(h, "span", "p", t->shown[place].phone);
        tb_html_close(h, "div");
    }
    tb_html_close_line(h, "div");
    free(told);
}

static void rotation_top(struct tb_html *h, const struct tb_table *t, tb_day from, tb_day to,
                         const struct tb_buf hours[2])
{
    char a[64], b[64];
    route_head(h, "輪番当番表", false, to - from > DAYS_OF_ONE_SIZE ? "pt9-4" : "pt11");
    tb_html_open(h, "div");
    tb_html_el(h, "h1", "輪番病院");
    tb_html_elf(h, "b", NULL, "%s から %s", tb_format_date_ja(from, a, sizeof a),
                tb_format_md_ja(to, b, sizeof b));
    tb_html_void(h, "br");
    tb_html_textf(h, "昼 %s　", tb_buf_str(&hours[0]));
    tb_html_elf(h, "b", NULL, "夜 %s", tb_buf_str(&hours[1]));
    tb_html_close(h, "div");
    edition_block(h, t);
}

void tb_sheet_rotation(const tb_table *t, tb_day from, tb_day to, struct tb_buf *out)
{
    struct tb_html writer = {.out = out}, *h = &writer;
    struct rt_turns v = {0};
    struct tb_buf hours[2] = {{0}, {0}};
    struct telling how = {.hours = hours, .both = true};
    int *duties;
    char date[64];
    rt_turns_of(t, 2, rt_dated_between, tb_minute_of(from, 0), tb_minute_of(to + 1, 0), &v);
    int n = duties_of(t, &v, &duties);
    for (int k = 0; k < 2; k++) common_hours(&v, k == 1, -1, t, &hours[k]);
    rotation_top(h, t, from, to, hours);
    tb_html_open(h, "table");
    tb_html_open(h, "tr");
    tb_html_el(h, "th", "日");
    for (int i = 0; i < n; i++) tb_html_el(h, "th", t->region->duties[duties[i]].name);
    tb_html_close_line(h, "tr");
    for (tb_day d = from; d <= to; d++) {
        tb_html_open_as(h, "tr", tb_weekday(d) == 1 ? "new" : NULL);
        tb_html_el_as(h, "td", "t", tb_format_md_ja(d, date, sizeof date));
        for (int i = 0; i < n; i++) cell_of_day(h, t, &v, duties[i], d, &how);
        tb_html_close_line(h, "tr");
    }
    tb_html_close_line(h, "table");
    phone_list(h, t, &v);
    route_foot(h, t);
    for (int k = 0; k < 2; k++) tb_buf_free(&hours[k]);
    free(duties);
    rt_turns_free(&v);
}

/* What is said once of a duty over the holidays: ages, the telephone of its one place, hours. */
static void duty_cell(struct tb_html *h, const struct tb_duty *duty, const char *phone,
                      const struct tb_buf hours[2])
{
    struct tb_buf ages = {0};
    rt_duty_ages(duty, &ages);
    tb_html_open(h, "td");
    tb_html_el(h, "b", duty->name);
    tb_html_textf(h, " %s", tb_buf_str(&ages));
    tb_html_void(h, "br");
    tb_html_elf(h, "span", "d", "%s %s%s%s", phone, tb_buf_str(&hours[0]),
                hours[0].len > 0 && hours[1].len > 0 ? "　" : "", tb_buf_str(&hours[1]));
    tb_html_close(h, "td");
    tb_buf_free(&ages);
}

/* The duties of a tier, a row each, a column for each day. */
static void holiday_rows(struct tb_html *h, const struct tb_table *t, int tier, const struct rt_turns *v,
                         tb_day from, tb_day to)
{
    int *duties, n = duties_of(t, v, &duties);
    for (int i = 0; i < n; i++) {
        int place = tier == 1 ? one_place(t, v, duties[i]) : -1;
        struct tb_buf hours[2] = {{0}, {0}};
        struct telling how = {.hours = hours, .both = tier == 2, .phone = tier == 1 && place < 0};
        for (int k = 0; k < 2; k++) common_hours(v, k == 1, duties[i], t, &hours[k]);
        tb_html_open_as(h, "tr", i == 0 ? "new" : NULL);
        duty_cell(h, &t->region->duties[duties[i]], place >= 0 ? t->shown[place].phone : "", hours);
        for (tb_day d = from; d <= to; d++) cell_of_day(h, t, v, duties[i], d, &how);
        tb_html_close_line(h, "tr");
        for (int k = 0; k < 2; k++) tb_buf_free(&hours[k]);
    }
    free(duties);
}

/* The sheet of a holiday week has no room for them: each day's has. How many there were. */
static size_t leave_pharmacies(const struct tb_table *t, struct rt_turns *v)
{
    size_t n = 0, all = v->n;
    for (size_t i = 0; i < all; i++)
        if (t->services[v->v[i].service].tier > 0) v->v[n++] = v->v[i];
    v->n = n;
    return all - n;
}

void tb_sheet_holidays(const tb_table *t, tb_day from, tb_day to, struct tb_buf *out)
{
    struct tb_html writer = {.out = out}, *h = &writer;
    struct rt_turns v[3] = {{0}};
    size_t pharmacies = 0;
    char date[64], a[64], b[64];
    route_head(h, "休日の当番", true, to - from > 4 ? "pt6-5" : "pt8-5");
    tb_html_open(h, "h1");
    tb_html_text(h, "休日・夜間の当番 ");
    tb_html_elf(h, "small", NULL, "%s から %s", tb_format_date_ja(from, a, sizeof a),
                tb_format_md_ja(to, b, sizeof b));
    tb_html_close(h, "h1");
    edition_block(h, t);
    tb_html_open(h, "table");
    tb_html_open(h, "tr");
    tb_html_el_as(h, "th", "w17", "当番");
    for (tb_day d = from; d <= to; d++) tb_html_el_as(h, "th", "t", tb_format_md_ja(d, date, sizeof date));
    tb_html_close_line(h, "tr");
    for (int tier = 1; tier <= 2; tier++) {
        rt_turns_of(t, tier, rt_dated_between, tb_minute_of(from, 0), tb_minute_of(to + 1, 0), &v[tier]);
        pharmacies += leave_pharmacies(t, &v[tier]);
        holiday_rows(h, t, tier, &v[tier], from, to);
    }
    tb_html_close_line(h, "table");
    phone_list(h, t, &v[2]);
    for (int i = 0; i < t->region->n_lines; i++) {
        if (i > 0) tb_html_text(h, "　");
        tb_html_el(h, "b", t->region->lines[i].phone);
        tb_html_textf(h, " %s", t->region->lines[i].name);
    }
    if (pharmacies > 0) tb_html_text(h, "　当番薬局は日ごとの案内表にあります。");
    route_foot(h, t);
    for (int tier = 1; tier <= 2; tier++) rt_turns_free(&v[tier]);
}

/* ---- what changed --------------------------------------------------------------------------- */

/* One of the two tables, and its turns. */
struct edition_turns {
    const struct tb_table *t;
    struct rt_turns v;
};

static bool same_turn(const struct tb_table *t, const struct rt_turn *x, const struct tb_table *u,
                      const struct rt_turn *y)
{
    return x->o.from == y->o.from && x->o.to == y->o.to && x->o.reception == y->o.reception &&
           strcmp(rt_place(t, x->service)->id, rt_place(u, y->service)->id) == 0 &&
           strcmp(rt_place(t, x->service)->phone, rt_place(u, y->service)->phone) == 0 &&
           strcmp(rt_duty(t, x->service)->id, rt_duty(u, y->service)->id) == 0;
}

/* Rows for what is in `x` and not in `y`; how many. */
static int only_in(struct tb_html *h, const struct edition_turns *x, const struct edition_turns *y,
                   const char *sign)
{
    char date[64];
    int n = 0;
    for (size_t i = 0; i < x->v.n; i++) {
        const struct rt_turn *turn = &x->v.v[i];
        bool known = false;
        for (size_t k = 0; k < y->v.n && !known; k++) known = same_turn(x->t, turn, y->t, &y->v.v[k]);
        if (known) continue;
        n++;
        tb_html_open(h, "tr");
        tb_html_el_as(h, "td", "t", sign);
        tb_html_el_as(h, "td", "t", tb_format_md_ja(turn->o.date, date, sizeof date));
        tb_html_el(h, "td", rt_duty(x->t, turn->service)->name);
        hours_cell(h, &turn->o, turn->o.date);
        tb_html_el_as(h, "td", "n", rt_place(x->t, turn->service)->name);
        tb_html_el_as(h, "td", "p", rt_place(x->t, turn->service)->phone);
        tb_html_close_line(h, "tr");
    }
    return n;
}

static int changes_of_tier(struct tb_html *h, const struct tb_table *before, const struct tb_table *t,
                           int tier)
{
    struct edition_turns old = {.t = before}, new = {.t = t};
    tb_minute a = before->from > t->from ? before->from : t->from,
              b = before->to < t->to ? before->to : t->to;
    rt_turns_of(before, tier, rt_open_between, a, b, &old.v);
    rt_turns_of(t, tier, rt_open_between, a, b, &new.v);
    int n = only_in(h, &old, &new, "消す");
    n += only_in(h, &new, &old, "加える");
    rt_turns_free(&old.v);
    rt_turns_free(&new.v);
    return n;
}

int tb_sheet_changes(const tb_table *before, const tb_table *t, struct tb_buf *out)
{
    static const char *const heads[] = {"変更", "日", "当番", "時間", "医療機関", "電話"};
    struct tb_html writer = {.out = out}, *h = &writer;
    route_head(h, "前の紙からの変更", false, "pt11");
    tb_html_open(h, "h1");
    tb_html_text(h, "前の紙からの変更 ");
    tb_html_elf(h, "small", NULL, "第%d版 %.8s から 第%d版 %.8s へ", before->publication, before->digest,
                t->publication, t->digest);
    tb_html_close(h, "h1");
    edition_block(h, t);
    tb_html_open(h, "table");
    tb_html_open(h, "tr");
    for (size_t i = 0; i < TB_COUNT(heads); i++) tb_html_el(h, "th", heads[i]);
    tb_html_close_line(h, "tr");
    int n = 0;
    for (int tier = 1; tier <= 2; tier++) n += changes_of_tier(h, before, t, tier);
    if (n == 0) {
        begin_wide_row(h, NULL, 6);
        tb_html_text(h, "当番・時間・電話の変更はありません（版の番号だけが変わりました）");
        end_row(h);
    }
    tb_html_close_line(h, "table");
    route_foot(h, t);
    return n;
}
